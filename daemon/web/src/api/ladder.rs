//! The SIP messages of a call, for whoever looks for a fault.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use pbx::input::CallId;
use pbx::ladder::{Party, Rung};

use super::App;
use super::model::{Ladder, LadderMessage};
use super::wire::At;
use crate::desk::Refusal;
use crate::problem::Problem;
use crate::why::Why;

/// The messages of a call, live or over, without their secrets; kept of the last calls until the daemon ends
#[utoipa::path(get, path = "/api/calls/{id}/ladder", tag = "calls",
    params(("id" = u64, Path, description = "Its number.")), responses((status = 200, body = Ladder)))]
pub(super) async fn of_call(State(app): State<App>, At(call): At<u64>) -> Result<Json<Ladder>, Problem> {
    app.wait(move |office| {
        let kept = office.ladder(CallId(call)).map_err(|refusal| match refusal {
            Refusal::NoLadder { .. } => Problem::not_found(Why::NoLadder),
            other => {
                log::error!("page: the messages of call {call} are not known: {other}");
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::EngineBusy)
            }
        })?;
        Ok(Json(Ladder { messages: kept.rungs.iter().map(message).collect(), left_out: kept.left_out }))
    })
    .await
}

fn message(rung: &Rung) -> LadderMessage {
    let (phone, trunk) = match &*rung.party {
        Party::Phone(name) => (Some(name.clone()), None),
        Party::Trunk(name) => (None, Some(name.clone())),
    };
    LadderMessage {
        at: rung.at,
        after_ms: u64::try_from(rung.after.as_millis()).unwrap_or(u64::MAX),
        is_incoming: rung.came,
        is_again: rung.is_again,
        phone,
        trunk,
        transport: rung.hop.transport.as_str().to_owned(),
        peer: rung.hop.remote.to_string(),
        local: rung.hop.local.to_string(),
        title: rung.text.lines().next().unwrap_or_default().to_owned(),
        text: rung.text.to_string(),
        bytes: u32::try_from(rung.bytes).unwrap_or(u32::MAX),
        is_cut: rung.bytes > pbx::ladder::TEXT_KEPT,
    }
}
