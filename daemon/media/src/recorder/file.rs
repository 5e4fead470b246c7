//! A recording's file while it grows.
//!
//! Samples go behind those that are there, the header is brought up to them before each sync. So at any moment, whatever
//! ends the program or the power, the file is a header of some moment before and samples of which none is wrong: its size
//! says how many.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use rtp::CLOCK_HZ;

use crate::wav;

/// What a recording is written to.
pub(crate) trait Storage {
    /// Writes some of the bytes, at an offset, and says how many.
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<usize>;

    /// Cuts the file to so many bytes.
    fn truncate(&mut self, length: u64) -> io::Result<()>;

    /// Returns when all that was written survives a power cut.
    fn sync(&mut self) -> io::Result<()>;
}

impl Storage for File {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        FileExt::write_at(self, bytes, offset)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

/// A file that is being recorded.
#[derive(Debug)]
pub(crate) struct Part<S> {
    storage: S,
    /// Those that the file has taken.
    samples: u64,
    synced: u64,
}

impl<S: Storage> Part<S> {
    /// Begins with the header of a recording of no length.
    pub(crate) fn begin(storage: S) -> io::Result<Part<S>> {
        let mut part = Part { storage, samples: 0, synced: 0 };
        part.write_header()?;
        Ok(part)
    }

    /// Appends samples. When the disk takes no more, those that it took are counted.
    pub(crate) fn append(&mut self, samples: &[i16]) -> io::Result<()> {
        let bytes = wav::bytes(samples);
        let start = wav::HEADER_LENGTH + self.samples * wav::SAMPLE_LENGTH;
        let mut written = 0;
        let outcome = loop {
            if written == bytes.len() {
                break Ok(());
            }
            match self.storage.write_at(&bytes[written..], start + written as u64) {
                Ok(0) => break Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
            }
        };
        self.samples += written as u64 / wav::SAMPLE_LENGTH;
        outcome
    }

    /// Appends silence.
    pub(crate) fn append_silence(&mut self, length: u64) -> io::Result<()> {
        let zeros = [0; CLOCK_HZ as usize];
        let mut left = length;
        while left > 0 {
            let now = left.min(zeros.len() as u64);
            self.append(&zeros[..now as usize])?;
            left -= now;
        }
        Ok(())
    }

    /// Makes it exactly so long, by cutting or by silence.
    pub(crate) fn trim(&mut self, length: u64) -> io::Result<()> {
        if length > self.samples {
            return self.append_silence(length - self.samples);
        }
        if length < self.samples {
            self.storage.truncate(wav::HEADER_LENGTH + length * wav::SAMPLE_LENGTH)?;
            self.samples = length;
        }
        Ok(())
    }

    /// Brings the header up to date and returns when everything is on disk.
    pub(crate) fn sync(&mut self) -> io::Result<()> {
        // Also when this fails: it is tried again with the next second, not at once.
        self.synced = self.samples;
        self.write_header()?;
        self.storage.sync()
    }

    pub(crate) fn samples(&self) -> u64 {
        self.samples
    }

    /// How much the last sync does not cover.
    pub(crate) fn unsynced(&self) -> u64 {
        self.samples - self.synced.min(self.samples)
    }

    fn write_header(&mut self) -> io::Result<()> {
        let header = wav::header(self.samples);
        let mut written = 0;
        while written < header.len() {
            match self.storage.write_at(&header[written..], written as u64) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
