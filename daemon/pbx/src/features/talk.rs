//! Talk: two parties hear each other; either may hold, resume, press keys and hang up.
//!
//! Feature code: none; behind `*80` with an extension a beep to both begins it.
//! Config: a site's `hold_music`: whether whom its people hold hears music.
//! Steps: bridge -> hold, with music for the other, and resume by each side for itself -> a party hangs up, or vanishes and does not
//! answer OPTIONS.
//! RFC 3264 §8.4 (hold), RFC 4733 and RFC 6086 (keys as events and as INFO), RFC 3261 §15 (BYE).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Next;
use crate::activity::{Activity, Progress};
use crate::cx::Cx;
use crate::events::Cause;
use crate::ids::LegId;
use crate::leg::{Goodbye, Leg, LegEvent};
use crate::output::Tone;

/// The beep before a phone that has answered by itself is heard: long enough to be noticed in a room.
const BEEP: Duration = Duration::from_millis(400);

/// A connected call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Talking {
    callee: Leg,
}

impl Talking {
    /// Answers the caller and connects the two.
    pub fn start(caller: &mut Leg, callee: Leg, cx: &mut Cx) -> Talking {
        caller.answer(callee.codec(), cx);
        cx.bridge(caller.id, callee.id);
        cx.answered(caller.call, callee.id, &callee.extension, callee.codec());
        let mut talking = Talking { callee };
        talking.tune(caller, cx);
        talking
    }

    /// The same, with a beep to both first: nobody is heard unawares whose phone has answered by itself, but who wants no beep (F28).
    pub fn start_aloud(caller: &mut Leg, callee: Leg, cx: &mut Cx) -> Talking {
        let mut talking = Talking::start(caller, callee, cx);
        if cx.config.extension(&talking.callee.extension).is_some_and(|called| !called.intercom_beep) {
            return talking;
        }
        for leg in [caller, &mut talking.callee] {
            let play = cx.play_tone(leg.id, Tone::Beep, BEEP);
            leg.plays(play);
        }
        talking
    }

    /// Connects two who have been answered already.
    pub fn resume(caller: &mut Leg, callee: Leg, cx: &mut Cx) -> Talking {
        cx.bridge(caller.id, callee.id);
        cx.watch_liveness(caller.call);
        let mut talking = Talking { callee };
        talking.tune(caller, cx);
        talking
    }

    /// Who is held by the other hears music from here on, and nobody else does.
    pub fn tune(&mut self, caller: &mut Leg, cx: &mut Cx) {
        let (by_caller, by_callee) = (caller.holds_with_music(cx), self.callee.holds_with_music(cx));
        self.callee.waits(by_caller, cx);
        caller.waits(by_callee, cx);
    }

    /// Something happened to one of the two legs.
    pub fn on(&mut self, caller: &mut Leg, leg: LegId, event: LegEvent, cx: &mut Cx) -> Next {
        match event {
            LegEvent::HungUp => Next::End(Cause::HungUp),
            LegEvent::Lost => Next::End(Cause::PartyLost),
            LegEvent::Failed(cause) => Next::End(cause),
            LegEvent::Digit(digit) => {
                self.other(caller, leg).tell_key(digit, cx);
                Next::Stay
            }
            LegEvent::InfoDigit(body) => {
                self.other(caller, leg).tell_key_by_info(body, cx);
                Next::Stay
            }
            // Behind the beep of an intercom.
            LegEvent::PlayDone => {
                self.tune(caller, cx);
                Next::Stay
            }
            // Holds are the leg's own affair.
            _ => Next::Stay,
        }
    }

    fn other<'a>(&'a mut self, caller: &'a mut Leg, leg: LegId) -> &'a mut Leg {
        if leg == caller.id { &mut self.callee } else { caller }
    }

    /// The callee's leg.
    pub fn callee(&mut self) -> &mut Leg {
        &mut self.callee
    }

    /// The callee's extension.
    pub fn extension(&self) -> &str {
        &self.callee.extension
    }

    /// What the callee does, as lamps show it.
    pub fn activity(&self, caller: &Leg) -> Activity {
        let (extension, other) = (self.callee.extension.clone(), caller.extension.clone());
        Activity { extension, is_caller: false, progress: Progress::Talks, other, ringing: None }
    }

    /// The callee's leg, to look at.
    pub fn party(&self) -> &Leg {
        &self.callee
    }

    /// The callee's leg, on its own from here on.
    pub fn into_party(mut self, caller: &mut Leg, cx: &mut Cx) -> Leg {
        caller.waits(false, cx);
        self.callee.waits(false, cx);
        self.callee
    }

    /// Whether a party holds the other.
    pub fn is_held(&self, caller: &Leg) -> bool {
        caller.is_held() || self.callee.is_held()
    }

    /// The callee's leg goes.
    pub fn stop(self, goodbye: Goodbye, cx: &mut Cx) {
        self.callee.leave(goodbye, cx);
    }
}
