//! The message lamp: a phone's subscription to its mailbox (RFC 6665, RFC 3842), and NOTIFYs that it did not ask for.

use std::time::Duration;

use super::Phone;
use super::message::{self, Message, parameter};
use super::model::LampStyle;
use super::registration::TRIES_AGAIN_AFTER;
use super::transaction::{Draft, Purpose};
use super::ua::{Cx, Timer, Ua};
use crate::world::World;

/// The event package.
const PACKAGE: &str = "message-summary";

/// What a lamp shows: messages not heard yet, and messages heard.
pub type Shown = (u32, u32);

/// A phone's message lamp.
#[derive(Clone, Debug, Default)]
pub struct Lamp {
    /// What the last NOTIFY said.
    pub shown: Option<Shown>,
    /// Where its message key leads (RFC 3842 §3.5, Message-Account); empty where nothing was said.
    pub account: String,
    /// How many NOTIFYs came, repetitions apart.
    pub notifies: u64,
    /// The last final status to SUBSCRIBE, or 0.
    pub status: u16,
    /// How many subscriptions were begun.
    pub begun: u32,
    /// The subscription.
    pub watch: Option<Watch>,
}

/// A subscription, from its first SUBSCRIBE.
#[derive(Clone, Debug)]
pub struct Watch {
    /// The extension whose mailbox is watched.
    extension: String,
    call_id: String,
    /// Our From, with our tag.
    ours: String,
    /// Their To, with their tag once it is known.
    theirs: String,
    /// Where refreshes go.
    target: String,
    cseq: u32,
    their_cseq: Option<u32>,
    /// Until when it lasts; `None` until it is granted.
    pub until: Option<Duration>,
}

impl Ua {
    /// The registration holds: a phone that subscribes does so now.
    pub fn watch_after_registering(&mut self, cx: &mut Cx) {
        let is_refused = matches!(self.lamp.status, 403 | 404 | 405 | 489);
        if self.model.lamp == LampStyle::Subscribes && self.lamp.watch.is_none() && !is_refused {
            let extension = self.extension.clone();
            self.watch(cx, &extension);
        }
    }

    /// Subscribes anew.
    pub fn watch(&mut self, cx: &mut Cx, extension: &str) {
        let host = self.server.ip();
        let (tag, word) = (self.dice.word(), self.dice.word());
        self.lamp.begun += 1;
        self.lamp.watch = Some(Watch {
            extension: extension.to_owned(),
            call_id: format!("lamp-{word}"),
            ours: format!("<sip:{}@{host}>;tag={tag}", self.extension),
            theirs: format!("<sip:{extension}@{host}>"),
            target: format!("sip:{extension}@{host}"),
            cseq: 0,
            their_cseq: None,
            until: None,
        });
        self.send_subscribe(cx, self.model.lamp_expires_s);
    }

    /// Refreshes the subscription, or begins it again.
    pub fn refresh_watch(&mut self, cx: &mut Cx) {
        match &self.lamp.watch {
            Some(_) => self.send_subscribe(cx, self.model.lamp_expires_s),
            None => self.watch_after_registering(cx),
        }
    }

    /// Says that it wants to hear no more.
    pub fn unwatch(&mut self, cx: &mut Cx) {
        self.send_subscribe(cx, 0);
    }

    fn send_subscribe(&mut self, cx: &mut Cx, expires_s: u64) {
        let contact = self.contact();
        let Some(watch) = self.lamp.watch.as_mut() else { return };
        watch.cseq += 1;
        let draft = Draft {
            purpose: Purpose::Subscribe,
            method: "SUBSCRIBE",
            uri: watch.target.clone(),
            from: watch.ours.clone(),
            to: watch.theirs.clone(),
            call_id: watch.call_id.clone(),
            cseq: watch.cseq,
            others: vec![
                contact,
                ("Event".to_owned(), PACKAGE.to_owned()),
                ("Accept".to_owned(), "application/simple-message-summary".to_owned()),
                ("Expires".to_owned(), expires_s.to_string()),
            ],
            body: String::new(),
            refusals: 0,
        };
        self.send(cx, draft);
    }

    /// The CSeq for a SUBSCRIBE that is said again with credentials.
    pub fn next_watch_cseq(&mut self, last: u32) -> u32 {
        self.lamp.watch.as_mut().map_or(last + 1, |watch| {
            watch.cseq += 1;
            watch.cseq
        })
    }

    /// The final word on a SUBSCRIBE.
    pub fn on_watch_answer(&mut self, cx: &mut Cx, call_id: &str, status: u16, message: &Message) {
        let Some(watch) = self.lamp.watch.as_mut().filter(|watch| watch.call_id == call_id) else { return };
        self.lamp.status = status;
        match status {
            200..300 => {
                let seconds: u64 = message.header("Expires").and_then(|value| value.parse().ok()).unwrap_or(0);
                watch.theirs = message.header("To").unwrap_or_default().to_owned();
                if let Some(contact) = message.header("Contact") {
                    watch.target = message::uri_of(contact).to_owned();
                }
                if seconds == 0 {
                    self.lamp.watch = None;
                    return;
                }
                watch.until = Some(cx.now + Duration::from_secs(seconds));
                cx.wake(Duration::from_secs(seconds) / 2, Timer::Watch(call_id.to_owned()));
            }
            // The box has forgotten it (RFC 6665 §4.1.2.2): a new one, at once if there was one.
            481 if watch.until.is_some() => {
                let extension = watch.extension.clone();
                self.watch(cx, &extension);
            }
            423 | 408 | 481 | 500.. => {
                self.lamp.watch = None;
                cx.wake(TRIES_AGAIN_AFTER, Timer::Watch(String::new()));
            }
            _ => self.lamp.watch = None,
        }
    }

    /// It is time to refresh, or to try again.
    pub fn on_watch_timer(&mut self, cx: &mut Cx, call_id: &str) {
        let is_its = |watch: &Watch| watch.call_id == call_id;
        if self.lamp.watch.as_ref().map_or(call_id.is_empty(), is_its) {
            self.refresh_watch(cx);
        }
    }

    /// Nothing was said to a SUBSCRIBE.
    pub fn on_watch_silence(&mut self, cx: &mut Cx, call_id: &str) {
        if self.lamp.watch.as_ref().is_none_or(|watch| watch.call_id != call_id) {
            return;
        }
        self.lamp.status = 408;
        self.lamp.watch = None;
        cx.wake(TRIES_AGAIN_AFTER, Timer::Watch(String::new()));
    }

    /// A NOTIFY came.
    pub fn on_notify(&mut self, cx: &mut Cx, key: &str) {
        let Some(request) = self.servers.get(key).map(|server| server.request.clone()) else { return };
        let package = request.header("Event").unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if matches!(package, "dialog" | "presence" | "as-feature-event") {
            return self.on_busy_notify(cx, key);
        }
        if package == "refer" {
            return self.on_refer_notify(cx, key, &request);
        }
        self.lamp.notifies += u64::from(package == PACKAGE);
        let is_mine = self.lamp.watch.as_ref().is_some_and(|watch| {
            let tag = parameter(&watch.ours, "tag").map(str::to_owned);
            watch.call_id == request.call_id() && tag == request.tag("To")
        });
        let is_outside = request.tag("To").is_none();
        match self.model.lamp {
            LampStyle::Ignores => return,
            _ if package != PACKAGE => return self.respond(cx, key, 489, &[], ""),
            LampStyle::Refuses => return self.respond(cx, key, 489, &[], ""),
            LampStyle::TakesAnything if is_outside => {}
            _ if is_mine => {
                if let Some(refusal) = self.follow(cx, &request) {
                    return self.respond(cx, key, refusal, &[], "");
                }
            }
            _ => return self.respond(cx, key, 481, &[], ""),
        }
        self.light(&request);
        self.respond(cx, key, 200, &[], "");
    }

    /// A NOTIFY of our subscription; returns why it is refused.
    fn follow(&mut self, cx: &mut Cx, request: &Message) -> Option<u16> {
        let state = request.header("Subscription-State").unwrap_or_default().to_owned();
        let cseq = request.cseq().0;
        let watch = self.lamp.watch.as_mut()?;
        // RFC 3261 §12.2.2.
        if watch.their_cseq.is_some_and(|last| cseq <= last) {
            return Some(500);
        }
        watch.their_cseq = Some(cseq);
        watch.theirs = request.header("From").unwrap_or_default().to_owned();
        if let Some(contact) = request.header("Contact") {
            watch.target = message::uri_of(contact).to_owned();
        }
        let is_over = state.split(';').next().unwrap_or_default().trim() == "terminated";
        if is_over {
            self.lamp.watch = None;
            // RFC 6665 §4.1.3: these two ask to subscribe again at once; it may have been given another extension meanwhile.
            if matches!(parameter(&state, "reason"), Some("deactivated" | "timeout")) {
                let extension = self.extension.clone();
                self.watch(cx, &extension);
            }
        } else if state.is_empty() {
            self.strays.push(format!("{} got a NOTIFY without Subscription-State", self.user));
        }
        None
    }

    /// Reads the body (RFC 3842 §5.2). A box that contradicts itself is noted for the audit.
    fn light(&mut self, request: &Message) {
        let value = |name: &str| {
            let lines = request.body.lines().filter_map(|line| line.split_once(':'));
            lines.filter(|(n, _)| n.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
        };
        if request.body.is_empty() {
            return;
        }
        let is_waiting = match value("Messages-Waiting") {
            Some("yes") => true,
            Some("no") => false,
            other => return self.strays.push(format!("{} was told {other:?} of its lamp", self.user)),
        };
        let figures = value("Voice-Message").and_then(|value| value.split_whitespace().next()?.split_once('/'));
        let figures = figures.and_then(|(new, saved)| Some((new.parse().ok()?, saved.parse().ok()?)));
        let shown: Shown = figures.unwrap_or((u32::from(is_waiting), 0));
        if is_waiting != (shown.0 > 0) {
            self.strays.push(format!("{} was told of {shown:?} messages, and waiting: {is_waiting}", self.user));
        }
        self.lamp.shown = Some(shown);
        self.lamp.account = value("Message-Account").unwrap_or_default().to_owned();
    }
}

impl World {
    /// The lamps that show something else than lies in their mailbox: of phones that can be reached and are subscribed, or take
    /// what they did not ask for.
    pub fn wrong_lamps(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (index, ua) in self.phones.iter().enumerate() {
            if !ua.is_registered(self.now) || self.flow_is_gone(index) {
                continue;
            }
            let shown = ua.lamp.shown;
            let (extension, shown) = match &ua.lamp.watch {
                // What was lost on the wire comes with the next refresh.
                Some(watch) if watch.until.is_some_and(|until| until > self.now) && self.wires[index].is_sound() => {
                    (&watch.extension, shown)
                }
                // What was never told is dark.
                None if self.takes_what_it_is_told(index) => (&ua.extension, shown.or(Some((0, 0)))),
                _ => continue,
            };
            let figures = self.store.mailboxes.figures(extension);
            let mut people = self.raw.people.iter().filter(|person| person.voicemail == Some(true));
            let has_voicemail = people.any(|person| person.extension.as_ref() == Some(extension));
            let lies = if has_voicemail { (figures.new, figures.saved) } else { (0, 0) };
            if shown != Some(lies) {
                wrong.push(format!("{}'s lamp shows {shown:?}, and there are {lies:?}", ua.user));
            }
        }
        wrong
    }

    /// Whether it shows what it is told without having asked, is known to the box, and has missed nothing since it registered
    /// last: what it missed before, the box has told it then.
    fn takes_what_it_is_told(&self, phone: usize) -> bool {
        let ua = &self.phones[phone];
        let known = self.status.phones.iter().find(|known| known.name == ua.user && known.extension == ua.extension);
        let source = ua.address.to_string();
        let is_bound = known.is_some_and(|known| known.bindings.iter().any(|binding| binding.source == source));
        let has_missed = ua.registration.granted_at <= self.wires[phone].lost_at();
        ua.model.lamp == LampStyle::TakesAnything && is_bound && !has_missed
    }

    fn flow_is_gone(&self, phone: usize) -> bool {
        self.phones[phone].model.is_tcp && self.flow_of(phone).is_none()
    }
}

impl Phone {
    /// Its message lamp says: so many new, so many saved.
    #[track_caller]
    pub fn shows_lamp(&self, new: u32, saved: u32) -> &Phone {
        let index = self.index;
        let now = self.world.borrow().phones[index].lamp.shown;
        self.expects(&format!("shows the lamp {new}/{saved}, not {now:?}"), move |world| {
            world.phones[index].lamp.shown == Some((new, saved))
        })
    }

    /// Its message lamp is dark: nothing new, or nothing known.
    #[track_caller]
    pub fn lamp_is_dark(&self) -> &Phone {
        let index = self.index;
        self.expects("has a dark lamp", move |world| world.phones[index].lamp.shown.is_none_or(|(new, _)| new == 0))
    }

    /// Its subscription to its mailbox is granted.
    #[track_caller]
    pub fn watches_its_mailbox(&self) -> &Phone {
        let index = self.index;
        self.expects("watches its mailbox", move |world| {
            let watch = world.phones[index].lamp.watch.as_ref();
            watch.is_some_and(|watch| watch.until.is_some_and(|until| until > world.now))
        })
    }

    /// It subscribes to the mailbox of an extension, out of turn.
    #[track_caller]
    pub fn watches_mailbox_of(&self, extension: &str) -> &Phone {
        self.settle();
        self.does(&format!("subscribes to the mailbox of {extension}"), |ua, cx| ua.watch(cx, extension));
        self
    }

    /// It refreshes its subscription, out of turn.
    #[track_caller]
    pub fn refreshes_its_watch(&self) -> &Phone {
        self.does("refreshes its subscription", Ua::refresh_watch);
        self
    }

    /// Its user sets it to subscribe no more: it ends its subscription, and takes what it is told.
    #[track_caller]
    pub fn stops_watching(&self) -> &Phone {
        let index = self.index;
        self.does("ends its subscription", |ua, cx| {
            ua.model.lamp = LampStyle::TakesAnything;
            ua.unwatch(cx);
        });
        self.expects("watches no mailbox", move |world| world.phones[index].lamp.watch.is_none())
    }

    /// The administrator gives it to another extension, and tells it so; it is not started anew.
    #[track_caller]
    pub fn moves_to(&self, extension: &str) -> &Phone {
        self.does(&format!("moves to {extension}"), |ua, _| extension.clone_into(&mut ua.extension));
        let mut world = self.world.borrow_mut();
        let user = Some(world.phones[self.index].user.clone());
        let people = &mut world.raw.people;
        let taken = people.iter_mut().find_map(|person| {
            let place = person.phones.iter().position(|phone| phone.user == user)?;
            Some(person.phones.remove(place))
        });
        let owner = people.iter_mut().find(|person| person.extension.as_deref() == Some(extension));
        owner.expect("the extension is somebody's").phones.extend(taken);
        world.reload();
        drop(world);
        self
    }

    /// Its SUBSCRIBE was answered with this status.
    #[track_caller]
    pub fn watch_is_answered(&self, status: u16) -> &Phone {
        let index = self.index;
        self.expects(&format!("gets {status} to its SUBSCRIBE"), move |world| world.phones[index].lamp.status == status)
    }

    /// Its user presses the message key: it calls where the lamp said.
    #[track_caller]
    pub fn presses_message_key(&self) -> &Phone {
        let account = self.world.borrow().phones[self.index].lamp.account.clone();
        assert!(!account.is_empty(), "nobody told it where the message key leads");
        self.dials(&account)
    }

    /// How many NOTIFYs of its mailbox came, repetitions apart.
    pub fn counts_notifies(&self) -> u64 {
        self.world.borrow().phones[self.index].lamp.notifies
    }

    /// How many subscriptions it has begun since it has power.
    pub fn counts_watches(&self) -> u32 {
        self.world.borrow().phones[self.index].lamp.begun
    }
}
