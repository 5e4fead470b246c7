//! How far each person stands in the office: with which rights, and what opens them. Whoever changes that must have those rights.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use config::{Area, Config, Person, RawConfig, RawPerson, Rights, Secret};

use crate::problem::Problem;
use crate::why::{Signing, Unchanged};

/// What makes somebody who they are at the page.
#[derive(PartialEq)]
pub(super) struct Standing {
    name: String,
    rights: Rights,
    given: (Option<String>, Option<Vec<String>>),
    email: Option<String>,
    secrets: [Option<Secret>; 3],
    /// Under which number they call outside, and whether they hide it.
    calls_as: (Option<String>, bool),
}

/// By number; new people have none yet.
pub(super) type Standings = BTreeMap<(Option<u32>, usize), Standing>;

/// As the rows have it.
pub(super) fn standings(raw: &RawConfig) -> Standings {
    let mut standings = Standings::new();
    for row in &raw.people {
        let mut key = (row.id, 0);
        while standings.contains_key(&key) {
            key.1 += 1;
        }
        standings.insert(key, Standing::of(row));
    }
    standings
}

impl Standing {
    fn of(row: &RawPerson) -> Standing {
        let roles = row.roles.as_deref().unwrap_or_default();
        Standing {
            name: row.name.clone().unwrap_or_default(),
            rights: Rights::written(row.role.as_deref(), roles.iter().map(String::as_str)),
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
        (&self.given, &self.email, &self.secrets) == (&before.given, &before.email, &before.secrets)
    }
}

/// Nobody gives or takes rights that they do not have, nor what somebody signs in with who has more of them; roles are given by who may
/// change roles, and under which number somebody calls is decided by who may change that.
pub(super) fn stays_within(rights: Rights, before: &Standings, after: &Standings) -> Result<(), Problem> {
    let refused = |why| Err(Problem::new(StatusCode::FORBIDDEN, why));
    for key in before.keys().chain(after.keys().filter(|key| !before.contains_key(*key))) {
        let (old, new) = (before.get(key), after.get(key));
        if let Some(new) = new
            && new.calls_as != old.map_or((None, false), |old| old.calls_as.clone())
            && !rights.may_change(Area::CallerId)
        {
            return refused(Signing::NoRight);
        }
        if matches!((old, new), (Some(old), Some(new)) if new.is_as(old)) {
            continue;
        }
        let Some(one) = new.or(old) else { continue };
        if ![old, new].into_iter().flatten().all(|standing| rights.cover(standing.rights)) {
            return refused(Signing::MoreRights { name: one.name.clone() });
        }
        let given = |standing: Option<&Standing>| standing.map(|standing| standing.given.clone()).unwrap_or_default();
        if given(old) != given(new) && !rights.may_change(Area::Roles) {
            return refused(Signing::NoRight);
        }
    }
    Ok(())
}

/// Whether somebody can sign in and change the office: without one, the box is to be set up.
pub fn has_owner(config: &Config) -> bool {
    config.people().any(Person::is_owner)
}

/// Nobody may lock everybody out.
pub(super) fn keeps_an_owner(after: &Standings) -> Result<(), Problem> {
    if after.values().any(Standing::is_owner) {
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
