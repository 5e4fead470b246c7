//! What any request must fulfil before it is looked at, by table (RFC 3261 §8.2, §16.3).

use super::arrived::Arrived;
use super::refusal::{ACCEPT, Refusal, SUPPORTED};
use crate::message::{Contacts, HeaderName, Method, Scheme, Text};
use crate::session_timer::Said;

/// What can be said without knowing who asks. It reveals nothing, costs nothing to remember, and comes before the
/// digest, so that a phone with a fault learns of it instead of being asked for a password first.
pub(super) fn check(arrived: &Arrived) -> Result<(), Refusal> {
    let headers = &arrived.request.headers;
    match headers.max_forwards() {
        Ok(Some(0)) => return Err(Refusal::new(483)),
        Ok(_) => {}
        Err(_) => return Err(Refusal::new(400)),
    }
    if matches!(arrived.request.method, Method::Other(_)) {
        return Err(Refusal::new(501));
    }
    if matches!(arrived.request.uri.scheme, Scheme::Other(_)) {
        return Err(Refusal::new(416));
    }
    check_required(arrived)?;
    check_session(arrived)?;
    check_body(arrived)?;
    match (&arrived.request.method, headers.contacts()) {
        (_, Err(_)) => Err(Refusal::new(400)),
        // One Contact, and not `*` (§8.1.1.8, §12.1.1); within a dialog some phones leave it out.
        (Method::Invite | Method::Subscribe, Ok(Contacts::List(list))) => match list.len() {
            1 => Ok(()),
            0 if arrived.to.tag().is_some() => Ok(()),
            _ => Err(Refusal::new(400)),
        },
        (Method::Invite | Method::Subscribe, Ok(Contacts::Star)) => Err(Refusal::new(400)),
        (_, Ok(_)) => Ok(()),
    }
}

/// Extensions that are not understood are named to who requires them (§8.2.2.3).
fn check_required(arrived: &Arrived) -> Result<(), Refusal> {
    let mut unsupported: Vec<Text> = Vec::new();
    for name in [HeaderName::Require, HeaderName::ProxyRequire] {
        match arrived.request.headers.tokens(name) {
            Ok(tokens) => unsupported.extend(tokens),
            Err(_) => return Err(Refusal::new(400)),
        }
    }
    unsupported.retain(|token| !SUPPORTED.split(", ").any(|ours| token.eq_ignore_case(ours)));
    if unsupported.is_empty() {
        return Ok(());
    }
    let list = unsupported.iter().map(|token| token.to_str().into_owned()).collect::<Vec<_>>().join(", ");
    Err(Refusal { status: 420, headers: vec![(HeaderName::Unsupported, list)] })
}

/// RFC 4028 §9: a session must last some time.
fn check_session(arrived: &Arrived) -> Result<(), Refusal> {
    if !matches!(arrived.request.method, Method::Invite | Method::Update) {
        return Ok(());
    }
    match Said::read(&arrived.request.headers) {
        Ok(said) if said.is_too_brief() => Err(Refusal::new(422)),
        Ok(_) => Ok(()),
        Err(_) => Err(Refusal::new(400)),
    }
}

/// §8.2.3: only session descriptions in INVITE and UPDATE, and nothing compressed, unless the body is optional.
fn check_body(arrived: &Arrived) -> Result<(), Refusal> {
    let headers = &arrived.request.headers;
    if arrived.request.body.is_empty() || !matches!(arrived.request.method, Method::Invite | Method::Update) {
        return Ok(());
    }
    let is_encoded = headers.get(HeaderName::ContentEncoding).is_some_and(|coding| !coding.eq_ignore_case("identity"));
    let is_sdp = match headers.content_type() {
        Ok(Some(kind)) => kind.value.eq_ignore_case(ACCEPT),
        Ok(None) => true,
        Err(_) => return Err(Refusal::new(400)),
    };
    let is_optional = headers
        .with_params(HeaderName::ContentDisposition)
        .ok()
        .flatten()
        .and_then(|disposition| disposition.params.get("handling").cloned())
        .is_some_and(|handling| handling.eq_ignore_case("optional"));
    if (is_sdp && !is_encoded) || is_optional { Ok(()) } else { Err(Refusal::new(415)) }
}

/// What a request gets when its sender is proven and the stack has no use for it.
pub(super) fn unused(method: &Method) -> u16 {
    match method {
        // A call has no state to tell of, and nothing is published here.
        Method::Subscribe | Method::Publish => 489,
        // These live in dialogs and subscriptions, of which there is none.
        Method::Bye | Method::Info | Method::Update | Method::Prack | Method::Notify => 481,
        // Outside a call there is nothing to pass on, unless a Target-Dialog names one.
        Method::Refer => 403,
        _ => 405,
    }
}
