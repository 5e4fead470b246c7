//! Rights of the office's own making (F6).

use config::{Area, Config, Level, MAX_PROFILES, PersonId, Preset, RawConfig, Rights, Source};

fn judged(file: &str) -> (Config, Vec<String>) {
    let raw: RawConfig = toml::from_str(file).expect("an office file is TOML");
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    (config, problems.iter().map(ToString::to_string).collect())
}

const DESK: &str = "[[profile]]\nname = 'Desk'\nrights = ['calls: see', 'times: change', 'people: see']\n";

#[test]
fn f6_a_profile_adds_what_it_opens_to_what_somebody_may_anyway() {
    let file = format!(
        "{DESK}[[person]]\nid = 1\nname = 'Ann'\nprofile = 'Desk'\nroles = ['billing']\n\
         [[person]]\nid = 2\nname = 'Bob'\n"
    );
    let (config, problems) = judged(&file);
    assert!(problems.is_empty(), "{problems:?}");
    let ann = config.person(PersonId(1)).unwrap();
    let levels = [Area::Calls, Area::Times, Area::People, Area::Codes, Area::Box].map(|area| ann.rights().of(area));
    assert_eq!(levels, [Level::See, Level::Change, Level::See, Level::See, Level::None]);
    assert_eq!(ann.rights().of(Area::Basics), Level::See, "who sees people sees their rules");
    assert!(ann.right_from(Area::Calls).contains(&&Source::Profile("Desk".to_owned())));
    assert_eq!(config.person(PersonId(2)).unwrap().rights(), Preset::User.rights());
}

#[test]
fn f6_what_is_wrong_with_a_profile_is_said_and_opens_nothing() {
    let file = format!(
        "{DESK}[[profile]]\nname = 'Desk'\n[[profile]]\nname = ' x'\n[[profile]]\nname = 'Odd'\n\
         rights = ['calls', 'moon: see', 'calls: none', 'calls: see', 'calls: change']\n\
         [[person]]\nid = 1\nname = 'Ann'\nprofile = 'Moon'\n[[person]]\nid = 2\nname = 'Bob'\nprofile = 'Odd'\n"
    );
    let (config, problems) = judged(&file);
    let expected = [
        "profile 2 (Desk), name: a profile called Desk exists already",
        "profile 3 ( x), name: a profile's name is 1 to 40 characters",
        "profile 4 (Odd), rights: calls is no right",
        "profile 4 (Odd), rights: moon: see is no right",
        "profile 4 (Odd), rights: calls: none is no right",
        "profile 4 (Odd), rights: calls: change is no right",
        "person 1 (Ann), profile: there is no profile Moon",
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem}");
    }
    let rights = |id| config.person(PersonId(id)).unwrap().rights();
    assert_eq!(rights(1), Preset::User.rights());
    assert_eq!(rights(2), Preset::User.rights().and(Rights::to(Area::Calls, Level::See)));
}

#[test]
fn an_office_has_so_many_profiles() {
    let rows: String = (0..=MAX_PROFILES).map(|place| format!("[[profile]]\nname = 'P{place}'\n")).collect();
    let (config, problems) = judged(&rows);
    assert_eq!((config.profiles().len(), problems.len()), (MAX_PROFILES, 1));
}
