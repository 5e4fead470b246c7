//! The page: its sockets, its certificates, and the first way in.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ::io::line::Identity;
use pbx::time::Now;
use store::Store;
use tokio::runtime::Handle;
use web::api::has_owner;
use web::desk::{NewKey, Refusal};
use web::keys::{Keys, Purpose};
use web::lan::{Limits, Parts, Site, Speech};
use web::tls::Certificates;
use web::{host, tls};

use crate::addresses::shown;
use crate::cause::with_cause;
use crate::clock::Clock;
use crate::live::Office;
use crate::qr;
use crate::settings::Settings;
use crate::start_error::StartError;

/// What a token is known by that was made while no daemon ran. Readable by the daemon's user alone, and gone with the
/// start that takes it over.
const FOR_LATER: &str = "reset-admin";

/// The page's open sockets.
pub struct Pages {
    http: Option<TcpListener>,
    https: Option<TcpListener>,
    ldap: Option<TcpListener>,
}

pub fn open(settings: &Settings) -> Result<Pages, StartError> {
    let http = settings.http.map(|address| bind(address, "http")).transpose()?;
    let https = settings.https.map(|address| bind(address, "https")).transpose()?;
    let ldap = settings.ldap.map(|address| bind(address, "ldap")).transpose()?;
    Ok(Pages { http, https, ldap })
}

fn bind(address: SocketAddr, option: &'static str) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).map_err(|e| match e.kind() {
        io::ErrorKind::AddrInUse => {
            let error = format!("port {} of {} is already taken", address.port(), address.ip());
            StartError::Taken { error, option }
        }
        _ => StartError::Address { error: format!("{address} could not be opened: {e}"), option },
    })
}

/// The certificates of the box, where anything is served with them.
pub fn certificates(settings: &Settings, now: &Now) -> Result<Option<Arc<Certificates>>, StartError> {
    if settings.https.is_none() && settings.sip_tls.is_empty() {
        return Ok(None);
    }
    let made = Certificates::of(&settings.data, tls::own_names(&names(settings)), now)?;
    log::info!("the box's own authority has the SHA-256 fingerprint {}", made.fingerprint);
    Ok(Some(Arc::new(made)))
}

/// What is to be done when the machine's addresses are others: the box's own certificate becomes one for them.
pub fn follows(settings: &Settings, certificates: Option<Arc<Certificates>>, clock: Clock) -> impl Fn() + use<> {
    let names = names(settings);
    move || {
        let Some(certificates) = &certificates else { return };
        match certificates.covers(tls::own_names(&names), &clock.now()) {
            Ok(true) => log::info!("the box's own certificate is for its new address now"),
            Ok(false) => {}
            Err(error) => log::error!("the box's own certificate is not for its new address: {}", with_cause(&error)),
        }
    }
}

/// What phones are shown that come by TLS.
pub fn identity(certificates: Arc<Certificates>) -> Identity {
    Arc::new(move || certificates.for_sip())
}

/// What people call the box by.
fn names(settings: &Settings) -> Vec<String> {
    [host::own_names(), settings.host_names.clone()].concat()
}

/// Serves the page. What is returned is for the console: the way in, where nobody has one yet.
pub fn serve(
    pages: Pages,
    office: &Arc<Office>,
    settings: &Settings,
    certificates: Option<Arc<Certificates>>,
    runtime: &Handle,
) -> Result<Option<String>, StartError> {
    let https = match (&pages.https, certificates) {
        (Some(listener), Some(certificates)) => Some((listener.local_addr()?.port(), certificates)),
        _ => None,
    };
    let names = names(settings);
    let keys = Arc::clone(&office.keys);
    take_over(&keys, &settings.data, office.clock.now().since_boot);
    let events = Arc::clone(&office.events);
    let address = for_others(&pages)?;
    let way_in_elsewhere = address.clone();
    let site = Site::new(Parts { office: office.clone(), keys, events, names, https, address }, Limits::default());
    let speeches = [(pages.http, Speech::Plain, "http"), (pages.https, Speech::Tls, "https")];
    for (listener, speech, scheme) in speeches {
        let Some(listener) = listener else { continue };
        let address = listener.local_addr()?;
        site.serve(listener, speech, runtime)?;
        log::info!("{scheme} listens on {address}");
        // The first is HTTP: on this machine no browser warns of it, and from elsewhere it leads to HTTPS.
        let _ = office.page.set(format!("{scheme}://{}", shown(address)));
    }
    if let Some(listener) = pages.ldap {
        log::info!("ldap listens on {}", listener.local_addr()?);
        site.serve_ldap(listener, runtime)?;
    }
    Ok(way_in(office, way_in_elsewhere.as_deref()))
}

/// Where other devices reach the page. By HTTP where they do: from there a browser is led to HTTPS once it trusts the box.
fn for_others(pages: &Pages) -> io::Result<Option<String>> {
    for (listener, scheme) in [(&pages.http, "http"), (&pages.https, "https")] {
        let Some(listener) = listener else { continue };
        let address = shown(listener.local_addr()?);
        if !address.ip().is_loopback() {
            return Ok(Some(format!("{scheme}://{address}")));
        }
    }
    Ok(None)
}

/// The link first; for the camera of a phone also as a picture, where somebody sits before a screen.
fn way_in(office: &Office, elsewhere: Option<&str>) -> Option<String> {
    let page = office.page.get()?;
    if has_owner(&office.in_force.now()) {
        return None;
    }
    let token = office.keys.issue(Purpose::Setup, office.clock.now().since_boot)?;
    let path = Purpose::Setup.page(&token);
    let below = elsewhere.map(|base| qr::below(&format!("{base}{path}"))).unwrap_or_default();
    Some(format!(
        "\nNobody has set this box up yet. Open this address in a browser; it works once:\n\n  {page}{path}\n{below}\n"
    ))
}

fn take_over(keys: &Keys, data: &Path, now: Duration) {
    let path = data.join(FOR_LATER);
    let Ok(kept) = fs::read_to_string(&path) else { return };
    // First gone, then taken over: it must not work again after the next start.
    match fs::remove_file(&path) {
        Ok(()) if keys.take_over(Purpose::Reset, &kept, now) => {
            log::warn!("the token of 'bellboxd reset-admin' holds now")
        }
        Ok(()) => log::warn!("{} was none of ours", path.display()),
        Err(e) => log::error!("{} could not be removed, and its token does not hold: {e}", path.display()),
    }
}

/// A token that holds from the next start of the daemon on.
pub fn key_for_later(store: &Store) -> Result<NewKey, Refusal> {
    let failed = |reason: String| Refusal::Failed { reason };
    let config = store.load().map_err(|e| failed(e.to_string()))?.config;
    if !has_owner(&config) {
        let reason = "nobody has set this box up yet: start bellboxd, it prints the address of the setup".to_owned();
        return Err(failed(reason));
    }
    let (token, kept) = Keys::for_later().ok_or_else(|| failed("the system gives no random numbers".to_owned()))?;
    let path: PathBuf = store.recordings_dir().with_file_name(FOR_LATER);
    let write = || {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
        file.write_all(kept.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|e: io::Error| failed(format!("{} could not be written: {e}", path.display())))?;
    Ok(NewKey { address: None, page: Purpose::Reset.page(&token) })
}
