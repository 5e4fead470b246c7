//! English.

use config::Feature;

use super::{Words, said};
use crate::alarm::Alarm;
use crate::attempts::Why;
use crate::events::{By, Cause, Ending, Happened};
use crate::input::RecordEnd;
use crate::route::{Act, Announcement, Outcome, PickUp, Reason, Retrieve};
use crate::trunks::{Health, Trouble, Unusable};

pub(super) struct English;

impl Words for English {
    fn ending(&self, cause: Cause, ending: &Ending) -> String {
        match ending {
            Ending::Between { from, to, by } => between(cause, from, to, *by),
            Ending::Deposit { from, mailbox, has_left: true } => format!("{from} left a message for {mailbox}"),
            Ending::Deposit { from, mailbox, has_left: false } => {
                format!("{from} reached the mailbox of {mailbox} and left no message")
            }
            Ending::Retrieval { from, opened, refused } => retrieval(from, opened.as_deref(), refused.as_deref()),
            Ending::PickUp { by, of } => format!("{by} took a call that rang at {of}"),
            Ending::Connected { by, call } => format!("{by} connected the others, who went on in {call}"),
            Ending::PowerCut => "the box stopped while this call was up, at this time or later".to_owned(),
            Ending::Told(text) => text.clone(),
        }
    }

    fn is_up(&self) -> &'static str {
        "it is up"
    }

    fn happened(&self, what: &Happened) -> String {
        match what {
            Happened::Asked { from, phone, dialled, source, revision } => {
                format!("{from} dialled {dialled} on phone {phone} ({source}), configuration revision {revision}")
            }
            Happened::Decided { .. } => "the way was decided".to_owned(),
            Happened::Entered { step } => format!("step {} begins", step + 1),
            Happened::Invited { leg, phone, contact } => format!("{leg}: phone {phone} is called at {contact}"),
            Happened::CalledOut { leg, trunk, number, at } => {
                format!("{leg}: {number} is called by trunk {trunk} at {at}")
            }
            Happened::PassedOver { trunk, why: Unusable::Down } => format!("trunk {trunk} is down and passed over"),
            Happened::PassedOver { trunk, why: Unusable::Full } => {
                format!("trunk {trunk} has no channel free and is passed over")
            }
            Happened::Rang { leg } => format!("{leg}: rings"),
            Happened::Failed { leg, cause } => format!("{leg}: failed, {}", self.cause(*cause)),
            Happened::NotReached { phone, cause } => {
                format!("phone {phone} could not be called: {}", self.cause(*cause))
            }
            Happened::Diverted { to } => format!("the phone sends the call on to {to}"),
            Happened::Transferring { by, to } => format!("{by} passes the call on to {to}"),
            Happened::TransferRefused { by, to, cause } => {
                format!("{by} wanted to pass the call on to {to}, which was refused: {}", self.cause(*cause))
            }
            Happened::Transferred { by, to } => format!("{by} transferred the call to {to}"),
            Happened::HandedBack { by, to, cause } => {
                format!("{to}: {}; the call goes back to {by}", self.cause(*cause))
            }
            Happened::Joined { call, leg, extension } => format!("{leg}: {extension} comes over from {call}"),
            Happened::TakenOver { leg, from, phone } => format!("{leg}: phone {phone} takes the place of {from}"),
            Happened::CalledBack { number } => format!("{number} is called back"),
            Happened::Refused { leg, status } => format!("{leg}: refused with status {status}"),
            Happened::PickedUp { leg, phone, by, of } => {
                format!("{leg}: {by} took the call that rang at {of}, on phone {phone}")
            }
            Happened::Answered { leg, codec } if codec.is_empty() => format!("{leg}: answered"),
            Happened::Answered { leg, codec } => format!("{leg}: answered, {codec}"),
            Happened::Held { leg } => format!("{leg}: put the call on hold"),
            Happened::Resumed { leg } => format!("{leg}: took the call back from hold"),
            Happened::Probed { leg, is_alive: true } => format!("{leg}: silent, but its phone answers"),
            Happened::Probed { leg, is_alive: false } => format!("{leg}: silent, and its phone answers no more"),
            Happened::Recording { leg, recording, mailbox } => {
                format!("{leg}: is recorded for the mailbox of {mailbox}, {recording}")
            }
            Happened::Recorded { recording, length_ms, end } => {
                format!("{recording}: {} s, {}", length_ms / 1000, record_end(*end))
            }
            Happened::MailboxOpened { mailbox } => format!("the mailbox of {mailbox} is open"),
            Happened::WrongPin { mailbox } if mailbox.is_empty() => {
                "a PIN for a mailbox that does not exist".to_owned()
            }
            Happened::WrongPin { mailbox } => format!("a wrong PIN for the mailbox of {mailbox}"),
            Happened::Quality { leg, quality } => format!(
                "{leg}: received {} packets ({} lost, jitter {:.1} ms), sent {}",
                quality.received, quality.lost, quality.jitter_ms, quality.sent
            ),
            Happened::Left { leg } => format!("{leg}: ended"),
            Happened::Ended { cause, because } => format!("over: {}", self.ending(*cause, because)),
        }
    }

    fn act(&self, act: &Act) -> String {
        match act {
            Act::Ring(ring) => format!("ring {} for {} s", ring.extension, ring.limit_s),
            Act::EchoTest => "run the echo test".to_owned(),
            Act::Announce(Announcement::Time) => "say the time".to_owned(),
            Act::Announce(Announcement::OwnExtension) => "say the caller's extension".to_owned(),
            Act::Announce(Announcement::BoxStatus) => "say the box's address, version and phones".to_owned(),
            Act::Announce(Announcement::NoSuchMailbox) => "say that there is no such mailbox".to_owned(),
            Act::Announce(Announcement::NothingToPickUp) => "say that there is no call to pick up".to_owned(),
            Act::PickUp(PickUp { of: Some(of) }) => format!("take the call that rings at {of}"),
            Act::PickUp(PickUp { of: None }) => "take the call that rings in the pickup group".to_owned(),
            Act::Deposit(deposit) => format!("take a message for {}", deposit.mailbox),
            Act::Retrieve(Retrieve { mailbox: Some(mailbox), .. }) => format!("open the mailbox of {mailbox}"),
            Act::Retrieve(Retrieve { mailbox: None, .. }) => "ask whose mailbox is to be opened".to_owned(),
            Act::Outside(call) => format!("call {} by trunk {}", call.number, call.trunk),
            Act::Reject(cause) => format!("refuse: {}", self.cause(*cause)),
        }
    }

    fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::EmergencyNumber { number } => format!("{number} is an emergency number"),
            Reason::NoTrunk => "no trunk is set up".to_owned(),
            Reason::FeatureCode { code, feature } => format!("{code} is the code for {}", self.feature(*feature)),
            Reason::ExtensionOf { extension, person } => format!("{extension} is the extension of {person}"),
            Reason::CallerOwnPhone => "the calling phone belongs to it and does not ring itself".to_owned(),
            Reason::PhonesRegistered { phones: 0, .. } => "it has no phone to ring".to_owned(),
            Reason::PhonesRegistered { registered: 0, phones: 1 } => "its phone is not registered".to_owned(),
            Reason::PhonesRegistered { registered: 1, phones: 1 } => "its phone is registered".to_owned(),
            Reason::PhonesRegistered { registered, phones } => {
                format!("{registered} of its {phones} phones are registered")
            }
            Reason::InCalls { calls: 1 } => "it is in a call".to_owned(),
            Reason::InCalls { calls } => format!("it is in {calls} calls"),
            Reason::NoCallWaiting => "it rings for nobody while it is in a call".to_owned(),
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
            Reason::AtNight { class } => format!("it is a {class} call, which nobody may make at this hour"),
            Reason::FromOutside => "the caller is outside, and nobody of the office pays for it".to_owned(),
            Reason::TrunkIs { trunk, health: Health::Up } => format!("trunk {trunk} is up"),
            Reason::TrunkIs { trunk, health: Health::Degraded } => format!("trunk {trunk} is degraded"),
            Reason::TrunkIs { trunk, health: Health::Down } => format!("trunk {trunk} is down"),
            Reason::NoTrunkLeft => "no other trunk is left".to_owned(),
            Reason::OwnNumber { number, to } => format!("{number} is a number of the office and leads to {to}"),
            Reason::NoOwnNumber { number } => format!("{number} is none of the office's numbers"),
            Reason::After { outcome } => self.outcome(*outcome).to_owned(),
            Reason::NoSuchNumber { number } => {
                format!("{number} is no extension, feature code or emergency number")
            }
        }
    }

    fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Busy => "it was busy",
            Outcome::Declined => "the call was refused",
            Outcome::Unanswered => "nobody answered",
            Outcome::Offline => "no phone could be reached",
            Outcome::Incompatible => "no codec is shared",
            Outcome::NoWay => "the trunk before could not take the call",
            Outcome::Operator => "the caller asked for the operator",
            Outcome::NothingRings => "nothing rang",
        }
    }

    fn cause(&self, cause: Cause) -> &'static str {
        match cause {
            Cause::HungUp => "a party hung up",
            Cause::Cancelled => "the caller gave up",
            Cause::Busy => "busy",
            Cause::Declined => "refused",
            Cause::Unanswered => "unanswered",
            Cause::Offline => "not reachable",
            Cause::NoSuchNumber => "no such number",
            Cause::NotAllowed => "not allowed",
            Cause::NoLine => "no trunk could take the call",
            Cause::TollLimit => "too many calls to the outside",
            Cause::UnknownOutside => "no such number outside",
            Cause::OutsideRefused => "refused outside",
            Cause::EmergencyUnreachable => "emergency call could not be placed",
            Cause::NoCodec => "no common codec",
            Cause::NoPort => "no audio port could be opened",
            Cause::Loop => "sent on too often",
            Cause::PartyLost => "a party vanished",
            Cause::Overload => "a limit of the box was reached",
            Cause::ShutDown => "the box shut down",
            Cause::PickedUp => "another call was picked up",
            Cause::ByOrder => "ended by an administrator",
            Cause::Transferred => "went on in another call",
            Cause::Internal => "an error inside the box",
        }
    }

    fn feature(&self, feature: Feature) -> &'static str {
        match feature {
            Feature::EchoTest => "the echo test",
            Feature::Time => "the time of day",
            Feature::OwnExtension => "one's own extension",
            Feature::BoxStatus => "the state of the box",
            Feature::MyVoicemail => "one's own mailbox",
            Feature::AnyVoicemail => "any mailbox",
            Feature::LeaveMessage => "leaving a message",
            Feature::GroupPickup => "taking a call that rings in the pickup group",
            Feature::DirectedPickup => "taking a call that rings at an extension",
        }
    }

    fn alarm(&self, alarm: &Alarm) -> String {
        match alarm {
            Alarm::NoHelp { from, number, has_trunk } => {
                let (what, todo) = match has_trunk {
                    true => ("no trunk could reach it", "look at the trunks"),
                    false => ("no trunk is set up", "set up a trunk"),
                };
                format!(
                    "{from} dialled the emergency number {number} and could not be connected: {what}. Go and help, and {todo}"
                )
            }
            Alarm::NothingWritten => {
                "nothing can be written to the disk; calls go on, and what happens is kept in memory \
                 until it can. Look at the disk: is it full, or broken?"
                    .to_owned()
            }
            Alarm::MessageBroken { mailbox, length_s } => format!(
                "a message for {mailbox} could not be recorded to its end after {length_s} s; look at the disk: is it full, or \
                 broken?"
            ),
            Alarm::RecordingGone { call } => format!(
                "a recording of {call} was to be kept and is gone from the disk: somebody deleted its file, or the disk is broken"
            ),
            Alarm::MessagesNotKept => {
                "messages cannot be put into their mailboxes for now; what callers said is on the disk, \
                 and it is tried again until they are. Look at the disk: is it full, or broken?"
                    .to_owned()
            }
            Alarm::MailboxLocked { mailbox, minutes, misses, from } => {
                let whose = match mailbox {
                    Some(mailbox) => format!("the mailbox of {mailbox} is"),
                    None => "mailboxes that do not exist are".to_owned(),
                };
                let from = from.join(", ");
                format!(
                    "{whose} locked for {minutes} minutes after {misses} wrong PINs in a row, keyed on phones of {from}; ask \
                     who that was"
                )
            }
            Alarm::MailboxAlmostFull { mailbox, name, percent } => format!(
                "the mailbox of {mailbox} ({name}) is {percent} % full: callers can soon leave no message; delete some, or give \
                 it more minutes"
            ),
            Alarm::Guessing { source, user, extension, tries } => {
                let whose = match extension {
                    Some(extension) => format!("of the phone {user} ({extension})"),
                    None => format!("under names such as {user}, which no phone has"),
                };
                format!(
                    "somebody at {source} has tried {tries} wrong passwords, last {whose}, and is slowed down; if that is a \
                     phone of yours, enter its password anew, and if not, find the device at this address"
                )
            }
            Alarm::Told(text) => text.clone(),
        }
    }

    fn why(&self, why: Why) -> &'static str {
        match why {
            Why::UnknownUser => "no phone has this user name",
            Why::WrongSecret => "the password is wrong",
            Why::Replayed => "a used proof was sent again",
            Why::NotItsOwn => "it spoke for another extension",
        }
    }

    fn remedy(&self, why: Why) -> &'static str {
        match why {
            Why::UnknownUser => {
                "if it is a phone of yours, enter the user name and password that its person's page shows; if not, \
                 find the device at this address, and see that the box cannot be reached from the internet"
            }
            Why::WrongSecret => {
                "if it is a phone of yours, make a new password for it under People and enter that one; if not, find \
                 the device at this address"
            }
            Why::Replayed => {
                "a phone that does this again and again needs newer software; from an address that you do not know, \
                 somebody listens in on your network"
            }
            Why::NotItsOwn => {
                "enter the phone's own extension as its caller number; if it is set so already, somebody uses its \
                 password"
            }
        }
    }

    fn trouble(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::Starting => "it has not answered yet".to_owned(),
            Trouble::SwitchedOff => "it is switched off".to_owned(),
            Trouble::NoAddress { host } => {
                format!("the name {host} cannot be found: look at its spelling and at the network")
            }
            Trouble::NoWay => {
                "the box listens on no address of its family: give the carrier's address as IPv4 or IPv6, \
                 whichever the box has"
                    .to_owned()
            }
            Trouble::Silent => {
                "it does not answer: look at the network, and at the server's address and port".to_owned()
            }
            Trouble::WrongSecret { status } => {
                format!("it refuses user or secret ({status}): enter both as the carrier gave them")
            }
            Trouble::NoSecret => {
                "it wants a secret and none is set: enter the one that the carrier gave you".to_owned()
            }
            Trouble::Refused { status, phrase } => {
                format!("it refuses the registration ({}): {}", said(*status, phrase), refusal(*status))
            }
            Trouble::CallUnanswered => "it did not answer a call".to_owned(),
            Trouble::CallRefused { status } => format!("it could not take a call ({status})"),
        }
    }
}

/// What to do about a registration that was refused with this status.
fn refusal(status: u16) -> &'static str {
    match status {
        300..400 => "the carrier has moved this account, ask it for the server's new name",
        404 | 410 | 484 | 604 => "it knows no such user, enter it as the carrier gave it",
        423 => "it wants a time between registrations that the box does not allow, ask the carrier",
        405 | 501 => "it takes no registrations, choose to be known by the address",
        420 | 421 | 488 | 606 => "it wants something that the box cannot do, ask the carrier",
        429 | 480 | 500..600 => "the carrier has a fault or is overloaded; the box tries again by itself",
        _ => "ask the carrier what it means",
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
