//! Recordings: from a leg's packets to a file that survives whatever happens to the box.
//!
//! The media thread puts audio to its place (`timeline`), listens for silence (`gate`) and hands over stretches four times
//! a second (`taking`); it never waits. The thread `recorder` owns the files: it appends what comes, and at least once a second
//! brings a file's header up to date and has the disk keep it (`file`). Writing comes before syncing, so that a slow disk
//! delays what survives a power cut, but not what survives the end of the program.
//!
//! A recording ends by its limit, by silence, by order, with its port, or because the disk takes no more: before it is so full
//! that the rest of the box could not write (`crate::disk`), which is looked at at its begin and with each sync. Each end comes
//! back once, when the file is final under its final name, or cannot be made so.

mod file;
#[cfg(test)]
mod file_tests;
mod gate;
#[cfg(test)]
mod recorder_tests;
mod taking;
mod timeline;
#[cfg(test)]
mod timeline_tests;

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::time::{Duration, Instant};

use pbx::input::{LegId, RecordEnd, RecordingId};
use rtp::CLOCK_HZ;

use crate::Shared;
use crate::disk::Disk;
use file::Part;

pub(crate) use taking::{Taking, Wanted};
pub(crate) use timeline::{Heard, Piece};

/// Names one leg's recording between the two threads; a recording's own name could come twice by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TakeId(u64);

/// A recording that is over: its file is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Done {
    pub(crate) take: TakeId,
    pub(crate) leg: LegId,
    pub(crate) recording: RecordingId,
    pub(crate) length_ms: u32,
    pub(crate) end: RecordEnd,
}

/// The media thread's side of the recorder. What is given to it goes to the thread by [`Self::flush`].
pub(crate) struct Recorder {
    jobs: Option<Sender<Vec<Job>>>,
    batch: Vec<Job>,
    done: Receiver<Done>,
    next_take: u64,
    /// Those of which the thread has not said that they are over; bounded as [`Files::open`].
    running: BTreeMap<TakeId, Running>,
    shared: Arc<Shared>,
    /// Samples on their way to the disk.
    waiting: Arc<AtomicU64>,
    is_overflowing: bool,
}

/// What is known of a recording without the thread.
struct Running {
    leg: LegId,
    recording: RecordingId,
    /// Samples given to the thread.
    given: u64,
    /// Some of it was lost before it could be given.
    is_lossy: bool,
}

enum Job {
    Begin(TakeId, LegId, RecordingId),
    Write(TakeId, Piece),
    End(TakeId, u64, RecordEnd),
}

impl Recorder {
    /// Starts the thread, which keeps recordings in `folder`, made if it is not there, for the box alone to read.
    ///
    /// Fails only if the system has no thread left.
    pub(crate) fn start(folder: &Path, disk: Disk, shared: Arc<Shared>) -> io::Result<Recorder> {
        let (jobs, queue) = channel();
        let (to_media, done) = channel();
        let waiting = Arc::new(AtomicU64::new(0));
        let recorder = Recorder {
            jobs: Some(jobs),
            batch: Vec::new(),
            done,
            next_take: 0,
            running: BTreeMap::new(),
            shared: Arc::clone(&shared),
            waiting: Arc::clone(&waiting),
            is_overflowing: false,
        };
        let (folder, open) = (folder.to_owned(), BTreeMap::new());
        let files = Files { folder, disk, open, waiting, to_media, shared };
        files.make_folder().unwrap_or_else(|error| log::error!("{}: {error}", files.folder.display()));
        std::thread::Builder::new().name("recorder".into()).spawn(move || files.run(&queue))?;
        Ok(recorder)
    }

    fn begin(&mut self, leg: LegId, recording: RecordingId) -> TakeId {
        let take = TakeId(self.next_take);
        self.next_take += 1;
        self.running.insert(take, Running { leg, recording, given: 0, is_lossy: false });
        self.batch.push(Job::Begin(take, leg, recording));
        take
    }

    /// Has a stretch written. If the disk is so far behind that over [`WAITING`] samples wait, it is silence of the same
    /// length that is written, and the recording does not pass for a whole one: it has failed at its end.
    fn write(&mut self, take: TakeId, piece: Piece) {
        let is_lost = matches!(piece, Piece::Sound(_)) && !self.has_room(piece.length());
        let piece = if is_lost { Piece::Silence(piece.length()) } else { piece };
        if let Some(running) = self.running.get_mut(&take) {
            running.given += piece.length();
            running.is_lossy |= is_lost;
        }
        self.batch.push(Job::Write(take, piece));
    }

    /// Whether so many samples more may wait; counts them if so.
    fn has_room(&mut self, samples: u64) -> bool {
        let was_overflowing = self.is_overflowing;
        self.is_overflowing = self.waiting.load(Ordering::Acquire) + samples > WAITING;
        if self.is_overflowing && !was_overflowing {
            log::error!("the disk is too slow for what is recorded: audio is lost");
        }
        if !self.is_overflowing {
            self.waiting.fetch_add(samples, Ordering::AcqRel);
        }
        !self.is_overflowing
    }

    fn end(&mut self, take: TakeId, keep: u64, end: RecordEnd) {
        let is_lossy = self.running.get(&take).is_some_and(|running| running.is_lossy);
        self.batch.push(Job::End(take, keep, if is_lossy { RecordEnd::Failed } else { end }));
    }

    /// Hands everything given so far to the thread. If there is none any more, [`Self::next`] says all that ran as failed.
    pub(crate) fn flush(&mut self) {
        if !self.batch.is_empty()
            && let Some(jobs) = &self.jobs
            && jobs.send(std::mem::take(&mut self.batch)).is_err()
        {
            log::error!(
                "the recorder's thread has ended by an error inside the box: nothing is recorded until a restart"
            );
            self.shared.wake();
        }
    }

    /// The next recording that is over.
    pub(crate) fn next(&mut self) -> Option<Done> {
        match self.done.try_recv() {
            Ok(done) => {
                self.running.remove(&done.take);
                Some(done)
            }
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => self.next_lost(),
        }
    }

    /// The next recording that the thread took with it. Its length is what was given; the store looks at what the file has.
    fn next_lost(&mut self) -> Option<Done> {
        let (take, Running { leg, recording, given, .. }) = self.running.pop_first()?;
        Some(Done { take, leg, recording, length_ms: milliseconds(given), end: RecordEnd::Failed })
    }

    /// Waits until the thread has finished what was ended, and says each; a disk that hangs is given up after
    /// [`STOP_PATIENCE`]: what it took is found at the next start.
    pub(crate) fn stop(mut self, mut say: impl FnMut(Done)) {
        self.flush();
        self.jobs = None;
        let deadline = Instant::now() + STOP_PATIENCE;
        loop {
            match self.done.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(done) => {
                    self.running.remove(&done.take);
                    say(done);
                }
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        while let Some(lost) = self.next_lost() {
            say(lost);
        }
    }
}

/// What the thread owns.
struct Files {
    folder: PathBuf,
    disk: Disk,
    /// At most one for each port, and those that are being ended.
    open: BTreeMap<TakeId, Open>,
    waiting: Arc<AtomicU64>,
    to_media: Sender<Done>,
    shared: Arc<Shared>,
}

struct Open {
    leg: LegId,
    recording: RecordingId,
    part: Part<File>,
}

impl Files {
    fn run(mut self, queue: &Receiver<Vec<Job>>) {
        loop {
            let overdue = self.open.iter().map(|(take, open)| (open.part.unsynced(), *take)).max();
            let batch = match overdue.filter(|(unsynced, _)| *unsynced >= SYNC_AFTER) {
                None => queue.recv().map_err(|_| TryRecvError::Disconnected),
                Some((_, take)) => match queue.try_recv() {
                    Err(TryRecvError::Empty) => {
                        self.guarded(take, |files| files.sync(take));
                        continue;
                    }
                    batch => batch,
                },
            };
            let Ok(batch) = batch else { break };
            for job in batch {
                match job {
                    Job::Begin(take, leg, recording) => {
                        if !self.guarded(take, |files| files.begin(take, leg, recording)) {
                            self.say(Done { take, leg, recording, length_ms: 0, end: RecordEnd::Failed });
                        }
                    }
                    Job::Write(take, piece) => _ = self.guarded(take, |files| files.write(take, &piece)),
                    Job::End(take, keep, end) => _ = self.guarded(take, |files| files.end(take, keep, end)),
                }
            }
        }
        while let Some((take, open)) = self.open.pop_first() {
            self.finish(take, open, RecordEnd::Stopped);
        }
    }

    /// An error inside the box ends one recording, not all of them; `false` if there was one.
    fn guarded(&mut self, take: TakeId, work: impl FnOnce(&mut Files)) -> bool {
        let is_done = catch_unwind(AssertUnwindSafe(|| work(self))).is_ok();
        if !is_done {
            log::error!("a recording ended by an error inside the box");
            if let Some(open) = self.open.remove(&take) {
                self.finish(take, open, RecordEnd::Failed);
            }
        }
        is_done
    }

    fn begin(&mut self, take: TakeId, leg: LegId, recording: RecordingId) {
        match self.create(recording) {
            Ok(part) => drop(self.open.insert(take, Open { leg, recording, part })),
            Err(error) => {
                log::error!("{recording}: nothing can be recorded: {error}");
                self.say(Done { take, leg, recording, length_ms: 0, end: RecordEnd::Failed });
            }
        }
    }

    /// Never touches a file that is there: it may be somebody's message.
    fn create(&self, recording: RecordingId) -> io::Result<Part<File>> {
        self.make_folder()?;
        self.disk.check(&self.folder)?;
        if self.folder.join(recording.file_name()).exists() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let path = self.folder.join(recording.part_name());
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        let part = Part::begin(file)?;
        self.sync_folder()?;
        Ok(part)
    }

    fn write(&mut self, take: TakeId, piece: &Piece) {
        if let Piece::Sound(samples) = piece {
            self.waiting.fetch_sub(samples.len() as u64, Ordering::AcqRel);
        }
        let Some(open) = self.open.get_mut(&take) else { return };
        let written = match piece {
            Piece::Sound(samples) => open.part.append(samples),
            Piece::Silence(length) => open.part.append_silence(*length),
        };
        self.check(take, written);
    }

    fn sync(&mut self, take: TakeId) {
        let synced = self.open.get_mut(&take).map_or(Ok(()), |open| open.part.sync());
        self.check(take, synced.and_then(|()| self.disk.check(&self.folder)));
    }

    fn end(&mut self, take: TakeId, keep: u64, end: RecordEnd) {
        let trimmed = self.open.get_mut(&take).map_or(Ok(()), |open| open.part.trim(keep));
        self.check(take, trimmed);
        if let Some(open) = self.open.remove(&take) {
            self.finish(take, open, end);
        }
    }

    /// A recording that the disk refuses ends with what is there.
    fn check(&mut self, take: TakeId, outcome: io::Result<()>) {
        if let Err(error) = outcome
            && let Some(open) = self.open.remove(&take)
        {
            log::error!("{}: the disk takes no more of it: {error}", open.recording);
            self.finish(take, open, RecordEnd::Failed);
        }
    }

    /// Makes the file final. One that failed is made so as far as the disk lets us: nothing is thrown away.
    fn finish(&mut self, take: TakeId, mut open: Open, end: RecordEnd) {
        let recording = open.recording;
        let (part, whole) = (self.folder.join(recording.part_name()), self.folder.join(recording.file_name()));
        let synced = open.part.sync();
        let renamed = std::fs::rename(part, whole).and_then(|()| self.sync_folder());
        let outcome = synced.and(renamed);
        if end != RecordEnd::Failed
            && let Err(error) = &outcome
        {
            log::error!("{recording}: it is not sure to be kept: {error}");
        }
        let end = if outcome.is_ok() { end } else { RecordEnd::Failed };
        let length_ms = milliseconds(open.part.samples());
        self.say(Done { take, leg: open.leg, recording, length_ms, end });
    }

    fn say(&self, done: Done) {
        // Nobody waits for it once the media thread has gone.
        let _ = self.to_media.send(done);
        self.shared.wake();
    }

    fn make_folder(&self) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)
    }

    fn sync_folder(&self) -> io::Result<()> {
        File::open(&self.folder)?.sync_all()
    }
}

fn milliseconds(samples: u64) -> u32 {
    u32::try_from(samples * 1_000 / u64::from(CLOCK_HZ)).unwrap_or(u32::MAX)
}

/// Samples that may wait for the disk, in all recordings together: 8 MB, ten seconds of fifty recordings. A card that tidies
/// up takes a second or two.
const WAITING: u64 = 10 * 50 * CLOCK_HZ as u64;
/// How much of a recording may be unsynced. With [`taking::BEAT`], and the time in which packets may be overtaken, a power cut
/// then costs less than a second.
const SYNC_AFTER: u64 = CLOCK_HZ as u64 * 3 / 4;
/// How long the program waits for the disk when it stops.
const STOP_PATIENCE: Duration = Duration::from_secs(10);
