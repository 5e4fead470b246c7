//! What is spoken.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use media::Settings;
use pbx::input::MediaEvent;
use pbx::output::{MediaOrder, PlayId, Sound};
use pbx::prompt::{Arg, Prompt, PromptId};
use rtp::codec::g711::Law;
use sip::sdp::Codec;

use crate::bench::{Bench, Phone};

/// A bench that can speak, and where it keeps what it said.
struct Speaking {
    bench: Bench,
    folder: PathBuf,
}

impl Speaking {
    fn new(name: &str) -> Speaking {
        let folder = std::env::temp_dir().join(format!("bellbox-prompts-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let settings = Settings { speech_cache: Some(folder.clone()), ..Settings::default() };
        Speaking { bench: Bench::with(settings), folder }
    }

    fn play(&mut self, phone: &Phone, play: u64, id: PromptId, args: &[(&str, Arg)]) {
        let args = args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
        let sound = Sound::Prompt(Prompt { id, args, language: "en".into() });
        self.bench.order(MediaOrder::Play { leg: phone.leg, play: PlayId(play), sound });
    }

    fn play_done(&mut self, phone: &Phone) -> PlayId {
        self.bench.expect(|event| match event {
            MediaEvent::PlayDone { leg, play } if *leg == phone.leg => Some(*play),
            _ => None,
        })
    }
}

impl Drop for Speaking {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// All that a phone heard, once it is known that no more comes.
fn heard(phone: &Phone, law: Law) -> Vec<i16> {
    let mut samples = Vec::new();
    let mut buffer = [0; 2_000];
    phone.rtp.set_nonblocking(true).unwrap();
    while let Ok(length) = phone.rtp.recv(&mut buffer) {
        samples.extend(buffer[12..length].iter().map(|byte| law.decode(*byte)));
    }
    phone.rtp.set_nonblocking(false).unwrap();
    samples
}

/// The energy from 300 to 3400 Hz, and above and below, each 50 Hz of a discrete Fourier transform of 20 ms stretches.
fn energies(samples: &[i16]) -> (f64, f64) {
    let (mut speech, mut rest) = (0.0, 0.0);
    for stretch in samples.chunks_exact(160) {
        for bin in 0..=80 {
            let angle = std::f64::consts::TAU * f64::from(bin) / 160.0;
            let sum = stretch.iter().enumerate().fold((0.0, 0.0), |(re, im), (n, sample)| {
                let (sin, cos) = (angle * n as f64).sin_cos();
                (re + f64::from(*sample) * cos, im + f64::from(*sample) * sin)
            });
            let energy = sum.0 * sum.0 + sum.1 * sum.1;
            if (6..=68).contains(&bin) { speech += energy } else { rest += energy }
        }
    }
    (speech, rest)
}

#[test]
fn a_prompt_is_heard_as_speech_at_the_pace_of_speech() {
    for (codec, law) in [(Codec::Pcmu, Law::Mu), (Codec::Pcma, Law::A)] {
        let mut speaking = Speaking::new(if law == Law::Mu { "mu" } else { "a" });
        let phone = speaking.bench.phone_with(|agreed| agreed.codec = codec);
        let start = Instant::now();
        speaking.play(&phone, 7, PromptId::YourExtensionIs, &[("extension", Arg::Digits("101".into()))]);
        assert_eq!(speaking.play_done(&phone), PlayId(7));
        let samples = heard(&phone, law);
        let seconds = samples.len() as f32 / 8_000.0;
        assert!((1.2..6.0).contains(&seconds), "{seconds} s");
        assert!(start.elapsed() > Duration::from_secs_f32(seconds - 0.1), "{seconds} s in {:?}", start.elapsed());
        let loud =
            samples.chunks_exact(160).filter(|stretch| stretch.iter().any(|sample| sample.abs() > 2_000)).count();
        assert!(loud * 160 * 3 > samples.len(), "a third of it is loud: {loud} of {}", samples.len() / 160);
        let (speech, rest) = energies(&samples);
        // The fundamental of a voice lies below the band.
        assert!(speech > 2.0 * rest, "{speech:.0} in the band, {rest:.0} outside");
    }
}

#[test]
fn a_prompt_takes_the_place_of_the_echo_and_then_the_echo_is_back() {
    let mut speaking = Speaking::new("echo");
    let mut phone = speaking.bench.phone();
    speaking.bench.order(MediaOrder::Echo { leg: phone.leg });
    speaking.play(&phone, 1, PromptId::Saved, &[]);
    phone.say(0, &[0x11; 160]);
    assert_eq!(speaking.play_done(&phone), PlayId(1));
    assert!(!heard(&phone, Law::Mu).chunks_exact(160).any(|packet| packet.iter().all(|s| *s == packet[0] && *s != 0)));
    phone.say(0, &[0x11; 160]);
    assert_eq!(phone.hear().1, [0x11; 160]);
}

#[test]
fn a_prompt_that_is_stopped_or_replaced_ends_once() {
    let mut speaking = Speaking::new("stopped");
    let phone = speaking.bench.phone();
    speaking.play(&phone, 1, PromptId::MainMenu, &[]);
    speaking.play(&phone, 2, PromptId::MainMenu, &[]);
    assert_eq!(speaking.play_done(&phone), PlayId(1));
    phone.hear();
    speaking.bench.order(MediaOrder::Stop { leg: phone.leg });
    assert_eq!(speaking.play_done(&phone), PlayId(2));
    // The first one's sentence comes in late, and is nobody's.
    heard(&phone, Law::Mu);
    speaking.bench.advance(Duration::from_secs(1));
    phone.hears_nothing();
    assert!(!speaking.bench.unread().iter().any(|event| matches!(event, MediaEvent::PlayDone { .. })));
}

#[test]
fn without_a_voice_a_prompt_is_over_at_once() {
    let mut bench = Bench::new();
    let phone = bench.phone();
    let sound = Sound::Prompt(Prompt { id: PromptId::MainMenu, args: Vec::new(), language: "en".into() });
    bench.order(MediaOrder::Play { leg: phone.leg, play: PlayId(1), sound });
    bench.expect(|event| (*event == MediaEvent::PlayDone { leg: phone.leg, play: PlayId(1) }).then_some(()));
    phone.hears_nothing();
}

#[test]
fn a_prompt_waits_until_the_phone_has_answered_an_offer() {
    let mut speaking = Speaking::new("late");
    let phone = speaking.bench.unconfigured_phone();
    speaking.play(&phone, 1, PromptId::Goodbye, &[]);
    // Long enough for the sentence to be there; it is not begun.
    while !speaking
        .folder
        .read_dir()
        .is_ok_and(|entries| entries.flatten().any(|e| e.path().extension().is_some_and(|x| x == "wav")))
    {
        std::thread::yield_now();
    }
    speaking.bench.settle();
    phone.hears_nothing();
    speaking.bench.configure(&phone);
    assert_eq!(speaking.play_done(&phone), PlayId(1));
    let samples = heard(&phone, Law::Mu);
    assert!(samples.len() > 3_000, "{}", samples.len());
}
