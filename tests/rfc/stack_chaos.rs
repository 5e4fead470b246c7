//! Stacks under random orders and a bad wire: they end idle, never panic, and do the same again with the same seed.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;
use sip::event::{DialogId, Event, SubscriptionId, TransactionId};
use sip::message::{Message, Method, NameAddr, Uri};
use sip::stack::Stack;
use sip::transport::{Hop, Packet, Transmit};

use crate::peer::{ANNA, BERT, BOX, Office, Phone, SDP, name_of, reply, request_of_bert, sdp, tcp, udp};

/// What may happen next to an office with a caller and a callee.
#[derive(Clone, Debug)]
enum Step {
    Wait(u64),
    /// The owner does this to dialog number so-and-so.
    Order(u8, usize),
    /// The owner does this to subscription number so-and-so.
    Watch(u8, usize),
    /// Anna's phone sends this, in or out of its dialog.
    Anna(u8, bool),
    /// Bert's phone answers the request of ours that is so far back.
    Reply(u16, u8, usize),
    /// Bert's phone asks within the last dialog.
    Bert(u8, u8, u32),
    /// Something that was sent or received comes again.
    Again(usize),
    CloseFlow,
}

fn step() -> impl Strategy<Value = Step> {
    let status =
        prop::sample::select(vec![100u16, 180, 183, 200, 202, 302, 401, 408, 481, 486, 487, 491, 500, 503, 603]);
    prop_oneof![
        1 => (0u64..40_000).prop_map(Step::Wait),
        3 => (0u64..600).prop_map(Step::Wait),
        8 => (0u8..14, 0usize..4).prop_map(|(order, dialog)| Step::Order(order, dialog)),
        4 => (0u8..5, 0usize..3).prop_map(|(order, back)| Step::Watch(order, back)),
        6 => (0u8..11, any::<bool>()).prop_map(|(method, body)| Step::Anna(method, body)),
        // Its own answer to a re-INVITE, and the ACK of one of its own.
        2 => Just(Step::Reply(200, 0, 0)),
        2 => Just(Step::Anna(1, true)),
        4 => (status, 0u8..3, 0usize..4).prop_map(|(status, tag, back)| Step::Reply(status, tag, back)),
        4 => (0u8..6, 0u8..2, 1u32..9).prop_map(|(method, tag, cseq)| Step::Bert(method, tag, cseq)),
        2 => (0usize..8).prop_map(Step::Again),
        1 => Just(Step::CloseFlow),
    ]
}

const METHODS: [&str; 11] =
    ["INVITE", "ACK", "BYE", "CANCEL", "UPDATE", "INFO", "OPTIONS", "REGISTER", "PRACK", "SUBSCRIBE", "SUBSCRIBE"];
/// What SUBSCRIBEs ask for.
const EXPIRES: [&str; 3] = ["", "Expires: 0\r\n", "Expires: 60\r\n"];
const TAGS: [&str; 3] = ["x", "y", "z"];

struct World {
    office: Office,
    anna: Phone,
    received: Vec<(Hop, Vec<u8>)>,
    dialogs: Vec<DialogId>,
    subscriptions: Vec<(TransactionId, SubscriptionId)>,
    /// The To tag of Anna's last subscription.
    watch_tag: String,
}

impl World {
    /// `start` says whether Anna, or Bert, has a call already.
    fn new(on_tcp: bool, start: u8) -> World {
        let (mut office, mut anna) = (Office::new(), Phone::anna());
        if on_tcp {
            anna.hop = tcp(ANNA, 1);
        }
        anna.send(&mut office, "OPTIONS", "");
        let (dialogs, subscriptions, watch_tag) = (Vec::new(), Vec::new(), String::new());
        let mut world = World { office, anna, received: Vec::new(), dialogs, subscriptions, watch_tag };
        match start {
            0 => {}
            1 => world.dialogs.push(world.anna.connect(&mut world.office)),
            _ => {
                world.take(&Step::Order(0, 0));
                world.take(&Step::Reply(200, 0, 0));
            }
        }
        world
    }

    fn receive(&mut self, hop: Hop, text: impl AsRef<[u8]>) {
        self.received.push((hop, text.as_ref().to_vec()));
        self.office.receive(hop, text);
    }

    /// Requests of ours, the last one first, with where they went.
    fn requests(&self) -> Vec<(Hop, sip::message::Request)> {
        let sent = self.office.sent.iter().rev();
        let requests = sent.filter_map(|(_, sent)| match Message::parse(&sent.bytes) {
            Ok(Message::Request(request)) if request.method != Method::Ack => Some((sent.hop, request)),
            _ => None,
        });
        requests.take(4).collect()
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Wait(ms) => self.office.advance_ms(*ms),
            Step::Order(order, dialog) => self.order(*order, *dialog),
            Step::Watch(order, back) => self.watch(*order, *back),
            Step::Anna(method, has_body) => {
                let text = self.request_of_anna(METHODS[usize::from(*method)], *has_body);
                self.receive(self.anna.hop, text);
            }
            Step::Reply(status, tag, back) => {
                if let Some((hop, request)) = self.requests().get(*back) {
                    let bytes = reply(request, *status, TAGS[usize::from(*tag)], SDP);
                    self.receive(*hop, bytes);
                }
            }
            Step::Bert(method, tag, cseq) => {
                if let Some((_, invite)) = self.requests().iter().find(|(_, request)| request.method == Method::Invite)
                {
                    let method = METHODS[usize::from(*method)];
                    let text = request_of_bert(invite, TAGS[usize::from(*tag)], method, *cseq, SDP);
                    self.receive(udp(BERT), text);
                }
            }
            Step::Again(back) => {
                if let Some((hop, bytes)) = self.received.iter().rev().nth(*back).cloned() {
                    self.office.receive(hop, bytes);
                }
            }
            Step::CloseFlow => {
                self.office.run(|stack, now, out| stack.flow_closed(now, sip::transport::FlowId(1), out));
                self.office.poll();
            }
        }
        self.listen();
    }

    /// A SUBSCRIBE is one within the last subscription when it is to have a body.
    fn request_of_anna(&mut self, method: &str, has_body: bool) -> String {
        if method != "SUBSCRIBE" {
            return self.anna.request(method, if has_body { SDP } else { "" });
        }
        let call_tag = std::mem::take(&mut self.anna.to_tag);
        if has_body {
            self.anna.to_tag = self.watch_tag.clone();
        }
        let expires = EXPIRES[usize::try_from(self.anna.cseq).unwrap_or_default() % EXPIRES.len()];
        self.anna.extra = format!("Event: message-summary\r\n{expires}");
        let text = self.anna.request(method, "");
        (self.anna.to_tag, self.anna.extra) = (call_tag, String::new());
        text
    }

    /// Learns dialogs from events, and the To tag of a dialog with Anna.
    fn listen(&mut self) {
        for event in &self.office.events {
            if let Event::Invited(invited) = event
                && !self.dialogs.contains(&invited.dialog)
            {
                self.dialogs.push(invited.dialog);
            }
            if let Event::Subscribing(subscribing) = event {
                let new = (subscribing.transaction, subscribing.subscription);
                if !self.subscriptions.contains(&new) {
                    self.subscriptions.push(new);
                }
            }
        }
        if let Some((_, notify)) = self.requests().iter().find(|(_, request)| request.method == Method::Notify) {
            let from = notify.headers.from().unwrap();
            self.watch_tag = from.tag().unwrap().to_string();
        }
        let answers = self.office.sent.iter().rev().filter_map(|(_, sent)| Message::parse(&sent.bytes).ok());
        for message in answers.take(3) {
            if let Message::Response(response) = message
                && response.status == 200
                && response.headers.cseq().unwrap().method == Method::Invite
            {
                self.anna.learn_tag(&response);
            }
        }
    }

    fn watch(&mut self, order: u8, back: usize) {
        let Some(&(transaction, id)) = self.subscriptions.iter().rev().nth(back) else { return };
        self.office.run(|stack, now, out| match order {
            0 | 1 => stack.accept_subscription(now, transaction, sdp(), out),
            2 => stack.respond(now, transaction, 403, Vec::new(), out),
            3 => stack.end_subscription(now, id, "noresource", out),
            _ => stack.notify(now, id, sdp(), out),
        });
        self.office.poll();
    }

    fn order(&mut self, order: u8, dialog: usize) {
        if order == 0 {
            let offer = dialog.is_multiple_of(2).then(sdp);
            let dialog = self.office.call(udp(BERT), offer);
            return self.dialogs.push(dialog);
        }
        let Some(&dialog) = self.dialogs.iter().rev().nth(dialog) else { return };
        self.office.run(|stack, now, out| match order {
            1 => stack.ring(now, dialog, 180, None, out),
            2 => stack.answer(now, dialog, sdp(), out),
            3 => stack.refuse(now, dialog, 486, None, out),
            4 => stack.cancel(now, dialog, None, out),
            5 => stack.acknowledge(now, dialog, sdp(), out),
            6 => stack.hang_up(now, dialog, None, out),
            7 => stack.reoffer(now, dialog, Some(sdp()), out),
            8 => stack.reoffer(now, dialog, None, out),
            9 => stack.accept_reoffer(now, dialog, sdp(), out),
            10 => stack.refuse_reoffer(now, dialog, 488, out),
            11 => stack.info(now, dialog, sdp(), out),
            12 => stack.identify(now, dialog, NameAddr::named("Carol", Uri::sip(Some("103"), "office", None)), out),
            _ => stack.probe(now, dialog, out),
        });
        self.office.poll();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Each INVITE of ours, and each subscription, ends with one event and is never heard of again; whatever happened,
    /// hanging up and ending everything leaves nothing behind.
    #[test]
    fn random_orders_end_idle(on_tcp: bool, start in 0u8..3, steps in prop::collection::vec(step(), 1..60)) {
        let mut world = World::new(on_tcp, start);
        for step in &steps {
            world.take(step);
        }
        for dialog in world.dialogs.clone() {
            world.office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
        }
        for order in [2, 3] {
            for back in 0..world.subscriptions.len() {
                world.watch(order, back);
            }
        }
        let before = world.office.events.len();
        world.office.assert_idle_after(400);
        prop_assert_eq!(world.office.events.len(), before, "nothing is said of what was hung up");
        prop_assert_eq!(repeated_ends(&world.office.events), Vec::<u64>::new());
    }

    /// Two runs with the same seed send the same bytes at the same times.
    #[test]
    fn the_same_orders_send_the_same_bytes(start in 0u8..3, steps in prop::collection::vec(step(), 1..30)) {
        let (mut one, mut other) = (World::new(false, start), World::new(false, start));
        for step in &steps {
            one.take(step);
            other.take(step);
        }
        prop_assert_eq!(&one.office.sent, &other.office.sent);
    }

    /// Two stacks call each other over a wire that loses, doubles and reorders; every call ends on both sides.
    #[test]
    fn two_stacks_on_a_bad_wire_agree(seed: u64, loss in 0u64..40, is_delayed: bool) {
        let mut wire = Wire::new(seed, loss);
        wire.play(is_delayed);
        prop_assert!(wire.stacks.iter().all(Stack::is_idle), "{:?}", wire.said);
        let ends = |side: usize| wire.said[side].iter().any(|said| said == "HungUp" || said == "Lost");
        let has_answered = wire.said[0].iter().any(|said| said == "Answered");
        prop_assert!(!has_answered || ends(1), "{:?}", wire.said);
        if loss == 0 {
            prop_assert!(has_answered && wire.said[1].iter().any(|said| said == "HungUp"), "{:?}", wire.said);
        }
    }
}

fn repeated_ends(events: &[Event]) -> Vec<u64> {
    let mut ends = BTreeMap::new();
    for event in events {
        let ended = match event {
            Event::Rejected { dialog, .. } | Event::HungUp { dialog, .. } | Event::Lost { dialog } => dialog.0,
            Event::Unsubscribed { subscription } => subscription.0,
            _ => continue,
        };
        *ends.entry(ended).or_insert(0) += 1;
    }
    ends.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id).collect()
}

/// Two stacks, one as the caller and one as the callee, and what is between them.
struct Wire {
    stacks: [Stack; 2],
    said: [Vec<String>; 2],
    /// What is under way, by its time of arrival and a number.
    under_way: BTreeMap<(Duration, u64), (usize, Packet)>,
    now: Duration,
    random: u64,
    loss: u64,
    sent: u64,
    nonce: Option<Phone>,
}

impl Wire {
    fn new(seed: u64, loss: u64) -> Wire {
        Wire {
            stacks: [crate::peer::new_stack(3), crate::peer::new_stack(4)],
            said: [Vec::new(), Vec::new()],
            under_way: BTreeMap::new(),
            now: Duration::ZERO,
            random: seed | 1,
            loss,
            sent: 0,
            nonce: None,
        }
    }

    fn draw(&mut self, below: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % below
    }

    /// Loses, doubles and delays what one side sent. A first INVITE goes by hand, for it needs a digest.
    fn send(&mut self, from: usize, out: Vec<Transmit>) {
        for transmit in out {
            let copies = if self.draw(100) < self.loss { 0 } else { 1 + usize::from(self.draw(100) < self.loss) };
            for _ in 0..copies {
                let at = self.now + Duration::from_millis(1 + self.draw(1 + self.loss * 20));
                let bytes = self.with_digest(from, &transmit);
                let hop = udp(if from == 0 { ANNA } else { BOX });
                let hop = Hop { local: transmit.hop.remote, ..hop };
                self.sent += 1;
                self.under_way.insert((at, self.sent), (1 - from, Packet { hop, bytes }));
            }
        }
    }

    /// The caller's stack has no secrets: its first INVITE gets its digest on the way, with one nonce for all copies.
    fn with_digest(&mut self, from: usize, transmit: &Transmit) -> bytes::Bytes {
        let text = String::from_utf8(transmit.bytes.to_vec()).unwrap();
        let is_first =
            text.starts_with("INVITE") && !text.lines().any(|line| line.starts_with("To:") && line.contains("tag="));
        if from == 1 || !is_first {
            return transmit.bytes.clone();
        }
        let now = self.now;
        let phone = self.nonce.get_or_insert_with(|| {
            let mut phone = Phone::anna();
            let packet = Packet { hop: udp(ANNA), bytes: phone.request("OPTIONS", "").into_bytes().into() };
            let mut out = Vec::new();
            self.stacks[1].receive(now, packet, &mut out);
            let Message::Response(response) = Message::parse(&out[0].bytes).unwrap() else { panic!() };
            phone.learn(&response);
            phone
        });
        phone.uri = text.split(' ').nth(1).unwrap().to_owned();
        phone.nc = 0;
        let proven = phone.request("INVITE", "");
        let digest = proven.lines().find(|line| line.starts_with("Authorization")).unwrap();
        text.replacen("Max-Forwards", &format!("{digest}\r\nMax-Forwards"), 1).into_bytes().into()
    }

    fn heard(&mut self, side: usize, event: Option<Event>, out: &mut Vec<Transmit>) {
        let Some(event) = event else { return };
        self.said[side].push(name_of(&event));
        let stack = &mut self.stacks[side];
        match event {
            Event::Invited(invited) => {
                stack.ring(self.now, invited.dialog, 180, None, out);
                stack.answer(self.now, invited.dialog, sdp(), out);
            }
            Event::Answered { dialog, .. } => {
                stack.acknowledge(self.now, dialog, sdp(), out);
                stack.reoffer(self.now, dialog, Some(sdp()), out);
            }
            Event::Confirmed { dialog, .. } => stack.reoffer(self.now, dialog, None, out),
            Event::OfferDue { dialog } => stack.reoffer(self.now, dialog, Some(sdp()), out),
            Event::Reoffered { dialog, .. } => stack.accept_reoffer(self.now, dialog, sdp(), out),
            Event::ReofferAnswered { dialog, .. } => {
                stack.acknowledge(self.now, dialog, sdp(), out);
                if side == 0 {
                    stack.hang_up(self.now, dialog, None, out);
                }
            }
            Event::ReofferRefused { dialog, .. } if side == 0 => stack.hang_up(self.now, dialog, None, out),
            _ => {}
        }
    }

    /// One call from side 0 to side 1, until nothing waits any more.
    fn play(&mut self, is_delayed: bool) {
        let mut office = Office::new();
        std::mem::swap(&mut office.stack, &mut self.stacks[0]);
        let hop = Hop { local: ANNA.parse().unwrap(), ..udp(BOX) };
        office.call(hop, (!is_delayed).then(sdp));
        std::mem::swap(&mut office.stack, &mut self.stacks[0]);
        self.send(0, office.sent.into_iter().map(|(_, transmit)| transmit).collect());
        for _ in 0..20_000 {
            let arrival = self.under_way.first_key_value().map(|(key, _)| key.0);
            let deadlines = self.stacks.iter().map(Stack::next_deadline);
            let Some(next) = deadlines.chain([arrival]).flatten().min() else { return };
            self.now = self.now.max(next);
            if arrival.is_some_and(|at| at <= self.now) {
                let (_, (side, packet)) = self.under_way.pop_first().unwrap();
                let mut out = Vec::new();
                let event = self.stacks[side].receive(self.now, packet, &mut out);
                self.heard(side, event, &mut out);
                self.send(side, out);
            }
            for side in 0..2 {
                let mut out = Vec::new();
                while let Some(event) = self.stacks[side].poll(self.now, &mut out) {
                    self.heard(side, Some(event), &mut out);
                }
                self.send(side, out);
            }
        }
        panic!("the wire never fell silent: {:?}", self.said);
    }
}
