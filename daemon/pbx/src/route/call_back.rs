//! Whoever was called for help calls back (F108): before every list, diversion and rule, the phones ring that help was called from.

use super::case::Case;
use super::{Act, Outcome, Plan, Reason, Ring, Rings, Step, Strand};

/// How long they ring, in seconds: nobody who has called for help is to miss it for having walked to the door.
const RINGS_S: u32 = 60;

/// Whatever becomes of it, the call goes on as it would without.
const UNTAKEN: [Outcome; 5] =
    [Outcome::Busy, Outcome::Declined, Outcome::Unanswered, Outcome::Offline, Outcome::Incompatible];

/// The extensions from which help was called under this number not long ago.
pub(super) fn expecting<'a>(case: Case<'a>, number: &str) -> Vec<&'a str> {
    let Case { config, presence, dialled, .. } = case;
    if !dialled.is_from_outside() || dialled.diverted_by.is_some() {
        return Vec::new();
    }
    let expected = presence.call_backs.iter().filter(|(_, shown)| *shown == number);
    let extensions = expected.filter_map(|(extension, _)| config.extension(extension));
    extensions.map(|extension| extension.number.as_str()).collect()
}

/// Rings the phones of these extensions, and then does what else would be done.
pub(super) fn route(case: Case<'_>, extensions: &[&str], rest: Plan) -> Plan {
    let Some((first, others)) = extensions.split_first() else { return rest };
    let also = others.iter().map(|extension| Strand {
        rings: Rings::Phones { extension: (*extension).to_owned(), users: case.phones_of(extension) },
        after_s: 0,
        for_s: None,
        asks: None,
        in_turn: false,
        is_deputy: false,
    });
    let ring = Ring { also: also.collect(), ..Ring::phones((*first).to_owned(), case.phones_of(first), RINGS_S) };
    let because =
        extensions.iter().map(|extension| Reason::MayCallBack { extension: (*extension).to_owned() }).collect();
    let mut steps = vec![Step { act: Act::Ring(ring), on: UNTAKEN.map(|outcome| (outcome, 1)).to_vec(), because }];
    steps.extend(rest.steps.into_iter().map(|mut step| {
        step.on.iter_mut().for_each(|(_, next)| *next += 1);
        step
    }));
    Plan { steps }
}
