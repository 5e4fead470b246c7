//! Payload types differ per direction (RFC 3264 §5.1, §6.1; RFC 4733).

use sip::sdp::{Codec, Direction, SdpError, TelephoneEvent};

use super::{answer_to, negotiation, offer_answered_with, parse, sdp};

#[test]
fn rfc3264_5_1_keys_go_out_under_the_peers_number_and_come_in_under_ours() {
    let agreed = offer_answered_with(&["m=audio 5000 RTP/AVP 0 96", "a=rtpmap:96 telephone-event/8000"]).unwrap();
    let expected = TelephoneEvent { send_payload_type: 96, receive_payload_type: 101 };
    assert_eq!(agreed.telephone_event, Some(expected));
}

#[test]
fn rfc3264_6_1_our_answer_takes_over_the_offers_numbers() {
    let (text, agreed) =
        answer_to(&["m=audio 5000 RTP/AVP 97 96", "a=rtpmap:97 PCMU/8000", "a=rtpmap:96 telephone-event/8000"])
            .unwrap();
    assert!(text.contains("m=audio 4000 RTP/AVP 97 96\r\na=rtpmap:97 PCMU/8000\r\n"), "{text}");
    assert_eq!((agreed.codec, agreed.send_payload_type, agreed.receive_payload_type), (Codec::Pcmu, 97, 97));
    let expected = TelephoneEvent { send_payload_type: 96, receive_payload_type: 96 };
    assert_eq!(agreed.telephone_event, Some(expected));
}

#[test]
fn rfc3264_5_1_an_audio_answer_with_another_number() {
    let agreed = offer_answered_with(&["m=audio 5000 RTP/AVP 100", "a=rtpmap:100 PCMA/8000"]).unwrap();
    assert_eq!((agreed.codec, agreed.send_payload_type, agreed.receive_payload_type), (Codec::Pcma, 100, 8));
    assert_eq!(agreed.telephone_event, None);
}

#[test]
fn rfc4733_2_1_only_the_clock_of_g711_counts() {
    let wide = ["a=rtpmap:99 telephone-event/48000", "a=rtpmap:100 telephone-event/16000"];
    let lines = ["m=audio 5000 RTP/AVP 0 99 100 102", wide[0], wide[1], "a=rtpmap:102 telephone-event/8000"];
    let (text, agreed) = answer_to(&lines).unwrap();
    assert_eq!(agreed.telephone_event.unwrap().send_payload_type, 102);
    assert!(text.contains("RTP/AVP 0 102\r\n"), "{text}");
    let (_, agreed) = answer_to(&lines[..3]).unwrap();
    assert_eq!(agreed.telephone_event, None);
}

#[test]
fn rfc3551_6_static_numbers_need_no_rtpmap() {
    for (format, codec) in [("0", Codec::Pcmu), ("8", Codec::Pcma)] {
        let (_, agreed) = answer_to(&[&format!("m=audio 5000 RTP/AVP {format}")]).unwrap();
        assert_eq!(agreed.codec, codec);
    }
}

#[test]
fn rfc3551_6_a_number_without_meaning_is_no_codec() {
    for lines in [
        vec!["m=audio 5000 RTP/AVP 97"],
        vec!["m=audio 5000 RTP/AVP 9 18 3"],
        vec!["m=audio 5000 RTP/AVP 97", "a=rtpmap:97 PCMU/16000"],
        vec!["m=audio 5000 RTP/AVP 97", "a=rtpmap:97 PCMU/8000/2"],
        vec!["m=audio 5000 RTP/AVP 300", "a=rtpmap:300 PCMU/8000"],
        vec!["m=audio 5000 RTP/AVP 101", "a=rtpmap:101 telephone-event/8000"],
        vec!["m=audio 5000 RTP/AVP"],
    ] {
        assert_eq!(answer_to(&lines).err(), Some(SdpError::NoCommonCodec), "{lines:?}");
    }
}

#[test]
fn bare_numbers_in_an_answer_mean_what_our_offer_said() {
    let agreed = offer_answered_with(&["m=audio 5000 RTP/AVP 8 101"]).unwrap();
    assert_eq!(agreed.telephone_event.unwrap().send_payload_type, 101);
    assert_eq!(agreed.codec, Codec::Pcma);
}

#[test]
fn rfc3264_8_3_2_a_number_keeps_its_meaning_in_later_offers() {
    let mut negotiation = negotiation();
    negotiation
        .on_offer(&sdp(&[
            "m=audio 5000 RTP/AVP 101 0 96",
            "a=rtpmap:101 opus/48000/2",
            "a=rtpmap:96 telephone-event/8000",
        ]))
        .unwrap();
    negotiation.answer(Direction::SendRecv).unwrap();
    let offer = parse(&negotiation.offer(Direction::SendRecv));
    assert_eq!(offer.media.first().unwrap().formats, ["0", "8", "96"]);
}

#[test]
fn rfc3264_8_3_2_a_number_that_the_peer_has_given_away_is_not_taken() {
    let mut negotiation = negotiation();
    negotiation.on_offer(&sdp(&["m=audio 5000 RTP/AVP 101 0", "a=rtpmap:101 opus/48000/2"])).unwrap();
    negotiation.answer(Direction::SendRecv).unwrap();
    let offer = negotiation.offer(Direction::SendRecv);
    let text = String::from_utf8_lossy(&offer);
    assert!(text.contains("m=audio 4000 RTP/AVP 0 8 96\r\n") && text.contains("a=rtpmap:96 telephone-event/8000"));
}

#[test]
fn rfc3264_8_3_2_our_later_offer_uses_the_number_the_peer_knows() {
    let mut negotiation = negotiation();
    negotiation.on_offer(&sdp(&["m=audio 5000 RTP/AVP 97", "a=rtpmap:97 PCMA/8000"])).unwrap();
    negotiation.answer(Direction::SendRecv).unwrap();
    let offer = parse(&negotiation.offer(Direction::SendRecv));
    assert_eq!(offer.media.first().unwrap().formats, ["0", "97", "101"]);
    let agreed = negotiation.on_answer(&sdp(&["m=audio 5000 RTP/AVP 98", "a=rtpmap:98 PCMA/8000"])).unwrap();
    assert_eq!((agreed.send_payload_type, agreed.receive_payload_type), (98, 97));
}

#[test]
fn rfc3264_8_3_2_new_numbers_after_a_re_invite_are_obeyed() {
    let mut negotiation = negotiation();
    for number in [96, 110, 101] {
        let map = format!("a=rtpmap:{number} telephone-event/8000");
        negotiation.on_offer(&sdp(&[&format!("m=audio 5000 RTP/AVP 0 {number}"), &map])).unwrap();
        let (_, agreed) = negotiation.answer(Direction::SendRecv).unwrap();
        let expected = TelephoneEvent { send_payload_type: number, receive_payload_type: number };
        assert_eq!(agreed.telephone_event, Some(expected));
    }
}
