//! Whose calls are always or never taken, by an extension or by the whole office.

use jiff::Timestamp;

use crate::answering::{Callers, Hears, ListedCaller, MAX_CALLERS, MAX_NOTE};
use crate::ids::ExtensionNumber;
use crate::problem::{Effect, Fault, OutsideFault, RuleFault, Table};
use crate::raw_rules::RawCaller;
use crate::route::Pattern;

use super::{At, Check, shown};

impl Check {
    /// A list, and the words for what blocked callers and those without a number hear; `of` nobody: the office's.
    pub(super) fn callers(
        &mut self,
        at: &At,
        of: Option<&ExtensionNumber>,
        rows: &[RawCaller],
        [blocked, anonymous]: [Option<&str>; 2],
    ) -> Callers {
        let mut callers = Callers::default();
        for (index, row) in rows.iter().enumerate() {
            let name = row.number.clone().unwrap_or_default();
            let title = of.map_or(name.clone(), |of| format!("{name} of {of}"));
            let at = At::row(Table::Caller, index, Some(&title));
            if index == MAX_CALLERS {
                self.problem(&at, "", Fault::TooMany { most: MAX_CALLERS }, Effect::RowOff);
                break;
            }
            let caller = self.caller(&at, row, &callers.listed);
            callers.listed.extend(caller);
        }
        callers.blocked_hear = blocked.and_then(|word| self.hears(at, "blocked_hear", word)).unwrap_or_default();
        callers.anonymous_hear = anonymous.and_then(|word| self.hears(at, "anonymous_hear", word));
        callers
    }

    fn caller(&mut self, at: &At, raw: &RawCaller, known: &[ListedCaller]) -> Option<ListedCaller> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let pattern: Pattern = match raw.number.as_deref().unwrap_or_default().parse() {
            Ok(pattern) => pattern,
            Err(bad) => {
                self.off(at, "number", OutsideFault::BadPattern(bad))?;
                return None;
            }
        };
        if known.iter().any(|other| other.pattern == pattern) {
            self.off(at, "number", OutsideFault::NumberTaken { number: pattern.to_string() })?;
        }
        let until = match raw.until.as_deref().map(str::parse::<Timestamp>) {
            Some(Err(_)) => {
                self.off(at, "until", RuleFault::BadMoment)?;
                return None;
            }
            Some(Ok(until)) => Some(until),
            None => None,
        };
        let note = raw.note.clone().unwrap_or_default();
        if note.chars().count() > MAX_NOTE || note.chars().any(char::is_control) {
            self.off(at, "note", RuleFault::BadNote)?;
        }
        Some(ListedCaller { pattern, is_allowed: raw.allow.unwrap_or(false), until, note })
    }

    fn hears(&mut self, at: &At, field: &str, word: &str) -> Option<Hears> {
        let found = Hears::named(word);
        if found.is_none() {
            let known = Hears::ALL.map(Hears::as_str).join(", ");
            self.problem(at, field, OutsideFault::UnknownWord { word: shown(word), known }, Effect::Ignored);
        }
        found
    }
}
