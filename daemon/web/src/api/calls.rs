//! Calls that were, and why they went as they did.

use axum::Json;
use axum::extract::{Extension, State};
use config::{Area, Config};
use pbx::events::{CallEvent, Cause, Ending, Happened};
use pbx::input::CallId;
use pbx::words::{Language, Words};
use store::{CallFilter, CallRow, MAX_ROWS, Store};

use super::model::{Account, Call, Calls, CallsQuery, Story, StoryLine, StoryStep, Went};
use super::wire::{Asked, At};
use super::{App, rows};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Why;

/// How many calls one search looks through before it answers with what it has: milliseconds of the disk.
const SEARCHED: usize = 4 * MAX_ROWS;

/// The longest text that is searched for.
const SEARCH_MAX: usize = 64;

/// Calls, newest first: all for administrators, else one's own
#[utoipa::path(get, path = "/api/calls", tag = "calls", params(CallsQuery), responses((status = 200, body = Calls)))]
pub(super) async fn list(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    Asked(asked): Asked<CallsQuery>,
) -> Result<Json<Calls>, Problem> {
    app.wait(move |office| Ok(Json(find(office.store(), &office.config(), &login, &asked, language.words())?))).await
}

fn find(
    store: &Store,
    config: &Config,
    login: &Login,
    asked: &CallsQuery,
    words: &dyn Words,
) -> Result<Calls, Problem> {
    let Some(mut seen) = seen(login) else { return Ok(Calls { calls: Vec::new(), next: None }) };
    let is_of = |number: &String| asked.number.as_ref().is_none_or(|asked| asked == number);
    if !seen.number.as_ref().is_none_or(is_of) {
        return Ok(Calls { calls: Vec::new(), next: None });
    }
    seen.account.clone_from(&asked.account);
    seen.number = seen.number.or_else(|| asked.number.clone());
    let wanted = rows::page(asked.limit, 50, 200);
    let sought: String = asked.q.iter().flat_map(|q| q.trim().chars().take(SEARCH_MAX)).collect();
    let sought = sought.to_lowercase();
    let (mut calls, mut before, mut looked) = (Vec::new(), asked.before.map(CallId), 0);
    loop {
        let limit = if sought.is_empty() { wanted } else { MAX_ROWS };
        let page = store.calls(&CallFilter { before, limit, ..seen.clone() })?;
        let is_last = page.len() < limit;
        for row in page {
            (before, looked) = (Some(row.id), looked + 1);
            let call = call(config, login, row, words);
            if sought.is_empty() || has(&call, &sought) {
                calls.push(call);
            }
            if calls.len() == wanted {
                return Ok(Calls { calls, next: before.map(|call| call.0) });
            }
        }
        if is_last || looked >= SEARCHED {
            return Ok(Calls { calls, next: before.map(|call| call.0).filter(|_| !is_last) });
        }
    }
}

/// Which calls somebody may see; `None`: none.
pub(super) fn seen(login: &Login) -> Option<CallFilter> {
    let number = match login.rights.may_see(Area::Calls) {
        true => None,
        false => Some(login.extension.clone()?),
    };
    Some(CallFilter { number, ..CallFilter::default() })
}

fn has(call: &Call, sought: &str) -> bool {
    let texts = [&call.from, &call.from_name, &call.to, &call.to_name, &call.story];
    let account = call.charged_to.as_ref().map(|account| [&account.number, &account.name]);
    texts.into_iter().chain(account.into_iter().flatten()).any(|text| text.to_lowercase().contains(sought))
}

pub(super) fn call(config: &Config, login: &Login, row: CallRow, words: &dyn Words) -> Call {
    let (from_name, from_known_by) = rows::known_or_told(config, login, &row.from, &row.name);
    let (to_name, to_known_by) = rows::known(config, login, &row.to);
    let story = words.call(row.cause, row.because.as_ref());
    let went = went(&row);
    let cause = row.cause.and_then(|cause| serde_json::to_value(cause).ok());
    Call {
        id: row.id.0,
        at: row.started_at,
        is_synced: row.synced,
        from_name,
        from_known_by,
        from: row.from,
        to_name,
        to_known_by,
        to: row.to,
        went,
        talked_s: row.talk_s,
        cause: cause.and_then(|cause| cause.as_str().map(str::to_owned)),
        story,
        authorized_by: row.authorized_by,
        charged_to: row.charged_to.map(|account| Account { number: account.number, name: account.name }),
        revision: row.revision,
    }
}

fn went(row: &CallRow) -> Went {
    match (row.cause, &row.because) {
        (None, _) => Went::Up,
        (Some(Cause::EmergencyUnreachable), _) => Went::Emergency,
        // Somebody took it, though not here: nobody has to call back.
        (Some(Cause::Elsewhere), _) => Went::Answered,
        // A mailbox answers too: what people want to know is that nobody did.
        (Some(_), Some(Ending::Deposit { .. })) => Went::Voicemail,
        // So do the question whether to be called back, and the assistant.
        (Some(_), Some(Ending::Offered { .. } | Ending::Assisted { .. })) => Went::Missed,
        // Of a call that the box has placed, its own caller answers first.
        (Some(Cause::Cancelled | Cause::Busy | Cause::Declined | Cause::Unanswered | Cause::Offline), _) => {
            Went::Missed
        }
        // And the questions for a code or an account, before a call that does not get through, or for a name, before one that is
        // not wanted.
        (
            Some(
                Cause::NotAllowed
                | Cause::Blocked
                | Cause::TollLimit
                | Cause::NoLine
                | Cause::UnknownOutside
                | Cause::OutsideRefused,
            ),
            _,
        ) => Went::Failed,
        (Some(_), _) if row.answered_at.is_some() => Went::Answered,
        (Some(_), _) => Went::Failed,
    }
}

/// The accounts that one may ask the list of calls for
#[utoipa::path(get, path = "/api/calls/accounts", tag = "calls", responses((status = 200, body = Vec<Account>)))]
pub(super) async fn accounts(State(app): State<App>) -> Json<Vec<Account>> {
    Json(super::accounts::rows(&app.office.config()))
}

/// One call's whole story
#[utoipa::path(get, path = "/api/calls/{id}", tag = "calls",
    params(("id" = u64, Path, description = "Its number.")), responses((status = 200, body = Story)))]
pub(super) async fn story(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    At(id): At<u64>,
) -> Result<Json<Story>, Problem> {
    let words = language.words();
    app.wait(move |office| {
        let none = || Problem::not_found(Why::NoSuchCall);
        let config = office.config();
        let log = office.store().call(CallId(id))?.ok_or_else(none)?;
        if !login.rights.may_see(Area::Calls) && !is_own(&config, &login, &log.events) {
            return Err(none());
        }
        let before = Some(CallId(id.checked_add(1).ok_or_else(none)?));
        let filter = CallFilter { before, limit: 1, ..CallFilter::default() };
        let row = office.store().calls(&filter)?.into_iter().find(|row| row.id.0 == id).ok_or_else(none)?;
        let lines = log.events.iter().map(|event| line(event, words)).collect();
        Ok(Json(Story { call: call(&config, &login, row, words), lines }))
    })
    .await
}

/// Own is what one's extension called, was called by, or was rung for.
fn is_own(config: &Config, login: &Login, events: &[CallEvent]) -> bool {
    let Some(own) = login.extension.as_deref() else { return false };
    let is_own_phone = |name: &str| config.phone_by_name(name).is_some_and(|phone| phone.extension.as_str() == own);
    events.iter().any(|event| match &event.what {
        Happened::Asked { from, dialled, .. } => from == own || dialled == own,
        Happened::Invited { phone, .. } | Happened::TakenOver { phone, .. } => is_own_phone(phone),
        Happened::Joined { extension, .. } => extension == own,
        _ => false,
    })
}

fn line(event: &CallEvent, words: &dyn Words) -> StoryLine {
    let kind = serde_json::to_value(&event.what).ok();
    let kind = kind.and_then(|what| what.get("kind")?.as_str().map(str::to_owned));
    let steps = match &event.what {
        Happened::Decided { steps } => steps.iter().map(|step| words.decision(step)).collect(),
        _ => Vec::new(),
    };
    StoryLine {
        at: event.at,
        since_start_ms: event.since_start_ms,
        kind: kind.unwrap_or_default(),
        text: words.happened(&event.what),
        steps: steps.into_iter().map(|(what, because)| StoryStep { what, because }).collect(),
    }
}
