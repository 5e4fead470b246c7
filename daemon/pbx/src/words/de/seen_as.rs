//! Unter welcher Rufnummer ein Anruf nach außen erscheint.

use crate::seen_as::{HiddenBy, NumberOf, SeenAs};

pub(super) fn seen_as(seen_as: &SeenAs) -> String {
    match seen_as {
        SeenAs::Hidden { because } => {
            format!("die Rufnummer wird nach außen unterdrückt: {}", hidden_by(*because))
        }
        SeenAs::Shown { number, because, despite: None } => {
            format!("nach außen erscheint {number}, {}", number_of(because))
        }
        SeenAs::Shown { number, because, despite: Some(hidden) } => {
            format!("der Notruf zeigt {number}, {}, trotz Unterdrückung: {}", number_of(because), hidden_by(*hidden))
        }
    }
}

fn hidden_by(by: HiddenBy) -> &'static str {
    match by {
        HiddenBy::Code => "der Code dafür wurde vorgewählt",
        HiddenBy::Phone => "das Telefon verlangt es",
        HiddenBy::Extension => "so ist die Nebenstelle eingestellt",
        HiddenBy::Caller => "der Anrufer zeigt keine",
    }
}

fn number_of(number: &NumberOf) -> String {
    match number {
        NumberOf::Chosen(extension) => format!("für {extension} so gewählt"),
        NumberOf::LeadsTo(extension) => format!("die erste Rufnummer, die zu {extension} führt"),
        NumberOf::Site(site) => format!("die Rufnummer des Standorts {site}"),
        NumberOf::Trunk => "die Rufnummer der Amtsleitung für alle ohne eigene".to_owned(),
        NumberOf::Registered => {
            "womit die Anlage an der Amtsleitung angemeldet ist, denn diese hat keine Rufnummer für alle ohne eigene"
                .to_owned()
        }
        NumberOf::Extension => "die Nebenstelle, denn es gibt keine Rufnummer für sie".to_owned(),
        NumberOf::Caller => "die Rufnummer des Anrufers von außen".to_owned(),
    }
}
