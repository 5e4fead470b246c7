//! Recordings that are played.

use std::fs;
use std::time::Duration;

use pbx::input::{MediaEvent, RecordingId};
use pbx::output::{MediaOrder, PlayId, Sound};
use rtp::codec::g711::Law;
use sip::sdp::Codec;

use crate::bench::{Bench, Phone};
use crate::recordings::{Recording, through, tone};

fn play(bench: &mut Bench, phone: &Phone, play: u64, recording: u64, from_ms: u32) {
    let sound = Sound::Recording { recording: RecordingId(recording), from_ms };
    bench.order(MediaOrder::Play { leg: phone.leg, play: PlayId(play), sound });
}

#[track_caller]
fn is_over(bench: &mut Bench, phone: &Phone, play: u64) {
    let over = MediaEvent::PlayDone { leg: phone.leg, play: PlayId(play) };
    bench.expect(|event| (*event == over).then_some(()));
}

/// All that the phone hears until the sound is over.
fn hear_all(bench: &mut Bench, phone: &Phone, law: Law, play: u64) -> Vec<i16> {
    is_over(bench, phone, play);
    let mut samples = Vec::new();
    let mut buffer = [0; 2_000];
    phone.rtp.set_nonblocking(true).unwrap();
    while let Ok(length) = phone.rtp.recv(&mut buffer) {
        samples.extend(buffer[12..length].iter().map(|byte| law.decode(*byte)));
    }
    phone.rtp.set_nonblocking(false).unwrap();
    samples
}

fn hear(phone: &Phone, packets: usize) -> Vec<i16> {
    (0..packets).flat_map(|_| phone.hear().1).map(|byte| Law::Mu.decode(byte)).collect()
}

/// A finished recording.
fn write(recording: &Recording, id: u64, audio: &[i16]) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 8_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let path = recording.folder.join(RecordingId(id).file_name());
    let mut writer = hound::WavWriter::create(path, spec).unwrap();
    audio.iter().for_each(|sample| writer.write_sample(*sample).unwrap());
    writer.finalize().unwrap();
}

/// Audio of which no two stretches are alike.
fn speech(ms: usize) -> Vec<i16> {
    let mut state = 7_u32;
    let noise = (0..ms * 8).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as i16 / 4
    });
    noise.collect()
}

#[test]
fn what_was_said_is_heard_again_bit_for_bit() {
    let mut recording = Recording::new("again");
    let mut phone = recording.bench.phone();
    let (leg, id) = (phone.leg, RecordingId(1));
    recording.bench.order(MediaOrder::Record { leg, recording: id, limit_ms: 60_000, silence_ms: 0 });
    let said = through(Law::Mu, &speech(600));
    for packet in said.chunks(160) {
        let payload: Vec<u8> = packet.iter().map(|sample| Law::Mu.encode(*sample)).collect();
        phone.say(0, &payload);
        recording.bench.advance(Duration::from_millis(20));
    }
    recording.bench.order(MediaOrder::StopRecording { leg });
    recording.bench.expect(|event| matches!(event, MediaEvent::RecordDone { .. }).then_some(()));
    play(&mut recording.bench, &phone, 1, 1, 0);
    let heard = hear_all(&mut recording.bench, &phone, Law::Mu, 1);
    assert!(heard.windows(said.len()).any(|window| window == said));
}

#[test]
fn a_recording_is_heard_whole_in_every_codec_and_packet_length() {
    for (packet_ms, codec, law) in [(20, Codec::Pcmu, Law::Mu), (30, Codec::Pcma, Law::A), (60, Codec::Pcmu, Law::Mu)] {
        let mut recording = Recording::new(&format!("whole-{packet_ms}"));
        let audio = speech(2_490);
        write(&recording, 3, &audio);
        let phone = recording.bench.phone_with(|agreed| (agreed.codec, agreed.packet_ms) = (codec, packet_ms));
        play(&mut recording.bench, &phone, 1, 3, 0);
        let heard = hear_all(&mut recording.bench, &phone, law, 1);
        // The last packet is filled up.
        let silence = law.decode(law.encode(0));
        let length = heard.len() - heard.iter().rev().take_while(|sample| **sample == silence).count();
        assert!(heard.len() - audio.len() < usize::from(packet_ms) * 8, "{} {}", heard.len(), audio.len());
        assert_eq!(heard[..length], through(law, &audio)[..length]);
        assert!(length > audio.len() - 20);
    }
}

#[test]
fn a_place_is_sought_and_behind_the_end_there_is_nothing() {
    let mut recording = Recording::new("seek");
    let phone = recording.bench.phone();
    let audio = speech(60_000);
    write(&recording, 1, &audio);
    for (name, from_ms) in [(1, 0), (2, 42_001), (3, 5_000), (4, 59_900)] {
        play(&mut recording.bench, &phone, name, 1, from_ms);
        let from = from_ms as usize * 8;
        assert_eq!(hear(&phone, 5), through(Law::Mu, &audio[from..from + 800]), "{from_ms}");
        recording.bench.order(MediaOrder::Stop { leg: phone.leg });
        is_over(&mut recording.bench, &phone, name);
        hear_rest(&phone);
    }
    for (name, from_ms) in [(11, 60_000), (12, 60_001), (13, u32::MAX)] {
        play(&mut recording.bench, &phone, name, 1, from_ms);
        is_over(&mut recording.bench, &phone, name);
        phone.hears_nothing();
    }
}

fn hear_rest(phone: &Phone) {
    phone.rtp.set_nonblocking(true).unwrap();
    while phone.rtp.recv(&mut [0; 2_000]).is_ok() {}
    phone.rtp.set_nonblocking(false).unwrap();
}

#[test]
fn what_cannot_be_read_is_over_at_once_or_at_its_last_good_sample() {
    let mut recording = Recording::new("damaged");
    let phone = recording.bench.phone();
    let path = |id: u64| recording.folder.join(RecordingId(id).file_name());
    fs::write(path(2), "").unwrap();
    fs::write(path(3), [0x55; 4_000]).unwrap();
    fs::create_dir(path(4)).unwrap();
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wide = hound::WavWriter::create(path(5), spec).unwrap();
    (0..16_000_i16).for_each(|sample| wide.write_sample(sample).unwrap());
    wide.finalize().unwrap();
    for id in [1, 2, 3, 4, 5] {
        play(&mut recording.bench, &phone, id, id, 0);
        is_over(&mut recording.bench, &phone, id);
        phone.hears_nothing();
    }
    // Cut off in the middle, and with a header that has more behind it.
    let audio = speech(300);
    for (id, length, header) in [(6, 44 + 2 * 1_600 + 1, 4_800_u32), (7, 44 + 2 * 2_000, 3_200)] {
        write(&recording, id, &audio);
        let path = recording.folder.join(RecordingId(id).file_name());
        let mut bytes = fs::read(&path).unwrap();
        bytes.truncate(length);
        bytes[40..44].copy_from_slice(&header.to_le_bytes());
        bytes[4..8].copy_from_slice(&(header + 36).to_le_bytes());
        fs::write(&path, bytes).unwrap();
        play(&mut recording.bench, &phone, id, id, 0);
        assert_eq!(hear_all(&mut recording.bench, &phone, Law::Mu, id), through(Law::Mu, &audio[..1_600]), "{id}");
    }
}

#[test]
fn without_a_folder_a_recording_is_over_at_once() {
    let mut bench = Bench::new();
    let phone = bench.phone();
    play(&mut bench, &phone, 1, 1, 0);
    is_over(&mut bench, &phone, 1);
    phone.hears_nothing();
}

#[test]
fn a_recording_that_is_deleted_while_it_plays_is_heard_to_its_end() {
    let mut recording = Recording::new("deleted");
    let phone = recording.bench.phone();
    let audio = speech(5_000);
    write(&recording, 1, &audio);
    play(&mut recording.bench, &phone, 1, 1, 0);
    let mut heard = hear(&phone, 1);
    fs::remove_file(recording.folder.join("00000001.wav")).unwrap();
    heard.extend(hear_all(&mut recording.bench, &phone, Law::Mu, 1));
    assert_eq!(heard, through(Law::Mu, &audio));
    assert_eq!(open_files(&recording), 0, "and its file is closed");
}

#[test]
fn one_that_is_stopped_or_replaced_ends_once_and_closes_its_file() {
    let mut recording = Recording::new("replaced");
    let phone = recording.bench.phone();
    write(&recording, 1, &tone(440.0, 60_000));
    play(&mut recording.bench, &phone, 1, 1, 0);
    hear(&phone, 2);
    assert_eq!(open_files(&recording), 1);
    play(&mut recording.bench, &phone, 2, 1, 0);
    is_over(&mut recording.bench, &phone, 1);
    hear(&phone, 2);
    recording.bench.order(MediaOrder::Close { leg: phone.leg });
    is_over(&mut recording.bench, &phone, 2);
    let is_closed = (0..100_000).any(|_| {
        recording.bench.settle();
        open_files(&recording) == 0
    });
    assert!(is_closed);
    assert!(!recording.bench.unread().iter().any(|event| matches!(event, MediaEvent::PlayDone { .. })));
}

/// Files in the folder of recordings that this process has open, deleted ones included.
fn open_files(recording: &Recording) -> usize {
    let open = fs::read_dir("/proc/self/fd").unwrap().filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
    open.filter(|path| path.starts_with(&recording.folder)).count()
}

#[test]
fn a_recording_waits_until_the_phone_has_answered_an_offer() {
    let mut recording = Recording::new("late");
    let phone = recording.bench.unconfigured_phone();
    let audio = speech(200);
    write(&recording, 1, &audio);
    play(&mut recording.bench, &phone, 1, 1, 0);
    for _ in 0..50 {
        recording.bench.settle();
    }
    phone.hears_nothing();
    recording.bench.configure(&phone);
    assert_eq!(hear(&phone, 10), through(Law::Mu, &audio));
    is_over(&mut recording.bench, &phone, 1);
}

#[test]
fn a_recording_of_ten_minutes_is_heard_whole() {
    let mut recording = Recording::new("long");
    let phone = recording.bench.phone();
    let audio = speech(600_000);
    write(&recording, 1, &audio);
    play(&mut recording.bench, &phone, 1, 1, 0);
    assert_eq!(hear_by_the_clock(&mut recording.bench, &phone, audio.len()), through(Law::Mu, &audio));
    is_over(&mut recording.bench, &phone, 1);
}

#[test]
fn a_long_recording_is_read_as_it_is_heard_and_not_before() {
    let mut recording = Recording::new("pieces");
    let phone = recording.bench.phone();
    let audio = speech(120_000);
    write(&recording, 1, &audio);
    play(&mut recording.bench, &phone, 1, 1, 0);
    let mut heard = hear_by_the_clock(&mut recording.bench, &phone, 8_000);
    // What is taken away now, over four seconds ahead, cannot be heard unless it was read already.
    let file = fs::OpenOptions::new().write(true).open(recording.folder.join("00000001.wav")).unwrap();
    file.set_len(44 + 2 * 8 * 8_000).unwrap();
    heard.extend(hear_by_the_clock(&mut recording.bench, &phone, 7 * 8_000));
    is_over(&mut recording.bench, &phone, 1);
    phone.hears_nothing();
    assert_eq!(heard, through(Law::Mu, &audio[..8 * 8_000]));
}

/// So many samples, a multiple of 160, with the clock moved as far as the schedule follows.
fn hear_by_the_clock(bench: &mut Bench, phone: &Phone, length: usize) -> Vec<i16> {
    let mut heard = Vec::new();
    while heard.len() < length {
        bench.clock.advance(Duration::from_millis(80));
        bench.settle();
        heard.extend(hear(phone, ((length - heard.len()) / 160).min(4)));
    }
    heard
}

#[test]
fn music_begins_softly_and_has_no_end_until_it_is_stopped() {
    let mut bench = Bench::new();
    let phone = bench.phone();
    let leg = phone.leg;
    bench.order(MediaOrder::Play { leg, play: PlayId(1), sound: Sound::Music });
    let piece = rtp::music::piece();
    let expected = through(Law::Mu, &piece);
    // The whole piece, and its beginning again.
    let packets = piece.len() / 160 + 200;
    for number in 0..packets {
        let heard: Vec<i16> = phone.hear().1.iter().map(|byte| Law::Mu.decode(*byte)).collect();
        let at = number * 160 % piece.len();
        assert_eq!(heard, expected[at..at + 160], "packet {number}");
        bench.advance(Duration::from_millis(20));
    }
    bench.order(MediaOrder::Stop { leg });
    is_over(&mut bench, &phone, 1);
}
