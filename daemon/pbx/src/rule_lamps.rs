//! Lamps of codes: keys that are lit while what a code switches is on, whoever switched it: page, phone, or the clock.
//!
//! A key that dials a code subscribes to it as to an extension (RFC 4235). It shows what the phone's own extension has: `*76` and
//! `*78` do-not-disturb, `*72 *90 *52 *62` a forward, with a number the forward to it, `*67` Follow Me, `*37` secretaries, with a boss's extension that one
//! answers for that boss, `*38` the assistant, `*730` any of them, `*77`
//! that callers without a number are turned away, `*54 *55` that calls said aloud are refused, `*27` with its number that a time
//! group is forced, `*28` with its number that a night mode is on, `*70` a second call, `*84` offers to be called back; `*85` with its slot whether a call is parked there, which is looked up elsewhere. With an
//! extension after it, as in `*78102`, do-not-disturb of somebody else, whose lamp must not be private.

use config::{Config, DiversionKind, Feature};
use jiff::Timestamp;

use crate::parking::SLOTS;

/// What a key of a code is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RuleLamp {
    /// The code as the phone named it, with what follows it.
    pub(crate) resource: String,
    /// Whose it is.
    pub(crate) extension: String,
    shows: Shows,
}

/// What is on while a key is lit.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shows {
    /// A diversion; where a number follows the code, to that number.
    Diversion(DiversionKind, Option<String>),
    /// It answers for this boss.
    AnswersFor(String),
    /// Any diversion that ends with all others.
    AnyDiversion,
    /// Callers without a number are turned away.
    RejectsAnonymous,
    /// Calls that are said aloud are refused.
    RefusesIntercom,
    /// The time group of this short number is forced, open or closed.
    Forced(u16),
    /// A night mode is on, or any of them; everybody may see it.
    Night(u16),
    /// A second call rings.
    CallWaiting,
    /// Whoever calls in vain is asked whether to be called back.
    CompletionOffers,
    /// A call is parked on this slot.
    Slot(u8),
}

impl RuleLamp {
    /// What this is about on a key of that extension; `None` where it is no code of a state.
    pub(crate) fn named(config: &Config, own: &str, resource: &str) -> Option<RuleLamp> {
        let lamp = |extension: &str, shows| {
            Some(RuleLamp { resource: resource.to_owned(), extension: extension.to_owned(), shows })
        };
        if let Some((feature, argument)) = config.feature(resource) {
            return lamp(own, shows(feature, argument)?);
        }
        let dnd = |feature| matches!(feature, Feature::DndOn | Feature::DndOff | Feature::DndToggle);
        let mut codes = config.feature_codes().iter().filter(|row| row.enabled && dnd(row.feature));
        let other = codes.find_map(|row| resource.strip_prefix(row.code.as_str()))?;
        lamp(config.extension(other)?.number.as_str(), Shows::Diversion(DiversionKind::Dnd, None))
    }

    /// When the clock switches it, where it is of time groups that are forced for a while.
    pub(crate) fn ends_at(&self, config: &Config, at: Timestamp) -> Option<Timestamp> {
        match &self.shows {
            Shows::Forced(number) => config.forceable(&self.extension, *number)?.forced_at(at)?.until,
            Shows::Night(number) => {
                let meant = config.night_modes().iter().filter(|mode| mode.is_meant(*number));
                meant.filter_map(|mode| mode.lets_go(at)).min()
            }
            _ => None,
        }
    }

    /// Whether it is about time groups.
    pub(crate) fn is_of_group(&self) -> bool {
        matches!(self.shows, Shows::Forced(_) | Shows::Night(_))
    }

    /// The park slot that it is about.
    pub(crate) fn slot(&self) -> Option<u8> {
        match self.shows {
            Shows::Slot(slot) => Some(slot),
            _ => None,
        }
    }

    /// Whether what the configuration says lights it at this moment.
    pub(crate) fn is_lit(&self, config: &Config, at: Timestamp) -> bool {
        let Some(extension) = config.extension(&self.extension) else { return false };
        let holds = |kind| extension.answering.diverts(kind, at);
        match &self.shows {
            Shows::Diversion(kind, None) => holds(*kind).is_some(),
            Shows::Diversion(kind, Some(to)) => {
                let target = holds(*kind).and_then(|diversion| diversion.to.as_ref());
                target.is_some_and(|target| target.id() == to)
            }
            Shows::AnswersFor(boss) => {
                let secretaries = config.extension(boss).and_then(|boss| boss.answering.secretaries());
                secretaries.and_then(|known| known.of(&self.extension)).is_some_and(|known| known.is_on)
            }
            Shows::AnyDiversion => {
                DiversionKind::ALL.into_iter().any(|kind| kind.ends_with_all() && holds(kind).is_some())
            }
            Shows::RejectsAnonymous => extension.answering.callers.anonymous_hear.is_some(),
            Shows::RefusesIntercom => !extension.intercom,
            Shows::Forced(number) => {
                config.forceable(&self.extension, *number).is_some_and(|group| group.forced_at(at).is_some())
            }
            Shows::Night(number) => config.night_modes().iter().any(|mode| mode.is_meant(*number) && mode.is_on(at)),
            Shows::CallWaiting => extension.call_waiting,
            Shows::CompletionOffers => extension.completion_offers,
            Shows::Slot(_) => false,
        }
    }
}

fn shows(feature: Feature, argument: &str) -> Option<Shows> {
    let forward = |kind| Shows::Diversion(kind, Some(argument.to_owned()).filter(|to| !to.is_empty()));
    Some(match feature {
        Feature::DndOn | Feature::DndOff | Feature::DndToggle => Shows::Diversion(DiversionKind::Dnd, None),
        Feature::ForwardAlways | Feature::ForwardAlwaysOff => forward(DiversionKind::Always),
        Feature::ForwardBusy | Feature::ForwardBusyOff => forward(DiversionKind::Busy),
        Feature::ForwardUnanswered | Feature::ForwardUnansweredOff => forward(DiversionKind::Unanswered),
        Feature::ForwardOffline | Feature::ForwardOfflineOff => forward(DiversionKind::Offline),
        Feature::Assistant => Shows::Diversion(DiversionKind::Assistant, None),
        Feature::FollowMe => Shows::Diversion(DiversionKind::FollowMe, None),
        Feature::Secretary if argument.is_empty() => Shows::Diversion(DiversionKind::Secretary, None),
        Feature::Secretary => Shows::AnswersFor(argument.to_owned()),
        Feature::DiversionsOff => Shows::AnyDiversion,
        Feature::IntercomOn | Feature::IntercomOff => Shows::RefusesIntercom,
        Feature::ForceTimeGroup => Shows::Forced(argument.parse().ok()?),
        Feature::NightMode => Shows::Night(argument.parse().ok()?),
        Feature::RejectAnonymous | Feature::TakeAnonymous => Shows::RejectsAnonymous,
        Feature::FetchParked => Shows::Slot(argument.parse().ok().filter(|slot| SLOTS.contains(slot))?),
        Feature::CallWaiting | Feature::CallWaitingOn | Feature::CallWaitingOff => Shows::CallWaiting,
        Feature::CompletionOffers => Shows::CompletionOffers,
        _ => return None,
    })
}
