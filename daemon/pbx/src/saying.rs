//! Sounds that a leg hears one after the other: sentences, recordings, a tone.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::leg::Leg;
use crate::output::{PROMPT_LIMIT, Sound, Tone};
use crate::prompt::{Arg, PromptId};
use crate::timers::CallTimer;

/// Beyond a sound's own length: when its end was not reported, what follows comes all the same.
const GRACE: Duration = Duration::from_secs(2);

/// The longest recording there is, and its reading: the longest message that the configuration permits is 20 minutes.
const RECORDING_LIMIT: Duration = Duration::from_secs(21 * 60);

/// How long the tone before a recording is: heard by everybody, too short to be annoying.
pub const BEEP: Duration = Duration::from_millis(500);

/// What is being said, and what follows it. Its deadline is the call's step timer, set anew with each sound.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Saying {
    rest: VecDeque<Sound>,
}

impl Saying {
    /// Begins with the first of these, instead of what plays.
    pub fn start(sounds: impl IntoIterator<Item = Sound>, leg: &mut Leg, cx: &mut Cx) -> Saying {
        leg.stop_playing(cx);
        let mut saying = Saying { rest: sounds.into_iter().collect() };
        if !saying.go_on(leg, cx) {
            // Nothing to say is over as if it had been said: by the timer, at once.
            cx.set_timer(leg.call, CallTimer::Step, Duration::ZERO);
        }
        saying
    }

    /// A sound is over, or its deadline has passed: the next begins. False when there is none.
    pub fn go_on(&mut self, leg: &mut Leg, cx: &mut Cx) -> bool {
        let Some(sound) = self.rest.pop_front() else { return false };
        let limit = match &sound {
            Sound::Prompt(_) => PROMPT_LIMIT,
            Sound::Recording { .. } => RECORDING_LIMIT,
            Sound::Tone { limit_ms, .. } => Duration::from_millis(u64::from(*limit_ms)),
            // Nobody is told music, which has no end.
            Sound::Music => Duration::ZERO,
        };
        cx.set_timer(leg.call, CallTimer::Step, limit + GRACE);
        leg.hear(sound, cx);
        true
    }
}

/// How long a key is waited for after a menu was said.
pub const KEY_WITHIN: Duration = Duration::from_secs(6);

/// How often a menu is said before the box goes on without an answer.
const MENU_TIMES: u8 = 2;

/// A choice by key: it is being said, or was and waits for the key until the call's step timer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Menu {
    saying: Option<Saying>,
    times: u8,
}

impl Menu {
    /// Says it, or says it again.
    pub fn say(&mut self, sounds: impl IntoIterator<Item = Sound>, leg: &mut Leg, cx: &mut Cx) {
        self.saying = Some(Saying::start(sounds, leg, cx));
    }

    /// A sound of it is over, or its deadline has passed: the next begins, or the time for a key.
    pub fn on_play_done(&mut self, leg: &mut Leg, cx: &mut Cx) {
        if self.saying.as_mut().is_some_and(|saying| saying.go_on(leg, cx)) {
            return;
        }
        self.saying = None;
        self.times += 1;
        cx.set_timer(leg.call, CallTimer::Step, KEY_WITHIN);
    }

    /// Whether it is still being said.
    pub fn is_being_said(&self) -> bool {
        self.saying.is_some()
    }

    /// Whether it was said so often without a key that it is not worth saying again.
    pub fn is_worn_out(&self) -> bool {
        self.times >= MENU_TIMES
    }
}

impl Cx {
    /// A sentence to be played.
    pub fn sentence(&self, id: PromptId, args: &[(&str, Arg)]) -> Sound {
        Sound::Prompt(self.prompt(id, args))
    }

    /// The tone that a recording begins after.
    pub fn beep(&self) -> Sound {
        let limit_ms = u32::try_from(BEEP.as_millis()).unwrap_or(u32::MAX);
        Sound::Tone { tone: Tone::Beep, country: self.config.office().country.clone(), limit_ms }
    }
}
