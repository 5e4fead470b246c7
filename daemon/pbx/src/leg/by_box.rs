//! A leg to a phone that the box calls on its own account.

use sip::event::Body;
use sip::message::{NameAddr, Uri};
use sip::sdp::{Direction, Negotiation};
use sip::stack::Invite;

use super::{Leg, Party};
use crate::alerting::Alert;
use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::ids::CallId;
use crate::registrar::Binding;

impl Leg {
    /// A leg to one binding of an extension's phone, which is to be connected with a number; it is invited at once, and shows that
    /// number under a name which says what it is about. The error: the phone cannot be reached, or a limit is.
    pub fn called_by_box(
        call: CallId,
        (extension, number, shown): (&str, &str, &str),
        binding: &Binding,
        cx: &mut Cx,
    ) -> Result<Leg, Cause> {
        let (target, hop) = cx.way_to(binding).ok_or(Cause::Offline)?;
        let (id, local) = cx.open_media(call, &hop, false).ok_or(Cause::Overload)?;
        let mut negotiation = Negotiation::new(id.0, local);
        let offer = Body::sdp(negotiation.offer(Direction::SendRecv));
        let identity = cx.identity(extension, "", &hop);
        let invite = Invite {
            from: NameAddr::named(shown, Uri::sip_at(Some(number), hop.local)),
            to: identity.clone(),
            target,
            hop,
            user: Some(binding.key.user.clone()),
            contact_user: number.to_owned(),
            outside: None,
            headers: Alert::Internal.headers(&binding.user_agent, hop.local),
            body: Some(offer),
        };
        let dialog = cx.invite(id, invite);
        let (phone, contact) = (cx.phone_name(&binding.key.user), binding.contact.clone());
        cx.log(call, Happened::Invited { leg: id, phone, contact });
        let party = Party {
            user: binding.key.user.clone(),
            extension: extension.to_owned(),
            shows: number.to_owned(),
            identity,
        };
        Ok(Leg::calling((call, id), party, (dialog, hop), negotiation))
    }

    /// The box answers its caller, unless it has before, or has called them itself.
    pub fn box_answers(&mut self, cx: &mut Cx) {
        if !self.is_up() {
            self.answer(None, cx);
            cx.answered_caller(self.call, self.id, &self.extension.clone(), self.codec());
        }
    }
}
