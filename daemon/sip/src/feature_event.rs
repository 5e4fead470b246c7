//! Keys of phones for do-not-disturb and forwards, kept in step with the box: the documents of the package `as-feature-event`, which
//! BroadWorks made and phones of several makers speak. Its elements are those of ECMA-323 (CSTA III), edition 3.
//!
//! The box tells the whole state in one NOTIFY of several parts; a phone whose key was pressed sends what it wants in a SUBSCRIBE
//! within the subscription.

use bytes::Bytes;

use crate::event::Body;
use crate::package::Package;
use crate::xml::{put_attribute, put_element};

/// The longest wish that is read: one takes some 300 bytes.
const LIMIT: usize = 4_096;

/// What stands between the parts (RFC 2046 §5.1.1); nothing that is escaped as XML contains it.
const BOUNDARY: &str = "bellbox-feature-event";

/// The namespace of the elements.
const NAMESPACE: &str = "http://www.ecma-international.org/standards/ecma-323/csta/ed3";

/// What the keys of an extension show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureState {
    /// The extension.
    pub device: String,
    /// Whether nobody disturbs it.
    pub is_dnd: bool,
    /// One of each kind.
    pub forwards: Vec<ForwardState>,
}

/// A forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForwardState {
    /// Which.
    pub kind: Forwarding,
    /// Whether calls go there.
    pub is_on: bool,
    /// The number; may be empty.
    pub to: String,
}

/// The forwards that phones know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forwarding {
    /// Of every call.
    Immediate,
    /// While busy.
    Busy,
    /// Of calls that nobody answers.
    NoAnswer,
}

/// What somebody wants by a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeatureWish {
    /// Nobody disturbs, or everybody may.
    Dnd(bool),
    /// A forward.
    Forward {
        /// Which.
        kind: Forwarding,
        /// Whether it is to hold.
        is_on: bool,
        /// The number as the phone wrote it; `None`: where calls went.
        to: Option<String>,
    },
}

impl Forwarding {
    /// All of them.
    pub const ALL: [Forwarding; 3] = [Forwarding::Immediate, Forwarding::Busy, Forwarding::NoAnswer];

    fn as_str(self) -> &'static str {
        match self {
            Forwarding::Immediate => "forwardImmediate",
            Forwarding::Busy => "forwardBusy",
            Forwarding::NoAnswer => "forwardNoAns",
        }
    }
}

impl FeatureState {
    /// The document: a part for do-not-disturb and one for each forward.
    pub fn to_body(&self) -> Body {
        let mut out = String::with_capacity(1_600);
        self.put(&mut out, "DoNotDisturbEvent", &[("doNotDisturbOn", truth(self.is_dnd))]);
        for forward in &self.forwards {
            let (kind, is_on) = (forward.kind.as_str(), truth(forward.is_on));
            let fields = [("forwardingType", kind), ("forwardStatus", is_on), ("forwardTo", forward.to.as_str())];
            self.put(&mut out, "ForwardingEvent", &fields);
        }
        out.push_str(&format!("--{BOUNDARY}--\r\n"));
        Body { content_type: format!("multipart/mixed;boundary={BOUNDARY}"), bytes: Bytes::from(out) }
    }

    fn put(&self, out: &mut String, name: &str, fields: &[(&str, &str)]) {
        let content_type = Package::FeatureEvent.content_type();
        out.push_str(&format!("--{BOUNDARY}\r\nContent-Type: {content_type}\r\n\r\n"));
        out.push_str(&format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<{name}"));
        put_attribute(out, "xmlns", NAMESPACE);
        out.push('>');
        put_element(out, "device", &self.device);
        fields.iter().for_each(|(name, text)| put_element(out, name, text));
        out.push_str(&format!("</{name}>\r\n"));
    }
}

impl FeatureWish {
    /// What a SUBSCRIBE asks for; `None` where it cannot be understood.
    pub fn read(body: &Body) -> Option<FeatureWish> {
        // Neither comments nor definitions belong there, and what they hold must not be taken for elements.
        let is_plain = |text: &&str| text.len() <= LIMIT && !text.contains("<!");
        let text = std::str::from_utf8(&body.bytes).ok().filter(is_plain)?;
        let field = |name: &str| elements(text).find(|(known, _)| *known == name).map(|(_, text)| text);
        let is_true = |name: &str| match field(name)? {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        };
        if field("SetDoNotDisturb").is_some() {
            return is_true("doNotDisturbOn").map(FeatureWish::Dnd);
        }
        field("SetForwarding")?;
        // Phones that do not say which mean the first.
        let kind = match field("forwardingType") {
            Some(word) => Forwarding::ALL.into_iter().find(|kind| kind.as_str() == word)?,
            None => Forwarding::Immediate,
        };
        let to = field("forwardDN").map(number).filter(|to| !to.is_empty());
        // A URI of another kind names no number, nor does one within another.
        if to.is_some_and(|to| to.contains(':')) {
            return None;
        }
        Some(FeatureWish::Forward { kind, is_on: is_true("activateForward")?, to: to.map(str::to_owned) })
    }
}

fn truth(is_so: bool) -> &'static str {
    if is_so { "true" } else { "false" }
}

/// The number of what may be a SIP or tel URI.
fn number(text: &str) -> &str {
    let text = ["sip:", "sips:", "tel:"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
    text.split(['@', ';']).next().unwrap_or_default().trim()
}

/// The elements with the text that follows their start, without namespaces: as much XML as these documents have.
fn elements(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('<').skip(1).filter(|piece| !piece.starts_with(['/', '?'])).map(|piece| {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '\t', '\r', '\n', '/']).next().unwrap_or_default();
        (name.rsplit(':').next().unwrap_or_default(), text.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<FeatureWish> {
        let content_type = Package::FeatureEvent.content_type().to_owned();
        FeatureWish::read(&Body { content_type, bytes: Bytes::copy_from_slice(text.as_bytes()) })
    }

    const FORWARD: &str = "<?xml version='1.0' encoding='UTF-8'?>\r\n<csta:SetForwarding xmlns:csta=\"urn:x\">\n <csta:device/>\n \
        <csta:forwardingType>forwardNoAns</csta:forwardingType><csta:activateForward> true </csta:activateForward>\
        <csta:forwardDN>sip:103@office;user=phone</csta:forwardDN></csta:SetForwarding>";

    #[test]
    fn a_wish_is_read_as_phones_write_it() {
        let forward =
            |kind, is_on, to: Option<&str>| Some(FeatureWish::Forward { kind, is_on, to: to.map(str::to_owned) });
        for (text, expected) in [
            (
                "<SetDoNotDisturb><device></device><doNotDisturbOn>true</doNotDisturbOn></SetDoNotDisturb>",
                Some(FeatureWish::Dnd(true)),
            ),
            ("<SetDoNotDisturb xmlns=\"u\"><doNotDisturbOn>false</doNotDisturbOn>", Some(FeatureWish::Dnd(false))),
            (FORWARD, forward(Forwarding::NoAnswer, true, Some("103"))),
            (
                "<SetForwarding><forwardingType>forwardBusy</forwardingType><activateForward>0</activateForward><forwardDN/></SetForwarding>",
                forward(Forwarding::Busy, false, None),
            ),
            (
                "<SetForwarding><activateForward>1</activateForward><forwardDN>tel:+4930</forwardDN>",
                forward(Forwarding::Immediate, true, Some("+4930")),
            ),
            ("<SetForwarding><forwardingType>forwardTea</forwardingType><activateForward>1</activateForward>", None),
            ("<SetForwarding><activateForward>perhaps</activateForward>", None),
            ("<SetForwarding><activateForward>1</activateForward><forwardDN>tel:sip:102@office</forwardDN>", None),
            ("<SetForwarding><activateForward>1</activateForward><forwardDN>https://102</forwardDN>", None),
            ("<SetDoNotDisturb/>", None),
            ("<!-- <SetDoNotDisturb> --><doNotDisturbOn>true", None),
            ("", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn whatever_is_cut_off_or_too_long_is_no_wish_and_no_harm() {
        for end in 0..FORWARD.len() {
            let _ = read(&FORWARD[..end]);
            let _ = read(&FORWARD[end..]);
        }
        assert_eq!(read(&format!("{FORWARD}{}", " ".repeat(LIMIT))), None);
        let body = Body { content_type: String::new(), bytes: Bytes::from_static(&[0xff, b'<', 0]) };
        assert_eq!(FeatureWish::read(&body), None);
    }

    #[test]
    fn the_whole_state_is_one_document_of_four_parts() {
        let forwards =
            Forwarding::ALL.map(|kind| ForwardState { kind, is_on: kind == Forwarding::Busy, to: "<1&2>".into() });
        let body = FeatureState { device: "102".into(), is_dnd: true, forwards: forwards.to_vec() }.to_body();
        assert_eq!(body.content_type, format!("multipart/mixed;boundary={BOUNDARY}"));
        let text = String::from_utf8_lossy(&body.bytes);
        assert_eq!(text.matches(&format!("--{BOUNDARY}\r\n")).count(), 4);
        assert!(text.ends_with(&format!("--{BOUNDARY}--\r\n")));
        assert!(text.contains("<device>102</device><doNotDisturbOn>true</doNotDisturbOn></DoNotDisturbEvent>"));
        let busy = "<forwardingType>forwardBusy</forwardingType><forwardStatus>true</forwardStatus><forwardTo>&lt;1&amp;2&gt;</forwardTo>";
        assert!(text.contains(busy), "{text}");
    }
}
