//! The office as data: people, extensions, phones, the office itself and its feature codes.
//!
//! It owns what an office may look like and what is wrong with one that does not: [`RawConfig`] is the office file as
//! it came, [`Config::check`] turns it into a [`Config`], in which nothing is invalid, and a list of [`Problem`]s. A
//! bad row is left out, the office starts all the same. It hashes nothing, reads no file and no clock: secrets reach
//! [`Config`] only as HA1 and PIN hashes, made by `store`.

mod check;
mod config;
mod emergency;
mod extension;
mod feature_code;
mod ids;
mod office;
mod person;
mod phone;
mod problem;
mod raw;
mod secret;
mod value;

pub use check::{MAX_ID, MAX_PEOPLE, MAX_PHONES_PER_PERSON};
pub use config::Config;
pub use emergency::{ALWAYS_EMERGENCY, national_emergency, test_number};
pub use extension::{
    DEFAULT_MAX_CONTACTS, DEFAULT_RING_S, DEFAULT_VOICEMAIL_MINUTES, Extension, MAX_CONTACTS, MAX_PICKUP_GROUP, RING_S,
    VOICEMAIL_MINUTES,
};
pub use feature_code::{Argument, Feature, FeatureCode, MAX_CODE_LENGTH};
pub use ids::{BadExtension, ExtensionNumber, PersonId, PhoneId};
pub use office::{
    DEFAULT_COUNTRY, DEFAULT_LANGUAGE, DEFAULT_MESSAGE_LIMIT_S, DEFAULT_TIME_ZONE, LANGUAGES, MAX_OWN_EMERGENCY,
    MESSAGE_LIMIT_S, Office,
};
pub use person::{MAX_EMAIL, MAX_NAME, Person, Role, is_email};
pub use phone::{BadHa1, Ha1, MAX_USER, Phone, is_phone_name, is_user};
pub use problem::{Effect, Fault, MAX_PROBLEMS, Problem, Table};
pub use raw::{RawConfig, RawFeatureCode, RawHa1, RawOffice, RawPerson, RawPhone};
pub use secret::{
    MAX_PASSWORD, MAX_SECRET, MIN_DISTINCT, MIN_PASSWORD, MIN_SECRET, Owner, PIN_DIGITS, Secret, WeakPassword, WeakPin,
    WeakSecret, weak_password, weak_pin, weak_secret,
};
pub use value::{Oddity, Value};
