//! The command line's half of the control socket.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::DateTime;
use pbx::events::CallEvent;
use pbx::input::CallId;
use pbx::ladder::Ladder;
use pbx::mailbox::Message;
use pbx::status::Status;
use pbx::tested::Wanted;
use pbx::what_if::{Answer, Question};
use serde::de::DeserializeOwned;

use crate::control::{Problem, SOCKET};
use crate::desk::{CallLine, Checked, Desk, Imported, NewKey, Refusal, RevisionLine};

/// How long the daemon may take to answer; an import of a large office is the slowest.
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest answer that is read: above a full list of calls.
const ANSWER_MAX: u64 = 16 * 1024 * 1024;

/// Asks the daemon that runs on a data folder.
#[derive(Debug)]
pub struct Client {
    socket: PathBuf,
}

impl Client {
    /// The daemon of this folder, where one runs; `Ok(None)` where none does. An error where one may run that
    /// does not let us in.
    pub fn find(folder: &Path) -> io::Result<Option<Client>> {
        let socket = folder.join(SOCKET);
        match UnixStream::connect(&socket) {
            Ok(_) => Ok(Some(Client { socket })),
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn ask(&self, method: &str, path: &str, author: &str, body: &str) -> Result<String, Refusal> {
        let (status, text) = self.exchange(method, path, author, body).map_err(|e| match e.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Refusal::Silent,
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => Refusal::NotRunning,
            _ => failed(&format!("the daemon could not be asked: {e}")),
        })?;
        if status == 200 {
            return Ok(text);
        }
        match serde_json::from_str::<Problem>(&text) {
            Ok(problem) => Err(problem.refusal),
            Err(_) => Err(failed(text.trim())),
        }
    }

    fn exchange(&self, method: &str, path: &str, author: &str, body: &str) -> io::Result<(u16, String)> {
        let mut stream = UnixStream::connect(&self.socket)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let author: String = author.chars().filter(|c| c.is_ascii_graphic()).collect();
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthor: {author}\r\n\
             Content-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body.as_bytes())?;
        let mut answer = Vec::new();
        stream.take(ANSWER_MAX).read_to_end(&mut answer)?;
        split(&answer).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it gave no HTTP answer"))
    }

    fn ask_json<T: DeserializeOwned>(&self, method: &str, path: &str, body: &str) -> Result<T, Refusal> {
        let text = self.ask(method, path, "", body)?;
        read(&text)
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|e| failed(&format!("the daemon's answer is not understood: {e}")))
}

fn failed(reason: &str) -> Refusal {
    Refusal::Failed { reason: reason.to_owned() }
}

/// The status and the body of a whole answer.
fn split(answer: &[u8]) -> Option<(u16, String)> {
    let text = str::from_utf8(answer).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    Some((status, body.to_owned()))
}

impl Desk for Client {
    fn status(&self) -> Result<Status, Refusal> {
        self.ask_json("GET", "/v1/status", "")
    }

    fn calls(&self, limit: usize) -> Result<Vec<CallLine>, Refusal> {
        self.ask_json("GET", &format!("/v1/calls?limit={limit}"), "")
    }

    fn call(&self, id: CallId) -> Result<Vec<CallEvent>, Refusal> {
        self.ask_json("GET", &format!("/v1/calls/{}", id.0), "")
    }

    fn ladder(&self, id: CallId) -> Result<Arc<Ladder>, Refusal> {
        self.ask_json("GET", &format!("/v1/calls/{}/ladder", id.0), "")
    }

    fn messages(&self, mailbox: Option<&str>, limit: usize) -> Result<Vec<Message>, Refusal> {
        let of = mailbox.map(|mailbox| format!("&mailbox={mailbox}")).unwrap_or_default();
        self.ask_json("GET", &format!("/v1/messages?limit={limit}{of}"), "")
    }

    fn import(&self, text: &str, author: &str) -> Result<Imported, Refusal> {
        read(&self.ask("POST", "/v1/import", author, text)?)
    }

    fn export(&self) -> Result<String, Refusal> {
        self.ask("GET", "/v1/export", "", "")
    }

    fn export_as_of(&self, local: DateTime) -> Result<String, Refusal> {
        self.ask("GET", &format!("/v1/export/{local}"), "", "")
    }

    fn history(&self, until: Option<DateTime>, limit: usize) -> Result<Vec<RevisionLine>, Refusal> {
        let until = until.map(|until| format!("/{until}")).unwrap_or_default();
        self.ask_json("GET", &format!("/v1/history{until}?limit={limit}"), "")
    }

    fn check(&self, text: &str) -> Result<Checked, Refusal> {
        self.ask_json("POST", "/v1/check", text)
    }

    fn hang_up(&self, id: CallId) -> Result<(), Refusal> {
        self.ask_json("POST", &format!("/v1/calls/{}/hang-up", id.0), "")
    }

    fn test_trunk(&self, wanted: Wanted) -> Result<CallId, Refusal> {
        let text = serde_json::to_string(&wanted).expect("plain fields are always JSON");
        self.ask_json("POST", "/v1/test-call", &text)
    }

    fn what_if(&self, question: &Question) -> Result<Answer, Refusal> {
        let text = serde_json::to_string(question).expect("plain fields are always JSON");
        self.ask_json("POST", "/v1/what-if", &text)
    }

    fn reset_admin(&self) -> Result<NewKey, Refusal> {
        self.ask_json("POST", "/v1/reset-admin", "")
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn answers_are_split_into_status_and_body() {
        for (answer, expected) in [
            ("HTTP/1.1 200 OK\r\nA: b\r\n\r\nhello", Some((200, "hello"))),
            ("HTTP/1.1 404 Not Found\r\n\r\n", Some((404, ""))),
            ("HTTP/1.1 xyz\r\n\r\n", None),
            ("HTTP/1.1 200 OK\r\n", None),
            ("", None),
        ] {
            let expected = expected.map(|(status, body): (u16, &str)| (status, body.to_owned()));
            assert_eq!(split(answer.as_bytes()), expected, "{answer:?}");
        }
    }
}
