//! What the media thread is told when the disk hangs, and when the recorder's thread has an error or ends.

use std::sync::Mutex;

use nix::sys::eventfd::EventFd;

use super::*;

fn shared() -> Arc<Shared> {
    let wake = EventFd::new().unwrap();
    Arc::new(Shared { wake, stopping: Default::default(), refused: Mutex::default() })
}

/// A recorder without a thread: what it hands over, and where the thread would answer.
fn recorder() -> (Recorder, Receiver<Vec<Job>>, Sender<Done>) {
    let (jobs, queue) = channel();
    let (to_media, done) = channel();
    let recorder = Recorder {
        jobs: Some(jobs),
        batch: Vec::new(),
        done,
        next_take: 0,
        running: BTreeMap::new(),
        shared: shared(),
        waiting: Arc::default(),
        is_overflowing: false,
    };
    (recorder, queue, to_media)
}

#[test]
fn while_the_disk_hangs_audio_becomes_silence_of_its_length_and_then_is_heard_again() {
    let (mut recorder, queue, _to_media) = recorder();
    let take = recorder.begin(LegId(1), RecordingId(1));
    let stretches = WAITING / 2_000 + 10;
    for _ in 0..stretches {
        recorder.write(take, Piece::Sound(vec![1; 2_000]));
    }
    recorder.waiting.store(0, Ordering::Release);
    recorder.write(take, Piece::Sound(vec![2; 2_000]));
    recorder.end(take, 7, RecordEnd::Stopped);
    recorder.flush();
    let (mut sound, mut silence) = (0, 0);
    let mut jobs = queue.try_recv().unwrap();
    assert!(matches!(jobs.pop(), Some(Job::End(_, 7, RecordEnd::Failed))), "it is not whole");
    assert!(matches!(jobs.pop(), Some(Job::Write(_, Piece::Sound(samples))) if samples == [2; 2_000]));
    for job in jobs {
        match job {
            Job::Write(_, Piece::Sound(samples)) => sound += samples.len() as u64,
            Job::Write(_, Piece::Silence(length)) => silence += length,
            Job::Begin(..) | Job::End(..) => {}
        }
    }
    assert_eq!((sound, silence), (WAITING, stretches * 2_000 - WAITING));
}

#[test]
fn only_recordings_that_lost_audio_have_failed() {
    let (mut recorder, queue, _to_media) = recorder();
    let [lossy, whole] = [1, 2].map(|n| recorder.begin(LegId(n), RecordingId(n)));
    recorder.waiting.store(WAITING, Ordering::Release);
    recorder.write(lossy, Piece::Sound(vec![1; 2_000]));
    recorder.write(whole, Piece::Silence(2_000));
    recorder.waiting.store(0, Ordering::Release);
    for take in [lossy, whole] {
        recorder.write(take, Piece::Sound(vec![1; 2_000]));
        recorder.end(take, 4_000, RecordEnd::Limit);
    }
    recorder.flush();
    let ends = queue.try_recv().unwrap().into_iter().filter_map(|job| match job {
        Job::End(take, 4_000, end) => Some((take, end)),
        _ => None,
    });
    assert_eq!(ends.collect::<Vec<_>>(), [(lossy, RecordEnd::Failed), (whole, RecordEnd::Limit)]);
}

fn failed(take: TakeId, number: u64, length_ms: u32) -> Option<Done> {
    let (leg, recording) = (LegId(number), RecordingId(number));
    Some(Done { take, leg, recording, length_ms, end: RecordEnd::Failed })
}

#[test]
fn a_thread_that_has_ended_fails_what_ran_and_what_would_begin() {
    let (mut recorder, queue, to_media) = recorder();
    let [over, runs] = [1, 2].map(|n| recorder.begin(LegId(n), RecordingId(n)));
    recorder.write(runs, Piece::Sound(vec![1; 16_000]));
    recorder.write(runs, Piece::Silence(8_000));
    recorder.flush();
    let done = Done { end: RecordEnd::Stopped, ..failed(over, 1, 1_000).unwrap() };
    to_media.send(done).unwrap();
    drop((queue, to_media));
    let late = recorder.begin(LegId(3), RecordingId(3));
    recorder.flush();
    assert_eq!(recorder.shared.wake.read(), Ok(1), "the media thread looks at what is over");
    assert_eq!(recorder.next(), Some(done));
    assert_eq!(recorder.next(), failed(runs, 2, 3_000));
    assert_eq!(recorder.next(), failed(late, 3, 0));
    assert_eq!(recorder.next(), None);
}

#[test]
fn a_thread_that_ends_before_it_is_stopped_fails_what_ran() {
    let (mut recorder, queue, to_media) = recorder();
    let take = recorder.begin(LegId(1), RecordingId(1));
    drop((queue, to_media));
    let mut said = Vec::new();
    recorder.stop(|done| said.push(done));
    assert_eq!(said.first().copied(), failed(take, 1, 0));
    assert_eq!(said.len(), 1);
}

#[test]
fn an_error_as_one_begins_fails_it_and_no_other() {
    let folder = std::env::temp_dir().join(format!("bellbox-recorder-{}", std::process::id()));
    let calls = Mutex::new(0);
    let disk = Disk::asking(move |_| {
        let mut calls = calls.lock().unwrap();
        *calls += 1;
        // The first to begin asks first.
        let call = *calls;
        drop(calls);
        assert_ne!(call, 1, "this error is what is tested");
        Err(io::ErrorKind::Unsupported.into())
    });
    let mut recorder = Recorder::start(&folder, disk, shared()).unwrap();
    let [first, second] = [1, 2].map(|n| recorder.begin(LegId(n), RecordingId(n)));
    recorder.write(second, Piece::Sound(vec![1; 8_000]));
    recorder.end(second, 8_000, RecordEnd::Stopped);
    let mut said = Vec::new();
    let outcome = catch_unwind(AssertUnwindSafe(|| recorder.stop(|done| said.push(done))));
    std::fs::remove_dir_all(&folder).unwrap();
    outcome.unwrap();
    let whole = Done { end: RecordEnd::Stopped, ..failed(second, 2, 1_000).unwrap() };
    assert_eq!(said, [failed(first, 1, 0).unwrap(), whole]);
}
