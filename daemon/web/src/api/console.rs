//! The console: what people do with their own calls at the page, and which they can take (F163).

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use config::{Config, Feature};
use pbx::console::{ActOrder, CallAct, NotDone};
use pbx::input::CallId;
use pbx::status::CallStatus;

use super::model::{ActKind, ActWrite, CallToTake, Console, Done, OtherParty, OwnCall};
use super::wire::{At, Sent};
use super::{App, rows};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Unchanged, Why};

/// One's own calls, and those that one can take
#[utoipa::path(get, path = "/api/console", tag = "calls", responses((status = 200, body = Console)))]
pub(super) async fn shown(State(app): State<App>, Extension(login): Extension<Login>) -> Json<Console> {
    let (config, status) = (app.office.config(), app.office.status());
    let own = login.extension.clone().unwrap_or_default();
    let party = |number: &str| OtherParty { number: number.to_owned(), name: rows::known(&config, &login, number).0 };
    let is_own = |call: &&CallStatus| {
        let rings = || call.rings_at.contains(&own);
        !own.is_empty() && (call.from == own || rings() || parties(call).any(|number| number == own))
    };
    let own_call = |call: &CallStatus| {
        let mut others: Vec<_> = parties(call).filter(|number| *number != own).map(party).collect();
        if others.is_empty() {
            others.push(party(if call.from == own { &call.to } else { &call.from }));
        }
        let acts = acts(call, &own);
        OwnCall { id: call.id.0, state: call.state.clone(), since: call.since, others, acts }
    };
    let pick_up = code(&config, Feature::DirectedPickup);
    let rings_at = |call: &CallStatus| {
        let code = pick_up.as_ref().filter(|_| !is_own(&call))?;
        let is_seen = |at: &&String| config.extension(at).is_some_and(|called| !called.private_lamp);
        let at = call.rings_at.first().filter(is_seen).filter(|at| config.may_pick_up(&own, at))?;
        Some(CallToTake { id: call.id.0, from: party(&call.from), at: party(at), dial: format!("{code}{at}") })
    };
    let fetch = code(&config, Feature::FetchParked);
    let waits_on = |call: &CallStatus| {
        let (code, slot) = (fetch.as_ref()?, call.slot?);
        Some(CallToTake { id: call.id.0, from: party(&call.from), at: party(&call.to), dial: format!("{code}{slot}") })
    };
    Json(Console {
        calls: status.calls.iter().filter(is_own).map(own_call).collect(),
        ringing: status.calls.iter().filter_map(rings_at).collect(),
        parked: status.calls.iter().filter_map(waits_on).collect(),
        park: code(&config, Feature::Park),
    })
}

/// Does something with a call of one's own
#[utoipa::path(post, path = "/api/console/{call}", tag = "calls", request_body = ActWrite,
    params(("call" = u64, Path, description = "Its number.")), responses((status = 200, body = Done)))]
pub(super) async fn act(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(call): At<u64>,
    Sent(sent): Sent<ActWrite>,
) -> Result<Json<Done>, Problem> {
    let none = || Problem::new(StatusCode::CONFLICT, Unchanged::NoExtension);
    let extension = login.extension.clone().ok_or_else(none)?;
    app.wait(move |office| {
        let to = sent.to.trim().to_owned();
        let act = match sent.act {
            ActKind::Hold => CallAct::Hold,
            ActKind::Ask => CallAct::Ask(to),
            ActKind::PassOn => CallAct::PassOn(to),
            ActKind::Confer => CallAct::Confer,
            ActKind::Back => CallAct::Back,
            ActKind::HangUp => CallAct::HangUp,
        };
        log::info!("call {call}: {extension} wants {:?} at the page", sent.act);
        match office.act(ActOrder { call: CallId(call), extension, act }) {
            Some(Ok(())) => Ok(Json(Done::DONE)),
            Some(Err(NotDone::NoSuchCall)) => Err(Problem::not_found(Why::CallOver)),
            Some(Err(NotDone::NotNow)) => Err(Problem::new(StatusCode::CONFLICT, Unchanged::NotNow)),
            Some(Err(NotDone::Refused(cause))) => Err(Problem::field("to", Unchanged::NotPassedOn(cause))),
            None => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::EngineBusy)),
        }
    })
    .await
}

fn parties(call: &CallStatus) -> impl Iterator<Item = &str> {
    call.parties.iter().map(|party| party.number.as_str())
}

/// What can be done with this call by whoever has this extension.
fn acts(call: &CallStatus, own: &str) -> Vec<ActKind> {
    use ActKind::{Ask, Back, Confer, HangUp, Hold, PassOn};
    if !parties(call).any(|number| number == own) {
        return Vec::new();
    }
    match call.state.as_str() {
        "talking" | "held" if call.parties.len() == 2 => vec![Hold, Ask, PassOn, HangUp],
        // Who waits, or is asked, leaves it to who asks.
        "holding" | "consulting" | "conference" if call.from != own => vec![HangUp],
        "holding" => vec![Back, Ask, PassOn, HangUp],
        "consulting" if call.parties.len() == 3 => vec![Confer, Back, HangUp],
        "consulting" | "conference" => vec![Back, HangUp],
        _ => vec![HangUp],
    }
}

/// The code of a feature, where it is on.
fn code(config: &Config, feature: Feature) -> Option<String> {
    let mut rows = config.feature_codes().iter();
    rows.find(|row| row.enabled && row.feature == feature).map(|row| row.code.clone())
}
