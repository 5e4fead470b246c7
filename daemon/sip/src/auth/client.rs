//! The client side: what a trunk, or a phone in a test, answers to a challenge.

use super::params::{self, Params};
use super::{Algorithm, Count, Digest, ha1};

/// The request that a challenge came back for, and who asks.
#[derive(Clone, Copy)]
pub struct ClientRequest<'a> {
    /// The request's method.
    pub method: &'a str,
    /// The Request-URI as in the request line.
    pub uri: &'a str,
    /// The digest user name.
    pub user: &'a str,
    /// The secret in clear.
    pub secret: &'a str,
    /// A fresh random word of the caller's, printable and without quotes.
    pub cnonce: &'a str,
    /// How often this nonce has been used, this time included: 1 for a fresh challenge.
    pub nc: u32,
}

/// The Authorization value for the best of the WWW-Authenticate (or Proxy-Authenticate) values of a response: SHA-256
/// before MD5, whatever their order. `None` if there is none that we can answer: another scheme, another algorithm,
/// auth-int alone. A challenge without qop is answered the old way (RFC 2069).
pub fn answer_challenge<'a>(
    challenges: impl IntoIterator<Item = &'a [u8]>,
    request: &ClientRequest<'_>,
) -> Option<String> {
    let mut best: Option<Challenge<'a>> = None;
    let challenges = challenges.into_iter().take(super::MAX_AUTHORIZATIONS);
    for challenge in challenges.filter_map(Challenge::read) {
        let is_better = match &best {
            None => true,
            Some(best) => best.algorithm == Algorithm::Md5 && challenge.algorithm == Algorithm::Sha256,
        };
        if is_better {
            best = Some(challenge);
        }
    }
    best.map(|challenge| challenge.answer(request))
}

/// Whether one of these challenges says that our digest was right but for its nonce (RFC 7616 §3.3).
pub fn is_stale<'a>(challenges: impl IntoIterator<Item = &'a [u8]>) -> bool {
    let mut read = challenges.into_iter().take(super::MAX_AUTHORIZATIONS).filter_map(Challenge::read);
    read.any(|challenge| challenge.params.raw("stale").is_some_and(|stale| stale.eq_ignore_ascii_case(b"true")))
}

struct Challenge<'a> {
    params: Params<'a>,
    realm: String,
    nonce: &'a [u8],
    algorithm: Algorithm,
    has_qop: bool,
}

impl<'a> Challenge<'a> {
    fn read(value: &'a [u8]) -> Option<Challenge<'a>> {
        let params = Params::parse(params::digest_params(value)?)?;
        let algorithm = match params.raw("algorithm") {
            None => Algorithm::Md5,
            Some(name) => Algorithm::from_name(name)?,
        };
        let qop = params.raw("qop");
        let offers_auth =
            |qop: &[u8]| qop.split(|byte| *byte == b',').any(|word| word.trim_ascii().eq_ignore_ascii_case(b"auth"));
        if qop.is_some_and(|qop| !offers_auth(qop)) {
            return None;
        }
        let (realm, nonce) = (params.text("realm")?, params.raw("nonce")?);
        Some(Challenge { realm, nonce, algorithm, has_qop: qop.is_some(), params })
    }

    fn answer(&self, request: &ClientRequest<'_>) -> String {
        let (md5, sha256) = ha1(request.user, &self.realm, request.secret);
        let ha1: &[u8] = match self.algorithm {
            Algorithm::Md5 => &md5,
            Algorithm::Sha256 => &sha256,
        };
        let nc = format!("{:08x}", request.nc);
        let count = Count { nc: nc.as_bytes(), number: request.nc, cnonce: request.cnonce.as_bytes() };
        let digest = Digest {
            user: request.user.to_owned(),
            algorithm: self.algorithm,
            nonce: self.nonce,
            uri: request.uri.as_bytes(),
            count: self.has_qop.then_some(count),
            response: Vec::new(),
        };
        let response = params::to_hex(&self.algorithm.response(ha1, request.method, &digest));
        let mut answer = format!(
            "Digest username={}, realm={}, nonce=\"{}\", uri=\"{}\", response=\"{response}\", algorithm={}",
            params::quoted(request.user),
            params::quoted(&self.realm),
            String::from_utf8_lossy(self.nonce),
            request.uri,
            self.algorithm.as_str(),
        );
        if self.has_qop {
            answer.push_str(&format!(", cnonce=\"{}\", qop=auth, nc={nc}", request.cnonce));
        }
        if let Some(opaque) = self.params.raw("opaque") {
            answer.push_str(&format!(", opaque=\"{}\"", String::from_utf8_lossy(opaque)));
        }
        answer
    }
}
