//! Calls that a phone makes, and what it does within calls of either side: hold, resume, keys, hang up.

use std::time::Duration;

use super::appearance::{Appearance, State};
use super::description::Description;
use super::message::{self, Message};
use super::model::{HoldStyle, Model};
use super::transaction::{Draft, Purpose};
use super::ua::{Act, Cx, Timer, Ua};

impl Ua {
    /// Dials a number, or a whole URI, and returns the call's number on this phone.
    pub fn dial(&mut self, cx: &mut Cx, number: &str, from: Option<&str>) -> u32 {
        self.dial_for(cx, number, from, None)
    }

    /// Dials a number for the call of this name there, a Replaces value (RFC 3891).
    pub fn dial_for(&mut self, cx: &mut Cx, number: &str, from: Option<&str>, replaces: Option<String>) -> u32 {
        let host = self.server.ip();
        let (tag, word) = (self.dice.word(), self.dice.word());
        let from = from.unwrap_or(&self.extension);
        let ours = match self.model.is_anonymous {
            true => format!("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag={tag}"),
            false => format!("\"{}\" <sip:{from}@{host}>;tag={tag}", self.owner),
        };
        let uri = match number.contains(':') {
            true => number.to_owned(),
            false => format!("sip:{}@{host}", number.replace('#', "%23")),
        };
        let id = self.add_call(cx, State::Dialling, format!("call-{word}"), number.to_owned());
        let call = self.calls.get_mut(&id).expect("it was added above");
        (call.ours, call.theirs, call.target) = (ours, format!("<{uri}>"), uri);
        call.replaces = replaces;
        self.send_invite(cx, id);
        self.be_patient(cx, id);
        id
    }

    /// A new line on the display.
    pub fn add_call(&mut self, cx: &Cx, state: State, call_id: String, other: String) -> u32 {
        let id = self.next_call;
        self.next_call += 1;
        let mut rtp = self.own;
        // Even ports, one for each call; the world finds the phone again by the last octet, not by the port.
        rtp.set_port(10_000 + 2 * (id % 20_000) as u16);
        let call = Appearance {
            id,
            state,
            call_id,
            ours: String::new(),
            theirs: String::new(),
            target: String::new(),
            cseq: 0,
            other,
            invite: String::new(),
            rtp,
            version: 0,
            remote: None,
            is_held_by_me: false,
            is_changing: false,
            is_offered_late: false,
            is_leaving: false,
            has_early_media: false,
            ring: String::new(),
            sent_on_by: Vec::new(),
            keys: String::new(),
            tones: String::new(),
            replaces: None,
            session: None,
            rseq: 0,
            is_unconfirmed: false,
            since: cx.now,
        };
        self.calls.insert(id, call);
        id
    }

    fn send_invite(&mut self, cx: &mut Cx, id: u32) {
        let body = if self.model.offers_late { String::new() } else { self.description(id) };
        let Some(mut draft) = self.draft(id, Purpose::Invite(id), "INVITE", body) else { return };
        draft.others.extend(self.reliable_header());
        draft
            .others
            .extend(self.model.claims.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned())));
        draft.others.extend(self.taking.clone().map(|name| ("Replaces".to_owned(), name)));
        let branch = self.send(cx, draft);
        self.calls.entry(id).and_modify(|call| call.invite = branch);
    }

    /// A request within a call.
    pub(super) fn draft(&mut self, id: u32, purpose: Purpose, method: &'static str, body: String) -> Option<Draft> {
        let contact = self.contact();
        let session = self.session_headers(id);
        let call = self.calls.get_mut(&id)?;
        call.cseq += 1;
        let mut others = Vec::new();
        if matches!(method, "INVITE" | "UPDATE") {
            others.extend([contact, allow(&self.model)].into_iter().chain(session));
        }
        others.extend(
            call.replaces
                .clone()
                .map(|named| ("Replaces".to_owned(), named))
                .filter(|_| matches!(purpose, Purpose::Invite(_))),
        );
        Some(Draft {
            purpose,
            method,
            uri: call.target.clone(),
            from: call.ours.clone(),
            to: call.theirs.clone(),
            call_id: call.call_id.clone(),
            cseq: call.cseq,
            others,
            body,
            refusals: 0,
        })
    }

    /// Our session description for a call as it stands, one version up.
    pub fn description(&mut self, id: u32) -> String {
        let (style, payloads, events) = (self.model.holds_by, self.model.payloads.clone(), self.model.events);
        let Some(call) = self.calls.get_mut(&id) else { return String::new() };
        call.version += 1;
        let mut said = Description { rtp: call.rtp, payloads, events, direction: "sendrecv".to_owned() };
        if call.is_held_by_me {
            match style {
                HoldStyle::SendOnly => said.direction = "sendonly".to_owned(),
                HoldStyle::Inactive => said.direction = "inactive".to_owned(),
                HoldStyle::ZeroAddress => said.rtp.set_ip(std::net::Ipv4Addr::UNSPECIFIED.into()),
            }
        }
        said.print(u64::from(id) + 1000, call.version, self.model.names_session)
    }

    /// Our answer to what they offered: their codecs that we have, their direction mirrored.
    pub fn answer_to(&mut self, id: u32, offer: &Description) -> Option<String> {
        let own = self.model.payloads.clone();
        let common: Vec<u8> = offer.payloads.iter().copied().filter(|p| own.contains(p)).take(1).collect();
        if common.is_empty() {
            return None;
        }
        // A dynamic payload type is the offerer's to name; a model that wants its own says so.
        let events = self.model.events.filter(|_| offer.events.is_some());
        let (names_session, only_speaks) = (self.model.names_session, self.model.only_speaks);
        let call = self.calls.get_mut(&id)?;
        call.version += 1;
        let direction = match (offer.direction.as_str(), call.is_held_by_me || only_speaks) {
            ("sendonly", false) => "recvonly",
            ("sendonly" | "inactive", true) | ("inactive", false) => "inactive",
            ("recvonly", _) | (_, true) => "sendonly",
            _ => "sendrecv",
        };
        let said = Description { rtp: call.rtp, payloads: common, events, direction: direction.to_owned() };
        call.remote = Some(offer.clone());
        Some(said.print(u64::from(id) + 1000, call.version, names_session))
    }

    /// 101 to 199 to our INVITE.
    pub fn on_progress(&mut self, cx: &mut Cx, id: u32, status: u16, message: &Message) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        if call.state == State::GivingUp {
            self.cancel(cx, id);
            return;
        }
        if !self.confirms(cx, id, message) {
            return;
        }
        let Some(call) = self.calls.get_mut(&id) else { return };
        if let Some(description) = message.sdp().and_then(Description::read) {
            call.remote = Some(description);
            call.has_early_media = true;
        }
        if status > 100 && call.state == State::Dialling {
            call.state = State::Ringback;
        }
        // An early dialog can be named in a transfer.
        if let Some(to) = message.header("To").filter(|_| message.tag("To").is_some()) {
            call.theirs = to.to_owned();
        }
    }

    fn cancel(&mut self, cx: &mut Cx, id: u32) {
        let Some(call) = self.calls.get(&id) else { return };
        let Some(invite) = self.clients.get(&call.invite) else { return };
        let is_cancelled = self.clients.values().any(|client| client.draft.purpose == Purpose::Cancel(id));
        if is_cancelled {
            return;
        }
        // CANCEL carries the INVITE's branch and CSeq number (RFC 3261 §9.1), so it goes out beside `send`.
        let draft =
            Draft { method: "CANCEL", purpose: Purpose::Cancel(id), body: String::new(), ..invite.draft.clone() };
        let via = invite.via.clone();
        let headers = [
            ("Via".to_owned(), via.clone()),
            ("Max-Forwards".to_owned(), "70".to_owned()),
            ("From".to_owned(), draft.from.clone()),
            ("To".to_owned(), draft.to.clone()),
            ("Call-ID".to_owned(), draft.call_id.clone()),
            ("CSeq".to_owned(), format!("{} CANCEL", draft.cseq)),
        ];
        let text = self.spelled(message::request("CANCEL", &draft.uri, &headers, ""));
        cx.acts.push(Act::Send(text.clone()));
        let key = format!("{} CANCEL", call.invite);
        self.insert_cancel(cx, key, draft, via, text);
    }

    /// The INVITE's final response.
    pub fn on_invite_answer(&mut self, cx: &mut Cx, branch: &str, id: u32, status: u16, message: &Message) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        if status >= 300 {
            let words = match &message.start {
                message::Start::Response { phrase, .. } => phrase.clone(),
                message::Start::Request { .. } => String::new(),
            };
            let shows = if call.state == State::GivingUp { "hung up".to_owned() } else { format!("{status} {words}") };
            self.end(cx, id, &shows);
            return;
        }
        call.theirs = message.header("To").unwrap_or_default().to_owned();
        if let Some(contact) = message.header("Contact") {
            call.target = message::uri_of(contact).to_owned();
        }
        let is_unwanted = call.state == State::GivingUp;
        call.state = State::Talking;
        self.on_session_granted(cx, id, message);
        let body = self.take_answer(id, message);
        self.acknowledge(cx, branch, id, body);
        if is_unwanted {
            self.hang_up(cx, id);
        }
    }

    /// Takes the answer, or answers the offer, that a 2xx carries; returns the ACK's body.
    fn take_answer(&mut self, id: u32, message: &Message) -> String {
        let Some(description) = message.sdp().and_then(Description::read) else { return String::new() };
        let had_offer = self
            .calls
            .get(&id)
            .and_then(|call| {
                self.clients.values().find(|client| {
                    client.draft.call_id == call.call_id
                        && client.draft.cseq == message.cseq().0
                        && client.draft.method == "INVITE"
                })
            })
            .is_some_and(|client| !client.draft.body.is_empty());
        if had_offer {
            self.calls.entry(id).and_modify(|call| call.remote = Some(description));
            return String::new();
        }
        self.answer_to(id, &description).unwrap_or_default()
    }

    fn acknowledge(&mut self, cx: &mut Cx, branch: &str, id: u32, body: String) {
        let (Some(call), Some(client)) = (self.calls.get(&id), self.clients.get(branch)) else { return };
        let via = client.via.replace(branch, &format!("{branch}-ack"));
        let headers = [
            ("Via".to_owned(), via),
            ("Max-Forwards".to_owned(), "70".to_owned()),
            ("From".to_owned(), call.ours.clone()),
            ("To".to_owned(), call.theirs.clone()),
            ("Call-ID".to_owned(), call.call_id.clone()),
            ("CSeq".to_owned(), format!("{} ACK", client.draft.cseq)),
        ];
        let text = self.spelled(message::request("ACK", &call.target, &headers, &body));
        let delay = self.model.acknowledges_after;
        self.clients
            .entry(branch.to_owned())
            .and_modify(|client| client.ack = Some(text.clone()).filter(|_| delay.is_zero()));
        if delay.is_zero() {
            cx.acts.push(Act::Send(text));
        } else {
            cx.wake(delay, Timer::Acknowledge(text));
        }
    }

    /// Ends a call, in whatever way its state asks for.
    pub fn hang_up(&mut self, cx: &mut Cx, id: u32) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        match call.state {
            State::Dialling | State::Ringback => {
                call.state = State::GivingUp;
                let heard = self.clients.get(&call.invite).map_or(0, |client| client.heard);
                // No CANCEL before a provisional response (RFC 3261 §9.1).
                if heard >= 100 {
                    self.cancel(cx, id);
                }
            }
            State::GivingUp => {}
            State::Rings => self.decline(cx, id),
            State::Talking if self.servers.get(&call.invite).is_some_and(|server| !server.is_acknowledged) => {
                call.is_leaving = true;
            }
            State::Talking => {
                if let Some(draft) = self.draft(id, Purpose::Bye(id), "BYE", String::new()) {
                    self.send(cx, draft);
                }
                self.end(cx, id, "hung up");
            }
        }
    }

    /// Holds a call or takes it back.
    pub fn hold(&mut self, cx: &mut Cx, id: u32, is_held: bool) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        if call.state != State::Talking || call.is_changing {
            return;
        }
        call.is_held_by_me = is_held;
        self.change(cx, id);
    }

    /// Says by re-INVITE how the call shall be.
    pub fn change(&mut self, cx: &mut Cx, id: u32) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        if call.state != State::Talking {
            return;
        }
        call.is_changing = true;
        let is_silent = self.model.resumes_without_sdp && !call.is_held_by_me;
        let body = if is_silent { String::new() } else { self.description(id) };
        if let Some(draft) = self.draft(id, Purpose::Change(id), "INVITE", body) {
            self.send(cx, draft);
        }
    }

    /// The re-INVITE's final response.
    pub fn on_change_answer(&mut self, cx: &mut Cx, branch: &str, id: u32, status: u16, message: &Message) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.is_changing = false;
        match status {
            200..300 => {
                self.on_session_granted(cx, id, message);
                let body = self.take_answer(id, message);
                self.acknowledge(cx, branch, id, body);
            }
            491 => {
                // The owner of the Call-ID waits longer (RFC 3261 §14.1).
                let is_owner = call.call_id.starts_with("call-");
                call.is_changing = true;
                let chance = self.dice.within(Duration::from_millis(1900));
                let base = if is_owner { Duration::from_millis(2100) } else { Duration::ZERO };
                cx.wake(base + chance, Timer::ChangeAgain(id));
            }
            // The dialog is gone on their side.
            408 | 481 => self.hang_up(cx, id),
            _ => call.is_held_by_me = !call.is_held_by_me,
        }
    }

    /// Tells a key by INFO.
    pub fn key_by_info(&mut self, cx: &mut Cx, id: u32, key: char) {
        let body = format!("Signal={key}\r\nDuration=160\r\n");
        if let Some(draft) = self.draft(id, Purpose::Key, "INFO", body) {
            self.send(cx, draft);
        }
    }
}

/// What the model understands.
pub fn allow(model: &Model) -> (String, String) {
    let update = if model.knows_update { ", UPDATE" } else { "" };
    let info = if model.takes_info { ", INFO" } else { "" };
    ("Allow".to_owned(), format!("INVITE, ACK, CANCEL, BYE, OPTIONS{info}, NOTIFY, REFER{update}"))
}
