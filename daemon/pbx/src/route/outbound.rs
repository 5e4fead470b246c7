//! Calls to the outside: the office's own numbers come back in, all others go out by the trunks of their route, as far as
//! whoever pays for it may call.

use config::{Class, Config};

use super::{Act, Dialled, Moment, Outcome, OutsideCall, Plan, Reason, Step};
use crate::cause::Cause;
use crate::presence::Presence;
use crate::trunks::Health;

/// The plan for a number that is none of the office's; `None` where no route has it.
pub(super) fn route(config: &Config, moment: &Moment, presence: &Presence, dialled: &Dialled) -> Option<Plan> {
    let number = config.office().in_full(&dialled.number);
    let is_number = number.bytes().all(|b| b.is_ascii_digit() || b == b'+');
    let route = config.route_of(&number).filter(|_| is_number && !number.is_empty())?;
    let mut because = vec![Reason::Route { name: route.name.clone(), number: number.clone() }];
    let class = route.class.unwrap_or_else(|| config.office().class_of(&number));
    let refused = |mut because: Vec<Reason>, reason: Reason| {
        because.push(reason);
        Some(Plan::just(Act::Reject(Cause::NotAllowed), because))
    };
    // Who sends a call on pays for it; a caller from outside goes out again for nobody.
    let payer = match &dialled.diverted_by {
        Some(extension) => config.extension(extension),
        None if dialled.is_from_outside() => None,
        None => config.extension(&dialled.extension),
    };
    let Some(payer) = payer else { return refused(because, Reason::FromOutside) };
    let extension = payer.number.to_string();
    if !payer.permission.covers(class) {
        return refused(because, Reason::NotPermitted { extension, class, permission: payer.permission });
    }
    let time = moment.wall.to_zoned(config.office().time_zone.clone()).time();
    let is_night = config.toll_of(&extension).night.is_some_and(|night| night.covers(time));
    if is_night && class >= Class::International {
        return refused(because, Reason::AtNight { extension, class });
    }
    because.push(Reason::Permitted { extension: extension.clone(), class });
    let call = |trunk: &str| OutsideCall {
        trunk: trunk.to_owned(),
        number: number.clone(),
        extension: extension.clone(),
        is_emergency: false,
    };
    let names = route.trunks.iter().filter(|name| config.trunk(name).is_some_and(|trunk| trunk.enabled));
    let calls: Vec<OutsideCall> = names.map(|name| call(name)).collect();
    Some(over(calls, presence, because, &[Outcome::NoWay], Cause::NoLine))
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
