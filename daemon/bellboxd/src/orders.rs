//! Orders to the engine and their answers.

use std::collections::BTreeMap;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pbx::input::{Input, Order, OrderId};
use pbx::output::Reply;

use crate::inbox::Inbox;

/// The orders that wait for an answer; as many as there are threads that ask.
#[derive(Debug, Default)]
pub struct Orders(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    last: u64,
    answers: BTreeMap<OrderId, SyncSender<Reply>>,
}

impl Orders {
    /// Gives an order and waits for its answer, at most so long.
    pub fn give(&self, inbox: &Inbox, order: Order, patience: Duration) -> Option<Reply> {
        let (sender, answer) = sync_channel(1);
        let id = {
            let mut waiting = self.waiting();
            waiting.last += 1;
            let id = OrderId(waiting.last);
            waiting.answers.insert(id, sender);
            id
        };
        inbox.push(Input::Order(id, order));
        let reply = answer.recv_timeout(patience).ok();
        self.waiting().answers.remove(&id);
        reply
    }

    /// Passes an answer on.
    pub fn answer(&self, id: OrderId, reply: Reply) {
        if let Some(answer) = self.waiting().answers.get(&id) {
            let _ = answer.try_send(reply);
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
