//! Somebody tries wrong passwords of phones: shown, told of once an attack, and let in again by order.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use log::info;
use sip::auth::{Attack, Attempt};
use sip::junk::MINUTE;

use crate::alarm::Alarm;
use crate::attempts::{ATTEMPTS_SHOWN, AttemptStatus, FloodStatus, SHOWN_EVERY, Shown};
use crate::cx::Cx;
use crate::output::Reply;
use crate::timers::Timer;

impl Cx {
    /// The rows for the status, made anew when something changed and the last ones were shown for a moment.
    pub(crate) fn attempts(&mut self) -> Arc<Vec<AttemptStatus>> {
        let (now, seen) = (self.now.since_boot, self.stack.attempts_seen());
        if seen != self.attempts.seen {
            let due = self.attempts.at + SHOWN_EVERY;
            if now < due && !self.attempts.rows.is_empty() {
                self.timers.set_once(Timer::Status, due);
            } else {
                let rows = self.stack.attempts(now).into_iter().take(ATTEMPTS_SHOWN);
                let rows = Arc::new(rows.map(|attempt| self.attempt_status(attempt)).collect());
                self.attempts = Shown { rows, seen, at: now };
            }
        }
        Arc::clone(&self.attempts.rows)
    }

    /// What comes that is of no use; its end is to be seen, too.
    pub(crate) fn flood(&mut self) -> FloodStatus {
        let junk = self.stack.junk(self.now.since_boot);
        if junk.per_minute > 0 {
            self.timers.set_once(Timer::Status, self.now.since_boot + MINUTE);
        }
        FloodStatus::of(&junk)
    }

    fn attempt_status(&self, attempt: Attempt) -> AttemptStatus {
        let phone = attempt.user.as_deref().and_then(|user| self.config.phone_by_user(user));
        AttemptStatus {
            source: attempt.source,
            extension: phone.map(|phone| phone.extension.to_string()),
            user: attempt.user,
            why: attempt.why,
            count: attempt.count,
            first_at: self.wall_at(attempt.first),
            last_at: self.wall_at(attempt.last),
            blocked_until: attempt.until.map(|until| self.now.wall + until.saturating_sub(self.now.since_boot)),
        }
    }

    /// Somebody guesses: people are told, once.
    pub(crate) fn attacked(&mut self, attack: &Attack) {
        let Attack { source, user, tries } = attack;
        let extension = self.config.phone_by_user(user).map(|phone| phone.extension.to_string());
        self.alert(Alarm::Guessing { source: source.to_string(), user: user.clone(), extension, tries: *tries });
    }

    /// An administrator ends what a source has to wait for.
    pub(crate) fn unblock(&mut self, source: IpAddr) -> Reply {
        if !self.stack.forgive(source) {
            return Reply::NoSuchSource;
        }
        info!("{source} may try passwords again, by order");
        self.attempts.at = Duration::ZERO;
        self.is_dirty = true;
        Reply::Done
    }
}
