//! The verbs of trunks by connection: whom to trust within TLS, and what the end of a connection means.

use std::sync::Arc;

use config::{Trunk, TrunkTransport};
use sip::peer::SecurePeer;
use sip::transport::{Distrust, FlowId, Hop, Proof};

use crate::cx::Cx;
use crate::output::Output;
use crate::timers::Timer;
use crate::trunks::AFTER_FAILURE;

impl Cx {
    /// Tells the shell whom it may connect to by TLS, before anything is sent there.
    pub(crate) fn tell_secure_peers(&mut self) {
        let secure = self.config.trunks().iter().filter(|trunk| trunk.transport == TrunkTransport::Tls);
        let secure = secure.filter_map(|trunk| {
            let addresses = self.trunks.lines.get(&trunk.name)?.addresses.clone();
            let name = trunk.next_hop().host.clone();
            Some(SecurePeer::new(addresses, name, trunk.authority.clone()))
        });
        // Where one is left, the last word goes over the connection that there is.
        let secure: Vec<SecurePeer> = secure.collect();
        if *self.trunks.secure != secure {
            self.trunks.secure = Arc::new(secure);
            self.out.push(Output::SecurePeers(Arc::clone(&self.trunks.secure)));
        }
    }

    /// A trunk that was connected to is not who it should be.
    pub(crate) fn distrusted(&mut self, hop: &Hop, why: Distrust) {
        let config = self.config.clone();
        for trunk in config.trunks().iter().filter(|trunk| hop.proof.is_some() && proof_of(trunk) == hop.proof) {
            let line = self.trunks.lines.get_mut(&trunk.name);
            if let Some(line) = line.filter(|line| line.addresses.contains(&hop.remote)) {
                line.distrust = Some(why);
            }
        }
    }

    /// A connection is gone, and with it the way by which a trunk's calls come: it is registered with again.
    pub(crate) fn trunk_flow_closed(&mut self, flow: FlowId) {
        let again = self.now.since_boot + self.stack.jitter(AFTER_FAILURE);
        for line in self.trunks.lines.values_mut().filter(|line| line.flow == Some(flow)) {
            line.flow = None;
            line.ask_at = line.ask_at.map(|at| at.min(again));
            if let Some(own) = line.registration.as_mut().filter(|own| own.asked.is_none()) {
                own.next_at = own.next_at.min(again);
            }
            self.timers.set_by(Timer::Trunks, again);
        }
    }
}

/// What a trunk must prove, where it is reached by TLS: the name that it was set up with, wherever the DNS says that it is (RFC
/// 5922 §7.2).
pub(crate) fn proof_of(trunk: &Trunk) -> Option<Proof> {
    let is_secure = trunk.transport == TrunkTransport::Tls;
    is_secure.then(|| Proof::of(&trunk.next_hop().host, trunk.authority.as_deref()))
}
