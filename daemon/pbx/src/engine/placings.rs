//! Calls that the box begins for somebody, beside the calls that phones begin: they have a number and a log as those have, and become one of
//! them when they are answered.

use super::{CALLS_LIMIT, Engine};
use crate::call::Call;
use crate::cx::Cx;
use crate::ids::CallId;
use crate::output::Reply;
use crate::placed::{PlaceOrder, Unplaced};
use crate::placing::{Came, Placing, Wanted, Why};
use crate::status::CallStatus;

impl Engine {
    /// Calls those back whom the one they wanted is free for.
    pub(super) fn complete_calls(&mut self) {
        if self.is_closing || self.calls.len() + self.tests.len() + self.placings.len() >= CALLS_LIMIT {
            return;
        }
        loop {
            let awaited: Vec<String> = self.placings.values().map(|placing| placing.number.clone()).collect();
            let Some((extension, number)) = self.cx.completion_due(&awaited) else { return };
            let users = self.cx.config.phones_of(&extension).map(|phone| phone.user.clone()).collect();
            self.begin_placing(Wanted { extension, users, number, why: Why::Completion });
        }
    }

    /// Begins a call for somebody who wants it from the page.
    pub(super) fn place(&mut self, order: &PlaceOrder) -> Reply {
        if self.is_closing || self.calls.len() + self.tests.len() + self.placings.len() >= CALLS_LIMIT {
            return Reply::Unplaced(Unplaced::Overload);
        }
        if self.placings.values().any(|placing| placing.extension == order.extension) {
            return Reply::Unplaced(Unplaced::Running);
        }
        match self.cx.may_place(order) {
            Ok(wanted) => Reply::Placed(self.begin_placing(wanted)),
            Err(why) => Reply::Unplaced(why),
        }
    }

    fn begin_placing(&mut self, wanted: Wanted) -> CallId {
        let id = CallId(self.next_call);
        self.next_call += 1;
        self.cx.index.add_call(id, self.cx.now.since_boot);
        if let Some(Some(placing)) = self.guarded(id, |cx| Placing::begin(id, wanted, cx)) {
            self.keep_placing(id, placing);
        }
        id
    }

    /// Gives one its turn; false where this is none.
    pub(super) fn step_placing(&mut self, id: CallId, act: impl FnOnce(&mut Placing, &mut Cx) -> Came) -> bool {
        let Some(mut placing) = self.placings.remove(&id) else { return false };
        match self.guarded(id, |cx| act(&mut placing, cx)) {
            Some(Came::Rings) => self.keep_placing(id, placing),
            Some(Came::Answered(leg)) => {
                let call = self.guarded(id, |cx| Call::called_back(id, *leg, (placing.number, placing.why), cx));
                if let Some(Some(call)) = call {
                    self.keep(id, call);
                }
            }
            Some(Came::Over) | None => {}
        }
        true
    }

    /// Those that ring.
    pub(super) fn placing_statuses(&self) -> impl Iterator<Item = CallStatus> {
        let cx = &self.cx;
        self.placings.iter().map(|(id, placing)| CallStatus {
            id: *id,
            from: placing.extension.clone(),
            to: placing.number.clone(),
            state: "placing".to_owned(),
            rings_at: Vec::new(),
            slot: None,
            is_placed: placing.why == Why::Order,
            since: cx.wall_at(cx.index.started(*id).unwrap_or(cx.now.since_boot)),
            parties: Vec::new(),
        })
    }

    fn keep_placing(&mut self, id: CallId, placing: Placing) {
        self.cx.show_activities(id, vec![placing.activity()]);
        self.placings.insert(id, placing);
    }
}
