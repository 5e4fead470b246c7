//! Whoever was called for help may call back (F108): while the call is up and for a while after it, calls from outside to the number
//! that it showed come to the phones of whoever made it, past everything that would keep them out.
//!
//! The call's log says so, and a restart reads it there.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::cx::Cx;
use crate::events::Happened;
use crate::ids::CallId;
use crate::route::from_carrier;
use crate::timers::Timer;

/// For how long after a call for help: as long as the control room may need to send somebody who does not find the door (F108).
pub const EXPECTED_FOR: Duration = Duration::from_secs(30 * 60);

/// A call for help as the log tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpCall {
    /// The extension that made it.
    pub extension: String,
    /// The number in full under which it was seen.
    pub number: String,
    /// When it ended; where that is not known, when it began.
    pub at: Timestamp,
}

/// The calls for help that may be answered by one back: the newest of each extension.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallBacks {
    by_extension: BTreeMap<String, Expected>,
}

#[derive(Clone, Debug)]
struct Expected {
    /// The call for help; `None`: of an earlier run.
    call: Option<CallId>,
    until: Duration,
}

impl CallBacks {
    /// The time runs from the end of the call.
    pub(crate) fn ended(&mut self, call: CallId, now: Duration) {
        let of_call = self.by_extension.values_mut().filter(|expected| expected.call == Some(call));
        of_call.for_each(|expected| expected.until = now + EXPECTED_FOR);
    }
}

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
