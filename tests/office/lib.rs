//! The simulated office: virtual time, simulated phones that speak real SIP bytes, a lossy wire, a fake media shell and
//! a fake disk around the real engine.
//!
//! Verbs are the user's, expectations are what a person sees or hears; each runs the virtual clock until it is true,
//! for at most five virtual seconds, and else panics at the caller's line with the ladder of what happened. Nothing
//! here reads a clock or chance: the same seed gives the same office, byte for byte.

mod audit;
pub mod carrier;
pub mod chaos;
mod chaos_outside;
mod chaos_rules;
mod clock;
pub mod dice;
pub mod guesser;
pub mod ladder;
mod logs;
pub mod mailbox;
pub mod mailboxes;
pub mod media;
mod names;
mod office;
pub mod phone;
pub mod place;
pub mod recorder;
mod secrets;
pub mod secure;
pub mod store;
pub mod text;
pub mod wire;
pub mod world;

pub use carrier::{Carrier, Stage, Temper};
pub use expect_test::expect;
pub use mailbox::{MailboxView, MessageSeen};
pub use office::{Office, PATIENCE, Shared, until};
pub use pbx::mailbox::Folder;
pub use phone::Phone;
pub use phone::model::Model;
pub use store::Mood;
pub use wire::{far_away, lan, losing, wifi_lossy};

use std::time::Duration;

/// So many virtual seconds.
pub fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// So many virtual minutes.
pub fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(minutes * 60)
}
