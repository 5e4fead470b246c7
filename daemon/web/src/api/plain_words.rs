//! Plain words (M13): a sentence becomes a row that can be looked at, and saved by a second act.

use axum::Json;
use axum::extract::{Extension, State};
use config::{Config, Level, PersonId};
use pbx::words::Language;
use pbx::words::plain::{Meant, Misread};

use super::answering::{meant_by, rows_of, rule_row, target_row, whose};
use super::model::{DiversionRow, PlainRead, PlainWrite, RuleRow, TimeGroupWrite};
use super::wire::{At, Sent};
use super::{App, saves};
use crate::problem::Problem;
use crate::sessions::Login;

/// What a sentence says of somebody's calls or times; nothing is changed
#[utoipa::path(post, path = "/api/answering/{who}/words", tag = "answering", request_body = PlainWrite,
    params(("who" = String, Path, description = "`me`, or a person's number.")),
    responses((status = 200, body = PlainRead)))]
pub(super) async fn read(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    At(who): At<String>,
    Sent(sent): Sent<PlainWrite>,
) -> Result<Json<PlainRead>, Problem> {
    let config = app.office.config();
    let id = whose(&config, &login, &who, Level::See)?;
    let extension = saves::extension_of(&config, id)?;
    let nothing = PlainRead {
        kind: None,
        sentence: None,
        before: None,
        place: None,
        rule: None,
        diversion: None,
        group: None,
        understood: Vec::new(),
        unclear: Vec::new(),
        examples: language.examples(),
        etag: rows_of(&config, id)?.1,
    };
    Ok(Json(match language.read(&sent.text, &config, &extension) {
        Ok(meant) => row(nothing, meant, &config, id, language)?,
        Err(Misread { understood, unclear }) => {
            let unclear = unclear.iter().map(|one| language.unclear(one)).collect();
            PlainRead { understood, unclear, ..nothing }
        }
    }))
}

fn row(
    nothing: PlainRead,
    meant: Meant,
    config: &Config,
    id: PersonId,
    language: Language,
) -> Result<PlainRead, Problem> {
    let extension = saves::extension_of(config, id)?;
    let known = config.extension(&extension).map(|extension| extension.answering.clone()).unwrap_or_default();
    let sentence = Some(language.say(&meant));
    let kind = |kind: &str| Some(kind.to_owned());
    Ok(match meant {
        Meant::Rule { when: None, actions, .. } => {
            let before = Meant::Rule { when: None, is_enabled: true, actions: known.otherwise };
            let before = Some(language.say(&before));
            PlainRead { kind: kind("default_rule"), sentence, before, rule: Some(rule_row(&actions)), ..nothing }
        }
        Meant::Rule { when: Some(when), is_enabled, actions } => {
            let place = known.rules.iter().position(|rule| rule.when.name == when);
            let before = place.and_then(|place| known.rules.get(place)).map(|rule| {
                let (when, actions) = (Some(rule.when.name.clone()), rule.actions.clone());
                language.say(&Meant::Rule { when, is_enabled: rule.is_enabled, actions })
            });
            let rule = RuleRow { when: Some(when), enabled: Some(is_enabled), ..rule_row(&actions) };
            PlainRead { kind: kind("rule"), sentence, before, place, rule: Some(rule), ..nothing }
        }
        Meant::Diversion { kind: of, is_on, when, to } => {
            let place = known.diversions.iter().position(|diversion| diversion.kind == of);
            let before = place.and_then(|place| known.diversions.get(place));
            let before = before.and_then(meant_by).map(|meant| language.say(&meant));
            let to = to.as_ref().map(target_row);
            let row = DiversionRow {
                kind: of.as_str().to_owned(),
                enabled: Some(is_on),
                when,
                forced: None,
                to,
                initial_s: None,
                ring_s: None,
                in_turn: None,
                list: None,
                secretaries: None,
                strategy: None,
                callers: None,
                pass: None,
            };
            PlainRead { kind: kind("diversion"), sentence, before, place, diversion: Some(row), ..nothing }
        }
        Meant::Times { name, entries } => {
            let own = config.own_time_groups(&extension).find(|group| group.name == name);
            let before = own
                .map(|group| language.say(&Meant::Times { name: group.name.clone(), entries: group.entries.clone() }));
            // A group that is there keeps what a sentence does not say.
            let row = TimeGroupWrite {
                name,
                time_zone: own.and_then(|group| group.time_zone.iana_name()).map(str::to_owned),
                times: entries.iter().map(ToString::to_string).collect(),
                number: own.and_then(|group| group.number),
            };
            PlainRead { kind: kind("time_group"), sentence, before, group: Some(row), ..nothing }
        }
    })
}
