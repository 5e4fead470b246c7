//! What the sweep found, and what to do.

use config::Class;

use crate::sweep::Flaw;

pub(super) fn flaw(flaw: &Flaw) -> String {
    match flaw {
        Flaw::NoHelp { number } => {
            format!("{number} calls for help and cannot be called: add a trunk, or tell everybody how to call for help")
        }
        Flaw::LeadsNowhere { number } => {
            format!("{number} leads nowhere: let it lead to an extension or a code that somebody answers")
        }
        Flaw::GoesRound { extension, to } => {
            format!("calls that {extension} sends on to {to} go round: change one of the rules or forwards on the way")
        }
        Flaw::ForwardFails { extension, number } => format!(
            "{extension} sends calls to {number}, which it cannot call: allow that under People, add a route, or change \
             the target"
        ),
        Flaw::LeavesTheCountry { extension, number, class: Class::Premium } => format!(
            "{extension} sends calls to {number}, a number at a special rate, and pays for them: see whether that is meant"
        ),
        Flaw::LeavesTheCountry { extension, number, .. } => format!(
            "{extension} sends calls to {number}, out of the country, and pays for them: see whether that is meant"
        ),
        Flaw::RingsNobody { extension } => format!(
            "calls to {extension} ring nobody and leave no message: give it a phone or a mailbox, or send its calls on"
        ),
        Flaw::NobodyAnswers { extension } => format!(
            "{extension} lets secretaries answer, and none of them does: switch one of them on, or the secretaries off"
        ),
        Flaw::NeverHolds { extension, rule, by: Some(by) } => {
            format!(
                "the rule {rule} of {extension} never decides, since {by} is before it: put it higher, or delete it"
            )
        }
        Flaw::NeverHolds { extension, rule, by: None } => format!(
            "the rule {rule} of {extension} does not hold within a year: give its time group times to come, or delete it"
        ),
        Flaw::NoWayOut { class, number } => format!(
            "{class} calls, such as to {number}, go nowhere, though some may make them: add a route, or allow less under \
             People"
        ),
        Flaw::PassesPermission { permission, class, number, route } => format!(
            "who may make {permission} calls only can call {number}, a {class} call, since the route {route} calls it \
             cheaper: correct what its calls cost"
        ),
        Flaw::RouteUnused { route } => {
            format!("no number goes out by the route {route}, since others say more of all its numbers: delete it")
        }
        Flaw::RouteWithoutTrunk { route } => {
            format!("the trunks of the route {route} are all switched off: switch one on, or give it another")
        }
    }
}
