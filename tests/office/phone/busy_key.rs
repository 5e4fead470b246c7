//! Keys with a lamp that show what another extension does: a subscription each (RFC 6665) to its dialogs (RFC 4235), or with phones
//! that know no better to its presence (RFC 3856, RFC 3863).

use std::time::Duration;

use config::Config;
use roxmltree::{Document, Node};

use super::Phone;
use super::appearance::State;
use super::message::{self, Message, parameter};
use super::registration::TRIES_AGAIN_AFTER;
use super::transaction::{Draft, Purpose};
use super::ua::{Cx, Timer, Ua};
use crate::world::World;

/// How long a key asks to be told, in seconds.
const EXPIRES_S: u64 = 600;

/// In which words a key is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// `dialog`.
    Dialog,
    /// `presence`.
    Presence,
    /// `as-feature-event`, of its own extension.
    Features,
}

impl Words {
    fn package(self) -> &'static str {
        match self {
            Words::Dialog => "dialog",
            Words::Presence => "presence",
            Words::Features => "as-feature-event",
        }
    }

    fn accept(self) -> &'static str {
        match self {
            Words::Dialog => "application/dialog-info+xml",
            Words::Presence => "application/pidf+xml",
            Words::Features => FEATURES,
        }
    }
}

/// The type of documents about do-not-disturb and forwards.
const FEATURES: &str = "application/x-as-feature-event+xml";

/// What a key shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Nothing: it does not know.
    #[default]
    Dark,
    /// Green: nothing is going on.
    Idle,
    /// Nobody can be reached there; only a presence says so.
    Away,
    /// Whoever has it does not want to be disturbed.
    DoNotDisturb,
    /// Its calls, in the order in which they were told: `rings from 101`, `calls 102`, `talks to 101`.
    Busy(Vec<String>),
}

/// One key.
#[derive(Clone, Debug)]
pub struct BusyKey {
    /// The watched extension.
    pub extension: String,
    words: Words,
    /// What it shows.
    pub shown: Shown,
    /// The last final status to SUBSCRIBE, or 0.
    pub status: u16,
    /// How many NOTIFYs came, repetitions apart.
    pub notifies: u64,
    /// What an INVITE must name to take over the call that rings there: a Replaces value (RFC 3891).
    pub replaces: Option<String>,
    /// The reason with which the box ended it last.
    pub ended: String,
    subscription: Option<Subscription>,
}

/// The dialog of a key's subscription.
#[derive(Clone, Debug)]
struct Subscription {
    call_id: String,
    ours: String,
    theirs: String,
    target: String,
    /// How it named the extension when it subscribed.
    entity: String,
    cseq: u32,
    /// CSeq of the last NOTIFY, and the number of its document.
    last: Option<(u32, u32)>,
    until: Option<Duration>,
}

impl Ua {
    /// Puts an extension on a key, and subscribes.
    pub fn add_busy_key(&mut self, cx: &mut Cx, extension: &str, words: Words) {
        self.put_on_key(extension, words);
        self.begin_busy_key(cx, self.busy_keys.len() - 1);
    }

    /// Puts an extension on a key; the phone subscribes when it has registered.
    pub fn put_on_key(&mut self, extension: &str, words: Words) {
        self.busy_keys.push(BusyKey {
            extension: extension.to_owned(),
            words,
            shown: Shown::Dark,
            status: 0,
            notifies: 0,
            replaces: None,
            ended: String::new(),
            subscription: None,
        });
    }

    /// The registration holds: keys that are not subscribed try now.
    pub fn begin_busy_keys(&mut self, cx: &mut Cx) {
        for key in 0..self.busy_keys.len() {
            if self.busy_keys[key].subscription.is_none() {
                self.begin_busy_key(cx, key);
            }
        }
    }

    /// Started anew: the keys are what they were, and show nothing.
    pub fn forget_busy_keys(&mut self) {
        for key in &mut self.busy_keys {
            (key.shown, key.replaces, key.subscription) = (Shown::Dark, None, None);
        }
    }

    fn begin_busy_key(&mut self, cx: &mut Cx, key: usize) {
        let host = self.server.ip();
        let (tag, word) = (self.dice.word(), self.dice.word());
        let uri = format!("sip:{}@{host}", self.busy_keys[key].extension);
        self.busy_keys[key].subscription = Some(Subscription {
            call_id: format!("key-{key}-{word}"),
            ours: format!("<sip:{}@{host}>;tag={tag}", self.extension),
            theirs: format!("<{uri}>"),
            entity: uri.clone(),
            target: uri,
            cseq: 0,
            last: None,
            until: None,
        });
        self.refresh_busy_key(cx, key, EXPIRES_S);
    }

    /// Says SUBSCRIBE once more; with 0 seconds it wants to hear no more.
    pub fn refresh_busy_key(&mut self, cx: &mut Cx, key: usize, expires_s: u64) {
        self.subscribe_busy_key(cx, key, expires_s, "");
    }

    fn subscribe_busy_key(&mut self, cx: &mut Cx, key: usize, expires_s: u64, wish: &str) {
        let contact = self.contact();
        let words = self.busy_keys[key].words;
        let Some(subscription) = self.busy_keys[key].subscription.as_mut() else { return };
        subscription.cseq += 1;
        let mut draft = Draft {
            purpose: Purpose::BusyKey(key),
            method: "SUBSCRIBE",
            uri: subscription.target.clone(),
            from: subscription.ours.clone(),
            to: subscription.theirs.clone(),
            call_id: subscription.call_id.clone(),
            cseq: subscription.cseq,
            others: vec![
                contact,
                ("Event".to_owned(), words.package().to_owned()),
                ("Accept".to_owned(), words.accept().to_owned()),
                ("Expires".to_owned(), expires_s.to_string()),
            ],
            body: wish.to_owned(),
            refusals: 0,
        };
        if !wish.is_empty() {
            draft.others.push(("Content-Type".to_owned(), FEATURES.to_owned()));
        }
        self.send(cx, draft);
    }

    /// The CSeq for a SUBSCRIBE that is said again with credentials.
    pub fn next_busy_key_cseq(&mut self, key: usize, last: u32) -> u32 {
        self.busy_keys[key].subscription.as_mut().map_or(last + 1, |subscription| {
            subscription.cseq += 1;
            subscription.cseq
        })
    }

    /// The final word on a SUBSCRIBE; 408 for silence.
    pub fn on_busy_key_answer(
        &mut self,
        cx: &mut Cx,
        key: usize,
        call_id: &str,
        status: u16,
        message: Option<&Message>,
    ) {
        let own = &mut self.busy_keys[key];
        let Some(subscription) = own.subscription.as_mut().filter(|own| own.call_id == call_id) else { return };
        own.status = status;
        let header = |name: &str| message.and_then(|message| message.header(name)).map(str::to_owned);
        match status {
            200..300 => {
                let seconds: u64 = header("Expires").and_then(|value| value.parse().ok()).unwrap_or(0);
                subscription.theirs = header("To").unwrap_or_default();
                if let Some(contact) = header("Contact") {
                    subscription.target = message::uri_of(&contact).to_owned();
                }
                subscription.until = Some(cx.now + Duration::from_secs(seconds)).filter(|_| seconds > 0);
                if seconds > 0 {
                    cx.wake(Duration::from_secs(seconds) / 2, Timer::BusyKey(key, call_id.to_owned()));
                }
            }
            // The box has forgotten it (RFC 6665 §4.1.2.2): a new one, at once if there was one.
            481 if subscription.until.is_some() => self.begin_busy_key(cx, key),
            423 | 408 | 481 | 500.. => {
                self.busy_keys[key].subscription = None;
                self.busy_keys[key].shown = Shown::Dark;
                cx.wake(TRIES_AGAIN_AFTER, Timer::BusyKey(key, String::new()));
            }
            _ => (own.subscription, own.shown) = (None, Shown::Dark),
        }
    }

    /// It is time to refresh, or to try again.
    pub fn on_busy_key_timer(&mut self, cx: &mut Cx, key: usize, call_id: &str) {
        match &self.busy_keys[key].subscription {
            Some(own) if own.call_id == call_id => self.refresh_busy_key(cx, key, EXPIRES_S),
            None if call_id.is_empty() => self.begin_busy_key(cx, key),
            _ => {}
        }
    }

    /// A NOTIFY of `dialog` or `presence` came.
    pub fn on_busy_notify(&mut self, cx: &mut Cx, server: &str) {
        let Some(request) = self.servers.get(server).map(|server| server.request.clone()) else { return };
        let is_its = |own: &Subscription| {
            own.call_id == request.call_id() && parameter(&own.ours, "tag").map(str::to_owned) == request.tag("To")
        };
        let key = self.busy_keys.iter().position(|key| key.subscription.as_ref().is_some_and(is_its));
        let Some(key) = key else { return self.respond(cx, server, 481, &[], "") };
        let status = self.follow_busy_key(cx, key, &request);
        self.respond(cx, server, status, &[], "");
    }

    fn follow_busy_key(&mut self, cx: &mut Cx, key: usize, request: &Message) -> u16 {
        let user = self.user.clone();
        let own = &mut self.busy_keys[key];
        let Some(subscription) = own.subscription.as_mut() else { return 481 };
        let cseq = request.cseq().0;
        if subscription.last.is_some_and(|(last, _)| cseq <= last) {
            return 500;
        }
        own.notifies += 1;
        subscription.theirs = request.header("From").unwrap_or_default().to_owned();
        if let Some(contact) = request.header("Contact") {
            subscription.target = message::uri_of(contact).to_owned();
        }
        match read(own.words, &request.body) {
            Ok(told) => {
                // Each NOTIFY has the next number, also one that never came (RFC 4235 §4.1.1).
                let expected = match subscription.last {
                    Some((last, version)) => version + (cseq - last),
                    None => cseq - 1,
                };
                if own.words == Words::Dialog && told.version != expected {
                    self.strays.push(format!("{user} was told document {}, not {expected}", told.version));
                }
                subscription.last = Some((cseq, told.version));
                if own.words == Words::Dialog && told.entity != subscription.entity {
                    self.strays.push(format!("{user} was told of {}", told.entity));
                }
                (own.shown, own.replaces) = (told.shown, told.replaces);
            }
            Err(fault) => self.strays.push(format!("{user} was told of a key, {fault}: {}", request.body)),
        }
        let state = request.header("Subscription-State").unwrap_or_default().to_owned();
        if state.split(';').next().unwrap_or_default().trim() == "terminated" {
            let reason = parameter(&state, "reason").unwrap_or_default().to_owned();
            own.subscription = None;
            own.shown = Shown::Dark;
            if matches!(reason.as_str(), "deactivated" | "timeout") {
                self.begin_busy_key(cx, key);
            }
            self.busy_keys[key].ended = reason;
        }
        200
    }
}

/// What a document says.
struct Told {
    version: u32,
    entity: String,
    shown: Shown,
    replaces: Option<String>,
}

fn read(words: Words, text: &str) -> Result<Told, String> {
    if words == Words::Features {
        return read_features(text);
    }
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    let entity = root.attribute("entity").unwrap_or_default().to_owned();
    match words {
        Words::Features => Err("in parts".to_owned()),
        Words::Dialog => read_dialogs(root, entity),
        Words::Presence => {
            let text_of = |name: &str| root.descendants().find(|node| node.tag_name().name() == name)?.text();
            let note = text_of("note").ok_or("without a note")?.to_owned();
            let shown = match (text_of("basic"), note.as_str()) {
                (Some("open"), "Ready") => Shown::Idle,
                (Some("closed"), "Not registered") => Shown::Away,
                (Some("closed"), "Do not disturb") => Shown::DoNotDisturb,
                (Some(_), _) => Shown::Busy(vec![note]),
                (None, _) => return Err("without a status".to_owned()),
            };
            Ok(Told { version: 0, entity, shown, replaces: None })
        }
    }
}

/// Do-not-disturb and forwards that are on, as `dnd` and `forwardBusy to 103`.
fn read_features(text: &str) -> Result<Told, String> {
    let mark = text.lines().next().filter(|line| line.starts_with("--")).ok_or("without parts")?;
    let parts: Vec<&str> = text.split(mark).skip(1).filter_map(|part| Some(part.split_once("\r\n\r\n")?.1)).collect();
    if parts.len() != 4 {
        return Err(format!("in {} parts", parts.len()));
    }
    let mut on = Vec::new();
    for part in parts {
        let document = Document::parse(part.trim()).map_err(|error| error.to_string())?;
        let text_of = |name: &str| document.descendants().find(|node| node.tag_name().name() == name)?.text();
        match (text_of("doNotDisturbOn"), text_of("forwardingType"), text_of("forwardStatus")) {
            (Some("true"), ..) => on.push("dnd".to_owned()),
            (None, Some(kind), Some("true")) => {
                on.push(format!("{kind} to {}", text_of("forwardTo").unwrap_or_default()));
            }
            (Some("false"), ..) | (None, Some(_), Some("false")) => {}
            _ => return Err("of something else".to_owned()),
        }
    }
    let shown = if on.is_empty() { Shown::Idle } else { Shown::Busy(on) };
    Ok(Told { version: 0, entity: String::new(), shown, replaces: None })
}

fn read_dialogs(root: Node, entity: String) -> Result<Told, String> {
    let version = root.attribute("version").and_then(|version| version.parse().ok()).ok_or("without a version")?;
    if root.attribute("state") != Some("full") {
        return Err("only a part".to_owned());
    }
    let mut dialogs = root.children().filter(Node::is_element).peekable();
    dialogs.peek().ok_or("without a dialog, which some phones do not take")?;
    let (mut calls, mut replaces, mut is_dnd) = (Vec::new(), None, false);
    for dialog in dialogs {
        let child =
            |node: Node<'_, '_>, name: &str| node.children().find(|c| c.tag_name().name() == name).map(|c| c.id());
        let child_of = |node: Node, name: &str| child(node, name).and_then(|id| root.document().get_node(id));
        let state = child_of(dialog, "state").and_then(|state| state.text()).unwrap_or_default();
        let other = child_of(dialog, "remote").and_then(|remote| child_of(remote, "identity"));
        let other = message::user_of(other.and_then(|other| other.text()).unwrap_or_default()).to_owned();
        let is_caller = dialog.attribute("direction") == Some("initiator");
        match (state, is_caller) {
            ("terminated", _) => continue,
            ("confirmed", true) if dialog.attribute("id") == Some("dnd") => is_dnd = true,
            ("confirmed", _) => calls.push(format!("talks to {other}")),
            ("trying" | "early", true) => calls.push(format!("calls {other}")),
            ("trying", false) => calls.push(format!("is called by {other}")),
            ("early", false) => calls.push(format!("rings from {other}")),
            (state, _) => return Err(format!("in the state {state}")),
        }
        let tags = ["call-id", "local-tag", "remote-tag"].map(|name| dialog.attribute(name));
        if let ([Some(call_id), Some(local), Some(remote)], "early") = (tags, state) {
            replaces = Some(format!("{call_id};to-tag={local};from-tag={remote};early-only"));
        } else if tags.iter().any(Option::is_some) {
            return Err("with tags of a call that does not ring".to_owned());
        }
    }
    let shown = match (is_dnd, calls.is_empty()) {
        (true, true) => Shown::DoNotDisturb,
        (true, false) => return Err("with calls beside do-not-disturb".to_owned()),
        (false, true) => Shown::Idle,
        (false, false) => Shown::Busy(calls),
    };
    Ok(Told { version, entity, shown, replaces })
}

impl World {
    /// The keys that show a call where there is none any more, or do-not-disturb where it is not on, or none where it is: of phones that can be reached and are subscribed, in an office in
    /// which no phone has a call.
    pub fn wrong_busy_keys(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.phones.iter().any(|ua| ua.calls.values().any(|call| call.state != State::GivingUp)) {
            return wrong;
        }
        let config = Config::check(&self.raw, &mut Vec::new());
        for (index, ua) in self.phones.iter().enumerate() {
            let has_flow = !ua.model.is_tcp || self.flow_of(index).is_some();
            if !ua.is_registered(self.now) || !has_flow || !self.wires[index].is_sound() {
                continue;
            }
            for key in &ua.busy_keys {
                let until = key.subscription.as_ref().and_then(|subscription| subscription.until);
                let is_watched = until.is_some_and(|until| until > self.now);
                // Of a code: it is lit while something is switched on; of a park slot, while a call waits there.
                let is_code = key.extension.starts_with('*') && !key.extension.starts_with("*85");
                let is_rule = is_code || key.words == Words::Features;
                let is_dnd = config.extension(&key.extension).is_some_and(|known| known.answering.is_dnd(self.wall()));
                let is_right = match key.shown {
                    Shown::Idle | Shown::Away => !is_dnd,
                    Shown::DoNotDisturb => is_dnd,
                    Shown::Dark | Shown::Busy(_) => false,
                };
                if is_watched && !is_rule && !is_right {
                    wrong.push(format!("{}'s key of {} shows {:?}", ua.user, key.extension, key.shown));
                }
            }
        }
        wrong
    }
}

impl Phone {
    /// Its user puts an extension on a key.
    #[track_caller]
    pub fn watches(&self, extension: &str) -> &Phone {
        self.settle();
        self.does(&format!("watches {extension}"), |ua, cx| ua.add_busy_key(cx, extension, Words::Dialog));
        self
    }

    /// The same, and the phone knows presence only.
    #[track_caller]
    pub fn watches_presence_of(&self, extension: &str) -> &Phone {
        self.settle();
        self.does(&format!("watches the presence of {extension}"), |ua, cx| {
            ua.add_busy_key(cx, extension, Words::Presence);
        });
        self
    }

    /// Its keys for do-not-disturb and forwards are kept in step with the box.
    #[track_caller]
    pub fn keeps_features(&self, extension: &str) -> &Phone {
        self.settle();
        self.does("keeps its keys in step", |ua, cx| ua.add_busy_key(cx, extension, Words::Features));
        self
    }

    /// Its user presses one of those: the phone says this wish.
    #[track_caller]
    pub fn wishes(&self, wish: &str) -> &Phone {
        self.settle();
        self.does("wishes something by a key", |ua, cx| {
            let key = ua.busy_keys.iter().position(|key| key.words == Words::Features);
            ua.subscribe_busy_key(cx, key.expect("its keys are kept in step"), EXPIRES_S, wish);
        });
        self
    }

    /// Its key of an extension shows an idle one.
    #[track_caller]
    pub fn shows_idle(&self, extension: &str) -> &Phone {
        self.shows_on_key(extension, &Shown::Idle)
    }

    /// Its key of an extension shows these calls and no other: `rings from 101`, `calls 102`, `talks to 101`; a presence, its note.
    #[track_caller]
    pub fn shows_busy(&self, extension: &str, calls: &[&str]) -> &Phone {
        self.shows_on_key(extension, &Shown::Busy(calls.iter().map(|call| (*call).to_owned()).collect()))
    }

    /// Its key of an extension shows this.
    #[track_caller]
    pub fn shows_on_key(&self, extension: &str, expected: &Shown) -> &Phone {
        let index = self.index;
        let now = self.busy_key(extension).map(|key| key.shown);
        self.expects(&format!("shows {expected:?} on its key of {extension}, not {now:?}"), |world| {
            world.phones[index].busy_keys.iter().any(|key| key.extension == extension && key.shown == *expected)
        })
    }

    /// The box answered the subscription of a key so.
    #[track_caller]
    pub fn key_is_answered(&self, extension: &str, status: u16) -> &Phone {
        let index = self.index;
        self.expects(&format!("is answered {status} for its key of {extension}"), |world| {
            world.phones[index].busy_keys.iter().any(|key| key.extension == extension && key.status == status)
        })
    }

    /// The box ended the subscription of a key, for this reason (RFC 6665 §4.1.3).
    #[track_caller]
    pub fn key_ends(&self, extension: &str, reason: &str) -> &Phone {
        let index = self.index;
        self.expects(&format!("is told {reason} of its key of {extension}"), |world| {
            world.phones[index].busy_keys.iter().any(|key| key.extension == extension && key.ended == reason)
        })
    }

    /// Its user presses the key of an extension at which it rings: the phone takes the call that it was told of.
    #[track_caller]
    pub fn presses_key_of(&self, extension: &str) -> &Phone {
        let replaces = self.busy_key(extension).and_then(|key| key.replaces);
        assert!(replaces.is_some(), "its key of {extension} knows of no call that rings");
        self.does(&format!("presses its key of {extension}"), |ua, cx| ua.dial_for(cx, extension, None, replaces));
        self
    }

    /// It refreshes the subscriptions of all its keys, out of turn.
    #[track_caller]
    pub fn refreshes_its_keys(&self) -> &Phone {
        self.does("refreshes its keys", |ua, cx| {
            (0..ua.busy_keys.len()).for_each(|key| ua.refresh_busy_key(cx, key, EXPIRES_S));
        });
        self
    }

    /// One of its keys as it is now.
    pub fn busy_key(&self, extension: &str) -> Option<BusyKey> {
        let world = self.world.borrow();
        world.phones[self.index].busy_keys.iter().find(|key| key.extension == extension).cloned()
    }
}
