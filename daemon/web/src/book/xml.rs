//! The books as the makers of phones want them, after their public administrators' guides: Yealink's remote phone book, Snom's
//! and Cisco's directory objects, Grandstream's address book, Polycom's contact directory.

use config::NumberKind;
use pbx::words::Language;
use sip::xml::{put_attribute, put_element, put_escaped};

use super::{Entry, Kind};

/// How many numbers Cisco's phones take in one document; the rest is behind a key.
const CISCO_PAGE: usize = 32;

/// Whose document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Yealink,
    Snom,
    Grandstream,
    Cisco,
    Polycom,
}

impl Format {
    /// The format of the file of this name.
    pub(super) fn named(name: &str) -> Option<Format> {
        match name {
            "yealink" => Some(Format::Yealink),
            "snom" => Some(Format::Snom),
            "grandstream" => Some(Format::Grandstream),
            "cisco" => Some(Format::Cisco),
            "polycom" => Some(Format::Polycom),
            _ => None,
        }
    }
}

/// Where the document stands, and for whom.
pub(super) struct Here<'a> {
    pub title: &'a str,
    pub path: &'a str,
    pub sought: &'a str,
    pub language: Language,
}

/// The whole document; of a book in pages the one that begins behind `start` numbers.
pub(super) fn document(format: Format, entries: &[Entry], start: usize, here: &Here<'_>) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    match format {
        Format::Yealink => within(&mut out, "YealinkIPPhoneDirectory", |out| yealink(out, entries, here.language)),
        Format::Snom => within(&mut out, "SnomIPPhoneDirectory", |out| {
            put_element(out, "Title", here.title);
            lines(entries, here.language).for_each(|line| directory_entry(out, &line));
        }),
        Format::Grandstream => within(&mut out, "AddressBook", |out| grandstream(out, entries)),
        Format::Cisco => within(&mut out, "CiscoIPPhoneDirectory", |out| cisco(out, entries, start, here)),
        Format::Polycom => within(&mut out, "directory", |out| {
            within(out, "item_list", |out| {
                for (name, number) in lines(entries, here.language) {
                    within(out, "item", |out| {
                        put_element(out, "ln", &name);
                        put_element(out, "ct", number);
                    });
                }
            });
        }),
    }
    out
}

fn within(out: &mut String, name: &str, inner: impl FnOnce(&mut String)) {
    out.push_str(&format!("<{name}>\n"));
    inner(out);
    out.push_str(&format!("</{name}>\n"));
}

/// A line for each number: those of somebody who has several are told apart by the name.
fn lines(entries: &[Entry], language: Language) -> impl Iterator<Item = (String, &str)> {
    entries.iter().flat_map(move |entry| {
        let is_one = entry.numbers.len() == 1;
        entry.numbers.iter().map(move |(kind, number)| {
            let name = entry.name.clone();
            let name = if is_one { name } else { format!("{name} ({})", label(*kind, language)) };
            (name, number.as_str())
        })
    })
}

fn directory_entry(out: &mut String, (name, number): &(String, &str)) {
    within(out, "DirectoryEntry", |out| {
        put_element(out, "Name", name);
        put_element(out, "Telephone", number);
    });
}

fn yealink(out: &mut String, entries: &[Entry], language: Language) {
    for entry in entries {
        within(out, "DirectoryEntry", |out| {
            put_element(out, "Name", &entry.name);
            for (kind, number) in &entry.numbers {
                out.push_str("<Telephone");
                put_attribute(out, "label", label(*kind, language));
                out.push('>');
                put_escaped(out, number);
                out.push_str("</Telephone>");
            }
        });
    }
}

fn grandstream(out: &mut String, entries: &[Entry]) {
    for entry in entries {
        within(out, "Contact", |out| {
            put_element(out, "LastName", &entry.name);
            for (kind, number) in &entry.numbers {
                // The maker's words, whatever the reader's language.
                let kind = match kind {
                    Kind::Extension | Kind::Outside(NumberKind::Work) => "Work",
                    Kind::Outside(NumberKind::Mobile) => "Mobile",
                    Kind::Outside(NumberKind::Home) => "Home",
                };
                out.push_str("<Phone");
                put_attribute(out, "type", kind);
                out.push('>');
                put_element(out, "phonenumber", number);
                put_element(out, "accountindex", "0");
                out.push_str("</Phone>");
            }
        });
    }
}

fn cisco(out: &mut String, entries: &[Entry], start: usize, here: &Here<'_>) {
    put_element(out, "Title", here.title);
    let all: Vec<_> = lines(entries, here.language).collect();
    let page = all.iter().skip(start).take(CISCO_PAGE);
    page.for_each(|line| directory_entry(out, line));
    let mut keys = vec![("Dial", "SoftKey:Dial".to_owned()), ("Exit", "SoftKey:Exit".to_owned())];
    let next = start.saturating_add(CISCO_PAGE);
    if next < all.len() {
        let sought: String = here.sought.bytes().map(|byte| format!("%{byte:02X}")).collect();
        keys.push(("Next", format!("{}?start={next}&q={sought}", here.path)));
    }
    for (place, (name, url)) in keys.iter().enumerate() {
        within(out, "SoftKeyItem", |out| {
            put_element(out, "Name", name);
            put_element(out, "URL", url);
            put_element(out, "Position", &(place + 1).to_string());
        });
    }
}

fn label(kind: Kind, language: Language) -> &'static str {
    let [extension, work, mobile, home] = match language {
        Language::English => ["Extension", "Work", "Mobile", "Home"],
        Language::German => ["Nebenstelle", "Geschäftlich", "Mobil", "Privat"],
    };
    match kind {
        Kind::Extension => extension,
        Kind::Outside(NumberKind::Work) => work,
        Kind::Outside(NumberKind::Mobile) => mobile,
        Kind::Outside(NumberKind::Home) => home,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Vec<Entry> {
        let of = String::new();
        let numbers = [(NumberKind::Work, "030123"), (NumberKind::Mobile, "+49170")];
        let numbers = numbers.map(|(kind, number)| (Kind::Outside(kind), number.to_owned())).to_vec();
        vec![
            Entry { name: "<Bakery> & Söhne".to_owned(), of: of.clone(), numbers },
            Entry { name: "Desk".to_owned(), of, numbers: vec![(Kind::Extension, "101".to_owned())] },
        ]
    }

    fn written(format: Format, entries: &[Entry], start: usize) -> String {
        let here = Here { title: "Shop", path: "/phonebook/x.xml", sought: "ä b", language: Language::German };
        document(format, entries, start, &here).replace('\n', "")
    }

    #[test]
    fn each_maker_has_its_words_and_no_name_is_markup() {
        for (format, parts) in [
            (
                Format::Yealink,
                vec![
                    "<YealinkIPPhoneDirectory><DirectoryEntry><Name>&lt;Bakery&gt; &amp; Söhne</Name>",
                    "<Telephone label=\"Geschäftlich\">030123</Telephone><Telephone label=\"Mobil\">+49170</Telephone>",
                    "<Telephone label=\"Nebenstelle\">101</Telephone></DirectoryEntry></YealinkIPPhoneDirectory>",
                ],
            ),
            (
                Format::Snom,
                vec![
                    "<SnomIPPhoneDirectory><Title>Shop</Title><DirectoryEntry>",
                    "Söhne (Mobil)</Name><Telephone>+49170</Telephone></DirectoryEntry>",
                    "<Name>Desk</Name><Telephone>101</Telephone></DirectoryEntry></SnomIPPhoneDirectory>",
                ],
            ),
            (
                Format::Grandstream,
                vec![
                    "<AddressBook><Contact><LastName>&lt;Bakery&gt;",
                    "<Phone type=\"Mobile\"><phonenumber>+49170</phonenumber><accountindex>0</accountindex></Phone>",
                ],
            ),
            (
                Format::Polycom,
                vec!["<directory><item_list><item><ln>", "<item><ln>Desk</ln><ct>101</ct></item></item_list>"],
            ),
            (
                Format::Cisco,
                vec!["<Name>Desk</Name><Telephone>101</Telephone>", "<URL>SoftKey:Dial</URL><Position>1</Position>"],
            ),
        ] {
            let written = written(format, &book(), 0);
            for part in parts {
                assert!(written.contains(part), "{format:?} lacks {part}: {written}");
            }
            assert!(!written.contains("<Bakery>"), "{written}");
        }
    }

    #[test]
    fn ciscos_phones_turn_pages() {
        let number = |n: usize| vec![(Kind::Extension, n.to_string())];
        let entries: Vec<Entry> =
            (0..70).map(|n| Entry { name: format!("N{n}"), of: String::new(), numbers: number(n) }).collect();
        let count = |text: &str| text.matches("<DirectoryEntry>").count();
        let (first, last) = (written(Format::Cisco, &entries, 0), written(Format::Cisco, &entries, 64));
        assert_eq!((count(&first), count(&last)), (32, 6));
        assert!(
            first.contains("<URL>/phonebook/x.xml?start=32&amp;q=%C3%A4%20%62</URL><Position>3</Position>"),
            "{first}"
        );
        assert!(!last.contains("start="), "{last}");
        assert_eq!(count(&written(Format::Cisco, &entries, usize::MAX)), 0);
    }
}
