//! The rows of the office file about the world outside: trunks, the office's numbers, routes.

use serde::{Deserialize, Serialize};

use crate::secret::Secret;
use crate::value::{Oddity, Row, Value, write_oddities};

/// `[[trunk]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawTrunk {
    /// Its name, by which its secret is known again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// `register` or `address`; default `register`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<String>,
    /// The carrier's server, with or without a port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// The outbound proxy, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// `udp`, `tcp` or `tls`; default `udp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transport: Option<String>,
    /// With TLS: whose certificates count, as PEM; default those of the system's authorities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The digest user name; default the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_user: Option<String>,
    /// The digest secret in clear: an import takes it out and keeps it elsewhere; what leaves it out keeps the known one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
    /// `pcma`, `pcmu`, best first; default both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codecs: Option<Vec<String>>,
    /// Calls at once; default [`crate::DEFAULT_CHANNELS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channels: Option<u16>,
    /// How numbers are written: `e164`, `national` or `as_is`; default `e164`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<String>,
    /// The number that is shown for extensions without one of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caller_number: Option<String>,
    /// Whether what it asserts of its callers is believed; default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted: Option<bool>,
    /// How it is told who calls: `none`, `asserted` or `remote_party`; default `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// Characters taken off the front of a called number; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strip: Option<u8>,
    /// Put in front of it then; default nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prepend: Option<String>,
    /// Addresses that calls may come from besides the server's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<String>>,
    /// Seconds between two questions whether it lives; default [`crate::DEFAULT_OPTIONS_S`], 0 never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options_s: Option<u16>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

/// `[[number]]`: a number under which the office is called.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawNumber {
    /// In full, or as it is dialled in the office's country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The extension or feature code that is reached by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

/// `[[route]]`: which numbers go out by which trunks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawRoute {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Patterns of numbers in full, as in `+49*`; default every number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patterns: Option<Vec<String>>,
    /// Names of trunks, first choice first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trunks: Option<Vec<String>>,
    /// A class of [`crate::Class`]; default what the number tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Whether an account is keyed before its calls, one of [`crate::AccountEntry`]; default `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

impl From<Value> for RawTrunk {
    fn from(value: Value) -> RawTrunk {
        let mut row = Row::new(value);
        RawTrunk {
            name: row.text("name"),
            enabled: row.flag("enabled"),
            way: row.text("way"),
            server: row.text("server"),
            proxy: row.text("proxy"),
            transport: row.text("transport"),
            authority: row.text("authority"),
            user: row.text("user"),
            auth_user: row.text("auth_user"),
            secret: row.secret("secret"),
            codecs: row.texts("codecs"),
            channels: row.number("channels"),
            numbers: row.text("numbers"),
            caller_number: row.text("caller_number"),
            trusted: row.flag("trusted"),
            identity: row.text("identity"),
            strip: row.number("strip"),
            prepend: row.text("prepend"),
            sources: row.texts("sources"),
            options_s: row.number("options_s"),
            oddities: row.finish(),
        }
    }
}

impl From<Value> for RawNumber {
    fn from(value: Value) -> RawNumber {
        let mut row = Row::new(value);
        RawNumber { number: row.text("number"), to: row.text("to"), oddities: row.finish() }
    }
}

impl From<Value> for RawRoute {
    fn from(value: Value) -> RawRoute {
        let mut row = Row::new(value);
        RawRoute {
            name: row.text("name"),
            patterns: row.texts("patterns"),
            trunks: row.texts("trunks"),
            class: row.text("class"),
            account: row.text("account"),
            oddities: row.finish(),
        }
    }
}
