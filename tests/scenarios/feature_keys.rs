//! Keys for do-not-disturb and forwards that phones keep in step with the box.

use office::phone::busy_key::Shown;
use office::{Mood, Office, Phone, secs};

const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phones 2, voicemail
    103 Carol  phone
    country DE
";

/// As Polycom and Yealink phones write it.
fn dnd(is_on: bool) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<SetDoNotDisturb xmlns=\"http://www.ecma-international.org/standards/ecma-323/csta/ed3\">\n\
         <device></device>\n<doNotDisturbOn>{is_on}</doNotDisturbOn>\n</SetDoNotDisturb>\n"
    )
}

fn forward(kind: &str, is_on: bool, to: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<SetForwarding xmlns=\"http://www.ecma-international.org/standards/ecma-323/csta/ed3\">\n\
         <device></device>\n<forwardingType>{kind}</forwardingType>\n<activateForward>{is_on}</activateForward>\n\
         <forwardDN>{to}</forwardDN>\n</SetForwarding>\n"
    )
}

#[track_caller]
fn shows(phone: &Phone, on: &[&str]) {
    let shown = match on {
        [] => Shown::Idle,
        on => Shown::Busy(on.iter().map(|one| (*one).to_owned()).collect()),
    };
    phone.shows_on_key("102", &shown);
}

fn office() -> (Office, Phone, Phone) {
    let office = Office::with(OFFICE);
    let mut phones = office.phones(102);
    let other = phones.remove(1);
    let bob = phones.remove(0);
    bob.is_registered().keeps_features("102");
    other.is_registered().keeps_features("102");
    shows(&bob, &[]);
    (office, bob, other)
}

#[test]
fn f45_a_key_is_the_same_switch_as_code_and_page() {
    let (office, bob, other) = office();
    let alice = office.phone(101);
    bob.wishes(&dnd(true));
    shows(&bob, &["dnd"]);
    shows(&other, &["dnd"]);
    alice.dials("102").hears_prompt("default-greeting").hangs_up();
    other.dials("*79").hears_the_end();
    shows(&bob, &[]);
    office.reloads(|raw| raw.people[1].diversions[0].enabled = None);
    shows(&bob, &["dnd"]);
    shows(&other, &["dnd"]);
    other.wishes(&dnd(false));
    shows(&bob, &[]);
    alice.dials("102");
    bob.rings();
}

#[test]
fn f96_forwards_are_set_by_keys_and_go_off_by_codes() {
    let (office, bob, other) = office();
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    bob.wishes(&forward("forwardImmediate", true, "103"));
    shows(&other, &["forwardImmediate to 103"]);
    alice.dials("102");
    carol.rings().declines();
    alice.is_idle();
    bob.wishes(&forward("forwardBusy", true, "sip:101@10.0.0.1"));
    bob.wishes(&forward("forwardNoAns", true, "103"));
    shows(&bob, &["forwardImmediate to 103", "forwardBusy to 101", "forwardNoAns to 103"]);
    bob.wishes(&forward("forwardImmediate", false, ""));
    shows(&other, &["forwardBusy to 101", "forwardNoAns to 103"]);
    other.dials("*730").hears_the_end();
    shows(&bob, &[]);
    // Without a number calls go where they went.
    bob.wishes(&forward("forwardBusy", true, ""));
    shows(&other, &["forwardBusy to 101"]);
}

#[test]
fn what_cannot_be_is_not_done_and_the_key_shows_what_holds() {
    let (office, bob, _) = office();
    let before = bob.busy_key("102").map_or(0, |key| key.notifies);
    let wishes = [
        forward("forwardImmediate", true, "102"),
        forward("forwardImmediate", true, "112"),
        forward("forwardImmediate", true, "004912345678"),
        forward("forwardImmediate", true, ""),
        forward("forwardTea", true, "103"),
        "<SetDoNotDisturb><doNotDisturbOn>perhaps</doNotDisturbOn></SetDoNotDisturb>".to_owned(),
        "no XML at all".to_owned(),
        "<".repeat(5_000),
    ];
    for wish in &wishes {
        bob.wishes(wish);
        office.wait(secs(1));
        shows(&bob, &[]);
    }
    let told = bob.busy_key("102").map_or(0, |key| key.notifies);
    assert_eq!(told, before + wishes.len() as u64, "each is answered");
}

#[test]
fn a_key_shows_what_is_on_disk() {
    let (office, bob, other) = office();
    office.disk(Mood::Fails);
    bob.wishes(&dnd(true));
    office.wait(secs(1));
    shows(&bob, &[]);
    office.disk(Mood::IsDead);
    bob.wishes(&dnd(true));
    office.wait(secs(7));
    shows(&bob, &[]);
    office.disk(Mood::WORKS);
    bob.wishes(&dnd(true));
    shows(&other, &["dnd"]);
    office.errors();
}

#[test]
fn keys_of_others_are_nobodys() {
    let (office, bob, _) = office();
    let carol = office.phone(103);
    carol.is_registered().keeps_features("102").key_is_answered("102", 403);
    // Its phone is given to somebody else.
    office.reloads(|raw| {
        let phone = raw.people[1].phones.remove(0);
        raw.people[2].phones.push(phone);
    });
    bob.key_ends("102", "deactivated");
}
