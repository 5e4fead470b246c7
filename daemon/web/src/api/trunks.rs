//! The ways out, the office's numbers and the routes: each change is a revision, and in force when it is answered.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{AccountEntry, Config, RawConfig, RawNumber, RawRoute, RawTrunk};
use pbx::status::{Status, TrunkStatus};
use pbx::tested::{Test, Tested, Untested, Wanted};
use pbx::trunks::{Exchange, Health, Heard, Turn};
use pbx::words::{Language, Words};

use super::model::{
    Done, NumberRow, NumbersWrite, Outside, RouteRow, RoutesWrite, Saved, TestBegun, TestCall, Trunk, TrunkExchange,
    TrunkFailure, TrunkRow, TrunkState, TrunkTest, TrunkTurn, TrunkWrite,
};
use super::wire::{At, IfMatch, Sent, etag, versioned};
use super::{App, saves};
use crate::desk::Refusal;
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Unchanged, Why};

/// The ways out, with their state
#[utoipa::path(get, path = "/api/trunks", tag = "trunks", responses((status = 200, body = Outside)))]
pub(super) async fn list(State(app): State<App>, Extension(language): Extension<Language>) -> Response {
    let (config, status) = (app.office.config(), app.office.status());
    let shown = outside(&config, Some((&status, language)));
    versioned(&shown.etag.clone(), shown)
}

/// Adds a trunk
#[utoipa::path(post, path = "/api/trunks", tag = "trunks", request_body = TrunkWrite,
    responses((status = 200, body = Saved)))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Sent(sent): Sent<TrunkWrite>,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, None, move |raw| {
        raw.trunks.push(raw_trunk(sent));
        Ok(())
    })
    .await
}

/// Changes a trunk: the row is as it is sent, its secret stays unless another is sent
#[utoipa::path(put, path = "/api/trunks/{id}", tag = "trunks", request_body = TrunkWrite,
    params(("id" = String, Path, description = "The trunk's name."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<TrunkWrite>,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, Some(seen), move |raw| {
        if sent.row.name != name {
            return Err(Problem::field("name", Unchanged::KeepsItsName));
        }
        let row = raw.trunks.iter_mut().find(|row| row.name.as_deref() == Some(name.as_str()));
        *row.ok_or_else(no_trunk)? = raw_trunk(sent);
        Ok(())
    })
    .await
}

/// Removes a trunk, with its secret
#[utoipa::path(delete, path = "/api/trunks/{id}", tag = "trunks",
    params(("id" = String, Path, description = "The trunk's name."),
        ("If-Match" = String, Header, description = "The etag of what was seen.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn remove(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    seen: IfMatch,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, Some(seen), move |raw| {
        let names_it = |route: &&RawRoute| route.trunks.iter().flatten().any(|one| *one == name);
        if let Some(route) = raw.routes.iter().find(names_it) {
            let route = route.name.clone().unwrap_or_default();
            return Err(Problem::new(StatusCode::CONFLICT, Unchanged::CallsGoOutByIt { route }));
        }
        let before = raw.trunks.len();
        raw.trunks.retain(|row| row.name.as_deref() != Some(name.as_str()));
        if raw.trunks.len() == before { Err(no_trunk()) } else { Ok(()) }
    })
    .await
}

/// Asks a trunk now how it is, and registers with it: what comes back is in its state
#[utoipa::path(post, path = "/api/trunks/{id}/try", tag = "trunks",
    params(("id" = String, Path, description = "The trunk's name.")), responses((status = 200, body = Done)))]
pub(super) async fn try_now(State(app): State<App>, At(name): At<String>) -> Result<Json<Done>, Problem> {
    app.wait(move |office| {
        office.config().trunk(&name).ok_or_else(no_trunk)?;
        office.try_trunk(&name).map(|()| Json(Done::DONE)).map_err(|refusal| match refusal {
            Refusal::NoSuchTrunk { .. } => Problem::new(StatusCode::CONFLICT, Unchanged::SwitchedOff),
            other => {
                log::error!("page: trunk {name} could not be tried: {other}");
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::EngineBusy)
            }
        })
    })
    .await
}

/// Calls a number by a trunk, in the administrator's name, and hangs up by itself: what comes of it is in the trunk's state
#[utoipa::path(post, path = "/api/trunks/{id}/test-call", tag = "trunks", request_body = TestCall,
    params(("id" = String, Path, description = "The trunk's name.")), responses((status = 200, body = TestBegun)))]
pub(super) async fn test_call(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    Sent(sent): Sent<TestCall>,
) -> Result<Json<TestBegun>, Problem> {
    app.wait(move |office| {
        let trunk = office.config().trunk(&name).ok_or_else(no_trunk)?.name.clone();
        let number = sent.number.filter(|number| !number.trim().is_empty());
        let wanted = Wanted { trunk, number, extension: login.extension, by: login.name };
        let call = office.test_trunk(wanted).map_err(|refusal| match refusal {
            Refusal::Untested { why } => untested(why),
            other => {
                log::error!("page: trunk {name} could not be tested: {other}");
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::EngineBusy)
            }
        })?;
        Ok(Json(TestBegun { call: call.0 }))
    })
    .await
}

fn untested(why: Untested) -> Problem {
    match why {
        Untested::NoSuchTrunk => Problem::new(StatusCode::CONFLICT, Unchanged::SwitchedOff),
        Untested::NoNumber | Untested::Emergency | Untested::NotPermitted(_) => {
            Problem::field("number", Unchanged::NotTested(why))
        }
        _ => Problem::new(StatusCode::CONFLICT, Unchanged::NotTested(why)),
    }
}

/// Replaces the table of the office's numbers
#[utoipa::path(put, path = "/api/numbers", tag = "trunks", request_body = NumbersWrite,
    params(("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn set_numbers(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    seen: IfMatch,
    Sent(sent): Sent<NumbersWrite>,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, Some(seen), move |raw| {
        let row = |one: NumberRow| RawNumber { number: Some(one.number), to: Some(one.to), ..RawNumber::default() };
        raw.numbers = sent.numbers.into_iter().map(row).collect();
        Ok(())
    })
    .await
}

/// Replaces the table of routes
#[utoipa::path(put, path = "/api/routes", tag = "trunks", request_body = RoutesWrite,
    params(("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn set_routes(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    seen: IfMatch,
    Sent(sent): Sent<RoutesWrite>,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, Some(seen), move |raw| {
        let row = |one: RouteRow| RawRoute {
            name: Some(one.name),
            patterns: Some(one.patterns),
            trunks: Some(one.trunks),
            class: one.class,
            account: one
                .account
                .map(AccountEntry::from)
                .filter(|entry| *entry > AccountEntry::None)
                .map(|entry| entry.to_string()),
            ..RawRoute::default()
        };
        raw.routes = sent.routes.into_iter().map(row).collect();
        Ok(())
    })
    .await
}

async fn save(
    app: &App,
    login: Login,
    seen: Option<IfMatch>,
    edit: impl FnOnce(&mut RawConfig) -> Result<(), Problem> + Send + 'static,
) -> Result<Json<Saved>, Problem> {
    saves::save(app, login, move |_, raw, config| {
        if seen.is_some_and(|seen| !seen.is(&outside(config, None).etag)) {
            return Err(Problem::new(StatusCode::PRECONDITION_FAILED, Unchanged::OutsideChanged));
        }
        edit(raw)
    })
    .await
}

fn no_trunk() -> Problem {
    Problem::not_found(Unchanged::NoSuchTrunk)
}

/// All of it as shown; the version covers the rows, not how the trunks are, and not whether a secret is known.
fn outside(config: &Config, status: Option<(&Status, Language)>) -> Outside {
    let row = |trunk: &config::Trunk| Trunk { row: trunk_row(trunk), has_secret: false, state: None };
    let numbers = config.numbers().map(|own| NumberRow { number: own.number.clone(), to: own.to.clone() });
    let routes = config.routes().iter().map(|route| RouteRow {
        name: route.name.clone(),
        patterns: route.patterns.iter().map(ToString::to_string).collect(),
        trunks: route.trunks.clone(),
        class: route.class.map(|class| class.as_str().to_owned()),
        account: Some(route.account.into()),
    });
    let mut shown = Outside {
        trunks: config.trunks().iter().map(row).collect(),
        numbers: numbers.collect(),
        routes: routes.collect(),
        revision: 0,
        etag: String::new(),
    };
    shown.etag = etag(&shown);
    shown.revision = config.revision();
    for (shown, trunk) in shown.trunks.iter_mut().zip(config.trunks()) {
        shown.has_secret = trunk.secret.is_some();
        shown.state = status.and_then(|(status, language)| {
            let state = status.trunks.iter().find(|one| one.name == trunk.name)?;
            Some(trunk_state(state, language.words()))
        });
    }
    shown
}

fn trunk_row(trunk: &config::Trunk) -> TrunkRow {
    TrunkRow {
        name: trunk.name.clone(),
        enabled: Some(trunk.enabled),
        way: Some(trunk.way.as_str().to_owned()),
        server: trunk.server.to_string(),
        proxy: trunk.proxy.as_ref().map(ToString::to_string),
        transport: Some(trunk.transport.as_str().to_owned()),
        authority: trunk.authority.clone(),
        user: trunk.user.clone(),
        auth_user: trunk.auth_user.clone(),
        codecs: Some(trunk.codecs.iter().map(|codec| codec.as_str().to_owned()).collect()),
        channels: Some(trunk.channels),
        numbers: Some(trunk.numbers.as_str().to_owned()),
        caller_number: trunk.caller_number.clone(),
        trusted: Some(trunk.trusted),
        identity: Some(trunk.identity.as_str().to_owned()),
        strip: Some(trunk.strip),
        prepend: Some(trunk.prepend.clone()),
        sources: Some(trunk.sources.iter().map(ToString::to_string).collect()),
        options_s: Some(trunk.options_s),
    }
}

fn health(health: Option<Health>) -> String {
    let word = match health {
        Some(Health::Up) => "up",
        Some(Health::Degraded) => "degraded",
        Some(Health::Down) => "down",
        None => "off",
    };
    word.to_owned()
}

fn exchange(exchange: &Exchange) -> TrunkExchange {
    let (status, phrase) = match &exchange.heard {
        Some((_, Heard::Reply { status, phrase })) => (Some(*status), Some(phrase.clone())),
        Some((_, Heard::Nothing)) | None => (None, None),
    };
    TrunkExchange { is_open: exchange.is_open, at: exchange.heard.as_ref().map(|(at, _)| *at), status, phrase }
}

fn turned(turn: &Turn, words: &dyn Words) -> TrunkTurn {
    let text = turn.trouble.as_ref().map(|trouble| words.trouble(trouble));
    TrunkTurn { at: turn.at, health: health(turn.health), text }
}

fn trunk_test(test: &Test, words: &dyn Words) -> TrunkTest {
    TrunkTest {
        call: test.call.0,
        number: test.number.clone(),
        at: test.at,
        is_running: test.outcome.is_none(),
        is_good: matches!(test.outcome, Some(Tested::Answered { heard: true, .. })),
        text: test.outcome.as_ref().map(|outcome| words.tested(outcome)),
    }
}

fn trunk_state(state: &TrunkStatus, words: &dyn Words) -> TrunkState {
    let kind = |trouble| serde_json::to_value(trouble).ok()?.get("kind")?.as_str().map(str::to_owned);
    let failures = state.failures.iter().rev();
    TrunkState {
        health: health(Some(state.health)),
        since: state.since,
        trouble: state.trouble.as_ref().and_then(kind),
        text: state.trouble.as_ref().map(|trouble| words.trouble(trouble)),
        registered_until: state.registered_until,
        addresses: state.addresses.clone(),
        seen_as: state.seen_as.clone(),
        round_trip_ms: state.round_trip_ms,
        calls: u32::try_from(state.calls).unwrap_or(u32::MAX),
        failures: failures.map(|one| TrunkFailure { at: one.at, text: words.trouble(&one.what) }).collect(),
        register: state.register.as_ref().map(exchange),
        options: state.options.as_ref().map(exchange),
        test: state.test.as_ref().map(|test| trunk_test(test, words)),
        history: state.history.iter().map(|turn| turned(turn, words)).collect(),
    }
}

fn raw_trunk(sent: TrunkWrite) -> RawTrunk {
    let TrunkWrite { row, secret } = sent;
    let text = |written: Option<String>| written.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    RawTrunk {
        name: Some(row.name.trim().to_owned()),
        enabled: row.enabled.filter(|enabled| !enabled),
        way: text(row.way),
        server: Some(row.server.trim().to_owned()),
        proxy: text(row.proxy),
        transport: text(row.transport),
        authority: text(row.authority),
        user: text(row.user),
        auth_user: text(row.auth_user),
        secret,
        codecs: row.codecs.filter(|codecs| !codecs.is_empty()),
        channels: row.channels,
        numbers: text(row.numbers),
        caller_number: text(row.caller_number),
        trusted: row.trusted.filter(|trusted| *trusted),
        identity: text(row.identity),
        strip: row.strip.filter(|strip| *strip > 0),
        prepend: text(row.prepend),
        sources: row.sources.filter(|sources| !sources.is_empty()),
        options_s: row.options_s,
        oddities: Vec::new(),
    }
}
