//! Which phone asks: by HTTP digest (RFC 7616) with its SIP user and secret. What the box keeps of the secret is what the digest is
//! made of, so nothing more has to be kept, and the secret never crosses the network. Whoever guesses waits, as with SIP.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use config::Config;
use sip::auth::{Authenticator, Credential, Verdict};

/// Who may see the books: kept in step with the office when somebody asks.
#[derive(Default)]
pub(crate) struct Readers(Mutex<Option<(u64, Authenticator)>>);

impl Readers {
    /// The SIP user that the request proves, or the challenges for another try.
    pub(crate) fn check(&self, config: &Config, realm: &str, asked: &Asked<'_>) -> Result<String, Refusal> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.take().filter(|(_, authenticator)| authenticator.realm() == realm);
        let (revision, mut authenticator) = match known {
            Some(known) => known,
            None => {
                let mut key = [0; 32];
                getrandom::fill(&mut key).map_err(|_| Refusal::NoRandomness)?;
                (u64::MAX, Authenticator::new(realm.to_owned(), key))
            }
        };
        if revision != config.revision() {
            authenticator.set_credentials(credentials(config));
        }
        let source = SocketAddr::new(asked.ip, 0);
        let verdict = authenticator.check(asked.now, "GET", asked.uri, source, asked.values.iter().copied());
        let answer = match verdict {
            Verdict::Known(user) => Ok(user),
            Verdict::Malformed => Err(Refusal::Malformed),
            Verdict::Stale | Verdict::Replayed => {
                Err(Refusal::Challenge(authenticator.challenges(asked.now, asked.ip, true)))
            }
            Verdict::Absent | Verdict::Wrong { .. } | Verdict::Unheard { .. } => {
                Err(Refusal::Challenge(authenticator.challenges(asked.now, asked.ip, false)))
            }
        };
        *kept = Some((config.revision(), authenticator));
        answer
    }
}

/// A GET, and what it is proven with.
pub(crate) struct Asked<'a> {
    pub now: Duration,
    pub ip: IpAddr,
    /// Path and query, as they stand in the request.
    pub uri: &'a str,
    /// Its Authorization headers.
    pub values: Vec<&'a [u8]>,
}

/// Why nobody is known by it.
pub(crate) enum Refusal {
    /// It proves nothing: the challenges for another try, best first.
    Challenge(Vec<String>),
    /// It is no digest of this request.
    Malformed,
    /// No challenge can be made.
    NoRandomness,
}

fn credentials(config: &Config) -> Vec<Credential> {
    let credential = |phone: &config::Phone| Credential {
        user: phone.user.clone(),
        ha1_md5: phone.ha1.md5,
        ha1_sha256: phone.ha1.sha256,
        aors: Vec::new(),
    };
    config.phones().map(credential).collect()
}
