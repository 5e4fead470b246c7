//! Dialogs that other messages name: the INVITE that takes the place of one (RFC 3891 §3), and the REFER about one.

use super::Stack;
use super::arrived::Arrived;
use super::refusal::Refusal;
use crate::dialog::{Dialog, GivingUp, State};
use crate::event::Replaced;
use crate::message::{DialogName, HeaderName};

impl Stack {
    /// What an INVITE is to take the place of, or why it may not, whoever sends it.
    pub(super) fn replaced_by(&self, arrived: &Arrived) -> Result<Option<Replaced>, Refusal> {
        let headers = &arrived.request.headers;
        let bad_request = |_| Refusal::new(400);
        let Some(value) = headers.with_params(HeaderName::Replaces).map_err(bad_request)? else { return Ok(None) };
        // Together with Join it has no meaning (RFC 3911 §4).
        if headers.has(HeaderName::Join) {
            return Err(Refusal::new(400));
        }
        let name = DialogName::of_replaces(&value).map_err(|_| Refusal::new(400))?;
        let dialog = self.named(&name).ok_or_else(|| Refusal::new(481))?;
        match &dialog.state {
            _ if dialog.is_forgotten => Err(Refusal::new(603)),
            State::Calling { giving_up, .. } if *giving_up != GivingUp::No => Err(Refusal::new(603)),
            // An early dialog can be taken over from who is called, not from who calls.
            State::Invited { .. } => Err(Refusal::new(481)),
            State::Established { .. } if name.is_early_only => Err(Refusal::new(486)),
            State::Calling { .. } | State::Established { .. } => Ok(Some(replaced(dialog))),
        }
    }

    /// The dialog of this name.
    pub(super) fn named(&self, name: &DialogName) -> Option<&Dialog> {
        let id = self.tags.get(&(name.call_id.clone(), name.ours.clone()))?;
        self.dialogs.get(id).filter(|dialog| dialog.is_named(name))
    }
}

/// How the owner knows it.
pub(super) fn replaced(dialog: &Dialog) -> Replaced {
    Replaced { dialog: dialog.id, is_early: !matches!(dialog.state, State::Established { .. }) }
}
