//! What extensions do with their calls, when everybody and all time groups are known.

use std::sync::Arc;

use crate::answering::{
    Actions, AlsoRings, Answering, AnsweringRule, Diversion, DiversionKind, MAX_AFTER_S, MAX_ALSO, MAX_RULES, Switch,
    Target,
};
use crate::extension::{RINGS_ON, is_ring_time};
use crate::ids::ExtensionNumber;
use crate::problem::{Effect, Fault, OutsideFault, PersonFault, RuleFault, Table};
use crate::raw::{RawConfig, RawPerson};
use crate::raw_rules::{RawDiversion, RawRule};
use crate::time_group::{Forced, TimeGroup};

use super::{At, Check, out_of_range, shown};

impl Check {
    /// All rules, diversions and lists of callers.
    pub(super) fn answering(&mut self, raw: &RawConfig) {
        for (index, row) in raw.people.iter().enumerate() {
            let number = row.extension.as_deref().and_then(|number| self.config.extension(number));
            let Some(number) = number.map(|extension| extension.number.clone()) else { continue };
            let at = At::row(Table::Person, index, row.name.as_deref());
            let answering = self.answering_of(&at, &number, row);
            if let Some(extension) = self.config.extensions.get_mut(number.as_str()) {
                extension.answering = answering;
            }
        }
    }

    fn answering_of(&mut self, at: &At, of: &ExtensionNumber, raw: &RawPerson) -> Answering {
        let mut answering = Answering::default();
        let mut has_default = false;
        for (index, row) in raw.rules.iter().enumerate() {
            let name = row.when.as_deref().unwrap_or("default");
            let at = At::row(Table::Rule, index, Some(&format!("{name} of {of}")));
            if index > MAX_RULES {
                self.problem(&at, "", Fault::TooMany { most: MAX_RULES }, Effect::RowOff);
                break;
            }
            match row.when.as_deref() {
                None if has_default => self.problem(&at, "when", RuleFault::TwoDefaults, Effect::RowOff),
                None => {
                    has_default = true;
                    answering.otherwise = self.actions(&at, of, row).unwrap_or_default();
                }
                Some(when) => {
                    let rule = self.rule(&at, of, row, when);
                    answering.rules.extend(rule);
                }
            }
        }
        for (index, row) in raw.diversions.iter().enumerate() {
            let name = row.kind.as_deref().unwrap_or_default();
            let at = At::row(Table::Diversion, index, Some(&format!("{name} of {of}")));
            if index == DiversionKind::ALL.len() {
                self.problem(&at, "", Fault::TooMany { most: index }, Effect::RowOff);
                break;
            }
            let diversion = self.diversion(&at, of, row, &answering);
            answering.diversions.extend(diversion);
        }
        let hear = [raw.blocked_hear.as_deref(), raw.anonymous_hear.as_deref()];
        answering.callers = self.callers(at, Some(of), &raw.callers, hear);
        answering
    }

    fn rule(&mut self, at: &At, of: &ExtensionNumber, raw: &RawRule, when: &str) -> Option<AnsweringRule> {
        let when = self.group(at, of, when)?;
        let actions = self.actions(at, of, raw)?;
        Some(AnsweringRule { when, is_enabled: raw.enabled.unwrap_or(true), actions })
    }

    fn group(&mut self, at: &At, of: &ExtensionNumber, name: &str) -> Option<Arc<TimeGroup>> {
        let found = self.config.time_group(of.as_str(), name).cloned();
        if found.is_none() {
            self.off(at, "when", RuleFault::NoSuchGroup { name: shown(name) })?;
        }
        found
    }

    fn actions(&mut self, at: &At, of: &ExtensionNumber, raw: &RawRule) -> Option<Actions> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        if let Some(ring_s) = raw.ring_s.filter(|ring_s| !is_ring_time(*ring_s)) {
            self.off(at, "ring_s", Fault::BadRingTime { ring_s })?;
        }
        let also = self.also(at, of, raw);
        let is_away = raw.away == Some(true);
        if is_away && also.is_empty() {
            self.problem(at, "away", RuleFault::NothingRings, Effect::Ignored);
        }
        Some(Actions {
            ring_s: raw.ring_s,
            is_dnd: raw.dnd.unwrap_or(false),
            is_away: is_away && !also.is_empty(),
            also,
            screens: raw.screen.unwrap_or(false),
            always: self.target(at, of, "always", raw.always.as_deref()),
            on_active: self.target(at, of, "on_active", raw.on_active.as_deref()),
            busy: self.target(at, of, "busy", raw.busy.as_deref()),
            unanswered: self.target(at, of, "unanswered", raw.unanswered.as_deref()),
            offline: self.target(at, of, "offline", raw.offline.as_deref()),
        })
    }

    /// What rings too; a row that cannot is left out, and the others ring.
    fn also(&mut self, at: &At, of: &ExtensionNumber, raw: &RawRule) -> Vec<AlsoRings> {
        let rows = raw.also.iter().flatten();
        let ring_s = raw.ring_s.or(self.config.extension(of.as_str()).map(|extension| extension.ring_s));
        let ring_s = ring_s.unwrap_or(RINGS_ON);
        let mut also: Vec<AlsoRings> = Vec::new();
        for (index, text) in rows.enumerate() {
            let place = index + 1;
            if index == MAX_ALSO {
                self.problem(at, "also", Fault::TooMany { most: MAX_ALSO }, Effect::Ignored);
                break;
            }
            let row = match text.parse::<AlsoRings>() {
                Ok(row) => row,
                Err(why) => {
                    let row = shown(text);
                    self.problem(at, "also", RuleFault::BadAlso { place, row, why }, Effect::Ignored);
                    continue;
                }
            };
            let after_s = row.after_s;
            let fault: Option<Fault> = match &row.to {
                _ if after_s > MAX_AFTER_S => Some(out_of_range(after_s, &(0..=MAX_AFTER_S))),
                _ if ring_s != RINGS_ON && after_s >= ring_s => {
                    Some(RuleFault::NeverRings { place, after_s, ring_s }.into())
                }
                Target::Number(number) if self.config.is_emergency(number) => {
                    Some(RuleFault::CallsForHelp { number: number.clone() }.into())
                }
                to => {
                    let vanished = to.extension().filter(|number| self.config.extension(number.as_str()).is_none());
                    vanished.map(|number| PersonFault::NoSuchExtension { number: number.to_string() }.into())
                }
            };
            match fault {
                Some(fault) => self.problem(at, "also", fault, Effect::Ignored),
                None => also.push(row),
            }
        }
        also
    }

    /// One that leads nowhere is the extension's own mailbox: the call must not be lost (F40).
    pub(super) fn target(&mut self, at: &At, of: &ExtensionNumber, field: &str, raw: Option<&str>) -> Option<Target> {
        let text = raw?;
        let fault = match text.parse::<Target>() {
            Err(bad) => RuleFault::BadTarget(bad),
            Ok(Target::Number(number)) if self.config.is_emergency(&number) => RuleFault::CallsForHelp { number },
            Ok(target) => {
                let vanished = target.extension().filter(|number| self.config.extension(number.as_str()).is_none());
                match vanished {
                    None => return Some(target),
                    Some(number) => RuleFault::NoSuchTarget { number: number.to_string() },
                }
            }
        };
        self.problem(at, field, fault, Effect::Ignored);
        Some(Target::Voicemail(of.clone()))
    }

    fn diversion(&mut self, at: &At, of: &ExtensionNumber, raw: &RawDiversion, known: &Answering) -> Option<Diversion> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let word = raw.kind.as_deref().unwrap_or_default();
        let Some(kind) = DiversionKind::named(word) else {
            let known = DiversionKind::ALL.map(DiversionKind::as_str).join(", ");
            self.off(at, "kind", OutsideFault::UnknownWord { word: shown(word), known })?;
            return None;
        };
        if known.diversion(kind).is_some() {
            self.off(at, "kind", RuleFault::DiversionTwice)?;
        }
        let switch = match raw.when.as_deref() {
            _ if raw.enabled == Some(false) => Switch::Off,
            None => Switch::On,
            Some(name) => Switch::Follows(self.group(at, of, name)?),
        };
        let forced = raw.forced.as_deref().and_then(|text| {
            let forced = text.parse::<Forced>();
            if let Err(bad) = forced {
                self.problem(at, "forced", RuleFault::BadForced(bad), Effect::Ignored);
            }
            forced.ok()
        });
        let follow_me = match kind {
            DiversionKind::FollowMe => Some(self.follow_me(at, of, raw, &switch)?),
            _ => None,
        };
        let secretaries = match kind {
            DiversionKind::Secretary => Some(self.secretaries(at, of, raw, &switch)?),
            _ => None,
        };
        let assistant = match kind {
            DiversionKind::Assistant => Some(self.assistant(at, of, raw)),
            _ => None,
        };
        let to = self.target(at, of, "to", raw.to.as_deref());
        Some(Diversion { kind, switch, forced, to, follow_me, secretaries, assistant })
    }
}
