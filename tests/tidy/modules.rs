//! Circles among modules: in each folder, the modules beside each other may use each other in one direction only.
//!
//! A folder counts as one module for its neighbours. A folder's `mod.rs` and the files below it are one concept and may
//! know each other; a name that `mod.rs` only passes on from a child counts as use of that child.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Source;

/// A module's path within its crate, e.g. `["route", "internal"]`; empty for the crate's root.
type Path = Vec<String>;

/// Every circle, written as `crate: a -> b -> a`.
pub fn cycles() -> Vec<String> {
    let mut found = Vec::new();
    let sources: Vec<Source> = Source::all().into_iter().filter(|s| s.name.starts_with("daemon/")).collect();
    let mut crates: BTreeMap<String, Vec<(Path, String)>> = BTreeMap::new();
    for source in &sources {
        let mut parts = source.name.split('/').skip(1);
        let (Some(name), Some("src")) = (parts.next(), parts.next()) else { continue };
        let path = module_path(parts);
        crates.entry(name.to_owned()).or_default().push((path, source.code()));
    }
    for (name, modules) in &crates {
        for (folder, edges) in edges_by_folder(modules) {
            if let Some(cycle) = first_cycle(&edges) {
                found.push(format!("{name}::{} {}", folder.join("::"), cycle.join(" -> ")));
            }
        }
    }
    found
}

fn module_path<'a>(parts: impl Iterator<Item = &'a str>) -> Path {
    let mut path: Path = parts.map(|part| part.trim_end_matches(".rs").to_owned()).collect();
    if path.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main")) {
        path.pop();
    }
    path
}

type Edges = BTreeMap<String, BTreeSet<String>>;

/// For each folder, who uses whom among the modules directly in it.
fn edges_by_folder(modules: &[(Path, String)]) -> BTreeMap<Path, Edges> {
    let known: BTreeSet<&Path> = modules.iter().map(|(path, _)| path).collect();
    let passed_on: BTreeMap<&Path, Vec<Path>> =
        modules.iter().map(|(path, code)| (path, uses(code, path, "pub use "))).collect();
    let mut folders: BTreeMap<Path, Edges> = BTreeMap::new();
    for (path, code) in modules {
        for used in uses(code, path, "use ") {
            let used = resolve(&used, &known, &passed_on);
            let common = path.iter().zip(&used).take_while(|(a, b)| a == b).count();
            if let (Some(from), Some(to)) = (path.get(common), used.get(common)) {
                let edges = folders.entry(path[..common].to_vec()).or_default();
                edges.entry(from.clone()).or_default().insert(to.clone());
            }
        }
    }
    folders
}

/// The module that a path names, after following names that a `mod.rs` passes on.
fn resolve(used: &Path, known: &BTreeSet<&Path>, passed_on: &BTreeMap<&Path, Vec<Path>>) -> Path {
    let module = (0..=used.len()).rev().map(|len| used[..len].to_vec()).find(|path| known.contains(path));
    let module = module.unwrap_or_default();
    let Some(item) = used.get(module.len()) else { return module };
    let origin = passed_on.get(&module).into_iter().flatten().find(|path| path.last() == Some(item));
    match origin {
        Some(origin) if origin.len() > module.len() + 1 => resolve(origin, known, passed_on),
        _ => module,
    }
}

/// The full paths, within the crate, of what a file imports with this keyword.
fn uses(code: &str, path: &Path, keyword: &str) -> Vec<Path> {
    let mut found = Vec::new();
    for statement in code.split(';') {
        let Some(at) = statement.rfind(keyword) else { continue };
        let is_word = !statement[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if is_word {
            expand(&mut Vec::new(), statement[at + keyword.len()..].trim(), &mut found);
        }
    }
    found.into_iter().filter_map(|names| absolute(names, path)).collect()
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn expand(prefix: &mut Path, tree: &str, found: &mut Vec<Path>) {
    let tree = tree.trim();
    if let Some(group) = tree.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        split_group(group).into_iter().for_each(|part| expand(prefix, part, found));
    } else if let Some((head, rest)) = tree.split_once("::") {
        prefix.push(head.trim().to_owned());
        expand(prefix, rest, found);
        prefix.pop();
    } else if !tree.is_empty() {
        let name = tree.split(" as ").next().unwrap_or_default().trim().to_owned();
        found.push(prefix.iter().cloned().chain([name]).collect());
    }
}

fn split_group(group: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[start..]);
    parts
}

/// Paths from `crate`, `super` or `self`; `None` for other crates. A bare child's name counts in a `mod.rs`.
fn absolute(names: Path, path: &Path) -> Option<Path> {
    let mut base = path.clone();
    let mut names = names.into_iter().peekable();
    match names.peek()?.as_str() {
        "crate" => {
            base.clear();
            names.next();
        }
        "self" => drop(names.next()),
        "super" => {
            while names.peek().is_some_and(|name| name == "super") {
                names.next();
                base.pop();
            }
        }
        _ => {}
    }
    base.extend(names);
    Some(base)
}

fn first_cycle(edges: &Edges) -> Option<Vec<String>> {
    edges.keys().find_map(|start| walk(edges, &mut vec![start.clone()], &mut BTreeSet::new()))
}

/// Depth-first from the last of `trail` back to its first.
fn walk(edges: &Edges, trail: &mut Vec<String>, seen: &mut BTreeSet<String>) -> Option<Vec<String>> {
    let here = trail.last()?.clone();
    for next in edges.get(&here).into_iter().flatten() {
        if *next == trail[0] && trail.len() > 1 {
            trail.push(next.clone());
            return Some(trail.clone());
        }
        if seen.insert(next.clone()) {
            trail.push(next.clone());
            if let Some(cycle) = walk(edges, trail, seen) {
                return Some(cycle);
            }
            trail.pop();
        }
    }
    None
}

#[test]
fn a_circle_is_found_and_a_tree_is_not() {
    let module = |name: &str, code: &str| (vec![name.to_owned()], code.to_owned());
    let circle = [module("a", "use crate::b::{X, Y};"), module("b", "use super::c;"), module("c", "use crate::a::Z;")];
    let edges = edges_by_folder(&circle);
    assert_eq!(first_cycle(&edges[&Vec::new()]).map(|cycle| cycle.len()), Some(4));
    let tree = [module("a", "use crate::b::X;"), module("b", "use super::c;"), module("c", "use std::fmt;")];
    assert_eq!(first_cycle(&edges_by_folder(&tree)[&Vec::new()]), None);
}
