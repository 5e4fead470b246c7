//! The box's own certificates: an authority made at the first start, whose certificate people may install in their
//! browsers, and a leaf for the addresses and names that the box has now.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::net::IpAddr;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use nix::ifaddrs::getifaddrs;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::random::hex;

/// The folder below the office's.
const FOLDER: &str = "tls";

/// Years of the authority.
const CA_YEARS: i32 = 10;

/// Days of the leaf: below the 825 that browsers take from an authority that people installed themselves.
const LEAF_DAYS: i32 = 800;

/// A leaf with fewer days left is made anew at the next start.
const LEAF_LEFT_DAYS: i32 = 30;

/// How many names a leaf has at most: a machine with hundreds of containers has hundreds of addresses.
const MOST_NAMES: usize = 64;

/// Why there are no certificates.
#[derive(Debug, Error)]
pub enum TlsError {
    /// The disk.
    #[error("{} cannot be used: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The certificate library refuses.
    #[error("a certificate could not be made: {0}; remove the folder tls to make all of them anew")]
    Made(#[from] rcgen::Error),
    /// What is in the folder is none.
    #[error("the certificates in the folder tls cannot be used: {0}; remove the folder to make all of them anew")]
    Bad(String),
}

/// What HTTPS is served with.
#[derive(Clone)]
pub struct Certificates {
    /// The configuration of the server.
    pub server: Arc<ServerConfig>,
    /// The authority's certificate as PEM, for people to install.
    pub authority: String,
}

/// What a leaf was made for.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    names: Vec<String>,
    until: Timestamp,
}

impl Certificates {
    /// The certificates of this office's folder; what is missing, too old or for other addresses is made.
    pub fn of(data: &Path, names: Vec<String>, now: Timestamp) -> Result<Certificates, TlsError> {
        let folder = data.join(FOLDER);
        let file_error = |source| TlsError::File { path: folder.clone(), source };
        DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(file_error)?;
        let authority_key = key(&folder, "ca.key")?;
        let authority = authority(&authority_key);
        let pem = match read(&folder, "ca.crt")? {
            Some(pem) => pem,
            None => {
                let mut params = authority.clone();
                lives(&mut params, now, CA_YEARS * 365);
                write(&folder, "ca.crt", &params.self_signed(&authority_key)?.pem())?
            }
        };
        let names: Vec<String> = names.into_iter().take(MOST_NAMES).collect();
        let made: Option<Made> = read(&folder, "leaf.json")?.and_then(|text| serde_json::from_str(&text).ok());
        let soon = now.checked_add((24 * i64::from(LEAF_LEFT_DAYS)).hours()).unwrap_or(Timestamp::MAX);
        let is_good = made.is_some_and(|made| made.names == names && made.until > soon);
        let (leaf, leaf_key) = match (read(&folder, "leaf.crt")?, read(&folder, "leaf.key")?) {
            (Some(leaf), Some(key)) if is_good => (leaf, key),
            _ => make_leaf(&folder, names, now, authority, authority_key)?,
        };
        Ok(Certificates { server: Arc::new(server(&leaf, &leaf_key, &pem)?), authority: pem })
    }
}

/// The names and addresses that the box is called by: of this machine, and of all its interfaces.
pub fn own_names(hosts: &[String]) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "bellbox.local".to_owned()];
    for host in hosts {
        names.push(host.clone());
        if !host.contains('.') {
            names.push(format!("{host}.local"));
        }
    }
    let interfaces = getifaddrs().into_iter().flatten().filter_map(|one| one.address);
    let mut addresses: Vec<IpAddr> = interfaces
        .filter_map(|address| {
            let v4 = address.as_sockaddr_in().map(|v4| IpAddr::V4(v4.ip()));
            v4.or_else(|| address.as_sockaddr_in6().map(|v6| IpAddr::V6(v6.ip())))
        })
        .collect();
    addresses.sort();
    names.extend(addresses.iter().map(IpAddr::to_string));
    names.dedup();
    names
}

/// What the authority is, all of it but its dates: the same for ever, because leaves refer to it by its name and key.
fn authority(key: &KeyPair) -> CertificateParams {
    let mut params = CertificateParams::default();
    let digest = hex(&Sha256::digest(key.public_key_raw()));
    let mark = digest.get(..8).unwrap_or_default();
    params.distinguished_name.push(DnType::CommonName, format!("Bellbox authority {mark}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn make_leaf(
    folder: &Path,
    names: Vec<String>,
    now: Timestamp,
    authority: CertificateParams,
    authority_key: KeyPair,
) -> Result<(String, String), TlsError> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(names.clone())?;
    params.distinguished_name.push(DnType::CommonName, "Bellbox");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    lives(&mut params, now, LEAF_DAYS);
    let leaf = params.signed_by(&key, &Issuer::new(authority, authority_key))?;
    let until = now.checked_add((24 * i64::from(LEAF_DAYS)).hours()).unwrap_or(Timestamp::MAX);
    let made = serde_json::to_string(&Made { names, until }).expect("plain fields are always JSON");
    let leaf_key = write(folder, "leaf.key", &key.serialize_pem())?;
    let leaf = write(folder, "leaf.crt", &leaf.pem())?;
    // Last: without it all three are made anew.
    write(folder, "leaf.json", &made)?;
    log::info!("https: a new certificate for the addresses of this box");
    Ok((leaf, leaf_key))
}

/// From two days ago, because clocks differ, for so many days.
fn lives(params: &mut CertificateParams, now: Timestamp, days: i32) {
    let today = now.to_zoned(TimeZone::UTC).date();
    let at = |days: i32| {
        let day = today.checked_add(days.days()).unwrap_or(today);
        date_time_ymd(day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs())
    };
    (params.not_before, params.not_after) = (at(-2), at(days));
}

fn server(leaf: &str, key: &str, authority: &str) -> Result<ServerConfig, TlsError> {
    let bad = |error: &dyn std::fmt::Display| TlsError::Bad(error.to_string());
    let chain = [leaf, authority].map(|pem| CertificateDer::from_pem_slice(pem.as_bytes()));
    let chain: Result<Vec<_>, _> = chain.into_iter().collect();
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|e| bad(&e))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let server = versions.map_err(|e| bad(&e))?.with_no_client_auth();
    let mut server = server.with_single_cert(chain.map_err(|e| bad(&e))?, key).map_err(|e| bad(&e))?;
    server.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(server)
}

fn key(folder: &Path, name: &str) -> Result<KeyPair, TlsError> {
    match read(folder, name)? {
        Some(pem) => Ok(KeyPair::from_pem(&pem)?),
        None => Ok(KeyPair::from_pem(&write(folder, name, &KeyPair::generate()?.serialize_pem())?)?),
    }
}

fn read(folder: &Path, name: &str) -> Result<Option<String>, TlsError> {
    let path = folder.join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(TlsError::File { path, source }),
    }
}

/// Whole or not at all, and nobody else's to read.
fn write(folder: &Path, name: &str, text: &str) -> Result<String, TlsError> {
    let path = folder.join(name);
    let part = folder.join(format!("{name}.part"));
    let written = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&part, &path)?;
        File::open(folder)?.sync_all()
    };
    written().map_err(|source| TlsError::File { path: path.clone(), source })?;
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn of(folder: &Path, names: &[&str], now: &str) -> (String, String) {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let made = Certificates::of(folder, names, now.parse().unwrap()).unwrap();
        (made.authority, fs::read_to_string(folder.join("tls/leaf.crt")).unwrap())
    }

    #[test]
    fn the_authority_stays_and_the_leaf_follows_addresses_and_time() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["localhost", "127.0.0.1", "::1"];
        let first = of(folder.path(), &names, "2026-07-01T00:00:00Z");
        assert_eq!(of(folder.path(), &names, "2026-08-01T00:00:00Z"), first, "nothing is made twice");
        let moved = of(folder.path(), &["localhost", "10.0.0.7"], "2026-08-01T00:00:00Z");
        assert_eq!(moved.0, first.0);
        assert_ne!(moved.1, first.1);
        let late = of(folder.path(), &["localhost", "10.0.0.7"], "2028-10-01T00:00:00Z");
        assert_eq!(late.0, first.0);
        assert_ne!(late.1, moved.1);
        for name in ["ca.key", "leaf.key"] {
            let mode = fs::metadata(folder.path().join("tls").join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }

    #[test]
    fn what_is_no_certificate_is_named() {
        let folder = tempfile::tempdir().unwrap();
        of(folder.path(), &["localhost"], "2026-07-01T00:00:00Z");
        fs::write(folder.path().join("tls/leaf.crt"), "garbage").unwrap();
        let now = "2026-07-01T00:00:00Z".parse().unwrap();
        let error = Certificates::of(folder.path(), vec!["localhost".to_owned()], now).err().unwrap();
        assert!(error.to_string().contains("remove the folder"), "{error}");
    }
}
