//! Everything that can happen to the engine.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use config::Config;
use serde::{Deserialize, Serialize};
use sip::transport::{Distrust, FlowId, Hop, Packet};

use crate::addresses::Addresses;
use crate::console::ActOrder;
pub use crate::ids::{AskId, CallId, LegId, OrderId, PlayId, RecordingId};
use crate::mailbox::{Mailbox, Message};
use crate::placed::PlaceOrder;
use crate::tested::Wanted;

/// One thing that happened. Order matters: same inputs, same outputs.
#[derive(Clone, Debug)]
pub enum Input {
    /// A SIP message arrived.
    Datagram(Packet),
    /// A connection closed; messages to it are lost.
    FlowClosed(FlowId),
    /// No connection on this way could be opened, or it closed before the peer said anything; messages that it was to
    /// carry are lost.
    Unreachable(Hop),
    /// Who is reached on this way by TLS is not who it should be; that it is unreachable follows.
    Distrusted(Hop, Distrust),
    /// The machine's addresses are these from here on; told at the start, and whenever they are others.
    Addresses(Addresses),
    /// Time has passed: the deadline that `Engine::handle` returned is here.
    Tick,
    /// The media threads report.
    Media(MediaEvent),
    /// The shell answers a question.
    Answer(AskId, Answer),
    /// A mailbox is different from here on, whoever changed it: the engine itself, the page, or the store that empties the trash.
    MailboxChanged {
        /// The extension.
        mailbox: String,
        /// What it is now.
        is_now: Mailbox,
    },
    /// A new configuration is in force from here on.
    Config(Arc<Config>),
    /// The command line or the page wants something of a running call.
    Order(OrderId, Order),
}

/// What the media threads see on a leg's port.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MediaEvent {
    /// A key was pressed (RFC 4733): once per press, at its end.
    Digit {
        /// The leg whose party pressed it.
        leg: LegId,
        /// `0`-`9`, `*`, `#`, `A`-`D`.
        digit: char,
        /// How long it was held.
        duration: Duration,
    },
    /// A tone or prompt came to its end or was stopped.
    PlayDone {
        /// The leg that heard it.
        leg: LegId,
        /// Which.
        play: PlayId,
    },
    /// A recording is over and all of it is on disk as far as it could be written. Said once for each `Record`, also when the port
    /// closes meanwhile.
    RecordDone {
        /// The leg that was recorded.
        leg: LegId,
        /// Which.
        recording: RecordingId,
        /// How long it is, in milliseconds.
        length_ms: u32,
        /// Why it is over.
        end: RecordEnd,
    },
    /// The peer has sent no RTP for this long. Said once per [`SILENT_AFTER`] while it lasts, whatever the direction agreed.
    Silent {
        /// The silent leg.
        leg: LegId,
        /// For how long.
        for_s: u64,
    },
    /// How the leg's media fares: said every few seconds where it changed, and when sound begins or ceases; the last one is said
    /// when the port closes.
    Quality {
        /// The leg.
        leg: LegId,
        /// The figures so far.
        quality: Quality,
        /// For how long nothing has come from the peer, where that is [`HUSH`] or longer.
        silent_for: Option<Duration>,
    },
    /// The port could not be opened.
    Failed {
        /// The leg.
        leg: LegId,
    },
}

/// Why a recording is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordEnd {
    /// It was stopped, or its port was closed.
    Stopped,
    /// It reached its limit.
    Limit,
    /// Nothing was heard for so long; the silence is cut off.
    Silence,
    /// The disk takes no more, or nothing at all; what it took is kept.
    Failed,
}

/// How long a peer may send no RTP before the engine is told, and asks it by OPTIONS whether it still lives.
pub const SILENT_AFTER: Duration = Duration::from_secs(60);

/// How long no RTP may come before a talking party counts as silent: longer than a phone pauses that sends nothing while
/// nobody speaks.
pub const HUSH: Duration = Duration::from_secs(10);

/// A leg's media in figures, kept with the call (RFC 3550 §6.4, both directions).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// RTP packets received from the peer.
    pub received: u64,
    /// Packets that the peer sent and we did not receive.
    pub lost: u64,
    /// Inter-arrival jitter of what we received, in milliseconds.
    pub jitter_ms: f32,
    /// RTP packets sent to the peer.
    pub sent: u64,
    /// Packets that the peer reports as lost, where it reports.
    pub remote_lost: Option<u64>,
    /// Jitter that the peer reports, in milliseconds.
    pub remote_jitter_ms: Option<f32>,
    /// Round trip by RTCP, in milliseconds.
    pub round_trip_ms: Option<f32>,
    /// Packets dropped because they came from an address that is not the peer's.
    pub strangers: u64,
}

/// The shell's answer to an `Ask`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// It is on disk.
    Committed,
    /// It could not be written, read or done.
    Failed,
    /// What was to be changed does not exist any more.
    Gone,
    /// The new and saved messages of a mailbox, oldest first.
    Messages(Vec<Message>),
    /// Whether a PIN is right.
    PinIs(bool),
    /// The name of the authorization code that it is; `None` for one that is none.
    CodeIs(Option<String>),
    /// Where a name leads, first choice first.
    Addresses(Vec<SocketAddr>),
    /// Where it led before: the DNS is silent.
    KnownAddresses(Vec<SocketAddr>),
}

/// What can be ordered from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// End this call.
    HangUp(CallId),
    /// Tell the messages of this call; answered with `Ladder`, or `NoSuchCall` where they are not kept.
    Ladder(CallId),
    /// Let this address try passwords again at once; answered with `Done`, or `NoSuchSource`.
    Unblock(IpAddr),
    /// Begin a call for somebody: their phones ring first; answered with `Placed`, or `Unplaced`.
    Place(PlaceOrder),
    /// Somebody does something with a call of theirs; answered with `Done`, or `NotDone`.
    Act(ActOrder),
    /// A caller is not called back any more when this one is free; answered with `Done`, or `NoSuchWish`.
    EndWish {
        /// The caller's extension.
        caller: String,
        /// Whom they called.
        target: String,
    },
    /// Give a number to a recording that comes from elsewhere, such as a greeting from the page; whoever asks begins and keeps it.
    NumberRecording,
    /// Ask a trunk now how it is, and register with it; what comes of it is in the status.
    TryTrunk(String),
    /// Call a number by a trunk to see whether it works; answered with `Testing`, or `Untested`.
    TestTrunk(Wanted),
    /// End every call politely, take no new one, and sign off from carriers; answered when the last leg is gone.
    ShutDown,
}
