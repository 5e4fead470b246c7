//! What must outlive a power cut: the office in all its revisions, call events, bindings, alerts and messages, in one
//! SQLite file, and the messages' audio in a folder beside it.
//!
//! It owns the file, its copies, its one writing thread and the way a text file becomes an office with hashed secrets.
//! It decides nothing about calls. Call events and the office are on disk when they are said to be; bindings are
//! written lazily. A torn file is replaced by the newest good copy, and it is said so.

mod backup;
mod calls;
mod connection;
mod copies;
mod error;
mod hashing;
mod history;
mod late;
mod mailbox;
mod office;
mod open;
mod own;
mod people;
mod prepare;
mod recordings;
mod records;
mod recover;
mod rows;
mod secrets;
mod store;
mod switch;
mod trash;
mod trunk_secrets;
mod writer;

#[cfg(test)]
mod tests;

pub use backup::{BackupError, Checked, Contents, FORMAT, Pack, UnusableOffice};
pub use calls::{CallFilter, CallLog, CallRow, ChargedTo, MAX_ROWS};
pub use copies::KEEP_COPIES;
pub use error::{EditError, ImportError, OpenError, PinError, Reason, Refusal, StoreError};
pub use history::{HISTORY_BYTES, REVISIONS_KEPT, Revision, RevisionFilter};
pub use mailbox::{Answered, Listener, MAX_LISTED, MailboxAsk, MessageFilter};
pub use office::{Imported, Loaded, MAX_OFFICE_FILE, check_office_file};
pub use open::{Opened, SCHEMA_VERSION};
pub use own::{Own, OwnSound};
pub use people::{hash_password, new_phone_secret, verify_password};
pub use prepare::ShownOnce;
pub use records::{ALERTS_KEPT, CALLS_KEPT};
pub use secrets::{hash_pin, verify_pin};
pub use store::Store;
pub use trash::TRASH_NIGHTS;
pub use trunk_secrets::TRUNK_SECRETS;
pub use writer::{BATCH_JOBS, Done, QUEUE};
