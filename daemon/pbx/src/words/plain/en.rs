//! English.

use super::phrase::{Forms, Lexicon, Phrase, Place};
use super::unclear::Unclear;
use super::way::Way;

pub(super) static LEXICON: Lexicon = Lexicon {
    phrase,
    when,
    to,
    whom,
    joints: &["and", "then", "but"],
    times: TIMES,
    countries: COUNTRIES,
    fillers: &["of", "in", "on", "the", "from"],
    until: &["to", "until", "till"],
    clock: "o'clock",
    unclear,
};

fn phrase(phrase: Phrase) -> Forms {
    match phrase {
        Phrase::While => &["while {name}", "while|when|whenever {name} is open", "during {name}"],
        Phrase::Otherwise => &["otherwise", "else", "at all other times", "(the) default rule", "by default"],
        Phrase::Diversion => &["diversion"],
        Phrase::Times => &["time group {name}", "times {name}"],
        Phrase::Off => &["switched off", "disabled", "not in use"],
        Phrase::Ring => &["ring", "rings", "ring my|the phones|phone"],
        Phrase::RingFor => &["ring for {s} s", "ring|rings (my|the) (phones|phone) (for) {s} s|sec|second|seconds"],
        Phrase::RingOn => &["ring until the caller gives up", "ring|rings until the|a caller hangs|gives up"],
        Phrase::Dnd => {
            &["do not ring", "don't|dont ring", "do not disturb", "don't|dont disturb", "dnd", "ring nothing"]
        }
        Phrase::Away => &["keep the own phones silent", "keep (the|my) (own) phones silent"],
        Phrase::Also => &["also ring {whom}", "ring {whom} too|also"],
        Phrase::AlsoAfter => {
            &["also ring {whom} after {s} s", "(also) ring {whom} (too|also) after {s} s|sec|second|seconds"]
        }
        Phrase::AlsoUnasked => &["also ring {whom} without asking"],
        Phrase::AlsoAfterUnasked => &[
            "also ring {whom} after {s} s without asking",
            "also ring {whom} after {s} s|sec|second|seconds without asking",
        ],
        Phrase::Screen => &[
            "ask before a call from outside is put through",
            "ask (first) who (it) is (there) (calling)",
            "screen calls|callers (from) (outside)",
        ],
        Phrase::SendAll => &[
            "send every call {to}",
            "send|forward|divert every|all|each|my|the (my) call|calls {to}",
            "send|forward|divert everything|calls {to}",
            "every|all call|calls|everything (goes|go) {to}",
        ],
        Phrase::Send => &[
            "{when} , send calls {to}",
            "{when} , (send|forward|divert) (my|all) (it|them|calls) {to}",
            "send|forward|divert (my|all) (it|them|calls) {to} {when}",
        ],
        Phrase::FollowMe => &["follow me", "look|search for me"],
        Phrase::Secretaries => &[
            "secretaries answer every call",
            "(my|the) secretaries|secretary answer|answers (all|every|each|my) (calls|call)",
        ],
        Phrase::SecretariesInside => &[
            "secretaries answer calls from inside",
            "(my|the) secretaries|secretary answer|answers (internal) calls (from) (inside)",
        ],
        Phrase::SecretariesOutside => {
            &["secretaries answer calls from outside", "(my|the) secretaries|secretary answer|answers external calls"]
        }
        Phrase::First => &[
            "first ring the own phones for {s} s",
            "first ring (my|the) (own) phones|phone for {s} s|sec|second|seconds",
        ],
        Phrase::Everyone => &["the own phones ring too", "(my|the) (own) phones|phone ring|rings too|also"],
        Phrase::Then => &["then ring {whom}", "then try|call|ring {whom}"],
        Phrase::Assistant => &[
            "the assistant answers before the mailbox",
            "(my|the) (personal) assistant answers (instead) (of) (before) (the|my) (mailbox|voicemail)",
        ],
        Phrase::Key => &["key {key} leads {to}", "(on) key {key} (leads|goes) {to}", "press {key} {to}"],
        Phrase::Answers => &["{whom} answers"],
        Phrase::AnswersNot => &["{whom} does not answer now", "{whom} doesn't answer (now)"],
        Phrase::Each => &["each for {s} s", "each (for) {s} s|sec|second|seconds"],
        Phrase::Together => &["all together for {s} s", "(all) together (for) {s} s|sec|second|seconds"],
        Phrase::PassTagged => PASS_TAGGED,
        Phrase::Pass => PASS,
    }
}

const PASS: Forms =
    &["callers {pattern} come through", "callers|caller|calls (from) {pattern} come|comes|pass (through)"];

const PASS_TAGGED: Forms = &[
    "callers with the tag {name} come through",
    "callers|caller|calls|contacts (from) (with) (the) tag {name} come|comes|pass (through)",
];

fn when(way: Way) -> Forms {
    match way {
        // Every call has no words of its own.
        Way::Always => &[""],
        Way::OnActive => &[
            "when already in a call",
            "when|if|while (i) (am|i'm) (already) in a call",
            "when|if|while (i) (am|i'm) on the phone",
        ],
        Way::Busy => &["when busy", "if busy", "when|if i am|i'm busy"],
        Way::Unanswered => &[
            "when nobody answers",
            "when|if nobody|none|no-one|noone answers",
            "when|if unanswered",
            "when|if not answered",
            "when|if no one answers",
        ],
        Way::Offline => {
            &["when no phone can be reached", "when|if no phone is reachable|there|registered", "when|if offline"]
        }
    }
}

fn to(place: Place) -> Forms {
    match place {
        Place::Person => &["to {who}", "to extension|person {who}"],
        Place::Phone => &["to the phones of {who}", "to (the) phones|phone (of) {who}"],
        Place::Mailbox => &["to the mailbox of {who}", "to (the) mailbox|voicemail (of) {who}"],
        Place::OwnMailbox => &["to the own mailbox", "to (the|my) (own) mailbox|voicemail"],
        Place::Number => &["to number {digits}", "to (the|a) number {digits}", "to {digits}"],
    }
}

fn whom(place: Place) -> Forms {
    match place {
        Place::Person => &["{who}", "extension|person {who}"],
        Place::Phone => &["the phones of {who}", "(the) phones|phone (of) {who}"],
        Place::Mailbox => &["the mailbox of {who}"],
        Place::OwnMailbox => &["the own mailbox"],
        Place::Number => &["number {digits}", "(the|a) number {digits}", "{digits}"],
    }
}

const TIMES: &[(&str, &[&str])] = &[
    ("Mon", &["Mon", "Monday", "Mondays"]),
    ("Tue", &["Tue", "Tuesday", "Tuesdays"]),
    ("Wed", &["Wed", "Wednesday", "Wednesdays"]),
    ("Thu", &["Thu", "Thursday", "Thursdays"]),
    ("Fri", &["Fri", "Friday", "Fridays"]),
    ("Sat", &["Sat", "Saturday", "Saturdays"]),
    ("Sun", &["Sun", "Sunday", "Sundays"]),
    ("Mon-Fri", &["weekdays"]),
    ("Sat-Sun", &["weekend", "weekends"]),
    ("Jan", &["Jan", "January"]),
    ("Feb", &["Feb", "February"]),
    ("Mar", &["Mar", "March"]),
    ("Apr", &["Apr", "April"]),
    ("May", &["May"]),
    ("Jun", &["Jun", "June"]),
    ("Jul", &["Jul", "July"]),
    ("Aug", &["Aug", "August"]),
    ("Sep", &["Sep", "September"]),
    ("Oct", &["Oct", "October"]),
    ("Nov", &["Nov", "November"]),
    ("Dec", &["Dec", "December"]),
    ("1st", &["1st", "first"]),
    ("2nd", &["2nd", "second"]),
    ("3rd", &["3rd", "third"]),
    ("4th", &["4th", "fourth"]),
    ("5th", &["5th", "fifth"]),
    ("except", &["except", "not"]),
];

const COUNTRIES: &[(&str, &[&str])] = &[
    ("US", &["USA"]),
    ("CA", &["Canada"]),
    ("GB", &["UK", "Britain"]),
    ("DE", &["Germany"]),
    ("AT", &["Austria"]),
    ("CH", &["Switzerland"]),
    ("FR", &["France"]),
    ("ES", &["Spain"]),
    ("IT", &["Italy"]),
    ("NL", &["Netherlands"]),
];

fn unclear(unclear: &Unclear) -> String {
    match unclear {
        Unclear::Empty => "nothing is written: write a sentence as one of the examples".to_owned(),
        Unclear::TooLong => "the sentence is too long: write one rule, diversion or time group at a time".to_owned(),
        Unclear::Words(words) => format!("\"{words}\" is not understood: write it as in one of the examples"),
        Unclear::Twice => "the same thing is said twice: leave one of the two out".to_owned(),
        Unclear::WhatItIs => {
            "it does not say what it is to be: begin with while and a time group, with otherwise, diversion or time group"
                .to_owned()
        }
        Unclear::TwoThings => "it begins more than one thing: write one rule, diversion or time group at a time".to_owned(),
        Unclear::Nothing => "it does not say what is to be done: write that behind the colon".to_owned(),
        Unclear::NoSuchGroup { name, known } if known.is_empty() => {
            format!("there is no time group {name}, nor any other: make one first, as in time group \"{name}\": Mon-Fri")
        }
        Unclear::NoSuchGroup { name, known } => {
            format!("there is no time group {name}: write one of {}, or make it first", known.join(", "))
        }
        Unclear::Times(words) => format!(
            "\"{words}\" is no time: write days as Mon-Fri, times as 08:00-18:00, dates as 2026-12-24, or as in last Mon \
             May, Easter+1, holidays US"
        ),
        Unclear::DefaultStays => {
            "the default rule holds when no other does, and cannot be switched off: leave that out".to_owned()
        }
        Unclear::OfList => {
            "places, secretaries and keys are of a diversion: begin with \"diversion: follow me\", \"diversion: secretaries answer every call\" \
             or \"diversion: the assistant answers\""
                .to_owned()
        }
        Unclear::NotOfDiversion => {
            "a diversion does one thing: no phone rings, or every call, or those when busy, unanswered or unreachable, go \
             elsewhere; write the rest as a rule"
                .to_owned()
        }
    }
}
