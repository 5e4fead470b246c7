//! The end of a dialog, from either side (RFC 3261 §15).

use std::time::Duration;

use super::arrived::{Arrived, DIALOG_HEADERS, contact_of};
use super::deadlines::Wake;
use super::refusal::Refusal;
use super::table::Purpose;
use super::{Stack, build};
use crate::dialog::{Exchange, State};
use crate::event::{DialogId, Event, Reason, TransactionId};
use crate::message::{CSeq, HeaderName, Method, Request, Response};
use crate::transport::{Hop, Transmit};

/// What is left to do for a dialog whose owner hung up.
enum Parting {
    Refuse,
    Cancel,
    ByeAfterAck,
    Acknowledge,
    Terminate(TransactionId),
    Bye,
}

impl Stack {
    /// Ends the dialog whatever its state: 480, CANCEL or BYE. The owner hears no more of it; the stack does the rest,
    /// such as waiting for the ACK before the BYE (§15).
    pub fn hang_up(&mut self, now: Duration, dialog: DialogId, reason: Option<Reason>, out: &mut Vec<Transmit>) {
        let Some(entry) = self.dialogs.get(&dialog).filter(|entry| !entry.is_forgotten) else { return };
        let parting = match &entry.state {
            State::Invited { .. } => Parting::Refuse,
            State::Calling { .. } => Parting::Cancel,
            State::Established { exchange: Exchange::Accepting { is_first: true, .. }, .. } => Parting::ByeAfterAck,
            State::Established { exchange: Exchange::Unacknowledged { .. }, .. } => Parting::Acknowledge,
            State::Established { exchange: Exchange::Received { transaction, .. }, .. } => {
                Parting::Terminate(*transaction)
            }
            State::Established { .. } => Parting::Bye,
        };
        match parting {
            Parting::Refuse => return self.refuse(now, dialog, 480, reason, out),
            Parting::Cancel => self.cancel(now, dialog, reason, out),
            Parting::ByeAfterAck => self.leave_after_ack(dialog, reason),
            Parting::Acknowledge => {
                self.acknowledge_with(dialog, None, out);
                self.send_bye(now, dialog, reason, out);
            }
            Parting::Terminate(transaction) => {
                self.respond_in(now, transaction, &Refusal::new(487), out);
                self.send_bye(now, dialog, reason, out);
            }
            Parting::Bye => self.send_bye(now, dialog, reason, out),
        }
        if let Some(entry) = self.dialogs.get_mut(&dialog) {
            entry.is_forgotten = true;
        }
    }

    fn leave_after_ack(&mut self, id: DialogId, reason: Option<Reason>) {
        if let Some(State::Established { exchange: Exchange::Accepting { leaving, .. }, .. }) =
            self.dialogs.get_mut(&id).map(|dialog| &mut dialog.state)
        {
            *leaving = Some(reason);
        }
    }

    /// Sends BYE; the dialog is over.
    pub(super) fn send_bye(&mut self, now: Duration, id: DialogId, reason: Option<Reason>, out: &mut Vec<Transmit>) {
        let Some(mut bye) = self.request_in(id, Method::Bye) else { return };
        if let Some(reason) = reason {
            bye.headers.push(HeaderName::Reason, build::reason_value(&reason));
        }
        let Some(hop) = self.dialogs.get(&id).map(|dialog| dialog.sides.hop) else { return };
        self.start_client(now, hop, bye, Purpose::Farewell(id), out);
        self.forget_dialog(id);
    }

    /// The BYE for a 2xx of a dialog that was never ours to keep.
    pub(super) fn bye_after(&mut self, invite: &Request, response: &Response, hop: &Hop) -> Request {
        let kept = response.headers.detached(&DIALOG_HEADERS);
        let target = contact_of(&kept).unwrap_or_else(|| invite.uri.clone());
        let mut bye = Request::new(Method::Bye, target);
        bye.headers.push(HeaderName::Via, self.new_via(hop));
        build::put_routes(&mut bye, build::routes_after(invite, &kept));
        bye.headers.push(HeaderName::MaxForwards, build::MAX_FORWARDS);
        bye.headers.copy_from(&invite.headers, HeaderName::From);
        bye.headers.copy_from(&kept, HeaderName::To);
        bye.headers.copy_from(&invite.headers, HeaderName::CallId);
        let number = invite.headers.cseq().map(|cseq| cseq.number).unwrap_or_default().saturating_add(1);
        bye.headers.push(HeaderName::CSeq, CSeq { number, method: Method::Bye });
        bye.headers.push(HeaderName::UserAgent, self.identity.user_agent.as_str());
        bye
    }

    /// The peer ends the dialog. What it had asked before and is not answered gets 487 (§15.1.2).
    pub(super) fn take_bye(&mut self, now: Duration, id: DialogId, arrived: Arrived, out: &mut Vec<Transmit>) {
        let Some(dialog) = self.dialogs.get(&id) else { return };
        let is_forgotten = dialog.is_forgotten;
        let (open, is_answered) = match &dialog.state {
            State::Invited { transaction, .. } => (Some(*transaction), false),
            // Only the caller may end an early dialog (§15).
            State::Calling { .. } => return self.respond_once(now, arrived, &Refusal::new(481), out),
            State::Established { exchange: Exchange::Received { transaction, .. }, .. } => (Some(*transaction), true),
            State::Established { .. } => (None, true),
        };
        let reason = arrived.request.headers.reason().into_iter().next();
        self.respond_once(now, arrived, &Refusal::new(200), out);
        if let Some(open) = open {
            self.respond_in(now, open, &Refusal::new(487), out);
        }
        self.forget_dialog(id);
        if !is_forgotten {
            self.events.push_back(if is_answered {
                Event::HungUp { dialog: id, reason }
            } else {
                Event::Cancelled { dialog: id, reason }
            });
        }
    }

    /// The peer does not know the dialog any more, or does not answer: BYE, and the owner is told.
    pub(super) fn lose_dialog(&mut self, now: Duration, id: DialogId, out: &mut Vec<Transmit>) {
        let Some(dialog) = self.dialogs.get(&id) else { return };
        if !dialog.is_forgotten {
            self.events.push_back(Event::Lost { dialog: id });
        }
        self.send_bye(now, id, None, out);
    }

    /// Removes the dialog; its transactions end by themselves.
    pub(super) fn forget_dialog(&mut self, id: DialogId) {
        if let Some(dialog) = self.dialogs.remove(&id) {
            self.tags.remove(&dialog.sides.key());
            self.reschedule(Wake::Dialog(id), dialog.wake, None);
            self.inherit(&dialog);
        }
    }
}
