//! What is wrong with a plan, whoever it is for.

use config::{Class, Config, Target};

use super::Flaw;
use crate::cause::Cause;
use crate::route::{Act, Announcement, Layer, Passes, Plan, Reason, Rings, Step};

/// Everything that is wrong with the plan of a call to this number, each once.
pub(super) fn flaws(config: &Config, number: &str, plan: &Plan) -> Vec<Flaw> {
    let mut found: Vec<Flaw> = (0..plan.steps.len()).filter_map(|place| of_forward(plan, place)).collect();
    found.extend(plan.steps.iter().flat_map(|step| of_rings(config, step)));
    found.extend(of_whole(config, number, plan));
    found.dedup();
    found
}

/// What becomes of a call that somebody sends on.
fn of_forward(plan: &Plan, place: usize) -> Option<Flaw> {
    let step = plan.steps.get(place)?;
    let at = step.because.iter().rposition(|reason| matches!(reason, Reason::Forwards { .. }))?;
    let (sent, after) = step.because.split_at(at + 1);
    let Some(Reason::Forwards { extension, to, .. }) = sent.last() else { return None };
    let extension = extension.clone();
    if after.iter().any(|reason| matches!(reason, Reason::GoesRound { .. })) {
        // Two who stand in for each other when they do not answer are rung both: that is no fault.
        return is_reached_unrung(plan, place).then(|| Flaw::GoesRound { extension, to: to.id().to_owned() });
    }
    let Target::Number(number) = to else { return None };
    let class = after.iter().find_map(|reason| match reason {
        Reason::Permitted { class, .. } => Some(*class),
        _ => None,
    });
    let number = number.clone();
    match &step.act {
        Act::Outside(_) => class.filter(|class| *class >= Class::International).map(|class| Flaw::LeavesTheCountry {
            extension,
            number,
            class,
        }),
        // That it is not sent at night is as it was meant to be.
        Act::Reject(_) | Act::Deposit(_) => {
            let is_told = |reason: &Reason| matches!(reason, Reason::ExtensionOf { .. } | Reason::AtNight { .. });
            (!after.iter().any(is_told)).then_some(Flaw::ForwardFails { extension, number })
        }
        _ => None,
    }
}

/// Whether a call may come to this step before any phone has rung for it.
fn is_reached_unrung(plan: &Plan, place: usize) -> bool {
    let mut unrung = vec![false; plan.steps.len()];
    for (at, step) in plan.steps.iter().enumerate() {
        let is_unrung = at == 0 || unrung[at];
        if at == place {
            return is_unrung;
        }
        let rings = matches!(&step.act, Act::Ring(ring) if !ring.users.is_empty() || !ring.also.is_empty());
        for (_, next) in step.on.iter().filter(|_| is_unrung && !rings) {
            if let Some(slot) = unrung.get_mut(*next) {
                *slot = true;
            }
        }
    }
    false
}

/// What rings besides an extension's phones, and what cannot.
fn of_rings(config: &Config, step: &Step) -> Vec<Flaw> {
    let mut found = Vec::new();
    for (place, reason) in step.because.iter().enumerate() {
        // That it does not ring at night is as it was meant to be.
        let is_night = place > 0 && matches!(step.because[place - 1], Reason::AtNight { .. });
        if let Reason::NotRung { to, extension, .. } = reason
            && !is_night
        {
            found.push(Flaw::ForwardFails { extension: extension.clone(), number: to.id().to_owned() });
        }
        if let Reason::PassesSecretaries { extension, why: Passes::NobodyThere } = reason {
            found.push(Flaw::NobodyAnswers { extension: extension.clone() });
        }
    }
    let Act::Ring(ring) = &step.act else { return found };
    for call in ring.also.iter().filter_map(|strand| match &strand.rings {
        Rings::Number(calls) => calls.first(),
        Rings::Phones { .. } => None,
    }) {
        let of_route = config.route_of(&call.number).and_then(|route| route.class);
        let class = of_route.unwrap_or_else(|| config.office().class_of(&call.number));
        if class >= Class::International {
            let (extension, number) = (call.extension.clone(), call.number.clone());
            found.push(Flaw::LeavesTheCountry { extension, number, class });
        }
    }
    found
}

/// What becomes of the call as a whole.
fn of_whole(config: &Config, number: &str, plan: &Plan) -> Option<Flaw> {
    let first = plan.steps.first()?;
    if first.act == Act::Reject(Cause::EmergencyUnreachable) {
        return Some(Flaw::NoHelp { number: number.to_owned() });
    }
    let refused = match &first.act {
        Act::Reject(Cause::NoSuchNumber) => true,
        Act::Announce(said) => *said == Announcement::NoSuchMailbox,
        _ => false,
    };
    if refused {
        return Some(Flaw::LeadsNowhere { number: number.to_owned() });
    }
    let called = first.because.iter().find_map(|reason| match reason {
        Reason::ExtensionOf { extension, .. } => Some(extension.clone()),
        _ => None,
    })?;
    let is_taken = |step: &Step| match &step.act {
        Act::Ring(ring) => !ring.users.is_empty() || !ring.also.is_empty(),
        // Whoever is asked is nobody who was called.
        Act::Reject(_) | Act::Offer(_) | Act::AskName(_) => false,
        _ => true,
    };
    // Whoever switched it on wants it so, and off again.
    let is_wanted = |reason: &Reason| {
        matches!(
            reason,
            Reason::DoNotDisturb { layer: Layer::Switch, .. }
                | Reason::BlockedCaller { .. }
                | Reason::NoCallWaiting
                | Reason::NoFreeLine { .. }
                | Reason::GoesRound { .. }
        )
    };
    let is_wanted = plan.steps.iter().any(|step| step.because.iter().any(is_wanted));
    let is_known = config.extension(&called).is_some();
    (is_known && !is_wanted && !plan.steps.iter().any(is_taken)).then_some(Flaw::RingsNobody { extension: called })
}
