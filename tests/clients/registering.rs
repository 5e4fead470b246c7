//! Phones find their way to the box, and only those that may.

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;

#[test]
fn a_phone_that_knows_its_secret_is_registered() {
    let desk = Desk::new(1001);
    let office = Daemon::start(std::slice::from_ref(&desk));
    let phone = Baresip::registered(desk.phone(office.sip));
    assert_eq!(phone.registrations(), 1);
    office.knows_phones(1);
    let phones = &office.status()["phones"];
    assert_eq!(phones[0]["extension"], "1001");
    assert!(phones[0]["bindings"][0]["user_agent"].as_str().unwrap().contains("baresip"));
}

#[test]
fn a_phone_with_a_wrong_secret_stays_outside() {
    let desk = Desk::new(1001);
    let office = Daemon::start(std::slice::from_ref(&desk));
    let phone = Baresip::start(Spec { secret: "guessed".to_owned(), ..desk.phone(office.sip) });
    phone.is_refused_registration();
    office.shows("a refusal", |status| status["counters"]["refused"].as_u64() > Some(0));
    office.knows_phones(0);
}

#[test]
fn a_phone_cannot_register_for_anothers_extension() {
    let [own, other] = [1001, 1002].map(Desk::new);
    let office = Daemon::start(&[own.clone(), other.clone()]);
    let thief = Baresip::start(Spec { extension: other.extension, ..own.phone(office.sip) });
    thief.is_refused_registration();
    office.knows_phones(0);
}

#[test]
fn a_phone_over_tls_is_registered() {
    let desk = Desk::new(1001);
    let office = Daemon::start(std::slice::from_ref(&desk));
    let _phone = Baresip::registered(desk.phone(office.sip).over_tls(office.authority()));
    office.knows_phones(1);
    assert_eq!(office.status()["phones"][0]["bindings"][0]["transport"], "TLS");
}

#[test]
fn a_phone_over_tcp_is_registered() {
    let desk = Desk::new(1001);
    let office = Daemon::start(std::slice::from_ref(&desk));
    let _phone = Baresip::registered(desk.phone(office.sip).over_tcp());
    office.knows_phones(1);
    assert_eq!(office.status()["phones"][0]["bindings"][0]["transport"], "TCP");
}
