//! A fake media shell: it remembers orders, answers after the length of a tone or sentence, and tells when a port falls silent.
//! Real RTP threads have their own tests.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::LazyLock;
use std::time::Duration;

use media::speech::Catalogue;
use pbx::input::{LegId, MediaEvent, Quality, SILENT_AFTER};
use pbx::output::{MediaOrder, PlayId, Sound, Tone};
use sip::sdp::Agreed;

/// How often a port looks whether packets came; real ones come every 20 ms.
pub const LISTENS_EVERY: Duration = Duration::from_secs(5);
/// What a letter of a sentence takes: the mean of what the real voice takes.
pub const LETTER: Duration = Duration::from_millis(70);
/// How long an event of the media threads takes to the engine's queue.
const REPORTS_AFTER: Duration = Duration::from_millis(1);

/// One leg's RTP port.
#[derive(Clone, Debug)]
pub struct Port {
    /// Our end.
    pub local: SocketAddr,
    /// What was agreed last.
    pub agreed: Option<Agreed>,
    /// Where the peer last wanted RTP, kept while an old-style hold names no address.
    pub peer: Option<SocketAddr>,
    /// The leg it is bridged to.
    pub bridged: Option<LegId>,
    /// Whether it sends back what comes in.
    pub has_echo: bool,
    /// What plays.
    pub playing: Option<(PlayId, Sound)>,
    heard_at: Duration,
    reported: u64,
}

/// What the fake shell wants to happen later.
#[derive(Clone, Debug)]
pub enum Later {
    /// An event reaches the engine.
    Event(MediaEvent),
    /// Something that plays comes to its end.
    PlayEnds(LegId, PlayId),
    /// A port looks whether packets came.
    Listen(LegId),
}

/// All ports.
#[derive(Clone, Debug, Default)]
pub struct Media {
    /// The open ones.
    pub ports: BTreeMap<LegId, Port>,
    /// How many of the next ports cannot be opened.
    pub refusals: u32,
    /// Orders that no shell may be given, in words: two legs on one port and the like.
    pub complaints: Vec<String>,
}

impl Media {
    /// Obeys an order and returns what follows from it, and after how long.
    pub fn obey(&mut self, now: Duration, order: MediaOrder) -> Vec<(Duration, Later)> {
        match order {
            MediaOrder::Open { leg, local } => return self.open(now, leg, local),
            MediaOrder::Configure { leg, agreed, .. } => {
                if let Some(port) = self.ports.get_mut(&leg) {
                    if !agreed.remote.ip().is_unspecified() {
                        port.peer = Some(agreed.remote);
                    }
                    port.agreed = Some(agreed);
                }
            }
            MediaOrder::Bridge { a, b } => {
                self.part(a);
                self.part(b);
                if self.ports.contains_key(&a) && self.ports.contains_key(&b) {
                    self.ports.entry(a).and_modify(|port| (port.bridged, port.has_echo) = (Some(b), false));
                    self.ports.entry(b).and_modify(|port| (port.bridged, port.has_echo) = (Some(a), false));
                }
            }
            MediaOrder::Echo { leg } => {
                self.part(leg);
                self.ports.entry(leg).and_modify(|port| port.has_echo = true);
            }
            MediaOrder::Part { leg } => self.part(leg),
            MediaOrder::Play { leg, play, sound } => return self.play(leg, play, sound),
            MediaOrder::Stop { leg } => return self.stop(leg),
            MediaOrder::Record { .. } | MediaOrder::StopRecording { .. } => {}
            MediaOrder::Close { leg } => return self.close(leg),
        }
        Vec::new()
    }

    fn open(&mut self, now: Duration, leg: LegId, local: SocketAddr) -> Vec<(Duration, Later)> {
        if self.refusals > 0 {
            self.refusals -= 1;
            return vec![(REPORTS_AFTER, Later::Event(MediaEvent::Failed { leg }))];
        }
        if local.port() % 2 == 1 || self.ports.values().any(|port| port.local == local) {
            self.complaints.push(format!("leg {} was given {local}, which is odd or in use", leg.0));
        }
        let port = Port {
            local,
            agreed: None,
            peer: None,
            bridged: None,
            has_echo: false,
            playing: None,
            heard_at: now,
            reported: 0,
        };
        if self.ports.insert(leg, port).is_some() {
            self.complaints.push(format!("leg {} was opened twice", leg.0));
        }
        vec![(LISTENS_EVERY, Later::Listen(leg))]
    }

    fn part(&mut self, leg: LegId) {
        let other = self.ports.get_mut(&leg).and_then(|port| {
            port.has_echo = false;
            port.bridged.take()
        });
        if let Some(other) = other.and_then(|other| self.ports.get_mut(&other)) {
            other.bridged = None;
        }
    }

    fn play(&mut self, leg: LegId, play: PlayId, sound: Sound) -> Vec<(Duration, Later)> {
        let mut later = self.stop(leg);
        let length = length(&sound);
        if let Some(port) = self.ports.get_mut(&leg) {
            port.playing = Some((play, sound));
            later.push((length, Later::PlayEnds(leg, play)));
        }
        later
    }

    fn stop(&mut self, leg: LegId) -> Vec<(Duration, Later)> {
        let stopped = self.ports.get_mut(&leg).and_then(|port| port.playing.take());
        let done = stopped.map(|(play, _)| (REPORTS_AFTER, Later::Event(MediaEvent::PlayDone { leg, play })));
        done.into_iter().collect()
    }

    fn close(&mut self, leg: LegId) -> Vec<(Duration, Later)> {
        self.part(leg);
        if self.ports.remove(&leg).is_none() {
            return Vec::new();
        }
        let quality = Quality { received: 50, sent: 50, ..Quality::default() };
        vec![(REPORTS_AFTER, Later::Event(MediaEvent::Quality { leg, quality }))]
    }

    /// A tone comes to its end, unless another plays by now.
    pub fn play_ends(&mut self, leg: LegId, play: PlayId) -> Option<MediaEvent> {
        let port = self.ports.get_mut(&leg)?;
        port.playing.take_if(|(playing, _)| *playing == play)?;
        Some(MediaEvent::PlayDone { leg, play })
    }

    /// A port looks whether packets came, and says so when for long none did.
    pub fn listen(&mut self, now: Duration, leg: LegId, is_heard: bool) -> Option<MediaEvent> {
        let port = self.ports.get_mut(&leg)?;
        if is_heard {
            (port.heard_at, port.reported) = (now, 0);
            return None;
        }
        let spans = now.saturating_sub(port.heard_at).as_secs() / SILENT_AFTER.as_secs();
        if spans <= port.reported {
            return None;
        }
        port.reported = spans;
        Some(MediaEvent::Silent { leg, for_s: spans * SILENT_AFTER.as_secs() })
    }

    /// The leg whose port has this address.
    pub fn leg_at(&self, local: SocketAddr) -> Option<LegId> {
        self.ports.iter().find(|(_, port)| port.local == local).map(|(leg, _)| *leg)
    }
}

/// How long a sound lasts.
fn length(sound: &Sound) -> Duration {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::default);
    match sound {
        Sound::Recording { .. } => Duration::ZERO,
        Sound::Tone { limit_ms, .. } => Duration::from_millis(u64::from(*limit_ms)),
        Sound::Prompt(prompt) => {
            let letters = CATALOGUE.sentence(prompt).text.chars().count();
            LETTER * u32::try_from(letters).unwrap_or(u32::MAX)
        }
    }
}

/// A sound in the words of the scenarios.
pub fn sound_name(sound: &Sound) -> String {
    let tone = match sound {
        Sound::Tone { tone, .. } => tone,
        Sound::Prompt(prompt) => return prompt_name(prompt.id.as_str()),
        Sound::Recording { recording, .. } => return recording.to_string(),
    };
    match tone {
        Tone::Beep => "beep",
        Tone::Ringback => "ringback",
        Tone::Busy => "busy",
        Tone::Congestion => "congestion",
        Tone::SpecialInformation => "special information",
    }
    .to_owned()
}

/// A prompt in the words of the scenarios.
pub fn prompt_name(id: &str) -> String {
    format!("the prompt {id}")
}
