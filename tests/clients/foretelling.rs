//! `*614` on a real phone: the box asks who calls and when, and says what would become of that call (F162).

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, office_file};

#[test]
fn a_phone_hears_what_would_become_of_a_call() {
    let desk = Desk::new(1001);
    let rows = "\n[[trunk]]\nname = \"carrier\"\nway = \"address\"\nserver = \"127.0.0.1:9\"\n\n\
                [[number]]\nnumber = \"+12125550101\"\nto = \"1001\"\n";
    let office = Daemon::start_office(&(office_file(std::slice::from_ref(&desk)) + rows));
    let mut anna = Baresip::registered(desk.phone(office.sip).speaking(440.0));
    anna.dials("*61412125550101");
    anna.talks();
    anna.hears_speech();
    anna.keys("2125550199#");
    anna.hears_speech();
    anna.keys("#");
    anna.hears_speech();
    anna.hangs_up();
    office.is_quiet();
    office.keeps_call("*61412125550101", "hung_up");
    let story = office.story(&office.calls()[0]["id"]);
    let told = story.iter().map(|event| &event["what"]).find(|what| what["kind"] == "foretold");
    let told = told.expect("the story keeps what she was told");
    assert_eq!((&told["from"], &told["to"]), (&"2125550199".into(), &"12125550101".into()));
    assert_eq!(told["told"][0]["step"]["step"]["act"]["ring"]["extension"], "1001");
}
