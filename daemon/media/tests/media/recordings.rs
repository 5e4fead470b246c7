//! What is recorded.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use media::Settings;
use pbx::input::{LegId, MediaEvent, RecordEnd, RecordingId};
use pbx::output::{MediaOrder, PlayId, Tone};
use rtp::codec::g711::Law;
use rtp::dtmf::{Keying, event_of};
use sip::sdp::Codec;

use crate::bench::{Bench, PORTS, Phone};
use crate::tones::peak;

/// A bench that can record, and where it keeps what it recorded.
pub struct Recording {
    pub bench: Bench,
    pub folder: PathBuf,
}

impl Recording {
    pub fn new(name: &str) -> Recording {
        Self::with(name, Settings::default())
    }

    /// With other settings than usual but for the folder.
    pub fn with(name: &str, settings: Settings) -> Recording {
        Self::watched(name, settings, |_| {})
    }

    /// See [`Bench::watched`].
    pub fn watched(name: &str, settings: Settings, watch: impl FnMut(&MediaEvent) + Send + 'static) -> Recording {
        let folder = std::env::temp_dir().join(format!("bellbox-recordings-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let settings = Settings { recordings: Some(folder.clone()), ..settings };
        Recording { bench: Bench::watched(settings, watch), folder }
    }

    pub fn record(&mut self, phone: &Phone, recording: u64) {
        self.record_with(phone, recording, 600_000, 0);
    }

    pub fn record_with(&mut self, phone: &Phone, recording: u64, limit_ms: u32, silence_ms: u32) {
        let (leg, recording) = (phone.leg, RecordingId(recording));
        self.bench.order(MediaOrder::Record { leg, recording, limit_ms, silence_ms });
    }

    /// The phone says this in packets of 20 ms, the clock goes with it, and every packet has arrived.
    pub fn say(&mut self, phone: &mut Phone, law: Law, audio: &[i16]) {
        for packet in audio.chunks(160) {
            let payload: Vec<u8> = packet.iter().map(|sample| law.encode(*sample)).collect();
            phone.say(if law == Law::Mu { 0 } else { 8 }, &payload);
            self.bench.advance(PACKET);
        }
    }

    #[track_caller]
    pub fn done(&mut self, leg: LegId) -> (u64, u32, RecordEnd) {
        self.bench.expect(|event| match event {
            MediaEvent::RecordDone { leg: done, recording, length_ms, end } if *done == leg => {
                Some((recording.0, *length_ms, *end))
            }
            _ => None,
        })
    }

    pub fn stop(&mut self, phone: &Phone) -> (u64, u32, RecordEnd) {
        self.bench.order(MediaOrder::StopRecording { leg: phone.leg });
        self.done(phone.leg)
    }

    /// The audio of a finished recording, as another program reads it.
    #[track_caller]
    pub fn audio(&self, recording: u64) -> Vec<i16> {
        let path = self.folder.join(RecordingId(recording).file_name());
        let mut reader = hound::WavReader::open(path).unwrap();
        assert_eq!(reader.spec(), SPEC);
        reader.samples().collect::<Result<_, _>>().unwrap()
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

const PACKET: Duration = Duration::from_millis(20);
const SPEC: hound::WavSpec =
    hound::WavSpec { channels: 1, sample_rate: 8_000, bits_per_sample: 16, sample_format: hound::SampleFormat::Int };

/// A tone at half of full level.
pub fn tone(frequency: f64, ms: usize) -> Vec<i16> {
    let step = std::f64::consts::TAU * frequency / 8_000.0;
    (0..ms * 8).map(|n| ((n as f64 * step).sin() * 16_000.0) as i16).collect()
}

/// As it is after the line.
pub fn through(law: Law, audio: &[i16]) -> Vec<i16> {
    audio.iter().map(|sample| law.decode(law.encode(*sample))).collect()
}

/// Where in a recording something begins.
#[track_caller]
fn position(audio: &[i16], of: &[i16]) -> usize {
    audio.windows(of.len()).position(|window| window == of).expect("it is in the recording")
}

#[test]
fn what_the_party_says_is_in_the_file_sample_for_sample() {
    for (codec, law) in [(Codec::Pcmu, Law::Mu), (Codec::Pcma, Law::A)] {
        let mut recording = Recording::new(if law == Law::Mu { "mu" } else { "a" });
        let mut phone = recording.bench.phone_with(|agreed| agreed.codec = codec);
        recording.record(&phone, 12);
        let said = tone(697.0, 3_000);
        recording.say(&mut phone, law, &said);
        let (id, length_ms, end) = recording.stop(&phone);
        assert_eq!((id, end), (12, RecordEnd::Stopped));
        assert!((3_000..4_000).contains(&length_ms), "{length_ms}");
        let audio = recording.audio(12);
        assert_eq!(audio.len() as u32 / 8, length_ms);
        let at = position(&audio, &through(law, &said));
        assert!(at < 800, "{at}");
        let level = peak(&audio[at..at + said.len()], 697.0);
        assert!((15_700.0..16_300.0).contains(&level), "{level}");
        assert!(!recording.folder.join("00000012.part").exists());
    }
}

#[test]
fn the_folder_and_its_files_are_for_the_box_alone() {
    let mut recording = Recording::new("private");
    let phone = recording.bench.phone();
    recording.record(&phone, 1);
    recording.stop(&phone);
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(recording.folder.clone()), 0o700);
    assert_eq!(mode(recording.folder.join("00000001.wav")), 0o600);
}

#[test]
fn loss_and_disorder_on_the_way_leave_everything_else_in_its_place() {
    let mut recording = Recording::new("loss");
    let mut phone = recording.bench.phone();
    recording.record(&phone, 1);
    let said = through(Law::Mu, &tone(300.0, 2_000));
    let packets: Vec<Vec<u8>> = said
        .chunks(160)
        .map(|audio| phone.packet(0, &audio.iter().map(|sample| Law::Mu.encode(*sample)).collect::<Vec<_>>()))
        .collect();
    // 11 and 12 are lost, 30 comes after 33, 50 twice.
    let order = (0..30).filter(|n| ![11, 12].contains(n)).chain([31, 32, 33, 30]).chain(34..51).chain(50..100);
    for n in order {
        phone.rtp.send_to(&packets[n], phone.server).unwrap();
        recording.bench.advance(PACKET);
    }
    recording.stop(&phone);
    let audio = recording.audio(1);
    let mut expected = said.clone();
    expected[11 * 160..13 * 160].fill(0);
    position(&audio, &expected);
}

#[test]
fn what_is_said_while_the_thread_is_held_up_is_not_lost() {
    let held = LegId(9_999);
    let (say_held, is_held) = sync_channel(0);
    let (release, released) = sync_channel::<()>(0);
    let mut recording = Recording::watched("held", Settings::default(), move |event| {
        if *event == (MediaEvent::Failed { leg: held }) {
            say_held.send(()).unwrap();
            released.recv().unwrap();
        }
    });
    let mut phone = recording.bench.phone();
    // Silence would end it sooner than that takes.
    recording.record_with(&phone, 1, 60_000, 3_000);
    let said = tone(700.0, 7_000);
    recording.say(&mut phone, Law::Mu, &said[..1_000 * 8]);
    recording.bench.media.order(MediaOrder::Open { leg: held, local: ([127, 0, 0, 1], 0).into() });
    is_held.recv().unwrap();
    for packet in said[1_000 * 8..5_000 * 8].chunks(160) {
        phone.say(0, &packet.iter().map(|sample| Law::Mu.encode(*sample)).collect::<Vec<_>>());
        recording.bench.clock.advance(PACKET);
    }
    release.send(()).unwrap();
    // The clock here is faster than the thread, which reads at least one packet each time.
    (0..200).for_each(|_| recording.bench.settle());
    recording.say(&mut phone, Law::Mu, &said[5_000 * 8..]);
    let (_, length_ms, end) = recording.stop(&phone);
    assert_eq!(end, RecordEnd::Stopped);
    assert!((7_000..8_500).contains(&length_ms), "{length_ms}");
    position(&recording.audio(1), &through(Law::Mu, &said));
}

#[test]
fn a_key_is_silence_and_hold_is_silence_of_its_own_length() {
    let mut recording = Recording::new("key");
    let mut phone = recording.bench.phone();
    recording.record(&phone, 1);
    let said = tone(500.0, 400);
    recording.say(&mut phone, Law::Mu, &said);
    let start = phone.next.timestamp;
    for keyed in Keying::new(event_of('5').unwrap(), 200, 20) {
        phone.next.timestamp = start + keyed.timestamp_offset;
        phone.say(101, &keyed.event.print());
        recording.bench.advance(PACKET);
    }
    recording.bench.expect(|event| matches!(event, MediaEvent::Digit { digit: '5', .. }).then_some(()));
    recording.bench.advance(Duration::from_secs(7));
    phone.next.timestamp = start + 8 * 7_500;
    recording.say(&mut phone, Law::Mu, &said);
    let (_, length_ms, _) = recording.stop(&phone);
    assert!((8_000..9_500).contains(&length_ms), "{length_ms}");
    let audio = recording.audio(1);
    let said = through(Law::Mu, &said);
    let first = position(&audio, &said);
    let second = first + said.len() + position(&audio[first + said.len()..], &said);
    assert!(second - first > 7 * 8_000);
    assert!(audio[first + said.len()..second].iter().all(|sample| *sample == 0));
}

#[test]
fn another_stream_and_another_codec_go_on_in_the_same_recording() {
    let mut recording = Recording::new("change");
    let mut phone = recording.bench.phone();
    recording.record(&phone, 1);
    let parts = [tone(400.0, 500), tone(600.0, 500), tone(800.0, 500)];
    recording.say(&mut phone, Law::Mu, &parts[0]);
    (phone.next.ssrc, phone.next.sequence, phone.next.timestamp) = (77, 40_000, 3_000_000_000);
    recording.say(&mut phone, Law::Mu, &parts[1]);
    phone.agreed.codec = Codec::Pcma;
    (phone.agreed.send_payload_type, phone.agreed.receive_payload_type) = (8, 8);
    recording.bench.configure(&phone);
    recording.say(&mut phone, Law::A, &parts[2]);
    recording.stop(&phone);
    let audio = recording.audio(1);
    let places = [0, 1, 2].map(|n| position(&audio, &through(if n == 2 { Law::A } else { Law::Mu }, &parts[n])));
    assert!(places[0] + 4_000 <= places[1] && places[1] + 4_000 <= places[2], "{places:?}");
    assert!(places[2] - places[0] < 9_600, "{places:?}");
}

#[test]
fn silence_ends_it_and_is_cut_off() {
    let mut recording = Recording::new("silence");
    let mut phone = recording.bench.phone();
    recording.record_with(&phone, 1, 60_000, 3_000);
    let said = tone(440.0, 2_000);
    recording.say(&mut phone, Law::Mu, &said);
    // The noise of a line: some -62 dBFS.
    let noise: Vec<i16> = (0..8 * 2_000).map(|n| if n * 7_919 % 13 < 6 { 24 } else { -24 }).collect();
    recording.say(&mut phone, Law::Mu, &noise);
    assert!(recording.bench.unread().iter().all(|event| !matches!(event, MediaEvent::RecordDone { .. })));
    // Nothing at all is silence, too.
    recording.bench.advance(Duration::from_millis(1_400));
    let (_, length_ms, end) = recording.done(phone.leg);
    assert_eq!(end, RecordEnd::Silence);
    let audio = recording.audio(1);
    assert_eq!(audio.len() as u32 / 8, length_ms);
    let after = audio.len() - position(&audio, &through(Law::Mu, &said)) - said.len();
    assert!((3_840..=4_160).contains(&after), "{after} samples of silence are left");
}

/// Some -54 dBFS: below what is taken for speech, and well above a silent line.
fn whisper(ms: usize) -> Vec<i16> {
    (0..ms * 8).map(|n| if n * 7_919 % 13 < 6 { 64 } else { -64 }).collect()
}

#[test]
fn what_was_too_quiet_to_be_taken_for_speech_is_kept() {
    let mut recording = Recording::new("quiet");
    let mut phone = recording.bench.phone();
    recording.record_with(&phone, 1, 60_000, 4_000);
    let said = [tone(440.0, 1_000), whisper(2_000)].concat();
    recording.say(&mut phone, Law::Mu, &said);
    recording.say(&mut phone, Law::Mu, &[0; 8 * 1_400]);
    recording.bench.advance(Duration::from_millis(900));
    assert_eq!(recording.done(phone.leg).2, RecordEnd::Silence);
    let audio = recording.audio(1);
    let after = audio.len() - position(&audio, &through(Law::Mu, &said)) - said.len();
    assert!((3_840..=4_160).contains(&after), "{after} samples of silence are left");
}

#[test]
fn who_speaks_too_quietly_all_the_time_is_recorded_in_full() {
    let mut recording = Recording::new("whisper");
    let mut phone = recording.bench.phone();
    recording.record_with(&phone, 1, 60_000, 3_000);
    let said = whisper(1_000);
    recording.say(&mut phone, Law::Mu, &said);
    recording.say(&mut phone, Law::Mu, &[0; 8 * 2_400]);
    let (_, length_ms, end) = recording.done(phone.leg);
    assert_eq!(end, RecordEnd::Silence);
    assert!((3_000..3_600).contains(&length_ms), "{length_ms}");
    position(&recording.audio(1), &through(Law::Mu, &said));
}

#[test]
fn who_never_speaks_leaves_half_a_second() {
    let mut recording = Recording::new("mute");
    let phone = recording.bench.phone();
    recording.record_with(&phone, 1, 60_000, 5_000);
    recording.bench.advance(Duration::from_millis(4_700));
    assert!(!recording.bench.unread().iter().any(|event| matches!(event, MediaEvent::RecordDone { .. })));
    recording.bench.advance(Duration::from_secs(1));
    assert_eq!(recording.done(phone.leg), (1, 500, RecordEnd::Silence));
    assert_eq!(recording.audio(1), [0; 4_000]);
}

#[test]
fn the_limit_is_exact() {
    let mut recording = Recording::new("limit");
    let mut phone = recording.bench.phone();
    recording.record_with(&phone, 1, 1_234, 5_000);
    recording.say(&mut phone, Law::Mu, &tone(440.0, 2_000));
    assert_eq!(recording.done(phone.leg), (1, 1_234, RecordEnd::Limit));
    assert_eq!(recording.audio(1).len(), 1_234 * 8);
}

#[test]
fn closing_the_port_finishes_the_recording() {
    let mut recording = Recording::new("close");
    let mut phone = recording.bench.phone();
    recording.record(&phone, 1);
    let said = tone(440.0, 1_000);
    recording.say(&mut phone, Law::Mu, &said);
    recording.bench.order(MediaOrder::Close { leg: phone.leg });
    let (_, length_ms, end) = recording.done(phone.leg);
    assert_eq!((end, length_ms / 1_000), (RecordEnd::Stopped, 1));
    position(&recording.audio(1), &through(Law::Mu, &said));
}

#[test]
fn stopping_the_box_finishes_every_recording() {
    let mut recording = Recording::new("shutdown");
    let phones: Vec<Phone> = (0..3).map(|_| recording.bench.phone()).collect();
    for (id, phone) in (1..).zip(&phones) {
        recording.record(phone, id);
    }
    recording.bench.advance(Duration::from_secs(2));
    let (folder, events) = (recording.folder.clone(), recording.bench.stop());
    let done = events
        .iter()
        .filter(|event| matches!(event, MediaEvent::RecordDone { end: RecordEnd::Stopped, length_ms: 2_000.., .. }));
    assert_eq!(done.count(), 3, "{events:?}");
    for id in 1..=3 {
        assert!(hound::WavReader::open(folder.join(format!("0000000{id}.wav"))).unwrap().len() >= 16_000);
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_second_recording_of_a_leg_stops_the_first() {
    let mut recording = Recording::new("second");
    let mut phone = recording.bench.phone();
    recording.record(&phone, 1);
    recording.say(&mut phone, Law::Mu, &tone(440.0, 500));
    recording.record(&phone, 2);
    recording.say(&mut phone, Law::Mu, &tone(660.0, 500));
    let (id, _, end) = recording.done(phone.leg);
    assert_eq!((id, end), (1, RecordEnd::Stopped));
    assert_eq!(recording.stop(&phone).0, 2);
    assert!(peak(&recording.audio(1)[..4_000], 660.0) < 500.0);
    assert!(peak(&recording.audio(2)[..4_000], 660.0) > 10_000.0);
    recording.bench.order(MediaOrder::StopRecording { leg: phone.leg });
    assert!(!recording.bench.unread().iter().any(|event| matches!(event, MediaEvent::RecordDone { .. })), "one each");
}

#[test]
fn a_tone_that_plays_meanwhile_is_heard_and_not_recorded() {
    let mut recording = Recording::new("play");
    let mut phone = recording.bench.phone();
    recording.record(&phone, 1);
    recording.bench.play(&phone, 1, Tone::Beep, "DE", 200);
    let heard: Vec<i16> = (0..10).flat_map(|_| phone.hear().1).map(|byte| Law::Mu.decode(byte)).collect();
    assert!((peak(&heard[80..], 1_000.0) / rtp::tone::LEVEL - 1.0).abs() < 0.06);
    let over = MediaEvent::PlayDone { leg: phone.leg, play: PlayId(1) };
    recording.bench.expect(|event| (*event == over).then_some(()));
    recording.say(&mut phone, Law::Mu, &tone(440.0, 500));
    recording.stop(&phone);
    assert!(peak(&recording.audio(1), 1_000.0) < 100.0);
}

#[test]
fn what_cannot_be_recorded_has_failed_at_once() {
    let failed = |recording| (recording, 0, RecordEnd::Failed);
    let mut recording = Recording::new("failed");
    let phone = recording.bench.phone();
    let (leg, id) = (LegId(404), RecordingId(1));
    recording.bench.order(MediaOrder::Record { leg, recording: id, limit_ms: 1_000, silence_ms: 0 });
    assert_eq!(recording.done(leg), failed(1), "a leg without a port");

    // Whatever has the name already stays as it is.
    for taken in ["00000002.part", "00000003.wav"] {
        fs::write(recording.folder.join(taken), "somebody's message").unwrap();
    }
    for id in [2, 3] {
        recording.record(&phone, id);
        assert_eq!(recording.done(phone.leg), failed(id));
    }
    assert_eq!(fs::read_to_string(recording.folder.join("00000002.part")).unwrap(), "somebody's message");
    assert_eq!(fs::read_to_string(recording.folder.join("00000003.wav")).unwrap(), "somebody's message");

    fs::remove_dir_all(&recording.folder).unwrap();
    fs::write(&recording.folder, "no folder").unwrap();
    recording.record(&phone, 4);
    assert_eq!(recording.done(phone.leg), failed(4));
    fs::remove_file(&recording.folder).unwrap();
    recording.record(&phone, 5);
    assert_eq!(recording.stop(&phone).2, RecordEnd::Stopped, "the folder is made again");

    let mut bench = Bench::new();
    let phone = bench.phone();
    let (leg, id) = (phone.leg, RecordingId(6));
    bench.order(MediaOrder::Record { leg, recording: id, limit_ms: 1_000, silence_ms: 0 });
    let event = MediaEvent::RecordDone { leg, recording: id, length_ms: 0, end: RecordEnd::Failed };
    bench.expect(|said| (*said == event).then_some(()));
}

#[test]
fn while_it_runs_the_file_is_at_most_a_second_behind() {
    let mut recording = Recording::new("part");
    let mut phone = recording.bench.phone();
    recording.record(&phone, 1);
    let path = recording.folder.join("00000001.part");
    for second in 1..=4_u64 {
        recording.say(&mut phone, Law::Mu, &tone(440.0, 1_000));
        let wanted = 44 + (second - 1) * 16_000;
        let has_arrived = || fs::metadata(&path).is_ok_and(|file| file.len() >= wanted);
        let read = || hound::WavReader::open(&path).map_or(0, |reader| u64::from(reader.len()) * 2);
        for what in [&has_arrived as &dyn Fn() -> bool, &|| read() + 16_000 >= wanted] {
            // The disk is waited for, however long other tests keep it busy.
            let until = Instant::now() + Duration::from_secs(60);
            let is_there = std::iter::repeat_with(|| recording.bench.settle())
                .take_while(|()| Instant::now() < until)
                .any(|()| what());
            assert!(is_there, "second {second}");
        }
    }
}

#[test]
fn fifty_at_once_are_all_whole() {
    let mut recording = Recording::new("fifty");
    let mut phones: Vec<Phone> = (0..50).map(|_| recording.bench.phone()).collect();
    for (id, phone) in (1..).zip(&phones) {
        recording.record(phone, id);
    }
    let said: Vec<Vec<i16>> = (0..50).map(|n| tone(300.0 + 50.0 * f64::from(n), 1_000)).collect();
    for packet in 0..50 {
        for (phone, said) in phones.iter_mut().zip(&said) {
            let audio = &said[packet * 160..][..160];
            phone.say(0, &audio.iter().map(|sample| Law::Mu.encode(*sample)).collect::<Vec<_>>());
        }
        recording.bench.advance(PACKET);
    }
    for (id, phone) in (1..).zip(&phones) {
        assert_eq!(recording.stop(phone).2, RecordEnd::Stopped);
        position(&recording.audio(id), &through(Law::Mu, &said[id as usize - 1]));
    }
}

/// Tells the child that it is one.
const ON_A_FULL_DISK: &str = "BELLBOX_ON_A_FULL_DISK";

/// A file may have so many blocks of 512 bytes when the disk is full.
const FULL: u64 = 200;

#[test]
fn a_full_disk_ends_a_recording_with_what_it_took() {
    // The limit on a file's length is the one full disk that needs no rights. It is inherited, as is that its signal is
    // ignored: the write fails instead.
    let command = format!("trap '' XFSZ; ulimit -f {FULL}; exec \"$0\" --exact recordings::on_a_full_disk");
    let test = std::env::current_exe().unwrap();
    let mut child = Command::new("sh");
    child.arg("-c").arg(command).arg(test).env(PORTS, "30800").env(ON_A_FULL_DISK, "yes");
    let output = child.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// Runs only as a child of the test above, where a file may not grow.
#[test]
fn on_a_full_disk() {
    if std::env::var_os(ON_A_FULL_DISK).is_none() {
        return;
    }
    let mut recording = Recording::new("full");
    let mut phone = recording.bench.phone();
    let mut other = recording.bench.phone();
    recording.record(&phone, 1);
    let said = tone(440.0, 7_500);
    recording.say(&mut phone, Law::Mu, &said);
    let (_, length_ms, end) = recording.done(phone.leg);
    let room = (FULL * 512 - 44) / 2;
    assert_eq!((u64::from(length_ms), end), (room / 8, RecordEnd::Failed));
    let audio = recording.audio(1);
    assert_eq!(audio.len() as u64, room);
    let at = position(&audio, &through(Law::Mu, &said[..40_000]));
    assert_eq!(audio[at..], through(Law::Mu, &said)[..audio.len() - at]);
    // Others go on.
    recording.record(&other, 2);
    recording.say(&mut other, Law::Mu, &said[..8_000]);
    assert_eq!(recording.stop(&other).2, RecordEnd::Stopped);
}
