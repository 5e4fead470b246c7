//! By which names the box may be called. A browser that was led here by another name (DNS rebinding) carries the scripts
//! of another site.

use std::net::IpAddr;

use axum::http::{HeaderMap, Uri, header};

/// The host that a request is for, without the port, in lower case; `None` where that is missing, given twice or strange.
pub(crate) fn of(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return None };
    let host = host.to_str().ok()?;
    if uri.authority().is_some_and(|authority| authority.as_str() != host) {
        return None;
    }
    let without_port = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split(':').next().unwrap_or_default(),
    };
    let name = without_port.trim_end_matches('.').to_ascii_lowercase();
    (!name.is_empty()).then_some(name)
}

/// Whether a browser may know us by this: an address, this machine, a name that no DNS server outside can give
/// (RFC 6762 §3), or one of ours.
pub(crate) fn is_ours(host: &str, names: &[String]) -> bool {
    host.parse::<IpAddr>().is_ok()
        || host == "localhost"
        || host.ends_with(".local")
        || names.iter().any(|name| name == host)
}

/// Whether this host is the machine itself, where only its own browser can be.
pub(crate) fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

/// The names of this machine.
pub fn own_names() -> Vec<String> {
    let name = nix::unistd::gethostname().ok().and_then(|name| name.into_string().ok());
    name.into_iter().map(|name| name.to_ascii_lowercase()).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_page_of_another_name_is_none_of_ours() {
        let names = ["pbx".to_owned(), "pbx.office.example".to_owned()];
        for (host, expected) in [
            ("192.168.1.10:8080", true),
            ("[fe80::1]:8443", true),
            ("[::1]", true),
            ("localhost:8080", true),
            ("LOCALHOST.", true),
            ("bellbox.local", true),
            ("pbx", true),
            ("PBX.office.example:8443", true),
            ("evil.example", false),
            ("pbx.evil.example", false),
            ("local", false),
            ("notlocal", false),
            ("127.0.0.1.evil.example", false),
            ("1.2.3", false),
        ] {
            let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]);
            let name = of(&headers, &Uri::from_static("/"));
            assert_eq!(name.is_some_and(|name| is_ours(&name, &names)), expected, "{host}");
        }
    }

    #[test]
    fn a_request_names_one_host() {
        let uri = Uri::from_static("/");
        assert_eq!(of(&HeaderMap::new(), &uri), None);
        let mut two = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("localhost"))]);
        two.append(header::HOST, HeaderValue::from_static("localhost"));
        assert_eq!(of(&two, &uri), None);
        let one = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("localhost"))]);
        assert_eq!(of(&one, &Uri::from_static("http://evil.example/")), None);
        assert_eq!(of(&one, &Uri::from_static("http://localhost/")).as_deref(), Some("localhost"));
    }
}
