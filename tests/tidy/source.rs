//! The project's Rust files as text.

use std::fs;
use std::path::{Path, PathBuf};

/// One Rust file.
pub struct Source {
    /// Its path from the project's root.
    pub name: String,
    /// All of it.
    pub text: String,
}

/// The project's root.
pub fn repo() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests crate is a folder of the project")
}

/// The names of the files in a folder.
pub fn files_in(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(repo().join(folder)).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

impl Source {
    /// Every Rust file of daemon, tests and fuzz, in order of its name.
    pub fn all() -> Vec<Source> {
        let mut paths = Vec::new();
        for top in ["daemon", "tests", "fuzz"] {
            collect(&repo().join(top), &mut paths);
        }
        paths.sort();
        paths.iter().map(|path| Source::read(path)).collect()
    }

    fn read(path: &Path) -> Source {
        let name = path.strip_prefix(repo()).expect("it is below the root").to_string_lossy().into_owned();
        Source { name, text: fs::read_to_string(path).expect("a source file can be read") }
    }

    /// The functions that are longer than so many lines, by rustfmt's rule that a body ends at the indent of its head.
    pub fn functions_longer_than(&self, limit: usize) -> Vec<String> {
        let lines: Vec<&str> = self.text.lines().collect();
        let mut long = Vec::new();
        for (start, line) in lines.iter().enumerate() {
            let Some(indent) = function_indent(line) else { continue };
            let end = format!("{}}}", &line[..indent]);
            let length = lines[start..].iter().position(|line| *line == end).unwrap_or(0) + 1;
            if length > limit {
                long.push(format!("{}:{} {length} lines", self.name, start + 1));
            }
        }
        long
    }

    /// The file without comments, strings and the tests at its end.
    pub fn code(&self) -> String {
        let text = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            collect(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// The indent of a line that begins a function with a body.
fn function_indent(line: &str) -> Option<usize> {
    let trimmed = line.trim_start();
    let words: Vec<&str> = trimmed.split_whitespace().take(4).collect();
    let before_fn = words.iter().position(|word| *word == "fn")?;
    let is_head =
        words[..before_fn].iter().all(|word| matches!(*word, "pub" | "async" | "const") || word.starts_with("pub("));
    let is_one_line = trimmed.ends_with('}') || trimmed.ends_with(';');
    (is_head && !is_one_line).then(|| line.len() - trimmed.len())
}
