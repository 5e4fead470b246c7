//! Where names led last. One answer is as good as ever while the DNS is dead, also after a restart: a small file in the
//! office's cache keeps them, and is no more than that: without it names are looked up as if for the first time.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use config::Server;
use serde::{Deserialize, Serialize};
use sip::transport::Transport;

/// The file below the office's folder.
pub const FILE: &str = "cache/names.json";

/// How many addresses a name comes to: as many as the engine tries.
pub const MOST: usize = pbx::trunks::ADDRESSES_LIMIT;

/// Names that are kept: four for each trunk that an office may have, so that changes do not push out what is in use.
const KEPT: usize = 64;

/// How long an answer is given again without another look: the engine asks again when it came too late.
const FRESH: Duration = Duration::from_secs(30);

/// The longest file that is read: all names at their longest.
const LONGEST: u64 = 128 * 1024;

/// What is to be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// A name, or an address.
    pub host: String,
    /// With a port it is the server itself; without one its domain may name others (RFC 3263 §4.2).
    pub port: Option<u16>,
    pub transport: Transport,
}

/// Where a name led.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub addresses: Vec<SocketAddr>,
    /// It was found a moment ago.
    pub is_fresh: bool,
}

/// What is known, the newest last.
#[derive(Debug, Default)]
pub struct KnownNames {
    path: Option<PathBuf>,
    entries: Mutex<Vec<Entry>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Wanted,
    addresses: Vec<SocketAddr>,
    /// `None`: in an earlier life.
    #[serde(skip)]
    found: Option<Instant>,
}

impl KnownNames {
    /// With what an earlier life left below this folder, as far as it is sound.
    pub fn open(data: &Path) -> KnownNames {
        let path = data.join(FILE);
        let entries = read(&path).unwrap_or_else(|error| {
            if error.kind() != io::ErrorKind::NotFound {
                log::warn!("{} is not used, names are looked up anew: {error}", path.display());
            }
            Vec::new()
        });
        KnownNames { path: Some(path), entries: Mutex::new(entries) }
    }

    pub fn get(&self, wanted: &Wanted) -> Option<Known> {
        let entries = self.locked();
        let entry = entries.iter().find(|entry| entry.name == *wanted)?;
        let is_fresh = entry.found.is_some_and(|found| found.elapsed() < FRESH);
        Some(Known { addresses: entry.addresses.clone(), is_fresh })
    }

    /// Keeps where a name leads now. Waits for the disk where that is news; an office at rest writes nothing.
    pub fn keep(&self, wanted: &Wanted, addresses: &[SocketAddr]) {
        let mut entries = self.locked();
        let before = entries.iter().position(|entry| entry.name == *wanted).map(|at| entries.remove(at));
        let is_news = before.is_none_or(|before| before.addresses != addresses);
        let found = Some(Instant::now());
        entries.push(Entry { name: wanted.clone(), addresses: addresses.to_vec(), found });
        let surplus = entries.len().saturating_sub(KEPT);
        entries.drain(..surplus);
        // Still locked: what is written last is what was kept last.
        if let Some(path) = self.path.as_ref().filter(|_| is_news)
            && let Err(error) = write(path, &entries)
        {
            log::warn!("{} cannot be written, a restart while the DNS is dead would lose it: {error}", path.display());
        }
    }

    fn locked(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a message could be sent there at all: what the DNS, or a file, says may be anything.
pub fn is_usable(address: &SocketAddr) -> bool {
    let ip = address.ip().to_canonical();
    address.port() > 0 && !ip.is_unspecified() && !ip.is_multicast()
}

fn read(path: &Path) -> io::Result<Vec<Entry>> {
    let mut text = String::new();
    File::open(path)?.take(LONGEST).read_to_string(&mut text)?;
    let entries: Vec<Entry> = serde_json::from_str(&text)?;
    let is_sound = |entry: &Entry| {
        entry.name.host.parse::<Server>().is_ok_and(|server| server.host == entry.name.host)
            && (1..=MOST).contains(&entry.addresses.len())
            && entry.addresses.iter().all(is_usable)
    };
    let all = entries.len();
    let sound: Vec<Entry> = entries.into_iter().filter(is_sound).take(KEPT).collect();
    if sound.len() < all {
        log::warn!("{}: {} of {all} names are not used", path.display(), all - sound.len());
    }
    Ok(sound)
}

/// The old file or the new one is there, whenever the power goes.
fn write(path: &Path, entries: &[Entry]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = path.with_extension("new");
    let mut file = File::create(&new)?;
    file.write_all(&serde_json::to_vec(entries)?)?;
    file.sync_all()?;
    fs::rename(&new, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(host: &str, port: Option<u16>) -> Wanted {
        Wanted { host: host.to_owned(), port, transport: Transport::Udp }
    }

    fn there(last: u8) -> Vec<SocketAddr> {
        vec![([192, 0, 2, last], 5060).into()]
    }

    #[test]
    fn an_answer_is_fresh_for_a_moment_and_known_for_good() {
        let known = KnownNames::default();
        let carrier = wanted("carrier.example", None);
        assert_eq!(known.get(&carrier), None);
        known.keep(&carrier, &there(1));
        assert_eq!(known.get(&carrier), Some(Known { addresses: there(1), is_fresh: true }));
        let past = Instant::now().checked_sub(FRESH * 2).expect("the machine has been up for a minute");
        known.locked()[0].found = Some(past);
        assert_eq!(known.get(&carrier), Some(Known { addresses: there(1), is_fresh: false }));
        assert_eq!(known.get(&wanted("carrier.example", Some(5060))), None, "with a port it is another");
        assert_eq!(known.get(&Wanted { transport: Transport::Tcp, ..carrier }), None);
    }

    #[test]
    fn a_restart_forgets_nothing_but_how_fresh_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let known = KnownNames::open(folder.path());
        known.keep(&wanted("a.example", None), &there(1));
        known.keep(&wanted("b.example", Some(5070)), &there(2));
        known.keep(&wanted("a.example", None), &there(3));
        let again = KnownNames::open(folder.path());
        assert_eq!(again.get(&wanted("a.example", None)), Some(Known { addresses: there(3), is_fresh: false }));
        assert_eq!(again.get(&wanted("b.example", Some(5070))), Some(Known { addresses: there(2), is_fresh: false }));
        fs::remove_file(folder.path().join(FILE)).unwrap();
        known.keep(&wanted("a.example", None), &there(3));
        assert!(!folder.path().join(FILE).exists(), "what is no news is not written");
    }

    #[test]
    fn those_that_were_found_longest_ago_make_room() {
        let folder = tempfile::tempdir().unwrap();
        let known = KnownNames::open(folder.path());
        for number in 0..KEPT {
            known.keep(&wanted(&format!("n{number}.example"), None), &there(1));
        }
        known.keep(&wanted("n0.example", None), &there(1));
        known.keep(&wanted("another.example", None), &there(1));
        let again = KnownNames::open(folder.path());
        assert_eq!(again.locked().len(), KEPT);
        assert!(again.get(&wanted("n0.example", None)).is_some());
        assert!(again.get(&wanted("n1.example", None)).is_none());
    }

    #[test]
    fn the_longest_file_is_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        let known = KnownNames::open(folder.path());
        let host = |number: usize| format!("{number:03}{}.example", format!(".{}", "x".repeat(59)).repeat(4));
        let most: Vec<SocketAddr> = (0..MOST)
            .map(|last| format!("[2001:db8:1111:2222:3333:4444:5555:666{last}]:65535").parse().unwrap())
            .collect();
        for number in 0..KEPT {
            known.keep(&wanted(&host(number), Some(65_535)), &most);
        }
        assert!(fs::metadata(folder.path().join(FILE)).unwrap().len() < LONGEST);
        assert_eq!(KnownNames::open(folder.path()).locked().len(), KEPT);
    }

    #[test]
    fn a_file_that_is_wrong_is_worth_no_more_than_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let row = |host: &str, addresses: &str| {
            format!(r#"{{"name":{{"host":"{host}","port":null,"transport":"Udp"}},"addresses":[{addresses}]}}"#)
        };
        let good = row("a.example", r#""192.0.2.1:5060""#);
        for (text, count) in [
            (String::new(), 0),
            ("[".to_owned(), 0),
            (format!("[{good}]"), 1),
            (format!("[{good},{}]", row("a b", r#""192.0.2.1:5060""#)), 1),
            (format!("[{good},{}]", row("b.example", "")), 1),
            (format!("[{good},{}]", row("b.example", r#""0.0.0.0:5060""#)), 1),
            (format!("[{good},{}]", row("b.example", r#""224.0.0.1:5060""#)), 1),
            (format!("[{good},{}]", row("b.example", r#""192.0.2.1:0""#)), 1),
            (format!("[{good},{}]", row("b.example", &[r#""192.0.2.1:5060""#; 9].join(","))), 1),
            (format!("[{}]", vec![good.clone(); 1_000].join(",")), KEPT),
            (format!("[{}]", vec![good; 10_000].join(",")), 0),
        ] {
            fs::write(&path, &text).unwrap();
            assert_eq!(KnownNames::open(folder.path()).locked().len(), count, "{:.200}", text);
        }
    }
}
