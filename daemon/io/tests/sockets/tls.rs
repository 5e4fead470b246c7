//! TLS: what is true of a TCP connection is true within it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use io::limits::Limits;
use io::line::Identity;
use io::open::open_tls;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConfig, StreamOwned};
use sip::transport::Transport;

use crate::net::{BOUND, MESSAGE, Net, started};

/// A certificate for the loopback, as the box holds it and as a phone trusts it.
struct Proof {
    server: Arc<ServerConfig>,
    client: Arc<ClientConfig>,
}

fn proof() -> Proof {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let certificate: CertificateDer<'static> = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions();
    let server = server.unwrap().with_no_client_auth().with_single_cert(vec![certificate.clone()], key).unwrap();
    let mut trusted = RootCertStore::empty();
    trusted.add(certificate).unwrap();
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let client = client.with_root_certificates(trusted).with_no_client_auth();
    Proof { server: Arc::new(server), client: Arc::new(client) }
}

fn net(limits: Limits, identity: Identity) -> Net {
    started(open_tls("127.0.0.1:0".parse().unwrap()).unwrap(), Some(identity), limits)
}

fn with(limits: Limits) -> (Net, Proof) {
    let proof = proof();
    let server = Arc::clone(&proof.server);
    (net(limits, Arc::new(move || Arc::clone(&server))), proof)
}

type Phone = StreamOwned<ClientConnection, TcpStream>;

fn phone(address: SocketAddr, proof: &Proof) -> Phone {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(BOUND)).unwrap();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    StreamOwned::new(ClientConnection::new(Arc::clone(&proof.client), name).unwrap(), stream)
}

#[track_caller]
fn expect(phone: &mut Phone, expected: &[u8]) {
    let mut read = vec![0; expected.len()];
    phone.read_exact(&mut read).unwrap();
    assert!(read == expected, "{} bytes are others", expected.len());
}

#[test]
fn messages_and_pings_travel_both_ways() {
    let (net, proof) = with(Limits::default());
    let mut phone = phone(net.address, &proof);
    phone.write_all(b"\r\n\r\n").unwrap();
    expect(&mut phone, b"\r\n");
    for piece in MESSAGE.chunks(7) {
        phone.write_all(piece).unwrap();
    }
    let packet = net.message();
    assert_eq!((&packet.bytes[..], packet.hop.transport, packet.hop.local), (MESSAGE, Transport::Tls, net.address));
    net.send(Transport::Tls, packet.hop.remote, packet.hop.flow, b"SIP/2.0 200 OK\r\n\r\n");
    expect(&mut phone, b"SIP/2.0 200 OK\r\n\r\n");
    drop(phone);
    assert_eq!(Some(net.closed()), packet.hop.flow);
}

#[test]
fn much_that_comes_in_one_record_is_read_to_its_end() {
    let (net, proof) = with(Limits::default());
    let mut phone = phone(net.address, &proof);
    // Several times what is read at once, and more than one record holds.
    let many = 700;
    phone.write_all(&MESSAGE.repeat(many)).unwrap();
    for _ in 0..many {
        assert_eq!(net.message().bytes, MESSAGE);
    }
}

#[test]
fn what_is_longer_than_a_record_arrives_whole() {
    let (net, proof) = with(Limits::default());
    let mut phone = phone(net.address, &proof);
    phone.write_all(MESSAGE).unwrap();
    let packet = net.message();
    let long: &'static [u8] = (0..200 * 1024).map(|n: usize| n.to_le_bytes()[0]).collect::<Vec<u8>>().leak();
    net.send(Transport::Tls, packet.hop.remote, packet.hop.flow, long);
    expect(&mut phone, long);
}

#[test]
fn a_peer_that_reads_nothing_is_closed() {
    let (net, proof) = with(Limits { slow_write: Duration::from_millis(100), ..Limits::default() });
    let mut phone = phone(net.address, &proof);
    phone.write_all(MESSAGE).unwrap();
    let hop = net.message().hop;
    let much: &'static [u8] = vec![b'x'; 64 * 1024].leak();
    for _ in 0..400 {
        net.send(Transport::Tls, hop.remote, hop.flow, much);
    }
    assert_eq!(Some(net.closed()), hop.flow);
    assert!(net.wire.counters().slow_closed.value() >= 1);
}

#[test]
fn a_handshake_that_never_ends_is_closed_and_so_is_what_is_none() {
    let (net, _) = with(Limits { half_open: Duration::from_millis(50), ..Limits::default() });
    for sent in [&b""[..], &[22, 3, 1], MESSAGE] {
        let mut stranger = TcpStream::connect(net.address).unwrap();
        stranger.set_read_timeout(Some(BOUND)).unwrap();
        stranger.write_all(sent).unwrap();
        let mut answer = Vec::new();
        let _ = stranger.read_to_end(&mut answer);
        // An alert, or nothing.
        assert!(answer.len() <= 7, "{answer:?}");
    }
    while net.wire.connections() > 0 {
        std::thread::yield_now();
    }
}

/// The first words of a phone that offers this version at best (RFC 2246 §7.4.1.2): one cipher suite, no extensions.
fn hello(version: [u8; 2]) -> Vec<u8> {
    let body = [&version[..], &[7; 32], &[0, 0, 2, 0, 0x2f, 1, 0]].concat();
    let length = |bytes: usize| u8::try_from(bytes).unwrap();
    let handshake = [&[1, 0, 0, length(body.len())][..], &body].concat();
    [&[22, 3, 1, 0, length(handshake.len())][..], &handshake].concat()
}

#[test]
fn a_phone_with_tls_of_the_last_century_is_refused_and_counted() {
    let (net, _) = with(Limits::default());
    for (said, refused) in [(hello([3, 1]), 1), (hello([3, 2]), 2), (MESSAGE.to_vec(), 2)] {
        let mut phone = TcpStream::connect(net.address).unwrap();
        phone.set_read_timeout(Some(BOUND)).unwrap();
        phone.write_all(&said).unwrap();
        let mut answer = Vec::new();
        let _ = phone.read_to_end(&mut answer);
        // A fatal alert (RFC 8446 §6).
        assert_eq!((answer.first(), answer.get(5)), (Some(&21), Some(&2)), "{answer:?}");
        while net.wire.connections() > 0 {
            std::thread::yield_now();
        }
        assert_eq!(net.wire.counters().old_tls_refused.value(), refused, "{said:?}");
    }
}

#[test]
fn another_certificate_is_shown_to_the_next_phone_and_the_connected_one_stays() {
    let (first, second) = (proof(), proof());
    let servers = [Arc::clone(&first.server), Arc::clone(&second.server)];
    let in_use = Arc::new(AtomicUsize::new(0));
    let shown = Arc::clone(&in_use);
    let net = net(Limits::default(), Arc::new(move || Arc::clone(&servers[shown.load(Ordering::SeqCst)])));
    let mut connected = phone(net.address, &first);
    connected.write_all(MESSAGE).unwrap();
    net.message();
    in_use.store(1, Ordering::SeqCst);
    let mut next = phone(net.address, &second);
    next.write_all(MESSAGE).unwrap();
    net.message();
    connected.write_all(b"\r\n\r\n").unwrap();
    expect(&mut connected, b"\r\n");
    let mut distrusting = phone(net.address, &first);
    assert!(distrusting.write_all(MESSAGE).is_err(), "the new one is not what it trusts");
}

#[test]
fn nobody_is_connected_to_by_tls() {
    let (net, _) = with(Limits::default());
    let remote = "127.0.0.1:5061".parse().unwrap();
    net.send(Transport::Tls, remote, None, b"hello");
    assert_eq!(net.unreachable(), remote);
}
