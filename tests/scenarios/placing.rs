//! Calls that people have the box place for them: their own phones ring first.

use office::{Office, Phone, Stage, expect, secs};
use pbx::events::Cause;
use pbx::output::Reply;
use pbx::placed::Unplaced;

use crate::two_trunks;

const OFFICE: &str = "
    101 Alice  phones 2
    102 Bob    phone, ring 10 s, offers
    103 Carol  phone, no call waiting
    country DE
";

fn office() -> (Office, Vec<Phone>, Phone, Phone) {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phones(101), office.phone(102), office.phone(103));
    for phone in [&alice[0], &alice[1], &bob, &carol] {
        phone.is_registered();
    }
    (office, alice, bob, carol)
}

#[track_caller]
fn is_placed(reply: &Reply) {
    assert!(matches!(reply, Reply::Placed(_)), "{reply:?}");
}

#[test]
fn f77_own_phones_ring_and_whoever_answers_is_connected() {
    let (office, alice, bob, _) = office();
    is_placed(&office.places("101", None, "102"));
    alice[0].rings_as_from("Call to Bob");
    alice[1].rings_as_from("Call to Bob");
    bob.is_idle();
    office.until("the page shows that it rings here", |world| {
        world.status.calls.first().is_some_and(|call| call.state == "placing")
    });
    alice[1].answers().hears("ringback");
    alice[0].is_idle();
    office.until("the page shows that it rings there", |world| {
        world.status.calls.first().is_some_and(|call| call.state == "ringing")
    });
    bob.rings_from("101").answers().talks_to(&alice[1]);
    alice[1].hangs_up();
    bob.is_idle();
    office.wait(secs(1));
    office.calls_are(expect![[
        r#"10:00 101 -> 102, 101a rang, 101b rang, 101b answered, 102a rang, 102a answered: hung up after 0 s"#
    ]]);
    assert!(office.tells(1).contains("101 wanted from the page to be connected with 102"), "{}", office.tells(1));
}

#[test]
fn f77_one_phone_may_be_chosen() {
    let (office, alice, bob, _) = office();
    is_placed(&office.places("101", Some("101b"), "102"));
    alice[1].rings_as_from("Call to Bob").answers();
    alice[0].is_idle();
    bob.answers().talks_to(&alice[1]);
}

#[test]
fn f77_who_does_not_answer_the_own_phone_calls_nobody() {
    let (office, alice, bob, _) = office();
    is_placed(&office.places("101", None, "102"));
    alice[0].rings();
    assert_eq!(office.places("101", None, "103"), Reply::Unplaced(Unplaced::Running));
    office.wait(secs(22));
    alice[0].is_idle();
    bob.is_idle();
    assert!(office.tells(1).contains("101 was rung to be connected with 102: unanswered"), "{}", office.tells(1));
    is_placed(&office.places("101", None, "102"));
    alice[0].declines();
    alice[1].declines();
    office.wait(secs(1));
    bob.is_idle();
}

#[test]
fn f77_what_cannot_be_is_said_before_any_phone_rings() {
    let (office, _, bob, _) = office();
    let why = |phone, number| match office.places("101", phone, number) {
        Reply::Unplaced(why) => why,
        reply => panic!("{reply:?}"),
    };
    assert_eq!(why(None, "( - )"), Unplaced::NoNumber);
    assert_eq!(why(None, "101"), Unplaced::NoNumber);
    assert_eq!(why(None, "112"), Unplaced::Emergency);
    assert_eq!(why(None, "*67112"), Unplaced::Emergency);
    assert!(matches!(why(None, "199"), Unplaced::Refused { cause: Cause::NoSuchNumber, .. }));
    assert_eq!(why(Some("102a"), "102"), Unplaced::NoPhone, "the phone of somebody else");
    bob.is_idle();
}

#[test]
fn f77_whose_phone_is_away_is_told_so() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102);
    bob.loses_power();
    office.wait(secs(360));
    assert_eq!(office.places("102", None, "103"), Reply::Unplaced(Unplaced::NoPhone));
    office.phone(103).is_idle();
}

#[test]
fn f77_a_call_outside_passes_permission_and_toll_guard() {
    let (office, one, _) = two_trunks::office("101 Alice phone");
    let alice = office.phone(101);
    alice.is_registered();
    let refused = office.places("101", None, "0033123456789");
    assert!(matches!(refused, Reply::Unplaced(Unplaced::Refused { cause: Cause::NotAllowed, .. })), "{refused:?}");
    // It counts as one that was dialled.
    let counted = |refused: u32| {
        let is_so = |world: &office::world::World| world.status.tolls.first().is_some_and(|row| row.refused == refused);
        office.until(&format!("{refused} refused"), is_so);
    };
    counted(1);
    is_placed(&office.places("101", None, "089 1234567"));
    alice.rings().answers();
    one.rings("+49891234567");
    one.answers();
    alice.talks();
    one.is_at(Stage::Talks);
    alice.hangs_up();
    one.is_at(Stage::Over(0));
    office.reloads(|raw| raw.office.outside_at_once = Some(1));
    is_placed(&office.places("101", None, "0891234567"));
    alice.rings().answers();
    one.rings("+49891234567");
    let barred = office.places("101", None, "0897654321");
    assert!(matches!(barred, Reply::Unplaced(Unplaced::Barred { .. })), "{barred:?}");
    counted(2);
    alice.hangs_up();
}

#[test]
fn f77_f99_a_code_is_performed_for_whoever_answers() {
    let (office, alice, _, _) = office();
    is_placed(&office.places("101", Some("101a"), "*65"));
    alice[0].rings_as_from("Call to *65").answers().hears_prompt("your-extension-is").hears_the_end();
    is_placed(&office.places("101", Some("101a"), "*78"));
    alice[0].rings().answers().hears_prompt("dnd-on").hears_the_end();
    is_placed(&office.places("101", Some("101a"), "*43"));
    alice[0].rings().answers().hears_prompt("echo-intro").hangs_up();
    office.wait(secs(1));
    office.calls_are(expect![[r#"
        10:00 101 -> *65, 101a rang, 101a answered: hung up after 2 s
        10:00 101 -> *78, 101a rang, 101a answered: hung up after 2 s
        10:00 101 -> *43, 101a rang, 101a answered: hung up after 0 s"#]]);
}

#[test]
fn f77_a_colleague_who_is_busy_may_be_waited_for() {
    let (office, alice, bob, carol) = office();
    carol.dials("101");
    alice[0].answers().talks_to(&carol);
    is_placed(&office.places("102", None, "103"));
    bob.rings_as_from("Call to Carol").answers().hears_prompt("press-six-for-call-back").presses("6").hears_the_end();
    carol.hangs_up();
    bob.rings_as_from("Call back: Carol").answers();
    carol.answers().talks_to(&bob);
}

#[test]
fn f77_a_placed_call_is_ended_from_the_page() {
    let (office, alice, bob, _) = office();
    let Reply::Placed(call) = office.places("101", None, "102") else { panic!("it is not placed") };
    alice[0].rings();
    office.administrator_ends(call.0);
    alice[0].is_idle();
    bob.is_idle();
}

#[test]
fn f77_a_step_that_fails_inside_the_box_ends_the_placed_call_only() {
    for at in 1..4 {
        let (office, alice, bob, carol) = office();
        carol.dials("102");
        bob.answers().talks_to(&carol);
        office.wait(secs(1));
        office.injects_panic(at);
        office.places("101", None, "102");
        office.wait(secs(30));
        alice.iter().for_each(|phone| _ = phone.is_idle());
        bob.talks_to(&carol);
        office.errors();
    }
}
