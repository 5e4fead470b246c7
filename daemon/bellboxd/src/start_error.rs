//! Why a daemon does not start.

use thiserror::Error;
use web::control::ControlError;
use web::tls::TlsError;

use crate::cause::with_cause;
use crate::demo::DemoError;

/// Why the daemon did not start.
#[derive(Debug, Error)]
pub enum StartError {
    #[error(
        "{error}: stop the other program ('ss -lnptu' shows it), or choose another address and port with \
         --{option} or in bellbox.toml"
    )]
    Taken { error: String, option: &'static str },
    #[error("{error}: choose another address and port with --{option} or in bellbox.toml")]
    Address { error: String, option: &'static str },
    #[error("{}", with_cause(.0))]
    Store(#[from] store::OpenError),
    #[error("the office cannot be read: {0}")]
    Load(#[from] store::StoreError),
    #[error("{}", with_cause(.0))]
    Control(#[from] ControlError),
    #[error("{}", with_cause(.0))]
    Tls(#[from] TlsError),
    #[error("{0}")]
    Demo(#[from] DemoError),
    #[error("the system gives no random numbers")]
    Random,
    #[error("the system gives no thread, descriptor or memory: {0}")]
    System(#[from] std::io::Error),
    #[error("signals cannot be waited for: {0}")]
    Signals(#[from] nix::Error),
}
