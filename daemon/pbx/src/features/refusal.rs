//! Refusal: a no that is heard. Most are a SIP status, which phones turn into their own tone; where that would be a silent
//! failure (an emergency call), or where the caller hears our media already, the tone is ours. After an emergency call's tone a
//! sentence tells that it failed.
//!
//! Feature code: none.
//! Config: `office.country` chooses the tones, the caller's `language` the sentence's.
//! Steps: early media -> tone for some seconds, or once and the sentence -> the status; with a delayed offer, which cannot carry early media, the status at once.
//! RFC 3960 (early media), ITU-T E.180 (tones), RFC 3326 and Q.850 (the cause).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Next;
use crate::cx::Cx;
use crate::events::Cause;
use crate::leg::{Leg, LegEvent};
use crate::output::{PROMPT_LIMIT, Sound, Tone};
use crate::prompt::{Arg, Prompt, PromptId};
use crate::timers::CallTimer;

/// How long a refusal's tone sounds: long enough to be understood, short enough to dial again.
pub const TONE_LENGTH: Duration = Duration::from_secs(8);

/// The special information tone once: its three tones of 330 ms. What follows is said, not repeated.
pub const TONE_ONCE: Duration = Duration::from_millis(1_000);

/// Beyond the tone's own length: when the end of the tone was not reported, the call ends all the same.
const GRACE: Duration = Duration::from_secs(2);

/// A tone that tells the caller no.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refusal {
    cause: Cause,
    /// What is said when the tone is over.
    then: Option<Prompt>,
}

impl Refusal {
    /// Starts the tone for what was dialled; `Err` where the status alone says it.
    pub fn start(cause: Cause, dialled: &str, caller: &mut Leg, cx: &mut Cx) -> Result<Refusal, Cause> {
        if cause != Cause::EmergencyUnreachable && !caller.hears_us() {
            return Err(cause);
        }
        if !caller.hears_us() && !caller.send_early_media(None, cx) {
            return Err(cause);
        }
        let then = (cause == Cause::EmergencyUnreachable).then(|| {
            let number = Arg::Digits(dialled.to_owned());
            cx.prompt(PromptId::EmergencyUnreachable, &[("number", number)])
        });
        let length = if then.is_some() { TONE_ONCE } else { TONE_LENGTH };
        let play = cx.play_tone(caller.id, tone_of(cause), length);
        caller.plays(play);
        cx.set_timer(caller.call, CallTimer::Step, length + GRACE);
        Ok(Refusal { cause, then })
    }

    /// Something happened to the caller's leg.
    pub fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match event {
            LegEvent::PlayDone => self.go_on(caller, cx),
            // The caller who has heard enough gives up: the call failed for the same reason.
            LegEvent::Cancelled(_) | LegEvent::HungUp | LegEvent::Lost | LegEvent::Failed(_) => Next::End(self.cause),
            _ => Next::Stay,
        }
    }

    /// What sounds is long over, whatever was reported: a sentence that is due is said all the same.
    pub fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        self.go_on(caller, cx)
    }

    fn go_on(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        let Some(prompt) = self.then.take() else { return Next::End(self.cause) };
        caller.hear(Sound::Prompt(prompt), cx);
        cx.set_timer(caller.call, CallTimer::Step, PROMPT_LIMIT + GRACE);
        Next::Stay
    }
}

fn tone_of(cause: Cause) -> Tone {
    match cause {
        Cause::Busy | Cause::Declined => Tone::Busy,
        Cause::EmergencyUnreachable | Cause::NoSuchNumber | Cause::Blocked => Tone::SpecialInformation,
        _ => Tone::Congestion,
    }
}
