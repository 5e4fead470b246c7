//! Whom people call outside: the phonebook of the office, and everybody's own contacts.

use std::collections::{BTreeMap, BTreeSet};

use crate::office::Office;

/// How many contacts the office's phonebook has at most: what people still look through, and a phone shows.
pub const MAX_PHONEBOOK: usize = 1_000;

/// How many contacts of their own somebody has at most.
pub const MAX_OWN_CONTACTS: usize = 200;

/// How many contacts there are in all books together: each revision is the whole office, and some 120 bytes a contact must not
/// push years of its history out.
pub const MAX_CONTACTS_IN_ALL: usize = 3_000;

/// The longest number of a contact as it is kept, in characters: [`crate::MAX_E164`] digits with the prefixes of a country, or
/// what a carrier takes behind them.
pub const MAX_CONTACT_NUMBER: usize = 20;

/// Which of somebody's numbers it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NumberKind {
    /// At work: the one that is called unless another is wanted.
    Work,
    /// A mobile phone.
    Mobile,
    /// At home.
    Home,
}

impl NumberKind {
    /// All, in the order in which they are shown.
    pub const ALL: [NumberKind; 3] = [NumberKind::Work, NumberKind::Mobile, NumberKind::Home];

    /// The field in the office file.
    pub fn as_str(self) -> &'static str {
        match self {
            NumberKind::Work => "work",
            NumberKind::Mobile => "mobile",
            NumberKind::Home => "home",
        }
    }
}

/// Somebody outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The name; no two of a book have the same.
    pub name: String,
    /// Where they work.
    pub company: Option<String>,
    /// What it belongs to, `Customer`: at most [`crate::MAX_TAGS`], each of 1 to [`crate::MAX_TAG`] characters (F76).
    pub tags: BTreeSet<String>,
    /// At least one number, as [`plain_number`] leaves it.
    pub numbers: BTreeMap<NumberKind, String>,
}

/// Where the name behind a number was found. The order is that in which it is looked for (F78).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameSource {
    /// It is an extension of the office.
    Employee,
    /// A contact of whoever looks.
    Personal,
    /// The office's phonebook.
    Phonebook,
}

/// The contacts of one owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Book {
    by_name: BTreeMap<String, Contact>,
    /// The name of the first contact with this number, in full.
    by_number: BTreeMap<String, String>,
    /// The numbers, in full, of contacts with this tag.
    by_tag: BTreeMap<String, BTreeSet<String>>,
}

impl Book {
    pub(crate) fn len(&self) -> usize {
        self.by_name.len()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    pub(crate) fn add(&mut self, contact: Contact, office: &Office) {
        for number in contact.numbers.values() {
            let full = office.in_full(number);
            for tag in &contact.tags {
                self.by_tag.entry(tag.clone()).or_default().insert(full.clone());
            }
            self.by_number.entry(full).or_insert_with(|| contact.name.clone());
        }
        self.by_name.insert(contact.name.clone(), contact);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Contact> {
        self.by_name.values()
    }

    /// The name behind a number in full.
    pub(crate) fn name_of(&self, number: &str) -> Option<&str> {
        self.by_number.get(number).map(String::as_str)
    }

    /// Whether a number in full is that of a contact with this tag.
    pub(crate) fn is_tagged(&self, number: &str, tag: &str) -> bool {
        self.by_tag.get(tag).is_some_and(|numbers| numbers.contains(number))
    }
}

/// A number as people write it, without what only helps the eye, in `+49 (0)30 123-456`; `None` for what cannot be called.
pub fn plain_number(written: &str) -> Option<String> {
    let written = written.trim();
    let is_in_full = written.starts_with('+');
    // The prefix of the country itself, which is not dialled behind its code.
    let written = if is_in_full { written.replace("(0)", "") } else { written.to_owned() };
    let is_for_the_eye = |c: char| c.is_whitespace() || "-./()\u{2010}\u{2011}\u{2013}".contains(c);
    let plain: String = written.chars().filter(|c| !is_for_the_eye(*c)).collect();
    let digits = plain.strip_prefix('+').unwrap_or(&plain);
    let is_number = digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    (is_number && plain.len() <= MAX_CONTACT_NUMBER).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::plain_number;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for (written, plain) in [
            ("+49 (0)30 123-456", Some("+4930123456")),
            (" 030/12 34.56 ", Some("030123456")),
            ("(415) 555\u{2011}0123", Some("4155550123")),
            ("101", Some("101")),
            ("12345678901234567890", Some("12345678901234567890")),
            ("123456789012345678901", None),
            ("1", None),
            ("+", None),
            ("4+9", None),
            ("0800 BAKERY", None),
            ("*98", None),
            ("", None),
        ] {
            assert_eq!(plain_number(written).as_deref(), plain, "{written:?}");
        }
    }
}
