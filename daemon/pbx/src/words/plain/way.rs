//! Which calls go elsewhere.

use config::{Actions, DiversionKind, Target};

/// Which calls go elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Always,
    OnActive,
    Busy,
    Unanswered,
    Offline,
}

impl Way {
    /// Those that depend on something.
    pub(super) const WHENS: [Way; 4] = [Way::OnActive, Way::Busy, Way::Unanswered, Way::Offline];

    /// Which calls a diversion sends elsewhere, where it sends any.
    pub(super) fn of(kind: DiversionKind) -> Option<Way> {
        match kind {
            DiversionKind::Secretary | DiversionKind::Dnd | DiversionKind::FollowMe | DiversionKind::Assistant => None,
            DiversionKind::Always => Some(Way::Always),
            DiversionKind::Busy => Some(Way::Busy),
            DiversionKind::Unanswered => Some(Way::Unanswered),
            DiversionKind::Offline => Some(Way::Offline),
        }
    }

    /// The diversion that does it, where there is one.
    pub(super) fn kind(self) -> Option<DiversionKind> {
        DiversionKind::ALL.into_iter().find(|kind| Way::of(*kind) == Some(self))
    }

    /// Where such calls go by a rule.
    pub(super) fn target(self, actions: &mut Actions) -> &mut Option<Target> {
        match self {
            Way::Always => &mut actions.always,
            Way::OnActive => &mut actions.on_active,
            Way::Busy => &mut actions.busy,
            Way::Unanswered => &mut actions.unanswered,
            Way::Offline => &mut actions.offline,
        }
    }
}
