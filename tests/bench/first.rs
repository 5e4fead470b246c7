//! How long after its start a server has registered its first phone, and how long until phones that it kept call each other.

use std::net::UdpSocket;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use md5::{Digest, Md5};

use crate::harness::office::Desk;
use crate::harness::{PATIENCE, wait_for};
use crate::load::Office;
use crate::phone;
use crate::servers::{Server, TALKERS};
use crate::talk::EndsWith;

/// The middle one of so many is taken.
pub const STARTS: usize = 5;

/// How soon a phone asks again while the server is not there yet; the figure is no finer.
const ASK_AGAIN: Duration = Duration::from_millis(1);

/// How long an answer may take before the question counts as lost in a server that was not ready.
const ANSWER: Duration = Duration::from_millis(500);

/// Starts the server again and again and takes the middle time to the first registration, in milliseconds.
pub fn median_start_ms<S: Server>(server: &mut S, office: &Office) -> f64 {
    let desk = &office.desks()[0];
    let mut times: Vec<f64> = (0..STARTS)
        .map(|_| {
            server.stop();
            let begin = Instant::now();
            server.launch();
            let phone = Phone::new(desk, server.port());
            wait_for(PATIENCE, || phone.registers().then_some(())).expect("the server registers a phone");
            begin.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[STARTS / 2]
}

/// Starts the server again and again; phones that registered before its first end call each other, without another
/// registration. The middle time from the start of the program to the answer, in milliseconds.
pub fn median_call_ms<S: Server>(server: &mut S) -> f64 {
    let [caller, called] = TALKERS.map(S::secret);
    let other = phone::Phone::registered(&called, server.port());
    let mut caller = phone::Phone::registered(&caller, server.port()).hurried();
    let is_over = AtomicBool::new(false);
    let mut times: Vec<f64> = std::thread::scope(|scope| {
        let _end = EndsWith(&is_over);
        scope.spawn(|| other.answers_all(|| is_over.load(Ordering::Relaxed)));
        let times = (0..STARTS).map(|_| {
            server.stop();
            let begin = Instant::now();
            server.launch();
            let call = caller.calls(&called);
            let took = begin.elapsed().as_secs_f64() * 1000.0;
            caller.hangs_up(&call);
            took
        });
        times.collect()
    });
    times.sort_by(f64::total_cmp);
    times[STARTS / 2]
}

struct Phone<'a> {
    desk: &'a Desk,
    server: u16,
    socket: UdpSocket,
}

impl<'a> Phone<'a> {
    fn new(desk: &'a Desk, server: u16) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("loopback has ports");
        socket.connect(("127.0.0.1", server)).expect("loopback is there");
        socket.set_read_timeout(Some(ANSWER)).expect("it is a time");
        Self { desk, server, socket }
    }

    /// Asks until there is an answer, then registers with credentials.
    fn registers(&self) -> bool {
        let begin = Instant::now();
        let challenge = loop {
            // While nobody listens, loopback refuses at once.
            match self.ask(1, "") {
                Some(answer) => break answer,
                None if begin.elapsed() > PATIENCE => return false,
                None => std::thread::sleep(ASK_AGAIN),
            }
        };
        let Some(credentials) = self.credentials(&challenge) else { return false };
        self.ask(2, &credentials).is_some_and(|answer| answer.starts_with("SIP/2.0 200"))
    }

    fn ask(&self, number: u32, credentials: &str) -> Option<String> {
        let own = self.socket.local_addr().ok()?;
        let (user, server) = (&self.desk.extension, self.server);
        let request = format!(
            "REGISTER sip:127.0.0.1:{server} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bKf{number};rport\r\n\
             Max-Forwards: 70\r\nFrom: <sip:{user}@127.0.0.1:{server}>;tag=f\r\nTo: <sip:{user}@127.0.0.1:{server}>\r\n\
             Call-ID: first@{own}\r\nCSeq: {number} REGISTER\r\nContact: <sip:{user}@{own}>\r\nExpires: 600\r\n\
             {credentials}Content-Length: 0\r\n\r\n"
        );
        self.socket.send(request.as_bytes()).ok()?;
        let mut answer = [0; 4096];
        loop {
            let length = self.socket.recv(&mut answer).ok()?;
            let text = String::from_utf8_lossy(&answer[..length]).into_owned();
            if text.contains(&format!("CSeq: {number} ")) && !text.starts_with("SIP/2.0 1") {
                return Some(text);
            }
        }
    }

    /// Digest with MD5 (RFC 2617), which every server here offers.
    fn credentials(&self, challenge: &str) -> Option<String> {
        let offers = challenge.lines().filter(|line| line.starts_with("WWW-Authenticate:"));
        let offer = offers.into_iter().find(|line| !line.contains("SHA"))?;
        let value = |name: &str| Some(offer.split(&format!("{name}=\"")).nth(1)?.split('"').next()?.to_owned());
        let (realm, nonce) = (value("realm")?, value("nonce")?);
        let Desk { user, secret, .. } = self.desk;
        let uri = format!("sip:127.0.0.1:{}", self.server);
        let secret = md5(&format!("{user}:{realm}:{secret}"));
        let request = md5(&format!("REGISTER:{uri}"));
        let response = md5(&format!("{secret}:{nonce}:00000001:f1f2f3f4:auth:{request}"));
        let opaque = value("opaque").map(|opaque| format!(", opaque=\"{opaque}\"")).unwrap_or_default();
        Some(format!(
            "Authorization: Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", \
             response=\"{response}\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"f1f2f3f4\"{opaque}\r\n"
        ))
    }
}

fn md5(text: &str) -> String {
    Md5::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
