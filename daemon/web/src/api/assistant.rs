//! What an assistant must have before it is saved (F97): a message where it is switched on, and keys that may lead where they do.

use config::{DiversionKind, PersonId, Target};
use pbx::events::Cause;
use pbx::presence::Presence;
use pbx::route::{Act, Dialled, Moment, Reason, route};
use store::Own;

use super::model::DiversionRow;
use super::{App, saves};
use crate::office::Office;
use crate::problem::Problem;
use crate::why::Unchanged;

/// Whether this extension's callers would hear something.
pub(super) fn has_message(office: &dyn Office, extension: &str) -> Result<bool, Problem> {
    Ok(office.store().own_sound(extension, Own::Assistant)?.is_some())
}

/// Judges the assistant among these rows of a person, where there is one. What was so before is not judged once more: whoever has
/// lost a permission, or the message, changes something else all the same.
pub(super) async fn judge(app: &App, id: PersonId, sent: &[DiversionRow]) -> Result<(), Problem> {
    let Some(row) = sent.iter().find(|row| row.kind == DiversionKind::Assistant.as_str()).cloned() else {
        return Ok(());
    };
    app.wait(move |office| is_ready(office, id, &row)).await
}

fn is_ready(office: &dyn Office, id: PersonId, row: &DiversionRow) -> Result<(), Problem> {
    let config = office.config();
    let extension = saves::extension_of(&config, id)?;
    let known = config.extension(&extension).and_then(|one| one.answering.diversion(DiversionKind::Assistant));
    let was_on = known.is_some_and(|known| known.switch != config::Switch::Off);
    if row.enabled != Some(false) && !was_on && !has_message(office, &extension)? {
        return Err(Problem::field("enabled", Unchanged::NoAssistantMessage));
    }
    let known = known.and_then(|known| known.assistant.as_ref());
    for key in row.keys.iter().flatten() {
        let Ok(to) = format!("{} {}", key.to.kind.trim(), key.to.id.trim()).parse::<Target>() else { continue };
        let Target::Number(number) = &to else { continue };
        if known.and_then(|known| known.keys.get(&key.key)) == Some(&to) {
            continue;
        }
        // The owner pays, as if they had sent the call on; how trunks are now, and whether it is night, is no matter of the table.
        let (user, number) = (String::new(), number.clone());
        let dialled = Dialled { user, extension: extension.clone(), number, diverted_by: Some(extension.clone()) };
        let plan = route(&config, &Moment { wall: office.now().wall }, &Presence::default(), &dialled);
        // The first step alone is this number's; what follows may be others' forwards.
        let is_refused = plan.steps.first().is_some_and(|step| {
            let is_not_permitted =
                |why: &Reason| matches!(why, Reason::NotPermitted { extension: by, .. } if *by == extension);
            step.act == Act::Reject(Cause::NoSuchNumber) || step.because.iter().any(is_not_permitted)
        });
        if is_refused {
            return Err(Problem::field("keys", Unchanged::KeyNotAllowed { key: key.key }));
        }
    }
    Ok(())
}
