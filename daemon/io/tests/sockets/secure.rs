//! Connections that we open within TLS: to whom, and to whom not.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use io::limits::Limits;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use sip::peer::SecurePeer;
use sip::transport::{Distrust, Transport};

use crate::net::{BOUND, MESSAGE, Net, net};

const NAME: &str = "edge.example";

/// A certificate for a name, valid for these years, and its server.
fn certified(name: &str, years: (i32, i32)) -> (String, Arc<ServerConfig>) {
    certified_for(&[name], years)
}

fn certified_for(names: &[&str], years: (i32, i32)) -> (String, Arc<ServerConfig>) {
    let mut params = CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap();
    (params.not_before, params.not_after) = (date_time_ymd(years.0, 1, 1), date_time_ymd(years.1, 1, 1));
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key).unwrap();
    (certificate.pem(), Arc::new(config))
}

/// A carrier on loopback: each connection takes so many messages, answers each, and ends. It tells the name that was asked for.
fn carrier(config: Arc<ServerConfig>, messages: usize) -> (SocketAddr, mpsc::Receiver<Option<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (config, tell, stream) = (Arc::clone(&config), tell.clone(), stream.unwrap());
            thread::spawn(move || serve(config, &stream, messages, &tell));
        }
    });
    (address, told)
}

fn serve(config: Arc<ServerConfig>, stream: &TcpStream, messages: usize, tell: &mpsc::Sender<Option<String>>) {
    stream.set_read_timeout(Some(BOUND)).unwrap();
    let mut stream = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
    let mut read = vec![0; MESSAGE.len()];
    for _ in 0..messages {
        if stream.read_exact(&mut read).is_err() {
            break;
        }
        let _ = tell.send(stream.conn.server_name().map(str::to_owned));
        stream.write_all(MESSAGE).unwrap();
    }
    stream.conn.send_close_notify();
    let _ = stream.flush();
}

fn trusts(net: &Net, address: SocketAddr, authority: Option<&str>) -> SecurePeer {
    let peer = called(NAME, address, authority);
    net.wire.trust(Arc::new(vec![peer.clone()]));
    peer
}

fn called(name: &str, address: SocketAddr, authority: Option<&str>) -> SecurePeer {
    SecurePeer::new(vec![address], name.to_owned(), authority.map(str::to_owned))
}

#[test]
fn a_peer_proves_itself_and_its_connection_is_used_until_it_ends_and_then_renewed() {
    let (pem, config) = certified(NAME, (2020, 2090));
    let (address, told) = carrier(config, 2);
    let net = net(Limits::default());
    let peer = trusts(&net, address, Some(&pem));
    let mut flows = Vec::new();
    for _ in 0..2 {
        for _ in 0..2 {
            net.send_to(&peer, MESSAGE);
            assert_eq!(told.recv_timeout(BOUND).unwrap().as_deref(), Some(NAME), "the name stands in the handshake");
            let packet = net.message();
            assert_eq!(
                (packet.hop.transport, packet.hop.remote, &packet.bytes[..]),
                (Transport::Tls, address, MESSAGE)
            );
            flows.push(packet.hop.flow);
        }
        assert_eq!(Some(net.closed()), flows.last().copied().flatten());
    }
    assert_eq!((flows[0] == flows[1], flows[1] == flows[2], flows[2] == flows[3]), (true, false, true));
}

#[test]
fn who_does_not_prove_itself_hears_nothing() {
    let another = certified(NAME, (2020, 2090)).0;
    for (name, years, authority, expected) in [
        (NAME, (2020, 2090), Some(another.as_str()), Distrust::UnknownAuthority),
        (NAME, (2020, 2021), None, Distrust::Expired),
        (NAME, (2089, 2090), None, Distrust::NotYetValid),
        ("other.example", (2020, 2090), None, Distrust::WrongName),
        (NAME, (2020, 2090), Some("nothing"), Distrust::BadAuthority),
    ] {
        let (pem, config) = certified(name, years);
        let (address, told) = carrier(config, 1);
        let net = net(Limits::default());
        let peer = trusts(&net, address, Some(authority.unwrap_or(&pem)));
        net.send_to(&peer, MESSAGE);
        assert_eq!((net.distrusted(), net.unreachable()), (expected, address));
        assert!(told.try_recv().is_err(), "it was told nothing");
    }
}

#[test]
fn a_wildcard_stands_for_one_label_and_for_no_more() {
    for (name, is_proven) in [("sip.edge.example", true), ("a.sip.edge.example", false), ("edge.example", false)] {
        let (pem, config) = certified("*.edge.example", (2020, 2090));
        let (address, told) = carrier(config, 1);
        let net = net(Limits::default());
        let peer = called(name, address, Some(&pem));
        net.wire.trust(Arc::new(vec![peer.clone()]));
        net.send_to(&peer, MESSAGE);
        if is_proven {
            assert_eq!(told.recv_timeout(BOUND).unwrap().as_deref(), Some(name));
        } else {
            assert_eq!((net.distrusted(), net.unreachable()), (Distrust::WrongName, address), "{name}");
            assert!(told.try_recv().is_err(), "it was told nothing");
        }
    }
}

#[test]
fn a_connection_that_is_open_proves_nothing_once_another_proof_is_wanted() {
    let (pem, config) = certified(NAME, (2020, 2090));
    let (address, told) = carrier(config, 9);
    let net = net(Limits::default());
    let before = trusts(&net, address, Some(&pem));
    net.send_to(&before, MESSAGE);
    net.message();
    // Where it is is looked up anew, as a name is that was set up otherwise.
    net.wire.trust(Arc::default());
    let now = trusts(&net, address, Some(&certified(NAME, (2020, 2090)).0));
    net.send_to(&now, MESSAGE);
    assert_eq!((net.distrusted(), net.unreachable()), (Distrust::UnknownAuthority, address));
    told.recv_timeout(BOUND).unwrap();
    assert!(told.try_recv().is_err(), "it was told once");
    // Its last word goes where it was proven.
    net.send_to(&before, MESSAGE);
    net.message();
    told.recv_timeout(BOUND).unwrap();
}

#[test]
fn each_of_two_peers_at_one_address_proves_its_own_name_on_a_connection_of_its_own() {
    let (pem, config) = certified("one.example", (2020, 2090));
    let (address, told) = carrier(config, 9);
    let net = net(Limits::default());
    let [one, two] = ["one.example", "two.example"].map(|name| called(name, address, Some(&pem)));
    net.wire.trust(Arc::new(vec![one.clone(), two.clone()]));
    net.send_to(&one, MESSAGE);
    let first = net.message();
    assert_eq!(told.recv_timeout(BOUND).unwrap().as_deref(), Some("one.example"));
    net.send_to(&two, MESSAGE);
    assert_eq!((net.distrusted(), net.unreachable()), (Distrust::WrongName, address));
    assert!(told.try_recv().is_err(), "who proved one name heard nothing that was for another");
    net.send_to(&one, MESSAGE);
    let again = net.message();
    assert_eq!(told.recv_timeout(BOUND).unwrap().as_deref(), Some("one.example"));
    assert_eq!((first.hop.flow, first.hop.proof), (again.hop.flow, Some(one.proof)));
}

#[test]
fn a_certificate_for_several_names_proves_each_to_whom_asks_for_it() {
    let (pem, config) = certified_for(&["one.example", "*.two.example"], (2020, 2090));
    let (address, told) = carrier(config, 9);
    let net = net(Limits::default());
    let peers = ["one.example", "sip.two.example"].map(|name| called(name, address, Some(&pem)));
    net.wire.trust(Arc::new(peers.to_vec()));
    let flows = peers.each_ref().map(|peer| {
        net.send_to(peer, MESSAGE);
        let packet = net.message();
        assert_eq!(told.recv_timeout(BOUND).unwrap(), Some(peer.name.clone()));
        assert_eq!(packet.hop.proof, Some(peer.proof));
        packet.hop.flow
    });
    assert_ne!(flows[0], flows[1]);
}

#[test]
fn a_peer_in_clear_at_the_same_address_has_a_connection_of_its_own() {
    let (pem, _) = certified(NAME, (2020, 2090));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let net = net(Limits::default());
    let peer = trusts(&net, address, Some(&pem));
    net.send_to(&peer, MESSAGE);
    let (_secure, _) = listener.accept().unwrap();
    net.send(Transport::Tcp, address, None, MESSAGE);
    let (mut clear, _) = listener.accept().unwrap();
    let mut read = vec![0; MESSAGE.len()];
    clear.read_exact(&mut read).unwrap();
    assert_eq!(read, MESSAGE);
}

#[test]
fn the_authorities_of_the_system_know_no_carrier_of_ours() {
    let (_, config) = certified(NAME, (2020, 2090));
    let (address, _) = carrier(config, 1);
    let net = net(Limits::default());
    let peer = trusts(&net, address, None);
    net.send_to(&peer, MESSAGE);
    let why = net.distrusted();
    assert!(matches!(why, Distrust::UnknownAuthority | Distrust::NoAuthorities), "{why:?}");
}

#[test]
fn who_speaks_no_tls_is_found_out_and_who_says_nothing_is_not_waited_for() {
    let (pem, _) = certified(NAME, (2020, 2090));
    for (says, expected) in [(MESSAGE, Some(Distrust::NoTls)), (b"".as_slice(), None)] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let net = net(Limits { half_open: Duration::from_millis(200), ..Limits::default() });
        let peer = trusts(&net, address, Some(&pem));
        net.send_to(&peer, MESSAGE);
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(says).unwrap();
        if let Some(expected) = expected {
            assert_eq!(net.distrusted(), expected);
        }
        assert_eq!(net.unreachable(), address);
    }
}
