//! German, with the words of the page.

use config::{Class, Feature, Permission};

use super::{Words, said};
use crate::alarm::Alarm;
use crate::attempts::Why;
use crate::events::{By, Cause, Ending, Happened};
use crate::ids::{LegId, RecordingId};
use crate::input::{Quality, RecordEnd};
use crate::route::{Act, Announcement, Outcome, PickUp, Reason, Retrieve};
use crate::trunks::{Health, Trouble, Unusable};

pub(super) struct German;

impl Words for German {
    fn ending(&self, cause: Cause, ending: &Ending) -> String {
        match ending {
            Ending::Between { from, to, by } => between(cause, from, to, *by),
            Ending::Deposit { from, mailbox, has_left: true } => {
                format!("{from} hat eine Nachricht für {mailbox} hinterlassen")
            }
            Ending::Deposit { from, mailbox, has_left: false } => {
                format!("{from} kam zur Mailbox von {mailbox} und hat keine Nachricht hinterlassen")
            }
            Ending::Retrieval { from, opened, refused } => retrieval(from, opened.as_deref(), refused.as_deref()),
            Ending::PickUp { by, of } => format!("{by} hat einen Anruf übernommen, der bei {of} klingelte"),
            Ending::Connected { by, call } => {
                format!("{by} hat die anderen miteinander verbunden; weiter ging es in Anruf {}", call.0)
            }
            Ending::PowerCut => "während dieses Anrufs oder danach ist die Box ausgefallen".to_owned(),
            Ending::Told(text) => text.clone(),
        }
    }

    fn is_up(&self) -> &'static str {
        "der Anruf läuft noch"
    }

    fn happened(&self, what: &Happened) -> String {
        match what {
            Happened::Asked { from, phone, dialled, source, revision } => {
                format!("{from} wählt {dialled} am Telefon {phone} ({source}), es gilt Änderung {revision} des Büros")
            }
            Happened::Decided { .. } => "der Weg ist entschieden".to_owned(),
            Happened::Entered { step } => format!("Schritt {} beginnt", step + 1),
            Happened::Invited { leg, phone, contact } => {
                format!("{}: Telefon {phone} wird unter {contact} angerufen", side(*leg))
            }
            Happened::CalledOut { leg, trunk, number, at } => {
                format!("{}: {number} wird über die Amtsleitung {trunk} bei {at} angerufen", side(*leg))
            }
            Happened::PassedOver { trunk, why: Unusable::Down } => {
                format!("die Amtsleitung {trunk} ist gestört und wird übergangen")
            }
            Happened::PassedOver { trunk, why: Unusable::Full } => {
                format!("die Amtsleitung {trunk} hat keinen Kanal frei und wird übergangen")
            }
            Happened::Rang { leg } => format!("{}: klingelt", side(*leg)),
            Happened::Failed { leg, cause } => format!("{}: gescheitert, {}", side(*leg), self.cause(*cause)),
            Happened::NotReached { phone, cause } => {
                format!("Telefon {phone} ließ sich nicht anrufen: {}", self.cause(*cause))
            }
            Happened::Diverted { to } => format!("das Telefon leitet den Anruf an {to} weiter"),
            Happened::Transferring { by, to } => format!("{by} vermittelt den Anruf an {to}"),
            Happened::TransferRefused { by, to, cause } => {
                format!("{by} wollte den Anruf an {to} vermitteln, was nicht ging: {}", self.cause(*cause))
            }
            Happened::Transferred { by, to } => format!("{by} hat den Anruf an {to} vermittelt"),
            Happened::HandedBack { by, to, cause } => {
                format!("{to}: {}; der Anruf geht zurück an {by}", self.cause(*cause))
            }
            Happened::Joined { call, leg, extension } => {
                format!("{}: {extension} kommt aus Anruf {} dazu", side(*leg), call.0)
            }
            Happened::TakenOver { leg, from, phone } => {
                format!("{}: Telefon {phone} löst {} ab", side(*leg), side(*from))
            }
            Happened::CalledBack { number } => format!("{number} wird zurückgerufen"),
            Happened::Refused { leg, status } => format!("{}: mit Status {status} abgewiesen", side(*leg)),
            Happened::PickedUp { leg, phone, by, of } => {
                format!("{}: {by} übernimmt am Telefon {phone} den Anruf, der bei {of} klingelte", side(*leg))
            }
            Happened::Answered { leg, codec } if codec.is_empty() => format!("{}: abgenommen", side(*leg)),
            Happened::Answered { leg, codec } => format!("{}: abgenommen, {codec}", side(*leg)),
            Happened::Held { leg } => format!("{}: hält den Anruf", side(*leg)),
            Happened::Resumed { leg } => format!("{}: holt den Anruf aus dem Halten zurück", side(*leg)),
            Happened::Probed { leg, is_alive: true } => format!("{}: stumm, aber das Telefon antwortet", side(*leg)),
            Happened::Probed { leg, is_alive: false } => {
                format!("{}: stumm, und das Telefon antwortet nicht mehr", side(*leg))
            }
            Happened::Recording { leg, recording, mailbox } => {
                format!("{}: wird für die Mailbox von {mailbox} aufgenommen, {}", side(*leg), taken(*recording))
            }
            Happened::Recorded { recording, length_ms, end } => {
                format!("{}: {} s, {}", taken(*recording), length_ms / 1000, record_end(*end))
            }
            Happened::MailboxOpened { mailbox } => format!("die Mailbox von {mailbox} ist geöffnet"),
            Happened::WrongPin { mailbox } if mailbox.is_empty() => {
                "eine PIN für eine Mailbox, die es nicht gibt".to_owned()
            }
            Happened::WrongPin { mailbox } => format!("eine falsche PIN für die Mailbox von {mailbox}"),
            Happened::Quality { leg, quality } => heard(*leg, quality),
            Happened::Left { leg } => format!("{}: beendet", side(*leg)),
            Happened::Ended { cause, because } => format!("zu Ende: {}", self.ending(*cause, because)),
        }
    }

    fn act(&self, act: &Act) -> String {
        match act {
            Act::Ring(ring) => format!("{} {} s lang klingeln lassen", ring.extension, ring.limit_s),
            Act::EchoTest => "den Echotest starten".to_owned(),
            Act::Announce(Announcement::Time) => "die Uhrzeit ansagen".to_owned(),
            Act::Announce(Announcement::OwnExtension) => "die eigene Nebenstelle ansagen".to_owned(),
            Act::Announce(Announcement::BoxStatus) => "Adresse, Version und Telefone der Box ansagen".to_owned(),
            Act::Announce(Announcement::NoSuchMailbox) => "ansagen, dass es diese Mailbox nicht gibt".to_owned(),
            Act::Announce(Announcement::NothingToPickUp) => "ansagen, dass kein Anruf zu übernehmen ist".to_owned(),
            Act::PickUp(PickUp { of: Some(of) }) => format!("den Anruf übernehmen, der bei {of} klingelt"),
            Act::PickUp(PickUp { of: None }) => "den Anruf übernehmen, der in der Übernahmegruppe klingelt".to_owned(),
            Act::Deposit(deposit) => format!("eine Nachricht für {} aufnehmen", deposit.mailbox),
            Act::Retrieve(Retrieve { mailbox: Some(mailbox), .. }) => format!("die Mailbox von {mailbox} öffnen"),
            Act::Retrieve(Retrieve { mailbox: None, .. }) => "fragen, wessen Mailbox geöffnet werden soll".to_owned(),
            Act::Outside(call) => format!("{} über die Amtsleitung {} anrufen", call.number, call.trunk),
            Act::Reject(cause) => format!("abweisen: {}", self.cause(*cause)),
        }
    }

    fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::EmergencyNumber { number } => format!("{number} ist eine Notrufnummer"),
            Reason::NoTrunk => "es ist keine Amtsleitung eingerichtet".to_owned(),
            Reason::FeatureCode { code, feature } => format!("{code} ist der Code für {}", self.feature(*feature)),
            Reason::ExtensionOf { extension, person } => format!("{extension} ist die Nebenstelle von {person}"),
            Reason::CallerOwnPhone => "das anrufende Telefon gehört dazu und klingelt nicht bei sich selbst".to_owned(),
            Reason::PhonesRegistered { phones: 0, .. } => "es gibt dort kein Telefon, das klingeln könnte".to_owned(),
            Reason::PhonesRegistered { registered: 0, phones: 1 } => "das Telefon dort ist nicht angemeldet".to_owned(),
            Reason::PhonesRegistered { registered: 1, phones: 1 } => "das Telefon dort ist angemeldet".to_owned(),
            Reason::PhonesRegistered { registered: 1, phones } => {
                format!("eines der {phones} Telefone dort ist angemeldet")
            }
            Reason::PhonesRegistered { registered, phones } => {
                format!("{registered} der {phones} Telefone dort sind angemeldet")
            }
            Reason::InCalls { calls: 1 } => "dort wird gerade telefoniert".to_owned(),
            Reason::InCalls { calls } => format!("dort laufen gerade {calls} Anrufe"),
            Reason::NoCallWaiting => "während eines Gesprächs klingelt es dort nicht".to_owned(),
            Reason::OtherPickupGroup { extension } => format!("{extension} gehört zu einer anderen Übernahmegruppe"),
            Reason::TakesMessages { extension } => format!("Anrufer dürfen für {extension} Nachrichten hinterlassen"),
            Reason::Operator { extension } => format!("{extension} ist die Zentrale"),
            Reason::SentOn { extension } => format!("ein Telefon von {extension} hat den Anruf dorthin weitergeleitet"),
            Reason::OperatorUnanswered => "die Zentrale hat nicht abgenommen".to_owned(),
            Reason::NoMailbox { number } => format!("{number} hat keine Mailbox"),
            Reason::Route { name, number } => format!("{number} geht auf dem Weg {name} hinaus"),
            Reason::Permitted { extension, class } => format!("{extension} darf {} führen", calls_of(*class)),
            Reason::NotPermitted { extension, class, permission } => {
                format!("{extension} darf {}, und keine {} führen", reach_of(*permission), calls_of(*class))
            }
            Reason::AtNight { class } => format!("{} darf zu dieser Stunde niemand führen", calls_of(*class)),
            Reason::FromOutside => "der Anrufer ist draußen, und niemand im Büro zahlt dafür".to_owned(),
            Reason::TrunkIs { trunk, health: Health::Up } => format!("die Amtsleitung {trunk} ist bereit"),
            Reason::TrunkIs { trunk, health: Health::Degraded } => {
                format!("die Amtsleitung {trunk} ist beeinträchtigt")
            }
            Reason::TrunkIs { trunk, health: Health::Down } => format!("die Amtsleitung {trunk} ist gestört"),
            Reason::NoTrunkLeft => "es gibt keine weitere Amtsleitung".to_owned(),
            Reason::OwnNumber { number, to } => format!("{number} ist eine Rufnummer des Büros und führt zu {to}"),
            Reason::NoOwnNumber { number } => format!("{number} ist keine Rufnummer des Büros"),
            Reason::After { outcome } => self.outcome(*outcome).to_owned(),
            Reason::NoSuchNumber { number } => {
                format!("{number} ist weder Nebenstelle noch Funktionscode noch Notrufnummer")
            }
        }
    }

    fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Busy => "es war besetzt",
            Outcome::Declined => "der Anruf wurde abgelehnt",
            Outcome::Unanswered => "niemand hat abgenommen",
            Outcome::Offline => "kein Telefon war erreichbar",
            Outcome::Incompatible => "es gibt keinen gemeinsamen Codec",
            Outcome::NoWay => "die Amtsleitung davor konnte den Anruf nicht nehmen",
            Outcome::Operator => "der Anrufer wollte zur Zentrale",
            Outcome::NothingRings => "nichts hat geklingelt",
        }
    }

    fn cause(&self, cause: Cause) -> &'static str {
        match cause {
            Cause::HungUp => "aufgelegt",
            Cause::Cancelled => "vorher aufgelegt",
            Cause::Busy => "besetzt",
            Cause::Declined => "abgelehnt",
            Cause::Unanswered => "nicht abgenommen",
            Cause::Offline => "nicht erreichbar",
            Cause::NoSuchNumber => "keine gültige Nummer",
            Cause::NotAllowed => "nicht erlaubt",
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
            Cause::ShutDown => "die Box wurde beendet",
            Cause::PickedUp => "ein anderer Anruf wurde übernommen",
            Cause::ByOrder => "von der Verwaltung beendet",
            Cause::Transferred => "ging in einem anderen Anruf weiter",
            Cause::Internal => "ein Fehler in der Box",
        }
    }

    fn feature(&self, feature: Feature) -> &'static str {
        match feature {
            Feature::EchoTest => "den Echotest",
            Feature::Time => "die Uhrzeit",
            Feature::OwnExtension => "die eigene Nebenstelle",
            Feature::BoxStatus => "den Zustand der Box",
            Feature::MyVoicemail => "die eigene Mailbox",
            Feature::AnyVoicemail => "eine beliebige Mailbox",
            Feature::LeaveMessage => "eine Nachricht an eine Mailbox",
            Feature::GroupPickup => "die Übernahme eines Anrufs in der Übernahmegruppe",
            Feature::DirectedPickup => "die Übernahme eines Anrufs an einer Nebenstelle",
        }
    }

    fn alarm(&self, alarm: &Alarm) -> String {
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
            Alarm::NothingWritten => "auf den Speicher lässt sich nichts schreiben; Anrufe gehen weiter, und was geschieht, \
                 bleibt so lange im Arbeitsspeicher. Prüfen Sie den Speicher: Ist er voll oder defekt?"
                .to_owned(),
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
            Alarm::Told(text) => text.clone(),
        }
    }

    fn why(&self, why: Why) -> &'static str {
        match why {
            Why::UnknownUser => "kein Telefon hat diesen Benutzernamen",
            Why::WrongSecret => "das Passwort ist falsch",
            Why::Replayed => "ein gebrauchter Nachweis wurde noch einmal geschickt",
            Why::NotItsOwn => "es hat sich als andere Nebenstelle ausgegeben",
        }
    }

    fn remedy(&self, why: Why) -> &'static str {
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

    fn trouble(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::Starting => "sie hat noch nicht geantwortet".to_owned(),
            Trouble::SwitchedOff => "sie ist ausgeschaltet".to_owned(),
            Trouble::NoAddress { host } => {
                format!("der Name {host} ist nicht zu finden: Prüfen Sie die Schreibweise und das Netz")
            }
            Trouble::NoWay => {
                "die Box hört auf keiner Adresse dieser Art: Geben Sie die Adresse des Anbieters als IPv4 oder \
                 IPv6 an, je nachdem, was die Box hat"
                    .to_owned()
            }
            Trouble::Silent => "sie antwortet nicht: Prüfen Sie das Netz sowie Adresse und Port des Servers".to_owned(),
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

fn between(cause: Cause, from: &str, to: &str, by: By) -> String {
    match cause {
        Cause::HungUp => match by {
            By::Caller => format!("{from} hat aufgelegt"),
            By::Callee => format!("{to} hat aufgelegt"),
            By::Box => format!("{to} war von selbst zu Ende"),
        },
        Cause::Cancelled => format!("{from} hat aufgelegt, bevor {to} abnahm"),
        Cause::Busy => format!("{to} war besetzt"),
        Cause::Declined => format!("{to} hat den Anruf abgelehnt"),
        Cause::Unanswered => format!("bei {to} hat in der Klingelzeit niemand abgenommen"),
        Cause::Offline => format!("kein Telefon von {to} war erreichbar"),
        Cause::NoSuchNumber => format!("{to} ist keine Nummer dieses Büros"),
        Cause::NotAllowed => format!("{from} darf {to} nicht anrufen"),
        Cause::NoLine => format!("keine Amtsleitung konnte den Anruf von {from} an {to} nehmen"),
        Cause::TollLimit => format!("{from} hat vorerst so oft nach draußen angerufen wie erlaubt"),
        Cause::UnknownOutside => format!("der Anbieter kennt keine Nummer {to}"),
        Cause::OutsideRefused => format!("der Anruf von {from} an {to} wurde draußen abgewiesen"),
        Cause::EmergencyUnreachable => {
            format!("{from} hat den Notruf {to} gewählt, und keine Amtsleitung konnte ihn erreichen")
        }
        Cause::NoCodec => format!("ein Telefon von {from} oder {to} hat keinen Audio-Codec mit der Box gemeinsam"),
        Cause::NoPort => {
            "kein Audio-Port ließ sich öffnen; ein anderes Programm belegt die RTP-Ports der Box".to_owned()
        }
        Cause::Loop => format!("der Anruf wurde zu oft weitergeleitet, zuletzt an {to}"),
        Cause::PartyLost => match by {
            By::Caller => format!("das Telefon von {from} war plötzlich weg"),
            By::Callee => format!("das Telefon von {to} war plötzlich weg"),
            By::Box => "ein Telefon war plötzlich weg".to_owned(),
        },
        Cause::Overload => "eine Grenze der Box war erreicht".to_owned(),
        Cause::ShutDown => "die Box wurde beendet".to_owned(),
        Cause::PickedUp => format!("{from} hat statt {to} einen anderen Anruf übernommen"),
        Cause::ByOrder => "die Verwaltung hat den Anruf beendet".to_owned(),
        Cause::Transferred => format!("{from} und {to} sprachen in einem anderen Anruf weiter"),
        Cause::Internal => {
            "ein Fehler in der Box hat den Anruf beendet; bitte melden Sie ihn zusammen mit dem Protokoll".to_owned()
        }
    }
}

fn retrieval(from: &str, opened: Option<&str>, refused: Option<&str>) -> String {
    match (opened, refused) {
        (Some(mailbox), _) if mailbox == from => format!("{from} hat die eigene Mailbox abgehört"),
        (Some(mailbox), _) => format!("{from} hat die Mailbox von {mailbox} abgehört"),
        (None, Some("")) => format!("{from} hat eine PIN für eine Mailbox eingegeben, die es nicht gibt"),
        (None, Some(mailbox)) => format!("{from} hat eine falsche PIN für die Mailbox von {mailbox} eingegeben"),
        (None, None) => format!("{from} hat keine Mailbox geöffnet"),
    }
}

fn record_end(end: RecordEnd) -> &'static str {
    match end {
        RecordEnd::Stopped => "bis zum Ende",
        RecordEnd::Limit => "an der Höchstdauer beendet",
        RecordEnd::Silence => "nach Stille beendet",
        RecordEnd::Failed => "abgebrochen, der Speicher nimmt nichts mehr an",
    }
}

/// What a party's phone received and was sent.
fn heard(leg: LegId, quality: &Quality) -> String {
    let jitter = format!("{:.1}", quality.jitter_ms).replace('.', ",");
    format!(
        "{}: {} Pakete empfangen ({} verloren, Jitter {jitter} ms), {} gesendet",
        side(leg),
        quality.received,
        quality.lost,
        quality.sent
    )
}

/// A party's side of the call.
fn side(leg: LegId) -> String {
    format!("Seite {}", leg.0)
}

fn taken(recording: RecordingId) -> String {
    format!("Aufnahme {}", recording.0)
}

/// The calls of a class, as what somebody makes.
fn calls_of(class: Class) -> &'static str {
    match class {
        Class::Emergency => "Notrufe",
        Class::Local => "Ortsgespräche",
        Class::National => "Inlandsgespräche",
        Class::Mobile => "Gespräche in Mobilfunknetze",
        Class::International => "Auslandsgespräche",
        Class::Premium => "Gespräche zu Sonderrufnummern",
    }
}

/// How far somebody may call.
fn reach_of(permission: Permission) -> &'static str {
    match permission {
        Permission::Internal => "nur im Büro anrufen",
        Permission::Local => "nur im Ort anrufen",
        Permission::National => "nur im Inland anrufen",
        Permission::International => "auch ins Ausland anrufen",
        Permission::Premium => "überallhin anrufen",
    }
}
