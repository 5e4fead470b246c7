//! Was der Gebührenschutz sagt.

use crate::route::Authorize;
use crate::toll::Barred;

/// Warum eine Nebenstelle jetzt nicht nach draußen anrufen darf.
pub(super) fn barred(extension: &str, why: Barred) -> String {
    match why {
        Barred::NotPermitted => format!("{extension} darf nicht so weit anrufen"),
        Barred::AtNight => format!("{extension} darf zu dieser Stunde nicht so weit anrufen"),
        Barred::AtOnce { limit } => {
            format!("{extension} führt {limit} Anrufe nach draußen, mehr sind gleichzeitig nicht erlaubt")
        }
        Barred::PerHour { limit } => {
            format!(
                "{extension} hat in einer Stunde {limit} Anrufe nach draußen begonnen, mehr sind vorerst nicht erlaubt"
            )
        }
    }
}

/// Dass nach einem Code gefragt wird.
pub(super) fn asks(what: &Authorize, calls: &str) -> String {
    format!("{} nach einem Berechtigungscode fragen: {} zählt als {calls}", what.extension, what.number)
}

/// Warum ein Anruf nachts nicht geht; in Zeilen von früher galt das für alle.
pub(super) fn at_night(extension: &str, calls: &str) -> String {
    let who = if extension.is_empty() { "niemand" } else { &format!("{extension} nicht") };
    format!("{calls} darf zu dieser Stunde {who} führen")
}

/// Was jemand davon wissen muss.
pub(super) fn alarm(extension: &str, number: &str, why: Barred, refused: u32) -> String {
    let calls = match refused {
        1 => format!("ein Anruf von {extension} nach draußen wurde abgewiesen, an {number}"),
        _ => format!("{refused} Anrufe von {extension} nach draußen wurden abgewiesen, der letzte an {number}"),
    };
    format!(
        "{calls}: {}. Fragen Sie nach, wer das war; war es niemand, geben Sie den Telefonen dort neue Passwörter, und wenn \
         jemand so anrufen muss, eine weitere Grenze oder Berechtigung",
        barred(extension, why)
    )
}
