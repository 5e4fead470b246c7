//! A fake store: it writes after a few milliseconds, or slowly, or fails, and gives back what it kept after a restart.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::tz::TimeZone;
use pbx::call_backs::HelpCall;
use pbx::completion::Wishes;
use pbx::engine::Restored;
use pbx::events::{CallEvent, Happened};
use pbx::input::{CallId, LegId};
use pbx::last_callers::LastCallers;
use pbx::misuse::Misuse;
use pbx::output::Record;
use pbx::registrar::{Binding, BindingKey};
use pbx::status::Alert;

use crate::mailboxes::Mailboxes;

/// How the disk fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It writes after this long.
    Writes(Duration),
    /// It says at once that it could not.
    Fails,
    /// It says nothing.
    IsDead,
}

impl Mood {
    /// A disk as it should be.
    pub const WORKS: Mood = Mood::Writes(Duration::from_millis(3));
}

/// What is on disk.
#[derive(Clone, Debug)]
pub struct Store {
    /// The log of every call.
    pub calls: BTreeMap<CallId, Vec<CallEvent>>,
    /// The bindings in force.
    pub bindings: BTreeMap<BindingKey, Binding>,
    /// Voicemail: rows and files.
    pub mailboxes: Mailboxes,
    /// What a human must know.
    pub alerts: Vec<Alert>,
    /// What is remembered of misuse.
    pub misuse: Option<Misuse>,
    /// Who wants to be called back.
    pub completions: Option<Wishes>,
    /// How the disk fares.
    pub mood: Mood,
    /// When it will have done what it was asked so far: one thread writes, in order.
    pub busy_until: Duration,
    /// Whether the disk was ever bad or slow.
    pub has_failed: bool,
    /// Whether the box was killed with lines in memory that a bad disk did not take: no log can be expected to be whole.
    pub is_damaged: bool,
    /// Calls that a kill cut short: their log has no end.
    pub cut_short: BTreeSet<CallId>,
}

impl Default for Store {
    /// An empty disk that works.
    fn default() -> Store {
        Store {
            calls: BTreeMap::new(),
            bindings: BTreeMap::new(),
            mailboxes: Mailboxes::default(),
            alerts: Vec::new(),
            misuse: None,
            completions: None,
            mood: Mood::WORKS,
            busy_until: Duration::ZERO,
            has_failed: false,
            is_damaged: false,
            cut_short: BTreeSet::new(),
        }
    }
}

impl Store {
    /// Writes records down, in order.
    pub fn write(&mut self, records: Vec<Record>) {
        for record in records {
            match record {
                Record::Call(event) => self.write_event(event),
                Record::Bound(binding) => {
                    self.bindings.insert(binding.key.clone(), binding);
                }
                Record::Unbound(key) => {
                    self.bindings.remove(&key);
                }
                Record::Misuse(misuse) => {
                    let text = serde_json::to_string(&misuse).expect("it is plain data");
                    self.misuse = Some(serde_json::from_str(&text).expect("it was written just now"));
                }
                Record::Completions(wishes) => {
                    let text = serde_json::to_string(&wishes).expect("it is plain data");
                    self.completions = Some(serde_json::from_str(&text).expect("it was written just now"));
                }
                Record::Alert(alert) => self.alerts.push(alert),
            }
        }
    }

    /// A line has its place by its number: one that was tried again comes twice, or after a later one.
    fn write_event(&mut self, event: CallEvent) {
        let log = self.calls.entry(event.call).or_default();
        match log.binary_search_by_key(&event.seq, |known| known.seq) {
            Ok(at) => log[at] = event,
            Err(at) => log.insert(at, event),
        }
    }

    /// What the next engine starts with.
    pub fn restored(&self) -> Restored {
        let mut callers = LastCallers::default();
        let events = self.calls.values().flatten();
        events.for_each(|event| callers.read(event.call, event.synced.then_some(event.at), event.what.clone()));
        Restored {
            bindings: self.bindings.values().cloned().collect(),
            next_call: self.next_call(),
            mailboxes: self.mailboxes.all_figures(),
            next_recording: self.mailboxes.next_recording(),
            misuse: self.misuse.clone(),
            last_callers: callers.found(),
            completions: self.completions.clone(),
            help_calls: self.help_calls(),
        }
    }

    fn help_calls(&self) -> Vec<HelpCall> {
        let of_call = |events: &Vec<CallEvent>| {
            let end = events.iter().find(|event| is_end(event)).map(|event| event.at);
            let found = events.iter().filter_map(|event| match &event.what {
                Happened::CallBackExpected { extension, number } => {
                    Some(HelpCall { extension: extension.clone(), number: number.clone(), at: end.unwrap_or(event.at) })
                }
                _ => None,
            });
            found.collect::<Vec<_>>()
        };
        self.calls.values().flat_map(of_call).collect()
    }

    /// The number after the last call's.
    pub fn next_call(&self) -> u64 {
        self.calls.last_key_value().map_or(1, |(call, _)| call.0 + 1)
    }

    /// Remembers which calls have no end and will have none.
    pub fn cut_short(&mut self) {
        self.is_damaged |= self.has_failed;
        let open = self.calls.iter().filter(|(_, events)| !events.iter().any(is_end));
        self.cut_short = open.map(|(call, _)| *call).chain(self.cut_short.iter().copied()).collect();
    }

    /// What is wrong with the logs: each must begin with the question, have no gap and end once.
    pub fn faults(&self) -> Vec<String> {
        if self.is_damaged {
            return Vec::new();
        }
        let whole = self.calls.iter().filter(|(call, _)| !self.cut_short.contains(call));
        whole.filter_map(|(call, events)| fault_of(events).map(|fault| format!("call {}: {fault}", call.0))).collect()
    }

    /// How many calls were taken from another's phone.
    pub fn picked_up(&self) -> usize {
        let events = self.calls.values().flatten();
        events.filter(|event| matches!(event.what, Happened::PickedUp { .. })).count()
    }

    /// One line a call.
    pub fn lines(&self, zone: &TimeZone) -> Vec<String> {
        self.calls.values().map(|events| line_of(events, zone)).collect()
    }
}

fn is_end(event: &CallEvent) -> bool {
    matches!(event.what, Happened::Ended { .. })
}

fn fault_of(events: &[CallEvent]) -> Option<String> {
    if let Some((at, event)) = events.iter().enumerate().find(|(at, event)| event.seq as usize != *at) {
        return Some(format!("event {at} has number {}: {:?}", event.seq, event.what));
    }
    if !matches!(events.first().map(|event| &event.what), Some(Happened::Asked { .. })) {
        return Some("does not begin with the question".to_owned());
    }
    let ends = events.iter().filter(|event| is_end(event)).count();
    if ends != 1 {
        return Some(format!("ended {ends} times"));
    }
    let after = events.iter().skip_while(|event| !is_end(event)).skip(1);
    let late =
        after.filter(|event| !matches!(event.what, Happened::Quality { .. } | Happened::Recorded { .. })).count();
    (late > 0).then(|| format!("{late} events after its end"))
}

fn line_of(events: &[CallEvent], zone: &TimeZone) -> String {
    let mut phones: BTreeMap<LegId, &str> = BTreeMap::new();
    let mut line = String::new();
    let mut answered_ms = None;
    for event in events {
        match &event.what {
            Happened::Asked { from, dialled, .. } => {
                let at = event.at.to_zoned(zone.clone());
                line = format!("{} {from} -> {dialled}", at.strftime("%H:%M"));
            }
            Happened::Invited { leg, phone, .. } => {
                phones.insert(*leg, phone);
            }
            Happened::CalledOut { leg, trunk, .. } => {
                phones.insert(*leg, trunk);
            }
            Happened::Rang { leg } => line.push_str(&format!(", {} rang", phones.get(leg).unwrap_or(&"?"))),
            Happened::Answered { leg, .. } => {
                answered_ms = Some(event.since_start_ms);
                line.push_str(&format!(", {} answered", phones.get(leg).unwrap_or(&"the box")));
            }
            Happened::Transferring { by, to } => line.push_str(&format!(", {by} transfers to {to}")),
            Happened::Transferred { by, to } => line.push_str(&format!(", {by} transferred to {to}")),
            Happened::Asks { by, to, .. } => line.push_str(&format!(", {by} asks {to}")),
            Happened::BackWith { by, with } => line.push_str(&format!(", {by} back with {with}")),
            Happened::Conference { .. } => line.push_str(", all three talk"),
            Happened::Waited { extension } => line.push_str(&format!(", {extension} waited no longer")),
            Happened::TransferRefused { by, to, .. } => line.push_str(&format!(", {by} may not transfer to {to}")),
            Happened::HandedBack { by, cause, .. } => {
                line.push_str(&format!(", {}, back to {by}", cause_words(cause)));
            }
            Happened::Joined { call, leg, extension } => {
                phones.insert(*leg, extension);
                line.push_str(&format!(", {extension} comes from call {}", call.0));
            }
            Happened::TakenOver { leg, phone, .. } => {
                phones.insert(*leg, phone);
                line.push_str(&format!(", {phone} takes over"));
            }
            Happened::PickedUp { leg, phone, by, .. } => {
                phones.insert(*leg, phone);
                line.push_str(&format!(", {by} took it"));
            }
            Happened::Parked { by, slot } => line.push_str(&format!(", {by} parks it on {slot}")),
            Happened::Fetched { leg, phone, by, slot } => {
                phones.insert(*leg, phone);
                line.push_str(&format!(", {by} fetched it from {slot}"));
            }
            Happened::Unparked { to, .. } => line.push_str(&format!(", back to {to}")),
            Happened::Held { .. } => line.push_str(", held"),
            Happened::Moved { .. } => line.push_str(", moved"),
            Happened::Resumed { .. } => line.push_str(", resumed"),
            Happened::Ended { cause, .. } => {
                let talked = answered_ms.map(|at| event.since_start_ms.saturating_sub(at) / 1000);
                let talked = talked.map_or(String::new(), |seconds| format!(" after {seconds} s"));
                line.push_str(&format!(": {}{talked}", cause_words(cause)));
            }
            _ => {}
        }
    }
    line
}

fn cause_words(cause: &pbx::events::Cause) -> String {
    let name = format!("{cause:?}");
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}
