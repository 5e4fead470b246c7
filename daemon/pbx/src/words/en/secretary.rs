//! Who answers in somebody's place.

use crate::route::{Layer, Out, Passes, Reason};

/// The reasons that secretaries ring, or do not; of others nothing.
pub(super) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Secretaries { extension, layer } => format!("{extension} lets secretaries answer, {}", says(layer)),
        Reason::SecretaryOut { secretary, extension, why } => {
            let why = match why {
                Out::Off => "has switched that off",
                Out::Offline => "has no phone that can be reached",
                Out::TakesNone => "takes no calls now",
                Out::Asked => "was asked already",
            };
            format!("{secretary}, who answers for {extension}, {why}")
        }
        Reason::PassesSecretaries { extension, why } => match why {
            Passes::Boss => format!("calls from {extension} itself pass its secretaries"),
            Passes::Secretary(secretary) => {
                format!("{secretary} is a secretary of {extension}, whose calls always come through")
            }
            Passes::Listed(pattern) => format!("{pattern} passes the secretaries of {extension}"),
            Passes::Tagged(tag) => format!("contacts with the tag {tag} pass the secretaries of {extension}"),
            Passes::OtherCallers => format!("such calls do not go to the secretaries of {extension}"),
            Passes::NobodyThere => format!("no secretary of {extension} answers, so that its own rules hold"),
        },
        _ => String::new(),
    }
}

pub(super) fn for_whom(boss: &str, name: &str) -> String {
    format!("For {boss}: {name}")
}

/// Who says that somebody does something with calls.
pub(super) fn says(layer: &Layer) -> String {
    match layer {
        Layer::Rule => "as the rule says".to_owned(),
        Layer::Switch => "which is switched on".to_owned(),
        Layer::Group(name) => format!("while {name} is open"),
        Layer::Key(key) => format!("as the caller chose by the key {key}"),
    }
}
