//! How callers' numbers are written, and which of two patterns says more of one.

use crate::route::Pattern;

/// The ways in which a caller's number is written: as it is shown, within the country, as from abroad, and in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spellings {
    written: [String; 4],
}

impl Spellings {
    /// These.
    pub(crate) fn of(written: [String; 4]) -> Spellings {
        Spellings { written }
    }

    /// How many digits of the number a pattern leaves open, written whichever way it fits best; `None` where it is another number.
    pub fn left_open_by(&self, pattern: &Pattern) -> Option<usize> {
        self.written.iter().filter_map(|number| pattern.leaves_open(number)).min()
    }
}
