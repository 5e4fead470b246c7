//! The office at a glance.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Extension, State};
use config::Config;
use jiff::{Timestamp, ToSpan};
use nix::sys::statvfs::statvfs;
use pbx::alarm::Alarm;
use pbx::mailbox::{Fill, Mailbox};
use pbx::status::{CallStatus, PhoneStatus, Status, TrunkStatus};
use pbx::time::Now;
use pbx::trunks::{Health, Trouble};
use pbx::words::Language;

use super::issue::{Filled, Issue};
use super::model::{Alert, Disk, Overview, PhoneLine, PhoneState, Place, Screen, ScreenName, Verdict};
use super::{App, rows};
use crate::office::Office;
use crate::problem::Problem;
use crate::sessions::Login;
use crate::tls::{Certificates, Shown};

/// Below a tenth of the disk somebody should look at it, unless that is more than [`DISK_AMPLE`].
const DISK_SHARE: u64 = 10;

/// Some ninety hours of messages: nobody need look.
const DISK_AMPLE: u64 = 5 * 1024 * 1024 * 1024;

/// Some nine hours: somebody should look at it, however small the disk is; below a tenth of it they must.
const DISK_LEAST: u64 = 500 * 1024 * 1024;

/// Below so many days somebody should renew the certificate: an authority takes days, and people have holidays.
const CERTIFICATE_DAYS: i64 = 30;

/// So long a new address of the box stays an issue, in hours: phones that know the old one register no more within one, and
/// somebody looks within a day.
const NEW_FOR_HOURS: i64 = 24;

/// The office at a glance
#[utoipa::path(get, path = "/api/overview", tag = "office", responses((status = 200, body = Overview)))]
pub(super) async fn overview(
    State(app): State<App>,
    Extension(language): Extension<Language>,
    Extension(login): Extension<Login>,
) -> Result<Json<Overview>, Problem> {
    let certificates = app.certificates.clone();
    app.wait(move |office| {
        // One damaged row must not hide what else is wrong.
        let mailboxes = office.store().mailboxes().unwrap_or_else(|error| {
            log::error!("page: the mailboxes cannot be counted: {error}");
            BTreeMap::new()
        });
        let seen = Seen { office, certificates: certificates.as_deref(), mailboxes, login: &login, language };
        Ok(Json(seen.at_a_glance()))
    })
    .await
}

/// What the overview is made of.
struct Seen<'s> {
    office: &'s dyn Office,
    certificates: Option<&'s Certificates>,
    mailboxes: BTreeMap<String, Mailbox>,
    login: &'s Login,
    language: Language,
}

impl Seen<'_> {
    fn at_a_glance(&self) -> Overview {
        let Seen { office, language, .. } = *self;
        let (status, config) = (office.status(), office.config());
        let disk = disk(office);
        let busy = busy(&status);
        let phones: Vec<PhoneLine> = status.phones.iter().map(|phone| line(&config, &busy, phone)).collect();
        let trust = self.certificates.and_then(|certificates| trust(&certificates.shown(), &office.now()));
        let [full, almost] = self.filled(&config);
        let (network, moved) = (network(&status), moved(&status, office.now().wall));
        let issues =
            [network, well(office), space(disk), lines(&status, language), full, trust, almost, moved, absent(&phones)];
        let mut issues: Vec<Verdict> = issues.into_iter().flatten().map(|issue| issue.said(language)).collect();
        issues.sort_by_key(|issue| std::cmp::Reverse(issue.level));
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Overview {
            verdict: issues.first().cloned().unwrap_or_else(|| Issue::None.said(language)),
            issues,
            phones_registered: count(phones.iter().filter(|phone| phone.state != PhoneState::Offline).count()),
            phones,
            calls_up: count(status.calls.len()),
            messages_new: self.mailboxes.values().map(|mailbox| mailbox.new).fold(0, u32::saturating_add),
            mailboxes_new: count(self.mailboxes.values().filter(|mailbox| mailbox.new > 0).count()),
            disk,
            alerts: status
                .alerts
                .iter()
                .rev()
                .map(|one| Alert { at: one.at, text: language.words().alarm(&one.what) })
                .collect(),
            refused: status.counters.refused,
            calls: status.counters.calls,
            calls_answered: status.counters.answered,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            revision: status.revision,
        }
    }

    /// Mailboxes that are full, and those that soon will be.
    fn filled(&self, config: &Config) -> [Option<Issue>; 2] {
        let (mut full, mut almost) = (Vec::new(), Vec::new());
        for extension in config.extensions().filter(|extension| extension.voicemail) {
            let number = extension.number.as_str();
            let is_own = self.login.extension.as_deref() == Some(number);
            let at = match is_own {
                true => Screen { name: ScreenName::Voicemail, row: None },
                false => Screen { name: ScreenName::People, row: Some(extension.person.0.to_string()) },
            };
            let one = |percent| Filled { number: number.to_owned(), percent, at };
            match self.mailboxes.get(number).map(|mailbox| mailbox.fill(extension.voicemail_minutes)) {
                Some(Fill::Full) => full.push(one(100)),
                Some(Fill::Almost { percent }) => almost.push(one(percent)),
                Some(Fill::Room) | None => {}
            }
        }
        let issue = |filled: Vec<Filled>, make: fn(Vec<Filled>) -> Issue| (!filled.is_empty()).then(|| make(filled));
        [issue(full, Issue::Full), issue(almost, Issue::AlmostFull)]
    }
}

fn well(office: &dyn Office) -> Option<Issue> {
    office.health().err().map(Issue::Unwell)
}

/// Whether anybody can reach the box.
fn network(status: &Status) -> Option<Issue> {
    status.is_off_network.then_some(Issue::OffNetwork)
}

/// Whether the box is elsewhere than phones may think. Where it was and is again is no news.
fn moved(status: &Status, now: Timestamp) -> Option<Issue> {
    let since = now.checked_sub(NEW_FOR_HOURS.hours()).unwrap_or(Timestamp::MIN);
    let new = status.alerts.iter().filter(|alert| alert.at >= since).filter_map(|alert| match &alert.what {
        Alarm::NewAddress { was, is } => Some((was, is)),
        _ => None,
    });
    let moves: Vec<_> = new.collect();
    let (was, is) = (moves.first()?.0.clone(), moves.last()?.1.clone());
    (was != is).then_some(Issue::NewAddress { was, is })
}

fn space(disk: Option<Disk>) -> Option<Issue> {
    let Disk { free_bytes, total_bytes } = disk?;
    if free_bytes >= (total_bytes / DISK_SHARE).clamp(DISK_LEAST, DISK_AMPLE) {
        return None;
    }
    Some(Issue::Disk { left_mb: free_bytes / 1_000_000, is_bad: free_bytes < DISK_LEAST / 10 })
}

/// Whether browsers go on to trust the box.
fn trust(shown: &Shown, now: &Now) -> Option<Issue> {
    if let Some(unfit) = &shown.unused {
        return Some(Issue::CertificateUnused(unfit.clone()));
    }
    let days = shown.facts.days_left(now.wall);
    let is_soon = now.synced && days < CERTIFICATE_DAYS;
    is_soon.then_some(Issue::CertificateEnds { days, is_uploaded: shown.is_uploaded })
}

/// Trunks that are down, and not because somebody wants it so.
fn lines(status: &Status, language: Language) -> Option<Issue> {
    let is_down = |trunk: &&TrunkStatus| {
        trunk.health == Health::Down && !matches!(trunk.trouble, Some(Trouble::SwitchedOff | Trouble::Starting))
    };
    let down: Vec<&TrunkStatus> = status.trunks.iter().filter(is_down).collect();
    let why = down.first()?.trouble.as_ref().map(|trouble| language.words().trouble(trouble)).unwrap_or_default();
    Some(Issue::Trunks { names: down.iter().map(|trunk| trunk.name.clone()).collect(), why })
}

fn absent(phones: &[PhoneLine]) -> Option<Issue> {
    let absent: Vec<&str> =
        phones.iter().filter(|one| one.state == PhoneState::Offline).map(|one| one.name.as_str()).collect();
    match absent.as_slice() {
        [] => None,
        all if all.len() == phones.len() => Some(Issue::NoPhone),
        [one] => Some(Issue::Phone((*one).to_owned())),
        some => Some(Issue::Phones { missing: some.len(), all: phones.len() }),
    }
}

/// What the file system of the office's folder has; a block is counted in fragments (POSIX statvfs).
pub(super) fn disk(office: &dyn Office) -> Option<Disk> {
    let found = statvfs(&office.folder()).ok()?;
    let fragment = found.fragment_size();
    let bytes = |blocks: u64| blocks.saturating_mul(fragment);
    Some(Disk { free_bytes: bytes(found.blocks_available()), total_bytes: bytes(found.blocks()) })
}

/// The first call of each extension that is in one.
pub(super) fn busy<'s>(status: &'s Status) -> BTreeMap<&'s str, &'s CallStatus> {
    let calls = status.calls.iter().rev();
    let those_in = |call: &'s CallStatus| {
        let parties = call.parties.iter().map(|party| party.number.as_str());
        let numbers = parties.chain(call.rings_at.iter().map(String::as_str)).chain([call.from.as_str()]);
        numbers.map(move |number| (number, call))
    };
    calls.flat_map(those_in).collect()
}

/// What a phone is doing.
pub(super) fn state(busy: &BTreeMap<&str, &CallStatus>, phone: &PhoneStatus) -> PhoneState {
    let call = busy.get(phone.extension.as_str());
    match (phone.bindings.is_empty(), call.map(|call| call.state.as_str())) {
        (true, _) => PhoneState::Offline,
        (false, None) => PhoneState::Idle,
        (false, Some("ringing")) => PhoneState::Ringing,
        (false, Some("held")) => PhoneState::Held,
        (false, Some(_)) => PhoneState::Talking,
    }
}

fn line(config: &Config, busy: &BTreeMap<&str, &CallStatus>, phone: &PhoneStatus) -> PhoneLine {
    let places = phone.bindings.iter().map(|binding| Place {
        address: binding.source.clone(),
        transport: binding.transport.clone(),
        user_agent: binding.user_agent.clone(),
        expires_at: binding.expires_at,
    });
    PhoneLine {
        name: phone.name.clone(),
        extension: phone.extension.clone(),
        person: rows::name_of(config, &phone.extension),
        state: state(busy, phone),
        places: places.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::Level;
    use super::*;

    #[test]
    fn a_new_address_is_an_issue_for_a_day_and_not_when_it_is_the_old_one_again() {
        let now: Timestamp = "2026-07-02T12:00:00Z".parse().unwrap();
        let moves = |hours: i64, was: &str, is: &str| pbx::status::Alert {
            at: now.checked_sub(hours.hours()).unwrap(),
            what: Alarm::NewAddress { was: was.to_owned(), is: is.to_owned() },
        };
        let issue = |was: &str, is: &str| Some(Issue::NewAddress { was: was.to_owned(), is: is.to_owned() });
        for (alerts, expected) in [
            (vec![], None),
            (vec![moves(1, "10.0.0.1", "10.0.0.7")], issue("10.0.0.1", "10.0.0.7")),
            (vec![moves(25, "10.0.0.1", "10.0.0.7")], None),
            (vec![moves(9, "10.0.0.1", "10.0.0.7"), moves(1, "10.0.0.7", "10.0.0.8")], issue("10.0.0.1", "10.0.0.8")),
            (vec![moves(9, "10.0.0.1", "10.0.0.7"), moves(1, "10.0.0.7", "10.0.0.1")], None),
        ] {
            let status = Status { alerts, ..Status::default() };
            assert_eq!(moved(&status, now), expected);
        }
        assert_eq!(network(&Status::default()), None);
        assert_eq!(network(&Status { is_off_network: true, ..Status::default() }), Some(Issue::OffNetwork));
        assert_eq!(Issue::OffNetwork.level(), Level::Bad);
    }

    #[test]
    fn a_disk_is_looked_at_in_time() {
        const GIB: u64 = 1024 * 1024 * 1024;
        for (free_bytes, total_bytes, expected) in [
            (20 * GIB, 250 * GIB, None),
            (4 * GIB, 250 * GIB, Some(Level::Warn)),
            (2 * GIB, 16 * GIB, None),
            (GIB, 16 * GIB, Some(Level::Warn)),
            (GIB / 4, GIB / 2, Some(Level::Warn)),
            (GIB / 100, 16 * GIB, Some(Level::Bad)),
        ] {
            let level = space(Some(Disk { free_bytes, total_bytes })).map(|issue| issue.level());
            assert_eq!(level, expected, "{free_bytes} of {total_bytes}");
        }
    }
}
