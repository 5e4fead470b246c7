//! What an extension does with its calls: answering rules, diversions, and whose calls it takes.
//!
//! `pbx` decides by them in a fixed order (its `route/answering`): callers that are blocked, secretaries, do-not-disturb and
//! forwards that are switched on, then the first rule in the list that is enabled and whose time group is open; the default rule is last.

mod also;
mod assistant;
mod callers;
mod diversion;
mod follow_me;
mod secretary;
mod target;

pub use also::{AlsoRings, BadAlso, MAX_AFTER_S, MAX_ALSO};
pub use assistant::{ASSISTANT_KEYS, Assistant};
pub use callers::{Callers, Hears, ListedCaller, MAX_CALLERS, MAX_NOTE};
pub use diversion::{Diversion, DiversionKind, Switch};
pub use follow_me::{
    DEFAULT_FOLLOW_INITIAL_S, DEFAULT_FOLLOW_RING_S, FOLLOW_INITIAL_S, FOLLOW_RING_S, FollowMe, MAX_FOLLOWED,
};
pub use secretary::{
    BOSS_FIRST_S, BadSecretary, MAX_PASSING, MAX_SECRETARIES, Passing, Secretaries, Secretary, SecretaryCallers,
    SecretaryStrategy,
};
pub use target::{BadTarget, Target};

use std::sync::Arc;

use jiff::Timestamp;

use crate::time_group::{Specificity, TimeGroup};

/// How many rules an extension may have besides the default one: more nobody keeps in their order.
pub const MAX_RULES: usize = 50;

/// All that decides about the calls to an extension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answering {
    /// In their order, at most [`MAX_RULES`].
    pub rules: Vec<AnsweringRule>,
    /// What holds when none of them does: the default rule, which cannot be removed or disabled.
    pub otherwise: Actions,
    /// What is switched on by hand or by a time group, one of a kind.
    pub diversions: Vec<Diversion>,
    /// Whose calls are always or never taken.
    pub callers: Callers,
}

/// What holds while a time group is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweringRule {
    /// When; its name is the rule's too.
    pub when: Arc<TimeGroup>,
    /// One that is not is passed over.
    pub is_enabled: bool,
    /// What is done.
    pub actions: Actions,
}

/// What is done with a call. Without a target unanswered callers may leave a message, where the extension takes any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actions {
    /// How long the phones ring, in seconds, or [`crate::RINGS_ON`]; `None`: as the extension says.
    pub ring_s: Option<u16>,
    /// No phone rings.
    pub is_dnd: bool,
    /// Whether its own phones do not ring: those besides alone.
    pub is_away: bool,
    /// What rings besides them, at most [`MAX_ALSO`] (F41).
    pub also: Vec<AlsoRings>,
    /// Whether callers from outside are put through to whoever answers only when that one wants them (F33).
    pub screens: bool,
    /// Where every call goes.
    pub always: Option<Target>,
    /// Where calls go while the extension is in one.
    pub on_active: Option<Target>,
    /// Where calls go when it is busy or refuses.
    pub busy: Option<Target>,
    /// Where calls go that nobody answers.
    pub unanswered: Option<Target>,
    /// Where calls go while no phone can be reached.
    pub offline: Option<Target>,
}

/// A rule that another one goes before at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shadow {
    /// The place of the rule that does not hold then.
    pub rule: usize,
    /// The place of the wider one that is before it.
    pub by: usize,
    /// The first time it happens.
    pub at: Timestamp,
}

/// How many times of a rule are looked at for another one over it: a week of a rule with one time a day and some to spare.
const TIMES_LOOKED_AT: usize = 10;

impl Answering {
    /// The rule that holds at this moment: its place, where it is not the default one.
    pub fn active(&self, at: Timestamp) -> Option<usize> {
        self.rules.iter().position(|rule| rule.is_enabled && rule.when.is_open(at))
    }

    /// What is to be done at this moment as far as rules go.
    pub fn actions(&self, at: Timestamp) -> &Actions {
        let rule = self.active(at).and_then(|place| self.rules.get(place));
        rule.map_or(&self.otherwise, |rule| &rule.actions)
    }

    /// Whether whoever it is does not want to be disturbed at this moment: they have switched it on, or the rule that holds says so.
    pub fn is_dnd(&self, at: Timestamp) -> bool {
        self.diverts(DiversionKind::Dnd, at).is_some() || self.actions(at).is_dnd
    }

    /// Whether the clock may change that.
    pub fn is_dnd_by_clock(&self) -> bool {
        let mut actions = self.rules.iter().map(|rule| &rule.actions).chain([&self.otherwise]);
        let by_rule = !self.rules.is_empty() && actions.any(|actions| actions.is_dnd);
        by_rule || self.diversion(DiversionKind::Dnd).is_some_and(|diversion| diversion.follows().is_some())
    }

    /// When something changes next that do-not-disturb may go by; `None` where nothing does.
    pub fn dnd_changes_at(&self, at: Timestamp) -> Option<Timestamp> {
        let switched = self.diversion(DiversionKind::Dnd).and_then(|diversion| diversion.changes_at(at));
        let rules = self.rules.iter().filter(|rule| rule.is_enabled);
        let changes = rules.filter_map(|rule| rule.when.changes(at, 1).first().map(|change| change.at));
        switched.into_iter().chain(changes).min()
    }

    /// The time groups that rules and diversions go by, as often as they do.
    pub fn groups(&self) -> impl Iterator<Item = &Arc<TimeGroup>> {
        let followed = self.diversions.iter().filter_map(Diversion::follows);
        self.rules.iter().map(|rule| &rule.when).chain(followed)
    }

    /// Where a new rule for a group that is so narrow belongs: before all that are wider.
    pub fn place_for(&self, specificity: Specificity) -> usize {
        let wider = self.rules.iter().position(|rule| rule.when.specificity() < specificity);
        wider.unwrap_or(self.rules.len())
    }

    /// Every rule that a wider one before it takes calls from, once each, as far as the next times of each rule show it.
    pub fn shadows(&self, now: Timestamp) -> Vec<Shadow> {
        (0..self.rules.len()).filter_map(|place| self.shadow_over(place, now)).collect()
    }

    fn shadow_over(&self, place: usize, now: Timestamp) -> Option<Shadow> {
        let rule = self.rules.get(place).filter(|rule| rule.is_enabled)?;
        let narrow = rule.when.specificity();
        let wider: Vec<usize> = (0..place)
            .filter(|other| {
                let other = &self.rules[*other];
                other.is_enabled && other.when.specificity() < narrow
            })
            .collect();
        if wider.is_empty() {
            return None;
        }
        let mut from = rule.when.is_open(now).then_some(now);
        let mut changes = rule.when.changes(now, 2 * TIMES_LOOKED_AT).into_iter();
        for _ in 0..=TIMES_LOOKED_AT {
            let begin = match from.take() {
                Some(begin) => begin,
                None => changes.by_ref().find(|change| change.opens)?.at,
            };
            let end = changes.by_ref().find(|change| !change.opens).map(|change| change.at);
            let over = |by: &usize| {
                let other = &self.rules[*by].when;
                let opens = if other.is_open(begin) {
                    Some(begin)
                } else {
                    other.changes(begin, 1).first().map(|change| change.at)
                };
                opens.filter(|at| end.is_none_or(|end| *at < end)).map(|at| (at, *by))
            };
            if let Some((at, by)) = wider.iter().filter_map(over).min() {
                return Some(Shadow { rule: place, by, at });
            }
            end?;
        }
        None
    }

    /// The diversion of a kind, where there is one.
    pub fn diversion(&self, kind: DiversionKind) -> Option<&Diversion> {
        self.diversions.iter().find(|diversion| diversion.kind == kind)
    }

    /// The diversion of a kind, where it holds at this moment.
    pub fn diverts(&self, kind: DiversionKind, at: Timestamp) -> Option<&Diversion> {
        self.diversion(kind).filter(|diversion| diversion.is_on(at))
    }

    /// Whether a diversion can be switched on: Follow Me and secretaries only where somebody is on their list.
    pub fn may_divert(&self, kind: DiversionKind) -> bool {
        let known = self.diversion(kind);
        match kind {
            DiversionKind::FollowMe => {
                known.and_then(|one| one.follow_me.as_ref()).is_some_and(|one| !one.list.is_empty())
            }
            DiversionKind::Secretary => self.secretaries().is_some_and(|one| !one.list.is_empty()),
            _ => true,
        }
    }

    /// What callers hear before the mailbox, where that is switched on at this moment.
    pub fn assists(&self, at: Timestamp) -> Option<(&Diversion, &Assistant)> {
        let diversion = self.diverts(DiversionKind::Assistant, at)?;
        Some((diversion, diversion.assistant.as_ref()?))
    }

    /// Who answers in the owner's place while that is switched on.
    pub fn secretaries(&self) -> Option<&Secretaries> {
        self.diversion(DiversionKind::Secretary)?.secretaries.as_ref()
    }

    /// The places at which somebody is looked for, where that is switched on at this moment.
    pub fn follows(&self, at: Timestamp) -> Option<(&Diversion, &FollowMe)> {
        let diversion = self.diverts(DiversionKind::FollowMe, at)?;
        Some((diversion, diversion.follow_me.as_ref()?))
    }
}
