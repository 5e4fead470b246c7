//! How a message finds its transaction (RFC 3261 §17.1.3, §17.2.3).

use serde::{Deserialize, Serialize};

use crate::message::{Method, Request, Text, Via};

/// What every branch starts with whose sender follows RFC 3261 (§8.1.1.7).
pub const MAGIC_COOKIE: &str = "z9hG4bK";

/// What a request is found by. The method of an ACK is INVITE, that of a CANCEL is its own (§17.2.3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ServerKey {
    /// The branch, in lower case; for an RFC 2543 sender all that §17.2.3 compares.
    branch: Vec<u8>,
    /// The sent-by of the top Via: host and port, in lower case.
    sent_by: Vec<u8>,
    method: Method,
}

impl ServerKey {
    /// The key of this request with its top Via.
    pub fn of(request: &Request, via: &Via) -> ServerKey {
        let method = if request.method == Method::Ack { Method::Invite } else { request.method.clone() };
        ServerKey::with_method(request, via, method)
    }

    /// The key of the INVITE that this CANCEL gives up (§9.2).
    pub fn of_cancelled(cancel: &Request, via: &Via) -> ServerKey {
        ServerKey::with_method(cancel, via, Method::Invite)
    }

    fn with_method(request: &Request, via: &Via, method: Method) -> ServerKey {
        let sent_by = format!("{}:{}", via.host, via.port.unwrap_or(5060)).to_ascii_lowercase().into_bytes();
        let branch = match via.branch() {
            Some(branch) if has_cookie(branch) => branch.as_bytes().to_ascii_lowercase(),
            _ => old_branch(request, via),
        };
        ServerKey { branch, sent_by, method }
    }
}

fn has_cookie(branch: &Text) -> bool {
    let cookie = MAGIC_COOKIE.as_bytes();
    branch.len() > cookie.len()
        && branch.as_bytes().get(..cookie.len()).is_some_and(|start| start.eq_ignore_ascii_case(cookie))
}

/// Request-URI, From tag, Call-ID, CSeq number and top Via (§17.2.3). The To tag is left out: an INVITE and its ACK
/// differ in it, and no two requests of one sender differ in nothing else.
fn old_branch(request: &Request, via: &Via) -> Vec<u8> {
    let headers = &request.headers;
    let from_tag = headers.from().ok().and_then(|from| from.tag().cloned()).unwrap_or_default();
    let call_id = headers.call_id().unwrap_or_default();
    let cseq = headers.cseq().map(|cseq| cseq.number).unwrap_or_default();
    let mut old_via = via.clone();
    old_via.params.remove("received");
    old_via.params.remove("rport");
    let parts = [request.uri.to_text(), from_tag, call_id, Text::from(cseq), old_via.to_text()];
    // Neither part has a line end in it.
    parts.iter().flat_map(|part| part.as_bytes().iter().copied().chain([b'\n'])).collect()
}

/// What tells that a request came twice on different ways (§8.2.2.2): From tag, Call-ID, CSeq.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MergeKey {
    from_tag: Text,
    call_id: Text,
    cseq: u32,
    method: Method,
}

impl MergeKey {
    /// The key of a request outside dialogs.
    pub fn of(from_tag: Option<&Text>, call_id: &Text, cseq: u32, method: &Method) -> MergeKey {
        let from_tag = from_tag.cloned().unwrap_or_default();
        MergeKey { from_tag, call_id: call_id.clone(), cseq, method: method.clone() }
    }
}

/// What a response is found by: our branch, and the method of its CSeq (§17.1.3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClientKey {
    /// The branch of our Via.
    pub branch: Text,
    /// The request's method.
    pub method: Method,
}
