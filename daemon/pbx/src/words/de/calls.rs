//! What happens in calls and how they end.

use config::RuleChange;

use super::{causes, completion, foretold, parking, routing, tested, toll, transfer};
use crate::events::{By, Cause, DiversionReason, Ending, Happened, NameSaid};
use crate::ids::{CallId, LegId, RecordingId};
use crate::input::{Quality, RecordEnd};
use crate::trunks::Unusable;

pub(super) fn ended(cause: Cause, ending: &Ending) -> String {
    if let Ending::Deposit { why: Some(why), from, mailbox, has_left } = ending {
        let plain = Ending::Deposit { why: None, from: from.clone(), mailbox: mailbox.clone(), has_left: *has_left };
        return format!("{}: {}", ended(cause, &plain), routing::reason(why));
    }
    match ending {
        Ending::Between { from, to, by } => between(cause, from, to, *by),
        Ending::Deposit { from, mailbox, has_left: true, .. } => {
            format!("{from} hat eine Nachricht für {mailbox} hinterlassen")
        }
        Ending::Deposit { from, mailbox, has_left: false, .. } => {
            format!("{from} kam zur Mailbox von {mailbox} und hat keine Nachricht hinterlassen")
        }
        Ending::Retrieval { from, opened, refused } => retrieval(from, opened.as_deref(), refused.as_deref()),
        Ending::CallBack { extension, number } => completion::not_called_back(cause, extension, number),
        Ending::Placed { extension, number } => completion::not_placed(cause, extension, number),
        Ending::Offered { from, to, is_wanted } => completion::offered(cause, (from, to), *is_wanted),
        Ending::Assisted { from, mailbox } => {
            format!("{from} hat den Assistenten von {mailbox} gehört und niemanden erreicht")
        }
        Ending::Uncharged { from, to } => {
            format!("{from} hat keine Kostenstelle eingegeben, und der Anruf an {to} ging nicht hinaus")
        }
        Ending::Fetch { .. } | Ending::Park { .. } => parking::ended(ending),
        Ending::PickUp { by, of } => format!("{by} hat einen Anruf übernommen, der bei {of} klingelte"),
        Ending::Connected { by, call } => {
            format!("{by} hat die anderen miteinander verbunden; weiter ging es in Anruf {}", call.0)
        }
        Ending::Tested { trunk, number, tested } => {
            format!("Testanruf zu {number} über die Amtsleitung {trunk}: {}", tested::tested(tested))
        }
        Ending::PowerCut => "während dieses Anrufs oder danach ist die Box ausgefallen".to_owned(),
        Ending::Told(text) => text.clone(),
    }
}

pub(super) fn happened(what: &Happened) -> String {
    match what {
        Happened::Asked { from, phone, dialled, source, revision, .. } => {
            format!("{}, es gilt Änderung {revision} des Büros", tested::who(from, phone, dialled, source))
        }
        Happened::Decided { .. } => "der Weg ist entschieden".to_owned(),
        Happened::Entered { step } => format!("Schritt {} beginnt", step + 1),
        Happened::Invited { leg, phone, contact } => {
            format!("{}: Telefon {phone} wird unter {contact} angerufen", side(*leg))
        }
        Happened::CalledOut { leg, trunk, number, at } => {
            format!("{}: {number} wird über die Amtsleitung {trunk} bei {at} angerufen", side(*leg))
        }
        Happened::PassedOver { trunk, why } => passed_over(trunk, *why),
        Happened::Rang { leg } => format!("{}: klingelt", side(*leg)),
        Happened::AskedToTake { leg } => {
            format!("{}: hat abgehoben und wird gefragt, ob der Anruf angenommen wird", side(*leg))
        }
        Happened::NameAsked { leg, came_of } => format!("{}: {}", side(*leg), name_said(*came_of)),
        Happened::NotTaken { leg } => format!("{}: hat den Anruf nicht angenommen", side(*leg)),
        Happened::Failed { leg, cause } => format!("{}: gescheitert, {}", side(*leg), causes::because(*cause)),
        Happened::NotReached { phone, cause } => {
            format!("Telefon {phone} ließ sich nicht anrufen: {}", causes::because(*cause))
        }
        Happened::Barred { extension, why } => toll::barred(extension, *why),
        Happened::Diverted { to, by, reason } => sent_on(to, by, *reason),
        Happened::CameDiverted { by, reason, times } => came_sent_on(by, *reason, *times),
        Happened::Testing { trunk, by } => format!("{by} testet die Amtsleitung {trunk}"),
        Happened::NumberHidden => "die Rufnummer wird nach außen unterdrückt".to_owned(),
        Happened::SeenAs { seen_as } => super::seen_as::seen_as(seen_as),
        Happened::CallBackExpected { extension, number } => may_call_back(extension, number),
        Happened::Transferring { .. }
        | Happened::TransferRefused { .. }
        | Happened::Transferred { .. }
        | Happened::HandedBack { .. }
        | Happened::Asks { .. }
        | Happened::Waited { .. }
        | Happened::BackWith { .. }
        | Happened::Conference { .. } => transfer::happened(what),
        Happened::Joined { call, leg, extension } => joined(*call, *leg, extension),
        Happened::TakenOver { leg, from, phone } => taken_over(*leg, *from, phone),
        Happened::CalledBack { number } => format!("{number} wird zurückgerufen"),
        Happened::Refused { leg, status } => format!("{}: mit Status {status} abgewiesen", side(*leg)),
        Happened::PickedUp { leg, phone, by, of } => picked_up(*leg, phone, by, of),
        Happened::Parked { .. } | Happened::Fetched { .. } | Happened::Unparked { .. } => parking::happened(what),
        Happened::CompletionWanted { by, target } => completion::wanted(by, target),
        Happened::CompletionsCancelled { by } => completion::cancelled(by),
        Happened::CallsBack { caller, target } => completion::begins(caller, target),
        Happened::Places { caller, target } => completion::places(caller, target),
        Happened::RuleChanged { extension, change } => changed_rules(extension, change),
        Happened::Answered { leg, codec, .. } if codec.is_empty() => format!("{}: abgenommen", side(*leg)),
        Happened::Answered { leg, codec, .. } => format!("{}: abgenommen, {codec}", side(*leg)),
        Happened::Held { leg } => format!("{}: hält den Anruf", side(*leg)),
        Happened::Resumed { leg } => format!("{}: holt den Anruf aus dem Halten zurück", side(*leg)),
        Happened::Moved { leg, to } => format!("{}: geht über die neue Adresse der Box weiter, {to}", side(*leg)),
        Happened::Probed { leg, is_alive } => probed(*leg, *is_alive),
        Happened::Recording { leg, recording, mailbox } => {
            format!("{}: wird für die Mailbox von {mailbox} aufgenommen, {}", side(*leg), taken(*recording))
        }
        Happened::Recorded { recording, length_ms, end } => {
            format!("{}: {} s, {}", taken(*recording), length_ms / 1000, record_end(*end))
        }
        Happened::MailboxOpened { .. } | Happened::WrongPin { .. } => mailbox_asked(what),
        Happened::Authorized { .. } | Happened::WrongCode { .. } => toll::happened(what),
        Happened::Charged { .. } | Happened::Uncharged { .. } | Happened::WrongAccount { .. } => toll::happened(what),
        Happened::Foretold { from, to, at, told } => foretold::foretold(from, to, *at, told),
        Happened::Quality { leg, quality } => heard(*leg, quality),
        Happened::Left { leg } => format!("{}: beendet", side(*leg)),
        Happened::Ended { cause, because } => format!("zu Ende: {}", ended(*cause, because)),
    }
}

fn taken_over(leg: LegId, from: LegId, phone: &str) -> String {
    format!("{}: Telefon {phone} löst {} ab", side(leg), side(from))
}

fn name_said(came_of: NameSaid) -> String {
    match came_of {
        NameSaid::Said { length_ms } => {
            let (s, tenths) = (length_ms / 1_000, length_ms / 100 % 10);
            format!("hat einen Namen genannt, {s},{tenths} s lang")
        }
        NameSaid::Nothing => "hat keinen Namen genannt und wird ohne ihn angesagt".to_owned(),
        NameSaid::NotRecorded => "der Name ließ sich nicht aufnehmen, der Anruf wird ohne ihn angesagt".to_owned(),
    }
}

fn mailbox_asked(what: &Happened) -> String {
    match what {
        Happened::MailboxOpened { mailbox } => format!("die Mailbox von {mailbox} ist geöffnet"),
        Happened::WrongPin { mailbox } if mailbox.is_empty() => "eine PIN für eine unbekannte Mailbox".to_owned(),
        Happened::WrongPin { mailbox } => format!("eine falsche PIN für die Mailbox von {mailbox}"),
        _ => String::new(),
    }
}

fn may_call_back(extension: &str, number: &str) -> String {
    format!(
        "wer um Hilfe gerufen wurde, ruft vielleicht zurück: bis eine halbe Stunde nach diesem Anruf klingeln Anrufe von außen an \
         {number} zuallererst bei {extension}"
    )
}

fn picked_up(leg: LegId, phone: &str, by: &str, of: &str) -> String {
    format!("{}: {by} übernimmt am Telefon {phone} den Anruf, der bei {of} klingelte", side(leg))
}

fn joined(call: CallId, leg: LegId, extension: &str) -> String {
    format!("{}: {extension} kommt aus Anruf {} dazu", side(leg), call.0)
}

fn changed_rules(extension: &str, change: &RuleChange) -> String {
    format!("{extension} hat am Telefon Regeln geändert: {}", routing::rule_change(change))
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
        Cause::Blocked => format!("{to} nimmt keine Anrufe von {from} an"),
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
        Cause::NoSlot => format!("{from} konnte nicht geparkt werden: alle Parkplätze waren belegt"),
        Cause::ShutDown => "die Box wurde beendet".to_owned(),
        Cause::Elsewhere => format!("{from} wurde anderswo angenommen, bevor {to} abnahm"),
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

fn sent_on(to: &str, by: &str, reason: DiversionReason) -> String {
    let of = if by.is_empty() { String::new() } else { format!(" von {by}") };
    format!("das Telefon{of} leitet den Anruf an {to} weiter{}", sent_on_because(reason))
}

fn came_sent_on(by: &str, reason: DiversionReason, times: u8) -> String {
    let why = sent_on_because(reason);
    match times {
        0 | 1 => format!("der Anruf wurde von {by} hierher weitergeleitet{why}"),
        _ => format!("der Anruf wurde {times}-mal weitergeleitet, bevor er hier ankam, zuletzt von {by}{why}"),
    }
}

fn sent_on_because(reason: DiversionReason) -> &'static str {
    match reason {
        DiversionReason::Unconditional => ", wie alle Anrufe dort",
        DiversionReason::Busy => ", weil dort besetzt ist",
        DiversionReason::NoAnswer => ", weil dort niemand antwortet",
        DiversionReason::Unavailable => ", weil dort kein Telefon erreichbar ist",
        DiversionReason::Deflection => ", weil dort jemand es so wollte",
        DiversionReason::Unknown => "",
    }
}

fn passed_over(trunk: &str, why: Unusable) -> String {
    match why {
        Unusable::Down => {
            format!("die Amtsleitung {trunk} ist gestört und wird übergangen")
        }
        Unusable::Full => {
            format!("die Amtsleitung {trunk} hat keinen Kanal frei und wird übergangen")
        }
    }
}

fn probed(leg: LegId, is_alive: bool) -> String {
    match is_alive {
        true => format!("{}: stumm, aber das Telefon antwortet", side(leg)),
        false => format!("{}: stumm, und das Telefon ist weg", side(leg)),
    }
}
