//! What is wrong with an office, said so that the one who wrote it can mend it.

use std::fmt;

use crate::answering::{BadAlso, BadTarget};
use crate::feature_code::Feature;
use crate::ids::BadExtension;
use crate::phone::BadHa1;
use crate::route::BadPattern;
use crate::time_group::{BadEntry, BadForced};
use crate::toll::BadNight;
use crate::trunk::BadServer;
use crate::value::Wanted;

/// How many problems are said: after this many nobody reads on, and a hostile file cannot fill the memory.
pub const MAX_PROBLEMS: usize = 200;

/// Where in the office file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Outside all tables.
    File,
    /// `[office]`.
    Office,
    /// `[[person]]`.
    Person,
    /// One of a person's `phones`.
    Phone,
    /// `[[feature_code]]`.
    FeatureCode,
    /// `[[trunk]]`.
    Trunk,
    /// `[[number]]`.
    Number,
    /// `[[route]]`.
    Route,
    /// `[[time_group]]`, and those of a person.
    TimeGroup,
    /// `[[night_mode]]`.
    NightMode,
    /// A person's `rules`.
    Rule,
    /// A person's `diversions`.
    Diversion,
    /// A person's `callers`.
    Caller,
    /// `[[contact]]`, and a person's `contacts`.
    Contact,
    /// `[[site]]`.
    Site,
    /// `[[department]]`.
    Department,
    /// `[[profile]]`.
    Profile,
    /// `[[group]]`.
    Group,
    /// `[[authorization]]`.
    Authorization,
    /// `[[account]]`.
    Account,
}

impl Table {
    /// As it is written in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Table::File => "file",
            Table::Office => "office",
            Table::Person => "person",
            Table::Phone => "phones",
            Table::FeatureCode => "feature_code",
            Table::Trunk => "trunk",
            Table::Number => "number",
            Table::Route => "route",
            Table::TimeGroup => "time_group",
            Table::NightMode => "night_mode",
            Table::Rule => "rules",
            Table::Diversion => "diversions",
            Table::Caller => "callers",
            Table::Contact => "contact",
            Table::Site => "site",
            Table::Department => "department",
            Table::Profile => "profile",
            Table::Group => "group",
            Table::Authorization => "authorization",
            Table::Account => "account",
        }
    }
}

/// One thing that is wrong, what follows and what to do. Shown as one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The table.
    pub table: Table,
    /// The row: its name and its place from 1, as in `2 (Workshop)`; empty where there is only one.
    pub row: String,
    /// The field; empty where it is the row as a whole.
    pub field: String,
    /// What is wrong and what to do.
    pub fault: Fault,
    /// What follows.
    pub effect: Effect,
}

/// What a problem does to the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The row is left out until it is corrected.
    RowOff,
    /// The field is taken as not written.
    Ignored,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.table.as_str())?;
        if !self.row.is_empty() {
            write!(f, " {}", self.row)?;
        }
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        let effect = match self.effect {
            Effect::RowOff => "the row is off until then",
            Effect::Ignored => "ignored until then",
        };
        write!(f, ": {}; {effect}", self.fault)
    }
}

/// Whose a dialled string would be too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum Claimant {
    #[error("this extension")]
    Extension,
    #[error("{0}")]
    Feature(Feature),
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum Fault {
    #[error(transparent)]
    Person(#[from] PersonFault),
    #[error(transparent)]
    Outside(#[from] OutsideFault),
    #[error(transparent)]
    Rule(#[from] RuleFault),
    #[error(transparent)]
    Contact(#[from] ContactFault),
    #[error(transparent)]
    Site(#[from] SiteFault),
    #[error(transparent)]
    Code(#[from] CodeFault),
    #[error(transparent)]
    Rights(#[from] RightsFault),
    #[error("this key is not known here: correct or remove it")]
    UnknownKey,
    #[error("the value is of the wrong kind: write {expected}")]
    WrongType { expected: Wanted },
    #[error("it is missing: add it")]
    Missing,
    #[error("the name must be 1 to 64 characters without control characters: write another")]
    BadName,
    #[error("{number} calls for help and can be no extension or code: choose another")]
    IsEmergency { number: String },
    #[error("{number} is the code of {feature}: choose another")]
    IsFeatureCode { number: String, feature: Feature },
    #[error("{dialled} would mean both {this} and {other}, whose code {code} takes digits: choose another")]
    TwoMeanings { dialled: String, this: Claimant, other: Feature, code: String },
    #[error(
        "{code} and {other_code}, the code of {other}, begin alike, and keys of a call are heard one by one: choose another"
    )]
    BeginsAlike { code: String, other: Feature, other_code: String },
    #[error("{value} is out of range: write a number from {least} to {most}")]
    OutOfRange { value: u64, least: u64, most: u64 },
    #[error("{id} is already in use: remove this line and the box gives a new one")]
    IdTaken { id: u32 },
    #[error("it is in clear: import the file, which keeps only a hash of it")]
    InClear,
    #[error("there is no time zone {name}: write an IANA name such as Europe/Berlin")]
    UnknownTimeZone { name: String },
    #[error("{code} is no country: write two capital letters (ISO 3166) such as US")]
    BadCountry { code: String },
    #[error(
        "the emergency numbers of {code} are not known here, only 112 and 911 are recognised: list the country's own under emergency"
    )]
    UnknownCountry { code: String },
    #[error("the box does not speak {code}: write one of {known}")]
    UnknownLanguage { code: String, known: String },
    #[error("{number} is no emergency number: write 2 to 6 digits")]
    BadEmergency { number: String },
    #[error("there is no feature {name}: write one of {known}")]
    UnknownFeature { name: String, known: String },
    #[error("{feature} has a row already: remove one")]
    FeatureTwice { feature: Feature },
    #[error("a code is 2 to 6 of 0-9 * #: write another")]
    BadCode,
    #[error("{ring_s} s is no ring time: write 5 to 120 seconds, or 0 to ring until the caller gives up")]
    BadRingTime { ring_s: u16 },
    #[error("there are more than {most}: remove this and those after it")]
    TooMany { most: usize },
    #[error("there are more problems than these: correct them and check again")]
    More,
}

/// What is wrong with a person, the extension or a phone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum PersonFault {
    #[error("{0}: write such a number")]
    BadExtension(BadExtension),
    #[error("{number} is already the extension of {owner}: give one of them another")]
    ExtensionTaken { number: String, owner: String },
    #[error("there is no extension {number}: write one that has a row")]
    NoSuchExtension { number: String },
    #[error("a phone needs its person to have an extension: add one or remove the phones")]
    PhoneWithoutExtension,
    #[error("a phone's name is 1 to 32 letters, digits and . _ - beginning with a letter or digit: write another")]
    BadPhoneName,
    #[error("a phone called {name} exists already: write another name")]
    PhoneNameTaken { name: String },
    #[error("a SIP user is 1 to 32 letters, digits and . _ -: write another")]
    BadUser,
    #[error("the SIP user {user} is already that of phone {owner}: write another, or none to get a random one")]
    UserTaken { user: String, owner: String },
    #[error("{0}: import the file with a secret instead")]
    BadHa1(BadHa1),
    #[error(
        "a pickup group's name is 1 to 32 characters without spaces around it or control characters: write another"
    )]
    BadPickupGroup,
    #[error("a label is 1 to 20 characters without spaces around it or control characters: write another, or none")]
    BadLabel,
    #[error("{number} is none of the office's numbers: write one of them, or none")]
    NotOurs { number: String },
    #[error("the PIN's hash is no Argon2id hash: import the file with a pin instead")]
    BadPinHash,
    #[error("the password's hash is no Argon2id hash: remove it and set the password on the page")]
    BadPasswordHash,
    #[error("this is no e-mail address: write one such as desk@example.com")]
    BadEmail,
    #[error("the e-mail address is already that of {owner}: give one of them another")]
    EmailTaken { owner: String },
    #[error(
        "a department's name is 1 to 40 characters without spaces around it or control characters: write another, or none"
    )]
    BadDepartment,
    #[error("a department called {name} exists already: write another name")]
    DepartmentTaken { name: String },
    #[error("there is no role {name}: write one of {known}")]
    UnknownRole { name: String, known: String },
    #[error("there is no site {name}: write one that has a row, or none")]
    NoSuchSite { name: String },
    #[error("there is no profile {name}: write one that has a row, or none")]
    NoSuchProfile { name: String },
}

/// What is wrong with rights of the office's own making.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum RightsFault {
    #[error("a profile's name is 1 to 40 characters without spaces around it or control characters: write another")]
    BadProfileName,
    #[error("a profile called {name} exists already: write another name")]
    ProfileTaken { name: String },
    #[error("{right} is no right: write each area once, and how far, as in calls: see or times: change")]
    BadRight { right: String },
    #[error("a group's name is 1 to 40 characters without spaces around it or control characters: write another")]
    BadGroupName,
    #[error("a group called {name} exists already: write another name")]
    GroupTaken { name: String },
    #[error("{member} is no member: write each once, as in person 2, extension 101 or group Sales")]
    BadMember { member: String },
    #[error("there is no {member}: write who is here")]
    NoSuchMember { member: String },
    #[error("{who} is nobody who looks after it: write people by their numbers, each once, as in person 2")]
    NotInCharge { who: String },
    #[error("a group would be in itself: {way}; take one of them out of the one before")]
    InItself { way: String },
}

/// What is wrong with a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum SiteFault {
    #[error("a site's name is 1 to 40 characters without spaces around it or control characters: write another")]
    BadName,
    #[error("a site called {name} exists already: write another name")]
    NameTaken { name: String },
    #[error("{number} is none of the office's numbers: write one of them, or none")]
    NotOurs { number: String },
}

/// What is wrong with a code that is keyed before a call to the outside.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum CodeFault {
    #[error("a code's name is 1 to 40 characters without spaces around it or control characters: write another")]
    BadName,
    #[error("a code called {name} exists already: write another name")]
    NameTaken { name: String },
    #[error("an account's number is 1 to 8 digits: write such a number")]
    BadAccount,
    #[error("there is an account {number} already: write another number")]
    AccountTaken { number: String },
    #[error("an account's name is 1 to 64 characters without spaces around it or control characters: write another")]
    BadAccountName,
}

/// What is wrong with a contact.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum ContactFault {
    #[error("{number} is no telephone number: write digits, with or without + and the country in front, at most 20")]
    BadNumber { number: String },
    #[error("there is no number to call: write at least one")]
    NoNumber,
    #[error("a contact called {name} exists already: add the number there, or write another name")]
    NameTaken { name: String },
    #[error("a company's name is 1 to 64 characters without control characters: write another, or none")]
    BadCompany,
    #[error(
        "a tag is 1 to 24 characters without commas, semicolons, spaces around it or control characters: write another, or none"
    )]
    BadTag,
}

/// What is wrong with the way to the outside: trunks, numbers, routes and their limits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum OutsideFault {
    #[error("a trunk's name is 1 to 32 letters, digits and . _ - beginning with a letter or digit: write another")]
    BadTrunkName,
    #[error("a trunk called {name} exists already: write another name")]
    TrunkTaken { name: String },
    #[error("there is no trunk {name}: write one that has a row")]
    NoSuchTrunk { name: String },
    #[error("there is no {word} here: write one of {known}")]
    UnknownWord { word: String, known: String },
    #[error("{0}: write such a server")]
    BadServer(BadServer),
    #[error(
        "an account is 1 to 64 letters, digits and signs without space, quotes and @: write what the carrier gave you"
    )]
    BadAccount,
    #[error(
        "{number} is no telephone number in full: write it with + and the country, as in +493012345, or as it is dialled here"
    )]
    BadNumber { number: String },
    #[error("{number} has a row already: remove one")]
    NumberTaken { number: String },
    #[error("{target} is no extension, and no feature code for callers from outside: write one that has a row")]
    NoSuchTarget { target: String },
    #[error("a route called {name} exists already: write another name")]
    RouteTaken { name: String },
    #[error("{0}: write such a pattern")]
    BadPattern(BadPattern),
    #[error("what is put in front of a number is at most 16 of digits, + * and #: write that or nothing")]
    BadPrepend,
    #[error(
        "that is no certificate: put in the carrier's authority as PEM, from BEGIN CERTIFICATE to END CERTIFICATE, at most 16 KiB, \
         without a key"
    )]
    BadAuthority,
    #[error("{address} is no address: write one such as 203.0.113.5")]
    BadAddress { address: String },
    #[error("{area} is no area code: write 1 to 6 digits without the prefix that is dialled before it, as in 30")]
    BadArea { area: String },
    #[error("{0}: write such a span, or remove it")]
    BadNight(BadNight),
}

/// What is wrong with times and with what holds at them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum RuleFault {
    #[error("a time group's name is 1 to 40 characters without spaces around it or control characters: write another")]
    BadGroupName,
    #[error("a time group called {name} exists already: write another name")]
    GroupTaken { name: String },
    #[error("{number} is already the short number of {name}: write another, or none")]
    GroupNumberTaken { number: u16, name: String },
    #[error("entry {place}, {entry}: {why}")]
    BadEntry { place: usize, entry: String, why: BadEntry },
    #[error("{0}: write such a word, or remove it")]
    BadForced(BadForced),
    #[error("there is no time group {name}: write one of the person's own, of their site's or of the office's")]
    NoSuchGroup { name: String },
    #[error("the office has no time group {name}: write one of the office's")]
    NoSuchOfficeGroup { name: String },
    #[error("a night mode's name is 1 to 40 characters without spaces around it or control characters: write another")]
    BadNightName,
    #[error("a night mode called {name} exists already: write another name")]
    NightTaken { name: String },
    #[error(
        "row {place}, {row}: write each time group once, and whether it is open or closed, as in Opening hours: closed"
    )]
    BadNightGroup { place: usize, row: String },
    #[error("there is a default rule already: give this one a time group, or remove it")]
    TwoDefaults,
    #[error("row {place}, {row}: {why}")]
    BadAlso { place: usize, row: String, why: BadAlso },
    #[error("row {place} would never ring: it begins after {after_s} s, and the ring time is {ring_s} s; write less")]
    NeverRings { place: usize, after_s: u16, ring_s: u16 },
    #[error(
        "row {place}, {row}: what is rung after the own phones is phone with another's extension, or number with digits: write one of these"
    )]
    BadFollowed { place: usize, row: String },
    #[error("nobody is on the list: write whom to ring, or switch Follow Me off")]
    NobodyFollowed,
    #[error(
        "row {place}, {row}: a secretary is another's extension, once, with off behind it while it is not on: write one so, as in 106"
    )]
    BadSecretary { place: usize, row: String },
    #[error("row {place}, {row}: a key is a digit, once, and a target behind it: write one so, as in 1 person 102")]
    BadKey { place: usize, row: String },
    #[error("nobody answers: write an extension, or switch the secretaries off")]
    NobodyAnswers,
    #[error("nothing rings: let the own phones ring, or write what rings instead")]
    NothingRings,
    #[error("{0}: write such a target")]
    BadTarget(BadTarget),
    #[error("there is no extension {number}, and calls go to the person's own mailbox: choose another target")]
    NoSuchTarget { number: String },
    #[error("{number} calls for help, where no call is sent: choose another target")]
    CallsForHelp { number: String },
    #[error("there is such a diversion already: remove one")]
    DiversionTwice,
    #[error("this is no moment: write one such as 2026-12-24T13:00:00Z")]
    BadMoment,
    #[error("a note has at most 100 characters, and no control characters: write a shorter one")]
    BadNote,
}
