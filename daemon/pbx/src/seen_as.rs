//! Under which number whoever is called outside sees a call, and why (F26): decided once, for the call, its story and what-if.

use config::{Config, NumberForm, NumberFrom, Office, Trunk};
use serde::{Deserialize, Serialize};

use crate::route::{Dialled, OutsideCall};

/// What hides the caller's number from whoever is called outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HiddenBy {
    /// The code before the number, for this call.
    Code,
    /// The phone, which asks for it (RFC 3323).
    Phone,
    /// The setting of the extension that pays for the call.
    Extension,
    /// A caller outside who shows none.
    Caller,
}

/// Whence the number comes that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberOf {
    /// It was chosen for this extension.
    Chosen(String),
    /// It is the first of the office's numbers that leads to this extension.
    LeadsTo(String),
    /// It is that of this site.
    Site(String),
    /// It is that of the trunk, for who has none.
    Trunk,
    /// It is the name under which the box is known at the trunk, which has no number for who has none.
    Registered,
    /// It is the extension, for want of all others.
    Extension,
    /// It is that of whoever calls from outside, whose call is sent on.
    Caller,
}

/// How a call to the outside is seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeenAs {
    /// Without a number.
    Hidden {
        /// Why.
        because: HiddenBy,
    },
    /// Under a number.
    Shown {
        /// As the trunk is told it.
        number: String,
        /// Why this one.
        because: NumberOf,
        /// What would hide it, were the call not one for help.
        despite: Option<HiddenBy>,
    },
}

impl SeenAs {
    /// Whether there is no number.
    pub(crate) fn is_hidden(&self) -> bool {
        matches!(self, SeenAs::Hidden { .. })
    }

    /// The number that is shown and could be called; an extension is none.
    pub(crate) fn number(&self) -> Option<&str> {
        match self {
            SeenAs::Hidden { .. } | SeenAs::Shown { because: NumberOf::Extension, .. } => None,
            SeenAs::Shown { number, .. } => Some(number),
        }
    }
}

/// Who has sent a call on that goes out: the extension whose phone did, or else whoever has set it up, who pays then.
pub(crate) fn sent_on_by<'c>(call: &'c OutsideCall, dialled: &'c Dialled) -> Option<&'c String> {
    dialled.diverted_by.as_ref().or(Some(&call.extension).filter(|payer| **payer != dialled.extension))
}

/// How a call by this trunk is seen; `hides` is what hides the caller's number. Who calls for help is to be found.
pub(crate) fn seen_as(
    config: &Config,
    trunk: &Trunk,
    call: &OutsideCall,
    dialled: &Dialled,
    hides: Option<HiddenBy>,
) -> SeenAs {
    let (is_sent_on, is_from_outside) = (sent_on_by(call, dialled).is_some(), dialled.is_from_outside());
    // Who sends a call on may want to stay unknown too.
    let own = config.hides_number(&call.extension).then_some(HiddenBy::Extension);
    let hides = hides.or(own.filter(|_| is_sent_on && !is_from_outside));
    if let Some(because) = hides.filter(|_| !call.is_emergency) {
        return SeenAs::Hidden { because };
    }
    let (number, because) = match is_sent_on && is_from_outside {
        true => {
            let office = config.office();
            (in_form(office, trunk, &office.in_full(&dialled.extension)), NumberOf::Caller)
        }
        false => number_shown(config, trunk, call),
    };
    SeenAs::Shown { number, because, despite: hides }
}

/// The number of whoever a call to the outside is of, and whence it comes. Who calls for help is to be found, and called back.
pub(crate) fn number_shown(config: &Config, trunk: &Trunk, call: &OutsideCall) -> (String, NumberOf) {
    let shown = if call.is_emergency { Config::shown_for_help } else { Config::shown_as };
    number_by(config, trunk, &call.extension, shown(config, &call.extension))
}

/// What is known of an extension at a trunk: its number there in full, or what the trunk says of everybody.
pub(crate) fn known_at(config: &Config, trunk: &Trunk, extension: &str) -> String {
    known_by(config, trunk, extension, config.shown_as(extension))
}

/// The same in a call for help.
pub(crate) fn known_for_help(config: &Config, trunk: &Trunk, extension: &str) -> String {
    known_by(config, trunk, extension, config.shown_for_help(extension))
}

fn known_by(config: &Config, trunk: &Trunk, extension: &str, shown: Option<(&str, NumberFrom)>) -> String {
    match shown {
        Some((number, _)) => number.to_owned(),
        None => number_by(config, trunk, extension, None).0,
    }
}

/// The number under which an extension is known at a trunk.
pub(crate) fn number_at(config: &Config, trunk: &Trunk, extension: &str) -> String {
    number_by(config, trunk, extension, config.shown_as(extension)).0
}

fn number_by(config: &Config, trunk: &Trunk, extension: &str, shown: Option<(&str, NumberFrom)>) -> (String, NumberOf) {
    let form = |number: &str| in_form(config.office(), trunk, number);
    let site = || config.site_of(extension).map(|site| site.name.clone()).unwrap_or_default();
    if let Some((number, from)) = shown {
        let because = match from {
            NumberFrom::Chosen => NumberOf::Chosen(extension.to_owned()),
            NumberFrom::LeadsHere => NumberOf::LeadsTo(extension.to_owned()),
            NumberFrom::Site => NumberOf::Site(site()),
        };
        return (form(number), because);
    }
    match (&trunk.caller_number, &trunk.user) {
        (Some(number), _) => (form(number), NumberOf::Trunk),
        (None, Some(user)) => (user.clone(), NumberOf::Registered),
        (None, None) => (extension.to_owned(), NumberOf::Extension),
    }
}

/// A number as the trunk wants it.
pub(crate) fn in_form(office: &Office, trunk: &Trunk, number: &str) -> String {
    match trunk.numbers {
        NumberForm::E164 | NumberForm::AsIs => number.to_owned(),
        NumberForm::Digits => number.strip_prefix('+').unwrap_or(number).to_owned(),
        NumberForm::National => office.as_national(number),
    }
}
