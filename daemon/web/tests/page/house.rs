//! An office with a store and without an engine, served on loopback, and a browser.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use config::Config;
use jiff::Timestamp;
use pbx::attempts::{AttemptStatus, Why};
use pbx::console::{ActOrder, CallAct, NotDone};
use pbx::events::{By, CallEvent, Cause, Ending, Happened};
use pbx::ids::{CallId, RecordingId};
use pbx::input::Answer as Told;
use pbx::ladder::Ladder;
use pbx::mailbox::{Caller, NewRecording, Purpose};
use pbx::output::Record;
use pbx::placed::{PlaceOrder, Unplaced};
use pbx::prompt::Prompt;
use pbx::status::{CallStatus, Grade, PartyStatus, PhoneStatus, SoundStatus, Status, TrunkStatus, WishStatus};
use pbx::tested::{Untested, Wanted};
use pbx::time::Now;
use pbx::toll::TollStatus;
use serde_json::{Value, json};
use socket2::{Domain, Socket, Type};
use store::{MailboxAsk, Store};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use web::desk::Refusal;
use web::events::Events;
use web::keys::{Keys, Purpose as KeyPurpose};
use web::lan::{Limits, Parts, Site, Speech};
use web::metrics::{Figure, Kind};
use web::office::{Office, Pulse, Unwell};
use web::tls::Certificates;

/// How long any one answer may take before the test fails.
pub const BOUND: Duration = Duration::from_secs(20);

/// Said to be there; the tests speak HTTP from this machine, which may go on to do so.
pub const HTTPS_PORT: u16 = 8443;

pub const ADMIN: &str = "boss@example.com";
pub const USER: &str = "workshop@example.com";
pub const PASSWORD: &str = "a lantern in the fog";
/// Extension 102's, the user's.
pub const PIN: &str = "739116";

pub struct House {
    store: Arc<Store>,
    config: Mutex<Arc<Config>>,
    status: Mutex<Arc<Status>>,
    since_boot: Mutex<Duration>,
    health: Result<(), Unwell>,
    last_recording: Mutex<u64>,
    ladders: Mutex<BTreeMap<CallId, Arc<Ladder>>>,
    before_put: Mutex<Option<Box<dyn FnOnce() + Send>>>,
    restarts: SyncSender<()>,
    folder: TempDir,
}

impl Pulse for House {
    fn status(&self) -> Arc<Status> {
        Arc::clone(&self.status.lock().unwrap())
    }

    fn health(&self) -> Result<(), Unwell> {
        self.health
    }

    fn figures(&self) -> Vec<Figure> {
        vec![Figure { name: "datagrams_dropped", help: "Lost", kind: Kind::Sum, value: 3 }]
    }
}

impl Office for House {
    fn now(&self) -> Now {
        let since_boot = *self.since_boot.lock().unwrap();
        let wall = "2026-07-01T08:00:00Z".parse::<Timestamp>().unwrap();
        Now { since_boot, wall: wall + since_boot, synced: true }
    }

    fn store(&self) -> &Arc<Store> {
        &self.store
    }

    fn config(&self) -> Arc<Config> {
        Arc::clone(&self.config.lock().unwrap())
    }

    fn put(&self, config: Config) -> bool {
        // Taken out first: it may panic.
        let first = self.before_put.lock().unwrap().take();
        if let Some(first) = first {
            first();
        }
        *self.config.lock().unwrap() = Arc::new(config);
        true
    }

    fn end_call(&self, call: CallId) -> Result<(), Refusal> {
        let status = self.status();
        if status.calls.iter().any(|one| one.id == call) { Ok(()) } else { Err(Refusal::NoSuchCall { id: call }) }
    }

    fn ladder(&self, call: CallId) -> Result<Arc<Ladder>, Refusal> {
        self.ladders.lock().unwrap().get(&call).cloned().ok_or(Refusal::NoLadder { id: call })
    }

    fn try_trunk(&self, name: &str) -> Result<(), Refusal> {
        let status = self.status();
        let is_there = status.trunks.iter().any(|trunk| trunk.name == name);
        if is_there { Ok(()) } else { Err(Refusal::NoSuchTrunk { name: name.to_owned() }) }
    }

    fn test_trunk(&self, wanted: Wanted) -> Result<CallId, Refusal> {
        // What the engine would say of a number that calls for help, and of one that is none.
        match wanted.number.as_deref() {
            Some("112") => Err(Refusal::Untested { why: Untested::Emergency }),
            Some(number) if number.contains('x') => Err(Refusal::Untested { why: Untested::NoNumber }),
            _ if wanted.trunk == "off" => Err(Refusal::Untested { why: Untested::Running }),
            _ => Ok(CallId(31)),
        }
    }

    fn unblock(&self, source: IpAddr) -> Option<bool> {
        Some(self.status().attempts.iter().any(|one| one.source == source))
    }

    fn act(&self, order: ActOrder) -> Option<Result<(), NotDone>> {
        // What the engine would say of a call that is over, of one that nobody waits in, and of a number that does not exist.
        Some(match order.act {
            _ if order.call == CallId(99) => Err(NotDone::NoSuchCall),
            CallAct::Back | CallAct::Confer => Err(NotDone::NotNow),
            CallAct::PassOn(number) if number == "999" => Err(NotDone::Refused(Cause::NoSuchNumber)),
            _ => Ok(()),
        })
    }

    fn place(&self, order: PlaceOrder) -> Option<Result<CallId, Unplaced>> {
        // What the engine would say of a number that calls for help, and of phones that are away.
        match (order.number.as_str(), order.phone.as_deref()) {
            ("112", _) => return Some(Err(Unplaced::Emergency)),
            (_, Some("away")) => return Some(Err(Unplaced::NoPhone)),
            _ => {}
        }
        let mut status = self.status.lock().unwrap();
        let mut now = (**status).clone();
        let since = "2026-07-01T08:00:00Z".parse().unwrap();
        let (id, state) = (CallId(41), "placing".to_owned());
        let call = CallStatus {
            id,
            from: order.extension,
            to: order.number,
            state,
            rings_at: Vec::new(),
            slot: None,
            is_placed: true,
            since,
            parties: Vec::new(),
        };
        now.calls = vec![call];
        *status = Arc::new(now);
        Some(Ok(id))
    }

    fn end_wish(&self, caller: &str, target: &str) -> Option<bool> {
        let mut status = self.status.lock().unwrap();
        let mut now = (**status).clone();
        now.wishes.retain(|wish| wish.caller != caller || wish.target != target);
        let is_there = now.wishes.len() < status.wishes.len();
        *status = Arc::new(now);
        Some(is_there)
    }

    fn speak(&self, prompt: Prompt) -> Option<Arc<[i16]>> {
        // Its words, one sample a letter: enough to tell sentences apart.
        Some(prompt.id.as_str().bytes().map(i16::from).collect())
    }

    fn number_recording(&self) -> Option<RecordingId> {
        let mut last = self.last_recording.lock().unwrap();
        *last += 1;
        Some(RecordingId(*last))
    }

    fn restart(&self) {
        self.restarts.send(()).unwrap();
    }

    fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}

pub struct Page {
    pub house: Arc<House>,
    pub keys: Arc<Keys>,
    pub events: Arc<Events>,
    pub certificates: Arc<Certificates>,
    pub address: SocketAddr,
    restarts: Receiver<()>,
    site: Site,
    runtime: Runtime,
}

/// Made once: a hash takes tens of milliseconds.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| store::hash_password(PASSWORD).unwrap().expose().to_owned())
}

/// An administrator 101, a user 102 with voicemail and PIN, and somebody else 103.
fn office_file() -> String {
    let hash = password_hash();
    format!(
        "[office]\nname = \"Test office\"\ntime_zone = \"Europe/Berlin\"\n\n\
         [[person]]\nname = \"Front Desk\"\nemail = \"{ADMIN}\"\nrole = \"admin\"\npassword_hash = \"{hash}\"\n\
         extension = \"101\"\nphones = [{{ user = \"u101\" }}]\n\n\
         [[person]]\nname = \"Workshop\"\nemail = \"{USER}\"\npassword_hash = \"{hash}\"\nextension = \"102\"\n\
         voicemail = true\npin = \"{PIN}\"\nphones = [{{ user = \"u102\" }}]\n\n\
         [[person]]\nname = \"Hall\"\nextension = \"103\"\nvoicemail = true\n"
    )
}

impl Page {
    /// With the usual office.
    pub fn new() -> Page {
        Page::with(&office_file(), Limits::default(), Ok(()))
    }

    /// A box that nobody has set up.
    pub fn empty() -> Page {
        Page::with("", Limits::default(), Ok(()))
    }

    pub fn limited(limits: Limits) -> Page {
        Page::with(&office_file(), limits, Ok(()))
    }

    pub fn ill(why: Unwell) -> Page {
        Page::with("", Limits::default(), Err(why))
    }

    fn with(office: &str, limits: Limits, health: Result<(), Unwell>) -> Page {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap().store;
        let config = match office {
            "" => Config::default(),
            text => {
                let imported = store.import(text, "test", "2026-07-01T07:00:00Z".parse().unwrap()).unwrap();
                assert_eq!(imported.problems, []);
                imported.config
            }
        };
        let (restart, restarts) = sync_channel(8);
        let house = Arc::new(House {
            store: Arc::new(store),
            config: Mutex::new(Arc::new(config)),
            status: Mutex::new(Arc::new(Status { revision: 7, ..Status::default() })),
            since_boot: Mutex::new(Duration::from_secs(1000)),
            health,
            // Above those of messages.
            last_recording: Mutex::new(1000),
            ladders: Mutex::default(),
            before_put: Mutex::default(),
            restarts: restart,
            folder,
        });
        let certificates = Certificates::of(house.folder.path(), vec!["localhost".to_owned()], &house.now()).unwrap();
        let certificates = Arc::new(certificates);
        let (keys, events) = (Arc::new(Keys::default()), Arc::new(Events::default()));
        let parts = Parts {
            office: house.clone(),
            keys: keys.clone(),
            events: events.clone(),
            names: vec!["box".to_owned()],
            https: Some((HTTPS_PORT, certificates.clone())),
            address: Some("http://192.168.1.10:8080".to_owned()),
        };
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let site = Site::new(parts, limits);
        site.serve(listener, Speech::Plain, runtime.handle()).unwrap();
        Page { house, keys, events, certificates, address, restarts, site, runtime }
    }

    /// Where the directory is asked over LDAP.
    pub fn ldap(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        self.site.serve_ldap(listener, self.runtime.handle()).unwrap();
        address
    }

    pub fn house_folder(&self) -> PathBuf {
        self.house.folder()
    }

    /// Waits until the daemon is told to start anew.
    pub fn restarted(&self) {
        self.restarts.recv_timeout(BOUND).unwrap();
    }

    /// A token, as the console has it.
    pub fn key(&self, purpose: KeyPurpose) -> String {
        self.keys.issue(purpose, self.house.now().since_boot).unwrap()
    }

    /// Has this happen to the next save before it is in force.
    pub fn before_put(&self, first: impl FnOnce() + Send + 'static) {
        *self.house.before_put.lock().unwrap() = Some(Box::new(first));
    }

    /// The revision in force.
    pub fn revision(&self) -> u64 {
        self.house.config().revision()
    }

    /// Lets the clock go on.
    pub fn wait(&self, time: Duration) {
        *self.house.since_boot.lock().unwrap() += time;
    }

    /// Somebody tried wrong passwords of the phone `u102`, and waits for another minute.
    pub fn guessed(&self, source: &str) {
        let now = self.house.now().wall;
        let attempt = AttemptStatus {
            source: source.parse().unwrap(),
            user: Some("u102".to_owned()),
            extension: Some("102".to_owned()),
            why: Why::WrongSecret,
            count: 20,
            first_at: now,
            last_at: now,
            blocked_until: Some(now + Duration::from_secs(60)),
        };
        let mut status = self.house.status.lock().unwrap();
        let now = Arc::new(Status { attempts: Arc::new(vec![attempt]), ..(**status).clone() });
        self.events.published(&status, &now);
        *status = now;
    }

    /// Calls of an extension to the outside were refused.
    pub fn was_barred(&self, toll: TollStatus) {
        let mut status = self.house.status.lock().unwrap();
        let now = Arc::new(Status { tolls: vec![toll], ..(**status).clone() });
        self.events.published(&status, &now);
        *status = now;
    }

    /// Somebody waits for somebody to be free.
    pub fn waits_for(&self, caller: &str, target: &str) {
        let until = "2026-07-01T09:00:00Z".parse().unwrap();
        let wish = WishStatus { caller: caller.to_owned(), target: target.to_owned(), until };
        let mut status = self.house.status.lock().unwrap();
        let mut now = (**status).clone();
        now.wishes.push(wish);
        let now = Arc::new(now);
        self.events.published(&status, &now);
        *status = now;
    }

    /// These calls are up, and no others.
    pub fn has_calls(&self, calls: Vec<CallStatus>) {
        let mut status = self.house.status.lock().unwrap();
        *status = Arc::new(Status { calls, ..(**status).clone() });
    }

    /// A call that is up.
    pub fn call_up(&self, id: u64) {
        self.call_is(id, "talking");
    }

    /// A call whose state is this word.
    pub fn call_is(&self, id: u64, state: &str) {
        let since = "2026-07-01T08:00:00Z".parse().unwrap();
        let call = |id| CallStatus {
            id: CallId(id),
            from: "101".to_owned(),
            to: "102".to_owned(),
            state: state.to_owned(),
            rings_at: if state == "ringing" { vec!["102".to_owned()] } else { Vec::new() },
            slot: None,
            is_placed: false,
            since,
            parties: Vec::new(),
        };
        let mut status = self.house.status.lock().unwrap();
        let now = Arc::new(Status { calls: vec![call(id)], ..(**status).clone() });
        self.events.published(&status, &now);
        *status = now;
    }

    /// The engine has kept these messages of a call.
    pub fn keeps_messages(&self, call: u64, ladder: Ladder) {
        self.house.ladders.lock().unwrap().insert(CallId(call), Arc::new(ladder));
    }

    /// The calls that are up lose so many of a thousand packets of the one party that each has.
    pub fn sounds(&self, grade: Grade, lost_permille: u16) {
        let (jitter_ms, round_trip_ms) = (12, Some(9));
        let sound = SoundStatus { grade, lost_permille, jitter_ms, round_trip_ms, ..good() };
        let party = PartyStatus { number: "102".to_owned(), codec: Some("PCMA".to_owned()), sound };
        let mut status = self.house.status.lock().unwrap();
        let mut now = (**status).clone();
        now.calls.iter_mut().for_each(|call| call.parties = vec![party.clone()]);
        let now = Arc::new(now);
        self.events.published(&status, &now);
        *status = now;
    }

    /// The only phone is as it says.
    pub fn phone_is(&self, phone: PhoneStatus) {
        let mut status = self.house.status.lock().unwrap();
        let now = Arc::new(Status { phones: Arc::new(vec![phone]), ..(**status).clone() });
        self.events.published(&status, &now);
        *status = now;
    }

    /// A trunk fares like this.
    pub fn trunk_is(&self, trunk: TrunkStatus) {
        let mut status = self.house.status.lock().unwrap();
        let now = Arc::new(Status { trunks: vec![trunk], ..(**status).clone() });
        self.events.published(&status, &now);
        *status = now;
    }

    /// A call that was, answered or not.
    pub fn call_was(&self, id: u64, from: &str, to: &str) {
        self.call_had(id, from, to, Vec::new());
    }

    /// The same, and this happened in it.
    pub fn call_had(&self, id: u64, from: &str, to: &str, happened: Vec<Happened>) {
        let asked = Happened::Asked {
            from: from.to_owned(),
            name: "as the carrier says".to_owned(),
            phone: format!("{from}a"),
            dialled: to.to_owned(),
            source: "127.0.0.1:5060".to_owned(),
            revision: 1,
        };
        let because = Ending::Between { from: from.to_owned(), to: to.to_owned(), by: By::Box };
        let ended = Happened::Ended { cause: Cause::Unanswered, because };
        let record = |(seq, what): (u32, Happened)| {
            let at = "2026-07-01T08:00:00Z".parse().unwrap();
            Record::Call(CallEvent { call: CallId(id), seq, at, synced: true, since_start_ms: 0, what })
        };
        let (done, is_done) = sync_channel(1);
        let events = std::iter::once(asked).chain(happened).chain([ended]);
        let records = (0..).zip(events).map(record).collect();
        self.house.store.commit(records, Box::new(move |is_written| done.send(is_written).unwrap()));
        assert!(is_done.recv_timeout(BOUND).unwrap());
    }

    /// A message of so many bytes of sound.
    pub fn message(&self, id: u64, mailbox: &str, bytes: usize) {
        let store = &self.house.store;
        let new = NewRecording {
            id: RecordingId(id),
            mailbox: mailbox.to_owned(),
            purpose: Purpose::Message(Caller { number: "101".to_owned(), name: "Front Desk".to_owned() }),
            call: CallId(1),
            at: "2026-07-01T08:00:00Z".parse().unwrap(),
            is_synced: true,
        };
        let ask = |what| {
            let (reply, answer) = sync_channel(1);
            store.mailbox(what, Box::new(move |told| reply.send(told).unwrap()));
            assert_eq!(answer.recv_timeout(BOUND).unwrap(), Told::Committed);
        };
        ask(MailboxAsk::Begin(new));
        let mut sound = b"RIFF....WAVE".to_vec();
        sound.extend((sound.len()..44 + bytes).map(|at| u8::try_from(at % 251).unwrap()));
        std::fs::write(store.recordings_dir().join(RecordingId(id).file_name()), sound).unwrap();
        ask(MailboxAsk::Keep { recording: RecordingId(id), length_ms: None });
    }

    pub fn connect(&self) -> TcpStream {
        self.connect_from([127, 0, 0, 1].into())
    }

    /// From another address of this machine.
    pub fn connect_from(&self, ip: IpAddr) -> TcpStream {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::new(ip, 0).into()).unwrap();
        socket.connect(&self.address.into()).unwrap();
        let stream = TcpStream::from(socket);
        stream.set_read_timeout(Some(BOUND)).unwrap();
        stream
    }

    /// Sends bytes and reads to the end of the connection.
    pub fn raw(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // A refusal may come, with a reset, before all of a hostile head is written.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    pub fn text(&self, head: &str) -> String {
        String::from_utf8_lossy(&self.raw(head.as_bytes())).into_owned()
    }

    pub fn get(&self, path: &str) -> String {
        self.text(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    }

    /// A browser that has signed in.
    pub fn browser(&self, login: &str, secret: &str) -> Browser<'_> {
        let mut browser = Browser::of(self);
        let answer = browser.post("/api/login", json!({ "login": login, "secret": secret }));
        assert_eq!(answer.status, 200, "{answer:?}");
        browser
    }
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    pub fn etag(&self) -> String {
        self.header("etag").unwrap().to_owned()
    }
}

/// Keeps its cookie, and sends what our page sends.
pub struct Browser<'p> {
    page: &'p Page,
    pub cookie: Option<String>,
    pub from: IpAddr,
}

impl<'p> Browser<'p> {
    pub fn of(page: &'p Page) -> Browser<'p> {
        Browser { page, cookie: None, from: [127, 0, 0, 1].into() }
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], None)
    }

    pub fn post(&mut self, path: &str, body: Value) -> Answer {
        self.send("POST", path, &[], Some(body))
    }

    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let kind = ("Content-Type", "application/json");
        let headers = if body.is_empty() { headers.to_vec() } else { [headers, &[kind]].concat() };
        self.send_bytes(method, path, &headers, body.as_bytes())
    }

    /// Sends whatever it is.
    pub fn send_bytes(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Bellbox: 1\r\n");
        if !body.is_empty() {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        if let Some(cookie) = &self.cookie {
            head += &format!("Cookie: other=1; {cookie}\r\n");
        }
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        let mut stream = self.page.connect_from(self.from);
        // A refusal may come before all of a hostile body is written.
        let _ = stream.write_all(&[head.as_bytes(), b"\r\n", body].concat());
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("no head: {bytes:?}"));
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head[9..12].parse().unwrap();
        let answer = Answer { status, head, body: bytes[end + 4..].to_vec() };
        if let Some(cookie) = answer.header("set-cookie") {
            let pair = cookie.split(';').next().unwrap().to_owned();
            self.cookie = Some(pair).filter(|pair| !pair.ends_with('='));
        }
        answer
    }
}

#[track_caller]
pub fn check(answer: &str, parts: &[&str]) {
    for part in parts {
        assert!(answer.contains(part), "{part} is not in\n{answer}");
    }
}

/// As good as it sounds.
pub fn good() -> SoundStatus {
    SoundStatus {
        grade: Grade::Good,
        lost_permille: 0,
        jitter_ms: 0,
        remote_lost_permille: None,
        remote_jitter_ms: None,
        round_trip_ms: None,
        silent_since: None,
    }
}
