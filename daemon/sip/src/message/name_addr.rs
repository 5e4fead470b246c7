//! `name-addr` and `addr-spec` with the parameters of their header (RFC 3261 §20.10, §25.1).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::scan::{self, Sink};
use super::{Flaw, Params, Text, Uri, uri};

/// One value of From, To, Contact, Route and the like: `"Alice" <sip:alice@office>;tag=1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameAddr {
    /// The name for people, without quotes and backslashes; may be empty.
    pub display: Text,
    /// The address.
    pub uri: Uri,
    /// The parameters of the header, never those of the URI: without `<>` all parameters belong to the header.
    pub params: Params,
}

impl NameAddr {
    /// An address without a name and parameters.
    pub fn new(uri: Uri) -> NameAddr {
        NameAddr { display: Text::new(), uri, params: Params::new() }
    }

    /// An address with a name for people.
    pub fn named(display: impl Into<Text>, uri: Uri) -> NameAddr {
        NameAddr { display: display.into(), uri, params: Params::new() }
    }

    /// Reads a value that fills `text`. A display name with characters that need quotes and has none is taken as meant
    /// (RFC 4475 §3.1.2.15).
    pub fn parse(text: &Text) -> Result<NameAddr, Flaw> {
        parse(text, text.as_bytes())
    }

    /// Sets the tag (RFC 3261 §19.3).
    pub fn set_tag(&mut self, tag: impl Into<Text>) {
        self.params.set(Text::from_static("tag"), tag);
    }

    /// The tag (RFC 3261 §19.3).
    pub fn tag(&self) -> Option<&Text> {
        self.params.get("tag")
    }

    /// The printed value; always with `<>`, so that no parameter changes its owner.
    pub fn to_text(&self) -> Text {
        let mut out = Vec::with_capacity(96);
        if !self.display.is_empty() {
            scan::put_quoted(&mut out, self.display.as_bytes());
            out.put(b" ");
        }
        out.put(b"<");
        self.uri.print(&mut out);
        out.put(b">");
        self.params.print(&mut out);
        Text::from(out)
    }
}

/// Reads the value that fills `bytes`, a part of `source`.
pub(super) fn parse(source: &Text, bytes: &[u8]) -> Result<NameAddr, Flaw> {
    let bytes = scan::trim(bytes);
    if bytes.is_empty() {
        return Err(Flaw::Empty);
    }
    if bytes.first() == Some(&b'"') {
        let (inside, rest) = scan::split_quoted(bytes)?;
        return bracketed(source, scan::unquote(source, inside), scan::trim_start(rest));
    }
    let (before, rest) = scan::split_before(bytes, |byte| matches!(byte, b'<' | b'>' | b';' | b'?' | b'"'));
    match rest.first() {
        Some(b'<') => bracketed(source, source.slice_ref(scan::trim_end(before)), rest),
        Some(b'?') => Err(Flaw::UriHeaders),
        Some(b'"' | b'>') => Err(Flaw::Character),
        Some(_) | None => addr_spec(source, scan::trim_end(before), rest),
    }
}

/// `<uri>;params`
fn bracketed(source: &Text, display: Text, bytes: &[u8]) -> Result<NameAddr, Flaw> {
    let inside = bytes.strip_prefix(b"<").ok_or(Flaw::Bracket)?;
    let (uri, rest) = scan::split_before(inside, |byte| byte == b'>');
    let rest = rest.get(1..).ok_or(Flaw::Bracket)?;
    Ok(NameAddr { display, uri: uri::parse(source, scan::trim(uri))?, params: Params::parse_header(source, rest)? })
}

/// `uri;params` without brackets; a comma or question mark would be ambiguous and is refused (§20).
fn addr_spec(source: &Text, uri: &[u8], params: &[u8]) -> Result<NameAddr, Flaw> {
    if uri.contains(&b',') {
        return Err(Flaw::Character);
    }
    Ok(NameAddr { display: Text::new(), uri: uri::parse(source, uri)?, params: Params::parse_header(source, params)? })
}

impl fmt::Display for NameAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_text().fmt(f)
    }
}

impl FromStr for NameAddr {
    type Err = Flaw;

    fn from_str(text: &str) -> Result<NameAddr, Flaw> {
        NameAddr::parse(&Text::from(text))
    }
}

impl From<&NameAddr> for Text {
    fn from(address: &NameAddr) -> Text {
        address.to_text()
    }
}

impl From<NameAddr> for Text {
    fn from(address: NameAddr) -> Text {
        address.to_text()
    }
}

impl From<Uri> for NameAddr {
    fn from(uri: Uri) -> NameAddr {
        NameAddr::new(uri)
    }
}
