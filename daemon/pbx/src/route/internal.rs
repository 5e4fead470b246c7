//! Calls that stay in the office: feature codes and extensions.

use config::Config;
use config::Feature;

use super::{Act, Announcement, Dialled, Outcome, Plan, Reason, Ring, Step, mailbox};
use crate::cause::Cause;
use crate::presence::Presence;

/// The plan for a feature code.
pub(super) fn feature_code(config: &Config, dialled: &Dialled) -> Option<Plan> {
    let (feature, _) = config.feature(&dialled.number)?;
    let because = vec![Reason::FeatureCode { code: dialled.number.clone(), feature }];
    let act = match feature {
        Feature::EchoTest => Act::EchoTest,
        Feature::Time => Act::Announce(Announcement::Time),
        Feature::OwnExtension => Act::Announce(Announcement::OwnExtension),
        Feature::BoxStatus => Act::Announce(Announcement::BoxStatus),
        Feature::MyVoicemail | Feature::AnyVoicemail | Feature::LeaveMessage => return None,
        Feature::GroupPickup | Feature::DirectedPickup => return None,
    };
    Some(Plan::just(act, because))
}

/// The plan for an extension: its phones ring; whoever does not reach them leaves a message, or without a mailbox each way not
/// to answer has its own end.
pub(super) fn extension(config: &Config, presence: &Presence, dialled: &Dialled) -> Option<Plan> {
    let extension = config.extension(&dialled.number)?;
    let number = extension.number.to_string();
    let mut because = vec![Reason::ExtensionOf {
        extension: number.clone(),
        person: config.person(extension.person).map(|person| person.name.clone()).unwrap_or_default(),
    }];
    let mut users: Vec<String> = config.phones_of(&number).map(|phone| phone.user.clone()).collect();
    if users.contains(&dialled.user) {
        users.retain(|user| *user != dialled.user);
        because.push(Reason::CallerOwnPhone);
    }
    let registered = users.iter().filter(|user| presence.is_registered(user)).count();
    because.push(Reason::PhonesRegistered { registered, phones: users.len() });
    if let Some(calls) = presence.calls.get(&number) {
        because.push(Reason::InCalls { calls: *calls });
    }
    // The call that is being routed counts too, where it is the extension's own.
    let others = presence
        .calls
        .get(&number)
        .copied()
        .unwrap_or_default()
        .saturating_sub(usize::from(dialled.extension == number));
    if !extension.call_waiting && others > 0 {
        because.push(Reason::NoCallWaiting);
        return Some(busy(config, dialled, extension, because));
    }
    let act = Act::Ring(Ring { extension: number.clone(), users, limit_s: extension.ring_s.into() });
    if extension.voicemail {
        let outcomes = [Outcome::Busy, Outcome::Declined, Outcome::Unanswered, Outcome::Offline, Outcome::Incompatible];
        let mut steps = vec![Step { act, on: outcomes.map(|outcome| (outcome, 1)).to_vec(), because }];
        steps.extend(mailbox::deposit(config, dialled, &number, 1));
        return Some(Plan { steps });
    }
    let ring = Step {
        act,
        on: vec![
            (Outcome::Busy, 1),
            (Outcome::Declined, 2),
            (Outcome::Unanswered, 3),
            (Outcome::Offline, 4),
            (Outcome::Incompatible, 5),
        ],
        because,
    };
    let end = |cause: Cause, outcome: Outcome| Step {
        act: Act::Reject(cause),
        on: Vec::new(),
        because: vec![Reason::After { outcome }],
    };
    Some(Plan {
        steps: vec![
            ring,
            end(Cause::Busy, Outcome::Busy),
            end(Cause::Declined, Outcome::Declined),
            end(Cause::Unanswered, Outcome::Unanswered),
            end(Cause::Offline, Outcome::Offline),
            end(Cause::NoCodec, Outcome::Incompatible),
        ],
    })
}

/// The plan for an extension that lets nobody wait: as if all its phones had said that they are busy.
fn busy(config: &Config, dialled: &Dialled, extension: &config::Extension, because: Vec<Reason>) -> Plan {
    if !extension.voicemail {
        return Plan::just(Act::Reject(Cause::Busy), because);
    }
    let mut steps = mailbox::deposit(config, dialled, extension.number.as_str(), 0);
    steps[0].because.splice(0..0, because);
    Plan { steps }
}
