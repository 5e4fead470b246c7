//! New PINs.

use config::{Secret, WeakPin};

use super::{OFFICE, at, import, open};
use crate::{PinError, verify_pin};

#[test]
fn a_new_pin_is_a_revision_in_force_and_in_the_copy_beside_the_database() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let before = import(&store, OFFICE).config;
    let config = store.set_pin("1001", &Secret::new("580264"), "1001 by phone", at(9)).expect("it is a good one");
    assert_eq!(config.revision(), 2);
    let hash = |config: &config::Config| config.extension("1001").and_then(|row| row.pin_hash.clone()).expect("a PIN");
    assert!(verify_pin(&hash(&config), "580264") && !verify_pin(&hash(&config), "739116"));
    assert_eq!(store.load().expect("it can be read").config, config);
    assert_eq!(store.revisions(crate::RevisionFilter::newest(1)).expect("they can be read")[0].author, "1001 by phone");
    // Nothing else is different, and the same once more is no new revision.
    let again = store.set_pin("1001", &Secret::new("580264"), "1001 by phone", at(9)).expect("it is a good one");
    assert_eq!(again, config);
    assert_eq!(store.set_pin("1002", &Secret::new("580264"), "page", at(9)).expect("it is a good one").revision(), 3);
    assert_eq!(before.extension("1002").map(|row| &row.pin_hash), Some(&None));
    // A database that is lost costs no PIN.
    let in_force = store.load().expect("it can be read").config;
    drop(store);
    std::fs::write(dir.path().join("bellbox.db"), b"").expect("there is space");
    let opened = crate::Store::open(dir.path()).expect("it starts anew");
    assert_eq!(opened.store.load().expect("it can be read").config, in_force);
}

#[test]
fn a_weak_pin_and_an_unknown_extension_are_refused() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    import(&store, OFFICE);
    for (pin, why) in [
        ("12", WeakPin::NotDigits),
        ("", WeakPin::NotDigits),
        ("1001", WeakPin::IsExtension),
        ("777777", WeakPin::Repeat),
        ("123456", WeakPin::Sequence),
    ] {
        let error = store.set_pin("1001", &Secret::new(pin), "page", at(9)).expect_err("it is weak");
        assert!(matches!(&error, PinError::Weak(weak) if *weak == why), "{pin}: {error:?}");
    }
    let error = store.set_pin("1009", &Secret::new("580264"), "page", at(9)).expect_err("nobody has it");
    assert!(matches!(&error, PinError::Unknown { extension } if extension == "1009"), "{error:?}");
    assert_eq!(store.load().expect("it can be read").config.revision(), 1);
}
