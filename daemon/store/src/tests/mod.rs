//! Tests of the store, each on a directory of its own.

mod asks;
mod authorizations;
mod backup;
mod backup_damage;
mod calls;
mod durability;
mod export;
mod import;
mod mailbox;
mod own;
mod pins;
mod recover;
mod sounds;
mod start;
mod switch;
mod trash;
mod trunks;
mod writing;

use std::path::Path;
use std::sync::mpsc::sync_channel;

use jiff::Timestamp;
use pbx::alarm::Alarm;
use pbx::events::{By, CallEvent, Cause, Ending, Happened};
use pbx::input::{CallId, LegId};
use pbx::output::Record;
use pbx::registrar::{Binding, BindingKey};
use pbx::status::Alert;
use sip::transport::{Hop, Transport};

use crate::Store;
use crate::office::Imported;

/// The office of most tests.
const OFFICE: &str = r#"
[office]
name = "Test"
time_zone = "Europe/Berlin"
country = "US"
[[person]]
name = "Front Desk"
extension = "1001"
pin = "739116"
voicemail = true
phones = [{ name = "1001a", user = "1001", secret = "kT7-example-Zq" }]
[[person]]
name = "Workshop"
extension = "1002"
phones = [{}, { name = "press" }]
"#;

#[track_caller]
fn open(dir: &Path) -> Store {
    let opened = Store::open(dir).expect("the store opens");
    assert_eq!(opened.alarms, Vec::<Alarm>::new());
    opened.store
}

#[track_caller]
fn import(store: &Store, text: &str) -> Imported {
    store.import(text, "tester", at(0)).expect("the office is taken")
}

/// From here on the database refuses these writes, or none.
fn refuse(dir: &Path, writes: &[&str]) {
    let database = rusqlite::Connection::open(dir.join("bellbox.db")).expect("it is there");
    for at in 0..4 {
        database.execute_batch(&format!("DROP TRIGGER IF EXISTS refuse_{at}")).expect("it is open");
    }
    for (at, write) in writes.iter().enumerate() {
        let body = "BEGIN SELECT RAISE(ABORT, 'on purpose'); END";
        database.execute_batch(&format!("CREATE TRIGGER refuse_{at} BEFORE {write} {body}")).expect("it is open");
    }
    let mut select =
        database.prepare("SELECT coalesce(name || sql, name) FROM sqlite_schema ORDER BY name").expect("SQL");
    let texts: Vec<String> =
        select.query_map([], |row| row.get(0)).expect("SQL").collect::<Result<_, _>>().expect("texts");
    let schema = format!("{} {}", crate::SCHEMA_VERSION, crate::office::digest(&texts.concat()));
    database.execute("UPDATE meta SET value = ?1 WHERE name = 'schema'", [schema]).expect("it is open");
}

/// Commits and waits for the answer.
#[track_caller]
fn commit(store: &Store, records: Vec<Record>) -> bool {
    let (done, outcome) = sync_channel(1);
    store.commit(records, Box::new(move |is_written| done.send(is_written).expect("the test waits")));
    outcome.recv().expect("every commit is answered")
}

fn at(second: i64) -> Timestamp {
    Timestamp::new(1_800_000_000 + second, 123_456_789).expect("that is in 2027")
}

fn event(call: u64, seq: u32, ms: u64, what: Happened) -> Record {
    let second = i64::try_from(ms / 1000).expect("a test's call is short");
    Record::Call(CallEvent { call: CallId(call), seq, at: at(second), synced: true, since_start_ms: ms, what })
}

fn asked(call: u64, from: &str, dialled: &str) -> Record {
    let what = Happened::Asked {
        from: from.to_owned(),
        name: "as the carrier says".to_owned(),
        phone: format!("{from}a"),
        dialled: dialled.to_owned(),
        source: "127.0.0.1:5060".to_owned(),
        revision: 1,
    };
    event(call, 0, 0, what)
}

fn invited(call: u64, seq: u32, leg: u64, phone: &str) -> Record {
    let contact = format!("sip:{phone}@127.0.0.1");
    event(call, seq, 5, Happened::Invited { leg: LegId(leg), phone: phone.to_owned(), contact })
}

fn rang(call: u64, seq: u32, leg: u64) -> Record {
    event(call, seq, 40, Happened::Rang { leg: LegId(leg) })
}

fn ended(call: u64, seq: u32, ms: u64, cause: Cause) -> Record {
    event(call, seq, ms, Happened::Ended { cause, because: between("1001", "1002") })
}

fn binding(user: &str, port: u16) -> Binding {
    let local = "127.0.0.1:5060".parse().expect("an address");
    let remote = ([127, 0, 0, 1], port).into();
    Binding {
        key: BindingKey { user: user.to_owned(), device: format!("device {port}") },
        contact: format!("sip:{user}@127.0.0.1:{port};ob"),
        hop: Hop { transport: Transport::Udp, local, remote, flow: None, proof: None },
        user_agent: "Test".to_owned(),
        call_id: "a84b4c76e66710".to_owned(),
        cseq: 7,
        expires_at: at(3600),
    }
}

fn alert(text: &str) -> Record {
    Record::Alert(Alert { at: at(1), what: Alarm::Told(text.to_owned()) })
}

fn between(from: &str, to: &str) -> Ending {
    Ending::Between { from: from.to_owned(), to: to.to_owned(), by: By::Caller }
}
