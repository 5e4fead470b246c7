//! Whom a phone is to show, told within its call (RFC 3325 §9.1): by UPDATE where the phone takes it (RFC 3311), else with
//! a re-INVITE that changes nothing. In P-Asserted-Identity, and in Remote-Party-ID, which older phones know alone.

use std::time::Duration;

use super::Stack;
use super::offers::MAX_GLARES;
use super::table::Purpose;
use crate::dialog::{Dialog, Exchange, State, Telling};
use crate::event::{DialogId, Event};
use crate::message::{HeaderName, Method, NameAddr, Request, Text};
use crate::transport::Transmit;

impl Stack {
    /// Tells the peer of a dialog that was answered whom it talks to from here on; the session stays as it is. To a phone
    /// without UPDATE an offer must carry it, which `OfferDue` asks for. Whether it was told is not reported: a display
    /// that is wrong is no reason to end a call.
    pub fn identify(&mut self, now: Duration, dialog: DialogId, identity: NameAddr, out: &mut Vec<Transmit>) {
        let Some(entry) = self.dialogs.get_mut(&dialog).filter(|entry| !entry.is_forgotten) else { return };
        match &mut entry.telling {
            Some(telling) if telling.is_under_way => {
                (telling.identity, telling.has_news) = (identity, true);
                return;
            }
            telling => {
                *telling =
                    Some(Telling { identity, is_under_way: false, has_news: false, attempts: 0, is_put_off: false });
            }
        }
        if matches!(self.exchange(dialog), Some((_, Exchange::Idle))) {
            self.tell_identity(now, dialog, out);
        }
    }

    /// Tells what is to be told, while no offer is under way.
    pub(super) fn tell_identity(&mut self, now: Duration, id: DialogId, out: &mut Vec<Transmit>) {
        let Some(dialog) = self.dialogs.get(&id) else { return };
        if dialog.telling.as_ref().is_none_or(|telling| telling.is_under_way || telling.is_put_off) {
            return;
        }
        if !dialog.allows.update {
            return self.events.push_back(Event::OfferDue { dialog: id });
        }
        let Some(mut update) = self.request_in(id, Method::Update) else { return };
        self.put_identity(id, &mut update);
        self.start_in_dialog(now, id, update, Purpose::Identity(id), out);
    }

    /// Writes into an UPDATE or re-INVITE of ours whom the peer is to show, where it is still to be told.
    pub(super) fn put_identity(&mut self, id: DialogId, request: &mut Request) {
        let Some(dialog) = self.dialogs.get_mut(&id) else { return };
        let is_caller = dialog.is_caller;
        let Some(telling) = dialog.telling.as_mut().filter(|telling| !telling.is_under_way) else { return };
        (telling.is_under_way, telling.has_news, telling.is_put_off) = (true, false, false);
        let mut party = telling.identity.clone();
        party.params.set(Text::from_static("party"), if is_caller { "calling" } else { "called" });
        party.params.set(Text::from_static("screen"), "yes");
        party.params.set(Text::from_static("privacy"), "off");
        request.headers.push(HeaderName::PAssertedIdentity, &telling.identity);
        request.headers.push(HeaderName::RemotePartyId, &party);
    }

    /// What was under way is over, with or without success.
    pub(super) fn identity_told(&mut self, id: DialogId) {
        let Some(dialog) = self.dialogs.get_mut(&id) else { return };
        match &mut dialog.telling {
            Some(telling) if telling.is_under_way && telling.has_news => {
                (telling.is_under_way, telling.has_news, telling.attempts) = (false, false, 0);
            }
            Some(telling) if telling.is_under_way => dialog.telling = None,
            _ => {}
        }
    }

    /// The peer answers 491 again and again, because of an offer of its own: it is told when that one is through.
    pub(super) fn identity_put_off(&mut self, id: DialogId) {
        if let Some(telling) = self.dialogs.get_mut(&id).and_then(|dialog| dialog.telling.as_mut()) {
            (telling.is_under_way, telling.is_put_off, telling.attempts) = (false, true, 0);
        }
    }

    /// The peer has its way: what was put off is told at the end of that.
    pub(super) fn identity_may_be_told(&mut self, id: DialogId) {
        if let Some(telling) = self.dialogs.get_mut(&id).and_then(|dialog| dialog.telling.as_mut()) {
            telling.is_put_off = false;
        }
    }

    /// The end of our UPDATE: a final status, 408 for silence, 503 for a lost transport.
    pub(super) fn identity_answered(&mut self, now: Duration, id: DialogId, status: u16, out: &mut Vec<Transmit>) {
        let Some(Dialog { telling: Some(telling), is_forgotten: false, .. }) = self.dialogs.get_mut(&id) else {
            return;
        };
        match status {
            // The peer knows nothing of the dialog (RFC 3261 §12.2.1.2).
            481 => return self.lose_dialog(now, id, out),
            491 | 500 if telling.attempts < MAX_GLARES => {
                telling.attempts += 1;
                telling.is_under_way = false;
                // An offer that is under way tells it at its end.
                if matches!(self.exchange(id), Some((_, Exchange::Idle))) {
                    self.wait_for_glare(now, id);
                }
                return;
            }
            491 | 500 => self.identity_put_off(id),
            200..300 | 401 | 407 | 408 | 503 => self.identity_told(id),
            // It says that it takes UPDATE, and does not; or none without a session description.
            _ => {
                telling.is_under_way = false;
                if let Some(dialog) = self.dialogs.get_mut(&id) {
                    dialog.allows.update = false;
                }
            }
        }
        let is_idle = matches!(
            self.dialogs.get(&id).map(|dialog| &dialog.state),
            Some(State::Established { exchange: Exchange::Idle, .. })
        );
        if is_idle {
            self.tell_identity(now, id, out);
        }
    }
}
