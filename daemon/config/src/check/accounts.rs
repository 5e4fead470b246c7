//! Accounts that calls are charged to, and who must key one.

use crate::account::{AccountEntry, MAX_ACCOUNT_NAME, MAX_ACCOUNTS, is_account};
use crate::problem::{CodeFault, Effect, Fault, OutsideFault, Table};
use crate::raw_account::RawAccount;

use super::settings::is_label;
use super::{At, Check, shown};

impl Check {
    /// All accounts.
    pub(super) fn accounts(&mut self, rows: &[RawAccount]) {
        for (index, raw) in rows.iter().enumerate() {
            let at = At::row(Table::Account, index, raw.number.as_deref());
            if self.config.accounts.len() == MAX_ACCOUNTS {
                self.problem(&at, "", Fault::TooMany { most: MAX_ACCOUNTS }, Effect::RowOff);
                break;
            }
            if let Some((number, name)) = self.account_row(&at, raw) {
                self.config.accounts.insert(number, name);
            }
        }
    }

    fn account_row(&mut self, at: &At, raw: &RawAccount) -> Option<(String, String)> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let number = raw.number.clone().unwrap_or_default();
        if !is_account(&number) {
            self.off(at, "number", CodeFault::BadAccount)?;
        }
        if self.config.accounts.contains_key(&number) {
            self.off(at, "number", CodeFault::AccountTaken { number: shown(&number) })?;
        }
        let name = raw.name.clone().unwrap_or_default();
        if !is_label(&name, MAX_ACCOUNT_NAME) {
            self.off(at, "name", CodeFault::BadAccountName)?;
        }
        Some((number, name))
    }

    /// Whether an account is keyed; a word that is not known counts as not written.
    pub(super) fn account_entry(&mut self, at: &At, raw: Option<&str>) -> AccountEntry {
        let Some(word) = raw else { return AccountEntry::default() };
        let found = AccountEntry::named(word);
        if found.is_none() {
            let known = AccountEntry::ALL.map(AccountEntry::as_str).join(", ");
            self.problem(at, "account", OutsideFault::UnknownWord { word: shown(word), known }, Effect::Ignored);
        }
        found.unwrap_or_default()
    }
}
