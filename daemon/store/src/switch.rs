//! Puts another office in the place of this one, so that a power cut at any moment leaves one of the two, whole.
//!
//! ```text
//! incoming/   a backup that is being read, or was read and found good
//! before/     the office that was replaced last, as it was
//!    |  commit: one rename, the moment that decides
//! switch/     what the next start puts in place: first it moves the present office into switch/old, then what is in
//!             switch/office here; each step may be done again from wherever it stopped
//!    |  retire: one rename
//! switched/   what is left of it, only to be removed
//! ```
//!
//! Nothing is opened before the switch is through, and nothing is lost by it: the office that was here becomes `before/`.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use nix::unistd::syncfs;

use crate::trunk_secrets::TRUNK_SECRETS;

/// Where an upload is read into.
pub(crate) const INCOMING: &str = "incoming";
/// The office that was replaced last.
pub(crate) const BEFORE: &str = "before";
/// What a download is made of.
pub(crate) const OUTGOING: &str = "outgoing";
/// The folder with an office in it, in [`INCOMING`] and [`BEFORE`].
pub(crate) const OFFICE: &str = "office";
/// What is in an office, beside its folder; without it the folder is of no use.
pub(crate) const CONTENTS: &str = "contents.json";

/// What the next start puts in place.
const SWITCH: &str = "switch";
/// What is left of a switch that is through.
const SWITCHED: &str = "switched";
/// In a switch: the office that was here.
const OLD: &str = "old";
/// In a switch: that all of the old office has been moved.
const MOVED: &str = "moved";
/// In a switch: the contents of the office that was here.
const REPLACED: &str = "replaced.json";

/// The folder of certificates: it stays where the other office brings none, so that browsers go on to trust the box.
const TLS: &str = "tls";

/// All that an office is. Settings of the machine, the speech cache and logs are none of it.
const ITEMS: [&str; 7] = ["bellbox.db", "bellbox.db-wal", "bellbox.db-shm", TRUNK_SECRETS, "backup", "recordings", TLS];

/// Decides that what is in `from` shall be the office at the next start. `replaced` says what is here now. Until the
/// one rename in it, nothing has happened.
pub(crate) fn commit(dir: &Path, from: &str, replaced: &str, step: &mut Step<'_>) -> io::Result<()> {
    if dir.join(SWITCH).exists() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "another office is waiting to be put in place"));
    }
    let from = dir.join(from);
    step()?;
    write(&from.join(REPLACED), replaced)?;
    sync(dir)?;
    step()?;
    fs::rename(&from, dir.join(SWITCH))?;
    sync(dir)
}

/// What a start does before anything else, with the folder's lock: completes a switch that was decided, and tidies away
/// what was never completed. Says whether there is another office now.
pub(crate) fn finish(dir: &Path, step: &mut Step<'_>) -> io::Result<bool> {
    for name in [SWITCHED, OUTGOING, INCOMING] {
        remove(&dir.join(name))?;
    }
    let switch = dir.join(SWITCH);
    if !switch.exists() {
        return Ok(false);
    }
    let (office, old) = (switch.join(OFFICE), switch.join(OLD));
    if !switch.join(MOVED).exists() {
        step()?;
        private_dir(&old.join(OFFICE))?;
        let brings_tls = office.join(TLS).exists();
        move_items(dir, &old.join(OFFICE), |item| item != TLS || brings_tls, step)?;
        step()?;
        if switch.join(REPLACED).exists() {
            fs::rename(switch.join(REPLACED), old.join(CONTENTS))?;
        }
        sync(dir)?;
        step()?;
        write(&switch.join(MOVED), "")?;
        sync(dir)?;
    }
    move_items(&office, dir, |_| true, step)?;
    sync(dir)?;
    if old.exists() {
        step()?;
        remove(&dir.join(BEFORE))?;
        step()?;
        fs::rename(&old, dir.join(BEFORE))?;
        sync(dir)?;
    }
    step()?;
    // Not removed in place: half of it would look like a switch at its beginning.
    fs::rename(&switch, dir.join(SWITCHED))?;
    sync(dir)?;
    step()?;
    remove(&dir.join(SWITCHED))?;
    Ok(true)
}

/// Called before each step; an error stops there, as a power cut does. Only tests stop.
pub(crate) type Step<'a> = dyn FnMut() -> io::Result<()> + 'a;

fn move_items(from: &Path, to: &Path, is_wanted: impl Fn(&str) -> bool, step: &mut Step<'_>) -> io::Result<()> {
    for item in ITEMS.into_iter().filter(|item| is_wanted(item) && from.join(item).exists()) {
        step()?;
        fs::rename(from.join(item), to.join(item))?;
    }
    Ok(())
}

/// A new folder that is nobody else's to look into.
pub(crate) fn private_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Removes a folder with all that is in it, where there is one.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Writes a small file, nobody else's to read.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Waits until all that was written to the file system is on the disk: one wait, however many files.
pub(crate) fn sync(dir: &Path) -> io::Result<()> {
    Ok(syncfs(File::open(dir)?)?)
}
