//! Whoever was asked never wants this caller again: the number is blocked, and the call ends when the store has said so. It is
//! told in the call's log only when it is so.
//!
//! Feature code: none; key 3 of a screened call.
//! Config: `screen` of an answering rule, `callers` of the person.
//! Steps: the phones fall silent -> the store is asked -> its answer, or none in time -> the call ends.
//! RFC: none, the keys are those of `asking`.

use config::RuleChange;
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::features::Next;
use crate::ids::AskId;
use crate::input::Answer;
use crate::leg::Leg;
use crate::output::Ask;
use crate::route::ANONYMOUS;

/// The answer that is waited for; its deadline is that of every question ([`crate::asks::ANSWER_WITHIN`]).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Blocking {
    ask: AskId,
    change: RuleChange,
}

impl Blocking {
    /// Wants the caller blocked; `None` where there is no number to block.
    pub(super) fn start(extension: &str, caller: &Leg, cx: &mut Cx) -> Option<Blocking> {
        if caller.extension == ANONYMOUS {
            return None;
        }
        let change = RuleChange::Caller { number: cx.config.office().in_full(&caller.extension), is_blocked: true };
        let ask = cx.ask(caller.call, Ask::ChangeRules { extension: extension.to_owned(), change: change.clone() });
        Some(Blocking { ask, change })
    }

    /// What the store says; none in time is a no. The call is over either way.
    pub(super) fn on_answer(
        &self,
        (ask, answer): (AskId, &Answer),
        extension: &str,
        caller: &Leg,
        cx: &mut Cx,
    ) -> Next {
        if ask != self.ask {
            return Next::Stay;
        }
        if *answer == Answer::Committed {
            let (extension, change) = (extension.to_owned(), self.change.clone());
            cx.log(caller.call, Happened::RuleChanged { extension, change });
        }
        Next::End(Cause::Blocked)
    }
}
