//! The engine's orders: what people want of it, and how it shuts down.

use std::time::Duration;

use super::Engine;
use crate::console::{ActOrder, NotDone};
use crate::events::Cause;
use crate::ids::{CallId, OrderId};
use crate::input::Order;
use crate::output::{Output, Reply};
use crate::timers::Timer;

/// How long phones have to answer our BYE when the box shuts down.
const SHUT_DOWN_WITHIN: Duration = Duration::from_secs(3);

impl Engine {
    /// Somebody at the page or the command line wants something; each order has its reply.
    pub(super) fn on_order(&mut self, id: OrderId, order: Order) {
        match order {
            Order::HangUp(call) => {
                let is_up = self.calls.contains_key(&call)
                    || self.tests.contains_key(&call)
                    || self.placings.contains_key(&call);
                self.end(call, Cause::ByOrder);
                let reply = if is_up { Reply::Done } else { Reply::NoSuchCall };
                self.cx.out.push(Output::Reply(id, reply));
            }
            Order::Ladder(call) => {
                let reply = self.cx.ladder(call).map_or(Reply::NoSuchCall, Reply::Ladder);
                self.cx.out.push(Output::Reply(id, reply));
            }
            Order::Unblock(source) => {
                let reply = self.cx.unblock(source);
                self.cx.out.push(Output::Reply(id, reply));
            }
            Order::Place(order) => {
                let reply = self.place(&order);
                self.cx.out.push(Output::Reply(id, reply));
            }
            Order::Act(order) => {
                let reply = self.act(order);
                self.cx.out.push(Output::Reply(id, reply));
            }
            Order::EndWish { caller, target } => {
                let reply = self.cx.end_wish(&caller, &target);
                self.cx.out.push(Output::Reply(id, reply));
            }
            Order::NumberRecording => {
                let number = self.cx.number_recording();
                self.cx.out.push(Output::Reply(id, Reply::Number(number)));
            }
            Order::TryTrunk(name) => {
                let reply = if self.cx.try_trunk(&name) { Reply::Done } else { Reply::NoSuchTrunk };
                self.cx.out.push(Output::Reply(id, reply));
            }
            Order::TestTrunk(wanted) => {
                let reply = self.begin_test(&wanted);
                self.cx.out.push(Output::Reply(id, reply));
            }
            Order::ShutDown => {
                self.is_closing = true;
                self.cx.leave_trunks();
                self.shutting_down.push(id);
                let calls: Vec<CallId> =
                    self.calls.keys().chain(self.tests.keys()).chain(self.placings.keys()).copied().collect();
                calls.into_iter().for_each(|call| self.end(call, Cause::ShutDown));
                self.cx.write_misuse();
                self.cx.timers.set(Timer::ShutDown, self.cx.now.since_boot + SHUT_DOWN_WITHIN);
            }
        }
    }

    /// Does what somebody wants of a call of theirs.
    fn act(&mut self, order: ActOrder) -> Reply {
        let ActOrder { call, extension, act } = order;
        let mut done = Err(NotDone::NoSuchCall);
        self.step(call, |call, cx| {
            let goes_on = call.act(&extension, act, cx);
            done = goes_on.map(|_| ());
            goes_on.unwrap_or(true)
        });
        done.map_or_else(Reply::NotDone, |()| Reply::Done)
    }

    /// Replies to the orders to shut down as soon as nothing is left to be said.
    pub(super) fn reply_when_down(&mut self) {
        // Phones have answered our BYEs and CANCELs, carriers our last REGISTER, or they have had their time to.
        if self.shutting_down.is_empty() {
            return;
        }
        let sizes = self.cx.stack.sizes();
        let has_signed_off = self.cx.trunks.signing_off.as_ref().is_none_or(|open| open.is_empty());
        if sizes.dialogs == 0 && sizes.client_transactions == 0 && has_signed_off {
            self.reply_down();
        }
    }

    /// Replies to them whatever is left.
    pub(super) fn reply_down(&mut self) {
        self.cx.timers.cancel(Timer::ShutDown);
        let replies = self.shutting_down.drain(..).map(|id| Output::Reply(id, Reply::Done));
        self.cx.out.extend(replies);
    }
}
