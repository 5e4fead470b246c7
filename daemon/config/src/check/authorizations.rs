//! Codes that let calls out. A row that is wrong lets nothing out; one that names somebody who is not here is not for that one.

use crate::authorization::{Authorization, DEFAULT_AUTHORIZED, MAX_AUTHORIZATION_NAME, MAX_AUTHORIZATIONS};
use crate::permission::Permission;
use crate::problem::{CodeFault, Effect, Fault, PersonFault, Table};
use crate::raw_authorization::RawAuthorization;

use super::settings::{is_argon2id, is_label};
use super::{At, Check, shown};

impl Check {
    /// All of them; when every extension is known.
    pub(super) fn authorizations(&mut self, rows: &[RawAuthorization]) {
        for (index, raw) in rows.iter().enumerate() {
            let at = At::row(Table::Authorization, index, raw.name.as_deref());
            if self.config.authorizations.len() == MAX_AUTHORIZATIONS {
                self.problem(&at, "", Fault::TooMany { most: MAX_AUTHORIZATIONS }, Effect::RowOff);
                break;
            }
            let row = self.authorization(&at, raw);
            self.config.authorizations.extend(row);
        }
    }

    fn authorization(&mut self, at: &At, raw: &RawAuthorization) -> Option<Authorization> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let name = raw.name.clone().unwrap_or_default();
        if !is_label(&name, MAX_AUTHORIZATION_NAME) {
            self.off(at, "name", CodeFault::BadName)?;
        }
        if self.config.authorization(&name).is_some() {
            self.off(at, "name", CodeFault::NameTaken { name: shown(&name) })?;
        }
        if raw.pin.is_some() {
            self.off(at, "pin", Fault::InClear)?;
        }
        let Some(pin_hash) = raw.pin_hash.clone() else {
            self.off(at, "pin", Fault::Missing)?;
            return None;
        };
        if !is_argon2id(pin_hash.expose()) {
            self.off(at, "pin_hash", PersonFault::BadPinHash)?;
        }
        let word = raw.permission.as_deref();
        let permission = self.chosen(at, "permission", word, Permission::named, &DEFAULT_AUTHORIZED)?;
        let mut extensions = raw.extensions.as_ref().map(|_| Vec::new());
        for number in raw.extensions.iter().flatten() {
            match self.config.extension(number).map(|extension| extension.number.clone()) {
                Some(found) => extensions.iter_mut().for_each(|own| own.push(found.clone())),
                None => {
                    let fault = PersonFault::NoSuchExtension { number: shown(number) };
                    self.problem(at, "extensions", fault, Effect::Ignored);
                }
            }
        }
        Some(Authorization { name, pin_hash, permission, extensions, enabled: raw.enabled.unwrap_or(true) })
    }
}
