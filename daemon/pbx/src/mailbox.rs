//! A mailbox in data: its messages, its greeting and its name, each one recording in the store.

use std::time::Duration;

use config::Config;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::CallId;
pub use crate::ids::RecordingId;
use crate::prompt::{Arg, Prompt, PromptId};

/// A message whose end nobody reported is kept where it is longer than this, in milliseconds: at the start after a power cut, and
/// where the recorder did not say how long it is. Half of what is kept of a caller who hangs up: the file is up to a second behind
/// the caller, so that of two seconds one may be left, and a word too many is better than one too few.
pub const LEAST_MESSAGE_MS: u32 = 1_000;

/// The longest greeting: two minutes are more than any caller listens to.
pub const GREETING_LIMIT: Duration = Duration::from_secs(120);

/// The longest name (F69).
pub const NAME_LIMIT: Duration = Duration::from_secs(8);

/// The shortest of both: nobody's name is said in less.
pub const SHORTEST_OWN: Duration = Duration::from_millis(300);

/// The least room, in milliseconds, for which a mailbox is not yet full: less would cut everybody off in their first sentence.
pub const LEAST_ROOM_MS: u64 = 5_000;

/// From here on a mailbox counts as almost full, in percent of its minutes (F59).
pub const ALMOST_FULL_PERCENT: u64 = 90;

/// Where a message lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Folder {
    /// Not heard yet, or put back: the message lamp is lit for these.
    New,
    /// Heard and kept.
    Saved,
    /// Deleted; can be taken back until the store empties it (F58).
    Trash,
}

/// Who left a message, as the box knew it when the call came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// The number that would call back; empty where it is not known.
    pub number: String,
    /// The name; empty where it is not known.
    pub name: String,
}

/// A message as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its recording.
    pub id: RecordingId,
    /// The extension whose mailbox it lies in.
    pub mailbox: String,
    /// Where.
    pub folder: Folder,
    /// Who left it.
    pub caller: Caller,
    /// When its recording began.
    pub at: Timestamp,
    /// Whether the clock was set then.
    pub is_synced: bool,
    /// How long it is, in milliseconds.
    pub length_ms: u32,
    /// The box stopped while it was recorded: its end is missing.
    pub is_cut_off: bool,
    /// The call that it was left in.
    pub call: CallId,
}

/// What a recording is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// A caller leaves a message.
    Message(Caller),
    /// The mailbox's owner records what callers hear; it replaces the greeting before.
    Greeting,
    /// The owner says their name; it replaces the one before.
    Name,
    /// The owner records what callers of the assistant hear; it replaces the one before.
    Assistant,
    /// A caller says a name to whoever screens calls; it is never kept beyond the call.
    Said,
}

/// A recording that is about to begin. It is on disk before the tone sounds, so that a power cut leaves a message that is cut
/// off, not a file without an owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRecording {
    /// Its name from here on.
    pub id: RecordingId,
    /// The extension whose mailbox it is for.
    pub mailbox: String,
    /// What for.
    pub purpose: Purpose,
    /// The call that it is made in.
    pub call: CallId,
    /// When.
    pub at: Timestamp,
    /// Whether the clock is set.
    pub is_synced: bool,
}

/// A mailbox in figures: what the message lamp, a greeting and the quota need, kept by the engine for each mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// Messages not heard yet.
    pub new: u32,
    /// Messages heard and kept.
    pub saved: u32,
    /// How long its new and saved messages are together, in milliseconds; the trash is outside the quota (F58).
    pub used_ms: u64,
    /// The owner's greeting, where there is one.
    pub greeting: Option<RecordingId>,
    /// What callers of its owner's assistant hear, where that was recorded.
    #[serde(default)]
    pub assistant: Option<RecordingId>,
    /// The owner's name in their own voice, where there is one.
    pub name: Option<RecordingId>,
}

/// How far a mailbox is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// There is room.
    Room,
    /// [`ALMOST_FULL_PERCENT`] or more are in use, of so many.
    Almost {
        /// In percent, rounded down.
        percent: u64,
    },
    /// Callers cannot leave a message.
    Full,
}

impl Mailbox {
    /// How much of its minutes is in use, in percent, rounded down.
    pub fn percent_of(&self, minutes: u16) -> u64 {
        self.used_ms.saturating_mul(100) / quota_ms(minutes).max(1)
    }

    /// How far it is filled where it has so many minutes.
    pub fn fill(&self, minutes: u16) -> Fill {
        let percent = self.percent_of(minutes);
        if quota_ms(minutes).saturating_sub(self.used_ms) < LEAST_ROOM_MS {
            Fill::Full
        } else if percent >= ALMOST_FULL_PERCENT {
            Fill::Almost { percent }
        } else {
            Fill::Room
        }
    }
}

/// What the box says to callers of a mailbox without a greeting, in the office's language until somebody hears it. After a name in
/// its owner's voice it goes on where that ends.
pub fn spoken_greeting(config: &Config, mailbox: &str, has_name: bool) -> Prompt {
    let (id, args) = match (has_name, config.name_of(mailbox)) {
        (true, _) => (PromptId::DefaultGreetingAfterName, None),
        (false, Some(name)) => (PromptId::DefaultGreeting, Some(("name", Arg::Name(name.to_owned())))),
        (false, None) => (PromptId::DefaultGreetingOf, Some(("extension", Arg::Digits(mailbox.to_owned())))),
    };
    let args = args.into_iter().map(|(name, arg)| (name.to_owned(), arg)).collect();
    Prompt { id, args, language: config.office().language.clone() }
}

fn quota_ms(minutes: u16) -> u64 {
    u64::from(minutes) * 60_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_full_where_the_next_caller_is_cut_off_in_the_first_sentence() {
        for (used_ms, expected) in [
            (0, Fill::Room),
            (539_999, Fill::Room),
            (540_000, Fill::Almost { percent: 90 }),
            (595_000, Fill::Almost { percent: 99 }),
            (595_001, Fill::Full),
            (700_000, Fill::Full),
        ] {
            assert_eq!(Mailbox { used_ms, ..Mailbox::default() }.fill(10), expected, "{used_ms}");
        }
    }
}
