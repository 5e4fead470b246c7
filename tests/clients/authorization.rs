//! An authorization code, keyed on a real phone: the call goes out by a trunk to a real phone outside (F162).

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::kamailio::Kamailio;
use crate::harness::office::{Desk, office_file};

/// The office's number, which is its account with the carrier too.
const OFFICE: &str = "12125550101";

/// The number of the phone outside, in another country than the office's.
const OUTSIDE: &str = "4930123456";

#[test]
fn a_code_keyed_on_a_phone_lets_the_call_out() {
    let carrier = Kamailio::start();
    let desk = Desk::new(1001);
    let rows = format!(
        "\n[[trunk]]\nname = \"carrier\"\nserver = \"127.0.0.1:{}\"\nuser = \"{OFFICE}\"\nsecret = \"{}\"\n\
         numbers = \"e164\"\nstrip = 1\n\n[[route]]\nname = \"out\"\ntrunks = [\"carrier\"]\n\n\
         [[authorization]]\nname = \"Abroad\"\npin = \"739146\"\n",
        carrier.port,
        Kamailio::secret(OFFICE)
    );
    let office = Daemon::start_office(&(office_file(std::slice::from_ref(&desk)) + &rows));
    office.shows("the trunk up", |status| status["trunks"][0]["health"] == "up");
    let mut anna = Baresip::registered(desk.phone(office.sip).speaking(440.0));
    let outside = Spec::new(OUTSIDE, &Kamailio::secret(OUTSIDE), carrier.port).speaking(620.0);
    let mut outside = Baresip::registered(outside);

    // Wrong, again, right.
    anna.dials(&format!("+{OUTSIDE}"));
    anna.talks();
    anna.hears_speech();
    anna.keys("111222#");
    anna.hears_speech();
    anna.keys("739146#");
    outside.rings();
    outside.answers();
    anna.hears(620.0);
    outside.hears(440.0);
    anna.hangs_up();
    outside.call_ends();
    office.is_quiet();
    office.keeps_call(&format!("+{OUTSIDE}"), "hung_up");

    // Three wrong ones end it, and nobody is called.
    anna.dials(&format!("+{OUTSIDE}"));
    anna.talks();
    for code in ["111222#", "222111#", "333111#"] {
        anna.hears_speech();
        anna.keys(code);
    }
    anna.call_ends();
    office.is_quiet();
    office.keeps_call(&format!("+{OUTSIDE}"), "not_allowed");
}
