//! What the command line wants of the store, whether or not the daemon runs on it.

use config::Config;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use pbx::events::CallEvent;
use pbx::input::CallId;
use pbx::mailbox::Message;
use pbx::what_if::{self, Answer, Question};
use store::{CallFilter, CallRow, ImportError, MessageFilter, Revision, RevisionFilter, Store, StoreError};
use web::desk::{CallLine, Checked, Imported, NewSecret, REVISIONS_AT_ONCE, Refusal, RevisionLine};

pub fn calls(store: &Store, limit: usize) -> Result<Vec<CallLine>, Refusal> {
    let filter = CallFilter { limit, ..CallFilter::default() };
    Ok(store.calls(&filter).map_err(failed)?.into_iter().map(line).collect())
}

fn line(row: CallRow) -> CallLine {
    CallLine {
        id: row.id,
        at: row.started_at,
        synced: row.synced,
        from: row.from,
        to: row.to,
        talked_s: row.talk_s,
        cause: row.cause,
        because: row.because,
        authorized_by: row.authorized_by,
        charged_to: row.charged_to,
    }
}

pub fn call(store: &Store, id: CallId) -> Result<Vec<CallEvent>, Refusal> {
    match store.call(id).map_err(failed)? {
        Some(log) => Ok(log.events),
        None => Err(Refusal::NoSuchCall { id }),
    }
}

/// Of one mailbox, or of all of them.
pub fn messages(store: &Store, mailbox: Option<&str>, limit: usize) -> Result<Vec<Message>, Refusal> {
    let mailboxes = match mailbox {
        Some(mailbox) => vec![mailbox.to_owned()],
        None => store.load().map_err(failed)?.mailboxes.into_keys().collect(),
    };
    let mut messages = Vec::new();
    for mailbox in mailboxes {
        let filter = MessageFilter { mailbox, limit, ..MessageFilter::default() };
        messages.extend(store.messages(&filter).map_err(failed)?);
        messages.sort_by_key(|message| std::cmp::Reverse(message.id));
        messages.truncate(limit);
    }
    Ok(messages)
}

pub fn import(store: &Store, text: &str, author: &str, now: Timestamp) -> Result<(Imported, Config), Refusal> {
    let imported = store.import(text, author, now).map_err(refused)?;
    let secrets = imported.shown_once.into_iter().map(|shown| NewSecret {
        phone: shown.phone,
        user: shown.user,
        secret: shown.secret,
    });
    let told = Imported {
        revision: imported.revision,
        secrets: secrets.collect(),
        problems: imported.problems.iter().map(ToString::to_string).collect(),
    };
    Ok((told, imported.config))
}

/// By the office in force as it lies in the store.
pub fn what_if(store: &Store, question: &Question, now: Timestamp) -> Result<Answer, Refusal> {
    let config = store.load().map_err(failed)?.config;
    what_if::ask(&config, now, question).map_err(|why| Refusal::NotAsked { why })
}

pub fn export(store: &Store) -> Result<String, Refusal> {
    store.export().map_err(failed)
}

/// By the clock of the office as it is now.
pub fn export_as_of(store: &Store, local: DateTime) -> Result<String, Refusal> {
    let at = moment(store, local)?;
    store.export_as_of(at).map_err(failed)?.ok_or(Refusal::NoSuchPast { local })
}

pub fn history(store: &Store, until: Option<DateTime>, limit: usize) -> Result<Vec<RevisionLine>, Refusal> {
    let zone = zone(store)?;
    let until = until.map(|local| moment(store, local)).transpose()?;
    let filter = RevisionFilter { before: None, until, limit: limit.min(REVISIONS_AT_ONCE) };
    let line = |saved: Revision| {
        let local = zone.to_datetime(saved.at);
        RevisionLine { id: saved.id, at: saved.at, local, author: saved.author }
    };
    Ok(store.revisions(filter).map_err(failed)?.into_iter().map(line).collect())
}

fn zone(store: &Store) -> Result<TimeZone, Refusal> {
    Ok(store.load().map_err(failed)?.config.office().time_zone.clone())
}

fn moment(store: &Store, local: DateTime) -> Result<Timestamp, Refusal> {
    let shown = local.to_zoned(zone(store)?).map_err(|_| Refusal::NoSuchPast { local })?;
    Ok(shown.timestamp())
}

/// What would become of a call by an office that was in force once.
pub fn what_if_by(office: &str, question: &Question, now: Timestamp) -> Result<Answer, Refusal> {
    let raw = toml::from_str(office).map_err(|error| Refusal::Failed { reason: error.to_string() })?;
    let config = Config::check(&raw, &mut Vec::new());
    what_if::ask(&config, now, question).map_err(|why| Refusal::NotAsked { why })
}

pub fn check(text: &str) -> Result<Checked, Refusal> {
    let problems = store::check_office_file(text).map_err(refused)?;
    Ok(Checked { problems: problems.iter().map(ToString::to_string).collect() })
}

fn refused(error: ImportError) -> Refusal {
    match error {
        ImportError::Refused { refusals } => {
            Refusal::BadFile { problems: refusals.iter().map(ToString::to_string).collect() }
        }
        ImportError::Syntax { .. } | ImportError::TooLarge { .. } => {
            Refusal::BadFile { problems: vec![error.to_string()] }
        }
        ImportError::Random | ImportError::Store(_) => Refusal::Failed { reason: error.to_string() },
    }
}

fn failed(error: StoreError) -> Refusal {
    Refusal::Failed { reason: error.to_string() }
}
