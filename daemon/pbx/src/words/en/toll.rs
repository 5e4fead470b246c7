//! What the toll guard says.

use config::Class;

use crate::events::Happened;
use crate::route::{Authorize, Charge};
use crate::toll::Barred;

/// Why an extension may not make a call to the outside now.
pub(super) fn barred(extension: &str, why: Barred) -> String {
    match why {
        Barred::NotPermitted => format!("{extension} may not call so far"),
        Barred::AtNight => format!("{extension} may not call so far at this hour"),
        Barred::AtOnce { limit } => {
            format!("{extension} has {limit} calls to the outside, and may have no more at once")
        }
        Barred::PerHour { limit } => {
            format!("{extension} has begun {limit} calls to the outside within an hour, and may begin no more for now")
        }
    }
}

/// What the caller keyed; of other events nothing.
pub(super) fn happened(what: &Happened) -> String {
    match what {
        Happened::Authorized { by, code } => format!("{by} keyed the code {code}, which lets the call out"),
        Happened::Charged { by, account, name } => {
            format!("{by} charged the call to account {account}, {name}")
        }
        Happened::Uncharged { by } => format!("{by} keyed no account, and the call is charged to none"),
        Happened::WrongAccount { by } => format!("{by} keyed a number that is no account"),
        Happened::WrongCode { by } => format!("{by} keyed a wrong authorization code"),
        _ => String::new(),
    }
}

/// That a code is asked for.
pub(super) fn asks(what: &Authorize) -> String {
    let Authorize { extension, number, class, .. } = what;
    format!("ask {extension} for an authorization code, which the {class} call to {number} needs")
}

/// That an account is asked for.
pub(super) fn charges(what: &Charge) -> String {
    let extension = &what.extension;
    match what.is_required {
        true => {
            format!("ask {extension} for the account that the call is charged to, without which it does not go out")
        }
        false => format!("ask {extension} for the account that the call is charged to"),
    }
}

/// That nobody could be asked for one.
pub(super) fn uncharged(extension: &str) -> String {
    format!("an account is required of {extension}, and nobody is there to key one: the call is charged to none")
}

/// Why a call cannot be made at night; in lines of before that held for everybody.
pub(super) fn at_night(extension: &str, class: Class) -> String {
    let who = if extension.is_empty() { "nobody may" } else { &format!("{extension} may not") };
    format!("it is a {class} call, which {who} make at this hour")
}

/// What somebody must know of it.
pub(super) fn alarm(extension: &str, number: &str, why: Barred, refused: u32) -> String {
    let calls = match refused {
        1 => format!("a call of {extension} to the outside was refused, to {number}"),
        _ => format!("{refused} calls of {extension} to the outside were refused, the last one to {number}"),
    };
    format!(
        "{calls}: {}. Ask who that was; if it was nobody, give its phones new passwords, and if somebody has to call so, \
         give them a wider limit or permission",
        barred(extension, why)
    )
}
