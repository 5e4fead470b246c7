//! The office and its quick look-ups.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::account::AccountEntry;
use crate::answering::{Diversion, DiversionKind, Switch};
use crate::authorization::Authorization;
use crate::caller_id::NumberFrom;
use crate::contact::{Book, Contact, NameSource};
use crate::extension::Extension;
use crate::feature_code::{CodeProfile, Codes, Feature, FeatureCode, InCall};
use crate::group::Group;
use crate::ids::{ExtensionNumber, PersonId, PhoneId};
use crate::night_mode::NightMode;
use crate::office::Office;
use crate::permission::Class;
use crate::person::Person;
use crate::phone::Phone;
use crate::profile::Profile;
use crate::route::Route;
use crate::secret::Secret;
use crate::site::Site;
use crate::time_group::{GroupOwner, TimeGroup};
use crate::toll::TollGuard;
use crate::trunk::{OwnNumber, Trunk};

/// The office, complete and valid. It never changes: a new one takes its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    revision: u64,
    pub(crate) office: Office,
    pub(crate) people: BTreeMap<PersonId, Person>,
    pub(crate) extensions: BTreeMap<ExtensionNumber, Extension>,
    pub(crate) phones: BTreeMap<PhoneId, Phone>,
    pub(crate) phones_of: BTreeMap<ExtensionNumber, Vec<PhoneId>>,
    pub(crate) by_user: BTreeMap<String, PhoneId>,
    pub(crate) by_name: BTreeMap<String, PhoneId>,
    pub(crate) feature_codes: Codes,
    pub(crate) trunks: Vec<Trunk>,
    pub(crate) numbers: BTreeMap<String, OwnNumber>,
    pub(crate) routes: Vec<Route>,
    pub(crate) authorizations: Vec<Authorization>,
    /// Names by numbers.
    pub(crate) accounts: BTreeMap<String, String>,
    /// By owner and by name.
    pub(crate) time_groups: BTreeMap<GroupOwner, BTreeMap<String, Arc<TimeGroup>>>,
    pub(crate) night_modes: Vec<NightMode>,
    pub(crate) sites: Vec<Site>,
    pub(crate) departments: BTreeSet<String>,
    pub(crate) profiles: Vec<Profile>,
    pub(crate) groups: Vec<Group>,
    pub(crate) phonebook: Book,
    pub(crate) own_contacts: BTreeMap<PersonId, Book>,
}

impl Default for Config {
    /// An office without people, as on a box that has no office file yet: the delivered codes and the emergency
    /// numbers hold all the same.
    fn default() -> Config {
        Config {
            revision: 0,
            office: Office::default(),
            people: BTreeMap::new(),
            extensions: BTreeMap::new(),
            phones: BTreeMap::new(),
            phones_of: BTreeMap::new(),
            by_user: BTreeMap::new(),
            by_name: BTreeMap::new(),
            feature_codes: Codes::new(CodeProfile::default().codes()),
            trunks: Vec::new(),
            numbers: BTreeMap::new(),
            routes: Vec::new(),
            authorizations: Vec::new(),
            accounts: BTreeMap::new(),
            time_groups: BTreeMap::new(),
            night_modes: Vec::new(),
            sites: Vec::new(),
            departments: BTreeSet::new(),
            profiles: Vec::new(),
            groups: Vec::new(),
            phonebook: Book::default(),
            own_contacts: BTreeMap::new(),
        }
    }
}

impl Config {
    /// The same office under this revision's number.
    pub fn with_revision(self, revision: u64) -> Config {
        Config { revision, ..self }
    }

    /// Which saved office this is; 0 before the first.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// What is one for the whole office.
    pub fn office(&self) -> &Office {
        &self.office
    }

    /// Everyone, in order of their ids.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// The person of this id.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// The person who signs in with this address, however its letters are written.
    pub fn person_by_email(&self, email: &str) -> Option<&Person> {
        let email = email.to_lowercase();
        self.people.values().find(|person| person.email.as_deref() == Some(&email))
    }

    /// Every extension, in order of its digits.
    pub fn extensions(&self) -> impl Iterator<Item = &Extension> {
        self.extensions.values()
    }

    /// The extension with exactly these digits.
    pub fn extension(&self, number: &str) -> Option<&Extension> {
        self.extensions.get(number)
    }

    /// The name behind an extension: its person's.
    pub fn name_of(&self, number: &str) -> Option<&str> {
        self.owner_of(number).map(|person| person.name.as_str())
    }

    /// The name behind a number, for whoever has this extension: the person whose extension it is, or a contact of
    /// [`Config::contact_named`].
    pub fn name_for(&self, reader: &str, number: &str) -> Option<(&str, NameSource)> {
        let employee = self.name_of(number).map(|name| (name, NameSource::Employee));
        employee.or_else(|| self.contact_named(self.owner_of(reader).map(|person| person.id), number))
    }

    /// The name of a number outside, in full or as it is dialled here: of the reader's own contacts first, then of the office's
    /// phonebook.
    pub fn contact_named(&self, reader: Option<PersonId>, number: &str) -> Option<(&str, NameSource)> {
        let number = self.office.in_full(number);
        let own = reader.and_then(|id| self.own_contacts.get(&id)?.name_of(&number));
        let own = own.map(|name| (name, NameSource::Personal));
        own.or_else(|| self.phonebook.name_of(&number).map(|name| (name, NameSource::Phonebook)))
    }

    /// Whether a number outside, in full or as it is dialled here, is that of a contact of the phonebook with this tag.
    pub fn is_tagged(&self, number: &str, tag: &str) -> bool {
        self.phonebook.is_tagged(&self.office.in_full(number), tag)
    }

    /// The office's phonebook, in order of the names.
    pub fn phonebook(&self) -> impl Iterator<Item = &Contact> {
        self.phonebook.iter()
    }

    /// Somebody's own contacts, in order of the names.
    pub fn own_contacts(&self, id: PersonId) -> impl Iterator<Item = &Contact> {
        self.own_contacts.get(&id).into_iter().flat_map(Book::iter)
    }

    /// The language in which the box speaks to whoever has this number: their own, or else their site's, or the
    /// office's (F19).
    pub fn language_of(&self, number: &str) -> &str {
        let own = self.owner_of(number).and_then(|person| person.language.as_deref());
        own.or_else(|| self.site_of(number)?.language.as_deref()).unwrap_or(&self.office.language)
    }

    /// The time zone in which whoever has this number hears times: their own, or else their site's, or the
    /// office's (F20).
    pub fn time_zone_of(&self, number: &str) -> &TimeZone {
        let own = self.owner_of(number).and_then(|person| person.time_zone.as_ref());
        own.or_else(|| self.site_of(number)?.time_zone.as_ref()).unwrap_or(&self.office.time_zone)
    }

    /// The sites, in the order of their rows.
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// The site of this name.
    pub fn site(&self, name: &str) -> Option<&Site> {
        self.sites.iter().find(|site| site.name == name)
    }

    /// The names of all departments, those without anybody in them too, in their order.
    pub fn departments(&self) -> impl Iterator<Item = &str> {
        self.departments.iter().map(String::as_str)
    }

    /// Whether there is a department of this name.
    pub fn has_department(&self, name: &str) -> bool {
        self.departments.contains(name)
    }

    /// The profiles, in the order of their rows.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The profile of this name.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }

    /// The groups of people, in the order of their rows.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group of this name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// The site of whoever has this extension.
    pub fn site_of(&self, extension: &str) -> Option<&Site> {
        self.site(self.owner_of(extension)?.site.as_deref()?)
    }

    /// Whether whom this extension holds or parks hears music: as its site has it, and where it has no site.
    pub fn has_hold_music(&self, extension: &str) -> bool {
        self.site_of(extension).is_none_or(|site| site.hold_music)
    }

    /// The number under which an extension calls outside, and whence it comes: the one that was chosen, else the first of the
    /// office's numbers that leads to it, else its site's. `None`: what the trunk says.
    pub fn shown_as(&self, extension: &str) -> Option<(&str, NumberFrom)> {
        let chosen = self.extension(extension).and_then(|extension| extension.caller_id.number.as_deref());
        let chosen = chosen.map(|number| (number, NumberFrom::Chosen));
        let own = || self.number_of(extension).map(|own| (own.number.as_str(), NumberFrom::LeadsHere));
        let of_site = || self.site_of(extension)?.number.as_deref().map(|number| (number, NumberFrom::Site));
        chosen.or_else(own).or_else(of_site)
    }

    /// The same of a call for help: whoever is called back has to reach the caller, so that the number which leads to the extension
    /// goes before the one that was chosen for it.
    pub fn shown_for_help(&self, extension: &str) -> Option<(&str, NumberFrom)> {
        let own = self.number_of(extension).map(|own| (own.number.as_str(), NumberFrom::LeadsHere));
        own.or_else(|| self.shown_as(extension))
    }

    /// Whether the phones of this extension show who calls from outside (F28).
    pub fn shows_callers_to(&self, extension: &str) -> bool {
        self.extension(extension).is_none_or(|extension| extension.shows_callers)
    }

    /// The name that colleagues see when this extension calls: its own, else its person's.
    pub fn calls_as(&self, number: &str) -> Option<&str> {
        let own = self.extension(number).and_then(|extension| extension.caller_id.name.as_deref());
        own.or_else(|| self.name_of(number))
    }

    /// What limits the calls of whoever has this number to the outside: the office's guard, with limits of its own.
    pub fn toll_of(&self, number: &str) -> TollGuard {
        let own = self.extension(number).map(|extension| extension.own_limits).unwrap_or_default();
        self.office.toll.with(own)
    }

    /// The person whose extension this is.
    pub fn owner_of(&self, number: &str) -> Option<&Person> {
        self.people.get(&self.extensions.get(number)?.person)
    }

    /// Every phone, in order of its id.
    pub fn phones(&self) -> impl Iterator<Item = &Phone> {
        self.phones.values()
    }

    /// The phone of this id.
    pub fn phone(&self, id: PhoneId) -> Option<&Phone> {
        self.phones.get(&id)
    }

    /// Whether whoever this extension calls outside does not see its number.
    pub fn hides_number(&self, extension: &str) -> bool {
        self.extension(extension).is_some_and(|extension| extension.hides_number)
    }

    /// The phones of an extension in the order of their rows; none for an unknown one.
    pub fn phones_of(&self, number: &str) -> impl Iterator<Item = &Phone> {
        let ids = self.phones_of.get(number).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| self.phones.get(id))
    }

    /// The phone with this SIP user.
    pub fn phone_by_user(&self, user: &str) -> Option<&Phone> {
        self.phones.get(self.by_user.get(user)?)
    }

    /// The phone of this name.
    pub fn phone_by_name(&self, name: &str) -> Option<&Phone> {
        self.phones.get(self.by_name.get(name)?)
    }

    /// The table of codes: one row for every feature, also for those that are off.
    pub fn feature_codes(&self) -> &[FeatureCode] {
        self.feature_codes.rows()
    }

    /// What dialling this does, where it is a code: the feature and the digits after the code, which are empty where
    /// none were dialled. A code that is exactly this goes first, then the longest that takes digits and is followed by
    /// nothing else. `None` also where the code is off, or needs digits and has none.
    pub fn feature<'d>(&self, dialled: &'d str) -> Option<(Feature, &'d str)> {
        self.feature_codes.feature(dialled)
    }

    /// What keys that a party has pressed during a call come to (F163).
    pub fn in_call(&self, keys: &str) -> InCall {
        self.feature_codes.in_call(keys)
    }

    /// The same office with the secrets of its trunks, by their names: they come from a file of their own.
    pub fn with_trunk_secrets(mut self, secrets: &BTreeMap<String, Secret>) -> Config {
        for trunk in &mut self.trunks {
            trunk.secret = secrets.get(&trunk.name).cloned();
        }
        self
    }

    /// The same office in which these extensions have do-not-disturb switched on.
    pub fn without_disturbing(&self, extensions: &[String]) -> Cow<'_, Config> {
        if extensions.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut config = self.clone();
        for number in extensions {
            let Some(extension) = config.extensions.get_mut(number.as_str()) else { continue };
            let diversions = &mut extension.answering.diversions;
            diversions.retain(|diversion| diversion.kind != DiversionKind::Dnd);
            diversions.push(Diversion {
                kind: DiversionKind::Dnd,
                switch: Switch::On,
                forced: None,
                to: None,
                follow_me: None,
                secretaries: None,
                assistant: None,
            });
        }
        Cow::Owned(config)
    }

    /// The ways out, in the order of their rows.
    pub fn trunks(&self) -> &[Trunk] {
        &self.trunks
    }

    /// The trunk of this name.
    pub fn trunk(&self, name: &str) -> Option<&Trunk> {
        self.trunks.iter().find(|trunk| trunk.name == name)
    }

    /// The office's numbers, in their order.
    pub fn numbers(&self) -> impl Iterator<Item = &OwnNumber> {
        self.numbers.values()
    }

    /// The office's own number that is exactly this, in full.
    pub fn own_number(&self, number: &str) -> Option<&OwnNumber> {
        self.numbers.get(number)
    }

    /// The first of the office's numbers that leads to this extension.
    pub fn number_of(&self, extension: &str) -> Option<&OwnNumber> {
        self.numbers.values().find(|own| own.to == extension)
    }

    /// Whether this is the number of somebody, an extension too, and no code that does something at the box when it is dialled.
    pub fn is_number(&self, number: &str) -> bool {
        let digits = number.strip_prefix('+').unwrap_or(number);
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && self.feature(number).is_none()
    }

    /// The routes, in the order of their rows.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The route of a number that is written as [`Office::in_full`] does: the one whose pattern says most, the first of
    /// several.
    pub fn route_of(&self, number: &str) -> Option<&Route> {
        let fitting = self.routes.iter().filter_map(|route| Some((route.fits(number)?, route)));
        fitting.rev().max_by_key(|(weight, _)| *weight).map(|(_, route)| route)
    }

    /// The codes that let calls out, in the order of their rows.
    pub fn authorizations(&self) -> &[Authorization] {
        &self.authorizations
    }

    /// The code of this name.
    pub fn authorization(&self, name: &str) -> Option<&Authorization> {
        self.authorizations.iter().find(|row| row.name == name)
    }

    /// Whether some code lets a call of this class out that comes from this extension.
    pub fn is_authorizable(&self, extension: &str, class: Class) -> bool {
        self.authorizations.iter().any(|row| row.opens(extension, class))
    }

    /// The accounts that calls are charged to, number and name, in order of their digits.
    pub fn accounts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.accounts.iter().map(|(number, name)| (number.as_str(), name.as_str()))
    }

    /// The name of the account of this number.
    pub fn account(&self, number: &str) -> Option<&str> {
        self.accounts.get(number).map(String::as_str)
    }

    /// Whether an account is keyed before a call of an extension by a route: what the stricter one says, and never where there is none.
    pub fn account_entry(&self, extension: &Extension, route: &Route) -> AccountEntry {
        if self.accounts.is_empty() { AccountEntry::None } else { extension.account.max(route.account) }
    }

    /// Who is reached by 0 in this extension's mailbox: its own operator, else the office's. `None` also for the mailbox
    /// of that operator: its phones are those that were not answered.
    pub fn operator_of(&self, number: &str) -> Option<&ExtensionNumber> {
        let own = self.extension(number)?.operator.as_ref();
        own.or(self.office.operator.as_ref()).filter(|operator| operator.as_str() != number)
    }

    /// Whether a phone of the one extension may take calls that ring at the other: its own, and those of its pickup group.
    pub fn may_pick_up(&self, own: &str, ringing: &str) -> bool {
        let group = |number: &str| self.extension(number).map(|extension| &extension.pickup_group);
        own == ringing || group(own).is_some() && group(own) == group(ringing)
    }

    /// Whether this number calls for help; see [`Office::is_emergency`].
    pub fn is_emergency(&self, dialled: &str) -> bool {
        self.office.is_emergency(dialled)
    }
}
