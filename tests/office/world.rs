//! The simulated world: virtual time, a queue of events, the box and everything around it.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use config::{Config, RawConfig, RuleChange, Secret};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use pbx::engine::{Engine, RtpRange, Settings};
use pbx::input::{Answer, AskId, Input, LegId, MediaEvent, Order, OrderId, RecordingId};
use pbx::output::{Ask, Output, PlayId, Reply};
use pbx::status::Status;
use pbx::time::{BEGINS_AT, Now};
use sip::transport::{FlowId, Hop, Packet, Transmit, Transport};

use crate::carrier::{Peer, Temper, hop_from};
use crate::clock::Clock;
use crate::dice::Dice;
use crate::guesser::Guesser;
use crate::ladder::{Ladder, Rung};
use crate::media::{LISTENS_EVERY, Later, Media};
use crate::names::Names;
use crate::phone::lamp::Lamp;
use crate::phone::model::Model;
use crate::phone::registration::Registration;
use crate::phone::ua::{Act, Cx, Timer, Ua};
use crate::place::{ANYWHERE, Place};
use crate::secure::Secure;
use crate::store::{Mood, Store};
use crate::text::{PhoneLine, REALM};
use crate::wire::{Conditions, Way, Wire, lan};

/// The box's address, until it moves. It listens on every address that it has.
pub const BOX: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)), 5060);
/// How often the engine may ask for a moment within a second before it counts as spinning: a deadline that is armed again each millisecond
/// does.
const SPINS: u32 = 400;
/// How long a key is held.
const PRESS: Duration = Duration::from_millis(120);

/// Something that will happen.
#[derive(Clone, Debug)]
enum Event {
    ToBox { life: u32, input: Box<Input> },
    ToPhone { phone: usize, life: u32, bytes: Bytes },
    ToCarrier { carrier: usize, bytes: Bytes },
    Phone { phone: usize, life: u32, timer: Timer },
    Wish { life: u32, ask: AskId, wish: Ask },
    WishFails { life: u32, ask: AskId },
    PlayEnds { life: u32, leg: LegId, play: PlayId },
    Listen { life: u32, leg: LegId },
    Look { life: u32, leg: LegId, recording: RecordingId },
    SayKey { life: u32, leg: LegId, digit: char },
    FlowDies(FlowId),
    PowerOn { phone: usize },
}

/// Everything there is.
#[derive(Clone)]
pub struct World {
    /// Virtual time since the world began.
    pub now: Duration,
    /// The box's wall clock.
    pub clock: Clock,
    /// The office's zone.
    pub zone: TimeZone,
    /// The office file in force.
    pub raw: RawConfig,
    /// The phones that the text knows; each can be plugged in.
    pub lines: Vec<PhoneLine>,
    /// The phones that were plugged in.
    pub phones: Vec<Ua>,
    /// The carriers outside.
    pub carriers: Vec<Peer>,
    /// Who tries passwords.
    pub guesser: Guesser,
    /// The line of each phone.
    pub wires: Vec<Wire>,
    /// The fake media shell.
    pub media: Media,
    /// The fake disk.
    pub store: Store,
    /// The names outside.
    pub names: Names,
    /// What happened.
    pub ladder: Ladder,
    /// The box's heart.
    pub engine: Engine,
    /// What it published last.
    pub status: Arc<Status>,
    /// Its answers to orders.
    pub replies: BTreeMap<OrderId, Reply>,
    /// Where the box is now, and where it was and is no more.
    pub place: Place,
    /// The connections within TLS to carriers.
    pub secure: Secure,
    /// Whether `Silent` never reaches the engine: for the test of the test.
    pub swallows_silence: bool,
    /// Chance.
    pub dice: Dice,
    /// What was found wrong on the way, for the audit.
    pub noticed: Vec<String>,
    /// How often a PIN was right.
    pub pins_right: u64,
    /// How many messages the box has sent.
    pub sent: u64,
    seed: u64,
    digest: DefaultHasher,
    queue: BTreeMap<(Duration, u64), Event>,
    next_event: u64,
    due: Option<Duration>,
    boot: Duration,
    life: u32,
    flows: BTreeMap<FlowId, usize>,
    next_flow: u64,
    spins: u32,
    pub(crate) revision: u64,
}

impl World {
    /// An office with nobody in it yet.
    pub fn new(raw: RawConfig, lines: Vec<PhoneLine>, start: Timestamp, zone: TimeZone, seed: u64) -> World {
        let store = Store::default();
        let clock = Clock::set(start);
        let engine = boot(&raw, 1, &store, seed, 0, clock.reads(BEGINS_AT, Duration::ZERO));
        let mut world = World {
            now: Duration::ZERO,
            clock,
            zone,
            raw,
            lines,
            phones: Vec::new(),
            carriers: Vec::new(),
            guesser: Guesser::default(),
            wires: Vec::new(),
            media: Media::default(),
            store,
            names: Names::default(),
            ladder: Ladder::default(),
            engine,
            status: Arc::default(),
            replies: BTreeMap::new(),
            place: Place::default(),
            secure: Secure::default(),
            swallows_silence: false,
            dice: Dice::new(seed),
            noticed: Vec::new(),
            pins_right: 0,
            sent: 0,
            seed,
            digest: DefaultHasher::new(),
            queue: BTreeMap::new(),
            next_event: 0,
            due: None,
            boot: Duration::ZERO,
            life: 0,
            flows: BTreeMap::new(),
            next_flow: 1,
            spins: 0,
            revision: 1,
        };
        world.tell(Input::Addresses(world.place.addresses()));
        world
    }

    /// The date and time of people.
    pub fn wall(&self) -> Timestamp {
        self.clock.wall(self.now)
    }

    /// A number that differs as soon as one byte or one moment does.
    pub fn fingerprint(&self) -> u64 {
        self.digest.finish()
    }

    /// Lets the next event happen if it is due by then; otherwise it becomes that late.
    pub fn step(&mut self, until: Duration) -> bool {
        let queued = self.queue.first_key_value().map(|((at, _), _)| *at);
        let next = [queued, self.due].into_iter().flatten().min();
        let Some(next) = next.filter(|next| *next <= until) else {
            self.now = self.now.max(until);
            return false;
        };
        if next.as_secs() > self.now.as_secs() {
            self.spins = 0;
        }
        self.now = self.now.max(next);
        if queued.is_none_or(|queued| queued > self.now) {
            self.spins += 1;
            assert!(
                self.spins < SPINS,
                "the engine asks for one moment after the other without end\n{}",
                self.ladder.text()
            );
            self.tell(Input::Tick);
        } else if let Some((_, event)) = self.queue.pop_first() {
            self.happen(event);
        }
        true
    }

    /// Lets time pass.
    pub fn run(&mut self, span: Duration) {
        let until = self.now + span;
        while self.step(until) {}
    }

    fn later(&mut self, at: Duration, event: Event) {
        self.next_event += 1;
        self.queue.insert((at, self.next_event), event);
    }

    fn happen(&mut self, event: Event) {
        let is_this_life = |life: u32| life == self.life;
        match event {
            Event::ToBox { life, input } if is_this_life(life) => self.tell(*input),
            Event::ToPhone { phone, life, bytes } if self.phones[phone].life == life => {
                self.with_phone(phone, |ua, cx| ua.receive(cx, &bytes));
            }
            Event::ToCarrier { carrier, bytes } => {
                let said = self.carriers[carrier].receive(&bytes);
                said.into_iter().for_each(|text| self.send_from_carrier(carrier, text));
            }
            Event::Phone { phone, life, timer } if self.phones[phone].life == life => {
                self.with_phone(phone, |ua, cx| ua.on_timer(cx, timer));
            }
            Event::Wish { life, ask, wish } if is_this_life(life) => self.obey(ask, wish),
            Event::WishFails { life, ask } if is_this_life(life) => {
                self.tell(Input::Answer(ask, Answer::Failed));
            }
            Event::PlayEnds { life, leg, play } if is_this_life(life) => {
                if let Some(event) = self.media.play_ends(leg, play) {
                    self.tell(Input::Media(event));
                }
            }
            Event::Listen { life, leg } if is_this_life(life) => self.listen(leg),
            Event::Look { life, leg, recording } if is_this_life(life) => {
                let speaker = self.speaks_on(leg).or_else(|| self.speaks_outside(leg));
                let later = self.media.look(self.now, leg, recording, speaker.as_deref());
                self.after_media(later);
            }
            Event::SayKey { life, leg, digit } if is_this_life(life) => {
                if let Some((peer, events)) = self.media.says_key(self.now, leg, digit) {
                    self.key_arrives(peer, events, digit);
                }
            }
            Event::FlowDies(flow) => self.flow_dies(flow),
            // Unless a scenario has switched it on or off itself meanwhile.
            Event::PowerOn { phone } if self.phones[phone].life == 0 => self.power_on(phone),
            // An earlier life's events are void: whoever waited for them is gone.
            _ => {}
        }
    }

    fn listen(&mut self, leg: LegId) {
        let Some(port) = self.media.ports.get(&leg) else { return };
        let heard = port.peer.and_then(|peer| self.sends_from(peer)).cloned();
        let said = self.media.listen(self.now, leg, heard.as_ref());
        self.later(self.now + LISTENS_EVERY, Event::Listen { life: self.life, leg });
        for event in said {
            if !self.swallows_silence || !matches!(event, MediaEvent::Silent { .. }) {
                self.tell(Input::Media(event));
            }
        }
    }

    /// The line on which RTP comes from this address of a phone.
    fn sends_from(&self, rtp: SocketAddr) -> Option<&Conditions> {
        let index = self.phones.iter().position(|ua| ua.own.ip() == rtp.ip())?;
        let sends = self.phones[index].calls.values().any(|call| call.rtp == rtp && call.sends());
        let is_heard = self.phones[index].is_on && !self.wires[index].is_cut() && sends;
        is_heard.then(|| self.wires[index].conditions())
    }

    /// The phone whose user is heard on a leg now: its RTP arrives, and somebody speaks into it.
    fn speaks_on(&self, leg: LegId) -> Option<String> {
        let peer = self.media.ports.get(&leg)?.peer?;
        let ua = self.phones.iter().find(|ua| ua.own.ip() == peer.ip() && ua.is_speaking)?;
        self.sends_from(peer).map(|_| ua.user.clone())
    }

    /// Gives the engine an input and does what it wants.
    pub fn tell(&mut self, input: Input) {
        let now = self.clock.reads(BEGINS_AT + self.now - self.boot, self.now);
        let mut out = Vec::new();
        let due = self.engine.handle(now, input, &mut out);
        self.due = due.map(|due| (self.boot + due.saturating_sub(BEGINS_AT)).max(self.now));
        for output in out {
            self.deliver(output);
        }
    }

    fn deliver(&mut self, output: Output) {
        match output {
            Output::Datagram(transmit) => self.send_down(transmit),
            Output::SecurePeers(peers) => self.secure.trusts(peers),
            Output::Media(order) => {
                self.ladder.push(self.now, Rung::Media(order.clone()));
                let later = self.media.obey(self.now, order, &self.store.mailboxes.files);
                self.after_media(later);
            }
            Output::Ask(ask, wish) => self.wish(ask, wish),
            Output::Status(status) => self.status = status,
            Output::Reply(order, reply) => {
                self.replies.insert(order, reply);
            }
        }
    }

    /// What follows from an order to the media threads: files at once, the rest when its time comes.
    fn after_media(&mut self, later: Vec<(Duration, Later)>) {
        for finished in std::mem::take(&mut self.media.finished) {
            self.store.mailboxes.file_done(finished);
        }
        let life = self.life;
        for (after, later) in later {
            let event = match later {
                Later::Event(event) => Event::ToBox { life, input: Box::new(Input::Media(event)) },
                Later::PlayEnds(leg, play) => Event::PlayEnds { life, leg, play },
                Later::Listen(leg) => Event::Listen { life, leg },
                Later::Look(leg, recording) => Event::Look { life, leg, recording },
                Later::Key(leg, digit) => Event::SayKey { life, leg, digit },
            };
            self.later(self.now + after, event);
        }
    }

    /// A question reaches the shell. The store answers in the order that it was asked in, however it fares meanwhile.
    fn wish(&mut self, ask: AskId, wish: Ask) {
        let life = self.life;
        self.store.has_failed |= self.store.mood != Mood::WORKS;
        let (after, event) = match self.store.mood {
            Mood::Writes(after) => (after, Event::Wish { life, ask, wish }),
            Mood::Fails => (Duration::from_millis(1), Event::WishFails { life, ask }),
            Mood::IsDead => return,
        };
        let at = (self.now + after).max(self.store.busy_until);
        self.store.busy_until = at;
        self.later(at, event);
    }

    /// The shell does what it is asked, and says so; a mailbox that is different is told of first.
    fn obey(&mut self, ask: AskId, wish: Ask) {
        let answer = match wish {
            Ask::Commit(records) => {
                self.store.write(records);
                Answer::Committed
            }
            Ask::Resolve { host, port, .. } => self.names.resolve(&host, port),
            Ask::ChangeRules { extension, change } => self.change_rules(&extension, &change),
            Ask::CheckPin { .. } | Ask::CheckCode { .. } | Ask::SetPin { .. } => self.obey_secret(wish),
            wish => {
                let (changed, answer) = self.store.mailboxes.obey(wish);
                changed.into_iter().for_each(|changed| self.tell(changed));
                answer
            }
        };
        self.tell(Input::Answer(ask, answer));
    }

    fn change_rules(&mut self, extension: &str, change: &RuleChange) -> Answer {
        let config = Config::check(&self.raw, &mut Vec::new());
        let now = self.wall();
        if change.apply(&mut self.raw, &config, extension, now).is_none() {
            return Answer::Gone;
        }
        self.reload();
        Answer::Committed
    }

    fn send_down(&mut self, transmit: Transmit) {
        self.sent += 1;
        self.now.hash(&mut self.digest);
        transmit.bytes.hash(&mut self.digest);
        transmit.hop.hash(&mut self.digest);
        if let Some(carrier) = self.carriers.iter().position(|carrier| carrier.address == transmit.hop.remote) {
            return self.send_to_carrier(carrier, transmit);
        }
        if transmit.hop.remote == self.guesser.address {
            return self.guesser.hears(&transmit.bytes);
        }
        let is_stream = transmit.hop.transport == Transport::Tcp;
        let phone = match transmit.hop.flow {
            Some(flow) => self.flows.get(&flow).copied(),
            None => self.phones.iter().position(|ua| {
                let (address, remote) = (ua.address, transmit.hop.remote);
                if is_stream { address.ip() == remote.ip() && ua.model.is_tcp } else { address == remote }
            }),
        };
        if phone.is_none() && is_stream && transmit.hop.flow.is_none() {
            self.refuses_connection(transmit.hop);
        }
        let reached = phone.filter(|phone| self.phones[*phone].is_on);
        let arrivals = reached
            .map_or(Vec::new(), |phone| self.wires[phone].arrivals(self.now, Way::Down, is_stream, &mut self.dice));
        let to = phone.map_or(transmit.hop.remote.to_string(), |phone| self.phones[phone].user.clone());
        let (bytes, is_lost) = (transmit.bytes, arrivals.is_empty());
        self.ladder.push(self.now, Rung::Sent { from: "box".to_owned(), to, bytes: bytes.clone(), is_lost });
        let Some(phone) = reached else { return };
        if is_stream && transmit.hop.flow.is_none() && self.flow_of(phone).is_none() {
            self.open_flow(phone);
        }
        let life = self.phones[phone].life;
        for at in arrivals {
            self.later(at, Event::ToPhone { phone, life, bytes: bytes.clone() });
        }
    }

    /// Nobody listens there for connections.
    fn refuses_connection(&mut self, hop: Hop) {
        self.reaches_box(self.now + Duration::from_millis(1), Input::Unreachable(hop));
    }

    /// The shell tells the box something.
    pub fn reaches_box(&mut self, at: Duration, input: Input) {
        self.later(at, Event::ToBox { life: self.life, input: Box::new(input) });
    }

    fn send_to_carrier(&mut self, carrier: usize, Transmit { hop, bytes }: Transmit) {
        if hop.transport == Transport::Tcp && !self.carriers[carrier].takes_tcp {
            return self.refuses_connection(hop);
        }
        if hop.transport == Transport::Tls
            && let Err(why) = self.secure.carries(&hop, &bytes, &self.carriers[carrier].proves)
        {
            return self.distrusts(hop, why);
        }
        let is_lost = self.carriers[carrier].temper == Temper::IsSilent;
        let to = format!("carrier {carrier}");
        self.ladder.push(self.now, Rung::Sent { from: "box".to_owned(), to, bytes: bytes.clone(), is_lost });
        let is_stream = hop.transport.is_reliable();
        for at in self.carriers[carrier].wire.arrivals(self.now, Way::Down, is_stream, &mut self.dice) {
            self.later(at, Event::ToCarrier { carrier, bytes: bytes.clone() });
        }
    }

    /// A carrier says something to the box.
    pub fn send_from_carrier(&mut self, carrier: usize, text: String) {
        let (bytes, from) = (Bytes::from(text), format!("carrier {carrier}"));
        let rung = Rung::Sent { from, to: "box".to_owned(), bytes: bytes.clone(), is_lost: false };
        self.ladder.push(self.now, rung);
        let hop = self.secure.back(hop_from(self.carriers[carrier].address, &bytes), &bytes);
        let packet = Packet { hop, bytes };
        let is_stream = hop.transport.is_reliable();
        let arrivals = self.carriers[carrier].wire.arrivals(self.now, Way::Up, is_stream, &mut self.dice);
        if self.place.misses(&packet.bytes) {
            return;
        }
        for at in arrivals {
            self.reaches_box(at, Input::Datagram(packet.clone()));
        }
    }

    /// Somebody tries so many passwords of this user.
    pub fn guess(&mut self, user: &str, times: u32) {
        for _ in 0..times {
            let packet = self.guesser.says(user, &mut self.dice);
            self.tell(Input::Datagram(packet));
        }
    }

    /// Lets a phone do something, and carries out what it wants.
    pub fn with_phone<R>(&mut self, phone: usize, does: impl FnOnce(&mut Ua, &mut Cx) -> R) -> R {
        let mut cx = Cx::at(self.now);
        let result = does(&mut self.phones[phone], &mut cx);
        let life = self.phones[phone].life;
        for act in cx.acts {
            match act {
                Act::Send(text) => self.send_up(phone, Bytes::from(text)),
                Act::Wake(at, timer) => self.later(at, Event::Phone { phone, life, timer }),
            }
        }
        result
    }

    fn send_up(&mut self, phone: usize, bytes: Bytes) {
        let (is_stream, remote) = (self.phones[phone].model.is_tcp, self.phones[phone].address);
        let flow = is_stream.then(|| self.flow_of(phone).unwrap_or_else(|| self.open_flow(phone)));
        let transport = if is_stream { Transport::Tcp } else { Transport::Udp };
        let local = if is_stream { self.place.at() } else { ANYWHERE };
        let hop = Hop { transport, local, remote, flow, proof: None };
        let mut arrivals = self.wires[phone].arrivals(self.now, Way::Up, is_stream, &mut self.dice);
        if !is_stream && self.place.misses(&bytes) {
            arrivals.clear();
        }
        let from = self.phones[phone].user.clone();
        let is_lost = arrivals.is_empty();
        self.ladder.push(self.now, Rung::Sent { from, to: "box".to_owned(), bytes: bytes.clone(), is_lost });
        for at in arrivals {
            self.reaches_box(at, Input::Datagram(Packet { hop, bytes: bytes.clone() }));
        }
    }

    /// The connection of a phone.
    pub fn flow_of(&self, phone: usize) -> Option<FlowId> {
        self.flows.iter().find(|(_, owner)| **owner == phone).map(|(flow, _)| *flow)
    }

    fn open_flow(&mut self, phone: usize) -> FlowId {
        let flow = FlowId(self.next_flow);
        self.next_flow += 1;
        self.flows.insert(flow, phone);
        flow
    }

    /// A connection closes; both sides learn of it.
    pub fn flow_dies(&mut self, flow: FlowId) {
        if let Some(phone) = self.flows.remove(&flow) {
            self.wires[phone].loses(self.now);
            self.tell(Input::FlowClosed(flow));
        }
    }

    /// The box is told of its addresses. Where one is gone, all connections end with it: none takes anything any more when the box
    /// hears of it, and their ends come after that.
    pub fn has_addresses(&mut self, is_one_gone: bool) {
        let ended = if is_one_gone { std::mem::take(&mut self.flows) } else { BTreeMap::new() };
        ended.values().for_each(|phone| self.wires[*phone].loses(self.now));
        self.tell(Input::Addresses(self.place.addresses()));
        ended.into_keys().for_each(|flow| self.tell(Input::FlowClosed(flow)));
    }

    /// Plugs a phone in: it begins to register as soon as time runs.
    pub fn plug_in(&mut self, line: PhoneLine, model: Model) -> usize {
        let index = self.phones.len();
        let mut dice = Dice::new(self.seed ^ (index as u64 + 1).wrapping_mul(0x1234_5678_9abc_def1));
        let octet = index as u8 + 10;
        let inside = Ipv4Addr::new(192, 168, 1, octet);
        let address = SocketAddr::new(Ipv4Addr::new(10, 0, 0, octet).into(), 5060);
        let own = if model.has_private_address { SocketAddr::new(inside.into(), 5060) } else { address };
        let address = if model.has_private_address { SocketAddr::new(address.ip(), 31_000) } else { address };
        let registration = Registration::new(&mut dice);
        self.phones.push(Ua {
            extension: line.extension,
            owner: line.owner,
            user: line.user,
            secret: line.secret,
            model,
            address,
            own,
            server: self.place.at(),
            is_on: true,
            is_resting: false,
            is_speaking: true,
            life: 0,
            registration,
            lamp: Lamp::default(),
            busy_keys: Vec::new(),
            passing: BTreeMap::new(),
            taking: None,
            challenge: None,
            calls: BTreeMap::new(),
            clients: BTreeMap::new(),
            servers: BTreeMap::new(),
            shows: String::new(),
            ended: BTreeMap::new(),
            strays: Vec::new(),
            dice,
            calls_without_power: 0,
            next_call: 1,
        });
        self.wires.push(Wire::new(lan()));
        self.later(self.now, Event::PowerOn { phone: index });
        index
    }

    /// A phone loses power. Its connection is noticed to be dead only later.
    pub fn power_off(&mut self, phone: usize) {
        self.phones[phone].power_off();
        if let Some(flow) = self.flow_of(phone) {
            self.later(self.now + Duration::from_secs(30), Event::FlowDies(flow));
        }
    }

    /// A phone gets power back; an old connection is reset by its new life.
    pub fn power_on(&mut self, phone: usize) {
        if let Some(flow) = self.flow_of(phone) {
            self.flow_dies(flow);
        }
        self.with_phone(phone, Ua::power_on);
    }

    /// A new configuration comes into force.
    pub fn reload(&mut self) {
        self.revision += 1;
        let config = checked(&self.raw, self.revision);
        self.tell(Input::Config(config));
    }

    /// A new configuration comes into force, as far as it is one.
    pub fn reload_with_faults(&mut self) {
        self.revision += 1;
        let (raw, secrets) = apart(&self.raw);
        let config = Config::check(&raw, &mut Vec::new()).with_trunk_secrets(&secrets).with_revision(self.revision);
        self.tell(Input::Config(Arc::new(config)));
    }

    /// The daemon dies without a word and starts again with what is on disk.
    pub fn restart(&mut self) {
        self.store.cut_short();
        self.life += 1;
        self.boot = self.now;
        for cut in self.media.dies(self.now) {
            self.store.mailboxes.file_cut(cut);
        }
        self.store.mailboxes.recover();
        self.store.busy_until = self.now;
        let now = self.clock.reads(BEGINS_AT, self.now);
        self.engine = boot(&self.raw, self.revision, &self.store, self.seed, self.life, now);
        self.flows.clear();
        self.status = Arc::default();
        self.tell(Input::Addresses(self.place.addresses()));
    }

    /// Gives an order from outside, and returns its number.
    pub fn order(&mut self, order: Order) -> OrderId {
        self.next_event += 1;
        let id = OrderId(self.next_event);
        self.tell(Input::Order(id, order));
        id
    }

    /// A key arrives at a leg by RTP; the engine hears of it when it is released.
    pub fn digit(&mut self, leg: LegId, digit: char) {
        let event = MediaEvent::Digit { leg, digit, duration: PRESS };
        self.later(self.now + PRESS, Event::ToBox { life: self.life, input: Box::new(Input::Media(event)) });
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "an office at {:?}\n{}", self.now, self.ladder.text())
    }
}

fn boot(raw: &RawConfig, revision: u64, store: &Store, seed: u64, life: u32, now: Now) -> Engine {
    let mut bytes = [0; 32];
    let mut dice = Dice::new(seed.wrapping_add(u64::from(life) * 77));
    for chunk in bytes.chunks_mut(8) {
        chunk.copy_from_slice(&dice.roll().to_le_bytes());
    }
    let settings = Settings {
        sip: vec![ANYWHERE],
        rtp: RtpRange { address: ANYWHERE.ip(), low: 20_000, high: 20_399 },
        realm: REALM.to_owned(),
        user_agent: "Bellbox".to_owned(),
        seed: bytes,
        nonce_key: bytes,
    };
    Engine::new(settings, store.restored(), checked(raw, revision), now)
}

pub(crate) fn checked(raw: &RawConfig, revision: u64) -> Arc<Config> {
    let mut problems = Vec::new();
    let (raw, secrets) = apart(raw);
    let config = Config::check(&raw, &mut problems).with_trunk_secrets(&secrets).with_revision(revision);
    assert!(problems.is_empty(), "the office's text is no office: {problems:?}");
    Arc::new(config)
}

/// The office file without the secrets of its trunks, and these.
fn apart(raw: &RawConfig) -> (RawConfig, BTreeMap<String, Secret>) {
    let mut raw = raw.clone();
    let given = raw.trunks.iter_mut().filter_map(|trunk| Some((trunk.name.clone()?, trunk.secret.take()?)));
    let secrets = given.collect();
    (raw, secrets)
}
