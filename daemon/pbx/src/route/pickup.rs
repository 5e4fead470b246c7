//! Calls that ring elsewhere: the codes that take them.

use config::{Config, Feature};

use super::{Act, Announcement, Code, Dialled, Outcome, PickUp, Plan, Reason, Step};
use crate::cause::Cause;

/// The plan for a code that takes a call.
pub(super) fn feature_code(config: &Config, dialled: &Dialled, (feature, argument): Code<'_>) -> Option<Plan> {
    let of = match feature {
        Feature::GroupPickup => None,
        Feature::DirectedPickup => Some(argument.to_owned()),
        _ => return None,
    };
    let mut because = vec![Reason::FeatureCode { code: dialled.number.clone(), feature }];
    if let Some(extension) = &dialled.diverted_by {
        // The caller has asked for somebody, and for nobody else's call.
        because.push(Reason::SentOn { extension: extension.clone() });
        return Some(Plan::just(Act::Reject(Cause::NotAllowed), because));
    }
    if let Some(extension) = &of {
        if config.extension(extension).is_none() {
            because.push(Reason::NoSuchNumber { number: extension.clone() });
            return Some(Plan::just(Act::Reject(Cause::NoSuchNumber), because));
        }
        if !config.may_pick_up(&dialled.extension, extension) {
            because.push(Reason::OtherPickupGroup { extension: extension.clone() });
            return Some(Plan::just(Act::Reject(Cause::NotAllowed), because));
        }
    }
    let nothing = Step {
        act: Act::Announce(Announcement::NothingToPickUp),
        on: Vec::new(),
        because: vec![Reason::After { outcome: Outcome::NothingRings }],
    };
    let step = Step { act: Act::PickUp(PickUp { of }), on: vec![(Outcome::NothingRings, 1)], because };
    Some(Plan { steps: vec![step, nothing] })
}
