//! Three other parsers read the same messages: where one of them accepts a message, it must agree with ours on the
//! fields that decide where a message goes. What they are known to read wrongly is listed with the corpus.

use bytes::Bytes;
use sip::message::{Contacts, Host, Message, Uri};

use super::support::wire;

/// What all parsers must agree on; `None` where the oracle has no word for it.
#[derive(Debug, PartialEq)]
struct Fields {
    method: String,
    uri: Address,
    call_id: String,
    cseq: u32,
    from: Address,
    from_tag: Option<String>,
    to: Address,
    to_tag: Option<String>,
    via: Address,
    branch: Option<String>,
    contact: Option<Address>,
}

#[derive(Debug, PartialEq)]
struct Address {
    user: Option<String>,
    host: String,
    port: Option<u16>,
    /// In small letters.
    transport: Option<String>,
}

fn ours(packet: &Bytes) -> Fields {
    let Message::Request(request) = Message::parse(packet).expect("the corpus is valid") else { panic!("a response") };
    let headers = &request.headers;
    let cseq = headers.cseq().unwrap();
    let via = headers.top_via().unwrap();
    let Contacts::List(contacts) = headers.contacts().unwrap() else { panic!("star") };
    Fields {
        method: request.method.to_string(),
        uri: our_address(&request.uri),
        call_id: headers.call_id().unwrap().to_string(),
        cseq: cseq.number,
        from: our_address(&headers.from().unwrap().uri),
        from_tag: headers.from().unwrap().tag().map(ToString::to_string),
        to: our_address(&headers.to().unwrap().uri),
        to_tag: headers.to().unwrap().tag().map(ToString::to_string),
        via: Address {
            user: None,
            host: our_host(&via.host),
            port: via.port,
            transport: Some(via.transport.to_string().to_ascii_lowercase()),
        },
        branch: via.branch().map(ToString::to_string),
        contact: contacts.first().map(|contact| our_address(&contact.uri)),
    }
}

fn our_address(uri: &Uri) -> Address {
    Address {
        user: uri.user.as_ref().map(ToString::to_string),
        host: our_host(&uri.host),
        port: uri.port,
        transport: uri.params.get("transport").map(|name| name.to_string().to_ascii_lowercase()),
    }
}

fn our_host(host: &Host) -> String {
    match host {
        Host::Name(name) => name.to_string(),
        Host::Ip(ip) => ip.to_string(),
    }
}

mod by_rsip {
    use rsip::Uri;
    use rsip::headers::{ToTypedHeader, UntypedHeader};
    use rsip::message::{HasHeaders, HeadersExt};

    use super::{Address, Fields};

    pub fn read(packet: &[u8]) -> Option<Fields> {
        let request = rsip::Request::try_from(packet).ok()?;
        let contact = request.contact_header().ok().and_then(|contact| contact.typed().ok());
        let via = request.via_header().ok()?.typed().ok()?;
        Some(Fields {
            method: request.method.to_string(),
            uri: address(&request.uri),
            call_id: request.call_id_header().ok()?.value().trim().to_owned(),
            cseq: request.cseq_header().ok()?.seq().ok()?,
            from: address(&request.from_header().ok()?.typed().ok()?.uri),
            from_tag: request.from_header().ok()?.tag().ok()?.map(|tag| tag.to_string()),
            to: address(&request.to_header().ok()?.typed().ok()?.uri),
            to_tag: request.to_header().ok()?.tag().ok()?.map(|tag| tag.to_string()),
            via: Address {
                transport: Some(via.sent_protocol().to_string().to_ascii_lowercase()),
                ..address(via.sent_by())
            },
            branch: via.branch().map(ToString::to_string),
            contact: contact.map(|contact| address(&contact.uri)),
        })
        .filter(|_| request.headers().iter().count() > 4)
    }

    fn address(uri: &Uri) -> Address {
        Address {
            user: uri.auth.as_ref().map(|auth| auth.user.clone()),
            host: uri.host_with_port.host.to_string(),
            port: uri.host_with_port.port.map(u16::from),
            transport: uri.transport().map(|name| name.to_string().to_ascii_lowercase()),
        }
    }
}

mod by_sipx {
    use bytes::Bytes;
    use sipx_sip::headers::{CSeq, CallId, Contact, From, To, Via};
    use sipx_sip::uri::{Host, Uri};
    use sipx_sip::{Limits, Message, parse_datagram};

    use super::{Address, Fields};

    pub fn read(packet: &Bytes) -> Option<Fields> {
        let Message::Request(request) = parse_datagram(packet.clone(), &Limits::datagram()).ok()? else { return None };
        let headers = &request.headers;
        let contact = headers.typed_all::<Contact>().next().and_then(Result::ok);
        let (from, to) = (headers.typed::<From>()?.ok()?.0, headers.typed::<To>()?.ok()?.0);
        let via = headers.typed_all::<Via>().next()?.ok()?;
        Some(Fields {
            method: text(request.method.as_bytes()),
            uri: address(&request.uri),
            call_id: text(&headers.typed::<CallId>()?.ok()?.0),
            cseq: headers.typed::<CSeq>()?.ok()?.sequence,
            from: address(&from.uri),
            from_tag: from.tag().map(text),
            to: address(&to.uri),
            to_tag: to.tag().map(text),
            via: Address {
                user: None,
                host: host(Some(&via.host)),
                port: via.port,
                transport: Some(text(&via.transport).to_ascii_lowercase()),
            },
            branch: via.branch().map(text),
            contact: contact.map(|contact| address(&contact.0.uri)),
        })
    }

    fn address(uri: &Uri) -> Address {
        let user = uri.user().map(text).or_else(|| Some(text(uri.tel_parts()?.subscriber())));
        let transport = uri.transport().map(|name| text(name).to_ascii_lowercase());
        Address { user, host: host(uri.host()), port: uri.port(), transport }
    }

    fn host(host: Option<&Host>) -> String {
        match host {
            Some(Host::Name(name)) => text(name.as_bytes()),
            Some(Host::Ip(ip)) => ip.to_string(),
            None => String::new(),
        }
    }

    fn text(bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).into_owned()
    }
}

mod by_ezk {
    use std::str::FromStr;

    use bytes::Bytes;
    use ezk_sip_types::header::typed::{CSeq, CallID, Contact, FromTo, Via};
    use ezk_sip_types::host::Host;
    use ezk_sip_types::msg::{Line, PullParser, RequestLine};
    use ezk_sip_types::uri::{SipUri, SipUriUserPart};
    use ezk_sip_types::{Headers, Name};

    use super::{Address, Fields};

    pub fn read(packet: &Bytes) -> Option<Fields> {
        let mut parser = PullParser::new(packet, 0);
        let first = parser.next()?.ok()?;
        let line = RequestLine::from_str(std::str::from_utf8(first).ok()?).ok()?;
        let mut headers = Headers::new();
        for line in parser {
            let (_, line) = Line::parse(packet, std::str::from_utf8(line.ok()?).ok()?).ok()?;
            headers.insert(line.name, line.value);
        }
        let (from, to) = (headers.get::<FromTo>(Name::FROM).ok()?, headers.get::<FromTo>(Name::TO).ok()?);
        let vias = headers.get_named::<Vec<Via>>().ok()?;
        let via = vias.first()?;
        let contact = headers.get_named::<Vec<Contact>>().ok().and_then(|contacts| contacts.into_iter().next());
        Some(Fields {
            method: line.method.to_string(),
            uri: address(&line.uri),
            call_id: headers.get_named::<CallID>().ok()?.0.to_string(),
            cseq: headers.get_named::<CSeq>().ok()?.cseq,
            from: address(&from.uri.uri),
            from_tag: from.tag.map(|tag| tag.to_string()),
            to: address(&to.uri.uri),
            to_tag: to.tag.map(|tag| tag.to_string()),
            via: Address {
                user: None,
                host: host(&via.sent_by.host),
                port: via.sent_by.port,
                transport: Some(via.transport.to_ascii_lowercase()),
            },
            branch: via.params.get_val("branch").map(ToString::to_string),
            contact: contact.map(|contact| address(&contact.uri.uri)),
        })
    }

    fn address(uri: &SipUri) -> Address {
        let user = match &uri.user_part {
            SipUriUserPart::Empty => None,
            SipUriUserPart::User(user) => Some(user.to_string()),
            SipUriUserPart::UserPw(both) => Some(both.user.to_string()),
        };
        let transport = uri.uri_params.get_val("transport").map(|name| name.to_ascii_lowercase());
        Address { user, host: host(&uri.host_port.host), port: uri.host_port.port, transport }
    }

    fn host(host: &Host) -> String {
        match host {
            Host::Name(name) => name.to_string(),
            Host::IP4(ip) => ip.to_string(),
            Host::IP6(ip) => ip.to_string(),
        }
    }
}

/// One message of the corpus, and the oracles that misread it.
struct Sample {
    name: &'static str,
    text: String,
    misread_by: &'static [&'static str],
}

fn corpus() -> Vec<Sample> {
    let base = "INVITE sip:102@office:5070;transport=udp SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776;rport
Via: SIP/2.0/TCP proxy.office;branch=z9hG4bK777
Max-Forwards: 70
From: \"Alice\" <sip:101@office>;tag=1928301774
To: Bob <sip:102@office>;tag=55
Call-ID: a84b4c76e66710@pc33
CSeq: 314159 INVITE
Contact: <sip:101@192.0.2.1:5062;transport=udp>;expires=60
User-Agent: Phone 1.0
Content-Length: 0

";
    let sample = |name, from: &str, to: &str, misread_by| {
        assert!(base.contains(from), "{name}");
        let times = if from == "INVITE" { 2 } else { 1 };
        Sample { name, text: base.replacen(from, to, times), misread_by }
    };
    vec![
        sample("plain", "INVITE", "INVITE", &[]),
        // rsip takes a dotted user for a part of the host.
        sample("dotted user", "sip:102@office:5070", "sip:john.smith@office:5070", &["rsip"]),
        sample("no user", "sip:102@office:5070", "sip:office:5070", &[]),
        sample("plus and star", "sip:102@office:5070", "sip:*97+1@office:5070", &[]),
        // ezk resolves the escapes, so that an escaped `@` or `:` cannot be told from a real one.
        sample("escaped user", "sip:102@office:5070", "sip:%2397@office:5070", &["ezk"]),
        sample("IPv6", "sip:102@office:5070", "sip:102@[2001:db8::1]:5070", &[]),
        sample("IPv6 in another spelling", "sip:102@office:5070", "sip:102@[2001:DB8:0:0::0:1]:5070", &[]),
        sample("transport", ";transport=udp SIP", ";lr;transport=TCP;x SIP", &[]),
        sample("semicolon in the user", "sip:102@office:5070", "sip:102;ext=1@office:5070", &[]),
        sample("compact", "Call-ID:", "i:", &[]),
        sample("lower case", "CSeq:", "cseq:", &[]),
        sample("folded", "tag=1928301774", "\n tag=1928301774", &[]),
        sample("blanks", "Max-Forwards:", "Max-Forwards  :  ", &[]),
        sample("comma-joined Via", "rport\nVia:", "rport,", &[]),
        // rsip cannot read a Contact header with several values, nor one with `+` in a parameter name.
        sample("comma-joined Contact", ">;expires=60", ">;expires=60, <sip:x@y>", &["rsip"]),
        sample("quoted comma", "\"Alice\"", "\"Liddell, \\\"Alice\\\"\"", &[]),
        sample("bare From", "\"Alice\" <sip:101@office>", "sip:101@office", &[]),
        sample("no From tag", ";tag=1928301774", "", &[]),
        sample("feature tags", ";expires=60", ";+sip.instance=\"<urn:uuid:1>\";reg-id=1", &["rsip"]),
        sample("unknown header", "User-Agent: Phone 1.0", "X-Unknown: ;;,,", &[]),
        // ezk compares parameter names in their case.
        sample("upper-case tag name", ";tag=55", ";TAG=55", &["ezk"]),
        sample("no Contact port", ":5062", "", &[]),
        sample("blanks within parameters", ">;tag=1928301774", "> ; tag = 1928301774", &[]),
        sample("no blank before the bracket", "Bob <", "Bob<", &[]),
        sample("bracket in a name", "\"Alice\"", "\"Al <ice>;tag=9\"", &[]),
        sample("port of the hop", "192.0.2.1:5060;", "192.0.2.1;", &[]),
        sample("IPv6 hop", "192.0.2.1:5060;", "[2001:db8::9]:5062;", &[]),
        sample(
            "parameter of the hop before the branch",
            ";branch=z9hG4bK776",
            ";received=192.0.2.9;branch=z9hG4bK776",
            &[],
        ),
        sample("two Contact lines", "User-Agent: Phone 1.0", "Contact: <sip:x@y>", &[]),
        sample("tag that is no tag", ";tag=55", ";tagged=7;tag=55", &[]),
        sample("a method of its own", "INVITE", "PUBLISH", &[]),
        sample("password", "sip:102@office:5070", "sip:102:secret@office:5070", &[]),
    ]
}

#[test]
fn other_parsers_agree_with_ours() {
    let mut agreed = [0; 3];
    let mut disagreements = Vec::new();
    for sample in corpus() {
        let packet = wire(&sample.text);
        let wanted = ours(&packet);
        let readings =
            [("rsip", by_rsip::read(&packet)), ("sipx", by_sipx::read(&packet)), ("ezk", by_ezk::read(&packet))];
        for ((oracle, reading), agreed) in readings.into_iter().zip(&mut agreed) {
            let Some(reading) = reading else { continue };
            if sample.misread_by.contains(&oracle) == (reading == wanted) {
                disagreements.push(format!("{oracle} on `{}`: {reading:?}, ours {wanted:?}", sample.name));
            }
            *agreed += usize::from(reading == wanted);
        }
    }
    assert!(disagreements.is_empty(), "{disagreements:#?}");
    let [rsip, sipx, ezk] = agreed;
    assert!(rsip >= 8 && sipx >= 18 && ezk >= 15, "too few were compared: rsip {rsip}, sipx {sipx}, ezk {ezk}");
}
