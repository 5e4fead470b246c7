//! What somebody was told of a call that nobody makes.

use jiff::civil::DateTime;

use super::{English, routing};
use crate::what_if::Told;
use crate::words::{Words, reasons};

pub(super) fn foretold(from: &str, to: &str, at: DateTime, told: &[Told]) -> String {
    let from = if from.is_empty() { "somebody without a number" } else { from };
    let at = routing::moment(at);
    let reasons: Vec<String> = reasons(told).map(routing::reason).collect();
    let because = if reasons.is_empty() { String::new() } else { format!("; because {}", reasons.join("; ")) };
    format!("was told of a call from {from} to {to} {at}: {}{because}", English.foretold(told))
}
