//! Accounts: whom a call to the outside is charged to, a client or a project (F162).

use std::fmt;

/// How many accounts an office may have: a law firm's open cases. Whoever has more needs a program of its own for them.
pub const MAX_ACCOUNTS: usize = 1_000;

/// The longest number of an account, in digits.
pub const MAX_ACCOUNT_NUMBER: usize = 8;

/// The longest name of an account, in characters.
pub const MAX_ACCOUNT_NAME: usize = 64;

/// Whether an account is keyed before a call to the outside. Of two that hold, the stricter one does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountEntry {
    /// It is not asked for.
    #[default]
    None,
    /// It is asked for, and the call goes out without one too.
    Optional,
    /// Without one, a call that somebody dials does not go out; forwards and transfers, where nobody can key one, do.
    Required,
}

impl AccountEntry {
    /// All of them, the most lenient first.
    pub const ALL: [AccountEntry; 3] = [AccountEntry::None, AccountEntry::Optional, AccountEntry::Required];

    /// The name in the office file.
    pub fn as_str(self) -> &'static str {
        match self {
            AccountEntry::None => "none",
            AccountEntry::Optional => "optional",
            AccountEntry::Required => "required",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<AccountEntry> {
        AccountEntry::ALL.into_iter().find(|entry| entry.as_str() == name)
    }
}

impl fmt::Display for AccountEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether these digits can be an account's number.
pub fn is_account(number: &str) -> bool {
    (1..=MAX_ACCOUNT_NUMBER).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}
