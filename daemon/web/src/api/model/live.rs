//! The calls that are up, and how they sound.

use jiff::Timestamp;
use pbx::status::Grade;
use serde::Serialize;
use utoipa::ToSchema;

/// The calls that are up.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct LiveCalls {
    /// Oldest first.
    pub calls: Vec<LiveCall>,
}

/// A call that is up.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct LiveCall {
    /// Its number.
    pub id: u64,
    /// The caller's extension.
    pub from: String,
    /// The caller's name; empty where it is not known.
    pub from_name: String,
    /// What was dialled.
    pub to: String,
    /// The name of who was dialled; empty where it is not known.
    pub to_name: String,
    /// `placing`, `ringing`, `talking`, `held`, `parked`, `assistant`, `mailbox`, `listening` or `ending`.
    pub state: String,
    /// The slot that it is parked on; absent while it is not.
    pub slot: Option<u8>,
    /// When it began.
    pub since: Timestamp,
    /// The worst of the parties' sounds; absent while nobody has been answered.
    pub sound: Option<SoundGrade>,
    /// Those who have been answered, the caller first.
    pub parties: Vec<LiveParty>,
}

/// How good a sound is, by the rating R of ITU-T G.107, the classes of G.109 and the jitter of RFC 3550 §6.4.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SoundGrade {
    /// R of 80 or more: users are satisfied.
    Good,
    /// R from 70, or a jitter over 25 ms: some users are dissatisfied.
    Fair,
    /// Not one packet has come yet.
    None,
    /// R below 70, a jitter over 50 ms, or silence: many users are dissatisfied.
    Poor,
}

impl From<Grade> for SoundGrade {
    fn from(grade: Grade) -> SoundGrade {
        match grade {
            Grade::Good => SoundGrade::Good,
            Grade::Fair => SoundGrade::Fair,
            Grade::NoSound => SoundGrade::None,
            Grade::Poor => SoundGrade::Poor,
        }
    }
}

/// A party of a call that is up, with its sound of the last seconds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct LiveParty {
    /// The extension, or the number outside.
    pub number: String,
    /// The name; empty where it is not known.
    pub name: String,
    /// The codec between phone and box, such as `PCMA`.
    pub codec: Option<String>,
    /// How good it is.
    pub sound: SoundGrade,
    /// What the phone sent and the box did not get, in percent.
    pub lost_percent: f32,
    /// The jitter of what the box got, in milliseconds.
    pub jitter_ms: u32,
    /// What the box sent and the phone did not get, in percent, where it reports.
    pub remote_lost_percent: Option<f32>,
    /// The jitter of what the phone got, in milliseconds, where it reports.
    pub remote_jitter_ms: Option<u32>,
    /// There and back, in milliseconds, where the phone reports.
    pub round_trip_ms: Option<u32>,
    /// Since when nothing has come from the phone.
    pub silent_since: Option<Timestamp>,
}
