//! Call completion: the codes by which a caller wants to be called back, and does not any more.

use config::Feature;

use super::{Act, Code, Completion, Dialled, Plan, Reason};
use crate::cause::Cause;

/// The plan for a code of call completion.
pub(super) fn feature_code(dialled: &Dialled, (feature, _): Code<'_>) -> Option<Plan> {
    let wish = match feature {
        Feature::CompleteCall => Completion::Want,
        Feature::CancelCompletions => Completion::Cancel,
        _ => return None,
    };
    let mut because = vec![Reason::FeatureCode { code: dialled.number.clone(), feature }];
    if let Some(extension) = &dialled.diverted_by {
        // Whoever was sent on has not dialled it.
        because.push(Reason::SentOn { extension: extension.clone() });
        return Some(Plan::just(Act::Reject(Cause::NotAllowed), because));
    }
    Some(Plan::just(Act::Complete(wish), because))
}
