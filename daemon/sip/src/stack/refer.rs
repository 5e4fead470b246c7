//! REFER (RFC 3515): a party wants its call passed on, and is told how that goes on. It is told by NOTIFYs of a
//! subscription that the REFER makes and that ends with the final status, or not at all where it wants that (RFC 4488).

use std::time::Duration;

use bytes::Bytes;

use super::arrived::{Arrived, DIALOG_HEADERS, aor_of, contact_of};
use super::refusal::{Refusal, phrase};
use super::replaces::replaced;
use super::table::ServerPurpose;
use super::{MAX_REFERS_PER_DIALOG, MAX_SUBSCRIPTIONS, Stack, build, rules};
use crate::dialog::{Dialog, State as DialogState};
use crate::event::{Body, DialogId, Event, Referred, Replaced, SubscriptionId, TransactionId};
use crate::message::{DialogName, HeaderName, Headers, Scheme, Text, Uri, WithParams};
use crate::package::Package;
use crate::sides::Sides;
use crate::subscription::{Sending, State, Subscription};
use crate::transport::Transmit;

/// What a REFER asks for.
struct Asked {
    to: Uri,
    /// The dialog that its Replaces names, escaped into the Refer-To.
    replaces: Option<DialogName>,
    wants_news: bool,
}

impl Asked {
    /// One Refer-To (§2.4.2), to be called by INVITE. Of the headers in its URI Replaces alone has a meaning here; others
    /// are not obeyed (RFC 3261 §19.1.5).
    fn read(headers: &Headers) -> Result<Asked, Refusal> {
        let bad_request = || Refusal::new(400);
        let mut all = headers.name_addrs(HeaderName::ReferTo).map_err(|_| bad_request())?.into_iter();
        let (Some(refer_to), None) = (all.next(), all.next()) else { return Err(bad_request()) };
        let mut to = refer_to.uri;
        if matches!(to.scheme, Scheme::Other(_)) {
            return Err(Refusal::new(416));
        }
        if to.params.get("method").is_some_and(|method| !method.eq_ignore_case("INVITE")) {
            return Err(Refusal::new(403));
        }
        let mut names = to.header_values().filter(|(name, _)| HeaderName::from_text(name) == HeaderName::Replaces);
        let replaces = match (names.next(), names.next()) {
            (Some((_, value)), None) => {
                let name = WithParams::parse(&value).and_then(|value| DialogName::of_replaces(&value));
                Some(name.map_err(|_| bad_request())?)
            }
            (None, _) => None,
            (Some(_), Some(_)) => return Err(bad_request()),
        };
        drop(names);
        to.headers = Text::new();
        let wants_news = !headers
            .get(HeaderName::ReferSub)
            .is_some_and(|value| WithParams::parse(value).is_ok_and(|value| value.value.eq_ignore_case("false")));
        Ok(Asked { to, replaces, wants_news })
    }
}

impl Stack {
    /// A REFER within a call.
    pub(super) fn take_refer(&mut self, now: Duration, id: DialogId, arrived: Arrived, out: &mut Vec<Transmit>) {
        let Some(dialog) = self.dialogs.get(&id) else { return };
        let is_full = dialog.refers.len() >= MAX_REFERS_PER_DIALOG;
        let sides = dialog.sides.clone();
        if let Err(refusal) = may_be_passed_on(dialog) {
            return self.respond_once(now, arrived, &refusal, out);
        }
        if is_full {
            self.counters.limited += 1;
            return self.respond_once(now, arrived, &Refusal::new(503), out);
        }
        self.refer(now, id, (sides, Some(id)), arrived, out);
    }

    /// A REFER outside calls from a proven user: its Target-Dialog names the call (RFC 4538), which must be that user's.
    pub(super) fn take_refer_outside(
        &mut self,
        now: Duration,
        arrived: Arrived,
        user: String,
        out: &mut Vec<Transmit>,
    ) {
        let named = match self.target_dialog(&arrived, &user) {
            Ok(dialog) => dialog,
            Err(refusal) => return self.respond_once(now, arrived, &refusal, out),
        };
        let kept = arrived.request.headers.detached(&DIALOG_HEADERS);
        let (Some(target), Ok(routes)) = (contact_of(&kept), kept.record_routes()) else {
            return self.respond_once(now, arrived, &Refusal::new(400), out);
        };
        let (Ok(remote), Ok(local), Ok(call_id)) = (kept.from(), kept.to(), kept.call_id()) else { return };
        let sides = Sides {
            call_id,
            local,
            remote,
            target,
            routes,
            contact_user: arrived.request.uri.user_unescaped().unwrap_or_default(),
            local_cseq: 0,
            remote_cseq: Some(arrived.cseq.number),
            hop: arrived.hop,
            user: Some(user),
            contact_at: None,
        };
        self.refer(now, named, (sides, None), arrived, out);
    }

    fn target_dialog(&self, arrived: &Arrived, user: &str) -> Result<DialogId, Refusal> {
        let header = arrived.request.headers.with_params(HeaderName::TargetDialog).map_err(|_| Refusal::new(400))?;
        let header = header.ok_or_else(|| Refusal::new(rules::unused(&arrived.request.method)))?;
        let name = DialogName::of_target_dialog(&header).map_err(|_| Refusal::new(400))?;
        let dialog = self.named(&name).ok_or_else(|| Refusal::new(481))?;
        let is_party = match &dialog.sides.user {
            Some(own) => own == user,
            None => aor_of(&dialog.sides.remote.uri).is_some_and(|aor| self.auth.owns(user, &aor)),
        };
        if !is_party {
            return Err(Refusal::new(403));
        }
        may_be_passed_on(dialog).map(|()| dialog.id)
    }

    /// Asks the owner. `sides`: of what is told by NOTIFY, and the dialog that they are shared with.
    fn refer(
        &mut self,
        now: Duration,
        dialog: DialogId,
        (mut sides, within): (Sides, Option<DialogId>),
        arrived: Arrived,
        out: &mut Vec<Transmit>,
    ) {
        let asked = match Asked::read(&arrived.request.headers.detached(&[HeaderName::ReferTo, HeaderName::ReferSub])) {
            Ok(asked) => asked,
            Err(refusal) => return self.respond_once(now, arrived, &refusal, out),
        };
        let replaces = match asked.replaces.as_ref().map(|name| self.meant(name)).transpose() {
            Ok(replaces) => replaces,
            Err(refusal) => return self.respond_once(now, arrived, &refusal, out),
        };
        if self.subscriptions.len() >= MAX_SUBSCRIPTIONS {
            self.counters.limited += 1;
            return self.respond_once(now, arrived, &Refusal::new(503), out);
        }
        let referred_by =
            arrived.request.headers.detached(&[HeaderName::ReferredBy]).name_addrs(HeaderName::ReferredBy);
        let referred_by = referred_by.ok().and_then(|all| all.into_iter().next());
        let refer = SubscriptionId(self.next_id());
        // Several in one dialog are told apart by the CSeq of their REFER (§2.4.6).
        let event = Text::from(format!("refer;id={}", arrived.cseq.number));
        let transaction = self.start_server(now, arrived, ServerPurpose::Subscription(refer), out);
        match within.and_then(|dialog| self.dialogs.get_mut(&dialog)) {
            Some(dialog) => dialog.refers.push(refer),
            None => {
                sides.local.set_tag(self.tag_of(transaction));
                self.subscription_tags.insert(sides.key(), refer);
            }
        }
        let expires_s = if asked.wants_news { Package::Refer.expires_s() } else { 0 };
        let state = State::Asked { transaction, expires_s };
        let package = Package::Refer;
        self.keep_subscription(Subscription { id: refer, sides, within, package, event, sent: 0, state, wake: None });
        let referred = Referred { transaction, refer, dialog, to: asked.to, replaces, referred_by };
        self.events.push_back(Event::Referred(Box::new(referred)));
    }

    /// The dialog that a Replaces in a Refer-To names. One that is none is declined: 481 would end the call that the REFER
    /// came in.
    fn meant(&self, name: &DialogName) -> Result<Replaced, Refusal> {
        let dialog = self.named(name).filter(|dialog| !dialog.is_forgotten);
        let replaced = dialog.map(replaced).ok_or_else(|| Refusal::new(603))?;
        if name.is_early_only && !replaced.is_early { Err(Refusal::new(603)) } else { Ok(replaced) }
    }

    /// Answers `Referred` with 202, and at once with the first NOTIFY, which tells this status (§2.4.4); a final one is the
    /// last word, too. One that is not final must be followed by [`Stack::refer_progress`].
    pub fn accept_refer(&mut self, now: Duration, transaction: TransactionId, status: u16, out: &mut Vec<Transmit>) {
        let Some(ServerPurpose::Subscription(id)) = self.servers.get(&transaction).map(|entry| entry.purpose) else {
            return;
        };
        let Some(Subscription { sides, package: Package::Refer, state: State::Asked { expires_s, .. }, .. }) =
            self.subscriptions.get(&id)
        else {
            return;
        };
        let expires_s = *expires_s;
        let contact = build::contact(sides).to_text().to_string();
        let mut headers = vec![(HeaderName::Contact, contact)];
        if expires_s == 0 {
            headers.push((HeaderName::ReferSub, "false".to_owned()));
        }
        self.respond_in(now, transaction, &Refusal { status: 202, headers }, out);
        if expires_s == 0 {
            return self.forget_subscription(id);
        }
        if let Some(subscription) = self.subscriptions.get_mut(&id) {
            let until = now + Duration::from_secs(u64::from(expires_s));
            let body = status_line(status);
            subscription.state = State::Active { until, body, failures: 0, sending: Sending::Idle };
        }
        if status < 200 { self.tell(now, id, out) } else { self.end_subscription(now, id, NO_RESOURCE, out) }
    }

    /// Tells who sent a REFER how it goes on: 100 to 699; from 200 on it is the last word. Who did not want to hear it, or
    /// does not any more, hears nothing.
    pub fn refer_progress(&mut self, now: Duration, refer: SubscriptionId, status: u16, out: &mut Vec<Transmit>) {
        let Some(entry) = self.subscriptions.get_mut(&refer).filter(|entry| entry.package == Package::Refer) else {
            return;
        };
        if let State::Active { body, .. } = &mut entry.state {
            *body = status_line(status);
            if status < 200 { self.tell(now, refer, out) } else { self.end_subscription(now, refer, NO_RESOURCE, out) }
        }
    }

    /// A SUBSCRIBE within a call: it can only be about one of its REFERs, to hear longer of it or no more (§2.4.4).
    pub(super) fn take_refer_refresh(
        &mut self,
        now: Duration,
        id: DialogId,
        arrived: Arrived,
        out: &mut Vec<Transmit>,
    ) {
        let event = arrived.request.headers.get(HeaderName::Event);
        let event = event.and_then(|event| WithParams::parse(event).ok());
        let number = event.as_ref().and_then(|event| event.params.get("id"));
        let wanted = number.map_or_else(|| "refer".to_owned(), |number| format!("refer;id={number}"));
        let refers = self.dialogs.get(&id).map(|dialog| dialog.refers.as_slice()).unwrap_or_default();
        let is_meant = |refer: &&SubscriptionId| {
            self.subscriptions
                .get(refer)
                .is_some_and(|entry| matches!(entry.state, State::Active { .. }) && entry.event.eq_ignore_case(&wanted))
        };
        match refers.iter().find(is_meant).copied() {
            Some(refer) => self.take_refresh(now, refer, arrived, out),
            None => {
                let refusal = Refusal::new(rules::unused(&arrived.request.method));
                self.respond_once(now, arrived, &refusal, out);
            }
        }
    }

    /// A call is over: who asked for it to be passed on is told of that in what is left of its dialog (RFC 5057 §4.2).
    pub(super) fn inherit(&mut self, dialog: &Dialog) {
        for refer in &dialog.refers {
            if let Some(subscription) = self.subscriptions.get_mut(refer) {
                subscription.sides = dialog.sides.clone();
                subscription.within = None;
                self.subscription_tags.insert(dialog.sides.key(), *refer);
            }
        }
    }
}

/// The REFER has come to its end (§2.4.7).
const NO_RESOURCE: &str = "noresource";

/// Only a call that was answered can be passed on, and only while its owner has it.
fn may_be_passed_on(dialog: &Dialog) -> Result<(), Refusal> {
    match dialog.state {
        _ if dialog.is_forgotten => Err(Refusal::new(481)),
        DialogState::Established { .. } => Ok(()),
        DialogState::Invited { .. } | DialogState::Calling { .. } => Err(Refusal::new(603)),
    }
}

/// A status as `message/sipfrag` (RFC 3420): the one line that §2.4.5 asks for.
fn status_line(status: u16) -> Body {
    let text = format!("SIP/2.0 {status} {}\r\n", phrase(status));
    Body { content_type: Package::Refer.content_type().to_owned(), bytes: Bytes::from(text) }
}
