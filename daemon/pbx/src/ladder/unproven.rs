//! What was said before a call: the INVITE of a phone that has yet to prove who it is, the challenge, and the ACK. Should the phone prove
//! it, the call's ladder begins with them.

use std::collections::VecDeque;
use std::time::Duration;

use super::Said;
use crate::time::Now;

/// How many phones may be asked at once: more than people of an office dial in one second. Whoever asks for no good makes room last,
/// and costs nobody more than the beginning of a ladder.
pub const ASKED_KEPT: usize = 50;

/// How many messages of each are kept: the INVITE, the challenge and the ACK, each once more where one was lost.
pub const SAID_KEPT: usize = 6;

/// How long: an INVITE is sent again for no longer (RFC 3261 §17.1.1.2, timer B).
pub const ASKED_FOR: Duration = Duration::from_secs(32);

/// Phones that were asked, the latest last.
#[derive(Clone, Debug, Default)]
pub(super) struct Unproven(VecDeque<Asked>);

#[derive(Clone, Debug)]
struct Asked {
    call_id: Box<[u8]>,
    said: Vec<Said>,
}

impl Unproven {
    /// Whether a message of no call that is known is worth a copy: it is an INVITE, or belongs to one.
    pub fn wants(&self, call_id: &[u8], came: bool, message: &[u8]) -> bool {
        match self.0.iter().find(|asked| *asked.call_id == *call_id) {
            Some(asked) => asked.said.len() < SAID_KEPT,
            None => came && message.trim_ascii_start().starts_with(b"INVITE "),
        }
    }

    /// Keeps a message that it wants.
    pub fn notes(&mut self, call_id: &[u8], said: Said) {
        self.forget(said.now);
        if let Some(asked) = self.0.iter_mut().find(|asked| *asked.call_id == *call_id) {
            return asked.said.push(said);
        }
        self.0.push_back(Asked { call_id: call_id.into(), said: vec![said] });
        let excess = self.0.len().saturating_sub(ASKED_KEPT);
        self.0.drain(..excess);
    }

    /// It has come to a call: what was said before.
    pub fn take(&mut self, call_id: &[u8], now: Now) -> Vec<Said> {
        self.forget(now);
        let place = self.0.iter().position(|asked| *asked.call_id == *call_id);
        place.and_then(|place| self.0.remove(place)).map(|asked| asked.said).unwrap_or_default()
    }

    fn forget(&mut self, now: Now) {
        let is_over = |asked: &Asked| {
            asked.said.first().is_none_or(|first| now.since_boot.saturating_sub(first.now.since_boot) >= ASKED_FOR)
        };
        while self.0.front().is_some_and(is_over) {
            self.0.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use sip::transport::{Hop, Transport};

    use super::*;

    fn said(second: u64, text: &[u8]) -> Said {
        let at = |port: u16| ([10, 0, 0, 1], port).into();
        let hop = Hop { transport: Transport::Udp, local: at(5060), remote: at(5062), flow: None, proof: None };
        Said { now: now(second), came: true, hop, raw: text.into(), bytes: text.len() }
    }

    fn now(second: u64) -> Now {
        Now { since_boot: Duration::from_secs(second), wall: Timestamp::UNIX_EPOCH, synced: true }
    }

    #[test]
    fn what_is_kept_is_bounded_in_number_and_time() {
        let mut unproven = Unproven::default();
        for caller in 0..2 * ASKED_KEPT {
            for _ in 0..2 * SAID_KEPT {
                let (id, text) = (caller.to_string(), b"INVITE sip:102@office SIP/2.0");
                if unproven.wants(id.as_bytes(), true, text) {
                    unproven.notes(id.as_bytes(), said(0, text));
                }
            }
        }
        assert_eq!(unproven.0.len(), ASKED_KEPT);
        assert!(unproven.take(b"0", now(0)).is_empty(), "the first made room");
        assert_eq!(unproven.take(b"99", now(31)).len(), SAID_KEPT);
        assert!(unproven.take(b"98", now(32)).is_empty() && unproven.0.is_empty(), "their time is over");
    }

    #[test]
    fn what_is_about_no_invite_is_not_wanted() {
        let mut unproven = Unproven::default();
        for text in [&b"REGISTER sip:office SIP/2.0"[..], b"ACK sip:102@office SIP/2.0", b"INVITED sip:a SIP/2.0", b""]
        {
            assert!(!unproven.wants(b"x", true, text));
        }
        assert!(!unproven.wants(b"x", false, b"INVITE sip:102@10.0.0.7 SIP/2.0"), "it is ours");
        unproven.notes(b"x", said(0, b"INVITE sip:102@office SIP/2.0"));
        assert!(unproven.wants(b"x", false, b"SIP/2.0 401 Unauthorized"));
        assert!(unproven.wants(b"x", true, b"ACK sip:102@office SIP/2.0"));
    }
}
