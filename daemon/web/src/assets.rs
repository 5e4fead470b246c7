//! The page itself: what was built into the program, served from memory. A path is looked up, never opened.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;
use crate::why::Malformed;

/// One file of the page.
pub(crate) struct Asset {
    pub path: &'static str,
    pub kind: &'static str,
    pub etag: &'static str,
    pub body: &'static [u8],
    pub gz: Option<&'static [u8]>,
    pub br: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Files whose names are made of their content: they never change.
const HASHED: &str = "/assets/";

/// What is served where the daemon was built without the page.
const PLACEHOLDER: Asset = Asset {
    path: "/index.html",
    kind: "text/html; charset=utf-8",
    etag: "placeholder",
    body: b"<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Bellbox</title>\n<h1>Bellbox runs</h1>\n\
        <p>This daemon was built without its page. Build the page with <code>npm ci</code> and <code>npm run build</code>\n\
        in <code>webui</code>, then build the daemon again. The command line works: <code>bellboxd --help</code>.</p>\n\
        </html>\n",
    gz: None,
    br: None,
};

/// Answers for every path that is no interface: a file, or the page for what the browser's part knows by itself.
pub(crate) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return Problem::new(StatusCode::METHOD_NOT_ALLOWED, Malformed::OnlyRead).into_response();
    }
    match find(ASSETS, uri.path()) {
        Some(asset) => answer(asset, &headers),
        None => Problem::not_found(Malformed::NoSuchPage).into_response(),
    }
}

fn find(assets: &'static [Asset], path: &str) -> Option<&'static Asset> {
    let known = |path: &str| assets.binary_search_by_key(&path, |asset| asset.path).ok().and_then(|at| assets.get(at));
    if let Some(asset) = known(path) {
        return Some(asset);
    }
    // A file that is not there must not be answered by the page, or an old browser takes it for a script.
    let is_page = path.split('/').all(|part| part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    let is_gone = path.starts_with(HASHED) || path.starts_with("/api");
    if is_page && !is_gone { Some(known("/index.html").unwrap_or(&PLACEHOLDER)) } else { None }
}

fn answer(asset: &'static Asset, headers: &HeaderMap) -> Response {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let accepted = text(header::ACCEPT_ENCODING);
    let packed =
        [("br", asset.br), ("gzip", asset.gz)].into_iter().find(|(name, body)| body.is_some() && takes(accepted, name));
    let etag = match packed {
        Some((name, _)) => format!("\"{}-{name}\"", asset.etag),
        None => format!("\"{}\"", asset.etag),
    };
    let is_known = text(header::IF_NONE_MATCH).split(',').any(|known| known.trim().trim_start_matches("W/") == etag);
    let is_hashed = asset.path.starts_with(HASHED);
    let keep = if is_hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = match packed {
        _ if is_known => StatusCode::NOT_MODIFIED.into_response(),
        Some((_, Some(body))) => Body::from(body).into_response(),
        _ => Body::from(asset.body).into_response(),
    };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    out.insert(header::ETAG, HeaderValue::from_str(&etag).expect("it is hexadecimal"));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !is_known {
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
        if let Some((name, _)) = packed {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
    }
    response
}

/// Whether a browser takes this packing (RFC 9110 §12.5.3); `*` is not looked at, browsers name what they take.
fn takes(accepted: &str, name: &str) -> bool {
    accepted.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let is_it = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case(name));
        is_it && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &[Asset] = &[
        Asset {
            path: "/assets/app-1a2b.js",
            kind: "text/javascript",
            etag: "e1",
            body: b"long",
            gz: Some(b"g"),
            br: Some(b"b"),
        },
        Asset { path: "/index.html", kind: "text/html", etag: "e2", body: b"<html>", gz: None, br: None },
    ];

    fn path_of(path: &str) -> Option<&'static str> {
        find(PAGE, path).map(|asset| asset.path)
    }

    #[test]
    fn pages_are_answered_and_missing_files_are_not() {
        for (path, expected) in [
            ("/", Some("/index.html")),
            ("/people/7", Some("/index.html")),
            ("/assets/app-1a2b.js", Some("/assets/app-1a2b.js")),
            ("/assets/app-old.js", None),
            ("/assets/app", None),
            ("/favicon.ico", None),
            ("/api", None),
            ("/api/nothing", None),
            ("/../etc/passwd", None),
            ("/%2e%2e/etc/passwd", None),
            ("/assets/../index.html", None),
        ] {
            assert_eq!(path_of(path), expected, "{path}");
        }
        assert_eq!(find(&[], "/").map(|asset| asset.etag), Some("placeholder"));
    }

    #[test]
    fn what_is_built_in_can_be_found() {
        assert!(ASSETS.is_sorted_by_key(|asset| asset.path));
    }

    #[test]
    fn packing_and_keeping_follow_the_browser() {
        let ask = |at: usize, pairs: &[(header::HeaderName, &'static str)]| {
            let pairs = pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
            answer(&PAGE[at], &pairs.collect())
        };
        let header = |response: &Response, name| {
            response.headers().get(name).map(|v: &HeaderValue| v.to_str().unwrap().to_owned())
        };
        let packed = ask(0, &[(header::ACCEPT_ENCODING, "gzip, deflate, br;q=0")]);
        assert_eq!(header(&packed, header::CONTENT_ENCODING).as_deref(), Some("gzip"));
        assert_eq!(header(&packed, header::ETAG).as_deref(), Some("\"e1-gzip\""));
        assert!(header(&packed, header::CACHE_CONTROL).unwrap().contains("immutable"));
        let plain = ask(0, &[(header::ACCEPT_ENCODING, "zstd")]);
        assert_eq!(header(&plain, header::CONTENT_ENCODING), None);
        let html = ask(1, &[(header::ACCEPT_ENCODING, "br")]);
        assert_eq!(header(&html, header::CACHE_CONTROL).as_deref(), Some("no-cache"));
        let known = ask(1, &[(header::IF_NONE_MATCH, "\"x\", W/\"e2\"")]);
        assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    }
}
