//! Session descriptions from a hostile peer: as offer, as re-offer and as answer.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sip::sdp::{Direction, Negotiation, SessionDescription};

fuzz_target!(|bytes: &[u8]| {
    let parsed = SessionDescription::parse(bytes);
    if let Ok(description) = &parsed {
        let printed = description.to_string();
        // What was replaced for want of UTF-8 is longer than it was; all else comes back as it is.
        if printed.len() <= sip::sdp::MAX_BYTES {
            assert_eq!(SessionDescription::parse(printed.as_bytes()).as_ref(), Ok(description));
        }
    }
    let local = std::net::SocketAddr::from(([192, 0, 2, 10], 4000));
    let mut fresh = Negotiation::new(1, local);
    exchange(&mut fresh, bytes);
    let mut established = Negotiation::new(2, local);
    established.offer(Direction::SendRecv);
    if established.on_answer(bytes).is_ok() {
        exchange(&mut established, bytes);
    }
});

/// Their offer answered, then ours answered with the same bytes, then theirs again.
fn exchange(negotiation: &mut Negotiation, bytes: &[u8]) {
    for _ in 0..2 {
        if negotiation.on_offer(bytes).is_ok() {
            let (answer, agreed) = negotiation.answer(Direction::SendRecv).expect("a kept offer can be answered");
            let theirs = SessionDescription::parse(bytes).expect("it was read above");
            let ours = SessionDescription::parse(&answer).expect("we print what we can read");
            assert_eq!(theirs.media.len(), ours.media.len());
            assert!((10..=60).contains(&agreed.packet_ms));
        }
        let offer = negotiation.offer(Direction::SendOnly);
        assert!(SessionDescription::parse(&offer).is_ok());
        let _ = negotiation.on_answer(bytes);
        negotiation.drop_offer();
    }
}
