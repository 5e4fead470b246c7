//! Every sentence is said in every language, and none is forgotten in another's.

use std::collections::BTreeMap;

use config::{Class, Feature, Permission};

use super::{Language, Words};
use crate::alarm::Alarm;
use crate::attempts::Why;
use crate::events::{By, Cause, Decision, Ending, Happened};
use crate::ids::{CallId, LegId, RecordingId};
use crate::input::{Quality, RecordEnd};
use crate::route::{Act, Announcement, Deposit, Outcome, OutsideCall, PickUp, Reason, Retrieve, Ring, Step};
use crate::trunks::{Health, Trouble, Unusable};

/// Lists every variant of an enum: the match does not compile when one is missing.
macro_rules! every {
    ($kind:ident: $($variant:ident),+ $(,)?) => {{
        #[allow(dead_code, reason = "it is here to be exhaustive")]
        fn none_is_missing(one: $kind) {
            match one {
                $($kind::$variant => {})+
            }
        }
        [$($kind::$variant),+]
    }};
}

/// Samples of an enum with data. The patterns must name every variant, and each must have its sample.
macro_rules! samples {
    ($kind:ident: $($pattern:pat => $samples:expr),+ $(,)?) => {{
        #[allow(dead_code, reason = "it is here to be exhaustive")]
        fn none_is_missing(one: &$kind) {
            match one {
                $($pattern => {})+
            }
        }
        let mut samples: Vec<$kind> = Vec::new();
        $(samples.extend($samples);)+
        samples
    }};
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn causes() -> [Cause; 23] {
    every!(Cause:
        HungUp, Cancelled, Busy, Declined, Unanswered, Offline, NoSuchNumber, NotAllowed, NoLine, TollLimit, UnknownOutside,
        OutsideRefused, EmergencyUnreachable, NoCodec,
        NoPort, Loop, PartyLost, Overload, ShutDown, PickedUp, ByOrder, Transferred, Internal)
}

fn outcomes() -> [Outcome; 8] {
    every!(Outcome: Busy, Declined, Unanswered, Offline, Incompatible, NoWay, Operator, NothingRings)
}

fn features() -> [Feature; 9] {
    every!(Feature:
        EchoTest, Time, OwnExtension, BoxStatus, MyVoicemail, AnyVoicemail, LeaveMessage, GroupPickup, DirectedPickup)
}

fn announcements() -> [Announcement; 5] {
    every!(Announcement: Time, OwnExtension, BoxStatus, NoSuchMailbox, NothingToPickUp)
}

fn between(by: By) -> Ending {
    Ending::Between { from: text("101"), to: text("102"), by }
}

fn endings() -> Vec<Ending> {
    let deposit = |has_left| Ending::Deposit { from: text("101"), mailbox: text("102"), has_left };
    let retrieval = |opened: Option<&str>, refused: Option<&str>| Ending::Retrieval {
        from: text("101"),
        opened: opened.map(text),
        refused: refused.map(text),
    };
    samples!(Ending:
        Ending::Between { .. } => [between(By::Caller), between(By::Callee), between(By::Box)],
        Ending::Deposit { .. } => [deposit(true), deposit(false)],
        Ending::Retrieval { .. } => [
            retrieval(Some("101"), None),
            retrieval(Some("102"), None),
            retrieval(None, Some("")),
            retrieval(None, Some("102")),
            retrieval(None, None),
        ],
        Ending::PickUp { .. } => [Ending::PickUp { by: text("101"), of: text("102") }],
        Ending::Connected { .. } => [Ending::Connected { by: text("101"), call: CallId(7) }],
        Ending::PowerCut => [Ending::PowerCut],
        Ending::Told(_) => [Ending::Told(text("101 hung up"))],
    )
}

fn acts() -> Vec<Act> {
    let mut acts = samples!(Act:
        Act::Ring(_) => [Act::Ring(Ring { extension: text("102"), users: Vec::new(), limit_s: 25 })],
        Act::EchoTest => [Act::EchoTest],
        Act::Announce(_) => [Act::Announce(Announcement::Time)],
        Act::PickUp(_) => [Act::PickUp(PickUp { of: Some(text("102")) }), Act::PickUp(PickUp { of: None })],
        Act::Deposit(_) => [Act::Deposit(Deposit { mailbox: text("102"), has_operator: false, is_again: false })],
        Act::Retrieve(_) => [
            Act::Retrieve(Retrieve { mailbox: Some(text("102")), asks_pin: true }),
            Act::Retrieve(Retrieve { mailbox: None, asks_pin: true }),
        ],
        Act::Outside(_) => [Act::Outside(OutsideCall {
            trunk: text("carrier"),
            number: text("+493012345"),
            extension: text("101"),
            is_emergency: false,
        })],
        Act::Reject(_) => [Act::Reject(Cause::Busy)],
    );
    acts.extend(announcements().map(Act::Announce));
    acts.extend(causes().map(Act::Reject));
    acts
}

fn reasons() -> Vec<Reason> {
    let phones = |registered, phones| Reason::PhonesRegistered { registered, phones };
    let mut reasons = samples!(Reason:
        Reason::EmergencyNumber { .. } => [Reason::EmergencyNumber { number: text("112") }],
        Reason::NoTrunk => [Reason::NoTrunk],
        Reason::FeatureCode { .. } => [Reason::FeatureCode { code: text("*43"), feature: Feature::EchoTest }],
        Reason::ExtensionOf { .. } => [Reason::ExtensionOf { extension: text("102"), person: text("Workshop") }],
        Reason::CallerOwnPhone => [Reason::CallerOwnPhone],
        Reason::PhonesRegistered { .. } => [phones(0, 0), phones(0, 1), phones(1, 1), phones(1, 2), phones(2, 2)],
        Reason::InCalls { .. } => [Reason::InCalls { calls: 1 }, Reason::InCalls { calls: 2 }],
        Reason::NoCallWaiting => [Reason::NoCallWaiting],
        Reason::OtherPickupGroup { .. } => [Reason::OtherPickupGroup { extension: text("102") }],
        Reason::TakesMessages { .. } => [Reason::TakesMessages { extension: text("102") }],
        Reason::Operator { .. } => [Reason::Operator { extension: text("100") }],
        Reason::SentOn { .. } => [Reason::SentOn { extension: text("102") }],
        Reason::OperatorUnanswered => [Reason::OperatorUnanswered],
        Reason::NoMailbox { .. } => [Reason::NoMailbox { number: text("102") }],
        Reason::Route { .. } => [Reason::Route { name: text("outside"), number: text("+493012345") }],
        Reason::Permitted { .. } => Class::ALL.map(|class| Reason::Permitted { extension: text("101"), class }),
        Reason::NotPermitted { .. } => Permission::ALL.map(|permission| Reason::NotPermitted {
            extension: text("101"),
            class: Class::Premium,
            permission,
        }),
        Reason::AtNight { .. } => [Reason::AtNight { class: Class::International }],
        Reason::FromOutside => [Reason::FromOutside],
        Reason::TrunkIs { .. } => every!(Health: Up, Degraded, Down)
            .map(|health| Reason::TrunkIs { trunk: text("carrier"), health }),
        Reason::NoTrunkLeft => [Reason::NoTrunkLeft],
        Reason::OwnNumber { .. } => [Reason::OwnNumber { number: text("+493012345"), to: text("102") }],
        Reason::NoOwnNumber { .. } => [Reason::NoOwnNumber { number: text("+493012345") }],
        Reason::After { .. } => [Reason::After { outcome: Outcome::Busy }],
        Reason::NoSuchNumber { .. } => [Reason::NoSuchNumber { number: text("999") }],
    );
    reasons.extend(outcomes().map(|outcome| Reason::After { outcome }));
    reasons.extend(features().map(|feature| Reason::FeatureCode { code: text("*43"), feature }));
    reasons
}

fn events() -> Vec<Happened> {
    let leg = LegId(2);
    let recording = RecordingId(3);
    let recorded = |end| Happened::Recorded { recording, length_ms: 4_000, end };
    let asked = Happened::Asked {
        from: text("101"),
        phone: text("101a"),
        dialled: text("102"),
        source: text("127.0.0.1:5060"),
        revision: 7,
    };
    let mut events = samples!(Happened:
        Happened::Asked { .. } => [asked],
        Happened::Decided { .. } => [Happened::Decided { steps: Vec::new() }],
        Happened::Entered { .. } => [Happened::Entered { step: 0 }],
        Happened::Invited { .. } => [Happened::Invited { leg, phone: text("102a"), contact: text("sip:102a@127.0.0.1") }],
        Happened::CalledOut { .. } => [Happened::CalledOut {
            leg,
            trunk: text("carrier"),
            number: text("+493012345"),
            at: text("127.0.0.9:5060"),
        }],
        Happened::PassedOver { .. } => every!(Unusable: Down, Full)
            .map(|why| Happened::PassedOver { trunk: text("carrier"), why }),
        Happened::Rang { .. } => [Happened::Rang { leg }],
        Happened::Refused { .. } => [Happened::Refused { leg, status: 486 }],
        Happened::Failed { .. } => [Happened::Failed { leg, cause: Cause::NoCodec }],
        Happened::NotReached { .. } => [Happened::NotReached { phone: text("102a"), cause: Cause::Offline }],
        Happened::Diverted { .. } => [Happened::Diverted { to: text("103") }],
        Happened::Transferring { .. } => [Happened::Transferring { by: text("101"), to: text("103") }],
        Happened::TransferRefused { .. } => [
            Happened::TransferRefused { by: text("101"), to: text("103"), cause: Cause::NotAllowed },
        ],
        Happened::Transferred { .. } => [Happened::Transferred { by: text("101"), to: text("103") }],
        Happened::HandedBack { .. } => [
            Happened::HandedBack { by: text("101"), to: text("103"), cause: Cause::Busy },
        ],
        Happened::Joined { .. } => [Happened::Joined { call: CallId(7), leg, extension: text("103") }],
        Happened::TakenOver { .. } => [Happened::TakenOver { leg, from: LegId(1), phone: text("103a") }],
        Happened::PickedUp { .. } => [
            Happened::PickedUp { leg, phone: text("103a"), by: text("103"), of: text("102") },
        ],
        Happened::CalledBack { .. } => [Happened::CalledBack { number: text("103") }],
        Happened::Answered { .. } => [
            Happened::Answered { leg, codec: text("PCMA") },
            Happened::Answered { leg, codec: text("") },
        ],
        Happened::Held { .. } => [Happened::Held { leg }],
        Happened::Resumed { .. } => [Happened::Resumed { leg }],
        Happened::Probed { .. } => [Happened::Probed { leg, is_alive: true }, Happened::Probed { leg, is_alive: false }],
        Happened::Quality { .. } => [Happened::Quality { leg, quality: Quality::default() }],
        Happened::Left { .. } => [Happened::Left { leg }],
        Happened::Recording { .. } => [Happened::Recording { leg, recording, mailbox: text("102") }],
        Happened::Recorded { .. } => [recorded(RecordEnd::Stopped)],
        Happened::MailboxOpened { .. } => [Happened::MailboxOpened { mailbox: text("102") }],
        Happened::WrongPin { .. } => [
            Happened::WrongPin { mailbox: text("102") },
            Happened::WrongPin { mailbox: text("") },
        ],
        Happened::Ended { .. } => [Happened::Ended { cause: Cause::HungUp, because: Ending::PowerCut }],
    );
    events.extend(every!(RecordEnd: Stopped, Limit, Silence, Failed).map(recorded));
    events
}

fn alarms() -> Vec<Alarm> {
    let locked = |mailbox: Option<&str>| Alarm::MailboxLocked {
        mailbox: mailbox.map(text),
        minutes: 15,
        misses: 5,
        from: vec![text("101"), text("103")],
    };
    samples!(Alarm:
        Alarm::NoHelp { .. } => [true, false]
            .map(|has_trunk| Alarm::NoHelp { from: text("101"), number: text("112"), has_trunk }),
        Alarm::NothingWritten => [Alarm::NothingWritten],
        Alarm::MessageBroken { .. } => [Alarm::MessageBroken { mailbox: text("102"), length_s: 12 }],
        Alarm::RecordingGone { .. } => [Alarm::RecordingGone { call: CallId(7) }],
        Alarm::MessagesNotKept => [Alarm::MessagesNotKept],
        Alarm::MailboxLocked { .. } => [locked(Some("102")), locked(None)],
        Alarm::MailboxAlmostFull { .. } => [
            Alarm::MailboxAlmostFull { mailbox: text("102"), name: text("Workshop"), percent: 93 },
        ],
        Alarm::Guessing { .. } => [Some(text("101")), None].map(|extension| Alarm::Guessing {
            source: text("192.0.2.7"),
            user: text("mb-7f3k"),
            extension,
            tries: 10,
        }),
        Alarm::Told(_) => [Alarm::Told(text("the copy is damaged too"))],
    )
}

fn troubles() -> Vec<Trouble> {
    let refused = |status| Trouble::Refused { status, phrase: text("Moved") };
    samples!(Trouble:
        Trouble::Starting => [Trouble::Starting],
        Trouble::SwitchedOff => [Trouble::SwitchedOff],
        Trouble::NoAddress { .. } => [Trouble::NoAddress { host: text("sip.example") }],
        Trouble::NoWay => [Trouble::NoWay],
        Trouble::Silent => [Trouble::Silent],
        Trouble::WrongSecret { .. } => [Trouble::WrongSecret { status: 403 }],
        Trouble::NoSecret => [Trouble::NoSecret],
        Trouble::Refused { .. } => [302, 404, 405, 420, 423, 429, 503, 603].map(refused),
        Trouble::CallUnanswered => [Trouble::CallUnanswered],
        Trouble::CallRefused { .. } => [Trouble::CallRefused { status: 503 }],
    )
}

/// Everything that can be said, by what it is said of.
fn said(words: &dyn Words) -> BTreeMap<String, String> {
    let mut said = BTreeMap::from([(text("is up"), text(words.is_up()))]);
    let mut say = |of: String, sentence: String| {
        said.insert(of, sentence);
    };
    for cause in causes() {
        say(format!("{cause:?}"), text(words.cause(cause)));
        for by in every!(By: Caller, Callee, Box) {
            say(format!("{cause:?} by {by:?}"), words.ending(cause, &between(by)));
        }
    }
    for outcome in outcomes() {
        say(format!("{outcome:?} after"), text(words.outcome(outcome)));
    }
    for feature in features() {
        say(format!("{feature:?} code"), text(words.feature(feature)));
    }
    for ending in endings() {
        say(format!("{ending:?}"), words.ending(Cause::HungUp, &ending));
    }
    for act in acts() {
        say(format!("{act:?}"), words.act(&act));
    }
    for reason in reasons() {
        say(format!("{reason:?}"), words.reason(&reason));
    }
    for event in events() {
        say(format!("{event:?}"), words.happened(&event));
    }
    for alarm in alarms() {
        say(format!("{alarm:?}"), words.alarm(&alarm));
    }
    for trouble in troubles() {
        say(format!("{trouble:?}"), words.trouble(&trouble));
    }
    for why in every!(Why: UnknownUser, WrongSecret, Replayed, NotItsOwn) {
        say(format!("{why:?}"), text(words.why(why)));
        say(format!("{why:?}, what to do"), text(words.remedy(why)));
    }
    said
}

#[test]
fn every_sentence_is_said_in_words_of_its_own() {
    let (english, german) = (said(Language::English.words()), said(Language::German.words()));
    assert!(english.len() > 130, "{} sentences", english.len());
    for (of, sentence) in &english {
        let other = &german[of];
        assert!(!sentence.is_empty() && !other.is_empty(), "{of}");
        // What an earlier version wrote is told as it is.
        assert!(sentence != other || of.starts_with("Told"), "{of} is said alike: {sentence}");
        assert!(!sentence.ends_with('.') && !other.ends_with('.'), "{of}: {sentence} / {other}");
        assert!(!sentence.contains("  ") && !other.contains("  "), "{of}: {sentence} / {other}");
    }
}

#[test]
fn no_two_things_are_told_alike_in_one_language() {
    for language in Language::ALL {
        let words = language.words();
        let mut causes: Vec<_> = causes().into_iter().map(|cause| words.cause(cause)).collect();
        let mut reasons: Vec<_> = reasons().iter().map(|reason| words.reason(reason)).collect();
        for (kind, is_many) in [("causes", causes.len()), ("reasons", reasons.len())] {
            assert!(is_many > 10, "{kind}");
        }
        causes.sort_unstable();
        assert!(causes.windows(2).all(|two| two[0] != two[1]), "{language:?}: {causes:?}");
        reasons.sort_unstable();
        reasons.dedup();
        assert!(reasons.len() >= 28, "{language:?}: {reasons:?}");
    }
}

#[test]
fn a_language_is_known_by_the_first_part_of_its_tag() {
    for (tag, expected) in [
        ("de", Some(Language::German)),
        ("de-CH", Some(Language::German)),
        ("DE_at", Some(Language::German)),
        ("en-US", Some(Language::English)),
        ("es", None),
        ("den", None),
        ("", None),
    ] {
        assert_eq!(Language::of_tag(tag), expected, "{tag}");
    }
}

/// What is in the call logs of offices; none of these lines may become unreadable.
#[test]
fn what_was_once_written_stays_readable() {
    let story = |json: &str| {
        let what: Happened = serde_json::from_str(json).expect(json);
        let words = Language::English.words();
        match &what {
            Happened::Decided { steps } => {
                let steps = steps.iter().map(|step| words.decision(step));
                steps.map(|(what, because)| format!("{what}: {}", because.join(", "))).collect::<Vec<_>>().join("; ")
            }
            what => words.happened(what),
        }
    };
    for (json, expected) in [
        (r#"{"kind":"ended","cause":"hung_up","because":"101 hung up"}"#, "over: 101 hung up"),
        (
            r#"{"kind":"ended","cause":"busy","because":{"between":{"from":"101","to":"102","by":"box"}}}"#,
            "over: 102 was busy",
        ),
        (
            r#"{"kind":"ended","cause":"shut_down","because":"power_cut"}"#,
            "over: the box stopped while this call was up, at this time or later",
        ),
        (
            r#"{"kind":"decided","steps":[{"what":"ring 102 for 25 s","because":["102 is the extension of Workshop"]}]}"#,
            "ring 102 for 25 s: 102 is the extension of Workshop",
        ),
        (
            r#"{"kind":"decided","steps":[{"act":{"reject":"no_such_number"},"on":[],
                "because":[{"no_such_number":{"number":"999"}}]}]}"#,
            "refuse: no such number: 999 is no extension, feature code or emergency number",
        ),
    ] {
        assert_eq!(story(json), expected);
    }
}

#[test]
fn every_event_is_read_as_it_was_written() {
    let steps = acts().into_iter().map(|act| {
        Decision::Step(Step { act, on: vec![(Outcome::Busy, 1), (Outcome::Operator, 2)], because: reasons() })
    });
    let mut events = events();
    events.push(Happened::Decided { steps: steps.collect() });
    events.extend(endings().into_iter().map(|because| Happened::Ended { cause: Cause::HungUp, because }));
    for event in events {
        let json = serde_json::to_string(&event).expect("an event is always JSON");
        assert_eq!(serde_json::from_str::<Happened>(&json).expect(&json), event, "{json}");
    }
    for alarm in alarms() {
        let json = serde_json::to_string(&alarm).expect("an alarm is always JSON");
        assert_eq!(serde_json::from_str::<Alarm>(&json).expect(&json), alarm, "{json}");
    }
}
