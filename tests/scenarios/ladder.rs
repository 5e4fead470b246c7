//! The SIP messages of a call, kept for whoever looks for a fault.

use office::{Carrier, Office, Stage, expect, losing, secs};
use pbx::ladder::{LADDERS_KEPT, Party, RUNGS_KEPT, Rung, TEXT_KEPT};
use pbx::trunks::Health;

use crate::OFFICE;

/// Who, which way, and the first words: `101a > INVITE`, `101a < 100 Trying`.
fn told(rungs: &[Rung]) -> String {
    let line = |rung: &Rung| {
        let (Party::Phone(name) | Party::Trunk(name)) = &*rung.party;
        let title = rung.text.lines().next().unwrap_or_default();
        let words = title.strip_prefix("SIP/2.0 ").or_else(|| title.split(' ').next()).unwrap_or_default();
        let again = if rung.is_again { " again" } else { "" };
        format!("{name} {} {words}{again}", if rung.came { '>' } else { '<' })
    };
    rungs.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_call_shows_its_messages_in_order_while_it_lasts_and_after() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    let live = told(&office.ladder(1));
    alice.hangs_up();
    carol.is_idle();
    office.wait(secs(60));
    let over = told(&office.ladder(1));
    assert!(over.starts_with(&live), "{live}\n\n{over}");
    expect![[r#"
        101a > INVITE
        101a < 100 Trying
        103a < INVITE
        103a > 180 Ringing
        101a < 180 Ringing
        103a > 200 OK
        103a < ACK
        101a < 200 OK
        101a > ACK
        101a > BYE
        101a < 200 OK
        103a < BYE
        103a > 200 OK"#]]
    .assert_eq(&over);
    assert!(office.ladder(2).is_empty());
}

#[test]
fn a_phone_that_had_to_prove_itself_first_is_told_from_its_first_word_on() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("md5-only"), office.phone(103));
    alice.is_registered();
    carol.is_registered();
    alice.dials("103");
    carol.answers().talks_to(&alice).hangs_up();
    alice.is_idle();
    let rungs = office.ladder(1);
    let told = told(&rungs);
    let beginning =
        "101a > INVITE\n101a < 401 Unauthorized\n101a > ACK\n101a > INVITE\n101a < 100 Trying\n103a < INVITE\n";
    assert!(told.starts_with(beginning), "{told}");
    assert_eq!(rungs[0].after, std::time::Duration::ZERO);
    assert!(rungs.is_sorted_by_key(|rung| rung.after), "{rungs:?}");
    // Whoever guesses leaves no call and nothing of one.
    let stranger = office.phone(102).with_wrong_password();
    stranger.dials("103").is_idle();
    assert!(office.ladder(2).is_empty());
}

#[test]
fn no_secret_is_kept_of_phones_and_trunks_nor_a_key_that_may_be_a_pin() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier: Carrier = office.carrier("203.0.113.5:5060");
    carrier.set(|peer| {
        peer.account = Some(("4930123450".to_owned(), "let-me-in-9".to_owned()));
        peer.challenges_calls = true;
    });
    let office = office.with_rows(
        "[office]\narea = \"30\"\n[[trunk]]\nname = \"line\"\nserver = \"203.0.113.5\"\nuser = \"4930123450\"\n\
         secret = \"let-me-in-9\"\n[[number]]\nnumber = \"+4930123450\"\nto = \"101\"\n[[route]]\nname = \"out\"\n\
         trunks = [\"line\"]\n",
    );
    office.trunk_is("line", Health::Up, "");
    let alice = office.phone(101).as_model("keys-by-info");
    alice.dials("0891234567");
    carrier.rings("+49891234567");
    carrier.answers();
    alice.talks();
    alice.presses("7391");
    office.wait(secs(2));
    alice.hangs_up();
    carrier.is_at(Stage::Over(0));
    office.wait(secs(1));
    let rungs = office.ladder(1);
    let text: String = rungs.iter().map(|rung| rung.text.as_str()).collect();
    let of = |name: &str| text.lines().filter(|line| line.starts_with(name)).collect::<Vec<_>>();
    // The phone and the box both have proven who they are; of that only the names are left.
    assert!(of("Authorization: Digest username=").len() >= 2, "{text}");
    assert!(text.contains("INFO ") && text.contains("Duration"), "{text}");
    for secret in ["response", "cnonce", "Signal", "let-me-in-9"] {
        assert!(!text.contains(secret), "{secret} is in\n{text}");
    }
    let hex = |word: &str| word.len() >= 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digests = text.lines().filter(|line| line.contains("uthorization"));
    let found: Vec<_> = digests.filter(|line| line.split(['"', '=', ' ', ',']).any(hex)).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_was_lost_and_said_again_is_marked() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.is_registered();
    carol.is_registered();
    office.wire(103, losing(100));
    alice.dials("103");
    office.wait(secs(3));
    alice.hangs_up();
    office.wire(103, office::lan());
    office.wait(secs(40));
    let told = told(&office.ladder(1));
    assert!(told.contains("103a < INVITE\n103a < INVITE again\n103a < INVITE again\n"), "{told}");
}

#[test]
fn a_leg_that_is_passed_on_is_told_in_the_call_that_it_goes_to() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    let bob = office.phone(102);
    alice.dials("103");
    carol.answers().talks_to(&alice);
    carol.transfers_to("102");
    bob.answers().talks_to(&alice);
    alice.hangs_up();
    bob.is_idle();
    office.wait(secs(2));
    let told = told(&office.ladder(1));
    assert!(told.contains("REFER") && told.contains("102a < INVITE") && told.contains("102a < BYE"), "{told}");
}

#[test]
fn messages_are_kept_of_the_last_calls_alone() {
    let office = Office::with("101 Alice phone");
    let alice = office.phone(101);
    let calls = LADDERS_KEPT as u64 + 5;
    for _ in 0..calls {
        alice.dials("*43").talks().hangs_up().is_idle();
        office.wait(secs(40));
    }
    let kept: Vec<u64> = (1..=calls).filter(|call| !office.ladder(*call).is_empty()).collect();
    assert_eq!(kept, (6..=calls).collect::<Vec<_>>());
    let rungs = office.ladder(calls);
    assert!(rungs.len() < RUNGS_KEPT && rungs.iter().all(|rung| rung.text.len() <= TEXT_KEPT));
}
