//! The message lamp: phones that subscribe to their mailbox, phones that take what they are told, and phones that do neither.

use std::time::Duration;

use office::{Folder, Model, Office, Phone, minutes, secs};

const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phones 2, voicemail, ring 5 s, pin 739116
    103 Carol  phone, voicemail
";

fn office() -> (Office, Phone, Phone) {
    let office = Office::with(OFFICE);
    let mut phones = office.phones(102);
    let (desk, watcher) = (phones.remove(0), phones.remove(0).as_model("watches-mailbox"));
    desk.is_registered();
    watcher.watches_its_mailbox();
    (office, desk, watcher)
}

#[test]
fn a_phone_learns_after_its_registration_what_waits() {
    let office = Office::with(OFFICE);
    office.mailbox("102").gets_message("101", secs(8));
    let bob = office.phone(102);
    bob.is_registered().shows_lamp(1, 0);
    let carol = office.phone(103);
    carol.is_registered().lamp_is_dark();
}

#[test]
fn a_phone_that_subscribes_learns_at_once_what_waits() {
    let office = Office::with(OFFICE);
    office.mailbox("102").gets_message("101", secs(8)).gets_message("101", secs(3));
    office.page_moves("102", 0, Folder::Saved);
    office.phone(102).as_model("watches-mailbox").watches_its_mailbox().shows_lamp(1, 1);
}

/// Trap 22.
#[test]
fn trap_22_who_subscribed_is_told_once_and_its_message_key_leads_to_its_mailbox() {
    let (office, desk, watcher) = office();
    office.mailbox("102").gets_message("101", secs(8));
    desk.shows_lamp(1, 0);
    watcher.shows_lamp(1, 0);
    office.wait(secs(1));
    let told = (desk.counts_notifies(), watcher.counts_notifies());
    office.page_moves("102", 0, Folder::Saved);
    desk.shows_lamp(0, 1);
    watcher.shows_lamp(0, 1);
    office.wait(secs(1));
    assert_eq!((desk.counts_notifies(), watcher.counts_notifies()), (told.0 + 1, told.1 + 1));
    for phone in [desk, watcher] {
        phone.presses_message_key().hears_prompt("enter-pin").hangs_up();
    }
}

/// Trap 22: a phone that takes what it is told without having asked is not told so once it asks.
#[test]
fn who_takes_both_is_told_once() {
    let (office, _, _) = office();
    let both = office.phone(103);
    both.is_registered().watches_mailbox_of("103").watches_its_mailbox();
    office.wait(secs(1));
    let told = both.counts_notifies();
    office.mailbox("103").gets_message("101", secs(8));
    both.shows_lamp(1, 0);
    office.wait(minutes(2));
    assert_eq!(both.counts_notifies(), told + 1);
    office.page_moves("103", 0, Folder::Trash);
    both.shows_lamp(0, 0);
    office.wait(minutes(2));
    assert_eq!(both.counts_notifies(), told + 2);
}

#[test]
fn every_phone_of_the_owner_shows_what_the_page_does() {
    let (office, desk, watcher) = office();
    watcher.shows_lamp(0, 0);
    office.mailbox("102").gets_message("101", secs(8));
    desk.shows_lamp(1, 0);
    watcher.shows_lamp(1, 0);
    office.page_moves("102", 0, Folder::Saved);
    desk.shows_lamp(0, 1);
    watcher.shows_lamp(0, 1);
    office.page_moves("102", 0, Folder::New);
    desk.shows_lamp(1, 0);
    office.page_moves("102", 0, Folder::Trash);
    desk.shows_lamp(0, 0);
    watcher.shows_lamp(0, 0);
    office.page_moves("102", 0, Folder::New);
    watcher.shows_lamp(1, 0);
    office.page_purges("102", 0);
    desk.shows_lamp(0, 0);
    watcher.shows_lamp(0, 0);
}

#[test]
fn nobody_else_is_told() {
    let (office, _, _) = office();
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("watches-mailbox"));
    alice.is_registered();
    carol.watches_its_mailbox();
    office.wait(secs(5));
    let told = (alice.counts_notifies(), carol.counts_notifies());
    office.mailbox("102").gets_message("101", secs(8));
    office.wait(secs(5));
    assert_eq!((alice.counts_notifies(), carol.counts_notifies()), told);
    assert_eq!(told.0, 0, "there is no mailbox of 101");
}

#[test]
fn the_lamp_stays_right_while_subscriptions_are_refreshed() {
    let (office, _, watcher) = office();
    office.mailbox("102").gets_message("101", secs(8));
    for _ in 0..4 {
        office.wait(minutes(20));
        watcher.watches_its_mailbox().shows_lamp(1, 0);
    }
    assert_eq!(watcher.counts_watches(), 1, "one subscription, refreshed");
}

#[test]
fn a_phone_that_watched_before_a_restart_watches_again() {
    let (office, desk, watcher) = office();
    office.mailbox("102").gets_message("101", secs(8));
    watcher.shows_lamp(1, 0);
    office.restarts();
    office.page_moves("102", 0, Folder::Saved);
    watcher.refreshes_its_watch();
    office.wait(secs(2));
    watcher.watches_its_mailbox().shows_lamp(0, 1);
    assert_eq!(watcher.counts_watches(), 2, "the box has forgotten the first one and says so");
    desk.registers().shows_lamp(0, 1);
}

#[test]
fn a_phone_without_a_lamp_is_left_alone() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102).as_model("no-lamp");
    bob.is_registered();
    office.wait(secs(5));
    let asked = bob.counts_notifies();
    assert!(asked <= 1, "{asked} NOTIFYs before it could say no");
    for _ in 0..3 {
        office.mailbox("102").gets_message("101", secs(8));
        office.wait(minutes(1));
    }
    assert!(bob.counts_notifies() <= 1, "{} NOTIFYs to a phone that said no", bob.counts_notifies());
}

#[test]
fn a_phone_that_says_nothing_to_its_lamp_rings_as_ever() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102).as_model("ignores-notify"));
    bob.is_registered();
    office.mailbox("102").gets_message("101", secs(8));
    office.wait(minutes(2));
    alice.dials("102");
    bob.answers().talks_to(&alice);
}

#[test]
fn another_ones_mailbox_is_not_to_be_watched() {
    let (office, _, _) = office();
    let alice = office.phone(101);
    office.mailbox("102").gets_message("103", secs(8));
    alice.watches_mailbox_of("102").watch_is_answered(403).lamp_is_dark();
    assert_eq!(alice.counts_notifies(), 0);
}

#[test]
fn a_phone_that_stops_watching_is_told_as_one_that_never_did() {
    let (office, _, watcher) = office();
    watcher.stops_watching();
    office.wait(secs(2));
    office.mailbox("102").gets_message("101", secs(8));
    watcher.shows_lamp(1, 0);
    assert_eq!(watcher.counts_watches(), 1, "it did not subscribe again");
}

#[test]
fn a_phone_that_was_cut_off_is_told_when_it_registers_again() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102);
    bob.is_registered().shows_lamp(0, 0).is_cut();
    office.mailbox("102").gets_message("101", secs(8));
    office.wait(minutes(1));
    bob.is_joined().registers().shows_lamp(1, 0);
    let told = bob.counts_notifies();
    bob.registers();
    office.wait(secs(5));
    assert_eq!(bob.counts_notifies(), told, "what it shows is known, and it is not told again");
}

#[test]
fn a_phone_that_lost_its_connection_is_told_over_the_next_one() {
    let office = Office::with(OFFICE);
    let behind_nat = Model { is_tcp: true, has_private_address: true, ..Model::default() };
    let bob = office.phone(102).changed(behind_nat);
    bob.is_registered().shows_lamp(0, 0).loses_connection();
    office.mailbox("102").gets_message("101", secs(8));
    office.wait(secs(5));
    bob.lamp_is_dark().registers().shows_lamp(1, 0);
}

#[test]
fn a_phone_that_was_cut_off_during_a_restart_is_told_when_it_registers_again() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(8));
    bob.is_registered().shows_lamp(1, 0).is_cut();
    office.page_moves("102", 0, Folder::Saved);
    office.restarts();
    office.wait(minutes(1));
    bob.is_joined().registers().shows_lamp(0, 1);
}

#[test]
fn a_lamp_goes_out_with_voicemail_although_the_phone_was_cut_off() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(8));
    bob.is_registered().shows_lamp(1, 0).is_cut();
    office.reloads(|raw| raw.people[1].voicemail = Some(false));
    office.wait(minutes(1));
    bob.is_joined().registers().shows_lamp(0, 0);
}

#[test]
fn an_old_word_does_not_overtake_a_new_one() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102);
    bob.is_registered().shows_lamp(0, 0).is_cut();
    office.mailbox("102").gets_message("101", secs(8));
    // The first word is said again half a second and one and a half seconds later.
    office.wait(Duration::from_millis(700));
    bob.is_joined();
    office.page_moves("102", 0, Folder::Saved);
    office.wait(secs(6));
    bob.shows_lamp(0, 1);
}

#[test]
fn a_phone_that_refused_is_asked_anew_when_it_was_started_anew() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102).as_model("no-lamp");
    bob.is_registered();
    office.wait(secs(5));
    let bob = bob.as_model("desk");
    bob.is_registered();
    office.mailbox("102").gets_message("101", secs(8));
    bob.shows_lamp(1, 0);
}

#[test]
fn a_subscription_of_an_earlier_life_keeps_no_lamp_dark() {
    let (office, _, watcher) = office();
    office.mailbox("102").gets_message("101", secs(8));
    watcher.shows_lamp(1, 0);
    // It has been set to subscribe no more, and started anew at the same address.
    let watcher = watcher.as_model("desk");
    watcher.is_registered().shows_lamp(1, 0);
    office.page_moves("102", 0, Folder::Saved);
    watcher.shows_lamp(0, 1);
    assert_eq!(watcher.counts_watches(), 0);
}

#[test]
fn a_phone_that_moves_to_another_desk_shows_its_new_mailbox() {
    let (office, desk, watcher) = office();
    office.mailbox("102").gets_message("101", secs(8)).gets_message("101", secs(8));
    office.mailbox("103").gets_message("101", secs(8));
    desk.shows_lamp(2, 0);
    watcher.shows_lamp(2, 0);
    desk.moves_to("103").shows_lamp(1, 0);
    watcher.moves_to("103").shows_lamp(1, 0).watches_its_mailbox();
    office.page_moves("103", 0, Folder::Saved);
    desk.shows_lamp(0, 1);
    watcher.shows_lamp(0, 1);
    desk.moves_to("101").shows_lamp(0, 0);
    watcher.moves_to("101").shows_lamp(0, 0);
}

#[test]
fn the_lamp_follows_over_tcp_and_on_a_bad_line() {
    let office = Office::with(OFFICE);
    let mut phones = office.phones(102);
    let (tcp, lossy) = (phones.remove(0).as_model("watches-by-tcp"), phones.remove(0).as_model("watches-mailbox"));
    tcp.watches_its_mailbox();
    lossy.watches_its_mailbox();
    office.mailbox("102").gets_message("101", secs(8));
    tcp.shows_lamp(1, 0);
    lossy.is_cut();
    office.page_moves("102", 0, Folder::Saved);
    tcp.shows_lamp(0, 1);
    office.wait(secs(3));
    lossy.is_joined().shows_lamp(0, 1);
}

#[test]
fn the_lamp_is_lit_by_a_caller() {
    let (office, desk, watcher) = office();
    let alice = office.phone(101);
    alice.dials("*99102").waits_for_beep().is_recorded();
    office.wait(secs(6));
    alice.hangs_up();
    desk.shows_lamp(1, 0);
    watcher.shows_lamp(1, 0);
    office.mailbox("102").holds(1, 0);
}

#[test]
fn the_lamp_is_lit_for_a_message_that_a_power_cut_ended() {
    let (office, desk, watcher) = office();
    let alice = office.phone(101);
    alice.dials("*99102").waits_for_beep().is_recorded();
    office.wait(secs(6));
    office.restarts();
    office.mailbox("102").holds(1, 0);
    assert!(office.mailbox("102").message().is_cut_off);
    alice.hangs_up();
    desk.registers().shows_lamp(1, 0);
    watcher.refreshes_its_watch();
    office.wait(secs(2));
    watcher.shows_lamp(1, 0);
}
#[test]
fn the_lamp_is_lit_by_a_caller_and_goes_out_when_the_owner_listens() {
    let (office, desk, watcher) = office();
    let alice = office.phone(101);
    alice.dials("*99102").waits_for_beep().is_recorded();
    office.wait(secs(6));
    alice.hangs_up();
    desk.shows_lamp(1, 0);
    watcher.shows_lamp(1, 0);
    watcher.dials("*97").hears_prompt("enter-pin").presses("739116#");
    office.wait(secs(15));
    watcher.presses("2").hears_prompt("saved").shows_lamp(0, 1);
    desk.shows_lamp(0, 1);
    watcher.hangs_up();
}

/// What went out before the box moved is sent again behind what went out then, and its answer finds nobody.
#[test]
fn a_lamp_is_right_in_the_end_though_an_older_word_comes_last() {
    let office = Office::with(OFFICE);
    let bob = office.phones(102).remove(0);
    bob.is_registered();
    office.mailbox("102").gets_message("101", secs(8));
    bob.shows_lamp(1, 0).is_cut();
    office.mailbox("102").gets_message("101", secs(8));
    office.wait(secs(5));
    office.moves_to(&["10.0.0.77"]);
    bob.is_joined().registers();
    office.mailbox("102").gets_message("101", secs(8));
    bob.shows_lamp(3, 0);
    office.wait(secs(60));
    bob.shows_lamp(3, 0);
}
