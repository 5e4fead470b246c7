//! Messages: an owner listens to the new or the saved ones, one after the other, oldest first.
//!
//! Feature code: `*97` and `*98`, as all of [`super::Retrieve`].
//! Config: the extension's `say_time`, `say_caller`.
//! Steps: envelope -> recording -> menu; at any moment 1 again, 2 save, 3 delete or take back, 4 previous, 6 or `#` next,
//! 5 envelope, 7 back, 9 forward, 8 call back, 0 help, `*` main menu.
//! RFC 4733 and 6086 (keys).
//!
//! ```text
//!   Intro --over, key--+
//!      v               v
//!   Announcing --over--> Playing --over--> Choosing --nobody chooses--> goodbye
//!      ^  |        Held <-->|                 |
//!      |  +-------- key ----+-----------------+---> Moving --8--> Connecting --> the call back
//!      +--- another message, or the same <--------------+  \--*--> main menu
//!      ^                                                |                 ^
//!      +--- one has come --- Looking <--the last new----+   Looking --none-+
//! ```
//!
//! A new message that was heard to its end, and neither saved nor deleted, is saved when its owner turns to another or to something
//! else, also by hanging up; one that was left in the middle stays new.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::choice::{Choice, HELD_LIMIT};
use super::envelope::{before, envelope};
use super::list::{Item, List};
use super::{Turn, WITHIN, words};
use crate::cx::Cx;
use crate::ids::{AskId, RecordingId};
use crate::input::Answer;
use crate::leg::{Leg, LegEvent};
use crate::mailbox::{Folder, Message};
use crate::output::{Ask, Sound};
use crate::prompt::PromptId;
use crate::saying::Saying;
use crate::timers::CallTimer;

/// How far 7 and 9 go, in milliseconds: to a number that was just said.
pub(super) const STRIDE_MS: u32 = 5_000;

/// What may be missing of a recording that was played to its end, by the engine's clock: the last packets and a round to the media
/// threads. One that is over sooner could not be read.
const SLACK_MS: u32 = 500;

/// Beyond its length: when the end of a recording was not reported.
const GRACE: Duration = Duration::from_secs(2);

/// How often it is looked whether the owner holds the call, which nobody tells a step: what was played to nobody is played again.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Messages being listened to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Messages {
    mailbox: String,
    /// Of which the list is.
    folder: Folder,
    list: List,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// Something is said before the first word about the message: no key does anything to it yet.
    Intro(Saying),
    /// Something is said before the recording, which goes on from this place then.
    Announcing { saying: Saying, from_ms: u32 },
    /// The recording is heard from this place on, since then.
    Playing { from_ms: u32, since: Duration },
    /// The owner holds the call. The recording goes on from this place at the resume, until this moment.
    Held { place_ms: u32, until: Duration },
    /// What next? The recording stands at this place.
    Choosing { choice: Choice, place_ms: u32 },
    /// The store moves the message, or tries a second time: where somebody has saved it, or put it back, meanwhile. The last key
    /// that was pressed meanwhile comes after it.
    Moving { ask: AskId, why: Why, place_ms: u32, key: Option<char>, is_second: bool },
    /// The last new one is behind: has another come meanwhile? Said before it, or before the main menu: that the last is gone. The
    /// last key that was pressed meanwhile comes after it.
    Looking { ask: AskId, is_gone: bool, key: Option<char> },
    /// It is said that the sender is called back.
    Connecting(Saying),
}

/// Why a message is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Why {
    Save,
    Delete,
    Restore,
    /// It was heard, and its owner turns away from it.
    Leave(Way),
}

/// Where an owner turns to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Way {
    Next,
    Previous,
    MainMenu,
    CallBack,
    Goodbye,
}

impl Messages {
    /// Says something, then begins with the first message. There is at least one, and all lie in this mailbox and folder.
    pub(super) fn start(
        mailbox: &str,
        folder: Folder,
        list: Vec<Message>,
        intro: Vec<Sound>,
        caller: &mut Leg,
        cx: &mut Cx,
    ) -> Messages {
        let (mailbox, list) = (mailbox.to_owned(), List::new(list));
        let mut messages = Messages { mailbox, folder, list, state: State::Intro(Saying::default()) };
        messages.announce_after(intro, caller, cx);
        messages
    }

    /// Something happened to the caller's leg, or to what was asked.
    pub(super) fn on(&mut self, event: &LegEvent, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match (&self.state, event) {
            (_, LegEvent::Digit(key)) => self.on_key(*key, caller, cx),
            (_, LegEvent::PlayDone) => self.on_play_done(caller, cx),
            (State::Moving { ask, .. }, LegEvent::Answer(answered, answer)) if ask == answered => {
                self.on_moved(answer, caller, cx)
            }
            (State::Looking { ask, .. }, LegEvent::Answer(answered, answer)) if ask == answered => {
                self.on_looked(answer, caller, cx)
            }
            _ => Turn::Stay,
        }
    }

    /// The deadline passed.
    pub(super) fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match &mut self.state {
            State::Choosing { choice, .. } => match choice.on_timer(caller, cx) {
                Turn::Part(_) => self.leave(Way::Goodbye, caller, cx),
                turn => turn,
            },
            State::Moving { .. } => self.on_moved(&Answer::Failed, caller, cx),
            State::Looking { .. } => self.on_looked(&Answer::Failed, caller, cx),
            State::Playing { .. } => self.look(caller, cx),
            State::Held { place_ms, until } => {
                let (place_ms, until) = (*place_ms, *until);
                if caller.is_held() && cx.now.since_boot >= until {
                    return self.leave(Way::Goodbye, caller, cx);
                }
                if caller.is_held() {
                    cx.set_timer(caller.call, CallTimer::Step, LOOK_EVERY);
                } else {
                    self.play(place_ms, caller, cx);
                }
                Turn::Stay
            }
            State::Intro(_) | State::Announcing { .. } | State::Connecting(_) => self.on_play_done(caller, cx),
        }
    }

    /// The message that is to be saved now that the owner has hung up.
    pub(super) fn left(&self) -> Option<RecordingId> {
        let is_moving = matches!(self.state, State::Moving { .. });
        self.list.item().filter(|item| !is_moving && item.is_done()).map(|item| item.message.id)
    }

    fn on_play_done(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match &mut self.state {
            State::Intro(saying) => {
                if !saying.go_on(caller, cx) {
                    self.announce(caller, cx);
                }
            }
            State::Announcing { saying, from_ms } => {
                let from_ms = *from_ms;
                if !saying.go_on(caller, cx) {
                    self.play(from_ms, caller, cx);
                }
            }
            State::Playing { .. } if caller.is_held() => self.hold(caller, cx),
            State::Playing { .. } => {
                let (place_ms, length_ms) = (self.place_ms(cx), self.length_ms());
                if place_ms.saturating_add(SLACK_MS) >= length_ms {
                    self.play(length_ms, caller, cx);
                } else {
                    // The file is gone, or the disk gives nothing: it was not heard.
                    self.choose(&[PromptId::NotPossibleNow], 0, caller, cx);
                }
            }
            State::Choosing { choice, .. } => return choice.on_play_done(caller, cx),
            State::Connecting(saying) => {
                if !saying.go_on(caller, cx) {
                    return self
                        .list
                        .item()
                        .map_or(Turn::Stay, |item| Turn::CallBack(item.message.caller.number.clone()));
                }
            }
            State::Held { .. } | State::Moving { .. } | State::Looking { .. } => {}
        }
        Turn::Stay
    }

    /// Does the owner still listen, and does the recording still play?
    fn look(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        let State::Playing { from_ms, since } = &self.state else { return Turn::Stay };
        if caller.is_held() {
            self.hold(caller, cx);
            return Turn::Stay;
        }
        let rest = Duration::from_millis(u64::from(self.length_ms().saturating_sub(*from_ms)));
        if cx.now.since_boot.saturating_sub(*since) >= rest + GRACE {
            return self.on_play_done(caller, cx);
        }
        cx.set_timer(caller.call, CallTimer::Step, LOOK_EVERY);
        Turn::Stay
    }

    /// Stops where the owner still listened, at most one look ago.
    fn hold(&mut self, caller: &mut Leg, cx: &mut Cx) {
        let unheard_ms = u32::try_from(LOOK_EVERY.as_millis()).unwrap_or(u32::MAX);
        let place_ms = self.place_ms(cx).saturating_sub(unheard_ms);
        caller.stop_playing(cx);
        cx.set_timer(caller.call, CallTimer::Step, LOOK_EVERY);
        self.state = State::Held { place_ms, until: cx.now.since_boot + HELD_LIMIT };
    }

    fn on_key(&mut self, pressed: char, caller: &mut Leg, cx: &mut Cx) -> Turn {
        let place_ms = self.place_ms(cx);
        match &mut self.state {
            State::Moving { key, .. } | State::Looking { key, .. } => {
                *key = Some(pressed);
                return Turn::Stay;
            }
            State::Connecting(_) => return Turn::Stay,
            State::Intro(_) => return self.on_early_key(pressed, caller, cx),
            State::Announcing { .. } | State::Playing { .. } | State::Held { .. } | State::Choosing { .. } => {}
        }
        let Some(item) = self.list.item() else { return Turn::Stay };
        match pressed {
            '1' => self.play(0, caller, cx),
            '2' => self.ask_move(Folder::Saved, Why::Save, place_ms, caller, cx),
            '3' if item.is_deleted => {
                let back = item.message.folder;
                self.ask_move(back, Why::Restore, place_ms, caller, cx);
            }
            '3' => self.ask_move(Folder::Trash, Why::Delete, place_ms, caller, cx),
            '4' if self.list.number() == 1 => self.choose(&[PromptId::NoEarlierMessages], place_ms, caller, cx),
            '4' => return self.leave(Way::Previous, caller, cx),
            '5' => {
                let sounds = vec![envelope(&item.message, self.list.number(), cx)];
                if matches!(self.state, State::Choosing { .. }) {
                    self.choose_after(sounds, place_ms, caller, cx);
                } else {
                    self.state = State::Announcing { saying: Saying::start(sounds, caller, cx), from_ms: place_ms };
                }
            }
            '6' | '#' => return self.leave(Way::Next, caller, cx),
            '7' => self.play(place_ms.saturating_sub(STRIDE_MS), caller, cx),
            // A carrier may say anything of its caller, a code of ours too.
            '8' if !cx.config.is_number(&item.message.caller.number) => {
                self.choose(&[PromptId::NoNumberToCall], place_ms, caller, cx);
            }
            '8' => return self.leave(Way::CallBack, caller, cx),
            '9' => self.play(place_ms.saturating_add(STRIDE_MS), caller, cx),
            '0' => self.choose(&[PromptId::MessageHelp], place_ms, caller, cx),
            '*' => return self.leave(Way::MainMenu, caller, cx),
            _ => return self.refuse(place_ms, caller, cx),
        }
        Turn::Stay
    }

    /// A key before the first word about the message: what it would do to a message is not meant for one that nobody has named.
    fn on_early_key(&mut self, pressed: char, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match pressed {
            '1' => self.play(0, caller, cx),
            '*' => return self.leave(Way::MainMenu, caller, cx),
            '0' => self.announce_after(words(&[PromptId::MessageHelp], cx), caller, cx),
            '2'..='9' | '#' => self.announce(caller, cx),
            _ => self.announce_after(words(&[PromptId::InvalidKey], cx), caller, cx),
        }
        Turn::Stay
    }

    /// A, B, C and D, which few phones have.
    fn refuse(&mut self, place_ms: u32, caller: &mut Leg, cx: &mut Cx) -> Turn {
        if let State::Choosing { choice, .. } = &mut self.state {
            return choice.refuse(caller, cx);
        }
        self.choose(&[PromptId::InvalidKey], place_ms, caller, cx);
        Turn::Stay
    }

    fn on_moved(&mut self, answer: &Answer, caller: &mut Leg, cx: &mut Cx) -> Turn {
        let State::Moving { why, place_ms, key, is_second, .. } = &self.state else { return Turn::Stay };
        let (why, place_ms, key, is_second) = (*why, *place_ms, *key, *is_second);
        let Some(item) = self.list.item_mut() else { return Turn::MainMenu(Vec::new()) };
        let turn = match (why, answer) {
            (Why::Leave(way), Answer::Gone) => {
                self.list.forget();
                self.turn_to(way, true, caller, cx)
            }
            // What could not be saved stays new.
            (Why::Leave(way), answer) => {
                if *answer == Answer::Committed {
                    item.message.folder = Folder::Saved;
                }
                self.turn_to(way, false, caller, cx)
            }
            (Why::Save | Why::Delete, Answer::Gone) if !item.is_deleted && !is_second => {
                item.message.folder = if item.message.folder == Folder::New { Folder::Saved } else { Folder::New };
                let to = if why == Why::Delete { Folder::Trash } else { Folder::Saved };
                self.ask_move(to, why, place_ms, caller, cx);
                if let State::Moving { key: same, is_second, .. } = &mut self.state {
                    (*same, *is_second) = (key, true);
                }
                return Turn::Stay;
            }
            (_, Answer::Gone) => {
                self.list.forget();
                if self.list.item().is_none() {
                    return self.end(true, key, caller, cx);
                }
                self.announce_after(words(&[PromptId::MessageIsGone], cx), caller, cx);
                Turn::Stay
            }
            (why, Answer::Committed) => {
                let done = match why {
                    Why::Delete => PromptId::Deleted,
                    Why::Restore => PromptId::Restored,
                    Why::Save | Why::Leave(_) => PromptId::Saved,
                };
                item.is_deleted = why == Why::Delete;
                if why == Why::Save {
                    item.message.folder = Folder::Saved;
                }
                self.choose(&[done], place_ms, caller, cx);
                Turn::Stay
            }
            _ => {
                self.choose(&[PromptId::NotPossibleNow], place_ms, caller, cx);
                Turn::Stay
            }
        };
        match (turn, key) {
            // It was pressed before the next message was named.
            (Turn::Stay, Some('2' | '3' | '8')) if matches!(why, Why::Leave(_)) => Turn::Stay,
            (Turn::Stay, Some(key)) => self.on_key(key, caller, cx),
            (turn, _) => turn,
        }
    }

    /// Behind the last one. Nobody is told that there are no more while one has just come.
    fn end(&mut self, is_gone: bool, key: Option<char>, caller: &mut Leg, cx: &mut Cx) -> Turn {
        if self.folder != Folder::New {
            return no_more(is_gone, PromptId::NoMoreMessages, cx);
        }
        caller.stop_playing(cx);
        let ask = cx.ask(caller.call, Ask::ListMessages { mailbox: self.mailbox.clone() });
        cx.set_timer(caller.call, CallTimer::Step, WITHIN);
        self.state = State::Looking { ask, is_gone, key };
        Turn::Stay
    }

    fn on_looked(&mut self, answer: &Answer, caller: &mut Leg, cx: &mut Cx) -> Turn {
        let State::Looking { is_gone, key, .. } = self.state else { return Turn::Stay };
        let Answer::Messages(all) = answer else { return no_more(is_gone, PromptId::NotPossibleNow, cx) };
        self.list.append(all.iter().filter(|message| message.folder == self.folder).cloned().collect());
        if self.list.item().is_none() {
            return no_more(is_gone, PromptId::NoMoreMessages, cx);
        }
        let gone = if is_gone { words(&[PromptId::MessageIsGone], cx) } else { Vec::new() };
        self.announce_after(gone, caller, cx);
        match key {
            // Pressed before the message was named, as above.
            None | Some('2' | '3' | '8') => Turn::Stay,
            Some(key) => self.on_key(key, caller, cx),
        }
    }

    /// Turns away from the message; it is saved first where that is due.
    fn leave(&mut self, way: Way, caller: &mut Leg, cx: &mut Cx) -> Turn {
        if !self.list.item().is_some_and(Item::is_done) {
            return self.turn_to(way, false, caller, cx);
        }
        let place_ms = self.place_ms(cx);
        self.ask_move(Folder::Saved, Why::Leave(way), place_ms, caller, cx);
        Turn::Stay
    }

    /// Goes where the owner turned to, from a message that is gone or not.
    fn turn_to(&mut self, way: Way, is_gone: bool, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match way {
            Way::Next => {
                if !is_gone {
                    self.list.go_on();
                }
                if self.list.item().is_none() {
                    return self.end(false, None, caller, cx);
                }
                self.announce(caller, cx);
            }
            Way::Previous => {
                self.list.go_back();
                self.announce(caller, cx);
            }
            Way::MainMenu => return Turn::MainMenu(Vec::new()),
            // Its number went with it.
            Way::CallBack if is_gone => return Turn::MainMenu(words(&[PromptId::MessageIsGone], cx)),
            Way::CallBack => {
                self.state = State::Connecting(Saying::start(words(&[PromptId::Connecting], cx), caller, cx));
            }
            Way::Goodbye => return Turn::Part(words(&[PromptId::Goodbye], cx)),
        }
        Turn::Stay
    }

    /// Says something, then whose the message in hand is, then plays it.
    fn announce_after(&mut self, intro: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        if intro.is_empty() {
            return self.announce(caller, cx);
        }
        self.state = State::Intro(Saying::start(intro, caller, cx));
    }

    fn announce(&mut self, caller: &mut Leg, cx: &mut Cx) {
        let said = self.list.item().map(|item| before(&item.message, self.list.number(), cx));
        self.state = State::Announcing { saying: Saying::start(said, caller, cx), from_ms: 0 };
    }

    /// Plays the recording from a place on; from its end on, it has been heard.
    fn play(&mut self, from_ms: u32, caller: &mut Leg, cx: &mut Cx) {
        let Some(item) = self.list.item_mut() else { return };
        let (recording, length_ms) = (item.message.id, item.message.length_ms);
        if from_ms >= length_ms {
            item.is_heard = true;
            let cut_off = item.message.is_cut_off.then_some(PromptId::MessageIsCutOff);
            return self.choose(cut_off.as_slice(), length_ms, caller, cx);
        }
        caller.stop_playing(cx);
        let play = cx.play(caller.id, Sound::Recording { recording, from_ms });
        caller.plays(play);
        cx.set_timer(caller.call, CallTimer::Step, LOOK_EVERY);
        self.state = State::Playing { from_ms, since: cx.now.since_boot };
    }

    fn choose(&mut self, before: &[PromptId], place_ms: u32, caller: &mut Leg, cx: &mut Cx) {
        let before = words(before, cx);
        self.choose_after(before, place_ms, caller, cx);
    }

    fn choose_after(&mut self, before: Vec<Sound>, place_ms: u32, caller: &mut Leg, cx: &mut Cx) {
        let choice = Choice::offer(before, PromptId::MessageMenu, caller, cx);
        self.state = State::Choosing { choice, place_ms };
    }

    fn ask_move(&mut self, to: Folder, why: Why, place_ms: u32, caller: &mut Leg, cx: &mut Cx) {
        let Some((recording, from)) = self.list.item().map(|item| (item.message.id, item.folder())) else { return };
        caller.stop_playing(cx);
        let ask = cx.ask(caller.call, Ask::Move { recording, from, to });
        cx.set_timer(caller.call, CallTimer::Step, WITHIN);
        self.state = State::Moving { ask, why, place_ms, key: None, is_second: false };
    }

    fn length_ms(&self) -> u32 {
        self.list.item().map_or(0, |item| item.message.length_ms)
    }

    /// Where in the recording the listener is, by the engine's clock.
    fn place_ms(&self, cx: &Cx) -> u32 {
        let place_ms = match &self.state {
            State::Announcing { from_ms, .. } => *from_ms,
            State::Held { place_ms, .. } | State::Choosing { place_ms, .. } | State::Moving { place_ms, .. } => {
                *place_ms
            }
            State::Playing { from_ms, since } => {
                let heard = cx.now.since_boot.saturating_sub(*since);
                from_ms.saturating_add(u32::try_from(heard.as_millis()).unwrap_or(u32::MAX))
            }
            State::Intro(_) | State::Looking { .. } | State::Connecting(_) => 0,
        };
        place_ms.min(self.length_ms())
    }
}

/// To the main menu, behind the last message.
fn no_more(is_gone: bool, said: PromptId, cx: &Cx) -> Turn {
    let gone = is_gone.then_some(PromptId::MessageIsGone);
    Turn::MainMenu(words(&gone.into_iter().chain([said]).collect::<Vec<_>>(), cx))
}
