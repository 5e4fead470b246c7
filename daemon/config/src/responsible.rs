//! Who answers for something when nobody was named for it (F2).

use crate::access::{Preset, Role};
use crate::config::Config;
use crate::person::Person;

/// Whom to turn to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Somebody who has this role: the one that was asked for, or the one that stands in for it.
    Role(Role),
    /// An administrator, whom the box belongs to.
    Administrator,
}

impl Config {
    /// Who answers for what this role does, and as what: the first by number who has it, else who stands in. For calls for help and the
    /// technology that is an administrator, then a phone manager; for phones and for money a decision maker, then an administrator.
    /// `None` only in an office that nobody can change.
    pub fn responsible(&self, role: Role) -> Option<(&Person, Stand)> {
        let chain: &[Stand] = match role {
            Role::Emergency | Role::Technical => {
                &[Stand::Role(role), Stand::Administrator, Stand::Role(Role::Phones), Stand::Role(Role::DecisionMaker)]
            }
            Role::Phones | Role::Billing | Role::DecisionMaker => {
                &[Stand::Role(role), Stand::Role(Role::DecisionMaker), Stand::Administrator]
            }
        };
        chain.iter().find_map(|stand| Some((self.first(*stand)?, *stand)))
    }

    fn first(&self, stand: Stand) -> Option<&Person> {
        self.people.values().find(|person| match stand {
            Stand::Role(role) => person.roles.contains(&role),
            Stand::Administrator => person.preset == Preset::Admin,
        })
    }
}
