//! What happens in calls and how they end.

use config::RuleChange;

use super::{causes, completion, foretold, parking, routing, tested, toll, transfer};
use crate::events::{By, Cause, DiversionReason, Ending, Happened, NameSaid};
use crate::ids::LegId;
use crate::input::RecordEnd;
use crate::trunks::Unusable;

pub(super) fn ended(cause: Cause, ending: &Ending) -> String {
    if let Ending::Deposit { why: Some(why), from, mailbox, has_left } = ending {
        let plain = Ending::Deposit { why: None, from: from.clone(), mailbox: mailbox.clone(), has_left: *has_left };
        return format!("{}: {}", ended(cause, &plain), routing::reason(why));
    }
    match ending {
        Ending::Between { from, to, by } => between(cause, from, to, *by),
        Ending::Deposit { from, mailbox, has_left: true, .. } => format!("{from} left a message for {mailbox}"),
        Ending::Deposit { from, mailbox, has_left: false, .. } => {
            format!("{from} reached the mailbox of {mailbox} and left no message")
        }
        Ending::Retrieval { from, opened, refused } => retrieval(from, opened.as_deref(), refused.as_deref()),
        Ending::CallBack { extension, number } => completion::not_called_back(cause, extension, number),
        Ending::Placed { extension, number } => completion::not_placed(cause, extension, number),
        Ending::Offered { from, to, is_wanted } => completion::offered(cause, (from, to), *is_wanted),
        Ending::Assisted { from, mailbox } => format!("{from} heard the assistant of {mailbox} and reached nobody"),
        Ending::Uncharged { from, to } => {
            format!("{from} keyed no account, and its call to {to} did not go out")
        }
        Ending::Fetch { .. } | Ending::Park { .. } => parking::ended(ending),
        Ending::PickUp { by, of } => format!("{by} took a call that rang at {of}"),
        Ending::Connected { by, call } => format!("{by} connected the others, who went on in {call}"),
        Ending::Tested { trunk, number, tested } => {
            format!("test call to {number} by trunk {trunk}: {}", tested::tested(tested))
        }
        Ending::PowerCut => "the box stopped while this call was up, at this time or later".to_owned(),
        Ending::Told(text) => text.clone(),
    }
}

pub(super) fn happened(what: &Happened) -> String {
    match what {
        Happened::Asked { from, phone, dialled, source, revision, .. } => {
            let who = tested::who(from, phone, dialled, source);
            format!("{who}, configuration revision {revision}")
        }
        Happened::Decided { .. } => "the way was decided".to_owned(),
        Happened::Entered { step } => format!("step {} begins", step + 1),
        Happened::Invited { leg, phone, contact } => format!("{leg}: phone {phone} is called at {contact}"),
        Happened::CalledOut { leg, trunk, number, at } => {
            format!("{leg}: {number} is called by trunk {trunk} at {at}")
        }
        Happened::PassedOver { trunk, why } => passed_over(trunk, *why),
        Happened::Rang { leg } => format!("{leg}: rings"),
        Happened::AskedToTake { leg } => format!("{leg}: answered, and is asked whether the call is taken"),
        Happened::NameAsked { leg, came_of } => format!("{leg}: {}", name_said(*came_of)),
        Happened::NotTaken { leg } => format!("{leg}: did not take the call"),
        Happened::Failed { leg, cause } => format!("{leg}: failed, {}", causes::because(*cause)),
        Happened::NotReached { phone, cause } => {
            format!("phone {phone} could not be called: {}", causes::because(*cause))
        }
        Happened::Barred { extension, why } => toll::barred(extension, *why),
        Happened::Diverted { to, by, reason } => sent_on(to, by, *reason),
        Happened::CameDiverted { by, reason, times } => came_sent_on(by, *reason, *times),
        Happened::Testing { trunk, by } => format!("{by} tests the trunk {trunk}"),
        Happened::NumberHidden => "the number is hidden from whoever is called outside".to_owned(),
        Happened::SeenAs { seen_as } => super::seen_as::seen_as(seen_as),
        Happened::CallBackExpected { extension, number } => may_call_back(extension, number),
        Happened::Transferring { .. }
        | Happened::TransferRefused { .. }
        | Happened::Transferred { .. }
        | Happened::HandedBack { .. }
        | Happened::Asks { .. }
        | Happened::Waited { .. }
        | Happened::BackWith { .. }
        | Happened::Conference { .. } => transfer::happened(what),
        Happened::Joined { call, leg, extension } => format!("{leg}: {extension} comes over from {call}"),
        Happened::TakenOver { leg, from, phone } => format!("{leg}: phone {phone} takes the place of {from}"),
        Happened::CalledBack { number } => format!("{number} is called back"),
        Happened::Refused { leg, status } => format!("{leg}: refused with status {status}"),
        Happened::PickedUp { leg, phone, by, of } => picked_up(*leg, phone, by, of),
        Happened::Parked { .. } | Happened::Fetched { .. } | Happened::Unparked { .. } => parking::happened(what),
        Happened::CompletionWanted { by, target } => completion::wanted(by, target),
        Happened::CompletionsCancelled { by } => completion::cancelled(by),
        Happened::CallsBack { caller, target } => completion::begins(caller, target),
        Happened::Places { caller, target } => completion::places(caller, target),
        Happened::RuleChanged { extension, change } => changed_rules(extension, change),
        Happened::Answered { leg, codec, .. } if codec.is_empty() => format!("{leg}: answered"),
        Happened::Answered { leg, codec, .. } => format!("{leg}: answered, {codec}"),
        Happened::Held { leg } => format!("{leg}: put the call on hold"),
        Happened::Resumed { leg } => format!("{leg}: took the call back from hold"),
        Happened::Moved { leg, to } => format!("{leg}: goes on by the box's new address, {to}"),
        Happened::Probed { leg, is_alive } => probed(*leg, *is_alive),
        Happened::Recording { leg, recording, mailbox } => {
            format!("{leg}: is recorded for the mailbox of {mailbox}, {recording}")
        }
        Happened::Recorded { recording, length_ms, end } => {
            format!("{recording}: {} s, {}", length_ms / 1000, record_end(*end))
        }
        Happened::MailboxOpened { .. } | Happened::WrongPin { .. } => mailbox_asked(what),
        Happened::Authorized { .. } | Happened::WrongCode { .. } => toll::happened(what),
        Happened::Charged { .. } | Happened::Uncharged { .. } | Happened::WrongAccount { .. } => toll::happened(what),
        Happened::Foretold { from, to, at, told } => foretold::foretold(from, to, *at, told),
        Happened::Quality { leg, quality } => format!(
            "{leg}: received {} packets ({} lost, jitter {:.1} ms), sent {}",
            quality.received, quality.lost, quality.jitter_ms, quality.sent
        ),
        Happened::Left { leg } => format!("{leg}: ended"),
        Happened::Ended { cause, because } => format!("over: {}", ended(*cause, because)),
    }
}

fn name_said(came_of: NameSaid) -> String {
    match came_of {
        NameSaid::Said { length_ms } => format!("said a name, of {:.1} s", f64::from(length_ms) / 1_000.0),
        NameSaid::Nothing => "said no name, and is announced without".to_owned(),
        NameSaid::NotRecorded => "the name could not be recorded, and the call is announced without".to_owned(),
    }
}

fn mailbox_asked(what: &Happened) -> String {
    match what {
        Happened::MailboxOpened { mailbox } => format!("the mailbox of {mailbox} is open"),
        Happened::WrongPin { mailbox } if mailbox.is_empty() => "a PIN for a mailbox that does not exist".to_owned(),
        Happened::WrongPin { mailbox } => format!("a wrong PIN for the mailbox of {mailbox}"),
        _ => String::new(),
    }
}

fn may_call_back(extension: &str, number: &str) -> String {
    format!(
        "whoever was called for help may call back: until half an hour after this call, calls from outside to {number} ring at \
         {extension} before anything else"
    )
}

fn picked_up(leg: LegId, phone: &str, by: &str, of: &str) -> String {
    format!("{leg}: {by} took the call that rang at {of}, on phone {phone}")
}

fn changed_rules(extension: &str, change: &RuleChange) -> String {
    format!("{extension} changed its rules by phone: {}", routing::rule_change(change))
}

fn retrieval(from: &str, opened: Option<&str>, refused: Option<&str>) -> String {
    match (opened, refused) {
        (Some(mailbox), _) if mailbox == from => format!("{from} listened to its mailbox"),
        (Some(mailbox), _) => format!("{from} listened to the mailbox of {mailbox}"),
        (None, Some("")) => format!("{from} gave a PIN for a mailbox that does not exist"),
        (None, Some(mailbox)) => format!("{from} gave a wrong PIN for the mailbox of {mailbox}"),
        (None, None) => format!("{from} opened no mailbox"),
    }
}

fn record_end(end: RecordEnd) -> &'static str {
    match end {
        RecordEnd::Stopped => "to its end",
        RecordEnd::Limit => "ended by the limit",
        RecordEnd::Silence => "ended by silence",
        RecordEnd::Failed => "ended by a disk that takes no more",
    }
}

fn sent_on(to: &str, by: &str, reason: DiversionReason) -> String {
    let of = if by.is_empty() { String::new() } else { format!(" of {by}") };
    format!("the phone{of} sends the call on to {to}{}", sent_on_because(reason))
}

fn came_sent_on(by: &str, reason: DiversionReason, times: u8) -> String {
    let why = sent_on_because(reason);
    match times {
        0 | 1 => format!("the call was sent on to us by {by}{why}"),
        _ => format!("the call was sent on {times} times before it came in, last by {by}{why}"),
    }
}

fn sent_on_because(reason: DiversionReason) -> &'static str {
    match reason {
        DiversionReason::Unconditional => ", as all calls there",
        DiversionReason::Busy => ", because it is busy there",
        DiversionReason::NoAnswer => ", because nobody answers there",
        DiversionReason::Unavailable => ", because no phone can be reached there",
        DiversionReason::Deflection => ", because somebody there chose to",
        DiversionReason::Unknown => "",
    }
}

fn between(cause: Cause, from: &str, to: &str, by: By) -> String {
    match cause {
        Cause::HungUp => match by {
            By::Caller => format!("{from} hung up"),
            By::Callee => format!("{to} hung up"),
            By::Box => format!("{to} ended by itself"),
        },
        Cause::Cancelled => format!("{from} gave up before {to} answered"),
        Cause::Busy => format!("{to} was busy"),
        Cause::Declined => format!("{to} refused the call"),
        Cause::Unanswered => format!("nobody answered at {to} in its ring time"),
        Cause::Offline => format!("no phone of {to} could be reached"),
        Cause::NoSuchNumber => format!("{to} is no number of this office"),
        Cause::NotAllowed => format!("{from} may not call {to}"),
        Cause::Blocked => format!("{to} takes no calls of {from}"),
        Cause::NoLine => format!("no trunk could take the call of {from} to {to}"),
        Cause::TollLimit => format!("{from} has called outside as often as it may, for now"),
        Cause::UnknownOutside => format!("the carrier knows no number {to}"),
        Cause::OutsideRefused => format!("the call of {from} to {to} was refused outside"),
        Cause::EmergencyUnreachable => {
            format!("{from} dialled the emergency number {to}, and no trunk could reach it")
        }
        Cause::NoCodec => format!("a phone of {from} or {to} shares no audio codec with the box"),
        Cause::NoPort => "no audio port could be opened; another program uses the box's RTP ports".to_owned(),
        Cause::Loop => format!("the call was sent on too often, last to {to}"),
        Cause::PartyLost => match by {
            By::Caller => format!("the phone of {from} vanished"),
            By::Callee => format!("the phone of {to} vanished"),
            By::Box => "a phone vanished".to_owned(),
        },
        Cause::Overload => "a limit of the box was reached".to_owned(),
        Cause::NoSlot => format!("{from} could not be parked: every park slot held a call"),
        Cause::ShutDown => "the box shut down".to_owned(),
        Cause::Elsewhere => format!("{from} was answered elsewhere before {to} took the call"),
        Cause::PickedUp => format!("{from} took another call instead of {to}"),
        Cause::ByOrder => "an administrator ended it".to_owned(),
        Cause::Transferred => format!("{from} and {to} went on in another call"),
        Cause::Internal => "an error inside the box ended it; please report it with the log".to_owned(),
    }
}

fn passed_over(trunk: &str, why: Unusable) -> String {
    match why {
        Unusable::Down => format!("trunk {trunk} is down and passed over"),
        Unusable::Full => {
            format!("trunk {trunk} has no channel free and is passed over")
        }
    }
}

fn probed(leg: LegId, is_alive: bool) -> String {
    match is_alive {
        true => format!("{leg}: silent, but its phone answers"),
        false => format!("{leg}: silent, and its phone answers no more"),
    }
}
