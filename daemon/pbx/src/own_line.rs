//! What is known of somebody's line (F162), as `*613` says it.

use config::{Config, Trunk};

use crate::seen_as::{known_at, known_for_help};

/// How many numbers that lead to somebody are told: more nobody listens to.
pub const NUMBERS_TOLD: usize = 5;

/// What is known of an extension's line. Numbers are as they are dialled here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLine {
    /// The office's numbers that lead to it, at most [`NUMBERS_TOLD`].
    pub leads_here: Vec<String>,
    /// What whoever it calls outside sees of it; `None` where it hides its number, or nothing goes out.
    pub shown: Option<String>,
    /// What those see whom it calls for help, who are never kept from seeing it; `None` where there is no trunk.
    pub for_help: Option<String>,
    /// Where it is: its site, else the office, by name.
    pub place: String,
}

impl OwnLine {
    /// Of this extension. What it is shown as is told of the first trunk that is not switched off.
    pub fn of(config: &Config, extension: &str) -> OwnLine {
        let office = config.office();
        let trunk = config.trunks().iter().find(|trunk| trunk.enabled);
        let by = |known: fn(&Config, &Trunk, &str) -> String| {
            // The name of an account, or an extension where nothing else is known, is told as it goes out: it is no number to call.
            trunk.map(|trunk| office.as_national(&known(config, trunk, extension)))
        };
        let leads_here = config.numbers().filter(|own| own.to == extension);
        OwnLine {
            leads_here: leads_here.map(|own| office.as_national(&own.number)).take(NUMBERS_TOLD).collect(),
            shown: by(known_at).filter(|_| !config.hides_number(extension)),
            for_help: by(known_for_help),
            place: config.site_of(extension).map_or(&office.name, |site| &site.name).clone(),
        }
    }
}
