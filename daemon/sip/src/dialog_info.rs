//! What a busy lamp is told: a document of type `application/dialog-info+xml` (RFC 4235 §4), always with the whole state.

use bytes::Bytes;

use crate::event::Body;
use crate::message::Text;
use crate::package::Package;
use crate::xml::{put_attribute, put_element};

/// The number of a document before it is sent; [`numbered`] puts in the right one.
const UNNUMBERED: &str = " version=\"0\"";

/// All that an extension does, as its watchers are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialogInfo {
    /// Who is watched, in the words of the one who asked: some phones compare them letter by letter.
    pub entity: String,
    /// The names under which an idle extension is shown: some phones take no document without a dialog.
    pub idle_id: String,
    /// What is going on; empty when idle.
    pub dialogs: Vec<WatchedDialog>,
}

/// One call of who is watched (§4.1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedDialog {
    /// Names it among the others, for as long as it lasts.
    pub id: String,
    /// Whether the watched one calls, or is called.
    pub is_caller: bool,
    /// How far it is.
    pub state: DialogState,
    /// What an INVITE with Replaces must name to take it over (RFC 3891); only for those who may, and while it rings.
    pub name: Option<DialogTags>,
    /// The watched one.
    pub local: Party,
    /// Who is at the other end.
    pub remote: Party,
}

/// How far a dialog is (§3.7.1). One that is terminated is not told of: it is not there any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DialogState {
    /// It has been asked for.
    Trying,
    /// It rings.
    Early,
    /// It was answered.
    Confirmed,
}

/// A dialog's name as the side that an INVITE reaches has it: `local` is ours, for phones call the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialogTags {
    /// The Call-ID.
    pub call_id: Text,
    /// Our tag.
    pub local: Text,
    /// The tag of the phone that rings.
    pub remote: Text,
}

/// One end of a dialog (§4.1.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The name for people; may be empty.
    pub name: String,
    /// Where to call it.
    pub uri: String,
}

impl DialogInfo {
    /// The document, not numbered yet: which of its subscription it is, is known when it is sent.
    pub fn to_body(&self) -> Body {
        let mut out = String::with_capacity(256 + 512 * self.dialogs.len());
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<dialog-info");
        put_attribute(&mut out, "xmlns", "urn:ietf:params:xml:ns:dialog-info");
        out.push_str(UNNUMBERED);
        put_attribute(&mut out, "state", "full");
        put_attribute(&mut out, "entity", &self.entity);
        out.push_str(">\r\n");
        if self.dialogs.is_empty() {
            out.push_str("<dialog");
            put_attribute(&mut out, "id", &self.idle_id);
            out.push_str("><state>terminated</state></dialog>\r\n");
        }
        self.dialogs.iter().for_each(|dialog| dialog.put(&mut out));
        out.push_str("</dialog-info>\r\n");
        Body { content_type: Package::Dialog.content_type().to_owned(), bytes: Bytes::from(out) }
    }
}

impl WatchedDialog {
    fn put(&self, out: &mut String) {
        out.push_str("<dialog");
        put_attribute(out, "id", &self.id);
        if let Some(DialogTags { call_id, local, remote }) = &self.name {
            put_attribute(out, "call-id", &call_id.to_str());
            put_attribute(out, "local-tag", &local.to_str());
            put_attribute(out, "remote-tag", &remote.to_str());
        }
        put_attribute(out, "direction", if self.is_caller { "initiator" } else { "recipient" });
        out.push('>');
        put_element(out, "state", self.state.as_str());
        self.local.put(out, "local");
        self.remote.put(out, "remote");
        out.push_str("</dialog>\r\n");
    }
}

impl Party {
    fn put(&self, out: &mut String, side: &str) {
        out.push_str(&format!("<{side}><identity"));
        if !self.name.is_empty() {
            put_attribute(out, "display", &self.name);
        }
        out.push('>');
        crate::xml::put_escaped(out, &self.uri);
        out.push_str("</identity><target");
        put_attribute(out, "uri", &self.uri);
        out.push_str(&format!("/></{side}>"));
    }
}

impl DialogState {
    fn as_str(self) -> &'static str {
        match self {
            DialogState::Trying => "trying",
            DialogState::Early => "early",
            DialogState::Confirmed => "confirmed",
        }
    }
}

/// The document with its number in its subscription: from 0 on, each one more than the last (§4.1.1).
pub(crate) fn numbered(document: &Bytes, version: u32) -> Bytes {
    let text = String::from_utf8_lossy(document);
    Bytes::from(text.replacen(UNNUMBERED, &format!(" version=\"{version}\""), 1))
}
