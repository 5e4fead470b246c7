//! baresip's remote control: JSON in netstrings over TCP (its module ctrl_tcp).

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::{until, wait_for};

/// A phone's remote control. What the phone reports is kept in order.
pub struct Control {
    name: String,
    stream: TcpStream,
    heard: Arc<Mutex<Vec<Value>>>,
}

impl Control {
    /// Connects to a phone that is just starting.
    #[track_caller]
    pub fn connect(name: &str, port: u16) -> Self {
        let stream =
            until(&format!("{name} opens its remote control"), || TcpStream::connect(("127.0.0.1", port)).ok());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (theirs, ours) = (stream.try_clone().expect("descriptors left"), Arc::clone(&heard));
        std::thread::spawn(move || listen(theirs, &ours));
        Self { name: name.to_owned(), stream, heard }
    }

    /// Tells the phone to do something and waits for its word that it will.
    #[track_caller]
    pub fn tell(&mut self, command: &str, with: &str) -> String {
        let from = self.count();
        let order = json!({"command": command, "params": with, "token": command}).to_string();
        let framed = format!("{}:{order},", order.len());
        self.stream
            .write_all(framed.as_bytes())
            .unwrap_or_else(|error| panic!("{} does not listen to {command}: {error}", self.name));
        let (_, reply) = self.next(&format!("{} obeys {command} {with}", self.name), from, |said| {
            said["response"] == true && said["token"] == command
        });
        reply["data"].as_str().unwrap_or_default().to_owned()
    }

    /// How many reports have come; a place to look on from.
    pub fn count(&self) -> usize {
        self.heard.lock().expect("no reader panics").len()
    }

    /// Waits for an event of this type, at `from` or later; returns its place and its parameter.
    #[track_caller]
    pub fn event(&self, kind: &str, from: usize) -> (usize, String) {
        let what = format!("{} reports {kind}", self.name);
        let (at, event) = self.next(&what, from, |said| said["type"] == kind);
        (at, event["param"].as_str().unwrap_or_default().to_owned())
    }

    /// The peer of the newest event of this type.
    pub fn peer_of(&self, kind: &str, from: usize) -> Option<String> {
        let heard = self.heard.lock().expect("no reader panics");
        let event = heard.iter().skip(from).rfind(|said| said["type"] == kind)?;
        Some(event["peeruri"].as_str().unwrap_or_default().to_owned())
    }

    /// The name that the peer of the newest event of this type goes by.
    pub fn name_of_peer(&self, kind: &str) -> String {
        let heard = self.heard.lock().expect("no reader panics");
        let event = heard.iter().rfind(|said| said["type"] == kind);
        event.and_then(|event| event["peerdisplayname"].as_str()).unwrap_or_default().to_owned()
    }

    #[track_caller]
    fn next(&self, what: &str, from: usize, fits: impl Fn(&Value) -> bool) -> (usize, Value) {
        let found = wait_for(super::PATIENCE, || {
            let heard = self.heard.lock().expect("no reader panics");
            let at = from + heard.iter().skip(from).position(&fits)?;
            Some((at, heard[at].clone()))
        });
        found.unwrap_or_else(|| panic!("waited in vain: {what}; since then it reported {}", self.since(from)))
    }

    fn since(&self, from: usize) -> String {
        let heard = self.heard.lock().expect("no reader panics");
        let lines: Vec<_> = heard.iter().skip(from).map(Value::to_string).collect();
        format!("[\n    {}]", lines.join("\n    "))
    }
}

fn listen(mut stream: TcpStream, heard: &Mutex<Vec<Value>>) {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        bytes.extend_from_slice(&piece[..count]);
        while let Some((said, used)) = netstring(&bytes) {
            heard.lock().expect("no reader panics").push(said);
            bytes.drain(..used);
        }
    }
}

/// The first complete netstring's JSON, and how many bytes it took.
fn netstring(bytes: &[u8]) -> Option<(Value, usize)> {
    let colon = bytes.iter().position(|byte| *byte == b':')?;
    let length: usize = std::str::from_utf8(&bytes[..colon]).ok()?.parse().ok()?;
    let end = colon + 1 + length;
    let body = bytes.get(colon + 1..end)?;
    bytes.get(end)?;
    Some((serde_json::from_slice(body).unwrap_or(Value::Null), end + 1))
}

#[test]
fn a_netstring_is_taken_only_when_it_is_whole() {
    assert_eq!(netstring(b"7:{\"a\":1}"), None);
    assert_eq!(netstring(b"7:{\"a\":1},12"), Some((json!({"a": 1}), 10)));
    assert_eq!(netstring(b"1"), None);
}
