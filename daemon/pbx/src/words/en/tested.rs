//! What came of a test call.

use crate::tested::Tested;
use crate::words::{Language, seconds};

pub(super) fn tested(tested: &Tested) -> String {
    match tested {
        Tested::Answered { after_ms, heard: true, round_trip_ms, .. } => {
            format!(
                "answered after {} s, and sound came; its first word came after {round_trip_ms} ms",
                seconds(*after_ms)
            )
        }
        Tested::Answered { after_ms, listened_ms, heard: false, .. } => format!(
            "answered after {} s, but no sound came within {} s: see whether the carrier reaches the box's voice ports",
            seconds(*after_ms),
            seconds(*listened_ms)
        ),
        Tested::Refused { status, round_trip_ms } => {
            format!("refused with {status} ({}); its first word came after {round_trip_ms} ms", meaning(*status))
        }
        Tested::Unanswered { after_ms, rang: true } => {
            format!("it rang, and nobody answered within {} s", seconds(*after_ms))
        }
        Tested::Unanswered { after_ms, rang: false } => {
            format!("the carrier took the call, but nothing rang within {} s", seconds(*after_ms))
        }
        Tested::Silent => {
            "the carrier said nothing at all: see whether its address, port and transport are right".to_owned()
        }
        Tested::Failed { cause } => format!("it failed: {}", Language::English.words().cause(*cause)),
    }
}

/// Who asked for a call: a test call is the box's own, and comes from nowhere.
pub(super) fn who(from: &str, phone: &str, dialled: &str, source: &str) -> String {
    if source.is_empty() {
        return format!("the box itself calls {dialled}");
    }
    format!("{from} dialled {dialled} on phone {phone} ({source})")
}

fn meaning(status: u16) -> &'static str {
    match status {
        401 | 407 => "it does not take our user and secret",
        403 => "it does not permit this call",
        404 | 410 | 484 | 604 => "it knows no such number",
        408 | 480 => "the number cannot be reached now",
        415 | 488 | 606 => "it has no codec in common with the box",
        486 | 600 => "the number is busy",
        603 | 607 | 608 => "the called party declined",
        500..=599 => "it is out of order, or a network behind it",
        _ => "the call's messages say more",
    }
}
