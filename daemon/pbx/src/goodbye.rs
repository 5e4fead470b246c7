//! How a leg is told why it ends, and the small readings of what a peer says.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sip::event::{Body, Reason};
use sip::message::Uri;

use crate::events::Cause;
use crate::route::normalise;

/// Why a leg ends, as its party is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goodbye {
    /// Nothing to say: a normal end.
    Normal,
    /// Another phone answered: no missed call (RFC 3326, and what phones look for).
    Elsewhere,
    /// Another phone of the same person refused.
    Declined,
    /// The ring time is over: a missed call.
    Unanswered,
    /// The call ended for this cause.
    Cause(Cause),
}

impl Goodbye {
    /// Of a call that ends for this cause.
    pub fn of(cause: Cause) -> Goodbye {
        if cause == Cause::Elsewhere { Goodbye::Elsewhere } else { Goodbye::Cause(cause) }
    }

    /// The Reason header's value.
    pub fn reason(self) -> Option<Reason> {
        let (protocol, cause, text) = match self {
            Goodbye::Normal => return None,
            Goodbye::Elsewhere => ("SIP", 200, "Call completed elsewhere"),
            Goodbye::Declined => ("SIP", 603, "Declined elsewhere"),
            Goodbye::Unanswered => ("Q.850", 19, "No answer"),
            Goodbye::Cause(cause) => ("Q.850", q850(cause), text(cause)),
        };
        Some(Reason { protocol: protocol.to_owned(), cause, text: text.to_owned() })
    }

    /// The status that refuses a caller.
    pub fn status(self) -> u16 {
        let Goodbye::Cause(cause) = self else { return 480 };
        match cause {
            Cause::Busy => 486,
            Cause::Declined => 603,
            // A carrier tells the caller what a number sounds like that is not in service.
            Cause::NoSuchNumber | Cause::Blocked => 404,
            Cause::NotAllowed => 403,
            Cause::NoCodec => 488,
            Cause::Loop => 482,
            // Not 503: that may keep a phone from trying again at once.
            Cause::EmergencyUnreachable | Cause::NoLine => 502,
            Cause::UnknownOutside => 404,
            Cause::TollLimit => 403,
            // A phone whose transfer comes to nothing shows that it is busy there.
            Cause::NoSlot => 486,
            Cause::Overload | Cause::ShutDown => 503,
            Cause::Internal | Cause::NoPort => 500,
            Cause::Cancelled | Cause::Elsewhere | Cause::Transferred => 487,
            Cause::HungUp
            | Cause::Unanswered
            | Cause::Offline
            | Cause::PartyLost
            | Cause::ByOrder
            | Cause::PickedUp
            | Cause::OutsideRefused => 480,
        }
    }
}

/// ITU-T Q.850 cause values.
fn q850(cause: Cause) -> u16 {
    match cause {
        Cause::HungUp | Cause::Cancelled | Cause::ByOrder | Cause::PickedUp | Cause::Transferred => 16,
        // Non-selected user clearing.
        Cause::Elsewhere => 26,
        Cause::Busy => 17,
        Cause::Declined | Cause::NotAllowed | Cause::TollLimit | Cause::OutsideRefused => 21,
        Cause::Unanswered => 19,
        Cause::Offline | Cause::PartyLost => 20,
        Cause::NoSuchNumber | Cause::UnknownOutside | Cause::Blocked => 1,
        Cause::NoLine => 34,
        Cause::EmergencyUnreachable => 38,
        Cause::NoCodec => 88,
        Cause::Overload | Cause::NoSlot => 42,
        Cause::NoPort => 47,
        Cause::Loop => 25,
        Cause::ShutDown | Cause::Internal => 41,
    }
}

/// What a caller who gives up says of it (RFC 3326): a carrier that calls at several places tells the others who of them it was
/// not, by the status of an answer, or as Q.850 says it.
pub fn cancelled_for(reason: Option<&Reason>) -> Cause {
    if reason.is_some_and(Reason::is_completed_elsewhere) { Cause::Elsewhere } else { Cause::Cancelled }
}

/// What a phone may show.
fn text(cause: Cause) -> &'static str {
    match cause {
        Cause::HungUp => "Call ended",
        Cause::Cancelled => "Cancelled",
        Cause::Busy => "Busy",
        Cause::Declined => "Declined",
        Cause::Unanswered => "No answer",
        Cause::Offline => "Phone not reachable",
        Cause::NoSuchNumber => "No such number",
        Cause::NotAllowed => "Not allowed",
        Cause::Blocked => "Not in service",
        Cause::NoLine => "No outside line",
        Cause::TollLimit => "Too many outside calls",
        Cause::UnknownOutside => "No such number outside",
        Cause::OutsideRefused => "Refused outside",
        Cause::EmergencyUnreachable => "No line for emergency calls",
        Cause::NoCodec => "No common codec",
        Cause::NoPort => "No audio port",
        Cause::Loop => "Sent on too often",
        Cause::PartyLost => "Party lost",
        Cause::Overload => "Too many calls",
        Cause::NoSlot => "No park slot free",
        Cause::ShutDown => "Telephone system restarts",
        Cause::Elsewhere => "Call completed elsewhere",
        Cause::PickedUp => "Call picked up",
        Cause::ByOrder => "Ended by an administrator",
        Cause::Transferred => "Transferred",
        Cause::Internal => "Internal error",
    }
}

/// The number that a URI names, normalised; `None` where it names none.
pub fn number_of(uri: &Uri) -> Option<String> {
    let named = uri.number().or_else(|| uri.user_unescaped())?;
    // A user may be a number of the telephone network with parameters of its own, as in tel: (RFC 3261 §19.1.6).
    let number = normalise(named.split(';').next().unwrap_or_default());
    (!number.is_empty()).then_some(number)
}

/// Whether an INFO carries a key (the two forms that phones send).
pub fn is_digit(body: &Body) -> bool {
    let kind = body.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(kind.as_str(), "application/dtmf-relay" | "application/dtmf") && body.bytes.len() <= INFO_LIMIT
}

/// The key of such an INFO: `Signal=5` in `application/dtmf-relay`, the key alone in `application/dtmf`; some phones write the event's
/// number 10 or 11 (RFC 4733 §3.2) for `*` and `#`.
pub fn digit_of(body: &Body) -> Option<char> {
    let text = std::str::from_utf8(&body.bytes).ok()?;
    let signal = |line: &str| {
        let (name, value) = line.split_once('=')?;
        name.trim().eq_ignore_ascii_case("signal").then(|| value.trim().to_owned())
    };
    let key = text.lines().find_map(signal).unwrap_or_else(|| text.trim().to_owned());
    match key.as_str() {
        "10" => Some('*'),
        "11" => Some('#'),
        key => {
            let mut characters = key.chars().map(|c| c.to_ascii_uppercase());
            let first = characters.next().filter(|c| matches!(c, '0'..='9' | '*' | '#' | 'A'..='D'))?;
            characters.next().is_none().then_some(first)
        }
    }
}

/// A key as the INFO that phones without RFC 4733 understand.
pub fn digit_info(digit: char) -> Body {
    let text = format!("Signal={digit}\r\nDuration=160\r\n");
    Body { content_type: "application/dtmf-relay".to_owned(), bytes: Bytes::from(text) }
}

/// The longest INFO body that is passed on: a key needs some thirty bytes.
const INFO_LIMIT: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_from_every_kind_of_info() {
        for (body, expected) in [
            ("Signal=5\r\nDuration=160\r\n", Some('5')),
            ("signal= *\n", Some('*')),
            ("Signal=11\r\n", Some('#')),
            ("7", Some('7')),
            (" d\r\n", Some('D')),
            ("Duration=160", None),
            ("Signal=\r\n", None),
            ("12", None),
            ("\u{0665}", None),
        ] {
            let body = Body { content_type: "application/dtmf-relay".to_owned(), bytes: Bytes::from(body) };
            assert_eq!(digit_of(&body), expected, "{body:?}");
        }
    }
}
