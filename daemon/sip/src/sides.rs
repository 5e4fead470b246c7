//! What every dialog remembers of who is on it (RFC 3261 §12), be it a call's or a subscription's.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use crate::message::{NameAddr, Text, Uri};
use crate::transport::{FlowId, Hop, Transport};

/// The two sides of a dialog, and the way between them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sides {
    /// The Call-ID.
    pub call_id: Text,
    /// Our side with our tag: From of our requests.
    pub local: NameAddr,
    /// The other side, with its tag once it is known: To of our requests.
    pub remote: NameAddr,
    /// The peer's Contact: the Request-URI of our requests, refreshed by INVITE, UPDATE, SUBSCRIBE and their 2xx
    /// (§12.2).
    pub target: Uri,
    /// The Route set, our next hop first (§12.1).
    pub routes: Vec<NameAddr>,
    /// The user part of our Contact.
    pub contact_user: String,
    /// The CSeq of our last request.
    pub local_cseq: u32,
    /// The CSeq of the peer's last request (§12.2.2).
    pub remote_cseq: Option<u32>,
    /// Where the peer's last proven message came from, which is where ours go: behind a NAT the Contact leads nowhere.
    pub hop: Hop,
    /// Whose phone the other side is: who was proven by its first request, or whom the owner called, where it said so.
    pub user: Option<String>,
    /// The address in our Contact, where that is not our end of the way: behind a NAT, for those outside.
    pub contact_at: Option<SocketAddr>,
}

impl Sides {
    /// Call-ID and our tag: what a request within the dialog is found by (§12.2.2).
    pub fn key(&self) -> (Text, Text) {
        (self.call_id.clone(), self.local.tag().cloned().unwrap_or_default())
    }

    /// The peer's tag; empty with phones older than RFC 3261.
    pub fn remote_tag(&self) -> Text {
        self.remote.tag().cloned().unwrap_or_default()
    }

    /// Whether a message from there needs no digest: on UDP the same address and port, on TCP and TLS a
    /// connection from the same address, which cannot be forged. A NAT that changes a UDP port in the middle of a call, and a phone that
    /// changes to TCP for a long message (RFC 3261 §18.1.1), cost one challenge.
    pub fn is_home(&self, from: &Hop) -> bool {
        self.hop.transport == from.transport
            && from.may_be_of(self.hop.proof)
            && match from.transport {
                Transport::Udp => self.hop.remote == from.remote,
                Transport::Tcp | Transport::Tls => self.hop.remote.ip() == from.remote.ip(),
            }
    }

    /// Takes note of the CSeq of the peer's request; false when it is not above the last (§12.2.2). The same number
    /// again is no new request: retransmissions are absorbed by their transaction, ACK and CANCEL, which have that of
    /// their INVITE, never come here, and a request that was challenged has not been noted.
    pub fn accept_cseq(&mut self, cseq: u32) -> bool {
        accept_cseq(&mut self.remote_cseq, cseq)
    }

    /// The connection is gone; the phone may come back on another, or listen where its Contact says.
    pub fn lose_flow(&mut self, flow: FlowId) {
        if self.hop.flow != Some(flow) {
            return;
        }
        self.hop.flow = None;
        // What the phone listens at is in its Contact, not in the port that its connection had.
        if self.target.host.ip() == Some(self.hop.remote.ip()) {
            self.hop.remote.set_port(self.target.port.unwrap_or(5060));
        }
    }

    /// That user has shown up on a connection: goes on there if its own was lost, and tells whether it does. From
    /// another address it may be another phone of the same user.
    pub fn follow(&mut self, user: &str, hop: Hop) -> bool {
        let is_lost = self.hop.transport == hop.transport && self.hop.flow.is_none();
        let follows = is_lost && self.user.as_deref() == Some(user) && self.hop.remote.ip() == hop.remote.ip();
        if follows {
            self.hop = hop;
        }
        follows
    }
}

/// Whether a CSeq is above the last one, which it then becomes.
pub(crate) fn accept_cseq(last: &mut Option<u32>, cseq: u32) -> bool {
    let is_in_order = last.is_none_or(|last| last < cseq);
    if is_in_order {
        *last = Some(cseq);
    }
    is_in_order
}
