//! Every phone of the office, and whether it can be reached.

use axum::Json;
use axum::extract::{Extension, State};
use config::Config;
use pbx::status::{PhoneStatus, Status};
use pbx::words::Language;

use super::issue::Issue;
use super::model::{PhoneBinding, PhoneRow, Phones, ReachName};
use super::{App, attempts, overview, rows};

/// Every phone: where it is registered, whether it is there, and who tried its password in vain
#[utoipa::path(get, path = "/api/phones", tag = "office", responses((status = 200, body = Phones)))]
pub(super) async fn list(State(app): State<App>, Extension(language): Extension<Language>) -> Json<Phones> {
    let (config, status) = (app.office.config(), app.office.status());
    let busy = overview::busy(&status);
    // The office may be newer than the picture: what is not in both is not shown yet.
    let known = status.phones.iter().filter_map(|phone| Some((phone, config.phone_by_name(&phone.name)?)));
    let phones = known.map(|(phone, own)| {
        let reach = reach(phone);
        PhoneRow {
            id: own.id.0,
            name: phone.name.clone(),
            user: own.user.clone(),
            extension: phone.extension.clone(),
            person: rows::name_of(&config, &phone.extension),
            person_id: config.extension(&phone.extension).map_or(0, |extension| extension.person.0),
            state: overview::state(&busy, phone),
            reach,
            since: since(phone, reach),
            fix: (reach != ReachName::Registered)
                .then(|| Issue::Phone(phone.name.clone()).said(language).fix)
                .flatten(),
            bindings: bindings(phone),
            failures: failures(&config, &status, &own.user, language),
        }
    });
    Json(Phones { phones: phones.collect() })
}

fn reach(phone: &PhoneStatus) -> ReachName {
    match (phone.bindings.is_empty(), phone.bindings.iter().any(|binding| binding.reachable)) {
        (true, _) if phone.since.is_none() => ReachName::Unseen,
        (true, _) => ReachName::Gone,
        (false, true) => ReachName::Registered,
        (false, false) => ReachName::Unreachable,
    }
}

/// Since when it is so. A phone of several devices is unreachable since the last of them is.
fn since(phone: &PhoneStatus, reach: ReachName) -> Option<jiff::Timestamp> {
    match reach {
        ReachName::Unreachable => phone.bindings.iter().filter_map(|binding| binding.since).max(),
        ReachName::Registered | ReachName::Gone | ReachName::Unseen => phone.since,
    }
}

fn bindings(phone: &PhoneStatus) -> Vec<PhoneBinding> {
    let shown = phone.bindings.iter().map(|binding| PhoneBinding {
        contact: binding.contact.clone(),
        address: binding.source.clone(),
        transport: binding.transport.clone(),
        user_agent: binding.user_agent.clone(),
        expires_at: binding.expires_at,
        is_reachable: binding.reachable,
        since: binding.since,
        round_trip_ms: binding.round_trip_ms,
    });
    shown.collect()
}

fn failures(config: &Config, status: &Status, user: &str, language: Language) -> Vec<super::model::Attempt> {
    let own = status.attempts.iter().filter(|attempt| attempt.user.as_deref() == Some(user));
    own.map(|attempt| attempts::shown(config, attempt, language)).collect()
}
