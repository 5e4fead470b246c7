//! What is set per extension, and the operators, who must exist.

use crate::answering::Answering;
use crate::extension::{
    DEFAULT_MAX_CONTACTS, DEFAULT_RING_S, DEFAULT_VOICEMAIL_MINUTES, Extension, MAX_CALLS, MAX_CONTACTS,
    MAX_PICKUP_GROUP, VOICEMAIL_MINUTES, is_ring_time,
};
use crate::ids::{ExtensionNumber, PersonId};
use crate::problem::{Effect, Fault, PersonFault, Table};
use crate::raw::RawPerson;

use super::{At, Check, out_of_range, shown};

/// An operator as a person's row names it.
pub(super) struct Operator {
    pub(super) at: At,
    /// Whose mailbox it is; none where the person has no extension.
    pub(super) of: Option<ExtensionNumber>,
    /// The operator's extension, as written.
    pub(super) number: String,
}

impl Check {
    /// The extension's settings; number and person are filled in by the caller, the operator by [`Check::operators`].
    pub(super) fn settings(&mut self, at: &At, raw: &RawPerson) -> Option<Extension> {
        let ring_s = raw.ring_s.unwrap_or(DEFAULT_RING_S);
        if !is_ring_time(ring_s) {
            self.off(at, "ring_s", Fault::BadRingTime { ring_s })?;
        }
        let max_contacts = raw.max_contacts.unwrap_or(DEFAULT_MAX_CONTACTS);
        if !MAX_CONTACTS.contains(&max_contacts) {
            self.off(at, "max_contacts", out_of_range(max_contacts, &MAX_CONTACTS))?;
        }
        let max_calls = raw.max_calls;
        if let Some(calls) = max_calls.filter(|calls| !MAX_CALLS.contains(calls)) {
            self.off(at, "max_calls", out_of_range(calls, &MAX_CALLS))?;
        }
        let voicemail_minutes = raw.voicemail_minutes.unwrap_or(DEFAULT_VOICEMAIL_MINUTES);
        if !VOICEMAIL_MINUTES.contains(&voicemail_minutes) {
            self.off(at, "voicemail_minutes", out_of_range(voicemail_minutes, &VOICEMAIL_MINUTES))?;
        }
        if raw.pickup_group.as_ref().is_some_and(|group| !is_label(group, MAX_PICKUP_GROUP)) {
            self.off(at, "pickup_group", PersonFault::BadPickupGroup)?;
        }
        let caller_id = self.caller_id(at, raw)?;
        let permission = self.permission(at, raw.permission.as_deref());
        if raw.pin.is_some() {
            self.off(at, "pin", Fault::InClear)?;
        }
        let pin_hash = raw.pin_hash.as_ref().map(|hash| hash.expose().to_owned());
        // Whether it verifies is for the one that made it; this keeps PINs in clear and other hashes out.
        if pin_hash.as_ref().is_some_and(|hash| !is_argon2id(hash)) {
            self.off(at, "pin_hash", PersonFault::BadPinHash)?;
        }
        Some(Extension {
            number: "00".parse().ok()?,
            person: PersonId(0),
            ring_s,
            voicemail: raw.voicemail.unwrap_or(false),
            voicemail_minutes,
            pin_on_own_phone: raw.pin_on_own_phone.unwrap_or(true),
            say_time: raw.say_time.unwrap_or(true),
            say_caller: raw.say_caller.unwrap_or(true),
            newest_first: raw.newest_first.unwrap_or(false),
            operator: None,
            max_contacts,
            pickup_group: raw.pickup_group.clone(),
            private_lamp: raw.private_lamp.unwrap_or(false),
            caller_id,
            hides_number: raw.hides_number.unwrap_or(false),
            intercom: raw.intercom.unwrap_or(true),
            intercom_beep: raw.intercom_beep.unwrap_or(true),
            shows_callers: raw.shows_callers.unwrap_or(true),
            call_waiting: raw.call_waiting.unwrap_or(true),
            max_calls,
            completion_offers: raw.completion_offers.unwrap_or(true),
            permission,
            own_limits: self.own_limits(at, raw),
            account: self.account_entry(at, raw.account.as_deref()),
            pin_hash,
            answering: Answering::default(),
        })
    }

    /// Takes in who is reached by 0 in the mailboxes, now that every extension is known.
    pub(super) fn operators(&mut self, of_office: Option<&str>) {
        self.config.office.operator = of_office.and_then(|number| self.operator(&At::new(Table::Office), number));
        for row in std::mem::take(&mut self.operators) {
            let operator = self.operator(&row.at, &row.number);
            let owner = row.of.and_then(|number| self.config.extensions.get_mut(&number));
            if let Some(owner) = owner {
                owner.operator = operator;
            }
        }
    }

    fn operator(&mut self, at: &At, number: &str) -> Option<ExtensionNumber> {
        let found = self.config.extension(number).map(|extension| extension.number.clone());
        if found.is_none() {
            let number = shown(number);
            self.problem(at, "operator", PersonFault::NoSuchExtension { number }, Effect::Ignored);
        }
        found
    }
}

/// A name that two people write alike: no spaces around it, nothing invisible.
pub(super) fn is_label(name: &str, most: usize) -> bool {
    let is_clean = name.trim() == name && !name.chars().any(char::is_control);
    (1..=most).contains(&name.chars().count()) && is_clean
}

pub(super) fn is_argon2id(hash: &str) -> bool {
    hash.starts_with("$argon2id$") && hash.len() <= 256 && hash.bytes().all(|b| b.is_ascii_graphic())
}
