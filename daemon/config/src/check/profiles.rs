//! Profiles. What is wrong with a right opens nothing; a profile that is left out opens nothing to those who have it.

use crate::access::Area;
use crate::problem::{Effect, Fault, RightsFault, Table};
use crate::profile::{MAX_PROFILE_NAME, MAX_PROFILES, Profile, Right};
use crate::raw_rights::RawProfile;

use super::settings::is_label;
use super::{At, Check, shown};

impl Check {
    /// All of them; before people, who name them.
    pub(super) fn profiles(&mut self, rows: &[RawProfile]) {
        for (index, raw) in rows.iter().enumerate() {
            let at = At::row(Table::Profile, index, raw.name.as_deref());
            if self.config.profiles.len() == MAX_PROFILES {
                self.problem(&at, "", Fault::TooMany { most: MAX_PROFILES }, Effect::RowOff);
                break;
            }
            let profile = self.profile_row(&at, raw);
            self.config.profiles.extend(profile);
        }
    }

    fn profile_row(&mut self, at: &At, raw: &RawProfile) -> Option<Profile> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let name = raw.name.clone().unwrap_or_default();
        if !is_label(&name, MAX_PROFILE_NAME) {
            self.off(at, "name", RightsFault::BadProfileName)?;
        }
        if self.config.profile(&name).is_some() {
            self.off(at, "name", RightsFault::ProfileTaken { name: shown(&name) })?;
        }
        let mut rights: Vec<Right> = Vec::new();
        for written in raw.rights.iter().flatten().take(Area::ALL.len() + 1) {
            match written.parse::<Right>().ok().filter(|right| rights.iter().all(|other| other.area != right.area)) {
                Some(right) => rights.push(right),
                None => {
                    let fault = RightsFault::BadRight { right: shown(written) };
                    self.problem(at, "rights", fault, Effect::Ignored);
                }
            }
        }
        Some(Profile::new(name, rights))
    }
}
