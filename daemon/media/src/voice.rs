//! The media thread's way to the speech thread and back.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use pbx::input::LegId;
use pbx::output::PlayId;
use pbx::prompt::Prompt;

use crate::Shared;
use crate::speech::Speech;

/// A sentence that was rendered for a leg.
#[derive(Debug)]
pub(crate) struct Spoken {
    pub(crate) leg: LegId,
    pub(crate) play: PlayId,
    pub(crate) samples: Arc<[i16]>,
}

/// Orders sentences and takes them in. The way back needs no limit of its own: for each sentence in it one was ordered,
/// and [`crate::speech::WAITING`] limits those.
pub(crate) struct Voice {
    speech: Option<Arc<Speech>>,
    spoken: Receiver<Spoken>,
    to_here: Sender<Spoken>,
}

impl Voice {
    pub(crate) fn new(speech: Option<Arc<Speech>>) -> Voice {
        let (to_here, spoken) = channel();
        Voice { speech, spoken, to_here }
    }

    /// Has a sentence rendered, and the thread woken when it has come. Without a voice it comes at once, and is empty.
    pub(crate) fn speak(&self, leg: LegId, play: PlayId, prompt: Prompt, shared: &Arc<Shared>) {
        let (to_here, shared) = (self.to_here.clone(), Arc::clone(shared));
        let reply = move |samples| {
            // Nobody is there to hear it once the media thread has gone.
            let _ = to_here.send(Spoken { leg, play, samples });
            shared.wake();
        };
        match &self.speech {
            Some(speech) => speech.render(prompt, reply),
            None => reply(Arc::default()),
        }
    }

    pub(crate) fn next(&self) -> Option<Spoken> {
        self.spoken.try_recv().ok()
    }
}
