//! Calls to the outside: the office's own numbers come back in, all others go out by the trunks of their route, as far as
//! whoever pays for it may call.

use config::{Class, Config, Extension, Route};

use super::{Act, Authorize, Dialled, Moment, Outcome, OutsideCall, Plan, Reason, Step};
use crate::cause::Cause;
use crate::presence::Presence;
use crate::toll::Barred;
use crate::trunks::Health;

/// A number that is none of the office's, as who pays for it would call it.
struct Outward<'c> {
    config: &'c Config,
    /// In full.
    number: String,
    route: &'c Route,
    class: Class,
    /// `None`: nobody of the office pays.
    payer: Option<&'c Extension>,
}

/// The plan for a number that is none of the office's; `None` where no route has it.
pub(super) fn route(config: &Config, moment: &Moment, presence: &Presence, dialled: &Dialled) -> Option<Plan> {
    let out = Outward::of(config, dialled)?;
    Some(match out.judge(moment) {
        Ok(permitted) => out.by_trunks(presence, vec![out.goes_out(), permitted]),
        Err((reason, _)) => Plan::just(Act::Reject(Cause::NotAllowed), vec![out.goes_out(), reason]),
    })
}

/// The same for whoever dials it and can be asked: what their extension may not call may be let out by a code.
pub(super) fn by_phone(config: &Config, moment: &Moment, presence: &Presence, dialled: &Dialled) -> Option<Plan> {
    let out = Outward::of(config, dialled)?;
    let own = out.payer.filter(|_| dialled.diverted_by.is_none());
    let asked = own.zip(out.judge(moment).err()).and_then(|(payer, (reason, why))| {
        let extension = payer.number.to_string();
        let why = why.filter(|_| config.is_authorizable(&extension, out.class))?;
        Some((Authorize { extension, number: out.number.clone(), class: out.class, why }, reason))
    });
    let Some((authorize, reason)) = asked else { return route(config, moment, presence, dialled) };
    let because = vec![out.goes_out(), reason];
    let first = Step { act: Act::Authorize(authorize), on: vec![(Outcome::Authorized, 1)], because };
    let rest = out.by_trunks(presence, vec![Reason::After { outcome: Outcome::Authorized }]);
    let rest = rest
        .steps
        .into_iter()
        .map(|step| Step { on: step.on.into_iter().map(|(outcome, next)| (outcome, next + 1)).collect(), ..step });
    Some(Plan { steps: std::iter::once(first).chain(rest).collect() })
}

impl<'c> Outward<'c> {
    fn of(config: &'c Config, dialled: &Dialled) -> Option<Outward<'c>> {
        let number = config.office().in_full(&dialled.number);
        let is_number = number.bytes().all(|b| b.is_ascii_digit() || b == b'+');
        let route = config.route_of(&number).filter(|_| is_number && !number.is_empty())?;
        let class = route.class.unwrap_or_else(|| config.office().class_of(&number));
        // Who sends a call on pays for it; a caller from outside goes out again for nobody.
        let payer = match &dialled.diverted_by {
            Some(extension) => config.extension(extension),
            None if dialled.is_from_outside() => None,
            None => config.extension(&dialled.extension),
        };
        Some(Outward { config, number, route, class, payer })
    }

    fn goes_out(&self) -> Reason {
        Reason::Route { name: self.route.name.clone(), number: self.number.clone() }
    }

    /// Why the call may be made; or why not, and as what that is counted where somebody would pay.
    fn judge(&self, moment: &Moment) -> Result<Reason, (Reason, Option<Barred>)> {
        let Outward { config, class, .. } = *self;
        let Some(payer) = self.payer else { return Err((Reason::FromOutside, None)) };
        let (extension, permission) = (payer.number.to_string(), payer.permission);
        if !permission.covers(class) {
            return Err((Reason::NotPermitted { extension, class, permission }, Some(Barred::NotPermitted)));
        }
        let time = moment.wall.to_zoned(config.office().time_zone.clone()).time();
        let is_night = config.toll_of(&extension).night.is_some_and(|night| night.covers(time));
        if is_night && class >= Class::International {
            return Err((Reason::AtNight { extension, class }, Some(Barred::AtNight)));
        }
        Ok(Reason::Permitted { extension, class })
    }

    /// The trunks of the route, one after the other.
    fn by_trunks(&self, presence: &Presence, because: Vec<Reason>) -> Plan {
        let extension = self.payer.map(|payer| payer.number.to_string()).unwrap_or_default();
        let call = |trunk: &String| OutsideCall {
            trunk: trunk.clone(),
            number: self.number.clone(),
            extension: extension.clone(),
            is_emergency: false,
        };
        let is_on = |name: &&String| self.config.trunk(name).is_some_and(|trunk| trunk.enabled);
        let calls: Vec<OutsideCall> = self.route.trunks.iter().filter(is_on).map(call).collect();
        over(calls, presence, because, &[Outcome::NoWay], Cause::NoLine)
    }
}

/// Trunk after trunk, and this cause when none is left.
pub(super) fn over(
    calls: Vec<OutsideCall>,
    presence: &Presence,
    because: Vec<Reason>,
    lead_on: &[Outcome],
    cause: Cause,
) -> Plan {
    let mut steps: Vec<Step> = Vec::new();
    for call in calls {
        let health = presence.trunks.get(&call.trunk).copied().unwrap_or(Health::Down);
        let state = Reason::TrunkIs { trunk: call.trunk.clone(), health };
        let before = if steps.is_empty() { because.clone() } else { vec![Reason::After { outcome: Outcome::NoWay }] };
        let next = steps.len() + 1;
        steps.push(Step {
            act: Act::Outside(call),
            on: lead_on.iter().map(|outcome| (*outcome, next)).collect(),
            because: before.into_iter().chain([state]).collect(),
        });
    }
    let reason = if steps.is_empty() { [because, vec![Reason::NoTrunk]].concat() } else { vec![Reason::NoTrunkLeft] };
    steps.push(Step { act: Act::Reject(cause), on: Vec::new(), because: reason });
    Plan { steps }
}
