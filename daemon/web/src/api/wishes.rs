//! Who waits to be called back when somebody is free: one's own wishes, and those of others as far as rights reach.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use config::Level;

use super::answering::whose;
use super::model::{Done, Wish, Wishes};
use super::wire::At;
use super::{App, rows, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Why;

/// Whom a person waits for
#[utoipa::path(get, path = "/api/wishes/{who}", tag = "answering",
    params(("who" = String, Path, description = "`me`, or a person's number.")),
    responses((status = 200, body = Wishes)))]
pub(super) async fn list(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(who): At<String>,
) -> Result<Json<Wishes>, Problem> {
    let config = app.office.config();
    let caller = saves::extension_of(&config, whose(&config, &login, &who, Level::See)?)?;
    let status = app.office.status();
    let own = status.wishes.iter().filter(|wish| wish.caller == caller);
    let wish = |wish: &pbx::status::WishStatus| Wish {
        name: rows::known(&config, &login, &wish.target).0,
        target: wish.target.clone(),
        until: wish.until,
    };
    Ok(Json(Wishes { wishes: own.map(wish).collect() }))
}

/// Waits for somebody no more
#[utoipa::path(delete, path = "/api/wishes/{who}/{target}", tag = "answering",
    params(("who" = String, Path, description = "`me`, or a person's number."),
        ("target" = String, Path, description = "The extension that is waited for.")),
    responses((status = 200, body = Done)))]
pub(super) async fn end(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((who, target)): At<(String, String)>,
) -> Result<Json<Done>, Problem> {
    let author = login.name.clone();
    app.wait(move |office| {
        let config = office.config();
        let caller = saves::extension_of(&config, whose(&config, &login, &who, Level::Change)?)?;
        match office.end_wish(&caller, &target) {
            Some(true) => {
                log::info!("{caller} waits for {target} no more, by order of {author}");
                Ok(Json(Done::DONE))
            }
            Some(false) => Err(Problem::not_found(Why::NoSuchWish)),
            None => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::EngineBusy)),
        }
    })
    .await
}
