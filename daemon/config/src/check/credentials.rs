//! How people sign in to the page, and where they stand in the directory. What is wrong here never puts a phone out of use: the field counts as not written.

use std::collections::BTreeSet;

use crate::access::{Preset, Role};
use crate::grant::{Grant, Source};
use crate::ids::PersonId;
use crate::person::{Person, is_email};
use crate::problem::{Effect, PersonFault};
use crate::profile::Profile;
use crate::raw::RawPerson;

use super::settings::is_argon2id;
use super::{At, Check, shown};

impl Check {
    /// The person with what they sign in with.
    pub(super) fn signs_in(&mut self, at: &At, raw: &RawPerson, person: Person) -> Person {
        let email = raw.email.as_deref().and_then(|email| self.email(at, email));
        let preset = raw.role.as_deref().map_or(Some(Preset::default()), Preset::named).unwrap_or_else(|| {
            let name = shown(raw.role.as_deref().unwrap_or_default());
            let known = Preset::ALL.map(Preset::as_str).join(", ");
            self.problem(at, "role", PersonFault::UnknownRole { name, known }, Effect::Ignored);
            Preset::default()
        });
        let roles = self.roles(at, raw.roles.as_deref().unwrap_or_default());
        let profile = raw.profile.as_deref().and_then(|name| self.profile_of(at, name));
        let grants = granted(preset, &roles, profile.as_ref());
        let profile = profile.map(|profile| profile.name);
        let language = raw.language.as_deref().and_then(|code| self.known_language(at, code));
        let password_hash = raw.password_hash.as_ref().map(|hash| hash.expose().to_owned()).filter(|hash| {
            let is_hash = is_argon2id(hash);
            if !is_hash {
                self.problem(at, "password_hash", PersonFault::BadPasswordHash, Effect::Ignored);
            }
            is_hash
        });
        let time_zone = raw.time_zone.as_deref().and_then(|name| self.time_zone(at, name));
        let department = self.department(at, raw.department.as_deref());
        let site = raw.site.clone().filter(|name| {
            let is_there = self.config.site(name).is_some();
            if !is_there {
                self.problem(at, "site", PersonFault::NoSuchSite { name: shown(name) }, Effect::Ignored);
            }
            is_there
        });
        let is_listed = raw.listed.unwrap_or(true);
        Person {
            email,
            preset,
            roles,
            profile,
            grants,
            language,
            time_zone,
            password_hash,
            department,
            site,
            is_listed,
            ..person
        }
    }

    pub(super) fn profile_of(&mut self, at: &At, name: &str) -> Option<Profile> {
        let found = self.config.profile(name).cloned();
        if found.is_none() {
            self.problem(at, "profile", PersonFault::NoSuchProfile { name: shown(name) }, Effect::Ignored);
        }
        found
    }

    fn roles(&mut self, at: &At, written: &[String]) -> BTreeSet<Role> {
        let mut roles = BTreeSet::new();
        for name in written {
            match Role::named(name) {
                Some(role) => drop(roles.insert(role)),
                None => {
                    let known = Role::ALL.map(Role::as_str).join(", ");
                    self.problem(at, "roles", PersonFault::UnknownRole { name: shown(name), known }, Effect::Ignored);
                }
            }
        }
        roles
    }

    fn email(&mut self, at: &At, written: &str) -> Option<String> {
        let email = written.to_lowercase();
        if !is_email(&email) {
            self.problem(at, "email", PersonFault::BadEmail, Effect::Ignored);
            return None;
        }
        let taken = self.config.people.values().find(|other| other.email.as_deref() == Some(&email));
        if let Some(owner) = taken.map(|other| other.name.clone()) {
            self.problem(at, "email", PersonFault::EmailTaken { owner }, Effect::Ignored);
            return None;
        }
        Some(email)
    }
}

/// What opens something to somebody by themselves, in the order of [`Source`].
fn granted(preset: Preset, roles: &BTreeSet<Role>, profile: Option<&Profile>) -> Vec<Grant> {
    let preset = Grant { source: Source::Preset(preset), rights: preset.rights() };
    let roles = roles.iter().map(|role| Grant { source: Source::Role(*role), rights: role.rights() });
    let named = |profile: &Profile| Grant { source: Source::Profile(profile.name.clone()), rights: profile.rights };
    std::iter::once(preset).chain(roles).chain(profile.map(named)).collect()
}

/// A person of whom nothing is known yet.
pub(super) fn nobody() -> Person {
    Person {
        id: PersonId(0),
        name: String::new(),
        extension: None,
        email: None,
        preset: Preset::User,
        roles: BTreeSet::new(),
        profile: None,
        grants: Vec::new(),
        language: None,
        time_zone: None,
        department: None,
        site: None,
        is_listed: true,
        password_hash: None,
    }
}
