//! Why a call, or one way of it, came to nothing or to its end.

use crate::events::Cause;

pub(super) fn because(cause: Cause) -> &'static str {
    match cause {
        Cause::HungUp => "a party hung up",
        Cause::Cancelled => "the caller gave up",
        Cause::Busy => "busy",
        Cause::Declined => "refused",
        Cause::Unanswered => "unanswered",
        Cause::Offline => "not reachable",
        Cause::NoSuchNumber => "no such number",
        Cause::NotAllowed => "not allowed",
        Cause::Blocked => "blocked",
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
        Cause::NoSlot => "every park slot holds a call",
        Cause::ShutDown => "the box shut down",
        Cause::Elsewhere => "answered elsewhere",
        Cause::PickedUp => "another call was picked up",
        Cause::ByOrder => "ended by an administrator",
        Cause::Transferred => "went on in another call",
        Cause::Internal => "an error inside the box",
    }
}
