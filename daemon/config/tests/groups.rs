//! Groups of people (F112): who is in them, by what way, and what that opens.

use config::{Area, Config, Level, MAX_GROUP_MANAGERS, MAX_GROUPS, PersonId, Preset, RawConfig, Source};

fn judged(file: &str) -> (Config, Vec<String>) {
    let raw: RawConfig = toml::from_str(file).expect("an office file is TOML");
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    (config, problems.iter().map(ToString::to_string).collect())
}

const OFFICE: &str = "[[person]]\nid = 1\nname = 'Ann'\nextension = '101'\n[[person]]\nid = 2\nname = 'Bob'\nextension = '102'\n\
    [[person]]\nid = 3\nname = 'Cem'\n[[person]]\nid = 4\nname = 'Dan'\n\
    [[profile]]\nname = 'Desk'\nrights = ['calls: see']\n";

fn in_it(config: &Config, name: &str) -> Vec<(u32, Option<String>)> {
    let group = config.group(name).expect("there is such a group");
    group.everybody().map(|(id, through)| (id.0, through.map(str::to_owned))).collect()
}

#[test]
fn f112_everybody_is_in_a_group_once_by_themselves_before_by_another_group() {
    let (config, problems) = judged(&format!(
        "{OFFICE}[[group]]\nname = 'House'\nmembers = ['group Sales', 'person 4', 'extension 101', 'group Yard']\n\
         [[group]]\nname = 'Sales'\nmembers = ['person 1', 'extension 102', 'person 2']\nmanagers = ['person 3']\n\
         [[group]]\nname = 'Yard'\nmembers = ['person 2', 'person 3']\n[[group]]\nname = 'Empty'\n"
    ));
    assert!(problems.is_empty(), "{problems:?}");
    let by = |name: &str| Some(name.to_owned());
    assert_eq!(in_it(&config, "Sales"), [(1, None), (2, None)]);
    assert_eq!(in_it(&config, "House"), [(1, None), (2, by("Sales")), (3, by("Yard")), (4, None)]);
    assert_eq!(in_it(&config, "Empty"), []);
    let house = config.group("House").unwrap();
    assert!(
        house.has(PersonId(3)) && !config.group("Sales").unwrap().has(PersonId(3)),
        "who looks after it is not in it"
    );
}

#[test]
fn f112_a_group_that_carries_a_profile_opens_it_to_everybody_in_it() {
    let (config, problems) = judged(&format!(
        "{OFFICE}[[group]]\nname = 'Top'\nprofile = 'Desk'\nmembers = ['group Low', 'person 3']\n\
         [[group]]\nname = 'Low'\nmembers = ['extension 102']\nmanagers = ['person 4']\n"
    ));
    assert!(problems.is_empty(), "{problems:?}");
    for (id, expected) in [(1, Level::None), (2, Level::See), (3, Level::See), (4, Level::None)] {
        let person = config.person(PersonId(id)).unwrap();
        assert_eq!(person.rights().of(Area::Calls), expected, "{id}");
        let by = person.right_from(Area::Calls);
        assert_eq!(by.contains(&&Source::Group("Top".to_owned())), expected == Level::See, "{id}: {by:?}");
    }
}

#[test]
fn f112_a_group_in_itself_is_said_with_the_way_round_and_only_that_is_left_out() {
    let groups = |rows: &[(&str, &str)]| {
        let rows: String = rows
            .iter()
            .map(|(name, members)| format!("[[group]]\nname = '{name}'\nprofile = 'Desk'\nmembers = [{members}]\n"))
            .collect();
        judged(&format!("{OFFICE}{rows}"))
    };
    for (rows, ways) in [
        (&[("A", "'group A', 'person 1'")][..], &["A > A"][..]),
        (&[("A", "'group B', 'person 1'"), ("B", "'group C'"), ("C", "'person 2', 'group A'")], &["A > B > C > A"]),
        (&[("A", "'group B'"), ("B", "'group C'"), ("C", "'group B', 'person 1'")], &["B > C > B"]),
        (
            &[("A", "'group B', 'group C', 'person 1'"), ("B", "'group A'"), ("C", "'group A'")],
            &["A > B > A", "A > C > A"],
        ),
        (&[("A", "'group B', 'group C'"), ("B", "'group D'"), ("C", "'group D'"), ("D", "'person 1'")], &[]),
    ] {
        let (config, problems) = groups(rows);
        assert_eq!(problems.len(), ways.len(), "{problems:?}");
        for (problem, way) in problems.iter().zip(ways) {
            assert!(problem.contains(&format!("in itself: {way};")), "{problem}");
        }
        assert!(config.group("A").unwrap().has(PersonId(1)), "{rows:?}");
        assert_eq!(config.person(PersonId(1)).unwrap().rights().of(Area::Calls), Level::See);
    }
}

#[test]
fn f112_what_is_wrong_with_a_group_is_said_and_puts_nobody_in() {
    let managers: Vec<String> = (1..=4).map(|id| format!("'person {id}'")).collect();
    let (config, problems) = judged(&format!(
        "{OFFICE}[[group]]\nname = 'Sales'\nprofile = 'Moon'\n\
         members = ['person 9', 'extension 199', 'group Moon', '7', 'person x', 'person 1', 'person 1']\n\
         managers = [{}, 'extension 101', 'person 2']\n[[group]]\nname = 'Sales'\n[[group]]\nname = ''\n",
        managers.join(", ")
    ));
    let expected = [
        "group 1 (Sales), profile: there is no profile Moon",
        "group 2 (Sales), name: a group called Sales exists already",
        "group 3 (), name: a group's name is 1 to 40 characters",
        "group 1 (Sales), members: there is no person 9",
        "group 1 (Sales), members: there is no extension 199",
        "group 1 (Sales), members: there is no group Moon",
        "group 1 (Sales), members: 7 is no member",
        "group 1 (Sales), members: person x is no member",
        "group 1 (Sales), members: person 1 is no member: write each once",
        "group 1 (Sales), managers: extension 101 is nobody who looks after it",
        "group 1 (Sales), managers: person 2 is nobody who looks after it",
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem}");
    }
    assert_eq!(in_it(&config, "Sales"), [(1, None)]);
    assert_eq!(config.person(PersonId(1)).unwrap().rights(), Preset::User.rights());
}

#[test]
fn an_office_has_so_many_groups_and_a_group_so_many_who_look_after_it() {
    let rows: String = (0..=MAX_GROUPS).map(|place| format!("[[group]]\nname = 'G{place}'\n")).collect();
    let (config, problems) = judged(&rows);
    assert_eq!((config.groups().len(), problems.len()), (MAX_GROUPS, 1));
    let people: String =
        (0..=MAX_GROUP_MANAGERS).map(|id| format!("[[person]]\nid = {}\nname = 'P'\n", id + 1)).collect();
    let managers: Vec<String> = (0..=MAX_GROUP_MANAGERS).map(|id| format!("'person {}'", id + 1)).collect();
    let (config, problems) = judged(&format!("{people}[[group]]\nname = 'G'\nmanagers = [{}]\n", managers.join(", ")));
    assert_eq!((config.group("G").unwrap().managers.len(), problems.len()), (MAX_GROUP_MANAGERS, 1));
}

/// Each in the next by two ways: who walked every way would never come to the end.
#[test]
fn groups_that_hold_each_other_by_many_ways_are_worked_out_once_each() {
    let row = |place: usize| match place {
        0 | 1 => format!("[[group]]\nname = 'G{place}'\nmembers = ['person 1']\n"),
        _ => format!("[[group]]\nname = 'G{place}'\nmembers = ['group G{}', 'group G{}']\n", place - 1, place - 2),
    };
    let rows: String = (0..MAX_GROUPS).rev().map(row).collect();
    let (config, problems) = judged(&format!("{OFFICE}{rows}"));
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(in_it(&config, "G99"), [(1, Some("G98".to_owned()))]);
}
