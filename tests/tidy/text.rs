//! Words that are not used, and the shape of the decision records.

use std::fs;

use crate::source::{Source, files_in, repo};

/// Names that say nothing (docs/style.md), and marks of unfinished work.
const BANNED: [&str; 9] =
    ["Manager", "Helper", "Utils", "FIXME", "TODO", "XXX", "handle_it", "do_stuff", "unimplemented!"];

/// The lines of a file that have a banned word.
pub fn banned_words(source: &Source) -> Vec<String> {
    if source.name.starts_with("tests/tidy/") {
        return Vec::new();
    }
    let lines = source.text.lines().enumerate();
    lines
        .flat_map(|(number, line)| BANNED.iter().filter(|word| has_word(line, word)).map(move |word| (number, word)))
        .map(|(number, word)| format!("{}:{} {word}", source.name, number + 1))
        .collect()
}

/// A word counts where it begins as a word or a part of a CamelCase name, and does not go on in lower case.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let after = line[at + word.len()..].chars().next();
        let before = line[..at].chars().next_back();
        let begins = !before.is_some_and(|c| c.is_ascii_uppercase() || c == '_');
        begins && !after.is_some_and(|c| c.is_ascii_lowercase() || (c.is_ascii_uppercase() && word == "XXX"))
    })
}

/// Decision records that are out of order or longer than a page.
pub fn decision_faults() -> Vec<String> {
    let mut faults = Vec::new();
    for (place, file) in files_in("docs/decisions").iter().enumerate() {
        if !file.starts_with(&format!("{:04}-", place + 1)) {
            faults.push(format!("{file} should be number {}", place + 1));
        }
        let text = fs::read_to_string(repo().join("docs/decisions").join(file)).unwrap_or_default();
        if text.lines().count() > 70 {
            faults.push(format!("{file} is longer than a page"));
        }
        for part in ["## Context", "## Options", "## Decision", "## Consequences", "## How we will know"] {
            if !text.contains(part) {
                faults.push(format!("{file} lacks {part}"));
            }
        }
    }
    faults
}
