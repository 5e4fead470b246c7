//! What came of a test call.

use crate::tested::Tested;
use crate::words::{Language, seconds};

pub(super) fn tested(tested: &Tested) -> String {
    let comma = |ms: u32| seconds(ms).replace('.', ",");
    match tested {
        Tested::Answered { after_ms, heard: true, round_trip_ms, .. } => {
            format!(
                "nach {} s angenommen, und Ton kam an; das erste Wort kam nach {round_trip_ms} ms",
                comma(*after_ms)
            )
        }
        Tested::Answered { after_ms, listened_ms, heard: false, .. } => format!(
            "nach {} s angenommen, aber in {} s kam kein Ton an: Prüfen Sie, ob der Anbieter die Sprachports der Box erreicht",
            comma(*after_ms),
            comma(*listened_ms)
        ),
        Tested::Refused { status, round_trip_ms } => {
            format!("mit {status} abgelehnt ({}); das erste Wort kam nach {round_trip_ms} ms", meaning(*status))
        }
        Tested::Unanswered { after_ms, rang: true } => {
            format!("es klingelte, und niemand nahm binnen {} s ab", comma(*after_ms))
        }
        Tested::Unanswered { after_ms, rang: false } => {
            format!("der Anbieter nahm den Anruf entgegen, aber binnen {} s klingelte nichts", comma(*after_ms))
        }
        Tested::Silent => {
            "der Anbieter sagte gar nichts: Prüfen Sie, ob Adresse, Port und Übertragungsweg stimmen".to_owned()
        }
        Tested::Failed { cause } => format!("gescheitert: {}", Language::German.words().cause(*cause)),
    }
}

/// Who asked for a call: a test call is the box's own, and comes from nowhere.
pub(super) fn who(from: &str, phone: &str, dialled: &str, source: &str) -> String {
    if source.is_empty() {
        return format!("die Box selbst ruft {dialled} an");
    }
    format!("{from} wählt {dialled} am Telefon {phone} ({source})")
}

fn meaning(status: u16) -> &'static str {
    match status {
        401 | 407 => "er nimmt Benutzer und Passwort nicht an",
        403 => "er erlaubt diesen Anruf nicht",
        404 | 410 | 484 | 604 => "er kennt diese Rufnummer nicht",
        408 | 480 => "die Rufnummer ist jetzt nicht erreichbar",
        415 | 488 | 606 => "er hat keinen Codec mit der Box gemeinsam",
        486 | 600 => "die Rufnummer ist besetzt",
        603 | 607 | 608 => "der Angerufene hat abgelehnt",
        500..=599 => "er, oder ein Netz dahinter, ist gestört",
        _ => "mehr sagen die Nachrichten des Anrufs",
    }
}
