//! Keys, as events.

use std::time::Duration;

use pbx::input::MediaEvent;
use rtp::dtmf::{Keyed, Keying, event_of};

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
