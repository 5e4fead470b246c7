//! Calls that the box begins for somebody, beside the calls that phones begin: they have a number and a log as those have, and become one of
//! them when they are answered.

use super::{CALLS_LIMIT, Engine};
use crate::call::Call;
use crate::call_back::{CallBack, Came};
use crate::cx::Cx;
use crate::ids::CallId;
use crate::status::CallStatus;

impl Engine {
    /// Calls those back whom the one they wanted is free for.
    pub(super) fn complete_calls(&mut self) {
        if self.is_closing || self.calls.len() + self.tests.len() + self.backs.len() >= CALLS_LIMIT {
            return;
        }
        loop {
            let awaited: Vec<String> = self.backs.values().map(|back| back.number.clone()).collect();
            let Some(wanted) = self.cx.completion_due(&awaited) else { return };
            let id = CallId(self.next_call);
            self.next_call += 1;
            self.cx.index.add_call(id, self.cx.now.since_boot);
            if let Some(Some(back)) = self.guarded(id, |cx| CallBack::begin(id, wanted, cx)) {
                self.keep_back(id, back);
            }
        }
    }

    /// Gives one its turn; false where this is none.
    pub(super) fn step_back(&mut self, id: CallId, act: impl FnOnce(&mut CallBack, &mut Cx) -> Came) -> bool {
        let Some(mut back) = self.backs.remove(&id) else { return false };
        match self.guarded(id, |cx| act(&mut back, cx)) {
            Some(Came::Rings) => self.keep_back(id, back),
            Some(Came::Answered(leg)) => {
                let call = self.guarded(id, |cx| Call::called_back(id, *leg, back.number, cx));
                if let Some(Some(call)) = call {
                    self.keep(id, call);
                }
            }
            Some(Came::Over) | None => {}
        }
        true
    }

    /// Those that ring.
    pub(super) fn back_statuses(&self) -> impl Iterator<Item = CallStatus> {
        let cx = &self.cx;
        self.backs.iter().map(|(id, back)| CallStatus {
            id: *id,
            from: back.extension.clone(),
            to: back.number.clone(),
            state: "ringing".to_owned(),
            slot: None,
            since: cx.wall_at(cx.index.started(*id).unwrap_or(cx.now.since_boot)),
            parties: Vec::new(),
        })
    }

    fn keep_back(&mut self, id: CallId, back: CallBack) {
        self.cx.show_activities(id, vec![back.activity()]);
        self.backs.insert(id, back);
    }
}
