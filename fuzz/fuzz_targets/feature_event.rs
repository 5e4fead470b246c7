//! What a phone's key wants, in a body from a hostile peer: whatever is understood means the same when it is written plainly.

#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use sip::event::Body;
use sip::feature_event::{FeatureState, FeatureWish, ForwardState, Forwarding};

fuzz_target!(|data: &[u8]| {
    let Some(wish) = read(data) else { return };
    let (is_dnd, forwards) = match &wish {
        FeatureWish::Dnd(is_on) => (*is_on, Vec::new()),
        FeatureWish::Forward { kind, is_on, to } => {
            if let Some(to) = to {
                assert!(!to.is_empty() && !to.contains(['@', ';', ':', '<']) && to.trim() == to, "{to:?} is no number");
            }
            (false, vec![ForwardState { kind: *kind, is_on: *is_on, to: to.clone().unwrap_or_default() }])
        }
    };
    let plain = plainly(&wish);
    if plain.len() <= LONGEST {
        assert_eq!(read(plain.as_bytes()), Some(wish));
    }
    // What a phone said is told to all of them: no byte of it ends a part or an element.
    let state = FeatureState { device: String::from_utf8_lossy(data).into_owned(), is_dnd, forwards };
    let told = state.to_body();
    let boundary = told.content_type.split_once("boundary=").expect("it has parts").1;
    let told = std::str::from_utf8(&told.bytes).expect("we write text");
    let parts = 1 + state.forwards.len();
    for end in [&format!("--{boundary}\r\n"), "</device>", "Event>\r\n"] {
        assert_eq!(told.matches(end).count(), parts, "{end}");
    }
});

/// What is longer is not read: a number that fills a body to its end has no room beside the plain words.
const LONGEST: usize = 4_096;

fn read(data: &[u8]) -> Option<FeatureWish> {
    let content_type = "application/x-as-feature-event+xml".to_owned();
    FeatureWish::read(&Body { content_type, bytes: Bytes::copy_from_slice(data) })
}

/// The wish as the simplest of phones would write it.
fn plainly(wish: &FeatureWish) -> String {
    match wish {
        FeatureWish::Dnd(is_on) => format!("<SetDoNotDisturb/><doNotDisturbOn>{is_on}"),
        FeatureWish::Forward { kind, is_on, to } => {
            let kind = match kind {
                Forwarding::Immediate => "forwardImmediate",
                Forwarding::Busy => "forwardBusy",
                Forwarding::NoAnswer => "forwardNoAns",
            };
            let to = to.as_deref().unwrap_or_default();
            format!("<SetForwarding/><forwardingType>{kind}</><activateForward>{is_on}</><forwardDN>{to}")
        }
    }
}
