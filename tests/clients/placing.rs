//! A call that somebody has the box place at the page, between real phones.

use std::process::Command;

use serde_json::Value;

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, PIN};
use crate::harness::{fresh_folder, until};

/// A browser that is signed in, as curl is one.
struct Browser {
    port: u16,
    cookies: String,
}

impl Browser {
    fn signed_in(office: &Daemon, extension: &str) -> Self {
        let cookies = fresh_folder("cookies").join("jar").to_string_lossy().into_owned();
        let browser = Self { port: office.http, cookies };
        browser.send("POST", "login", &format!("{{\"login\":\"{extension}\",\"secret\":\"{PIN}\"}}"));
        browser
    }

    #[track_caller]
    fn send(&self, method: &str, path: &str, body: &str) -> Value {
        self.asks(method, path, body).unwrap_or_else(|said| panic!("{method} {path}: {said}"))
    }

    /// The answer, or what is said in its place.
    fn asks(&self, method: &str, path: &str, body: &str) -> Result<Value, String> {
        let url = format!("http://127.0.0.1:{}/api/{path}", self.port);
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--fail-with-body", "--max-time", "15", "--request", method]);
        curl.args(["--cookie", &self.cookies, "--cookie-jar", &self.cookies, "--header", "X-Bellbox: 1"]);
        if !body.is_empty() {
            curl.args(["--header", "Content-Type: application/json", "--data", body]);
        }
        let output = curl.arg(&url).output().expect("curl starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            return Err(format!("{said} {}", String::from_utf8_lossy(&output.stderr)));
        }
        Ok(serde_json::from_str(&said).expect("the answer is JSON"))
    }
}

#[test]
fn f77_a_call_from_the_page_rings_the_own_phone_and_then_the_other() {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start_with_mailboxes(&desks);
    let mut anna = Baresip::registered(Spec::speaking(desks[0].phone(office.sip), 440.0));
    let mut bert = Baresip::registered(Spec::speaking(desks[1].phone(office.sip), 620.0));
    let page = Browser::signed_in(&office, "1001");
    let placed = page.send("POST", "place", "{\"number\":\"1002\"}");
    assert_eq!(placed["state"], "phone");
    let shown = |state: &str| {
        let path = format!("place/{}", placed["call"]);
        until(&format!("the page shows {state}"), || {
            // Just begun or just over it is in no picture and not on the disk.
            page.asks("GET", &path, "").ok().filter(|shown| shown["state"] == state)
        })
    };
    anna.rings();
    anna.answers();
    bert.rings();
    shown("rings");
    bert.answers();
    shown("talks");
    anna.hears(620.0);
    bert.hears(440.0);
    bert.hangs_up();
    anna.call_ends();
    office.is_quiet();
    assert_eq!(shown("over")["story"], "1002 hung up");
}
