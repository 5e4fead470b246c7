//! The times of a time group in a language's own words.

use config::Entry;

use super::phrase::Lexicon;

/// An entry as it is said.
pub(super) fn say(lexicon: &Lexicon, entry: &Entry) -> String {
    let said = |word: &str| {
        let known = lexicon.times.iter().find(|(english, _)| *english == word);
        known.and_then(|(_, here)| here.first()).map_or_else(|| word.to_owned(), |here| (*here).to_owned())
    };
    let text = entry.to_string();
    let words: Vec<String> = text.split(' ').map(|word| by_piece(word, said)).collect();
    words.join(" ")
}

/// The entry that these words say.
pub(super) fn read(lexicon: &Lexicon, words: &[&str]) -> Option<Entry> {
    let mut found: Vec<String> = Vec::new();
    let mut is_open = false;
    for word in words {
        let lower = word.to_lowercase();
        if lexicon.fillers.contains(&lower.as_str()) {
            continue;
        }
        if lexicon.until.contains(&lower.as_str()) {
            let last = found.last_mut()?;
            let is_date = last.len() == 10 && last.bytes().filter(|b| *b == b'-').count() == 2;
            *last += if is_date { ".." } else { "-" };
            is_open = true;
            continue;
        }
        if lower == lexicon.clock {
            let last = found.last_mut().filter(|last| last.starts_with(|c: char| c.is_ascii_digit()))?;
            let hour = |piece: &str| if piece.contains(':') { piece.to_owned() } else { format!("{piece}:00") };
            *last = last.split('-').map(hour).collect::<Vec<_>>().join("-");
            continue;
        }
        // FR is France behind the word for holidays, and a Friday elsewhere.
        let is_country = found.last().is_some_and(|last| last.eq_ignore_ascii_case("holidays"));
        let words = if is_country { lexicon.countries } else { lexicon.times };
        // A word may stand for a span of days: weekdays.
        let whole = english(words, word);
        let word = if whole == *word { by_piece(word, |piece| english(words, piece)) } else { whole };
        match found.last_mut().filter(|_| is_open) {
            Some(last) => *last += &word,
            None => found.push(word),
        }
        is_open = false;
    }
    found.join(" ").parse().ok().filter(|_| !is_open)
}

fn english(words: &[(&str, &[&str])], piece: &str) -> String {
    let lower = piece.to_lowercase();
    let is_it = |words: &[&str]| words.iter().any(|word| word.to_lowercase() == lower);
    let known = words.iter().find(|(_, here)| is_it(here));
    known.map_or_else(|| piece.to_owned(), |(english, _)| (*english).to_owned())
}

/// What stands between a word's hyphens, commas and plus signs.
fn by_piece(word: &str, change: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    for part in word.split_inclusive(['-', ',', '+']) {
        let piece = part.trim_end_matches(['-', ',', '+']);
        text += &change(piece);
        text += &part[piece.len()..];
    }
    text
}
