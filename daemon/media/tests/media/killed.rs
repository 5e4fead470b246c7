//! What is left of a recording when the program is killed.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use media::Settings;
use pbx::input::RecordingId;
use pbx::output::{MediaOrder, Tone};
use rtp::codec::g711::Law;

use crate::bench::{Bench, PORTS};

/// Where the other process records.
const FOLDER: &str = "BELLBOX_TEST_RECORDINGS";

#[test]
fn a_killed_program_leaves_all_but_the_last_second() {
    // Four programs at once, each killed after another packet.
    let running: Vec<(u32, PathBuf, Child)> = [(101, "30000"), (130, "30200"), (163, "30400"), (199, "30600")]
        .into_iter()
        .map(|(packets, ports)| {
            let folder = memory().join(format!("bellbox-killed-{}-{packets}", std::process::id()));
            let test = std::env::current_exe().unwrap();
            let arguments = ["--exact", "--nocapture", "killed::until_killed"];
            let mut child = Command::new(test);
            child.args(arguments).env(FOLDER, &folder).env(PORTS, ports);
            (packets, folder, child.stdout(Stdio::piped()).spawn().unwrap())
        })
        .collect();
    for (packets, folder, mut child) in running {
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let is_said = lines.map_while(Result::ok).any(|line| line == format!("said {packets}"));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(is_said, "it ended by itself");
        let file = fs::read(folder.join(RecordingId(1).part_name())).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let audio: Vec<i16> = file[44..].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
        // What was said is there from its first packet on, up to the last second.
        let first = audio.iter().position(|sample| *sample == sample_of(1)).unwrap();
        let said = packets as usize * 160;
        assert!(audio.len() - first + 8_000 >= said, "{} of {said}", audio.len() - first);
        for (number, packet) in (1..).zip(audio[first..].chunks_exact(160)) {
            assert_eq!(packet, [sample_of(number); 160], "packet {number}");
        }
    }
}

/// A folder without a disk behind it, where there is one: this test is about the program, and other tests keep the disk busy.
fn memory() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}

/// What packet `number` says all the time.
fn sample_of(number: u32) -> i16 {
    Law::Mu.decode(byte_of(number))
}

fn byte_of(number: u32) -> u8 {
    0x80 + (number % 100) as u8
}

/// Runs only as a child of the test above: by itself it would never end.
#[test]
fn until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let recordings = Some(PathBuf::from(folder));
    let mut bench = Bench::with(Settings { recordings, ..Settings::default() });
    let mut phone = bench.phone();
    let (leg, recording) = (phone.leg, RecordingId(1));
    bench.order(MediaOrder::Record { leg, recording, limit_ms: 600_000, silence_ms: 0 });
    bench.play(&phone, 1, Tone::Beep, "US", 30_000);
    for number in 1.. {
        // A phone has no clock here but what it hears.
        phone.hear();
        phone.say(0, &[byte_of(number); 160]);
        writeln!(std::io::stdout(), "said {number}").unwrap();
    }
}
