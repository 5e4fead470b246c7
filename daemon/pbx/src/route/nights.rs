//! What night modes have to do with what an extension decides.

use config::{Answering, Diversion, TimeGroup};
use jiff::Timestamp;

use super::Reason;

/// The night modes that decide which of its diversions and rules hold: each group once, of those that are looked at.
pub(super) fn of(answering: &Answering, at: Timestamp) -> Vec<Reason> {
    let follows = |diversion: &Diversion| diversion.forced.is_none_or(|forced| !forced.holds(at));
    let diversions = answering.diversions.iter().filter(|one| follows(one)).filter_map(Diversion::follows);
    // The rules up to the first that holds.
    let looked_at = answering.active(at).map_or(answering.rules.len(), |place| place + 1);
    let rules = answering.rules.iter().take(looked_at).filter(|rule| rule.is_enabled).map(|rule| &rule.when);
    let mut said: Vec<&TimeGroup> = Vec::new();
    let mut reasons = Vec::new();
    for group in diversions.chain(rules) {
        let is_new = said.iter().all(|known| !std::ptr::eq(*known, group.as_ref()));
        if let Some((mode, is_open)) = group.night_at(at).filter(|_| is_new) {
            said.push(group);
            reasons.push(Reason::NightMode { mode: mode.to_owned(), group: group.name.clone(), is_open });
        }
    }
    reasons
}
