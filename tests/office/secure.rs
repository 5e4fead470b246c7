//! Connections within TLS to carriers, as the shell makes them: each proves a name on a connection of its own, and who proves
//! another than is wanted hears nothing.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use pbx::input::Input;
use sip::peer::SecurePeer;
use sip::transport::{Distrust, FlowId, Hop, Proof, Transport};

use crate::phone::message::{Message, Start};
use crate::world::{BOX, World};

/// Whom the box connects to, and what came by which connection.
#[derive(Clone, Debug, Default)]
pub struct Secure {
    peers: Arc<Vec<SecurePeer>>,
    /// The connections that are open, by what was proven on them.
    flows: BTreeMap<Proof, FlowId>,
    /// By which of them each Call-ID came.
    ways: BTreeMap<String, Proof>,
}

impl Secure {
    /// The box says whom it connects to.
    pub fn trusts(&mut self, peers: Arc<Vec<SecurePeer>>) {
        self.peers = peers;
    }

    /// A message goes to one that proves these names; why it does not.
    pub fn carries(&mut self, hop: &Hop, bytes: &[u8], proves: &[String]) -> Result<(), Distrust> {
        let meant =
            self.peers.iter().find(|peer| Some(peer.proof) == hop.proof && peer.addresses.contains(&hop.remote));
        let meant = meant.ok_or(Distrust::NoTls)?;
        if !proves.contains(&meant.name) {
            return Err(Distrust::WrongName);
        }
        // Far from the numbers of the other connections.
        let next = FlowId((1 << 41) + self.flows.len() as u64);
        self.flows.entry(meant.proof).or_insert(next);
        let call_id = Message::read(bytes).expect("the box sends messages").call_id();
        self.ways.insert(call_id, meant.proof);
        Ok(())
    }

    /// The way of a carrier's message: that of the answered one, where this came within TLS.
    pub fn back(&self, hop: Hop, bytes: &[u8]) -> Hop {
        let answer = Message::read(bytes).filter(|message| matches!(message.start, Start::Response { .. }));
        let proof = answer.and_then(|message| self.ways.get(&message.call_id()).copied());
        let flow = proof.and_then(|proof| self.flows.get(&proof).copied());
        match flow {
            Some(_) => Hop { transport: Transport::Tls, local: BOX, flow, proof, ..hop },
            None => hop,
        }
    }
}

impl World {
    /// The box is told that whom it connected to is somebody else.
    pub fn distrusts(&mut self, hop: Hop, why: Distrust) {
        for input in [Input::Distrusted(hop, why), Input::Unreachable(hop)] {
            self.reaches_box(self.now + Duration::from_millis(1), input);
        }
    }
}
