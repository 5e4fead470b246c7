//! SIP messages: RFC 3261 by section, the torture messages of RFC 4475 and RFC 5118, properties, and a comparison with
//! other parsers.

mod allocations;
mod framing;
mod oracles;
mod properties;
mod rfc3261;
mod rfc4475_invalid;
mod rfc4475_valid;
mod rfc5118;
mod support;
