//! Test calls beside the calls of people: they have a number and a log as those have, and no caller.

use crate::cx::Cx;
use crate::events::Cause;
use crate::ids::CallId;
use crate::output::Reply;
use crate::status::CallStatus;
use crate::test_call::TestCall;
use crate::tested::{Tested, Untested, Wanted};

use super::{CALLS_LIMIT, Engine};

impl Engine {
    /// Begins a test call.
    pub(super) fn begin_test(&mut self, wanted: &Wanted) -> Reply {
        if self.is_closing || self.calls.len() + self.tests.len() >= CALLS_LIMIT {
            return Reply::Untested(Untested::Overload);
        }
        let call = match self.cx.may_test(wanted) {
            Ok(call) => call,
            Err(why) => return Reply::Untested(why),
        };
        let id = CallId(self.next_call);
        self.next_call += 1;
        self.cx.index.add_call(id, self.cx.now.since_boot);
        let begun = call.clone();
        match self.guarded(id, |cx| TestCall::begin(id, (begun, &wanted.by), cx)) {
            Some(Some(test)) => drop(self.tests.insert(id, test)),
            Some(None) => {}
            None => self.cx.tested(id, &call, Tested::Failed { cause: Cause::Internal }),
        }
        Reply::Testing(id)
    }

    /// Gives a test call its turn; false where this is none.
    pub(super) fn step_test(&mut self, id: CallId, act: impl FnOnce(&mut TestCall, &mut Cx) -> bool) -> bool {
        let Some(mut test) = self.tests.remove(&id) else { return false };
        match self.guarded(id, |cx| act(&mut test, cx)) {
            Some(true) => drop(self.tests.insert(id, test)),
            Some(false) => {}
            None => self.cx.tested(id, test.call(), Tested::Failed { cause: Cause::Internal }),
        }
        true
    }

    /// The test calls that are up.
    pub(super) fn test_statuses(&self) -> impl Iterator<Item = CallStatus> {
        let cx = &self.cx;
        self.tests.iter().map(|(id, test)| CallStatus {
            id: *id,
            from: test.call().extension.clone(),
            to: test.call().number.clone(),
            state: test.state_word().to_owned(),
            rings_at: Vec::new(),
            slot: None,
            is_placed: false,
            since: cx.wall_at(cx.index.started(*id).unwrap_or(cx.now.since_boot)),
            parties: Vec::new(),
        })
    }
}
