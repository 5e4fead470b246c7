//! The table of traps: each has its row, and the tests that a row names exist.

use std::fs;

use crate::source::repo;

/// How many there are.
const TRAPS: usize = 30;

/// What is wrong with the table.
pub fn faults() -> Vec<String> {
    faults_of(&fs::read_to_string(repo().join("tests/rfc/traps.md")).unwrap_or_default(), |file| {
        let places = [repo().join("tests").join(file), repo().join(file)];
        places.iter().find_map(|path| fs::read_to_string(path).ok())
    })
}

fn faults_of(table: &str, read: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|line| line.starts_with("| ")).skip(1).map(|line| line.split(" | ").collect()).collect();
    let mut faults = Vec::new();
    if rows.len() != TRAPS {
        faults.push(format!("{} rows", rows.len()));
    }
    for (place, row) in rows.iter().enumerate() {
        let [number, _, tests] = row[..] else {
            faults.push(format!("row {} has {} columns", place + 1, row.len()));
            continue;
        };
        if number != format!("| {}", place + 1) {
            faults.push(format!("row {} says {number}", place + 1));
        }
        let (mut file, mut named) = (None, 0);
        for word in tests.split([' ', ',', '|']).filter(|word| !word.is_empty()) {
            match word.strip_prefix('`').and_then(|word| word.strip_suffix('`')) {
                None => {
                    file = read(word).or_else(|| {
                        faults.push(format!("trap {}: no file {word}", place + 1));
                        None
                    })
                }
                Some(test) => {
                    named += 1;
                    let is_test = |text: &String| text.contains(&format!("#[test]\nfn {test}() {{"));
                    if !file.as_ref().is_some_and(is_test) {
                        faults.push(format!("trap {}: no test {test}", place + 1));
                    }
                }
            }
        }
        if named == 0 {
            faults.push(format!("trap {} has no test", place + 1));
        }
    }
    faults
}

#[test]
fn a_row_without_its_test_is_found() {
    let table: String = (1..=TRAPS).map(|trap| format!("| {trap} | what | a.rs `holds` |\n")).collect();
    let table = format!("| Trap | What | Tests |\n|---|---|---|\n{table}");
    let read = |file: &str| (file == "a.rs").then(|| "#[test]\nfn holds() {\n".to_owned());
    assert_eq!(faults_of(&table, read), Vec::<String>::new());
    for (from, to, fault) in [
        ("| 7 | what | a.rs `holds` |", "| 7 | what | a.rs `held` |", "trap 7: no test held"),
        ("| 7 | what | a.rs `holds` |", "| 7 | what |", "row 7 has 2 columns"),
        ("| 7 | what | a.rs `holds` |", "| 7 | what | a.rs |", "trap 7 has no test"),
        ("| 30 | what | a.rs `holds` |\n", "", "29 rows"),
    ] {
        assert!(table.contains(from));
        assert_eq!(faults_of(&table.replace(from, to), read), [fault]);
    }
}
