//! When a time group opens and closes next.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::{Entry, TimeGroup};

/// How far ahead is looked, in days: a day of the year is found twice, and a list of two hundred groups is made at once.
pub const HORIZON_DAYS: u16 = 750;

/// A time group opens or closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first moment at which it is so.
    pub at: Timestamp,
    /// Whether it is open from then on.
    pub opens: bool,
}

impl TimeGroup {
    /// The next changes after this moment, at most so many, within [`HORIZON_DAYS`]. While it is forced for good there is
    /// none.
    pub fn changes(&self, after: Timestamp, most: usize) -> Vec<Change> {
        self.changes_within(after, Timestamp::MAX, most)
    }

    /// Every change after the one moment and before the other, within [`HORIZON_DAYS`].
    pub fn changes_until(&self, after: Timestamp, end: Timestamp) -> Vec<Change> {
        self.changes_within(after, end, usize::MAX)
    }

    fn changes_within(&self, after: Timestamp, end: Timestamp, most: usize) -> Vec<Change> {
        let Some(forced) = self.forced_at(after) else { return self.changes_by_times(after, end, most) };
        let Some(until) = forced.until.filter(|until| *until < end) else { return Vec::new() };
        // What holds from then on may be forced too, by somebody or by another night mode.
        let opens = self.is_open(until);
        let freed = (opens != forced.is_open && most > 0).then_some(Change { at: until, opens });
        let rest = most.saturating_sub(usize::from(freed.is_some()));
        freed.into_iter().chain(self.changes_within(until, end, rest)).collect()
    }

    /// When its own times change next, whatever is forced: the end of "until the next change".
    pub fn next_by_times(&self, after: Timestamp) -> Option<Timestamp> {
        self.changes_by_times(after, Timestamp::MAX, 1).first().map(|change| change.at)
    }

    /// When its times hold on a day as its clock shows it, in minutes from midnight: the first that does and the first that
    /// does not, in their order.
    pub fn spans_on(&self, date: Date) -> Vec<(u16, u16)> {
        let mut spans: Vec<(u16, u16)> = Vec::new();
        let minutes = self.minutes_of(date);
        let ends = minutes.iter().skip(1).copied().chain([1440]);
        for (from, to) in minutes.iter().copied().zip(ends).filter(|(from, _)| self.covers(clock(date, *from))) {
            match spans.last_mut().filter(|(_, end)| *end == from) {
                Some((_, end)) => *end = to,
                None => spans.push((from, to)),
            }
        }
        spans
    }

    fn changes_by_times(&self, after: Timestamp, end: Timestamp, most: usize) -> Vec<Change> {
        let mut found = Vec::new();
        let mut is_open = self.is_open_by_times(after);
        let mut last = after;
        let mut shifts = self.time_zone.following(after).map(|shift| shift.timestamp()).peekable();
        let Ok(mut date) = self.time_zone.to_datetime(after).date().yesterday() else { return found };
        for _ in 0..=HORIZON_DAYS {
            let mut moments = self.moments_of(date);
            let Ok(tomorrow) = date.tomorrow() else { return found };
            let midnight = self.first_moment_of(tomorrow);
            while let Some(shift) = shifts.next_if(|shift| midnight.is_none_or(|midnight| *shift <= midnight)) {
                moments.push(shift);
            }
            moments.sort_unstable();
            for at in moments.into_iter().filter(|at| *at > last).collect::<Vec<_>>() {
                if found.len() >= most || at >= end {
                    return found;
                }
                last = at;
                let opens = self.is_open_by_times(at);
                if opens != is_open {
                    is_open = opens;
                    found.push(Change { at, opens });
                }
            }
            date = tomorrow;
        }
        found
    }

    /// The minutes of a day at which something may change by what the clock shows, in their order: its begin, and where a span
    /// of a day that counts begins or ends.
    fn minutes_of(&self, date: Date) -> Vec<u16> {
        let mut minutes = vec![0];
        let before = date.yesterday().ok();
        let counts = |entry: &&Entry| entry.days.contain(date) || before.is_some_and(|day| entry.days.contain(day));
        for entry in self.entries.iter().filter(counts) {
            minutes.extend(entry.spans.iter().flat_map(|span| [span.from, span.to]).filter(|minute| *minute < 1440));
        }
        minutes.sort_unstable();
        minutes.dedup();
        minutes
    }

    /// Those minutes as moments, in no order. What the clock shows twice is two of them, what it skips is none.
    fn moments_of(&self, date: Date) -> Vec<Timestamp> {
        self.minutes_of(date).into_iter().flat_map(|minute| self.moments_at(clock(date, minute))).collect()
    }

    fn moments_at(&self, local: DateTime) -> Vec<Timestamp> {
        let shown = self.time_zone.to_ambiguous_timestamp(local);
        let both = [shown.earlier().ok(), shown.later().ok()];
        let is_shown = |at: &Timestamp| self.time_zone.to_datetime(*at) == local;
        both.into_iter().flatten().filter(is_shown).collect()
    }

    fn first_moment_of(&self, date: Date) -> Option<Timestamp> {
        self.time_zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0)).earlier().ok()
    }
}

fn clock(date: Date, minute: u16) -> DateTime {
    let hour = i8::try_from(minute / 60).expect("a minute of the day is below 1440");
    date.at(hour, i8::try_from(minute % 60).expect("it is below 60"), 0, 0)
}
