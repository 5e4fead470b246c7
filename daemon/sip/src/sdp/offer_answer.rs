//! Offer and answer (RFC 3264) for one leg: one audio stream, G.711 and keys.
//!
//! ```text
//!            offer()                      on_offer()
//!   Nothing ---------> Ours   Nothing ----------------> Theirs
//!                       | on_answer()                     | answer()
//!                       v                                 v
//!                   Ours, answered                  Theirs, answered
//! ```
//!
//! An answered exchange may be answered again: a 183 and the 200 after it, or the branches of a fork, each bring an
//! answer to the same offer. A new offer of either side starts over. `drop_offer` returns to what was agreed before.
//! There is no deadline here: the INVITE transaction that carries the offer has one.

use std::net::{IpAddr, SocketAddr};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::audio::{self, Format, RemoteAudio};
use super::describe::{Session, Slot, Stream};
use super::{Agreed, Codec, Direction, SdpError, SessionDescription, TelephoneEvent};

/// The payload type that most phones use for keys.
const USUAL_TELEPHONE_EVENT: u8 = 101;
/// The dynamic payload types (RFC 3551 §6).
const DYNAMIC_PAYLOAD_TYPES: std::ops::RangeInclusive<u8> = 96..=127;

/// What has been said and agreed with one peer about one call's audio. One for each leg; plain data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Negotiation {
    session_id: u64,
    /// The version in the o= line of `said`.
    version: u64,
    /// The last description that we sent. What the peer has seen under one version never changes, refused or not.
    said: Bytes,
    /// The address in our o= line: that of the first description, whatever becomes of `local` (RFC 3264 §8).
    origin: Option<IpAddr>,
    local: SocketAddr,
    codecs: Vec<Codec>,
    /// The m= lines of the call; their number and order bind all later offers (RFC 3264 §8).
    slots: Vec<Slot>,
    /// The slot of our audio stream.
    audio_slot: usize,
    /// What our numbers mean: a dynamic payload type keeps its meaning for the whole call (RFC 3264 §8.3.2).
    numbers: Vec<(u8, Format)>,
    /// One bit for each payload type that the peer has used for something that we do not speak.
    foreign_payload_types: u128,
    exchange: Exchange,
    agreed: Option<Agreed>,
    /// What the peer's last completed description said.
    heard: Option<RemoteAudio>,
}

/// What the peer's offer comes to, before it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The codecs that both speak, in the peer's order; never empty.
    pub codecs: Vec<Codec>,
    /// What the peer allows, from our side: `RecvOnly` when it offers to send only.
    pub direction: Direction,
    /// Whether the peer does not want to hear us: sendonly, inactive, c=0.0.0.0, c=::, or its stream switched off.
    pub is_hold: bool,
    /// Whether the peer speaks RFC 4733 events at the clock of G.711.
    pub has_telephone_event: bool,
    /// Where the peer wants RTP; see [`Agreed::remote`].
    pub remote: SocketAddr,
    /// Whether the stream is what was agreed already, word for word in all that matters to us: a session refresh, a
    /// held call held again. The peer's o= version is not asked, phones raise it at will.
    pub is_refresh: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Exchange {
    Nothing,
    Ours { formats: Vec<(u8, Format)>, direction: Direction, is_answered: bool },
    Theirs { audio: RemoteAudio, slots: Vec<Slot>, is_answered: bool },
}

impl Negotiation {
    /// `session_id` goes into our o= line and must be unique to the leg; `local` is where we receive RTP, with RTCP on
    /// the port above. Prefers mu-law, then A-law, until [`Negotiation::prefer`] says otherwise.
    pub fn new(session_id: u64, local: SocketAddr) -> Negotiation {
        Negotiation {
            session_id,
            version: 0,
            said: Bytes::new(),
            origin: None,
            local,
            codecs: vec![Codec::Pcmu, Codec::Pcma],
            slots: vec![Slot::audio()],
            audio_slot: 0,
            numbers: vec![
                (Codec::Pcmu.static_payload_type(), Format::Audio(Codec::Pcmu)),
                (Codec::Pcma.static_payload_type(), Format::Audio(Codec::Pcma)),
                (USUAL_TELEPHONE_EVENT, Format::TelephoneEvent),
            ],
            foreign_payload_types: 0,
            exchange: Exchange::Nothing,
            agreed: None,
            heard: None,
        }
    }

    /// Our end of the stream, as the peer is told.
    pub fn local(&self) -> SocketAddr {
        self.local
    }

    /// Moves our end of the stream; the peer learns it with the next offer or answer.
    pub fn set_local(&mut self, local: SocketAddr) {
        self.local = local;
    }

    /// The codecs of our later offers, in this order, and the order of choice in our answers. An empty list changes
    /// nothing.
    pub fn prefer(&mut self, codecs: &[Codec]) {
        if codecs.is_empty() {
            return;
        }
        self.codecs.clear();
        for codec in codecs {
            if !self.codecs.contains(codec) {
                self.codecs.push(*codec);
            }
        }
    }

    /// An offer, the first or a later one. It lists all our codecs every time (RFC 3264 §8, interop: a re-offer with
    /// the current codec alone breaks transfers), and takes the place of an exchange that is still open.
    pub fn offer(&mut self, direction: Direction) -> Bytes {
        let formats = self.formats_to_offer();
        let stream = Stream { port: self.local.port(), formats: &formats, direction };
        let text = self.say(&self.slots.clone(), self.audio_slot, &stream);
        self.exchange = Exchange::Ours { formats, direction, is_answered: false };
        text
    }

    /// Reads the peer's answer to our last offer. After an error the offer is still open: another branch or a later
    /// response may answer it. A stream that the peer switches off in an answer to a later offer comes out as
    /// `Inactive` with port 0; in the first answer it is [`SdpError::StreamRefused`].
    pub fn on_answer(&mut self, sdp: &[u8]) -> Result<Agreed, SdpError> {
        let Exchange::Ours { formats, direction, .. } = &self.exchange else {
            return Err(SdpError::NoOffer);
        };
        let (formats, offered_direction) = (formats.clone(), *direction);
        let description = SessionDescription::parse(sdp)?;
        let audio = self.read_answer(&description, &formats)?;
        let codec = audio.codecs().into_iter().find(|codec| has(&formats, Format::Audio(*codec)));
        let codec = codec.ok_or(SdpError::NoCommonCodec)?;
        let direction = audio.direction.reversed().intersected(offered_direction);
        let agreed = agree(codec, &audio, &formats, direction).ok_or(SdpError::NoCommonCodec)?;
        self.learn(&audio, &[]);
        self.exchange = Exchange::Ours { formats, direction: offered_direction, is_answered: true };
        self.agreed = Some(agreed.clone());
        self.heard = Some(audio);
        Ok(agreed)
    }

    /// Reads the peer's offer and keeps it for [`Negotiation::answer`]. After an error nothing is kept, and what was
    /// agreed before still holds: a refused T.38 or video re-offer leaves the audio call alone.
    pub fn on_offer(&mut self, sdp: &[u8]) -> Result<Offered, SdpError> {
        if matches!(self.exchange, Exchange::Ours { is_answered: false, .. }) {
            return Err(SdpError::OfferOutstanding);
        }
        self.exchange = Exchange::Nothing;
        let description = SessionDescription::parse(sdp)?;
        let audio = self.read_offer(&description)?;
        let slots: Vec<Slot> = description.media.iter().map(Slot::of).collect();
        let codecs = self.common_codecs(&audio);
        let offered = Offered {
            codecs,
            direction: audio.direction.reversed(),
            is_hold: !audio.direction.receives(),
            has_telephone_event: has(&audio.formats, Format::TelephoneEvent),
            remote: audio.remote,
            is_refresh: self.agreed.is_some() && self.heard.as_ref() == Some(&audio),
        };
        self.exchange = Exchange::Theirs { audio, slots, is_answered: false };
        Ok(offered)
    }

    /// Answers the kept offer with one codec, keys where the peer has them, and the wanted direction as far as the
    /// offer allows it (RFC 3264 §6.1). The payload types are the offer's own. May be called again for the same offer.
    pub fn answer(&mut self, direction_wanted: Direction) -> Result<(Bytes, Agreed), SdpError> {
        let Exchange::Theirs { audio, slots, .. } = &self.exchange else {
            return Err(SdpError::NoOffer);
        };
        let (audio, slots) = (audio.clone(), slots.clone());
        let codecs = self.common_codecs(&audio);
        let codec = self.codecs.iter().copied().find(|codec| codecs.contains(codec)).ok_or(SdpError::NoCommonCodec)?;
        let formats: Vec<(u8, Format)> = [Format::Audio(codec), Format::TelephoneEvent]
            .into_iter()
            .filter_map(|format| audio.payload_type(format).map(|number| (number, format)))
            .collect();
        let direction = audio.direction.reversed().intersected(direction_wanted);
        let agreed = agree(codec, &audio, &formats, direction).ok_or(SdpError::NoCommonCodec)?;
        self.learn(&audio, &audio.formats);
        let port = if audio.remote.port() == 0 { 0 } else { self.local.port() };
        let text = self.say(&slots, audio.slot, &Stream { port, formats: &formats, direction });
        self.slots.clone_from(&slots);
        self.audio_slot = audio.slot;
        self.agreed = Some(agreed.clone());
        self.heard = Some(audio.clone());
        self.exchange = Exchange::Theirs { audio, slots, is_answered: true };
        Ok((text, agreed))
    }

    /// Our offer or theirs was refused: what was agreed before still holds (RFC 3261 §14.1). Without an open offer
    /// nothing happens.
    pub fn drop_offer(&mut self) {
        let is_open = matches!(
            self.exchange,
            Exchange::Ours { is_answered: false, .. } | Exchange::Theirs { is_answered: false, .. }
        );
        if is_open {
            self.exchange = Exchange::Nothing;
        }
    }

    /// What holds now; `None` before the first answer.
    pub fn agreed(&self) -> Option<&Agreed> {
        self.agreed.as_ref()
    }

    fn common_codecs(&self, audio: &RemoteAudio) -> Vec<Codec> {
        audio.codecs().into_iter().filter(|codec| self.codecs.contains(codec)).collect()
    }

    /// The first m= line that we can use; else what is wrong with the first that came near.
    fn read_offer(&self, description: &SessionDescription) -> Result<RemoteAudio, SdpError> {
        let mut problem = None;
        for (slot, media) in description.media.iter().enumerate().filter(|(_, media)| audio::is_audio(media)) {
            let audio = match RemoteAudio::read(description, slot, &[]) {
                _ if !audio::is_plain_rtp(media) => Err(SdpError::UnsupportedProfile),
                _ if media.port == 0 => Err(SdpError::StreamRefused),
                Ok(audio) if self.common_codecs(&audio).is_empty() => Err(SdpError::NoCommonCodec),
                other => other,
            };
            match audio {
                Ok(audio) => return Ok(audio),
                // A stream that was usable but for one thing says more than one under another profile.
                Err(error) if problem.is_none_or(|known| known == SdpError::UnsupportedProfile) => {
                    problem = Some(error);
                }
                Err(_) => {}
            }
        }
        // All streams off, in a call that had one: a hold of old. With another stream on, it is a change to fax or
        // video, which we refuse.
        if problem == Some(SdpError::StreamRefused)
            && description.media.iter().all(|media| media.port == 0)
            && let Some(agreed) = &self.agreed
        {
            let slot = description.media.iter().position(audio::is_audio).unwrap_or(0);
            let formats = vec![(agreed.send_payload_type, Format::Audio(agreed.codec))];
            return Ok(RemoteAudio::switched_off(slot, formats));
        }
        Err(problem.unwrap_or(SdpError::NoAudio))
    }

    /// The m= line at the place of our stream; phones that lose the refused ones get their first audio line read.
    fn read_answer(&self, description: &SessionDescription, formats: &[(u8, Format)]) -> Result<RemoteAudio, SdpError> {
        let in_place = description.media.get(self.audio_slot).filter(|media| audio::is_audio(media));
        let slot = match in_place {
            Some(_) => Some(self.audio_slot),
            None => description.media.iter().position(audio::is_audio),
        };
        let slot = slot.ok_or(SdpError::NoAudio)?;
        let media = description.media.get(slot).ok_or(SdpError::NoAudio)?;
        match &self.agreed {
            Some(agreed) if media.port == 0 => {
                let formats = vec![(agreed.send_payload_type, Format::Audio(agreed.codec))];
                Ok(RemoteAudio::switched_off(slot, formats))
            }
            None if media.port == 0 => Err(SdpError::StreamRefused),
            _ if !audio::is_plain_rtp(media) => Err(SdpError::UnsupportedProfile),
            _ => RemoteAudio::read(description, slot, formats),
        }
    }

    /// Keeps what the peer's numbers mean; `taken_over` are those that we now use ourselves.
    fn learn(&mut self, audio: &RemoteAudio, taken_over: &[(u8, Format)]) {
        self.foreign_payload_types |= audio.foreign_payload_types;
        for (number, _) in &audio.formats {
            self.foreign_payload_types &= !(1 << number);
        }
        for (_, format) in taken_over {
            let Some(number) = audio::payload_type(taken_over, *format) else {
                continue;
            };
            for own in self.numbers.iter_mut().filter(|own| own.1 == *format) {
                own.0 = number;
            }
        }
    }

    fn formats_to_offer(&mut self) -> Vec<(u8, Format)> {
        let mut formats: Vec<(u8, Format)> = Vec::new();
        let wanted = self.codecs.iter().map(|codec| Format::Audio(*codec)).chain([Format::TelephoneEvent]);
        for format in wanted {
            let usual = match format {
                Format::Audio(codec) => codec.static_payload_type(),
                Format::TelephoneEvent => USUAL_TELEPHONE_EVENT,
            };
            let current = audio::payload_type(&self.numbers, format).unwrap_or(usual);
            let is_free = |number: &u8| {
                self.foreign_payload_types & (1 << number) == 0 && !formats.iter().any(|taken| taken.0 == *number)
            };
            let number = [current, usual].into_iter().chain(DYNAMIC_PAYLOAD_TYPES).find(is_free);
            formats.extend(number.map(|number| (number, format)));
        }
        formats
    }

    /// Prints a description; the version goes up by one when anything else in it changed (RFC 3264 §8).
    fn say(&mut self, slots: &[Slot], audio_slot: usize, stream: &Stream<'_>) -> Bytes {
        let local = self.local.ip();
        let origin = *self.origin.get_or_insert(local);
        let mut session = Session { id: self.session_id, version: self.version, origin, local };
        let again = session.describe(slots, audio_slot, stream).to_string();
        if again.as_bytes() != self.said {
            self.version = self.version.saturating_add(1);
            session.version = self.version;
            self.said = Bytes::from(session.describe(slots, audio_slot, stream).to_string());
        }
        self.said.clone()
    }
}

/// `ours` are the numbers of our own description: what we receive under.
fn agree(codec: Codec, audio: &RemoteAudio, ours: &[(u8, Format)], direction: Direction) -> Option<Agreed> {
    let keys = audio.payload_type(Format::TelephoneEvent).zip(audio::payload_type(ours, Format::TelephoneEvent));
    Some(Agreed {
        codec,
        send_payload_type: audio.payload_type(Format::Audio(codec))?,
        receive_payload_type: audio::payload_type(ours, Format::Audio(codec))?,
        telephone_event: keys.map(|(send_payload_type, receive_payload_type)| TelephoneEvent {
            send_payload_type,
            receive_payload_type,
        }),
        remote: audio.remote,
        remote_rtcp: audio.remote_rtcp,
        direction,
        packet_ms: audio.packet_ms,
    })
}

fn has(formats: &[(u8, Format)], format: Format) -> bool {
    audio::payload_type(formats, format).is_some()
}
