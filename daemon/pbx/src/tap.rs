//! The verbs of ladders: which leg a message belongs to, and what came and went with one input.

use std::sync::Arc;

use sip::event::DialogId;
use sip::transport::Packet;

use crate::cx::Cx;
use crate::ids::{CallId, LegId};
use crate::ladder::{Ladder, Party};
use crate::output::Output;
use crate::trunks::trunk_of;

impl Cx {
    /// The messages of this dialog are of this call, with the phone or trunk of this user.
    pub(crate) fn follow(&mut self, call: CallId, dialog: DialogId, user: &str) {
        let party = match trunk_of(user) {
            Some(trunk) => Party::Trunk(trunk.to_owned()),
            None => Party::Phone(self.phone_name(user)),
        };
        if let Some(call_id) = self.stack.call_id_of(dialog) {
            self.ladders.has_leg(call, call_id.as_bytes(), party, self.now);
        }
    }

    /// The messages of this leg are of another call from here on.
    pub(crate) fn follow_to(&mut self, leg: LegId, call: CallId) {
        let call_id = self.index.dialog_of(leg).and_then(|dialog| self.stack.call_id_of(dialog));
        if let Some(call_id) = call_id {
            self.ladders.moves(call_id.as_bytes(), call);
        }
    }

    /// Keeps the messages of one input: what came, then what goes for it. At its end, for only then it is known of a new call's
    /// messages whose they are.
    pub(crate) fn note_messages(&mut self, came: Option<&Packet>, since: usize) {
        if let Some(packet) = came {
            self.ladders.notes(self.now, true, &packet.hop, &packet.bytes);
        }
        for output in self.out.iter().skip(since) {
            if let Output::Datagram(went) = output {
                self.ladders.notes(self.now, false, &went.hop, &went.bytes);
            }
        }
    }

    /// The messages of a call.
    pub(crate) fn ladder(&self, call: CallId) -> Option<Arc<Ladder>> {
        self.ladders.of(call).map(Arc::new)
    }
}
