//! Under which number a call is seen outside.

use crate::seen_as::{HiddenBy, NumberOf, SeenAs};

pub(super) fn seen_as(seen_as: &SeenAs) -> String {
    match seen_as {
        SeenAs::Hidden { because } => {
            format!("the number is hidden from whoever is called outside: {}", hidden_by(*because))
        }
        SeenAs::Shown { number, because, despite: None } => {
            format!("whoever is called outside sees {number}, {}", number_of(because))
        }
        SeenAs::Shown { number, because, despite: Some(hidden) } => {
            format!("whoever is called for help sees {number}, {}, although {}", number_of(because), hidden_by(*hidden))
        }
    }
}

fn hidden_by(by: HiddenBy) -> &'static str {
    match by {
        HiddenBy::Code => "its code was dialled before the number",
        HiddenBy::Phone => "the phone asks for it",
        HiddenBy::Extension => "it is set so for the extension",
        HiddenBy::Caller => "the caller shows none",
    }
}

fn number_of(number: &NumberOf) -> String {
    match number {
        NumberOf::Chosen(extension) => format!("which is chosen for {extension}"),
        NumberOf::LeadsTo(extension) => format!("the first number that leads to {extension}"),
        NumberOf::Site(site) => format!("the number of the site {site}"),
        NumberOf::Trunk => "the trunk's number for who has none".to_owned(),
        NumberOf::Registered => {
            "as the box is registered with the trunk, which has no number for who has none".to_owned()
        }
        NumberOf::Extension => "the extension, for there is no number for it".to_owned(),
        NumberOf::Caller => "the number of whoever calls from outside".to_owned(),
    }
}
