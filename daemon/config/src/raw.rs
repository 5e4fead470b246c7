//! The office file as it came: nothing is checked, nothing is lost. [`crate::Config::check`] judges it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::raw_account::RawAccount;
use crate::raw_authorization::RawAuthorization;
use crate::raw_contact::RawContact;
use crate::raw_department::RawDepartment;
use crate::raw_night_mode::RawNightMode;
use crate::raw_outside::{RawNumber, RawRoute, RawTrunk};
use crate::raw_rights::{RawGroup, RawProfile};
use crate::raw_rules::{RawCaller, RawDiversion, RawRule, RawTimeGroup};
use crate::raw_site::RawSite;
use crate::secret::Secret;
use crate::value::{Oddity, Row, Value, write_oddities};

/// The office file. Reading it never fails for one wrong field: what does not fit becomes an [`Oddity`] of its row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawConfig {
    /// `[office]`.
    pub office: RawOffice,
    /// `[[person]]`.
    #[serde(rename = "person", skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<RawPerson>,
    /// `[[feature_code]]`: only those that differ from the delivered ones.
    #[serde(rename = "feature_code", skip_serializing_if = "Vec::is_empty")]
    pub feature_codes: Vec<RawFeatureCode>,
    /// `[[trunk]]`.
    #[serde(rename = "trunk", skip_serializing_if = "Vec::is_empty")]
    pub trunks: Vec<RawTrunk>,
    /// `[[number]]`.
    #[serde(rename = "number", skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<RawNumber>,
    /// `[[route]]`.
    #[serde(rename = "route", skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<RawRoute>,
    /// `[[authorization]]`: codes that let calls out.
    #[serde(rename = "authorization", skip_serializing_if = "Vec::is_empty")]
    pub authorizations: Vec<RawAuthorization>,
    /// `[[account]]`: whom calls are charged to.
    #[serde(rename = "account", skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<RawAccount>,
    /// `[[time_group]]`: those that everybody may use.
    #[serde(rename = "time_group", skip_serializing_if = "Vec::is_empty")]
    pub time_groups: Vec<RawTimeGroup>,
    /// `[[night_mode]]`: time groups that are forced together.
    #[serde(rename = "night_mode", skip_serializing_if = "Vec::is_empty")]
    pub night_modes: Vec<RawNightMode>,
    /// `[[contact]]`: the office's phonebook.
    #[serde(rename = "contact", skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<RawContact>,
    /// `[[site]]`.
    #[serde(rename = "site", skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<RawSite>,
    /// `[[department]]`: besides those that people are in.
    #[serde(rename = "department", skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<RawDepartment>,
    /// `[[profile]]`: rights of the office's own making.
    #[serde(rename = "profile", skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<RawProfile>,
    /// `[[group]]`: groups of people.
    #[serde(rename = "group", skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<RawGroup>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

/// `[office]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawOffice {
    /// The office's name; default `Office`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// An IANA name, `Europe/Berlin`; default [`crate::DEFAULT_TIME_ZONE`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Two letters, ISO 3166-1; default [`crate::DEFAULT_COUNTRY`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// What the box speaks, one of [`crate::LANGUAGES`]; default [`crate::DEFAULT_LANGUAGE`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Emergency numbers besides those of the country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergency: Option<Vec<String>>,
    /// How long a message may be, in seconds; default [`crate::DEFAULT_MESSAGE_LIMIT_S`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_limit_s: Option<u16>,
    /// The extension that is reached by 0 in a mailbox; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// The area code without the prefix that is dialled before it; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// The address that the box has for the world outside; default what trunks tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_address: Option<String>,
    /// Calls to the outside of one extension at once; default [`crate::DEFAULT_OUTSIDE_AT_ONCE`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside_at_once: Option<u16>,
    /// The same within an hour; default [`crate::DEFAULT_OUTSIDE_PER_HOUR`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside_per_hour: Option<u16>,
    /// When nobody may call other countries and premium numbers, `22:00-06:00`; default never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside_night: Option<String>,
    /// Callers from outside who are put through to nobody.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub callers: Vec<RawCaller>,
    /// What they hear, a word of [`crate::Hears`]; default `disconnected`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked_hear: Option<String>,
    /// What callers without a number hear; default what each extension says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anonymous_hear: Option<String>,
    /// Whose feature codes hold, one of [`crate::CodeProfile`]; default `office`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codes: Option<String>,
    /// The digest realm that the HA1s in this file were made with; written by an export, and only of use to an import.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm: Option<String>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

/// `[[person]]`, with the extension and the phones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawPerson {
    /// The person's number; given by the box, written by an export. Rows without one get a free one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The extension's digits; a person without one has no phones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// The address to sign in to the page with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The rights that they begin with, one of [`crate::Preset`]; default `user`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// What they are responsible for, words of [`crate::Role`]; default nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// The name of a profile, whose rights they have besides; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// The language of the person's page and of what the box says to them, one of [`crate::LANGUAGES`]; default the office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The person's time zone by its IANA name; default the office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// The department; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The site where they work; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Whether the directory names them; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed: Option<bool>,
    /// The page's password as an Argon2id PHC string; set on the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_hash: Option<Secret>,
    /// How long the extension rings, in seconds, or [`crate::RINGS_ON`]; default [`crate::DEFAULT_RING_S`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ring_s: Option<u16>,
    /// Whether callers may leave messages; default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail: Option<bool>,
    /// How many minutes of messages the mailbox takes; default [`crate::DEFAULT_VOICEMAIL_MINUTES`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voicemail_minutes: Option<u16>,
    /// Whether the mailbox asks for the PIN on the extension's own phones too; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin_on_own_phone: Option<bool>,
    /// Whether the time is said before each message; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say_time: Option<bool>,
    /// Whether the caller is said before each message; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say_caller: Option<bool>,
    /// Whether the newest message comes first by phone; default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest_first: Option<bool>,
    /// The extension that is reached by 0 in the mailbox; default the office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// Devices per phone; default [`crate::DEFAULT_MAX_CONTACTS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_contacts: Option<u8>,
    /// The name of its pickup group; default: the group of those that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pickup_group: Option<String>,
    /// Whether only its own phones may watch it; default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_lamp: Option<bool>,
    /// What its phones are called; default nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The name that colleagues see when it calls; default the person's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caller_name: Option<String>,
    /// One of the office's numbers, under which it calls outside; default the first that leads to it, then the site's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caller_number: Option<String>,
    /// Whether its number is hidden from whoever it calls outside; default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hides_number: Option<bool>,
    /// Whether its phones answer calls that are said aloud; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intercom: Option<bool>,
    /// Whether a beep is heard before such a call; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intercom_beep: Option<bool>,
    /// Whether its phones show who calls from outside; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shows_callers: Option<bool>,
    /// Whether it rings while it is in a call; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_waiting: Option<bool>,
    /// How many calls it may have at once; default: as many as its phones take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_calls: Option<u8>,
    /// Whether whoever calls a colleague from it in vain is asked whether to be called back; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completion_offers: Option<bool>,
    /// How far the extension may call, one of [`crate::Permission`]; default `national`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
    /// Its calls to the outside at once; default the office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside_at_once: Option<u16>,
    /// The same within an hour; default the office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside_per_hour: Option<u16>,
    /// Whether the office's night is none for it; default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside_at_night: Option<bool>,
    /// Whether an account is keyed before its calls outside, one of [`crate::AccountEntry`]; default `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The voicemail PIN in clear; hashed by an import, never kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<Secret>,
    /// The voicemail PIN as an Argon2id PHC string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin_hash: Option<Secret>,
    /// `phones = [{ ... }]`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<RawPhone>,
    /// Answering rules, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RawRule>,
    /// What is switched on, one of a kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diversions: Vec<RawDiversion>,
    /// Whose calls are always or never taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub callers: Vec<RawCaller>,
    /// What blocked callers hear, a word of [`crate::Hears`]; default `disconnected`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked_hear: Option<String>,
    /// What callers without a number hear; default they are put through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anonymous_hear: Option<String>,
    /// Time groups of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub time_groups: Vec<RawTimeGroup>,
    /// Contacts of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<RawContact>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

/// One of a person's phones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawPhone {
    /// The phone's number; given by the box, written by an export.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// Its name; an import gives the extension and the next free letter where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its SIP user; an import makes a random one where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Its secret in clear; turned into HA1 by an import, never kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
    /// Its secret as HA1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ha1: Option<RawHa1>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

/// `ha1 = { md5 = "...", sha256 = "..." }`, in hexadecimal.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawHa1 {
    /// 32 digits.
    pub md5: String,
    /// 64 digits.
    pub sha256: String,
}

impl fmt::Debug for RawHa1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawHa1(hidden)")
    }
}

/// `[[feature_code]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawFeatureCode {
    /// What it does, e.g. `echo_test`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// What is dialled; default the delivered code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

impl From<Value> for RawConfig {
    fn from(value: Value) -> RawConfig {
        let mut row = Row::new(value);
        RawConfig {
            office: row.table("office").unwrap_or_default(),
            people: row.rows("person"),
            feature_codes: row.rows("feature_code"),
            trunks: row.rows("trunk"),
            numbers: row.rows("number"),
            routes: row.rows("route"),
            authorizations: row.rows("authorization"),
            accounts: row.rows("account"),
            time_groups: row.rows("time_group"),
            night_modes: row.rows("night_mode"),
            contacts: row.rows("contact"),
            sites: row.rows("site"),
            departments: row.rows("department"),
            profiles: row.rows("profile"),
            groups: row.rows("group"),
            oddities: row.finish(),
        }
    }
}

impl From<Value> for RawOffice {
    fn from(value: Value) -> RawOffice {
        let mut row = Row::new(value);
        RawOffice {
            name: row.text("name"),
            time_zone: row.text("time_zone"),
            country: row.text("country"),
            language: row.text("language"),
            emergency: row.texts("emergency"),
            message_limit_s: row.number("message_limit_s"),
            operator: row.text("operator"),
            area: row.text("area"),
            public_address: row.text("public_address"),
            outside_at_once: row.number("outside_at_once"),
            outside_per_hour: row.number("outside_per_hour"),
            outside_night: row.text("outside_night"),
            callers: row.rows("callers"),
            blocked_hear: row.text("blocked_hear"),
            anonymous_hear: row.text("anonymous_hear"),
            codes: row.text("codes"),
            realm: row.text("realm"),
            oddities: row.finish(),
        }
    }
}

impl From<Value> for RawPerson {
    fn from(value: Value) -> RawPerson {
        let mut row = Row::new(value);
        // Offices of before have one switch for both.
        let announce_envelope = row.flag("announce_envelope");
        RawPerson {
            id: row.number("id"),
            name: row.text("name"),
            extension: row.text("extension"),
            email: row.text("email"),
            role: row.text("role"),
            roles: row.texts("roles"),
            profile: row.text("profile"),
            language: row.text("language"),
            time_zone: row.text("time_zone"),
            department: row.text("department"),
            site: row.text("site"),
            listed: row.flag("listed"),
            password_hash: row.secret("password_hash"),
            ring_s: row.number("ring_s"),
            voicemail: row.flag("voicemail"),
            voicemail_minutes: row.number("voicemail_minutes"),
            pin_on_own_phone: row.flag("pin_on_own_phone"),
            say_time: row.flag("say_time").or(announce_envelope),
            say_caller: row.flag("say_caller").or(announce_envelope),
            newest_first: row.flag("newest_first"),
            operator: row.text("operator"),
            max_contacts: row.number("max_contacts"),
            pickup_group: row.text("pickup_group"),
            private_lamp: row.flag("private_lamp"),
            label: row.text("label"),
            caller_name: row.text("caller_name"),
            caller_number: row.text("caller_number"),
            hides_number: row.flag("hides_number"),
            intercom: row.flag("intercom"),
            intercom_beep: row.flag("intercom_beep"),
            shows_callers: row.flag("shows_callers"),
            call_waiting: row.flag("call_waiting"),
            max_calls: row.number("max_calls"),
            completion_offers: row.flag("completion_offers"),
            permission: row.text("permission"),
            outside_at_once: row.number("outside_at_once"),
            outside_per_hour: row.number("outside_per_hour"),
            outside_at_night: row.flag("outside_at_night"),
            account: row.text("account"),
            pin: row.secret("pin"),
            pin_hash: row.secret("pin_hash"),
            phones: row.rows("phones"),
            rules: row.rows("rules"),
            diversions: row.rows("diversions"),
            callers: row.rows("callers"),
            blocked_hear: row.text("blocked_hear"),
            anonymous_hear: row.text("anonymous_hear"),
            time_groups: row.rows("time_groups"),
            contacts: row.rows("contacts"),
            oddities: row.finish(),
        }
    }
}

impl From<Value> for RawPhone {
    fn from(value: Value) -> RawPhone {
        let mut row = Row::new(value);
        RawPhone {
            id: row.number("id"),
            name: row.text("name"),
            user: row.text("user"),
            secret: row.secret("secret"),
            ha1: row.table("ha1"),
            oddities: row.finish(),
        }
    }
}

impl From<Value> for RawHa1 {
    fn from(value: Value) -> RawHa1 {
        // What is missing or odd here makes an HA1 of the wrong length, which the check names.
        let mut row = Row::new(value);
        RawHa1 { md5: row.text("md5").unwrap_or_default(), sha256: row.text("sha256").unwrap_or_default() }
    }
}

impl From<Value> for RawFeatureCode {
    fn from(value: Value) -> RawFeatureCode {
        let mut row = Row::new(value);
        RawFeatureCode {
            feature: row.text("feature"),
            code: row.text("code"),
            enabled: row.flag("enabled"),
            oddities: row.finish(),
        }
    }
}
