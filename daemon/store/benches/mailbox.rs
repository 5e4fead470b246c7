//! What mailboxes cost, and whether that depends on how many messages others have.
//!
//! One mailbox has 50 messages; 199 others share the rest of 1 000, 10 000 and 100 000. Beside each question in the same
//! turn runs the least that SQLite allows: one row selected by its number on an open connection, or for what is written
//! one row updated by its number and committed with a full sync. Figures are medians of all turns; the ratio to the
//! least, and the growth from the smallest office to the largest.

use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use pbx::ids::RecordingId;
use pbx::input::Answer;
use pbx::mailbox::Folder;
use rusqlite::{Connection, params};
use store::{MailboxAsk, MessageFilter, Store};

/// Messages in all mailboxes together.
const SIZES: [u64; 3] = [1_000, 10_000, 100_000];
/// Mailboxes, the one that is looked at included.
const MAILBOXES: u64 = 200;
/// Messages in the one that is looked at.
const OWN: u64 = 50;
/// Turns that count.
const TURNS: usize = 15;
/// Questions of one kind in a turn; of what is written a tenth.
const QUESTIONS: u32 = 100;

/// What is measured, in this order.
const NAMES: [&str; 8] = [
    "select by number",
    "one message",
    "page of one mailbox",
    "list by phone",
    "every lamp and office",
    "bare commit",
    "move and its lamp",
    "open the store",
];
/// Which of them each is compared with; the opening with nothing.
const LEAST: [usize; 8] = [0, 0, 0, 0, 0, 5, 5, 7];

fn main() {
    let costs = SIZES.map(office);
    say("us a question   1 000   10 000  100 000 messages; ratio to the least; growth");
    for (number, name) in NAMES.iter().enumerate() {
        let [small, middle, large] = [0, 1, 2].map(|size| costs[size][number]);
        let ratio = large / costs[2][LEAST[number]];
        say(&format!("{name:<22}{small:>9.1}{middle:>9.1}{large:>9.1}   x{ratio:<8.1} x{:.2}", large / small));
    }
}

fn office(messages: u64) -> [f64; 8] {
    let dir = tempfile::tempdir().expect("a directory");
    drop(open(dir.path()));
    fill(dir.path(), messages);
    let store = open(dir.path());
    let bare = Connection::open(dir.path().join("bellbox.db")).expect("it is there");
    let scratch = Connection::open(dir.path().join("bare.db")).expect("it is made");
    let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE one (id INTEGER PRIMARY KEY, n INTEGER); INSERT INTO one VALUES (1, 0);";
    scratch.execute_batch(settings).expect("SQL");
    let mut turns: [Vec<f64>; 7] = Default::default();
    for _ in 0..=TURNS {
        let turn = turn(&store, &bare, &scratch, messages);
        turns.iter_mut().zip(turn).for_each(|(all, one)| all.push(one));
    }
    drop(store);
    let opens = (0..3).map(|_| timed(1, |_| drop(open(dir.path())))).collect();
    let [a, b, c, d, e, f, g] = turns.map(|turn| median(turn.into_iter().skip(1).collect()));
    [a, b, c, d, e, f, g, median(opens)]
}

fn turn(store: &Store, bare: &Connection, scratch: &Connection, messages: u64) -> [f64; 7] {
    let own = |question: u32| RecordingId(u64::from(question) % OWN * (messages / OWN) + 1);
    let filter = MessageFilter { mailbox: "1000".to_owned(), limit: 50, ..MessageFilter::default() };
    let select = timed(QUESTIONS, |question| {
        let mut select = bare.prepare_cached("SELECT * FROM recording WHERE id = ?1").expect("SQL");
        let at: i64 = select.query_row([own(question).0 as i64], |row| row.get(7)).expect("it is there");
        black_box(at);
    });
    let one = timed(QUESTIONS, |question| {
        assert!(store.message(own(question)).expect("it can be read").is_some());
    });
    let page = timed(QUESTIONS, |_| {
        assert_eq!(store.messages(&filter).expect("they can be read").len() as u64, OWN);
    });
    let list = timed(QUESTIONS, |_| {
        let answer = ask(store, MailboxAsk::ListMessages { mailbox: "1000".to_owned() });
        assert!(matches!(answer, Answer::Messages(messages) if messages.len() as u64 == OWN));
    });
    let lamps = timed(QUESTIONS / 10, |_| {
        assert_eq!(store.load().expect("it can be read").mailboxes.len() as u64, MAILBOXES);
    });
    let commit = timed(QUESTIONS / 10, |n| {
        scratch
            .prepare_cached("UPDATE one SET n = ?1 WHERE id = 1")
            .expect("SQL")
            .execute([n])
            .expect("there is space");
    });
    let moved = timed(QUESTIONS / 10, |question| {
        let (new, saved) = (Folder::New, Folder::Saved);
        let (from, to) = if question % 2 == 0 { (new, saved) } else { (saved, new) };
        let what = MailboxAsk::Move { recording: own(question / 2), from, to };
        assert_eq!(ask(store, what), Answer::Committed);
    });
    [select, one, page, list, lamps, commit, moved]
}

/// Every 50th part of the numbers begins with one of the mailbox that is looked at.
fn fill(dir: &Path, messages: u64) {
    let mut database = Connection::open(dir.join("bellbox.db")).expect("it is there");
    let transaction = database.transaction().expect("nobody else has it");
    for id in 1..=messages {
        let is_own = (id - 1) % (messages / OWN) == 0;
        let mailbox = if is_own { 1_000 } else { 1_001 + id % (MAILBOXES - 1) };
        let row = params![id as i64, mailbox.to_string(), id as i64 * 1_000_000_000];
        let insert = "INSERT INTO recording VALUES
            (?1, ?2, 'message', 'new', '+4930123456', 'A caller', ?1, ?3, 1, 20000, 0, NULL)";
        transaction.prepare_cached(insert).expect("SQL").execute(row).expect("there is space");
        let name = RecordingId(id).file_name();
        let path = dir.join("recordings").join(name);
        fs::write(path.with_extension("json"), "").and_then(|()| fs::write(path, "")).expect("there is space");
    }
    transaction.commit().expect("there is space");
}

fn open(dir: &Path) -> Store {
    let opened = Store::open(dir).expect("it opens");
    assert_eq!(opened.alarms, []);
    opened.store
}

fn ask(store: &Store, what: MailboxAsk) -> Answer {
    let (done, answer) = sync_channel(1);
    store.mailbox(what, Box::new(move |said| done.send(said).expect("it is waited for")));
    answer.recv().expect("every ask is answered")
}

/// Microseconds for each of so many.
fn timed(count: u32, mut question: impl FnMut(u32)) -> f64 {
    let start = Instant::now();
    (0..count).for_each(&mut question);
    Duration::as_secs_f64(&start.elapsed()) * 1e6 / f64::from(count)
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("somebody reads");
}
