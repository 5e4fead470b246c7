//! What opens something to somebody, and how much (F143).

use crate::access::{Preset, Rights, Role};

/// Where rights come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// What they begin with.
    Preset(Preset),
    /// What they are responsible for.
    Role(Role),
    /// A profile, by its name.
    Profile(String),
    /// A group that carries a profile, by its name.
    Group(String),
}

/// Rights with what they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What gives them.
    pub source: Source,
    /// What it opens.
    pub rights: Rights,
}
