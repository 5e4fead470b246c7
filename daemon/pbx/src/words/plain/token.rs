//! A sentence cut into words, names in quotes, and the places where it pauses.

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// As it was typed.
    Word(String),
    /// What stood in quotes.
    Quoted(String),
    /// A comma, a colon or a semicolon.
    Pause,
}

impl Token {
    /// As it would be typed.
    pub(super) fn text(&self) -> String {
        match self {
            Token::Word(word) => word.clone(),
            Token::Quoted(name) => quoted(name),
            Token::Pause => ",".to_owned(),
        }
    }
}

/// A name as it stands in a sentence.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Words end at spaces; commas and colons within a word, as in `Mon,Wed 08:00`, are of the word.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut word = String::new();
    let mut chars = text.trim().trim_end_matches('.').chars().peekable();
    while let Some(c) = chars.next() {
        let pauses = matches!(c, ',' | ':') && chars.peek().is_none_or(|next| next.is_whitespace());
        let opens = word.is_empty() && matches!(c, '"' | '“' | '„' | '«' | '»');
        if !pauses && !opens && c != ';' && !c.is_whitespace() {
            word.push(c);
            continue;
        }
        flush(&mut word, &mut found);
        if opens {
            found.push(Token::Quoted(name(c, &mut chars)));
        } else if !c.is_whitespace() {
            found.push(Token::Pause);
        }
    }
    flush(&mut word, &mut found);
    found
}

/// A number with its unit is two words: `20s`.
fn flush(word: &mut String, found: &mut Vec<Token>) {
    let word = std::mem::take(word);
    let digits = word.trim_end_matches(char::is_alphabetic);
    if digits.len() < word.len() && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        let unit = &word[digits.len()..];
        if unit.starts_with(['s', 'S']) && unit != "st" {
            found.extend([digits, unit].map(|part| Token::Word(part.to_owned())));
            return;
        }
    }
    if !word.is_empty() {
        found.push(Token::Word(word));
    }
}

/// What stands in quotes; of straight ones two are one of the name.
fn name(opened: char, chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut name = String::new();
    while let Some(c) = chars.next() {
        let closes = match opened {
            '"' => c == '"',
            '«' => c == '»',
            '»' => c == '«',
            _ => matches!(c, '“' | '”'),
        };
        let is_doubled = closes && c == '"' && chars.next_if_eq(&'"').is_some();
        if closes && !is_doubled {
            break;
        }
        name.push(c);
    }
    name
}
