//! Disks that fill up, and what recordings leave of them to the rest of the box.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use media::{Disk, Settings, Space};
use pbx::input::RecordEnd;
use rtp::codec::g711::Law;

use crate::recordings::{Recording, through, tone};

const MB: u64 = 1 << 20;

/// A bench whose disk has as much room as the number says, of 1 TB.
fn with_room(name: &str, room: u64) -> (Recording, Arc<AtomicU64>) {
    let free = Arc::new(AtomicU64::new(room));
    let asked = Arc::clone(&free);
    let disk = Disk::asking(move |_| Ok(Space { free: asked.load(Ordering::Acquire), total: 1_000_000 * MB }));
    (Recording::with(name, Settings { disk, ..Settings::default() }), free)
}

#[test]
fn nothing_begins_on_the_last_64_mb_until_there_is_room_again() {
    let (mut recording, free) = with_room("reserve", 64 * MB - 1);
    let phone = recording.bench.phone();
    recording.record(&phone, 1);
    assert_eq!(recording.done(phone.leg), (1, 0, RecordEnd::Failed));
    assert_eq!(fs::read_dir(&recording.folder).unwrap().count(), 0, "nothing is left behind");
    free.store(64 * MB, Ordering::Release);
    recording.record(&phone, 2);
    assert_eq!(recording.stop(&phone).2, RecordEnd::Stopped);
}

#[test]
fn a_recording_that_comes_to_the_last_64_mb_ends_with_what_it_has() {
    let (mut recording, free) = with_room("fills", 65 * MB);
    let (mut phone, other) = (recording.bench.phone(), recording.bench.phone());
    recording.record(&phone, 1);
    recording.record(&other, 2);
    let said = tone(440.0, 3_000);
    recording.say(&mut phone, Law::Mu, &said);
    let part = recording.folder.join("00000001.part");
    let has_arrived = (0..10_000).any(|_| {
        recording.bench.settle();
        fs::metadata(&part).is_ok_and(|file| file.len() >= 44 + 2_500 * 16)
    });
    assert!(has_arrived);
    free.store(63 * MB, Ordering::Release);
    recording.say(&mut phone, Law::Mu, &tone(440.0, 2_000));
    let (_, length_ms, end) = recording.done(phone.leg);
    assert_eq!(end, RecordEnd::Failed);
    assert!((2_500..6_000).contains(&length_ms), "{length_ms}");
    let audio = recording.audio(1);
    assert_eq!(audio.len() as u32 / 8, length_ms);
    let said = through(Law::Mu, &said[..2_000 * 8]);
    assert!(audio.windows(said.len()).any(|window| window == said), "what was said before is in it");
    assert_eq!(recording.done(other.leg).2, RecordEnd::Failed, "nor does one grow that is silent");
}
