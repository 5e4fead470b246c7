//! What certain peers get wrong, met where it shows. Each entry names the software and its version.

use crate::message::Text;

/// Software that fails when another algorithm than MD5 is offered beside it, by how its User-Agent begins: baresip to 1.x
/// gives up registering ("Function not implemented"), sipp 3.6 computes MD5 for whatever challenge stands first. RFC 8760
/// §2.4 has them skip what they do not know. MD5 is offered to everybody anyway, so that nothing is weaker for it.
const MD5_ALONE: [&[u8]; 3] = [b"baresip v0.", b"baresip v1.", b"SIPp/3."];

/// Whether a peer must be offered MD5 alone.
pub(super) fn takes_md5_alone(user_agent: Option<&Text>) -> bool {
    user_agent.is_some_and(|name| MD5_ALONE.iter().any(|known| name.as_bytes().starts_with(known)))
}
