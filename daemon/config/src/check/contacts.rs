//! The phonebook, and people's own contacts.

use std::collections::{BTreeMap, BTreeSet};

use crate::contact::{Book, Contact, MAX_CONTACTS_IN_ALL, MAX_OWN_CONTACTS, MAX_PHONEBOOK, NumberKind, plain_number};
use crate::ids::PersonId;
use crate::problem::{ContactFault, Effect, Fault, Table};
use crate::raw_contact::RawContact;
use crate::tag::{MAX_TAGS, is_tag};

use super::{At, Check, is_name, shown};

impl Check {
    /// The office's phonebook; when its country and area are known.
    pub(super) fn phonebook(&mut self, rows: &[RawContact]) {
        self.config.phonebook = self.book(rows, MAX_PHONEBOOK, "");
    }

    /// Contacts of somebody's own.
    pub(super) fn own_contacts(&mut self, id: PersonId, owner: &str, rows: &[RawContact]) {
        if !rows.is_empty() {
            let book = self.book(rows, MAX_OWN_CONTACTS, owner);
            self.config.own_contacts.insert(id, book);
        }
    }

    fn book(&mut self, rows: &[RawContact], most: usize, owner: &str) -> Book {
        let mut book = Book::default();
        let before = self.config.phonebook.len() + self.config.own_contacts.values().map(Book::len).sum::<usize>();
        let most = most.min(MAX_CONTACTS_IN_ALL.saturating_sub(before));
        for (index, raw) in rows.iter().enumerate() {
            let name = raw.name.as_deref().unwrap_or_default();
            let title = if owner.is_empty() { name.to_owned() } else { format!("{name} of {owner}") };
            let at = At::row(Table::Contact, index, Some(title.trim()).filter(|title| !title.is_empty()));
            if book.len() == most {
                self.problem(&at, "", Fault::TooMany { most }, Effect::RowOff);
                break;
            }
            if let Some(contact) = self.contact(&at, raw, &book) {
                book.add(contact, &self.config.office);
            }
        }
        book
    }

    fn contact(&mut self, at: &At, raw: &RawContact, book: &Book) -> Option<Contact> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let name = raw.name.clone().unwrap_or_default();
        if name.is_empty() {
            self.off(at, "name", Fault::Missing)?;
        }
        if !is_name(&name) {
            self.off(at, "name", Fault::BadName)?;
        }
        if book.has(&name) {
            self.off(at, "name", ContactFault::NameTaken { name: shown(&name) })?;
        }
        if raw.company.as_ref().is_some_and(|company| !is_name(company)) {
            self.off(at, "company", ContactFault::BadCompany)?;
        }
        let tags: BTreeSet<String> = raw.tags.iter().flatten().cloned().collect();
        if !tags.iter().all(|tag| is_tag(tag)) {
            self.off(at, "tags", ContactFault::BadTag)?;
        }
        if tags.len() > MAX_TAGS {
            self.off(at, "tags", Fault::TooMany { most: MAX_TAGS })?;
        }
        let mut numbers = BTreeMap::new();
        for kind in NumberKind::ALL {
            let Some(written) = raw.number(kind) else { continue };
            match plain_number(written) {
                Some(number) => drop(numbers.insert(kind, number)),
                None => self.off(at, kind.as_str(), ContactFault::BadNumber { number: shown(written) })?,
            }
        }
        if numbers.is_empty() {
            self.off(at, NumberKind::Work.as_str(), ContactFault::NoNumber)?;
        }
        Some(Contact { name, company: raw.company.clone(), tags, numbers })
    }
}
