//! A carrier by TLS: proven by its own authority, called over one connection, and not believed where it is another.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::Value;

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::dnsmasq::Dnsmasq;
use crate::harness::kamailio::Kamailio;
use crate::harness::office::{Desk, office_file};
use crate::harness::{PATIENCE, fresh_folder, ports, wait_for};

/// The office's account with the carrier.
const OFFICE: &str = "12125550101";

/// The number of the phone outside.
const OUTSIDE: &str = "12125550199";

const NAME: &str = "edge.carrier.example";

/// The carrier's authority as PEM, and what makes its kamailio speak TLS on this port.
fn secured(port: u16) -> (String, String) {
    let mut authority = CertificateParams::new([]).expect("no names are needed");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate().expect("a key");
    let pem = authority.self_signed(&authority_key).expect("it signs itself").pem();
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate().expect("a key");
    let leaf = CertificateParams::new([NAME.to_owned()]).expect("a name");
    let leaf = leaf.signed_by(&key, &issuer).expect("it is signed").pem();
    let folder = fresh_folder("carrier-tls");
    let (leaf_file, key_file) = (folder.join("leaf.pem"), folder.join("leaf.key"));
    std::fs::write(&leaf_file, leaf).expect("the test's folder is writable");
    std::fs::write(&key_file, key.serialize_pem()).expect("the test's folder is writable");
    let lines = format!(
        "enable_tls=yes\nlisten=tls:127.0.0.1:{port}\nloadmodule \"tls.so\"\ntcp_accept_aliases=yes\n\
         modparam(\"tls\", \"tls_method\", \"TLSv1.2+\")\n\
         modparam(\"tls\", \"certificate\", \"{}\")\nmodparam(\"tls\", \"private_key\", \"{}\")\n\
         #!define BY_CONNECTION\n",
        leaf_file.display(),
        key_file.display()
    );
    (pem, lines)
}

fn text(desk: &Desk, server: &str, authority: &str) -> String {
    let authority = if authority.is_empty() { String::new() } else { format!("authority = '''\n{authority}'''\n") };
    let rows = format!(
        "\n[[trunk]]\nname = \"carrier\"\nserver = \"{server}\"\ntransport = \"tls\"\nuser = \"{OFFICE}\"\n\
         secret = \"{}\"\nnumbers = \"national\"\n{authority}\n[[number]]\nnumber = \"+{OFFICE}\"\nto = \"{}\"\n\n\
         [[route]]\nname = \"out\"\ntrunks = [\"carrier\"]\n",
        Kamailio::secret(OFFICE),
        desk.extension
    );
    office_file(std::slice::from_ref(desk)) + &rows
}

fn is_up(status: &Value) -> bool {
    status["trunks"][0]["health"] == "up" && status["trunks"][0]["registered_until"].is_string()
}

#[test]
fn a_carrier_by_tls_proves_itself_and_calls_go_both_ways_over_its_connection() {
    let port = ports::free_ports(1);
    let (authority, lines) = secured(port);
    let mut carrier = Kamailio::start_with(&lines);
    let dns = Dnsmasq::start(&[
        format!("--host-record={NAME},127.0.0.1"),
        "--host-record=another.carrier.example,127.0.0.1".to_owned(),
    ]);
    let desk = Desk::new(1001);
    let here = text(&desk, &format!("{NAME}:{port}"), &authority);
    let office = Daemon::start_office_with(&here, &["--dns".to_owned(), format!("127.0.0.1:{}", dns.port)]);
    office.shows("the trunk up", is_up);
    let mut anna = Baresip::registered(desk.phone(office.sip).speaking(440.0));
    let outside = Spec::new(OUTSIDE, &Kamailio::secret(OUTSIDE), carrier.port).speaking(620.0);
    let mut outside = Baresip::registered(outside);
    anna.dials(&format!("+{OUTSIDE}"));
    outside.rings();
    carrier.process.says("a call came by tls");
    outside.answers();
    anna.hears(620.0);
    outside.hears(440.0);
    anna.hangs_up();
    outside.call_ends();
    office.is_quiet();
    outside.dials(OFFICE);
    assert!(anna.rings().contains(OUTSIDE));
    anna.answers();
    outside.hears(440.0);
    anna.hears(620.0);
    outside.hangs_up();
    anna.call_ends();
    office.is_quiet();
    // The connection ends with the carrier, which forgets us; we come again by ourselves.
    carrier.process.kill();
    carrier.launches();
    let is_back = wait_for(PATIENCE * 3, || carrier.answers().then(|| carrier.knows(OFFICE).then_some(()))?);
    assert!(is_back.is_some(), "the carrier knows us again");
    office.shows("the trunk up again", is_up);
    for (server, authority, why) in
        [(NAME, "", "unknown_authority"), ("another.carrier.example", authority.as_str(), "wrong_name")]
    {
        office.imports(&text(&desk, &format!("{server}:{port}"), authority));
        office.shows(&format!("that it is not believed: {why}"), |status| {
            let trunk = &status["trunks"][0];
            trunk["health"] == "down" && trunk["trouble"]["kind"] == "distrusted" && trunk["trouble"]["why"] == why
        });
    }
    office.imports(&here);
    office.shows("the trunk up at last", is_up);
}
