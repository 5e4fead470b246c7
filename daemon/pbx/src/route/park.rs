//! Calls that wait on a park slot: the codes that park and fetch them.

use config::Feature;

use super::{Act, Announcement, Code, Dialled, Outcome, Plan, Reason, Step};
use crate::cause::Cause;
use crate::parking::SLOTS;

/// The plan for a code that parks a call, or fetches one.
pub(super) fn feature_code(dialled: &Dialled, (feature, argument): Code<'_>) -> Option<Plan> {
    let mut because = vec![Reason::FeatureCode { code: dialled.number.clone(), feature }];
    let (act, outcome, otherwise) = match feature {
        Feature::Park => (Act::Park, Outcome::NoSlot, Announcement::NoSlotFree),
        Feature::FetchParked => {
            if let Some(extension) = &dialled.diverted_by {
                // The caller has asked for somebody, and for nobody else's call.
                because.push(Reason::SentOn { extension: extension.clone() });
                return Some(Plan::just(Act::Reject(Cause::NotAllowed), because));
            }
            let slot = argument.parse().ok().filter(|slot| SLOTS.contains(slot));
            let Some(slot) = slot else {
                because.push(Reason::NoSuchNumber { number: dialled.number.clone() });
                return Some(Plan::just(Act::Reject(Cause::NoSuchNumber), because));
            };
            (Act::Fetch(slot), Outcome::SlotEmpty, Announcement::SlotEmpty)
        }
        _ => return None,
    };
    let otherwise = Step { act: Act::Announce(otherwise), on: Vec::new(), because: vec![Reason::After { outcome }] };
    Some(Plan { steps: vec![Step { act, on: vec![(outcome, 1)], because }, otherwise] })
}
