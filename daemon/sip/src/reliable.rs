//! Provisional responses that must arrive (RFC 3262): numbered, sent again until a PRACK confirms them, one after the
//! other. Plain data; what is sent is decided in `stack`.

use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::event::{Body, TransactionId};
use crate::message::{HeaderName, Headers, RAck};
use crate::transaction::timers::{Backoff, TIMER_H};

/// Responses that wait for the PRACK of the one before them: ringing, a queue, early media, and ringing again. Later ones
/// are left out, for the answer says more.
pub const MAX_WAITING: usize = 4;
/// The option tag.
pub const OPTION: &str = "100rel";

/// What a caller thinks of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    /// It knows nothing of it.
    #[default]
    None,
    /// It can: then early media is sent so.
    Supported,
    /// Nothing may be sent otherwise.
    Required,
}

impl Wish {
    /// Reads Supported and Require.
    pub fn read(headers: &Headers) -> Wish {
        let has = |name| headers.tokens(name).is_ok_and(|tags| tags.iter().any(|tag| tag.eq_ignore_case(OPTION)));
        match (has(HeaderName::Require), has(HeaderName::Supported)) {
            (true, _) => Wish::Required,
            (false, true) => Wish::Supported,
            (false, false) => Wish::None,
        }
    }
}

/// The RSeq of a response that must be confirmed (§4); `None` for all others.
pub fn rseq_of(headers: &Headers) -> Option<u32> {
    let is_reliable = Wish::read(headers) == Wish::Required;
    headers.number(HeaderName::RSeq).ok().flatten().filter(|rseq| is_reliable && *rseq > 0)
}

/// ```text
///            send                      PRACK: the next that waits, or the answer
///   quiet ---------> unacknowledged ----------------------------------------------> quiet
///                      | ^        \
///                      +-+         +-- 64*T1 without one: the call is refused
///                  sent again
/// ```
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Reliable {
    /// What the caller thinks of it.
    pub wish: Wish,
    /// The CSeq of its INVITE, which a PRACK has to name (§7.2).
    pub cseq: u32,
    /// The number of the last one; 0 before the first.
    rseq: u32,
    /// The one that waits for its PRACK.
    unacknowledged: Option<Unacknowledged>,
    /// Whether a session description has been confirmed: then either side may offer another (RFC 3311 §5.1).
    pub is_settled: bool,
    /// What waits for that PRACK, few enough for [`MAX_WAITING`].
    pub waiting: Vec<(u16, Option<Body>)>,
    /// The answer that waits for it, for it carries the same description (§3).
    pub answer: Option<Body>,
    /// The caller's offer in a PRACK or UPDATE before our answer, while it waits for the owner.
    pub offered: Option<TransactionId>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Unacknowledged {
    bytes: Bytes,
    has_session: bool,
    resend: Backoff,
    give_up_at: Duration,
}

impl Reliable {
    /// For the INVITE of this CSeq from a caller with this wish.
    pub fn of(wish: Wish, cseq: u32) -> Reliable {
        Reliable { wish, cseq, ..Reliable::default() }
    }

    /// Whether a response goes out so.
    pub fn takes(&self, has_session: bool) -> bool {
        self.wish == Wish::Required || (self.wish == Wish::Supported && has_session)
    }

    /// Whether the caller may offer another session before the answer.
    pub fn may_be_offered(&self) -> bool {
        self.is_settled && self.offered.is_none() && self.answer.is_none()
    }

    /// Whether one waits for its PRACK.
    pub fn is_waiting(&self) -> bool {
        self.unacknowledged.is_some()
    }

    /// Whether the answer has to wait: a description that was sent reliably must be confirmed first (§3).
    pub fn holds_answer(&self) -> bool {
        self.unacknowledged.as_ref().is_some_and(|sent| sent.has_session)
    }

    /// The number of the next one; the first is by chance, and so that no count reaches the end of the numbers (§3).
    pub fn next_rseq(&mut self, chance: u32) -> u32 {
        self.rseq = if self.rseq == 0 { chance % (1 << 30) + 1 } else { self.rseq + 1 };
        self.rseq
    }

    /// It went out.
    pub fn sent(&mut self, now: Duration, bytes: Bytes, has_session: bool) {
        let (resend, give_up_at) = (Backoff::start(now), now + TIMER_H);
        self.unacknowledged = Some(Unacknowledged { bytes, has_session, resend, give_up_at });
    }

    /// A PRACK came: whether it confirms the last response to this INVITE, now or once before.
    pub fn confirmed(&mut self, rack: &RAck) -> bool {
        let is_last = self.rseq > 0 && rack.rseq == self.rseq;
        if is_last && let Some(sent) = self.unacknowledged.take() {
            self.is_settled |= sent.has_session;
        }
        is_last
    }

    /// The call is answered: nothing before that is of interest any more.
    pub fn is_over(&mut self) {
        self.unacknowledged = None;
        self.waiting.clear();
    }

    /// When it wants the clock.
    pub fn deadline(&self) -> Option<Duration> {
        self.unacknowledged.as_ref().map(|sent| sent.resend.at.min(sent.give_up_at))
    }

    /// Whether nobody confirmed in time (§3).
    pub fn is_lost(&self, now: Duration) -> bool {
        self.unacknowledged.as_ref().is_some_and(|sent| sent.give_up_at <= now)
    }

    /// What is to be sent again now. The intervals double without end, as they do for no other response (§3).
    pub fn again(&mut self, now: Duration) -> Option<Bytes> {
        let sent = self.unacknowledged.as_mut().filter(|sent| sent.resend.is_due(now))?;
        sent.resend.double(now, TIMER_H);
        Some(sent.bytes.clone())
    }
}
