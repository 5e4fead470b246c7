//! The office whose page is measured, and the calls that it had.

use std::fmt::Write as _;
use std::net::Ipv4Addr;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::mpsc::sync_channel;

use jiff::Timestamp;
use pbx::events::{By, CallEvent, Cause, Decision, Ending, Happened};
use pbx::ids::{CallId, LegId};
use pbx::output::Record;
use store::Store;

use crate::browser::Browser;
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;

/// Of every administrator.
pub const PASSWORD: &str = "seven quiet lanterns";

/// People who can sign in: one of them has 16 login sessions at most, and here are up to fifty browsers.
const ADMINS: u32 = 4;

/// The extension of the first.
pub const FIRST: u32 = 1000;

/// Calls that are written at once.
const AT_ONCE: u64 = 500;

/// The desk of somebody, counted from 0.
pub fn desk(number: u32) -> Desk {
    Desk::new(FIRST + number)
}

/// Serves an office of so many people, each with a phone.
pub fn serves(people: u32) -> Daemon {
    let hash = store::hash_password(PASSWORD).expect("the system has randomness");
    let mut text = "[office]\nname = \"Test office\"\ncountry = \"US\"\ntime_zone = \"UTC\"\n".to_owned();
    for number in 0..people {
        let Desk { extension, user, secret } = desk(number);
        let _ = write!(text, "\n[[person]]\nname = \"Desk {extension}\"\nextension = \"{extension}\"\n");
        let _ = writeln!(text, "phones = [{{ user = \"{user}\", secret = \"{secret}\" }}]");
        if number < ADMINS {
            let (email, hash) = (email(number), hash.expose());
            let _ = writeln!(text, "email = \"{email}\"\nrole = \"admin\"\npassword_hash = \"{hash}\"");
        }
    }
    Daemon::start_office(&text)
}

/// A browser of an administrator, from this address of loopback.
pub fn browser(daemon: &Daemon, number: u32, from: Ipv4Addr) -> Browser {
    Browser::signed_in(daemon.http, from, &email(number % ADMINS))
}

fn email(number: u32) -> String {
    format!("desk{number}@office.example")
}

/// Writes calls with these numbers into the store of a daemon that is stopped for that.
pub fn had_calls(daemon: &mut Daemon, numbers: RangeInclusive<u64>) {
    daemon.stops();
    write_calls(&daemon.data, numbers);
    daemon.starts_again();
}

fn write_calls(folder: &Path, numbers: RangeInclusive<u64>) {
    let store = Store::open(folder).expect("nobody else has it open").store;
    let numbers: Vec<u64> = numbers.collect();
    for some in numbers.chunks(AT_ONCE as usize) {
        let records = some.iter().flat_map(|number| call(*number)).collect();
        let (done, is_written) = sync_channel(1);
        store.commit(records, Box::new(move |written| done.send(written).expect("it is waited for")));
        assert!(is_written.recv().expect("every commit is answered"), "the store writes");
    }
    store.close();
}

/// A call as most are: one rings another, who answers or does not.
fn call(number: u64) -> Vec<Record> {
    let place = |by: u64| (FIRST + u32::try_from(number * by % 50).expect("it is below 50")).to_string();
    let (from, to) = (place(7), place(11));
    let (caller, callee) = (LegId(2 * number), LegId(2 * number + 1));
    let because = vec![format!("it is the extension of Desk {to}")];
    let asked = Happened::Asked {
        name: String::new(),
        phone: format!("{from}a"),
        source: "127.0.0.1:5060".to_owned(),
        revision: 1,
        from: from.clone(),
        dialled: to.clone(),
    };
    let steps = vec![Decision::Told { what: format!("ring {to} for 25 s"), because }];
    let invited =
        Happened::Invited { leg: callee, phone: format!("{to}a"), contact: format!("sip:{to}@127.0.0.1:5062") };
    let ending = |by| Ending::Between { from: from.clone(), to: to.clone(), by };
    let ended = match number % 3 {
        0 => Happened::Ended { cause: Cause::Unanswered, because: ending(By::Box) },
        _ => Happened::Ended { cause: Cause::HungUp, because: ending(By::Callee) },
    };
    let mut log = vec![asked, Happened::Decided { steps }, Happened::Entered { step: 0 }, invited];
    log.push(Happened::Rang { leg: callee });
    if !number.is_multiple_of(3) {
        log.push(Happened::Answered { leg: callee, codec: "PCMU".to_owned(), is_caller: false });
    }
    log.extend([Happened::Left { leg: callee }, Happened::Left { leg: caller }, ended]);
    let second = 1_700_000_000 + i64::try_from(number * 120).expect("some years at most");
    let at = Timestamp::from_second(second).expect("it is in this century");
    let event = |(seq, what): (usize, Happened)| {
        let seq = u32::try_from(seq).expect("a call has some events");
        let since_start_ms = u64::from(seq) * 3_000;
        Record::Call(CallEvent { call: CallId(number), seq, at, synced: true, since_start_ms, what })
    };
    log.into_iter().enumerate().map(event).collect()
}
