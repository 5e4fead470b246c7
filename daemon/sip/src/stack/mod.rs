//! The one door: a message in, what it means and messages out.
//!
//! It owns transactions, dialogs and the table of credentials, and nothing of the office. Every request but ACK and
//! CANCEL must prove who sends it, by digest or by coming from the address that its dialog lives at, before anything
//! is remembered of it. Same inputs, same bytes: time and the seed are arguments.
//!
//! | file | what |
//! |---|---|
//! | `arrived.rs` | what is read of a message that came in |
//! | `request.rs` | what may come in: retransmissions, checks, digest, then by method |
//! | `response.rs` | which client transaction it belongs to |
//! | `caller.rs` | calls that we make, up to their answer |
//! | `callee.rs` | calls that come in, up to their answer |
//! | `prack.rs` | provisional responses that must arrive, both ways |
//! | `replaces.rs` | dialogs that other messages name |
//! | `in_dialog.rs` | requests within dialogs, and who may send them |
//! | `offers.rs` | re-INVITE and UPDATE both ways |
//! | `session.rs` | session timers: refreshes both ways |
//! | `moving.rs` | the box at another address |
//! | `identity.rs` | whom a phone is to show, told within its call |
//! | `refer.rs` | REFER, and how its sender is told of the progress |
//! | `ending.rs` | BYE both ways |
//! | `outside.rs` | peers that are no phones: REGISTER and OPTIONS to them, their challenges |
//! | `subscription.rs` | subscriptions: asked for, refreshed, ended |
//! | `notify.rs` | NOTIFYs, and what their answers mean |
//! | `build.rs` | messages of ours |
//! | `size.rs` | those that are too large for a datagram |
//! | `rules.rs` | what is refused, by table |
//! | `refusal.rs` | what a refusal says |
//! | `table.rs` | transactions |
//! | `deadlines.rs` | when each machine is woken |
//! | `clock.rs` | what happens then |

mod arrived;
mod build;
mod callee;
mod caller;
mod clock;
mod deadlines;
mod ending;
mod identity;
mod in_dialog;
mod moving;
mod notify;
mod offers;
mod outside;
mod prack;
mod quirks;
mod refer;
mod refusal;
mod replaces;
mod request;
mod response;
mod rules;
mod session;
mod size;
mod subscription;
mod table;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};

use crate::auth::{Attempt, Authenticator, Credential, Guesses};
use crate::dialog::Dialog;
use crate::event::{Body, DialogId, Event, Package, SubscriptionId, TransactionId};
use crate::junk::{Junk, JunkFigures};
use crate::message::{HeaderName, NameAddr, Text, Uri};
use crate::subscription::Subscription;
use crate::transaction::key::{ClientKey, MergeKey, ServerKey};
use crate::transport::{FlowId, Hop, Packet, Transmit};

use deadlines::Wake;
pub use offers::MAX_GLARES;
use outside::Peers;
use size::WithoutTcp;
pub use size::{MAX_DATAGRAM_BYTES, MAX_WITHOUT_TCP, WITHOUT_TCP};
use table::{ClientEntry, Purpose, ServerEntry, Share};

/// Transactions of both kinds at once. A call is four of them for half a minute: room for 100 calls a second on an
/// office box. Each keeps what responses copy and the last response: some 2 KiB, and at worst two heads of
/// [`crate::message::MAX_HEAD_BYTES`], whatever body came. Strangers make none.
pub const MAX_TRANSACTIONS: usize = 16_384;
/// Requests in one dialog that are alive at once, for 32 s each on UDP; more are told 503. People type a card's number
/// by INFO within that time, no one types more.
pub const MAX_PER_DIALOG: usize = 64;
/// How many BYE a full dialog still takes, so that it can end.
const BYES_PER_DIALOG: usize = 4;
/// INVITEs outside dialogs of one user that are alive at once, for 32 s each: sixty a second, as an exchange behind one account
/// may make, and emergency calls must come through. An eighth of the table: one user cannot fill it.
pub const MAX_CALLS_PER_USER: usize = MAX_TRANSACTIONS / 8;
/// Other requests outside dialogs of one user that are alive at once: sixteen a second; a phone sends one in a minute.
pub const MAX_PER_USER: usize = 512;
/// New requests from outside dialogs are told 503 when so many transactions are alive, so that running calls can
/// still be changed and ended. A call from a proven user goes through up to [`MAX_TRANSACTIONS`]: which number is an
/// emergency call's is not known here.
pub const BUSY_TRANSACTIONS: usize = MAX_TRANSACTIONS / 8 * 7;
/// Dialogs at once: far more than RTP ports.
pub const MAX_DIALOGS: usize = 4_096;
/// Early dialogs, and answers, of one INVITE of ours: forks of one phone's account downstream.
pub const MAX_EARLY_DIALOGS: usize = 16;
/// Requests in one subscription's dialog that are alive at once: phones refresh once in half an hour, and some send
/// one more when a connection comes back.
pub const MAX_PER_SUBSCRIPTION: usize = 8;
/// Subscriptions at once: eight of each of 500 phones, or sixty of each of the twenty whose people watch the whole office besides
/// some of all others. Each keeps some 2 KiB and its last body. How many one user may have of them is the package's affair.
pub const MAX_SUBSCRIPTIONS: usize = 4_096;
/// REFERs of one dialog that are not over: a person transfers a call once, and once more when that failed.
pub const MAX_REFERS_PER_DIALOG: usize = 4;
/// Bytes of a NOTIFY's body: with its head it still fits into one datagram, and a queue of them into memory.
pub const MAX_NOTIFY_BODY_BYTES: usize = 16_384;
/// Seconds that a subscription must last at least, unless it asks for one NOTIFY alone (RFC 6665 §4.2.1.1).
pub const MIN_SUBSCRIPTION_S: u32 = 60;
/// NOTIFYs of a subscription that fail one after another before it is over. One is not enough: some phones answer 408,
/// or nothing, while they are busy.
pub const MAX_NOTIFY_FAILURES: u8 = 2;
/// How long after a failed NOTIFY the state is told again: a phone that restarted is up again.
pub const NOTIFY_AGAIN: Duration = Duration::from_secs(30);
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
    /// The user whose phone is called, where that is known: its digest, or its next connection, moves the dialog.
    pub user: Option<String>,
    /// The user part of our Contact.
    pub contact_user: String,
    /// What a call to a peer that is no phone needs besides.
    pub outside: Option<Outside>,
    /// More headers: Alert-Info, Call-Info, P-Asserted-Identity and the like.
    pub headers: Vec<(HeaderName, String)>,
    /// The offer; `None` asks the callee for one.
    pub body: Option<Body>,
}

/// What a call to a peer that is no phone needs besides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outside {
    /// The Route set to begin with, our next hop first (RFC 3261 §8.1.2, RFC 3608).
    pub routes: Vec<NameAddr>,
    /// The address in our Contact, where that is not our end of the way.
    pub contact_at: Option<SocketAddr>,
    /// How many hops it may take.
    pub max_forwards: u8,
}

/// A REGISTER, or an OPTIONS, to a peer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Inquiry {
    /// The name that the peer is kept under.
    pub user: String,
    /// The Request-URI: the registrar's domain, or whom to ask.
    pub uri: Uri,
    /// The From header; the stack adds the tag.
    pub from: NameAddr,
    /// The To header.
    pub to: NameAddr,
    /// The Contact of a REGISTER and the seconds asked for, 0 to sign off; `None` makes it an OPTIONS.
    pub contact: Option<(NameAddr, u32)>,
    /// The Route set.
    pub routes: Vec<NameAddr>,
    /// The way to the peer.
    pub hop: Hop,
}

/// A NOTIFY to a phone that has not subscribed: many show their message lamp by it all the same.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unsolicited {
    /// The From header; the stack adds the tag. Its user part is that of our Contact, too.
    pub from: NameAddr,
    /// The To header.
    pub to: NameAddr,
    /// The Request-URI: the binding's contact.
    pub target: Uri,
    /// The way to the phone.
    pub hop: Hop,
    /// What it is about.
    pub package: Package,
    /// The state, at most [`MAX_NOTIFY_BODY_BYTES`].
    pub body: Body,
}

/// How much of what was seen, since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Messages that could not be read, answered with 400 or dropped.
    pub malformed: u64,
    /// Requests with wrong credentials: another secret, a digest that was used before, a From that is not its own. A
    /// request without credentials, or with a nonce that is too old, is challenged and not counted.
    pub refused: u64,
    /// Requests turned away at a limit: 503, or calls and NOTIFYs of ours that were not made, or not yet.
    pub limited: u64,
    /// Responses, ACKs and CANCELs that belong to nothing here.
    pub stray: u64,
    /// Requests that nobody stands for: the first of every phone, before it is challenged, and whatever strangers send.
    pub unproven: u64,
}

impl Counters {
    /// Messages that came to nothing.
    fn useless(&self) -> u64 {
        self.malformed + self.refused + self.limited + self.stray + self.unproven
    }
}

/// How much there is now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizes {
    /// Dialogs, early ones and those that the owner has forgotten included.
    pub dialogs: usize,
    /// Server transactions.
    pub server_transactions: usize,
    /// Client transactions, but for [`Sizes::inquiries`].
    pub client_transactions: usize,
    /// Our questions to peers, which are asked again and again for as long as there are peers.
    pub inquiries: usize,
    /// Subscriptions, unanswered ones and those whose last NOTIFY waits included.
    pub subscriptions: usize,
}

/// SIP for one box. Plain data: a clone goes on by itself.
#[derive(Clone)]
pub struct Stack {
    identity: Identity,
    random: ChaCha20Rng,
    auth: Authenticator,
    peers: Peers,
    next_id: u64,
    servers: BTreeMap<TransactionId, ServerEntry>,
    server_keys: BTreeMap<ServerKey, TransactionId>,
    merge_keys: BTreeMap<MergeKey, TransactionId>,
    /// How many server transactions each share has; none that is empty.
    shares: BTreeMap<Share, usize>,
    clients: BTreeMap<TransactionId, ClientEntry>,
    client_keys: BTreeMap<ClientKey, TransactionId>,
    dialogs: BTreeMap<DialogId, Dialog>,
    /// Call-ID and our tag: what a request within a dialog is found by (RFC 3261 §12.2.2).
    tags: BTreeMap<(Text, Text), DialogId>,
    subscriptions: BTreeMap<SubscriptionId, Subscription>,
    /// The same of subscriptions.
    subscription_tags: BTreeMap<(Text, Text), SubscriptionId>,
    /// Those of each user; none that is empty.
    subscriptions_of: BTreeMap<String, BTreeSet<SubscriptionId>>,
    deadlines: BTreeSet<(Duration, Wake)>,
    /// What happened besides the one event that a call returns; emptied by `poll` before anything else.
    events: VecDeque<Event>,
    counters: Counters,
    junk: Junk,
    without_tcp: WithoutTcp,
}

impl Stack {
    /// A stack that knows nobody yet.
    pub fn new(identity: Identity) -> Stack {
        Stack {
            random: ChaCha20Rng::from_seed(identity.seed),
            auth: Authenticator::new(identity.realm.clone(), identity.nonce_key),
            identity,
            peers: Peers::default(),
            next_id: 1,
            servers: BTreeMap::new(),
            server_keys: BTreeMap::new(),
            merge_keys: BTreeMap::new(),
            shares: BTreeMap::new(),
            clients: BTreeMap::new(),
            client_keys: BTreeMap::new(),
            dialogs: BTreeMap::new(),
            tags: BTreeMap::new(),
            subscriptions: BTreeMap::new(),
            subscription_tags: BTreeMap::new(),
            subscriptions_of: BTreeMap::new(),
            deadlines: BTreeSet::new(),
            events: VecDeque::new(),
            counters: Counters::default(),
            junk: Junk::default(),
            without_tcp: WithoutTcp::default(),
        }
    }

    /// Who may call and register from here on; dialogs that run go on.
    pub fn set_credentials(&mut self, credentials: Vec<Credential>) {
        self.auth.set_credentials(credentials);
    }

    /// What was tried with wrong credentials, the newest first.
    pub fn attempts(&self, now: Duration) -> Vec<Attempt> {
        self.auth.attempts(now)
    }

    /// Differs as soon as there is a new try, or one that is forgiven.
    pub fn attempts_seen(&self) -> u64 {
        self.auth.attempts_seen()
    }

    /// Ends the waits of a source that tried wrong passwords; false where none is known.
    pub fn forgive(&mut self, source: IpAddr) -> bool {
        self.auth.forgive(source)
    }

    /// Who guesses, to be kept over a restart.
    pub fn guesses(&self, now: Duration) -> Guesses {
        self.auth.guesses(now)
    }

    /// Goes on from guesses that were kept; `moved` says when a moment of then is by today's clock.
    pub fn restore_guesses(&mut self, guesses: Guesses, now: Duration, moved: impl Fn(Duration) -> Duration) {
        self.auth.restore_guesses(guesses, now, moved);
    }

    /// How much comes that is of no use to anybody.
    pub fn junk(&self, now: Duration) -> JunkFigures {
        self.junk.figures(now)
    }

    /// One message in; what it means; messages out.
    pub fn receive(&mut self, now: Duration, packet: Packet, out: &mut Vec<Transmit>) -> Option<Event> {
        let (before, from) = (self.counters.useless(), packet.hop.remote.ip());
        self.take_in(now, packet, out);
        if self.counters.useless() != before {
            self.junk.note(now, from);
        }
        self.events.pop_front()
    }

    /// Fires everything due at `now`; call until it returns `None`.
    pub fn poll(&mut self, now: Duration, out: &mut Vec<Transmit>) -> Option<Event> {
        while self.events.is_empty() && self.fire_one(now, out) {}
        self.events.pop_front()
    }

    /// When `poll` is wanted; [`Duration::ZERO`] while events wait to be fetched.
    pub fn next_deadline(&self) -> Option<Duration> {
        if !self.events.is_empty() {
            return Some(Duration::ZERO);
        }
        self.deadlines.first().map(|(at, _)| *at)
    }

    /// A connection closed: transactions on it fail, what follows comes by `poll`. Confirmed dialogs and
    /// subscriptions live on, for the phone connects again.
    pub fn flow_closed(&mut self, now: Duration, flow: FlowId, out: &mut Vec<Transmit>) {
        self.lose_flow(now, flow, out);
    }

    /// No connection to this peer could be made, or it closed without a word: our requests that wait for one fail with
    /// 503 (RFC 3261 §8.1.3.1), what follows comes by `poll`; those that went there for their size go by UDP.
    pub fn unreachable(&mut self, now: Duration, hop: Hop, out: &mut Vec<Transmit>) {
        let waits = |own: &Hop| Hop { local: hop.local, ..*own } == Hop { flow: None, ..hop };
        let is_lost = |own: &Hop| own.transport.is_reliable() && waits(own);
        self.retry_by_udp(now, is_lost, out);
        self.fail_clients(now, is_lost, out);
    }

    /// Whether there is no dialog, no subscription and no transaction, so that nothing waits for anything.
    pub fn is_idle(&self) -> bool {
        let has_no_index = self.server_keys.is_empty()
            && self.merge_keys.is_empty()
            && self.shares.is_empty()
            && self.client_keys.is_empty()
            && self.tags.is_empty()
            && self.subscription_tags.is_empty()
            && self.subscriptions_of.is_empty();
        self.sizes() == Sizes::default() && has_no_index && self.deadlines.is_empty() && self.events.is_empty()
    }

    /// How much there is now.
    pub fn sizes(&self) -> Sizes {
        let is_inquiry = |entry: &&ClientEntry| matches!(entry.purpose, Purpose::Inquiry(_));
        let inquiries = self.clients.values().filter(is_inquiry).count();
        Sizes {
            dialogs: self.dialogs.len(),
            server_transactions: self.servers.len(),
            client_transactions: self.clients.len() - inquiries,
            inquiries,
            subscriptions: self.subscriptions.len(),
        }
    }

    /// The Call-ID of a dialog, early ones included.
    pub fn call_id_of(&self, dialog: DialogId) -> Option<&Text> {
        self.dialogs.get(&dialog).map(|dialog| &dialog.sides.call_id)
    }

    /// How much of what was seen, since the start.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    fn next_id(&mut self) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        id
    }

    /// A word of 64 random bits: nobody guesses a tag or a branch.
    fn token(&mut self) -> String {
        format!("{:016x}", self.random.next_u64())
    }
}
