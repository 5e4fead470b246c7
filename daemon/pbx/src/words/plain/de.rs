//! German.

use super::phrase::{Forms, Lexicon, Phrase, Place};
use super::unclear::Unclear;
use super::way::Way;

pub(super) static LEXICON: Lexicon = Lexicon {
    phrase,
    when,
    to,
    whom,
    joints: &["und", "dann", "aber"],
    times: TIMES,
    countries: COUNTRIES,
    fillers: &["in", "im", "am", "an", "den", "der", "die", "von"],
    until: &["bis"],
    clock: "uhr",
    unclear,
};

fn phrase(phrase: Phrase) -> Forms {
    match phrase {
        Phrase::While => &["während {name}", "solange|während|wenn {name} (offen|geöffnet) ist", "solange {name}"],
        Phrase::Otherwise => &["sonst", "ansonsten|andernfalls", "(die) grundregel"],
        Phrase::Diversion => &["Umleitung", "Rufumleitung|Weiterleitung|Rufweiterleitung"],
        Phrase::Times => &["Zeitgruppe {name}", "Zeiten {name}"],
        Phrase::Off => &["abgeschaltet", "ausgeschaltet", "nicht in Gebrauch"],
        Phrase::Ring => &["klingeln", "klingelt|läuten|läutet"],
        Phrase::RingFor => {
            &["{s} s klingeln", "{s} s|sek|sekunden klingeln|läuten", "klingeln|klingelt (für) {s} s|sek|sekunden"]
        }
        Phrase::RingOn => &["klingeln , bis der Anrufer auflegt", "klingelt|läuten , bis der Anrufer auflegt|aufgibt"],
        Phrase::Dnd => &["nicht klingeln", "nicht stören|läuten", "kein Telefon klingelt", "dnd"],
        Phrase::Away => {
            &["die eigenen Telefone still lassen", "(die|meine) (eigenen) Telefone (bleiben) still (lassen)"]
        }
        Phrase::Also => &["auch {whom} klingeln", "auch|dazu {whom} (klingeln)"],
        Phrase::AlsoAfter => &[
            "auch {whom} nach {s} s klingeln",
            "auch|dazu {whom} nach {s} s|sek|sekunden (klingeln)",
            "nach {s} s|sek|sekunden auch {whom} (klingeln)",
        ],
        Phrase::AlsoUnasked => &["auch {whom} ohne Rückfrage klingeln", "auch|dazu {whom} ohne Rückfrage (klingeln)"],
        Phrase::AlsoAfterUnasked => &[
            "auch {whom} nach {s} s ohne Rückfrage klingeln",
            "auch|dazu {whom} nach {s} s|sek|sekunden ohne Rückfrage (klingeln)",
        ],
        Phrase::Screen => &[
            "vor Anrufen von draußen fragen",
            "vor Anrufen von außen|draussen fragen",
            "(erst|vorher) fragen , wer (es) (da) (anruft) (ist)",
        ],
        Phrase::SendAll => &[
            "jeden Anruf {to}",
            "alle|jeden|jeder Anrufe|Anruf {to} (leiten|umleiten|weiterleiten|schicken)",
            "Anrufe|alles {to} (leiten|umleiten|weiterleiten|schicken)",
        ],
        Phrase::Send => &[
            "{when} , Anrufe {to}",
            "{when} , (alle) (Anrufe) {to} (leiten|umleiten|weiterleiten|schicken)",
            "(alle) (Anrufe) {to} (leiten|umleiten|weiterleiten|schicken) , {when}",
        ],
        Phrase::FollowMe => &["Rufverfolgung", "Follow Me", "mir folgen", "mich suchen"],
        Phrase::Secretaries => &[
            "das Sekretariat nimmt jeden Anruf an",
            "(das|die) Sekretariat|Sekretärin nimmt alle|jeden Anrufe|Anruf an",
        ],
        Phrase::SecretariesInside => {
            &["das Sekretariat nimmt Anrufe von innen an", "(das|die) Sekretariat|Sekretärin nimmt interne Anrufe an"]
        }
        Phrase::SecretariesOutside => SECRETARIES_OUTSIDE,
        Phrase::First => &[
            "zuerst {s} s die eigenen Telefone klingeln",
            "zuerst|erst {s} s|sek|sekunden (die) (eigenen) Telefone (klingeln)",
        ],
        Phrase::Everyone => &["die eigenen Telefone klingeln mit", "(die) (eigenen) Telefone klingeln auch|mit"],
        Phrase::Then => &["dann {whom} klingeln", "dann|danach {whom} (klingeln|anrufen)"],
        Phrase::Assistant => {
            &["der Assistent antwortet vor der Mailbox", "(der|mein) Assistent antwortet (vor|statt) (der) (Mailbox)"]
        }
        Phrase::Key => &["Taste {key} leitet {to}", "(bei) Taste {key} (leitet|führt|geht) {to}"],
        Phrase::Answers => &["{whom} nimmt ab"],
        Phrase::AnswersNot => &["{whom} nimmt zurzeit nicht ab", "{whom} nimmt (gerade) nicht ab"],
        Phrase::Each => &["jede Stelle {s} s", "jede|jeder|je (Stelle) {s} s|sek|sekunden"],
        Phrase::Together => &["alle zusammen {s} s", "(alle) zusammen|gleichzeitig {s} s|sek|sekunden"],
        Phrase::PassTagged => PASS_TAGGED,
        Phrase::Pass => PASS,
    }
}

const SECRETARIES_OUTSIDE: Forms = &[
    "das Sekretariat nimmt Anrufe von draußen an",
    "(das|die) Sekretariat|Sekretärin nimmt externe Anrufe an",
    "(das|die) Sekretariat|Sekretärin nimmt Anrufe von außen|draussen an",
];

const PASS: Forms = &["Anrufer {pattern} kommen durch", "Anrufer|Anrufe (von) {pattern} kommen|kommt (durch)"];

const PASS_TAGGED: Forms = &[
    "Anrufer mit dem Stichwort {name} kommen durch",
    "Anrufer|Anrufe|Kontakte (von) (mit) (dem) Stichwort {name} kommen|kommt (durch)",
];

fn when(way: Way) -> Forms {
    match way {
        // Jeder Anruf hat keine eigenen Wörter.
        Way::Always => &[""],
        Way::OnActive => &["wenn schon ein Gespräch läuft", "wenn (ich) (schon) (bereits) im Gespräch (bin|ist)"],
        Way::Busy => &["wenn besetzt ist", "wenn besetzt", "bei besetzt"],
        Way::Unanswered => {
            &["wenn niemand abnimmt", "wenn keiner|niemand abhebt|abnimmt|drangeht|antwortet", "wenn unbeantwortet"]
        }
        Way::Offline => &["wenn kein Telefon erreichbar ist", "wenn kein Telefon da|angemeldet ist", "wenn offline"],
    }
}

fn to(place: Place) -> Forms {
    match place {
        Place::Person => &["an {who}", "an|zu (nebenstelle|person) {who}"],
        Place::Phone => &["an die Telefone von {who}", "an|auf (die|das) telefone|telefon (von) {who}"],
        Place::Mailbox => &["in die Mailbox von {who}", "in|an|auf (die) mailbox (von) {who}"],
        Place::OwnMailbox => &["in die eigene Mailbox", "in|an|auf (die|meine) (eigene) mailbox"],
        Place::Number => &["an die Nummer {digits}", "an|auf (die) nummer {digits}", "an|auf {digits}"],
    }
}

fn whom(place: Place) -> Forms {
    match place {
        Place::Person => &["{who}", "(bei) nebenstelle|person {who}"],
        Place::Phone => &["die Telefone von {who}", "(die|das) telefone|telefon (von) {who}"],
        Place::Mailbox => &["die Mailbox von {who}"],
        Place::OwnMailbox => &["die eigene Mailbox"],
        Place::Number => &["die Nummer {digits}", "(die) nummer {digits}", "{digits}"],
    }
}

const TIMES: &[(&str, &[&str])] = &[
    ("Mon", &["Mo", "Montag", "montags"]),
    ("Tue", &["Di", "Dienstag", "dienstags"]),
    ("Wed", &["Mi", "Mittwoch", "mittwochs"]),
    ("Thu", &["Do", "Donnerstag", "donnerstags"]),
    ("Fri", &["Fr", "Freitag", "freitags"]),
    ("Sat", &["Sa", "Samstag", "samstags", "Sonnabend"]),
    ("Sun", &["So", "Sonntag", "sonntags"]),
    ("Sat-Sun", &["Wochenende"]),
    ("Jan", &["Jan", "Januar", "Jänner"]),
    ("Feb", &["Feb", "Februar"]),
    ("Mar", &["Mär", "März"]),
    ("Apr", &["Apr", "April"]),
    ("May", &["Mai"]),
    ("Jun", &["Jun", "Juni"]),
    ("Jul", &["Jul", "Juli"]),
    ("Aug", &["Aug", "August"]),
    ("Sep", &["Sep", "September"]),
    ("Oct", &["Okt", "Oktober"]),
    ("Nov", &["Nov", "November"]),
    ("Dec", &["Dez", "Dezember"]),
    ("1st", &["1.", "erster", "ersten"]),
    ("2nd", &["2.", "zweiter", "zweiten"]),
    ("3rd", &["3.", "dritter", "dritten"]),
    ("4th", &["4.", "vierter", "vierten"]),
    ("5th", &["5.", "fünfter", "fünften"]),
    ("last", &["letzter", "letzten"]),
    ("Easter", &["Ostern"]),
    ("daily", &["täglich"]),
    ("always", &["immer"]),
    ("except", &["außer", "ausser", "nicht"]),
    ("holidays", &["Feiertage", "Feiertagen"]),
];

const COUNTRIES: &[(&str, &[&str])] = &[
    ("DE", &["Deutschland"]),
    ("AT", &["Österreich"]),
    ("CH", &["Schweiz"]),
    ("FR", &["Frankreich"]),
    ("IT", &["Italien"]),
    ("NL", &["Niederlande"]),
    ("ES", &["Spanien"]),
    ("CA", &["Kanada"]),
    ("US", &["USA"]),
    ("GB", &["Großbritannien"]),
];

fn unclear(unclear: &Unclear) -> String {
    match unclear {
        Unclear::Empty => "es steht nichts da: Schreiben Sie einen Satz wie in den Beispielen".to_owned(),
        Unclear::TooLong => {
            "der Satz ist zu lang: Schreiben Sie eine Regel, Umleitung oder Zeitgruppe auf einmal".to_owned()
        }
        Unclear::Words(words) => format!("„{words}“ ist nicht verständlich: Schreiben Sie es wie in einem der Beispiele"),
        Unclear::Twice => "dasselbe steht zweimal da: Lassen Sie eines weg".to_owned(),
        Unclear::WhatItIs => "es steht nicht da, was es werden soll: Beginnen Sie mit während und einer Zeitgruppe, mit \
                              sonst, Umleitung oder Zeitgruppe"
            .to_owned(),
        Unclear::TwoThings => {
            "mehr als eines wird begonnen: Schreiben Sie eine Regel, Umleitung oder Zeitgruppe auf einmal".to_owned()
        }
        Unclear::Nothing => "es steht nicht da, was geschehen soll: Schreiben Sie es hinter den Doppelpunkt".to_owned(),
        Unclear::NoSuchGroup { name, known } if known.is_empty() => format!(
            "eine Zeitgruppe {name} gibt es nicht, und auch keine andere: Legen Sie erst eine an, wie in Zeitgruppe \
             \"{name}\": Mo-Fr"
        ),
        Unclear::NoSuchGroup { name, known } => {
            let known = known.join(", ");
            format!("die Zeitgruppe {name} gibt es nicht: Schreiben Sie eine von {known}, oder legen Sie sie erst an")
        }
        Unclear::Times(words) => format!(
            "„{words}“ ist keine Zeit: Schreiben Sie Tage als Mo-Fr, Uhrzeiten als 08:00-18:00, ein Datum als 2026-12-24, \
             oder wie in letzter Mo Mai, Ostern+1, Feiertage DE"
        ),
        Unclear::DefaultStays => {
            "die Grundregel gilt, wenn keine andere gilt, und lässt sich nicht abschalten: Lassen Sie das weg".to_owned()
        }
        Unclear::OfList => {
            "Stellen, Sekretärinnen und Tasten gehören zu einer Umleitung: mit \"Umleitung: Rufverfolgung\", \"Umleitung: das \
             Sekretariat nimmt jeden Anruf an\" oder \"Umleitung: der Assistent antwortet\" beginnen"
                .to_owned()
        }
        Unclear::NotOfDiversion => {
            "eine Umleitung tut eines: kein Telefon klingelt, oder jeder Anruf, oder die bei besetzt, ohne Antwort oder \
             unerreichbar, gehen anderswohin; schreiben Sie den Rest als Regel"
                .to_owned()
        }
    }
}
