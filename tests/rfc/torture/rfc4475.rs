//! RFC 4475, by its section and name.

use super::{Case, by_tcp, by_udp};

const SDP: &str = "v=0\no=mhandley 29739 7272939 IN IP4 192.0.2.3\ns=-\nc=IN IP4 192.0.2.4\nt=0 0\n\
                   m=audio 49217 RTP/AVP 0 12\nm=video 3227 RTP/AVP 31\na=rtpmap:31 LPC\n";

const WSINV: &str = r#"INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
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
const INTMETH: &[u8] = b"!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0
Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~
To: \"BEL:\\\x07 NUL:\\\x00 DEL:\\\x7f\" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>
From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%=\"\xd1\x80\xd0\xb0\xd0\xb1\xd0\xbe\xd1\x82\xd0\xb0\xd1\x8e\xd1\x89\xd0\xb8\xd0\xb9\";tag=_token~1'+`*%!-.
Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{
CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~
Max-Forwards: 255
extensionHeader-!.%*+_`'~:\xef\xbb\xbf\xe5\xa4\xa7\xe5\x81\x9c\xe9\x9b\xbb
Content-Length: 0

";
const ESC01: &str = "INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0
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

";
const ESCNULL: &str = "REGISTER sip:example.com SIP/2.0
To: sip:null-%00-null@example.com
From: sip:null-%00-null@example.com;tag=839923423
Max-Forwards: 70
Call-ID: escnull.39203ndfvkjdasfkq3w4otrq0adsfdfnavd
CSeq: 14398234 REGISTER
Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bKkdjuw
Contact: <sip:%00@host5.example.com>
Contact: <sip:%00%00@host5.example.com>
L:0

";
const ESC02: &str = "RE%47IST%45R sip:registrar.example.com SIP/2.0
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

";
const LWSDISP: &str = "OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: caller<sip:caller@example.com>;tag=323
Max-Forwards: 70
Call-ID: lwsdisp.1234abcd@funky.example.com
CSeq: 60 OPTIONS
Via: SIP/2.0/UDP funky.example.com;branch=z9hG4bKkdjuw
l: 0

";
const DBLREQ: &str = "REGISTER sip:example.com SIP/2.0
To: sip:j.user@example.com
From: sip:j.user@example.com;tag=43251j3j324
Max-Forwards: 8
I: dblreq.0ha0isndaksdj99sdfafnl3lk233412
Contact: sip:j.user@host.example.com
CSeq: 8 REGISTER
Via: SIP/2.0/UDP 192.0.2.125;branch=z9hG4bKkdjuw23492
Content-Length: 0


INVITE sip:joe@example.com SIP/2.0
t: sip:joe@example.com
From: sip:caller@example.net;tag=141334
Max-Forwards: 8
Call-ID: dblreq.0ha0isnda977644900765@192.0.2.15
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw380234
Content-Type: application/sdp
Content-Length: 150

";
const SEMIURI: &str = "OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0
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

";
const TRANSPORTS: &str = "OPTIONS sip:user@example.com SIP/2.0
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

";
const UNREASON: &str = "SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое
Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923
Call-ID: unreason.1234ksdfak3j2erwedfsASdf
CSeq: 35 INVITE
From: sip:user@example.com;tag=11141343
To: sip:user@example.edu;tag=2229
Content-Length: 154
Content-Type: application/sdp
Contact: <sip:user@host198.example.com>

v=0
o=mhandley 29739 7272939 IN IP4 192.0.2.198
s=-
c=IN IP4 192.0.2.198
t=0 0
m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC
";

/// §3.1.1: strange, and right.
fn valid() -> Vec<Case> {
    vec![
        // Its To has a tag: a request of a call that nobody here knows.
        Case::new("wsinv", 481, format!("{WSINV}{SDP}")),
        Case::new("intmeth", 501, INTMETH),
        Case::new("esc01", 401, format!("{ESC01}{SDP}")),
        Case::new("escnull", 401, ESCNULL),
        Case::new("esc02", 501, ESC02),
        Case::new("lwsdisp", 401, LWSDISP),
        Case::new("longreq", 401, longreq()),
        Case::new("dblreq", 401, format!("{DBLREQ}{SDP}")),
        Case::new("semiuri", 401, SEMIURI),
        Case::new("transports", 401, TRANSPORTS),
        Case::new("unreason", 0, UNREASON),
        Case::new(
            "noreason",
            0,
            "SIP/2.0 100 
Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
Call-ID: noreason.asndj203insdf99223ndf
CSeq: 35 INVITE
From: <sip:user@example.com>;tag=39ansfi3
To: <sip:user@example.edu>;tag=902jndnke3
Content-Length: 0
Contact: <sip:user@host105.example.com>

",
        ),
    ]
}

fn longreq() -> String {
    let caller = "amazinglylongcallername".repeat(5);
    let long = "longvalue".repeat(10);
    let vias: String = (0..34).rev().map(|hop| format!("Via: SIP/2.0/TCP sip{hop}.example.com\n")).collect();
    let [extreme, really] = [("extreme", 10), ("really", 20)].map(|(word, times)| word.repeat(times));
    format!(
        "INVITE sip:user@example.com SIP/2.0
To: \"I have a user name of {extreme} proportion\"<sip:user@example.com:6000;unknownparam1=very{long};longparam{extreme}name=shortvalue;very{extreme}ParameterNameWithNoValue>
F: sip:{caller}@example.net;tag=12{}424;unknownheaderparam{extreme}name=unknowheaderparam{long}value;unknownValueless{extreme}paramname
Call-ID: longreq.one{really}longcallid
CSeq: 3882340 INVITE
Unknown-{extreme}Header: unknown-{extreme}-value; unknown-{extreme}-parameter-name =unknown-{extreme}-parameter-value
Via: SIP/2.0/TCP sip33.example.com
v: SIP/2.0/TCP sip32.example.com
V: SIP/2.0/TCP sip31.example.com
{vias}Max-Forwards: 70
Contact: <sip:{caller}@host5.example.net>
Content-Type: application/sdp
l: 150

{SDP}",
        "982".repeat(50),
    )
}

#[test]
fn s3_1_1_what_is_right_is_answered_like_anything() {
    by_udp(&valid());
    by_tcp(&valid(), &[]);
}

/// What the invalid ones have in common, but for what is wrong with each.
fn invite(name: &str, line: &str, to: &str, more: &str) -> String {
    format!(
        "{line}\nTo: {to}\nFrom: Caller <sip:caller@example.net>;tag=134161461246\nMax-Forwards: 7\n\
         Call-ID: {name}.0ha0isndaksdjasdf3234nas\nCSeq: 8 INVITE\nVia: SIP/2.0/UDP 192.0.2.15;branch=z9hG4bK{name}\n\
         Contact: \"Joe\" <sip:joe@example.org>\n{more}"
    )
}

const LINE: &str = "INVITE sip:user@example.com SIP/2.0";
const TO: &str = "<sip:j.user@example.com>";
const EMPTY: &str = "Content-Length: 0\n\n";

/// §3.1.2: wrong.
fn invalid() -> Vec<Case> {
    let case = |name: &'static str, answer, line: &str, to: &str, more: &str| {
        Case::new(name, answer, invite(name, line, to, more))
    };
    let with = |name: &'static str, answer, find: &str, put: &str| {
        let text = invite(name, LINE, TO, EMPTY);
        assert!(text.contains(find), "{name}");
        Case::new(name, answer, text.replacen(find, put, 1))
    };
    let body = |length: &str| format!("Content-Type: application/sdp\nContent-Length: {length}\n\n{SDP}");
    vec![
        // Its Via cannot be read; the answer goes where it came from. Then one whose Contact alone cannot.
        with("badinv01", 400, "192.0.2.15;branch=z9hG4bKbadinv01", "192.0.2.15;;,;,,"),
        with("badinv01-contact", 400, "<sip:joe@example.org>", "<sip:joe@example.org>;;;;"),
        case("clerr", 400, LINE, TO, &body("9999")),
        case("ncl", 400, LINE, TO, &body("-999")),
        with("scalar02", 400, "CSeq: 8 ", "CSeq: 36893488147419103232 "),
        with("scalar02-hops", 400, "Max-Forwards: 7", "Max-Forwards: 300"),
        Case::new(
            "scalarlg",
            0,
            "SIP/2.0 503 Service Unavailable
Via: SIP/2.0/TCP host129.example.com;branch=z9hG4bKzzxdiwo34sw;received=192.0.2.129
To: <sip:user@example.com>
From: <sip:other@example.net>;tag=2easdjfejw
CSeq: 9292394834772304023312 OPTIONS
Call-ID: scalarlg.noase0of0234hn2qofoaf0232aewf2394r
Retry-After: 949302838503028349304023988
Warning: 1812 overture \"In Progress\"
Content-Length: 0

",
        ),
        case("quotbal", 400, LINE, "\"Mr. J. User <sip:j.user@example.com>", EMPTY),
        case("ltgtruri", 400, "INVITE <sip:user@example.com> SIP/2.0", TO, EMPTY),
        case("lwsruri", 400, "INVITE sip:user@example.com; lr SIP/2.0", TO, EMPTY),
        case("lwsstart", 400, "INVITE  sip:user@example.com  SIP/2.0", TO, EMPTY),
        case("trws", 400, "INVITE sip:remote-target@example.com SIP/2.0  ", TO, EMPTY),
        case("escruri", 400, "INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0", TO, EMPTY),
        // Nothing depends on Date; a blank within brackets and a comma in a name can be meant one way only.
        with("baddate", 401, EMPTY, "Date: Fri, 01 Jan 2010 16:00:00 EST\nContent-Length: 0\n\n"),
        with("badaspec", 401, TO, "\"Watson, Thomas\" < sip:t.watson@example.org >"),
        with("baddn", 401, "Caller <", "Bell, Alexander <"),
        with("regbadct", 400, "\"Joe\" <sip:joe@example.org>", "sip:user@example.com?Route=%3Csip:sip.example.com%3E"),
        case("badvers", 505, "INVITE sip:user@example.com SIP/7.0", TO, EMPTY),
        with("mismatch01", 400, "CSeq: 8 INVITE", "CSeq: 8 OPTIONS"),
        case("mismatch02", 400, "NEWMETHOD sip:user@example.com SIP/2.0", TO, EMPTY),
        Case::new(
            "bigcode",
            0,
            "SIP/2.0 4294967301 better not break the receiver
Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
Call-ID: bigcode.asdof3uj203asdnf3429uasdhfas3ehjasdfas9i
CSeq: 353494 INVITE
From: <sip:user@example.com>;tag=39ansfi3
To: <sip:user@example.edu>;tag=902jndnke3
Content-Length: 0
Contact: <sip:user@host105.example.com>

",
        ),
    ]
}

#[test]
fn s3_1_2_what_is_wrong_is_refused_or_dropped() {
    by_udp(&invalid());
    // Behind a length that is none, or that promises more than comes, no next message is found.
    by_tcp(&invalid(), &["clerr", "ncl"]);
}

/// An OPTIONS, one thing in it changed.
fn options(name: &'static str, answer: u16, find: &str, put: &str) -> Case {
    let text = format!(
        "OPTIONS sip:user@example.com SIP/2.0\nTo: sip:user@example.com\n\
             From: sip:caller@example.org;tag=33242\nMax-Forwards: 3\nCall-ID: {name}.0ha0isndaksdj\nCSeq: 8 OPTIONS\n\
             Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{name}\nAccept: application/sdp\nl: 0\n\n"
    );
    assert!(text.contains(find), "{name}");
    Case::new(name, answer, text.replacen(find, put, 1))
}

/// A REGISTER, one thing in it changed.
fn register(name: &'static str, answer: u16, find: &str, put: &str) -> Case {
    let text = format!(
        "REGISTER sip:example.com SIP/2.0\nTo: sip:user@example.com\nFrom: sip:user@example.com;tag=8\n\
             Max-Forwards: 70\nCall-ID: {name}.k345asrl3fdbv@10.0.0.1\nCSeq: 1 REGISTER\n\
             Via: SIP/2.0/UDP 135.180.130.133:5060;branch=z9hG4bK{name}\n\
             Contact: sip:+19725552222@gw1.example.net\nl: 0\n\n"
    );
    assert!(text.contains(find), "{name}");
    Case::new(name, answer, text.replacen(find, put, 1))
}

/// §3.2 to §3.4: for the transaction and the application.
fn later_layers() -> Vec<Case> {
    let line = "OPTIONS sip:user@example.com";
    vec![
        options("badbranch", 401, "branch=z9hG4bKbadbranch", "branch=z9hG4bK"),
        options("insuf", 400, "Call-ID: insuf.0ha0isndaksdj\n", ""),
        options("unkscm", 416, line, "OPTIONS nobodyKnowsThisScheme:totallyopaquecontent"),
        options("novelsc", 416, line, "OPTIONS soap.beep://192.0.2.103:3002"),
        register("unksm2", 401, "To: sip:user@example.com", "To: isbn:2983792873"),
        options(
            "bext01",
            420,
            "l: 0",
            "Require: nothingSupportsThis, nothingSupportsThisEither\nProxy-Require: noProxiesSupportThis, \
             norDoAnyProxiesSupportThis\nl: 0",
        ),
        Case::new(
            "invut",
            415,
            invite(
                "invut",
                LINE,
                TO,
                "Content-Type: application/unknownformat\nContent-Length: 40\n\n<audio>\n <pcmu port=\"443\"/>\n</audio>\n\n\n",
            ),
        ),
        register("regaut01", 401, "l: 0", "Authorization: NoOneKnowsThisScheme opaque-data=here\nl: 0"),
        options("multi01", 400, "CSeq: 8 OPTIONS\n", "CSeq: 8 OPTIONS\nCSeq: 59 OPTIONS\nCall-ID: other\n"),
        options("mcl01", 400, "l: 0", "Content-Length: 13\nContent-Length: 5"),
        Case::new(
            "bcast",
            0,
            "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923\n\
             Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23\nCall-ID: bcast.0384840201234ksdfak3j2erwedfsASdf\n\
             CSeq: 35 INVITE\nFrom: sip:user@example.com;tag=11141343\nTo: sip:user@example.edu;tag=2229\n\
             Content-Length: 0\nContact: <sip:user@host28.example.com>\n\n",
        ),
        options("zeromf", 483, "Max-Forwards: 3", "Max-Forwards: 0"),
        register("cparam01", 401, "gw1.example.net", "gw1.example.net;unknownparam"),
        register(
            "cparam02",
            401,
            "sip:+19725552222@gw1.example.net",
            "<sip:+19725552222@gw1.example.net;unknownparam>",
        ),
        register(
            "regescrt",
            401,
            "sip:+19725552222@gw1.example.net",
            "<sip:user@example.com?Route=%3Csip:sip.example.com%3E>",
        ),
        Case::new("sdp01", 401, invite("sdp01", LINE, TO, "Accept: text/nobodyKnowsThis\nl: 0\n\n")),
        // RFC 2543: no branch, no Max-Forwards, a From without a tag.
        Case::new(
            "inv2543",
            401,
            format!(
                "INVITE sip:UserB@example.com SIP/2.0\nVia: SIP/2.0/UDP iftgw.example.com\n\
                 From: <sip:+13035551111@ift.client.example.net;user=phone>\n\
                 Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>\nTo: sip:+16505552222@ss1.example.net;user=phone\n\
                 Call-ID: inv2543.1717@ift.client.example.com\nCSeq: 56 INVITE\nContact: <sip:a@b.example>\n\
                 Content-Type: application/sdp\nContent-Length: 150\n\n{SDP}"
            ),
        ),
    ]
}

#[test]
fn s3_2_to_s3_4_what_the_later_layers_say() {
    by_udp(&later_layers());
    by_tcp(&later_layers(), &["mcl01"]);
}
