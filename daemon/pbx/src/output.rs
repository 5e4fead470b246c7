//! Everything the engine can want of the shell.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use config::{RuleChange, Secret};
use serde::{Deserialize, Serialize};
use sip::peer::SecurePeer;
use sip::sdp::Agreed;
use sip::transport::{Transmit, Transport};

use crate::completion::Wishes;
use crate::console::NotDone;
use crate::events::CallEvent;
use crate::ids::CallId;
pub use crate::ids::{AskId, LegId, OrderId, PlayId, RecordingId};
use crate::ladder::Ladder;
use crate::mailbox::{Folder, NewRecording};
use crate::misuse::Misuse;
use crate::placed::Unplaced;
use crate::prompt::Prompt;
use crate::registrar::{Binding, BindingKey};
use crate::status::{Alert, Status};
use crate::tested::Untested;

/// One thing to be done by the shell.
#[derive(Clone, Debug)]
pub enum Output {
    /// Send a SIP message. On TCP without a flow, open a connection first.
    Datagram(Transmit),
    /// Whom connections within TLS may be opened to from here on, and by what they prove themselves.
    SecurePeers(Arc<Vec<SecurePeer>>),
    /// An order to the media threads.
    Media(MediaOrder),
    /// A question; answered by `Input::Answer`.
    Ask(AskId, Ask),
    /// What the office looks like now, for those who may not ask the engine.
    Status(Arc<Status>),
    /// The answer to `Input::Order`.
    Reply(OrderId, Reply),
}

/// The answer to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// It is done.
    Done,
    /// There is no such call.
    NoSuchCall,
    /// There is no such trunk, or it is switched off.
    NoSuchTrunk,
    /// No wrong password came from there.
    NoSuchSource,
    /// The phones of whoever wants it ring for this call.
    Placed(CallId),
    /// The call is not begun.
    Unplaced(Unplaced),
    /// It is not done with the call.
    NotDone(NotDone),
    /// Nobody waits so.
    NoSuchWish,
    /// The number of a recording, which no other gets.
    Number(RecordingId),
    /// The trunk is being tested by this call; what comes of it is in the status.
    Testing(CallId),
    /// The trunk is not tested.
    Untested(Untested),
    /// The messages of a call so far.
    Ladder(Arc<Ladder>),
}

/// What the engine cannot know or do at once.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Write this down, all of it or nothing, in this order.
    Commit(Vec<Record>),
    /// A recording begins: note whose it is. Answered by `Committed`, before which nothing is recorded, or `Failed`.
    Begin(NewRecording),
    /// A recording that has begun is to be kept: as a message it is new in its mailbox from here on, as a greeting or name it takes
    /// the place of the one before. Answered by `Committed`, `Failed`, or `Gone` where it is unknown.
    Keep {
        /// Which.
        recording: RecordingId,
        /// How long it is, in milliseconds; `None`: as long as its file says.
        length_ms: Option<u32>,
    },
    /// A recording that has begun is not wanted; its file goes. Answered by `Committed`, also where it is unknown, or `Failed`.
    Drop {
        /// Which.
        recording: RecordingId,
    },
    /// What lies in a mailbox? Answered by `Messages` or `Failed`.
    ListMessages {
        /// The extension.
        mailbox: String,
    },
    /// Put a message from one folder into another. Answered by `Committed`, also where it lies there already; `Gone` where there is
    /// no such message, or somebody has put it into a third folder meanwhile; or `Failed`.
    Move {
        /// Which.
        recording: RecordingId,
        /// Where it lay when that was decided.
        from: Folder,
        /// Where to.
        to: Folder,
    },
    /// Callers of this mailbox hear the spoken greeting again; its recording goes. Answered by `Committed` or `Failed`.
    ForgetGreeting {
        /// The extension.
        mailbox: String,
    },
    /// Is this the PIN of that extension? Answered by `PinIs` or `Failed`; an extension without a PIN has no right one.
    CheckPin {
        /// The extension.
        extension: String,
        /// What was keyed.
        pin: Secret,
    },
    /// Which of the office's authorization codes that this extension may key is it? All of them are compared, whatever they open, and
    /// always all: how long it takes tells nothing. Answered by `CodeIs` or `Failed`.
    CheckCode {
        /// The caller's extension.
        extension: String,
        /// What was keyed.
        code: Secret,
    },
    /// Where does SIP for this host go (RFC 3263)? Answered by `Addresses`, which are none where the DNS knows none,
    /// `KnownAddresses`, or `Failed` where the DNS is silent; never by waiting for one that is dead.
    Resolve {
        /// The name.
        host: String,
        /// The port, where it was written: then the name has an address of its own.
        port: Option<u16>,
        /// What the messages travel over.
        transport: Transport,
    },
    /// Change what becomes of an extension's calls: a new revision of the office, in force before the answer. Answered by `Committed`,
    /// `Gone` where there is no such extension any more, or `Failed`.
    ChangeRules {
        /// The extension.
        extension: String,
        /// What is to be.
        change: RuleChange,
    },
    /// Give an extension another PIN: a new revision of the office. Answered by `Committed` or `Failed`.
    SetPin {
        /// The extension.
        extension: String,
        /// The new one, already found strong enough.
        pin: Secret,
    },
}

/// A line for the store.
#[derive(Clone, Debug)]
pub enum Record {
    /// Something happened to a call.
    Call(CallEvent),
    /// A binding is new or was refreshed.
    Bound(Binding),
    /// A binding ended.
    Unbound(BindingKey),
    /// A human must know.
    Alert(Alert),
    /// What is to be remembered of misuse, in the place of what was written before.
    Misuse(Box<Misuse>),
    /// Who wants to be called back, in the place of what was written before.
    Completions(Box<Wishes>),
}

/// An order to the media threads. Orders about a leg that has no port are ignored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MediaOrder {
    /// Bind RTP to this address and RTCP to the port above it.
    Open {
        /// The leg that owns the port.
        leg: LegId,
        /// Our end.
        local: SocketAddr,
    },
    /// What was agreed with the peer: where to send, in which format, and what may come back.
    Configure {
        /// The leg.
        leg: LegId,
        /// The outcome of offer and answer.
        agreed: Agreed,
        /// The address its signalling comes from: RTP may be learned from it or from the SDP's address, from no other.
        signalled_from: IpAddr,
    },
    /// Pass what each hears to the other, converting between their formats.
    Bridge {
        /// One side.
        a: LegId,
        /// The other.
        b: LegId,
    },
    /// Let each of these hear all others together, converting between their formats. Keys are not passed on.
    Join {
        /// They, in any order.
        legs: Vec<LegId>,
    },
    /// Send back what comes in.
    Echo {
        /// The leg.
        leg: LegId,
    },
    /// Stop passing audio to and from this leg.
    Part {
        /// The leg.
        leg: LegId,
    },
    /// Play to this leg, instead of what it is bridged to, until the end or `Stop`.
    Play {
        /// The leg.
        leg: LegId,
        /// Named in `PlayDone`.
        play: PlayId,
        /// What.
        sound: Sound,
    },
    /// Stop whatever plays.
    Stop {
        /// The leg.
        leg: LegId,
    },
    /// Say a key to this leg: as RFC 4733 events where that is agreed, else as the key's tone, in the place of what it is bridged
    /// to. Not said twice where the party that it is bridged to tells the same press as events; nor while something plays.
    Key {
        /// The leg.
        leg: LegId,
        /// `0`-`9`, `*`, `#`, `A`-`D`.
        digit: char,
    },
    /// Write what the leg's party says into the recording's file, from now on; `RecordDone` tells the end. While it runs nothing is
    /// played.
    Record {
        /// The leg.
        leg: LegId,
        /// Names the file.
        recording: RecordingId,
        /// The longest that is recorded, in milliseconds.
        limit_ms: u32,
        /// Silence of so long ends it, in milliseconds; 0: it never does.
        silence_ms: u32,
    },
    /// Stop the recording of this leg.
    StopRecording {
        /// The leg.
        leg: LegId,
    },
    /// Close the port; a last `Quality` follows.
    Close {
        /// The leg.
        leg: LegId,
    },
}

/// Something to be heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sound {
    /// A call-progress tone of a country (ITU-T E.180), for at most so long.
    Tone {
        /// Which.
        tone: Tone,
        /// ISO 3166 code of the country whose tone it is; an unknown one sounds as US.
        country: String,
        /// The limit, in milliseconds.
        limit_ms: u32,
    },
    /// A sentence, to its end. One that cannot be spoken is over at once.
    Prompt(Prompt),
    /// A recording from this place on, to its end. One whose file cannot be read is over at once.
    Recording {
        /// Which.
        recording: RecordingId,
        /// Where to begin, in milliseconds.
        from_ms: u32,
    },
    /// What is played to who waits; it has no end, and `PlayDone` comes when it is stopped or cannot be played.
    Music,
}

/// Within this the `PlayDone` of a prompt comes, whatever happens: the longest sentence and the longest wait for it.
pub const PROMPT_LIMIT: Duration = Duration::from_secs(75);

/// The call-progress tones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// The other side rings.
    Ringback,
    /// The other side is busy.
    Busy,
    /// No way through.
    Congestion,
    /// Speak now: what a recording begins after; the same in every country.
    Beep,
    /// Special information tone: the call cannot be made at all.
    SpecialInformation,
}
