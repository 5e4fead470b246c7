//! Session timers of the simulated phones (RFC 4028): offered, kept, left to the box, forgotten, or wanted longer.

use std::time::Duration;

use super::appearance::State;
use super::message::{Message, parameter};
use super::transaction::Purpose;
use super::ua::{Cx, Timer, Ua};

/// How a model thinks of session timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionStyle {
    /// It knows nothing of them.
    Unknown,
    /// It wants one and keeps it.
    Keeps,
    /// It wants one and leaves it to the other side.
    LeavesIt,
    /// It says that it keeps it, and does not.
    Forgets,
    /// It takes only long ones, and keeps them.
    WantsLonger,
}

/// The shortest session of the RFC, in seconds: what hurries both sides most.
const BRIEF_S: u64 = 90;
/// What a model that wants longer ones asks for, in seconds.
const LONG_S: u64 = 7200;

/// A session that expires.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    interval_s: u64,
    is_ours: bool,
    /// When it began, or was last refreshed.
    since: Duration,
}

impl Ua {
    fn knows_sessions(&self) -> bool {
        self.model.session != SessionStyle::Unknown
    }

    fn keeps_sessions(&self) -> bool {
        self.model.session != SessionStyle::LeavesIt
    }

    /// What an INVITE, re-INVITE or UPDATE of ours says: `uac` is whoever asks.
    pub(super) fn session_headers(&self, call: u32) -> Vec<(String, String)> {
        if !self.knows_sessions() {
            return Vec::new();
        }
        let running = self.calls.get(&call).and_then(|call| call.session);
        let is_ours = running.map_or(self.keeps_sessions(), |session| session.is_ours);
        let least_s = if self.model.session == SessionStyle::WantsLonger { LONG_S } else { BRIEF_S };
        let expires = format!("{least_s};refresher={}", if is_ours { "uac" } else { "uas" });
        let header = |name: &str, value: String| (name.to_owned(), value);
        vec![
            header("Supported", "timer".to_owned()),
            header("Session-Expires", expires),
            header("Min-SE", least_s.to_string()),
        ]
    }

    /// What our 2xx to such a request says; from then on it holds.
    pub(super) fn session_answer(&mut self, cx: &mut Cx, call: u32, request: &Message) -> Vec<(String, String)> {
        let asked = request.header("Session-Expires").filter(|_| self.knows_sessions());
        let Some(asked) = asked.map(str::to_owned) else { return Vec::new() };
        let named = parameter(&asked, "refresher").map(|refresher| refresher == "uas");
        let is_ours = named.unwrap_or(self.keeps_sessions());
        let asked_s = seconds(&asked).unwrap_or(LONG_S);
        let interval_s = if self.model.session == SessionStyle::WantsLonger { asked_s } else { BRIEF_S };
        self.session_holds(cx, call, interval_s, is_ours);
        let expires = format!("{interval_s};refresher={}", if is_ours { "uas" } else { "uac" });
        vec![("Session-Expires".to_owned(), expires), ("Require".to_owned(), "timer".to_owned())]
    }

    /// The 2xx to a request of ours: without Session-Expires nothing expires.
    pub(super) fn on_session_granted(&mut self, cx: &mut Cx, call: u32, message: &Message) {
        let granted = message.header("Session-Expires").and_then(|value| Some((seconds(value)?, value.to_owned())));
        match granted.filter(|_| self.knows_sessions()) {
            Some((interval_s, value)) => {
                let is_ours = parameter(&value, "refresher") != Some("uas");
                self.session_holds(cx, call, interval_s, is_ours);
            }
            None => {
                self.calls.entry(call).and_modify(|call| call.session = None);
            }
        }
    }

    /// What it asks of a caller instead of ringing.
    pub(super) fn wants_longer(&self, request: &Message) -> Option<(String, String)> {
        let asked_s = request.header("Session-Expires").and_then(seconds)?;
        let is_too_brief = self.model.session == SessionStyle::WantsLonger && asked_s < LONG_S;
        is_too_brief.then(|| ("Min-SE".to_owned(), LONG_S.to_string()))
    }

    fn session_holds(&mut self, cx: &mut Cx, call: u32, interval_s: u64, is_ours: bool) {
        let since = cx.now;
        self.calls.entry(call).and_modify(|call| call.session = Some(Session { interval_s, is_ours, since }));
        if is_ours {
            cx.wake(Duration::from_secs(interval_s / 2), Timer::Session(call));
        }
        cx.wake(Duration::from_secs(interval_s), Timer::Session(call));
    }

    /// Half of a session, or all of it, is over; unless it was refreshed since.
    pub(super) fn on_session_timer(&mut self, cx: &mut Cx, id: u32) {
        let Some(call) = self.calls.get(&id).filter(|call| call.state == State::Talking) else { return };
        let Some(session) = call.session else { return };
        let lasted = cx.now - session.since;
        if lasted >= Duration::from_secs(session.interval_s) {
            return self.hang_up(cx, id);
        }
        let is_due = session.is_ours && lasted >= Duration::from_secs(session.interval_s / 2);
        if is_due && self.model.session != SessionStyle::Forgets {
            self.refresh_session(cx, id);
        }
    }

    fn refresh_session(&mut self, cx: &mut Cx, id: u32) {
        if self.calls.get(&id).is_some_and(|call| call.is_changing) {
            return;
        }
        if !self.model.knows_update {
            return self.change(cx, id);
        }
        if let Some(draft) = self.draft(id, Purpose::Refresh(id), "UPDATE", String::new()) {
            self.send(cx, draft);
        }
    }

    /// The final response to an UPDATE of ours. A refusal is tried again soon.
    pub(super) fn on_refresh_answer(&mut self, cx: &mut Cx, id: u32, status: u16, message: &Message) {
        match status {
            200..300 => self.on_session_granted(cx, id, message),
            408 | 481 => self.hang_up(cx, id),
            _ => cx.wake(Duration::from_secs(5), Timer::Session(id)),
        }
    }
}

fn seconds(value: &str) -> Option<u64> {
    value.split(';').next()?.trim().parse().ok()
}
