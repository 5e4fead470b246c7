//! Digest authentication (RFC 7616, RFC 8760, RFC 3261 §22): challenges and checks as a server, answers as a client.
//!
//! A challenge costs no memory: its nonce proves by itself when and for whom it was made. Only a valid digest leaves a
//! trace, the used counts of its nonce, so that nobody can use the same digest twice.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use md5::Md5;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

mod client;
mod guard;
mod nonce;
mod params;
mod uri;

pub use client::{ClientRequest, answer_challenge, is_stale};
pub use guard::{
    ACCOUNT_TRIES, ANSWERS_PER_WAIT, ATTACK_TRIES, ATTACKS_EVERY, Attack, Attempt, CHANCE_EVERY, FIRST_WAIT, FORGOTTEN,
    FREE_TRIES, Guesses, KEPT, LONGEST_WAIT, MAX_ATTEMPTS, MAX_KEPT, MAX_NAMES, MAX_SOURCES, Manner, Why,
};
pub use nonce::{MAX_NONCES, NONCE_LIFETIME, NONCE_WINDOW};
pub(crate) use params::shown;
pub use params::{MAX_PARAMS, MAX_VALUE_BYTES};

use guard::Guard;
use nonce::{Nonces, Use};
use params::Params;

/// Authorization values looked at in one request: one for each algorithm that we offer, and those that a phone sends
/// for other realms of its.
pub const MAX_AUTHORIZATIONS: usize = 8;
/// Bytes of a user name; ours are shorter, and callers keep names of strangers in their own bounded tables.
pub const MAX_USER_BYTES: usize = 128;

/// What a phone may prove: its SIP user, and which AORs it speaks for. The secret itself is never kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// The digest user name.
    pub user: String,
    /// MD5 of `user:realm:secret` (RFC 7616 §3.4.2).
    pub ha1_md5: [u8; 16],
    /// SHA-256 of the same.
    pub ha1_sha256: [u8; 32],
    /// The user parts that From and To of this phone's requests may name.
    pub aors: Vec<String>,
}

/// What an Authorization header proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No digest for our realm: challenge with 401, `stale` false.
    Absent,
    /// The nonce is too old, of another address or of another boot: challenge, `stale` true (RFC 7616 §3.3). The secret
    /// was not looked at, so that nobody guesses it unseen, or in the name of another address.
    Stale,
    /// No such user or not its secret; nobody outside can tell which. [`Authenticator::refuse`] says how to answer.
    Wrong {
        /// Who it claims to be; at most [`MAX_USER_BYTES`].
        user: String,
    },
    /// Too many tries were wrong, so this one was not looked at. It is answered as [`Verdict::Wrong`] is.
    Unheard {
        /// Who it claims to be.
        user: String,
    },
    /// Not what RFC 7616 §3.4 wants, or for another Request-URI: 400.
    Malformed,
    /// The secret is right but this count of this nonce was used before. Challenge, `stale` true: an honest phone
    /// comes back with a new digest, a listener cannot.
    Replayed,
    /// The credential's user.
    Known(String),
}

/// The server side for one realm. Plain data, so that a checkpoint of the stack holds it whole.
#[derive(Clone, Serialize, Deserialize)]
pub struct Authenticator {
    realm: String,
    credentials: BTreeMap<String, Credential>,
    nonces: Nonces,
    guard: Guard,
    /// Stands in for the HA1 of users that do not exist, so that they cost the same work.
    nobody: [u8; 32],
}

/// MD5 and SHA-256 of `user:realm:secret` (RFC 7616 §3.4.2): what is stored in place of a secret.
pub fn ha1(user: &str, realm: &str, secret: &str) -> ([u8; 16], [u8; 32]) {
    let text = [user.as_bytes(), b":", realm.as_bytes(), b":", secret.as_bytes()].concat();
    (Md5::digest(&text).into(), Sha256::digest(&text).into())
}

impl Authenticator {
    /// `nonce_key` must be secret and new at each boot: nonces of before then come out [`Verdict::Stale`].
    pub fn new(realm: String, nonce_key: [u8; 32]) -> Authenticator {
        let nonces = Nonces::new(nonce_key);
        let nobody = nonces.secret_for(b"nobody");
        Authenticator { realm, credentials: BTreeMap::new(), nonces, guard: Guard::default(), nobody }
    }

    /// Replaces the whole table. Nonces stay valid; a changed secret is asked for from the next request on.
    /// Whoever was kept waiting for a user whose secret is another one now is free again.
    pub fn set_credentials(&mut self, credentials: Vec<Credential>) {
        let credentials = credentials.into_iter().map(|credential| (credential.user.clone(), credential)).collect();
        let old: BTreeMap<String, Credential> = std::mem::replace(&mut self.credentials, credentials);
        let secret = |all: &BTreeMap<String, Credential>, user: &str| all.get(user).map(|one| one.ha1_sha256);
        let new = &self.credentials;
        self.guard.forget_users(|user| secret(&old, user) != secret(new, user));
    }

    /// The values of the WWW-Authenticate headers of one 401, best first (RFC 8760 §2.4): a phone takes the topmost
    /// that it knows.
    pub fn challenges(&mut self, now: Duration, source: IpAddr, stale: bool) -> Vec<String> {
        let nonce = self.nonces.issue(now, source);
        [Algorithm::Sha256, Algorithm::Md5].map(|algorithm| self.challenge(algorithm, &nonce, stale)).to_vec()
    }

    /// The MD5 challenge alone, for peers that fail when another algorithm is offered beside it.
    pub fn md5_challenge(&mut self, now: Duration, source: IpAddr, stale: bool) -> String {
        let nonce = self.nonces.issue(now, source);
        self.challenge(Algorithm::Md5, &nonce, stale)
    }

    /// Checks the raw values of a request's Authorization headers. `request_uri` is as it stands in the request line;
    /// the digest's own `uri` must mean the same, see `uri.rs`. A digest without `qop` (RFC 2069, old phones: interop)
    /// is accepted once per nonce, as it has no count that could tell a replay. Do not check ACK and CANCEL: they
    /// repeat their INVITE's digest or have none (RFC 3261 §22.1).
    pub fn check<'a>(
        &mut self,
        now: Duration,
        method: &str,
        request_uri: &str,
        source: SocketAddr,
        authorization_values: impl IntoIterator<Item = &'a [u8]>,
    ) -> Verdict {
        let mut worst = Verdict::Absent;
        for value in authorization_values.into_iter().take(MAX_AUTHORIZATIONS) {
            match self.check_one(now, &Asked { method, request_uri, source }, value) {
                known @ Verdict::Known(_) => return known,
                verdict if worst == Verdict::Absent => worst = verdict,
                _ => {}
            }
        }
        worst
    }

    /// The fixed realm of the box.
    pub fn realm(&self) -> &str {
        &self.realm
    }

    /// Whether that user's requests may name that AOR (its user part) in From and To.
    pub fn owns(&self, user: &str, aor: &str) -> bool {
        self.credentials.get(user).is_some_and(|credential| credential.aors.iter().any(|own| own == aor))
    }

    /// How to answer a try that was [`Verdict::Wrong`] or [`Verdict::Unheard`]; with the first of an attack, what is
    /// to be told of it.
    pub fn refuse(&mut self, now: Duration, source: SocketAddr, user: &str) -> (Manner, Option<Attack>) {
        self.guard.refuse(now, source, user)
    }

    /// That user has proven itself, and spoke for somebody else.
    pub fn is_not_its_own(&mut self, now: Duration, source: SocketAddr, user: &str) {
        self.guard.note(now, source, user, Why::NotItsOwn);
    }

    /// What was tried in vain, the newest first; at most [`MAX_ATTEMPTS`].
    pub fn attempts(&self, now: Duration) -> Vec<Attempt> {
        self.guard.attempts(now)
    }

    /// Who guesses, to be kept over a restart.
    pub fn guesses(&self, now: Duration) -> Guesses {
        self.guard.kept(now)
    }

    /// Goes on from guesses that were kept; `moved` says when a moment of then is by today's clock.
    pub fn restore_guesses(&mut self, guesses: Guesses, now: Duration, moved: impl Fn(Duration) -> Duration) {
        self.guard.restore(guesses, now, moved);
    }

    /// Differs as soon as [`Authenticator::attempts`] does by more than the passing of time.
    pub fn attempts_seen(&self) -> u64 {
        self.guard.changes()
    }

    /// Ends the waits of a source; false where nothing is known of it.
    pub fn forgive(&mut self, source: IpAddr) -> bool {
        self.guard.forgive(source)
    }

    fn challenge(&self, algorithm: Algorithm, nonce: &str, stale: bool) -> String {
        let (realm, name) = (params::quoted(&self.realm), algorithm.as_str());
        let stale = if stale { ", stale=true" } else { "" };
        format!("Digest realm={realm}, nonce=\"{nonce}\", algorithm={name}, qop=\"auth\"{stale}")
    }

    fn check_one(&mut self, now: Duration, asked: &Asked<'_>, value: &[u8]) -> Verdict {
        let Some(list) = params::digest_params(value) else {
            // Another scheme is not for us; of ours, too long is the only way to get here.
            return if value.len() > MAX_VALUE_BYTES { Verdict::Malformed } else { Verdict::Absent };
        };
        let Some(params) = Params::parse(list) else {
            return Verdict::Malformed;
        };
        match params.text("realm") {
            Some(realm) if realm == self.realm => {}
            Some(_) => return Verdict::Absent,
            None => return Verdict::Malformed,
        }
        let Some(digest) = Digest::read(&params) else {
            return Verdict::Malformed;
        };
        if !uri::is_same(digest.uri, asked.request_uri.as_bytes()) {
            return Verdict::Malformed;
        }
        let (from, ip) = (asked.source, asked.source.ip());
        if !self.nonces.is_valid(now, ip, digest.nonce) {
            return Verdict::Stale;
        }
        if !self.guard.hears(now, from, &digest.user) {
            return Verdict::Unheard { user: digest.user };
        }
        if !self.is_secret_right(&digest, asked.method) {
            let is_account = self.credentials.contains_key(&digest.user);
            self.guard.wrong(now, from, &digest.user, is_account);
            return Verdict::Wrong { user: digest.user };
        }
        match self.nonces.spend(now, ip, digest.nonce, digest.count.as_ref().map(|count| count.number)) {
            Use::First => {
                self.guard.right(now, from, &digest.user);
                Verdict::Known(digest.user)
            }
            Use::Again => {
                self.guard.note(now, from, &digest.user, Why::Replayed);
                Verdict::Replayed
            }
            Use::Invalid => Verdict::Stale,
        }
    }

    /// The same work for everybody: one HA1, two hashes, one comparison.
    fn is_secret_right(&self, digest: &Digest<'_>, method: &str) -> bool {
        let credential = self.credentials.get(&digest.user);
        let nobody_md5 = self.nobody.first_chunk::<16>().expect("32 bytes have 16");
        let ha1: &[u8] = match (digest.algorithm, credential) {
            (Algorithm::Sha256, Some(credential)) => &credential.ha1_sha256,
            (Algorithm::Sha256, None) => &self.nobody,
            (Algorithm::Md5, Some(credential)) => &credential.ha1_md5,
            (Algorithm::Md5, None) => nobody_md5,
        };
        let expected = digest.algorithm.response(ha1, method, digest);
        is_equal(&expected, &digest.response) & credential.is_some()
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("user", &self.user).field("aors", &self.aors).finish_non_exhaustive()
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticator")
            .field("realm", &self.realm)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

/// The request that a digest has to fit.
struct Asked<'a> {
    method: &'a str,
    request_uri: &'a str,
    source: SocketAddr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Algorithm {
    Sha256,
    Md5,
}

/// What goes into a digest, besides HA1 and method.
struct Digest<'a> {
    user: String,
    algorithm: Algorithm,
    nonce: &'a [u8],
    uri: &'a [u8],
    count: Option<Count<'a>>,
    response: Vec<u8>,
}

/// The parameters of qop=auth.
struct Count<'a> {
    /// Hex digits as sent: they are hashed as they stand, eight or, from some phones, fewer.
    nc: &'a [u8],
    number: u32,
    cnonce: &'a [u8],
}

impl Digest<'_> {
    /// `None` if something that must be there is not, or is not what we offered: auth-int, a session algorithm,
    /// a hashed or encoded user name (RFC 7616 §3.4).
    fn read<'a>(params: &'a Params<'_>) -> Option<Digest<'a>> {
        let user = params.text("username").filter(|user| user.len() <= MAX_USER_BYTES)?;
        if params.raw("userhash").is_some_and(|hashed| !hashed.eq_ignore_ascii_case(b"false")) {
            return None;
        }
        let algorithm = match params.raw("algorithm") {
            None => Algorithm::Md5,
            Some(name) => Algorithm::from_name(name)?,
        };
        let count = match params.raw("qop") {
            None => None,
            Some(qop) if qop.eq_ignore_ascii_case(b"auth") => Some(Count::read(params)?),
            Some(_) => return None,
        };
        let response = params::from_hex(params.raw("response")?)?;
        let is_whole = response.len() == algorithm.output_bytes();
        let (nonce, uri) = (params.raw("nonce")?, params.raw("uri")?);
        is_whole.then_some(Digest { user, algorithm, nonce, uri, count, response })
    }
}

impl Count<'_> {
    fn read<'a>(params: &'a Params<'_>) -> Option<Count<'a>> {
        let nc = params.raw("nc").filter(|nc| (1..=8).contains(&nc.len()) && nc.iter().all(u8::is_ascii_hexdigit))?;
        let number = u32::from_str_radix(std::str::from_utf8(nc).ok()?, 16).ok().filter(|number| *number > 0)?;
        Some(Count { nc, number, cnonce: params.raw("cnonce").filter(|cnonce| !cnonce.is_empty())? })
    }
}

impl Algorithm {
    fn as_str(self) -> &'static str {
        match self {
            Algorithm::Sha256 => "SHA-256",
            Algorithm::Md5 => "MD5",
        }
    }

    fn from_name(name: &[u8]) -> Option<Algorithm> {
        let all = [Algorithm::Sha256, Algorithm::Md5];
        all.into_iter().find(|algorithm| name.eq_ignore_ascii_case(algorithm.as_str().as_bytes()))
    }

    fn output_bytes(self) -> usize {
        match self {
            Algorithm::Sha256 => 32,
            Algorithm::Md5 => 16,
        }
    }

    fn hash(self, parts: &[&[u8]]) -> Vec<u8> {
        let text = parts.join(&b':');
        #[cfg(test)]
        tests::HASHED.with(|hashed| hashed.set(hashed.get() + text.len()));
        match self {
            Algorithm::Sha256 => Sha256::digest(text).to_vec(),
            Algorithm::Md5 => Md5::digest(text).to_vec(),
        }
    }

    /// RFC 7616 §3.4.1 with qop=auth, RFC 2069 §2.1.2 without.
    fn response(self, ha1: &[u8], method: &str, digest: &Digest<'_>) -> Vec<u8> {
        let ha1 = params::to_hex(ha1);
        let ha2 = params::to_hex(&self.hash(&[method.as_bytes(), digest.uri]));
        match &digest.count {
            Some(count) => self.hash(&[ha1.as_bytes(), digest.nonce, count.nc, count.cnonce, b"auth", ha2.as_bytes()]),
            None => self.hash(&[ha1.as_bytes(), digest.nonce, ha2.as_bytes()]),
        }
    }
}

/// Takes the same time wherever the difference is; the lengths are no secret.
fn is_equal(one: &[u8], other: &[u8]) -> bool {
    let difference = one.iter().zip(other).fold(0, |sum, (a, b)| std::hint::black_box(sum | (a ^ b)));
    one.len() == other.len() && difference == 0
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// How many bytes this test has hashed.
        pub static HASHED: Cell<usize> = const { Cell::new(0) };
    }

    /// Whoever looks for users finds no difference in the work that a wrong password makes.
    #[test]
    fn a_user_that_is_none_costs_as_much_as_a_wrong_password() {
        let mut authenticator = Authenticator::new("here".to_owned(), [7; 32]);
        let (ha1_md5, ha1_sha256) = ha1("known", "here", "a secret");
        let user = "known".to_owned();
        authenticator.set_credentials(vec![Credential { user, ha1_md5, ha1_sha256, aors: vec![] }]);
        for (algorithm, length) in [("SHA-256", 64), ("MD5", 32)] {
            let [known, unknown] = ["known", "other"].map(|user| {
                let list = format!(
                    "username=\"{user}\", uri=\"sip:here\", algorithm={algorithm}, qop=auth, nc=00000001, nonce=\"n\", \
                     cnonce=\"c\", response=\"{}\"",
                    "0".repeat(length)
                );
                let params = Params::parse(list.as_bytes()).unwrap();
                HASHED.set(0);
                assert!(!authenticator.is_secret_right(&Digest::read(&params).unwrap(), "REGISTER"));
                HASHED.get()
            });
            assert!(known > 0 && known == unknown, "{algorithm}: {known} bytes and {unknown}");
        }
    }

    /// The example of RFC 7616 §3.9.1, seen from the server.
    #[test]
    fn rfc7616_3_9_1_the_server_computes_the_vectors() {
        let realm = "http-auth@example.org";
        let mut authenticator = Authenticator::new(realm.to_owned(), [7; 32]);
        let (ha1_md5, ha1_sha256) = ha1("Mufasa", realm, "Circle of Life");
        authenticator.set_credentials(vec![Credential {
            user: "Mufasa".to_owned(),
            ha1_md5,
            ha1_sha256,
            aors: vec![],
        }]);
        for (algorithm, response) in [
            ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ] {
            for (response, is_right) in [(response.to_owned(), true), (response.replace('8', "9"), false)] {
                let list = format!(
                    "username=\"Mufasa\", uri=\"/dir/index.html\", algorithm={algorithm}, qop=auth, nc=00000001, \
                     nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
                     cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", response=\"{response}\""
                );
                let params = Params::parse(list.as_bytes()).unwrap();
                let digest = Digest::read(&params).unwrap();
                assert_eq!(authenticator.is_secret_right(&digest, "GET"), is_right, "{algorithm} {response}");
            }
        }
    }
}
