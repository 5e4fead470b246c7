//! What people have of the site where they work.

use office::Stage;

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
