//! Keys, as events.

use std::time::Duration;

use pbx::input::MediaEvent;
use pbx::output::MediaOrder;
use rtp::codec::g711::Law;
use rtp::dtmf::{Event, Keyed, Keying, event_of};

use crate::bench::{Bench, Phone};

/// The datagrams of one press.
fn press(phone: &mut Phone, digit: char, held_ms: u32) -> Vec<Vec<u8>> {
    let start = phone.next.timestamp;
    let keyed: Vec<Keyed> = Keying::new(event_of(digit).unwrap(), held_ms, 20).collect();
    let packet = |keyed: Keyed| {
        phone.next.timestamp = start + keyed.timestamp_offset;
        phone.next.marker = keyed.marker;
        phone.packet(101, &keyed.event.print())
    };
    let packets = keyed.into_iter().map(packet).collect();
    phone.next.marker = false;
    phone.next.timestamp = start + held_ms * 8 + 400;
    packets
}

fn send(phone: &Phone, packets: impl IntoIterator<Item = Vec<u8>>) {
    for packet in packets {
        phone.rtp.send_to(&packet, phone.server).unwrap();
    }
}

fn digits(bench: &mut Bench, phone: &Phone) -> Vec<(char, Duration)> {
    let digit = |event| match event {
        MediaEvent::Digit { leg, digit, duration } if leg == phone.leg => Some((digit, duration)),
        _ => None,
    };
    bench.unread().into_iter().filter_map(digit).collect()
}

#[test]
fn a_press_is_said_once_and_passed_on_under_the_other_sides_number() {
    let mut bench = Bench::new();
    let mut a = bench.phone();
    let b = bench.phone_with(|agreed| agreed.telephone_event.as_mut().unwrap().send_payload_type = 96);
    bench.bridge(&a, &b);
    let packets = press(&mut a, '#', 100);
    send(&a, packets.clone());
    for (index, _) in packets.iter().enumerate() {
        let (header, payload) = b.hear();
        assert_eq!((header.payload_type, header.marker, payload[0]), (96, index == 0, 11));
    }
    assert_eq!(digits(&mut bench, &a), [('#', Duration::from_millis(100))]);
}

#[test]
fn lost_repeated_and_overtaken_packets_make_no_second_press() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    let mut sent = Vec::new();
    for digit in "1233".chars() {
        let mut packets = press(&mut a, digit, 100);
        packets.remove(0);
        packets.swap(1, 2);
        packets.insert(3, packets[1].clone());
        let end = packets.len() - 1;
        packets.swap(end, end - 1);
        sent.extend(packets);
    }
    let count = sent.len();
    send(&a, sent);
    (0..count).for_each(|_| drop(b.hear()));
    let heard: String = digits(&mut bench, &a).into_iter().map(|(digit, _)| digit).collect();
    assert_eq!(heard, "1233");
}

#[test]
fn a_press_whose_end_is_lost_is_said_all_the_same() {
    let mut bench = Bench::new();
    let mut phone = bench.phone();
    let packets = press(&mut phone, '0', 100);
    send(&phone, packets.into_iter().take(3));
    let digit = bench.expect(|event| match event {
        MediaEvent::Digit { digit, duration, .. } => Some((*digit, *duration)),
        _ => None,
    });
    assert_eq!(digit, ('0', Duration::from_millis(60)));
}

#[test]
fn keys_are_swallowed_for_a_side_without_them_and_still_said() {
    let mut bench = Bench::new();
    let mut a = bench.phone();
    let b = bench.phone_with(|agreed| agreed.telephone_event = None);
    bench.bridge(&a, &b);
    a.say(0, &[1; 160]);
    let before = b.hear().0;
    let packets = press(&mut a, '8', 60);
    send(&a, packets);
    a.say(0, &[2; 160]);
    let (after, payload) = b.hear();
    assert_eq!((after.sequence, payload), (before.sequence.wrapping_add(1), vec![2; 160]));
    assert_eq!(digits(&mut bench, &a), [('8', Duration::from_millis(60))]);
}

#[test]
fn keys_are_said_while_a_tone_plays_and_without_a_bridge() {
    let mut bench = Bench::new();
    let mut phone = bench.phone();
    bench.play(&phone, 1, pbx::output::Tone::Ringback, "US", 60_000);
    let packets = press(&mut phone, '*', 40);
    send(&phone, packets);
    let digit = bench.expect(|event| match event {
        MediaEvent::Digit { digit, .. } => Some(*digit),
        _ => None,
    });
    assert_eq!(digit, '*');
}

const TICK: Duration = Duration::from_millis(20);

fn key(phone: &Phone, digit: char) -> MediaOrder {
    MediaOrder::Key { leg: phone.leg, digit }
}

/// Lets so much time pass, packet by packet.
fn pass(bench: &mut Bench, ms: u32) {
    (0..ms / 20).for_each(|_| bench.advance(TICK));
}

#[test]
fn keys_of_our_own_are_events_in_the_one_stream() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    a.say(0, &[1; 160]);
    let before = b.hear().0;
    bench.order(key(&b, '#'));
    bench.order(key(&b, '4'));
    pass(&mut bench, 600);
    let mut sequence = before.sequence;
    let mut timestamps = Vec::new();
    for event in [11, 4] {
        let packets: Vec<_> = (0..10).map(|_| b.hear()).collect();
        let durations: Vec<u16> = packets.iter().map(|(_, payload)| Event::parse(payload).unwrap().duration).collect();
        assert_eq!(durations, [160, 320, 480, 640, 800, 960, 1120, 1280, 1280, 1280]);
        for (place, (header, payload)) in packets.iter().enumerate() {
            let said = Event::parse(payload).unwrap();
            assert_eq!((said.event, said.end, header.marker), (event, place >= 7, place == 0));
            sequence = sequence.wrapping_add(1);
            assert_eq!((header.payload_type, header.sequence, header.ssrc), (101, sequence, before.ssrc));
            assert_eq!(header.timestamp, packets[0].0.timestamp);
        }
        timestamps.push(packets[0].0.timestamp.wrapping_sub(before.timestamp));
    }
    // 100 ms of patience; then 200 ms of packets, and the pause.
    assert!(timestamps[0] >= 800 && timestamps[1] >= timestamps[0] + 2_080, "{timestamps:?}");
    a.say(0, &[2; 160]);
    let (after, payload) = b.hear();
    assert_eq!((after.sequence, after.marker, payload), (sequence.wrapping_add(1), true, vec![2; 160]));
}

#[test]
fn nobody_is_heard_during_a_key_of_our_own() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    bench.order(key(&b, '0'));
    pass(&mut bench, 120);
    a.say(0, &[1; 160]);
    bench.settle();
    let mut packets = 0;
    while let Some((header, _)) = b.heard() {
        assert_eq!(header.payload_type, 101);
        packets += 1;
    }
    assert!(packets >= 2, "{packets}");
}

#[test]
fn trap_15_a_press_that_comes_both_ways_is_said_once_whichever_comes_first() {
    for is_info_first in [true, false] {
        let mut bench = Bench::new();
        let (mut a, b) = bench.bridged();
        let packets = press(&mut a, '7', 100);
        let count = packets.len();
        if is_info_first {
            bench.order(key(&b, '7'));
            send(&a, packets);
            bench.settle();
        } else {
            send(&a, packets);
            bench.settle();
            bench.order(key(&b, '7'));
        }
        pass(&mut bench, 400);
        (0..count).for_each(|_| drop(b.hear()));
        b.hears_nothing();
    }
}

#[test]
fn a_side_without_events_hears_the_tone_of_the_key() {
    let mut bench = Bench::new();
    let a = bench.phone();
    let b = bench.phone_with(|agreed| agreed.telephone_event = None);
    bench.bridge(&a, &b);
    bench.order(key(&b, '5'));
    pass(&mut bench, 400);
    let heard: Vec<f64> = (0..8).flat_map(|_| b.hear().1).map(|byte| f64::from(Law::Mu.decode(byte))).collect();
    b.hears_nothing();
    let level = |hz: f64| {
        let angle = |at: usize| std::f64::consts::TAU * hz * at as f64 / 8000.0;
        let sum =
            |part: fn(f64) -> f64| heard.iter().enumerate().map(|(at, sample)| sample * part(angle(at))).sum::<f64>();
        sum(f64::sin).hypot(sum(f64::cos)) * 2.0 / heard.len() as f64
    };
    for (hz, is_heard) in
        [(697.0, false), (770.0, true), (852.0, false), (1209.0, false), (1336.0, true), (1477.0, false)]
    {
        assert_eq!(level(hz) > 4_000.0, is_heard, "{hz} Hz: {}", level(hz));
        assert!(is_heard || level(hz) < 300.0, "{hz} Hz: {}", level(hz));
    }
}

#[test]
fn a_flood_of_keys_is_bounded_and_none_waits_behind_a_tone() {
    let mut bench = Bench::new();
    let (_, b) = bench.bridged();
    (0..100).for_each(|_| bench.order(key(&b, '1')));
    bench.play(&b, 1, pbx::output::Tone::Busy, "US", 100);
    bench.order(key(&b, '2'));
    pass(&mut bench, 1_000);
    let mut packets = 0;
    while let Some((header, _)) = b.heard() {
        assert_eq!(header.payload_type, 0, "the tone alone");
        packets += 1;
    }
    assert_eq!(packets, 5);
}
