//! Accounts that calls are charged to.

use config::AccountEntry;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The accounts of the office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Accounts {
    /// In order of their digits.
    pub accounts: Vec<Account>,
    /// For `If-Match`; also in the header `ETag`.
    pub etag: String,
}

/// Whom a call to the outside is charged to: a client, a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Account {
    /// What is keyed, 1 to 8 digits.
    pub number: String,
    /// Whose it is; of a call, as it was then.
    pub name: String,
}

/// An account as it is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountWrite {
    /// 1 to 8 digits that no other account has; 01 is another than 1.
    pub number: String,
    /// The name, at most 64 characters.
    pub name: String,
}

/// Whether an account is keyed before a call to the outside. Of an extension's and a route's the stricter holds; calls for help never ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AccountEntryName {
    /// It is not asked for.
    #[default]
    None,
    /// It is asked for, and may be left out.
    Optional,
    /// Without one the call does not go out.
    Required,
}

impl From<AccountEntry> for AccountEntryName {
    fn from(entry: AccountEntry) -> AccountEntryName {
        match entry {
            AccountEntry::None => AccountEntryName::None,
            AccountEntry::Optional => AccountEntryName::Optional,
            AccountEntry::Required => AccountEntryName::Required,
        }
    }
}

impl From<AccountEntryName> for AccountEntry {
    fn from(name: AccountEntryName) -> AccountEntry {
        match name {
            AccountEntryName::None => AccountEntry::None,
            AccountEntryName::Optional => AccountEntry::Optional,
            AccountEntryName::Required => AccountEntry::Required,
        }
    }
}
