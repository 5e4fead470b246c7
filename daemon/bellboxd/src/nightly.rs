//! What is done once a night, when the office sleeps: the trash is emptied, the database is copied, and the box's own certificate is
//! made anew where it ends soon.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use pbx::time::Now;
use web::tls::Certificates;

use crate::cause::with_cause;
use crate::live::Office;

/// How often it looks whether it is time. By the clock that never jumps: a wait until some o'clock would be as wrong as the
/// clock was when it began.
const LOOK: Duration = Duration::from_secs(5 * 60);

/// The night's work is not begun more often than this, whatever the clock does and whatever fails.
const APART: Duration = Duration::from_secs(2 * 3600);

/// A box whose clock is not set does it once in so long.
const DAY: Duration = Duration::from_secs(24 * 3600);

/// When a day begins for this work: 02:30 of the office, when nobody calls and no other nightly job begins.
const HOUR: i32 = 2;
const MINUTE: i32 = 30;

/// The running thread; dropping it ends it after what it is at. The process may end before: an unfinished copy is begun anew.
pub struct Nightly {
    _alive: SyncSender<()>,
}

impl Nightly {
    pub fn start(office: Arc<Office>, certificates: Option<Arc<Certificates>>) -> std::io::Result<Nightly> {
        let (alive, ended) = sync_channel(0);
        let mut plan = Plan { worked: None, copied: office.store.copied_at() };
        thread::Builder::new().name("nightly".to_owned()).spawn(move || {
            while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                let now = office.clock.now();
                if plan.is_due(&now, &office.in_force.now().office().time_zone) {
                    plan.worked = Some(now.since_boot);
                    certificates.iter().for_each(|certificates| renew(certificates, &now));
                    if work(&office, &now) {
                        plan.copied = Some(now.wall);
                    }
                }
            }
        })?;
        Ok(Nightly { _alive: alive })
    }
}

/// When it was done.
#[derive(Debug)]
struct Plan {
    /// In this run.
    worked: Option<Duration>,
    /// By people's time, in whatever run: a box that is switched off every evening copies in the morning.
    copied: Option<Timestamp>,
}

impl Plan {
    fn is_due(&self, now: &Now, zone: &TimeZone) -> bool {
        let since = |worked: Duration| now.since_boot.saturating_sub(worked);
        if self.worked.is_some_and(|worked| since(worked) < APART) {
            return false;
        }
        if !now.synced {
            return since(self.worked.unwrap_or_default()) >= DAY;
        }
        // Another day, not a later one: a clock that was ahead and is right now must not end the copies for a year.
        self.copied.is_none_or(|copied| day(copied, zone) != day(now.wall, zone))
    }
}

/// The office's day that a time belongs to. By calendar and hands alone: an hour that a change of the clocks skips is no
/// exception.
fn day(at: Timestamp, zone: &TimeZone) -> Option<Date> {
    let local = zone.to_datetime(at);
    local.checked_sub(HOUR.hours().minutes(MINUTE)).map(|early| early.date()).ok()
}

fn renew(certificates: &Certificates, now: &Now) {
    match certificates.renew(now) {
        Ok(true) => log::info!("the box's own certificate was about to end: a new one is in use"),
        Ok(false) => {}
        Err(error) => log::error!("the box's own certificate ends soon and was not made anew: {}", with_cause(&error)),
    }
}

/// Says whether there is a new copy. The trash is emptied first, so that the copy does not know of files that are gone.
fn work(office: &Office, now: &Now) -> bool {
    match office.store.empty_trash(now.wall, now.synced) {
        Ok(0) => {}
        Ok(removed) => log::info!("the trash of the mailboxes was emptied of {removed} messages"),
        Err(error) => log::error!("the trash of the mailboxes was not emptied: {}", with_cause(&error)),
    }
    match office.store.copy_nightly() {
        Ok(copy) => {
            log::info!("the database was copied to {}", copy.display());
            true
        }
        Err(error) => {
            log::error!("the database was not copied, look at the disk: is it full, or broken? {}", with_cause(&error));
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(hours_up: u64, wall: &str) -> Now {
        let synced = wall > "2026";
        Now { since_boot: Duration::from_secs(hours_up * 3600), wall: wall.parse().unwrap(), synced }
    }

    #[track_caller]
    fn due(worked_h: Option<u64>, copied: Option<&str>, now: &Now, expected: bool) {
        let worked = worked_h.map(|hours| Duration::from_secs(hours * 3600));
        let plan = Plan { worked, copied: copied.map(|at| at.parse().unwrap()) };
        assert_eq!(plan.is_due(now, &TimeZone::get("Europe/Berlin").unwrap()), expected, "{plan:?} {now:?}");
    }

    #[test]
    fn it_is_done_after_half_past_two_of_the_office() {
        // 02:29 and 02:30 in Berlin, in summer.
        due(None, Some("2026-07-01T08:00:00Z"), &now(1, "2026-07-02T00:29:59Z"), false);
        due(None, Some("2026-07-01T08:00:00Z"), &now(1, "2026-07-02T00:30:00Z"), true);
        due(Some(30), Some("2026-07-02T00:31:00Z"), &now(40, "2026-07-02T23:00:00Z"), false);
        due(Some(30), Some("2026-07-02T00:31:00Z"), &now(54, "2026-07-03T00:35:00Z"), true);
    }

    #[test]
    fn a_night_whose_half_past_two_does_not_exist_is_a_night() {
        // Berlin goes from 02:00 to 03:00 (01:00 UTC) on this day, and back from 03:00 to 02:00 on the other.
        due(None, Some("2026-03-28T01:35:00Z"), &now(1, "2026-03-29T00:59:00Z"), false);
        due(None, Some("2026-03-28T01:35:00Z"), &now(1, "2026-03-29T01:00:00Z"), true);
        due(Some(1), Some("2026-10-25T00:31:00Z"), &now(9, "2026-10-25T01:31:00Z"), false);
    }

    #[test]
    fn a_box_that_was_off_at_night_does_it_when_it_is_on() {
        due(None, Some("2026-07-01T08:00:00Z"), &now(0, "2026-07-03T07:00:00Z"), true);
        due(None, None, &now(0, "2026-07-03T07:00:00Z"), true);
    }

    #[test]
    fn a_clock_that_jumps_neither_stops_it_nor_drives_it() {
        // It was ahead by years and is right now.
        due(None, Some("2031-01-01T00:00:00Z"), &now(5, "2026-07-03T07:00:00Z"), true);
        // It jumps days to and fro.
        due(Some(4), Some("2026-07-02T07:00:00Z"), &now(5, "2026-07-09T07:00:00Z"), false);
        due(Some(3), Some("2026-07-02T07:00:00Z"), &now(5, "2026-07-09T07:00:00Z"), true);
    }

    #[test]
    fn without_a_clock_it_is_done_once_a_day() {
        due(None, None, &now(23, "1970-01-02T00:00:00Z"), false);
        due(None, None, &now(24, "1970-01-02T01:00:00Z"), true);
        due(Some(24), Some("1970-01-02T01:00:00Z"), &now(47, "1970-01-03T00:00:00Z"), false);
        due(Some(24), Some("1970-01-02T01:00:00Z"), &now(48, "1970-01-03T01:00:00Z"), true);
    }
}
