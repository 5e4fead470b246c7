//! Request methods.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Text;

/// A method; its name is case-sensitive (RFC 3261 §7.1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Starts or changes a call (RFC 3261 §13).
    Invite,
    /// Confirms the final response to an INVITE (§17.1.1.3).
    Ack,
    /// Ends a call (§15).
    Bye,
    /// Gives up an INVITE that rings (§9).
    Cancel,
    /// Makes a binding (§10).
    Register,
    /// Asks what a peer can do (§11).
    Options,
    /// Carries digits and the like within a call (RFC 6086).
    Info,
    /// Confirms a reliable provisional response (RFC 3262).
    Prack,
    /// Changes a call before or after its answer (RFC 3311).
    Update,
    /// Asks for notifications (RFC 6665).
    Subscribe,
    /// Notifies (RFC 6665).
    Notify,
    /// Transfers (RFC 3515).
    Refer,
    /// Carries a short text (RFC 3428).
    Message,
    /// Publishes state (RFC 3903).
    Publish,
    /// Any other token.
    Other(Text),
}

impl Method {
    /// The method of this name; every case but the right one is [`Method::Other`].
    pub fn from_text(name: &Text) -> Method {
        known(name.as_bytes()).unwrap_or_else(|| Method::Other(name.clone()))
    }

    /// The name as on the wire.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Method::Invite => b"INVITE",
            Method::Ack => b"ACK",
            Method::Bye => b"BYE",
            Method::Cancel => b"CANCEL",
            Method::Register => b"REGISTER",
            Method::Options => b"OPTIONS",
            Method::Info => b"INFO",
            Method::Prack => b"PRACK",
            Method::Update => b"UPDATE",
            Method::Subscribe => b"SUBSCRIBE",
            Method::Notify => b"NOTIFY",
            Method::Refer => b"REFER",
            Method::Message => b"MESSAGE",
            Method::Publish => b"PUBLISH",
            Method::Other(name) => name.as_bytes(),
        }
    }
}

fn known(name: &[u8]) -> Option<Method> {
    Some(match name {
        b"INVITE" => Method::Invite,
        b"ACK" => Method::Ack,
        b"BYE" => Method::Bye,
        b"CANCEL" => Method::Cancel,
        b"REGISTER" => Method::Register,
        b"OPTIONS" => Method::Options,
        b"INFO" => Method::Info,
        b"PRACK" => Method::Prack,
        b"UPDATE" => Method::Update,
        b"SUBSCRIBE" => Method::Subscribe,
        b"NOTIFY" => Method::Notify,
        b"REFER" => Method::Refer,
        b"MESSAGE" => Method::Message,
        b"PUBLISH" => Method::Publish,
        _ => return None,
    })
}

impl From<&str> for Method {
    fn from(name: &str) -> Method {
        known(name.as_bytes()).unwrap_or_else(|| Method::Other(Text::from(name)))
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(self.as_bytes()))
    }
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Method::Other(name) => name.serialize(serializer),
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Method {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Method, D::Error> {
        Ok(Method::from_text(&Text::deserialize(deserializer)?))
    }
}
