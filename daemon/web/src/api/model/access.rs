//! Rights, presets, roles and profiles.

use config::{Area, Level, Preset, Rights, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A part of the office that one may see or change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AreaName {
    /// Who has which role.
    Roles,
    /// Groups of people.
    Groups,
    /// How the office changed.
    History,
    /// The box at a glance.
    Overview,
    /// Calls that are up, and the messages behind a call.
    Live,
    /// Everybody's calls.
    Calls,
    /// People, their extensions and phones.
    People,
    /// Names and answering rules of users.
    Basics,
    /// Under which number people call outside, and whether it is hidden.
    CallerId,
    /// Trunks, numbers and routes.
    Numbers,
    /// Where calls lead.
    CallFlow,
    /// The office's time groups.
    Times,
    /// The office's phonebook.
    Phonebook,
    /// Feature codes.
    Codes,
    /// Wrong passwords, limits of calls.
    Security,
    /// Backups and the certificate.
    Box,
}

impl From<Area> for AreaName {
    fn from(area: Area) -> AreaName {
        match area {
            Area::Roles => AreaName::Roles,
            Area::Groups => AreaName::Groups,
            Area::History => AreaName::History,
            Area::Overview => AreaName::Overview,
            Area::Live => AreaName::Live,
            Area::Calls => AreaName::Calls,
            Area::People => AreaName::People,
            Area::Basics => AreaName::Basics,
            Area::CallerId => AreaName::CallerId,
            Area::Numbers => AreaName::Numbers,
            Area::CallFlow => AreaName::CallFlow,
            Area::Times => AreaName::Times,
            Area::Phonebook => AreaName::Phonebook,
            Area::Codes => AreaName::Codes,
            Area::Security => AreaName::Security,
            Area::Box => AreaName::Box,
        }
    }
}

impl From<AreaName> for Area {
    fn from(name: AreaName) -> Area {
        Area::ALL.into_iter().find(|area| AreaName::from(*area) == name).expect("each area has its name")
    }
}

/// How far a right goes: who may change may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LevelName {
    /// It is shown.
    See,
    /// It may be changed.
    Change,
}

impl From<Level> for LevelName {
    fn from(level: Level) -> LevelName {
        if level == Level::Change { LevelName::Change } else { LevelName::See }
    }
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Level {
        match name {
            LevelName::See => Level::See,
            LevelName::Change => Level::Change,
        }
    }
}

/// The rights that somebody begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PresetName {
    /// What is their own.
    User,
    /// Names and rules of users, the office's times and phonebook.
    Office,
    /// Everything.
    Admin,
}

impl From<Preset> for PresetName {
    fn from(preset: Preset) -> PresetName {
        match preset {
            Preset::User => PresetName::User,
            Preset::Office => PresetName::Office,
            Preset::Admin => PresetName::Admin,
        }
    }
}

impl From<PresetName> for Preset {
    fn from(name: PresetName) -> Preset {
        match name {
            PresetName::User => Preset::User,
            PresetName::Office => Preset::Office,
            PresetName::Admin => Preset::Admin,
        }
    }
}

/// What somebody is responsible for in the office, with the rights that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RoleName {
    /// Decides on everything.
    DecisionMaker,
    /// Keeps people, phones and calls in order.
    #[serde(rename = "phone_manager")]
    Phones,
    /// Answers for what calls cost.
    Billing,
    /// Looks after the technology.
    Technical,
    /// Is told about calls for help.
    Emergency,
}

impl From<Role> for RoleName {
    fn from(role: Role) -> RoleName {
        match role {
            Role::DecisionMaker => RoleName::DecisionMaker,
            Role::Phones => RoleName::Phones,
            Role::Billing => RoleName::Billing,
            Role::Technical => RoleName::Technical,
            Role::Emergency => RoleName::Emergency,
        }
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Role {
        match name {
            RoleName::DecisionMaker => Role::DecisionMaker,
            RoleName::Phones => Role::Phones,
            RoleName::Billing => Role::Billing,
            RoleName::Technical => Role::Technical,
            RoleName::Emergency => Role::Emergency,
        }
    }
}

/// An area that is open.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Right {
    /// Which.
    pub area: AreaName,
    /// How far.
    pub may: LevelName,
}

impl Right {
    /// What is open at all, for the menus.
    pub(crate) fn all(rights: &Rights) -> Vec<Right> {
        let levels = Area::ALL.into_iter().map(|area| (area, rights.of(area)));
        let open = levels.filter(|(_, level)| *level > Level::None);
        open.map(|(area, level)| Right { area: area.into(), may: level.into() }).collect()
    }
}

/// What one may do in the office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct MyRights {
    /// The rights that one begins with.
    pub preset: PresetName,
    /// One's roles.
    pub roles: Vec<RoleName>,
    /// The profile that one has besides.
    pub profile: Option<String>,
    /// The groups that one is in.
    pub groups: Vec<String>,
    /// The groups that one looks after.
    pub manages: Vec<String>,
    /// Every area.
    pub rights: Vec<MyRight>,
}

/// How far one may go in an area, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct MyRight {
    /// Which.
    pub area: AreaName,
    /// How far; absent: it is not shown.
    pub may: Option<LevelName>,
    /// The preset, where the right comes from it.
    pub preset: Option<PresetName>,
    /// The roles that the right comes from.
    pub roles: Vec<RoleName>,
    /// The profile, where the right comes from it.
    pub profile: Option<String>,
    /// The groups that the right comes from.
    pub groups: Vec<String>,
}

/// Rights of the office's own making.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Profiles {
    /// In the order in which they were added.
    pub profiles: Vec<ProfileRow>,
    /// What each preset opens, to begin a profile with.
    pub presets: Vec<PresetRow>,
    /// For `If-Match`; also in the header `ETag`.
    pub etag: String,
}

/// A named set of rights.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ProfileRow {
    /// Its name.
    pub name: String,
    /// What it opens.
    pub rights: Vec<Right>,
    /// Who has it.
    pub people: Vec<Named>,
    /// The groups that carry it.
    pub groups: Vec<String>,
}

/// A preset.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PresetRow {
    /// Which.
    pub preset: PresetName,
    /// What it opens.
    pub rights: Vec<Right>,
}

/// A profile as it is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfileWrite {
    /// The name, at most 40 characters.
    pub name: String,
    /// What it opens, each area at most once. Whoever may see or change people may do that with their names and rules too.
    pub rights: Vec<Right>,
}

/// Who has which role.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Roles {
    /// Every role.
    pub roles: Vec<RoleRow>,
}

/// A role.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RoleRow {
    /// Which.
    pub role: RoleName,
    /// Who has it.
    pub holders: Vec<Named>,
    /// Who answers for it; absent where nobody could.
    pub responsible: Option<Named>,
    /// The role by which they stand in, where nobody has this one; absent also where an administrator does.
    pub stands_in: Option<RoleName>,
}

/// Somebody by name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Named {
    /// The number.
    pub id: u32,
    /// The name.
    pub name: String,
}
