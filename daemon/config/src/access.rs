//! Who may open what: the one table (F157) that menus, interface and fields are made from.

use Level::{Change as C, None as N, See as S};

/// A part of the office that somebody may see, or change. What is one's own is everybody's and no area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// Who has which role, and who is responsible.
    Roles,
    /// Groups of people.
    Groups,
    /// How the office changed, and the way back.
    History,
    /// The box at a glance and its health.
    Overview,
    /// Calls that are up, and the messages behind a call.
    Live,
    /// Everybody's calls.
    Calls,
    /// People, their extensions and phones.
    People,
    /// Names and answering rules of people who have no rights beyond their own.
    Basics,
    /// Under which number people call outside, and whether it is hidden.
    CallerId,
    /// Trunks, the office's numbers, and routes.
    Numbers,
    /// What would become of a call, and what is wrong with where calls lead.
    CallFlow,
    /// The office's time groups.
    Times,
    /// The office's phonebook.
    Phonebook,
    /// Feature codes.
    Codes,
    /// Wrong passwords, and the limits of calls to the outside.
    Security,
    /// Backups and the certificate: whoever has them has everything.
    Box,
}

/// How far a right goes; each goes as far as those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is not shown, and refused.
    #[default]
    None,
    /// It is shown.
    See,
    /// It may be changed.
    Change,
}

/// The rights that somebody begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preset {
    /// What is their own.
    #[default]
    User,
    /// Names and rules of users, the office's times and phonebook (F5).
    Office,
    /// Everything.
    Admin,
}

/// What somebody is responsible for in the office (F2), with the rights that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Decides on everything.
    DecisionMaker,
    /// Keeps people, phones and calls in order.
    Phones,
    /// Answers for what calls cost.
    Billing,
    /// Looks after the technology.
    Technical,
    /// Is told about calls for help.
    Emergency,
}

/// A row for each area, in their order; a column for each preset, then for each role. The rows are those of F157 as far as there is
/// something to open: `Roles` its "Authorized Contacts" and "roles", `Groups` its "Groups", `History` its "Activity", `Overview` its "System card", `Calls`
/// its "Usage", `People` its "Users", `CallerId` its "Outbound caller ID, Privacy", `Numbers` its "Numbers", `Times` its "Time of Day". Where F157 has no row, as for `Live`,
/// `Security` and `Box`, who looks after the technology sees what that needs, and backups are the owners' alone.
const TABLE: [(Area, [Level; 8]); Area::ALL.len()] = [
    //               user office admin | decisions phones billing technical emergency
    (Area::Roles, [N, N, C, C, C, S, S, S]),
    (Area::Groups, [N, N, C, C, C, S, S, S]),
    (Area::History, [N, N, C, C, C, S, S, S]),
    (Area::Overview, [N, N, C, C, C, S, S, S]),
    (Area::Live, [N, N, C, C, C, N, S, N]),
    (Area::Calls, [N, N, C, C, C, S, N, N]),
    (Area::People, [N, S, C, C, C, N, S, N]),
    (Area::Basics, [N, C, C, C, C, N, S, N]),
    (Area::CallerId, [N, S, C, C, C, C, C, C]),
    (Area::Numbers, [N, N, C, C, C, N, S, N]),
    (Area::CallFlow, [N, N, C, C, C, N, S, S]),
    (Area::Times, [N, C, C, C, C, C, C, C]),
    (Area::Phonebook, [S, C, C, C, C, S, S, S]),
    (Area::Codes, [S, S, C, C, C, S, S, S]),
    (Area::Security, [N, N, C, C, C, N, S, N]),
    (Area::Box, [N, N, C, C, N, N, N, N]),
];

impl Area {
    /// The area of this name.
    pub fn named(name: &str) -> Option<Area> {
        Area::ALL.into_iter().find(|area| area.as_str() == name)
    }

    /// All of them.
    pub const ALL: [Area; 16] = [
        Area::Roles,
        Area::Groups,
        Area::History,
        Area::Overview,
        Area::Live,
        Area::Calls,
        Area::People,
        Area::Basics,
        Area::CallerId,
        Area::Numbers,
        Area::CallFlow,
        Area::Times,
        Area::Phonebook,
        Area::Codes,
        Area::Security,
        Area::Box,
    ];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Area::Roles => "roles",
            Area::Groups => "groups",
            Area::History => "history",
            Area::Overview => "overview",
            Area::Live => "live",
            Area::Calls => "calls",
            Area::People => "people",
            Area::Basics => "basics",
            Area::CallerId => "caller_id",
            Area::Numbers => "numbers",
            Area::CallFlow => "call_flow",
            Area::Times => "times",
            Area::Phonebook => "phonebook",
            Area::Codes => "codes",
            Area::Security => "security",
            Area::Box => "box",
        }
    }
}

impl Level {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::None => "none",
            Level::See => "see",
            Level::Change => "change",
        }
    }

    /// The level of this name.
    pub fn named(name: &str) -> Option<Level> {
        [Level::None, Level::See, Level::Change].into_iter().find(|level| level.as_str() == name)
    }
}

impl Preset {
    /// All of them, from the least on.
    pub const ALL: [Preset; 3] = [Preset::User, Preset::Office, Preset::Admin];

    /// The name in the office file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Preset::User => "user",
            Preset::Office => "office",
            Preset::Admin => "admin",
        }
    }

    /// The preset of this name.
    pub fn named(name: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.as_str() == name)
    }

    /// What it opens.
    pub fn rights(self) -> Rights {
        Rights::of_column(self as usize)
    }
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 5] = [Role::DecisionMaker, Role::Phones, Role::Billing, Role::Technical, Role::Emergency];

    /// The name in the office file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::DecisionMaker => "decision_maker",
            Role::Phones => "phone_manager",
            Role::Billing => "billing",
            Role::Technical => "technical",
            Role::Emergency => "emergency",
        }
    }

    /// The role of this name.
    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// What it opens.
    pub fn rights(self) -> Rights {
        Rights::of_column(Preset::ALL.len() + self as usize)
    }
}

/// How far somebody may go in each area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights([Level; Area::ALL.len()]);

impl Rights {
    fn of_column(column: usize) -> Rights {
        let mut rights = Rights::default();
        for (level, (_, row)) in rights.0.iter_mut().zip(TABLE) {
            *level = row.get(column).copied().unwrap_or_default();
        }
        rights
    }

    /// So far here, and nothing elsewhere.
    pub fn to(area: Area, level: Level) -> Rights {
        let mut rights = Rights::default();
        if let Some(own) = rights.0.get_mut(area as usize) {
            *own = level;
        }
        rights
    }

    /// How far they go here.
    pub fn of(&self, area: Area) -> Level {
        self.0.get(area as usize).copied().unwrap_or_default()
    }

    /// Whether it is shown to them.
    pub fn may_see(&self, area: Area) -> bool {
        self.of(area) >= Level::See
    }

    /// Whether they may change it.
    pub fn may_change(&self, area: Area) -> bool {
        self.of(area) == Level::Change
    }

    /// Whether they go as far as these everywhere: nobody gives rights that they do not have.
    pub fn cover(&self, others: Rights) -> bool {
        self.0.iter().zip(others.0).all(|(own, other)| *own >= other)
    }

    /// Both together.
    #[must_use]
    pub fn and(self, others: Rights) -> Rights {
        let mut both = self;
        for (level, other) in both.0.iter_mut().zip(others.0) {
            *level = (*level).max(other);
        }
        both
    }

    /// What somebody may whose row says this. Words that mean nothing open nothing.
    pub fn written<'w>(preset: Option<&str>, roles: impl IntoIterator<Item = &'w str>) -> Rights {
        let preset = preset.and_then(Preset::named).unwrap_or_default();
        let roles = roles.into_iter().filter_map(Role::named).map(Role::rights);
        roles.fold(preset.rights(), Rights::and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_stand_in_their_order() {
        for (place, (area, _)) in TABLE.iter().enumerate() {
            assert_eq!((Area::ALL[place], *area as usize), (*area, place));
        }
        for (place, preset) in Preset::ALL.iter().enumerate() {
            assert_eq!(*preset as usize, place);
            assert_eq!(Preset::named(preset.as_str()), Some(*preset));
        }
        for (place, role) in Role::ALL.iter().enumerate() {
            assert_eq!(*role as usize, place);
            assert_eq!(Role::named(role.as_str()), Some(*role));
        }
    }

    /// F1: a decision maker may what all others may.
    #[test]
    fn decision_makers_and_administrators_have_every_right() {
        let all = Preset::Admin.rights();
        assert!(Area::ALL.iter().all(|area| all.may_change(*area)));
        assert_eq!(Role::DecisionMaker.rights(), all);
        for role in Role::ALL {
            assert!(all.cover(role.rights()), "{role:?}");
            assert!(role.rights().cover(Preset::User.rights()), "{role:?} loses what everybody has");
        }
    }

    #[test]
    fn rights_add_up() {
        let rights = Rights::written(Some("office"), ["billing", "nonsense"]);
        assert_eq!(rights.of(Area::Basics), Level::Change);
        assert_eq!(rights.of(Area::Calls), Level::See);
        assert_eq!(rights.of(Area::Live), Level::None);
        assert_eq!(Rights::written(Some("nonsense"), []), Preset::User.rights());
        assert!(!Role::Phones.rights().cover(Preset::Admin.rights()));
        assert!(Role::Phones.rights().cover(Role::Technical.rights()));
    }
}
