//! Every sentence is said in every language, and none is forgotten in another's.

use std::collections::BTreeMap;

use config::{Class, DiversionKind, Feature, Permission, RuleChange, Target};

use super::{Language, Words};
use crate::alarm::Alarm;
use crate::attempts::Why;
use crate::events::{By, Cause, Decision, DiversionReason, Ending, Happened, NameSaid};
use crate::ids::{CallId, LegId, RecordingId};
use crate::input::{Quality, RecordEnd};
use crate::route::{
    Act, Announcement, AskName, Asks, Assist, Authorize, Charge, Completion, Deposit, Layer, NumberFor, Offer, Out,
    Outcome, OutsideCall, Passes, PickUp, Reason, Retrieve, Ring, Rings, Step, Strand, Unfit,
};
use crate::seen_as::{HiddenBy, NumberOf, SeenAs};
use crate::tested::Tested;
use crate::toll::Barred;
use crate::trunks::{Health, Unusable};
use crate::what_if::Told;

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

mod alarms;

use alarms::{alarms, troubles};

fn text(text: &str) -> String {
    text.to_owned()
}

fn reasons_to_send_on() -> [DiversionReason; 6] {
    every!(DiversionReason: Unconditional, Busy, NoAnswer, Unavailable, Deflection, Unknown)
}

fn causes() -> [Cause; 26] {
    every!(Cause:
        HungUp, Cancelled, Elsewhere, Busy, Declined, Unanswered, Offline, NoSuchNumber, NotAllowed, Blocked, NoLine, TollLimit, UnknownOutside,
        OutsideRefused, EmergencyUnreachable, NoCodec,
        NoPort, Loop, PartyLost, Overload, NoSlot, ShutDown, PickedUp, ByOrder, Transferred, Internal)
}

fn outcomes() -> Vec<Outcome> {
    samples!(Outcome:
        Outcome::Busy => [Outcome::Busy],
        Outcome::Declined => [Outcome::Declined],
        Outcome::Unanswered => [Outcome::Unanswered],
        Outcome::Offline => [Outcome::Offline],
        Outcome::Incompatible => [Outcome::Incompatible],
        Outcome::NoWay => [Outcome::NoWay],
        Outcome::Operator => [Outcome::Operator],
        Outcome::NothingRings => [Outcome::NothingRings],
        Outcome::Key(_) => (0..=9).map(Outcome::Key),
        Outcome::NoKey => [Outcome::NoKey],
        Outcome::Named => [Outcome::Named],
        Outcome::ToMailbox => [Outcome::ToMailbox],
        Outcome::NoSlot => [Outcome::NoSlot],
        Outcome::SlotEmpty => [Outcome::SlotEmpty],
        Outcome::NoWish => [Outcome::NoWish],
        Outcome::Authorized => [Outcome::Authorized],
        Outcome::Charged => [Outcome::Charged],
    )
}

fn features() -> [Feature; 52] {
    every!(Feature:
        EchoTest, Time, OwnExtension, BoxStatus, VerifyLine, WhatIf, MyVoicemail, AnyVoicemail, LeaveMessage, GroupPickup, DirectedPickup,
        Intercom, HideNumber, ShowNumber, NoCallWaiting, DndOn, DndOff, DndToggle, ForwardAlways, ForwardAlwaysOff, ForwardBusy, ForwardBusyOff, ForwardUnanswered, ForwardUnansweredOff, ForwardOffline, ForwardOfflineOff, FollowMe, Secretary, Assistant, RecordAssistant, DiversionsOff, BlockCaller, UnblockCaller, BlockLastCaller, IntercomOn, IntercomOff, ForceTimeGroup, NightMode, RejectAnonymous, TakeAnonymous, CallWaiting, CallWaitingOn, CallWaitingOff, Park, FetchParked, CallReturn, CompleteCall, CancelCompletions, CompletionOffers, AttendedTransfer, BlindTransfer, Drop)
}

fn announcements() -> Vec<Announcement> {
    let unfit = every!(Unfit: NoSuchNumber, NotAllowed, GoesRound, NotBlocked, ListFull, NoLastCaller, NoSuchGroup, NoSuchNight, NightNotAllowed, NobodyFollowed, NoSecretaries, NotASecretary);
    samples!(Announcement:
        Announcement::Time => [Announcement::Time],
        Announcement::OwnExtension => [Announcement::OwnExtension],
        Announcement::BoxStatus => [Announcement::BoxStatus],
        Announcement::Line => [Announcement::Line],
        Announcement::NoSuchMailbox => [Announcement::NoSuchMailbox],
        Announcement::NothingToPickUp => [Announcement::NothingToPickUp],
        Announcement::NoSlotFree => [Announcement::NoSlotFree],
        Announcement::SlotEmpty => [Announcement::SlotEmpty],
        Announcement::CompletionSet => [Announcement::CompletionSet],
        Announcement::NoCallToComplete => [Announcement::NoCallToComplete],
        Announcement::TooManyCompletions => [Announcement::TooManyCompletions],
        Announcement::CompletionsCancelled => [Announcement::CompletionsCancelled],
        Announcement::NoCompletions => [Announcement::NoCompletions],
        Announcement::NotTaken => [Announcement::NotTaken],
        Announcement::IntercomRefused => [Announcement::IntercomRefused],
        Announcement::Unfit(_) => unfit.map(Announcement::Unfit),
    )
}

fn rule_changes() -> Vec<RuleChange> {
    let to = || Some(Target::Number(text("0170")));
    let switched = |is_on| DiversionKind::ALL.map(|kind| RuleChange::Divert { kind, is_on, to: None });
    let caller = |is_blocked| RuleChange::Caller { number: text("+493012345"), is_blocked };
    samples!(RuleChange:
        RuleChange::Divert { .. } => switched(true).into_iter().chain(switched(false)).chain([
            RuleChange::Divert { kind: DiversionKind::Busy, is_on: true, to: to() },
        ]),
        RuleChange::Secretary { .. } => [true, false].map(|is_on| RuleChange::Secretary { boss: text("102"), is_on }),
        RuleChange::DivertNothing => [RuleChange::DivertNothing],
        RuleChange::Anonymous { .. } => [true, false].map(|is_taken| RuleChange::Anonymous { is_taken }),
        RuleChange::Caller { .. } => [caller(true), caller(false)],
        RuleChange::Intercom { .. } => [true, false].map(|is_taken| RuleChange::Intercom { is_taken }),
        RuleChange::Force { .. } => [Some(true), Some(false), None].map(|is_open| RuleChange::Force { number: 7, is_open }),
        RuleChange::Night { .. } => [(0, true), (0, false), (7, true), (7, false)].map(|(number, is_on)| RuleChange::Night { number, is_on }),
        RuleChange::CallWaiting { .. } => [true, false].map(|is_on| RuleChange::CallWaiting { is_on }),
        RuleChange::CompletionOffers { .. } => [true, false].map(|is_on| RuleChange::CompletionOffers { is_on }),
    )
}

fn numbers_for() -> Vec<NumberFor> {
    let kinds = [DiversionKind::Always, DiversionKind::Busy, DiversionKind::Unanswered, DiversionKind::Offline];
    samples!(NumberFor:
        NumberFor::Forward(_) => kinds.map(NumberFor::Forward),
        NumberFor::Block => [NumberFor::Block],
        NumberFor::Unblock => [NumberFor::Unblock],
    )
}

fn between(by: By) -> Ending {
    Ending::Between { from: text("101"), to: text("102"), by }
}

fn endings() -> Vec<Ending> {
    let deposit = |has_left| Ending::Deposit { from: text("101"), mailbox: text("102"), has_left, why: None };
    let why = Some(Reason::NoNumber { extension: Some(text("102")) });
    let decided = Ending::Deposit { from: text("101"), mailbox: text("102"), has_left: true, why };
    let retrieval = |opened: Option<&str>, refused: Option<&str>| Ending::Retrieval {
        from: text("101"),
        opened: opened.map(text),
        refused: refused.map(text),
    };
    samples!(Ending:
        Ending::Between { .. } => [between(By::Caller), between(By::Callee), between(By::Box)],
        Ending::Deposit { .. } => [deposit(true), deposit(false), decided],
        Ending::Retrieval { .. } => [
            retrieval(Some("101"), None),
            retrieval(Some("102"), None),
            retrieval(None, Some("")),
            retrieval(None, Some("102")),
            retrieval(None, None),
        ],
        Ending::PickUp { .. } => [Ending::PickUp { by: text("101"), of: text("102") }],
        Ending::CallBack { .. } => [Ending::CallBack { extension: text("101"), number: text("102") }],
        Ending::Placed { .. } => [Ending::Placed { extension: text("101"), number: text("102") }],
        Ending::Offered { .. } => [true, false].map(|is_wanted| Ending::Offered { from: text("101"), to: text("102"), is_wanted }),
        Ending::Assisted { .. } => [Ending::Assisted { from: text("101"), mailbox: text("102") }],
        Ending::Uncharged { .. } => [Ending::Uncharged { from: text("101"), to: text("+493012345") }],
        Ending::Fetch { .. } => [Ending::Fetch { by: text("101"), slot: 1 }],
        Ending::Park { .. } => [Ending::Park { by: text("101"), slot: 1, call: CallId(7) }],
        Ending::Connected { .. } => [Ending::Connected { by: text("101"), call: CallId(7) }],
        Ending::Tested { .. } => tests().into_iter().map(|tested| Ending::Tested {
            trunk: text("carrier"),
            number: text("+493012345"),
            tested,
        }),
        Ending::PowerCut => [Ending::PowerCut],
        Ending::Told(_) => [Ending::Told(text("101 hung up"))],
    )
}

fn tests() -> Vec<Tested> {
    let answered = |heard| Tested::Answered { after_ms: 1_250, listened_ms: 5_000, heard, round_trip_ms: 12 };
    let statuses = [401, 403, 404, 480, 488, 486, 603, 503, 420];
    samples!(Tested:
        Tested::Answered { .. } => [answered(true), answered(false)],
        Tested::Refused { .. } => statuses.map(|status| Tested::Refused { status, round_trip_ms: 12 }),
        Tested::Unanswered { .. } => [true, false].map(|rang| Tested::Unanswered { after_ms: 25_000, rang }),
        Tested::Silent => [Tested::Silent],
        Tested::Failed { .. } => [Tested::Failed { cause: Cause::NoCodec }],
    )
}

fn foretold(from: &str) -> Happened {
    let because = vec![Reason::ExtensionOf { extension: text("101"), person: text("Alice") }];
    let step = Step { act: Act::EchoTest, on: Vec::new(), because };
    let told = vec![
        Told::Step { step, left_by: Some(Outcome::Unanswered) },
        Told::Beyond { extension: text("102"), because: Vec::new() },
    ];
    let at = jiff::civil::date(2026, 12, 24).at(17, 30, 0, 0);
    Happened::Foretold { from: text(from), to: text("030124"), at, told }
}

fn authorize() -> Authorize {
    let (extension, number) = (text("101"), text("+33123456789"));
    Authorize { extension, number, class: Class::International, why: Barred::NotPermitted }
}

fn acts() -> Vec<Act> {
    let mut acts = samples!(Act:
        Act::Ring(_) => rings().map(Act::Ring),
        Act::Intercom(_) => [Act::Intercom(Ring::phones(text("102"), Vec::new(), 20))],
        Act::EchoTest => [Act::EchoTest],
        Act::Announce(_) => [Act::Announce(Announcement::Time)],
        Act::Change(_) => rule_changes().into_iter().map(Act::Change),
        Act::AskNumber(_) => numbers_for().into_iter().map(Act::AskNumber),
        Act::PickUp(_) => [Act::PickUp(PickUp { of: Some(text("102")) }), Act::PickUp(PickUp { of: None })],
        Act::Park => [Act::Park],
        Act::Complete(_) => [Act::Complete(Completion::Want), Act::Complete(Completion::Cancel)],
        Act::Offer(_) => [Act::Offer(Offer { target: text("102"), after: Outcome::Busy })],
        Act::CallReturn => [Act::CallReturn],
        Act::Foretell(_) => [Act::Foretell(text("+493012345"))],
        Act::Authorize(_) => [Act::Authorize(authorize())],
        Act::Charge(_) => [true, false].map(|is_required| {
            Act::Charge(Charge { extension: text("101"), number: text("+493012345"), is_required })
        }),
        Act::Fetch(_) => [Act::Fetch(1)],
        Act::Deposit(_) => [Act::Deposit(Deposit { mailbox: text("102"), has_operator: false, is_again: false })],
        Act::Retrieve(_) => [
            Act::Retrieve(Retrieve { mailbox: Some(text("102")), asks_pin: true, records: false }),
            Act::Retrieve(Retrieve { mailbox: Some(text("102")), asks_pin: true, records: true }),
            Act::Retrieve(Retrieve { mailbox: None, asks_pin: true, records: false }),
        ],
        Act::AskName(_) => [Act::AskName(AskName { extension: text("102") })],
        Act::Assist(_) => [Act::Assist(Assist { mailbox: text("102"), keys: vec![0, 1] })],
        Act::Outside(_) => [Act::Outside(OutsideCall {
            trunk: text("carrier"),
            number: text("+493012345"),
            extension: text("101"),
            is_emergency: false,
        })],
        Act::Reject(_) => [Act::Reject(Cause::Busy)],
    );
    acts.extend(announcements().into_iter().map(Act::Announce));
    acts.extend(causes().map(Act::Reject));
    acts
}

fn rings() -> [Ring; 9] {
    let call =
        OutsideCall { trunk: text("carrier"), number: text("+493012345"), extension: text("102"), is_emergency: false };
    let number = Strand {
        rings: Rings::Number(vec![call]),
        after_s: 10,
        for_s: None,
        asks: Some(Asks::Taking),
        in_turn: false,
        is_deputy: false,
    };
    let phones = Rings::Phones { extension: text("103"), users: vec![text("103a")] };
    let also =
        vec![number, Strand { rings: phones, after_s: 0, for_s: None, asks: None, in_turn: false, is_deputy: false }];
    let together = also.iter().map(|one| Strand { for_s: Some(20), after_s: 0, ..one.clone() }).collect();
    let list = |in_turn| also.iter().map(|one| Strand { for_s: Some(20), in_turn, ..one.clone() }).collect::<Vec<_>>();
    let own = Ring::phones(text("102"), vec![text("102a")], 25);
    [
        Ring { also: list(false), ..own.clone() },
        Ring { also: list(true), ..own.clone() },
        Ring { also: list(true), users: Vec::new(), ..own.clone() },
        Ring { also: together, ..own.clone() },
        Ring { limit_s: 0, ..own.clone() },
        Ring { also: also.clone(), ..own.clone() },
        Ring { also: also.clone(), limit_s: 0, ..own.clone() },
        Ring { also, users: Vec::new(), ..own.clone() },
        own,
    ]
}

fn layers() -> [Layer; 4] {
    [Layer::Key(2), Layer::Rule, Layer::Switch, Layer::Group(text("Evenings"))]
}

fn targets() -> [Target; 4] {
    ["person 103", "phone 103", "voicemail 103", "number 115"].map(|target| target.parse().expect("it is a target"))
}

fn passes() -> Vec<Passes> {
    samples!(Passes:
        Passes::Boss => [Passes::Boss],
        Passes::Secretary(_) => [Passes::Secretary(text("103"))],
        Passes::Listed(_) => [Passes::Listed(text("+49*"))],
        Passes::Tagged(_) => [Passes::Tagged(text("Customer"))],
        Passes::OtherCallers => [Passes::OtherCallers],
        Passes::NobodyThere => [Passes::NobodyThere],
    )
}

fn reasons() -> Vec<Reason> {
    let phones = |registered, phones| Reason::PhonesRegistered { registered, phones };
    let silent = |(silent, registered)| Reason::PhonesSilent { silent, registered };
    let mut reasons = samples!(Reason:
        Reason::EmergencyNumber { .. } => [Reason::EmergencyNumber { number: text("112") }],
        Reason::MayCallBack { .. } => [Reason::MayCallBack { extension: text("101") }],
        Reason::NoTrunk => [Reason::NoTrunk],
        Reason::FeatureCode { .. } => [Reason::FeatureCode { code: text("*43"), feature: Feature::EchoTest }],
        Reason::ExtensionOf { .. } => [Reason::ExtensionOf { extension: text("102"), person: text("Workshop") }],
        Reason::CallerOwnPhone => [Reason::CallerOwnPhone],
        Reason::PhonesRegistered { .. } => [phones(0, 0), phones(0, 1), phones(1, 1), phones(1, 2), phones(2, 2)],
        Reason::PhonesSilent { .. } => [(1, 1), (1, 2), (2, 2)].map(silent),
        Reason::InCalls { .. } => [Reason::InCalls { calls: 1 }, Reason::InCalls { calls: 2 }],
        Reason::NoIntercom { .. } => [Reason::NoIntercom { extension: text("102") }],
        Reason::NoCallWaiting => [Reason::NoCallWaiting],
        Reason::NoFreeLine { .. } => [Reason::NoFreeLine { calls: 1 }, Reason::NoFreeLine { calls: 10 }],
        Reason::OffersCompletion { .. } => [Reason::OffersCompletion { extension: text("101") }],
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
        Reason::AtNight { .. } => [text("101"), String::new()]
            .map(|extension| Reason::AtNight { extension, class: Class::International }),
        Reason::FromOutside => [Reason::FromOutside],
        Reason::TrunkIs { .. } => every!(Health: Up, Degraded, Down)
            .map(|health| Reason::TrunkIs { trunk: text("carrier"), health }),
        Reason::Uncharged { .. } => [Reason::Uncharged { extension: text("101") }],
        Reason::NoTrunkLeft => [Reason::NoTrunkLeft],
        Reason::OwnNumber { .. } => [Reason::OwnNumber { number: text("+493012345"), to: text("102") }],
        Reason::NoOwnNumber { .. } => [Reason::NoOwnNumber { number: text("+493012345") }],
        Reason::After { .. } => [Reason::After { outcome: Outcome::Busy }],
        Reason::RuleMatched { .. } => [Reason::RuleMatched {
            rule: text("Holidays"),
            extension: text("102"),
            date: jiff::civil::date(2026, 7, 4),
        }],
        Reason::NightMode { .. } => nights(),
        Reason::NoRuleMatched { .. } => [Reason::NoRuleMatched { extension: text("102") }],
        Reason::DoNotDisturb { .. } => layers().map(|layer| Reason::DoNotDisturb { extension: text("102"), layer }),
        Reason::FollowsMe { .. } => layers().map(|layer| Reason::FollowsMe { extension: text("102"), layer }),
        Reason::Secretaries { .. } => layers().map(|layer| Reason::Secretaries { extension: text("102"), layer }),
        Reason::SecretaryOut { .. } => every!(Out: Off, Offline, TakesNone, Asked)
            .map(|why| Reason::SecretaryOut { secretary: text("103"), extension: text("102"), why }),
        Reason::PassesSecretaries { .. } => passes()
            .into_iter()
            .map(|why| Reason::PassesSecretaries { extension: text("102"), why }),
        Reason::Forwards { .. } => targets().map(|to| Reason::Forwards { extension: text("102"), layer: Layer::Rule, to }),
        Reason::NotRung { .. } => targets().map(not_rung),
        Reason::Assists { .. } => layers().map(|layer| Reason::Assists { extension: text("102"), layer }),
        Reason::Screened { .. } => [Reason::Screened { extension: text("102") }],
        Reason::GoesRound { .. } => [Reason::GoesRound { extension: text("102") }],
        Reason::BlockedCaller { .. } => whose().map(|extension| Reason::BlockedCaller { pattern: text("+49*"), extension }),
        Reason::AllowedCaller { .. } => whose().map(|extension| Reason::AllowedCaller { pattern: text("+49*"), extension }),
        Reason::NoNumber { .. } => whose().map(|extension| Reason::NoNumber { extension }),
        Reason::NoSuchNumber { .. } => [Reason::NoSuchNumber { number: text("999") }],
    );
    reasons.extend(outcomes().into_iter().map(|outcome| Reason::After { outcome }));
    reasons.extend(features().map(|feature| Reason::FeatureCode { code: text("*43"), feature }));
    reasons
}

fn not_rung(to: Target) -> Reason {
    Reason::NotRung { to, extension: text("102"), cause: Cause::NotAllowed }
}

fn nights() -> [Reason; 2] {
    [true, false].map(|is_open| Reason::NightMode { mode: text("Night"), group: text("Opening hours"), is_open })
}

/// Whose list of callers decides.
fn whose() -> [Option<String>; 2] {
    [Some(text("102")), None]
}

fn every_seen_as() -> Vec<SeenAs> {
    let by = every!(HiddenBy: Code, Phone, Extension, Caller);
    let number = samples!(NumberOf:
        NumberOf::Chosen(_) => [NumberOf::Chosen(text("101"))],
        NumberOf::LeadsTo(_) => [NumberOf::LeadsTo(text("101"))],
        NumberOf::Site(_) => [NumberOf::Site(text("Depot"))],
        NumberOf::Trunk => [NumberOf::Trunk],
        NumberOf::Registered => [NumberOf::Registered],
        NumberOf::Extension => [NumberOf::Extension],
        NumberOf::Caller => [NumberOf::Caller],
    );
    let shown = |because, despite| SeenAs::Shown { number: text("+493012345"), because, despite };
    let numbers = number.into_iter().map(|number| shown(number, None));
    let helps = by.map(|by| shown(NumberOf::Trunk, Some(by)));
    numbers.chain(helps).chain(by.map(|because| SeenAs::Hidden { because })).collect()
}

/// What begins a call: from a phone, and of the box itself.
fn asked(source: &str) -> Happened {
    let (from, name, phone, dialled) = (text("101"), String::new(), text("101a"), text("102"));
    Happened::Asked { from, name, phone, dialled, source: text(source), revision: 7 }
}

fn called_out() -> Happened {
    let (trunk, number, at) = (text("carrier"), text("+493012345"), text("127.0.0.9:5060"));
    Happened::CalledOut { leg: LegId(2), trunk, number, at }
}

fn names_said() -> [NameSaid; 3] {
    [NameSaid::Said { length_ms: 2_100 }, NameSaid::Nothing, NameSaid::NotRecorded]
}

fn events() -> Vec<Happened> {
    let leg = LegId(2);
    let recording = RecordingId(3);
    let recorded = |end| Happened::Recorded { recording, length_ms: 4_000, end };
    let mut events = samples!(Happened:
        Happened::Asked { .. } => [asked("127.0.0.1:5060"), asked("")],
        Happened::Decided { .. } => [Happened::Decided { steps: Vec::new() }],
        Happened::Entered { .. } => [Happened::Entered { step: 0 }],
        Happened::Invited { .. } => [Happened::Invited { leg, phone: text("102a"), contact: text("sip:102a@127.0.0.1") }],
        Happened::CalledOut { .. } => [called_out()],
        Happened::PassedOver { .. } => every!(Unusable: Down, Full)
            .map(|why| Happened::PassedOver { trunk: text("carrier"), why }),
        Happened::AskedToTake { .. } => [Happened::AskedToTake { leg }],
        Happened::NameAsked { .. } => names_said().map(|came_of| Happened::NameAsked { leg, came_of }),
        Happened::NotTaken { .. } => [Happened::NotTaken { leg }],
        Happened::Rang { .. } => [Happened::Rang { leg }],
        Happened::Refused { .. } => [Happened::Refused { leg, status: 486 }],
        Happened::Failed { .. } => [Happened::Failed { leg, cause: Cause::NoCodec }],
        Happened::NotReached { .. } => [Happened::NotReached { phone: text("102a"), cause: Cause::Offline }],
        Happened::Barred { .. } => barred().map(|why| Happened::Barred { extension: text("101"), why }),
        Happened::Diverted { .. } => reasons_to_send_on()
            .into_iter()
            .flat_map(|reason| ["102", ""].map(|by| Happened::Diverted { to: text("103"), by: text(by), reason })),
        Happened::CameDiverted { .. } => reasons_to_send_on()
            .into_iter()
            .flat_map(|reason| [1, 3].map(|times| Happened::CameDiverted { by: text("0301"), reason, times })),
        Happened::NumberHidden => [Happened::NumberHidden],
        Happened::SeenAs { .. } => every_seen_as().into_iter().map(|seen_as| Happened::SeenAs { seen_as }),
        Happened::CallBackExpected { .. } => [Happened::CallBackExpected { extension: text("101"), number: text("+493012345") }],
        Happened::Testing { .. } => [Happened::Testing { trunk: text("carrier"), by: text("Front Desk") }],
        Happened::Transferring { .. } => [Happened::Transferring { by: text("101"), to: text("103") }],
        Happened::TransferRefused { .. } => [Happened::TransferRefused { by: text("101"), to: text("103"), cause: Cause::NotAllowed }],
        Happened::Transferred { .. } => [Happened::Transferred { by: text("101"), to: text("103") }],
        Happened::Asks { .. } => [Happened::Asks { by: text("101"), to: text("103"), waits: text("102") }],
        Happened::Waited { .. } => [Happened::Waited { extension: text("102") }],
        Happened::BackWith { .. } => [Happened::BackWith { by: text("101"), with: text("102") }],
        Happened::Conference { .. } => [Happened::Conference { by: text("101"), with: text("102"), and: text("103") }],
        Happened::HandedBack { .. } => [Happened::HandedBack { by: text("101"), to: text("103"), cause: Cause::Busy }],
        Happened::Joined { .. } => [Happened::Joined { call: CallId(7), leg, extension: text("103") }],
        Happened::TakenOver { .. } => [Happened::TakenOver { leg, from: LegId(1), phone: text("103a") }],
        Happened::RuleChanged { .. } => rule_changes().into_iter().map(|change| Happened::RuleChanged { extension: text("101"), change }),
        Happened::PickedUp { .. } => [Happened::PickedUp { leg, phone: text("103a"), by: text("103"), of: text("102") }],
        Happened::CompletionWanted { .. } => [Happened::CompletionWanted { by: text("101"), target: text("102") }],
        Happened::CompletionsCancelled { .. } => [Happened::CompletionsCancelled { by: text("101") }],
        Happened::CallsBack { .. } => [Happened::CallsBack { caller: text("101"), target: text("102") }],
        Happened::Places { .. } => [Happened::Places { caller: text("101"), target: text("102") }],
        Happened::Parked { .. } => [Happened::Parked { by: text("102"), slot: 1 }],
        Happened::Fetched { .. } => [Happened::Fetched { leg, phone: text("103a"), by: text("103"), slot: 1 }],
        Happened::Unparked { .. } => [Happened::Unparked { to: text("102"), slot: 1 }],
        Happened::CalledBack { .. } => [Happened::CalledBack { number: text("103") }],
        Happened::Answered { .. } => ["PCMA", ""].map(|codec| Happened::Answered { leg, codec: text(codec), is_caller: codec.is_empty() }),
        Happened::Held { .. } => [Happened::Held { leg }],
        Happened::Moved { .. } => [Happened::Moved { leg, to: text("192.168.1.9") }],
        Happened::Resumed { .. } => [Happened::Resumed { leg }],
        Happened::Probed { .. } => [Happened::Probed { leg, is_alive: true }, Happened::Probed { leg, is_alive: false }],
        Happened::Quality { .. } => [Happened::Quality { leg, quality: Quality::default() }],
        Happened::Left { .. } => [Happened::Left { leg }],
        Happened::Recording { .. } => [Happened::Recording { leg, recording, mailbox: text("102") }],
        Happened::Recorded { .. } => [recorded(RecordEnd::Stopped)],
        Happened::MailboxOpened { .. } => [Happened::MailboxOpened { mailbox: text("102") }],
        Happened::WrongPin { .. } => ["102", ""].map(|mailbox| Happened::WrongPin { mailbox: text(mailbox) }),
        Happened::Authorized { .. } => [Happened::Authorized { by: text("101"), code: text("Abroad") }],
        Happened::Charged { .. } => [Happened::Charged { by: text("101"), account: text("4711"), name: text("Pier") }],
        Happened::Uncharged { .. } => [Happened::Uncharged { by: text("101") }],
        Happened::WrongAccount { .. } => [Happened::WrongAccount { by: text("101") }],
        Happened::Foretold { .. } => ["030123", ""].map(foretold),
        Happened::WrongCode { .. } => [Happened::WrongCode { by: text("101") }],
        Happened::Ended { .. } => [Happened::Ended { cause: Cause::HungUp, because: Ending::PowerCut }],
    );
    events.extend(every!(RecordEnd: Stopped, Limit, Silence, Failed).map(recorded));
    events
}

fn barred() -> impl Iterator<Item = Barred> {
    let samples = samples!(Barred:
        Barred::NotPermitted => [Barred::NotPermitted],
        Barred::AtNight => [Barred::AtNight],
        Barred::AtOnce { .. } => [Barred::AtOnce { limit: 4 }],
        Barred::PerHour { .. } => [Barred::PerHour { limit: 60 }],
    );
    samples.into_iter()
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
    for opens in [true, false] {
        say(format!("opens {opens}"), words.turn(opens, jiff::civil::date(2026, 12, 24).at(8, 5, 0, 0)));
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
