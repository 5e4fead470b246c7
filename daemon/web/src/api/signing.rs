//! The first boot, signing in and out.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use config::{Config, LANGUAGES, MIN_PASSWORD, Person, PersonId, Preset, RawPerson, Secret, weak_password};
use store::{hash_password, verify_password, verify_pin};

use super::model::{Done, Hello, Me, Reset, Setup, SignIn};
use super::peer::{Peer, cookie_name};
use super::rows::Author;
use super::standing::has_owner;
use super::wire::Sent;
use super::{App, peer, rows};
use crate::keys::{Purpose, Shut};
use crate::office::Office;
use crate::problem::Problem;
use crate::sessions::{Entrance, Login};
use crate::throttle::Guesser;
use crate::why::{Signing, Unchanged, Why};

/// A password hash that no password makes: it is checked where there is none, so that an unknown login takes as long as
/// a wrong password. Of the same cost as [`hash_password`].
const NO_PASSWORD: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                           YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE";

/// The same for PINs.
const NO_PIN: &str = "$argon2id$v=19$m=8192,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                      YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE";

/// The longest login that is looked at, in bytes: an e-mail address.
const LOGIN_MAX: usize = config::MAX_EMAIL;

/// How much of what a browser says of itself is kept, in characters: its name and its system come first.
const DEVICE_MAX: usize = 200;

/// How long a browser keeps the cookie: as long as the longest session may live.
pub(super) const COOKIE_S: u32 = 30 * 24 * 3600;

/// What the page needs before anybody has signed in
#[utoipa::path(get, path = "/api/hello", tag = "signing", responses((status = 200, body = Hello)))]
pub(super) async fn hello(State(app): State<App>) -> Json<Hello> {
    let config = app.office.config();
    Json(Hello {
        needs_setup: !has_owner(&config),
        office: config.office().name.clone(),
        language: config.office().language.clone(),
        languages: LANGUAGES.iter().map(|code| (*code).to_owned()).collect(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        https_port: app.https_port,
        min_password: u16::try_from(MIN_PASSWORD).unwrap_or(u16::MAX),
    })
}

/// Claims a box that belongs to nobody, by the token of its console
#[utoipa::path(post, path = "/api/setup", tag = "signing", request_body = Setup,
    responses((status = 200, body = Me, description = "The box is theirs, and they are signed in.")))]
pub(super) async fn setup(State(app): State<App>, from: From, Sent(sent): Sent<Setup>) -> Result<Response, Problem> {
    app.is_claiming(from.peer.ip, sent.token.expose())?;
    judge_password("admin.password", sent.admin.password.expose(), &[&sent.admin.name, &sent.admin.email])?;
    let password = sent.admin.password.clone();
    let hash = app.hash(move || hash_password(password.expose())).await?.ok_or_else(no_randomness)?;
    let author = sent.admin.name.clone();
    let email = sent.admin.email.clone();
    app.wait(move |office| claim(office, &author, sent, hash)).await?;
    app.keys.use_up(Purpose::Setup);
    log::info!("the box was set up");
    let config = app.office.config();
    let person = config.person_by_email(&email).ok_or_else(|| Problem::not_found(Signing::AdminGone))?;
    enter(&app, &config, from, person, false)
}

fn claim(office: &dyn Office, author: &str, sent: Setup, hash: Secret) -> Result<(), Problem> {
    let zones = jiff::tz::TimeZone::get(&sent.office.time_zone);
    zones.map_err(|_| Problem::field("office.time_zone", Unchanged::NoSuchTimeZone))?;
    let saved = rows::edit(office, Author::owner(author), |raw| {
        // Looked at again where nobody else can change it: the token claims the box once.
        let claimed = Config::check(raw, &mut Vec::new());
        if has_owner(&claimed) {
            return Err(Problem::new(StatusCode::FORBIDDEN, Signing::SetUpAlready));
        }
        raw.office.name = Some(sent.office.name.trim().to_owned());
        raw.office.country = Some(sent.office.country);
        raw.office.language = Some(sent.office.language);
        raw.office.time_zone = Some(sent.office.time_zone);
        raw.people.push(RawPerson {
            name: Some(sent.admin.name.trim().to_owned()),
            email: Some(sent.admin.email),
            role: Some(Preset::Admin.as_str().to_owned()),
            password_hash: Some(hash),
            ..RawPerson::default()
        });
        Ok(())
    });
    saved.map(|_| ()).map_err(|problem| setup_fields(&problem))
}

/// Fields by the names that the setup has for them.
fn setup_fields(problem: &Problem) -> Problem {
    let errors = problem.errors.iter().map(|(field, wrong)| {
        let table = if matches!(field.as_str(), "country" | "language" | "time_zone") { "office" } else { "admin" };
        let field = if field.contains('.') { field.clone() } else { format!("{table}.{field}") };
        (field, wrong.clone())
    });
    Problem { errors: errors.collect(), ..problem.clone() }
}

/// Gives an administrator a new password, by a token of `bellboxd reset-admin`
#[utoipa::path(post, path = "/api/reset", tag = "signing", request_body = Reset,
    responses((status = 200, body = Me, description = "The password is new, and they are signed in.")))]
pub(super) async fn reset(State(app): State<App>, from: From, Sent(sent): Sent<Reset>) -> Result<Response, Problem> {
    let guesser = [Guesser::source(from.peer.ip), Guesser::Account("reset".to_owned())];
    app.try_now(&guesser)?;
    app.keys.try_open(Purpose::Reset, sent.token.expose(), app.office.now().since_boot).map_err(shut)?;
    app.throttle.succeeded(&guesser);
    let person = {
        let config = app.office.config();
        let mut admins = config.people().filter(|person| person.has_all_rights() && person.email.is_some());
        let admin = match &sent.email {
            Some(email) => admins.find(|person| person.email.as_deref() == Some(&email.trim().to_lowercase())),
            None => admins.next().filter(|_| admins.next().is_none()),
        };
        admin.ok_or_else(|| Problem::field("email", Signing::WhichAdmin))?.clone()
    };
    let owner = [person.name.as_str(), person.email.as_deref().unwrap_or_default()];
    judge_password("password", sent.password.expose(), &owner)?;
    let hash = app.hash(move || hash_password(sent.password.expose())).await?.ok_or_else(no_randomness)?;
    let (id, author) = (person.id, person.name.clone());
    app.wait(move |office| {
        rows::edit(office, Author::owner(&author), |raw| {
            rows::row(raw, id)?.password_hash = Some(hash);
            Ok(())
        })
    })
    .await?;
    app.keys.use_up(Purpose::Reset);
    app.sessions.end_all_of(person.id);
    let config = app.office.config();
    enter(&app, &config, from, &person, false)
}

/// Each reason has its own status, by which the page words it.
fn shut(why: Shut) -> Problem {
    let status = match why {
        Shut::Unknown => StatusCode::FORBIDDEN,
        Shut::Used => StatusCode::CONFLICT,
        Shut::Late => StatusCode::GONE,
    };
    Problem::new(status, Signing::Link(why))
}

/// Signs in
#[utoipa::path(post, path = "/api/login", tag = "signing", request_body = SignIn,
    responses((status = 200, body = Me, description = "Signed in; the cookie is set.")))]
pub(super) async fn login(State(app): State<App>, from: From, Sent(sent): Sent<SignIn>) -> Result<Response, Problem> {
    let login = sent.login.trim().to_lowercase();
    if login.len() > LOGIN_MAX || sent.secret.expose().len() > config::MAX_PASSWORD {
        return Err(wrong());
    }
    let guessers = [Guesser::source(from.peer.ip), Guesser::Account(login.clone())];
    app.try_now(&guessers)?;
    let config = app.office.config();
    let person = match login.contains('@') {
        true => config.person_by_email(&login),
        false => config.extension(&login).and_then(|extension| config.person(extension.person)),
    };
    let is_by_pin = !login.contains('@') && rows::is_pin(sent.secret.expose());
    let hash = person.and_then(|person| hash_of(&config, person, is_by_pin));
    let none = if is_by_pin { NO_PIN } else { NO_PASSWORD };
    let hash = hash.unwrap_or_else(|| none.to_owned());
    let verify = if is_by_pin { verify_pin } else { verify_password };
    let is_right = app.hash(move || verify(&hash, sent.secret.expose())).await?;
    let Some(person) = person.filter(|_| is_right) else {
        log::warn!("page: a wrong sign-in from {}", from.peer.ip);
        return Err(wrong());
    };
    app.throttle.succeeded(&guessers);
    enter(&app, &config, from, person, is_by_pin)
}

fn wrong() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, Signing::Wrong)
}

pub(super) fn hash_of(config: &Config, person: &Person, is_by_pin: bool) -> Option<String> {
    if is_by_pin {
        let extension = config.extension(person.extension.as_ref()?.as_str())?;
        return extension.pin_hash.clone();
    }
    person.password_hash.clone()
}

/// Opens a new session, whatever cookie came: a name that somebody else put there opens nothing.
fn enter(app: &App, config: &Config, from: From, person: &Person, is_by_pin: bool) -> Result<Response, Problem> {
    let ip = from.peer.ip;
    if let Some(before) = from.session {
        app.sessions.end(&before);
    }
    let is_tls = from.peer.is_tls;
    let (name, me) = opened(app, config, person.id, from.entrance(app, is_by_pin))?;
    log::info!("page: {} signed in from {}{}", person.id, ip, if is_by_pin { " by PIN" } else { "" });
    let cookie = cookie(is_tls, &name, COOKIE_S);
    Ok(([(header::SET_COOKIE, cookie)], Json(me)).into_response())
}

/// A new session's name, and who it is.
pub(super) fn opened(app: &App, config: &Config, id: PersonId, entrance: Entrance) -> Result<(String, Me), Problem> {
    let now = app.office.now().since_boot;
    let name = app.sessions.open(config, id, entrance, now).ok_or_else(no_randomness)?;
    let login = app.sessions.login(config, &name, now).ok_or_else(wrong)?;
    let me = rows::me(config, &login).ok_or_else(wrong)?;
    Ok((name, me))
}

pub(super) fn cookie(is_tls: bool, name: &str, seconds: u32) -> HeaderValue {
    let secure = if is_tls { "; Secure" } else { "" };
    let cookie =
        format!("{}={name}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}", cookie_name(is_tls));
    HeaderValue::from_str(&cookie).expect("a cookie of ours has no strange characters")
}

/// Signs out
#[utoipa::path(post, path = "/api/logout", tag = "signing", responses((status = 200, body = Done)))]
pub(super) async fn logout(State(app): State<App>, Extension(login): Extension<Login>, from: From) -> Response {
    app.sessions.end(&login.key);
    ([(header::SET_COOKIE, cookie(from.peer.is_tls, "", 0))], Json(Done::DONE)).into_response()
}

/// Signs out at every browser
#[utoipa::path(post, path = "/api/logout-everywhere", tag = "signing", responses((status = 200, body = Done)))]
pub(super) async fn logout_everywhere(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    from: From,
) -> Response {
    app.sessions.end_all_of(login.person);
    ([(header::SET_COOKIE, cookie(from.peer.is_tls, "", 0))], Json(Done::DONE)).into_response()
}

/// Refuses a password that is too easy to guess.
pub(super) fn judge_password(field: &str, password: &str, owner: &[&str]) -> Result<(), Problem> {
    weak_password(password, owner).map_err(|weak| Problem::field(field, weak))
}

pub(super) fn no_randomness() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, Why::NoRandomness)
}

impl App {
    /// Whether this token claims the box, which must belong to nobody yet.
    pub(super) fn is_claiming(&self, ip: IpAddr, token: &str) -> Result<(), Problem> {
        let guesser = [Guesser::source(ip), Guesser::Account("setup".to_owned())];
        self.try_now(&guesser)?;
        let now = self.office.now().since_boot;
        if self.keys.try_open(Purpose::Setup, token, now).is_err() || has_owner(&self.office.config()) {
            return Err(Problem::new(StatusCode::FORBIDDEN, Signing::WrongToken));
        }
        self.throttle.succeeded(&guesser);
        Ok(())
    }

    /// Counts a try, or says how long to wait.
    pub(super) fn try_now(&self, guessers: &[Guesser]) -> Result<(), Problem> {
        self.throttle.begin(guessers, self.office.now().since_boot).map_err(|wait| {
            let seconds = wait.as_secs().max(1);
            let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, Signing::TooManyTries { seconds });
            Problem { retry_after: Some(Duration::from_secs(seconds)), ..problem }
        })
    }
}

/// Where a request comes from, and the session that its browser had.
#[derive(Clone)]
pub(super) struct From {
    pub peer: Peer,
    pub session: Option<crate::random::Trace>,
    /// What the browser says of itself, at most [`DEVICE_MAX`] characters that can be printed.
    device: String,
}

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for From {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _: &S,
    ) -> Result<From, std::convert::Infallible> {
        Ok(From::of(parts.extensions.get::<Peer>().copied(), &parts.headers))
    }
}

impl From {
    fn of(known: Option<Peer>, headers: &HeaderMap) -> From {
        let from = known.unwrap_or(Peer { ip: IpAddr::V4(Ipv4Addr::UNSPECIFIED), is_tls: false });
        let session = peer::cookie(headers, cookie_name(from.is_tls)).map(crate::random::trace);
        let told = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let device = told.chars().filter(|c| !c.is_control()).take(DEVICE_MAX).collect();
        From { peer: from, session, device }
    }

    /// A sign-in from here, now.
    pub(super) fn entrance(self, app: &App, is_by_pin: bool) -> Entrance {
        Entrance { at: app.office.now().wall, ip: self.peer.ip, device: self.device, is_by_pin }
    }
}
