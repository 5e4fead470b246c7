//! How calls were sent on: Diversion (RFC 5806) and History-Info (RFC 7044, RFC 4458).

use sip::diversion::{DiversionReason, Diversions, Diverted, MAX_LISTED};
use sip::message::{HeaderName, Headers, Message, Uri};

fn headers(lines: &str) -> Headers {
    let text = format!("OPTIONS sip:a SIP/2.0\r\n{}\r\n\r\n", lines.trim().replace('\n', "\r\n"));
    Message::parse(&text.into()).unwrap_or_else(|error| panic!("{error}")).headers().clone()
}

/// Who, why, and how often in all.
fn read(lines: &str) -> (Vec<(String, DiversionReason)>, u8) {
    let diversions = Diversions::read(&headers(lines));
    let list = diversions.list.iter().map(|one| (one.by.user_unescaped().unwrap_or_default(), one.reason));
    (list.collect(), diversions.count)
}

fn list(expected: &[(&str, DiversionReason)]) -> Vec<(String, DiversionReason)> {
    expected.iter().map(|(by, reason)| ((*by).to_owned(), *reason)).collect()
}

const COMMON: &str = "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=1\nTo: <sip:a@b>\nCall-ID: 1\n\
                      CSeq: 1 OPTIONS\n";

#[test]
fn rfc5806_s4_the_newest_stands_first_and_the_counters_add_up() {
    use DiversionReason::*;
    for (lines, expected, count) in [
        ("", &[][..], 0),
        ("Diversion: <sip:+4930@x>;reason=user-busy", &[("+4930", Busy)], 1),
        (
            "Diversion: <sip:b@x>;reason=no-answer;counter=1, <sip:a@x>;reason=unconditional;counter=3",
            &[("a", Unconditional), ("b", NoAnswer)],
            4,
        ),
        ("Diversion: <tel:+4930>;reason=\"follow-me\";privacy=off;screen=yes", &[("+4930", Unconditional)], 1),
        ("Diversion: \"Front, Desk\" <sip:a@x>;counter=999", &[("a", Unknown)], 1),
        (
            "Diversion: <sip:a@x>;reason=out-of-service\nDiversion: <sip:b@x>;reason=something-new",
            &[("b", Unknown), ("a", Unavailable)],
            2,
        ),
        ("Diversion: <sip:a@x>;counter=255, <sip:b@x>;counter=255", &[("b", Unknown), ("a", Unknown)], 255),
        ("Diversion: <<>>", &[], 0),
    ] {
        assert_eq!(read(&format!("{COMMON}{lines}")), (list(expected), count), "{lines}");
    }
}

#[test]
fn rfc7044_s10_an_entry_with_a_cause_was_sent_on_by_the_one_it_names() {
    use DiversionReason::*;
    for (lines, expected, count) in [
        // What was only retargeted was not sent on.
        ("History-Info: <sip:a@x>;index=1, <sip:a@192.0.2.7>;index=1.1;rc=1", &[][..], 0),
        ("History-Info: <sip:a@x>;index=1, <sip:b@x;cause=302>;index=1.1;mp=1", &[("a", Unconditional)], 1),
        (
            "History-Info: <sip:a@x>;index=1\nHistory-Info: <sip:a@h>;index=1.1;rc=1, <sip:b@x;cause=408>;index=1.2;mp=1",
            &[("a", NoAnswer)],
            1,
        ),
        (
            "History-Info: <sip:a@x>;index=1, <sip:b@x;cause=486>;index=1.1, <sip:c@x;cause=487>;index=1.1.1",
            &[("a", Busy), ("b", Deflection)],
            2,
        ),
        ("History-Info: <sip:a@x>;index=1, <sip:b@x;cause=200>;index=1.1;mp=9.9", &[], 0),
        // Both: Diversion names them.
        (
            "Diversion: <sip:z@x>;reason=user-busy\nHistory-Info: <sip:a@x>;index=1, <sip:b@x;cause=302>;index=1.1, <sip:c@x;cause=302>;index=1.2;mp=1.1",
            &[("z", Busy)],
            2,
        ),
    ] {
        assert_eq!(read(&format!("{COMMON}{lines}")), (list(expected), count), "{lines}");
    }
}

#[test]
fn what_is_written_is_read_the_same_by_those_who_know_either() {
    let target: Uri = "sip:target@carrier.example".parse().unwrap();
    let reasons =
        [DiversionReason::Busy, DiversionReason::Unconditional, DiversionReason::Deflection, DiversionReason::Unknown];
    for length in 0..=MAX_LISTED + 3 {
        let mut diversions = Diversions::default();
        for place in 0..length {
            let by = Uri::sip(Some(&format!("+49{place}")), "office.example", None);
            diversions.push(Diverted { by, reason: reasons[place % reasons.len()] });
        }
        let written = diversions.headers(&target);
        assert_eq!(written.len(), if length == 0 { 0 } else { 2 });
        for (name, value) in &written {
            let again = Diversions::read(&headers(&format!("{COMMON}{name}: {value}")));
            let numbers =
                |of: &Diversions| of.list.iter().map(|one| (one.by.user.clone(), one.reason)).collect::<Vec<_>>();
            assert_eq!(numbers(&again), numbers(&diversions), "{name}: {value}");
            let is_counted = *name == HeaderName::Diversion;
            let expected = if is_counted { length } else { length.min(MAX_LISTED) };
            assert_eq!(usize::from(again.count), expected, "{name}: {value}");
        }
    }
}
