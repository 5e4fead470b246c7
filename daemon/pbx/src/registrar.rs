//! Keeps bindings: which phone can be reached where, and until when (RFC 3261 §10).
//!
//! One phone may register from several devices. A device is known by `+sip.instance` and `reg-id` (RFC 5626), else by its
//! address and User-Agent, so that a phone that comes back on another port replaces its old binding instead of
//! piling up beside it, and a valid phone is never refused because stale bindings fill its limit.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sip::event::Registering;
use sip::message::{Contacts, HeaderName, Host, NameAddr, Text, Uri};
use sip::transport::{FlowId, Hop};

use crate::time::Now;

/// The expiry granted when the phone asks for none, in seconds (RFC 3261 §10.2.1.1).
pub const DEFAULT_EXPIRES_S: u32 = 3600;
/// The longest expiry granted: a phone that vanished is noticed within the hour.
pub const MAX_EXPIRES_S: u32 = 3600;
/// The shortest expiry taken; a phone that asks for less is told 423 (§10.2.8).
pub const MIN_EXPIRES_S: u32 = 60;
/// Contacts in one REGISTER; real phones send one or two.
const CONTACTS_LIMIT: usize = 10;
/// The longest contact, User-Agent and instance that are kept; each is the phone's own text.
const TEXT_LIMIT: usize = 512;

/// What makes a binding one and the same: a phone, and the device behind it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BindingKey {
    /// The phone's SIP user.
    pub user: String,
    /// `+sip.instance` and `reg-id`, else the source address and the User-Agent.
    pub device: String,
}

/// One AOR's way to one device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Binding {
    /// Its identity.
    pub key: BindingKey,
    /// The contact's URI as the phone gave it, byte for byte.
    pub contact: String,
    /// The way its REGISTER came, which is the way back to it through a NAT or over its connection.
    pub hop: Hop,
    /// The phone's software, as it says.
    pub user_agent: String,
    /// The REGISTER's Call-ID.
    pub call_id: String,
    /// The REGISTER's CSeq: a lower one of the same Call-ID is late and changes nothing (§10.3).
    pub cseq: u32,
    /// When it ends unless refreshed.
    pub expires_at: Timestamp,
}

/// Why a phone cannot be reached although it is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoWay {
    /// Its connection closed, and its contact is no address that we could connect to.
    #[error("its connection is closed and its contact cannot be connected to; it has to register again")]
    FlowClosed,
    /// Its contact cannot be read; only a damaged store can bring this about.
    #[error("its contact cannot be read")]
    BadContact,
}

impl Binding {
    /// The Request-URI and the way to the device. On UDP the contact's address counts when it is the one that the REGISTER came
    /// from (its port is where the phone listens); any other contact is unreachable or behind a NAT, and the REGISTER's source
    /// counts. On TCP it is the phone's own connection (RFC 5626 §5.3), and when that is gone, the contact by the same rule.
    pub fn way(&self) -> Result<(Uri, Hop), NoWay> {
        let target = Uri::parse(&Text::from(&self.contact)).map_err(|_| NoWay::BadContact)?;
        let is_at_source = target.host == Host::Ip(self.hop.remote.ip());
        let contact = SocketAddr::new(self.hop.remote.ip(), target.port.unwrap_or(5060));
        let hop = match (self.hop.transport.is_reliable(), self.hop.flow, is_at_source) {
            (true, Some(_), _) | (false, _, false) => self.hop,
            (true, None, true) | (false, _, true) => Hop { remote: contact, ..self.hop },
            (true, None, false) => return Err(NoWay::FlowClosed),
        };
        Ok((target, hop))
    }
}

/// What a REGISTER came to: the response, and what is to be written down.
#[derive(Debug, PartialEq)]
pub struct Registered {
    /// The status of the response.
    pub status: u16,
    /// Its headers.
    pub headers: Vec<(HeaderName, String)>,
    /// Bindings that are new or were refreshed.
    pub bound: Vec<Binding>,
    /// Bindings that ended.
    pub unbound: Vec<BindingKey>,
}

/// All bindings.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Registrar {
    bindings: BTreeMap<BindingKey, Held>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Held {
    binding: Binding,
    /// The expiry by the clock that never jumps.
    until: Duration,
}

/// One contact of a REGISTER, checked.
struct Wanted {
    device: String,
    uri: Uri,
    text: String,
    expires_s: u32,
}

impl Registrar {
    /// The bindings that an earlier run left. Connections did not survive it; times left are cut to what could have been granted,
    /// should the clock have jumped.
    pub fn restore(bindings: Vec<Binding>, now: Now) -> Registrar {
        let longest = SignedDuration::from_secs(MAX_EXPIRES_S.into());
        let held = bindings.into_iter().filter_map(|mut binding| {
            let left = binding.expires_at.duration_since(now.wall).min(longest);
            let left = Duration::try_from(left).ok().filter(|left| !left.is_zero())?;
            binding.hop.flow = None;
            Some((binding.key.clone(), Held { binding, until: now.since_boot + left }))
        });
        Registrar { bindings: held.collect() }
    }

    /// Carries out a REGISTER of a phone that has proven who it is; `max_contacts` is how many devices it may have.
    pub fn register(&mut self, now: Now, registering: &Registering, max_contacts: u8) -> Registered {
        let user = &registering.user;
        match self.plan(registering) {
            Err(refusal) => refusal,
            Ok(Wish::List) => self.granted(user, now, Vec::new(), Vec::new()),
            Ok(Wish::RemoveAll) => {
                let keys: Vec<BindingKey> = self.of(user).map(|held| held.binding.key.clone()).collect();
                keys.iter().for_each(|key| drop(self.bindings.remove(key)));
                self.granted(user, now, Vec::new(), keys)
            }
            Ok(Wish::Change(wanted)) => self.change(now, registering, wanted, max_contacts),
        }
    }

    /// The bindings of a phone, the latest refreshed first.
    pub fn bindings_of(&self, user: &str) -> Vec<Binding> {
        let mut bindings: Vec<&Held> = self.of(user).collect();
        bindings.sort_by_key(|held| std::cmp::Reverse(held.until));
        bindings.into_iter().map(|held| held.binding.clone()).collect()
    }

    /// How many bindings a phone has.
    pub fn count(&self, user: &str) -> usize {
        self.of(user).count()
    }

    /// How many bindings each registered phone has.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for key in self.bindings.keys() {
            *counts.entry(key.user.clone()).or_default() += 1;
        }
        counts
    }

    /// The binding of a key.
    pub fn get(&self, key: &BindingKey) -> Option<&Binding> {
        self.bindings.get(key).map(|held| &held.binding)
    }

    /// Takes out what has expired.
    pub fn expire(&mut self, now: Duration) -> Vec<BindingKey> {
        let is_over = |held: &&Held| held.until <= now;
        let keys: Vec<BindingKey> =
            self.bindings.values().filter(is_over).map(|held| held.binding.key.clone()).collect();
        keys.iter().for_each(|key| drop(self.bindings.remove(key)));
        keys
    }

    /// Takes out the bindings of phones that are no more.
    pub fn retain(&mut self, is_phone: impl Fn(&str) -> bool) -> Vec<BindingKey> {
        let gone: Vec<BindingKey> = self.bindings.keys().filter(|key| !is_phone(&key.user)).cloned().collect();
        gone.iter().for_each(|key| drop(self.bindings.remove(key)));
        gone
    }

    /// When the next binding expires.
    pub fn next_expiry(&self) -> Option<Duration> {
        self.bindings.values().map(|held| held.until).min()
    }

    /// A connection closed: its phones are reached by a new one, if at all. Their bindings stay.
    pub fn flow_closed(&mut self, flow: FlowId) {
        for held in self.bindings.values_mut().filter(|held| held.binding.hop.flow == Some(flow)) {
            held.binding.hop.flow = None;
        }
    }

    fn of<'a>(&'a self, user: &str) -> impl Iterator<Item = &'a Held> + use<'a> {
        let user = user.to_owned();
        let first = BindingKey { user: user.clone(), device: String::new() };
        self.bindings.range(first..).take_while(move |(key, _)| key.user == user).map(|(_, held)| held)
    }

    /// What the REGISTER wants, all of it checked before anything changes.
    fn plan(&self, registering: &Registering) -> Result<Wish, Registered> {
        let headers = &registering.request.headers;
        let (Ok(contacts), Ok(expires)) = (headers.contacts(), headers.expires()) else { return Err(refused(400)) };
        let contacts = match contacts {
            // `*` goes alone and with Expires 0 only (§10.3 step 6).
            Contacts::Star if expires == Some(0) => return Ok(Wish::RemoveAll),
            Contacts::Star => return Err(refused(400)),
            Contacts::List(contacts) if contacts.is_empty() => return Ok(Wish::List),
            Contacts::List(contacts) => contacts,
        };
        if contacts.len() > CONTACTS_LIMIT {
            return Err(refused(400));
        }
        let user_agent = kept(headers.user_agent());
        let mut wanted = Vec::with_capacity(contacts.len());
        for (place, contact) in contacts.into_iter().enumerate() {
            let asked = match contact.params.get("expires") {
                Some(own) => own.to_str().parse().unwrap_or(DEFAULT_EXPIRES_S),
                None => expires.unwrap_or(DEFAULT_EXPIRES_S),
            };
            if (1..MIN_EXPIRES_S).contains(&asked) {
                return Err(Registered {
                    headers: vec![(HeaderName::MinExpires, MIN_EXPIRES_S.to_string())],
                    ..refused(423)
                });
            }
            let text = contact.uri.to_text().to_str().into_owned();
            if text.len() > TEXT_LIMIT {
                return Err(refused(400));
            }
            wanted.push(Wanted {
                device: device(&contact, registering.hop.remote, &user_agent, place),
                uri: contact.uri,
                text,
                expires_s: asked.min(MAX_EXPIRES_S),
            });
        }
        Ok(Wish::Change(wanted))
    }

    fn change(&mut self, now: Now, registering: &Registering, wanted: Vec<Wanted>, max_contacts: u8) -> Registered {
        let headers = &registering.request.headers;
        let (Ok(call_id), Ok(cseq)) = (headers.call_id(), headers.cseq()) else { return refused(400) };
        let call_id: String = call_id.to_str().into_owned();
        let mut changes = Vec::with_capacity(wanted.len());
        for wish in wanted {
            let old = self.find(&registering.user, &wish);
            let is_late = |old: &Binding| old.call_id == call_id && cseq.number <= old.cseq;
            if old.is_some_and(is_late) {
                return refused(500);
            }
            changes.push((old.map(|old| old.key.clone()), wish));
        }
        let (mut bound, mut unbound) = (Vec::new(), BTreeSet::new());
        for (old, wish) in changes {
            unbound.extend(old.inspect(|key| drop(self.bindings.remove(key))));
            if wish.expires_s == 0 {
                continue;
            }
            unbound.extend(self.make_room(&registering.user, max_contacts));
            let lasts = Duration::from_secs(wish.expires_s.into());
            let binding = Binding {
                key: BindingKey { user: registering.user.clone(), device: wish.device },
                contact: wish.text,
                hop: registering.hop,
                user_agent: kept(headers.user_agent()),
                call_id: call_id.clone(),
                cseq: cseq.number,
                expires_at: now
                    .wall
                    .saturating_add(SignedDuration::from_secs(wish.expires_s.into()))
                    .unwrap_or(now.wall),
            };
            unbound.remove(&binding.key);
            bound.push(binding.clone());
            self.bindings.insert(binding.key.clone(), Held { binding, until: now.since_boot + lasts });
        }
        self.granted(&registering.user, now, bound, unbound.into_iter().collect())
    }

    /// The binding that a contact refreshes, replaces or removes: of the same device, else with an equivalent URI.
    fn find(&self, user: &str, wish: &Wanted) -> Option<&Binding> {
        let key = BindingKey { user: user.to_owned(), device: wish.device.clone() };
        let is_same =
            |held: &&Held| Uri::parse(&Text::from(&held.binding.contact)).is_ok_and(|uri| uri.is_equivalent(&wish.uri));
        self.get(&key).or_else(|| self.of(user).find(is_same).map(|held| &held.binding))
    }

    /// Takes out the binding that would expire first when the phone has as many as it may.
    fn make_room(&mut self, user: &str, max_contacts: u8) -> Option<BindingKey> {
        if self.count(user) < usize::from(max_contacts.max(1)) {
            return None;
        }
        let oldest = self.of(user).min_by_key(|held| held.until)?.binding.key.clone();
        self.bindings.remove(&oldest);
        Some(oldest)
    }

    /// 200 with every binding of the phone, each contact as it was given, with the time it has left.
    fn granted(&self, user: &str, now: Now, bound: Vec<Binding>, unbound: Vec<BindingKey>) -> Registered {
        let contact = |held: &Held| {
            let left = held.until.saturating_sub(now.since_boot).as_secs();
            (HeaderName::Contact, format!("<{}>;expires={left}", held.binding.contact))
        };
        Registered { status: 200, headers: self.of(user).map(contact).collect(), bound, unbound }
    }
}

/// What a REGISTER wants.
enum Wish {
    List,
    RemoveAll,
    Change(Vec<Wanted>),
}

fn refused(status: u16) -> Registered {
    Registered { status, headers: Vec::new(), bound: Vec::new(), unbound: Vec::new() }
}

fn device(contact: &NameAddr, source: SocketAddr, user_agent: &str, place: usize) -> String {
    match contact.params.get("+sip.instance") {
        Some(instance) => {
            let reg_id = contact.params.get("reg-id").map(Text::to_str).unwrap_or_default();
            format!("instance {} {reg_id}", kept(Some(instance)))
        }
        // Several contacts of one REGISTER are several devices.
        None => format!("source {} {place} {user_agent}", source.ip()),
    }
}

fn kept(text: Option<&Text>) -> String {
    text.map(|text| text.to_str().chars().take(TEXT_LIMIT).collect()).unwrap_or_default()
}
