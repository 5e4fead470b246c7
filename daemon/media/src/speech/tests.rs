//! What the voice makes of the sentences, and how they are kept; `wording` holds their words.

mod wording;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use jiff::Timestamp;
use pbx::prompt::{Arg, ArgKind};

use super::shape::{CEILING, LEVEL, loudness};
use super::*;

/// 16:45 in Berlin, on the day before `now`.
fn sample(kind: ArgKind, name: &str) -> Arg {
    let moment = |text: &str| text.parse::<Timestamp>().expect("the test's moment is one");
    let (at, zone) = (moment("2026-03-24T15:45:00Z"), "Europe/Berlin".to_owned());
    match kind {
        ArgKind::Count if name == "saved" => Arg::Count(1),
        ArgKind::Count => Arg::Count(21),
        ArgKind::Digits if name == "address" => Arg::Digits("192.168.1.10".into()),
        ArgKind::Digits => Arg::Digits("1001".into()),
        ArgKind::Name => Arg::Name("Alice Example".into()),
        ArgKind::Moment => Arg::Moment { at, zone, now: moment("2026-03-25T09:00:00Z") },
        ArgKind::TimeOfDay => Arg::TimeOfDay { at, zone },
        ArgKind::Duration => Arg::Duration(900),
    }
}

fn prompt(id: PromptId, language: &str) -> Prompt {
    let args = id.args().iter().map(|(name, kind)| ((*name).to_owned(), sample(*kind, name)));
    Prompt { id, args: args.collect(), language: language.to_owned() }
}

fn with(id: PromptId, language: &str, args: &[(&str, Arg)]) -> Prompt {
    let args = args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
    Prompt { id, args, language: language.to_owned() }
}

/// A folder of this test's own, empty at its start.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("bellbox-speech-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn spoken(speech: &Speech, prompt: Prompt) -> Arc<[i16]> {
    let (reply, replies) = channel();
    speech.render(prompt, move |samples| drop(reply.send(samples)));
    replies.recv().expect("each prompt is answered")
}

/// The sentences in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_sentence = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "wav");
    entries.map(|entry| entry.path()).filter(is_sentence).collect()
}

fn unpacked(folder: &Path, language: &str) -> pico::Unpacked {
    fs::create_dir_all(folder).expect("it can be made");
    pico::voice(language).expect("each language has a voice").unpack(folder).expect("it can be unpacked")
}

#[test]
fn every_sentence_sounds_like_speech_on_a_line() {
    let (catalogue, folder) = (Catalogue::default(), folder("sound"));
    for language in config::LANGUAGES {
        let voice = unpacked(&folder, language);
        for id in PromptId::ALL {
            let text = catalogue.sentence(&prompt(id, language)).text;
            let wide = shape::shape(&pico::render(&voice, &text).expect("it can be rendered"));
            let seconds = wide.len() as f32 / pico::RATE as f32;
            let per_letter = seconds / text.chars().count() as f32;
            assert!((0.04..0.14).contains(&per_letter), "{language} {id:?}: {seconds} s for {text:?}");
            let peak = wide.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0);
            assert!(f32::from(peak) <= CEILING, "{language} {id:?}: peak {peak}");
            let sound: Vec<f32> = wide.iter().map(|sample| f32::from(*sample)).collect();
            let decibels = 20.0 * (loudness(&sound) / LEVEL).log10();
            assert!(decibels.abs() < 1.5, "{language} {id:?}: {decibels} dB off");
            let first = wide.iter().position(|sample| sample.unsigned_abs() > 400).unwrap_or(usize::MAX);
            assert!(first < pico::RATE as usize / 10, "{language} {id:?}: begins after {first} samples");
        }
    }
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn the_same_text_is_the_same_sound_whatever_was_said_before() {
    let folder = folder("same");
    let english = unpacked(&folder, "en");
    let render = |text: &str| pico::render(&english, text).expect("it can be rendered");
    let first = render("You have three new messages.");
    render("Something else, at another length.");
    let _in_the_way = vec![0xaa_u8; 3 * 1024 * 1024];
    assert_eq!(render("You have three new messages."), first);
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn what_was_spoken_is_read_again_and_never_rendered_twice() {
    let folder = folder("cache");
    let goodbye = prompt(PromptId::Goodbye, "en");
    let first = spoken(&Speech::start(&folder).expect("it starts"), goodbye.clone());
    let [file] = &files(&folder)[..] else { panic!("one sentence is one file") };
    let mut reader = hound::WavReader::open(file).expect("it is a WAV file");
    assert_eq!((reader.spec().sample_rate, reader.spec().channels), (16_000, 1));
    assert_eq!(reader.len().div_ceil(2) as usize, first.len());
    // Whoever reads the file says what is in it.
    let halved: Vec<i16> = reader.samples().map(|sample| sample.map_or(0, |sample: i16| sample / 2)).collect();
    drop(reader);
    let mut writer = hound::WavWriter::create(
        file,
        hound::WavSpec {
            channels: 1,
            sample_rate: 16_000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        },
    )
    .expect("it can be written");
    halved.iter().for_each(|sample| writer.write_sample(*sample).expect("it can be written"));
    writer.finalize().expect("it can be written");
    let speech = Speech::start(&folder).expect("it starts");
    let again = spoken(&speech, goodbye.clone());
    assert_ne!(again, first);
    assert_eq!(again[..], shape::halved(&halved)[..]);
    // From memory it is the very same.
    assert!(Arc::ptr_eq(&spoken(&speech, goodbye), &again));
    drop(speech);
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn a_damaged_file_is_rendered_anew() {
    let folder = folder("damaged");
    let saved = prompt(PromptId::Saved, "en");
    let first = spoken(&Speech::start(&folder).expect("it starts"), saved.clone());
    let file = files(&folder)[0].clone();
    let whole = fs::read(&file).expect("it is there");
    for damaged in [&[][..], &whole[..20], &whole[..whole.len() / 2 + 1], &vec![0; whole.len()], b"RIFF"] {
        fs::write(&file, damaged).expect("it can be written");
        assert_eq!(spoken(&Speech::start(&folder).expect("it starts"), saved.clone()), first, "{}", damaged.len());
        assert_eq!(fs::read(&file).expect("it is there"), whole);
    }
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn without_a_folder_a_prompt_is_over_at_once_and_the_next_may_succeed() {
    let file = folder("no-folder");
    fs::write(&file, "in the way").expect("it can be written");
    let speech = Speech::start(&file).expect("it starts");
    assert!(spoken(&speech, prompt(PromptId::Goodbye, "es")).is_empty());
    fs::remove_file(&file).expect("it can be removed");
    fs::create_dir(&file).expect("it can be made");
    assert!(!spoken(&speech, prompt(PromptId::Goodbye, "es")).is_empty());
    // Emptied while in use, voice and all.
    fs::remove_dir_all(&file).and_then(|()| fs::create_dir(&file)).expect("it can be emptied");
    assert!(!spoken(&speech, prompt(PromptId::Saved, "es")).is_empty());
    drop(speech);
    fs::remove_dir_all(&file).expect("it can be removed");
}

#[test]
fn the_oldest_sentences_go_when_the_folder_is_full() {
    let folder = folder("full");
    let disk = cache::Disk::new(&folder, 100_000);
    for (hours, key) in [(3, "a"), (1, "b"), (2, "c")] {
        disk.store(key, &[1; 16_000]);
        let path = folder.join(format!("{key}.wav"));
        let used = std::time::SystemTime::now() - Duration::from_secs(hours * 3_600);
        fs::File::open(path).and_then(|file| file.set_modified(used)).expect("it can be dated");
    }
    fs::write(folder.join("d.tmp"), "left by a crash").expect("it can be written");
    // Used now: the next oldest goes in its place.
    assert!(disk.load("a").is_some());
    disk.store("e", &[1; 16_000]);
    let disk = cache::Disk::new(&folder, 100_000);
    let kept = ["a", "b", "c", "e"].map(|key| disk.load(key).is_some());
    assert_eq!(kept, [true, true, false, true]);
    assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 3);
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn what_is_fixed_is_prepared_when_nothing_else_is_to_be_said() {
    let folder = folder("warm");
    let speech = Speech::start_with(&folder, Duration::from_millis(1)).expect("it starts");
    let fixed: Vec<Prompt> = fixed_prompts("en").into_iter().take(3).collect();
    speech.warm(&fixed);
    // The thread takes jobs in turn and prepares between them.
    while files(&folder).len() < 3 {
        assert!(!spoken(&speech, prompt(PromptId::Saved, "en")).is_empty());
        std::thread::yield_now();
    }
    drop(speech);
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn too_many_prompts_at_once_are_answered_all_the_same() {
    let folder = folder("flood");
    let speech = Speech::start(&folder).expect("it starts");
    let (reply, replies) = channel();
    for count in 0..1_000 {
        let reply = reply.clone();
        let saved = [("new", Arg::Count(count % 5)), ("saved", Arg::Count(1))];
        speech.render(with(PromptId::YouHaveMessages, "en", &saved), move |samples| {
            assert!(reply.send(samples.len()).is_ok());
        });
    }
    drop(reply);
    let lengths: Vec<usize> = replies.iter().collect();
    assert_eq!(lengths.len(), 1_000);
    assert!(lengths.iter().filter(|length| **length > 0).count() >= WAITING);
    drop(speech);
    fs::remove_dir_all(&folder).expect("it can be removed");
}
