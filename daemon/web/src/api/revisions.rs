//! How the office changed, and the way back.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use config::{Area, RawAuthorization, RawConfig, RawPerson, Rights};
use pbx::words::Language;
use store::RevisionFilter;

use super::changes::changes;
use super::model::{PastRevision, Revision, Revisions, RevisionsQuery, Saved};
use super::wire::{Asked, At};
use super::{App, rows, saves};
use crate::office::Office;
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Signing, Unchanged};

/// How the office changed, newest first
#[utoipa::path(get, path = "/api/revisions", tag = "office", params(RevisionsQuery),
    responses((status = 200, body = Revisions)))]
pub(super) async fn list(
    State(app): State<App>,
    Extension(language): Extension<Language>,
    Asked(asked): Asked<RevisionsQuery>,
) -> Result<Json<Revisions>, Problem> {
    app.wait(move |office| {
        let in_force = office.config().revision();
        let limit = rows::page(asked.limit, 50, 100);
        // One more than is shown tells whether there are older ones.
        let filter = RevisionFilter { before: asked.before, until: asked.until, limit: limit + 1 };
        let mut found = office.store().revisions(filter)?;
        let has_more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().map(|revision| revision.id).filter(|_| has_more);
        let revisions = found.into_iter().map(|revision| told(revision, in_force, language)).collect();
        Ok(Json(Revisions { revisions, next }))
    })
    .await
}

/// One revision, and what has changed since
#[utoipa::path(get, path = "/api/revisions/{id}", tag = "office",
    params(("id" = u64, Path, description = "The revision, as a call's story names it.")),
    responses((status = 200, body = PastRevision)))]
pub(super) async fn one(
    State(app): State<App>,
    Extension(language): Extension<Language>,
    At(id): At<u64>,
) -> Result<Json<PastRevision>, Problem> {
    app.wait(move |office| {
        let past = kept(office, id)?;
        let newest = office.store().revisions(RevisionFilter::newest(1))?.pop();
        let since = newest.map(|newest| changes(Some(&past.after), &newest.after, language)).unwrap_or_default();
        Ok(Json(PastRevision { revision: told(past, office.config().revision(), language), since }))
    })
    .await
}

fn told(revision: store::Revision, in_force: u64, language: Language) -> Revision {
    Revision {
        changes: changes(revision.before.as_deref(), &revision.after, language),
        id: revision.id,
        at: revision.at,
        is_in_force: revision.id == in_force,
        author: revision.author,
    }
}

fn kept(office: &dyn Office, id: u64) -> Result<store::Revision, Problem> {
    office.store().revision(id)?.ok_or_else(|| Problem::not_found(Unchanged::NoSuchRevision))
}

/// Takes one change back, and leaves what was changed elsewhere since
#[utoipa::path(post, path = "/api/revisions/{id}/undo", tag = "office",
    params(("id" = u64, Path, description = "The revision whose change is taken back.")),
    responses((status = 200, body = Saved, description = "It is a new revision, which can be taken back too.")))]
pub(super) async fn undo(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(id): At<u64>,
) -> Result<Json<Saved>, Problem> {
    let rights = login.rights;
    saves::save(&app, login, move |office, raw, _| {
        let revision = kept(office, id)?;
        let Some(before) = revision.before else {
            return Err(Problem::new(StatusCode::CONFLICT, Unchanged::NothingBefore));
        };
        let now = raw.clone();
        take_back(raw, &read(&before)?, read(&revision.after)?)?;
        may_bring_back(rights, &now, raw)
    })
    .await
}

/// Puts the whole office back as it was, with all that was changed since
#[utoipa::path(post, path = "/api/revisions/{id}/restore", tag = "office",
    params(("id" = u64, Path, description = "The revision that is put back. Passwords and PINs stay as they are.")),
    responses((status = 200, body = Saved, description = "It is a new revision, which can be taken back too.")))]
pub(super) async fn restore(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(id): At<u64>,
) -> Result<Json<Saved>, Problem> {
    let rights = login.rights;
    saves::save(&app, login, move |office, raw, _| {
        let mut past = read(&kept(office, id)?.after)?;
        for row in &mut past.people {
            if let Some(now) = raw.people.iter().find(|now| now.id == row.id) {
                keep_sign_in(row, now);
            }
        }
        keep_codes(&mut past.authorizations, &raw.authorizations);
        may_bring_back(rights, raw, &past)?;
        *raw = past;
        Ok(())
    })
    .await
}

/// Whoever may look after the history brings back what they may change themselves.
fn may_bring_back(rights: Rights, now: &RawConfig, then: &RawConfig) -> Result<(), Problem> {
    let times = |office: &RawConfig| -> Vec<_> {
        office.sites.iter().map(|site| (site.name.clone(), site.managers.clone(), site.time_groups.clone())).collect()
    };
    let is_outside = now.trunks != then.trunks || now.numbers != then.numbers || now.routes != then.routes;
    let is_keyed = now.authorizations != then.authorizations || now.accounts != then.accounts;
    let is_timed = now.time_groups != then.time_groups || now.night_modes != then.night_modes;
    let touched = [
        (Area::Security, now.office != then.office),
        (Area::People, now.people != then.people || now.departments != then.departments),
        (Area::Codes, now.feature_codes != then.feature_codes),
        (Area::Numbers, is_outside || is_keyed || now.sites != then.sites),
        (Area::Times, is_timed || times(now) != times(then)),
        (Area::Phonebook, now.contacts != then.contacts),
        (Area::Roles, now.profiles != then.profiles),
        (Area::Groups, now.groups != then.groups),
    ];
    let is_beyond = touched.into_iter().any(|(area, is_touched)| is_touched && !rights.may_change(area));
    if is_beyond { Err(Problem::new(StatusCode::FORBIDDEN, Signing::NoRight)) } else { Ok(()) }
}

/// Who has a new password or PIN keeps it: the one before may be known to others.
fn keep_sign_in(row: &mut RawPerson, now: &RawPerson) {
    (row.password_hash, row.pin_hash) = (now.password_hash.clone(), now.pin_hash.clone());
}

/// The same of codes that let calls out. One whose name no row has now may be known to others: it comes back out of use.
fn keep_codes(rows: &mut [RawAuthorization], now: &[RawAuthorization]) {
    for row in rows {
        if let Some(now) = now.iter().find(|now| now.name == row.name) {
            row.pin_hash.clone_from(&now.pin_hash);
        } else {
            row.enabled = Some(false);
        }
    }
}

fn read(office: &str) -> Result<RawConfig, Problem> {
    serde_json::from_str(office).map_err(|error| Problem::failed(Unchanged::BadRevision, &error))
}

/// Puts back what differs between `before` and `after`, as far as it is still as `after` has it.
fn take_back(now: &mut RawConfig, before: &RawConfig, after: RawConfig) -> Result<(), Problem> {
    let clash = |part: Part| Err(Problem::new(StatusCode::CONFLICT, Unchanged::ChangedSince(part)));
    if before.office != after.office {
        if now.office != after.office {
            return clash(Part::Office);
        }
        now.office = before.office.clone();
    }
    take_table(&mut now.feature_codes, &before.feature_codes, &after.feature_codes, || clash(Part::Codes))?;
    take_table(&mut now.trunks, &before.trunks, &after.trunks, || clash(Part::Trunks))?;
    take_table(&mut now.numbers, &before.numbers, &after.numbers, || clash(Part::Numbers))?;
    take_table(&mut now.routes, &before.routes, &after.routes, || clash(Part::Routes))?;
    take_table(&mut now.time_groups, &before.time_groups, &after.time_groups, || clash(Part::TimeGroups))?;
    take_table(&mut now.night_modes, &before.night_modes, &after.night_modes, || clash(Part::NightModes))?;
    let codes = now.authorizations.clone();
    let clash_of_codes = || clash(Part::Authorizations);
    take_table(&mut now.authorizations, &before.authorizations, &after.authorizations, clash_of_codes)?;
    keep_codes(&mut now.authorizations, &codes);
    take_table(&mut now.accounts, &before.accounts, &after.accounts, || clash(Part::Accounts))?;
    take_table(&mut now.sites, &before.sites, &after.sites, || clash(Part::Sites))?;
    take_table(&mut now.departments, &before.departments, &after.departments, || clash(Part::Departments))?;
    take_table(&mut now.profiles, &before.profiles, &after.profiles, || clash(Part::Profiles))?;
    take_table(&mut now.groups, &before.groups, &after.groups, || clash(Part::Groups))?;
    take_table(&mut now.contacts, &before.contacts, &after.contacts, || clash(Part::Contacts))?;
    let find = |office: &RawConfig, id| office.people.iter().find(|row| row.id == id).cloned();
    let ids: BTreeSet<Option<u32>> = before.people.iter().chain(&after.people).map(|row| row.id).collect();
    for id in ids {
        let (old, new, current) = (find(before, id), find(&after, id), find(now, id));
        if old.as_ref().map(open) == new.as_ref().map(open) {
            continue;
        }
        if current.as_ref().map(open) != new.as_ref().map(open) {
            let name = current.or(new).or(old).and_then(|row| row.name).unwrap_or_default();
            return clash(Part::Person(name));
        }
        let place = now.people.iter().position(|row| row.id == id);
        match (old, place) {
            (Some(old), Some(place)) => {
                let mut old = old;
                keep_sign_in(&mut old, &now.people[place]);
                now.people[place] = old;
            }
            (Some(old), None) => now.people.push(old),
            (None, Some(place)) => drop(now.people.remove(place)),
            (None, None) => {}
        }
    }
    Ok(())
}

/// The same for a table, row by row: others of its rows may have changed since.
fn take_table<T: Clone + PartialEq>(
    now: &mut Vec<T>,
    before: &[T],
    after: &[T],
    clash: impl FnOnce() -> Result<(), Problem>,
) -> Result<(), Problem> {
    if before == after {
        return Ok(());
    }
    if now.as_slice() == after {
        *now = before.to_vec();
        return Ok(());
    }
    let begin = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    let (old, new) = (&before[begin..], &after[begin..]);
    let gone: Vec<(usize, &T)> = old.iter().enumerate().filter(|(_, row)| !new.contains(row)).collect();
    let come: Vec<(usize, &T)> = new.iter().enumerate().filter(|(_, row)| !old.contains(row)).collect();
    let kept =
        |rows: &'_ [T], others: &'_ [T]| rows.iter().filter(|row| others.contains(row)).cloned().collect::<Vec<T>>();
    // Where rows were moved too, it is the order of all. What has come back by itself does not come twice.
    if kept(old, new) != kept(new, old) || gone.iter().any(|(_, row)| now.contains(row)) {
        return clash();
    }
    let find = |row: &T| now.iter().position(|other| other == row);
    let places: Option<Vec<usize>> = come.iter().map(|(_, row)| find(row)).collect();
    let are_apart = |places: &Vec<usize>| places.iter().collect::<BTreeSet<_>>().len() == places.len();
    let Some(mut places) = places.filter(are_apart) else { return clash() };
    if gone.iter().map(|(at, _)| at).eq(come.iter().map(|(at, _)| at)) {
        for ((_, row), place) in gone.into_iter().zip(places) {
            now[place] = row.clone();
        }
        return Ok(());
    }
    places.sort_unstable();
    for place in places.into_iter().rev() {
        now.remove(place);
    }
    for (at, row) in gone {
        // Behind the nearest that stood before it and is still there.
        let before_it = before[..begin + at].iter().rev();
        let place = before_it.filter_map(|row| now.iter().position(|other| other == row)).next();
        now.insert(place.map_or(0, |place| place + 1), row.clone());
    }
    Ok(())
}

/// A person without what only they know.
fn open(row: &RawPerson) -> RawPerson {
    RawPerson { password_hash: None, pin_hash: None, ..row.clone() }
}

#[cfg(test)]
mod tests {
    use config::{RawContact, RawTimeGroup};
    use proptest::prelude::*;

    use super::*;
    use crate::why::Why;

    const BEFORE: &str = r#"{"office":{"name":"A"},"person":[{"id":1,"name":"Desk","ring_s":20,"pin_hash":"x",
        "phones":[{"id":4,"name":"101a","ha1":{"md5":"1","sha256":"2"}}]},{"id":2,"name":"Hall"}]}"#;
    const AFTER: &str = r#"{"office":{"name":"B"},"person":[{"id":1,"name":"Desk","ring_s":30,"pin_hash":"y",
        "phones":[{"id":4,"name":"101a","ha1":{"md5":"3","sha256":"4"}}]}]}"#;

    #[test]
    fn taking_back_leaves_what_was_changed_elsewhere() {
        let (before, after) = (read(BEFORE).unwrap(), read(AFTER).unwrap());
        let mut now = after.clone();
        now.people.push(RawPerson { id: Some(3), name: Some("New".to_owned()), ..RawPerson::default() });
        now.people[0].pin_hash = Some(config::Secret::new("z"));
        take_back(&mut now, &before, after.clone()).unwrap();
        assert_eq!(now.office, before.office);
        assert_eq!((now.people[0].ring_s, now.people[0].pin_hash.as_ref().unwrap().expose()), (Some(20), "z"));
        let names: Vec<_> = now.people.iter().filter_map(|row| row.name.as_deref()).collect();
        assert_eq!(names, ["Desk", "New", "Hall"]);
    }

    /// One save: what becomes of one row of one table.
    #[derive(Clone, Copy, Debug)]
    enum Edit {
        Set { table: u8, row: u8, to: u16 },
        Remove { table: u8, row: u8 },
    }

    fn edits() -> impl Strategy<Value = Vec<Edit>> {
        let set = (0..3_u8, 0..4_u8, 0..6_u16).prop_map(|(table, row, to)| Edit::Set { table, row, to });
        let remove = (0..3_u8, 0..4_u8).prop_map(|(table, row)| Edit::Remove { table, row });
        prop::collection::vec(prop_oneof![3 => set, 1 => remove], 1..14)
    }

    fn edited(office: &RawConfig, edit: Edit) -> RawConfig {
        fn put<T>(rows: &mut Vec<T>, is_it: impl Fn(&T) -> bool, row: Option<T>) {
            match (rows.iter().position(is_it), row) {
                (Some(place), Some(row)) => rows[place] = row,
                (Some(place), None) => drop(rows.remove(place)),
                (None, row) => rows.extend(row),
            }
        }
        let (Edit::Set { table, row, .. } | Edit::Remove { table, row }) = edit;
        let to = if let Edit::Set { to, .. } = edit { Some(to) } else { None };
        let (mut office, name) = (office.clone(), Some(format!("row {row}")));
        match table {
            0 => {
                let made = |to| RawTimeGroup { name: name.clone(), number: Some(to), ..RawTimeGroup::default() };
                put(&mut office.time_groups, |row| row.name == name, to.map(made));
            }
            1 => {
                let made =
                    |to: u16| RawContact { name: name.clone(), work: Some(to.to_string()), ..RawContact::default() };
                put(&mut office.contacts, |row| row.name == name, to.map(made));
            }
            _ => {
                let id = Some(u32::from(row));
                let made = |to: u16| RawPerson { id, ring_s: Some(to), ..RawPerson::default() };
                put(&mut office.people, |row| row.id == id, to.map(made));
            }
        }
        office
    }

    /// Each row of each table: which it is, and what it says.
    fn all_rows(office: &RawConfig) -> Vec<(String, String)> {
        let groups =
            office.time_groups.iter().map(|row| (format!("group {:?}", row.name), format!("{:?}", row.number)));
        let contacts = office.contacts.iter().map(|row| (format!("contact {:?}", row.name), format!("{:?}", row.work)));
        let people = office.people.iter().map(|row| (format!("person {:?}", row.id), format!("{:?}", row.ring_s)));
        groups.chain(contacts).chain(people).collect()
    }

    /// What the row says of this name, where there is one.
    fn said<'r>(rows: &'r [(String, String)], name: &str) -> Option<&'r str> {
        rows.iter().find(|(row, _)| row == name).map(|(_, says)| says.as_str())
    }

    proptest! {
        /// Of any changes each can be taken back by itself: what it changed is as before, all else as it is now; or it says that
        /// exactly this has changed since.
        #[test]
        fn any_of_many_changes_is_taken_back_alone(edits in edits(), which in any::<prop::sample::Index>()) {
            let mut past = vec![RawConfig::default()];
            for edit in edits {
                past.push(edited(past.last().unwrap(), edit));
            }
            let place = which.index(past.len() - 1);
            let (before, after, last) = (&past[place], &past[place + 1], past.last().unwrap());
            let [before_rows, after_rows, last_rows] = [before, after, last].map(all_rows);
            let gone: Vec<_> = before_rows.iter().filter(|row| !after_rows.contains(row)).collect();
            let come: Vec<_> = after_rows.iter().filter(|row| !before_rows.contains(row)).collect();
            let mut now = last.clone();
            if take_back(&mut now, before, after.clone()).is_err() {
                prop_assert!(come.iter().chain(&gone).any(|(name, _)| said(&last_rows, name) != said(&after_rows, name)));
                return Ok(());
            }
            let now_rows = all_rows(&now);
            prop_assert!(gone.iter().all(|row| now_rows.contains(row)), "{gone:?} in {now_rows:?}");
            prop_assert!(come.iter().all(|row| !now_rows.contains(row)), "{come:?} in {now_rows:?}");
            let others = |rows: &[(String, String)]| -> Vec<(String, String)> {
                rows.iter().filter(|row| !gone.contains(row) && !come.contains(row)).cloned().collect()
            };
            prop_assert_eq!(others(&now_rows), others(&last_rows));
            if place + 2 == past.len() {
                prop_assert_eq!(all_rows(&now).len(), before_rows.len());
            }
        }
    }

    /// Tables of one letter a row: before, after, as it is now, and what undo makes of it.
    #[test]
    fn rows_come_back_where_they_stood_or_not_at_all() {
        for (before, after, now, wanted) in [
            ("ABC", "AXC", "AXCD", Some("ABCD")),
            ("ABC", "AC", "ACD", Some("ABCD")),
            ("ABC", "AC", "XAC", Some("XABC")),
            ("ABC", "BC", "DC", Some("ADC")),
            ("AB", "ABX", "ABXD", Some("ABD")),
            ("ABC", "BCX", "BCXD", Some("ABCD")),
            // Moved and changed at once; changed since; here already; not to be told apart.
            ("ABC", "CXA", "CXAD", None),
            ("ABC", "CBA", "CBAD", None),
            ("ABC", "AXC", "AYC", None),
            ("ABC", "AC", "ACB", None),
            ("", "XX", "XZ", None),
        ] {
            let [before_rows, after_rows, mut rows] = [before, after, now].map(|rows| rows.chars().collect::<Vec<_>>());
            let clash = || Err(Problem::new(StatusCode::CONFLICT, Unchanged::ChangedSince(Part::Routes)));
            let outcome = take_table(&mut rows, &before_rows, &after_rows, clash);
            let came = outcome.is_ok().then(|| rows.iter().collect::<String>());
            assert_eq!(came.as_deref(), wanted, "{before} {after} {now}");
        }
    }

    #[test]
    fn what_was_changed_again_is_not_taken_back() {
        let (before, after) = (read(BEFORE).unwrap(), read(AFTER).unwrap());
        let mut now = after.clone();
        now.people[0].ring_s = Some(40);
        let problem = take_back(&mut now, &before, after.clone()).unwrap_err();
        assert_eq!(problem.status, StatusCode::CONFLICT);
        assert!(matches!(problem.why, Why::Unchanged(Unchanged::ChangedSince(Part::Person(name))) if name == "Desk"));
        // Who was removed is there again, as somebody else.
        let mut now = after.clone();
        now.people.push(RawPerson { id: Some(2), name: Some("Cellar".to_owned()), ..RawPerson::default() });
        assert_eq!(take_back(&mut now, &before, after).unwrap_err().status, StatusCode::CONFLICT);
    }
}
