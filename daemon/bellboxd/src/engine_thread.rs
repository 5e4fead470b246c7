//! The one thread that owns all call state: takes inputs, gives them to the engine, delivers what it wants.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};

use io::wire::Wire;
use media::Media;
use pbx::engine::Engine;
use pbx::input::{Answer, AskId, Input};
use pbx::output::{Ask, Output, Record};
use store::MailboxAsk;

use crate::bindings::Bindings;
use crate::clock::Clock;
use crate::inbox::Taken;
use crate::known_names::Wanted;
use crate::live::Office;
use crate::names::Names;
use crate::pins::Pins;

/// Everything the engine's outputs go to.
pub struct Shell {
    pub clock: Clock,
    pub office: Arc<Office>,
    pub wire: Arc<Wire>,
    /// Gone once it is stopped: its orders after that are about ports that are closed.
    pub media: Option<Media>,
    pub pins: Pins,
    pub names: Names,
    pub bindings: Bindings,
}

/// Starts the thread; it ends, with the media, when the inbox is closed. What is being recorded then is finished and
/// given to the store before.
pub fn start(engine: Engine, shell: Shell) -> std::io::Result<JoinHandle<()>> {
    thread::Builder::new().name("engine".to_owned()).spawn(move || {
        let turned = catch_unwind(AssertUnwindSafe(|| turn(engine, shell)));
        if turned.is_err() {
            // Without an engine there are no calls: better to be started again at once than to listen for nothing.
            log::error!("the engine failed; the daemon stops so that it can be started again");
            log::logger().flush();
            std::process::abort();
        }
    })
}

fn turn(mut engine: Engine, mut shell: Shell) {
    let office = Arc::clone(&shell.office);
    let (mut batch, mut out) = (Vec::new(), Vec::new());
    // The first input waits already: where the machine is.
    let mut next = None;
    loop {
        office.vitals.rest();
        let deadline = next.and_then(|since_boot| shell.clock.at(since_boot));
        if office.inbox.take(deadline, &mut batch) == Taken::Closed {
            // Its last words are the ends of recordings, which the store is asked to keep: one more round.
            match shell.media.take() {
                Some(media) => media.stop(),
                None => break,
            }
        }
        if next.is_some_and(|since_boot| since_boot <= shell.clock.now().since_boot) {
            batch.insert(0, Input::Tick);
        }
        for input in batch.drain(..) {
            let now = shell.clock.now();
            office.vitals.begin(now.since_boot);
            next = engine.handle(now, input, &mut out);
            shell.deliver(&mut out);
        }
    }
}

impl Shell {
    fn deliver(&mut self, out: &mut Vec<Output>) {
        for output in out.drain(..) {
            match output {
                Output::Datagram(transmit) => self.wire.send(transmit),
                Output::SecurePeers(peers) => self.wire.trust(peers),
                Output::Media(order) => {
                    if let Some(media) = &self.media {
                        media.order(order);
                    }
                }
                Output::Ask(id, ask) => self.ask(id, ask),
                Output::Status(mut status) => {
                    let dropped = self.office.inbox.dropped();
                    if dropped.per_minute > 0 {
                        let status = Arc::make_mut(&mut status);
                        status.flood = std::mem::take(&mut status.flood).with_dropped(&dropped);
                    }
                    self.office.publish(status);
                }
                Output::Reply(id, reply) => self.office.orders.answer(id, reply),
            }
        }
    }

    fn ask(&mut self, id: AskId, ask: Ask) {
        let what = match ask {
            Ask::Commit(records) => return self.commit(id, records),
            Ask::CheckPin { extension, pin } => return self.pins.check(id, extension, pin),
            Ask::CheckCode { extension, code } => return self.pins.check_code(id, extension, code),
            Ask::SetPin { extension, pin } => return self.pins.set(id, extension, pin),
            Ask::ChangeRules { extension, change } => return self.pins.change_rules(id, extension, change),
            Ask::Resolve { host, port, transport } => {
                return self.names.look_up(id, Wanted { host, port, transport });
            }
            Ask::Begin(new) => MailboxAsk::Begin(new),
            Ask::Keep { recording, length_ms } => MailboxAsk::Keep { recording, length_ms },
            Ask::Drop { recording } => MailboxAsk::Drop { recording },
            Ask::ListMessages { mailbox } => MailboxAsk::ListMessages { mailbox },
            Ask::Move { recording, from, to } => MailboxAsk::Move { recording, from, to },
            Ask::ForgetGreeting { mailbox } => MailboxAsk::ForgetGreeting { mailbox },
        };
        let inbox = Arc::clone(&self.office.inbox);
        self.office.store.mailbox(what, Box::new(move |answer| inbox.push(Input::Answer(id, answer))));
    }

    fn commit(&mut self, id: AskId, records: Vec<Record>) {
        for record in &records {
            if let Some(changed) = self.bindings.note(record) {
                for kept in changed {
                    self.wire.keep(kept.flow, kept.is_kept);
                }
                self.office.inbox.know(self.bindings.sources());
            }
        }
        let inbox = Arc::clone(&self.office.inbox);
        let is_failing = Arc::clone(&self.office.vitals.is_store_failing);
        let done = move |is_written: bool| {
            if is_failing.swap(!is_written, Ordering::Relaxed) == is_written {
                let text = if is_written { "the store writes again" } else { "the store cannot write" };
                log::error!("{text}");
            }
            inbox.push(Input::Answer(id, if is_written { Answer::Committed } else { Answer::Failed }));
        };
        self.office.store.commit(records, Box::new(done));
    }
}
