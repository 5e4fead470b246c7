//! Departments: those that have rows, and those that people are in (F14).

use config::{Config, MAX_DEPARTMENTS, RawConfig};

fn judged(file: &str) -> (Config, Vec<String>) {
    let raw: RawConfig = toml::from_str(file).expect("the test's file is TOML");
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    (config, problems.iter().map(ToString::to_string).collect())
}

#[test]
fn f14_there_is_a_department_with_a_row_or_with_somebody_in_it() {
    let (config, problems) = judged(
        "[[department]]\nname = 'Yard'\n[[department]]\nname = 'Empty'\n\
         [[person]]\nname = 'Desk'\ndepartment = 'Office'\n[[person]]\nname = 'Shed'\ndepartment = 'Yard'\n",
    );
    assert_eq!(problems, [""; 0]);
    assert_eq!(config.departments().collect::<Vec<_>>(), ["Empty", "Office", "Yard"]);
    assert!(config.has_department("Office") && !config.has_department("Sea"));
}

#[test]
fn f14_what_is_wrong_with_a_department_is_said_and_leaves_the_others() {
    let (config, problems) = judged(
        "[[department]]\nname = 'Yard'\n[[department]]\nname = 'Yard'\n[[department]]\nname = ' x'\n[[department]]\n\
         [[department]]\nname = 'Sea'\nhead = 'Desk'\n",
    );
    let expected = [
        "department 2 (Yard), name: a department called Yard exists already",
        "department 3 ( x), name: a department's name is 1 to 40 characters",
        "department 4, name: a department's name is 1 to 40 characters",
        "department 5 (Sea), head: ",
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem}");
    }
    assert_eq!(config.departments().collect::<Vec<_>>(), ["Sea", "Yard"]);
}

#[test]
fn an_office_file_lists_so_many_departments() {
    let rows: String = (0..=MAX_DEPARTMENTS).map(|place| format!("[[department]]\nname = 'D{place}'\n")).collect();
    let (config, problems) = judged(&rows);
    assert_eq!((config.departments().count(), problems.len()), (MAX_DEPARTMENTS, 1));
}
