//! G.711: 8-bit logarithmic samples, mu-law and A-law (ITU-T G.711).
//!
//! Bit-exact with the reference code of ITU-T G.191. Linear samples are 16 bits wide (mu-law uses the upper 14, A-law
//! the upper 13). Everything is a table built by the compiler, for a byte a step on the relay's path.

/// What silence looks like in mu-law.
pub const MU_LAW_SILENCE: u8 = 0xff;
/// What silence looks like in A-law.
pub const A_LAW_SILENCE: u8 = 0xd5;

/// Which of the two curves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// North America and Japan; payload type 0.
    Mu,
    /// Everywhere else; payload type 8.
    A,
}

impl Law {
    /// One 16-bit sample as a byte.
    pub const fn encode(self, sample: i16) -> u8 {
        match self {
            Law::Mu => encode_mu(sample),
            Law::A => encode_a(sample),
        }
    }

    /// One byte as a 16-bit sample: the middle of its interval.
    pub const fn decode(self, byte: u8) -> i16 {
        match self {
            Law::Mu => MU_TO_LINEAR[byte as usize],
            Law::A => A_TO_LINEAR[byte as usize],
        }
    }

    /// Turns bytes of this law, in place, into bytes of the other one; at most half a step of the target is lost.
    pub fn convert(self, bytes: &mut [u8]) {
        let table = match self {
            Law::Mu => &MU_TO_A,
            Law::A => &A_TO_MU,
        };
        for byte in bytes {
            *byte = table[usize::from(*byte)];
        }
    }
}

const MU_TO_LINEAR: [i16; 256] = decode_table(Law::Mu);
const A_TO_LINEAR: [i16; 256] = decode_table(Law::A);
static MU_TO_A: [u8; 256] = convert_table(Law::Mu);
static A_TO_MU: [u8; 256] = convert_table(Law::A);

const fn encode_mu(sample: i16) -> u8 {
    let magnitude = if sample < 0 { !sample } else { sample } >> 2;
    let biased = if magnitude + 33 > 0x1fff { 0x1fff } else { magnitude + 33 };
    let mut segment = 1;
    let mut rest = biased >> 6;
    while rest != 0 {
        segment += 1;
        rest >>= 1;
    }
    let code = ((8 - segment) << 4) | (0xf - ((biased >> segment) & 0xf));
    code as u8 | if sample >= 0 { 0x80 } else { 0 }
}

const fn encode_a(sample: i16) -> u8 {
    let mut mantissa = if sample < 0 { !sample } else { sample } >> 4;
    if mantissa > 15 {
        let mut exponent = 1;
        while mantissa > 31 {
            mantissa >>= 1;
            exponent += 1;
        }
        mantissa = mantissa - 16 + (exponent << 4);
    }
    (mantissa as u8 | if sample >= 0 { 0x80 } else { 0 }) ^ 0x55
}

const fn decode_mu(byte: u8) -> i16 {
    let exponent = (!byte >> 4) & 7;
    let step = 8_i32 << exponent;
    let magnitude = (0x80 << exponent) + step * (!byte & 0xf) as i32 + step / 2 - 4 * 33;
    (if byte < 0x80 { -magnitude } else { magnitude }) as i16
}

const fn decode_a(byte: u8) -> i16 {
    let exponent = ((byte ^ 0x55) >> 4) & 7;
    let mantissa = ((byte ^ 0x55) & 0xf) as i32;
    let magnitude = match exponent {
        0 => (mantissa << 4) + 8,
        _ => (((mantissa + 16) << 4) + 8) << (exponent - 1),
    };
    (if byte < 0x80 { -magnitude } else { magnitude }) as i16
}

const fn decode_table(law: Law) -> [i16; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match law {
            Law::Mu => decode_mu(byte as u8),
            Law::A => decode_a(byte as u8),
        };
        byte += 1;
    }
    table
}

const fn convert_table(from: Law) -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match from {
            Law::Mu => encode_a(MU_TO_LINEAR[byte]),
            Law::A => encode_mu(A_TO_LINEAR[byte]),
        };
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The decision values and the values between them, of one sign, as G.711 tables 1a and 2a list them, at 16 bits.
    fn intervals(law: Law) -> Vec<(i32, i32)> {
        let mut table = Vec::new();
        let mut decision = 0;
        for segment in 0..8 {
            for step in 0..16 {
                let width = match law {
                    Law::Mu if segment == 0 && step == 0 => 1,
                    Law::Mu => 2 << segment,
                    Law::A if segment == 0 => 2,
                    Law::A => 2 << (segment - 1),
                };
                let value = match law {
                    Law::Mu if segment == 0 && step == 0 => 0,
                    _ => 2 * decision + width,
                };
                let scale = if law == Law::Mu { 4 } else { 8 };
                table.push((decision * scale, value * scale / 2));
                decision += width;
            }
        }
        table
    }

    fn byte(law: Law, positive: bool, index: usize) -> u8 {
        let sign = if positive { 0x80 } else { 0 };
        match law {
            Law::Mu => !(index as u8) & 0x7f | sign,
            Law::A => (index as u8 | sign) ^ 0x55,
        }
    }

    #[test]
    fn every_byte_decodes_to_the_value_of_its_table() {
        for law in [Law::Mu, Law::A] {
            for (index, (_, value)) in intervals(law).into_iter().enumerate() {
                assert_eq!(i32::from(law.decode(byte(law, true, index))), value, "{law:?} +{index}");
                assert_eq!(i32::from(law.decode(byte(law, false, index))), -value, "{law:?} -{index}");
            }
        }
    }

    #[test]
    fn every_sample_encodes_to_the_interval_it_lies_in() {
        for law in [Law::Mu, Law::A] {
            let table = intervals(law);
            for sample in i16::MIN..=i16::MAX {
                let magnitude = i32::from(if sample < 0 { !sample } else { sample });
                let index = table.iter().rposition(|(decision, _)| *decision <= magnitude).unwrap();
                assert_eq!(law.encode(sample), byte(law, sample >= 0, index), "{law:?} {sample}");
            }
        }
    }

    #[test]
    fn known_values_of_the_recommendation() {
        assert_eq!((Law::Mu.encode(0), Law::A.encode(0)), (MU_LAW_SILENCE, A_LAW_SILENCE));
        assert_eq!((Law::Mu.decode(0x80), Law::Mu.decode(0x00)), (32124, -32124));
        assert_eq!((Law::A.decode(0xaa), Law::A.decode(0x2a)), (32256, -32256));
        // The digital milliwatt of tables 5 and 6: 1 kHz at 0 dBm0.
        let mu = [0x1e, 0x0b, 0x0b, 0x1e, 0x9e, 0x8b, 0x8b, 0x9e].map(|byte| f64::from(Law::Mu.decode(byte)));
        let rms = (mu.iter().map(|sample| sample * sample).sum::<f64>() / 8.0).sqrt();
        assert!((20.0 * (rms * 2f64.sqrt() / 32636.0).log10() + 3.17).abs() < 0.05);
    }

    #[test]
    fn conversion_loses_at_most_half_a_step() {
        for (from, to) in [(Law::Mu, Law::A), (Law::A, Law::Mu)] {
            for byte in 0..=255 {
                let mut converted = [byte];
                from.convert(&mut converted);
                let (before, after) = (i32::from(from.decode(byte)), i32::from(to.decode(converted[0])));
                let loudest = if to == Law::Mu { 32124 } else { 32256 };
                let step = (before.abs() / 16).max(16);
                assert!(
                    (before.abs().min(loudest) - after.abs()).abs() <= step,
                    "{from:?} {byte:#x}: {before} {after}"
                );
                assert!(before.signum() * after.signum() >= 0, "{from:?} {byte:#x} keeps its sign");
            }
        }
    }

    #[test]
    fn there_and_back_is_stable_after_the_first_time() {
        for first in 0..=255_u8 {
            let mut bytes = [first];
            Law::Mu.convert(&mut bytes);
            let once = bytes;
            Law::A.convert(&mut bytes);
            Law::Mu.convert(&mut bytes);
            assert_eq!(bytes, once, "{first:#x}");
        }
    }
}
