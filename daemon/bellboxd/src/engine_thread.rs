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

use crate::bindings::Bindings;
use crate::clock::Clock;
use crate::inbox::Taken;
use crate::live::Office;

/// Everything the engine's outputs go to.
pub struct Shell {
    pub clock: Clock,
    pub office: Arc<Office>,
    pub wire: Arc<Wire>,
    pub media: Media,
    pub bindings: Bindings,
}

/// Starts the thread; it ends, with the media, when the inbox is closed.
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
    shell.office.vitals.begin(shell.clock.now().since_boot);
    let mut next = engine.handle(shell.clock.now(), Input::Tick, &mut out);
    shell.deliver(&mut out);
    loop {
        office.vitals.rest();
        let deadline = next.and_then(|since_boot| shell.clock.at(since_boot));
        if office.inbox.take(deadline, &mut batch) == Taken::Closed {
            break;
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
    shell.media.stop();
}

impl Shell {
    fn deliver(&mut self, out: &mut Vec<Output>) {
        for output in out.drain(..) {
            match output {
                Output::Datagram(transmit) => self.wire.send(transmit),
                Output::Media(order) => self.media.order(order),
                Output::Ask(id, Ask::Commit(records)) => self.commit(id, records),
                Output::Ask(id, _) => self.office.inbox.push(Input::Answer(id, Answer::Failed)),
                Output::Status(status) => self.office.publish(status),
                Output::Reply(id, reply) => self.office.orders.answer(id, reply),
            }
        }
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
