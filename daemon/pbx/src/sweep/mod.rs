//! Looks through everything that may become of calls, for what nobody can have wanted: numbers that lead nowhere, forwards that go
//! round, fail or leave the country, extensions that ring nobody, rules and routes that never hold.
//!
//! Every number of the office is decided by the same [`route()`] as live calls, at every moment of the year ahead at which any rule
//! begins or ceases to hold, with everybody free and with everybody in a call. Phones that are away and lines that are down need
//! no look of their own: where each such outcome leads is a step of the same plan, and every step is judged. Calls to the outside are
//! tried by class and permission besides (`outward`). What an extension
//! decides depends on its own rules, and on whether its secretaries take calls, so that of all moments at which those that took part decide alike one is looked at.

mod judge;
mod outward;
#[cfg(test)]
mod tests;
mod times;

use config::{Argument, Class, Config, Permission};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use self::times::{Cells, Times};
use crate::presence::Presence;
use crate::route::{Act, Dialled, Moment, Plan, Reason, Strand, route};
use crate::trunks::user_of;

/// How far ahead is looked, in days: every holiday once.
pub const DAYS: u16 = 366;

/// How many findings are told: more nobody reads before mending those.
pub const MAX_FINDINGS: usize = 200;

/// How many plans are made at most: a few seconds of a small board.
const MAX_PLANS: usize = 200_000;

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swept {
    /// At most [`MAX_FINDINGS`], each flaw once, with the first moment at which it shows.
    pub findings: Vec<Finding>,
    /// Whether there was more to look at, or to tell, than the limits allow.
    pub is_cut: bool,
    /// How many days ahead were looked at: [`DAYS`], or less where the rules change too often to be followed so far.
    pub days: u16,
    /// How many plans were made.
    pub plans: usize,
}

/// A flaw, and when a call meets it first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong.
    pub flaw: Flaw,
    /// The first moment.
    pub at: Timestamp,
    /// Whether it shows only while everybody is in a call.
    pub needs_busy: bool,
}

/// What nobody can have wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// A number for help cannot be called: there is no trunk.
    NoHelp {
        /// The number.
        number: String,
    },
    /// An own number, extension or code that ends in a no, whoever calls.
    LeadsNowhere {
        /// As it is dialled.
        number: String,
    },
    /// Forwards that come back, or go over too many people.
    GoesRound {
        /// Who sends the call on once too often.
        extension: String,
        /// Where to.
        to: String,
    },
    /// A forward to a number outside that cannot be called so.
    ForwardFails {
        /// Whose.
        extension: String,
        /// The number.
        number: String,
    },
    /// A forward to another country, or to a number that earns by the call.
    LeavesTheCountry {
        /// Who pays.
        extension: String,
        /// The number.
        number: String,
        /// What it costs at worst.
        class: Class,
    },
    /// Calls to an extension ring no phone and leave no message.
    RingsNobody {
        /// The extension.
        extension: String,
    },
    /// Secretaries that are switched on, and none of whom answers.
    NobodyAnswers {
        /// Whose.
        extension: String,
    },
    /// An answering rule that is switched on and never decides.
    NeverHolds {
        /// Whose.
        extension: String,
        /// The rule, by its time group.
        rule: String,
        /// A rule before it that holds instead; `None`: its time group is never open.
        by: Option<String>,
    },
    /// Calls of a class that somebody may make, and that go nowhere.
    NoWayOut {
        /// What they cost at worst.
        class: Class,
        /// A number of them.
        number: String,
    },
    /// Somebody can call what they may not, since a route calls it cheaper than it is.
    PassesPermission {
        /// How far they may call.
        permission: Permission,
        /// What the call costs at worst.
        class: Class,
        /// A number of them.
        number: String,
        /// The route that says otherwise.
        route: String,
    },
    /// A route that no number goes out by: others say more of all its numbers.
    RouteUnused {
        /// Its name.
        route: String,
    },
    /// A route whose trunks are all switched off.
    RouteWithoutTrunk {
        /// Its name.
        route: String,
    },
}

/// Looks through an office from this moment on.
pub fn sweep(config: &Config, from: Timestamp) -> Swept {
    let times = Times::of(config, from, DAYS);
    let mut sweep = Sweep { config, swept: Swept { days: times.days, ..Swept::default() }, times };
    for (is_busy, presence) in states(config) {
        for (number, dialled) in calls(config) {
            sweep.follow(&number, &dialled, &presence, is_busy);
        }
    }
    sweep.rules(from);
    sweep.routes(from);
    for flaw in outward::flaws(config, &Presence::all_well(config), &Moment { wall: from }) {
        sweep.found(flaw, from, false);
    }
    sweep.swept
}

/// How the office may be, as far as plans differ by it.
fn states(config: &Config) -> [(bool, Presence); 2] {
    let well = Presence::all_well(config);
    let mut busy = well.clone();
    config.extensions().for_each(|extension| busy.count_call(extension.number.as_str(), true));
    [(false, well), (true, busy)]
}

/// Every number of the office, with a call to it from where it can be called: by the name that a finding tells.
fn calls(config: &Config) -> Vec<(String, Dialled)> {
    let call = |user: &str, from: &str, number: &str| {
        let (user, extension) = (user.to_owned(), from.to_owned());
        (number.to_owned(), Dialled { user, extension, number: number.to_owned(), diverted_by: None })
    };
    // A caller of no list, and none of those who are called.
    let nobody = "0";
    let mut calls: Vec<_> = config.office().emergency.iter().map(|number| call("", nobody, number)).collect();
    calls.extend(config.extensions().map(|extension| call("", nobody, extension.number.as_str())));
    let trunk = config.trunks().iter().find(|trunk| trunk.enabled);
    let user = user_of(trunk.map(|trunk| trunk.name.as_str()).unwrap_or_default());
    calls.extend(config.numbers().map(|own| call(&user, nobody, &own.number)));
    let Some(caller) = config.extensions().next().map(|extension| extension.number.as_str()) else { return calls };
    let dialled = config.feature_codes().iter().filter(|row| row.enabled && !row.feature.is_in_call()).filter_map(
        |row| match row.feature.argument() {
            // A call is made with it, to a number that is looked at by itself.
            Argument::Number | Argument::Id => None,
            // A message can be left at none without a mailbox, which is as it should be.
            Argument::Extension => {
                config.extensions().find(|extension| extension.voicemail).map(|of| format!("{}{}", row.code, of.number))
            }
            Argument::None | Argument::OptionalExtension | Argument::OptionalNumber => Some(row.code.clone()),
        },
    );
    calls.extend(dialled.map(|code| call("", caller, &code)));
    calls
}

struct Sweep<'a> {
    config: &'a Config,
    times: Times,
    swept: Swept,
}

impl Sweep<'_> {
    /// Every plan that a call to this number can have.
    fn follow(&mut self, number: &str, dialled: &Dialled, presence: &Presence, needs_busy: bool) {
        let mut left = self.times.all();
        while let Some(at) = left.first() {
            if self.swept.plans >= MAX_PLANS {
                self.swept.is_cut = true;
                return;
            }
            self.swept.plans += 1;
            let wall = self.times.moments[at];
            let plan = route(self.config, &Moment { wall }, presence, dialled);
            for flaw in judge::flaws(self.config, number, &plan) {
                self.found(flaw, wall, needs_busy);
            }
            let deciders = deciders(&plan).chain([dialled.extension.as_str()]);
            left.keep(&self.times.alike(at, deciders), false);
        }
    }

    fn found(&mut self, flaw: Flaw, at: Timestamp, needs_busy: bool) {
        if let Some(known) = self.swept.findings.iter_mut().find(|known| known.flaw == flaw) {
            if known.needs_busy == needs_busy {
                known.at = known.at.min(at);
            }
        } else if self.swept.findings.len() < MAX_FINDINGS {
            self.swept.findings.push(Finding { flaw, at, needs_busy });
        } else {
            self.swept.is_cut = true;
        }
    }

    /// Rules that never decide, where the whole year was looked at.
    fn rules(&mut self, from: Timestamp) {
        if self.swept.days < DAYS {
            return;
        }
        let mut found = Vec::new();
        for extension in self.config.extensions() {
            let mut free = self.times.all();
            let enabled = extension.answering.rules.iter().filter(|rule| rule.is_enabled);
            let mut before: Vec<(&str, &Cells)> = Vec::new();
            for rule in enabled {
                let Some(open) = self.times.open(&rule.when) else { continue };
                let mut holds = free.clone();
                holds.keep(open, true);
                if holds.first().is_none() {
                    let shares = |(_, other): &&(&str, &Cells)| {
                        let mut both = open.clone();
                        both.keep(other, true);
                        both.first().is_some()
                    };
                    let by = before.iter().find(shares).map(|(name, _)| (*name).to_owned());
                    let (extension, rule) = (extension.number.to_string(), rule.when.name.clone());
                    found.push(Flaw::NeverHolds { extension, rule, by });
                }
                free.keep(open, false);
                before.push((rule.when.name.as_str(), open));
            }
        }
        found.into_iter().for_each(|flaw| self.found(flaw, from, false));
    }

    /// Routes that nothing goes out by.
    fn routes(&mut self, from: Timestamp) {
        let config = self.config;
        for route in config.routes() {
            let name = || route.name.clone();
            let is_on = |trunk: &String| config.trunk(trunk).is_some_and(|trunk| trunk.enabled);
            if !route.trunks.iter().any(is_on) {
                self.found(Flaw::RouteWithoutTrunk { route: name() }, from, false);
            }
            let goes_out = |number: String| config.route_of(&number).is_some_and(|found| found.name == route.name);
            if !route.patterns.iter().any(|pattern| samples(pattern.as_str()).any(goes_out)) {
                self.found(Flaw::RouteUnused { route: name() }, from, false);
            }
        }
    }
}

/// The extensions that had a say in a plan.
fn deciders(plan: &Plan) -> impl Iterator<Item = &str> {
    let reasons = plan.steps.iter().flat_map(|step| &step.because);
    let asked = reasons.filter_map(|reason| match reason {
        Reason::ExtensionOf { extension, .. } => Some(extension.as_str()),
        // Whether somebody answers in another's place is their own matter.
        Reason::SecretaryOut { secretary, .. } => Some(secretary.as_str()),
        _ => None,
    });
    let rung = plan.steps.iter().flat_map(|step| match &step.act {
        Act::Ring(ring) => ring.also.as_slice(),
        _ => &[],
    });
    asked.chain(rung.filter(|strand| strand.is_deputy).map(Strand::name))
}

/// Numbers that a pattern fits: each digit in the place of every x, and what may follow of each first digit and length.
fn samples(pattern: &str) -> impl Iterator<Item = String> {
    let (body, is_open) = pattern.strip_suffix('*').map_or((pattern, false), |body| (body, true));
    let lengths = if is_open { 0..=10_usize } else { 0..=0 };
    let filled: Vec<String> = ('0'..='9').map(|digit| body.replace('x', &digit.to_string())).collect();
    lengths.flat_map(move |length| {
        let tails = ('0'..='9').map(move |digit| digit.to_string().repeat(length));
        let tails: Vec<String> = tails.take(if length == 0 { 1 } else { 10 }).collect();
        let filled = filled.clone();
        tails.into_iter().flat_map(move |tail| {
            let with: Vec<String> = filled.iter().map(|body| format!("{body}{tail}")).collect();
            with
        })
    })
}
