//! The sockets over loopback, with small limits. Every wait ends at an event or at a generous bound.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod net;
mod secure;
mod tls;

use std::io::{Read, Write};
use std::net::{TcpListener, UdpSocket};
use std::sync::atomic::Ordering;
use std::time::Duration;

use io::limits::Limits;
use io::open::{OpenError, open};
use sip::transport::Transport;

use net::{BOUND, MESSAGE, expect, expect_end, net, net_on};

#[test]
fn a_ping_is_answered_by_a_pong() {
    let net = net(Limits::default());
    let mut peer = net.connect();
    peer.write_all(b"\r\n\r\n").unwrap();
    expect(&mut peer, b"\r\n");
}

#[test]
fn a_message_in_pieces_arrives_whole_and_is_answered_on_its_flow() {
    let net = net(Limits::default());
    let mut peer = net.connect();
    for piece in MESSAGE.chunks(7) {
        peer.write_all(piece).unwrap();
    }
    let packet = net.message();
    assert_eq!(packet.bytes, MESSAGE);
    assert_eq!(packet.hop.local, net.address);
    assert_eq!(packet.hop.remote, peer.local_addr().unwrap());
    net.send(Transport::Tcp, packet.hop.remote, packet.hop.flow, b"SIP/2.0 200 OK\r\n\r\n");
    expect(&mut peer, b"SIP/2.0 200 OK\r\n\r\n");
    drop(peer);
    assert_eq!(Some(net.closed()), packet.hop.flow);
}

#[test]
fn a_connection_without_a_whole_message_is_closed() {
    let limits = Limits { half_open: Duration::from_millis(50), ..Limits::default() };
    for sent in [&b""[..], b"\r\n\r\n", b"OPTIONS sip:box SIP/2.0\r\n"] {
        let net = net(limits);
        let mut peer = net.connect();
        peer.write_all(sent).unwrap();
        let mut answer = Vec::new();
        let _ = peer.read_to_end(&mut answer);
        assert_eq!(net.wire.counters().half_open_closed.value(), 1, "{sent:?}");
        net.nothing_more();
    }
}

#[test]
fn a_later_message_must_become_whole_too() {
    let limits = Limits { half_open: Duration::from_millis(50), ..Limits::default() };
    let net = net(limits);
    let (mut peer, flow) = net.proven();
    net.wire.keep(flow, true);
    peer.write_all(b"\r\n\r\n").unwrap();
    expect(&mut peer, b"\r\n");
    peer.write_all(b"OPTIONS").unwrap();
    expect_end(&mut peer);
    assert_eq!(net.closed(), flow);
}

#[test]
fn a_quiet_stranger_is_closed_and_a_registered_phone_is_not() {
    let limits = Limits { quiet: Duration::from_millis(100), ..Limits::default() };
    let net = net(limits);
    let (mut phone, kept) = net.proven();
    net.wire.keep(kept, true);
    let (mut stranger, flow) = net.proven();
    expect_end(&mut stranger);
    assert_eq!(net.closed(), flow);
    phone.write_all(b"\r\n\r\n").unwrap();
    expect(&mut phone, b"\r\n");
}

#[test]
fn a_peer_that_reads_nothing_is_closed() {
    let net = net(Limits { slow_write: Duration::from_millis(100), ..Limits::default() });
    let (_peer, flow) = net.proven();
    let remote = net.address;
    let much: &'static [u8] = vec![b'x'; 64 * 1024].leak();
    for _ in 0..400 {
        net.send(Transport::Tcp, remote, Some(flow), much);
    }
    assert_eq!(net.closed(), flow);
    assert!(net.wire.counters().slow_closed.value() >= 1);
    assert!(net.wire.counters().unsent.value() >= 1);
}

#[test]
fn what_cannot_be_framed_ends_the_connection() {
    let net = net(Limits::default());
    let mut peer = net.connect();
    peer.write_all(b"OPTIONS sip:box SIP/2.0\r\nFrom: x\r\n\r\n").unwrap();
    expect_end(&mut peer);
    assert_eq!(net.wire.counters().unframed_closed.value(), 1);
    net.nothing_more();
}

#[test]
fn a_message_without_a_flow_opens_one_connection_and_reuses_it() {
    let net = net(Limits::default());
    let far = TcpListener::bind("127.0.0.1:0").unwrap();
    let remote = far.local_addr().unwrap();
    net.send(Transport::Tcp, remote, None, b"one");
    net.send(Transport::Tcp, remote, None, b"two");
    let (mut peer, _) = far.accept().unwrap();
    expect(&mut peer, b"onetwo");
    peer.write_all(MESSAGE).unwrap();
    let packet = net.message();
    assert_eq!((packet.hop.local, packet.hop.remote), (net.address, remote));
    assert_eq!(net.wire.connections(), 1);
}

#[test]
fn a_peer_that_cannot_be_connected_to_is_said_to_be_unreachable() {
    let net = net(Limits::default());
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    net.send(Transport::Tcp, nobody, None, b"hello");
    assert_eq!(net.unreachable(), nobody);
    assert_eq!(net.wire.connections(), 0);
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let remote = silent.local_addr().unwrap();
    net.send(Transport::Tcp, remote, None, b"hello");
    drop(silent.accept().unwrap());
    assert_eq!(net.unreachable(), remote, "it closed without a word");
}

#[test]
fn a_peer_for_whom_there_is_no_room_is_said_to_be_unreachable() {
    let net = net(Limits { connections: 1, ..Limits::default() });
    let (_phone, flow) = net.proven();
    net.wire.keep(flow, true);
    net.send(Transport::Tcp, net.address, None, b"hello");
    assert_eq!(net.unreachable(), net.address);
}

#[test]
fn datagrams_travel_both_ways_over_both_families() {
    for ours in ["127.0.0.1:0", "[::1]:0"] {
        let net = net_on(ours, Limits::default());
        let peer = UdpSocket::bind(ours).unwrap();
        peer.set_read_timeout(Some(BOUND)).unwrap();
        peer.send_to(b"\r\n\r\n", net.address).unwrap();
        peer.send_to(MESSAGE, net.address).unwrap();
        let packet = net.message();
        assert_eq!((&packet.bytes[..], packet.hop.flow), (MESSAGE, None));
        net.send(Transport::Udp, packet.hop.remote, None, b"answer");
        let mut read = [0; 16];
        let (length, from) = peer.recv_from(&mut read).unwrap();
        assert_eq!((&read[..length], from), (&b"answer"[..], net.address));
    }
}

#[test]
fn a_full_queue_loses_datagrams_and_holds_streams_back() {
    let net = net(Limits::default());
    net.inbox.is_full.store(true, Ordering::SeqCst);
    UdpSocket::bind("127.0.0.1:0").unwrap().send_to(MESSAGE, net.address).unwrap();
    net.refused.recv_timeout(BOUND).unwrap();
    let mut peer = net.connect();
    peer.write_all(MESSAGE).unwrap();
    net.refused.recv_timeout(BOUND).unwrap();
    net.inbox.is_full.store(false, Ordering::SeqCst);
    assert!(net.message().hop.flow.is_some());
    assert_eq!(net.wire.counters().dropped.value(), 1);
}

#[test]
fn a_connection_that_waits_for_room_makes_room_at_once() {
    let net = net(Limits { connections: 1, wait_for_room: BOUND * 6, ..Limits::default() });
    net.inbox.is_full.store(true, Ordering::SeqCst);
    let mut first = net.connect();
    first.write_all(MESSAGE).unwrap();
    net.refused.recv_timeout(BOUND).unwrap();
    let _second = net.connect();
    expect_end(&mut first);
}

#[test]
fn a_taken_port_is_named() {
    let first = open("127.0.0.1:0".parse().unwrap(), 4096).unwrap();
    match open(first.address, 4096).unwrap_err() {
        OpenError::Taken { port, .. } => assert_eq!(port, first.address.port()),
        other => panic!("{other}"),
    }
}
