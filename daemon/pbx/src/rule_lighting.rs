//! The verbs of lamps of codes: who is told of what, and when the clock may have switched one.

use std::time::Duration;

use sip::dialog_info::{DialogInfo, DialogState, WatchedDialog};
use sip::event::Body;

use crate::busy_lamps::BusyWatch;
use crate::cx::Cx;
use crate::rule_lamps::RuleLamp;
use crate::timers::Timer;

/// How long at most until it is looked again whether a time group has switched something: a clock that is set shows by then.
const LOOK_EVERY: Duration = Duration::from_secs(60);

impl Cx {
    /// Looks which lamps the clock has switched, and when it may do so next.
    pub(crate) fn tend_rule_lamps(&mut self) {
        let now = self.now;
        let lamps = self.busy.watches.values().filter_map(|watch| watch.rule.as_ref());
        let keys = self.feature_keys.watches.values().map(|watch| watch.extension.as_str());
        let follows = |extension: &&str| {
            let known = self.config.extension(extension).map(|extension| &extension.answering.diversions);
            known.is_some_and(|known| known.iter().any(|diversion| diversion.follows().is_some()))
        };
        let watched = lamps.map(|lamp| lamp.extension.as_str()).chain(keys);
        let mut by_clock: Vec<&str> = watched.filter(follows).collect();
        by_clock.sort_unstable();
        by_clock.dedup();
        let known = by_clock.iter().filter_map(|extension| self.config.extension(extension));
        let changes = known.flat_map(|extension| &extension.answering.diversions);
        let changes = changes.filter_map(|diversion| diversion.changes_at(now.wall));
        let dnd: Vec<&str> =
            self.busy.watched.keys().map(String::as_str).filter(|own| self.is_dnd_by_clock(own)).collect();
        let dnd_changes = dnd.iter().filter_map(|own| self.config.extension(own)?.answering.dnd_changes_at(now.wall));
        let lamps = self.busy.watches.values().filter_map(|watch| watch.rule.as_ref());
        let forced = lamps.filter_map(|lamp| lamp.ends_at(&self.config, now.wall));
        let next = changes.chain(forced).chain(dnd_changes).min();
        // What was forced until now is not forced any more: its keys are looked at with every turn of the clock.
        let lit = self.busy.watches.values().filter_map(|watch| watch.rule.as_ref()).filter(|lamp| lamp.is_of_group());
        by_clock.extend(dnd);
        by_clock.extend(lit.map(|lamp| lamp.extension.as_str()));
        let by_clock: Vec<String> = by_clock.into_iter().map(str::to_owned).collect();
        by_clock.iter().for_each(|extension| self.busy.changed(extension));
        if let Some(next) = next {
            let wait = Duration::try_from(next.duration_since(now.wall)).unwrap_or_default();
            self.timers.set(Timer::RuleLamps, now.since_boot + wait.min(LOOK_EVERY));
        } else {
            self.timers.cancel(Timer::RuleLamps);
        }
    }

    /// Whether the clock may switch an extension's do-not-disturb.
    pub(crate) fn is_dnd_by_clock(&self, extension: &str) -> bool {
        self.config.extension(extension).is_some_and(|known| known.answering.is_dnd_by_clock())
    }

    /// Lit as by a call to the code, dark as an extension without one.
    pub(crate) fn rule_body(&self, watch: &BusyWatch, lamp: &RuleLamp) -> Body {
        if let Some(slot) = lamp.slot() {
            return self.slot_body(watch, &lamp.resource, slot);
        }
        let party = || self.party("", &lamp.resource, watch.local);
        let lit = || WatchedDialog {
            id: lamp.resource.clone(),
            is_caller: true,
            state: DialogState::Confirmed,
            name: None,
            local: party(),
            remote: party(),
        };
        let dialogs = lamp.is_lit(&self.config, self.now.wall).then(lit).into_iter().collect();
        DialogInfo { entity: watch.entity.clone(), idle_id: lamp.resource.clone(), dialogs }.to_body()
    }

    /// What the key of a phone is about, where it is a code's.
    pub(crate) fn rule_lamp(&self, user: &str, resource: &str) -> Option<RuleLamp> {
        let own = self.config.phone_by_user(user)?.extension.as_str();
        RuleLamp::named(&self.config, own, resource)
    }

    /// Whether the code of a key still means what it did.
    pub(crate) fn is_rule_lamp(&self, watch: &BusyWatch) -> bool {
        let is_same = |lamp: &RuleLamp| self.rule_lamp(&watch.user, &lamp.resource).as_ref() == Some(lamp);
        watch.rule.as_ref().is_none_or(is_same)
    }
}
