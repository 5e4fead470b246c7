//! Time groups: the office's and those of its sites, which many may use and a few change, and people's own.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{
    Area, COUNTRIES, Config, Forced, GroupOwner, Level, PersonId, Preset, RawConfig, RawPerson, RawTimeGroup, Site,
};
use jiff::Timestamp;
use jiff::civil::Date;
use pbx::words::Language;
use pbx::words::plain::Meant;

use super::answering::whose;
use super::model::{
    ForceWrite, OpenSpan, RemovedTimeGroup, Saved, TimeGroup, TimeGroupChange, TimeGroupWrite, TimeGroups,
};
use super::wire::{Asked, At, IfMatch, Sent, etag, versioned};
use super::{App, rows, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Unchanged};

/// How many changes are told of each group.
const CHANGES_TOLD: usize = 5;

/// How many days the week's view has, from today on.
const DAYS_SHOWN: usize = 7;

/// What the address of a site begins with, before its name.
const SITE: &str = "site:";

/// Whose groups an address names.
#[derive(Clone)]
pub(super) enum Owner {
    Office,
    Site(String),
    Person(PersonId),
}

impl Owner {
    pub(super) fn of(config: &Config, login: &Login, who: &str, level: Level) -> Result<Owner, Problem> {
        if let Some(name) = who.strip_prefix(SITE) {
            let site = config.site(name).ok_or_else(|| Problem::not_found(Unchanged::NoSuchSite))?;
            return may_manage(config, login, site, level).map(|()| Owner::Site(name.to_owned()));
        }
        if who != "office" {
            return whose(config, login, who, level)
                .or_else(|refused| by_times(config, login, who, level).ok_or(refused))
                .map(Owner::Person);
        }
        login.may(Area::Times, level).map(|()| Owner::Office)
    }

    fn known(&self, config: &Config) -> Result<GroupOwner, Problem> {
        Ok(match self {
            Owner::Office => GroupOwner::Office,
            Owner::Site(name) => GroupOwner::Site(name.clone()),
            Owner::Person(id) => {
                let extension = saves::extension_of(config, *id)?;
                let none = || Problem::new(StatusCode::CONFLICT, Unchanged::NoExtension);
                let known = config.extension(&extension).ok_or_else(none)?;
                GroupOwner::Person(known.number.clone())
            }
        })
    }

    fn rows<'r>(&self, raw: &'r mut RawConfig) -> Result<&'r mut Vec<RawTimeGroup>, Problem> {
        match self {
            Owner::Office => Ok(&mut raw.time_groups),
            Owner::Site(name) => {
                let site = raw.sites.iter_mut().find(|row| row.name.as_deref() == Some(name.as_str()));
                site.map(|site| &mut site.time_groups).ok_or_else(|| Problem::not_found(Unchanged::NoSuchSite))
            }
            Owner::Person(id) => Ok(&mut rows::row(raw, *id)?.time_groups),
        }
    }
}

/// Whom the address names, where who asks may change the times of everybody, or of everybody at that one's site (F50). The times of
/// those who have rights in the office stay theirs.
fn by_times(config: &Config, login: &Login, who: &str, level: Level) -> Option<PersonId> {
    let person =
        config.person(PersonId(who.parse().ok()?)).filter(|person| person.rights() == Preset::User.rights())?;
    let site = person.site.as_deref().and_then(|name| config.site(name));
    let may = site.map_or_else(|| login.may(Area::Times, level), |site| may_manage(config, login, site, level));
    may.is_ok().then_some(person.id)
}

/// The groups of a site are changed by who may change the office's, and by its managers.
fn may_manage(config: &Config, login: &Login, site: &Site, level: Level) -> Result<(), Problem> {
    let own = config.person(login.person).and_then(|person| person.extension.as_ref());
    if site.is_managed_by(own) { Ok(()) } else { login.may(Area::Times, level) }
}

/// The time groups that somebody may use, and when they change next
#[utoipa::path(get, path = "/api/time-groups/{who}", tag = "answering",
    params(("who" = String, Path, description = "`me`, `office`, `site:` and a site's name, or a person's number.")),
    responses((status = 200, body = TimeGroups)))]
pub(super) async fn list(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    At(who): At<String>,
) -> Result<Response, Problem> {
    let config = app.office.config();
    let owner = Owner::of(&config, &login, &who, Level::See)?.known(&config)?;
    let now = app.office.now().wall;
    let owners = config.owners_near(&owner);
    let groups = owners.iter().flat_map(|owner| config.time_groups_of(owner));
    let groups = groups.map(|group| {
        let is_own = group.owner == owner;
        TimeGroup { is_own, ..shown(&config, group, now, language) }
    });
    let managed = config.sites().iter().filter(|site| may_manage(&config, &login, site, Level::Change).is_ok());
    let shown = TimeGroups {
        groups: groups.collect(),
        time_zone: config.clock_of(&owner).iana_name().map(str::to_owned),
        sites: managed.map(|site| site.name.clone()).collect(),
        countries: COUNTRIES.map(str::to_owned).to_vec(),
        etag: version(&config, &owner),
    };
    Ok(versioned(&shown.etag.clone(), shown))
}

/// Adds a time group
#[utoipa::path(post, path = "/api/time-groups/{who}", tag = "answering", request_body = TimeGroupWrite,
    params(("who" = String, Path, description = "`me`, `office`, `site:` and a site's name, or a person's number.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(who): At<String>,
    Sent(sent): Sent<TimeGroupWrite>,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, &who, None, move |raw, _, owner| {
        owner.rows(raw)?.push(raw_group(sent));
        Ok(())
    })
    .await
}

/// Changes a time group; rules by it go on with its new name
#[utoipa::path(put, path = "/api/time-groups/{who}/{name}", tag = "answering", request_body = TimeGroupWrite,
    params(("who" = String, Path, description = "`me`, `office`, `site:` and a site's name, or a person's number."),
        ("name" = String, Path, description = "The name that it has."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((who, name)): At<(String, String)>,
    seen: IfMatch,
    Sent(sent): Sent<TimeGroupWrite>,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, &who, Some(seen), move |raw, config, owner| {
        let known = owner.known(config)?;
        for person in raw.people.iter_mut().filter(|person| means(config, person, &known, &name)) {
            rename(person, &name, sent.name.trim());
        }
        if matches!(owner, Owner::Office) {
            raw.rename_in_nights(&name, sent.name.trim());
        }
        let row = row_of(owner.rows(raw)?, &name)?;
        // What was said against its times holds as long as it was meant to.
        let forced = row.forced.take();
        *row = RawTimeGroup { forced, ..raw_group(sent) };
        Ok(())
    })
    .await
}

/// Removes a time group; rules, diversions and night modes by it go on by another one, which has to be named
#[utoipa::path(delete, path = "/api/time-groups/{who}/{name}", tag = "answering",
    params(("who" = String, Path, description = "`me`, `office`, `site:` and a site's name, or a person's number."),
        ("name" = String, Path, description = "Its name."), RemovedTimeGroup,
        ("If-Match" = String, Header, description = "The etag of what was seen.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn remove(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((who, name)): At<(String, String)>,
    Asked(asked): Asked<RemovedTimeGroup>,
    seen: IfMatch,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, &who, Some(seen), move |raw, config, owner| {
        let known = owner.known(config)?;
        let users = used_by(config, &known, &name);
        match asked.to.as_deref() {
            None if users.is_empty() => {}
            None => return Err(in_use(&users)),
            Some(to) => replace(raw, config, &known, (&name, to))?,
        }
        let rows = owner.rows(raw)?;
        row_of(rows, &name)?;
        rows.retain(|row| row.name.as_deref() != Some(name.as_str()));
        Ok(())
    })
    .await
}

/// Opens or closes a time group against its times, or lets it follow them again
#[utoipa::path(post, path = "/api/time-groups/{who}/{name}/force", tag = "answering", request_body = ForceWrite,
    params(("who" = String, Path, description = "`me`, `office`, `site:` and a site's name, or a person's number."),
        ("name" = String, Path, description = "Its name.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn force(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((who, name)): At<(String, String)>,
    Sent(sent): Sent<ForceWrite>,
) -> Result<Json<Saved>, Problem> {
    let now = app.office.now().wall;
    save(&app, login, &who, None, move |raw, config, owner| {
        let known = owner.known(config)?;
        if matches!(owner, Owner::Office) {
            raw.let_nights_go(&name);
        }
        let row = row_of(owner.rows(raw)?, &name)?;
        let is_open = match sent.state.as_str() {
            "open" => true,
            "closed" => false,
            "auto" => {
                row.forced = None;
                return Ok(());
            }
            other => {
                let word = other.chars().take(40).collect();
                let known = "auto, open, closed".to_owned();
                return Err(Problem::field(
                    "state",
                    config::Fault::from(config::OutsideFault::UnknownWord { word, known }),
                ));
            }
        };
        let group = config.time_groups_of(&known).find(|group| group.name == name);
        let next = group.and_then(|group| group.next_by_times(now));
        let until = if sent.for_good { None } else { sent.until.or(next) };
        if until.is_some_and(|until| until <= now) {
            return Err(Problem::field("until", Unchanged::NoSuchMoment));
        }
        row.forced = Some(Forced { is_open, until }.to_string());
        Ok(())
    })
    .await
}

async fn save(
    app: &App,
    login: Login,
    who: &str,
    seen: Option<IfMatch>,
    edit: impl FnOnce(&mut RawConfig, &Config, Owner) -> Result<(), Problem> + Send + 'static,
) -> Result<Json<Saved>, Problem> {
    let (who, asker) = (who.to_owned(), login.clone());
    saves::save(app, login, move |_, raw, config| {
        let owner = Owner::of(config, &asker, &who, Level::Change)?;
        let now = version(config, &owner.known(config)?);
        if seen.is_some_and(|seen| !seen.is(&now)) {
            let part = Unchanged::ChangedSince(Part::TimeGroups);
            return Err(Problem::new(StatusCode::PRECONDITION_FAILED, part));
        }
        edit(raw, config, owner)
    })
    .await
}

fn row_of<'r>(rows: &'r mut [RawTimeGroup], name: &str) -> Result<&'r mut RawTimeGroup, Problem> {
    let row = rows.iter_mut().find(|row| row.name.as_deref() == Some(name));
    row.ok_or_else(|| Problem::not_found(Unchanged::NoSuchTimeGroup))
}

fn raw_group(sent: TimeGroupWrite) -> RawTimeGroup {
    RawTimeGroup {
        name: Some(sent.name.trim().to_owned()),
        time_zone: sent.time_zone.filter(|zone| !zone.is_empty()),
        times: Some(sent.times),
        number: sent.number,
        ..RawTimeGroup::default()
    }
}

/// Whether this person means that group of that owner by the name.
fn means(config: &Config, person: &RawPerson, owner: &GroupOwner, name: &str) -> bool {
    let extension = person.extension.as_deref().unwrap_or_default();
    config.time_group(extension, name).is_some_and(|group| group.owner == *owner)
}

/// Lets all that is by a group of this owner be by another one, which counts there too.
fn replace(raw: &mut RawConfig, config: &Config, owner: &GroupOwner, (name, to): (&str, &str)) -> Result<(), Problem> {
    let owners = config.owners_near(owner);
    let other = owners.iter().find(|owner| config.time_groups_of(owner).any(|group| group.name == to));
    let none = || Problem::field("to", Unchanged::NoSuchTimeGroup);
    let other = other.filter(|_| to != name).ok_or_else(none)?;
    // Who has a nearer one of that name would go by that, unasked.
    let users =
        config.extensions().filter(|extension| extension.answering.groups().any(|group| is(group, owner, name)));
    let is_other = |extension: &str| config.time_group(extension, to).is_some_and(|group| group.owner == *other);
    let astray = users.map(|extension| extension.number.to_string()).filter(|number| !is_other(number));
    let astray: Vec<String> = astray.collect();
    if !astray.is_empty() {
        return Err(in_use(&astray));
    }
    for person in raw.people.iter_mut().filter(|person| means(config, person, owner, name)) {
        rename(person, name, to);
    }
    if *owner == GroupOwner::Office {
        raw.replace_in_nights(name, to);
    }
    Ok(())
}

fn in_use(users: &[String]) -> Problem {
    Problem::new(StatusCode::CONFLICT, Unchanged::TimeGroupInUse { by: users.join(", ") })
}

fn is(group: &config::TimeGroup, owner: &GroupOwner, name: &str) -> bool {
    group.name == name && group.owner == *owner
}

fn rename(person: &mut RawPerson, before: &str, after: &str) {
    let rules = person.rules.iter_mut().map(|rule| &mut rule.when);
    let diversions = person.diversions.iter_mut().map(|diversion| &mut diversion.when);
    for when in rules.chain(diversions).filter(|when| when.as_deref() == Some(before)) {
        *when = Some(after.to_owned());
    }
}

/// The extensions that have rules or diversions by a group, and the night modes that force it.
fn used_by(config: &Config, owner: &GroupOwner, name: &str) -> Vec<String> {
    let uses = |extension: &&config::Extension| extension.answering.groups().any(|group| is(group, owner, name));
    let users = config.extensions().filter(uses).map(|extension| extension.number.to_string());
    let is_of_office = *owner == GroupOwner::Office;
    let forces = |mode: &&config::NightMode| is_of_office && mode.groups.iter().any(|one| one.group == name);
    users.chain(config.night_modes().iter().filter(forces).map(|mode| mode.name.clone())).collect()
}

/// The version of all rows that somebody sees: what is forced counts, what is open does not.
fn version(config: &Config, owner: &GroupOwner) -> String {
    let owners = config.owners_near(owner);
    let groups = owners.iter().flat_map(|owner| config.time_groups_of(owner));
    let rows: Vec<(TimeGroupWrite, Option<String>)> =
        groups.map(|group| (row(group), group.forced.map(|forced| forced.to_string()))).collect();
    etag(&rows)
}

fn row(group: &config::TimeGroup) -> TimeGroupWrite {
    TimeGroupWrite {
        name: group.name.clone(),
        time_zone: group.time_zone.iana_name().map(str::to_owned),
        times: group.entries.iter().map(ToString::to_string).collect(),
        number: group.number,
    }
}

pub(super) fn shown(config: &Config, group: &config::TimeGroup, now: Timestamp, language: Language) -> TimeGroup {
    let words = language.words();
    let forced = group.forced_at(now);
    let changes = group.changes(now, CHANGES_TOLD).into_iter();
    let site = if let GroupOwner::Site(name) = &group.owner { Some(name.clone()) } else { None };
    TimeGroup {
        row: row(group),
        is_shared: !matches!(group.owner, GroupOwner::Person(_)),
        site,
        is_own: true,
        address: address(config, &group.owner),
        is_open: group.is_open(now),
        is_forced: forced.is_some(),
        forced_until: forced.and_then(|forced| forced.until),
        night_mode: group.night_holding(now).map(|night| night.mode.clone()),
        said: language.say(&Meant::Times { name: group.name.clone(), entries: group.entries.clone() }),
        changes: changes
            .map(|change| TimeGroupChange {
                at: change.at,
                opens: change.opens,
                text: words.turn(change.opens, group.time_zone.to_datetime(change.at)),
            })
            .collect(),
        week: week(group, group.time_zone.to_datetime(now).date()),
        used_by: used_by(config, &group.owner, &group.name),
    }
}

/// Where the groups of this owner are changed.
fn address(config: &Config, owner: &GroupOwner) -> String {
    match owner {
        GroupOwner::Office => "office".to_owned(),
        GroupOwner::Site(name) => format!("{SITE}{name}"),
        GroupOwner::Person(number) => {
            config.owner_of(number.as_str()).map(|person| person.id.to_string()).unwrap_or_default()
        }
    }
}

/// When its times hold in the days from this one on, as its clock shows it.
fn week(group: &config::TimeGroup, today: Date) -> Vec<OpenSpan> {
    let days = today.series(jiff::ToSpan::day(1)).take(DAYS_SHOWN);
    days.flat_map(|date| {
        let spans = group.spans_on(date).into_iter();
        spans.map(move |(from, to)| OpenSpan { date: date.to_string(), from, to })
    })
    .collect()
}
