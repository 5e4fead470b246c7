//! Responses.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::scan::Sink;
use super::{HeaderError, HeaderName, Headers, Method, Request, Text, print};

/// A response (RFC 3261 §7.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// 100 to 699.
    pub status: u16,
    /// For people; never decides anything.
    pub reason: Text,
    /// The headers in their order.
    pub headers: Headers,
    /// The body, as long as Content-Length said.
    pub body: Bytes,
}

impl Response {
    /// The response to a request (RFC 3261 §8.2.6): all Via, From, To, Call-ID and CSeq as they came; Timestamp in a
    /// 100; Record-Route in what makes a dialog (§12.1.1). The To tag is still to be set: [`Response::set_to_tag`].
    pub fn to_request(request: &Request, status: u16, reason: impl Into<Text>) -> Response {
        let mut headers = Headers::new();
        let mut copy = |name| headers.copy_from(&request.headers, name);
        copy(HeaderName::Via);
        let makes_dialog = matches!(request.method, Method::Invite | Method::Subscribe | Method::Refer);
        if makes_dialog && (101..300).contains(&status) {
            copy(HeaderName::RecordRoute);
        }
        copy(HeaderName::From);
        copy(HeaderName::To);
        copy(HeaderName::CallId);
        copy(HeaderName::CSeq);
        if status == 100 {
            copy(HeaderName::Timestamp);
        }
        Response { status, reason: reason.into(), headers, body: Bytes::new() }
    }

    /// Sets the To tag where there is none yet; a tag that the request had stays (§8.2.6.2).
    pub fn set_to_tag(&mut self, tag: impl Into<Text>) -> Result<(), HeaderError> {
        let mut to = self.headers.to()?;
        if to.tag().is_none() {
            to.set_tag(tag);
            self.headers.set(HeaderName::To, to);
        }
        Ok(())
    }

    /// The response as it goes on the wire; Content-Length is made to fit the body.
    pub fn to_bytes(&self) -> Bytes {
        print::message(&self.headers, &self.body, |out| {
            out.put(b"SIP/2.0 ");
            out.put_number(u32::from(self.status.clamp(100, 699)));
            out.put(b" ");
            let reason = self.reason.as_bytes();
            out.extend(reason.iter().map(|&byte| if matches!(byte, b'\r' | b'\n') { b' ' } else { byte }));
            out.put(b"\r\n");
        })
    }
}
