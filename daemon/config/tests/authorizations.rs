//! Codes that let calls out: for whom they are, how far they reach, and what is wrong with one (F162).

mod judged;

use config::{Class, MAX_AUTHORIZATIONS, RawConfig};
use judged::says;

const OFFICE: &str = "
[[person]]
name = 'Desk'
extension = '101'
[[person]]
name = 'Hall'
extension = '102'
[[authorization]]
name = 'Abroad'
pin_hash = '$argon2id$x'
[[authorization]]
name = 'Hall everywhere'
pin_hash = '$argon2id$x'
permission = 'premium'
extensions = ['102']
[[authorization]]
name = 'Off'
pin_hash = '$argon2id$x'
permission = 'premium'
enabled = false
";

#[test]
fn a_code_opens_what_its_row_says_to_whom_its_row_says() {
    let office = says(OFFICE, &[]);
    for (extension, class, is_open) in [
        ("101", Class::International, true),
        ("101", Class::Premium, false),
        ("102", Class::Premium, true),
        ("103", Class::Premium, false),
    ] {
        assert_eq!(office.is_authorizable(extension, class), is_open, "{extension} {class}");
    }
    assert_eq!(office.authorizations().len(), 3, "also what is off is kept");
}

#[test]
fn what_is_wrong_with_a_code_is_said_and_it_opens_nothing() {
    let more = "[[authorization]]\nname = 'Abroad'\npin_hash = '$argon2id$x'\n\
                [[authorization]]\nname = 'Clear'\npin = '7391'\n\
                [[authorization]]\nname = 'None'\n\
                [[authorization]]\nname = 'Odd'\npin_hash = '7391'\n\
                [[authorization]]\nname = 'Moon'\npin_hash = '$argon2id$x'\npermission = 'moon'\n\
                [[authorization]]\nname = 'Nobody'\npin_hash = '$argon2id$x'\npermission = 'premium'\nextensions = ['199']\n\
                [[authorization]]\nname = ' x'\n";
    let office = says(
        &format!("{OFFICE}{more}"),
        &[
            "authorization 4 (Abroad), name: a code called Abroad exists already: write another name; the row is off until then",
            "authorization 5 (Clear), pin: it is in clear: import the file, which keeps only a hash of it; the row is off until then",
            "authorization 6 (None), pin: it is missing: add it; the row is off until then",
            "authorization 7 (Odd), pin_hash: the PIN's hash is no Argon2id hash: import the file with a pin instead; the row is off until then",
            "authorization 8 (Moon), permission: there is no moon here: write one of internal, local, national, international, premium; \
             the row is off until then",
            "authorization 9 (Nobody), extensions: there is no extension 199: write one that has a row; ignored until then",
            "authorization 10 ( x), name: a code's name is 1 to 40 characters without spaces around it or control characters: write \
             another; the row is off until then",
        ],
    );
    assert!(!office.is_authorizable("101", Class::Premium), "a list without anybody is for nobody");
    assert_eq!(office.authorizations().len(), 4);
}

#[test]
fn an_office_has_so_many_codes_and_no_log_shows_them() {
    let rows: String = (0..=MAX_AUTHORIZATIONS)
        .map(|place| format!("[[authorization]]\nname = 'C{place}'\npin_hash = '$argon2id$x'\n"))
        .collect();
    let most = format!(
        "authorization 33 (C32): there are more than {MAX_AUTHORIZATIONS}: remove this and those after it; the row is off until then"
    );
    assert_eq!(says(&rows, &[&most]).authorizations().len(), MAX_AUTHORIZATIONS);
    let raw: RawConfig =
        toml::from_str("[[authorization]]\nname = 'A'\npin = '739116'\npin_hash = 'b'\n").expect("TOML");
    assert!(!format!("{raw:?}").contains("739116"));
}
