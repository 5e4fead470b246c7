//! The keys of a leg's party: how they come, and how the other party's are told.

use std::time::Duration;

use config::{Config, Feature, InCall};
use serde::{Deserialize, Serialize};
use sip::event::Body;

use super::Leg;
use crate::cx::Cx;
use crate::goodbye;

/// How the party's keys come: some phones say each both as an RFC 4733 event and as INFO.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Keys {
    /// One came as an event: from then on events count alone.
    by_event: bool,
    /// The last that came as INFO, and when: the same as an event within [`SAME_KEY_WITHIN`] is the same press.
    by_info: Option<(char, Duration)>,
    /// What was pressed of a code, and when the last key of it.
    #[serde(default)]
    code: (String, Duration),
}

/// An event is said at its end, INFO at the press: a key that is held longer than this is pressed on purpose.
const SAME_KEY_WITHIN: Duration = Duration::from_secs(1);

/// How soon the keys of a code follow each other: as fast as a thumb finds the next, and faster than anybody presses `#` twice who
/// answers two questions of somebody else's machine.
const CODE_KEYS_WITHIN: Duration = Duration::from_millis(1_500);

impl Leg {
    /// Whether a key that came as an event is a press of its own.
    pub fn takes_event_key(&mut self, digit: char, now: Duration) -> bool {
        self.keys.by_event = true;
        let by_info = self.keys.by_info.take();
        by_info.is_none_or(|(key, at)| key != digit || now.saturating_sub(at) > SAME_KEY_WITHIN)
    }

    /// Whether a key that came as INFO is a press of its own.
    pub fn takes_info_key(&mut self, digit: char, now: Duration) -> bool {
        if !self.keys.by_event {
            self.keys.by_info = Some((digit, now));
        }
        !self.keys.by_event
    }

    /// The feature whose code this key is the last of, where it is one that is keyed during a call (F163).
    pub fn completes_code(&mut self, key: char, config: &Config, now: Duration) -> Option<Feature> {
        let (typed, at) = &mut self.keys.code;
        if now.saturating_sub(*at) > CODE_KEYS_WITHIN {
            typed.clear();
        }
        typed.push(key);
        *at = now;
        while !typed.is_empty() {
            match config.in_call(typed) {
                InCall::Begins => return None,
                InCall::Is(feature) => {
                    typed.clear();
                    return Some(feature);
                }
                // The code may have begun with a later key.
                InCall::Nothing => drop(typed.remove(0)),
            }
        }
        None
    }

    /// Tells the party a key that another pressed with whom it talks through the box, which passes no keys on there.
    pub fn say_key(&mut self, digit: char, cx: &mut Cx) {
        cx.key(self.id, digit);
    }

    /// Tells the party a key that the other one pressed, which told it as an RFC 4733 event: the relay passes those on to whom
    /// they are agreed with.
    pub fn tell_key(&mut self, digit: char, cx: &mut Cx) {
        if !self.knows_events() {
            self.tell_key_by_info(goodbye::digit_info(digit), cx);
        }
    }

    /// Tells the party a key that the other one told by INFO: as an event, else as INFO, else as a tone.
    pub fn tell_key_by_info(&mut self, body: Body, cx: &mut Cx) {
        match goodbye::digit_of(&body) {
            Some(digit) if self.knows_events() || !cx.takes_info(self.dialog) => cx.key(self.id, digit),
            // What is no key, such as a hook flash, is for the other phone to understand.
            _ => cx.sip(|stack, now, wire| stack.info(now, self.dialog, body, wire)),
        }
    }

    fn knows_events(&self) -> bool {
        self.negotiation.agreed().is_some_and(|agreed| agreed.telephone_event.is_some())
    }
}
