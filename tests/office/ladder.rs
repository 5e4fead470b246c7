//! What happened, for the eyes of whoever reads a failed test: times, who to whom, a few words.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::time::Duration;

use bytes::Bytes;
use pbx::output::MediaOrder;

use crate::phone::message;

/// How many rungs are kept; a failure's cause is rarely further back.
const KEPT: usize = 3000;
/// How many rungs a failure shows; `BELLBOX_LADDER` asks for another number.
const SHOWN: usize = 150;

/// One thing that happened; turned into words only when a test fails.
#[derive(Clone, Debug)]
pub enum Rung {
    /// Somebody did something.
    Said(String),
    /// A message was sent.
    Sent {
        /// By whom.
        from: String,
        /// To whom.
        to: String,
        /// What.
        bytes: Bytes,
        /// Whether the wire swallowed it.
        is_lost: bool,
    },
    /// The box ordered something of the media threads.
    Media(MediaOrder),
}

/// The rungs in order of time.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    rungs: VecDeque<(Duration, Rung)>,
}

impl Ladder {
    /// Adds one; the oldest goes when there are too many.
    pub fn push(&mut self, now: Duration, rung: Rung) {
        if self.rungs.len() == KEPT {
            self.rungs.pop_front();
        }
        self.rungs.push_back((now, rung));
    }

    /// The last rungs as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let shown = std::env::var("BELLBOX_LADDER").ok().and_then(|rungs| rungs.parse().ok()).unwrap_or(SHOWN);
        // In a long story, registrations come and go without end.
        let is_long = self.rungs.len() > shown;
        let told: Vec<&(Duration, Rung)> = self.rungs.iter().filter(|(_, rung)| !is_long || !registers(rung)).collect();
        for (at, rung) in told.iter().skip(told.len().saturating_sub(shown)) {
            let words = match rung {
                Rung::Said(words) => words.clone(),
                Rung::Sent { from, to, bytes, is_lost } => {
                    let lost = if *is_lost { "  (lost)" } else { "" };
                    format!("{from} -> {to} {}{lost}", message::summary(bytes))
                }
                Rung::Media(order) => format!("media: {}", shortened(order)),
            };
            let _ = writeln!(text, "{:>11.3} {words}", at.as_secs_f64());
        }
        text
    }
}

fn registers(rung: &Rung) -> bool {
    let Rung::Sent { bytes, .. } = rung else { return false };
    message::summary(bytes).contains("REGISTER)")
}

fn shortened(order: &MediaOrder) -> String {
    match order {
        MediaOrder::Configure { leg, agreed, .. } => {
            format!("leg {} {:?} {:?} {}", leg.0, agreed.codec, agreed.direction, agreed.remote)
        }
        MediaOrder::Open { leg, local } => format!("leg {} opens {local}", leg.0),
        MediaOrder::Play { leg, sound, .. } => format!("leg {} hears {sound:?}", leg.0),
        MediaOrder::Bridge { a, b } => format!("leg {} and leg {} are bridged", a.0, b.0),
        MediaOrder::Join { legs } => {
            let legs: Vec<String> = legs.iter().map(|leg| leg.0.to_string()).collect();
            format!("legs {} talk together", legs.join(", "))
        }
        other => format!("{other:?}"),
    }
}
