//! A stream is cut at the same places however it arrives, and each message in it has the length that it says.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sip::message::{Framed, Framer, Message, ParseErrorKind};

fuzz_target!(|data: &[u8]| {
    let Some((&step, stream)) = data.split_first() else { return };
    let stepwise = frame(stream, usize::from(step).max(1));
    assert_eq!(stepwise, frame(stream, stream.len().max(1)));
    for framed in stepwise {
        if let Framed::Message(bytes) = framed
            && let Err(error) = Message::parse(&bytes)
        {
            assert_ne!(error.kind, ParseErrorKind::BodyTruncated);
        }
    }
});

fn frame(stream: &[u8], step: usize) -> Vec<Framed> {
    let mut framer = Framer::new();
    let mut all = Vec::new();
    for chunk in stream.chunks(step) {
        framer.push(chunk);
        while let Ok(Some(framed)) = framer.next_framed() {
            all.push(framed);
        }
    }
    all
}
