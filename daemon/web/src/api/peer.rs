//! Where a request comes from, and the cookie that its browser keeps.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};

/// Where a request comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    pub ip: IpAddr,
    pub is_tls: bool,
}

/// The name of the cookie: over HTTPS one that no other host and no plain connection can set (RFC 6265bis §4.1.3.2).
pub(super) fn cookie_name(is_tls: bool) -> &'static str {
    if is_tls { "__Host-bb_session" } else { "bb_session" }
}

/// The value of a cookie.
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next()
}
