//! Callers from outside who are asked for a name, and about whom whoever answers is asked (F33).

use config::{RawCaller, RawContact, RawDiversion};
use office::{Carrier, Mood, Office, Phone, Stage, secs};

use crate::two_trunks;

/// The office's number that leads to Bob, who screens calls, and somebody outside who calls it.
const OURS: &str = "+4930123451";
const CALLER: &str = "+49891234567";

/// What those hear to whom a caller's voice is played.
const VOICE: &str = "what a caller of 102 said";

/// Alice's colleague Bob, who screens calls.
fn office() -> (Office, Carrier) {
    let text = "101 Alice phone\n102 Bob phones 2, voicemail, ring 25 s\n103 Carol phone";
    let (office, one, two) = two_trunks::office(text);
    drop(two);
    let office = office.with_rows("[[person]]\nextension = \"102\"\nrules = [{ screen = true }]");
    office.reloads(|raw| raw.numbers[0].to = Some("102".to_owned()));
    (office, one)
}

/// Bob's two phones.
fn both(office: &Office) -> [Phone; 2] {
    office.phones(102).try_into().expect("Bob has two phones")
}

/// Whoever calls is asked for a name, and says one.
fn says_a_name(office: &Office, one: &Carrier) {
    one.set(|peer| peer.is_speaking = true);
    one.hears_prompt("say-your-name").presses('#');
    office.wait(secs(3));
    one.presses('#').hears_prompt("connecting");
}

/// Whoever calls is asked for a name, and is silent.
fn says_nothing(one: &Carrier) {
    one.hears_prompt("say-your-name").hears_prompt("connecting");
}

#[test]
fn f33_whoever_answers_hears_the_callers_own_voice_and_nothing_of_it_is_kept() {
    let (office, one) = office();
    let [bob, other] = both(&office);
    bob.is_registered();
    other.is_registered();
    one.calls(CALLER, OURS);
    one.hears_prompt("say-your-name");
    bob.is_idle();
    says_a_name(&office, &one);
    other.rings();
    bob.rings().answers().hears_prompt("call-from").hears(VOICE).hears_prompt("take-mailbox-or-block");
    assert_eq!(office.open_recordings(), 1, "it is there while the call is");
    bob.presses("1");
    other.is_idle();
    office.wait(secs(5));
    one.is_at(Stage::Talks).hangs_up();
    bob.is_idle();
    office.wait(secs(1));
    assert_eq!(office.open_recordings(), 0);
    office.mailbox("102").holds(0, 0);
    let told = office.tells(1);
    assert!(told.contains("the caller was asked for a name") && told.contains("said a name, of 2."), "{told}");
    assert!(!told.contains("the mailbox of"), "{told}");
}

#[test]
fn f33_what_bob_switches_while_his_caller_says_a_name_holds_for_this_call() {
    let (office, one) = office();
    let bob = office.phone(102);
    bob.is_registered();
    one.set(|peer| peer.is_speaking = true);
    one.calls(CALLER, OURS);
    one.hears_prompt("say-your-name").presses('#');
    office.reloads(|raw| {
        let dnd = RawDiversion { kind: Some("dnd".to_owned()), ..RawDiversion::default() };
        raw.people[1].diversions = vec![dnd];
    });
    one.hears_prompt("connecting").hears_prompt("default-greeting");
    bob.is_idle();
    one.hangs_up();
    office.wait(secs(1));
    assert!(office.tells(1).contains("not to be disturbed"), "{}", office.tells(1));
}

#[test]
fn f33_a_name_ends_after_six_seconds() {
    let (office, one) = office();
    let bob = office.phone(102);
    bob.is_registered();
    one.set(|peer| peer.is_speaking = true);
    one.calls(CALLER, OURS);
    one.hears_prompt("say-your-name").hears_prompt("connecting");
    bob.rings().answers().hears(VOICE);
    one.hangs_up();
    bob.is_idle();
    assert!(office.tells(1).contains("said a name, of 6.0 s"), "{}", office.tells(1));
}

#[test]
fn f33_each_who_answers_hears_the_voice_and_so_does_a_mobile() {
    let (office, one) = office();
    office.reloads(|raw| raw.people[1].rules[0].also = Some(vec!["number 0170 5550100".to_owned()]));
    let [bob, other] = both(&office);
    bob.is_registered();
    other.is_registered();
    one.calls(CALLER, OURS);
    says_a_name(&office, &one);
    bob.rings().answers().hears(VOICE);
    other.rings().answers().hears_prompt("call-from").hears(VOICE);
    one.rings("+491705550100").answers();
    one.hears_prompt("call-from").hears_prompt("take-mailbox-or-block");
    bob.hangs_up();
    other.hears_prompt("take-mailbox-or-block").presses("1");
    bob.is_idle();
    other.hangs_up();
    office.wait(secs(1));
    assert_eq!(office.open_recordings(), 0);
}

#[test]
fn f33_a_caller_who_hangs_up_while_speaking_rings_nobody_and_leaves_nothing() {
    let (office, one) = office();
    let bob = office.phone(102);
    bob.is_registered();
    one.set(|peer| peer.is_speaking = true);
    one.calls(CALLER, OURS);
    one.hears_prompt("say-your-name").presses('#');
    office.wait(secs(3));
    assert_eq!(office.open_recordings(), 1);
    one.hangs_up();
    office.wait(secs(1));
    bob.is_idle();
    assert_eq!(office.open_recordings(), 0);
    office.mailbox("102").holds(0, 0);
    assert!(office.tells(1).contains("gave up"), "{}", office.tells(1));
}

#[test]
fn f33_where_the_name_cannot_be_noted_or_the_disk_is_full_the_call_is_announced_without() {
    let (office, one) = office();
    let bob = office.phone(102);
    bob.is_registered();
    office.disk(Mood::Fails);
    one.calls(CALLER, OURS);
    one.hears_prompt("say-your-name").hears_prompt("connecting");
    bob.rings().answers().hears_prompt("call-from-number").hears_prompt("take-mailbox-or-block").presses("1");
    one.is_at(Stage::Talks).hangs_up();
    bob.is_idle();
    office.disk(Mood::WORKS);
    office.wait(secs(60));
    office.recorder_fails(secs(1));
    one.set(|peer| peer.is_speaking = true);
    one.calls(CALLER, OURS);
    one.hears_prompt("say-your-name").hears_prompt("connecting");
    bob.rings().answers().hears_prompt("call-from-number").presses("1");
    one.hangs_up();
    bob.is_idle();
    for call in [1, 2] {
        assert!(office.tells(call).contains("the name could not be recorded"), "{}", office.tells(call));
    }
    office.errors();
}

#[test]
fn f33_a_restart_forgets_what_a_caller_said() {
    let (office, one) = office();
    let bob = office.phone(102);
    bob.is_registered();
    one.calls(CALLER, OURS);
    says_a_name(&office, &one);
    bob.rings();
    office.restarts();
    office.wait(secs(1));
    assert_eq!(office.open_recordings(), 0);
    office.mailbox("102").holds(0, 0);
}

#[test]
fn f33_nobody_is_asked_for_a_name_whom_no_phone_could_hear_or_who_is_allowed() {
    let (office, one) = office();
    one.calls(CALLER, OURS);
    one.is_at(Stage::Talks).hears_prompt("default-greeting").hangs_up();
    // Nor is a colleague's phone there that would ring along.
    office.reloads(|raw| raw.people[1].rules[0].also = Some(vec!["phone 103".to_owned()]));
    one.calls(CALLER, OURS);
    one.is_at(Stage::Talks).hears_prompt("default-greeting").hangs_up();
    office.reloads(|raw| raw.people[1].rules[0].also = None);
    let bob = office.phone(102);
    bob.is_registered();
    office.reloads(|raw| {
        let number = Some("+49891234567".to_owned());
        raw.people[1].callers.push(RawCaller { number, allow: Some(true), ..RawCaller::default() });
    });
    one.calls(CALLER, OURS);
    bob.rings().answers();
    one.is_at(Stage::Talks).hangs_up();
    bob.is_idle();
    for call in [1, 2, 3] {
        assert!(!office.tells(call).contains("for a name"), "{}", office.tells(call));
    }
}

#[test]
fn f33_who_is_passed_on_by_a_colleague_is_not_asked_again() {
    let (office, one) = office();
    office.reloads(|raw| raw.numbers[0].to = Some("101".to_owned()));
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    one.calls(CALLER, OURS);
    alice.rings().answers().transfers_to("102");
    bob.rings().answers().hears_prompt("call-from-number").presses("1");
    one.is_at(Stage::Talks).hangs_up();
    bob.is_idle();
}

#[test]
fn f33_whoever_is_called_from_outside_is_asked_and_takes_the_call_by_1() {
    let (office, one) = office();
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    one.calls("+49891234567", "+4930123451");
    says_nothing(&one);
    bob.rings().answers().hears_prompt("call-from-number").hears_prompt("take-mailbox-or-block").presses("1");
    one.is_at(Stage::Talks);
    one.hangs_up();
    bob.is_idle();
    // Colleagues are put through.
    alice.dials("102");
    bob.rings().answers().talks_to(&alice);
}

#[test]
fn f33_a_name_that_nobody_vouches_for_is_not_spoken() {
    let (office, one) = office();
    let bob = office.phone(102);
    bob.is_registered();
    // What callers outside call themselves is shown, and not said by the box.
    one.calls_with("\"Your Bank\" <sip:+49891234567@carrier.example>", "+4930123451", "");
    says_nothing(&one);
    bob.rings().answers().hears_prompt("call-from-number").hears_prompt("take-mailbox-or-block").presses("1");
    one.is_at(Stage::Talks);
    one.hangs_up();
    bob.is_idle();
    office.reloads(|raw| {
        let work = Some("+49891234567".to_owned());
        raw.contacts.push(RawContact { name: Some("Bakery".to_owned()), work, ..RawContact::default() });
    });
    one.calls_with("\"Your Bank\" <sip:+49891234567@carrier.example>", "+4930123451", "");
    says_nothing(&one);
    bob.rings().answers().hears_prompt("call-from-name").hears_prompt("take-mailbox-or-block").presses("1");
    one.is_at(Stage::Talks);
    one.hangs_up();
    bob.is_idle();
}

#[test]
fn f33_a_caller_is_called_blocked_when_the_store_has_said_so() {
    let (office, one) = office();
    let bob = office.phone(102);
    bob.is_registered();
    for (mood, is_blocked) in [(Mood::Fails, false), (Mood::WORKS, true)] {
        one.calls("+49891234567", "+4930123451");
        says_nothing(&one);
        bob.rings().answers().hears_prompt("take-mailbox-or-block");
        office.disk(mood);
        bob.presses("3").is_idle();
        office.wait(secs(6));
        office.disk(Mood::WORKS);
        office.wait(secs(60));
        let story = office.tells(if is_blocked { 2 } else { 1 });
        assert_eq!(story.contains("102 changed its rules by phone: block +49891234567"), is_blocked, "{story}");
    }
}

#[test]
fn f33_by_2_the_caller_comes_to_the_mailbox_and_by_3_never_again() {
    let (office, one) = office();
    let bob = office.phone(102);
    bob.is_registered();
    one.calls("+49891234567", "+4930123451");
    says_nothing(&one);
    bob.rings().answers().hears_prompt("take-mailbox-or-block").presses("2");
    bob.is_idle();
    one.is_at(Stage::Talks).hears_prompt("default-greeting").hangs_up();
    one.calls("+49891234567", "+4930123451");
    says_nothing(&one);
    bob.rings().answers().hears_prompt("take-mailbox-or-block").presses("3");
    bob.is_idle();
    office.wait(secs(20));
    one.calls("+49891234567", "+4930123451");
    office.wait(secs(1));
    bob.is_idle();
    assert!(office.tells(3).contains("102 has blocked +49891234567"), "{}", office.tells(3));
}
