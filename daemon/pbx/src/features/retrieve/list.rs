//! List: the messages that an owner goes through, and which of them is in hand.
//!
//! Feature code: `*97` and `*98`, as all of [`super::Retrieve`].
//! Config: the extension's `newest_first`; its quota bounds what lies in a mailbox.
//! Steps: none of its own: one message after the other, and those that came meanwhile at the end.
//! No RFC: who listens decides.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::mailbox::{Folder, Message};

/// The most messages that one listener goes through without the main menu between: twice what the store lists at once, and hours
/// of listening. The list keeps what was heard, so that 4 leads back to it.
const LIMIT: usize = 4_000;

/// Messages of one folder in the order of their owner, oldest or newest first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct List {
    /// At most [`LIMIT`].
    items: Vec<Item>,
    /// The one in hand; behind the last: none.
    at: usize,
}

/// A message of the list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Item {
    /// As it lies in the store, but for a deleted one: that has the folder it goes back to.
    pub(super) message: Message,
    pub(super) is_deleted: bool,
    pub(super) is_heard: bool,
}

impl List {
    /// The first one is in hand.
    pub(super) fn new(messages: Vec<Message>) -> List {
        let mut list = List { items: Vec::new(), at: 0 };
        list.append(messages);
        list
    }

    /// Puts those behind the last that are not in the list yet.
    pub(super) fn append(&mut self, messages: Vec<Message>) {
        let known: BTreeSet<_> = self.items.iter().map(|item| item.message.id).collect();
        let unknown = messages.into_iter().filter(|message| !known.contains(&message.id));
        let room = LIMIT.saturating_sub(self.items.len());
        self.items.extend(unknown.take(room).map(|message| Item { message, is_deleted: false, is_heard: false }));
    }

    /// The message in hand.
    pub(super) fn item(&self) -> Option<&Item> {
        self.items.get(self.at)
    }

    /// The message in hand, to be changed.
    pub(super) fn item_mut(&mut self) -> Option<&mut Item> {
        self.items.get_mut(self.at)
    }

    /// Its place, counted from 1.
    pub(super) fn number(&self) -> usize {
        self.at + 1
    }

    /// To the next one, or behind the last.
    pub(super) fn go_on(&mut self) {
        self.at = self.items.len().min(self.at + 1);
    }

    /// To the one before.
    pub(super) fn go_back(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// The one in hand is gone: the next takes its place.
    pub(super) fn forget(&mut self) {
        if self.at < self.items.len() {
            self.items.remove(self.at);
        }
    }
}

impl Item {
    /// Whether it is to be saved once its owner turns away.
    pub(super) fn is_done(&self) -> bool {
        self.is_heard && !self.is_deleted && self.message.folder == Folder::New
    }

    /// Where it lies.
    pub(super) fn folder(&self) -> Folder {
        if self.is_deleted { Folder::Trash } else { self.message.folder }
    }
}
