//! Under which name and number an extension calls, and what is wrong with them (F26).

mod judged;

use config::NumberFrom;
use judged::{read, says};

fn office(own: &str) -> String {
    format!(
        "[office]\ncountry = 'DE'\narea = '30'\n[[number]]\nnumber = '+4930123450'\nto = '1001'\n\
         [[number]]\nnumber = '+4930123459'\nto = '1002'\n\
         [[person]]\nname = 'Workshop'\nextension = '1002'\n\
         [[person]]\nname = 'Desk'\nextension = '1001'\n{own}"
    )
}

#[test]
fn an_extension_calls_under_a_name_and_one_of_the_offices_numbers() {
    let own = "label = 'Reception'\ncaller_name = 'Front Office'\ncaller_number = '030123459'\n";
    let config = says(&office(own), &[]);
    let desk = config.extension("1001").expect("it is in the file");
    assert_eq!(desk.caller_id.label.as_deref(), Some("Reception"));
    assert_eq!((config.calls_as("1001"), config.calls_as("1002")), (Some("Front Office"), Some("Workshop")));
    assert_eq!(config.name_of("1001"), Some("Desk"), "who they are they stay");
    assert_eq!(config.shown_as("1001"), Some(("+4930123459", NumberFrom::Chosen)));
    assert_eq!(config.shown_as("1002"), Some(("+4930123459", NumberFrom::LeadsHere)));
}

#[test]
fn a_number_that_is_none_of_the_offices_counts_as_not_written() {
    let said = "person 2 (Desk), caller_number: +4930999 is none of the office's numbers: write one of them, or none";
    let config = says(&office("caller_number = '+4930999'\n"), &[&format!("{said}; ignored until then")]);
    assert_eq!(config.shown_as("1001"), Some(("+4930123450", NumberFrom::LeadsHere)));
}

#[test]
fn a_label_is_short_and_a_name_is_one() {
    for (field, wrong) in [
        ("label = 'twenty-one characters'", Some("label: a label is 1 to 20 characters")),
        ("label = 'twenty characters, ü'", None),
        ("label = ' x'", Some("label: a label is 1 to 20 characters")),
        ("label = ''", Some("label: a label is 1 to 20 characters")),
        ("caller_name = ''", Some("caller_name: the name must be 1 to 64 characters")),
        ("caller_name = \"a\\u0007\"", Some("caller_name: the name must be 1 to 64 characters")),
    ] {
        let (config, problems) = read(&office(field));
        let said = problems.first().map(ToString::to_string);
        let is_said = said.as_ref().zip(wrong).is_some_and(|(said, wrong)| said.contains(wrong));
        assert!(is_said || (said.is_none() && wrong.is_none()), "{field}: {said:?}");
        assert_eq!(config.extension("1001").is_some(), wrong.is_none(), "{field}");
    }
}
