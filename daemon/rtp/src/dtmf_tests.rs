use super::*;
use proptest::prelude::*;

const STEP_MS: u64 = 20;

/// Packets of presses one after the other, each with its time of arrival and timestamp.
fn dialled(digits: &str, held_ms: u32, gap_ms: u32) -> Vec<(Duration, u32, Event)> {
    let mut packets = Vec::new();
    let mut start_ms = 1_000_u32;
    for digit in digits.chars() {
        for (index, keyed) in Keying::new(event_of(digit).unwrap(), held_ms, STEP_MS as u32).enumerate() {
            let at = Duration::from_millis(u64::from(start_ms) + index as u64 * STEP_MS);
            // Timestamps wrap amid the presses.
            packets.push((at, (start_ms * 8).wrapping_sub(20_000).wrapping_add(keyed.timestamp_offset), keyed.event));
        }
        start_ms += held_ms + gap_ms;
    }
    packets
}

fn hear(packets: impl IntoIterator<Item = (Duration, u32, Event)>) -> Vec<Press> {
    let mut detector = Detector::default();
    let mut last = Duration::ZERO;
    let mut presses = Vec::new();
    for (at, timestamp, event) in packets {
        last = last.max(at);
        presses.extend(detector.hear(event, timestamp, last).into_iter().flatten());
    }
    presses.extend(detector.expire(last + Duration::from_secs(1)));
    presses
}

fn digits(presses: &[Press]) -> String {
    presses.iter().map(|press| press.digit).collect()
}

#[test]
fn every_key_is_heard_once_with_its_duration() {
    let presses = hear(dialled("1234567890*#ABCD11", 100, 100));
    assert_eq!(digits(&presses), "1234567890*#ABCD11");
    assert!(presses.iter().all(|press| press.duration == Duration::from_millis(100)), "{presses:?}");
}

#[test]
fn a_press_ends_with_three_packets_and_starts_with_a_marker() {
    let packets: Vec<Keyed> = Keying::new(5, 60, 20).collect();
    let said: Vec<_> = packets.iter().map(|keyed| (keyed.marker, keyed.event.end, keyed.event.duration)).collect();
    assert_eq!(
        said,
        [(true, false, 160), (false, false, 320), (false, true, 480), (false, true, 480), (false, true, 480)]
    );
}

#[test]
fn a_lost_end_is_a_time_out_and_what_follows_late_is_no_second_press() {
    let mut detector = Detector::default();
    let packets = dialled("7", 500, 0);
    for (at, timestamp, event) in &packets[..5] {
        assert_eq!(detector.hear(*event, *timestamp, *at), [None, None]);
    }
    let deadline = detector.deadline().unwrap();
    assert_eq!(deadline, packets[4].0 + TIMEOUT);
    assert_eq!(detector.expire(deadline - Duration::from_millis(1)), None);
    assert_eq!(detector.expire(deadline), Some(Press { digit: '7', duration: Duration::from_millis(100) }));
    for (_, timestamp, event) in &packets[5..] {
        assert_eq!(detector.hear(*event, *timestamp, deadline), [None, None]);
    }
    assert_eq!(detector.deadline(), None);
}

#[test]
fn a_press_without_its_end_is_said_when_the_next_key_comes() {
    let packets = dialled("58", 100, 20);
    let without_end = packets.iter().copied().filter(|(_, timestamp, event)| !event.end || *timestamp != packets[0].1);
    assert_eq!(digits(&hear(without_end)), "58");
}

#[test]
fn a_long_press_of_several_segments_is_one() {
    let presses = hear(dialled("9", 20_000, 0));
    assert_eq!(presses, [Press { digit: '9', duration: Duration::from_secs(20) }]);
}

#[test]
fn a_long_press_whose_duration_saturates_is_one() {
    let mut packets: Vec<_> = dialled("9", 8_000, 0);
    for (_, _, event) in &mut packets[300..] {
        event.duration = u16::MAX;
    }
    assert_eq!(digits(&hear(packets)), "9");
}

#[test]
fn flash_and_tones_are_no_digits_and_disturb_none() {
    let mut packets = dialled("3", 100, 0);
    packets.insert(2, (packets[2].0, 77, Event { event: 16, end: true, volume: 0, duration: 400 }));
    packets.insert(2, (packets[2].0, 78, Event { event: 200, end: false, volume: 0, duration: 400 }));
    assert_eq!(digits(&hear(packets)), "3");
}

#[test]
fn a_new_stream_is_heard_whatever_its_timestamps() {
    let mut detector = Detector::default();
    let end = Event { event: 1, end: true, volume: 10, duration: 800 };
    assert!(detector.hear(end, 5_000, Duration::ZERO)[1].is_some());
    assert!(detector.hear(end, 4_000, Duration::ZERO)[1].is_none(), "overtaken");
    assert_eq!(detector.reset(), None);
    assert!(detector.hear(end, 4_000, Duration::ZERO)[1].is_some(), "of another stream");
    assert!(detector.hear(end, 3_000, FORGET)[1].is_some(), "long after");
}

#[test]
fn payloads_are_four_bytes() {
    assert_eq!(Event::parse(&[11, 0x8a, 1, 0x40]), Some(Event { event: 11, end: true, volume: 10, duration: 320 }));
    assert_eq!(Event::parse(&[1, 2, 3]), None);
    assert_eq!((event_of('d'), event_of('x')), (Some(15), None));
}

proptest! {
    #[test]
    fn events_print_and_parse(event: u8, end: bool, volume in 0..64_u8, duration: u16) {
        let event = Event { event, end, volume, duration };
        prop_assert_eq!(Event::parse(&event.print()), Some(event));
    }

    /// Each press keeps at least one packet, not over two updates of a run are missing, up to two packets change places.
    #[test]
    fn loss_repetition_and_disorder_make_no_press_more_or_less(
        dial in "[0-9*#A-D]{1,8}",
        fates in proptest::collection::vec(0..5_u8, 200),
        swaps in proptest::collection::vec(any::<bool>(), 200),
    ) {
        let mut packets = Vec::new();
        let mut dropped = 0;
        for (index, packet) in dialled(&dial, 100, 60).into_iter().enumerate() {
            let drop = fates[index % 200] == 0 && dropped < 3;
            dropped = if drop { dropped + 1 } else { 0 };
            if !drop {
                packets.push(packet);
            }
            if fates[index % 200] == 1 {
                packets.push(packet);
            }
        }
        for index in 1..packets.len() {
            if swaps[index % 200] {
                packets.swap(index - 1, index);
            }
        }
        // Disorder among packets of different presses is beyond what a timestamp can tell, unless only the ends move.
        prop_assert_eq!(digits(&hear(packets)), dial);
    }

    #[test]
    fn any_events_are_survived(steps in proptest::collection::vec(any::<(u8, bool, u16, u32, u32)>(), 0..200)) {
        let mut detector = Detector::default();
        for (event, end, duration, timestamp, at) in steps {
            detector.hear(Event { event: event % 20, end, volume: 0, duration }, timestamp, Duration::from_millis(at.into()));
            detector.expire(Duration::from_millis(at.into()));
        }
    }
}
