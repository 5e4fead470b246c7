//! Export, then import: the same office, on the same box and on another.

use config::{RawConfig, RawPerson, RawPhone, Secret};
use proptest::prelude::*;

use super::{OFFICE, at, import, open};

#[test]
fn an_export_imported_again_is_no_change() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let before = import(&store, OFFICE);
    let text = store.export().expect("it can be written");
    let after = import(&store, &text);
    assert_eq!((after.revision, after.config, after.shown_once.len()), (1, before.config, 0));
    assert_eq!(store.export().expect("it can be written"), text);
}

#[test]
fn f91_secretaries_are_in_an_export_and_come_back_with_it() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let row = r#"{ kind = "secretary", ring_s = 5, secretaries = ["1001 off"], strategy = "everyone", callers = "external", pass = ["0891*"] }"#;
    let before = import(&store, &format!("{OFFICE}diversions = [{row}]\n"));
    assert!(before.problems.is_empty(), "{:?}", before.problems);
    let text = store.export().expect("it can be written");
    let after = import(&store, &text);
    assert_eq!((after.revision, &after.config), (1, &before.config));
    let answering = &after.config.extension("1002").expect("the workshop is there").answering;
    let known = answering.secretaries().expect("they are there");
    assert_eq!((known.list.len(), known.list[0].is_on, known.pass.len()), (1, false, 1));
}

#[test]
fn f93_the_list_of_follow_me_is_in_an_export_and_comes_back_with_it() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let row = r#"{ kind = "follow_me", initial_s = 5, in_turn = true, list = ["phone 1001", "number 01705550100"] }"#;
    let before = import(&store, &format!("{OFFICE}diversions = [{row}]\n"));
    assert!(before.problems.is_empty(), "{:?}", before.problems);
    let text = store.export().expect("it can be written");
    let after = import(&store, &text);
    assert_eq!((after.revision, &after.config), (1, &before.config));
    let answering = &after.config.extension("1002").expect("the workshop is there").answering;
    assert_eq!(answering.follows(at(0)).map(|(_, follow_me)| follow_me.list.len()), Some(2));
}

#[test]
fn a_new_box_takes_over_office_and_realm_and_a_used_one_refuses() {
    let (old, new, used) = (tempfile::tempdir(), tempfile::tempdir(), tempfile::tempdir());
    let (old, new, used) = (old.expect("a directory"), new.expect("a directory"), used.expect("a directory"));
    let (from, to, other) = (open(old.path()), open(new.path()), open(used.path()));
    let before = import(&from, OFFICE);
    let text = from.export().expect("it can be written");
    assert_ne!(from.realm(), to.realm());
    let after = import(&to, &text);
    assert_eq!((&after.realm, &to.realm()), (&from.realm(), &from.realm()));
    assert_eq!(after.config, before.config);
    assert_eq!(to.export().expect("it can be written"), text);
    drop(to);
    assert_eq!(open(new.path()).realm(), from.realm());
    import(&other, OFFICE);
    let error = other.import(&text, "tester", at(0)).expect_err("the HA1s are useless there").to_string();
    assert!(error.contains(&format!("the HA1s are of realm {}", from.realm())), "{error}");
}

#[test]
fn m3_the_office_of_a_moment_is_exported_as_it_was() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let take = |text: &str, second| store.import(text, "tester", at(second)).expect("it is good").revision;
    assert_eq!(take(OFFICE, 10), 1);
    let first = store.export().expect("it can be written");
    assert_eq!(take(&first.replace("Front Desk", "Reception"), 20), 2);
    let second = store.export().expect("it can be written");
    let then = |second| store.export_as_of(at(second)).expect("it can be read");
    assert_eq!([then(9), then(10), then(19)], [None, Some(first.clone()), Some(first.clone())]);
    assert_eq!([then(20), then(4_000)], [Some(second.clone()), Some(second)]);
    // What is put back is the office of then, whatever came between.
    assert_eq!(take(&then(15).expect("it is kept"), 30), 3);
    assert_eq!(then(30), Some(first));
}

fn offices() -> impl Strategy<Value = RawConfig> {
    let phone = (prop::option::of("[a-z]{4}[0-9]{2}"), prop::option::of(Just("Vf9mQx2LrT8s")), any::<bool>()).prop_map(
        |(name, secret, has_user)| {
            let user = name.clone().filter(|_| has_user);
            RawPhone { name, user, secret: secret.map(Secret::new), ..RawPhone::default() }
        },
    );
    let person = (
        "[A-Z][a-zäöß' -]{0,20}",
        prop::option::of("[2-8][0-9]{1,5}"),
        prop::option::of(0..140_u16),
        prop::option::of(any::<bool>()),
        prop::collection::vec(phone, 0..4),
    );
    let person = person.prop_map(|(name, extension, ring_s, voicemail, phones)| RawPerson {
        name: Some(name),
        extension,
        ring_s,
        voicemail,
        phones,
        ..RawPerson::default()
    });
    let name = prop::option::of("[ -~]{0,30}");
    (name, prop::collection::vec(person, 0..12)).prop_map(|(name, people)| {
        let mut raw = RawConfig { people, ..RawConfig::default() };
        raw.office.name = name;
        raw
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn every_office_survives_export_and_import(raw in offices()) {
        let (one, two) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
        let (one, two) = (open(one.path()), open(two.path()));
        let file = toml::to_string(&raw).expect("it can be written");
        let before = import(&one, &file);
        let text = one.export().expect("it can be written");
        prop_assert_eq!(import(&one, &text).revision, before.revision);
        let after = import(&two, &text);
        prop_assert_eq!(after.config, before.config);
        prop_assert_eq!(after.problems, before.problems);
        prop_assert_eq!(two.export().expect("it can be written"), text);
    }
}
