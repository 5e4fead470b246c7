//! Why a call, or one way of it, came to nothing or to its end.

use crate::events::Cause;

pub(super) fn because(cause: Cause) -> &'static str {
    match cause {
        Cause::HungUp => "aufgelegt",
        Cause::Cancelled => "vorher aufgelegt",
        Cause::Busy => "besetzt",
        Cause::Declined => "abgelehnt",
        Cause::Unanswered => "nicht abgenommen",
        Cause::Offline => "nicht erreichbar",
        Cause::NoSuchNumber => "keine gültige Nummer",
        Cause::NotAllowed => "nicht erlaubt",
        Cause::Blocked => "gesperrt",
        Cause::NoLine => "keine Amtsleitung konnte den Anruf nehmen",
        Cause::TollLimit => "zu viele Anrufe nach draußen",
        Cause::UnknownOutside => "draußen keine gültige Nummer",
        Cause::OutsideRefused => "draußen abgewiesen",
        Cause::EmergencyUnreachable => "Notruf nicht möglich",
        Cause::NoCodec => "kein gemeinsamer Codec",
        Cause::NoPort => "kein Audio-Port frei",
        Cause::Loop => "zu oft weitergeleitet",
        Cause::PartyLost => "Verbindung zu einem Telefon verloren",
        Cause::Overload => "eine Grenze der Box ist erreicht",
        Cause::NoSlot => "alle Parkplätze sind belegt",
        Cause::ShutDown => "die Box wurde beendet",
        Cause::Elsewhere => "anderswo angenommen",
        Cause::PickedUp => "ein anderer Anruf wurde übernommen",
        Cause::ByOrder => "von der Verwaltung beendet",
        Cause::Transferred => "ging in einem anderen Anruf weiter",
        Cause::Internal => "ein Fehler in der Box",
    }
}
