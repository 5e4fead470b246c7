//! Header names, long and compact.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Text;

macro_rules! header_names {
    ($($variant:ident, $long:literal, $lower:literal $(| $compact:literal)?, $is_list:literal;)*) => {
        /// The name of a header: case-insensitive, and the same whether long or compact (RFC 3261 §7.3.3, §20; the
        /// IANA registry for the others).
        #[derive(Clone)]
        pub enum HeaderName {
            $(#[doc = concat!("`", $long, "`.")] $variant,)*
            /// Any other token; equal in either case.
            Other(Text),
        }

        impl HeaderName {
            /// The name as we write it: long, in the case of the RFCs; unknown ones as they came.
            pub fn as_bytes(&self) -> &[u8] {
                match self {
                    $(HeaderName::$variant => $long.as_bytes(),)*
                    HeaderName::Other(name) => name.as_bytes(),
                }
            }

            /// Whether several lines of this name mean the same as one line with commas (RFC 3261 §7.3.1).
            pub fn is_list(&self) -> bool {
                match self {
                    $(HeaderName::$variant => $is_list,)*
                    HeaderName::Other(_) => false,
                }
            }
        }

        fn known_lower(lower: &[u8]) -> Option<HeaderName> {
            $(const _: () = assert!($long.len() <= LONGEST);)*
            Some(match lower {
                $($lower $(| $compact)? => HeaderName::$variant,)*
                _ => return None,
            })
        }

        #[cfg(test)]
        const TABLE: &[(&str, &[u8])] = &[$(($long, $lower)),*];
    };
}

/// Length of the longest known name.
const LONGEST: usize = 24;

header_names! {
    Accept, "Accept", b"accept", true;
    AcceptContact, "Accept-Contact", b"accept-contact" | b"a", true;
    AcceptEncoding, "Accept-Encoding", b"accept-encoding", true;
    AcceptLanguage, "Accept-Language", b"accept-language", true;
    AlertInfo, "Alert-Info", b"alert-info", true;
    Allow, "Allow", b"allow", true;
    AllowEvents, "Allow-Events", b"allow-events" | b"u", true;
    AuthenticationInfo, "Authentication-Info", b"authentication-info", false;
    Authorization, "Authorization", b"authorization", false;
    CallId, "Call-ID", b"call-id" | b"i", false;
    CallInfo, "Call-Info", b"call-info", true;
    Contact, "Contact", b"contact" | b"m", true;
    ContentDisposition, "Content-Disposition", b"content-disposition", false;
    ContentEncoding, "Content-Encoding", b"content-encoding" | b"e", true;
    ContentLanguage, "Content-Language", b"content-language", true;
    ContentLength, "Content-Length", b"content-length" | b"l", false;
    ContentType, "Content-Type", b"content-type" | b"c", false;
    CSeq, "CSeq", b"cseq", false;
    Date, "Date", b"date", false;
    Diversion, "Diversion", b"diversion", true;
    ErrorInfo, "Error-Info", b"error-info", true;
    Event, "Event", b"event" | b"o", false;
    Expires, "Expires", b"expires", false;
    FlowTimer, "Flow-Timer", b"flow-timer", false;
    From, "From", b"from" | b"f", false;
    HistoryInfo, "History-Info", b"history-info", true;
    Identity, "Identity", b"identity" | b"y", false;
    InReplyTo, "In-Reply-To", b"in-reply-to", true;
    Join, "Join", b"join", false;
    MaxForwards, "Max-Forwards", b"max-forwards", false;
    MimeVersion, "MIME-Version", b"mime-version", false;
    MinExpires, "Min-Expires", b"min-expires", false;
    MinSe, "Min-SE", b"min-se", false;
    Organization, "Organization", b"organization", false;
    PAssertedIdentity, "P-Asserted-Identity", b"p-asserted-identity", true;
    PAssociatedUri, "P-Associated-URI", b"p-associated-uri", true;
    PPreferredIdentity, "P-Preferred-Identity", b"p-preferred-identity", true;
    Path, "Path", b"path", true;
    Priority, "Priority", b"priority", false;
    Privacy, "Privacy", b"privacy", false;
    ProxyAuthenticate, "Proxy-Authenticate", b"proxy-authenticate", false;
    ProxyAuthorization, "Proxy-Authorization", b"proxy-authorization", false;
    ProxyRequire, "Proxy-Require", b"proxy-require", true;
    RAck, "RAck", b"rack", false;
    Reason, "Reason", b"reason", true;
    RecordRoute, "Record-Route", b"record-route", true;
    ReferSub, "Refer-Sub", b"refer-sub", false;
    ReferTo, "Refer-To", b"refer-to" | b"r", false;
    ReferredBy, "Referred-By", b"referred-by" | b"b", false;
    RejectContact, "Reject-Contact", b"reject-contact" | b"j", true;
    RemotePartyId, "Remote-Party-ID", b"remote-party-id", true;
    Replaces, "Replaces", b"replaces", false;
    ReplyTo, "Reply-To", b"reply-to", false;
    RequestDisposition, "Request-Disposition", b"request-disposition" | b"d", true;
    Require, "Require", b"require", true;
    RetryAfter, "Retry-After", b"retry-after", false;
    Route, "Route", b"route", true;
    RSeq, "RSeq", b"rseq", false;
    Server, "Server", b"server", false;
    ServiceRoute, "Service-Route", b"service-route", true;
    SessionExpires, "Session-Expires", b"session-expires" | b"x", false;
    SipEtag, "SIP-ETag", b"sip-etag", false;
    SipIfMatch, "SIP-If-Match", b"sip-if-match", false;
    Subject, "Subject", b"subject" | b"s", false;
    SubscriptionState, "Subscription-State", b"subscription-state", false;
    Supported, "Supported", b"supported" | b"k", true;
    TargetDialog, "Target-Dialog", b"target-dialog", false;
    Timestamp, "Timestamp", b"timestamp", false;
    To, "To", b"to" | b"t", false;
    Unsupported, "Unsupported", b"unsupported", true;
    UserAgent, "User-Agent", b"user-agent", false;
    Via, "Via", b"via" | b"v", true;
    Warning, "Warning", b"warning", true;
    WwwAuthenticate, "WWW-Authenticate", b"www-authenticate", false;
}

impl HeaderName {
    /// The header of this name, long or compact, in any case.
    pub fn from_text(name: &Text) -> HeaderName {
        known(name.as_bytes()).unwrap_or_else(|| HeaderName::Other(name.clone()))
    }

    /// Whether these bytes are this known name, long or compact, in any case.
    pub(super) fn is_spelled(&self, name: &[u8]) -> bool {
        known(name).is_some_and(|known| known == *self)
    }
}

fn known(name: &[u8]) -> Option<HeaderName> {
    let mut buffer = [0; LONGEST];
    let lower = buffer.get_mut(..name.len())?;
    for (to, from) in lower.iter_mut().zip(name) {
        *to = from.to_ascii_lowercase();
    }
    known_lower(lower)
}

impl From<&str> for HeaderName {
    fn from(name: &str) -> HeaderName {
        known(name.as_bytes()).unwrap_or_else(|| HeaderName::Other(Text::from(name)))
    }
}

impl PartialEq for HeaderName {
    fn eq(&self, other: &HeaderName) -> bool {
        match (self, other) {
            (HeaderName::Other(a), HeaderName::Other(b)) => a.eq_ignore_case(b),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Eq for HeaderName {}

impl Hash for HeaderName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().to_ascii_lowercase().hash(state);
    }
}

impl fmt::Display for HeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(self.as_bytes()))
    }
}

impl fmt::Debug for HeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for HeaderName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            HeaderName::Other(name) => name.serialize(serializer),
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for HeaderName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<HeaderName, D::Error> {
        Ok(HeaderName::from_text(&Text::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_each_header_in_lower_case() {
        for (long, lower) in TABLE {
            assert_eq!(long.to_ascii_lowercase().as_bytes(), *lower, "{long}");
            assert_eq!(HeaderName::from(*long).to_string(), *long);
            assert_eq!(HeaderName::from(long.to_ascii_uppercase().as_str()).as_bytes(), long.as_bytes());
        }
    }
}
