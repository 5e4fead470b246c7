//! Contacts as cards of address books (vCard 2.1, 3.0, RFC 2426, and 4.0, RFC 6350): of each card the name, the company, tags
//! (its categories) and numbers.
//! Written are cards of version 3.0, which every address book reads.

use config::NumberKind;

use super::{CELL_MAX, ContactRow, decoded};
use crate::why::Unread;

/// The longest line of a card that is looked at, in bytes: pictures are longer and mean nothing here.
const LINE_MAX: usize = 8 * 1024;

/// How many numbers without a place are named, each by its card: more nobody reads.
const IGNORED_MAX: usize = 20;

/// Whether this is a file of cards.
pub(super) fn is_one(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.trim().eq_ignore_ascii_case("BEGIN:VCARD")
}

/// The contacts on the cards, at most so many, and what has no place here: numbers, and a card that is cut off.
pub(super) fn read(text: &str, most: usize) -> Result<(Vec<ContactRow>, Vec<String>), Unread> {
    let (mut rows, mut ignored) = (Vec::new(), Vec::new());
    let mut open: Option<Card> = None;
    let mut is_agent_next = false;
    for (number, line) in unfolded(text) {
        let Some(property) = Property::of(&line) else { continue };
        let value = property.value.trim();
        let is_card = value.eq_ignore_ascii_case("VCARD");
        let is_agent = std::mem::replace(&mut is_agent_next, property.name == "AGENT" && value.is_empty());
        let mut done = None;
        match (property.name.as_str(), &mut open) {
            // The card within a card is somebody else's (version 2.1).
            ("BEGIN", Some(card)) if is_card && is_agent => card.depth += 1,
            ("AGENT", Some(card)) if value.eq_ignore_ascii_case("BEGIN:VCARD") => card.depth += 1,
            // The card before may lack its end.
            ("BEGIN", _) if is_card => done = open.replace(Card::new(number)),
            ("END", Some(card)) if is_card && card.depth > 0 => card.depth -= 1,
            ("END", Some(_)) if is_card => done = open.take(),
            (_, Some(card)) if card.depth == 0 => card.take(&property),
            _ => {}
        }
        if done.is_some() && rows.len() == most {
            return Err(Unread::TooManyRows { most });
        }
        rows.extend(done.map(|card| card.finish(&mut ignored)));
    }
    // Who knows what the rest of it said.
    ignored.extend(open.and_then(Card::into_told));
    if rows.is_empty() { Err(Unread::Empty) } else { Ok((rows, ignored)) }
}

/// Lines with what is folded below them (RFC 6350 §3.2), one at a time, without empty ones; each cut where it is longer than anything
/// here can be.
fn unfolded(text: &str) -> impl Iterator<Item = (u32, String)> {
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty()).peekable();
    std::iter::from_fn(move || {
        let (number, line) = lines.next()?;
        let mut whole = cut(line, LINE_MAX).to_owned();
        let is_quoted = is_quoted_printable(whole.split(':').next().unwrap_or_default());
        let mut last = line;
        loop {
            // In quoted-printable, the end of a line that goes on is a sign of its own (RFC 2045 §6.7).
            let goes_on = is_quoted && last.ends_with('=');
            let Some((_, below)) = lines.next_if(|(_, line)| goes_on || line.starts_with([' ', '\t'])) else { break };
            if goes_on && whole.ends_with('=') {
                whole.pop();
            }
            let more = if goes_on { below } else { below.get(1..).unwrap_or_default() };
            whole.push_str(cut(more, LINE_MAX.saturating_sub(whole.len())));
            last = below;
        }
        Some((number, whole))
    })
}

/// Whether what stands before a value says that it is in quoted-printable, as version 2.1 writes what is not ASCII.
fn is_quoted_printable(head: &str) -> bool {
    let is_so = |word: &str| word.trim().eq_ignore_ascii_case("QUOTED-PRINTABLE");
    head.split(';').skip(1).any(|param| is_so(param.split_once('=').map_or(param, |(_, word)| word)))
}

/// What quoted-printable says (RFC 2045 §6.7); what is none stays as it is.
fn unquoted(value: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(value.len()), value.as_bytes());
    while let Some((byte, after)) = rest.split_first() {
        let digit = |place: usize| after.get(place).and_then(|digit| char::from(*digit).to_digit(16));
        let code = digit(0).zip(digit(1)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        let code = code.filter(|_| *byte == b'=');
        bytes.push(code.unwrap_or(*byte));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    decoded(&bytes)
}

/// At most so many bytes of a line.
fn cut(line: &str, most: usize) -> &str {
    let end = (0..=most.min(line.len())).rev().find(|place| line.is_char_boundary(*place));
    line.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// A line of a card: `item1.TEL;TYPE=work,voice:+49 30 123`.
struct Property {
    name: String,
    /// The words of TYPE, of version 2.1 those that stand alone, in small letters.
    types: Vec<String>,
    value: String,
}

impl Property {
    fn of(line: &str) -> Option<Property> {
        let mut is_quoted = false;
        let colon = line.find(|c| {
            is_quoted ^= c == '"';
            c == ':' && !is_quoted
        })?;
        let (head, value) = (line.get(..colon)?, line.get(colon + 1..)?);
        let mut params = head.split(';');
        let name = params.next()?.rsplit('.').next()?.trim().to_ascii_uppercase();
        let mut types = Vec::new();
        for param in params {
            let words = match param.split_once('=') {
                Some((key, words)) if key.trim().eq_ignore_ascii_case("TYPE") => words,
                Some(_) => continue,
                None => param,
            };
            types.extend(words.split(',').map(|word| word.trim().trim_matches('"').to_ascii_lowercase()));
        }
        let value = if is_quoted_printable(head) { unquoted(value) } else { value.to_owned() };
        Some(Property { name, types, value })
    }

    /// The parts of a value that has several, such as a name; as many as a cell has room for.
    fn parts(&self) -> Vec<String> {
        let (mut parts, mut part, mut is_escaped) = (Vec::new(), String::new(), false);
        for c in self.value.chars() {
            if parts.len() == CELL_MAX {
                break;
            }
            match c {
                'n' | 'N' if is_escaped => part.push(' '),
                c if is_escaped => part.push(c),
                '\\' => {}
                ';' => parts.push(std::mem::take(&mut part)),
                c => part.push(c),
            }
            is_escaped = c == '\\' && !is_escaped;
        }
        parts.push(part);
        parts.iter().map(|part| cell(part)).collect()
    }

    fn text(&self) -> String {
        cell(&self.parts().join(";"))
    }

    /// The number, where a call may go to it: no facsimile, no pager.
    fn number(&self) -> Option<(NumberKind, String)> {
        let is = |words: &[&str]| self.types.iter().any(|word| words.contains(&word.as_str()));
        if is(&["fax", "pager", "textphone", "modem", "bbs"]) && !is(&["voice", "cell"]) {
            return None;
        }
        let kind = match () {
            () if is(&["cell", "mobile", "iphone"]) => NumberKind::Mobile,
            () if is(&["home"]) => NumberKind::Home,
            () => NumberKind::Work,
        };
        let text = self.text();
        let is_uri = text.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:"));
        let number = if is_uri { text.get(4..)?.split(';').next()?.to_owned() } else { text };
        (!number.trim().is_empty()).then_some((kind, number))
    }
}

/// As much of it as is looked at, without the spaces around it.
fn cell(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(CELL_MAX).collect();
    clean.trim().to_owned()
}

/// A card being read.
struct Card {
    line: u32,
    depth: usize,
    full: String,
    parts: String,
    company: Option<String>,
    tags: Option<String>,
    numbers: Vec<(NumberKind, String)>,
}

/// How many numbers of a card are looked at.
const NUMBERS_MAX: usize = 20;

impl Card {
    fn new(line: u32) -> Card {
        let (full, parts) = (String::new(), String::new());
        Card { line, depth: 0, full, parts, company: None, tags: None, numbers: Vec::new() }
    }

    fn take(&mut self, property: &Property) {
        match property.name.as_str() {
            "FN" if self.full.is_empty() => self.full = property.text(),
            "N" => {
                let parts = property.parts();
                let named = [1, 0].into_iter().filter_map(|place| parts.get(place)).filter(|part| !part.is_empty());
                self.parts = cell(&named.cloned().collect::<Vec<String>>().join(" "));
            }
            "ORG" if self.company.is_none() => {
                self.company = property.parts().into_iter().next().filter(|company| !company.is_empty());
            }
            // Several, with commas between them (RFC 6350 §6.7.1).
            "CATEGORIES" if self.tags.is_none() => self.tags = Some(property.text()).filter(|tags| !tags.is_empty()),
            "TEL" if self.numbers.len() < NUMBERS_MAX => self.numbers.extend(property.number()),
            _ => {}
        }
    }

    fn into_name(self) -> String {
        let names = [self.full, self.parts, self.company.unwrap_or_default()];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
    }

    /// The name, or a number where there is none; `None`: it says neither.
    fn into_told(self) -> Option<String> {
        let number = self.numbers.first().map(|(_, number)| number.clone());
        [Some(self.into_name()), number].into_iter().flatten().find(|told| !told.is_empty())
    }

    fn finish(mut self, ignored: &mut Vec<String>) -> ContactRow {
        let (company, numbers) = (self.company.clone(), std::mem::take(&mut self.numbers));
        let mut row = ContactRow { line: self.line, tags: self.tags.take(), ..ContactRow::default() };
        let name = self.into_name();
        row.company = company.filter(|company| !company.is_empty() && *company != name);
        for (kind, number) in numbers {
            // A second number of a kind stands where there is room for it.
            let kinds = [kind, NumberKind::Work, NumberKind::Mobile, NumberKind::Home];
            match kinds.into_iter().find(|kind| row.number_mut(*kind).is_none()) {
                Some(kind) => *row.number_mut(kind) = Some(number),
                None if ignored.len() < IGNORED_MAX => ignored.push(format!("{name}: {number}")),
                None => {}
            }
        }
        row.name = Some(name);
        row
    }
}

/// A contact as a card.
pub(super) fn card(contact: &config::Contact) -> String {
    let name = escaped(&contact.name);
    // N must stand there (RFC 2426 §3.1.2); which part of a name is which, the box does not know.
    let mut card = format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nN:{name};;;;\r\n");
    if let Some(company) = &contact.company {
        card += &format!("ORG:{}\r\n", escaped(company));
    }
    if !contact.tags.is_empty() {
        let tags: Vec<String> = contact.tags.iter().map(|tag| escaped(tag)).collect();
        card += &format!("CATEGORIES:{}\r\n", tags.join(","));
    }
    for (kind, number) in &contact.numbers {
        let kind = match kind {
            NumberKind::Work => "WORK,VOICE",
            NumberKind::Mobile => "CELL,VOICE",
            NumberKind::Home => "HOME,VOICE",
        };
        card += &format!("TEL;TYPE={kind}:{number}\r\n");
    }
    card + "END:VCARD\r\n"
}

fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '\\' | ';' | ',').then_some('\\').into_iter().chain([c])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_kept_longer_than_it_is_looked_at() {
        let (empty, long) = ("\n".repeat(100_000), "ü".repeat(100_000));
        for file in [format!("FN:A{empty}"), format!("FN:{long}{long}"), format!("FN:A\n {long}\n {long}\n")] {
            let lines: Vec<(u32, String)> = unfolded(&file).collect();
            assert_eq!(lines.len(), 1);
            let length = lines[0].1.len();
            assert!((4..=LINE_MAX).contains(&length), "{length} bytes");
        }
    }

    #[test]
    fn no_value_has_more_parts_than_are_looked_at() {
        for value in [";".repeat(LINE_MAX), "A;".repeat(LINE_MAX)] {
            let property = Property::of(&format!("FN:{value}")).unwrap();
            assert!(property.parts().len() <= CELL_MAX + 1, "{} parts", property.parts().len());
            assert_eq!(Some(property.text().as_str()), value.get(..CELL_MAX));
        }
    }
}
