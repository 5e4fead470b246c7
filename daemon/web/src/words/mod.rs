//! What the page's server says to people, in their language. A new variant does not compile before it has its German:
//! every match below is exhaustive. Sentences begin in lower case and have no full stop, as those of `pbx::words`; the
//! English of a refusal stands with its type, for logs too.

mod de;
#[cfg(test)]
mod tests;

use pbx::words::Language;

use crate::why::Why;

/// Why a request is not met.
pub(crate) fn why(language: Language, why: &Why) -> String {
    match language {
        Language::English => why.to_string(),
        Language::German => de::why(why),
    }
}
