//! What can be wrong with one value.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is wrong with one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Flaw {
    /// Nothing where something must be.
    #[error("expected a value")]
    Empty,
    /// Longer than its limit.
    #[error("expected fewer bytes")]
    TooLong,
    /// More parameters or values than the limit.
    #[error("expected fewer values")]
    TooMany,
    /// A quoted string without its end.
    #[error("expected a closing quote")]
    Quote,
    /// `<` without `>`, `[` without `]`, or the reverse.
    #[error("expected a closing bracket")]
    Bracket,
    /// A byte that may not stand there.
    #[error("expected other characters")]
    Character,
    /// No `scheme:`.
    #[error("expected a scheme")]
    Scheme,
    /// Neither a name nor an IPv4 address nor a bracketed IPv6 address.
    #[error("expected a host")]
    Host,
    /// Not a number of 0 to 65535.
    #[error("expected a port")]
    Port,
    /// Not a number, or beyond its range.
    #[error("expected a number in range")]
    Number,
    /// A parameter without a name.
    #[error("expected a parameter")]
    Param,
    /// URI headers (`?`) where they may not stand (RFC 3261 §19.1.1, table 1, and §20).
    #[error("expected no URI headers here")]
    UriHeaders,
    /// A sent-protocol other than SIP/2.0.
    #[error("expected SIP/2.0")]
    Protocol,
}
