//! The little of XML 1.0 that documents of ours need: text and attributes with nothing in them that could be markup.

/// Appends text or an attribute's value: markup as entities (§2.4), without the characters that XML has not (§2.2).
pub fn put_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // As they are they would become spaces in an attribute (§3.3.3).
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}

/// Appends ` name="value"`.
pub fn put_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    put_escaped(out, value);
    out.push('"');
}

/// Appends `<name>text</name>`.
pub fn put_element(out: &mut String, name: &str, text: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    put_escaped(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}
