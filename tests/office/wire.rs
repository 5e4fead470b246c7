//! The line between one phone and the box: latency, jitter, bursts of loss, duplicates, reordering, and the knife.

use std::time::Duration;

use crate::dice::Dice;

/// How a line behaves, the same both ways.
#[derive(Clone, Debug)]
pub struct Conditions {
    /// The least time a message takes.
    pub latency: Duration,
    /// Up to so much is added by chance, so that messages may overtake each other.
    pub jitter: Duration,
    /// How many of a thousand messages begin a burst of loss.
    pub bursts_per_mille: u64,
    /// How many messages a burst swallows at most.
    pub burst: u64,
    /// How many of a thousand arrive twice.
    pub doubled_per_mille: u64,
    /// How many of a thousand are late by up to 300 ms.
    pub late_per_mille: u64,
}

impl Conditions {
    /// How many of a thousand messages are lost, on average.
    pub fn lost_per_mille(&self) -> u64 {
        self.bursts_per_mille * (self.burst + 1) / 2
    }
}

/// A cable in the same building: one millisecond, nothing lost.
pub fn lan() -> Conditions {
    Conditions {
        latency: Duration::from_millis(1),
        jitter: Duration::ZERO,
        bursts_per_mille: 0,
        burst: 1,
        doubled_per_mille: 0,
        late_per_mille: 0,
    }
}

/// A phone at the edge of the radio's reach: bursts of up to three lost, some doubled, some late.
pub fn wifi_lossy() -> Conditions {
    Conditions {
        latency: Duration::from_millis(4),
        jitter: Duration::from_millis(40),
        bursts_per_mille: 50,
        burst: 3,
        doubled_per_mille: 30,
        late_per_mille: 50,
    }
}

/// A line that loses so many percent, one by one.
pub fn losing(percent: u64) -> Conditions {
    Conditions { bursts_per_mille: percent * 10, ..lan() }
}

/// A far home office: 120 ms each way.
pub fn far_away() -> Conditions {
    Conditions { latency: Duration::from_millis(120), jitter: Duration::from_millis(10), ..lan() }
}

/// Which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the phone to the box.
    Up,
    /// From the box to the phone.
    Down,
}

/// What became of the datagrams on a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fates {
    /// How many were lost, those that met a cut line among them.
    pub lost: u64,
    /// How many arrived twice.
    pub doubled: u64,
    /// How many arrived before one that was sent earlier.
    pub overtook: u64,
}

/// A line with its state.
#[derive(Clone, Debug)]
pub struct Wire {
    /// What became of all that was said on it.
    pub fates: Fates,
    conditions: Conditions,
    is_cut: bool,
    swallows: [u64; 2],
    last_arrival: [Duration; 2],
    /// The same of datagrams, of which none waits for another.
    latest: [Duration; 2],
    lost_at: Option<Duration>,
}

impl Wire {
    /// A line in these conditions.
    pub fn new(conditions: Conditions) -> Wire {
        Wire {
            fates: Fates::default(),
            conditions,
            is_cut: false,
            swallows: [0; 2],
            last_arrival: [Duration::ZERO; 2],
            latest: [Duration::ZERO; 2],
            lost_at: None,
        }
    }

    /// From now on the line behaves so.
    pub fn becomes(&mut self, conditions: Conditions) {
        self.conditions = conditions;
        self.swallows = [0; 2];
    }

    /// How the line behaves.
    pub fn conditions(&self) -> &Conditions {
        &self.conditions
    }

    /// Cuts the line or joins it again.
    pub fn cut(&mut self, is_cut: bool) {
        self.is_cut = is_cut;
    }

    /// Whether nothing passes at all.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Whether whatever is said arrives.
    pub fn is_sound(&self) -> bool {
        !self.is_cut && self.conditions.bursts_per_mille == 0
    }

    /// When something was last lost on it.
    pub fn lost_at(&self) -> Option<Duration> {
        self.lost_at
    }

    /// Whatever is under way on it is lost.
    pub fn loses(&mut self, now: Duration) {
        self.lost_at = Some(now);
    }

    /// When a message sent now arrives: never, once or twice. A stream loses nothing and keeps the order: what was
    /// lost comes a repetition later.
    pub fn arrivals(&mut self, now: Duration, way: Way, is_stream: bool, dice: &mut Dice) -> Vec<Duration> {
        if self.is_cut {
            self.loses(now);
            self.fates.lost += 1;
            return Vec::new();
        }
        let way = way as usize;
        let is_lost = self.is_lost(way, dice);
        let mut at = now + self.conditions.latency + dice.within(self.conditions.jitter);
        if is_stream {
            if is_lost {
                at += Duration::from_millis(200);
            }
            at = at.max(self.last_arrival[way]);
            self.last_arrival[way] = at;
            return vec![at];
        }
        if is_lost {
            self.loses(now);
            self.fates.lost += 1;
            return Vec::new();
        }
        if dice.happens(self.conditions.late_per_mille) {
            at += dice.within(Duration::from_millis(300));
        }
        self.fates.overtook += u64::from(at < self.latest[way]);
        self.latest[way] = at.max(self.latest[way]);
        let mut arrivals = vec![at];
        if dice.happens(self.conditions.doubled_per_mille) {
            self.fates.doubled += 1;
            arrivals.push(at + dice.within(Duration::from_millis(20)));
        }
        arrivals
    }

    fn is_lost(&mut self, way: usize, dice: &mut Dice) -> bool {
        if self.swallows[way] > 0 {
            self.swallows[way] -= 1;
            return true;
        }
        let begins = dice.happens(self.conditions.bursts_per_mille);
        if begins {
            self.swallows[way] = dice.below(self.conditions.burst);
        }
        begins
    }
}
