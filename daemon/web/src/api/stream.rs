//! What changed, as it changes: one stream of events a browser (HTML Living Standard §9.2).

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use config::Area;
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::model::{Event, EventKind};
use super::{App, rows};
use crate::events::News;
use crate::problem::Problem;
use crate::random::Trace;
use crate::sessions::Login;
use crate::why::Why;

/// A line of comment after so much silence, so that both sides notice a lost connection; at each the login is looked at.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Between two bursts: a busy office changes with every ring, and no eye follows that.
const PAUSE: Duration = Duration::from_millis(100);

/// Streams at once: half of all connections, so that pages can still be opened.
const MOST: usize = 64;

/// Streams of one login session: its browser has one tab that leads, and a second while that changes.
const MOST_OF_ONE: usize = 3;

/// The open streams, by login session.
#[derive(Clone, Default)]
pub(super) struct Streams(Arc<Mutex<BTreeMap<Trace, usize>>>);

struct Seat {
    streams: Streams,
    key: Trace,
}

impl Streams {
    fn seat(&self, key: Trace) -> Option<Seat> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let theirs = open.get(&key).copied().unwrap_or(0);
        if theirs >= MOST_OF_ONE || open.values().sum::<usize>() >= MOST {
            return None;
        }
        open.insert(key, theirs + 1);
        Some(Seat { streams: self.clone(), key })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.key);
            }
        }
    }
}

struct Listener {
    app: App,
    login: Login,
    wake: watch::Receiver<u64>,
    /// The last event that this one has heard of.
    last: u64,
    is_first: bool,
    _seat: Seat,
}

/// What changed, as it changes: each event names a part of the page to be read again
#[utoipa::path(get, path = "/api/events", tag = "events",
    params(("Last-Event-ID" = Option<u64>, Header, description = "The last event that was heard.")),
    responses((status = 200, content_type = "text/event-stream", body = String,
        description = "Events named as `EventKind`, their data an `Event`.")))]
pub(super) async fn events(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let seat = app.streams.seat(login.key).ok_or_else(|| Problem {
        retry_after: Some(HEARTBEAT),
        ..Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::TooManyPages)
    })?;
    let heard = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(|id| id.parse().unwrap_or(u64::MAX));
    let wake = app.events.listen();
    let last = heard.unwrap_or_else(|| *wake.borrow());
    let listener = Listener { app, login, wake, last, is_first: true, _seat: seat };
    let chunks = stream::unfold(listener, async |mut listener| {
        let text = listener.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(text)), listener))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, Body::from_stream(chunks)).into_response())
}

impl Listener {
    /// The next piece of text; `None` where the login session is over.
    async fn next(&mut self) -> Option<String> {
        if std::mem::take(&mut self.is_first) {
            // At once, so that the browser knows that it is connected; and how soon to come back.
            return Some(format!("retry: 2000\nid: {}\n\n", self.last.min(*self.wake.borrow())) + &self.unheard());
        }
        sleep(PAUSE).await;
        loop {
            let last = self.last;
            let is_silent = timeout(HEARTBEAT, self.wake.wait_for(|newest| *newest > last)).await.is_err();
            let config = self.app.office.config();
            // As far as whoever listens sees now: rights come and go while a page is open.
            self.login = self.app.sessions.holds(&config, self.login.key, self.app.office.now().since_boot)?;
            if is_silent {
                return Some(":\n\n".to_owned());
            }
            let text = self.unheard();
            if !text.is_empty() {
                return Some(text);
            }
        }
    }

    fn unheard(&mut self) -> String {
        let since = self.app.events.since(self.last);
        self.last = since.newest;
        match since.news {
            None => self.written(since.newest, EventKind::Resync),
            Some(news) => news.iter().filter_map(|(id, one)| Some(self.written(*id, self.kind(one)?))).collect(),
        }
    }

    /// What this one may hear of it.
    fn kind(&self, news: &News) -> Option<EventKind> {
        let sees = |area: Area| self.login.rights.may_see(area);
        let sees_status = [Area::Overview, Area::People].into_iter().any(sees);
        match news {
            News::Status => sees_status.then_some(EventKind::Status),
            News::Trunks => sees(Area::Numbers).then_some(EventKind::Trunks),
            News::Attempts => sees(Area::Security).then_some(EventKind::Attempts),
            News::Calls => Some(EventKind::Calls),
            News::Sound => sees(Area::Live).then_some(EventKind::Sound),
            News::Config => Some(EventKind::Config),
            News::Voicemail(mailbox) if self.login.extension.as_ref() == Some(mailbox) => Some(EventKind::Voicemail),
            // Of another's the overview shows only how full it is.
            News::Voicemail(_) => sees(Area::Overview).then_some(EventKind::Status),
        }
    }

    fn written(&self, id: u64, kind: EventKind) -> String {
        let event = Event { kind, scope: rows::scope(self.login.scope) };
        let data = serde_json::to_value(&event).expect("an event is always JSON");
        let name = data["kind"].as_str().unwrap_or_default();
        format!("id: {id}\nevent: {name}\ndata: {data}\n\n")
    }
}
