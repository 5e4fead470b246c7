//! A caller outside says a name, and whoever screens calls hears it on a real phone.

use std::time::Duration;

use crate::harness::baresip::{Baresip, LOUDNESS, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::kamailio::Kamailio;
use crate::harness::office::{Desk, office_file};
use crate::harness::until;

/// The office's number, which is its account with the carrier too.
const OFFICE: &str = "12125550101";

/// The number of whoever calls.
const OUTSIDE: &str = "12125550199";

/// The tone that means: speak now.
const BEEP_HZ: f64 = 1000.0;

/// It is softer than the voices of these tests.
const BEEP_AMPLITUDE: f64 = 1500.0;

/// A question, and the tone behind it, on a busy machine.
const ASKED: Duration = Duration::from_secs(25);

#[test]
fn f33_whoever_screens_hears_the_voice_of_the_caller_before_they_take_the_call() {
    let (carrier, desk) = (Kamailio::start(), Desk::new(1001));
    let screens = "extension = \"1001\"\nrules = [{ screen = true }]\n";
    let rows = format!(
        "\n[[trunk]]\nname = \"carrier\"\nserver = \"127.0.0.1:{}\"\nuser = \"{OFFICE}\"\nsecret = \"{}\"\n\
         numbers = \"national\"\n\n[[number]]\nnumber = \"+{OFFICE}\"\nto = \"1001\"\n",
        carrier.port,
        Kamailio::secret(OFFICE)
    );
    let text = office_file(std::slice::from_ref(&desk)).replacen("extension = \"1001\"\n", screens, 1) + &rows;
    let office = Daemon::start_office(&text);
    office.shows("the trunk up", |status| status["trunks"][0]["health"] == "up");
    let mut anna = Baresip::registered(desk.phone(office.sip).speaking(440.0));
    let outside = Spec::new(OUTSIDE, &Kamailio::secret(OUTSIDE), carrier.port).speaking(620.0);
    let mut outside = Baresip::registered(outside);

    outside.dials(OFFICE);
    outside.talks();
    outside.hears_speech();
    let from = outside.presses('#');
    outside.hears_since(from, ASKED, BEEP_HZ, BEEP_AMPLITUDE);
    office.has_recorded(1, Duration::from_secs(3));
    outside.presses('#');
    anna.rings();
    let recordings = || {
        std::fs::read_dir(office.data.join("recordings")).map_or(0, |files| files.flatten().filter(is_sound).count())
    };
    assert_eq!(recordings(), 1, "what was said is there while the call is");
    anna.answers();
    let loudness = anna.hears_within(ASKED, 620.0, LOUDNESS / 2.0);
    println!("anna hears the caller's voice with an amplitude of {loudness:.0} before she takes the call");
    anna.keys("1");
    outside.hears(440.0);
    anna.hears(620.0);
    outside.hangs_up();
    anna.call_ends();
    office.is_quiet();
    until("nothing of it is kept", || (recordings() == 0).then_some(()));
}

fn is_sound(file: &std::fs::DirEntry) -> bool {
    file.path().extension().is_some_and(|extension| extension == "wav" || extension == "part")
}
