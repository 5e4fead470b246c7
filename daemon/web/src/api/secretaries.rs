//! What a secretary may change of a boss's row: whether she answers, and whose calls come to the boss all the same.

use axum::Json;
use axum::extract::{Extension, State};
use config::{Config, ContactFault, DiversionKind, Fault, Level, RawConfig, RuleChange, plain_number};

use super::answering::whose;
use super::model::{BossWrite, PassWrite, Saved};
use super::wire::{At, Sent};
use super::{App, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Unchanged;

/// Says whether somebody answers for a boss
#[utoipa::path(put, path = "/api/answering/{who}/bosses/{boss}", tag = "answering", request_body = BossWrite,
    params(("who" = String, Path, description = "The secretary: `me`, or a person's number."),
        ("boss" = String, Path, description = "The boss's extension.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn answer(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((who, boss)): At<(String, String)>,
    Sent(sent): Sent<BossWrite>,
) -> Result<Json<Saved>, Problem> {
    let asker = login.clone();
    saves::save(&app, login, move |office, raw, config| {
        let own = speaks_for(config, &asker, &who, &boss)?;
        let change = RuleChange::Secretary { boss, is_on: sent.on };
        change.apply(raw, config, &own, office.now().wall).ok_or_else(|| Problem::not_found(Unchanged::NoSecretary))
    })
    .await
}

/// Lets a caller come to a boss past the secretaries, in the name of one of them
#[utoipa::path(post, path = "/api/answering/{who}/bosses/{boss}/pass", tag = "answering", request_body = PassWrite,
    params(("who" = String, Path, description = "The secretary: `me`, or a person's number."),
        ("boss" = String, Path, description = "The boss's extension.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn pass(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((who, boss)): At<(String, String)>,
    Sent(sent): Sent<PassWrite>,
) -> Result<Json<Saved>, Problem> {
    let asker = login.clone();
    saves::save(&app, login, move |_, raw, config| {
        let own = speaks_for(config, &asker, &who, &boss)?;
        // One caller: whole countries pass by the boss's own word alone.
        let number = plain_number(&sent.number).ok_or_else(|| {
            let number = sent.number.chars().take(40).collect();
            Problem::field("number", Fault::from(ContactFault::BadNumber { number }))
        })?;
        let is_outside = config.extension(&number).is_none();
        let number = if is_outside { config.office().in_full(&number) } else { number };
        let rows = passing(raw, config, &own, &boss).ok_or_else(|| Problem::not_found(Unchanged::NoSecretary))?;
        if !rows.contains(&number) {
            rows.push(number);
        }
        Ok(())
    })
    .await
}

/// The secretary's extension. Who speaks for somebody else needs the right to change the rules of both.
fn speaks_for(config: &Config, asker: &Login, who: &str, boss: &str) -> Result<String, Problem> {
    let secretary = whose(config, asker, who, Level::Change)?;
    if let Some(owner) = config.extension(boss).map(|boss| boss.person).filter(|_| secretary != asker.person) {
        whose(config, asker, &owner.0.to_string(), Level::Change)?;
    }
    saves::extension_of(config, secretary)
}

/// The list of those who pass, where this extension is one of the boss's secretaries.
fn passing<'r>(raw: &'r mut RawConfig, config: &Config, own: &str, boss: &str) -> Option<&'r mut Vec<String>> {
    config.extension(boss)?.answering.secretaries()?.of(own)?;
    let row = raw.people.iter_mut().find(|row| row.extension.as_deref() == Some(boss))?;
    let kind = Some(DiversionKind::Secretary.as_str());
    let diversion = row.diversions.iter_mut().find(|one| one.kind.as_deref() == kind)?;
    Some(diversion.pass.get_or_insert_default())
}
