use super::*;
use proptest::prelude::*;

fn blocks() -> impl Strategy<Value = Vec<ReportBlock>> {
    let words = any::<(u32, u8, u32, u32, u32, u32)>();
    let block = (words, -0x80_0000..=0x7f_ffff_i32).prop_map(|(words, cumulative_lost)| ReportBlock {
        ssrc: words.0,
        fraction_lost: words.1,
        cumulative_lost,
        highest_sequence: words.2,
        jitter: words.3,
        last_sr: words.4,
        delay_since_last_sr: words.5,
    });
    proptest::collection::vec(block, 0..4)
}

fn first_report() -> impl Strategy<Value = Report> {
    let sender = (any::<(u32, u64, u32, u32, u32)>(), blocks()).prop_map(|(words, blocks)| Report::Sender {
        ssrc: words.0,
        sent: Sent { ntp: words.1, timestamp: words.2, packets: words.3, octets: words.4 },
        blocks,
    });
    let receiver = (any::<u32>(), blocks()).prop_map(|(ssrc, blocks)| Report::Receiver { ssrc, blocks });
    prop_oneof![sender, receiver]
}

fn next_report() -> impl Strategy<Value = Report> {
    let name =
        (any::<u32>(), proptest::collection::vec(any::<u8>(), 0..40)).prop_map(|(ssrc, cname)| Name { ssrc, cname });
    prop_oneof![
        first_report(),
        proptest::collection::vec(name, 0..4).prop_map(Report::Description),
        proptest::collection::vec(any::<u32>(), 0..31).prop_map(Report::Goodbye),
    ]
}

proptest! {
    #[test]
    fn what_is_printed_parses_to_the_same(first in first_report(), rest in proptest::collection::vec(next_report(), 0..4)) {
        let reports = [vec![first], rest].concat();
        let bytes = print(&reports);
        prop_assert_eq!(parse(&bytes), Ok(reports));
        for cut in 1..bytes.len().min(40) {
            // A cut between two packets of the compound leaves a good one.
            if let Ok(parsed) = parse(&bytes[..bytes.len() - cut]) {
                prop_assert_eq!(print(&parsed), &bytes[..bytes.len() - cut]);
            }
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..1600)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn hostile_bodies_never_panic(
        (count, kind, padded) in (0..32_u8, 200..205_u8, any::<bool>()),
        body in proptest::collection::vec(any::<[u8; 4]>(), 0..60),
    ) {
        let body = body.concat();
        let first = 0x80 | count | if padded { 0x20 } else { 0 };
        let lead = print(&[Report::Receiver { ssrc: 1, blocks: vec![] }]);
        let _ = parse(&[&lead[..], &[first, kind, 0, (body.len() / 4) as u8], &body].concat());
    }
}

#[test]
fn a_report_of_a_phone_is_read() {
    // An SR with one block and an SDES, laid out by hand after §6.4.1 and §6.5.
    let bytes = [
        &[0x81, 200, 0, 12, 0, 0, 0, 9][..],
        &[0xe0, 0, 0, 1, 0x80, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 50, 0, 0, 31, 64],
        &[0, 0, 0, 7, 64, 0xff, 0xff, 0xfe, 0, 1, 0, 5, 0, 0, 0, 80, 0, 1, 0x80, 0, 0, 0, 0x80, 0],
        &[0x81, 202, 0, 3, 0, 0, 0, 9, 1, 3, b'a', b'@', b'b', 0, 0, 0],
    ]
    .concat();
    let block = ReportBlock {
        ssrc: 7,
        fraction_lost: 64,
        cumulative_lost: -2,
        highest_sequence: 0x1_0005,
        jitter: 80,
        last_sr: 0x1_8000,
        delay_since_last_sr: 0x8000,
    };
    let sent = Sent { ntp: 0xe000_0001_8000_0000, timestamp: 256, packets: 50, octets: 8000 };
    let reports = [
        Report::Sender { ssrc: 9, sent, blocks: vec![block] },
        Report::Description(vec![Name { ssrc: 9, cname: b"a@b".to_vec() }]),
    ];
    assert_eq!(parse(&bytes), Ok(reports.to_vec()));
    assert_eq!(print(&reports), bytes);
    assert_eq!(ntp_middle(sent.ntp), 0x1_8000);
}

#[test]
fn broken_compounds_are_refused_for_what_is_wrong() {
    let receiver = print(&[Report::Receiver { ssrc: 1, blocks: vec![] }]);
    let then = |tail: &[u8]| [&receiver[..], tail].concat();
    for (bytes, expected) in [
        (vec![], RtcpError::Short),
        (vec![0x80, 201], RtcpError::Short),
        (vec![0x40, 201, 0, 0], RtcpError::Version),
        (vec![0x81, 203, 0, 1, 0, 0, 0, 1], RtcpError::Order),
        (vec![0x80, 201, 0, 9, 0, 0, 0, 1], RtcpError::Short),
        (vec![0x81, 201, 0, 1, 0, 0, 0, 1], RtcpError::Short),
        (vec![0xa0, 201, 0, 2, 0, 0, 0, 1, 0, 0, 0, 8, 0x80, 201, 0, 1, 0, 0, 0, 1], RtcpError::Padding),
        (then(&[0xa1, 203, 0, 1, 0, 0, 0, 3]), RtcpError::Padding),
        (then(&[0xa0, 203, 0, 0]), RtcpError::Padding),
        (then(&[0x82, 203, 0, 1, 0, 0, 0, 3]), RtcpError::Short),
        (then(&[0x81, 202, 0, 2, 0, 0, 0, 1, 1, 9, 0, 0]), RtcpError::Short),
        (then(&[0; MAX_PACKET]), RtcpError::Long),
    ] {
        assert_eq!(parse(&bytes), Err(expected), "{bytes:?}");
    }
    let padded = then(&[0xa1, 203, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4]);
    assert_eq!(parse(&padded).unwrap()[1], Report::Goodbye(vec![3]));
    assert_eq!(parse(&then(&[0x80, 206, 0, 0])).unwrap()[1], Report::Other(206));
}

#[test]
fn round_trip_is_what_the_times_say() {
    // The example of RFC 3550, figure 2: heard at 0xb710:8000, delay 5.25 s, SR sent at 0xb705:2000, result 6.125 s.
    let block = ReportBlock { last_sr: 0xb705_2000, delay_since_last_sr: 0x0005_4000, ..ReportBlock::default() };
    assert_eq!(round_trip(0xb710_8000, &block), Some(Duration::from_millis(6_125)));
    let at = |now: u32| round_trip(now, &block);
    assert_eq!(at(0xb705_2000 + 0x0005_4000 - 100), Some(Duration::ZERO), "a rounding");
    assert_eq!(at(0xb705_2000), None, "before it could be");
    assert_eq!(at(0xb705_2000 + 0x0100_0000), None, "minutes");
    assert_eq!(round_trip(1, &ReportBlock::default()), None, "heard no report yet");
}

#[test]
fn ntp_time_counts_from_1900() {
    assert_eq!(ntp(Duration::ZERO) >> 32, 2_208_988_800);
    assert_eq!(ntp(Duration::from_millis(1_500)), (2_208_988_801 << 32) | 0x8000_0000);
}
