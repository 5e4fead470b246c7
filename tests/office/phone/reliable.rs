//! Provisional responses that must arrive, as the simulated phones send and confirm them (RFC 3262).

use std::time::Duration;

use super::message::{self, Message};
use super::transaction::{GIVES_UP_AFTER, Purpose, T1};
use super::ua::{Act, Cx, Timer, Ua};

/// What a model thinks of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReliableStyle {
    /// It knows nothing of them.
    Unknown,
    /// It says that it knows them, and rings so where the caller does.
    Known,
    /// It wants nothing else, of whomever it calls.
    Required,
    /// It wants them and confirms none.
    NeverConfirms,
}

impl Ua {
    /// What an INVITE of ours says.
    pub(super) fn reliable_header(&self) -> Option<(String, String)> {
        let name = match self.model.reliable {
            ReliableStyle::Unknown => return None,
            ReliableStyle::Known => "Supported",
            ReliableStyle::Required | ReliableStyle::NeverConfirms => "Require",
        };
        Some((name.to_owned(), "100rel".to_owned()))
    }

    /// Confirms a response that must be; false where it came again.
    pub(super) fn confirms(&mut self, cx: &mut Cx, id: u32, message: &Message) -> bool {
        let rseq: Option<u32> = message.header("RSeq").and_then(|value| value.parse().ok());
        let Some(rseq) = rseq.filter(|_| message.header("Require") == Some("100rel")) else { return true };
        let is_new = self.calls.get(&id).is_some_and(|call| call.rseq < rseq);
        if !is_new {
            return false;
        }
        self.calls.entry(id).and_modify(|call| call.rseq = rseq);
        if self.model.reliable == ReliableStyle::NeverConfirms {
            return true;
        }
        if let Some(mut draft) = self.draft(id, Purpose::Key, "PRACK", String::new()) {
            draft.uri = message::uri_of(message.header("Contact").unwrap_or_default()).to_owned();
            draft.to = message.header("To").unwrap_or_default().to_owned();
            draft.others.push(("RAck".to_owned(), format!("{rseq} {} INVITE", message.cseq().0)));
            self.send(cx, draft);
        }
        true
    }

    /// What our response says that must arrive; it is repeated until that.
    pub(super) fn numbered(&mut self, cx: &mut Cx, key: &str, id: u32) -> Vec<(String, String)> {
        let knows = |server: &super::transaction::Server| {
            ["Supported", "Require"].iter().any(|name| server.request.all(name).any(|value| value.contains("100rel")))
        };
        let is_known = self.servers.get(key).is_some_and(knows);
        if !is_known || self.model.reliable == ReliableStyle::Unknown {
            return Vec::new();
        }
        self.calls.entry(id).and_modify(|call| (call.rseq, call.is_unconfirmed) = (call.rseq + 1, true));
        let rseq = self.calls.get(&id).map_or(1, |call| call.rseq);
        cx.wake(T1, Timer::RingAgain(id, T1, cx.now + GIVES_UP_AFTER));
        vec![("Require".to_owned(), "100rel".to_owned()), ("RSeq".to_owned(), rseq.to_string())]
    }

    /// The box confirms our response.
    pub(super) fn on_prack(&mut self, cx: &mut Cx, key: &str, id: u32) {
        let rack = self.servers.get(key).and_then(|server| server.request.header("RAck").map(str::to_owned));
        let number = rack.as_ref().and_then(|rack| rack.split(' ').next()?.parse::<u32>().ok());
        let Some(call) = self.calls.get_mut(&id).filter(|call| Some(call.rseq) == number) else {
            return self.respond(cx, key, 481, &[], "");
        };
        call.is_unconfirmed = false;
        self.respond(cx, key, 200, &[], "");
        if self.model.moves_early_media {
            self.calls.entry(id).and_modify(|call| call.rtp.set_port(call.rtp.port() + 10_000));
            let body = self.description(id);
            if let Some(draft) = self.draft(id, Purpose::Key, "UPDATE", body) {
                self.send(cx, draft);
            }
        }
    }

    /// Whether the answer says nothing of sound any more: all was said before, and confirmed (RFC 6337 §3.1.1).
    pub(super) fn has_answered_early(&self, id: u32) -> bool {
        let says_no_more = self.model.moves_early_media || self.model.forks;
        says_no_more && self.calls.get(&id).is_some_and(|call| call.rseq > 0 && !call.is_unconfirmed)
    }

    /// Another branch of a call to us is heard, too: under a tag of its own, and at a place of its own.
    pub(super) fn forks(&mut self, cx: &mut Cx, key: &str, id: u32, body: &str) {
        let (Some(server), Some(call)) = (self.servers.get(key), self.calls.get(&id)) else { return };
        if !self.model.forks {
            return;
        }
        let port = |port: u16| format!("m=audio {port} ");
        let body = body.replace(&port(call.rtp.port()), &port(call.rtp.port() + 10_000));
        let text = message::response(&server.request, 183, "elsewhere", &[self.contact()], &body);
        cx.acts.push(Act::Send(self.spelled(text)));
    }

    /// Nobody has confirmed it yet: again, twice as late each time, and no call at last.
    pub(super) fn ring_again(&mut self, cx: &mut Cx, id: u32, pause: Duration, gives_up_at: Duration) {
        let Some(call) = self.calls.get(&id).filter(|call| call.is_unconfirmed) else { return };
        let key = call.invite.clone();
        let Some(server) = self.servers.get(&key).filter(|server| server.status < 200) else { return };
        if cx.now >= gives_up_at {
            self.respond(cx, &key, 504, &[], "");
            return self.end(cx, id, "not confirmed");
        }
        cx.acts.extend(server.said.clone().map(Act::Send));
        cx.wake((pause * 2).min(gives_up_at - cx.now), Timer::RingAgain(id, pause * 2, gives_up_at));
    }
}
