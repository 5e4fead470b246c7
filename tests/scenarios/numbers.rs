//! Numbers as phones spell them (RFC 3261 §19.1.1, RFC 3966).

use office::Stage;

use crate::two_trunks::office;

/// Trap 26.
#[test]
fn trap_26_a_number_outside_is_the_same_in_every_spelling() {
    let (office, one, _) = office("101 Alice phone");
    let alice = office.phone(101);
    for spelled in [
        "0891234567",
        "+49891234567",
        "sip:+49-89-123.45.67@10.0.0.1;user=phone",
        "sip:(089)1234567@10.0.0.1",
        "sip:%2B49891234567@10.0.0.1",
        "sip:+49891234567;phone-context=+49@10.0.0.1;user=phone",
        "sips:+49891234567@10.0.0.1",
        "tel:+49-89-123-45-67",
        "tel:089/1234567;phone-context=office.example",
    ] {
        alice.dials(spelled);
        one.rings("+49891234567").answers();
        alice.talks().hangs_up().is_idle();
        one.is_at(Stage::Over(0));
    }
}

/// Trap 26.
#[test]
fn trap_26_a_code_is_the_same_raw_and_escaped() {
    let (office, _, _) = office("101 Alice phone, voicemail\n102 Bob phone");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    for spelled in ["*43", "sip:%2A43@10.0.0.1", "sip:*4%33@10.0.0.1;user=dialstring", "tel:*43;phone-context=office"] {
        alice.dials(spelled).hears("own voice").hangs_up().is_idle();
    }
    // A number of the office comes to it in any spelling, too; a # is a digit like any other, raw or not.
    for spelled in ["sip:1%302@10.0.0.1", "tel:102;phone-context=office", "sip:1-0-2@10.0.0.1;user=phone"] {
        alice.dials(spelled);
        bob.rings_from("101").declines();
        alice.is_idle();
    }
    for spelled in ["sip:102#@10.0.0.1", "sip:102%23@10.0.0.1"] {
        alice.dials(spelled).shows("404").is_idle();
    }
}
