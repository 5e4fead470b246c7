//! Questions to the shell, each with its deadline: no answer in time is a no. Those that a call or a recording waits for are
//! noted here; records that are merely to be written are the journal's.

use std::collections::BTreeMap;
use std::time::Duration;

use log::{error, info};
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::ids::{AskId, CallId, RecordingId};
use crate::journal::RETRY_AFTER;
use crate::output::{Ask, Output, Record};
use crate::timers::Timer;

/// Within this the shell answers: a disk that syncs slowly, and a PIN that is checked behind others (some 10 ms each).
pub const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// Who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asker {
    /// A call's step.
    Call(CallId),
    /// A recording that is to be kept or dropped, whatever became of its call.
    Recording(RecordingId),
}

/// The questions without an answer. Bounded: a call has one at a time, and so has a recording.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Asks {
    open: BTreeMap<AskId, (Duration, Asker)>,
}

impl Asks {
    /// A question was sent; returns when its answer is due.
    pub fn add(&mut self, id: AskId, asker: Asker, now: Duration) -> Duration {
        let due = now + ANSWER_WITHIN;
        self.open.insert(id, (due, asker));
        due
    }

    /// An answer came: to whom. `None` for one that is too late.
    pub fn take(&mut self, id: AskId) -> Option<Asker> {
        self.open.remove(&id).map(|(_, asker)| asker)
    }

    /// The first question whose answer is overdue.
    pub fn overdue(&self, now: Duration) -> Option<AskId> {
        self.open.iter().find(|(_, (due, _))| *due <= now).map(|(id, _)| *id)
    }

    /// When the next answer is due.
    pub fn next_due(&self) -> Option<Duration> {
        self.open.values().map(|(due, _)| *due).min()
    }

    /// How many there are (an audit figure).
    pub fn open(&self) -> usize {
        self.open.len()
    }
}

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
        self.timers.set_once(Timer::Asks, due);
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
            let text = "nothing can be written to the disk; calls go on, and what happens is kept in memory until it can. \
                        Look at the disk: is it full, or broken?";
            error!("{text}");
            self.alert(text.to_owned());
        }
        self.timers.set_once(Timer::Commit, self.now.since_boot + RETRY_AFTER);
    }

    /// Tries to write what could not be written.
    pub(crate) fn write_again(&mut self) {
        let due = self.journal.retry(self.now.since_boot, &mut self.out);
        if let Some(due) = due {
            self.timers.set(Timer::Asks, due);
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
