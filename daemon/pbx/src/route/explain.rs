//! The reasons of a plan, and all of it in words.

use std::fmt;

use config::Feature;
use serde::{Deserialize, Serialize};

use super::{Act, Announcement, Outcome, PickUp, Retrieve};
use crate::events::Cause;

/// Why a step is in a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// The number is an emergency number here.
    EmergencyNumber {
        /// The number.
        number: String,
    },
    /// There is no way out of the building.
    NoTrunk,
    /// The number is a feature code.
    FeatureCode {
        /// The code.
        code: String,
        /// What it does.
        feature: Feature,
    },
    /// The number is somebody's extension.
    ExtensionOf {
        /// The extension.
        extension: String,
        /// Whose.
        person: String,
    },
    /// The call came from a phone of the same extension, which does not ring itself.
    CallerOwnPhone,
    /// How many of the phones are registered.
    PhonesRegistered {
        /// Registered.
        registered: usize,
        /// Of so many.
        phones: usize,
    },
    /// The extension is in calls already.
    InCalls {
        /// So many.
        calls: usize,
    },
    /// It wants no second call while it is in one.
    NoCallWaiting,
    /// It is of another pickup group than the caller.
    OtherPickupGroup {
        /// The extension.
        extension: String,
    },
    /// Callers may leave messages for it.
    TakesMessages {
        /// The extension.
        extension: String,
    },
    /// The caller may ask for this operator.
    Operator {
        /// The operator's extension.
        extension: String,
    },
    /// A phone sent the call on to this number.
    SentOn {
        /// Its extension.
        extension: String,
    },
    /// The operator did not answer either.
    OperatorUnanswered,
    /// There is no mailbox of this number.
    NoMailbox {
        /// The number.
        number: String,
    },
    /// An earlier step ended so.
    After {
        /// How.
        outcome: Outcome,
    },
    /// Nothing has this number.
    NoSuchNumber {
        /// The number.
        number: String,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::EmergencyNumber { number } => write!(f, "{number} is an emergency number"),
            Reason::NoTrunk => f.write_str("no trunk is set up"),
            Reason::FeatureCode { code, feature } => write!(f, "{code} is the feature code for {feature}"),
            Reason::ExtensionOf { extension, person } => write!(f, "{extension} is the extension of {person}"),
            Reason::CallerOwnPhone => f.write_str("the calling phone belongs to it and does not ring itself"),
            Reason::PhonesRegistered { phones: 0, .. } => f.write_str("it has no phone to ring"),
            Reason::PhonesRegistered { registered: 0, phones: 1 } => f.write_str("its phone is not registered"),
            Reason::PhonesRegistered { registered: 1, phones: 1 } => f.write_str("its phone is registered"),
            Reason::PhonesRegistered { registered, phones } => {
                write!(f, "{registered} of its {phones} phones are registered")
            }
            Reason::InCalls { calls: 1 } => f.write_str("it is in a call"),
            Reason::InCalls { calls } => write!(f, "it is in {calls} calls"),
            Reason::NoCallWaiting => f.write_str("it rings for nobody while it is in a call"),
            Reason::OtherPickupGroup { extension } => write!(f, "{extension} is of another pickup group"),
            Reason::TakesMessages { extension } => write!(f, "callers may leave messages for {extension}"),
            Reason::Operator { extension } => write!(f, "{extension} is the operator"),
            Reason::SentOn { extension } => write!(f, "a phone of {extension} sent the call there"),
            Reason::OperatorUnanswered => f.write_str("the operator did not answer"),
            Reason::NoMailbox { number } => write!(f, "{number} has no mailbox"),
            Reason::After { outcome } => write!(f, "{outcome}"),
            Reason::NoSuchNumber { number } => write!(f, "{number} is no extension, feature code or emergency number"),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Outcome::Busy => "it was busy",
            Outcome::Declined => "the call was refused",
            Outcome::Unanswered => "nobody answered",
            Outcome::Offline => "no phone could be reached",
            Outcome::Incompatible => "no codec is shared",
            Outcome::Operator => "the caller asked for the operator",
            Outcome::NothingRings => "nothing rang",
        })
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Act::Ring(ring) => write!(f, "ring {} for {} s", ring.extension, ring.limit_s),
            Act::EchoTest => f.write_str("run the echo test"),
            Act::Announce(Announcement::Time) => f.write_str("say the time"),
            Act::Announce(Announcement::OwnExtension) => f.write_str("say the caller's extension"),
            Act::Announce(Announcement::BoxStatus) => f.write_str("say the box's address, version and phones"),
            Act::Announce(Announcement::NoSuchMailbox) => f.write_str("say that there is no such mailbox"),
            Act::Announce(Announcement::NothingToPickUp) => f.write_str("say that there is no call to pick up"),
            Act::PickUp(PickUp { of: Some(of) }) => write!(f, "take the call that rings at {of}"),
            Act::PickUp(PickUp { of: None }) => f.write_str("take the call that rings in the pickup group"),
            Act::Deposit(deposit) => write!(f, "take a message for {}", deposit.mailbox),
            Act::Retrieve(Retrieve { mailbox: Some(mailbox), .. }) => write!(f, "open the mailbox of {mailbox}"),
            Act::Retrieve(_) => f.write_str("ask whose mailbox is to be opened"),
            Act::Reject(cause) => write!(f, "refuse: {cause}"),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Cause::HungUp => "a party hung up",
            Cause::Cancelled => "the caller gave up",
            Cause::Busy => "busy",
            Cause::Declined => "refused",
            Cause::Unanswered => "unanswered",
            Cause::Offline => "not reachable",
            Cause::NoSuchNumber => "no such number",
            Cause::NotAllowed => "not allowed",
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
        })
    }
}
