//! The page that faces the network, behind hard limits: health and figures, the interface, and the page itself.
//!
//! Every limit is one that a hostile browser or a slow one would otherwise use up: heads, bodies, time, connections,
//! descriptors.

use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio_rustls::TlsAcceptor;

use crate::api::{self, App, BODY_MAX, Bounds, Peer, Route};
use crate::guests::{Guests, Room, Seat};
use crate::metrics;
pub use crate::office::{Office, Pulse};
pub use crate::parts::Parts;
use crate::problem::{self, Problem};
use crate::tls::Certificates;
use crate::watched::Watched;
use crate::why::Malformed;
use crate::{assets, book, host, ldap};

/// The bounds of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// By when a request's head must be whole, and a TLS handshake: 5 s, ample for a LAN.
    pub head: Duration,
    /// How long a head may be: 16 KiB, as browsers and proxies hold it; the least that is possible is 8 KiB.
    pub head_bytes: usize,
    /// By when a body must be whole and an answer begun: 10 s.
    pub answer: Duration,
    /// The same where a long body is taken: 60 s, the longest sound by a slow wireless LAN.
    pub upload: Duration,
    /// For how long a peer may take nothing of an answer: 30 s, a browser that sleeps.
    pub stall: Duration,
    /// How long a connection may live: an hour, since streams of events last, and come back by themselves.
    pub connection: Duration,
    /// Connections at once: 128, an eighth of the descriptors that the phones may take.
    pub connections: usize,
    /// Connections of one address at once: 48, eight browsers with the six that each opens, since an office across the
    /// street, a VPN or a terminal server comes from one address. A third of all, so that nobody has them alone.
    pub connections_per_address: usize,
    /// Descriptors that are left to the calls: 32, eight calls with their ports.
    pub descriptors_left: u64,
}

impl Limits {
    fn room(&self) -> Room {
        let Limits { connections, connections_per_address: of_one, descriptors_left, .. } = *self;
        Room { connections, of_one, descriptors_left }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head: Duration::from_secs(5),
            head_bytes: 16 * 1024,
            answer: Duration::from_secs(10),
            upload: Duration::from_secs(60),
            stall: Duration::from_secs(30),
            connection: Duration::from_secs(3600),
            connections: 128,
            connections_per_address: 48,
            descriptors_left: 32,
        }
    }
}

/// Everything that is served, for any number of listeners.
#[derive(Clone)]
pub struct Site {
    app: App,
    routes: Router,
    guests: Guests,
    limits: Limits,
    https: Option<Arc<Certificates>>,
}

/// How a listener is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// HTTP; where the site has HTTPS, browsers of the network are sent there.
    Plain,
    /// HTTPS.
    Tls,
}

impl Site {
    /// The site of these parts.
    pub fn new(parts: Parts, limits: Limits) -> Site {
        let app = App::new(parts);
        let certificates = app.certificates.clone();
        let authority = certificates.clone();
        let door = Door {
            limits,
            names: Arc::clone(&app.names),
            https_port: app.https_port,
            certificates: certificates.clone(),
        };
        let routes = Router::new()
            .route("/healthz", get(health))
            .route("/metrics", get(figures))
            .method_not_allowed_fallback(async || Problem::new(StatusCode::METHOD_NOT_ALLOWED, Malformed::OnlyRead))
            .with_state(Arc::clone(&app.office))
            .route("/ca.crt", get(async move || ca(authority.as_deref())))
            .merge(api::router(&app))
            .merge(book::router(&app))
            .fallback(assets::serve)
            .layer(middleware::from_fn_with_state(door, guard))
            .layer(middleware::from_fn(problem::say));
        Site { app, routes, guests: Guests::new(limits.room()), limits, https: certificates }
    }

    /// Serves on `runtime` for as long as it lives. The listener is made non-blocking. Does nothing more than close
    /// connections where HTTPS is wanted and the site has no certificates.
    pub fn serve(&self, listener: StdListener, speech: Speech, runtime: &Handle) -> std::io::Result<()> {
        listener.set_nonblocking(true)?;
        let _inside = runtime.enter();
        let listener = TcpListener::from_std(listener)?;
        runtime.spawn(accept(listener, self.clone(), speech));
        Ok(())
    }

    /// Serves the directory to phones over LDAP, read-only, on `runtime` for as long as it lives. They say their secrets in
    /// clear. The listener is made non-blocking.
    pub fn serve_ldap(&self, listener: StdListener, runtime: &Handle) -> std::io::Result<()> {
        ldap::serve(self.app.clone(), listener, self.limits.descriptors_left, runtime)
    }
}

/// What every request passes first.
#[derive(Clone)]
struct Door {
    limits: Limits,
    names: Arc<[String]>,
    https_port: Option<u16>,
    certificates: Option<Arc<Certificates>>,
}

/// Refuses strange hosts and bodies, sends browsers to HTTPS, bounds the time, and puts the security headers on every
/// answer.
async fn guard(State(door): State<Door>, request: Request, next: Next) -> Response {
    let mut response = match door.refusal(&request) {
        Some(refusal) => refusal,
        None if bounds(&request) != Bounds::Row => next.run(request).await,
        None => {
            let timed = tokio::time::timeout(door.patience(&request), next.run(request)).await;
            let late = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, Malformed::TooSlow).into_response();
            timed.unwrap_or_else(|_| late())
        }
    };
    let headers = response.headers_mut();
    for (name, value) in SECURITY_HEADERS {
        headers.insert(header::HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

impl Door {
    fn refusal(&self, request: &Request) -> Option<Response> {
        let refuse = |status, why: Malformed| Some(Problem::new(status, why).into_response());
        let Some(name) = host::of(request.headers(), request.uri()) else {
            return refuse(StatusCode::BAD_REQUEST, Malformed::OneHost);
        };
        let is_proven = || self.certificates.as_ref().is_some_and(|certificates| certificates.proves(&name));
        if !host::is_ours(&name, &self.names) && !is_proven() {
            return refuse(StatusCode::MISDIRECTED_REQUEST, Malformed::UnknownHost);
        }
        let most = api::longest_body(request.method().as_str(), request.uri().path());
        if bounds(request) != Bounds::Upload && is_body_too_large(request.headers(), most) {
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, Malformed::TooLong { most_kib: most / 1024 });
        }
        self.elsewhere(request, &name)
    }

    fn patience(&self, request: &Request) -> Duration {
        let is_long = is_body_too_large(request.headers(), BODY_MAX);
        if is_long { self.limits.upload } else { self.limits.answer }
    }

    /// Where HTTPS is served, nobody's password crosses the network in clear. Programs that watch the box may go on to
    /// use HTTP, and so may this machine itself.
    fn elsewhere(&self, request: &Request, name: &str) -> Option<Response> {
        let port = self.https_port?;
        let peer = request.extensions().get::<Peer>()?;
        let path = request.uri().path();
        if peer.is_tls || is_open(path) || peer.ip.to_canonical().is_loopback() {
            return None;
        }
        if path.starts_with("/api") {
            return Some(Problem::new(StatusCode::FORBIDDEN, Malformed::UseHttps).into_response());
        }
        let name = if name.contains(':') { format!("[{name}]") } else { name.to_owned() };
        let place = format!("https://{name}:{port}{}", request.uri().path_and_query().map_or("/", |all| all.as_str()));
        let place = HeaderValue::from_str(&place).ok()?;
        Some((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, place)]).into_response())
    }
}

/// What is served without HTTPS too: figures for programs, and the page that leads to trust in the box's certificate,
/// with the files it is made of. None of it is secret, and nobody signs in there. And the books of phones, of which few trust
/// the box's certificate: they prove themselves without saying their secret.
fn is_open(path: &str) -> bool {
    matches!(path, "/healthz" | "/metrics" | "/ca.crt" | "/certificate" | "/api/authority" | "/icon.svg")
        || path.starts_with("/assets/")
        || path.starts_with(book::FOLDER)
}

/// No script but ours, no frame, no guess of a type, no trace in other sites' logs.
const SECURITY_HEADERS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "microphone=(self), camera=(), geolocation=()"),
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: \
         blob:; font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
];

fn bounds(request: &Request) -> Bounds {
    Route::bounds_of(request.method().as_str(), request.uri().path())
}

fn is_body_too_large(headers: &HeaderMap, most: usize) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).map(|value| value.to_str().ok().and_then(|n| n.parse().ok()));
    headers.contains_key(header::TRANSFER_ENCODING)
        || length.is_some_and(|length: Option<usize>| length.is_none_or(|length| length > most))
}

#[derive(Serialize)]
struct Health<'a> {
    status: &'a str,
    version: &'a str,
    revision: u64,
    calls: usize,
}

async fn health(State(office): State<Arc<dyn Office>>) -> Response {
    if let Err(why) = office.health() {
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, why).into_response();
    }
    let status = office.status();
    let health = Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        revision: status.revision,
        calls: status.calls.len(),
    };
    axum::Json(health).into_response()
}

async fn figures(State(office): State<Arc<dyn Office>>) -> Response {
    let text = metrics::page(&office.status(), &office.figures());
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

/// The authority's certificate, for people to install.
fn ca(certificates: Option<&Certificates>) -> Response {
    let Some(certificates) = certificates else {
        return Problem::not_found(Malformed::NoHttps).into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "application/x-x509-ca-cert"),
        // Not as an attachment: then browsers that can would not offer to install it, but only keep the file.
        (header::CONTENT_DISPOSITION, "inline; filename=\"bellbox-ca.crt\""),
    ];
    (headers, certificates.authority.clone()).into_response()
}

async fn accept(listener: TcpListener, site: Site, speech: Speech) {
    loop {
        let (stream, remote, seat) = site.guests.next(&listener, "http").await;
        tokio::spawn(connection(stream, remote, site.clone(), speech, seat));
    }
}

async fn connection(stream: TcpStream, remote: SocketAddr, site: Site, speech: Speech, _seat: Seat) {
    // Without it each answer would wait for the peer's delayed acknowledgement.
    let _ = stream.set_nodelay(true);
    let limits = site.limits;
    let stream = Watched::new(stream, limits.stall);
    let peer = Peer { ip: remote.ip(), is_tls: speech == Speech::Tls };
    let served = async {
        match (speech, &site.https) {
            (Speech::Plain, _) => serve(stream, peer, &site).await,
            (Speech::Tls, Some(certificates)) => {
                let acceptor = TlsAcceptor::from(certificates.server());
                match tokio::time::timeout(limits.head, acceptor.accept(stream)).await {
                    Ok(Ok(stream)) => serve(stream, peer, &site).await,
                    Ok(Err(e)) => log::debug!("https from {remote}: {e}"),
                    Err(_) => log::debug!("https from {remote}: no handshake in time"),
                }
            }
            (Speech::Tls, None) => {}
        }
    };
    if tokio::time::timeout(limits.connection, served).await.is_err() {
        log::debug!("http from {remote}: ended after {} s", limits.connection.as_secs());
    }
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(stream: S, peer: Peer, site: &Site) {
    let routes = TowerToHyperService::new(site.routes.clone());
    let service = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(peer);
        routes.call(request)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(site.limits.head)
        .max_buf_size(site.limits.head_bytes)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(e) = served.await {
        log::debug!("http from {}: {e}", peer.ip);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn sent(ip: &str, is_tls: bool, path: &str, https_port: Option<u16>) -> Option<(u16, String)> {
        let door = Door { limits: Limits::default(), names: Arc::new([]), https_port, certificates: None };
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = path.parse().unwrap();
        request.extensions_mut().insert(Peer { ip: ip.parse().unwrap(), is_tls });
        let answer = door.elsewhere(&request, "fd00::1")?;
        let place = answer.headers().get(header::LOCATION).map(|place| place.to_str().unwrap().to_owned());
        Some((answer.status().as_u16(), place.unwrap_or_default()))
    }

    #[test]
    fn browsers_of_the_network_are_sent_to_https() {
        let there = |path: &str| Some((308, format!("https://[fd00::1]:8443{path}")));
        for (ip, is_tls, path, expected) in [
            ("10.0.0.7", false, "/", there("/")),
            ("10.0.0.7", false, "/people?x=1", there("/people?x=1")),
            ("fd00::7", false, "//evil.example/", there("//evil.example/")),
            ("10.0.0.7", false, "/api/login", Some((403, String::new()))),
            ("10.0.0.7", false, "/healthz", None),
            ("10.0.0.7", false, "/metrics", None),
            ("10.0.0.7", false, "/ca.crt", None),
            ("10.0.0.7", false, "/certificate", None),
            ("10.0.0.7", false, "/assets/app-1a2b.js", None),
            ("10.0.0.7", false, "/phonebook/snom.xml?q=a", None),
            ("10.0.0.7", false, "/phonebook", there("/phonebook")),
            ("10.0.0.7", false, "/api/authority", None),
            ("10.0.0.7", false, "/api/authority/x", Some((403, String::new()))),
            ("10.0.0.7", false, "/certificate/", there("/certificate/")),
            ("10.0.0.7", true, "/api/login", None),
            ("127.0.0.1", false, "/api/login", None),
            ("::1", false, "/", None),
            ("::ffff:127.0.0.1", false, "/", None),
        ] {
            assert_eq!(sent(ip, is_tls, path, Some(8443)), expected, "{ip} {path}");
        }
        assert_eq!(sent("10.0.0.7", false, "/", None), None, "without HTTPS");
    }
}
