//! The box's own certificates: the authority of the first start, and a leaf for the addresses and names that it has now.

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::TlsError;
use super::folder::Folder;
use crate::random::hex;

/// Years of the authority.
const CA_YEARS: i32 = 10;

/// Days of the leaf: below the 825 that browsers take from an authority that people installed themselves.
const LEAF_DAYS: i32 = 800;

/// A leaf with fewer days left is made anew: at a start, or in the next night.
const LEAF_LEFT_DAYS: i32 = 30;

/// How many names a leaf has at most: a machine with hundreds of containers has hundreds of addresses.
const MOST_NAMES: usize = 64;

/// All of it as PEM.
pub(super) struct Own {
    pub leaf: String,
    pub key: String,
    pub authority: String,
}

/// What a leaf was made for.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    names: Vec<String>,
    until: Timestamp,
}

/// What is in the folder; what is missing, too old or for other names is made.
pub(super) fn own(folder: &Folder, names: Vec<String>, now: Timestamp) -> Result<Own, TlsError> {
    let authority_key = key(folder, "ca.key")?;
    let issuer = authority(&authority_key);
    let authority = match folder.read("ca.crt")? {
        Some(pem) => pem,
        None => {
            let mut params = issuer.clone();
            lives(&mut params, now, CA_YEARS * 365);
            folder.write("ca.crt", &params.self_signed(&authority_key)?.pem())?
        }
    };
    let names: Vec<String> = names.into_iter().take(MOST_NAMES).collect();
    let is_good = made(folder)?.is_some_and(|made| made.names == names && !made.is_ending(now));
    let (leaf, key) = match (folder.read("leaf.crt")?, folder.read("leaf.key")?) {
        (Some(leaf), Some(key)) if is_good => (leaf, key),
        _ => make_leaf(folder, names, now, issuer, authority_key)?,
    };
    Ok(Own { leaf, key, authority })
}

/// Whether the leaf in the folder is to be made anew for its age.
pub(super) fn is_ending(folder: &Folder, now: Timestamp) -> Result<bool, TlsError> {
    Ok(made(folder)?.is_none_or(|made| made.is_ending(now)))
}

fn made(folder: &Folder) -> Result<Option<Made>, TlsError> {
    Ok(folder.read("leaf.json")?.and_then(|text| serde_json::from_str(&text).ok()))
}

impl Made {
    fn is_ending(&self, now: Timestamp) -> bool {
        let soon = now.checked_add((24 * i64::from(LEAF_LEFT_DAYS)).hours()).unwrap_or(Timestamp::MAX);
        self.until <= soon
    }
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
    folder: &Folder,
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
    let leaf_key = folder.write("leaf.key", &key.serialize_pem())?;
    let leaf = folder.write("leaf.crt", &leaf.pem())?;
    // Last: without it all three are made anew.
    folder.write("leaf.json", &made)?;
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

fn key(folder: &Folder, name: &str) -> Result<KeyPair, TlsError> {
    match folder.read(name)? {
        Some(pem) => Ok(KeyPair::from_pem(&pem)?),
        None => Ok(KeyPair::from_pem(&folder.write(name, &KeyPair::generate()?.serialize_pem())?)?),
    }
}
