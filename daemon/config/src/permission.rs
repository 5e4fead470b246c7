//! What calls cost, and who may make which.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a call to the outside costs at worst. In the office file in snake case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A call for help: never refused.
    Emergency,
    /// The same area, free numbers, short numbers of the network.
    Local,
    /// The same country.
    National,
    /// Mobile phones of the same country.
    Mobile,
    /// Another country.
    International,
    /// Numbers whose owner earns by the call, and satellites.
    Premium,
}

impl Class {
    /// All of them, cheapest first.
    pub const ALL: [Class; 6] =
        [Class::Emergency, Class::Local, Class::National, Class::Mobile, Class::International, Class::Premium];

    /// The name in the office file.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Emergency => "emergency",
            Class::Local => "local",
            Class::National => "national",
            Class::Mobile => "mobile",
            Class::International => "international",
            Class::Premium => "premium",
        }
    }

    /// The class of this name.
    pub fn named(name: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.as_str() == name)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How far an extension may call. Each permits what those before it do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Within the office, and for help.
    Internal,
    /// The area.
    Local,
    /// The country, mobile phones included. What an extension may unless its row says more: numbers of other countries and
    /// premium numbers are what stolen phones are used for.
    #[default]
    National,
    /// Other countries.
    International,
    /// Everything.
    Premium,
}

impl Permission {
    /// All of them, the narrowest first.
    pub const ALL: [Permission; 5] =
        [Permission::Internal, Permission::Local, Permission::National, Permission::International, Permission::Premium];

    /// The name in the office file.
    pub fn as_str(self) -> &'static str {
        match self {
            Permission::Internal => "internal",
            Permission::Local => "local",
            Permission::National => "national",
            Permission::International => "international",
            Permission::Premium => "premium",
        }
    }

    /// The permission of this name.
    pub fn named(name: &str) -> Option<Permission> {
        Permission::ALL.into_iter().find(|permission| permission.as_str() == name)
    }

    /// Whether it covers a call of this class.
    pub fn covers(self, class: Class) -> bool {
        let needed = match class {
            Class::Emergency => return true,
            Class::Local => Permission::Local,
            Class::National | Class::Mobile => Permission::National,
            Class::International => Permission::International,
            Class::Premium => Permission::Premium,
        };
        self >= needed
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
