//! Everything the engine can want of the shell.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sip::sdp::Agreed;
use sip::transport::Transmit;

use crate::events::CallEvent;
pub use crate::ids::{AskId, LegId, OrderId, PlayId};
use crate::prompt::Prompt;
use crate::registrar::{Binding, BindingKey};
use crate::status::{Alert, Status};

/// One thing to be done by the shell.
#[derive(Clone, Debug)]
pub enum Output {
    /// Send a SIP message. On TCP without a flow, open a connection first.
    Datagram(Transmit),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// It is done.
    Done,
    /// There is no such call.
    NoSuchCall,
}

/// What the engine cannot know or do at once.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Write this down, all of it or nothing, in this order.
    Commit(Vec<Record>),
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
    /// Special information tone: the call cannot be made at all.
    SpecialInformation,
}
