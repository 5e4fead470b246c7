//! What others see of who calls. A number that is none of the office's counts as not written: the extension is seen as before one was chosen.

use crate::caller_id::{CallerId, MAX_LABEL};
use crate::problem::{Effect, Fault, PersonFault, Table};
use crate::raw::RawPerson;

use super::settings::is_label;
use super::{At, Check, is_name, shown};

impl Check {
    /// The label and the name, without the number.
    pub(super) fn caller_id(&mut self, at: &At, raw: &RawPerson) -> Option<CallerId> {
        if raw.label.as_ref().is_some_and(|label| !is_label(label, MAX_LABEL)) {
            self.off(at, "label", PersonFault::BadLabel)?;
        }
        if raw.caller_name.as_ref().is_some_and(|name| !is_name(name)) {
            self.off(at, "caller_name", Fault::BadName)?;
        }
        Some(CallerId { label: raw.label.clone(), name: raw.caller_name.clone(), number: None })
    }

    /// Under which numbers extensions call outside; when the office's numbers are known.
    pub(super) fn caller_numbers(&mut self, rows: &[RawPerson]) {
        for (index, raw) in rows.iter().enumerate() {
            let (Some(extension), Some(written)) = (&raw.extension, &raw.caller_number) else { continue };
            let number = self.config.office.in_full(written);
            if self.config.own_number(&number).is_none() {
                let at = At::row(Table::Person, index, raw.name.as_deref());
                self.problem(&at, "caller_number", PersonFault::NotOurs { number: shown(written) }, Effect::Ignored);
            } else if let Some(extension) = self.config.extensions.get_mut(extension.as_str()) {
                extension.caller_id.number = Some(number);
            }
        }
    }
}
