//! What is one for the whole office.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use crate::emergency::{ALWAYS_EMERGENCY, national_emergency, test_number};

/// The zone of an office that names none, or none that exists: wrong by hours, but by the same hours all year.
pub const DEFAULT_TIME_ZONE: &str = "UTC";

/// The country of an office that names none.
pub const DEFAULT_COUNTRY: &str = "US";

/// The languages that the box speaks (BCP 47).
pub const LANGUAGES: [&str; 3] = ["en", "de", "es"];

/// The language of an office that names none.
pub const DEFAULT_LANGUAGE: &str = "en";

/// How many emergency numbers an office may add to those of its country: a site's own guards, nurse and the like.
pub const MAX_OWN_EMERGENCY: usize = 16;

/// The office: where it is and what follows from that.
#[derive(Clone, Debug, PartialEq)]
pub struct Office {
    /// Its name, for displays and the page.
    pub name: String,
    /// Its zone: time groups and envelopes are in it.
    pub time_zone: TimeZone,
    /// Two capital letters (ISO 3166-1 alpha-2): whose tones are heard and which emergency numbers hold.
    pub country: String,
    /// One of [`LANGUAGES`]: what the box speaks to its people and callers.
    pub language: String,
    /// Every number that calls for help here, complete: [`ALWAYS_EMERGENCY`], the country's and the office's own.
    pub emergency: BTreeSet<String>,
}

impl Office {
    /// An office in this country, with its emergency numbers.
    pub(crate) fn new(name: String, time_zone: TimeZone, country: String) -> Office {
        let emergency = ALWAYS_EMERGENCY
            .iter()
            .chain(national_emergency(&country).unwrap_or_default())
            .map(|number| (*number).to_owned())
            .collect();
        Office { name, time_zone, country, language: DEFAULT_LANGUAGE.to_owned(), emergency }
    }

    /// Whether this number calls for help: an exact match, because a number that merely contains 911 does not.
    pub fn is_emergency(&self, dialled: &str) -> bool {
        self.emergency.contains(dialled)
    }

    /// Whether this number reads back the caller's address without calling for help (933 in the US).
    pub fn is_emergency_test(&self, dialled: &str) -> bool {
        test_number(&self.country) == Some(dialled)
    }
}

impl Default for Office {
    fn default() -> Office {
        Office::new("Office".to_owned(), TimeZone::UTC, DEFAULT_COUNTRY.to_owned())
    }
}
