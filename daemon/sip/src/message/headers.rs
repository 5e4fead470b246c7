//! The ordered list of headers.

use std::borrow::Borrow;

use serde::{Deserialize, Serialize};

use super::scan;
use super::{HeaderName, Text, Via};

/// One header line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Header {
    name: HeaderName,
    value: Text,
    /// The line as it came, without its CRLF, where printing name and value would give other bytes.
    pub(super) line: Option<Text>,
}

impl Header {
    /// A line of our own. CR and LF in the value become blanks, so that no value can start another header.
    pub fn new(name: HeaderName, value: impl Into<Text>) -> Header {
        Header { name, value: without_line_ends(value.into()), line: None }
    }

    /// A line that was read: `value` has no line ends any more.
    pub(super) fn read(name: HeaderName, value: Text, line: Option<Text>) -> Header {
        Header { name, value, line }
    }

    /// Its name.
    pub fn name(&self) -> &HeaderName {
        &self.name
    }

    /// Its value, folded lines joined by one blank, blanks around it removed.
    pub fn value(&self) -> &Text {
        &self.value
    }
}

/// Equal when name and value are, however they were spelled.
impl PartialEq for Header {
    fn eq(&self, other: &Header) -> bool {
        self.name == other.name && self.value == other.value
    }
}

impl Eq for Header {}

fn without_line_ends(value: Text) -> Text {
    let is_line_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    if !value.as_bytes().iter().any(is_line_end) {
        return value;
    }
    let blank = |byte: &u8| if is_line_end(byte) { b' ' } else { *byte };
    Text::from(value.as_bytes().iter().map(blank).collect::<Vec<u8>>())
}

/// The headers of a message in their order. Typed readers are in the same `impl` below: each reads when it is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headers(pub(super) Vec<Header>);

impl Headers {
    /// None.
    pub const fn new() -> Headers {
        Headers(Vec::new())
    }

    /// Appends a line.
    pub fn push(&mut self, name: impl Into<HeaderName>, value: impl Into<Text>) {
        self.0.push(Header::new(name.into(), value));
    }

    /// Inserts a line before all others: Via and Record-Route.
    pub fn push_front(&mut self, name: impl Into<HeaderName>, value: impl Into<Text>) {
        self.0.insert(0, Header::new(name.into(), value));
    }

    /// Replaces the first line of this name and removes its others, or appends one.
    pub fn set(&mut self, name: impl Into<HeaderName>, value: impl Into<Text>) {
        let header = Header::new(name.into(), value);
        match self.0.iter().position(|old| old.name == header.name) {
            Some(first) => {
                let mut at = 0;
                self.0.retain(|old| {
                    at += 1;
                    at - 1 <= first || old.name != header.name
                });
                if let Some(old) = self.0.get_mut(first) {
                    *old = header;
                }
            }
            None => self.0.push(header),
        }
    }

    /// Removes all lines of this name; tells whether there was one.
    pub fn remove(&mut self, name: impl Borrow<HeaderName>) -> bool {
        let before = self.0.len();
        self.0.retain(|header| header.name != *name.borrow());
        self.0.len() < before
    }

    /// Appends the lines of this name of another message, under its full name: who reads ours need not know compact forms,
    /// though the other message used one.
    pub fn copy_from(&mut self, other: &Headers, name: impl Borrow<HeaderName>) {
        let name = name.borrow();
        let lines = other.0.iter().filter(|header| header.name == *name);
        self.0.extend(lines.map(|header| Header::new(name.clone(), &header.value)));
    }

    /// The lines of these names in memory of their own, a single piece: what was read is a slice of its packet, and
    /// would keep all of that.
    pub fn detached(&self, names: &[HeaderName]) -> Headers {
        let wanted = || self.0.iter().filter(|header| names.contains(&header.name));
        let bytes: Vec<u8> = wanted().flat_map(|header| header.value.as_bytes().iter().copied()).collect();
        let source = Text::from(bytes);
        let mut rest = source.as_bytes();
        let copy = |header: &Header| {
            let (value, after) = rest.split_at_checked(header.value.len()).unwrap_or_default();
            rest = after;
            Header::read(header.name.clone(), source.slice_ref(value), None)
        };
        Headers(wanted().map(copy).collect())
    }

    /// Replaces the first Via value and keeps those behind it; the line is inserted when there is none.
    pub fn replace_top_via(&mut self, via: &Via) {
        let Some(at) = self.0.iter().position(|header| header.name == HeaderName::Via) else {
            return self.push_front(HeaderName::Via, via);
        };
        let Some(header) = self.0.get_mut(at) else { return };
        let mut value = via.to_text().as_bytes().to_vec();
        for other in scan::split_list(header.value.as_bytes(), b',').skip(1) {
            value.extend_from_slice(b", ");
            value.extend_from_slice(other);
        }
        *header = Header::new(HeaderName::Via, value);
    }

    /// The value of the first line of this name.
    pub fn get(&self, name: impl Borrow<HeaderName>) -> Option<&Text> {
        let name = name.borrow();
        self.0.iter().find(|header| header.name == *name).map(|header| &header.value)
    }

    /// Whether there is a line of this name.
    pub fn has(&self, name: impl Borrow<HeaderName>) -> bool {
        self.get(name).is_some()
    }

    /// The values of all lines of this name, undivided.
    pub fn lines(&self, name: impl Borrow<HeaderName>) -> impl Iterator<Item = &Text> {
        let of_name = move |header: &&Header| header.name == *name.borrow();
        self.0.iter().filter(of_name).map(|header| &header.value)
    }

    /// The values of all lines of this name; those of list headers ([`HeaderName::is_list`]) divided at the commas
    /// outside quotes and angle brackets.
    pub fn values(&self, name: impl Borrow<HeaderName>) -> impl Iterator<Item = Text> {
        let separator = if name.borrow().is_list() { Some(b',') } else { None };
        self.lines(name).flat_map(move |line| {
            let divided = separator.map(|separator| scan::split_list(line.as_bytes(), separator));
            let whole = if divided.is_none() { Some(line.as_bytes()) } else { None };
            let parts = divided.into_iter().flatten().chain(whole);
            parts.map(|part| line.slice_ref(part))
        })
    }

    /// All lines in order.
    pub fn iter(&self) -> impl Iterator<Item = &Header> {
        self.0.iter()
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
