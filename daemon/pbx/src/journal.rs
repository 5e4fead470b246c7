//! What is to be written down, until it is: nothing that happened is forgotten because a disk was full for a while.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use log::error;
use serde::{Deserialize, Serialize};

use crate::events::CallEvent;
use crate::ids::AskId;
use crate::output::{Ask, Output, Record};
use crate::registrar::BindingKey;
use crate::status::Alert;

/// How long the store may take before its silence counts as failure; what it writes after that is written twice, which the store
/// tells by call and place in the log.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Between two tries to write what could not be written.
pub const RETRY_AFTER: Duration = Duration::from_secs(2);

/// How many lines wait for a store that fails: an office's busy day. Beyond it the oldest are lost, and an error says so.
const BACKLOG_LIMIT: usize = 20_000;

/// The lines on their way to the store.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    fresh: Vec<Record>,
    unanswered: BTreeMap<AskId, (Duration, Vec<Record>)>,
    backlog: Vec<Line>,
    stale_bindings: BTreeSet<BindingKey>,
    next_ask: u64,
    /// The last answer was a failure.
    is_failing: bool,
}

/// A line that could not be written. Bindings are not kept as they were: what holds at the retry is written then.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Line {
    Call(CallEvent),
    Alert(Alert),
}

impl Journal {
    /// Adds a line.
    pub fn write(&mut self, record: Record) {
        self.fresh.push(record);
    }

    /// Hands the fresh lines to the store; returns when its answer is due.
    pub fn flush(&mut self, now: Duration, out: &mut Vec<Output>) -> Option<Duration> {
        if self.fresh.is_empty() {
            return None;
        }
        let records = std::mem::take(&mut self.fresh);
        let id = AskId(self.next_ask);
        self.next_ask += 1;
        self.unanswered.insert(id, (now + ANSWER_WITHIN, records.clone()));
        out.push(Output::Ask(id, Ask::Commit(records)));
        Some(now + ANSWER_WITHIN)
    }

    /// The store wrote the lines of a question; true when it could not before.
    pub fn committed(&mut self, ask: AskId) -> bool {
        self.unanswered.remove(&ask).is_some() && std::mem::take(&mut self.is_failing)
    }

    /// The store could not write the lines of a question: they wait for the next try. True when it could before.
    pub fn failed(&mut self, ask: AskId) -> bool {
        let Some((_, records)) = self.unanswered.remove(&ask) else { return false };
        for record in records {
            match record {
                Record::Call(event) => self.backlog.push(Line::Call(event)),
                Record::Alert(alert) => self.backlog.push(Line::Alert(alert)),
                Record::Bound(binding) => drop(self.stale_bindings.insert(binding.key)),
                Record::Unbound(key) => drop(self.stale_bindings.insert(key)),
            }
        }
        let excess = self.backlog.len().saturating_sub(BACKLOG_LIMIT);
        if excess > 0 {
            self.backlog.drain(..excess);
            error!("the store has not been writable for so long that {excess} lines of call records are lost");
        }
        !std::mem::replace(&mut self.is_failing, true)
    }

    /// The questions whose time is over, as if they had failed; and when the next is due.
    pub fn overdue(&mut self, now: Duration) -> (Vec<AskId>, Option<Duration>) {
        let due = |entry: &(&AskId, &(Duration, Vec<Record>))| entry.1.0 <= now;
        let overdue = self.unanswered.iter().filter(due).map(|(id, _)| *id).collect();
        let next = self.unanswered.values().map(|(at, _)| *at).filter(|at| *at > now).min();
        (overdue, next)
    }

    /// Puts what waits in front of the fresh lines; returns the bindings whose present state must be written again.
    pub fn retry(&mut self) -> BTreeSet<BindingKey> {
        let fresh = std::mem::take(&mut self.fresh);
        let waiting = std::mem::take(&mut self.backlog).into_iter().map(|line| match line {
            Line::Call(event) => Record::Call(event),
            Line::Alert(alert) => Record::Alert(alert),
        });
        self.fresh = waiting.chain(fresh).collect();
        std::mem::take(&mut self.stale_bindings)
    }

    /// How many questions are open (an audit figure).
    pub fn open(&self) -> usize {
        self.unanswered.len()
    }
}
