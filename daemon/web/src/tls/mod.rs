//! The certificates that HTTPS and SIP over TLS are served with: the box's own, of an authority made at the first start whose certificate
//! people may install in their browsers, or a chain that an administrator uploaded. What is in use changes without a
//! restart: a connection takes what is in use when it begins, and keeps it.

mod chain;
mod folder;
mod own;

use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;
use nix::ifaddrs::getifaddrs;
use pbx::time::Now;
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::sign::SingleCertAndKey;
use thiserror::Error;

use chain::Chain;
use folder::Folder;
use own::Own;

pub use chain::{Facts, NoServer, Unfit, WeakKey};

/// The folder below the office's.
const FOLDER: &str = "tls";

/// What an administrator uploaded: the chain and its key in one file, so that one never lies there without the other.
const UPLOADED: &str = "uploaded.pem";

/// What was in use before the last change, in the same form; not there where that was the box's own.
const BEFORE: &str = "uploaded-before.pem";

/// Why there are no certificates.
#[derive(Debug, Error)]
pub enum TlsError {
    /// The disk.
    #[error("{} cannot be used: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The certificate library refuses.
    #[error("a certificate could not be made: {0}; remove the folder tls to make all of them anew")]
    Made(#[from] rcgen::Error),
    /// What is in the folder is none.
    #[error("the certificates in the folder tls cannot be used: {0}; remove the folder to make all of them anew")]
    Bad(String),
}

/// Why what is in use did not change.
#[derive(Debug, Error)]
pub enum ChangeError {
    /// What was uploaded is not used.
    #[error("{0}")]
    Unfit(#[from] Unfit),
    /// It is so already.
    #[error("the box uses its own certificate, and there is none to go back to")]
    Nothing,
    /// The disk.
    #[error("{0}")]
    Tls(#[from] TlsError),
}

/// All certificates of the box, and which of them is in use.
pub struct Certificates {
    /// The authority's certificate as PEM, for people to install.
    pub authority: String,
    /// Its SHA-256, as browsers show it: whoever installs it compares.
    pub fingerprint: String,
    folder: Folder,
    provider: Arc<CryptoProvider>,
    /// What the own one is for.
    names: Mutex<Vec<String>>,
    in_use: RwLock<InUse>,
    /// Held while files and what is in use change together.
    change: Mutex<()>,
}

/// What a server answers with.
struct Served {
    server: Arc<ServerConfig>,
    sip: Arc<ServerConfig>,
    facts: Facts,
}

/// What is in use now.
struct InUse {
    /// The box's own, also while another one is served.
    own: Arc<Served>,
    served: Arc<Served>,
    is_uploaded: bool,
    unused: Option<Unfit>,
    can_undo: bool,
}

/// What is in use now, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What it says of itself.
    pub facts: Facts,
    /// Whether an administrator uploaded it; else it is the box's own.
    pub is_uploaded: bool,
    /// Why an uploaded one that lies in the folder is not used.
    pub unused: Option<Unfit>,
    /// Whether there is one to go back to.
    pub can_undo: bool,
}

impl Certificates {
    /// The certificates of this office's folder; what is missing, too old or for other addresses is made. An uploaded
    /// chain that cannot be used, or not any more, is left where it is and not used.
    pub fn of(data: &Path, names: Vec<String>, now: &Now) -> Result<Certificates, TlsError> {
        let folder = Folder::open(data.join(FOLDER))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let (own, authority) = made(&folder, &names, now, &provider)?;
        let der = CertificateDer::from_pem_slice(authority.as_bytes()).map_err(|e| TlsError::Bad(e.to_string()))?;
        let mut in_use = InUse { served: Arc::clone(&own), own, is_uploaded: false, unused: None, can_undo: false };
        let uploaded = folder.read(UPLOADED)?;
        in_use.can_undo = uploaded.is_some() || folder.read(BEFORE)?.is_some();
        match uploaded.map(|text| chain::read(&text, &text, clock(now), &provider)) {
            None => {}
            Some(Ok(chain)) => (in_use.served, in_use.is_uploaded) = (Arc::new(served(chain, &provider)?), true),
            Some(Err(unfit)) => {
                log::error!("https: the uploaded certificate is not used, the box's own is: {unfit}");
                in_use.unused = Some(unfit);
            }
        }
        let fingerprint = chain::fingerprint(&der);
        let (in_use, names, change) = (RwLock::new(in_use), Mutex::new(names), Mutex::default());
        Ok(Certificates { authority, fingerprint, folder, provider, names, in_use, change })
    }

    /// What a connection that begins now is served with.
    pub(crate) fn server(&self) -> Arc<ServerConfig> {
        self.look(|in_use| Arc::clone(&in_use.served.server))
    }

    /// What a phone's connection that begins now is served with. Phones name no protocol within TLS, or one of their own.
    pub fn for_sip(&self) -> Arc<ServerConfig> {
        self.look(|in_use| Arc::clone(&in_use.served.sip))
    }

    /// Whether an administrator showed by a certificate that this host is the box: its names are as good as our own.
    pub(crate) fn proves(&self, host: &str) -> bool {
        self.look(|in_use| in_use.is_uploaded && in_use.served.facts.covers(host))
    }

    /// What is in use now.
    pub fn shown(&self) -> Shown {
        self.look(|in_use| Shown {
            facts: in_use.served.facts.clone(),
            is_uploaded: in_use.is_uploaded,
            unused: in_use.unused.clone(),
            can_undo: in_use.can_undo,
        })
    }

    /// Puts an uploaded chain with its key, both as PEM, into use and keeps it. Waits for the disk.
    pub fn upload(&self, chain: &str, key: &str, now: &Now) -> Result<(), ChangeError> {
        let read = chain::read(chain, key, clock(now), &self.provider)?;
        let _turn = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        self.folder.put(BEFORE, self.folder.read(UPLOADED)?.as_deref())?;
        self.folder.put(UPLOADED, Some(&format!("{}\n{}\n", chain.trim(), key.trim())))?;
        self.use_it(Some(read))
    }

    /// Makes the box's own anew where it has less than thirty days left, and serves with it from the next connection on; those that
    /// are open go on. Says whether it did. A clock that was never set says nothing of an end. Waits for the disk.
    pub fn renew(&self, now: &Now) -> Result<bool, TlsError> {
        let _turn = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        if !now.synced || !own::is_ending(&self.folder, now.wall)? {
            return Ok(false);
        }
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        self.make_own(&names, now)?;
        Ok(true)
    }

    /// The box has these names and addresses from here on: where one is new, its own is made anew for all of them, and serves the
    /// next connection. Says whether it did: for fewer than it is made for, it is good as it is. Waits for the disk.
    pub fn covers(&self, names: Vec<String>, now: &Now) -> Result<bool, TlsError> {
        let _turn = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.iter().all(|name| known.contains(name)) {
            return Ok(false);
        }
        self.make_own(&names, now)?;
        *known = names;
        Ok(true)
    }

    fn make_own(&self, names: &[String], now: &Now) -> Result<(), TlsError> {
        let (own, _) = made(&self.folder, names, now, &self.provider)?;
        let mut in_use = self.in_use.write().unwrap_or_else(PoisonError::into_inner);
        if !in_use.is_uploaded {
            in_use.served = Arc::clone(&own);
        }
        in_use.own = own;
        Ok(())
    }

    /// Goes back to the box's own. Waits for the disk.
    pub fn use_own(&self) -> Result<(), ChangeError> {
        let _turn = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let uploaded = self.folder.read(UPLOADED)?.ok_or(ChangeError::Nothing)?;
        self.folder.put(BEFORE, Some(&uploaded))?;
        self.folder.put(UPLOADED, None)?;
        self.use_it(None)
    }

    /// Takes the last change back; a second time, that too. Waits for the disk.
    pub fn undo(&self, now: &Now) -> Result<(), ChangeError> {
        let _turn = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let (uploaded, before) = (self.folder.read(UPLOADED)?, self.folder.read(BEFORE)?);
        if uploaded.is_none() && before.is_none() {
            return Err(ChangeError::Nothing);
        }
        let read = before.as_deref().map(|text| chain::read(text, text, clock(now), &self.provider)).transpose()?;
        self.folder.put(BEFORE, uploaded.as_deref())?;
        self.folder.put(UPLOADED, before.as_deref())?;
        self.use_it(read)
    }

    /// A new server configuration knows no sessions of the one before: nobody resumes with the old certificate.
    fn use_it(&self, chain: Option<Chain>) -> Result<(), ChangeError> {
        let is_uploaded = chain.is_some();
        let own = self.look(|in_use| Arc::clone(&in_use.own));
        let served = match chain {
            Some(chain) => Arc::new(served(chain, &self.provider)?),
            None => Arc::clone(&own),
        };
        let in_use = InUse { own, served, is_uploaded, unused: None, can_undo: true };
        *self.in_use.write().unwrap_or_else(PoisonError::into_inner) = in_use;
        Ok(())
    }

    fn look<T>(&self, look: impl FnOnce(&InUse) -> T) -> T {
        look(&self.in_use.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The time, where the clock was ever set: else nothing can be said of what holds until when.
fn clock(now: &Now) -> Option<Timestamp> {
    now.synced.then_some(now.wall)
}

/// The box's own certificate, ready to be served, and the authority's as PEM.
fn made(
    folder: &Folder,
    names: &[String],
    now: &Now,
    provider: &Arc<CryptoProvider>,
) -> Result<(Arc<Served>, String), TlsError> {
    let Own { leaf, key, authority } = own::own(folder, names.to_vec(), now.wall)?;
    let bad = |unfit: Unfit| TlsError::Bad(unfit.to_string());
    let chain = chain::read(&format!("{leaf}{authority}"), &key, None, provider).map_err(bad)?;
    Ok((Arc::new(served(chain, provider)?), authority))
}

fn served(chain: Chain, provider: &Arc<CryptoProvider>) -> Result<Served, TlsError> {
    let versions = ServerConfig::builder_with_provider(Arc::clone(provider)).with_safe_default_protocol_versions();
    let server = versions.map_err(|e| TlsError::Bad(e.to_string()))?.with_no_client_auth();
    let mut server = server.with_cert_resolver(Arc::new(SingleCertAndKey::from(chain.key)));
    let sip = Arc::new(server.clone());
    server.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Served { server: Arc::new(server), sip, facts: chain.facts })
}

/// The names and addresses that the box is called by: of this machine, and of all its interfaces.
pub fn own_names(hosts: &[String]) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "bellbox.local".to_owned()];
    for host in hosts {
        names.push(host.clone());
        if !host.contains('.') {
            names.push(format!("{host}.local"));
        }
    }
    let interfaces = getifaddrs().into_iter().flatten().filter_map(|one| one.address);
    let mut addresses: Vec<IpAddr> = interfaces
        .filter_map(|address| {
            let v4 = address.as_sockaddr_in().map(|v4| IpAddr::V4(v4.ip()));
            v4.or_else(|| address.as_sockaddr_in6().map(|v6| IpAddr::V6(v6.ip())))
        })
        .collect();
    addresses.sort();
    names.extend(addresses.iter().map(IpAddr::to_string));
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::time::Duration;

    fn at(now: &str) -> Now {
        Now { since_boot: Duration::ZERO, wall: now.parse().unwrap(), synced: true }
    }

    fn certificates(folder: &Path, names: &[&str], now: &str) -> Certificates {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Certificates::of(folder, names, &at(now)).unwrap()
    }

    fn of(folder: &Path, names: &[&str], now: &str) -> (String, String) {
        let made = certificates(folder, names, now);
        (made.authority, fs::read_to_string(folder.join("tls/leaf.crt")).unwrap())
    }

    #[test]
    fn the_authority_stays_and_the_leaf_follows_addresses_and_time() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["localhost", "127.0.0.1", "::1"];
        let first = of(folder.path(), &names, "2026-07-01T00:00:00Z");
        assert_eq!(of(folder.path(), &names, "2026-08-01T00:00:00Z"), first, "nothing is made twice");
        let moved = of(folder.path(), &["localhost", "10.0.0.7"], "2026-08-01T00:00:00Z");
        assert_eq!(moved.0, first.0);
        assert_ne!(moved.1, first.1);
        let late = of(folder.path(), &["localhost", "10.0.0.7"], "2028-10-01T00:00:00Z");
        assert_eq!(late.0, first.0);
        assert_ne!(late.1, moved.1);
        for name in ["ca.key", "leaf.key"] {
            let mode = fs::metadata(folder.path().join("tls").join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }

    #[test]
    fn the_own_certificate_is_made_anew_before_its_end_while_the_box_runs() {
        let folder = tempfile::tempdir().unwrap();
        let box_s = certificates(folder.path(), &["localhost"], NOW);
        let (first, server) = (box_s.shown().facts, box_s.server());
        // It holds for 800 days.
        for (now, synced) in [("2028-08-08T00:00:00Z", true), ("2028-08-20T00:00:00Z", false)] {
            assert!(!box_s.renew(&Now { synced, ..at(now) }).unwrap(), "{now}");
        }
        assert!(Arc::ptr_eq(&box_s.server(), &server));
        let late = at("2028-08-12T00:00:00Z");
        assert!(box_s.renew(&late).unwrap());
        assert!(!Arc::ptr_eq(&box_s.server(), &server), "the next connection is served with the new one");
        let second = box_s.shown().facts;
        assert_eq!((&second.names, second.until > first.until), (&first.names, true));
        assert!(!box_s.renew(&late).unwrap(), "once is enough");
        assert_eq!(certificates(folder.path(), &["localhost"], "2028-08-13T00:00:00Z").shown().facts, second);
    }

    #[test]
    fn the_own_certificate_is_for_an_address_that_comes_while_the_box_runs() {
        let folder = tempfile::tempdir().unwrap();
        let box_s = certificates(folder.path(), &["localhost", "10.0.0.1"], NOW);
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let (first, authority) = (box_s.server(), box_s.authority.clone());
        assert!(!box_s.covers(names(&["localhost"]), &at(NOW)).unwrap(), "it is for that already");
        assert!(Arc::ptr_eq(&box_s.server(), &first));
        assert!(box_s.covers(names(&["localhost", "10.0.0.77"]), &at(NOW)).unwrap());
        assert!(!Arc::ptr_eq(&box_s.server(), &first), "the next connection is served with the new one");
        let facts = box_s.shown().facts;
        assert!(facts.covers("10.0.0.77") && !facts.covers("10.0.0.1"), "{:?}", facts.names);
        // Whoever trusts the authority still does, and a restart makes none anew.
        let again = certificates(folder.path(), &["localhost", "10.0.0.77"], NOW);
        assert_eq!((again.authority.clone(), again.shown().facts), (authority, facts));
    }

    #[test]
    fn an_uploaded_certificate_stays_in_use_when_the_own_one_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let box_s = certificates(folder.path(), &["localhost"], NOW);
        let first = box_s.shown().facts;
        let (one, key) = signed("one.example");
        box_s.upload(&one, &key, &at(NOW)).unwrap();
        assert!(box_s.renew(&at("2028-08-12T00:00:00Z")).unwrap());
        assert_eq!(names(&box_s), ["one.example"]);
        box_s.use_own().unwrap();
        assert!(box_s.shown().facts.until > first.until, "what there is to go back to is the new one");
    }

    #[test]
    fn what_is_no_certificate_is_named() {
        let folder = tempfile::tempdir().unwrap();
        of(folder.path(), &["localhost"], "2026-07-01T00:00:00Z");
        fs::write(folder.path().join("tls/leaf.crt"), "garbage").unwrap();
        let now = at("2026-07-01T00:00:00Z");
        let error = Certificates::of(folder.path(), vec!["localhost".to_owned()], &now).err().unwrap();
        assert!(error.to_string().contains("remove the folder"), "{error}");
    }

    const NOW: &str = "2026-07-01T00:00:00Z";

    /// A self-signed certificate for this name, and its key.
    fn signed(name: &str) -> (String, String) {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2026, 1, 1);
        params.not_after = rcgen::date_time_ymd(2026, 12, 31);
        (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
    }

    fn names(certificates: &Certificates) -> Vec<String> {
        certificates.shown().facts.names
    }

    #[test]
    fn an_uploaded_certificate_is_kept_and_each_change_can_be_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let open = || certificates(folder.path(), &["localhost"], NOW);
        let box_s = open();
        assert!(!box_s.shown().can_undo);
        assert!(matches!(box_s.use_own(), Err(ChangeError::Nothing)));
        assert!(matches!(box_s.undo(&at(NOW)), Err(ChangeError::Nothing)));
        let (one, one_key) = signed("one.example");
        let (two, two_key) = signed("*.two.example");
        box_s.upload(&one, &one_key, &at(NOW)).unwrap();
        assert_eq!((names(&box_s), box_s.shown().is_uploaded), (vec!["one.example".to_owned()], true));
        let mode = fs::metadata(folder.path().join("tls/uploaded.pem")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        box_s.upload(&two, &two_key, &at(NOW)).unwrap();
        assert!(box_s.proves("pbx.two.example") && !box_s.proves("one.example"));
        assert_eq!(names(&open()), ["*.two.example"], "a restart keeps it");
        box_s.undo(&at(NOW)).unwrap();
        assert_eq!(names(&box_s), ["one.example"]);
        box_s.use_own().unwrap();
        assert_eq!((names(&box_s), box_s.shown().is_uploaded), (vec!["localhost".to_owned()], false));
        assert!(!box_s.proves("localhost"), "only what was uploaded proves a name");
        let again = open();
        assert_eq!((names(&again), again.shown().can_undo), (vec!["localhost".to_owned()], true));
        again.undo(&at(NOW)).unwrap();
        assert_eq!(names(&again), ["one.example"]);
        again.undo(&at(NOW)).unwrap();
        assert_eq!(names(&again), ["localhost"]);
    }

    #[test]
    fn an_uploaded_certificate_that_broke_or_ended_is_told_and_the_own_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let (one, key) = signed("one.example");
        certificates(folder.path(), &["localhost"], NOW).upload(&one, &key, &at(NOW)).unwrap();
        let late = certificates(folder.path(), &["localhost"], "2027-03-01T00:00:00Z");
        assert_eq!(names(&late), ["localhost"]);
        assert!(matches!(late.shown().unused, Some(Unfit::Expired(_))));
        let unset = Now { synced: false, ..at("1970-01-01T00:00:00Z") };
        let unset = Certificates::of(folder.path(), vec!["localhost".to_owned()], &unset).unwrap();
        assert_eq!(names(&unset), ["one.example"], "a clock that was never set says nothing");
        fs::write(folder.path().join("tls/uploaded.pem"), &one).unwrap();
        let broken = certificates(folder.path(), &["localhost"], NOW);
        assert_eq!(broken.shown().unused, Some(Unfit::NoKey));
        assert_eq!(names(&broken), ["localhost"]);
        broken.use_own().unwrap();
        assert_eq!(broken.shown().unused, None, "whoever goes back to the own one is told no more");
    }
}
