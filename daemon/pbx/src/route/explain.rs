//! The reasons of a plan, and all of it in words.

use std::fmt;

use config::{Class, Feature, Permission};
use serde::{Deserialize, Serialize};

use super::{Act, Announcement, Outcome, PickUp, Retrieve};
use crate::events::Cause;
use crate::trunks::Health;

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
    /// The number goes out by this route.
    Route {
        /// Its name.
        name: String,
        /// The number in full.
        number: String,
    },
    /// Who pays may make such calls.
    Permitted {
        /// The extension that pays.
        extension: String,
        /// What the call costs at worst.
        class: Class,
    },
    /// Who pays may not.
    NotPermitted {
        /// The extension that would pay.
        extension: String,
        /// What the call costs at worst.
        class: Class,
        /// How far the extension may call.
        permission: Permission,
    },
    /// Nobody may make such calls at this hour.
    AtNight {
        /// What the call costs at worst.
        class: Class,
    },
    /// A caller from outside cannot go out again at the office's cost.
    FromOutside,
    /// How a trunk is.
    TrunkIs {
        /// Its name.
        trunk: String,
        /// Its state.
        health: Health,
    },
    /// Every trunk has been tried.
    NoTrunkLeft,
    /// The number is one of the office's own.
    OwnNumber {
        /// The number in full.
        number: String,
        /// What it leads to.
        to: String,
    },
    /// A carrier sends calls for this number, and the office has no such number.
    NoOwnNumber {
        /// The number.
        number: String,
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
            Reason::Route { name, number } => write!(f, "{number} goes out by the route {name}"),
            Reason::Permitted { extension, class } => write!(f, "{extension} may make {class} calls"),
            Reason::NotPermitted { extension, class, permission } => {
                write!(f, "it is a {class} call, and {extension} may make {permission} calls only")
            }
            Reason::AtNight { class } => write!(f, "it is a {class} call, which nobody may make at this hour"),
            Reason::FromOutside => f.write_str("the caller is outside, and nobody of the office pays for it"),
            Reason::TrunkIs { trunk, health: Health::Up } => write!(f, "trunk {trunk} is up"),
            Reason::TrunkIs { trunk, health: Health::Degraded } => write!(f, "trunk {trunk} is degraded"),
            Reason::TrunkIs { trunk, health: Health::Down } => write!(f, "trunk {trunk} is down"),
            Reason::NoTrunkLeft => f.write_str("no other trunk is left"),
            Reason::OwnNumber { number, to } => write!(f, "{number} is a number of the office and leads to {to}"),
            Reason::NoOwnNumber { number } => write!(f, "{number} is none of the office's numbers"),
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
            Outcome::NoWay => "the trunk before could not take the call",
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
            Act::Outside(call) => write!(f, "call {} by trunk {}", call.number, call.trunk),
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
        })
    }
}
