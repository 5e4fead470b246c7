//! Sites: what people have of theirs, and what is wrong with one (F14, F111).

use config::{Config, MAX_SITES, RawConfig};

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
