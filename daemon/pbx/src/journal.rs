//! What is to be written down, until it is: nothing that happened is forgotten because a disk was full for a while.
//!
//! ```text
//!            flush: each batch is sent                 a batch fails, or is not answered in time
//!   Writing -------------------------> Writing   ----------------------------------------------> Waiting
//!   Waiting: new batches queue behind the failed ones; every RETRY_AFTER the oldest few are sent again, in order.
//!   Waiting --the queue is empty--> Writing
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use log::error;

use crate::ids::AskId;
use crate::output::{Ask, Output, Record};
use crate::registrar::BindingKey;

/// How long the store may take before its silence counts as failure. What it writes after that is written again; the store knows
/// a call's events by their place in the log.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Between two tries to write what could not be written.
pub const RETRY_AFTER: Duration = Duration::from_secs(2);

/// Batches that are tried again at once: few enough that a nearly full disk may take them.
const RETRIED_AT_ONCE: usize = 64;

/// How many batches wait for a store that fails: an office's busy day. Beyond it the oldest are lost, and an error says so.
const WAITING_LIMIT: usize = 20_000;

/// The lines on their way to the store, in batches: what one input brought about is written whole or not at all.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    fresh: Vec<Record>,
    /// Sent, with the moment by which they must be answered.
    unanswered: BTreeMap<AskId, (Duration, Vec<Record>)>,
    /// Failed, or behind one that did.
    waiting: BTreeMap<AskId, Vec<Record>>,
    /// Bindings are not written as they were: what holds when the disk works again is.
    stale_bindings: BTreeSet<BindingKey>,
    is_failing: bool,
}

impl Journal {
    /// Adds a line.
    pub fn write(&mut self, record: Record) {
        self.fresh.push(record);
    }

    /// Hands the fresh lines to the store under the next ask's number, unless older ones wait; returns when its answer is due.
    pub fn flush(&mut self, next: impl FnOnce() -> AskId, now: Duration, out: &mut Vec<Output>) -> Option<Duration> {
        if self.fresh.is_empty() {
            return None;
        }
        let id = next();
        let batch = std::mem::take(&mut self.fresh);
        if self.is_failing {
            self.wait(id, batch);
            return None;
        }
        self.send(id, batch, now, out)
    }

    /// The store wrote a batch; true when with it everything is written again that could not be before.
    pub fn committed(&mut self, ask: AskId) -> bool {
        // A late answer to a batch that is on its way once more, or waits to be, is an answer to it.
        let is_known = self.unanswered.remove(&ask).is_some() || self.waiting.remove(&ask).is_some();
        let is_over = is_known && self.is_failing && self.unanswered.is_empty() && self.waiting.is_empty();
        if is_over {
            self.is_failing = false;
        }
        is_over
    }

    /// The store could not write a batch: it waits for the next try. True when it could before.
    pub fn failed(&mut self, ask: AskId) -> bool {
        let Some((_, batch)) = self.unanswered.remove(&ask) else { return false };
        self.wait(ask, batch);
        !std::mem::replace(&mut self.is_failing, true)
    }

    /// The batches whose answer is overdue, to be taken as failed; and when the next is due.
    pub fn overdue(&mut self, now: Duration) -> (Vec<AskId>, Option<Duration>) {
        let due = |entry: &(&AskId, &(Duration, Vec<Record>))| entry.1.0 <= now;
        let overdue = self.unanswered.iter().filter(due).map(|(id, _)| *id).collect();
        let next = self.unanswered.values().map(|(at, _)| *at).filter(|at| *at > now).min();
        (overdue, next)
    }

    /// Sends the oldest of what waits again, unless some of it is on its way; returns when the answer is due.
    pub fn retry(&mut self, now: Duration, out: &mut Vec<Output>) -> Option<Duration> {
        if !self.unanswered.is_empty() {
            return None;
        }
        let oldest: Vec<AskId> = self.waiting.keys().copied().take(RETRIED_AT_ONCE).collect();
        let due = oldest.into_iter().filter_map(|id| {
            let batch = self.waiting.remove(&id)?;
            self.send(id, batch, now, out)
        });
        due.last()
    }

    /// Whether batches wait for a next try.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// The bindings whose present state must be written, now that the disk works again.
    pub fn take_stale_bindings(&mut self) -> BTreeSet<BindingKey> {
        std::mem::take(&mut self.stale_bindings)
    }

    /// How many batches are on their way (an audit figure).
    pub fn open(&self) -> usize {
        self.unanswered.len() + self.waiting.len()
    }

    fn send(&mut self, id: AskId, batch: Vec<Record>, now: Duration, out: &mut Vec<Output>) -> Option<Duration> {
        let due = now + ANSWER_WITHIN;
        out.push(Output::Ask(id, Ask::Commit(batch.clone())));
        self.unanswered.insert(id, (due, batch));
        Some(due)
    }

    fn wait(&mut self, id: AskId, mut batch: Vec<Record>) {
        batch.retain(|record| match record {
            Record::Bound(binding) => {
                self.stale_bindings.insert(binding.key.clone());
                false
            }
            Record::Unbound(key) => {
                self.stale_bindings.insert(key.clone());
                false
            }
            // The next change writes it anew.
            Record::Misuse(_) => false,
            Record::Call(_) | Record::Alert(_) | Record::Completions(_) => true,
        });
        // An empty batch is sent all the same: its answer tells that the disk works again.
        self.waiting.insert(id, batch);
        if self.waiting.len() > WAITING_LIMIT {
            self.waiting.pop_first();
            error!("nothing could be written for so long that lines of call records are lost");
        }
    }
}
