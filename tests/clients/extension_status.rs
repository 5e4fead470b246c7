//! Extension status: what is dialled at a real phone is seen at the page, and what is switched there the phone's lamp shows.

use std::time::Duration;

use serde_json::Value;

use crate::harness::baresip::Baresip;
use crate::harness::browser::Browser;
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, office_file};
use crate::harness::sipp::Script;
use crate::harness::until;

const PASSWORD: &str = "seven quiet lanterns";

#[test]
fn f160_a_code_is_seen_in_the_grid_and_a_click_there_at_the_lamp() {
    let desks = [1001, 1002].map(Desk::new);
    let hash = store::hash_password(PASSWORD).expect("the system has randomness");
    let boss = "extension = \"1002\"\n";
    let admin =
        format!("{boss}email = \"boss@example.com\"\nrole = \"admin\"\npassword_hash = \"{}\"\n", hash.expose());
    let office = Daemon::start_office(&office_file(&desks).replace(boss, &admin));
    let mut anna = Baresip::registered(desks[0].phone(office.sip));
    // The key on a second device of hers, dark at first.
    let key = Script::of(&desks[0]).watches().sees_it_lit(false).sees_it_lit(true).sees_it_lit(false);
    let mut key = key.starts(office.sip, "*78");
    key.has_heard("<state>terminated");
    let page = Browser::signed_in(&office, "boss@example.com", PASSWORD);
    let row = || page.send("GET", "extensions?q=1001", "")["extensions"][0].clone();
    let shows = |what: &str, is_so: &dyn Fn(&Value) -> bool| until(what, || Some(row()).filter(|row| is_so(row)));
    shows("anna's phone", &|row| row["phones_registered"] == 1 && row["is_diverted"] == false);

    anna.dials("*78");
    anna.talks();
    shows("that she is on the phone", &|row| row["state"] == "talking");
    anna.hears_speech();
    anna.call_ends();
    shows("do-not-disturb", &|row| row["diversions"][0]["kind"] == "dnd" && row["diversions"][0]["on"] == true);

    page.send("PUT", "extensions/1001/diversions/dnd", "{\"on\":false}");
    key.succeeds_within(Duration::from_secs(20));
    shows("nothing", &|row| row["is_diverted"] == false);
    page.send("PUT", "extensions/1001/diversions/dnd", "{\"on\":true}");
    page.send("POST", "extensions/off", "{\"extensions\":[\"1001\",\"1002\"]}");
    shows("nothing again", &|row| row["is_diverted"] == false);

    let history = page.send("GET", "revisions", "");
    let authors: Vec<&Value> = (0..4).map(|at| &history["revisions"][at]["author"]).collect();
    assert_eq!(authors[..3], ["Desk 1002"; 3], "{history}");
    assert!(authors[3].as_str().is_some_and(|author| author.contains("1001")), "{history}");
    office.is_quiet();
}
