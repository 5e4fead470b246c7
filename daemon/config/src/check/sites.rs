//! Sites. What is wrong with one of their fields counts as not written: its people go on as those of the office.

use crate::ids::ExtensionNumber;
use crate::office::LANGUAGES;
use crate::problem::{Effect, Fault, PersonFault, SiteFault, Table};
use crate::raw_site::RawSite;
use crate::site::{MAX_SITE_MANAGERS, MAX_SITE_NAME, MAX_SITES, Site};

use super::settings::is_label;
use super::{At, Check, shown};

impl Check {
    /// All sites, without their numbers; when the office is known.
    pub(super) fn sites(&mut self, rows: &[RawSite]) {
        for (index, raw) in rows.iter().enumerate() {
            let at = At::row(Table::Site, index, raw.name.as_deref());
            if self.config.sites.len() == MAX_SITES {
                self.problem(&at, "", Fault::TooMany { most: MAX_SITES }, Effect::RowOff);
                break;
            }
            if let Some(site) = self.site(&at, raw) {
                self.config.sites.push(site);
            }
        }
    }

    fn site(&mut self, at: &At, raw: &RawSite) -> Option<Site> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let name = raw.name.clone().unwrap_or_default();
        if !is_label(&name, MAX_SITE_NAME) {
            self.off(at, "name", SiteFault::BadName)?;
        }
        if self.config.site(&name).is_some() {
            self.off(at, "name", SiteFault::NameTaken { name: shown(&name) })?;
        }
        let time_zone = raw.time_zone.as_deref().and_then(|name| self.time_zone(at, name));
        let language = raw.language.as_deref().and_then(|code| self.known_language(at, code));
        let hold_music = raw.hold_music.unwrap_or(true);
        Some(Site { name, time_zone, language, number: None, hold_music, managers: Vec::new() })
    }

    /// Under which numbers their people call; when the office's numbers are known.
    pub(super) fn numbers_of_sites(&mut self, rows: &[RawSite]) {
        for (index, raw) in rows.iter().enumerate() {
            let (Some(name), Some(written)) = (&raw.name, &raw.number) else { continue };
            let number = self.config.office.in_full(written);
            if self.config.own_number(&number).is_none() {
                let at = At::row(Table::Site, index, Some(name));
                self.problem(&at, "number", SiteFault::NotOurs { number: shown(written) }, Effect::Ignored);
            } else if let Some(site) = self.config.sites.iter_mut().find(|site| site.name == *name) {
                site.number = Some(number);
            }
        }
    }

    /// Who manages them; when everybody in the office is known.
    pub(super) fn managers_of_sites(&mut self, rows: &[RawSite]) {
        for (index, raw) in rows.iter().enumerate() {
            let (Some(name), Some(written)) = (&raw.name, &raw.managers) else { continue };
            let at = At::row(Table::Site, index, Some(name));
            let managers = self.managers(&at, written);
            if let Some(site) = self.config.sites.iter_mut().find(|site| site.name == *name) {
                site.managers = managers;
            }
        }
    }

    fn managers(&mut self, at: &At, written: &[String]) -> Vec<ExtensionNumber> {
        let mut managers = Vec::new();
        for number in written {
            let found = self.config.extension(number).map(|extension| extension.number.clone());
            let fault: Fault = match found {
                Some(_) if managers.len() == MAX_SITE_MANAGERS => Fault::TooMany { most: MAX_SITE_MANAGERS },
                Some(found) => {
                    managers.push(found);
                    continue;
                }
                None => PersonFault::NoSuchExtension { number: shown(number) }.into(),
            };
            self.problem(at, "managers", fault, Effect::Ignored);
            if managers.len() == MAX_SITE_MANAGERS {
                break;
            }
        }
        managers
    }

    /// A language that the box speaks.
    pub(super) fn known_language(&mut self, at: &At, code: &str) -> Option<String> {
        let is_known = LANGUAGES.contains(&code);
        if !is_known {
            let fault = Fault::UnknownLanguage { code: shown(code), known: LANGUAGES.join(", ") };
            self.problem(at, "language", fault, Effect::Ignored);
        }
        is_known.then(|| code.to_owned())
    }
}
