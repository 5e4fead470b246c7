//! The commands, run as people run them. Every wait ends at an event or at a generous bound.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "cli/restore.rs"]
mod restore;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use pbx::input::{Answer, CallId, RecordingId};
use pbx::mailbox::{Caller, NewRecording, Purpose};
use store::{MailboxAsk, Store};

/// How long any one event may take before the test fails.
const BOUND: Duration = Duration::from_secs(30);

const OFFICE: &str = "[office]\nname = \"Test\"\n\n[[person]]\nname = \"Workshop\"\nextension = \"201\"\n\
                      phones = [{ user = \"workshop\" }]\n";

struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("bellbox-cli-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn office(&self) -> String {
        self.0.join("office").display().to_string()
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn bellboxd(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bellboxd"));
    command.args(args).stdin(Stdio::null()).env_remove("BELLBOX_LOG").env_remove("NOTIFY_SOCKET").env("TZ", "UTC");
    command
}

fn run(args: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = bellboxd(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[track_caller]
fn succeed(args: &[&str]) -> String {
    let (code, out, err) = run(args);
    assert_eq!(code, 0, "{args:?}: {err}");
    out
}

#[track_caller]
fn fail(args: &[&str], code: i32, parts: &[&str]) {
    let (found, _, err) = run(args);
    assert_eq!(found, code, "{args:?}: {err}");
    for part in parts {
        assert!(err.contains(part), "{args:?}: '{part}' is not in: {err}");
    }
}

/// A running daemon on free ports.
struct Daemon {
    child: Child,
    log: mpsc::Receiver<String>,
    sip: String,
    http: String,
}

impl Daemon {
    fn start(office: &str, more: &[&str]) -> Daemon {
        let args = ["serve", "--data", office, "--sip", "127.0.0.1:0", "--http", "127.0.0.1:0"];
        let mut child =
            bellboxd(&[&args, more].concat()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (sender, log) = mpsc::channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut daemon = Daemon { child, log, sip: String::new(), http: String::new() };
        let sip = daemon.wait_for("sip listens on ");
        daemon.sip = sip.split_whitespace().next().unwrap().to_owned();
        daemon.http = daemon.wait_for("http listens on ");
        daemon.wait_for("ready: ");
        daemon
    }

    /// What follows `start` in the first line that has it.
    #[track_caller]
    fn wait_for(&self, start: &str) -> String {
        loop {
            let line = self.log.recv_timeout(BOUND).unwrap_or_else(|e| panic!("no '{start}': {e}"));
            if let Some((_, rest)) = line.split_once(start) {
                return rest.to_owned();
            }
        }
    }

    #[track_caller]
    fn end(mut self, signal: Signal) {
        kill(Pid::from_raw(i32::try_from(self.child.id()).unwrap()), signal).unwrap();
        self.wait_for("stopped");
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }

    fn post(&self, path: &str, body: &str) -> String {
        let length = body.len();
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Bellbox: 1\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        ))
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.http).unwrap();
        stream.set_read_timeout(Some(BOUND)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn an_import_shows_new_passwords_once_and_the_export_imports_to_the_same() {
    let folder = Folder::new();
    let office = folder.office();
    let out = succeed(&["import", &office, &folder.file("office.toml", OFFICE)]);
    assert!(out.contains("revision 1") && out.contains("PASSWORD") && out.contains("workshop"), "{out}");
    let exported = succeed(&["export", &office]);
    let again = succeed(&["import", "--data", &office, &folder.file("exported.toml", &exported)]);
    assert!(!again.contains("PASSWORD"), "{again}");
    assert_eq!(succeed(&["export", &office]), exported);
    let other = folder.0.join("other").display().to_string();
    succeed(&["import", &other, &folder.file("exported.toml", &exported)]);
    assert_eq!(succeed(&["export", &other]), exported, "also on a new box");
}

#[test]
fn m3_the_office_of_a_moment_is_shown_and_asked_whether_or_not_the_daemon_runs() {
    let folder = Folder::new();
    let office = folder.office();
    succeed(&["import", &office, &folder.file("office.toml", OFFICE)]);
    let first = succeed(&["export", &office]);
    let saved = || -> Vec<(u64, String)> {
        let lines: serde_json::Value = serde_json::from_str(&succeed(&["history", &office, "--json"])).unwrap();
        let line =
            |line: &serde_json::Value| (line["id"].as_u64().unwrap(), line["local"].as_str().unwrap().to_owned());
        lines.as_array().unwrap().iter().map(line).collect()
    };
    let then = saved()[0].1.clone();
    succeed(&["import", &office, &folder.file("later.toml", &first.replace("Workshop", "Garage"))]);
    let asked = || {
        assert_eq!(saved().iter().map(|(id, _)| *id).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(succeed(&["export", &office, "--as-of", &then]), first);
        assert!(succeed(&["export", &office]).contains("Garage"));
        let listed = succeed(&["history", &office, "--as-of", &then]);
        assert!(listed.trim_start().starts_with("1  ") && listed.lines().count() == 1, "{listed}");
        assert!(succeed(&["what-if", &office, "201", "201", "--as-of", &then]).contains("extension of Workshop"));
        assert!(succeed(&["what-if", &office, "201", "201"]).contains("extension of Garage"));
        fail(&["export", &office, "--as-of", "2001-01-01"], 1, &["no office of 2001-01-01", "bellboxd history"]);
        assert_eq!(succeed(&["history", &office, "--as-of", "2001-01-01"]), "Nothing was saved by then.\n");
    };
    asked();
    let daemon = Daemon::start(&office, &[]);
    asked();
    daemon.end(Signal::SIGTERM);
}

#[test]
fn a_bad_file_is_named_with_its_reasons_and_changes_nothing() {
    let folder = Folder::new();
    let office = folder.office();
    succeed(&["import", &office, &folder.file("office.toml", OFFICE)]);
    let before = succeed(&["export", &office]);
    let weak = folder.file("weak.toml", &OFFICE.replace("\"workshop\" }", "\"workshop\", secret = \"1234\" }"));
    fail(&["check", &weak], 1, &["secret", "Workshop"]);
    fail(&["import", &office, &weak], 1, &["was not taken", "secret"]);
    fail(&["check", &folder.file("torn.toml", "[office\n")], 1, &["line 1"]);
    fail(&["check", &folder.file("odd.toml", &OFFICE.replace("extension", "extention"))], 1, &["extention"]);
    fail(&["check", "/nowhere/office.toml"], 1, &["/nowhere/office.toml cannot be read"]);
    assert_eq!(succeed(&["export", &office]), before);
    succeed(&["check", &folder.file("office.toml", OFFICE)]);
}

#[test]
fn a_running_daemon_answers_takes_an_import_and_stops_politely() {
    let folder = Folder::new();
    let office = folder.office();
    let daemon = Daemon::start(&office, &[]);
    let out = succeed(&["import", &office, &folder.file("office.toml", OFFICE)]);
    assert!(out.contains("PASSWORD"), "{out}");
    daemon.wait_for("configuration revision 1 by ");
    let status = succeed(&["status", &office]);
    assert!(status.contains("201") && status.contains("0 of 1 registered"), "{status}");
    let json = succeed(&["status", "--json", &office]);
    assert!(json.contains("\"revision\": 1"), "{json}");
    assert!(succeed(&["calls", &office]).contains("no calls yet"));
    fail(&["calls", &office, "7"], 1, &["there is no call 7"]);
    fail(&["hang-up", &office, "7"], 1, &["there is no call 7"]);
    assert!(daemon.get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(daemon.get("/metrics").contains("bellbox_phones 1"));
    daemon.end(Signal::SIGTERM);
    fail(&["status", &office], 1, &["does not run", "serve"]);
    assert!(succeed(&["export", &office]).contains("Workshop"));
}

#[test]
fn a_message_that_was_being_left_is_listed_after_the_next_start() {
    let folder = Folder::new();
    let office = folder.office();
    succeed(&["import", &office, &folder.file("office.toml", OFFICE)]);
    let store = Store::open(Path::new(&office)).unwrap().store;
    let caller = Caller { number: "202".into(), name: "Front Desk".into() };
    let new = NewRecording {
        id: RecordingId(1),
        mailbox: "201".into(),
        purpose: Purpose::Message(caller),
        call: CallId(1),
        at: "2026-07-01T08:00:00Z".parse().unwrap(),
        is_synced: true,
    };
    let (sender, answer) = mpsc::channel();
    store.mailbox(MailboxAsk::Begin(new), Box::new(move |answer| sender.send(answer).unwrap()));
    assert_eq!(answer.recv_timeout(BOUND).unwrap(), Answer::Committed);
    // A header that was never written, and a minute of sound.
    fs::write(store.recordings_dir().join(RecordingId(1).part_name()), vec![0; 44 + 16 * 61_500]).unwrap();
    drop(store);
    let line = "1        201      new     2026-07-01 08:00:00  1:01, cut off  202 Front Desk";
    let all = succeed(&["messages", &office]);
    assert!(all.contains(line), "{all}");
    assert!(succeed(&["messages", &office, "202"]).contains("no messages"));
    let daemon = Daemon::start(&office, &[]);
    assert_eq!(succeed(&["messages", &office]), all);
    assert!(succeed(&["messages", &office, "202"]).contains("no messages"));
    let json = succeed(&["messages", "--json", &office, "201"]);
    assert!(json.contains("\"length_ms\": 61500"), "{json}");
    daemon.end(Signal::SIGTERM);
}

#[test]
fn phones_are_answered_over_udp_and_tcp() {
    let folder = Folder::new();
    let daemon = Daemon::start(&folder.office(), &[]);
    let request = |transport: &str, from: std::net::SocketAddr| {
        format!(
            "OPTIONS sip:box SIP/2.0\r\nVia: SIP/2.0/{transport} {from};branch=z9hG4bK1\r\nMax-Forwards: 70\r\n\
             From: <sip:x@box>;tag=1\r\nTo: <sip:box>\r\nCall-ID: 1@{transport}\r\nCSeq: 1 OPTIONS\r\n\
             Content-Length: 0\r\n\r\n"
        )
    };
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
    udp.set_read_timeout(Some(BOUND)).unwrap();
    udp.send_to(request("UDP", udp.local_addr().unwrap()).as_bytes(), &daemon.sip).unwrap();
    let mut buffer = [0; 2048];
    let (length, _) = udp.recv_from(&mut buffer).unwrap();
    assert!(buffer[..length].starts_with(b"SIP/2.0 "), "{}", String::from_utf8_lossy(&buffer[..length]));
    let mut tcp = TcpStream::connect(&daemon.sip).unwrap();
    tcp.set_read_timeout(Some(BOUND)).unwrap();
    tcp.write_all(request("TCP", tcp.local_addr().unwrap()).as_bytes()).unwrap();
    let mut start = [0; 8];
    tcp.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"SIP/2.0 ");
    daemon.end(Signal::SIGINT);
}

#[test]
fn a_taken_port_and_a_taken_folder_are_sentences() {
    let folder = Folder::new();
    let office = folder.office();
    let daemon = Daemon::start(&office, &[]);
    let port = daemon.sip.rsplit_once(':').unwrap().1;
    let other = folder.0.join("other").display().to_string();
    fail(&["serve", "--data", &other, "--sip", &daemon.sip], 2, &[port, "already taken", "--sip"]);
    let http = daemon.http.clone();
    fail(&["serve", "--data", &other, "--sip", "127.0.0.1:0", "--http", &http], 2, &["already taken", "--http"]);
    fail(&["serve", "--data", &office, "--sip", "127.0.0.1:0", "--http", "off"], 2, &["in use"]);
    assert!(!PathBuf::from(other).join("bellbox.db").exists(), "nothing was made");
}

#[test]
fn settings_come_from_the_folder_and_unknown_ones_are_refused() {
    let folder = Folder::new();
    let office = folder.office();
    fs::create_dir_all(&office).unwrap();
    let settings = PathBuf::from(&office).join("bellbox.toml");
    fs::write(&settings, "sipp = ['127.0.0.1:0']\n").unwrap();
    fail(&["serve", "--data", &office], 2, &["bellbox.toml", "sipp"]);
    fs::write(&settings, "http = 'nonsense'\n").unwrap();
    fail(&["serve", "--data", &office], 2, &["'nonsense'", "http"]);
    Daemon::start(&office, &[]).end(Signal::SIGTERM);
}

#[test]
fn the_demo_says_the_same_passwords_at_every_start() {
    let folder = Folder::new();
    let office = folder.office();
    let passwords = || {
        let mut daemon = Daemon::start(&office, &["--demo"]);
        let out = daemon.child.stdout.take().unwrap();
        daemon.end(Signal::SIGTERM);
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        lines.filter(|line| line.contains("password")).collect::<Vec<_>>()
    };
    let first = passwords();
    assert_eq!(first.len(), 2);
    assert_eq!(passwords(), first);
}

#[test]
fn a_new_box_is_set_up_by_the_address_that_it_prints() {
    let folder = Folder::new();
    let office = folder.office();
    let mut daemon = Daemon::start(&office, &["--https", "127.0.0.1:0"]);
    let out = daemon.child.stdout.take().unwrap();
    let mut lines = BufReader::new(out).lines().map_while(Result::ok);
    let link = lines.find(|line| line.contains("/#/setup?token=")).unwrap();
    let (page, token) = link.trim().split_once("/#/setup?token=").unwrap();
    assert_eq!(page, format!("http://{}", daemon.http));
    assert!(succeed(&["reset-admin", &office]).contains("/#/setup?token="), "until somebody has set it up");
    let setup = |token: &str| {
        let admin =
            "{\"name\": \"Front Desk\", \"email\": \"desk@example.com\", \"password\": \"a lantern in the fog\"}";
        let office = "{\"name\": \"Our\", \"country\": \"DE\", \"language\": \"de\", \"time_zone\": \"Europe/Berlin\"}";
        daemon.post("/api/setup", &format!("{{\"token\": \"{token}\", \"office\": {office}, \"admin\": {admin}}}"))
    };
    assert!(setup(token).starts_with("HTTP/1.1 403"), "a newer one took its place");
    let newest = succeed(&["reset-admin", &office]);
    let newest = newest.rsplit_once("token=").unwrap().1.trim();
    let done = setup(newest);
    assert!(done.starts_with("HTTP/1.1 200") && done.contains("\"scope\":\"admin\""), "{done}");
    assert!(succeed(&["export", &office]).contains("desk@example.com"));
    assert!(daemon.get("/ca.crt").contains("BEGIN CERTIFICATE"));
    daemon.end(Signal::SIGTERM);
    // Without a daemon the way in holds from the next start on, once.
    let later = succeed(&["reset-admin", &office]);
    let later = later.rsplit_once("/#/reset?token=").unwrap().1.trim().to_owned();
    let daemon = Daemon::start(&office, &[]);
    let reset = format!("{{\"token\": \"{later}\", \"password\": \"seven green kettles\"}}");
    let answer = daemon.post("/api/reset", &reset);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(daemon.post("/api/reset", &reset).starts_with("HTTP/1.1 409"), "it was used");
    daemon.end(Signal::SIGTERM);
    let daemon = Daemon::start(&office, &[]);
    assert!(daemon.post("/api/reset", &reset).starts_with("HTTP/1.1 403"), "also after another start");
    daemon.end(Signal::SIGTERM);
}

#[test]
fn the_command_line_helps_and_says_what_it_did_not_understand() {
    assert!(succeed(&["--help"]).contains("bellboxd serve --data DIR"));
    for command in ["serve", "import", "export", "check", "status", "calls", "messages", "hang-up", "reset-admin"] {
        assert!(succeed(&[command, "--help"]).contains(&format!("Usage: bellboxd {command}")), "{command}");
    }
    assert_eq!(succeed(&["--version"]), concat!("bellboxd ", env!("CARGO_PKG_VERSION"), "\n"));
    fail(&["sing"], 64, &["sing", "--help"]);
    fail(&["export", "/nowhere"], 1, &["/nowhere is no office's folder"]);
}
