//! What happens when the process has no descriptor left: a test program of its own, since it takes them all.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "page/house.rs"]
#[allow(dead_code, reason = "the other tests use the rest of it")]
mod house;

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;

use house::{Page, check};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

#[test]
fn without_descriptors_the_page_waits_and_comes_back_by_itself() {
    let page = Page::new();
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, 128, hard).unwrap();
    check(&page.get("/healthz"), &["HTTP/1.1 200"]);
    // All but the reserve are taken: the page lets go at once, so that calls still find theirs.
    let mut taken: Vec<File> = Vec::new();
    while taken.last().is_none_or(|file| std::os::fd::AsRawFd::as_raw_fd(file) < 128 - 32) {
        taken.push(File::open("/dev/null").unwrap());
    }
    assert_eq!(page.get("/healthz"), "");
    // Now the reserve too; one is kept for the client.
    let mut spare: Vec<File> = std::iter::from_fn(|| File::open("/dev/null").ok()).collect();
    spare.pop();
    let mut waiting = TcpStream::connect(page.address).unwrap();
    waiting.set_read_timeout(Some(house::BOUND)).unwrap();
    let _ = waiting.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    drop((taken, spare));
    let mut answer = Vec::new();
    let _ = waiting.read_to_end(&mut answer);
    check(&page.get("/healthz"), &["HTTP/1.1 200"]);
}
