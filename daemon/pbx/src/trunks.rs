//! The ways out as they are now: where each is, whether we are registered, whether it lives, and what it carries.
//!
//! ```text
//!            one failure                        three in a row, not registered, or no address
//!     Up ------------------> Degraded ------------------------------------------------> Down
//!      ^                       |  ^                                                      |
//!      +---- one success ------+  |                                                      |
//!      +--------------------------+------------------ two successes, registered ---------+
//! ```
//!
//! Deadlines: `Timer::Trunks`, at the earliest of what any line waits for.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sip::event::InquiryId;
use sip::message::NameAddr;
use sip::peer::{Place, SecurePeer};
use sip::transport::{Distrust, FlowId};

use crate::ids::{AskId, LegId};
use crate::tested::Test;

/// How many questions in a row must stay unanswered before a trunk counts as down.
pub const FAILURES_TO_DOWN: u8 = 3;

/// How many must be answered in a row before one that was down counts as up.
pub const SUCCESSES_TO_UP: u8 = 2;

/// How long a trunk may take to answer OPTIONS: with [`FAILURES_TO_DOWN`] of them and [`AFTER_FAILURE`] between, it is
/// known within ten seconds of the first that it is down.
pub const PROBE_PATIENCE: Duration = Duration::from_millis(2_500);

/// Between a question that was not answered and the next; up to half of it is added by chance.
pub const AFTER_FAILURE: Duration = Duration::from_millis(400);

/// Between two questions while a trunk is down: it is used again within fifteen seconds after it came back.
pub const WHILE_DOWN: Duration = Duration::from_secs(4);

/// The expiry that is asked for, in seconds; registrars give less.
pub const REGISTER_S: u32 = 600;

/// The shortest and longest expiry that is believed, in seconds.
pub const REGISTERED_S: std::ops::RangeInclusive<u32> = 20..=7_200;

/// How long a REGISTER that was refused or not answered rests, doubled each time up to [`REST_LIMIT`].
pub const REST: Duration = Duration::from_secs(4);

/// The longest rest: a carrier that is back has us again within two minutes, and at once where it answers OPTIONS.
pub const REST_LIMIT: Duration = Duration::from_secs(120);

/// How long a trunk that is registered elsewhere from now on waits until the old place has heard of it: one lost message
/// each way. An old place that is silent, which may be why it was left, does not keep the office from its new one.
pub const LEAVES_WITHIN: Duration = Duration::from_secs(2);

/// How many places are left at once: every trunk's. Those that were left first are forgotten, and end by themselves.
pub const DEPARTURES_LIMIT: usize = config::MAX_TRUNKS;

/// How often a name is looked up again.
pub const RESOLVE_EVERY: Duration = Duration::from_secs(300);

/// The same while there is no address at all.
pub const RESOLVE_AGAIN: Duration = Duration::from_secs(5);

/// The same while the DNS is silent and what it said before has to do: an address that is old is not used for longer
/// than the DNS is away.
pub const RESOLVE_KNOWN: Duration = Duration::from_secs(30);

/// How many addresses of a trunk are tried.
pub const ADDRESSES_LIMIT: usize = 8;

/// How many of its last failures a trunk tells.
pub const FAILURES_KEPT: usize = 10;

/// How many changes of its health a trunk tells: some days of one that fails now and then, half an hour of one that flaps.
pub const TURNS_KEPT: usize = 100;

/// The longest reason phrase that is kept, in characters: it is the carrier's, and a line on the page.
const PHRASE_LIMIT: usize = 80;

/// What a trunk's name has in front where a SIP user stands: no phone's user begins so.
const MARK: char = '@';

/// The name that a trunk's dialogs are kept under.
pub fn user_of(trunk: &str) -> String {
    format!("{MARK}{trunk}")
}

/// The trunk whose name that is; `None` for a phone's user.
pub fn trunk_of(user: &str) -> Option<&str> {
    user.strip_prefix(MARK)
}

/// Why a trunk is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unusable {
    /// It is down, or off.
    Down,
    /// All its channels are in use.
    Full,
}

/// What is wrong with a trunk, or with one of its addresses, that refuses a call so; `None` where the called party, or its network,
/// has said it: then no other address is tried.
pub fn trouble_of(status: u16) -> Option<Trouble> {
    match status {
        408 => Some(Trouble::CallUnanswered),
        300..=399 | 401..=403 | 407 | 500..=599 => Some(Trouble::CallRefused { status }),
        _ => None,
    }
}

/// Whether a trunk can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// As it should be.
    Up,
    /// In use, and something is wrong.
    Degraded,
    /// Not in use.
    Down,
}

/// What is wrong with a trunk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Trouble {
    /// It has just been set up, or the box has just started.
    Starting,
    /// It is switched off.
    SwitchedOff,
    /// Its server's name has no address.
    NoAddress {
        /// The name.
        host: String,
    },
    /// No name server answers, and where its server is was never known.
    DnsSilent {
        /// The name.
        host: String,
    },
    /// The box listens on no address from which it could be reached.
    NoWay,
    /// It does not answer.
    Silent,
    /// It does not prove that it is who it should be.
    Distrusted {
        /// The name that it should prove.
        host: String,
        /// Why not.
        why: Distrust,
    },
    /// It takes neither user nor secret.
    WrongSecret {
        /// The status.
        status: u16,
    },
    /// It wants a secret, and none is set.
    NoSecret,
    /// It will not register us.
    Refused {
        /// The status.
        status: u16,
        /// What it calls that.
        phrase: String,
    },
    /// It did not answer a call.
    CallUnanswered,
    /// It refused a call as it should not.
    CallRefused {
        /// The status.
        status: u16,
    },
}

/// Something that went wrong with a trunk, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Trouble,
}

/// What a trunk is asked by REGISTER or OPTIONS: the newest question, and what came of the newest that is over. Who does
/// not answer is asked again at once, and must not look as if nothing were known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// When the newest was sent.
    pub asked_at: Timestamp,
    /// Whether it is open.
    pub is_open: bool,
    /// What came of the newest that is over, and when.
    pub heard: Option<(Timestamp, Heard)>,
}

/// What a trunk said to a request, after its challenge was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Heard {
    /// Nothing.
    Nothing,
    /// This.
    Reply {
        /// The status.
        status: u16,
        /// What it calls that.
        phrase: String,
    },
}

impl Exchange {
    /// It is asked.
    pub fn begins(of: &mut Option<Exchange>, asked_at: Timestamp) {
        let heard = of.take().and_then(|before| before.heard);
        *of = Some(Exchange { asked_at, is_open: true, heard });
    }

    /// It was answered; 408 and 503 without a phrase are the stack's own, for what was never answered.
    pub fn ends(of: &mut Option<Exchange>, at: Timestamp, status: u16, phrase: &str) {
        let phrase: String = phrase.chars().filter(|c| !c.is_control()).take(PHRASE_LIMIT).collect();
        let is_silence = matches!(status, 408 | 503) && phrase.is_empty();
        if let Some(open) = of {
            open.is_open = false;
            open.heard = Some((at, if is_silence { Heard::Nothing } else { Heard::Reply { status, phrase } }));
        }
    }
}

/// A change of a trunk's health.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// When.
    pub at: Timestamp,
    /// What it is from then on; `None`: switched off.
    pub health: Option<Health>,
    /// What was wrong then.
    pub trouble: Option<Trouble>,
}

/// One trunk as it is now.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it is, first choice first; the last good answer stays while there is no newer.
    pub addresses: Vec<SocketAddr>,
    /// The question for its name, while it is open.
    pub resolving: Option<AskId>,
    /// When its name is looked up next.
    pub resolve_at: Duration,
    /// Whether no name server answered when it was looked up last.
    pub is_dns_silent: bool,
    /// How our registration stands; `None` where there is none to be made.
    pub registration: Option<Registration>,
    /// Why it was not believed to be itself when a connection to it was opened last.
    pub distrust: Option<Distrust>,
    /// The connection that its last answer came by.
    pub flow: Option<FlowId>,
    /// The OPTIONS under way, and since when.
    pub asked: Option<(InquiryId, Duration)>,
    /// When it is asked next; `None`: never.
    pub ask_at: Option<Duration>,
    /// Whether it is asked again and again; one that is not may be asked once, by a person, and is not judged by that.
    pub is_watched: bool,
    /// Whether it has ever answered OPTIONS: some never do, and are believed by their registration alone.
    pub has_answered: bool,
    /// Questions in a row without an answer.
    pub failures: u8,
    /// Questions in a row that were answered.
    pub successes: u8,
    /// Whether it can be used.
    pub health: Health,
    /// Since when.
    pub since: Timestamp,
    /// What is wrong.
    pub trouble: Option<Trouble>,
    /// The last round trip of OPTIONS.
    pub round_trip: Option<Duration>,
    /// Our address as it sees us.
    pub seen_as: Option<SocketAddr>,
    /// The way that its registrar wants our calls to take (RFC 3608).
    pub service_route: Vec<NameAddr>,
    /// The legs that it carries.
    pub legs: BTreeSet<LegId>,
    /// What went wrong last, newest last.
    pub last: VecDeque<Failure>,
    /// The last REGISTER.
    pub register: Option<Exchange>,
    /// The last OPTIONS.
    pub options: Option<Exchange>,
}

/// How our registration with a trunk stands.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The expiry that is asked for; a 423 raises it.
    pub wanted_s: u32,
    /// The REGISTER under way.
    pub asked: Option<InquiryId>,
    /// When the next is due.
    pub next_at: Duration,
    /// Until when we are registered.
    pub until: Option<Duration>,
    /// From where we asked for that last.
    pub from: Option<From>,
    /// Refusals and silences in a row.
    pub failures: u32,
    /// Why not, where we are not.
    pub trouble: Option<Trouble>,
}

/// Where we were when we registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct From {
    /// Our end of the way.
    pub way: SocketAddr,
    /// The address that our Contact named.
    pub contact: SocketAddr,
}

impl Line {
    /// One of which nothing is known yet.
    pub fn new(registers: bool, is_watched: bool, now: Duration, wall: Timestamp) -> Line {
        let registration = Registration {
            wanted_s: REGISTER_S,
            asked: None,
            next_at: now,
            until: None,
            from: None,
            failures: 0,
            trouble: None,
        };
        Line {
            addresses: Vec::new(),
            resolving: None,
            resolve_at: now,
            is_dns_silent: false,
            registration: registers.then_some(registration),
            distrust: None,
            flow: None,
            asked: None,
            ask_at: is_watched.then_some(now),
            is_watched,
            has_answered: false,
            failures: 0,
            successes: 0,
            health: Health::Down,
            since: wall,
            trouble: Some(Trouble::Starting),
            round_trip: None,
            seen_as: None,
            service_route: Vec::new(),
            legs: BTreeSet::new(),
            last: VecDeque::new(),
            register: None,
            options: None,
        }
    }

    /// What it comes to: whether it can be used, and what is wrong.
    pub fn judge(&self, host: &str, now: Duration) -> (Health, Option<Trouble>) {
        if self.addresses.is_empty() {
            let is_open = self.resolving.is_some() || self.resolve_at <= now;
            let is_first = is_open && self.trouble == Some(Trouble::Starting);
            let host = host.to_owned();
            let trouble = match self.is_dns_silent {
                _ if is_first => Trouble::Starting,
                true => Trouble::DnsSilent { host },
                false => Trouble::NoAddress { host },
            };
            return (Health::Down, Some(trouble));
        }
        let registered = self.registration.as_ref().map(|own| own.until.is_some_and(|until| until > now));
        if registered == Some(false) {
            let trouble = self.registration.as_ref().and_then(|own| own.trouble.clone());
            return (Health::Down, Some(trouble.unwrap_or(Trouble::Starting)));
        }
        let refresh_fails = self.registration.as_ref().and_then(|own| own.trouble.clone());
        // Who registers us and never answers OPTIONS is there all the same.
        if !self.is_watched || registered == Some(true) && !self.has_answered {
            let health = if refresh_fails.is_some() { Health::Degraded } else { Health::Up };
            return (health, refresh_fails);
        }
        match (self.failures, self.successes) {
            (FAILURES_TO_DOWN.., _) => (Health::Down, Some(self.silence(host))),
            (0, 0) => (Health::Down, Some(Trouble::Starting)),
            (0, successes) if successes < SUCCESSES_TO_UP && self.health == Health::Down && self.is_known_down() => {
                (Health::Down, self.trouble.clone())
            }
            (0, _) if refresh_fails.is_some() => (Health::Degraded, refresh_fails),
            (0, _) => (Health::Up, None),
            (_, _) if self.health == Health::Down => (Health::Down, self.trouble.clone()),
            (_, _) => (Health::Degraded, Some(self.silence(host))),
        }
    }

    /// What its silence means.
    pub fn silence(&self, host: &str) -> Trouble {
        let distrusted = |why| Trouble::Distrusted { host: host.to_owned(), why };
        self.distrust.map_or(Trouble::Silent, distrusted)
    }

    /// Whether it was used before it went down; one that has just been set up is believed by its first answer.
    fn is_known_down(&self) -> bool {
        self.trouble != Some(Trouble::Starting)
    }

    /// When it wants something next.
    pub fn due(&self) -> Option<Duration> {
        let probe = match self.asked {
            Some((_, since)) => Some(since + PROBE_PATIENCE),
            None => self.ask_at,
        };
        let registration = self.registration.as_ref();
        let register = registration.filter(|own| own.asked.is_none()).map(|own| own.next_at);
        let expiry = registration.and_then(|own| own.until);
        if self.addresses.is_empty() {
            return self.resolving.is_none().then_some(self.resolve_at);
        }
        let resolve = self.resolving.is_none().then_some(self.resolve_at);
        [probe, register, expiry, resolve].into_iter().flatten().min()
    }

    /// Notes what went wrong.
    pub fn fails(&mut self, what: Trouble, at: Timestamp) {
        self.last.push_back(Failure { at, what });
        if self.last.len() > FAILURES_KEPT {
            self.last.pop_front();
        }
    }
}

/// A place that a trunk was registered with, and is not to be any more: until it has answered, or has had the stack's time
/// to.
#[derive(Clone, Debug)]
pub struct Departure {
    /// The name of its peer: not the trunk's, which may be known by it elsewhere already.
    pub user: String,
    /// The trunk as it was.
    pub trunk: config::Trunk,
    /// The REGISTER that ends it, once it is sent.
    pub inquiry: Option<InquiryId>,
}

/// All lines, by the trunks' names.
#[derive(Clone, Debug, Default)]
pub struct Trunks {
    /// The lines.
    pub lines: BTreeMap<String, Line>,
    /// How the health of each changed, by the trunks' names, newest last; it outlives a line that begins anew.
    pub histories: BTreeMap<String, VecDeque<Turn>>,
    /// The last test call by each, by the trunks' names.
    pub tests: BTreeMap<String, Test>,
    /// Those that are reached by TLS.
    pub secure: Arc<Vec<SecurePeer>>,
    /// The places that are being left, oldest first; at most [`DEPARTURES_LIMIT`].
    pub departures: VecDeque<Departure>,
    /// How many were left so far.
    pub departed: u64,
    /// Once the box shuts down: what carriers that it signs off from have not answered yet. Nobody is asked or registered
    /// with any more then.
    pub signing_off: Option<BTreeSet<InquiryId>>,
    /// Where they are: their messages go before those of strangers.
    pub places: Arc<Vec<Place>>,
    /// Makes the words of our Contacts unguessable and the same after a restart.
    pub realm: String,
}

impl Trunks {
    /// Notes what a trunk is from now on, if that is new.
    pub fn turns(&mut self, name: &str, health: Option<Health>, trouble: Option<&Trouble>, at: Timestamp) {
        let history = self.histories.entry(name.to_owned()).or_default();
        // What it begins with is no news while it has not answered.
        let is_beginning = trouble == Some(&Trouble::Starting) && !history.is_empty();
        if is_beginning || history.back().is_some_and(|last| last.health == health) {
            return;
        }
        history.push_back(Turn { at, health, trouble: trouble.cloned() });
        if history.len() > TURNS_KEPT {
            history.pop_front();
        }
    }

    /// A trunk carries a leg.
    pub fn carries(&mut self, trunk: &str, leg: LegId) {
        if let Some(line) = self.lines.get_mut(trunk) {
            line.legs.insert(leg);
        }
    }

    /// A leg is gone.
    pub fn release(&mut self, leg: LegId) {
        for line in self.lines.values_mut() {
            line.legs.remove(&leg);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        let mut line = Line::new(false, true, Duration::ZERO, Timestamp::UNIX_EPOCH);
        line.addresses = vec![([192, 0, 2, 1], 5060).into()];
        line
    }

    fn after(line: &mut Line, answers: &[bool]) -> Health {
        for is_answered in answers {
            (line.failures, line.successes) =
                if *is_answered { (0, line.successes.saturating_add(1)) } else { (line.failures.saturating_add(1), 0) };
            (line.health, line.trouble) = line.judge("host", Duration::ZERO);
        }
        line.health
    }

    #[test]
    fn three_failures_take_a_trunk_down_and_two_answers_bring_it_back() {
        let mut line = line();
        assert_eq!(after(&mut line, &[true]), Health::Up);
        assert_eq!(after(&mut line, &[false]), Health::Degraded);
        assert_eq!(after(&mut line, &[true]), Health::Up);
        assert_eq!(after(&mut line, &[false, false]), Health::Degraded);
        assert_eq!(after(&mut line, &[false]), Health::Down);
        assert_eq!(after(&mut line, &[true]), Health::Down);
        assert_eq!(after(&mut line, &[false, true]), Health::Down);
        assert_eq!(after(&mut line, &[true]), Health::Up);
    }
}
