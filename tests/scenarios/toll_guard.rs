//! The toll guard: what an extension may call outside, how often and when, whoever it has do it; and who is told.

use office::{Carrier, Office, minutes, secs};
use pbx::trunks::Health;

use crate::two_trunks::office;

#[test]
fn channels_and_the_toll_guard_are_kept() {
    let (office, one, two) = office("101 Alice phone\n102 Bob phone\n103 Carol phone");
    office.reloads(|raw| {
        raw.trunks[0].channels = Some(1);
        raw.office.outside_at_once = Some(1);
        raw.office.outside_per_hour = Some(2);
    });
    office.trunk_is("one", Health::Up, "");
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials("0891234567");
    one.rings("+49891234567").answers();
    alice.talks();
    bob.dials("0891234567");
    two.rings("0891234567").answers();
    bob.talks();
    alice.dials("0891234568").shows("403");
    alice.hangs_up();
    alice.dials("0891234568");
    one.rings("+49891234568").answers();
    alice.talks().hangs_up();
    alice.dials("0891234569").shows("403").is_idle();
    bob.hangs_up();
    office.wait(secs(3_600));
    alice.dials("0891234569");
    one.rings("+49891234569").answers();
    alice.talks().hangs_up();
}

#[test]
fn a_restart_gives_nobody_a_new_hour_of_calls() {
    let (office, one, _) = office("101 Alice phone");
    office.reloads(|raw| raw.office.outside_per_hour = Some(2));
    let alice = office.phone(101);
    for number in ["0891234567", "0891234568"] {
        alice.dials(number);
        one.rings(&number.replacen('0', "+49", 1)).answers();
        alice.talks().hangs_up();
    }
    alice.dials("0891234569").shows("403").is_idle();
    office.wait(minutes(10));
    office.restarts();
    office.trunk_is("one", Health::Up, "");
    alice.dials("0891234569").shows("403").is_idle();
    office.until("both refusals are shown, and the calls before", |world| {
        let told = &world.status.tolls[0];
        (told.extension.as_str(), told.refused, told.in_hour) == ("101", 2, 2)
    });
    office.wait(minutes(51));
    alice.dials("0891234569");
    one.rings("+49891234569").answers();
    alice.talks().hangs_up();
}

#[test]
fn nobody_calls_far_at_night_where_the_office_says_so() {
    let (office, one, _) = office("101 Alice phone");
    office.reloads(|raw| {
        raw.office.outside_night = Some("09:00-11:00".to_owned());
        raw.people[0].permission = Some("premium".to_owned());
    });
    let alice = office.phone(101);
    alice.dials("0033123456789").shows("403").is_idle();
    alice.dials("0891234567");
    one.rings("+49891234567").answers();
    alice.talks().hangs_up();
}

#[test]
fn an_extension_may_have_limits_of_its_own() {
    let (office, one, _) = office("101 Alice phone\n102 Bob phone");
    let office = office.with_rows(
        "[office]\noutside_at_once = 1\noutside_night = \"09:00-11:00\"\n\
         [[person]]\nextension = \"101\"\npermission = \"premium\"\noutside_at_night = true\noutside_at_once = 2\n\
         [[person]]\nextension = \"102\"\npermission = \"premium\"\noutside_per_hour = 1\n",
    );
    office.trunk_is("one", Health::Up, "");
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials("0033123456789");
    one.rings("+33123456789").answers();
    alice.talks();
    alice.dials("0891234567");
    one.rings("+49891234567").answers();
    office.until("both are up", |world| world.status.trunks[0].calls == 2);
    bob.dials("0033123456789").shows("403").is_idle();
    office.last_story_says("international call, which 102 may not make at this hour");
    bob.dials("0891234568");
    one.rings("+49891234568").answers();
    bob.talks().hangs_up();
    bob.dials("0891234569").shows("403").is_idle();
    office.last_story_says("102 has begun 1 calls to the outside within an hour");
    alice.hangs_up();
    alice.hangs_up();
}

/// Alice may call everywhere, Bob in the country alone, and Carol nowhere outside.
fn unequal(carol: &str) -> (Office, Carrier, Carrier) {
    let (office, one, two) = office("101 Alice phone\n102 Bob phone\n103 Carol phone");
    let rows = format!(
        "[[person]]\nextension = \"101\"\npermission = \"premium\"\n\
         [[person]]\nextension = \"103\"\npermission = \"internal\"\n{carol}"
    );
    (office.with_rows(&rows), one, two)
}

#[test]
fn whoever_sends_a_call_on_pays_for_it_and_must_be_permitted_to() {
    // By the phone's own answer to a call.
    let (office, one, _) = unequal("");
    let (alice, bob) = (office.phone(101), office.phone(102).as_model("redirects-to-0033123456789"));
    bob.is_registered();
    alice.dials("102").shows("403").is_idle();
    office.last_story_says("international call, and 102 may make national calls only");
    assert!(one.peer().calls.is_empty());
    // By what is switched on, for a caller who may.
    let (office, one, _) = unequal("diversions = [{ kind = \"always\", to = \"number 0891234567\" }]\n");
    let alice = office.phone(101);
    alice.dials("103");
    office.wait(secs(5));
    alice.is_idle();
    office.last_story_says("and 103 may make internal calls only");
    assert!(one.peer().calls.is_empty());
    let refused = office.status().tolls.clone();
    assert_eq!((refused.len(), refused[0].extension.as_str(), refused[0].refused), (1, "103", 1));
    // And who may has it paid, whoever calls.
    let (office, one, _) = unequal("");
    let (carol, alice) = (office.phone(103), office.phone(101).as_model("redirects-to-0033123456789"));
    alice.is_registered();
    carol.dials("101");
    one.rings("+33123456789").answers();
    carol.talks().hangs_up();
}

#[test]
fn a_transfer_to_the_outside_is_judged_by_who_transfers() {
    let (office, one, _) = unequal("");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    bob.transfers_to("0033123456789");
    office.wait(secs(2));
    bob.talks_to(&alice);
    office.last_story_says("102 wanted to pass the call on to 0033123456789, which was refused: not allowed");
    assert!(one.peer().calls.is_empty());
    assert_eq!(office.status().tolls[0].extension, "102");
    // The other way round it goes, and counts for who has passed it on for as long as it lasts.
    alice.transfers_to("0033123456789");
    one.rings("+33123456789").answers();
    alice.is_idle();
    bob.talks();
    office.reloads(|raw| raw.office.outside_at_once = Some(1));
    alice.dials("0891234567").shows("403").is_idle();
    bob.hangs_up();
    alice.dials("0891234567");
    one.rings("+49891234567").answers();
    alice.talks().hangs_up();
}

#[test]
fn a_carrier_that_sends_our_call_on_makes_it_no_call_of_ours() {
    let (office, one, two) = unequal("");
    let bob = office.phone(102);
    one.set(|peer| {
        peer.refuses.insert("+49891234567".to_owned(), 302);
    });
    bob.dials("0891234567");
    // A trunk that wants the call elsewhere has not taken it.
    two.rings("0891234567").answers();
    bob.talks().hangs_up();
    assert!(one.peer().calls.is_empty(), "nobody is called elsewhere");
    assert_eq!(office.status().tolls, []);
}

#[test]
fn people_are_told_of_a_phone_that_calls_where_it_may_not() {
    let (office, _, _) = office("101 Alice phone");
    let alice = office.phone(101);
    alice.is_registered();
    for call in 1..=7 {
        assert_eq!(office.alerts().len(), usize::from(call > 5));
        alice.dials("0033123456789").shows("403").is_idle();
        office.wait(secs(1));
    }
    let told = office.alerts().concat();
    assert!(told.contains("5 calls of 101 to the outside were refused, the last one to 0033123456789"), "{told}");
    let row = office.status().tolls[0].clone();
    assert_eq!((row.refused, row.number.as_str(), row.in_hour), (7, "0033123456789", 0));
    // Another day, another word.
    office.wait(minutes(61));
    for _ in 0..5 {
        alice.dials("0033123456789").shows("403").is_idle();
        office.wait(secs(1));
    }
    assert_eq!(office.alerts().len(), 2);
}

#[test]
fn one_call_too_many_is_told_at_once_and_a_call_for_help_is_none() {
    let (office, one, _) = office("101 Alice phone");
    office.reloads(|raw| raw.office.outside_per_hour = Some(1));
    office.trunk_is("one", Health::Up, "");
    let alice = office.phone(101);
    alice.dials("0891234567");
    one.rings("+49891234567").answers();
    alice.talks().hangs_up();
    alice.dials("0891234567").shows("403").is_idle();
    office.wait(secs(1));
    assert!(office.alerts().concat().contains("a call of 101 to the outside was refused, to +49891234567"));
    alice.dials("112");
    one.rings("112").answers();
    alice.talks().hangs_up();
}

#[test]
fn the_last_call_of_the_hour_may_go_out_by_the_next_trunk() {
    let (office, one, two) = office("101 Alice phone");
    office.reloads(|raw| raw.office.outside_per_hour = Some(1));
    office.trunk_is("one", Health::Up, "").trunk_is("two", Health::Up, "");
    one.set(|peer| {
        peer.refuses.insert("+49891234567".to_owned(), 503);
    });
    let alice = office.phone(101);
    alice.dials("0891234567");
    two.rings("0891234567").answers();
    alice.talks().hangs_up();
}
