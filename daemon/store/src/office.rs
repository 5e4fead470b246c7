//! The office and its revisions.

use std::collections::BTreeMap;
use std::sync::Arc;

use config::{Config, Fault, Problem, RawConfig, RawTrunk, Secret, is_user, weak_pin};
use jiff::Timestamp;
use pbx::alarm::{Alarm, Mended};
use pbx::call_backs::HelpCall;
use pbx::completion::Wishes;
use pbx::mailbox::Mailbox;
use pbx::misuse::Misuse;
use pbx::presence::LastCaller;
use pbx::registrar::Binding;
use rusqlite::{Connection, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use crate::error::{ImportError, PinError, Reason, Refusal, StoreError};
use crate::history;
use crate::prepare::{NextIds, Preparation, ShownOnce};
use crate::records::{json, meta, nanoseconds, number, set_meta, text};
use crate::secrets::{hash_pin, verify_pin};

/// The largest office file, in bytes: the largest office has less than half of it.
pub const MAX_OFFICE_FILE: usize = 2 * 1024 * 1024;

/// The longest author of a revision, in characters.
const MAX_AUTHOR: usize = 64;

/// What a start finds.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The office in force; an empty one on a new box.
    pub config: Config,
    /// What is wrong with its rows.
    pub problems: Vec<Problem>,
    /// Where phones were registered, those included whose time may be over.
    pub bindings: Vec<Binding>,
    /// The number of the next call.
    pub next_call: u64,
    /// Every mailbox that has anything in it, by its extension.
    pub mailboxes: BTreeMap<String, Mailbox>,
    /// The number of the next recording: above every one that was given, also of those that are gone.
    pub next_recording: u64,
    /// What is remembered of misuse.
    pub misuse: Option<Misuse>,
    /// Who has called whom last, by the extension that was called, as far as the newest calls tell.
    pub last_callers: BTreeMap<String, LastCaller>,
    /// Who wants to be called back.
    pub completions: Option<Wishes>,
    /// The newest calls for help, oldest first.
    pub help_calls: Vec<HelpCall>,
    /// What is wrong with the store itself, one sentence each.
    pub alarms: Vec<Alarm>,
}

/// What an import brought.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The office's revision; the one before where nothing has changed.
    pub revision: u64,
    /// Whether that revision is of this change: it is what an undo takes back.
    pub is_new: bool,
    /// What is wrong with its rows: those are off.
    pub problems: Vec<Problem>,
    /// Credentials that the box made: shown now and never again.
    pub shown_once: Vec<ShownOnce>,
    /// The office.
    pub config: Config,
    /// The digest realm, which a first import may have taken over from the box that wrote the file.
    pub realm: Arc<str>,
}

/// The office in force as it is stored.
pub(crate) struct Current {
    pub revision: u64,
    pub raw: RawConfig,
    pub alarms: Vec<Alarm>,
}

/// The newest revision that is whole.
pub(crate) fn current(connection: &Connection) -> Result<Current, StoreError> {
    let mut alarms = Vec::new();
    let read = |revision, json: String| Some((revision, serde_json::from_str(&json).ok()?));
    let (revision, raw) = newest(connection, &mut alarms, read)?.unwrap_or_default();
    Ok(Current { revision, raw, alarms })
}

/// What is read of the newest revision whose text is whole and can be read; those that are newer are in the alarms.
fn newest<T>(
    connection: &Connection,
    alarms: &mut Vec<Alarm>,
    read: impl Fn(u64, String) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    let mut select = connection.prepare_cached("SELECT id, office, sha256 FROM revision ORDER BY id DESC")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let revision = row.get::<_, i64>(0)?.unsigned_abs();
        let json = text(row, 1)?;
        let is_whole = digest(&json) == text(row, 2)?;
        match read(revision, json).filter(|_| is_whole) {
            Some(read) => return Ok(Some(read)),
            None => alarms.push(Alarm::Mended(Mended::RevisionDamaged { revision })),
        }
    }
    Ok(None)
}

/// Reads an office file.
pub(crate) fn parse(text: &str) -> Result<RawConfig, ImportError> {
    if text.len() > MAX_OFFICE_FILE {
        return Err(ImportError::TooLarge { size: text.len(), most: MAX_OFFICE_FILE });
    }
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
        ImportError::Syntax { line, message: error.message().replace('\n', ", ") }
    })
}

/// What an import of this file into a new box would say: its problems, or why it would be refused. Nothing is kept.
pub fn check_office_file(text: &str) -> Result<Vec<Problem>, ImportError> {
    let mut raw = parse(text)?;
    let realm = raw.office.realm.clone().unwrap_or_default();
    let mut preparation = Preparation {
        before: &RawConfig::default(),
        realm: &realm,
        next: NextIds { person: 1, phone: 1 },
        is_check: true,
        shown_once: Vec::new(),
        trunk_secrets: BTreeMap::new(),
        refusals: Vec::new(),
    };
    preparation.run(&mut raw)?;
    if !preparation.refusals.is_empty() {
        return Err(ImportError::Refused { refusals: preparation.refusals });
    }
    let mut problems = Vec::new();
    Config::check(&raw, &mut problems);
    Ok(problems)
}

/// An office ready to be saved.
pub(crate) struct Prepared {
    pub(crate) raw: RawConfig,
    json: String,
    /// It, judged, and what is wrong with it.
    config: Config,
    pub(crate) problems: Vec<Problem>,
    /// The trunks of the office before.
    pub(crate) trunks_before: Vec<RawTrunk>,
    next: NextIds,
    shown_once: Vec<ShownOnce>,
    /// What is new among the secrets of trunks.
    pub(crate) trunk_secrets: BTreeMap<String, Secret>,
    pub(crate) realm: Arc<str>,
}

/// Judges and hashes. Slow where there are many PINs; needs only a reading connection.
pub(crate) fn prepare(connection: &Connection, realm: &str, text: &str) -> Result<Prepared, ImportError> {
    let raw = parse(text)?;
    let before = current(connection)?;
    let realm = realm_for(&raw, before.revision, realm)?;
    prepare_raw(connection, &realm, &before.raw, raw)
}

/// Judges and hashes an office that was made out of the one in force.
pub(crate) fn prepare_raw(
    connection: &Connection,
    realm: &str,
    before: &RawConfig,
    mut raw: RawConfig,
) -> Result<Prepared, ImportError> {
    let next = NextIds { person: next_id(connection, "next_person")?, phone: next_id(connection, "next_phone")? };
    let mut preparation = Preparation {
        before,
        realm,
        next,
        is_check: false,
        shown_once: Vec::new(),
        trunk_secrets: BTreeMap::new(),
        refusals: Vec::new(),
    };
    preparation.run(&mut raw)?;
    let Preparation { next, shown_once, trunk_secrets, refusals, .. } = preparation;
    if !refusals.is_empty() {
        return Err(ImportError::Refused { refusals });
    }
    let made = Made { next, shown_once, trunk_secrets };
    Ok(prepared(raw, before.trunks.clone(), made, realm)?)
}

/// What was made for an office.
struct Made {
    next: NextIds,
    shown_once: Vec<ShownOnce>,
    trunk_secrets: BTreeMap<String, Secret>,
}

fn prepared(raw: RawConfig, trunks_before: Vec<RawTrunk>, made: Made, realm: &str) -> Result<Prepared, StoreError> {
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    let json = json(&raw)?;
    let Made { next, shown_once, trunk_secrets } = made;
    Ok(Prepared { raw, json, config, problems, trunks_before, next, shown_once, trunk_secrets, realm: realm.into() })
}

/// The office in force with another PIN for one extension.
pub(crate) fn prepare_pin(
    connection: &Connection,
    realm: &str,
    extension: &str,
    pin: &Secret,
) -> Result<Prepared, PinError> {
    weak_pin(pin.expose(), extension)?;
    let mut raw = current(connection)?.raw;
    let config = Config::check(&raw, &mut Vec::new());
    let person = config.extension(extension).map(|row| row.person);
    let unknown = || PinError::Unknown { extension: extension.chars().take(MAX_AUTHOR).collect() };
    let person = person.ok_or_else(unknown)?;
    let row = raw.people.iter_mut().find(|row| row.id == Some(person.0)).ok_or_else(unknown)?;
    let known = row.pin_hash.take().filter(|hash| verify_pin(hash.expose(), pin.expose()));
    row.pin_hash = match known {
        Some(hash) => Some(hash),
        None => Some(Secret::new(hash_pin(pin.expose()).ok_or(PinError::Random)?)),
    };
    let next = NextIds { person: next_id(connection, "next_person")?, phone: next_id(connection, "next_phone")? };
    let made = Made { next, shown_once: Vec::new(), trunk_secrets: BTreeMap::new() };
    let trunks = raw.trunks.clone();
    Ok(prepared(raw, trunks, made, realm)?)
}

/// A box that never had an office takes over the realm of the one whose export it gets, so that the HA1s in it go on
/// to work and no phone needs a new secret when the hardware is replaced.
fn realm_for(raw: &RawConfig, revision: u64, ours: &str) -> Result<Arc<str>, ImportError> {
    match raw.office.realm.as_deref() {
        Some(theirs) if revision == 0 && is_user(theirs) => Ok(theirs.into()),
        Some(theirs) if !is_user(theirs) => Err(ImportError::Refused {
            refusals: vec![Refusal { row: "office".to_owned(), field: "realm", reason: Reason::BadRealm }],
        }),
        Some(_) | None => Ok(ours.into()),
    }
}

/// Saves in one transaction. The same office again is no new revision.
pub(crate) fn save(
    connection: &mut Connection,
    prepared: Prepared,
    author: &str,
    now: Timestamp,
) -> Result<Imported, StoreError> {
    connection.pragma_update(None, "synchronous", "FULL")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let before = newest(&transaction, &mut Vec::new(), |revision, json| Some((revision, json)))?;
    let mut revision = before.as_ref().map_or(0, |(revision, _)| *revision);
    let is_new = before.is_none_or(|(_, json)| json != prepared.json);
    if is_new {
        let last: i64 = transaction.query_row("SELECT coalesce(max(id), 0) FROM revision", [], |row| row.get(0))?;
        revision = last.unsigned_abs() + 1;
        insert(&transaction, revision, &prepared.json, author, now)?;
    }
    set_meta(&transaction, "next_person", &prepared.next.person.to_string())?;
    set_meta(&transaction, "next_phone", &prepared.next.phone.to_string())?;
    set_meta(&transaction, "realm", &prepared.realm)?;
    history::trim(&transaction, prepared.json.len())?;
    transaction.commit()?;
    let Prepared { problems, shown_once, config, realm, .. } = prepared;
    Ok(Imported { revision, is_new, problems, shown_once, config: config.with_revision(revision), realm })
}

fn insert(connection: &Connection, revision: u64, json: &str, author: &str, now: Timestamp) -> Result<(), StoreError> {
    let author: String = author.chars().filter(|c| !c.is_control()).take(MAX_AUTHOR).collect();
    connection.execute(
        "INSERT INTO revision (id, at, author, office, sha256) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![number(revision), nanoseconds(now), author, json, digest(json)],
    )?;
    Ok(())
}

/// Puts an office back as this revision: from the copy beside a database that has lost it.
pub(crate) fn put_back(
    connection: &mut Connection,
    revision: u64,
    text: &str,
    now: Timestamp,
) -> Result<(), ImportError> {
    let mut raw = parse(text)?;
    let realm = raw.office.realm.take();
    let json = json(&raw)?;
    let transaction = connection.transaction().map_err(StoreError::from)?;
    insert(&transaction, revision, &json, "recovery", now)?;
    if let Some(realm) = realm.filter(|realm| is_user(realm)) {
        set_meta(&transaction, "realm", &realm)?;
    }
    let people = raw.people.iter().filter_map(|person| person.id).max().unwrap_or_default();
    let phones = raw.people.iter().flat_map(|person| &person.phones).filter_map(|phone| phone.id).max();
    let ids = [("next_person", people), ("next_phone", phones.unwrap_or_default())];
    for (name, highest) in ids {
        let next = next_id(&transaction, name)?.max(highest.saturating_add(1));
        set_meta(&transaction, name, &next.to_string())?;
    }
    transaction.commit().map_err(StoreError::from)?;
    Ok(())
}

/// The office file of what is in force, with the realm that its HA1s are of.
pub(crate) fn export(connection: &Connection, realm: &str) -> Result<(u64, String), StoreError> {
    let mut current = current(connection)?;
    Ok((current.revision, office_file(&mut current.raw, realm)?))
}

/// The office file of what was in force at a moment, if that is kept.
pub(crate) fn export_as_of(connection: &Connection, realm: &str, at: Timestamp) -> Result<Option<String>, StoreError> {
    let sql = "SELECT office, sha256 FROM revision WHERE at <= ?1 ORDER BY id DESC";
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query([nanoseconds(at)])?;
    while let Some(row) = rows.next()? {
        let json = text(row, 0)?;
        let is_whole = digest(&json) == text(row, 1)?;
        if let Some(mut raw) = serde_json::from_str::<RawConfig>(&json).ok().filter(|_| is_whole) {
            return office_file(&mut raw, realm).map(Some);
        }
    }
    Ok(None)
}

/// As somebody would write it.
pub(crate) fn office_file(raw: &mut RawConfig, realm: &str) -> Result<String, StoreError> {
    let own = raw.office.realm.replace(realm.to_owned());
    let text = toml::to_string(raw)
        .map_err(|error| StoreError::Refused(rusqlite::Error::ToSqlConversionFailure(Box::new(error))));
    raw.office.realm = own;
    text
}

/// The office in force, judged.
pub(crate) fn judged(connection: &Connection) -> Result<(Config, Vec<Problem>, Vec<Alarm>), StoreError> {
    let current = current(connection)?;
    let mut problems = Vec::new();
    let config = Config::check(&current.raw, &mut problems).with_revision(current.revision);
    // Said when it was imported; a start need not repeat what changes nothing.
    problems.retain(|problem| problem.fault != Fault::UnknownKey);
    Ok((config, problems, current.alarms))
}

fn next_id(connection: &Connection, name: &str) -> Result<u32, StoreError> {
    Ok(meta(connection, name)?.and_then(|value| value.parse().ok()).unwrap_or(1))
}

pub(crate) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
