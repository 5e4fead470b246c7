//! What plans are made from.

use config::{Config, Spellings, Target};

use super::{Dialled, Moment};
use crate::presence::Presence;

/// What a plan is made from.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub config: &'a Config,
    pub moment: &'a Moment,
    pub presence: &'a Presence,
    pub dialled: &'a Dialled,
    /// Whether whoever was called for help may be calling back: no list keeps them out.
    pub is_call_back: bool,
}

impl<'a> Case<'a> {
    /// The extension that a target is, or that a number of the office leads to.
    pub(super) fn inside<'t>(&self, to: &'t Target) -> Option<&'t str>
    where
        'a: 't,
    {
        let config: &'a Config = self.config;
        if config.extension(to.id()).is_some() {
            return Some(to.id());
        }
        let own = config.own_number(&config.office().in_full(to.id()))?.to.as_str();
        config.extension(own).map(|_| own)
    }

    /// How the caller's number is written; that of a colleague is no number of outside.
    pub fn spellings(&self) -> Spellings {
        let caller = self.dialled.extension.as_str();
        if self.dialled.is_from_outside() { self.config.office().spellings(caller) } else { Spellings::just(caller) }
    }

    /// The phones of an extension, but the one that calls.
    pub(super) fn phones_of(&self, number: &str) -> Vec<String> {
        let others = self.config.phones_of(number).filter(|phone| phone.user != self.dialled.user);
        others.map(|phone| phone.user.clone()).collect()
    }
}
