//! The SIP messages of each call, as they came and went: the log says what a call came to, these say who said so.
//!
//! They are kept in memory alone, whether anybody looks or not, for a call that failed is looked at afterwards: so what is done for
//! each message is little, and who looks is shown them without their secrets ([`sip::disclosed`]). A message belongs to the call
//! that its Call-ID is a leg of; those of a phone that had yet to prove who it is are its beginning.

mod unproven;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sip::disclosed::{call_id, disclosed, whole_lines};
use sip::transport::Hop;

use self::unproven::Unproven;
use crate::ids::CallId;
use crate::time::Now;

/// How many messages of one call are kept: a call of two legs that is held and passed on is some forty.
pub const RUNGS_KEPT: usize = 60;

/// How many of them are the first ones, whatever follows: who looks for a fault wants to see how a long call began.
pub const FIRST_KEPT: usize = 20;

/// How much of one message is kept, in bytes: a head and a session description of a desk phone are some 1200.
pub const TEXT_KEPT: usize = 2048;

/// How many calls' messages are kept: an office's morning, in which a fault is reported.
pub const LADDERS_KEPT: usize = 200;

/// How much text is kept in all, in bytes: a quarter of what [`LADDERS_KEPT`] calls could have at most, and twice what they
/// have usually. The oldest calls go first.
pub const BYTES_KEPT: usize = 6 * 1024 * 1024;

/// How many Call-IDs of one call are followed: its caller, and more devices than ring for one extension.
pub const CALL_IDS_KEPT: usize = 32;

/// How many users of URIs are hidden beside those in use: hundreds of changes of trunks, some 64 bytes each.
pub const SECRET_USERS_KEPT: usize = 1_000;

/// The messages of one call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// Oldest first.
    pub rungs: Vec<Rung>,
    /// How many are not kept any more, between the first [`FIRST_KEPT`] and the rest.
    pub left_out: u32,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// When.
    pub at: Timestamp,
    /// How long after the first that is known of its call.
    pub after: Duration,
    /// Whether it came; else it went.
    pub came: bool,
    /// Whether the same was said before: it was lost on the way, or its answer was.
    pub is_again: bool,
    /// Whose leg it is.
    pub party: Arc<Party>,
    /// How it travelled.
    pub hop: Hop,
    /// What it says, without its secrets; the lines of it that fit into [`TEXT_KEPT`] bytes.
    pub text: String,
    /// How long it was in full, in bytes.
    pub bytes: usize,
}

/// With whom the box speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Party {
    /// A phone, by its name.
    Phone(String),
    /// A trunk, by its name.
    Trunk(String),
}

/// The messages of all calls that they are kept of.
#[derive(Clone, Debug, Default)]
pub struct Ladders {
    calls: BTreeMap<CallId, Kept>,
    /// The calls and parties of the legs by Call-ID.
    legs: BTreeMap<Box<[u8]>, (CallId, Arc<Party>)>,
    /// Users of URIs that are not told.
    secret_users: BTreeSet<String>,
    /// The length of all messages that are kept.
    bytes: usize,
    /// Messages that may become the beginning of a call; not counted with the others, for they are few.
    unproven: Unproven,
}

#[derive(Clone, Debug)]
struct Kept {
    notes: Vec<Note>,
    left_out: u32,
    began: Duration,
    call_ids: Vec<Box<[u8]>>,
}

/// A message as it was, secrets and all: nobody is shown it like this.
#[derive(Clone)]
struct Note {
    at: Timestamp,
    after: Duration,
    came: bool,
    is_again: bool,
    party: Arc<Party>,
    hop: Hop,
    raw: Box<[u8]>,
    bytes: usize,
}

/// A message that came or goes, as it was.
#[derive(Clone)]
struct Said {
    now: Now,
    came: bool,
    hop: Hop,
    /// The lines of it that fit into [`TEXT_KEPT`] bytes.
    raw: Box<[u8]>,
    bytes: usize,
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Said({} bytes {} {})", self.bytes, if self.came { "from" } else { "to" }, self.hop.remote)
    }
}

impl fmt::Debug for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Note({} bytes {} {})", self.bytes, if self.came { "from" } else { "to" }, self.hop.remote)
    }
}

impl Ladders {
    /// A call has a leg with this Call-ID.
    pub fn has_leg(&mut self, call: CallId, call_id: &[u8], party: Party, now: Now) {
        let before = self.unproven.take(call_id, now);
        let began = before.first().map_or(now.since_boot, |first| first.now.since_boot);
        let new = Kept { notes: Vec::new(), left_out: 0, began, call_ids: Vec::new() };
        let kept = self.calls.entry(call).or_insert(new);
        if kept.call_ids.len() < CALL_IDS_KEPT {
            kept.call_ids.push(call_id.into());
            self.legs.insert(call_id.into(), (call, Arc::new(party)));
        }
        before.into_iter().for_each(|said| self.note(call_id, said));
        self.forget();
    }

    /// A leg is one of another call from here on.
    pub fn moves(&mut self, call_id: &[u8], to: CallId) {
        let (Some(leg), Some(kept)) = (self.legs.get_mut(call_id), self.calls.get_mut(&to)) else { return };
        if leg.0 != to && kept.call_ids.len() < CALL_IDS_KEPT {
            leg.0 = to;
            kept.call_ids.push(call_id.into());
        }
    }

    /// Users of URIs that are as good as a password, from here on: a trunk that is gone may come back with the same one. When they
    /// are too many nothing is left that could tell the older ones.
    pub fn hides(&mut self, secret_users: BTreeSet<String>) {
        self.secret_users.extend(secret_users.iter().cloned());
        if self.secret_users.len() > SECRET_USERS_KEPT {
            *self = Ladders { secret_users, ..Ladders::default() };
        }
    }

    /// A message has come or goes; one that belongs to no call, nor to the beginning of one, is not kept.
    pub fn notes(&mut self, now: Now, came: bool, hop: &Hop, message: &[u8]) {
        let Some(id) = call_id(message) else { return };
        let said = || Said { now, came, hop: *hop, raw: whole_lines(message, TEXT_KEPT).into(), bytes: message.len() };
        if self.legs.contains_key(id) {
            self.note(id, said());
        } else if self.unproven.wants(id, came, message) {
            self.unproven.notes(id, said());
        }
    }

    fn note(&mut self, call_id: &[u8], said: Said) {
        let Some((call, party)) = self.legs.get(call_id) else { return };
        let Some(Kept { notes, left_out, began, .. }) = self.calls.get_mut(call) else { return };
        let Said { now, came, hop, raw, bytes } = said;
        let is_again = notes.iter().any(|note| note.came == came && note.bytes == bytes && note.raw == raw);
        self.bytes += raw.len();
        notes.push(Note {
            at: now.wall,
            after: now.since_boot.saturating_sub(*began),
            came,
            is_again,
            party: Arc::clone(party),
            hop,
            raw,
            bytes,
        });
        if notes.len() > RUNGS_KEPT {
            self.bytes -= notes.remove(FIRST_KEPT).raw.len();
            *left_out = left_out.saturating_add(1);
        }
        self.forget();
    }

    /// The messages of a call, if they are kept.
    pub fn of(&self, call: CallId) -> Option<Ladder> {
        let Kept { notes, left_out, .. } = self.calls.get(&call)?;
        Some(Ladder { rungs: notes.iter().map(|note| self.shown(note)).collect(), left_out: *left_out })
    }

    fn shown(&self, note: &Note) -> Rung {
        let &Note { at, after, came, is_again, hop, bytes, .. } = note;
        let text = disclosed(&note.raw, |user| self.secret_users.contains(user));
        Rung { at, after, came, is_again, party: Arc::clone(&note.party), hop, text, bytes }
    }

    fn forget(&mut self) {
        while self.calls.len() > LADDERS_KEPT || self.bytes > BYTES_KEPT {
            let Some((call, kept)) = self.calls.pop_first() else { return };
            self.bytes -= kept.notes.iter().map(|note| note.raw.len()).sum::<usize>();
            for call_id in kept.call_ids {
                if self.legs.get(&call_id).is_some_and(|(of, _)| *of == call) {
                    self.legs.remove(&call_id);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use sip::transport::Transport;

    use super::*;

    fn now(seconds: u64) -> Now {
        Now { since_boot: Duration::from_secs(seconds), wall: Timestamp::UNIX_EPOCH, synced: true }
    }

    fn hop() -> Hop {
        let at = |port: u16| ([10, 0, 0, 1], port).into();
        Hop { transport: Transport::Udp, local: at(5060), remote: at(5062), flow: None, proof: None }
    }

    fn message(call_id: &str, cseq: u32, filler: usize) -> Vec<u8> {
        format!("OPTIONS sip:a@b SIP/2.0\r\nCall-ID: {call_id}\r\nCSeq: {cseq} OPTIONS\r\nX: {:filler$}\r\n\r\n", "")
            .into_bytes()
    }

    fn phone() -> Party {
        Party::Phone("101a".to_owned())
    }

    #[test]
    fn a_long_call_keeps_its_beginning_and_its_end() {
        let mut all = Ladders::default();
        all.has_leg(CallId(1), b"x", phone(), now(0));
        for cseq in 0..100 {
            all.notes(now(u64::from(cseq)), true, &hop(), &message("x", cseq, 0));
        }
        let ladder = all.of(CallId(1)).unwrap();
        assert_eq!((ladder.rungs.len(), ladder.left_out), (RUNGS_KEPT, 40));
        let seconds: Vec<u64> = ladder.rungs.iter().map(|rung| rung.after.as_secs()).collect();
        assert_eq!(seconds, (0..20).chain(60..100).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_said_twice_is_marked() {
        let mut all = Ladders::default();
        all.has_leg(CallId(1), b"x", phone(), now(0));
        for (came, cseq) in [(true, 1), (false, 1), (true, 1), (true, 2)] {
            all.notes(now(0), came, &hop(), &message("x", cseq, 0));
        }
        let again: Vec<bool> = all.of(CallId(1)).unwrap().rungs.iter().map(|rung| rung.is_again).collect();
        assert_eq!(again, [false, false, true, false]);
    }

    #[test]
    fn the_word_of_a_trunk_that_is_gone_stays_hidden() {
        let mut all = Ladders::default();
        let words = |from: usize, count: usize| (from..from + count).map(|n| format!("word{n}")).collect();
        all.hides(words(0, 1));
        all.has_leg(CallId(1), b"x", phone(), now(0));
        all.notes(now(0), true, &hop(), b"OPTIONS sip:word0@b SIP/2.0\r\nCall-ID: x\r\n\r\n");
        all.hides(BTreeSet::new());
        let text = &all.of(CallId(1)).unwrap().rungs[0].text;
        assert!(text.starts_with("OPTIONS sip:***@b"), "{text}");
        // As many trunks come and go that it is forgotten: and with it what it stands in.
        all.hides(words(1, SECRET_USERS_KEPT));
        assert!(all.of(CallId(1)).is_none() && all.bytes == 0);
        assert_eq!(all.secret_users.len(), SECRET_USERS_KEPT);
    }

    #[test]
    fn a_message_of_no_call_leaves_nothing() {
        let mut all = Ladders::default();
        all.notes(now(0), true, &hop(), &message("x", 1, 0));
        all.notes(now(0), true, &hop(), b"");
        assert_eq!((all.bytes, all.calls.len()), (0, 0));
    }

    #[test]
    fn memory_is_bounded_however_long_and_many_the_messages() {
        let mut all = Ladders::default();
        for call in 0..2 * LADDERS_KEPT as u64 {
            for leg in 0..2 * CALL_IDS_KEPT {
                all.has_leg(CallId(call), format!("{call}-{leg}").as_bytes(), phone(), now(0));
            }
            for cseq in 0..RUNGS_KEPT as u32 {
                all.notes(now(0), true, &hop(), &message(&format!("{call}-0"), cseq, 1_900));
            }
            let held: usize = all.calls.values().flat_map(|kept| &kept.notes).map(|note| note.raw.len()).sum();
            assert!(held == all.bytes && held <= BYTES_KEPT, "{held} bytes, counted {}", all.bytes);
        }
        assert!(all.calls.len() <= LADDERS_KEPT && all.legs.len() <= LADDERS_KEPT * CALL_IDS_KEPT);
        assert!(all.of(CallId(2 * LADDERS_KEPT as u64 - 1)).is_some() && all.of(CallId(0)).is_none());
    }

    #[test]
    fn a_leg_that_is_passed_on_is_told_where_it_goes() {
        let mut all = Ladders::default();
        all.has_leg(CallId(1), b"x", phone(), now(0));
        all.has_leg(CallId(2), b"y", Party::Trunk("line".to_owned()), now(0));
        all.moves(b"x", CallId(2));
        all.notes(now(0), true, &hop(), &message("x", 1, 0));
        assert!(all.of(CallId(1)).unwrap().rungs.is_empty());
        assert_eq!(*all.of(CallId(2)).unwrap().rungs[0].party, phone());
    }
}
