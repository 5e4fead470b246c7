//! Refusal: a no that is heard. Most are a SIP status, which phones turn into their own tone; where that would be a silent
//! failure (an emergency call), or where the caller hears our media already, the tone is ours.
//!
//! Feature code: none.
//! Config: `office.country` chooses the tones.
//! Steps: early media -> tone for some seconds -> the status; with a delayed offer, which cannot carry early media, the status at once.
//! RFC 3960 (early media), ITU-T E.180 (tones), RFC 3326 and Q.850 (the cause).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Next;
use crate::cx::Cx;
use crate::events::Cause;
use crate::leg::{Leg, LegEvent};
use crate::output::Tone;
use crate::timers::CallTimer;

/// How long a refusal's tone sounds: long enough to be understood, short enough to dial again.
pub const TONE_LENGTH: Duration = Duration::from_secs(8);

/// Beyond the tone's own length: when the end of the tone was not reported, the call ends all the same.
const GRACE: Duration = Duration::from_secs(2);

/// A tone that tells the caller no.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Refusal {
    cause: Cause,
}

impl Refusal {
    /// Starts the tone; `Err` where the status alone says it.
    pub fn start(cause: Cause, caller: &mut Leg, cx: &mut Cx) -> Result<Refusal, Cause> {
        if cause != Cause::EmergencyUnreachable && !caller.hears_us() {
            return Err(cause);
        }
        if !caller.hears_us() && !caller.send_early_media(None, cx) {
            return Err(cause);
        }
        let play = cx.play_tone(caller.id, tone_of(cause), TONE_LENGTH);
        caller.plays(play);
        cx.set_timer(caller.call, CallTimer::Step, TONE_LENGTH + GRACE);
        Ok(Refusal { cause })
    }

    /// Something happened to the caller's leg.
    pub fn on(&mut self, event: &LegEvent) -> Next {
        match event {
            // The caller who has heard enough gives up: the call failed for the same reason.
            LegEvent::Cancelled | LegEvent::HungUp | LegEvent::Lost | LegEvent::Failed(_) | LegEvent::PlayDone => {
                Next::End(self.cause)
            }
            _ => Next::Stay,
        }
    }

    /// The tone is long over.
    pub fn on_timer(self) -> Next {
        Next::End(self.cause)
    }
}

fn tone_of(cause: Cause) -> Tone {
    match cause {
        Cause::Busy | Cause::Declined => Tone::Busy,
        Cause::EmergencyUnreachable | Cause::NoSuchNumber => Tone::SpecialInformation,
        _ => Tone::Congestion,
    }
}
