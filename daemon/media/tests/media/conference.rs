//! Three who hear each other.

use std::time::Duration;

use pbx::output::{MediaOrder, Tone};
use rtp::codec::g711::Law;
use rtp::packet::Header;
use sip::sdp::{Codec, Direction};

use crate::bench::{Bench, Phone};
use crate::tones::peak;

/// Who says which tone, in hertz.
const TONES: [f64; 3] = [500.0, 900.0, 1_400.0];
const PACKET: Duration = Duration::from_millis(20);

/// A phone that speaks A-law, or mu-law.
fn phone(bench: &mut Bench, law: Law) -> Phone {
    bench.phone_with(|agreed| {
        if law == Law::A {
            agreed.codec = Codec::Pcma;
            (agreed.send_payload_type, agreed.receive_payload_type) = (8, 8);
        }
    })
}

fn payload_type(law: Law) -> u8 {
    if law == Law::A { 8 } else { 0 }
}

/// 20 ms of a tone, from packet `number` of it on.
fn tone(frequency: f64, number: usize, law: Law) -> Vec<u8> {
    let sample = |at: usize| 8_000.0 * (std::f64::consts::TAU * frequency * at as f64 / 8_000.0).sin();
    (number * 160..(number + 1) * 160).map(|at| law.encode(sample(at) as i16)).collect()
}

/// All of them say their tones for so many packets; what each heard meanwhile.
fn talk(bench: &mut Bench, phones: &mut [(Phone, Law)], packets: usize) -> Vec<(Vec<Header>, Vec<i16>)> {
    let mut heard = vec![(Vec::new(), Vec::new()); phones.len()];
    for number in 0..packets {
        for ((phone, law), frequency) in phones.iter_mut().zip(TONES) {
            phone.say(payload_type(*law), &tone(frequency, number, *law));
        }
        bench.advance(PACKET);
        bench.settle();
        for ((phone, law), (headers, samples)) in phones.iter().zip(&mut heard) {
            while let Some((header, payload)) = phone.heard() {
                headers.push(header);
                samples.extend(payload.iter().map(|byte| law.decode(*byte)));
            }
        }
    }
    heard
}

fn three(bench: &mut Bench) -> Vec<(Phone, Law)> {
    let phones: Vec<_> = [Law::Mu, Law::A, Law::Mu].map(|law| (phone(bench, law), law)).into();
    let legs = phones.iter().map(|(phone, _)| phone.leg).collect();
    bench.order(MediaOrder::Join { legs });
    phones
}

/// Whether each tone is heard, by its place among [`TONES`].
fn tones_in(samples: &[i16]) -> [bool; 3] {
    // Half a second in which nothing is begun any more.
    let settled = &samples[samples.len().saturating_sub(4_000)..];
    TONES.map(|frequency| peak(settled, frequency) > 1_000.0)
}

#[test]
fn each_of_three_hears_the_two_others_and_not_itself() {
    let mut bench = Bench::new();
    let mut phones = three(&mut bench);
    let heard = talk(&mut bench, &mut phones, 60);
    let expected = [[false, true, true], [true, false, true], [true, true, false]];
    for (own, ((headers, samples), expected)) in heard.iter().zip(expected).enumerate() {
        assert_eq!(tones_in(samples), expected, "phone {own}");
        assert!(headers[0].marker, "phone {own}");
        let payload = payload_type(phones[own].1);
        for pair in headers.windows(2) {
            assert_eq!(pair[1].sequence, pair[0].sequence.wrapping_add(1), "phone {own}");
            assert_eq!((pair[1].ssrc, pair[1].payload_type), (pair[0].ssrc, payload), "phone {own}");
        }
    }
}

#[test]
fn when_one_leaves_the_other_two_go_on_and_the_last_hears_nothing() {
    let mut bench = Bench::new();
    let mut phones = three(&mut bench);
    talk(&mut bench, &mut phones, 5);
    bench.order(MediaOrder::Part { leg: phones[2].0.leg });
    let heard = talk(&mut bench, &mut phones, 60);
    assert_eq!(tones_in(&heard[0].1), [false, true, false]);
    assert_eq!(tones_in(&heard[1].1), [true, false, false]);
    assert!(heard[2].0.is_empty());
    bench.order(MediaOrder::Close { leg: phones[1].0.leg });
    talk(&mut bench, &mut phones[..1], 2);
    assert!(talk(&mut bench, &mut phones[..1], 10)[0].0.is_empty());
    // Whoever was in it can talk to somebody else.
    bench.bridge(&phones[0].0, &phones[2].0);
    let [one, _, other] = &mut phones[..] else { panic!("three phones") };
    one.0.say(0, &tone(500.0, 0, Law::Mu));
    assert_eq!(other.0.hear().1, tone(500.0, 0, Law::Mu));
}

#[test]
fn who_holds_is_not_heard_and_what_is_played_to_one_is_heard_by_that_one_alone() {
    let mut bench = Bench::new();
    let mut phones = three(&mut bench);
    phones[2].0.agreed.direction = Direction::Inactive;
    bench.configure(&phones[2].0);
    bench.play(&phones[0].0, 1, Tone::Beep, "DE", 60_000);
    let heard = talk(&mut bench, &mut phones, 60);
    assert_eq!(tones_in(&heard[0].1), [false, false, false]);
    assert_eq!(tones_in(&heard[1].1), [true, false, false]);
    assert!(heard[2].0.is_empty());
    bench.order(MediaOrder::Stop { leg: phones[0].0.leg });
    let heard = talk(&mut bench, &mut phones, 60);
    assert_eq!(tones_in(&heard[0].1), [false, true, false]);
}

#[test]
fn a_key_is_said_to_each_in_the_place_of_the_others() {
    let mut bench = Bench::new();
    let mut phones = three(&mut bench);
    talk(&mut bench, &mut phones, 5);
    bench.order(MediaOrder::Key { leg: phones[0].0.leg, digit: '5' });
    let heard = talk(&mut bench, &mut phones, 60);
    let is_key = |header: &&Header| header.payload_type == 101;
    assert!(heard[0].0.iter().any(|header| is_key(&header)));
    assert!(!heard[1].0.iter().chain(&heard[2].0).any(|header| is_key(&header)));
    assert_eq!(tones_in(&heard[0].1), [false, true, true]);
}

#[test]
fn a_conference_of_legs_that_have_no_port_is_none() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    bench.order(MediaOrder::Join { legs: vec![a.leg, pbx::input::LegId(999)] });
    a.say(0, &[0x2a; 160]);
    assert_eq!(b.hear().1, [0x2a; 160]);
}
