//! What had to be mended when the store was opened, in German.

use crate::alarm::Mended;

/// What a start found.
pub(super) fn mended(what: &Mended) -> String {
    let text = match what {
        Mended::CopyDamaged { copy } => return format!("auch die Kopie {copy} der Datenbank ist beschädigt"),
        Mended::FellBack { copy, kept } => {
            return format!(
                "die Datenbank war beschädigt, und die Kopie {copy} ist an ihrer Stelle: Anrufe seit dieser Kopie fehlen, die \
                 beschädigte Datei liegt unter {kept}"
            );
        }
        Mended::BegunAnew { kept } => {
            return format!(
                "die Datenbank war beschädigt, und keine Kopie von ihr ist gut: Eine neue ohne die früheren Anrufe ist an ihrer \
                 Stelle, die beschädigte Datei liegt unter {kept}"
            );
        }
        Mended::RevisionDamaged { revision } => {
            return format!(
                "Stand {revision} des Büros ist auf dem Speicher beschädigt: Der davor gilt, lesen Sie die Bürodatei neu ein"
            );
        }
        Mended::OfficePutBack { revision } => {
            return format!("der Datenbank fehlte Stand {revision} des Büros: Er ist aus backup/office.toml wieder da");
        }
        Mended::OfficeNotPutBack => {
            "der Datenbank fehlt der neueste Stand des Büros, und aus backup/office.toml ließ er sich nicht zurückholen: \
             Warum, steht im Protokoll"
        }
        Mended::RealmPutBack { realm } => {
            return format!(
                "der Realm der Kennwörter war in der Datenbank beschädigt: {realm} ist aus backup/office.toml wieder da"
            );
        }
        Mended::TrunkSecretsLost => {
            "die Kennwörter der Amtsleitungen lassen sich nicht lesen, und wer sich damit anmeldet, kann es nicht: Tragen Sie \
             sie neu ein"
        }
        Mended::MailboxesUnread => {
            "die Mailboxen ließen sich beim Start nicht durchsehen: Nachrichten der letzten Minuten davor fehlen, bis sich der \
             Speicher beschreiben lässt"
        }
        Mended::CallsShownUp => {
            "Anrufe, die beim Halt der Box liefen, gelten bis zum nächsten Start als laufend: Prüfen Sie den Speicher, ist er voll?"
        }
        Mended::RowsMended { count } => {
            let (messages, were) = several(*count, "Nachricht war", "Nachrichten waren", "wurde", "wurden");
            return format!(
                "{messages} in der Datenbank beschädigt und {were} aus den Notizen neben dem Ton hergestellt"
            );
        }
        Mended::RecordingsPutBack { count } => {
            let (messages, were) =
                several(*count, "Nachricht oder Ansage", "Nachrichten oder Ansagen", "liegt", "liegen");
            return format!("{messages} {were} wieder in der Mailbox: In der Datenbank fehlte das");
        }
        Mended::AudioMissing { count, folder } => return audio_missing(*count, folder),
        Mended::PutAside { count, folder } => return put_aside(*count, folder),
        Mended::Unreadable { count, folder } => return unreadable(*count, folder),
    };
    text.to_owned()
}

fn audio_missing(count: usize, folder: &str) -> String {
    let (messages, were) = several(count, "Nachricht oder Ansage", "Nachrichten oder Ansagen", "ist", "sind");
    format!("{messages} ohne Ton in {folder} {were} nicht mehr in der Mailbox")
}

fn put_aside(count: usize, folder: &str) -> String {
    let (recordings, belong) = several(count, "Aufnahme", "Aufnahmen", "gehört", "gehören");
    format!(
        "{recordings} in {folder} {belong} niemandem, den die Box kennt: Hören Sie nach, was jetzt in {folder}/lost liegt"
    )
}

fn unreadable(count: usize, folder: &str) -> String {
    let (recordings, are) = several(count, "Aufnahme", "Aufnahmen", "lässt", "lassen");
    format!(
        "{recordings} in {folder} {are} sich nicht lesen, und einer Mailbox fehlt das vielleicht: Prüfen Sie den Speicher, \
         der nächste Start versucht es wieder"
    )
}

/// So many, and the verb of that.
fn several(count: usize, one: &str, more: &str, is: &'static str, are: &'static str) -> (String, &'static str) {
    if count == 1 { (format!("1 {one}"), is) } else { (format!("{count} {more}"), are) }
}
