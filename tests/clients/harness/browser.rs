//! A browser that is signed in, as curl is one.

use std::process::Command;

use serde_json::Value;

use super::daemon::Daemon;
use super::fresh_folder;

/// A browser that is signed in, as curl is one.
pub struct Browser {
    port: u16,
    cookies: String,
}

impl Browser {
    /// Signs in by an extension and its PIN, or by an address and its password.
    #[track_caller]
    pub fn signed_in(office: &Daemon, login: &str, secret: &str) -> Self {
        let cookies = fresh_folder("cookies").join("jar").to_string_lossy().into_owned();
        let browser = Self { port: office.http, cookies };
        browser.send("POST", "login", &format!("{{\"login\":\"{login}\",\"secret\":\"{secret}\"}}"));
        browser
    }

    /// What the box answers; it must do what it is asked.
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, body: &str) -> Value {
        self.asks(method, path, body).unwrap_or_else(|said| panic!("{method} {path}: {said}"))
    }

    /// The answer, or what is said in its place.
    pub fn asks(&self, method: &str, path: &str, body: &str) -> Result<Value, String> {
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
