//! The verbs of park slots: who has which, and the keys that show them.

use config::Feature;
use sip::dialog_info::{DialogInfo, DialogState, WatchedDialog};
use sip::event::Body;

use crate::busy_lamps::BusyWatch;
use crate::cx::Cx;
use crate::ids::CallId;

impl Cx {
    /// A call wants a slot.
    pub(crate) fn take_slot(&mut self, call: CallId) -> Option<u8> {
        self.parking.take(call)
    }

    /// The party of this number waits on a slot, in this call.
    pub(crate) fn park_on(&mut self, slot: u8, call: CallId, number: &str) {
        self.parking.park(slot, call, number);
        self.slot_changed(slot);
    }

    /// The call waits on no slot any more.
    pub(crate) fn release_slots(&mut self, call: CallId) {
        for slot in self.parking.release(call) {
            self.slot_changed(slot);
        }
    }

    /// What is dialled to fetch a call from a slot.
    pub(crate) fn number_of_slot(&self, slot: u8) -> String {
        let mut codes = self.config.feature_codes().iter();
        let code = codes.find(|row| row.feature == Feature::FetchParked).map_or("", |row| row.code.as_str());
        format!("{code}{slot}")
    }

    /// Lit while somebody waits there, as by a call that is up: pressing the key dials its code.
    pub(crate) fn slot_body(&self, watch: &BusyWatch, resource: &str, slot: u8) -> Body {
        let reader = self.config.phone_by_user(&watch.user).map_or("", |phone| phone.extension.as_str());
        let dialog = |(call, number): (CallId, &str)| WatchedDialog {
            id: format!("{}-parked", call.0),
            is_caller: false,
            state: DialogState::Confirmed,
            name: None,
            local: self.party("", resource, watch.local),
            remote: self
                .unknown_party(reader, number, watch.local)
                .unwrap_or_else(|| self.party(reader, number, watch.local)),
        };
        let dialogs = self.parking.waits_on(slot).map(dialog).into_iter().collect();
        DialogInfo { entity: watch.entity.clone(), idle_id: resource.to_owned(), dialogs }.to_body()
    }

    fn slot_changed(&mut self, slot: u8) {
        self.is_dirty = true;
        let lamps = self.busy.watches.values().filter_map(|watch| watch.rule.as_ref());
        let watching = lamps.filter(|lamp| lamp.slot() == Some(slot)).map(|lamp| lamp.extension.clone());
        for extension in watching.collect::<Vec<_>>() {
            self.busy.changed(&extension);
        }
    }
}
