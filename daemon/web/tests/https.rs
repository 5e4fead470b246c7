//! The page over HTTPS, with the box's own certificates.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use config::Config;
use pbx::input::{CallId, RecordingId};
use pbx::status::Status;
use pbx::time::Now;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, Stream};
use store::Store;
use tokio::runtime::{Builder, Runtime};
use web::desk::Refusal;
use web::lan::{Limits, Parts, Site, Speech};
use web::metrics::Figure;
use web::office::{Office, Pulse};
use web::tls::{Certificates, own_names};

struct House(Arc<Store>);

impl Pulse for House {
    fn status(&self) -> Arc<Status> {
        Arc::default()
    }

    fn health(&self) -> Result<(), String> {
        Ok(())
    }

    fn figures(&self) -> Vec<Figure> {
        Vec::new()
    }
}

impl Office for House {
    fn now(&self) -> Now {
        Now { since_boot: Duration::from_secs(1), wall: jiff::Timestamp::now(), synced: true }
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

    fn number_recording(&self) -> Option<RecordingId> {
        None
    }

    fn restart(&self) {}

    fn folder(&self) -> std::path::PathBuf {
        self.0.recordings_dir().to_owned()
    }
}

struct Served {
    plain: SocketAddr,
    tls: SocketAddr,
    _runtime: Runtime,
    _folder: tempfile::TempDir,
}

fn serve() -> Served {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Store::open(folder.path()).unwrap().store);
    let made = Certificates::of(folder.path(), own_names(&[]), jiff::Timestamp::now()).unwrap();
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let tls = TcpListener::bind("127.0.0.1:0").unwrap();
    // On all addresses, so that it can be reached as from the network.
    let plain = TcpListener::bind("0.0.0.0:0").unwrap();
    let parts = Parts {
        office: Arc::new(House(store)),
        keys: Arc::default(),
        events: Arc::default(),
        names: Vec::new(),
        https: Some((tls.local_addr().unwrap().port(), made)),
    };
    let site = Site::new(parts, Limits { head: Duration::from_millis(500), ..Limits::default() });
    let addresses = (plain.local_addr().unwrap(), tls.local_addr().unwrap());
    site.serve(plain, Speech::Plain, runtime.handle()).unwrap();
    site.serve(tls, Speech::Tls, runtime.handle()).unwrap();
    Served { plain: addresses.0, tls: addresses.1, _runtime: runtime, _folder: folder }
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

#[test]
fn a_browser_that_has_the_authority_trusts_the_box() {
    let served = serve();
    let plain = SocketAddr::from((Ipv4Addr::LOCALHOST, served.plain.port()));
    let download = ask(plain, &get("/ca.crt"));
    assert!(download.contains("content-type: application/x-x509-ca-cert"), "{download}");
    let pem = download.split_once("\r\n\r\n").unwrap().1;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let client = Arc::new(client.with_root_certificates(roots).with_no_client_auth());
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
