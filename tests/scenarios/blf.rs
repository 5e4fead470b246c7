//! Busy lamps: keys that show what another extension does.

use std::time::Duration;

use config::{RawDiversion, RawRule, RawTimeGroup};
use office::phone::busy_key::Shown;
use office::{Office, Phone, minutes, secs};

const OFFICE: &str = "
    101 Alice  phones 2
    102 Bob    phones 2
    103 Carol  phone
    104 Dave   phone, private lamp
    105 Erin   no phone, voicemail
";

fn office() -> (Office, Phone, Phone, Phone) {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    (office, alice, bob, carol)
}

#[test]
fn a_key_follows_a_call_from_the_first_ring_to_the_end() {
    let (_office, alice, bob, carol) = office();
    carol.watches("101").watches("102").shows_idle("101").shows_idle("102");
    alice.dials("102");
    bob.rings();
    carol.shows_busy("102", &["rings from 101"]).shows_busy("101", &["calls 102"]);
    bob.answers().talks_to(&alice);
    carol.shows_busy("102", &["talks to 101"]).shows_busy("101", &["talks to 102"]);
    alice.hangs_up();
    carol.shows_idle("102").shows_idle("101");
}

#[test]
fn a_key_goes_out_when_the_caller_gives_up_or_the_phone_declines() {
    let (_office, alice, bob, carol) = office();
    carol.watches("102");
    alice.dials("102");
    carol.shows_busy("102", &["rings from 101"]);
    alice.hangs_up();
    carol.shows_idle("102");
    alice.dials("102");
    carol.shows_busy("102", &["rings from 101"]);
    bob.declines();
    carol.shows_idle("102");
}

#[test]
fn an_extension_that_rings_on_two_phones_shows_one_call() {
    let office = Office::with(OFFICE);
    let (alice, bobs, carol) = (office.phone(101), office.phones(102), office.phone(103));
    carol.watches("102");
    bobs[1].is_registered();
    alice.dials("102");
    bobs[0].rings();
    bobs[1].rings();
    carol.shows_busy("102", &["rings from 101"]);
    bobs[1].answers();
    carol.shows_busy("102", &["talks to 101"]);
}

#[test]
fn a_second_call_is_shown_beside_the_first_and_what_rings_comes_first() {
    let (_office, alice, bob, carol) = office();
    carol.watches("102");
    alice.dials("102");
    bob.answers().talks_to(&alice);
    carol.dials("102");
    bob.rings();
    carol.shows_busy("102", &["rings from 103", "talks to 101"]);
    carol.hangs_up();
    carol.shows_busy("102", &["talks to 101"]);
}

#[test]
fn a_call_with_the_box_makes_a_lamp_busy() {
    let (_office, alice, _, carol) = office();
    carol.watches("101");
    alice.dials("*43").hears("own voice");
    carol.shows_busy("101", &["talks to *43"]);
}

#[test]
fn ones_own_extension_may_be_watched_and_an_extension_without_phones() {
    let (office, alice, bob, carol) = office();
    carol.watches("103").watches("105").shows_idle("103").shows_idle("105");
    bob.is_registered().watches("102");
    let other = office.phones(102).remove(1);
    other.is_registered();
    alice.dials("102");
    bob.shows_busy("102", &["rings from 101"]);
    other.answers();
    bob.shows_busy("102", &["talks to 101"]);
}

#[test]
fn a_call_between_two_phones_of_one_extension_shows_both_sides() {
    let office = Office::with(OFFICE);
    let (alices, carol) = (office.phones(101), office.phone(103));
    alices[1].is_registered();
    carol.watches("101");
    alices[0].dials("101");
    alices[1].rings();
    carol.shows_busy("101", &["rings from 101", "calls 101"]);
}

#[test]
fn an_unknown_extension_and_a_private_lamp_are_refused() {
    let (office, _, _, carol) = office();
    let dave = office.phone(104);
    carol.watches("199").key_is_answered("199", 404);
    carol.watches("104").key_is_answered("104", 403);
    dave.watches("104").key_is_answered("104", 200).shows_idle("104");
}

#[test]
fn a_presence_says_the_same_in_fewer_words() {
    let (office, alice, bob, carol) = office();
    carol.watches_presence_of("102").shows_on_key("102", &Shown::Idle);
    carol.watches_presence_of("104").key_is_answered("104", 403);
    carol.watches_presence_of("105").shows_on_key("105", &Shown::Away);
    alice.dials("102");
    carol.shows_busy("102", &["Ringing"]);
    bob.answers();
    carol.shows_busy("102", &["On the phone"]);
    alice.hangs_up();
    carol.shows_on_key("102", &Shown::Idle);
    alice.watches_presence_of("103").shows_on_key("103", &Shown::Idle);
    carol.signs_off();
    office.wait(secs(1));
    alice.shows_on_key("103", &Shown::Away);
}

#[test]
fn keys_of_phones_on_tcp_follow_too() {
    let (office, alice, bob, _) = office();
    let dave = office.phone(104).as_model("tcp");
    dave.is_registered();
    dave.watches("102").shows_idle("102");
    alice.dials("102");
    bob.answers();
    dave.shows_busy("102", &["talks to 101"]);
    dave.loses_connection();
    alice.hangs_up();
    dave.registers().shows_idle("102");
}

#[test]
fn changes_in_quick_succession_are_one_picture() {
    let (office, alice, bob, carol) = office();
    bob.is_registered();
    carol.watches("102").shows_idle("102");
    let before = carol.busy_key("102").map(|key| key.notifies);
    for _ in 0..10 {
        alice.dials("102");
        office.wait(Duration::from_millis(60));
        alice.hangs_up();
        office.wait(Duration::from_millis(40));
    }
    office.wait(secs(2));
    carol.shows_idle("102");
    let told = carol.busy_key("102").map(|key| key.notifies).zip(before).map(|(now, before)| now - before);
    assert!(told.is_some_and(|told| (1..=7).contains(&told)), "{told:?} NOTIFYs for a second of dialling");
}

#[test]
fn an_unheard_word_is_told_again() {
    let (office, alice, bob, carol) = office();
    bob.is_registered();
    carol.watches("102").shows_idle("102").is_cut();
    alice.dials("102");
    bob.answers();
    office.wait(secs(3));
    carol.is_joined().shows_busy("102", &["talks to 101"]);
}

#[test]
fn keys_are_subscribed_again_after_a_restart() {
    let (office, alice, bob, carol) = office();
    carol.watches("102").shows_idle("102");
    bob.is_registered();
    office.restarts();
    carol.refreshes_its_keys();
    office.wait(secs(1));
    alice.dials("102");
    bob.rings();
    carol.shows_busy("102", &["rings from 101"]);
}

#[test]
fn the_watchers_of_an_extension_that_goes_are_told() {
    let (office, _, _, carol) = office();
    carol.watches("105").watches("102").shows_idle("105");
    office.reloads(|raw| raw.people.retain(|person| person.extension.as_deref() != Some("105")));
    carol.key_ends("105", "noresource").shows_on_key("105", &Shown::Dark);
    office.reloads(|raw| raw.people[1].private_lamp = Some(true));
    carol.key_ends("102", "rejected").shows_on_key("102", &Shown::Dark);
}

#[test]
fn a_watcher_whose_secret_was_changed_must_prove_itself_again() {
    let (office, _, _, carol) = office();
    carol.watches("102").shows_idle("102");
    office.reloads(|raw| {
        let ha1 = raw.people[3].phones[0].ha1.clone();
        raw.people[2].phones[0].ha1 = ha1;
    });
    carol.key_ends("102", "deactivated").key_is_answered("102", 401);
}

#[test]
fn a_key_lives_as_long_as_it_is_refreshed() {
    let (office, alice, bob, carol) = office();
    carol.watches("102");
    for _ in 0..3 {
        office.wait(minutes(20));
        carol.shows_idle("102");
    }
    alice.dials("102");
    bob.answers();
    carol.shows_busy("102", &["talks to 101"]);
}

#[test]
fn only_who_may_pick_up_learns_how() {
    let office = Office::with(
        "
        101 Alice  phone
        102 Bob    phone, group sales
        103 Carol  phone, group sales
        104 Dave   phone
    ",
    );
    let (alice, bob) = (office.phone(101), office.phone(102));
    let (carol, dave) = (office.phone(103), office.phone(104));
    carol.watches("102");
    dave.watches("102");
    alice.dials("102");
    bob.rings();
    carol.shows_busy("102", &["rings from 101"]);
    dave.shows_busy("102", &["rings from 101"]);
    let knows = |phone: &Phone| phone.busy_key("102").is_some_and(|key| key.replaces.is_some());
    assert!(knows(&carol) && !knows(&dave));
    bob.answers();
    carol.shows_busy("102", &["talks to 101"]);
    assert!(!knows(&carol), "there is nothing to be picked up any more");
}

#[test]
fn f94_the_key_of_who_does_not_want_to_be_disturbed_is_lit() {
    let (office, alice, bob, carol) = office();
    carol.watches("102").shows_idle("102").watches_presence_of("101").shows_on_key("101", &Shown::Idle);
    for phone in [&alice, &bob] {
        phone.dials("*78").hears_the_end();
    }
    carol.shows_on_key("102", &Shown::DoNotDisturb).shows_on_key("101", &Shown::DoNotDisturb);
    // A call of one's own is shown in its place.
    bob.dials("103");
    carol.rings().shows_busy("102", &["calls 103"]).declines();
    bob.is_idle();
    carol.shows_on_key("102", &Shown::DoNotDisturb);
    for phone in [&alice, &bob] {
        phone.dials("*79").hears_the_end();
    }
    carol.shows_idle("102").shows_idle("101");
    office.wait(secs(1));
}

#[test]
fn f94_the_clock_lights_the_key_and_so_does_a_rule() {
    let office = Office::with(OFFICE).at("Mon 2026-03-02 17:50 Europe/Berlin");
    let (bob, carol) = (office.phone(102), office.phone(103));
    bob.is_registered();
    carol.is_registered();
    let text = |text: &str| Some(text.to_owned());
    office.reloads(|raw| {
        // The last times that there are: nothing changes after them.
        let inventory = RawTimeGroup {
            name: text("Inventory"),
            times: Some(vec!["2026-03-02".to_owned()]),
            ..RawTimeGroup::default()
        };
        let evening = RawTimeGroup {
            name: text("Evening"),
            times: Some(vec!["18:00-18:30".to_owned()]),
            ..RawTimeGroup::default()
        };
        raw.time_groups.extend([inventory, evening]);
        raw.people[0].rules.push(RawRule { when: text("Inventory"), dnd: Some(true), ..RawRule::default() });
        raw.people[1].diversions.push(RawDiversion {
            kind: text("dnd"),
            when: text("Evening"),
            ..RawDiversion::default()
        });
    });
    carol.watches("101").shows_on_key("101", &Shown::DoNotDisturb).watches("102").shows_idle("102");
    office.wait(minutes(11));
    carol.shows_on_key("102", &Shown::DoNotDisturb);
    office.wait(minutes(30));
    carol.shows_idle("102").shows_on_key("101", &Shown::DoNotDisturb);
    office.wait(minutes(6 * 60));
    carol.shows_idle("101");
}
