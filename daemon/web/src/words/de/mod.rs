//! German, with the words of the page.

mod fault;
mod file;

use config::Class;
use pbx::events::Cause;
use pbx::placed::Unplaced;
use pbx::tested::Untested;
use pbx::what_if::Unasked;
use pbx::words::Language;

use crate::keys::Shut;
use crate::why::{Malformed, Part, Signing, Unchanged, Unwell, Why};

pub(super) fn why(why: &Why) -> String {
    let fixed = match why {
        Why::Malformed(why) => return malformed(why),
        Why::Signing(why) => return signing(why),
        Why::Unchanged(why) => return unchanged(why),
        Why::Unwell(why) => return unwell(*why),
        Why::Fault(fault) => return fault::fault(fault),
        Why::Unsafe(reason) => return fault::reason(reason),
        Why::TimesRow(bad) => fault::bad_row(*bad),
        Why::WeakPassword(weak) => fault::weak_password(*weak),
        Why::WeakPin(weak) => fault::weak_pin(*weak),
        Why::Sound(unusable) => return file::sound(unusable),
        Why::Unfit(unfit) => return file::certificate(unfit),
        Why::Unread(unread) => return file::table(unread),
        Why::Backup(error) => return file::backup(error),
        Why::Store(error) => file::store(error),

        Why::Mistake => "der Seite ist ein Fehler unterlaufen; welcher, steht im Protokoll des Dienstes",
        Why::NoRandomness => "das System liefert keine Zufallszahlen",
        Why::NoFigures => "das System sagt nichts über sich; warum, steht im Protokoll des Dienstes",
        Why::EngineBusy => "die Box ist mit Anrufen beschäftigt: Versuchen Sie es noch einmal",
        Why::StoreBusy => "der Speicher hat es nicht angenommen: Versuchen Sie es noch einmal",
        Why::TooManyPages => "zu viele Seiten hören schon mit: Diese bekommt keine Neuigkeiten",

        Why::NoMailbox => "Sie haben keine Nebenstelle und damit keine Mailbox",
        Why::NoSuchCall => "diesen Anruf gibt es nicht",
        Why::NoLadder => {
            return format!(
                "die Nachrichten dieses Anrufs sind nicht mehr da: Die Box hat die ihrer letzten {} Anrufe seit ihrem Start",
                pbx::ladder::LADDERS_KEPT
            );
        }
        Why::CallOver => "dieser Anruf ist schon zu Ende",
        Why::NoAttempts => "von dieser Adresse kam kein falsches Passwort",
        Why::NoSuchWish => "darauf wartet niemand mehr",
        Why::NoSuchMessage => "diese Nachricht gibt es nicht",
        Why::MessageMoved => "die Nachricht wurde eben verschoben: Sehen Sie noch einmal nach",
        Why::SoundGone => "der Ton dazu ist nicht mehr im Speicher",
        Why::PastTheSound => "so lang ist der Ton nicht",
        Why::NoVoice => "die Box kann gerade nicht sprechen: Versuchen Sie es noch einmal",
        Why::NothingRecorded => "von Ihnen ist nichts aufgenommen: Anrufer hören die Box",
        Why::RecordingGone => "diese Aufnahme gibt es nicht mehr: Wählen Sie die Datei noch einmal",
        Why::SoundBusy => "eben wird eine andere Tondatei verarbeitet: Versuchen Sie es gleich noch einmal",
        Why::CutOff => "die Datei kam nicht bis zum Ende an: Versuchen Sie es noch einmal",
        Why::NoCertificateBefore => "die Box benutzt ihr eigenes Zertifikat, und davor gab es keines",
        Why::CertificateNotKept => "das Zertifikat wurde nicht gespeichert; warum, steht im Protokoll des Dienstes",
    };
    fixed.to_owned()
}

fn malformed(why: &Malformed) -> String {
    let fixed = match why {
        Malformed::OnlyRead => "diese Seite lässt sich nur lesen",
        Malformed::NoSuchPage => "diese Seite gibt es nicht",
        Malformed::NotThatWay => "das geht mit dieser Adresse nicht",
        Malformed::NotThere => "was diese Adresse nennt, gibt es nicht",
        Malformed::BadDigest => "das ist kein Digest dieser Anfrage: siehe RFC 7616",
        Malformed::BadQuery => "was hinter dem ? der Adresse steht, ist nicht zu verstehen",
        Malformed::TooSlow => "die Antwort hat zu lange gedauert",
        Malformed::OneHost => "eine Anfrage nennt genau einen Host",
        Malformed::UnknownHost => {
            "unter diesem Namen ist die Box nicht bekannt: Nehmen Sie ihre Adresse oder ihren Namen mit .local am Ende, oder \
             tragen Sie diesen Namen in bellbox.toml unter host_names ein"
        }
        Malformed::TooLong { most_kib } => {
            return format!("hier hat der Inhalt höchstens {most_kib} KiB und nennt seine Länge");
        }
        Malformed::NotJson => "der Inhalt muss application/json sein",
        Malformed::BadJson { column } => return format!("der Inhalt ist in Spalte {column} kein JSON"),
        Malformed::BadShape { field, column } => {
            return format!("der Inhalt passt nicht: siehe {field:?}, Spalte {column}");
        }
        Malformed::NoLength => "wer etwas hochlädt, nennt in Content-Length die Länge",
        Malformed::NoIfMatch => "eine Änderung nennt in If-Match, von welchem Stand sie ausgeht",
        Malformed::NoOwnHeader => "eine Änderung braucht die Kopfzeile X-Bellbox: 1",
        Malformed::OtherSite => "das kommt von einer fremden Seite",
        Malformed::UseHttps => "das geht nur über HTTPS",
        Malformed::NoHttps => "diese Box bietet kein HTTPS an: Starten Sie bellboxd mit --https",
    };
    fixed.to_owned()
}

fn signing(why: &Signing) -> String {
    let fixed = match why {
        Signing::Needed => "melden Sie sich erst an",
        Signing::PasswordOnly => {
            "melden Sie sich dafür mit Ihrem Kennwort an: Die PIN öffnet nur Anrufe und Nachrichten"
        }
        Signing::NoRight => "so weit reichen Ihre Rechte nicht: „Was darf ich?“ zeigt, wie weit sie reichen",
        Signing::MoreRights { name } => {
            return format!(
                "{name} hat Rechte, die Sie nicht haben, oder bekäme sie: Fragen Sie jemanden, der sie hat"
            );
        }
        Signing::NameOnly { name } => {
            return format!("von {name} dürfen Sie nur den Namen, die Anrufregeln und die Zeitgruppen ändern");
        }
        Signing::Wrong => "der Name oder das Kennwort ist falsch",
        Signing::WrongCurrent => "das ist falsch",
        Signing::TooManyTries { seconds } => {
            let wait = match seconds {
                ..120 => format!("{seconds} Sekunden"),
                seconds => format!("{} Minuten", seconds.div_ceil(60)),
            };
            return format!("zu viele falsche Versuche: Versuchen Sie es in {wait} wieder");
        }
        Signing::TooManyAtOnce => "eben melden sich zu viele an: Versuchen Sie es gleich noch einmal",
        Signing::PhoneOnly => "das Telefonbuch ist für Telefone: Tragen Sie Benutzer und Kennwort des Telefons ein",
        Signing::WrongToken => {
            "dieser Einrichtungsschlüssel öffnet die Box nicht: Nehmen Sie den neuesten von ihrer Konsole"
        }
        Signing::SetUpAlready => "die Box wurde eben eingerichtet: Melden Sie sich an",
        Signing::AdminGone => "das Konto für die Verwaltung ist nicht mehr da",
        Signing::WhichAdmin => "geben Sie die E-Mail-Adresse einer Person mit Verwaltungsrechten ein",
        Signing::Link(shut) => {
            let what = match shut {
                Shut::Unknown => "dieser Link ist nicht der neueste",
                Shut::Used => "dieser Link wurde schon benutzt",
                Shut::Late => "dieser Link ist abgelaufen, er gilt eine Stunde",
            };
            return format!("{what}; einen neuen macht 'bellboxd reset-admin'");
        }
    };
    fixed.to_owned()
}

fn unchanged(why: &Unchanged) -> String {
    let fixed = match why {
        Unchanged::NoSuchPerson => "diese Person gibt es nicht",
        Unchanged::NoSuchPhone => "dieses Telefon gibt es nicht",
        Unchanged::NoExtension => "es gibt keine Nebenstelle und damit keine Mailbox",
        Unchanged::NoName => "geben Sie einen Namen ein",
        Unchanged::NoSuchTimeZone => "diese Zeitzone gibt es nicht: Schreiben Sie eine wie Europe/Berlin",
        Unchanged::LastOwner => {
            "jemand muss sich anmelden und das Büro ändern können: Geben Sie erst einer anderen Person Verwaltungsrechte"
        }
        Unchanged::ChangedMeanwhile => {
            "das wurde inzwischen geändert: Sehen Sie es noch einmal an, bevor Sie speichern"
        }
        Unchanged::ChangedBy { author, minutes } => {
            let unit = if *minutes == 1 { "Minute" } else { "Minuten" };
            return format!("{author} hat das vor {minutes} {unit} geändert: Sehen Sie nach, bevor Sie speichern");
        }
        Unchanged::NoSuchTrunk => "diese Amtsleitung gibt es nicht",
        Unchanged::SwitchedOff => "sie ist ausgeschaltet: Schalten Sie sie zuerst ein",
        Unchanged::NotTested(why) => return not_tested(*why),
        Unchanged::NotNow => "der Anruf ist nicht mehr so: Sehen Sie noch einmal hin",
        Unchanged::NotPassedOn(cause) => return not_passed_on(*cause),
        Unchanged::NotPlaced(why) => return not_placed(why),
        Unchanged::NotAsked(why) => return not_asked(why),
        Unchanged::KeepsItsName => {
            "eine Amtsleitung behält ihren Namen: Legen Sie eine andere an, und entfernen Sie diese"
        }
        Unchanged::DefaultRuleStays => "die Grundregel bleibt und ist immer an: Ändern Sie, was sie tut",
        Unchanged::NoSuchRule => "diese Regel gibt es nicht",
        Unchanged::NobodyListed { .. } | Unchanged::NotSoMany { .. } | Unchanged::KeyNotAllowed { .. } => {
            return of_diversions(why);
        }
        Unchanged::NoSuchDiversion => "diese Umleitung gibt es nicht",
        Unchanged::NoAssistantMessage => {
            "für den Assistenten gibt es keine Ansage: Nehmen Sie eine mit *39 auf, oder bringen Sie eine als Datei mit"
        }
        Unchanged::NoSecretary => "diese Person nimmt für diese Nebenstelle nicht ab",
        Unchanged::NoSuchOrder => "eine Reihenfolge nennt jede Regel einmal: Sehen Sie sich die Regeln noch einmal an",
        Unchanged::NoSuchContact => "diesen Kontakt gibt es nicht",
        Unchanged::NoSuchAuthorization => "diesen Berechtigungscode gibt es nicht",
        Unchanged::NoSuchAccount => "diese Kostenstelle gibt es nicht",
        Unchanged::NoSuchSite => "diesen Standort gibt es nicht",
        Unchanged::NoSuchDepartment => "diese Abteilung gibt es nicht",
        Unchanged::NoSuchGroup => "diese Gruppe gibt es nicht",
        Unchanged::NoSuchProfile => "dieses Profil gibt es nicht",
        Unchanged::CallsGoOutByIt { .. }
        | Unchanged::SiteInUse { .. }
        | Unchanged::DepartmentInUse { .. }
        | Unchanged::SiteTimesInUse { .. }
        | Unchanged::ProfileInUse { .. }
        | Unchanged::GroupInUse { .. }
        | Unchanged::PersonNamed { .. }
        | Unchanged::ExtensionNamed { .. }
        | Unchanged::TimeGroupInUse { .. } => return in_use(why),
        Unchanged::NoSuchBook => "diese Liste von Kontakten gibt es nicht: Schreiben Sie own oder office",
        Unchanged::NoSuchTimeGroup => "diese Zeitgruppe gibt es nicht",
        Unchanged::NoSuchNightMode => "diese Nachtschaltung gibt es nicht",
        Unchanged::NoSuchMoment => "schreiben Sie ein Datum und eine Uhrzeit, die noch kommen",
        Unchanged::OutsideChanged => {
            "jemand hat inzwischen Amtsleitungen, Rufnummern oder Wege geändert: Sehen Sie nach"
        }
        Unchanged::NoSuchRevision => "diese Änderung wird nicht mehr aufbewahrt",
        Unchanged::NothingBefore => "vor diesem gab es kein Büro",
        Unchanged::BadRevision => "die Änderung lässt sich nicht lesen; warum, steht im Protokoll des Dienstes",
        Unchanged::ChangedSince(part) => {
            let now = "wurde seither wieder geändert: Nehmen Sie erst das zurück, oder ändern Sie es von Hand";
            return format!("{} {now}", part_of_office(part));
        }
    };
    fixed.to_owned()
}

/// What stands in the way of switching something on.
fn of_diversions(why: &Unchanged) -> String {
    match why {
        Unchanged::NobodyListed { name } => {
            format!("auf der Liste, die klingeln würde, steht niemand: {name} braucht zuerst eine")
        }
        Unchanged::NotSoMany { most } => format!("die Nebenstellen nennen: 1 bis {most}"),
        Unchanged::KeyNotAllowed { key } => {
            format!("die Taste {key} führt zu einer Nummer, die diese Nebenstelle nicht anrufen darf")
        }
        _ => String::new(),
    }
}

/// What stands in the way of removing something.
fn in_use(why: &Unchanged) -> String {
    match why {
        Unchanged::CallsGoOutByIt { route } => {
            format!("darüber gehen Anrufe hinaus: Nehmen Sie sie erst aus dem Weg {route}")
        }
        Unchanged::SiteInUse { by } => {
            format!("dort arbeiten: {by}; geben Sie ihnen erst einen anderen Standort")
        }
        Unchanged::DepartmentInUse { by } => {
            format!("in ihr sind: {by}; sagen Sie, in welche Abteilung sie kommen")
        }
        Unchanged::SiteTimesInUse { groups } => {
            format!(
                "Regeln oder Umleitungen hängen an Zeitgruppen des alten Standorts: {groups}; geben Sie ihnen erst andere"
            )
        }
        Unchanged::ProfileInUse { by } => {
            format!("das haben: {by}; geben Sie ihnen erst ein anderes oder keines")
        }
        Unchanged::GroupInUse { by } => format!("sie steht in: {by}; nehmen Sie sie dort erst heraus"),
        Unchanged::PersonNamed { name, by } => {
            format!("in diesen Gruppen steht {name}: {by}; nehmen Sie die Person dort erst heraus")
        }
        Unchanged::ExtensionNamed { extension, by } => {
            format!(
                "Berechtigungscodes, Nachtschaltungen, Standorte oder Gruppen nennen {extension}: {by}; nehmen Sie sie dort erst heraus"
            )
        }
        Unchanged::TimeGroupInUse { by } => {
            format!("daran hängen Regeln oder Nachtschaltungen: {by}; geben Sie ihnen erst eine andere")
        }
        _ => String::new(),
    }
}

fn not_asked(why: &Unasked) -> String {
    let fixed = match why {
        Unasked::NothingDialled => "schreiben Sie die Nummer, die gewählt wird",
        Unasked::NoSuchMoment => "schreiben Sie ein Datum und eine Uhrzeit wie 2026-12-24T17:30",
        Unasked::NoSuchExtension { number } => {
            return format!("eine Nebenstelle {number} gibt es nicht: Schreiben Sie eine des Büros");
        }
        Unasked::NoSuchTrunk { name } => {
            return format!("eine eingeschaltete Amtsleitung {name} gibt es nicht: Schreiben Sie den Namen von einer");
        }
        Unasked::NoWayIn => {
            "keine Amtsleitung ist eingeschaltet, also ruft niemand von draußen an: Schreiben Sie eine Nebenstelle"
        }
        Unasked::NotYours { own } => {
            return format!(
                "fragen Sie nach Anrufen bei Ihrer eigenen Nebenstelle {own}, und nehmen Sie nur von der etwas an"
            );
        }
        Unasked::TooMany => "von höchstens 64 Namen wird etwas angenommen: Lassen Sie welche weg",
    };
    fixed.to_owned()
}

fn unwell(why: Unwell) -> String {
    match why {
        Unwell::Stuck { seconds } => format!("der Kern der Box antwortet seit {seconds} s nicht"),
        Unwell::StoreFails => "der Speicher lässt sich nicht beschreiben: Prüfen Sie, ob er voll ist".to_owned(),
    }
}

fn part_of_office(part: &Part) -> &str {
    match part {
        Part::Office => "das Büro",
        Part::Codes => "die Tabelle der Codes",
        Part::Trunks => "die Tabelle der Amtsleitungen",
        Part::Numbers => "die Tabelle der Rufnummern",
        Part::Routes => "die Tabelle der Wege",
        Part::TimeGroups => "die Zeitgruppen des Büros",
        Part::NightModes => "die Tabelle der Nachtschaltungen",
        Part::Contacts => "die Liste der Kontakte",
        Part::Authorizations => "die Tabelle der Berechtigungscodes",
        Part::Accounts => "die Tabelle der Kostenstellen",
        Part::Sites => "die Tabelle der Standorte",
        Part::Departments => "die Tabelle der Abteilungen",
        Part::Profiles => "die Tabelle der Profile",
        Part::Groups => "die Tabelle der Gruppen",
        Part::Person(name) => name,
    }
}

fn not_passed_on(cause: Cause) -> String {
    format!("dorthin kann der Anruf nicht gehen: {}", Language::German.words().cause(cause))
}

fn not_placed(why: &Unplaced) -> String {
    let words = Language::German.words();
    let text = match why {
        Unplaced::NoNumber => "schreiben Sie eine Rufnummer, die angerufen wird, und nicht die eigene",
        Unplaced::Emergency => "das ist ein Notruf: Wählen Sie ihn an einem Telefon",
        Unplaced::NoPhone => "Ihr Telefon ist nicht erreichbar: Sehen Sie nach, ob es eingeschaltet ist",
        Unplaced::Refused { why: Some(why), .. } => {
            return format!("der Anruf würde abgewiesen: {}", words.reason(why));
        }
        Unplaced::Refused { cause, .. } => return format!("der Anruf würde abgewiesen: {}", words.cause(*cause)),
        Unplaced::Barred { extension, why } => return words.barred(extension, *why),
        Unplaced::Running => "Ihr Telefon klingelt schon für einen anderen Anruf",
        Unplaced::Overload => "die Box nimmt gerade keine Anrufe mehr an: Versuchen Sie es später noch einmal",
    };
    text.to_owned()
}

fn not_tested(why: Untested) -> String {
    let text = match why {
        Untested::NoSuchTrunk => "diese Amtsleitung gibt es nicht, oder sie ist ausgeschaltet",
        Untested::Running => "darüber läuft schon ein Testanruf: Warten Sie ab, was er ergibt",
        Untested::NoNumber => "schreiben Sie eine Rufnummer, die angerufen wird",
        Untested::Emergency => "das ist ein Notruf: Schreiben Sie eine andere Rufnummer",
        Untested::NotPermitted(class) => {
            let calls = match class {
                Class::Emergency => "Notrufe",
                Class::Local => "Ortsgespräche",
                Class::National => "Inlandsgespräche",
                Class::Mobile => "Gespräche in Mobilfunknetze",
                Class::International => "Auslandsgespräche",
                Class::Premium => "Gespräche zu Sonderrufnummern",
            };
            return format!("Ihre Nebenstelle darf keine {calls} führen: Schreiben Sie eine nähere Rufnummer");
        }
        Untested::TollGuard => {
            "der Kostenschutz lässt Ihre Nebenstelle jetzt nicht hinaus: Versuchen Sie es später noch einmal"
        }
        Untested::NoAddress => "wo die Amtsleitung ist, ist nicht bekannt: Sehen Sie nach, was ihr Zustand sagt",
        Untested::Full => "alle ihre Kanäle sind belegt: Versuchen Sie es später noch einmal",
        Untested::Overload => "die Box nimmt gerade keine Anrufe mehr an: Versuchen Sie es später noch einmal",
    };
    text.to_owned()
}
