//! A simulated phone's insides: a small SIP user agent of its own, sharing nothing with the box's.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use super::appearance::{Appearance, PATIENCE, State};
use super::busy_key::BusyKey;
use super::digest::Challenge;
use super::lamp::Lamp;
use super::message::{self, Message, Start};
use super::model::Model;
use super::passing::Passing;
use super::registration::Registration;
use super::transaction::{Client, Draft, GIVES_UP_AFTER, Purpose, Server, T1, T2};
use crate::dice::Dice;

/// What a phone wants of the world after it was given something to do.
#[derive(Clone, Debug)]
pub enum Act {
    /// A message leaves.
    Send(String),
    /// Wake it at this time.
    Wake(Duration, Timer),
}

/// What a phone may have wanted to be woken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Timer {
    /// A request of its own may need repetition.
    Client(String),
    /// A response of its own may need repetition.
    Server(String),
    /// The registration needs a refresh.
    Register,
    /// It acknowledges at last.
    Acknowledge(String),
    /// It answers by itself.
    Answer(u32),
    /// It has rung, or let the other side ring, long enough.
    Patience(u32),
    /// A call that was given up is gone, whether or not the box has said so (RFC 3261 §9.1).
    GivenUp(u32),
    /// A hold or resume that met another on the way is tried again.
    ChangeAgain(u32),
    /// The session of a call may need a refresh, or be over.
    Session(u32),
    /// A call's ringing is not confirmed yet: after this pause, until that time.
    RingAgain(u32, Duration, Duration),
    /// The subscription of this Call-ID needs a refresh; empty: one is to be tried again.
    Watch(String),
    /// The same of a busy key.
    BusyKey(usize, String),
}

/// The moment, and what is to be done: passed through everything a phone does.
#[derive(Debug)]
pub struct Cx {
    /// Since the world began.
    pub now: Duration,
    /// What the phone wants, in order.
    pub acts: Vec<Act>,
}

impl Cx {
    /// At this moment, with nothing to do yet.
    pub fn at(now: Duration) -> Cx {
        Cx { now, acts: Vec::new() }
    }

    /// Wants to be woken.
    pub fn wake(&mut self, after: Duration, timer: Timer) {
        self.acts.push(Act::Wake(self.now + after, timer));
    }
}

/// One phone.
#[derive(Clone, Debug)]
pub struct Ua {
    /// Its extension: the number that rings it.
    pub extension: String,
    /// Its owner's name.
    pub owner: String,
    /// The digest user name.
    pub user: String,
    /// The digest secret.
    pub secret: String,
    /// Its habits.
    pub model: Model,
    /// The address its messages come from, behind the NAT's outside where there is one.
    pub address: SocketAddr,
    /// The address it believes to have.
    pub own: SocketAddr,
    /// The box.
    pub server: SocketAddr,
    /// Whether it has power.
    pub is_on: bool,
    /// Whether it puts off refreshing its registration, so that an audit finds a quiet office.
    pub is_resting: bool,
    /// Whether its user speaks when there is somebody to speak to.
    pub is_speaking: bool,
    /// How often it was switched on: wake-ups of an earlier life are void.
    pub life: u32,
    /// Its registration.
    pub registration: Registration,
    /// Its message lamp.
    pub lamp: Lamp,
    /// Its keys with the lamps of extensions.
    pub busy_keys: Vec<BusyKey>,
    /// The transfers that it asked for, by Call-ID.
    pub passing: BTreeMap<String, Passing>,
    /// The dialog that its next INVITE is to take the place of.
    pub taking: Option<String>,
    /// The challenge it uses again.
    pub challenge: Option<Challenge>,
    /// Its calls by number.
    pub calls: BTreeMap<u32, Appearance>,
    /// Its requests by branch.
    pub clients: BTreeMap<String, Client>,
    /// What it received, by branch and method.
    pub servers: BTreeMap<String, Server>,
    /// What the display says.
    pub shows: String,
    /// The calls of which both sides know that they ended, by Call-ID, and when.
    pub ended: BTreeMap<String, Duration>,
    /// Requests to dialogs that ended long ago.
    pub strays: Vec<String>,
    /// Chance of its own: tags and branches.
    pub dice: Dice,
    /// How many calls it had when it lost power.
    pub calls_without_power: u64,
    /// The number of its next call.
    pub next_call: u32,
}

impl Ua {
    /// Gives it power: it forgets everything and registers.
    pub fn power_on(&mut self, cx: &mut Cx) {
        self.is_on = true;
        self.life += 1;
        self.forget();
        self.registration = Registration::new(&mut self.dice);
        self.register(cx);
    }

    /// Takes its power away, in the middle of whatever it does.
    pub fn power_off(&mut self) {
        self.is_on = false;
        self.life += 1;
        self.calls_without_power += self.calls.len() as u64;
        self.forget();
        self.registration = Registration::new(&mut self.dice);
        self.shows = "off".to_owned();
    }

    fn forget(&mut self) {
        self.calls.clear();
        self.clients.clear();
        self.servers.clear();
        self.ended.clear();
        self.passing.clear();
        self.challenge = None;
        self.lamp = Lamp::default();
        self.forget_busy_keys();
        self.shows.clear();
    }

    /// Takes a message from the wire.
    pub fn receive(&mut self, cx: &mut Cx, bytes: &[u8]) {
        let Some(message) = Message::read(bytes) else { return };
        match message.start.clone() {
            Start::Response { status, .. } => self.on_response(cx, status, &message),
            Start::Request { method, .. } => self.on_request(cx, &method, message),
        }
    }

    /// Is woken.
    pub fn on_timer(&mut self, cx: &mut Cx, timer: Timer) {
        match timer {
            Timer::Client(branch) => self.on_client_timer(cx, branch),
            Timer::Server(key) => self.on_server_timer(cx, key),
            Timer::Register if self.is_resting => cx.wake(Duration::from_secs(1), Timer::Register),
            Timer::Register => self.register(cx),
            Timer::Watch(_) | Timer::BusyKey(..) if self.is_resting => cx.wake(Duration::from_secs(1), timer),
            Timer::BusyKey(key, call_id) => self.on_busy_key_timer(cx, key, &call_id),
            Timer::Watch(call_id) => self.on_watch_timer(cx, &call_id),
            Timer::Acknowledge(text) => cx.acts.push(Act::Send(text)),
            Timer::Answer(call) => self.answer(cx, call),
            Timer::Patience(call) => {
                let is_waiting = |call: &Appearance| matches!(call.state, State::Dialling | State::Ringback);
                if self.calls.get(&call).is_some_and(is_waiting) {
                    self.hang_up(cx, call);
                }
                self.stop_ringing(cx, call);
            }
            Timer::GivenUp(call) => {
                if self.calls.get(&call).is_some_and(|call| call.state == State::GivingUp) {
                    self.end(cx, call, "no reply");
                }
            }
            Timer::ChangeAgain(call) => self.change(cx, call),
            Timer::RingAgain(call, pause, until) => self.ring_again(cx, call, pause, until),
            Timer::Session(call) => self.on_session_timer(cx, call),
        }
    }

    /// Says a request, with credentials where it has a challenge it may use again.
    pub fn send(&mut self, cx: &mut Cx, mut draft: Draft) -> String {
        let branch = format!("z9hG4bK{}", self.dice.word());
        let transport = if self.model.is_tcp { "TCP" } else { "UDP" };
        let rport = if self.model.has_rport { ";rport" } else { "" };
        let via = format!("SIP/2.0/{transport} {};branch={branch}{rport}", self.own);
        let text = self.say(&mut draft, &via);
        cx.acts.push(Act::Send(text.clone()));
        let pause = (!self.model.is_tcp).then_some(T1);
        let client = Client { draft, via, text, pause, gives_up_at: cx.now + GIVES_UP_AFTER, heard: 0, ack: None };
        self.clients.insert(branch.clone(), client);
        cx.wake(pause.unwrap_or(GIVES_UP_AFTER), Timer::Client(branch.clone()));
        branch
    }

    fn say(&mut self, draft: &mut Draft, via: &str) -> String {
        let mut headers = vec![
            ("Via".to_owned(), via.to_owned()),
            ("Max-Forwards".to_owned(), "70".to_owned()),
            ("From".to_owned(), draft.from.clone()),
            ("To".to_owned(), draft.to.clone()),
            ("Call-ID".to_owned(), draft.call_id.clone()),
            ("CSeq".to_owned(), format!("{} {}", draft.cseq, draft.method)),
            ("User-Agent".to_owned(), self.model.software.clone()),
        ];
        headers.extend(draft.others.iter().cloned());
        let may = draft.refusals > 0 || self.model.reuses_challenge;
        let client_nonce = self.dice.word();
        if let Some(challenge) = self.challenge.as_mut().filter(|_| may && draft.method != "CANCEL") {
            let value = challenge.answer(&self.user, &self.secret, draft.method, &draft.uri, &client_nonce);
            headers.push(("Authorization".to_owned(), value));
        }
        self.spelled(message::request(draft.method, &draft.uri, &headers, &draft.body))
    }

    /// In the model's way of writing.
    pub fn spelled(&self, text: String) -> String {
        if self.model.is_compact { message::compact(&text) } else { text }
    }

    fn on_response(&mut self, cx: &mut Cx, status: u16, message: &Message) {
        let mut branch = message.branch();
        if message.cseq().1 == "CANCEL" {
            branch.push_str(" CANCEL");
        }
        let Some(client) = self.clients.get_mut(&branch) else { return };
        if message.cseq().1 != client.draft.method {
            return;
        }
        if client.is_done() {
            if let (Some(ack), true) = (&client.ack, status >= 200) {
                cx.acts.push(Act::Send(ack.clone()));
            }
            return;
        }
        client.heard = status;
        if status < 200 {
            // A non-INVITE request is still repeated, every T2 (§17.1.2.2).
            client.pause = if client.draft.method == "INVITE" { None } else { client.pause.map(|_| T2) };
            if let Purpose::Invite(call) = client.draft.purpose {
                self.on_progress(cx, call, status, message);
            }
            return;
        }
        let draft = client.draft.clone();
        if draft.method == "INVITE" && status >= 300 {
            self.acknowledge_failure(cx, &branch, message);
        }
        if draft.method == "BYE" && self.model.is_deaf_to_bye_answers {
            self.clients.entry(branch.clone()).and_modify(|client| client.heard = 0);
        }
        if matches!(status, 401 | 407) && draft.refusals < 2 {
            let header = if status == 401 { "WWW-Authenticate" } else { "Proxy-Authenticate" };
            if let Some(challenge) = Challenge::choose(message.all(header), self.model.is_md5_only) {
                self.challenge = Some(challenge);
                self.send_again(cx, draft);
                return;
            }
        }
        self.on_final(cx, &branch, &draft, status, message);
    }

    fn send_again(&mut self, cx: &mut Cx, mut draft: Draft) {
        draft.refusals += 1;
        let cseq = self.next_cseq(draft.purpose, draft.cseq);
        draft.cseq = cseq;
        let purpose = draft.purpose;
        let branch = self.send(cx, draft);
        if let Purpose::Invite(call) = purpose
            && let Some(call) = self.calls.get_mut(&call)
        {
            call.invite = branch;
        }
    }

    fn next_cseq(&mut self, purpose: Purpose, last: u32) -> u32 {
        match purpose {
            Purpose::Register => {
                self.registration.cseq += 1;
                self.registration.cseq
            }
            Purpose::Invite(call)
            | Purpose::Change(call)
            | Purpose::Refresh(call)
            | Purpose::Refer(call)
            | Purpose::Bye(call)
            | Purpose::Cancel(call) => self.calls.get_mut(&call).map_or(last + 1, |call| {
                call.cseq += 1;
                call.cseq
            }),
            Purpose::Subscribe => self.next_watch_cseq(last),
            Purpose::BusyKey(key) => self.next_busy_key_cseq(key, last),
            Purpose::Key => last + 1,
        }
    }

    fn on_final(&mut self, cx: &mut Cx, branch: &str, draft: &Draft, status: u16, message: &Message) {
        match draft.purpose {
            Purpose::Register => self.on_registered(cx, status, message),
            Purpose::Invite(call) => self.on_invite_answer(cx, branch, call, status, message),
            Purpose::Change(call) => self.on_change_answer(cx, branch, call, status, message),
            Purpose::Refresh(call) => self.on_refresh_answer(cx, call, status, message),
            Purpose::Refer(call) => self.on_refer_answer(cx, call, status),
            Purpose::Subscribe => self.on_watch_answer(cx, &draft.call_id, status, message),
            Purpose::BusyKey(key) => self.on_busy_key_answer(cx, key, &draft.call_id, status, Some(message)),
            Purpose::Cancel(_) | Purpose::Key => {}
            Purpose::Bye(_) => {
                self.ended.insert(draft.call_id.clone(), cx.now);
            }
        }
    }

    fn acknowledge_failure(&mut self, cx: &mut Cx, branch: &str, message: &Message) {
        let Some(client) = self.clients.get_mut(branch) else { return };
        let headers = [
            ("Via".to_owned(), client.via.clone()),
            ("Max-Forwards".to_owned(), "70".to_owned()),
            ("From".to_owned(), client.draft.from.clone()),
            ("To".to_owned(), message.header("To").unwrap_or_default().to_owned()),
            ("Call-ID".to_owned(), client.draft.call_id.clone()),
            ("CSeq".to_owned(), format!("{} ACK", client.draft.cseq)),
        ];
        let text = message::request("ACK", &client.draft.uri, &headers, "");
        let text = if self.model.is_compact { message::compact(&text) } else { text };
        client.ack = Some(text.clone());
        cx.acts.push(Act::Send(text));
    }

    fn on_client_timer(&mut self, cx: &mut Cx, branch: String) {
        let Some(client) = self.clients.get_mut(&branch) else { return };
        let is_invite = client.draft.method == "INVITE";
        if cx.now >= client.gives_up_at && !(is_invite && (100..200).contains(&client.heard)) {
            let client = self.clients.remove(&branch).expect("it was found above");
            if client.heard == 0 || !client.is_done() {
                self.on_silence(cx, &client.draft);
            }
            return;
        }
        if let (Some(pause), false) = (client.pause, client.is_done()) {
            cx.acts.push(Act::Send(client.text.clone()));
            let next = if is_invite { pause * 2 } else { (pause * 2).min(T2) };
            client.pause = Some(next);
            cx.wake(next, Timer::Client(branch));
        } else {
            let left = client.gives_up_at.saturating_sub(cx.now).max(Duration::from_secs(1));
            cx.wake(left, Timer::Client(branch));
        }
    }

    fn on_silence(&mut self, cx: &mut Cx, draft: &Draft) {
        match draft.purpose {
            Purpose::Register => self.on_registrar_silent(cx),
            Purpose::Invite(call) => self.end(cx, call, "no reply"),
            Purpose::Change(call) | Purpose::Refresh(call) => {
                // RFC 3261 §14.1: a re-INVITE without any response ends the dialog.
                self.hang_up(cx, call);
            }
            Purpose::Cancel(call) => self.end(cx, call, "no reply"),
            Purpose::Subscribe => self.on_watch_silence(cx, &draft.call_id),
            Purpose::BusyKey(key) => self.on_busy_key_answer(cx, key, &draft.call_id, 408, None),
            Purpose::Bye(_) | Purpose::Key | Purpose::Refer(_) => {}
        }
    }

    /// A call is gone from the display, which says why.
    pub fn end(&mut self, cx: &mut Cx, call: u32, shows: &str) {
        if let Some(call) = self.calls.remove(&call) {
            // What the box may not have heard of, it may still ask about.
            if !matches!(shows, "hung up" | "no reply") {
                self.ended.insert(call.call_id, cx.now);
            }
            self.shows = shows.to_owned();
        }
    }

    /// The patience of a caller begins.
    pub fn be_patient(&self, cx: &mut Cx, call: u32) {
        cx.wake(PATIENCE, Timer::Patience(call));
    }

    /// The headers that every phone adds to a request or response that makes a dialog.
    pub fn contact(&self) -> (String, String) {
        let transport = if self.model.is_tcp { ";transport=tcp" } else { "" };
        ("Contact".to_owned(), format!("<sip:{}@{}{transport}>", self.user, self.own))
    }

    /// The key of what was received: the branch, and the method but for ACK, which belongs to its INVITE.
    pub fn server_key(message: &Message, method: &str) -> String {
        let method = if method == "ACK" { "INVITE" } else { method };
        format!("{} {method}", message.branch())
    }
}

impl Server {
    /// Something just received.
    pub fn new(request: Message, tag: String) -> Server {
        Server { request, said: None, status: 0, pause: T1, forgets_at: None, is_acknowledged: false, tag }
    }
}
