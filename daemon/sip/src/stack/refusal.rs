//! What a refusal says: its phrase, and the headers that its status wants (RFC 3261 §21).

use super::RETRY_AFTER_S;
use crate::message::HeaderName;
use crate::package::Package;
use crate::session_timer::MIN_SE_S;

/// The methods that are used here; others that are known get 405, 481 or 489.
pub(super) const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REFER, REGISTER, SUBSCRIBE, PRACK";
/// The extensions that a peer may require (RFC 3262, RFC 3891, RFC 4028, RFC 4488, RFC 4538; §20.37).
pub(super) const SUPPORTED: &str = "100rel, replaces, norefersub, tdialog, timer";
/// The same in requests of ours within dialogs: their provisional responses are not confirmed.
pub(super) const SUPPORTED_WITHIN: &str = "replaces, norefersub, tdialog, timer";
/// The one body that an INVITE may have.
pub(super) const ACCEPT: &str = "application/sdp";

/// The event packages that can be subscribed to (RFC 6665 §8.2.2).
pub(super) fn allow_events() -> String {
    Package::ALL.map(Package::as_str).join(", ")
}

/// A response that is not 2xx, with the headers that its status wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub status: u16,
    pub headers: Vec<(HeaderName, String)>,
}

impl Refusal {
    pub fn new(status: u16) -> Refusal {
        let headers = match status {
            405 => vec![(HeaderName::Allow, ALLOW.to_owned()), (HeaderName::AllowEvents, allow_events())],
            422 => vec![(HeaderName::MinSe, MIN_SE_S.to_string())],
            415 => vec![(HeaderName::Accept, ACCEPT.to_owned()), (HeaderName::AcceptEncoding, "identity".to_owned())],
            501 => vec![(HeaderName::Allow, ALLOW.to_owned())],
            489 => vec![(HeaderName::AllowEvents, allow_events())],
            503 => vec![(HeaderName::RetryAfter, RETRY_AFTER_S.to_string())],
            _ => Vec::new(),
        };
        Refusal { status, headers }
    }
}

/// The phrases of RFC 3261 §21 and those that came later.
pub(super) fn phrase(status: u16) -> &'static str {
    match status {
        100 => "Trying",
        180 => "Ringing",
        181 => "Call Is Being Forwarded",
        182 => "Queued",
        183 => "Session Progress",
        200 => "OK",
        202 => "Accepted",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Moved Temporarily",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        410 => "Gone",
        415 => "Unsupported Media Type",
        416 => "Unsupported URI Scheme",
        420 => "Bad Extension",
        422 => "Session Interval Too Small",
        423 => "Interval Too Brief",
        480 => "Temporarily Unavailable",
        481 => "Call/Transaction Does Not Exist",
        482 => "Loop Detected",
        483 => "Too Many Hops",
        484 => "Address Incomplete",
        486 => "Busy Here",
        487 => "Request Terminated",
        488 => "Not Acceptable Here",
        489 => "Bad Event",
        491 => "Request Pending",
        500 => "Server Internal Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        504 => "Server Time-out",
        505 => "Version Not Supported",
        513 => "Message Too Large",
        600 => "Busy Everywhere",
        603 => "Decline",
        604 => "Does Not Exist Anywhere",
        606 => "Not Acceptable",
        _ => class_phrase(status),
    }
}

fn class_phrase(status: u16) -> &'static str {
    match status / 100 {
        1 => "Progress",
        2 => "OK",
        3 => "Redirected",
        4 => "Request Failure",
        5 => "Server Failure",
        _ => "Global Failure",
    }
}
