//! The page over HTTPS, with the box's own certificates.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use config::Config;
use pbx::input::{CallId, RecordingId};
use pbx::ladder::Ladder;
use pbx::status::Status;
use pbx::tested::{Untested, Wanted};
use pbx::time::Now;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, Stream};
use store::Store;
use tokio::runtime::{Builder, Runtime};
use web::desk::Refusal;
use web::lan::{Limits, Parts, Site, Speech};
use web::metrics::Figure;
use web::office::{Office, Pulse, Unwell};
use web::tls::{Certificates, own_names};

fn now() -> Now {
    Now { since_boot: Duration::from_secs(1), wall: jiff::Timestamp::now(), synced: true }
}

struct House(Arc<Store>);

impl Pulse for House {
    fn status(&self) -> Arc<Status> {
        Arc::default()
    }

    fn health(&self) -> Result<(), Unwell> {
        Ok(())
    }

    fn figures(&self) -> Vec<Figure> {
        Vec::new()
    }
}

impl Office for House {
    fn now(&self) -> Now {
        now()
    }

    fn store(&self) -> &Arc<Store> {
        &self.0
    }

    fn config(&self) -> Arc<Config> {
        Arc::default()
    }

    fn put(&self, _: Config) -> bool {
        true
    }

    fn end_call(&self, id: CallId) -> Result<(), Refusal> {
        Err(Refusal::NoSuchCall { id })
    }

    fn ladder(&self, id: CallId) -> Result<Arc<Ladder>, Refusal> {
        Err(Refusal::NoLadder { id })
    }

    fn try_trunk(&self, name: &str) -> Result<(), Refusal> {
        Err(Refusal::NoSuchTrunk { name: name.to_owned() })
    }

    fn test_trunk(&self, _: Wanted) -> Result<CallId, Refusal> {
        Err(Refusal::Untested { why: Untested::NoSuchTrunk })
    }

    fn unblock(&self, _: std::net::IpAddr) -> Option<bool> {
        None
    }

    fn act(&self, _: pbx::console::ActOrder) -> Option<Result<(), pbx::console::NotDone>> {
        None
    }

    fn place(&self, _: pbx::placed::PlaceOrder) -> Option<Result<pbx::input::CallId, pbx::placed::Unplaced>> {
        None
    }

    fn end_wish(&self, _: &str, _: &str) -> Option<bool> {
        None
    }

    fn speak(&self, _: pbx::prompt::Prompt) -> Option<Arc<[i16]>> {
        None
    }

    fn number_recording(&self) -> Option<RecordingId> {
        None
    }

    fn restart(&self) {}

    fn folder(&self) -> std::path::PathBuf {
        self.0.recordings_dir().to_owned()
    }
}

struct Served {
    certificates: Arc<Certificates>,
    plain: SocketAddr,
    tls: SocketAddr,
    _runtime: Runtime,
    _folder: tempfile::TempDir,
}

fn serve() -> Served {
    serve_since(&now())
}

/// Of a box that was started then.
fn serve_since(start: &Now) -> Served {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Store::open(folder.path()).unwrap().store);
    let certificates = Arc::new(Certificates::of(folder.path(), own_names(&[]), start).unwrap());
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let tls = TcpListener::bind("127.0.0.1:0").unwrap();
    // On all addresses, so that it can be reached as from the network.
    let plain = TcpListener::bind("0.0.0.0:0").unwrap();
    let parts = Parts {
        office: Arc::new(House(store)),
        keys: Arc::default(),
        events: Arc::default(),
        names: Vec::new(),
        https: Some((tls.local_addr().unwrap().port(), certificates.clone())),
        address: None,
    };
    let site = Site::new(parts, Limits { head: Duration::from_millis(500), ..Limits::default() });
    let addresses = (plain.local_addr().unwrap(), tls.local_addr().unwrap());
    site.serve(plain, Speech::Plain, runtime.handle()).unwrap();
    site.serve(tls, Speech::Tls, runtime.handle()).unwrap();
    Served { certificates, plain: addresses.0, tls: addresses.1, _runtime: runtime, _folder: folder }
}

fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
}

/// A browser that trusts these authorities. It keeps its sessions, as browsers do.
fn browser(authorities: &[&str]) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    for pem in authorities {
        roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    Arc::new(client.with_root_certificates(roots).with_no_client_auth())
}

type Connection = rustls::StreamOwned<ClientConnection, TcpStream>;

fn connect(served: &Served, browser: &Arc<ClientConfig>, name: &'static str) -> Connection {
    let connection = ClientConnection::new(Arc::clone(browser), ServerName::try_from(name).unwrap()).unwrap();
    let socket = TcpStream::connect(served.tls).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    rustls::StreamOwned::new(connection, socket)
}

/// One request on a connection that stays open; the certificate that the box showed.
fn shown(connection: &mut Connection) -> std::io::Result<Vec<u8>> {
    connection.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    let mut answer = Vec::new();
    while !answer.ends_with(b"}") {
        let mut some = [0; 512];
        let length = connection.read(&mut some)?;
        assert!(length > 0, "the connection ended");
        answer.extend_from_slice(&some[..length]);
    }
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    Ok(connection.conn.peer_certificates().unwrap()[0].to_vec())
}

#[test]
fn another_certificate_is_in_use_at_once_and_open_connections_go_on() {
    let served = serve();
    let key = rcgen::KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(vec!["pbx.office.example".to_owned()]).unwrap();
    let uploaded = params.self_signed(&key).unwrap();
    let browser = browser(&[&served.certificates.authority, &uploaded.pem()]);
    let mut before = connect(&served, &browser, "localhost");
    let own = shown(&mut before).unwrap();
    served.certificates.upload(&uploaded.pem(), &key.serialize_pem(), &now()).unwrap();
    assert_eq!(shown(&mut before).unwrap(), own, "what is open goes on");
    let mut after = connect(&served, &browser, "pbx.office.example");
    assert_eq!(shown(&mut after).unwrap(), uploaded.der().to_vec());
    // The browser has a session ticket of the own certificate for this name: it must not open what that no longer serves.
    assert!(shown(&mut connect(&served, &browser, "localhost")).is_err());
    served.certificates.use_own().unwrap();
    assert_eq!(shown(&mut connect(&served, &browser, "localhost")).unwrap(), own);
    assert_eq!(shown(&mut after).unwrap(), uploaded.der().to_vec());
}

#[test]
fn a_certificate_that_was_made_anew_is_in_use_at_once_and_open_connections_go_on() {
    const DAY: u64 = 24 * 3600;
    // 25 of its 800 days are left.
    let served = serve_since(&Now { wall: now().wall - Duration::from_secs(775 * DAY), ..now() });
    let browser = browser(&[&served.certificates.authority]);
    let mut before = connect(&served, &browser, "localhost");
    let old = shown(&mut before).unwrap();
    assert!(served.certificates.renew(&now()).unwrap());
    let new = shown(&mut connect(&served, &browser, "localhost")).unwrap();
    assert_ne!(new, old);
    assert_eq!(shown(&mut before).unwrap(), old, "what is open goes on");
}

#[test]
fn a_browser_that_has_the_authority_trusts_the_box() {
    let served = serve();
    let plain = SocketAddr::from((Ipv4Addr::LOCALHOST, served.plain.port()));
    let download = ask(plain, &get("/ca.crt"));
    assert!(download.contains("content-type: application/x-x509-ca-cert"), "{download}");
    let pem = download.split_once("\r\n\r\n").unwrap().1;
    let client = browser(&[pem]);
    for name in ["localhost", "127.0.0.1", "bellbox.local"] {
        let mut connection = ClientConnection::new(Arc::clone(&client), ServerName::try_from(name).unwrap()).unwrap();
        let mut socket = TcpStream::connect(served.tls).unwrap();
        let mut stream = Stream::new(&mut connection, &mut socket);
        stream.write_all(get("/").as_bytes()).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("<html"), "{name}: {answer}");
    }
    let wrong = ClientConnection::new(client, ServerName::try_from("evil.example").unwrap()).unwrap();
    let mut wrong = wrong;
    let mut socket = TcpStream::connect(served.tls).unwrap();
    assert!(Stream::new(&mut wrong, &mut socket).write_all(get("/").as_bytes()).is_err(), "another name");
}

#[test]
fn whoever_says_no_hello_is_let_go() {
    let served = serve();
    let mut silent = TcpStream::connect(served.tls).unwrap();
    let mut answer = Vec::new();
    let _ = silent.read_to_end(&mut answer);
    assert_eq!(answer, b"");
}
