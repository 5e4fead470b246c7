//! The calls that are up: how they sound, and how one is ended.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use config::Config;
use pbx::input::CallId;
use pbx::status::{CallStatus, PartyStatus};

use super::model::{Done, LiveCall, LiveCalls, LiveParty};
use super::wire::At;
use super::{App, rows};
use crate::desk::Refusal;
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Why;

/// The calls that are up
#[utoipa::path(get, path = "/api/live", tag = "office", responses((status = 200, body = LiveCalls)))]
pub(super) async fn live(State(app): State<App>, Extension(login): Extension<Login>) -> Json<LiveCalls> {
    let config = app.office.config();
    let calls = app.office.status().calls.iter().map(|call| live_call(&config, &login, call)).collect();
    Json(LiveCalls { calls })
}

fn live_call(config: &Config, login: &Login, call: &CallStatus) -> LiveCall {
    LiveCall {
        id: call.id.0,
        from: call.from.clone(),
        from_name: rows::known(config, login, &call.from).0,
        to: call.to.clone(),
        to_name: rows::known(config, login, &call.to).0,
        state: call.state.clone(),
        slot: call.slot,
        since: call.since,
        sound: call.parties.iter().map(|party| party.sound.grade.into()).max(),
        parties: call.parties.iter().map(|party| live_party(config, login, party)).collect(),
    }
}

fn live_party(config: &Config, login: &Login, party: &PartyStatus) -> LiveParty {
    let PartyStatus { number, codec, sound } = party;
    let percent = |permille: u16| f32::from(permille) / 10.0;
    LiveParty {
        number: number.clone(),
        name: rows::known(config, login, number).0,
        codec: codec.clone(),
        sound: sound.grade.into(),
        lost_percent: percent(sound.lost_permille),
        jitter_ms: sound.jitter_ms,
        remote_lost_percent: sound.remote_lost_permille.map(percent),
        remote_jitter_ms: sound.remote_jitter_ms,
        round_trip_ms: sound.round_trip_ms,
        silent_since: sound.silent_since,
    }
}

/// Ends a call
#[utoipa::path(post, path = "/api/live/{call}/hangup", tag = "office",
    params(("call" = u64, Path, description = "Its number.")), responses((status = 200, body = Done)))]
pub(super) async fn hang_up(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(call): At<u64>,
) -> Result<Json<Done>, Problem> {
    let author = login.name;
    app.wait(move |office| {
        office.end_call(CallId(call)).map_err(|refusal| match refusal {
            Refusal::NoSuchCall { .. } => Problem::not_found(Why::CallOver),
            other => {
                log::warn!("call {call} was not ended: {other}");
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::EngineBusy)
            }
        })?;
        log::info!("call {call}: ended by order of {author}");
        Ok(Json(Done::DONE))
    })
    .await
}
