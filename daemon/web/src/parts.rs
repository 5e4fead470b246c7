//! What the daemon gives the site to serve.

use std::sync::Arc;

use crate::events::Events;
use crate::keys::Keys;
use crate::office::Office;
use crate::tls::Certificates;

/// What the site is made of.
pub struct Parts {
    /// The daemon.
    pub office: Arc<dyn Office>,
    /// One-time tokens.
    pub keys: Arc<Keys>,
    /// What changes.
    pub events: Arc<Events>,
    /// The names that people may call the box by besides its addresses, in lower case.
    pub names: Vec<String>,
    /// The port of HTTPS and its certificates, where it is served.
    pub https: Option<(u16, Arc<Certificates>)>,
    /// Where other devices of the network reach the page, such as `https://192.168.1.10:8443`; `None` where they do not.
    pub address: Option<String>,
}
