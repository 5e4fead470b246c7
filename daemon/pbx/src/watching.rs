//! The verbs of busy lamps: who may watch whom, and who is told of what.

use std::net::SocketAddr;

use log::info;
use sip::dialog_info::{DialogInfo, DialogState, Party, WatchedDialog};
use sip::event::{Body, Package, Subscribing, SubscriptionId};
use sip::message::Uri;
use sip::pidf::{Doing, PresenceInfo};

use crate::activity::{Activity, Progress};
use crate::busy_lamps::{BusyWatch, LIGHT_EVERY, SHOWN_CALLS};
use crate::cx::Cx;
use crate::goodbye::number_of;
use crate::ids::CallId;
use crate::leg::words_for;
use crate::route::ANONYMOUS;
use crate::timers::Timer;

impl Cx {
    /// A phone wants to watch something.
    pub(crate) fn watch(&mut self, subscribing: &Subscribing) {
        match subscribing.package {
            Package::Dialog | Package::Presence => self.watch_extension(subscribing),
            Package::MessageSummary | Package::Refer => self.watch_lamp(subscribing),
            Package::FeatureEvent => self.watch_features(subscribing),
        }
    }

    /// A subscription is over.
    pub(crate) fn unwatched(&mut self, subscription: SubscriptionId) {
        let is_other = self.feature_keys.watches.remove(&subscription).is_none();
        if self.busy.remove(subscription).is_none() && is_other {
            self.lamp_unwatched(subscription);
        }
    }

    /// A phone wants to watch an extension.
    fn watch_extension(&mut self, subscribing: &Subscribing) {
        let Subscribing { transaction, subscription, user, uri, package, hop, .. } = subscribing;
        let resource = number_of(uri).unwrap_or_default();
        let rule = self.rule_lamp(user, &resource).filter(|_| *package == Package::Dialog);
        let extension = rule.as_ref().map_or(resource, |lamp| lamp.extension.clone());
        let status = match (self.config.phone_by_user(user), self.config.extension(&extension)) {
            (None, _) => 403,
            (_, None) => 404,
            (Some(_), Some(_)) if !self.may_watch(user, &extension) => 403,
            (Some(_), Some(_)) => 200,
        };
        if status != 200 {
            return self.sip(|stack, now, wire| stack.respond(now, *transaction, status, Vec::new(), wire));
        }
        info!("phone {}: watches {extension}", self.phone_name(user));
        let mut named = uri.clone();
        named.params = Default::default();
        let mut watch = BusyWatch {
            user: user.clone(),
            extension,
            rule,
            package: *package,
            entity: named.to_text().to_string(),
            local: hop.local,
            told: Default::default(),
        };
        let body = self.busy_body(&watch);
        watch.told = body.bytes.clone();
        let by_clock = watch.rule.is_some() || self.is_dnd_by_clock(&watch.extension);
        self.busy.add(*subscription, watch);
        self.sip(|stack, now, wire| stack.accept_subscription(now, *transaction, body, wire));
        if by_clock {
            self.tend_rule_lamps();
        }
    }

    /// What a call's extensions do is this from now on.
    pub(crate) fn show_activities(&mut self, call: CallId, activities: Vec<Activity>) {
        for extension in self.busy.activities.set(call, activities) {
            self.busy.changed(&extension);
            self.presence.count_unanswered(&extension, self.busy.activities.unanswered(&extension));
        }
    }

    /// Tells the watchers of all that has changed, each extension's at most every [`LIGHT_EVERY`].
    pub(crate) fn light_busy_lamps(&mut self) {
        let now = self.now.since_boot;
        for extension in std::mem::take(&mut self.busy.stale) {
            let Some(watched) = self.busy.watched.get_mut(&extension) else { continue };
            let due = watched.told_at.map_or(now, |told_at| told_at + LIGHT_EVERY);
            if due > now {
                self.busy.stale.insert(extension);
                self.timers.set_by(Timer::BusyLamps, due);
                continue;
            }
            watched.told_at = Some(now);
            for id in watched.by.clone() {
                self.light_busy_lamp(id);
            }
        }
    }

    /// The configuration is another: who may not watch any more is told so, and the others of new names.
    pub(crate) fn busy_lamps_after(&mut self, old: &config::Config) {
        let watches: Vec<_> = self.busy.watches.iter().map(|(id, watch)| (*id, watch.clone())).collect();
        for (id, watch) in watches {
            let (was, is_now) = (old.phone_by_user(&watch.user), self.config.phone_by_user(&watch.user));
            let reason = match (was, is_now) {
                (_, None) => "noresource",
                _ if self.config.extension(&watch.extension).is_none() => "noresource",
                _ if !self.may_watch(&watch.user, &watch.extension) => "rejected",
                (Some(was), Some(is_now)) if was.extension == is_now.extension && !self.is_rule_lamp(&watch) => {
                    "noresource"
                }
                // It may subscribe again, and proves then who it is (RFC 6665 §4.1.3).
                (Some(was), Some(is_now)) if was.ha1 != is_now.ha1 || was.extension != is_now.extension => {
                    "deactivated"
                }
                _ => {
                    self.busy.changed(&watch.extension);
                    continue;
                }
            };
            self.busy.remove(id);
            self.sip(|stack, now, wire| stack.end_subscription(now, id, reason, wire));
        }
        self.tend_rule_lamps();
    }

    /// A phone of this extension has registered, or is gone.
    pub(crate) fn reach_changed(&mut self, user: &str) {
        if let Some(phone) = self.config.phone_by_user(user) {
            self.busy.changed(phone.extension.as_str());
        }
    }

    fn light_busy_lamp(&mut self, id: SubscriptionId) {
        let Some(watch) = self.busy.watches.get(&id) else { return };
        let body = self.busy_body(watch);
        if watch.told == body.bytes {
            return;
        }
        if let Some(watch) = self.busy.watches.get_mut(&id) {
            watch.told = body.bytes.clone();
        }
        self.sip(|stack, now, wire| stack.notify(now, id, body, wire));
    }

    /// Any phone may, unless the extension's lamp is private.
    fn may_watch(&self, user: &str, extension: &str) -> bool {
        let is_private = self.config.extension(extension).is_some_and(|watched| watched.private_lamp);
        let is_own = self.config.phone_by_user(user).is_some_and(|phone| phone.extension.as_str() == extension);
        is_own || !is_private
    }

    fn busy_body(&self, watch: &BusyWatch) -> Body {
        if let Some(lamp) = &watch.rule {
            return self.rule_body(watch, lamp);
        }
        match watch.package {
            Package::Presence => self.presence_body(watch),
            Package::Dialog | Package::MessageSummary | Package::Refer | Package::FeatureEvent => {
                self.dialogs_body(watch)
            }
        }
    }

    fn dialogs_body(&self, watch: &BusyWatch) -> Body {
        let extension = watch.extension.as_str();
        let own = self.config.phone_by_user(&watch.user).map_or("", |phone| phone.extension.as_str());
        let may_pick_up = self.config.may_pick_up(own, extension);
        let mut shown: Vec<_> = self.busy.activities.of(extension).collect();
        let is_to_be_picked_up = |activity: &Activity| activity.progress == Progress::Rings && !activity.is_caller;
        shown.sort_by_key(|(_, activity)| !is_to_be_picked_up(activity));
        shown.truncate(SHOWN_CALLS);
        let dialog = |(call, activity): (CallId, &Activity)| WatchedDialog {
            id: format!("{}-{}", call.0, if activity.is_caller { "out" } else { "in" }),
            is_caller: activity.is_caller,
            state: activity.progress.into(),
            name: activity.ringing.filter(|_| may_pick_up).and_then(|dialog| self.stack.early_tags(dialog)),
            local: self.party(extension, extension, watch.local),
            remote: self.other_party((own, extension), activity, watch.local),
        };
        let mut dialogs: Vec<_> = shown.into_iter().map(dialog).collect();
        if dialogs.is_empty() && self.is_dnd(extension) {
            dialogs.push(self.dnd_dialog(extension, watch.local));
        }
        DialogInfo { entity: watch.entity.clone(), idle_id: extension.to_owned(), dialogs }.to_body()
    }

    /// Whether nobody is to disturb whoever has this extension, at this moment.
    fn is_dnd(&self, extension: &str) -> bool {
        self.config.extension(extension).is_some_and(|known| known.answering.is_dnd(self.now.wall))
    }

    /// Do-not-disturb for keys that know calls alone: lit as in a call that nobody can take (F94).
    fn dnd_dialog(&self, extension: &str, local: SocketAddr) -> WatchedDialog {
        let name = note(State::Dnd, &self.config.office().language).to_owned();
        let own = self.party(extension, extension, local);
        WatchedDialog {
            id: "dnd".to_owned(),
            is_caller: true,
            state: DialogState::Confirmed,
            name: None,
            remote: Party { name, ..own.clone() },
            local: own,
        }
    }

    /// Who is at the other end, for a phone of the first extension that watches the second.
    fn other_party(&self, (reader, watched): (&str, &str), activity: &Activity, local: SocketAddr) -> Party {
        let other = activity.other.as_str();
        let hidden = if activity.is_caller { None } else { self.unknown_party(reader, other, local) };
        hidden.unwrap_or_else(|| self.party(watched, other, local))
    }

    /// A party outside as a phone of this extension shows it that wants to see no callers from there (F28); `None`: as any other.
    pub(crate) fn unknown_party(&self, reader: &str, number: &str, local: SocketAddr) -> Option<Party> {
        if self.config.shows_callers_to(reader) || self.config.extension(number).is_some() {
            return None;
        }
        let name = words_for(reader, self).unknown_caller().to_owned();
        Some(Party { name, uri: Uri::sip_at(Some(ANONYMOUS), local).to_text().to_string() })
    }

    /// Whoever has this number, by the name that the reader's extension knows.
    pub(crate) fn party(&self, reader: &str, number: &str, local: SocketAddr) -> Party {
        let name = self.config.name_for(reader, number).map_or_else(String::new, |(name, _)| name.to_owned());
        Party { name, uri: Uri::sip_at(Some(number), local).to_text().to_string() }
    }

    fn presence_body(&self, watch: &BusyWatch) -> Body {
        let extension = watch.extension.as_str();
        let is_dnd = self.is_dnd(extension);
        let is_there = self.config.phones_of(extension).any(|phone| self.presence.is_reachable(&phone.user));
        let talks = |activity: &Activity| activity.is_caller || activity.progress == Progress::Talks;
        let is_on_the_phone = self.busy.activities.of(extension).any(|(_, activity)| talks(activity));
        let rings = self.busy.activities.of(extension).any(|(_, activity)| activity.progress == Progress::Rings);
        let (state, doing) = match (is_on_the_phone, rings, is_there) {
            (true, _, _) => (State::Talks, Some(Doing::OnThePhone)),
            (false, true, _) => (State::Rings, None),
            (false, false, _) if is_dnd => (State::Dnd, Some(Doing::Busy)),
            (false, false, true) => (State::Ready, None),
            (false, false, false) => (State::Away, None),
        };
        let is_open = is_there && !is_dnd;
        let note = note(state, &self.config.office().language).to_owned();
        let entity = watch.entity.clone();
        PresenceInfo { entity, extension: extension.to_owned(), is_open, doing, note }.to_body()
    }
}

/// What a presence says.
#[derive(Clone, Copy)]
enum State {
    Talks,
    Rings,
    Ready,
    Away,
    Dnd,
}

/// The same for people, in the office's language.
fn note(state: State, language: &str) -> &'static str {
    let [talks, rings, ready, away, dnd] = match language {
        "de" => ["Im Gespräch", "Es klingelt", "Erreichbar", "Nicht angemeldet", "Nicht stören"],
        "es" => ["En una llamada", "Sonando", "Disponible", "Sin conexión", "No molestar"],
        _ => ["On the phone", "Ringing", "Ready", "Not registered", "Do not disturb"],
    };
    match state {
        State::Talks => talks,
        State::Rings => rings,
        State::Ready => ready,
        State::Away => away,
        State::Dnd => dnd,
    }
}
