//! The page's interface: JSON over HTTP, one table of routes, one gate before all of them.

mod access;
mod accounts;
mod answering;
mod assistant;
mod attempts;
mod authorizations;
mod backup;
mod caller_ids;
mod callers;
mod calls;
mod certificate;
mod changes;
mod console;
mod contacts_file;
mod departments;
mod directory;
mod doc;
mod export;
mod extensions;
mod feature_codes;
mod findings;
mod gate;
mod greeting;
mod groups;
mod heading;
mod issue;
mod ladder;
mod live;
mod model;
mod night_modes;
mod overview;
mod own;
mod peer;
mod people;
mod people_file;
mod phones;
mod place;
mod plain_words;
mod profiles;
mod revisions;
mod routes;
mod rows;
mod saves;
mod secretaries;
mod sheet;
mod signing;
mod sites;
mod sound;
mod standing;
mod stream;
mod system;
mod time_groups;
mod time_of_day;
mod time_rows;
mod toll;
mod trunks;
mod voicemail;
mod what_if;
mod wire;
mod wishes;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use tokio::sync::Semaphore;

use crate::events::Events;
use crate::keys::Keys;
use crate::office::Office;
use crate::parts::Parts;
use crate::problem::Problem;
use crate::readers::Readers;
use crate::sessions::Sessions;
use crate::throttle::Throttle;
use crate::tls::Certificates;
use crate::why::{Malformed, Signing, Why};

pub use doc::openapi;
pub(crate) use peer::Peer;
pub(crate) use routes::longest_body;
pub use routes::{Access, Bounds, Method, ROUTES, Route};
pub use standing::has_owner;
pub(crate) use wire::BODY_MAX;

/// Passwords that are hashed at once: each takes 19 MiB and a core for tens of milliseconds, and calls come first.
const HASHED_AT_ONCE: usize = 1;

/// Sounds that are taken at once: each may take a hundred megabytes of memory and seconds of a core.
const UPLOADS_AT_ONCE: usize = 1;

/// How long an upload may wait for its turn.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(5);

/// How long a sign-in may wait for its turn.
const HASH_PATIENCE: Duration = Duration::from_secs(5);

/// What every handler has at hand.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

pub(crate) struct Shared {
    pub office: Arc<dyn Office>,
    pub keys: Arc<Keys>,
    pub events: Arc<Events>,
    pub sessions: Sessions,
    pub throttle: Throttle,
    pub readers: Readers,
    pub https_port: Option<u16>,
    pub certificates: Option<Arc<Certificates>>,
    pub names: Arc<[String]>,
    address: Option<String>,
    hashing: Semaphore,
    uploads: Semaphore,
    streams: stream::Streams,
    gauge: system::Gauge,
    looked: findings::Looked,
}

impl std::ops::Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    pub(crate) fn new(parts: Parts) -> App {
        let (https_port, certificates) = parts.https.unzip();
        App(Arc::new(Shared {
            office: parts.office,
            keys: parts.keys,
            events: parts.events,
            sessions: Sessions::default(),
            throttle: Throttle::default(),
            readers: Readers::default(),
            https_port,
            certificates,
            names: parts.names.into(),
            address: parts.address,
            hashing: Semaphore::new(HASHED_AT_ONCE),
            uploads: Semaphore::new(UPLOADS_AT_ONCE),
            streams: stream::Streams::default(),
            gauge: system::Gauge::default(),
            looked: findings::Looked::default(),
        }))
    }

    /// Does what waits for the disk or the engine, where that holds nothing up.
    async fn wait<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Office) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let office = Arc::clone(&self.office);
        let done = tokio::task::spawn_blocking(move || work(&*office)).await;
        done.unwrap_or_else(|error| Err(Problem::failed(Why::Mistake, &error)))
    }

    /// Hashes a password or checks one, a few at a time.
    async fn hash<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let busy = || Problem {
            retry_after: Some(HASH_PATIENCE),
            ..Problem::new(StatusCode::SERVICE_UNAVAILABLE, Signing::TooManyAtOnce)
        };
        let turn = tokio::time::timeout(HASH_PATIENCE, self.hashing.acquire()).await;
        let _turn = turn.map_err(|_| busy())?.map_err(|_| busy())?;
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|error| Problem::failed(Why::Mistake, &error))
    }
}

/// The interface as a service: paths below `/api`.
pub(crate) fn router(app: &App) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.path, (route.serve)());
    }
    // What a route takes of a body, its bounds say; axum's own limit would be a second one.
    router
        .layer(DefaultBodyLimit::disable())
        .route_layer(middleware::from_fn_with_state(app.clone(), gate::admit))
        .method_not_allowed_fallback(async || Problem::new(StatusCode::METHOD_NOT_ALLOWED, Malformed::NotThatWay))
        .with_state(app.clone())
}
