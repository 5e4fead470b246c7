//! `*613`: the box says what is known of one's own line (F162).

use pbx::prompt::Arg;

use office::{Office, Phone, secs};

use crate::retrieve::heard;
use crate::two_trunks;

/// Listens to these sentences in their order, each with what is said in it, and to the goodbye.
#[track_caller]
pub fn is_told(office: &Office, phone: &Phone, expected: &[(&str, &str)]) {
    let said = || {
        let said = phone.prompt_args().into_iter().map(|(_, arg)| match arg {
            Arg::Digits(text) | Arg::Name(text) => text,
            Arg::Moment { at, zone, .. } => at.in_tz(&zone).expect("a zone").strftime("%Y-%m-%d %H:%M").to_string(),
            other => format!("{other:?}"),
        });
        said.collect::<Vec<String>>().join(" ")
    };
    for (prompt, expected) in expected {
        // A sentence with a number in it is long.
        for _ in 0..20 {
            if heard(phone) != format!("the prompt {prompt}") || said() != *expected {
                office.wait(secs(1));
            }
        }
        phone.hears_prompt(prompt);
        assert_eq!(said(), *expected, "{prompt}");
    }
    phone.hears_the_end();
}

#[test]
fn f168_the_box_says_which_numbers_lead_here_which_is_shown_and_where_one_is() {
    let (office, _, _) = two_trunks::office("101 Alice phone\n102 Bob phone, hides number\n103 Carol phone");
    office.reloads(|raw| {
        raw.office.name = Some("Harbour".to_owned());
        raw.sites.push(config::RawSite { name: Some("Quay".to_owned()), ..config::RawSite::default() });
        raw.people[2].site = Some("Quay".to_owned());
        raw.people[2].caller_number = Some("+4930123459".to_owned());
    });
    is_told(
        &office,
        office.phone(101).dials("*613"),
        &[
            ("number-leads-here", "030123451"),
            ("number-shown", "030123451"),
            ("number-for-help", "030123451"),
            ("place-is", "Harbour"),
        ],
    );
    // Without a number of one's own, what the first trunk says; help sees also who hides it.
    is_told(
        &office,
        office.phone(102).dials("*613"),
        &[
            ("no-number-leads-here", ""),
            ("number-is-hidden", ""),
            ("number-for-help", "030123450"),
            ("place-is", "Harbour"),
        ],
    );
    is_told(
        &office,
        office.phone(103).dials("*613"),
        &[
            ("no-number-leads-here", ""),
            ("number-shown", "030123459"),
            ("number-for-help", "030123459"),
            ("place-is", "Quay"),
        ],
    );
}

#[test]
fn f168_the_box_says_that_nothing_goes_out() {
    let office = Office::with("101 Alice phone");
    is_told(
        &office,
        office.phone(101).dials("*613"),
        &[("no-number-leads-here", ""), ("no-way-out", ""), ("place-is", "Office")],
    );
}
