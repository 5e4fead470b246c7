//! What a call has to do with call completion: it was in vain, or it is one that the box began for its caller.

use super::{Call, State};
use crate::cx::Cx;
use crate::events::{Cause, Ending};
use crate::ids::CallId;
use crate::leg::Leg;
use crate::placing::Why;
use crate::route::{Act, Dialled, Outcome, Plan};

impl Call {
    /// A call that the box began: whoever has answered is its caller from here on. `None` when it was over at once.
    pub fn called_back(id: CallId, mut caller: Leg, (number, why): (String, Why), cx: &mut Cx) -> Option<Call> {
        caller.becomes_caller(cx);
        cx.answered_caller(id, caller.id, &caller.extension.clone(), caller.codec());
        let dialled =
            Dialled { user: caller.user.clone(), extension: caller.extension.clone(), number, diverted_by: None };
        let mut call = Call {
            id,
            caller,
            dialled,
            plan: Plan { steps: Vec::new() },
            step: 0,
            transfer: None,
            consultation: None,
            transfers: 0,
            has_left_message: false,
            picked_up_by: None,
            is_placed: why == Why::Order,
            charged: None,
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
            _ => matches!(&self.state, State::InApp(app) if app.app().stands_in()),
        };
        if is_inside && is_in_vain && cx.config.extension(number).is_some() {
            let was_away = matches!(cause, Cause::Busy | Cause::Offline) || cx.presence.calls.contains_key(number);
            cx.completions.tried(extension, number, was_away);
        }
    }

    /// What it came to where it ends with a no after its caller was asked whether to be called back: nobody was reached, although the box
    /// has answered.
    pub(super) fn after_offer(&self) -> Option<Ending> {
        let step = self.plan.steps.get(self.step).filter(|step| matches!(step.act, Act::Reject(_)));
        let leads_here = (Outcome::NoWish, self.step);
        let offer = step.and_then(|_| self.plan.steps.iter().find(|step| step.on.contains(&leads_here)))?;
        let Act::Offer(offer) = &offer.act else { return None };
        Some(Ending::Offered { from: self.dialled.extension.clone(), to: offer.target.clone(), is_wanted: false })
    }
}
