//! Calls from the outside: the office's number that was called leads to an extension or a code.

use config::Office;

use super::{Act, Dialled, Plan, Reason, call_back, callers, internal, mailbox};
use super::{answering, case::Case};
use crate::cause::Cause;

/// The plan for one of the office's own numbers, whoever calls it; `None` where it is none.
pub(super) fn route(case: Case<'_>) -> Option<Plan> {
    let Case { config, dialled, .. } = case;
    let number = config.office().in_full(&dialled.number);
    let expecting = call_back::expecting(case, &number);
    let ordinary = to_own_number(Case { is_call_back: !expecting.is_empty(), ..case }, &number);
    if expecting.is_empty() {
        return ordinary;
    }
    Some(call_back::route(case, &expecting, ordinary.unwrap_or_else(|| no_such(dialled))))
}

fn to_own_number(case: Case<'_>, number: &str) -> Option<Plan> {
    let Case { config, dialled, .. } = case;
    let own = config.own_number(number)?;
    let inside = Dialled { number: own.to.clone(), ..dialled.clone() };
    let case = Case { dialled: &inside, ..case };
    let plan = feature_code(case).or_else(|| answering::extension(case, &own.to));
    let reason = Reason::OwnNumber { number: own.number.clone(), to: own.to.clone() };
    let mut plan = plan.unwrap_or_else(|| no_such(dialled));
    if let Some(first) = plan.steps.first_mut() {
        first.because.insert(0, reason);
    }
    Some(plan)
}

/// A code that a number leads to; who calls it is judged here, who calls an extension there.
fn feature_code(case: Case<'_>) -> Option<Plan> {
    let Case { config, dialled, .. } = case;
    let code = config.feature(&dialled.number)?;
    let plan = internal::feature_code(dialled, code).or_else(|| mailbox::feature_code(config, dialled, code))?;
    let mut because = Vec::new();
    match callers::office(case, &mut because) {
        Ok(()) => Some(plan),
        Err(hears) => Some(Plan::just(callers::turned_away(hears), because)),
    }
}

/// The plan for a number that a carrier has sent to us and that no row has.
pub(super) fn no_such(dialled: &Dialled) -> Plan {
    Plan::just(Act::Reject(Cause::NoSuchNumber), vec![Reason::NoOwnNumber { number: dialled.number.clone() }])
}

/// A number as a carrier writes it, in full: with the +, without it, or as it is dialled here. Digits that would need our
/// area in front are none of a neighbour's, but a number in full that lacks its +.
pub(crate) fn from_carrier(office: &Office, number: &str) -> String {
    let full = office.in_full(number);
    let added = office.as_national(&full).len().saturating_sub(number.len());
    let is_written_as_here = full != number && added <= 1 || number.starts_with('0');
    let with_plus = format!("+{number}");
    if !is_written_as_here && number.len() >= 9 && config::is_e164(&with_plus) { with_plus } else { full }
}
