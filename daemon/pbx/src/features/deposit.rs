//! Deposit: a caller who reaches nobody leaves a message.
//!
//! Feature code: `*99` with an extension leaves a message without ringing.
//! Config: the extension's `voicemail`, `voicemail_minutes`, `operator`; `office.operator`, `office.message_limit_s`.
//! Steps: greeting -> the store notes the message -> tone -> recording until `#`, hang-up, silence or the limit -> 1 keep, 2 listen,
//! 3 again; `0` to the operator from the greeting, and from the recording after 1 keep or 2 drop.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! ```text
//!   Greeting --over, #--> Beginning --committed--> Beeping --over--> Recording --#, silence, limit--> Stopping --> Reviewing
//!      |0   |no room         |failed                                    |0                   |too short              |1   |2   |3
//!      |    v                v                                          v                   v                       v    v    +--> Beginning
//!      |   Full --0--+    Parting                     Stopping --> KeepOrDrop           Greeting                 Keeping  (plays)
//!      +--> operator <--------------------------------------1, 2-----------+
//! ```
//!
//! Whoever hangs up leaves what was recorded to the rule of [`crate::recordings`].

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{App, End, Left, Next};
use crate::cx::Cx;
use crate::events::{Cause, Ending};
use crate::ids::{AskId, RecordingId};
use crate::input::{Answer, RecordEnd};
use crate::leg::{Leg, LegEvent};
use crate::mailbox::{Caller, LEAST_ROOM_MS, Purpose, spoken_greeting};
use crate::output::Sound;
use crate::prompt::PromptId;
use crate::recordings::SHORTEST_MESSAGE_MS;
use crate::route::{self, Outcome};
use crate::saying::{Menu, Saying};
use crate::timers::CallTimer;

/// Silence that ends a message: longer than anyone pauses to think.
pub const SILENCE: Duration = Duration::from_secs(10);

/// How often a message that is too short may be begun again.
const TOO_SHORT_TIMES: u8 = 3;

/// Beyond its limit: when the end of a recording was not reported.
const GRACE: Duration = Duration::from_secs(10);

/// A message being left.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deposit {
    mailbox: String,
    has_operator: bool,
    limit: Duration,
    too_short: u8,
    is_left: bool,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// What the caller hears first.
    Greeting(Saying),
    /// The store notes the recording.
    Beginning { ask: AskId, recording: RecordingId },
    /// The tone sounds.
    Beeping { saying: Saying, recording: RecordingId },
    /// The caller speaks.
    Recording { recording: RecordingId, since: Duration },
    /// The end of the recording is being written.
    Stopping { recording: RecordingId, to_operator: bool },
    /// What next?
    Reviewing { recording: RecordingId, menu: Menu },
    /// The caller pressed 0 in the middle: what of that?
    KeepOrDrop { recording: RecordingId, menu: Menu },
    /// The store takes the message.
    Keeping { recording: RecordingId, to_operator: bool },
    /// There is no room; the operator may be asked for, and after it the call ends.
    Full(Saying),
    /// The last words, then the end, or the operator.
    Parting { saying: Saying, to_operator: bool },
}

impl Deposit {
    /// Answers and greets.
    pub fn start(deposit: &route::Deposit, caller: &mut Leg, cx: &mut Cx) -> Deposit {
        caller.box_answers(cx);
        let mailbox = deposit.mailbox.clone();
        let has_operator = deposit.has_operator;
        let room_ms = cx.mailbox_room_ms(&mailbox);
        let greeting = match deposit.is_again {
            true => vec![cx.sentence(PromptId::OperatorNotAvailable, &[])],
            false => greeting(&mailbox, cx),
        };
        let mut deposit = Deposit {
            mailbox,
            has_operator,
            limit: Duration::ZERO,
            too_short: 0,
            is_left: false,
            state: State::Full(Saying::default()),
        };
        deposit.state = if room_ms < LEAST_ROOM_MS {
            let sounds: Vec<Sound> = greeting.into_iter().chain(full(has_operator, cx)).collect();
            State::Full(Saying::start(sounds, caller, cx))
        } else {
            let is_spoken = !matches!(greeting.first(), Some(Sound::Recording { .. })) || greeting.len() > 1;
            let mut sounds = greeting;
            // Whoever recorded a greeting has said in it what is to be done.
            if is_spoken && has_operator {
                sounds.push(cx.sentence(PromptId::PressZeroForOperator, &[]));
            }
            if is_spoken {
                sounds.push(cx.sentence(PromptId::RecordAfterTone, &[]));
            }
            State::Greeting(Saying::start(sounds, caller, cx))
        };
        deposit
    }

    /// In words, for the sentence on top of the call.
    pub fn has_left(&self, now: Duration) -> bool {
        let shortest = Duration::from_millis(SHORTEST_MESSAGE_MS.into());
        match &self.state {
            State::Recording { since, .. } => now.saturating_sub(*since) >= shortest,
            State::Stopping { .. } | State::Reviewing { .. } | State::KeepOrDrop { .. } | State::Keeping { .. } => true,
            State::Greeting(_)
            | State::Beginning { .. }
            | State::Beeping { .. }
            | State::Full(_)
            | State::Parting { .. } => self.is_left,
        }
    }

    fn on_play_done(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        match &mut self.state {
            State::Greeting(saying) => {
                if !saying.go_on(caller, cx) {
                    self.begin(caller, cx);
                }
            }
            State::Beeping { saying, recording } => {
                if !saying.go_on(caller, cx) {
                    let recording = *recording;
                    cx.record(caller.id, recording, self.limit, SILENCE);
                    cx.set_timer(caller.call, CallTimer::Step, self.limit + GRACE);
                    self.state = State::Recording { recording, since: cx.now.since_boot };
                }
            }
            State::Reviewing { menu, .. } | State::KeepOrDrop { menu, .. } => menu.on_play_done(caller, cx),
            State::Full(saying) => {
                if !saying.go_on(caller, cx) {
                    return Next::End(Cause::HungUp);
                }
            }
            State::Parting { saying, to_operator } => {
                if !saying.go_on(caller, cx) {
                    return if *to_operator { self.ask_operator(caller, cx) } else { Next::End(Cause::HungUp) };
                }
            }
            State::Beginning { .. } | State::Recording { .. } | State::Stopping { .. } | State::Keeping { .. } => {}
        }
        Next::Stay
    }

    fn on_digit(&mut self, caller: &mut Leg, digit: char, cx: &mut Cx) -> Next {
        match (&self.state, digit) {
            (State::Greeting(_), '#') => {
                caller.stop_playing(cx);
                self.begin(caller, cx);
                Next::Stay
            }
            (State::Greeting(_) | State::Full(_), '0') if self.has_operator => self.ask_operator(caller, cx),
            (State::Recording { recording, .. }, '#') => {
                let recording = *recording;
                self.stop(caller, recording, false, cx)
            }
            (State::Recording { recording, .. }, '0') if self.has_operator => {
                let recording = *recording;
                self.stop(caller, recording, true, cx)
            }
            (State::Reviewing { recording, .. }, '0' | '1' | '2' | '3') => {
                let recording = *recording;
                self.on_review(caller, recording, digit, cx)
            }
            (State::KeepOrDrop { recording, .. }, '1') => {
                let recording = *recording;
                self.keep(caller, recording, true, cx)
            }
            (State::KeepOrDrop { recording, .. }, '2') => {
                cx.drop_recording(*recording);
                self.part(caller, &[PromptId::MessageDropped, PromptId::Connecting], true, cx)
            }
            // Other keys mean nothing here, and a key while one speaks is no reason to lose a word.
            _ => Next::Stay,
        }
    }

    fn on_review(&mut self, caller: &mut Leg, recording: RecordingId, digit: char, cx: &mut Cx) -> Next {
        match digit {
            '1' => self.keep(caller, recording, false, cx),
            '2' => {
                let mut sounds = vec![Sound::Recording { recording, from_ms: 0 }];
                sounds.extend(review_menu(self.has_operator, cx));
                let mut menu = Menu::default();
                menu.say(sounds, caller, cx);
                self.state = State::Reviewing { recording, menu };
                Next::Stay
            }
            '3' => {
                cx.drop_recording(recording);
                caller.stop_playing(cx);
                self.begin(caller, cx);
                Next::Stay
            }
            '0' if self.has_operator => {
                let mut menu = Menu::default();
                menu.say(vec![cx.sentence(PromptId::KeepOrDrop, &[])], caller, cx);
                self.state = State::KeepOrDrop { recording, menu };
                Next::Stay
            }
            _ => Next::Stay,
        }
    }

    fn begin(&mut self, caller: &mut Leg, cx: &mut Cx) {
        // Others may have spoken into it meanwhile, or do now.
        let room_ms = cx.mailbox_room_ms(&self.mailbox);
        if room_ms < LEAST_ROOM_MS {
            self.state = State::Full(Saying::start(full(self.has_operator, cx), caller, cx));
            return;
        }
        self.limit = Duration::from_millis(room_ms.min(u64::from(cx.config.office().message_limit_s) * 1000));
        let from = Caller { number: caller.extension.clone(), name: caller.name_for(&self.mailbox, cx) };
        let (ask, recording) = cx.begin_recording(caller.call, &self.mailbox, Purpose::Message(from), self.limit);
        cx.set_timer(caller.call, CallTimer::Step, GRACE);
        self.state = State::Beginning { ask, recording };
    }

    fn on_begun(&mut self, caller: &mut Leg, recording: RecordingId, answer: &Answer, cx: &mut Cx) -> Next {
        if *answer != Answer::Committed {
            cx.drop_recording(recording);
            return self.part(caller, &[PromptId::NotPossibleNow], false, cx);
        }
        let beep = cx.beep();
        self.state = State::Beeping { saying: Saying::start([beep], caller, cx), recording };
        Next::Stay
    }

    fn stop(&mut self, caller: &mut Leg, recording: RecordingId, to_operator: bool, cx: &mut Cx) -> Next {
        cx.stop_recording(caller.id);
        cx.set_timer(caller.call, CallTimer::Step, GRACE);
        self.state = State::Stopping { recording, to_operator };
        Next::Stay
    }

    fn on_recorded(&mut self, caller: &mut Leg, length_ms: u32, end: RecordEnd, cx: &mut Cx) -> Next {
        let (recording, to_operator) = match self.state {
            State::Recording { recording, .. } => (recording, false),
            State::Stopping { recording, to_operator } => (recording, to_operator),
            _ => return Next::Stay,
        };
        let is_short = length_ms < SHORTEST_MESSAGE_MS;
        if end == RecordEnd::Failed {
            if is_short {
                cx.drop_recording(recording);
            } else {
                cx.keep(recording);
                self.is_left = true;
            }
            return self.part(caller, &[PromptId::NotPossibleNow], to_operator, cx);
        }
        let mut menu = Menu::default();
        match (to_operator, is_short) {
            (true, true) => {
                cx.drop_recording(recording);
                return self.ask_operator(caller, cx);
            }
            (true, false) => {
                menu.say(vec![cx.sentence(PromptId::KeepOrDrop, &[])], caller, cx);
                self.state = State::KeepOrDrop { recording, menu };
            }
            (false, true) => {
                cx.drop_recording(recording);
                self.too_short += 1;
                if self.too_short >= TOO_SHORT_TIMES || end == RecordEnd::Silence {
                    return self.part(caller, &[PromptId::MessageTooShort, PromptId::Goodbye], false, cx);
                }
                let sentences = [PromptId::MessageTooShort, PromptId::RecordAfterTone];
                let sounds = sentences.map(|id| cx.sentence(id, &[]));
                self.state = State::Greeting(Saying::start(sounds, caller, cx));
            }
            (false, false) => {
                let limit = (end == RecordEnd::Limit).then(|| cx.sentence(PromptId::LimitReached, &[]));
                menu.say(limit.into_iter().chain(review_menu(self.has_operator, cx)), caller, cx);
                self.state = State::Reviewing { recording, menu };
            }
        }
        Next::Stay
    }

    fn keep(&mut self, caller: &mut Leg, recording: RecordingId, to_operator: bool, cx: &mut Cx) -> Next {
        caller.stop_playing(cx);
        cx.keep(recording);
        cx.set_timer(caller.call, CallTimer::Step, GRACE);
        self.state = State::Keeping { recording, to_operator };
        Next::Stay
    }

    fn on_kept(&mut self, caller: &mut Leg, is_written: bool, to_operator: bool, cx: &mut Cx) -> Next {
        self.is_left = true;
        match (is_written, to_operator) {
            (true, true) => self.ask_operator(caller, cx),
            (true, false) => self.part(caller, &[PromptId::MessageSaved, PromptId::Goodbye], false, cx),
            // Nothing is promised: it is tried again, but only what is on disk counts.
            (false, _) => self.part(caller, &[PromptId::NotPossibleNow], to_operator, cx),
        }
    }

    fn ask_operator(&self, caller: &mut Leg, cx: &mut Cx) -> Next {
        caller.stop_playing(cx);
        Next::Step(Outcome::Operator)
    }

    fn part(&mut self, caller: &mut Leg, words: &[PromptId], to_operator: bool, cx: &mut Cx) -> Next {
        let sounds: Vec<Sound> = words.iter().map(|id| cx.sentence(*id, &[])).collect();
        self.state = State::Parting { saying: Saying::start(sounds, caller, cx), to_operator };
        Next::Stay
    }
}

impl App for Deposit {
    /// Something happened to the caller's leg, or to what was asked.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match event {
            LegEvent::HungUp => return Next::End(Cause::HungUp),
            LegEvent::Lost => return Next::End(Cause::PartyLost),
            LegEvent::Failed(cause) => return Next::End(*cause),
            LegEvent::Digit(digit) => return self.on_digit(caller, *digit, cx),
            LegEvent::PlayDone => return self.on_play_done(caller, cx),
            _ => {}
        }
        match (&self.state, event) {
            (State::Beginning { ask, recording }, LegEvent::Answer(answered, answer)) if ask == answered => {
                let recording = *recording;
                self.on_begun(caller, recording, answer, cx)
            }
            (
                State::Recording { recording, .. } | State::Stopping { recording, .. },
                LegEvent::Recorded { recording: done, length_ms, end },
            ) if recording == done => self.on_recorded(caller, *length_ms, *end, cx),
            (State::Keeping { recording, to_operator }, LegEvent::Kept { recording: kept, is_written })
                if recording == kept =>
            {
                let to_operator = *to_operator;
                self.on_kept(caller, *is_written, to_operator, cx)
            }
            // Answers to what was given up meanwhile.
            _ => Next::Stay,
        }
    }

    /// The step's deadline passed.
    fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        match &mut self.state {
            State::Greeting(_) | State::Beeping { .. } | State::Full(_) | State::Parting { .. } => {
                self.on_play_done(caller, cx)
            }
            State::Reviewing { menu, .. } | State::KeepOrDrop { menu, .. } if menu.is_being_said() => {
                self.on_play_done(caller, cx)
            }
            State::Beginning { .. } => self.part(caller, &[PromptId::NotPossibleNow], false, cx),
            // Nobody chooses: what was said is kept.
            State::Reviewing { recording, menu } if menu.is_worn_out() => {
                let recording = *recording;
                self.keep(caller, recording, false, cx)
            }
            State::KeepOrDrop { recording, menu } if menu.is_worn_out() => {
                let recording = *recording;
                self.keep(caller, recording, true, cx)
            }
            State::Reviewing { menu, .. } => {
                menu.say(review_menu(self.has_operator, cx), caller, cx);
                Next::Stay
            }
            State::KeepOrDrop { menu, .. } => {
                let sentence = cx.sentence(PromptId::KeepOrDrop, &[]);
                menu.say(vec![sentence], caller, cx);
                Next::Stay
            }
            // The media threads or the store have fallen silent. The rule of recordings sees to what was said.
            State::Recording { .. } | State::Stopping { .. } | State::Keeping { .. } => Next::End(Cause::HungUp),
        }
    }

    fn word(&self) -> &'static str {
        "mailbox"
    }

    fn stands_in(&self) -> bool {
        true
    }

    fn leaves(&self, now: Duration) -> Left {
        Left { message: self.has_left(now), charged: None }
    }

    fn ending(&mut self, end: &End, cx: &mut Cx) -> Option<Ending> {
        let has_left = end.has_left_message || self.has_left(cx.now.since_boot);
        let (from, mailbox, why) = (end.from.to_owned(), self.mailbox.clone(), end.why.cloned());
        Some(Ending::Deposit { from, mailbox, has_left, why })
    }
}

/// What is said where there is no room.
fn full(has_operator: bool, cx: &Cx) -> Vec<Sound> {
    let mut sounds = vec![cx.sentence(PromptId::MailboxFull, &[])];
    sounds.extend(has_operator.then(|| cx.sentence(PromptId::PressZeroForOperator, &[])));
    sounds.push(cx.sentence(PromptId::Goodbye, &[]));
    sounds
}

fn review_menu(has_operator: bool, cx: &Cx) -> Vec<Sound> {
    let mut sounds = vec![cx.sentence(PromptId::ReviewMenu, &[])];
    if has_operator {
        sounds.push(cx.sentence(PromptId::PressZeroForOperator, &[]));
    }
    sounds
}

/// The owner's greeting; else a sentence with the owner's name, in their own voice where there is one.
pub(super) fn greeting(mailbox: &str, cx: &Cx) -> Vec<Sound> {
    let of = cx.mailboxes.get(mailbox);
    if let Some(recording) = of.and_then(|mailbox| mailbox.greeting) {
        return vec![Sound::Recording { recording, from_ms: 0 }];
    }
    let name = of.and_then(|mailbox| mailbox.name);
    let sentence = Sound::Prompt(spoken_greeting(&cx.config, mailbox, name.is_some()));
    name.map(|recording| Sound::Recording { recording, from_ms: 0 }).into_iter().chain([sentence]).collect()
}
