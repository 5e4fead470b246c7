//! Phones with more than one line: call waiting.

use office::{Office, expect};

use crate::OFFICE;

#[test]
fn a_second_call_knocks_and_can_be_answered() {
    let office = Office::with(OFFICE);
    let (alice, carol, bobs) = (office.phone(101), office.phone(103), office.phones(102));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    bobs[0].dials("103").hears_ringback();
    carol.rings_from("102").holds().answers().talks_to(&bobs[0]);
    alice.is_kept_waiting();
    carol.hangs_up();
    bobs[0].is_idle();
    carol.resumes().talks_to(&alice);
}

#[test]
fn a_phone_with_one_line_is_busy_during_a_call() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("one-line"));
    let bobs = office.phones(102);
    alice.dials("103");
    carol.answers().talks_to(&alice);
    bobs[0].dials("103").shows("486").hears("busy").is_idle();
    carol.talks_to(&alice);
    office.calls_are(expect![[r#"
        10:00 101 -> 103, 103a rang, 103a answered
        10:00 102 -> 103: busy"#]]);
}

#[test]
fn a_phone_calls_out_while_it_holds() {
    let office = Office::with(OFFICE);
    let (alice, carol, bobs) = (office.phone(101), office.phone(103), office.phones(102));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.holds().dials("102");
    bobs[1].answers().talks_to(&alice);
    alice.hangs_up().resumes().talks_to(&carol);
}

#[test]
fn a_third_call_finds_both_lines_in_use() {
    let office = Office::with(OFFICE);
    let (alice, carol, bobs) = (office.phone(101), office.phone(103), office.phones(102));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    bobs[0].dials("103");
    carol.rings();
    bobs[1].dials("103").shows("486").is_idle();
}
