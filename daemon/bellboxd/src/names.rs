//! Looks names up beside the engine, which waits for nobody: a DNS that is dead takes seconds to say so.

use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use pbx::input::{Answer, AskId, Input};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::dns::{Dns, Found};
use crate::inbox::Inbox;
use crate::known_names::{KnownNames, Wanted, is_usable};

/// How many names may be looked up at once: every trunk's, twice.
pub const AT_ONCE: usize = 32;

/// How long the DNS may take until what is known from before is given: a start while it is dead has its trunks at once,
/// and one that is alive answers sooner.
const KNOWN_AFTER: Duration = Duration::from_millis(500);

/// What looks names up, on the threads of the sockets.
pub struct Names {
    runtime: Handle,
    inbox: Arc<Inbox>,
    free: Arc<Semaphore>,
    source: Arc<Source>,
}

struct Source {
    dns: Dns,
    known: KnownNames,
}

impl Names {
    pub fn start(dns: Dns, data: &Path, inbox: Arc<Inbox>, runtime: Handle) -> Names {
        let source = Source { dns, known: KnownNames::open(data) };
        Names { runtime, inbox, free: Arc::new(Semaphore::new(AT_ONCE)), source: Arc::new(source) }
    }

    /// Answers `Addresses` with none where the name has none, `KnownAddresses` where the DNS is silent and it led
    /// somewhere before, and else, or where too many are looked up, `Failed`.
    pub fn look_up(&self, id: AskId, wanted: Wanted) {
        let inbox = Arc::clone(&self.inbox);
        let answer = move |answer| inbox.push(Input::Answer(id, answer));
        let Ok(place) = Arc::clone(&self.free).try_acquire_owned() else {
            log::warn!("{} is not looked up, {AT_ONCE} other names are", wanted.host);
            return answer(Answer::Failed);
        };
        let source = Arc::clone(&self.source);
        self.runtime.spawn(async move {
            source.find(wanted, answer).await;
            drop(place);
        });
    }
}

impl Source {
    /// Answers once; what comes later than that is kept for the next who asks.
    async fn find(self: Arc<Source>, wanted: Wanted, answer: impl FnOnce(Answer)) {
        let known = self.known.get(&wanted);
        if let Some(known) = known.clone().filter(|known| known.is_fresh) {
            return answer(Answer::Addresses(known.addresses));
        }
        let mut asked = pin!(self.dns.find(&wanted, known.is_some()));
        let Some(known) = known else {
            return answer(match self.usable(&wanted, asked.await).await {
                Found::At(addresses) => Answer::Addresses(addresses),
                Found::Nowhere => Answer::Addresses(Vec::new()),
                Found::Silence => Answer::Failed,
            });
        };
        let before = Answer::KnownAddresses(known.addresses);
        match timeout(KNOWN_AFTER, asked.as_mut()).await {
            Ok(found) => answer(match self.usable(&wanted, found).await {
                Found::At(addresses) => Answer::Addresses(addresses),
                // One that says that a name is no more may be wrong, as the page of a hotel is before one paid.
                Found::Nowhere | Found::Silence => before,
            }),
            Err(_) => {
                answer(before);
                self.usable(&wanted, asked.await).await;
            }
        }
    }

    /// What of it a message could be sent to, which is kept.
    async fn usable(self: &Arc<Source>, wanted: &Wanted, found: Found) -> Found {
        let Found::At(mut addresses) = found else { return found };
        addresses.retain(is_usable);
        if addresses.is_empty() {
            return Found::Nowhere;
        }
        let (own, name, kept) = (Arc::clone(self), wanted.clone(), addresses.clone());
        // It waits for the disk where that is news.
        let _ = tokio::task::spawn_blocking(move || own.known.keep(&name, &kept)).await;
        Found::At(addresses)
    }
}

#[cfg(test)]
mod tests {
    use std::net::{SocketAddr, UdpSocket};
    use std::time::Instant;

    use sip::transport::Transport;
    use tokio::runtime::Runtime;

    use super::*;

    fn runtime() -> Runtime {
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
    }

    fn answer(names: &Names, id: u64, host: &str) -> Answer {
        names.look_up(AskId(id), Wanted { host: host.to_owned(), port: None, transport: Transport::Udp });
        let mut batch = Vec::new();
        let until = Instant::now() + Duration::from_secs(30);
        while batch.is_empty() && Instant::now() < until {
            names.inbox.take(Some(until), &mut batch);
        }
        match batch.as_slice() {
            [Input::Answer(AskId(to), answer)] if *to == id => answer.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_dead_dns_leaves_what_was_known_at_once_and_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        // It takes every question, and never answers.
        let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
        let dns = Dns { servers: Some(vec![silent.local_addr().unwrap()]) };
        let there: Vec<SocketAddr> = vec![([192, 0, 2, 1], 5060).into()];
        let wanted = Wanted { host: "carrier.example".to_owned(), port: None, transport: Transport::Udp };
        KnownNames::open(folder.path()).keep(&wanted, &there);
        let runtime = runtime();
        let names = Names::start(dns, folder.path(), Arc::default(), runtime.handle().clone());
        assert_eq!(answer(&names, 1, "carrier.example"), Answer::KnownAddresses(there.clone()));
        assert_eq!(answer(&names, 2, "another.example"), Answer::Failed);
        names.source.known.keep(&wanted, &there);
        assert_eq!(answer(&names, 3, "carrier.example"), Answer::Addresses(there), "it is fresh");
    }

    #[test]
    fn too_many_at_once_are_refused() {
        let runtime = runtime();
        let folder = tempfile::tempdir().unwrap();
        let names = Names::start(Dns::default(), folder.path(), Arc::default(), runtime.handle().clone());
        let all = Arc::clone(&names.free).try_acquire_many_owned(u32::try_from(AT_ONCE).unwrap()).unwrap();
        assert_eq!(answer(&names, 1, "127.0.0.1"), Answer::Failed);
        drop(all);
        assert_eq!(answer(&names, 2, "127.0.0.1"), Answer::Addresses(vec![([127, 0, 0, 1], 5060).into()]));
    }

    #[test]
    fn what_no_message_can_be_sent_to_is_no_address() {
        let runtime = runtime();
        let folder = tempfile::tempdir().unwrap();
        let names = Names::start(Dns::default(), folder.path(), Arc::default(), runtime.handle().clone());
        assert_eq!(answer(&names, 1, "0.0.0.0"), Answer::Addresses(Vec::new()));
        assert_eq!(answer(&names, 2, "224.0.0.1"), Answer::Addresses(Vec::new()));
    }
}
