//! What is wrong with a field of the office.

use config::{
    BadEntry, BadRow, Claimant, CodeFault, ContactFault, Fault, Feature, OutsideFault, PersonFault, RightsFault,
    RuleFault, SiteFault, Wanted, WeakPassword, WeakPin, WeakSecret,
};
use pbx::words::Language;
use store::Reason;

pub(super) fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Person(fault) => of_person(fault),
        Fault::Outside(fault) => of_outside(fault),
        Fault::Rule(fault) => of_rule(fault),
        Fault::Contact(fault) => of_contact(fault),
        Fault::Site(fault) => of_site(fault),
        Fault::Code(fault) => of_code(fault),
        Fault::Rights(fault) => of_rights(fault),
        Fault::UnknownKey => "dieses Feld ist hier nicht bekannt: Berichtigen oder entfernen Sie es".to_owned(),
        Fault::WrongType { expected } => {
            format!("der Wert ist von der falschen Art: Schreiben Sie {}", wanted(*expected))
        }
        Fault::Missing => "das fehlt: Ergänzen Sie es".to_owned(),
        Fault::BadName => "ein Name hat 1 bis 64 Zeichen ohne Steuerzeichen: Schreiben Sie einen anderen".to_owned(),
        Fault::IsEmergency { number } => format!(
            "{number} ist eine Notrufnummer und kann weder Nebenstelle noch Code sein: Wählen Sie etwas anderes"
        ),
        Fault::IsFeatureCode { number, feature } => {
            format!("{number} ist der Code für {}: Wählen Sie etwas anderes", named(*feature))
        }
        Fault::TwoMeanings { dialled, this, other, code } => {
            let this = match this {
                Claimant::Extension => "diese Nebenstelle",
                Claimant::Feature(feature) => named(*feature),
            };
            let other = named(*other);
            format!(
                "{dialled} stünde für {this} und für {other}, dessen Code {code} Ziffern annimmt: Wählen Sie etwas anderes"
            )
        }
        Fault::BeginsAlike { code, other, other_code } => format!(
            "{code} und {other_code}, der Code für {}, beginnen gleich, und Tasten im Gespräch werden einzeln gehört: Wählen Sie etwas anderes",
            named(*other)
        ),
        Fault::OutOfRange { value, least, most } => {
            format!("{value} geht nicht: Schreiben Sie eine Zahl von {least} bis {most}")
        }
        Fault::BadRingTime { ring_s } => format!(
            "{ring_s} s ist keine Klingelzeit: Schreiben Sie 5 bis 120 Sekunden, oder 0 für klingeln, bis der Anrufer auflegt"
        ),
        Fault::IdTaken { id } => {
            format!("{id} ist schon vergeben: Entfernen Sie diese Zeile, die Box vergibt eine neue")
        }
        Fault::InClear => {
            "das steht im Klartext da: Importieren Sie die Datei, die Box behält nur einen Hash davon".to_owned()
        }
        Fault::UnknownTimeZone { name } => {
            format!("die Zeitzone {name} gibt es nicht: Schreiben Sie eine wie Europe/Berlin")
        }
        Fault::BadCountry { code } => {
            format!("{code} ist kein Land: Schreiben Sie zwei große Buchstaben (ISO 3166) wie DE")
        }
        Fault::UnknownCountry { code } => format!(
            "die Notrufnummern von {code} sind hier nicht bekannt, nur 112 und 911 werden erkannt: Tragen Sie die des \
             Landes unter emergency ein"
        ),
        Fault::UnknownLanguage { code, known } => {
            format!("die Box spricht kein {code}: Schreiben Sie eines von {known}")
        }
        Fault::BadEmergency { number } => format!("{number} ist keine Notrufnummer: Schreiben Sie 2 bis 6 Ziffern"),
        Fault::UnknownFeature { name, known } => {
            format!("die Funktion {name} gibt es nicht: Schreiben Sie eine von {known}")
        }
        Fault::FeatureTwice { feature } => {
            format!("für {} gibt es schon eine Zeile: Entfernen Sie eine", named(*feature))
        }
        Fault::BadCode => "ein Code hat 2 bis 6 Zeichen von 0-9 * #: Schreiben Sie einen anderen".to_owned(),
        Fault::TooMany { most } => format!("es sind mehr als {most}: Entfernen Sie diese Zeile und die nach ihr"),
        Fault::More => "es gibt noch mehr Fehler: Berichtigen Sie diese und prüfen Sie noch einmal".to_owned(),
    }
}

fn of_person(fault: &PersonFault) -> String {
    match fault {
        PersonFault::BadExtension(_) => {
            "eine Nebenstelle hat 2 bis 10 Ziffern: Schreiben Sie eine solche Nummer".to_owned()
        }
        PersonFault::ExtensionTaken { number, owner } => {
            format!("{number} ist schon die Nebenstelle von {owner}: Wählen Sie eine andere")
        }
        PersonFault::NoSuchExtension { number } => {
            format!("die Nebenstelle {number} gibt es nicht: Schreiben Sie eine, die es gibt")
        }
        PersonFault::PhoneWithoutExtension => {
            "wer ein Telefon hat, braucht eine Nebenstelle: Tragen Sie eine ein, oder entfernen Sie die Telefone"
                .to_owned()
        }
        PersonFault::BadPhoneName => "ein Telefon heißt mit 1 bis 32 Buchstaben, Ziffern und . _ - und beginnt mit \
             Buchstabe oder Ziffer: Schreiben Sie einen anderen Namen"
            .to_owned(),
        PersonFault::PhoneNameTaken { name } => {
            format!("ein Telefon {name} gibt es schon: Schreiben Sie einen anderen Namen")
        }
        PersonFault::BadUser => {
            "ein SIP-Benutzer hat 1 bis 32 Buchstaben, Ziffern und . _ -: Schreiben Sie einen anderen".to_owned()
        }
        PersonFault::UserTaken { user, owner } => format!(
            "der SIP-Benutzer {user} ist schon der des Telefons {owner}: Schreiben Sie einen anderen, oder keinen für einen \
             zufälligen"
        ),
        PersonFault::BadHa1(_) => {
            "ein HA1 hat 32 hexadezimale Ziffern für md5 und 64 für sha256: Importieren Sie die Datei \
             stattdessen mit einem Kennwort"
                .to_owned()
        }
        PersonFault::BadLabel => {
            "ein Schild hat 1 bis 20 Zeichen ohne Leerzeichen am Rand und ohne Steuerzeichen: Schreiben Sie ein \
             anderes oder keines"
                .to_owned()
        }
        PersonFault::NotOurs { number } => {
            format!("{number} ist keine Nummer des Büros: Schreiben Sie eine davon oder keine")
        }
        PersonFault::BadPickupGroup => {
            "eine Übernahmegruppe heißt mit 1 bis 32 Zeichen ohne Leerzeichen am Rand und ohne \
             Steuerzeichen: Schreiben Sie einen anderen Namen"
                .to_owned()
        }
        PersonFault::BadPinHash => {
            "der Hash der PIN ist keiner von Argon2id: Importieren Sie die Datei stattdessen mit einer PIN".to_owned()
        }
        PersonFault::BadPasswordHash => {
            "der Hash des Kennworts ist keiner von Argon2id: Entfernen Sie ihn, und vergeben Sie \
             das Kennwort auf der Seite"
                .to_owned()
        }
        PersonFault::BadEmail => "das ist keine E-Mail-Adresse: Schreiben Sie eine wie empfang@example.com".to_owned(),
        PersonFault::EmailTaken { owner } => {
            format!("diese E-Mail-Adresse hat schon {owner}: Wählen Sie eine andere")
        }
        PersonFault::BadDepartment | PersonFault::DepartmentTaken { .. } => of_department(fault),
        PersonFault::NoSuchSite { name } => {
            format!("den Standort {name} gibt es nicht: Schreiben Sie einen, den es gibt, oder keinen")
        }
        PersonFault::UnknownRole { .. } | PersonFault::NoSuchProfile { .. } => of_given(fault),
    }
}

/// What somebody is to be given that is not there.
fn of_given(fault: &PersonFault) -> String {
    match fault {
        PersonFault::UnknownRole { name, known } => {
            format!("die Rolle {name} gibt es nicht: Schreiben Sie eine von diesen: {known}")
        }
        PersonFault::NoSuchProfile { name } => {
            format!("das Profil {name} gibt es nicht: Schreiben Sie eines, das es gibt, oder keines")
        }
        _ => String::new(),
    }
}

fn of_department(fault: &PersonFault) -> String {
    match fault {
        PersonFault::BadDepartment => {
            "eine Abteilung heißt mit 1 bis 40 Zeichen ohne Leerzeichen am Rand und ohne Steuerzeichen: Schreiben Sie einen \
             anderen Namen oder keinen"
                .to_owned()
        }
        PersonFault::DepartmentTaken { name } => {
            format!("eine Abteilung {name} gibt es schon: Schreiben Sie einen anderen Namen")
        }
        _ => String::new(),
    }
}

fn of_code(fault: &CodeFault) -> String {
    match fault {
        CodeFault::BadName => {
            "der Name eines Codes hat 1 bis 40 Zeichen, ohne Leerzeichen außen und ohne Steuerzeichen: Schreiben \
             Sie einen anderen"
                .to_owned()
        }
        CodeFault::NameTaken { name } => {
            format!("einen Code mit Namen {name} gibt es schon: Schreiben Sie einen anderen Namen")
        }
        CodeFault::BadAccount => "eine Kostenstelle hat 1 bis 8 Ziffern: Schreiben Sie solche".to_owned(),
        CodeFault::AccountTaken { number } => {
            format!("die Kostenstelle {number} gibt es schon: Schreiben Sie eine andere Nummer")
        }
        CodeFault::BadAccountName => {
            "der Name einer Kostenstelle hat 1 bis 64 Zeichen, ohne Leerzeichen außen und ohne Steuerzeichen: \
             Schreiben Sie einen anderen"
                .to_owned()
        }
    }
}

fn of_rights(fault: &RightsFault) -> String {
    match fault {
        RightsFault::BadProfileName => {
            "der Name eines Profils hat 1 bis 40 Zeichen, keine Leerzeichen außen und keine Steuerzeichen: Schreiben \
             Sie einen anderen"
                .to_owned()
        }
        RightsFault::ProfileTaken { name } => {
            format!("ein Profil {name} gibt es schon: Schreiben Sie einen anderen Namen")
        }
        RightsFault::BadGroupName => {
            "der Name einer Gruppe hat 1 bis 40 Zeichen, keine Leerzeichen außen und keine Steuerzeichen: Schreiben \
             Sie einen anderen"
                .to_owned()
        }
        RightsFault::GroupTaken { name } => {
            format!("eine Gruppe {name} gibt es schon: Schreiben Sie einen anderen Namen")
        }
        RightsFault::BadMember { member } => format!(
            "{member} ist kein Mitglied: Schreiben Sie jedes einmal, wie in person 2, extension 101 oder group Vertrieb"
        ),
        RightsFault::NoSuchMember { member } => {
            format!("{member} gibt es nicht: Schreiben Sie, wer hier ist")
        }
        RightsFault::NotInCharge { who } => format!(
            "{who} ist niemand, der sich kümmert: Schreiben Sie Personen mit ihrer Nummer, jede einmal, wie in person 2"
        ),
        RightsFault::InItself { way } => {
            format!("eine Gruppe stünde in sich selbst: {way}; nehmen Sie eine davon aus der vor ihr heraus")
        }
        RightsFault::BadRight { right } => format!(
            "{right} ist kein Recht: Schreiben Sie jeden Bereich einmal, und wie weit, wie in calls: see oder times: change"
        ),
    }
}

fn of_site(fault: &SiteFault) -> String {
    match fault {
        SiteFault::BadName => {
            "der Name eines Standorts hat 1 bis 40 Zeichen, keine Leerzeichen außen und keine Steuerzeichen: \
             Schreiben Sie einen anderen"
                .to_owned()
        }
        SiteFault::NameTaken { name } => {
            format!("einen Standort {name} gibt es schon: Schreiben Sie einen anderen Namen")
        }
        SiteFault::NotOurs { number } => {
            format!("{number} ist keine Nummer des Büros: Schreiben Sie eine davon oder keine")
        }
    }
}

fn of_contact(fault: &ContactFault) -> String {
    match fault {
        ContactFault::BadNumber { number } => format!(
            "{number} ist keine Rufnummer: Schreiben Sie höchstens 20 Ziffern, mit oder ohne + und Landeskennzahl davor"
        ),
        ContactFault::NoNumber => "da ist keine Rufnummer: Schreiben Sie mindestens eine".to_owned(),
        ContactFault::NameTaken { name } => format!(
            "einen Kontakt {name} gibt es schon: Ergänzen Sie die Nummer dort, oder schreiben Sie einen anderen Namen"
        ),
        ContactFault::BadCompany => {
            "eine Firma heißt mit 1 bis 64 Zeichen ohne Steuerzeichen: Schreiben Sie einen anderen Namen oder keinen"
                .to_owned()
        }
        ContactFault::BadTag => {
            "ein Stichwort hat 1 bis 24 Zeichen ohne Komma, Semikolon, Leerzeichen am Rand und Steuerzeichen: Schreiben \
             Sie ein anderes oder keines"
                .to_owned()
        }
    }
}

fn of_outside(fault: &OutsideFault) -> String {
    match fault {
        OutsideFault::BadAuthority => {
            "das ist kein Zertifikat: Setzen Sie die Zertifizierungsstelle des Anbieters als PEM \
            ein, von BEGIN CERTIFICATE bis END CERTIFICATE, höchstens 16 KiB, ohne Schlüssel"
                .to_owned()
        }
        OutsideFault::BadTrunkName => {
            "eine Amtsleitung heißt mit 1 bis 32 Buchstaben, Ziffern und . _ - und beginnt mit \
             Buchstabe oder Ziffer: Schreiben Sie einen anderen Namen"
                .to_owned()
        }
        OutsideFault::TrunkTaken { name } => {
            format!("eine Amtsleitung {name} gibt es schon: Schreiben Sie einen anderen Namen")
        }
        OutsideFault::NoSuchTrunk { name } => {
            format!("die Amtsleitung {name} gibt es nicht: Schreiben Sie eine, die es gibt")
        }
        OutsideFault::UnknownWord { word, known } => {
            format!("{word} gibt es hier nicht: Schreiben Sie eines von {known}")
        }
        OutsideFault::BadServer(_) => {
            "ein Server ist ein Hostname oder eine Adresse wie sip.example.com, 203.0.113.5:5060 \
             oder [2001:db8::5]: Schreiben Sie einen solchen"
                .to_owned()
        }
        OutsideFault::BadAccount => "ein Konto hat 1 bis 64 Buchstaben, Ziffern und Zeichen ohne Leerzeichen, \
             Anführungszeichen und @: Schreiben Sie, was der Anbieter Ihnen gab"
            .to_owned(),
        OutsideFault::BadNumber { number } => format!(
            "{number} ist keine vollständige Rufnummer: Schreiben Sie sie mit + und Land wie +493012345, oder so, wie sie \
             hier gewählt wird"
        ),
        OutsideFault::NumberTaken { number } => format!("{number} hat schon eine Zeile: Entfernen Sie eine"),
        OutsideFault::NoSuchTarget { target } => format!(
            "{target} ist weder eine Nebenstelle noch ein Funktionscode für Anrufer von draußen: Schreiben Sie etwas, das es \
             gibt"
        ),
        OutsideFault::RouteTaken { name } => {
            format!("einen Weg {name} gibt es schon: Schreiben Sie einen anderen Namen")
        }
        OutsideFault::BadPattern(_) => {
            "ein Muster hat höchstens 16 Ziffern, x für jede Ziffer, vorn ein + und hinten ein *, \
             wie +49* oder 11xxx: Schreiben Sie ein solches"
                .to_owned()
        }
        OutsideFault::BadPrepend => {
            "vor eine Nummer kommen höchstens 16 Zeichen von Ziffern, +, * und #: Schreiben Sie solche oder nichts"
                .to_owned()
        }
        OutsideFault::BadAddress { address } => {
            format!("{address} ist keine Adresse: Schreiben Sie eine wie 203.0.113.5")
        }
        OutsideFault::BadArea { area } => {
            format!("{area} ist keine Vorwahl: Schreiben Sie 1 bis 6 Ziffern ohne die 0 davor, wie 30")
        }
        OutsideFault::BadNight(_) => {
            "eine Zeitspanne hat zwei verschiedene Uhrzeiten wie 22:00-06:00: Schreiben Sie eine solche, oder keine"
                .to_owned()
        }
    }
}

fn of_rule(fault: &RuleFault) -> String {
    match fault {
        RuleFault::BadGroupName => {
            "eine Zeitgruppe heißt mit 1 bis 40 Zeichen ohne Leerzeichen am Rand und ohne Steuerzeichen: Schreiben Sie \
             einen anderen Namen"
                .to_owned()
        }
        RuleFault::GroupTaken { name } => {
            format!("eine Zeitgruppe {name} gibt es schon: Schreiben Sie einen anderen Namen")
        }
        RuleFault::GroupNumberTaken { number, name } => {
            format!("{number} ist schon die Kurznummer von {name}: Schreiben Sie eine andere, oder keine")
        }
        RuleFault::BadEntry { place, entry, why } => format!("Eintrag {place}, {entry}: {}", bad_entry(*why)),
        RuleFault::BadForced(_) => {
            "offen oder geschlossen steht als open oder closed da, für immer oder bis zu einem Zeitpunkt, wie in closed \
             until 2026-12-24T13:00:00Z: Schreiben Sie es so, oder nichts"
                .to_owned()
        }
        RuleFault::NoSuchGroup { name } => {
            format!("die Zeitgruppe {name} gibt es nicht: Schreiben Sie eine eigene, eine des Standorts oder eine des Büros")
        }
        RuleFault::NoSuchOfficeGroup { .. }
        | RuleFault::BadNightName
        | RuleFault::NightTaken { .. }
        | RuleFault::BadNightGroup { .. } => of_night(fault),
        RuleFault::TwoDefaults => {
            "es gibt schon eine Grundregel: Geben Sie dieser eine Zeitgruppe, oder entfernen Sie sie".to_owned()
        }
        RuleFault::BadAlso { place, row, .. } => in_row(*place, row, ALSO),
        RuleFault::NeverRings { place, after_s, ring_s } => format!(
            "Zeile {place} würde nie klingeln: Sie beginnt nach {after_s} s, und geklingelt wird {ring_s} s lang; schreiben Sie \
             weniger"
        ),
        RuleFault::BadFollowed { place, row } => in_row(*place, row, FOLLOWED),
        RuleFault::BadSecretary { place, row } => in_row(*place, row, SECRETARY),
        RuleFault::BadKey { place, row } => in_row(*place, row, KEY),
        RuleFault::NobodyAnswers => {
            "niemand nimmt ab: Schreiben Sie eine Nebenstelle, oder schalten Sie das Sekretariat aus".to_owned()
        }
        RuleFault::NobodyFollowed => {
            "auf der Liste steht niemand: Schreiben Sie, wo geklingelt werden soll, oder schalten Sie die Rufverfolgung aus"
                .to_owned()
        }
        RuleFault::NothingRings => {
            "es klingelt nichts: Lassen Sie die eigenen Telefone klingeln, oder schreiben Sie, was stattdessen klingelt"
                .to_owned()
        }
        RuleFault::BadTarget(_) => {
            "ein Ziel ist person, phone oder voicemail mit einer Nebenstelle, oder number mit Ziffern, wie person 102: \
             Schreiben Sie ein solches"
                .to_owned()
        }
        RuleFault::NoSuchTarget { number } => format!(
            "die Nebenstelle {number} gibt es nicht, und Anrufe gehen in die eigene Mailbox: Wählen Sie ein anderes Ziel"
        ),
        RuleFault::CallsForHelp { number } => {
            format!("{number} ist eine Notrufnummer, dorthin geht kein Anruf: Wählen Sie ein anderes Ziel")
        }
        RuleFault::DiversionTwice => "eine solche Umleitung gibt es schon: Entfernen Sie eine".to_owned(),
        RuleFault::BadMoment => "das ist kein Zeitpunkt: Schreiben Sie einen wie 2026-12-24T13:00:00Z".to_owned(),
        RuleFault::BadNote => {
            "eine Notiz hat höchstens 100 Zeichen und keine Steuerzeichen: Schreiben Sie eine kürzere".to_owned()
        }
    }
}

fn of_night(fault: &RuleFault) -> String {
    match fault {
        RuleFault::NoSuchOfficeGroup { name } => {
            format!("das Büro hat keine Zeitgruppe {name}: Schreiben Sie eine des Büros")
        }
        RuleFault::BadNightName => {
            "eine Nachtschaltung heißt mit 1 bis 40 Zeichen ohne Leerzeichen am Rand und ohne Steuerzeichen: Schreiben Sie \
             einen anderen Namen"
                .to_owned()
        }
        RuleFault::NightTaken { name } => {
            format!("eine Nachtschaltung {name} gibt es schon: Schreiben Sie einen anderen Namen")
        }
        RuleFault::BadNightGroup { place, row } => in_row(*place, row, NIGHT_GROUP),
        _ => String::new(),
    }
}

/// What must stand in a row.
fn in_row(place: usize, row: &str, must: &str) -> String {
    format!("Zeile {place}, {row}: {must}")
}

/// What a night mode forces.
const NIGHT_GROUP: &str =
    "schreiben Sie jede Zeitgruppe einmal, und ob sie open oder closed ist, wie in Opening hours: closed";

/// What rings along.
const ALSO: &str = "mit klingelt phone mit einer Nebenstelle oder number mit Ziffern, wie in number +4917012345 after 10 \
    s";

/// What Follow Me rings.
const FOLLOWED: &str = "nach den eigenen Telefonen klingelt phone mit einer anderen Nebenstelle, oder number mit Ziffern: \
    Schreiben Sie eines davon";

/// Who answers in somebody's place.
const SECRETARY: &str = "ein Sekretariat ist eine andere Nebenstelle, nur einmal, mit off dahinter, solange es nicht \
    eingeschaltet ist: Schreiben Sie eine solche, wie in 106";

/// A key of an assistant.
const KEY: &str = "eine Taste ist eine Ziffer, nur einmal, mit einem Ziel dahinter: Schreiben Sie es so, wie in 1 \
    person 102";

pub(super) fn bad_row(why: BadRow) -> &'static str {
    match why {
        BadRow::Columns => "eine Zeile hat vier Spalten, wie 09:00-17:00|mon-fri|*|*, oder acht, von und bis getrennt",
        BadRow::Times => {
            "Uhrzeiten stehen als 09:00-17:00 da, mehrere als 09:00-12:00&13:00-17:00, höchstens 12 in einer Zeile"
        }
        BadRow::Weekdays => "Wochentage stehen als mon-fri da, mehrere als mon&wed",
        BadRow::MonthDays => "Tage des Monats stehen als 1-15 da, von 1 bis 31",
        BadRow::Months => "Monate stehen als jan-mar oder 1-3 da",
        BadRow::Zone => "eine Zeitgruppe hat eine Zeitzone: Wählen Sie sie dort, und lassen Sie die fünfte Spalte weg",
        BadRow::Never => "diese Tage gibt es in diesen Monaten nicht",
    }
}

fn bad_entry(why: BadEntry) -> &'static str {
    match why {
        BadEntry::Empty => {
            "ein Eintrag hat Tage, Uhrzeiten oder beides, wie Mon-Fri 08:00-18:00, und höchstens 160 Zeichen"
        }
        BadEntry::Times => {
            "eine Tageszeit steht als 08:00-18:00 da, längstens bis 24:00, und ein Eintrag hat höchstens 12"
        }
        BadEntry::Dates => {
            "ein Datum steht als 2026-12-24 da, ein Zeitraum als 2026-12-24..2027-01-01, das frühere zuerst"
        }
        BadEntry::Nth => "ein Wochentag im Monat steht als 4th Thu Nov oder last Mon May da",
        BadEntry::Easter => "ein Tag um Ostern steht als Easter oder Easter+39 da, höchstens 150 Tage davon entfernt",
        BadEntry::Holidays => {
            "Feiertage gibt es von US, CA, GB, DE, AT, CH, FR, ES, IT und NL: Schreiben Sie etwa holidays DE"
        }
        BadEntry::Word => {
            "ein Wort ist nicht zu verstehen: Schreiben Sie Wochentage als Mon-Fri, Tage des Monats als 1-7, Monate als \
             Jan-Mar"
        }
    }
}

/// A feature with its article.
fn named(feature: Feature) -> &'static str {
    Language::German.words().feature(feature)
}

fn wanted(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Text => "Text in Anführungszeichen",
        Wanted::Flag => "true oder false",
        Wanted::Number => "eine ganze Zahl",
        Wanted::Texts => "eine Liste von Texten",
        Wanted::Table => "eine Tabelle",
        Wanted::Tables => "eine Liste von Tabellen",
    }
}

pub(super) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Secret(weak) => weak_secret(*weak).to_owned(),
        Reason::Pin(weak) => weak_pin(*weak).to_owned(),
        Reason::PinHash => {
            "das ist kein Hash von Argon2id mit üblichem Aufwand: Schreiben Sie stattdessen eine PIN".to_owned()
        }
        Reason::CodeShort { least } => format!(
            "ein Code hat {least} bis 10 Ziffern, denn was eingegeben wird, wird mit allen verglichen: Schreiben Sie einen längeren"
        ),
        Reason::CodeTaken => "diesen Code hat schon ein anderer: Schreiben Sie einen anderen".to_owned(),
        Reason::PasswordHash => {
            "das ist kein Hash von Argon2id mit üblichem Aufwand: Entfernen Sie ihn, und vergeben Sie \
             das Kennwort auf der Seite"
                .to_owned()
        }
        Reason::OtherRealm { theirs, ours } => format!(
            "die HA1 gehören zum Bereich {theirs}, dieser Box gehört {ours}: Entfernen Sie sie, dann gibt es neue Kennwörter"
        ),
        Reason::TrunkSecret => {
            "das Kennwort einer Amtsleitung hat höchstens 128 Zeichen und keine Steuerzeichen: Schreiben \
             Sie, was der Anbieter Ihnen gab"
                .to_owned()
        }
        Reason::BadRealm => {
            "ein Bereich hat 1 bis 64 Buchstaben, Ziffern und . _ -: Entfernen Sie diese Zeile".to_owned()
        }
        Reason::TooMany { count, most } => format!("es sind {count}, mehr als {most}: Entfernen Sie einige"),
    }
}

pub(super) fn weak_password(weak: WeakPassword) -> &'static str {
    match weak {
        WeakPassword::TooShort => "das Kennwort ist zu kurz: Nehmen Sie mindestens 10 Zeichen",
        WeakPassword::TooLong => "das Kennwort ist zu lang: Nehmen Sie höchstens 256 Byte",
        WeakPassword::ContainsOwner => {
            "im Kennwort steht der Name, die Adresse oder die Nebenstelle: Nehmen Sie etwas, das nichts damit zu tun hat"
        }
        WeakPassword::Repeat => "das Kennwort wiederholt einen Teil von sich: Nehmen Sie etwas Unregelmäßiges",
        WeakPassword::Sequence => "das Kennwort ist eine Folge benachbarter Zeichen: Nehmen Sie etwas Unregelmäßiges",
        WeakPassword::Common => "das Kennwort ist ein sehr häufiges oder fast: Nehmen Sie etwas, das niemand errät",
        WeakPassword::TooFewDistinct => "das Kennwort hat zu wenige verschiedene Zeichen: Nehmen Sie mindestens 6",
    }
}

pub(super) fn weak_pin(weak: WeakPin) -> &'static str {
    match weak {
        WeakPin::NotDigits => "eine PIN hat 4 bis 10 Ziffern",
        WeakPin::IsExtension => "in der PIN steht die Nebenstelle: Nehmen Sie etwas, das nichts damit zu tun hat",
        WeakPin::Repeat => "die PIN wiederholt sich: Nehmen Sie etwas Unregelmäßiges",
        WeakPin::Sequence => "die PIN ist eine Folge: Nehmen Sie etwas Unregelmäßiges",
    }
}

fn weak_secret(weak: WeakSecret) -> &'static str {
    match weak {
        WeakSecret::TooShort => "das Kennwort ist zu kurz: Nehmen Sie mindestens 10 Zeichen",
        WeakSecret::TooLong => {
            "das Kennwort ist zu lang: Nehmen Sie höchstens 64 Zeichen, Telefone schneiden den Rest ab"
        }
        WeakSecret::BadCharacter => {
            "das Kennwort hat Leerzeichen oder Zeichen außerhalb von ASCII, die Telefone verschieden schreiben: Nehmen Sie andere"
        }
        WeakSecret::ContainsUser => "im Kennwort steht der SIP-Benutzer: Nehmen Sie etwas, das nichts damit zu tun hat",
        WeakSecret::ContainsExtension => {
            "im Kennwort steht die Nebenstelle: Nehmen Sie etwas, das nichts damit zu tun hat"
        }
        WeakSecret::ContainsName => {
            "im Kennwort steht der Name der Person oder des Telefons: Nehmen Sie etwas, das nichts damit zu tun hat"
        }
        WeakSecret::Repeat => "das Kennwort wiederholt einen Teil von sich: Nehmen Sie etwas Unregelmäßiges",
        WeakSecret::Sequence => "das Kennwort ist eine Folge benachbarter Zeichen: Nehmen Sie etwas Unregelmäßiges",
        WeakSecret::Common => "das Kennwort ist ein sehr häufiges oder fast: Nehmen Sie etwas, das niemand errät",
        WeakSecret::TooFewDistinct => "das Kennwort hat zu wenige verschiedene Zeichen: Nehmen Sie mindestens 6",
    }
}
