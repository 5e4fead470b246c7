//! The secrets of trunks: a file of their own beside the database, for its user alone. What proves the box to a carrier
//! must be known in clear, so it is kept out of revisions, exports and copies of the office.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use config::{MAX_TRUNKS, RawTrunk, Secret};

use crate::copies::with_suffix;
use crate::error::StoreError;

/// The file's name in the store's directory: TOML, one secret a line, named by its trunk.
pub const TRUNK_SECRETS: &str = "trunk-secrets.toml";

/// The longest file that is read, in bytes: many times what the largest office has.
const MAX_FILE: u64 = 64 * 1024;

/// All of them, by the trunks' names; none where there is no file.
pub(crate) fn read(dir: &Path) -> Result<BTreeMap<String, Secret>, StoreError> {
    let path = dir.join(TRUNK_SECRETS);
    let length = match fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        found => found?.len(),
    };
    // What is wrong with it is not said: a parser's message may quote it.
    let unreadable = || io::Error::other(format!("{TRUNK_SECRETS} is not as it was written"));
    if length > MAX_FILE {
        return Err(unreadable().into());
    }
    let text = fs::read_to_string(&path)?;
    Ok(toml::from_str(&text).map_err(|_| unreadable())?)
}

/// Takes in those that are given, an empty one as none, and leaves out those of trunks that are no more; returns all.
/// The file is replaced whole, so that a power cut leaves the one before.
pub(crate) fn update<'n>(
    dir: &Path,
    given: BTreeMap<String, Secret>,
    names: impl Iterator<Item = &'n str>,
) -> Result<BTreeMap<String, Secret>, StoreError> {
    let before = match read(dir) {
        // Nothing to keep of it; what is given now is written.
        Err(error) if !given.is_empty() => {
            log::error!("the secrets of trunks are lost but for those that are new: {error}");
            BTreeMap::new()
        }
        before => before?,
    };
    let known: Vec<&str> = names.collect();
    let mut after = before.clone();
    after.extend(given);
    after.retain(|name, secret| known.contains(&name.as_str()) && !secret.expose().is_empty());
    if after != before {
        write(dir, &after)?;
    }
    Ok(after)
}

/// Trunks that were removed since the start, with their secrets, oldest first: who takes a removal back need not ask the
/// carrier again. In memory alone, and only for the row exactly as it was, so that no other server can get the secret.
#[derive(Default)]
pub(crate) struct Removed(Vec<(RawTrunk, Secret)>);

impl Removed {
    /// Rows that are back without a secret have theirs among the given.
    pub(crate) fn give_back(&mut self, rows: &[RawTrunk], given: &mut BTreeMap<String, Secret>) {
        for row in rows {
            let Some(place) = self.0.iter().position(|(removed, _)| removed == row) else { continue };
            let (row, secret) = self.0.remove(place);
            given.entry(row.name.unwrap_or_default()).or_insert(secret);
        }
    }

    /// Remembers the rows that are gone; no more than an office can have.
    pub(crate) fn note(&mut self, before: Vec<RawTrunk>, mut secrets: BTreeMap<String, Secret>, now: &[RawTrunk]) {
        for row in before {
            let name = row.name.clone().unwrap_or_default();
            let is_gone = now.iter().all(|other| other.name != row.name);
            if let Some(secret) = secrets.remove(&name).filter(|_| is_gone) {
                self.0.push((row, secret));
            }
        }
        let most = self.0.len().saturating_sub(MAX_TRUNKS);
        self.0.drain(..most);
    }
}

fn write(dir: &Path, secrets: &BTreeMap<String, Secret>) -> Result<(), StoreError> {
    let to = dir.join(TRUNK_SECRETS);
    let part = with_suffix(&to, ".part");
    let text = toml::to_string(secrets).map_err(|_| io::Error::other("a secret of a trunk cannot be written"))?;
    // A part that was left over may be anybody's to read.
    if let Err(error) = fs::remove_file(&part)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error.into());
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&part, &to)?;
    Ok(File::open(dir)?.sync_all()?)
}
