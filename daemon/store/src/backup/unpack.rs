//! Reads a backup as it comes and writes what is in it into a folder; believes nothing that it says.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tar::{Archive, Entry};

use super::error::BackupError;
use super::layout::{ABOUT, FORMAT, SUMS, hex, may_be, sum_line};
use super::room::Room;
use crate::switch::private_dir;

/// The longest description, in bytes: it has some 300.
const MAX_ABOUT: u64 = 16 * 1024;

/// The longest name that is repeated in an error, in characters.
const MAX_NAME: usize = 64;

/// How much is read at once.
const CHUNK: usize = 64 * 1024;

/// Where the sums of what was read are kept, beside the folder.
const READ: &str = "sums";

/// What a description must say, whatever else it says.
#[derive(Deserialize)]
struct About {
    format: u32,
    program: String,
    made: Option<Timestamp>,
}

/// What was read.
pub(super) struct Unpacked {
    /// The version of Bellbox that wrote it.
    pub program: String,
    /// When, as it says.
    pub made: Timestamp,
    /// What distinguishes this backup from every other one.
    pub id: String,
    /// Bytes of all files.
    pub bytes: u64,
}

/// Writes the files of this archive below `office`. All of them are whole when it returns, and nothing else is there.
pub(super) fn unpack(from: impl Read, into: &Path, office: &str, room: u64) -> Result<Unpacked, BackupError> {
    let mut archive = Archive::new(from);
    // Raw: what extends names and sizes beyond a header is nothing that a backup has, and could fill the memory.
    let mut entries = archive.entries().map_err(|_| BackupError::NotABackup)?.raw(true);
    let sums = private_file(&into.join(READ)).map_err(BackupError::of_write)?;
    let mut work = Work { office: into.join(office), room: Room::new(room), sums: BufWriter::new(sums), bytes: 0 };
    let about = match entries.next() {
        Some(Ok(mut first)) if is(&first, ABOUT) => work.about(&mut first)?,
        Some(Ok(_) | Err(_)) | None => return Err(BackupError::NotABackup),
    };
    for entry in entries {
        let mut entry = entry.map_err(|_| BackupError::Truncated)?;
        if is(&entry, SUMS) {
            work.sums.flush().map_err(BackupError::of_write)?;
            let id = compare(&into.join(READ), &mut entry)?;
            let program = about.program.chars().take(MAX_NAME).collect();
            return Ok(Unpacked { program, made: about.made.unwrap_or_default(), id, bytes: work.bytes });
        }
        work.file(&mut entry)?;
    }
    Err(BackupError::Truncated)
}

fn name_of(entry: &Entry<'_, impl Read>) -> String {
    let name = entry.path_bytes();
    String::from_utf8_lossy(&name).chars().take(MAX_NAME).collect()
}

fn is(entry: &Entry<'_, impl Read>, name: &str) -> bool {
    entry.header().entry_type().is_file() && *entry.path_bytes() == *name.as_bytes()
}

fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

struct Work {
    office: PathBuf,
    room: Room,
    sums: BufWriter<File>,
    bytes: u64,
}

impl Work {
    fn about(&mut self, entry: &mut Entry<'_, impl Read>) -> Result<About, BackupError> {
        let mut text = Vec::new();
        if entry.size() > MAX_ABOUT || entry.read_to_end(&mut text).is_err() {
            return Err(BackupError::NotABackup);
        }
        if (text.len() as u64) < entry.size() {
            return Err(BackupError::Truncated);
        }
        let about: About = serde_json::from_slice(&text).map_err(|_| BackupError::NotABackup)?;
        if about.format > FORMAT {
            let program = about.program.chars().take(MAX_NAME).collect();
            return Err(BackupError::Newer { program });
        }
        self.summed(&Sha256::digest(&text), ABOUT)?;
        Ok(about)
    }

    fn file(&mut self, entry: &mut Entry<'_, impl Read>) -> Result<(), BackupError> {
        let name = name_of(entry);
        let strange = || BackupError::Strange { name: name.clone() };
        if !entry.header().entry_type().is_file() || !may_be(&name) {
            return Err(strange());
        }
        self.room.take(entry.size())?;
        let path = self.office.join(&name);
        private_dir(path.parent().unwrap_or(&self.office)).map_err(BackupError::of_write)?;
        let mut file = match private_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(strange()),
            made => made.map_err(BackupError::of_write)?,
        };
        let (mut sum, mut left, mut chunk) = (Sha256::new(), entry.size(), vec![0; CHUNK]);
        while left > 0 {
            let count = entry.read(&mut chunk).map_err(|_| BackupError::Truncated)?;
            let read = chunk.get(..count).filter(|read| !read.is_empty()).ok_or(BackupError::Truncated)?;
            sum.update(read);
            file.write_all(read).map_err(BackupError::of_write)?;
            left = left.saturating_sub(count as u64);
        }
        self.bytes = self.bytes.saturating_add(entry.size());
        self.summed(&sum.finalize(), &name)
    }

    fn summed(&mut self, sum: &[u8], name: &str) -> Result<(), BackupError> {
        self.sums.write_all(sum_line(sum, name).as_bytes()).map_err(BackupError::of_write)
    }
}

/// Holds what was read against what the archive says, line by line; the digest of all lines names the backup.
fn compare(read: &Path, said: &mut Entry<'_, impl Read>) -> Result<String, BackupError> {
    let mut ours = BufReader::new(File::open(read)?);
    let (mut line, mut theirs, mut all) = (String::new(), Vec::new(), Sha256::new());
    let mut left = said.size();
    while ours.read_line(&mut line)? > 0 {
        theirs.resize(line.len(), 0);
        said.read_exact(&mut theirs).map_err(|_| BackupError::Truncated)?;
        if theirs != line.as_bytes() {
            let file = line.split_once("  ").map_or("", |(_, name)| name.trim_end());
            return Err(BackupError::Damaged { file: file.to_owned() });
        }
        all.update(&theirs);
        left = left.saturating_sub(theirs.len() as u64);
        line.clear();
    }
    if left > 0 {
        return Err(BackupError::Damaged { file: SUMS.to_owned() });
    }
    Ok(hex(&all.finalize()))
}
