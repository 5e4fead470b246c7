//! What the user of a phone sees and hears.

use std::time::Duration;

use pbx::input::LegId;
use pbx::mailbox::Purpose;
use pbx::output::Sound;
use pbx::prompt::{Arg, Prompt};
use sip::sdp::Codec;

use super::Phone;
use super::appearance::{Appearance, State};
use super::ua::Ua;
use crate::media::{Port, prompt_name, sound_name};
use crate::office::until;
use crate::world::World;

/// How far the place where a recording is begun may be from the one expected: a key press takes that long.
pub const NEAR_ENOUGH: Duration = Duration::from_millis(350);

impl Ua {
    /// The display in words.
    pub fn says(&self) -> String {
        let calls: Vec<String> = self.calls.values().map(|call| format!("{:?} {}", call.state, call.other)).collect();
        format!("shows {:?} {:?}", self.shows, calls)
    }

    /// The call whose sound is in the receiver.
    fn in_hand(&self) -> Option<&Appearance> {
        let is_heard = |call: &&Appearance| call.state != State::Rings && !call.is_held_by_me;
        self.calls.values().rev().find(is_heard)
    }
}

impl World {
    /// The leg that the box has for a phone's call.
    pub fn leg_of(&self, call: &Appearance) -> Option<LegId> {
        let address = call.port()?;
        self.media.leg_at(address.port()).filter(|_| self.place.has(address.ip()))
    }

    /// What is in the receiver: a tone's name, `own voice`, or the user of the phone at the other end.
    pub fn sound_of(&self, phone: usize) -> String {
        let ua = &self.phones[phone];
        let Some(call) = ua.in_hand() else { return own_tone(&ua.shows).to_owned() };
        let leg = self.leg_of(call);
        let port = leg.and_then(|leg| self.media.ports.get(&leg));
        match (call.state, port) {
            (State::Ringback, _) if !call.has_early_media => "ringback".to_owned(),
            (_, None) => "nothing".to_owned(),
            (_, Some(port)) if port.peer != Some(call.rtp) => "nothing".to_owned(),
            (_, Some(port)) => match (&port.playing, port.has_echo, port.bridged) {
                (Some((_, sound)), _, _) => self.name_of(sound),
                (None, true, _) => "own voice".to_owned(),
                (None, false, Some(other)) => self.speaker(other),
                (None, false, None) => {
                    let mut heard: Vec<String> = port.joined.iter().map(|other| self.speaker(*other)).collect();
                    heard.retain(|speaker| speaker != "nothing");
                    heard.sort_unstable();
                    if heard.is_empty() { "nothing".to_owned() } else { heard.join(" and ") }
                }
            },
        }
    }

    /// A sound in the words of the scenarios; of a recording, whose voice it is or whose greeting.
    fn name_of(&self, sound: &Sound) -> String {
        let Sound::Recording { recording, .. } = sound else { return sound_name(sound) };
        let Some(row) = self.store.mailboxes.rows.get(recording) else { return sound_name(sound) };
        match row.new.purpose {
            Purpose::Greeting => format!("greeting of {}", row.new.mailbox),
            Purpose::Said => format!("what a caller of {} said", row.new.mailbox),
            Purpose::Assistant => format!("assistant of {}", row.new.mailbox),
            Purpose::Name => format!("name of {}", row.new.mailbox),
            Purpose::Message(_) => {
                let speaker = self.store.mailboxes.files.get(recording).map(|file| file.speaker.as_str());
                format!("message of {}", speaker.filter(|speaker| !speaker.is_empty()).unwrap_or("nobody"))
            }
        }
    }

    /// Who is heard through a leg: the phone that sends to it.
    fn speaker(&self, leg: LegId) -> String {
        let peer = self.media.ports.get(&leg).and_then(|port| port.peer);
        let speaks = |ua: &&Ua| ua.is_on && ua.calls.values().any(|call| Some(call.rtp) == peer && call.sends());
        let ua = self.phones.iter().find(speaks);
        ua.map_or("nothing".to_owned(), |ua| ua.user.clone())
    }

    fn port_of(&self, phone: usize) -> Option<&Port> {
        let call = self.phones[phone].in_hand()?;
        self.media.ports.get(&self.leg_of(call)?)
    }

    fn playing(&self, phone: usize) -> Option<&Sound> {
        self.port_of(phone)?.playing.as_ref().map(|(_, sound)| sound)
    }

    fn is_recorded(&self, phone: usize) -> bool {
        self.port_of(phone).is_some_and(|port| port.take.is_some())
    }

    /// Whether two phones talk: each hears the other, and what the box sends is what the phone understands.
    pub fn talk(&self, one: usize, other: usize) -> bool {
        let hears = |a: usize, b: usize| self.sound_of(a) == self.phones[b].user;
        hears(one, other) && hears(other, one) && self.understands(one) && self.understands(other)
    }

    fn understands(&self, phone: usize) -> bool {
        let ua = &self.phones[phone];
        let Some(call) = ua.in_hand() else { return false };
        let agreed = self.leg_of(call).and_then(|leg| self.media.ports.get(&leg)?.agreed.clone());
        agreed.is_some_and(|agreed| {
            let payload = match agreed.codec {
                Codec::Pcmu => 0,
                Codec::Pcma => 8,
            };
            agreed.remote == call.rtp && agreed.send_payload_type == payload && ua.model.payloads.contains(&payload)
        })
    }

    /// A key is pressed during a call: it travels as events of RFC 4733, under the type that the box asked for, and is
    /// heard at the other end if the box sends it under the type asked for there.
    pub fn press(&mut self, phone: usize, call: u32, key: char) {
        let ua = &self.phones[phone];
        let Some(call) = ua.calls.get(&call) else { return };
        let said = call.remote.as_ref().and_then(|remote| remote.events);
        let (Some(leg), Some(said), Some(_)) = (self.leg_of(call), said, ua.model.events) else { return };
        if ua.model.keys_by_info_alone {
            return;
        }
        let Some(port) = self.media.ports.get(&leg) else { return };
        let heard_as = port.agreed.as_ref().and_then(|agreed| agreed.telephone_event);
        if heard_as.map(|event| event.receive_payload_type) != Some(said) {
            return;
        }
        let now = self.now;
        let beyond = port.bridged.and_then(|other| self.media.ports.get_mut(&other));
        let told = beyond.and_then(|port| {
            let event = port.agreed.as_ref()?.telephone_event?;
            port.passed_on = Some((key, now));
            Some((port.peer?, event))
        });
        if let Some((peer, event)) = told {
            self.key_arrives(peer, Some(event.send_payload_type), key);
        }
        self.digit(leg, key);
    }

    /// A key comes to a phone as events of this payload type, or as a tone, which its user hears.
    pub fn key_arrives(&mut self, rtp: std::net::SocketAddr, events: Option<u8>, key: char) {
        let understands = |ua: &&mut Ua| ua.is_on && (events.is_none() || ua.model.events == events);
        for ua in self.phones.iter_mut().filter(understands) {
            if let Some(call) = ua.calls.values_mut().find(|call| call.rtp == rtp) {
                if events.is_some() { &mut call.keys } else { &mut call.tones }.push(key);
            }
        }
    }
}

/// The tone that a phone makes itself when a call failed.
fn own_tone(shows: &str) -> &'static str {
    match shows.get(..3) {
        Some("486" | "600" | "603") => "busy",
        Some("404" | "484" | "604") => "special information",
        Some(status) if status.starts_with(['4', '5', '6']) => "congestion",
        _ => "nothing",
    }
}

impl Phone {
    /// It rings.
    #[track_caller]
    pub fn rings(&self) -> &Phone {
        let index = self.index;
        self.expects("rings", move |world| world.phones[index].calls.values().any(|call| call.state == State::Rings))
    }

    /// Its user talks to somebody, wherever that is.
    #[track_caller]
    pub fn talks(&self) -> &Phone {
        let index = self.index;
        self.expects("talks", move |world| world.phones[index].calls.values().any(|call| call.state == State::Talking))
    }

    /// It rings, and the display names this caller.
    #[track_caller]
    pub fn rings_from(&self, caller: &str) -> &Phone {
        let index = self.index;
        self.expects(&format!("rings from {caller}"), |world| {
            let mut calls = world.phones[index].calls.values();
            calls.any(|call| call.state == State::Rings && call.other == caller)
        })
    }

    /// It rings, and the display gives the caller this name.
    #[track_caller]
    pub fn rings_as_from(&self, name: &str) -> &Phone {
        let (index, shown) = (self.index, format!("\"{name}\" <"));
        self.expects(&format!("rings and shows the name {name}"), |world| {
            let mut calls = world.phones[index].calls.values();
            calls.any(|call| call.state == State::Rings && call.theirs.starts_with(&shown))
        })
    }

    /// The caller hears the other side ring.
    #[track_caller]
    pub fn hears_ringback(&self) -> &Phone {
        self.hears("ringback")
    }

    /// What is in the receiver: `busy`, `congestion`, `special information`, `ringback`, `own voice`, `nothing`, or a
    /// phone's user.
    #[track_caller]
    pub fn hears(&self, sound: &str) -> &Phone {
        let index = self.index;
        self.expects(&format!("hears {sound}"), |world| world.sound_of(index) == sound)
    }

    /// A sentence of the catalogue, by its name in kebab case.
    #[track_caller]
    pub fn hears_prompt(&self, id: &str) -> &Phone {
        self.hears(&prompt_name(id))
    }

    /// What the sentence in the receiver is told to say: its arguments as data.
    pub fn prompt_args(&self) -> Vec<(String, Arg)> {
        self.prompt().map(|prompt| prompt.args).unwrap_or_default()
    }

    /// The tone after which the box records.
    #[track_caller]
    pub fn hears_beep(&self) -> &Phone {
        self.hears("beep")
    }

    /// Hears out what the box says until it hangs up, for a minute at most.
    #[track_caller]
    pub fn hears_the_end(&self) -> &Phone {
        let (index, user) = (self.index, self.world.borrow().phones[self.index].user.clone());
        let what = format!("{user} hears the end");
        until(&self.world, &what, Duration::from_secs(60), |world| world.phones[index].calls.is_empty());
        self
    }

    /// Hears out what is said before the tone, for a minute at most.
    #[track_caller]
    pub fn waits_for_beep(&self) -> &Phone {
        let (index, user) = (self.index, self.world.borrow().phones[self.index].user.clone());
        let what = format!("{user} hears the beep in the end");
        until(&self.world, &what, Duration::from_secs(60), |world| world.sound_of(index) == "beep");
        self
    }

    /// A message that the user of this phone left, e.g. `101a`.
    #[track_caller]
    pub fn hears_message_from(&self, user: &str) -> &Phone {
        self.hears(&format!("message of {user}"))
    }

    /// The greeting in the voice of this mailbox's owner.
    #[track_caller]
    pub fn hears_greeting_of(&self, mailbox: &str) -> &Phone {
        self.hears(&format!("greeting of {mailbox}"))
    }

    /// The name in the voice of this mailbox's owner.
    #[track_caller]
    pub fn hears_name_of(&self, mailbox: &str) -> &Phone {
        self.hears(&format!("name of {mailbox}"))
    }

    /// A recording that was begun at this place, give or take [`NEAR_ENOUGH`].
    #[track_caller]
    pub fn hears_recording_at(&self, from: Duration) -> &Phone {
        let index = self.index;
        let heard = self.playing();
        self.expects(&format!("hears a recording from {from:?} on, not {heard:?}"), |world| {
            let place = match world.playing(index) {
                Some(Sound::Recording { from_ms, .. }) => Duration::from_millis(u64::from(*from_ms)),
                _ => return false,
            };
            place.abs_diff(from) <= NEAR_ENOUGH
        })
    }

    /// The box records what its user says.
    #[track_caller]
    pub fn is_recorded(&self) -> &Phone {
        let index = self.index;
        self.expects("is recorded", move |world| world.is_recorded(index))
    }

    /// The box records nothing of it.
    #[track_caller]
    pub fn is_not_recorded(&self) -> &Phone {
        let index = self.index;
        self.expects("is not recorded", move |world| !world.is_recorded(index))
    }

    /// What plays to it.
    fn playing(&self) -> Option<Sound> {
        self.world.borrow().playing(self.index).cloned()
    }

    /// The language of the sentence in the receiver.
    pub fn prompt_language(&self) -> Option<String> {
        self.prompt().map(|prompt| prompt.language)
    }

    fn prompt(&self) -> Option<Prompt> {
        match self.playing() {
            Some(Sound::Prompt(prompt)) => Some(prompt),
            _ => None,
        }
    }

    /// Both hear each other.
    #[track_caller]
    pub fn talks_to(&self, other: &Phone) -> &Phone {
        let (one, two) = (self.index, other.index);
        let name = self.world.borrow().phones[two].user.clone();
        self.expects(&format!("talks to {name}"), move |world| world.talk(one, two))
    }

    /// Whether both hear each other at this moment.
    pub fn talks_now_to(&self, other: &Phone) -> bool {
        self.world.borrow().talk(self.index, other.index)
    }

    /// Its own hold lamp is on.
    #[track_caller]
    pub fn is_on_hold(&self) -> &Phone {
        let index = self.index;
        self.expects("has a call on hold", move |world| {
            world.phones[index].calls.values().any(|call| call.is_held_by_me && !call.is_changing)
        })
    }

    /// The other side has put it on hold: it hears nobody.
    #[track_caller]
    pub fn is_kept_waiting(&self) -> &Phone {
        let index = self.index;
        self.expects("is kept waiting", move |world| {
            let is_up = world.phones[index].calls.values().any(|call| call.state == State::Talking);
            is_up && world.phones.iter().all(|ua| ua.user != world.sound_of(index))
        })
    }

    /// No call, no ring.
    #[track_caller]
    pub fn is_idle(&self) -> &Phone {
        let index = self.index;
        self.expects("is idle", move |world| world.phones[index].calls.is_empty())
    }

    /// The display says this somewhere.
    #[track_caller]
    pub fn shows(&self, words: &str) -> &Phone {
        let index = self.index;
        self.expects(&format!("shows {words:?}"), |world| world.phones[index].shows.contains(words))
    }

    /// It rings as for such a call: `alert-internal` and the like.
    #[track_caller]
    pub fn rings_as(&self, ring: &str) -> &Phone {
        let index = self.index;
        self.expects(&format!("rings as {ring}"), |world| {
            world.phones[index].calls.values().any(|call| call.state == State::Rings && call.ring == ring)
        })
    }

    /// It shows who has sent the call on to it, the last one first.
    #[track_caller]
    pub fn shows_sent_on_by(&self, expected: &[&str]) -> &Phone {
        let index = self.index;
        self.expects(&format!("shows a call sent on by {expected:?}"), |world| {
            world.phones[index].calls.values().any(|call| call.sent_on_by == expected)
        })
    }

    /// Its user heard the tones of these keys from the other side.
    #[track_caller]
    pub fn hears_the_tones_of(&self, keys: &str) -> &Phone {
        let index = self.index;
        self.expects(&format!("hears the tones of {keys}"), |world| {
            world.phones[index].calls.values().any(|call| call.tones == keys)
        })
    }

    /// It heard these keys from the other side.
    #[track_caller]
    pub fn hears_keys(&self, keys: &str) -> &Phone {
        let index = self.index;
        self.expects(&format!("hears the keys {keys}"), |world| {
            world.phones[index].calls.values().any(|call| call.keys == keys)
        })
    }

    /// It stays without a ring for so long.
    #[track_caller]
    pub fn stays_silent_for(&self, span: Duration) -> &Phone {
        let until = self.world.borrow().now + span;
        while self.world.borrow_mut().step(until) {
            let world = self.world.borrow();
            let ua = &world.phones[self.index];
            let rings = ua.calls.values().any(|call| call.state == State::Rings);
            assert!(!rings, "{} rings\n{}", ua.user, world.ladder.text());
        }
        self
    }

    /// What the registrar says that it is called; empty where it does not.
    pub fn label(&self) -> String {
        let identity = self.world.borrow().phones[self.index].registration.identity.clone().unwrap_or_default();
        identity.split('"').nth(1).unwrap_or_default().to_owned()
    }

    /// How many bindings the registrar told it of.
    pub fn bindings_told(&self) -> usize {
        self.world.borrow().phones[self.index].registration.contacts.len()
    }
}
