//! How far each person stands in the office: with which rights, and what opens them. Whoever changes that must have those rights.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use config::{Area, Config, MAX_ID, Person, PersonId, RawConfig, RawPerson, Rights, Secret, Source};

use crate::problem::Problem;
use crate::why::{Signing, Unchanged};

/// What makes somebody who they are at the page.
#[derive(PartialEq)]
pub(super) struct Standing {
    name: String,
    rights: Rights,
    given: (Option<String>, Option<Vec<String>>),
    /// What else opens something to them, and what that opens.
    besides: BTreeMap<Source, Rights>,
    email: Option<String>,
    secrets: [Option<Secret>; 3],
    /// Under which number they call outside, and whether they hide it.
    calls_as: (Option<String>, bool),
}

/// How everybody stands.
#[derive(Default, PartialEq)]
pub(super) struct Standings {
    /// By number; new people have none yet.
    people: BTreeMap<(Option<u32>, usize), Standing>,
    /// What each profile opens.
    profiles: BTreeMap<String, Rights>,
    /// What each group opens that carries one.
    groups: BTreeMap<String, Rights>,
}

/// As the rows have it.
pub(super) fn standings(raw: &RawConfig) -> Standings {
    let numbered = of_rights(raw);
    let config = Config::check(&numbered, &mut Vec::new());
    let mut people = BTreeMap::new();
    for (row, numbered) in raw.people.iter().zip(&numbered.people) {
        let mut key = (row.id, 0);
        while people.contains_key(&key) {
            key.1 += 1;
        }
        let person = numbered.id.and_then(|id| config.person(PersonId(id)));
        people.insert(key, Standing::of(row, person));
    }
    let profiles = config.profiles().iter().map(|profile| (profile.name.clone(), profile.rights));
    let carried = |group: &config::Group| {
        let profile = config.profile(group.profile.as_deref()?)?;
        Some((group.name.clone(), profile.rights))
    };
    let groups = config.groups().iter().filter_map(carried);
    Standings { people, profiles: profiles.collect(), groups: groups.collect() }
}

/// The office as far as it decides on rights, with a number for everybody: what is not hashed yet puts nobody out.
fn of_rights(raw: &RawConfig) -> RawConfig {
    let taken: BTreeSet<u32> = raw.people.iter().filter_map(|row| row.id).collect();
    let mut free = (1..=MAX_ID).rev().filter(|id| !taken.contains(id));
    let people = raw.people.iter().map(|row| RawPerson {
        id: row.id.or_else(|| free.next()),
        name: row.name.clone(),
        extension: row.extension.clone(),
        role: row.role.clone(),
        roles: row.roles.clone(),
        profile: row.profile.clone(),
        ..RawPerson::default()
    });
    RawConfig {
        people: people.collect(),
        office: raw.office.clone(),
        feature_codes: raw.feature_codes.clone(),
        profiles: raw.profiles.clone(),
        groups: raw.groups.clone(),
        ..RawConfig::default()
    }
}

impl Standing {
    /// Of a row, and of whom it makes, where nothing is wrong with it.
    fn of(row: &RawPerson, person: Option<&Person>) -> Standing {
        let roles = row.roles.as_deref().unwrap_or_default();
        let written = Rights::written(row.role.as_deref(), roles.iter().map(String::as_str));
        let is_besides = |source: &Source| !matches!(source, Source::Preset(_) | Source::Role(_));
        let grants = person.map(Person::grants).unwrap_or_default().iter();
        let besides = grants.filter(|grant| is_besides(&grant.source));
        Standing {
            name: row.name.clone().unwrap_or_default(),
            rights: written.and(person.map(Person::rights).unwrap_or_default()),
            besides: besides.map(|grant| (grant.source.clone(), grant.rights)).collect(),
            given: (
                row.role.clone().filter(|preset| preset != config::Preset::User.as_str()),
                row.roles.clone().filter(|roles| !roles.is_empty()),
            ),
            email: row.email.clone(),
            calls_as: (row.caller_number.clone(), row.hides_number.unwrap_or(false)),
            secrets: [row.password_hash.clone(), row.pin_hash.clone(), row.pin.clone()],
        }
    }

    /// As [`Person::is_owner`], of a row that may have a PIN which is not hashed yet.
    fn is_owner(&self) -> bool {
        let [password, ..] = &self.secrets;
        self.rights.cover(config::Preset::Admin.rights()) && self.email.is_some() && password.is_some()
    }

    fn is_as(&self, before: &Standing) -> bool {
        (&self.given, &self.rights, &self.email, &self.secrets)
            == (&before.given, &before.rights, &before.email, &before.secrets)
    }
}

/// Nobody gives or takes rights that they do not have, nor what somebody signs in with who has more of them; roles and profiles are given,
/// and profiles made, by who may change roles, and under which number somebody calls is decided by who may change that.
pub(super) fn stays_within(own: Rights, before: &Standings, after: &Standings) -> Result<(), Problem> {
    gives_own(own, &before.profiles, &after.profiles, String::as_str)?;
    gives_own(own, &before.groups, &after.groups, String::as_str)?;
    let (before, after) = (&before.people, &after.people);
    for key in before.keys().chain(after.keys().filter(|key| !before.contains_key(*key))) {
        person_stays_within(own, before.get(key), after.get(key))?;
    }
    Ok(())
}

fn person_stays_within(own: Rights, old: Option<&Standing>, new: Option<&Standing>) -> Result<(), Problem> {
    if let Some(new) = new
        && new.calls_as != old.map_or((None, false), |old| old.calls_as.clone())
        && !own.may_change(Area::CallerId)
    {
        return refused(Signing::NoRight);
    }
    let nothing = BTreeMap::new();
    let besides = [old, new].map(|standing| standing.map_or(&nothing, |standing| &standing.besides));
    gives_own(own, besides[0], besides[1], named)?;
    if matches!((old, new), (Some(old), Some(new)) if new.is_as(old)) {
        return Ok(());
    }
    let Some(one) = new.or(old) else { return Ok(()) };
    if ![old, new].into_iter().flatten().all(|standing| own.cover(standing.rights)) {
        return refused(Signing::MoreRights { name: one.name.clone() });
    }
    let given = |standing: Option<&Standing>| match standing {
        Some(standing) => (standing.given.clone(), standing.rights),
        None => ((None, None), config::Preset::User.rights()),
    };
    if given(old) != given(new) && !own.may_change(Area::Roles) { refused(Signing::NoRight) } else { Ok(()) }
}

/// What gives rights comes, goes or changes by whoever may change roles, and has those rights.
fn gives_own<K: Ord>(
    own: Rights,
    before: &BTreeMap<K, Rights>,
    after: &BTreeMap<K, Rights>,
    name: fn(&K) -> &str,
) -> Result<(), Problem> {
    for (key, rights) in before.iter().chain(after).filter(|(key, _)| before.get(*key) != after.get(*key)) {
        if !own.may_change(Area::Roles) {
            return refused(Signing::NoRight);
        }
        if !own.cover(*rights) {
            return refused(Signing::MoreRights { name: name(key).to_owned() });
        }
    }
    Ok(())
}

fn refused(why: Signing) -> Result<(), Problem> {
    Err(Problem::new(StatusCode::FORBIDDEN, why))
}

/// What people call it.
fn named(source: &Source) -> &str {
    match source {
        Source::Preset(preset) => preset.as_str(),
        Source::Role(role) => role.as_str(),
        Source::Profile(name) | Source::Group(name) => name,
    }
}

/// Whether somebody can sign in and change the office: without one, the box is to be set up.
pub fn has_owner(config: &Config) -> bool {
    config.people().any(Person::is_owner)
}

/// Nobody may lock everybody out.
pub(super) fn keeps_an_owner(after: &Standings) -> Result<(), Problem> {
    if after.people.values().any(Standing::is_owner) {
        return Ok(());
    }
    Err(Problem::new(StatusCode::CONFLICT, Unchanged::LastOwner))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(people: &[(u32, &str, &[&str])]) -> RawConfig {
        let people = people.iter().map(|(id, preset, roles)| RawPerson {
            id: Some(*id),
            name: Some(format!("P{id}")),
            role: Some((*preset).to_owned()),
            roles: Some(roles.iter().map(|role| (*role).to_owned()).collect()),
            ..RawPerson::default()
        });
        RawConfig { people: people.collect(), ..RawConfig::default() }
    }

    #[test]
    fn nobody_gives_rights_that_they_do_not_have() {
        let here = office(&[(1, "admin", &[]), (2, "user", &[]), (3, "user", &["technical"])]);
        let with = |id: u32, preset: &str, roles: &[&str]| {
            let mut after = here.clone();
            let row = after.people.iter_mut().find(|row| row.id == Some(id)).unwrap();
            row.role = Some(preset.to_owned());
            row.roles = Some(roles.iter().map(|role| (*role).to_owned()).collect());
            after
        };
        let manager = Rights::written(None, ["phone_manager"]);
        let (admin, clerk) = (Rights::written(Some("admin"), []), Rights::written(Some("office"), []));
        for (rights, after, is_fine) in [
            (manager, with(2, "office", &["billing"]), true),
            (manager, with(2, "user", &["phone_manager"]), true),
            (manager, with(3, "user", &[]), true),
            (manager, with(2, "admin", &[]), false),
            (manager, with(2, "user", &["decision_maker"]), false),
            (manager, with(1, "user", &[]), false),
            (clerk, with(2, "office", &[]), false),
            (clerk, here.clone(), true),
            (admin, with(2, "admin", &[]), true),
        ] {
            let found = stays_within(rights, &standings(&here), &standings(&after));
            assert_eq!(found.is_ok(), is_fine, "{:?}", after.people);
        }
    }

    /// F6: neither by making a profile, nor by changing one that somebody has, nor by giving one to somebody.
    #[test]
    fn f6_a_profile_opens_no_more_than_whoever_makes_or_gives_it_may() {
        let profile = |name: &str, rights: &[&str]| config::RawProfile {
            name: Some(name.to_owned()),
            rights: Some(rights.iter().map(|right| (*right).to_owned()).collect()),
            ..config::RawProfile::default()
        };
        let mut here = office(&[(1, "admin", &[]), (2, "user", &[]), (3, "user", &[])]);
        here.profiles = vec![profile("Calls", &["calls: see"]), profile("Box", &["box: change"])];
        here.people[2].profile = Some("Calls".to_owned());
        let with = |edit: &dyn Fn(&mut RawConfig)| {
            let mut after = here.clone();
            edit(&mut after);
            after
        };
        let give = |id: usize, name: &str| with(&|raw| raw.people[id - 1].profile = Some(name.to_owned()));
        let manager = Rights::written(None, ["phone_manager"]);
        let (admin, clerk) = (Rights::written(Some("admin"), []), Rights::written(Some("office"), []));
        let more = &with(&|raw| raw.profiles[0] = profile("Calls", &["calls: see", "box: see"]));
        let less = &with(&|raw| raw.profiles[0] = profile("Calls", &["codes: see"]));
        let renamed = &with(&|raw| {
            raw.profiles[0] = profile("All calls", &["calls: see"]);
            raw.people[2].profile = Some("All calls".to_owned());
        });
        for (rights, after, is_fine) in [
            (manager, &give(2, "Calls"), true),
            (manager, &give(1, "Calls"), true),
            (manager, &give(2, "Box"), false),
            (manager, &give(1, "Box"), false),
            (manager, &with(&|raw| raw.people[2].profile = None), true),
            (manager, more, false),
            (manager, less, true),
            (manager, renamed, true),
            (manager, &with(&|raw| drop(raw.profiles.pop())), false),
            (manager, &with(&|raw| raw.profiles.push(profile("New", &["box: see"]))), false),
            (manager, &with(&|raw| raw.profiles.push(profile("New", &["history: change"]))), true),
            (clerk, &with(&|raw| raw.profiles.push(profile("New", &["times: see"]))), false),
            (clerk, &give(2, "Calls"), false),
            (clerk, &here, true),
            (admin, &give(2, "Box"), true),
            (admin, more, true),
        ] {
            let found = stays_within(rights, &standings(&here), &standings(after));
            assert_eq!(found.is_ok(), is_fine, "{:?} {:?}", after.profiles, after.people);
        }
    }

    #[test]
    fn f6_somebody_new_with_a_pin_that_is_not_hashed_yet_stands_as_their_profile_says() {
        let mut raw = office(&[(1, "user", &[])]);
        raw.profiles = vec![config::RawProfile {
            name: Some("All".to_owned()),
            rights: Some(Area::ALL.map(|area| format!("{}: change", area.as_str())).to_vec()),
            ..config::RawProfile::default()
        }];
        raw.people.push(RawPerson {
            name: Some("New".to_owned()),
            profile: Some("All".to_owned()),
            pin: Some(Secret::new("739116")),
            ..RawPerson::default()
        });
        let found = standings(&raw);
        assert!(found.people[&(None, 0)].rights.cover(config::Preset::Admin.rights()));
    }

    #[test]
    fn f26_under_which_number_somebody_calls_is_decided_by_who_may_change_that() {
        let here = office(&[(1, "admin", &[]), (2, "user", &[])]);
        let edits: [fn(&mut RawPerson); 2] =
            [|row| row.caller_number = Some("+4930123450".to_owned()), |row| row.hides_number = Some(true)];
        for edit in edits {
            let mut after = here.clone();
            after.people.iter_mut().for_each(edit);
            for (roles, preset, may) in
                [("billing", "user", true), ("emergency", "user", true), ("", "office", false), ("", "user", false)]
            {
                let rights = Rights::written(Some(preset), [roles]);
                for (before, after) in [(&here, &after), (&after, &here)] {
                    let found = stays_within(rights, &standings(before), &standings(after));
                    assert_eq!(found.is_ok(), may, "{roles} {preset}");
                }
            }
        }
    }

    #[test]
    fn the_only_owner_stays_one_with_a_new_pin_and_not_without_a_password() {
        let mut here = office(&[(1, "admin", &[]), (2, "user", &[])]);
        here.people[0].email = Some("olga@example.com".to_owned());
        here.people[0].password_hash = Some(Secret::new("x"));
        here.people[0].pin = Some(Secret::new("739116"));
        assert!(keeps_an_owner(&standings(&here)).is_ok());
        here.people[0].password_hash = None;
        assert!(keeps_an_owner(&standings(&here)).is_err());
    }

    #[test]
    fn what_somebody_with_more_rights_signs_in_with_stays() {
        let here = office(&[(1, "admin", &[]), (2, "user", &[])]);
        let manager = Rights::written(None, ["phone_manager"]);
        let edits: [fn(&mut RawPerson); 4] = [
            |row| row.email = Some("mine@example.com".to_owned()),
            |row| row.password_hash = Some(Secret::new("x")),
            |row| row.pin = Some(Secret::new("x")),
            |row| row.id = Some(9),
        ];
        for edit in edits {
            for (place, is_fine) in [(0, false), (1, true)] {
                let mut after = here.clone();
                edit(&mut after.people[place]);
                let found = stays_within(manager, &standings(&here), &standings(&after));
                assert_eq!(found.is_ok(), is_fine, "{:?}", after.people[place]);
            }
        }
        let mut after = here.clone();
        after.people[0].ring_s = Some(40);
        assert!(stays_within(manager, &standings(&here), &standings(&after)).is_ok(), "that opens nothing");
    }
}
