//! Figures, RTCP and silence.

use std::net::SocketAddr;
use std::time::Duration;

use pbx::input::{HUSH, LegId, MediaEvent, Quality};
use pbx::output::MediaOrder;
use rtp::rtcp::{self, Report, ReportBlock, Sent};

use crate::bench::{Bench, Phone, assert_silent, socket_on};

const TALK: [u8; 160] = [0x2a; 160];
/// Longer than any interval between reports.
const INTERVAL: Duration = Duration::from_secs(8);

fn quality(bench: &mut Bench, leg: LegId) -> Quality {
    bench.expect(|event| match event {
        MediaEvent::Quality { leg: said, quality, .. } if *said == leg => Some(*quality),
        _ => None,
    })
}

fn send_report(phone: &Phone, report: Report) {
    let to = SocketAddr::new(phone.server.ip(), phone.server.port() + 1);
    phone.rtcp.send_to(&rtcp::print(&[report]), to).unwrap();
}

#[test]
fn reports_tell_the_phone_what_we_sent_and_heard() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    for _ in 0..3 {
        a.say(0, &TALK);
        b.hear();
    }
    let _lost = a.packet(0, &TALK);
    a.say(0, &TALK);
    let ours = b.hear().0;
    let sent = Sent { ntp: 0x1234_5678_9abc_0000, timestamp: 1, packets: 5, octets: 800 };
    send_report(&a, Report::Sender { ssrc: a.next.ssrc, sent, blocks: vec![] });
    bench.settle();
    bench.advance(INTERVAL);
    let (to_a, from) = a.hear_report();
    assert_eq!(from.port(), a.server.port() + 1);
    let [Report::Receiver { blocks, .. }, Report::Description(names)] = &to_a[..] else { panic!("{to_a:?}") };
    assert_eq!((blocks[0].ssrc, blocks[0].cumulative_lost, blocks[0].fraction_lost), (a.next.ssrc, 1, 51));
    assert_eq!(blocks[0].highest_sequence, 0x1_0001);
    assert_eq!(blocks[0].last_sr, 0x5678_9abc);
    assert!((8 * 65_536..12 * 65_536).contains(&blocks[0].delay_since_last_sr), "{blocks:?}");
    assert!(names[0].cname.ends_with(b"@bellbox"));
    let (to_b, _) = b.hear_report();
    let Report::Sender { ssrc, sent, blocks } = &to_b[0] else { panic!("{to_b:?}") };
    assert_eq!((*ssrc, sent.packets, sent.octets, blocks.len()), (ours.ssrc, 4, 640, 0));
    assert!((64_000..96_000).contains(&sent.timestamp.wrapping_sub(ours.timestamp)), "on the stream's clock");
}

#[test]
fn figures_are_said_when_they_change_and_at_the_end() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    for number in 0..20 {
        if number % 5 == 4 {
            let _lost = a.packet(0, &TALK);
        } else {
            a.say(0, &TALK);
            b.hear();
        }
    }
    a.say(0, &TALK);
    let ours = b.hear().0;
    bench.advance(INTERVAL);
    let Report::Sender { sent, .. } = b.hear_report().0.remove(0) else { panic!("no sender's report") };
    assert_eq!((quality(&mut bench, a.leg).lost, quality(&mut bench, b.leg).sent), (4, 17));
    bench.advance(Duration::from_secs(1));
    let block = ReportBlock {
        ssrc: ours.ssrc,
        cumulative_lost: 3,
        jitter: 80,
        last_sr: rtcp::ntp_middle(sent.ntp),
        delay_since_last_sr: 65_536 / 2,
        ..ReportBlock::default()
    };
    let other = ReportBlock { ssrc: 1, cumulative_lost: 99, ..ReportBlock::default() };
    send_report(&b, Report::Receiver { ssrc: 5, blocks: vec![other, block] });
    bench.settle();
    bench.order(MediaOrder::Close { leg: b.leg });
    let last = quality(&mut bench, b.leg);
    assert_eq!((last.remote_lost, last.remote_jitter_ms), (Some(3), Some(10.0)));
    let round_trip = last.round_trip_ms.unwrap();
    assert!((500.0..4_000.0).contains(&round_trip), "a second less half of one: {round_trip}");
    bench.order(MediaOrder::Close { leg: a.leg });
    let last = quality(&mut bench, a.leg);
    assert_eq!((last.received, last.lost, last.sent, last.strangers), (17, 4, 0, 0));
}

#[test]
fn sound_is_told_when_it_begins_and_ceases_and_unchanged_figures_are_not_repeated() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    let figures = |bench: &mut Bench, leg: LegId| {
        let said = bench.unread().into_iter().filter_map(|event| match event {
            MediaEvent::Quality { leg: said, quality, silent_for } if said == leg => {
                Some((quality.received, silent_for))
            }
            _ => None,
        });
        said.collect::<Vec<_>>()
    };
    a.say(0, &TALK);
    b.hear();
    bench.settle();
    // The next sweep, long before a report is due.
    bench.advance(Duration::from_millis(1_100));
    assert_eq!(figures(&mut bench, a.leg), [(1, None)]);
    bench.advance(INTERVAL);
    assert_eq!(figures(&mut bench, a.leg), []);
    bench.advance(Duration::from_secs(3));
    let ceased = figures(&mut bench, a.leg);
    assert!(matches!(ceased[..], [(1, Some(silent))] if silent >= HUSH), "{ceased:?}");
    bench.advance(INTERVAL);
    assert_eq!(figures(&mut bench, a.leg), []);
    a.say(0, &TALK);
    b.hear();
    bench.settle();
    bench.advance(Duration::from_millis(1_100));
    assert_eq!(figures(&mut bench, a.leg), [(2, None)]);
}

#[test]
fn closing_says_good_bye() {
    let mut bench = Bench::new();
    let phone = bench.phone();
    bench.order(MediaOrder::Close { leg: phone.leg });
    let (reports, _) = phone.hear_report();
    let [Report::Receiver { ssrc, .. }, Report::Description(_), Report::Goodbye(gone)] = &reports[..] else {
        panic!("{reports:?}")
    };
    assert_eq!(gone, &[*ssrc]);
}

#[test]
fn a_strangers_reports_count_for_nothing() {
    let mut bench = Bench::new();
    let (mut a, b) = bench.bridged();
    a.say(0, &TALK);
    let ours = b.hear().0;
    let stranger = socket_on([127, 0, 0, 2]);
    let block = ReportBlock { ssrc: ours.ssrc, cumulative_lost: 77, ..ReportBlock::default() };
    let bytes = rtcp::print(&[Report::Receiver { ssrc: 5, blocks: vec![block] }]);
    stranger.send_to(&bytes, SocketAddr::new(b.server.ip(), b.server.port() + 1)).unwrap();
    send_report(&b, Report::Receiver { ssrc: 5, blocks: vec![] });
    bench.settle();
    bench.order(MediaOrder::Close { leg: b.leg });
    let last = quality(&mut bench, b.leg);
    assert_eq!((last.remote_lost, last.strangers), (None, 1));
    b.hear_report();
    assert_silent(&stranger);
}

#[test]
fn silence_is_said_every_minute_until_a_packet_comes() {
    let mut bench = Bench::new();
    let mut phone = bench.phone();
    let silent = |bench: &mut Bench| {
        bench.expect(|event| match event {
            MediaEvent::Silent { leg, for_s } if *leg == phone.leg => Some(*for_s),
            _ => None,
        })
    };
    bench.advance(Duration::from_secs(50));
    assert_eq!(bench.unread(), []);
    bench.advance(Duration::from_secs(11));
    assert!((60..75).contains(&silent(&mut bench)));
    bench.advance(Duration::from_secs(60));
    assert!((120..135).contains(&silent(&mut bench)));
    bench.order(MediaOrder::Echo { leg: phone.leg });
    phone.say(0, &TALK);
    phone.hear();
    bench.advance(Duration::from_secs(50));
    let said = bench.unread();
    assert!(!said.iter().any(|event| matches!(event, MediaEvent::Silent { .. })), "{said:?}");
}
