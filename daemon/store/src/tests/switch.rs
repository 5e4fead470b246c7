//! A power cut at each step of the switch leaves the old office or the new one.

use std::fs;
use std::io;
use std::path::Path;

use super::backup::{filled, packed, receive, seen};
use super::{OFFICE, import, open};
use crate::switch::{INCOMING, commit, finish};

/// Stops before the step of this number; says whether there was one.
fn until(step: usize, run: impl FnOnce(&mut dyn FnMut() -> io::Result<()>) -> io::Result<()>) -> bool {
    let mut count = 0;
    let ran = run(&mut || {
        count += 1;
        if count > step { Err(io::Error::other("the power is out")) } else { Ok(()) }
    });
    ran.is_err()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("there is space");
    for entry in fs::read_dir(from).expect("it is there").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { drop(fs::copy(entry.path(), to)) }
    }
}

#[test]
fn a_power_cut_at_any_step_leaves_one_office_whole() {
    let (source, master) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let store = filled(source.path());
    import(&store, &OFFICE.replace("Test", "Restored"));
    let archive = packed(&store);
    drop(store);
    let restored = seen(source.path(), &open(source.path()));
    let store = filled(master.path());
    receive(&store, &archive).expect("it is good");
    // Twice: the second switch has an office before to remove, too.
    fs::create_dir_all(master.path().join("before/office/recordings")).expect("there is space");
    let replaced = "{}";
    store.close();
    drop(store);
    let old = {
        let dir = tempfile::tempdir().expect("a directory");
        copy(master.path(), dir.path());
        seen(dir.path(), &open(dir.path()))
    };
    assert_ne!(old, restored);
    let mut cuts = 0;
    for step in 0.. {
        let dir = tempfile::tempdir().expect("a directory");
        copy(master.path(), dir.path());
        if !until(step, |cut| commit(dir.path(), INCOMING, replaced, cut)) {
            break;
        }
        assert_eq!(seen(dir.path(), &open(dir.path())), old, "decided nothing before step {step}");
    }
    for step in 0.. {
        let dir = tempfile::tempdir().expect("a directory");
        copy(master.path(), dir.path());
        commit(dir.path(), INCOMING, replaced, &mut || Ok(())).expect("there is space");
        let is_cut = until(step, |cut| finish(dir.path(), cut).map(drop));
        // And once more at the next start, one step later than before.
        until(step + 1, |cut| finish(dir.path(), cut).map(drop));
        let store = open(dir.path());
        assert_eq!(seen(dir.path(), &store), restored, "decided, and cut at step {step}");
        drop(store);
        let before = dir.path().join("before/office");
        assert!(before.join("bellbox.db").exists() && before.join("recordings/00000001.wav").exists(), "{step}");
        assert!(!dir.path().join("switch").exists() && !dir.path().join("switched").exists(), "{step}");
        // What was replaced is an office, too.
        assert_eq!(seen(&before, &open(&before)), old, "{step}");
        if !is_cut {
            break;
        }
        cuts += 1;
    }
    assert!(cuts >= 10, "only {cuts} steps were cut");
}
