//! Whoever was called for help may call back (F108): while the call is up and for a while after it, calls from outside to the number
//! that it showed come to the phones of whoever made it, past everything that would keep them out.
//!
//! The call's log says so, and a restart reads it there.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::ids::CallId;

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
    pub(crate) by_extension: BTreeMap<String, Expected>,
}

#[derive(Clone, Debug)]
pub(crate) struct Expected {
    /// The call for help; `None`: of an earlier run.
    pub(crate) call: Option<CallId>,
    /// When its time is over, since the start of the box.
    pub(crate) until: Duration,
}

impl CallBacks {
    /// The time runs from the end of the call.
    pub(crate) fn ended(&mut self, call: CallId, now: Duration) {
        let of_call = self.by_extension.values_mut().filter(|expected| expected.call == Some(call));
        of_call.for_each(|expected| expected.until = now + EXPECTED_FOR);
    }
}
