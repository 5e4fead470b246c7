//! The verbs of trunks: their names are looked up, they are registered with and asked whether they live, and what comes
//! of it is told.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use config::{IdentityForm, NumberForm, Trunk, TrunkTransport, TrunkWay};
use log::{debug, info, warn};
use sip::event::{InquiryId, Reply};
use sip::message::{Contacts, HeaderName, NameAddr, Uri};
use sip::peer::{Peer, Place};
use sip::stack::Inquiry;
use sip::transport::{Hop, Transport};

use crate::asks::Asker;
use crate::cx::Cx;
use crate::ids::AskId;
use crate::input::Answer;
use crate::output::Ask;
use crate::secure_trunks::proof_of;
use crate::status::TrunkStatus;
use crate::timers::Timer;
use crate::trunks::{
    ADDRESSES_LIMIT, AFTER_FAILURE, Departure, Exchange, FAILURES_TO_DOWN, From, Health, Line, PROBE_PATIENCE,
    REGISTERED_S, RESOLVE_AGAIN, RESOLVE_EVERY, RESOLVE_KNOWN, REST, REST_LIMIT, SUCCESSES_TO_UP, Trouble, WHILE_DOWN,
    user_of,
};
use crate::words::Language;

impl Cx {
    /// The configuration is another, or the first: lines begin, end, and those that are set up otherwise begin anew.
    pub(crate) fn trunks_after(&mut self, old: Option<&config::Config>) {
        let config = self.config.clone();
        let is_same = |name: &str| {
            let before = old.and_then(|old| old.trunk(name));
            before.is_some() && before.map(connection) == config.trunk(name).map(connection)
        };
        let is_wanted = |name: &str| config.trunk(name).is_some_and(|trunk| trunk.enabled);
        let is_gone = |name: &str| !is_wanted(name) || !is_same(name);
        let left = old.map(|old| self.places_to_leave(old, is_gone)).unwrap_or_default();
        let mut gone: BTreeMap<_, _> = self.trunks.lines.extract_if(.., |name, _| is_gone(name)).collect();
        self.trunks.histories.retain(|name, _| config.trunk(name).is_some());
        self.trunks.tests.retain(|name, _| config.trunk(name).is_some());
        for trunk in config.trunks().iter().filter(|trunk| !trunk.enabled) {
            self.trunks.turns(&trunk.name, None, None, self.now.wall);
        }
        for trunk in config.trunks().iter().filter(|trunk| trunk.enabled) {
            if !self.trunks.lines.contains_key(&trunk.name) {
                let (now, wall) = (self.now.since_boot, self.now.wall);
                let mut line = Line::new(trunk.way == TrunkWay::Register, trunk.options_s > 0, now, wall);
                // Its calls go on, and count.
                line.legs = gone.remove(&trunk.name).map(|before| before.legs).unwrap_or_default();
                self.trunks.lines.insert(trunk.name.clone(), line);
            }
        }
        self.leave_places(left);
        self.judge_trunks();
        self.timers.set(Timer::Trunks, self.now.since_boot);
    }

    /// Does what is due for each line.
    pub(crate) fn tend_trunks(&mut self) {
        let config = self.config.clone();
        for trunk in config.trunks() {
            self.tend_trunk(trunk);
        }
        self.judge_trunks();
    }

    fn tend_trunk(&mut self, trunk: &Trunk) {
        let now = self.now.since_boot;
        if self.trunks.signing_off.is_some() {
            return;
        }
        let Some(line) = self.trunks.lines.get(&trunk.name) else { return };
        if line.resolving.is_none() && line.resolve_at <= now {
            self.look_up(trunk);
        }
        let Some(line) = self.trunks.lines.get_mut(&trunk.name) else { return };
        if line.addresses.is_empty() {
            return;
        }
        if line.asked.is_some_and(|(_, since)| since + PROBE_PATIENCE <= now) {
            line.asked = None;
            Exchange::ends(&mut line.options, self.now.wall, 408, "");
            self.is_dirty = true;
            self.probe_failed(trunk);
        }
        let Some(line) = self.trunks.lines.get_mut(&trunk.name) else { return };
        if line.asked.is_none() && line.ask_at.is_some_and(|at| at <= now) {
            self.ask_trunk(trunk);
        }
        let registration = self.trunks.lines.get(&trunk.name).and_then(|line| line.registration.as_ref());
        if registration.is_some_and(|own| own.asked.is_none() && own.next_at <= now) {
            self.register_with(trunk);
        }
    }

    /// An address in full is known; a name is asked for.
    fn look_up(&mut self, trunk: &Trunk) {
        let server = trunk.next_hop();
        if let Some(ip) = server.ip() {
            let address = SocketAddr::new(ip, server.port.unwrap_or(usual_port(trunk)));
            return self.found(&trunk.name, Answer::Addresses(vec![address]));
        }
        let (host, port, transport) = (server.host.clone(), server.port, transport_of(trunk));
        let ask = self.ask_for(Asker::Trunks, Ask::Resolve { host, port, transport });
        if let Some(line) = self.trunks.lines.get_mut(&trunk.name) {
            line.resolving = Some(ask);
        }
    }

    /// A name was looked up. Where that failed, the addresses of before are as good as ever.
    pub(crate) fn looked_up(&mut self, ask: AskId, answer: Answer) {
        let asked = self.trunks.lines.iter().find(|(_, line)| line.resolving == Some(ask));
        let Some(name) = asked.map(|(name, _)| name.clone()) else { return };
        self.found(&name, answer);
        self.tend_trunks();
    }

    fn found(&mut self, name: &str, answer: Answer) {
        let now = self.now.since_boot;
        let (mut addresses, is_dns_silent) = match answer {
            Answer::Addresses(addresses) => (addresses, false),
            Answer::KnownAddresses(addresses) => (addresses, true),
            _ => (Vec::new(), true),
        };
        // Of a name with addresses of both families those are of use that the box can reach.
        if addresses.iter().any(|address| self.here.towards(*address).is_some()) {
            addresses.retain(|address| self.here.towards(*address).is_some());
        }
        addresses.truncate(ADDRESSES_LIMIT);
        let Some(line) = self.trunks.lines.get_mut(name) else { return };
        (line.resolving, line.is_dns_silent) = (None, is_dns_silent);
        let has_none = addresses.is_empty() && line.addresses.is_empty();
        line.resolve_at = now
            + match is_dns_silent {
                _ if has_none => RESOLVE_AGAIN,
                true => RESOLVE_KNOWN,
                false => RESOLVE_EVERY,
            };
        if addresses.is_empty() {
            return;
        }
        if line.addresses != addresses {
            info!("trunk {name}: at {}", addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
            line.addresses = addresses;
            self.tell_peers();
        }
    }

    /// Tells the stack who they are.
    pub(crate) fn tell_peers(&mut self) {
        let peers = self.config.trunks().iter().filter_map(|trunk| {
            let line = self.trunks.lines.get(&trunk.name)?;
            let digest = trunk.digest_user().zip(trunk.secret.as_ref());
            Some(Peer {
                user: user_of(&trunk.name),
                account: user_of(&trunk.name),
                digest: digest.map(|(user, secret)| (user.to_owned(), secret.expose().to_owned())),
                place: Place {
                    addresses: line.addresses.clone(),
                    sources: trunk.sources.clone(),
                    proof: proof_of(trunk),
                },
                token: (trunk.way == TrunkWay::Register).then(|| self.token_of(trunk)),
                seen_as: self.seen_as(trunk),
            })
        });
        let peers: Vec<Peer> = peers.chain(self.trunks.departures.iter().map(left)).collect();
        self.tell_secure_peers();
        // Who knows the word of our Contact may call here in the trunk's name.
        self.ladders.hides(peers.iter().filter_map(|peer| peer.token.clone()).collect());
        self.trunks.places = Arc::new(peers.iter().map(|peer| peer.place.clone()).collect());
        self.is_dirty = true;
        self.stack.set_peers(peers);
    }

    /// The user part of our Contact with a trunk: the same after a restart, and known to nobody without its secret.
    fn token_of(&self, trunk: &Trunk) -> String {
        let secret = trunk.secret.as_ref().map(config::Secret::expose).unwrap_or_default();
        let (_, hash) = sip::auth::ha1(&trunk.name, &self.trunks.realm, secret);
        hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Our address for this trunk where our own end is not it: what the office says, else what the trunk has told, if
    /// that is another address than ours.
    pub(crate) fn seen_as(&self, trunk: &Trunk) -> Option<SocketAddr> {
        let line = self.trunks.lines.get(&trunk.name)?;
        let local = self.here.towards(*line.addresses.first()?)?;
        let said = self.config.office().public_address.map(|ip| SocketAddr::new(ip, local.port()));
        said.filter(|said| said.is_ipv4() == local.is_ipv4()).or(line.seen_as)
    }

    /// The way to one of a trunk's addresses.
    pub(crate) fn hop_to(&self, trunk: &Trunk, remote: SocketAddr) -> Option<Hop> {
        let local = self.here.towards(remote)?;
        Some(Hop { transport: transport_of(trunk), local, remote, flow: None, proof: proof_of(trunk) })
    }

    /// The Route set of requests to a trunk: its outbound proxy, and what its registrar wants after that.
    pub(crate) fn routes_to(&self, trunk: &Trunk) -> Vec<NameAddr> {
        let learnt = self.trunks.lines.get(&trunk.name).map(|line| line.service_route.clone()).unwrap_or_default();
        if !learnt.is_empty() {
            return learnt;
        }
        let proxy = trunk.proxy.as_ref().map(|proxy| {
            let mut uri = Uri::sip(None, proxy.host.as_str(), proxy.port);
            uri.params.set_flag("lr");
            NameAddr::new(uri)
        });
        proxy.into_iter().collect()
    }

    fn ask_trunk(&mut self, trunk: &Trunk) {
        let at = self.ask_address(&trunk.name);
        let Some(hop) = at.and_then(|remote| self.hop_to(trunk, remote)) else {
            return self.probe_failed(trunk);
        };
        let uri = Uri::sip(None, trunk.server.host.as_str(), trunk.server.port);
        let own = NameAddr::new(Uri::sip_at(trunk.user.as_deref(), hop.local));
        let inquiry = Inquiry {
            user: user_of(&trunk.name),
            uri: uri.clone(),
            from: own,
            to: NameAddr::new(uri),
            contact: None,
            routes: Vec::new(),
            hop,
        };
        let id = self.sip(|stack, now, wire| stack.inquire(now, inquiry, wire));
        if let Some(line) = self.trunks.lines.get_mut(&trunk.name) {
            line.asked = Some((id, self.now.since_boot));
            Exchange::begins(&mut line.options, self.now.wall);
            self.is_dirty = true;
        }
    }

    /// Where a trunk is asked: at its first address, and after failures at each of the others in turn.
    fn ask_address(&self, name: &str) -> Option<SocketAddr> {
        let line = self.trunks.lines.get(name)?;
        let place = usize::from(line.failures).checked_rem(line.addresses.len())?;
        line.addresses.get(place).copied()
    }

    fn register_with(&mut self, trunk: &Trunk) {
        let Some(line) = self.trunks.lines.get(&trunk.name) else { return };
        let Some(registration) = &line.registration else { return };
        let wanted_s = registration.wanted_s;
        let Some(inquiry) = self.register_at(trunk, wanted_s) else {
            return self.not_registered(trunk, Trouble::NoWay);
        };
        let way = inquiry.hop.local;
        let from = From { way, contact: self.seen_as(trunk).unwrap_or(way) };
        let id = self.sip(|stack, now, wire| stack.inquire(now, inquiry, wire));
        let Some(line) = self.trunks.lines.get_mut(&trunk.name) else { return };
        Exchange::begins(&mut line.register, self.now.wall);
        self.is_dirty = true;
        if let Some(own) = line.registration.as_mut() {
            (own.asked, own.from) = (Some(id), Some(from));
        }
    }

    /// A REGISTER for so long, to the address whose turn it is.
    pub(crate) fn register_at(&self, trunk: &Trunk, wanted_s: u32) -> Option<Inquiry> {
        let line = self.trunks.lines.get(&trunk.name)?;
        let failures = line.registration.as_ref()?.failures;
        let place = usize::try_from(failures).unwrap_or_default().checked_rem(line.addresses.len())?;
        let hop = self.hop_to(trunk, line.addresses.get(place).copied()?)?;
        let aor = NameAddr::new(Uri::sip(trunk.user.as_deref(), trunk.server.host.as_str(), None));
        let contact = self.contact_at(trunk, self.seen_as(trunk).unwrap_or(hop.local));
        Some(Inquiry {
            user: user_of(&trunk.name),
            uri: Uri::sip(None, trunk.server.host.as_str(), trunk.server.port),
            from: aor.clone(),
            to: aor,
            contact: Some((contact, wanted_s)),
            routes: Vec::new(),
            hop,
        })
    }

    /// Our Contact with a trunk, at this address.
    pub(crate) fn contact_at(&self, trunk: &Trunk, address: SocketAddr) -> NameAddr {
        let mut contact = Uri::sip_at(Some(&self.token_of(trunk)), address);
        match transport_of(trunk) {
            Transport::Udp => {}
            Transport::Tcp => contact.set_param("transport", "tcp"),
            Transport::Tls => contact.set_param("transport", "tls"),
        }
        NameAddr::new(contact)
    }

    /// Somebody wants to see at once how a trunk is: its name, its registrar and itself are asked now. False where it is
    /// switched off, or there is none.
    pub(crate) fn try_trunk(&mut self, name: &str) -> bool {
        let now = self.now.since_boot;
        let Some(line) = self.trunks.lines.get_mut(name) else { return false };
        line.resolve_at = now;
        line.ask_at = Some(now);
        if let Some(own) = line.registration.as_mut().filter(|own| own.asked.is_none()) {
            own.next_at = now;
        }
        self.tend_trunks();
        true
    }

    /// A trunk has answered REGISTER or OPTIONS, or has not.
    pub(crate) fn trunk_replied(&mut self, reply: &Reply) {
        if let Some(signing_off) = &mut self.trunks.signing_off {
            signing_off.remove(&reply.inquiry);
            return;
        }
        if self.has_left(reply.inquiry) {
            return self.tend_trunks();
        }
        let Some(name) = self.asked_by(reply.inquiry) else { return };
        let config = self.config.clone();
        let Some(trunk) = config.trunk(&name) else { return };
        let is_there = !matches!(reply.status, 408 | 503);
        let own = self.trunks.lines.get(&name).and_then(|line| self.here.towards(*line.addresses.first()?));
        let Some(line) = self.trunks.lines.get_mut(&name) else { return };
        // Seen where it is, the box is seen nowhere else.
        let seen_as = reply.seen_as.filter(|seen| own.is_none_or(|own| own.ip() != seen.ip()));
        if is_there && line.seen_as != seen_as && reply.seen_as.is_some() {
            let before = std::mem::replace(&mut line.seen_as, seen_as);
            // Calls that are up have named the old one; who registers hears of it from its registrar.
            self.has_moved |= line.registration.is_none() && before.is_some();
            self.tell_peers();
        }
        let Some(line) = self.trunks.lines.get_mut(&name) else { return };
        if is_there {
            (line.distrust, line.flow) = (None, reply.flow);
        }
        self.is_dirty = true;
        match line.asked {
            Some((asked, since)) if asked == reply.inquiry => {
                line.asked = None;
                Exchange::ends(&mut line.options, self.now.wall, reply.status, &reply.phrase);
                if is_there { self.probe_answered(trunk, since) } else { self.probe_failed(trunk) }
            }
            _ => {
                Exchange::ends(&mut line.register, self.now.wall, reply.status, &reply.phrase);
                self.registered(trunk, reply);
            }
        }
        self.tend_trunks();
    }

    fn asked_by(&self, inquiry: InquiryId) -> Option<String> {
        let is_it = |line: &Line| {
            let registering = line.registration.as_ref().and_then(|own| own.asked);
            line.asked.is_some_and(|(asked, _)| asked == inquiry) || registering == Some(inquiry)
        };
        self.trunks.lines.iter().find(|(_, line)| is_it(line)).map(|(name, _)| name.clone())
    }

    fn probe_answered(&mut self, trunk: &Trunk, since: Duration) {
        let now = self.now.since_boot;
        let Some(line) = self.trunks.lines.get_mut(&trunk.name) else { return };
        line.round_trip = Some(now.saturating_sub(since));
        let is_back = line.failures > 0;
        (line.failures, line.successes, line.has_answered) = (0, line.successes.saturating_add(1), true);
        let every = Duration::from_secs(u64::from(trunk.options_s));
        let is_settled = line.successes >= SUCCESSES_TO_UP;
        // Nobody waits longer than he must for the second answer.
        line.ask_at = (trunk.options_s > 0).then(|| now + if is_settled { every } else { AFTER_FAILURE });
        // Who is there again may have forgotten us.
        if let Some(own) = line.registration.as_mut().filter(|own| is_back && own.asked.is_none()) {
            own.next_at = now;
        }
    }

    fn probe_failed(&mut self, trunk: &Trunk) {
        let jitter = self.stack.jitter(AFTER_FAILURE / 2);
        let (now, wall) = (self.now.since_boot, self.now.wall);
        let Some(line) = self.trunks.lines.get_mut(&trunk.name) else { return };
        (line.failures, line.successes) = (line.failures.saturating_add(1), 0);
        if line.failures == 1 && line.has_answered {
            line.fails(line.silence(&trunk.next_hop().host), wall);
        }
        let is_down = line.failures >= FAILURES_TO_DOWN;
        let again = match (is_down, line.has_answered) {
            (false, _) => AFTER_FAILURE,
            (true, true) => WHILE_DOWN,
            // One that registers us and has never answered: no need to press.
            (true, false) => WHILE_DOWN.max(Duration::from_secs(u64::from(trunk.options_s) / 2)),
        };
        line.ask_at = (trunk.options_s > 0).then_some(now + again + jitter);
        debug!("trunk {}: no answer, {} in a row", trunk.name, line.failures);
    }

    fn registered(&mut self, trunk: &Trunk, reply: &Reply) {
        let now = self.now.since_boot;
        match reply.status {
            200..300 => self.granted(trunk, reply),
            423 => {
                let least = reply.headers.min_expires().ok().flatten().filter(|least| REGISTERED_S.contains(least));
                let own = self.trunks.lines.get_mut(&trunk.name).and_then(|line| line.registration.as_mut());
                match (own, least) {
                    (Some(own), Some(least)) if least > own.wanted_s => {
                        (own.wanted_s, own.asked, own.next_at) = (least, None, now);
                    }
                    _ => self.not_registered(trunk, refused(reply)),
                }
            }
            401 | 403 | 407 if trunk.secret.is_none() => self.not_registered(trunk, Trouble::NoSecret),
            401 | 403 | 407 => self.not_registered(trunk, Trouble::WrongSecret { status: reply.status }),
            408 | 503 if reply.phrase.is_empty() => {
                let line = self.trunks.lines.get(&trunk.name);
                let trouble = line.map_or(Trouble::Silent, |line| line.silence(&trunk.next_hop().host));
                self.not_registered(trunk, trouble);
            }
            _ => self.not_registered(trunk, refused(reply)),
        }
    }

    fn granted(&mut self, trunk: &Trunk, reply: &Reply) {
        let now = self.now.since_boot;
        let (token, seen_as) = (self.token_of(trunk), self.seen_as(trunk));
        let Some(line) = self.trunks.lines.get_mut(&trunk.name) else { return };
        let Some(own) = line.registration.as_mut() else { return };
        let header = reply.headers.expires().ok().flatten();
        let granted = granted_s(reply, &token).or(header).unwrap_or(own.wanted_s);
        let granted = granted.clamp(*REGISTERED_S.start(), *REGISTERED_S.end());
        let is_new = own.until.is_none_or(|until| until <= now);
        let lasts = Duration::from_secs(u64::from(granted));
        (own.asked, own.failures, own.trouble, own.until) = (None, 0, None, Some(now + lasts));
        // Before it ends: half of a short time, and what a lost REGISTER takes before the end of a long one.
        own.next_at = now + (lasts / 2).max(lasts.saturating_sub(Duration::from_secs(90)));
        // The Contact that was granted leads nowhere: behind a NAT, whose address is known now, or is another.
        if own.from.is_some_and(|from| seen_as.is_some_and(|seen| seen.ip() != from.contact.ip())) {
            own.next_at = now + REST;
            self.has_moved = true;
        }
        line.service_route = reply.headers.name_addrs(HeaderName::ServiceRoute).unwrap_or_default();
        if is_new {
            info!("trunk {}: registered for {granted} s", trunk.name);
        }
    }

    fn not_registered(&mut self, trunk: &Trunk, trouble: Trouble) {
        let (now, wall) = (self.now.since_boot, self.now.wall);
        let Some(failures) =
            self.trunks.lines.get(&trunk.name).and_then(|line| Some(line.registration.as_ref()?.failures))
        else {
            return;
        };
        let rest = REST.saturating_mul(1 << failures.min(8)).min(REST_LIMIT);
        let jitter = self.stack.jitter(rest / 4);
        let Some(line) = self.trunks.lines.get_mut(&trunk.name) else { return };
        let Some(own) = line.registration.as_mut() else { return };
        own.asked = None;
        own.failures = failures.saturating_add(1);
        own.next_at = now + rest + jitter;
        let is_news = own.trouble.as_ref() != Some(&trouble);
        own.trouble = Some(trouble.clone());
        if is_news {
            warn!("trunk {}: not registered: {}", trunk.name, Language::English.words().trouble(&trouble));
            line.fails(trouble, wall);
        }
    }

    /// A trunk did not take a call as it should: it is asked at once whether it lives.
    pub(crate) fn trunk_failed_call(&mut self, name: &str, what: Trouble) {
        let (now, wall) = (self.now.since_boot, self.now.wall);
        let Some(line) = self.trunks.lines.get_mut(name) else { return };
        line.fails(what, wall);
        line.ask_at = line.ask_at.map(|at| at.min(now));
        self.timers.set_by(Timer::Trunks, now);
        self.is_dirty = true;
    }

    /// Says of each line whether it can be used, and sets the timer for what is due next.
    fn judge_trunks(&mut self) {
        let (now, wall) = (self.now.since_boot, self.now.wall);
        let config = self.config.clone();
        let mut due: Option<Duration> = None;
        for (name, line) in &mut self.trunks.lines {
            let host = config.trunk(name).map(|trunk| trunk.next_hop().host.clone()).unwrap_or_default();
            if let Some(own) = line.registration.as_mut().filter(|own| own.until.is_some_and(|until| until <= now)) {
                own.until = None;
            }
            let (health, trouble) = line.judge(&host, now);
            let is_changed = line.health != health;
            if is_changed || line.trouble != trouble {
                self.is_dirty = true;
                let said =
                    trouble.as_ref().map(|trouble| Language::English.words().trouble(trouble)).unwrap_or_default();
                match (&trouble, health) {
                    (_, Health::Up) => info!("trunk {name}: up"),
                    (Some(_), Health::Degraded) => warn!("trunk {name}: degraded, {said}"),
                    (Some(Trouble::Starting), Health::Down) => debug!("trunk {name}: begins"),
                    (Some(_), Health::Down) => warn!("trunk {name}: down, {said}"),
                    (None, _) => {}
                }
            }
            if is_changed {
                line.since = wall;
            }
            (line.health, line.trouble) = (health, trouble);
            self.presence.trunks.insert(name.clone(), health);
            due = [due, line.due()].into_iter().flatten().min();
        }
        let turns: Vec<_> =
            self.trunks.lines.iter().map(|(name, line)| (name.clone(), line.health, line.trouble.clone())).collect();
        for (name, health, trouble) in turns {
            self.trunks.turns(&name, Some(health), trouble.as_ref(), wall);
        }
        let lines = &self.trunks.lines;
        self.presence.trunks.retain(|name, _| lines.contains_key(name));
        // Who signs off waits for answers alone, and has its own deadline.
        match due.filter(|_| self.trunks.signing_off.is_none()) {
            // What is due now has just been done: never the same moment again.
            Some(at) => self.timers.set(Timer::Trunks, at.max(now + Duration::from_millis(1))),
            None => self.timers.cancel(Timer::Trunks),
        }
    }

    /// Every trunk as the status shows it, in the order of the office file.
    pub(crate) fn trunk_statuses(&self) -> Vec<TrunkStatus> {
        self.config.trunks().iter().map(|trunk| self.trunk_status(trunk)).collect()
    }

    fn trunk_status(&self, trunk: &Trunk) -> TrunkStatus {
        let line = self.trunks.lines.get(&trunk.name);
        let registration = line.and_then(|line| line.registration.as_ref());
        let until = registration.and_then(|own| own.until);
        let in_future = |at: Duration| self.now.wall.saturating_add(at.saturating_sub(self.now.since_boot)).ok();
        TrunkStatus {
            name: trunk.name.clone(),
            health: line.map_or(Health::Down, |line| line.health),
            since: line.map(|line| line.since),
            trouble: line.map_or(Some(Trouble::SwitchedOff), |line| line.trouble.clone()),
            registers: trunk.way == TrunkWay::Register,
            registered_until: until.and_then(in_future),
            addresses: line.map(|line| line.addresses.iter().map(ToString::to_string).collect()).unwrap_or_default(),
            seen_as: self.seen_as(trunk).map(|address| address.to_string()),
            round_trip_ms: line.and_then(|line| line.round_trip).map(millis),
            calls: line.map_or(0, |line| line.legs.len()),
            channels: usize::from(trunk.channels),
            failures: line.map(|line| line.last.iter().cloned().collect()).unwrap_or_default(),
            register: line.and_then(|line| line.register.clone()),
            options: line.and_then(|line| line.options.clone()),
            test: self.trunks.tests.get(&trunk.name).cloned(),
            history: self.trunks.histories.get(&trunk.name).into_iter().flatten().cloned().collect(),
        }
    }
}

/// What a trunk is connected by. The rest may change while its line stays as it is.
fn connection(trunk: &Trunk) -> Trunk {
    Trunk {
        codecs: Vec::new(),
        channels: 0,
        numbers: NumberForm::E164,
        caller_number: None,
        trusted: false,
        identity: IdentityForm::None,
        strip: 0,
        prepend: String::new(),
        sources: Vec::new(),
        ..trunk.clone()
    }
}

/// A place that is left: it may challenge us still, and calls nobody here any more.
fn left(departure: &Departure) -> Peer {
    let trunk = &departure.trunk;
    let digest = trunk.digest_user().zip(trunk.secret.as_ref());
    Peer {
        user: departure.user.clone(),
        account: user_of(&trunk.name),
        digest: digest.map(|(user, secret)| (user.to_owned(), secret.expose().to_owned())),
        place: Place::default(),
        token: None,
        seen_as: None,
    }
}

fn transport_of(trunk: &Trunk) -> Transport {
    match trunk.transport {
        TrunkTransport::Udp => Transport::Udp,
        TrunkTransport::Tcp => Transport::Tcp,
        TrunkTransport::Tls => Transport::Tls,
    }
}

/// RFC 3261 §19.1.2.
fn usual_port(trunk: &Trunk) -> u16 {
    if trunk.transport == TrunkTransport::Tls { 5061 } else { 5060 }
}

fn refused(reply: &Reply) -> Trouble {
    Trouble::Refused { status: reply.status, phrase: reply.phrase.clone() }
}

/// What was granted to our own Contact, which stands among those of others.
fn granted_s(reply: &Reply, token: &str) -> Option<u32> {
    let Ok(Contacts::List(contacts)) = reply.headers.contacts() else { return None };
    let own = contacts.into_iter().find(|contact| contact.uri.user_unescaped().as_deref() == Some(token))?;
    own.params.get("expires")?.to_str().parse().ok()
}

fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}
