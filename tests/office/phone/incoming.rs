//! What a phone does when it is asked: calls that come, and requests within calls.

use std::time::Duration;

use super::appearance::State;
use super::description::Description;
use super::message::{self, Message, Start, parameter};
use super::model::WhenCalled;
use super::outgoing::allow;
use super::transaction::{Client, Draft, GIVES_UP_AFTER, Purpose, Server, T1, T2};
use super::ua::{Act, Cx, Timer, Ua};

impl Ua {
    /// A request arrived, perhaps once more.
    pub fn on_request(&mut self, cx: &mut Cx, method: &str, message: Message) {
        if method == "ACK" {
            self.on_ack(cx, &message);
            return;
        }
        let key = Ua::server_key(&message, method);
        if let Some(server) = self.servers.get(&key) {
            cx.acts.extend(server.said.clone().map(Act::Send));
            return;
        }
        let call = self.call_of(&message);
        if method == "CANCEL" && self.model.ignores_cancel {
            return;
        }
        let is_passing = method == "NOTIFY" && self.passing.contains_key(&message.call_id());
        if call.is_none() && message.tag("To").is_some() && !is_passing {
            self.note_stray(cx, method, &message);
        }
        let told = (method == "INFO").then(|| message.body.split("Signal=").nth(1)?.chars().next()).flatten();
        let tag = self.dice.word();
        self.servers.insert(key.clone(), Server::new(message, tag));
        match (method, call) {
            ("INVITE", None) => self.on_invite(cx, &key),
            ("INVITE", Some(call)) => self.on_change(cx, &key, call),
            ("UPDATE", Some(call)) => self.on_update(cx, &key, call),
            ("PRACK", Some(call)) => self.on_prack(cx, &key, call),
            ("CANCEL", _) => self.on_cancel(cx, &key),
            ("BYE", Some(call)) => {
                self.respond(cx, &key, 200, &[], "");
                self.end(cx, call, "the other side hung up");
            }
            ("INFO", Some(call)) if self.model.takes_info => {
                self.calls.get_mut(&call).into_iter().for_each(|call| call.keys.extend(told));
                self.respond(cx, &key, 200, &[], "");
            }
            ("NOTIFY", _) => self.on_notify(cx, &key),
            ("OPTIONS", Some(_)) => self.respond(cx, &key, 200, &[], ""),
            ("OPTIONS", None) if self.model.ignores_options => {}
            ("OPTIONS", None) if !self.is_in_dialog(&key) => self.respond(cx, &key, 200, &[allow(&self.model)], ""),
            (_, None) => self.respond(cx, &key, 481, &[], ""),
            _ => self.respond(cx, &key, 501, &[], ""),
        }
    }

    fn is_in_dialog(&self, key: &str) -> bool {
        self.servers.get(key).is_some_and(|server| server.request.tag("To").is_some())
    }

    fn call_of(&self, message: &Message) -> Option<u32> {
        let (call_id, tag) = (message.call_id(), message.tag("To")?);
        let is_it = |ours: &str| parameter(ours, "tag") == Some(tag.as_str());
        self.calls.values().find(|call| call.call_id == call_id && is_it(&call.ours)).map(|call| call.id)
    }

    /// A request to a dialog that ended longer ago than any repetition takes.
    fn note_stray(&mut self, cx: &Cx, method: &str, message: &Message) {
        let ended = self.ended.get(&message.call_id());
        if ended.is_some_and(|ended| *ended + GIVES_UP_AFTER + T2 * 2 < cx.now) {
            self.strays.push(format!("{} got {method} at {:.3}", self.user, cx.now.as_secs_f64()));
        }
    }

    /// Says a response, and repeats a final one to an INVITE until it is acknowledged.
    pub fn respond(&mut self, cx: &mut Cx, key: &str, status: u16, headers: &[(String, String)], body: &str) {
        let Some(server) = self.servers.get_mut(key) else { return };
        let text = message::response(&server.request, status, &server.tag, headers, body);
        let text = if self.model.is_compact { message::compact(&text) } else { text };
        server.said = Some(text.clone());
        server.status = status;
        cx.acts.push(Act::Send(text));
        if status < 200 {
            return;
        }
        server.forgets_at = Some(cx.now + GIVES_UP_AFTER);
        let is_repeated = key.ends_with(" INVITE") && (status < 300 || !self.model.is_tcp);
        cx.wake(if is_repeated { T1 } else { GIVES_UP_AFTER }, Timer::Server(key.to_owned()));
    }

    /// A response may need repetition, or can be forgotten.
    pub fn on_server_timer(&mut self, cx: &mut Cx, key: String) {
        let Some(server) = self.servers.get_mut(&key) else { return };
        let Some(forgets_at) = server.forgets_at else { return };
        if cx.now >= forgets_at {
            let server = self.servers.remove(&key).expect("it was found above");
            let is_unheard = key.ends_with(" INVITE") && server.status < 300 && !server.is_acknowledged;
            if let (true, Some(call)) = (is_unheard, self.call_by_invite(&key)) {
                // Nobody acknowledged our answer (RFC 3261 §13.3.1.4).
                self.hang_up(cx, call);
            }
            return;
        }
        let is_repeated = key.ends_with(" INVITE") && !server.is_acknowledged;
        if !is_repeated {
            cx.wake(forgets_at - cx.now, Timer::Server(key));
            return;
        }
        cx.acts.extend(server.said.clone().map(Act::Send));
        server.pause = (server.pause * 2).min(T2);
        let pause = server.pause;
        cx.wake(pause, Timer::Server(key));
    }

    fn call_by_invite(&self, key: &str) -> Option<u32> {
        self.calls.values().find(|call| call.invite == key).map(|call| call.id)
    }

    fn on_ack(&mut self, cx: &mut Cx, message: &Message) {
        let (call_id, cseq) = (message.call_id(), message.cseq().0);
        for (key, server) in &mut self.servers {
            let is_its = server.request.call_id() == call_id && server.request.cseq().0 == cseq;
            if key.ends_with(" INVITE") && is_its && server.status >= 200 {
                server.is_acknowledged = true;
            }
        }
        let leaving = self.call_of(message).filter(|call| self.calls.get(call).is_some_and(|call| call.is_leaving));
        if let Some(call) = leaving {
            self.hang_up(cx, call);
            return;
        }
        let Some(description) = message.sdp().and_then(Description::read) else { return };
        if let Some(call) = self.call_of(message).and_then(|call| self.calls.get_mut(&call))
            && call.is_offered_late
        {
            call.remote = Some(description);
            call.is_offered_late = false;
        }
    }

    fn on_invite(&mut self, cx: &mut Cx, key: &str) {
        let Some(server) = self.servers.get(key) else { return };
        let (request, tag) = (server.request.clone(), server.tag.clone());
        if request.tag("To").is_some() {
            self.respond(cx, key, 481, &[], "");
            return;
        }
        let offer = request.sdp().and_then(Description::read);
        let is_strange =
            offer.as_ref().is_some_and(|offer| !offer.payloads.iter().any(|p| self.model.payloads.contains(p)));
        if let Some(least) = self.wants_longer(&request) {
            return self.respond(cx, key, 422, &[least], "");
        }
        match &self.model.when_called {
            WhenCalled::IsBusy => return self.respond(cx, key, 486, &[], ""),
            WhenCalled::Declines => return self.respond(cx, key, 603, &[], ""),
            WhenCalled::Redirects(to) => {
                let contact = ("Contact".to_owned(), format!("<sip:{to}@{}>", self.server.ip()));
                return self.respond(cx, key, 302, &[contact], "");
            }
            _ if self.calls.len() >= self.model.lines => return self.respond(cx, key, 486, &[], ""),
            _ if is_strange => return self.respond(cx, key, 488, &[], ""),
            WhenCalled::Rings | WhenCalled::AnswersItself(_) => {}
        }
        let from = request.header("From").unwrap_or_default().to_owned();
        let other = message::user_of(message::uri_of(&from)).to_owned();
        let id = self.add_call(cx, State::Rings, request.call_id(), other);
        let call = self.calls.get_mut(&id).expect("it was added above");
        call.invite = key.to_owned();
        let ring = request.header("Alert-Info").and_then(|alert| parameter(alert, "info"));
        call.ring = ring.unwrap_or_default().to_owned();
        call.sent_on_by = request.header("Diversion").map(sent_on_by).unwrap_or_default();
        call.ours = format!("{};tag={tag}", request.header("To").unwrap_or_default());
        call.theirs = from;
        call.target = message::uri_of(request.header("Contact").unwrap_or_default()).to_owned();
        call.is_offered_late = offer.is_none();
        call.remote = offer;
        self.ring(cx, key, id);
        self.be_patient(cx, id);
    }

    fn ring(&mut self, cx: &mut Cx, key: &str, id: u32) {
        let mut headers = vec![self.contact()];
        headers.extend(self.numbered(cx, key, id));
        let offer = self.calls.get(&id).and_then(|call| call.remote.clone());
        match offer.filter(|_| self.model.has_early_media) {
            Some(offer) => {
                let body = self.answer_to(id, &offer).unwrap_or_default();
                self.respond(cx, key, 183, &headers, &body);
                self.forks(cx, key, id, &body);
                if self.model.rings_after_early_media {
                    self.respond(cx, key, 180, &headers, "");
                }
            }
            None => self.respond(cx, key, self.model.rings_by, &headers, ""),
        }
        if let WhenCalled::AnswersItself(after) = self.model.when_called {
            cx.wake(after, Timer::Answer(id));
        } else if self.is_told_to_answer(key) {
            cx.wake(Duration::from_millis(200), Timer::Answer(id));
        }
    }

    fn is_told_to_answer(&self, key: &str) -> bool {
        let Some(server) = self.servers.get(key) else { return false };
        let has = |(start, what): &(&str, &str)| match *start {
            "INVITE" => matches!(&server.request.start, Start::Request { uri, .. } if uri.contains(what)),
            name => server.request.header(name).is_some_and(|value| value.contains(what)),
        };
        !self.model.answers_when_told.is_empty() && self.model.answers_when_told.iter().all(has)
    }

    /// The person lifts the receiver.
    pub fn answer(&mut self, cx: &mut Cx, id: u32) {
        let Some(call) = self.calls.get(&id).filter(|call| call.state == State::Rings) else { return };
        let key = call.invite.clone();
        let body = match call.remote.clone() {
            _ if self.has_answered_early(id) => String::new(),
            Some(offer) => self.answer_to(id, &offer).unwrap_or_default(),
            None => self.description(id),
        };
        let mut headers = vec![self.contact(), allow(&self.model)];
        if let Some(request) = self.servers.get(&key).map(|server| server.request.clone()) {
            headers.extend(self.session_answer(cx, id, &request));
        }
        self.respond(cx, &key, 200, &headers, &body);
        self.calls.entry(id).and_modify(|call| call.state = State::Talking);
    }

    /// The person presses "decline".
    pub fn decline(&mut self, cx: &mut Cx, id: u32) {
        let Some(call) = self.calls.get(&id).filter(|call| call.state == State::Rings) else { return };
        let key = call.invite.clone();
        let status = self.model.decline_status;
        self.respond(cx, &key, status, &[], "");
        self.end(cx, id, "declined");
    }

    /// Nobody lifted the receiver for so long that the phone itself gives up.
    pub fn stop_ringing(&mut self, cx: &mut Cx, id: u32) {
        let Some(call) = self.calls.get(&id).filter(|call| call.state == State::Rings) else { return };
        let key = call.invite.clone();
        self.respond(cx, &key, 480, &[], "");
        self.end(cx, id, "missed call");
    }

    fn on_cancel(&mut self, cx: &mut Cx, key: &str) {
        self.respond(cx, key, 200, &[], "");
        let Some(server) = self.servers.get(key) else { return };
        let reason = server.request.header("Reason").unwrap_or_default();
        let is_elsewhere = reason.contains("cause=200");
        let invite = key.replace(" CANCEL", " INVITE");
        let Some(call) = self.call_by_invite(&invite) else { return };
        if self.calls.get(&call).is_some_and(|call| call.state == State::Rings) {
            self.respond(cx, &invite, 487, &[], "");
            self.end(cx, call, if is_elsewhere { "answered elsewhere" } else { "missed call" });
        }
    }

    pub(super) fn on_change(&mut self, cx: &mut Cx, key: &str, id: u32) {
        let contact = self.contact();
        let (Some(server), Some(call)) = (self.servers.get(key), self.calls.get_mut(&id)) else { return };
        if call.is_changing {
            return self.respond(cx, key, 491, &[], "");
        }
        let request = server.request.clone();
        let offer = request.sdp().and_then(Description::read);
        self.note_identity(id, &request);
        let Some(call) = self.calls.get_mut(&id) else { return };
        if let Some(contact) = request.header("Contact") {
            call.target = message::uri_of(contact).to_owned();
        }
        let body = match &offer {
            Some(offer) => self.answer_to(id, offer),
            None => {
                call.is_offered_late = true;
                Some(self.description(id))
            }
        };
        match body {
            Some(body) => {
                let mut headers = vec![contact];
                headers.extend(self.session_answer(cx, id, &request));
                self.respond(cx, key, 200, &headers, &body);
            }
            None => self.respond(cx, key, 488, &[], ""),
        }
    }

    /// Keeps a CANCEL beside the INVITE whose branch it shares.
    pub fn insert_cancel(&mut self, cx: &mut Cx, key: String, draft: Draft, via: String, text: String) {
        if let Purpose::Cancel(call) = draft.purpose {
            cx.wake(GIVES_UP_AFTER, Timer::GivenUp(call));
        }
        let pause = (!self.model.is_tcp).then_some(T1);
        let gives_up_at = cx.now + GIVES_UP_AFTER;
        let client = Client { draft, via, text, pause, gives_up_at, heard: 0, ack: None };
        self.clients.insert(key.clone(), client);
        cx.wake(pause.unwrap_or(Duration::from_secs(1)), Timer::Client(key));
    }
}

/// The numbers that a Diversion names with their reasons, newest first, as a phone lists them.
fn sent_on_by(diversion: &str) -> Vec<String> {
    let one = |value: &str| {
        let reason = parameter(value, "reason").unwrap_or("unknown");
        format!("{}, {reason}", message::user_of(message::uri_of(value)))
    };
    diversion.split(',').map(one).collect()
}
