//! Login sessions: in memory only, so that a restart signs everybody out and no file can be stolen.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use config::{Config, Person, PersonId, Preset, Rights};
use jiff::Timestamp;

use crate::random::{Trace, trace, word};

/// Characters of a session's name: 260 bits.
const LENGTH: usize = 52;

/// Sessions at once; 500 people, each at two devices. Of more, the one that is idle longest ends.
const MOST: usize = 1000;

/// Sessions of one person at once; the same.
const MOST_OF_ONE: usize = 16;

/// How many sign-ins of one person are told: those of a week of work, and a stranger's among them is seen.
const SIGN_INS: usize = 8;

/// How a session ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Life {
    idle: Duration,
    whole: Duration,
}

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// A working day without a click; a month in all.
const OF_USER: Life = Life { idle: Duration::from_secs(12 * HOUR), whole: Duration::from_secs(30 * DAY) };

/// Whoever can change the office: two hours, since the screen of a technician is often not theirs; a week in all.
const OF_ADMIN: Life = Life { idle: Duration::from_secs(2 * HOUR), whole: Duration::from_secs(7 * DAY) };

/// What a login may do: each may what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    /// Own calls and voicemail: signed in by PIN.
    Home,
    /// Everything of one's own.
    User,
    /// Something of the office: which part, the rights say.
    Admin,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Login {
    pub person: PersonId,
    pub name: String,
    pub extension: Option<String>,
    pub scope: Scope,
    /// How far they may go in each area of the office; by PIN no further than anybody.
    pub rights: Rights,
    /// The session's.
    pub key: Trace,
}

#[derive(Clone, Debug)]
struct Session {
    person: PersonId,
    is_by_pin: bool,
    /// Of the hash that it was opened by: with another password the session is over.
    opened_by: Trace,
    opened: Duration,
    seen: Duration,
}

/// Where and with what somebody has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entrance {
    pub at: Timestamp,
    pub ip: IpAddr,
    /// What the browser says of itself; bounded by whoever reads it.
    pub device: String,
    pub is_by_pin: bool,
}

/// One of somebody's sign-ins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignedIn {
    pub entrance: Entrance,
    /// The session's.
    pub key: Trace,
}

/// All of them.
#[derive(Default)]
pub(crate) struct Sessions {
    open: Mutex<BTreeMap<Trace, Session>>,
    /// The last sign-ins of each person, newest first, at most [`SIGN_INS`]: also those whose session is over.
    known: Mutex<BTreeMap<PersonId, VecDeque<SignedIn>>>,
}

impl Sessions {
    /// Opens one for somebody who has proved who they are; its name goes into the cookie. `None` without randomness, or
    /// where the person has no such secret.
    pub(crate) fn open(&self, config: &Config, person: PersonId, entrance: Entrance, now: Duration) -> Option<String> {
        let (name, is_by_pin) = (word(LENGTH)?, entrance.is_by_pin);
        let opened_by = opened_by(config, config.person(person)?, is_by_pin)?;
        let mut all = self.all();
        let theirs = all.values().filter(|session| session.person == person).count();
        if theirs >= MOST_OF_ONE {
            end_idlest(&mut all, |session| session.person == person);
        }
        if all.len() >= MOST {
            end_idlest(&mut all, |_| true);
        }
        let key = trace(&name);
        all.insert(key, Session { person, is_by_pin, opened_by, opened: now, seen: now });
        drop(all);
        let mut known = self.known();
        // Whoever is not of the office any more is forgotten.
        known.retain(|id, _| config.person(*id).is_some());
        let theirs = known.entry(person).or_default();
        theirs.push_front(SignedIn { entrance, key });
        theirs.truncate(SIGN_INS);
        Some(name)
    }

    /// The last sign-ins of somebody, newest first, each with whether its session still holds.
    pub(crate) fn sign_ins(&self, config: &Config, person: PersonId, now: Duration) -> Vec<(SignedIn, bool)> {
        let known = self.known().get(&person).cloned().unwrap_or_default();
        let holds = |key| self.holds(config, key, now).is_some();
        known
            .into_iter()
            .map(|sign_in| (holds(sign_in.key), sign_in))
            .map(|(holds, sign_in)| (sign_in, holds))
            .collect()
    }

    /// Who this is now, by the office in force: a role that is taken away is gone with the next request.
    pub(crate) fn login(&self, config: &Config, name: &str, now: Duration) -> Option<Login> {
        let key = trace(name);
        let mut all = self.all();
        let session = all.get_mut(&key)?;
        let login = login(config, session, key, now);
        match login {
            Some(_) => session.seen = now,
            None => drop(all.remove(&key)),
        }
        login
    }

    /// Whose it is while it still holds, without using it: an open stream does not keep a session alive.
    pub(crate) fn holds(&self, config: &Config, key: Trace, now: Duration) -> Option<Login> {
        self.all().get(&key).and_then(|session| login(config, session, key, now))
    }

    pub(crate) fn end(&self, key: &Trace) {
        self.all().remove(key);
    }

    pub(crate) fn end_all_of(&self, person: PersonId) {
        self.all().retain(|_, session| session.person != person);
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<Trace, Session>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<PersonId, VecDeque<SignedIn>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn login(config: &Config, session: &Session, key: Trace, now: Duration) -> Option<Login> {
    let person = config.person(session.person)?;
    let everybodys = Preset::User.rights();
    let rights = if session.is_by_pin { everybodys } else { person.rights() };
    let scope = match session.is_by_pin {
        true => Scope::Home,
        false if rights == everybodys => Scope::User,
        false => Scope::Admin,
    };
    let life = if scope == Scope::Admin { OF_ADMIN } else { OF_USER };
    let is_over = now.saturating_sub(session.seen) >= life.idle || now.saturating_sub(session.opened) >= life.whole;
    if is_over || opened_by(config, person, session.is_by_pin) != Some(session.opened_by) {
        return None;
    }
    let extension = person.extension.as_ref().map(|number| number.as_str().to_owned());
    Some(Login { person: person.id, name: person.name.clone(), extension, scope, rights, key })
}

fn opened_by(config: &Config, person: &Person, is_by_pin: bool) -> Option<Trace> {
    let hash = if is_by_pin {
        config.extension(person.extension.as_ref()?.as_str())?.pin_hash.as_deref()
    } else {
        person.password_hash.as_deref()
    };
    hash.map(trace)
}

fn end_idlest(all: &mut BTreeMap<Trace, Session>, which: impl Fn(&Session) -> bool) {
    let idlest = all.iter().filter(|(_, session)| which(session)).min_by_key(|(_, session)| session.seen);
    if let Some(key) = idlest.map(|(key, _)| *key) {
        all.remove(&key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use config::RawConfig;

    const S: fn(u64) -> Duration = Duration::from_secs;

    fn entrance(is_by_pin: bool) -> Entrance {
        let ip = [192, 0, 2, 7].into();
        Entrance { at: Timestamp::UNIX_EPOCH, ip, device: "a browser".to_owned(), is_by_pin }
    }

    fn office(role: &str, hash: &str) -> Config {
        let pin = "$argon2id$pin";
        let raw = RawConfig {
            people: vec![config::RawPerson {
                id: Some(1),
                name: Some("Desk".to_owned()),
                extension: Some("101".to_owned()),
                role: Some(role.to_owned()),
                password_hash: Some(config::Secret::new(format!("$argon2id${hash}"))),
                pin_hash: Some(config::Secret::new(pin)),
                ..Default::default()
            }],
            ..Default::default()
        };
        Config::check(&raw, &mut Vec::new())
    }

    fn scope(sessions: &Sessions, config: &Config, name: &str, now: Duration) -> Option<Scope> {
        sessions.login(config, name, now).map(|login| login.scope)
    }

    #[test]
    fn a_session_follows_role_and_password() {
        let sessions = Sessions::default();
        let name = sessions.open(&office("user", "a"), PersonId(1), entrance(false), S(0)).unwrap();
        assert_eq!(scope(&sessions, &office("user", "a"), &name, S(1)), Some(Scope::User));
        assert_eq!(scope(&sessions, &office("admin", "a"), &name, S(2)), Some(Scope::Admin));
        assert_eq!(scope(&sessions, &office("office", "a"), &name, S(2)), Some(Scope::Admin));
        assert_eq!(scope(&sessions, &office("admin", "b"), &name, S(3)), None);
        assert_eq!(scope(&sessions, &office("admin", "a"), &name, S(4)), None, "it does not come back");
    }

    #[test]
    fn a_pin_opens_no_more_than_home() {
        let sessions = Sessions::default();
        let config = office("admin", "a");
        let name = sessions.open(&config, PersonId(1), entrance(true), S(0)).unwrap();
        assert_eq!(scope(&sessions, &config, &name, S(1)), Some(Scope::Home));
        assert_eq!(scope(&sessions, &config, "another", S(1)), None);
    }

    #[test]
    fn sessions_end_by_themselves() {
        for (role, life) in [("user", OF_USER), ("admin", OF_ADMIN)] {
            let config = office(role, "a");
            let sessions = Sessions::default();
            let idle = sessions.open(&config, PersonId(1), entrance(false), S(0)).unwrap();
            assert_eq!(scope(&sessions, &config, &idle, life.idle), None, "{role}");
            let used = sessions.open(&config, PersonId(1), entrance(false), S(0)).unwrap();
            let mut now = S(0);
            while now + life.idle / 2 < life.whole {
                now += life.idle / 2;
                assert!(scope(&sessions, &config, &used, now).is_some(), "{role} at {now:?}");
            }
            assert_eq!(scope(&sessions, &config, &used, life.whole), None, "{role}");
        }
    }

    #[test]
    fn one_person_has_so_many_and_the_idlest_goes() {
        let sessions = Sessions::default();
        let config = office("user", "a");
        let open = |at| sessions.open(&config, PersonId(1), entrance(false), S(at)).unwrap();
        let names: Vec<String> = (0..=MOST_OF_ONE as u64).map(open).collect();
        let now = S(100);
        assert_eq!(scope(&sessions, &config, &names[0], now), None);
        assert!(names[1..].iter().all(|name| scope(&sessions, &config, name, now).is_some()));
        sessions.end_all_of(PersonId(1));
        assert!(names.iter().all(|name| scope(&sessions, &config, name, now).is_none()));
    }
    #[test]
    fn f9_the_last_sign_ins_are_known_with_those_that_are_over() {
        let sessions = Sessions::default();
        let config = office("user", "a");
        let names: Vec<String> =
            (0..=SIGN_INS).map(|_| sessions.open(&config, PersonId(1), entrance(false), S(0)).unwrap()).collect();
        sessions.end(&trace(&names[SIGN_INS]));
        let told = sessions.sign_ins(&config, PersonId(1), S(1));
        assert_eq!(
            told.iter().map(|(_, holds)| *holds).collect::<Vec<_>>(),
            [&[false][..], &[true; SIGN_INS - 1]].concat()
        );
        let newest_first: Vec<Trace> = names.iter().rev().take(SIGN_INS).map(|name| trace(name)).collect();
        assert_eq!(told.iter().map(|(sign_in, _)| sign_in.key).collect::<Vec<_>>(), newest_first);
        assert!(sessions.sign_ins(&config, PersonId(2), S(1)).is_empty());
        // Another password ends them all.
        assert!(sessions.sign_ins(&office("user", "b"), PersonId(1), S(1)).iter().all(|(_, holds)| !holds));
    }
}
