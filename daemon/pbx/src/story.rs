//! A call's log read for people: one sentence on top, and a line for each event.

use std::fmt;

use crate::events::{Cause, Happened};
use crate::ids::CallId;
use crate::input::RecordEnd;
use crate::route::Dialled;
use crate::trunks::Unusable;

/// Who ended a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The caller.
    Caller,
    /// The callee.
    Callee,
    /// Neither.
    Box,
}

/// The sentence on top of a call: why it ended as it did.
pub fn because(cause: Cause, dialled: &Dialled, by: By) -> String {
    let (from, to) = (&dialled.extension, &dialled.number);
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
        Cause::ShutDown => "the box shut down".to_owned(),
        Cause::PickedUp => format!("{from} took another call instead of {to}"),
        Cause::ByOrder => "an administrator ended it".to_owned(),
        Cause::Transferred => format!("{from} and {to} went on in another call"),
        Cause::Internal => "an error inside the box ended it; please report it with the log".to_owned(),
    }
}

/// The sentence on top of a call whose party went on in another one.
pub fn connected(by: &str, call: CallId) -> String {
    format!("{by} connected the others, who went on in {call}")
}

/// The sentence on top of a call that came to a mailbox.
pub fn to_mailbox(from: &str, mailbox: &str, has_left: bool) -> String {
    match has_left {
        true => format!("{from} left a message for {mailbox}"),
        false => format!("{from} reached the mailbox of {mailbox} and left no message"),
    }
}

/// The sentence on top of a call that was to open a mailbox: the one that is open, or else the one whose PIN was wrong,
/// empty for a number that is none.
pub fn at_mailbox(from: &str, opened: Option<&str>, refused: Option<&str>) -> String {
    match (opened, refused) {
        (Some(mailbox), _) if mailbox == from => format!("{from} listened to its mailbox"),
        (Some(mailbox), _) => format!("{from} listened to the mailbox of {mailbox}"),
        (None, Some("")) => format!("{from} gave a PIN for a mailbox that does not exist"),
        (None, Some(mailbox)) => format!("{from} gave a wrong PIN for the mailbox of {mailbox}"),
        (None, None) => format!("{from} opened no mailbox"),
    }
}

/// The sentence on top of a call whose caller took another one.
pub fn picked_up(by: &str, of: &str) -> String {
    format!("{by} took a call that rang at {of}")
}

fn ended(end: RecordEnd) -> &'static str {
    match end {
        RecordEnd::Stopped => "to its end",
        RecordEnd::Limit => "ended by the limit",
        RecordEnd::Silence => "ended by silence",
        RecordEnd::Failed => "ended by a disk that takes no more",
    }
}

impl fmt::Display for Happened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Happened::Asked { from, phone, dialled, source, revision } => {
                write!(f, "{from} dialled {dialled} on phone {phone} ({source}), configuration revision {revision}")
            }
            Happened::Decided { steps } => {
                f.write_str("decided:")?;
                for (place, step) in steps.iter().enumerate() {
                    write!(f, "\n            {place}. {}, because {}", step.what, step.because.join(" and "))?;
                }
                Ok(())
            }
            Happened::Entered { step } => write!(f, "step {step} begins"),
            Happened::Invited { leg, phone, contact } => write!(f, "{leg}: phone {phone} is called at {contact}"),
            Happened::CalledOut { leg, trunk, number, at } => {
                write!(f, "{leg}: {number} is called by trunk {trunk} at {at}")
            }
            Happened::PassedOver { trunk, why: Unusable::Down } => write!(f, "trunk {trunk} is down and passed over"),
            Happened::PassedOver { trunk, why: Unusable::Full } => {
                write!(f, "trunk {trunk} has no channel free and is passed over")
            }
            Happened::Rang { leg } => write!(f, "{leg}: rings"),
            Happened::Failed { leg, cause } => write!(f, "{leg}: failed, {cause}"),
            Happened::NotReached { phone, cause } => write!(f, "phone {phone} could not be called: {cause}"),
            Happened::Diverted { to } => write!(f, "the phone sends the call on to {to}"),
            Happened::Transferring { by, to } => write!(f, "{by} passes the call on to {to}"),
            Happened::TransferRefused { by, to, cause } => {
                write!(f, "{by} wanted to pass the call on to {to}, which was refused: {cause}")
            }
            Happened::Transferred { by, to } => write!(f, "{by} transferred the call to {to}"),
            Happened::HandedBack { by, to, cause } => write!(f, "{to}: {cause}; the call goes back to {by}"),
            Happened::Joined { call, leg, extension } => write!(f, "{leg}: {extension} comes over from {call}"),
            Happened::TakenOver { leg, from, phone } => write!(f, "{leg}: phone {phone} takes the place of {from}"),
            Happened::CalledBack { number } => write!(f, "{number} is called back"),
            Happened::Refused { leg, status } => write!(f, "{leg}: refused with status {status}"),
            Happened::PickedUp { leg, phone, by, of } => {
                write!(f, "{leg}: {by} took the call that rang at {of}, on phone {phone}")
            }
            Happened::Answered { leg, codec } => write!(f, "{leg}: answered, {codec}"),
            Happened::Held { leg } => write!(f, "{leg}: put the call on hold"),
            Happened::Resumed { leg } => write!(f, "{leg}: took the call back from hold"),
            Happened::Probed { leg, is_alive: true } => write!(f, "{leg}: silent, but its phone answers"),
            Happened::Probed { leg, is_alive: false } => write!(f, "{leg}: silent, and its phone answers no more"),
            Happened::Recording { leg, recording, mailbox } => {
                write!(f, "{leg}: is recorded for mailbox {mailbox}, {recording}")
            }
            Happened::Recorded { recording, length_ms, end } => {
                write!(f, "{recording}: {} s, {}", length_ms / 1000, ended(*end))
            }
            Happened::MailboxOpened { mailbox } => write!(f, "the mailbox of {mailbox} is open"),
            Happened::WrongPin { mailbox } if mailbox.is_empty() => {
                f.write_str("a PIN for a mailbox that does not exist")
            }
            Happened::WrongPin { mailbox } => write!(f, "a wrong PIN for the mailbox of {mailbox}"),
            Happened::Quality { leg, quality } => write!(
                f,
                "{leg}: received {} packets ({} lost, jitter {:.1} ms), sent {}",
                quality.received, quality.lost, quality.jitter_ms, quality.sent
            ),
            Happened::Left { leg } => write!(f, "{leg}: ended"),
            Happened::Ended { because, .. } => write!(f, "over: {because}"),
        }
    }
}
