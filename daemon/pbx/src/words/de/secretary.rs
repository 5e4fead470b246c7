//! Wer an jemandes Stelle abnimmt.

use crate::route::{Layer, Out, Passes, Reason};

/// The reasons that secretaries ring, or do not; of others nothing.
pub(super) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Secretaries { extension, layer } => format!("{extension} hat ein Sekretariat, {}", says(layer)),
        Reason::SecretaryOut { secretary, extension, why } => {
            let why = match why {
                Out::Off => "hat das ausgeschaltet",
                Out::Offline => "hat kein erreichbares Telefon",
                Out::TakesNone => "nimmt gerade keine Anrufe an",
                Out::Asked => "wurde schon gefragt",
            };
            format!("{secretary}, Sekretariat von {extension}, {why}")
        }
        Reason::PassesSecretaries { extension, why } => match why {
            Passes::Boss => format!("Anrufe von {extension} selbst gehen am eigenen Sekretariat vorbei"),
            Passes::Secretary(secretary) => {
                format!("{secretary} ist Sekretariat von {extension} und wird immer durchgestellt")
            }
            Passes::Listed(pattern) => format!("{pattern} geht am Sekretariat von {extension} vorbei"),
            Passes::Tagged(tag) => {
                format!("Kontakte mit dem Stichwort {tag} gehen am Sekretariat von {extension} vorbei")
            }
            Passes::OtherCallers => format!("solche Anrufe gehen nicht an das Sekretariat von {extension}"),
            Passes::NobodyThere => {
                format!("vom Sekretariat von {extension} nimmt niemand an, daher gelten die eigenen Regeln")
            }
        },
        _ => String::new(),
    }
}

pub(super) fn for_whom(boss: &str, name: &str) -> String {
    format!("Für {boss}: {name}")
}

/// Who says that somebody does something with calls.
pub(super) fn says(layer: &Layer) -> String {
    match layer {
        Layer::Rule => "wie es die Regel sagt".to_owned(),
        Layer::Switch => "was eingeschaltet ist".to_owned(),
        Layer::Group(name) => format!("solange {name} offen ist"),
        Layer::Key(key) => format!("wie der Anrufer mit der Taste {key} gewählt hat"),
    }
}
