//! How numbers are written in a country: from what people dial to E.164 and back, and what a number costs at worst.

use crate::office::Office;
use crate::permission::Class;
use crate::spelling::Spellings;

/// The longest E.164 number, in digits (ITU-T E.164 §6.2.1).
pub const MAX_E164: usize = 15;

/// The shortest number that is taken for one in full, in digits: the shortest that carriers of a country know is five,
/// with its calling code seven.
pub const MIN_E164: usize = 7;

/// One country's way to dial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plan {
    country: &'static str,
    /// The calling code (ITU-T E.164 annex).
    code: &'static str,
    /// What is dialled before the code of another country.
    international: &'static str,
    /// What is dialled before an area; empty where the whole number is always dialled.
    national: &'static str,
    /// How many digits a number has that is dialled whole without a prefix; 0 where there is none such.
    whole: (usize, usize),
}

const fn plan(
    country: &'static str,
    code: &'static str,
    international: &'static str,
    national: &'static str,
    whole: (usize, usize),
) -> Plan {
    Plan { country, code, international, national, whole }
}

/// No number is dialled whole without its prefix.
const NEVER: (usize, usize) = (0, 0);

/// Sorted by country, so that it can be searched.
const PLANS: &[Plan] = &[
    plan("AE", "971", "00", "0", NEVER),
    plan("AR", "54", "00", "0", NEVER),
    plan("AT", "43", "00", "0", NEVER),
    plan("AU", "61", "0011", "0", NEVER),
    plan("BE", "32", "00", "0", NEVER),
    plan("BG", "359", "00", "0", NEVER),
    plan("BR", "55", "00", "0", NEVER),
    plan("CA", "1", "011", "1", (10, 10)),
    plan("CH", "41", "00", "0", NEVER),
    plan("CL", "56", "00", "", (9, 9)),
    plan("CN", "86", "00", "0", NEVER),
    plan("CY", "357", "00", "", (8, 8)),
    plan("CZ", "420", "00", "", (9, 9)),
    plan("DE", "49", "00", "0", NEVER),
    plan("DK", "45", "00", "", (8, 8)),
    plan("EE", "372", "00", "", (7, 8)),
    plan("ES", "34", "00", "", (9, 9)),
    plan("FI", "358", "00", "0", NEVER),
    plan("FR", "33", "00", "0", NEVER),
    plan("GB", "44", "00", "0", NEVER),
    plan("GR", "30", "00", "", (10, 10)),
    plan("HK", "852", "001", "", (8, 8)),
    plan("HR", "385", "00", "0", NEVER),
    plan("HU", "36", "00", "06", NEVER),
    plan("IE", "353", "00", "0", NEVER),
    plan("IL", "972", "00", "0", NEVER),
    plan("IN", "91", "00", "0", NEVER),
    plan("IS", "354", "00", "", (7, 7)),
    // The 0 of an area is part of the number.
    plan("IT", "39", "00", "", (6, 11)),
    plan("JP", "81", "010", "0", NEVER),
    plan("KR", "82", "00", "0", NEVER),
    plan("LI", "423", "00", "", (7, 7)),
    plan("LT", "370", "00", "0", NEVER),
    plan("LU", "352", "00", "", (5, 11)),
    plan("LV", "371", "00", "", (8, 8)),
    plan("MT", "356", "00", "", (8, 8)),
    plan("MX", "52", "00", "", (10, 10)),
    plan("MY", "60", "00", "0", NEVER),
    plan("NL", "31", "00", "0", NEVER),
    plan("NO", "47", "00", "", (8, 8)),
    plan("NZ", "64", "00", "0", NEVER),
    plan("PL", "48", "00", "", (9, 9)),
    plan("PT", "351", "00", "", (9, 9)),
    plan("RO", "40", "00", "0", NEVER),
    plan("SE", "46", "00", "0", NEVER),
    plan("SG", "65", "001", "", (8, 8)),
    plan("SI", "386", "00", "0", NEVER),
    plan("SK", "421", "00", "0", NEVER),
    plan("TR", "90", "00", "0", NEVER),
    plan("UA", "380", "00", "0", NEVER),
    plan("US", "1", "011", "1", (10, 10)),
    plan("ZA", "27", "00", "0", NEVER),
];

/// Numbers that cost more than they look, and those of mobile phones, by how they go on behind the country's code.
struct Tariff {
    country: &'static str,
    premium: &'static [&'static str],
    mobile: &'static [&'static str],
    /// Short numbers that cost, as they are dialled.
    short: &'static [&'static str],
}

/// Of the countries whose numbers tell; in all others what begins with 900 counts as premium.
const TARIFFS: &[Tariff] = &[
    Tariff {
        country: "AT",
        premium: &["900", "901", "930", "931", "939", "118"],
        mobile: &["65", "66", "67", "68", "69"],
        short: &["118"],
    },
    Tariff { country: "AU", premium: &["190"], mobile: &["4"], short: &[] },
    Tariff { country: "BE", premium: &["90"], mobile: &["4"], short: &["12", "13", "14"] },
    Tariff {
        country: "CH",
        premium: &["900", "901", "906"],
        mobile: &["74", "75", "76", "77", "78", "79"],
        short: &["18"],
    },
    Tariff { country: "DE", premium: &["900", "137", "118"], mobile: &["15", "16", "17"], short: &["118"] },
    Tariff { country: "DK", premium: &["90"], mobile: &[], short: &["118"] },
    Tariff { country: "ES", premium: &["803", "806", "807", "905", "907"], mobile: &["6", "7"], short: &["118"] },
    Tariff { country: "FR", premium: &["89"], mobile: &["6", "7"], short: &["118", "3"] },
    Tariff { country: "GB", premium: &["9", "87", "84", "70"], mobile: &["7"], short: &["118"] },
    Tariff { country: "IE", premium: &["15"], mobile: &["8"], short: &["118"] },
    Tariff { country: "IT", premium: &["89", "144", "166", "199"], mobile: &["3"], short: &["4", "89"] },
    Tariff { country: "NL", premium: &["900", "906", "909", "18"], mobile: &["6"], short: &["18"] },
    Tariff { country: "NO", premium: &["82"], mobile: &["4", "9"], short: &["18"] },
    Tariff { country: "PL", premium: &["70", "30", "40"], mobile: &["5", "6", "7", "8"], short: &["118"] },
    Tariff { country: "PT", premium: &["60", "76"], mobile: &["9"], short: &["18"] },
    Tariff { country: "SE", premium: &["900", "939", "944"], mobile: &["7"], short: &["118"] },
];

/// Codes of no country: satellites and shared-cost services, all of them dear.
const PREMIUM_CODES: [&str; 6] = ["870", "878", "881", "882", "883", "979"];

/// The digits of a number that is made up, ten in all with what it begins with.
const SAMPLE: &str = "5555550123";

/// Numbers of other countries, and of none, that are nobody's.
const ABROAD: [&str; 4] = ["+442079460123", "+12025550123", "+33199000123", "+881655501234"];

/// Areas within +1 that are other countries than the United States and Canada, and the favourites of fraud.
const OTHER_COUNTRIES_OF_1: [&str; 21] = [
    "242", "246", "264", "268", "284", "345", "441", "473", "649", "658", "664", "721", "758", "767", "784", "809",
    "829", "849", "868", "869", "876",
];

fn plan_of(country: &str) -> Option<&'static Plan> {
    PLANS.binary_search_by_key(&country, |plan| plan.country).ok().and_then(|found| PLANS.get(found))
}

impl Office {
    /// What was dialled as a number in full, `+` and at most [`MAX_E164`] digits (ITU-T E.164), where it is one in this
    /// country; all else, such as short numbers of the carrier, as it is. What is in full stays as it is.
    pub fn in_full(&self, dialled: &str) -> String {
        let Some(plan) = plan_of(&self.country) else { return dialled.to_owned() };
        let full = self.read(plan, dialled);
        full.filter(|number| is_e164(number)).unwrap_or_else(|| dialled.to_owned())
    }

    fn read(&self, plan: &Plan, dialled: &str) -> Option<String> {
        if dialled.starts_with('+') || !dialled.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if let Some(abroad) = dialled.strip_prefix(plan.international) {
            return Some(format!("+{abroad}"));
        }
        let length = dialled.len();
        if (plan.whole.0..=plan.whole.1).contains(&length) && length > 0 && !is_short(plan, dialled) {
            return Some(format!("+{}{dialled}", plan.code));
        }
        if !plan.national.is_empty()
            && let Some(national) = dialled.strip_prefix(plan.national)
        {
            return Some(format!("+{}{national}", plan.code));
        }
        let area = self.area.as_deref()?;
        let is_local = length >= 3 && !is_short(plan, dialled);
        is_local.then(|| format!("+{}{area}{dialled}", plan.code))
    }

    /// A number in full as it is written within this country, with the prefixes that are dialled here; all else as it is.
    pub fn as_national(&self, number: &str) -> String {
        let (Some(plan), Some(digits)) = (plan_of(&self.country), number.strip_prefix('+')) else {
            return number.to_owned();
        };
        match digits.strip_prefix(plan.code) {
            Some(national) => format!("{}{national}", plan.national),
            None => format!("{}{digits}", plan.international),
        }
    }

    /// The ways in which people here write the number of a caller from outside.
    pub fn spellings(&self, caller: &str) -> Spellings {
        let full = self.in_full(caller);
        let abroad = plan_of(&self.country).and_then(|plan| {
            let rest = full.strip_prefix('+')?.strip_prefix(plan.code)?;
            let begin = format!("{}{}", plan.international, plan.code);
            Some((format!("{begin}{rest}"), begin.len()))
        });
        Spellings::of([caller.to_owned(), self.as_national(&full), full], abroad)
    }

    /// Of each class but emergency a number in full that is of it, as far as numbers tell here: made up, to be looked at and
    /// never to be called.
    pub fn samples(&self) -> Vec<(Class, String)> {
        let tariff = TARIFFS.iter().find(|tariff| tariff.country == self.country);
        let at_home = plan_of(&self.country).into_iter().flat_map(|plan| {
            let area = self.area.as_deref().into_iter();
            let dear = tariff.map_or(&["900"][..], |tariff| tariff.premium).iter().copied();
            let mobile = tariff.map_or(&[][..], |tariff| tariff.mobile).iter().copied();
            let others = ["2", "3", "4", "5", "6", "7", "8", "9"];
            area.chain(mobile).chain(dear).chain(others).map(move |begin| {
                let rest = SAMPLE.get(begin.len().min(SAMPLE.len())..).unwrap_or_default();
                format!("+{}{begin}{rest}", plan.code)
            })
        });
        let numbers: Vec<String> = at_home.chain(ABROAD.map(str::to_owned)).filter(|number| is_e164(number)).collect();
        let classes = Class::ALL.into_iter().filter(|class| *class != Class::Emergency);
        let first = |class| Some((class, numbers.iter().find(|number| self.class_of(number) == class)?.clone()));
        classes.filter_map(first).collect()
    }

    /// What calling this number costs at worst, as far as the number tells. It is as [`Office::in_full`] made it.
    pub fn class_of(&self, number: &str) -> Class {
        let tariff = TARIFFS.iter().find(|tariff| tariff.country == self.country);
        let Some(digits) = number.strip_prefix('+') else {
            let dear = tariff.map_or(&[][..], |tariff| tariff.short);
            return if begins(number, dear) { Class::Premium } else { Class::Local };
        };
        if begins(digits, &PREMIUM_CODES) {
            return Class::Premium;
        }
        let own = plan_of(&self.country).and_then(|plan| Some((plan, digits.strip_prefix(plan.code)?)));
        let Some((plan, national)) = own else { return Class::International };
        if plan.code == "1" && begins(national, &OTHER_COUNTRIES_OF_1) {
            return Class::International;
        }
        if begins(national, tariff.map_or(&["900"][..], |tariff| tariff.premium)) {
            return Class::Premium;
        }
        if begins(national, &["800"]) || self.area.as_deref().is_some_and(|area| national.starts_with(area)) {
            return Class::Local;
        }
        if begins(national, tariff.map_or(&[][..], |tariff| tariff.mobile)) {
            return Class::Mobile;
        }
        Class::National
    }
}

fn begins(number: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| number.starts_with(prefix))
}

/// Short numbers of a network: they are dialled as they are, and belong to no area. Everywhere but in North America
/// they begin with 1; there a subscriber's number has seven digits, the first of them 2 to 9.
fn is_short(plan: &Plan, dialled: &str) -> bool {
    let first = dialled.bytes().next().unwrap_or_default();
    match plan.code {
        "1" => !matches!(first, b'2'..=b'9') || !matches!(dialled.len(), 7 | 10),
        _ => first == b'1' && dialled.len() <= 6,
    }
}

/// Whether this is a number in full: `+` and [`MIN_E164`] to [`MAX_E164`] digits, the first not 0.
pub fn is_e164(number: &str) -> bool {
    let Some(digits) = number.strip_prefix('+') else { return false };
    let is_digits = digits.bytes().all(|b| b.is_ascii_digit());
    is_digits && (MIN_E164..=MAX_E164).contains(&digits.len()) && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn office(country: &str, area: &str) -> Office {
        let area = Some(area.to_owned()).filter(|area| !area.is_empty());
        Office { area, ..Office::new("Test".to_owned(), TimeZone::UTC, country.to_owned()) }
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(PLANS.is_sorted_by(|a, b| a.country < b.country));
        assert!(TARIFFS.is_sorted_by(|a, b| a.country < b.country));
        assert!(TARIFFS.iter().all(|tariff| plan_of(tariff.country).is_some()));
    }

    #[test]
    fn what_is_dialled_becomes_a_number_in_full() {
        for (country, area, dialled, expected) in [
            ("DE", "30", "03012345", "+493012345"),
            ("DE", "30", "12345678", "+493012345678"),
            ("DE", "30", "2345", "+49302345"),
            ("DE", "", "2345678", "2345678"),
            ("DE", "30", "0049301234567", "+49301234567"),
            ("DE", "30", "0033123456789", "+33123456789"),
            ("DE", "30", "+493012345", "+493012345"),
            ("DE", "30", "115", "115"),
            ("DE", "30", "11833", "11833"),
            ("DE", "30", "116117", "116117"),
            ("DE", "30", "*43", "*43"),
            ("US", "415", "5551234", "+14155551234"),
            ("US", "415", "2125551234", "+12125551234"),
            ("US", "415", "12125551234", "+12125551234"),
            ("US", "415", "01149301234567", "+49301234567"),
            ("US", "415", "411", "411"),
            ("GB", "20", "02079460000", "+442079460000"),
            ("ES", "", "912345678", "+34912345678"),
            ("IT", "", "0612345678", "+390612345678"),
            ("HU", "1", "0612345678", "+3612345678"),
            ("XX", "", "0123456789", "0123456789"),
            ("DE", "30", "00123", "00123"),
        ] {
            assert_eq!(office(country, area).in_full(dialled), expected, "{country} {dialled}");
        }
    }

    #[test]
    fn a_number_is_written_as_in_the_country() {
        for (country, number, expected) in [
            ("DE", "+493012345", "03012345"),
            ("DE", "+33123456789", "0033123456789"),
            ("US", "+12125551234", "12125551234"),
            ("ES", "+34912345678", "912345678"),
            ("DE", "115", "115"),
        ] {
            assert_eq!(office(country, "30").as_national(number), expected, "{country} {number}");
        }
    }

    #[test]
    fn every_class_of_a_country_has_a_sample() {
        for (country, area, expected) in [
            ("DE", "30", 5),
            ("GB", "20", 5),
            ("US", "415", 4),
            ("ES", "", 4),
            // Nothing is known of numbers there.
            ("XX", "", 2),
        ] {
            let samples = office(country, area).samples();
            assert_eq!(samples.len(), expected, "{country}: {samples:?}");
            for (class, number) in samples {
                assert_eq!(office(country, area).class_of(&number), class, "{country} {number}");
                assert!(is_e164(&number), "{country} {number}");
            }
        }
    }

    #[test]
    fn a_number_tells_what_it_costs() {
        for (country, area, number, expected) in [
            ("DE", "30", "+493012345", Class::Local),
            ("DE", "30", "+498912345", Class::National),
            ("DE", "30", "+4915112345678", Class::Mobile),
            ("DE", "30", "+499001234567", Class::Premium),
            ("DE", "30", "+498001234567", Class::Local),
            ("DE", "30", "+33123456789", Class::International),
            ("DE", "30", "+881612345678", Class::Premium),
            ("DE", "30", "11833", Class::Premium),
            ("DE", "30", "116117", Class::Local),
            ("US", "415", "+18765551234", Class::International),
            ("US", "415", "+19005551234", Class::Premium),
            ("US", "415", "+12125551234", Class::National),
            ("SI", "1", "+38690012345", Class::Premium),
        ] {
            assert_eq!(office(country, area).class_of(number), expected, "{country} {number}");
        }
    }
}
