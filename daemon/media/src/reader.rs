//! Recordings and music on their way to their listeners: the thread `reader`, which reads files piece by piece as they are heard, so
//! that neither a long recording nor a slow disk costs the media thread anything. It is not the recorder's thread: who
//! listens does not wait for what others record to be on disk.
//!
//! What cannot be read is logged and over: at once, or behind the last sample that could be read. A file that is deleted while
//! it plays is heard to its end.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock};

use pbx::input::{LegId, RecordingId};
use pbx::output::PlayId;
use rtp::CLOCK_HZ;

use crate::supply::{Supplied, Supplier};
use crate::wav;

/// The media thread's side of the reader.
pub(crate) struct Reader {
    jobs: Sender<Job>,
    supplier: Supplier,
    /// Recordings to be opened.
    waiting: Arc<AtomicUsize>,
}

/// A recording that is being heard, as far as it is not read yet; dropping it closes the file.
#[derive(Debug)]
pub(crate) struct Stream {
    jobs: Option<Sender<Job>>,
    name: Name,
}

type Name = (LegId, PlayId);

#[derive(Debug)]
enum Job {
    Open { name: Name, wanted: Wanted },
    More(Name),
    Close(Name),
}

/// What is to be heard.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted {
    /// A recording, from this place on.
    Recording {
        /// Which.
        recording: RecordingId,
        /// In milliseconds.
        from_ms: u32,
    },
    /// The music of who waits, which has no end.
    Music,
}

impl Reader {
    /// Starts the thread; without a folder there are no recordings to read.
    ///
    /// Fails only if the system has no thread left.
    pub(crate) fn start(folder: Option<&Path>, supplier: Supplier) -> io::Result<Reader> {
        let waiting = Arc::new(AtomicUsize::new(0));
        let (jobs, queue) = channel();
        let shelf = Shelf {
            folder: folder.map(Path::to_owned),
            open: BTreeMap::new(),
            supplier: supplier.clone(),
            waiting: Arc::clone(&waiting),
        };
        std::thread::Builder::new().name("reader".into()).spawn(move || shelf.run(&queue))?;
        Ok(Reader { jobs, supplier, waiting })
    }

    /// Has the first samples read. They come in any case, if only as none.
    pub(crate) fn open(&self, leg: LegId, play: PlayId, wanted: Wanted) -> Stream {
        let name = (leg, play);
        let is_room = self.waiting.load(Ordering::Acquire) < WAITING;
        if !is_room {
            log::error!("{wanted:?}: too many wait to be read, it is left out");
        }
        let is_asked = is_room && {
            self.waiting.fetch_add(1, Ordering::AcqRel);
            self.jobs.send(Job::Open { name, wanted }).is_ok()
        };
        let jobs = is_asked.then(|| self.jobs.clone());
        if jobs.is_none() {
            self.supplier.give(Supplied { leg, play, samples: Arc::default(), is_last: true });
        }
        Stream { jobs, name }
    }
}

impl Stream {
    /// Asks for the next samples; to be asked again only when these have come.
    pub(crate) fn ask(&self) {
        self.send(Job::More(self.name));
    }

    fn send(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // A reader that is gone supplies nothing, which the listener's deadline ends.
            let _ = jobs.send(job);
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.send(Job::Close(self.name));
    }
}

/// What the thread owns.
struct Shelf {
    folder: Option<PathBuf>,
    /// One for each leg that listens; closed with its stream, or when it is read to its end.
    open: BTreeMap<Name, Rest>,
    supplier: Supplier,
    waiting: Arc<AtomicUsize>,
}

/// What is left to be heard.
enum Rest {
    File(FileRest),
    /// From this sample of the piece on.
    Music(usize),
}

/// What is left to read of a file.
struct FileRest {
    file: File,
    recording: RecordingId,
    /// In bytes.
    at: u64,
    end: u64,
}

impl Shelf {
    fn run(mut self, queue: &Receiver<Job>) {
        for job in queue {
            match job {
                Job::Open { name, wanted: Wanted::Music } => {
                    self.waiting.fetch_sub(1, Ordering::AcqRel);
                    self.supply(name, Rest::Music(0));
                }
                Job::Open { name, wanted: Wanted::Recording { recording, from_ms } } => {
                    self.waiting.fetch_sub(1, Ordering::AcqRel);
                    match FileRest::open(self.folder.as_deref(), recording, from_ms) {
                        Ok(rest) => self.supply(name, Rest::File(rest)),
                        Err(error) => {
                            log::error!("{recording}: it cannot be played: {error}");
                            self.give(name, Arc::default(), true);
                        }
                    }
                }
                Job::More(name) => {
                    if let Some(rest) = self.open.remove(&name) {
                        self.supply(name, rest);
                    }
                }
                Job::Close(name) => drop(self.open.remove(&name)),
            }
        }
    }

    fn supply(&mut self, name: Name, mut rest: Rest) {
        let (samples, is_last) = match &mut rest {
            Rest::File(rest) => rest.next(),
            Rest::Music(at) => (music(at), false),
        };
        if !is_last {
            self.open.insert(name, rest);
        }
        self.give(name, samples.into(), is_last);
    }

    fn give(&self, (leg, play): Name, samples: Arc<[i16]>, is_last: bool) {
        self.supplier.give(Supplied { leg, play, samples, is_last });
    }
}

/// The next stretch of the piece, which is made when it is first wanted.
fn music(at: &mut usize) -> Vec<i16> {
    static PIECE: LazyLock<Vec<i16>> = LazyLock::new(rtp::music::piece);
    let start = *at;
    *at = (start + STRETCH as usize) % PIECE.len();
    (0..STRETCH as usize).map(|next| PIECE[(start + next) % PIECE.len()]).collect()
}

impl FileRest {
    fn open(folder: Option<&Path>, recording: RecordingId, from_ms: u32) -> io::Result<FileRest> {
        let folder = folder.ok_or_else(|| io::Error::other("there is no folder of recordings"))?;
        let mut file = File::open(folder.join(recording.file_name()))?;
        let layout = wav::layout(&mut file)?;
        let end = layout.start + layout.samples * wav::SAMPLE_LENGTH;
        let from = u64::from(from_ms) * u64::from(CLOCK_HZ) / 1_000;
        Ok(FileRest { file, recording, at: layout.start + from * wav::SAMPLE_LENGTH, end })
    }

    /// The next stretch, and whether it is the last.
    fn next(&mut self) -> (Vec<i16>, bool) {
        let samples = self.read().unwrap_or_else(|error| {
            log::error!("{}: the rest of it cannot be read: {error}", self.recording);
            self.at = self.end;
            Vec::new()
        });
        (samples, self.at >= self.end)
    }

    /// The next stretch; none at the end, also where the file ends before it should.
    fn read(&mut self) -> io::Result<Vec<i16>> {
        let mut bytes = vec![0; self.end.saturating_sub(self.at).min(STRETCH * wav::SAMPLE_LENGTH) as usize];
        let mut length = 0;
        while length < bytes.len() {
            match self.file.read_at(&mut bytes[length..], self.at + length as u64) {
                Ok(0) => {
                    self.end = 0;
                    break;
                }
                Ok(count) => length += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if length == 0 => return Err(error),
                // What was read before is heard; the next stretch fails again.
                Err(_) => break,
            }
        }
        // Half a sample at the end is read again with its other half, or is none.
        self.at += length as u64 / wav::SAMPLE_LENGTH * wav::SAMPLE_LENGTH;
        Ok(wav::samples(&bytes[..length]))
    }
}

/// Samples that are read at a time: two seconds. A listener has at most two of these in memory.
pub(crate) const STRETCH: u64 = 2 * CLOCK_HZ as u64;
/// Recordings that may wait to be opened: two for each leg of a large office. One more is over at once.
const WAITING: usize = 512;
