//! Calls to the outside by what they cost: for each permission that somebody has, a number of each class is tried, and what the routes
//! call cheaper than it is. Emergency numbers are tried too, whoever calls.

use config::{Class, Config, Extension, Permission};

use super::{Flaw, samples};
use crate::presence::Presence;
use crate::route::{Act, Dialled, Moment, Plan, Reason, route};

/// How many numbers of a pattern are tried: each digit in the place of every x, and some lengths of what may follow.
const TRIED: usize = 200;

/// What is wrong with calls to the outside, each once.
pub(super) fn flaws(config: &Config, presence: &Presence, moment: &Moment) -> Vec<Flaw> {
    let callers: Vec<&Extension> = Permission::ALL
        .into_iter()
        .filter_map(|permission| config.extensions().find(|extension| extension.permission == permission))
        .collect();
    let plan_of = |caller: &Extension, number: &str| {
        let user = config.phones_of(caller.number.as_str()).next().map(|phone| phone.user.clone()).unwrap_or_default();
        let (extension, number) = (caller.number.to_string(), number.to_owned());
        route(config, moment, presence, &Dialled { user, extension, number, diverted_by: None })
    };
    let mut found = Vec::new();
    for caller in &callers {
        for number in &config.office().emergency {
            if !goes_out(&plan_of(caller, number)) {
                found.push(Flaw::NoHelp { number: number.clone() });
            }
        }
    }
    let has_trunk = config.trunks().iter().any(|trunk| trunk.enabled);
    for (class, number) in config.office().samples().into_iter().filter(|_| has_trunk) {
        let may = callers.iter().filter(|caller| caller.permission.covers(class));
        let is_inside = config.own_number(&number).is_some() || config.extension(&number).is_some();
        if may.clone().any(|caller| is_shut(&plan_of(caller, &number))) && !is_inside {
            found.push(Flaw::NoWayOut { class, number });
        }
    }
    for (class, number) in called_cheaper(config) {
        let mut too_far = callers.iter().filter(|caller| !caller.permission.covers(class));
        let passes = too_far.find(|caller| goes_out(&plan_of(caller, &number)));
        let by = config.route_of(&number).map(|route| route.name.clone());
        found.extend(passes.zip(by).map(|(caller, route)| Flaw::PassesPermission {
            permission: caller.permission,
            class,
            number,
            route,
        }));
    }
    found.dedup();
    found
}

fn goes_out(plan: &Plan) -> bool {
    // Whom it is charged to is asked of whoever may call so far.
    matches!(plan.steps.first().map(|step| &step.act), Some(Act::Outside(_) | Act::Charge(_)))
}

/// Not at night only, which is as it was meant to be.
fn is_shut(plan: &Plan) -> bool {
    let is_night = |reason: &Reason| matches!(reason, Reason::AtNight { .. });
    !goes_out(plan) && !plan.steps.iter().any(|step| step.because.iter().any(is_night))
}

/// Of each route that says what its calls cost, the dearest number that goes out by it and costs more.
fn called_cheaper(config: &Config) -> Vec<(Class, String)> {
    let office = config.office();
    let dearest = |route: &config::Route| {
        let said = route.class?;
        let whole = |pattern: &config::Pattern| {
            samples(pattern.as_str()).filter(|number| config::is_e164(number)).take(TRIED).collect::<Vec<_>>()
        };
        let numbers = route.patterns.iter().flat_map(whole);
        let numbers = numbers.chain(office.samples().into_iter().map(|(_, number)| number));
        let is_dearer = |number: &String| {
            office.class_of(number) > said && config.route_of(number).is_some_and(|found| found.name == route.name)
        };
        let mut found: Vec<(Class, String)> =
            numbers.filter(is_dearer).map(|number| (office.class_of(&number), number)).collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        found.into_iter().next()
    };
    config.routes().iter().filter_map(dearest).collect()
}
