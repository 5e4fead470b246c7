//! A leg's port: its two sockets and all that is known of the peer.

use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use nix::sys::socket::{setsockopt, sockopt};
use pbx::input::{HUSH, LegId, MediaEvent, Quality, SILENT_AFTER};
use pbx::output::{PlayId, Sound};
use rtp::codec::g711::Law;
use rtp::dtmf::{Event, Press, event_of};
use rtp::packet::{HEADER_LENGTH, Header, Packet};
use rtp::reception::Arrival;
use sip::sdp::{Agreed, Codec, Direction};

use crate::clock::Clock;
use crate::incoming::Incoming;
use crate::keying::Keys;
use crate::outbox::Outbox;
use crate::outgoing::Outgoing;
use crate::play::{Pace, Playing};
use crate::reader::Stream;
use crate::recorder::{self, Taking};
use crate::reports::{Reports, Streams};
use crate::source::Source;

/// One leg's end of the audio.
#[derive(Debug)]
pub(crate) struct Port {
    pub(crate) leg: LegId,
    pub(crate) rtp: UdpSocket,
    pub(crate) rtcp: UdpSocket,
    pub(crate) link: Link,
    pub(crate) agreed: Option<Agreed>,
    pub(crate) source: Source,
    pub(crate) incoming: Incoming,
    pub(crate) outgoing: Outgoing,
    pub(crate) reports: Reports,
    is_v6: bool,
    /// Where audio goes, in the socket's family; `None` when none may be sent.
    target: Option<SocketAddr>,
    play: Option<Playing>,
    keys: Keys,
    pub(crate) taking: Option<Taking>,
    /// The last sign of life; `None` before anything is agreed.
    heard_at: Option<Duration>,
    silences_said: u64,
}

/// Where a port's audio goes. Bridges are mutual: the worker sets both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// Nowhere.
    Nobody,
    /// Back.
    Echo,
    /// To the port in this slot.
    Peer(usize),
    /// To all others of the conference with this number.
    Conference(u32),
}

/// A packet that may be passed on.
#[derive(Debug)]
pub(crate) struct Heard {
    kind: Kind,
    header: Header,
    /// Where its audio lies in the datagram.
    payload: Range<usize>,
    arrival: Arrival,
}

impl Heard {
    /// The audio in it, which lies in this datagram.
    pub(crate) fn audio<'d>(&self, datagram: &'d [u8]) -> Option<recorder::Heard<'d>> {
        let Kind::Audio(law) = self.kind else { return None };
        let payload = datagram.get(self.payload.clone())?;
        Some(recorder::Heard { header: self.header, arrival: self.arrival, law, payload })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Audio(Law),
    Event,
    /// Comfort noise, keep-alives, and what nobody agreed to: it only counts.
    Nothing,
}

impl Port {
    /// Binds RTP to `local` and RTCP to the port above it.
    pub(crate) fn open(leg: LegId, local: SocketAddr, now: Duration) -> io::Result<Port> {
        let above = local.port().checked_add(1).filter(|_| local.port() != 0).ok_or(io::ErrorKind::InvalidInput)?;
        let rtp = bind(local)?;
        let rtcp = bind(SocketAddr::new(local.ip(), above))?;
        let random = || getrandom::u64().map_err(io::Error::other);
        Ok(Port {
            leg,
            rtp,
            rtcp,
            link: Link::Nobody,
            agreed: None,
            source: Source::default(),
            incoming: Incoming::default(),
            outgoing: Outgoing::new(random()?),
            reports: Reports::new(random()?, now),
            is_v6: local.is_ipv6(),
            target: None,
            play: None,
            keys: Keys::default(),
            taking: None,
            heard_at: None,
            silences_said: 0,
        })
    }

    pub(crate) fn configure(&mut self, agreed: Agreed, signalled_from: IpAddr, now: Duration) {
        self.source.configure(agreed.remote, signalled_from);
        if self.agreed.as_ref().is_none_or(|before| before.remote_rtcp != agreed.remote_rtcp) {
            self.reports.forget_address();
        }
        self.agreed = Some(agreed);
        self.heard_at = Some(now);
        self.silences_said = 0;
        self.aim();
    }

    /// Takes a datagram; what may be passed on is returned, keys are said.
    pub(crate) fn hear(&mut self, bytes: &[u8], from: SocketAddr, now: Duration, outbox: &mut Outbox) -> Option<Heard> {
        let agreed = self.agreed.as_ref()?;
        let packet = Packet::parse(bytes).ok()?;
        let header = packet.header;
        if is_rtcp(header.payload_type) || !self.source.admits(from, header.ssrc, now) {
            return None;
        }
        let receives = matches!(agreed.direction, Direction::SendRecv | Direction::RecvOnly);
        let kind = kind(agreed, &packet);
        self.aim();
        self.heard_at = Some(now);
        self.silences_said = 0;
        let counted = self.incoming.count(&header, kind == Kind::Event, now);
        self.say_presses(counted.cut_off, outbox);
        if counted.arrival == Arrival::Suspect || !receives {
            return None;
        }
        if kind == Kind::Event
            && let Some(event) = Event::parse(packet.payload)
        {
            let presses = self.incoming.detector.hear(event, header.timestamp, now);
            self.say_presses(presses.into_iter().flatten(), outbox);
        }
        if let (Kind::Audio(law), Some(taking)) = (kind, &mut self.taking) {
            let (arrival, payload) = (counted.arrival, packet.payload);
            taking.hear(recorder::Heard { header, arrival, law, payload }, now);
        }
        let start = packet.payload_offset();
        let payload = start..start + packet.payload.len();
        Some(Heard { kind, header, payload, arrival: counted.arrival })
    }

    /// Sends on what another port (or, as an echo, this one) heard; `datagram` is rewritten in place.
    pub(crate) fn relay(&mut self, datagram: &mut [u8], heard: &Heard, now: Duration) {
        let (Some(agreed), Some(target), None) = (&self.agreed, self.target, &self.play) else {
            self.outgoing.break_off();
            return;
        };
        let payload_type = match heard.kind {
            Kind::Audio(_) if self.keys.is_running() => None,
            Kind::Audio(law) => {
                if law != law_of(agreed.codec) {
                    law.convert(&mut datagram[heard.payload.clone()]);
                }
                Some(agreed.send_payload_type)
            }
            Kind::Event => {
                let key = datagram[heard.payload.start];
                let agreed = agreed.telephone_event.filter(|_| self.keys.passes(key, now));
                agreed.map(|event| event.send_payload_type)
            }
            Kind::Nothing => None,
        };
        let Some(payload_type) = payload_type else {
            self.outgoing.swallow(&heard.header);
            return;
        };
        let Some(header) = self.outgoing.relay(&heard.header, heard.arrival == Arrival::Restarted, now) else { return };
        let start = heard.payload.start - HEADER_LENGTH;
        datagram[start..heard.payload.start].copy_from_slice(&Header { payload_type, ..header }.print());
        self.send(&datagram[start..heard.payload.end], target);
    }

    /// Starts a sound; the one that played before is over. `stream`: what a recording is read by.
    pub(crate) fn play(&mut self, id: PlayId, sound: &Sound, stream: Option<Stream>, now: Duration) -> Option<PlayId> {
        self.outgoing.break_off();
        self.play.replace(Playing::new(id, sound, stream, now)).map(|before| before.id())
    }

    /// Samples of this sound have come.
    pub(crate) fn supply(&mut self, id: PlayId, samples: Arc<[i16]>, is_last: bool, now: Duration) {
        if let Some(playing) = self.play.as_mut().filter(|playing| playing.id() == id) {
            playing.supply(samples, is_last, now);
        }
    }

    pub(crate) fn stop(&mut self) -> Option<PlayId> {
        self.outgoing.break_off();
        self.play.take().map(|playing| playing.id())
    }

    /// Sends what is due of the sound; its name when it is over.
    pub(crate) fn go_on_playing(&mut self, now: Duration) -> Option<PlayId> {
        let packet_ms = self.agreed.as_ref().map_or(20, |agreed| agreed.packet_ms.clamp(10, 60));
        let length = usize::from(packet_ms) * 8;
        loop {
            let playing = self.play.as_mut()?;
            match playing.pace(Duration::from_millis(packet_ms.into()), self.agreed.is_some(), now) {
                Pace::Wait => return None,
                Pace::Over => return self.stop(),
                Pace::Packet => {}
            }
            let law = self.agreed.as_ref().map_or(Law::Mu, |agreed| law_of(agreed.codec));
            let mut datagram = [0; HEADER_LENGTH + LONGEST_PAYLOAD];
            let datagram = &mut datagram[..HEADER_LENGTH + length];
            playing.fill(law, &mut datagram[HEADER_LENGTH..]);
            let (Some(agreed), Some(target)) = (&self.agreed, self.target) else {
                playing.is_first = true;
                continue;
            };
            let is_first = std::mem::take(&mut playing.is_first);
            let header = self.outgoing.generate(is_first, length as u32, now);
            let header = Header { payload_type: agreed.send_payload_type, ..header };
            datagram[..HEADER_LENGTH].copy_from_slice(&header.print());
            self.send(datagram, target);
        }
    }

    /// Sends what the others of a conference said; false where something else is sent, or nothing may be.
    pub(crate) fn send_frame(&mut self, samples: &[i16; FRAME], is_first: bool, now: Duration) -> bool {
        let (Some(agreed), Some(target), None) = (&self.agreed, self.target, &self.play) else { return false };
        if self.keys.is_running() {
            return false;
        }
        let (law, payload_type) = (law_of(agreed.codec), agreed.send_payload_type);
        let header = Header { payload_type, ..self.outgoing.generate(is_first, FRAME as u32, now) };
        let mut datagram = [0; HEADER_LENGTH + FRAME];
        datagram[..HEADER_LENGTH].copy_from_slice(&header.print());
        for (byte, sample) in datagram[HEADER_LENGTH..].iter_mut().zip(samples) {
            *byte = law.encode(*sample);
        }
        self.send(&datagram, target);
        true
    }

    /// A key is to be said to the party.
    pub(crate) fn say_key(&mut self, digit: char, now: Duration) {
        if let Some(event) = event_of(digit) {
            self.keys.want(event, now);
        }
    }

    /// Sends what is due of the keys.
    pub(crate) fn go_on_keying(&mut self, now: Duration) {
        loop {
            let (Some(agreed), Some(target), None) = (&self.agreed, self.target, &self.play) else {
                return self.keys.drop_all();
            };
            let packet = self.keys.packet(agreed, law_of(agreed.codec), &mut self.outgoing, now);
            let Some(packet) = packet else { return };
            self.send(&packet, target);
        }
    }

    /// A key whose end was lost.
    pub(crate) fn expire_press(&mut self, now: Duration, outbox: &mut Outbox) {
        let press = self.incoming.detector.expire(now);
        self.say_presses(press, outbox);
    }

    /// For how long the peer has been silent, if that is to be said now.
    pub(crate) fn silence(&mut self, now: Duration) -> Option<u64> {
        let silent = now.saturating_sub(self.heard_at?);
        let silences = silent.as_secs() / SILENT_AFTER.as_secs();
        let is_news = silences > self.silences_said;
        self.silences_said = silences;
        is_news.then_some(silent.as_secs())
    }

    /// Sends our report; with `bye` the last one.
    pub(crate) fn report(&mut self, clock: &Clock, now: Duration, bye: bool) {
        self.reports.schedule(now);
        let signalled = self.agreed.as_ref().map(|agreed| agreed.remote_rtcp);
        let target = self.reports.target(&self.source, signalled).and_then(|target| self.in_family(target));
        let Some(target) = target else { return };
        let streams = Streams { incoming: &mut self.incoming, outgoing: &self.outgoing };
        let compound = self.reports.compound(clock, now, bye, streams);
        // A report that cannot be sent is as good as one that was lost.
        let _ = self.rtcp.send_to(&compound, target);
    }

    /// Takes a datagram of the RTCP port.
    pub(crate) fn hear_report(&mut self, bytes: &[u8], from: SocketAddr, clock: &Clock, now: Duration) {
        if self.source.admits_report(from) {
            let streams = Streams { incoming: &mut self.incoming, outgoing: &self.outgoing };
            self.reports.hear(bytes, from, clock, now, streams);
        }
    }

    /// The figures, if they are due and have changed since they were last said, or if sound has begun or ceased.
    pub(crate) fn news(&mut self, now: Duration, is_due: bool) -> Option<MediaEvent> {
        let (silent_for, has_heard) = (self.hush(now), self.incoming.received() > 0);
        let is_turned = self.reports.turned(has_heard && silent_for.is_none());
        if !is_due && !is_turned {
            return None;
        }
        let quality = self.quality();
        let is_news = self.reports.changed(quality) || is_turned;
        is_news.then_some(MediaEvent::Quality { leg: self.leg, quality, silent_for })
    }

    /// For how long nothing has come, where that is long.
    pub(crate) fn hush(&self, now: Duration) -> Option<Duration> {
        let silent = now.saturating_sub(self.heard_at?);
        (silent >= HUSH).then_some(silent)
    }

    pub(crate) fn quality(&self) -> Quality {
        self.reports.quality(&self.incoming, &self.outgoing, &self.source)
    }

    /// When something is due that cannot wait for the sweep.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        let tone = self.play.as_ref().map(Playing::due);
        let press = self.incoming.detector.deadline();
        let taking = self.taking.as_ref().map(Taking::due);
        tone.into_iter().chain(self.keys.due()).chain(press).chain(taking).min()
    }

    fn say_presses(&self, presses: impl IntoIterator<Item = Press>, outbox: &mut Outbox) {
        for Press { digit, duration } in presses {
            outbox.say(MediaEvent::Digit { leg: self.leg, digit, duration });
        }
    }

    /// An unsent packet (a full socket buffer, no route) is lost like one on the way.
    fn send(&mut self, datagram: &[u8], target: SocketAddr) {
        if self.rtp.send_to(datagram, target).is_ok() {
            self.outgoing.count(datagram.len() - HEADER_LENGTH);
        }
    }

    fn aim(&mut self) {
        let sends = self
            .agreed
            .as_ref()
            .is_some_and(|agreed| matches!(agreed.direction, Direction::SendRecv | Direction::SendOnly));
        self.target = self.source.target().filter(|_| sends).and_then(|target| self.in_family(target));
    }

    /// An address as the sockets can send to it.
    fn in_family(&self, address: SocketAddr) -> Option<SocketAddr> {
        match address.ip() {
            IpAddr::V4(ip) if self.is_v6 => Some(SocketAddr::new(ip.to_ipv6_mapped().into(), address.port())),
            IpAddr::V6(_) if !self.is_v6 => None,
            _ => Some(address),
        }
    }
}

fn bind(local: SocketAddr) -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind(local)?;
    socket.set_nonblocking(true)?;
    // Marking is a favour to the network, not a condition.
    let _ = setsockopt(&socket, sockopt::Ipv4Tos, &EXPEDITED);
    if local.is_ipv6() {
        let _ = setsockopt(&socket, sockopt::Ipv6TClass, &EXPEDITED);
    }
    Ok(socket)
}

fn law_of(codec: Codec) -> Law {
    match codec {
        Codec::Pcmu => Law::Mu,
        Codec::Pcma => Law::A,
    }
}

/// What a packet is. Phones differ in whose dynamic number they send under (RFC 3264 §5.1 is clear, they are not):
/// either is taken, and the static numbers of G.711 always mean G.711.
fn kind(agreed: &Agreed, packet: &Packet) -> Kind {
    let number = packet.header.payload_type;
    if packet.payload.is_empty() {
        return Kind::Nothing;
    }
    if number == agreed.receive_payload_type || number == agreed.send_payload_type {
        return Kind::Audio(law_of(agreed.codec));
    }
    match number {
        _ if agreed
            .telephone_event
            .is_some_and(|event| number == event.receive_payload_type || number == event.send_payload_type) =>
        {
            Kind::Event
        }
        PCMU => Kind::Audio(Law::Mu),
        PCMA => Kind::Audio(Law::A),
        _ => Kind::Nothing,
    }
}

/// RTCP on the port of RTP (RFC 5761 §4), which we never agree to: no sign of a stream.
fn is_rtcp(payload_type: u8) -> bool {
    (64..96).contains(&payload_type)
}

const PCMU: u8 = 0;
const PCMA: u8 = 8;
/// DSCP 46, expedited forwarding (RFC 3246), as the byte of the IP header.
const EXPEDITED: i32 = 0xb8;
/// How many samples a packet of a conference carries, whatever was agreed: 20 ms, which every phone plays.
pub(crate) const FRAME: usize = 160;
/// 60 ms of G.711.
const LONGEST_PAYLOAD: usize = 480;

#[cfg(test)]
mod tests {
    use super::*;
    use nix::sys::socket::getsockopt;

    #[test]
    fn both_sockets_are_marked_for_expedited_forwarding() {
        let port = (21_000..22_000)
            .step_by(2)
            .find_map(|port| Port::open(LegId(1), ([127, 0, 0, 1], port).into(), Duration::ZERO).ok())
            .unwrap();
        for socket in [&port.rtp, &port.rtcp] {
            assert_eq!(getsockopt(socket, sockopt::Ipv4Tos), Ok(46 << 2));
        }
    }

    #[test]
    fn a_port_without_one_above_it_is_refused() {
        for port in [0, u16::MAX] {
            assert!(Port::open(LegId(1), ([127, 0, 0, 1], port).into(), Duration::ZERO).is_err(), "{port}");
        }
    }
}
