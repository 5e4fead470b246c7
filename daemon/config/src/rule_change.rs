//! What somebody changes by phone of what becomes of their calls: the same rows that the page writes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::answering::{DiversionKind, Hears, Secretary, Target};
use crate::config::Config;
use crate::night_switch::switch_by_phone;
use crate::raw::{RawConfig, RawPerson};
use crate::raw_rules::{RawCaller, RawDiversion};
use crate::route::Pattern;
use crate::time_group::{Forced, GroupOwner, TimeGroup};

/// One wish of an extension about its own calls. It says what is to be, not what is to be turned round: made twice, it is
/// as if it had been made once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleChange {
    /// A diversion goes on or off. One that follows a time group does so again from the group's next change on (F49).
    Divert {
        /// Which.
        kind: DiversionKind,
        /// Whether it is to hold.
        is_on: bool,
        /// Where calls go from now on; `None`: where they went.
        to: Option<Target>,
    },
    /// An extension answers for a boss, or does not any more (F91).
    Secretary {
        /// The boss's extension, of whose secretaries it is one.
        boss: String,
        /// Whether it answers.
        is_on: bool,
    },
    /// Every diversion that holds goes off, but for the assistant.
    DivertNothing,
    /// Callers without a number are put through, or not (F44).
    Anonymous {
        /// Whether they are.
        is_taken: bool,
    },
    /// A number is not put through any more, or again (F43).
    Caller {
        /// As [`crate::Office::in_full`] writes it.
        number: String,
        /// Whether it is blocked.
        is_blocked: bool,
    },
    /// The extension's phones answer calls that are said aloud, or not.
    Intercom {
        /// Whether they do.
        is_taken: bool,
    },
    /// A time group is opened or closed against its times until they change next, or follows them again (F52).
    Force {
        /// Its short number: of the nearest group that the extension's person may change, as [`Config::forceable`] finds it.
        number: u16,
        /// Open or closed; `None`: it follows its times.
        is_open: Option<bool>,
    },
    /// Night modes go on, until each of their time groups changes next, or off (F52).
    Night {
        /// The short number, or [`crate::ALL_NIGHT_MODES`]: of those that the extension may switch.
        number: u16,
        /// Whether they are to be on.
        is_on: bool,
    },
    /// A second call rings during one, or finds the extension busy.
    CallWaiting {
        /// Whether it rings.
        is_on: bool,
    },
    /// Whoever calls a colleague in vain is asked whether to be called back, or is not (F95).
    CompletionOffers {
        /// Whether they are.
        is_on: bool,
    },
}

impl RuleChange {
    /// Makes it in the rows of an extension, of which `config` is what they come to. `None` where there is no such
    /// extension.
    pub fn apply(&self, raw: &mut RawConfig, config: &Config, of: &str, now: Timestamp) -> Option<()> {
        let answering = &config.extension(of)?.answering;
        let row = raw.people.iter_mut().find(|row| row.extension.as_deref() == Some(of))?;
        let group = |name: &str| config.time_group(of, name).map(AsRef::as_ref);
        match self {
            // Nobody is looked for where nobody said where, and nobody answers in the place of whoever has no secretary.
            RuleChange::Divert { kind, is_on: true, .. } if !answering.may_divert(*kind) => return None,
            RuleChange::Divert { kind, is_on, to } => divert(row, group, *kind, *is_on, to.as_ref(), now),
            RuleChange::Secretary { boss, is_on } => return secretary(raw, of, boss, *is_on),
            RuleChange::DivertNothing => {
                let holds = |kind: &DiversionKind| kind.ends_with_all() && answering.diverts(*kind, now).is_some();
                for kind in DiversionKind::ALL.into_iter().filter(holds) {
                    divert(row, group, kind, false, None, now);
                }
            }
            RuleChange::Anonymous { is_taken: true } => row.anonymous_hear = None,
            RuleChange::Anonymous { is_taken: false } => {
                row.anonymous_hear.get_or_insert_with(|| Hears::Announcement.as_str().to_owned());
            }
            RuleChange::Caller { number, is_blocked } => block(row, number, *is_blocked),
            RuleChange::Intercom { is_taken } => row.intercom = Some(*is_taken).filter(|is_taken| !is_taken),
            RuleChange::Force { number, is_open } => return force(raw, config, of, (*number, *is_open), now),
            RuleChange::Night { number, is_on } => return switch_by_phone(raw, config, of, (*number, *is_on), now),
            RuleChange::CallWaiting { is_on } => row.call_waiting = Some(*is_on).filter(|is_on| !is_on),
            RuleChange::CompletionOffers { is_on } => row.completion_offers = Some(*is_on).filter(|is_on| !is_on),
        }
        Some(())
    }
}

fn divert<'c>(
    row: &mut RawPerson,
    group: impl Fn(&str) -> Option<&'c TimeGroup>,
    kind: DiversionKind,
    is_on: bool,
    to: Option<&Target>,
    now: Timestamp,
) {
    let known = row.diversions.iter().position(|one| one.kind.as_deref() == Some(kind.as_str()));
    let place = match known {
        Some(place) => place,
        None if !is_on => return,
        None => {
            row.diversions.push(RawDiversion { kind: Some(kind.as_str().to_owned()), ..RawDiversion::default() });
            row.diversions.len() - 1
        }
    };
    let Some(diversion) = row.diversions.get_mut(place) else { return };
    if let Some(to) = to {
        diversion.to = Some(to.to_string());
    }
    match diversion.when.as_deref().and_then(group) {
        // What is switched off follows nothing.
        Some(_) if !is_on && diversion.enabled == Some(false) => {}
        Some(group) => {
            diversion.enabled = None;
            let until = group.changes(now, 1).first().map(|change| change.at);
            let against = (group.is_open(now) != is_on).then_some(Forced { is_open: is_on, until });
            diversion.forced = against.map(|forced| forced.to_string());
        }
        None => {
            diversion.enabled = Some(is_on).filter(|is_on| !is_on);
            diversion.forced = None;
        }
    }
}

/// The boss's row, in which this extension stands.
fn secretary(raw: &mut RawConfig, of: &str, boss: &str, is_on: bool) -> Option<()> {
    let row = raw.people.iter_mut().find(|row| row.extension.as_deref() == Some(boss))?;
    let is_of_them = |one: &&mut RawDiversion| one.kind.as_deref() == Some(DiversionKind::Secretary.as_str());
    let rows = row.diversions.iter_mut().find(is_of_them)?.secretaries.as_mut()?;
    let mut known = rows.iter_mut().filter_map(|text| text.parse::<Secretary>().ok().map(|one| (text, one)));
    let (text, one) = known.find(|(_, one)| one.extension.as_str() == of)?;
    *text = Secretary { is_on, ..one }.to_string();
    Some(())
}

fn force(
    raw: &mut RawConfig,
    config: &Config,
    of: &str,
    (number, is_open): (u16, Option<bool>),
    now: Timestamp,
) -> Option<()> {
    let group = config.forceable(of, number)?;
    if group.owner == GroupOwner::Office {
        raw.let_nights_go(&group.name);
    }
    let rows = match &group.owner {
        GroupOwner::Office => &mut raw.time_groups,
        GroupOwner::Site(name) => {
            &mut raw.sites.iter_mut().find(|row| row.name.as_deref() == Some(name.as_str()))?.time_groups
        }
        GroupOwner::Person(_) => {
            &mut raw.people.iter_mut().find(|row| row.extension.as_deref() == Some(of))?.time_groups
        }
    };
    let row = rows.iter_mut().find(|row| row.name.as_deref() == Some(group.name.as_str()))?;
    let forced = is_open.map(|is_open| Forced { is_open, until: group.next_by_times(now) });
    row.forced = forced.map(|forced| forced.to_string());
    Some(())
}

fn block(row: &mut RawPerson, number: &str, is_blocked: bool) {
    let is_same = |one: &RawCaller| {
        let pattern = one.number.as_deref().and_then(|text| text.parse::<Pattern>().ok());
        pattern.is_some_and(|pattern| pattern.as_str() == number)
    };
    if !is_blocked {
        row.callers.retain(|one| one.allow == Some(true) || !is_same(one));
        return;
    }
    match row.callers.iter_mut().find(|one| is_same(one)) {
        // In one list, not in both; and for good.
        Some(known) => (known.allow, known.until) = (None, None),
        None => row.callers.push(RawCaller { number: Some(number.to_owned()), ..RawCaller::default() }),
    }
}
