//! Who answers in somebody's place (F91): before do-not-disturb, forwards and rules of the boss.
//!
//! A secretary rings who is on for this boss, can be reached, wants to be disturbed and sends no calls on. So nobody's calls go
//! round over a secretary: who sends them back to the boss does not ring. Where none rings, calls come to the boss as if it were off.

use config::{DiversionKind, Extension, Passing, Secretaries, SecretaryStrategy};

use super::beside::{Beside, for_each};
use super::case::Case;
use super::{Layer, Out, Passes, Reason, Rings, Strand};

/// Who rings for a call to this extension in its owner's place, the call having come over the extensions of `path`; `None`, with
/// the reasons, where it comes to the owner.
pub(super) fn secretaries(
    case: &Case<'_>,
    called: &Extension,
    path: &[&str],
    because: &mut Vec<Reason>,
) -> Option<Beside> {
    let diversion = called.answering.diverts(DiversionKind::Secretary, case.moment.wall)?;
    let secretaries = diversion.secretaries.as_ref()?;
    let extension = called.number.to_string();
    if let Some(why) = passes(case, called, secretaries) {
        because.push(Reason::PassesSecretaries { extension, why });
        return None;
    }
    let mut strands = Vec::new();
    for secretary in &secretaries.list {
        let number = secretary.extension.as_str();
        let out = if secretary.is_on { is_out(case, number, path) } else { Some(Out::Off) };
        match out {
            Some(why) => {
                because.push(Reason::SecretaryOut { secretary: number.to_owned(), extension: extension.clone(), why });
            }
            None => strands.push(Strand {
                rings: Rings::Phones { extension: number.to_owned(), users: case.phones_of(number) },
                after_s: 0,
                for_s: None,
                asks: None,
                in_turn: false,
                is_deputy: true,
            }),
        }
    }
    if strands.is_empty() {
        because.push(Reason::PassesSecretaries { extension, why: Passes::NobodyThere });
        return None;
    }
    because.push(Reason::Secretaries { extension, layer: Layer::of(&diversion.switch) });
    Some(stages(case, called, secretaries, strands))
}

/// Who rings when.
fn stages(case: &Case<'_>, called: &Extension, secretaries: &Secretaries, mut strands: Vec<Strand>) -> Beside {
    let Secretaries { strategy, initial_s, ring_s, .. } = *secretaries;
    let (at, answering) = (case.moment.wall, &called.answering);
    // Who does not want to be disturbed is not by this either.
    let is_dnd = answering.diverts(DiversionKind::Dnd, at).is_some() || answering.actions(at).is_dnd;
    let phones_ring = !is_dnd && (strategy.is_boss_first() || strategy == SecretaryStrategy::Everyone);
    let first_s = if strategy.is_boss_first() { initial_s } else { 0 };
    strands.iter_mut().for_each(|strand| strand.after_s = first_s);
    for_each(&mut strands, ring_s, strategy.is_in_turn());
    let limit_s = if phones_ring && strategy.is_boss_first() { initial_s } else { ring_s };
    Beside { limit_s: limit_s.into(), phones_ring, strands }
}

fn passes(case: &Case<'_>, called: &Extension, secretaries: &Secretaries) -> Option<Passes> {
    let dialled = case.dialled;
    let is_from_outside = dialled.is_from_outside();
    // A number outside may have the digits of an extension.
    let caller = Some(dialled.extension.as_str()).filter(|_| !is_from_outside);
    let from = [caller, dialled.diverted_by.as_deref()];
    if from.contains(&Some(called.number.as_str())) {
        return Some(Passes::Boss);
    }
    if let Some(secretary) = from.into_iter().flatten().find_map(|number| secretaries.of(number)) {
        return Some(Passes::Secretary(secretary.extension.to_string()));
    }
    if !secretaries.callers.takes(is_from_outside) {
        return Some(Passes::OtherCallers);
    }
    // The phonebook knows who is outside.
    let is_tagged = |tag: &str| is_from_outside && case.config.is_tagged(&dialled.extension, tag);
    let listed = secretaries.passing(&case.spellings(), is_tagged);
    listed.map(|one| match one {
        Passing::Number(pattern) => Passes::Listed(pattern.to_string()),
        Passing::Tag(tag) => Passes::Tagged(tag.clone()),
    })
}

fn is_out(case: &Case<'_>, number: &str, path: &[&str]) -> Option<Out> {
    let Case { config, moment, presence, .. } = *case;
    let answering = &config.extension(number)?.answering;
    let (at, actions) = (moment.wall, answering.actions(moment.wall));
    let diverts =
        [DiversionKind::Dnd, DiversionKind::Always].into_iter().any(|kind| answering.diverts(kind, at).is_some());
    let users = case.phones_of(number);
    if path.contains(&number) {
        Some(Out::Asked)
    } else if diverts || actions.is_dnd || actions.always.is_some() {
        Some(Out::TakesNone)
    } else {
        (!users.iter().any(|user| presence.is_reachable(user))).then_some(Out::Offline)
    }
}
