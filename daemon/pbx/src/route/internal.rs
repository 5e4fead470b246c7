//! Feature codes that lead to nobody.

use config::Feature;

use super::{Act, Announcement, Code, Dialled, Plan, Reason};
use crate::cause::Cause;

/// The plan for a feature code.
pub(super) fn feature_code(dialled: &Dialled, (feature, _): Code<'_>) -> Option<Plan> {
    let because = vec![Reason::FeatureCode { code: dialled.number.clone(), feature }];
    let act = match feature {
        Feature::EchoTest => Act::EchoTest,
        Feature::Time => Act::Announce(Announcement::Time),
        Feature::OwnExtension => Act::Announce(Announcement::OwnExtension),
        Feature::VerifyLine => Act::Announce(Announcement::Line),
        Feature::BoxStatus => Act::Announce(Announcement::BoxStatus),
        // Others know those that lead to somebody. Who dials is told by two, not where.
        _ => return None,
    };
    Some(Plan::just(act, because))
}

/// The plan for the code that asks what would become of a call: nobody else's call is sent on there.
pub(super) fn foretell(dialled: &Dialled, (feature, argument): Code<'_>) -> Option<Plan> {
    if feature != Feature::WhatIf {
        return None;
    }
    let mut because = vec![Reason::FeatureCode { code: dialled.number.clone(), feature }];
    let act = match &dialled.diverted_by {
        None => Act::Foretell(argument.to_owned()),
        Some(extension) => {
            because.push(Reason::SentOn { extension: extension.clone() });
            Act::Reject(Cause::NotAllowed)
        }
    };
    Some(Plan::just(act, because))
}
