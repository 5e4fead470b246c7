//! Take: an owner records a greeting, their name, or what callers of their assistant hear.
//!
//! Feature code: `*97`, `*98` and `*39`, as all of [`super::Retrieve`].
//! Config: none.
//! Steps: what to do -> the store notes it -> tone -> recording until `#`, silence or the limit -> 1 keep, 2 listen, 3 again, `*` back.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! ```text
//!   Asking --over, #--> Beginning --committed--> Beeping --over--> Recording --#, silence, limit--> Stopping --> Reviewing
//!     ^                     |failed                                                                     |     1 |  3 |  * |
//!     +--too short          v                                                                           |       v    |    |
//!     +----------------- back <-------------------------------------------------------------------------+   Keeping  |    |
//!                           ^---------------------------------------------------------------------------------+------+----+
//! ```
//!
//! What its owner has not kept is dropped, by the rule of [`crate::recordings`] also when they hang up; the one before stays.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::choice::Choice;
use super::{Turn, WITHIN, words};
use crate::cx::Cx;
use crate::ids::{AskId, RecordingId};
use crate::input::{Answer, RecordEnd};
use crate::leg::{Leg, LegEvent};
use crate::mailbox::{GREETING_LIMIT, NAME_LIMIT, Purpose, SHORTEST_OWN};
use crate::output::Sound;
use crate::prompt::PromptId;
use crate::saying::Saying;
use crate::timers::CallTimer;

/// Silence that ends a greeting: longer than a breath between two sentences.
const GREETING_SILENCE: Duration = Duration::from_secs(5);

/// Silence that ends a name.
const NAME_SILENCE: Duration = Duration::from_secs(2);

/// How often one that is too short may be begun again.
const TOO_SHORT_TIMES: u8 = 3;

/// A recording being made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Take {
    mailbox: String,
    purpose: Purpose,
    too_short: u8,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// It is said what to do.
    Asking(Saying),
    /// The store notes the recording.
    Beginning { ask: AskId, recording: RecordingId },
    /// The tone sounds.
    Beeping { saying: Saying, recording: RecordingId },
    /// The owner speaks.
    Recording(RecordingId),
    /// The end of the recording is being written.
    Stopping(RecordingId),
    /// Is it good?
    Reviewing { recording: RecordingId, choice: Choice },
    /// The store takes it.
    Keeping(RecordingId),
}

impl Take {
    /// Says what to do.
    pub(super) fn start(mailbox: &str, purpose: Purpose, caller: &mut Leg, cx: &mut Cx) -> Take {
        let mailbox = mailbox.to_owned();
        let mut take = Take { mailbox, purpose, too_short: 0, state: State::Asking(Saying::default()) };
        take.ask(&[], caller, cx);
        take
    }

    /// Something happened to the caller's leg, or to what was asked.
    pub(super) fn on(&mut self, event: &LegEvent, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match (&self.state, event) {
            (_, LegEvent::Digit(key)) => self.on_key(*key, caller, cx),
            (_, LegEvent::PlayDone) => self.on_play_done(caller, cx),
            (State::Beginning { ask, recording }, LegEvent::Answer(answered, answer)) if ask == answered => {
                let recording = *recording;
                self.on_begun(recording, answer, caller, cx)
            }
            (
                State::Recording(recording) | State::Stopping(recording),
                LegEvent::Recorded { recording: done, length_ms, end },
            ) if recording == done => {
                let recording = *recording;
                self.on_recorded(recording, *length_ms, *end, caller, cx)
            }
            (State::Keeping(recording), LegEvent::Kept { recording: kept, is_written }) if recording == kept => {
                let said = match (&self.purpose, is_written) {
                    // It is tried again, but only what is on disk is promised.
                    (_, false) => PromptId::NotPossibleNow,
                    (Purpose::Name, true) => PromptId::NameSaved,
                    (Purpose::Assistant, true) => PromptId::AssistantSaved,
                    (_, true) => PromptId::GreetingSaved,
                };
                self.back(&[said], cx)
            }
            // Answers to what was given up meanwhile.
            _ => Turn::Stay,
        }
    }

    /// The deadline passed.
    pub(super) fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match &mut self.state {
            State::Asking(_) | State::Beeping { .. } => self.on_play_done(caller, cx),
            State::Reviewing { choice, .. } => choice.on_timer(caller, cx),
            // The media threads or the store have fallen silent.
            State::Beginning { recording, .. } | State::Recording(recording) | State::Stopping(recording) => {
                cx.stop_recording(caller.id);
                cx.drop_recording(*recording);
                self.back(&[PromptId::NotPossibleNow], cx)
            }
            State::Keeping(_) => self.back(&[PromptId::NotPossibleNow], cx),
        }
    }

    fn on_play_done(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match &mut self.state {
            State::Asking(saying) => {
                if !saying.go_on(caller, cx) {
                    self.begin(caller, cx);
                }
            }
            State::Beeping { saying, recording } => {
                let recording = *recording;
                if !saying.go_on(caller, cx) {
                    let (limit, silence) = self.limits();
                    cx.record(caller.id, recording, limit, silence);
                    cx.set_timer(caller.call, CallTimer::Step, limit + WITHIN);
                    self.state = State::Recording(recording);
                }
            }
            State::Reviewing { choice, .. } => return choice.on_play_done(caller, cx),
            State::Beginning { .. } | State::Recording(_) | State::Stopping(_) | State::Keeping(_) => {}
        }
        Turn::Stay
    }

    fn on_key(&mut self, key: char, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match (&mut self.state, key) {
            (State::Asking(_), '#') => self.begin(caller, cx),
            (State::Asking(_), '*') => return self.back(&[], cx),
            (State::Recording(recording), '#') => {
                let recording = *recording;
                cx.stop_recording(caller.id);
                cx.set_timer(caller.call, CallTimer::Step, WITHIN);
                self.state = State::Stopping(recording);
            }
            (State::Reviewing { recording, .. }, '1') => {
                let recording = *recording;
                caller.stop_playing(cx);
                cx.keep(recording);
                cx.set_timer(caller.call, CallTimer::Step, WITHIN);
                self.state = State::Keeping(recording);
            }
            (State::Reviewing { recording, choice }, '2') => {
                let itself = vec![Sound::Recording { recording: *recording, from_ms: 0 }];
                *choice = Choice::offer(itself, PromptId::ReviewMenu, caller, cx);
            }
            (State::Reviewing { recording, .. }, '3') => {
                cx.drop_recording(*recording);
                self.begin(caller, cx);
            }
            (State::Reviewing { recording, .. }, '*') => {
                cx.drop_recording(*recording);
                return self.back(&[], cx);
            }
            (State::Reviewing { choice, .. }, _) => return choice.refuse(caller, cx),
            // Other keys mean nothing: while it is said what to do, and while the owner speaks.
            _ => {}
        }
        Turn::Stay
    }

    fn ask(&mut self, before: &[PromptId], caller: &mut Leg, cx: &mut Cx) {
        let question = match self.purpose {
            Purpose::Name => PromptId::RecordName,
            Purpose::Assistant => PromptId::RecordAssistant,
            _ => PromptId::RecordGreeting,
        };
        let sounds = words(before, cx).into_iter().chain([cx.sentence(question, &[])]);
        self.state = State::Asking(Saying::start(sounds, caller, cx));
    }

    /// How long it may be, and the silence that ends it.
    fn limits(&self) -> (Duration, Duration) {
        match self.purpose {
            Purpose::Name => (NAME_LIMIT, NAME_SILENCE),
            _ => (GREETING_LIMIT, GREETING_SILENCE),
        }
    }

    fn begin(&mut self, caller: &mut Leg, cx: &mut Cx) {
        caller.stop_playing(cx);
        let (limit, _) = self.limits();
        let (ask, recording) = cx.begin_recording(caller.call, &self.mailbox, self.purpose.clone(), limit);
        cx.set_timer(caller.call, CallTimer::Step, WITHIN);
        self.state = State::Beginning { ask, recording };
    }

    fn on_begun(&mut self, recording: RecordingId, answer: &Answer, caller: &mut Leg, cx: &mut Cx) -> Turn {
        if *answer != Answer::Committed {
            cx.drop_recording(recording);
            return self.back(&[PromptId::NotPossibleNow], cx);
        }
        let beep = cx.beep();
        self.state = State::Beeping { saying: Saying::start([beep], caller, cx), recording };
        Turn::Stay
    }

    fn on_recorded(
        &mut self,
        recording: RecordingId,
        length_ms: u32,
        end: RecordEnd,
        caller: &mut Leg,
        cx: &mut Cx,
    ) -> Turn {
        if end == RecordEnd::Failed {
            cx.drop_recording(recording);
            return self.back(&[PromptId::NotPossibleNow], cx);
        }
        if Duration::from_millis(length_ms.into()) < SHORTEST_OWN {
            cx.drop_recording(recording);
            self.too_short += 1;
            if self.too_short >= TOO_SHORT_TIMES {
                return self.back(&[PromptId::MessageTooShort], cx);
            }
            self.ask(&[PromptId::MessageTooShort], caller, cx);
            return Turn::Stay;
        }
        let limit = if end == RecordEnd::Limit { words(&[PromptId::LimitReached], cx) } else { Vec::new() };
        self.state = State::Reviewing { recording, choice: Choice::offer(limit, PromptId::ReviewMenu, caller, cx) };
        Turn::Stay
    }

    /// To the menu that the owner came from, where there is one.
    fn back(&self, said: &[PromptId], cx: &Cx) -> Turn {
        match self.purpose {
            Purpose::Name => Turn::MainMenu(words(said, cx)),
            Purpose::Assistant => Turn::Part([words(said, cx), words(&[PromptId::Goodbye], cx)].concat()),
            _ => Turn::GreetingMenu(words(said, cx)),
        }
    }
}
