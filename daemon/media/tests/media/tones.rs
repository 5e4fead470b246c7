//! What is played.

use std::time::{Duration, Instant};

use pbx::input::{LegId, MediaEvent};
use pbx::output::{MediaOrder, PlayId, Tone};
use rtp::codec::g711::Law;
use rtp::packet::Header;
use sip::sdp::Codec;

use crate::bench::{Bench, Phone};

/// The peak of one frequency in a stretch of samples (Goertzel).
pub fn peak(samples: &[i16], frequency: f64) -> f64 {
    let coefficient = 2.0 * (std::f64::consts::TAU * frequency / 8000.0).cos();
    let (mut one, mut two) = (0.0, 0.0);
    for sample in samples {
        (one, two) = (f64::from(*sample) + coefficient * one - two, one);
    }
    (one * one + two * two - coefficient * one * two).max(0.0).sqrt() * 2.0 / samples.len() as f64
}

fn listen(phone: &Phone, packets: usize, law: Law) -> (Vec<Header>, Vec<i16>) {
    let heard: Vec<_> = (0..packets).map(|_| phone.hear()).collect();
    let samples = heard.iter().flat_map(|(_, payload)| payload.iter().map(|byte| law.decode(*byte))).collect();
    (heard.into_iter().map(|(header, _)| header).collect(), samples)
}

fn play_done(bench: &mut Bench, leg: LegId) -> PlayId {
    bench.expect(|event| match event {
        MediaEvent::PlayDone { leg: done, play } if *done == leg => Some(*play),
        _ => None,
    })
}

#[test]
fn busy_of_the_us_has_its_frequencies_cadence_and_pace() {
    let mut bench = Bench::new();
    let phone = bench.phone();
    let start = Instant::now();
    bench.play(&phone, 1, Tone::Busy, "US", 1_200);
    let (headers, samples) = listen(&phone, 60, Law::Mu);
    assert!(start.elapsed() >= Duration::from_millis(1_100), "a packet every 20 ms, no burst");
    for (frequency, level) in [(480.0, 1.0), (620.0, 1.0), (440.0, 0.0), (350.0, 0.0)] {
        for (from, on) in [(0, 1.0), (4_000, 0.0), (8_000, 1.0)] {
            let heard = peak(&samples[from + 80..from + 1_280], frequency) / rtp::tone::LEVEL;
            assert!((heard - level * on).abs() < 0.06, "{frequency} Hz from {from}: {heard}");
        }
    }
    let is_on = |samples: &[i16]| samples.iter().any(|sample| sample.abs() > 500);
    assert!(is_on(&samples[3_900..4_000]) && !is_on(&samples[4_000..8_000]) && is_on(&samples[8_000..8_100]));
    for (index, header) in headers.iter().enumerate() {
        assert_eq!(header.marker, index == 0);
        assert_eq!(header.timestamp.wrapping_sub(headers[0].timestamp), 160 * index as u32);
        assert_eq!(header.sequence.wrapping_sub(headers[0].sequence), index as u16);
    }
    assert_eq!(play_done(&mut bench, phone.leg), PlayId(1));
    phone.hears_nothing();
}

#[test]
fn a_tone_is_in_the_phones_codec_and_packet_length() {
    let mut bench = Bench::new();
    let phone = bench.phone_with(|agreed| {
        agreed.codec = Codec::Pcma;
        agreed.packet_ms = 30;
        (agreed.send_payload_type, agreed.receive_payload_type) = (98, 99);
    });
    bench.play(&phone, 1, Tone::Ringback, "DE", 240);
    let (headers, samples) = listen(&phone, 8, Law::A);
    assert_eq!(samples.len(), 8 * 240);
    assert!(headers.iter().all(|header| header.payload_type == 98));
    assert!((peak(&samples[80..], 425.0) / rtp::tone::LEVEL - 1.0).abs() < 0.06);
    assert_eq!(play_done(&mut bench, phone.leg), PlayId(1));
}

#[test]
fn the_special_information_tone_rises() {
    let mut bench = Bench::new();
    let phone = bench.phone();
    bench.play(&phone, 1, Tone::SpecialInformation, "FR", 1_000);
    let (_, samples) = listen(&phone, 50, Law::Mu);
    for (part, frequency) in [950.0, 1_400.0, 1_800.0].into_iter().enumerate() {
        let heard = peak(&samples[part * 2_640 + 20..][..2_400], frequency) / rtp::tone::LEVEL;
        assert!((heard - 1.0).abs() < 0.06, "{frequency}: {heard}");
    }
}

#[test]
fn every_play_ends_once_however_it_ends() {
    let mut bench = Bench::new();
    let phone = bench.phone();
    let unanswered = bench.unconfigured_phone();
    bench.play(&unanswered, 9, Tone::Busy, "US", 60);
    assert_eq!(play_done(&mut bench, unanswered.leg), PlayId(9));
    for play in 1..=3 {
        bench.play(&phone, play, Tone::Busy, "US", 60_000);
    }
    assert_eq!([play_done(&mut bench, phone.leg), play_done(&mut bench, phone.leg)], [PlayId(1), PlayId(2)]);
    bench.order(MediaOrder::Stop { leg: phone.leg });
    assert_eq!(play_done(&mut bench, phone.leg), PlayId(3));
    bench.order(MediaOrder::Stop { leg: phone.leg });
    bench.play(&phone, 4, Tone::Busy, "US", 60_000);
    bench.order(MediaOrder::Close { leg: phone.leg });
    let rest = bench.unread();
    assert_eq!(rest[0], MediaEvent::PlayDone { leg: phone.leg, play: PlayId(4) });
    assert!(matches!(rest[..], [_, MediaEvent::Quality { .. }]), "{rest:?}");
}

#[test]
fn a_tone_ends_at_its_limit_though_the_phone_holds() {
    let mut bench = Bench::new();
    let phone = bench.phone_with(|agreed| agreed.remote.set_port(0));
    bench.play(&phone, 1, Tone::Ringback, "GB", 200);
    assert_eq!(play_done(&mut bench, phone.leg), PlayId(1));
    phone.hears_nothing();
}
