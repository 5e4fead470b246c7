//! Trunks: their secrets are kept in a file of their own, and found nowhere else.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use config::{Config, RawTrunk, Secret};
use pbx::alarm::{Alarm, Mended};

use super::{at, import, open};
use crate::TRUNK_SECRETS;
use crate::error::EditError;

const OFFICE: &str = "[[trunk]]\nname = \"carrier\"\nserver = \"sip.example\"\nuser = \"u\"\nsecret = \"open-sesame-7\"\n\
                      [[trunk]]\nname = \"other\"\nserver = \"sip.example\"\nuser = \"v\"\n";

fn secret<'c>(config: &'c Config, trunk: &str) -> Option<&'c str> {
    config.trunk(trunk)?.secret.as_ref().map(Secret::expose)
}

/// Every file below a folder that has these bytes in it.
fn files_with(dir: &Path, needle: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("a directory").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(files_with(&entry, needle));
        } else if fs::read(&entry).expect("a file").windows(needle.len()).any(|window| window == needle.as_bytes()) {
            found.push(entry.file_name().expect("a name").to_string_lossy().into_owned());
        }
    }
    found
}

#[test]
fn a_secret_is_in_its_own_file_and_in_no_other() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let imported = import(&store, OFFICE);
    assert_eq!((secret(&imported.config, "carrier"), secret(&imported.config, "other")), (Some("open-sesame-7"), None));
    store.copy_nightly().expect("a copy");
    assert_eq!(files_with(dir.path(), "open-sesame"), [TRUNK_SECRETS]);
    let mode = fs::metadata(dir.path().join(TRUNK_SECRETS)).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let revision = store.revisions(crate::RevisionFilter::newest(1)).expect("revisions").swap_remove(0);
    assert!(!revision.after.contains("open-sesame"));
    let export = store.export().expect("an export");
    assert!(export.contains("[[trunk]]") && !export.contains("open-sesame"), "{export}");
    drop(store);
    let loaded = open(dir.path()).load().expect("it is whole");
    assert_eq!(secret(&loaded.config, "carrier"), Some("open-sesame-7"));
}

#[test]
fn what_leaves_a_secret_out_keeps_it_and_a_trunk_that_goes_takes_it_along() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    import(&store, OFFICE);
    let export = store.export().expect("an export");
    let again = import(&store, &export);
    assert_eq!((again.revision, secret(&again.config, "carrier")), (1, Some("open-sesame-7")));
    let renewed = import(&store, &OFFICE.replace("open-sesame-7", "another-word"));
    assert_eq!((renewed.revision, secret(&renewed.config, "carrier")), (1, Some("another-word")));
    let cleared = import(&store, &OFFICE.replace("open-sesame-7", ""));
    assert_eq!(secret(&cleared.config, "carrier"), None);
    import(&store, OFFICE);
    let edited = store.edit::<(), EditError>("tester", at(0), |raw| {
        raw.trunks.retain(|trunk| trunk.name.as_deref() != Some("carrier"));
        Ok(())
    });
    edited.expect("a change");
    assert!(files_with(dir.path(), "open-sesame").is_empty());
    let edited = store.edit::<(), EditError>("tester", at(0), |raw| {
        let text = |text: &str| Some(text.to_owned());
        let secret = Some(Secret::new("third-word"));
        raw.trunks.push(RawTrunk {
            name: text("new"),
            server: text("sip.example"),
            user: text("w"),
            secret,
            ..RawTrunk::default()
        });
        Ok(())
    });
    assert_eq!(secret(&edited.expect("a change").0.config, "new"), Some("third-word"));
}

#[test]
fn a_removal_that_is_taken_back_has_its_secret_and_another_server_has_not() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    import(&store, OFFICE);
    drop(store);
    let store = open(dir.path());
    let bare = OFFICE.replace("secret = \"open-sesame-7\"\n", "");
    import(&store, "");
    assert!(files_with(dir.path(), "open-sesame").is_empty());
    let elsewhere = bare.replacen("sip.example", "other.example", 1);
    assert_eq!(secret(&import(&store, &elsewhere).config, "carrier"), None);
    import(&store, "");
    assert_eq!(secret(&import(&store, &bare).config, "carrier"), Some("open-sesame-7"));
    // One that comes with it counts more, and a start forgets.
    import(&store, "");
    assert_eq!(secret(&import(&store, &OFFICE.replace("sesame", "door")).config, "carrier"), Some("open-door-7"));
    import(&store, "");
    drop(store);
    assert_eq!(secret(&import(&open(dir.path()), &bare).config, "carrier"), None);
}

#[test]
fn a_secret_that_no_carrier_gave_is_refused() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let long = OFFICE.replace("open-sesame-7", &"x".repeat(129));
    let error = store.import(&long, "tester", at(0)).expect_err("it is too long").to_string();
    assert!(error.contains("trunk 1 (carrier), secret") && !error.contains("xxx"), "{error}");
}

#[test]
fn a_damaged_file_of_secrets_is_said_and_the_office_is_there() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    import(&store, OFFICE);
    drop(store);
    fs::write(dir.path().join(TRUNK_SECRETS), "carrier = open-sesame").expect("it can be written");
    let store = open(dir.path());
    let loaded = store.load().expect("the office is there");
    assert_eq!((loaded.config.trunks().len(), secret(&loaded.config, "carrier")), (2, None));
    assert_eq!(loaded.alarms, [Alarm::Mended(Mended::TrunkSecretsLost)]);
    let imported = import(&store, OFFICE);
    assert_eq!(secret(&imported.config, "carrier"), Some("open-sesame-7"));
}
