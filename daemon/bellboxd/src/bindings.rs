//! Which addresses and connections belong to registered phones, read off what the engine writes down.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use pbx::output::Record;
use pbx::registrar::{Binding, BindingKey};
use sip::transport::{FlowId, Hop};

/// The ways to all registered phones; as many as the registrar allows.
#[derive(Debug, Default)]
pub struct Bindings(BTreeMap<BindingKey, Hop>);

/// A connection that became a phone's, or is one no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub flow: FlowId,
    pub is_kept: bool,
}

impl Bindings {
    pub fn restored(bindings: &[Binding]) -> Bindings {
        Bindings(bindings.iter().map(|binding| (binding.key.clone(), binding.hop)).collect())
    }

    /// Notes a record. `Some` where the sources have changed, with the connections that are concerned.
    pub fn note(&mut self, record: &Record) -> Option<Vec<Kept>> {
        let (before, after) = match record {
            Record::Bound(binding) => (self.0.insert(binding.key.clone(), binding.hop), Some(binding.hop)),
            Record::Unbound(key) => (self.0.remove(key), None),
            Record::Call(_) | Record::Alert(_) | Record::Misuse(_) | Record::Completions(_) => return None,
        };
        if before == after {
            return None;
        }
        let gone = before.and_then(|hop| hop.flow).filter(|flow| !self.has(*flow));
        let came = after.and_then(|hop| hop.flow);
        let gone = gone.map(|flow| Kept { flow, is_kept: false });
        let came = came.map(|flow| Kept { flow, is_kept: true });
        Some(gone.into_iter().chain(came).collect())
    }

    pub fn sources(&self) -> BTreeSet<SocketAddr> {
        self.0.values().map(|hop| hop.remote).collect()
    }

    fn has(&self, flow: FlowId) -> bool {
        self.0.values().any(|hop| hop.flow == Some(flow))
    }
}

/// A binding as it is after a restart: its connection is gone, and its number may be another's now.
pub fn after_restart(mut binding: Binding) -> Binding {
    binding.hop.flow = None;
    binding
}

#[cfg(test)]
mod tests {
    use super::*;
    use sip::transport::Transport;

    fn binding(device: &str, flow: u64) -> Binding {
        Binding {
            key: BindingKey { user: "u".into(), device: device.into() },
            contact: String::new(),
            hop: Hop {
                transport: Transport::Tcp,
                local: ([127, 0, 0, 1], 5060).into(),
                remote: ([127, 0, 0, 1], 40000 + u16::try_from(flow).unwrap()).into(),
                flow: Some(FlowId(flow)),
                proof: None,
            },
            user_agent: String::new(),
            call_id: String::new(),
            cseq: 1,
            expires_at: Default::default(),
        }
    }

    #[test]
    fn a_connection_is_kept_until_its_last_phone_is_gone() {
        let mut bindings = Bindings::default();
        let kept = |flow, is_kept| Kept { flow: FlowId(flow), is_kept };
        assert_eq!(bindings.note(&Record::Bound(binding("a", 1))), Some(vec![kept(1, true)]));
        assert_eq!(bindings.note(&Record::Bound(binding("a", 1))), None);
        assert_eq!(bindings.note(&Record::Bound(binding("b", 1))), Some(vec![kept(1, true)]));
        assert_eq!(bindings.note(&Record::Bound(binding("a", 2))), Some(vec![kept(2, true)]));
        assert_eq!(bindings.note(&Record::Unbound(binding("b", 1).key)), Some(vec![kept(1, false)]));
        assert_eq!(bindings.sources().len(), 1);
    }
}
