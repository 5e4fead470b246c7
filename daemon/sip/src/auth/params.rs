//! The `name=value` lists of digest headers (RFC 7616 §3.3, §3.4), from raw bytes.

/// Bytes of one header value. The longest honest one, with SHA-256 and long names, is below 600.
pub const MAX_VALUE_BYTES: usize = 2048;
/// Parameters of one header value; RFC 7616 knows fourteen.
pub const MAX_PARAMS: usize = 32;

/// A parsed list; names compare without regard to case, no name comes twice.
pub(super) struct Params<'a> {
    list: Vec<Param<'a>>,
}

struct Param<'a> {
    name: &'a [u8],
    /// Without the quotes, escapes as they stand.
    value: &'a [u8],
}

/// What follows the word `Digest`; `None` for another scheme or a value that is too long to look at.
pub(super) fn digest_params(value: &[u8]) -> Option<&[u8]> {
    let value = value.trim_ascii();
    let (scheme, rest) = value.split_at_checked(6)?;
    let is_digest = scheme.eq_ignore_ascii_case(b"Digest") && rest.first().is_some_and(u8::is_ascii_whitespace);
    (is_digest && value.len() <= MAX_VALUE_BYTES).then_some(rest)
}

/// Credentials as people may read them: who says to be whom, and `hidden` for what proves it.
pub fn shown(value: &[u8], hidden: &str) -> String {
    let Some(params) = digest_params(value).and_then(Params::parse) else { return hidden.to_owned() };
    let names = ["username", "realm", "algorithm"];
    let told = names.iter().filter_map(|name| Some(format!("{name}={}", quoted(&params.text(name)?))));
    let all: Vec<String> = told.chain([hidden.to_owned()]).collect();
    format!("Digest {}", all.join(", "))
}

impl<'a> Params<'a> {
    /// `None` if it is no list, has a name twice, or is too long.
    pub fn parse(mut rest: &'a [u8]) -> Option<Params<'a>> {
        let mut list: Vec<Param<'a>> = Vec::new();
        loop {
            // Empty elements are legal in lists (RFC 9110 §5.6.1), and some phones end theirs with a comma.
            rest = rest.trim_ascii_start();
            while let Some(behind) = rest.strip_prefix(b",") {
                rest = behind.trim_ascii_start();
            }
            if rest.is_empty() {
                return Some(Params { list });
            }
            let (param, behind) = split_param(rest)?;
            let is_known = list.iter().any(|known| known.name.eq_ignore_ascii_case(param.name));
            if is_known || list.len() == MAX_PARAMS {
                return None;
            }
            list.push(param);
            rest = behind;
        }
    }

    /// The value as it stands between the quotes: what digests are made of. (RFC 7616 leaves open whether escapes are
    /// resolved first; phones do not, and our own values have none.)
    pub fn raw(&self, name: &str) -> Option<&'a [u8]> {
        self.list.iter().find(|param| param.name.eq_ignore_ascii_case(name.as_bytes())).map(|param| param.value)
    }

    /// The value with its escapes resolved: what names mean. `None` if it is no UTF-8.
    pub fn text(&self, name: &str) -> Option<String> {
        let mut bytes = Vec::new();
        let mut is_escaped = false;
        for byte in self.raw(name)? {
            is_escaped = *byte == b'\\' && !is_escaped;
            if !is_escaped {
                bytes.push(*byte);
            }
        }
        String::from_utf8(bytes).ok()
    }
}

/// One `name=value` and what follows it: nothing, or a comma.
fn split_param(bytes: &[u8]) -> Option<(Param<'_>, &[u8])> {
    let equals = bytes.iter().position(|byte| *byte == b'=')?;
    let (name, rest) = bytes.split_at(equals);
    let name = name.trim_ascii_end();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let (value, rest) = match rest.strip_prefix(b"\"") {
        Some(inner) => {
            let end = closing_quote(inner)?;
            let (value, behind) = inner.split_at(end);
            (value, behind.strip_prefix(b"\"")?)
        }
        None => {
            let end = rest.iter().position(|byte| *byte == b',').unwrap_or(rest.len());
            let (value, behind) = rest.split_at(end);
            let value = value.trim_ascii_end();
            (
                value,
                if value.iter().all(|byte| is_bare(*byte)) {
                    behind
                } else {
                    return None;
                },
            )
        }
    };
    let rest = rest.trim_ascii_start();
    let is_ended = rest.is_empty() || rest.starts_with(b",");
    let is_name = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic() && *byte != b',' && *byte != b'"');
    (is_ended && is_name).then_some((Param { name, value }, rest))
}

fn closing_quote(inner: &[u8]) -> Option<usize> {
    let mut is_escaped = false;
    inner.iter().position(|byte| {
        let closes = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        closes
    })
}

/// More than a token: phones forget the quotes of a `uri`.
fn is_bare(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b'"'
}

/// In quotes, with the escapes that these need (RFC 3261 §25.1 quoted-string).
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        if letter == '"' || letter == '\\' {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted.push('"');
    quoted
}

pub(super) fn to_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Either case, as phones write either.
pub(super) fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let bytes = pairs.iter().map(|[high, low]| u8::try_from(digit(*high)? * 16 + digit(*low)?).ok());
    if rest.is_empty() { bytes.collect() } else { None }
}
