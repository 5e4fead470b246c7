//! The command line's door to the running daemon: HTTP and JSON on a Unix socket in the data folder.
//!
//! ```text
//! GET  /v1/status              GET  /v1/export
//! GET  /v1/calls?limit=N       POST /v1/import    (office file; header Author)
//! GET  /v1/calls/ID            POST /v1/check     (office file)
//! POST /v1/calls/ID/hang-up    GET  /v1/messages?limit=N&mailbox=EXTENSION
//! POST /v1/reset-admin           POST /v1/what-if   (a question)
//! GET  /v1/export/MOMENT       GET  /v1/history/MOMENT?limit=N   (by the office's clock; history without it: until now)
//! ```

use std::fs::{self, DirBuilder, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use jiff::civil::DateTime;
use pbx::input::CallId;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::desk::{CALLS_AT_ONCE, Desk, MESSAGES_AT_ONCE, OFFICE_FILE_MAX, REVISIONS_AT_ONCE, Refusal};
use crate::gate::Gate;

/// The socket's name in the data folder.
pub const SOCKET: &str = "control.sock";

/// The folder of the socket behind the gate.
const INNER: &str = ".control";

/// How long an author's name may be.
const AUTHOR_MAX: usize = 64;

/// Stack of the thread that answers: an import parses the whole office file on it.
const STACK: usize = 2 * 1024 * 1024;

/// The open control socket; its file goes when this does.
pub struct Control {
    path: PathBuf,
    gate: Gate,
    server: Arc<Server>,
    answering: Option<JoinHandle<()>>,
}

/// Why the control socket could not be opened.
#[derive(Debug, Error)]
pub enum ControlError {
    /// Another daemon answers on it.
    #[error("another daemon answers on {}", path.display())]
    AlreadyRunning {
        /// The socket.
        path: PathBuf,
    },
    /// The file system does not let us.
    #[error("the control socket {} could not be made", path.display())]
    Io {
        /// The socket.
        path: PathBuf,
        /// What the kernel says.
        source: io::Error,
    },
    /// The HTTP library does not start.
    #[error("the control server does not start: {reason}")]
    Server {
        /// In its words.
        reason: String,
    },
}

impl Control {
    /// Opens the control socket of the data folder and answers on it in threads of its own. A file left over from
    /// a daemon that was killed is replaced.
    pub fn start(folder: &Path, desk: Arc<dyn Desk>) -> Result<Control, ControlError> {
        let path = folder.join(SOCKET);
        if UnixStream::connect(&path).is_ok() {
            return Err(ControlError::AlreadyRunning { path });
        }
        let inner = folder.join(INNER);
        let io_error = |source| ControlError::Io { path: path.clone(), source };
        let (outer_listener, inner_listener) = listeners(&path, &inner).map_err(io_error)?;
        let server =
            Server::from_listener(inner_listener, None).map_err(|e| ControlError::Server { reason: e.to_string() })?;
        let server = Arc::new(server);
        let gate = Gate::open(outer_listener, inner.join(SOCKET)).map_err(io_error)?;
        let asked = Arc::clone(&server);
        let answering = thread::Builder::new().name("control".to_owned()).stack_size(STACK).spawn(move || {
            for request in asked.incoming_requests() {
                answer(request, &*desk);
            }
        });
        let answering = Some(answering.map_err(io_error)?);
        Ok(Control { path, gate, server, answering })
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        self.gate.close(&self.path);
        let _ = fs::remove_file(&self.path);
        self.server.unblock();
        // The server removes its socket when its last owner goes, which must not be after a successor made a new one.
        if let Some(answering) = self.answering.take() {
            let _ = answering.join();
        }
    }
}

fn listeners(path: &Path, inner: &Path) -> io::Result<(UnixListener, UnixListener)> {
    remove(fs::remove_dir_all(inner))?;
    DirBuilder::new().mode(0o700).create(inner)?;
    let inner_listener = UnixListener::bind(inner.join(SOCKET))?;
    // Made closed inside the private folder, then put in its place in one step.
    let new = inner.join("new");
    let outer_listener = UnixListener::bind(&new)?;
    fs::set_permissions(&new, Permissions::from_mode(0o600))?;
    fs::rename(&new, path)?;
    Ok((outer_listener, inner_listener))
}

fn remove(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// A refusal as it travels (RFC 9457).
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Problem {
    title: String,
    status: u16,
    detail: String,
    #[serde(flatten)]
    pub(crate) refusal: Refusal,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        let (status, title) = match refusal {
            Refusal::NoSuchCall { .. }
            | Refusal::NoLadder { .. }
            | Refusal::NoSuchTrunk { .. }
            | Refusal::NoSuchPast { .. } => (404, "Not Found"),
            Refusal::Untested { .. } => (409, "Conflict"),
            Refusal::BadFile { .. } | Refusal::NotAsked { .. } => (422, "Unprocessable Content"),
            Refusal::NotRunning | Refusal::Silent => (503, "Service Unavailable"),
            Refusal::Failed { .. } => (500, "Internal Server Error"),
        };
        Problem { title: title.to_owned(), status, detail: refusal.to_string(), refusal }
    }
}

/// What is sent back: a status, a media type and a text.
struct Reply {
    status: u16,
    kind: &'static str,
    text: String,
}

impl Reply {
    fn json<T: Serialize>(value: &T) -> Reply {
        match serde_json::to_string(value) {
            Ok(text) => Reply { status: 200, kind: "application/json", text },
            Err(e) => Reply::refusal(Refusal::Failed { reason: format!("the answer could not be written: {e}") }),
        }
    }

    fn refusal(refusal: Refusal) -> Reply {
        let problem = Problem::from(refusal);
        let text = serde_json::to_string(&problem).expect("plain fields are always JSON");
        Reply { status: problem.status, kind: "application/problem+json", text }
    }

    fn plain(status: u16, text: &str) -> Reply {
        Reply { status, kind: "text/plain; charset=utf-8", text: text.to_owned() }
    }
}

fn answer(mut request: Request, desk: &dyn Desk) {
    let reply = reply(&mut request, desk);
    let kind = Header::from_bytes("Content-Type", reply.kind).expect("our media types are header values");
    let response = Response::from_string(reply.text)
        .with_status_code(reply.status)
        .with_header(kind)
        .with_chunked_threshold(usize::MAX);
    if let Err(e) = request.respond(response) {
        log::debug!("control socket: the answer did not arrive: {e}");
    }
}

fn reply(request: &mut Request, desk: &dyn Desk) -> Reply {
    let url = request.url().to_owned();
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match (request.method(), parts.as_slice()) {
        (Method::Get, ["v1", "status"]) => send(desk.status()),
        (Method::Get, ["v1", "calls"]) => send(desk.calls(limit(query, CALLS_AT_ONCE))),
        (Method::Get, ["v1", "calls", id]) => with_call(id, |id| send(desk.call(id))),
        (Method::Get, ["v1", "calls", id, "ladder"]) => with_call(id, |id| send(desk.ladder(id))),
        (Method::Post, ["v1", "calls", id, "hang-up"]) => with_call(id, |id| send(desk.hang_up(id))),
        (Method::Post, ["v1", "test-call"]) => with_text(request, |text| match serde_json::from_str(text) {
            Ok(wanted) => send(desk.test_trunk(wanted)),
            Err(_) => Reply::plain(400, "a test call names its trunk\n"),
        }),
        (Method::Post, ["v1", "what-if"]) => with_text(request, |text| match serde_json::from_str(text) {
            Ok(question) => send(desk.what_if(&question)),
            Err(_) => Reply::plain(400, "a question says who calls whom\n"),
        }),
        (Method::Post, ["v1", "reset-admin"]) => send(desk.reset_admin()),
        (Method::Get, ["v1", "messages"]) => {
            send(desk.messages(value(query, "mailbox"), limit(query, MESSAGES_AT_ONCE)))
        }
        (Method::Get, ["v1", "export"]) => text(desk.export()),
        (Method::Get, ["v1", "export", local]) => with_moment(local, |local| text(desk.export_as_of(local))),
        (Method::Get, ["v1", "history"]) => send(desk.history(None, limit(query, REVISIONS_AT_ONCE))),
        (Method::Get, ["v1", "history", until]) => {
            with_moment(until, |until| send(desk.history(Some(until), limit(query, REVISIONS_AT_ONCE))))
        }
        (Method::Post, ["v1", "import"]) => {
            let author = author(request);
            with_text(request, |text| send(desk.import(text, &author)))
        }
        (Method::Post, ["v1", "check"]) => with_text(request, |text| send(desk.check(text))),
        _ => Reply::plain(404, "there is no such page\n"),
    }
}

fn send<T: Serialize>(result: Result<T, Refusal>) -> Reply {
    match result {
        Ok(value) => Reply::json(&value),
        Err(refusal) => Reply::refusal(refusal),
    }
}

fn text(result: Result<String, Refusal>) -> Reply {
    match result {
        Ok(text) => Reply::plain(200, &text),
        Err(refusal) => Reply::refusal(refusal),
    }
}

fn limit(query: &str, most: usize) -> usize {
    value(query, "limit").and_then(|n| n.parse().ok()).unwrap_or(most).min(most)
}

fn value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn with_call(id: &str, then: impl FnOnce(CallId) -> Reply) -> Reply {
    match id.parse() {
        Ok(id) => then(CallId(id)),
        Err(_) => Reply::plain(404, "a call has a number\n"),
    }
}

fn with_moment(local: &str, then: impl FnOnce(DateTime) -> Reply) -> Reply {
    match local.parse() {
        Ok(local) => then(local),
        Err(_) => Reply::plain(404, "a moment is written as in 2026-12-24T17:30\n"),
    }
}

fn author(request: &Request) -> String {
    let header = request.headers().iter().find(|header| header.field.equiv("Author"));
    let name = header.map_or("", |header| header.value.as_str());
    name.chars().filter(|c| !c.is_control()).take(AUTHOR_MAX).collect()
}

fn with_text(request: &mut Request, then: impl FnOnce(&str) -> Reply) -> Reply {
    let too_long = || Reply::plain(413, "the office file is longer than 4 MiB\n");
    if request.body_length().is_some_and(|length| length > OFFICE_FILE_MAX) {
        return too_long();
    }
    let mut bytes = Vec::new();
    let cap = u64::try_from(OFFICE_FILE_MAX).unwrap_or(u64::MAX) + 1;
    if let Err(e) = request.as_reader().take(cap).read_to_end(&mut bytes) {
        return Reply::plain(400, &format!("the office file did not arrive: {e}\n"));
    }
    if bytes.len() > OFFICE_FILE_MAX {
        return too_long();
    }
    match str::from_utf8(&bytes) {
        Ok(text) => then(text),
        Err(_) => Reply::plain(400, "the office file is not UTF-8 text\n"),
    }
}
