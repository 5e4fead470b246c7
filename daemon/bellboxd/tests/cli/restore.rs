//! A whole office moves from one box to another, by the page alone.

use sip::auth::{ClientRequest, answer_challenge};

use super::*;

const OFFICE: &str = "[office]\nname = \"Harbour\"\n\n[[person]]\nname = \"Workshop\"\nextension = \"201\"\n\
                      voicemail = true\npin = \"739116\"\n\
                      phones = [{ user = \"workshop\", secret = \"kT7-example-Zq\" }]\n";

/// A page's answer: its status, its head and its bytes.
fn ask(daemon: &Daemon, method: &str, path: &str, headers: &str, body: &[u8]) -> (u16, String, Vec<u8>) {
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Bellbox: 1\r\n{headers}\
         Content-Length: {length}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(&daemon.http).unwrap();
    stream.set_read_timeout(Some(BOUND)).unwrap();
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    (head[9..12].parse().unwrap(), head, answer[end + 4..].to_vec())
}

const JSON: &str = "Content-Type: application/json\r\n";

/// The cookie of whoever sets the box up.
fn set_up(daemon: &Daemon, folder: &str) -> String {
    let token = token(folder);
    let body = format!(
        "{{\"token\": \"{token}\", \"office\": {{\"name\": \"Harbour\", \"country\": \"DE\", \"language\": \"de\", \
         \"time_zone\": \"Europe/Berlin\"}}, \"admin\": {{\"name\": \"Front Desk\", \"email\": \"desk@example.com\", \
         \"password\": \"a lantern in the fog\"}}}}"
    );
    cookie(&ask(daemon, "POST", "/api/setup", JSON, body.as_bytes()))
}

fn token(folder: &str) -> String {
    succeed(&["reset-admin", folder]).rsplit_once("token=").unwrap().1.trim().to_owned()
}

fn cookie((status, head, body): &(u16, String, Vec<u8>)) -> String {
    assert_eq!(*status, 200, "{}", String::from_utf8_lossy(body));
    let line = head.lines().find(|line| line.to_lowercase().starts_with("set-cookie: ")).unwrap();
    format!("Cookie: {}\r\n", line[12..].split(';').next().unwrap())
}

fn leave_a_message(office: &str) {
    let store = Store::open(Path::new(office)).unwrap().store;
    let caller = Caller { number: "202".into(), name: "Front Desk".into() };
    let new = NewRecording {
        id: RecordingId(1),
        mailbox: "201".into(),
        purpose: Purpose::Message(caller),
        call: CallId(1),
        at: "2026-07-01T08:00:00Z".parse().unwrap(),
        is_synced: true,
    };
    let tell = |ask| {
        let (sender, answer) = mpsc::channel();
        store.mailbox(ask, Box::new(move |answer| sender.send(answer).unwrap()));
        assert_eq!(answer.recv_timeout(BOUND).unwrap(), Answer::Committed);
    };
    tell(MailboxAsk::Begin(new));
    fs::write(store.recordings_dir().join(RecordingId(1).file_name()), vec![1; 44 + 16 * 2_000]).unwrap();
    tell(MailboxAsk::Keep { recording: RecordingId(1), length_ms: Some(2_000) });
}

/// The final answer to a REGISTER with this secret.
fn register(daemon: &Daemon, secret: &str) -> String {
    let phone = UdpSocket::bind("127.0.0.1:0").unwrap();
    phone.set_read_timeout(Some(BOUND)).unwrap();
    let from = phone.local_addr().unwrap();
    let exchange = |cseq: u32, more: &str| {
        let request = format!(
            "REGISTER sip:box SIP/2.0\r\nVia: SIP/2.0/UDP {from};branch=z9hG4bK{cseq}{secret}\r\nMax-Forwards: 70\r\n\
             From: <sip:workshop@box>;tag=1\r\nTo: <sip:workshop@box>\r\nCall-ID: 1@{from}\r\nCSeq: {cseq} REGISTER\r\n\
             Contact: <sip:workshop@{from}>\r\n{more}Content-Length: 0\r\n\r\n"
        );
        phone.send_to(request.as_bytes(), &daemon.sip).unwrap();
        let mut buffer = [0; 4096];
        let (length, _) = phone.recv_from(&mut buffer).unwrap();
        String::from_utf8_lossy(&buffer[..length]).into_owned()
    };
    let challenged = exchange(1, "");
    let challenges: Vec<&[u8]> =
        challenged.lines().filter_map(|line| line.strip_prefix("WWW-Authenticate: ")).map(str::as_bytes).collect();
    let asked = ClientRequest { method: "REGISTER", uri: "sip:box", user: "workshop", secret, cnonce: "c0ffee", nc: 1 };
    let credentials = answer_challenge(challenges, &asked).unwrap();
    exchange(2, &format!("Authorization: {credentials}\r\n"))
}

/// Waits until the daemon has ended and come again, perhaps on other ports.
fn started_anew(daemon: &mut Daemon) {
    daemon.wait_for("shutting down to start anew");
    daemon.wait_for("stopped");
    daemon.sip = daemon.wait_for("sip listens on ").split_whitespace().next().unwrap().to_owned();
    daemon.http = daemon.wait_for("http listens on ");
    daemon.wait_for("ready: ");
}

#[test]
fn a_filled_office_restored_into_an_empty_box_is_the_same_office_and_can_be_undone() {
    let folder = Folder::new();
    let (here, there) = (folder.office(), folder.0.join("there").display().to_string());
    succeed(&["import", &here, &folder.file("office.toml", OFFICE)]);
    leave_a_message(&here);
    let daemon = Daemon::start(&here, &["--https", "127.0.0.1:0"]);
    let admin = set_up(&daemon, &here);
    let (status, _, archive) = ask(&daemon, "GET", "/api/backup", &admin, b"");
    assert_eq!(status, 200);
    daemon.end(Signal::SIGTERM);

    let mut daemon = Daemon::start(&there, &[]);
    let pid = daemon.child.id();
    let claim = format!("X-Setup-Token: {}\r\n", token(&there));
    let (status, _, checked) = ask(&daemon, "PUT", "/api/setup/backup", &claim, &archive);
    let checked = String::from_utf8(checked).unwrap();
    assert!(status == 200 && checked.contains("\"messages\":1"), "{checked}");
    let id = checked.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap();
    let body = format!("{{\"id\": \"{id}\"}}");
    let restore = "/api/setup/backup/restore";
    assert_eq!(ask(&daemon, "POST", restore, &format!("{claim}{JSON}"), body.as_bytes()).0, 200);
    started_anew(&mut daemon);
    assert_eq!(daemon.child.id(), pid, "whoever watches the process sees the same one");

    for command in [&["export"][..], &["messages", "--json"], &["calls", "--json"]] {
        assert_eq!(succeed(&[command, &[&there]].concat()), succeed(&[command, &[&here]].concat()), "{command:?}");
    }
    for file in ["recordings/00000001.wav", "tls/ca.key", "tls/ca.crt"] {
        assert_eq!(fs::read(format!("{there}/{file}")).unwrap(), fs::read(format!("{here}/{file}")).unwrap(), "{file}");
    }
    assert!(register(&daemon, "kT7-example-Zq").starts_with("SIP/2.0 200 "));
    assert!(!register(&daemon, "kT7-example-Zr").starts_with("SIP/2.0 200 "));
    // Its administrator signs in with the password of before, and finds the history.
    let login = "{\"login\": \"desk@example.com\", \"secret\": \"a lantern in the fog\"}";
    let admin = cookie(&ask(&daemon, "POST", "/api/login", JSON, login.as_bytes()));
    let (_, _, revisions) = ask(&daemon, "GET", "/api/revisions", &admin, b"");
    assert_eq!(String::from_utf8(revisions).unwrap().matches("\"author\"").count(), 2);
    // The empty box of before comes back, and asks to be set up.
    assert_eq!(ask(&daemon, "POST", "/api/backup/undo", &admin, b"").0, 200);
    started_anew(&mut daemon);
    assert!(daemon.get("/api/hello").contains("\"needs_setup\":true"));
    assert!(Path::new(&there).join("before/office/recordings/00000001.wav").exists());
    daemon.end(Signal::SIGTERM);
}
