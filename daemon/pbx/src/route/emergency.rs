//! Emergency numbers: exact matches, before everything else, in every configuration.

use config::{Class, Config};

use super::{Act, Dialled, Outcome, OutsideCall, Plan, Reason, outbound};
use crate::cause::Cause;
use crate::presence::Presence;

/// Whatever becomes of a try, the next trunk is tried.
const EVERY_END: [Outcome; 6] =
    [Outcome::NoWay, Outcome::Busy, Outcome::Declined, Outcome::Unanswered, Outcome::Offline, Outcome::Incompatible];

/// The plan for an emergency number: the trunks of its route in their order, then all others. No permission is asked for.
/// Without a trunk there is no way out of the building: the caller is told at once and people are alerted, never a silent
/// failure.
pub(super) fn route(config: &Config, presence: &Presence, dialled: &Dialled) -> Option<Plan> {
    if !config.is_emergency(&dialled.number) || dialled.is_from_outside() {
        return None;
    }
    let mut because = vec![Reason::EmergencyNumber { number: dialled.number.clone() }];
    let route = config.route_of(&dialled.number).filter(|route| route.class == Some(Class::Emergency));
    let preferred = route.map(|route| route.trunks.as_slice()).unwrap_or_default();
    let mut names: Vec<&str> = Vec::new();
    let all = config.trunks().iter().map(|trunk| trunk.name.as_str());
    for name in preferred.iter().map(String::as_str).chain(all) {
        if !names.contains(&name) && config.trunk(name).is_some_and(|trunk| trunk.enabled) {
            names.push(name);
        }
    }
    if names.is_empty() {
        because.push(Reason::NoTrunk);
        return Some(Plan::just(Act::Reject(Cause::EmergencyUnreachable), because));
    }
    let call = |name: &str| OutsideCall {
        trunk: name.to_owned(),
        number: dialled.number.clone(),
        extension: dialled.extension.clone(),
        is_emergency: true,
    };
    let calls = names.into_iter().map(call).collect();
    Some(outbound::over(calls, presence, because, &EVERY_END, Cause::EmergencyUnreachable))
}
