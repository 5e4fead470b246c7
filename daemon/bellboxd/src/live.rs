//! The running office, as the page and the command line see it.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;

use config::Config;
use io::wire::Wire;
use jiff::Timestamp;
use jiff::civil::DateTime;
use media::speech::Speech;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use pbx::console::{ActOrder, NotDone};
use pbx::events::CallEvent;
use pbx::input::{CallId, Order, RecordingId};
use pbx::ladder::Ladder;
use pbx::mailbox::Message;
use pbx::output::Reply;
use pbx::placed::{PlaceOrder, Unplaced};
use pbx::prompt::Prompt;
use pbx::status::Status;
use pbx::tested::Wanted;
use pbx::time::Now;
use pbx::what_if::{self, Answer, Question};
use store::Store;
use web::api::has_owner;
use web::desk::{CallLine, Checked, Desk, Imported, NewKey, Refusal, RevisionLine};
use web::events::Events;
use web::keys::{Keys, Purpose};
use web::metrics::{Figure, Kind};
use web::office::{Pulse, Unwell};

use crate::clock::Clock;
use crate::in_force::InForce;
use crate::inbox::Inbox;
use crate::orders::Orders;
use crate::stored;
use crate::vitals::Vitals;

/// How long the engine may be at one input, or leave one waiting, before it counts as stuck: an input takes well under
/// a millisecond.
const STUCK_AFTER: Duration = Duration::from_secs(2);

/// How long an order may take: hanging up is done at once, whatever the phones answer.
const ORDER_PATIENCE: Duration = Duration::from_secs(5);

/// How long a sentence may take that is heard on the page: ten times what the longest one takes a slow core.
const SPEECH_PATIENCE: Duration = Duration::from_secs(5);

/// What the threads share.
pub struct Office {
    pub clock: Clock,
    pub store: Arc<Store>,
    pub inbox: Arc<Inbox>,
    pub in_force: InForce,
    pub orders: Orders,
    pub vitals: Vitals,
    /// The realm that the engine runs with.
    pub realm: Arc<str>,
    /// Set once the sockets are up.
    pub wire: OnceLock<Arc<Wire>>,
    /// One-time ways into the page.
    pub keys: Arc<Keys>,
    /// What changes, for the pages that are open.
    pub events: Arc<Events>,
    /// The page's address, once it is served.
    pub page: OnceLock<String>,
    /// Once it runs; whoever stops it need not wait for the page.
    pub speech: OnceLock<Weak<Speech>>,
    folder: PathBuf,
    wants_restart: AtomicBool,
    published: Mutex<Arc<Status>>,
    renewed: Condvar,
}

impl Office {
    pub fn new(clock: Clock, store: Arc<Store>, inbox: Arc<Inbox>, config: Arc<Config>) -> Office {
        let folder = store.recordings_dir().parent().map(Path::to_owned).unwrap_or_default();
        Office {
            in_force: InForce::new(config, Arc::clone(&inbox)),
            realm: store.realm(),
            clock,
            store,
            inbox,
            orders: Orders::default(),
            vitals: Vitals::default(),
            wire: OnceLock::new(),
            keys: Arc::default(),
            events: Arc::default(),
            page: OnceLock::new(),
            speech: OnceLock::new(),
            folder,
            wants_restart: AtomicBool::new(false),
            published: Mutex::default(),
            renewed: Condvar::new(),
        }
    }

    pub fn publish(&self, status: Arc<Status>) {
        let mut published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *published, Arc::clone(&status));
        drop(published);
        if !Arc::ptr_eq(&before.places, &status.places) {
            self.inbox.know_trunks(Arc::clone(&status.places));
        }
        self.events.published(&before, &status);
        self.renewed.notify_all();
    }

    /// Gives an office to the engine and waits, at most so long, until it says that it is in force.
    fn put_within(&self, patience: Duration, config: Config) -> bool {
        let revision = config.revision();
        self.in_force.put(config);
        let published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.renewed.wait_timeout_while(published, patience, |status| status.revision < revision);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Whether what ends the daemon is to start it again.
    pub fn wants_restart(&self) -> bool {
        self.wants_restart.load(Ordering::Relaxed)
    }

    /// Ends every call, as far as that is possible in this time.
    pub fn shut_down(&self, patience: Duration) -> bool {
        self.orders.give(&self.inbox, Order::ShutDown, patience).is_some()
    }
}

impl Pulse for Office {
    fn status(&self) -> Arc<Status> {
        Arc::clone(&self.published.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn health(&self) -> Result<(), Unwell> {
        let stuck = self.vitals.busy_for(&self.clock).max(self.inbox.waiting_for());
        if stuck >= STUCK_AFTER {
            return Err(Unwell::Stuck { seconds: stuck.as_secs() });
        }
        if self.vitals.is_store_failing.load(Ordering::Relaxed) {
            return Err(Unwell::StoreFails);
        }
        Ok(())
    }

    fn figures(&self) -> Vec<Figure> {
        let Some(wire) = self.wire.get() else { return Vec::new() };
        let counters = wire.counters();
        let sum = |name, help, sum: &io::counters::Sum| Figure { name, help, kind: Kind::Sum, value: sum.value() };
        let level = |name, help, value| Figure { name, help, kind: Kind::Level, value };
        let open = u64::try_from(wire.connections()).unwrap_or(u64::MAX);
        let up = self.clock.now().since_boot.as_secs();
        let failing = u64::from(self.vitals.is_store_failing.load(Ordering::Relaxed));
        vec![
            level("uptime_seconds", "Seconds since the daemon started", up),
            level("store_failing", "1 while the store cannot write", failing),
            level("connections_open", "SIP connections that are open now", open),
            sum("messages_received", "SIP messages that came", &counters.received),
            sum("messages_sent", "SIP messages handed to the network", &counters.sent),
            sum("messages_unsent", "SIP messages that could not be sent", &counters.unsent),
            sum("datagrams_dropped", "Messages lost because the engine's queue was full", &counters.dropped),
            sum("connections", "SIP connections that came or were opened", &counters.connections),
            sum(
                "connections_over_limit",
                "SIP connections refused or closed for a limit",
                &counters.connections_over_limit,
            ),
            sum("connections_half_open", "SIP connections closed without a whole message", &counters.half_open_closed),
            sum("connections_slow", "SIP connections closed because their peer took nothing", &counters.slow_closed),
            sum(
                "connections_old_tls",
                "SIP connections refused because the phone knows no TLS newer than 1.1",
                &counters.old_tls_refused,
            ),
            sum(
                "connections_unframed",
                "SIP connections closed because no message could be cut out",
                &counters.unframed_closed,
            ),
        ]
    }
}

impl web::office::Office for Office {
    fn now(&self) -> Now {
        self.clock.now()
    }

    fn store(&self) -> &Arc<Store> {
        &self.store
    }

    fn config(&self) -> Arc<Config> {
        self.in_force.now()
    }

    fn put(&self, config: Config) -> bool {
        self.put_within(ORDER_PATIENCE, config)
    }

    fn end_call(&self, call: CallId) -> Result<(), Refusal> {
        self.hang_up(call)
    }

    fn ladder(&self, call: CallId) -> Result<Arc<Ladder>, Refusal> {
        Desk::ladder(self, call)
    }

    fn try_trunk(&self, name: &str) -> Result<(), Refusal> {
        match self.orders.give(&self.inbox, Order::TryTrunk(name.to_owned()), ORDER_PATIENCE) {
            Some(Reply::Done) => Ok(()),
            Some(Reply::NoSuchTrunk) => Err(Refusal::NoSuchTrunk { name: name.to_owned() }),
            Some(_) | None => Err(Refusal::Silent),
        }
    }

    fn test_trunk(&self, wanted: Wanted) -> Result<CallId, Refusal> {
        Desk::test_trunk(self, wanted)
    }

    fn unblock(&self, source: IpAddr) -> Option<bool> {
        let reply = self.orders.give(&self.inbox, Order::Unblock(source), ORDER_PATIENCE)?;
        Some(reply == Reply::Done)
    }

    fn place(&self, order: PlaceOrder) -> Option<Result<CallId, Unplaced>> {
        match self.orders.give(&self.inbox, Order::Place(order), ORDER_PATIENCE)? {
            Reply::Placed(call) => Some(Ok(call)),
            Reply::Unplaced(why) => Some(Err(why)),
            _ => None,
        }
    }

    fn act(&self, order: ActOrder) -> Option<Result<(), NotDone>> {
        match self.orders.give(&self.inbox, Order::Act(order), ORDER_PATIENCE)? {
            Reply::Done => Some(Ok(())),
            Reply::NotDone(why) => Some(Err(why)),
            _ => None,
        }
    }

    fn end_wish(&self, caller: &str, target: &str) -> Option<bool> {
        let order = Order::EndWish { caller: caller.to_owned(), target: target.to_owned() };
        let reply = self.orders.give(&self.inbox, order, ORDER_PATIENCE)?;
        Some(reply == Reply::Done)
    }

    fn speak(&self, prompt: Prompt) -> Option<Arc<[i16]>> {
        let speech = self.speech.get()?.upgrade()?;
        let (said, samples) = sync_channel(1);
        // Nobody waits any more where it took too long.
        speech.render(prompt, move |samples| drop(said.send(samples)));
        samples.recv_timeout(SPEECH_PATIENCE).ok().filter(|samples| !samples.is_empty())
    }

    fn number_recording(&self) -> Option<RecordingId> {
        match self.orders.give(&self.inbox, Order::NumberRecording, ORDER_PATIENCE) {
            Some(Reply::Number(id)) => Some(id),
            _ => None,
        }
    }

    fn restart(&self) {
        self.wants_restart.store(true, Ordering::Relaxed);
        // The one way in which the daemon ends; whoever waits for signals hears it.
        if let Err(error) = kill(Pid::this(), Signal::SIGTERM) {
            log::error!("the daemon cannot end itself, restart bellboxd: {error}");
        }
    }

    fn folder(&self) -> PathBuf {
        self.folder.clone()
    }
}

impl Desk for Office {
    fn status(&self) -> Result<Status, Refusal> {
        Ok((*Pulse::status(self)).clone())
    }

    fn calls(&self, limit: usize) -> Result<Vec<CallLine>, Refusal> {
        stored::calls(&self.store, limit)
    }

    fn call(&self, id: CallId) -> Result<Vec<CallEvent>, Refusal> {
        stored::call(&self.store, id)
    }

    fn ladder(&self, id: CallId) -> Result<Arc<Ladder>, Refusal> {
        match self.orders.give(&self.inbox, Order::Ladder(id), ORDER_PATIENCE) {
            Some(Reply::Ladder(ladder)) => Ok(ladder),
            Some(Reply::NoSuchCall) => Err(Refusal::NoLadder { id }),
            Some(_) | None => Err(Refusal::Silent),
        }
    }

    fn messages(&self, mailbox: Option<&str>, limit: usize) -> Result<Vec<Message>, Refusal> {
        stored::messages(&self.store, mailbox, limit)
    }

    fn import(&self, text: &str, author: &str) -> Result<Imported, Refusal> {
        let (mut imported, config) = stored::import(&self.store, text, author, Timestamp::now())?;
        log::info!("configuration revision {} by {author}", imported.revision);
        if !self.put_within(ORDER_PATIENCE, config) {
            imported.problems.push("it is saved, but the running daemon has not taken it over yet".to_owned());
        }
        if self.store.realm() != self.realm {
            let note = "the passwords are of another box: restart bellboxd once, until then no phone can register";
            imported.problems.push(note.to_owned());
        }
        Ok(imported)
    }

    fn export(&self) -> Result<String, Refusal> {
        stored::export(&self.store)
    }

    fn export_as_of(&self, local: DateTime) -> Result<String, Refusal> {
        stored::export_as_of(&self.store, local)
    }

    fn history(&self, until: Option<DateTime>, limit: usize) -> Result<Vec<RevisionLine>, Refusal> {
        stored::history(&self.store, until, limit)
    }

    fn check(&self, text: &str) -> Result<Checked, Refusal> {
        stored::check(text)
    }

    fn what_if(&self, question: &Question) -> Result<Answer, Refusal> {
        let config = self.in_force.now();
        what_if::ask(&config, self.clock.now().wall, question).map_err(|why| Refusal::NotAsked { why })
    }

    fn test_trunk(&self, wanted: Wanted) -> Result<CallId, Refusal> {
        match self.orders.give(&self.inbox, Order::TestTrunk(wanted), ORDER_PATIENCE) {
            Some(Reply::Testing(call)) => Ok(call),
            Some(Reply::Untested(why)) => Err(Refusal::Untested { why }),
            Some(_) | None => Err(Refusal::Silent),
        }
    }

    fn reset_admin(&self) -> Result<NewKey, Refusal> {
        let purpose = if has_owner(&self.in_force.now()) { Purpose::Reset } else { Purpose::Setup };
        let no_numbers = || Refusal::Failed { reason: "the system gives no random numbers".to_owned() };
        let token = self.keys.issue(purpose, self.clock.now().since_boot).ok_or_else(no_numbers)?;
        log::warn!("a one-time way into the page was made on the command line");
        Ok(NewKey { address: self.page.get().cloned(), page: purpose.page(&token) })
    }

    fn hang_up(&self, id: CallId) -> Result<(), Refusal> {
        match self.orders.give(&self.inbox, Order::HangUp(id), ORDER_PATIENCE) {
            Some(Reply::Done) => Ok(()),
            Some(Reply::NoSuchCall) => Err(Refusal::NoSuchCall { id }),
            Some(_) | None => Err(Refusal::Silent),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use pbx::input::Input;

    use super::*;

    #[test]
    fn an_office_is_in_force_when_the_engine_says_so_and_not_when_it_was_given() {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(folder.path()).unwrap().store);
        let inbox = Arc::new(Inbox::default());
        let office = Arc::new(Office::new(Clock::start(), store, Arc::clone(&inbox), Arc::new(Config::default())));
        let of = |revision| Config::default().with_revision(revision);
        let says = |revision| office.publish(Arc::new(Status { revision, ..Status::default() }));
        // The engine is busy with calls, and publishes what it had before.
        says(6);
        assert!(!office.put_within(Duration::ZERO, of(7)), "it was only given");
        let mut batch = Vec::new();
        inbox.take(None, &mut batch);
        assert!(matches!(&batch[..], [Input::Config(config)] if config.revision() == 7), "{batch:?}");
        // Whoever waits hears it, whether it began to wait before the engine spoke or after.
        let putter = Arc::clone(&office);
        let put = thread::spawn(move || web::office::Office::put(&*putter, of(7)));
        says(7);
        assert!(put.join().unwrap());
        assert!(office.put_within(Duration::ZERO, of(7)));
    }
}
