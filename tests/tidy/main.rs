//! The house rules that a machine can hold: who may use whom, how long a file and a function may be, which words are not
//! used, and that every feature has its scenario.

mod crates;
mod modules;
mod source;
mod text;
mod traps;

use source::{Source, repo};

/// Lines of a file; the aim is 400.
const FILE_LINES: usize = 700;
/// Lines of a function, its head and braces included.
const FUNCTION_LINES: usize = 72;

#[test]
fn no_file_is_longer_than_the_ratchet() {
    let long = Source::all().into_iter().filter(|source| source.text.lines().count() > FILE_LINES);
    report("longer than 700 lines", long.map(|source| source.name));
}

#[test]
fn no_function_is_longer_than_a_screen() {
    let long = Source::all().into_iter().flat_map(|source| source.functions_longer_than(FUNCTION_LINES));
    report("functions longer than 70 lines", long);
}

#[test]
fn crates_use_only_whom_they_may() {
    report("edges that are not in the table", crates::forbidden_edges());
}

#[test]
fn the_core_depends_on_nothing_that_does_io() {
    report("core dependencies that are not in the list", crates::forbidden_core_dependencies());
}

#[test]
fn the_core_bans_clocks_io_and_random_order() {
    report("core crates without the bans in their clippy.toml", crates::without_bans());
}

#[test]
fn modules_do_not_use_each_other_in_a_circle() {
    report("circles", modules::cycles());
}

#[test]
fn every_feature_has_its_scenario() {
    let features = source::files_in("daemon/pbx/src/features");
    let without = features.iter().filter(|file| *file != "mod.rs");
    let without = without.filter(|file| !repo().join("tests/scenarios").join(file).exists());
    report("features without a scenario of their name", without.cloned());
}

#[test]
fn every_feature_head_says_the_same_five_things() {
    let features = Source::all().into_iter().filter(|s| s.name.starts_with("daemon/pbx/src/features/"));
    let features = features.filter(|source| !source.name.ends_with("/mod.rs"));
    let is_short = |source: &Source| {
        let head: String = source.text.lines().take_while(|line| line.starts_with("//!")).collect();
        ["Feature code:", "Config:", "Steps:", "RFC"].iter().any(|part| !head.contains(part))
    };
    report("features whose head leaves something out", features.filter(is_short).map(|source| source.name));
}

#[test]
fn banned_words_are_not_used() {
    report("banned words", Source::all().iter().flat_map(text::banned_words));
}

#[test]
fn decisions_are_numbered_without_gaps_and_fit_a_page() {
    report("decision records", text::decision_faults());
}

#[test]
fn every_trap_of_real_phones_has_its_test() {
    report("the table of traps", traps::faults());
}

/// Fails with one line a finding.
#[track_caller]
fn report(what: &str, findings: impl IntoIterator<Item = String>) {
    let findings: Vec<String> = findings.into_iter().collect();
    assert!(findings.is_empty(), "{what}:\n  {}", findings.join("\n  "));
}
