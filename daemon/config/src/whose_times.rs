//! Whose time groups somebody may use, and whose they may change (F47).

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::access::Area;
use crate::config::Config;
use crate::person::Person;
use crate::time_group::{GroupOwner, TimeGroup};

impl Config {
    /// All of the office, of its sites and of its people.
    pub fn time_groups(&self) -> impl Iterator<Item = &Arc<TimeGroup>> {
        self.time_groups.values().flat_map(|groups| groups.values())
    }

    /// Those of one owner, by their names.
    pub fn time_groups_of(&self, owner: &GroupOwner) -> impl Iterator<Item = &Arc<TimeGroup>> {
        self.time_groups.get(owner).into_iter().flat_map(|groups| groups.values())
    }

    /// Whose time groups count for this one, the nearest first: a person's are their own, their site's and the office's.
    pub fn owners_near(&self, owner: &GroupOwner) -> Vec<GroupOwner> {
        let site = match owner {
            GroupOwner::Office => return vec![GroupOwner::Office],
            GroupOwner::Site(_) => None,
            GroupOwner::Person(own) => self.site_of(own.as_str()).map(|site| GroupOwner::Site(site.name.clone())),
        };
        [owner.clone()].into_iter().chain(site).chain([GroupOwner::Office]).collect()
    }

    /// Where the clock of an owner is, by which those of their time groups go that name no other.
    pub fn clock_of(&self, owner: &GroupOwner) -> &TimeZone {
        let own = match owner {
            GroupOwner::Office => None,
            GroupOwner::Site(name) => self.site(name).and_then(|site| site.time_zone.as_ref()),
            GroupOwner::Person(extension) => Some(self.time_zone_of(extension.as_str())),
        };
        own.unwrap_or(&self.office().time_zone)
    }

    /// Whose time groups count for an extension; of a number that is none: the office's alone.
    fn owners_of(&self, extension: &str) -> Vec<GroupOwner> {
        let own = self.extension(extension).map(|found| GroupOwner::Person(found.number.clone()));
        self.owners_near(&own.unwrap_or_default())
    }

    /// The time groups that an extension may use: its own, then its site's, then the office's; of a number that is none, as of the
    /// empty one, the office's.
    pub fn time_groups_for(&self, extension: &str) -> impl Iterator<Item = &Arc<TimeGroup>> {
        let owners = self.owners_of(extension).into_iter();
        owners.filter_map(|owner| self.time_groups.get(&owner)).flat_map(|groups| groups.values())
    }

    /// The time groups that are an extension's own.
    pub fn own_time_groups(&self, extension: &str) -> impl Iterator<Item = &Arc<TimeGroup>> {
        let own = self.extension(extension).map(|found| GroupOwner::Person(found.number.clone()));
        own.and_then(|own| self.time_groups.get(&own)).into_iter().flat_map(|groups| groups.values())
    }

    /// The time group that this name stands for at an extension: its own, else its site's, else the office's.
    pub fn time_group(&self, extension: &str, name: &str) -> Option<&Arc<TimeGroup>> {
        self.owners_of(extension).iter().find_map(|owner| self.time_groups.get(owner)?.get(name))
    }

    /// The time groups with a short number that an extension may force, the nearest first: those that its person may change.
    pub fn forceables(&self, extension: &str) -> impl Iterator<Item = &Arc<TimeGroup>> {
        let person = self.owner_of(extension);
        let owners = self.owners_of(extension).into_iter();
        let owners = owners.filter(move |owner| person.is_some_and(|person| self.may_change_times(owner, person)));
        let groups = owners.filter_map(|owner| self.time_groups.get(&owner)).flat_map(|groups| groups.values());
        groups.filter(|group| group.number.is_some())
    }

    /// Of those the one of this short number.
    pub fn forceable(&self, extension: &str, number: u16) -> Option<&Arc<TimeGroup>> {
        self.forceables(extension).find(|group| group.number == Some(number))
    }

    /// Whether somebody may change the time groups of this owner: their own, those of a site that they manage, and all that are shared
    /// where they may change the office's times.
    pub fn may_change_times(&self, owner: &GroupOwner, person: &Person) -> bool {
        let own = person.extension.as_ref();
        let may = person.rights().may_change(Area::Times);
        match owner {
            GroupOwner::Office => may,
            GroupOwner::Site(name) => may || self.site(name).is_some_and(|site| site.is_managed_by(own)),
            GroupOwner::Person(extension) => own == Some(extension),
        }
    }
}
