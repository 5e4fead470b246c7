//! The thread that checks PINs and codes, and saves what people change by phone: the hash is slow on purpose, a save waits for the
//! disk, and neither the engine nor the store's writer can wait for them.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};

use config::{Config, RawConfig, RuleChange, Secret};
use jiff::Timestamp;
use pbx::input::{Answer, AskId, Input};
use store::{EditError, hash_pin, verify_pin};

use crate::cause::with_cause;
use crate::live::Office;

/// How many PINs may wait. At some 10 ms each, 40 on a small board, the last one is answered in 2.6 s, within the
/// engine's patience of 5 s.
pub const PINS_WAITING: usize = 64;

/// The way to the thread; dropping it does what waits and ends it.
pub struct Pins {
    queue: Option<SyncSender<Job>>,
    office: Arc<Office>,
    thread: Option<JoinHandle<()>>,
}

struct Job {
    id: AskId,
    extension: String,
    what: What,
}

enum What {
    Check(Secret),
    Code(Secret),
    Set(Secret),
    Change(RuleChange),
}

impl Pins {
    pub fn start(office: Arc<Office>) -> std::io::Result<Pins> {
        let (queue, jobs) = sync_channel(PINS_WAITING);
        let worker = Arc::clone(&office);
        let thread = thread::Builder::new().name("pins".to_owned()).spawn(move || run(&worker, &jobs))?;
        Ok(Pins { queue: Some(queue), office, thread: Some(thread) })
    }

    /// Answers `PinIs`, or `Failed` where too many wait.
    pub fn check(&self, id: AskId, extension: String, pin: Secret) {
        self.offer(Job { id, extension, what: What::Check(pin) });
    }

    /// Answers `CodeIs`, or `Failed` where too many wait.
    pub fn check_code(&self, id: AskId, extension: String, code: Secret) {
        self.offer(Job { id, extension, what: What::Code(code) });
    }

    /// Answers `Committed` when the new one is on disk and in force, else `Failed`.
    pub fn set(&self, id: AskId, extension: String, pin: Secret) {
        self.offer(Job { id, extension, what: What::Set(pin) });
    }

    /// The same of what becomes of an extension's calls.
    pub fn change_rules(&self, id: AskId, extension: String, change: RuleChange) {
        self.offer(Job { id, extension, what: What::Change(change) });
    }

    fn offer(&self, job: Job) {
        let Some(queue) = &self.queue else { return };
        if let Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) = queue.try_send(job) {
            // What was keyed as an extension may be a PIN that was keyed too early.
            log::error!("a PIN or a change by phone is not looked at, {PINS_WAITING} others wait");
            self.office.inbox.push(Input::Answer(job.id, Answer::Failed));
        }
    }
}

impl Drop for Pins {
    fn drop(&mut self) {
        drop(self.queue.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            log::error!("the thread of PINs ended by a panic");
        }
    }
}

fn run(office: &Office, jobs: &Receiver<Job>) {
    // Compared where there is nothing to compare with, so that a mailbox without a PIN, or none at all, takes as long as a wrong one.
    let nobodys = hash_pin("0000000000").unwrap_or_default();
    while let Ok(Job { id, extension, what }) = jobs.recv() {
        let answer = match what {
            What::Check(pin) => Answer::PinIs(is_right(office, &extension, &pin, &nobodys)),
            What::Code(code) => Answer::CodeIs(code_of(office, &extension, &code)),
            What::Set(pin) => set(office, &extension, &pin),
            What::Change(change) => change_rules(office, &extension, &change),
        };
        office.inbox.push(Input::Answer(id, answer));
    }
}

fn is_right(office: &Office, extension: &str, pin: &Secret, nobodys: &str) -> bool {
    let config = office.in_force.now();
    let hash = config.extension(extension).and_then(|extension| extension.pin_hash.as_deref());
    let is_same = verify_pin(hash.unwrap_or(nobodys), pin.expose());
    is_same && hash.is_some()
}

/// The code's name. Each that the extension may key is compared, on or off and however far it reaches, and none less when one is found.
fn code_of(office: &Office, extension: &str, code: &Secret) -> Option<String> {
    let config = office.in_force.now();
    let rows = config.authorizations().iter().filter(|row| row.is_for(extension));
    let mut found = None;
    for row in rows {
        if verify_pin(row.pin_hash.expose(), code.expose()) {
            found = Some(row.name.clone());
        }
    }
    found
}

fn set(office: &Office, extension: &str, pin: &Secret) -> Answer {
    let author = format!("{extension} by phone");
    match office.store.set_pin(extension, pin, &author, Timestamp::now()) {
        Ok(config) => {
            log::info!("configuration revision {} by {author}: a new PIN", config.revision());
            office.in_force.put(config);
            Answer::Committed
        }
        Err(error) => {
            log::warn!("extension {extension} did not get its new PIN: {}", with_cause(&error));
            Answer::Failed
        }
    }
}

fn change_rules(office: &Office, extension: &str, change: &RuleChange) -> Answer {
    let author = format!("{extension} by phone");
    let now = Timestamp::now();
    let edit = |raw: &mut RawConfig| {
        let config = Config::check(raw, &mut Vec::new());
        Ok::<_, EditError>(change.apply(raw, &config, extension, now))
    };
    match office.store.edit(&author, now, edit) {
        Ok((_, None)) => Answer::Gone,
        Ok((imported, Some(()))) => {
            log::info!("configuration revision {} by {author}", imported.revision);
            office.in_force.put(imported.config);
            Answer::Committed
        }
        Err(error) => {
            log::warn!("what extension {extension} changed by phone is not saved: {}", with_cause(&error));
            Answer::Failed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::inbox::{Inbox, Taken};
    use config::DiversionKind;
    use store::Store;

    const OFFICE: &str = "[office]\nname = \"Test\"\n\n[[person]]\nname = \"Desk\"\nextension = \"101\"\npin = \"739116\"\n\
                          \n[[person]]\nname = \"Other\"\nextension = \"102\"\n";

    fn office(folder: &std::path::Path) -> Arc<Office> {
        let store = Store::open(folder).unwrap().store;
        let config = store.import(OFFICE, "test", Timestamp::now()).unwrap().config;
        Arc::new(Office::new(Clock::start(), Arc::new(store), Arc::new(Inbox::default()), Arc::new(config)))
    }

    fn next(office: &Office, batch: &mut Vec<Input>) -> Input {
        while batch.is_empty() {
            assert_eq!(office.inbox.take(None, batch), Taken::Some);
        }
        batch.remove(0)
    }

    #[track_caller]
    fn is(input: &Input, id: u64, answer: &Answer) {
        assert!(matches!(input, Input::Answer(AskId(is), given) if *is == id && given == answer), "{input:?}");
    }

    #[test]
    fn pins_are_checked_and_a_new_one_holds_from_its_answer_on() {
        let folder = tempfile::tempdir().unwrap();
        let office = office(folder.path());
        let pins = Pins::start(Arc::clone(&office)).unwrap();
        let pin = |pin: &str| Secret::new(pin.to_owned());
        for (id, (extension, keyed)) in
            (1..).zip([("101", "739116"), ("101", "739117"), ("102", "739116"), ("103", "739116")])
        {
            pins.check(AskId(id), extension.to_owned(), pin(keyed));
        }
        pins.set(AskId(5), "101".to_owned(), pin("864201"));
        pins.check(AskId(6), "101".to_owned(), pin("864201"));
        pins.set(AskId(7), "101".to_owned(), pin("1111"));
        pins.set(AskId(8), "103".to_owned(), pin("864201"));
        let mut batch = Vec::new();
        for (id, is_right) in [(1, true), (2, false), (3, false), (4, false)] {
            is(&next(&office, &mut batch), id, &Answer::PinIs(is_right));
        }
        let config = next(&office, &mut batch);
        assert!(matches!(&config, Input::Config(config) if config.revision() == 2), "{config:?}");
        is(&next(&office, &mut batch), 5, &Answer::Committed);
        is(&next(&office, &mut batch), 6, &Answer::PinIs(true));
        is(&next(&office, &mut batch), 7, &Answer::Failed);
        is(&next(&office, &mut batch), 8, &Answer::Failed);
        assert_eq!(office.store.revisions(store::RevisionFilter::newest(1)).unwrap()[0].author, "101 by phone");
        let in_force: Arc<Config> = office.in_force.now();
        assert_eq!(in_force.revision(), 2);
    }

    #[test]
    fn a_rule_that_is_changed_by_phone_is_a_revision_and_in_force_before_its_answer() {
        let folder = tempfile::tempdir().unwrap();
        let office = office(folder.path());
        let pins = Pins::start(Arc::clone(&office)).unwrap();
        let dnd = |is_on| RuleChange::Divert { kind: DiversionKind::Dnd, is_on, to: None };
        pins.change_rules(AskId(1), "101".to_owned(), dnd(true));
        pins.change_rules(AskId(2), "103".to_owned(), dnd(true));
        pins.change_rules(AskId(3), "101".to_owned(), dnd(true));
        let mut batch = Vec::new();
        let config = next(&office, &mut batch);
        let is_on = |config: &Config| config.extension("101").unwrap().answering.diversions[0].is_on(Timestamp::now());
        assert!(matches!(&config, Input::Config(config) if config.revision() == 2 && is_on(config)), "{config:?}");
        is(&next(&office, &mut batch), 1, &Answer::Committed);
        is(&next(&office, &mut batch), 2, &Answer::Gone);
        // The same again is no revision.
        assert!(matches!(next(&office, &mut batch), Input::Config(config) if config.revision() == 2));
        is(&next(&office, &mut batch), 3, &Answer::Committed);
        let revisions = office.store.revisions(store::RevisionFilter::newest(5)).unwrap();
        let authors: Vec<&str> = revisions.iter().map(|revision| revision.author.as_str()).collect();
        assert_eq!(authors, ["101 by phone", "test"]);
    }

    #[test]
    fn each_of_too_many_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let office = office(folder.path());
        let pins = Pins::start(Arc::clone(&office)).unwrap();
        let asked = 3 * PINS_WAITING as u64;
        for id in 0..asked {
            pins.check(AskId(id), "101".to_owned(), Secret::new("739117".to_owned()));
        }
        let (mut batch, mut refused) = (Vec::new(), 0);
        for _ in 0..asked {
            match next(&office, &mut batch) {
                Input::Answer(_, Answer::Failed) => refused += 1,
                Input::Answer(_, Answer::PinIs(false)) => {}
                other => panic!("{other:?}"),
            }
        }
        assert!(refused >= 1 && refused <= asked - PINS_WAITING as u64, "{refused}");
    }
}
