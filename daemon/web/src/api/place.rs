//! Calls that the box places for whoever asks: their own phones ring first.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use pbx::input::CallId;
use pbx::placed::{PlaceOrder, Unplaced};
use pbx::status::CallStatus;
use pbx::words::Language;
use store::CallFilter;

use super::App;
use super::model::{Done, OwnPhone, OwnPhones, PlaceCall, PlacedCall, PlacedState};
use super::wire::{At, Sent};
use crate::office::Office;
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Unchanged, Why};

/// Calls a number for whoever asks, whose phones ring first
#[utoipa::path(post, path = "/api/place", tag = "calls", request_body = PlaceCall,
    responses((status = 200, body = PlacedCall)))]
pub(super) async fn begin(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Sent(sent): Sent<PlaceCall>,
) -> Result<Json<PlacedCall>, Problem> {
    let extension = own(&login)?;
    app.wait(move |office| {
        let phone = sent.phone.filter(|phone| !phone.is_empty());
        let order = PlaceOrder { extension: extension.clone(), phone, number: sent.number };
        match office.place(order) {
            Some(Ok(call)) => {
                log::info!("{call}: {extension} is rung by order of {}", login.name);
                Ok(Json(PlacedCall { call: call.0, state: PlacedState::Phone, story: None }))
            }
            Some(Err(why @ (Unplaced::NoNumber | Unplaced::Emergency | Unplaced::Refused { .. }))) => {
                Err(Problem::field("number", Unchanged::NotPlaced(Box::new(why))))
            }
            Some(Err(why)) => Err(Problem::new(StatusCode::CONFLICT, Unchanged::NotPlaced(Box::new(why)))),
            None => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::EngineBusy)),
        }
    })
    .await
}

/// One's own phones, of which one may be chosen to ring
#[utoipa::path(get, path = "/api/place", tag = "calls", responses((status = 200, body = OwnPhones)))]
pub(super) async fn phones(State(app): State<App>, Extension(login): Extension<Login>) -> Json<OwnPhones> {
    let (config, status) = (app.office.config(), app.office.status());
    let own = login.extension.as_deref().unwrap_or_default();
    let is_there = |name: &str| {
        let mut known = status.phones.iter().filter(|phone| phone.name == name);
        known.any(|phone| phone.bindings.iter().any(|binding| binding.reachable))
    };
    let phone = |phone: &config::Phone| OwnPhone { name: phone.name.clone(), is_there: is_there(&phone.name) };
    Json(OwnPhones { phones: config.phones_of(own).map(phone).collect() })
}

/// How a call of one's own fares that was placed so
#[utoipa::path(get, path = "/api/place/{call}", tag = "calls",
    params(("call" = u64, Path, description = "Its number.")), responses((status = 200, body = PlacedCall)))]
pub(super) async fn shown(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    At(call): At<u64>,
) -> Result<Json<PlacedCall>, Problem> {
    let extension = own(&login)?;
    app.wait(move |office| {
        if let Some(up) = up(office, call, &extension) {
            return Ok(Json(PlacedCall { call, state: state(&up), story: None }));
        }
        let before = call.checked_add(1).map(CallId);
        let filter = CallFilter { before, limit: 1, ..CallFilter::default() };
        let row = office.store().calls(&filter)?.into_iter().find(|row| row.id.0 == call && row.from == extension);
        let row = row.ok_or_else(|| Problem::not_found(Why::NoSuchCall))?;
        // Of one that is about to begin, or to end, not all is on the disk yet.
        let cause = row.cause.ok_or_else(|| Problem::not_found(Why::NoSuchCall))?;
        let story = Some(language.words().call(Some(cause), row.because.as_ref()));
        Ok(Json(PlacedCall { call, state: PlacedState::Over, story }))
    })
    .await
}

/// Ends a call of one's own that was placed so
#[utoipa::path(delete, path = "/api/place/{call}", tag = "calls",
    params(("call" = u64, Path, description = "Its number.")), responses((status = 200, body = Done)))]
pub(super) async fn end(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(call): At<u64>,
) -> Result<Json<Done>, Problem> {
    let extension = own(&login)?;
    app.wait(move |office| {
        let over = || Problem::not_found(Why::CallOver);
        up(office, call, &extension).ok_or_else(over)?;
        office.end_call(CallId(call)).map_err(|_| over())?;
        log::info!("call {call}: ended by {}, who had it placed", login.name);
        Ok(Json(Done::DONE))
    })
    .await
}

fn own(login: &Login) -> Result<String, Problem> {
    let none = || Problem::new(StatusCode::CONFLICT, Unchanged::NoExtension);
    login.extension.clone().ok_or_else(none)
}

/// One's own call that was placed so, while it is up: what was dialled on the phone is ended there.
fn up(office: &dyn Office, call: u64, extension: &str) -> Option<CallStatus> {
    office.status().calls.iter().find(|up| up.id.0 == call && up.is_placed && up.from == extension).cloned()
}

fn state(call: &CallStatus) -> PlacedState {
    match call.state.as_str() {
        "placing" => PlacedState::Phone,
        "ringing" | "ending" => PlacedState::Rings,
        _ => PlacedState::Talks,
    }
}
