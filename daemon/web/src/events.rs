//! What changed in the office, for the pages that are open: a short memory that streams read from.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use pbx::status::{CallStatus, Status};
use tokio::sync::watch;

/// How many events are remembered: minutes of a busy office, for a browser that lost its connection for a moment.
const REMEMBERED: usize = 256;

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum News {
    /// Phones, trunks that went up or down, alerts, who waits to be called back.
    Status,
    /// What trunks answered, carry, are.
    Trunks,
    /// Wrong passwords of phones.
    Attempts,
    /// Calls began, changed or ended.
    Calls,
    /// Calls sound better or worse.
    Sound,
    /// This mailbox.
    Voicemail(String),
    /// The office.
    Config,
}

/// The memory, shared by those who tell and those who listen.
pub struct Events {
    told: Mutex<Told>,
    newest: watch::Sender<u64>,
}

#[derive(Default)]
struct Told {
    events: VecDeque<(u64, News)>,
    newest: u64,
}

impl Default for Events {
    fn default() -> Events {
        Events { told: Mutex::default(), newest: watch::Sender::new(0) }
    }
}

/// What a listener missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Since {
    /// The newest event's number.
    pub newest: u64,
    /// What happened, each kind once with its newest number; `None` where that is not known any more.
    pub news: Option<Vec<(u64, News)>>,
}

impl Events {
    /// A new picture of the office took the place of the one before. Never waits.
    pub fn published(&self, before: &Status, now: &Status) {
        if before.revision != now.revision {
            self.tell(News::Config);
        }
        // How they sound changes every few seconds, and only whoever looks at the calls that are up wants to know.
        // A call that is refused at once is over before any picture shows it, and stands in the list all the same.
        let has_begun = before.counters.calls != now.counters.calls;
        if has_begun || !is_same_but_sound(&before.calls, &now.calls) {
            self.tell(News::Calls);
        } else if before.calls != now.calls {
            self.tell(News::Sound);
        }
        let is_tried = !Arc::ptr_eq(&before.attempts, &now.attempts) && before.attempts != now.attempts;
        if is_tried || before.tolls != now.tolls {
            self.tell(News::Attempts);
        }
        // A phone's renewal changes its status too and nothing that is seen.
        let is_same_phones = Arc::ptr_eq(&before.phones, &now.phones) || before.phones == now.phones;
        let health = |status: &Status| -> Vec<_> {
            status.trunks.iter().map(|trunk| (trunk.name.clone(), trunk.health)).collect()
        };
        // When a wish ends is computed with each picture, and differs by what passes between two looks at the clock.
        fn waits(status: &Status) -> impl Iterator<Item = (&str, &str)> {
            status.wishes.iter().map(|wish| (wish.caller.as_str(), wish.target.as_str()))
        }
        let is_same = is_same_phones && before.alerts == now.alerts && waits(before).eq(waits(now));
        if !is_same || health(before) != health(now) {
            self.tell(News::Status);
        }
        if before.trunks != now.trunks {
            self.tell(News::Trunks);
        }
    }

    /// A mailbox changed. Never waits.
    pub fn mailbox_changed(&self, mailbox: &str) {
        self.tell(News::Voicemail(mailbox.to_owned()));
    }

    pub(crate) fn tell(&self, news: News) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.newest += 1;
        let newest = told.newest;
        told.events.push_back((newest, news));
        if told.events.len() > REMEMBERED {
            told.events.pop_front();
        }
        self.newest.send_replace(newest);
    }

    /// What happened after this event. One that was never told is of a daemon before a restart.
    pub(crate) fn since(&self, last: u64) -> Since {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = told.newest;
        let oldest = told.events.front().map_or(newest + 1, |(number, _)| *number);
        if last > newest || last + 1 < oldest {
            return Since { newest, news: None };
        }
        let mut news: Vec<(u64, News)> = Vec::new();
        for (number, one) in told.events.iter().filter(|(number, _)| *number > last) {
            news.retain(|(_, known)| known != one);
            news.push((*number, one.clone()));
        }
        Since { newest, news: Some(news) }
    }

    /// Wakes when there is more.
    pub(crate) fn listen(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }
}

fn is_same_but_sound(before: &[CallStatus], now: &[CallStatus]) -> bool {
    let parties = |call: &CallStatus| call.parties.iter().map(|party| party.number.clone()).collect::<Vec<_>>();
    let seen = |call: &CallStatus| {
        let ends = (call.from.clone(), call.to.clone(), parties(call), call.rings_at.clone());
        (call.id, ends, call.state.clone(), call.since)
    };
    before.iter().map(seen).eq(now.iter().map(seen))
}

#[cfg(test)]
mod tests {
    use pbx::ids::CallId;

    use super::*;

    #[test]
    fn who_rings_and_who_has_answered_is_news_though_the_word_for_the_call_stays() {
        let call = |rings_at: &[&str], parties: &[&str]| CallStatus {
            id: CallId(1),
            from: "101".to_owned(),
            to: "+4930123451".to_owned(),
            state: "consulting".to_owned(),
            rings_at: rings_at.iter().map(|at| (*at).to_owned()).collect(),
            slot: None,
            is_placed: false,
            since: jiff::Timestamp::UNIX_EPOCH,
            parties: parties.iter().map(|number| party(number)).collect(),
        };
        let rings = [call(&["102"], &["101", "104"])];
        assert!(is_same_but_sound(&rings, &rings));
        assert!(!is_same_but_sound(&rings, &[call(&["103"], &["101", "104"])]));
        assert!(!is_same_but_sound(&rings, &[call(&[], &["101", "102", "104"])]));
    }

    fn party(number: &str) -> pbx::status::PartyStatus {
        let sound = pbx::status::SoundStatus {
            grade: pbx::status::Grade::Good,
            lost_permille: 0,
            jitter_ms: 0,
            remote_lost_permille: None,
            remote_jitter_ms: None,
            round_trip_ms: None,
            silent_since: None,
        };
        pbx::status::PartyStatus { number: number.to_owned(), codec: None, sound }
    }

    #[test]
    fn a_listener_hears_each_kind_once_and_of_a_gap() {
        let events = Events::default();
        assert_eq!(events.since(0), Since { newest: 0, news: Some(Vec::new()) });
        events.tell(News::Calls);
        events.tell(News::Status);
        events.tell(News::Calls);
        let expected = vec![(2, News::Status), (3, News::Calls)];
        assert_eq!(events.since(0), Since { newest: 3, news: Some(expected) });
        assert_eq!(events.since(3).news, Some(Vec::new()));
        assert_eq!(events.since(4).news, None, "of another run");
        for _ in 0..REMEMBERED {
            events.tell(News::Config);
        }
        assert_eq!(events.since(2).news, None, "too long ago");
        assert_eq!(events.since(3).news.map(|news| news.len()), Some(1));
    }

    #[test]
    fn only_what_is_seen_is_told() {
        let events = Events::default();
        let before = Status::default();
        let mut now = before.clone();
        now.counters.registrations = 7;
        events.published(&before, &now);
        assert_eq!(events.since(0).newest, 0);
        now.revision = 1;
        events.published(&before, &now);
        assert_eq!(events.since(0).news, Some(vec![(1, News::Config)]));
        let before = now.clone();
        now.counters.calls = 1;
        events.published(&before, &now);
        assert_eq!(events.since(1).news, Some(vec![(2, News::Calls)]), "a call that no picture showed");
    }
}
