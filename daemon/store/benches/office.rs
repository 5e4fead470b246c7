//! What a change of the office costs until it is on disk and judged, and how that grows with the people in it. Beside it runs
//! the least that a disk allows: as many bytes as the database and the copy beside it get, appended and synced, twice.

use std::fs::File;
use std::io::Write;
use std::time::Instant;

use config::RawConfig;
use jiff::Timestamp;
use store::{EditError, Store};

/// People in the offices.
const SIZES: [u32; 3] = [50, 200, 500];
/// Changes that count.
const TURNS: u16 = 30;

fn main() {
    say("ms for a change, median; beside the bare writes; growth");
    let mut least = None;
    for people in SIZES {
        let (change, bare) = office(people);
        let least = *least.get_or_insert(change);
        say(&format!("{people:>6} people {change:>9.2}   x{:<8.1} x{:.2}", change / bare, change / least));
    }
}

fn office(people: u32) -> (f64, f64) {
    let dir = tempfile::tempdir().expect("a directory");
    let store = Store::open(dir.path()).expect("it opens").store;
    let text: String = (0..people)
        .map(|n| {
            let extension = 2000 + n;
            format!(
                "[[person]]\nname = \"Desk {extension}\"\nextension = \"{extension}\"\n\
                 phones = [{{ user = \"u{n}\", secret = \"kT7-example-Zq\" }}]\n"
            )
        })
        .collect();
    store.import(&text, "bench", Timestamp::UNIX_EPOCH).expect("it is a good office");
    let size = store.export().expect("it is there").len();
    let (piece, mut scratch) = (vec![7; size], File::create(dir.path().join("scratch")).expect("a file"));
    let (mut changes, mut bares) = (Vec::new(), Vec::new());
    for turn in 0..TURNS {
        changes.push(timed(|| {
            let edit = |raw: &mut RawConfig| {
                raw.people.last_mut().expect("somebody").ring_s = Some(20 + turn % 2);
                Ok::<_, EditError>(())
            };
            store.edit("bench", Timestamp::UNIX_EPOCH, edit).expect("it is saved");
        }));
        bares.push(timed(|| {
            for _ in 0..2 {
                scratch.write_all(&piece).and_then(|()| scratch.sync_data()).expect("there is space");
            }
        }));
    }
    (median(changes), median(bares))
}

/// Milliseconds.
fn timed(act: impl FnOnce()) -> f64 {
    let start = Instant::now();
    act();
    start.elapsed().as_secs_f64() * 1e3
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("somebody reads");
}
