//! Transfers: blind, attended and half-way, by either party, back when nobody takes the call, and over to another desk.

use office::{Model, Office, Phone, Stage, expect, far_away, losing, secs};

use crate::two_trunks::office as outside;

/// Five people with a phone each, one of them with a mailbox, and one without a phone.
const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phones 2, ring 15 s
    103 Carol  phone, ring 10 s
    104 Dave   no phone
    105 Erin   phone, ring 10 s, voicemail
    106 Frank  phone
";

/// Alice has called Bob, who has answered, on a phone of this model.
fn alice_calls_bob(model: &str) -> (Office, Phone, Phone, Phone) {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102).as_model(model));
    let carol = office.phone(103);
    carol.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    (office, alice, bob, carol)
}

#[test]
fn the_callee_transfers_blind() {
    let (office, alice, bob, carol) = alice_calls_bob("desk");
    bob.transfers_to("103");
    carol.rings_from("101");
    alice.hears("ringback");
    carol.answers().talks_to(&alice);
    bob.is_idle().is_told(&[100, 180, 200]);
    alice.shows_party("103");
    carol.shows_party("101");
    office.wait(secs(7));
    alice.hangs_up();
    carol.is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 102, 102a rang, 102a answered, 102 transfers to 103, 103a rang, 103a answered, 102 transferred to 103: hung up after 7 s"#]]);
}

#[test]
fn the_caller_transfers_blind() {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    bob.dials("101");
    alice.answers().talks_to(&bob);
    bob.transfers_to("103");
    carol.rings_from("101").answers().talks_to(&alice);
    bob.is_idle().is_told(&[100, 180, 200]);
    alice.shows_party("103");
    carol.hangs_up();
    alice.is_idle();
}

#[test]
fn a_call_is_transferred_again_and_again() {
    let (office, alice, bob, carol) = alice_calls_bob("desk");
    let frank = office.phone(106);
    frank.is_registered();
    for (from, to, number) in [(&bob, &carol, "103"), (&carol, &frank, "106"), (&frank, &bob, "102")] {
        from.transfers_to(number);
        to.answers().talks_to(&alice);
        from.is_idle();
        alice.shows_party(number);
    }
    alice.transfers_to("103");
    carol.rings_from("102").answers().talks_to(&bob);
    alice.is_idle();
    assert!(office.status().calls.len() <= 1);
}

#[test]
fn every_kind_of_phone_transfers() {
    for (model, told) in [
        ("hangs-up-on-202", &[100][..]),
        ("never-hangs-up", &[100, 180, 200]),
        ("refers-unwatched", &[]),
        ("no-update", &[100, 180, 200]),
        ("tcp", &[100, 180, 200]),
        ("compact-headers", &[100, 180, 200]),
        ("delayed-offer", &[100, 180, 200]),
    ] {
        let (_office, alice, bob, carol) = alice_calls_bob(model);
        bob.transfers_to("103");
        carol.answers().talks_to(&alice);
        bob.is_idle();
        if model != "hangs-up-on-202" {
            bob.is_told(told);
        }
        alice.shows_party("103");
    }
}

#[test]
fn a_phone_without_update_is_told_by_an_offer_whom_it_talks_to() {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101).as_model("no-update"), office.phone(102), office.phone(103));
    carol.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    bob.transfers_to("103");
    carol.answers().talks_to(&alice);
    alice.shows_party("103").holds().is_on_hold();
    carol.is_kept_waiting();
    alice.resumes().talks_to(&carol);
}

#[test]
fn after_a_transfer_each_display_names_who_is_really_there() {
    for model in ["desk", "no-update", "shows-remote-party"] {
        let office = Office::with(OFFICE);
        let (alice, bob) = (office.phone(101).as_model(model), office.phone(102));
        let carol = office.phone(103).as_model(model);
        carol.is_registered();
        alice.dials("102");
        bob.answers().talks_to(&alice).holds();
        bob.dials("103");
        carol.answers().talks_to(&bob).shows_party("102");
        bob.connects_them();
        carol.talks_to(&alice).shows_party("101");
        alice.shows_party("103").hangs_up();
        carol.is_idle();
    }
}

#[test]
fn a_hold_that_meets_the_new_name_on_its_way_succeeds() {
    // Who tries again first is up to chance (RFC 3261 §14.1), and in some the box gives way for good.
    (0..24).for_each(a_hold_meets_the_new_name);
}

fn a_hold_meets_the_new_name(seed: u64) {
    let office = Office::with(OFFICE).seed(seed);
    let (alice, bob, carol) = (office.phone(101).as_model("no-update"), office.phone(102), office.phone(103));
    office.wire(101, far_away());
    carol.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    bob.transfers_to("103");
    carol.rings().answers();
    alice.presses_hold();
    office.wait(secs(12));
    alice.is_on_hold();
    alice.shows_party("103");
    carol.is_kept_waiting();
    alice.resumes().talks_to(&carol);
}

#[test]
fn a_target_that_is_busy_gives_the_call_back() {
    let (office, alice, bob, carol) = alice_calls_bob("desk");
    let carol = carol.changed(Model::named("do-not-disturb"));
    carol.is_registered();
    bob.holds().transfers_to("103").is_told(&[100, 486]);
    bob.resumes().talks_to(&alice);
    bob.shows("transfer failed: 486").hangs_up();
    alice.is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 102, 102a rang, 102a answered, held, 102 transfers to 103, busy, back to 102, resumed: hung up after 0 s"#]]);
}

#[test]
fn a_target_that_does_not_answer_gives_the_call_back() {
    let (office, alice, bob, carol) = alice_calls_bob("desk");
    bob.transfers_to("103");
    carol.rings();
    office.wait(secs(11));
    bob.is_told(&[100, 180, 480]).talks_to(&alice);
    carol.is_idle().shows("missed call");
}

#[test]
fn a_transferor_who_has_hung_up_is_rung_back() {
    let (office, alice, bob, carol) = alice_calls_bob("hangs-up-on-202");
    bob.transfers_to("103").is_idle();
    carol.rings_from("101").declines();
    alice.hears("ringback");
    bob.rings_from("101").answers().talks_to(&alice);
    office.calls_are(expect![[r#"10:00 101 -> 102, 102a rang, 102a answered, 102 transfers to 103, 103a rang, declined, back to 102, 102a rang, 102a answered"#]]);
}

#[test]
fn nobody_takes_the_call_not_even_the_transferor() {
    let (office, alice, bob, carol) = alice_calls_bob("hangs-up-on-202");
    bob.transfers_to("103").is_idle();
    carol.declines();
    bob.rings();
    office.wait(secs(16));
    bob.is_idle();
    alice.hears("congestion");
    office.wait(secs(10));
    alice.is_idle();
}

#[test]
fn a_call_that_is_transferred_to_somebody_with_a_mailbox_comes_to_it() {
    let (office, alice, bob, _) = alice_calls_bob("desk");
    let erin = office.phone(105);
    erin.is_registered();
    bob.transfers_to("105");
    erin.rings();
    office.wait(secs(11));
    bob.is_idle().is_told(&[100, 180, 200]);
    alice.waits_for_beep();
    office.wait(secs(5));
    alice.hangs_up();
}

#[test]
fn a_call_is_transferred_to_a_feature_code() {
    let (office, alice, bob, _) = alice_calls_bob("desk");
    bob.transfers_to("*43").is_idle().is_told(&[100, 200]);
    office.wait(secs(10));
    alice.hears("own voice").hangs_up();
}

#[test]
fn a_number_that_is_none_is_refused_and_the_call_goes_on() {
    for (number, status) in [("999", 404), ("112", 403)] {
        let (office, alice, bob, _) = alice_calls_bob("desk");
        bob.transfers_to(number).shows(&format!("transfer failed: {status}")).talks_to(&alice);
        assert!(office.alerts().is_empty());
        office.wait(secs(1));
        assert!(office.story(1).contains("TransferRefused"), "{}", office.story(1));
    }
}

#[test]
fn an_extension_without_a_phone_gives_the_call_back() {
    let (_office, alice, bob, _) = alice_calls_bob("desk");
    bob.transfers_to("104").is_told(&[100, 480]).talks_to(&alice);
}

#[test]
fn a_party_that_is_transferred_to_itself_stays_where_it_is() {
    let (_office, alice, bob, _) = alice_calls_bob("desk");
    bob.transfers_to("101").is_told(&[100, 480]).talks_to(&alice);
    bob.transfers_to("102");
    bob.rings_from("101").hangs_up();
}

#[test]
fn a_second_wish_waits_for_the_first() {
    let (_office, alice, bob, carol) = alice_calls_bob("desk");
    bob.transfers_to("103");
    carol.rings();
    bob.transfers_to("106").shows("transfer failed: 491");
    carol.answers().talks_to(&alice);
    bob.is_idle();
}

#[test]
fn a_call_with_the_box_cannot_be_transferred() {
    let office = Office::with(OFFICE);
    let (alice, erin) = (office.phone(101), office.phone(105).changed(Model::named("do-not-disturb")));
    office.phone(103).is_registered();
    alice.dials("*43").hears("own voice").transfers_to("103").shows("transfer failed: 403").hangs_up();
    erin.is_registered();
    alice.dials("105").waits_for_beep().transfers_to("103").shows("transfer failed: 403").hangs_up();
}

#[test]
fn the_transferor_hangs_up_at_every_moment() {
    for after_ms in [0, 1, 2, 3, 4, 5, 10, 500, 2_000] {
        let (office, alice, bob, carol) = alice_calls_bob("desk");
        bob.transfers_to("103");
        office.wait(std::time::Duration::from_millis(after_ms));
        bob.hangs_up().is_idle();
        if after_ms == 0 {
            // The BYE may be there first; then the call is over.
            office.wait(secs(1));
            carol.answers_if_it_rings();
            continue;
        }
        carol.answers().talks_to(&alice);
    }
}

#[test]
fn the_target_answers_while_the_transferor_hangs_up() {
    let (office, alice, bob, carol) = alice_calls_bob("desk");
    office.wire(102, far_away());
    bob.transfers_to("103");
    carol.rings().answers();
    bob.hangs_up().is_idle();
    carol.talks_to(&alice);
}

#[test]
fn the_party_that_is_transferred_gives_up() {
    let (office, alice, bob, carol) = alice_calls_bob("desk");
    bob.transfers_to("103");
    carol.rings();
    alice.hangs_up();
    carol.is_idle();
    bob.is_idle().is_told(&[100, 180, 487]);
    office.calls_are(expect![[
        r#"10:00 101 -> 102, 102a rang, 102a answered, 102 transfers to 103, 103a rang: cancelled after 0 s"#
    ]]);
}

#[test]
fn transfers_work_on_lines_that_lose_a_fifth() {
    for seed in 1..6 {
        let office = Office::with(OFFICE).seed(seed);
        let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
        carol.is_registered();
        alice.dials("102");
        bob.answers().talks_to(&alice);
        [101, 102, 103].into_iter().for_each(|extension| office.wire(extension, losing(20)));
        bob.transfers_to("103");
        office.wait(secs(5));
        carol.answers_if_it_rings();
        office.wait(secs(40));
        bob.is_idle();
    }
}

/// Bob has two calls: Alice's, whom he holds, and one with Carol, whom he asks first.
fn bob_asks_carol(model: &str, alice_is_caller: bool, bob_is_caller: bool) -> (Office, Phone, Phone, Phone) {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102).as_model(model));
    let carol = office.phone(103);
    carol.is_registered();
    if alice_is_caller {
        alice.dials("102");
        bob.answers().talks_to(&alice);
    } else {
        bob.dials("101");
        alice.answers().talks_to(&bob);
    }
    bob.holds();
    if bob_is_caller {
        bob.dials("103");
        carol.answers().talks_to(&bob);
    } else {
        carol.dials("102");
        bob.answers().talks_to(&carol);
    }
    (office, alice, bob, carol)
}

#[test]
fn an_attended_transfer_connects_the_others_in_every_direction() {
    for number in 0..8 {
        let (alice_is_caller, bob_is_caller, is_reverse) = (number & 1 == 0, number & 2 == 0, number & 4 == 0);
        let (office, alice, bob, carol) = bob_asks_carol("desk", alice_is_caller, bob_is_caller);
        if is_reverse {
            bob.connects_them_the_other_way()
        } else {
            bob.connects_them()
        };
        alice.talks_to(&carol);
        bob.is_idle().is_told(&[200]);
        alice.shows_party("103");
        carol.shows_party("101");
        office.wait(secs(3));
        carol.hangs_up();
        alice.is_idle();
        office.wait(secs(1));
        let (first, second) = if is_reverse { (2, 1) } else { (1, 2) };
        assert!(office.story(first).contains(&format!("Joined {{ call: CallId({second})")), "{}", office.story(first));
        assert!(office.story(second).contains("cause: Transferred"), "{}", office.story(second));
    }
}

#[test]
fn the_log_of_an_attended_transfer_names_both_calls() {
    let (office, alice, bob, carol) = bob_asks_carol("desk", true, true);
    bob.connects_them();
    alice.talks_to(&carol);
    office.wait(secs(4));
    alice.hangs_up();
    carol.is_idle();
    office.calls_are(expect![[r#"
        10:00 101 -> 102, 102a rang, 102a answered, held, 103 comes from call 2, 102 transferred to 103: hung up after 4 s
        10:00 102 -> 103, 103a rang, 103a answered: transferred after 0 s"#]]);
}

#[test]
fn every_kind_of_phone_transfers_with_a_word_before() {
    for model in ["hangs-up-on-202", "never-hangs-up", "refers-unwatched", "tcp", "inactive-hold", "compact-headers"] {
        let (_office, alice, bob, carol) = bob_asks_carol(model, true, true);
        bob.connects_them();
        alice.talks_to(&carol);
        bob.is_idle();
    }
}

#[test]
fn the_one_who_connected_them_may_be_called_again_at_once() {
    let (office, alice, bob, carol) = bob_asks_carol("one-line", true, true);
    drop((alice, carol));
    bob.connects_them().is_idle();
    let frank = office.phone(106);
    frank.dials("102");
    bob.rings_from("106");
}

#[test]
fn a_transfer_while_the_other_still_rings_goes_on_ringing() {
    for is_answered in [true, false] {
        let office = Office::with(OFFICE);
        let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
        carol.is_registered();
        alice.dials("102");
        bob.answers().talks_to(&alice);
        bob.holds().dials("103").hears_ringback();
        carol.rings_from("102");
        bob.connects_them();
        alice.hears("ringback");
        if is_answered {
            carol.answers().talks_to(&alice);
            bob.is_idle().is_told(&[180, 200]);
            carol.shows_party("101");
            alice.shows_party("103");
        } else {
            office.wait(secs(11));
            carol.is_idle();
            bob.is_told(&[180, 480]).resumes().talks_to(&alice);
        }
    }
}

#[test]
fn a_call_with_the_box_cannot_be_the_other_one() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials("102");
    bob.answers().talks_to(&alice);
    bob.holds().dials("*43").hears("own voice").connects_them().shows("transfer failed: 603");
    bob.hangs_up();
    bob.resumes().talks_to(&alice);
}

#[test]
fn a_call_moves_to_another_phone_of_the_same_person() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    bobs[1].is_registered();
    alice.dials("102");
    bobs[0].answers().talks_to(&alice);
    bobs[1].takes_over_from(&bobs[0]).talks_to(&alice);
    bobs[0].is_idle();
    bobs[1].hangs_up();
    alice.is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 102, 102a rang, 102a answered, 102b takes over: hung up after 0 s"#]]);
}

#[test]
fn what_rings_at_one_phone_is_answered_at_another_of_the_same_person() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phones(102));
    let third = office.another_device(102);
    alice.dials("102");
    bob[0].rings();
    bob[1].rings();
    third.takes_over_from(&bob[0]).talks_to(&alice);
    bob[0].is_idle().shows("answered elsewhere");
}

#[test]
fn nobody_takes_a_call_that_is_not_theirs() {
    let (office, alice, bob, carol) = alice_calls_bob("desk");
    carol.takes_over_from(&bob).shows("403 Forbidden");
    alice.talks_to(&bob);
    drop(office);
}

#[test]
fn a_panic_at_any_step_of_a_transfer_leaves_nothing() {
    for at in 1..=10 {
        for is_attended in [true, false] {
            let (office, alice, bob, carol) =
                if is_attended { bob_asks_carol("desk", true, true) } else { alice_calls_bob("desk") };
            office.injects_panic(at);
            if is_attended {
                bob.connects_them()
            } else {
                bob.transfers_to("103")
            };
            office.wait(secs(2));
            carol.answers_if_it_rings();
            office.wait(secs(2));
            [&alice, &bob, &carol].into_iter().for_each(|phone| {
                phone.hangs_up_if_in_a_call();
            });
            office.wait(secs(60));
            office.errors();
            office.is_quiet();
        }
    }
}

#[test]
fn a_caller_from_outside_goes_back_to_a_transferor_who_has_hung_up() {
    let (office, one, _) = outside("101 Alice phone\n102 Bob phone, ring 10 s");
    let (alice, bob) = (office.phone(101).as_model("hangs-up-on-202"), office.phone(102));
    alice.is_registered();
    bob.is_registered();
    one.calls("+49891234567", "+4930123451");
    alice.rings().answers();
    one.is_at(Stage::Talks);
    alice.transfers_to("102").is_idle();
    bob.rings().declines();
    alice.rings_from("0891234567").answers();
    one.is_at(Stage::Talks);
    one.hangs_up();
    alice.is_idle();
}

#[test]
fn whoever_is_connected_with_a_caller_from_outside_sees_who_that_is() {
    let (office, one, _) = outside("101 Alice phone\n102 Bob phone, ring 10 s");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.is_registered();
    one.calls("+49891234567", "+4930123451");
    alice.rings().answers();
    one.is_at(Stage::Talks);
    alice.holds().dials("102");
    bob.answers().talks_to(&alice);
    alice.connects_them().is_idle();
    bob.shows_party("0891234567").hangs_up();
}
