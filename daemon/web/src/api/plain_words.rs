//! Plain words (M13): a sentence becomes a row that can be looked at, and saved by a second act.

use axum::Json;
use axum::extract::{Extension, State};
use config::{Answering, Config, Diversion, DiversionKind, Level, PersonId, Switch, Target};
use pbx::words::Language;
use pbx::words::plain::{Meant, Misread};

use super::answering::{diversion_row, meant_by, rows_of, rule_row, whose};
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
    let said = PlainRead { sentence: Some(language.say(&meant)), ..nothing };
    let kind = |kind: &str| Some(kind.to_owned());
    Ok(match meant {
        Meant::Rule { when: None, actions, .. } => {
            let before = Meant::Rule { when: None, is_enabled: true, actions: known.otherwise };
            let before = Some(language.say(&before));
            PlainRead { kind: kind("default_rule"), before, rule: Some(rule_row(&actions)), ..said }
        }
        Meant::Rule { when: Some(when), is_enabled, actions } => {
            let place = known.rules.iter().position(|rule| rule.when.name == when);
            let before = place.and_then(|place| known.rules.get(place)).map(|rule| {
                let (when, actions) = (Some(rule.when.name.clone()), rule.actions.clone());
                language.say(&Meant::Rule { when, is_enabled: rule.is_enabled, actions })
            });
            let rule = RuleRow { when: Some(when), enabled: Some(is_enabled), ..rule_row(&actions) };
            PlainRead { kind: kind("rule"), before, place, rule: Some(rule), ..said }
        }
        Meant::Diversion { kind, is_on, when, to } => {
            diverts(said, &known, (diversion(kind, is_on, to), when), language)
        }
        Meant::FollowMe { is_on, when, follow_me } => {
            let one = diversion(DiversionKind::FollowMe, is_on, None);
            diverts(said, &known, (Diversion { follow_me: Some(follow_me), ..one }, when), language)
        }
        Meant::Secretaries { is_on, when, secretaries } => {
            let one = diversion(DiversionKind::Secretary, is_on, None);
            diverts(said, &known, (Diversion { secretaries: Some(secretaries), ..one }, when), language)
        }
        Meant::Assistant { is_on, when, assistant } => {
            let one = diversion(DiversionKind::Assistant, is_on, None);
            diverts(said, &known, (Diversion { assistant: Some(assistant), ..one }, when), language)
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
            PlainRead { kind: kind("time_group"), before, group: Some(row), ..said }
        }
    })
}

fn diversion(kind: DiversionKind, is_on: bool, to: Option<Target>) -> Diversion {
    let switch = if is_on { Switch::On } else { Switch::Off };
    Diversion { kind, switch, forced: None, to, follow_me: None, secretaries: None, assistant: None }
}

/// A diversion, with the name of the time group that it follows, as the row that says it.
fn diverts(
    said: PlainRead,
    known: &Answering,
    (mut one, when): (Diversion, Option<String>),
    language: Language,
) -> PlainRead {
    let place = known.diversions.iter().position(|other| other.kind == one.kind);
    // How long the boss's phones ring first is said only where they do.
    if let (Some(said), Some(known)) = (&mut one.secretaries, known.secretaries())
        && !said.strategy.is_boss_first()
    {
        said.initial_s = known.initial_s;
    }
    let before = place.and_then(|place| known.diversions.get(place)).map(meant_by);
    let before = before.map(|meant| language.say(&meant));
    let row = DiversionRow { when, ..diversion_row(&one) };
    PlainRead { kind: Some("diversion".to_owned()), before, place, diversion: Some(row), ..said }
}
