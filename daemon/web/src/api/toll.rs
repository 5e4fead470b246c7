//! What keeps a stolen phone from running up a bill: the limits, and whose calls they have refused.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{Config, DEFAULT_OUTSIDE_AT_ONCE, DEFAULT_OUTSIDE_PER_HOUR, Fault, PersonFault, RawConfig};
use pbx::toll::TollStatus;
use pbx::words::Language;

use super::model::{OwnLimits, Saved, TollGuard, TollGuardWrite, TollRefusal};
use super::rows::Author;
use super::wire::{IfMatch, Sent, etag, versioned};
use super::{App, rows};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Unchanged;

/// The limits of calls to the outside, and whose calls were refused
#[utoipa::path(get, path = "/api/toll-guard", tag = "trunks", responses((status = 200, body = TollGuard)))]
pub(super) async fn shown(State(app): State<App>, Extension(language): Extension<Language>) -> Response {
    let (config, status) = (app.office.config(), app.office.status());
    let mut shown = limits(&config);
    shown.revision = config.revision();
    shown.refused = status.tolls.iter().map(|toll| refusal(&config, toll, language)).collect();
    versioned(&shown.etag.clone(), shown)
}

/// Replaces the limits of calls to the outside
#[utoipa::path(put, path = "/api/toll-guard", tag = "trunks", request_body = TollGuardWrite,
    params(("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn replace(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    seen: IfMatch,
    Sent(sent): Sent<TollGuardWrite>,
) -> Result<Json<Saved>, Problem> {
    app.wait(move |office| {
        let saved = rows::edit(office, Author::from(&login), |raw| {
            if !seen.is(&limits(&Config::check(raw, &mut Vec::new())).etag) {
                return Err(Problem::new(StatusCode::PRECONDITION_FAILED, Unchanged::ChangedMeanwhile));
            }
            write(raw, sent)
        })?;
        Ok(Json(Saved { revision: saved.revision }))
    })
    .await
}

fn limits(config: &Config) -> TollGuard {
    let toll = &config.office().toll;
    let own = config.extensions().filter(|extension| extension.own_limits != config::OwnLimits::default());
    let own = own.map(|extension| OwnLimits {
        extension: extension.number.to_string(),
        at_once: extension.own_limits.at_once,
        per_hour: extension.own_limits.per_hour,
        at_night: Some(extension.own_limits.at_night),
    });
    let mut shown = TollGuard {
        at_once: toll.at_once,
        per_hour: toll.per_hour,
        night: toll.night.map(|night| night.to_string()),
        extensions: own.collect(),
        refused: Vec::new(),
        revision: 0,
        etag: String::new(),
    };
    shown.etag = etag(&shown);
    shown
}

fn write(raw: &mut RawConfig, sent: TollGuardWrite) -> Result<(), Problem> {
    raw.office.outside_at_once = sent.at_once.filter(|limit| *limit != DEFAULT_OUTSIDE_AT_ONCE);
    raw.office.outside_per_hour = sent.per_hour.filter(|limit| *limit != DEFAULT_OUTSIDE_PER_HOUR);
    raw.office.outside_night = sent.night.map(|night| night.trim().to_owned()).filter(|night| !night.is_empty());
    for row in &mut raw.people {
        (row.outside_at_once, row.outside_per_hour, row.outside_at_night) = (None, None, None);
    }
    for own in sent.extensions {
        let row = raw.people.iter_mut().find(|row| row.extension.as_deref() == Some(own.extension.as_str()));
        let Some(row) = row else {
            return Err(Problem::field(
                "extensions",
                Fault::from(PersonFault::NoSuchExtension { number: own.extension }),
            ));
        };
        (row.outside_at_once, row.outside_per_hour) = (own.at_once, own.per_hour);
        row.outside_at_night = own.at_night.filter(|at_night| *at_night);
    }
    Ok(())
}

/// A row of refusals, for this screen and that of attacks.
pub(super) fn refusal(config: &Config, toll: &TollStatus, language: Language) -> TollRefusal {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    TollRefusal {
        extension: toll.extension.clone(),
        person: rows::name_of(config, &toll.extension),
        refused: toll.refused,
        number: toll.number.clone(),
        why: language.words().barred(&toll.extension, toll.why),
        first_at: toll.first_at,
        last_at: toll.last_at,
        at_once: count(toll.at_once),
        in_hour: count(toll.in_hour),
    }
}
