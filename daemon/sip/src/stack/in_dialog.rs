//! Requests within dialogs: whether they may, and in which order (RFC 3261 §12.2.2).

use std::time::Duration;

use super::Stack;
use super::arrived::{Arrived, aor_of};
use super::build;
use super::refusal::Refusal;
use super::rules;
use super::table::{Purpose, Share};
use crate::dialog::State;
use crate::event::{Body, DialogId, Event};
use crate::message::{Method, Request};
use crate::sides::Sides;
use crate::transport::{Hop, Transmit};

impl Stack {
    pub(super) fn find_dialog(&self, arrived: &Arrived) -> Option<DialogId> {
        let tag = arrived.to.tag()?.clone();
        let id = *self.tags.get(&(arrived.call_id.clone(), tag))?;
        self.dialogs.get(&id).filter(|dialog| dialog.has_peer(&arrived.peer_tag())).map(|dialog| dialog.id)
    }

    /// A request that names a dialog.
    pub(super) fn take_in_dialog(&mut self, now: Duration, arrived: Arrived, out: &mut Vec<Transmit>) {
        let Some(id) = self.find_dialog(&arrived) else {
            return match self.find_subscription(&arrived) {
                Some(id) => self.take_in_subscription(now, id, arrived, out),
                None => self.refuse_statelessly(&arrived, &Refusal::new(481), out),
            };
        };
        let Some(sides) = self.dialogs.get(&id).map(|dialog| &dialog.sides) else { return };
        let away = if sides.is_home(&arrived.hop) { None } else { Some(sides.clone()) };
        let Some(arrived) = self.admit(now, arrived, away, out) else { return };
        let Some(arrived) = self.take_share(arrived, Share::Dialog(id), out) else { return };
        let Some(dialog) = self.dialogs.get_mut(&id) else { return };
        if !dialog.accept_cseq(&arrived.peer_tag(), arrived.cseq.number) {
            return self.respond_once(now, arrived, &Refusal::new(500), out);
        }
        // A late request would move the dialog back to where its phone was.
        dialog.sides.hop = arrived.hop;
        match arrived.request.method {
            Method::Invite => self.take_reinvite(now, id, arrived, out),
            Method::Update => self.take_update(now, id, arrived, out),
            Method::Prack => self.take_prack(now, id, arrived, out),
            Method::Bye => self.take_bye(now, id, arrived, out),
            Method::Refer => self.take_refer(now, id, arrived, out),
            Method::Subscribe => self.take_refer_refresh(now, id, arrived, out),
            Method::Info => {
                if !self.dialogs.get(&id).is_some_and(|dialog| dialog.is_forgotten) {
                    self.events.push_back(Event::Info { dialog: id, body: arrived.body() });
                }
                self.respond_once(now, arrived, &Refusal::new(200), out);
            }
            Method::Options => {
                let answer = self.capabilities();
                self.respond_once(now, arrived, &answer, out);
            }
            _ => {
                let refusal = Refusal::new(rules::unused(&arrived.request.method));
                self.respond_once(now, arrived, &refusal, out);
            }
        }
    }

    /// Whether a request may be one of its dialog; otherwise it has been answered. From the dialog's own address it
    /// needs no digest; from elsewhere, then `away` is that dialog, it needs the digest of the same user: tags and
    /// Call-ID are seen by everybody on the way and prove nothing.
    pub(super) fn admit(
        &mut self,
        now: Duration,
        arrived: Arrived,
        away: Option<Sides>,
        out: &mut Vec<Transmit>,
    ) -> Option<Arrived> {
        let Some(sides) = away.filter(|sides| !self.is_of_peer(sides, &arrived)) else { return Some(arrived) };
        let user = self.prove(now, &arrived, out)?;
        self.move_dialogs(now, &user, arrived.hop);
        // The one whose phone it is, or who owns the AOR that we called.
        let is_party = match &sides.user {
            Some(own) => *own == user,
            None => aor_of(&sides.remote.uri).is_some_and(|aor| self.auth.owns(&user, &aor)),
        };
        if is_party {
            return Some(arrived);
        }
        self.counters.refused += 1;
        self.auth.is_not_its_own(now, arrived.hop.remote, &user);
        let arrived = self.take_share(arrived, Share::Others(user), out)?;
        self.respond_once(now, arrived, &Refusal::new(403), out);
        None
    }

    /// The user has shown up on a connection: dialogs of its phone that have lost theirs go on there, for behind a NAT
    /// nothing else leads to it.
    pub(super) fn move_dialogs(&mut self, now: Duration, user: &str, hop: Hop) {
        if hop.flow.is_none() {
            return;
        }
        for dialog in self.dialogs.values_mut() {
            dialog.sides.follow(user, hop);
        }
        self.move_subscriptions(now, user, hop);
    }

    /// Whether the peer takes INFO, as far as is known.
    pub fn takes_info(&self, dialog: DialogId) -> bool {
        self.dialogs.get(&dialog).is_none_or(|dialog| dialog.allows.info)
    }

    /// Sends an INFO within the dialog; the answer is not reported.
    pub fn info(&mut self, now: Duration, dialog: DialogId, body: Body, out: &mut Vec<Transmit>) {
        if let Some(mut request) = self.established_request(dialog, Method::Info) {
            build::put_body(&mut request, Some(&body));
            self.start_in_dialog(now, dialog, request, Purpose::Info(dialog), out);
        }
    }

    /// Asks the peer by OPTIONS whether it still knows the dialog; the answer comes as `Probed`.
    pub fn probe(&mut self, now: Duration, dialog: DialogId, out: &mut Vec<Transmit>) {
        if let Some(request) = self.established_request(dialog, Method::Options) {
            self.start_in_dialog(now, dialog, request, Purpose::Probe(dialog), out);
        }
    }

    /// A request in a dialog that was answered and that the owner still has.
    fn established_request(&mut self, id: DialogId, method: Method) -> Option<Request> {
        let dialog = self.dialogs.get(&id)?;
        let is_right = matches!(dialog.state, State::Established { .. }) && !dialog.is_forgotten;
        if is_right { self.request_in(id, method) } else { None }
    }

    pub(super) fn start_in_dialog(
        &mut self,
        now: Duration,
        id: DialogId,
        request: Request,
        purpose: Purpose,
        out: &mut Vec<Transmit>,
    ) -> Option<crate::event::TransactionId> {
        let hop = self.dialogs.get(&id)?.sides.hop;
        Some(self.start_client(now, hop, request, purpose, out))
    }
}
