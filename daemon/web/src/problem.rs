//! Errors for programs and people (RFC 9457).

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Why a request was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub status: StatusCode,
    /// One sentence for whoever sits before the page.
    pub detail: String,
    /// What is wrong with single fields of what was sent.
    pub errors: BTreeMap<String, String>,
    /// After how long it may be tried again.
    pub retry_after: Option<Duration>,
}

#[derive(Serialize)]
struct Written<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    errors: &'a BTreeMap<String, String>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem { status, detail: detail.into(), errors: BTreeMap::new(), retry_after: None }
    }

    /// Something that is not there, or not for this one's eyes: the two must look the same.
    pub(crate) fn not_found(detail: &str) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, detail)
    }

    /// One field is wrong.
    pub(crate) fn field(field: &str, wrong: impl Into<String>) -> Problem {
        Problem::fields([(field.to_owned(), wrong.into())])
    }

    /// Fields are wrong; nothing was saved.
    pub(crate) fn fields(errors: impl IntoIterator<Item = (String, String)>) -> Problem {
        let errors: BTreeMap<String, String> = errors.into_iter().collect();
        let detail = errors.values().next().cloned().unwrap_or_default();
        Problem { errors, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail) }
    }

    /// Something inside the box failed; the cause goes into the log, not over the network.
    pub(crate) fn failed(what: &str, cause: &dyn std::error::Error) -> Problem {
        log::error!("page: {what}: {cause}");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, format!("{what}: {cause}"))
    }
}

impl From<store::StoreError> for Problem {
    fn from(error: store::StoreError) -> Problem {
        Problem::failed("the store failed", &error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("error");
        let written = Written {
            r#type: "about:blank",
            title,
            status: self.status.as_u16(),
            detail: &self.detail,
            errors: &self.errors,
        };
        let text = serde_json::to_string(&written).expect("plain fields are always JSON");
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.status, kind, text).into_response();
        if let Some(wait) = self.retry_after {
            let seconds = HeaderValue::from(wait.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}
