//! Errors for programs and people (RFC 9457), in the reader's language.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use pbx::words::Language;
use serde::Serialize;

use crate::language;
use crate::why::Why;
use crate::words::why;

/// Why a request was not met. As a response it has no body before [`say`] has seen it.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub status: StatusCode,
    /// For whoever sits before the page.
    pub why: Why,
    /// What is wrong with single fields of what was sent.
    pub errors: BTreeMap<String, Why>,
    /// After how long it may be tried again.
    pub retry_after: Option<Duration>,
}

#[derive(Serialize)]
struct Written<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    errors: BTreeMap<&'a str, String>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, why: impl Into<Why>) -> Problem {
        Problem { status, why: why.into(), errors: BTreeMap::new(), retry_after: None }
    }

    /// Something that is not there, or not for this one's eyes: the two must look the same.
    pub(crate) fn not_found(why: impl Into<Why>) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, why)
    }

    /// One field is wrong.
    pub(crate) fn field(field: &str, wrong: impl Into<Why>) -> Problem {
        let wrong = wrong.into();
        let errors = BTreeMap::from([(field.to_owned(), wrong.clone())]);
        Problem { errors, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, wrong) }
    }

    /// Fields are wrong; nothing was saved.
    pub(crate) fn fields(errors: impl IntoIterator<Item = (String, Why)>) -> Problem {
        let errors: BTreeMap<String, Why> = errors.into_iter().collect();
        let first = errors.values().next().cloned().unwrap_or(Why::Mistake);
        Problem { errors, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, first) }
    }

    /// Something inside the box failed; the cause goes into the log, not over the network.
    pub(crate) fn failed(why: impl Into<Why>, cause: &dyn std::error::Error) -> Problem {
        let why = why.into();
        log::error!("page: {why:?}: {cause}");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, why)
    }

    fn written(&self, language: Language) -> String {
        let written = Written {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("error"),
            status: self.status.as_u16(),
            detail: why(language, &self.why),
            errors: self.errors.iter().map(|(field, wrong)| (field.as_str(), why(language, wrong))).collect(),
        };
        serde_json::to_string(&written).expect("plain fields are always JSON")
    }
}

impl From<store::StoreError> for Problem {
    fn from(error: store::StoreError) -> Problem {
        log::error!("page: the store failed: {error}");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(wait) = self.retry_after {
            let seconds = HeaderValue::from(wait.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Says a problem in the language that the request asks for, else in that of whoever is signed in, which the gate leaves
/// with the response.
pub(crate) async fn say(request: Request, next: Next) -> Response {
    let wanted = language::wanted(request.headers());
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() else { return response };
    let language = wanted.or_else(|| response.extensions().get::<Language>().copied()).unwrap_or_default();
    *response.body_mut() = problem.written(language).into();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    response
}
