//! The threads that look names up: a DNS that is dead takes half a minute to say so, and the engine waits for nobody.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use pbx::input::{Answer, AskId, Input};

use crate::dns::{self, Found};
use crate::inbox::Inbox;

/// How many names may wait: every trunk's, twice.
pub const NAMES_WAITING: usize = 32;

/// Threads: one name that cannot be found must not keep the others waiting.
const THREADS: usize = 2;

/// How long an answer is given again without another look: the engine asks again when it came too late.
const FRESH: Duration = Duration::from_secs(30);

/// Names whose last good answer is kept: more than an office has trunks.
const KEPT: usize = 64;

/// How many addresses a name comes to: as many as the engine tries.
const MOST: usize = pbx::trunks::ADDRESSES_LIMIT;

/// The port of SIP where none is written (RFC 3261 §19.1.2).
const SIP_PORT: u16 = 5060;

/// The way to the threads. They are left to themselves when it is dropped: a look-up cannot be called off.
pub struct Names {
    queue: SyncSender<Job>,
    inbox: Arc<Inbox>,
}

struct Job {
    id: AskId,
    wanted: Wanted,
}

/// What is to be found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// A name, or an address.
    pub host: String,
    /// With a port it is the server itself; without one its domain may name others (RFC 3263 §4.2).
    pub port: Option<u16>,
    /// By TCP, else by UDP.
    pub is_tcp: bool,
}

/// The last good answers: one is as good as ever while the DNS is dead.
type Known = Mutex<BTreeMap<Wanted, (Instant, Vec<SocketAddr>)>>;

impl Names {
    pub fn start(inbox: Arc<Inbox>) -> std::io::Result<Names> {
        let (queue, jobs) = sync_channel(NAMES_WAITING);
        let (jobs, known) = (Arc::new(Mutex::new(jobs)), Arc::new(Known::default()));
        for _ in 0..THREADS {
            let (jobs, known, inbox) = (Arc::clone(&jobs), Arc::clone(&known), Arc::clone(&inbox));
            let run = move || {
                while let Some(Job { id, wanted }) = next(&jobs) {
                    let answer = addresses(&known, &wanted, look_up);
                    inbox.push(Input::Answer(id, answer.map_or(Answer::Failed, Answer::Addresses)));
                }
            };
            thread::Builder::new().name("names".to_owned()).spawn(run)?;
        }
        Ok(Names { queue, inbox })
    }

    /// Answers `Addresses`, or `Failed` where the name has none, or too many wait.
    pub fn look_up(&self, id: AskId, wanted: Wanted) {
        let job = Job { id, wanted };
        if let Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) = self.queue.try_send(job) {
            log::warn!("{} is not looked up, {NAMES_WAITING} other names wait", job.wanted.host);
            self.inbox.push(Input::Answer(job.id, Answer::Failed));
        }
    }
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Where it is now. `is_known` says that an answer of before would do.
fn look_up(wanted: &Wanted, is_known: bool) -> Option<Vec<SocketAddr>> {
    let host = wanted.host.as_str();
    if wanted.port.is_some() || host.parse::<IpAddr>().is_ok() {
        return addresses_of(host, wanted.port.unwrap_or(SIP_PORT));
    }
    match dns::servers(host, wanted.is_tcp) {
        Found::Servers(servers) => {
            let found = servers.iter().take(MOST).filter_map(|(target, port)| addresses_of(target, *port));
            Some(found.flatten().take(MOST).collect())
        }
        // Its servers are not asked for again by another name: what was good before is better.
        Found::Silence if is_known => None,
        Found::None | Found::Silence => addresses_of(host, SIP_PORT),
    }
}

fn addresses_of(host: &str, port: u16) -> Option<Vec<SocketAddr>> {
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
    wanted: &Wanted,
    look_up: impl Fn(&Wanted, bool) -> Option<Vec<SocketAddr>>,
) -> Option<Vec<SocketAddr>> {
    let before = known.lock().unwrap_or_else(PoisonError::into_inner).get(wanted).cloned();
    if let Some((at, found)) = &before
        && at.elapsed() < FRESH
    {
        return Some(found.clone());
    }
    match look_up(wanted, before.is_some()).filter(|found| !found.is_empty()) {
        Some(found) => {
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= KEPT && !known.contains_key(wanted) {
                known.pop_first();
            }
            known.insert(wanted.clone(), (Instant::now(), found.clone()));
            Some(found)
        }
        None => before.map(|(_, found)| found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(host: &str, port: Option<u16>) -> Wanted {
        Wanted { host: host.to_owned(), port, is_tcp: false }
    }

    #[test]
    fn the_last_good_answer_outlives_a_dead_dns() {
        let known = Known::default();
        let found: Vec<SocketAddr> = vec![([192, 0, 2, 1], 5060).into()];
        let carrier = wanted("carrier", None);
        assert_eq!(addresses(&known, &carrier, |_, is_known| (!is_known).then(Vec::new)), None);
        assert_eq!(addresses(&known, &carrier, |_, _| Some(found.clone())), Some(found.clone()));
        assert_eq!(addresses(&known, &carrier, |_, _| panic!("it is fresh")), Some(found.clone()));
        let past = Instant::now().checked_sub(FRESH * 2).expect("the machine has been up for a minute");
        known.lock().unwrap().insert(carrier.clone(), (past, found.clone()));
        let dead = |_: &Wanted, is_known: bool| {
            assert!(is_known, "what was good before would do");
            None
        };
        assert_eq!(addresses(&known, &carrier, dead), Some(found));
        assert_eq!(addresses(&known, &wanted("carrier", Some(5060)), |_, _| None), None, "with a port it is another");
        assert_eq!(addresses(&known, &Wanted { is_tcp: true, ..carrier }, |_, _| None), None);
    }

    #[test]
    fn an_address_is_found_and_a_word_that_is_no_name_is_not() {
        let here = Some(vec![([127, 0, 0, 1], 5060).into()]);
        assert_eq!(look_up(&wanted("127.0.0.1", None), false), here);
        assert_eq!(look_up(&wanted("127.0.0.1", Some(5060)), false), here);
        assert_eq!(look_up(&wanted("no name at all", Some(5060)), false), None);
    }
}
