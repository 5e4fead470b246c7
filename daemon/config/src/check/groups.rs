//! Groups, who is in them, and what that opens. Who is not here is in no group; a group that would be a part of itself is not.

use std::collections::{BTreeMap, BTreeSet};

use crate::grant::{Grant, Source};
use crate::group::{Group, MAX_GROUP_LABEL, MAX_GROUP_MANAGERS, MAX_GROUP_MEMBERS, MAX_GROUPS, Member};
use crate::ids::PersonId;
use crate::problem::{Effect, Fault, RightsFault, Table};
use crate::raw_rights::RawGroup;

use super::settings::is_label;
use super::{At, Check, shown};

/// Who is in a group, with the member group by which they are.
type Everybody = BTreeMap<PersonId, Option<String>>;

impl Check {
    /// All of them; when people and profiles are known.
    pub(super) fn groups(&mut self, rows: &[RawGroup]) {
        let mut groups: Vec<(At, Group)> = Vec::new();
        let mut judged: Vec<&RawGroup> = Vec::new();
        for (index, raw) in rows.iter().enumerate() {
            let at = At::row(Table::Group, index, raw.name.as_deref());
            if groups.len() == MAX_GROUPS {
                self.problem(&at, "", Fault::TooMany { most: MAX_GROUPS }, Effect::RowOff);
                break;
            }
            if let Some(group) = self.group_row(&at, raw, &groups) {
                judged.push(raw);
                groups.push((at, group));
            }
        }
        let names: BTreeSet<String> = groups.iter().map(|(_, group)| group.name.clone()).collect();
        for ((at, group), raw) in groups.iter_mut().zip(judged) {
            group.members = self.members(at, raw.members.as_deref().unwrap_or_default(), &names);
            group.managers = self.group_managers(at, raw.managers.as_deref().unwrap_or_default());
        }
        self.settle(&mut groups);
        self.config.groups = groups.into_iter().map(|(_, group)| group).collect();
        self.grant_by_groups();
    }

    /// The group without those who are in it.
    fn group_row(&mut self, at: &At, raw: &RawGroup, others: &[(At, Group)]) -> Option<Group> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let name = raw.name.clone().unwrap_or_default();
        if !is_label(&name, MAX_GROUP_LABEL) {
            self.off(at, "name", RightsFault::BadGroupName)?;
        }
        if others.iter().any(|(_, other)| other.name == name) {
            self.off(at, "name", RightsFault::GroupTaken { name: shown(&name) })?;
        }
        let profile = raw.profile.as_deref().and_then(|name| self.profile_of(at, name)).map(|profile| profile.name);
        Some(Group { name, profile, members: Vec::new(), managers: Vec::new(), everybody: Everybody::new() })
    }

    fn members(&mut self, at: &At, rows: &[String], groups: &BTreeSet<String>) -> Vec<Member> {
        let mut members: BTreeSet<Member> = BTreeSet::new();
        let mut listed = Vec::new();
        for row in rows {
            if listed.len() == MAX_GROUP_MEMBERS {
                self.problem(at, "members", Fault::TooMany { most: MAX_GROUP_MEMBERS }, Effect::Ignored);
                break;
            }
            let fault = match row.parse::<Member>() {
                Ok(member) if !self.is_here(&member, groups) => RightsFault::NoSuchMember { member: shown(row) },
                Ok(member) if members.insert(member.clone()) => {
                    listed.push(member);
                    continue;
                }
                Ok(_) | Err(_) => RightsFault::BadMember { member: shown(row) },
            };
            self.problem(at, "members", fault, Effect::Ignored);
        }
        listed
    }

    fn is_here(&self, member: &Member, groups: &BTreeSet<String>) -> bool {
        match member {
            Member::Person(id) => self.config.person(*id).is_some(),
            Member::Extension(number) => self.config.extension(number.as_str()).is_some(),
            Member::Group(name) => groups.contains(name),
        }
    }

    fn group_managers(&mut self, at: &At, rows: &[String]) -> Vec<PersonId> {
        let mut managers = Vec::new();
        for row in rows {
            if managers.len() == MAX_GROUP_MANAGERS {
                self.problem(at, "managers", Fault::TooMany { most: MAX_GROUP_MANAGERS }, Effect::Ignored);
                break;
            }
            match row.parse::<Member>() {
                Ok(Member::Person(id)) if self.config.person(id).is_some() && !managers.contains(&id) => {
                    managers.push(id)
                }
                Ok(_) | Err(_) => {
                    let fault = RightsFault::NotInCharge { who: shown(row) };
                    self.problem(at, "managers", fault, Effect::Ignored);
                }
            }
        }
        managers
    }

    /// Works out who is in each group, those first that hold no other; where each that is left holds another one that is left, some go
    /// round, and what closes the circle is taken out.
    fn settle(&mut self, groups: &mut [(At, Group)]) {
        let mut done: BTreeMap<String, Everybody> = BTreeMap::new();
        while done.len() < groups.len() {
            let is_left = |group: &Group| !done.contains_key(&group.name);
            let is_ready = |group: &Group| is_left(group) && group.nested().all(|name| done.contains_key(name));
            match groups.iter().map(|(_, group)| group).find(|group| is_ready(group)) {
                Some(group) => {
                    let everybody = self.everybody(group, &done);
                    done.insert(group.name.clone(), everybody);
                }
                None => self.cut(groups, &done),
            }
        }
        for (_, group) in groups {
            group.everybody = done.remove(&group.name).unwrap_or_default();
        }
    }

    fn everybody(&self, group: &Group, done: &BTreeMap<String, Everybody>) -> Everybody {
        let mut everybody = Everybody::new();
        let own = group.members.iter().filter_map(|member| match member {
            Member::Person(id) => Some(*id),
            Member::Extension(number) => Some(self.config.extension(number.as_str())?.person),
            Member::Group(_) => None,
        });
        everybody.extend(own.map(|id| (id, None)));
        for name in group.nested() {
            for id in done.get(name).into_iter().flat_map(BTreeMap::keys) {
                everybody.entry(*id).or_insert_with(|| Some(name.to_owned()));
            }
        }
        everybody
    }

    fn cut(&mut self, groups: &mut [(At, Group)], done: &BTreeMap<String, Everybody>) {
        let next = |name: &str| -> &str {
            let group = groups.iter().find(|(_, group)| group.name == name).map(|(_, group)| group);
            let left = group.and_then(|group| group.nested().find(|name| !done.contains_key(*name)));
            left.expect("each group that is left holds another one that is left")
        };
        let left = groups.iter().map(|(_, group)| group.name.as_str()).find(|name| !done.contains_key(*name));
        let mut way = vec![left.expect("some group is left")];
        let first = loop {
            let next = next(way.last().expect("the way begins with a group"));
            match way.iter().position(|name| *name == next) {
                Some(place) => break place,
                None => way.push(next),
            }
        };
        let circle: Vec<String> = way.into_iter().skip(first).map(str::to_owned).collect();
        self.take_out(groups, &circle);
    }

    /// Takes the first group of the circle out of the last, and says the way round.
    fn take_out(&mut self, groups: &mut [(At, Group)], circle: &[String]) {
        let (Some(what), Some(from)) = (circle.first(), circle.last()) else { return };
        let Some((at, group)) = groups.iter_mut().find(|(_, group)| group.name == *from) else { return };
        group.members.retain(|member| *member != Member::Group(what.clone()));
        let way: Vec<&str> = circle.iter().chain([what]).map(String::as_str).collect();
        let fault = RightsFault::InItself { way: way.join(" > ") };
        self.problem(&at.clone(), "members", fault, Effect::Ignored);
    }

    /// Everybody in a group that carries a profile has its rights.
    fn grant_by_groups(&mut self) {
        for group in &self.config.groups {
            let Some(profile) =
                group.profile.as_deref().and_then(|name| self.config.profiles.iter().find(|one| one.name == name))
            else {
                continue;
            };
            for id in group.everybody.keys() {
                if let Some(person) = self.config.people.get_mut(id) {
                    let source = Source::Group(group.name.clone());
                    person.grants.push(Grant { source, rights: profile.rights });
                }
            }
        }
    }
}
