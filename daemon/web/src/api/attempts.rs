//! Who tried wrong passwords of phones, and the end of their wait.

use std::net::IpAddr;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use config::Config;
use pbx::attempts::{AttemptStatus, Why as Wrong};
use pbx::words::Language;

use super::model::{Attempt, AttemptKind, Attempts, Done, Flood, FloodSource};
use super::wire::At;
use super::{App, rows, toll};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Why;

/// Who tried wrong passwords of phones, the newest first
#[utoipa::path(get, path = "/api/attempts", tag = "office", responses((status = 200, body = Attempts)))]
pub(super) async fn list(State(app): State<App>, Extension(language): Extension<Language>) -> Json<Attempts> {
    let (config, status, now) = (app.office.config(), app.office.status(), app.office.now());
    let attempts = status.attempts.iter().map(|attempt| {
        let shown = shown(&config, attempt, language);
        // The picture is of a moment ago: a wait may have ended since.
        Attempt { blocked_until: shown.blocked_until.filter(|until| *until > now.wall), ..shown }
    });
    let outside = status.tolls.iter().map(|one| toll::refusal(&config, one, language)).collect();
    let flood = &status.flood;
    let source = |one: &pbx::attempts::FloodSource| FloodSource {
        source: one.source.to_string(),
        per_minute: one.per_minute,
        dropped: one.dropped,
    };
    let sources = flood.sources.iter().map(source).collect();
    let flood = Flood { per_minute: flood.per_minute, dropped: flood.dropped, sources };
    Json(Attempts { attempts: attempts.collect(), outside, flood })
}

pub(super) fn shown(config: &Config, attempt: &AttemptStatus, language: Language) -> Attempt {
    let words = language.words();
    let extension = attempt.extension.clone();
    Attempt {
        source: attempt.source.to_string(),
        user: attempt.user.clone(),
        person: extension.as_deref().map(|number| rows::name_of(config, number)),
        extension,
        kind: match attempt.why {
            Wrong::UnknownUser => AttemptKind::UnknownUser,
            Wrong::WrongSecret => AttemptKind::WrongPassword,
            Wrong::Replayed => AttemptKind::Replayed,
            Wrong::NotItsOwn => AttemptKind::NotItsOwn,
        },
        why: words.why(attempt.why).to_owned(),
        fix: words.remedy(attempt.why).to_owned(),
        count: attempt.count,
        first_at: attempt.first_at,
        last_at: attempt.last_at,
        blocked_until: attempt.blocked_until,
    }
}

/// Lets an address try passwords of phones again at once
#[utoipa::path(post, path = "/api/attempts/{source}/unblock", tag = "office",
    params(("source" = String, Path, description = "The address.")), responses((status = 200, body = Done)))]
pub(super) async fn unblock(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(source): At<IpAddr>,
) -> Result<Json<Done>, Problem> {
    let author = login.name;
    app.wait(move |office| match office.unblock(source) {
        Some(true) => {
            log::info!("{source} may try passwords of phones again at once, by order of {author}");
            Ok(Json(Done::DONE))
        }
        Some(false) => Err(Problem::not_found(Why::NoAttempts)),
        None => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::EngineBusy)),
    })
    .await
}
