//! Sites: what people have of theirs, and what is wrong with one (F14, F111).

use config::{Config, GroupOwner, MAX_SITE_TIME_GROUPS, MAX_SITES, RawConfig};

const OFFICE: &str = "
[office]
time_zone = 'Europe/Berlin'
language = 'de'
country = 'DE'
[[trunk]]
name = 'carrier'
way = 'address'
server = '203.0.113.5'
[[number]]
number = '+4930123450'
to = '101'
[[number]]
number = '+4930123459'
to = '101'
[[site]]
name = 'Island'
time_zone = 'Atlantic/Canary'
language = 'es'
number = '+4930123459'
[[site]]
name = 'Depot'
[[person]]
name = 'Desk'
extension = '101'
site = 'Island'
[[person]]
name = 'Beach'
extension = '102'
site = 'Island'
[[person]]
name = 'Own clock'
extension = '103'
site = 'Island'
time_zone = 'Europe/Paris'
language = 'en'
[[person]]
name = 'Shed'
extension = '104'
site = 'Depot'
[[person]]
name = 'Nowhere'
extension = '105'
";

fn judged(file: &str) -> (Config, Vec<String>) {
    let raw: RawConfig = toml::from_str(file).expect("the test's file is TOML");
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    (config, problems.iter().map(ToString::to_string).collect())
}

#[test]
fn what_people_have_not_set_themselves_is_as_at_their_site_and_then_as_in_the_office() {
    let (config, problems) = judged(OFFICE);
    assert_eq!(problems, [""; 0]);
    for (number, language, zone, shown_as) in [
        ("101", "es", "Atlantic/Canary", Some("+4930123450")),
        ("102", "es", "Atlantic/Canary", Some("+4930123459")),
        ("103", "en", "Europe/Paris", Some("+4930123459")),
        ("104", "de", "Europe/Berlin", None),
        ("105", "de", "Europe/Berlin", None),
        ("+49555", "de", "Europe/Berlin", None),
    ] {
        let found = (
            config.language_of(number),
            config.time_zone_of(number).iana_name(),
            config.shown_as(number).map(|(number, _)| number),
        );
        assert_eq!(found, (language, Some(zone), shown_as), "{number}");
    }
}

#[test]
fn what_is_wrong_with_a_site_is_said_and_its_people_stay_in_the_office() {
    let file = format!(
        "{OFFICE}site = 'Moon'\n[[site]]\nname = 'Island'\n[[site]]\nname = ' x'\n[[site]]\nname = 'Hill'\n\
         time_zone = 'Mars'\nlanguage = 'tlh'\nnumber = '+4930999'\n"
    );
    let (config, problems) = judged(&file);
    let expected = [
        "site 3 (Island), name: a site called Island exists already",
        "site 4 ( x), name: a site's name is 1 to 40 characters",
        "site 5 (Hill), time_zone: there is no time zone Mars",
        "site 5 (Hill), language: ",
        "person 5 (Nowhere), site: there is no site Moon",
        "site 5 (Hill), number: +4930999 is none of the office's numbers",
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem}");
    }
    assert_eq!(config.sites().len(), 3);
    assert_eq!((config.extension("105").is_some(), config.site_of("105")), (true, None));
}

#[test]
fn an_office_has_so_many_sites() {
    let rows: String = (0..=MAX_SITES).map(|place| format!("[[site]]\nname = 'S{place}'\n")).collect();
    let (config, problems) = judged(&rows);
    assert_eq!((config.sites().len(), problems.len()), (MAX_SITES, 1));
}

/// Two sites with groups of one name, and people at each, at neither, and with one of their own.
const GROUPS: &str = "
[office]
time_zone = 'Europe/Berlin'
[[time_group]]
name = 'Open'
number = 1
times = ['Mon-Fri 08:00-18:00']
[[site]]
name = 'Island'
time_zone = 'Atlantic/Canary'
managers = ['102']
time_groups = [{ name = 'Open', number = 1, times = ['Mon-Fri 10:00-14:00'] }, { name = 'Siesta', times = ['14:00-16:00'] }]
[[site]]
name = 'Depot'
[[person]]
name = 'Desk'
extension = '101'
site = 'Island'
time_zone = 'Europe/London'
time_groups = [{ name = 'Open', times = ['Sat 10:00-12:00'] }]
rules = [{ when = 'Open' }, { when = 'Siesta' }]
[[person]]
name = 'Beach'
extension = '102'
site = 'Island'
rules = [{ when = 'Open' }]
[[person]]
name = 'Shed'
extension = '103'
site = 'Depot'
rules = [{ when = 'Open' }]
[[person]]
name = 'Nowhere'
extension = '104'
role = 'office'
";

#[test]
fn f47_a_name_means_ones_own_group_then_that_of_the_site_then_the_offices() {
    let (config, problems) = judged(GROUPS);
    assert_eq!(problems, [""; 0]);
    let island = GroupOwner::Site("Island".to_owned());
    let own = GroupOwner::Person("101".parse().unwrap());
    for (extension, name, owner, zone) in [
        ("101", "Open", Some(&own), "Europe/London"),
        ("101", "Siesta", Some(&island), "Atlantic/Canary"),
        ("102", "Open", Some(&island), "Atlantic/Canary"),
        ("103", "Open", Some(&GroupOwner::Office), "Europe/Berlin"),
        ("103", "Siesta", None, ""),
        ("104", "Open", Some(&GroupOwner::Office), "Europe/Berlin"),
        ("", "Open", Some(&GroupOwner::Office), "Europe/Berlin"),
        ("", "Siesta", None, ""),
    ] {
        let found = config.time_group(extension, name);
        assert_eq!(found.map(|group| &group.owner), owner, "{name} of {extension}");
        let clock = found.and_then(|group| group.time_zone.iana_name()).unwrap_or_default();
        assert_eq!(clock, zone, "{name} of {extension}");
    }
    let names = |extension: &str| config.time_groups_for(extension).map(|group| group.name.clone()).collect::<Vec<_>>();
    assert_eq!(names("101"), ["Open", "Open", "Siesta", "Open"]);
    assert_eq!((names("103"), names("")), (vec!["Open".to_owned()], vec!["Open".to_owned()]));
    // At eleven in Berlin it is ten on the island.
    let open = |extension: &str, at: &str| {
        config.extension(extension).unwrap().answering.active(at.parse().unwrap()).is_some()
    };
    let moments = ["2026-03-02T08:30:00Z", "2026-03-02T10:30:00Z", "2026-03-02T15:30:00Z"];
    assert_eq!(moments.map(|at| open("102", at)), [false, true, false]);
    assert_eq!(moments.map(|at| open("103", at)), [true, true, true]);
}

#[test]
fn f47_the_groups_of_a_site_are_changed_by_its_managers_and_by_who_may_change_the_offices() {
    let (config, _) = judged(GROUPS);
    let island = GroupOwner::Site("Island".to_owned());
    let depot = GroupOwner::Site("Depot".to_owned());
    let of_desk = GroupOwner::Person("101".parse().unwrap());
    for (extension, expected) in [
        ("101", [false, false, false, true]),
        ("102", [false, true, false, false]),
        ("103", [false, false, false, false]),
        ("104", [true, true, true, false]),
    ] {
        let person = config.owner_of(extension).unwrap();
        let found =
            [&GroupOwner::Office, &island, &depot, &of_desk].map(|owner| config.may_change_times(owner, person));
        assert_eq!(found, expected, "{extension}");
    }
    // By their short number: the manager's is the site's, and whoever may change the office's is somewhere else.
    let forced = |extension: &str| config.forceable(extension, 1).map(|group| group.owner.clone());
    assert_eq!(["101", "102", "103", "104"].map(forced), [None, Some(island), None, Some(GroupOwner::Office)]);
}

#[test]
fn f47_a_code_forces_the_group_of_the_managers_site_and_no_other() {
    let mut raw: RawConfig = toml::from_str(GROUPS).unwrap();
    let config = Config::check(&raw, &mut Vec::new());
    let now = "2026-03-02T10:30:00Z".parse().unwrap();
    let close = config::RuleChange::Force { number: 1, is_open: Some(false) };
    assert_eq!(close.apply(&mut raw, &config, "103", now), None);
    assert_eq!(close.apply(&mut raw, &config, "102", now), Some(()));
    assert_eq!(raw.sites[0].time_groups[0].forced.as_deref(), Some("closed until 2026-03-02T14:00:00Z"));
    assert_eq!(raw.time_groups[0].forced, None);
    let config = Config::check(&raw, &mut Vec::new());
    assert!(!config.time_group("102", "Open").unwrap().is_open(now));
    assert!(config.time_group("103", "Open").unwrap().is_open(now));
}

#[test]
fn f47_what_is_wrong_with_the_groups_and_managers_of_a_site_is_said() {
    let many: String =
        (0..=MAX_SITE_TIME_GROUPS).map(|place| format!("{{ name = 'G{place}', times = ['Mon'] }},")).collect();
    let file = format!(
        "[[site]]\nname = 'Island'\nmanagers = ['199', '101']\ntime_groups = [{many}]\n[[site]]\nname = 'Island'\n\
         time_groups = [{{ name = 'Late', times = ['Mon'] }}]\n[[site]]\nname = 'Depot'\n\
         time_groups = [{{ name = 'Open', times = ['Lun'] }}]\n[[person]]\nname = 'Desk'\nextension = '101'\nsite = 'Island'\n"
    );
    let (config, problems) = judged(&file);
    let expected = [
        "site 2 (Island), name: a site called Island exists already",
        "site 1 (Island), managers: there is no extension 199",
        "time_group 51 (G50 of Island): there are more than 50",
        "time_group 1 (Open of Depot), times: entry 1, Lun: a word is not understood",
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem}");
    }
    assert_eq!(config.site("Island").unwrap().managers, ["101".parse().unwrap()]);
    assert!(config.time_group("101", "G49").is_some() && config.time_group("101", "Late").is_none());
}

#[test]
fn f163_whom_somebody_holds_hears_music_unless_their_site_has_none() {
    let has = |row: &str| {
        let (config, problems) = judged(&OFFICE.replace("name = 'Depot'", &format!("name = 'Depot'\n{row}")));
        (["101", "104", "105", "0891234567"].map(|who| config.has_hold_music(who)), problems.len())
    };
    assert_eq!(has(""), ([true; 4], 0));
    assert_eq!(has("hold_music = true"), ([true; 4], 0));
    assert_eq!(has("hold_music = false"), ([true, false, true, true], 0));
    // The row goes, and with it the site of whom it names.
    assert_eq!(has("hold_music = 'jazz'"), ([true; 4], 2));
}
