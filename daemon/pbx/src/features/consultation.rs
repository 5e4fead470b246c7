//! Consultation: a party that has keyed a code during its call keys whom to ask, or whom to pass the other party on to, who waits.
//!
//! Feature code: behind `*2` and `##`, keyed during a call.
//! Config: none.
//! Steps: the question -> a number, or a code such as the one that parks, until `#` or a pause; whoever hangs up has keyed it too.
//! Nothing, or `*0#`: back to who waits.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! Who puts the other party on hold at the page is asked nothing.
//!
//! Deadlines: the call's step timer, of the entry, of the hold.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{App, Next};
use crate::cx::Cx;
use crate::entry::{Entry, Keyed};
use crate::events::Cause;
use crate::leg::{Leg, LegEvent};
use crate::output::Sound;
use crate::prompt::PromptId;
use crate::timers::CallTimer;

/// How long somebody who is put on hold at the page waits at most: longer than any search for a paper; then both talk again.
const HOLDS_FOR: Duration = Duration::from_secs(30 * 60);

/// The caller has put who waits on hold, and does nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Holding {}

impl Holding {
    /// From now on.
    pub fn start(caller: &mut Leg, cx: &mut Cx) -> Holding {
        cx.set_timer(caller.call, CallTimer::Step, HOLDS_FOR);
        Holding {}
    }
}

impl App for Holding {
    fn on(&mut self, _caller: &mut Leg, event: &LegEvent, _cx: &mut Cx) -> Next {
        match event {
            LegEvent::HungUp => Next::End(Cause::HungUp),
            LegEvent::Lost => Next::End(Cause::PartyLost),
            LegEvent::Failed(cause) => Next::End(*cause),
            _ => Next::Stay,
        }
    }

    fn on_timer(&mut self, _caller: &mut Leg, _cx: &mut Cx) -> Next {
        Next::TransferTo(None)
    }
}

/// A number that is being keyed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TransferTo {
    entry: Entry,
}

impl TransferTo {
    /// Says something, then asks for it.
    pub fn start(before: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) -> TransferTo {
        TransferTo { entry: Entry::ask_to_dial(before, PromptId::TransferTo, caller, cx) }
    }
}

impl App for TransferTo {
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match event {
            LegEvent::HungUp if !self.entry.is_empty() => Next::TransferTo(Some(self.entry.keyed().to_owned())),
            LegEvent::HungUp => Next::End(Cause::HungUp),
            LegEvent::Lost => Next::End(Cause::PartyLost),
            LegEvent::Failed(cause) => Next::End(*cause),
            LegEvent::Digit(key) => wanted(self.entry.on_key(*key, caller, cx)),
            LegEvent::PlayDone => {
                self.entry.on_play_done(caller, cx);
                Next::Stay
            }
            _ => Next::Stay,
        }
    }

    fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        wanted(self.entry.on_timer(caller, cx))
    }
}

fn wanted(keyed: Option<Keyed>) -> Next {
    match keyed {
        None => Next::Stay,
        Some(Keyed::Digits(number)) => Next::TransferTo(Some(number.expose().to_owned())),
        Some(Keyed::Nothing | Keyed::Star) => Next::TransferTo(None),
    }
}
