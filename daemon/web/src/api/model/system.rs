//! The box itself: how it does, and the certificates it shows.

use config::Secret;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Disk;

/// How the box does.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct System {
    /// When this was measured: at most two seconds ago.
    pub at: Timestamp,
    /// Whether the clock was ever set.
    pub is_clock_set: bool,
    /// The version of the software.
    pub version: String,
    /// For how long the daemon runs, in seconds.
    pub up_s: u64,
    /// What the daemon takes of one core, in percent; more than 100 where it uses several.
    pub cpu_percent: f32,
    /// The memory that the daemon holds, in bytes.
    pub memory_bytes: u64,
    /// All that runs on the machine together.
    pub machine: Machine,
    /// The disk of the office's folder; absent where the system does not say.
    pub disk: Option<Disk>,
}

/// The machine that the daemon runs on.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct Machine {
    /// For how long it runs, in seconds; absent where the system does not say.
    pub up_s: Option<u64>,
    /// Cores.
    pub cores: u32,
    /// How busy all cores together are, in percent.
    pub cpu_percent: f32,
    /// Memory that is in use and cannot be given away, in bytes.
    pub memory_used_bytes: u64,
    /// All of the memory, in bytes.
    pub memory_total_bytes: u64,
    /// The warmest of its sensors, in degrees Celsius; absent where it has none.
    pub temperature_c: Option<f32>,
}

/// The box's own authority, for whoever is to trust it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Authority {
    /// The SHA-256 of its certificate, as browsers and the box's console show it.
    pub fingerprint: String,
    /// Whether the certificate that the box shows now is of it; else an administrator uploaded one of another.
    pub is_in_use: bool,
    /// The port of HTTPS.
    pub https_port: u16,
    /// Where other devices of the network reach the page; absent where they do not.
    pub address: Option<String>,
}

/// The certificate that the box shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Certificate {
    /// Whether it was uploaded; else it is the box's own.
    pub is_uploaded: bool,
    /// Whose it is, as RFC 4514 writes names.
    pub subject: String,
    /// Who issued it.
    pub issuer: String,
    /// The names and addresses that it is for; `*.` stands for one label.
    pub names: Vec<String>,
    /// The kind of its key and the size.
    pub key: String,
    /// From when it holds.
    pub from: Timestamp,
    /// Until when it holds.
    pub until: Timestamp,
    /// Whole days until then; negative after.
    pub days_left: i64,
    /// The SHA-256 of it, as browsers show it.
    pub fingerprint: String,
    /// The names that people use for the box and that it is not for: they are warned there.
    pub lacks: Vec<String>,
    /// Whether the certificate of who issued it comes with it; some devices do not trust it without.
    pub has_issuer: bool,
    /// Why an uploaded certificate is not used, where it is not; absent else.
    pub unused: Option<String>,
    /// Whether there is a change that can be taken back.
    pub can_undo: bool,
    /// The SHA-256 of the box's own authority.
    pub authority: String,
}

/// A certificate to be used.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CertificateWrite {
    /// PEM: the server's certificate, then those that issued it, at most 8.
    pub chain: String,
    /// PEM: its private key, without a password. It never comes out again.
    #[schema(value_type = String)]
    pub key: Secret,
}
