//! How callers' numbers are written, and which of two patterns says more of one.

use crate::route::Pattern;

/// The ways in which a caller's number is written: as it is shown, in full, and for a number of this country as from abroad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spellings {
    written: Vec<String>,
    /// As from abroad, and how much of that every number of this country begins with: a pattern that names no more than how calls to
    /// abroad begin means other countries.
    abroad: Option<(String, usize)>,
}

impl Spellings {
    /// One way alone: of who calls from inside, whose number is no other's.
    pub fn just(shown: &str) -> Spellings {
        Spellings { written: vec![shown.to_owned()], abroad: None }
    }

    /// These.
    pub(crate) fn of(written: [String; 3], abroad: Option<(String, usize)>) -> Spellings {
        Spellings { written: written.to_vec(), abroad }
    }

    /// How many digits of the number a pattern leaves open, written whichever way it fits best; `None` where it is another number.
    pub fn left_open_by(&self, pattern: &Pattern) -> Option<usize> {
        let abroad = self.abroad.iter().filter(|(_, begin)| pattern.named() >= *begin).map(|(number, _)| number);
        self.written.iter().chain(abroad).filter_map(|number| pattern.leaves_open(number)).min()
    }
}
