//! What the dialog of a call remembers (RFC 3261 §12), from the first INVITE to the end. What is done with it is in `stack`.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::event::{DialogId, Reason, SubscriptionId, TransactionId};
use crate::message::{DialogName, NameAddr, Text};
use crate::reliable::Reliable;
use crate::session_timer::SessionTimer;
use crate::sides::{Sides, accept_cseq};
use crate::transaction::timers::Backoff;
use crate::transport::Hop;

/// One INVITE's relation with a peer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dialog {
    /// The owner's handle.
    pub id: DialogId,
    /// Whether the INVITE was ours: then the Call-ID is, too, and a glare waits longer (§14.1).
    pub is_caller: bool,
    /// Who is on it, and the way between them.
    pub sides: Sides,
    /// What the peer takes within the dialog.
    pub allows: Allows,
    /// The provisional responses of ours that must arrive (RFC 3262).
    pub reliable: Reliable,
    /// How long the session lasts without a refresh (RFC 4028).
    pub timer: SessionTimer,
    /// Whom the peer is still to be told that it talks to.
    pub telling: Option<Telling>,
    /// The REFERs within it that are not over, few enough for [`crate::stack::MAX_REFERS_PER_DIALOG`].
    pub refers: Vec<SubscriptionId>,
    /// Whether the owner has hung up and wants to hear no more.
    pub is_forgotten: bool,
    /// Where it stands.
    pub state: State,
    /// The deadline under which the stack keeps it.
    pub wake: Option<Duration>,
}

/// ```text
///  INVITE in                                     INVITE out
///     |                                              |
///     v                                              v
///  Invited -- refuse, CANCEL, BYE, limit --> over <-- 3xx-6xx, Timer B or C, cancel -- Calling
///     |                                       ^                                          |
///     | answer                                |                                    first 2xx
///     v                                       |                                          v
///  Established { Accepting } --- BYE both ways, no ACK, 481 ---- Established { Idle or Unacknowledged }
/// ```
///
/// Invited and Calling end with their transaction's deadline; an Invited one also when a response of ours that must arrive
/// does not. An Established dialog that is Idle has that of its session
/// timer, where the peer has one; besides, the owner watches the media and asks with `probe`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum State {
    /// The owner has not answered; deadline: that of the server transaction.
    Invited {
        /// The INVITE.
        transaction: TransactionId,
        /// Whether the INVITE carried an offer.
        has_offer: bool,
    },
    /// No final response yet; deadline: that of the client transaction.
    Calling {
        /// The INVITE.
        transaction: TransactionId,
        /// Whether the INVITE carried the offer.
        has_offer: bool,
        /// The early dialogs by the peer's tag.
        early: BTreeMap<Text, Early>,
        /// Whether it is being cancelled.
        giving_up: GivingUp,
    },
    /// There was a 2xx.
    Established {
        /// The offer that is under way.
        exchange: Exchange,
        /// Whether the owner wants to offer something as soon as that is over; then how many 491 that had.
        next: Option<u8>,
    },
}

/// What a peer takes: what its last Allow said (RFC 3261 §20.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allows {
    /// UPDATE, not taken for granted (RFC 3311 §4).
    pub update: bool,
    /// INFO, taken for granted: phones that tell and understand keys by it are older than the header.
    pub info: bool,
}

impl Default for Allows {
    fn default() -> Allows {
        Allows { update: false, info: true }
    }
}

/// What a provisional response said about its dialog.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Early {
    /// The CSeq of that peer's last request.
    pub remote_cseq: Option<u32>,
    /// The RSeq of its last response that we have confirmed (RFC 3262 §4).
    pub rseq: Option<u32>,
    /// Whether our offer has its answer there, reliably: then either side may offer another session (RFC 3311 §5.1).
    pub is_settled: bool,
}

/// How far a CANCEL is (§9.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GivingUp {
    /// Nobody wants one.
    No,
    /// It waits for the first provisional response.
    Wanted(Option<Reason>),
    /// It is on its way.
    Sent,
}

/// Whom the peer is to show from here on, until it is told (RFC 3325 §9.1).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Telling {
    /// Name and number.
    pub identity: NameAddr,
    /// Whether an UPDATE or offer that says so is under way.
    pub is_under_way: bool,
    /// Whether there was somebody else to tell of since that went out.
    pub has_news: bool,
    /// How often that met something else on its way.
    pub attempts: u8,
    /// Whether that was too often: it waits until the peer has had its own way.
    pub is_put_off: bool,
}

/// ```text
///            reoffer                    2xx, we offered: send ACK
///   Idle ------------> Sent ------------------------------------------------> Idle
///    ^ |                | \__ 491 __> Glare __ 2-4 s or 0-2 s __> OfferDue     ^ ^
///    | |                | 2xx, the peer offers                                | |
///    | |                +-----------------> Unacknowledged -- acknowledge ----+ |
///    | |  re-INVITE, UPDATE               accept, INVITE                        |
///    | +--------------------> Received -------------------> Accepting -- ACK ---+
///    +------- refuse, CANCEL ----+
/// ```
///
/// One at a time in both directions (§14): what comes too early is answered 491 or 500.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(
    clippy::large_enum_variant,
    reason = "each dialog is in the largest once; a box would be in each of its matches"
)]
pub enum Exchange {
    /// What was agreed holds. No deadline.
    Idle,
    /// Our re-INVITE waits; deadline: that of the client transaction.
    Sent {
        /// The re-INVITE.
        transaction: TransactionId,
        /// Whether it carries our offer.
        has_offer: bool,
        /// How many 491 there were.
        attempts: u8,
    },
    /// Both sides tried at once.
    Glare {
        /// When ours may go out again.
        at: Duration,
    },
    /// The peer's 2xx carries an offer; the owner's answer goes into the ACK.
    Unacknowledged {
        /// The INVITE or re-INVITE.
        transaction: TransactionId,
        /// Its CSeq, and that of the ACK.
        cseq: u32,
        /// When the dialog ends instead.
        until: Duration,
    },
    /// The peer's offer waits for the owner; deadline: that of the server transaction.
    Received {
        /// The re-INVITE or UPDATE.
        transaction: TransactionId,
        /// Whether it carried an offer.
        has_offer: bool,
    },
    /// Our 2xx waits for its ACK.
    Accepting {
        /// The 2xx and its way.
        answer: Bytes,
        /// Where the 2xx goes.
        hop: Hop,
        /// The CSeq of the INVITE, and of the ACK.
        cseq: u32,
        /// When it is sent again, whatever the transport (§13.3.1.4).
        resend: Backoff,
        /// When the dialog is lost.
        give_up_at: Duration,
        /// Whether the offer came from the peer, so that the ACK carries no answer.
        has_offer: bool,
        /// Whether this is the first 2xx of the dialog.
        is_first: bool,
        /// Whether to send BYE after the ACK, and why: the callee may not earlier (§15).
        leaving: Option<Option<Reason>>,
    },
}

impl Dialog {
    /// The dialog's own deadline, where its state or its session timer has one.
    pub fn deadline(&self) -> Option<Duration> {
        let is_up = matches!(self.state, State::Established { .. });
        let session = self.timer.deadline().filter(|_| is_up && !self.is_forgotten);
        [self.deadline_of_state(), session].into_iter().flatten().min()
    }

    fn deadline_of_state(&self) -> Option<Duration> {
        match &self.state {
            State::Invited { .. } => self.reliable.deadline(),
            State::Calling { .. } => None,
            State::Established { exchange, .. } => match exchange {
                Exchange::Idle | Exchange::Sent { .. } | Exchange::Received { .. } => None,
                Exchange::Glare { at } => Some(*at),
                Exchange::Unacknowledged { until, .. } => Some(*until),
                Exchange::Accepting { resend, give_up_at, .. } => Some(resend.at.min(*give_up_at)),
            },
        }
    }

    /// Whether a request with this From tag belongs to it.
    pub fn has_peer(&self, tag: &Text) -> bool {
        match &self.state {
            State::Calling { early, .. } => early.contains_key(tag),
            State::Invited { .. } | State::Established { .. } => self.sides.remote_tag() == *tag,
        }
    }

    /// Whether another message names this dialog; `0` stands for a peer without a tag, too (RFC 3891 §6.1).
    pub fn is_named(&self, name: &DialogName) -> bool {
        let has_none = name.theirs == "0" && self.has_peer(&Text::new());
        self.has_peer(&name.theirs) || has_none
    }

    /// Takes note of the CSeq of a request within the dialog; false when it is not above the last of that peer.
    pub fn accept_cseq(&mut self, tag: &Text, cseq: u32) -> bool {
        match &mut self.state {
            State::Calling { early, .. } => {
                early.get_mut(tag).is_some_and(|early| accept_cseq(&mut early.remote_cseq, cseq))
            }
            State::Invited { .. } | State::Established { .. } => self.sides.accept_cseq(cseq),
        }
    }

    /// Takes over from the early dialog of this tag what must not be lost when it is confirmed.
    pub fn adopt_early(&mut self, tag: &Text) {
        if let State::Calling { early, .. } = &self.state {
            self.sides.remote_cseq = early.get(tag).and_then(|early| early.remote_cseq);
        }
    }
}
