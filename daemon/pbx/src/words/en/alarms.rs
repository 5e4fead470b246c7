//! What an administrator should know of, and what to do.

use sip::transport::Distrust;

use super::{mended, toll};
use crate::alarm::Alarm;
use crate::attempts::Why;
use crate::trunks::Trouble;
use crate::words::said;

pub(super) fn alarm(alarm: &Alarm) -> String {
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
        Alarm::NothingWritten => "nothing can be written to the disk; calls go on, and what happens is kept in memory \
             until it can. Look at the disk: is it full, or broken?"
            .to_owned(),
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
        Alarm::CodesLocked { extension, minutes, misses } => format!(
            "{extension} may key no authorization code for {minutes} minutes after {misses} wrong ones; ask who that was"
        ),
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
        Alarm::OutsideRefused { extension, number, why, refused } => toll::alarm(extension, number, *why, *refused),
        Alarm::OffNetwork => {
            "the box has no address in any network: no phone and no trunk reaches it. Look at its cable, at the \
             switch, and at the router that gives out addresses"
                .to_owned()
        }
        Alarm::NewAddress { was, is } => format!(
            "the box's address was {was} and is {is} now. Phones that were set up with {was} do not find it again: set them to \
             {is}, and have the router give the box the same address always"
        ),
        Alarm::Mended(what) => mended::mended(what),
        Alarm::Told(text) => text.clone(),
    }
}

pub(super) fn why(why: Why) -> &'static str {
    match why {
        Why::UnknownUser => "no phone has this user name",
        Why::WrongSecret => "the password is wrong",
        Why::Replayed => "a used proof was sent again",
        Why::NotItsOwn => "it spoke for another extension",
    }
}

pub(super) fn remedy(why: Why) -> &'static str {
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

pub(super) fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Starting => "it has not answered yet".to_owned(),
        Trouble::SwitchedOff => "it is switched off".to_owned(),
        Trouble::NoAddress { host } => {
            format!("the name {host} cannot be found: look at its spelling and at the network")
        }
        Trouble::DnsSilent { host } => format!(
            "no name server answers, so that {host} cannot be found: look at the internet connection and at the \
             box's name server"
        ),
        Trouble::NoWay => "the box listens on no address of its family: give the carrier's address as IPv4 or IPv6, \
             whichever the box has"
            .to_owned(),
        Trouble::Silent => "it does not answer: look at the network, and at the server's address and port".to_owned(),
        Trouble::Distrusted { host, why } => distrusted(host, *why),
        Trouble::WrongSecret { status } => {
            format!("it refuses user or secret ({status}): enter both as the carrier gave them")
        }
        Trouble::NoSecret => "it wants a secret and none is set: enter the one that the carrier gave you".to_owned(),
        Trouble::Refused { status, phrase } => {
            format!("it refuses the registration ({}): {}", said(*status, phrase), refusal(*status))
        }
        Trouble::CallUnanswered => "it did not answer a call".to_owned(),
        Trouble::CallRefused { status } => format!("it could not take a call ({status})"),
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

fn distrusted(host: &str, why: Distrust) -> String {
    match why {
        Distrust::UnknownAuthority => format!(
            "nobody that the box knows vouches for the certificate of {host}: put in the carrier's authority, if it has one of its own"
        ),
        Distrust::Expired => {
            format!("the certificate of {host} has expired: tell the carrier, and look at the box's clock")
        }
        Distrust::NotYetValid => format!("the certificate of {host} is not valid yet: look at the box's clock"),
        Distrust::WrongName => format!(
            "the certificate that it shows is not for {host}: give the server by the name that the carrier tells"
        ),
        Distrust::BadCertificate => format!("the certificate of {host} cannot be used: tell the carrier"),
        Distrust::NoTls => format!("no TLS with {host}: look at the server's port, mostly 5061"),
        Distrust::BadAuthority => {
            "the authority that was put in cannot be read: put in the carrier's once more".to_owned()
        }
        Distrust::NoAuthorities => "the box knows no authority of the internet: install the package ca-certificates, or put in the carrier's own".to_owned(),
    }
}
