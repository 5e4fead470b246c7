//! A browser as far as a server sees it: connections that are kept open, a login, and a stream of events.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};

use serde_json::{Value, json};
use socket2::{Domain, Socket, Type};

use crate::harness::PATIENCE;
use crate::office::PASSWORD;

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// One connection; it asks one thing after the other.
pub struct Connection {
    stream: TcpStream,
    piece: Vec<u8>,
    answer: Vec<u8>,
}

/// An answer, as long as nothing else is asked.
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    head: &'a str,
    /// The body.
    pub body: &'a [u8],
}

impl Connection {
    /// Opens one from an address of loopback: the page takes 16 of each.
    pub fn open(port: u16, from: Ipv4Addr) -> Self {
        Self { stream: connect(port, from), piece: vec![0; PIECE], answer: Vec::with_capacity(PIECE) }
    }

    /// Sends a whole request and reads the answer, which says its length.
    pub fn ask(&mut self, request: &[u8]) -> Answer<'_> {
        self.stream.write_all(request).expect("the server reads");
        self.answer.clear();
        let head = loop {
            match self.answer.windows(4).position(|four| four == b"\r\n\r\n") {
                Some(at) => break at + 4,
                None => self.reads(),
            }
        };
        let length: usize =
            header(&text(&self.answer[..head]), "content-length").parse().expect("an answer has a length");
        while self.answer.len() < head + length {
            self.reads();
        }
        let (head, body) = self.answer.split_at(head);
        let head = str::from_utf8(head).expect("a head is text");
        Answer { status: head[9..12].parse().expect("a status"), head, body }
    }

    fn reads(&mut self) {
        let length = self.stream.read(&mut self.piece).expect("the server answers");
        assert!(length > 0, "the server has closed after {}", text(&self.answer));
        self.answer.extend_from_slice(&self.piece[..length]);
    }
}

impl Answer<'_> {
    /// A header's value; empty where there is none.
    pub fn header(&self, name: &str) -> String {
        header(self.head, name)
    }
}

/// A GET as a browser sends it.
pub fn get(path: &str, cookie: &str) -> Vec<u8> {
    let head = "Host: 127.0.0.1\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate, br\r\nUser-Agent: bench\r\n";
    let cookie = if cookie.is_empty() { String::new() } else { format!("Cookie: {cookie}\r\n") };
    format!("GET {path} HTTP/1.1\r\n{head}{cookie}\r\n").into_bytes()
}

/// Somebody who is signed in.
pub struct Browser {
    connection: Connection,
    /// What every request of theirs carries.
    pub cookie: String,
}

impl Browser {
    /// Signs in with an e-mail address.
    pub fn signed_in(port: u16, from: Ipv4Addr, email: &str) -> Self {
        let mut browser = Self { connection: Connection::open(port, from), cookie: String::new() };
        let sign_in = json!({ "login": email, "secret": PASSWORD });
        let request = browser.write("POST", "/api/login", "", &sign_in);
        let answer = browser.connection.ask(&request);
        assert_eq!(answer.status, 200, "{}", text(answer.body));
        let cookie = answer.header("set-cookie");
        browser.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        browser
    }

    /// Reads something.
    pub fn get(&mut self, path: &str) -> Value {
        let request = get(path, &self.cookie);
        told(&self.connection.ask(&request))
    }

    /// Changes a row, of which this version was seen.
    pub fn put(&mut self, path: &str, etag: &str, row: &Value) -> Value {
        let request = self.write("PUT", path, &format!("If-Match: \"{etag}\"\r\n"), row);
        told(&self.connection.ask(&request))
    }

    fn write(&self, method: &str, path: &str, headers: &str, body: &Value) -> Vec<u8> {
        let (cookie, body) = (&self.cookie, body.to_string());
        let length = body.len();
        format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nX-Bellbox: 1\r\n{headers}\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    }
}

fn told(answer: &Answer<'_>) -> Value {
    assert_eq!(answer.status, 200, "{}", text(answer.body));
    serde_json::from_slice(answer.body).expect("the interface speaks JSON")
}

/// A stream of events.
pub struct Stream(BufReader<TcpStream>);

impl Stream {
    /// Opens it and waits until the server has taken it.
    pub fn open(port: u16, from: Ipv4Addr, cookie: &str) -> Self {
        let mut stream = connect(port, from);
        // Silence is usual here.
        stream.set_read_timeout(None).expect("it is a socket");
        stream.write_all(&get("/api/events", cookie)).expect("the server reads");
        let mut stream = Self(BufReader::new(stream));
        assert!(stream.reads("retry: "), "the server takes no stream");
        stream
    }

    /// Waits for an event of this kind; false where the stream has ended.
    pub fn hears(&mut self, kind: &str) -> bool {
        self.reads(&format!("event: {kind}"))
    }

    /// What ends it from elsewhere.
    pub fn handle(&self) -> TcpStream {
        self.0.get_ref().try_clone().expect("descriptors left")
    }

    fn reads(&mut self, start: &str) -> bool {
        let mut line = String::new();
        while self.0.read_line(&mut line).is_ok_and(|length| length > 0) {
            if line.starts_with(start) {
                return true;
            }
            line.clear();
        }
        false
    }
}

fn connect(port: u16, from: Ipv4Addr) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("descriptors left");
    socket.bind(&SocketAddr::from((from, 0)).into()).expect("all of 127/8 is loopback");
    socket.connect(&SocketAddr::from(([127, 0, 0, 1], port)).into()).expect("the server listens");
    let stream = TcpStream::from(socket);
    stream.set_nodelay(true).expect("it is TCP");
    stream.set_read_timeout(Some(PATIENCE)).expect("it is no zero");
    stream
}

fn header(head: &str, name: &str) -> String {
    let mut lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
    lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).unwrap_or_default()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
