//! What a call has to do with call completion: it was in vain, or it is one that the box began for its caller.

use super::{Call, State};
use crate::cx::Cx;
use crate::events::Cause;
use crate::ids::CallId;
use crate::leg::Leg;
use crate::route::{Dialled, Plan};

impl Call {
    /// A call that the box began: whoever has answered is its caller from here on. `None` when it was over at once.
    pub fn called_back(id: CallId, mut caller: Leg, number: String, cx: &mut Cx) -> Option<Call> {
        caller.becomes_caller(cx);
        cx.answered(id, caller.id, &caller.extension.clone(), caller.codec());
        let dialled =
            Dialled { user: caller.user.clone(), extension: caller.extension.clone(), number, diverted_by: None };
        let mut call = Call {
            id,
            caller,
            dialled,
            plan: Plan { steps: Vec::new() },
            step: 0,
            transfer: None,
            transfers: 0,
            has_left_message: false,
            picked_up_by: None,
            state: State::Over,
            ended_by: None,
        };
        call.follow_plan(cx).then_some(call)
    }

    /// Its end may leave something to be completed: somebody in the office called a colleague, who did not answer.
    pub(super) fn note_in_vain(&self, cause: Cause, cx: &mut Cx) {
        let Dialled { extension, number, diverted_by, .. } = &self.dialled;
        let is_inside = !self.dialled.is_from_outside() && diverted_by.is_none() && number != extension;
        let is_in_vain = match cause {
            Cause::Busy | Cause::Declined | Cause::Unanswered | Cause::Cancelled | Cause::Offline => true,
            _ => matches!(self.state, State::Depositing(_)),
        };
        if is_inside && is_in_vain && cx.config.extension(number).is_some() {
            let was_away = matches!(cause, Cause::Busy | Cause::Offline) || cx.presence.calls.contains_key(number);
            cx.completions.tried(extension, number, was_away);
        }
    }
}
