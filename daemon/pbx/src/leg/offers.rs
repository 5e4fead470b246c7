//! A leg's offers and answers (RFC 3264), and what they order of the media.

use bytes::Bytes;
use log::{debug, warn};
use sip::event::Body;
use sip::message::Text;
use sip::sdp::{Agreed, Codec, Direction, SdpError};

use super::{Asked, Leg, LegEvent, Phase};
use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::output::MediaOrder;

impl Leg {
    /// Our answer to the caller's offer, its media set up; `None` without an offer.
    pub(super) fn describe_answer(&mut self, codec: Option<Codec>, cx: &mut Cx) -> Result<Option<Bytes>, SdpError> {
        if self.phase == (Phase::Asking { has_offered: false, early_answer: None }) {
            return Ok(None);
        }
        if let Some(codec) = codec {
            let other = if codec == Codec::Pcmu { Codec::Pcma } else { Codec::Pcmu };
            self.negotiation.prefer(&[codec, other]);
        }
        let (answer, agreed) = self.negotiation.answer(Direction::SendRecv)?;
        self.configure(agreed, cx);
        Ok(Some(answer))
    }

    pub(super) fn on_progress(
        &mut self,
        status: u16,
        (branch, body): (Text, Option<Body>),
        cx: &mut Cx,
    ) -> Option<LegEvent> {
        if status == 100 {
            return Some(LegEvent::Trying);
        }
        let has_media = body.is_some_and(|body| {
            self.turn_to(branch);
            self.take_answer(&body, cx).is_ok()
        });
        (has_media || matches!(status, 180..=183)).then_some(LegEvent::Ringing { has_media })
    }

    pub(super) fn on_answered(&mut self, branch: Text, body: Option<Body>, cx: &mut Cx) -> LegEvent {
        self.phase = Phase::Up;
        // An empty answer of somebody who was not heard before is about what was heard.
        let is_another = (body.is_some() || self.knows(&branch)) && self.turn_to(branch);
        self.branches = None;
        let answer = body.map(|body| self.take_answer(&body, cx));
        let is_agreed = match answer {
            Some(Err(SdpError::NoOffer)) | None => {
                // It has answered in the 183, and may have offered anew since (RFC 6337 §3.1.1).
                if let Some(agreed) = self.negotiation.agreed().filter(|_| is_another).cloned() {
                    self.configure(agreed, cx);
                }
                self.note_hold(cx);
                self.negotiation.agreed().is_some()
            }
            Some(answer) => answer.is_ok(),
        };
        self.tell_new_address(cx);
        if is_agreed { LegEvent::Answered } else { LegEvent::Failed(Cause::NoCodec) }
    }

    pub(super) fn on_confirmed(&mut self, answer: Option<Body>, cx: &mut Cx) -> Option<LegEvent> {
        let had_agreed = self.negotiation.agreed().is_some();
        let is_taken = answer.is_some_and(|answer| self.take_answer(&answer, cx).is_ok());
        if !is_taken {
            self.negotiation.drop_offer();
        }
        // Without any agreement nobody could hear anything; a later offer of ours that came to nothing changes nothing.
        (!is_taken && !had_agreed).then_some(LegEvent::Failed(Cause::NoCodec))
    }

    /// The session is offered as it is: for the sake of what goes with it.
    pub(super) fn on_offer_due(&mut self, cx: &mut Cx) -> Option<LegEvent> {
        let body = Body::sdp(self.negotiation.offer(Direction::SendRecv));
        cx.sip(|stack, now, wire| stack.reoffer(now, self.dialog, Some(body), wire));
        None
    }

    pub(super) fn on_reoffer_answered(&mut self, answer: Option<Body>, cx: &mut Cx) -> Option<LegEvent> {
        if answer.is_none_or(|answer| self.take_answer(&answer, cx).is_err()) {
            self.negotiation.drop_offer();
        } else {
            self.has_moved(cx);
        }
        None
    }

    pub(super) fn on_reoffered(&mut self, branch: Text, offer: Option<Body>, cx: &mut Cx) -> Option<LegEvent> {
        let is_another = self.phase == Phase::Asked && self.turn_to(branch);
        // The stack lets no offer of theirs through while one of ours is out: that has come to nothing.
        self.negotiation.drop_offer();
        let Some(offer) = offer else {
            // A re-INVITE without an offer asks for ours: everything we have, which also takes the call from hold.
            let body = Body::sdp(self.negotiation.offer(Direction::SendRecv));
            cx.sip(|stack, now, wire| stack.accept_reoffer(now, self.dialog, body, wire));
            return None;
        };
        let offered = self.negotiation.on_offer(&offer.bytes).and_then(|offered| {
            let (answer, agreed) = self.negotiation.answer(Direction::SendRecv)?;
            Ok((offered, answer, agreed))
        });
        match offered {
            Ok((offered, answer, agreed)) => {
                if let Phase::Asking { early_answer, .. } = &mut self.phase {
                    // What the 200 will say again.
                    *early_answer = Some(answer.clone());
                }
                cx.sip(|stack, now, wire| stack.accept_reoffer(now, self.dialog, Body::sdp(answer), wire));
                if is_another || !offered.is_refresh {
                    self.configure(agreed, cx);
                }
                self.note_hold(cx);
                None
            }
            Err(error) => {
                debug!("{} {}: new offer refused, the call goes on: {error}", self.call, self.id);
                self.negotiation.drop_offer();
                cx.sip(|stack, now, wire| stack.refuse_reoffer(now, self.dialog, 488, wire));
                None
            }
        }
    }

    /// Whether the party holds the other is what its description says last.
    fn note_hold(&mut self, cx: &mut Cx) {
        let is_held = self.negotiation.agreed().is_some_and(|agreed| !agreed.direction.sends());
        if self.is_held != is_held {
            self.is_held = is_held;
            self.asked = Asked::default();
            let leg = self.id;
            cx.log(self.call, if is_held { Happened::Held { leg } } else { Happened::Resumed { leg } });
        }
    }

    fn take_answer(&mut self, body: &Body, cx: &mut Cx) -> Result<(), SdpError> {
        let agreed = self.negotiation.on_answer(&body.bytes).inspect_err(|error| {
            warn!("{} {}: answer not understood: {error}", self.call, self.id);
        })?;
        self.configure(agreed, cx);
        if self.phase == Phase::Up {
            self.note_hold(cx);
        }
        Ok(())
    }

    fn configure(&mut self, agreed: Agreed, cx: &mut Cx) {
        self.has_listened |= agreed.direction.sends();
        cx.media(MediaOrder::Configure { leg: self.id, agreed, signalled_from: self.hop.remote.ip() });
    }
}
