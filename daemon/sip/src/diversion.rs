//! How a call was sent on before it gets here, or goes out: Diversion (RFC 5806) and History-Info (RFC 7044), which say the
//! same in two ways. Peers know one or the other: both are read, and both are written.

use serde::{Deserialize, Serialize};

use crate::message::{HeaderName, Headers, NameAddr, Uri};

/// How many diversions are listed: a call that has more is a loop, and the newest say most.
pub const MAX_LISTED: usize = 5;

/// Why a call was sent on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiversionReason {
    /// All calls are sent on.
    Unconditional,
    /// Who was called was busy.
    Busy,
    /// Nobody answered.
    NoAnswer,
    /// No phone could be reached.
    Unavailable,
    /// Somebody, or a phone, chose to send this call on.
    Deflection,
    /// Nothing was said, or nothing that is known here.
    #[default]
    Unknown,
}

/// One time that a call was sent on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diverted<A = Uri> {
    /// Who was called and has sent it on.
    pub by: A,
    /// Why.
    pub reason: DiversionReason,
}

/// The times that a call was sent on; `A` is what names those who did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diversions<A = Uri> {
    /// The newest of them, at most [`MAX_LISTED`], oldest first.
    pub list: Vec<Diverted<A>>,
    /// How many there were, also of those that are not listed.
    pub count: u8,
}

impl DiversionReason {
    /// The token of RFC 5806 §4, and the cause of RFC 4458 §2.
    const NAMES: [(DiversionReason, &'static str, u16); 6] = [
        (DiversionReason::Unconditional, "unconditional", 302),
        (DiversionReason::Busy, "user-busy", 486),
        (DiversionReason::NoAnswer, "no-answer", 408),
        (DiversionReason::Unavailable, "unavailable", 503),
        (DiversionReason::Deflection, "deflection", 480),
        (DiversionReason::Unknown, "unknown", 404),
    ];

    fn of_token(token: &str) -> DiversionReason {
        let token = token.to_ascii_lowercase();
        let named = Self::NAMES.iter().find(|row| row.1 == token).map(|row| row.0);
        named.unwrap_or(match token.as_str() {
            "do-not-disturb" => DiversionReason::Busy,
            "follow-me" | "away" | "time-of-day" => DiversionReason::Unconditional,
            "out-of-service" => DiversionReason::Unavailable,
            _ => DiversionReason::Unknown,
        })
    }

    /// `None` for a cause that is no diversion.
    fn of_cause(cause: &str) -> Option<DiversionReason> {
        // Deflection while it rings has a value of its own.
        let cause = if cause == "487" { 480 } else { cause.parse().ok()? };
        Self::NAMES.iter().find(|row| row.2 == cause).map(|row| row.0)
    }

    fn names(self) -> (&'static str, u16) {
        let row = Self::NAMES.iter().find(|row| row.0 == self).unwrap_or(&Self::NAMES[5]);
        (row.1, row.2)
    }

    /// Why a phone sends a call on by 3xx, where it says so in Diversion.
    pub fn of_redirection(headers: &Headers) -> Option<DiversionReason> {
        let diversion = headers.name_addrs(HeaderName::Diversion).ok()?;
        Some(reason_of(diversion.first()?))
    }
}

impl<A> Default for Diversions<A> {
    fn default() -> Diversions<A> {
        Diversions { list: Vec::new(), count: 0 }
    }
}

impl<A> Diversions<A> {
    /// One more.
    pub fn push(&mut self, diverted: Diverted<A>) {
        self.list.push(diverted);
        self.count = self.count.saturating_add(1);
        let excess = self.list.len().saturating_sub(MAX_LISTED);
        self.list.drain(..excess);
    }

    /// The same with other names; who has none is counted and not listed.
    pub fn named<B>(&self, name: impl Fn(&A) -> Option<B>) -> Diversions<B> {
        let named = |diverted: &Diverted<A>| Some(Diverted { by: name(&diverted.by)?, reason: diverted.reason });
        Diversions { list: self.list.iter().filter_map(named).collect(), count: self.count }
    }
}

impl Diversions {
    /// What a request says; what cannot be read was not said, for no call may depend on it.
    pub fn read(headers: &Headers) -> Diversions {
        let by_diversion = of_diversion(headers.name_addrs(HeaderName::Diversion).unwrap_or_default());
        let by_history = of_history(&headers.name_addrs(HeaderName::HistoryInfo).unwrap_or_default());
        let count = by_diversion.count.max(by_history.count);
        let said = if by_diversion.list.is_empty() { by_history } else { by_diversion };
        Diversions { count, ..said }
    }

    /// The headers that tell of them to `target`; none where there were none.
    pub fn headers(&self, target: &Uri) -> Vec<(HeaderName, String)> {
        let Some(oldest) = self.list.first() else { return Vec::new() };
        // What is not listed is counted with the oldest that is (RFC 5806 §6.3).
        let before = usize::from(self.count).saturating_sub(self.list.len());
        let counter = |place: usize| if place == 0 { before + 1 } else { 1 };
        let diversion = self.list.iter().enumerate().rev().map(|(place, diverted)| {
            format!("<{}>;reason={};counter={}", diverted.by, diverted.reason.names().0, counter(place))
        });
        let diversion = diversion.collect::<Vec<_>>().join(", ");
        let mut history = format!("<{}>;index=1", oldest.by);
        let targets = self.list.iter().skip(1).map(|diverted| &diverted.by).chain([target]);
        let mut index = "1".to_owned();
        for (to, diverted) in targets.zip(&self.list) {
            let mut to = to.clone();
            to.set_param("cause", diverted.reason.names().1.to_string());
            history.push_str(&format!(", <{to}>;index={index}.1;mp={index}"));
            index.push_str(".1");
        }
        vec![(HeaderName::Diversion, diversion), (HeaderName::HistoryInfo, history)]
    }
}

fn reason_of(value: &NameAddr) -> DiversionReason {
    let token = value.params.get("reason").map(|token| DiversionReason::of_token(&token.to_str()));
    token.unwrap_or_default()
}

/// The newest stands first.
fn of_diversion(values: Vec<NameAddr>) -> Diversions {
    let mut diversions = Diversions::default();
    for value in values.into_iter().rev() {
        let counter = value.params.get("counter").and_then(|count| count.to_str().parse::<u8>().ok());
        diversions.count = diversions.count.saturating_add(counter.unwrap_or(1).saturating_sub(1));
        let reason = reason_of(&value);
        diversions.push(Diverted { by: value.uri, reason });
    }
    diversions
}

/// The oldest stands first; an entry with a cause was reached from the one that `mp` or `rc` names, or from the one before.
fn of_history(entries: &[NameAddr]) -> Diversions {
    let text = |entry: &NameAddr, name: &str| entry.params.get(name).map(|value| value.to_str().into_owned());
    let mut diversions = Diversions::default();
    for (place, entry) in entries.iter().enumerate().skip(1) {
        let cause = entry.uri.params.get("cause").map(|cause| cause.to_str().into_owned());
        let Some(reason) = cause.and_then(|cause| DiversionReason::of_cause(&cause)) else { continue };
        let from = text(entry, "mp").or_else(|| text(entry, "rc"));
        let from =
            from.and_then(|from| entries[..place].iter().find(|other| text(other, "index").as_ref() == Some(&from)));
        diversions.push(Diverted { by: from.unwrap_or(&entries[place - 1]).uri.clone(), reason });
    }
    diversions
}
