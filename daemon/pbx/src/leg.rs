//! One party's side of a call: its dialog, its media, and the translation of what the stack says into what features hear.

mod branches;
mod by_box;
mod event;
mod keys;
mod moving;
mod music;
mod offers;

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use log::warn;
use serde::{Deserialize, Serialize};
use sip::diversion::{DiversionReason, Diversions, Diverted};
use sip::event::{Body, DialogId, Event, Invited};
use sip::message::{NameAddr, Uri};
use sip::sdp::{Codec, Direction, Negotiation};
use sip::stack::Invite;
use sip::transport::Hop;

use crate::alerting::Alert;
use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::goodbye;
pub use crate::goodbye::Goodbye;
use crate::hearing::Hearing;
use crate::ids::{CallId, LegId, PlayId, RecordingId};
use crate::output::{MediaOrder, Sound, Tone};
use crate::prompt::Prompt;
use crate::registrar::Binding;
use crate::route::ANONYMOUS;
use crate::seen_as::HiddenBy;
use crate::status::PartyStatus;
use crate::trunks::trunk_of;
use crate::words::{Language, Words};

use self::branches::Branches;
pub use self::event::{Divert, LegEvent};
use self::keys::Keys;

/// One party's side of a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Leg {
    /// Its name.
    pub id: LegId,
    /// Its call.
    pub call: CallId,
    /// The SIP user of its phone.
    pub user: String,
    /// Its extension.
    pub extension: String,
    /// The number that its phone shows as the other party's.
    shows: String,
    /// The From of calls that it makes: its number and name.
    pub identity: NameAddr,
    dialog: DialogId,
    hop: Hop,
    negotiation: Negotiation,
    /// What has been said with branches of the call to it, until it is answered; none before the first early media.
    branches: Option<Box<Branches>>,
    /// The codecs that the party offered, in its order; none with a delayed offer.
    wanted: Vec<Codec>,
    /// How many hops what the party asks for may still take.
    max_forwards: u8,
    /// What hides its number from whoever is called outside on its behalf.
    pub hides: Option<HiddenBy>,
    /// The park slot from which its call goes back to who parked it, until somebody has it.
    pub back_from: Option<u8>,
    /// What the party has said as a name to whoever screens calls; it goes with the call.
    #[serde(default)]
    pub said: Option<RecordingId>,
    /// How the call that it makes was sent on, before it came in and since.
    pub diverted: Diversions<Diverter>,
    phase: Phase,
    /// Whether the party was told an address of ours that is gone, and not the new one.
    is_moving: bool,
    is_held: bool,
    /// Whether it has taken sound in this call: a device that only speaks holds nobody.
    #[serde(default)]
    has_listened: bool,
    asked: Asked,
    playing: Option<PlayId>,
    /// The music that it hears while it waits.
    #[serde(default)]
    music: Option<PlayId>,
    keys: Keys,
    /// Whose language is spoken to it: an extension's, or nobody's in particular.
    listener: String,
    /// How its sound fares.
    pub hearing: Hearing,
}

/// Who has sent a call on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Diverter {
    /// One of ours.
    Extension(String),
    /// Somebody outside, before the call came in: the number as it would be dialled here.
    Number(String),
}

/// Who is called.
#[derive(Clone, Debug)]
pub struct Party {
    /// The SIP user of the phone, or the name that the trunk is kept under.
    pub user: String,
    /// The extension, or number.
    pub extension: String,
    /// The number that it is shown as the other party's.
    pub shows: String,
    /// The From of calls that it makes.
    pub identity: NameAddr,
}

/// A device of whoever is called.
#[derive(Clone, Copy, Debug)]
pub struct Called<'a> {
    /// Whose phone it is.
    pub extension: &'a str,
    /// In whose place that one answers, and is shown so.
    pub instead_of: Option<&'a str>,
    /// The device.
    pub binding: &'a Binding,
    /// How it makes itself heard.
    pub alert: Alert,
}

/// On whose behalf somebody outside is called.
#[derive(Clone, Copy, Debug)]
pub struct Behalf<'a> {
    /// Whose call it is.
    pub call: CallId,
    /// The number that is called for.
    pub extension: &'a str,
    /// The codecs that the caller has, best first.
    pub codecs: &'a [Codec],
    /// How many hops the call may still take.
    pub max_forwards: u8,
    /// What hides the caller's number.
    pub hides: Option<HiddenBy>,
    /// How the call was sent on.
    pub diverted: &'a Diversions<Diverter>,
}

impl<'a> Behalf<'a> {
    /// The box's own.
    pub fn of_box(call: CallId, extension: &'a str, diverted: &'a Diversions<Diverter>) -> Behalf<'a> {
        Behalf { call, extension, codecs: &[], max_forwards: MAX_FORWARDS, hides: None, diverted }
    }
}

/// How far a leg has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Phase {
    /// The caller's leg before the answer; it waits for us, within the step's deadline.
    Asking { has_offered: bool, early_answer: Option<Bytes> },
    /// The callee's leg before the answer; it has the step's deadline.
    Asked,
    /// Answered; liveness probes are its deadline.
    Up,
}

/// What is known from asking the party whether it lives.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Asked {
    because_silent: bool,
    /// It was silent before and lived: a held call says so once, not every minute.
    is_known_silent: bool,
    /// Questions as a matter of routine, one after the other, without an answer.
    misses: u8,
}

/// How many hops a call may take where nothing says less (RFC 3261 §8.1.1.6).
const MAX_FORWARDS: u8 = 70;

/// How often a party may leave a routine question unanswered.
const MISSES_LIMIT: u8 = 2;

impl Leg {
    /// The leg of a caller whose INVITE has just come; ports that are kept back are for one who calls for help. Its port is open;
    /// an offer that cannot be met is a cause to refuse.
    pub fn caller(
        call: CallId,
        invited: &Invited,
        (extension, name): (&str, &str),
        calls_for_help: bool,
        cx: &mut Cx,
    ) -> Result<Leg, Cause> {
        cx.follow(call, invited.dialog, &invited.user);
        let opened = cx.open_leg(call, invited.dialog, &invited.hop, calls_for_help);
        let (id, local) = opened.ok_or(Cause::Overload)?;
        let mut negotiation = Negotiation::new(id.0, cx.heard_at(&invited.user, local));
        if let Some(trunk) = trunk_of(&invited.user) {
            cx.trunks.carries(trunk, id);
        }
        let mut wanted = Vec::new();
        if let Some(offer) = &invited.offer {
            let offered = negotiation.on_offer(&offer.bytes).map_err(|error| {
                warn!("{call} {id}: offer refused: {error}");
                Cause::NoCodec
            })?;
            wanted = offered.codecs;
        }
        Ok(Leg {
            id,
            call,
            user: invited.user.clone(),
            extension: extension.to_owned(),
            shows: goodbye::number_of(&invited.uri).unwrap_or_default(),
            identity: cx.identity(extension, name, &invited.hop),
            dialog: invited.dialog,
            hop: invited.hop,
            negotiation,
            branches: None,
            wanted,
            max_forwards: invited.max_forwards,
            hides: None,
            back_from: None,
            said: None,
            diverted: cx.diverted_before(invited),
            phase: Phase::Asking { has_offered: invited.offer.is_some(), early_answer: None },
            is_moving: false,
            is_held: false,
            has_listened: false,
            asked: Asked::default(),
            playing: None,
            music: None,
            keys: Keys::default(),
            // A number outside may have the digits of an extension.
            listener: if trunk_of(&invited.user).is_some() { String::new() } else { extension.to_owned() },
            hearing: Hearing::default(),
        })
    }

    /// A leg to one binding of a callee's phone; it is invited at once. The error: the phone cannot be reached, or a limit is.
    pub fn callee(caller: &Leg, called: &Called<'_>, cx: &mut Cx) -> Result<Leg, Cause> {
        let Called { extension, instead_of, binding, alert } = *called;
        let (mut target, hop) = cx.way_to(binding).ok_or(Cause::Offline)?;
        alert.mark(&binding.user_agent, &mut target);
        let call = caller.call;
        let (id, local) = cx.open_media(call, &hop, false).ok_or(Cause::Overload)?;
        let mut negotiation = Negotiation::new(id.0, local);
        // The caller's first, so that nothing needs converting where that can be; the box converts between the rest.
        let ours = [Codec::Pcmu, Codec::Pcma];
        let others = ours.into_iter().filter(|codec| !caller.wanted.is_empty() && !caller.wanted.contains(codec));
        negotiation.prefer(&caller.wanted.iter().copied().chain(others).collect::<Vec<_>>());
        let offer = Body::sdp(negotiation.offer(Direction::SendRecv));
        let identity = cx.identity(extension, "", &hop);
        let named = |by: &Diverter| {
            let (Diverter::Extension(number) | Diverter::Number(number)) = by;
            Some(Uri::sip_at(Some(number), hop.local))
        };
        let mut diverted = caller.diverted.clone();
        if let Some(boss) = instead_of {
            let by = Diverter::Extension(boss.to_owned());
            diverted.push(Diverted { by, reason: DiversionReason::Unconditional });
        }
        let shown = if caller.is_shown_to(extension, cx) { caller.extension.as_str() } else { ANONYMOUS };
        let from = NameAddr::named(caller.shown_to(extension, instead_of, cx), Uri::sip_at(Some(shown), hop.local));
        let invite = Invite {
            from,
            to: identity.clone(),
            target,
            hop,
            user: Some(binding.key.user.clone()),
            contact_user: shown.to_owned(),
            outside: None,
            headers: [
                alert.headers(&binding.user_agent, hop.local),
                diverted.named(named).headers(&Uri::sip_at(Some(extension), hop.local)),
            ]
            .concat(),
            body: Some(offer),
        };
        let dialog = cx.invite(id, invite);
        cx.log(
            call,
            Happened::Invited { leg: id, phone: cx.phone_name(&binding.key.user), contact: binding.contact.clone() },
        );
        let party = Party {
            user: binding.key.user.clone(),
            extension: extension.to_owned(),
            shows: caller.extension.clone(),
            identity,
        };
        Ok(Leg::calling((call, id), party, (dialog, hop), negotiation))
    }

    /// The party's name for whoever has this extension: as they know it, as the office does, or else as the party says itself.
    pub fn name_for(&self, reader: &str, cx: &Cx) -> String {
        let owner = cx.config.owner_of(reader).map(|person| person.id);
        let contact = trunk_of(&self.user).and_then(|_| cx.config.contact_named(owner, &self.extension));
        contact.map_or_else(|| self.identity.display.to_str().into_owned(), |(name, _)| name.to_owned())
    }

    /// Whether the phones of this extension may show who the party is: all but callers from outside, where it wants to see none (F28).
    fn is_shown_to(&self, reader: &str, cx: &Cx) -> bool {
        cx.config.shows_callers_to(reader) || trunk_of(&self.user).is_none()
    }

    /// What a phone of this extension shows as the party's name while it rings.
    fn shown_to(&self, reader: &str, instead_of: Option<&str>, cx: &Cx) -> String {
        let name = match self.is_shown_to(reader, cx) {
            true => self.name_for(reader, cx),
            false => words_for(reader, cx).unknown_caller().to_owned(),
        };
        let said = Some(name.as_str()).filter(|name| !name.is_empty()).unwrap_or(&self.extension);
        match (self.back_from, instead_of) {
            (Some(slot), _) => words_for(reader, cx).back_from(slot, said),
            (None, Some(boss)) => words_for(reader, cx).for_whom(cx.config.name_of(boss).unwrap_or(boss), said),
            (None, None) => name,
        }
    }

    /// Has the phone of the party show that its call is parked.
    pub fn show_parked(&mut self, slot: u8, cx: &mut Cx) {
        if trunk_of(&self.user).is_some() || !self.is_up() {
            return;
        }
        self.shows = cx.number_of_slot(slot);
        let identity = cx.identity(&self.shows, &words_for(&self.extension, cx).parked_on(slot), &self.hop);
        cx.sip(|stack, now, wire| stack.identify(now, self.dialog, identity, wire));
    }

    /// The party's name as far as somebody vouches for it: one of the office by its configuration, one outside by a contact of
    /// whoever has this extension, or of the office. What a caller outside says of itself is no name: the box would lend
    /// its voice to whoever calls themselves the bank.
    pub fn vouched_name_for(&self, reader: &str, cx: &Cx) -> String {
        let is_outside = trunk_of(&self.user).is_some();
        let owner = cx.config.owner_of(reader).map(|person| person.id);
        let name = match is_outside {
            true => cx.config.contact_named(owner, &self.extension).map(|(name, _)| name),
            false => cx.config.name_of(&self.extension),
        };
        name.unwrap_or_default().to_owned()
    }

    /// How phones ring for the party's call.
    pub fn alert(&self) -> Alert {
        match trunk_of(&self.user) {
            _ if self.diverted.count > 0 => Alert::Diverted,
            Some(_) => Alert::External,
            None => Alert::Internal,
        }
    }

    /// A leg whose party has just been invited.
    pub fn calling(
        (call, id): (CallId, LegId),
        party: Party,
        (dialog, hop): (DialogId, Hop),
        negotiation: Negotiation,
    ) -> Leg {
        let Party { user, extension, shows, identity } = party;
        Leg {
            id,
            call,
            listener: extension.clone(),
            user,
            extension,
            shows,
            identity,
            dialog,
            hop,
            negotiation,
            branches: None,
            wanted: Vec::new(),
            max_forwards: MAX_FORWARDS,
            hides: None,
            back_from: None,
            said: None,
            diverted: Diversions::default(),
            phase: Phase::Asked,
            is_moving: false,
            is_held: false,
            has_listened: false,
            asked: Asked::default(),
            playing: None,
            music: None,
            keys: Keys::default(),
            hearing: Hearing::default(),
        }
    }

    /// Lets the caller know that a phone rings: by 180, or by our tone where it already listens to us.
    pub fn ring(&mut self, cx: &mut Cx) {
        if self.hears_us() {
            if self.playing.is_none() {
                let play = cx.play_tone(self.id, Tone::Ringback, RINGBACK_LIMIT);
                self.plays(play);
            }
        } else {
            cx.sip(|stack, now, wire| stack.ring(now, self.dialog, 180, None, wire));
        }
    }

    /// Opens the way to the caller before the answer; false with a delayed offer, which has no room for it.
    pub fn send_early_media(&mut self, codec: Option<Codec>, cx: &mut Cx) -> bool {
        // Somebody who was put through from a mailbox has been answered: the way is open.
        if self.is_up() {
            return true;
        }
        if let Phase::Asking { early_answer: Some(_), .. } = &self.phase {
            return true;
        }
        let Ok(Some(answer)) = self.describe_answer(codec, cx) else { return false };
        self.phase = Phase::Asking { has_offered: true, early_answer: Some(answer.clone()) };
        cx.sip(|stack, now, wire| stack.ring(now, self.dialog, 183, Some(Body::sdp(answer)), wire));
        true
    }

    /// Answers the caller: 200 with our answer, or with our offer where the caller made none.
    pub fn answer(&mut self, codec: Option<Codec>, cx: &mut Cx) {
        self.stop_playing(cx);
        let early = match &mut self.phase {
            Phase::Asking { early_answer, .. } => early_answer.take(),
            Phase::Asked | Phase::Up => return,
        };
        let body = match early {
            // What was said in the 183 is said again in the 200 (RFC 3261 §13.2.1).
            Some(answer) => answer,
            None => match self.describe_answer(codec, cx) {
                Ok(Some(answer)) => answer,
                // A delayed offer: ours goes in the 200, the answer comes in the ACK (RFC 3264 §4).
                _ => self.negotiation.offer(Direction::SendRecv),
            },
        };
        self.phase = Phase::Up;
        cx.sip(|stack, now, wire| stack.answer(now, self.dialog, Body::sdp(body), wire));
        self.tell_new_address(cx);
    }

    /// Ends the leg: whatever of the dialog is left is ended by the stack, the port closes.
    pub fn leave(&self, goodbye: Goodbye, cx: &mut Cx) {
        let reason = goodbye.reason();
        match &self.phase {
            Phase::Asking { .. } => {
                let status = goodbye.status();
                cx.sip(|stack, now, wire| stack.refuse(now, self.dialog, status, reason, wire));
            }
            Phase::Asked | Phase::Up => cx.sip(|stack, now, wire| stack.hang_up(now, self.dialog, reason, wire)),
        }
        cx.close_leg(self.id);
    }

    /// Makes the leg one of another call.
    pub fn move_to(&mut self, call: CallId, cx: &mut Cx) {
        self.call = call;
        self.said = None;
        cx.adopt(self.id, call);
    }

    /// Calls are made on its behalf from here on: they name it as calls of its own would.
    pub fn becomes_caller(&mut self, cx: &Cx) {
        let name = cx.config.calls_as(&self.extension).unwrap_or_default();
        self.identity = cx.identity(&self.extension, name, &self.hop);
        self.hides = self.hides.or(cx.config.hides_number(&self.extension).then_some(HiddenBy::Extension));
    }

    /// Has the phone show that it talks to this party, unless it does (RFC 3325 §9.1).
    pub fn show(&mut self, other: &Leg, cx: &mut Cx) {
        let number = match other.is_shown_to(&self.extension, cx) {
            true => other.extension.as_str(),
            false => ANONYMOUS,
        };
        // A carrier is told nothing of who in the office talks.
        if trunk_of(&self.user).is_some() || self.shows == number || !self.is_up() {
            return;
        }
        number.clone_into(&mut self.shows);
        let name = match trunk_of(&other.user) {
            Some(_) => other.shown_to(&self.extension, None, cx),
            None => cx.config.calls_as(number).unwrap_or_default().to_owned(),
        };
        let identity = cx.identity(number, &name, &self.hop);
        cx.sip(|stack, now, wire| stack.identify(now, self.dialog, identity, wire));
    }

    /// Asks the party whether it still lives: because its media is silent, or as a matter of routine.
    pub fn probe(&mut self, is_silent: bool, cx: &mut Cx) {
        if self.phase == Phase::Up {
            self.asked.because_silent |= is_silent;
            cx.sip(|stack, now, wire| stack.probe(now, self.dialog, wire));
        }
    }

    /// The party answered, or did not; false when it is to be given up. A silent party is, at once; one that was asked as a matter
    /// of routine has a second chance: its audio may well flow while its connection is being made anew.
    pub fn on_probed(&mut self, is_alive: bool, cx: &mut Cx) -> bool {
        let leg = self.id;
        let asked = std::mem::take(&mut self.asked);
        if is_alive {
            self.asked.is_known_silent = asked.is_known_silent || asked.because_silent;
            if self.asked.is_known_silent && !asked.is_known_silent {
                cx.log(self.call, Happened::Probed { leg, is_alive });
            }
            return true;
        }
        self.asked.misses = asked.misses + 1;
        let is_lost = asked.because_silent || self.asked.misses >= MISSES_LIMIT;
        if is_lost {
            cx.log(self.call, Happened::Probed { leg, is_alive });
        }
        !is_lost
    }

    /// What a message in the leg's dialog means for the call.
    pub fn on_sip(&mut self, event: Event, cx: &mut Cx) -> Option<LegEvent> {
        match event {
            Event::Progress { branch, status, body, .. } => self.on_progress(status, (branch, body), cx),
            Event::Answered { branch, body, .. } => Some(self.on_answered(branch, body, cx)),
            Event::Rejected { status, redirection, .. } => {
                let to = redirection.to.iter().find_map(goodbye::number_of);
                let divert = to.map(|to| Divert { to, because: redirection.because });
                Some(LegEvent::Declined { status, divert })
            }
            Event::Confirmed { answer, .. } => self.on_confirmed(answer, cx),
            Event::Reoffered { branch, offer, .. } => self.on_reoffered(branch, offer, cx),
            Event::Info { body, .. } => body.filter(goodbye::is_digit).map(LegEvent::InfoDigit),
            Event::Probed { is_alive, .. } => Some(LegEvent::Probed(is_alive)),
            Event::Cancelled { reason, .. } => Some(LegEvent::Cancelled(goodbye::cancelled_for(reason.as_ref()))),
            Event::HungUp { .. } => Some(LegEvent::HungUp),
            Event::Lost { .. } => Some(LegEvent::Lost),
            Event::OfferDue { .. } => self.on_offer_due(cx),
            Event::ReofferAnswered { body, .. } => self.on_reoffer_answered(body, cx),
            Event::ReofferRefused { .. } => {
                self.negotiation.drop_offer();
                None
            }
            // Registrations, new calls, transfers and guesses are not a leg's.
            Event::Registering(_) | Event::Invited(_) | Event::Referred(_) | Event::Attacked(_) => None,
            Event::Subscribing(_) | Event::Unsubscribed { .. } | Event::Wished { .. } => None,
            Event::Notified { .. } | Event::Replied(_) => None,
        }
    }

    /// A tone ended; true when it was the one that plays.
    pub fn on_play_done(&mut self, play: PlayId) -> bool {
        self.music.take_if(|music| *music == play);
        self.playing.take_if(|playing| *playing == play).is_some()
    }

    /// Plays a sound to the party; a sentence in its language. Its end comes within [`crate::output::PROMPT_LIMIT`].
    pub fn hear(&mut self, sound: Sound, cx: &mut Cx) {
        let sound = match sound {
            Sound::Prompt(prompt) => {
                Sound::Prompt(Prompt { language: cx.config.language_of(&self.listener).to_owned(), ..prompt })
            }
            other => other,
        };
        let play = cx.play(self.id, sound);
        self.plays(play);
    }

    /// From now on the party is spoken to as this extension's person: whoever opened their mailbox elsewhere.
    pub fn listens_as(&mut self, extension: &str) {
        extension.clone_into(&mut self.listener);
    }

    /// Remembers what plays, in the place of what played before.
    pub fn plays(&mut self, play: PlayId) {
        self.music = None;
        self.playing = Some(play);
    }

    /// Stops our tone, or music.
    pub fn stop_playing(&mut self, cx: &mut Cx) {
        let has_music = self.music.take().is_some();
        if self.playing.take().is_some() || has_music {
            cx.media(MediaOrder::Stop { leg: self.id });
        }
    }

    /// The codec that was agreed.
    pub fn codec(&self) -> Option<Codec> {
        self.negotiation.agreed().map(|agreed| agreed.codec)
    }

    /// How it sounds; `wall` is people's time of a moment since the box's start.
    pub fn status(&self, wall: impl Fn(Duration) -> Timestamp) -> PartyStatus {
        let must_come = self.negotiation.agreed().is_some_and(|agreed| agreed.direction.receives());
        PartyStatus {
            number: self.extension.clone(),
            codec: self.codec().map(|codec| codec.encoding_name().to_owned()),
            sound: self.hearing.sound(must_come && !self.is_held, wall),
        }
    }

    /// The codec that is agreed, or else the one that the party likes best.
    pub fn likes(&self) -> Option<Codec> {
        self.codec().or_else(|| self.wanted.first().copied())
    }

    /// Whether the party has been answered, or hears our early media.
    pub fn hears_us(&self) -> bool {
        match &self.phase {
            Phase::Asking { early_answer, .. } => early_answer.is_some(),
            Phase::Asked => false,
            Phase::Up => true,
        }
    }

    /// Whether the party has been answered, or has answered.
    pub fn is_up(&self) -> bool {
        self.phase == Phase::Up
    }

    /// What is called outside on the party's behalf.
    pub fn behalf(&self) -> Behalf<'_> {
        Behalf {
            call: self.call,
            extension: &self.extension,
            codecs: &self.wanted,
            max_forwards: self.max_forwards,
            hides: self.hides,
            diverted: &self.diverted,
        }
    }

    /// Whether the party has put the call on hold.
    pub fn is_held(&self) -> bool {
        self.is_held
    }

    /// Its dialog.
    pub fn dialog(&self) -> DialogId {
        self.dialog
    }

    /// The box's address as the party's phone reaches it.
    pub fn local(&self) -> SocketAddr {
        self.hop.local
    }
}

/// What is read on the phones of an extension: in its language, where there are words in it.
pub(crate) fn words_for(extension: &str, cx: &Cx) -> &'static dyn Words {
    Language::of_tag(cx.config.language_of(extension)).unwrap_or_default().words()
}

/// The longest ringing that a step may have, and so the longest ringback tone.
const RINGBACK_LIMIT: Duration = Duration::from_secs(180);
