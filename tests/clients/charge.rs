//! An account, keyed on a real phone: the call goes out by a trunk to a real phone outside, and its story says whom it is charged to (F162).

use serde_json::{Value, json};

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::kamailio::Kamailio;
use crate::harness::office::{Desk, office_file};

/// The office's number, which is its account with the carrier too.
const OFFICE: &str = "12125550101";

/// The number of the phone outside, in the office's country.
const OUTSIDE: &str = "12125550199";

#[test]
fn an_account_keyed_on_a_phone_is_charged_for_the_call() {
    let carrier = Kamailio::start();
    let desk = Desk::new(1001);
    let rows = format!(
        "\n[[trunk]]\nname = \"carrier\"\nserver = \"127.0.0.1:{}\"\nuser = \"{OFFICE}\"\nsecret = \"{}\"\n\
         numbers = \"e164\"\nstrip = 1\n\n[[route]]\nname = \"out\"\ntrunks = [\"carrier\"]\naccount = \"required\"\n\n\
         [[account]]\nnumber = \"0471\"\nname = \"Harbour\"\n",
        carrier.port,
        Kamailio::secret(OFFICE)
    );
    let office = Daemon::start_office(&(office_file(std::slice::from_ref(&desk)) + &rows));
    office.shows("the trunk up", |status| status["trunks"][0]["health"] == "up");
    let mut anna = Baresip::registered(desk.phone(office.sip).speaking(440.0));
    let outside = Spec::new(OUTSIDE, &Kamailio::secret(OUTSIDE), carrier.port).speaking(620.0);
    let mut outside = Baresip::registered(outside);

    // No account, again, right: 471 is another than 0471.
    anna.dials(&format!("+{OUTSIDE}"));
    anna.talks();
    anna.hears_speech();
    anna.keys("471#");
    anna.hears_speech();
    anna.keys("0471#");
    outside.rings();
    outside.answers();
    anna.hears(620.0);
    outside.hears(440.0);
    anna.hangs_up();
    outside.call_ends();
    office.is_quiet();
    office.keeps_call(&format!("+{OUTSIDE}"), "hung_up");
    let charged = json!({ "kind": "charged", "by": "1001", "account": "0471", "name": "Harbour" });
    assert_eq!(newest(&office, "charged"), [charged]);

    // Three that are none end it, and nobody is called.
    anna.dials(&format!("+{OUTSIDE}"));
    anna.talks();
    for number in ["1#", "2#", "3#"] {
        anna.hears_speech();
        anna.keys(number);
    }
    anna.call_ends();
    office.is_quiet();
    office.keeps_call(&format!("+{OUTSIDE}"), "not_allowed");
    assert_eq!((newest(&office, "wrong_account").len(), newest(&office, "called_out").len()), (3, 0));
}

/// What of this kind happened in the newest call.
fn newest(office: &Daemon, kind: &str) -> Vec<Value> {
    let story = office.story(&office.calls()[0]["id"]);
    story.into_iter().map(|event| event["what"].clone()).filter(|what| what["kind"] == kind).collect()
}
