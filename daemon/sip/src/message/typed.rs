//! Headers as the things they mean; each is read when it is asked for.

use serde::{Deserialize, Serialize};

use super::{Flaw, HeaderError, HeaderName, Headers, MAX_VALUES, Method, NameAddr, Params, Text, Via};
use super::{name_addr, scan, via};

/// The CSeq header (RFC 3261 §20.16).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CSeq {
    /// Below 2^31 by §8.1.1.5; all of 32 bits are read.
    pub number: u32,
    /// The method of the request.
    pub method: Method,
}

/// The Contact headers of a message (§20.10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contacts {
    /// `*`: all bindings, with Expires: 0 only (§10.2.2).
    Star,
    /// In their order; none when there is no Contact header.
    List(Vec<NameAddr>),
}

/// The RAck header of a PRACK (RFC 3262 §7.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RAck {
    /// The RSeq of the provisional response.
    pub rseq: u32,
    /// The CSeq of the request that it answered.
    pub cseq: CSeq,
}

/// A value of the Reason header (RFC 3326), e.g. `SIP;cause=200;text="Call completed elsewhere"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// `SIP` or `Q.850`.
    pub protocol: String,
    /// The status or Q.850 cause.
    pub cause: u16,
    /// For people; may be empty.
    pub text: String,
}

impl Reason {
    /// Whether it says that somebody else has answered: the status of an answer, or non-selected user clearing (ITU-T Q.850, 26).
    pub fn is_completed_elsewhere(&self) -> bool {
        let is = |protocol: &str, cause| self.protocol.eq_ignore_ascii_case(protocol) && self.cause == cause;
        is("SIP", 200) || is("Q.850", 26)
    }
}

/// A value with parameters that is no address: Content-Type, Event, Subscription-State, Session-Expires, Replaces ...
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithParams {
    /// What stands before the first `;`, e.g. `application/sdp`.
    pub value: Text,
    /// What comes after.
    pub params: Params,
}

impl WithParams {
    /// Reads a value that fills `text`, for one that did not stand in a header of its own.
    pub fn parse(text: &Text) -> Result<WithParams, Flaw> {
        with_params(text, scan::trim(text.as_bytes()))
    }

    /// The printed value.
    pub fn to_text(&self) -> Text {
        let mut out = self.value.as_bytes().to_vec();
        self.params.print(&mut out);
        Text::from(out)
    }
}

impl From<&WithParams> for Text {
    fn from(value: &WithParams) -> Text {
        value.to_text()
    }
}

impl From<&CSeq> for Text {
    fn from(cseq: &CSeq) -> Text {
        let mut out = cseq.number.to_string().into_bytes();
        out.push(b' ');
        out.extend_from_slice(cseq.method.as_bytes());
        Text::from(out)
    }
}

impl From<CSeq> for Text {
    fn from(cseq: CSeq) -> Text {
        Text::from(&cseq)
    }
}

/// Readers of headers that must be there: absent is an error.
impl Headers {
    /// The hop that a request came from, or that a response goes to (§20.42).
    pub fn top_via(&self) -> Result<Via, HeaderError> {
        let line = self.get(HeaderName::Via).ok_or(HeaderError::Missing(HeaderName::Via))?;
        let first = scan::split_list(line.as_bytes(), b',').next().unwrap_or_default();
        via::parse(line, first).map_err(malformed(HeaderName::Via))
    }

    /// All hops, the nearest first.
    pub fn vias(&self) -> Result<Vec<Via>, HeaderError> {
        let vias = self.list(HeaderName::Via, via::parse)?;
        if vias.is_empty() { Err(HeaderError::Missing(HeaderName::Via)) } else { Ok(vias) }
    }

    /// Who asks (§20.20).
    pub fn from(&self) -> Result<NameAddr, HeaderError> {
        self.one(HeaderName::From, name_addr::parse)
    }

    /// Who was asked for first (§20.39).
    pub fn to(&self) -> Result<NameAddr, HeaderError> {
        self.one(HeaderName::To, name_addr::parse)
    }

    /// The Call-ID, compared byte for byte (§20.8).
    pub fn call_id(&self) -> Result<Text, HeaderError> {
        self.one(HeaderName::CallId, |source, bytes| {
            let is_word = |&byte: &u8| byte > b' ' && byte != 0x7f;
            match bytes {
                b"" => Err(Flaw::Empty),
                _ if bytes.iter().all(is_word) => Ok(source.slice_ref(bytes)),
                _ => Err(Flaw::Character),
            }
        })
    }

    /// Number and method (§20.16).
    pub fn cseq(&self) -> Result<CSeq, HeaderError> {
        self.one(HeaderName::CSeq, cseq)
    }
}

/// Readers of headers that may be absent.
impl Headers {
    /// The contacts (§20.10); `*` beside another contact is an error.
    pub fn contacts(&self) -> Result<Contacts, HeaderError> {
        let mut values = self.values(HeaderName::Contact);
        let is_star = values.next().is_some_and(|first| first == "*") && values.next().is_none();
        drop(values);
        if is_star {
            return Ok(Contacts::Star);
        }
        self.name_addrs(HeaderName::Contact).map(Contacts::List)
    }

    /// The Record-Route set, the nearest proxy first (§20.30).
    pub fn record_routes(&self) -> Result<Vec<NameAddr>, HeaderError> {
        self.name_addrs(HeaderName::RecordRoute)
    }

    /// The Route set, the next hop first (§20.34).
    pub fn routes(&self) -> Result<Vec<NameAddr>, HeaderError> {
        self.name_addrs(HeaderName::Route)
    }

    /// Hops left, 0 to 255 (§20.22).
    pub fn max_forwards(&self) -> Result<Option<u8>, HeaderError> {
        self.optional(HeaderName::MaxForwards, |_, bytes| scan::number(bytes))
    }

    /// Seconds (§20.19).
    pub fn expires(&self) -> Result<Option<u32>, HeaderError> {
        self.number(HeaderName::Expires)
    }

    /// Seconds (§20.23).
    pub fn min_expires(&self) -> Result<Option<u32>, HeaderError> {
        self.number(HeaderName::MinExpires)
    }

    /// Bytes of the body (§20.14); two lines that differ are an error, because each hop would cut elsewhere.
    pub fn content_length(&self) -> Result<Option<usize>, HeaderError> {
        let mut length = None;
        for line in self.lines(HeaderName::ContentLength) {
            let read = scan::number(line.as_bytes()).map_err(malformed(HeaderName::ContentLength))?;
            if length.is_some_and(|other| other != read) {
                return Err(HeaderError::Repeated(HeaderName::ContentLength));
            }
            length = Some(read);
        }
        Ok(length)
    }

    /// The media type and its parameters (§20.15); compare the value with `eq_ignore_case`.
    pub fn content_type(&self) -> Result<Option<WithParams>, HeaderError> {
        self.with_params(HeaderName::ContentType)
    }

    /// The media ranges that an answer may have, with their parameters (§20.1). Empty both when nothing is said, which
    /// means the default of the method, and when the header is there and names nothing, which means none.
    pub fn accept(&self) -> Result<Vec<WithParams>, HeaderError> {
        let mut ranges = self.list(HeaderName::Accept, |source, bytes| {
            if bytes.is_empty() { Ok(None) } else { with_params(source, bytes).map(Some) }
        })?;
        Ok(ranges.drain(..).flatten().collect())
    }

    /// Option tags that must be understood (§20.32).
    pub fn require(&self) -> Result<Vec<Text>, HeaderError> {
        self.tokens(HeaderName::Require)
    }

    /// Option tags that are understood (§20.37).
    pub fn supported(&self) -> Result<Vec<Text>, HeaderError> {
        self.tokens(HeaderName::Supported)
    }

    /// Methods that are understood (§20.5); empty when nothing is said.
    pub fn allow(&self) -> Result<Vec<Method>, HeaderError> {
        let tokens = self.tokens(HeaderName::Allow)?;
        Ok(tokens.iter().map(Method::from_text).collect())
    }

    /// Why a call ended (RFC 3326 §2); values without a cause and malformed ones are left out, because nothing may
    /// depend on them.
    pub fn reason(&self) -> Vec<Reason> {
        let values = self.values(HeaderName::Reason).take(MAX_VALUES);
        values.filter_map(|value| reason(&with_params(&value, value.as_bytes()).ok()?)).collect()
    }

    /// The phone's maker and firmware (§20.41).
    pub fn user_agent(&self) -> Option<&Text> {
        self.get(HeaderName::UserAgent)
    }

    /// The credentials of Authorization, then Proxy-Authorization, undivided: their commas separate parameters (§20.7).
    pub fn authorizations(&self) -> impl Iterator<Item = &Text> {
        self.lines(HeaderName::Authorization).chain(self.lines(HeaderName::ProxyAuthorization))
    }

    /// What a PRACK confirms (RFC 3262 §7.2).
    pub fn rack(&self) -> Result<Option<RAck>, HeaderError> {
        self.optional(HeaderName::RAck, |source, bytes| {
            let (rseq, rest) = scan::split_before(bytes, scan::is_blank);
            Ok(RAck { rseq: scan::number(rseq)?, cseq: cseq(source, scan::trim(rest))? })
        })
    }

    /// All values of a header of addresses: P-Asserted-Identity, Refer-To, Diversion ...
    pub fn name_addrs(&self, name: HeaderName) -> Result<Vec<NameAddr>, HeaderError> {
        self.list(name, name_addr::parse)
    }

    /// All values of a header of tokens.
    pub fn tokens(&self, name: HeaderName) -> Result<Vec<Text>, HeaderError> {
        self.list(
            name,
            |source, bytes| {
                if scan::is_token(bytes) { Ok(source.slice_ref(bytes)) } else { Err(Flaw::Character) }
            },
        )
    }

    /// The one value of a header such as Event or Session-Expires.
    pub fn with_params(&self, name: HeaderName) -> Result<Option<WithParams>, HeaderError> {
        self.optional(name, with_params)
    }

    /// The number that a header such as Retry-After or RSeq starts with; a comment or parameters may follow.
    pub fn number(&self, name: HeaderName) -> Result<Option<u32>, HeaderError> {
        self.optional(name, |_, bytes| {
            let (digits, rest) = scan::split_before(bytes, |byte| !byte.is_ascii_digit());
            match scan::trim_start(rest).first() {
                None | Some(b';' | b'(') => scan::number(digits),
                Some(_) => Err(Flaw::Number),
            }
        })
    }

    fn one<T>(&self, name: HeaderName, read: impl Fn(&Text, &[u8]) -> Result<T, Flaw>) -> Result<T, HeaderError> {
        match self.optional(name.clone(), read)? {
            Some(value) => Ok(value),
            None => Err(HeaderError::Missing(name)),
        }
    }

    fn optional<T>(
        &self,
        name: HeaderName,
        read: impl Fn(&Text, &[u8]) -> Result<T, Flaw>,
    ) -> Result<Option<T>, HeaderError> {
        let mut lines = self.lines(&name);
        let Some(line) = lines.next() else { return Ok(None) };
        let is_repeated = lines.next().is_some();
        drop(lines);
        if is_repeated {
            return Err(HeaderError::Repeated(name));
        }
        read(line, line.as_bytes()).map(Some).map_err(malformed(name))
    }

    fn list<T>(&self, name: HeaderName, read: impl Fn(&Text, &[u8]) -> Result<T, Flaw>) -> Result<Vec<T>, HeaderError> {
        let mut list = Vec::new();
        for value in self.values(&name) {
            if list.len() >= MAX_VALUES {
                return Err(HeaderError::Malformed(name.clone(), Flaw::TooMany));
            }
            match read(&value, value.as_bytes()) {
                Ok(item) => list.push(item),
                Err(flaw) => return Err(HeaderError::Malformed(name.clone(), flaw)),
            }
        }
        Ok(list)
    }
}

fn malformed(name: HeaderName) -> impl FnOnce(Flaw) -> HeaderError {
    move |flaw| HeaderError::Malformed(name, flaw)
}

fn cseq(source: &Text, bytes: &[u8]) -> Result<CSeq, Flaw> {
    let (number, rest) = scan::split_before(bytes, scan::is_blank);
    let method = scan::trim(rest);
    if !scan::is_token(method) {
        return Err(Flaw::Character);
    }
    Ok(CSeq { number: scan::number(number)?, method: Method::from_text(&source.slice_ref(method)) })
}

fn with_params(source: &Text, bytes: &[u8]) -> Result<WithParams, Flaw> {
    let (value, params) = scan::split_before(bytes, |byte| byte == b';');
    let value = scan::trim(value);
    if value.is_empty() {
        return Err(Flaw::Empty);
    }
    Ok(WithParams { value: source.slice_ref(value), params: Params::parse_header(source, params)? })
}

fn reason(value: &WithParams) -> Option<Reason> {
    let cause = scan::number(value.params.get("cause")?.as_bytes()).ok()?;
    let text = value.params.get("text").map(|text| text.to_str().into_owned());
    Some(Reason { protocol: value.value.to_str().into_owned(), cause, text: text.unwrap_or_default() })
}
