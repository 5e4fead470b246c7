//! Codes that let calls out: kept as hashes, known again by their names, no two alike.

use config::Config;

use super::{import, open};
use crate::error::{ImportError, Reason};
use crate::verify_pin;

const OFFICE: &str = "[[authorization]]\nname = \"Abroad\"\npin = \"739116\"\n\
                      [[authorization]]\nname = \"Night\"\npin = \"580264\"\npermission = \"premium\"\n";

fn is_code(config: &Config, name: &str, pin: &str) -> bool {
    config.authorization(name).is_some_and(|row| verify_pin(row.pin_hash.expose(), pin))
}

#[test]
fn a_code_is_kept_as_a_hash_and_the_same_file_again_is_the_same_office() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let imported = import(&store, OFFICE);
    assert!(is_code(&imported.config, "Abroad", "739116") && is_code(&imported.config, "Night", "580264"));
    assert!(!is_code(&imported.config, "Abroad", "580264"));
    let export = store.export().expect("an export");
    assert!(export.contains("[[authorization]]") && !export.contains("739116"), "{export}");
    assert_eq!((import(&store, &export).revision, import(&store, OFFICE).revision), (1, 1));
    // A row that names none keeps what it has.
    let without: String =
        OFFICE.lines().filter(|line| !line.starts_with("pin")).map(|line| format!("{line}\n")).collect();
    let config = import(&store, &without).config;
    assert!(is_code(&config, "Abroad", "739116") && is_code(&config, "Night", "580264"));
    let config = import(&store, &OFFICE.replace("739116", "194725")).config;
    assert!(is_code(&config, "Abroad", "194725") && !is_code(&config, "Abroad", "739116"));
}

#[test]
fn a_code_that_is_easy_or_another_s_is_refused() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    import(&store, OFFICE);
    let without = OFFICE.replacen("pin = \"739116\"\n", "", 1);
    for (file, why) in [
        (OFFICE.replace("739116", "580264"), Reason::CodeTaken),
        (without.replace("580264", "739116"), Reason::CodeTaken),
        (OFFICE.replace("pin = \"580264\"\n", "").replace("739116", "580264"), Reason::CodeTaken),
        (OFFICE.replace("739116", "123456"), config::WeakPin::Sequence.into()),
        (OFFICE.replace("739116", "7391"), Reason::CodeShort { least: 6 }),
        (OFFICE.replace("739116", "739"), config::WeakPin::NotDigits.into()),
        (OFFICE.replace("pin = \"739116\"", "pin_hash = \"$argon2id$\""), Reason::PinHash),
    ] {
        let error = store.import(&file, "test", super::at(2)).expect_err("it is refused");
        let ImportError::Refused { refusals } = error else { panic!("{error}") };
        assert_eq!((refusals.len(), &refusals[0].reason), (1, &why), "{file}");
        assert!(refusals[0].row.starts_with("authorization "), "{}", refusals[0].row);
    }
    let many: String =
        (0..33).map(|place| format!("[[authorization]]\nname = \"C{place}\"\npin = \"7391{place:02}\"\n")).collect();
    assert!(matches!(store.import(&many, "test", super::at(2)), Err(ImportError::Refused { .. })));
}
