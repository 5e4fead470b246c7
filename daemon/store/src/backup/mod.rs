//! The whole office as one file, and back: what a backup is, how it is checked, and how it takes the office's place.
//!
//! A backup is a plain tar archive that any tool can open:
//!
//! ```text
//! bellbox.json            what it is: format, version, when, whose, how much ([`Contents`])
//! bellbox.db              a copy of the database, as the nightly one
//! recordings/NNNNNNNN.*   messages, greetings and names, with the notes whose they are; the trash, too
//! tls/*                   the box's own authority and certificates
//! SHA256SUMS              of everything before it, as sha256sum(1) writes and checks them; its end is the backup's
//! ```
//!
//! Left out are the settings of the machine (`bellbox.toml`), the speech cache, the nightly copies, logs, recordings that
//! are being made, and those in `lost/`. Nothing is compressed: sound hardly shrinks, and nothing can swell.

mod check;
mod error;
mod layout;
mod pack;
mod room;
mod unpack;

pub use check::Checked;
pub use error::{BackupError, UnusableOffice};
pub use layout::{Contents, FORMAT};
pub use pack::Pack;
