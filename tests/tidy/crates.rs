//! The edges between crates and what the core may depend on, as tables held against the manifests.

use std::collections::BTreeMap;
use std::fs;

use crate::source::repo;

/// Who may use whom (ARCHITECTURE.md). A new edge edits this table in the same commit, with a decision record.
const MAY_USE: [(&str, &[&str]); 9] = [
    ("config", &[]),
    ("sip", &[]),
    ("rtp", &[]),
    ("pbx", &["config", "sip"]),
    ("io", &["config", "sip", "pbx"]),
    ("media", &["config", "sip", "rtp", "pbx"]),
    ("store", &["config", "sip", "pbx"]),
    ("web", &["config", "sip", "pbx", "media", "store"]),
    ("bellboxd", &["config", "sip", "rtp", "pbx", "io", "media", "store", "web"]),
];

/// The crates that do no I/O, read no clock and start no thread.
const CORE: [&str; 4] = ["config", "sip", "rtp", "pbx"];

/// What a core crate may depend on besides other core crates.
const CORE_DEPENDENCIES: [&str; 9] =
    ["bytes", "hmac", "jiff", "log", "md-5", "rand_chacha", "serde", "sha2", "thiserror"];

/// Dependencies between our crates that the table does not allow.
pub fn forbidden_edges() -> Vec<String> {
    let table = BTreeMap::from(MAY_USE);
    let mut found = Vec::new();
    for (name, _) in MAY_USE {
        for dependency in dependencies(name) {
            if table.contains_key(dependency.as_str()) && !table[name].contains(&dependency.as_str()) {
                found.push(format!("{name} -> {dependency}"));
            }
        }
    }
    found.extend(crates_in_tree().into_iter().filter(|name| !table.contains_key(name.as_str())));
    found
}

/// Dependencies of core crates that are not in the list.
pub fn forbidden_core_dependencies() -> Vec<String> {
    let is_known = |name: &String| CORE.contains(&name.as_str()) || CORE_DEPENDENCIES.contains(&name.as_str());
    let of = |name: &&str| dependencies(name).into_iter().filter(|d| !is_known(d)).collect::<Vec<_>>();
    CORE.iter().flat_map(|name| of(name).into_iter().map(move |d| format!("{name} -> {d}"))).collect()
}

/// Core crates whose clippy.toml lacks a ban.
pub fn without_bans() -> Vec<String> {
    let bans = [
        "std::time::Instant::now",
        "std::time::SystemTime::now",
        "std::thread::spawn",
        "std::collections::HashMap",
        "std::collections::HashSet",
        "std::net::UdpSocket",
        "std::fs::",
    ];
    let lacks = |name: &&&str| {
        let text = fs::read_to_string(repo().join("daemon").join(name).join("clippy.toml")).unwrap_or_default();
        bans.iter().any(|ban| !text.contains(ban))
    };
    CORE.iter().filter(lacks).map(|name| (*name).to_owned()).collect()
}

fn crates_in_tree() -> Vec<String> {
    let entries = fs::read_dir(repo().join("daemon")).expect("there is a daemon folder").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn dependencies(name: &str) -> Vec<String> {
    let path = repo().join("daemon").join(name).join("Cargo.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let manifest: toml::Table = text.parse().expect("cargo has read it too");
    let table = manifest.get("dependencies").and_then(toml::Value::as_table);
    table.map(|table| table.keys().cloned().collect()).unwrap_or_default()
}
