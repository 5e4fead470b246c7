//! A conference: every party hears the sum of all others.
//!
//! What each says comes at its own pace. A jitter buffer for each evens that out, and every 20 ms each is sent one packet of what the
//! others said in that time; nothing is sent of its own voice. The relay is for two, whose packets pass untouched; here the box is an
//! endpoint towards each (an RTP mixer without CSRCs, RFC 3550 §7.1).

use std::collections::VecDeque;
use std::time::Duration;

use rtp::reception::Arrival;

use crate::port::{FRAME, Port};
use crate::recorder::Heard;

/// How long a frame is.
const PACKET: Duration = Duration::from_millis(20);
/// How much of a party's sound is kept before it is heard: what the jitter of a local network, or of a good line, needs (60 ms). Three
/// who talk hear each other so much later than two.
const KEPT: i64 = 3 * FRAME as i64;
/// The most that is kept of a party whose clock runs fast, or who sends in bursts (240 ms); what comes beyond that is newly begun with.
const MOST: i64 = 12 * FRAME as i64;
/// A thread that was stalled for longer does not send what is overdue in a burst, which no phone could play.
const LATEST: Duration = Duration::from_millis(100);

/// The ports that hear each other.
#[derive(Debug)]
pub(crate) struct Mixer {
    members: Vec<Member>,
    /// When the next packets are sent.
    due: Duration,
}

#[derive(Debug)]
struct Member {
    slot: usize,
    said: Jitter,
    /// What is sent next is the first after something else.
    is_first: bool,
}

impl Mixer {
    pub(crate) fn new(slots: &[usize], now: Duration) -> Mixer {
        let member = |slot: &usize| Member { slot: *slot, said: Jitter::default(), is_first: true };
        Mixer { members: slots.iter().map(member).collect(), due: now + PACKET }
    }

    pub(crate) fn due(&self) -> Duration {
        self.due
    }

    /// A port says something.
    pub(crate) fn hear(&mut self, slot: usize, heard: Heard<'_>) {
        if let Some(member) = self.members.iter_mut().find(|member| member.slot == slot) {
            member.said.hear(heard);
        }
    }

    /// A port is in it no more; the last one that is left is returned.
    pub(crate) fn leave(&mut self, slot: usize) -> Option<usize> {
        self.members.retain(|member| member.slot != slot);
        let last = self.members.first().map(|member| member.slot);
        last.filter(|_| self.members.len() == 1)
    }

    /// Sends each what is due of the others.
    pub(crate) fn go_on(&mut self, ports: &mut [Option<Port>], now: Duration) {
        if now.saturating_sub(self.due) > LATEST {
            self.due = now;
        }
        while self.due <= now {
            self.due += PACKET;
            let said: Vec<[i16; FRAME]> = self.members.iter_mut().map(|member| member.said.take()).collect();
            let sum: [i32; FRAME] = std::array::from_fn(|at| said.iter().map(|own| i32::from(own[at])).sum());
            for (member, own) in self.members.iter_mut().zip(&said) {
                let others = std::array::from_fn(|at| limited(sum[at] - i32::from(own[at])));
                let Some(port) = ports.get_mut(member.slot).and_then(Option::as_mut) else { continue };
                member.is_first = !port.send_frame(&others, member.is_first, now);
            }
        }
    }
}

/// Several who speak at once are as loud as can be, and no louder.
fn limited(sample: i32) -> i16 {
    sample.clamp(i16::MIN.into(), i16::MAX.into()) as i16
}

/// What a party said, in its order and at an even pace.
#[derive(Debug, Default)]
struct Jitter {
    /// How much of it has been heard, in samples; the window begins there.
    played: i64,
    window: VecDeque<i16>,
    anchor: Option<Anchor>,
}

/// Where the newest packet has its place.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    ssrc: u32,
    timestamp: u32,
    place: i64,
}

impl Jitter {
    /// Puts a packet to its place; one that is late and has none any more is dropped, any other begins anew.
    fn hear(&mut self, heard: Heard<'_>) {
        let Heard { header, arrival, law, payload } = heard;
        let length = payload.len() as i64;
        let anchor = self.anchor.filter(|anchor| anchor.ssrc == header.ssrc && arrival != Arrival::Restarted);
        let expected = anchor.map(|anchor| {
            let distance = header.timestamp.wrapping_sub(anchor.timestamp) as i32;
            anchor.place + i64::from(distance)
        });
        let fits = |place: &i64| *place >= self.played && place + length <= self.played + MOST;
        let place = match expected.filter(fits) {
            Some(place) => place,
            None if arrival == Arrival::Late || length > MOST - KEPT => return,
            None => {
                self.window.clear();
                self.played + KEPT
            }
        };
        if arrival != Arrival::Late {
            self.anchor = Some(Anchor { ssrc: header.ssrc, timestamp: header.timestamp, place });
        }
        let (from, to) = ((place - self.played) as usize, (place + length - self.played) as usize);
        if self.window.len() < to {
            self.window.resize(to, 0);
        }
        for (sample, byte) in self.window.range_mut(from..to).zip(payload) {
            *sample = law.decode(*byte);
        }
    }

    /// The next of it; silence where there is nothing.
    fn take(&mut self) -> [i16; FRAME] {
        self.played += FRAME as i64;
        let here = self.window.len().min(FRAME);
        let mut frame = [0; FRAME];
        frame.iter_mut().zip(self.window.drain(..here)).for_each(|(sample, said)| *sample = said);
        frame
    }
}

#[cfg(test)]
mod tests {
    use rtp::codec::g711::Law;
    use rtp::packet::Header;

    use super::*;

    /// A packet of 20 ms in which every sample is this one, as near as mu-law comes to it.
    fn says(jitter: &mut Jitter, number: u32, arrival: Arrival, sample: i16) {
        let header = Header { ssrc: 7, timestamp: number.wrapping_mul(160), ..Header::default() };
        jitter.hear(Heard { header, arrival, law: Law::Mu, payload: &[Law::Mu.encode(sample); FRAME] });
    }

    fn near(sample: i16) -> i16 {
        Law::Mu.decode(Law::Mu.encode(sample))
    }

    #[test]
    fn packets_are_heard_in_their_order_after_what_is_kept() {
        let mut jitter = Jitter::default();
        says(&mut jitter, 0, Arrival::Next, 100);
        says(&mut jitter, 2, Arrival::Next, 300);
        says(&mut jitter, 1, Arrival::Late, 200);
        let heard: Vec<i16> = (0..7).map(|_| jitter.take()[80]).collect();
        assert_eq!(heard, [0, 0, 0, near(100), near(200), near(300), 0]);
    }

    #[test]
    fn who_falls_silent_and_goes_on_keeps_their_place() {
        let mut jitter = Jitter::default();
        says(&mut jitter, 0, Arrival::Next, 100);
        assert_eq!((0..10).filter(|_| jitter.take()[0] != 0).count(), 1);
        says(&mut jitter, 10, Arrival::Next, 200);
        let heard: Vec<i16> = (0..4).map(|_| jitter.take()[0]).collect();
        assert_eq!(heard, [0, 0, 0, near(200)]);
    }

    #[test]
    fn one_that_is_too_late_is_dropped_and_a_jump_begins_anew() {
        let mut jitter = Jitter::default();
        says(&mut jitter, 5, Arrival::Next, 100);
        assert_eq!((0..5).filter(|_| jitter.take()[0] != 0).count(), 1);
        says(&mut jitter, 4, Arrival::Late, 200);
        assert!((0..4).all(|_| jitter.take() == [0; FRAME]));
        says(&mut jitter, 90_000, Arrival::Next, 300);
        assert_eq!([0; 4].map(|_: i32| jitter.take()[0]), [0, 0, 0, near(300)]);
        // A stream that is another.
        says(&mut jitter, 3, Arrival::Restarted, 400);
        assert_eq!([0; 4].map(|_: i32| jitter.take()[0]), [0, 0, 0, near(400)]);
    }

    #[test]
    fn no_sender_can_have_more_kept_than_the_most() {
        let mut jitter = Jitter::default();
        for number in 0..1_000 {
            says(&mut jitter, number, Arrival::Next, 100);
            assert!(jitter.window.len() as i64 <= MOST, "{number}");
        }
        let header = Header::default();
        let payload = vec![0; 60_000];
        jitter.hear(Heard { header, arrival: Arrival::Next, law: Law::A, payload: &payload });
        assert!(jitter.window.len() as i64 <= MOST);
    }

    #[test]
    fn what_is_too_loud_together_is_as_loud_as_can_be() {
        assert_eq!([40_000, -40_000, 12].map(limited), [i16::MAX, i16::MIN, 12]);
    }
}
