//! The page over loopback, with small limits. Every wait ends at an event or at a generous bound.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use pbx::status::Status;
use tokio::runtime::{Builder, Runtime};
use web::lan::{Limits, Pulse, start};
use web::metrics::{Figure, Kind};

/// How long any one answer may take before the test fails.
const BOUND: Duration = Duration::from_secs(10);

struct Patient(Result<(), String>);

impl Pulse for Patient {
    fn status(&self) -> Arc<Status> {
        Arc::new(Status { revision: 7, ..Status::default() })
    }

    fn health(&self) -> Result<(), String> {
        self.0.clone()
    }

    fn figures(&self) -> Vec<Figure> {
        vec![Figure { name: "datagrams_dropped", help: "Lost", kind: Kind::Sum, value: 3 }]
    }
}

struct Page {
    address: SocketAddr,
    _runtime: Runtime,
}

fn page(limits: Limits, health: Result<(), String>) -> Page {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    start(listener, limits, Arc::new(Patient(health)), runtime.handle()).unwrap();
    Page { address, _runtime: runtime }
}

impl Page {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(BOUND)).unwrap();
        stream
    }

    /// Sends a head and reads to the end of the connection.
    fn ask(&self, head: &[u8]) -> String {
        let mut stream = self.connect();
        // A refusal may come, with a reset, before all of a hostile head is written.
        let _ = stream.write_all(head);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask(format!("GET {path} HTTP/1.1\r\nHost: box\r\nConnection: close\r\n\r\n").as_bytes())
    }
}

#[track_caller]
fn check(answer: &str, parts: &[&str]) {
    for part in parts {
        assert!(answer.contains(part), "{part} is not in\n{answer}");
    }
}

#[test]
fn a_healthy_box_says_so() {
    let answer = page(Limits::default(), Ok(())).get("/healthz");
    check(&answer, &["HTTP/1.1 200", "\"status\":\"ok\"", "\"revision\":7", "application/json"]);
}

#[test]
fn a_box_that_is_not_well_says_why() {
    let answer = page(Limits::default(), Err("the store cannot write".to_owned())).get("/healthz");
    check(&answer, &["HTTP/1.1 503", "application/problem+json", "the store cannot write"]);
}

#[test]
fn figures_are_text_for_prometheus() {
    let answer = page(Limits::default(), Ok(())).get("/metrics");
    check(&answer, &["HTTP/1.1 200", "bellbox_revision 7", "bellbox_datagrams_dropped_total 3", "# EOF"]);
}

#[test]
fn every_answer_has_the_security_headers() {
    let page = page(Limits::default(), Ok(()));
    for path in ["/healthz", "/nothing"] {
        let headers = ["x-content-type-options: nosniff", "content-security-policy: default-src 'none'", "no-store"];
        check(&page.get(path), &headers);
    }
}

#[test]
fn what_is_not_served_is_refused_with_a_problem() {
    let page = page(Limits::default(), Ok(()));
    for (request, status) in [
        ("GET /nothing HTTP/1.1\r\n", "HTTP/1.1 404"),
        ("GET /../etc/passwd HTTP/1.1\r\n", "HTTP/1.1 404"),
        ("DELETE /healthz HTTP/1.1\r\n", "HTTP/1.1 405"),
        ("POST /healthz HTTP/1.1\r\nContent-Length: 67108864\r\n", "HTTP/1.1 413"),
        ("GET /healthz HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", "HTTP/1.1 413"),
        ("GET /healthz HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n", "HTTP/1.1 4"),
    ] {
        let answer = page.ask(format!("{request}Host: box\r\nConnection: close\r\n\r\n").as_bytes());
        assert!(answer.starts_with(status), "{request}: {answer}");
    }
    check(&page.get("/nothing"), &["application/problem+json", "\"status\":404"]);
}

#[test]
fn a_slow_head_is_closed() {
    let page = page(Limits { head: Duration::from_millis(100), ..Limits::default() }, Ok(()));
    let answer = page.ask(b"GET /healthz HTTP/1.1\r\nHost: b");
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    check(&page.get("/healthz"), &["HTTP/1.1 200"]);
}

#[test]
fn a_long_head_is_refused() {
    let page = page(Limits::default(), Ok(()));
    let long = format!("GET /{} HTTP/1.1\r\nHost: box\r\n\r\n", "a".repeat(64 * 1024));
    let answer = page.ask(long.as_bytes());
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    check(&page.get("/healthz"), &["HTTP/1.1 200"]);
}

#[test]
fn one_address_cannot_take_all_places() {
    let page = page(Limits { connections_per_address: 2, ..Limits::default() }, Ok(()));
    let held: Vec<TcpStream> = (0..2)
        .map(|_| {
            let mut stream = page.connect();
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: box\r\n\r\n").unwrap();
            let mut first = [0; 12];
            stream.read_exact(&mut first).unwrap();
            assert_eq!(&first, b"HTTP/1.1 200");
            stream
        })
        .collect();
    assert_eq!(page.get("/healthz"), "", "a third connection is closed without an answer");
    drop(held);
}
