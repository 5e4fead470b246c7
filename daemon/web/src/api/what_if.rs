//! What would become of a call: the plan of the same routing that live calls have.

use axum::Json;
use axum::extract::{Extension, State};
use config::Config;
use jiff::civil::DateTime;
use pbx::presence::Presence;
use pbx::route::{Act, Step};
use pbx::status::Status;
use pbx::what_if::{self, Question, Unasked};
use pbx::words::Language;

use super::App;
use super::model::{PlanEdge, PlanStep, RingingPhone, Rings, WhatIf, WhatIfPlan};
use super::wire::Sent;
use crate::problem::Problem;
use crate::why::Unchanged;

/// What would become of a call
#[utoipa::path(post, path = "/api/what-if", tag = "answering", request_body = WhatIf,
    responses((status = 200, body = WhatIfPlan)))]
pub(super) async fn ask(
    State(app): State<App>,
    Extension(language): Extension<Language>,
    Sent(sent): Sent<WhatIf>,
) -> Result<Json<WhatIfPlan>, Problem> {
    let config = app.office.config();
    let at = sent.at.as_deref().filter(|at| !at.trim().is_empty()).map(|text| text.trim().parse::<DateTime>());
    let question = Question {
        from: sent.from,
        trunk: sent.trunk.filter(|trunk| !trunk.is_empty()),
        to: sent.to,
        at: at.transpose().map_err(|_| problem(Unasked::NoSuchMoment))?,
        offline: sent.offline,
        busy: sent.busy,
        dnd: sent.dnd,
        down: sent.down,
    };
    let answer = what_if::ask(&config, app.office.now().wall, &question).map_err(problem)?;
    let words = language.words();
    let step = |step: &Step| PlanStep {
        act: words.act(&step.act),
        because: step.because.iter().map(|why| words.reason(why)).collect(),
        rings: rings(&config, &question, &step.act),
        on: step.on.iter().map(|(on, next)| PlanEdge { outcome: words.outcome(*on).to_owned(), next: *next }).collect(),
    };
    Ok(Json(WhatIfPlan {
        at: answer.at,
        sentence: words.foretold(&answer),
        way: answer.way.iter().map(|passed| passed.step).collect(),
        steps: answer.plan.steps.iter().map(step).collect(),
    }))
}

fn problem(why: Unasked) -> Problem {
    let field = match why {
        Unasked::NothingDialled => "to",
        Unasked::NoSuchMoment => "at",
        Unasked::NoWayIn => "from",
        Unasked::NoSuchTrunk { .. } => "trunk",
        Unasked::NoSuchExtension { .. } | Unasked::TooMany => "states",
    };
    Problem::field(field, Unchanged::NotAsked(why))
}

fn rings(config: &Config, asked: &Question, act: &Act) -> Option<Rings> {
    let (Act::Ring(ring) | Act::Intercom(ring)) = act else { return None };
    let phones = ring.users.iter().filter_map(|user| config.phone_by_user(user));
    Some(Rings {
        extension: ring.extension.clone(),
        name: config.name_of(&ring.extension).unwrap_or_default().to_owned(),
        seconds: ring.limit_s,
        phones: phones
            .map(|phone| RingingPhone {
                name: phone.name.clone(),
                is_there: !asked.offline.iter().any(|number| number == phone.extension.as_str()),
            })
            .collect(),
    })
}

/// Who is there and who is busy, as far as the status tells.
pub(super) fn presence(config: &Config, status: &Status) -> Presence {
    let mut presence = Presence::default();
    for phone in status.phones.iter() {
        if let Some(known) = config.phone_by_name(&phone.name) {
            let reachable = phone.bindings.iter().filter(|binding| binding.reachable).count();
            presence.count_bindings(&known.user, reachable, phone.bindings.len() - reachable);
        }
    }
    for party in status.calls.iter().flat_map(|call| &call.parties) {
        if config.extension(&party.number).is_some() {
            presence.count_call(&party.number, true);
        }
    }
    presence.trunks = status.trunks.iter().map(|trunk| (trunk.name.clone(), trunk.health)).collect();
    presence
}
