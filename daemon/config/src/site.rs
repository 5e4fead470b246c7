//! Where in the world a part of the office is (F14, F111).

use jiff::tz::TimeZone;

/// How many sites an office may have: a company of one box has a handful.
pub const MAX_SITES: usize = 32;

/// The longest name of a site, in characters.
pub const MAX_SITE_NAME: usize = 40;

/// A place at which people of the office work. What somebody has not set for themselves is as at their site, then as in the office.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its name, 1 to [`MAX_SITE_NAME`] characters; no two sites have the same.
    pub name: String,
    /// Where its clock is; `None`: the office's.
    pub time_zone: Option<TimeZone>,
    /// What the box speaks to its people, one of [`crate::LANGUAGES`]; `None`: the office's.
    pub language: Option<String>,
    /// One of the office's own numbers, in full, under which calls of its people to the outside are seen, where they have none of their
    /// own; `None`: what the trunk says.
    pub number: Option<String>,
}
