//! What decides about an extension's calls by the clock: the time groups that its call flow goes by, whoever they are of (F50).

use axum::Json;
use axum::extract::{Extension, State};
use config::{Area, Config, Level};
use pbx::words::Language;

use super::model::{TimeGroup, TimeOfDay};
use super::time_groups::{Owner, shown};
use super::wire::At;
use super::{App, rows};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Malformed;

/// The time groups that the rules and diversions of an extension go by
#[utoipa::path(get, path = "/api/time-of-day/{extension}", tag = "answering",
    params(("extension" = String, Path, description = "An extension.")),
    responses((status = 200, body = TimeOfDay)))]
pub(super) async fn list(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    At(extension): At<String>,
) -> Result<Json<TimeOfDay>, Problem> {
    let config = app.office.config();
    let known = config.extension(&extension).ok_or_else(|| Problem::not_found(Malformed::NotThere))?;
    may_see(&config, &login, &extension)?;
    let now = app.office.now().wall;
    let is_used = |group: &config::TimeGroup| {
        known.answering.groups().any(|one| one.owner == group.owner && one.name == group.name)
    };
    let groups = config.time_groups_for(&extension).filter(|group| is_used(group)).map(|group| {
        let one = shown(&config, group, now, language);
        let may = |level| Owner::of(&config, &login, &one.address, level).is_ok();
        // What somebody keeps for themselves who has rights in the office is not told; what is shared is.
        (one.is_shared || may(Level::See)).then(|| TimeGroup { is_own: may(Level::Change), ..one.clone() })
    });
    Ok(Json(TimeOfDay { name: rows::name_of(&config, &extension), groups: groups.flatten().collect(), extension }))
}

/// Who may see the office's times, and the managers of the site where the extension is.
fn may_see(config: &Config, login: &Login, extension: &str) -> Result<(), Problem> {
    let own = config.person(login.person).and_then(|person| person.extension.as_ref());
    let is_managed = config.site_of(extension).is_some_and(|site| site.is_managed_by(own));
    if is_managed { Ok(()) } else { login.may(Area::Times, Level::See) }
}
