//! Feature codes that lead to nobody.

use config::Feature;

use super::{Act, Announcement, Code, Dialled, Plan, Reason};

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
