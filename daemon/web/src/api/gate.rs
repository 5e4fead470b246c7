//! Who may pass: looked up for every request in the one table of routes.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use config::{Area, Level};
use pbx::words::Language;

use super::App;
use super::peer::{Peer, cookie, cookie_name};
use super::routes::{Access, ROUTES, Route};
use crate::language;
use crate::problem::Problem;
use crate::sessions::{Login, Scope};
use crate::why::{Malformed, Signing};

/// The header that every change carries: another site's form cannot set it.
pub(super) const OWN: &str = "x-bellbox";

/// Lets a request through to its handler, with its login where one is needed.
pub(super) async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    match check(&app, &request) {
        Ok(login) => {
            let own = || own_language(&app, login.as_ref());
            let language = language::wanted(request.headers()).unwrap_or_else(own);
            request.extensions_mut().insert(language);
            if let Some(login) = login {
                request.extensions_mut().insert(login);
            }
            let mut response = next.run(request).await;
            // For a problem in it.
            response.extensions_mut().insert(language);
            response
        }
        Err(problem) => problem.into_response(),
    }
}

/// The language where the browser says none: of the person who is signed in, else the office's.
fn own_language(app: &App, login: Option<&Login>) -> Language {
    let config = app.office.config();
    let own = login.and_then(|login| config.person(login.person)).and_then(|person| person.language.as_deref());
    Language::of_tag(own.unwrap_or(&config.office().language)).unwrap_or_default()
}

fn check(app: &App, request: &Request) -> Result<Option<Login>, Problem> {
    let path = request.extensions().get::<MatchedPath>().map_or("", |path| path.as_str());
    let Some(route) = find(request.method(), path) else { return Ok(None) };
    if route.method.is_write() {
        is_from_our_page(request.headers())?;
    }
    match route.access {
        Access::Anyone => return Ok(None),
        Access::Setup => return app.is_claiming(ip(request), token(request.headers())).map(|()| None),
        Access::Home | Access::User | Access::See(_) | Access::Change(_) => {}
    }
    let is_tls = request.extensions().get::<Peer>().is_some_and(|peer| peer.is_tls);
    let login = cookie(request.headers(), cookie_name(is_tls))
        .and_then(|name| app.sessions.login(&app.office.config(), name, app.office.now().since_boot));
    let Some(login) = login else {
        return Err(Problem::new(StatusCode::UNAUTHORIZED, Signing::Needed));
    };
    let may = match route.access {
        Access::See(area) => login.may(area, Level::See),
        Access::Change(area) => login.may(area, Level::Change),
        Access::User if login.scope < Scope::User => Err(Problem::new(StatusCode::FORBIDDEN, Signing::PasswordOnly)),
        _ => Ok(()),
    };
    may.map(|()| Some(login))
}

impl Login {
    /// Refuses what the rights of whoever is signed in do not reach.
    pub(super) fn may(&self, area: Area, level: Level) -> Result<(), Problem> {
        if self.scope > Scope::Home && self.rights.of(area) >= level {
            return Ok(());
        }
        let why = if self.scope == Scope::Home { Signing::PasswordOnly } else { Signing::NoRight };
        Err(Problem::new(StatusCode::FORBIDDEN, why))
    }
}

fn ip(request: &Request) -> IpAddr {
    request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip)
}

/// The setup's token, where the body is something else.
fn token(headers: &HeaderMap) -> &str {
    headers.get("x-setup-token").and_then(|token| token.to_str().ok()).unwrap_or_default()
}

fn find(method: &Method, path: &str) -> Option<&'static Route> {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    ROUTES.iter().find(|route| route.path == path && route.method.as_str() == method)
}

/// A change must come from a page of this box: it carries our header, and where the browser says who asks, it is us.
fn is_from_our_page(headers: &HeaderMap) -> Result<(), Problem> {
    let refused = |why: Malformed| Err(Problem::new(StatusCode::FORBIDDEN, why));
    if headers.get(OWN).is_none_or(|value| value != "1") {
        return refused(Malformed::NoOwnHeader);
    }
    let text = |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str().unwrap_or("?"));
    let host = text(header::HOST).unwrap_or_default();
    if let Some(origin) = text(header::ORIGIN)
        && origin.split_once("://").is_none_or(|(_, from)| !from.eq_ignore_ascii_case(host))
    {
        return refused(Malformed::OtherSite);
    }
    match headers.get("sec-fetch-site").map(|value| value.to_str().unwrap_or("?")) {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_) => refused(Malformed::OtherSite),
    }
}
