//! Hostile and slow peers.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use web::lan::Limits;
use web::office::Unwell;

use crate::house::{Page, check};

#[test]
fn a_healthy_box_says_so() {
    check(&Page::new().get("/healthz"), &["HTTP/1.1 200", "\"status\":\"ok\"", "\"revision\":7", "application/json"]);
}

#[test]
fn a_box_that_is_not_well_says_why() {
    let answer = Page::ill(Unwell::StoreFails).get("/healthz");
    check(&answer, &["HTTP/1.1 503", "application/problem+json", "the store cannot write"]);
}

#[test]
fn figures_are_text_for_prometheus() {
    let answer = Page::new().get("/metrics");
    check(&answer, &["HTTP/1.1 200", "bellbox_revision 7", "bellbox_datagrams_dropped_total 3", "# EOF"]);
}

#[test]
fn every_answer_has_the_security_headers() {
    let page = Page::new();
    for path in ["/healthz", "/", "/api/me", "/no.file"] {
        let headers = [
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "permissions-policy: microphone=(self), camera=(), geolocation=()",
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';",
            "frame-ancestors 'none'; base-uri 'none'",
            "cache-control: no-",
        ];
        check(&page.get(path), &headers);
    }
}

#[test]
fn what_is_not_served_is_refused_with_a_problem() {
    let page = Page::new();
    for (request, status) in [
        ("GET /no.file HTTP/1.1\r\n", "HTTP/1.1 404"),
        ("GET /assets/app-gone.js HTTP/1.1\r\n", "HTTP/1.1 404"),
        ("GET /api/nothing HTTP/1.1\r\n", "HTTP/1.1 404"),
        ("GET /../etc/passwd HTTP/1.1\r\n", "HTTP/1.1 404"),
        ("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n", "HTTP/1.1 404"),
        ("GET /assets/..%2f..%2fetc%2fpasswd HTTP/1.1\r\n", "HTTP/1.1 404"),
        ("GET /api/voicemail/..%2f1/audio HTTP/1.1\r\n", "HTTP/1.1 401"),
        ("DELETE /healthz HTTP/1.1\r\n", "HTTP/1.1 405"),
        ("DELETE / HTTP/1.1\r\n", "HTTP/1.1 405"),
        ("PATCH /api/me HTTP/1.1\r\n", "HTTP/1.1 405"),
        ("POST /healthz HTTP/1.1\r\nContent-Length: 67108864\r\n", "HTTP/1.1 413"),
        ("POST /api/login HTTP/1.1\r\nContent-Length: 67108864\r\n", "HTTP/1.1 413"),
        ("GET /healthz HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", "HTTP/1.1 413"),
    ] {
        let answer = page.text(&format!("{request}Host: localhost\r\nConnection: close\r\n\r\n"));
        assert!(answer.starts_with(status), "{request}: {answer}");
        check(&answer, &["application/problem+json"]);
    }
}

#[test]
fn two_lengths_are_refused_and_the_connection_ends() {
    let page = Page::new();
    // What follows must not be taken for a second request (RFC 9112 §6.1, §11.2).
    let smuggled = "POST /api/login HTTP/1.1\r\nHost: localhost\r\nX-Bellbox: 1\r\nContent-Length: 4\r\n\
                    Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let answer = page.text(smuggled);
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert!(!answer.contains("bellbox_"), "{answer}");
    let two = "POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde";
    assert!(page.text(two).starts_with("HTTP/1.1 4"));
}

#[test]
fn a_head_outside_ascii_is_answered_or_refused_and_nothing_more() {
    let page = Page::new();
    for value in ["h\u{e4}ndler".as_bytes(), b"\xff\xfe", b"\x01\x02", b"a\x00b"] {
        let mut request =
            b"GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: bb_session=".to_vec();
        request.extend(value);
        request.extend(b"\r\nX-Bellbox: ");
        request.extend(value);
        request.extend(b"\r\n\r\n");
        let answer = String::from_utf8_lossy(&page.raw(&request)).into_owned();
        assert!(answer.starts_with("HTTP/1.1 4"), "{value:?}: {answer}");
    }
    check(&page.get("/healthz"), &["HTTP/1.1 200"]);
}

#[test]
fn a_slow_head_is_closed() {
    let page = Page::limited(Limits { head: Duration::from_millis(100), ..Limits::default() });
    let answer = page.text("GET /healthz HTTP/1.1\r\nHost: l");
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    check(&page.get("/healthz"), &["HTTP/1.1 200"]);
}

#[test]
fn a_slow_body_is_refused() {
    let page = Page::limited(Limits { answer: Duration::from_millis(100), ..Limits::default() });
    let head = "POST /api/login HTTP/1.1\r\nHost: localhost\r\nX-Bellbox: 1\r\nContent-Type: application/json\r\n\
                Content-Length: 100\r\nConnection: close\r\n\r\n{\"login\"";
    check(&page.text(head), &["HTTP/1.1 503", "took too long"]);
}

#[test]
fn a_request_line_of_60_megabytes_is_refused_early() {
    let page = Page::new();
    let mut stream = page.connect();
    stream.write_all(b"GET /").unwrap();
    let piece = vec![b'a'; 1024 * 1024];
    let taken = (0..60).take_while(|_| stream.write_all(&piece).is_ok()).count();
    assert!(taken < 60, "all of it was taken");
    check(&page.get("/healthz"), &["HTTP/1.1 200"]);
}

#[test]
fn three_hundred_idle_connections_keep_nobody_out() {
    let page = Page::limited(Limits { head: Duration::from_millis(300), ..Limits::default() });
    let idle: Vec<TcpStream> =
        (0..300).map(|n: u16| page.connect_from([127, 0, 1, (n % 30) as u8 + 1].into())).collect();
    // Each of them is closed, those that had a place too; only then others have one again.
    for mut stream in idle {
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 200"));
    }
    check(&page.get("/healthz"), &["HTTP/1.1 200"]);
}

/// Connections from one address that are kept open after a first answer.
fn seats(page: &Page, count: usize) -> Vec<TcpStream> {
    let seat = |_| {
        let mut stream = page.connect();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
        stream
    };
    (0..count).map(seat).collect()
}

#[test]
fn eight_browsers_behind_one_router_all_get_in() {
    let page = Page::limited(Limits::default());
    // Six connections each is what every browser opens to one site.
    let held = seats(&page, 8 * 6);
    assert_eq!(page.get("/healthz"), "", "the next connection is closed without an answer");
    drop(held);
}

#[test]
fn one_address_cannot_take_all_places() {
    let page = Page::limited(Limits { connections_per_address: 2, ..Limits::default() });
    let held = seats(&page, 2);
    assert_eq!(page.get("/healthz"), "", "a third connection is closed without an answer");
    let mut other = page.connect_from([127, 0, 0, 2].into());
    other.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    other.read_to_string(&mut answer).unwrap();
    check(&answer, &["HTTP/1.1 200"]);
    drop(held);
}

#[test]
fn a_peer_that_takes_nothing_is_let_go() {
    let page =
        Page::limited(Limits { stall: Duration::from_millis(200), connections_per_address: 1, ..Limits::default() });
    page.message(1, "102", 32 * 1024 * 1024);
    let cookie = page.browser("102", crate::house::PIN).cookie.unwrap();
    let mut greedy = page.connect_from([127, 0, 0, 9].into());
    let head = format!("GET /api/voicemail/1/audio HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n");
    greedy.write_all(head.as_bytes()).unwrap();
    // It reads nothing until the other side gives up; then what was on the way is less than all of it.
    let mut probe = [0; 1];
    greedy.read_exact(&mut probe).unwrap();
    let mut got = Vec::new();
    let mut again = Vec::new();
    loop {
        let mut next = page.connect_from([127, 0, 0, 9].into());
        let _ = next.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let _ = next.read_to_end(&mut again);
        if again.starts_with(b"HTTP/1.1 200") {
            break;
        }
    }
    let _ = greedy.read_to_end(&mut got);
    assert!(got.len() < 32 * 1024 * 1024, "{}", got.len());
}
