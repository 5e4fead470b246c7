//! Park: a call waits on a slot until somebody fetches it, at whatever phone they are.
//!
//! What the user sees: who transfers a call to the code hears on which slot it waits, and reads it on the display; its party hears
//! music, or a short tone every few seconds where the parker's site has none; after two minutes it rings again where it was parked, and
//! the display there says so.
//! Feature code: `*88` as the target of a transfer, blind, or attended after the slot was heard; `*85` and the slot fetches it.
//! Config: the feature-code table, a site's `hold_music`.
//! Steps: blind: a slot -> its party waits, the parker is told -> fetched, gone, or back to the parker. Attended: the parker dials the
//! code and is told a slot, which stays free for the call that is transferred there.
//! RFC 3515 (REFER), RFC 3891 (Replaces), RFC 3325 (the display), RFC 4235 (keys that show slots).
//!
//! ```text
//!   Parking --the parker's other call is transferred here--> Parked --two minutes--> back to the parker
//!                             a blind transfer to the code ----^  \--fetched--> Talking
//! ```
//! Deadlines: the call's step timer, of the offer, of the tone, of the wait.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Next;
use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::leg::{Leg, LegEvent};
use crate::output::{Sound, Tone};
use crate::prompt::{Arg, PromptId};
use crate::saying::Saying;
use crate::timers::CallTimer;

/// How long a call waits before it goes back to who parked it (F163).
pub const WAITS_FOR: Duration = Duration::from_secs(120);

/// How often who waits hears the tone: often enough that nobody thinks the line is dead.
const TONE_EVERY: Duration = Duration::from_secs(5);

/// How long that is: to be noticed, not to be listened to.
const TONE: Duration = Duration::from_millis(300);

/// How long a slot is kept for a parker who was told of it: the time to press the key that transfers.
const OFFERED_FOR: Duration = Duration::from_secs(30);

/// A call whose party waits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parked {
    /// Where.
    pub slot: u8,
    /// The extension that parked it.
    parker: String,
    /// Until when, since the start of the box.
    until: Duration,
}

impl Parked {
    /// The party waits from here on.
    pub fn start(slot: u8, parker: String, party: &mut Leg, cx: &mut Cx) -> Parked {
        cx.park_on(slot, party.call, &party.extension);
        cx.log(party.call, Happened::Parked { by: parker.clone(), slot });
        cx.watch_liveness(party.call);
        let parked = Parked { slot, parker, until: cx.now.since_boot + WAITS_FOR };
        parked.sound(party, cx);
        parked
    }

    /// Something happened to the leg of who waits.
    pub fn on(&mut self, event: &LegEvent) -> Next {
        match event {
            LegEvent::HungUp => Next::End(Cause::HungUp),
            LegEvent::Lost => Next::End(Cause::PartyLost),
            LegEvent::Failed(cause) => Next::End(*cause),
            // There is nothing to choose; who holds hears the tone, or the music, later.
            _ => Next::Stay,
        }
    }

    /// The tone is due, or the wait is over.
    pub fn on_timer(&mut self, party: &mut Leg, cx: &mut Cx) -> Next {
        if cx.now.since_boot >= self.until {
            return Next::Return(self.parker.clone());
        }
        self.sound(party, cx);
        Next::Stay
    }

    fn sound(&self, party: &mut Leg, cx: &mut Cx) {
        let left = self.until.saturating_sub(cx.now.since_boot);
        if cx.config.has_hold_music(&self.parker) {
            party.waits(true, cx);
        } else {
            let play = cx.play_tone(party.id, Tone::Beep, TONE);
            party.plays(play);
        }
        cx.set_timer(party.call, CallTimer::Step, TONE_EVERY.min(left));
    }
}

/// Somebody who was told of a slot, and has parked nothing yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parking {
    /// The slot.
    pub slot: u8,
    /// What is being said; `None` when all was.
    saying: Option<Saying>,
    has_parted: bool,
}

impl Parking {
    /// Answers and says which slot it is.
    pub fn start(slot: u8, caller: &mut Leg, cx: &mut Cx) -> Parking {
        caller.box_answers(cx);
        let said = parked_on(slot, cx);
        Parking { slot, saying: Some(Saying::start([said], caller, cx)), has_parted: false }
    }

    /// Something happened to the caller's leg.
    pub fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match event {
            LegEvent::HungUp => Next::End(Cause::HungUp),
            LegEvent::Lost => Next::End(Cause::PartyLost),
            LegEvent::Failed(cause) => Next::End(*cause),
            LegEvent::PlayDone => self.go_on(caller, cx),
            _ => Next::Stay,
        }
    }

    /// A sound is over, or the time to transfer is.
    pub fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        self.go_on(caller, cx)
    }

    fn go_on(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        let is_saying = self.saying.as_mut().map(|saying| saying.go_on(caller, cx));
        match is_saying {
            Some(true) => {}
            Some(false) if self.has_parted => return Next::End(Cause::HungUp),
            Some(false) => {
                self.saying = None;
                cx.set_timer(caller.call, CallTimer::Step, OFFERED_FOR);
            }
            None => {
                self.has_parted = true;
                let goodbye = cx.sentence(PromptId::Goodbye, &[]);
                self.saying = Some(Saying::start([goodbye], caller, cx));
            }
        }
        Next::Stay
    }
}

/// The sentence that says which slot it is.
pub fn parked_on(slot: u8, cx: &Cx) -> Sound {
    cx.sentence(PromptId::ParkedOn, &[("slot", Arg::Digits(slot.to_string()))])
}
