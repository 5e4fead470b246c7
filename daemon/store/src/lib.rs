//! What must outlive a power cut: the office in all its revisions, call events, bindings and alerts, in one SQLite file.
//!
//! It owns the file, its copies, its one writing thread and the way a text file becomes an office with hashed secrets.
//! It decides nothing about calls. Call events and the office are on disk when they are said to be; bindings are
//! written lazily. A torn file is replaced by the newest good copy, and it is said so.

mod calls;
mod connection;
mod copies;
mod error;
mod office;
mod open;
mod prepare;
mod records;
mod secrets;
mod store;
mod writer;

#[cfg(test)]
mod tests;

pub use calls::{CallFilter, CallLog, CallRow, MAX_ROWS};
pub use copies::KEEP_COPIES;
pub use error::{ImportError, OpenError, Reason, Refusal, StoreError};
pub use office::{Imported, Loaded, MAX_OFFICE_FILE, REVISIONS_KEPT, Revision, check_office_file};
pub use open::{Opened, SCHEMA_VERSION};
pub use prepare::ShownOnce;
pub use records::{ALERTS_KEPT, CALLS_KEPT};
pub use secrets::{hash_pin, verify_pin};
pub use store::Store;
pub use writer::{BATCH_JOBS, Done, QUEUE};
