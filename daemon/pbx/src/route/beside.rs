//! What rings besides an extension's own phones: with them, or after them where somebody is followed.

use config::{Actions, AlsoRings, Extension, FollowMe, Target};

use super::case::Case;
use super::{Act, Asks, Dialled, Layer, OutsideCall, Reason, Rings, Strand, outbound};
use crate::cause::Cause;

/// What rings besides, and what the own phones do before.
pub(super) struct Beside {
    /// How long the own phones ring, in seconds; where they do not, how long the strands do.
    pub limit_s: u32,
    /// Whether they ring.
    pub phones_ring: bool,
    pub strands: Vec<Strand>,
}

/// Where somebody is looked for besides the own phones, unless the rule lets others ring along (F93, X11); `None` also where
/// nothing of the list can ring, with the reasons.
pub(super) fn followed(
    case: &Case<'_>,
    called: &Extension,
    actions: &Actions,
    because: &mut Vec<Reason>,
) -> Option<Beside> {
    let (diversion, follow_me) = called.answering.follows(case.moment.wall)?;
    if !actions.also.is_empty() {
        return None;
    }
    let FollowMe { initial_s, ring_s, in_turn, ref list } = *follow_me;
    because.push(Reason::FollowsMe { extension: called.number.to_string(), layer: Layer::of(&diversion.switch) });
    let row = |to: &Target| AlsoRings { to: to.clone(), after_s: initial_s, is_unasked: false };
    let mut strands: Vec<Strand> = list.iter().filter_map(|to| beside(case, called, &row(to), because)).collect();
    if strands.is_empty() {
        return None;
    }
    for_each(&mut strands, ring_s, in_turn);
    let phones_ring = initial_s > 0;
    let limit_s = if phones_ring { initial_s } else { ring_s };
    Some(Beside { limit_s: limit_s.into(), phones_ring, strands })
}

/// Gives each its time: one after the other, or all the same.
pub(super) fn for_each(strands: &mut [Strand], ring_s: u16, in_turn: bool) {
    let mut turns = 0..;
    for strand in strands {
        strand.for_s = Some(ring_s);
        strand.in_turn = in_turn;
        strand.after_s += if in_turn { ring_s * turns.next().unwrap_or(0) } else { 0 };
    }
}

/// What rings besides; `None`, with the reason, for what cannot.
pub(super) fn beside(
    case: &Case<'_>,
    called: &Extension,
    row: &AlsoRings,
    because: &mut Vec<Reason>,
) -> Option<Strand> {
    let Case { config, moment, presence, dialled, .. } = *case;
    let rings = match (&row.to, case.inside(&row.to)) {
        (_, Some(number)) => Rings::Phones { extension: number.to_owned(), users: case.phones_of(number) },
        (to, None) => {
            let diverted_by = Some(called.number.to_string());
            let outside = Dialled { number: to.id().to_owned(), diverted_by, ..dialled.clone() };
            let plan = outbound::route(config, moment, presence, &outside).map(|plan| plan.steps);
            let acts = || plan.iter().flatten().map(|step| &step.act);
            let calls: Vec<OutsideCall> = acts().filter_map(Act::outside).cloned().collect();
            if calls.is_empty() {
                let refused = acts().find_map(|act| if let Act::Reject(cause) = act { Some(*cause) } else { None });
                because.extend(plan.iter().flatten().flat_map(|step| step.because.last().cloned()));
                let (cause, extension) = (refused.unwrap_or(Cause::NoSuchNumber), called.number.to_string());
                because.push(Reason::NotRung { to: to.clone(), extension, cause });
                return None;
            }
            let mut reasons = plan.iter().flatten().flat_map(|step| &step.because);
            let uncharged = reasons.find(|reason| matches!(reason, Reason::Uncharged { .. }));
            // Said once, however many numbers ring along.
            because.extend(uncharged.filter(|reason| !because.contains(reason)).cloned());
            Rings::Number(calls)
        }
    };
    let is_outside = matches!(rings, Rings::Number(_));
    let asks = (is_outside && !row.is_unasked).then_some(Asks::Taking);
    Some(Strand { rings, after_s: row.after_s, for_s: None, asks, in_turn: false, is_deputy: false })
}
