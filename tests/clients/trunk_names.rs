//! A carrier that is found by its SRV record at a real name server, which then dies.

use std::time::Instant;

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::dnsmasq::Dnsmasq;
use crate::harness::kamailio::Kamailio;
use crate::harness::office::{Desk, office_file};
use crate::harness::{PATIENCE, wait_for};

/// The office's account with the carrier.
const OFFICE: &str = "12125550101";

/// The number of the phone outside.
const OUTSIDE: &str = "12125550199";

fn is_up(status: &serde_json::Value) -> bool {
    status["trunks"][0]["health"] == "up"
}

#[test]
fn a_trunk_is_found_by_srv_and_outlives_its_name_server() {
    // Registrations that end within the test, so that they must be made anew.
    let carrier = Kamailio::start_with("modparam(\"registrar\", \"max_expires\", 20)\n");
    let mut dns = Dnsmasq::start(&[
        format!("--srv-host=_sip._udp.carrier.example,edge.carrier.example,{},10,5", carrier.port),
        "--srv-host=_sip._udp.carrier.example,nobody.carrier.example,5060,20,5".to_owned(),
        "--host-record=edge.carrier.example,127.0.0.1".to_owned(),
    ]);
    let desk = Desk::new(1001);
    let rows = format!(
        "\n[[trunk]]\nname = \"carrier\"\nserver = \"carrier.example\"\nuser = \"{OFFICE}\"\nsecret = \"{}\"\n\
         numbers = \"national\"\n\n[[route]]\nname = \"out\"\ntrunks = [\"carrier\"]\n",
        Kamailio::secret(OFFICE)
    );
    let options = ["--dns".to_owned(), format!("127.0.0.1:{}", dns.port)];
    let text = office_file(std::slice::from_ref(&desk)) + &rows;
    let mut office = Daemon::start_office_with(&text, &options);
    office.shows("the trunk up where SRV says", |status| {
        is_up(status) && status["trunks"][0]["addresses"][0] == format!("127.0.0.1:{}", carrier.port)
    });
    dns.process.kill();
    let until = office.status()["trunks"][0]["registered_until"].clone();
    let again = wait_for(PATIENCE * 3, || {
        let status = office.status();
        (is_up(&status) && status["trunks"][0]["registered_until"].as_str() > until.as_str()).then_some(())
    });
    assert!(again.is_some(), "it registers again without the name server");
    let mut anna = Baresip::registered(desk.phone(office.sip).speaking(440.0));
    let outside = Spec::new(OUTSIDE, &Kamailio::secret(OUTSIDE), carrier.port).speaking(620.0);
    let mut outside = Baresip::registered(outside);
    anna.dials(&format!("+{OUTSIDE}"));
    outside.rings();
    outside.answers();
    anna.hears(620.0);
    outside.hears(440.0);
    anna.hangs_up();
    office.is_quiet();
    // A start while it is dead has what was known.
    office.stops();
    let begin = Instant::now();
    office.starts_again();
    let served = begin.elapsed();
    office.shows("the trunk up by what was known", is_up);
    eprintln!("with a dead name server: served after {served:?}, trunk up after {:?}", begin.elapsed());
    office.stops();
    std::fs::remove_file(office.data.join("cache/names.json")).expect("it was kept");
    office.starts_again();
    office.shows("that no name server answers", |status| {
        let trunk = &status["trunks"][0];
        trunk["health"] == "down" && trunk["trouble"]["kind"] == "dns_silent"
    });
}
