//! Was jemand über einen Anruf gehört hat, den niemand führt.

use jiff::civil::DateTime;

use super::{German, routing};
use crate::what_if::Told;
use crate::words::{Words, reasons};

pub(super) fn foretold(from: &str, to: &str, at: DateTime, told: &[Told]) -> String {
    let from = if from.is_empty() { "jemandem ohne Nummer" } else { from };
    let at = routing::moment(at);
    let reasons: Vec<String> = reasons(told).map(routing::reason).collect();
    let because = if reasons.is_empty() { String::new() } else { format!("; denn: {}", reasons.join("; ")) };
    format!("hat gehört, was aus einem Anruf von {from} an {to} {at} würde: {}{because}", German.foretold(told))
}
