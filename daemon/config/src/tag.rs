//! Words by which several contacts are found together (F76).

use std::collections::BTreeSet;

/// How many tags a contact has at most: what a line of a list still shows.
pub const MAX_TAGS: usize = 5;

/// The longest tag, in characters: a word or two.
pub const MAX_TAG: usize = 24;

/// Whether it is a tag: 1 to [`MAX_TAG`] characters, no space around them, nothing invisible, nothing that parts tags.
pub fn is_tag(text: &str) -> bool {
    let is_clean = text.trim() == text && !text.contains([',', ';']) && !text.chars().any(char::is_control);
    is_clean && (1..=MAX_TAG).contains(&text.chars().count())
}

/// The tags in a text with commas between them, or semicolons, in their order, each once.
pub fn tags_in(written: &str) -> Vec<String> {
    let tags: BTreeSet<&str> = written.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty()).collect();
    tags.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_tag, tags_in};

    #[test]
    fn f76_tags_are_read_in_any_order_and_each_once() {
        assert_eq!(tags_in(" Supplier,Customer ; ,Supplier"), ["Customer", "Supplier"]);
        assert_eq!(tags_in(" ,"), [""; 0]);
    }

    #[test]
    fn f76_a_tag_is_a_few_words_that_no_list_cuts_apart() {
        for (text, is) in [
            ("Customer", true),
            ("Zahlt früh", true),
            (&"x".repeat(24), true),
            (&"x".repeat(25), false),
            ("", false),
            (" Customer", false),
            ("a,b", false),
            ("a;b", false),
            ("a\tb", false),
        ] {
            assert_eq!(is_tag(text), is, "{text:?}");
        }
    }
}
