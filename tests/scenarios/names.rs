//! Whose name a caller has on a display: as the called knows them, as the office does, or as the carrier tells it.

use crate::two_trunks::office;

const CONTACTS: &str = r#"
[[contact]]
name = "Bakery"
work = "089 1234567"
[[number]]
number = "+4930123452"
to = "102"
[[person]]
extension = "101"
contacts = [{ name = "Breakfast", mobile = "+49 89 1234567" }]
"#;

#[test]
fn a_caller_from_outside_has_the_name_that_the_called_gave_them_or_the_office() {
    let (office, one, _) = office("101 Alice phone\n102 Bob phone");
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.is_registered();
    bob.is_registered();
    let from = "\"By the carrier\" <sip:+49891234567@carrier.example>";
    let office = office.with_rows(CONTACTS);
    one.calls_with(from, "+4930123451", "");
    alice.rings_as_from("Breakfast");
    alice.declines();
    one.calls_with(from, "+4930123452", "");
    bob.rings_as_from("Bakery");
    bob.declines();
    // It is in force with the next call, as everything in the office file is.
    office.reloads(|raw| raw.contacts.clear());
    one.calls_with(from, "+4930123452", "");
    bob.rings_as_from("By the carrier");
    bob.declines();
}

#[test]
fn people_of_the_office_keep_their_names_and_strangers_without_a_number_have_none() {
    let (office, one, _) = office("101 Alice phone\n102 Bob phone");
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.is_registered();
    let rows = "[[contact]]\nname = \"Impostor\"\nwork = \"102\"\n";
    let office = office.with_rows(rows);
    bob.dials("101");
    alice.rings_as_from("Bob");
    bob.hangs_up();
    alice.is_idle();
    one.calls_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>", "+4930123451", "Privacy: id\r\n");
    alice.rings_from("anonymous");
    alice.declines();
    drop(office);
}
