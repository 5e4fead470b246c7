//! Codes keyed during a call: asking somebody else while the other party waits, all three together, and passing a call on unasked; for
//! phones without keys for that (F163).

use office::{Office, Phone, Stage, expect, secs};

use crate::two_trunks::office as outside;

const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phone
    103 Carol  phone, ring 10 s
    104 Dave   no phone
    105 Erin   phone, ring 10 s, voicemail
    106 Frank  phone
";

/// Alice has called Bob, who has answered; Carol's phone is there.
fn alice_calls_bob() -> (Office, Phone, Phone, Phone) {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    (office, alice, bob, carol)
}

#[test]
fn f163_the_callee_asks_somebody_and_connects_the_two_by_hanging_up() {
    let (office, alice, bob, carol) = alice_calls_bob();
    bob.presses("*2").hears_prompt("transfer-to");
    alice.hears("music");
    bob.presses("103#").hears("ringback");
    carol.rings_from("102").answers().talks_to(&bob);
    alice.hears("music");
    office.wait(secs(5));
    bob.hangs_up();
    carol.talks_to(&alice);
    alice.shows_party("103");
    carol.shows_party("101").hangs_up();
    alice.is_idle();
    office.wait(secs(1));
    office.calls_are(expect!["10:00 101 -> 102, 102a rang, 102a answered, 102 asks 103, 103a rang, 103a answered, 102 transferred to 103: hung up after 5 s"]);
    expect![[r#"
        101 dialled 102 on phone 101a (10.0.0.10:5060), configuration revision 1
        102 is the extension of Bob
        its phone is registered
        it was busy
        the call was refused
        nobody answered
        no phone could be reached
        no codec is shared
        step 1 begins
        leg 2: phone 102a is called at sip:102a@10.0.0.11:5060
        leg 2: rings
        leg 2: answered, PCMA
        102 calls 103 to ask, while 101 waits
        103 is the extension of Carol
        its phone is registered
        it was busy
        the call was refused
        nobody answered
        no phone could be reached
        no codec is shared
        step 1 begins
        leg 3: phone 103a is called at sip:103a@10.0.0.12:5060
        leg 3: rings
        leg 3: answered, PCMU
        102 transferred the call to 103
        leg 2: ended
        leg 2: received 250 packets (0 lost, jitter 0.0 ms), sent 250
        leg 3: ended
        leg 1: ended
        over: 103 hung up
        leg 3: received 250 packets (0 lost, jitter 0.0 ms), sent 250
        leg 1: received 250 packets (0 lost, jitter 0.0 ms), sent 250"#]]
    .assert_eq(&office.tells(1));
}

#[test]
fn f163_the_caller_asks_and_is_back_with_who_waits() {
    for goes in ["*0#", "hangs up"] {
        let (office, alice, bob, carol) = alice_calls_bob();
        alice.presses("*2103#");
        carol.rings_from("101").answers().talks_to(&alice);
        bob.hears("music");
        if goes == "*0#" {
            alice.presses("*0#");
        } else {
            carol.hangs_up();
        }
        alice.talks_to(&bob).shows_party("102");
        carol.is_idle();
        bob.hangs_up();
        alice.is_idle();
        office.wait(secs(1));
        assert!(office.tells(1).contains("101 goes on with 102, who waited"), "{}", office.tells(1));
    }
}

#[test]
fn f163_who_is_asked_and_does_not_answer_gives_the_call_back() {
    for (number, heard) in [("103#", "ringback"), ("104#", "congestion"), ("999#", "special information")] {
        let (office, alice, bob, _carol) = alice_calls_bob();
        bob.presses("*2").presses(number);
        bob.hears(heard);
        office.wait(secs(13));
        bob.talks_to(&alice);
        alice.hangs_up();
        bob.is_idle();
    }
}

#[test]
fn f163_all_three_talk_and_whoever_leaves_lets_the_others_go_on() {
    for leaves in ["who asked", "who waited", "who was asked", "who asked drops the last"] {
        let (office, alice, bob, carol) = alice_calls_bob();
        bob.presses("*2103#");
        carol.answers().talks_to(&bob);
        bob.presses("*2").hears("101a and 103a");
        alice.hears("102a and 103a");
        carol.hears("101a and 102a");
        office.wait(secs(20));
        let (one, other) = match leaves {
            "who asked" => {
                bob.hangs_up();
                (&alice, &carol)
            }
            "who waited" => {
                alice.hangs_up();
                (&bob, &carol)
            }
            "who was asked" => {
                carol.hangs_up();
                (&alice, &bob)
            }
            _ => {
                bob.presses("*0#");
                carol.is_idle();
                (&alice, &bob)
            }
        };
        one.talks_to(other);
        one.hangs_up();
        other.is_idle();
        office.wait(secs(1));
        assert!(office.tells(1).contains("102, 101 and 103 talk together"), "{leaves}: {}", office.tells(1));
    }
}

#[test]
fn f163_keys_are_told_to_both_others_and_who_holds_hears_nothing() {
    let (_office, alice, bob, carol) = alice_calls_bob();
    bob.presses("*2103#");
    carol.answers().talks_to(&bob);
    bob.presses("*2").hears("101a and 103a");
    alice.presses("5").hears("102a and 103a");
    bob.hears_keys("5");
    // Those of the code went to whom it talked to.
    carol.hears_keys("*25");
    carol.holds();
    bob.hears("101a");
    alice.hears("102a");
    carol.resumes().hears("101a and 102a");
    bob.hears("101a and 103a");
}

#[test]
fn f163_who_was_kept_waiting_by_the_asked_party_hears_the_others_once_all_three_talk() {
    let (_office, alice, bob, carol) = alice_calls_bob();
    bob.presses("*2103#");
    carol.answers().talks_to(&bob);
    carol.holds();
    bob.hears("music");
    bob.presses("*2").hears("101a");
    alice.hears("102a");
    carol.resumes().hears("101a and 102a");
    bob.hears("101a and 103a");
}

#[test]
fn f163_a_call_is_passed_on_unasked() {
    let (office, alice, bob, carol) = alice_calls_bob();
    bob.presses("##").hears_prompt("transfer-to");
    alice.hears("music");
    bob.presses("103#").is_idle();
    alice.hears("ringback");
    carol.rings_from("101").answers().talks_to(&alice);
    alice.shows_party("103").hangs_up();
    carol.is_idle();
    office.wait(secs(1));
    office.calls_are(expect!["10:00 101 -> 102, 102a rang, 102a answered, 102 transfers to 103, 103a rang, 103a answered, 102 transferred to 103: hung up after 0 s"]);
}

#[test]
fn f163_what_is_passed_on_unasked_and_not_answered_comes_back() {
    let (office, alice, bob, carol) = alice_calls_bob();
    bob.presses("##103#").is_idle();
    carol.rings_from("101");
    office.wait(secs(11));
    carol.is_idle();
    bob.rings_from("101").answers().talks_to(&alice);
}

#[test]
fn f163_a_number_that_is_none_is_asked_for_again_and_then_given_up() {
    let (office, alice, bob, carol) = alice_calls_bob();
    for _ in 0..2 {
        bob.presses("##");
        bob.hears_prompt("transfer-to").presses("999#").hears_prompt("no-such-number");
        bob.presses("911#").hears_prompt("number-not-allowed").presses("*0#").talks_to(&alice);
    }
    bob.presses("##").presses("999#").presses("999#").presses("999#").talks_to(&alice);
    // Nobody keys anything.
    bob.presses("*2");
    office.wait(secs(25));
    bob.talks_to(&alice);
    carol.is_idle();
    alice.hangs_up();
    bob.is_idle();
    office.wait(secs(1));
    assert!(office.tells(1).contains("102 wanted to pass the call on to 999"), "{}", office.tells(1));
}

#[test]
fn f163_who_hangs_up_behind_the_number_has_keyed_it() {
    for code in ["##", "*2"] {
        let (_office, alice, bob, carol) = alice_calls_bob();
        bob.presses(code).presses("103").hangs_up();
        carol.rings_from("101").answers().talks_to(&alice);
        let (_office, alice, bob, _carol) = alice_calls_bob();
        bob.presses(code).presses("999").hangs_up();
        bob.rings_from("101").answers().talks_to(&alice);
        let (_office, alice, bob, _carol) = alice_calls_bob();
        bob.presses(code).hangs_up();
        alice.is_idle();
    }
}

#[test]
fn f163_who_hangs_up_while_it_rings_has_passed_it_on() {
    let (office, alice, bob, carol) = alice_calls_bob();
    bob.presses("*2103#");
    carol.rings_from("102");
    bob.hangs_up();
    alice.hears("ringback");
    office.wait(secs(1));
    carol.answers().talks_to(&alice);
    alice.shows_party("103");
    let (office, alice, bob, carol) = alice_calls_bob();
    bob.presses("*2103#");
    carol.rings_from("102");
    bob.hangs_up();
    office.wait(secs(11));
    bob.rings_from("101").answers().talks_to(&alice);
}

#[test]
fn f163_who_waits_may_hang_up_and_the_rest_goes_on() {
    let (office, alice, bob, carol) = alice_calls_bob();
    bob.presses("*2103#");
    carol.rings_from("102");
    alice.hangs_up();
    carol.answers().talks_to(&bob);
    bob.hangs_up();
    carol.is_idle();
    office.wait(secs(1));
    assert!(office.tells(1).contains("101 waited no longer"), "{}", office.tells(1));
    let (_office, alice, bob, _carol) = alice_calls_bob();
    bob.presses("*2");
    alice.hangs_up();
    bob.is_idle();
}

#[test]
fn f163_a_call_is_parked_by_keys() {
    for code in ["##", "*2"] {
        let (office, alice, bob, carol) = alice_calls_bob();
        bob.presses(code).presses("*88#").hears_prompt("parked-on");
        alice.hears("music");
        if code == "*2" {
            bob.hangs_up();
        }
        office.wait(secs(10));
        bob.is_idle();
        carol.dials("*851").talks_to(&alice);
    }
}

#[test]
fn f163_who_asks_may_take_no_other_call_meanwhile() {
    let (_office, alice, bob, carol) = alice_calls_bob();
    bob.presses("*2*8#").talks_to(&alice);
    bob.presses("*2*851#").talks_to(&alice);
    alice.hangs_up();
    bob.is_idle();
    carol.is_idle();
}

#[test]
fn f163_who_asks_somebody_without_an_answer_leaves_a_message_and_is_back() {
    let (office, alice, bob, _carol) = alice_calls_bob();
    let erin = office.phone(105);
    bob.presses("*2105#");
    erin.rings_from("102");
    bob.waits_for_beep().is_recorded();
    office.wait(secs(5));
    alice.hears("music");
    bob.hangs_up();
    erin.is_idle();
    office.wait(secs(5));
    bob.rings_from("101").answers().talks_to(&alice);
    erin.shows_lamp(1, 0);
}

#[test]
fn f163_a_phone_that_sends_its_keys_by_info_has_the_codes_too() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102).as_model("keys-by-info-alone");
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    bob.presses("*2103#");
    carol.answers().talks_to(&bob);
    bob.presses("*2").hears("101a and 103a");
    bob.presses("*0#").talks_to(&alice);
}

#[test]
fn f163_keys_that_are_slow_or_something_else_are_no_code() {
    let (office, alice, bob, _carol) = alice_calls_bob();
    for keys in ["*", "2", "#", "1", "#"] {
        bob.presses(keys);
        office.wait(secs(2));
    }
    bob.presses("#1#2*1*4").talks_to(&alice);
    // The code may come behind other keys.
    bob.presses("7**2").hears_prompt("transfer-to");
}

#[test]
fn f163_the_codes_can_be_switched_off_and_are_nothing_that_is_dialled() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    office.reloads(|raw| {
        for feature in ["attended_transfer", "blind_transfer", "drop"] {
            let feature = Some(feature.to_owned());
            raw.feature_codes.push(config::RawFeatureCode { feature, enabled: Some(false), ..Default::default() });
        }
    });
    bob.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    bob.presses("*2##*0#").talks_to(&alice);
    bob.hangs_up();
    alice.is_idle().dials("*2").hears("special information");
}

#[test]
fn f163_a_caller_from_outside_waits_and_is_put_through_and_has_no_codes() {
    let (office, one, _) = outside("101 Alice phone\n102 Bob phone");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    one.calls("+49891234567", "+4930123451");
    alice.rings_from("0891234567").answers();
    one.is_at(Stage::Talks);
    alice.presses("*2").hears_prompt("transfer-to");
    one.hears("music");
    alice.presses("102#");
    bob.rings_from("101").answers().talks_to(&alice);
    alice.hangs_up();
    bob.shows_party("0891234567");
    bob.talks();
    one.presses('*').presses('2').is_at(Stage::Talks).hangs_up();
    bob.is_idle();
}

#[test]
fn f163_a_transfer_by_the_phone_itself_is_refused_while_somebody_waits() {
    let (_office, alice, bob, carol) = alice_calls_bob();
    bob.presses("*2103#");
    carol.answers().talks_to(&bob);
    carol.transfers_to("106").is_told(&[]);
    bob.talks_to(&carol);
    alice.hears("music");
}

#[test]
fn f163_the_power_goes_at_any_of_three_desks() {
    for gone in [101, 102, 103] {
        let (office, alice, bob, carol) = alice_calls_bob();
        bob.presses("*2103#");
        carol.answers().talks_to(&bob);
        office.phone(gone).loses_power();
        office.wait(secs(180));
        office.until("the call has noticed", |world| world.status.calls.len() <= 1);
        let rest = [(101, &alice), (102, &bob), (103, &carol)].map(|(number, phone)| (number != gone).then_some(phone));
        for phone in rest.into_iter().flatten() {
            phone.hangs_up_if_in_a_call();
        }
    }
}
