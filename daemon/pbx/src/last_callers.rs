//! Who has called an extension last, read out of the log: what a code such as `*32` is about, also after a restart.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::events::{Decision, Happened};
use crate::ids::CallId;
use crate::presence::LastCaller;
use crate::route::{Act, AskName, Assist, Deposit, Ring};

/// How many calls of the log are read at a start: some weeks of a small office, a fifth of a second of a slow board.
pub const CALLS_READ: u64 = 2_000;

/// The extension that a step calls, takes a message for, or lets the assistant speak for.
pub(crate) fn called_by(act: &Act) -> Option<&str> {
    match act {
        Act::Ring(Ring { extension, .. })
        | Act::AskName(AskName { extension })
        | Act::Deposit(Deposit { mailbox: extension, .. })
        | Act::Assist(Assist { mailbox: extension, .. }) => Some(extension),
        _ => None,
    }
}

/// Reads calls in their order, each from its beginning.
#[derive(Debug, Default)]
pub struct LastCallers {
    found: BTreeMap<String, LastCaller>,
    call: Option<CallId>,
    from: String,
    steps: Vec<Decision>,
}

impl LastCallers {
    /// The next line of the log, and when it was written, where that was known; only what was asked, decided and entered says anything.
    pub fn read(&mut self, call: CallId, at: Option<Timestamp>, what: Happened) {
        match what {
            Happened::Asked { from, .. } => {
                *self =
                    LastCallers { found: std::mem::take(&mut self.found), call: Some(call), from, steps: Vec::new() };
            }
            _ if self.call != Some(call) => {}
            // Decided anew, the call is another party's: who that is the line does not say.
            Happened::Decided { .. } if !self.steps.is_empty() => self.call = None,
            Happened::Decided { steps } => self.steps = steps,
            Happened::Entered { step } => {
                let Some(Decision::Step(step)) = self.steps.get(step) else { return };
                if let Some(extension) = called_by(&step.act).filter(|extension| *extension != self.from) {
                    let last = LastCaller { number: self.from.clone(), at };
                    self.found.insert(extension.to_owned(), last);
                }
            }
            _ => {}
        }
    }

    /// By extension, whoever called it last.
    pub fn found(self) -> BTreeMap<String, LastCaller> {
        self.found
    }
}
