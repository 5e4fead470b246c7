//! Who answers in somebody's place (F91), and whose calls come through all the same (F92).

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use super::{DEFAULT_FOLLOW_INITIAL_S, DEFAULT_FOLLOW_RING_S};
use crate::ids::ExtensionNumber;
use crate::route::{BadPattern, Pattern};
use crate::spelling::Spellings;
use crate::tag::is_tag;

/// How many secretaries somebody may have: as many places as somebody is looked for at.
pub const MAX_SECRETARIES: usize = 10;

/// How many callers may pass the secretaries: as many as an extension may list.
pub const MAX_PASSING: usize = 200;

/// How long the boss's own phones may ring before the secretaries' do, in seconds: less than one ring cannot be answered.
pub const BOSS_FIRST_S: RangeInclusive<u16> = 5..=60;

/// Who rings for a boss's calls, and in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecretaryStrategy {
    /// One secretary after the other: what the word means in most offices.
    #[default]
    InTurn,
    /// The boss, then one secretary after the other.
    BossThenInTurn,
    /// The boss, then all secretaries together.
    BossThenAll,
    /// All secretaries together.
    All,
    /// The boss and all secretaries together.
    Everyone,
}

/// Whose calls go to the secretaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecretaryCallers {
    /// Everybody's.
    #[default]
    All,
    /// Those of the office's extensions.
    Internal,
    /// Those that come by a trunk.
    External,
}

/// One of somebody's secretaries; written as `106`, and `106 off` while she is not on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secretary {
    /// Whose phones ring.
    pub extension: ExtensionNumber,
    /// Whether they do: each secretary says so for each boss.
    pub is_on: bool,
}

/// What does not name a secretary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secretary is an extension, with off behind it while it is not on: as in 106 off")]
pub struct BadSecretary;

/// Whose calls pass the secretaries; written as a pattern, `+4930*`, or as `tag Customer`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passing {
    /// Those of a number, or of all that begin like this.
    Number(Pattern),
    /// Those of contacts of the office's phonebook with this tag (F76).
    Tag(String),
}

/// Who answers for a boss, and whose calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secretaries {
    /// In their order, each once, at most [`MAX_SECRETARIES`]; none while it is not switched on.
    pub list: Vec<Secretary>,
    /// Who rings when.
    pub strategy: SecretaryStrategy,
    /// Whose calls.
    pub callers: SecretaryCallers,
    /// How long the boss's phones ring first, in seconds, within [`BOSS_FIRST_S`], where the strategy lets them.
    pub initial_s: u16,
    /// How long the secretaries' phones ring, in seconds, within [`super::FOLLOW_RING_S`]: each in its turn, or together.
    pub ring_s: u16,
    /// Whose calls pass them, by the number that is shown or the one in full, at most [`MAX_PASSING`].
    pub pass: Vec<Passing>,
}

impl SecretaryStrategy {
    /// All of them.
    pub const ALL: [SecretaryStrategy; 5] = [
        SecretaryStrategy::InTurn,
        SecretaryStrategy::BossThenInTurn,
        SecretaryStrategy::BossThenAll,
        SecretaryStrategy::All,
        SecretaryStrategy::Everyone,
    ];

    /// The name in the office file.
    pub fn as_str(self) -> &'static str {
        match self {
            SecretaryStrategy::InTurn => "in_turn",
            SecretaryStrategy::BossThenInTurn => "boss_then_in_turn",
            SecretaryStrategy::BossThenAll => "boss_then_all",
            SecretaryStrategy::All => "all",
            SecretaryStrategy::Everyone => "everyone",
        }
    }

    /// The strategy of this name.
    pub fn named(name: &str) -> Option<SecretaryStrategy> {
        SecretaryStrategy::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// Whether one secretary rings after the other.
    pub fn is_in_turn(self) -> bool {
        matches!(self, SecretaryStrategy::InTurn | SecretaryStrategy::BossThenInTurn)
    }

    /// Whether the boss's phones ring before the secretaries'.
    pub fn is_boss_first(self) -> bool {
        matches!(self, SecretaryStrategy::BossThenInTurn | SecretaryStrategy::BossThenAll)
    }
}

impl SecretaryCallers {
    /// All of them.
    pub const ALL: [SecretaryCallers; 3] =
        [SecretaryCallers::All, SecretaryCallers::Internal, SecretaryCallers::External];

    /// The name in the office file.
    pub fn as_str(self) -> &'static str {
        match self {
            SecretaryCallers::All => "all",
            SecretaryCallers::Internal => "internal",
            SecretaryCallers::External => "external",
        }
    }

    /// Those of this name.
    pub fn named(name: &str) -> Option<SecretaryCallers> {
        SecretaryCallers::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// Whether such a caller is meant.
    pub fn takes(self, is_from_outside: bool) -> bool {
        match self {
            SecretaryCallers::All => true,
            SecretaryCallers::Internal => !is_from_outside,
            SecretaryCallers::External => is_from_outside,
        }
    }
}

impl Secretaries {
    /// The entry of this extension; `None` where it is no secretary here.
    pub fn of(&self, extension: &str) -> Option<&Secretary> {
        self.list.iter().find(|one| one.extension.as_str() == extension)
    }

    /// Whom of the list of those who pass a caller is, of whom is known which tags it has.
    pub fn passing(&self, caller: &Spellings, is_tagged: impl Fn(&str) -> bool) -> Option<&Passing> {
        self.pass.iter().find(|one| match one {
            Passing::Number(pattern) => caller.left_open_by(pattern).is_some(),
            Passing::Tag(tag) => is_tagged(tag),
        })
    }
}

impl Default for Secretaries {
    fn default() -> Secretaries {
        Secretaries {
            list: Vec::new(),
            strategy: SecretaryStrategy::default(),
            callers: SecretaryCallers::default(),
            initial_s: DEFAULT_FOLLOW_INITIAL_S,
            ring_s: DEFAULT_FOLLOW_RING_S,
            pass: Vec::new(),
        }
    }
}

impl Passing {
    /// What is written before a tag: no pattern begins with it.
    pub const TAG: &str = "tag ";
}

impl FromStr for Passing {
    type Err = BadPattern;

    fn from_str(text: &str) -> Result<Passing, BadPattern> {
        let tag = text.strip_prefix(Passing::TAG).map(str::trim).filter(|tag| is_tag(tag));
        tag.map_or_else(|| text.parse().map(Passing::Number), |tag| Ok(Passing::Tag(tag.to_owned())))
    }
}

impl fmt::Display for Passing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Passing::Number(pattern) => pattern.fmt(f),
            Passing::Tag(tag) => write!(f, "{}{tag}", Passing::TAG),
        }
    }
}

impl FromStr for Secretary {
    type Err = BadSecretary;

    fn from_str(text: &str) -> Result<Secretary, BadSecretary> {
        let (extension, is_on) = text.trim().strip_suffix(" off").map_or((text, true), |rest| (rest, false));
        Ok(Secretary { extension: extension.trim().parse().map_err(|_| BadSecretary)?, is_on })
    }
}

impl fmt::Display for Secretary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.extension, if self.is_on { "" } else { " off" })
    }
}
