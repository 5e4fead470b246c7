use config::MAX_OWN_CONTACTS;
use proptest::prelude::*;

use super::*;

fn row(line: u32, name: &str, company: Option<&str>, numbers: [Option<&str>; 3]) -> ContactRow {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let [work, mobile, home] = numbers.map(text);
    ContactRow { line, name: Some(name.to_owned()), company: text(company), work, mobile, home, tags: None }
}

fn book(names: &[(&str, &str)]) -> Vec<RawContact> {
    let contact = |(name, work): &(&str, &str)| RawContact {
        name: Some((*name).to_owned()),
        work: Some((*work).to_owned()),
        ..RawContact::default()
    };
    names.iter().map(contact).collect()
}

fn read_rows(file: &str) -> Vec<ContactRow> {
    contacts_in(file.as_bytes(), MAX_OWN_CONTACTS).unwrap().rows
}

fn judged(file: &str) -> Vec<(RowBecomes, Vec<String>)> {
    let here = book(&[("Bakery", "+49891234567"), ("Garage", "0301110")]);
    let judged = judge(&here, &read_rows(file), MAX_OWN_CONTACTS, Language::English);
    judged.rows.into_iter().map(|row| (row.becomes, row.errors.into_keys().collect())).collect()
}

#[test]
fn f75_tables_of_every_spreadsheet_say_the_same() {
    let expected = row(2, "Süd, \"AG\"", None, [Some("+49 30 1"), Some(""), None]);
    for file in [
        "Name,Work,Mobile\n\"Süd, \"\"AG\"\"\",+49 30 1,\n".as_bytes().to_vec(),
        "\u{feff}Anzeigename;Geschäftlich;Mobil\r\n\"Süd, \"\"AG\"\"\";'+49 30 1;\r\n".as_bytes().to_vec(),
        "full name\tbusiness phone\tcell\r\n\"Süd, \"\"AG\"\"\"\t+49 30 1\t".as_bytes().to_vec(),
        b"Name;Telefon;Handy\r\n\"S\xfcd, \"\"AG\"\"\";+49 30 1;;;\r\n;;\r\n".to_vec(),
    ] {
        let read = contacts_in(&file, 10).unwrap();
        assert_eq!((read.rows, read.ignored), (vec![expected.clone()], Vec::new()), "{}", decoded(&file));
    }
    let parts = read_rows("Vorname;Nachname;Firma;Fax;Telefon\nAnna;Berg;Bakery;1;2\n;;Only a company;;3\n");
    assert_eq!(parts[0], row(2, "Anna Berg", Some("Bakery"), [Some("2"), None, None]));
    assert_eq!(parts[1].name.as_deref(), Some("Only a company"));
}

#[test]
fn f75_cards_of_both_versions_are_read() {
    let three = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Berg;Anna;;Dr.;\r\nFN:Dr. Anna\r\n  Berg\\, M.A.\r\nORG:Bakery \\; Sons;Sales\r\n\
        item1.TEL;type=WORK;type=VOICE;type=pref:+49 89 123\r\nTEL;TYPE=\"cell,voice\":0170 1\r\nTEL;TYPE=HOME,FAX:99\r\n\
        PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\n BBBB\r\nEND:VCARD\r\n";
    let four = "begin:vcard\nversion:4.0\nfn:Garage\ntel;value=uri;type=\"voice,home\":tel:+1-418-656-9254;ext=102\n\
        TEL;VALUE=uri:tel:+49301\nTEL;HOME:2\nTEL;CELL:3\nTEL:4\nend:vcard\n";
    let read = contacts_in(format!("{three}{four}").as_bytes(), 10).unwrap();
    let anna = row(1, "Dr. Anna Berg, M.A.", Some("Bakery ; Sons"), [Some("+49 89 123"), Some("0170 1"), None]);
    let garage = row(13, "Garage", None, [Some("+49301"), Some("2"), Some("+1-418-656-9254")]);
    assert_eq!(read.rows, [anna, garage]);
    assert_eq!(read.ignored, ["Garage: 3", "Garage: 4"]);
    let bare = "BEGIN:VCARD\nN:Berg;Anna\nTEL:12\nAGENT:\nBEGIN:VCARD\nFN:Her agent\nEND:VCARD\nEND:VCARD\nBEGIN:VCARD\nORG:Mill\nTEL:34\nEND:VCARD";
    let read = read_rows(bare);
    assert_eq!(
        read,
        [row(1, "Anna Berg", None, [Some("12"), None, None]), row(9, "Mill", None, [Some("34"), None, None])]
    );
}

#[test]
fn a_card_without_its_end_takes_no_other_along() {
    let file = "BEGIN:VCARD\nFN:A\nTEL:12\nBEGIN:VCARD\nFN:B\nTEL:34\nEND:VCARD\nBEGIN:VCARD\nFN:C\nTEL:56\nAGENT:BEGIN:VCARD\n\
        FN:The agent of C\nBEGIN:VCARD\nFN:D\nTEL:78\nEND:VCARD\nBEGIN:VCARD\nFN:Cut off\nTEL:9";
    let read = contacts_in(file.as_bytes(), 10).unwrap();
    let one = |line, name, work| row(line, name, None, [Some(work), None, None]);
    assert_eq!(read.rows, [one(1, "A", "12"), one(4, "B", "34"), one(8, "C", "56"), one(13, "D", "78")]);
    assert_eq!(read.ignored, ["Cut off"]);
    assert_eq!(contacts_in(file.as_bytes(), 3).unwrap_err(), Unread::TooManyRows { most: 3 });
}

#[test]
fn f75_cards_of_version_2_1_say_their_names() {
    let file = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\nTEL;CELL:12\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=quoted-printable;CHARSET=UTF-8:J=C3=B6=\nrg=20M=C3=BC=\n=6Cler\n\
        ORG;QUOTED-PRINTABLE:S=FCd =4=;Sales\nTEL;WORK:34\nEND:VCARD\n\
        BEGIN:VCARD\nFN:1=3D1=\nTEL:56\nEND:VCARD\n";
    let expected = [
        row(1, "Jörg Müller", None, [None, Some("12"), None]),
        row(6, "Jörg Müller", Some("Süd =4="), [Some("34"), None, None]),
        row(14, "1=3D1=", None, [Some("56"), None, None]),
    ];
    assert_eq!(read_rows(file), expected);
}

#[test]
fn what_is_no_file_of_contacts_is_said() {
    let many = "Name;Work\n".to_owned() + &"Somebody;12\n".repeat(11);
    let cards = "BEGIN:VCARD\nFN:A\nEND:VCARD\n".repeat(11);
    for (file, expected) in [
        ("", Unread::Empty),
        ("Name;Work\n", Unread::Empty),
        ("BEGIN:VCARD\nFN:Cut off", Unread::Empty),
        ("Work;E-mail\n12;a@b.c\n", Unread::NoNameColumn),
        (many.as_str(), Unread::TooManyRows { most: 10 }),
        (cards.as_str(), Unread::TooManyRows { most: 10 }),
    ] {
        assert_eq!(contacts_in(file.as_bytes(), 10).unwrap_err(), expected, "{:?}", file.get(..20));
    }
}

#[test]
fn f76_each_row_becomes_a_contact_or_says_by_column_why_not() {
    let found = judged("Name;Work;Mobile;Company\nBakery;+49 (0)89 1234567;;\nGarage;0301110;0170 1;Cars\nMill;12;;\n");
    let becomes: Vec<RowBecomes> = found.iter().map(|(becomes, _)| *becomes).collect();
    assert_eq!(becomes, [RowBecomes::Same, RowBecomes::Changed, RowBecomes::New], "{found:?}");
    for (row, column) in
        [("Mill;twelve;", "work"), ("Mill;;1", "mobile"), ("Mill;;", "work"), ("Bakery;12;\nBakery;13;", "name")]
    {
        let found = judged(&format!("Name;Work;Mobile\nYard;12;\n{row}\n"));
        assert_eq!(found[0], (RowBecomes::New, Vec::new()), "{row}");
        let last = found.last().unwrap();
        assert_eq!(*last, (RowBecomes::Wrong, vec![column.to_owned()]), "{row}: {found:?}");
    }
    let full = book(&[("A", "12"), ("B", "13")]);
    let judged = judge(&full, &read_rows("Name;Work\nC;14\n"), 2, Language::English);
    assert_eq!((judged.problems.len(), judged.rows[0].becomes), (1, RowBecomes::New));
}

#[test]
fn f76_tables_and_cards_carry_tags() {
    let card = "BEGIN:VCARD\nFN:Bakery\nTEL:12\nCATEGORIES:Supplier,Breakfast\nEND:VCARD\n";
    for file in [
        "Name;Work;Kategorien\nBakery;12;\"Supplier;Breakfast\"\n",
        "Name;Work;Tags\nBakery;12;Supplier, Breakfast\n",
        card,
    ] {
        let mut here = book(&[("Bakery", "12")]);
        assert_eq!(take_in(&mut here, &read_rows(file)), [(0, RowBecomes::Changed)], "{file}");
        let tags = ["Breakfast".to_owned(), "Supplier".to_owned()];
        assert_eq!(here[0].tags.as_deref(), Some(&tags[..]), "{file}");
        assert_eq!(take_in(&mut here, &read_rows("Name;Work\nBakery;12\n")), [(0, RowBecomes::Same)]);
        take_in(&mut here, &read_rows("Name;Tags\nBakery;\n"));
        assert_eq!(here[0].tags, None);
    }
    let wrong = judged("Name;Work;Tags\nMill;12;\"a,b,c,d,e,f\"\n");
    assert_eq!(wrong[0], (RowBecomes::Wrong, vec!["tags".to_owned()]));
}

#[test]
fn no_contact_loses_what_the_file_does_not_name() {
    let mut here = book(&[("Bakery", "12")]);
    take_in(&mut here, &read_rows("Name;Mobile\nBakery;0170 55\n"));
    assert_eq!((here[0].work.as_deref(), here[0].mobile.as_deref(), here.len()), (Some("12"), Some("017055"), 1));
    take_in(&mut here, &read_rows("Name;Mobile\nBakery;\n"));
    assert_eq!((here[0].work.as_deref(), here[0].mobile.as_deref()), (Some("12"), None));
}

#[test]
fn two_of_one_name_are_each_known_once() {
    let mut here = book(&[("A", "10"), ("B", "20"), ("A", "30")]);
    let taken = take_in(&mut here, &read_rows("Name;Work\nA;10\nA;31\nA;32\n"));
    assert_eq!(taken, [(0, RowBecomes::Same), (2, RowBecomes::Changed), (3, RowBecomes::New)]);
}

#[test]
fn a_full_phonebook_is_brought_into_a_full_one() {
    let named = |mark: &str| -> Vec<(String, String)> {
        (0..MAX_PHONEBOOK).map(|n| (format!("{mark}{n}"), "12".to_owned())).collect()
    };
    let (here, there) = (named("A"), named("B"));
    let here: Vec<(&str, &str)> = here.iter().map(|(name, work)| (name.as_str(), work.as_str())).collect();
    let mut here = book(&here);
    let there: Vec<ContactRow> =
        there.iter().map(|(name, work)| row(2, name, None, [Some(work), None, None])).collect();
    assert!(take_in(&mut here, &there).iter().all(|(_, becomes)| *becomes == RowBecomes::New));
    assert!(take_in(&mut here, &there).iter().all(|(_, becomes)| *becomes == RowBecomes::Same));
    assert_eq!(here.len(), 2 * MAX_PHONEBOOK);
}

fn contact() -> impl Strategy<Value = RawContact> {
    let name = "[A-Za-zäöü=+@',;\\\\\"-][A-Za-zäöü=+@',;\\\\:\" -]{0,8}[A-Za-z]";
    let number = || prop::option::of("\\+?[0-9]{2,12}");
    let tags = prop::collection::btree_set("[A-Za-zäöü=+@'\\\\:\"-]{1,8}", 0..4);
    (name, prop::option::of(name), "[0-9]{2,12}", number(), number(), tags).prop_map(
        |(name, company, work, mobile, home, tags)| {
            let company = company.filter(|company| *company != name);
            let tags = Some(tags.into_iter().collect()).filter(|tags: &Vec<String>| !tags.is_empty());
            RawContact { name: Some(name), company, work: Some(work), mobile, home, tags, ..RawContact::default() }
        },
    )
}

#[test]
fn a_name_of_two_parts_is_no_longer_than_one() {
    let long = "Ü".repeat(CELL_MAX);
    for file in [format!("Vorname;Nachname\n{long};{long}\n"), format!("BEGIN:VCARD\nN:{long};{long}\nEND:VCARD\n")] {
        assert_eq!(read_rows(&file)[0].name.as_ref(), Some(&long));
    }
}

/// What files are made of, and what they are not.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = [
        "BEGIN:VCARD\n",
        "END:VCARD\n",
        "AGENT:\n",
        "\nFN:",
        "\nN;ENCODING=QUOTED-PRINTABLE:=C3",
        "\nORG:",
        "\nCATEGORIES:",
        "\nTEL;TYPE=cell:",
        "A",
        "Ü",
        ";",
        ",",
        ":",
        "=\n",
        "\n ",
        "\n",
        "\r\n",
        "\"",
        "'",
        "\\",
        "\nA;B;C;1\n",
        "12",
    ];
    prop_oneof![
        prop::sample::select(known.to_vec()).prop_map(|known| known.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 1..40)
    ]
}

/// Mostly once; else more often than anything may be that is kept.
fn repeats() -> impl Strategy<Value = usize> {
    prop_oneof![4 => Just(1_usize), 1 => 2_usize..12_000]
}

fn length(text: &str) -> usize {
    text.chars().count()
}

proptest! {
    #[test]
    fn what_is_taken_along_and_brought_in_again_changes_nothing(contacts in prop::collection::vec(contact(), 1..12)) {
        let mut raw = RawConfig::default();
        for contact in contacts {
            if raw.contacts.iter().all(|other| other.name != contact.name) {
                raw.contacts.push(contact);
            }
        }
        let config = Config::check(&raw, &mut Vec::new());
        prop_assume!(config.phonebook().count() == raw.contacts.len());
        let contacts: Vec<&config::Contact> = config.phonebook().collect();
        let cards: String = contacts.iter().map(|contact| vcard::card(contact)).collect();
        let tables = Language::ALL.map(|language| table_of(&contacts, language).text);
        for file in tables.into_iter().chain([cards]) {
            let mut again = raw.contacts.clone();
            let taken = take_in(&mut again, &contacts_in(file.as_bytes(), 100).unwrap().rows);
            prop_assert!(taken.iter().all(|(_, becomes)| *becomes == RowBecomes::Same), "{file}");
            prop_assert_eq!(&again, &raw.contacts);
        }
    }

    #[test]
    fn no_file_does_harm(pieces in prop::collection::vec((piece(), repeats()), 0..12), is_card in any::<bool>()) {
        let head = if is_card { "BEGIN:VCARD\nFN:A\nTEL;" } else { "Name;Vorname;Nachname;Work;Tags\n" };
        let mut file = head.as_bytes().to_vec();
        file.extend(pieces.iter().flat_map(|(piece, times)| piece.repeat(*times)));
        if let Ok(read) = contacts_in(&file, 100) {
            prop_assert!((1..=100).contains(&read.rows.len()), "{} rows", read.rows.len());
            prop_assert!(read.ignored.len() <= 200 && read.ignored.iter().all(|one| length(one) <= 2 * CELL_MAX + 2));
            for row in &read.rows {
                let cells = [&row.name, &row.company, &row.work, &row.mobile, &row.home, &row.tags];
                prop_assert!(cells.into_iter().flatten().all(|cell| length(cell) <= CELL_MAX), "{row:?}");
            }
            let judged = judge(&[], &read.rows, 100, Language::German);
            prop_assert_eq!(judged.rows.len(), read.rows.len());
        }
    }
}
