//! Nonces that need no memory until they are used, and the counts that have been.
//!
//! A nonce is time, number and HMAC-SHA256 over both and the source address, in hex. The number grows with each
//! challenge, so the order of numbers is the order of age. Used nonces are kept under their number until they expire;
//! when the table is full, the oldest goes and `floor` rises to its number, below which nothing is valid any more. So
//! every nonce is either too old, at or below the floor, or all its uses are known: no replay gets through.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::{is_equal, params};

/// How long a nonce is good for. Phones that keep one, with counts, save a round trip within a burst of requests;
/// afterwards `stale=true` costs them one and no question to a person.
pub const NONCE_LIFETIME: Duration = Duration::from_secs(300);
/// Used nonces remembered at a time, some 64 bytes each: eight for each of 500 phones within the lifetime.
pub const MAX_NONCES: usize = 4096;
/// How far behind its highest count a nonce may still be used, each count once: a phone that subscribes to a page of
/// lamps sends them all at once, and UDP may reorder them.
pub const NONCE_WINDOW: u32 = 64;

/// Time and number, 8 bytes each, then 16 of the HMAC: 128 bits that cannot be guessed.
const NONCE_BYTES: usize = 32;

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Nonces {
    key: [u8; 32],
    /// The number of the last nonce issued.
    last: u64,
    /// Nonces up to this number are no longer valid.
    floor: u64,
    used: BTreeMap<u64, Used>,
}

/// What becomes of one use of a nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    First,
    Again,
    /// Not one of ours, of another address, or too old.
    Invalid,
}

#[derive(Clone, Serialize, Deserialize)]
struct Used {
    issued_ms: u64,
    counts: Counts,
}

#[derive(Clone, Serialize, Deserialize)]
enum Counts {
    /// Used without a count, which is possible once.
    Spent,
    /// Bit `n` of `seen` is the count `highest - n`.
    Counted { highest: u32, seen: u64 },
}

impl Nonces {
    pub fn new(key: [u8; 32]) -> Nonces {
        Nonces { key, last: 0, floor: 0, used: BTreeMap::new() }
    }

    pub fn issue(&mut self, now: Duration, source: IpAddr) -> String {
        self.last = self.last.saturating_add(1);
        let issued_ms = millis(now);
        let mut bytes = Vec::with_capacity(NONCE_BYTES);
        bytes.extend(issued_ms.to_be_bytes());
        bytes.extend(self.last.to_be_bytes());
        bytes.extend(self.seal(issued_ms, self.last, source));
        params::to_hex(&bytes)
    }

    /// Counts one use; only for a digest that is right in all else.
    pub fn spend(&mut self, now: Duration, source: IpAddr, nonce: &[u8], count: Option<u32>) -> Use {
        self.forget_expired(now);
        let Some((issued_ms, number)) = self.valid(now, source, nonce) else { return Use::Invalid };
        match (self.used.get_mut(&number).map(|used| &mut used.counts), count) {
            (None, count) => {
                let counts = match count {
                    Some(highest) => Counts::Counted { highest, seen: 1 },
                    None => Counts::Spent,
                };
                self.keep(number, Used { issued_ms, counts });
                Use::First
            }
            (Some(Counts::Counted { highest, seen }), Some(count)) => use_count(highest, seen, count),
            (Some(_), _) => Use::Again,
        }
    }

    /// Whether it can be used at all: ours, made for that address, and not too old.
    pub fn is_valid(&self, now: Duration, source: IpAddr, nonce: &[u8]) -> bool {
        self.valid(now, source, nonce).is_some()
    }

    /// A value that nobody outside can know.
    pub fn secret_for(&self, purpose: &[u8]) -> [u8; 32] {
        self.mac(&[purpose])
    }

    /// When it was issued, and its number.
    fn valid(&self, now: Duration, source: IpAddr, nonce: &[u8]) -> Option<(u64, u64)> {
        let now_ms = millis(now);
        let is_good = |(issued_ms, number): &(u64, u64)| {
            *number > self.floor && *issued_ms <= now_ms && !is_expired(*issued_ms, now_ms)
        };
        self.open(nonce, source).filter(is_good)
    }

    fn keep(&mut self, number: u64, used: Used) {
        self.used.insert(number, used);
        if self.used.len() > MAX_NONCES
            && let Some((oldest, _)) = self.used.pop_first()
        {
            self.floor = oldest;
        }
    }

    fn forget_expired(&mut self, now: Duration) {
        let now_ms = millis(now);
        while let Some(entry) = self.used.first_entry()
            && is_expired(entry.get().issued_ms, now_ms)
        {
            // Time never goes back, but if it did, this nonce would stay invalid all the same.
            self.floor = *entry.key();
            entry.remove();
        }
    }

    fn open(&self, nonce: &[u8], source: IpAddr) -> Option<(u64, u64)> {
        let bytes: [u8; NONCE_BYTES] = params::from_hex(nonce)?.try_into().ok()?;
        let (issued_ms, rest) = bytes.split_first_chunk::<8>()?;
        let (number, seal) = rest.split_first_chunk::<8>()?;
        let (issued_ms, number) = (u64::from_be_bytes(*issued_ms), u64::from_be_bytes(*number));
        is_equal(&self.seal(issued_ms, number, source), seal).then_some((issued_ms, number))
    }

    fn seal(&self, issued_ms: u64, number: u64, source: IpAddr) -> [u8; 16] {
        let source = match source.to_canonical() {
            IpAddr::V4(ip) => ip.octets().to_vec(),
            IpAddr::V6(ip) => ip.octets().to_vec(),
        };
        let mac = self.mac(&[b"nonce", &issued_ms.to_be_bytes(), &number.to_be_bytes(), &source]);
        *mac.first_chunk().expect("32 bytes have 16")
    }

    fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().into()
    }
}

fn use_count(highest: &mut u32, seen: &mut u64, count: u32) -> Use {
    if count > *highest {
        *seen = seen.checked_shl(count - *highest).unwrap_or(0) | 1;
        *highest = count;
        return Use::First;
    }
    let behind = *highest - count;
    let bit = 1_u64.checked_shl(behind).unwrap_or(0);
    if behind >= NONCE_WINDOW || *seen & bit != 0 {
        return Use::Again;
    }
    *seen |= bit;
    Use::First
}

fn is_expired(issued_ms: u64, now_ms: u64) -> bool {
    now_ms.saturating_sub(issued_ms) >= millis(NONCE_LIFETIME)
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
