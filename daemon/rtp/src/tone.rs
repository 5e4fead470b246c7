//! Call-progress tones of the countries (ITU-T E.180) and the tones of keys (ITU-T Q.23), computed and never recorded.

use crate::CLOCK_HZ;

/// What a tone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Dial now.
    Dial,
    /// The other side rings.
    Ringback,
    /// The other side is busy.
    Busy,
    /// No way through.
    Congestion,
    /// Another call wants in.
    CallWaiting,
    /// The call cannot be made at all.
    SpecialInformation,
    /// Speak now; the same in every country.
    Beep,
}

/// A part of a tone's cadence; the parts repeat for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The frequency in hertz; 0 for silence.
    pub f1: u16,
    /// Another one at the same time; 0 for none.
    pub f2: u16,
    /// How long, in milliseconds; 0 for ever.
    pub ms: u16,
}

/// The cadence of a tone in a country (ISO 3166, capitals); an unknown country sounds as US.
pub fn cadence(tone: Tone, country: &str) -> &'static [Part] {
    // ISO 3166 reserves UK for the country whose code is GB.
    let country = if country == "UK" { "GB" } else { country };
    let tones = TONES.iter().find(|tones| tones.country == country).unwrap_or(&TONES[0]);
    match tone {
        Tone::Dial => tones.dial,
        Tone::Ringback => tones.ringback,
        Tone::Busy => tones.busy,
        Tone::Congestion => tones.congestion,
        Tone::CallWaiting => tones.call_waiting,
        Tone::SpecialInformation => tones.special_information,
        Tone::Beep => BEEP,
    }
}

/// The countries that have tones of their own.
pub fn countries() -> impl Iterator<Item = &'static str> {
    TONES.iter().map(|tones| tones.country)
}

/// A tone sample by sample, its phase going on from part to part. Each frequency has [`LEVEL`]; each sound begins and
/// ends with [`RAMP_MS`] of ramp, so that it does not click.
#[derive(Clone, Debug)]
pub struct Oscillator {
    parts: &'static [Part],
    part: usize,
    /// Samples of the part so far.
    at: u32,
    phases: [f64; 2],
}

impl Oscillator {
    /// At the beginning of the tone.
    pub fn new(tone: Tone, country: &str) -> Self {
        Self { parts: cadence(tone, country), part: 0, at: 0, phases: [0.0; 2] }
    }

    /// The two frequencies of a key (ITU-T Q.23), for ever; `event` as in RFC 4733 §3.2. `None` if there is no such key.
    pub fn key(event: u8) -> Option<Self> {
        let part = KEYS.get(usize::from(event))?;
        Some(Self { parts: std::slice::from_ref(part), part: 0, at: 0, phases: [0.0; 2] })
    }

    /// The next sample at [`CLOCK_HZ`].
    pub fn sample(&mut self) -> i16 {
        let part = self.parts[self.part];
        let mut sum = 0.0;
        for (phase, frequency) in self.phases.iter_mut().zip([part.f1, part.f2]) {
            if frequency > 0 {
                sum += phase.sin();
                *phase += std::f64::consts::TAU * f64::from(frequency) / f64::from(CLOCK_HZ);
                *phase %= std::f64::consts::TAU;
            }
        }
        let sample = sum * LEVEL * self.ramp(part);
        self.at = self.at.saturating_add(1);
        if part.ms > 0 && self.at >= samples(part.ms) {
            self.at = 0;
            self.part = (self.part + 1) % self.parts.len();
        }
        sample as i16
    }

    fn ramp(&self, part: Part) -> f64 {
        let ramp = samples(RAMP_MS);
        let from_start = self.at + 1;
        let to_end = if part.ms > 0 { samples(part.ms).saturating_sub(self.at) } else { u32::MAX };
        f64::from(from_start.min(to_end).min(ramp)) / f64::from(ramp)
    }
}

/// The peak of one frequency in a 16-bit sample: -13 dBm0, where 0 dBm0 peaks 3.17 dB below mu-law's overload (32636).
pub const LEVEL: f64 = 5_072.0;

/// The ramp at either end of a sound, in milliseconds.
pub const RAMP_MS: u16 = 2;

fn samples(ms: u16) -> u32 {
    u32::from(ms) * (CLOCK_HZ / 1000)
}

struct Tones {
    country: &'static str,
    dial: &'static [Part],
    ringback: &'static [Part],
    busy: &'static [Part],
    congestion: &'static [Part],
    call_waiting: &'static [Part],
    special_information: &'static [Part],
}

const fn on(f1: u16, ms: u16) -> Part {
    Part { f1, f2: 0, ms }
}

const fn pair(f1: u16, f2: u16, ms: u16) -> Part {
    Part { f1, f2, ms }
}

const fn off(ms: u16) -> Part {
    Part { f1: 0, f2: 0, ms }
}

/// For ever.
const STEADY: u16 = 0;

/// Three rising tones, then a second of silence.
const THREE_TONES: &[Part] = &[on(950, 330), on(1400, 330), on(1800, 330), off(1000)];

/// One frequency that no country's progress tones use, so that it is taken for none of them, in the middle of the band
/// that every line passes on. Steady: who plays it says for how long.
const BEEP: &[Part] = &[on(1000, STEADY)];

/// The keys by the numbers of their events: the row's frequency and the column's.
#[rustfmt::skip]
const KEYS: [Part; 16] = [
    pair(941, 1336, STEADY),
    pair(697, 1209, STEADY), pair(697, 1336, STEADY), pair(697, 1477, STEADY),
    pair(770, 1209, STEADY), pair(770, 1336, STEADY), pair(770, 1477, STEADY),
    pair(852, 1209, STEADY), pair(852, 1336, STEADY), pair(852, 1477, STEADY),
    pair(941, 1209, STEADY), pair(941, 1477, STEADY),
    pair(697, 1633, STEADY), pair(770, 1633, STEADY), pair(852, 1633, STEADY), pair(941, 1633, STEADY),
];

/// First the one that stands for the unknown.
#[rustfmt::skip]
static TONES: [Tones; 10] = [
    Tones {
        country: "US",
        dial: &[pair(350, 440, STEADY)],
        ringback: &[pair(440, 480, 2000), off(4000)],
        busy: &[pair(480, 620, 500), off(500)],
        congestion: &[pair(480, 620, 250), off(250)],
        call_waiting: &[on(440, 300), off(10000)],
        special_information: THREE_TONES,
    },
    Tones {
        country: "GB",
        dial: &[pair(350, 440, STEADY)],
        ringback: &[pair(400, 450, 400), off(200), pair(400, 450, 400), off(2000)],
        busy: &[on(400, 375), off(375)],
        congestion: &[on(400, 400), off(350), on(400, 225), off(525)],
        call_waiting: &[on(400, 100), off(4000)],
        special_information: THREE_TONES,
    },
    Tones {
        country: "DE",
        dial: &[on(425, STEADY)],
        ringback: &[on(425, 1000), off(4000)],
        busy: &[on(425, 480), off(480)],
        congestion: &[on(425, 240), off(240)],
        call_waiting: &[on(425, 200), off(200), on(425, 200), off(5000)],
        special_information: THREE_TONES,
    },
    Tones {
        country: "FR",
        dial: &[on(440, STEADY)],
        ringback: &[on(440, 1500), off(3500)],
        busy: &[on(440, 500), off(500)],
        congestion: &[on(440, 250), off(250)],
        call_waiting: &[on(440, 300), off(10000)],
        special_information: THREE_TONES,
    },
    Tones {
        country: "ES",
        dial: &[on(425, STEADY)],
        ringback: &[on(425, 1500), off(3000)],
        busy: &[on(425, 200), off(200)],
        congestion: &[on(425, 200), off(200), on(425, 200), off(200), on(425, 200), off(600)],
        call_waiting: &[on(425, 175), off(175), on(425, 175), off(3500)],
        special_information: &[on(950, 330), off(1000)],
    },
    Tones {
        country: "IT",
        dial: &[on(425, 200), off(200), on(425, 600), off(1000)],
        ringback: &[on(425, 1000), off(4000)],
        busy: &[on(425, 500), off(500)],
        congestion: &[on(425, 200), off(200)],
        call_waiting: &[on(425, 400), off(100), on(425, 250), off(100), on(425, 150), off(14000)],
        special_information: THREE_TONES,
    },
    Tones {
        country: "MX",
        dial: &[on(425, STEADY)],
        ringback: &[on(425, 1000), off(4000)],
        busy: &[on(425, 250), off(250)],
        congestion: &[on(425, 250), off(250)],
        call_waiting: &[on(425, 200), off(600), on(425, 200), off(10000)],
        special_information: THREE_TONES,
    },
    Tones {
        country: "BR",
        dial: &[on(425, STEADY)],
        ringback: &[on(425, 1000), off(4000)],
        busy: &[on(425, 250), off(250)],
        congestion: &[on(425, 250), off(250), on(425, 750), off(250)],
        call_waiting: &[on(425, 50), off(1000)],
        special_information: THREE_TONES,
    },
    Tones {
        country: "AU",
        dial: &[pair(413, 438, STEADY)],
        ringback: &[pair(413, 438, 400), off(200), pair(413, 438, 400), off(2000)],
        busy: &[on(425, 375), off(375)],
        congestion: &[on(425, 375), off(375)],
        call_waiting: &[on(425, 200), off(200), on(425, 200), off(4400)],
        special_information: &[on(425, 2500), off(500)],
    },
    Tones {
        country: "PT",
        dial: &[on(425, STEADY)],
        ringback: &[on(425, 1000), off(5000)],
        busy: &[on(425, 500), off(500)],
        congestion: &[on(425, 200), off(200)],
        call_waiting: &[on(440, 300), off(10000)],
        special_information: THREE_TONES,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Tone; 7] = [
        Tone::Dial,
        Tone::Ringback,
        Tone::Busy,
        Tone::Congestion,
        Tone::CallWaiting,
        Tone::SpecialInformation,
        Tone::Beep,
    ];

    /// The peak of one frequency in a stretch of samples (Goertzel).
    fn peak(samples: &[i16], frequency: u16) -> f64 {
        let coefficient = 2.0 * (std::f64::consts::TAU * f64::from(frequency) / 8000.0).cos();
        let (mut one, mut two) = (0.0, 0.0);
        for sample in samples {
            (one, two) = (f64::from(*sample) + coefficient * one - two, one);
        }
        (one * one + two * two - coefficient * one * two).max(0.0).sqrt() * 2.0 / samples.len() as f64
    }

    #[test]
    fn every_tone_of_every_country_is_heard_as_its_table_says() {
        for country in countries() {
            for tone in ALL {
                let mut oscillator = Oscillator::new(tone, country);
                for part in cadence(tone, country).iter().cycle().take(12) {
                    let length = if part.ms == 0 { 8000 } else { samples(part.ms) };
                    let sound: Vec<i16> = (0..length).map(|_| oscillator.sample()).collect();
                    if part.f1 == 0 {
                        assert!(sound.iter().all(|sample| *sample == 0), "{country} {tone:?} {part:?}");
                    }
                    for frequency in [part.f1, part.f2].into_iter().filter(|frequency| *frequency > 0) {
                        // The whole of the sound less its ramps; short ones resolve their frequency coarsely.
                        let level = peak(&sound[16..sound.len() - 16], frequency) / LEVEL;
                        assert!((0.9..1.1).contains(&level), "{country} {tone:?} {part:?} {frequency} Hz: {level}");
                    }
                }
            }
        }
    }

    #[test]
    fn levels_are_minus_13_dbm0_and_edges_are_ramps() {
        assert!((20.0 * (LEVEL / 32636.0).log10() + 3.17 + 13.0).abs() < 0.01);
        let mut oscillator = Oscillator::new(Tone::Busy, "DE");
        let sound: Vec<i16> = (0..480 * 8).map(|_| oscillator.sample()).collect();
        let loudest = |samples: &[i16]| f64::from(samples.iter().map(|sample| sample.abs()).max().unwrap()) / LEVEL;
        assert!(loudest(&sound[..4]) < 0.26 && loudest(&sound[sound.len() - 4..]) < 0.26);
        assert!(loudest(&sound[16..100]) > 0.98);
    }

    #[test]
    fn no_two_samples_differ_by_more_than_the_frequencies_allow() {
        for country in countries() {
            for tone in ALL {
                let mut oscillator = Oscillator::new(tone, country);
                let mut last = 0;
                for _ in 0..80_000 {
                    let sample = oscillator.sample();
                    let steepest = 2.0 * LEVEL * (std::f64::consts::PI * 1800.0 / 8000.0).sin() * 1.2 + LEVEL / 16.0;
                    assert!(f64::from(sample - last).abs() < steepest, "{country} {tone:?}: {last} then {sample}");
                    last = sample;
                }
            }
        }
    }

    #[test]
    fn the_beep_is_the_same_everywhere_and_no_progress_tone() {
        let beep = cadence(Tone::Beep, "US");
        assert_eq!(beep, [Part { f1: 1000, f2: 0, ms: 0 }]);
        for country in countries() {
            assert_eq!(cadence(Tone::Beep, country), beep);
            for tone in ALL.into_iter().filter(|tone| *tone != Tone::Beep) {
                let is_near = |part: &Part| [part.f1, part.f2].into_iter().any(|f| f.abs_diff(1000) < 50);
                assert!(!cadence(tone, country).iter().any(is_near), "{country} {tone:?}");
            }
        }
    }

    #[test]
    fn an_unknown_country_sounds_as_us() {
        for tone in ALL {
            for country in ["", "ZZ", "us", "Atlantis"] {
                assert_eq!(cadence(tone, country), cadence(tone, "US"));
            }
        }
        assert_ne!(cadence(Tone::Busy, "GB"), cadence(Tone::Busy, "US"));
        assert_eq!(cadence(Tone::Busy, "UK"), cadence(Tone::Busy, "GB"));
    }
}
