//! What is decided for a call, and why.

use config::{ALL_NIGHT_MODES, Class, DiversionKind, Feature, Permission, RuleChange, Target};
use jiff::civil::{Date, DateTime};

use super::{causes, completion, parking, secretary, toll};
use crate::route::{Act, Announcement, NumberFor, Outcome, PickUp, Reason, Retrieve, Ring, Strand, Unfit};
use crate::trunks::Health;

pub(super) fn act(act: &Act) -> String {
    match act {
        Act::Ring(ring) => rings(ring),
        Act::Intercom(ring) => format!("{} {} s lang zum Mithören rufen", ring.extension, ring.limit_s),
        Act::EchoTest => "den Echotest starten".to_owned(),
        Act::Announce(Announcement::Time) => "die Uhrzeit ansagen".to_owned(),
        Act::Announce(Announcement::OwnExtension) => "die eigene Nebenstelle ansagen".to_owned(),
        Act::Announce(Announcement::BoxStatus) => "Adresse, Version und Telefone der Box ansagen".to_owned(),
        Act::Announce(Announcement::Line) => {
            "ansagen, welche Rufnummern zum Anrufer führen, welche draußen gezeigt wird und wo der Anrufer ist"
                .to_owned()
        }
        Act::Announce(Announcement::NoSuchMailbox) => "ansagen, dass es diese Mailbox nicht gibt".to_owned(),
        Act::Announce(Announcement::NoSlotFree) => "ansagen, dass alle Parkplätze belegt sind".to_owned(),
        Act::Announce(Announcement::SlotEmpty) => "ansagen, dass auf dem Parkplatz kein Anruf ist".to_owned(),
        Act::Announce(
            said @ (Announcement::CompletionSet
            | Announcement::NoCallToComplete
            | Announcement::TooManyCompletions
            | Announcement::CompletionsCancelled
            | Announcement::NoCompletions),
        ) => completion::announce(*said).to_owned(),
        Act::Announce(Announcement::NotTaken) => {
            "ansagen, dass Anrufe ohne Rufnummer nicht angenommen werden".to_owned()
        }
        Act::Announce(Announcement::NothingToPickUp) => "ansagen, dass kein Anruf zu übernehmen ist".to_owned(),
        Act::Announce(Announcement::IntercomRefused) => {
            "ansagen, dass dort jetzt keine Durchsage möglich ist".to_owned()
        }
        Act::Announce(Announcement::Unfit(why)) => format!("ansagen, dass {}", unfit(*why)),
        Act::CallReturn => "sagen, wer zuletzt angerufen hat".to_owned(),
        Act::Foretell(to) => format!("sagen, was aus einem Anruf von außen an {to} würde"),
        Act::Change(change) => rule_change(change),
        Act::AskNumber(what) => number_for(*what).to_owned(),
        Act::Complete(wish) => completion::act(*wish).to_owned(),
        Act::Offer(offer) => completion::offer(&offer.target),
        Act::Authorize(what) => toll::asks(what, calls_of(what.class)),
        Act::Charge(what) => toll::charges(what),
        Act::Park | Act::Fetch(_) => parking::act(act),
        Act::PickUp(PickUp { of: Some(of) }) => format!("den Anruf übernehmen, der bei {of} klingelt"),
        Act::PickUp(PickUp { of: None }) => "den Anruf übernehmen, der in der Übernahmegruppe klingelt".to_owned(),
        Act::AskName(_) => "den Anrufer nach seinem Namen fragen".to_owned(),
        Act::Assist(assist) => format!("den Assistenten von {} hören lassen", assist.mailbox),
        Act::Deposit(deposit) => format!("eine Nachricht für {} aufnehmen", deposit.mailbox),
        Act::Retrieve(Retrieve { mailbox: Some(mailbox), records: true, .. }) => {
            format!("die Ansage des Assistenten von {mailbox} aufnehmen")
        }
        Act::Retrieve(Retrieve { mailbox: Some(mailbox), .. }) => format!("die Mailbox von {mailbox} öffnen"),
        Act::Retrieve(Retrieve { mailbox: None, .. }) => "fragen, wessen Mailbox geöffnet werden soll".to_owned(),
        Act::Outside(call) => format!("{} über die Amtsleitung {} anrufen", call.number, call.trunk),
        Act::Reject(cause) => format!("abweisen: {}", causes::because(*cause)),
    }
}

fn rings(ring: &Ring) -> String {
    let (time, end) = match ring.limit_s {
        0 => (String::new(), ", bis der Anrufer auflegt"),
        limit_s => (format!(" {limit_s} s lang"), ""),
    };
    let also: Vec<String> = ring
        .also
        .iter()
        .map(|strand| match strand.after_s {
            0 => strand.name().to_owned(),
            after_s => format!("nach {after_s} s {}", strand.name()),
        })
        .collect();
    if ring.also.iter().any(|strand| strand.for_s.is_some()) {
        return follows(ring);
    }
    match also.join(", ") {
        also if also.is_empty() => format!("{}{time} klingeln lassen{end}", ring.extension),
        also if ring.users.is_empty() => format!("statt {}{time} klingeln lassen{end}: {also}", ring.extension),
        also => format!("{}{time} klingeln lassen{end}, und mit: {also}", ring.extension),
    }
}

/// The list of Follow Me after the own phones, or those who answer in the owner's place.
fn follows(ring: &Ring) -> String {
    let names: Vec<&str> = ring.also.iter().map(Strand::name).collect();
    let (list, for_s) = (names.join(", "), ring.also.iter().find_map(|strand| strand.for_s).unwrap_or_default());
    let time = match ring.also.iter().any(|strand| strand.in_turn) {
        true => format!("nacheinander je {for_s} s lang"),
        false => format!("{for_s} s lang"),
    };
    let is_together = ring.also.iter().all(|strand| strand.after_s == 0 && !strand.in_turn);
    match ring.users.is_empty() {
        false if is_together => format!("{}, {list} {time} klingeln lassen", ring.extension),
        true => format!("statt {} {list} {time} klingeln lassen", ring.extension),
        false => format!("{} {} s lang klingeln lassen, dann {list} {time}", ring.extension, ring.limit_s),
    }
}

/// Whose list of callers decides.
fn list_of(extension: &Option<String>) -> &str {
    extension.as_deref().unwrap_or("das Büro")
}

pub(super) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::EmergencyNumber { number } => format!("{number} ist eine Notrufnummer"),
        Reason::MayCallBack { extension } => {
            format!(
                "{extension} hat unter dieser Nummer um Hilfe gerufen, und wer gerufen wurde, ruft vielleicht zurück"
            )
        }
        Reason::NoTrunk => "es ist keine Amtsleitung eingerichtet".to_owned(),
        Reason::FeatureCode { code, feature } => format!("{code} ist der Code für {}", name(*feature)),
        Reason::ExtensionOf { extension, person } => format!("{extension} ist die Nebenstelle von {person}"),
        Reason::CallerOwnPhone => "das anrufende Telefon gehört dazu und klingelt nicht bei sich selbst".to_owned(),
        Reason::PhonesRegistered { .. } | Reason::PhonesSilent { .. } => phones(reason),
        Reason::InCalls { calls: 1 } => "dort wird gerade telefoniert".to_owned(),
        Reason::InCalls { calls } => format!("dort laufen gerade {calls} Anrufe"),
        Reason::OffersCompletion { extension } => format!("{extension} will gefragt werden"),
        Reason::NoIntercom { extension } => format!("{extension} nimmt keine Durchsagen an"),
        Reason::NoCallWaiting => "während eines Gesprächs klingelt es dort nicht".to_owned(),
        Reason::NoFreeLine { calls: 1 } => "dort ist nur ein Gespräch zugleich erlaubt".to_owned(),
        Reason::NoFreeLine { calls } => format!("dort sind nur {calls} Gespräche zugleich erlaubt"),
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
        Reason::AtNight { extension, class } => toll::at_night(extension, calls_of(*class)),
        Reason::FromOutside => "der Anrufer ist draußen, und niemand im Büro zahlt dafür".to_owned(),
        Reason::TrunkIs { trunk, health } => trunk_is(trunk, *health),
        Reason::Uncharged { extension } => toll::uncharged(extension),
        Reason::NoTrunkLeft => "es gibt keine weitere Amtsleitung".to_owned(),
        Reason::OwnNumber { number, to } => format!("{number} ist eine Rufnummer des Büros und führt zu {to}"),
        Reason::NoOwnNumber { number } => format!("{number} ist keine Rufnummer des Büros"),
        Reason::RuleMatched { .. } | Reason::NoRuleMatched { .. } | Reason::NightMode { .. } => rule(reason),
        Reason::DoNotDisturb { extension, layer } => {
            format!("{extension} will nicht gestört werden, {}", secretary::says(layer))
        }
        Reason::Forwards { extension, layer, to } => {
            format!("{extension} schickt den Anruf {}, {}", target(to), secretary::says(layer))
        }
        Reason::NotRung { to, extension, cause } => {
            format!("{} klingelt nicht mit für {extension}: {}", to.id(), causes::because(*cause))
        }
        Reason::FollowsMe { extension, layer } => format!("{extension} hat Rufverfolgung, {}", secretary::says(layer)),
        Reason::Secretaries { .. } | Reason::SecretaryOut { .. } | Reason::PassesSecretaries { .. } => {
            secretary::reason(reason)
        }
        Reason::Assists { extension, layer } => {
            format!("{extension} lässt Anrufer vor der Mailbox den Assistenten hören, {}", secretary::says(layer))
        }
        Reason::Screened { extension } => format!("{extension} wird gefragt, ob Anrufe von draußen erwünscht sind"),
        Reason::GoesRound { extension } => {
            format!("{extension} war schon gefragt, oder es waren zu viele andere")
        }
        Reason::BlockedCaller { pattern, extension } => format!("{} hat {pattern} gesperrt", list_of(extension)),
        Reason::AllowedCaller { pattern, extension } => format!("{} lässt {pattern} immer durch", list_of(extension)),
        Reason::NoNumber { extension } => format!("{} nimmt keine Anrufe ohne Rufnummer an", list_of(extension)),
        Reason::After { outcome } => came_of(*outcome).to_owned(),
        Reason::NoSuchNumber { number } => {
            format!("{number} ist weder Nebenstelle noch Funktionscode noch Notrufnummer")
        }
    }
}

fn trunk_is(trunk: &str, health: Health) -> String {
    match health {
        Health::Up => format!("die Amtsleitung {trunk} ist bereit"),
        Health::Degraded => format!("die Amtsleitung {trunk} ist beeinträchtigt"),
        Health::Down => format!("die Amtsleitung {trunk} ist gestört"),
    }
}

/// Which answering rule holds, and what decides that; of other reasons nothing.
fn rule(reason: &Reason) -> String {
    match reason {
        Reason::RuleMatched { rule, extension, date } => {
            format!("die Regel {rule} von {extension} traf am {} zu", day(*date))
        }
        Reason::NightMode { mode, group, is_open: true } => format!("die Nachtschaltung {mode} hält {group} geöffnet"),
        Reason::NightMode { mode, group, is_open: false } => {
            format!("die Nachtschaltung {mode} hält {group} geschlossen")
        }
        Reason::NoRuleMatched { extension } => format!("von {extension} gilt jetzt nur die Grundregel"),
        _ => String::new(),
    }
}

/// How many phones are there; of other reasons nothing.
fn phones(reason: &Reason) -> String {
    match reason {
        Reason::PhonesRegistered { phones: 0, .. } => "es gibt dort kein Telefon, das klingeln könnte".to_owned(),
        Reason::PhonesRegistered { registered: 0, phones: 1 } => "das Telefon dort ist nicht angemeldet".to_owned(),
        Reason::PhonesRegistered { registered: 1, phones: 1 } => "das Telefon dort ist angemeldet".to_owned(),
        Reason::PhonesRegistered { registered: 1, phones } => {
            format!("eines der {phones} Telefone dort ist angemeldet")
        }
        Reason::PhonesRegistered { registered, phones } => {
            format!("{registered} der {phones} Telefone dort sind angemeldet")
        }
        Reason::PhonesSilent { silent: 1, registered: 1 } => "dieses Telefon antwortet der Box nicht mehr".to_owned(),
        Reason::PhonesSilent { silent: 1, .. } => "eines davon antwortet der Box nicht mehr".to_owned(),
        Reason::PhonesSilent { silent, .. } => format!("{silent} davon antworten der Box nicht mehr"),
        _ => String::new(),
    }
}

pub(super) fn turn(opens: bool, at: DateTime) -> String {
    let what = if opens { "öffnet" } else { "schließt" };
    format!("{what} {}", moment(at))
}

pub(super) fn moment(at: DateTime) -> String {
    let weekday = usize::from(at.weekday().to_monday_zero_offset().unsigned_abs());
    let weekday = WEEKDAYS.get(weekday).copied().unwrap_or_default();
    format!("am {weekday}, {} {}, um {} Uhr", day(at.date()), at.year(), at.strftime("%H:%M"))
}

/// That a caller pressed each of the keys 0 to 9.
const KEYS: [&str; 10] = [
    "der Anrufer hat die 0 gedrückt",
    "der Anrufer hat die 1 gedrückt",
    "der Anrufer hat die 2 gedrückt",
    "der Anrufer hat die 3 gedrückt",
    "der Anrufer hat die 4 gedrückt",
    "der Anrufer hat die 5 gedrückt",
    "der Anrufer hat die 6 gedrückt",
    "der Anrufer hat die 7 gedrückt",
    "der Anrufer hat die 8 gedrückt",
    "der Anrufer hat die 9 gedrückt",
];

pub(super) fn came_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Busy => "es war besetzt",
        Outcome::Declined => "der Anruf wurde abgelehnt",
        Outcome::Unanswered => "niemand hat abgenommen",
        Outcome::Offline => "kein Telefon war erreichbar",
        Outcome::Incompatible => "es gibt keinen gemeinsamen Codec",
        Outcome::NoWay => "die Amtsleitung davor konnte den Anruf nicht nehmen",
        Outcome::Operator => "der Anrufer wollte zur Zentrale",
        Outcome::NothingRings => "nichts hat geklingelt",
        Outcome::NoSlot => "alle Parkplätze waren belegt",
        Outcome::SlotEmpty => "dort war kein Anruf geparkt",
        Outcome::Key(key) => KEYS.get(usize::from(key)).copied().unwrap_or_default(),
        Outcome::NoKey => "der Anrufer hat niemanden gewählt",
        Outcome::Named => "der Anrufer wurde nach seinem Namen gefragt",
        Outcome::ToMailbox => "wer abgehoben hat, will eine Nachricht",
        Outcome::Authorized => "ein Code gibt den Anruf frei",
        Outcome::Charged => "die Frage nach der Kostenstelle ist beantwortet",
        Outcome::NoWish => "der Anrufer wollte nicht zurückgerufen werden",
    }
}

pub(super) fn name(feature: Feature) -> &'static str {
    match feature {
        Feature::EchoTest => "den Echotest",
        Feature::Time => "die Uhrzeit",
        Feature::OwnExtension => "die eigene Nebenstelle",
        Feature::VerifyLine => "den eigenen Anschluss",
        Feature::BoxStatus => "den Zustand der Box",
        Feature::WhatIf => "was aus einem Anruf von außen würde",
        Feature::MyVoicemail => "die eigene Mailbox",
        Feature::AnyVoicemail => "eine beliebige Mailbox",
        Feature::LeaveMessage => "eine Nachricht an eine Mailbox",
        Feature::GroupPickup => "die Übernahme eines Anrufs in der Übernahmegruppe",
        Feature::DirectedPickup => "die Übernahme eines Anrufs an einer Nebenstelle",
        Feature::Intercom => "die Sprechanlage zu einer Nebenstelle",
        Feature::HideNumber => "einen Anruf nach außen mit unterdrückter Rufnummer",
        Feature::ShowNumber => "einen Anruf nach außen mit gezeigter Rufnummer",
        Feature::DndOn => "das Einschalten von „Nicht stören“",
        Feature::DndOff => "das Ausschalten von „Nicht stören“",
        Feature::DndToggle => "das Umschalten von „Nicht stören“",
        Feature::ForwardAlways => "die Umleitung aller Anrufe",
        Feature::ForwardAlwaysOff => "das Ende der Umleitung aller Anrufe",
        Feature::ForwardBusy => "die Umleitung, wenn besetzt ist",
        Feature::ForwardBusyOff => "das Ende der Umleitung, wenn besetzt ist",
        Feature::ForwardUnanswered => "die Umleitung, wenn niemand abnimmt",
        Feature::ForwardUnansweredOff => "das Ende der Umleitung, wenn niemand abnimmt",
        Feature::ForwardOffline => "die Umleitung, wenn kein Telefon erreichbar ist",
        Feature::ForwardOfflineOff => "das Ende der Umleitung, wenn kein Telefon erreichbar ist",
        Feature::FollowMe => "das Ein- oder Ausschalten der Rufverfolgung",
        Feature::Secretary => "das Ein- oder Ausschalten des Sekretariats",
        Feature::Assistant => "das Ein- oder Ausschalten des Assistenten",
        Feature::RecordAssistant => "die Ansage des Assistenten",
        Feature::DiversionsOff => {
            "das Ausschalten von „Nicht stören“, allen Umleitungen, Rufverfolgung und Sekretariat"
        }
        Feature::BlockCaller => "das Sperren einer Rufnummer",
        Feature::UnblockCaller => "das Freigeben einer gesperrten Rufnummer",
        Feature::BlockLastCaller => "das Sperren des letzten Anrufers",
        Feature::IntercomOn => "das Annehmen von Durchsagen",
        Feature::IntercomOff => "das Ablehnen von Durchsagen",
        Feature::ForceTimeGroup => "das Öffnen oder Schließen einer Zeitgruppe",
        Feature::NightMode => "das Umschalten einer Nachtschaltung",
        Feature::RejectAnonymous => "das Abweisen von Anrufen ohne Rufnummer",
        Feature::TakeAnonymous => "das Annehmen von Anrufen ohne Rufnummer",
        Feature::NoCallWaiting => "einen Anruf, während dessen nichts anklopft",
        Feature::CallWaiting => "das Umschalten des Anklopfens",
        Feature::CallWaitingOn => "das Einschalten des Anklopfens",
        Feature::CallWaitingOff => "das Ausschalten des Anklopfens",
        Feature::Park => "das Parken eines Anrufs",
        Feature::CompleteCall => "den Rückruf bei Frei",
        Feature::CancelCompletions => "das Löschen der Rückrufe",
        Feature::CompletionOffers => "das Umschalten der Rückrufangebote",
        Feature::AttendedTransfer => {
            "im Gespräch: die Rückfrage; derselbe Code noch einmal lässt alle drei sprechen, Auflegen verbindet die anderen"
        }
        Feature::BlindTransfer => "im Gespräch: das Weitergeben an eine Nummer ohne Rückfrage",
        Feature::Drop => "im Gespräch: das Zurückholen dessen, der wartet, oder das Beenden",
        Feature::FetchParked => "das Zurückholen eines geparkten Anrufs",
        Feature::CallReturn => "das Ansagen des letzten Anrufers, mit Rückruf",
    }
}

fn number_for(what: NumberFor) -> &'static str {
    match what {
        NumberFor::Forward(DiversionKind::Secretary | DiversionKind::Dnd | DiversionKind::Always) => {
            "fragen, wohin alle Anrufe gehen sollen"
        }
        NumberFor::Forward(DiversionKind::Busy) => "fragen, wohin Anrufe gehen sollen, wenn besetzt ist",
        NumberFor::Forward(DiversionKind::Unanswered) => "fragen, wohin Anrufe gehen sollen, wenn niemand abnimmt",
        NumberFor::Forward(DiversionKind::Offline | DiversionKind::FollowMe | DiversionKind::Assistant) => {
            "fragen, wohin Anrufe gehen sollen, wenn kein Telefon erreichbar ist"
        }
        NumberFor::Block => "fragen, welche Rufnummer gesperrt werden soll",
        NumberFor::Unblock => "fragen, welche Rufnummer nicht mehr gesperrt sein soll",
    }
}

fn unfit(why: Unfit) -> &'static str {
    match why {
        Unfit::NoSuchNumber => "es diese Nummer nicht gibt",
        Unfit::NotAllowed => "diese Nummer nicht benutzt werden darf",
        Unfit::GoesRound => "die Anrufe von dort zurückkämen",
        Unfit::NotBlocked => "diese Nummer nicht gesperrt ist",
        Unfit::ListFull => "die Liste gesperrter Nummern voll ist",
        Unfit::NoLastCaller => "niemand angerufen hat, dessen Nummer bekannt ist",
        Unfit::NoSuchNight => "es diese Nachtschaltung nicht gibt",
        Unfit::NightNotAllowed => "der Anrufer diese Nachtschaltung nicht umschalten darf",
        Unfit::NobodyFollowed => "niemand auf der Liste der Rufverfolgung steht",
        Unfit::NoSecretaries => "es kein Sekretariat gibt",
        Unfit::NotASecretary => "der Anrufer dort kein Sekretariat ist",
        Unfit::NoSuchGroup => "es diese Zeitgruppe nicht zu ändern gibt",
    }
}

fn target(to: &Target) -> String {
    match to {
        Target::Person(number) => format!("an {number}"),
        Target::Phone(number) => format!("an die Telefone von {number}"),
        Target::Voicemail(number) => format!("in die Mailbox von {number}"),
        Target::Number(number) => format!("an die Nummer {number}"),
    }
}

const WEEKDAYS: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];

/// A date without the year: what is decided is decided now.
fn day(date: Date) -> String {
    let month = usize::from(date.month().unsigned_abs()).saturating_sub(1);
    format!("{}. {}", date.day(), MONTHS.get(month).copied().unwrap_or_default())
}

/// The calls of a class, as what somebody makes.
pub(super) fn calls_of(class: Class) -> &'static str {
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
pub(super) fn reach_of(permission: Permission) -> &'static str {
    match permission {
        Permission::Internal => "nur im Büro anrufen",
        Permission::Local => "nur im Ort anrufen",
        Permission::National => "nur im Inland anrufen",
        Permission::International => "auch ins Ausland anrufen",
        Permission::Premium => "überallhin anrufen",
    }
}

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// What is to be done.
pub(super) fn rule_change(change: &RuleChange) -> String {
    let kind = |kind: &DiversionKind| match kind {
        DiversionKind::Secretary => "das Sekretariat",
        DiversionKind::Dnd => "„Nicht stören“",
        DiversionKind::Always => "die Umleitung aller Anrufe",
        DiversionKind::Busy => "die Umleitung bei besetzt",
        DiversionKind::Unanswered => "die Umleitung nicht abgenommener Anrufe",
        DiversionKind::Offline => "die Umleitung bei nicht erreichbaren Telefonen",
        DiversionKind::FollowMe => "die Rufverfolgung",
        DiversionKind::Assistant => "den Assistenten",
    };
    match change {
        RuleChange::Divert { kind: which, is_on: true, to: Some(to) } => {
            format!("{} {} einschalten", kind(which), target(to))
        }
        RuleChange::Divert { kind: which, is_on: true, to: None } => format!("{} einschalten", kind(which)),
        RuleChange::Divert { kind: which, is_on: false, .. } => format!("{} ausschalten", kind(which)),
        RuleChange::Secretary { boss, is_on: true } => format!("Anrufe für {boss} annehmen"),
        RuleChange::Secretary { boss, is_on: false } => format!("Anrufe für {boss} nicht mehr annehmen"),
        RuleChange::DivertNothing => {
            "„Nicht stören“, alle Umleitungen, Rufverfolgung und Sekretariat ausschalten".to_owned()
        }
        RuleChange::Anonymous { is_taken: true } => "Anrufe ohne Rufnummer annehmen".to_owned(),
        RuleChange::Anonymous { is_taken: false } => "Anrufe ohne Rufnummer abweisen".to_owned(),
        RuleChange::Caller { number, is_blocked: true } => format!("{number} sperren"),
        RuleChange::Caller { number, is_blocked: false } => format!("{number} nicht mehr sperren"),
        RuleChange::Intercom { is_taken: true } => "Durchsagen annehmen".to_owned(),
        RuleChange::Intercom { is_taken: false } => "Durchsagen ablehnen".to_owned(),
        RuleChange::Force { number, is_open: Some(true) } => format!("die Zeitgruppe {number} öffnen"),
        RuleChange::Force { number, is_open: Some(false) } => format!("die Zeitgruppe {number} schließen"),
        RuleChange::Force { number, is_open: None } => {
            format!("die Zeitgruppe {number} wieder ihren Zeiten folgen lassen")
        }
        RuleChange::Night { number: ALL_NIGHT_MODES, is_on: true } => "alle Nachtschaltungen einschalten".to_owned(),
        RuleChange::Night { number: ALL_NIGHT_MODES, is_on: false } => "alle Nachtschaltungen ausschalten".to_owned(),
        RuleChange::Night { number, is_on: true } => format!("die Nachtschaltung {number} einschalten"),
        RuleChange::Night { number, is_on: false } => format!("die Nachtschaltung {number} ausschalten"),
        RuleChange::CallWaiting { is_on: true } => "Anklopfen einschalten".to_owned(),
        RuleChange::CallWaiting { is_on: false } => "Anklopfen ausschalten".to_owned(),
        RuleChange::CompletionOffers { is_on: true } => "Rückrufe anbieten lassen".to_owned(),
        RuleChange::CompletionOffers { is_on: false } => "Rückrufe nicht mehr anbieten lassen".to_owned(),
    }
}
