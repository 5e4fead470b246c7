//! What is decided for a call, and why.

use config::{ALL_NIGHT_MODES, DiversionKind, Feature, RuleChange, Target};
use jiff::civil::{Date, DateTime};

use super::{causes, completion, parking, secretary, toll};
use crate::route::{Act, Announcement, NumberFor, Outcome, PickUp, Reason, Retrieve, Ring, Strand, Unfit};
use crate::trunks::Health;

pub(super) fn act(act: &Act) -> String {
    match act {
        Act::Ring(ring) => rings(ring),
        Act::Intercom(ring) => format!("call {} aloud for {} s", ring.extension, ring.limit_s),
        Act::EchoTest => "run the echo test".to_owned(),
        Act::Announce(Announcement::Time) => "say the time".to_owned(),
        Act::Announce(Announcement::OwnExtension) => "say the caller's extension".to_owned(),
        Act::Announce(Announcement::BoxStatus) => "say the box's address, version and phones".to_owned(),
        Act::Announce(Announcement::Line) => {
            "say which numbers lead to the caller, which is shown outside, and where the caller is".to_owned()
        }
        Act::Announce(Announcement::NoSuchMailbox) => "say that there is no such mailbox".to_owned(),
        Act::Announce(Announcement::NothingToPickUp) => "say that there is no call to pick up".to_owned(),
        Act::Announce(Announcement::NoSlotFree) => "say that every park slot holds a call".to_owned(),
        Act::Announce(Announcement::SlotEmpty) => "say that the park slot holds no call".to_owned(),
        Act::Announce(
            said @ (Announcement::CompletionSet
            | Announcement::NoCallToComplete
            | Announcement::TooManyCompletions
            | Announcement::CompletionsCancelled
            | Announcement::NoCompletions),
        ) => completion::announce(*said).to_owned(),
        Act::Announce(Announcement::NotTaken) => "say that calls without a number are not taken".to_owned(),
        Act::Announce(Announcement::IntercomRefused) => "say that nothing is said aloud there now".to_owned(),
        Act::Announce(Announcement::Unfit(why)) => format!("say that {}", unfit(*why)),
        Act::CallReturn => "say who called last".to_owned(),
        Act::Foretell(to) => format!("say what would become of a call from outside to {to}"),
        Act::Change(change) => rule_change(change),
        Act::AskNumber(what) => number_for(*what).to_owned(),
        Act::Complete(wish) => completion::act(*wish).to_owned(),
        Act::Offer(offer) => completion::offer(&offer.target),
        Act::Authorize(what) => toll::asks(what),
        Act::Charge(what) => toll::charges(what),
        Act::Park | Act::Fetch(_) => parking::act(act),
        Act::PickUp(PickUp { of: Some(of) }) => format!("take the call that rings at {of}"),
        Act::PickUp(PickUp { of: None }) => "take the call that rings in the pickup group".to_owned(),
        Act::AskName(_) => "ask the caller for a name".to_owned(),
        Act::Assist(assist) => format!("let callers hear the assistant of {}", assist.mailbox),
        Act::Deposit(deposit) => format!("take a message for {}", deposit.mailbox),
        Act::Retrieve(Retrieve { mailbox: Some(mailbox), records: true, .. }) => {
            format!("record the message of the assistant of {mailbox}")
        }
        Act::Retrieve(Retrieve { mailbox: Some(mailbox), .. }) => format!("open the mailbox of {mailbox}"),
        Act::Retrieve(Retrieve { mailbox: None, .. }) => "ask whose mailbox is to be opened".to_owned(),
        Act::Outside(call) => format!("call {} by trunk {}", call.number, call.trunk),
        Act::Reject(cause) => format!("refuse: {}", causes::because(*cause)),
    }
}

fn rings(ring: &Ring) -> String {
    let time = match ring.limit_s {
        0 => "until the caller gives up".to_owned(),
        limit_s => format!("for {limit_s} s"),
    };
    let also: Vec<String> = ring
        .also
        .iter()
        .map(|strand| match strand.after_s {
            0 => strand.name().to_owned(),
            after_s => format!("{} after {after_s} s", strand.name()),
        })
        .collect();
    if ring.also.iter().any(|strand| strand.for_s.is_some()) {
        return follows(ring);
    }
    match also.join(", ") {
        also if also.is_empty() => format!("ring {} {time}", ring.extension),
        also if ring.users.is_empty() => format!("ring {also} instead of {}, {time}", ring.extension),
        also => format!("ring {} {time}, and with it {also}", ring.extension),
    }
}

/// The list of Follow Me after the own phones, or those who answer in the owner's place.
fn follows(ring: &Ring) -> String {
    let names: Vec<&str> = ring.also.iter().map(Strand::name).collect();
    let (list, for_s) = (names.join(", "), ring.also.iter().find_map(|strand| strand.for_s).unwrap_or_default());
    let time = match ring.also.iter().any(|strand| strand.in_turn) {
        true => format!("one after the other, each for {for_s} s"),
        false => format!("for {for_s} s"),
    };
    let is_together = ring.also.iter().all(|strand| strand.after_s == 0 && !strand.in_turn);
    match ring.users.is_empty() {
        false if is_together => format!("ring {}, {list} {time}", ring.extension),
        true => format!("ring {list} instead of {}, {time}", ring.extension),
        false => format!("ring {} for {} s, then {list} {time}", ring.extension, ring.limit_s),
    }
}

/// Whose list of callers decides.
fn list_of(extension: &Option<String>) -> &str {
    extension.as_deref().unwrap_or("the office")
}

pub(super) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::EmergencyNumber { number } => format!("{number} is an emergency number"),
        Reason::MayCallBack { extension } => {
            format!("{extension} has called for help under this number, and whoever was called may be calling back")
        }
        Reason::NoTrunk => "no trunk is set up".to_owned(),
        Reason::FeatureCode { code, feature } => format!("{code} is the code for {}", name(*feature)),
        Reason::ExtensionOf { extension, person } => format!("{extension} is the extension of {person}"),
        Reason::CallerOwnPhone => "the calling phone belongs to it and does not ring itself".to_owned(),
        Reason::PhonesRegistered { .. } | Reason::PhonesSilent { .. } => phones(reason),
        Reason::InCalls { calls: 1 } => "it is in a call".to_owned(),
        Reason::InCalls { calls } => format!("it is in {calls} calls"),
        Reason::OffersCompletion { extension } => format!("{extension} wants to be asked"),
        Reason::NoIntercom { extension } => format!("{extension} takes no calls that are said aloud"),
        Reason::NoCallWaiting => "it rings for nobody while it is in a call".to_owned(),
        Reason::NoFreeLine { calls: 1 } => "it takes one call at once".to_owned(),
        Reason::NoFreeLine { calls } => format!("it takes {calls} calls at once"),
        Reason::OtherPickupGroup { extension } => format!("{extension} is of another pickup group"),
        Reason::TakesMessages { extension } => format!("callers may leave messages for {extension}"),
        Reason::Operator { extension } => format!("{extension} is the operator"),
        Reason::SentOn { extension } => format!("a phone of {extension} sent the call there"),
        Reason::OperatorUnanswered => "the operator did not answer".to_owned(),
        Reason::NoMailbox { number } => format!("{number} has no mailbox"),
        Reason::Route { name, number } => format!("{number} goes out by the route {name}"),
        Reason::Permitted { extension, class } => format!("{extension} may make {class} calls"),
        Reason::NotPermitted { extension, class, permission } => {
            format!("it is a {class} call, and {extension} may make {permission} calls only")
        }
        Reason::AtNight { extension, class } => toll::at_night(extension, *class),
        Reason::FromOutside => "the caller is outside, and nobody of the office pays for it".to_owned(),
        Reason::TrunkIs { trunk, health: Health::Up } => format!("trunk {trunk} is up"),
        Reason::TrunkIs { trunk, health: Health::Degraded } => format!("trunk {trunk} is degraded"),
        Reason::TrunkIs { trunk, health: Health::Down } => format!("trunk {trunk} is down"),
        Reason::Uncharged { extension } => toll::uncharged(extension),
        Reason::NoTrunkLeft => "no other trunk is left".to_owned(),
        Reason::OwnNumber { number, to } => format!("{number} is a number of the office and leads to {to}"),
        Reason::NoOwnNumber { number } => format!("{number} is none of the office's numbers"),
        Reason::RuleMatched { .. } | Reason::NoRuleMatched { .. } | Reason::NightMode { .. } => rule(reason),
        Reason::DoNotDisturb { extension, layer } => {
            format!("{extension} is not to be disturbed, {}", secretary::says(layer))
        }
        Reason::Forwards { extension, layer, to } => {
            format!("{extension} sends the call to {}, {}", target(to), secretary::says(layer))
        }
        Reason::NotRung { to, extension, cause } => {
            format!("{} does not ring along for {extension}: {}", to.id(), causes::because(*cause))
        }
        Reason::FollowsMe { extension, layer } => format!("{extension} has Follow Me, {}", secretary::says(layer)),
        Reason::Secretaries { .. } | Reason::SecretaryOut { .. } | Reason::PassesSecretaries { .. } => {
            secretary::reason(reason)
        }
        Reason::Assists { extension, layer } => {
            format!("{extension} lets callers hear its assistant before the mailbox, {}", secretary::says(layer))
        }
        Reason::Screened { extension } => format!("{extension} is asked whether it wants callers from outside"),
        Reason::GoesRound { extension } => format!("{extension} was asked already, or too many others were"),
        Reason::BlockedCaller { pattern, extension } => format!("{} has blocked {pattern}", list_of(extension)),
        Reason::AllowedCaller { pattern, extension } => {
            format!("{} lets {pattern} through at any time", list_of(extension))
        }
        Reason::NoNumber { extension } => format!("{} takes no calls without a number", list_of(extension)),
        Reason::After { outcome } => came_of(*outcome).to_owned(),
        Reason::NoSuchNumber { number } => {
            format!("{number} is no extension, feature code or emergency number")
        }
    }
}

/// Which answering rule holds, and what decides that; of other reasons nothing.
fn rule(reason: &Reason) -> String {
    match reason {
        Reason::RuleMatched { rule, extension, date } => {
            format!("rule {rule} of {extension} matched on {}", day(*date))
        }
        Reason::NightMode { mode, group, is_open: true } => format!("night mode {mode} keeps {group} open"),
        Reason::NightMode { mode, group, is_open: false } => format!("night mode {mode} keeps {group} closed"),
        Reason::NoRuleMatched { extension } => format!("no rule of {extension} holds now, but the default one"),
        _ => String::new(),
    }
}

/// How many phones are there; of other reasons nothing.
fn phones(reason: &Reason) -> String {
    match reason {
        Reason::PhonesRegistered { phones: 0, .. } => "it has no phone to ring".to_owned(),
        Reason::PhonesRegistered { registered: 0, phones: 1 } => "its phone is not registered".to_owned(),
        Reason::PhonesRegistered { registered: 1, phones: 1 } => "its phone is registered".to_owned(),
        Reason::PhonesRegistered { registered, phones } => {
            format!("{registered} of its {phones} phones are registered")
        }
        Reason::PhonesSilent { silent: 1, registered: 1 } => "that phone does not answer the box any more".to_owned(),
        Reason::PhonesSilent { silent: 1, .. } => "one of them does not answer the box any more".to_owned(),
        Reason::PhonesSilent { silent, .. } => format!("{silent} of them do not answer the box any more"),
        _ => String::new(),
    }
}

pub(super) fn turn(opens: bool, at: DateTime) -> String {
    let what = if opens { "opens" } else { "closes" };
    format!("{what} {}", moment(at))
}

pub(super) fn moment(at: DateTime) -> String {
    format!("on {} at {}", at.strftime("%A %-d %B %Y"), at.strftime("%H:%M"))
}

/// That a caller pressed each of the keys 0 to 9.
const KEYS: [&str; 10] = [
    "the caller pressed 0",
    "the caller pressed 1",
    "the caller pressed 2",
    "the caller pressed 3",
    "the caller pressed 4",
    "the caller pressed 5",
    "the caller pressed 6",
    "the caller pressed 7",
    "the caller pressed 8",
    "the caller pressed 9",
];

pub(super) fn came_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Busy => "it was busy",
        Outcome::Declined => "the call was refused",
        Outcome::Unanswered => "nobody answered",
        Outcome::Offline => "no phone could be reached",
        Outcome::Incompatible => "no codec is shared",
        Outcome::NoWay => "the trunk before could not take the call",
        Outcome::Operator => "the caller asked for the operator",
        Outcome::NothingRings => "nothing rang",
        Outcome::NoSlot => "every park slot held a call",
        Outcome::SlotEmpty => "no call was parked there",
        Outcome::Key(key) => KEYS.get(usize::from(key)).copied().unwrap_or_default(),
        Outcome::NoKey => "the caller chose nobody",
        Outcome::Named => "the caller was asked for a name",
        Outcome::ToMailbox => "whoever answered wants a message",
        Outcome::Authorized => "a code lets the call out",
        Outcome::Charged => "the question for an account is answered",
        Outcome::NoWish => "the caller did not want to be called back",
    }
}

pub(super) fn name(feature: Feature) -> &'static str {
    match feature {
        Feature::EchoTest => "the echo test",
        Feature::Time => "the time of day",
        Feature::OwnExtension => "one's own extension",
        Feature::VerifyLine => "what is known of one's own line",
        Feature::BoxStatus => "the state of the box",
        Feature::WhatIf => "what would become of a call from outside",
        Feature::MyVoicemail => "one's own mailbox",
        Feature::AnyVoicemail => "any mailbox",
        Feature::LeaveMessage => "leaving a message",
        Feature::GroupPickup => "taking a call that rings in the pickup group",
        Feature::DirectedPickup => "taking a call that rings at an extension",
        Feature::Intercom => "calling an extension whose phones answer by themselves",
        Feature::HideNumber => "calling outside with the number hidden",
        Feature::ShowNumber => "calling outside with the number shown",
        Feature::DndOn => "switching do-not-disturb on",
        Feature::DndOff => "switching do-not-disturb off",
        Feature::DndToggle => "switching do-not-disturb on or off",
        Feature::ForwardAlways => "forwarding every call",
        Feature::ForwardAlwaysOff => "forwarding calls no longer",
        Feature::ForwardBusy => "forwarding calls while busy",
        Feature::ForwardBusyOff => "forwarding calls while busy no longer",
        Feature::ForwardUnanswered => "forwarding unanswered calls",
        Feature::ForwardUnansweredOff => "forwarding unanswered calls no longer",
        Feature::ForwardOffline => "forwarding calls while no phone can be reached",
        Feature::ForwardOfflineOff => "forwarding calls while no phone can be reached no longer",
        Feature::FollowMe => "switching Follow Me on or off",
        Feature::Secretary => "letting secretaries answer, or answering for a boss",
        Feature::Assistant => "letting callers hear the assistant",
        Feature::RecordAssistant => "recording the assistant's message",
        Feature::DiversionsOff => "switching do-not-disturb, all forwards, Follow Me and secretaries off",
        Feature::BlockCaller => "blocking a number",
        Feature::UnblockCaller => "blocking a number no longer",
        Feature::BlockLastCaller => "blocking the last caller",
        Feature::IntercomOn => "answering calls that are said aloud",
        Feature::IntercomOff => "refusing calls that are said aloud",
        Feature::ForceTimeGroup => "opening or closing a time group",
        Feature::NightMode => "switching a night mode on or off",
        Feature::RejectAnonymous => "rejecting calls without a number",
        Feature::TakeAnonymous => "taking calls without a number",
        Feature::NoCallWaiting => "calling without a second call that rings meanwhile",
        Feature::CallWaiting => "switching call waiting on or off",
        Feature::CallWaitingOn => "switching call waiting on",
        Feature::CallWaitingOff => "switching call waiting off",
        Feature::Park => "parking a call",
        Feature::CompleteCall => "being called back",
        Feature::CancelCompletions => "not being called back",
        Feature::CompletionOffers => "switching offers to be called back on or off",
        Feature::AttendedTransfer => {
            "during a call: asking somebody else first; the same again lets all three talk, and hanging up connects the others"
        }
        Feature::BlindTransfer => "during a call: passing it on to a number at once",
        Feature::Drop => "during a call: going back to whoever waits, or ending it",
        Feature::FetchParked => "fetching a parked call",
        Feature::CallReturn => "hearing who called last, and calling back",
    }
}

fn number_for(what: NumberFor) -> &'static str {
    match what {
        NumberFor::Forward(DiversionKind::Secretary | DiversionKind::Dnd | DiversionKind::Always) => {
            "ask where every call is to go"
        }
        NumberFor::Forward(DiversionKind::Busy) => "ask where calls are to go while busy",
        NumberFor::Forward(DiversionKind::Unanswered) => "ask where unanswered calls are to go",
        NumberFor::Forward(DiversionKind::Offline | DiversionKind::FollowMe | DiversionKind::Assistant) => {
            "ask where calls are to go while no phone can be reached"
        }
        NumberFor::Block => "ask which number is to be blocked",
        NumberFor::Unblock => "ask which number is to be blocked no longer",
    }
}

fn unfit(why: Unfit) -> &'static str {
    match why {
        Unfit::NoSuchNumber => "there is no such number",
        Unfit::NotAllowed => "the number may not be used",
        Unfit::GoesRound => "calls would come back from there",
        Unfit::NotBlocked => "the number is not blocked",
        Unfit::ListFull => "the list of blocked numbers is full",
        Unfit::NoLastCaller => "nobody has called whose number is known",
        Unfit::NoSuchGroup => "there is no such time group to be changed",
        Unfit::NoSuchNight => "there is no such night mode",
        Unfit::NightNotAllowed => "the caller may not switch this night mode",
        Unfit::NobodyFollowed => "nobody is on the list of Follow Me",
        Unfit::NoSecretaries => "there are no secretaries",
        Unfit::NotASecretary => "the caller is no secretary there",
    }
}

fn target(to: &Target) -> String {
    match to {
        Target::Person(number) => number.to_string(),
        Target::Phone(number) => format!("the phones of {number}"),
        Target::Voicemail(number) => format!("the mailbox of {number}"),
        Target::Number(number) => format!("the number {number}"),
    }
}

/// A date without the year: what is decided is decided now.
fn day(date: Date) -> String {
    date.strftime("%-d %B").to_string()
}

/// What is to be done.
pub(super) fn rule_change(change: &RuleChange) -> String {
    let kind = |kind: &DiversionKind| match kind {
        DiversionKind::Secretary => "the secretaries",
        DiversionKind::Dnd => "do-not-disturb",
        DiversionKind::Always => "the forward of every call",
        DiversionKind::Busy => "the forward while busy",
        DiversionKind::Unanswered => "the forward of unanswered calls",
        DiversionKind::Offline => "the forward while no phone can be reached",
        DiversionKind::FollowMe => "Follow Me",
        DiversionKind::Assistant => "the assistant",
    };
    match change {
        RuleChange::Divert { kind: which, is_on: true, to: Some(to) } => {
            format!("switch {} on, to {}", kind(which), target(to))
        }
        RuleChange::Divert { kind: which, is_on: true, to: None } => format!("switch {} on", kind(which)),
        RuleChange::Divert { kind: which, is_on: false, .. } => format!("switch {} off", kind(which)),
        RuleChange::Secretary { boss, is_on: true } => format!("answer for {boss}"),
        RuleChange::Secretary { boss, is_on: false } => format!("answer for {boss} no longer"),
        RuleChange::DivertNothing => {
            "switch do-not-disturb, all forwards, Follow Me and the secretaries off".to_owned()
        }
        RuleChange::Anonymous { is_taken: true } => "take calls without a number".to_owned(),
        RuleChange::Anonymous { is_taken: false } => "reject calls without a number".to_owned(),
        RuleChange::Caller { number, is_blocked: true } => format!("block {number}"),
        RuleChange::Caller { number, is_blocked: false } => format!("block {number} no longer"),
        RuleChange::Intercom { is_taken: true } => "answer calls that are said aloud".to_owned(),
        RuleChange::Intercom { is_taken: false } => "refuse calls that are said aloud".to_owned(),
        RuleChange::Force { number, is_open: Some(true) } => format!("open time group {number}"),
        RuleChange::Force { number, is_open: Some(false) } => format!("close time group {number}"),
        RuleChange::Force { number, is_open: None } => format!("let time group {number} follow its times"),
        RuleChange::Night { number: ALL_NIGHT_MODES, is_on: true } => "switch all night modes on".to_owned(),
        RuleChange::Night { number: ALL_NIGHT_MODES, is_on: false } => "switch all night modes off".to_owned(),
        RuleChange::Night { number, is_on: true } => format!("switch night mode {number} on"),
        RuleChange::Night { number, is_on: false } => format!("switch night mode {number} off"),
        RuleChange::CallWaiting { is_on: true } => "switch call waiting on".to_owned(),
        RuleChange::CallWaiting { is_on: false } => "switch call waiting off".to_owned(),
        RuleChange::CompletionOffers { is_on: true } => {
            "let whoever calls in vain be asked whether to be called back".to_owned()
        }
        RuleChange::CompletionOffers { is_on: false } => {
            "let whoever calls in vain not be asked whether to be called back".to_owned()
        }
    }
}
