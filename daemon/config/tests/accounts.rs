//! Accounts that calls are charged to, who keys one, and what is wrong with one (F162).

mod judged;

use config::{AccountEntry, MAX_ACCOUNTS};
use judged::says;

const OFFICE: &str = "
[[trunk]]
name = 'carrier'
way = 'address'
server = '203.0.113.5'
[[route]]
name = 'out'
trunks = ['carrier']
account = 'optional'
[[person]]
name = 'Desk'
extension = '101'
[[person]]
name = 'Counsel'
extension = '102'
account = 'required'
";

#[test]
fn the_stricter_of_extension_and_route_decides_and_nothing_where_there_is_no_account() {
    let with = format!("{OFFICE}[[account]]\nnumber = '4711'\nname = 'Harbour'\n");
    for (file, expected) in
        [(OFFICE, [AccountEntry::None, AccountEntry::None]), (&with, [AccountEntry::Optional, AccountEntry::Required])]
    {
        let office = says(file, &[]);
        let route = &office.routes()[0];
        let found =
            ["101", "102"].map(|number| office.account_entry(office.extension(number).expect("it exists"), route));
        assert_eq!(found, expected, "{file}");
        assert_eq!(office.account("4711").is_some(), file == with);
    }
}

#[test]
fn what_is_wrong_with_an_account_is_said() {
    let more = "[[account]]\nnumber = '1'\nname = 'A'\n[[account]]\nnumber = '1'\nname = 'B'\n\
                [[account]]\nnumber = '123456789'\nname = 'C'\n[[account]]\nnumber = '2'\n\
                [[account]]\nnumber = '01'\nname = 'Another than 1'\n[[account]]\nnumber = '1a'\nname = 'D'\n\
                [[person]]\nname = 'E'\nextension = '103'\naccount = 'always'\n";
    let office = says(
        &format!("{OFFICE}{more}"),
        &[
            "person 3 (E), account: there is no always here: write one of none, optional, required; ignored until then",
            "account 2 (1), number: there is an account 1 already: write another number; the row is off until then",
            "account 3 (123456789), number: an account's number is 1 to 8 digits: write such a number; the row is off until then",
            "account 4 (2), name: an account's name is 1 to 64 characters without spaces around it or control characters: write \
             another; the row is off until then",
            "account 6 (1a), number: an account's number is 1 to 8 digits: write such a number; the row is off until then",
        ],
    );
    assert_eq!(office.accounts().collect::<Vec<_>>(), [("01", "Another than 1"), ("1", "A")]);
    let rows: String = (0..=MAX_ACCOUNTS).map(|n| format!("[[account]]\nnumber = '{n}'\nname = 'N'\n")).collect();
    let most = format!(
        "account {} ({MAX_ACCOUNTS}): there are more than {MAX_ACCOUNTS}: remove this and those after it; the row is off until then",
        MAX_ACCOUNTS + 1
    );
    assert_eq!(says(&rows, &[&most]).accounts().count(), MAX_ACCOUNTS);
}
