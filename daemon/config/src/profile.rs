//! Rights of an office's own making (F6): named sets, which somebody has besides the preset they begin with.

use std::fmt;
use std::str::FromStr;

use crate::access::{Area, Level, Rights};

/// How many an office may have: more than there are screens nobody can tell apart.
pub const MAX_PROFILES: usize = 32;

/// The longest name of one, in characters.
pub const MAX_PROFILE_NAME: usize = 40;

/// A named set of rights. What it opens is added to what somebody may by their preset and their roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What people call it, 1 to [`MAX_PROFILE_NAME`] characters; no two have the same name.
    pub name: String,
    /// What it opens. Whoever may see or change people may do so with what is a part of that: their names and rules.
    pub rights: Rights,
}

/// How far somebody may go in an area, as a profile lists it: written as `calls: see`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// Where.
    pub area: Area,
    /// How far; never [`Level::None`], which a profile says by leaving the area out.
    pub level: Level,
}

/// What is no area with a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an area and how far, as in \"calls: see\" or \"times: change\"")]
pub struct BadRight;

impl Profile {
    /// One that opens these.
    pub(crate) fn new(name: String, listed: impl IntoIterator<Item = Right>) -> Profile {
        let open = |rights: Rights, right: Right| rights.and(Rights::to(right.area, right.level));
        let rights = listed.into_iter().fold(Rights::default(), open);
        let of_people = rights.of(Area::People);
        Profile { name, rights: open(rights, Right { area: Area::Basics, level: of_people }) }
    }
}

impl FromStr for Right {
    type Err = BadRight;

    fn from_str(text: &str) -> Result<Right, BadRight> {
        let (area, level) = text.split_once(": ").ok_or(BadRight)?;
        let area = Area::named(area).ok_or(BadRight)?;
        let level = Level::named(level).filter(|level| *level > Level::None).ok_or(BadRight)?;
        Ok(Right { area, level })
    }
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.area.as_str(), self.level.as_str())
    }
}
