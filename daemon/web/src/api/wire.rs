//! Reads requests and writes answers: every fault becomes a problem with a sentence.

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::problem::Problem;
use crate::random::hex;
use crate::why::Malformed;

/// The longest body: JSON of one row, a hundred times over.
pub(crate) const BODY_MAX: usize = 64 * 1024;

/// The longest body that is a table: 500 people with all that can be said of each, in UTF-8.
pub(super) const TABLE_MAX: usize = 1024 * 1024;

/// A JSON body.
pub(super) struct Sent<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Sent<T>, Problem> {
        read(request, BODY_MAX).await.map(Sent)
    }
}

/// A JSON body that is a table.
pub(super) struct SentTable<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for SentTable<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<SentTable<T>, Problem> {
        read(request, TABLE_MAX).await.map(SentTable)
    }
}

async fn read<T: DeserializeOwned>(request: Request, most: usize) -> Result<T, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_json = kind.is_some_and(|kind| kind.split(';').next().unwrap_or_default().trim() == "application/json");
    if !is_json {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, Malformed::NotJson));
    }
    let too_large = |_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, Malformed::TooLong { most_kib: most / 1024 });
    let body = to_bytes(request.into_body(), most).await.map_err(too_large)?;
    // What serde says may hold a piece of the body, which may be a password: only where it is.
    serde_json::from_slice(&body).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => {
            let field = error.to_string();
            let field = field.split('`').nth(1).unwrap_or_default().chars().take(64).collect::<String>();
            let column = error.column();
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Malformed::BadShape { field, column })
        }
        _ => Problem::new(StatusCode::BAD_REQUEST, Malformed::BadJson { column: error.column() }),
    })
}

/// The query of an address.
pub(super) struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked<T>, Problem> {
        let bad = |_| Problem::new(StatusCode::BAD_REQUEST, Malformed::BadQuery);
        Query::from_request_parts(parts, state).await.map(|Query(asked)| Asked(asked)).map_err(bad)
    }
}

/// The numbers in an address.
pub(super) struct At<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<At<T>, Problem> {
        let bad = |_| Problem::not_found(Malformed::NotThere);
        Path::from_request_parts(parts, state).await.map(|Path(at)| At(at)).map_err(bad)
    }
}

/// The version of a row that a change was made from.
pub(super) struct IfMatch(String);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<IfMatch, Problem> {
        let written = parts.headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        let written = written.ok_or_else(|| Problem::new(StatusCode::PRECONDITION_REQUIRED, Malformed::NoIfMatch))?;
        Ok(IfMatch(written.trim().trim_matches('"').to_owned()))
    }
}

impl IfMatch {
    /// Whether this version of the row is the one that was seen; `*` is any.
    pub(super) fn is(&self, etag: &str) -> bool {
        self.0 == "*" || self.0 == etag
    }
}

/// The version of what this shows.
pub(super) fn etag<T: Serialize>(shown: &T) -> String {
    let text = serde_json::to_vec(shown).expect("what is shown is always JSON");
    let digest = Sha256::digest(&text);
    hex(digest.get(..8).expect("a digest has 32 bytes"))
}

/// An answer with its version in the header.
pub(super) fn versioned<T: Serialize>(etag: &str, shown: T) -> Response {
    let value = HeaderValue::from_str(&format!("\"{etag}\"")).expect("it is hexadecimal");
    let headers = HeaderMap::from_iter([(header::ETAG, value)]);
    (headers, Json(shown)).into_response()
}
