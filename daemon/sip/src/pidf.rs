//! What phones that know no dialog-info are told of an extension: a document of type `application/pidf+xml` (RFC 3863) with
//! the one activity of RFC 4480 that phones show.

use bytes::Bytes;

use crate::event::Body;
use crate::package::Package;
use crate::xml::{put_attribute, put_element};

/// What somebody does (RFC 4480 §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// They are in a call.
    OnThePhone,
    /// They do not want to be disturbed.
    Busy,
}

/// Whether somebody can be reached, and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresenceInfo {
    /// Who is watched, in the words of the one who asked.
    pub entity: String,
    /// The watched extension: names the tuple.
    pub extension: String,
    /// Whether a phone of theirs can ring (RFC 3863 §4.1.4).
    pub is_open: bool,
    /// What they do, as far as that is known.
    pub doing: Option<Doing>,
    /// The same in words for people.
    pub note: String,
}

impl PresenceInfo {
    /// The document.
    pub fn to_body(&self) -> Body {
        let mut out = String::with_capacity(640);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<presence");
        put_attribute(&mut out, "xmlns", "urn:ietf:params:xml:ns:pidf");
        put_attribute(&mut out, "xmlns:dm", "urn:ietf:params:xml:ns:pidf:data-model");
        put_attribute(&mut out, "xmlns:rpid", "urn:ietf:params:xml:ns:pidf:rpid");
        put_attribute(&mut out, "entity", &self.entity);
        out.push_str(">\r\n<tuple");
        put_attribute(&mut out, "id", &format!("t{}", self.extension));
        out.push_str("><status>");
        put_element(&mut out, "basic", if self.is_open { "open" } else { "closed" });
        out.push_str("</status>");
        put_element(&mut out, "note", &self.note);
        out.push_str("</tuple>\r\n<dm:person");
        put_attribute(&mut out, "id", &format!("p{}", self.extension));
        out.push_str("><rpid:activities>");
        // Some phones know the one word, some the other.
        out.push_str(match self.doing {
            Some(Doing::OnThePhone) => "<rpid:on-the-phone/><rpid:busy/>",
            Some(Doing::Busy) => "<rpid:busy/>",
            None => "<rpid:unknown/>",
        });
        out.push_str("</rpid:activities></dm:person>\r\n</presence>\r\n");
        Body { content_type: Package::Presence.content_type().to_owned(), bytes: Bytes::from(out) }
    }
}
