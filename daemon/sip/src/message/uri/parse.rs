//! Reading URIs.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Host, Scheme, Uri};
use crate::message::params::{Param, ParamValue};
use crate::message::scan::{self, Compare, Sink};
use crate::message::{Flaw, MAX_URI_BYTES, Params, Text};

/// Reads the URI that fills `bytes`, a part of `source`.
pub(in crate::message) fn parse(source: &Text, bytes: &[u8]) -> Result<Uri, Flaw> {
    if bytes.len() > MAX_URI_BYTES {
        return Err(Flaw::TooLong);
    }
    if !bytes.iter().all(|&byte| scan::is_uri_byte(byte)) {
        return Err(Flaw::Character);
    }
    let (name, rest) = scan::split_before(bytes, |byte| byte == b':');
    let rest = rest.get(1..).ok_or(Flaw::Scheme)?;
    let scheme = scheme(source, name)?;
    let mut uri = match scheme {
        Scheme::Sip | Scheme::Sips => sip(source, scheme, rest)?,
        Scheme::Tel => tel(source, rest)?,
        Scheme::Other(_) => opaque(source, scheme, rest)?,
    };
    let mut printed = Compare::with(bytes);
    uri.print_parts(&mut printed);
    if !printed.is_equal() {
        uri.spelled = Some(source.slice_ref(bytes));
    }
    Ok(uri)
}

fn scheme(source: &Text, name: &[u8]) -> Result<Scheme, Flaw> {
    if name.eq_ignore_ascii_case(b"sip") {
        return Ok(Scheme::Sip);
    }
    if name.eq_ignore_ascii_case(b"sips") {
        return Ok(Scheme::Sips);
    }
    if name.eq_ignore_ascii_case(b"tel") {
        return Ok(Scheme::Tel);
    }
    let is_scheme = name.first().is_some_and(u8::is_ascii_alphabetic) && name.iter().all(|&byte| is_scheme_byte(byte));
    if is_scheme { Ok(Scheme::Other(source.slice_ref(name))) } else { Err(Flaw::Scheme) }
}

fn sip(source: &Text, scheme: Scheme, rest: &[u8]) -> Result<Uri, Flaw> {
    let (before, after) = scan::split_before(rest, |byte| byte == b'@');
    let (userinfo, hostport) = match after.get(1..) {
        Some(hostport) => (Some(before), hostport),
        None => (None, before),
    };
    let (user, password) = match userinfo {
        Some(userinfo) => {
            let (user, password) = scan::split_before(userinfo, |byte| byte == b':');
            if user.is_empty() {
                return Err(Flaw::Empty);
            }
            (Some(source.slice_ref(user)), password.get(1..).map(|password| source.slice_ref(password)))
        }
        None => (None, None),
    };
    let (host, port, rest) = host_port(source, hostport)?;
    let (params, headers) = scan::split_before(rest, |byte| byte == b'?');
    Ok(Uri {
        scheme,
        user,
        password,
        host,
        port,
        params: Params::parse_uri(source, params)?,
        headers: source.slice_ref(headers.get(1..).unwrap_or_default()),
        spelled: None,
    })
}

fn tel(source: &Text, rest: &[u8]) -> Result<Uri, Flaw> {
    let (number, params) = scan::split_before(rest, |byte| byte == b';');
    let mut uri = opaque(source, Scheme::Tel, number)?;
    uri.params = Params::parse_uri(source, params)?;
    Ok(uri)
}

fn opaque(source: &Text, scheme: Scheme, rest: &[u8]) -> Result<Uri, Flaw> {
    if rest.is_empty() {
        return Err(Flaw::Empty);
    }
    Ok(Uri {
        scheme,
        user: Some(source.slice_ref(rest)),
        password: None,
        host: Host::Name(Text::new()),
        port: None,
        params: Params::new(),
        headers: Text::new(),
        spelled: None,
    })
}

/// Reads `host[:port]` with blanks allowed around the colon (Via has them), and gives back what follows.
pub(in crate::message) fn host_port<'a>(source: &Text, bytes: &'a [u8]) -> Result<(Host, Option<u16>, &'a [u8]), Flaw> {
    let (host, rest) = host(source, bytes)?;
    let after_blanks = scan::trim_start(rest);
    let Some(after_colon) = after_blanks.strip_prefix(b":") else {
        return Ok((host, None, rest));
    };
    let (digits, rest) = scan::split_before(scan::trim_start(after_colon), |byte| !byte.is_ascii_digit());
    let port = scan::number(digits).map_err(|_| Flaw::Port)?;
    Ok((host, Some(port), rest))
}

fn host<'a>(source: &Text, bytes: &'a [u8]) -> Result<(Host, &'a [u8]), Flaw> {
    if let Some(inside) = bytes.strip_prefix(b"[") {
        let (address, rest) = scan::split_before(inside, |byte| byte == b']');
        let rest = rest.get(1..).ok_or(Flaw::Bracket)?;
        let ip = parse_ip::<Ipv6Addr>(address).ok_or(Flaw::Host)?;
        return Ok((Host::Ip(IpAddr::V6(ip)), rest));
    }
    let (name, rest) = scan::split_before(bytes, |byte| !is_host_byte(byte));
    if name.is_empty() {
        return Err(Flaw::Host);
    }
    let looks_numeric = name.first().is_some_and(u8::is_ascii_digit);
    if looks_numeric && let Some(ip) = parse_ip::<Ipv4Addr>(name) {
        return Ok((Host::Ip(IpAddr::V4(ip)), rest));
    }
    Ok((Host::Name(source.slice_ref(name)), rest))
}

fn parse_ip<A: std::str::FromStr>(bytes: &[u8]) -> Option<A> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

/// Letters, digits, `-` and `.`; `_` because office networks have such names.
pub(super) fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

/// RFC 3986 §3.1.
pub(super) fn is_scheme_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}

impl Params {
    /// Reads `;name=value...` of a URI; nothing is unescaped, empty ones are skipped.
    fn parse_uri(source: &Text, rest: &[u8]) -> Result<Params, Flaw> {
        let mut params = Params::new();
        let Some(rest) = rest.strip_prefix(b";") else {
            return if rest.is_empty() { Ok(params) } else { Err(Flaw::Character) };
        };
        for field in rest.split(|&byte| byte == b';').filter(|field| !field.is_empty()) {
            let (name, value) = scan::split_before(field, |byte| byte == b'=');
            if name.is_empty() {
                return Err(Flaw::Param);
            }
            let value = match value.get(1..) {
                Some(value) => ParamValue::Token(source.slice_ref(value)),
                None => ParamValue::Flag,
            };
            params.append(Param { name: source.slice_ref(name), value })?;
        }
        Ok(params)
    }

    /// Prints all as `;name=value`, escaping what may not stand in a URI, quoted strings too.
    pub(super) fn print_uri(&self, out: &mut impl Sink) {
        for param in self.iter() {
            out.put(b";");
            out.put_escaped(param.name.as_bytes(), |byte| is_field_byte(byte) && byte != b'=');
            if let ParamValue::Token(value) | ParamValue::Quoted(value) = &param.value {
                out.put(b"=");
                out.put_escaped(value.as_bytes(), is_field_byte);
            }
        }
    }
}

/// What may stand in a parameter of a URI as we read it.
fn is_field_byte(byte: u8) -> bool {
    scan::is_uri_byte(byte) && byte != b';' && byte != b'?'
}
