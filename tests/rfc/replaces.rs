//! INVITEs that take the place of a dialog: RFC 3891.

use sip::event::{DialogId, Replaced};
use sip::message::{HeaderName, Request};

use crate::peer::{BERT, Office, Phone, SDP, reply, sdp, udp};

/// The Replaces header for the dialog of an INVITE of the office, as its callee's side is told of it.
fn replaces(invite: &Request, tag: &str) -> String {
    let ours = invite.headers.from().unwrap().tag().unwrap().to_string();
    format!("Replaces: {};to-tag={ours};from-tag={tag}", invite.headers.call_id().unwrap())
}

/// Anna's phone, with a Call-ID of its own.
fn picks(replaces: &str) -> Phone {
    Phone { call_id: "pick@phone".to_owned(), extra: format!("{replaces}\r\n"), ..Phone::anna() }
}

fn rings(office: &mut Office) -> (DialogId, Request) {
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.receive(udp(BERT), reply(&invite, 180, "b", ""));
    office.events.clear();
    (dialog, invite)
}

#[test]
fn rfc3891_3_an_early_or_confirmed_dialog_of_ours_is_found_by_its_tags() {
    for is_early in [true, false] {
        let mut office = Office::new();
        let (dialog, invite) = rings(&mut office);
        if !is_early {
            office.receive(udp(BERT), reply(&invite, 200, "b", SDP));
            office.events.clear();
        }
        let mut phone = picks(&replaces(&invite, "b"));
        phone.extra.push_str("Require: replaces\r\n");
        let invited = phone.invite(&mut office, SDP);
        assert_eq!(invited.replaces, Some(Replaced { dialog, is_early }));
        assert_ne!(invited.dialog, dialog);
    }
    let mut office = Office::new();
    assert_eq!(Phone::anna().invite(&mut office, SDP).replaces, None);
}

#[test]
fn rfc3891_3_the_confirmed_dialog_of_a_caller_is_found_and_its_early_one_is_not() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.invite(&mut office, SDP).dialog;
    office.run(|stack, now, out| stack.ring(now, dialog, 180, None, out));
    phone.learn_tag(&office.last_response());
    let header = format!("Replaces: {};to-tag={};from-tag=anna1", phone.call_id, phone.to_tag);
    picks(&header).send(&mut office, "INVITE", SDP);
    assert_eq!(office.names(), ["481 INVITE"]);
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    let invited = Phone { call_id: "again".to_owned(), ..picks(&header) }.invite(&mut office, SDP);
    assert_eq!(invited.replaces, Some(Replaced { dialog, is_early: false }));
}

#[test]
fn rfc3891_3_what_cannot_be_taken_over_is_refused_and_changes_nothing() {
    let mut office = Office::new();
    let (_, invite) = rings(&mut office);
    let right = replaces(&invite, "b");
    for (number, (header, expected)) in [
        (right.replace("from-tag=b", "from-tag=c"), "481 INVITE"),
        (right.replace("to-tag=", "to-tag=x"), "481 INVITE"),
        (right.replace("Replaces: ", "Replaces: x"), "481 INVITE"),
        (right.replace("from-tag=b", "from-tag=0"), "481 INVITE"),
        (right.replace("from-tag=b", "to-tag=b"), "400 INVITE"),
        (format!("{right};from-tag=b"), "400 INVITE"),
        ("Replaces: nothing".to_owned(), "400 INVITE"),
        ("Replaces: ;to-tag=a;from-tag=b".to_owned(), "400 INVITE"),
        (format!("{right}\r\n{right}"), "400 INVITE"),
        (format!("{right}\r\nJoin: 1;to-tag=a;from-tag=b"), "400 INVITE"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut phone = picks(&header);
        phone.call_id = format!("pick{number}");
        phone.send(&mut office, "INVITE", SDP);
        assert_eq!(office.names(), [expected], "{header}");
    }
    assert!(office.said().is_empty());
    assert_eq!(office.stack.sizes().dialogs, 1);
}

#[test]
fn rfc3891_3_early_only_is_busy_once_the_dialog_is_answered() {
    let mut office = Office::new();
    let (_, invite) = rings(&mut office);
    let header = format!("{};early-only", replaces(&invite, "b"));
    assert!(picks(&header).invite(&mut office, SDP).replaces.is_some_and(|replaced| replaced.is_early));
    office.receive(udp(BERT), reply(&invite, 200, "b", SDP));
    Phone { call_id: "late".to_owned(), ..picks(&header) }.send(&mut office, "INVITE", SDP);
    assert_eq!(office.names(), ["486 INVITE"]);
}

#[test]
fn rfc3891_3_a_dialog_that_is_being_ended_is_declined() {
    let mut office = Office::new();
    let (dialog, invite) = rings(&mut office);
    office.run(|stack, now, out| stack.cancel(now, dialog, None, out));
    picks(&replaces(&invite, "b")).send(&mut office, "INVITE", SDP);
    assert_eq!(office.names(), ["603 INVITE"]);
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.invite(&mut office, SDP).dialog;
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    phone.learn_tag(&office.last_response());
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    picks(&format!("Replaces: {};to-tag={};from-tag=anna1", phone.call_id, phone.to_tag)).send(
        &mut office,
        "INVITE",
        SDP,
    );
    assert_eq!(office.names(), ["603 INVITE"]);
}

#[test]
fn rfc3891_4_calls_and_answers_say_that_it_is_understood() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    office.call(udp(BERT), Some(sdp()));
    assert_eq!(
        office.last_request("INVITE").headers.get(HeaderName::Supported).unwrap(),
        "100rel, replaces, norefersub, tdialog, timer"
    );
    let dialog = phone.invite(&mut office, SDP).dialog;
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    assert_eq!(
        office.last_response().headers.get(HeaderName::Supported).unwrap(),
        "100rel, replaces, norefersub, tdialog, timer"
    );
}
