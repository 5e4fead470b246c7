//! A real phone outside, behind a carrier's stand-in, that rings along with a desk and takes the call by a key.

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::kamailio::Kamailio;
use crate::harness::office::{Desk, RING_S, office_file};

/// The office's number, which is its account with the carrier too.
const OFFICE: &str = "12125550101";

/// The number of the mobile.
const MOBILE: &str = "12125550199";

#[test]
fn a_mobile_that_rings_along_is_asked_and_takes_the_call_by_1() {
    let (carrier, desks) = (Kamailio::start(), [1001, 1002].map(Desk::new));
    let ring = format!("ring_s = {RING_S}\n");
    let along = format!("ring_s = 60\nrules = [{{ also = [\"number {MOBILE} after 1 s\"] }}]\n");
    let rows = format!(
        "\n[[trunk]]\nname = \"carrier\"\nserver = \"127.0.0.1:{}\"\nuser = \"{OFFICE}\"\nsecret = \"{}\"\n\
         numbers = \"national\"\n\n[[route]]\nname = \"out\"\ntrunks = [\"carrier\"]\n",
        carrier.port,
        Kamailio::secret(OFFICE)
    );
    let office = Daemon::start_office(&(office_file(&desks).replace(&ring, &along) + &rows));
    office.shows("the trunk up", |status| status["trunks"][0]["health"] == "up");
    let mut anna = Baresip::registered(desks[0].phone(office.sip).speaking(440.0));
    let mut bert = Baresip::registered(desks[1].phone(office.sip));
    let mobile = Spec::new(MOBILE, &Kamailio::secret(MOBILE), carrier.port).speaking(620.0);
    let mut mobile = Baresip::registered(mobile);
    anna.dials("1002");
    bert.rings();
    mobile.rings();
    mobile.answers();
    mobile.hears_speech();
    mobile.keys("1");
    anna.talks();
    anna.hears(620.0);
    mobile.hears(440.0);
    bert.call_ends();
    anna.hangs_up();
    mobile.call_ends();
    office.is_quiet();
    office.keeps_call("1002", "hung_up");
}
