//! The one door: a message in, what it means and messages out.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::auth::Credential;
use crate::event::{Body, DialogId, Event, Reason, TransactionId};
use crate::message::{HeaderName, NameAddr, Uri};
use crate::transport::{FlowId, Hop, Packet, Transmit};

/// Transactions of both kinds at once. A call is four of them for half a minute: room for 100 calls a second on an
/// office box; at about 2 KiB each the memory is bounded by 32 MiB. Strangers make none.
pub const MAX_TRANSACTIONS: usize = 16_384;
/// New requests from outside dialogs are told 503 when so many transactions are alive, so that running calls can
/// still be changed and ended.
pub const BUSY_TRANSACTIONS: usize = MAX_TRANSACTIONS / 8 * 7;
/// Dialogs at once: far more than RTP ports.
pub const MAX_DIALOGS: usize = 4_096;
/// Early dialogs, and answers, of one INVITE of ours: forks of one phone's account downstream.
pub const MAX_EARLY_DIALOGS: usize = 16;
/// Bytes of the Record-Route set that a dialog keeps and sends with each request; more makes no message fit a
/// datagram. An INVITE with more is refused with 513.
pub const MAX_ROUTE_BYTES: usize = 2_048;
/// Seconds in the Retry-After of a 503: transactions of a burst are gone after 64*T1, most of them sooner.
pub const RETRY_AFTER_S: u32 = 5;

/// What the box is called on the wire, and its secrets.
#[derive(Clone, Serialize, Deserialize)]
pub struct Identity {
    /// The digest realm, fixed at first boot: phones' secrets are hashed with it.
    pub realm: String,
    /// The value of Server and User-Agent.
    pub user_agent: String,
    /// Signs nonces and the To tags of stateless answers; new each boot.
    pub nonce_key: [u8; 32],
    /// Seeds tags, branches and Call-IDs; new each boot.
    pub seed: [u8; 32],
}

/// A call to make.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Invite {
    /// The From header; the stack adds the tag.
    pub from: NameAddr,
    /// The To header.
    pub to: NameAddr,
    /// The Request-URI: the binding's contact.
    pub target: Uri,
    /// The way to the callee.
    pub hop: Hop,
    /// The user part of our Contact.
    pub contact_user: String,
    /// More headers: Alert-Info, Call-Info, P-Asserted-Identity and the like.
    pub headers: Vec<(HeaderName, String)>,
    /// The offer; `None` asks the callee for one.
    pub body: Option<Body>,
}

/// How much of what was seen, since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Messages that could not be read, answered with 400 or dropped.
    pub malformed: u64,
    /// Requests without a valid digest where one was needed: 401 or 403.
    pub refused: u64,
    /// Requests turned away at a limit: 503, or calls of ours that were not made.
    pub limited: u64,
    /// Responses, ACKs and CANCELs that belong to nothing here.
    pub stray: u64,
}

/// How much there is now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizes {
    /// Dialogs, early ones and those that the owner has forgotten included.
    pub dialogs: usize,
    /// Server transactions.
    pub server_transactions: usize,
    /// Client transactions.
    pub client_transactions: usize,
}

/// SIP for one box. Plain data: a clone goes on by itself.
#[derive(Clone)]
pub struct Stack {
    counters: Counters,
}

#[allow(unused_variables)]
impl Stack {
    /// A stack that knows nobody yet.
    pub fn new(identity: Identity) -> Stack {
        Stack { counters: Counters::default() }
    }
    /// Who may call and register from here on; dialogs that run go on.
    pub fn set_credentials(&mut self, credentials: Vec<Credential>) {}
    /// One message in; what it means; messages out.
    pub fn receive(&mut self, now: Duration, packet: Packet, out: &mut Vec<Transmit>) -> Option<Event> {
        None
    }
    /// Fires everything due at `now`; call until it returns `None`.
    pub fn poll(&mut self, now: Duration, out: &mut Vec<Transmit>) -> Option<Event> {
        None
    }
    /// When `poll` is wanted; [`Duration::ZERO`] while events wait to be fetched.
    pub fn next_deadline(&self) -> Option<Duration> {
        None
    }
    /// A connection closed.
    pub fn flow_closed(&mut self, now: Duration, flow: FlowId, out: &mut Vec<Transmit>) {}
    /// Whether nothing waits for anything.
    pub fn is_idle(&self) -> bool {
        true
    }
    /// How much there is now.
    pub fn sizes(&self) -> Sizes {
        Sizes::default()
    }
    /// How much of what was seen, since the start.
    pub fn counters(&self) -> Counters {
        self.counters
    }
    /// Answers a REGISTER.
    pub fn respond(
        &mut self,
        now: Duration,
        transaction: TransactionId,
        status: u16,
        headers: Vec<(HeaderName, String)>,
        out: &mut Vec<Transmit>,
    ) {
    }
    /// Sends 180 or 183.
    pub fn ring(&mut self, now: Duration, dialog: DialogId, status: u16, body: Option<Body>, out: &mut Vec<Transmit>) {}
    /// Sends 200, until the ACK.
    pub fn answer(&mut self, now: Duration, dialog: DialogId, body: Body, out: &mut Vec<Transmit>) {}
    /// Sends 300 to 699.
    pub fn refuse(
        &mut self,
        now: Duration,
        dialog: DialogId,
        status: u16,
        reason: Option<Reason>,
        out: &mut Vec<Transmit>,
    ) {
    }
    /// Calls.
    pub fn invite(&mut self, now: Duration, invite: Invite, out: &mut Vec<Transmit>) -> DialogId {
        DialogId(0)
    }
    /// Gives up before the answer.
    pub fn cancel(&mut self, now: Duration, dialog: DialogId, reason: Option<Reason>, out: &mut Vec<Transmit>) {}
    /// Sends the ACK with the answer.
    pub fn acknowledge(&mut self, now: Duration, dialog: DialogId, answer: Body, out: &mut Vec<Transmit>) {}
    /// Ends it.
    pub fn hang_up(&mut self, now: Duration, dialog: DialogId, reason: Option<Reason>, out: &mut Vec<Transmit>) {}
    /// Sends a re-INVITE.
    pub fn reoffer(&mut self, now: Duration, dialog: DialogId, body: Option<Body>, out: &mut Vec<Transmit>) {}
    /// Answers `Reoffered`.
    pub fn accept_reoffer(&mut self, now: Duration, dialog: DialogId, body: Body, out: &mut Vec<Transmit>) {}
    /// Refuses `Reoffered`.
    pub fn refuse_reoffer(&mut self, now: Duration, dialog: DialogId, status: u16, out: &mut Vec<Transmit>) {}
    /// Sends an INFO.
    pub fn info(&mut self, now: Duration, dialog: DialogId, body: Body, out: &mut Vec<Transmit>) {}
    /// Sends an OPTIONS; the answer comes as `Probed`.
    pub fn probe(&mut self, now: Duration, dialog: DialogId, out: &mut Vec<Transmit>) {}
}
