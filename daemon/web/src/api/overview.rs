//! The office at a glance, and the calls that are up.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use config::Config;
use nix::sys::statvfs::statvfs;
use pbx::input::CallId;
use pbx::status::{CallStatus, PhoneStatus, Status};
use pbx::time::Now;

use super::model::{Alert, Disk, Done, Level, LiveCall, LiveCalls, Overview, PhoneLine, PhoneState, Place, Verdict};
use super::wire::At;
use super::{App, rows};
use crate::desk::Refusal;
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

/// The office at a glance
#[utoipa::path(get, path = "/api/overview", tag = "office", responses((status = 200, body = Overview)))]
pub(super) async fn overview(State(app): State<App>) -> Result<Json<Overview>, Problem> {
    let certificates = app.certificates.clone();
    app.wait(move |office| Ok(Json(at_a_glance(office, certificates.as_deref())))).await
}

fn at_a_glance(office: &dyn Office, certificates: Option<&Certificates>) -> Overview {
    let (status, config) = (office.status(), office.config());
    let disk = disk(office);
    let phones: Vec<PhoneLine> = status.phones.iter().map(|phone| line(&config, &status, phone)).collect();
    let trust = certificates.and_then(|certificates| trust(&certificates.shown(), &office.now()));
    let mut issues: Vec<Verdict> = [well(office), space(disk), trust, absent(&phones)].into_iter().flatten().collect();
    issues.sort_by_key(|issue| std::cmp::Reverse(issue.level));
    let all_is_well = || Verdict { level: Level::Ok, text: "All is well.".to_owned(), fix: None };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Overview {
        verdict: issues.first().cloned().unwrap_or_else(all_is_well),
        issues,
        phones_registered: count(phones.iter().filter(|phone| phone.state != PhoneState::Offline).count()),
        phones,
        calls_up: count(status.calls.len()),
        disk,
        alerts: status.alerts.iter().rev().map(|one| Alert { at: one.at, text: one.text.clone() }).collect(),
        refused: status.counters.refused,
        calls: status.counters.calls,
        calls_answered: status.counters.answered,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        revision: status.revision,
    }
}

fn well(office: &dyn Office) -> Option<Verdict> {
    let text = office.health().err()?;
    let fix = "see the disk in System, then the daemon's log; a restart of bellboxd ends the calls that are up";
    Some(Verdict { level: Level::Bad, text, fix: Some(fix.to_owned()) })
}

fn space(disk: Option<Disk>) -> Option<Verdict> {
    let Disk { free_bytes, total_bytes } = disk?;
    if free_bytes >= (total_bytes / DISK_SHARE).clamp(DISK_LEAST, DISK_AMPLE) {
        return None;
    }
    let level = if free_bytes < DISK_LEAST / 10 { Level::Bad } else { Level::Warn };
    let text = format!("The disk has {} MB left.", free_bytes / 1_000_000);
    Some(Verdict { level, text, fix: Some("delete messages or recordings that nobody needs".to_owned()) })
}

/// Whether browsers go on to trust the box.
fn trust(shown: &Shown, now: &Now) -> Option<Verdict> {
    let verdict = |level, text: String, fix: &str| Some(Verdict { level, text, fix: Some(fix.to_owned()) });
    let renew = match shown.is_uploaded {
        true => "upload a new one in System, or go back to the box's own",
        false => "restart bellboxd: it makes a new one",
    };
    if let Some(unfit) = &shown.unused {
        let text = format!("The uploaded certificate is not used, the box's own is: {unfit}.");
        return verdict(Level::Bad, text, "upload another one in System, or go back to the box's own there");
    }
    match shown.facts.days_left(now.wall) {
        _ if !now.synced => None,
        ..0 => verdict(Level::Bad, "The certificate of HTTPS has expired.".to_owned(), renew),
        days @ 0..CERTIFICATE_DAYS => {
            verdict(Level::Warn, format!("The certificate of HTTPS expires in {days} days."), renew)
        }
        _ => None,
    }
}

fn absent(phones: &[PhoneLine]) -> Option<Verdict> {
    let absent: Vec<&str> =
        phones.iter().filter(|one| one.state == PhoneState::Offline).map(|one| one.name.as_str()).collect();
    let text = match absent.as_slice() {
        [] => return None,
        all if all.len() == phones.len() => "No phone is registered.".to_owned(),
        [one] => format!("Phone {one} is not registered."),
        some => format!("{} of {} phones are not registered.", some.len(), phones.len()),
    };
    let fix = "see that the phone has power and network, and that user and password are those of its person";
    Some(Verdict { level: Level::Warn, text, fix: Some(fix.to_owned()) })
}

/// What the file system of the office's folder has; a block is counted in fragments (POSIX statvfs).
pub(super) fn disk(office: &dyn Office) -> Option<Disk> {
    let found = statvfs(&office.folder()).ok()?;
    let fragment = found.fragment_size();
    let bytes = |blocks: u64| blocks.saturating_mul(fragment);
    Some(Disk { free_bytes: bytes(found.blocks_available()), total_bytes: bytes(found.blocks()) })
}

fn line(config: &Config, status: &Status, phone: &PhoneStatus) -> PhoneLine {
    let call = status.calls.iter().find(|call| call.from == phone.extension || call.to == phone.extension);
    let state = match (phone.bindings.is_empty(), call.map(|call| call.state.as_str())) {
        (true, _) => PhoneState::Offline,
        (false, None) => PhoneState::Idle,
        (false, Some("ringing")) => PhoneState::Ringing,
        (false, Some("held")) => PhoneState::Held,
        (false, Some(_)) => PhoneState::Talking,
    };
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
        state,
        places: places.collect(),
    }
}

/// The calls that are up
#[utoipa::path(get, path = "/api/live", tag = "office", responses((status = 200, body = LiveCalls)))]
pub(super) async fn live(State(app): State<App>) -> Json<LiveCalls> {
    let config = app.office.config();
    let calls = app.office.status().calls.iter().map(|call| live_call(&config, call)).collect();
    Json(LiveCalls { calls })
}

fn live_call(config: &Config, call: &CallStatus) -> LiveCall {
    LiveCall {
        id: call.id.0,
        from: call.from.clone(),
        from_name: rows::name_of(config, &call.from),
        to: call.to.clone(),
        to_name: rows::name_of(config, &call.to),
        state: call.state.clone(),
        since: call.since,
    }
}

/// Ends a call
#[utoipa::path(post, path = "/api/live/{call}/hangup", tag = "office",
    params(("call" = u64, Path, description = "Its number.")), responses((status = 200, body = Done)))]
pub(super) async fn hang_up(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(call): At<u64>,
) -> Result<Json<Done>, Problem> {
    let author = login.name;
    app.wait(move |office| {
        office.end_call(CallId(call)).map_err(|refusal| match refusal {
            Refusal::NoSuchCall { .. } => Problem::not_found("this call is over already"),
            other => Problem::new(StatusCode::SERVICE_UNAVAILABLE, other.to_string()),
        })?;
        log::info!("call {call}: ended by order of {author}");
        Ok(Json(Done::DONE))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let level = space(Some(Disk { free_bytes, total_bytes })).map(|verdict| verdict.level);
            assert_eq!(level, expected, "{free_bytes} of {total_bytes}");
        }
    }
}
