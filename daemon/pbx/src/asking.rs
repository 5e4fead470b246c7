//! The verbs of asking: a call's step asks the shell, and records are handed to the store until they are written.

use log::{error, info};

use crate::alarm::Alarm;
use crate::asks::Asker;
use crate::cx::Cx;
use crate::ids::{AskId, CallId};
use crate::journal::RETRY_AFTER;
use crate::output::{Ask, Output, Record};
use crate::timers::Timer;

impl Cx {
    /// Asks the shell something for a call's step, which hears the answer as [`crate::leg::LegEvent::Answer`].
    pub fn ask(&mut self, call: CallId, ask: Ask) -> AskId {
        self.ask_for(Asker::Call(call), ask)
    }

    /// Asks the shell something.
    pub(crate) fn ask_for(&mut self, asker: Asker, ask: Ask) -> AskId {
        let id = self.next_ask();
        self.out.push(Output::Ask(id, ask));
        let due = self.asks.add(id, asker, self.now.since_boot);
        self.timers.set_by(Timer::Asks, due);
        id
    }

    /// A batch of records was written.
    pub(crate) fn written(&mut self, ask: AskId) {
        if self.journal.committed(ask) {
            for key in self.journal.take_stale_bindings() {
                let record = self.registrar.get(&key).cloned().map_or(Record::Unbound(key), Record::Bound);
                self.journal.write(record);
            }
            info!("the disk can be written to again, and what waited is written");
        } else if self.journal.is_waiting() {
            self.write_again();
        }
    }

    /// A batch of records could not be written.
    pub(crate) fn not_written(&mut self, ask: AskId) {
        if self.journal.failed(ask) {
            error!("nothing can be written to the disk");
            self.alert(Alarm::NothingWritten);
        }
        self.timers.set_once(Timer::Commit, self.now.since_boot + RETRY_AFTER);
    }

    /// Tries to write what could not be written.
    pub(crate) fn write_again(&mut self) {
        let due = self.journal.retry(self.now.since_boot, &mut self.out);
        if let Some(due) = due {
            self.timers.set_by(Timer::Asks, due);
        }
    }

    /// Takes the batches of records whose answer is overdue as not written.
    pub(crate) fn give_up_batches(&mut self) {
        let (overdue, next) = self.journal.overdue(self.now.since_boot);
        overdue.into_iter().for_each(|ask| self.not_written(ask));
        if let Some(next) = [next, self.asks.next_due()].into_iter().flatten().min() {
            self.timers.set(Timer::Asks, next);
        }
    }
}
