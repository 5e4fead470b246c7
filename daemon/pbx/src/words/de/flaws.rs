//! What the sweep found, and what to do.

use config::Class;

use super::routing::{calls_of, reach_of};
use crate::sweep::Flaw;

pub(super) fn flaw(flaw: &Flaw) -> String {
    match flaw {
        Flaw::NoHelp { number } => format!(
            "{number} ist ein Notruf und lässt sich nicht anrufen: Legen Sie eine Amtsleitung an, oder sagen Sie allen, \
             wie man Hilfe ruft"
        ),
        Flaw::LeadsNowhere { number } => format!(
            "{number} führt ins Leere: Lassen Sie sie zu einer Nebenstelle oder einem Code führen, wo jemand abnimmt"
        ),
        Flaw::GoesRound { extension, to } => format!(
            "Anrufe, die {extension} an {to} weitergibt, gehen im Kreis: Ändern Sie eine der Regeln oder Umleitungen \
             auf dem Weg"
        ),
        Flaw::ForwardFails { extension, number } => format!(
            "{extension} gibt Anrufe an {number} weiter und darf oder kann dort nicht anrufen: Erlauben Sie es unter \
             Personen, legen Sie einen Weg an, oder ändern Sie das Ziel"
        ),
        Flaw::LeavesTheCountry { extension, number, class: Class::Premium } => format!(
            "{extension} gibt Anrufe an die Sonderrufnummer {number} weiter und zahlt dafür: Prüfen Sie, ob das so \
             gemeint ist"
        ),
        Flaw::LeavesTheCountry { extension, number, .. } => format!(
            "{extension} gibt Anrufe an {number} im Ausland weiter und zahlt dafür: Prüfen Sie, ob das so gemeint ist"
        ),
        Flaw::RingsNobody { extension } => format!(
            "Anrufe an {extension} klingeln bei niemandem und hinterlassen keine Nachricht: Geben Sie ihr ein Telefon oder \
             eine Mailbox, oder geben Sie die Anrufe weiter"
        ),
        Flaw::NobodyAnswers { extension } => format!(
            "{extension} hat ein Sekretariat, und niemand davon nimmt Anrufe an: Schalten Sie eines ein, oder das Sekretariat \
             aus"
        ),
        Flaw::NeverHolds { extension, rule, by: Some(by) } => format!(
            "die Regel {rule} von {extension} entscheidet nie, weil {by} vor ihr steht: Setzen Sie sie höher, oder \
             löschen Sie sie"
        ),
        Flaw::NeverHolds { extension, rule, by: None } => format!(
            "die Regel {rule} von {extension} gilt ein Jahr lang nicht: Geben Sie ihrer Zeitgruppe künftige Zeiten, oder \
             löschen Sie sie"
        ),
        Flaw::NoWayOut { class, number } => format!(
            "{} wie an {number} gehen nirgendwohin, obwohl manche sie führen dürfen: Legen Sie einen Weg an, oder erlauben \
             Sie unter Personen weniger",
            calls_of(*class)
        ),
        Flaw::PassesPermission { permission, class, number, route } => format!(
            "wer {} darf, kann {number} anrufen (das sind {}), weil der Weg {route} es billiger nennt: Berichtigen Sie, was \
             seine Anrufe kosten",
            reach_of(*permission),
            calls_of(*class)
        ),
        Flaw::RouteUnused { route } => {
            format!("über den Weg {route} geht keine Nummer hinaus, weil andere von allen mehr sagen: Löschen Sie ihn")
        }
        Flaw::RouteWithoutTrunk { route } => format!(
            "die Amtsleitungen des Wegs {route} sind alle ausgeschaltet: Schalten Sie eine ein, oder geben Sie ihm eine \
             andere"
        ),
    }
}
