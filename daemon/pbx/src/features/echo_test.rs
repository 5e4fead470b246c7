//! Echo test: the caller hears the own voice, and so knows that both directions work.
//!
//! Feature code: `*43`.
//! Config: the feature-code table, the caller's `language`.
//! Steps: answer -> say what comes, then send back what comes in -> hang-up, or the limit.
//! RFC 3550 (the box is an RTP endpoint of its own here).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{App, Next};
use crate::cx::Cx;
use crate::events::Cause;
use crate::leg::{Leg, LegEvent};
use crate::prompt::PromptId;
use crate::timers::CallTimer;

/// The longest echo test: a forgotten handset must not hold a port for ever.
pub const LIMIT: Duration = Duration::from_secs(10 * 60);

/// An echo test.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct EchoTest;

impl EchoTest {
    /// Answers, says what to do and turns the audio round: what is said is heard instead of the echo, not before it is ordered.
    pub fn start(caller: &mut Leg, cx: &mut Cx) -> EchoTest {
        caller.box_answers(cx);
        cx.echo(caller.id);
        let intro = cx.sentence(PromptId::EchoIntro, &[]);
        caller.hear(intro, cx);
        cx.set_timer(caller.call, CallTimer::Step, LIMIT);
        EchoTest
    }
}

impl App for EchoTest {
    /// Something happened to the caller's leg.
    fn on(&mut self, _: &mut Leg, event: &LegEvent, _: &mut Cx) -> Next {
        match event {
            LegEvent::HungUp => Next::End(Cause::HungUp),
            LegEvent::Lost => Next::End(Cause::PartyLost),
            LegEvent::Failed(cause) => Next::End(*cause),
            // Keys come back as sound; holding one's own echo changes nothing.
            _ => Next::Stay,
        }
    }

    /// The limit is reached.
    fn on_timer(&mut self, _: &mut Leg, _: &mut Cx) -> Next {
        Next::End(Cause::HungUp)
    }
}
