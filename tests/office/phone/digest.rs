//! Digest credentials, computed by the phone itself (RFC 7616, RFC 8760).

use md5::Digest as _;

/// A challenge a phone has been given, and how often it has been used.
#[derive(Clone, Debug)]
pub struct Challenge {
    realm: String,
    nonce: String,
    opaque: Option<String>,
    is_sha256: bool,
    has_qop: bool,
    count: u32,
}

impl Challenge {
    /// Takes the first challenge the phone understands: one that knows MD5 only passes over the others.
    pub fn choose<'a>(offered: impl Iterator<Item = &'a str>, is_md5_only: bool) -> Option<Challenge> {
        let mut offered = offered.filter_map(Challenge::read);
        offered.find(|challenge| !(challenge.is_sha256 && is_md5_only))
    }

    fn read(value: &str) -> Option<Challenge> {
        let value = value.strip_prefix("Digest ")?;
        let algorithm = field(value, "algorithm").unwrap_or_else(|| "MD5".to_owned());
        let is_sha256 = algorithm.eq_ignore_ascii_case("SHA-256");
        if !is_sha256 && !algorithm.eq_ignore_ascii_case("MD5") {
            return None;
        }
        Some(Challenge {
            realm: field(value, "realm")?,
            nonce: field(value, "nonce")?,
            opaque: field(value, "opaque"),
            is_sha256,
            has_qop: field(value, "qop").is_some_and(|qop| qop.split(',').any(|q| q.trim() == "auth")),
            count: 0,
        })
    }

    /// The Authorization header's value for one more request under this challenge.
    pub fn answer(&mut self, user: &str, secret: &str, method: &str, uri: &str, client_nonce: &str) -> String {
        self.count += 1;
        let (realm, nonce, count) = (&self.realm, &self.nonce, self.count);
        let first = self.hash(&format!("{user}:{realm}:{secret}"));
        let second = self.hash(&format!("{method}:{uri}"));
        let response = if self.has_qop {
            self.hash(&format!("{first}:{nonce}:{count:08x}:{client_nonce}:auth:{second}"))
        } else {
            self.hash(&format!("{first}:{nonce}:{second}"))
        };
        let algorithm = if self.is_sha256 { "SHA-256" } else { "MD5" };
        let mut value = format!(
            "Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", \
             response=\"{response}\", algorithm={algorithm}"
        );
        if self.has_qop {
            value.push_str(&format!(", qop=auth, nc={count:08x}, cnonce=\"{client_nonce}\""));
        }
        if let Some(opaque) = &self.opaque {
            value.push_str(&format!(", opaque=\"{opaque}\""));
        }
        value
    }

    fn hash(&self, text: &str) -> String {
        if self.is_sha256 { hex(&sha2::Sha256::digest(text)) } else { hex(&md5::Md5::digest(text)) }
    }
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One field of a challenge. Commas within quotes separate nothing.
fn field(value: &str, name: &str) -> Option<String> {
    let mut fields = Vec::new();
    let (mut start, mut is_quoted) = (0, false);
    for (at, c) in value.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                fields.push(&value[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    fields.push(&value[start..]);
    let pairs = fields.into_iter().filter_map(|field| field.split_once('='));
    let mut found = pairs.filter(|(n, _)| n.trim().eq_ignore_ascii_case(name));
    found.next().map(|(_, v)| v.trim().trim_matches('"').to_owned())
}
