use proptest::prelude::*;

use super::*;
use crate::api::sheet::CELL_MAX;

fn office(rows: &str) -> RawConfig {
    serde_json::from_str(&format!(r#"{{"office":{{}},"person":[{rows}]}}"#)).unwrap()
}

const OFFICE: &str = r#"{"id":1,"name":"Front Desk","extension":"101","email":"desk@example.com","voicemail":true},
    {"id":2,"name":"Workshop","extension":"102"},{"id":3,"name":"Hall"}"#;

fn read_rows(file: &str) -> Vec<PeopleRow> {
    table(file.as_bytes()).unwrap().rows
}

fn judged(file: &str) -> Vec<(RowBecomes, Vec<(String, String)>)> {
    let judged = judge(&office(OFFICE), &read_rows(file), Language::English);
    judged.rows.into_iter().map(|row| (row.becomes, row.errors.into_iter().collect())).collect()
}

#[test]
fn files_of_every_spreadsheet_say_the_same() {
    let expected = PeopleRow {
        line: 2,
        extension: Some("104".to_owned()),
        name: Some("Lager, \"Süd\"".to_owned()),
        email: Some(String::new()),
        ..PeopleRow::default()
    };
    for file in [
        "Extension,Name,E-mail\n104,\"Lager, \"\"Süd\"\"\",\n".as_bytes().to_vec(),
        "\u{feff}Nebenstelle;Name;E-Mail\r\n104;\"Lager, \"\"Süd\"\"\";\r\n".as_bytes().to_vec(),
        "ext\tfull name\tmail\r\n104\t\"Lager, \"\"Süd\"\"\"".as_bytes().to_vec(),
        b"Durchwahl;Name;Mail\r\n104;\"Lager, \"\"S\xfcd\"\"\";;;\r\n;;\r\n\r\n".to_vec(),
    ] {
        let read = table(&file).unwrap();
        assert_eq!((read.rows, read.ignored), (vec![expected.clone()], Vec::new()), "{}", decoded(&file));
    }
    let parts = table(b"Vorname;Nachname;Floor\nAnna;Berg;North\n").unwrap();
    assert_eq!((parts.rows[0].name.as_deref(), parts.ignored), (Some("Anna Berg"), vec!["Floor".to_owned()]));
}

#[test]
fn what_is_no_table_of_people_is_said() {
    let many = format!("Name\n{}", "Somebody\n".repeat(MAX_PEOPLE + 1));
    for (file, expected) in [
        ("", Unread::Empty),
        ("\n\n", Unread::Empty),
        ("Name;Extension\n", Unread::Empty),
        ("Extension;E-mail\n101;a@b.c\n", Unread::NoNameColumn),
        (many.as_str(), Unread::TooManyRows { most: MAX_PEOPLE }),
    ] {
        assert_eq!(table(file.as_bytes()).unwrap_err(), expected, "{:?}", file.get(..20));
    }
    let long = table(format!("Name\n\"{}\n", "x".repeat(100_000)).as_bytes()).unwrap();
    assert_eq!(long.rows[0].name.as_ref().map(|name| name.chars().count()), Some(CELL_MAX));
}

#[test]
fn each_row_becomes_somebody_or_says_by_column_why_not() {
    let found = judged(
        "Extension;Name;E-mail;Voicemail\n101;Front Desk;desk@example.com;yes\n102;Garage;;no\n104;Yard;yard@example.com;x\n;Hall;;\n",
    );
    let becomes: Vec<RowBecomes> = found.iter().map(|(becomes, _)| *becomes).collect();
    assert_eq!(becomes, [RowBecomes::Same, RowBecomes::Changed, RowBecomes::New, RowBecomes::Same], "{found:?}");
    for (row, column) in [
        ("10x;Yard;;", "extension"),
        ("112;Yard;;", "extension"),
        ("104;;;", "name"),
        ("104;Yard;no address;", "email"),
        ("104;Yard;desk@example.com;", "email"),
        ("104;Yard;;perhaps", "voicemail"),
    ] {
        let found = judged(&format!("Extension;Name;E-mail;Voicemail\n105;Yard 2;;\n{row}\n"));
        assert_eq!(found[0], (RowBecomes::New, Vec::new()), "{row}");
        let columns: Vec<&str> = found[1].1.iter().map(|(column, _)| column.as_str()).collect();
        assert_eq!((found[1].0, columns), (RowBecomes::Wrong, vec![column]), "{row}: {found:?}");
    }
    let twice = judged("Extension;Name\n104;Yard\n104;Lawn\n");
    assert_eq!((twice[0].0, twice[1].1[0].0.as_str()), (RowBecomes::New, "extension"), "{twice:?}");
}

#[test]
fn nobody_loses_what_the_file_does_not_name() {
    let mut raw = office(OFFICE);
    take_in(&mut raw, &read_rows("Name;Department\nFront Desk;Office\n"), true);
    let desk = &raw.people[0];
    assert_eq!((desk.extension.as_deref(), desk.email.as_deref()), (Some("101"), Some("desk@example.com")));
    assert_eq!((desk.department.as_deref(), desk.phones.len()), (Some("Office"), 0));
    let departments = |raw: &RawConfig| raw.departments.iter().flat_map(|row| row.name.clone()).collect::<Vec<_>>();
    assert_eq!(departments(&raw), ["Office"], "f14: a table makes the departments that it names");
    take_in(&mut raw, &read_rows("Name;Department\nFront Desk;Office\nYard;Office\n"), true);
    raw.people.pop();
    assert_eq!(departments(&raw), ["Office"]);
    // A cell that was forgotten takes no extension away: it is somebody else of this name.
    take_in(&mut raw, &read_rows("Extension;Name\n;Front Desk\n104;Yard\n"), true);
    assert_eq!(raw.people[0].extension.as_deref(), Some("101"));
    assert_eq!((raw.people[3].extension.as_deref(), raw.people[4].phones.len()), (None, 1));
}

fn somebody() -> impl Strategy<Value = RawPerson> {
    let word = "[A-Za-zäöü=+@',;\"-][A-Za-zäöü=+@',;\" -]{0,8}[A-Za-z]";
    let group = prop::option::of("[A-Za-z';=\"-]{1,6}");
    let site = prop::option::of(prop::sample::select(vec!["North", "Süd"]));
    (word, prop::option::of("[2-8][0-9]{2}"), group.clone(), group, site, any::<bool>()).prop_map(
        |(name, extension, department, pickup_group, site, flag)| RawPerson {
            name: Some(name),
            voicemail: (flag && extension.is_some()).then_some(true),
            pickup_group: pickup_group.filter(|_| extension.is_some()),
            extension,
            department,
            site: site.map(str::to_owned),
            ..RawPerson::default()
        },
    )
}

proptest! {
    #[test]
    fn what_is_taken_along_and_brought_in_again_changes_nothing(people in prop::collection::vec(somebody(), 1..12)) {
        let site = |name: &str| config::RawSite { name: Some(name.to_owned()), ..Default::default() };
        let mut raw = RawConfig { sites: ["North", "Süd"].map(site).to_vec(), ..RawConfig::default() };
        for (id, person) in (1..).zip(people) {
            let is_taken = |other: &RawPerson| person.extension.is_some() && other.extension == person.extension;
            if !raw.people.iter().any(is_taken) {
                raw.people.push(RawPerson { id: Some(id), ..person });
            }
        }
        let config = Config::check(&raw, &mut Vec::new());
        prop_assume!(config.people().count() == raw.people.len());
        for language in Language::ALL {
            let file = table_of(&config, language).text;
            let mut again = raw.clone();
            let taken = take_in(&mut again, &table(file.as_bytes()).unwrap().rows, true);
            prop_assert!(taken.iter().all(|row| row.becomes == RowBecomes::Same && row.errors.is_empty()), "{file}");
            prop_assert_eq!(&again, &raw);
        }
    }

    #[test]
    fn no_file_does_harm(file in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(read) = table(&[b"Name;Extension\n".as_slice(), &file].concat()) {
            judge(&office(OFFICE), &read.rows, Language::German);
        }
    }
}
