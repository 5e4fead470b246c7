//! What is one for the whole office.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::ops::RangeInclusive;

use jiff::tz::TimeZone;

use crate::answering::Callers;
use crate::emergency::{ALWAYS_EMERGENCY, national_emergency, test_number};
use crate::feature_code::CodeProfile;
use crate::ids::ExtensionNumber;
use crate::toll::TollGuard;

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

/// How long a message may be unless the office says otherwise, in seconds: what a caller has to say fits into a minute,
/// three leave room for the one who spells an address, and a line that was left open does not fill the mailbox.
pub const DEFAULT_MESSAGE_LIMIT_S: u16 = 180;

/// What may be asked for, in seconds: below half a minute callers are cut off in the middle, and nobody listens to
/// more than twenty.
pub const MESSAGE_LIMIT_S: RangeInclusive<u16> = 30..=1_200;

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
    /// How long one message may be, in seconds, within [`MESSAGE_LIMIT_S`].
    pub message_limit_s: u16,
    /// Who is reached by 0 in a mailbox whose extension has no operator of its own; ask [`crate::Config::operator_of`].
    pub operator: Option<ExtensionNumber>,
    /// The area code without the prefix that is dialled before it: what numbers without one are taken to be in.
    pub area: Option<String>,
    /// How the box is seen from outside, where the router does not tell carriers right.
    pub public_address: Option<IpAddr>,
    /// Whose calls from outside are put through to nobody, unless somebody's own list allows them.
    pub callers: Callers,
    /// What limits calls to the outside.
    pub toll: TollGuard,
    /// Whose codes hold that the office has not changed.
    pub codes: CodeProfile,
}

impl Office {
    /// An office in this country, with its emergency numbers.
    pub(crate) fn new(name: String, time_zone: TimeZone, country: String) -> Office {
        let emergency = ALWAYS_EMERGENCY
            .iter()
            .chain(national_emergency(&country).unwrap_or_default())
            .map(|number| (*number).to_owned())
            .collect();
        Office {
            name,
            time_zone,
            country,
            language: DEFAULT_LANGUAGE.to_owned(),
            emergency,
            message_limit_s: DEFAULT_MESSAGE_LIMIT_S,
            operator: None,
            area: None,
            public_address: None,
            callers: Callers::default(),
            toll: TollGuard::default(),
            codes: CodeProfile::default(),
        }
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
