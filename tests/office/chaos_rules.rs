//! What people decide in chaos: rules, diversions, lists of callers and times, changed by code and at the page while calls are up.

use config::{RawCaller, RawConfig};
use pbx::events::{Decision, Happened};
use pbx::route::Reason;

use crate::dice::Dice;
use crate::world::World;

const ROWS: &str = r#"
[[time_group]]
name = "Open"
number = 1
times = ["Sat 22:00-23:30", "Mon-Fri 08:00-18:00"]
[[time_group]]
name = "Small hours"
number = 2
times = ["01:30-03:30"]
[[night_mode]]
name = "Night"
number = 1
groups = ["Open: closed", "Small hours: open"]
extensions = ["103"]
[[person]]
extension = "101"
role = "admin"
diversions = [{ kind = "secretary", enabled = false, ring_s = 10, secretaries = ["103", "104 off"] }]
[[person]]
extension = "102"
rules = [{ when = "Open", screen = true, unanswered = "person 103", ring_s = 10 }, { when = "Small hours", on_active = "person 105" }]
diversions = [{ kind = "follow_me", enabled = false, initial_s = 5, ring_s = 10, list = ["phone 103", "number 0170 5550100"] }]
[[person]]
extension = "103"
diversions = [{ kind = "assistant", when = "Small hours", keys = ["1 person 102", "2 voicemail 101", "3 number 0170 5550101"] }, { kind = "busy", when = "Small hours", to = "person 101" }]
callers = [{ number = "104" }]
[[person]]
extension = "104"
rules = [{ when = "Small hours", dnd = true }]
[[person]]
extension = "105"
diversions = [{ kind = "unanswered", to = "number 0891234567" }]
callers = [{ number = "101", allow = true }]
"#;

/// What people dial to change what becomes of their calls, to ask for a call back, and to ask what would become of one.
pub const CODES: [&str; 27] = [
    "*78",
    "*79",
    "*76",
    "*72103",
    "*720891234567",
    "*73",
    "*90101",
    "*91",
    "*52105",
    "*53",
    "*62",
    "*63",
    "*67",
    "*37",
    "*37101",
    "*38",
    "*39",
    "*730",
    "*30102",
    "*31102",
    "*32",
    "*69",
    "*66",
    "*86",
    "*271",
    "*281",
    "*614102",
];

/// Puts what people have decided into the office file, as far as they are there.
pub fn furnish(raw: &mut RawConfig) {
    let rows: RawConfig = toml::from_str(ROWS).expect("the rows are TOML");
    (raw.time_groups, raw.night_modes) = (rows.time_groups, rows.night_modes);
    for row in rows.people {
        let Some(person) = raw.people.iter_mut().find(|person| person.extension == row.extension) else { continue };
        person.role = row.role;
        person.rules.extend(row.rules);
        person.diversions.extend(row.diversions);
        person.callers.extend(row.callers);
    }
}

/// Before somebody goes whom others may name: nobody has decided anything any more.
pub fn forget(raw: &mut RawConfig) {
    raw.night_modes.clear();
    for person in &mut raw.people {
        person.rules.clear();
        person.diversions.clear();
        person.callers.clear();
    }
}

/// Somebody decides otherwise, at the page.
pub fn reconfigure(world: &mut World, dice: &mut Dice) {
    let person = dice.below(world.raw.people.len() as u64) as usize;
    let person = &mut world.raw.people[person];
    match dice.below(5) {
        0 => person.diversions.iter_mut().for_each(|row| {
            row.enabled = Some(!row.enabled.unwrap_or(true));
        }),
        1 => person.rules.iter_mut().filter(|row| row.when.is_some()).for_each(|row| {
            row.enabled = Some(!row.enabled.unwrap_or(true));
        }),
        2 => person.rules.iter_mut().for_each(|row| row.screen = Some(!row.screen.unwrap_or(false))),
        3 => {
            let forced = *dice.one_of(&[None, Some("open"), Some("closed")]);
            world.raw.time_groups.iter_mut().for_each(|row| row.forced = forced.map(str::to_owned));
        }
        _ if person.callers.is_empty() => {
            let (number, allow) = (Some("+49891234567".to_owned()), Some(dice.happens(500)));
            person.callers.push(RawCaller { number, allow, ..RawCaller::default() });
        }
        _ => person.callers.clear(),
    }
}

/// How many calls came to a step that is there because somebody had decided so.
pub fn decided(world: &World) -> usize {
    let is_theirs = |reason: &Reason| {
        let is_sent = matches!(reason, Reason::Forwards { .. } | Reason::DoNotDisturb { .. } | Reason::Assists { .. });
        is_sent || matches!(reason, Reason::Screened { .. } | Reason::BlockedCaller { .. } | Reason::FollowsMe { .. })
    };
    world
        .store
        .calls
        .values()
        .filter(|events| {
            let mut plan: &[Decision] = &[];
            events.iter().any(|event| match &event.what {
                Happened::Decided { steps } => {
                    plan = steps;
                    false
                }
                Happened::Entered { step } => match plan.get(*step) {
                    Some(Decision::Step(step)) => step.because.iter().any(is_theirs),
                    _ => false,
                },
                _ => false,
            })
        })
        .count()
}
