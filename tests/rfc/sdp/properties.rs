//! What holds for all descriptions and all exchanges.

use proptest::prelude::*;
use sip::sdp::{Codec, Direction, Line, MAX_MEDIA, Media, Negotiation, SessionDescription};

use super::{local, negotiation, parse, sdp, version_and_rest};

fn line() -> impl Strategy<Value = Line> {
    ("[a-ln-uw-zA-Z]", "[ -~\u{e4}\u{fc}]{0,30}").prop_map(|(kind, value)| {
        let kind = kind.chars().next().expect("the pattern has one letter");
        Line { kind, value }
    })
}

fn media() -> impl Strategy<Value = Media> {
    let words = ("[!-~]{1,8}", any::<u16>(), proptest::option::of(any::<u16>()), "[!-~]{1,12}");
    (words, proptest::collection::vec("[!-~]{1,4}", 0..8), proptest::collection::vec(line(), 0..6)).prop_map(
        |((kind, port, port_count, protocol), formats, lines)| Media {
            kind,
            port,
            port_count,
            protocol,
            formats,
            lines,
        },
    )
}

fn description() -> impl Strategy<Value = SessionDescription> {
    let lines = proptest::collection::vec(line(), 0..8);
    (lines, proptest::collection::vec(media(), 0..MAX_MEDIA))
        .prop_map(|(lines, media)| SessionDescription { lines, media })
}

fn direction() -> impl Strategy<Value = Direction> {
    (any::<bool>(), any::<bool>()).prop_map(|(sends, receives)| Direction::from_flags(sends, receives))
}

/// Lines of the kind that negotiation looks at, some of them wrong.
fn plausible_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "m=(audio|video|image) (0|9|5000|65535)(/2)? (RTP/AVP|RTP/SAVP|udptl)( (0|8|9|18|9[6-8]|101)){0,5}",
        "a=rtpmap:(0|8|9[6-8]|101) (PCMU|pcma|G722|telephone-event)/(8000|16000)(/[12])?",
        "a=(sendrecv|sendonly|recvonly|inactive)",
        "c=IN IP[46] (0\\.0\\.0\\.0|192\\.0\\.2\\.[1-9]|::|2001:db8::[1-9]|host)(/127)?",
        "a=(ptime|maxptime|rtcp):[0-9]{0,6}",
        "[a-z]=[ -~]{0,20}",
    ]
}

#[derive(Clone, Debug)]
enum Step {
    Offer(Direction),
    Refused(Direction),
    Answer(Direction, u8),
    Move(u16),
    Prefer(bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        direction().prop_map(Step::Offer),
        direction().prop_map(Step::Refused),
        (direction(), 0..4_u8).prop_map(|(direction, offer)| Step::Answer(direction, offer)),
        (4000..4004_u16).prop_map(Step::Move),
        any::<bool>().prop_map(Step::Prefer),
    ]
}

impl Step {
    /// What we say in this step.
    fn take(&self, negotiation: &mut Negotiation) -> Option<Vec<u8>> {
        let offers = [
            sdp(&["m=audio 5000 RTP/AVP 0 8"]),
            sdp(&["m=audio 5000 RTP/AVP 8 96", "a=rtpmap:96 telephone-event/8000", "a=sendonly"]),
            sdp(&["m=video 6000 RTP/AVP 34", "m=audio 5000 RTP/AVP 0", "a=inactive"]),
            sdp(&["m=audio 5000 RTP/AVP 97", "a=rtpmap:97 PCMU/8000"]),
        ];
        match self {
            Step::Offer(direction) => {
                let offer = negotiation.offer(*direction);
                negotiation.on_answer(&offers[0]).ok();
                Some(offer.to_vec())
            }
            Step::Refused(direction) => {
                let offer = negotiation.offer(*direction);
                negotiation.drop_offer();
                Some(offer.to_vec())
            }
            Step::Answer(direction, offer) => {
                negotiation.drop_offer();
                negotiation.on_offer(&offers[usize::from(*offer)]).unwrap();
                Some(negotiation.answer(*direction).unwrap().0.to_vec())
            }
            Step::Move(port) => {
                negotiation.set_local(std::net::SocketAddr::new(local().ip(), *port));
                None
            }
            Step::Prefer(alaw_first) => {
                let codecs = [Codec::Pcmu, Codec::Pcma];
                negotiation.prefer(&if *alaw_first { [codecs[1], codecs[0]] } else { codecs });
                None
            }
        }
    }
}

proptest! {
    #[test]
    fn printed_descriptions_read_back_as_they_were(description in description()) {
        prop_assert_eq!(parse(description.to_string().as_bytes()), description);
    }

    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let mut negotiation = negotiation();
        let _ = negotiation.on_offer(&bytes);
        let _ = negotiation.answer(Direction::SendRecv);
        negotiation.offer(Direction::SendRecv);
        let _ = negotiation.on_answer(&bytes);
    }

    #[test]
    fn the_answer_has_as_many_streams_as_the_offer(
        lines in proptest::collection::vec(plausible_line(), 0..20),
        wanted in direction(),
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let offer = sdp(&lines);
        let mut negotiation = negotiation();
        if let Ok(offered) = negotiation.on_offer(&offer) {
            prop_assert_eq!(offered.is_hold, !offered.direction.sends());
            let (answer, agreed) = negotiation.answer(wanted).unwrap();
            let (offer, answer) = (parse(&offer), parse(&answer));
            prop_assert_eq!(offer.media.len(), answer.media.len());
            for (theirs, ours) in offer.media.iter().zip(&answer.media) {
                prop_assert_eq!(&theirs.kind.to_lowercase(), &ours.kind.to_lowercase());
                prop_assert_eq!(&theirs.protocol.to_lowercase(), &ours.protocol.to_lowercase());
                prop_assert!(theirs.port != 0 || ours.port == 0);
            }
            prop_assert_eq!(answer.media.iter().filter(|media| media.port != 0).count(), 1);
            prop_assert_eq!(agreed.direction, offered.direction.intersected(wanted));
            prop_assert!((10..=60).contains(&agreed.packet_ms));
        }
    }

    #[test]
    fn the_version_goes_up_by_one_when_and_only_when_the_text_changes(
        steps in proptest::collection::vec(step(), 1..30),
    ) {
        let mut negotiation = negotiation();
        let mut last: Option<(u64, String)> = None;
        for step in steps {
            let Some(text) = step.take(&mut negotiation) else { continue };
            let (version, rest) = version_and_rest(&text);
            if let Some((last_version, last_rest)) = &last {
                let expected = if *last_rest == rest { *last_version } else { last_version + 1 };
                prop_assert_eq!(version, expected, "{}", rest);
            }
            last = Some((version, rest));
        }
    }

    /// Two of us: what one agreed to is the mirror of what the other did, whoever offers, in whatever order.
    #[test]
    fn both_ends_agree_on_the_same(
        rounds in proptest::collection::vec((any::<bool>(), direction(), direction(), any::<bool>(), any::<bool>()), 1..8),
    ) {
        let mut ends = [negotiation(), Negotiation::new(8, "192.0.2.20:5000".parse().unwrap())];
        for (second_offers, offered, wanted, prefer_alaw, only_one) in rounds {
            if second_offers { ends.reverse(); }
            let [offerer, answerer] = &mut ends;
            let codecs = if prefer_alaw { [Codec::Pcma, Codec::Pcmu] } else { [Codec::Pcmu, Codec::Pcma] };
            answerer.prefer(&codecs[..if only_one { 1 } else { 2 }]);
            offerer.prefer(&[Codec::Pcmu, Codec::Pcma]);
            answerer.on_offer(&offerer.offer(offered)).unwrap();
            let (text, theirs) = answerer.answer(wanted).unwrap();
            let ours = offerer.on_answer(&text).unwrap();
            prop_assert_eq!(ours.codec, theirs.codec);
            prop_assert_eq!(ours.direction, theirs.direction.reversed());
            prop_assert_eq!(ours.send_payload_type, theirs.receive_payload_type);
            prop_assert_eq!(theirs.send_payload_type, ours.receive_payload_type);
            let keys = (ours.telephone_event.unwrap(), theirs.telephone_event.unwrap());
            prop_assert_eq!(keys.0.send_payload_type, keys.1.receive_payload_type);
            prop_assert_eq!(keys.1.send_payload_type, keys.0.receive_payload_type);
            if second_offers { ends.reverse(); }
        }
    }
}
