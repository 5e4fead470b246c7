//! The certificates of HTTPS: what people need to trust the box, and what an administrator changes.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use pbx::words::Language;

use super::App;
use super::model::{Authority, Certificate, CertificateWrite};
use super::wire::Sent;
use crate::host;
use crate::office::Office;
use crate::problem::Problem;
use crate::sessions::Login;
use crate::tls::{Certificates, ChangeError};
use crate::why::{Malformed, Signing, Why};
use crate::words;

/// What to trust, for whoever has not signed in; also without HTTPS
#[utoipa::path(get, path = "/api/authority", tag = "system", responses((status = 200, body = Authority)))]
pub(super) async fn authority(State(app): State<App>) -> Result<Json<Authority>, Problem> {
    let certificates = served(&app)?;
    Ok(Json(Authority {
        fingerprint: certificates.fingerprint.clone(),
        is_in_use: !certificates.shown().is_uploaded,
        https_port: app.https_port.ok_or_else(none)?,
        address: app.address.clone(),
    }))
}

/// The certificate that the box shows
#[utoipa::path(get, path = "/api/certificate", tag = "system", responses((status = 200, body = Certificate)))]
pub(super) async fn in_use(State(app): State<App>, asker: Asker) -> Result<Json<Certificate>, Problem> {
    let certificates = served(&app)?;
    Ok(Json(shown(&certificates, &*app.office, &asker)))
}

/// Uses an uploaded certificate, for connections that begin from now on
#[utoipa::path(put, path = "/api/certificate", tag = "system", request_body = CertificateWrite,
    responses((status = 200, body = Certificate)))]
pub(super) async fn upload(
    State(app): State<App>,
    asker: Asker,
    Sent(sent): Sent<CertificateWrite>,
) -> Result<Json<Certificate>, Problem> {
    change(app, asker, move |certificates, office| certificates.upload(&sent.chain, sent.key.expose(), &office.now()))
        .await
}

/// Goes back to the box's own certificate
#[utoipa::path(delete, path = "/api/certificate", tag = "system", responses((status = 200, body = Certificate)))]
pub(super) async fn use_own(State(app): State<App>, asker: Asker) -> Result<Json<Certificate>, Problem> {
    change(app, asker, |certificates, _| certificates.use_own()).await
}

/// Takes the last change of the certificate back
#[utoipa::path(post, path = "/api/certificate/undo", tag = "system", responses((status = 200, body = Certificate)))]
pub(super) async fn undo(State(app): State<App>, asker: Asker) -> Result<Json<Certificate>, Problem> {
    change(app, asker, |certificates, office| certificates.undo(&office.now())).await
}

async fn change(
    app: App,
    asker: Asker,
    work: impl FnOnce(&Certificates, &dyn Office) -> Result<(), ChangeError> + Send + 'static,
) -> Result<Json<Certificate>, Problem> {
    let certificates = served(&app)?;
    app.wait(move |office| {
        work(&certificates, office).map_err(problem)?;
        let shown = shown(&certificates, office, &asker);
        log::info!("https: {} put the certificate of {:?} into use", asker.login.name, shown.subject);
        Ok(Json(shown))
    })
    .await
}

fn problem(error: ChangeError) -> Problem {
    match error {
        ChangeError::Unfit(unfit) => Problem::field(if unfit.is_of_the_key() { "key" } else { "chain" }, unfit),
        ChangeError::Nothing => Problem::new(StatusCode::CONFLICT, Why::NoCertificateBefore),
        ChangeError::Tls(why) => Problem::failed(Why::CertificateNotKept, &why),
    }
}

fn none() -> Problem {
    Problem::not_found(Malformed::NoHttps)
}

fn served(app: &App) -> Result<Arc<Certificates>, Problem> {
    app.certificates.clone().ok_or_else(none)
}

/// Who asks, and by which names: what is told of a certificate depends on both.
pub(super) struct Asker {
    login: Login,
    language: Language,
    /// The names that people use for the box: that of this request, and those it was given. The name of the machine
    /// alone, without a dot, is no name that anybody buys a certificate for.
    reached: Vec<String>,
}

impl FromRequestParts<App> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Asker, Problem> {
        // The gate has put both there, or not let this through.
        let unknown = || Problem::new(StatusCode::UNAUTHORIZED, Signing::Needed);
        let login = parts.extensions.get::<Login>().cloned().ok_or_else(unknown)?;
        let language = parts.extensions.get::<Language>().copied().ok_or_else(unknown)?;
        let mut reached: Vec<String> = app.names.iter().filter(|name| name.contains('.')).cloned().collect();
        let here = host::of(&parts.headers, &parts.uri);
        let here = here.filter(|host| !host::is_this_machine(host) && !reached.contains(host));
        reached.extend(here);
        Ok(Asker { login, language, reached })
    }
}

fn shown(certificates: &Certificates, office: &dyn Office, asker: &Asker) -> Certificate {
    let shown = certificates.shown();
    let facts = shown.facts;
    Certificate {
        is_uploaded: shown.is_uploaded,
        lacks: asker.reached.iter().filter(|name| !facts.covers(name)).cloned().collect(),
        days_left: facts.days_left(office.now().wall),
        subject: facts.subject,
        issuer: facts.issuer,
        names: facts.names,
        key: facts.key,
        from: facts.from,
        until: facts.until,
        fingerprint: facts.fingerprint,
        has_issuer: facts.has_issuer,
        unused: shown.unused.map(|unfit| words::why(asker.language, &unfit.into())),
        can_undo: shown.can_undo,
        authority: certificates.fingerprint.clone(),
    }
}
