//! Descriptions in the styles of real phones, read by us and by another implementation.

use ezk_sdp_types as other;
use sip::sdp::{Codec, Direction, SessionDescription};

use super::{negotiation, parse};

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
