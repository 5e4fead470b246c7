//! Where in the world a part of the office is (F14, F111).

use jiff::tz::TimeZone;

use crate::ids::ExtensionNumber;

/// How many sites an office may have: a company of one box has a handful.
pub const MAX_SITES: usize = 32;

/// The longest name of a site, in characters.
pub const MAX_SITE_NAME: usize = 40;

/// How many managers a site may have: a few, who fill in for one another.
pub const MAX_SITE_MANAGERS: usize = 20;

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
    /// Whether whom its people hold or park hears music; the default, because who hears nothing hangs up.
    pub hold_music: bool,
    /// The extensions of those who may change its time groups, besides those who may change the office's; at most
    /// [`MAX_SITE_MANAGERS`].
    pub managers: Vec<ExtensionNumber>,
}

impl Site {
    /// Whether whoever has this extension manages it.
    pub fn is_managed_by(&self, extension: Option<&ExtensionNumber>) -> bool {
        extension.is_some_and(|own| self.managers.contains(own))
    }
}
