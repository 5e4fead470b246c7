//! Whether the `uri` of a digest means the Request-URI (RFC 7616 §3.4.6, RFC 3261 §22.4).
//!
//! The rule is tolerant where phones differ: bytes equal, or the same scheme, user part and host, where scheme and host
//! compare without regard to case, the default port may be left out, and passwords, parameters and headers do not
//! count. A captured digest gains nothing by it, as its nonce count is used up.

pub(super) fn is_same(digest_uri: &[u8], request_uri: &[u8]) -> bool {
    if digest_uri == request_uri {
        return true;
    }
    match (Parts::split(digest_uri), Parts::split(request_uri)) {
        (Some(one), Some(other)) => {
            one.scheme.eq_ignore_ascii_case(other.scheme)
                && one.user == other.user
                && one.host.eq_ignore_ascii_case(other.host)
                && one.port() == other.port()
        }
        _ => false,
    }
}

struct Parts<'a> {
    scheme: &'a [u8],
    user: &'a [u8],
    host: &'a [u8],
    port: &'a [u8],
}

impl Parts<'_> {
    fn split(uri: &[u8]) -> Option<Parts<'_>> {
        let (scheme, rest) = split_at_byte(uri, b':')?;
        // A `;` or `?` may stand in the user part, so look for the host first.
        let (user, rest) = match rest.iter().rposition(|byte| *byte == b'@') {
            Some(at) => (rest.get(..at)?, rest.get(at + 1..)?),
            None => (b"".as_slice(), rest),
        };
        let user = split_at_byte(user, b':').map_or(user, |(user, _password)| user);
        let end = rest.iter().position(|byte| matches!(byte, b';' | b'?')).unwrap_or(rest.len());
        let host_port = rest.get(..end)?;
        let colon = host_port.iter().rposition(|byte| *byte == b':');
        let bracket = host_port.iter().rposition(|byte| *byte == b']');
        match colon.filter(|colon| bracket.is_none_or(|bracket| bracket < *colon)) {
            Some(colon) => {
                let (host, port) = (host_port.get(..colon)?, host_port.get(colon + 1..)?);
                Some(Parts { scheme, user, host, port })
            }
            None => Some(Parts { scheme, user, host: host_port, port: b"" }),
        }
    }

    fn port(&self) -> &[u8] {
        match (self.port, self.scheme.eq_ignore_ascii_case(b"sips")) {
            (b"", true) => b"5061",
            (b"", false) => b"5060",
            (port, _) => port,
        }
    }
}

fn split_at_byte(bytes: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|byte| *byte == wanted)?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}
