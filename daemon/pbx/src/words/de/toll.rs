//! Was der Gebührenschutz sagt.

use crate::events::Happened;
use crate::route::{Authorize, Charge};
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

/// Was der Anrufer eingegeben hat; von anderem nichts.
pub(super) fn happened(what: &Happened) -> String {
    match what {
        Happened::Authorized { by, code } => format!("{by} hat den Code {code} eingegeben, der den Anruf freigibt"),
        Happened::Charged { by, account, name } => {
            format!("{by} hat den Anruf auf die Kostenstelle {account}, {name}, gebucht")
        }
        Happened::Uncharged { by } => format!("{by} hat keine Kostenstelle eingegeben, und der Anruf geht auf keine"),
        Happened::WrongAccount { by } => format!("{by} hat eine Nummer eingegeben, die keine Kostenstelle ist"),
        Happened::WrongCode { by } => format!("{by} hat einen falschen Berechtigungscode eingegeben"),
        _ => String::new(),
    }
}

/// Dass nach einem Code gefragt wird.
pub(super) fn asks(what: &Authorize, calls: &str) -> String {
    format!("{} nach einem Berechtigungscode fragen: {} zählt als {calls}", what.extension, what.number)
}

/// Dass nach einer Kostenstelle gefragt wird.
pub(super) fn charges(what: &Charge) -> String {
    let extension = &what.extension;
    match what.is_required {
        true => format!("{extension} nach der Kostenstelle fragen, ohne die der Anruf nicht hinausgeht"),
        false => format!("{extension} nach der Kostenstelle des Anrufs fragen"),
    }
}

/// Dass niemand danach gefragt werden konnte.
pub(super) fn uncharged(extension: &str) -> String {
    format!("{extension} muss eine Kostenstelle angeben, und niemand kann sie eingeben: Der Anruf geht auf keine")
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
