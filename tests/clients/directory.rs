//! The directory as programs read it that phones' makers try theirs with: over HTTP by digest, and over LDAP.

use std::process::{Command, Output};

use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, office_file};
use crate::harness::ports;

const CONTACT: &str = "\n[[contact]]\nname = \"Bakery, the old\"\nwork = \"030 1234567\"\n";

fn run(program: &str, words: &[&str]) -> Output {
    let output = Command::new(program).args(words).output();
    output.unwrap_or_else(|error| panic!("cannot start {program}: {error}"))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_phonebook_is_read_by_curl_with_a_phones_secret_and_by_nobody_without() {
    let desk = Desk::new(1001);
    let office = Daemon::start_office(&(office_file(&[desk.clone(), Desk::new(1002)]) + CONTACT));
    let fetch = |secret: &str, path: &str| {
        let user = format!("{}:{secret}", desk.user);
        let url = format!("http://127.0.0.1:{}/phonebook/{path}", office.http);
        run("curl", &["--silent", "--fail", "--max-time", "15", "--digest", "--user", &user, &url])
    };
    for maker in ["yealink", "snom", "grandstream", "cisco", "polycom"] {
        let all = said(&fetch(&desk.secret, &format!("{maker}.xml")));
        for part in ["Bakery, the old", "0301234567", "Desk 1002", "1002"] {
            assert!(all.contains(part), "{maker}: no {part} in {all}");
        }
    }
    let found = said(&fetch(&desk.secret, "yealink.xml?q=bak"));
    assert!(found.contains("Bakery") && !found.contains("Desk"), "{found}");
    let refused = fetch("wrong", "yealink.xml");
    assert_eq!((refused.status.code(), said(&refused).as_str()), (Some(22), ""), "401 ends curl so");
}

#[test]
fn the_phonebook_is_found_by_ldapsearch_with_a_phones_secret_and_by_nobody_without() {
    let desk = Desk::new(1001);
    let port = ports::free_ports(1);
    let options = ["--ldap".to_owned(), format!("127.0.0.1:{port}")];
    let office = office_file(&[desk.clone(), Desk::new(1002)]) + CONTACT;
    let _office = Daemon::start_office_with(&office, &options);
    let server = format!("ldap://127.0.0.1:{port}");
    let name = format!("cn={},ou=phonebook", desk.user);
    let search = |secret: &str, words: &[&str]| {
        let who = ["-x", "-LLL", "-o", "nettimeout=15", "-H", &server, "-D", &name, "-w", secret, "-b", "ou=phonebook"];
        run("ldapsearch", &[&who, words].concat())
    };
    let by_name = said(&search(&desk.secret, &["(|(cn=bak*)(telephoneNumber=bak*))", "cn", "telephoneNumber"]));
    assert!(by_name.contains("cn: Bakery, the old") && by_name.contains("telephoneNumber: 0301234567"), "{by_name}");
    let by_number = said(&search(&desk.secret, &["(telephoneNumber=1002)", "cn"]));
    assert!(by_number.contains("cn: Desk 1002") && !by_number.contains("Bakery"), "{by_number}");
    // RFC 4511 §4.1.9: invalidCredentials, sizeLimitExceeded.
    let refused = search("wrong", &["(cn=*)"]);
    assert_eq!((refused.status.code(), said(&refused).as_str()), (Some(49), ""));
    assert_eq!(search(&desk.secret, &["-z", "1", "(cn=*)"]).status.code(), Some(4));
}
