//! Naming: a caller from outside says a name before the phones of whoever screens ring, so that whoever answers hears it (F33).
//!
//! Feature code: none.
//! Config: `screen` of an answering rule.
//! Steps: what to do is said -> the store notes the recording -> the tone -> at most [`LONGEST`]; `#` or silence ends it -> the caller is
//! told to wait, and the phones ring. What cannot be recorded keeps nobody from being put through.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! ```text
//!   Asking --over, #--> Beginning --committed--> Beeping --over--> Recording --#, silence, limit--> Parting --> the phones ring
//!                           |failed                                    |  +--#--> Stopping --over--^  ^
//!                           +------------------------------------------+failed------------------------+
//! ```
//!
//! Deadlines: of what is said, [`WITHIN`] for store and recorder, and the limit; all are the call's step timer. The recording is dropped
//! when the call is over, by the rule of [`crate::recordings`], and by the store's next start where the box has lost power.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{App, Next};
use crate::cx::Cx;
use crate::events::{Cause, Happened, NameSaid};
use crate::ids::{AskId, RecordingId};
use crate::input::{Answer, RecordEnd};
use crate::leg::{Leg, LegEvent};
use crate::mailbox::Purpose;
use crate::prompt::PromptId;
use crate::route::{AskName, Outcome};
use crate::saying::Saying;
use crate::timers::CallTimer;

/// How long a name may be: a name and a company, and no speech (F33).
pub const LONGEST: Duration = Duration::from_secs(6);

/// Silence that ends it: more than people pause between a name and a company.
const SILENCE: Duration = Duration::from_secs(2);

/// The shortest that is played to anybody, in milliseconds. What is left of silence alone is half a second.
const SHORTEST_MS: u32 = 700;

/// Within this the store and the recorder answer.
const WITHIN: Duration = Duration::from_secs(5);

/// A caller who is asked for a name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Naming {
    /// Whose phones are to ring.
    extension: String,
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
    /// The caller speaks.
    Recording(RecordingId),
    /// The end of the recording is being written.
    Stopping(RecordingId),
    /// The caller is told to wait.
    Parting(Saying),
}

impl Naming {
    /// Answers, and says what to do.
    pub fn start(wanted: &AskName, caller: &mut Leg, cx: &mut Cx) -> Naming {
        caller.box_answers(cx);
        let question = cx.sentence(PromptId::SayYourName, &[]);
        Naming { extension: wanted.extension.clone(), state: State::Asking(Saying::start([question], caller, cx)) }
    }

    fn on_play_done(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        match &mut self.state {
            State::Asking(saying) => {
                if !saying.go_on(caller, cx) {
                    self.begin(caller, cx);
                }
            }
            State::Beeping { saying, recording } => {
                if !saying.go_on(caller, cx) {
                    let recording = *recording;
                    cx.record(caller.id, recording, LONGEST, SILENCE);
                    cx.set_timer(caller.call, CallTimer::Step, LONGEST + WITHIN);
                    self.state = State::Recording(recording);
                }
            }
            State::Parting(saying) => {
                if !saying.go_on(caller, cx) {
                    return Next::Step(Outcome::Named);
                }
            }
            State::Beginning { .. } | State::Recording(_) | State::Stopping(_) => {}
        }
        Next::Stay
    }

    fn begin(&mut self, caller: &mut Leg, cx: &mut Cx) {
        caller.stop_playing(cx);
        let (ask, recording) = cx.begin_recording(caller.call, &self.extension, Purpose::Said, LONGEST);
        cx.set_timer(caller.call, CallTimer::Step, WITHIN);
        self.state = State::Beginning { ask, recording };
    }

    /// Whoever answers hears what was recorded; what was not worth it, or failed, is dropped at once.
    fn part(&mut self, came_of: Result<(RecordingId, u32), (RecordingId, NameSaid)>, caller: &mut Leg, cx: &mut Cx) {
        let came_of = match came_of {
            Ok((recording, length_ms)) => {
                caller.said = Some(recording);
                NameSaid::Said { length_ms }
            }
            Err((recording, came_of)) => {
                cx.drop_recording(recording);
                came_of
            }
        };
        cx.log(caller.call, Happened::NameAsked { leg: caller.id, came_of });
        let hold = cx.sentence(PromptId::Connecting, &[]);
        self.state = State::Parting(Saying::start([hold], caller, cx));
    }
}

impl App for Naming {
    /// Something happened to the caller's leg, or to what was asked.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match (&self.state, event) {
            // No phone has rung yet: it is as if the caller had given up while it did.
            (_, LegEvent::HungUp) => return Next::End(Cause::Cancelled),
            (_, LegEvent::Lost) => return Next::End(Cause::PartyLost),
            (_, LegEvent::Failed(cause)) => return Next::End(*cause),
            (_, LegEvent::PlayDone) => return self.on_play_done(caller, cx),
            (State::Asking(_), LegEvent::Digit('#')) => self.begin(caller, cx),
            (State::Recording(recording), LegEvent::Digit('#')) => {
                let recording = *recording;
                cx.stop_recording(caller.id);
                cx.set_timer(caller.call, CallTimer::Step, WITHIN);
                self.state = State::Stopping(recording);
            }
            (State::Beginning { ask, recording }, LegEvent::Answer(answered, answer)) if ask == answered => {
                let recording = *recording;
                if *answer != Answer::Committed {
                    self.part(Err((recording, NameSaid::NotRecorded)), caller, cx);
                    return Next::Stay;
                }
                let beep = cx.beep();
                self.state = State::Beeping { saying: Saying::start([beep], caller, cx), recording };
            }
            (
                State::Recording(recording) | State::Stopping(recording),
                LegEvent::Recorded { recording: done, length_ms, end },
            ) if recording == done => {
                let came_of = match *end {
                    RecordEnd::Failed => Err((*recording, NameSaid::NotRecorded)),
                    _ if *length_ms < SHORTEST_MS => Err((*recording, NameSaid::Nothing)),
                    _ => Ok((*recording, *length_ms)),
                };
                self.part(came_of, caller, cx);
            }
            // Other keys mean nothing here.
            _ => {}
        }
        Next::Stay
    }

    /// The step's deadline passed.
    fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        match &self.state {
            State::Asking(_) | State::Beeping { .. } | State::Parting(_) => self.on_play_done(caller, cx),
            // The store or the recorder has fallen silent.
            State::Beginning { recording, .. } | State::Recording(recording) | State::Stopping(recording) => {
                let recording = *recording;
                cx.stop_recording(caller.id);
                self.part(Err((recording, NameSaid::NotRecorded)), caller, cx);
                Next::Stay
            }
        }
    }
}
