//! What an administrator should know of, and what to do.

use sip::transport::Distrust;

use super::{mended, toll};
use crate::alarm::Alarm;
use crate::attempts::Why;
use crate::trunks::Trouble;
use crate::words::said;

pub(super) fn alarm(alarm: &Alarm) -> String {
    match alarm {
        Alarm::NoHelp { from, number, has_trunk } => {
            let (what, todo) = match has_trunk {
                true => ("Keine Amtsleitung konnte ihn erreichen", "prüfen Sie die Amtsleitungen"),
                false => ("Es ist keine Amtsleitung eingerichtet", "richten Sie eine Amtsleitung ein"),
            };
            format!(
                "{from} hat den Notruf {number} gewählt und wurde nicht verbunden: {what}. Sehen Sie nach, wer Hilfe \
                 braucht, und {todo}"
            )
        }
        Alarm::NothingWritten => {
            "auf den Speicher lässt sich nichts schreiben; Anrufe gehen weiter, und was geschieht, \
             bleibt so lange im Arbeitsspeicher. Prüfen Sie den Speicher: Ist er voll oder defekt?"
                .to_owned()
        }
        Alarm::MessageBroken { mailbox, length_s } => format!(
            "eine Nachricht für {mailbox} brach nach {length_s} s ab, weil sie sich nicht weiter aufnehmen ließ; prüfen Sie \
             den Speicher: Ist er voll oder defekt?"
        ),
        Alarm::RecordingGone { call } => format!(
            "eine Aufnahme von Anruf {} sollte bleiben und ist vom Speicher verschwunden: Jemand hat die Datei gelöscht, \
             oder der Speicher ist defekt",
            call.0
        ),
        Alarm::MessagesNotKept => "Nachrichten lassen sich zurzeit nicht in ihre Mailboxen legen; was Anrufer gesagt \
             haben, ist gespeichert, und die Box versucht es weiter. Prüfen Sie den Speicher: Ist er voll oder defekt?"
            .to_owned(),
        Alarm::MailboxLocked { mailbox, minutes, misses, from } => {
            let whose = match mailbox {
                Some(mailbox) => format!("die Mailbox von {mailbox} ist"),
                None => "Mailboxen, die es nicht gibt, sind".to_owned(),
            };
            let from = from.join(", ");
            format!(
                "{whose} für {minutes} Minuten gesperrt, nach {misses} falschen PINs hintereinander an Telefonen von \
                 {from}; fragen Sie nach, wer das war"
            )
        }
        Alarm::CodesLocked { extension, minutes, misses } => format!(
            "{extension} kann {minutes} Minuten lang keinen Berechtigungscode eingeben, nach {misses} falschen; fragen Sie nach, wer das war"
        ),
        Alarm::MailboxAlmostFull { mailbox, name, percent } => format!(
            "die Mailbox von {mailbox} ({name}) ist zu {percent} % voll: Bald können Anrufer keine Nachricht mehr \
             hinterlassen; löschen Sie Nachrichten, oder geben Sie ihr mehr Minuten"
        ),
        Alarm::Guessing { source, user, extension, tries } => {
            let whose = match extension {
                Some(extension) => format!("für das Telefon {user} ({extension})"),
                None => format!("unter Namen wie {user}, die kein Telefon hat"),
            };
            format!(
                "von {source} kamen {tries} falsche Passwörter, zuletzt {whose}; die Box bremst sie. Wenn es ein Telefon \
                 von Ihnen ist, tragen Sie dort das Passwort neu ein; wenn nicht, suchen Sie das Gerät mit dieser Adresse"
            )
        }
        Alarm::OutsideRefused { extension, number, why, refused } => toll::alarm(extension, number, *why, *refused),
        Alarm::OffNetwork => {
            "die Box hat in keinem Netz eine Adresse: Weder Telefone noch Amtsleitungen erreichen sie. Prüfen \
             Sie ihr Kabel, den Switch und den Router, der die Adressen vergibt"
                .to_owned()
        }
        Alarm::NewAddress { was, is } => format!(
            "die Adresse der Box war {was} und ist jetzt {is}. Telefone, in denen {was} eingestellt ist, finden sie nicht \
             wieder: Stellen Sie dort {is} ein, und lassen Sie den Router der Box immer dieselbe Adresse geben"
        ),
        Alarm::Mended(what) => mended::mended(what),
        Alarm::Told(text) => text.clone(),
    }
}

pub(super) fn why(why: Why) -> &'static str {
    match why {
        Why::UnknownUser => "kein Telefon hat diesen Benutzernamen",
        Why::WrongSecret => "das Passwort ist falsch",
        Why::Replayed => "ein gebrauchter Nachweis wurde noch einmal geschickt",
        Why::NotItsOwn => "es hat sich als andere Nebenstelle ausgegeben",
    }
}

pub(super) fn remedy(why: Why) -> &'static str {
    match why {
        Why::UnknownUser => {
            "wenn es ein Telefon von Ihnen ist, tragen Sie dort Benutzernamen und Passwort von der Seite der \
             Person ein; wenn nicht, suchen Sie das Gerät mit dieser Adresse, und prüfen Sie, dass die Box aus \
             dem Internet nicht erreichbar ist"
        }
        Why::WrongSecret => {
            "wenn es ein Telefon von Ihnen ist, erzeugen Sie unter Personen ein neues Passwort und tragen Sie es \
             dort ein; wenn nicht, suchen Sie das Gerät mit dieser Adresse"
        }
        Why::Replayed => {
            "ein Telefon, das dies immer wieder tut, braucht neuere Software; bei einer fremden Adresse hört \
             jemand in Ihrem Netz mit"
        }
        Why::NotItsOwn => {
            "tragen Sie im Telefon seine eigene Nebenstelle als Rufnummer ein; steht sie dort schon, benutzt \
             jemand sein Passwort"
        }
    }
}

pub(super) fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Starting => "sie hat noch nicht geantwortet".to_owned(),
        Trouble::SwitchedOff => "sie ist ausgeschaltet".to_owned(),
        Trouble::NoAddress { host } => {
            format!("der Name {host} ist nicht zu finden: Prüfen Sie die Schreibweise und das Netz")
        }
        Trouble::DnsSilent { host } => format!(
            "kein Nameserver antwortet, darum ist {host} nicht zu finden: Prüfen Sie die Internetverbindung und \
             den Nameserver der Box"
        ),
        Trouble::NoWay => {
            "die Box hört auf keiner Adresse dieser Art: Geben Sie die Adresse des Anbieters als IPv4 oder \
             IPv6 an, je nachdem, was die Box hat"
                .to_owned()
        }
        Trouble::Silent => "sie antwortet nicht: Prüfen Sie das Netz sowie Adresse und Port des Servers".to_owned(),
        Trouble::Distrusted { host, why } => distrusted(host, *why),
        Trouble::WrongSecret { status } => format!(
            "der Anbieter weist Benutzer oder Kennwort ab ({status}): Tragen Sie beide so ein, wie er sie mitgeteilt hat"
        ),
        Trouble::NoSecret => {
            "der Anbieter verlangt ein Kennwort, und es ist keins eingetragen: Tragen Sie das mitgeteilte ein"
                .to_owned()
        }
        Trouble::Refused { status, phrase } => {
            format!("der Anbieter weist die Anmeldung ab ({}): {}", said(*status, phrase), refusal(*status))
        }
        Trouble::CallUnanswered => "sie hat auf einen Anruf nicht geantwortet".to_owned(),
        Trouble::CallRefused { status } => format!("sie konnte einen Anruf nicht annehmen ({status})"),
    }
}

/// What to do about a registration that was refused with this status.
fn refusal(status: u16) -> &'static str {
    match status {
        300..400 => "das Konto ist umgezogen, fragen Sie den Anbieter nach dem neuen Namen des Servers",
        404 | 410 | 484 | 604 => "er kennt diesen Benutzer nicht, tragen Sie ihn so ein, wie er mitgeteilt wurde",
        423 => "er verlangt eine Dauer der Anmeldung, die die Box nicht zulässt, fragen Sie den Anbieter",
        405 | 501 => "er nimmt keine Anmeldungen an, wählen Sie „über die Adresse bekannt“",
        420 | 421 | 488 | 606 => "er verlangt etwas, das die Box nicht kann, fragen Sie den Anbieter",
        429 | 480 | 500..600 => "er ist gestört oder überlastet; die Box versucht es von selbst wieder",
        _ => "fragen Sie den Anbieter, was das bedeutet",
    }
}

fn distrusted(host: &str, why: Distrust) -> String {
    match why {
        Distrust::UnknownAuthority => format!(
            "niemand, den die Box kennt, bürgt für das Zertifikat von {host}: Setzen Sie die Zertifizierungsstelle des Anbieters ein, wenn er eine eigene hat"
        ),
        Distrust::Expired => format!(
            "das Zertifikat von {host} ist abgelaufen: Sagen Sie es dem Anbieter, und sehen Sie nach der Uhr der Box"
        ),
        Distrust::NotYetValid => format!("das Zertifikat von {host} gilt noch nicht: Sehen Sie nach der Uhr der Box"),
        Distrust::WrongName => format!(
            "das Zertifikat, das sie zeigt, ist nicht für {host}: Geben Sie den Server mit dem Namen an, den der Anbieter nennt"
        ),
        Distrust::BadCertificate => {
            format!("das Zertifikat von {host} ist nicht zu gebrauchen: Sagen Sie es dem Anbieter")
        }
        Distrust::NoTls => format!("kein TLS mit {host}: Prüfen Sie den Port des Servers, meist 5061"),
        Distrust::BadAuthority => {
            "die eingesetzte Zertifizierungsstelle ist nicht lesbar: Setzen Sie die des Anbieters neu ein".to_owned()
        }
        Distrust::NoAuthorities => "die Box kennt keine Zertifizierungsstelle des Internets: Installieren Sie das Paket ca-certificates, oder setzen Sie die des Anbieters ein".to_owned(),
    }
}
