//! Session timers of dialogs (RFC 4028): what our requests and answers say of them, refreshes by UPDATE (RFC 3311) where
//! the peer takes it, else by a re-INVITE that changes nothing, and BYE where none came through. A peer that knows nothing
//! of it is never asked to do anything, and has no timer, unless a proxy on the way wants one: then we keep it alone.

use std::time::Duration;

use super::arrived::Arrived;
use super::outside::MAX_SENT_AGAIN;
use super::table::Purpose;
use super::{Stack, build};
use crate::dialog::{Dialog, Exchange, State};
use crate::event::{DialogId, Event, TransactionId};
use crate::message::{HeaderName, Headers, Method, Response};
use crate::session_timer::Said;
use crate::transport::Transmit;

impl Stack {
    /// A re-INVITE, or an UPDATE with an offer, whose answer is the owner's.
    pub(super) fn session_asked(&mut self, id: DialogId, arrived: &Arrived) {
        if let Some(dialog) = self.dialogs.get_mut(&id) {
            dialog.timer.asked(&arrived.session());
        }
    }

    /// Our 2xx to it went out.
    pub(super) fn session_replied(&mut self, now: Duration, id: DialogId) {
        if let Some(dialog) = self.dialogs.get_mut(&id) {
            dialog.timer.replied(now);
        }
        self.touch(id);
    }

    /// An UPDATE without an offer; what its 2xx says.
    pub(super) fn session_refreshed(
        &mut self,
        now: Duration,
        id: DialogId,
        arrived: &Arrived,
    ) -> Vec<(HeaderName, String)> {
        let is_up = |dialog: &&mut Dialog| matches!(dialog.state, State::Established { .. });
        let Some(dialog) = self.dialogs.get_mut(&id).filter(is_up) else { return Vec::new() };
        // A re-INVITE may still wait for the owner.
        let waiting = dialog.timer.clone();
        dialog.timer.asked(&arrived.session());
        let headers = build::session_reply(&dialog.timer);
        dialog.timer.replied(now);
        dialog.timer.waits_like(&waiting);
        self.touch(id);
        headers
    }

    /// A 2xx to our INVITE, re-INVITE or UPDATE. One that cannot be read says nothing.
    pub(super) fn session_granted(&mut self, now: Duration, id: DialogId, headers: &Headers) {
        if let (Some(dialog), Ok(said)) = (self.dialogs.get_mut(&id), Said::read(headers)) {
            dialog.timer.granted(now, &said);
        }
        self.touch(id);
    }

    /// The session timer's deadline passed.
    pub(super) fn fire_session(&mut self, now: Duration, id: DialogId, out: &mut Vec<Transmit>) {
        let Some(dialog) = self.dialogs.get_mut(&id).filter(|dialog| !dialog.is_forgotten) else { return };
        if dialog.timer.is_over(now) {
            return self.lose_dialog(now, id, out);
        }
        if !dialog.timer.takes_turn(now) {
            return;
        }
        let is_telling = dialog.telling.as_ref().is_some_and(|telling| telling.is_under_way);
        let is_idle = matches!(dialog.state, State::Established { exchange: Exchange::Idle, .. });
        if is_idle && !is_telling {
            self.refresh(now, id, out);
        } else {
            dialog.timer.tries_again(now);
        }
        self.touch(id);
    }

    fn refresh(&mut self, now: Duration, id: DialogId, out: &mut Vec<Transmit>) {
        if !self.dialogs.get(&id).is_some_and(|dialog| dialog.allows.update) {
            return self.events.push_back(Event::OfferDue { dialog: id });
        }
        let Some(update) = self.request_in(id, Method::Update) else { return };
        self.start_in_dialog(now, id, update, Purpose::Refresh(id), out);
    }

    /// The end of our UPDATE: a final status, 408 for silence, 503 for a lost transport.
    pub(super) fn refresh_answered(&mut self, now: Duration, id: DialogId, status: u16, out: &mut Vec<Transmit>) {
        let Some(dialog) = self.dialogs.get_mut(&id).filter(|dialog| !dialog.is_forgotten) else { return };
        match status {
            200..300 => {}
            // The peer does not answer, or knows nothing of the dialog (§10).
            408 | 481 => return self.lose_dialog(now, id, out),
            401 | 407 | 422 | 491 | 500 | 503 => dialog.timer.tries_again(now),
            // It says that it takes UPDATE, and does not; or none without a session description.
            _ => {
                dialog.allows.update = false;
                if matches!(dialog.state, State::Established { exchange: Exchange::Idle, .. }) {
                    self.refresh(now, id, out);
                } else {
                    dialog.timer.tries_again(now);
                }
            }
        }
        self.touch(id);
    }

    /// Our re-INVITE was refused; should it have been a refresh, it is tried again.
    pub(super) fn offer_refreshed_nothing(&mut self, now: Duration, id: DialogId) {
        if let Some(dialog) = self.dialogs.get_mut(&id) {
            dialog.timer.tries_again(now);
        }
        self.touch(id);
    }

    /// A session of ours is too brief for the peer, or for a proxy: the request goes out again with a longer one (§7.3).
    /// False where that is of no use.
    pub(super) fn ask_longer(
        &mut self,
        now: Duration,
        id: TransactionId,
        response: &Response,
        out: &mut Vec<Transmit>,
    ) -> bool {
        let Some(entry) = self.clients.get(&id).filter(|entry| entry.sent_before < MAX_SENT_AGAIN) else {
            return false;
        };
        let (purpose, mut request) = (entry.purpose, entry.request.clone());
        let asked_s = request.headers.number(HeaderName::SessionExpires).ok().flatten();
        let (Some(asked_s), Ok(said)) = (asked_s, Said::read(&response.headers)) else { return false };
        if self.is_given_up(purpose) {
            return false;
        }
        let Some(dialog) = purpose.dialog().and_then(|id| self.dialogs.get_mut(&id)) else { return false };
        if !dialog.timer.lengthened(&said, asked_s) {
            return false;
        }
        let is_first = matches!(dialog.state, State::Calling { .. });
        for (name, value) in dialog.timer.wanted(is_first).into_iter().flatten() {
            request.headers.set(name, value);
        }
        self.send_again(now, id, request, out);
        true
    }
}
