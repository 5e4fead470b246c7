//! A mailbox as a scenario looks into it, and the hand of the page in it.

use std::time::Duration;

use pbx::input::{CallId, Input, Order, OrderId};
use pbx::mailbox::{Caller, Folder, Message, NewRecording, Purpose};
use pbx::output::{Ask, Reply};

use crate::mailboxes::File;
use crate::office::{Office, PATIENCE, Shared, until};
use crate::store::Mood;
use crate::world::World;

/// A message as its owner's page would show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageSeen {
    /// The number of who left it.
    pub caller: String,
    /// The user of the phone whose voice it is, or empty: nobody spoke.
    pub speaker: String,
    /// How long it is.
    pub length: Duration,
    /// Where it lies.
    pub folder: Folder,
    /// Whether its end is missing.
    pub is_cut_off: bool,
}

/// An extension's mailbox.
#[derive(Clone, Debug)]
pub struct MailboxView {
    world: Shared,
    extension: String,
}

impl MailboxView {
    /// It has so many new and so many saved messages.
    #[track_caller]
    pub fn holds(&self, new: u32, saved: u32) -> &MailboxView {
        let extension = &self.extension;
        let what = format!("the mailbox {extension} holds {new} new and {saved} saved; it has {:?}", self.messages());
        until(&self.world, &what, PATIENCE, |world| {
            let figures = world.store.mailboxes.figures(extension);
            (figures.new, figures.saved) == (new, saved)
        });
        self
    }

    /// It has one more new message, left a day before the story began from a number of this office or outside.
    pub fn gets_message(&self, caller: &str, length: Duration) -> &MailboxView {
        let mut world = self.world.borrow_mut();
        let line = world.lines.iter().find(|line| line.extension == caller);
        let (name, speaker) = line.map_or(("", caller), |line| (line.owner.as_str(), line.user.as_str()));
        let (caller, speaker) = (Caller { number: caller.to_owned(), name: name.to_owned() }, speaker.to_owned());
        let at = world.clock.start() - Duration::from_secs(24 * 3600);
        let changed = world.store.mailboxes.lay(&self.extension, caller, speaker, length, at);
        world.tell(changed);
        drop(world);
        self
    }

    /// Its messages in every folder, the trash too, oldest first.
    pub fn messages(&self) -> Vec<MessageSeen> {
        let world = self.world.borrow();
        let mailboxes = &world.store.mailboxes;
        let seen = |message: Message| MessageSeen {
            caller: message.caller.number,
            speaker: mailboxes.files.get(&message.id).map(|file| file.speaker.clone()).unwrap_or_default(),
            length: Duration::from_millis(message.length_ms.into()),
            folder: message.folder,
            is_cut_off: message.is_cut_off,
        };
        mailboxes.messages(&self.extension).into_iter().map(seen).collect()
    }

    /// The only message there is.
    #[track_caller]
    pub fn message(&self) -> MessageSeen {
        let mut messages = self.messages();
        assert_eq!(messages.len(), 1, "the mailbox {} has {messages:?}", self.extension);
        messages.swap_remove(0)
    }

    /// Whether its owner has recorded a greeting.
    pub fn has_greeting(&self) -> bool {
        self.world.borrow().store.mailboxes.figures(&self.extension).greeting.is_some()
    }

    /// Whether its owner has said their name.
    pub fn has_name(&self) -> bool {
        self.world.borrow().store.mailboxes.figures(&self.extension).name.is_some()
    }
}

impl World {
    /// The page puts the n-th message of a mailbox, counted from 0 in every folder, into a folder. `false`: there is none, or the
    /// disk does not take it.
    pub fn page_moves(&mut self, mailbox: &str, nth: usize, to: Folder) -> bool {
        let found = self.store.mailboxes.messages(mailbox).get(nth).map(|message| message.id);
        let Some(id) = found.filter(|_| matches!(self.store.mood, Mood::Writes(_))) else { return false };
        let changed = self.store.mailboxes.put(id, None, to).0;
        changed.into_iter().for_each(|changed| self.tell(changed));
        true
    }

    /// The page brings a greeting of so long: the box gives its number, the store begins and keeps it.
    pub fn page_greets(&mut self, mailbox: &str, length: Duration) {
        let order = OrderId(u64::MAX);
        self.tell(Input::Order(order, Order::NumberRecording));
        let Some(Reply::Number(id)) = self.replies.remove(&order) else { panic!("the box gives no number") };
        let at = self.wall();
        let new = NewRecording {
            id,
            mailbox: mailbox.to_owned(),
            purpose: Purpose::Greeting,
            call: CallId(0),
            at,
            is_synced: true,
        };
        let file = File { speaker: String::new(), length, is_final: true };
        let mailboxes = &mut self.store.mailboxes;
        mailboxes.obey(Ask::Begin(new));
        mailboxes.files.insert(id, file);
        let (changed, _) = mailboxes.obey(Ask::Keep { recording: id, length_ms: None });
        changed.into_iter().for_each(|changed| self.tell(changed));
    }

    /// The page deletes the n-th message of a mailbox for good. `false` as with `page_moves`.
    pub fn page_purges(&mut self, mailbox: &str, nth: usize) -> bool {
        let found = self.store.mailboxes.messages(mailbox).get(nth).map(|message| message.id);
        let Some(id) = found.filter(|_| matches!(self.store.mood, Mood::Writes(_))) else { return false };
        self.store.mailboxes.remove(id);
        self.tell(self.store.mailboxes.changed(mailbox));
        true
    }
}

impl Office {
    /// An extension's mailbox.
    pub fn mailbox(&self, extension: &str) -> MailboxView {
        MailboxView { world: self.shared(), extension: extension.to_owned() }
    }

    /// Somebody puts the n-th message of a mailbox, counted from 0 in every folder, into another folder by the page.
    #[track_caller]
    pub fn page_moves(&self, mailbox: &str, nth: usize, to: Folder) {
        self.says(&format!("the page moves message {nth} of {mailbox} to {to:?}"));
        let is_done = self.shared().borrow_mut().page_moves(mailbox, nth, to);
        assert!(is_done, "the mailbox {mailbox} has no message {nth}, or the disk is bad");
    }

    /// Somebody deletes the n-th message of a mailbox for good by the page: row and file.
    #[track_caller]
    pub fn page_purges(&self, mailbox: &str, nth: usize) {
        self.says(&format!("the page purges message {nth} of {mailbox}"));
        let is_done = self.shared().borrow_mut().page_purges(mailbox, nth);
        assert!(is_done, "the mailbox {mailbox} has no message {nth}, or the disk is bad");
    }

    /// An owner brings a greeting of so long as a file by the page.
    pub fn page_greets(&self, mailbox: &str, length: Duration) {
        self.says(&format!("the page brings a greeting of {length:?} for {mailbox}"));
        self.shared().borrow_mut().page_greets(mailbox, length);
    }

    /// A recording's file vanishes from the disk, by nobody's order: the n-th message of a mailbox.
    #[track_caller]
    pub fn loses_file(&self, mailbox: &str, nth: usize) {
        let world = self.shared();
        let mailboxes = &mut world.borrow_mut().store.mailboxes;
        let id = mailboxes.messages(mailbox).get(nth).map(|message| message.id).expect("the message exists");
        mailboxes.files.remove(&id);
        mailboxes.is_tampered = true;
    }

    /// How many recordings are neither kept nor dropped.
    pub fn open_recordings(&self) -> usize {
        self.shared().borrow().store.mailboxes.open().len()
    }

    /// The next recording finds that the disk takes no more, after so long; at once for zero.
    pub fn recorder_fails(&self, after: Duration) {
        self.says(&format!("the recorder fails after {after:?}"));
        self.shared().borrow_mut().media.recorder_fails_after = Some(after);
    }
}
