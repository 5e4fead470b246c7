//! RFC 8866: the text itself.

use sip::sdp::{Direction, MAX_BYTES, MAX_FORMATS, MAX_LINES, MAX_MEDIA, SdpError, SessionDescription};

use super::{answer_to, local, negotiation, parse, sdp, version_and_rest};

#[test]
fn rfc8866_5_missing_lines_and_bare_line_feeds_are_read() {
    let text = "c=IN IP4 192.0.2.20\nm=audio 5000 RTP/AVP 8\n";
    let mut negotiation = negotiation();
    let offered = negotiation.on_offer(text.as_bytes()).unwrap();
    assert_eq!(offered.remote, "192.0.2.20:5000".parse().unwrap());
    for end in ["\r\n", "\n", "\r", "\n\r\n"] {
        let text = format!("v=0{end}c=IN IP4 192.0.2.20{end}m=audio 5000 RTP/AVP 8{end}");
        assert_eq!(parse(text.as_bytes()).media.len(), 1, "{end:?}");
        assert_eq!(parse(format!("{text}\0").as_bytes()).media.len(), 1, "{end:?} and a NUL");
    }
}

#[test]
fn rfc8866_5_unknown_lines_are_kept_in_their_order() {
    let text = "v=0\r\nX=strange\r\na=unknown:1 2\r\nm=image 4000 udptl t38\r\na=T38FaxVersion:0\r\ny=2\r\n";
    assert_eq!(parse(text.as_bytes()).to_string(), text);
}

#[test]
fn rfc8866_5_lines_that_are_none_are_refused_by_number() {
    for (text, line) in [
        ("v=0\r\nnonsense\r\n", 2),
        ("v=0\r\n\r\n=x\r\n", 3),
        ("\u{e9}=x", 1),
        ("m=audio\r\n", 1),
        ("m=audio 99999 RTP/AVP 0\r\n", 1),
        ("m=audio 1/x RTP/AVP 0\r\n", 1),
        ("m=audio -1 RTP/AVP 0\r\n", 1),
        ("m=aud\u{e9}o 1 RTP/AVP 0\r\n", 1),
        ("a=nul\0inside\r\n", 1),
    ] {
        assert_eq!(SessionDescription::parse(text.as_bytes()), Err(SdpError::Malformed { line }), "{text:?}");
    }
}

#[test]
fn rfc8866_5_1_another_version_is_refused() {
    assert_eq!(SessionDescription::parse(b"v=1\r\n"), Err(SdpError::UnsupportedVersion));
}

#[test]
fn limits_hold_on_both_sides() {
    let media = |count: usize| "m=audio 1 RTP/AVP 0\n".repeat(count);
    let formats = |count: usize| format!("m=audio 1 RTP/AVP{}\n", " 0".repeat(count));
    for (text, expected) in [
        ("a=x\n".repeat(MAX_LINES), None),
        ("a=x\n".repeat(MAX_LINES + 1), Some(SdpError::TooManyLines)),
        (media(MAX_MEDIA), None),
        (media(MAX_MEDIA + 1), Some(SdpError::TooManyMedia)),
        (formats(MAX_FORMATS), None),
        (formats(MAX_FORMATS + 1), Some(SdpError::TooManyFormats)),
        (format!("a={}", "x".repeat(MAX_BYTES - 2)), None),
        (format!("a={}", "x".repeat(MAX_BYTES - 1)), Some(SdpError::TooLarge)),
    ] {
        let result = SessionDescription::parse(text.as_bytes()).err();
        assert_eq!(result, expected, "{} bytes from {:?}", text.len(), text.get(..20));
    }
}

#[test]
fn rfc8866_5_7_connection_of_the_stream_comes_before_that_of_the_session() {
    let (_, agreed) = answer_to(&["m=audio 5000 RTP/AVP 0", "c=IN IP4 198.51.100.1"]).unwrap();
    assert_eq!(agreed.remote, "198.51.100.1:5000".parse().unwrap());
}

#[test]
fn rfc8866_5_7_addresses() {
    for (connection, expected) in [
        ("IN IP4 198.51.100.1", Ok("198.51.100.1:5000")),
        ("IN IP6 2001:db8::1", Ok("[2001:db8::1]:5000")),
        ("IN IP6 ::ffff:198.51.100.1", Ok("198.51.100.1:5000")),
        ("IN IP4 2001:db8::1", Ok("[2001:db8::1]:5000")),
        ("in ip4  198.51.100.1 ", Ok("198.51.100.1:5000")),
        ("IN IP6 fe80::1%eth0", Ok("[fe80::1]:5000")),
        ("IN IP4 phone.example.com", Err(SdpError::UnresolvedHost)),
        ("IN IP4 224.2.1.1/127", Err(SdpError::NotUnicast)),
        ("IN IP6 FF15::101/3", Err(SdpError::NotUnicast)),
        ("IN IP4 255.255.255.255", Err(SdpError::NotUnicast)),
        ("IN IP4", Err(SdpError::NoConnection)),
    ] {
        let found = answer_to(&["m=audio 5000 RTP/AVP 0", &format!("c={connection}")]);
        let expected = expected.map(|address| address.parse().unwrap());
        assert_eq!(found.map(|(_, agreed)| agreed.remote), expected, "{connection}");
    }
}

#[test]
fn rfc8866_5_7_no_connection_at_all_is_an_error() {
    let mut negotiation = negotiation();
    assert_eq!(negotiation.on_offer(b"v=0\r\nm=audio 5000 RTP/AVP 0\r\n"), Err(SdpError::NoConnection));
}

#[test]
fn rfc8866_6_4_packet_length_is_the_peers_wish_within_reason() {
    for (lines, expected) in [
        (vec![], 20),
        (vec!["a=ptime:30"], 30),
        (vec!["a=ptime:10"], 10),
        (vec!["a=ptime:5"], 10),
        (vec!["a=ptime:200"], 60),
        (vec!["a=ptime:25"], 20),
        (vec!["a=ptime:20.5"], 20),
        (vec!["a=ptime:0"], 20),
        (vec!["a=ptime:many"], 20),
        (vec!["a=ptime:99999999999999999999"], 20),
        (vec!["a=PTIME: 40"], 40),
        (vec!["a=ptime:60", "a=maxptime:40"], 40),
        (vec!["a=maxptime:10"], 10),
        (vec!["a=maxptime:150"], 20),
    ] {
        let all: Vec<&str> = ["m=audio 5000 RTP/AVP 0"].into_iter().chain(lines.clone()).collect();
        assert_eq!(answer_to(&all).unwrap().1.packet_ms, expected, "{lines:?}");
    }
}

#[test]
fn rfc3605_rtcp_has_the_next_port_unless_said_otherwise() {
    for (line, expected) in [
        ("a=x", "192.0.2.20:5001"),
        ("a=rtcp:5777", "192.0.2.20:5777"),
        ("a=rtcp:5777 IN IP4 198.51.100.2", "198.51.100.2:5777"),
        ("a=rtcp:5777 IN IP6 2001:db8::2", "[2001:db8::2]:5777"),
        ("a=rtcp:5777 IN IP4 phone.example.com", "192.0.2.20:5777"),
        ("a=rtcp:none", "192.0.2.20:5001"),
    ] {
        let (_, agreed) = answer_to(&["m=audio 5000 RTP/AVP 0", line]).unwrap();
        assert_eq!(agreed.remote_rtcp, expected.parse().unwrap(), "{line}");
    }
    let (_, agreed) = answer_to(&["m=audio 65535 RTP/AVP 0"]).unwrap();
    assert_eq!(agreed.remote_rtcp.port(), 65535);
}

#[test]
fn rfc8866_5_our_offer_word_for_word() {
    let mut negotiation = negotiation();
    let offer = negotiation.offer(Direction::SendRecv);
    let expected = "v=0\r\no=- 7 1 IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n\
        m=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n\
        a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";
    assert_eq!(std::str::from_utf8(&offer).unwrap(), expected);
}

#[test]
fn rfc8866_5_2_origin_stays_when_our_address_moves() {
    let mut negotiation = negotiation();
    let (before, _) = version_and_rest(&negotiation.offer(Direction::SendRecv));
    negotiation.set_local("[2001:db8::10]:4002".parse().unwrap());
    let moved = negotiation.offer(Direction::SendRecv);
    let description = parse(&moved);
    assert_eq!(description.value('o'), Some(format!("- 7 {} IN IP4 {}", before + 1, local().ip()).as_str()));
    assert_eq!(description.value('c'), Some("IN IP6 2001:db8::10"));
    assert_eq!(description.media.first().unwrap().port, 4002);
}

#[test]
fn rfc8866_6_6_names_and_attributes_compare_without_case() {
    let (_, agreed) =
        answer_to(&["m=AUDIO 5000 rtp/avp 97 98", "a=RTPMAP:97  pcma/8000/1", "a=rtpMap:98 Telephone-Event/8000"])
            .unwrap();
    assert_eq!((agreed.send_payload_type, agreed.telephone_event.unwrap().send_payload_type), (97, 98));
}

#[test]
fn bytes_that_are_no_utf8_do_not_spoil_the_rest() {
    let mut text = sdp(&["m=audio 5000 RTP/AVP 0"]);
    text.extend(b"i=\xff\xfe B\xfcro\r\n");
    assert!(negotiation().on_offer(&text).is_ok());
}
