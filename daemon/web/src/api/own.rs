//! What everybody sees and changes of themselves.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use config::{Config, Secret};
use store::{hash_password, verify_password, verify_pin};

use super::model::{Done, Me, MyChanges, MyPassword, MyPin, SignInRow, SignIns};
use super::rows::Author;
use super::signing::{From, cookie, hash_of, judge_password, no_randomness, opened};
use super::wire::{IfMatch, Sent, versioned};
use super::{App, rows, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::throttle::Guesser;
use crate::why::Signing;

/// Who is signed in
#[utoipa::path(get, path = "/api/me", tag = "me", responses((status = 200, body = Me)))]
pub(super) async fn me(State(app): State<App>, Extension(login): Extension<Login>) -> Result<Response, Problem> {
    let me = rows::me(&app.office.config(), &login).ok_or_else(rows::nobody)?;
    Ok(versioned(&me.etag.clone(), me))
}

/// Where one has signed in last
#[utoipa::path(get, path = "/api/me/sign-ins", tag = "me", responses((status = 200, body = SignIns)))]
pub(super) async fn sign_ins(State(app): State<App>, Extension(login): Extension<Login>) -> Json<SignIns> {
    let known = app.sessions.sign_ins(&app.office.config(), login.person, app.office.now().since_boot);
    let row = |(sign_in, is_open): (crate::sessions::SignedIn, bool)| SignInRow {
        at: sign_in.entrance.at,
        from: sign_in.entrance.ip.to_string(),
        device: sign_in.entrance.device,
        is_by_pin: sign_in.entrance.is_by_pin,
        is_this: sign_in.key == login.key,
        is_open,
    };
    Json(SignIns { sign_ins: known.into_iter().map(row).collect() })
}

/// Changes what is one's own
#[utoipa::path(put, path = "/api/me", tag = "me", request_body = MyChanges,
    params(("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Me)))]
pub(super) async fn change_me(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    seen: IfMatch,
    Sent(sent): Sent<MyChanges>,
) -> Result<Response, Problem> {
    let asker = login.clone();
    app.wait(move |office| {
        rows::edit(office, Author::from(&asker), |raw| {
            let config = Config::check(raw, &mut Vec::new());
            let me = rows::me(&config, &asker).ok_or_else(rows::nobody)?;
            if !seen.is(&me.etag) {
                return Err(saves::changed_meanwhile(office, asker.person));
            }
            apply(rows::row(raw, asker.person)?, sent);
            Ok(())
        })
    })
    .await?;
    let me = rows::me(&app.office.config(), &login).ok_or_else(rows::nobody)?;
    Ok(versioned(&me.etag.clone(), me))
}

fn apply(row: &mut config::RawPerson, sent: MyChanges) {
    if let Some(language) = sent.language {
        row.language = Some(language).filter(|code| !code.is_empty());
    }
    if let Some(zone) = sent.time_zone {
        row.time_zone = Some(zone).filter(|zone| !zone.is_empty());
    }
    if let Some(name) = sent.caller_name {
        row.caller_name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    }
    row.ring_s = sent.ring_s.or(row.ring_s);
    row.voicemail = sent.voicemail.or(row.voicemail);
    row.pin_on_own_phone = sent.pin_on_own_phone.or(row.pin_on_own_phone);
    row.say_time = sent.say_time.or(row.say_time);
    row.say_caller = sent.say_caller.or(row.say_caller);
    row.newest_first = sent.newest_first.or(row.newest_first);
}

/// Changes one's own password; every other login session of one's own ends
#[utoipa::path(post, path = "/api/me/password", tag = "me", request_body = MyPassword,
    responses((status = 200, body = Done)))]
pub(super) async fn change_password(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    from: From,
    Sent(sent): Sent<MyPassword>,
) -> Result<Response, Problem> {
    prove(&app, &login, from.clone(), sent.current, false).await?;
    let config = app.office.config();
    let person = config.person(login.person).ok_or_else(rows::nobody)?;
    let owner =
        [person.name.as_str(), person.email.as_deref().unwrap_or_default(), login.extension.as_deref().unwrap_or("")];
    judge_password("new", sent.new.expose(), &owner)?;
    let hash = app.hash(move || hash_password(sent.new.expose())).await?.ok_or_else(no_randomness)?;
    saves::save_password(&app, login.person, hash, login.clone()).await?;
    app.sessions.end_all_of(login.person);
    let is_tls = from.peer.is_tls;
    let (name, _) = opened(&app, &app.office.config(), login.person, from.entrance(&app, false))?;
    let seconds = super::signing::COOKIE_S;
    Ok(([(header::SET_COOKIE, cookie(is_tls, &name, seconds))], Json(Done::DONE)).into_response())
}

/// Changes one's own voicemail PIN
#[utoipa::path(post, path = "/api/me/pin", tag = "me", request_body = MyPin, responses((status = 200, body = Done)))]
pub(super) async fn change_pin(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    from: From,
    Sent(sent): Sent<MyPin>,
) -> Result<Json<Done>, Problem> {
    let is_by_pin = rows::is_pin(sent.current.expose());
    prove(&app, &login, from, sent.current, is_by_pin).await?;
    saves::save_pin(&app, login.person, sent.new, login, "new").await?;
    Ok(Json(Done::DONE))
}

/// Whoever changes a secret says one of theirs again: an unlocked screen is not enough. Counted as sign-ins are.
async fn prove(app: &App, login: &Login, from: From, secret: Secret, is_by_pin: bool) -> Result<(), Problem> {
    let guessers = [Guesser::source(from.peer.ip), Guesser::Account(format!("again {}", login.person))];
    app.try_now(&guessers)?;
    let config = app.office.config();
    let person = config.person(login.person).ok_or_else(rows::nobody)?;
    let hash = hash_of(&config, person, is_by_pin).ok_or_else(|| Problem::field("current", Signing::WrongCurrent))?;
    let verify = if is_by_pin { verify_pin } else { verify_password };
    if !app.hash(move || verify(&hash, secret.expose())).await? {
        return Err(Problem::field("current", Signing::WrongCurrent));
    }
    app.throttle.succeeded(&guessers);
    Ok(())
}
