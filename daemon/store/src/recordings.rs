//! The folder of recordings: one WAV a recording, and beside it a note whose it is.
//!
//! The note (`00000017.json`) says what the row says when the recording begins. Nobody reads it as long as the row is
//! there; a database that fell back to an older copy gets its newer messages back from the notes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use pbx::ids::RecordingId;
use pbx::mailbox::NewRecording;

use crate::rows::LAST_ID;

/// The folder's name below the store's.
const RECORDINGS: &str = "recordings";

/// Where files go of which nobody knows whose they are.
const LOST: &str = "lost";

/// The header of a WAV with a `fmt ` chunk of 16 bytes and `data` right behind it, as the recorder writes it.
const HEADER: u64 = 44;

/// Bytes a millisecond: 8 kHz, 16 bits, one channel.
const BYTES_PER_MS: u64 = 16;

/// The longest note that is read, in bytes: one is some 300, its texts are bounded when it is written.
const MAX_NOTE: u64 = 16 * 1024;

/// Which files there are of a recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Files {
    pub has_wav: bool,
    pub has_part: bool,
    pub has_note: bool,
}

/// The folder.
#[derive(Clone, Debug)]
pub(crate) struct Recordings {
    dir: PathBuf,
}

impl Recordings {
    pub(crate) fn below(dir: &Path) -> Recordings {
        Recordings { dir: dir.join(RECORDINGS) }
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Makes the folder where there is none; nobody else may look into it.
    pub(crate) fn create(&self) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.dir)?;
        fs::set_permissions(&self.dir, Permissions::from_mode(0o700))
    }

    pub(crate) fn wav(&self, id: RecordingId) -> PathBuf {
        self.dir.join(id.file_name())
    }

    pub(crate) fn part(&self, id: RecordingId) -> PathBuf {
        self.dir.join(id.part_name())
    }

    pub(crate) fn note(&self, id: RecordingId) -> PathBuf {
        self.dir.join(id.file_name()).with_extension("json")
    }

    /// What is in the folder, by recording, and the highest number that a file has, those put aside included. What has
    /// another name is nobody's business here.
    pub(crate) fn files(&self) -> io::Result<(BTreeMap<RecordingId, Files>, u64)> {
        let mut all: BTreeMap<RecordingId, Files> = BTreeMap::new();
        let mut highest = 0;
        for entry in fs::read_dir(&self.dir)? {
            let name = entry?.file_name();
            let Some((id, kind)) = name.to_str().and_then(named) else { continue };
            let files = all.entry(id).or_default();
            match kind {
                "wav" => files.has_wav = true,
                "part" => files.has_part = true,
                "json" => files.has_note = true,
                _ => {}
            }
            highest = highest.max(id.0);
        }
        for entry in fs::read_dir(self.dir.join(LOST)).into_iter().flatten().flatten() {
            let name = entry.file_name();
            highest = highest.max(name.to_str().and_then(named).map_or(0, |(id, _)| id.0));
        }
        Ok((all, highest))
    }

    /// Whether there is any file of this recording.
    pub(crate) fn has_any(&self, id: RecordingId) -> io::Result<bool> {
        for path in [self.part(id), self.wav(id), self.note(id)] {
            if path.try_exists()? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Removes all that there is of these, durably; names those of which something is left.
    pub(crate) fn remove(&self, ids: &[RecordingId]) -> BTreeSet<RecordingId> {
        let mut left = BTreeSet::new();
        for id in ids {
            for path in [self.part(*id), self.wav(*id), self.note(*id)] {
                if let Err(error) = fs::remove_file(&path)
                    && error.kind() != io::ErrorKind::NotFound
                {
                    log::error!("{id}: {} could not be removed, the next start tries again: {error}", path.display());
                    left.insert(*id);
                }
            }
        }
        match self.sync() {
            Ok(()) => left,
            Err(error) => {
                log::error!("what was removed from {} may come back: {error}", self.dir.display());
                ids.iter().copied().collect()
            }
        }
    }

    /// Makes names in the folder durable.
    pub(crate) fn sync(&self) -> io::Result<()> {
        File::open(&self.dir)?.sync_all()
    }

    /// Writes whose recording this is, where nothing says so yet. The name becomes durable with that of the audio, at the latest.
    pub(crate) fn write_note(&self, new: &NewRecording) -> io::Result<()> {
        let text = serde_json::to_vec(new)?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(self.note(new.id))?;
        file.write_all(&text)?;
        file.sync_data()
    }

    /// What the note says, if it is there, whole, and about this recording.
    pub(crate) fn read_note(&self, id: RecordingId) -> Option<NewRecording> {
        let mut text = Vec::new();
        File::open(self.note(id)).ok()?.take(MAX_NOTE).read_to_end(&mut text).ok()?;
        let new: NewRecording = serde_json::from_slice(&text).ok()?;
        let is_extension = new.mailbox.parse::<config::ExtensionNumber>().is_ok();
        (new.id == id && is_extension).then_some(new)
    }

    /// How long a finished recording is, in milliseconds: what its header says and its file has. `None` where there is
    /// no file.
    pub(crate) fn length_ms(&self, id: RecordingId) -> io::Result<Option<u32>> {
        let file = match File::open(self.wav(id)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let size = file.metadata()?.len().saturating_sub(HEADER);
        let mut header = Vec::new();
        (&file).take(HEADER).read_to_end(&mut header)?;
        Ok(Some(length(said(&header).map_or(size, |said| said.min(size)))))
    }

    /// How long an unfinished one is by its file's size; `None` where there is no file.
    pub(crate) fn part_ms(&self, id: RecordingId) -> io::Result<Option<u32>> {
        match fs::metadata(self.part(id)) {
            Ok(metadata) if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) => Ok(Some(length(metadata.len().saturating_sub(HEADER)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Gives an unfinished recording the header of its size, in whole samples, and its final name. Only for one that no
    /// recorder has open any more. May be done again from whatever place it stopped at; takes nothing away.
    pub(crate) fn finish(&self, id: RecordingId) -> io::Result<()> {
        let mut file = OpenOptions::new().read(true).write(true).open(self.part(id))?;
        let data = file.metadata()?.len().saturating_sub(HEADER) & !1;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&header(data))?;
        file.sync_all()?;
        drop(file);
        fs::rename(self.part(id), self.wav(id))?;
        self.sync()
    }

    /// Writes a whole recording, under its final name when all of it is on disk.
    pub(crate) fn write(&self, id: RecordingId, samples: &[i16]) -> io::Result<()> {
        let audio: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(self.part(id))?;
        file.write_all(&header(audio.len() as u64))?;
        file.write_all(&audio)?;
        drop(file);
        self.finish(id)
    }

    /// Puts files aside for a human; never over another one. What cannot be moved stays where it is.
    pub(crate) fn lose(&self, paths: &[PathBuf]) -> io::Result<()> {
        if paths.is_empty() {
            return Ok(());
        }
        let lost = self.dir.join(LOST);
        DirBuilder::new().recursive(true).mode(0o700).create(&lost)?;
        for path in paths {
            if let Err(error) = fs::rename(path, free(&lost, path)) {
                log::error!("{} could not be put aside: {error}", path.display());
            }
        }
        File::open(&lost)?.sync_all()
    }
}

/// A name in the folder that nothing has yet.
fn free(lost: &Path, path: &Path) -> PathBuf {
    let first = lost.join(path.file_name().unwrap_or_default());
    let mut others = (1_u32..).map(|copy| first.with_added_extension(copy.to_string()));
    if first.exists() { others.find(|to| !to.exists()).unwrap_or(first) } else { first }
}

/// The recording and the kind of file that has this name.
fn named(name: &str) -> Option<(RecordingId, &str)> {
    let (number, kind) = name.split_once('.')?;
    let id = RecordingId(number.parse().ok().filter(|id| (1..=LAST_ID).contains(id))?);
    // The name is the one that this number gives, or it would be looked for in vain.
    (id.file_name().strip_suffix(".wav") == Some(number)).then_some((id, kind))
}

/// Whether this names a finished recording's sound or its note.
pub(crate) fn is_of_backup(name: &str) -> bool {
    matches!(named(name), Some((_, "wav" | "json")))
}

/// Bytes of sound in milliseconds.
fn length(bytes: u64) -> u32 {
    u32::try_from(bytes / BYTES_PER_MS).unwrap_or(u32::MAX)
}

/// How many bytes of sound a header claims; `None` where it is not one of the recorder's.
fn said(header: &[u8]) -> Option<u64> {
    let is_ours = header.get(..4)? == b"RIFF" && header.get(8..16)? == b"WAVEfmt " && header.get(36..40)? == b"data";
    let bytes = header.get(40..44)?.try_into().ok()?;
    is_ours.then_some(u64::from(u32::from_le_bytes(bytes)))
}

/// A WAV header (RIFF, PCM 8 kHz, 16 bits, one channel) for so many bytes of sound.
fn header(data: u64) -> Vec<u8> {
    let bytes = |number: u64| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let mut header = Vec::with_capacity(44);
    header.extend_from_slice(b"RIFF");
    header.extend_from_slice(&bytes(data + HEADER - 8));
    header.extend_from_slice(b"WAVEfmt ");
    header.extend_from_slice(&16_u32.to_le_bytes());
    // PCM, one channel.
    header.extend_from_slice(&[1, 0, 1, 0]);
    header.extend_from_slice(&8_000_u32.to_le_bytes());
    header.extend_from_slice(&16_000_u32.to_le_bytes());
    // Two bytes a sample, 16 bits.
    header.extend_from_slice(&[2, 0, 16, 0]);
    header.extend_from_slice(b"data");
    header.extend_from_slice(&bytes(data));
    header
}
