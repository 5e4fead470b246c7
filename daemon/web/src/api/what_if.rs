//! What would become of a call: the plan of the same routing that live calls have.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Extension, State};
use config::{Area, Config};
use jiff::civil::DateTime;
use pbx::presence::Presence;
use pbx::route::{Act, Outcome, Step};
use pbx::status::Status;
use pbx::what_if::{self, Answer, Question, Unasked};
use pbx::words::Language;

use super::model::{PlanEdge, PlanStep, RingingPhone, Rings, WhatIf, WhatIfPlan};
use super::wire::Sent;
use super::{App, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Unchanged;

/// What would become of a call; who may not see the call flow asks about calls to their own extension
#[utoipa::path(post, path = "/api/what-if", tag = "answering", request_body = WhatIf,
    responses((status = 200, body = WhatIfPlan)))]
pub(super) async fn ask(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    Sent(sent): Sent<WhatIf>,
) -> Result<Json<WhatIfPlan>, Problem> {
    let config = app.office.config();
    let at = sent.at.as_deref().filter(|at| !at.trim().is_empty()).map(|text| text.trim().parse::<DateTime>());
    let mut question = Question {
        from: sent.from,
        trunk: sent.trunk.filter(|trunk| !trunk.is_empty()),
        to: sent.to,
        at: at.transpose().map_err(|_| problem(Unasked::NoSuchMoment))?,
        offline: sent.offline,
        busy: sent.busy,
        dnd: sent.dnd,
        down: sent.down,
    };
    let reader = match login.rights.may_see(Area::CallFlow) {
        true => None,
        false => Some(saves::extension_of(&config, login.person)?),
    };
    if let Some(own) = &reader {
        question = question.by_owner(&config, own).map_err(problem)?;
    }
    let answer = what_if::ask(&config, app.office.now().wall, &question).map_err(problem)?;
    Ok(Json(told(&config, &question, &answer, reader.as_deref(), language)))
}

/// The steps that the reader may see, under the places that they have among those.
fn told(config: &Config, asked: &Question, answer: &Answer, reader: Option<&str>, language: Language) -> WhatIfPlan {
    let words = language.words();
    let steps = &answer.plan.steps;
    let seen = reader.map_or_else(|| (0..steps.len()).collect(), |reader| what_if::seen_by(&answer.plan, reader));
    let place = |step: &usize| seen.iter().position(|place| place == step);
    let edge =
        |(on, next): &(Outcome, usize)| Some(PlanEdge { outcome: words.outcome(*on).to_owned(), next: place(next)? });
    let because = |place: usize, step: &Step| {
        let seen_as = answer.seen_as.get(&place).map(|seen_as| words.seen_as(seen_as));
        step.because.iter().map(|why| words.reason(why)).chain(seen_as).collect()
    };
    let step = |(place, step): (usize, &Step)| match reader.and_then(|reader| what_if::beyond(step, reader)) {
        Some(other) => PlanStep { act: words.beyond(other), because: Vec::new(), rings: None, on: Vec::new() },
        None => PlanStep {
            act: words.act(&step.act),
            because: because(place, step),
            rings: rings(config, asked, &step.act),
            on: step.on.iter().filter_map(edge).collect(),
        },
    };
    WhatIfPlan {
        at: answer.at,
        sentence: words.foretold(&answer.told(reader)),
        way: answer.way.iter().filter_map(|passed| place(&passed.step)).collect(),
        steps: seen.iter().filter_map(|place| Some((*place, steps.get(*place)?))).map(step).collect(),
    }
}

fn problem(why: Unasked) -> Problem {
    let field = match why {
        Unasked::NothingDialled | Unasked::NotYours { .. } => "to",
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
    let mut unanswered: BTreeMap<&str, usize> = BTreeMap::new();
    for extension in status.calls.iter().flat_map(|call| &call.rings_at) {
        *unanswered.entry(extension).or_default() += 1;
    }
    unanswered.into_iter().for_each(|(extension, count)| presence.count_unanswered(extension, count));
    presence.trunks = status.trunks.iter().map(|trunk| (trunk.name.clone(), trunk.health)).collect();
    presence
}
