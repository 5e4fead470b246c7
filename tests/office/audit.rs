//! What must be true when everybody has hung up: nothing is left, everything is written down.

use std::time::Duration;

use pbx::engine::Census;

use crate::logs;
use crate::phone::ua::Ua;
use crate::store::Mood;
use crate::world::World;

/// How long an office may take to become quiet: a silent party is found after 60 s, asked for 32 s, and its
/// transactions are forgotten 32 s later; a caller's phone gives up a ringing call after 180 s.
pub const BECOMES_QUIET_WITHIN: Duration = Duration::from_secs(400);

impl World {
    /// Everybody hangs up.
    pub fn everybody_hangs_up(&mut self) {
        for phone in 0..self.phones.len() {
            let calls: Vec<u32> = self.phones[phone].calls.keys().copied().collect();
            for call in calls {
                self.with_phone(phone, |ua, cx| ua.hang_up(cx, call));
            }
        }
    }

    /// Runs the clock until nothing is left, or for as long as that may take. Registrations are not refreshed meanwhile:
    /// their transactions are no leftovers.
    pub fn becomes_quiet(&mut self, within: Duration) {
        self.phones.iter_mut().for_each(|ua| ua.is_resting = true);
        let until = self.now + within;
        // The status is published a moment after the last change.
        self.run(Duration::from_secs(1));
        while self.now < until && !self.is_empty() {
            self.run(Duration::from_secs(1));
        }
        self.phones.iter_mut().for_each(|ua| ua.is_resting = false);
    }

    fn is_empty(&self) -> bool {
        let is_settled = self.store.mood != Mood::WORKS || self.store.mailboxes.open().is_empty();
        self.engine.census() == Census::default() && is_settled && self.phones.iter().all(|ua| ua.calls.is_empty())
    }

    /// Whether nothing goes on: no call, leg, timer or port is left.
    pub fn rests(&self) -> bool {
        self.engine.census() == Census::default() && self.media.ports.is_empty() && self.status.calls.is_empty()
    }

    /// Everything that is wrong with an office that should be quiet. An emergency call without a trunk and a bad
    /// disk are errors of the office, which a human must mend, not of the box.
    pub fn audit(&self) -> Vec<String> {
        let mut faults = self.store.faults();
        let census = self.engine.census();
        if census != Census::default() {
            faults.push(format!("the engine still has {census:?}"));
        }
        if !self.media.ports.is_empty() {
            faults.push(format!("ports are still open: {:?}", self.media.ports.keys()));
        }
        if !self.status.calls.is_empty() {
            faults.push(format!("the status still shows {:?}", self.status.calls));
        }
        faults.extend(self.media.complaints.iter().cloned());
        // What a bad disk could not take is still to come.
        if self.store.mood == Mood::WORKS {
            faults.extend(self.store.mailboxes.faults());
        }
        faults.extend(self.wrong_lamps());
        faults.extend(self.wrong_busy_keys());
        faults.extend(self.noticed.iter().cloned());
        for ua in &self.phones {
            faults.extend(leftovers(ua));
        }
        let is_its_fault = |error: &String| {
            !(error.contains("the emergency number")
                || self.store.has_failed && (error.contains("the store") || error.contains("the disk")))
        };
        let errors = logs::take_errors().into_iter().filter(is_its_fault);
        faults.extend(errors.map(|error| format!("logged as an error: {error}")));
        faults
    }
}

fn leftovers(ua: &Ua) -> Vec<String> {
    let mut faults: Vec<String> = ua.strays.iter().map(|stray| format!("a dead dialog: {stray}")).collect();
    for call in ua.calls.values() {
        faults.push(format!("{} still shows a call with {}: {:?}", ua.user, call.other, call.state));
    }
    faults
}
