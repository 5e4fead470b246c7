//! Disks that fail and programs that end, at every single write.

use std::io::{self, Cursor};

use crate::wav;

use super::file::{Part, Storage};

/// A disk that stops at some point, as by a power cut, or refuses.
#[derive(Debug)]
struct Disk {
    /// As the program sees it.
    now: Vec<u8>,
    /// As it would be after a power cut.
    kept: Vec<u8>,
    /// Calls that still succeed. The one after them, if it writes, takes half of the bytes; those after that fail.
    calls_left: usize,
    has_failed: bool,
    calls: usize,
}

impl Disk {
    fn new(calls_left: usize) -> Disk {
        Disk { now: Vec::new(), kept: Vec::new(), calls_left, has_failed: false, calls: 0 }
    }

    fn call(&mut self) -> bool {
        self.calls += 1;
        let is_good = self.calls_left > 0;
        self.calls_left = self.calls_left.saturating_sub(1);
        self.has_failed |= !is_good;
        is_good
    }
}

impl Storage for &mut Disk {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        let is_first_failure = self.calls_left == 0 && !self.has_failed;
        let count = match self.call() {
            true => bytes.len(),
            false if is_first_failure => bytes.len() / 2,
            false => return Err(io::ErrorKind::StorageFull.into()),
        };
        let end = offset as usize + count;
        if self.now.len() < end {
            self.now.resize(end, 0);
        }
        self.now[offset as usize..end].copy_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        if !self.call() {
            return Err(io::ErrorKind::Other.into());
        }
        self.now.truncate(length as usize);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        if !self.call() {
            return Err(io::ErrorKind::Other.into());
        }
        self.kept = self.now.clone();
        Ok(())
    }
}

/// Stretches of 250 ms with syncs between them, as the recorder does it; how many samples had been given when it failed.
fn record(disk: &mut Disk, stretches: usize) -> Result<usize, usize> {
    let mut part = Part::begin(disk).map_err(|_| 0_usize)?;
    for stretch in 0..stretches {
        let audio: Vec<i16> = (0..2_000).map(|n| sample(stretch * 2_000 + n)).collect();
        let written = part.append(&audio);
        let given = (stretch + 1) * 2_000;
        written.map_err(|_| given)?;
        if part.unsynced() >= 6_000 {
            part.sync().map_err(|_| given)?;
        }
    }
    Ok(stretches * 2_000)
}

fn sample(n: usize) -> i16 {
    (n % 30_011) as i16
}

/// What somebody who finds the unfinished file can still hear: the store goes by its size.
fn recovered(file: &[u8]) -> Vec<i16> {
    wav::samples(file.get(wav::HEADER_LENGTH as usize..).unwrap_or_default())
}

/// What is heard of a finished one.
fn played(file: &[u8]) -> Vec<i16> {
    let layout = wav::layout(&mut Cursor::new(file)).unwrap();
    let start = layout.start as usize;
    wav::samples(&file[start..start + layout.samples as usize * 2])
}

#[test]
fn wherever_the_program_ends_all_but_the_last_second_is_there() {
    let mut whole = Disk::new(usize::MAX);
    record(&mut whole, 40).unwrap();
    assert!(whole.calls > 60);
    for calls in 1..whole.calls {
        let mut disk = Disk::new(calls);
        let given = record(&mut disk, 40).unwrap_err();
        // A killed program leaves what it wrote, a power cut what was synced.
        for (name, file) in [("killed", &disk.now), ("power cut", &disk.kept)] {
            let there = recovered(file);
            // A quarter of the second is left for what is not yet handed over, and for the disk's own time.
            assert!(there.len() + 6_000 >= given, "{name} at call {calls}: {} of {given}", there.len());
            assert!(there.iter().enumerate().all(|(n, found)| *found == sample(n)), "{name} at call {calls}");
        }
    }
}

#[test]
fn a_full_disk_keeps_and_counts_what_it_took() {
    for calls in 1..30 {
        let mut disk = Disk::new(calls);
        let mut part = Part::begin(&mut disk).unwrap();
        let audio: Vec<i16> = (0..1_001).map(sample).collect();
        while part.append(&audio).is_ok() {}
        let counted = part.samples();
        assert!(part.append(&audio).is_err() && part.samples() == counted, "it stays full");
        let there = recovered(&disk.now);
        assert!(there.len() as u64 >= counted && there.len() as u64 <= counted + 1_001, "{} {counted}", there.len());
        assert!(counted >= 1_001 * (calls as u64 - 1));
    }
}

#[test]
fn a_header_is_right_after_each_sync() {
    let mut disk = Disk::new(usize::MAX);
    let mut part = Part::begin(&mut disk).unwrap();
    part.append(&[7; 12_345]).unwrap();
    part.append_silence(20_000).unwrap();
    assert_eq!((part.samples(), part.unsynced()), (32_345, 32_345));
    part.sync().unwrap();
    assert_eq!(part.unsynced(), 0);
    let mut reader = hound::WavReader::new(Cursor::new(disk.kept.clone())).unwrap();
    let audio = reader.samples().collect::<Result<Vec<i16>, _>>().unwrap();
    assert_eq!(audio, [vec![7; 12_345], vec![0; 20_000]].concat());
}

#[test]
fn a_recording_is_cut_or_filled_up_to_its_length() {
    for (length, expected) in
        [(0, vec![]), (3, vec![7; 3]), (10, vec![7; 10]), (12, [vec![7; 10], vec![0; 2]].concat())]
    {
        let mut disk = Disk::new(usize::MAX);
        let mut part = Part::begin(&mut disk).unwrap();
        part.append(&[7; 10]).unwrap();
        part.sync().unwrap();
        part.trim(length).unwrap();
        part.sync().unwrap();
        assert_eq!(part.samples(), length);
        assert_eq!(played(&disk.kept), expected);
        assert_eq!(disk.kept.len() as u64, 44 + 2 * length);
    }
}
