//! Diversions: what is switched on by hand, by code, or by a time group, and goes before the answering rules.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Assistant, FollowMe, Secretaries, Target};
use crate::time_group::{Forced, TimeGroup};

/// What a diversion does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiversionKind {
    /// Others answer in the owner's place (F91).
    Secretary,
    /// No phone rings.
    Dnd,
    /// Every call goes elsewhere.
    Always,
    /// Calls go elsewhere when the extension is busy or refuses.
    Busy,
    /// Calls go elsewhere that nobody answers.
    Unanswered,
    /// Calls go elsewhere while no phone can be reached.
    Offline,
    /// Others' phones and numbers ring after the own phones (F93).
    FollowMe,
    /// Callers hear the owner's message before the mailbox, and choose by a key whom to speak to (F97).
    Assistant,
}

/// A diversion of an extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diversion {
    /// What it does.
    pub kind: DiversionKind,
    /// Whether it is on.
    pub switch: Switch,
    /// What somebody said against a time group that it follows.
    pub forced: Option<Forced>,
    /// Where calls go; `None`: to the extension's own mailbox.
    pub to: Option<Target>,
    /// What rings after the own phones; of [`DiversionKind::FollowMe`] alone, and always there.
    pub follow_me: Option<FollowMe>,
    /// Who answers in the owner's place; of [`DiversionKind::Secretary`] alone, and always there.
    pub secretaries: Option<Secretaries>,
    /// Where keys lead; of [`DiversionKind::Assistant`] alone, and always there.
    pub assistant: Option<Assistant>,
}

/// Whether a diversion is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Switch {
    /// It is not.
    Off,
    /// It is.
    On,
    /// While this is open.
    Follows(Arc<TimeGroup>),
}

impl DiversionKind {
    /// All of them, in the order in which they decide.
    pub const ALL: [DiversionKind; 8] = [
        DiversionKind::Secretary,
        DiversionKind::Dnd,
        DiversionKind::Always,
        DiversionKind::Busy,
        DiversionKind::Unanswered,
        DiversionKind::Offline,
        DiversionKind::FollowMe,
        DiversionKind::Assistant,
    ];

    /// The name in the office file.
    pub fn as_str(self) -> &'static str {
        match self {
            DiversionKind::Secretary => "secretary",
            DiversionKind::Dnd => "dnd",
            DiversionKind::Always => "always",
            DiversionKind::Busy => "busy",
            DiversionKind::Unanswered => "unanswered",
            DiversionKind::Offline => "offline",
            DiversionKind::FollowMe => "follow_me",
            DiversionKind::Assistant => "assistant",
        }
    }

    /// Whether it ends with all others, by the code for that (F49): the assistant takes no call away from its owner's phones.
    pub fn ends_with_all(self) -> bool {
        self != DiversionKind::Assistant
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<DiversionKind> {
        DiversionKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl Diversion {
    /// Whether it holds at this moment.
    pub fn is_on(&self, at: Timestamp) -> bool {
        match &self.switch {
            Switch::Off => false,
            Switch::On => true,
            Switch::Follows(group) => {
                let forced = self.forced.filter(|forced| forced.holds(at));
                forced.map_or_else(|| group.is_open(at), |forced| forced.is_open)
            }
        }
    }

    /// When it changes by itself; `None` where it follows no time group, or one that does not change.
    pub fn changes_at(&self, at: Timestamp) -> Option<Timestamp> {
        let group = self.follows()?;
        match self.forced.filter(|forced| forced.holds(at)) {
            Some(forced) => forced.until,
            None => group.changes(at, 1).first().map(|change| change.at),
        }
    }

    /// The time group that it follows.
    pub fn follows(&self) -> Option<&Arc<TimeGroup>> {
        match &self.switch {
            Switch::Follows(group) => Some(group),
            Switch::Off | Switch::On => None,
        }
    }
}
