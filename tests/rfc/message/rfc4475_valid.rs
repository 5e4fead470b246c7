//! RFC 4475 §3.1.1: what looks strange and is right. Each is read, and printed byte for byte as it came.

use sip::message::{Contacts, HeaderName, Host, Message, Method, Scheme};

use super::support::{read, request, response, wire};

const SDP: &str = "v=0\no=mhandley 29739 7272939 IN IP4 192.0.2.3\ns=-\nc=IN IP4 192.0.2.4\nt=0 0\n\
                   m=audio 49217 RTP/AVP 0 12\nm=video 3227 RTP/AVP 31\na=rtpmap:31 LPC\n";

#[test]
fn s3_1_1_1_wsinv_a_short_tortuous_invite() {
    let head = r#"INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
TO :
 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
from   : "J Rosenberg \\\""       <sip:jdrosen@example.com>
  ;
  tag = 98asjd8
MaX-fOrWaRdS: 0068
Call-ID: wsinv.ndaksdj@192.0.2.1
Content-Length   : 150
cseq: 0009
  INVITE
Via  : SIP  /   2.0
 /UDP
    192.0.2.2;branch=390skdjuw
s :
NewFangledHeader:   newfangled value
 continued newfangled value
UnknownHeaderWithUnusualValue: ;;,,;;,;
Content-Type: application/sdp
Route:
 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
v:  SIP  / 2.0  / TCP     spindle.example.com   ;
  branch  =   z9hG4bK9ikj8  ,
 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
 z9hG4bK30239
m:"Quoted string \"\"" <sip:jdrosen@example.com> ; newparam =
      newvalue ;
  secondparam ; q = 0.33

"#;
    let request = request(format!("{head}{SDP}"));
    let headers = &request.headers;
    assert_eq!((&request.method, request.uri.params.has("unknownparam")), (&Method::Invite, true));
    assert_eq!(headers.to().unwrap().tag().unwrap(), "1918181833n");
    let from = headers.from().unwrap();
    assert_eq!(
        (from.display.to_str().as_ref(), from.tag().unwrap().to_str().as_ref()),
        (r#"J Rosenberg \""#, "98asjd8")
    );
    assert_eq!((headers.max_forwards(), headers.cseq().unwrap().number), (Ok(Some(68)), 9));
    let branches: Vec<_> = headers.vias().unwrap().iter().map(|via| via.branch().unwrap().to_string()).collect();
    assert_eq!(branches, ["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"]);
    assert_eq!(headers.get(HeaderName::Subject).unwrap(), "");
    assert_eq!(
        headers.get(HeaderName::from("newfangledheader")).unwrap(),
        "newfangled value continued newfangled value"
    );
    assert_eq!(headers.get(HeaderName::from("UnknownHeaderWithUnusualValue")).unwrap(), ";;,,;;,;");
    let routes = headers.routes().unwrap();
    assert!(routes[0].uri.params.has("lr") && routes[0].uri.params.has("unknown-no-value"));
    let Contacts::List(contacts) = headers.contacts().unwrap() else { panic!("star") };
    assert_eq!((contacts.len(), contacts[0].params.get("q").unwrap().to_str().as_ref()), (1, "0.33"));
    assert_eq!(
        (contacts[0].display.to_str().as_ref(), contacts[0].params.get("newparam").unwrap().to_str().as_ref()),
        (r#"Quoted string """#, "newvalue")
    );
    assert_eq!(request.body.len(), 150);
}

#[test]
fn s3_1_1_2_intmeth_wide_range_of_characters() {
    let text = b"!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0
Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~
To: \"BEL:\\\x07 NUL:\\\x00 DEL:\\\x7f\" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>
From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%=\"\xd1\x80\xd0\xb0\xd0\xb1\xd0\xbe\xd1\x82\xd0\xb0\xd1\x8e\xd1\x89\xd0\xb8\xd0\xb9\";tag=_token~1'+`*%!-.
Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{
CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~
Max-Forwards: 255
extensionHeader-!.%*+_`'~:\xef\xbb\xbf\xe5\xa4\xa7\xe5\x81\x9c\xe9\x9b\xbb
Content-Length: 0

";
    let request = request(text);
    assert_eq!(request.method.to_string(), "!interesting-Method0123456789_*+`.%indeed'~");
    assert_eq!(request.uri.user.as_ref().unwrap(), "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
    assert_eq!(request.uri.password.as_ref().unwrap(), "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)");
    assert_eq!(request.headers.to().unwrap().display, "BEL:\x07 NUL:\0 DEL:\x7f");
    let from = request.headers.from().unwrap();
    assert_eq!(from.display, "token1~` token2'+_ token3*%!.-");
    assert_eq!(from.params.get("fromParam''~+*_!.-%").unwrap(), "работающий");
    assert_eq!(from.tag().unwrap(), "_token~1'+`*%!-.");
    assert_eq!(request.headers.get(HeaderName::from("extensionHeader-!.%*+_`'~")).unwrap(), "\u{feff}大停電");
}

#[test]
fn s3_1_1_3_esc01_percent_escapes() {
    let request = request(format!(
        "INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0
To: sip:%75se%72@example.com
From: <sip:I%20have%20spaces@example.net>;tag=938
Max-Forwards: 87
i: esc01.239409asdfakjkn23onasd0-3234
CSeq: 234234 INVITE
Via: SIP/2.0/UDP host5.example.net;branch=z9hG4bKkdjuw
C: application/sdp
Contact:
  <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>
Content-Length: 150

{SDP}"
    ));
    assert_eq!(request.uri.user_unescaped().unwrap(), "sips:user@example.com");
    let to = request.headers.to().unwrap();
    assert_eq!(to.uri.user_unescaped().unwrap(), "user");
    assert!(to.uri.is_equivalent(&"sip:user@example.com".parse().unwrap()));
    assert_eq!(request.headers.from().unwrap().uri.user_unescaped().unwrap(), "I have spaces");
}

#[test]
fn s3_1_1_4_escnull_escaped_nulls() {
    let request = request(
        "REGISTER sip:example.com SIP/2.0
To: sip:null-%00-null@example.com
From: sip:null-%00-null@example.com;tag=839923423
Max-Forwards: 70
Call-ID: escnull.39203ndfvkjdasfkq3w4otrq0adsfdfnavd
CSeq: 14398234 REGISTER
Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bKkdjuw
Contact: <sip:%00@host5.example.com>
Contact: <sip:%00%00@host5.example.com>
L:0

",
    );
    assert_eq!(request.headers.to().unwrap().uri.user_unescaped().unwrap(), "null-\0-null");
    let Contacts::List(contacts) = request.headers.contacts().unwrap() else { panic!("star") };
    assert!(!contacts[0].uri.is_equivalent(&contacts[1].uri), "%00 and %00%00 are two users");
}

#[test]
fn s3_1_1_5_esc02_percent_that_is_no_escape() {
    let request = request(
        "RE%47IST%45R sip:registrar.example.com SIP/2.0
To: \"%Z%45\" <sip:resource@example.com>
From: \"%Z%45\" <sip:resource@example.com>;tag=f232jadfj23
Call-ID: esc02.asdfnqwo34rq23i34jrjasdcnl23nrlknsdf
Via: SIP/2.0/TCP host.example.com;branch=z9hG4bK209%fzsnel234
CSeq: 29344 RE%47IST%45R
Max-Forwards: 70
Contact: <sip:alias1@host1.example.com>
C%6Fntact: <sip:alias2@host2.example.com>
Contact: <sip:alias3@host3.example.com>
l: 0

",
    );
    assert_eq!(request.method, Method::from("RE%47IST%45R"));
    assert_eq!(request.headers.from().unwrap().display, "%Z%45");
    let Contacts::List(contacts) = request.headers.contacts().unwrap() else { panic!("star") };
    assert_eq!(contacts.len(), 2, "C%6Fntact is another header");
}

#[test]
fn s3_1_1_6_lwsdisp_no_blank_before_the_bracket() {
    let request = request(
        "OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: caller<sip:caller@example.com>;tag=323
Max-Forwards: 70
Call-ID: lwsdisp.1234abcd@funky.example.com
CSeq: 60 OPTIONS
Via: SIP/2.0/UDP funky.example.com;branch=z9hG4bKkdjuw
l: 0

",
    );
    assert_eq!(request.headers.from().unwrap().display, "caller");
}

#[test]
fn s3_1_1_7_longreq_long_values() {
    let caller = "amazinglylongcallername".repeat(5);
    let long = "longvalue".repeat(10);
    let vias: String = (0..34).rev().map(|hop| format!("Via: SIP/2.0/TCP sip{hop}.example.com\n")).collect();
    let request = request(format!(
        "INVITE sip:user@example.com SIP/2.0
To: \"I have a user name of {} proportion\"<sip:user@example.com:6000;unknownparam1=very{long};longparam{}name=shortvalue;very{}ParameterNameWithNoValue>
F: sip:{caller}@example.net;tag=12{}424;unknownheaderparam{}name=unknowheaderparam{long}value;unknownValueless{}paramname
Call-ID: longreq.one{}longcallid
CSeq: 3882340 INVITE
Unknown-{}Header: unknown-{}-value; unknown-{}-parameter-name =unknown-{}-parameter-value
Via: SIP/2.0/TCP sip33.example.com
v: SIP/2.0/TCP sip32.example.com
V: SIP/2.0/TCP sip31.example.com
{vias}Max-Forwards: 70
Contact: <sip:{caller}@host5.example.net>
Content-Type: application/sdp
l: 150

{SDP}",
        "extreme".repeat(10),
        "long".repeat(25),
        "long".repeat(20),
        "982".repeat(50),
        "long".repeat(20),
        "long".repeat(10),
        "really".repeat(20),
        "long".repeat(20),
        "long".repeat(20),
        "long".repeat(20),
        "long".repeat(20),
    ));
    assert_eq!(request.headers.vias().unwrap().len(), 37);
    assert_eq!(request.headers.from().unwrap().uri.user.unwrap().len(), caller.len());
    assert_eq!(request.headers.to().unwrap().uri.port, Some(6000));
}

#[test]
fn s3_1_1_8_dblreq_octets_behind_the_message() {
    let first = "REGISTER sip:example.com SIP/2.0
To: sip:j.user@example.com
From: sip:j.user@example.com;tag=43251j3j324
Max-Forwards: 8
I: dblreq.0ha0isndaksdj99sdfafnl3lk233412
Contact: sip:j.user@host.example.com
CSeq: 8 REGISTER
Via: SIP/2.0/UDP 192.0.2.125;branch=z9hG4bKkdjuw23492
Content-Length: 0

";
    let both =
        wire(format!("{first}\nINVITE sip:joe@example.com SIP/2.0\nt: sip:joe@example.com\nContent-Length: 150\n\n"));
    let message = Message::parse(&both).unwrap();
    assert_eq!(message.to_bytes(), wire(first), "what is behind is ignored and not sent on");
}

#[test]
fn s3_1_1_9_semiuri_semicolons_in_the_user() {
    let request = request(
        "OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0
To: sip:j_user@example.com
From: sip:caller@example.org;tag=33242
Max-Forwards: 3
Call-ID: semiuri.0ha0isndaksdj
CSeq: 8 OPTIONS
Accept: application/sdp, application/pkcs7-mime,
        multipart/mixed, multipart/signed,
        message/sip, message/sipfrag
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKkdjuw
l: 0

",
    );
    assert_eq!(request.uri.user_unescaped().unwrap(), "user;par=u@example.net");
    assert!(request.uri.params.is_empty());
    assert_eq!(request.headers.values(HeaderName::Accept).count(), 6);
}

#[test]
fn s3_1_1_10_transports_varied_and_unknown() {
    let request = request(
        "OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: <sip:caller@example.com>;tag=323
Max-Forwards: 70
Call-ID:  transports.kijh4akdnaqjkwendsasfdj
Accept: application/sdp
CSeq: 60 OPTIONS
Via: SIP/2.0/UDP t1.example.com;branch=z9hG4bKkdjuw
Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf
Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj
Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en
Via: SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee
l: 0

",
    );
    let transports: Vec<_> = request.headers.vias().unwrap().iter().map(|via| via.transport.to_string()).collect();
    assert_eq!(transports, ["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"]);
}

#[test]
fn s3_1_1_11_mpart01_binary_body() {
    let mut body = b"--7a9cbec02ceef655\r\nContent-Type: text/plain\r\n\r\nHello\r\n--7a9cbec02ceef655\r\n\
        Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        .to_vec();
    body.extend((0..=255).cycle().take(600).collect::<Vec<u8>>());
    body.extend_from_slice(b"\r\n--7a9cbec02ceef655--\r\n");
    let head = format!(
        "MESSAGE sip:kumiko@example.org SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-d87543-4dade06d0bdb11ee-1--d87543-;rport
Max-Forwards: 70
Route: <sip:127.0.0.1:5080>
Identity: r5mwreLuyDRYBi/0TiPwEsY3rEVsk/G2WxhgTV1PF7hHuL
To: <sip:kumiko@example.org>
From: <sip:fluffy@example.com>;tag=2fb0dcc9
Call-ID: 3d9485ad0c49859b@Zmx1ZmZ5LW1hYy0xNi5sb2NhbA..
CSeq: 1 MESSAGE
Content-Transfer-Encoding: binary
Content-Type: multipart/mixed;boundary=7a9cbec02ceef655
Content-Length: {}

",
        body.len()
    );
    let mut packet = wire(head).to_vec();
    packet.extend_from_slice(&body);
    let message = Message::parse(&packet.clone().into()).unwrap();
    assert_eq!((message.body().as_ref(), message.to_bytes().as_ref()), (&body[..], &packet[..]));
    let kind = message.headers().content_type().unwrap().unwrap();
    assert_eq!((kind.value.to_str().as_ref(), kind.params.get("boundary").unwrap().len()), ("multipart/mixed", 16));
}

#[test]
fn s3_1_1_12_unreason_unusual_reason_phrase() {
    let response = response(
        "SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое
Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923
Call-ID: unreason.1234ksdfak3j2erwedfsASdf
CSeq: 35 INVITE
From: sip:user@example.com;tag=11141343
To: sip:user@example.edu;tag=2229
Content-Length: 0

",
    );
    assert_eq!(response.reason, "= 2**3 * 5**2 но сто девяносто девять - простое");
}

#[test]
fn s3_1_1_13_noreason_empty_reason_phrase() {
    let text = "SIP/2.0 100 \nVia: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe\nCall-ID: noreason.asndj203insdf99223ndf\n\
                CSeq: 35 INVITE\nFrom: <sip:user@example.com>;tag=39ansfi3\nTo: <sip:user@example.edu>;tag=902jndnke3\n\
                Content-Length: 0\nContact: <sip:user@host105.example.com>\n\n";
    let response = response(text);
    assert_eq!((response.status, response.reason.len()), (100, 0));
    let blankless = wire(text.replace("100 \n", "100\n"));
    assert!(Message::parse(&blankless).is_ok(), "the blank may be missing too");
}

/// §3.3 and §3.4: what a parser has to pass on for the layers above to refuse or understand.
#[test]
fn s3_3_application_layer_messages_are_read() {
    let line = |line: &str| super::support::options_with(line);
    for text in [
        // §3.3.2 unkscm, §3.3.3 novelsc, §3.3.4 unksm2.
        line("").replace("sip:office SIP", "nobodyKnowsThisScheme:totallyopaquecontent SIP"),
        line("").replace("sip:office SIP", "soap.beep://192.0.2.103:3002 SIP"),
        line("").replace("<sip:office>", "isbn:2983792873"),
        // §3.3.5 bext01, §3.3.6 invut, §3.3.7 regaut01, §3.3.13 zeromf, §3.3.14 cparam01.
        line("Require: nothingSupportsThis, nothingSupportsThisEither"),
        line("Content-Type: application/unknownformat"),
        line("Authorization: NoOneKnowsThisScheme opaque-data=here"),
        line("Max-Forwards: 0"),
        line("Contact: sip:+19725552222@gw1.example.net;unknownparam"),
        line("Contact: <sip:+19725552222@gw1.example.net;unknownparam>"),
        // §3.2.1 badbranch, §3.4.1 sdp01 (RFC 2543: no branch at all).
        line("").replace("z9hG4bK1", "z9hG4bK"),
        line("").replace(";branch=z9hG4bK1", ""),
    ] {
        read(text);
    }
}

#[test]
fn s3_3_2_unknown_schemes_keep_their_text() {
    let request =
        request(super::support::options_with("").replace("sip:office SIP", "nobodyKnowsThisScheme:totallyopaque SIP"));
    assert_eq!(request.uri.scheme, Scheme::Other("nobodyKnowsThisScheme".into()));
    assert_eq!((request.uri.user.clone().unwrap(), request.uri.host), ("totallyopaque".into(), Host::Name("".into())));
}

/// §3.3.8 multi01: several of what may be there once, with different values.
#[test]
fn s3_3_8_repeated_scalars_are_refused() {
    for line in [
        "From: <sip:102@office>;tag=2",
        "To: <sip:x@office>",
        "Call-ID: 2@x",
        "CSeq: 2 OPTIONS",
        "Max-Forwards: 5\nMax-Forwards: 6",
        "l: 7",
    ] {
        let error = super::support::refused(super::support::options_with(line));
        assert_eq!((error.status(), error.kind.reason()), (400, "Repeated Header"), "{line}");
    }
}
