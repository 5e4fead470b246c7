//! The early dialogs of a call to a party (RFC 3261 §12.1): where it forks on its way, each branch answers our offer, and
//! may offer anew, by itself; and the one that was heard last need not be the one that answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sip::message::Text;
use sip::sdp::Negotiation;

use super::Leg;

/// What has been said with branches of a call that is not answered. The stack lets
/// [`MAX_EARLY_DIALOGS`](sip::stack::MAX_EARLY_DIALOGS) through, and one more may answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Branches {
    /// Whom the leg's own negotiation is with; empty while no response named itself.
    current: Text,
    /// Our offer, which all of them have.
    offered: Negotiation,
    /// With the others.
    others: BTreeMap<Text, Negotiation>,
}

impl Leg {
    /// Goes on with this branch, whose sound is heard from here on; whether it was another before.
    pub(super) fn turn_to(&mut self, branch: Text) -> bool {
        let Some(branches) = &mut self.branches else {
            let offered = self.negotiation.clone();
            self.branches = Some(Box::new(Branches { current: branch, offered, others: BTreeMap::new() }));
            return false;
        };
        if branch.is_empty() || branches.current == branch {
            return false;
        }
        if branches.current.is_empty() {
            // Phones that name themselves with the answer alone.
            branches.current = branch;
            return false;
        }
        let next = branches.others.remove(&branch).unwrap_or_else(|| branches.offered.clone());
        let before = std::mem::replace(&mut self.negotiation, next);
        let name = std::mem::replace(&mut branches.current, branch);
        branches.others.insert(name, before);
        true
    }

    /// Whether something was agreed with this branch while it rang.
    pub(super) fn knows(&self, branch: &Text) -> bool {
        self.branches.as_ref().is_some_and(|branches| branches.others.contains_key(branch))
    }
}
