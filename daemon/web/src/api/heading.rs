//! What tables for other programs say, in the reader's language.

use config::{DiversionKind, Role};
use pbx::words::Language;

use super::model::{FolderName, PhoneState, Went};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    Time,
    From,
    FromName,
    To,
    ToName,
    Went,
    TalkedS,
    AuthorizedBy,
    Account,
    AccountName,
    Story,
    Folder,
    LengthS,
    CutOff,
    Extension,
    Name,
    Email,
    Department,
    Company,
    Work,
    Mobile,
    Home,
    Tags,
    PickupGroup,
    Voicemail,
    Role,
    Site,
    State,
    Phones,
    PhonesRegistered,
    Diversion(DiversionKind),
    AnswersFor,
    Rule,
}

/// What stands over a column.
pub(super) fn heading(language: Language, heading: Heading) -> &'static str {
    let (english, german) = match heading {
        Heading::Time => ("Time", "Zeit"),
        Heading::From => ("From", "Von"),
        Heading::FromName => ("Name of the caller", "Name des Anrufers"),
        Heading::To => ("To", "An"),
        Heading::ToName => ("Name of the called", "Name des Angerufenen"),
        Heading::Went => ("How it went", "Verlauf"),
        Heading::TalkedS => ("Talked for seconds", "Gesprochen in Sekunden"),
        Heading::AuthorizedBy => ("Authorization code", "Berechtigungscode"),
        Heading::Account => ("Account", "Kostenstelle"),
        Heading::AccountName => ("Name of the account", "Name der Kostenstelle"),
        Heading::Story => ("Story", "Geschichte"),
        Heading::Folder => ("Folder", "Ordner"),
        Heading::LengthS => ("Length in seconds", "Länge in Sekunden"),
        Heading::CutOff => ("The end is missing", "Das Ende fehlt"),
        Heading::Extension => ("Extension", "Nebenstelle"),
        Heading::Name => ("Name", "Name"),
        Heading::Email => ("E-mail", "E-Mail"),
        Heading::Department => ("Department", "Abteilung"),
        Heading::Company => ("Company", "Firma"),
        Heading::Work => ("Work", "Geschäftlich"),
        Heading::Mobile => ("Mobile", "Mobil"),
        Heading::Home => ("Home", "Privat"),
        Heading::Tags => ("Tags", "Stichwörter"),
        Heading::PickupGroup => ("Pickup group", "Übernahmegruppe"),
        Heading::Voicemail => ("Voicemail", "Voicemail"),
        Heading::Site => ("Site", "Standort"),
        Heading::Role => ("Role", "Rolle"),
        Heading::State => ("State", "Zustand"),
        Heading::Phones => ("Phones", "Telefone"),
        Heading::PhonesRegistered => ("Phones registered", "Telefone angemeldet"),
        Heading::Diversion(kind) => diversion(kind),
        Heading::AnswersFor => ("Answers for", "Nimmt ab für"),
        Heading::Rule => ("Answering rule", "Annahmeregel"),
    };
    in_language(language, english, german)
}

fn diversion(kind: DiversionKind) -> (&'static str, &'static str) {
    match kind {
        DiversionKind::Secretary => ("Secretaries answer", "Sekretariat nimmt ab"),
        DiversionKind::Dnd => ("Do not disturb", "Nicht stören"),
        DiversionKind::Always => ("Forward every call", "Jeden Anruf umleiten"),
        DiversionKind::Busy => ("Forward when busy", "Umleiten, wenn besetzt ist"),
        DiversionKind::Unanswered => ("Forward when nobody answers", "Umleiten, wenn niemand abnimmt"),
        DiversionKind::Offline => {
            ("Forward when no phone can be reached", "Umleiten, wenn kein Telefon erreichbar ist")
        }
        DiversionKind::FollowMe => ("Follow Me", "Rufverfolgung"),
        DiversionKind::Assistant => ("Assistant before the mailbox", "Assistent vor der Mailbox"),
    }
}

/// What an extension is doing.
pub(super) fn state(language: Language, state: PhoneState) -> &'static str {
    let (english, german) = match state {
        PhoneState::Offline => ("offline", "offline"),
        PhoneState::Idle => ("idle", "frei"),
        PhoneState::Ringing => ("ringing", "klingelt"),
        PhoneState::Talking => ("talking", "im Gespräch"),
        PhoneState::Held => ("held", "gehalten"),
    };
    in_language(language, english, german)
}

/// How a call went, as the page says it.
pub(super) fn went(language: Language, went: Went) -> &'static str {
    let (english, german) = match went {
        Went::Up => ("up", "läuft"),
        Went::Answered => ("answered", "angenommen"),
        Went::Voicemail => ("to voicemail", "Voicemail"),
        Went::Missed => ("missed", "verpasst"),
        Went::Failed => ("failed", "gescheitert"),
        Went::Emergency => ("emergency failed", "Notruf gescheitert"),
    };
    in_language(language, english, german)
}

/// A folder.
pub(super) fn folder(language: Language, folder: FolderName) -> &'static str {
    let (english, german) = match folder {
        FolderName::New => ("new", "neu"),
        FolderName::Saved => ("saved", "gespeichert"),
        FolderName::Trash => ("trash", "Papierkorb"),
    };
    in_language(language, english, german)
}

/// A role.
pub(super) fn role_name(language: Language, role: Role) -> &'static str {
    let (english, german) = match role {
        Role::DecisionMaker => ("decision maker", "Entscheidung"),
        Role::Phones => ("phone manager", "Telefonverwaltung"),
        Role::Billing => ("billing", "Abrechnung"),
        Role::Technical => ("technical contact", "Technik"),
        Role::Emergency => ("emergency contact", "Notfallkontakt"),
    };
    in_language(language, english, german)
}

/// Whether.
pub(super) fn yes(language: Language, is_so: bool) -> &'static str {
    let (english, german) = if is_so { ("yes", "ja") } else { ("no", "nein") };
    in_language(language, english, german)
}

fn in_language(language: Language, english: &'static str, german: &'static str) -> &'static str {
    match language {
        Language::English => english,
        Language::German => german,
    }
}
