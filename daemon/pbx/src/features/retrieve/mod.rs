//! Retrieve: an owner listens to the messages of a mailbox by phone, and keeps it in order.
//!
//! Feature code: `*97` opens the mailbox of the phone, `*98` any, `*98` with an extension that one; `*39` records what callers of the
//! assistant hear, and no more.
//! Config: the extension's PIN, `pin_on_own_phone`, `newest_first`, `voicemail_minutes`; its person's `language`.
//! Steps: mailbox and PIN where they are asked for -> how many messages there are -> the new ones, oldest first -> main menu: 1 new,
//! 2 saved, 3 greeting, 4 name, 5 PIN, 0 the menu again, `*` end.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! ```text
//!   Login --the right PIN--> Listing --new ones--> Messages --8--> the sender is called
//!     |                        ^   |                 |  *
//!     |wrong, locked        1, 2   +---none---> MainMenu --3--> Greeting --1--> Take
//!     v                        +------------------| 5| |4                        ^
//!   Parting <---------- nobody chooses -----------+  v +-------------------------+
//!                                                  NewPin
//! ```
//!
//! Each part names its own deadlines; all of them are the call's step timer.

mod choice;
mod envelope;
mod greeting;
mod list;
mod login;
mod messages;
mod new_pin;
mod take;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use self::choice::Choice;
use self::greeting::Greeting;
use self::login::Login;
use self::messages::Messages;
use self::new_pin::NewPin;
use self::take::Take;
use super::{App, End, Next};
use crate::cx::Cx;
use crate::events::{Cause, Ending, Happened};
use crate::ids::AskId;
use crate::input::Answer;
use crate::leg::{Leg, LegEvent};
use crate::mailbox::{ALMOST_FULL_PERCENT, Folder, LEAST_ROOM_MS, Message, Purpose};
use crate::output::{Ask, Sound};
use crate::prompt::{Arg, PromptId};
use crate::route;
use crate::saying::Saying;
use crate::timers::CallTimer;

/// Within this the shell and the media threads answer; an ask has a shorter deadline of its own, so this one holds where something
/// is wrong with the box.
const WITHIN: Duration = Duration::from_secs(10);

/// A mailbox that is being opened, or is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Retrieve {
    /// The extension; empty until it is open.
    mailbox: String,
    /// The mailbox that a wrong PIN was given for; empty for a number that is none.
    refused: Option<String>,
    /// Whether it is opened for the message of the assistant alone.
    #[serde(default)]
    records: bool,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// Whose mailbox is it?
    Login(Login),
    /// The store says what lies in it.
    Listing { ask: AskId, wanted: Wanted },
    /// Messages are listened to.
    Messages(Messages),
    /// What is to be done?
    MainMenu(Choice),
    /// What callers hear.
    Greeting(Greeting),
    /// A greeting or a name is recorded.
    Take(Take),
    /// The PIN is changed.
    NewPin(NewPin),
    /// The last words, then the end.
    Parting(Saying),
}

/// What messages are listed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Wanted {
    /// To say how many there are, and to begin with the new ones.
    Welcome,
    New,
    Saved,
}

/// What a part of the feature wants after an event.
#[derive(Debug)]
enum Turn {
    /// Nothing: it goes on.
    Stay,
    /// The mailbox is open.
    Open(String),
    /// The main menu, after these words.
    MainMenu(Vec<Sound>),
    /// The menu about the greeting, after these words.
    GreetingMenu(Vec<Sound>),
    /// Something is recorded.
    Record(Purpose),
    /// This number is called.
    CallBack(String),
    /// These words, then the end.
    Part(Vec<Sound>),
}

impl Retrieve {
    /// Answers, and asks who it is where that is to be asked.
    pub fn start(retrieve: &route::Retrieve, caller: &mut Leg, cx: &mut Cx) -> Retrieve {
        caller.box_answers(cx);
        let mut retrieving = Retrieve {
            mailbox: String::new(),
            refused: None,
            records: retrieve.records,
            state: State::Parting(Saying::default()),
        };
        match &retrieve.mailbox {
            Some(mailbox) if !retrieve.asks_pin => retrieving.open(mailbox.clone(), caller, cx),
            mailbox => retrieving.state = State::Login(Login::start(mailbox.as_deref(), caller, cx)),
        }
        retrieving
    }

    fn turn(&mut self, turn: Turn, caller: &mut Leg, cx: &mut Cx) -> Next {
        if let State::Login(login) = &self.state {
            self.refused = login.refused().map(str::to_owned);
        }
        match turn {
            Turn::Stay => {}
            Turn::Open(mailbox) => self.open(mailbox, caller, cx),
            Turn::MainMenu(before) => {
                self.state = State::MainMenu(Choice::offer(before, PromptId::MainMenu, caller, cx));
            }
            Turn::GreetingMenu(before) => {
                self.state = State::Greeting(Greeting::start(&self.mailbox, before, caller, cx));
            }
            Turn::Record(purpose) => self.state = State::Take(Take::start(&self.mailbox, purpose, caller, cx)),
            Turn::CallBack(number) => return Next::CallBack(number),
            Turn::Part(words) => self.state = State::Parting(Saying::start(words, caller, cx)),
        }
        Next::Stay
    }

    fn open(&mut self, mailbox: String, caller: &mut Leg, cx: &mut Cx) {
        cx.log(caller.call, Happened::MailboxOpened { mailbox: mailbox.clone() });
        caller.listens_as(&mailbox);
        self.mailbox = mailbox;
        match self.records {
            true => self.state = State::Take(Take::start(&self.mailbox, Purpose::Assistant, caller, cx)),
            false => self.list(Wanted::Welcome, caller, cx),
        }
    }

    fn list(&mut self, wanted: Wanted, caller: &mut Leg, cx: &mut Cx) {
        caller.stop_playing(cx);
        let ask = cx.ask(caller.call, Ask::ListMessages { mailbox: self.mailbox.clone() });
        cx.set_timer(caller.call, CallTimer::Step, WITHIN);
        self.state = State::Listing { ask, wanted };
    }

    fn on_listed(&mut self, wanted: Wanted, answer: &Answer, caller: &mut Leg, cx: &mut Cx) -> Turn {
        let Answer::Messages(all) = answer else {
            return Turn::MainMenu(words(&[PromptId::NotPossibleNow], cx));
        };
        let is_newest_first = cx.config.extension(&self.mailbox).is_some_and(|extension| extension.newest_first);
        let of = |folder: Folder| -> Vec<Message> {
            let of_folder = all.iter().filter(|message| message.folder == folder).cloned();
            if is_newest_first { of_folder.rev().collect() } else { of_folder.collect() }
        };
        let (new, saved) = (of(Folder::New), of(Folder::Saved));
        let (list, said) = match wanted {
            Wanted::Welcome => {
                let said = welcome(&self.mailbox, new.len(), saved.len(), cx);
                (new, said)
            }
            Wanted::New if new.is_empty() => (new, words(&[PromptId::NoNewMessages], cx)),
            Wanted::New => (new, Vec::new()),
            Wanted::Saved if saved.is_empty() => (saved, words(&[PromptId::NoSavedMessages], cx)),
            Wanted::Saved => (saved, Vec::new()),
        };
        if list.is_empty() {
            return Turn::MainMenu(said);
        }
        let folder = if wanted == Wanted::Saved { Folder::Saved } else { Folder::New };
        self.state = State::Messages(Messages::start(&self.mailbox, folder, list, said, caller, cx));
        Turn::Stay
    }

    fn on_main_key(&mut self, key: char, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match key {
            '1' => self.list(Wanted::New, caller, cx),
            '2' => self.list(Wanted::Saved, caller, cx),
            '3' => return Turn::GreetingMenu(Vec::new()),
            '4' => return Turn::Record(Purpose::Name),
            '5' => self.state = State::NewPin(NewPin::start(&self.mailbox, caller, cx)),
            '0' => return Turn::MainMenu(Vec::new()),
            '*' => return Turn::Part(words(&[PromptId::Goodbye], cx)),
            _ => {
                if let State::MainMenu(choice) = &mut self.state {
                    return choice.refuse(caller, cx);
                }
            }
        }
        Turn::Stay
    }
}

impl App for Retrieve {
    /// Something happened to the caller's leg, or to what was asked.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match event {
            LegEvent::HungUp => return Next::End(Cause::HungUp),
            LegEvent::Lost => return Next::End(Cause::PartyLost),
            LegEvent::Failed(cause) => return Next::End(*cause),
            _ => {}
        }
        let turn = match &mut self.state {
            State::Login(login) => login.on(event, caller, cx),
            State::Listing { ask, wanted } => match event {
                LegEvent::Answer(answered, answer) if ask == answered => {
                    let wanted = *wanted;
                    self.on_listed(wanted, answer, caller, cx)
                }
                _ => Turn::Stay,
            },
            State::Messages(messages) => messages.on(event, caller, cx),
            State::MainMenu(choice) => match event {
                LegEvent::Digit(key) => self.on_main_key(*key, caller, cx),
                LegEvent::PlayDone => choice.on_play_done(caller, cx),
                _ => Turn::Stay,
            },
            State::Greeting(greeting) => greeting.on(event, caller, cx),
            State::Take(take) => take.on(event, caller, cx),
            State::NewPin(new_pin) => new_pin.on(event, caller, cx),
            State::Parting(saying) => match event {
                LegEvent::PlayDone if !saying.go_on(caller, cx) => return Next::End(Cause::HungUp),
                _ => Turn::Stay,
            },
        };
        self.turn(turn, caller, cx)
    }

    /// The step's deadline passed.
    fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        let turn = match &mut self.state {
            State::Login(login) => login.on_timer(caller, cx),
            State::Listing { wanted, .. } => {
                let wanted = *wanted;
                self.on_listed(wanted, &Answer::Failed, caller, cx)
            }
            State::Messages(messages) => messages.on_timer(caller, cx),
            State::MainMenu(choice) => choice.on_timer(caller, cx),
            State::Greeting(greeting) => greeting.on_timer(caller, cx),
            State::Take(take) => take.on_timer(caller, cx),
            State::NewPin(new_pin) => new_pin.on_timer(caller, cx),
            State::Parting(saying) => match saying.go_on(caller, cx) {
                true => Turn::Stay,
                false => return Next::End(Cause::HungUp),
            },
        };
        self.turn(turn, caller, cx)
    }

    fn word(&self) -> &'static str {
        "listening"
    }

    /// The call is over, whoever ended it: what was heard is saved. Returns what it came to.
    fn ending(&mut self, end: &End, cx: &mut Cx) -> Option<Ending> {
        match &mut self.state {
            State::Login(login) => {
                login.leave(end.caller, cx);
                self.refused = login.refused().map(str::to_owned);
            }
            State::Messages(messages) => {
                if let Some(recording) = messages.left() {
                    // Nobody waits: where it fails, the message stays new.
                    cx.ask(end.caller.call, Ask::Move { recording, from: Folder::New, to: Folder::Saved });
                }
            }
            _ => {}
        }
        let opened = Some(self.mailbox.as_str()).filter(|mailbox| !mailbox.is_empty());
        let (from, opened, refused) = (end.caller.extension.clone(), opened.map(str::to_owned), self.refused.take());
        Some(Ending::Retrieval { from, opened, refused })
    }
}

/// What an owner hears first: that there is no PIN, how many messages there are, and that there is no room for more.
fn welcome(mailbox: &str, new: usize, saved: usize, cx: &Cx) -> Vec<Sound> {
    let count = |count: usize| Arg::Count(u32::try_from(count).unwrap_or(u32::MAX));
    let extension = cx.config.extension(mailbox);
    let mut said = Vec::new();
    if extension.is_some_and(|extension| extension.pin_hash.is_none()) {
        said.push(cx.sentence(PromptId::MailboxHasNoPin, &[]));
    }
    said.push(match new + saved {
        0 => cx.sentence(PromptId::NoMessages, &[]),
        _ => cx.sentence(PromptId::YouHaveMessages, &[("new", count(new)), ("saved", count(saved))]),
    });
    let room_ms = cx.mailbox_room_ms(mailbox);
    let quota_ms = extension.map_or(0, |extension| u64::from(extension.voicemail_minutes) * 60_000);
    if room_ms < LEAST_ROOM_MS {
        said.push(cx.sentence(PromptId::MailboxFullOwner, &[]));
    } else if room_ms * 100 <= quota_ms * (100 - ALMOST_FULL_PERCENT) {
        said.push(cx.sentence(PromptId::MailboxAlmostFull, &[]));
    }
    said
}

fn words(ids: &[PromptId], cx: &Cx) -> Vec<Sound> {
    ids.iter().map(|id| cx.sentence(*id, &[])).collect()
}
