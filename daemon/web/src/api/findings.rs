//! What nobody can have wanted of the office in force.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::extract::{Extension, State};
use config::Config;
use jiff::{SignedDuration, Timestamp};
use pbx::sweep::{Finding, Swept, sweep};
use pbx::words::Language;

use super::App;
use super::model::{FindingRow, Findings};
use crate::problem::Problem;

/// For how long what was found holds, as long as nobody changes the office: the year ahead has moved by a day.
const HOLDS: SignedDuration = SignedDuration::from_hours(24);

/// What was found last. An office is looked through once, when somebody first wants to know, which pages that are open do after
/// each save: nobody waits for it who does not look, and calls never do.
#[derive(Debug, Default)]
pub(crate) struct Looked(Mutex<Option<Last>>);

#[derive(Debug)]
struct Last {
    revision: u64,
    at: Timestamp,
    swept: Arc<Swept>,
}

impl Looked {
    /// What there is to find in this office from now on. Takes up to some seconds; whoever comes meanwhile waits for the same.
    fn through(&self, config: &Config, now: Timestamp) -> Arc<Swept> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let holds =
            |last: &&Last| last.revision == config.revision() && last.at <= now && now.duration_since(last.at) < HOLDS;
        if let Some(known) = last.as_ref().filter(holds) {
            return Arc::clone(&known.swept);
        }
        let swept = Arc::new(sweep(config, now));
        *last = Some(Last { revision: config.revision(), at: now, swept: Arc::clone(&swept) });
        swept
    }
}

/// What nobody can have wanted: forwards that go round, rules that never hold and the like
#[utoipa::path(get, path = "/api/findings", tag = "answering", responses((status = 200, body = Findings)))]
pub(super) async fn list(
    State(app): State<App>,
    Extension(language): Extension<Language>,
) -> Result<Json<Findings>, Problem> {
    let shared = app.clone();
    app.wait(move |office| {
        let swept = shared.looked.through(&office.config(), office.now().wall);
        let row = |finding: &Finding| FindingRow {
            text: language.words().flaw(&finding.flaw),
            at: finding.at,
            needs_busy: finding.needs_busy,
        };
        Ok(Json(Findings {
            findings: swept.findings.iter().map(row).collect(),
            is_cut: swept.is_cut,
            days: swept.days,
        }))
    })
    .await
}
