//! Files as programs write them, files as they should not be, and what becomes of a tone.

use super::*;

const LENGTH: RangeInclusive<Duration> = Duration::from_millis(300)..=Duration::from_secs(120);

/// How a file is written.
#[derive(Clone, Copy, Debug)]
struct Written {
    tag: u16,
    channels: u16,
    rate: u32,
    bits: u16,
}

const CD: Written = Written { tag: 1, channels: 2, rate: 44_100, bits: 16 };

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    let pad: &[u8] = if body.len().is_multiple_of(2) { &[] } else { &[0] };
    [name.as_slice(), &length, body, pad].concat()
}

fn format(written: Written) -> Vec<u8> {
    let Written { tag, channels, rate, bits } = written;
    let block = channels * bits / 8;
    let mut body = Vec::new();
    for word in [tag, channels] {
        body.extend(word.to_le_bytes());
    }
    body.extend(rate.to_le_bytes());
    body.extend((rate * u32::from(block)).to_le_bytes());
    for word in [block, bits] {
        body.extend(word.to_le_bytes());
    }
    body
}

fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body: Vec<u8> = [b"WAVE".to_vec()].into_iter().chain(chunks.iter().cloned()).flatten().collect();
    chunk(b"RIFF", &body)
}

fn sample(written: Written, value: f64) -> Vec<u8> {
    use rtp::codec::g711::Law;
    let whole = |bits: u16| (value * (2_f64.powi(i32::from(bits) - 1) - 1.0)).round() as i64;
    match (written.tag, written.bits) {
        (1, 8) => vec![u8::try_from(whole(8) + 128).unwrap()],
        (1, bits) => whole(bits).to_le_bytes()[..usize::from(bits / 8)].to_vec(),
        (3, 32) => (value as f32).to_le_bytes().to_vec(),
        (3, _) => value.to_le_bytes().to_vec(),
        (6, _) => vec![Law::A.encode(whole(16) as i16)],
        _ => vec![Law::Mu.encode(whole(16) as i16)],
    }
}

/// So many milliseconds of a tone in every channel.
fn tone(written: Written, hz: f64, amplitude: f64, ms: u32) -> Vec<u8> {
    let frames = u64::from(written.rate) * u64::from(ms) / 1000;
    let at = |frame: u64| (std::f64::consts::TAU * hz * frame as f64 / f64::from(written.rate)).sin() * amplitude;
    let audio = (0..frames).flat_map(|frame| sample(written, at(frame)).repeat(usize::from(written.channels)));
    riff(&[chunk(b"fmt ", &format(written)), chunk(b"data", &audio.collect::<Vec<u8>>())])
}

/// The amplitude of one frequency, 1.0 at full scale (Goertzel).
fn amplitude(audio: &[i16], hz: f64) -> f64 {
    let step = std::f64::consts::TAU * hz / 8_000.0;
    let (mut one, mut two) = (0.0, 0.0);
    for sample in audio {
        (one, two) = (f64::from(*sample) / 32_768.0 + 2.0 * step.cos() * one - two, one);
    }
    let power = one * one + two * two - 2.0 * step.cos() * one * two;
    2.0 * power.max(0.0).sqrt() / audio.len() as f64
}

/// All but the first and last 50 ms.
fn middle(audio: &[i16]) -> &[i16] {
    &audio[400..audio.len() - 400]
}

#[test]
fn a_tone_survives_every_format() {
    let ways = [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64), (6, 8), (7, 8)];
    for (tag, bits) in ways {
        for (rate, channels) in [(8_000, 1), (11_025, 2), (16_000, 1), (22_050, 2), (44_100, 2), (48_000, 1)] {
            let written = Written { tag, channels, rate, bits };
            let audio = telephone(&tone(written, 1_000.0, 0.3, 1_000), &LENGTH).unwrap();
            assert!(audio.len().abs_diff(8_000) <= 2, "{written:?}: {} samples", audio.len());
            let heard = amplitude(middle(&audio), 1_000.0);
            // A tone whose root mean square is a tenth of full scale.
            assert!((heard - 0.1414).abs() < 0.004, "{written:?}: {heard}");
            let square: f64 = middle(&audio).iter().map(|s| (f64::from(*s) / 32_768.0).powi(2)).sum();
            let noise = square / middle(&audio).len() as f64 - heard * heard / 2.0;
            assert!(noise < 0.0001 * heard, "{written:?}: noise {noise}");
        }
    }
}

#[test]
fn what_no_telephone_carries_does_not_come_back_as_another_tone() {
    for rate in [11_025, 16_000, 44_100, 48_000] {
        let written = Written { rate, channels: 1, ..CD };
        // Both tones as loud: the voice's, and one that would fold to 8000 Hz - hz.
        for hz in [4_400.0, 5_000.0] {
            let (low, high) = (tone(written, 700.0, 0.4, 1_000), tone(written, hz, 0.4, 1_000));
            let mut both = low.clone();
            for at in (44..both.len()).step_by(2) {
                let of = |file: &[u8]| i16::from_le_bytes([file[at], file[at + 1]]);
                both.splice(at..at + 2, (of(&low) + of(&high)).to_le_bytes());
            }
            let audio = telephone(&both, &LENGTH).unwrap();
            let (voice, ghost) = (amplitude(middle(&audio), 700.0), amplitude(middle(&audio), 8_000.0 - hz));
            assert!(ghost < voice / 1_000.0, "{rate} Hz, {hz} Hz: {ghost} beside {voice}");
        }
        let passed = telephone(&tone(written, 3_400.0, 0.3, 1_000), &LENGTH).unwrap();
        assert!((amplitude(middle(&passed), 3_400.0) - 0.1414).abs() < 0.004, "{rate}");
    }
}

#[test]
fn quiet_and_loud_ones_come_out_alike_and_nothing_clips() {
    for amplitude_in in [0.02, 0.1, 0.5, 1.0] {
        let audio = telephone(&tone(CD, 500.0, amplitude_in, 1_000), &LENGTH).unwrap();
        assert!((amplitude(middle(&audio), 500.0) - 0.1414).abs() < 0.004, "{amplitude_in}");
    }
    // Floating point may be beyond full scale.
    let float = Written { tag: 3, bits: 32, ..CD };
    let audio = telephone(&tone(float, 500.0, 8.0, 1_000), &LENGTH).unwrap();
    assert!((amplitude(middle(&audio), 500.0) - 0.1414).abs() < 0.004);
    // One click in a whisper does not clip.
    let mut whisper = tone(CD, 500.0, 0.01, 1_000);
    whisper[40_000..40_004].copy_from_slice(&[0xff, 0x7f, 0xff, 0x7f]);
    let audio = telephone(&whisper, &LENGTH).unwrap();
    assert!(audio.iter().all(|sample| sample.unsigned_abs() < 30_000));
    for amplitude_in in [0.0, 0.000_5] {
        assert_eq!(telephone(&tone(CD, 500.0, amplitude_in, 1_000), &LENGTH), Err(Unusable::Silent));
    }
}

#[test]
fn two_channels_are_mixed_and_neither_is_lost() {
    let stereo = Written { channels: 2, rate: 8_000, ..CD };
    let tone_in = |hz: f64, at: u32| (std::f64::consts::TAU * hz * f64::from(at) / 8_000.0).sin() * 0.3;
    let frames = (0..8_000).flat_map(|at| [sample(stereo, tone_in(500.0, at)), sample(stereo, tone_in(1_500.0, at))]);
    let file = riff(&[chunk(b"fmt ", &format(stereo)), chunk(b"data", &frames.flatten().collect::<Vec<u8>>())]);
    let audio = telephone(&file, &LENGTH).unwrap();
    let (left, right) = (amplitude(middle(&audio), 500.0), amplitude(middle(&audio), 1_500.0));
    assert!((left - right).abs() < 0.002 && left > 0.09, "{left} {right}");
}

#[test]
fn heads_as_programs_write_them_are_understood() {
    let plain = tone(CD, 1_000.0, 0.3, 400);
    let (head, audio) = (format(CD), plain[44..].to_vec());
    let extensible = |tag: u16| {
        let mut body = format(Written { tag: 0xfffe, ..CD });
        body.extend([22, 0, 16, 0, 3, 0, 0, 0]);
        body.extend(tag.to_le_bytes());
        body.extend([0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113]);
        body
    };
    let said = |length: u32| {
        let mut file = plain.clone();
        file[40..44].copy_from_slice(&length.to_le_bytes());
        file
    };
    let data = chunk(b"data", &audio);
    for (name, file) in [
        ("plain", plain.clone()),
        ("with an empty extension", riff(&[chunk(b"fmt ", &[head.clone(), vec![0, 0]].concat()), data.clone()])),
        ("extensible", riff(&[chunk(b"fmt ", &extensible(1)), data.clone()])),
        (
            "with notes before",
            riff(&[chunk(b"JUNK", &[0; 27]), chunk(b"fmt ", &head), chunk(b"LIST", b"INFOx"), data.clone()]),
        ),
        ("with notes behind", riff(&[chunk(b"fmt ", &head), data.clone(), chunk(b"id3 ", &[1; 99])])),
        ("written into a pipe", said(u32::MAX)),
        ("written into another pipe", said(u32::MAX - 36)),
        ("never finished", said(0)),
        ("cut off inside a sample", plain[..plain.len() - 1].to_vec()),
    ] {
        let heard = telephone(&file, &LENGTH).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(heard.len().abs_diff(3_200) < 10, "{name}: {}", heard.len());
    }
    let other = telephone(&riff(&[chunk(b"fmt ", &extensible(0x55)), data]), &LENGTH);
    assert_eq!(other, Err(Unusable::Encoding(super::Written::Mpeg)));
}

#[test]
fn what_cannot_be_heard_is_refused_with_what_to_do() {
    let plain = tone(CD, 1_000.0, 0.3, 1_000);
    let with = |at: usize, bytes: &[u8]| {
        let mut file = plain.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    let data = chunk(b"data", &plain[44..]);
    for (file, text) in [
        (Vec::new(), "the file is empty"),
        (b"ID3\x03 and more".to_vec(), "this is an MP3 file, whatever its name says: save the sound as WAV"),
        (vec![0xff, 0xfb, 0x90, 0x64, 0, 0], "an MP3 file"),
        (b"\0\0\0\x20ftypM4A ".to_vec(), "as telephones record it"),
        (b"OggS".to_vec(), "an Ogg file"),
        (b"fLaC".to_vec(), "a FLAC file"),
        (b"<html>".to_vec(), "no sound that is known here"),
        (b"RIFF".to_vec(), "no sound that is known here"),
        (plain[..12].to_vec(), "it has no audio"),
        (plain[..30].to_vec(), "it ends in its head"),
        (plain[..36].to_vec(), "it has no audio"),
        (riff(std::slice::from_ref(&data)), "it does not say what its samples are"),
        (riff(&[chunk(b"fmt ", &[1, 0, 1]), data.clone()]), "it does not say what its samples are"),
        (with(16, &u32::MAX.to_le_bytes()), "it ends in its head"),
        (with(40, &4_000_000_000_u32.to_le_bytes()), "cut off after 1 s of 22675 s"),
        (plain[..100_000].to_vec(), "cut off after 0 s of 1 s"),
        (with(20, &[2, 0]), "ADPCM: save it as PCM with 16 bits"),
        (with(20, &[0x55, 0]), "MPEG audio (MP3)"),
        (with(34, &[12, 0]), "PCM with 12 bits"),
        (with(22, &[0, 0]), "0 channels"),
        (with(22, &[6, 0]), "6 channels: save it as mono or stereo"),
        (with(24, &[0; 4]), "0 samples a second"),
        (with(24, &7_999_u32.to_le_bytes()), "7999 samples a second"),
        (with(24, &96_000_u32.to_le_bytes()), "96000 samples a second"),
        (with(32, &[3, 0]), "contradicts itself"),
        (tone(CD, 1_000.0, 0.3, 200), "only 200 ms long: it must be 300 ms"),
        (plain[..44].iter().copied().chain([0; 4]).collect(), "cut off"),
        (tone(Written { rate: 8_000, channels: 1, ..CD }, 1_000.0, 0.3, 121_000), "121 s long: cut it to 120 s"),
        ([&plain[..12], &b"none\0\0\0\0".repeat(100_000)].concat(), "it has no audio"),
    ] {
        let why = telephone(&file, &LENGTH).expect_err(text).to_string();
        assert!(why.contains(text), "{text}: {why}");
    }
}

/// Every byte of a head set to what is most likely to hurt: no panic, and nothing longer than the file can be.
#[test]
fn no_head_is_believed_beyond_the_file() {
    let plain = tone(Written { rate: 8_000, ..CD }, 1_000.0, 0.3, 400);
    let names = [b"fmt ", b"data", b"RIFF", b"LIST"];
    for at in 0..44 {
        for hostile in [0, 1, 2, 3, 6, 7, 8, 0x7f, 0x80, 0xfe, 0xff] {
            for width in [1, 2, 4] {
                let mut file = plain.clone();
                file[at..(at + width).min(44)].fill(hostile);
                let heard = telephone(&file, &LENGTH).unwrap_or_default();
                assert!(heard.len() <= file.len(), "{at} {hostile} {width}");
            }
        }
        for name in names {
            let mut file = plain.clone();
            file.splice(at..at, *name);
            let _ = telephone(&file, &LENGTH);
        }
        let _ = telephone(&plain[..at], &LENGTH);
    }
}
