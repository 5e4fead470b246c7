//! Audio from leg to leg.

use std::net::SocketAddr;

use pbx::output::{MediaOrder, Tone};
use rtp::codec::g711::Law;
use rtp::packet::{Extension, Packet};
use sip::sdp::{Codec, Direction, TelephoneEvent};

use crate::bench::{Bench, assert_silent, socket_on};

const TALK: [u8; 160] = [0x2a; 160];

#[test]
fn the_same_codec_passes_unchanged_as_one_stream_of_ours() {
    let mut bench = Bench::new();
    let (mut a, mut b) = bench.bridged();
    let mut headers = Vec::new();
    for number in 0..6_u8 {
        a.say(0, &[number; 160]);
        let (header, payload) = b.hear();
        assert_eq!(payload, [number; 160]);
        headers.push(header);
        b.say(0, &[number ^ 0xff; 160]);
        assert_eq!(a.hear().1, [number ^ 0xff; 160]);
    }
    let first = headers[0];
    assert_ne!(first.ssrc, a.next.ssrc);
    for (index, header) in headers.iter().enumerate() {
        assert_eq!(header.sequence, first.sequence.wrapping_add(index as u16));
        assert_eq!(header.timestamp, first.timestamp.wrapping_add(160 * index as u32));
        assert_eq!((header.ssrc, header.payload_type, header.marker), (first.ssrc, 0, index == 0));
    }
}

#[test]
fn the_other_law_is_converted_both_ways() {
    let mut bench = Bench::new();
    let mut a = bench.phone();
    let mut b = bench.phone_with(|agreed| {
        agreed.codec = Codec::Pcma;
        (agreed.send_payload_type, agreed.receive_payload_type) = (8, 8);
    });
    bench.bridge(&a, &b);
    let every_byte: Vec<u8> = (0..=255).collect();
    let converted = |from: Law| {
        let mut bytes = every_byte.clone();
        from.convert(&mut bytes);
        bytes
    };
    a.say(0, &every_byte);
    let (header, payload) = b.hear();
    assert_eq!((header.payload_type, payload), (8, converted(Law::Mu)));
    b.say(8, &every_byte);
    let (header, payload) = a.hear();
    assert_eq!((header.payload_type, payload), (0, converted(Law::A)));
}

#[test]
fn payload_types_are_each_sides_own() {
    let mut bench = Bench::new();
    let mut a = bench.phone_with(|agreed| {
        (agreed.send_payload_type, agreed.receive_payload_type) = (97, 98);
        agreed.telephone_event = Some(TelephoneEvent { send_payload_type: 101, receive_payload_type: 101 });
    });
    let mut b = bench.phone_with(|agreed| {
        (agreed.send_payload_type, agreed.receive_payload_type) = (0, 0);
        agreed.telephone_event = Some(TelephoneEvent { send_payload_type: 96, receive_payload_type: 101 });
    });
    bench.bridge(&a, &b);
    let key = [5, 10, 0, 160];
    for (sent, expected) in [(98, 0), (101, 96)] {
        a.say(sent, &key);
        assert_eq!(b.hear().0.payload_type, expected, "a sends {sent}");
    }
    // A phone that sends keys under the number it asked for itself is understood too.
    for (sent, expected) in [(0, 97), (101, 101), (96, 101)] {
        b.say(sent, &key);
        assert_eq!(a.hear().0.payload_type, expected, "b sends {sent}");
    }
}

#[test]
fn comfort_noise_keep_alives_and_the_unknown_are_dropped_without_a_gap() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    a.say(0, &TALK);
    let before = b.hear().0;
    a.say(13, &[30]);
    a.say(111, &TALK);
    a.say(0, &[]);
    a.say(0, &TALK);
    assert_eq!(b.hear().0.sequence, before.sequence.wrapping_add(1));
}

#[test]
fn loss_and_disorder_pass_as_they_are() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    a.say(0, &TALK);
    let first = b.hear().0;
    let second = a.packet(0, &TALK);
    let _lost = a.packet(0, &TALK);
    a.say(0, &TALK);
    a.rtp.send_to(&second, a.server).unwrap();
    assert_eq!(b.hear().0.sequence, first.sequence.wrapping_add(3));
    let late = b.hear().0;
    assert_eq!(late.sequence, first.sequence.wrapping_add(1));
    assert_eq!(late.timestamp, first.timestamp.wrapping_add(160));
}

#[test]
fn contributing_sources_extension_and_padding_are_taken_off() {
    let mut bench = Bench::new();
    let (a, b) = bench.bridged();
    let extension = Some(Extension { profile: 0xbede, data: &[1; 8] });
    let header = rtp::packet::Header { payload_type: 0, ..a.next };
    let packet = Packet { header, csrcs: &[7; 8], extension, payload: &TALK, padding: 12 };
    let mut bytes = Vec::new();
    packet.print(&mut bytes).unwrap();
    a.rtp.send_to(&bytes, a.server).unwrap();
    let mut buffer = [0; 2_000];
    let length = b.rtp.recv(&mut buffer).unwrap();
    assert_eq!(length, 12 + TALK.len());
    assert_eq!((buffer[0], &buffer[12..length]), (0x80, &TALK[..]));
}

#[test]
fn noise_on_a_port_is_ignored() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    a.rtcp.send_to(b"\x80\xc8 not a report", SocketAddr::new(a.server.ip(), a.server.port() + 1)).unwrap();
    for noise in [&b""[..], b"\x80", b"\x00\x01\x00\x00 binding request of some kind", &[0x80; 1_600], &[0xbf; 200]] {
        a.rtp.send_to(noise, a.server).unwrap();
    }
    a.say(0, &TALK);
    assert_eq!(b.hear().1, TALK);
    b.hears_nothing();
}

#[test]
fn hold_directions_are_obeyed() {
    // The direction of b's leg, from our side; whether b hears a and whether a hears b.
    for (direction, b_hears, a_hears) in [
        (Direction::SendRecv, true, true),
        (Direction::SendOnly, true, false),
        (Direction::RecvOnly, false, true),
        (Direction::Inactive, false, false),
    ] {
        let mut bench = Bench::new();
        let (mut a, mut b) = bench.bridged();
        b.agreed.direction = direction;
        bench.configure(&b);
        a.say(0, &TALK);
        b.say(0, &TALK);
        // The echo of a third phone comes after both.
        let mut fence = bench.phone();
        bench.order(MediaOrder::Echo { leg: fence.leg });
        fence.say(0, &TALK);
        fence.hear();
        if b_hears {
            drop(b.hear())
        } else {
            b.hears_nothing()
        }
        if a_hears { drop(a.hear()) } else { a.hears_nothing() }
    }
}

#[test]
fn nothing_is_sent_to_a_phone_that_holds_the_old_way() {
    for held in ["0.0.0.0:4000", "127.0.0.1:0"] {
        let mut bench = Bench::new();
        let (mut a, mut b) = bench.bridged();
        let resumed = b.agreed.remote;
        b.say(0, &TALK);
        a.hear();
        b.agreed.remote = held.parse().unwrap();
        bench.configure(&b);
        a.say(0, &TALK);
        b.say(0, &TALK);
        a.hear();
        b.hears_nothing();
        b.agreed.remote = resumed;
        bench.configure(&b);
        a.say(0, &[9; 160]);
        assert_eq!(b.hear().1, [9; 160], "{held}");
    }
}

#[test]
fn echo_sends_back_audio_and_keys_under_our_name() {
    let mut bench = Bench::new();
    let mut phone = bench.phone_with(|agreed| {
        agreed.telephone_event = Some(TelephoneEvent { send_payload_type: 96, receive_payload_type: 101 });
    });
    bench.order(MediaOrder::Echo { leg: phone.leg });
    phone.say(0, &TALK);
    let (first, payload) = phone.hear();
    assert_eq!((first.payload_type, payload), (0, TALK.to_vec()));
    assert_ne!(first.ssrc, phone.next.ssrc);
    phone.say(101, &[5, 10, 0, 160]);
    let (second, payload) = phone.hear();
    assert_eq!((second.payload_type, payload), (96, vec![5, 10, 0, 160]));
    assert_eq!(second.sequence, first.sequence.wrapping_add(1));
}

#[test]
fn a_leg_hears_one_stream_whoever_it_is_bridged_to() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    let mut c = bench.phone();
    a.say(0, &TALK);
    let first = b.hear().0;
    bench.bridge(&c, &b);
    a.say(0, &[1; 160]);
    c.say(0, &[2; 160]);
    let (second, payload) = b.hear();
    assert_eq!(payload, [2; 160], "a is bridged to nobody now");
    assert_eq!((second.ssrc, second.sequence), (first.ssrc, first.sequence.wrapping_add(1)));
    assert!(second.timestamp.wrapping_sub(first.timestamp) < 80_000 && second.marker);
    bench.order(MediaOrder::Part { leg: c.leg });
    c.say(0, &TALK);
    bench.bridge(&a, &b);
    a.say(0, &[3; 160]);
    assert_eq!(b.hear().1, [3; 160]);
}

#[test]
fn a_tone_is_heard_instead_of_the_other_side_and_then_audio_goes_on() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    a.say(0, &TALK);
    let first = b.hear().0;
    bench.play(&b, 1, Tone::Congestion, "US", 60_000);
    a.say(0, &TALK);
    let tone = b.hear();
    assert_ne!(tone.1, TALK);
    assert_eq!((tone.0.ssrc, tone.0.sequence), (first.ssrc, first.sequence.wrapping_add(1)));
    bench.order(MediaOrder::Stop { leg: b.leg });
    a.say(0, &TALK);
    let mut last = tone.0;
    loop {
        let (header, payload) = b.hear();
        assert_eq!((header.ssrc, header.sequence), (first.ssrc, last.sequence.wrapping_add(1)));
        assert!(header.timestamp.wrapping_sub(last.timestamp) < 80_000);
        last = header;
        if payload == TALK {
            break;
        }
    }
    assert!(last.marker);
}

#[test]
fn an_ipv4_phone_is_served_by_a_port_of_both_families() {
    let mut bench = Bench::new();
    let mut phone = bench.unconfigured_phone();
    let port = crate::bench::free_port();
    if std::net::UdpSocket::bind(("::", port)).is_err() {
        // A machine without IPv6.
        return;
    }
    bench.order(MediaOrder::Open { leg: phone.leg, local: SocketAddr::new("::".parse().unwrap(), port) });
    phone.server.set_port(port);
    bench.configure(&phone);
    bench.order(MediaOrder::Echo { leg: phone.leg });
    phone.say(0, &TALK);
    assert_eq!(phone.hear().1, TALK);
    let stranger = socket_on([127, 0, 0, 2]);
    stranger.send_to(&phone.packet(0, &TALK), phone.server).unwrap();
    phone.say(0, &TALK);
    phone.hear();
    assert_silent(&stranger);
}
