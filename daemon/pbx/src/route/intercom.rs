//! Calls whose phones answer by themselves: the code for them.

use config::{DiversionKind, Extension, Feature};

use super::case::Case;
use super::{Act, Announcement, Code, Layer, Outcome, Plan, Reason, Ring, Step, callers};
use crate::cause::Cause;

/// How long phones ring that do not answer by themselves, in seconds: the caller wants to be heard now.
const LIMIT_S: u32 = 20;

/// The plan for the code: who is in a call or does not want to be disturbed is not, whom somebody keeps out is not put through aloud
/// either, and nobody's mailbox takes what was meant to be said aloud.
pub(super) fn feature_code(case: Case<'_>, code: Code<'_>) -> Option<Plan> {
    let (Feature::Intercom, argument) = code else { return None };
    let Case { config, presence, dialled, .. } = case;
    let code = dialled.number.clone();
    let mut because = vec![Reason::FeatureCode { code, feature: Feature::Intercom }];
    let reject = |because, cause| Some(Plan::just(Act::Reject(cause), because));
    if dialled.is_from_outside() {
        because.push(Reason::FromOutside);
        return reject(because, Cause::NotAllowed);
    }
    let Some(extension) = config.extension(argument) else {
        because.push(Reason::NoSuchNumber { number: argument.to_owned() });
        return reject(because, Cause::NoSuchNumber);
    };
    let number = extension.number.to_string();
    if !extension.intercom {
        because.push(Reason::NoIntercom { extension: number });
        return Some(refused(because));
    }
    match callers::judge(case, extension, false, &mut because) {
        Err(hears) => return Some(Plan::just(callers::turned_away(hears), because)),
        Ok(true) => {}
        Ok(false) => {
            if let Some(layer) = do_not_disturb(case, extension) {
                because.push(Reason::DoNotDisturb { extension: number, layer });
                return Some(refused(because));
            }
        }
    }
    let calls = presence.calls.get(&number).copied().unwrap_or_default();
    let others = calls.saturating_sub(usize::from(dialled.extension == number));
    if others > 0 {
        because.push(Reason::InCalls { calls: others });
        return reject(because, Cause::Busy);
    }
    let phones = config.phones_of(&number).map(|phone| phone.user.clone());
    let users: Vec<String> = phones.filter(|user| *user != dialled.user).collect();
    let ends = [
        (Outcome::Busy, Cause::Busy),
        (Outcome::Declined, Cause::Declined),
        (Outcome::Unanswered, Cause::Unanswered),
        (Outcome::Offline, Cause::Offline),
        (Outcome::Incompatible, Cause::NoCodec),
    ];
    let on = ends.iter().enumerate().map(|(place, (outcome, _))| (*outcome, place + 1)).collect();
    let act = Act::Intercom(Ring::phones(number, users, LIMIT_S));
    let mut steps = vec![Step { act, on, because }];
    steps.extend(ends.map(|(outcome, cause)| Step {
        act: Act::Reject(cause),
        on: Vec::new(),
        because: vec![Reason::After { outcome }],
    }));
    Some(Plan { steps })
}

fn refused(because: Vec<Reason>) -> Plan {
    Plan::just(Act::Announce(Announcement::IntercomRefused), because)
}

/// What says that nobody is to disturb this extension now, where something does.
fn do_not_disturb(case: Case<'_>, called: &Extension) -> Option<Layer> {
    let (at, answering) = (case.moment.wall, &called.answering);
    let diversion = answering.diverts(DiversionKind::Dnd, at).map(|diversion| Layer::of(&diversion.switch));
    diversion.or_else(|| answering.actions(at).is_dnd.then_some(Layer::Rule))
}
