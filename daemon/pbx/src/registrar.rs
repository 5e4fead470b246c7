//! Keeps bindings: which phone can be reached where, and until when (RFC 3261 §10).
//!
//! One phone may register from several devices. A device is known by `+sip.instance` and `reg-id` (RFC 5626), else by its
//! address and User-Agent, so that a phone that comes back on another port replaces its old binding instead of
//! piling up beside it, and a valid phone is never refused because stale bindings fill its limit.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sip::event::Registering;
use sip::message::{Contacts, HeaderName, Host, NameAddr, Text, Uri};
use sip::transport::{FlowId, Hop, Transport};

use crate::time::Now;

/// The expiry granted when the phone asks for none, in seconds (RFC 3261 §10.2.1.1).
pub const DEFAULT_EXPIRES_S: u32 = 3600;
/// The longest expiry granted: a phone that vanished is noticed within the hour.
pub const MAX_EXPIRES_S: u32 = 3600;
/// The shortest expiry taken; a phone that asks for less is told 423 (§10.2.8).
pub const MIN_EXPIRES_S: u32 = 60;
/// How often a phone is to ping on the connection over which it is reached, in seconds (RFC 5626 §3.5.1): phones ping a little
/// earlier, and before routers forget a quiet connection.
pub const FLOW_TIMER_S: u32 = 120;
/// Contacts in one REGISTER; real phones send one or two.
const CONTACTS_LIMIT: usize = 10;
/// The longest contact, User-Agent and instance that are kept; each is the phone's own text.
const TEXT_LIMIT: usize = 512;

/// What makes a binding one and the same: a phone, and the device behind it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BindingKey {
    /// The phone's SIP user.
    pub user: String,
    /// `+sip.instance` and `reg-id`, else a number: such a device is known by its URI, or by its address and User-Agent.
    pub device: String,
}

impl BindingKey {
    /// The device's own name of itself, the same over all its flows; `None` where it has none.
    pub fn instance(&self) -> Option<&str> {
        Some(self.device.strip_prefix(INSTANCE)?.rsplit_once(' ')?.0)
    }
}

/// What a device's key begins with that names itself.
const INSTANCE: &str = "instance ";

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
            // A phone is no TLS server: it has no certificate that anybody could check.
            (true, None, _) if self.hop.transport == Transport::Tls => return Err(NoWay::FlowClosed),
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
    /// The same, by when they end.
    by_end: BTreeSet<(Duration, BindingKey)>,
    /// When phones came or went last, by user; at most one entry a phone.
    #[serde(default)]
    turns: BTreeMap<String, Timestamp>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Held {
    binding: Binding,
    /// The expiry by the clock that never jumps.
    until: Duration,
}

/// One contact of a REGISTER, checked.
struct Wanted {
    device: Device,
    uri: Uri,
    text: String,
    expires_s: u32,
}

/// What tells a device from the phone's others.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Device {
    /// `+sip.instance` and `reg-id`.
    Instance(String),
    /// The source address and the User-Agent, which several contacts may share.
    Source { ip: IpAddr, user_agent: String },
}

impl Device {
    fn of(contact: &NameAddr, ip: IpAddr, user_agent: &str) -> Device {
        match contact.params.get("+sip.instance") {
            Some(instance) => {
                let reg_id = contact.params.get("reg-id").map(Text::to_str).unwrap_or_default();
                Device::Instance(format!("{INSTANCE}{} {reg_id}", kept(Some(instance))))
            }
            None => Device::Source { ip, user_agent: user_agent.to_owned() },
        }
    }

    fn may_have(&self, key: &BindingKey) -> bool {
        match self {
            Device::Instance(device) => key.device == *device,
            Device::Source { .. } => key.device.starts_with("source "),
        }
    }

    fn has(&self, binding: &Binding) -> bool {
        let is_here = match self {
            Device::Instance(_) => true,
            Device::Source { ip, user_agent } => binding.hop.remote.ip() == *ip && binding.user_agent == *user_agent,
        };
        is_here && self.may_have(&binding.key)
    }
}

impl Registrar {
    /// The bindings that an earlier run left. Connections did not survive it; times left are cut to what could have been granted,
    /// should the clock have jumped. Also says which have expired meanwhile.
    pub fn restore(bindings: Vec<Binding>, now: Now) -> (Registrar, Vec<BindingKey>) {
        let longest = SignedDuration::from_secs(MAX_EXPIRES_S.into());
        let (mut registrar, mut gone) = (Registrar::default(), Vec::new());
        for mut binding in bindings {
            let left = binding.expires_at.duration_since(now.wall).min(longest);
            binding.hop.flow = None;
            match Duration::try_from(left) {
                Ok(left) if !left.is_zero() => registrar.insert(Held { binding, until: now.since_boot + left }),
                _ => gone.push(binding.key),
            }
        }
        (registrar, gone)
    }

    /// Says anew when each binding ends, by a clock that has been set meanwhile.
    pub fn date_anew(&mut self, now: Now) -> Vec<Binding> {
        let anew = self.bindings.values_mut().map(|held| {
            let left = held.until.saturating_sub(now.since_boot);
            held.binding.expires_at = now.wall.saturating_add(left).unwrap_or(now.wall);
            held.binding.clone()
        });
        anew.collect()
    }

    /// Carries out a REGISTER of a phone that has proven who it is; `max_contacts` is how many devices it may have.
    pub fn register(&mut self, now: Now, registering: &Registering, max_contacts: u8) -> Registered {
        let mut registered = self.carry_out(now, registering, max_contacts);
        if registered.status == 200 && !registered.bound.is_empty() && keeps_flow(registering) {
            registered.headers.push((HeaderName::Require, "outbound".to_owned()));
            registered.headers.push((HeaderName::FlowTimer, FLOW_TIMER_S.to_string()));
        }
        registered
    }

    fn carry_out(&mut self, now: Now, registering: &Registering, max_contacts: u8) -> Registered {
        let user = &registering.user;
        match self.plan(registering) {
            Err(refusal) => refusal,
            Ok(Wish::List) => self.granted(user, now, Vec::new(), Vec::new()),
            Ok(Wish::RemoveAll) => {
                let keys: Vec<BindingKey> = self.of(user).map(|held| held.binding.key.clone()).collect();
                keys.iter().for_each(|key| self.remove(key));
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

    /// The phones that are registered, by SIP user.
    pub fn users(&self) -> BTreeSet<String> {
        self.bindings.keys().map(|key| key.user.clone()).collect()
    }

    /// When a phone registered after it had not been, or stopped to be; `None` where it is as it was at the start.
    pub fn turned_at(&self, user: &str) -> Option<Timestamp> {
        self.turns.get(user).copied()
    }

    /// A phone came or went.
    pub(crate) fn note_turn(&mut self, user: &str, at: Timestamp) {
        self.turns.insert(user.to_owned(), at);
    }

    /// What is so now was so before the start.
    pub(crate) fn forget_turns(&mut self) {
        self.turns.clear();
    }

    /// The binding of a key.
    pub fn get(&self, key: &BindingKey) -> Option<&Binding> {
        self.bindings.get(key).map(|held| &held.binding)
    }

    /// Takes out what has expired.
    pub fn expire(&mut self, now: Duration) -> Vec<BindingKey> {
        let over = self.by_end.iter().take_while(|(until, _)| *until <= now);
        let keys: Vec<BindingKey> = over.map(|(_, key)| key.clone()).collect();
        keys.iter().for_each(|key| self.remove(key));
        keys
    }

    /// Takes out the bindings of phones that are no more.
    pub fn retain(&mut self, is_phone: impl Fn(&str) -> bool) -> Vec<BindingKey> {
        let gone: Vec<BindingKey> = self.bindings.keys().filter(|key| !is_phone(&key.user)).cloned().collect();
        gone.iter().for_each(|key| self.remove(key));
        self.turns.retain(|user, _| is_phone(user));
        gone
    }

    /// When the next binding expires.
    pub fn next_expiry(&self) -> Option<Duration> {
        self.by_end.first().map(|(until, _)| *until)
    }

    /// A connection closed: its phones, which are returned by SIP user, are reached by a new one, if at all. Their bindings
    /// stay.
    pub fn flow_closed(&mut self, flow: FlowId) -> BTreeSet<String> {
        let mut users = BTreeSet::new();
        for held in self.bindings.values_mut().filter(|held| held.binding.hop.flow == Some(flow)) {
            held.binding.hop.flow = None;
            users.insert(held.binding.key.user.clone());
        }
        users
    }

    /// Our end of the way to each device for which another is named; a connection is gone with its address. Says which
    /// moved, and from where.
    pub fn move_ways(&mut self, instead_of: impl Fn(&Hop) -> Option<SocketAddr>) -> Vec<(BindingKey, SocketAddr)> {
        let mut moved = Vec::new();
        for (key, held) in &mut self.bindings {
            let hop = &mut held.binding.hop;
            if let Some(local) = instead_of(hop) {
                moved.push((key.clone(), hop.local));
                (hop.local, hop.flow) = (local, None);
            }
        }
        moved
    }

    fn insert(&mut self, held: Held) {
        let key = held.binding.key.clone();
        self.remove(&key);
        self.by_end.insert((held.until, key.clone()));
        self.bindings.insert(key, held);
    }

    fn remove(&mut self, key: &BindingKey) {
        if let Some(held) = self.bindings.remove(key) {
            self.by_end.remove(&(held.until, key.clone()));
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
        for contact in contacts {
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
                device: Device::of(&contact, registering.hop.remote.ip(), &user_agent),
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
        let (user, call_id) = (&registering.user, call_id.to_str().into_owned());
        let is_late = |old: &Binding| old.call_id == call_id && cseq.number <= old.cseq;
        if wanted.iter().filter_map(|wish| self.find(user, wish, &[])).any(is_late) {
            return refused(500);
        }
        let before: BTreeSet<BindingKey> = self.of(user).map(|held| held.binding.key.clone()).collect();
        // Removals first: a phone that has moved sends its new contact and the end of the old one in one request.
        let (removals, wishes): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|wish| wish.expires_s == 0);
        for wish in removals {
            let renewed = wishes.iter().any(|other| other.device == wish.device);
            let key = self.same_uri(user, &wish.uri).or_else(|| {
                let is_instance = matches!(wish.device, Device::Instance(_));
                self.same_device(user, &wish.device, &[]).filter(|_| is_instance && !renewed)
            });
            key.iter().for_each(|key| self.remove(key));
        }
        let mut bound: Vec<BindingKey> = Vec::new();
        for wish in wishes {
            // More than the phone may have, in one request: the first ones are taken.
            if bound.len() >= usize::from(max_contacts.max(1)) {
                break;
            }
            let old = self.find(user, &wish, &bound).map(|old| old.key.clone());
            old.iter().for_each(|key| self.remove(key));
            let key = old.filter(|key| wish.device.may_have(key)).unwrap_or_else(|| self.new_key(user, &wish.device));
            self.make_room(user, max_contacts, &bound);
            let lasts_s = wish.expires_s;
            let expires_at = now.wall.saturating_add(SignedDuration::from_secs(lasts_s.into())).unwrap_or(now.wall);
            let binding = Binding {
                key: key.clone(),
                contact: wish.text,
                hop: registering.hop,
                user_agent: kept(headers.user_agent()),
                call_id: call_id.clone(),
                cseq: cseq.number,
                expires_at,
            };
            self.insert(Held { binding, until: now.since_boot + Duration::from_secs(lasts_s.into()) });
            bound.push(key);
        }
        let unbound = before.into_iter().filter(|key| !self.bindings.contains_key(key)).collect();
        let bound = bound.iter().filter_map(|key| self.get(key).cloned()).collect();
        self.granted(user, now, bound, unbound)
    }

    /// The binding that a contact refreshes or replaces: of the same instance; else with an equivalent URI; else of the same
    /// address and User-Agent, unless this very request has made it.
    fn find(&self, user: &str, wish: &Wanted, made: &[BindingKey]) -> Option<&Binding> {
        let same_device = || self.same_device(user, &wish.device, made);
        let key = match wish.device {
            Device::Instance(_) => same_device().or_else(|| self.same_uri(user, &wish.uri)),
            Device::Source { .. } => self.same_uri(user, &wish.uri).or_else(same_device),
        };
        self.get(&key?)
    }

    fn same_device(&self, user: &str, device: &Device, made: &[BindingKey]) -> Option<BindingKey> {
        let mut bindings = self.of(user).map(|held| &held.binding);
        bindings.find(|binding| device.has(binding) && !made.contains(&binding.key)).map(|binding| binding.key.clone())
    }

    /// A key that no binding of the phone has.
    fn new_key(&self, user: &str, device: &Device) -> BindingKey {
        let key = |device: String| BindingKey { user: user.to_owned(), device };
        match device {
            Device::Instance(device) => key(device.clone()),
            Device::Source { .. } => {
                let mut keys = (0..).map(|number: usize| key(format!("source {number}")));
                keys.find(|key| !self.bindings.contains_key(key)).expect("a phone has few bindings")
            }
        }
    }

    fn same_uri(&self, user: &str, uri: &Uri) -> Option<BindingKey> {
        let is_same =
            |held: &&Held| Uri::parse(&Text::from(&held.binding.contact)).is_ok_and(|known| known.is_equivalent(uri));
        self.of(user).find(is_same).map(|held| held.binding.key.clone())
    }

    /// Takes out the bindings that would expire first while the phone has as many as it may, but none that this request made.
    fn make_room(&mut self, user: &str, max_contacts: u8, made: &[BindingKey]) {
        while self.count(user) >= usize::from(max_contacts.max(1)) {
            let old = self.of(user).filter(|held| !made.contains(&held.binding.key));
            let Some(key) = old.min_by_key(|held| held.until).map(|held| held.binding.key.clone()) else { return };
            self.remove(&key);
        }
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

/// Whether the phone's connection is its way in for good (RFC 5626 §6): it can do that, and names the flow. Over UDP that takes
/// answers to STUN on the same port, and is not promised.
fn keeps_flow(registering: &Registering) -> bool {
    let headers = &registering.request.headers;
    let can = headers.supported().is_ok_and(|tags| tags.iter().any(|tag| tag.eq_ignore_case("outbound")));
    let is_named =
        |contact: &NameAddr| ["+sip.instance", "reg-id"].iter().all(|name| contact.params.get(name).is_some());
    let names_it = matches!(headers.contacts(), Ok(Contacts::List(contacts)) if contacts.iter().any(is_named));
    can && names_it && registering.hop.transport.is_reliable()
}

fn refused(status: u16) -> Registered {
    Registered { status, headers: Vec::new(), bound: Vec::new(), unbound: Vec::new() }
}

fn kept(text: Option<&Text>) -> String {
    text.map(|text| text.to_str().chars().take(TEXT_LIMIT).collect()).unwrap_or_default()
}
