//! The lexical rules that all headers share (RFC 3261 §25.1). Every function is one pass over its input.

use std::borrow::Cow;

use super::{Flaw, Text};

/// Where printed bytes go.
pub(super) trait Sink {
    /// Appends `bytes`.
    fn put(&mut self, bytes: &[u8]);

    /// Appends `bytes`; each one that `is_safe` refuses goes as `%XX`.
    fn put_escaped(&mut self, bytes: &[u8], is_safe: impl Fn(u8) -> bool) {
        for part in bytes.chunk_by(|&a, &b| is_safe(a) && is_safe(b)) {
            match part {
                [byte] if !is_safe(*byte) => self.put(&escape_byte(*byte)),
                _ => self.put(part),
            }
        }
    }

    /// Appends a port or another small number.
    fn put_number(&mut self, number: u32) {
        let mut digits = [b'0'; 10];
        let mut rest = number;
        let mut used = 0;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
            used += 1;
            if rest == 0 {
                break;
            }
        }
        self.put(digits.split_at(10 - used).1);
    }
}

impl Sink for Vec<u8> {
    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

/// A sink that tells whether what is printed equals what is expected, without printing it.
pub(super) struct Compare<'a> {
    rest: &'a [u8],
    is_equal: bool,
}

impl<'a> Compare<'a> {
    pub(super) fn with(expected: &'a [u8]) -> Compare<'a> {
        Compare { rest: expected, is_equal: true }
    }

    pub(super) fn is_equal(&self) -> bool {
        self.is_equal && self.rest.is_empty()
    }
}

impl Sink for Compare<'_> {
    fn put(&mut self, bytes: &[u8]) {
        match self.rest.strip_prefix(bytes) {
            Some(rest) => self.rest = rest,
            None => self.is_equal = false,
        }
    }
}

/// `%XX` in capitals.
pub(super) fn escape_byte(byte: u8) -> [u8; 3] {
    let hex = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'A' + nibble - 10 };
    [b'%', hex(byte >> 4), hex(byte & 15)]
}

/// Resolves `%XX`; a `%` without two hex digits stays as it is.
pub(super) fn unescape(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&b'%') {
        return Cow::Borrowed(bytes);
    }
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = match (first, tail) {
            (b'%', [high, low, ..]) => hex_value(*high).zip(hex_value(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => {
                plain.push(high << 4 | low);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                plain.push(first);
                rest = tail;
            }
        }
    }
    Cow::Owned(plain)
}

fn hex_value(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// `token` (§25.1).
pub(super) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte)
}

/// One or more token bytes.
pub(super) fn is_token(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|&byte| is_token_byte(byte))
}

/// What may stand in a URI as we read it: all but blanks, controls, quotes and angle brackets. Wider than the grammar,
/// because phones put `#`, `|` and Latin-1 bytes in user parts.
pub(super) fn is_uri_byte(byte: u8) -> bool {
    byte > b' ' && byte != 0x7f && !matches!(byte, b'<' | b'>' | b'"')
}

/// What may stand in an unquoted parameter value as we read it.
pub(super) fn is_value_byte(byte: u8) -> bool {
    is_uri_byte(byte) && byte != b';' && byte != b','
}

/// SP and HTAB; folded lines have been joined before.
pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// Without the blanks around.
pub(super) fn trim(bytes: &[u8]) -> &[u8] {
    trim_end(trim_start(bytes))
}

/// Without the blanks before.
pub(super) fn trim_start(bytes: &[u8]) -> &[u8] {
    let blanks = bytes.iter().take_while(|&&byte| is_blank(byte)).count();
    bytes.get(blanks..).unwrap_or_default()
}

/// Without the blanks after.
pub(super) fn trim_end(bytes: &[u8]) -> &[u8] {
    let blanks = bytes.iter().rev().take_while(|&&byte| is_blank(byte)).count();
    bytes.get(..bytes.len() - blanks).unwrap_or_default()
}

/// Splits before the first byte that `is_end` accepts.
pub(super) fn split_before(bytes: &[u8], is_end: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let at = bytes.iter().position(|&byte| is_end(byte)).unwrap_or(bytes.len());
    bytes.split_at(at)
}

/// Of bytes that start with `"`: what is between the quotes, escapes and all, and what comes after.
pub(super) fn split_quoted(bytes: &[u8]) -> Result<(&[u8], &[u8]), Flaw> {
    let mut is_escaped = false;
    for (at, &byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => {
                let (quoted, rest) = bytes.split_at(at);
                return Ok((quoted.get(1..).unwrap_or_default(), rest.get(1..).unwrap_or_default()));
            }
            _ => {}
        }
    }
    Err(Flaw::Quote)
}

/// The inside of a quoted string without its backslashes.
pub(super) fn unquote(source: &Text, inside: &[u8]) -> Text {
    if !inside.contains(&b'\\') {
        return source.slice_ref(inside);
    }
    let mut plain = Vec::with_capacity(inside.len());
    let mut is_escaped = false;
    for &byte in inside {
        if byte == b'\\' && !is_escaped {
            is_escaped = true;
        } else {
            plain.push(byte);
            is_escaped = false;
        }
    }
    Text::from(plain)
}

/// Prints a quoted string; CR and LF cannot be in one and go as blanks.
pub(super) fn put_quoted(out: &mut impl Sink, plain: &[u8]) {
    out.put(b"\"");
    for part in plain.chunk_by(|&a, &b| !needs_care(a) && !needs_care(b)) {
        match part {
            b"\r" | b"\n" => out.put(b" "),
            b"\"" => out.put(b"\\\""),
            b"\\" => out.put(b"\\\\"),
            _ => out.put(part),
        }
    }
    out.put(b"\"");
}

fn needs_care(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n' | b'"' | b'\\')
}

/// The pieces of `bytes` between `separator`s that stand outside quotes and angle brackets, blanks trimmed, empty ones
/// left out (`a,,b` is `a` and `b`: RFC 3261 says `*(COMMA item)`, phones say more commas).
pub(super) fn split_list(bytes: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        loop {
            let bytes = rest?;
            let end = list_item_len(bytes, separator);
            let (item, tail) = bytes.split_at(end);
            rest = tail.get(1..);
            let item = trim(item);
            if !item.is_empty() {
                return Some(item);
            }
        }
    })
}

fn list_item_len(bytes: &[u8], separator: u8) -> usize {
    let mut is_quoted = false;
    let mut is_escaped = false;
    let mut is_bracketed = false;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' if !is_bracketed => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b'<' => is_bracketed = true,
            b'>' => is_bracketed = false,
            _ if byte == separator && !is_bracketed => return at,
            _ => {}
        }
    }
    bytes.len()
}

/// A decimal number that fills `bytes`, leading zeros allowed (`CSeq: 0009`).
pub(super) fn number<N: TryFrom<u64>>(bytes: &[u8]) -> Result<N, Flaw> {
    if bytes.is_empty() {
        return Err(Flaw::Number);
    }
    let mut value: u64 = 0;
    for &byte in bytes {
        if !byte.is_ascii_digit() {
            return Err(Flaw::Number);
        }
        value =
            value.checked_mul(10).and_then(|value| value.checked_add(u64::from(byte - b'0'))).ok_or(Flaw::Number)?;
    }
    N::try_from(value).map_err(|_| Flaw::Number)
}
