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

/// The plan for the codes that ask the box about calls, made or yet to be: nobody else's call is sent on there.
pub(super) fn asking(dialled: &Dialled, (feature, argument): Code<'_>) -> Option<Plan> {
    let asks = match feature {
        Feature::WhatIf => Act::Foretell(argument.to_owned()),
        Feature::CallReturn => Act::CallReturn,
        _ => return None,
    };
    let mut because = vec![Reason::FeatureCode { code: dialled.number.clone(), feature }];
    let act = match &dialled.diverted_by {
        None => asks,
        Some(extension) => {
            because.push(Reason::SentOn { extension: extension.clone() });
            Act::Reject(Cause::NotAllowed)
        }
    };
    Some(Plan::just(act, because))
}
