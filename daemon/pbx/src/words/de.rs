//! German, with the words of the page.

mod alarms;
mod calls;
mod causes;
mod completion;
mod flaws;
mod foretold;
mod mended;
mod parking;
mod routing;
mod secretary;
mod seen_as;
mod tested;
mod toll;
mod transfer;

use config::Feature;
use jiff::civil::DateTime;

use super::Words;
use crate::alarm::Alarm;
use crate::attempts::Why;
use crate::events::{Cause, Ending, Happened};
use crate::route::{Act, Outcome, Reason};
use crate::seen_as::SeenAs;
use crate::sweep::Flaw;
use crate::tested::Tested;
use crate::toll::Barred;
use crate::trunks::Trouble;

pub(super) struct German;

impl Words for German {
    fn ending(&self, cause: Cause, ending: &Ending) -> String {
        calls::ended(cause, ending)
    }

    fn is_up(&self) -> &'static str {
        "der Anruf läuft noch"
    }

    fn happened(&self, what: &Happened) -> String {
        calls::happened(what)
    }

    fn act(&self, act: &Act) -> String {
        routing::act(act)
    }

    fn reason(&self, reason: &Reason) -> String {
        routing::reason(reason)
    }

    fn turn(&self, opens: bool, at: DateTime) -> String {
        routing::turn(opens, at)
    }

    fn seen_as(&self, seen_as: &SeenAs) -> String {
        seen_as::seen_as(seen_as)
    }

    fn flaw(&self, flaw: &Flaw) -> String {
        flaws::flaw(flaw)
    }

    fn parked_on(&self, slot: u8) -> String {
        parking::parked_on(slot)
    }

    fn unknown_caller(&self) -> &'static str {
        "Unbekannt"
    }

    fn for_whom(&self, boss: &str, name: &str) -> String {
        secretary::for_whom(boss, name)
    }

    fn back_from(&self, slot: u8, name: &str) -> String {
        parking::back_from(slot, name)
    }

    fn beyond(&self, extension: &str) -> String {
        format!("weitermachen, wie es {extension} will")
    }

    fn calls_back(&self, name: &str) -> String {
        completion::calls_back(name)
    }

    fn places(&self, name: &str) -> String {
        completion::placed(name)
    }

    fn then(&self) -> &'static str {
        "dann"
    }

    fn outcome(&self, outcome: Outcome) -> &'static str {
        routing::came_of(outcome)
    }

    fn cause(&self, cause: Cause) -> &'static str {
        causes::because(cause)
    }

    fn feature(&self, feature: Feature) -> &'static str {
        routing::name(feature)
    }

    fn alarm(&self, alarm: &Alarm) -> String {
        alarms::alarm(alarm)
    }

    fn tested(&self, tested: &Tested) -> String {
        tested::tested(tested)
    }

    fn barred(&self, extension: &str, why: Barred) -> String {
        toll::barred(extension, why)
    }

    fn why(&self, why: Why) -> &'static str {
        alarms::why(why)
    }

    fn remedy(&self, why: Why) -> &'static str {
        alarms::remedy(why)
    }

    fn trouble(&self, trouble: &Trouble) -> String {
        alarms::trouble(trouble)
    }
}
