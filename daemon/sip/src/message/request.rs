//! Requests.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::scan::{self, Sink};
use super::{Headers, Method, Uri, print};

/// A request (RFC 3261 §7.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// What is asked.
    pub method: Method,
    /// Of whom: the Request-URI.
    pub uri: Uri,
    /// The headers in their order.
    pub headers: Headers,
    /// The body, as long as Content-Length said.
    pub body: Bytes,
}

impl Request {
    /// A request without headers and body.
    pub fn new(method: Method, uri: Uri) -> Request {
        Request { method, uri, headers: Headers::new(), body: Bytes::new() }
    }

    /// The request as it goes on the wire; Content-Length is made to fit the body.
    pub fn to_bytes(&self) -> Bytes {
        print::message(&self.headers, &self.body, |out| {
            out.put_escaped(self.method.as_bytes(), scan::is_token_byte);
            out.put(b" ");
            self.uri.print(out);
            out.put(b" SIP/2.0\r\n");
        })
    }
}
