//! Choice: a menu of a mailbox, said until a key with a meaning is pressed.
//!
//! Feature code: `*97` and `*98`, as all of [`super::Retrieve`].
//! Config: none.
//! Steps: the menu -> a key; without one the menu again, then goodbye; after keys without meaning "that key has no function here".
//! It waits for an owner who holds the call, and is said again at the resume.
//! RFC 4733 and 6086 (keys).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Turn, words};
use crate::cx::Cx;
use crate::leg::Leg;
use crate::output::Sound;
use crate::prompt::PromptId;
use crate::saying::{KEY_WITHIN, Menu};
use crate::timers::CallTimer;

/// How many keys without meaning in a row are borne: beyond it is no person who listens.
pub(super) const WRONG_KEYS: u8 = 5;

/// For how long an owner may hold the call before the box hangs up: longer than most calls that come in between, and no forgotten
/// receiver keeps a line for a day.
pub(super) const HELD_LIMIT: Duration = Duration::from_secs(10 * 60);

/// A menu that is said, or was and waits for a key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Choice {
    question: PromptId,
    menu: Menu,
    wrong: u8,
    /// Until when it waits for an owner who holds the call.
    held_until: Option<Duration>,
}

impl Choice {
    /// Says something, then the menu.
    pub(super) fn offer(before: Vec<Sound>, question: PromptId, caller: &mut Leg, cx: &mut Cx) -> Choice {
        let mut choice = Choice { question, menu: Menu::default(), wrong: 0, held_until: None };
        choice.say(before, caller, cx);
        choice
    }

    /// A sound of it is over.
    pub(super) fn on_play_done(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        if self.menu.is_being_said() {
            self.menu.on_play_done(caller, cx);
        }
        Turn::Stay
    }

    /// Its deadline passed: nobody has pressed a key, or a sound did not tell its end.
    pub(super) fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        if self.menu.is_being_said() {
            return self.on_play_done(caller, cx);
        }
        if caller.is_held() {
            let until = *self.held_until.get_or_insert(cx.now.since_boot + HELD_LIMIT);
            if cx.now.since_boot < until {
                // What was said meanwhile nobody has heard.
                self.menu = Menu::default();
                cx.set_timer(caller.call, CallTimer::Step, KEY_WITHIN);
                return Turn::Stay;
            }
            return Turn::Part(words(&[PromptId::Goodbye], cx));
        }
        self.held_until = None;
        if self.menu.is_worn_out() {
            return Turn::Part(words(&[PromptId::Goodbye], cx));
        }
        self.say(Vec::new(), caller, cx);
        Turn::Stay
    }

    /// A key that means nothing here.
    pub(super) fn refuse(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        self.wrong += 1;
        if self.wrong >= WRONG_KEYS {
            return Turn::Part(words(&[PromptId::TooManyTries, PromptId::Goodbye], cx));
        }
        self.say(words(&[PromptId::InvalidKey], cx), caller, cx);
        Turn::Stay
    }

    fn say(&mut self, mut sounds: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        sounds.push(cx.sentence(self.question, &[]));
        self.menu.say(sounds, caller, cx);
    }
}
