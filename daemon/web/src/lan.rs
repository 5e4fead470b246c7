//! The page that faces the network: `GET /healthz` and `GET /metrics`, behind hard limits.
//!
//! Every limit is one that a hostile browser or a slow one would otherwise use up: heads, bodies, time, connections.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr, TcpListener as StdListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use pbx::status::Status;
use serde::Serialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;

use crate::metrics::{self, Figure};

/// What the page shows of the daemon; every answer is at hand, none waits.
pub trait Pulse: Send + Sync + 'static {
    /// The newest picture of the office.
    fn status(&self) -> Arc<Status>;

    /// Whether the engine answers and the store writes; the reason, one sentence, when not.
    fn health(&self) -> Result<(), String>;

    /// Figures of the sockets and the queues.
    fn figures(&self) -> Vec<Figure>;
}

/// The bounds of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// By when a request's head must be whole: 5 s, ample for a LAN.
    pub head: Duration,
    /// How long a head may be: 16 KiB, as browsers and proxies hold it; the least that is possible is 8 KiB.
    pub head_bytes: usize,
    /// By when an answer must be made: 10 s.
    pub answer: Duration,
    /// How long a connection may live: 60 s, since nothing that is served takes longer.
    pub connection: Duration,
    /// Connections at once: 128, an eighth of the descriptors that the phones may take.
    pub connections: usize,
    /// Connections of one address at once: 16, twice what a browser opens.
    pub connections_per_address: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head: Duration::from_secs(5),
            head_bytes: 16 * 1024,
            answer: Duration::from_secs(10),
            connection: Duration::from_secs(60),
            connections: 128,
            connections_per_address: 16,
        }
    }
}

/// How long to wait after `accept` failed for want of descriptors.
const AFTER_ACCEPT_ERROR: Duration = Duration::from_millis(100);

/// Serves the page on `runtime` for as long as it lives. The listener is made non-blocking.
pub fn start(listener: StdListener, limits: Limits, pulse: Arc<dyn Pulse>, runtime: &Handle) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let _inside = runtime.enter();
    let listener = TcpListener::from_std(listener)?;
    runtime.spawn(accept(listener, limits, routes(pulse, limits)));
    Ok(())
}

fn routes(pulse: Arc<dyn Pulse>, limits: Limits) -> Router {
    Router::new()
        .route("/healthz", get(health))
        .route("/metrics", get(figures))
        .fallback(async || problem(StatusCode::NOT_FOUND, "there is no such page"))
        .method_not_allowed_fallback(async || problem(StatusCode::METHOD_NOT_ALLOWED, "this page can only be read"))
        .layer(middleware::from_fn_with_state(limits, guard))
        .with_state(pulse)
}

/// Refuses bodies, bounds the time, and puts the security headers on every answer.
async fn guard(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let mut response = if has_body(&request) {
        problem(StatusCode::PAYLOAD_TOO_LARGE, "no page here takes a body")
    } else {
        let timed = tokio::time::timeout(limits.answer, next.run(request)).await;
        timed.unwrap_or_else(|_| problem(StatusCode::SERVICE_UNAVAILABLE, "the answer took too long"))
    };
    for (name, value) in SECURITY_HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// No script, no frame, no guess of a type, no trace in other sites' logs, nothing kept by caches.
const SECURITY_HEADERS: [(header::HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    (header::CACHE_CONTROL, "no-store"),
];

fn has_body(request: &Request) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let announced = length.is_some_and(|length| length.as_bytes() != b"0");
    announced || request.headers().contains_key(header::TRANSFER_ENCODING)
}

#[derive(Serialize)]
struct Health<'a> {
    status: &'a str,
    version: &'a str,
    revision: u64,
    calls: usize,
}

async fn health(State(pulse): State<Arc<dyn Pulse>>) -> Response {
    if let Err(reason) = pulse.health() {
        return problem(StatusCode::SERVICE_UNAVAILABLE, &reason);
    }
    let status = pulse.status();
    let health = Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        revision: status.revision,
        calls: status.calls.len(),
    };
    let text = serde_json::to_string(&health).expect("plain fields are always JSON");
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

async fn figures(State(pulse): State<Arc<dyn Pulse>>) -> Response {
    let text = metrics::page(&pulse.status(), &pulse.figures());
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

#[derive(Serialize)]
struct Problem<'a> {
    title: &'a str,
    status: u16,
    detail: &'a str,
}

/// An error for programs and people (RFC 9457).
fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("error");
    let problem = Problem { title, status: status.as_u16(), detail };
    let text = serde_json::to_string(&problem).expect("plain fields are always JSON");
    (status, [(header::CONTENT_TYPE, "application/problem+json")], Body::from(text)).into_response()
}

/// Who is connected, so that nobody takes all places.
#[derive(Clone, Default)]
struct Guests(Arc<Mutex<BTreeMap<IpAddr, usize>>>);

struct Seat {
    guests: Guests,
    ip: IpAddr,
}

impl Guests {
    fn seat(&self, ip: IpAddr, limits: &Limits) -> Option<Seat> {
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let total: usize = seats.values().sum();
        let theirs = seats.get(&ip).copied().unwrap_or(0);
        if total >= limits.connections || theirs >= limits.connections_per_address {
            return None;
        }
        seats.insert(ip, theirs + 1);
        Some(Seat { guests: self.clone(), ip })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.guests.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = seats.get_mut(&self.ip) {
            *count -= 1;
            if *count == 0 {
                seats.remove(&self.ip);
            }
        }
    }
}

async fn accept(listener: TcpListener, limits: Limits, routes: Router) {
    let guests = Guests::default();
    loop {
        match listener.accept().await {
            Ok((stream, remote)) => {
                if let Some(seat) = guests.seat(remote.ip(), &limits) {
                    tokio::spawn(serve(stream, remote, limits, routes.clone(), seat));
                }
            }
            Err(e) => {
                log::warn!("http: accept: {e}");
                tokio::time::sleep(AFTER_ACCEPT_ERROR).await;
            }
        }
    }
}

async fn serve(stream: TcpStream, remote: SocketAddr, limits: Limits, routes: Router, _seat: Seat) {
    // Without it each answer would wait for the peer's delayed acknowledgement.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(limits.head_bytes)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes));
    if let Ok(Err(e)) = tokio::time::timeout(limits.connection, connection).await {
        log::debug!("http from {remote}: {e}");
    }
}
