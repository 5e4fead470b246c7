//! How a phone registers, refreshes and signs off (RFC 3261 §10.2).

use std::time::Duration;

use super::message::{self, Message};
use super::transaction::{Draft, Purpose};
use super::ua::{Cx, Timer, Ua};
use crate::dice::Dice;

/// How a phone that was refused or heard nothing waits before it tries again.
pub const TRIES_AGAIN_AFTER: Duration = Duration::from_secs(30);

/// Where a phone stands with the registrar.
#[derive(Clone, Debug)]
pub struct Registration {
    /// One for each life of the phone.
    pub call_id: String,
    /// The last one used.
    pub cseq: u32,
    /// Our tag.
    pub tag: String,
    /// The expiry that is asked for: the model's, until a 423 asks for more.
    pub asks_for_s: Option<u64>,
    /// Until when the phone believes to be registered.
    pub until: Option<Duration>,
    /// When it was last granted.
    pub granted_at: Option<Duration>,
    /// The last final status, or 0.
    pub status: u16,
    /// The Contacts of the last 200.
    pub contacts: Vec<String>,
    /// Under which identity the last 200 says that the phone is known, where it says so (RFC 7315 §4.1).
    pub identity: Option<String>,
    /// Whether the phone signs off or has done so.
    pub is_off: bool,
}

impl Registration {
    /// A phone that was just switched on.
    pub fn new(dice: &mut Dice) -> Registration {
        Registration {
            call_id: format!("reg-{}", dice.word()),
            cseq: 0,
            tag: dice.word(),
            asks_for_s: None,
            until: None,
            granted_at: None,
            status: 0,
            contacts: Vec::new(),
            identity: None,
            is_off: false,
        }
    }
}

impl Ua {
    /// Registers or refreshes.
    pub fn register(&mut self, cx: &mut Cx) {
        if self.registration.is_off {
            return;
        }
        let expires = self.registration.asks_for_s.unwrap_or(self.model.expires_s);
        let contact = self.registered_contact();
        self.send_register(cx, &contact, expires);
    }

    /// Tells the registrar that it goes: this contact only, or every one of the extension's.
    pub fn sign_off(&mut self, cx: &mut Cx, everyone: bool) {
        self.registration.is_off = true;
        let contact = if everyone { "*".to_owned() } else { self.registered_contact() };
        self.send_register(cx, &contact, 0);
    }

    fn registered_contact(&self) -> String {
        let contact = self.contact().1;
        if !self.model.has_instance {
            return contact;
        }
        if let Some(flow) = self.model.flow {
            return format!(
                "{contact};reg-id={flow};+sip.instance=\"<urn:uuid:00000000-0000-4000-8000-0000000f10e5>\""
            );
        }
        let (ip, port) = (self.own.ip().to_string().replace('.', ""), self.extension.len());
        format!("{contact};+sip.instance=\"<urn:uuid:00000000-0000-4000-8{port:03}-{ip:0>12}>\"")
    }

    fn send_register(&mut self, cx: &mut Cx, contact: &str, expires_s: u64) {
        self.registration.cseq += 1;
        let aor = format!("<sip:{}@{}>", self.extension, self.server.ip());
        let draft = Draft {
            purpose: Purpose::Register,
            method: "REGISTER",
            uri: format!("sip:{}", self.server.ip()),
            from: format!("{aor};tag={}", self.registration.tag),
            to: aor,
            call_id: self.registration.call_id.clone(),
            cseq: self.registration.cseq,
            others: vec![("Contact".to_owned(), contact.to_owned()), ("Expires".to_owned(), expires_s.to_string())],
            body: String::new(),
            refusals: 0,
        };
        self.send(cx, draft);
    }

    /// The registrar's final word.
    pub fn on_registered(&mut self, cx: &mut Cx, status: u16, message: &Message) {
        self.registration.status = status;
        match status {
            200 => self.on_granted(cx, message),
            423 => {
                let least = message.header("Min-Expires").and_then(|value| value.parse().ok());
                self.registration.asks_for_s = least;
                if least.is_some() {
                    self.register(cx);
                }
            }
            _ => {
                self.registration.until = None;
                self.shows = format!("{status} not registered");
                cx.wake(TRIES_AGAIN_AFTER, Timer::Register);
            }
        }
    }

    fn on_granted(&mut self, cx: &mut Cx, message: &Message) {
        self.registration.contacts = message.all("Contact").flat_map(split_contacts).collect();
        self.registration.identity = message.header("P-Associated-URI").map(str::to_owned);
        let own = self.contact().1;
        let own = message::uri_of(&own);
        let granted = self.registration.contacts.iter().find(|contact| message::uri_of(contact) == own);
        let granted = granted.and_then(|contact| message::parameter(contact, "expires"));
        let header = message.header("Expires");
        let seconds: u64 = granted.or(header).and_then(|value| value.parse().ok()).unwrap_or(0);
        if self.registration.is_off || seconds == 0 {
            self.registration.until = None;
            return;
        }
        self.registration.until = Some(cx.now + Duration::from_secs(seconds));
        self.registration.granted_at = Some(cx.now);
        cx.wake(Duration::from_secs(seconds) / 2, Timer::Register);
        self.watch_after_registering(cx);
        self.begin_busy_keys(cx);
    }

    /// The registrar says nothing.
    pub fn on_registrar_silent(&mut self, cx: &mut Cx) {
        self.registration.status = 408;
        cx.wake(TRIES_AGAIN_AFTER, Timer::Register);
    }

    /// Whether the phone believes to be registered.
    pub fn is_registered(&self, now: Duration) -> bool {
        self.is_on && self.registration.until.is_some_and(|until| until > now)
    }
}

/// Contacts joined by commas, which `rsip` leaves in one; commas within brackets or quotes separate nothing.
fn split_contacts(value: &str) -> Vec<String> {
    let (mut parts, mut part) = (Vec::new(), String::new());
    let (mut is_quoted, mut is_bracketed) = (false, false);
    for c in value.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '<' if !is_quoted => is_bracketed = true,
            '>' if !is_quoted => is_bracketed = false,
            ',' if !is_quoted && !is_bracketed => {
                parts.push(part.trim().to_owned());
                part = String::new();
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    parts.push(part.trim().to_owned());
    parts
}
