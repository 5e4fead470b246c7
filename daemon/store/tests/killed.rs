//! Killed while it writes calls. In a process of its own: while a child starts, it has the locks of all stores that other
//! tests have open.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::sync_channel;

use jiff::Timestamp;
use pbx::events::{CallEvent, Cause, Happened};
use pbx::ids::CallId;
use pbx::output::Record;
use store::{CallFilter, Store};

/// An office of two.
const OFFICE: &str = r#"
[[person]]
name = "Front Desk"
extension = "1001"
phones = [{}]
[[person]]
name = "Workshop"
extension = "1002"
phones = [{}]
"#;

fn open(dir: &Path) -> Store {
    let opened = Store::open(dir).expect("the store opens");
    assert_eq!(opened.alarms, []);
    opened.store
}

fn at() -> Timestamp {
    Timestamp::new(1_800_000_000, 0).expect("that is in 2027")
}

fn commit(store: &Store, records: Vec<Record>) -> bool {
    let (done, outcome) = sync_channel(1);
    store.commit(records, Box::new(move |is_written| done.send(is_written).expect("the test waits")));
    outcome.recv().expect("every commit is answered")
}

fn asked(call: u64) -> Record {
    let what = Happened::Asked {
        from: "1001".to_owned(),
        name: String::new(),
        phone: "1001a".to_owned(),
        dialled: "1002".to_owned(),
        source: "127.0.0.1:5060".to_owned(),
        revision: 1,
    };
    Record::Call(CallEvent { call: CallId(call), seq: 0, at: at(), synced: true, since_start_ms: 0, what })
}

/// Names the directory to the process that is to be killed.
const KILL_DIR: &str = "BELLBOX_KILL_DIR";

/// Runs only as a child of the next test: writes calls and says so until it is killed.
#[test]
fn child_that_is_killed() {
    let Some(dir) = std::env::var_os(KILL_DIR) else { return };
    let store = open(Path::new(&dir));
    store.import(OFFICE, "tester", at()).expect("the office is taken");
    for call in 1_u64.. {
        assert!(commit(&store, vec![asked(call)]));
        let mut stdout = std::io::stdout();
        writeln!(stdout, "\nwritten {call}").and_then(|()| stdout.flush()).expect("the parent reads");
    }
}

#[test]
fn what_was_answered_survives_a_kill() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut child = Command::new(std::env::current_exe().expect("the test has a path"))
        .args(["--exact", "child_that_is_killed", "--nocapture"])
        .env(KILL_DIR, dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the child starts");
    let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let written = lines.map_while(Result::ok).find(|line| line == "written 37");
    child.kill().expect("it can be killed");
    child.wait().expect("it can be waited for");
    assert!(written.is_some());
    let store = open(dir.path());
    let loaded = store.load().expect("it can be read");
    assert_eq!(loaded.config.extensions().count(), 2);
    assert!(loaded.next_call > 37);
    let log = store.call(CallId(37)).expect("it can be read").expect("it was answered");
    let last = log.events.last().expect("it has events");
    // The call was up when the box stopped: its record says so.
    assert!(matches!(last.what, Happened::Ended { cause: Cause::ShutDown, .. }), "{last:?}");
    let up = store.calls(&CallFilter { limit: 500, ..CallFilter::default() }).expect("it can be read");
    assert!(up.iter().all(|call| call.ended_at.is_some()));
}
