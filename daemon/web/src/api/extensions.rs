//! Extension status (F160): every extension at a glance, what is switched on for it, and the switches of all of them.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{
    Area, BadTarget, Config, Diversion, DiversionKind, Fault, Level, MAX_PEOPLE, RuleChange, RuleFault, Target,
};
use jiff::Timestamp;
use pbx::status::{PhoneStatus, Status};
use pbx::words::Language;

use super::answering::{target_row, whose};
use super::export::Csv;
use super::heading::{self, Heading};
use super::model::{
    BossRow, DiversionState, DiversionWish, ExtensionRow, Extensions, ExtensionsOff, ExtensionsQuery, PhoneState, Saved,
};
use super::wire::{Asked, At, Sent};
use super::{App, assistant, rows, saves};
use crate::office::Office;
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Malformed, Unchanged};

/// The longest text that is searched for, in characters: a few dozen extensions.
const SEARCH_MAX: usize = 200;

/// How many are shown unless more are asked for: a page is read, and drawn, at once.
const SHOWN: u16 = 100;

/// Every extension: whether it can be reached, what it does, and what is switched on for it
#[utoipa::path(get, path = "/api/extensions", tag = "office", params(ExtensionsQuery),
    responses((status = 200, body = Extensions)))]
pub(super) async fn list(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Asked(asked): Asked<ExtensionsQuery>,
) -> Json<Extensions> {
    let seen = Seen::now(&*app.office);
    let mut found = seen.found(&login, &asked);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let (all, of_them) = (count(seen.config.extensions().count()), count(found.len()));
    found.truncate(rows::page(asked.limit, SHOWN, u16::try_from(MAX_PEOPLE).unwrap_or(u16::MAX)));
    Json(Extensions { extensions: found, found: of_them, all, revision: seen.config.revision() })
}

/// The same extensions as a table, all that were asked for
#[utoipa::path(get, path = "/api/extensions/export", tag = "office", params(ExtensionsQuery),
    responses((status = 200, content_type = "text/csv", description = "RFC 4180, in UTF-8.", body = String)))]
pub(super) async fn export(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    Asked(asked): Asked<ExtensionsQuery>,
) -> Response {
    let before = [Heading::Extension, Heading::Name, Heading::Department, Heading::Site, Heading::State];
    let before = before.into_iter().chain([Heading::PhonesRegistered, Heading::Phones]);
    let diversions = DiversionKind::ALL.map(Heading::Diversion);
    let headings: Vec<_> = before.chain(diversions).chain([Heading::AnswersFor, Heading::Rule]).collect();
    let mut table = Csv::of(language, &headings);
    for row in Seen::now(&*app.office).found(&login, &asked) {
        let (registered, phones) = (row.phones_registered.to_string(), row.phones.to_string());
        let diversions = DiversionKind::ALL.map(|kind| cell(&row, kind, language));
        let bosses = row.bosses.iter().filter(|boss| boss.on).map(|boss| boss.extension.as_str());
        let bosses = bosses.collect::<Vec<_>>().join(" ");
        let (department, site) = (row.department.as_deref(), row.site.as_deref());
        let mut cells = vec![row.extension.as_str(), &row.name];
        cells.extend([department.unwrap_or_default(), site.unwrap_or_default(), heading::state(language, row.state)]);
        cells.extend([registered.as_str(), &phones]);
        cells.extend(diversions.iter().map(String::as_str));
        cells.extend([bosses.as_str(), row.rule.as_deref().unwrap_or_default()]);
        table.row(&cells);
    }
    table.answer("extensions")
}

/// What a table says of a diversion: nothing while it is off, else where calls go, who rings, or yes.
fn cell(row: &ExtensionRow, kind: DiversionKind, language: Language) -> String {
    let known = row.diversions.iter().find(|one| one.on && one.kind == kind.as_str());
    let Some(known) = known else { return String::new() };
    let to = known.to.as_ref().map(|to| format!("{} {}", to.kind, to.id));
    let list = Some(known.list.join(" ")).filter(|list| !list.is_empty());
    to.or(list).unwrap_or_else(|| heading::yes(language, true).to_owned())
}

/// Switches a diversion of somebody's on or off
#[utoipa::path(put, path = "/api/extensions/{extension}/diversions/{kind}", tag = "office", request_body = DiversionWish,
    params(("extension" = String, Path, description = "The extension."),
        ("kind" = String, Path, description = "The diversion, as its rows name it.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn divert(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((extension, kind)): At<(String, String)>,
    Sent(sent): Sent<DiversionWish>,
) -> Result<Json<Saved>, Problem> {
    let asker = login.clone();
    saves::save(&app, login, move |office, raw, config| {
        may_change(config, &asker, &extension)?;
        let kind = DiversionKind::named(&kind).ok_or_else(|| Problem::not_found(Unchanged::NoSuchDiversion))?;
        let to = sent.to.map(|to| format!("{} {}", to.kind.trim(), to.id.trim()).parse::<Target>()).transpose();
        let to = to.map_err(|bad: BadTarget| Problem::field("to", Fault::from(RuleFault::BadTarget(bad))))?;
        if sent.on && kind == DiversionKind::Assistant && !assistant::has_message(office, &extension)? {
            return Err(Problem::new(StatusCode::CONFLICT, Unchanged::NoAssistantMessage));
        }
        let change = RuleChange::Divert { kind, is_on: sent.on, to };
        let name = rows::name_of(config, &extension);
        let nobody_listed = || Problem::new(StatusCode::CONFLICT, Unchanged::NobodyListed { name });
        change.apply(raw, config, &extension, office.now().wall).ok_or_else(nobody_listed)
    })
    .await
}

/// Switches every diversion of these extensions off, in one revision
#[utoipa::path(post, path = "/api/extensions/off", tag = "office", request_body = ExtensionsOff,
    responses((status = 200, body = Saved)))]
pub(super) async fn switch_off(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Sent(sent): Sent<ExtensionsOff>,
) -> Result<Json<Saved>, Problem> {
    if !(1..=MAX_PEOPLE).contains(&sent.extensions.len()) {
        return Err(Problem::field("extensions", Unchanged::NotSoMany { most: MAX_PEOPLE }));
    }
    let asker = login.clone();
    saves::save(&app, login, move |office, raw, config| {
        for extension in &sent.extensions {
            may_change(config, &asker, extension)?;
            let change = RuleChange::DivertNothing;
            change.apply(raw, config, extension, office.now().wall).ok_or_else(rows::nobody)?;
        }
        Ok(())
    })
    .await
}

fn may_change(config: &Config, asker: &Login, extension: &str) -> Result<(), Problem> {
    let known = config.extension(extension).ok_or_else(|| Problem::not_found(Malformed::NotThere))?;
    whose(config, asker, &known.person.0.to_string(), Level::Change).map(|_| ())
}

/// One look at the office: what is published, and what is in force.
struct Seen {
    config: std::sync::Arc<Config>,
    status: std::sync::Arc<Status>,
    now: Timestamp,
}

impl Seen {
    fn now(office: &dyn Office) -> Seen {
        Seen { config: office.config(), status: office.status(), now: office.now().wall }
    }

    /// The rows that are asked for, in order of their numbers.
    fn found(&self, login: &Login, asked: &ExtensionsQuery) -> Vec<ExtensionRow> {
        let text: String = asked.q.iter().flat_map(|q| q.chars().take(SEARCH_MAX)).collect();
        let text = text.to_lowercase();
        let sought: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|one| !one.is_empty()).collect();
        let (calls, bosses, phones) = (self.calls(), self.bosses(), self.phones());
        let row = |extension: &config::Extension| {
            let number = extension.number.as_str();
            let phones = phones.get(number).map(Vec::as_slice).unwrap_or_default();
            self.row(login, extension, phones, calls.get(number), bosses.get(number))
        };
        let rows = self.config.extensions().map(row).filter(|row| sought.is_empty() || has(row, &sought));
        rows.filter(|row| asked.on.is_none_or(|on| row.is_diverted == on)).collect()
    }

    fn row(
        &self,
        login: &Login,
        extension: &config::Extension,
        phones: &[&PhoneStatus],
        call: Option<&PhoneState>,
        bosses: Option<&Vec<BossRow>>,
    ) -> ExtensionRow {
        let (config, answering) = (&self.config, &extension.answering);
        let person = config.person(extension.person);
        let registered = phones.iter().filter(|phone| !phone.bindings.is_empty()).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let diversions: Vec<_> = answering.diversions.iter().map(|one| diversion(one, self.now)).collect();
        let rule = answering.active(self.now).and_then(|place| answering.rules.get(place));
        // What a private lamp hides is hidden here too.
        let is_own = login.person == extension.person;
        let is_seen = !extension.private_lamp || login.rights.may_see(Area::Live) || is_own;
        ExtensionRow {
            extension: extension.number.to_string(),
            name: person.map(|person| person.name.clone()).unwrap_or_default(),
            person_id: extension.person.0,
            label: extension.caller_id.label.clone(),
            department: person.and_then(|person| person.department.clone()),
            site: person.and_then(|person| person.site.clone()),
            state: match (registered, call.filter(|_| is_seen)) {
                (0, _) => PhoneState::Offline,
                (_, None) => PhoneState::Idle,
                (_, Some(state)) => *state,
            },
            phones: count(config.phones_of(extension.number.as_str()).count()),
            phones_registered: count(registered),
            is_diverted: answering.diversions.iter().any(|one| one.kind.ends_with_all() && one.is_on(self.now)),
            diversions,
            bosses: bosses.cloned().unwrap_or_default(),
            rule: rule.map(|rule| rule.when.name.clone()),
            may_change: whose(config, login, &extension.person.0.to_string(), Level::Change).is_ok(),
        }
    }

    fn phones(&self) -> BTreeMap<&str, Vec<&PhoneStatus>> {
        let mut phones: BTreeMap<&str, Vec<&PhoneStatus>> = BTreeMap::new();
        for phone in self.status.phones.iter() {
            phones.entry(phone.extension.as_str()).or_default().push(phone);
        }
        phones
    }

    /// What those do who are in a call, by the oldest of several: whoever has been answered, and both sides while it rings.
    fn calls(&self) -> BTreeMap<&str, PhoneState> {
        let mut calls = BTreeMap::new();
        for call in &self.status.calls {
            let state = match call.state.as_str() {
                "ringing" | "placing" => PhoneState::Ringing,
                "held" => PhoneState::Held,
                _ => PhoneState::Talking,
            };
            let is_begun = matches!(call.state.as_str(), "ringing" | "placing");
            let caller = Some(call.from.as_str()).filter(|_| is_begun);
            let rings = call.rings_at.iter().map(String::as_str).chain(caller);
            let parties = call.parties.iter().map(|party| party.number.as_str());
            for number in parties.chain(rings) {
                calls.entry(number).or_insert(state);
            }
        }
        calls
    }

    /// For whom each secretary answers.
    fn bosses(&self) -> BTreeMap<&str, Vec<BossRow>> {
        let mut bosses: BTreeMap<&str, Vec<BossRow>> = BTreeMap::new();
        for boss in self.config.extensions() {
            for one in boss.answering.secretaries().iter().flat_map(|known| &known.list) {
                let number = boss.number.to_string();
                let name = rows::name_of(&self.config, &number);
                let row = BossRow { extension: number, name, on: one.is_on };
                bosses.entry(one.extension.as_str()).or_default().push(row);
            }
        }
        bosses
    }
}

fn diversion(known: &Diversion, now: Timestamp) -> DiversionState {
    let followed = known.follow_me.iter().flat_map(|follow_me| &follow_me.list).map(|to| to.id().to_owned());
    let secretaries = known.secretaries.iter().flat_map(|known| &known.list).map(|one| one.extension.to_string());
    DiversionState {
        kind: known.kind.as_str().to_owned(),
        on: known.is_on(now),
        when: known.follows().map(|group| group.name.clone()),
        until: known.changes_at(now),
        to: known.to.as_ref().map(target_row),
        list: followed.chain(secretaries).collect(),
    }
}

/// Whether one of these stands in what an extension is known by; they are in small letters.
fn has(row: &ExtensionRow, sought: &[&str]) -> bool {
    let known = [Some(&row.extension), Some(&row.name), row.label.as_ref(), row.department.as_ref(), row.site.as_ref()];
    let known: Vec<String> = known.into_iter().flatten().map(|text| text.to_lowercase()).collect();
    sought.iter().any(|one| known.iter().any(|text| text.contains(one)))
}
