//! Account codes: whom a call to the outside is charged to, keyed before it goes out (F162).

use office::{Carrier, Office, Phone, Temper, secs};
use pbx::events::Decision;
use pbx::output::Reply;
use pbx::trunks::Health;
use pbx::what_if::Question;
use pbx::words::Language;

use crate::two_trunks;

/// A number outside, as it is dialled, and in full.
const MUNICH: (&str, &str) = ("0891234567", "+49891234567");

/// Alice keys an account for every call, Bob may, and Carol is not asked.
fn office() -> (Office, Carrier, Carrier) {
    let (office, one, two) = two_trunks::office("101 Alice phone\n102 Bob phone\n103 Carol phone");
    let office = office.with_rows(
        "[[account]]\nnumber = \"4711\"\nname = \"Harbour\"\n[[account]]\nnumber = \"47\"\nname = \"Lighthouse\"\n\
         [[person]]\nextension = \"101\"\naccount = \"required\"\n[[person]]\nextension = \"102\"\naccount = \"optional\"\n",
    );
    (office, one, two)
}

/// The number outside rings, is answered, and the call ends.
#[track_caller]
fn is_called(one: &Carrier, phone: &Phone, number: &str) {
    one.rings(number).answers();
    phone.talks().hangs_up();
    phone.is_idle();
}

/// What would become of a call, in words: in short, then each step with its reasons.
fn foretold(office: &Office, from: &str, to: &str) -> String {
    let words = Language::English.words();
    let answer = office.what_if(&Question { from: from.to_owned(), to: to.to_owned(), ..Question::default() });
    let steps = answer.plan.steps.iter().map(|step| words.decision(&Decision::Step(step.clone())));
    let steps: Vec<String> = steps.map(|(what, because)| format!("{what}: {}", because.join(", "))).collect();
    format!("{}\n{}", words.foretold(&answer.told(None)), steps.join("\n"))
}

#[test]
fn f162_a_call_is_charged_to_the_account_that_is_keyed() {
    let (office, one, _) = office();
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    alice.dials(MUNICH.0).hears_prompt("enter-account").presses("4711#");
    one.rings(MUNICH.1);
    alice.hears("ringback");
    one.answers();
    alice.talks().hangs_up();
    office.last_story_says("101 charged the call to account 4711, Harbour");
    // Digits without # do as well: it is the pause that ends them.
    bob.dials(MUNICH.0).hears_prompt("enter-account-or-pound").presses("47");
    office.wait(secs(5));
    is_called(&one, &bob, MUNICH.1);
    office.last_story_says("102 charged the call to account 47, Lighthouse");
    carol.dials(MUNICH.0);
    is_called(&one, &carol, MUNICH.1);
}

#[test]
fn f162_pound_alone_or_nothing_leaves_out_an_account_that_is_not_required() {
    let (office, one, _) = office();
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.dials(MUNICH.0).hears_prompt("enter-account-or-pound").presses("#");
    is_called(&one, &bob, MUNICH.1);
    office.last_story_says("102 keyed no account, and the call is charged to none");
    bob.dials(MUNICH.0).hears_prompt("enter-account-or-pound");
    office.wait(secs(60));
    is_called(&one, &bob, MUNICH.1);
    bob.dials(MUNICH.0).hears_prompt("enter-account-or-pound").presses("*").hears_prompt("goodbye").is_idle();
    alice.dials(MUNICH.0).hears_prompt("enter-account").presses("#").hears_prompt("enter-account").presses("#");
    alice.hears_prompt("account-needed").hears_prompt("goodbye").is_idle();
    office.last_story_says("101 keyed no account, and its call to +49891234567 did not go out");
    assert_eq!(one.peer().calls.len(), 2);
}

#[test]
fn f162_an_account_that_does_not_exist_is_asked_for_again_three_times() {
    let (office, one, _) = office();
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials(MUNICH.0).hears_prompt("enter-account").presses("99#").hears_prompt("wrong-account");
    alice.hears_prompt("enter-account").presses("4711#");
    is_called(&one, &alice, MUNICH.1);
    office.last_story_says("101 keyed a number that is no account");
    alice.dials(MUNICH.0).hears_prompt("enter-account");
    for number in ["99#", "471#", "47110#"] {
        alice.presses(number).hears_prompt("wrong-account");
    }
    alice.hears_prompt("too-many-tries").hears_prompt("account-needed").hears_prompt("goodbye").is_idle();
    office.last_story_says("its call to +49891234567 did not go out");
    bob.dials(MUNICH.0).hears_prompt("enter-account-or-pound");
    for number in ["99#", "98#", "97#"] {
        bob.presses(number).hears_prompt("wrong-account");
    }
    bob.hears_prompt("too-many-tries").hears_prompt("goodbye").is_idle();
    assert_eq!(one.peer().calls.len(), 1);
}

#[test]
fn f162_the_stricter_of_route_and_extension_holds_and_help_never_asks() {
    let (office, one, _) = office();
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    office.reloads(|raw| raw.routes[0].account = Some("optional".to_owned()));
    alice.dials(MUNICH.0).hears_prompt("enter-account").presses("4711#");
    is_called(&one, &alice, MUNICH.1);
    carol.dials(MUNICH.0).hears_prompt("enter-account-or-pound").presses("#");
    is_called(&one, &carol, MUNICH.1);
    office.reloads(|raw| raw.routes[0].account = Some("required".to_owned()));
    for phone in [&bob, &carol] {
        phone.dials(MUNICH.0).hears_prompt("enter-account").presses("4711#");
        is_called(&one, phone, MUNICH.1);
        phone.dials("112");
        is_called(&one, phone, "112");
    }
    // Where there is no account, nobody could key one.
    office.reloads(|raw| raw.accounts.clear());
    carol.dials(MUNICH.0);
    is_called(&one, &carol, MUNICH.1);
}

#[test]
fn f162_what_is_passed_or_sent_on_goes_out_uncharged_and_its_story_says_so() {
    let (office, one, _) = office();
    let office = office.with_rows(
        "[[person]]\nextension = \"101\"\ndiversions = [{ kind = \"always\", to = \"number 0891234567\" }]\n",
    );
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.dials("101");
    is_called(&one, &carol, MUNICH.1);
    office
        .last_story_says("an account is required of 101, and nobody is there to key one: the call is charged to none");
    alice.dials("102");
    bob.answers().talks_to(&alice);
    alice.transfers_to(MUNICH.0);
    is_called(&one, &bob, MUNICH.1);
    office.last_story_says("an account is required of 101");
    let said = foretold(&office, "103", "101");
    assert!(said.contains("the call is charged to none"), "{said}");
    // Who asks outside before passing a call on makes that call as any other.
    let said = foretold(&office, "101", MUNICH.0);
    assert!(!said.contains("the call is charged to none"), "{said}");
}

#[test]
fn f162_what_rings_along_outside_is_charged_to_none() {
    let (office, one, _) = office();
    let office = office
        .with_rows("[[person]]\nextension = \"101\"\nrules = [{ ring_s = 20, also = [\"number 0891234567\"] }]\n");
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.is_registered();
    carol.dials("101");
    alice.rings();
    one.rings(MUNICH.1);
    carol.hangs_up();
    carol.is_idle();
    office.last_story_says("an account is required of 101, and nobody is there to key one");
}

#[test]
fn f162_a_call_that_the_page_places_asks_whoever_answers_it() {
    let (office, one, _) = office();
    let alice = office.phone(101);
    alice.is_registered();
    assert!(matches!(office.places("101", None, MUNICH.0), Reply::Placed(_)));
    alice.rings().answers().hears_prompt("enter-account").presses("4711#");
    is_called(&one, &alice, MUNICH.1);
    office.last_story_says("101 charged the call to account 4711, Harbour");
    // The limits of the toll guard hold before anybody's phone rings.
    office.reloads(|raw| raw.people[0].outside_per_hour = Some(1));
    assert!(matches!(office.places("101", None, MUNICH.0), Reply::Unplaced(_)));
    alice.dials(MUNICH.0).shows("403").is_idle();
    office.last_story_says("101 has begun 1 calls to the outside within an hour");
}

#[test]
fn f162_a_code_is_asked_for_before_the_account_and_what_if_says_both() {
    let (office, one, _) = office();
    let hash = office::text::pin_hash("7391");
    let office = office.with_rows(&format!("[[authorization]]\nname = \"Abroad\"\npin_hash = \"{}\"\n", hash.expose()));
    let alice = office.phone(101);
    let said = foretold(&office, "101", "0033123456789");
    let (code, account) = (said.find("ask 101 for an authorization code"), said.find("ask 101 for the account"));
    assert!(code.is_some() && code < account, "{said}");
    let said = foretold(&office, "101", MUNICH.0);
    let short = "ask 101 for the account that the call is charged to, without which it does not go out; then \
                 (the question for an account is answered) call +49891234567 by trunk one";
    assert!(said.starts_with(short), "{said}");
    alice.dials("0033123456789").hears_prompt("enter-code").presses("7391#").hears_prompt("enter-account");
    alice.presses("47#");
    is_called(&one, &alice, "+33123456789");
    office.last_story_says("101 keyed the code Abroad");
    office.last_story_says("101 charged the call to account 47, Lighthouse");
}

#[test]
fn f162_nobody_keys_an_account_for_a_call_that_no_trunk_takes() {
    let (office, _, _) = office();
    let alice = office.phone(101);
    office.reloads(|raw| raw.trunks.iter_mut().for_each(|trunk| trunk.enabled = Some(false)));
    alice.dials(MUNICH.0).shows("502").is_idle();
    office.last_story_says("no trunk is set up");
}

#[test]
fn f162_nobody_keys_an_account_while_every_trunk_is_down() {
    let (office, one, two) = office();
    let alice = office.phone(101);
    one.becomes(Temper::IsSilent);
    two.becomes(Temper::IsSilent);
    office.wait(secs(80));
    office.trunk_is("one", Health::Down, "it does not answer").trunk_is("two", Health::Down, "it does not answer");
    alice.dials(MUNICH.0).is_idle();
    office.last_story_says("trunk one is down");
    assert!(!office.tells(1).contains("account"), "{}", office.tells(1));
    one.becomes(Temper::Works);
    office.wait(secs(60));
    alice.dials(MUNICH.0).hears_prompt("enter-account").hangs_up();
}

#[test]
fn f162_the_account_goes_along_when_others_are_connected() {
    let (office, one, _) = office();
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.is_registered();
    bob.dials("101");
    alice.answers().talks_to(&bob).holds();
    alice.dials(MUNICH.0).hears_prompt("enter-account").presses("4711#");
    one.rings(MUNICH.1).answers();
    alice.talks().connects_them();
    alice.is_idle();
    bob.talks().hangs_up();
    bob.is_idle();
    for call in [1, 2] {
        let told = office.tells(call);
        assert!(told.contains("101 charged the call to account 4711, Harbour"), "call {call}: {told}");
    }
}

#[test]
fn f162_who_gives_up_at_the_question_has_called_nobody() {
    let (office, one, _) = office();
    let alice = office.phone(101);
    alice.dials(MUNICH.0).hears_prompt("enter-account").presses("47").hangs_up();
    alice.is_idle();
    office.last_story_says("101 gave up before");
    office.is_quiet();
    assert!(one.peer().calls.is_empty());
}
