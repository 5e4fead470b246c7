//! Follow Me rings a real phone outside, behind a carrier's stand-in: by 1 it takes the call, by 2 it leaves it to the own mailbox.

use std::time::Duration;

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::kamailio::Kamailio;
use crate::harness::office::{Desk, office_with_mailboxes};

/// The office's number, which is its account with the carrier too.
const OFFICE: &str = "12125550101";

/// The number of the mobile.
const MOBILE: &str = "12125550199";

/// The tone that means: speak now.
const BEEP_HZ: f64 = 1000.0;

/// It is softer than the voices of these tests.
const BEEP_AMPLITUDE: f64 = 1500.0;

/// A greeting and what is to be done, said on a busy machine.
const GREETING: Duration = Duration::from_secs(25);

#[test]
fn f93_a_phone_outside_takes_the_call_by_1_and_leaves_it_to_the_own_mailbox_by_2() {
    let (carrier, desks) = (Kamailio::start(), [1001, 1002].map(Desk::new));
    let owner = "extension = \"1002\"\n";
    let list = format!(
        "diversions = [{{ kind = \"follow_me\", initial_s = 5, ring_s = 60, list = [\"number {MOBILE}\"] }}]\n"
    );
    let rows = format!(
        "\n[[trunk]]\nname = \"carrier\"\nserver = \"127.0.0.1:{}\"\nuser = \"{OFFICE}\"\nsecret = \"{}\"\n\
         numbers = \"national\"\n\n[[route]]\nname = \"out\"\ntrunks = [\"carrier\"]\n",
        carrier.port,
        Kamailio::secret(OFFICE)
    );
    let text = office_with_mailboxes(&desks).replace(owner, &format!("{owner}{list}")) + &rows;
    let office = Daemon::start_office(&text);
    office.shows("the trunk up", |status| status["trunks"][0]["health"] == "up");
    let mut anna = Baresip::registered(desks[0].phone(office.sip).speaking(440.0));
    let mut bert = Baresip::registered(desks[1].phone(office.sip));
    let mobile = Spec::new(MOBILE, &Kamailio::secret(MOBILE), carrier.port).speaking(620.0);
    let mut mobile = Baresip::registered(mobile);

    anna.dials("1002");
    bert.rings();
    bert.call_ends();
    mobile.rings();
    mobile.answers();
    mobile.hears_speech();
    mobile.keys("1");
    anna.talks();
    anna.hears(620.0);
    mobile.hears(440.0);
    anna.hangs_up();
    mobile.call_ends();

    anna.dials("1002");
    bert.rings();
    bert.call_ends();
    mobile.rings();
    mobile.answers();
    mobile.hears_speech();
    mobile.keys("2");
    mobile.call_ends();
    anna.talks();
    anna.hears_within(GREETING, BEEP_HZ, BEEP_AMPLITUDE);
    office.has_recorded(1, Duration::from_secs(3));
    anna.hangs_up();
    assert_eq!(office.keeps_messages("1002", 1)[0]["caller"]["number"], "1001");
    office.is_quiet();
}
