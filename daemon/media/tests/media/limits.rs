//! What runs out, and what comes back.

use std::net::UdpSocket;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use media::{Media, ORDERS_WAITING, Settings};
use pbx::input::{LegId, MediaEvent};
use pbx::output::MediaOrder;

use crate::bench::{Bench, free_port};

fn failed(bench: &mut Bench, leg: LegId) {
    bench.expect(|event| (*event == MediaEvent::Failed { leg }).then_some(()));
}

#[test]
fn closing_frees_the_ports_and_their_place() {
    let mut bench = Bench::with(Settings { max_ports: 1, ..Settings::default() });
    let phone = bench.phone();
    assert!(UdpSocket::bind(phone.server).is_err());
    bench.order(MediaOrder::Close { leg: phone.leg });
    let above = (phone.server.ip(), phone.server.port() + 1);
    drop((UdpSocket::bind(phone.server).unwrap(), UdpSocket::bind(above).unwrap()));
    bench.order(MediaOrder::Open { leg: phone.leg, local: phone.server });
    assert!(UdpSocket::bind(phone.server).is_err());
    assert!(!bench.unread().contains(&MediaEvent::Failed { leg: phone.leg }));
}

#[test]
fn one_port_too_many_fails_and_the_others_go_on() {
    let mut bench = Bench::with(Settings { max_ports: 2, ..Settings::default() });
    let (mut a, b) = bench.bridged();
    let c = bench.unconfigured_phone();
    failed(&mut bench, c.leg);
    a.say(0, &[1; 160]);
    b.hear();
}

#[test]
fn a_port_in_use_fails_whole() {
    let mut bench = Bench::new();
    let port = free_port();
    let taken = UdpSocket::bind(("127.0.0.1", port + 1)).unwrap();
    let leg = LegId(77);
    bench.order(MediaOrder::Open { leg, local: ([127, 0, 0, 1], port).into() });
    failed(&mut bench, leg);
    drop((taken, UdpSocket::bind(("127.0.0.1", port)).unwrap()));
}

#[test]
fn orders_about_legs_without_a_port_are_ignored() {
    let mut bench = Bench::new();
    let phone = bench.phone();
    let nobody = LegId(404);
    bench.order(MediaOrder::Bridge { a: phone.leg, b: nobody });
    bench.order(MediaOrder::Bridge { a: phone.leg, b: phone.leg });
    for order in [MediaOrder::Echo { leg: nobody }, MediaOrder::Part { leg: nobody }, MediaOrder::Close { leg: nobody }]
    {
        bench.order(order);
    }
    assert_eq!(bench.unread(), []);
}

#[test]
fn orders_that_find_no_room_fail_their_legs() {
    // The sink holds the thread up at the first event until the gate opens.
    let (open_gate, gate) = sync_channel::<()>(0);
    let (sender, events) = sync_channel(10_000);
    let mut is_first = true;
    let sink = move |event| {
        if std::mem::take(&mut is_first) {
            gate.recv().unwrap();
        }
        sender.send(event).map_err(|error| error.0)
    };
    let media = Media::start(Settings::default(), sink).unwrap();
    let impossible = |leg| MediaOrder::Open { leg: LegId(leg), local: ([127, 0, 0, 1], 0).into() };
    let open = free_port();
    media.order(MediaOrder::Open { leg: LegId(1), local: ([127, 0, 0, 1], open).into() });
    for leg in 2..ORDERS_WAITING as u64 + 10 {
        media.order(impossible(leg));
    }
    media.order(MediaOrder::Echo { leg: LegId(1) });
    open_gate.send(()).unwrap();
    let wanted = [MediaEvent::Failed { leg: LegId(1) }, MediaEvent::Failed { leg: LegId(ORDERS_WAITING as u64 + 9) }];
    for event in wanted {
        assert!(events.iter().any(|said| said == event), "{event:?}");
    }
    drop(UdpSocket::bind(("127.0.0.1", open)).unwrap());
    media.stop();
}

#[test]
fn stopping_closes_everything_and_says_the_last_figures() {
    let (sender, events) = sync_channel(10);
    let media = Media::start(Settings::default(), media::into_channel(sender)).unwrap();
    let port = free_port();
    media.order(MediaOrder::Open { leg: LegId(1), local: ([127, 0, 0, 1], port).into() });
    media.stop();
    assert!(matches!(events.recv(), Ok(MediaEvent::Quality { leg: LegId(1), .. })));
    assert!(events.recv().is_err(), "the thread is gone");
    drop(UdpSocket::bind(("127.0.0.1", port)).unwrap());
}

#[test]
fn a_full_sink_stops_no_audio_and_loses_no_failure() {
    let (sender, events) = sync_channel(1);
    let media = Media::start(Settings::default(), media::into_channel(sender)).unwrap();
    for leg in 10..40 {
        media.order(MediaOrder::Open { leg: LegId(leg), local: ([127, 0, 0, 1], 0).into() });
    }
    // The phone of another bench, plugged in here.
    let mut other = Bench::new();
    let mut phone = other.unconfigured_phone();
    other.order(MediaOrder::Close { leg: phone.leg });
    media.order(MediaOrder::Open { leg: phone.leg, local: phone.server });
    let signalled_from = phone.server.ip();
    media.order(MediaOrder::Configure { leg: phone.leg, agreed: phone.agreed.clone(), signalled_from });
    media.order(MediaOrder::Echo { leg: phone.leg });
    phone.rtp.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    // Packets before the port is open are lost.
    let is_heard = (0..500).any(|_| {
        phone.say(0, &[1; 160]);
        phone.rtp.recv(&mut [0; 500]).is_ok()
    });
    assert!(is_heard);
    for leg in 10..40 {
        let failed = events.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(failed, MediaEvent::Failed { leg: LegId(leg) });
    }
    media.stop();
}
