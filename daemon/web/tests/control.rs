//! The control socket and the client that the command line uses, over a real socket.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use pbx::events::CallEvent;
use pbx::input::CallId;
use pbx::ladder::Ladder;
use pbx::mailbox::Message;
use pbx::status::Status;
use pbx::tested::{Untested, Wanted};
use pbx::what_if::{self, Answer, Question, Unasked};
use web::client::Client;
use web::control::{Control, ControlError, SOCKET};
use web::desk::{CallLine, Checked, Desk, Imported, NewKey, NewSecret, OFFICE_FILE_MAX, Refusal, RevisionLine};

#[derive(Default)]
struct Fake {
    imported: Mutex<Option<(usize, String)>>,
}

impl Desk for Fake {
    fn status(&self) -> Result<Status, Refusal> {
        Ok(Status { revision: 9, ..Status::default() })
    }

    fn calls(&self, limit: usize) -> Result<Vec<CallLine>, Refusal> {
        Err(Refusal::Failed { reason: format!("{limit} were asked for") })
    }

    fn call(&self, id: CallId) -> Result<Vec<CallEvent>, Refusal> {
        Err(Refusal::NoSuchCall { id })
    }

    fn ladder(&self, id: CallId) -> Result<Arc<Ladder>, Refusal> {
        Err(Refusal::NoLadder { id })
    }

    fn messages(&self, mailbox: Option<&str>, limit: usize) -> Result<Vec<Message>, Refusal> {
        Err(Refusal::Failed { reason: format!("{limit} of {mailbox:?} were asked for") })
    }

    fn import(&self, text: &str, author: &str) -> Result<Imported, Refusal> {
        *self.imported.lock().unwrap() = Some((text.len(), author.to_owned()));
        let secret = NewSecret { phone: "101a".into(), user: "u".into(), secret: "s".into() };
        Ok(Imported { revision: 10, secrets: vec![secret], problems: vec!["a row is off".into()] })
    }

    fn export(&self) -> Result<String, Refusal> {
        Ok("name = \"Büro\"\n".repeat(10_000))
    }

    fn export_as_of(&self, local: DateTime) -> Result<String, Refusal> {
        if local.year() < 2026 { Err(Refusal::NoSuchPast { local }) } else { Ok(format!("# {local}\n")) }
    }

    fn history(&self, until: Option<DateTime>, limit: usize) -> Result<Vec<RevisionLine>, Refusal> {
        let (local, author) = (until.unwrap_or_default(), format!("{limit} were asked for"));
        Ok(vec![RevisionLine { id: 7, at: Timestamp::UNIX_EPOCH, local, author }])
    }

    fn check(&self, _text: &str) -> Result<Checked, Refusal> {
        Err(Refusal::BadFile { problems: vec!["one".into(), "two".into()] })
    }

    fn hang_up(&self, id: CallId) -> Result<(), Refusal> {
        if id.0 == 1 { Ok(()) } else { Err(Refusal::NoSuchCall { id }) }
    }

    fn test_trunk(&self, wanted: Wanted) -> Result<CallId, Refusal> {
        if wanted.trunk == "line 1" { Ok(CallId(31)) } else { Err(Refusal::Untested { why: Untested::NoSuchTrunk }) }
    }

    fn what_if(&self, question: &Question) -> Result<Answer, Refusal> {
        let config = config::Config::default();
        what_if::ask(&config, Timestamp::UNIX_EPOCH, question).map_err(|why| Refusal::NotAsked { why })
    }

    fn reset_admin(&self) -> Result<NewKey, Refusal> {
        Ok(NewKey { address: Some("http://127.0.0.1:8080".to_owned()), page: "/#/reset?token=t".to_owned() })
    }
}

struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("bellbox-web-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn open() -> (Folder, Arc<Fake>, Control, Client) {
    let folder = Folder::new();
    let fake = Arc::new(Fake::default());
    let control = Control::start(&folder.0, fake.clone()).unwrap();
    let client = Client::find(&folder.0).unwrap().unwrap();
    (folder, fake, control, client)
}

#[test]
fn what_the_desk_says_reaches_the_command_line() {
    let (_folder, _, _control, client) = open();
    assert_eq!(client.status().unwrap().revision, 9);
    assert_eq!(client.export().unwrap(), "name = \"Büro\"\n".repeat(10_000));
    assert_eq!(client.hang_up(CallId(1)), Ok(()));
    assert_eq!(client.hang_up(CallId(2)), Err(Refusal::NoSuchCall { id: CallId(2) }));
    assert_eq!(client.call(CallId(3)), Err(Refusal::NoSuchCall { id: CallId(3) }));
    assert_eq!(client.calls(5), Err(Refusal::Failed { reason: "5 were asked for".into() }));
    for (mailbox, said) in [(None, "5 of None were asked for"), (Some("101"), "5 of Some(\"101\") were asked for")] {
        assert_eq!(client.messages(mailbox, 5), Err(Refusal::Failed { reason: said.into() }));
    }
    let problems = vec!["one".to_owned(), "two".to_owned()];
    assert_eq!(client.check("x"), Err(Refusal::BadFile { problems }));
}

#[test]
fn a_question_about_a_call_that_nobody_makes_is_answered_or_refused() {
    let (_folder, _, _control, client) = open();
    let question = |to: &str| Question { to: to.to_owned(), ..Question::default() };
    assert_eq!(client.what_if(&question("")), Err(Refusal::NotAsked { why: Unasked::NothingDialled }));
    // The office behind the socket has no trunk.
    assert_eq!(client.what_if(&question("112")), Err(Refusal::NotAsked { why: Unasked::NoWayIn }));
}

#[test]
fn m3_the_office_of_a_moment_is_asked_for_by_the_offices_clock() {
    let (_folder, _, _control, client) = open();
    let local = date(2026, 12, 24).at(23, 59, 59, 999_999_999);
    assert_eq!(client.export_as_of(local), Ok("# 2026-12-24T23:59:59.999999999\n".to_owned()));
    let before = date(2025, 12, 24).at(17, 30, 0, 0);
    assert_eq!(client.export_as_of(before), Err(Refusal::NoSuchPast { local: before }));
    let lines = client.history(Some(local), 5).unwrap();
    assert_eq!((lines[0].id, lines[0].local, lines[0].author.as_str()), (7, local, "5 were asked for"));
    assert_eq!(client.history(None, 9_999).unwrap()[0].author, "500 were asked for");
}

#[test]
fn an_import_arrives_whole_with_its_author() {
    let (_folder, fake, _control, client) = open();
    let text = "x".repeat(1024 * 1024);
    let imported = client.import(&text, "frontdesk").unwrap();
    assert_eq!((imported.revision, imported.secrets.len(), imported.problems.len()), (10, 1, 1));
    assert_eq!(*fake.imported.lock().unwrap(), Some((text.len(), "frontdesk".to_owned())));
}

#[test]
fn a_file_that_is_too_long_is_refused() {
    let (_folder, fake, _control, client) = open();
    assert!(client.import(&"x".repeat(OFFICE_FILE_MAX + 1), "a").is_err());
    assert_eq!(*fake.imported.lock().unwrap(), None);
}

#[test]
fn the_socket_is_for_its_owner_only() {
    let (folder, _, _control, _) = open();
    let mode = fs::metadata(folder.0.join(SOCKET)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_second_daemon_is_refused_and_a_stale_socket_replaced() {
    let (folder, _, control, _) = open();
    let second = Control::start(&folder.0, Arc::new(Fake::default()));
    assert!(matches!(second, Err(ControlError::AlreadyRunning { .. })));
    drop(control);
    assert!(Client::find(&folder.0).unwrap().is_none());
    // A listener that is gone leaves its file, as a killed daemon does.
    drop(UnixListener::bind(folder.0.join(SOCKET)).unwrap());
    assert!(Client::find(&folder.0).unwrap().is_none());
    let _control = Control::start(&folder.0, Arc::new(Fake::default())).unwrap();
    assert_eq!(Client::find(&folder.0).unwrap().unwrap().status().unwrap().revision, 9);
}

#[test]
fn an_unknown_page_is_not_found() {
    let (folder, _, _control, _) = open();
    for request in
        ["GET /v1/nothing", "POST /v1/status", "GET /v1/calls/x", "POST /v1/calls/99999999999999999999/hang-up"]
    {
        let mut stream = UnixStream::connect(folder.0.join(SOCKET)).unwrap();
        let head = format!("{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{request}: {answer}");
    }
}
