//! What an import takes, keeps, makes and refuses.

use config::{Fault, Wanted};

use super::{OFFICE, at, import, open};
use crate::{ImportError, check_office_file, verify_pin};

#[test]
fn an_office_file_becomes_an_office_without_secrets() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let imported = import(&store, OFFICE);
    assert_eq!((imported.revision, imported.problems.len()), (1, 0));
    let phone = imported.config.phone_by_name("1001a").expect("it is in the file");
    let (md5, sha256) = sip::auth::ha1("1001", &store.realm(), "kT7-example-Zq");
    assert_eq!(phone.ha1, config::Ha1 { md5, sha256 });
    let hash = imported.config.extension("1001").and_then(|extension| extension.pin_hash.clone()).expect("a PIN");
    assert!(verify_pin(&hash, "739116") && !verify_pin(&hash, "739117"));
    let made: Vec<&str> = imported.shown_once.iter().map(|shown| shown.phone.as_str()).collect();
    assert_eq!(made, ["1002a", "press"]);
    for shown in &imported.shown_once {
        let phone = imported.config.phone_by_user(&shown.user).expect("the user is random and known");
        let (md5, sha256) = sip::auth::ha1(&shown.user, &store.realm(), &shown.secret);
        assert_eq!(phone.ha1, config::Ha1 { md5, sha256 });
        assert!(shown.secret.len() >= 20 && !format!("{shown:?}").contains(&shown.secret));
    }
    assert_eq!(store.load().expect("it can be read").config, imported.config);
    let shown = format!(
        "{:?} {}",
        store.revisions(crate::RevisionFilter::newest(9)).expect("they can be read"),
        store.export().expect("it can")
    );
    assert!(!shown.contains("kT7-example") && !shown.contains("739116"));
}

#[test]
fn the_same_file_again_changes_nothing() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let first = import(&store, OFFICE);
    let again = import(&store, OFFICE);
    assert_eq!((again.revision, again.shown_once.len()), (1, 0));
    assert_eq!(again.config, first.config);
    assert_eq!(store.revisions(crate::RevisionFilter::newest(9)).expect("they can be read").len(), 1);
}

#[test]
fn ids_stay_with_extension_name_and_phone() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let before = import(&store, OFFICE).config;
    let moved = r#"
[[person]]
name = "Newcomer"
extension = "1003"
phones = [{}]
[[person]]
name = "Workshop"
extension = "1005"
phones = [{ name = "press" }]
[[person]]
name = "Reception"
extension = "1001"
phones = [{ name = "1001a" }]
"#;
    let after = import(&store, moved).config;
    let id = |config: &config::Config, name| config.people().find(|person| person.name == name).map(|person| person.id);
    assert_eq!(id(&after, "Workshop"), id(&before, "Workshop"));
    assert_eq!(id(&after, "Reception"), id(&before, "Front Desk"));
    assert!(before.people().all(|person| Some(person.id) != id(&after, "Newcomer")));
    for name in ["press", "1001a"] {
        assert_eq!(after.phone_by_name(name).map(|p| (p.id, p.ha1)), before.phone_by_name(name).map(|p| (p.id, p.ha1)));
    }
    let new = after.phone_by_name("1003a").expect("it was given its name").id;
    assert!(before.phones().all(|phone| phone.id != new));
}

#[test]
fn revisions_say_who_changed_what() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    import(&store, OFFICE);
    let changed = OFFICE.replace("\"Workshop\"", "\"Garage\"");
    let second = store.import(&changed, "Maria", at(60)).expect("it is taken");
    assert_eq!(second.revision, 2);
    let revisions = store.revisions(crate::RevisionFilter::newest(9)).expect("they can be read");
    let [newest, oldest] = revisions.as_slice() else { panic!("there are two: {revisions:?}") };
    assert_eq!((newest.id, newest.author.as_str(), newest.at), (2, "Maria", at(60)));
    assert_eq!(newest.before.as_ref(), Some(&oldest.after));
    assert!(oldest.after.contains("Workshop") && !newest.after.contains("Workshop"));
    assert_eq!((oldest.id, &oldest.before), (1, &None));
    assert_eq!(store.revisions(crate::RevisionFilter::newest(1)).expect("they can be read").len(), 1);
}

#[test]
fn anything_weak_refuses_the_whole_file_with_every_reason() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let before = import(&store, OFFICE).config;
    let weak = OFFICE
        .replace("kT7-example-Zq", "password123")
        .replace("739116", "1234")
        .replace("{ name = \"press\" }", "{ name = \"press\", secret = \"short\" }");
    let expected = [
        "person 1 (Front Desk), pin: the PIN is a sequence: use something irregular",
        "phone 1001a of person 1 (Front Desk), secret: the secret is a common password or nearly one: use something that nobody guesses",
        "phone press of person 2 (Workshop), secret: the secret is too short: use at least 10 characters",
    ];
    for refused in [store.import(&weak, "tester", at(1)).map(|_| ()), check_office_file(&weak).map(|_| ())] {
        let Err(ImportError::Refused { refusals }) = refused else { panic!("{refused:?}") };
        let said: Vec<String> = refusals.iter().map(ToString::to_string).collect();
        assert_eq!(said, expected);
    }
    assert_eq!(store.load().expect("it can be read").config, before);
}

#[test]
fn hostile_files_are_refused_with_a_reason() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let many = "[[person]]\nname = \"P\"\n".repeat(501);
    let long = " ".repeat(3 << 20);
    let costly =
        "[[person]]\nname = \"A\"\npin_hash = \"$argon2id$v=19$m=4194304,t=9,p=1$c29tZXNhbHQ$aGFzaGhhc2hoYXNoaGFzaA\"";
    for (file, expected) in [
        ("[office", "line 1 of the office file is not TOML"),
        ("\n\n[[person]]\nsecret = \"open-sesame", "line 4 of the office file is not TOML"),
        (&many, "the office file is refused: person, all: there are 501, more than 500: remove some"),
        (&long, "the office file has 3145728 bytes"),
        (costly, "the office file is refused: person 1 (A), pin_hash: this is no Argon2id hash of usual cost"),
        ("[office]\nrealm = \"a\\\"b\"", "the office file is refused: office, realm: a realm is"),
    ] {
        let error = store.import(file, "tester", at(0)).expect_err("it must be refused").to_string();
        assert!(error.starts_with(expected) && !error.contains("sesame"), "{error}");
    }
    assert_eq!(store.load().expect("it can be read").config, config::Config::default());
}

#[test]
fn a_wrong_row_is_off_and_stays_off() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let file = OFFICE.replace("extension = \"1002\"", "extension = \"1002\"\nring_s = \"25\"\ncolour = 1");
    let imported = import(&store, &file);
    let faults: Vec<&Fault> = imported.problems.iter().map(|problem| &problem.fault).collect();
    assert_eq!(faults, [&Fault::WrongType { expected: Wanted::Number }, &Fault::UnknownKey]);
    assert!(imported.config.extension("1002").is_none() && imported.config.extension("1001").is_some());
    let loaded = store.load().expect("it can be read");
    assert_eq!((loaded.config, loaded.problems.len()), (imported.config, 1));
    assert_eq!(check_office_file(&file).expect("nothing in it is weak").len(), 2);
}

#[test]
fn a_pin_is_removed_by_an_empty_one_and_an_ha1_gives_way_to_a_secret() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let before = import(&store, OFFICE).config;
    let export = store.export().expect("it can be written");
    let changed = export
        .replace("pin_hash = ", "pin = \"\"\npin_hash = ")
        .replace("name = \"press\"", "name = \"press\"\nsecret = \"Vf9mQx2LrT8s\"");
    let after = import(&store, &changed).config;
    assert!(after.extension("1001").expect("it is there").pin_hash.is_none());
    assert_ne!(after.phone_by_name("press").map(|p| p.ha1), before.phone_by_name("press").map(|p| p.ha1));
    assert_eq!(after.phone_by_name("1002a"), before.phone_by_name("1002a"));
}
