//! What the office looks like now, published for those who may not ask the engine.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sip::peer::Place;

use crate::alarm::Alarm;
use crate::attempts::{AttemptStatus, FloodStatus};
use crate::ids::CallId;
use crate::tested::Test;
use crate::toll::TollStatus;
use crate::trunks::{Exchange, Failure, Health, Trouble, Turn};

/// A picture of the running office.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// The configuration revision in force.
    pub revision: u64,
    /// Every phone of the configuration, in order of its name.
    pub phones: Arc<Vec<PhoneStatus>>,
    /// Every call that is up, oldest first.
    pub calls: Vec<CallStatus>,
    /// Every trunk of the configuration, in the order of its rows.
    #[serde(default)]
    pub trunks: Vec<TrunkStatus>,
    /// Where the trunks are, for the shell, which takes their messages before those of strangers.
    #[serde(skip)]
    pub places: Arc<Vec<Place>>,
    /// Who was tried with wrong credentials, the newest first, at most [`crate::attempts::ATTEMPTS_SHOWN`].
    #[serde(default)]
    pub attempts: Arc<Vec<AttemptStatus>>,
    /// What comes that is of no use to anybody.
    #[serde(default)]
    pub flood: FloodStatus,
    /// Whether the machine has had no address in any network for so long that people were told.
    #[serde(default)]
    pub is_off_network: bool,
    /// Whose calls to the outside were refused, the newest first.
    #[serde(default)]
    pub tolls: Vec<TollStatus>,
    /// Who waits to be called back when whom is free, in the order in which they began to.
    #[serde(default)]
    pub wishes: Vec<WishStatus>,
    /// The newest alerts, newest last, at most [`ALERTS_KEPT`].
    pub alerts: Vec<Alert>,
    /// Sums since the start.
    pub counters: Counters,
}

/// How many alerts the status shows; all are in the store.
pub const ALERTS_KEPT: usize = 20;

/// One phone and where it is registered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhoneStatus {
    /// Its name, e.g. `1001a`.
    pub name: String,
    /// Its extension.
    pub extension: String,
    /// Since when it is registered, or is not; `None` where that is so since before the start.
    #[serde(default)]
    pub since: Option<Timestamp>,
    /// Where it is registered; empty when it is not.
    pub bindings: Vec<BindingStatus>,
}

/// One binding of a phone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BindingStatus {
    /// The contact as the phone gave it.
    pub contact: String,
    /// The address its messages come from.
    pub source: String,
    /// `UDP` or `TCP`.
    pub transport: String,
    /// The phone's software, as it says.
    pub user_agent: String,
    /// When it ends unless refreshed.
    pub expires_at: Timestamp,
    /// Whether it is there, as far as is known: it answers OPTIONS, or never did.
    pub reachable: bool,
    /// Since when it is there, or is not.
    pub since: Option<Timestamp>,
    /// From OPTIONS to the answer, in milliseconds; `None` while it has not answered any.
    pub round_trip_ms: Option<u32>,
}

/// One trunk and how it fares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrunkStatus {
    /// Its name.
    pub name: String,
    /// Whether it can be used.
    pub health: Health,
    /// Since when; `None` while it is switched off.
    pub since: Option<Timestamp>,
    /// What is wrong.
    pub trouble: Option<Trouble>,
    /// Whether the box registers with it.
    pub registers: bool,
    /// Until when it is registered.
    pub registered_until: Option<Timestamp>,
    /// Where it is, first choice first.
    pub addresses: Vec<String>,
    /// The box's address as the trunk sees it, where that is not its own.
    pub seen_as: Option<String>,
    /// The last round trip of OPTIONS, in milliseconds.
    pub round_trip_ms: Option<u32>,
    /// Calls that it carries.
    pub calls: usize,
    /// How many it may.
    pub channels: usize,
    /// What went wrong last, newest last.
    pub failures: Vec<Failure>,
    /// What came of REGISTER.
    #[serde(default)]
    pub register: Option<Exchange>,
    /// What came of OPTIONS.
    #[serde(default)]
    pub options: Option<Exchange>,
    /// The last test call by it.
    #[serde(default)]
    pub test: Option<Test>,
    /// How its health changed, newest last, at most [`crate::trunks::TURNS_KEPT`].
    #[serde(default)]
    pub history: Vec<Turn>,
}

/// One call that is up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallStatus {
    /// Its number.
    pub id: CallId,
    /// The caller's extension.
    pub from: String,
    /// What was dialled.
    pub to: String,
    /// `placing` while the phones ring of whom it is begun for, `ringing`, `talking`, `held`, `parked`, `ending`; `holding` while somebody
    /// waits whom a party has put on hold at the page, `consulting` while
    /// somebody waits and its caller asks another, `conference` while the three talk.
    pub state: String,
    /// The extensions at which it rings, whatever was dialled: by a number from outside or a forward they are others. First the one that is
    /// named to pick it up.
    #[serde(default)]
    pub rings_at: Vec<String>,
    /// The slot that it is parked on.
    #[serde(default)]
    pub slot: Option<u8>,
    /// Whether its caller had it placed at the page.
    #[serde(default)]
    pub is_placed: bool,
    /// When it began.
    pub since: Timestamp,
    /// How it sounds to each party that has been answered, the caller first.
    #[serde(default)]
    pub parties: Vec<PartyStatus>,
}

/// One who waits to be called back when somebody is free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishStatus {
    /// The extension that waits.
    pub caller: String,
    /// The extension that it waits for.
    pub target: String,
    /// When it ends by itself.
    pub until: Timestamp,
}

/// One party of a call, and how it sounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartyStatus {
    /// The extension, or the number outside.
    pub number: String,
    /// The codec between its phone and the box, by its encoding name (RFC 3551 §6); `None` before one is agreed.
    pub codec: Option<String>,
    /// The figures.
    pub sound: SoundStatus,
}

/// How good a party's sound is, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grade {
    /// Users are satisfied: R of 80 or more (ITU-T G.107, G.109).
    Good,
    /// Some users are dissatisfied: R from 70, or a jitter over 25 ms.
    Fair,
    /// Not one packet has come from it yet.
    NoSound,
    /// Many users are dissatisfied: R below 70, a jitter over 50 ms, or silence where sound is due.
    Poor,
}

/// A party's sound in figures of the last seconds, both ways (RFC 3550 §6.4.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundStatus {
    /// The worse of both ways.
    pub grade: Grade,
    /// How many of a thousand packets of its phone did not come.
    pub lost_permille: u16,
    /// The jitter of those that came, in milliseconds.
    pub jitter_ms: u32,
    /// How many of a thousand of ours its phone did not get, where it reports.
    pub remote_lost_permille: Option<u16>,
    /// The jitter that it reports, in milliseconds.
    pub remote_jitter_ms: Option<u32>,
    /// There and back, in milliseconds, where it reports.
    pub round_trip_ms: Option<u32>,
    /// Since when nothing has come from it, where sound is due and there was some before.
    pub silent_since: Option<Timestamp>,
}

/// Something a human must know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub what: Alarm,
}

/// Sums since the daemon started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Calls begun.
    pub calls: u64,
    /// Calls answered.
    pub answered: u64,
    /// Registrations accepted, refreshes included.
    pub registrations: u64,
    /// Requests with wrong credentials: see [`sip::stack::Counters::refused`].
    pub refused: u64,
    /// Datagrams that were no SIP message.
    pub malformed: u64,
    /// Steps of a call that panicked; each ended its call only.
    pub panics: u64,
    /// Calls, ports and transactions refused because a limit was reached.
    pub over_limit: u64,
}
