//! The verbs of call completion: who is free, what is written down, what a code does.

use std::time::Duration;

use log::info;

use crate::completion::{Completions, Wanted, Wishes};
use crate::cx::Cx;
use crate::events::Happened;
use crate::ids::CallId;
use crate::output::{Record, Reply};
use crate::route::{Announcement, Completion};
use crate::status::WishStatus;
use crate::timers::Timer;

impl Cx {
    /// Goes on from what an earlier run wrote. A clock that was never set, or set back, says nothing of the time between: then
    /// none has passed.
    pub(crate) fn restore_completions(&mut self, wishes: Wishes) {
        let now = self.now;
        let gone = now.wall.duration_since(wishes.at).max(jiff::SignedDuration::ZERO).unsigned_abs();
        let gone = if now.synced { gone } else { Duration::ZERO };
        let moved = |then: Duration| (now.since_boot + then).saturating_sub(wishes.since_boot.saturating_add(gone));
        self.completions = Completions::restored(wishes.wanted, moved);
    }

    /// Does what the caller of a code wants, and says what to tell.
    pub(crate) fn complete(&mut self, call: CallId, wish: Completion, caller: &str) -> Announcement {
        match wish {
            Completion::Want => match self.completions.want(caller, self.now.since_boot) {
                Wanted::Set(target) => {
                    info!("{call}: {caller} wants to be called back when {target} is free");
                    self.log(call, Happened::CompletionWanted { by: caller.to_owned(), target });
                    Announcement::CompletionSet
                }
                Wanted::NoCall => Announcement::NoCallToComplete,
                Wanted::TooMany => Announcement::TooManyCompletions,
            },
            Completion::Cancel => match self.completions.forget(caller) {
                0 => Announcement::NoCompletions,
                _ => {
                    self.log(call, Happened::CompletionsCancelled { by: caller.to_owned() });
                    Announcement::CompletionsCancelled
                }
            },
        }
    }

    /// Ends a wish, by order.
    pub(crate) fn end_wish(&mut self, caller: &str, target: &str) -> Reply {
        if !self.completions.end(caller, target) {
            return Reply::NoSuchWish;
        }
        info!("{caller} waits for {target} no more, by order");
        self.is_dirty = true;
        Reply::Done
    }

    /// Who waits for whom.
    pub(crate) fn wish_statuses(&self) -> Vec<WishStatus> {
        let status = |(caller, target, until): (&str, &str, Duration)| WishStatus {
            caller: caller.to_owned(),
            target: target.to_owned(),
            until: self.now.wall.saturating_add(until.saturating_sub(self.now.since_boot)).unwrap_or(self.now.wall),
        };
        self.completions.all().map(status).collect()
    }

    /// Who is to be called back now, and with whom they want to be connected; `awaited`: whom somebody else is being called back for.
    pub(crate) fn completion_due(&mut self, awaited: &[String]) -> Option<(String, String)> {
        if self.completions.is_idle() {
            return None;
        }
        let (now, config, presence) = (self.now.since_boot, &self.config, &self.presence);
        self.completions.retain(now, |number| config.extension(number).is_some());
        let is_free = |number: &str| {
            let mut phones = config.phones_of(number);
            !presence.calls.contains_key(number) && phones.any(|phone| presence.is_reachable(&phone.user))
        };
        let activities = &self.busy.activities;
        let is_quiet =
            |number: &str| activities.of(number).next().is_none() && !awaited.iter().any(|awaited| awaited == number);
        let due = self.completions.take_due(now, is_free, is_quiet);
        match self.completions.due() {
            Some(at) => self.timers.set(Timer::Completions, at),
            None => self.timers.cancel(Timer::Completions),
        }
        if let Some(wanted) = self.completions.unwritten() {
            let wishes = Wishes { at: self.now.wall, since_boot: now, wanted };
            self.journal.write(Record::Completions(Box::new(wishes)));
            self.is_dirty = true;
        }
        due
    }
}
