//! The verbs of feature keys: who is kept in step, what a key wants, and who is told of what.

use config::{Config, DiversionKind, RuleChange};
use log::{debug, info};
use sip::event::{Body, Subscribing, SubscriptionId};
use sip::feature_event::{FeatureState, FeatureWish, ForwardState, Forwarding};

use crate::asks::Asker;
use crate::cx::Cx;
use crate::feature_keys::{FeatureWatch, WISHES_LIMIT};
use crate::goodbye::number_of;
use crate::output::Ask;
use crate::route::{Dialled, Moment, NumberFor, normalise, with_number};

impl Cx {
    /// A phone wants its keys kept in step: those of its own extension.
    pub(crate) fn watch_features(&mut self, subscribing: &Subscribing) {
        let Subscribing { transaction, subscription, user, uri, body, .. } = subscribing;
        let resource = number_of(uri).unwrap_or_default();
        let extension = self.config.phone_by_user(user).map(|phone| phone.extension.to_string());
        let Some(extension) = extension.filter(|extension| *extension == resource || *user == resource) else {
            return self.sip(|stack, now, wire| stack.respond(now, *transaction, 403, Vec::new(), wire));
        };
        info!("phone {}: keeps its keys in step with {extension}", self.phone_name(user));
        let told = self.feature_body(&extension);
        let watch = FeatureWatch {
            user: user.clone(),
            extension,
            told: told.bytes.clone(),
            is_owed: false,
            is_saving: false,
            wishes: Default::default(),
        };
        self.feature_keys.watches.insert(*subscription, watch);
        self.sip(|stack, now, wire| stack.accept_subscription(now, *transaction, told, wire));
        if let Some(body) = body {
            self.feature_wish(*subscription, body);
        }
        self.tend_rule_lamps();
    }

    /// Somebody pressed a key. What cannot be is not done, and the phone is told what holds.
    pub(crate) fn feature_wish(&mut self, subscription: SubscriptionId, body: &Body) {
        let Some(watch) = self.feature_keys.watches.get(&subscription).cloned() else { return };
        let change = FeatureWish::read(body).and_then(|wish| self.change_of(&watch, wish));
        let Some(own) = self.feature_keys.watches.get_mut(&subscription) else { return };
        own.is_owed = true;
        match change {
            Some(change) => {
                own.wishes.push_back(change);
                let excess = own.wishes.len().saturating_sub(WISHES_LIMIT);
                own.wishes.drain(..excess);
                self.save_wish(subscription);
            }
            None => debug!("phone {}: wants something by a key that cannot be", self.phone_name(&watch.user)),
        }
        self.tell_owed(subscription);
    }

    /// Has the next wish saved, unless one is.
    fn save_wish(&mut self, subscription: SubscriptionId) {
        let Some(watch) = self.feature_keys.watches.get_mut(&subscription).filter(|watch| !watch.is_saving) else {
            return;
        };
        let Some(change) = watch.wishes.pop_front() else { return };
        watch.is_saving = true;
        let ask = Ask::ChangeRules { extension: watch.extension.clone(), change };
        self.ask_for(Asker::FeatureKey(subscription), ask);
    }

    /// Tells what holds to a phone that waits for it, unless something is being saved.
    fn tell_owed(&mut self, subscription: SubscriptionId) {
        let watch = self.feature_keys.watches.get(&subscription);
        if watch.is_some_and(|watch| watch.is_owed && !watch.is_saving) {
            self.tell_features(subscription);
        }
    }

    /// What a key wanted is saved and in force, or could not be.
    pub(crate) fn feature_saved(&mut self, subscription: SubscriptionId) {
        let Some(watch) = self.feature_keys.watches.get_mut(&subscription) else { return };
        watch.is_saving = false;
        self.save_wish(subscription);
        self.tell_owed(subscription);
    }

    /// The rules may be others, by a save or by the clock: phones are told that show something else.
    pub(crate) fn sync_features(&mut self) {
        let watches: Vec<_> = self.feature_keys.watches.iter().map(|(id, watch)| (*id, watch.clone())).collect();
        for (id, watch) in watches {
            if self.feature_body(&watch.extension).bytes != watch.told {
                self.tell_features(id);
            }
        }
    }

    /// The configuration is another: phones that are no more, or another's, are told so.
    pub(crate) fn feature_keys_after(&mut self, old: &Config) {
        let watches: Vec<_> = self.feature_keys.watches.iter().map(|(id, watch)| (*id, watch.clone())).collect();
        for (id, watch) in watches {
            let (was, is_now) = (old.phone_by_user(&watch.user), self.config.phone_by_user(&watch.user));
            let reason = match (was, is_now) {
                (Some(was), Some(is_now)) if was.ha1 == is_now.ha1 && is_now.extension.as_str() == watch.extension => {
                    continue;
                }
                (_, Some(_)) => "deactivated",
                (_, None) => "noresource",
            };
            self.feature_keys.watches.remove(&id);
            self.sip(|stack, now, wire| stack.end_subscription(now, id, reason, wire));
        }
        self.sync_features();
    }

    fn tell_features(&mut self, subscription: SubscriptionId) {
        let Some(watch) = self.feature_keys.watches.get(&subscription) else { return };
        let body = self.feature_body(&watch.extension);
        if let Some(watch) = self.feature_keys.watches.get_mut(&subscription) {
            watch.told = body.bytes.clone();
            // What is being saved may yet fail: that is told when it is known.
            watch.is_owed &= watch.is_saving;
        }
        self.sip(|stack, now, wire| stack.notify(now, subscription, body, wire));
    }

    fn change_of(&self, watch: &FeatureWatch, wish: FeatureWish) -> Option<RuleChange> {
        let (kind, is_on, to) = match wish {
            FeatureWish::Dnd(is_on) => return Some(RuleChange::Divert { kind: DiversionKind::Dnd, is_on, to: None }),
            FeatureWish::Forward { kind, is_on, to } => (kind_of(kind), is_on, to),
        };
        let Some(to) = to.filter(|_| is_on) else {
            let known = self.config.extension(&watch.extension)?.answering.diversion(kind);
            let leads_somewhere = known.is_some_and(|known| known.to.is_some());
            return (!is_on || leads_somewhere).then_some(RuleChange::Divert { kind, is_on, to: None });
        };
        let (user, extension) = (watch.user.clone(), watch.extension.clone());
        let dialled = Dialled { user, extension, number: String::new(), diverted_by: None };
        let moment = Moment { wall: self.now.wall };
        with_number(&self.config, &moment, &dialled, NumberFor::Forward(kind), &normalise(&to)).ok()
    }

    fn feature_body(&self, extension: &str) -> Body {
        let answering = self.config.extension(extension).map(|extension| &extension.answering);
        let holds = |kind| answering.is_some_and(|known| known.diverts(kind, self.now.wall).is_some());
        let forward = |kind: Forwarding| {
            let known = answering.and_then(|known| known.diversion(kind_of(kind)));
            let to = known.and_then(|known| known.to.as_ref()).map(|to| to.id().to_owned()).unwrap_or_default();
            ForwardState { kind, is_on: holds(kind_of(kind)), to }
        };
        let forwards = Forwarding::ALL.map(forward).to_vec();
        FeatureState { device: extension.to_owned(), is_dnd: holds(DiversionKind::Dnd), forwards }.to_body()
    }
}

fn kind_of(kind: Forwarding) -> DiversionKind {
    match kind {
        Forwarding::Immediate => DiversionKind::Always,
        Forwarding::Busy => DiversionKind::Busy,
        Forwarding::NoAnswer => DiversionKind::Unanswered,
    }
}
