//! Parameters of URIs and of header values.

use serde::{Deserialize, Serialize};

use super::scan::{self, Sink};
use super::{Flaw, MAX_PARAMS, Text};

/// What stands after the name of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParamValue {
    /// Nothing: `;lr`.
    Flag,
    /// A token, host or number, as it came; in URIs with its `%` escapes.
    Token(Text),
    /// A quoted string, here without its quotes and backslashes.
    Quoted(Text),
}

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    /// Its name, as it came; compared in either case.
    pub name: Text,
    /// Its value.
    pub value: ParamValue,
}

/// Parameters in their order; names are case-insensitive (RFC 3261 §7.3.1). At most `MAX_PARAMS` are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Params(Vec<Param>);

impl Params {
    /// None.
    pub const fn new() -> Params {
        Params(Vec::new())
    }

    /// Sets the first parameter of this name, or appends it. What is no token is quoted in a header; for a URI use
    /// [`super::Uri::set_param`], which escapes instead.
    pub fn set(&mut self, name: impl Into<Text>, value: impl Into<Text>) {
        let value = value.into();
        let is_plain = !value.is_empty() && value.as_bytes().iter().all(|&byte| is_plain_byte(byte));
        let value = if is_plain { ParamValue::Token(value) } else { ParamValue::Quoted(value) };
        self.put(name.into(), value);
    }

    /// Sets the first parameter of this name, or appends it, as a quoted string in any case (`realm="office"`).
    pub fn set_quoted(&mut self, name: impl Into<Text>, value: impl Into<Text>) {
        self.put(name.into(), ParamValue::Quoted(value.into()));
    }

    /// Sets a parameter without a value, such as `lr`.
    pub fn set_flag(&mut self, name: impl Into<Text>) {
        self.put(name.into(), ParamValue::Flag);
    }

    /// Removes all of this name; tells whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|param| !param.name.eq_ignore_case(name));
        self.0.len() < before
    }

    /// The value of the first parameter of this name; `None` when it is absent or has no value.
    pub fn get(&self, name: &str) -> Option<&Text> {
        match &self.find(name)?.value {
            ParamValue::Flag => None,
            ParamValue::Token(value) | ParamValue::Quoted(value) => Some(value),
        }
    }

    /// Whether it is there, with or without a value.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Param> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads `;name=value...` to the end of `rest`, which is empty or starts with `;`, blanks allowed around every part.
    pub(super) fn parse_header(source: &Text, rest: &[u8]) -> Result<Params, Flaw> {
        let mut params = Params::new();
        let mut rest = scan::trim(rest);
        while let Some((&separator, tail)) = rest.split_first() {
            if separator != b';' {
                return Err(Flaw::Character);
            }
            rest = scan::trim_start(tail);
            if rest.is_empty() {
                break;
            }
            let (name, tail) = scan::split_before(rest, |byte| byte == b'=' || byte == b';');
            let name = scan::trim_end(name);
            if !scan::is_token(name) {
                return Err(Flaw::Param);
            }
            let (value, tail) = match tail.split_first() {
                Some((b'=', tail)) => header_value(source, scan::trim_start(tail))?,
                _ => (ParamValue::Flag, tail),
            };
            params.append(Param { name: source.slice_ref(name), value })?;
            rest = tail;
        }
        Ok(params)
    }

    /// Appends what was read, up to the limit.
    pub(super) fn append(&mut self, param: Param) -> Result<(), Flaw> {
        if self.0.len() >= MAX_PARAMS {
            return Err(Flaw::TooMany);
        }
        self.0.push(param);
        Ok(())
    }

    /// Prints all as `;name=value`.
    pub(super) fn print(&self, out: &mut impl Sink) {
        for param in &self.0 {
            out.put(b";");
            out.put_escaped(param.name.as_bytes(), |byte| scan::is_value_byte(byte) && byte != b'=');
            match &param.value {
                ParamValue::Flag => {}
                ParamValue::Token(value) => {
                    out.put(b"=");
                    out.put_escaped(value.as_bytes(), |byte| scan::is_uri_byte(byte) && byte != b';');
                }
                ParamValue::Quoted(value) => {
                    out.put(b"=");
                    scan::put_quoted(out, value.as_bytes());
                }
            }
        }
    }

    pub(super) fn put(&mut self, name: Text, value: ParamValue) {
        match self.0.iter_mut().find(|param| param.name.eq_ignore_case(&name)) {
            Some(param) => param.value = value,
            None => self.0.push(Param { name, value }),
        }
    }

    fn find(&self, name: &str) -> Option<&Param> {
        self.0.iter().find(|param| param.name.eq_ignore_case(name))
    }
}

/// The value at the start of `rest` and what follows it, blanks trimmed.
fn header_value<'a>(source: &Text, rest: &'a [u8]) -> Result<(ParamValue, &'a [u8]), Flaw> {
    if rest.first() == Some(&b'"') {
        let (inside, tail) = scan::split_quoted(rest)?;
        return Ok((ParamValue::Quoted(scan::unquote(source, inside)), scan::trim_start(tail)));
    }
    let (value, tail) = scan::split_before(rest, |byte| byte == b';');
    let value = scan::trim_end(value);
    if !value.iter().all(|&byte| scan::is_value_byte(byte)) {
        return Err(Flaw::Character);
    }
    Ok((ParamValue::Token(source.slice_ref(value)), tail))
}

/// `token / host` of generic-param (RFC 3261 §25.1).
fn is_plain_byte(byte: u8) -> bool {
    scan::is_token_byte(byte) || matches!(byte, b'[' | b']' | b':')
}
