//! Makes a backup: a snapshot of the office that nothing changes any more, written as it is sent.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use pbx::ids::RecordingId;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use super::error::BackupError;
use super::layout::{ABOUT, Contents, FORMAT, RECORDINGS, SUMS, TLS, is_of_tls, sum_line};
use crate::connection::connect_reader;
use crate::rows;
use crate::store::{DATABASE, Store};
use crate::switch::{OUTGOING, private_dir, remove};
use crate::trunk_secrets::TRUNK_SECRETS;

/// Blocks of a tar archive: every header is one, every file fills whole ones, two empty ones are the end (POSIX ustar).
const BLOCK: u64 = 512;

/// A snapshot, ready to be written; its files are hard links and one copy of the database, which go with it.
#[derive(Debug)]
pub struct Pack {
    folder: PathBuf,
    about: String,
    /// Names in the archive with their sizes, in order.
    files: Vec<(String, u64)>,
    /// What is in it.
    pub contents: Contents,
}

impl Store {
    /// A consistent snapshot of the whole office. Copies the database, which takes seconds where it is large, and links
    /// the recordings, which takes none of the disk. One at a time.
    pub fn pack(&self, now: Timestamp) -> Result<Pack, BackupError> {
        let folder = self.dir().join(OUTGOING);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(BackupError::Busy),
            made => made?,
        }
        // From here on the folder goes when this is dropped.
        let contents = self.contents(now).inspect_err(|_| drop(remove(&folder)))?;
        let mut pack = Pack { folder, about: String::new(), files: Vec::new(), contents };
        pack.about = serde_json::to_string_pretty(&pack.contents).map_err(io::Error::from)? + "\n";
        private_dir(&pack.folder.join(RECORDINGS))?;
        // What is removed after the copy is linked before it; what is finished before the copy is linked after it.
        pack.link_all(self.recordings_dir(), RECORDINGS, |_| true)?;
        let database = pack.folder.join(DATABASE);
        self.backup(&database)?;
        pack.add(DATABASE.to_owned())?;
        // Replaced whole at each change, so that the link stays what it is now.
        link(&self.dir().join(TRUNK_SECRETS), &pack.folder.join(TRUNK_SECRETS))?;
        if pack.folder.join(TRUNK_SECRETS).exists() {
            pack.add(TRUNK_SECRETS.to_owned())?;
        }
        pack.take_recordings(&connect_reader(&database)?, self.recordings_dir())?;
        pack.link_all(&self.dir().join(TLS), TLS, is_of_tls)?;
        let mut names = names_in(&pack.folder.join(TLS))?;
        names.sort();
        for name in names {
            pack.add(format!("{TLS}/{name}"))?;
        }
        Ok(pack)
    }

    /// This office in figures.
    pub(super) fn contents(&self, made: Timestamp) -> Result<Contents, BackupError> {
        let config = self.load()?.config;
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (messages, audio_ms) = self.read(rows::sum)?;
        Ok(Contents {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made,
            office: config.office().name.clone(),
            people: count(config.people().count()),
            phones: count(config.phones().count()),
            messages,
            audio_ms,
        })
    }
}

impl Pack {
    /// The length of the archive in bytes, known before its first byte is written.
    pub fn size(&self) -> u64 {
        let sums: usize = self.names().map(|name| sum_line(&[0; 32], name).len()).sum();
        let entry = |size: u64| BLOCK + size.div_ceil(BLOCK) * BLOCK;
        let files: u64 = self.files.iter().map(|(_, size)| entry(*size)).sum();
        entry(self.about.len() as u64) + files + entry(sums as u64) + 2 * BLOCK
    }

    /// Writes the archive; reads every file once, and keeps none in memory.
    pub fn write(&self, to: impl Write) -> io::Result<()> {
        let mut archive = Builder::new(to);
        let mut sums = String::new();
        let made = u64::try_from(self.contents.made.as_second()).unwrap_or_default();
        let mut append = |name: &str, size: u64, from: &mut dyn Read| {
            let mut header = Header::new_ustar();
            header.set_path(name)?;
            header.set_size(size);
            header.set_mode(0o600);
            header.set_mtime(made);
            header.set_entry_type(EntryType::Regular);
            header.set_cksum();
            let mut from = Summed { from: from.take(size), sum: Sha256::new(), left: size };
            archive.append(&header, &mut from)?;
            if from.left > 0 {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, format!("{name} has become shorter")));
            }
            Ok(from.sum.finalize())
        };
        let sum = append(ABOUT, self.about.len() as u64, &mut self.about.as_bytes())?;
        sums += &sum_line(&sum, ABOUT);
        for (name, size) in &self.files {
            let sum = append(name, *size, &mut File::open(self.folder.join(name))?)?;
            sums += &sum_line(&sum, name);
        }
        append(SUMS, sums.len() as u64, &mut sums.as_bytes())?;
        archive.finish()?;
        archive.into_inner()?.flush()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(ABOUT).chain(self.files.iter().map(|(name, _)| name.as_str()))
    }

    /// The next file of the archive, which is in the snapshot.
    fn add(&mut self, name: String) -> io::Result<()> {
        let size = fs::metadata(self.folder.join(&name))?.len();
        self.files.push((name, size));
        Ok(())
    }

    /// Links every wanted file of a folder, where there is one.
    fn link_all(&self, from: &Path, to: &str, is_wanted: impl Fn(&str) -> bool) -> io::Result<()> {
        let to = self.folder.join(to);
        private_dir(&to)?;
        for name in names_in(from)?.iter().filter(|name| is_wanted(name)) {
            link(&from.join(name), &to.join(name))?;
        }
        Ok(())
    }

    /// The recordings that the copied database knows, with their notes.
    fn take_recordings(&mut self, connection: &Connection, from: &Path) -> Result<(), BackupError> {
        let known: BTreeMap<RecordingId, bool> = rows::all(connection)?;
        for id in known.iter().filter(|(_, is_open)| !**is_open).map(|(id, _)| id) {
            let wav = PathBuf::from(id.file_name());
            for name in [wav.clone(), wav.with_extension("json")] {
                let to = self.folder.join(RECORDINGS).join(&name);
                if !to.exists() {
                    link(&from.join(&name), &to)?;
                }
                // One that was lost before is lost in the backup, too; whoever restores it is told.
                if to.exists() {
                    self.add(format!("{RECORDINGS}/{}", name.display()))?;
                }
            }
        }
        Ok(())
    }
}

impl Drop for Pack {
    fn drop(&mut self) {
        if let Err(error) = remove(&self.folder) {
            log::warn!("{} could not be removed, the next start tries again: {error}", self.folder.display());
        }
    }
}

/// The names of the files in a folder that are UTF-8, none where there is no such folder.
fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    Ok(names)
}

/// Another name for the same file, which may be gone at this moment.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        linked => linked,
    }
}

/// Sums up what is read through it.
struct Summed<R> {
    from: R,
    sum: Sha256,
    left: u64,
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        self.sum.update(into.get(..count).unwrap_or_default());
        self.left -= count as u64;
        Ok(count)
    }
}
