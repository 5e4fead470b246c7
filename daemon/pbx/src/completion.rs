//! Call completion: who wants to be called back as soon as whom is free (F95).
//!
//! A wish waits until the one who was called is free: after a busy one, as soon as the call there is over; after one who did not answer, as
//! soon as they have been at their phone, in a call of theirs, and are free again. It ends by itself after an hour. Wishes survive
//! a restart; whom somebody called last does not.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How long a wish holds: whoever was to be called has gone home by then (F95).
pub const HOLDS_FOR: Duration = Duration::from_secs(60 * 60);

/// How many wishes one caller may have: nobody waits for more people at once (F95).
pub const PER_CALLER: usize = 5;

/// How many wishes the office may have: as many callers as an office has phones wait for one colleague each.
pub const IN_ALL: usize = 500;

/// How long somebody must be free before the phones ring: they may dial again at once, as people do.
pub const SETTLES_IN: Duration = Duration::from_secs(3);

/// A caller who wants to be called back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The caller's extension.
    pub caller: String,
    /// The extension that was called.
    pub target: String,
    /// When it ends by itself, since the start of the box.
    until: Duration,
    /// Whether the target has been busy or away since it was called.
    was_away: bool,
    /// Since when both are free, since the start of the box.
    #[serde(skip)]
    free_since: Option<Duration>,
}

/// The wishes as they are written down, with the clocks of the run that wrote them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wishes {
    pub(crate) at: Timestamp,
    pub(crate) since_boot: Duration,
    pub(crate) wanted: Vec<Wish>,
}

/// What came of wanting something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// There is a wish now, for this target.
    Set(String),
    /// The caller called nobody who was not to be had.
    NoCall,
    /// The caller has as many as may be.
    TooMany,
}

/// All wishes, and whom each extension called last in vain.
#[derive(Clone, Debug, Default)]
pub struct Completions {
    wanted: Vec<Wish>,
    /// By caller: who was called, and whether they were busy or away. Bounded by the extensions, which alone are in it.
    tried: BTreeMap<String, (String, bool)>,
    /// Whether what is written down is not what is so.
    is_stale: bool,
}

impl Completions {
    /// Goes on from what an earlier run wrote; `moved` is what a moment of its clock is by ours.
    pub(crate) fn restored(wanted: Vec<Wish>, moved: impl Fn(Duration) -> Duration) -> Completions {
        let at = |wish: Wish| Wish { until: moved(wish.until), ..wish };
        let wanted = wanted.into_iter().take(IN_ALL).map(at).collect();
        Completions { wanted, ..Completions::default() }
    }

    /// An extension called another, which was not to be had; `was_away`: it was busy, or no phone could be reached.
    pub(crate) fn tried(&mut self, caller: &str, target: &str, was_away: bool) {
        self.tried.insert(caller.to_owned(), (target.to_owned(), was_away));
    }

    /// Its last call was answered: there is nothing to be completed.
    pub(crate) fn reached(&mut self, caller: &str) {
        self.tried.remove(caller);
    }

    /// A caller wants to be called back.
    pub(crate) fn want(&mut self, caller: &str, now: Duration) -> Wanted {
        let Some((target, was_away)) = self.tried.get(caller).cloned() else { return Wanted::NoCall };
        // Asked for again it holds anew.
        self.wanted.retain(|wish| wish.caller != caller || wish.target != target);
        let own = self.wanted.iter().filter(|wish| wish.caller == caller).count();
        if own >= PER_CALLER || self.wanted.len() >= IN_ALL {
            return Wanted::TooMany;
        }
        let wish = Wish {
            caller: caller.to_owned(),
            target: target.clone(),
            until: now + HOLDS_FOR,
            was_away,
            free_since: None,
        };
        self.wanted.push(wish);
        self.is_stale = true;
        Wanted::Set(target)
    }

    /// A caller wants nothing of it any more; says how many wishes that were.
    pub(crate) fn forget(&mut self, caller: &str) -> usize {
        self.tried.remove(caller);
        self.keep(|wish| wish.caller != caller)
    }

    /// A caller waits for this one no more; false where they did not.
    pub(crate) fn end(&mut self, caller: &str, target: &str) -> bool {
        self.keep(|wish| wish.caller != caller || wish.target != target) > 0
    }

    /// Who waits for whom, and until when since the start of the box; the oldest first.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str, Duration)> {
        self.wanted.iter().map(|wish| (wish.caller.as_str(), wish.target.as_str(), wish.until))
    }

    /// What may be: wishes that are too old, or whose people are gone, end.
    pub(crate) fn retain(&mut self, now: Duration, is_there: impl Fn(&str) -> bool) {
        self.keep(|wish| wish.until > now && is_there(&wish.caller) && is_there(&wish.target));
        self.tried.retain(|caller, (target, _)| is_there(caller) && is_there(target));
    }

    /// The oldest wish whose two people are free, and have been for a moment: it is a wish no more. `is_free`: no call is up there and a phone
    /// can be reached; `is_quiet`: nothing rings there, or is about to.
    pub(crate) fn take_due(
        &mut self,
        now: Duration,
        is_free: impl Fn(&str) -> bool,
        is_quiet: impl Fn(&str) -> bool,
    ) -> Option<(String, String)> {
        let is_ready = |number: &str| is_free(number) && is_quiet(number);
        for wish in &mut self.wanted {
            wish.was_away |= !is_free(&wish.target);
            let is_fit = wish.was_away && is_ready(&wish.target) && is_ready(&wish.caller);
            wish.free_since = if is_fit { wish.free_since.or(Some(now)) } else { None };
        }
        let is_due = |wish: &Wish| wish.free_since.is_some_and(|since| since + SETTLES_IN <= now);
        let due = self.wanted.iter().position(is_due)?;
        let wish = self.wanted.remove(due);
        self.is_stale = true;
        Some((wish.caller, wish.target))
    }

    /// When something is due next: a call back, or the end of a wish.
    pub(crate) fn due(&self) -> Option<Duration> {
        let due = |wish: &Wish| wish.free_since.map_or(wish.until, |since| wish.until.min(since + SETTLES_IN));
        self.wanted.iter().map(due).min()
    }

    /// The wishes, where they are not written down yet; the caller writes them.
    pub(crate) fn unwritten(&mut self) -> Option<Vec<Wish>> {
        std::mem::take(&mut self.is_stale).then(|| self.wanted.clone())
    }

    /// Whether nothing waits and nothing is to be written.
    pub(crate) fn is_idle(&self) -> bool {
        self.wanted.is_empty() && !self.is_stale
    }

    /// For whom a caller waits since last.
    pub(crate) fn last_of(&self, caller: &str) -> Option<&str> {
        self.wanted.iter().rev().find(|wish| wish.caller == caller).map(|wish| wish.target.as_str())
    }

    /// How many there are.
    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.wanted.len()
    }

    fn keep(&mut self, is_kept: impl Fn(&Wish) -> bool) -> usize {
        let before = self.wanted.len();
        self.wanted.retain(is_kept);
        let gone = before - self.wanted.len();
        self.is_stale |= gone > 0;
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_wish_after_a_busy_one_is_due_when_both_have_been_free_for_a_moment() {
        let mut completions = Completions::default();
        completions.tried("101", "102", true);
        assert_eq!(completions.want("101", s(0)), Wanted::Set("102".to_owned()));
        assert_eq!(completions.take_due(s(5), |number| number == "101", |_| true), None);
        assert_eq!(completions.take_due(s(6), |number| number == "102", |_| true), None, "the caller is in a call");
        assert_eq!(completions.take_due(s(7), |_| true, |_| true), None, "for no moment yet");
        assert_eq!(completions.due(), Some(s(10)));
        assert_eq!(completions.take_due(s(10), |_| true, |_| true), Some(("101".to_owned(), "102".to_owned())));
        assert_eq!((completions.count(), completions.due()), (0, None));
    }

    #[test]
    fn after_one_who_did_not_answer_a_call_of_theirs_is_waited_for() {
        let mut completions = Completions::default();
        completions.tried("101", "102", false);
        completions.want("101", s(0));
        assert_eq!(completions.take_due(s(600), |_| true, |_| true), None, "they are not at their phone");
        assert_eq!(completions.take_due(s(601), |number| number != "102", |_| true), None, "now they are, in a call");
        assert_eq!(completions.take_due(s(602), |_| true, |_| true), None);
        assert!(completions.take_due(s(605), |_| true, |_| true).is_some());
    }

    #[test]
    fn wishes_have_limits_and_ends() {
        let mut completions = Completions::default();
        assert_eq!(completions.want("101", s(0)), Wanted::NoCall);
        for target in ["102", "103", "104", "105", "106", "102"] {
            completions.tried("101", target, true);
            completions.want("101", s(1));
        }
        assert_eq!(completions.count(), PER_CALLER, "the same one twice is one");
        completions.tried("101", "107", true);
        assert_eq!(completions.want("101", s(2)), Wanted::TooMany);
        completions.retain(s(2), |number| number != "103");
        assert_eq!(completions.count(), PER_CALLER - 1);
        assert!(completions.end("101", "104") && !completions.end("101", "104") && !completions.end("102", "105"));
        assert_eq!(completions.all().map(|(_, target, _)| target).collect::<Vec<_>>(), ["105", "106", "102"]);
        completions.retain(s(1) + HOLDS_FOR, |_| true);
        assert_eq!((completions.count(), completions.forget("101")), (0, 0));
    }
}
