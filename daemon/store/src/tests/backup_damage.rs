//! What is wrong with a backup is found, said, and changes nothing.

use std::fs;
use std::path::Path;

use pbx::alarm::{Alarm, Mended};
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use super::backup::{filled, packed, receive};
use super::open;
use crate::{BackupError, FORMAT, UnusableOffice};

/// What is wrong, in short.
fn fault(archive: &[u8]) -> String {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let error = receive(&store, archive).expect_err("it is refused");
    assert_eq!(store.received(), None);
    assert!(!dir.path().join("incoming").exists(), "nothing of it stays");
    match error {
        BackupError::NotABackup => "none".to_owned(),
        BackupError::Newer { program } => format!("newer {program}"),
        BackupError::Truncated => "truncated".to_owned(),
        BackupError::Damaged { file } => format!("damaged {file}"),
        BackupError::Strange { name } => format!("strange {name}"),
        BackupError::Unusable(why) => format!("unusable {why}"),
        other => format!("{other:?}"),
    }
}

/// A whole archive of these files, with right sums.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    let mut sums = String::new();
    for (name, bytes) in files {
        append(&mut builder, name, bytes);
        let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        sums += &format!("{hex}  {name}\n");
    }
    append(&mut builder, "SHA256SUMS", sums.as_bytes());
    builder.into_inner().expect("there is memory")
}

/// Under exactly this name, also where the library would not write it.
fn append(builder: &mut Builder<Vec<u8>>, name: &str, bytes: &[u8]) {
    let mut header = Header::new_ustar();
    header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    header.set_entry_type(EntryType::Regular);
    header.set_cksum();
    builder.append(&header, bytes).expect("there is memory");
}

const ABOUT: &[u8] = br#"{"format":1,"program":"0.1.0","made":"2026-07-01T08:00:00Z"}"#;

fn whole() -> (tempfile::TempDir, Vec<u8>) {
    let dir = tempfile::tempdir().expect("a directory");
    let bytes = packed(&filled(dir.path()));
    (dir, bytes)
}

#[test]
fn a_backup_that_ends_too_early_is_refused_wherever_it_ends() {
    let (_dir, whole) = whole();
    let sums = whole.windows(10).rposition(|name| name == b"SHA256SUMS").expect("it is there");
    for end in (600..sums + 600).step_by(whole.len() / 40) {
        let cut = &whole[..end.min(sums + 520)];
        assert!(["truncated", "none"].contains(&fault(cut).as_str()), "{end}: {}", fault(cut));
    }
    assert_eq!(fault(&whole[..sums]), "truncated", "all files, and no sums");
    assert_eq!(fault(b""), "none");
}

#[test]
fn a_flipped_byte_is_found_and_its_file_is_named() {
    let (_dir, whole) = whole();
    let at = |text: &[u8]| whole.windows(text.len()).position(|window| window == text).expect("it is there");
    for (name, place) in [
        ("bellbox.db", at(b"SQLite format 3") + 5_000),
        ("recordings/00000001.wav", at(b"recordings/00000001.wav") + 512 + 900),
        ("tls/ca.key", at(b"this is ca.key") + 2),
        ("bellbox.json", at(b"\"office\"") + 11),
    ] {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        assert_eq!(fault(&bytes), format!("damaged {name}"));
    }
}

#[test]
fn what_is_no_backup_is_said_to_be_none() {
    let photo: Vec<u8> = (0_u32..100_000).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for bytes in [&photo[..], &[0; 4096], b"PK\x03\x04", &archive(&[("holiday.jpg", &photo)])] {
        assert_eq!(fault(bytes), "none");
    }
    assert_eq!(fault(&archive(&[("bellbox.json", b"{}")])), "none");
    assert_eq!(fault(&archive(&[("bellbox.json", ABOUT)])), "unusable it has no database");
}

#[test]
fn a_newer_one_names_the_version_that_reads_it() {
    let about = format!("{{\"format\":{},\"program\":\"9.1.0\",\"soul\":true}}", FORMAT + 1);
    assert_eq!(fault(&archive(&[("bellbox.json", about.as_bytes()), ("soul.bin", b"1")])), "newer 9.1.0");
    // The same for one whose database alone is newer.
    let (dir, _) = whole();
    let database = dir.path().join("bellbox.db");
    let connection = rusqlite::Connection::open(&database).expect("it is there");
    let newer = crate::SCHEMA_VERSION + 1;
    connection.pragma_update(None, "user_version", newer).expect("it is open");
    let changed = connection.execute("UPDATE meta SET value = ?1 || ' x' WHERE name = 'schema'", [newer.to_string()]);
    assert_eq!(changed.expect("it is open"), 1);
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("it is open");
    drop(connection);
    let bytes = fs::read(database).expect("it is there");
    assert_eq!(fault(&archive(&[("bellbox.json", ABOUT), ("bellbox.db", &bytes)])), "newer 0.1.0");
}

#[test]
fn names_that_no_backup_has_lead_nowhere() {
    let outside = Path::new("/tmp/bellbox-was-here");
    for name in [
        "../bellbox.toml",
        "/tmp/bellbox-was-here",
        "recordings/../../escape",
        "recordings/00000001.wav/x",
        "recordings/1.wav",
        "recordings/lost",
        "tls/../bellbox.db",
        "tls/.hidden",
        "tls/a/b",
        "bellbox.toml",
        "bellbox.db-wal",
        "bellbox.json",
        "backup/bellbox-000001.db",
    ] {
        let bytes = archive(&[("bellbox.json", ABOUT), (name, b"x")]);
        assert_eq!(fault(&bytes), format!("strange {name}"));
    }
    assert!(!outside.exists());
    let twice = archive(&[("bellbox.json", ABOUT), ("tls/ca.crt", b"x"), ("tls/ca.crt", b"y")]);
    assert_eq!(fault(&twice), "strange tls/ca.crt");
}

#[test]
fn links_devices_and_extensions_are_refused() {
    for kind in [
        EntryType::Symlink,
        EntryType::Link,
        EntryType::Char,
        EntryType::Fifo,
        EntryType::Directory,
        EntryType::GNULongName,
        EntryType::GNUSparse,
        EntryType::XHeader,
        EntryType::XGlobalHeader,
    ] {
        let mut builder = Builder::new(Vec::new());
        append(&mut builder, "bellbox.json", ABOUT);
        let mut header = Header::new_ustar();
        header.set_path("tls/ca.crt").expect("it is short");
        header.set_entry_type(kind);
        header.set_size(0);
        header.set_cksum();
        builder.append(&header, &b""[..]).expect("there is memory");
        assert_eq!(fault(&builder.into_inner().expect("there is memory")), "strange tls/ca.crt", "{kind:?}");
    }
}

#[test]
fn a_file_that_claims_more_than_the_disk_has_is_refused_before_it_is_written() {
    for size in [1_u64 << 50, u64::MAX / 2] {
        let mut builder = Builder::new(Vec::new());
        append(&mut builder, "bellbox.json", ABOUT);
        let mut header = Header::new_gnu();
        header.set_path("bellbox.db").expect("it is short");
        header.set_size(size);
        header.set_entry_type(EntryType::Regular);
        header.set_cksum();
        let mut bytes = builder.into_inner().expect("there is memory");
        bytes.truncate(1024);
        bytes.extend_from_slice(header.as_bytes());
        assert!(fault(&bytes).starts_with("NoRoom"), "{size}: {}", fault(&bytes));
    }
}

#[test]
fn a_database_that_does_not_open_is_refused() {
    let (_dir, whole) = whole();
    let from = whole.windows(15).position(|window| window == b"SQLite format 3").expect("it is there");
    let length =
        u64::from_str_radix(str::from_utf8(&whole[from - 512 + 124..from - 512 + 135]).expect("it is octal").trim(), 8)
            .expect("it is octal");
    let database = &whole[from..from + usize::try_from(length).expect("it is small")];
    let mut torn = database.to_vec();
    torn[4096..8192].fill(0xa5);
    for bytes in [&b"hello"[..], &torn, &database[..database.len() / 2]] {
        let fault = fault(&archive(&[("bellbox.json", ABOUT), ("bellbox.db", bytes)]));
        assert!(fault.starts_with("unusable"), "{fault}");
    }
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let good = archive(&[("bellbox.json", ABOUT), ("bellbox.db", database)]);
    let checked = receive(&store, &good).expect("the database alone is an office");
    let is_silent = |note: &Alarm| matches!(note, Alarm::Mended(Mended::AudioMissing { .. }));
    assert!(checked.notes.iter().any(is_silent), "{checked:?}");
}

#[test]
fn what_the_page_cannot_use_is_refused_with_its_reason() {
    let (_dir, whole) = whole();
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let refused = store.receive(&whole[..], |office| {
        assert!(office.join("tls/ca.key").exists());
        Err(UnusableOffice::Certificates)
    });
    assert!(matches!(refused, Err(BackupError::Unusable(UnusableOffice::Certificates))));
    assert_eq!(store.received(), None);
}
