//! The one thread that writes: many commits in one transaction, each answered when it is on disk; what is asked of
//! mailboxes in between, in order.

use std::any::Any;
use std::ops::ControlFlow::{self, Break, Continue};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use pbx::input::Answer;
use pbx::output::Record;
use rusqlite::Connection;

use crate::error::StoreError;
use crate::mailbox::{Answered, MailboxAsk, Mailboxes, Outcome};
use crate::records;

/// How many commits may wait. A busy office makes some ten a second; a disk that is this far behind does not catch up,
/// and the engine must hear it.
pub const QUEUE: usize = 1024;

/// How many commits go into one transaction at most: enough to hide a slow disk's sync, few enough that the first of
/// them is not kept waiting for the last.
pub const BATCH_JOBS: usize = 256;

/// How often old calls and alerts are dropped: once in so many transactions.
const PRUNE_EVERY: u32 = 1000;

/// Told once, from the writer's thread, whether all of it is on disk. Must be quick.
pub type Done = Box<dyn FnOnce(bool) + Send>;

/// Something other than records to be done on the writing connection.
type Task = Box<dyn FnOnce(&mut Connection) + Send>;

enum Job {
    Commit(Vec<Record>, Done),
    Mailbox(MailboxAsk, Answered),
    Task(Task),
    Close,
}

/// The way to the thread.
pub(crate) struct Writer {
    queue: SyncSender<Job>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(crate) fn start(connection: Connection, mailboxes: Arc<Mailboxes>) -> Result<Writer, std::io::Error> {
        let (queue, jobs) = sync_channel(QUEUE);
        let thread = thread::Builder::new().name("store-writer".to_owned());
        let thread = thread.spawn(move || run(connection, &jobs, &mailboxes))?;
        Ok(Writer { queue, thread: Mutex::new(Some(thread)) })
    }

    /// Never waits: where the queue is full or the thread gone, `done` hears it at once.
    pub(crate) fn commit(&self, records: Vec<Record>, done: Done) {
        if let Some(Job::Commit(_, done)) = self.refused(Job::Commit(records, done)) {
            answer(done, false);
        }
    }

    /// Never waits either, and keeps the order with commits.
    pub(crate) fn mailbox(&self, ask: MailboxAsk, done: Answered) {
        if let Some(Job::Mailbox(_, done)) = self.refused(Job::Mailbox(ask, done)) {
            reply(done, Answer::Failed);
        }
    }

    fn refused(&self, job: Job) -> Option<Job> {
        match self.queue.try_send(job) {
            Ok(()) => None,
            Err(TrySendError::Full(job)) => {
                log::error!("the disk is too slow: more than {QUEUE} commits wait, the newest is refused");
                Some(job)
            }
            Err(TrySendError::Disconnected(job)) => Some(job),
        }
    }

    /// Runs on the writing connection and waits for the outcome.
    pub(crate) fn call<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, outcome) = sync_channel(1);
        let task = Job::Task(Box::new(move |connection| {
            if reply.send(task(connection)).is_err() {
                log::debug!("nobody waits for the outcome any more");
            }
        }));
        self.queue.send(task).map_err(|_| StoreError::Closed)?;
        outcome.recv().map_err(|_| StoreError::Closed)?
    }

    /// Writes what waits, then ends the thread.
    pub(crate) fn close(&self) {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(thread) = thread else { return };
        if self.queue.send(Job::Close).is_err() {
            log::debug!("the writer had ended before");
        }
        if thread.join().is_err() {
            log::error!("the store's writer ended by a panic");
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.close();
    }
}

fn run(mut connection: Connection, jobs: &Receiver<Job>, mailboxes: &Mailboxes) {
    let mut transactions = 0_u32;
    let mut next = None;
    loop {
        let job = match next.take() {
            Some(job) => job,
            None => match jobs.recv() {
                Ok(job) => job,
                Err(_) => break,
            },
        };
        match job {
            Job::Commit(records, done) => {
                let mut batch = vec![(records, done)];
                next = fill(&mut batch, jobs, |job| match job {
                    Job::Commit(records, done) => Continue((records, done)),
                    other => Break(other),
                });
                let is_written = commit(&mut connection, batch);
                if is_written {
                    catch_up(&mut connection, mailboxes);
                }
                transactions = transactions.wrapping_add(1);
                if transactions.is_multiple_of(PRUNE_EVERY)
                    && let Err(error) = records::prune(&mut connection)
                {
                    log::warn!("old records were not dropped: {error}");
                }
            }
            Job::Mailbox(ask, done) => {
                let mut batch = vec![(ask, done)];
                next = fill(&mut batch, jobs, |job| match job {
                    Job::Mailbox(ask, done) => Continue((ask, done)),
                    other => Break(other),
                });
                mailbox(&mut connection, mailboxes, batch);
            }
            Job::Task(task) => guard("a task of the store", || task(&mut connection)),
            Job::Close => break,
        }
    }
    if let Err((_, error)) = connection.close() {
        log::warn!("the database was not closed cleanly: {error}");
    }
}

/// Takes what waits already, up to the batch's limit; gives back a job of another kind, which comes next.
fn fill<T>(batch: &mut Vec<T>, jobs: &Receiver<Job>, kind: impl Fn(Job) -> ControlFlow<Job, T>) -> Option<Job> {
    while batch.len() < BATCH_JOBS {
        match jobs.try_recv().map(&kind) {
            Ok(Continue(more)) => batch.push(more),
            Ok(Break(other)) => return Some(other),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => return None,
        }
    }
    None
}

/// All in one transaction; where that fails, each alone, so that one bad commit spoils no other. Says whether anything
/// was written.
fn commit(connection: &mut Connection, batch: Vec<(Vec<Record>, Done)>) -> bool {
    let all = batch.iter().flat_map(|(records, _)| records);
    let outcome = records::write(connection, all);
    match outcome {
        Ok(()) => {
            for (_, done) in batch {
                answer(done, true);
            }
            true
        }
        Err(error) if batch.len() == 1 => {
            log::error!("records were not written: {error}");
            for (_, done) in batch {
                answer(done, false);
            }
            false
        }
        Err(error) => {
            log::warn!("{} commits failed together, each is tried alone: {error}", batch.len());
            let mut is_any_written = false;
            for (records, done) in batch {
                let outcome = records::write(connection, records.iter());
                if let Err(error) = &outcome {
                    log::error!("records were not written: {error}");
                }
                is_any_written |= outcome.is_ok();
                answer(done, outcome.is_ok());
            }
            is_any_written
        }
    }
}

/// All in one transaction. The lamp hears of each before the one who asked, and files follow when nobody waits any more.
fn mailbox(connection: &mut Connection, mailboxes: &Mailboxes, batch: Vec<(MailboxAsk, Answered)>) {
    let (asks, asked): (Vec<MailboxAsk>, Vec<Answered>) = batch.into_iter().unzip();
    let outcomes = guarded("what is asked of mailboxes", || mailboxes.run(connection, &asks));
    let mut outcomes = outcomes.unwrap_or_default().into_iter();
    let mut is_written = false;
    let mut begun = Vec::new();
    let mut doomed = Vec::new();
    for done in asked {
        // One that has no outcome was asked when the store panicked.
        let outcome = outcomes.next().unwrap_or_else(|| Outcome::answered(Answer::Failed));
        is_written |= outcome.answer == Answer::Committed;
        begun.extend(outcome.begun);
        doomed.extend(outcome.doomed);
        guard("who hears of mailboxes", || mailboxes.tell(outcome.changed));
        reply(done, outcome.answer);
    }
    guard("what follows from an ask", || mailboxes.follow_up(connection, &begun, &doomed));
    if is_written {
        catch_up(connection, mailboxes);
    }
}

fn catch_up(connection: &mut Connection, mailboxes: &Mailboxes) {
    guard("what the start owes", || mailboxes.catch_up(connection));
}

fn reply(done: Answered, answer: Answer) {
    guard("who asked of a mailbox", || done(answer));
}

fn answer(done: Done, is_written: bool) {
    guard("who waited for a commit", || done(is_written));
}

fn guard(who: &str, run: impl FnOnce()) {
    let _ = guarded(who, run);
}

/// A panic must not end the writing of everybody's records. `None` where there was one; a transaction that it was in is
/// rolled back.
pub(crate) fn guarded<T>(who: &str, run: impl FnOnce() -> T) -> Option<T> {
    let outcome = catch_unwind(AssertUnwindSafe(run));
    if let Err(panic) = &outcome {
        let said = (**panic).downcast_ref::<&str>().copied();
        let said = said.or_else(|| <dyn Any>::downcast_ref::<String>(&**panic).map(String::as_str));
        log::error!("{who} panicked: {}", said.unwrap_or("without a word"));
    }
    outcome.ok()
}
