//! Calls to the outside: the office's own numbers come back in, all others go out by the trunks of their route, as far as
//! whoever pays for it may call.

use config::{AccountEntry, Class, Config, Extension, Route};

use super::{Act, Authorize, Charge, Dialled, Moment, Outcome, OutsideCall, Plan, Reason, Step};
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

/// The plan for a number that is none of the office's, where nobody can be asked for anything; `None` where no route has it.
pub(super) fn route(config: &Config, moment: &Moment, presence: &Presence, dialled: &Dialled) -> Option<Plan> {
    let out = Outward::of(config, dialled)?;
    Some(match out.judge(moment) {
        Ok(permitted) => {
            let because = [out.goes_out(), permitted].into_iter().chain(out.is_uncharged());
            out.by_trunks(presence, because.collect())
        }
        Err((reason, _)) => Plan::just(Act::Reject(Cause::NotAllowed), vec![out.goes_out(), reason]),
    })
}

/// The same for whoever dials it and can be asked: what their extension may not call may be let out by a code, and an account may be
/// charged for it.
pub(super) fn by_phone(config: &Config, moment: &Moment, presence: &Presence, dialled: &Dialled) -> Option<Plan> {
    let out = Outward::of(config, dialled)?;
    let unasked = || route(config, moment, presence, dialled);
    let Some(payer) = out.payer.filter(|_| dialled.diverted_by.is_none()) else { return unasked() };
    let (extension, number) = (payer.number.to_string(), out.number.clone());
    let mut because = vec![out.goes_out()];
    let mut asked: Vec<(Act, Outcome, Vec<Reason>)> = Vec::new();
    match out.judge(moment) {
        Ok(permitted) => because.push(permitted),
        Err((reason, why)) => {
            let why = why.filter(|_| config.is_authorizable(&extension, out.class));
            let Some(why) = why else { return unasked() };
            let authorize = Authorize { extension: extension.clone(), number: number.clone(), class: out.class, why };
            because.push(reason);
            asked.push((Act::Authorize(authorize), Outcome::Authorized, because));
            because = vec![Reason::After { outcome: Outcome::Authorized }];
        }
    }
    let entry = config.account_entry(payer, out.route);
    if entry > AccountEntry::None {
        let charge = Charge { extension, number, is_required: entry == AccountEntry::Required };
        asked.push((Act::Charge(charge), Outcome::Charged, because));
        because = vec![Reason::After { outcome: Outcome::Charged }];
    }
    let plan = out.by_trunks(presence, because);
    if asked.is_empty() {
        return Some(plan);
    }
    // Nobody keys anything for a call that no trunk can take.
    let mut calls = plan.steps.iter().filter_map(|step| step.act.outside()).peekable();
    if calls.peek().is_none() {
        return unasked();
    }
    if calls.all(|call| presence.trunks.get(&call.trunk) == Some(&Health::Down)) {
        let first = asked.into_iter().flat_map(|(_, _, because)| because);
        let all = first.chain(plan.steps.into_iter().flat_map(|step| step.because));
        let because = all.filter(|reason| !matches!(reason, Reason::After { .. })).collect();
        return Some(Plan::just(Act::Reject(Cause::NoLine), because));
    }
    Some(after(asked, plan))
}

/// The same plan behind questions to the caller, each of which leads to what follows it.
fn after(asked: Vec<(Act, Outcome, Vec<Reason>)>, plan: Plan) -> Plan {
    let by = asked.len();
    let on = |edges: Vec<(Outcome, usize)>| edges.into_iter().map(|(outcome, next)| (outcome, next + by)).collect();
    let first = asked.into_iter().enumerate();
    let first = first.map(|(place, (act, leads_on, because))| Step { act, on: vec![(leads_on, place + 1)], because });
    let rest = plan.steps.into_iter().map(|step| Step { on: on(step.on), ..step });
    Plan { steps: first.chain(rest).collect() }
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

    /// That an account is to be keyed for it, and nobody can: it goes out all the same.
    fn is_uncharged(&self) -> Option<Reason> {
        let payer = self.payer?;
        let is_required = self.config.account_entry(payer, self.route) == AccountEntry::Required;
        is_required.then(|| Reason::Uncharged { extension: payer.number.to_string() })
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
