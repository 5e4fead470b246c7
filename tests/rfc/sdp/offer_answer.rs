//! RFC 3264: streams, order, refusal, what holds after what.

use sip::sdp::{Codec, Direction, SdpError};

use super::{answer_to, negotiation, offer_answered_with, parse, sdp, version_and_rest};

const AUDIO: &str = "m=audio 5000 RTP/AVP 8 0";

#[test]
fn rfc3264_6_the_answer_has_the_offers_streams_in_its_order() {
    let (text, _) = answer_to(&[
        "m=video 6000 RTP/AVP 99 34",
        "a=rtpmap:99 H264/90000",
        "m=audio 5002 RTP/SAVP 0",
        AUDIO,
        "m=audio 5004 RTP/AVP 0",
        "m=image 7000 udptl t38",
        "m=application 9 TCP/BFCP *",
    ])
    .unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("m=")).collect();
    let expected = [
        "m=video 0 RTP/AVP 99",
        "m=audio 0 RTP/SAVP 0",
        "m=audio 4000 RTP/AVP 0",
        "m=audio 0 RTP/AVP 0",
        "m=image 0 udptl t38",
        "m=application 0 TCP/BFCP *",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn rfc3264_6_offers_that_leave_nothing_are_refused_with_the_reason() {
    for (lines, expected) in [
        (vec![], SdpError::NoAudio),
        (vec!["m=video 6000 RTP/AVP 34"], SdpError::NoAudio),
        (vec!["m=image 7000 udptl t38"], SdpError::NoAudio),
        (vec!["m=audio 5000 RTP/SAVP 0"], SdpError::UnsupportedProfile),
        (vec!["m=audio 5000 UDP/TLS/RTP/SAVPF 0"], SdpError::UnsupportedProfile),
        (vec!["m=audio 0 RTP/AVP 0"], SdpError::StreamRefused),
        (vec!["m=audio 5000 RTP/AVP 18"], SdpError::NoCommonCodec),
        (vec!["m=audio 5000 RTP/SAVP 0", "m=audio 5000 RTP/AVP 18"], SdpError::NoCommonCodec),
    ] {
        assert_eq!(answer_to(&lines).err(), Some(expected), "{lines:?}");
    }
}

#[test]
fn rfc3264_8_4_a_refused_fax_offer_leaves_the_call_alone() {
    let mut negotiation = negotiation();
    negotiation.on_offer(&sdp(&[AUDIO])).unwrap();
    let (_, before) = negotiation.answer(Direction::SendRecv).unwrap();
    for lines in [vec!["m=image 7000 udptl t38"], vec!["m=audio 0 RTP/AVP 0", "m=image 7000 udptl t38"]] {
        assert!(negotiation.on_offer(&sdp(&lines)).is_err(), "{lines:?}");
        negotiation.drop_offer();
        assert_eq!(negotiation.agreed(), Some(&before));
        assert_eq!(negotiation.answer(Direction::SendRecv).err(), Some(SdpError::NoOffer));
    }
}

#[test]
fn rfc3264_8_later_offers_keep_the_refused_streams() {
    let mut negotiation = negotiation();
    negotiation.on_offer(&sdp(&["m=video 6000 RTP/AVP 34", AUDIO])).unwrap();
    negotiation.answer(Direction::SendRecv).unwrap();
    let offer = parse(&negotiation.offer(Direction::SendOnly));
    let ports: Vec<(&str, u16)> = offer.media.iter().map(|media| (media.kind.as_str(), media.port)).collect();
    assert_eq!(ports, [("video", 0), ("audio", 4000)]);
    let answer = sdp(&["m=video 0 RTP/AVP 34", "m=audio 5000 RTP/AVP 8"]);
    assert_eq!(negotiation.on_answer(&answer).unwrap().codec, Codec::Pcma);
}

#[test]
fn rfc3264_8_later_offers_list_all_codecs_again() {
    let mut negotiation = negotiation();
    negotiation.offer(Direction::SendRecv);
    negotiation.on_answer(&sdp(&["m=audio 5000 RTP/AVP 8"])).unwrap();
    let offer = parse(&negotiation.offer(Direction::SendRecv));
    assert_eq!(offer.media.first().unwrap().formats, ["0", "8", "101"]);
}

#[test]
fn rfc3264_6_1_our_preference_chooses_in_answers_and_orders_offers() {
    for (prefer, chosen, listed) in [
        (vec![], Codec::Pcmu, vec!["0", "8", "101"]),
        (vec![Codec::Pcma, Codec::Pcmu, Codec::Pcma], Codec::Pcma, vec!["8", "0", "101"]),
        (vec![Codec::Pcma], Codec::Pcma, vec!["8", "101"]),
    ] {
        let mut negotiation = negotiation();
        negotiation.prefer(&prefer);
        assert_eq!(parse(&negotiation.offer(Direction::SendRecv)).media.first().unwrap().formats, listed);
        negotiation.drop_offer();
        let offered = negotiation.on_offer(&sdp(&[AUDIO])).unwrap();
        assert_eq!(offered.codecs.first(), Some(&Codec::Pcma));
        assert_eq!(negotiation.answer(Direction::SendRecv).unwrap().1.codec, chosen, "{prefer:?}");
    }
}

#[test]
fn rfc3264_7_the_first_codec_of_the_answer_is_sent() {
    let agreed = offer_answered_with(&["m=audio 5000 RTP/AVP 101 18 8 0"]).unwrap();
    assert_eq!(agreed.codec, Codec::Pcma);
}

#[test]
fn rfc3264_7_a_codec_that_was_not_offered_is_not_sent() {
    let mut negotiation = negotiation();
    negotiation.prefer(&[Codec::Pcma]);
    negotiation.offer(Direction::SendRecv);
    let answer = sdp(&["m=audio 5000 RTP/AVP 0"]);
    assert_eq!(negotiation.on_answer(&answer).err(), Some(SdpError::NoCommonCodec));
    // Another branch of the fork may still answer.
    assert!(negotiation.on_answer(&sdp(&["m=audio 5000 RTP/AVP 8"])).is_ok());
}

#[test]
fn rfc3264_6_bad_answers_have_their_reasons() {
    for (lines, expected) in [
        (vec!["m=audio 0 RTP/AVP 0"], SdpError::StreamRefused),
        (vec!["m=audio 5000 RTP/SAVP 0"], SdpError::UnsupportedProfile),
        (vec!["m=video 5000 RTP/AVP 34"], SdpError::NoAudio),
        (vec!["m=audio 5000 RTP/AVP 18"], SdpError::NoCommonCodec),
    ] {
        assert_eq!(offer_answered_with(&lines).err(), Some(expected), "{lines:?}");
    }
}

#[test]
fn rfc3264_4_answers_need_an_offer_and_offers_wait_for_answers() {
    let mut negotiation = negotiation();
    let theirs = sdp(&[AUDIO]);
    assert_eq!(negotiation.on_answer(&theirs).err(), Some(SdpError::NoOffer));
    assert_eq!(negotiation.answer(Direction::SendRecv).err(), Some(SdpError::NoOffer));
    negotiation.offer(Direction::SendRecv);
    assert_eq!(negotiation.on_offer(&theirs).err(), Some(SdpError::OfferOutstanding));
    negotiation.drop_offer();
    assert!(negotiation.on_offer(&theirs).is_ok());
}

#[test]
fn rfc6337_3_1_1_the_200_may_repeat_or_replace_the_answer_of_the_183() {
    let mut negotiation = negotiation();
    negotiation.offer(Direction::SendRecv);
    let early = negotiation.on_answer(&sdp(&["m=audio 5000 RTP/AVP 0", "a=sendonly"])).unwrap();
    assert_eq!(early.direction, Direction::RecvOnly);
    let last = negotiation.on_answer(&sdp(&["m=audio 5002 RTP/AVP 8"])).unwrap();
    assert_eq!((last.remote.port(), last.codec, last.direction), (5002, Codec::Pcma, Direction::SendRecv));
    assert_eq!(negotiation.agreed(), Some(&last));
}

#[test]
fn rfc6337_3_1_1_our_200_may_repeat_the_answer_of_our_183() {
    let mut negotiation = negotiation();
    negotiation.on_offer(&sdp(&[AUDIO])).unwrap();
    let early = negotiation.answer(Direction::SendRecv).unwrap();
    assert_eq!(negotiation.answer(Direction::SendRecv).unwrap(), early);
}

#[test]
fn rfc3261_14_1_what_was_agreed_outlives_a_refused_offer() {
    let mut negotiation = negotiation();
    negotiation.offer(Direction::SendRecv);
    let before = negotiation.on_answer(&sdp(&[AUDIO])).unwrap();
    let (first, _) = version_and_rest(&negotiation.offer(Direction::SendRecv));
    let (second, _) = version_and_rest(&negotiation.offer(Direction::SendOnly));
    negotiation.drop_offer();
    assert_eq!(negotiation.agreed(), Some(&before));
    assert_eq!(negotiation.on_answer(&sdp(&[AUDIO])).err(), Some(SdpError::NoOffer));
    // What the peer has seen under a version never changes, so the version does not go back.
    let (third, _) = version_and_rest(&negotiation.offer(Direction::SendRecv));
    assert_eq!((first, second, third), (1, 2, 3));
}

#[test]
fn an_answer_that_lost_the_refused_streams_is_read() {
    let mut negotiation = negotiation();
    negotiation.on_offer(&sdp(&["m=video 6000 RTP/AVP 34", AUDIO])).unwrap();
    negotiation.answer(Direction::SendRecv).unwrap();
    negotiation.offer(Direction::SendRecv);
    assert_eq!(negotiation.on_answer(&sdp(&["m=audio 5008 RTP/AVP 0"])).unwrap().remote.port(), 5008);
}

#[test]
fn a_negotiation_survives_a_checkpoint() {
    let mut negotiation = negotiation();
    negotiation.on_offer(&sdp(&["m=video 6000 RTP/AVP 34", AUDIO])).unwrap();
    let saved = serde_json::to_string(&negotiation).unwrap();
    let mut restored: sip::sdp::Negotiation = serde_json::from_str(&saved).unwrap();
    assert_eq!(restored.answer(Direction::RecvOnly).unwrap(), negotiation.answer(Direction::RecvOnly).unwrap());
}
