//! The RTP thread: opens ports, passes audio between them, plays tones, sentences and recordings, hears keys, records, reports
//! how it fares. Beside it the threads that may wait: speech, which renders the sentences, recorder and reader, which write
//! and read the recordings.
//!
//! Owns the sockets of all legs. Decides nothing: orders come in as [`MediaOrder`], what happens goes out as
//! [`MediaEvent`], in the words of `pbx`. Formats and figures are `rtp`'s.
//!
//! **One thread.** A packet relayed costs some 3 us, so one thread carries over a thousand calls; an office has tens.
//! With one thread the two legs of a bridge are always at the same place, whoever is bridged to whom later (pickup,
//! transfer), nothing is handed over and nothing is locked. Should an office outgrow it, the box runs out of its uplink
//! first. No tokio: epoll, non-blocking sockets, one wake-up a packet. The thread never waits for the engine: a full
//! sink makes events wait, not packets.
//!
//! **Whom a port listens to.** See `source.rs`: only the SDP's or the signalling's IP address, locked once heard.
//!
//! **Audio is not buffered.** A relayed packet keeps its number's and timestamp's distance to the one before, so that
//! loss and jitter are the listener's to conceal, as if the talker had sent to it directly.

mod clock;
mod disk;
mod incoming;
mod keying;
mod mixer;
mod outbox;
mod outgoing;
mod play;
mod port;
mod reader;
mod recorder;
mod reports;
mod source;
pub mod speech;
mod supply;
pub mod upload;
mod voice;
mod wav;
mod worker;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use nix::sys::eventfd::{EfdFlags, EventFd};
use pbx::input::{LegId, MediaEvent, RecordingId};
use pbx::output::MediaOrder;
use pbx::prompt::Prompt;

use speech::Speech;

pub use clock::Clock;
pub use disk::{Disk, Space};

/// How the media thread runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Legs that may be open at once; one more fails. Each takes two descriptors. 256 by default: more than a hundred
    /// calls, within the usual limit of 1024 descriptors.
    pub max_ports: usize,
    /// The folder that keeps rendered sentences, see [`speech`]. `None`: the box has no voice, and a prompt is over at once.
    pub speech_cache: Option<PathBuf>,
    /// The folder of recordings, named by `RecordingId`; made, for the box alone to read, if it is not there. `None`: nothing
    /// can be recorded, and a recording that is played is over at once.
    pub recordings: Option<PathBuf>,
    /// Says how much room the folder of recordings has; nothing is recorded into what the rest of the box needs.
    pub disk: Disk,
    /// The time that everything goes by; tests move it forward.
    pub clock: Clock,
}

impl Default for Settings {
    fn default() -> Self {
        Self { max_ports: 256, speech_cache: None, recordings: None, disk: Disk::default(), clock: Clock::default() }
    }
}

/// The running media thread; dropping it stops it.
#[derive(Debug)]
pub struct Media {
    orders: SyncSender<MediaOrder>,
    shared: Arc<Shared>,
    speech: Option<Arc<Speech>>,
    thread: Option<JoinHandle<()>>,
}

impl Media {
    /// Starts the thread. Events are given to `sink` on it; the sink must not block, and gives back, as an error, an
    /// event that it has no room for now: it is offered again. [`into_channel`] makes a sink of a channel.
    ///
    /// Fails if the system has no descriptor or thread left.
    pub fn start(
        settings: Settings,
        sink: impl FnMut(MediaEvent) -> Result<(), MediaEvent> + Send + 'static,
    ) -> io::Result<Media> {
        let (orders, incoming) = sync_channel(ORDERS_WAITING);
        let wake = EventFd::from_flags(EfdFlags::EFD_CLOEXEC | EfdFlags::EFD_NONBLOCK)?;
        let shared = Arc::new(Shared { wake, stopping: AtomicBool::new(false), refused: Mutex::default() });
        let inbox = Inbox { orders: incoming, shared: Arc::clone(&shared) };
        let speech = settings.speech_cache.as_deref().map(Speech::start).transpose()?.map(Arc::new);
        let worker = worker::Worker::new(&settings, inbox, speech.clone(), Box::new(sink))?;
        let thread = std::thread::Builder::new().name("media".into()).spawn(move || worker.run())?;
        Ok(Media { orders, shared, speech, thread: Some(thread) })
    }

    /// Gives an order; it is carried out in its turn. Never blocks: if over [`ORDERS_WAITING`] orders wait, the legs
    /// it is about are closed, with [`MediaEvent::Failed`], rather than left in a state that nobody ordered.
    pub fn order(&self, order: MediaOrder) {
        if let Err(TrySendError::Full(order) | TrySendError::Disconnected(order)) = self.orders.try_send(order) {
            log::error!("media orders overflow: {order:?}");
            let mut refused = self.shared.refused.lock().unwrap_or_else(PoisonError::into_inner);
            refused.legs.extend(legs(&order));
            if let MediaOrder::Record { leg, recording, .. } = order {
                refused.recordings.insert(recording, leg);
            }
        }
        self.shared.wake();
    }

    /// Renders sentences ahead of their use, when there is nothing else to say.
    pub fn warm(&self, prompts: &[Prompt]) {
        if let Some(speech) = &self.speech {
            speech.warm(prompts);
        }
    }

    /// The voice, for sentences that are not heard on the telephone.
    pub fn speech(&self) -> Option<&Arc<Speech>> {
        self.speech.as_ref()
    }

    /// Closes every port, says the last events as far as the sink takes them, and waits for the thread to end. What is being
    /// recorded is finished first; a disk that hangs is waited for up to ten seconds.
    pub fn stop(mut self) {
        self.join();
    }

    fn join(&mut self) {
        self.shared.stopping.store(true, Ordering::Release);
        self.shared.wake();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            log::error!("the media thread ended by a panic");
        }
    }
}

impl Drop for Media {
    fn drop(&mut self) {
        self.join();
    }
}

/// A sink that puts events into a bounded channel; events for a receiver that is gone are dropped.
pub fn into_channel(events: SyncSender<MediaEvent>) -> impl FnMut(MediaEvent) -> Result<(), MediaEvent> + Send {
    move |event| match events.try_send(event) {
        Err(TrySendError::Full(event)) => Err(event),
        Ok(()) | Err(TrySendError::Disconnected(_)) => Ok(()),
    }
}

/// Orders that may wait for the thread. It takes them within a millisecond; a full queue means that it hangs.
pub const ORDERS_WAITING: usize = 1_024;

/// What the two sides of the order queue share.
#[derive(Debug)]
struct Shared {
    wake: EventFd,
    stopping: AtomicBool,
    refused: Mutex<Refused>,
}

/// Orders that found no room. Bounded by the engine's legs: each is here once, with what it wanted recorded.
#[derive(Debug, Default)]
struct Refused {
    legs: BTreeSet<LegId>,
    recordings: BTreeMap<RecordingId, LegId>,
}

impl Shared {
    fn wake(&self) {
        // Fails only when the counter is at its limit, that is when the thread is to wake anyway.
        let _ = self.wake.write(1);
    }
}

/// The thread's side of the order queue.
struct Inbox {
    orders: Receiver<MediaOrder>,
    shared: Arc<Shared>,
}

impl Inbox {
    fn next(&self) -> Option<MediaOrder> {
        self.orders.try_recv().ok()
    }

    fn refused(&self) -> Refused {
        std::mem::take(&mut self.shared.refused.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_stopping(&self) -> bool {
        self.shared.stopping.load(Ordering::Acquire)
    }
}

fn legs(order: &MediaOrder) -> Vec<LegId> {
    match order {
        MediaOrder::Open { leg, .. }
        | MediaOrder::Configure { leg, .. }
        | MediaOrder::Echo { leg }
        | MediaOrder::Part { leg }
        | MediaOrder::Play { leg, .. }
        | MediaOrder::Stop { leg }
        | MediaOrder::Key { leg, .. }
        | MediaOrder::Record { leg, .. }
        | MediaOrder::StopRecording { leg }
        | MediaOrder::Close { leg } => vec![*leg],
        MediaOrder::Bridge { a, b } => vec![*a, *b],
        MediaOrder::Join { legs } => legs.clone(),
    }
}

/// Samples of 8 kHz as a whole WAV file, as the recorder writes them: for a browser to play.
pub fn wav_file(samples: &[i16]) -> Vec<u8> {
    let mut file = wav::header(samples.len() as u64).to_vec();
    file.extend(wav::bytes(samples));
    file
}
