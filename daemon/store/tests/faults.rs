//! Killed at every write, refused at every write, full at every page, torn at every frame: what was answered holds, and
//! nothing is listed that cannot be heard.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use pbx::alarm::Alarm;
use pbx::ids::RecordingId;
use pbx::input::Answer;
use pbx::mailbox::{Caller, Folder, NewRecording, Purpose};

use store::{MailboxAsk, MessageFilter, Store};

use sounds::{MAILBOX, ask, begun, names, part, sound_messages, wav};

#[path = "../src/tests/sounds.rs"]
mod sounds;

/// One test at a time: while one starts a child, that has the locks of all stores which are open.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Names the directory to the process that is to be killed.
const FAULT_DIR: &str = "BELLBOX_FAULT_DIR";

/// What the child prints before each of its lines: the test harness prints, too.
const MARK: &str = "@ ";

/// The shell counts a file's greatest size in these.
const BLOCK: u64 = 512;

fn open(dir: &Path) -> Store {
    let opened = Store::open(dir).expect("the store opens");
    assert_eq!(opened.alarms, Vec::<Alarm>::new());
    opened.store
}

fn at(second: i64) -> Timestamp {
    Timestamp::new(1_800_000_000 + second, 0).expect("that is in 2027")
}

/// What may have become of a message, by all that was asked and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Nothing,
    Open,
    In(Folder),
}

/// What the box must be like after all that was asked and answered.
#[derive(Debug, Default)]
struct Expected {
    fates: BTreeMap<u64, BTreeSet<Fate>>,
    recorded: BTreeSet<u64>,
    /// Their beginnings are on disk.
    given: BTreeSet<u64>,
    /// Numbers of greetings; 0 for none.
    greetings: BTreeSet<u64>,
}

impl Expected {
    fn new() -> Expected {
        Expected { greetings: BTreeSet::from([0]), ..Expected::default() }
    }

    /// The line before an ask, or with its answer behind it.
    fn line(&mut self, line: &str) {
        let mut words = line.split(' ');
        let verb = words.next().expect("a line has a verb");
        let id: u64 = words.next().and_then(|id| id.parse().ok()).expect("a line has a number");
        let answer = words.next();
        if verb == "recorded" {
            self.recorded.insert(id);
            return;
        }
        if verb == "greet" || verb == "forget" {
            if answer == Some("Committed") {
                self.greetings.clear();
            }
            self.greetings.insert(id);
            return;
        }
        let fates = self.fates.entry(id).or_insert_with(|| BTreeSet::from([Fate::Nothing]));
        let after: BTreeSet<Fate> = fates.iter().map(|fate| fate.after(verb)).collect();
        if (verb, answer) == ("begin", Some("Committed")) {
            self.given.insert(id);
        }
        match answer {
            Some("Committed") => *fates = after,
            // Asked and not answered, or refused: it may have happened, or not.
            None | Some(_) => fates.extend(after),
        }
    }

    #[track_caller]
    fn check(&self, store: &Store, after: &str) {
        let messages = sound_messages(store);
        let listed: BTreeMap<u64, Folder> = messages.iter().map(|message| (message.id.0, message.folder)).collect();
        for (id, fates) in &self.fates {
            let is_there = listed.get(id);
            let is_right = fates.iter().any(|fate| match fate {
                Fate::Nothing => is_there.is_none(),
                Fate::Open if self.recorded.contains(id) => is_there == Some(&Folder::New),
                Fate::Open => is_there.is_none_or(|folder| *folder == Folder::New),
                Fate::In(folder) => is_there == Some(folder),
            });
            assert!(is_right, "{after}: message {id} is in {is_there:?}, allowed is {fates:?}");
        }
        assert!(listed.keys().all(|id| self.fates.contains_key(id)), "{after}: {listed:?}");
        let loaded = store.load().expect("it can be read");
        let figures = loaded.mailboxes.get(MAILBOX).cloned().unwrap_or_default();
        let greeting = figures.greeting.map_or(0, |id| id.0);
        assert!(self.greetings.contains(&greeting), "{after}: {greeting}, {self:?}");
        let in_folder = |folder| listed.values().filter(|in_it| **in_it == folder).count() as u32;
        assert_eq!((figures.new, figures.saved), (in_folder(Folder::New), in_folder(Folder::Saved)), "{after}");
        assert!(self.given.iter().all(|id| *id < loaded.next_recording), "{after}: {}", loaded.next_recording);
        // No file is without a row, and none is put aside; the greeting before can be taken back.
        let heard = listed.len() + usize::from(figures.greeting.is_some());
        let wavs = names(store.recordings_dir()).into_iter().filter(|name| name.ends_with(".wav")).count();
        assert!((heard..=heard + 1).contains(&wavs), "{after}: {:?}", names(store.recordings_dir()));
        assert!(!store.recordings_dir().join("lost").exists(), "{after}");
    }
}

impl Fate {
    fn after(self, verb: &str) -> Fate {
        match (verb, self) {
            ("begin", Fate::Nothing) => Fate::Open,
            ("keep", Fate::Open) => Fate::In(Folder::New),
            ("drop", Fate::Open) => Fate::Nothing,
            ("save", Fate::In(_)) => Fate::In(Folder::Saved),
            ("trash", Fate::In(_)) => Fate::In(Folder::Trash),
            (_, fate) => fate,
        }
    }
}

/// A morning of one mailbox. Each ask is said before it is asked, and after it with its answer.
fn morning(store: &Store, rounds: u64, say: &mut dyn FnMut(&str)) {
    let first = store.load().expect("it can be read").next_recording;
    for round in 0..rounds {
        let id = first + round * 4;
        let ids = [id, id + 1, id + 2, id + 3];
        let [heard, unwanted, left_open, greeting] = ids.map(|id| begun(id, purpose(id % 4 == (first + 3) % 4)));
        if begins(store, &heard, say) {
            finished(store, &heard);
            asked(store, "keep", id, MailboxAsk::Keep { recording: heard.id, length_ms: None }, say);
            let save = MailboxAsk::Move { recording: heard.id, from: Folder::New, to: Folder::Saved };
            asked(store, "save", id, save, say);
        }
        if begins(store, &unwanted, say) {
            asked(store, "drop", unwanted.id.0, MailboxAsk::Drop { recording: unwanted.id }, say);
        }
        begins(store, &left_open, say);
        if ask(store, MailboxAsk::Begin(greeting.clone())) == Answer::Committed {
            finished(store, &greeting);
            asked(store, "greet", greeting.id.0, MailboxAsk::Keep { recording: greeting.id, length_ms: None }, say);
        }
        if round > 0 {
            let before = RecordingId(id - 4);
            let trash = MailboxAsk::Move { recording: before, from: Folder::Saved, to: Folder::Trash };
            asked(store, "trash", before.0, trash, say);
        }
        if round % 2 == 1 {
            asked(store, "forget", 0, MailboxAsk::ForgetGreeting { mailbox: MAILBOX.to_owned() }, say);
        }
    }
}

fn purpose(is_greeting: bool) -> Purpose {
    // As long as a row gets, so that a few fill a page.
    let caller = || Caller { number: "7".repeat(128), name: "Workshop".repeat(16) };
    if is_greeting { Purpose::Greeting } else { Purpose::Message(caller()) }
}

/// Begins and records; says whether it began.
fn begins(store: &Store, new: &NewRecording, say: &mut dyn FnMut(&str)) -> bool {
    if asked(store, "begin", new.id.0, MailboxAsk::Begin(new.clone()), say) != Answer::Committed {
        return false;
    }
    let id = new.id.0;
    part(store.recordings_dir(), id, 1_200);
    say(&format!("recorded {id}"));
    // Every third is still being left when the box dies.
    if !id.is_multiple_of(3) {
        finished(store, new);
    }
    true
}

fn finished(store: &Store, new: &NewRecording) {
    // As the recorder does it: the file is whole before it has its name, so that no kill leaves half of one.
    let folder = store.recordings_dir();
    let made = folder.with_file_name("made");
    fs::create_dir_all(&made).expect("a folder");
    wav(&made, new.id.0, 1_200);
    fs::rename(made.join(new.id.file_name()), folder.join(new.id.part_name())).expect("it takes its place");
    fs::rename(folder.join(new.id.part_name()), folder.join(new.id.file_name())).expect("it is done");
}

fn asked(store: &Store, verb: &str, id: u64, what: MailboxAsk, say: &mut dyn FnMut(&str)) -> Answer {
    say(&format!("{verb} {id}"));
    let answer = ask(store, what);
    say(&format!("{verb} {id} {answer:?}"));
    answer
}

/// Runs only as a child of the tests below.
#[test]
fn child_with_a_fault() {
    let Some(dir) = std::env::var_os(FAULT_DIR) else { return };
    let Ok(opened) = Store::open(Path::new(&dir)) else { return };
    let mut stdout = std::io::stdout();
    let mut say = |line: &str| {
        writeln!(stdout, "\n{MARK}{line}").and_then(|()| stdout.flush()).expect("the parent reads");
    };
    morning(&opened.store, 3, &mut say);
    // Nothing of the log must be moved into the database: the parent looks at it.
    std::process::abort();
}

/// How the child dies, or does not.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// Killed by the system at the write that makes a file larger than this, in blocks.
    Killed(u64),
    /// From that write on each is refused.
    Refused(u64),
    /// Killed by the parent when it has said so many lines.
    AfterLine(usize),
}

/// Runs the morning with a fault; what it said.
fn run(dir: &Path, fault: Fault) -> Vec<String> {
    let (trap, blocks) = match fault {
        Fault::Killed(blocks) => ("", blocks),
        Fault::Refused(blocks) => ("trap '' XFSZ;", blocks),
        Fault::AfterLine(_) => ("", 1_000_000),
    };
    let mut child = Command::new("sh")
        .args(["-c", &format!("{trap} ulimit -c 0; ulimit -f {blocks}; exec \"$@\""), "sh"])
        .arg(std::env::current_exe().expect("the test has a path"))
        .args(["--exact", "child_with_a_fault", "--nocapture"])
        .env(FAULT_DIR, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the child starts");
    let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
    let mut said = Vec::new();
    for line in lines {
        said.extend(line.strip_prefix(MARK).map(str::to_owned));
        if matches!(fault, Fault::AfterLine(count) if count == said.len()) {
            child.kill().expect("it can be killed");
        }
    }
    child.wait().expect("it can be waited for");
    said
}

/// A box, closed; opened again without a fault after one, and judged.
fn survives(fault: Fault) -> usize {
    let dir = tempfile::tempdir().expect("a directory");
    drop(open(dir.path()));
    let said = run(dir.path(), fault);
    let mut expected = Expected::new();
    said.iter().for_each(|line| expected.line(line));
    for time in ["at the next start", "at the start after it"] {
        expected.check(&open(dir.path()), &format!("{fault:?}, {time}"));
    }
    said.len()
}

/// How large the log gets, in blocks, in a morning without a fault; and how many lines it says.
fn whole_morning() -> (u64, usize) {
    let dir = tempfile::tempdir().expect("a directory");
    drop(open(dir.path()));
    let said = run(dir.path(), Fault::AfterLine(usize::MAX));
    let log = dir.path().join("bellbox.db-wal").metadata().expect("it is there").len();
    (log / BLOCK, said.len())
}

/// Above what SQLite needs to open the database at all: 32 KiB for its index of the log.
const LEAST: u64 = 65;

#[test]
fn killed_at_any_write_what_was_answered_is_there() {
    let _alone = alone();
    let (log, lines) = whole_morning();
    assert!(log > 4 * LEAST && lines > 40, "{log} {lines}");
    // Odd, so that it is killed within frames as well as between them.
    let ends: BTreeSet<usize> = (LEAST..log).step_by(37).map(|blocks| survives(Fault::Killed(blocks))).collect();
    assert!(ends.len() > 10, "it was killed at different places: {ends:?}");
    (3..lines).step_by(9).for_each(|line| {
        survives(Fault::AfterLine(line));
    });
}

#[test]
fn refused_at_any_write_what_was_answered_is_there() {
    let _alone = alone();
    let (log, lines) = whole_morning();
    for blocks in (LEAST..log).step_by(83) {
        assert!(survives(Fault::Refused(blocks)) <= lines);
    }
}

#[test]
fn full_at_any_page_the_mailboxes_are_whole_and_work_again_with_space() {
    let _alone = alone();
    for more in 0..5 {
        let dir = tempfile::tempdir().expect("a directory");
        drop(open(dir.path()));
        let pages = dir.path().join("bellbox.db").metadata().expect("it is there").len() / 4096;
        let store = open(dir.path());
        store.limit_size(Some((pages + more) * 4096)).expect("there is space for that");
        let mut expected = Expected::new();
        let mut refused = 0;
        morning(&store, 25, &mut |line| {
            refused += usize::from(line.ends_with("Failed"));
            expected.line(line);
        });
        assert!(refused > 0, "{more} pages more: nothing was refused");
        store.limit_size(None).expect("that needs no space");
        let before = store.load().expect("it can be read").next_recording;
        morning(&store, 1, &mut |line| {
            assert!(!line.ends_with("Failed"), "{more} pages more: {line}");
            expected.line(line);
        });
        assert!(store.load().expect("it can be read").next_recording > before);
        drop(store);
        expected.check(&open(dir.path()), &format!("{more} pages more"));
    }
}

#[test]
fn a_log_that_is_torn_anywhere_costs_no_message_that_has_audio() {
    let _alone = alone();
    let dir = tempfile::tempdir().expect("a directory");
    drop(open(dir.path()));
    let said = run(dir.path(), Fault::AfterLine(usize::MAX));
    let mut expected = Expected::new();
    said.iter().for_each(|line| expected.line(line));
    let log = fs::read(dir.path().join("bellbox.db-wal")).expect("it is there");
    // Between frames, within their heads, and within their pages.
    for at in (0..log.len()).step_by(4_120 * 5 + 700) {
        let scratch = tempfile::tempdir().expect("a directory");
        fs::create_dir(scratch.path().join("recordings")).expect("it is new");
        for file in names(&dir.path().join("recordings")) {
            let (from, to) = (dir.path().join("recordings").join(&file), scratch.path().join("recordings").join(&file));
            fs::copy(from, to).expect("there is space");
        }
        fs::copy(dir.path().join("bellbox.db"), scratch.path().join("bellbox.db")).expect("there is space");
        fs::write(scratch.path().join("bellbox.db-wal"), &log[..at]).expect("there is space");
        let opened = Store::open(scratch.path()).expect("it opens");
        let listed: BTreeSet<u64> = sound_messages(&opened.store).iter().map(|message| message.id.0).collect();
        let wanted = |fates: &BTreeSet<Fate>| !fates.contains(&Fate::Nothing);
        let kept: BTreeSet<u64> = expected.fates.iter().filter(|(_, fates)| wanted(fates)).map(|(id, _)| *id).collect();
        assert_eq!(listed, kept, "{at}: {:?}", opened.alarms);
    }
}
