//! The phonebook, people's own contacts, and whose name a number has.

mod judged;

use config::{
    Config, MAX_CONTACTS_IN_ALL, MAX_OWN_CONTACTS, MAX_PHONEBOOK, MAX_TAG, MAX_TAGS, NameSource, PersonId, RawConfig,
    RawContact,
};
use judged::says;

const OFFICE: &str = r#"
    [office]
    country = "DE"
    area = "30"
    [[contact]]
    name = "Bakery"
    company = "Corner"
    work = "030 12345-67"
    mobile = "+49 170 1112233"
    [[contact]]
    name = "Carpenter"
    home = "1234567"
    [[person]]
    id = 1
    name = "Front Desk"
    extension = "101"
    department = "Office"
    contacts = [{ name = "Breakfast", work = "+493012345 67" }, { name = "Colleague", work = "102" }]
    [[person]]
    id = 2
    name = "Workshop"
    extension = "102"
    listed = false
"#;

fn named<'c>(config: &'c Config, reader: &str, number: &str) -> Option<(&'c str, NameSource)> {
    config.name_for(reader, number)
}

#[test]
fn a_name_is_looked_for_among_employees_then_ones_own_contacts_then_in_the_phonebook() {
    let config = says(OFFICE, &[]);
    use NameSource::{Employee, Personal, Phonebook};
    for (reader, number, expected) in [
        ("101", "102", Some(("Workshop", Employee))),
        ("101", "0301234567", Some(("Breakfast", Personal))),
        ("102", "0301234567", Some(("Bakery", Phonebook))),
        // The first row with a number has it; the Carpenter's is the same as dialled within the area.
        ("102", "1234567", Some(("Bakery", Phonebook))),
        ("102", "+491701112233", Some(("Bakery", Phonebook))),
        ("", "00491701112233", Some(("Bakery", Phonebook))),
        ("101", "anonymous", None),
        ("101", "+49301234568", None),
    ] {
        assert_eq!(named(&config, reader, number), expected, "{number} for {reader}");
    }
    assert_eq!(config.contact_named(Some(PersonId(1)), "102"), Some(("Colleague", Personal)));
    let desk = config.person(PersonId(1)).unwrap();
    assert_eq!((desk.department.as_deref(), desk.is_listed), (Some("Office"), true));
    assert!(!config.person(PersonId(2)).unwrap().is_listed);
}

#[test]
fn what_is_wrong_with_a_contact_is_said_and_leaves_the_others() {
    let config = says(
        r#"
        [[contact]]
        work = "12"
        [[contact]]
        name = "Nobody"
        [[contact]]
        name = "Baker"
        work = "call me"
        [[contact]]
        name = "Smith"
        work = "1234"
        fax = "1"
        [[contact]]
        name = "Smith"
        mobile = "5678"
        [[person]]
        name = "Desk"
        extension = "101"
        department = " Office"
        contacts = [{ name = "Smith", work = "1" }]
        "#,
        &[
            "contact 1, name: it is missing: add it; the row is off until then",
            "contact 2 (Nobody), work: there is no number to call: write at least one; the row is off until then",
            "contact 3 (Baker), work: call me is no telephone number: write digits, with or without + and the country in front, \
             at most 20; the row is off until then",
            "contact 4 (Smith), fax: this key is not known here: correct or remove it; ignored until then",
            "contact 5 (Smith), name: a contact called Smith exists already: add the number there, or write another name; the \
             row is off until then",
            "contact 1 (Smith of Desk), work: 1 is no telephone number: write digits, with or without + and the country in \
             front, at most 20; the row is off until then",
            "person 1 (Desk), department: a department's name is 1 to 40 characters without spaces around it or control \
             characters: write another, or none; ignored until then",
        ],
    );
    assert_eq!(config.phonebook().map(|contact| contact.name.as_str()).collect::<Vec<_>>(), ["Smith"]);
}

#[test]
fn books_have_an_end_and_so_have_all_together() {
    let contacts = |count: usize| -> Vec<RawContact> {
        let row =
            |n| RawContact { name: Some(format!("C{n}")), work: Some(format!("0{n:05}")), ..RawContact::default() };
        (0..count).map(row).collect()
    };
    let mut raw = RawConfig { contacts: contacts(MAX_PHONEBOOK + 5), ..RawConfig::default() };
    raw.people = (1..=30)
        .map(|id| config::RawPerson {
            id: Some(id),
            name: Some(format!("P{id}")),
            contacts: contacts(MAX_OWN_CONTACTS + 5),
            ..config::RawPerson::default()
        })
        .collect();
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    assert_eq!(config.phonebook().count(), MAX_PHONEBOOK);
    assert_eq!(config.own_contacts(PersonId(1)).count(), MAX_OWN_CONTACTS);
    let own: usize = (1..=30).map(|id| config.own_contacts(PersonId(id)).count()).sum();
    assert_eq!(MAX_PHONEBOOK + own, MAX_CONTACTS_IN_ALL);
    assert_eq!(problems.len(), 31, "one for each book that has too many");
}

#[test]
fn f76_tags_are_few_and_short_and_each_counts_once() {
    let contact = |name: &str, tags: &str| format!("[[contact]]\nname = '{name}'\nwork = '0301'\ntags = [{tags}]\n");
    let many: String = (0..=MAX_TAGS).map(|place| format!("'T{place}', ")).collect();
    let file = contact("Bakery", "'Supplier', 'Breakfast', 'Supplier'")
        + &contact("Mill", &format!("'{}'", "x".repeat(MAX_TAG + 1)))
        + &contact("Yard", "'a,b'")
        + &contact("Sea", &many);
    let raw: RawConfig = toml::from_str(&file).expect("the test's file is TOML");
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    let found: Vec<_> =
        config.phonebook().map(|one| (one.name.as_str(), one.tags.iter().cloned().collect::<Vec<_>>())).collect();
    assert_eq!(found, [("Bakery", vec!["Breakfast".to_owned(), "Supplier".to_owned()])]);
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let expected = [
        "contact 2 (Mill), tags: a tag is 1 to 24",
        "contact 3 (Yard), tags: a tag is 1 to 24",
        "contact 4 (Sea), tags: ",
    ];
    assert!(
        said.len() == expected.len() && said.iter().zip(expected).all(|(one, expected)| one.starts_with(expected)),
        "{said:?}"
    );
}
