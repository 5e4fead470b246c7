//! Calls from the outside: the office's number that was called leads to an extension or a code.

use config::Config;

use super::{Act, Dialled, Plan, Reason, internal, mailbox};
use crate::cause::Cause;
use crate::presence::Presence;

/// The plan for one of the office's own numbers, whoever calls it; `None` where it is none.
pub(super) fn route(config: &Config, presence: &Presence, dialled: &Dialled) -> Option<Plan> {
    let own = config.own_number(&config.office().in_full(&dialled.number))?;
    let inside = Dialled { number: own.to.clone(), ..dialled.clone() };
    let plan = internal::feature_code(config, &inside)
        .or_else(|| mailbox::feature_code(config, &inside))
        .or_else(|| internal::extension(config, presence, &inside));
    let reason = Reason::OwnNumber { number: own.number.clone(), to: own.to.clone() };
    let mut plan = plan.unwrap_or_else(|| no_such(dialled));
    if let Some(first) = plan.steps.first_mut() {
        first.because.insert(0, reason);
    }
    Some(plan)
}

/// The plan for a number that a carrier has sent to us and that no row has.
pub(super) fn no_such(dialled: &Dialled) -> Plan {
    Plan::just(Act::Reject(Cause::NoSuchNumber), vec![Reason::NoOwnNumber { number: dialled.number.clone() }])
}
