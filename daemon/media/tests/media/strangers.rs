//! Who is heard, and who is not.

use std::time::Duration;

use pbx::input::MediaEvent;
use pbx::output::MediaOrder;

use crate::bench::{Bench, Phone, assert_silent, hear, socket_on};

const TALK: [u8; 160] = [0x2a; 160];
const THEFT: [u8; 160] = [0x66; 160];

fn strangers(bench: &mut Bench, phone: &Phone) -> u64 {
    bench.order(MediaOrder::Close { leg: phone.leg });
    bench.expect(|event| match event {
        MediaEvent::Quality { leg, quality, .. } if *leg == phone.leg => Some(quality.strangers),
        _ => None,
    })
}

#[test]
fn a_stranger_gets_not_one_packet_of_a_running_call_and_is_not_heard() {
    let mut bench = Bench::new();
    let (mut a, mut b) = bench.bridged();
    let elsewhere = socket_on([127, 0, 0, 2]);
    let same_ip = socket_on([127, 0, 0, 1]);
    a.say(0, &TALK);
    b.hear();
    for round in 0..50_u32 {
        let mut packet = a.packet(0, &THEFT);
        // With the SSRC of the call only from elsewhere: on the same IP it would be the phone behind a new port.
        elsewhere.send_to(&packet, a.server).unwrap();
        packet[8..12].copy_from_slice(&(0x5000 + round).to_be_bytes());
        same_ip.send_to(&packet, a.server).unwrap();
        a.next.sequence = a.next.sequence.wrapping_sub(1);
        a.say(0, &TALK);
        assert_eq!(b.hear().1, TALK, "round {round}");
        b.say(0, &TALK);
        assert_eq!(a.hear().1, TALK, "round {round}");
    }
    assert_silent(&elsewhere);
    assert_silent(&same_ip);
    b.hears_nothing();
    assert_eq!(strangers(&mut bench, &a), 100);
    assert_eq!(strangers(&mut bench, &b), 0);
}

#[test]
fn a_stranger_who_comes_first_is_not_taken_for_the_phone() {
    let mut bench = Bench::new();
    let (mut a, mut b) = bench.bridged();
    let thief = socket_on([127, 0, 0, 2]);
    thief.send_to(&a.packet(0, &THEFT), a.server).unwrap();
    b.say(0, &TALK);
    assert_eq!(a.hear().1, TALK);
    a.say(0, &TALK);
    assert_eq!(b.hear().1, TALK);
    assert_silent(&thief);
}

#[test]
fn a_phone_behind_translation_is_learned_from_its_signalling_address() {
    let mut bench = Bench::new();
    // The SDP names an address that cannot be reached; the packets come from the signalling's.
    let mut a = bench.phone_with(|agreed| {
        agreed.remote = "127.0.0.77:40000".parse().unwrap();
        agreed.remote_rtcp = "127.0.0.77:40001".parse().unwrap();
    });
    let mut b = bench.phone();
    bench.bridge(&a, &b);
    a.say(0, &TALK);
    b.hear();
    b.say(0, &TALK);
    assert_eq!(a.hear().1, TALK);
    // The translation changes the port: the same stream may come from another one.
    let moved = socket_on([127, 0, 0, 1]);
    moved.send_to(&a.packet(0, &TALK), a.server).unwrap();
    b.hear();
    b.say(0, &[1; 160]);
    assert_eq!(hear(&moved).1, [1; 160]);
    a.hears_nothing();
}

#[test]
fn a_phone_that_restarts_its_audio_is_heard_after_two_seconds() {
    let mut bench = Bench::new();
    let (mut a, mut b) = bench.bridged();
    a.say(0, &TALK);
    b.hear();
    a.next.ssrc += 1;
    let restarted = socket_on([127, 0, 0, 1]);
    restarted.send_to(&a.packet(0, &THEFT), a.server).unwrap();
    bench.advance(Duration::from_secs(3));
    restarted.send_to(&a.packet(0, &[7; 160]), a.server).unwrap();
    assert_eq!(b.hear().1, [7; 160]);
    b.say(0, &TALK);
    assert_eq!(hear(&restarted).1, TALK);
}

#[test]
fn a_new_ssrc_from_the_same_address_is_the_same_phone() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    a.say(0, &TALK);
    let first = b.hear().0;
    a.next.ssrc += 1;
    a.next.sequence = a.next.sequence.wrapping_add(20_000);
    a.say(0, &TALK);
    let second = b.hear().0;
    assert_eq!((second.ssrc, second.sequence), (first.ssrc, first.sequence.wrapping_add(1)));
}

#[test]
fn a_reinvite_to_another_port_is_followed_at_once() {
    let mut bench = Bench::new();
    let (mut a, mut b) = bench.bridged();
    a.say(0, &TALK);
    b.hear();
    let moved = socket_on([127, 0, 0, 1]);
    a.agreed.remote = moved.local_addr().unwrap();
    bench.configure(&a);
    b.say(0, &TALK);
    assert_eq!(hear(&moved).1, TALK);
    // A last packet from the old port, then the new stream.
    a.say(0, &TALK);
    b.hear();
    a.next.ssrc += 1;
    moved.send_to(&a.packet(0, &[3; 160]), a.server).unwrap();
    assert_eq!(b.hear().1, [3; 160]);
    b.say(0, &[4; 160]);
    assert_eq!(hear(&moved).1, [4; 160]);
}
