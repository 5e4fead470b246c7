//! The media thread's way to the speech thread.

use std::sync::Arc;

use pbx::input::LegId;
use pbx::output::PlayId;
use pbx::prompt::Prompt;

use crate::speech::Speech;
use crate::supply::{Supplied, Supplier};

/// Orders sentences; [`crate::speech::WAITING`] limits how many wait.
pub(crate) struct Voice {
    speech: Option<Arc<Speech>>,
    supplier: Supplier,
}

impl Voice {
    pub(crate) fn new(speech: Option<Arc<Speech>>, supplier: Supplier) -> Voice {
        Voice { speech, supplier }
    }

    /// Has a sentence rendered, and the thread woken when it has come. Without a voice it comes at once, and is empty.
    pub(crate) fn speak(&self, leg: LegId, play: PlayId, prompt: Prompt) {
        let supplier = self.supplier.clone();
        let reply = move |samples| supplier.give(Supplied { leg, play, samples, is_last: true });
        match &self.speech {
            Some(speech) => speech.render(prompt, reply),
            None => reply(Arc::default()),
        }
    }
}
