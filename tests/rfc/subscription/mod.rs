//! Subscriptions, of which the office is the notifier: RFC 6665, RFC 3842 for what a mailbox holds, and RFC 4235 for what
//! an extension does.

mod dialogs;
mod ends;
mod notify;
mod subscribe;
mod unsolicited;
mod ways;

use bytes::Bytes;
use sip::event::{Body, Event, Subscribing, SubscriptionId};
use sip::message::{HeaderName, Request};

use crate::peer::{Office, Phone, reply};

pub const EVENT: &str = "Event: message-summary\r\n";

pub fn summary(new: u32) -> Body {
    let text = format!("Messages-Waiting: yes\r\nMessage-Account: sip:*98@office\r\nVoice-Message: {new}/0 (0/0)\r\n");
    Body { content_type: "application/simple-message-summary".to_owned(), bytes: Bytes::from(text) }
}

/// Anna's phone, which wants to know what her mailbox holds.
pub fn watcher() -> Phone {
    let extra = format!("{EVENT}Accept: application/simple-message-summary\r\nExpires: 600\r\n");
    Phone { callee: "101", uri: "sip:101@192.0.2.1".to_owned(), extra, ..Phone::anna() }
}

/// An office, Anna's phone, and what it watches; the first NOTIFY is not answered.
pub struct Lamp {
    pub office: Office,
    pub phone: Phone,
    pub id: SubscriptionId,
}

impl Lamp {
    /// The first NOTIFY says that there is no message.
    #[track_caller]
    pub fn unanswered(mut phone: Phone) -> Lamp {
        let mut office = Office::new();
        let subscribing = subscribe(&mut office, &mut phone);
        let id = accept(&mut office, &mut phone, &subscribing);
        Lamp { office, phone, id }
    }

    /// Nothing is under way.
    #[track_caller]
    pub fn of(phone: Phone) -> Lamp {
        let mut lamp = Lamp::unanswered(phone);
        lamp.answer(200);
        lamp.office.sent.clear();
        lamp
    }

    pub fn new() -> Lamp {
        Lamp::of(watcher())
    }

    pub fn notify(&mut self, new: u32) {
        let id = self.id;
        self.office.run(|stack, now, out| stack.notify(now, id, summary(new), out));
    }

    pub fn end(&mut self, reason: &'static str) {
        let id = self.id;
        self.office.run(|stack, now, out| stack.end_subscription(now, id, reason, out));
    }

    /// The phone's answer to the last NOTIFY.
    #[track_caller]
    pub fn answer(&mut self, status: u16) {
        let bytes = reply(&self.last(), status, "", "");
        self.office.receive(self.phone.hop, bytes);
    }

    /// The last NOTIFY since `sent` was looked at.
    #[track_caller]
    pub fn last(&self) -> Request {
        self.office.last_request("NOTIFY")
    }

    /// How many messages the last NOTIFY told of, and its Subscription-State.
    #[track_caller]
    pub fn told(&self) -> (String, String) {
        let request = self.last();
        let text = String::from_utf8(request.body.to_vec()).unwrap();
        let count = text.split("Voice-Message: ").nth(1).unwrap().split('/').next().unwrap();
        (count.to_owned(), header(&request, HeaderName::SubscriptionState))
    }

    /// A request of the phone within the dialog, with these headers.
    pub fn ask(&mut self, method: &str, extra: &str) -> String {
        self.phone.extra = extra.to_owned();
        let text = self.phone.request(method, "");
        self.office.receive(self.phone.hop, &text);
        text
    }

    #[track_caller]
    pub fn assert_over(&mut self) {
        assert_eq!(self.office.stack.sizes().subscriptions, 0);
        self.office.assert_idle_after(70);
    }
}

#[track_caller]
pub fn subscribe(office: &mut Office, phone: &mut Phone) -> Subscribing {
    phone.send(office, "SUBSCRIBE", "");
    match office.events.pop() {
        Some(Event::Subscribing(subscribing)) => *subscribing,
        other => panic!("expected Subscribing, got {other:?}"),
    }
}

/// Accepts; the phone has learned our tag.
#[track_caller]
pub fn accept(office: &mut Office, phone: &mut Phone, subscribing: &Subscribing) -> SubscriptionId {
    office.sent.clear();
    office.run(|stack, now, out| stack.accept_subscription(now, subscribing.transaction, summary(0), out));
    let notify = office.last_request("NOTIFY");
    phone.to_tag = notify.headers.from().unwrap().tag().unwrap().to_string();
    subscribing.subscription
}

#[track_caller]
pub fn header(request: &Request, name: HeaderName) -> String {
    request.headers.get(&name).unwrap_or_else(|| panic!("{name} is missing")).to_string()
}
