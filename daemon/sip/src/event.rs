//! The words between the stack and its owner: what happened on the wire, said without a message in it where possible.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::auth::Attack;
use crate::diversion::{DiversionReason, Diversions};
pub use crate::message::Reason;
use crate::message::{Headers, NameAddr, Request, Text, Uri};
pub use crate::package::Package;
use crate::transport::{FlowId, Hop};
use std::net::SocketAddr;

/// One INVITE's relation with a peer, from the first INVITE to the end: the early dialogs, then the one that was
/// confirmed (RFC 3261 §12). Never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DialogId(pub u64);

/// A server transaction whose final response the owner still has to give. Never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TransactionId(pub u64);

/// One subscription of a phone to something of ours (RFC 6665), from its first SUBSCRIBE to the end. Never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SubscriptionId(pub u64);

/// One NOTIFY that nobody had subscribed to. Never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NotifyId(pub u64);

/// One REGISTER or OPTIONS of ours to a peer, those included that went out again after a challenge. Never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InquiryId(pub u64);

/// What became of one.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Which.
    pub inquiry: InquiryId,
    /// The final status; 408 for silence, 503 for a lost transport or a full table.
    pub status: u16,
    /// Whether the peer has said so itself.
    pub is_answer: bool,
    /// What the peer calls that status; empty where there was no response.
    pub phrase: String,
    /// Contact, Expires, Min-Expires, Retry-After and Service-Route, as far as they are there.
    pub headers: Headers,
    /// Our address as the peer sees it.
    pub seen_as: Option<SocketAddr>,
    /// The connection that it came by.
    pub flow: Option<FlowId>,
}

impl Reply {
    /// There was no final response.
    pub(crate) fn without_response(inquiry: InquiryId, status: u16) -> Reply {
        Reply {
            inquiry,
            status,
            is_answer: false,
            phrase: String::new(),
            headers: Headers::new(),
            seen_as: None,
            flow: None,
        }
    }
}

/// A body with its type, as on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The Content-Type value, e.g. `application/sdp`.
    pub content_type: String,
    /// The body's bytes.
    pub bytes: Bytes,
}

impl Body {
    /// A session description.
    pub fn sdp(bytes: Bytes) -> Body {
        Body { content_type: "application/sdp".to_owned(), bytes }
    }
}

/// A dialog of ours that another message names (RFC 3891 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Which.
    pub dialog: DialogId,
    /// Whether it has not been answered yet.
    pub is_early: bool,
}

/// A new call from a phone that has proven who it is, or from a peer that need not.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The handle for all that follows.
    pub dialog: DialogId,
    /// The credential that was proven: the digest user name; of a peer, its name.
    pub user: String,
    /// The Request-URI: what was dialled.
    pub uri: Uri,
    /// The From header; its user part is an AOR that the credential owns.
    pub from: NameAddr,
    /// The To header.
    pub to: NameAddr,
    /// The session description, absent with a delayed offer (RFC 3264 §4).
    pub offer: Option<Body>,
    /// The dialog that it is to take the place of (RFC 3891); whether that user may is not known here.
    pub replaces: Option<Replaced>,
    /// The User-Agent header, or empty.
    pub user_agent: String,
    /// The number of P-Asserted-Identity (RFC 3325 §9.1) or Remote-Party-ID, where there is one: whether it is to be believed is not
    /// known here.
    pub asserted: Option<String>,
    /// Whether the caller wants to stay unknown to whom it calls: Privacy has `id`, `user` or `header` (RFC 3323 §4.2), or
    /// Remote-Party-ID says so.
    pub is_private: bool,
    /// How the call was sent on before, as the caller says.
    pub diverted: Diversions,
    /// How many hops the request may still take (RFC 3261 §20.22).
    pub max_forwards: u8,
    /// The way it came.
    pub hop: Hop,
}

/// A REGISTER from a peer that has proven who it is. Answer it with `Stack::respond`.
#[derive(Clone, Debug)]
pub struct Registering {
    /// The handle for the answer.
    pub transaction: TransactionId,
    /// The credential that was proven: the digest user name.
    pub user: String,
    /// The whole request: the registrar reads contacts, expiries and parameters from it.
    pub request: Request,
    /// The way it came.
    pub hop: Hop,
}

/// A SUBSCRIBE outside dialogs from a peer that has proven who it is. Answer it with `Stack::accept_subscription`, or
/// refuse it with `Stack::respond`: whether that user may watch that resource is not known here.
#[derive(Clone, Debug)]
pub struct Subscribing {
    /// The handle for the answer.
    pub transaction: TransactionId,
    /// The handle for all that follows an acceptance.
    pub subscription: SubscriptionId,
    /// The credential that was proven: the digest user name.
    pub user: String,
    /// The Request-URI: what it wants to watch.
    pub uri: Uri,
    /// What about it.
    pub package: Package,
    /// The seconds that will be granted; 0 asks for one NOTIFY and no more (RFC 6665 §4.4.3).
    pub expires_s: u32,
    /// The way it came.
    pub hop: Hop,
    /// The User-Agent header, or empty.
    pub user_agent: String,
    /// What else it wants, in a package whose SUBSCRIBEs say that.
    pub body: Option<Body>,
}

/// A REFER (RFC 3515): a party wants its call passed on. Answer it with `Stack::accept_refer`, or refuse it with
/// `Stack::respond`; not with 481 or 408, which would end the call (RFC 3261 §12.2.1.2).
#[derive(Clone, Debug)]
pub struct Referred {
    /// The handle for the answer.
    pub transaction: TransactionId,
    /// The handle for what it is told of the progress.
    pub refer: SubscriptionId,
    /// The dialog of the call that is to be passed on; it was answered.
    pub dialog: DialogId,
    /// To whom: the Refer-To without its headers.
    pub to: Uri,
    /// The other dialog, whose peer is meant (RFC 5589 §7): in any state, and whosever it is.
    pub replaces: Option<Replaced>,
    /// Who says to have asked for it (RFC 3892); nothing proves it.
    pub referred_by: Option<NameAddr>,
}

/// Where a callee wants its call sent instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redirection {
    /// The contacts, most wanted first.
    pub to: Vec<Uri>,
    /// Why, where it says so in Diversion (RFC 5806).
    pub because: Option<DiversionReason>,
}

/// What the stack tells its owner.
#[derive(Clone, Debug)]
pub enum Event {
    /// A phone registers, refreshes, removes or asks for bindings.
    Registering(Box<Registering>),
    /// A new incoming INVITE. The stack has sent 100; the owner rings, answers or refuses.
    Invited(Box<Invited>),
    /// The caller gave up before the answer. The stack has answered the CANCEL with 200 and the INVITE with 487.
    Cancelled {
        /// Which.
        dialog: DialogId,
        /// Why, where the caller said so.
        reason: Option<Reason>,
    },
    /// Our answer was acknowledged; the body is the answer to an offer that went in our 200.
    Confirmed {
        /// Which.
        dialog: DialogId,
        /// The peer's answer, with a delayed offer.
        answer: Option<Body>,
    },
    /// A provisional response (101 to 199) to our INVITE; from a peer also 100.
    Progress {
        /// Which.
        dialog: DialogId,
        /// The callee's tag, another one for each early dialog (RFC 3261 §12.1); empty where it says none.
        branch: Text,
        /// 180, 181, 182, 183 ...
        status: u16,
        /// Early media, where there is some.
        body: Option<Body>,
    },
    /// A 2xx to our INVITE. The stack sends the ACK by itself when our INVITE carried the offer; otherwise the owner
    /// must call `Stack::acknowledge` with the answer.
    Answered {
        /// Which.
        dialog: DialogId,
        /// The tag of the callee's side that answered: one that was heard of in `Progress`, or another.
        branch: Text,
        /// The peer's answer, or its offer when our INVITE carried none.
        body: Option<Body>,
    },
    /// Our INVITE failed for good: a final response of 300 to 699, or 408 for silence, 503 for a lost transport, 487
    /// after a cancel. The dialog is over.
    Rejected {
        /// Which.
        dialog: DialogId,
        /// The status.
        status: u16,
        /// Why, where the callee said so.
        reason: Option<Reason>,
        /// What a 3xx says.
        redirection: Redirection,
    },
    /// A re-INVITE, or an UPDATE or PRACK with a body; the latter two also before the answer (RFC 3262 §5, RFC 3311 §5.1).
    /// The owner answers with `accept_reoffer` or `refuse_reoffer`.
    Reoffered {
        /// Which.
        dialog: DialogId,
        /// The peer's tag: before the answer to a call of ours, which of the early dialogs is meant.
        branch: Text,
        /// The new offer; `None` asks for one of ours (then the answer comes as `Confirmed`).
        offer: Option<Body>,
    },
    /// Our offer may go out now: answer with `reoffer` at once. Because an earlier one had to wait, met another on its way
    /// (RFC 3261 §14.1), because what `identify` says can reach this phone by an offer alone, or to refresh the session
    /// (RFC 4028 §7.4).
    OfferDue {
        /// Which.
        dialog: DialogId,
    },
    /// Our re-INVITE was answered with a 2xx and acknowledged.
    ReofferAnswered {
        /// Which.
        dialog: DialogId,
        /// The peer's answer.
        body: Option<Body>,
    },
    /// Our re-INVITE was refused; what was agreed before still holds. 491 has been retried already, by `OfferDue`.
    ReofferRefused {
        /// Which.
        dialog: DialogId,
        /// The status.
        status: u16,
    },
    /// An INFO within the dialog; the stack has answered 200.
    Info {
        /// Which.
        dialog: DialogId,
        /// What it said.
        body: Option<Body>,
    },
    /// The peer's answer to `Stack::probe`.
    Probed {
        /// Which.
        dialog: DialogId,
        /// False when it answered 481 or 408, or not at all.
        is_alive: bool,
    },
    /// The peer hung up; the stack has answered 200. The dialog is over.
    HungUp {
        /// Which.
        dialog: DialogId,
        /// Why, where the peer said so.
        reason: Option<Reason>,
    },
    /// The dialog died under us: no ACK for our 2xx, or no refresh of the session in time (the stack has sent BYE), or its
    /// connection and peer are gone.
    Lost {
        /// Which.
        dialog: DialogId,
    },
    /// A party wants its call passed on.
    Referred(Box<Referred>),
    /// A phone asks to be notified.
    Subscribing(Box<Subscribing>),
    /// A phone says within a subscription what it wants (`as-feature-event`). Answer with `Stack::notify`, whatever comes of it.
    Wished {
        /// Which.
        subscription: SubscriptionId,
        /// What.
        body: Body,
    },
    /// A subscription is over: by the phone, by time, because its NOTIFYs fail, or because newer ones of the same user
    /// took its place. It comes once for each `Subscribing`, but not after the owner's own `respond` or
    /// `end_subscription`.
    Unsubscribed {
        /// Which.
        subscription: SubscriptionId,
    },
    /// What became of `Stack::inquire`.
    Replied(Box<Reply>),
    /// What became of `Stack::notify_unsolicited`.
    Notified {
        /// Which.
        notify: NotifyId,
        /// The final status; 408 for silence, 503 for a lost transport or a full table, 513 for a body that is too long.
        status: u16,
    },
    /// Somebody tries wrong passwords; said once for each source and attack.
    Attacked(Box<Attack>),
}
