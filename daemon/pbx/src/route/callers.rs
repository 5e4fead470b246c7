//! Who is put through at all (F43, F44): an extension's own list first, then the office's, then what is said of callers without a
//! number. Whom somebody's own list allows, the office's does not keep out.

use config::{Callers, Extension, Hears};

use super::case::Case;
use super::{Act, Announcement, Reason};
use crate::cause::Cause;

/// Whether the caller passes do-not-disturb; `Err`: what they hear who are not put through. Who has been let in at somebody's is not
/// judged by the office again where that one's forwards lead.
pub(super) fn judge(
    case: Case<'_>,
    called: &Extension,
    is_first: bool,
    because: &mut Vec<Reason>,
) -> Result<bool, Hears> {
    if case.is_call_back {
        return Ok(false);
    }
    let own = &called.answering.callers;
    let extension = Some(called.number.to_string());
    if is_listed(case, own, extension.clone(), because)? {
        return Ok(true);
    }
    if is_first {
        office(case, because)?;
    }
    number_wanted(case, own, extension, because)?;
    Ok(false)
}

/// What the office says of a caller from outside, whoever is called.
pub(super) fn office(case: Case<'_>, because: &mut Vec<Reason>) -> Result<(), Hears> {
    let of_office = &case.config.office().callers;
    if case.dialled.is_from_outside() && !case.is_call_back && !is_listed(case, of_office, None, because)? {
        number_wanted(case, of_office, None, because)?;
    }
    Ok(())
}

/// What happens to a call that is not put through.
pub(super) fn turned_away(hears: Hears) -> Act {
    match hears {
        Hears::Disconnected => Act::Reject(Cause::Blocked),
        Hears::Busy => Act::Reject(Cause::Busy),
        Hears::Refused => Act::Reject(Cause::Declined),
        Hears::Announcement => Act::Announce(Announcement::NotTaken),
    }
}

/// Whether a list allows the caller; `Err`: it blocks them.
fn is_listed(
    case: Case<'_>,
    callers: &Callers,
    extension: Option<String>,
    because: &mut Vec<Reason>,
) -> Result<bool, Hears> {
    if callers.listed.is_empty() {
        return Ok(false);
    }
    let Some(entry) = callers.entry(&case.spellings(), case.moment.wall) else { return Ok(false) };
    let pattern = entry.pattern.to_string();
    if entry.is_allowed {
        because.push(Reason::AllowedCaller { pattern, extension });
        return Ok(true);
    }
    because.push(Reason::BlockedCaller { pattern, extension });
    Err(callers.blocked_hear)
}

fn number_wanted(
    case: Case<'_>,
    callers: &Callers,
    extension: Option<String>,
    because: &mut Vec<Reason>,
) -> Result<(), Hears> {
    let caller = &case.dialled.extension;
    // Carriers write what they do not know as a word: anonymous, unavailable, restricted.
    let has_number = caller.bytes().any(|b| b.is_ascii_digit());
    let hears = callers.anonymous_hear.filter(|_| !has_number && case.dialled.is_from_outside());
    let Some(hears) = hears else { return Ok(()) };
    because.push(Reason::NoNumber { extension });
    Err(hears)
}
