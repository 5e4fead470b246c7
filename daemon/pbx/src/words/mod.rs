//! What the box says to people, in their language. Everything else holds data; here alone it becomes sentences.
//!
//! A new variant of [`Happened`], [`Reason`], [`Act`], [`Cause`] and so on does not compile before each language has its
//! words: every match below is exhaustive. Sentences begin in lower case and have no full stop, so that they can stand in
//! a list or after a colon.

mod de;
mod en;
pub mod plain;
#[cfg(test)]
mod tests;

use config::Feature;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::alarm::Alarm;
use crate::attempts::Why;
use crate::events::{Cause, Decision, Ending, Happened};
use crate::route::{Act, Outcome, Reason, Step};
use crate::seen_as::SeenAs;
use crate::sweep::Flaw;
use crate::tested::Tested;
use crate::toll::Barred;
use crate::trunks::Trouble;
use crate::what_if::Told;

/// A language that the page and the command line can be read in. Fewer than the box speaks: see [`config::LANGUAGES`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English: also for those whose language is not here.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::English, Language::German];

    /// The language of a tag (BCP 47) such as `de` or `de-CH`, by its first part.
    pub fn of_tag(tag: &str) -> Option<Language> {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| first.eq_ignore_ascii_case(language.tag()))
    }

    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// What can be said in it.
    pub fn words(self) -> &'static dyn Words {
        match self {
            Language::English => &en::English,
            Language::German => &de::German,
        }
    }
}

/// The sentences of one language.
pub trait Words: Sync {
    /// The sentence on top of a call: why it ended as it did.
    fn ending(&self, cause: Cause, ending: &Ending) -> String;

    /// In the place of that sentence while the call is up.
    fn is_up(&self) -> &'static str;

    /// A line of the call's story. The steps of [`Happened::Decided`] are not in it: see [`Words::decision`].
    fn happened(&self, what: &Happened) -> String;

    /// What a step does.
    fn act(&self, act: &Act) -> String;

    /// Why a step is in the plan.
    fn reason(&self, reason: &Reason) -> String;

    /// That a time group opens or closes when its clock shows this.
    fn turn(&self, opens: bool, at: DateTime) -> String;

    /// How a step ended without an answer.
    fn outcome(&self, outcome: Outcome) -> &'static str;

    /// A cause in a few words.
    fn cause(&self, cause: Cause) -> &'static str;

    /// What a feature code is for, as a noun with its article.
    fn feature(&self, feature: Feature) -> &'static str;

    /// What a human must know, and what to do.
    fn alarm(&self, alarm: &Alarm) -> String;

    /// What is wrong with a trunk, and what to do.
    fn trouble(&self, trouble: &Trouble) -> String;

    /// What came of a test call, and what to do.
    fn tested(&self, tested: &Tested) -> String;

    /// Why an extension may not make a call to the outside.
    fn barred(&self, extension: &str, why: Barred) -> String;

    /// What was wrong with a request of a phone, in a few words.
    fn why(&self, why: Why) -> &'static str;

    /// What an administrator can do about it.
    fn remedy(&self, why: Why) -> &'static str;

    /// The sentence on top of a call, up or over. An end that only a newer version can tell is told by its cause.
    fn call(&self, cause: Option<Cause>, because: Option<&Ending>) -> String {
        match (cause, because) {
            (None, _) => self.is_up().to_owned(),
            (Some(cause), Some(ending)) => self.ending(cause, ending),
            (Some(cause), None) => self.cause(cause).to_owned(),
        }
    }

    /// Under which number whoever is called outside sees the call, and why.
    fn seen_as(&self, seen_as: &SeenAs) -> String;

    /// What the sweep found, and what to do.
    fn flaw(&self, flaw: &Flaw) -> String;

    /// What a display says where a call was parked.
    fn parked_on(&self, slot: u8) -> String;

    /// What it says of a call that nobody fetched from there, in the place of the caller's name.
    fn back_from(&self, slot: u8, name: &str) -> String;

    /// What a display says in the place of a caller's name whom it is not to show.
    fn unknown_caller(&self) -> &'static str;

    /// What a display says of a call that is answered in the place of whoever has this name, in the place of the caller's.
    fn for_whom(&self, boss: &str, name: &str) -> String;

    /// What a display says of a call that the box begins for its user, in the place of the other's name.
    fn calls_back(&self, name: &str) -> String;

    /// The same of a call that its user wants from the page.
    fn places(&self, name: &str) -> String;

    /// Before what comes next in a row of steps.
    fn then(&self) -> &'static str;

    /// That a call goes on as somebody else wants it, which is theirs alone to know.
    fn beyond(&self, extension: &str) -> String;

    /// What would become of a call that nobody makes, in one sentence: what is done, and what then, where nobody answers.
    /// Who may not know all of it is told as much as [`crate::what_if::beyond`] leaves them.
    fn foretold(&self, told: &[Told]) -> String {
        let mut sentence = String::new();
        for told in told {
            match told {
                Told::Step { step, left_by } => {
                    sentence += &self.act(&step.act);
                    if let Some(outcome) = left_by {
                        sentence += &format!("; {} ({}) ", self.then(), self.outcome(*outcome));
                    }
                }
                Told::Beyond { extension, .. } => sentence += &self.beyond(extension),
            }
        }
        sentence
    }

    /// A step that was decided on: what is done, and why.
    fn decision(&self, decision: &Decision) -> (String, Vec<String>) {
        match decision {
            Decision::Step(step) => {
                (self.act(&step.act), step.because.iter().map(|reason| self.reason(reason)).collect())
            }
            Decision::Told { what, because } => (what.clone(), because.clone()),
        }
    }
}

/// Seconds with one digit behind the point.
fn seconds(ms: u32) -> String {
    format!("{}.{}", ms / 1000, ms % 1000 / 100)
}

/// A status with the phrase that came with it.
fn said(status: u16, phrase: &str) -> String {
    if phrase.is_empty() { status.to_string() } else { format!("{status} {phrase}") }
}

/// Why what somebody is told would be done.
fn reasons(told: &[Told]) -> impl Iterator<Item = &Reason> {
    told.iter().flat_map(|told| match told {
        Told::Step { step: Step { because, .. }, .. } | Told::Beyond { because, .. } => because,
    })
}
