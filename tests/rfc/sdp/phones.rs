//! Descriptions in the styles of real phones, read by us and by another implementation.

use ezk_sdp_types as other;
use sip::sdp::{Codec, Direction, SdpError, SessionDescription};

use super::{answer_to, negotiation, parse};

/// Name, text, and what we send under: codec and key payload types, packet length.
type Row = (&'static str, &'static str, Codec, u8, Option<u8>, u8);

const PHONES: [Row; 10] = [
    ("yealink_t46", include_str!("phones/yealink_t46.sdp"), Codec::Pcmu, 0, Some(101), 20),
    ("snom_d785", include_str!("phones/snom_d785.sdp"), Codec::Pcmu, 0, Some(101), 30),
    ("polycom_vvx", include_str!("phones/polycom_vvx.sdp"), Codec::Pcmu, 0, Some(127), 20),
    ("grandstream_gxp", include_str!("phones/grandstream_gxp.sdp"), Codec::Pcmu, 0, Some(101), 20),
    ("linphone_desktop", include_str!("phones/linphone_desktop.sdp"), Codec::Pcmu, 0, Some(100), 20),
    ("baresip", include_str!("phones/baresip.sdp"), Codec::Pcmu, 0, Some(96), 20),
    ("cisco_spa504", include_str!("phones/cisco_spa504.sdp"), Codec::Pcmu, 0, Some(101), 30),
    ("asterisk", include_str!("phones/asterisk.sdp"), Codec::Pcmu, 0, Some(101), 20),
    ("snom_two_profiles", include_str!("phones/snom_two_profiles.sdp"), Codec::Pcmu, 0, Some(101), 20),
    ("ipv6_hold", include_str!("phones/ipv6_hold.sdp"), Codec::Pcma, 8, Some(101), 20),
];

#[test]
fn every_phone_is_answered() {
    for (name, text, codec, payload_type, keys, packet_ms) in PHONES {
        let mut negotiation = negotiation();
        negotiation.on_offer(text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (answer, agreed) = negotiation.answer(Direction::SendRecv).unwrap();
        assert_eq!(
            (agreed.codec, agreed.send_payload_type, agreed.packet_ms),
            (codec, payload_type, packet_ms),
            "{name}"
        );
        assert_eq!(agreed.telephone_event.map(|event| event.send_payload_type), keys, "{name}");
        assert_eq!(parse(&answer).media.len(), parse(text.as_bytes()).media.len(), "{name}");
    }
}

/// What the m= lines of our answer say: kind, whether it is on, and profile.
fn streams(answer: &[u8]) -> Vec<(String, bool, String)> {
    let media = parse(answer).media.into_iter();
    media.map(|media| (media.kind.clone(), media.port > 0, media.protocol.clone())).collect()
}

/// Trap 29.
#[test]
fn trap_29_encryption_that_is_only_offered_is_declined_and_the_call_goes_on_in_the_clear() {
    const CRYPTO: &str = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    let stream = |port: u16, profile: &str| format!("m=audio {port} {profile} 8 101");
    let (clear, secret) = (stream(6000, "RTP/AVP"), stream(6002, "RTP/SAVP"));
    let on = |kind: bool, profile: &str| ("audio".to_owned(), kind, profile.to_owned());
    for (lines, expected) in [
        (vec![clear.as_str(), CRYPTO], vec![on(true, "RTP/AVP")]),
        (vec![&secret, CRYPTO, &clear], vec![on(false, "RTP/SAVP"), on(true, "RTP/AVP")]),
        (vec![&clear, &secret, CRYPTO], vec![on(true, "RTP/AVP"), on(false, "RTP/SAVP")]),
    ] {
        let (answer, agreed) = answer_to(&lines).unwrap_or_else(|error| panic!("{lines:?}: {error}"));
        assert_eq!(streams(answer.as_bytes()), expected, "{lines:?}");
        assert!(!answer.contains("crypto"), "who answers with a key promises to encrypt: {answer}");
        assert_eq!(agreed.remote.port(), 6000, "{lines:?}");
    }
    // Who will have nothing else is told so, and not answered with less than it asked for.
    assert_eq!(answer_to(&[&secret, CRYPTO]).unwrap_err(), SdpError::UnsupportedProfile);
}

/// Trap 30.
#[test]
fn trap_30_candidates_of_a_plain_offer_change_nothing() {
    let plain = ["m=audio 6000 RTP/AVP 8 101"];
    let with = [
        plain[0],
        "a=ice-ufrag:8hhY",
        "a=ice-pwd:asd88fgpdd777uzjYhagZg",
        "a=candidate:1 1 UDP 2130706431 10.0.1.1 8998 typ host",
        "a=candidate:2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 10.0.1.1 rport 8998",
        "a=remote-candidates:1 10.0.1.1 8998",
        "a=rtcp-mux",
    ];
    let (one, other) = (answer_to(&plain).unwrap(), answer_to(&with).unwrap());
    assert_eq!(one, other);
}

#[test]
fn every_phone_comes_back_byte_for_byte() {
    for (name, text, ..) in PHONES {
        assert_eq!(parse(text.as_bytes()).to_string(), text, "{name}");
    }
}

#[test]
fn every_phone_reads_the_same_elsewhere() {
    for (name, text, ..) in PHONES {
        compare(name, text);
    }
}

#[test]
fn our_own_descriptions_read_the_same_elsewhere() {
    for (name, text, ..) in PHONES {
        let mut negotiation = negotiation();
        negotiation.on_offer(text.as_bytes()).unwrap();
        let (answer, _) = negotiation.answer(Direction::SendRecv).unwrap();
        compare(name, std::str::from_utf8(&answer).unwrap());
        let offer = negotiation.offer(Direction::Inactive);
        compare(name, std::str::from_utf8(&offer).unwrap());
    }
}

/// All that both know of the streams: ports, formats, maps, connection, and the direction through an answer of ours.
#[track_caller]
fn compare(name: &str, text: &str) {
    let ours = SessionDescription::parse(text.as_bytes()).unwrap();
    let theirs = other::SessionDescription::parse(&text.into()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(ours.media.len(), theirs.media_descriptions.len(), "{name}");
    assert_eq!(connection(ours.value('c')), theirs.connection.map(|line| line.address.to_string()), "{name}");
    for (our, their) in ours.media.iter().zip(&theirs.media_descriptions) {
        assert_eq!(our.port, their.media.port, "{name}");
        assert_eq!(our.protocol, their.media.proto.to_string(), "{name}");
        let formats: Vec<String> = their.media.fmts.iter().map(u8::to_string).collect();
        assert_eq!(our.formats, formats, "{name}");
        let maps: Vec<String> = their.rtpmap.iter().map(|map| map.to_string()).collect();
        assert_eq!(our.attributes("rtpmap").collect::<Vec<_>>(), maps, "{name}");
        let stated = ["sendrecv", "sendonly", "recvonly", "inactive"];
        let stated = stated.into_iter().find(|name| our.attribute(name).is_some());
        assert_eq!(stated.unwrap_or("sendrecv"), their.direction.as_str(), "{name}");
        assert_eq!(
            connection(our.value('c')),
            their.connection.as_ref().map(|line| line.address.to_string()),
            "{name}"
        );
        let rtcp = our.attribute("rtcp").and_then(|value| value.split(' ').next());
        assert_eq!(rtcp.map(str::to_owned), their.rtcp.as_ref().map(|rtcp| rtcp.port.to_string()), "{name}");
    }
}

fn connection(line: Option<&str>) -> Option<String> {
    line.map(str::to_owned)
}
