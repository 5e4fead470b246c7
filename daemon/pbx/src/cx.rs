//! What a step of a call can do: the verbs, and everything of the engine that is not the calls themselves.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use config::Config;
use log::{info, warn};
use sip::event::DialogId;
use sip::message::{NameAddr, Uri};
use sip::sdp::Codec;
use sip::stack::{Invite, Stack};
use sip::transport::{Hop, Transmit};

use crate::addresses::Here;
use crate::alarm::Alarm;
use crate::asks::Asks;
use crate::attempts::Shown;
use crate::busy_lamps::BusyLamps;
use crate::call_backs::CallBacks;
use crate::completion::Completions;
use crate::events::{By, CallEvent, Cause, Ending, Happened};
use crate::feature_keys::FeatureKeys;
use crate::goodbye::Goodbye;
use crate::ids::{AskId, CallId, LegId, PlayId};
use crate::index::Index;
use crate::journal::Journal;
use crate::ladder::Ladders;
use crate::lamps::Lamps;
use crate::mailbox::Mailbox;
use crate::misuse::Written;
use crate::output::{MediaOrder, Output, Record, Sound, Tone};
use crate::parking::Parking;
use crate::pins::Pins;
use crate::ports::Ports;
use crate::presence::Presence;
use crate::prompt::{Arg, Prompt, PromptId};
use crate::reach::Reach;
use crate::recordings::Recordings;
use crate::registrar::{Binding, Registrar};
use crate::settings::Settings;
use crate::status::{ALERTS_KEPT, Alert, Counters};
use crate::time::Now;
use crate::timers::{CallTimer, Timer, Timers};
use crate::toll::Tolls;
use crate::trunks::{Trunks, trunk_of};
use crate::words::Language;

/// How often the parties of a connected call are asked whether they live, whatever their media says: the backstop of
/// [`crate::input::SILENT_AFTER`], should the media threads themselves have gone silent.
pub const LIVENESS_EVERY: Duration = Duration::from_secs(15 * 60);

/// How long the last figures of a call's media may take to come in after its end.
pub const CLOSING: Duration = Duration::from_secs(2);

/// Everything of the engine that is not the calls themselves.
#[derive(Clone)]
pub struct Cx {
    /// The moment of the input that is handled.
    pub now: Now,
    /// The configuration in force.
    pub config: Arc<Config>,
    /// Who is reachable and busy.
    pub presence: Presence,
    /// Who is registered where.
    pub registrar: Registrar,
    /// Which registered phones are still there.
    pub reach: Reach,
    /// The deadlines.
    pub timers: Timers,
    /// The sums since the start.
    pub counters: Counters,
    /// The mailboxes that have anything in them, by extension.
    pub mailboxes: BTreeMap<String, Mailbox>,
    /// The newest alerts.
    pub alerts: Vec<Alert>,
    pub(crate) stack: Stack,
    pub(crate) asks: Asks,
    pub(crate) recordings: Recordings,
    pub(crate) pins: Pins,
    /// The tries at authorization codes, by the extension that keys them.
    pub(crate) codes: Pins,
    pub(crate) lamps: Lamps,
    pub(crate) busy: BusyLamps,
    pub(crate) feature_keys: FeatureKeys,
    /// The calls that want to take another, for the engine, which has both.
    pub(crate) pick_ups: Vec<CallId>,
    pub(crate) parking: Parking,
    pub(crate) completions: Completions,
    pub(crate) call_backs: CallBacks,
    /// Where the box is.
    pub(crate) here: Here,
    /// Since when nobody on a network can reach it.
    pub(crate) off_network_since: Option<Duration>,
    /// Our address, or what a trunk sees of it, has changed: the legs that are up are looked at, at the end of the input.
    pub(crate) has_moved: bool,
    /// Until when phones that register may have calls up that know an old address of ours.
    pub(crate) moving_until: Duration,
    pub(crate) trunks: Trunks,
    pub(crate) tolls: Tolls,
    pub(crate) attempts: Shown,
    pub(crate) written: Written,
    pub(crate) journal: Journal,
    pub(crate) index: Index,
    pub(crate) ladders: Ladders,
    pub(crate) ports: Ports,
    pub(crate) out: Vec<Output>,
    pub(crate) is_dirty: bool,
    /// Bindings or the config changed since the status last showed the phones.
    pub(crate) phones_changed: bool,
    wire: Vec<Transmit>,
    next_ask: u64,
    next_play: u64,
    has_planted_leak: bool,
}

impl Cx {
    pub(crate) fn new(settings: &Settings, config: Arc<Config>, stack: Stack, registrar: Registrar, now: Now) -> Cx {
        Cx {
            now,
            config,
            presence: Presence::default(),
            registrar,
            reach: Reach::default(),
            timers: Timers::default(),
            counters: Counters::default(),
            mailboxes: BTreeMap::new(),
            alerts: Vec::new(),
            stack,
            asks: Asks::default(),
            recordings: Recordings::restored(1),
            pins: Pins::default(),
            codes: Pins::default(),
            lamps: Lamps::default(),
            busy: BusyLamps::default(),
            feature_keys: FeatureKeys::default(),
            pick_ups: Vec::new(),
            parking: Parking::default(),
            completions: Completions::default(),
            call_backs: CallBacks::default(),
            here: Here::new(settings.sip.clone()),
            off_network_since: None,
            has_moved: false,
            moving_until: Duration::ZERO,
            trunks: Trunks { realm: settings.realm.clone(), ..Trunks::default() },
            tolls: Tolls::default(),
            attempts: Shown::default(),
            written: Written::default(),
            journal: Journal::default(),
            index: Index::default(),
            ladders: Ladders::default(),
            ports: Ports::new(settings.rtp),
            out: Vec::new(),
            is_dirty: true,
            phones_changed: true,
            wire: Vec::new(),
            next_ask: 0,
            next_play: 1,
            has_planted_leak: false,
        }
    }

    /// Uses the stack; what it sends goes out in its place among the other outputs.
    pub fn sip<R>(&mut self, act: impl FnOnce(&mut Stack, Duration, &mut Vec<Transmit>) -> R) -> R {
        let result = act(&mut self.stack, self.now.since_boot, &mut self.wire);
        self.out.extend(self.wire.drain(..).map(Output::Datagram));
        result
    }

    /// Orders the media threads.
    pub fn media(&mut self, order: MediaOrder) {
        self.out.push(Output::Media(order));
    }

    /// Lets two legs hear each other.
    pub fn bridge(&mut self, a: LegId, b: LegId) {
        self.media(MediaOrder::Bridge { a, b });
    }

    /// Lets each of these legs hear all others.
    pub fn join(&mut self, legs: Vec<LegId>) {
        self.media(MediaOrder::Join { legs });
    }

    /// Ends what lets a leg hear others.
    pub fn part(&mut self, leg: LegId) {
        self.media(MediaOrder::Part { leg });
    }

    /// Sends a leg its own audio back.
    pub fn echo(&mut self, leg: LegId) {
        self.media(MediaOrder::Echo { leg });
    }

    /// Says a key to a leg, in its audio.
    pub fn key(&mut self, leg: LegId, digit: char) {
        self.media(MediaOrder::Key { leg, digit });
    }

    /// Whether the party of a dialog takes INFO.
    pub fn takes_info(&self, dialog: DialogId) -> bool {
        self.stack.takes_info(dialog)
    }

    /// A sentence, in the office's language until somebody hears it.
    pub fn prompt(&self, id: PromptId, args: &[(&str, Arg)]) -> Prompt {
        let args = args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
        Prompt { id, args, language: self.config.office().language.clone() }
    }

    /// Plays a tone of the office's country.
    pub fn play_tone(&mut self, leg: LegId, tone: Tone, limit: Duration) -> PlayId {
        let country = self.config.office().country.clone();
        let limit_ms = u32::try_from(limit.as_millis()).unwrap_or(u32::MAX);
        self.play(leg, Sound::Tone { tone, country, limit_ms })
    }

    /// Plays a sound.
    pub fn play(&mut self, leg: LegId, sound: Sound) -> PlayId {
        let play = PlayId(self.next_play);
        self.next_play += 1;
        self.media(MediaOrder::Play { leg, play, sound });
        play
    }

    /// The number of the next ask.
    pub(crate) fn next_ask(&mut self) -> AskId {
        self.next_ask += 1;
        AskId(self.next_ask - 1)
    }

    /// Hands the fresh records to the store.
    pub(crate) fn flush_journal(&mut self) {
        let next_ask = &mut self.next_ask;
        let next = || {
            *next_ask += 1;
            AskId(*next_ask - 1)
        };
        if let Some(due) = self.journal.flush(next, self.now.since_boot, &mut self.out) {
            self.timers.set_by(Timer::Asks, due);
        }
    }

    /// Arms a timer of a call, from now.
    pub fn set_timer(&mut self, call: CallId, timer: CallTimer, after: Duration) {
        self.timers.set(Timer::Call(call, timer), self.now.since_boot + after);
    }

    /// Disarms a timer of a call.
    pub fn cancel_timer(&mut self, call: CallId, timer: CallTimer) {
        self.timers.cancel(Timer::Call(call, timer));
    }

    /// Writes a line of a call's log.
    pub fn log(&mut self, call: CallId, what: Happened) {
        let Some((seq, started)) = self.index.next_seq(call) else { return };
        let since_start = self.now.since_boot.saturating_sub(started);
        let since_start_ms = u64::try_from(since_start.as_millis()).unwrap_or(u64::MAX);
        let Now { wall: at, synced, .. } = self.now;
        self.journal.write(Record::Call(CallEvent { call, seq, at, synced, since_start_ms, what }));
        self.is_dirty = true;
    }

    /// Tells people what they must know.
    pub fn alert(&mut self, what: Alarm) {
        warn!("{}", Language::English.words().alarm(&what));
        let alert = Alert { at: self.now.wall, what };
        self.journal.write(Record::Alert(alert.clone()));
        self.alerts.push(alert);
        let excess = self.alerts.len().saturating_sub(ALERTS_KEPT);
        self.alerts.drain(..excess);
        self.is_dirty = true;
    }

    /// Notes that a call is connected: which leg answered, of which extension, in which codec; and that it has a deadline from here on.
    pub fn answered(&mut self, call: CallId, leg: LegId, extension: &str, codec: Option<Codec>) {
        self.connects(call, leg, extension, Happened::Answered { leg, codec: named(codec), is_caller: false });
    }

    /// The same of the caller's own leg: the box has answered, or the caller whom it rang; nobody talks to them yet.
    pub fn answered_caller(&mut self, call: CallId, leg: LegId, extension: &str, codec: Option<Codec>) {
        self.connects(call, leg, extension, Happened::Answered { leg, codec: named(codec), is_caller: true });
    }

    fn connects(&mut self, call: CallId, leg: LegId, extension: &str, answered: Happened) {
        self.log(call, answered);
        let waited = self.index.started(call).map(|started| self.now.since_boot.saturating_sub(started));
        info!("{call} {leg}: answered after {:.1} s", waited.unwrap_or_default().as_secs_f32());
        self.counters.answered += u64::from(self.index.answer(call));
        self.count_call(call, extension);
        self.watch_liveness(call);
    }

    /// Arms the backstop of a connected call.
    pub fn watch_liveness(&mut self, call: CallId) {
        if !self.has_planted_leak {
            self.set_timer(call, CallTimer::Liveness, LIVENESS_EVERY);
        }
    }

    /// Counts the call among those of an extension until it ends.
    pub fn count_call(&mut self, call: CallId, extension: &str) {
        if self.index.count(call, extension) {
            self.presence.count_call(extension, true);
        }
    }

    /// Lets no second call ring at an extension while it is in this one (F28).
    pub fn keep_alone(&mut self, call: CallId, extension: &str) {
        self.presence.alone.insert(call, extension.to_owned());
    }

    /// Counts the call no longer among those of an extension: its party has left, and the call goes on.
    pub fn uncount_call(&mut self, call: CallId, extension: &str) {
        if self.index.uncount_one(call, extension) {
            self.presence.count_call(extension, false);
            self.presence.alone.retain(|alone, of| *alone != call || of != extension);
        }
    }

    /// Makes a leg one of another call: what happens to it is written there from here on.
    pub fn adopt(&mut self, leg: LegId, call: CallId) {
        self.index.move_leg(leg, call);
        self.follow_to(leg, call);
        self.is_dirty = true;
    }

    /// A new leg of a dialog that exists, with its port opened. `None` when a limit is reached.
    pub fn open_leg(
        &mut self,
        call: CallId,
        dialog: DialogId,
        hop: &Hop,
        is_urgent: bool,
    ) -> Option<(LegId, SocketAddr)> {
        let (leg, local) = self.open_media(call, hop, is_urgent)?;
        self.index.set_dialog(leg, dialog);
        Some((leg, local))
    }

    /// A new leg with its port opened, whose dialog is still to come. `None` when the ports have run out.
    pub fn open_media(&mut self, call: CallId, hop: &Hop, is_urgent: bool) -> Option<(LegId, SocketAddr)> {
        let Some(port) = self.ports.take(is_urgent) else {
            self.counters.over_limit += 1;
            warn!("{call}: no RTP port is free; widen --rtp");
            return None;
        };
        let leg = self.index.add_leg(call, port);
        let local = self.ports.opened_at(hop.local.ip(), port);
        self.media(MediaOrder::Open { leg, local });
        Some((leg, self.ports.named(hop.local.ip(), port)))
    }

    /// Calls a phone on behalf of a leg.
    pub fn invite(&mut self, leg: LegId, invite: Invite) -> DialogId {
        let user = invite.user.clone();
        let dialog = self.sip(|stack, now, wire| stack.invite(now, invite, wire));
        self.index.set_dialog(leg, dialog);
        if let Some((call, _)) = self.index.of_leg(leg) {
            self.follow(call, dialog, &user.unwrap_or_default());
        }
        dialog
    }

    /// Refuses an INVITE that has no leg.
    pub fn refuse(&mut self, dialog: DialogId, goodbye: Goodbye) {
        self.sip(|stack, now, wire| stack.refuse(now, dialog, goodbye.status(), goodbye.reason(), wire));
    }

    /// This call wants to take another: the engine lets it, when this step is over.
    pub fn wants_pick_up(&mut self, call: CallId) {
        self.pick_ups.push(call);
    }

    /// Closes a leg's port; its dialog is the stack's to finish.
    pub fn close_leg(&mut self, leg: LegId) {
        if let Some((call, port)) = self.index.close_leg(leg) {
            self.media(MediaOrder::Close { leg });
            self.ports.free(port);
            self.trunks.release(leg);
            self.tolls.release(leg, self.now.since_boot);
            self.log(call, Happened::Left { leg });
        }
    }

    /// Closes the leg of a dialog, where it has one.
    pub fn close_leg_of(&mut self, dialog: DialogId) {
        if let Some((_, leg)) = self.index.of_dialog(dialog) {
            self.close_leg(leg);
        }
    }

    /// Writes the end of a call whose legs are gone; it is forgotten when its last figures had their time to come in.
    pub fn end_call(&mut self, call: CallId, cause: Cause, because: Ending) {
        for leg in self.index.open_legs(call) {
            self.close_leg(leg);
        }
        // The step that ended it may have failed after that; a log ends once.
        if !self.index.end_call(call) {
            return;
        }
        info!("{call}: over, {}", Language::English.words().ending(cause, &because));
        self.log(call, Happened::Ended { cause, because });
        self.show_activities(call, Vec::new());
        self.release_recordings(call);
        self.release_slots(call);
        self.call_backs.ended(call, self.now.since_boot);
        for extension in self.index.uncount(call) {
            self.presence.count_call(&extension, false);
        }
        self.presence.alone.remove(&call);
        self.timers.cancel_call(call);
        self.set_timer(call, CallTimer::Closed, CLOSING);
    }

    /// Ends a call of which nothing but the index can be trusted: its step has panicked.
    pub fn end_broken_call(&mut self, call: CallId) {
        self.counters.panics += 1;
        let goodbye = Goodbye::Cause(Cause::Internal);
        for dialog in self.index.dialogs_of(call) {
            // One of the two fits the dialog's state, the other does nothing.
            self.refuse(dialog, goodbye);
            self.sip(|stack, now, wire| stack.hang_up(now, dialog, goodbye.reason(), wire));
        }
        // Who was in it is not to be trusted either, and not said of this cause.
        let because = Ending::Between { from: String::new(), to: String::new(), by: By::Box };
        self.end_call(call, Cause::Internal, because);
    }

    /// The Request-URI and the way to a phone. `None` when its connection is gone and cannot be made again from here.
    pub fn way_to(&self, binding: &Binding) -> Option<(Uri, Hop)> {
        binding.way().inspect_err(|error| warn!("phone {}: {error}", binding.key.user)).ok()
    }

    /// How an extension is named to a phone that talks to us on this hop.
    pub fn identity(&self, extension: &str, name: &str, hop: &Hop) -> NameAddr {
        NameAddr::named(name, Uri::sip_at(Some(extension), hop.local))
    }

    /// A phone's name, or its SIP user when the configuration no longer has it; of a trunk, that it is one.
    pub fn phone_name(&self, user: &str) -> String {
        if let Some(trunk) = trunk_of(user) {
            return format!("trunk {trunk}");
        }
        self.config.phone_by_user(user).map_or_else(|| user.to_owned(), |phone| phone.name.to_string())
    }

    /// What the wall clock showed at a moment since boot, by today's clock.
    pub(crate) fn wall_at(&self, at: Duration) -> jiff::Timestamp {
        let ago = self.now.since_boot.saturating_sub(at);
        self.now.wall.saturating_sub(ago).unwrap_or(self.now.wall)
    }

    /// How much may still be recorded into a mailbox, in milliseconds, those counted who speak into it now.
    pub fn mailbox_room_ms(&self, extension: &str) -> u64 {
        let minutes = self.config.extension(extension).map_or(0, |extension| extension.voicemail_minutes);
        let used_ms = self.mailboxes.get(extension).map_or(0, |mailbox| mailbox.used_ms);
        (u64::from(minutes) * 60_000).saturating_sub(used_ms).saturating_sub(self.recordings.taken_ms(extension))
    }

    /// Whether the deadlines of connected calls are left out, for the test that chaos finds such a leak.
    pub fn has_planted_leak(&self) -> bool {
        self.has_planted_leak
    }

    pub(crate) fn plant_leak(&mut self) {
        self.has_planted_leak = true;
    }
}

fn named(codec: Option<Codec>) -> String {
    let name = match codec {
        Some(Codec::Pcmu) => "PCMU",
        Some(Codec::Pcma) => "PCMA",
        None => "",
    };
    name.to_owned()
}
