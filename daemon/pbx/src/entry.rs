//! Entry: digits keyed one after the other: a mailbox, a PIN, a number.
//!
//! Feature code: those of the features that ask, `retrieve`, `rule_change` and `consultation`.
//! Config: none.
//! Steps: the question -> digits until `#` or a pause; `*` takes them back, or is one of them where codes are numbers too; without any
//! the question again, then nothing.
//! RFC 4733 and 6086 (keys).

use std::time::Duration;

use config::Secret;
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::leg::Leg;
use crate::output::Sound;
use crate::prompt::PromptId;
use crate::saying::{KEY_WITHIN, Saying};
use crate::timers::CallTimer;

/// The pause that ends an entry: longer than anyone looks for the next key.
pub(crate) const PAUSE: Duration = Duration::from_secs(4);

/// How many digits are kept: more than any extension, PIN or number has (15 in full, ITU-T E.164, and what is dialled before them), so
/// that a longer entry equals none.
pub(crate) const DIGITS_LIMIT: usize = 32;

/// How often the question is asked without any digit as an answer.
const TIMES: u8 = 2;

/// What was keyed.
#[derive(Clone, Debug)]
pub(crate) enum Keyed {
    /// Digits, at least one.
    Digits(Secret),
    /// `*` without digits before it.
    Star,
    /// Nothing, however often it was asked for.
    Nothing,
}

/// Digits being keyed. Its deadline is the call's step timer: the question's end, the first digit, the pause.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    question: PromptId,
    saying: Option<Saying>,
    digits: Secret,
    times: u8,
    /// Whether `*` belongs to what is keyed.
    #[serde(default)]
    takes_star: bool,
}

impl Entry {
    /// Says something, then asks.
    pub(crate) fn ask(before: Vec<Sound>, question: PromptId, caller: &mut Leg, cx: &mut Cx) -> Entry {
        let mut entry = Entry { question, saying: None, digits: Secret::new(""), times: 0, takes_star: false };
        entry.say(before, caller, cx);
        entry
    }

    /// The same for whatever can be dialled, codes too.
    pub(crate) fn ask_to_dial(before: Vec<Sound>, question: PromptId, caller: &mut Leg, cx: &mut Cx) -> Entry {
        Entry { takes_star: true, ..Entry::ask(before, question, caller, cx) }
    }

    /// What has been keyed so far.
    pub(crate) fn keyed(&self) -> &str {
        self.digits.expose()
    }

    /// Whether nothing has been keyed yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.digits.expose().is_empty()
    }

    /// A key.
    pub(crate) fn on_key(&mut self, key: char, caller: &mut Leg, cx: &mut Cx) -> Option<Keyed> {
        let digits = self.digits.expose();
        match key {
            '0'..='9' | '*' if key != '*' || self.takes_star => {
                if digits.len() < DIGITS_LIMIT {
                    self.digits = Secret::new(format!("{digits}{key}"));
                }
            }
            '*' if digits.is_empty() => return Some(Keyed::Star),
            '*' => self.digits = Secret::new(""),
            '#' if digits.is_empty() => return self.on_nothing(caller, cx),
            '#' => return Some(Keyed::Digits(self.digits.clone())),
            _ => return None,
        }
        caller.stop_playing(cx);
        self.saying = None;
        cx.set_timer(caller.call, CallTimer::Step, PAUSE);
        None
    }

    /// A sound of the question is over.
    pub(crate) fn on_play_done(&mut self, caller: &mut Leg, cx: &mut Cx) {
        let Some(saying) = &mut self.saying else { return };
        if !saying.go_on(caller, cx) {
            self.saying = None;
            cx.set_timer(caller.call, CallTimer::Step, KEY_WITHIN);
        }
    }

    /// The deadline passed.
    pub(crate) fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Option<Keyed> {
        if self.saying.is_some() {
            self.on_play_done(caller, cx);
            None
        } else if self.digits.expose().is_empty() {
            self.on_nothing(caller, cx)
        } else {
            Some(Keyed::Digits(self.digits.clone()))
        }
    }

    fn on_nothing(&mut self, caller: &mut Leg, cx: &mut Cx) -> Option<Keyed> {
        if self.times >= TIMES {
            return Some(Keyed::Nothing);
        }
        self.say(Vec::new(), caller, cx);
        None
    }

    fn say(&mut self, mut sounds: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        sounds.push(cx.sentence(self.question, &[]));
        self.times += 1;
        self.saying = Some(Saying::start(sounds, caller, cx));
    }
}
