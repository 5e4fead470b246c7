//! The stream of events.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use pbx::status::Grade;
use serde_json::json;

use crate::house::{ADMIN, PASSWORD, PIN, Page, USER};

struct Stream(BufReader<TcpStream>);

impl Stream {
    fn open(page: &Page, cookie: &str, last: Option<&str>) -> Stream {
        let mut stream = page.connect();
        let last = last.map(|id| format!("Last-Event-ID: {id}\r\n")).unwrap_or_default();
        let head = format!("GET /api/events HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n{last}\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut stream = Stream(BufReader::new(stream));
        let head = stream.until_blank();
        assert!(head[0].starts_with("HTTP/1.1 200"), "{head:?}");
        assert!(head.iter().any(|line| line == "content-type: text/event-stream"), "{head:?}");
        stream
    }

    fn until_blank(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "it ended after {lines:?}");
            match line.trim_end() {
                "" => return lines,
                text => lines.push(text.to_owned()),
            }
        }
    }

    /// The next event: its number and kind. Sizes of chunks stand between.
    fn next(&mut self) -> (String, String) {
        loop {
            let lines = self.until_blank();
            let field = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
            if let (Some(id), Some(kind)) = (field("id: "), field("event: ")) {
                return (id, kind);
            }
        }
    }
}

#[test]
fn a_page_hears_of_changes_and_goes_on_where_it_was() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let cookie = admin.cookie.clone().unwrap();
    let mut stream = Stream::open(&page, &cookie, None);
    page.call_up(17);
    let (first, kind) = stream.next();
    assert_eq!(kind, "calls");
    page.sounds(Grade::Good, 0);
    assert_eq!(stream.next().1, "calls", "somebody has answered");
    page.sounds(Grade::Poor, 120);
    assert_eq!(stream.next().1, "sound", "who only lists calls reads nothing again");
    drop(stream);
    page.call_up(18);
    let mut again = Stream::open(&page, &cookie, Some(&first));
    assert_eq!((again.next().1, again.next().1), ("sound".to_owned(), "calls".to_owned()), "what happened meanwhile");
    let mut strange = Stream::open(&page, &cookie, Some("70000"));
    assert_eq!(strange.next().1, "resync", "of another run of the daemon");
    for id in 0..600 {
        page.call_up(id);
    }
    let mut late = Stream::open(&page, &cookie, Some(&first));
    assert_eq!(late.next().1, "resync", "too much happened");
    assert_eq!(admin.post("/api/logout", json!({})).status, 200);
}

#[test]
fn nobody_hears_of_anothers_mailbox() {
    let page = Page::new();
    let user = page.browser("102", PIN);
    let mut stream = Stream::open(&page, user.cookie.as_ref().unwrap(), None);
    page.events.mailbox_changed("103");
    page.events.mailbox_changed("102");
    assert_eq!(stream.next(), ("2".to_owned(), "voicemail".to_owned()));
    let admin = page.browser(ADMIN, PASSWORD);
    let mut stream = Stream::open(&page, admin.cookie.as_ref().unwrap(), Some("0"));
    let kinds = [stream.next().1, stream.next().1];
    assert_eq!(kinds, ["status", "status"], "how full it is, an administrator sees");
}

#[test]
fn a_session_has_so_many_streams_and_its_end_ends_them() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let cookie = user.cookie.clone().unwrap();
    let mut held: Vec<Stream> = (0..3).map(|_| Stream::open(&page, &cookie, None)).collect();
    let more = user.get("/api/events");
    assert_eq!((more.status, more.header("retry-after")), (503, Some("15")));
    assert_eq!(user.post("/api/logout", json!({})).status, 200);
    page.call_up(17);
    let mut rest = String::new();
    let stream = &mut held[0].0;
    while stream.read_line(&mut rest).is_ok_and(|read| read > 0) {}
    assert!(!rest.contains("calls"), "{rest}");
}
