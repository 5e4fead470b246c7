//! The phone's own transactions (RFC 3261 §17): what it repeats, for how long, and what it has answered.

use std::time::Duration;

use super::message::Message;

/// T1: an estimate of the round trip (RFC 3261 §17.1.1.1).
pub const T1: Duration = Duration::from_millis(500);
/// T2: the longest pause between two repetitions.
pub const T2: Duration = Duration::from_secs(4);
/// 64 times T1: after this a transaction is given up or forgotten.
pub const GIVES_UP_AFTER: Duration = Duration::from_secs(32);

/// What a phone wants by a request of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be found, or to be found no longer.
    Register,
    /// A new call.
    Invite(u32),
    /// To give a call up before the answer.
    Cancel(u32),
    /// To end a call.
    Bye(u32),
    /// To change a call: hold it or take it back.
    Change(u32),
    /// To refresh a call's session.
    Refresh(u32),
    /// To pass a call on.
    Refer(u32),
    /// To tell a key.
    Key,
    /// To be told of a mailbox.
    Subscribe,
    /// To be told of an extension, by this key.
    BusyKey(usize),
}

/// A request before it is said, so that it can be said again with credentials.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What for.
    pub purpose: Purpose,
    /// `INVITE`, `BYE` ...
    pub method: &'static str,
    /// The Request-URI.
    pub uri: String,
    /// The From header.
    pub from: String,
    /// The To header.
    pub to: String,
    /// The Call-ID.
    pub call_id: String,
    /// CSeq's number.
    pub cseq: u32,
    /// The other headers.
    pub others: Vec<(String, String)>,
    /// The body, or empty.
    pub body: String,
    /// How often it has been refused for want of credentials.
    pub refusals: u32,
}

/// A request under way.
#[derive(Clone, Debug)]
pub struct Client {
    /// What was said.
    pub draft: Draft,
    /// The Via it was said with.
    pub via: String,
    /// Its bytes, for repetition.
    pub text: String,
    /// The pause before the next repetition; none when it is not to be repeated.
    pub pause: Option<Duration>,
    /// When it is given up.
    pub gives_up_at: Duration,
    /// The highest status heard so far, or 0.
    pub heard: u16,
    /// The acknowledgement of its final response, for the next time that arrives.
    pub ack: Option<String>,
}

impl Client {
    /// Whether the final response is in.
    pub fn is_done(&self) -> bool {
        self.heard >= 200
    }
}

/// A request that was received, and what was said to it.
#[derive(Clone, Debug)]
pub struct Server {
    /// The request.
    pub request: Message,
    /// The last response.
    pub said: Option<String>,
    /// Its status, or 0.
    pub status: u16,
    /// The pause before a final response to an INVITE is repeated.
    pub pause: Duration,
    /// When the final response is no longer repeated, and all is forgotten.
    pub forgets_at: Option<Duration>,
    /// Whether the final response was acknowledged.
    pub is_acknowledged: bool,
    /// The tag that our responses carry.
    pub tag: String,
}
