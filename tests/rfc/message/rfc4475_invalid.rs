//! RFC 4475 §3.1.2: what must be refused, how, and whether it can be answered; and the few that may be taken as meant.

use sip::message::{Flaw, HeaderError, HeaderName, ParseErrorKind, Response};

use super::support::{options_with, read, refused, request};

/// An INVITE with the given To, From, Contact and Content-Length.
fn invite(request_line: &str, to: &str, extra: &str) -> String {
    format!(
        "{request_line}
To: {to}
From: Caller <sip:caller@example.net>;tag=134161461246
Max-Forwards: 7
Call-ID: invalid.0ha0isndaksdjasdf3234nas
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw
{extra}Content-Length: 0

"
    )
}

const LINE: &str = "INVITE sip:user@example.com SIP/2.0";
const TO: &str = "<sip:j.user@example.com>";

fn malformed(name: HeaderName, flaw: Flaw) -> ParseErrorKind {
    ParseErrorKind::Header(HeaderError::Malformed(name, flaw))
}

#[test]
fn s3_1_2_1_badinv01_extraneous_separators() {
    let text = "INVITE sip:user@example.com SIP/2.0
To: sip:j.user@example.com
From: sip:caller@example.net;tag=134161461246
Max-Forwards: 7
Call-ID: badinv01.0ha0isndaksdjasdf3234nas
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.15;;,;,,
Contact: \"Joe\" <sip:joe@example.org>;;;;
Content-Length: 0

";
    assert_eq!(refused(text).kind, malformed(HeaderName::Via, Flaw::Param));
    let contact = invite(LINE, TO, "Contact: \"Joe\" <sip:joe@example.org>;;;;\n");
    assert_eq!(request(contact).headers.contacts(), Err(HeaderError::Malformed(HeaderName::Contact, Flaw::Param)));
}

#[test]
fn s3_1_2_2_clerr_content_length_beyond_the_end() {
    let error = refused(invite(LINE, TO, "").replace("Content-Length: 0", "Content-Length: 9999"));
    assert_eq!((error.kind.clone(), error.status()), (ParseErrorKind::BodyTruncated, 400));
    assert!(error.reply.is_some(), "it can be answered");
}

#[test]
fn s3_1_2_3_ncl_negative_content_length() {
    let error = refused(invite(LINE, TO, "").replace("Content-Length: 0", "Content-Length: -999"));
    assert_eq!(error.kind, malformed(HeaderName::ContentLength, Flaw::Number));
}

#[test]
fn s3_1_2_4_scalar02_scalars_out_of_range() {
    let register = |cseq: &str, line: &str| {
        options_with(line).replace("OPTIONS", "REGISTER").replace("CSeq: 1 ", &format!("CSeq: {cseq} "))
    };
    assert_eq!(refused(register("36893488147419103232", "")).kind, malformed(HeaderName::CSeq, Flaw::Number));
    assert_eq!(refused(register("1", "Max-Forwards: 300")).kind, malformed(HeaderName::MaxForwards, Flaw::Number));
    let expires = request(register("1", "Expires: 10000000000000000000000000000000000000000"));
    assert_eq!(expires.headers.expires(), Err(HeaderError::Malformed(HeaderName::Expires, Flaw::Number)));
}

#[test]
fn s3_1_2_5_scalarlg_response_with_scalars_out_of_range() {
    let text = "SIP/2.0 503 Service Unavailable
Via: SIP/2.0/TCP host129.example.com;branch=z9hG4bKzzxdiwo34sw;received=192.0.2.129
To: <sip:user@example.com>
From: <sip:other@example.net>;tag=2easdjfejw
CSeq: 9292394834772304023312 OPTIONS
Call-ID: scalarlg.noase0of0234hn2qofoaf0232aewf2394r
Retry-After: 949302838503028349304023988
Warning: 1812 overture \"In Progress\"
Content-Length: 0

";
    let error = refused(text);
    assert_eq!((error.kind, error.reply), (malformed(HeaderName::CSeq, Flaw::Number), None));
}

#[test]
fn s3_1_2_6_quotbal_unterminated_quote() {
    let error = refused(invite(LINE, "\"Mr. J. User <sip:j.user@example.com>", ""));
    assert_eq!(error.kind, malformed(HeaderName::To, Flaw::Quote));
    let reply = Response::to_request(&error.reply.unwrap(), 400, error.kind.reason());
    assert!(reply.to_bytes().windows(10).any(|part| part == b"\"Mr. J. Us"), "the To is copied as it came");
}

#[test]
fn s3_1_2_7_ltgtruri_brackets_around_the_request_uri() {
    let error = refused(invite("INVITE <sip:user@example.com> SIP/2.0", TO, ""));
    assert_eq!((error.kind.clone(), error.status()), (ParseErrorKind::RequestUri(Flaw::Character), 400));
}

#[test]
fn s3_1_2_8_to_10_blanks_in_the_request_line() {
    for (name, line) in [
        ("lwsruri", "INVITE sip:user@example.com; lr SIP/2.0"),
        ("lwsstart", "INVITE  sip:user@example.com  SIP/2.0"),
        ("trws", "INVITE sip:remote-target@example.com SIP/2.0  "),
    ] {
        let error = refused(invite(line, TO, ""));
        assert_eq!((error.kind.clone(), error.status()), (ParseErrorKind::StartLine, 400), "{name}");
        assert!(error.reply.is_some(), "{name}");
    }
}

#[test]
fn s3_1_2_11_escruri_headers_in_the_request_uri() {
    let error = refused(invite("INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0", TO, ""));
    assert_eq!(error.kind, ParseErrorKind::RequestUri(Flaw::UriHeaders));
}

/// "EST" is no GMT; nothing depends on Date, so the request is served.
#[test]
fn s3_1_2_12_baddate_is_not_looked_at() {
    read(invite(LINE, TO, "Date: Fri, 01 Jan 2010 16:00:00 EST\n"));
}

#[test]
fn s3_1_2_13_regbadct_uri_headers_outside_brackets() {
    let request = request(invite(LINE, TO, "Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E\n"));
    assert_eq!(request.headers.contacts(), Err(HeaderError::Malformed(HeaderName::Contact, Flaw::UriHeaders)));
}

/// Blanks inside the brackets: a receiver may be liberal, and can only have been meant one way.
#[test]
fn s3_1_2_14_badaspec_blanks_within_brackets() {
    let request = request(invite(LINE, "\"Watson, Thomas\" < sip:t.watson@example.org >", ""));
    let to = request.headers.to().unwrap();
    assert_eq!(
        (to.display.to_string(), to.uri.to_string()),
        ("Watson, Thomas".into(), "sip:t.watson@example.org".into())
    );
}

/// A comma in an unquoted name: likewise; From is no list.
#[test]
fn s3_1_2_15_baddn_display_name_that_needs_quotes() {
    let text = invite(LINE, TO, "").replace("Caller <", "Bell, Alexander <");
    assert_eq!(request(text).headers.from().unwrap().display, "Bell, Alexander");
}

#[test]
fn s3_1_2_16_badvers_unknown_version() {
    let error = refused(options_with("").replace("SIP/2.0\n", "SIP/7.0\n"));
    assert_eq!((error.kind.clone(), error.status()), (ParseErrorKind::Version, 505));
    assert!(error.reply.is_some());
}

#[test]
fn s3_1_2_17_and_18_mismatch_of_methods() {
    for text in [
        options_with("").replace("CSeq: 1 OPTIONS", "CSeq: 8 INVITE"),
        options_with("").replace("OPTIONS sip", "NEWMETHOD sip").replace("1 OPTIONS", "8 INVITE"),
        options_with("").replace("CSeq: 1 OPTIONS", "CSeq: 1 options"),
    ] {
        let error = refused(text);
        assert_eq!((error.kind.clone(), error.status()), (ParseErrorKind::MethodMismatch, 400));
        assert!(error.reply.is_some());
    }
}

#[test]
fn s3_1_2_19_bigcode_status_out_of_range() {
    for status in ["4294967301", "99", "700", "20", "-20", "2 0"] {
        let text =
            options_with("").replace("OPTIONS sip:office SIP/2.0", &format!("SIP/2.0 {status} better not break"));
        assert_eq!(refused(text).kind, ParseErrorKind::StartLine, "{status}");
    }
}

/// §3.3.1 insuf: what every message must have, one missing at a time.
#[test]
fn s3_3_1_insuf_missing_headers() {
    for name in [HeaderName::Via, HeaderName::From, HeaderName::To, HeaderName::CallId, HeaderName::CSeq] {
        let lines = options_with("");
        let kept: Vec<&str> = lines.split('\n').filter(|line| !line.starts_with(&format!("{name}:"))).collect();
        let error = refused(kept.join("\n"));
        assert_eq!(error.kind, ParseErrorKind::Header(HeaderError::Missing(name.clone())));
        // Without Via nobody knows where to; what else is there is copied.
        let answers = error.reply.map(|request| Response::to_request(&request, 400, error.kind.reason()).headers);
        assert_eq!(answers.is_some(), name != HeaderName::Via, "{name}");
        assert!(answers.is_none_or(|headers| headers.has(HeaderName::Via) && !headers.has(&name)));
    }
}
