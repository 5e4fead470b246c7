//! One call on a phone, as its display shows it: a line key.

use std::net::SocketAddr;
use std::time::Duration;

use super::description::Description;
use super::session::Session;

/// How far a call has come, from this phone's side.
///
/// ```text
/// Dialling -> Ringback -> Talking -> (gone)
///     \----------\-> GivingUp -> (gone)
/// Rings -> Talking
/// ```
/// A phone gives up ringing and waiting by itself after [`PATIENCE`]; a talking phone has no deadline, that is the box's duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The number is dialled, nothing is heard yet.
    Dialling,
    /// The other side rings.
    Ringback,
    /// The caller hung up before the answer; waits for the INVITE's end.
    GivingUp,
    /// This phone rings.
    Rings,
    /// The call is up.
    Talking,
}

/// How long a phone rings, or waits for the other side to answer, before it gives up.
pub const PATIENCE: Duration = Duration::from_secs(180);

/// One call on one phone.
#[derive(Clone, Debug)]
pub struct Appearance {
    /// Its number on this phone.
    pub id: u32,
    /// How far it has come.
    pub state: State,
    /// The dialog's Call-ID.
    pub call_id: String,
    /// Our From or To, with our tag.
    pub ours: String,
    /// Their To or From, with their tag once it is known.
    pub theirs: String,
    /// Where requests within the dialog go.
    pub target: String,
    /// Our last CSeq.
    pub cseq: u32,
    /// What the display says: who calls, or what was dialled.
    pub other: String,
    /// The branch of the INVITE that made it, ours or theirs.
    pub invite: String,
    /// Our RTP address.
    pub rtp: SocketAddr,
    /// The version of our session description.
    pub version: u32,
    /// Their last session description.
    pub remote: Option<Description>,
    /// Whether we hold the call.
    pub is_held_by_me: bool,
    /// Whether a re-INVITE of ours is under way.
    pub is_changing: bool,
    /// Whether the answer comes with our ACK or theirs: the 200 carried an offer.
    pub is_offered_late: bool,
    /// Whether its user has hung up before our answer was acknowledged: BYE has to wait (RFC 3261 §15).
    pub is_leaving: bool,
    /// Whether sound came before the answer.
    pub has_early_media: bool,
    /// The call elsewhere that it is to take the place of (RFC 3891).
    pub replaces: Option<String>,
    /// The RSeq of the last response that was to be confirmed, ours or theirs.
    pub rseq: u32,
    /// Whether ours is not confirmed yet.
    pub is_unconfirmed: bool,
    /// When it expires without a refresh.
    pub session: Option<Session>,
    /// The ring that was asked for.
    pub ring: String,
    /// Who has sent it on to this phone, newest first, each with the reason.
    pub sent_on_by: Vec<String>,
    /// The keys heard from the other side.
    pub keys: String,
    /// The keys of which a tone was heard.
    pub tones: String,
    /// When the call began here.
    pub since: Duration,
}

impl Appearance {
    /// Whether the other side has put us on hold.
    pub fn is_held_by_other(&self) -> bool {
        self.remote.as_ref().is_some_and(Description::holds)
    }

    /// Whether this phone sends RTP for the call now.
    pub fn sends(&self) -> bool {
        let is_heard = self.remote.as_ref().is_some_and(Description::listens);
        self.state == State::Talking && is_heard && !self.is_held_by_me
    }

    /// The address of the box's port for this call.
    pub fn port(&self) -> Option<SocketAddr> {
        self.remote.as_ref().map(|remote| remote.rtp)
    }
}
