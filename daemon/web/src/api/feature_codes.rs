//! The table of feature codes: for everybody who dials them, and for administrators who change them.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{Area, Argument, CodeProfile, Config, Feature, RawConfig, RawFeatureCode};
use pbx::words::Language;

use super::model::{FeatureCodeRow, FeatureCodeWrite, FeatureCodes, FeatureCodesWrite, Saved};
use super::wire::{IfMatch, Sent, etag, versioned};
use super::{App, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Unchanged;

/// What can be dialled besides numbers
///
/// All of it for who may change it; else what is on and does something at the reader's extension.
#[utoipa::path(get, path = "/api/feature-codes", tag = "answering", responses((status = 200, body = FeatureCodes)))]
pub(super) async fn shown(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
) -> Response {
    let config = app.office.config();
    let mut shown = table(&config, language);
    let own = login.extension.as_deref();
    let is_of_use = |row: &FeatureCodeRow| {
        let feature = Feature::from_name(&row.feature).zip(own);
        row.enabled && feature.is_none_or(|(feature, own)| config.may_dial(own, feature))
    };
    shown.codes.retain(|row| login.rights.may_change(Area::Codes) || is_of_use(row));
    shown.revision = config.revision();
    versioned(&shown.etag.clone(), shown)
}

/// Replaces the table of codes
#[utoipa::path(put, path = "/api/feature-codes", tag = "answering", request_body = FeatureCodesWrite,
    params(("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved, description = "In force with the next call.")))]
pub(super) async fn replace(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    seen: IfMatch,
    Sent(sent): Sent<FeatureCodesWrite>,
) -> Result<Json<Saved>, Problem> {
    saves::save(&app, login, move |_, raw, config| {
        if !seen.is(&table(config, language).etag) {
            return Err(Problem::new(StatusCode::PRECONDITION_FAILED, Unchanged::ChangedMeanwhile));
        }
        write(raw, sent);
        Ok(())
    })
    .await
}

/// The whole table; its version is that of the codes, whatever the reader's language.
fn table(config: &Config, language: Language) -> FeatureCodes {
    let profile = config.office().codes;
    let rows = config.feature_codes().iter();
    let version: Vec<_> = rows.clone().map(|row| (row.feature.as_str(), &row.code, row.enabled)).collect();
    let etag = etag(&(profile.as_str(), version));
    let row = |row: &config::FeatureCode| {
        let delivered = profile.code_of(row.feature);
        FeatureCodeRow {
            feature: row.feature.to_string(),
            does: language.words().feature(row.feature).to_owned(),
            code: row.code.clone(),
            argument: argument(row.feature),
            enabled: row.enabled,
            delivered_code: delivered.code,
            delivered_enabled: delivered.enabled,
        }
    };
    FeatureCodes { profile: profile.as_str().to_owned(), codes: rows.map(row).collect(), revision: 0, etag }
}

fn argument(feature: Feature) -> &'static str {
    match feature.argument() {
        Argument::None => "none",
        Argument::Extension => "extension",
        Argument::Number => "number",
        Argument::Id => "id",
        Argument::OptionalExtension => "optional_extension",
        Argument::OptionalNumber => "optional_number",
    }
}

/// Only what differs is written: a profile that is chosen later brings its own codes for the rest.
fn write(raw: &mut RawConfig, sent: FeatureCodesWrite) {
    let profile = CodeProfile::named(&sent.profile);
    raw.office.codes = Some(sent.profile).filter(|_| profile != Some(CodeProfile::default()));
    let differs = |one: &FeatureCodeWrite| {
        let known = Feature::from_name(&one.feature).zip(profile);
        known.is_none_or(|(feature, profile)| {
            let delivered = profile.code_of(feature);
            one.code.as_ref().is_some_and(|code| *code != delivered.code)
                || one.enabled.is_some_and(|enabled| enabled != delivered.enabled)
        })
    };
    let row = |one: FeatureCodeWrite| RawFeatureCode {
        feature: Some(one.feature),
        code: one.code.map(|code| code.trim().to_owned()),
        enabled: one.enabled,
        ..RawFeatureCode::default()
    };
    raw.feature_codes = sent.codes.into_iter().filter(differs).map(row).collect();
}
