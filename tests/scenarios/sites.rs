//! What people have of the site where they work.

use office::{Office, Stage};

use crate::two_trunks::office;

#[test]
fn f14_who_has_no_number_of_their_own_calls_under_that_of_their_site() {
    let (office, one, _) = office("101 Alice phone\n102 Bob phone");
    office.reloads(|raw| {
        let number = Some("+4930123459".to_owned());
        raw.sites = vec![config::RawSite { name: Some("North".to_owned()), number, ..Default::default() }];
    });
    let calls_under = |number: &str| {
        let bob = office.phone(102);
        bob.dials("0891234567");
        one.rings("+49891234567").answers();
        bob.talks().hangs_up();
        one.is_at(Stage::Over(0));
        assert!(one.header("From").contains(&format!("sip:{number}@")), "{}", one.header("From"));
    };
    calls_under("+4930123450");
    office.reloads(|raw| raw.people[1].site = Some("North".to_owned()));
    calls_under("+4930123459");
    let alice = office.phone(101);
    office.reloads(|raw| raw.people[0].site = Some("North".to_owned()));
    alice.dials("0891234567");
    one.rings("+49891234567").answers();
    alice.talks().hangs_up();
    one.is_at(Stage::Over(0));
    assert!(one.header("From").contains("sip:+4930123451@"), "one's own goes first: {}", one.header("From"));
}

#[test]
fn f47_the_opening_hours_of_a_site_decide_for_its_people_and_the_offices_for_the_rest() {
    let office = Office::with("101 Alice phone\n102 Bob phone, voicemail\n103 Carol phone, voicemail");
    let times = |name: &str, times: &str| config::RawTimeGroup {
        name: Some(name.to_owned()),
        times: Some(vec![times.to_owned()]),
        ..Default::default()
    };
    office.reloads(|raw| {
        raw.time_groups = vec![times("Open", "always")];
        raw.sites = vec![config::RawSite {
            name: Some("North".to_owned()),
            time_groups: vec![times("Open", "2099-01-01")],
            ..Default::default()
        }];
        for person in &mut raw.people[1..] {
            let (when, dnd) = (Some("Open".to_owned()), Some(true));
            person.rules = vec![config::RawRule { when, dnd, ..Default::default() }];
        }
        raw.people[1].site = Some("North".to_owned());
    });
    let [alice, bob, carol] = [101, 102, 103].map(|number| office.phone(number));
    alice.dials("102");
    bob.rings().answers();
    alice.talks().hangs_up().is_idle();
    alice.dials("103").hears_prompt("default-greeting").hangs_up().is_idle();
    carol.is_idle();
    // Whoever moves there follows the site's hours from the next call on.
    office.reloads(|raw| raw.people[2].site = Some("North".to_owned()));
    alice.dials("103");
    carol.rings().answers();
    alice.talks().hangs_up().is_idle();
}
