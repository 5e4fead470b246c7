//! The one door: inputs in, outputs out. It cannot fail and never blocks; a step of a call that panics ends that call only.

mod orders;
mod picture;
mod placings;
mod test_calls;
mod transfers;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use config::Config;
use log::{error, info, warn};
use sip::auth::Credential;
use sip::event::{Event, Invited};
use sip::stack::{Identity, Stack};
use sip::transport::Packet;

use crate::asks::Asker;
use crate::call::Call;
use crate::call_backs::HelpCall;
use crate::completion::Wishes;
use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::goodbye::Goodbye;
use crate::ids::{AskId, CallId, OrderId};
use crate::input::{Answer, Input, MediaEvent};
use crate::mailbox::Mailbox;
use crate::misuse::Misuse;
use crate::output::{MediaOrder, Output};
use crate::placing::Placing;
use crate::presence::LastCaller;
use crate::recordings::Recordings;
use crate::registrar::{Binding, Registrar};
pub use crate::settings::{RtpRange, Settings};
use crate::status::PhoneStatus;
use crate::test_call::TestCall;
use crate::time::Now;
use crate::timers::{CallTimer, Timer};
use crate::trunks::trunk_of;

/// Calls at once; emergency calls are taken beyond it. An office box has fewer RTP ports than this needs.
pub const CALLS_LIMIT: usize = 1000;

/// Panics of the stack's deadlines that one input bears; each takes its deadline along.
const POLL_PANICS_LIMIT: usize = 8;

/// The status is published at most this often: a burst of changes is one picture.
const STATUS_EVERY: Duration = Duration::from_millis(250);

/// Figures of how calls sound are gathered for so long: an office of busy phones has some every few milliseconds.
const FIGURES_EVERY: Duration = Duration::from_secs(2);

/// What an earlier run left.
#[derive(Clone, Debug, Default)]
pub struct Restored {
    /// The bindings that were in force.
    pub bindings: Vec<Binding>,
    /// The number of the next call.
    pub next_call: u64,
    /// The mailboxes that have anything in them, by extension.
    pub mailboxes: BTreeMap<String, Mailbox>,
    /// The number of the next recording.
    pub next_recording: u64,
    /// What was remembered of misuse.
    pub misuse: Option<Misuse>,
    /// Who has called whom last, by the extension that was called.
    pub last_callers: BTreeMap<String, LastCaller>,
    /// Who wants to be called back.
    pub completions: Option<Wishes>,
    /// The newest calls for help.
    pub help_calls: Vec<HelpCall>,
}

/// What a quiet office has none of; for audits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Calls that are up or not yet forgotten.
    pub calls: usize,
    /// Legs.
    pub legs: usize,
    /// Armed timers of calls.
    pub timers_of_calls: usize,
    /// RTP ports in use.
    pub ports: usize,
    /// Dialogs in the stack.
    pub dialogs: usize,
    /// Transactions in the stack.
    pub transactions: usize,
    /// Questions without an answer.
    pub asks: usize,
    /// Recordings that the store has neither kept nor dropped.
    pub recordings: usize,
}

/// The engine: all call state, in one thread.
#[derive(Clone)]
pub struct Engine {
    cx: Cx,
    calls: BTreeMap<CallId, Call>,
    /// Those that the box makes itself.
    tests: BTreeMap<CallId, TestCall>,
    /// Those that it begins for somebody, until their phone is answered.
    placings: BTreeMap<CallId, Placing>,
    next_call: u64,
    /// The phones as the status shows them, made anew only when they changed: there may be hundreds.
    phones: Arc<Vec<PhoneStatus>>,
    /// No new calls are taken.
    is_closing: bool,
    /// The orders to shut down, until they are answered.
    shutting_down: Vec<OrderId>,
    panic_after: Option<u64>,
    /// The stack's sums when the status was last asked for.
    counted: sip::stack::Counters,
}

impl Engine {
    /// An engine that takes up where an earlier one left.
    pub fn new(settings: Settings, restored: Restored, config: Arc<Config>, now: Now) -> Engine {
        let mut stack = Stack::new(Identity {
            realm: settings.realm.clone(),
            user_agent: settings.user_agent.clone(),
            nonce_key: settings.nonce_key,
            seed: settings.seed,
        });
        stack.set_credentials(credentials(&config));
        let (mut registrar, mut gone) = Registrar::restore(restored.bindings, now);
        gone.extend(registrar.retain(|user| config.phone_by_user(user).is_some()));
        let mut cx = Cx::new(&settings, config, stack, registrar, now);
        cx.mailboxes = restored.mailboxes;
        cx.presence.last_callers = restored.last_callers;
        cx.recordings = Recordings::restored(restored.next_recording);
        cx.timers.set(Timer::Status, now.since_boot);
        cx.timers.set(Timer::Lamps, now.since_boot);
        cx.watch_bindings();
        cx.watch_all();
        cx.trunks_after(None);
        if let Some(misuse) = restored.misuse {
            cx.restore_misuse(misuse);
        }
        if let Some(wishes) = restored.completions {
            cx.restore_completions(wishes);
        }
        cx.restore_call_backs(restored.help_calls);
        gone.into_iter().for_each(|key| cx.unbind(key));
        let next_call = restored.next_call.max(1);
        Engine {
            cx,
            calls: BTreeMap::new(),
            tests: BTreeMap::new(),
            placings: BTreeMap::new(),
            next_call,
            phones: Arc::default(),
            is_closing: false,
            shutting_down: Vec::new(),
            panic_after: None,
            counted: sip::stack::Counters::default(),
        }
    }

    /// Takes one input; pushes what is to be done; returns the next deadline in time since boot.
    pub fn handle(&mut self, now: Now, input: Input, out: &mut Vec<Output>) -> Option<Duration> {
        let was = std::mem::replace(&mut self.cx.now, now);
        std::mem::swap(&mut self.cx.out, out);
        let since = self.cx.out.len();
        let input = self.cx.located(input);
        if now.was_set_since(&was) {
            self.cx.date_bindings_anew();
        }
        let came = if let Input::Datagram(packet) = &input { Some(packet.clone()) } else { None };
        match input {
            Input::Datagram(packet) => self.on_packet(packet),
            Input::FlowClosed(flow) => {
                self.cx.trunk_flow_closed(flow);
                self.cx.flow_closed(flow);
            }
            Input::Unreachable(hop) => self.cx.sip(|stack, now, wire| stack.unreachable(now, hop, wire)),
            Input::Distrusted(hop, why) => self.cx.distrusted(&hop, why),
            Input::Addresses(addresses) => self.cx.addresses_became(addresses),
            Input::Tick => {}
            Input::Media(event) => self.on_media(&event),
            Input::Answer(ask, answer) => self.on_answer(ask, answer),
            Input::Config(config) => self.on_config(config),
            Input::MailboxChanged { mailbox, is_now } => self.cx.mailbox_changed(mailbox, is_now),
            Input::Order(id, order) => self.on_order(id, order),
        }
        self.catch_up();
        self.cx.note_messages(came.as_ref(), since);
        self.cx.flush_journal();
        std::mem::swap(&mut self.cx.out, out);
        [self.cx.stack.next_deadline(), self.cx.timers.next()].into_iter().flatten().min()
    }

    /// Counts what a quiet office has none of.
    pub fn census(&self) -> Census {
        let (calls, legs) = self.cx.index.sizes();
        let sizes = self.cx.stack.sizes();
        Census {
            calls: calls.max(self.calls.len() + self.tests.len() + self.placings.len()),
            legs,
            timers_of_calls: self.cx.timers.of_calls(),
            ports: self.cx.ports.in_use(),
            dialogs: sizes.dialogs,
            transactions: sizes.server_transactions + sizes.client_transactions,
            asks: self.cx.journal.open() + self.cx.asks.open(),
            recordings: self.cx.recordings.count(),
        }
    }

    /// Makes the n-th step of a call from now panic (1: the next): for tests of what a panic may not do.
    pub fn inject_panic(&mut self, at: u64) {
        self.panic_after = Some(at);
    }

    /// Forgets the deadlines of connected calls: for the test that chaos finds such a leak.
    pub fn plant_leak(&mut self) {
        self.cx.plant_leak();
    }

    /// Fires everything that is due, until nothing is.
    fn catch_up(&mut self) {
        let now = self.cx.now.since_boot;
        while let Some(event) = self.poll() {
            self.on_event(event);
        }
        while let Some(timer) = self.cx.timers.pop_due(now) {
            self.on_timer(timer);
        }
        while let Some(call) = self.cx.pick_ups.pop() {
            self.pick_up(call);
        }
        if std::mem::take(&mut self.cx.has_moved) {
            let calls: Vec<CallId> = self.calls.keys().copied().collect();
            calls.into_iter().for_each(|call| self.step(call, Call::moves));
        }
        self.complete_calls();
        self.cx.light_busy_lamps();
        self.reply_when_down();
        self.cx.watch_misuse();
        let counters = self.cx.stack.counters();
        if self.cx.is_dirty || counters != self.counted {
            self.counted = counters;
            self.cx.is_dirty = false;
            self.cx.timers.set_by(Timer::Status, now + STATUS_EVERY);
        }
    }

    /// The next thing that the stack has to say; a panic in it costs what it was about, and the rest goes on.
    fn poll(&mut self) -> Option<Event> {
        for _ in 0..POLL_PANICS_LIMIT {
            let cx = &mut self.cx;
            match catch_unwind(AssertUnwindSafe(|| cx.sip(|stack, now, wire| stack.poll(now, wire)))) {
                Ok(event) => return event,
                Err(_) => {
                    self.cx.counters.panics += 1;
                    error!(
                        "a deadline of the SIP stack could not be served: an error inside the box, please report it"
                    );
                }
            }
        }
        None
    }

    fn on_packet(&mut self, packet: Packet) {
        let cx = &mut self.cx;
        let source = packet.hop.remote;
        let read = catch_unwind(AssertUnwindSafe(|| cx.sip(|stack, now, wire| stack.receive(now, packet, wire))));
        match read {
            Ok(Some(event)) => self.on_event(event),
            Ok(None) => {}
            Err(_) => {
                self.cx.counters.panics += 1;
                error!("a message from {source} could not be read: an error inside the box, please report it");
            }
        }
    }

    fn on_event(&mut self, event: Event) {
        let dialog = match event {
            Event::Registering(registering) => return self.cx.register(&registering),
            Event::Invited(invited) => return self.on_invited(&invited),
            Event::Subscribing(subscribing) => return self.cx.watch(&subscribing),
            Event::Unsubscribed { subscription } => return self.cx.unwatched(subscription),
            Event::Wished { subscription, body } => return self.cx.feature_wish(subscription, &body),
            Event::Notified { notify, status } => return self.cx.lamp_told(notify, status),
            Event::Replied(reply) if self.cx.device_replied(&reply) => return,
            Event::Replied(reply) => return self.cx.trunk_replied(&reply),
            Event::Referred(referred) => return self.on_referred(&referred),
            Event::Attacked(attack) => return self.cx.attacked(&attack),
            Event::Cancelled { dialog, .. }
            | Event::Confirmed { dialog, .. }
            | Event::Progress { dialog, .. }
            | Event::Answered { dialog, .. }
            | Event::Rejected { dialog, .. }
            | Event::Reoffered { dialog, .. }
            | Event::OfferDue { dialog }
            | Event::ReofferAnswered { dialog, .. }
            | Event::ReofferRefused { dialog, .. }
            | Event::Info { dialog, .. }
            | Event::Probed { dialog, .. }
            | Event::HungUp { dialog, .. }
            | Event::Lost { dialog } => dialog,
        };
        if let Some((call, leg)) = self.cx.index.of_dialog(dialog) {
            if self.tests.contains_key(&call) {
                self.step_test(call, |test, cx| test.on_sip(event, cx));
                return;
            }
            if self.placings.contains_key(&call) {
                self.step_placing(call, |placing, cx| placing.on_sip(leg, event, cx));
                return;
            }
            self.step(call, |call, cx| call.on_sip(leg, event, cx));
        }
    }

    fn on_invited(&mut self, invited: &Invited) {
        self.cx.heard_calling(&invited.user, invited.hop.remote);
        let Some(asking) = self.cx.asking(invited) else {
            return self.cx.refuse(invited.dialog, Goodbye::Cause(Cause::NotAllowed));
        };
        let is_emergency = trunk_of(&invited.user).is_none() && self.cx.config.is_emergency(&asking.number);
        if self.is_closing {
            return self.cx.refuse(invited.dialog, Goodbye::Cause(Cause::ShutDown));
        }
        if let Some(replaced) = invited.replaces {
            // Whoever is outside takes over no call of the office's.
            if trunk_of(&invited.user).is_some() {
                return self.cx.refuse(invited.dialog, Goodbye::Cause(Cause::NotAllowed));
            }
            return self.on_replacing(invited, replaced, &asking.caller);
        }
        if self.calls.len() >= CALLS_LIMIT && !is_emergency {
            self.cx.counters.over_limit += 1;
            warn!("{} is refused a call: {CALLS_LIMIT} are up", asking.caller);
            return self.cx.refuse(invited.dialog, Goodbye::Cause(Cause::Overload));
        }
        let id = CallId(self.next_call);
        self.next_call += 1;
        self.cx.counters.calls += 1;
        self.cx.index.add_call(id, self.cx.now.since_boot);
        let call = self.guarded(id, |cx| Call::begin(id, invited, &asking, cx));
        match call {
            Some(Some(call)) => self.keep(id, call),
            Some(None) => {}
            // Broken before its leg was known to the index.
            None => self.cx.refuse(invited.dialog, Goodbye::Cause(Cause::Internal)),
        }
    }

    fn on_media(&mut self, event: &MediaEvent) {
        let leg = match event {
            MediaEvent::Digit { leg, .. }
            | MediaEvent::PlayDone { leg, .. }
            | MediaEvent::Silent { leg, .. }
            | MediaEvent::Quality { leg, .. }
            | MediaEvent::RecordDone { leg, .. }
            | MediaEvent::Failed { leg } => *leg,
        };
        if let MediaEvent::RecordDone { recording, length_ms, end, .. } = event {
            self.cx.recorded(*recording, *length_ms, *end);
        }
        let Some((call, is_open)) = self.cx.index.of_leg(leg) else { return };
        if is_open && self.step_test(call, |test, cx| test.on_media(event, cx)) {
            return;
        }
        if matches!(event, MediaEvent::Failed { .. })
            && is_open
            && self.step_placing(call, |placing, cx| placing.on_no_port(leg, cx))
        {
            return;
        }
        match event {
            // The last figures are the call's record; those before them show how it sounds now.
            MediaEvent::Quality { quality, .. } if !is_open => {
                self.cx.log(call, Happened::Quality { leg, quality: *quality });
            }
            MediaEvent::Quality { quality, silent_for, .. } => {
                let now = self.cx.now.since_boot;
                if let Some(call) = self.calls.get_mut(&call) {
                    call.hear(leg, *quality, *silent_for, now);
                    self.cx.timers.set_by(Timer::Status, now + FIGURES_EVERY);
                }
            }
            _ if is_open => self.step(call, |call, cx| call.on_media(leg, event, cx)),
            // A late word about a closed port.
            _ => {}
        }
    }

    fn on_answer(&mut self, ask: AskId, answer: Answer) {
        match self.cx.asks.take(ask) {
            Some(Asker::Call(call)) => self.step(call, |call, cx| call.on_answer(ask, answer, cx)),
            Some(Asker::Recording(recording)) => {
                if let Some(settled) = self.cx.settled(recording, &answer) {
                    self.step(settled.call, |call, cx| call.on_kept(recording, settled.is_written, cx));
                }
            }
            Some(Asker::Trunks) => self.cx.looked_up(ask, answer),
            Some(Asker::FeatureKey(subscription)) => self.cx.feature_saved(subscription),
            None if answer == Answer::Committed => self.cx.written(ask),
            None if answer == Answer::Failed => self.cx.not_written(ask),
            // It came after its deadline.
            None => {}
        }
    }

    fn on_config(&mut self, config: Arc<Config>) {
        if config.revision() != self.cx.config.revision() {
            info!("configuration revision {} is in force", config.revision());
        }
        self.cx.stack.set_credentials(credentials(&config));
        // A phone whose secret was changed has to prove again that it knows it.
        let old = &self.cx.config;
        let secret = |config: &Config, user: &str| config.phone_by_user(user).map(|phone| phone.ha1);
        let gone =
            self.cx.registrar.retain(|user| secret(&config, user).is_some_and(|ha1| secret(old, user) == Some(ha1)));
        let old = std::mem::replace(&mut self.cx.config, config);
        self.cx.lamps_after(&old);
        self.cx.busy_lamps_after(&old);
        self.cx.feature_keys_after(&old);
        self.cx.trunks_after(Some(&old));
        self.cx.phones_changed = true;
        for key in gone {
            self.cx.unbind(key);
        }
        // Whoever saved it waits to see it in force.
        self.cx.timers.set(Timer::Status, self.cx.now.since_boot);
    }

    fn on_timer(&mut self, timer: Timer) {
        match timer {
            Timer::Call(call, CallTimer::Closed) => self.cx.index.remove_call(call),
            Timer::Call(call, _) if self.tests.contains_key(&call) => drop(self.step_test(call, TestCall::on_timer)),
            Timer::Call(call, _) if self.placings.contains_key(&call) => {
                _ = self.step_placing(call, Placing::on_timer);
            }
            Timer::Call(call, timer) => self.step(call, |call, cx| call.on_timer(timer, cx)),
            Timer::Bindings => self.cx.expire_bindings(),
            Timer::Reach => self.cx.tend_reach(),
            Timer::Status => {
                let status = Arc::new(self.status());
                self.cx.out.push(Output::Status(status));
            }
            Timer::Commit => self.cx.write_again(),
            Timer::Asks => {
                while let Some(overdue) = self.cx.asks.overdue(self.cx.now.since_boot) {
                    self.on_answer(overdue, Answer::Failed);
                }
                self.cx.give_up_batches();
            }
            Timer::Lamps => self.cx.light_all(),
            // What is due is told, and called, at the end of each input.
            Timer::BusyLamps | Timer::Completions => {}
            Timer::RuleLamps => {
                self.cx.tend_rule_lamps();
                self.cx.sync_features();
            }
            Timer::Recordings => self.cx.tend_recordings(),
            Timer::Trunks => self.cx.tend_trunks(),
            Timer::OffNetwork => self.cx.is_off_network(),
            Timer::Misuse => self.cx.write_misuse(),
            Timer::CallBacks => self.cx.tend_call_backs(),
            Timer::ShutDown => self.reply_down(),
        }
    }

    fn end(&mut self, id: CallId, cause: Cause) {
        if let Some(test) = self.tests.remove(&id) {
            self.guarded(id, |cx| test.end(cause, cx));
        }
        if let Some(placing) = self.placings.remove(&id) {
            self.guarded(id, |cx| placing.end(cause, cx));
        }
        if let Some(call) = self.calls.remove(&id) {
            self.guarded(id, |cx| call.end(cause, cx));
        }
    }

    /// Gives a call its turn; it is put back unless it is over.
    fn step(&mut self, id: CallId, act: impl FnOnce(&mut Call, &mut Cx) -> bool) {
        let Some(mut call) = self.calls.remove(&id) else { return };
        if self.guarded(id, |cx| act(&mut call, cx)) == Some(true) {
            self.keep(id, call);
        }
    }

    /// A call takes another: its caller's leg goes on in that one, and it is over. Should a step of either fail, that one is
    /// cleared away; both are where it is not known who has the leg.
    fn pick_up(&mut self, id: CallId) {
        let Some(picking) = self.calls.get(&id).and_then(Call::picks_up).cloned() else { return };
        if !self.calls.get(&picking.call).is_some_and(|call| call.is_to_be_taken(&picking.from)) {
            return self.step(id, Call::finds_nothing);
        }
        let Some(call) = self.calls.remove(&id) else { return };
        match self.guarded(id, |cx| call.hand_over(&picking, cx)) {
            Some(leg) => self.step(picking.call, |call, cx| call.pick_up(leg, &picking.from, cx)),
            // That one may have the leg already, and knows nothing of it.
            None => {
                self.calls.remove(&picking.call);
                self.cx.end_broken_call(picking.call);
            }
        }
    }

    /// A call goes on: lamps show what is done in it now.
    fn keep(&mut self, id: CallId, call: Call) {
        self.cx.show_activities(id, call.activities());
        self.calls.insert(id, call);
    }

    /// Runs a step of a call; when it panics, what it wanted is dropped, its call is cleared away, and `None` comes back.
    fn guarded<R>(&mut self, id: CallId, act: impl FnOnce(&mut Cx) -> R) -> Option<R> {
        let mark = self.cx.out.len();
        let must_panic = self.panic_after.as_mut().is_some_and(|left| {
            *left = left.saturating_sub(1);
            *left == 0
        });
        if must_panic {
            self.panic_after = None;
        }
        let cx = &mut self.cx;
        let result = catch_unwind(AssertUnwindSafe(|| {
            let result = act(cx);
            assert!(!must_panic, "injected by a test");
            result
        }));
        if result.is_err() {
            error!("{id}: a step of it failed inside the box; it is ended, the others go on");
            // What it wanted of the media is dropped, but for ports that it gave back: nobody would close them later. What the
            // stack has said is said: it counts on it.
            let dropped = self.cx.out.split_off(mark);
            let is_void = |output: &Output| match output {
                Output::Media(order) => !matches!(order, MediaOrder::Close { .. }),
                _ => false,
            };
            self.cx.out.extend(dropped.into_iter().filter(|output| !is_void(output)));
            self.cx.end_broken_call(id);
        }
        result.ok()
    }
}

/// Who may call and register, as the stack wants it: a phone speaks for its extension and for its own user.
fn credentials(config: &Config) -> Vec<Credential> {
    let credential = |phone: &config::Phone| Credential {
        user: phone.user.clone(),
        ha1_md5: phone.ha1.md5,
        ha1_sha256: phone.ha1.sha256,
        aors: vec![phone.extension.to_string(), phone.user.clone()],
    };
    config.phones().map(credential).collect()
}
