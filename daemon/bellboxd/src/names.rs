//! The threads that look names up: a DNS that is dead takes half a minute to say so, and the engine waits for nobody.

use std::collections::BTreeMap;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use pbx::input::{Answer, AskId, Input};

use crate::inbox::Inbox;

/// How many names may wait: every trunk's, twice.
pub const NAMES_WAITING: usize = 32;

/// Threads: one name that cannot be found must not keep the others waiting.
const THREADS: usize = 2;

/// How long an answer is given again without another look: the engine asks again when it came too late.
const FRESH: Duration = Duration::from_secs(30);

/// Names whose last good answer is kept: more than an office has trunks.
const KEPT: usize = 64;

/// The port of SIP where none is written (RFC 3261 §19.1.2).
const SIP_PORT: u16 = 5060;

/// The way to the threads. They are left to themselves when it is dropped: a look-up cannot be called off.
pub struct Names {
    queue: SyncSender<Job>,
    inbox: Arc<Inbox>,
}

struct Job {
    id: AskId,
    host: String,
    port: u16,
}

/// The last good answers: one is as good as ever while the DNS is dead.
type Known = Mutex<BTreeMap<(String, u16), (Instant, Vec<SocketAddr>)>>;

impl Names {
    pub fn start(inbox: Arc<Inbox>) -> std::io::Result<Names> {
        let (queue, jobs) = sync_channel(NAMES_WAITING);
        let (jobs, known) = (Arc::new(Mutex::new(jobs)), Arc::new(Known::default()));
        for _ in 0..THREADS {
            let (jobs, known, inbox) = (Arc::clone(&jobs), Arc::clone(&known), Arc::clone(&inbox));
            let run = move || {
                while let Some(Job { id, host, port }) = next(&jobs) {
                    let answer = addresses(&known, &host, port, look_up);
                    inbox.push(Input::Answer(id, answer.map_or(Answer::Failed, Answer::Addresses)));
                }
            };
            thread::Builder::new().name("names".to_owned()).spawn(run)?;
        }
        Ok(Names { queue, inbox })
    }

    /// Answers `Addresses`, or `Failed` where the name has none, or too many wait.
    pub fn look_up(&self, id: AskId, host: String, port: Option<u16>) {
        let job = Job { id, host, port: port.unwrap_or(SIP_PORT) };
        if let Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) = self.queue.try_send(job) {
            log::warn!("{} is not looked up, {NAMES_WAITING} other names wait", job.host);
            self.inbox.push(Input::Answer(job.id, Answer::Failed));
        }
    }
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn look_up(host: &str, port: u16) -> Option<Vec<SocketAddr>> {
    match (host, port).to_socket_addrs() {
        Ok(found) => Some(found.collect()),
        Err(error) => {
            log::debug!("{host} cannot be found: {error}");
            None
        }
    }
}

/// The addresses of a name: those of a moment ago, those that are found now, or else the last that were.
fn addresses(
    known: &Known,
    host: &str,
    port: u16,
    look_up: impl Fn(&str, u16) -> Option<Vec<SocketAddr>>,
) -> Option<Vec<SocketAddr>> {
    let key = (host.to_owned(), port);
    let before = known.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    if let Some((at, found)) = &before
        && at.elapsed() < FRESH
    {
        return Some(found.clone());
    }
    match look_up(host, port).filter(|found| !found.is_empty()) {
        Some(found) => {
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= KEPT && !known.contains_key(&key) {
                known.pop_first();
            }
            known.insert(key, (Instant::now(), found.clone()));
            Some(found)
        }
        None => before.map(|(_, found)| found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_good_answer_outlives_a_dead_dns() {
        let known = Known::default();
        let found: Vec<SocketAddr> = vec![([192, 0, 2, 1], 5060).into()];
        assert_eq!(addresses(&known, "carrier", 5060, |_, _| None), None);
        assert_eq!(addresses(&known, "carrier", 5060, |_, _| Some(found.clone())), Some(found.clone()));
        assert_eq!(addresses(&known, "carrier", 5060, |_, _| panic!("it is fresh")), Some(found.clone()));
        let past = Instant::now().checked_sub(FRESH * 2).expect("the machine has been up for a minute");
        known.lock().unwrap().insert(("carrier".to_owned(), 5060), (past, found.clone()));
        assert_eq!(addresses(&known, "carrier", 5060, |_, _| None), Some(found));
        assert_eq!(addresses(&known, "carrier", 5061, |_, _| None), None, "another port is another name");
    }

    #[test]
    fn an_address_is_found_and_a_word_that_is_no_name_is_not() {
        assert_eq!(look_up("127.0.0.1", 5060), Some(vec![([127, 0, 0, 1], 5060).into()]));
        assert_eq!(look_up("no name at all", 5060), None);
    }
}
