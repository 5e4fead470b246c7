//! Which language a request is answered in.

use axum::http::{HeaderMap, header};
use pbx::words::Language;

/// How many languages of a request are looked at: browsers send some three, and nobody reads more than ten.
const LOOKED_AT: usize = 10;

/// The language that the reader wants most (RFC 9110 §12.5.4), of those that there are. `None` where they want none of them, or do not
/// say.
pub(crate) fn wanted(headers: &HeaderMap) -> Option<Language> {
    let value = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Language)> = None;
    for range in value.split(',').take(LOOKED_AT) {
        let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let weight: f32 = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()).unwrap_or(0.0);
        let Some(language) = Language::of_tag(tag.trim()) else { continue };
        // Of two that are wanted alike, the first.
        if weight > best.map_or(0.0, |(most, _)| most) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_gets_the_language_that_is_wanted_most() {
        let (english, german) = (Some(Language::English), Some(Language::German));
        for (header, expected) in [
            ("de", german),
            ("de-CH, en;q=0.9", german),
            ("fr, en;q=0.5, de;q=0.8", german),
            ("en, de", english),
            ("de;q=0", None),
            ("fr-FR, *;q=0.1", None),
            ("de;q=nonsense, en;q=0.1", english),
            ("", None),
            (",,,;;;q=", None),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, header.parse().unwrap())]);
            assert_eq!(wanted(&headers), expected, "{header}");
        }
        assert_eq!(wanted(&HeaderMap::new()), None);
    }
}
