//! Session timers (RFC 4028): one side of a call asks the other again and again, so that both learn when the other has
//! vanished. Pure terms and deadlines; what is sent is decided in `stack`.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::message::{HeaderError, HeaderName, Headers};
use crate::transaction::timers::TIMER_F;

/// How long a session lasts without a refresh, where nobody says otherwise: what §4.2 recommends. Each costs one request
/// in a quarter of an hour.
pub const SESSION_EXPIRES_S: u32 = 1800;
/// The shortest session that is taken, in seconds: what §5 makes the least of all, and the default of a Min-SE.
pub const MIN_SE_S: u32 = 90;
/// How long before its end a session without a refresh is given up (§10), unless a third of it is less.
const GIVES_UP_BEFORE_S: u32 = 32;
/// A refresh that came to nothing is tried again after this part of the session: soon enough to get through a glare in the
/// shortest session, and seldom enough for a phone that refuses every one in the longest.
const TRIES_AGAIN_AFTER: u32 = 16;

/// Who has to refresh; the headers call them `uac` and `uas` anew with each request (§7.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refresher {
    /// This side.
    We,
    /// The other side.
    Peer,
}

/// How long a session lasts, and who keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The session's length without a refresh, in seconds; at least [`MIN_SE_S`].
    pub interval_s: u32,
    /// Who keeps it.
    pub refresher: Refresher,
}

/// What a message of the peer says of session timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Session-Expires, in seconds.
    pub interval_s: Option<u32>,
    /// Whether its sender would refresh: `uac` in a request.
    pub by_uac: Option<bool>,
    /// Min-SE, in seconds; never less than [`MIN_SE_S`].
    pub min_s: u32,
    /// Whether the extension is supported.
    pub is_supported: bool,
}

impl Said {
    /// Of a message that says nothing of it.
    pub const NOTHING: Said = Said { interval_s: None, by_uac: None, min_s: MIN_SE_S, is_supported: false };

    /// Reads Session-Expires, Min-SE and Supported.
    pub fn read(headers: &Headers) -> Result<Said, HeaderError> {
        let expires = headers.with_params(HeaderName::SessionExpires)?;
        let interval_s = headers.number(HeaderName::SessionExpires)?;
        let refresher = expires.as_ref().and_then(|value| value.params.get("refresher"));
        let by_uac = refresher.and_then(|who| match who {
            who if who.eq_ignore_case("uac") => Some(true),
            who if who.eq_ignore_case("uas") => Some(false),
            _ => None,
        });
        let min_s = headers.number(HeaderName::MinSe)?.unwrap_or(MIN_SE_S).max(MIN_SE_S);
        // Whoever cannot be read here is refused elsewhere, or knows no extensions.
        let is_supported = headers.supported().is_ok_and(|tags| tags.iter().any(|tag| tag.eq_ignore_case("timer")));
        Ok(Said { interval_s, by_uac, min_s, is_supported })
    }

    /// Whether a request with it is refused by 422 (§9). Whoever does not know the extension cannot ask again: a proxy
    /// put it there.
    pub fn is_too_brief(&self) -> bool {
        self.is_supported && self.interval_s.is_some_and(|interval_s| interval_s < MIN_SE_S)
    }
}

/// What our answer to a request of the peer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The terms.
    pub terms: Terms,
    /// Whether the peer knows the extension, so that it can be required of it.
    pub is_known: bool,
}

impl Reply {
    /// What the 2xx says: it answers the peer, who is the client here.
    pub fn session_expires(&self) -> String {
        let refresher = if self.terms.refresher == Refresher::We { "uas" } else { "uac" };
        format!("{};refresher={refresher}", self.terms.interval_s)
    }
}

/// ```text
///          our 2xx, or theirs, with Session-Expires
///   off ---------------------------------------------> running -- end: give up
///    ^                                                  |   ^
///    +------------ a 2xx without one -------------------+   +-- a 2xx with one; half: refresh
/// ```
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SessionTimer {
    running: Option<Running>,
    /// What our 2xx to the request that waits will say.
    reply: Option<Reply>,
    /// The shortest session that the peer and all between take, in seconds; 0 as long as nobody has said.
    min_s: u32,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Running {
    terms: Terms,
    /// When the session wants a refresh.
    half_at: Duration,
    /// When we try to refresh, where that is ours to do.
    refresh_at: Option<Duration>,
    gives_up_at: Duration,
}

impl SessionTimer {
    /// A request of the peer that may refresh the session came: settles what its 2xx will say (§9). `None`: that the
    /// session does not expire.
    pub fn asked(&mut self, said: &Said) -> Option<Reply> {
        self.min_s = self.min_s.max(said.min_s);
        let current = self.running.map(|running| running.terms.refresher);
        let terms = if said.is_supported {
            let longest_s = said.interval_s.unwrap_or(u32::MAX).max(MIN_SE_S);
            // Who asked for a timer will keep it; who merely knows of it leaves that to us, who want one.
            let likely = if said.interval_s.is_some() { Refresher::Peer } else { Refresher::We };
            let named = said.by_uac.map(|by_uac| if by_uac { Refresher::Peer } else { Refresher::We });
            let refresher = named.or(current).unwrap_or(likely);
            Some(Terms { interval_s: SESSION_EXPIRES_S.max(self.min_s).min(longest_s), refresher })
        } else {
            // A proxy wants one, of a peer that cannot keep it.
            said.interval_s.map(|s| Terms { interval_s: s.max(MIN_SE_S), refresher: Refresher::We })
        };
        self.reply = terms.map(|terms| Reply { terms, is_known: said.is_supported });
        self.reply
    }

    /// What our 2xx to the request that waits says.
    pub fn reply(&self) -> Option<Reply> {
        self.reply
    }

    /// Our 2xx went out: what it said holds from here on.
    pub fn replied(&mut self, now: Duration) {
        self.start(now, self.reply.map(|reply| reply.terms));
        self.reply = None;
    }

    /// The peer's 2xx to a request of ours came (§7.2): without Session-Expires the session does not expire. Less than
    /// [`MIN_SE_S`] nobody may say.
    pub fn granted(&mut self, now: Duration, said: &Said) {
        let refresher = if said.by_uac == Some(false) { Refresher::Peer } else { Refresher::We };
        let terms = said.interval_s.map(|interval_s| Terms { interval_s: interval_s.max(MIN_SE_S), refresher });
        self.start(now, terms);
    }

    /// The peer, or a proxy, wants longer sessions: 422 with its Min-SE (§7.3). False where that is what it was asked for.
    pub fn lengthened(&mut self, said: &Said, asked_s: u32) -> bool {
        self.min_s = self.min_s.max(said.min_s);
        self.min_s > asked_s
    }

    /// What a request of ours asks for: Session-Expires and Min-SE. `None` where the session is not to expire.
    pub fn wanted(&self, is_first: bool) -> Option<[(HeaderName, String); 2]> {
        let (interval_s, refresher) = match self.running {
            // Whoever is called knows best who of the two should.
            None if is_first => (SESSION_EXPIRES_S, ""),
            None => return None,
            Some(Running { terms, .. }) => match terms.refresher {
                Refresher::We => (terms.interval_s, ";refresher=uac"),
                Refresher::Peer => (terms.interval_s, ";refresher=uas"),
            },
        };
        let expires = format!("{}{refresher}", interval_s.max(self.min_s));
        let min = self.min_s.max(MIN_SE_S).to_string();
        Some([(HeaderName::SessionExpires, expires), (HeaderName::MinSe, min)])
    }

    fn start(&mut self, now: Duration, terms: Option<Terms>) {
        let seconds = |s: u32| Duration::from_secs(u64::from(s));
        self.running = terms.map(|terms| {
            let Terms { interval_s, refresher } = terms;
            let gives_up_at = now + seconds(interval_s - GIVES_UP_BEFORE_S.min(interval_s / 3));
            let half_at = now + seconds(interval_s) / 2;
            let refresh_at = (refresher == Refresher::We).then_some(half_at);
            Running { terms, half_at, refresh_at, gives_up_at }
        });
    }

    /// When it wants the clock.
    pub fn deadline(&self) -> Option<Duration> {
        let running = self.running?;
        Some(running.refresh_at.map_or(running.gives_up_at, |at| at.min(running.gives_up_at)))
    }

    /// Whether nobody has refreshed the session in time (§10).
    pub fn is_over(&self, now: Duration) -> bool {
        self.running.is_some_and(|running| running.gives_up_at <= now)
    }

    /// Whether we have to refresh the session now. Unless it is heard of before, the next turn is when a request has had
    /// its time.
    pub fn takes_turn(&mut self, now: Duration) -> bool {
        let Some(Running { terms, refresh_at: Some(at), .. }) = &mut self.running else { return false };
        let is_due = *at <= now;
        if is_due {
            *at = now + pause(*terms).max(TIMER_F);
        }
        is_due
    }

    /// A request that would have refreshed came to nothing, or could not be sent.
    pub fn tries_again(&mut self, now: Duration) {
        if let Some(Running { terms, half_at, refresh_at: Some(at), .. }) = &mut self.running
            && *half_at <= now
        {
            *at = now + pause(*terms);
        }
    }

    /// The 2xx that waits is what it was before.
    pub fn waits_like(&mut self, before: &SessionTimer) {
        self.reply = before.reply;
    }
}

fn pause(terms: Terms) -> Duration {
    Duration::from_secs(u64::from(terms.interval_s)) / TRIES_AGAIN_AFTER
}
