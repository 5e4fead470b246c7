//! Calls for help, and how long they may be answered by one back.

use std::time::Duration;

use crate::call_backs::{EXPECTED_FOR, Expected, HelpCall};
use crate::cx::Cx;
use crate::events::Happened;
use crate::ids::CallId;
use crate::route::from_carrier;
use crate::timers::Timer;

impl Cx {
    /// A call for help goes out under this number, as the trunk is told it.
    pub(crate) fn expect_call_back(&mut self, call: CallId, extension: &str, shown: &str) {
        let number = from_carrier(self.config.office(), shown);
        self.log(call, Happened::CallBackExpected { extension: extension.to_owned(), number: number.clone() });
        self.expect(extension.to_owned(), number, Some(call), EXPECTED_FOR);
    }

    /// Goes on from what the log tells. A clock that was set back, or never set, says nothing of the time between.
    pub(crate) fn restore_call_backs(&mut self, calls: Vec<HelpCall>) {
        for call in calls {
            let gone = self.now.wall.duration_since(call.at).max(jiff::SignedDuration::ZERO).unsigned_abs();
            let left = EXPECTED_FOR.saturating_sub(gone);
            if !left.is_zero() {
                self.expect(call.extension, call.number, None, left);
            }
        }
    }

    /// Forgets those whose time is over.
    pub(crate) fn tend_call_backs(&mut self) {
        let now = self.now.since_boot;
        let index = &self.index;
        for expected in self.call_backs.by_extension.values_mut() {
            if expected.call.is_some_and(|call| index.started(call).is_some()) {
                expected.until = expected.until.max(now + EXPECTED_FOR);
            }
        }
        self.call_backs.by_extension.retain(|_, expected| expected.until > now);
        let by_extension = &self.call_backs.by_extension;
        self.presence.call_backs.retain(|extension, _| by_extension.contains_key(extension));
        if let Some(next) = by_extension.values().map(|expected| expected.until).min() {
            self.timers.set(Timer::CallBacks, next);
        }
        self.is_dirty = true;
    }

    fn expect(&mut self, extension: String, number: String, call: Option<CallId>, left: Duration) {
        let until = self.now.since_boot + left;
        self.presence.call_backs.insert(extension.clone(), number);
        self.call_backs.by_extension.insert(extension, Expected { call, until });
        self.timers.set_by(Timer::CallBacks, until);
        self.is_dirty = true;
    }
}
