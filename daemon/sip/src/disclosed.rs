//! Messages as people may read them who look for a fault: all of a message but what would open a door to its reader.

use std::fmt::Write as _;

use crate::auth;

/// What stands where a secret was.
pub const HIDDEN: &str = "***";

/// The lines of a message that fit into so many bytes: what half a line says is not known, and [`disclosed`] must not guess.
pub fn whole_lines(message: &[u8], most: usize) -> &[u8] {
    match message.split_at_checked(most) {
        Some((begin, rest)) if !rest.is_empty() => {
            let end = begin.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            begin.get(..end).unwrap_or_default()
        }
        _ => message,
    }
}

/// A message as text without its secrets, with one `\n` at the end of each line. Hidden are what proves a password (RFC 7616 §3.4,
/// §3.5), passwords in URIs (RFC 3261 §19.1.1), users of URIs that are secrets by themselves, keys of media (RFC 4568 §6.1,
/// RFC 3830, RFC 8839 §5.4) and the keys that a party presses (RFC 6086), which may be a PIN. Of a message that is not whole it
/// gets [`whole_lines`].
pub fn disclosed(message: &[u8], is_secret_user: impl Fn(&str) -> bool) -> String {
    let mut text = String::with_capacity(message.len());
    let tells_keys = message.trim_ascii_start().starts_with(b"INFO ");
    let (mut is_head, mut is_hidden) = (true, false);
    for line in message.trim_ascii_start().split(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line));
        if is_head && line.is_empty() {
            (is_head, is_hidden) = (false, false);
        } else if !is_head {
            body_line(&mut text, &line, tells_keys);
        } else if is_hidden && line.starts_with([' ', '\t']) {
            // The rest of a credential in a folded line (RFC 3261 §7.3.1).
            continue;
        } else {
            is_hidden = head_line(&mut text, &line, &is_secret_user);
        }
        text.push('\n');
    }
    // What follows the last line's end is no line.
    text.pop();
    text
}

/// The Call-ID (RFC 3261 §20.8) of a message that need not be whole.
pub fn call_id(message: &[u8]) -> Option<&[u8]> {
    let lines = message.trim_ascii_start().split(|byte| *byte == b'\n');
    let head = lines.map(<[u8]>::trim_ascii_end).take_while(|line| !line.is_empty());
    head.filter(|line| line.first().is_some_and(|first| matches!(first, b'C' | b'c' | b'I' | b'i'))).find_map(|line| {
        let (name, value) = line.split_at_checked(line.iter().position(|byte| *byte == b':')?)?;
        let name = name.trim_ascii_end();
        let is_it = name.eq_ignore_ascii_case(b"call-id") || name.eq_ignore_ascii_case(b"i");
        is_it.then(|| value.strip_prefix(b":").unwrap_or(value).trim_ascii())
    })
}

/// Whether what it says is hidden.
fn head_line(text: &mut String, line: &str, is_secret_user: &impl Fn(&str) -> bool) -> bool {
    let name = line.split(':').next().unwrap_or_default().trim_end();
    let is_one_of = |names: &[&str]| names.iter().any(|one| name.eq_ignore_ascii_case(one));
    if is_one_of(&["Authorization", "Proxy-Authorization"]) {
        let value = line.split_once(':').map_or("", |(_, value)| value);
        let _ = write!(text, "{name}: {}", auth::shown(value.as_bytes(), HIDDEN));
        return true;
    }
    if is_one_of(&["Authentication-Info", "Proxy-Authentication-Info"]) {
        let _ = write!(text, "{name}: {HIDDEN}");
        return true;
    }
    if line.contains('@') {
        uris(text, line, is_secret_user);
    } else {
        text.push_str(line);
    }
    false
}

/// A line without the passwords, and the secret users, of its URIs.
fn uris(text: &mut String, line: &str, is_secret_user: &impl Fn(&str) -> bool) {
    let mut parts = line.split('@').peekable();
    while let Some(part) = parts.next() {
        let is_before_host = parts.peek().is_some();
        match user_of(part).filter(|_| is_before_host) {
            Some((before, user)) => {
                let (name, password) = user.split_once(':').map_or((user, None), |(name, word)| (name, Some(word)));
                text.push_str(before);
                text.push_str(if is_secret_user(name) { HIDDEN } else { name });
                if password.is_some() {
                    let _ = write!(text, ":{HIDDEN}");
                }
            }
            None => text.push_str(part),
        }
        if is_before_host {
            text.push('@');
        }
    }
}

/// What stands between `sip:` and the `@`, with all before it.
fn user_of(part: &str) -> Option<(&str, &str)> {
    let begin = part.rfind(['<', ' ', '"', '>', '\t']).map_or(0, |at| at + 1);
    let word = part.get(begin..)?.to_ascii_lowercase();
    let scheme = word.find("sip:").map(|at| at + 4).or_else(|| word.find("sips:").map(|at| at + 5))?;
    part.split_at_checked(begin + scheme)
}

fn body_line(text: &mut String, line: &str, tells_keys: bool) {
    let is = |start: &str| line.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    if tells_keys && !line.is_empty() && !is("Duration") {
        return text.push_str(HIDDEN);
    }
    let shown = if is("a=crypto:") {
        line.find("inline:").map_or(9, |at| at + 7)
    } else if is("k=") {
        2
    } else if is("a=key-mgmt:") {
        11
    } else if is("a=ice-pwd:") {
        10
    } else {
        return text.push_str(line);
    };
    text.push_str(line.get(..shown).unwrap_or_default());
    text.push_str(HIDDEN);
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRETS: &[&str] = &[
        "6629fae49393a05397450978507c4ef1",
        "0a4f113b",
        "pa55",
        "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj",
        "AAAAAAAAAAA",
        "iceword",
        "42f1b6c7",
        "deadbeef",
    ];

    /// A message with every secret that there can be, in the forms that phones write.
    fn message() -> String {
        "INVITE sip:42f1b6c7@10.0.0.1 SIP/2.0\r\n\
         Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK1\r\n\
         From: \"Front @ Desk\" <sip:101@office>;tag=1\r\n\
         To: <sips:102:pa55@office>\r\n\
         call-id : abc@10.0.0.7\r\n\
         AUTHORIZATION : Digest username=\"101a\", realm=\"office\", nonce=\"n\", uri=\"sip:102@office\",\r\n \
         response=\"6629fae49393a05397450978507c4ef1\", cnonce=\"0a4f113b\",\r\n\
         \tqop=auth, nc=00000001\r\n\
         Proxy-Authorization: Digest username=\"101a\", response=\"6629fae49393a05397450978507c4ef1\", cnonce=0a4f113b\r\n\
         Authentication-Info: rspauth=\"deadbeef\"\r\n\
         Contact:sip:101:pa55@10.0.0.7;ob\r\n\
         Content-Type: application/sdp\r\n\
         \r\n\
         v=0\r\n\
         k=clear:pa55\r\n\
         a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20\r\n\
         a=key-mgmt:mikey AAAAAAAAAAA\r\n\
         a=ice-pwd:iceword\r\n\
         m=audio 4000 RTP/SAVP 8\r\n"
            .to_owned()
    }

    fn shown(message: &str) -> String {
        cut(message, message.len())
    }

    fn cut(message: &str, most: usize) -> String {
        disclosed(whole_lines(message.as_bytes(), most), |user| user == "42f1b6c7")
    }

    #[test]
    fn no_secret_is_left_however_the_message_is_cut() {
        let whole = message();
        for end in 0..=whole.len() {
            let text = cut(&whole, end);
            let found: Vec<_> = SECRETS.iter().filter(|secret| text.contains(**secret)).collect();
            assert!(found.is_empty(), "{found:?} of the first {end} bytes in\n{text}");
            // Half of a digest is still worth guessing by.
            assert!(!text.contains("6629fa") && !text.contains("d0RmdmcmVC"), "{end}\n{text}");
        }
    }

    #[test]
    fn all_else_is_shown() {
        let text = shown(&message());
        for part in [
            "INVITE sip:***@10.0.0.1 SIP/2.0\n",
            "From: \"Front @ Desk\" <sip:101@office>;tag=1\n",
            "To: <sips:102:***@office>\n",
            "call-id : abc@10.0.0.7\n",
            "username=\"101a\"",
            "realm=\"office\"",
            "Contact:sip:101:***@10.0.0.7;ob\n",
            "\n\nv=0\n",
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:***\n",
            "m=audio 4000 RTP/SAVP 8",
        ] {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
    }

    #[test]
    fn a_key_that_is_pressed_may_be_a_pin() {
        let text = shown("INFO sip:a@b SIP/2.0\r\nCall-ID: 1\r\n\r\nSignal=7\r\nDuration=160\r\n");
        assert_eq!(text, "INFO sip:a@b SIP/2.0\nCall-ID: 1\n\n***\nDuration=160\n");
    }

    #[test]
    fn a_call_id_is_found_in_either_form_and_nowhere_else() {
        assert_eq!(call_id(message().as_bytes()), Some(&b"abc@10.0.0.7"[..]));
        assert_eq!(call_id(b"\r\n\r\nBYE sip:a@b SIP/2.0\r\ni:x\r\n\r\n"), Some(&b"x"[..]));
        assert_eq!(call_id(b"INVITE sip:a@b SIP/2.0\r\nContact: <sip:i:1@b>\r\n\r\nCall-ID: no\r\n"), None);
        assert_eq!(call_id(b""), None);
    }
}
