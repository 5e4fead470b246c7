//! What features hear of a leg: a party's doings without a message in them.

use serde::{Deserialize, Serialize};
use sip::diversion::DiversionReason;
use sip::event::Body;

use crate::events::Cause;
use crate::goodbye;
use crate::ids::{AskId, RecordingId};
use crate::input::{Answer, RecordEnd};

/// What features hear of a leg.
#[derive(Clone, Debug, PartialEq)]
pub enum LegEvent {
    /// The trunk has the call; nobody rings yet.
    Trying,
    /// The callee's phone rings, or sends early media.
    Ringing {
        /// Whether its media can be heard.
        has_media: bool,
    },
    /// The callee answered, and its media is agreed.
    Answered,
    /// The callee will not have the call.
    Declined {
        /// The SIP status.
        status: u16,
        /// Where the phone wants the call sent instead (3xx).
        divert: Option<Divert>,
    },
    /// The caller gave up before the answer; or was answered elsewhere, where it says so.
    Cancelled(Cause),
    /// The party hung up.
    HungUp,
    /// The party vanished.
    Lost,
    /// The leg could not be set up.
    Failed(Cause),
    /// A key, as RFC 4733 event.
    Digit(char),
    /// A key, as INFO that the other side may want as it came.
    InfoDigit(Body),
    /// The tone came to its end.
    PlayDone,
    /// No RTP for a while.
    Silent,
    /// The shell's answer to what the call's step asked.
    Answer(AskId, Answer),
    /// What the party said is recorded and on disk.
    Recorded {
        /// Which recording.
        recording: RecordingId,
        /// How long it is, in milliseconds.
        length_ms: u32,
        /// Why it is over.
        end: RecordEnd,
    },
    /// The store has what was to be kept.
    Kept {
        /// Which recording.
        recording: RecordingId,
        /// Whether it could be written; what could not is tried again.
        is_written: bool,
    },
    /// The party answered our OPTIONS, or did not.
    Probed(bool),
}

impl LegEvent {
    /// The key that was pressed, however it came.
    pub fn key(&self) -> Option<char> {
        match self {
            LegEvent::Digit(key) => Some(*key),
            LegEvent::InfoDigit(body) => goodbye::digit_of(body),
            _ => None,
        }
    }
}

/// Where a phone wants its call sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Divert {
    /// The number, as if it had been dialled.
    pub to: String,
    /// Why, where the phone says so.
    pub because: Option<DiversionReason>,
}
