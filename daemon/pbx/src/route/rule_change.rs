//! Codes that change what becomes of the caller's own calls.

use config::{Config, DiversionKind, Extension, Feature, MAX_CALLERS, RuleChange, Target};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::{ANONYMOUS, Act, Announcement, Code, Dialled, MAX_HOPS, Moment, Plan, Reason, outbound};
use crate::cause::Cause;
use crate::presence::Presence;

/// What a number is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberFor {
    /// Calls go there.
    Forward(DiversionKind),
    /// Its calls are not put through any more.
    Block,
    /// They are again.
    Unblock,
}

/// Why a number cannot be used for what it is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// Nothing has it.
    NoSuchNumber,
    /// The caller may not call it, or nobody may.
    NotAllowed,
    /// Calls would come back to the caller.
    GoesRound,
    /// It is not blocked.
    NotBlocked,
    /// So many are blocked that no other can be.
    ListFull,
    /// Nobody has called, or the last caller showed no number.
    NoLastCaller,
    /// No time group that the caller may force has it.
    NoSuchGroup,
    /// No night mode has it.
    NoSuchNight,
    /// The caller may not switch it.
    NightNotAllowed,
    /// Follow Me has no list that could ring.
    NobodyFollowed,
    /// The caller has no secretaries.
    NoSecretaries,
    /// The caller is no secretary of that extension's.
    NotASecretary,
}

/// The plan for such a code.
pub(super) fn feature_code(case: Case<'_>, (feature, argument): Code<'_>) -> Option<Plan> {
    let Case { config, moment, dialled, presence, .. } = case;
    let wanted = wanted(feature)?;
    let mut because = vec![Reason::FeatureCode { code: dialled.number.clone(), feature }];
    if let Some(extension) = &dialled.diverted_by {
        // Who sends a call there, or passes somebody on, must not change what is that party's.
        because.push(Reason::SentOn { extension: extension.clone() });
        return Some(Plan::just(Act::Reject(Cause::NotAllowed), because));
    }
    let own = config.extension(&dialled.extension)?;
    let is_on = |kind| own.answering.diverts(kind, moment.wall).is_some();
    let act = match wanted {
        Wanted::Number(what) if argument.is_empty() => Act::AskNumber(what),
        Wanted::Number(what) => match with_number(config, moment, dialled, what, argument) {
            Ok(change) => Act::Change(change),
            Err(why) => Act::Announce(Announcement::Unfit(why)),
        },
        Wanted::BlockLast => {
            let last = presence.last_callers.get(own.number.as_str()).filter(|last| last.number != ANONYMOUS);
            let change = last.ok_or(Unfit::NoLastCaller);
            match change.and_then(|last| with_number(config, moment, dialled, NumberFor::Block, &last.number)) {
                Ok(change) => Act::Change(change),
                Err(why) => Act::Announce(Announcement::Unfit(why)),
            }
        }
        Wanted::Intercom(is_taken) => Act::Change(RuleChange::Intercom { is_taken }),
        Wanted::Group => {
            let number = argument.parse().ok();
            let group = number.and_then(|number| config.forceable(own.number.as_str(), number));
            match group.and_then(|group| Some((group.number?, group.forced_at(moment.wall)))) {
                None => Act::Announce(Announcement::Unfit(Unfit::NoSuchGroup)),
                Some((number, forced)) => {
                    let is_open = match forced.map(|forced| forced.is_open) {
                        None => Some(true),
                        Some(true) => Some(false),
                        Some(false) => None,
                    };
                    Act::Change(RuleChange::Force { number, is_open })
                }
            }
        }
        Wanted::Night => match night(config, moment, own, argument) {
            Ok(change) => Act::Change(change),
            Err(why) => Act::Announce(Announcement::Unfit(why)),
        },
        Wanted::Dnd(wish) => {
            let is_on = wish.unwrap_or(!is_on(DiversionKind::Dnd));
            Act::Change(RuleChange::Divert { kind: DiversionKind::Dnd, is_on, to: None })
        }
        Wanted::FollowMe => {
            listed(own, DiversionKind::FollowMe, !is_on(DiversionKind::FollowMe), Unfit::NobodyFollowed)
        }
        Wanted::Secretary if argument.is_empty() => {
            listed(own, DiversionKind::Secretary, !is_on(DiversionKind::Secretary), Unfit::NoSecretaries)
        }
        Wanted::Secretary => for_boss(config, own, argument),
        Wanted::Assistant => {
            let kind = DiversionKind::Assistant;
            Act::Change(RuleChange::Divert { kind, is_on: !is_on(kind), to: None })
        }
        Wanted::NoForward(kind) => Act::Change(RuleChange::Divert { kind, is_on: false, to: None }),
        Wanted::Nothing => Act::Change(RuleChange::DivertNothing),
        Wanted::Anonymous(is_taken) => Act::Change(RuleChange::Anonymous { is_taken }),
        Wanted::Offers => Act::Change(RuleChange::CompletionOffers { is_on: !own.completion_offers }),
        Wanted::Waiting(wish) => Act::Change(RuleChange::CallWaiting { is_on: wish.unwrap_or(!own.call_waiting) }),
    };
    Some(Plan::just(act, because))
}

/// Switches a diversion that needs a list; without one it says so.
fn listed(own: &Extension, kind: DiversionKind, is_on: bool, without: Unfit) -> Act {
    match is_on && !own.answering.may_divert(kind) {
        true => Act::Announce(Announcement::Unfit(without)),
        false => Act::Change(RuleChange::Divert { kind, is_on, to: None }),
    }
}

/// Switches a night mode; of all of them those that the caller may switch, off where any of these is on.
fn night(config: &Config, moment: &Moment, own: &Extension, argument: &str) -> Result<RuleChange, Unfit> {
    let number = argument.parse().map_err(|_| Unfit::NoSuchNight)?;
    if !config.night_modes().iter().any(|mode| mode.is_meant(number)) {
        return Err(Unfit::NoSuchNight);
    }
    let mut own = config.switchable(own.number.as_str(), number).peekable();
    own.peek().ok_or(Unfit::NightNotAllowed)?;
    Ok(RuleChange::Night { number, is_on: !own.any(|mode| mode.is_on(moment.wall)) })
}

/// Switches whether the caller answers for a boss.
fn for_boss(config: &Config, own: &Extension, boss: &str) -> Act {
    let secretaries = config.extension(boss).and_then(|boss| boss.answering.secretaries());
    match secretaries.and_then(|secretaries| secretaries.of(own.number.as_str())) {
        Some(known) => Act::Change(RuleChange::Secretary { boss: boss.to_owned(), is_on: !known.is_on }),
        None => Act::Announce(Announcement::Unfit(Unfit::NotASecretary)),
    }
}

/// What a code stands for; of a switch, `None` is the other way than now.
enum Wanted {
    Dnd(Option<bool>),
    BlockLast,
    Intercom(bool),
    Group,
    Night,
    FollowMe,
    Secretary,
    Assistant,
    NoForward(DiversionKind),
    Nothing,
    Number(NumberFor),
    Anonymous(bool),
    Waiting(Option<bool>),
    Offers,
}

fn wanted(feature: Feature) -> Option<Wanted> {
    let forward = |kind| Wanted::Number(NumberFor::Forward(kind));
    Some(match feature {
        Feature::DndOn => Wanted::Dnd(Some(true)),
        Feature::DndOff => Wanted::Dnd(Some(false)),
        Feature::DndToggle => Wanted::Dnd(None),
        Feature::ForwardAlways => forward(DiversionKind::Always),
        Feature::ForwardAlwaysOff => Wanted::NoForward(DiversionKind::Always),
        Feature::ForwardBusy => forward(DiversionKind::Busy),
        Feature::ForwardBusyOff => Wanted::NoForward(DiversionKind::Busy),
        Feature::ForwardUnanswered => forward(DiversionKind::Unanswered),
        Feature::ForwardUnansweredOff => Wanted::NoForward(DiversionKind::Unanswered),
        Feature::ForwardOffline => forward(DiversionKind::Offline),
        Feature::ForwardOfflineOff => Wanted::NoForward(DiversionKind::Offline),
        Feature::FollowMe => Wanted::FollowMe,
        Feature::Secretary => Wanted::Secretary,
        Feature::Assistant => Wanted::Assistant,
        Feature::DiversionsOff => Wanted::Nothing,
        Feature::BlockCaller => Wanted::Number(NumberFor::Block),
        Feature::UnblockCaller => Wanted::Number(NumberFor::Unblock),
        Feature::BlockLastCaller => Wanted::BlockLast,
        Feature::IntercomOn => Wanted::Intercom(true),
        Feature::IntercomOff => Wanted::Intercom(false),
        Feature::ForceTimeGroup => Wanted::Group,
        Feature::NightMode => Wanted::Night,
        Feature::RejectAnonymous => Wanted::Anonymous(false),
        Feature::TakeAnonymous => Wanted::Anonymous(true),
        Feature::CallWaiting => Wanted::Waiting(None),
        Feature::CallWaitingOn => Wanted::Waiting(Some(true)),
        Feature::CallWaitingOff => Wanted::Waiting(Some(false)),
        Feature::CompletionOffers => Wanted::Offers,
        _ => return None,
    })
}

/// What a number that was dialled or keyed comes to.
pub(crate) fn with_number(
    config: &Config,
    moment: &Moment,
    dialled: &Dialled,
    what: NumberFor,
    number: &str,
) -> Result<RuleChange, Unfit> {
    let own = config.extension(&dialled.extension).ok_or(Unfit::NotAllowed)?;
    match what {
        NumberFor::Forward(kind) => {
            let to = target(config, moment, dialled, own, number)?;
            Ok(RuleChange::Divert { kind, is_on: true, to: Some(to) })
        }
        NumberFor::Block | NumberFor::Unblock => {
            let is_inside = config.extension(number).is_some();
            let number = if is_inside { number.to_owned() } else { config.office().in_full(number) };
            let is_blocked = what == NumberFor::Block;
            let callers = &own.answering.callers.listed;
            let is_known = callers.iter().any(|one| one.pattern.as_str() == number && !one.is_allowed);
            match (is_blocked, is_known) {
                (true, false) if callers.len() >= MAX_CALLERS => Err(Unfit::ListFull),
                (false, false) => Err(Unfit::NotBlocked),
                _ if number.parse::<config::Pattern>().is_err() => Err(Unfit::NoSuchNumber),
                _ => Ok(RuleChange::Caller { number, is_blocked }),
            }
        }
    }
}

/// Where a call can be sent by this number: what the caller could call, but for help, and not the caller.
fn target(config: &Config, moment: &Moment, dialled: &Dialled, own: &Extension, number: &str) -> Result<Target, Unfit> {
    if config.is_emergency(number) {
        return Err(Unfit::NotAllowed);
    }
    let of_office = config.own_number(&config.office().in_full(number)).map(|own| own.to.as_str());
    if let Some(inside) = config.extension(number).map(|_| number).or(of_office) {
        let called = config.extension(inside).ok_or(Unfit::NotAllowed)?;
        return match comes_back(config, moment, own, called) {
            true => Err(Unfit::GoesRound),
            false => Ok(Target::Person(called.number.clone())),
        };
    }
    let outside = Dialled { number: number.to_owned(), ..dialled.clone() };
    let plan = outbound::route(config, moment, &Presence::default(), &outside).ok_or(Unfit::NoSuchNumber)?;
    if plan.steps.first().is_some_and(|step| step.act == Act::Reject(Cause::NotAllowed)) {
        return Err(Unfit::NotAllowed);
    }
    format!("number {number}").parse().map_err(|_| Unfit::NoSuchNumber)
}

/// Whether somebody sends every call on to this extension, or to others who do.
fn comes_back(config: &Config, moment: &Moment, own: &Extension, called: &Extension) -> bool {
    let mut at = called;
    for _ in 0..=MAX_HOPS {
        if at.number == own.number {
            return true;
        }
        let diversion = at.answering.diverts(DiversionKind::Always, moment.wall);
        let next = match diversion.and_then(|diversion| diversion.to.as_ref()) {
            Some(Target::Person(number)) => config.extension(number.as_str()),
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => return false,
        }
    }
    true
}
