//! The legs to and from the outside: who is called how, and under which number.

use config::{IdentityForm, Trunk, TrunkCodec};
use sip::diversion::{DiversionReason, Diversions, Diverted};
use sip::event::{Body, Invited};
use sip::message::{HeaderName, NameAddr, Text, Uri};
use sip::sdp::{Codec, Direction, Negotiation};
use sip::stack::{Invite, Outside};

use std::net::SocketAddr;

use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::goodbye::number_of;
use crate::leg::{Behalf, Diverter, Leg, Party};
use crate::route::{ANONYMOUS, CalledBy, Dialled, OutsideCall, called_by, from_carrier};
use crate::seen_as::{HiddenBy, SeenAs, in_form, number_at, number_shown, seen_as, sent_on_by};
use crate::trunks::{Health, Unusable, trunk_of, user_of};

/// Who calls, and whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The caller's extension, or number.
    pub caller: String,
    /// The caller's name, as phones show it.
    pub name: String,
    /// The number that is called.
    pub number: String,
    /// What hides the caller's number from whoever is called outside.
    pub hides: Option<HiddenBy>,
    /// Whether no second call is to ring at the caller's until this one ends.
    pub is_alone: bool,
}

impl Cx {
    /// Who an INVITE is from, and whom it is for; `None` for a phone or trunk that is no more.
    pub(crate) fn asking(&self, invited: &Invited) -> Option<Asking> {
        if let Some(trunk) = trunk_of(&invited.user) {
            return self.config.trunk(trunk).map(|trunk| self.asking_from_outside(trunk, invited));
        }
        let caller = self.config.phone_by_user(&invited.user)?.extension.to_string();
        let name = self.config.calls_as(&caller).unwrap_or_default().to_owned();
        let dialled = number_of(&invited.uri).unwrap_or_default();
        let CalledBy { number, hides: by_code, is_alone } = called_by(&self.config, &dialled);
        let by_phone = invited.is_private.then_some(HiddenBy::Phone);
        let hides = match by_code {
            Some(hides) => hides.then_some(HiddenBy::Code),
            None => by_phone.or_else(|| self.config.hides_number(&caller).then_some(HiddenBy::Extension)),
        };
        Some(Asking { caller, name, number: number.to_owned(), hides, is_alone })
    }

    /// The number that was called stands in the Request-URI, or, where that is our Contact, in To.
    fn asking_from_outside(&self, trunk: &Trunk, invited: &Invited) -> Asking {
        let office = self.config.office();
        let is_number = |text: &String| {
            text.bytes().any(|b| b.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'+')
        };
        let named = [number_of(&invited.uri), number_of(&invited.to.uri), trunk.user.clone()];
        let candidates: Vec<String> = named.into_iter().flatten().filter(is_number).collect();
        let full = |text: &String| from_carrier(office, text);
        let ours = candidates.iter().map(full).find(|number| self.config.own_number(number).is_some());
        let number = ours.or_else(|| candidates.first().map(full)).unwrap_or_default();
        let asserted = invited.asserted.clone().filter(|_| trunk.trusted);
        let from = asserted.or_else(|| number_of(&invited.from.uri));
        let is_hidden = invited.is_private || from.as_deref().is_none_or(|from| from.eq_ignore_ascii_case(ANONYMOUS));
        let from = from.filter(|_| !is_hidden);
        let Some(from) = from else {
            return Asking {
                caller: ANONYMOUS.to_owned(),
                name: String::new(),
                number,
                hides: Some(HiddenBy::Caller),
                is_alone: false,
            };
        };
        let caller = office.as_national(&from_carrier(office, &crate::route::normalise(&from)));
        let name: String = invited.from.display.to_str().chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
        let name = if crate::route::normalise(&name) == from { String::new() } else { name };
        Asking { caller, name, number, hides: None, is_alone: false }
    }

    /// How a call was sent on before it came in. Nobody vouches for what a phone says of it: that only counts.
    pub(crate) fn diverted_before(&self, invited: &Invited) -> Diversions<Diverter> {
        let is_from_outside = trunk_of(&invited.user).is_some();
        let office = self.config.office();
        invited.diverted.named(|by| {
            let number = number_of(by).filter(|_| is_from_outside)?;
            let is_number = number.bytes().any(|b| b.is_ascii_digit());
            is_number.then(|| Diverter::Number(office.as_national(&from_carrier(office, &number))))
        })
    }

    /// The address that a session description for a trunk names instead of this one of ours.
    pub(crate) fn heard_at(&self, user: &str, local: SocketAddr) -> SocketAddr {
        let seen = trunk_of(user).and_then(|name| self.config.trunk(name)).and_then(|trunk| self.seen_as(trunk));
        seen.map_or(local, |seen| SocketAddr::new(seen.ip(), local.port()))
    }

    /// Where a trunk is, if it may be used now. A call for help tries it whatever is known of it.
    pub(crate) fn may_use(&self, call: &OutsideCall) -> Result<Vec<SocketAddr>, Unusable> {
        let line =
            self.trunks.lines.get(&call.trunk).filter(|line| !line.addresses.is_empty()).ok_or(Unusable::Down)?;
        let channels = self.config.trunk(&call.trunk).map_or(0, |trunk| usize::from(trunk.channels));
        match line.health {
            _ if call.is_emergency => {}
            Health::Down => return Err(Unusable::Down),
            _ if line.legs.len() >= channels => return Err(Unusable::Full),
            Health::Up | Health::Degraded => {}
        }
        Ok(line.addresses.clone())
    }

    /// Calls a number by a trunk on behalf of a caller.
    pub(crate) fn call_outside(
        &mut self,
        call: &OutsideCall,
        at: SocketAddr,
        dialled: &Dialled,
        caller: &Behalf<'_>,
    ) -> Result<Leg, Cause> {
        let config = self.config.clone();
        let trunk = config.trunk(&call.trunk).ok_or(Cause::NoLine)?;
        let hop = self.hop_to(trunk, at).ok_or(Cause::NoLine)?;
        let (id, local) = self.open_media(caller.call, &hop, call.is_emergency).ok_or(Cause::Overload)?;
        let user = user_of(&trunk.name);
        let mut negotiation = Negotiation::new(id.0, self.heard_at(&user, local));
        negotiation.prefer(&codecs(trunk, caller.codecs));
        let offer = Body::sdp(negotiation.offer(Direction::SendRecv));
        let shown = self.shown_to(trunk, call, dialled, caller);
        let number = self.written_for(trunk, call);
        let at_server = |user: &str| Uri::sip(Some(user), trunk.server.host.as_str(), trunk.server.port);
        let target = at_server(&number);
        let invite = Invite {
            from: shown.from,
            to: NameAddr::new(target.clone()),
            target,
            hop,
            user: Some(user),
            contact_user: shown.contact_user,
            outside: Some(Outside {
                routes: self.routes_to(trunk),
                contact_at: self.seen_as(trunk),
                max_forwards: caller.max_forwards.saturating_sub(1),
            }),
            headers: shown.headers,
            body: Some(offer),
        };
        let dialog = self.invite(id, invite);
        self.trunks.carries(&trunk.name, id);
        if !call.is_emergency {
            self.tolls.begins(&call.extension, id, (caller.call, &call.number), self.now.since_boot);
        }
        let help = shown.seen_as.number().filter(|_| call.is_emergency).map(str::to_owned);
        self.log(caller.call, Happened::SeenAs { seen_as: shown.seen_as });
        if let Some(number) = help {
            self.expect_call_back(caller.call, &call.extension, &number);
        }
        let said = Happened::CalledOut { leg: id, trunk: trunk.name.clone(), number, at: at.to_string() };
        self.log(caller.call, said);
        let identity = NameAddr::new(Uri::sip_at(Some(&call.number), hop.local));
        let extension = self.config.office().as_national(&call.number);
        let party = Party { user: user_of(&trunk.name), extension, shows: caller.extension.to_owned(), identity };
        Ok(Leg::calling((caller.call, id), party, (dialog, hop), negotiation))
    }

    /// A number as the trunk wants it. One that calls for help goes out as it was dialled.
    pub(crate) fn written_for(&self, trunk: &Trunk, call: &OutsideCall) -> String {
        if call.is_emergency {
            return call.number.clone();
        }
        let written = in_form(self.config.office(), trunk, &call.number);
        let rest: String = written.chars().skip(usize::from(trunk.strip)).collect();
        format!("{}{rest}", trunk.prepend)
    }

    /// Under which number the called sees us (RFC 3261 §8.1.1.3, RFC 3325 §9.1), and who has sent the call on (RFC 5806,
    /// RFC 7044).
    fn shown_to(&self, trunk: &Trunk, call: &OutsideCall, dialled: &Dialled, caller: &Behalf<'_>) -> Shown {
        let office = self.config.office();
        let own = number_shown(&self.config, trunk, call).0;
        let at_server = |user: &str| Uri::sip(Some(user), trunk.server.host.as_str(), None);
        let seen_as = seen_as(&self.config, trunk, call, dialled, caller.hides);
        let is_hidden = seen_as.is_hidden();
        let from = match &seen_as {
            SeenAs::Hidden { .. } => NameAddr::named("Anonymous", Uri::sip(Some(ANONYMOUS), "anonymous.invalid", None)),
            SeenAs::Shown { number, .. } => NameAddr::new(at_server(number)),
        };
        let by = sent_on_by(call, dialled);
        let mut headers = asserted(trunk.identity, NameAddr::new(at_server(&own)), is_hidden);
        if is_hidden {
            headers.push((HeaderName::Privacy, "id".to_owned()));
        }
        let target = at_server(&self.written_for(trunk, call));
        let named = |by: &Diverter| match by {
            Diverter::Extension(extension) if self.config.hides_number(extension) => None,
            Diverter::Extension(extension) => Some(at_server(&number_at(&self.config, trunk, extension))),
            Diverter::Number(number) => Some(at_server(&in_form(office, trunk, &office.in_full(number)))),
        };
        // The user part of a Contact may be any, for our own address finds the call (RFC 3323 §4.1.1.3).
        let hides_own = by.is_some() && self.config.hides_number(&call.extension) && !call.is_emergency;
        let contact_user = if is_hidden || hides_own { ANONYMOUS.to_owned() } else { own };
        if call.is_emergency {
            return Shown { from, headers, contact_user, seen_as };
        }
        let mut diverted = caller.diverted.clone();
        let is_told = |by: &String| diverted.list.last().is_some_and(|last| last.by == Diverter::Extension(by.clone()));
        if let Some(by) = by.filter(|by| !is_told(by)) {
            // Whoever passes a call on out of the building by phone chose to.
            let reason =
                dialled.diverted_by.as_ref().map_or(DiversionReason::Unconditional, |_| DiversionReason::Deflection);
            diverted.push(Diverted { by: Diverter::Extension(by.clone()), reason });
        }
        headers.extend(diverted.named(named).headers(&target));
        Shown { from, headers, contact_user, seen_as }
    }
}

/// How we are shown.
struct Shown {
    from: NameAddr,
    headers: Vec<(HeaderName, String)>,
    contact_user: String,
    seen_as: SeenAs,
}

/// The longest name of a caller that is taken over.
const MAX_NAME: usize = 64;

/// Who calls, as a trunk is told apart from From.
fn asserted(form: IdentityForm, mut own: NameAddr, is_hidden: bool) -> Vec<(HeaderName, String)> {
    let header = match form {
        IdentityForm::None => return Vec::new(),
        IdentityForm::Asserted => HeaderName::PAssertedIdentity,
        IdentityForm::Preferred => HeaderName::PPreferredIdentity,
        IdentityForm::RemoteParty => {
            for (name, value) in
                [("party", "calling"), ("screen", "yes"), ("privacy", if is_hidden { "full" } else { "off" })]
            {
                own.params.set(Text::from_static(name), value);
            }
            HeaderName::RemotePartyId
        }
    };
    vec![(header, own.to_text().to_string())]
}

/// The trunk's codecs, those first that the caller has too.
fn codecs(trunk: &Trunk, wanted: &[Codec]) -> Vec<Codec> {
    let all: Vec<Codec> = trunk
        .codecs
        .iter()
        .map(|codec| match codec {
            TrunkCodec::Pcma => Codec::Pcma,
            TrunkCodec::Pcmu => Codec::Pcmu,
        })
        .collect();
    let (shared, rest): (Vec<Codec>, Vec<Codec>) = all.into_iter().partition(|codec| wanted.contains(codec));
    shared.into_iter().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_carriers_are_read_in_every_form() {
        for (country, area, number, expected) in [
            ("DE", "30", "+493012345", "+493012345"),
            ("DE", "30", "493012345", "+493012345"),
            ("DE", "30", "03012345", "+493012345"),
            ("DE", "30", "0033123456789", "+33123456789"),
            ("DE", "30", "33123456789", "+33123456789"),
            ("US", "415", "2125551234", "+12125551234"),
            ("US", "415", "12125551234", "+12125551234"),
            ("ES", "91", "912345678", "+34912345678"),
            ("DE", "30", "115", "115"),
        ] {
            let mut raw = config::RawConfig::default();
            (raw.office.country, raw.office.area) = (Some(country.to_owned()), Some(area.to_owned()));
            let config = config::Config::check(&raw, &mut Vec::new());
            assert_eq!(from_carrier(config.office(), number), expected, "{country} {number}");
        }
    }
}
