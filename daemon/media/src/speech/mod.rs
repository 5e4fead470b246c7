//! The box speaks: from a prompt to the samples of a sentence.
//!
//! `catalogue` finds the words, `speller` says numbers and times, `pico` renders, `shape` makes it fit for the line, `cache`
//! keeps it. One thread of its own does all of it, because rendering takes some 10 ms for a second of speech and the disk
//! may take longer; who asks never waits. What cannot be spoken is logged and comes back as no samples at all: a prompt
//! that fails is a prompt that is over at once, never the end of a call.

mod cache;
mod catalogue;
mod pico;
mod shape;
mod speller;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use pbx::prompt::{Prompt, PromptId};

pub use catalogue::{Catalogue, Sentence};

/// Prompts that may wait to be spoken: half of the legs of a large office at once. One more is over at once.
pub const WAITING: usize = 128;

/// What the files of the cache may take together: some 350 sentences of three seconds. The closed set of a language is 3 MB.
pub const CACHE_BYTES: u64 = 32 * 1024 * 1024;

/// The longest sentence; a longer one is cut.
pub const LONGEST: Duration = Duration::from_secs(pico::LONGEST as u64 / pico::RATE as u64);

/// How long the thread leaves the processor to others before it prepares sentences: after a power cut every phone registers.
pub const WARMS_AFTER: Duration = Duration::from_secs(30);

/// The running speech thread; dropping it stops it.
#[derive(Debug)]
pub struct Speech {
    jobs: Option<SyncSender<Job>>,
    is_stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Speech {
    /// Starts the thread, which keeps what it has rendered in `cache`: a folder of its own that may be emptied at any time.
    ///
    /// Fails only if the system has no thread left.
    pub fn start(cache: &Path) -> io::Result<Speech> {
        Speech::start_with(cache, WARMS_AFTER)
    }

    fn start_with(cache: &Path, warms_after: Duration) -> io::Result<Speech> {
        let (jobs, queue) = sync_channel(WAITING);
        let is_stopping = Arc::new(AtomicBool::new(false));
        let (cache, stopping) = (cache.to_owned(), Arc::clone(&is_stopping));
        let run = move || Speaker::new(&cache).run(&queue, &stopping, warms_after);
        let thread = std::thread::Builder::new().name("speech".into()).spawn(run)?;
        Ok(Speech { jobs: Some(jobs), is_stopping, thread: Some(thread) })
    }

    /// Has a prompt spoken. `reply` gets the samples, at 8 kHz, on the speech thread; none where it cannot be spoken, or when
    /// over [`WAITING`] others wait, then on this thread. It is called exactly once, unless the thread is stopped before.
    pub fn render(&self, prompt: Prompt, reply: impl FnOnce(Arc<[i16]>) + Send + 'static) {
        if let Err(Job::Say(prompt, reply)) = self.give(Job::Say(prompt, Box::new(reply))) {
            log::warn!("the prompt {} is left out: too many wait", prompt.id.as_str());
            reply(Arc::default());
        }
    }

    /// Renders prompts into the cache when nobody has asked for any for a while.
    pub fn warm(&self, prompts: &[Prompt]) {
        if self.give(Job::Warm(prompts.to_vec())).is_err() {
            log::warn!("no sentences are prepared: too many prompts wait");
        }
    }

    fn give(&self, job: Job) -> Result<(), Job> {
        let Some(jobs) = &self.jobs else { return Err(job) };
        jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(job) | TrySendError::Disconnected(job) => job,
        })
    }
}

impl Drop for Speech {
    fn drop(&mut self) {
        self.is_stopping.store(true, Ordering::Release);
        self.jobs = None;
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            log::error!("the speech thread ended by a panic");
        }
    }
}

/// The prompts of a language that are always the same, for [`Speech::warm`].
pub fn fixed_prompts(language: &str) -> Vec<Prompt> {
    let fixed = PromptId::ALL.into_iter().filter(|id| id.args().is_empty());
    fixed.map(|id| Prompt { id, args: Vec::new(), language: language.to_owned() }).collect()
}

type Reply = Box<dyn FnOnce(Arc<[i16]>) + Send>;

enum Job {
    Say(Prompt, Reply),
    Warm(Vec<Prompt>),
}

/// What the thread owns.
struct Speaker {
    catalogue: Catalogue,
    memory: cache::Memory<Sentence>,
    disk: cache::Disk,
    folder: PathBuf,
    /// The voices that were used, by their names.
    voices: BTreeMap<&'static str, pico::Unpacked>,
    /// Prompts to be prepared, at most [`WARMING`].
    cold: VecDeque<Prompt>,
}

/// A sentence for the line; empty where it cannot be spoken.
#[derive(Default)]
struct Said {
    samples: Arc<[i16]>,
    /// What is to be kept on disk, and under which key, where it is new.
    to_keep: Option<(String, Vec<i16>)>,
}

/// Prompts that may wait to be prepared: all of every language.
const WARMING: usize = catalogue::SENTENCES.len() * PromptId::ALL.len();

/// What a rendered sentence owes to this program; another number when `shape` or the engine's settings change.
const MADE_BY: &str = "1";

impl Speaker {
    fn new(cache: &Path) -> Speaker {
        Speaker {
            catalogue: Catalogue::default(),
            memory: cache::Memory::default(),
            disk: cache::Disk::new(cache, CACHE_BYTES),
            folder: cache.to_owned(),
            voices: BTreeMap::new(),
            cold: VecDeque::new(),
        }
    }

    fn run(mut self, queue: &Receiver<Job>, is_stopping: &AtomicBool, warms_after: Duration) {
        let mut warms_after = warms_after;
        while !is_stopping.load(Ordering::Acquire) {
            let job = if self.cold.is_empty() {
                queue.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else if warms_after.is_zero() {
                queue.try_recv().map_err(|error| match error {
                    TryRecvError::Empty => RecvTimeoutError::Timeout,
                    TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
                })
            } else {
                queue.recv_timeout(warms_after)
            };
            match job {
                Ok(Job::Say(prompt, reply)) => self.say(&prompt, reply),
                Ok(Job::Warm(prompts)) => self.cold.extend(prompts.into_iter().take(WARMING - self.cold.len())),
                Err(RecvTimeoutError::Timeout) => {
                    warms_after = Duration::ZERO;
                    self.warm_one();
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Answers whatever happens: an error in here must not take the voice from all later prompts.
    fn say(&mut self, prompt: &Prompt, reply: Reply) {
        let said = catch_unwind(AssertUnwindSafe(|| self.samples_of(prompt)));
        let Said { samples, to_keep } = said.unwrap_or_else(|_| {
            log::error!("the prompt {} could not be spoken: an error inside the box", prompt.id.as_str());
            Default::default()
        });
        reply(samples);
        // The listener does not wait for the disk.
        if let Some((key, wide)) = to_keep {
            self.disk.store(&key, &wide);
        }
    }

    fn warm_one(&mut self) {
        let Some(prompt) = self.cold.pop_front() else { return };
        self.say(&prompt, Box::new(|_| {}));
    }

    /// The sentence from wherever it is soonest had.
    fn samples_of(&mut self, prompt: &Prompt) -> Said {
        let sentence = self.catalogue.sentence(prompt);
        if let Some(samples) = self.memory.get(&sentence) {
            return Said { samples, to_keep: None };
        }
        let Some(voice) = pico::voice(sentence.language) else {
            log::error!("there is no voice for {}", sentence.language);
            return Default::default();
        };
        let made_by = format!("{}, {MADE_BY}", pico::NAME);
        let key = cache::Disk::key(&made_by, voice.name, &sentence.text);
        let kept = self.disk.load(&key);
        let is_new = kept.is_none();
        let Some(wide) = kept.or_else(|| self.render(voice, &sentence.text)) else {
            log::error!("the prompt {} cannot be spoken", prompt.id.as_str());
            return Default::default();
        };
        let samples: Arc<[i16]> = shape::halved(&wide).into();
        self.memory.put(sentence, Arc::clone(&samples));
        Said { samples, to_keep: is_new.then_some((key, wide)) }
    }

    /// A voice whose files were taken away is unpacked once more.
    fn render(&mut self, voice: &'static pico::Voice, text: &str) -> Option<Vec<i16>> {
        for _ in 0..2 {
            let unpacked = match self.voices.remove(voice.name).map_or_else(|| voice.unpack(&self.folder), Ok) {
                Ok(unpacked) => unpacked,
                Err(error) => {
                    log::error!("{}: the voice cannot be unpacked: {error}", self.folder.display());
                    return None;
                }
            };
            match pico::render(&unpacked, text) {
                Ok(raw) => {
                    self.voices.insert(voice.name, unpacked);
                    return Some(shape::shape(&raw)).filter(|wide| !wide.is_empty());
                }
                Err(error) => log::warn!("{}: {error}", voice.name),
            }
        }
        None
    }
}
