//! A chain of certificates with its private key, read and judged: what a browser would refuse is refused here, with a
//! sentence.

use std::net::IpAddr;

use jiff::Timestamp;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use sha2::{Digest, Sha256};
use thiserror::Error;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::oid_registry::{OID_EC_P256, OID_NIST_EC_P384};
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey;

/// Certificates in a chain at most: a server's own and some between it and its authority.
pub(crate) const MOST: usize = 8;

/// Names of a certificate that are looked at: those of public authorities have at most a hundred.
const MOST_NAMES: usize = 128;

/// The least that browsers take (CA/Browser Forum, Baseline Requirements §6.1.5).
pub(crate) const LEAST_RSA_BITS: usize = 2048;

/// Why a chain with its key is not used. The text is for whoever uploaded it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unfit {
    /// No certificate.
    #[error("there is no certificate in it: it begins with -----BEGIN CERTIFICATE-----")]
    NoCertificate,
    /// More than anybody's chain has.
    #[error("there are more than {MOST} certificates in it: leave only those of one chain")]
    TooMany,
    /// One of them is none.
    #[error("certificate {0} of it cannot be read: it is damaged, or none")]
    Damaged(usize),
    /// It is for something else.
    #[error("the first certificate is none of a server: {0}")]
    NoServer(NoServer),
    /// They do not hang together.
    #[error("certificate {0} did not issue the one before it: begin with the server's, then the one that issued it")]
    Disordered(usize),
    /// Its time is over.
    #[error("it held until {0}: order a new one")]
    Expired(Timestamp),
    /// Its time has not begun.
    #[error("it holds from {0} on: wait, or look at the clock of the box")]
    Early(Timestamp),
    /// Too easy to break, or nothing that browsers know.
    #[error("its key is {0}: browsers take ECDSA P-256 or P-384, or RSA of {LEAST_RSA_BITS} bits and more")]
    Weak(WeakKey),
    /// No key.
    #[error("there is no private key in it: it begins with -----BEGIN PRIVATE KEY-----")]
    NoKey,
    /// A password is on it.
    #[error("the key is locked by a password: unlock it with 'openssl pkey -in key.pem -out open.pem'")]
    Locked,
    /// Another's.
    #[error("the key is not that of the first certificate")]
    OtherKey,
    /// What the library says; never a piece of the key.
    #[error("the key cannot be used: it is damaged, or of a kind that is not known here")]
    BadKey,
}

/// Why a certificate is none of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoServer {
    /// People install it to trust others.
    #[error("it is that of an authority")]
    Authority,
    /// Mail, signatures of programs.
    #[error("it is for another use")]
    OtherUse,
    /// Browsers have not looked at the subject for years.
    #[error("it names no host (subjectAltName)")]
    NoName,
}

/// What browsers do not take as a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WeakKey {
    /// Too short.
    #[error("RSA of {bits} bits")]
    Rsa {
        /// How long it is.
        bits: usize,
    },
    /// Neither P-256 nor P-384.
    #[error("on another curve")]
    OtherCurve,
    /// Neither RSA nor ECDSA.
    #[error("of another kind")]
    OtherKind,
}

impl Unfit {
    /// Whether it is the key that is wrong, and not the certificates.
    pub fn is_of_the_key(&self) -> bool {
        matches!(self, Unfit::NoKey | Unfit::Locked | Unfit::OtherKey | Unfit::BadKey)
    }
}

/// What a certificate says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whose it is, as RFC 4514 writes names.
    pub subject: String,
    /// Who issued it.
    pub issuer: String,
    /// The names and addresses that it is for, in lower case; `*.` stands for one label.
    pub names: Vec<String>,
    /// The kind of its key and the size.
    pub key: String,
    /// From when it holds.
    pub from: Timestamp,
    /// Until when it holds.
    pub until: Timestamp,
    /// The SHA-256 of it, as browsers show it.
    pub fingerprint: String,
    /// Whether the one that issued it comes with it: without that, some phones and programs do not trust it.
    pub has_issuer: bool,
}

impl Facts {
    /// Whole days until it ends; negative after.
    pub fn days_left(&self, now: Timestamp) -> i64 {
        (self.until.as_second() - now.as_second()).div_euclid(24 * 3600)
    }

    /// Whether it is for this host (RFC 9525 §6.3): a star stands for the whole first label.
    pub fn covers(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let rest = host.split_once('.').map(|(_, rest)| rest);
        self.names.iter().any(|name| match name.strip_prefix("*.") {
            Some(zone) => host.parse::<IpAddr>().is_err() && rest == Some(zone),
            None => *name == host,
        })
    }
}

/// A chain that may be served with.
#[derive(Debug)]
pub(super) struct Chain {
    pub key: CertifiedKey,
    pub facts: Facts,
}

/// Reads what PEM text holds. `now` is not given where the clock of the box was never set.
pub(super) fn read(chain: &str, key: &str, now: Option<Timestamp>, provider: &CryptoProvider) -> Result<Chain, Unfit> {
    let mut certificates: Vec<CertificateDer<'static>> = Vec::new();
    for (at, found) in CertificateDer::pem_slice_iter(chain.as_bytes()).enumerate() {
        if at >= MOST {
            return Err(Unfit::TooMany);
        }
        certificates.push(found.map_err(|_| Unfit::Damaged(at + 1))?);
    }
    let facts = judge(&certificates, now)?;
    let key = match PrivateKeyDer::from_pem_slice(key.as_bytes()) {
        Ok(key) => key,
        Err(_) if key.contains("ENCRYPTED") => return Err(Unfit::Locked),
        Err(_) => return Err(Unfit::NoKey),
    };
    let key = CertifiedKey::from_der(certificates, key, provider).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => Unfit::OtherKey,
        _ => Unfit::BadKey,
    })?;
    Ok(Chain { key, facts })
}

fn judge(certificates: &[CertificateDer<'static>], now: Option<Timestamp>) -> Result<Facts, Unfit> {
    let mut read = Vec::new();
    for (at, der) in certificates.iter().enumerate() {
        match X509Certificate::from_der(der) {
            Ok((&[], certificate)) => read.push(certificate),
            _ => return Err(Unfit::Damaged(at + 1)),
        }
    }
    let (Some(first), Some(der)) = (read.first(), certificates.first()) else { return Err(Unfit::NoCertificate) };
    let facts = facts(first, der, read.len() > 1)?;
    if first.is_ca() {
        return Err(Unfit::NoServer(NoServer::Authority));
    }
    let usage = first.extended_key_usage().map_err(|_| Unfit::Damaged(1))?;
    if usage.is_some_and(|usage| !usage.value.server_auth && !usage.value.any) {
        return Err(Unfit::NoServer(NoServer::OtherUse));
    }
    if facts.names.is_empty() {
        return Err(Unfit::NoServer(NoServer::NoName));
    }
    for (at, pair) in read.windows(2).enumerate() {
        if let [issued, issuer] = pair
            && issued.issuer().as_raw() != issuer.subject().as_raw()
        {
            return Err(Unfit::Disordered(at + 2));
        }
    }
    if let Some(now) = now {
        if facts.until <= now {
            return Err(Unfit::Expired(facts.until));
        }
        if facts.from > now {
            return Err(Unfit::Early(facts.from));
        }
    }
    Ok(facts)
}

fn facts(certificate: &X509Certificate<'_>, der: &[u8], has_more: bool) -> Result<Facts, Unfit> {
    let is_own_issuer = certificate.subject().as_raw() == certificate.issuer().as_raw();
    let at = |seconds: i64| Timestamp::from_second(seconds).map_err(|_| Unfit::Damaged(1));
    Ok(Facts {
        subject: certificate.subject().to_string(),
        issuer: certificate.issuer().to_string(),
        names: names(certificate)?,
        key: kind(certificate)?,
        from: at(certificate.validity().not_before.timestamp())?,
        until: at(certificate.validity().not_after.timestamp())?,
        fingerprint: fingerprint(der),
        has_issuer: has_more || is_own_issuer,
    })
}

fn names(certificate: &X509Certificate<'_>) -> Result<Vec<String>, Unfit> {
    let Some(found) = certificate.subject_alternative_name().map_err(|_| Unfit::Damaged(1))? else {
        return Ok(Vec::new());
    };
    let names = found.value.general_names.iter().filter_map(|name| match name {
        GeneralName::DNSName(name) => Some(name.to_ascii_lowercase()),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|bytes| IpAddr::from(bytes).to_string()),
            _ => <[u8; 16]>::try_from(*bytes).ok().map(|bytes| IpAddr::from(bytes).to_string()),
        },
        _ => None,
    });
    Ok(names.take(MOST_NAMES).collect())
}

/// The kind of the key, where browsers take it.
fn kind(certificate: &X509Certificate<'_>) -> Result<String, Unfit> {
    let key = certificate.public_key();
    match key.parsed().map_err(|_| Unfit::Damaged(1))? {
        PublicKey::RSA(rsa) if rsa.key_size() >= LEAST_RSA_BITS => Ok(format!("RSA {}", rsa.key_size())),
        PublicKey::RSA(rsa) => Err(Unfit::Weak(WeakKey::Rsa { bits: rsa.key_size() })),
        PublicKey::EC(_) => {
            let curve = key.algorithm.parameters.as_ref().and_then(|curve| curve.as_oid().ok());
            match curve {
                Some(curve) if curve == OID_EC_P256 => Ok("ECDSA P-256".to_owned()),
                Some(curve) if curve == OID_NIST_EC_P384 => Ok("ECDSA P-384".to_owned()),
                _ => Err(Unfit::Weak(WeakKey::OtherCurve)),
            }
        }
        _ => Err(Unfit::Weak(WeakKey::OtherKind)),
    }
}

/// The SHA-256 of a certificate as browsers and `openssl x509 -fingerprint -sha256` show it.
pub(super) fn fingerprint(der: &[u8]) -> String {
    let pairs: Vec<String> = Sha256::digest(der).iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};

    const NOW: &str = "2026-07-01T12:00:00Z";

    /// RSA of 1024 bits, self-signed: the library that makes the others makes none so weak.
    const WEAK: &str = include_str!("weak.pem");

    fn now() -> Option<Timestamp> {
        Some(NOW.parse().unwrap())
    }

    fn params(name: &str) -> CertificateParams {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.not_before = rcgen::date_time_ymd(2026, 1, 1);
        params.not_after = rcgen::date_time_ymd(2026, 7, 31);
        params
    }

    fn signed(params: &CertificateParams) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
    }

    fn read(chain: &str, key: &str) -> Result<Facts, Unfit> {
        super::read(chain, key, now(), &rustls::crypto::ring::default_provider()).map(|chain| chain.facts)
    }

    #[test]
    fn what_a_certificate_says_is_read() {
        let (pem, key) = signed(&params("PBX.office.example"));
        let facts = read(&pem, &key).unwrap();
        assert_eq!((facts.subject.as_str(), facts.key.as_str()), ("CN=PBX.office.example", "ECDSA P-256"));
        assert_eq!(facts.names, ["pbx.office.example"]);
        assert_eq!(facts.until.to_string(), "2026-07-31T00:00:00Z");
        assert_eq!(facts.days_left(NOW.parse().unwrap()), 29);
        assert_eq!(facts.days_left("2026-07-31T00:00:01Z".parse().unwrap()), -1);
        assert_eq!(facts.fingerprint.len(), 95);
        assert!(facts.has_issuer, "it is its own");
    }

    #[test]
    fn a_chain_begins_with_the_server_and_hangs_together() {
        let (root_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        let mut root = params("root.example");
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        root.distinguished_name.push(DnType::CommonName, "Some authority");
        let root_pem = root.self_signed(&root_key).unwrap().pem();
        let leaf = params("pbx.example").signed_by(&key, &Issuer::new(root, root_key)).unwrap().pem();
        let key = key.serialize_pem();
        assert!(read(&format!("{leaf}\n{root_pem}"), &key).unwrap().has_issuer);
        assert!(!read(&leaf, &key).unwrap().has_issuer);
        let upside_down = read(&format!("{root_pem}{leaf}"), &key);
        assert_eq!(upside_down, Err(Unfit::NoServer(NoServer::Authority)));
        let (stranger, _) = signed(&params("stranger.example"));
        assert_eq!(read(&format!("{leaf}{stranger}"), &key), Err(Unfit::Disordered(2)));
        assert_eq!(read(&leaf.repeat(9), &key), Err(Unfit::TooMany));
    }

    #[test]
    fn what_browsers_would_refuse_is_refused() {
        let (good, key) = signed(&params("pbx.example"));
        let (_, other) = signed(&params("pbx.example"));
        let changed = |change: &dyn Fn(&mut CertificateParams)| {
            let mut params = params("pbx.example");
            change(&mut params);
            let (pem, key) = signed(&params);
            read(&pem, &key).unwrap_err().to_string()
        };
        for (error, expected) in [
            (changed(&|p| p.not_after = rcgen::date_time_ymd(2026, 6, 30)), "it held until 2026-06-30"),
            (changed(&|p| p.not_before = rcgen::date_time_ymd(2026, 7, 2)), "it holds from 2026-07-02"),
            (changed(&|p| p.subject_alt_names.clear()), "it names no host"),
            (changed(&|p| p.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth]), "it is for another use"),
            (changed(&|p| p.is_ca = IsCa::Ca(BasicConstraints::Unconstrained)), "that of an authority"),
            (read("", &key).unwrap_err().to_string(), "there is no certificate"),
            (read(&key, &key).unwrap_err().to_string(), "there is no certificate"),
            (read(&good.replace("MII", "MIJ"), &key).unwrap_err().to_string(), "certificate 1 of it cannot be read"),
            (read(&good, "").unwrap_err().to_string(), "there is no private key"),
            (read(&good, &good).unwrap_err().to_string(), "there is no private key"),
            (read(&good, &other).unwrap_err().to_string(), "not that of the first certificate"),
            (
                read(&good, &key.replace("PRIVATE", "ENCRYPTED PRIVATE")).unwrap_err().to_string(),
                "locked by a password",
            ),
            (read(WEAK, WEAK).unwrap_err().to_string(), "RSA of 1024 bits"),
        ] {
            assert!(error.contains(expected), "{expected}: {error}");
        }
    }

    #[test]
    fn a_star_stands_for_one_label() {
        let facts = read(&signed(&params("*.office.example")).0, "");
        assert_eq!(facts, Err(Unfit::NoKey));
        let (pem, key) = signed(&params("*.office.example"));
        let facts = read(&pem, &key).unwrap();
        for (host, expected) in [
            ("pbx.office.example", true),
            ("PBX.Office.example.", true),
            ("office.example", false),
            ("a.b.office.example", false),
            ("pbxoffice.example", false),
            ("10.0.0.1", false),
        ] {
            assert_eq!(facts.covers(host), expected, "{host}");
        }
        let (pem, key) = signed(&params("10.0.0.1"));
        let facts = read(&pem, &key).unwrap();
        assert!(facts.covers("10.0.0.1") && !facts.covers("10.0.0.2"));
    }
}
