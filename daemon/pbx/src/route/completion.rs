//! Call completion: the codes by which a caller wants to be called back, and does not any more; and who is asked during the call.

use config::{Extension, Feature};

use super::case::Case;
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

/// Whether a caller who finds this extension busy, or gets no answer, is asked whether to be called back: they are of the office, dialled it
/// themselves, and want to be asked; the office has the code for it; and `people` who sent the call on to each other are none but it.
pub(super) fn is_offered(case: Case<'_>, called: &Extension, people: usize) -> bool {
    let Case { config, dialled, .. } = case;
    let is_own_call = !dialled.is_from_outside() && dialled.diverted_by.is_none() && people == 1;
    let wants = config.extension(&dialled.extension).is_some_and(|caller| caller.completion_offers);
    let has_code = config.feature_codes().iter().any(|row| row.enabled && row.feature == Feature::CompleteCall);
    is_own_call && wants && has_code && dialled.extension != called.number.as_str()
}
