//! URIs: `sip:`, `sips:`, `tel:` and whatever else a phone writes (RFC 3261 §19.1, RFC 3966).

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::params::{Param, ParamValue};
use super::scan::{self, Sink};
use super::{Flaw, Params, Text};

mod parse;

pub(super) use parse::{host_port, parse};

/// What a URI starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scheme {
    /// `sip:`
    Sip,
    /// `sips:`
    Sips,
    /// `tel:` (RFC 3966)
    Tel,
    /// Any other, as it came.
    Other(Text),
}

impl Scheme {
    /// The name without its colon.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Scheme::Sip => b"sip",
            Scheme::Sips => b"sips",
            Scheme::Tel => b"tel",
            Scheme::Other(name) => name.as_bytes(),
        }
    }
}

/// The host of a URI or of a Via.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Host {
    /// A name; compared in either case by [`Uri::is_equivalent`].
    Name(Text),
    /// An address; IPv6 is printed in brackets.
    Ip(IpAddr),
}

impl Host {
    /// The address, where it is one.
    pub fn ip(&self) -> Option<IpAddr> {
        match self {
            Host::Name(_) => None,
            Host::Ip(ip) => Some(*ip),
        }
    }

    pub(super) fn print(&self, out: &mut impl Sink) {
        match self {
            Host::Name(name) => out.put_escaped(name.as_bytes(), parse::is_host_byte),
            Host::Ip(IpAddr::V4(ip)) => print_ipv4(out, *ip),
            Host::Ip(IpAddr::V6(ip)) => {
                out.put(b"[");
                out.put(ip.to_string().as_bytes());
                out.put(b"]");
            }
        }
    }

    fn is_equivalent(&self, other: &Host) -> bool {
        match (self, other) {
            (Host::Name(a), Host::Name(b)) => a.eq_ignore_case(b),
            (Host::Ip(a), Host::Ip(b)) => a == b,
            _ => false,
        }
    }
}

fn print_ipv4(out: &mut impl Sink, ip: Ipv4Addr) {
    let [a, b, c, d] = ip.octets();
    out.put_number(u32::from(a));
    for octet in [b, c, d] {
        out.put(b".");
        out.put_number(u32::from(octet));
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Vec::new();
        self.print(&mut out);
        f.write_str(&String::from_utf8_lossy(&out))
    }
}

impl From<IpAddr> for Host {
    fn from(ip: IpAddr) -> Host {
        Host::Ip(ip)
    }
}

impl From<&str> for Host {
    fn from(name: &str) -> Host {
        match name.parse() {
            Ok(ip) => Host::Ip(ip),
            Err(_) => Host::Name(Text::from(name)),
        }
    }
}

/// A URI in its parts. One that was read and not changed is printed byte for byte as it came; `==` compares the parts
/// as they are, [`Uri::is_equivalent`] by the rules of RFC 3261 §19.1.4.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Uri {
    /// `sip`, `sips`, `tel` or another.
    pub scheme: Scheme,
    /// The user part with its `%` escapes; with `tel:` the number, with other schemes all after the colon.
    pub user: Option<Text>,
    /// The password (never used, kept for printing).
    pub password: Option<Text>,
    /// The host; an empty name except with `sip:` and `sips:`.
    pub host: Host,
    /// The port, where one is written: no port and `:5060` are not the same (§19.1.4).
    pub port: Option<u16>,
    /// The parameters, with their `%` escapes.
    pub params: Params,
    /// All after `?`, with its `%` escapes.
    pub headers: Text,
    /// The bytes as they came, where printing the parts would give others (`SIP:`, `[0::1]`, `:05060`, `;;`).
    pub(super) spelled: Option<Text>,
}

impl Uri {
    /// Reads a URI that fills `text`; at most `MAX_URI_BYTES`.
    pub fn parse(text: &Text) -> Result<Uri, Flaw> {
        parse(text, text.as_bytes())
    }

    /// A `sip:` URI; bytes of `user` that may not stand there are escaped (`#` as `%23`).
    pub fn sip(user: Option<&str>, host: impl Into<Host>, port: Option<u16>) -> Uri {
        let mut uri = Uri {
            scheme: Scheme::Sip,
            user: None,
            password: None,
            host: host.into(),
            port,
            params: Params::new(),
            headers: Text::new(),
            spelled: None,
        };
        uri.set_user(user);
        uri
    }

    /// A `sip:` URI of an address and port.
    pub fn sip_at(user: Option<&str>, at: SocketAddr) -> Uri {
        Uri::sip(user, at.ip(), Some(at.port()))
    }

    /// Replaces the user part, escaping what may not stand there.
    pub fn set_user(&mut self, user: Option<&str>) {
        self.user = user.map(|user| {
            let mut out = Vec::with_capacity(user.len());
            out.put_escaped(user.as_bytes(), is_user_byte);
            Text::from(out)
        });
    }

    /// Sets a parameter, escaping what may not stand in a URI.
    pub fn set_param(&mut self, name: impl Into<Text>, value: impl Into<Text>) {
        let mut out = Vec::new();
        out.put_escaped(value.into().as_bytes(), is_param_byte);
        self.params.put(name.into(), ParamValue::Token(Text::from(out)));
    }

    /// The user part without its escapes; `None` without a user part.
    pub fn user_unescaped(&self) -> Option<String> {
        let plain = scan::unescape(self.user.as_ref()?.as_bytes());
        Some(Text::from(plain.into_owned()).to_str().into_owned())
    }

    /// The number of a `tel:` URI without its visual separators (RFC 3966 §5.1.1); `None` with other schemes.
    pub fn number(&self) -> Option<String> {
        if self.scheme != Scheme::Tel {
            return None;
        }
        self.user_unescaped().map(|user| user.replace(['-', '.', '(', ')'], ""))
    }

    /// The URI headers (`?name=value&name=value`), without their escapes.
    pub fn header_values(&self) -> impl Iterator<Item = (Text, Text)> {
        let unescaped = |bytes: &[u8]| Text::from(scan::unescape(bytes).into_owned());
        let fields = self.headers.as_bytes().split(|&byte| byte == b'&');
        fields.filter(|field| !field.is_empty()).map(move |field| {
            let (name, value) = scan::split_before(field, |byte| byte == b'=');
            (unescaped(name), unescaped(value.get(1..).unwrap_or_default()))
        })
    }

    /// Whether both mean the same resource by RFC 3261 §19.1.4: user and password in their case, `%` escapes resolved;
    /// the rest in either case; `user`, `ttl`, `method`, `maddr` and `transport` in both or neither; other parameters
    /// equal where both have them; URI headers in any order. Not transitive, hence not `==`.
    pub fn is_equivalent(&self, other: &Uri) -> bool {
        // A repeated parameter name would differ from itself.
        if self == other {
            return true;
        }
        self.scheme.as_bytes().eq_ignore_ascii_case(other.scheme.as_bytes())
            && is_same_escaped(self.user.as_ref(), other.user.as_ref())
            && is_same_escaped(self.password.as_ref(), other.password.as_ref())
            && self.host.is_equivalent(&other.host)
            && self.port == other.port
            && self.params_agree(other)
            && other.params_agree(self)
            && self.sorted_headers() == other.sorted_headers()
    }

    /// The printed URI as a text; no copy where it was read and needs none.
    pub fn to_text(&self) -> Text {
        let mut out = Vec::with_capacity(64);
        self.print(&mut out);
        Text::from(out)
    }

    pub(super) fn print(&self, out: &mut impl Sink) {
        if let Some(spelled) = &self.spelled
            && Uri::parse(spelled).is_ok_and(|uri| uri == *self)
        {
            return out.put(spelled.as_bytes());
        }
        self.print_parts(out);
    }

    /// Prints the parts without a look at how they were spelled.
    pub(super) fn print_parts(&self, out: &mut impl Sink) {
        out.put_escaped(self.scheme.as_bytes(), parse::is_scheme_byte);
        out.put(b":");
        let user = self.user.as_ref().map(Text::as_bytes);
        match self.scheme {
            Scheme::Sip | Scheme::Sips => {
                if let Some(user) = user {
                    out.put_escaped(user, |byte| scan::is_uri_byte(byte) && byte != b'@' && byte != b':');
                    if let Some(password) = &self.password {
                        out.put(b":");
                        out.put_escaped(password.as_bytes(), |byte| scan::is_uri_byte(byte) && byte != b'@');
                    }
                    out.put(b"@");
                }
                self.host.print(out);
                if let Some(port) = self.port {
                    out.put(b":");
                    out.put_number(u32::from(port));
                }
            }
            Scheme::Tel => out.put_escaped(user.unwrap_or_default(), |byte| scan::is_uri_byte(byte) && byte != b';'),
            Scheme::Other(_) => out.put_escaped(user.unwrap_or_default(), scan::is_uri_byte),
        }
        self.params.print_uri(out);
        if !self.headers.is_empty() {
            out.put(b"?");
            out.put_escaped(self.headers.as_bytes(), scan::is_uri_byte);
        }
    }

    /// Whether each of our parameters is right with the other URI.
    fn params_agree(&self, other: &Uri) -> bool {
        self.params.iter().all(|param| {
            let name = param.name.to_str();
            match other.params.iter().find(|theirs| theirs.name.eq_ignore_case(&param.name)) {
                Some(theirs) => is_same_value(param, theirs),
                None => !["user", "ttl", "method", "maddr", "transport"]
                    .iter()
                    .any(|strict| strict.eq_ignore_ascii_case(&name)),
            }
        })
    }

    fn sorted_headers(&self) -> Vec<(String, Text)> {
        let named = self.header_values().map(|(name, value)| (name.to_str().to_ascii_lowercase(), value));
        let mut headers: Vec<_> = named.collect();
        headers.sort();
        headers
    }
}

/// Parameter values compare in either case, as all but user and password do.
fn is_same_value(a: &Param, b: &Param) -> bool {
    fn value(param: &Param) -> Option<Cow<'_, [u8]>> {
        match &param.value {
            ParamValue::Flag => None,
            ParamValue::Token(value) | ParamValue::Quoted(value) => Some(scan::unescape(value.as_bytes())),
        }
    }
    match (value(a), value(b)) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(&b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

fn is_same_escaped(a: Option<&Text>, b: Option<&Text>) -> bool {
    let plain = |text: &Text| scan::unescape(text.as_bytes()).into_owned();
    a == b || a.map(plain) == b.map(plain)
}

/// `unreserved / user-unreserved` (§25.1).
fn is_user_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!~*'()&=+$,;?/".contains(&byte)
}

/// `paramchar` (§25.1).
fn is_param_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!~*'()[]/:&+$".contains(&byte)
}

impl PartialEq for Uri {
    fn eq(&self, other: &Uri) -> bool {
        self.scheme == other.scheme
            && self.user == other.user
            && self.password == other.password
            && self.host == other.host
            && self.port == other.port
            && self.params == other.params
            && self.headers == other.headers
    }
}

impl Eq for Uri {}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_text().fmt(f)
    }
}

impl FromStr for Uri {
    type Err = Flaw;

    fn from_str(text: &str) -> Result<Uri, Flaw> {
        Uri::parse(&Text::from(text))
    }
}

impl From<&Uri> for Text {
    fn from(uri: &Uri) -> Text {
        uri.to_text()
    }
}
