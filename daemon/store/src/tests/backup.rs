//! A backup and back: the same office, byte for byte; and the office before, kept and put back.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use pbx::mailbox::{Folder, Purpose};
use pbx::output::Record;
use sha2::{Digest, Sha256};

use super::asks::{begin, keep, left, message, move_to};
use super::sounds::{begun, wav};
use super::{OFFICE, asked, at, binding, commit, ended, import, open};
use crate::{BackupError, CallFilter, Checked, MessageFilter, Store, TRUNK_SECRETS};

const TRUNK: &str =
    "\n[[trunk]]\nname = \"carrier\"\nserver = \"sip.example\"\nuser = \"u\"\nsecret = \"open-sesame-7\"\n";

/// An office with people, calls, a registration, messages in all folders, a greeting, and certificates.
pub fn filled(dir: &Path) -> Store {
    let store = open(dir);
    import(&store, OFFICE);
    import(&store, &(OFFICE.replace("Workshop", "Loading Bay") + TRUNK));
    let over = ended(7, 1, 4_000, pbx::events::Cause::HungUp);
    assert!(commit(&store, vec![asked(7, "1001", "1002"), over, Record::Bound(binding("1001", 5061))]));
    for (id, folder) in [(1, Folder::New), (2, Folder::Saved), (3, Folder::Trash)] {
        left(&store, &message(id), 2_000);
        move_to(&store, id, folder);
    }
    begin(&store, &begun(4, Purpose::Greeting));
    wav(store.recordings_dir(), 4, 3_000);
    keep(&store, 4, None);
    // One that is being left is not in a backup.
    begin(&store, &message(5));
    fs::create_dir_all(dir.join("tls")).expect("there is space");
    for name in ["ca.key", "ca.crt"] {
        fs::write(dir.join("tls").join(name), format!("this is {name}")).expect("there is space");
    }
    store
}

pub fn packed(store: &Store) -> Vec<u8> {
    let pack = store.pack(at(60)).expect("it can be made");
    let mut archive = Vec::new();
    pack.write(&mut archive).expect("there is memory");
    assert_eq!(archive.len() as u64, pack.size());
    archive
}

pub fn receive(store: &Store, archive: &[u8]) -> Result<Checked, BackupError> {
    store.receive(archive, |_| Ok(()))
}

/// All that people would miss of an office.
#[derive(Debug, PartialEq)]
pub struct Seen {
    export: String,
    revisions: Vec<String>,
    calls: Vec<String>,
    messages: Vec<String>,
    bindings: Vec<String>,
    /// By name: length and digest.
    files: BTreeMap<String, (usize, String)>,
}

pub fn seen(dir: &Path, store: &Store) -> Seen {
    let texts = |rows: &dyn std::fmt::Debug| vec![format!("{rows:?}")];
    let mut files = BTreeMap::new();
    for folder in ["recordings", "tls"] {
        for entry in fs::read_dir(dir.join(folder)).expect("it is there").flatten() {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_file() {
                let bytes = fs::read(entry.path()).expect("it can be read");
                let sum = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
                files.insert(name, (bytes.len(), sum));
            }
        }
    }
    if let Ok(bytes) = fs::read(dir.join(TRUNK_SECRETS)) {
        let mode = fs::metadata(dir.join(TRUNK_SECRETS)).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        files.insert(TRUNK_SECRETS.to_owned(), (bytes.len(), String::from_utf8(bytes).expect("it is text")));
    }
    let filter = MessageFilter { mailbox: "1001".to_owned(), folder: None, before: None, limit: 100 };
    Seen {
        export: store.export().expect("it can be read"),
        revisions: texts(&store.revisions(crate::RevisionFilter::newest(100)).expect("it can be read")),
        calls: texts(&store.calls(&CallFilter { limit: 100, ..CallFilter::default() }).expect("it can be read")),
        messages: texts(&store.messages(&filter).expect("it can be read")),
        bindings: texts(&store.load().expect("it can be read").bindings),
        files,
    }
}

#[test]
fn a_backup_restored_into_an_empty_box_is_the_same_office() {
    let (here, there) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let store = filled(here.path());
    let archive = packed(&store);
    assert!(!here.path().join("outgoing").exists(), "nothing of it stays");
    let other = open(there.path());
    let checked = receive(&other, &archive).expect("it is good");
    let figures = (checked.contents.people, checked.contents.phones, checked.contents.messages);
    assert_eq!((figures, checked.contents.audio_ms), ((2, 3, 2), 4_000));
    assert_eq!((checked.contents.office.as_str(), checked.contents.made), ("Test", at(60)));
    assert!(!checked.has_admin && checked.notes.is_empty(), "{checked:?}");
    assert_eq!(other.received(), Some(checked.clone()));
    assert_eq!(other.load().expect("it can be read").config.people().count(), 0, "nothing is replaced by the check");
    other.replace_by_received(&checked.id, at(70)).expect("it is there");
    drop(other);
    let other = open(there.path());
    // The message that was being left when the backup was made is in neither.
    drop(store);
    let store = open(here.path());
    assert_eq!(seen(there.path(), &other), seen(here.path(), &store));
    assert_eq!(other.realm(), store.realm());
    assert_eq!((other.received(), other.before().map(|before| before.contents.people)), (None, Some(0)));
    assert!(fs::read_dir(there.path()).expect("it is there").flatten().all(|entry| {
        !["switch", "switched", "incoming", "outgoing"].contains(&entry.file_name().to_string_lossy().as_ref())
    }));
}

#[test]
fn the_office_before_is_kept_and_put_back_and_that_can_be_undone_too() {
    let (here, there) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let archive = packed(&filled(here.path()));
    let store = filled(there.path());
    import(&store, &OFFICE.replace("Test", "Other office"));
    drop(store);
    // The message that was being left is gone from here on.
    let store = open(there.path());
    let theirs = seen(there.path(), &store);
    let checked = receive(&store, &archive).expect("it is good");
    assert!(matches!(store.replace_by_received("another", at(70)), Err(BackupError::Gone)));
    store.replace_by_received(&checked.id, at(70)).expect("it is there");
    drop(store);
    let mut store = open(there.path());
    let restored = seen(there.path(), &store);
    assert!(restored.export.contains("\"Test\"") && !restored.export.contains("Other office"));
    assert_eq!(store.before().expect("it is kept").contents.office, "Other office");
    for (expected, office) in [(&theirs, "Test"), (&restored, "Other office")] {
        store.replace_by_before(at(80)).expect("it is there");
        drop(store);
        store = open(there.path());
        assert_eq!(&seen(there.path(), &store), expected);
        assert_eq!(store.before().expect("it is kept").contents.office, office);
    }
    store.discard_before().expect("it is there");
    assert!(matches!(store.replace_by_before(at(90)), Err(BackupError::Gone)));
}

#[test]
fn what_is_deleted_while_a_backup_is_sent_is_still_in_it() {
    let (here, there) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let store = filled(here.path());
    let pack = store.pack(at(60)).expect("it can be made");
    assert!(matches!(store.pack(at(61)), Err(BackupError::Busy)));
    fs::remove_file(store.recordings_dir().join("00000001.wav")).expect("it is there");
    let mut archive = Vec::new();
    pack.write(&mut archive).expect("there is memory");
    drop(pack);
    let other = open(there.path());
    let checked = receive(&other, &archive).expect("it is whole");
    assert_eq!((checked.contents.messages, checked.notes), (2, vec![]));
}

#[test]
fn without_certificates_in_the_backup_the_box_keeps_its_own() {
    let (here, there) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let store = filled(here.path());
    fs::remove_dir_all(here.path().join("tls")).expect("it is there");
    let archive = packed(&store);
    let other = filled(there.path());
    let checked = receive(&other, &archive).expect("it is good");
    other.replace_by_received(&checked.id, at(70)).expect("it is there");
    drop(other);
    drop(open(there.path()));
    assert!(there.path().join("tls/ca.key").exists());
}

#[test]
fn an_upload_that_is_not_wanted_goes_and_so_does_one_that_a_start_finds() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = filled(dir.path());
    let archive = packed(&store);
    let id = receive(&store, &archive).expect("it is good").id;
    store.discard_received().expect("it is there");
    assert!(matches!(store.replace_by_received(&id, at(70)), Err(BackupError::Gone)));
    receive(&store, &archive).expect("it is good");
    drop(store);
    let store = open(dir.path());
    assert_eq!(store.received(), None);
    assert!(!dir.path().join("incoming").exists());
}

#[test]
fn the_secrets_of_trunks_go_along_and_those_of_another_office_do_not_stay() {
    let (here, there) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let store = filled(here.path());
    let archive = packed(&store);
    let other = open(there.path());
    import(&other, &TRUNK.replace("open-sesame-7", "of-the-other"));
    let bare = packed(&open(tempfile::tempdir().expect("a directory").path()));
    let secret = |store: &Store| -> Option<String> {
        let config = store.load().expect("it can be read").config;
        Some(config.trunk("carrier")?.secret.as_ref()?.expose().to_owned())
    };
    let restores = |store: Store, archive: &[u8]| {
        let checked = receive(&store, archive).expect("it is good");
        store.replace_by_received(&checked.id, at(90)).expect("it is decided");
        drop(store);
        open(there.path())
    };
    let now = restores(other, &archive);
    assert_eq!(secret(&now).as_deref(), Some("open-sesame-7"));
    let mode = fs::metadata(there.path().join(TRUNK_SECRETS)).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let back = restores(now, &bare);
    assert!(!there.path().join(TRUNK_SECRETS).exists(), "an office without trunks has no secrets");
    back.replace_by_before(at(99)).expect("it is decided");
    drop(back);
    assert_eq!(secret(&open(there.path())).as_deref(), Some("open-sesame-7"));
}
