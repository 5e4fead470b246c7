//! Messages: the steps that take them, and the codes that lead to mailboxes.

use config::{Config, Feature};

use super::{Act, Announcement, Code, Deposit, Dialled, Outcome, Plan, Reason, Retrieve, Ring, Step};
use crate::cause::Cause;

/// The plan for a code that leads to a mailbox.
pub(super) fn feature_code(config: &Config, dialled: &Dialled, (feature, argument): Code<'_>) -> Option<Plan> {
    if let (Some(extension), Feature::MyVoicemail | Feature::AnyVoicemail | Feature::RecordAssistant) =
        (&dialled.diverted_by, feature)
    {
        return Some(diverted(config, dialled, extension, feature, argument));
    }
    let because = vec![Reason::FeatureCode { code: dialled.number.clone(), feature }];
    let no_mailbox = |mut because: Vec<Reason>| {
        because.push(Reason::NoMailbox { number: argument.to_owned() });
        Plan::just(Act::Announce(Announcement::NoSuchMailbox), because)
    };
    Some(match feature {
        Feature::MyVoicemail | Feature::RecordAssistant => {
            let records = feature == Feature::RecordAssistant;
            let own = config.extension(&dialled.extension)?;
            // Without a PIN there is none to ask for; nobody but the owner's phones comes in this way.
            let asks_pin = own.pin_on_own_phone && own.pin_hash.is_some();
            Plan::just(Act::Retrieve(Retrieve { mailbox: Some(own.number.to_string()), asks_pin, records }), because)
        }
        // Whether there is such a mailbox is told to nobody who does not know its PIN.
        Feature::AnyVoicemail => {
            let mailbox = Some(argument.to_owned()).filter(|argument| !argument.is_empty());
            Plan::just(Act::Retrieve(Retrieve { mailbox, asks_pin: true, records: false }), because)
        }
        Feature::LeaveMessage => match config.extension(argument).filter(|extension| extension.voicemail) {
            Some(extension) => {
                let mut steps = deposit(config, dialled, extension.number.as_str(), 0);
                steps[0].because.splice(0..0, because);
                Plan { steps }
            }
            None => no_mailbox(because),
        },
        _ => return None,
    })
}

/// A phone that sends its calls to the code for its own messages wants them to go to its mailbox: the caller's own must not open.
fn diverted(config: &Config, dialled: &Dialled, extension: &str, feature: Feature, argument: &str) -> Plan {
    let because = vec![
        Reason::FeatureCode { code: dialled.number.clone(), feature },
        Reason::SentOn { extension: extension.to_owned() },
    ];
    let takes_messages = config.extension(extension).is_some_and(|own| own.voicemail);
    if !argument.is_empty() || !takes_messages {
        return Plan::just(Act::Reject(Cause::NotAllowed), because);
    }
    let mut steps = deposit(config, dialled, extension, 0);
    steps[0].because.splice(0..0, because);
    Plan { steps }
}

/// The steps that take a message for an extension, as they stand in a plan from the place `at` on: the message; behind it, where
/// there is an operator, the operator's phones and, when they do not answer, the mailbox once more (F57).
pub(super) fn deposit(config: &Config, dialled: &Dialled, extension: &str, at: usize) -> Vec<Step> {
    let takes = Reason::TakesMessages { extension: extension.to_owned() };
    let message = |has_operator: bool, is_again: bool| {
        Act::Deposit(Deposit { mailbox: extension.to_owned(), has_operator, is_again })
    };
    // An operator who calls has no other phone to be put through to.
    let users = |number: &str| -> Vec<String> {
        let others = config.phones_of(number).filter(|phone| phone.user != dialled.user);
        others.map(|phone| phone.user.clone()).collect()
    };
    let operator = config.operator_of(extension).and_then(|number| config.extension(number.as_str()));
    let Some(operator) = operator.filter(|operator| !users(operator.number.as_str()).is_empty()) else {
        return vec![Step { act: message(false, false), on: Vec::new(), because: vec![takes] }];
    };
    let number = operator.number.to_string();
    let ring = Ring::phones(number.clone(), users(&number), operator.ring_s.into());
    let unanswered = [Outcome::Busy, Outcome::Declined, Outcome::Unanswered, Outcome::Offline, Outcome::Incompatible];
    vec![
        Step { act: message(true, false), on: vec![(Outcome::Operator, at + 1)], because: vec![takes.clone()] },
        Step {
            act: Act::Ring(ring),
            on: unanswered.map(|outcome| (outcome, at + 2)).to_vec(),
            because: vec![Reason::After { outcome: Outcome::Operator }, Reason::Operator { extension: number }],
        },
        Step { act: message(false, true), on: Vec::new(), because: vec![Reason::OperatorUnanswered, takes] },
    ]
}
