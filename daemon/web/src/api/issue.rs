//! What the Overview finds, and what to do about it, in the reader's language.

use pbx::words::Language;

use super::model::{Level, Screen, ScreenName, Verdict};
use crate::tls::Unfit;
use crate::why::Unwell;
use crate::words;

/// How many mailboxes a sentence names; the others are counted.
const MOST_NAMED: usize = 5;

/// A mailbox without room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filled {
    /// Its extension.
    pub number: String,
    /// How much of its minutes is in use.
    pub percent: u64,
    /// Where its reader sees to it.
    pub at: Screen,
}

/// Something that the Overview finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Issue {
    /// Nothing.
    None,
    /// The daemon itself.
    Unwell(Unwell),
    /// The machine has no address in any network.
    OffNetwork,
    /// The machine has another address than it had, which phones may not know.
    NewAddress { was: String, is: String },
    /// The disk has so little left, in megabytes.
    Disk { left_mb: u64, is_bad: bool },
    /// An uploaded certificate that is not used, and why.
    CertificateUnused(Unfit),
    /// The certificate of HTTPS ends in so many days, or has ended.
    CertificateEnds { days: i64, is_uploaded: bool },
    /// Trunks that are down, by their names, and what is wrong with the first.
    Trunks { names: Vec<String>, why: String },
    /// Callers cannot leave a message in these mailboxes, one at least.
    Full(Vec<Filled>),
    /// Nor soon in these.
    AlmostFull(Vec<Filled>),
    /// No phone at all.
    NoPhone,
    /// One phone is missing, by its name.
    Phone(String),
    /// Some phones are missing.
    Phones { missing: usize, all: usize },
}

impl Issue {
    /// As it is shown.
    pub(super) fn said(&self, language: Language) -> Verdict {
        let (text, fix) = match language {
            Language::English => english(self),
            Language::German => german(self),
        };
        Verdict { level: self.level(), text, fix: fix.map(str::to_owned), at: self.at() }
    }

    /// Where something is to be done about it.
    fn at(&self) -> Option<Screen> {
        let screen = |name| Some(Screen { name, row: None });
        match self {
            Issue::None => None,
            Issue::Unwell(_) | Issue::CertificateUnused(_) | Issue::OffNetwork => screen(ScreenName::System),
            Issue::CertificateEnds { is_uploaded, .. } => is_uploaded.then_some(ScreenName::System).and_then(screen),
            Issue::Disk { .. } => screen(ScreenName::Voicemail),
            Issue::Trunks { .. } => screen(ScreenName::Trunks),
            Issue::Full(filled) | Issue::AlmostFull(filled) => match filled.as_slice() {
                [one] => Some(one.at.clone()),
                _ => screen(ScreenName::People),
            },
            Issue::Phone(name) => Some(Screen { name: ScreenName::Phones, row: Some(name.clone()) }),
            Issue::NoPhone | Issue::Phones { .. } | Issue::NewAddress { .. } => screen(ScreenName::Phones),
        }
    }

    /// How bad it is.
    pub(super) fn level(&self) -> Level {
        match self {
            Issue::None => Level::Ok,
            Issue::Unwell(_)
            | Issue::OffNetwork
            | Issue::Disk { is_bad: true, .. }
            | Issue::CertificateUnused(_)
            | Issue::Trunks { .. }
            | Issue::Full(_) => Level::Bad,
            Issue::CertificateEnds { days: ..0, .. } => Level::Bad,
            Issue::CertificateEnds { .. }
            | Issue::NewAddress { .. }
            | Issue::Disk { is_bad: false, .. }
            | Issue::AlmostFull(_)
            | Issue::NoPhone
            | Issue::Phone(_)
            | Issue::Phones { .. } => Level::Warn,
        }
    }
}

fn english(issue: &Issue) -> (String, Option<&'static str>) {
    let phones = "see that the phone has power and network, and that user and password are those of its person";
    match issue {
        Issue::None => ("All is well.".to_owned(), None),
        Issue::Unwell(why) => (
            format!("{}.", capitalised(&why.to_string())),
            Some("see the disk in System, then the daemon's log; a restart of bellboxd ends the calls that are up"),
        ),
        Issue::OffNetwork => (
            "The box has no address in any network: no phone reaches it.".to_owned(),
            Some("see that its network cable is in, and that the router gives it an address"),
        ),
        Issue::NewAddress { was, is } => (
            format!("The box is at {is} now, and at {was} no more."),
            Some(
                "enter the new address in phones that were set up with the old one, and have the router give the box always the same",
            ),
        ),
        Issue::Disk { left_mb, .. } => {
            (format!("The disk has {left_mb} MB left."), Some("delete messages or recordings that nobody needs"))
        }
        Issue::CertificateUnused(why) => (
            format!("The uploaded certificate is not used, the box's own is: {why}."),
            Some("upload another one in System, or go back to the box's own there"),
        ),
        Issue::CertificateEnds { days, is_uploaded } => {
            let text = match days {
                ..0 => "The certificate of HTTPS has expired.".to_owned(),
                days => format!("The certificate of HTTPS expires in {days} days."),
            };
            let fix = match is_uploaded {
                true => "upload a new one in System, or go back to the box's own",
                false => "the box makes a new one in the night when it is due, and did not: the daemon's log says why",
            };
            (text, Some(fix))
        }
        Issue::Trunks { names, why } => (
            format!("No calls go by {}: {why}.", names.join(", ")),
            Some("see Trunks for what the carrier said, and to try it again"),
        ),
        Issue::Full(filled) | Issue::AlmostFull(filled) => filled_in_english(filled, matches!(issue, Issue::Full(_))),
        Issue::NoPhone => ("No phone is registered.".to_owned(), Some(phones)),
        Issue::Phone(name) => (format!("Phone {name} is not registered."), Some(phones)),
        Issue::Phones { missing, all } => (format!("{missing} of {all} phones are not registered."), Some(phones)),
    }
}

fn german(issue: &Issue) -> (String, Option<&'static str>) {
    let phones = "Prüfen Sie, ob das Telefon Strom und Netz hat und ob Benutzername und Kennwort die der Person sind.";
    match issue {
        Issue::None => ("Alles ist in Ordnung.".to_owned(), None),
        Issue::Unwell(why) => (
            format!("{}.", capitalised(&words::why(Language::German, &(*why).into()))),
            Some(
                "Sehen Sie unter System nach dem Speicher, dann im Protokoll; ein Neustart von bellboxd beendet laufende Anrufe.",
            ),
        ),
        Issue::OffNetwork => (
            "Die Box hat in keinem Netz eine Adresse: Kein Telefon erreicht sie.".to_owned(),
            Some("Prüfen Sie, ob ihr Netzwerkkabel steckt und ob der Router ihr eine Adresse gibt."),
        ),
        Issue::NewAddress { was, is } => (
            format!("Die Box ist jetzt unter {is} zu erreichen und nicht mehr unter {was}."),
            Some(
                "Tragen Sie die neue Adresse in Telefone ein, die mit der alten eingerichtet wurden, und lassen Sie den Router der Box immer dieselbe geben.",
            ),
        ),
        Issue::Disk { left_mb, .. } => (
            format!("Im Speicher sind noch {left_mb} MB frei."),
            Some("Löschen Sie Nachrichten oder Aufnahmen, die niemand mehr braucht."),
        ),
        Issue::CertificateUnused(unfit) => (
            format!(
                "Das hochgeladene Zertifikat wird nicht benutzt, sondern das eigene der Box: {}.",
                words::why(Language::German, &unfit.clone().into())
            ),
            Some("Laden Sie unter System ein anderes hoch, oder kehren Sie dort zum eigenen der Box zurück."),
        ),
        Issue::CertificateEnds { days, is_uploaded } => {
            let text = match days {
                ..0 => "Das Zertifikat für HTTPS ist abgelaufen.".to_owned(),
                days => format!("Das Zertifikat für HTTPS läuft in {days} Tagen ab."),
            };
            let fix = match is_uploaded {
                true => "Laden Sie unter System ein neues hoch, oder kehren Sie zum eigenen der Box zurück.",
                false => {
                    "Die Box macht nachts ein neues, wenn es Zeit ist, und tat es nicht: Das Protokoll des Daemons sagt, warum."
                }
            };
            (text, Some(fix))
        }
        Issue::Trunks { names, why } => (
            format!("Über {} geht kein Anruf: {why}.", names.join(", ")),
            Some(
                "Unter Amtsleitungen steht, was der Anbieter geantwortet hat; dort können Sie es noch einmal versuchen.",
            ),
        ),
        Issue::Full(filled) | Issue::AlmostFull(filled) => filled_in_german(filled, matches!(issue, Issue::Full(_))),
        Issue::NoPhone => ("Kein Telefon ist angemeldet.".to_owned(), Some(phones)),
        Issue::Phone(name) => (format!("Telefon {name} ist nicht angemeldet."), Some(phones)),
        Issue::Phones { missing, all } => {
            (format!("{missing} von {all} Telefonen sind nicht angemeldet."), Some(phones))
        }
    }
}

fn filled_in_english(filled: &[Filled], is_full: bool) -> (String, Option<&'static str>) {
    let text = match (is_full, filled) {
        (true, [one]) => format!("Mailbox of {} is full: callers cannot leave a message.", one.number),
        (true, some) => {
            format!("Mailboxes of {} are full: callers cannot leave a message.", named(some, "more", number))
        }
        (false, [one]) => format!("Mailbox of {} is {} % full.", one.number, one.percent),
        (false, some) => format!("Mailboxes of {} are almost full.", named(some, "more", share)),
    };
    (text, Some("delete messages that nobody needs, saved ones too, or give the mailbox more minutes"))
}

fn filled_in_german(filled: &[Filled], is_full: bool) -> (String, Option<&'static str>) {
    let text = match (is_full, filled) {
        (true, [one]) => {
            format!("Die Mailbox von {} ist voll: Anrufer können keine Nachricht hinterlassen.", one.number)
        }
        (true, some) => {
            let named = named(some, "weiteren", number);
            format!("Die Mailboxen von {named} sind voll: Anrufer können keine Nachricht hinterlassen.")
        }
        (false, [one]) => format!("Die Mailbox von {} ist zu {} % voll.", one.number, one.percent),
        (false, some) => format!("Die Mailboxen von {} sind fast voll.", named(some, "weiteren", share)),
    };
    let fix = "Löschen Sie Nachrichten, die niemand mehr braucht, auch gespeicherte, oder geben Sie der Mailbox mehr Minuten.";
    (text, Some(fix))
}

/// Mailboxes in a list, as many as are read.
fn named(filled: &[Filled], more: &str, said: fn(&Filled) -> String) -> String {
    let mut names: Vec<String> = filled.iter().take(MOST_NAMED).map(said).collect();
    if filled.len() > MOST_NAMED {
        names.push(format!("{} {more}", filled.len() - MOST_NAMED));
    }
    names.join(", ")
}

fn number(one: &Filled) -> String {
    one.number.clone()
}

fn share(one: &Filled) -> String {
    format!("{} ({} %)", one.number, one.percent)
}

/// A sentence that stands for itself.
fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(count: usize) -> Vec<Filled> {
        let at = Screen { name: ScreenName::People, row: Some("4".to_owned()) };
        (0..count).map(|one| Filled { number: (205 + one).to_string(), percent: 93, at: at.clone() }).collect()
    }

    #[test]
    fn a_few_mailboxes_are_named_and_many_are_counted() {
        let said = |issue: Issue| issue.said(Language::English);
        let one = said(Issue::Full(filled(1)));
        assert_eq!(one.text, "Mailbox of 205 is full: callers cannot leave a message.");
        assert_eq!(one.at.and_then(|at| at.row), Some("4".to_owned()), "its own row");
        let many = said(Issue::AlmostFull(filled(7)));
        let named = "205 (93 %), 206 (93 %), 207 (93 %), 208 (93 %), 209 (93 %), 2 more";
        assert_eq!(many.text, format!("Mailboxes of {named} are almost full."));
        assert_eq!(many.at, Some(Screen { name: ScreenName::People, row: None }));
    }

    #[test]
    fn every_issue_is_said_in_both_languages() {
        for issue in [
            Issue::None,
            Issue::Unwell(Unwell::StoreFails),
            Issue::OffNetwork,
            Issue::NewAddress { was: "10.0.0.1".to_owned(), is: "10.0.0.7".to_owned() },
            Issue::Disk { left_mb: 40, is_bad: true },
            Issue::CertificateUnused(Unfit::OtherKey),
            Issue::CertificateEnds { days: -1, is_uploaded: true },
            Issue::CertificateEnds { days: 3, is_uploaded: false },
            Issue::Trunks { names: vec!["carrier".to_owned(), "two".to_owned()], why: "(401)".to_owned() },
            Issue::Full(filled(1)),
            Issue::Full(filled(2)),
            Issue::AlmostFull(filled(1)),
            Issue::AlmostFull(filled(2)),
            Issue::NoPhone,
            Issue::Phone("1001a".to_owned()),
            Issue::Phones { missing: 2, all: 5 },
        ] {
            let (english, german) = (issue.said(Language::English), issue.said(Language::German));
            assert_ne!(english.text, german.text, "{issue:?}");
            assert_eq!(english.fix.is_some(), german.fix.is_some(), "{issue:?}");
            assert!(english.fix.is_none() || english.fix != german.fix, "{issue:?}");
        }
    }
}
