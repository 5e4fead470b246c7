//! Whether phones that are registered are still there: each device is asked by OPTIONS now and then (RFC 3261 §11), so that
//! a call to a phone that was unplugged goes on at once instead of ringing where nobody hears it.
//!
//! Any answer will do, a refusal too. Some phones never answer OPTIONS and are believed by their registration alone; a
//! phone that has answered before and is silent [`FAILURES_TO_SILENT`] times in a row is silent until it answers,
//! registers or calls.
//!
//! Deadlines: `Timer::Reach`, at the earliest of what any device waits for. Limit: one entry a binding, and one question
//! of each under way.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sip::event::InquiryId;

use crate::registrar::BindingKey;

/// Between two questions to a device that answers: one that was unplugged is known within 71 s, and 500 phones cost some
/// eight small messages a second.
pub const ASK_EVERY: Duration = Duration::from_secs(60);

/// The same while it is silent: after an outage of the network alone, phones do not know that they were away.
pub const WHILE_SILENT: Duration = Duration::from_secs(20);

/// How long an answer may take: the question goes out four times until then (RFC 3261 §17.1.2.2).
pub const PATIENCE: Duration = Duration::from_secs(4);

/// From a question without an answer to the next.
pub const AFTER_FAILURE: Duration = Duration::from_secs(3);

/// How many questions in a row must stay unanswered; one may fall into the restart of a switch.
pub const FAILURES_TO_SILENT: u8 = 2;

/// How the devices of the office answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Reach {
    devices: BTreeMap<BindingKey, Device>,
    /// The same, by when something is due.
    by_due: BTreeSet<(Duration, BindingKey)>,
    /// Who was asked by which question; each ends with a reply.
    asked: BTreeMap<InquiryId, BindingKey>,
}

/// How one device answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Device {
    /// When it is asked next, or when its answer is overdue.
    due: Duration,
    /// The newest question, while its answer may still be in time, and when it was asked.
    asked: Option<(InquiryId, Duration)>,
    failures: u8,
    /// Whether it has ever answered.
    answers: bool,
    is_silent: bool,
    /// Since when it is as it is.
    since: Timestamp,
    round_trip: Option<Duration>,
}

/// How a device answers, for those who look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// It has answered before and does not any more.
    pub is_silent: bool,
    /// Since when it is, or is not.
    pub since: Timestamp,
    /// From the last OPTIONS to its answer; `None` while there was none.
    pub round_trip: Option<Duration>,
}

impl Reached {
    /// The round trip in milliseconds.
    pub fn round_trip_ms(self) -> Option<u32> {
        self.round_trip.map(|time| u32::try_from(time.as_millis()).unwrap_or(u32::MAX))
    }
}

impl Reach {
    /// How a device answers; `None` for one that has no binding.
    pub fn of(&self, key: &BindingKey) -> Option<Reached> {
        let device = self.devices.get(key)?;
        Some(Reached { is_silent: device.is_silent, since: device.since, round_trip: device.round_trip })
    }

    /// Whether a device has gone silent.
    pub fn is_silent(&self, key: &BindingKey) -> bool {
        self.devices.get(key).is_some_and(|device| device.is_silent)
    }

    /// A device that is there, and is asked from now on. One that is known stays as it is.
    pub(crate) fn watch(&mut self, key: &BindingKey, now: Duration, since: Timestamp) {
        if self.devices.contains_key(key) {
            return;
        }
        let due = now + first_turn(key);
        let device =
            Device { due, asked: None, failures: 0, answers: false, is_silent: false, since, round_trip: None };
        self.by_due.insert((due, key.clone()));
        self.devices.insert(key.clone(), device);
    }

    /// A device has no binding any more.
    pub(crate) fn forget(&mut self, key: &BindingKey) {
        if let Some(device) = self.devices.remove(key) {
            self.by_due.remove(&(device.due, key.clone()));
        }
    }

    /// The next device for which something is due, and whether that is the end of the patience with it.
    pub(crate) fn due(&self, now: Duration) -> Option<(BindingKey, bool)> {
        let (_, key) = self.by_due.first().filter(|(due, _)| *due <= now)?;
        Some((key.clone(), self.devices.get(key).is_some_and(|device| device.asked.is_some())))
    }

    /// When something is due next.
    pub(crate) fn next_due(&self) -> Option<Duration> {
        self.by_due.first().map(|(due, _)| *due)
    }

    /// A device was asked.
    pub(crate) fn asks(&mut self, key: &BindingKey, inquiry: InquiryId, now: Duration) {
        self.asked.insert(inquiry, key.clone());
        self.set_due(key, now + PATIENCE);
        if let Some(device) = self.devices.get_mut(key) {
            device.asked = Some((inquiry, now));
        }
    }

    /// It cannot be asked now.
    pub(crate) fn asks_later(&mut self, key: &BindingKey, now: Duration) {
        self.set_due(key, now + ASK_EVERY);
    }

    /// A question is over: who was asked, and since when, if its answer is still waited for.
    pub(crate) fn is_over(&mut self, inquiry: InquiryId) -> Option<(BindingKey, Option<Duration>)> {
        let key = self.asked.remove(&inquiry)?;
        let waits = self.devices.get(&key).and_then(|device| device.asked);
        let since = waits.filter(|(newest, _)| *newest == inquiry).map(|(_, since)| since);
        Some((key, since))
    }

    /// A device has answered OPTIONS, after so long if in time; true where that is its first answer.
    pub(crate) fn answered(&mut self, key: &BindingKey, round_trip: Option<Duration>, now: Duration) -> bool {
        self.set_due(key, now + ASK_EVERY);
        let Some(device) = self.devices.get_mut(key) else { return false };
        device.answers = true;
        let is_first = device.round_trip.is_none();
        device.round_trip = round_trip.or(device.round_trip);
        is_first
    }

    /// A device has not answered; true where it is silent from now on.
    pub(crate) fn not_answered(&mut self, key: &BindingKey, now: Duration, wall: Timestamp) -> bool {
        let Some(device) = self.devices.get_mut(key) else { return false };
        device.asked = None;
        device.failures = device.failures.saturating_add(1);
        let falls_silent = device.answers && !device.is_silent && device.failures >= FAILURES_TO_SILENT;
        if falls_silent {
            (device.is_silent, device.since) = (true, wall);
        }
        let again = match (device.answers, device.is_silent) {
            (true, true) => WHILE_SILENT,
            (true, false) => AFTER_FAILURE,
            (false, _) => ASK_EVERY,
        };
        self.set_due(key, now + again);
        falls_silent
    }

    /// Something came from a device; true where it was silent.
    pub(crate) fn heard(&mut self, key: &BindingKey, now: Duration, wall: Timestamp) -> bool {
        let Some(device) = self.devices.get_mut(key) else { return false };
        device.asked = None;
        device.failures = 0;
        if !device.is_silent {
            return false;
        }
        (device.is_silent, device.since) = (false, wall);
        self.set_due(key, now + ASK_EVERY);
        true
    }

    fn set_due(&mut self, key: &BindingKey, due: Duration) {
        let Some(device) = self.devices.get_mut(key) else { return };
        self.by_due.remove(&(device.due, key.clone()));
        device.due = due;
        self.by_due.insert((due, key.clone()));
    }
}

/// How long after it came a device is asked first: phones that all came at once are not all asked at once, and the same ones
/// are asked at the same moments in every run. FNV-1a of the name.
fn first_turn(key: &BindingKey) -> Duration {
    let bytes = key.user.bytes().chain(key.device.bytes());
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let span = u64::try_from(ASK_EVERY.as_millis()).expect("it is a minute");
    Duration::from_millis(hash % span)
}
