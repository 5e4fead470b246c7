//! What the toll guard says.

use config::Class;

use crate::route::Authorize;
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

/// That a code is asked for.
pub(super) fn asks(what: &Authorize) -> String {
    let Authorize { extension, number, class, .. } = what;
    format!("ask {extension} for an authorization code, which the {class} call to {number} needs")
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
