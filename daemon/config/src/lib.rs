//! The office as data: people, extensions, phones, the office itself, its feature codes and its ways to the outside.
//!
//! It owns what an office may look like and what is wrong with one that does not: [`RawConfig`] is the office file as
//! it came, [`Config::check`] turns it into a [`Config`], in which nothing is invalid, and a list of [`Problem`]s. A
//! bad row is left out, the office starts all the same. It hashes nothing, reads no file and no clock: secrets reach
//! [`Config`] only as HA1 and PIN hashes, made by `store`.

mod access;
mod account;
mod answering;
mod authorization;
mod caller_id;
mod check;
mod config;
mod contact;
mod dialling;
mod emergency;
mod extension;
mod feature_code;
mod grant;
mod group;
mod ids;
mod night_mode;
mod night_switch;
mod number_plan;
mod office;
mod permission;
mod person;
mod phone;
mod problem;
mod profile;
mod raw;
mod raw_account;
mod raw_authorization;
mod raw_contact;
mod raw_department;
mod raw_night_mode;
mod raw_outside;
mod raw_rights;
mod raw_rules;
mod raw_site;
mod responsible;
mod route;
mod rule_change;
mod secret;
mod site;
mod spelling;
mod tag;
mod time_group;
mod toll;
mod trunk;
mod value;
mod whose_times;

pub use access::{Area, Level, Preset, Rights, Role};
pub use account::{AccountEntry, MAX_ACCOUNT_NAME, MAX_ACCOUNT_NUMBER, MAX_ACCOUNTS, is_account};
pub use answering::{
    ASSISTANT_KEYS, Actions, AlsoRings, Answering, AnsweringRule, Assistant, BOSS_FIRST_S, BadAlso, BadSecretary,
    BadTarget, Callers, DEFAULT_FOLLOW_INITIAL_S, DEFAULT_FOLLOW_RING_S, Diversion, DiversionKind, FOLLOW_INITIAL_S,
    FOLLOW_RING_S, FollowMe, Hears, ListedCaller, MAX_AFTER_S, MAX_ALSO, MAX_CALLERS, MAX_FOLLOWED, MAX_NOTE,
    MAX_PASSING, MAX_RULES, MAX_SECRETARIES, Passing, Secretaries, Secretary, SecretaryCallers, SecretaryStrategy,
    Shadow, Switch, Target,
};
pub use authorization::{Authorization, DEFAULT_AUTHORIZED, MAX_AUTHORIZATION_NAME, MAX_AUTHORIZATIONS, MIN_CODE};
pub use caller_id::{CallerId, MAX_LABEL, NumberFrom};
pub use check::{MAX_ID, MAX_PEOPLE, MAX_PHONES_PER_PERSON};
pub use config::Config;
pub use contact::{
    Contact, MAX_CONTACT_NUMBER, MAX_CONTACTS_IN_ALL, MAX_OWN_CONTACTS, MAX_PHONEBOOK, NameSource, NumberKind,
    plain_number,
};
pub use emergency::{ALWAYS_EMERGENCY, national_emergency, test_number};
pub use extension::{
    DEFAULT_MAX_CONTACTS, DEFAULT_RING_S, DEFAULT_VOICEMAIL_MINUTES, Extension, MAX_CALLS, MAX_CONTACTS,
    MAX_PICKUP_GROUP, RING_S, RINGS_ON, VOICEMAIL_MINUTES,
};
pub use feature_code::{Argument, CodeProfile, Feature, FeatureCode, InCall, MAX_CODE_LENGTH};
pub use grant::{Grant, Source};
pub use group::{BadMember, Group, MAX_GROUP_LABEL, MAX_GROUP_MANAGERS, MAX_GROUP_MEMBERS, MAX_GROUPS, Member};
pub use ids::{BadExtension, ExtensionNumber, PersonId, PhoneId};
pub use night_mode::{
    ALL_NIGHT_MODES, BadNightGroup, MAX_NIGHT_GROUPS, MAX_NIGHT_MODES, MAX_NIGHT_SWITCHERS, NIGHT_NUMBERS, NightGroup,
    NightMode, NightOn,
};
pub use night_switch::NightEnd;
pub use number_plan::{MAX_E164, MIN_E164, is_e164};
pub use office::{
    DEFAULT_COUNTRY, DEFAULT_LANGUAGE, DEFAULT_MESSAGE_LIMIT_S, DEFAULT_TIME_ZONE, LANGUAGES, MAX_OWN_EMERGENCY,
    MESSAGE_LIMIT_S, Office,
};
pub use permission::{Class, Permission};
pub use person::{MAX_DEPARTMENT, MAX_DEPARTMENTS, MAX_EMAIL, MAX_NAME, Person, is_email};
pub use phone::{BadHa1, Ha1, MAX_USER, Phone, is_phone_name, is_user};
pub use problem::{
    Claimant, CodeFault, ContactFault, Effect, Fault, MAX_PROBLEMS, OutsideFault, PersonFault, Problem, RightsFault,
    RuleFault, SiteFault, Table,
};
pub use profile::{BadRight, MAX_PROFILE_NAME, MAX_PROFILES, Profile, Right};
pub use raw::{RawConfig, RawFeatureCode, RawHa1, RawOffice, RawPerson, RawPhone};
pub use raw_account::RawAccount;
pub use raw_authorization::RawAuthorization;
pub use raw_contact::RawContact;
pub use raw_department::RawDepartment;
pub use raw_night_mode::RawNightMode;
pub use raw_outside::{RawNumber, RawRoute, RawTrunk};
pub use raw_rights::{RawGroup, RawProfile};
pub use raw_rules::{RawCaller, RawDiversion, RawRule, RawTimeGroup};
pub use raw_site::RawSite;
pub use responsible::Stand;
pub use route::{BadPattern, MAX_PATTERNS, MAX_ROUTES, Pattern, Route};
pub use rule_change::RuleChange;
pub use secret::{
    MAX_PASSWORD, MAX_SECRET, MIN_DISTINCT, MIN_PASSWORD, MIN_SECRET, Owner, PIN_DIGITS, Secret, WeakPassword, WeakPin,
    WeakSecret, weak_password, weak_pin, weak_secret,
};
pub use site::{MAX_SITE_MANAGERS, MAX_SITE_NAME, MAX_SITES, Site};
pub use spelling::Spellings;
pub use tag::{MAX_TAG, MAX_TAGS, is_tag, tags_in};
pub use time_group::{
    BadEntry, BadForced, BadRow, COUNTRIES, Change, Days, Entry, Forced, GROUP_NUMBERS, GroupOwner, HORIZON_DAYS,
    MAX_ENTRIES, MAX_ENTRY, MAX_GROUP_NAME, MAX_OWN_TIME_GROUPS, MAX_READ_ROWS, MAX_SITE_TIME_GROUPS, MAX_SPANS,
    MAX_TIME_GROUPS, NightHold, ReadRow, Span, Specificity, TimeGroup, is_group_name, read_rows,
};
pub use toll::{
    BadNight, DEFAULT_OUTSIDE_AT_ONCE, DEFAULT_OUTSIDE_PER_HOUR, Night, OUTSIDE_CALLS, OwnLimits, TollGuard,
};
pub use trunk::{
    BadServer, CHANNELS, DEFAULT_CHANNELS, DEFAULT_OPTIONS_S, IdentityForm, MAX_NUMBERS, MAX_SOURCES, MAX_TRUNKS,
    NumberForm, OPTIONS_S, OwnNumber, Server, Trunk, TrunkCodec, TrunkTransport, TrunkWay,
};
pub use value::{Oddity, Value, Wanted};
