//! What can be wanted of the office from outside, in one trait.
//!
//! Three stand behind it: the running daemon, the [`Client`](crate::client::Client) that asks it through the control
//! socket, and the store of a daemon that does not run.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use pbx::events::{CallEvent, Cause, Ending};
use pbx::input::CallId;
use pbx::ladder::Ladder;
use pbx::mailbox::Message;
use pbx::status::Status;
use pbx::tested::{Untested, Wanted};
use pbx::what_if::{Answer, Question, Unasked};
use serde::{Deserialize, Serialize};
use store::ChargedTo;
use thiserror::Error;

/// How many calls a list holds at most, so that its answer stays below a megabyte.
pub const CALLS_AT_ONCE: usize = 500;

/// How many messages a list holds at most; the same.
pub const MESSAGES_AT_ONCE: usize = 500;

/// How many revisions a list holds at most; the same.
pub const REVISIONS_AT_ONCE: usize = 500;

/// The longest office file that is read: 4 MiB, twenty times an office of 1 000 phones.
pub const OFFICE_FILE_MAX: usize = 4 * 1024 * 1024;

/// What the command line can want.
pub trait Desk: Send + Sync {
    /// The office as it is now.
    fn status(&self) -> Result<Status, Refusal>;

    /// The newest calls, newest first, at most `limit` and never more than [`CALLS_AT_ONCE`].
    fn calls(&self, limit: usize) -> Result<Vec<CallLine>, Refusal>;

    /// Everything that happened to one call, in order.
    fn call(&self, id: CallId) -> Result<Vec<CallEvent>, Refusal>;

    /// The SIP messages of a call.
    fn ladder(&self, id: CallId) -> Result<Arc<Ladder>, Refusal>;

    /// The newest messages of this mailbox, or of all, newest first, at most `limit` and never more than
    /// [`MESSAGES_AT_ONCE`].
    fn messages(&self, mailbox: Option<&str>, limit: usize) -> Result<Vec<Message>, Refusal>;

    /// Puts an office file in the place of the configuration, in the name of `author`.
    fn import(&self, text: &str, author: &str) -> Result<Imported, Refusal>;

    /// The configuration as an office file that imports to the same.
    fn export(&self) -> Result<String, Refusal>;

    /// The same of what was in force when the office's clock showed this.
    fn export_as_of(&self, local: DateTime) -> Result<String, Refusal>;

    /// How the office was changed, newest first, up to when its clock showed this or until now; at most `limit` and never
    /// more than [`REVISIONS_AT_ONCE`].
    fn history(&self, until: Option<DateTime>, limit: usize) -> Result<Vec<RevisionLine>, Refusal>;

    /// Reads an office file without keeping it.
    fn check(&self, text: &str) -> Result<Checked, Refusal>;

    /// Ends a call.
    fn hang_up(&self, id: CallId) -> Result<(), Refusal>;

    /// Has the box call a number by a trunk, to see whether it works; the call says what came of it.
    fn test_trunk(&self, wanted: Wanted) -> Result<CallId, Refusal>;

    /// What would become of a call that nobody makes, by the office in force.
    fn what_if(&self, question: &Question) -> Result<Answer, Refusal>;

    /// A one-time way in for an administrator who has lost the password.
    fn reset_admin(&self) -> Result<NewKey, Refusal>;
}

/// One call in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallLine {
    /// Its number.
    pub id: CallId,
    /// When it began.
    pub at: Timestamp,
    /// Whether the clock was set then.
    pub synced: bool,
    /// The caller's extension.
    pub from: String,
    /// What was dialled.
    pub to: String,
    /// How long it was talked, in seconds; `None` when it was never answered.
    pub talked_s: Option<u64>,
    /// Why it ended; `None` while it is up.
    pub cause: Option<Cause>,
    /// For whom it ended, and what it came to.
    pub because: Option<Ending>,
    /// The name of the authorization code that let it out, where one did.
    #[serde(default)]
    pub authorized_by: Option<String>,
    /// Whom it is charged to, where its caller keyed that.
    #[serde(default)]
    pub charged_to: Option<ChargedTo>,
}

/// One saved office in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionLine {
    /// Its number.
    pub id: u64,
    /// When it was saved.
    pub at: Timestamp,
    /// The same as the office's clock shows it.
    pub local: DateTime,
    /// Who saved it.
    pub author: String,
}

/// A secret that the box made; nobody can read it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSecret {
    /// The phone it belongs to.
    pub phone: String,
    /// The user name that the phone signs in with.
    pub user: String,
    /// The password.
    pub secret: String,
}

/// A way into the page that works once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    /// The page's address, such as `http://127.0.0.1:8080`; `None` where it is not served now.
    pub address: Option<String>,
    /// What follows it, the token included.
    pub page: String,
}

impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewKey({:?}, hidden)", self.address)
    }
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The revision that is in force now.
    pub revision: u64,
    /// Secrets made for phones that had none.
    pub secrets: Vec<NewSecret>,
    /// Rows that are out of use, with the reason, and what else the one who imported must know.
    pub problems: Vec<String>,
}

/// What an office file that can be imported comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Rows and fields that would be out of use, with the reason.
    pub problems: Vec<String>,
}

/// Why a wish was not met.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// No call has this number.
    #[error("there is no call {}", id.0)]
    NoSuchCall {
        /// The number asked for.
        id: CallId,
    },
    /// The messages of this call are not kept.
    #[error("the messages of call {} are not kept: only those of the last calls since the daemon was started are", id.0)]
    NoLadder {
        /// The number asked for.
        id: CallId,
    },
    /// No trunk has this name, or it is switched off.
    #[error("there is no trunk {name}, or it is switched off")]
    NoSuchTrunk {
        /// The name asked for.
        name: String,
    },
    /// A trunk is not tested.
    #[error("the trunk is not tested: {}", crate::why::not_tested(*why))]
    Untested {
        /// Why not.
        why: Untested,
    },
    /// A question about a call that nobody makes, without an answer.
    #[error("{why}")]
    NotAsked {
        /// What is wrong with it.
        why: Unasked,
    },
    /// The history begins later, or the clock never showed it.
    #[error("the history has no office of {local}: see 'bellboxd history' for how far it goes back")]
    NoSuchPast {
        /// What was asked for, by the office's clock.
        local: DateTime,
    },
    /// The office file is wrong.
    #[error("the office file has {} problem(s)", problems.len())]
    BadFile {
        /// Each with its place.
        problems: Vec<String>,
    },
    /// Only a running daemon can do it.
    #[error("the daemon is not running")]
    NotRunning,
    /// The daemon did not answer in time.
    #[error("the daemon did not answer in time")]
    Silent,
    /// The disk or another part of the box failed.
    #[error("{reason}")]
    Failed {
        /// What failed, in words.
        reason: String,
    },
}
