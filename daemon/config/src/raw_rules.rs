//! The rows of the office file about times and what holds at them.

use serde::{Deserialize, Serialize};

use crate::value::{Oddity, Row, Value, write_oddities};

/// `[[time_group]]`, and the `time_groups` of a site or a person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawTimeGroup {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// An IANA name; default where its owner's clock is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Its times, each as [`crate::Entry`] is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<Vec<String>>,
    /// Its short number, for the code that forces it; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u16>,
    /// `open` or `closed` against its times, `until` a moment or for good, as [`crate::Forced`] is written; default neither.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forced: Option<String>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

impl From<Value> for RawTimeGroup {
    fn from(value: Value) -> RawTimeGroup {
        let mut row = Row::new(value);
        RawTimeGroup {
            name: row.text("name"),
            time_zone: row.text("time_zone"),
            times: row.texts("times"),
            number: row.number("number"),
            forced: row.text("forced"),
            oddities: row.finish(),
        }
    }
}

/// One of a person's `rules`: an answering rule, in their order; without a time group the default one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawRule {
    /// The name of a time group; none: this is the default rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Seconds, or [`crate::RINGS_ON`]; default the person's `ring_s`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ring_s: Option<u16>,
    /// No phone rings; default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dnd: Option<bool>,
    /// The own phones do not ring, those of `also` do; default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away: Option<bool>,
    /// What rings too, each as [`crate::AlsoRings`] is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub also: Option<Vec<String>>,
    /// Whoever answers a call from outside is asked whether it is wanted; default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen: Option<bool>,
    /// Where every call goes, as [`crate::Target`] is written; so are the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub always: Option<String>,
    /// Where calls go while the person is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_active: Option<String>,
    /// Where calls go when the person is busy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub busy: Option<String>,
    /// Where calls go that nobody answers; default the person's mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unanswered: Option<String>,
    /// Where calls go while no phone can be reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offline: Option<String>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

/// One of a person's `diversions`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawDiversion {
    /// `secretary`, `dnd`, `always`, `busy`, `unanswered`, `offline`, `follow_me` or `assistant`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The name of a time group that it follows; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// What was said against that, as [`crate::Forced`] is written; open is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forced: Option<String>,
    /// Where calls go; default the person's mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Of `follow_me` and `secretary`: how long the own phones ring first, in seconds; default
    /// [`crate::DEFAULT_FOLLOW_INITIAL_S`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial_s: Option<u16>,
    /// Of `follow_me` and `secretary`: how long the list rings, in seconds; default [`crate::DEFAULT_FOLLOW_RING_S`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ring_s: Option<u16>,
    /// Of `follow_me`: whether one of the list rings after the other; default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_turn: Option<bool>,
    /// Of `follow_me`: what rings after the own phones, each `phone` with an extension or `number` with digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<Vec<String>>,
    /// Of `secretary`: who answers, each as [`crate::Secretary`] is written, in their order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secretaries: Option<Vec<String>>,
    /// Of `secretary`: who rings when, as [`crate::SecretaryStrategy`] is named; default `in_turn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy: Option<String>,
    /// Of `secretary`: whose calls, as [`crate::SecretaryCallers`] are named; default `all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callers: Option<String>,
    /// Of `secretary`: whose calls come to the boss all the same: numbers and patterns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass: Option<Vec<String>>,
    /// Of `assistant`: where keys lead, each a digit and a target as [`crate::Target`] is written: `1 person 102`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keys: Option<Vec<String>>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

/// One of a person's `callers`, who are always or never put through.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawCaller {
    /// A number or a pattern, as in `+4930*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Whether their calls are always taken; default false: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow: Option<bool>,
    /// Until when, `2026-12-24T13:00:00Z`; default for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

impl From<Value> for RawRule {
    fn from(value: Value) -> RawRule {
        let mut row = Row::new(value);
        RawRule {
            when: row.text("when"),
            enabled: row.flag("enabled"),
            ring_s: row.number("ring_s"),
            dnd: row.flag("dnd"),
            away: row.flag("away"),
            also: row.texts("also"),
            screen: row.flag("screen"),
            always: row.text("always"),
            on_active: row.text("on_active"),
            busy: row.text("busy"),
            unanswered: row.text("unanswered"),
            offline: row.text("offline"),
            oddities: row.finish(),
        }
    }
}

impl From<Value> for RawDiversion {
    fn from(value: Value) -> RawDiversion {
        let mut row = Row::new(value);
        RawDiversion {
            kind: row.text("kind"),
            enabled: row.flag("enabled"),
            when: row.text("when"),
            forced: row.text("forced"),
            to: row.text("to"),
            initial_s: row.number("initial_s"),
            ring_s: row.number("ring_s"),
            in_turn: row.flag("in_turn"),
            list: row.texts("list"),
            secretaries: row.texts("secretaries"),
            strategy: row.text("strategy"),
            callers: row.text("callers"),
            pass: row.texts("pass"),
            keys: row.texts("keys"),
            oddities: row.finish(),
        }
    }
}

impl From<Value> for RawCaller {
    fn from(value: Value) -> RawCaller {
        let mut row = Row::new(value);
        RawCaller {
            number: row.text("number"),
            allow: row.flag("allow"),
            until: row.text("until"),
            note: row.text("note"),
            oddities: row.finish(),
        }
    }
}
