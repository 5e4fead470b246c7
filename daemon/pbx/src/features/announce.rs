//! Announce: the box answers, says what was asked, says goodbye and hangs up.
//!
//! Feature code: `*60` the time in the office's zone, `*65` the caller's own extension, `*612` the box's address and version and how
//! many phones are registered, `*613` which numbers lead to the caller, which is shown outside, and where the caller is.
//! Config: the feature-code table, the caller's `time_zone` and `language`.
//! Steps: answer -> one sentence after the other -> hang-up, by either side or at the limit.
//! RFC 3550 (the box is an RTP endpoint of its own here).

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::rule_change::unfit;
use super::{App, Next};
use crate::cx::Cx;
use crate::events::Cause;
use crate::leg::{Leg, LegEvent};
use crate::output::Sound;
use crate::own_line::OwnLine;
use crate::prompt::{Arg, Prompt, PromptId};
use crate::route::Announcement;
use crate::timers::CallTimer;

/// The longest announcement: several times what the longest takes, should an end never be reported.
pub const LIMIT: Duration = Duration::from_secs(2 * 60);

/// Sentences that are being said.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Announce {
    rest: VecDeque<Prompt>,
}

impl Announce {
    /// Answers and says the first sentence.
    pub fn start(what: Announcement, caller: &mut Leg, cx: &mut Cx) -> Announce {
        caller.box_answers(cx);
        Announce::say(what, caller, cx)
    }

    /// Says it to a caller who has been answered.
    pub fn say(what: Announcement, caller: &mut Leg, cx: &mut Cx) -> Announce {
        cx.set_timer(caller.call, CallTimer::Step, LIMIT);
        let mut announce = Announce { rest: sentences(what, caller, cx) };
        announce.go_on(caller, cx);
        announce
    }

    fn go_on(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        let Some(prompt) = self.rest.pop_front() else { return Next::End(Cause::HungUp) };
        caller.hear(Sound::Prompt(prompt), cx);
        Next::Stay
    }
}

impl App for Announce {
    /// Something happened to the caller's leg.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match event {
            LegEvent::PlayDone => self.go_on(caller, cx),
            LegEvent::HungUp => Next::End(Cause::HungUp),
            LegEvent::Lost => Next::End(Cause::PartyLost),
            LegEvent::Failed(cause) => Next::End(*cause),
            // There is nothing to choose, and a held announcement goes on unheard.
            _ => Next::Stay,
        }
    }

    /// The limit is reached.
    fn on_timer(&mut self, _: &mut Leg, _: &mut Cx) -> Next {
        Next::End(Cause::HungUp)
    }
}

fn sentences(what: Announcement, caller: &Leg, cx: &Cx) -> VecDeque<Prompt> {
    let digits = |text: &str| Arg::Digits(text.to_owned());
    let mut said = Vec::new();
    match what {
        Announcement::Time => {
            let zone = cx.config.time_zone_of(&caller.extension).iana_name().unwrap_or("UTC").to_owned();
            said.push(cx.prompt(PromptId::TheTimeIs, &[("time", Arg::TimeOfDay { at: cx.now.wall, zone })]));
        }
        Announcement::NoSuchMailbox => said.push(cx.prompt(PromptId::NoSuchMailbox, &[])),
        Announcement::NotTaken => said.push(cx.prompt(PromptId::NoAnonymousCalls, &[])),
        Announcement::IntercomRefused => said.push(cx.prompt(PromptId::IntercomRefused, &[])),
        Announcement::NothingToPickUp => said.push(cx.prompt(PromptId::NothingToPickUp, &[])),
        Announcement::NoSlotFree => said.push(cx.prompt(PromptId::NoSlotFree, &[])),
        Announcement::SlotEmpty => said.push(cx.prompt(PromptId::SlotEmpty, &[])),
        Announcement::CompletionSet => {
            let target = cx.completions.last_of(&caller.extension).unwrap_or_default();
            said.push(cx.prompt(PromptId::CompletionSet, &[("extension", digits(target))]));
        }
        Announcement::NoCallToComplete => said.push(cx.prompt(PromptId::NoCallToComplete, &[])),
        Announcement::TooManyCompletions => said.push(cx.prompt(PromptId::TooManyCompletions, &[])),
        Announcement::CompletionsCancelled => said.push(cx.prompt(PromptId::CompletionsCancelled, &[])),
        Announcement::NoCompletions => said.push(cx.prompt(PromptId::NoCompletions, &[])),
        Announcement::Unfit(why) => said.push(cx.prompt(unfit(why), &[])),
        Announcement::OwnExtension => {
            said.push(cx.prompt(PromptId::YourExtensionIs, &[("extension", digits(&caller.extension))]));
        }
        Announcement::Line => said.extend(own_line(&caller.extension, cx)),
        Announcement::BoxStatus => {
            let address = caller.local().ip().to_canonical().to_string();
            let registered = cx.config.phones().filter(|phone| cx.presence.is_registered(&phone.user)).count();
            let count = |count: usize| Arg::Count(u32::try_from(count).unwrap_or(u32::MAX));
            let phones = [("registered", count(registered)), ("phones", count(cx.config.phones().count()))];
            said.push(cx.prompt(PromptId::AddressIs, &[("address", digits(&address))]));
            said.push(cx.prompt(PromptId::VersionIs, &[("version", digits(env!("CARGO_PKG_VERSION")))]));
            said.push(cx.prompt(PromptId::PhonesRegistered, &phones));
        }
    }
    said.push(cx.prompt(PromptId::Goodbye, &[]));
    said.into()
}

/// What is known of the caller's line.
fn own_line(extension: &str, cx: &Cx) -> Vec<Prompt> {
    let line = OwnLine::of(&cx.config, extension);
    let number = |id: PromptId, number: &String| cx.prompt(id, &[("number", Arg::Digits(number.clone()))]);
    let mut said: Vec<Prompt> = line.leads_here.iter().map(|own| number(PromptId::NumberLeadsHere, own)).collect();
    if said.is_empty() {
        said.push(cx.prompt(PromptId::NoNumberLeadsHere, &[]));
    }
    match (&line.shown, &line.for_help) {
        (_, None) => said.push(cx.prompt(PromptId::NoWayOut, &[])),
        (shown, Some(for_help)) => {
            said.push(match shown {
                Some(shown) => number(PromptId::NumberShown, shown),
                None => cx.prompt(PromptId::NumberIsHidden, &[]),
            });
            said.push(number(PromptId::NumberForHelp, for_help));
        }
    }
    said.push(cx.prompt(PromptId::PlaceIs, &[("name", Arg::Name(line.place))]));
    said
}
