//! Which numbers call for help, by country.

/// Recognised in every office, whatever its country and however broken its configuration: travellers and visitors
/// dial what they know.
pub const ALWAYS_EMERGENCY: [&str; 2] = ["112", "911"];

/// One country's numbers besides [`ALWAYS_EMERGENCY`]: police, fire, ambulance, and text relays where they are dialled.
type Row = (&'static str, &'static [&'static str]);

/// Sorted by country, so that it can be searched.
const NATIONAL: &[Row] = &[
    ("AE", &["997", "998", "999"]),
    ("AR", &["100", "101", "107"]),
    ("AT", &["122", "133", "140", "144"]),
    ("AU", &["000", "106"]),
    ("BE", &["100", "101"]),
    ("BG", &["150", "160", "166"]),
    ("BR", &["190", "192", "193"]),
    ("CA", &[]),
    ("CH", &["117", "118", "144", "1414"]),
    ("CL", &["131", "132", "133"]),
    ("CN", &["110", "119", "120", "122"]),
    ("CY", &["199"]),
    ("CZ", &["150", "155", "156", "158"]),
    ("DE", &["110"]),
    ("DK", &[]),
    ("EE", &[]),
    ("ES", &["061", "062", "080", "085", "091", "092"]),
    ("FI", &[]),
    ("FR", &["15", "17", "18", "114", "115", "119", "191", "196", "197"]),
    ("GB", &["999", "18000"]),
    ("GR", &["100", "108", "166", "199"]),
    ("HK", &["999", "992"]),
    ("HR", &["192", "193", "194", "195"]),
    ("HU", &["104", "105", "107"]),
    ("IE", &["999"]),
    ("IL", &["100", "101", "102"]),
    ("IN", &["100", "101", "102", "108"]),
    ("IS", &[]),
    ("IT", &["113", "114", "115", "118"]),
    ("JP", &["110", "118", "119"]),
    ("KR", &["119"]),
    ("LI", &["117", "118", "144"]),
    ("LT", &[]),
    ("LU", &["113"]),
    ("LV", &["110", "113"]),
    ("MT", &[]),
    ("MX", &[]),
    ("MY", &["999"]),
    ("NL", &[]),
    ("NO", &["110", "113"]),
    ("NZ", &["111"]),
    ("PL", &["997", "998", "999"]),
    ("PT", &[]),
    ("RO", &[]),
    ("SE", &[]),
    ("SG", &["995", "999"]),
    ("SI", &["113"]),
    ("SK", &["150", "155", "158", "159"]),
    ("TR", &["110", "155", "156"]),
    ("UA", &["101", "102", "103"]),
    ("US", &[]),
    ("ZA", &["10111", "10177"]),
];

/// The numbers of a country besides [`ALWAYS_EMERGENCY`]; `None` where the country is not known here, which is a
/// problem of the configuration, never a reason to refuse a call for help.
pub fn national_emergency(country: &str) -> Option<&'static [&'static str]> {
    let found = NATIONAL.binary_search_by_key(&country, |row| row.0).ok()?;
    NATIONAL.get(found).map(|row| row.1)
}

/// The number that proves an emergency call's way and address without alarming anyone: 933 in the United States.
pub fn test_number(country: &str) -> Option<&'static str> {
    (country == "US").then_some("933")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_holds_only_short_numbers() {
        assert!(NATIONAL.is_sorted_by(|a, b| a.0 < b.0));
        for (country, numbers) in NATIONAL {
            assert!(country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()));
            for number in *numbers {
                assert!((2..=5).contains(&number.len()), "{country} {number}");
                assert!(number.bytes().all(|b| b.is_ascii_digit()), "{country} {number}");
                assert!(!ALWAYS_EMERGENCY.contains(number), "{country} {number}");
            }
        }
    }

    #[test]
    fn countries_have_their_numbers() {
        for (country, expected) in [
            ("US", Some(&[] as &[&str])),
            ("DE", Some(&["110"] as &[&str])),
            ("GB", Some(&["999", "18000"] as &[&str])),
            ("XX", None),
            ("", None),
        ] {
            assert_eq!(national_emergency(country), expected, "{country}");
        }
        assert_eq!(test_number("US"), Some("933"));
        assert_eq!(test_number("DE"), None);
    }
}
