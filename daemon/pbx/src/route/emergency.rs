//! Emergency numbers: exact matches, before everything else, in every configuration.

use config::Config;

use super::{Act, Dialled, Plan, Reason};
use crate::events::Cause;

/// The plan for an emergency number. Without a trunk there is no way out of the building: the caller is told at once and people
/// are alerted, never a silent failure.
pub(super) fn route(config: &Config, dialled: &Dialled) -> Option<Plan> {
    if !config.is_emergency(&dialled.number) {
        return None;
    }
    let because = vec![Reason::EmergencyNumber { number: dialled.number.clone() }, Reason::NoTrunk];
    Some(Plan::just(Act::Reject(Cause::EmergencyUnreachable), because))
}
