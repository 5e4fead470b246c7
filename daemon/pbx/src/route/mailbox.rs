//! Messages: the steps that take them, and the codes that lead to mailboxes.

use config::{Config, Feature};

use super::{Act, Announcement, Deposit, Dialled, Outcome, Plan, Reason, Retrieve, Ring, Step};

/// The plan for a code that leads to a mailbox.
pub(super) fn feature_code(config: &Config, dialled: &Dialled) -> Option<Plan> {
    let (feature, argument) = config.feature(&dialled.number)?;
    let because = vec![Reason::FeatureCode { code: dialled.number.clone(), feature }];
    let no_mailbox = |mut because: Vec<Reason>| {
        because.push(Reason::NoMailbox { number: argument.to_owned() });
        Plan::just(Act::Announce(Announcement::NoSuchMailbox), because)
    };
    Some(match feature {
        Feature::MyVoicemail => {
            let own = config.extension(&dialled.extension)?;
            // Without a PIN there is none to ask for; nobody but the owner's phones comes in this way.
            let asks_pin = own.pin_on_own_phone && own.pin_hash.is_some();
            Plan::just(Act::Retrieve(Retrieve { mailbox: Some(own.number.to_string()), asks_pin }), because)
        }
        // Whether there is such a mailbox is told to nobody who does not know its PIN.
        Feature::AnyVoicemail => {
            let mailbox = Some(argument.to_owned()).filter(|argument| !argument.is_empty());
            Plan::just(Act::Retrieve(Retrieve { mailbox, asks_pin: true }), because)
        }
        Feature::LeaveMessage => match config.extension(argument).filter(|extension| extension.voicemail) {
            Some(extension) => {
                let mut steps = deposit(config, extension.number.as_str(), 0);
                let because = because.into_iter().chain(std::mem::take(&mut steps[0].because)).collect();
                steps[0].because = because;
                Plan { steps }
            }
            None => no_mailbox(because),
        },
        Feature::EchoTest | Feature::Time | Feature::OwnExtension | Feature::BoxStatus => return None,
    })
}

/// The steps that take a message for an extension, as they stand in a plan from the place `at` on: the message; behind it, where
/// there is an operator, the operator's phones and, when they do not answer, the mailbox once more (F57).
pub(super) fn deposit(config: &Config, extension: &str, at: usize) -> Vec<Step> {
    let takes = Reason::TakesMessages { extension: extension.to_owned() };
    let message = |has_operator: bool, is_again: bool| {
        Act::Deposit(Deposit { mailbox: extension.to_owned(), has_operator, is_again })
    };
    let Some(operator) = config.operator_of(extension).and_then(|number| config.extension(number.as_str())) else {
        return vec![Step { act: message(false, false), on: Vec::new(), because: vec![takes] }];
    };
    let number = operator.number.to_string();
    let users = config.phones_of(&number).map(|phone| phone.user.clone()).collect();
    let ring = Ring { extension: number.clone(), users, limit_s: operator.ring_s.into() };
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
