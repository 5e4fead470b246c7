//! A sound card for a machine without one: a named pipe that the phone plays into at the speed of sound.
//!
//! ALSA's file device writes into the pipe, and the thread here takes out 20 ms of sound every 20 ms, which is what
//! paces the phone. (baresip's own recorder does not survive a hold.)

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::sys::stat::Mode;

use super::tone::RATE_HZ;

/// One RTP packet's worth of sound.
const PACKET: Duration = Duration::from_millis(20);

/// The smallest pipe that the kernel makes: a quarter of a second of sound waits in it at most.
const PIPE_BYTES: i32 = 4096;

/// Hears what one phone plays.
pub struct Ear {
    heard: Arc<Mutex<Vec<i16>>>,
    is_open: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Ear {
    /// Makes the pipe in the phone's folder and listens; ALSA calls it `ear`.
    pub fn open(folder: &Path) -> Self {
        let pipe = folder.join("ear.pipe");
        nix::unistd::mkfifo(&pipe, Mode::from_bits_truncate(0o600)).expect("the folder is new");
        // Open for both, so that it is no end of file when the phone stops playing.
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(OFlag::O_NONBLOCK.bits())
            .open(&pipe)
            .expect("the pipe was made above");
        fcntl(&file, FcntlArg::F_SETPIPE_SZ(PIPE_BYTES)).expect("a page is allowed");
        let alsa =
            format!("pcm.ear {{ type file slave.pcm {{ type null }} file \"{}\" format raw }}\n", pipe.display());
        std::fs::write(folder.join("asound.conf"), alsa).expect("the folder is writable");

        let heard = Arc::new(Mutex::new(Vec::new()));
        let is_open = Arc::new(AtomicBool::new(true));
        let (to, open) = (Arc::clone(&heard), Arc::clone(&is_open));
        Self { heard, is_open, thread: Some(std::thread::spawn(move || listen(file, &to, &open))) }
    }

    /// Lets the phone find the ear.
    pub fn wear(folder: &Path, command: &mut Command) {
        command.env("ALSA_CONFIG_PATH", folder.join("asound.conf"));
    }

    /// How many samples have been heard; a place to listen on from.
    pub fn now(&self) -> usize {
        self.heard.lock().expect("the listener does not panic").len()
    }

    /// All that was heard from a place on.
    pub fn since(&self, from: usize) -> Vec<i16> {
        self.heard.lock().expect("the listener does not panic")[from..].to_vec()
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.is_open.store(false, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // Its panic was shown when it happened.
            let _ = thread.join();
        }
    }
}

fn listen(mut pipe: File, heard: &Mutex<Vec<i16>>, is_open: &AtomicBool) {
    let mut packet = vec![0; RATE_HZ * 2 / 50];
    let mut next = Instant::now();
    while is_open.load(Ordering::Relaxed) {
        next += PACKET;
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
        // An empty pipe is a phone that does not play. ALSA writes whole samples.
        let Ok(count) = pipe.read(&mut packet) else {
            continue;
        };
        let samples = packet[..count].chunks_exact(2);
        let samples = samples.map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
        heard.lock().expect("nobody panics with it").extend(samples);
    }
}
