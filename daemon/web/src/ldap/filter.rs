//! Which entries a filter lets through (RFC 4511 §4.5.1.7): letters of either case are the same, and a number is found whatever
//! stands between its digits.

use ldap3_proto::proto::{LdapFilter, LdapSubstringFilter};

/// Whether the filter is true of an entry; neither false nor undefined is.
pub(super) fn holds(filter: &LdapFilter, all: &[(&'static str, String)]) -> bool {
    is_true(filter, all) == Some(true)
}

/// `None` is undefined: what is compared in a way that is not known here, and what the entry does not have.
fn is_true(filter: &LdapFilter, all: &[(&'static str, String)]) -> Option<bool> {
    match filter {
        LdapFilter::And(parts) => {
            let parts: Vec<Option<bool>> = parts.iter().map(|part| is_true(part, all)).collect();
            let is_false = parts.contains(&Some(false));
            if is_false { Some(false) } else { parts.into_iter().collect::<Option<Vec<_>>>().map(|_| true) }
        }
        LdapFilter::Or(parts) => {
            let parts: Vec<Option<bool>> = parts.iter().map(|part| is_true(part, all)).collect();
            let is_some_true = parts.contains(&Some(true));
            if is_some_true { Some(true) } else { parts.into_iter().collect::<Option<Vec<_>>>().map(|_| false) }
        }
        LdapFilter::Not(part) => is_true(part, all).map(|is| !is),
        LdapFilter::Present(name) => Some(values(name, all).next().is_some()),
        LdapFilter::Equality(name, wanted) => any(name, all, |value| value == comparable(name, wanted)),
        LdapFilter::Approx(name, wanted) => any(name, all, |value| value.contains(&comparable(name, wanted))),
        LdapFilter::Substring(name, parts) => any(name, all, |value| has(value, parts, name)),
        LdapFilter::GreaterOrEqual(..) | LdapFilter::LessOrEqual(..) | LdapFilter::Extensible(_) => None,
    }
}

fn values<'a>(name: &str, all: &'a [(&'static str, String)]) -> impl Iterator<Item = &'a str> {
    // By its other name (RFC 4519 §2.12, §2.19).
    let name = match name.to_lowercase().as_str() {
        "surname" => "sn".to_owned(),
        "organizationname" => "o".to_owned(),
        "commonname" => "cn".to_owned(),
        name => name.to_owned(),
    };
    all.iter().filter(move |(one, _)| one.to_lowercase() == name).map(|(_, value)| value.as_str())
}

fn any(name: &str, all: &[(&'static str, String)], is_it: impl Fn(&str) -> bool) -> Option<bool> {
    let mut values = values(name, all).peekable();
    values.peek()?;
    Some(values.any(|value| is_it(&comparable(name, value))))
}

/// Numbers without what only helps the eye, all else in small letters.
fn comparable(name: &str, value: &str) -> String {
    let is_number = ["telephonenumber", "mobile", "homephone"].contains(&name.to_lowercase().as_str());
    let value = value.to_lowercase();
    if is_number { value.chars().filter(|c| !" -./()".contains(*c)).collect() } else { value }
}

/// Whether the parts stand in it, one behind the other.
fn has(value: &str, parts: &LdapSubstringFilter, name: &str) -> bool {
    let part = |part: &Option<String>| part.as_deref().map(|part| comparable(name, part)).unwrap_or_default();
    let (first, last) = (part(&parts.initial), part(&parts.final_));
    let Some(mut rest) = value.strip_prefix(first.as_str()) else { return false };
    for middle in parts.any.iter().map(|middle| comparable(name, middle)) {
        match rest.split_once(middle.as_str()) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ldap3_proto::parse_ldap_filter_str;

    #[test]
    fn filters_of_phones_find_whom_they_mean() {
        let all = [
            ("objectClass", "inetOrgPerson"),
            ("cn", "Bäckerei-Süd"),
            ("telephoneNumber", "+4930123456"),
            ("o", "A*B"),
        ];
        let all = all.map(|(name, value)| (name, value.to_owned()));
        for (filter, expected) in [
            ("(cn=*)", true),
            ("(mobile=*)", false),
            ("(cn=bäckerei-süd)", true),
            ("(CN=BÄCK*)", true),
            ("(cn=*süd)", true),
            ("(cn=b*i*s*d)", true),
            ("(cn=*süd*bäck*)", false),
            ("(cn=bäckerei*erei)", false),
            ("(telephoneNumber=*30.123*)", true),
            ("(telephoneNumber=+49/30/123-456)", true),
            ("(|(cn=x*)(telephoneNumber=+4930*)(mobile=1*))", true),
            ("(&(cn=b*)(telephoneNumber=+4930*))", true),
            ("(&(cn=b*)(mobile=*))", false),
            ("(!(cn=x*))", true),
            // Undefined stays so, whichever way round it is asked.
            ("(!(mobile=1*))", false),
            ("(cn>=a)", false),
            ("(!(cn>=a))", false),
            ("(|(cn>=a)(cn=b*))", true),
            ("(cn~=kerei)", true),
        ] {
            let parsed = parse_ldap_filter_str(filter).unwrap();
            assert_eq!(holds(&parsed, &all), expected, "{filter}");
        }
        assert!(holds(&LdapFilter::Equality("o".to_owned(), "a*b".to_owned()), &all), "a star in a value is itself");
    }
}
