//! Numbers, times, dates and digits in words: engines read them wrongly, each in its own way, so none ever sees a figure.
//!
//! One file a language, each a [`Speller`]. Held against the rule-based number formats of CLDR in `tests.rs`.

mod de;
mod en;
mod es;
#[cfg(test)]
mod tests;

use jiff::Zoned;
use jiff::civil::{Date, Time};

/// What a number counts, where the language tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Nothing: the number is a name ("message one").
    Counting,
    Masculine,
    Feminine,
}

/// How a language says what is written in figures.
pub(crate) trait Speller: Sync {
    fn cardinal(&self, number: u32, form: Form) -> String;
    fn ordinal(&self, number: u32, form: Form) -> String;
    fn year(&self, year: u32) -> String;
    /// One of `0`-`9`, `*`, `#`, `+`, `.`.
    fn digit(&self, digit: char) -> Option<&'static str>;
    /// The time of day, as it stands after "it is".
    fn time(&self, time: Time) -> String;
    /// When something happened: "at ten", "yesterday at ten", "on March first at ten".
    fn moment(&self, at: Time, day: Day) -> String;
    /// "hours", "minutes", "seconds" with their number; `count` is not 0.
    fn span(&self, count: u32, unit: Unit) -> String;
    /// Joins two spans.
    fn and(&self) -> &'static str;
    /// Stands where a name cannot be spoken.
    fn somebody(&self) -> &'static str;
}

/// A day as it is named from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Day {
    Today,
    Yesterday,
    /// One of the six days before yesterday's eve: its weekday is enough.
    ThisWeek(Date),
    ThisYear(Date),
    Other(Date),
}

impl Day {
    pub(crate) fn of(at: &Zoned, now: &Zoned) -> Day {
        let (date, today) = (at.date(), now.date());
        let ago = (today - date).get_days();
        match ago {
            0 => Day::Today,
            1 => Day::Yesterday,
            2..=6 => Day::ThisWeek(date),
            _ if date.year() == today.year() => Day::ThisYear(date),
            _ => Day::Other(date),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Hour,
    Minute,
    Second,
}

/// The languages that can spell, by their BCP 47 code.
pub(crate) const SPELLERS: [(&str, &dyn Speller); 3] =
    [("en", &en::English), ("de", &de::German), ("es", &es::Spanish)];

/// Digits that are spoken at most: a number that is longer is no telephone number, and nobody listens to it.
pub(crate) const MAX_DIGITS: usize = 40;

/// A telephone number, extension, address or version: one by one, with a pause between groups.
pub(crate) fn digits(speller: &dyn Speller, text: &str) -> String {
    let mut groups: Vec<String> = Vec::new();
    for part in text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '*' | '#' | '+' | '.')) {
        let part: Vec<char> = part.chars().take(MAX_DIGITS.saturating_sub(groups.len())).collect();
        groups.extend(grouped(&part).into_iter().map(|group| one_by_one(speller, group)));
    }
    groups.retain(|group| !group.is_empty());
    groups.truncate(MAX_DIGITS);
    groups.join(", ")
}

fn one_by_one(speller: &dyn Speller, group: &[char]) -> String {
    let words = group.iter().map(|c| match speller.digit(*c) {
        Some(word) => word.to_owned(),
        // The letters of a version; an engine reads a lone letter by its name.
        None => c.to_lowercase().to_string(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Where people pause: not in extensions; elsewhere after each three, but the last group may have four and never one.
/// What is joined by dots pauses at the dots.
fn grouped(part: &[char]) -> Vec<&[char]> {
    if part.contains(&'.') {
        return part.split_inclusive(|c| *c == '.').collect();
    }
    let mut groups = Vec::new();
    let mut rest = part;
    // The plus goes with the first group.
    let mut size = 3 + usize::from(part.first() == Some(&'+'));
    while rest.len() > size + 1 {
        // 5 is 3 and 2, 7 is 3 and 4.
        let (group, after) = rest.split_at(size);
        groups.push(group);
        rest = after;
        size = 3;
    }
    groups.push(rest);
    groups
}

/// A length of time, in its two largest units.
pub(crate) fn duration(speller: &dyn Speller, seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let rest = if hours > 0 { 0 } else { rest };
    let spans = [(hours, Unit::Hour), (minutes, Unit::Minute), (rest, Unit::Second)];
    let said: Vec<String> =
        spans.into_iter().filter(|span| span.0 > 0).map(|(count, unit)| speller.span(count, unit)).collect();
    if said.is_empty() { speller.span(0, Unit::Second) } else { said.join(speller.and()) }
}

/// A name as an engine may see it: words of Latin letters, nothing that could be a command to it, not endless.
pub(crate) fn name(text: &str) -> Option<String> {
    let is_spoken = |c: char| (c.is_alphabetic() && (c as u32) < 0x250) || matches!(c, '\'' | '-' | ' ');
    let clean: String = text.chars().map(|c| if is_spoken(c) { c } else { ' ' }).take(MAX_NAME).collect();
    let words: Vec<&str> = clean.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Characters of a name that are spoken: those that an office file permits.
const MAX_NAME: usize = 64;
