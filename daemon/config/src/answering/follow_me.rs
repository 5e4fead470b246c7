//! Where somebody is looked for who does not answer at the own phones (F93).

use std::ops::RangeInclusive;

use super::Target;

/// How many places somebody is looked for at: as many as ring along with a rule.
pub const MAX_FOLLOWED: usize = 10;

/// How long the own phones may ring before the list does, in seconds; 0: they do not.
pub const FOLLOW_INITIAL_S: RangeInclusive<u16> = 0..=60;

/// How long the list may ring, in seconds: less than one ring cannot be answered.
pub const FOLLOW_RING_S: RangeInclusive<u16> = 5..=60;

/// How long the own phones ring first unless the row says otherwise, in seconds: two rings, so that who sits at the desk need not
/// run for a mobile.
pub const DEFAULT_FOLLOW_INITIAL_S: u16 = 10;

/// How long the list rings unless the row says otherwise, in seconds: short of the 25 s after which the mailboxes of many mobiles
/// answer.
pub const DEFAULT_FOLLOW_RING_S: u16 = 20;

/// First the own phones ring, then a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowMe {
    /// How long the own phones ring first, in seconds, within [`FOLLOW_INITIAL_S`]; in the place of the extension's ring time.
    pub initial_s: u16,
    /// How long the list rings, in seconds, within [`FOLLOW_RING_S`]: all of it together, or each in its turn.
    pub ring_s: u16,
    /// Whether one rings after the other; else all ring together.
    pub in_turn: bool,
    /// Phones of others and numbers, in their order, at most [`MAX_FOLLOWED`]; none while it is not switched on.
    pub list: Vec<Target>,
}

impl Default for FollowMe {
    fn default() -> FollowMe {
        let (initial_s, ring_s) = (DEFAULT_FOLLOW_INITIAL_S, DEFAULT_FOLLOW_RING_S);
        FollowMe { initial_s, ring_s, in_turn: false, list: Vec::new() }
    }
}
