//! What people do with their calls: their own, and that of others as far as rights reach.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{
    Actions, AlsoRings, Area, Assistant, Config, Level, PersonId, Preset, RawDiversion, RawPerson, RawRule, Secretary,
    Switch, Target, TimeGroup,
};
use jiff::Timestamp;
use pbx::route::{Dialled, Moment, route};
use pbx::words::Language;
use pbx::words::plain::Meant;

use super::callers::{caller_row, raw_caller};
use super::model::{
    AlsoRow, Answering, AnsweringSaid, AnsweringWrite, BossRow, DiversionRow, FollowedGroup, KeyRow, OrderWrite,
    RuleRow, RuleWarning, Saved, SecretaryRow, TargetRow,
};
use super::wire::{At, IfMatch, Sent, etag, versioned};
use super::{App, assistant, rows, saves, what_if};
use crate::office::Office;
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Malformed, Signing, Unchanged};

/// Whom an address names: whoever asks, or somebody else, as far as the rights of whoever asks reach. Rules of those who have rights in
/// the office are changed only by who may change people.
pub(super) fn whose(config: &Config, login: &Login, who: &str, level: Level) -> Result<PersonId, Problem> {
    let id = match who {
        "me" => return Ok(login.person),
        id => PersonId(id.parse().map_err(|_| Problem::not_found(Malformed::NotThere))?),
    };
    if id == login.person {
        return Ok(id);
    }
    login.may(Area::Basics, level)?;
    let is_user = config.person(id).is_none_or(|person| person.rights() == Preset::User.rights());
    if !is_user && login.rights.of(Area::People) < level {
        return Err(Problem::new(StatusCode::FORBIDDEN, Signing::NoRight));
    }
    Ok(id)
}

/// What a person does with calls, and what follows now
#[utoipa::path(get, path = "/api/answering/{who}", tag = "answering",
    params(("who" = String, Path, description = "`me`, or a person's number.")),
    responses((status = 200, body = Answering)))]
pub(super) async fn shown(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    At(who): At<String>,
) -> Result<Response, Problem> {
    let shown = answering(&*app.office, whose(&app.office.config(), &login, &who, Level::See)?, language)?;
    Ok(versioned(&shown.etag.clone(), shown))
}

/// Replaces all of it
#[utoipa::path(put, path = "/api/answering/{who}", tag = "answering", request_body = AnsweringWrite,
    params(("who" = String, Path, description = "`me`, or a person's number."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn replace(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(who): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<AnsweringWrite>,
) -> Result<Json<Saved>, Problem> {
    assistant::judge(&app, whose(&app.office.config(), &login, &who, Level::Change)?, &sent.diversions).await?;
    save(&app, login, &who, seen, move |row, _| {
        if sent.otherwise.when.is_some() || sent.otherwise.enabled == Some(false) {
            return Err(Problem::field("otherwise", Unchanged::DefaultRuleStays));
        }
        if sent.rules.iter().any(|rule| rule.when.is_none()) {
            return Err(Problem::field("when", config::Fault::Missing));
        }
        let rules = sent.rules.into_iter().map(raw_rule);
        let otherwise = Some(raw_rule(sent.otherwise)).filter(|rule| *rule != RawRule::default());
        row.rules = rules.chain(otherwise).collect();
        row.diversions = sent.diversions.into_iter().map(raw_diversion).collect();
        row.callers = sent.callers.into_iter().map(raw_caller).collect();
        row.blocked_hear = sent.blocked_hear;
        row.anonymous_hear = sent.anonymous_hear;
        if let Some(is_on) = sent.completion_offers {
            row.completion_offers = Some(is_on).filter(|is_on| !is_on);
        }
        Ok(())
    })
    .await
}

/// Adds a rule, before all whose time groups are wider
#[utoipa::path(post, path = "/api/answering/{who}/rules", tag = "answering", request_body = RuleRow,
    params(("who" = String, Path, description = "`me`, or a person's number."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(who): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<RuleRow>,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, &who, seen, move |row, config| {
        let extension = row.extension.as_deref().unwrap_or_default();
        let group = sent.when.as_deref().and_then(|when| config.time_group(extension, when));
        let Some(group) = group else {
            let name = sent.when.unwrap_or_default().chars().take(40).collect();
            return Err(Problem::field("when", config::Fault::from(config::RuleFault::NoSuchGroup { name })));
        };
        // A bad row of before is in no rule of the office: then the new one goes before all.
        let known = config.extension(extension).map(|extension| &extension.answering);
        let place = known.map_or(0, |known| known.place_for(group.specificity())).min(row.rules.len());
        row.rules.insert(place, raw_rule(sent));
        Ok(())
    })
    .await
}

/// Puts the rules into another order
#[utoipa::path(put, path = "/api/answering/{who}/order", tag = "answering", request_body = OrderWrite,
    params(("who" = String, Path, description = "`me`, or a person's number."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn reorder(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(who): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<OrderWrite>,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, &who, seen, move |row, _| {
        let rules: Vec<&RawRule> = row.rules.iter().filter(|rule| rule.when.is_some()).collect();
        let places: BTreeSet<usize> = sent.order.iter().copied().collect();
        if sent.order.len() != rules.len() || !places.into_iter().eq(0..rules.len()) {
            return Err(Problem::field("order", Unchanged::NoSuchOrder));
        }
        let mut ordered: Vec<RawRule> = sent.order.iter().map(|place| rules[*place].clone()).collect();
        ordered.extend(row.rules.iter().filter(|rule| rule.when.is_none()).cloned());
        row.rules = ordered;
        Ok(())
    })
    .await
}

/// Removes a rule; the default one stays
#[utoipa::path(delete, path = "/api/answering/{who}/rules/{place}", tag = "answering",
    params(("who" = String, Path, description = "`me`, or a person's number."),
        ("place" = String, Path, description = "The rule's place from 0, or `default`."),
        ("If-Match" = String, Header, description = "The etag of what was seen.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn remove(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((who, place)): At<(String, String)>,
    seen: IfMatch,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, &who, seen, move |row, _| {
        if place == "default" {
            return Err(Problem::new(StatusCode::CONFLICT, Unchanged::DefaultRuleStays));
        }
        let mut rules = row.rules.iter().enumerate().filter(|(_, rule)| rule.when.is_some());
        let found = place.parse().ok().and_then(|place| rules.nth(place)).map(|(at, _)| at);
        row.rules.remove(found.ok_or_else(|| Problem::not_found(Unchanged::NoSuchRule))?);
        Ok(())
    })
    .await
}

async fn save(
    app: &App,
    login: Login,
    who: &str,
    seen: IfMatch,
    edit: impl FnOnce(&mut RawPerson, &Config) -> Result<(), Problem> + Send + 'static,
) -> Result<Json<Saved>, Problem> {
    let (who, asker) = (who.to_owned(), login.clone());
    saves::save(app, login, move |office, raw, config| {
        let id = whose(config, &asker, &who, Level::Change)?;
        if !seen.is(&rows_of(config, id)?.1) {
            return Err(saves::changed_meanwhile(office, id));
        }
        edit(rows::row(raw, id)?, config)
    })
    .await
}

fn answering(office: &dyn Office, id: PersonId, language: Language) -> Result<Answering, Problem> {
    let (config, now) = (office.config(), office.now().wall);
    let extension = saves::extension_of(&config, id)?;
    let (rows, etag) = rows_of(&config, id)?;
    let known = config.extension(&extension).map(|extension| extension.answering.clone()).unwrap_or_default();
    // A caller of no list, and with a number: what becomes of most calls.
    let dialled =
        Dialled { user: String::new(), extension: "0".to_owned(), number: extension.clone(), diverted_by: None };
    let said = said(&known, language);
    let presence = what_if::presence(&config, &office.status());
    let plan = route(&config, &Moment { wall: now }, &presence, &dialled);
    let words = language.words();
    let first = plan.steps.first();
    let shadows = known.shadows(now).into_iter();
    Ok(Answering {
        rows,
        name: rows::name_of(&config, &extension),
        active: known.active(now),
        bosses: bosses(&config, id),
        warnings: shadows.map(|one| RuleWarning { rule: one.rule, by: one.by, at: one.at }).collect(),
        effective: first.map(|step| words.act(&step.act)).unwrap_or_default(),
        because: first.map(|step| step.because.iter().map(|why| words.reason(why)).collect()).unwrap_or_default(),
        groups: config
            .time_groups_for(&extension)
            .map(|group| group.name.clone())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        followed: followed(&known, now),
        said,
        extension,
        etag,
    })
}

/// The time groups that diversions follow, each once.
fn followed(known: &config::Answering, now: Timestamp) -> Vec<FollowedGroup> {
    let mut groups: Vec<&TimeGroup> =
        known.diversions.iter().filter_map(|one| one.follows()).map(AsRef::as_ref).collect();
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    groups.dedup_by(|a, b| a.name == b.name);
    let seen = groups.into_iter().map(|group| FollowedGroup {
        name: group.name.clone(),
        is_open: group.is_open(now),
        changes_at: group.changes(now, 1).first().map(|change| change.at),
    });
    seen.collect()
}

/// For whom somebody answers.
fn bosses(config: &Config, id: PersonId) -> Vec<BossRow> {
    let Ok(own) = saves::extension_of(config, id) else { return Vec::new() };
    let bosses = config.extensions().filter_map(|boss| {
        let known = boss.answering.secretaries()?.of(&own)?;
        let name = config.name_of(boss.number.as_str()).unwrap_or_default().to_owned();
        Some(BossRow { extension: boss.number.to_string(), name, on: known.is_on })
    });
    bosses.collect()
}

fn said(known: &config::Answering, language: Language) -> AnsweringSaid {
    let rule = |when: Option<String>, is_enabled, actions: &Actions| {
        language.say(&Meant::Rule { when, is_enabled, actions: actions.clone() })
    };
    AnsweringSaid {
        rules: known.rules.iter().map(|one| rule(Some(one.when.name.clone()), one.is_enabled, &one.actions)).collect(),
        otherwise: rule(None, true, &known.otherwise),
        diversions: known.diversions.iter().map(|one| language.say(&meant_by(one))).collect(),
    }
}

/// What a diversion says.
pub(super) fn meant_by(diversion: &config::Diversion) -> Meant {
    let (is_on, when) = (diversion.switch != Switch::Off, diversion.follows().map(|group| group.name.clone()));
    match (diversion.follow_me.clone(), diversion.secretaries.clone(), diversion.assistant.clone()) {
        (Some(follow_me), ..) => Meant::FollowMe { is_on, when, follow_me },
        (None, Some(secretaries), _) => Meant::Secretaries { is_on, when, secretaries },
        (None, None, Some(assistant)) => Meant::Assistant { is_on, when, assistant },
        (None, None, None) => Meant::Diversion { kind: diversion.kind, is_on, when, to: diversion.to.clone() },
    }
}

/// The rows as they are in force, with their version.
pub(super) fn rows_of(config: &Config, id: PersonId) -> Result<(AnsweringWrite, String), Problem> {
    let extension = saves::extension_of(config, id)?;
    let known = config.extension(&extension).map(|extension| extension.answering.clone()).unwrap_or_default();
    let rule = |rule: &config::AnsweringRule| RuleRow {
        when: Some(rule.when.name.clone()),
        enabled: Some(rule.is_enabled),
        ..rule_row(&rule.actions)
    };
    let rows = AnsweringWrite {
        rules: known.rules.iter().map(rule).collect(),
        otherwise: rule_row(&known.otherwise),
        diversions: known.diversions.iter().map(diversion_row).collect(),
        callers: known.callers.listed.iter().map(caller_row).collect(),
        blocked_hear: Some(known.callers.blocked_hear.as_str().to_owned()),
        anonymous_hear: known.callers.anonymous_hear.map(|hears| hears.as_str().to_owned()),
        completion_offers: config.extension(&extension).map(|extension| extension.completion_offers),
    };
    let version = etag(&rows);
    Ok((rows, version))
}

pub(super) fn rule_row(actions: &Actions) -> RuleRow {
    let to = |target: &Option<Target>| target.as_ref().map(target_row);
    RuleRow {
        when: None,
        enabled: None,
        ring_s: actions.ring_s,
        dnd: Some(actions.is_dnd),
        away: Some(actions.is_away),
        also: Some(actions.also.iter().map(also_row).collect()),
        screen: Some(actions.screens),
        always: to(&actions.always),
        on_active: to(&actions.on_active),
        busy: to(&actions.busy),
        unanswered: to(&actions.unanswered),
        offline: to(&actions.offline),
    }
}

pub(super) fn diversion_row(one: &config::Diversion) -> DiversionRow {
    let (follow_me, secretaries) = (one.follow_me.as_ref(), one.secretaries.as_ref());
    let times = follow_me.map(|follow_me| (follow_me.initial_s, follow_me.ring_s));
    let times = times.or(secretaries.map(|secretaries| (secretaries.initial_s, secretaries.ring_s)));
    let secretary = |one: &Secretary| SecretaryRow { extension: one.extension.to_string(), on: Some(one.is_on) };
    DiversionRow {
        kind: one.kind.as_str().to_owned(),
        enabled: Some(one.switch != Switch::Off),
        when: one.follows().map(|group| group.name.clone()),
        forced: one.forced.map(|forced| forced.to_string()),
        to: one.to.as_ref().map(target_row),
        initial_s: times.map(|(initial_s, _)| initial_s),
        ring_s: times.map(|(_, ring_s)| ring_s),
        in_turn: follow_me.map(|follow_me| follow_me.in_turn),
        list: follow_me.map(|follow_me| follow_me.list.iter().map(target_row).collect()),
        secretaries: secretaries.map(|known| known.list.iter().map(secretary).collect()),
        strategy: secretaries.map(|known| known.strategy.as_str().to_owned()),
        callers: secretaries.map(|known| known.callers.as_str().to_owned()),
        pass: secretaries.map(|known| known.pass.iter().map(ToString::to_string).collect()),
        keys: one.assistant.as_ref().map(keys_of),
    }
}

fn keys_of(assistant: &Assistant) -> Vec<KeyRow> {
    assistant.keys.iter().map(|(key, to)| KeyRow { key: *key, to: target_row(to) }).collect()
}

fn also_row(row: &AlsoRings) -> AlsoRow {
    AlsoRow {
        kind: row.to.kind().to_owned(),
        id: row.to.id().to_owned(),
        after_s: Some(row.after_s).filter(|after_s| *after_s > 0),
        at_once: Some(row.is_unasked).filter(|is_unasked| *is_unasked),
    }
}

fn raw_also(row: AlsoRow) -> String {
    let after = row.after_s.filter(|after_s| *after_s > 0).map(|after_s| format!(" after {after_s} s"));
    let at_once = if row.at_once == Some(true) { " at once" } else { "" };
    format!("{} {}{}{at_once}", row.kind.trim(), row.id.trim(), after.unwrap_or_default())
}

pub(super) fn target_row(target: &Target) -> TargetRow {
    TargetRow { kind: target.kind().to_owned(), id: target.id().to_owned() }
}

fn raw_target(row: Option<TargetRow>) -> Option<String> {
    row.map(|row| format!("{} {}", row.kind.trim(), row.id.trim()))
}

fn raw_rule(row: RuleRow) -> RawRule {
    RawRule {
        when: row.when,
        enabled: row.enabled.filter(|enabled| !enabled),
        ring_s: row.ring_s,
        dnd: row.dnd.filter(|dnd| *dnd),
        away: row.away.filter(|away| *away),
        also: row.also.filter(|also| !also.is_empty()).map(|also| also.into_iter().map(raw_also).collect()),
        screen: row.screen.filter(|screen| *screen),
        always: raw_target(row.always),
        on_active: raw_target(row.on_active),
        busy: raw_target(row.busy),
        unanswered: raw_target(row.unanswered),
        offline: raw_target(row.offline),
        oddities: Vec::new(),
    }
}

fn raw_diversion(row: DiversionRow) -> RawDiversion {
    RawDiversion {
        kind: Some(row.kind),
        enabled: row.enabled.filter(|enabled| !enabled),
        when: row.when,
        forced: row.forced,
        to: raw_target(row.to),
        initial_s: row.initial_s,
        ring_s: row.ring_s,
        in_turn: row.in_turn.filter(|in_turn| *in_turn),
        list: row
            .list
            .filter(|list| !list.is_empty())
            .map(|list| list.into_iter().filter_map(|one| raw_target(Some(one))).collect()),
        secretaries: row
            .secretaries
            .filter(|rows| !rows.is_empty())
            .map(|rows| rows.into_iter().map(raw_secretary).collect()),
        strategy: row.strategy,
        callers: row.callers,
        pass: row.pass.filter(|pass| !pass.is_empty()),
        keys: row.keys.filter(|keys| !keys.is_empty()).map(|keys| keys.into_iter().map(raw_key).collect()),
        oddities: Vec::new(),
    }
}

fn raw_key(row: KeyRow) -> String {
    format!("{} {} {}", row.key, row.to.kind.trim(), row.to.id.trim())
}

fn raw_secretary(row: SecretaryRow) -> String {
    format!("{}{}", row.extension.trim(), if row.on == Some(false) { " off" } else { "" })
}
