//! The way of sound from the threads that make it, or read it, to the media thread.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use pbx::input::LegId;
use pbx::output::PlayId;

use crate::Shared;

/// Samples for a leg.
#[derive(Debug)]
pub(crate) struct Supplied {
    pub(crate) leg: LegId,
    pub(crate) play: PlayId,
    /// At 8 kHz.
    pub(crate) samples: Arc<[i16]>,
    /// No more follow.
    pub(crate) is_last: bool,
}

/// Gives samples to the media thread. The way needs no limit of its own: for each stretch on it one was asked for, and
/// those who make them limit what waits.
#[derive(Clone)]
pub(crate) struct Supplier {
    pub(crate) to_media: Sender<Supplied>,
    pub(crate) shared: Arc<Shared>,
}

impl Supplier {
    pub(crate) fn give(&self, supplied: Supplied) {
        // Nobody is there to hear it once the media thread has gone.
        let _ = self.to_media.send(supplied);
        self.shared.wake();
    }
}
