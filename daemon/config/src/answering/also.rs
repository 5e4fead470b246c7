//! What rings besides an extension's own phones (F41).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Target;

/// How many may ring besides: as many rows as a person's phones at work, at home and in pockets fill.
pub const MAX_ALSO: usize = 10;

/// The longest delay, in seconds: who has waited a minute hears a mailbox rather than one more phone.
pub const MAX_AFTER_S: u16 = 60;

/// Somebody's phones, or a number, that ring besides; written as `number +4917012345 after 10 s`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlsoRings {
    /// A [`Target::Phone`] or a [`Target::Number`].
    pub to: Target,
    /// How long after the own phones, in seconds, at most [`MAX_AFTER_S`].
    pub after_s: u16,
    /// Whether a number outside has the call as soon as it answers; else whoever answers presses 1, which no mailbox
    /// of a mobile does. Written as ` at once` behind all.
    pub is_unasked: bool,
}

/// What does not say who else rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what rings too is phone with an extension or number with digits, as in number +4917012345 after 10 s")]
pub struct BadAlso;

impl FromStr for AlsoRings {
    type Err = BadAlso;

    fn from_str(text: &str) -> Result<AlsoRings, BadAlso> {
        let (text, is_unasked) = text.trim().strip_suffix(" at once").map_or((text, false), |text| (text, true));
        let (to, after_s) = match text.split_once(" after ") {
            None => (text, 0),
            Some((to, after)) => {
                let digits = after.trim().strip_suffix('s').unwrap_or(after).trim();
                (to, digits.parse().map_err(|_| BadAlso)?)
            }
        };
        let to: Target = to.parse().map_err(|_| BadAlso)?;
        if !matches!(to, Target::Phone(_) | Target::Number(_)) {
            return Err(BadAlso);
        }
        Ok(AlsoRings { to, after_s, is_unasked })
    }
}

impl fmt::Display for AlsoRings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to)?;
        if self.after_s > 0 {
            write!(f, " after {} s", self.after_s)?;
        }
        f.write_str(if self.is_unasked { " at once" } else { "" })
    }
}
