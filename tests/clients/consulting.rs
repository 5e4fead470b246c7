//! Calls of real phones in which somebody else is asked, by codes and at the page, with what their people hear.

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::browser::Browser;
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, PIN};
use crate::harness::until;

/// A note of the music that who waits hears, in Hz.
const MUSIC: f64 = 392.0;

/// It is softer than what people speak here.
const LOUD_ENOUGH: f64 = 1500.0;

/// How loud somebody is at least who is heard together with another.
const HEARD: f64 = 3000.0;

/// Three phones, and what they speak, in Hz.
fn three() -> (Daemon, [Baresip; 3]) {
    let desks = [1001, 1002, 1003].map(Desk::new);
    let office = Daemon::start_with_mailboxes(&desks);
    let mut tones = [440.0, 620.0, 850.0].into_iter();
    let phones = desks.map(|desk| {
        let hz = tones.next().expect("a tone for each");
        Baresip::registered(Spec::speaking(desk.phone(office.sip), hz))
    });
    (office, phones)
}

/// The kinds of the events of the oldest call.
fn kinds(office: &Daemon) -> Vec<String> {
    let calls = office.calls();
    let oldest = calls.as_array().and_then(|calls| calls.last()).expect("a call");
    let story = office.story(&oldest["id"]);
    story.iter().filter_map(|event| event["what"]["kind"].as_str()).map(str::to_owned).collect()
}

#[test]
fn f163_somebody_is_asked_all_three_talk_and_the_two_go_on() {
    let (office, [mut anna, mut bert, mut carla]) = three();
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    bert.keys("*2");
    bert.hears_speech();
    anna.hears_at_least(MUSIC, LOUD_ENOUGH);
    bert.keys("1003#");
    carla.rings();
    carla.answers();
    carla.hears(620.0);
    bert.hears(850.0);
    anna.hears_at_least(MUSIC, LOUD_ENOUGH);
    bert.keys("*2");
    anna.hears_at_least(620.0, HEARD);
    anna.hears_at_least(850.0, HEARD);
    bert.hears_at_least(440.0, HEARD);
    bert.hears_at_least(850.0, HEARD);
    carla.hears_at_least(440.0, HEARD);
    carla.hears_at_least(620.0, HEARD);
    bert.hangs_up();
    anna.hears(850.0);
    carla.hears(440.0);
    carla.hangs_up();
    anna.call_ends();
    office.is_quiet();
    let kinds = kinds(&office);
    for kind in ["asks", "conference", "transferred"] {
        assert!(kinds.iter().any(|known| known == kind), "{kind}: {kinds:?}");
    }
}

#[test]
fn f163_a_call_is_passed_on_by_keys_and_who_asks_in_vain_is_back() {
    let (office, [mut anna, mut bert, mut carla]) = three();
    anna.calls(&mut bert, "1002");
    bert.hears(440.0);
    bert.keys("*2");
    bert.keys("1003#");
    carla.rings();
    bert.keys("*0#");
    bert.hears(440.0);
    carla.becomes_idle();
    bert.keys("##");
    bert.hears_speech();
    bert.keys("1003#");
    bert.call_ends();
    carla.rings();
    carla.answers();
    carla.hears(440.0);
    anna.hears(850.0);
    anna.hangs_up();
    carla.call_ends();
    office.is_quiet();
}

#[test]
fn f163_the_console_holds_asks_lets_all_three_talk_and_parks() {
    let (office, [mut anna, mut bert, mut carla]) = three();
    let page = Browser::signed_in(&office, "1002", PIN);
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    let shows = |state: &str| {
        until(&format!("the console shows {state}"), || {
            let shown = page.asks("GET", "console", "").ok()?;
            let call = shown["calls"].get(0).filter(|call| call["state"] == state)?;
            call["id"].as_u64()
        })
    };
    let call = shows("talking");
    let act = |act: &str, to: &str| {
        let wanted = format!("{{\"act\":\"{act}\",\"to\":\"{to}\"}}");
        page.send("POST", &format!("console/{call}"), &wanted)
    };
    act("hold", "");
    anna.hears_at_least(MUSIC, LOUD_ENOUGH);
    shows("holding");
    act("ask", "1003");
    carla.rings();
    carla.answers();
    bert.hears(850.0);
    carla.hears(620.0);
    shows("consulting");
    act("confer", "");
    anna.hears_at_least(850.0, HEARD);
    carla.hears_at_least(440.0, HEARD);
    shows("conference");
    act("back", "");
    carla.call_ends();
    anna.hears(620.0);
    bert.hears(440.0);
    act("pass_on", "*88");
    bert.hears_speech();
    bert.call_ends();
    anna.hears_at_least(MUSIC, LOUD_ENOUGH);
    anna.hangs_up();
    office.is_quiet();
}
