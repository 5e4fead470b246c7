//! Sentences that were spoken before: on disk as 16 kHz WAV, the newest few in memory as they go on the line.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::pico::{LONGEST, RATE};

/// The folder of WAV files. Whatever is wrong with it, a sentence is only rendered once more.
#[derive(Debug)]
pub(crate) struct Disk {
    folder: PathBuf,
    most_bytes: u64,
}

impl Disk {
    /// `most_bytes` is how much the files may take together.
    pub(crate) fn new(folder: &Path, most_bytes: u64) -> Disk {
        if let Err(error) = fs::create_dir_all(folder) {
            log::warn!("{}: sentences are not kept: {error}", folder.display());
        }
        let disk = Disk { folder: folder.to_owned(), most_bytes };
        for unfinished in disk.files("tmp") {
            // One that stays is overwritten by the next of its name.
            let _ = fs::remove_file(unfinished.path);
        }
        disk
    }

    /// The name of a sentence's file: everything that makes its samples what they are.
    pub(crate) fn key(made_by: &str, voice: &str, text: &str) -> String {
        let mut hash = Sha256::new();
        for part in [made_by, voice, text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// What was kept; a file that is not as it was written is taken away.
    pub(crate) fn load(&self, key: &str) -> Option<Vec<i16>> {
        let path = self.path(key, "wav");
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => {
                log::warn!("{}: {error}", path.display());
                return None;
            }
        };
        let Some(samples) = decode(&bytes) else {
            log::warn!("{}: it is damaged and made anew", path.display());
            let _ = fs::remove_file(&path);
            return None;
        };
        // The oldest goes first when there are too many; a failure only makes this one look older.
        let _ = File::open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        Some(samples)
    }

    /// Keeps a sentence, and lets go of the oldest where there are too many.
    pub(crate) fn store(&self, key: &str, samples: &[i16]) {
        let unfinished = self.path(key, "tmp");
        let written = encode(samples).and_then(|bytes| {
            let mut file = File::create(&unfinished)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&unfinished, self.path(key, "wav"))
        });
        if let Err(error) = written {
            log::warn!("{}: a sentence is not kept: {error}", unfinished.display());
            let _ = fs::remove_file(&unfinished);
        }
        self.trim();
    }

    fn trim(&self) {
        let mut files = self.files("wav");
        let mut bytes: u64 = files.iter().map(|file| file.bytes).sum();
        files.sort_by_key(|file| file.used_at);
        for file in files {
            if bytes <= self.most_bytes {
                return;
            }
            // What cannot be removed is not counted on.
            if fs::remove_file(&file.path).is_ok() {
                bytes = bytes.saturating_sub(file.bytes);
            }
        }
    }

    fn path(&self, key: &str, ending: &str) -> PathBuf {
        self.folder.join(format!("{key}.{ending}"))
    }

    fn files(&self, ending: &str) -> Vec<Kept> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let files = entries.filter(|entry| entry.path().extension().is_some_and(|found| found == ending));
        let kept = files.filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some(Kept { path: entry.path(), bytes: metadata.len(), used_at: metadata.modified().ok()? })
        });
        kept.collect()
    }
}

struct Kept {
    path: PathBuf,
    bytes: u64,
    used_at: SystemTime,
}

const SPEC: hound::WavSpec =
    hound::WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: hound::SampleFormat::Int };

fn encode(samples: &[i16]) -> io::Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut bytes, SPEC).map_err(io::Error::other)?;
    for sample in samples {
        writer.write_sample(*sample).map_err(io::Error::other)?;
    }
    writer.finalize().map_err(io::Error::other)?;
    Ok(bytes.into_inner())
}

fn decode(bytes: &[u8]) -> Option<Vec<i16>> {
    let mut reader = hound::WavReader::new(bytes).ok()?;
    let is_ours = reader.spec() == SPEC && (1..=LONGEST as u32).contains(&reader.len());
    if !is_ours {
        return None;
    }
    reader.samples().collect::<Result<Vec<i16>, _>>().ok()
}

/// The sentences used last, ready for the line.
#[derive(Debug)]
pub(crate) struct Memory<K> {
    kept: BTreeMap<K, Recent>,
    samples: usize,
    uses: u64,
}

#[derive(Debug)]
struct Recent {
    samples: Arc<[i16]>,
    used: u64,
}

/// Five minutes at 8 kHz, 5 MB: every sentence that an office hears on a day.
pub(crate) const MOST_SAMPLES: usize = 5 * 60 * 8_000;

impl<K> Default for Memory<K> {
    fn default() -> Self {
        Memory { kept: BTreeMap::new(), samples: 0, uses: 0 }
    }
}

impl<K: Ord + Clone> Memory<K> {
    pub(crate) fn get(&mut self, key: &K) -> Option<Arc<[i16]>> {
        self.uses += 1;
        let recent = self.kept.get_mut(key)?;
        recent.used = self.uses;
        Some(Arc::clone(&recent.samples))
    }

    pub(crate) fn put(&mut self, key: K, samples: Arc<[i16]>) {
        self.uses += 1;
        self.samples += samples.len();
        if let Some(before) = self.kept.insert(key, Recent { samples, used: self.uses }) {
            self.samples -= before.samples.len();
        }
        while self.samples > MOST_SAMPLES
            && let Some(oldest) = self.kept.iter().min_by_key(|(_, recent)| recent.used).map(|(key, _)| key.clone())
            && let Some(gone) = self.kept.remove(&oldest)
        {
            self.samples -= gone.samples.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_keeps_what_was_used_last_and_no_more_than_its_limit() {
        let mut memory = Memory::default();
        let quarter: Arc<[i16]> = vec![1; MOST_SAMPLES / 4].into();
        (0..4).for_each(|key| memory.put(key, Arc::clone(&quarter)));
        assert!(memory.get(&0).is_some());
        memory.put(4, Arc::clone(&quarter));
        memory.put(4, Arc::clone(&quarter));
        let kept: Vec<i32> = (0..5).filter(|key| memory.get(key).is_some()).collect();
        assert_eq!(kept, [0, 2, 3, 4]);
        memory.put(5, vec![1; MOST_SAMPLES + 1].into());
        assert!((0..6).all(|key| memory.get(&key).is_none()));
        assert_eq!(memory.samples, 0);
    }

    #[test]
    fn keys_differ_where_anything_does() {
        let keys = [("a", "b", "c"), ("ab", "", "c"), ("a", "bc", ""), ("a", "b", "d"), ("b", "a", "c")];
        let keys: std::collections::BTreeSet<_> = keys.iter().map(|(a, b, c)| Disk::key(a, b, c)).collect();
        assert_eq!(keys.len(), 5);
    }
}
