//! A fake media shell: it remembers orders, answers after the length of a tone or sentence, and tells when a port falls silent.
//! Real RTP threads have their own tests.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::LazyLock;
use std::time::Duration;

use media::speech::Catalogue;
use pbx::input::{HUSH, LegId, MediaEvent, Quality, RecordEnd, RecordingId, SILENT_AFTER};
use pbx::output::{MediaOrder, PlayId, Sound, Tone};
use sip::sdp::Agreed;

use crate::mailboxes::File;
use crate::recorder::{Finished, Take};
use crate::wire::Conditions;

/// How often a port looks whether packets came; real ones come every 20 ms.
pub const LISTENS_EVERY: Duration = Duration::from_secs(5);
/// What a letter of a sentence takes: the mean of what the real voice takes.
pub const LETTER: Duration = Duration::from_millis(70);
/// How long an event of the media threads takes to the engine's queue.
const REPORTS_AFTER: Duration = Duration::from_millis(1);

/// How long a key waits for the same press to come from the other party, as in the real threads.
const KEYS_WAIT: Duration = Duration::from_millis(100);
/// From when on the same key is another press.
const SAME_PRESS: Duration = Duration::from_secs(1);

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
    /// The others of a conference that it is in.
    pub joined: Vec<LegId>,
    /// Whether it sends back what comes in.
    pub has_echo: bool,
    /// What plays.
    pub playing: Option<(PlayId, Sound)>,
    /// What is recorded.
    pub take: Option<Take>,
    /// The key that came last from the port it is bridged to, and when.
    pub passed_on: Option<(char, Duration)>,
    heard_at: Duration,
    reported: u64,
    quality: Quality,
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
    /// A recorder looks who speaks, and whether it is over.
    Look(LegId, RecordingId),
    /// A key is said to a leg's party.
    Key(LegId, char),
}

/// The audio on disk.
pub type Files = BTreeMap<RecordingId, File>;

/// All ports.
#[derive(Clone, Debug, Default)]
pub struct Media {
    /// The open ones.
    pub ports: BTreeMap<LegId, Port>,
    /// How many of the next ports cannot be opened.
    pub refusals: u32,
    /// Orders that no shell may be given, in words: two legs on one port and the like.
    pub complaints: Vec<String>,
    /// The next recording finds that the disk takes no more, after so long.
    pub recorder_fails_after: Option<Duration>,
    /// Recordings that are over, for the disk.
    pub finished: Vec<Finished>,
}

impl Media {
    /// Obeys an order and returns what follows from it, and after how long.
    pub fn obey(&mut self, now: Duration, order: MediaOrder, files: &Files) -> Vec<(Duration, Later)> {
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
            MediaOrder::Join { legs } => {
                legs.iter().for_each(|leg| self.part(*leg));
                let legs: Vec<LegId> = legs.into_iter().filter(|leg| self.ports.contains_key(leg)).collect();
                for (leg, port) in &mut self.ports {
                    if legs.contains(leg) {
                        port.joined = legs.iter().copied().filter(|other| other != leg).collect();
                    }
                }
            }
            MediaOrder::Echo { leg } => {
                self.part(leg);
                self.ports.entry(leg).and_modify(|port| port.has_echo = true);
            }
            MediaOrder::Part { leg } => self.part(leg),
            MediaOrder::Play { leg, play, sound } => return self.play(leg, play, sound, files),
            MediaOrder::Stop { leg } => return self.stop(leg),
            MediaOrder::Key { leg, digit } => return vec![(KEYS_WAIT, Later::Key(leg, digit))],
            MediaOrder::Record { leg, recording, limit_ms, silence_ms } => {
                return self.record(now, leg, recording, limit_ms, silence_ms);
            }
            MediaOrder::StopRecording { leg } => {
                return self.end_take(now, leg, RecordEnd::Stopped, false).into_iter().collect();
            }
            MediaOrder::Close { leg } => return self.close(now, leg),
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
            joined: Vec::new(),
            has_echo: false,
            playing: None,
            take: None,
            passed_on: None,
            heard_at: now,
            reported: 0,
            quality: Quality::default(),
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
        let joined = self.ports.get_mut(&leg).map(|port| std::mem::take(&mut port.joined)).unwrap_or_default();
        for other in joined {
            if let Some(port) = self.ports.get_mut(&other) {
                port.joined.retain(|member| *member != leg);
            }
        }
    }

    fn play(&mut self, leg: LegId, play: PlayId, sound: Sound, files: &Files) -> Vec<(Duration, Later)> {
        let mut later = self.stop(leg);
        let length = length(&sound, files);
        if let Some(port) = self.ports.get_mut(&leg) {
            if let Some(take) = &port.take {
                self.complaints.push(format!("leg {} was played {sound:?} into {}", leg.0, take.recording));
            }
            port.playing = Some((play, sound));
            later.extend(length.map(|length| (length, Later::PlayEnds(leg, play))));
        }
        later
    }

    fn stop(&mut self, leg: LegId) -> Vec<(Duration, Later)> {
        let stopped = self.ports.get_mut(&leg).and_then(|port| port.playing.take());
        let done = stopped.map(|(play, _)| (REPORTS_AFTER, Later::Event(MediaEvent::PlayDone { leg, play })));
        done.into_iter().collect()
    }

    fn record(
        &mut self,
        now: Duration,
        leg: LegId,
        recording: RecordingId,
        limit_ms: u32,
        silence_ms: u32,
    ) -> Vec<(Duration, Later)> {
        let fails_after = self.recorder_fails_after;
        let Some(port) = self.ports.get_mut(&leg) else { return Vec::new() };
        if let Some(take) = &port.take {
            self.complaints.push(format!("leg {} was to record {recording} during {}", leg.0, take.recording));
            return Vec::new();
        }
        if port.playing.is_some() {
            self.complaints.push(format!("leg {} was to record {recording} while it hears something", leg.0));
        }
        self.recorder_fails_after = None;
        port.take = Some(Take::begin(now, recording, limit_ms, silence_ms, fails_after));
        vec![(Duration::ZERO, Later::Look(leg, recording))]
    }

    /// A recorder looks who speaks; it ends by itself, or looks again.
    pub fn look(
        &mut self,
        now: Duration,
        leg: LegId,
        recording: RecordingId,
        speaker: Option<&str>,
    ) -> Vec<(Duration, Later)> {
        let Some(take) = self.ports.get_mut(&leg).and_then(|port| port.take.as_mut()) else { return Vec::new() };
        if take.recording != recording {
            return Vec::new();
        }
        speaker.into_iter().for_each(|speaker| take.hear(now, speaker));
        match take.end(now) {
            Some(end) => self.end_take(now, leg, end, false).into_iter().collect(),
            None => vec![(take.looks_after(now), Later::Look(leg, recording))],
        }
    }

    fn end_take(&mut self, now: Duration, leg: LegId, end: RecordEnd, is_closed: bool) -> Option<(Duration, Later)> {
        let take = self.ports.get_mut(&leg)?.take.take()?;
        let (recording, length) = (take.recording, take.length(now, end));
        self.finished.push(Finished { recording, speaker: take.speaker, length, is_closed });
        let length_ms = u32::try_from(length.as_millis()).unwrap_or(u32::MAX);
        Some((REPORTS_AFTER, Later::Event(MediaEvent::RecordDone { leg, recording, length_ms, end })))
    }

    /// The box dies: every port is gone. Returns what was recorded just then, as far as it had come.
    pub fn dies(&mut self, now: Duration) -> Vec<Finished> {
        let takes = std::mem::take(&mut self.ports).into_values().filter_map(|port| port.take);
        let cut = takes.map(|take| {
            let length = take.length(now, RecordEnd::Stopped);
            Finished { recording: take.recording, speaker: take.speaker, length, is_closed: false }
        });
        cut.collect()
    }

    fn close(&mut self, now: Duration, leg: LegId) -> Vec<(Duration, Later)> {
        self.part(leg);
        let done = self.end_take(now, leg, RecordEnd::Stopped, true);
        let Some(Port { quality, .. }) = self.ports.remove(&leg) else { return Vec::new() };
        let last = (REPORTS_AFTER, Later::Event(MediaEvent::Quality { leg, quality, silent_for: None }));
        done.into_iter().chain([last]).collect()
    }

    /// A tone comes to its end, unless another plays by now.
    pub fn play_ends(&mut self, leg: LegId, play: PlayId) -> Option<MediaEvent> {
        let port = self.ports.get_mut(&leg)?;
        port.playing.take_if(|(playing, _)| *playing == play)?;
        Some(MediaEvent::PlayDone { leg, play })
    }

    /// A port looks whether packets came, and on what line; it says its figures, and when for long none did.
    pub fn listen(&mut self, now: Duration, leg: LegId, heard: Option<&Conditions>) -> Vec<MediaEvent> {
        let Some(port) = self.ports.get_mut(&leg) else { return Vec::new() };
        let sent = LISTENS_EVERY.as_millis() as u64 / 20;
        port.quality.sent += sent;
        if let Some(line) = heard {
            let lost = sent * line.lost_per_mille() / 1_000;
            port.quality.lost += lost;
            port.quality.received += sent - lost;
            port.quality.jitter_ms = line.jitter.as_secs_f32() * 500.0;
            (port.heard_at, port.reported) = (now, 0);
        }
        let silent = now.saturating_sub(port.heard_at);
        let silent_for = (silent >= HUSH).then_some(silent);
        let figures = MediaEvent::Quality { leg, quality: port.quality, silent_for };
        let spans = silent.as_secs() / SILENT_AFTER.as_secs();
        let is_long = spans > port.reported;
        port.reported = spans;
        let silence = MediaEvent::Silent { leg, for_s: spans * SILENT_AFTER.as_secs() };
        std::iter::once(figures).chain(is_long.then_some(silence)).collect()
    }

    /// Whether a key is to be said to a leg's party now, who has not heard the press by the relay; under which payload type, or as a
    /// tone.
    pub fn says_key(&self, now: Duration, leg: LegId, digit: char) -> Option<(SocketAddr, Option<u8>)> {
        let port = self.ports.get(&leg).filter(|port| port.playing.is_none())?;
        let is_heard = port.passed_on.is_some_and(|(key, at)| key == digit && now.saturating_sub(at) < SAME_PRESS);
        let events = port.agreed.as_ref()?.telephone_event.map(|event| event.send_payload_type);
        port.peer.filter(|_| !is_heard).map(|peer| (peer, events))
    }

    /// The leg that has this port.
    pub fn leg_at(&self, port: u16) -> Option<LegId> {
        self.ports.iter().find(|(_, own)| own.local.port() == port).map(|(leg, _)| *leg)
    }
}

/// How long a sound lasts, where it ends.
fn length(sound: &Sound, files: &Files) -> Option<Duration> {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::default);
    Some(match sound {
        Sound::Music => return None,
        Sound::Recording { recording, from_ms } => {
            let file = files.get(recording).filter(|file| file.is_final);
            file.map_or(Duration::ZERO, |file| file.length.saturating_sub(Duration::from_millis((*from_ms).into())))
        }
        Sound::Tone { limit_ms, .. } => Duration::from_millis(u64::from(*limit_ms)),
        Sound::Prompt(prompt) => {
            let letters = CATALOGUE.sentence(prompt).text.chars().count();
            LETTER * u32::try_from(letters).unwrap_or(u32::MAX)
        }
    })
}

/// A sound in the words of the scenarios.
pub fn sound_name(sound: &Sound) -> String {
    let tone = match sound {
        Sound::Tone { tone, .. } => tone,
        Sound::Prompt(prompt) => return prompt_name(prompt.id.as_str()),
        Sound::Recording { recording, .. } => return recording.to_string(),
        Sound::Music => return "music".to_owned(),
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
