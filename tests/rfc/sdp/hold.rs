//! RFC 3264 §8.4 and Appendix: all the ways in which phones hold, in all states of a call.

use sip::sdp::{Direction, Negotiation};

use super::{negotiation, sdp, version_and_rest};

const DIRECTIONS: [Direction; 4] = [Direction::SendRecv, Direction::SendOnly, Direction::RecvOnly, Direction::Inactive];

/// One way to write an offer: session lines, media lines, what it leaves to us, whether it is a hold.
struct Style {
    session: &'static [&'static str],
    media: &'static [&'static str],
    leaves: Direction,
    is_hold: bool,
}

const STYLES: [Style; 13] = [
    Style { session: &[], media: &[], leaves: Direction::SendRecv, is_hold: false },
    Style { session: &[], media: &["a=sendrecv"], leaves: Direction::SendRecv, is_hold: false },
    Style { session: &[], media: &["a=sendonly"], leaves: Direction::RecvOnly, is_hold: true },
    Style { session: &[], media: &["a=recvonly"], leaves: Direction::SendOnly, is_hold: false },
    Style { session: &[], media: &["a=inactive"], leaves: Direction::Inactive, is_hold: true },
    Style { session: &["a=sendonly"], media: &[], leaves: Direction::RecvOnly, is_hold: true },
    Style { session: &["a=inactive"], media: &["a=sendrecv"], leaves: Direction::SendRecv, is_hold: false },
    Style { session: &[], media: &["c=IN IP4 0.0.0.0"], leaves: Direction::RecvOnly, is_hold: true },
    Style { session: &[], media: &["c=IN IP4 0.0.0.0", "a=sendrecv"], leaves: Direction::RecvOnly, is_hold: true },
    Style { session: &[], media: &["c=IN IP4 0.0.0.0", "a=inactive"], leaves: Direction::Inactive, is_hold: true },
    Style { session: &[], media: &["c=IN IP4 0.0.0.0", "a=recvonly"], leaves: Direction::Inactive, is_hold: true },
    Style { session: &[], media: &["c=IN IP6 ::"], leaves: Direction::RecvOnly, is_hold: true },
    Style { session: &[], media: &["c=IN IP6 ::", "a=sendonly"], leaves: Direction::RecvOnly, is_hold: true },
];

impl Style {
    fn sdp(&self) -> Vec<u8> {
        let lines: Vec<&str> = self
            .session
            .iter()
            .copied()
            .chain(["m=audio 5000 RTP/AVP 0 8"])
            .chain(self.media.iter().copied())
            .collect();
        sdp(&lines)
    }
}

/// The states in which an offer may find a call.
fn states() -> Vec<(&'static str, Negotiation)> {
    let talk = sdp(&["m=audio 5000 RTP/AVP 0 8", "a=sendrecv"]);
    let fresh = negotiation();
    let mut called_us = negotiation();
    called_us.on_offer(&talk).unwrap();
    called_us.answer(Direction::SendRecv).unwrap();
    let mut called_by_us = negotiation();
    called_by_us.offer(Direction::SendRecv);
    called_by_us.on_answer(&talk).unwrap();
    let mut held_by_us = called_by_us.clone();
    held_by_us.offer(Direction::SendOnly);
    held_by_us.on_answer(&sdp(&["m=audio 5000 RTP/AVP 0", "a=recvonly"])).unwrap();
    let mut held_by_peer = called_us.clone();
    held_by_peer.on_offer(&sdp(&["m=audio 5000 RTP/AVP 0 8", "a=sendonly"])).unwrap();
    held_by_peer.answer(Direction::SendRecv).unwrap();
    let mut refused = called_us.clone();
    refused.offer(Direction::SendOnly);
    refused.drop_offer();
    vec![
        ("fresh", fresh),
        ("called us", called_us),
        ("called by us", called_by_us),
        ("held by us", held_by_us),
        ("held by the peer", held_by_peer),
        ("our offer refused", refused),
    ]
}

#[test]
fn rfc3264_6_1_every_hold_in_every_state_gets_what_it_leaves() {
    for (state, before) in states() {
        for style in &STYLES {
            for wanted in DIRECTIONS {
                let row = format!("{state}: {:?} {:?}, we want {wanted:?}", style.session, style.media);
                let mut negotiation = before.clone();
                let offered = negotiation.on_offer(&style.sdp()).unwrap();
                assert_eq!((offered.direction, offered.is_hold), (style.leaves, style.is_hold), "{row}");
                let (text, agreed) = negotiation.answer(wanted).unwrap();
                let both = |says: fn(Direction) -> bool| says(style.leaves) && says(wanted);
                let is_left = (both(Direction::sends), both(Direction::receives));
                assert_eq!((agreed.direction.sends(), agreed.direction.receives()), is_left, "{row}");
                let line = format!("a={}\r\n", agreed.direction.as_str());
                assert!(String::from_utf8_lossy(&text).contains(&line), "{row}");
            }
        }
    }
}

#[test]
fn rfc3264_8_4_held_again_changes_nothing() {
    for (state, before) in states() {
        for style in &STYLES {
            let row = format!("{state}: {:?} {:?}", style.session, style.media);
            let mut negotiation = before.clone();
            negotiation.on_offer(&style.sdp()).unwrap();
            let (first, agreed) = negotiation.answer(Direction::SendRecv).unwrap();
            // The version of the peer may rise without a change.
            let again = String::from_utf8(style.sdp()).unwrap().replace("o=phone 1 1", "o=phone 1 2");
            assert!(negotiation.on_offer(again.as_bytes()).unwrap().is_refresh, "{row}");
            assert_eq!(negotiation.answer(Direction::SendRecv).unwrap(), (first, agreed), "{row}");
        }
    }
}

#[test]
fn rfc3264_8_4_resumed_from_every_hold() {
    let talk = sdp(&["m=audio 5000 RTP/AVP 0 8", "a=sendrecv"]);
    for style in STYLES.iter().filter(|style| style.is_hold) {
        let mut negotiation = negotiation();
        negotiation.on_offer(&style.sdp()).unwrap();
        let (held, _) = negotiation.answer(Direction::SendRecv).unwrap();
        let offered = negotiation.on_offer(&talk).unwrap();
        assert!(!offered.is_hold && !offered.is_refresh, "{:?}", style.media);
        let (text, agreed) = negotiation.answer(Direction::SendRecv).unwrap();
        assert_eq!(agreed.direction, Direction::SendRecv, "{:?}", style.media);
        assert_eq!(agreed.remote, "192.0.2.20:5000".parse().unwrap(), "{:?}", style.media);
        assert_eq!(version_and_rest(&text).0, version_and_rest(&held).0 + 1, "{:?}", style.media);
    }
}

#[test]
fn rfc3264_6_1_our_own_hold_stays_one_whatever_the_answer_says() {
    for (lines, expected) in [
        (vec!["a=recvonly"], Direction::SendOnly),
        (vec![], Direction::SendOnly),
        (vec!["a=sendrecv"], Direction::SendOnly),
        (vec!["a=inactive"], Direction::Inactive),
        (vec!["a=sendonly"], Direction::Inactive),
        (vec!["c=IN IP4 0.0.0.0"], Direction::Inactive),
    ] {
        let mut negotiation = negotiation();
        negotiation.offer(Direction::SendOnly);
        let all: Vec<&str> = ["m=audio 5000 RTP/AVP 0"].into_iter().chain(lines.clone()).collect();
        assert_eq!(negotiation.on_answer(&sdp(&all)).unwrap().direction, expected, "{lines:?}");
    }
}

#[test]
fn rfc3264_8_2_a_stream_switched_off_in_a_call_is_a_hold() {
    let (_, mut negotiation) = states().swap_remove(1);
    let offered = negotiation.on_offer(&sdp(&["m=audio 0 RTP/AVP 0 8"])).unwrap();
    assert!(offered.is_hold);
    let (text, agreed) = negotiation.answer(Direction::SendRecv).unwrap();
    assert_eq!((agreed.direction, agreed.remote.port()), (Direction::Inactive, 0));
    assert!(String::from_utf8_lossy(&text).contains("m=audio 0 RTP/AVP"));
    negotiation.on_offer(&sdp(&["m=audio 5000 RTP/AVP 0 8"])).unwrap();
    assert_eq!(negotiation.answer(Direction::SendRecv).unwrap().1.direction, Direction::SendRecv);
}

#[test]
fn rfc3264_8_2_an_answer_may_switch_the_stream_of_a_call_off() {
    let (_, mut negotiation) = states().swap_remove(2);
    negotiation.offer(Direction::SendOnly);
    let agreed = negotiation.on_answer(&sdp(&["m=audio 0 RTP/AVP 0"])).unwrap();
    assert_eq!((agreed.direction, agreed.remote.port()), (Direction::Inactive, 0));
}
