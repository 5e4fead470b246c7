//! The loop of the media thread.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::epoll::{Epoll, EpollCreateFlags, EpollEvent, EpollFlags, EpollTimeout};
use pbx::input::{LegId, MediaEvent, RecordEnd, RecordingId};
use pbx::output::{MediaOrder, PlayId, Sound};
use rtp::packet::MAX_PACKET;

use crate::clock::Clock;
use crate::mixer::Mixer;
use crate::outbox::{Outbox, Sink};
use crate::port::{Link, Port};
use crate::reader::{self, Reader};
use crate::recorder::{Done, Recorder, Taking, Wanted};
use crate::speech::Speech;
use crate::supply::{Supplied, Supplier};
use crate::voice::Voice;
use crate::{Inbox, Settings};

/// Owns the ports. A port stays in its slot while it is open; the slot is its token and what a bridge refers to.
pub(crate) struct Worker {
    epoll: Epoll,
    clock: Clock,
    inbox: Inbox,
    outbox: Outbox,
    voice: Voice,
    reader: Reader,
    /// Sound from these two.
    supplies: Receiver<Supplied>,
    recorder: Option<Recorder>,
    ports: Vec<Option<Port>>,
    slots: BTreeMap<LegId, usize>,
    /// The conferences, by number.
    mixers: BTreeMap<u32, Mixer>,
    next_mixer: u32,
    max_ports: usize,
    now: Duration,
    /// When [`Self::tick`] is due.
    deadline: Duration,
    next_sweep: Duration,
}

impl Worker {
    pub(crate) fn new(settings: &Settings, inbox: Inbox, speech: Option<Arc<Speech>>, sink: Sink) -> io::Result<Self> {
        let epoll = Epoll::new(EpollCreateFlags::EPOLL_CLOEXEC)?;
        epoll.add(inbox.shared.wake.as_fd(), EpollEvent::new(EpollFlags::EPOLLIN, WAKE))?;
        let (to_media, supplies) = channel();
        let supplier = Supplier { to_media, shared: Arc::clone(&inbox.shared) };
        let folder = settings.recordings.as_deref();
        let start = |folder| Recorder::start(folder, settings.disk.clone(), Arc::clone(&inbox.shared));
        let recorder = folder.map(start).transpose()?;
        let reader = Reader::start(folder, supplier.clone())?;
        let clock = settings.clock.clone();
        let now = clock.now();
        Ok(Self {
            epoll,
            clock,
            inbox,
            outbox: Outbox::new(sink),
            voice: Voice::new(speech, supplier),
            reader,
            supplies,
            recorder,
            ports: Vec::new(),
            slots: BTreeMap::new(),
            mixers: BTreeMap::new(),
            next_mixer: 0,
            max_ports: settings.max_ports,
            now,
            deadline: now,
            next_sweep: now,
        })
    }

    /// Runs until it is told to stop.
    pub(crate) fn run(mut self) {
        let mut events = [EpollEvent::empty(); EVENTS];
        let mut buffer = [0; MAX_PACKET + 1];
        while !self.inbox.is_stopping() {
            let ready = match self.epoll.wait(&mut events, self.timeout()) {
                Ok(ready) => ready,
                Err(Errno::EINTR) => 0,
                Err(error) => {
                    log::error!("the media thread cannot wait for packets and ends: {error}");
                    break;
                }
            };
            self.now = self.clock.now();
            // Orders come last: they may close a port that is ready too.
            let mut is_woken = false;
            for event in &events[..ready] {
                match event.data() {
                    WAKE => is_woken = true,
                    token if token % 2 == 0 => self.receive(token as usize / 2, &mut buffer),
                    token => self.receive_report(token as usize / 2, &mut buffer),
                }
            }
            if is_woken {
                // One was added for each order. One that comes meanwhile has its turn after the packets before it.
                let orders = self.inbox.shared.wake.read().unwrap_or(0);
                self.obey(orders);
            }
            if self.now >= self.deadline {
                self.tick();
            }
        }
        self.obey(u64::MAX);
        (0..self.ports.len()).for_each(|slot| self.close(slot));
        if let Some(recorder) = self.recorder.take() {
            let outbox = &mut self.outbox;
            recorder.stop(|done| outbox.say(record_done(done)));
        }
        self.outbox.flush();
    }

    fn timeout(&self) -> EpollTimeout {
        let wait = self.deadline.saturating_sub(self.now).min(SWEEP);
        EpollTimeout::from(wait.as_micros().div_ceil(1_000) as u16)
    }

    /// One packet: the other ports' turn comes before this one's next.
    fn receive(&mut self, slot: usize, buffer: &mut [u8]) {
        let Some(port) = self.ports.get_mut(slot).and_then(Option::as_mut) else { return };
        let Ok((length, from)) = port.rtp.recv_from(buffer) else { return };
        let heard = port.hear(&buffer[..length], from, self.now, &mut self.outbox);
        if let Some(deadline) = port.incoming.detector.deadline() {
            self.deadline = self.deadline.min(deadline);
        }
        let (Some(heard), link) = (heard, port.link) else { return };
        let listener = match link {
            Link::Nobody => return,
            Link::Echo => Some(port),
            Link::Peer(other) => self.ports.get_mut(other).and_then(Option::as_mut),
            Link::Conference(number) => {
                let audio = heard.audio(&buffer[..length]);
                if let (Some(mixer), Some(audio)) = (self.mixers.get_mut(&number), audio) {
                    mixer.hear(slot, audio);
                }
                return;
            }
        };
        if let Some(listener) = listener {
            listener.relay(&mut buffer[..length], &heard, self.now);
        }
    }

    fn receive_report(&mut self, slot: usize, buffer: &mut [u8]) {
        let Some(port) = self.ports.get_mut(slot).and_then(Option::as_mut) else { return };
        let Ok((length, from)) = port.rtcp.recv_from(buffer) else { return };
        port.hear_report(&buffer[..length], from, &self.clock, self.now);
    }

    fn obey(&mut self, orders: u64) {
        while let Ok(Supplied { leg, play, samples, is_last }) = self.supplies.try_recv() {
            let now = self.now;
            if let Some(port) = self.port(leg) {
                port.supply(play, samples, is_last, now);
            }
        }
        while let Some(done) = self.recorder.as_mut().and_then(Recorder::next) {
            // One that the disk refused is not taken any more.
            if let Some(port) = self.port(done.leg) {
                port.taking.take_if(|taking| taking.take() == done.take);
            }
            self.outbox.say(record_done(done));
        }
        for _ in 0..orders {
            let Some(order) = self.inbox.next() else { break };
            self.carry_out(order);
        }
        let refused = self.inbox.refused();
        for leg in refused.legs {
            if let Some(slot) = self.slots.get(&leg) {
                self.close(*slot);
            }
            self.outbox.say(MediaEvent::Failed { leg });
        }
        for (recording, leg) in refused.recordings {
            self.say_not_recorded(leg, recording);
        }
        self.flush_recorder();
        // A tone may be due at once.
        self.deadline = self.now;
    }

    fn carry_out(&mut self, order: MediaOrder) {
        let now = self.now;
        match order {
            MediaOrder::Open { leg, local } => self.open(leg, local),
            MediaOrder::Configure { leg, agreed, signalled_from } => {
                if let Some(port) = self.port(leg) {
                    port.configure(agreed, signalled_from, now);
                }
            }
            MediaOrder::Bridge { a, b } => {
                if let (Some(&a), Some(&b)) = (self.slots.get(&a), self.slots.get(&b))
                    && a != b
                {
                    self.link(a, Link::Peer(b));
                    self.link(b, Link::Peer(a));
                }
            }
            MediaOrder::Join { legs } => self.join(&legs),
            MediaOrder::Echo { leg } => self.link_leg(leg, Link::Echo),
            MediaOrder::Part { leg } => self.link_leg(leg, Link::Nobody),
            MediaOrder::Play { leg, play, sound } => self.play(leg, play, sound),
            MediaOrder::Stop { leg } => {
                let stopped = self.port(leg).and_then(Port::stop);
                self.say_play_done(leg, stopped);
            }
            MediaOrder::Key { leg, digit } => {
                if let Some(port) = self.port(leg) {
                    port.say_key(digit, now);
                }
            }
            MediaOrder::Record { leg, recording, limit_ms, silence_ms } => {
                self.record(Wanted { leg, recording, limit_ms, silence_ms });
            }
            MediaOrder::StopRecording { leg } => self.stop_recording(leg),
            MediaOrder::Close { leg } => {
                if let Some(slot) = self.slots.get(&leg) {
                    self.close(*slot);
                }
            }
        }
    }

    fn play(&mut self, leg: LegId, play: PlayId, sound: Sound) {
        if !self.slots.contains_key(&leg) {
            return;
        }
        let stream = match &sound {
            Sound::Recording { recording, from_ms } => {
                let (recording, from_ms) = (*recording, *from_ms);
                Some(self.reader.open(leg, play, reader::Wanted::Recording { recording, from_ms }))
            }
            Sound::Music => Some(self.reader.open(leg, play, reader::Wanted::Music)),
            Sound::Tone { .. } | Sound::Prompt(_) => None,
        };
        let now = self.now;
        let before = self.port(leg).and_then(|port| port.play(play, &sound, stream, now));
        self.say_play_done(leg, before);
        if let Sound::Prompt(prompt) = sound {
            self.voice.speak(leg, play, prompt);
        }
    }

    /// Another recording of the same leg is stopped by it.
    fn record(&mut self, wanted: Wanted) {
        self.stop_recording(wanted.leg);
        let slot = self.slots.get(&wanted.leg).copied();
        let port = slot.and_then(|slot| self.ports.get_mut(slot)?.as_mut());
        match (port, &mut self.recorder) {
            (Some(port), Some(recorder)) => port.taking = Some(Taking::begin(wanted, self.now, recorder)),
            _ => self.say_not_recorded(wanted.leg, wanted.recording),
        }
    }

    fn stop_recording(&mut self, leg: LegId) {
        let now = self.now;
        let taking = self.port(leg).and_then(|port| port.taking.take());
        if let (Some(mut taking), Some(recorder)) = (taking, &mut self.recorder) {
            taking.finish(RecordEnd::Stopped, now, recorder);
        }
    }

    fn flush_recorder(&mut self) {
        if let Some(recorder) = &mut self.recorder {
            recorder.flush();
        }
    }

    fn say_not_recorded(&mut self, leg: LegId, recording: RecordingId) {
        self.outbox.say(MediaEvent::RecordDone { leg, recording, length_ms: 0, end: RecordEnd::Failed });
    }

    fn open(&mut self, leg: LegId, local: SocketAddr) {
        if let Some(slot) = self.slots.get(&leg) {
            log::warn!("leg {}: opened again", leg.0);
            self.close(*slot);
        }
        match self.try_open(leg, local) {
            Ok(slot) => drop(self.slots.insert(leg, slot)),
            Err(error) => {
                log::error!("leg {}: cannot open {local}: {error}", leg.0);
                self.outbox.say(MediaEvent::Failed { leg });
            }
        }
    }

    fn try_open(&mut self, leg: LegId, local: SocketAddr) -> io::Result<usize> {
        if self.slots.len() >= self.max_ports {
            return Err(io::ErrorKind::QuotaExceeded.into());
        }
        let slot = self.ports.iter().position(Option::is_none).unwrap_or(self.ports.len());
        let port = Port::open(leg, local, self.now)?;
        let token = slot as u64 * 2;
        // On an error the sockets are closed with the port, and epoll forgets a closed socket.
        self.epoll.add(&port.rtp, EpollEvent::new(EpollFlags::EPOLLIN, token))?;
        self.epoll.add(&port.rtcp, EpollEvent::new(EpollFlags::EPOLLIN, token + 1))?;
        if slot == self.ports.len() {
            self.ports.push(None);
        }
        self.ports[slot] = Some(port);
        Ok(slot)
    }

    fn close(&mut self, slot: usize) {
        self.link(slot, Link::Nobody);
        if let Some(leg) = self.ports.get(slot).and_then(Option::as_ref).map(|port| port.leg) {
            self.stop_recording(leg);
        }
        let Some(mut port) = self.ports.get_mut(slot).and_then(Option::take) else { return };
        self.slots.remove(&port.leg);
        self.say_play_done(port.leg, port.stop());
        port.report(&self.clock, self.now, true);
        let (quality, silent_for) = (port.quality(), port.hush(self.now));
        self.outbox.say(MediaEvent::Quality { leg: port.leg, quality, silent_for });
    }

    /// Those that have a port hear each other from here on.
    fn join(&mut self, legs: &[LegId]) {
        let mut slots: Vec<usize> = legs.iter().filter_map(|leg| self.slots.get(leg).copied()).collect();
        slots.sort_unstable();
        slots.dedup();
        if slots.len() < 2 {
            return;
        }
        let number = self.next_mixer;
        self.next_mixer = number.wrapping_add(1);
        slots.iter().for_each(|slot| self.link(*slot, Link::Conference(number)));
        self.mixers.insert(number, Mixer::new(&slots, self.now));
    }

    fn link_leg(&mut self, leg: LegId, link: Link) {
        if let Some(slot) = self.slots.get(&leg) {
            self.link(*slot, link);
        }
    }

    /// Links one side; whoever it was bridged to before is bridged to nobody.
    fn link(&mut self, slot: usize, link: Link) {
        let Some(port) = self.ports.get_mut(slot).and_then(Option::as_mut) else { return };
        let before = std::mem::replace(&mut port.link, link);
        if before == link {
            return;
        }
        port.outgoing.break_off();
        if let Link::Peer(other) = before
            && let Some(other) = self.ports.get_mut(other).and_then(Option::as_mut)
            && other.link == Link::Peer(slot)
        {
            other.link = Link::Nobody;
            other.outgoing.break_off();
        }
        if let Link::Conference(number) = before {
            self.leave_conference(number, slot);
        }
    }

    /// One of a conference leaves; the last one is in none.
    fn leave_conference(&mut self, number: u32, slot: usize) {
        let last = self.mixers.get_mut(&number).and_then(|mixer| mixer.leave(slot));
        if let Some(last) = last {
            self.mixers.remove(&number);
            self.link(last, Link::Nobody);
        }
    }

    fn port(&mut self, leg: LegId) -> Option<&mut Port> {
        self.ports.get_mut(*self.slots.get(&leg)?)?.as_mut()
    }

    fn say_play_done(&mut self, leg: LegId, play: Option<PlayId>) {
        if let Some(play) = play {
            self.outbox.say(MediaEvent::PlayDone { leg, play });
        }
    }

    /// Does what is due by time, and finds out when it is due next.
    fn tick(&mut self) {
        let now = self.now;
        self.outbox.flush();
        let is_sweep = now >= self.next_sweep;
        if is_sweep {
            self.next_sweep = now + SWEEP;
        }
        self.deadline = self.next_sweep;
        for port in self.ports.iter_mut().flatten() {
            let leg = port.leg;
            if let Some(play) = port.go_on_playing(now) {
                self.outbox.say(MediaEvent::PlayDone { leg, play });
            }
            port.go_on_keying(now);
            port.expire_press(now, &mut self.outbox);
            if let Some(recorder) = &mut self.recorder {
                port.taking.take_if(|taking| taking.go_on(now, recorder));
            }
            if is_sweep {
                if let Some(for_s) = port.silence(now) {
                    self.outbox.say(MediaEvent::Silent { leg, for_s });
                }
                let is_due = port.reports.is_due(now);
                if is_due {
                    port.report(&self.clock, now, false);
                }
                if let Some(figures) = port.news(now, is_due) {
                    self.outbox.say(figures);
                }
            }
            self.deadline = port.deadline().map_or(self.deadline, |deadline| self.deadline.min(deadline));
        }
        for mixer in self.mixers.values_mut() {
            mixer.go_on(&mut self.ports, now);
            self.deadline = self.deadline.min(mixer.due());
        }
        self.flush_recorder();
        if !self.outbox.is_empty() {
            self.deadline = self.deadline.min(now + RETRY);
        }
    }
}

fn record_done(done: Done) -> MediaEvent {
    let Done { leg, recording, length_ms, end, .. } = done;
    MediaEvent::RecordDone { leg, recording, length_ms, end }
}

/// The token of the order queue; ports have twice their slot, their RTCP one more.
const WAKE: u64 = u64::MAX;
/// Sockets that are served before orders and tones: a hundredth of a packet's time.
const EVENTS: usize = 64;
/// How often silence and reports are looked at: both are matters of seconds.
const SWEEP: Duration = Duration::from_secs(1);
/// How long events wait for a full sink.
const RETRY: Duration = Duration::from_millis(20);
