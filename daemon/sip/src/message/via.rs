//! The Via header (RFC 3261 §20.42, RFC 3581).

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::scan::{self, Sink};
use super::{Flaw, Host, Params, Text, uri};

/// One hop that a request took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Via {
    /// `UDP`, `TCP`, `TLS`, `WS` ...; compared in either case.
    pub transport: Text,
    /// The host of sent-by.
    pub host: Host,
    /// The port of sent-by; absent means the transport's default.
    pub port: Option<u16>,
    /// branch, received, rport and others.
    pub params: Params,
}

impl Via {
    /// A hop of our own, with its branch.
    pub fn new(transport: &'static str, host: impl Into<Host>, port: Option<u16>, branch: impl Into<Text>) -> Via {
        let mut via = Via { transport: Text::from_static(transport), host: host.into(), port, params: Params::new() };
        via.set_branch(branch);
        via
    }

    /// Reads a value that fills `text`, with blanks where RFC 3261 allows them.
    pub fn parse(text: &Text) -> Result<Via, Flaw> {
        parse(text, text.as_bytes())
    }

    /// Sets the branch, the transaction's id (§8.1.1.7).
    pub fn set_branch(&mut self, branch: impl Into<Text>) {
        self.params.set(Text::from_static("branch"), branch);
    }

    /// Sets where the request really came from (§18.2.1).
    pub fn set_received(&mut self, ip: IpAddr) {
        self.params.set("received", ip.to_string());
    }

    /// Sets the port it really came from (RFC 3581 §4).
    pub fn set_rport(&mut self, port: u16) {
        self.params.set("rport", u32::from(port));
    }

    /// Asks for the answer at the port that it comes from (RFC 3581 §3).
    pub fn ask_rport(&mut self) {
        self.params.set_flag("rport");
    }

    /// The branch.
    pub fn branch(&self) -> Option<&Text> {
        self.params.get("branch")
    }

    /// Where the request really came from; with or without brackets (RFC 5118 §4.5).
    pub fn received(&self) -> Option<IpAddr> {
        let value = self.params.get("received")?.to_str();
        value.trim_start_matches('[').trim_end_matches(']').parse().ok()
    }

    /// The port it really came from, once it is filled in.
    pub fn rport(&self) -> Option<u16> {
        scan::number(self.params.get("rport")?.as_bytes()).ok()
    }

    /// Whether rport is there, filled in or not.
    pub fn has_rport(&self) -> bool {
        self.params.has("rport")
    }

    /// The printed value.
    pub fn to_text(&self) -> Text {
        let mut out = Vec::with_capacity(96);
        out.put(b"SIP/2.0/");
        out.put_escaped(self.transport.as_bytes(), scan::is_token_byte);
        out.put(b" ");
        self.host.print(&mut out);
        if let Some(port) = self.port {
            out.put(b":");
            out.put_number(u32::from(port));
        }
        self.params.print(&mut out);
        Text::from(out)
    }
}

/// Reads the value that fills `bytes`, a part of `source`.
pub(super) fn parse(source: &Text, bytes: &[u8]) -> Result<Via, Flaw> {
    let (name, rest) = scan::split_before(bytes, |byte| byte == b'/');
    let (version, rest) = scan::split_before(rest.get(1..).ok_or(Flaw::Protocol)?, |byte| byte == b'/');
    let rest = scan::trim_start(rest.get(1..).ok_or(Flaw::Protocol)?);
    if !scan::trim(name).eq_ignore_ascii_case(b"SIP") || scan::trim(version) != b"2.0" {
        return Err(Flaw::Protocol);
    }
    let (transport, rest) = scan::split_before(rest, scan::is_blank);
    if !scan::is_token(transport) {
        return Err(Flaw::Protocol);
    }
    let (host, port, rest) = uri::host_port(source, scan::trim_start(rest))?;
    let params = Params::parse_header(source, rest)?;
    Ok(Via { transport: source.slice_ref(transport), host, port, params })
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_text().fmt(f)
    }
}

impl FromStr for Via {
    type Err = Flaw;

    fn from_str(text: &str) -> Result<Via, Flaw> {
        Via::parse(&Text::from(text))
    }
}

impl From<&Via> for Text {
    fn from(via: &Via) -> Text {
        via.to_text()
    }
}

impl From<Via> for Text {
    fn from(via: Via) -> Text {
        via.to_text()
    }
}
