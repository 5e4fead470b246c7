//! Which numbers go out by which trunks.

use std::fmt;
use std::str::FromStr;

use crate::account::AccountEntry;
use crate::permission::Class;

/// How many routes an office may have.
pub const MAX_ROUTES: usize = 64;

/// How many patterns a route may have.
pub const MAX_PATTERNS: usize = 64;

/// The longest pattern, in characters: a number in full and a star.
pub const MAX_PATTERN: usize = 17;

/// Numbers that are alike: `+49*` all that begin so, `x` any one digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(String);

/// What is no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a pattern is at most 16 of digits, x for any digit and a + in front, and may end with *: as in +49* or 11xxx")]
pub struct BadPattern;

impl FromStr for Pattern {
    type Err = BadPattern;

    fn from_str(text: &str) -> Result<Pattern, BadPattern> {
        let lower = text.to_ascii_lowercase();
        let body = lower.strip_suffix('*').unwrap_or(&lower);
        let digits = body.strip_prefix('+').unwrap_or(body);
        let is_good = digits.bytes().all(|b| b.is_ascii_digit() || b == b'x');
        if is_good && !lower.is_empty() && lower.len() <= MAX_PATTERN { Ok(Pattern(lower)) } else { Err(BadPattern) }
    }
}

impl Pattern {
    /// Whether this number is one of those.
    pub fn fits(&self, number: &str) -> bool {
        let (body, is_open) = match self.0.strip_suffix('*') {
            Some(body) => (body, true),
            None => (self.0.as_str(), false),
        };
        let is_same = |(of_pattern, of_number): (u8, u8)| match of_pattern {
            b'x' => of_number.is_ascii_digit(),
            exact => exact == of_number,
        };
        let is_long_enough = if is_open { number.len() >= body.len() } else { number.len() == body.len() };
        is_long_enough && body.bytes().zip(number.bytes()).all(is_same)
    }

    /// How long what it names is, in characters.
    pub fn named(&self) -> usize {
        self.0.len() - usize::from(self.is_open())
    }

    /// How many digits of this number it does not name; `None` where it does not fit. However a number is written, its last digits are
    /// the same: so can patterns be told apart that are written differently.
    pub fn leaves_open(&self, number: &str) -> Option<usize> {
        let body = self.0.strip_suffix('*').unwrap_or(&self.0);
        let any = body.bytes().filter(|b| *b == b'x').count();
        self.fits(number).then(|| number.len().saturating_sub(body.len()) + any)
    }

    /// How much it says: of two that fit, the one that says more counts.
    pub fn weight(&self) -> usize {
        let of = |b: u8| match b {
            b'*' => 0,
            b'x' => 1,
            _ => 2,
        };
        self.0.bytes().map(of).sum::<usize>() + usize::from(!self.is_open())
    }

    /// Whether it says how numbers begin and leaves their length open.
    pub fn is_open(&self) -> bool {
        self.0.ends_with('*')
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Numbers and the trunks that they go out by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// What people call it.
    pub name: String,
    /// The numbers in full, or as they are dialled where they are short; never empty.
    pub patterns: Vec<Pattern>,
    /// The names of the trunks, first choice first; never empty. Each exists.
    pub trunks: Vec<String>,
    /// What its calls cost at worst; `None`: what the number tells.
    pub class: Option<Class>,
    /// Whether an account is keyed before its calls; those of an extension may ask for one besides.
    pub account: AccountEntry,
}

impl Route {
    /// How much the best of its patterns that fits says of this number; `None` where none fits.
    pub fn fits(&self, number: &str) -> Option<usize> {
        self.patterns.iter().filter(|pattern| pattern.fits(number)).map(Pattern::weight).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_what_it_says() {
        for (pattern, number, fits) in [
            ("+49*", "+493012345", true),
            ("+49*", "+4", false),
            ("+*", "+331", true),
            ("*", "115", true),
            ("11xxx", "11833", true),
            ("11Xx", "118", false),
            ("112", "112", true),
            ("112", "1123", false),
            ("+49x*", "+49", false),
        ] {
            assert_eq!(pattern.parse::<Pattern>().unwrap().fits(number), fits, "{pattern} {number}");
        }
        for bad in ["", "4+9", "49**", "*43", "abc", "+49301234567890123"] {
            assert_eq!(bad.parse::<Pattern>(), Err(BadPattern), "{bad}");
        }
        let weight = |text: &str| text.parse::<Pattern>().unwrap().weight();
        assert!(weight("+4930*") > weight("+49*") && weight("+49*") > weight("*") && weight("112") > weight("11x"));
    }
}
