//! Errors as people read them.

/// An error with what lies under it, in one sentence.
pub fn with_cause(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(under) = cause {
        let under_text = under.to_string();
        if !text.ends_with(&under_text) {
            text.push_str(": ");
            text.push_str(&under_text);
        }
        cause = under.source();
    }
    text
}
