//! Events on their way to the engine.

use std::collections::VecDeque;

use pbx::input::MediaEvent;

/// Takes an event, or gives it back when it has no room.
pub(crate) type Sink = Box<dyn FnMut(MediaEvent) -> Result<(), MediaEvent> + Send>;

/// Keeps, in order, what the sink has no room for. Figures may be lost, as newer ones follow; keys only beyond
/// [`KEYS_WAITING`]; ends of tones, silence and failures never: the engine's orders bound their number.
pub(crate) struct Outbox {
    sink: Sink,
    waiting: VecDeque<MediaEvent>,
    /// Something was dropped since the queue was last empty: said once.
    has_dropped: bool,
}

impl Outbox {
    pub(crate) fn new(sink: Sink) -> Self {
        Self { sink, waiting: VecDeque::new(), has_dropped: false }
    }

    pub(crate) fn say(&mut self, event: MediaEvent) {
        self.flush();
        if !self.waiting.is_empty() {
            self.keep(event);
        } else if let Err(event) = (self.sink)(event) {
            self.keep(event);
        }
    }

    /// Offers what waits again.
    pub(crate) fn flush(&mut self) {
        while let Some(event) = self.waiting.pop_front() {
            if let Err(event) = (self.sink)(event) {
                self.waiting.push_front(event);
                return;
            }
        }
        self.has_dropped = false;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn keep(&mut self, event: MediaEvent) {
        let limit = match event {
            MediaEvent::Quality { .. } => QUALITY_WAITING,
            MediaEvent::Digit { .. } => KEYS_WAITING,
            _ => usize::MAX,
        };
        if let MediaEvent::Silent { leg, .. } = event {
            // A longer silence says all that the shorter one did.
            self.waiting.retain(|waiting| !matches!(waiting, MediaEvent::Silent { leg: same, .. } if *same == leg));
        }
        if self.waiting.len() >= QUALITY_WAITING
            && let Some(oldest) = self.waiting.iter().position(|waiting| matches!(waiting, MediaEvent::Quality { .. }))
        {
            self.waiting.remove(oldest);
        }
        if self.waiting.len() < limit {
            self.waiting.push_back(event);
        } else if !std::mem::replace(&mut self.has_dropped, true) {
            log::warn!("the engine takes no media events: keys or figures are dropped");
        }
    }
}

/// Events that wait before figures are dropped: a few of each of an office's calls.
const QUALITY_WAITING: usize = 256;
/// Events that wait before keys are dropped: a peer that floods keys while the engine hangs must not fill the memory.
const KEYS_WAITING: usize = 8_192;

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, sync_channel};
    use std::time::Duration;

    use super::*;
    use pbx::input::{LegId, Quality};
    use pbx::output::PlayId;

    fn outbox(room: usize) -> (Outbox, Receiver<MediaEvent>) {
        let (sender, receiver) = sync_channel(room);
        (Outbox::new(Box::new(crate::into_channel(sender))), receiver)
    }

    fn quality(received: u64) -> MediaEvent {
        MediaEvent::Quality { leg: LegId(1), quality: Quality { received, ..Quality::default() }, silent_for: None }
    }

    fn digit(leg: u64) -> MediaEvent {
        MediaEvent::Digit { leg: LegId(leg), digit: '5', duration: Duration::ZERO }
    }

    fn play_done(play: u64) -> MediaEvent {
        MediaEvent::PlayDone { leg: LegId(1), play: PlayId(play) }
    }

    #[test]
    fn a_full_sink_delays_events_in_their_order() {
        let (mut outbox, events) = outbox(1);
        let all = [quality(1), play_done(1), digit(2), quality(2), play_done(2)];
        all.clone().into_iter().for_each(|event| outbox.say(event));
        let mut heard = Vec::new();
        while let Ok(event) = events.try_recv() {
            heard.push(event);
            outbox.flush();
        }
        assert_eq!(heard, all);
        assert!(outbox.is_empty());
    }

    #[test]
    fn figures_go_first_and_keys_are_bounded_and_ends_stay() {
        let (mut outbox, events) = outbox(0);
        (0..1_000).for_each(|number| outbox.say(quality(number)));
        assert!(outbox.waiting.len() <= QUALITY_WAITING);
        (0..10_000).for_each(|leg| outbox.say(digit(leg)));
        assert_eq!(outbox.waiting.len(), KEYS_WAITING);
        (0..100).for_each(|play| outbox.say(play_done(play)));
        let count = |kind: fn(&MediaEvent) -> bool| outbox.waiting.iter().filter(|event| kind(event)).count();
        assert_eq!(count(|event| matches!(event, MediaEvent::PlayDone { .. })), 100);
        assert_eq!(count(|event| matches!(event, MediaEvent::Quality { .. })), 0);
        drop(events);
    }

    #[test]
    fn one_silence_of_a_leg_waits() {
        let (mut outbox, _events) = outbox(0);
        for for_s in [60, 120, 180] {
            outbox.say(MediaEvent::Silent { leg: LegId(1), for_s });
        }
        assert_eq!(outbox.waiting, [MediaEvent::Silent { leg: LegId(1), for_s: 180 }]);
    }
}
