//! Keeps bindings: which phone can be reached where, and until when (RFC 3261 §10).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sip::transport::Hop;

/// What makes a binding one and the same: a phone, and the device behind it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BindingKey {
    /// The phone's SIP user.
    pub user: String,
    /// `+sip.instance` and `reg-id`, else the source address and the User-Agent, else the contact itself.
    pub device: String,
}

/// One AOR's way to one device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Binding {
    /// Its identity.
    pub key: BindingKey,
    /// The contact's URI as the phone gave it, byte for byte.
    pub contact: String,
    /// The way its REGISTER came, which is the way back to it through a NAT or over its connection.
    pub hop: Hop,
    /// The phone's software, as it says.
    pub user_agent: String,
    /// The REGISTER's Call-ID.
    pub call_id: String,
    /// The REGISTER's CSeq: a lower one of the same Call-ID is late and changes nothing (§10.3).
    pub cseq: u32,
    /// When it ends unless refreshed.
    pub expires_at: Timestamp,
}
