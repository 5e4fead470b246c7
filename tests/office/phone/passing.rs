//! Transfers: how a phone asks for one by REFER, what it is told of it, and how a phone takes over the call of another.

use super::Phone;
use super::appearance::{Appearance, State};
use super::message::{self, Message, parameter};
use super::model::ReferStyle;
use super::outgoing::allow;
use super::transaction::Purpose;
use super::ua::{Cx, Ua};

/// A transfer that this phone asked for.
#[derive(Clone, Debug, Default)]
pub struct Passing {
    /// The statuses that it was told, in their order.
    pub told: Vec<u16>,
    /// Whether the last word was said.
    pub is_over: bool,
}

impl Ua {
    /// Asks that a call be passed on to a number, or to the party of another call of this phone.
    pub fn refer(&mut self, cx: &mut Cx, id: u32, number: &str, other: Option<u32>) {
        let replaces = other.and_then(|other| self.calls.get(&other)).map(|other| {
            let tag = |of: &str| parameter(of, "tag").unwrap_or_default().to_owned();
            let name = format!("{};to-tag={};from-tag={}", other.call_id, tag(&other.theirs), tag(&other.ours));
            format!("?Replaces={}", name.replace('@', "%40").replace(';', "%3B").replace('=', "%3D"))
        });
        let uri = format!("sip:{}@{}", number.replace('#', "%23"), self.server.ip());
        let mut headers = vec![
            self.contact(),
            ("Refer-To".to_owned(), format!("<{uri}{}>", replaces.unwrap_or_default())),
            ("Referred-By".to_owned(), format!("<sip:{}@{}>", self.extension, self.server.ip())),
        ];
        if self.model.refers_by == ReferStyle::WantsNoNews {
            headers.push(("Refer-Sub".to_owned(), "false".to_owned()));
        }
        let Some(mut draft) = self.draft(id, Purpose::Refer(id), "REFER", String::new()) else { return };
        draft.others = headers;
        self.passing.insert(draft.call_id.clone(), Passing::default());
        self.send(cx, draft);
    }

    /// The REFER's final response.
    pub fn on_refer_answer(&mut self, cx: &mut Cx, id: u32, status: u16) {
        match status {
            200..300 if self.model.refers_by == ReferStyle::HangsUpAtOnce => self.hang_up(cx, id),
            200..300 => {}
            // The dialog is gone on their side.
            481 => self.hang_up(cx, id),
            _ => self.shows = format!("transfer failed: {status}"),
        }
    }

    /// How the transfer goes on. A phone that has hung up knows nothing of it any more.
    pub fn on_refer_notify(&mut self, cx: &mut Cx, key: &str, request: &Message) {
        let call_id = request.call_id();
        let call = self.calls.values().find(|call| call.call_id == call_id).map(|call| call.id);
        let Some(passing) = self.passing.get_mut(&call_id).filter(|passing| !passing.is_over) else {
            return self.respond(cx, key, 481, &[], "");
        };
        let status = request.body.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        passing.told.push(status);
        let state = request.header("Subscription-State").unwrap_or_default();
        passing.is_over = state.starts_with("terminated");
        let is_over = passing.is_over;
        if call.is_none() && self.model.refers_by == ReferStyle::HangsUpAtOnce {
            return self.respond(cx, key, 481, &[], "");
        }
        self.respond(cx, key, 200, &[], "");
        match (is_over, status, call) {
            (true, 200..300, Some(call)) if self.model.refers_by == ReferStyle::Waits => self.hang_up(cx, call),
            (true, 300.., _) => self.shows = format!("transfer failed: {status}"),
            _ => {}
        }
    }

    /// Calls, and asks to take the place of another phone's dialog.
    pub fn take_over(&mut self, cx: &mut Cx, number: &str, other: &Appearance, is_early_only: bool) {
        let tag = |of: &str| parameter(of, "tag").unwrap_or_default().to_owned();
        let name = format!("{};to-tag={};from-tag={}", other.call_id, tag(&other.theirs), tag(&other.ours));
        let name = if is_early_only { format!("{name};early-only") } else { name };
        self.taking = Some(name);
        self.dial(cx, number, None);
        self.taking = None;
    }

    /// What a request within a call says about who is at the other end: the display follows it (RFC 3325).
    pub fn note_identity(&mut self, id: u32, request: &Message) {
        let Some(value) = request.header(self.model.shows_who_by) else { return };
        let other = message::user_of(message::uri_of(value)).to_owned();
        self.calls.entry(id).and_modify(|call| call.other = other);
    }

    /// An UPDATE: answered with what it asks for, or refused by a phone that does not know it.
    pub fn on_update(&mut self, cx: &mut Cx, key: &str, id: u32) {
        if !self.model.knows_update {
            return self.respond(cx, key, 405, &[allow(&self.model)], "");
        }
        let Some(request) = self.servers.get(key).map(|server| server.request.clone()) else { return };
        if request.sdp().is_some() {
            return self.on_change(cx, key, id);
        }
        self.note_identity(id, &request);
        let mut headers = vec![self.contact()];
        headers.extend(self.session_answer(cx, id, &request));
        self.respond(cx, key, 200, &headers, "");
    }
}

impl Phone {
    /// Its user passes the call in hand on to a number, without a word to anybody there.
    #[track_caller]
    pub fn transfers_to(&self, number: &str) -> &Phone {
        let call = self.call_that(|call| call.state == State::Talking);
        self.does(&format!("transfers to {number}"), |ua, cx| ua.refer(cx, call, number, None));
        self
    }

    /// Its user leaves two calls, and their other parties talk: the first is passed on to the second's.
    #[track_caller]
    pub fn connects_them(&self) -> &Phone {
        self.connects(false)
    }

    /// The same, and the second call is passed on to the first's party, as some phones do it.
    #[track_caller]
    pub fn connects_them_the_other_way(&self) -> &Phone {
        self.connects(true)
    }

    #[track_caller]
    fn connects(&self, is_reverse: bool) -> &Phone {
        let calls: Vec<(u32, String)> = {
            let world = self.world.borrow();
            world.phones[self.index].calls.values().map(|call| (call.id, call.other.clone())).collect()
        };
        let [first, second] = calls.as_slice() else { panic!("two calls are needed, there are {calls:?}") };
        let (from, to) = if is_reverse { (second, first) } else { (first, second) };
        self.does("connects its calls", |ua, cx| ua.refer(cx, from.0, &to.1, Some(to.0)));
        self
    }

    /// Takes the call that another phone has, or that rings there.
    #[track_caller]
    pub fn takes_over_from(&self, other: &Phone) -> &Phone {
        let call = {
            let world = self.world.borrow();
            world.phones[other.index].calls.values().next_back().cloned().expect("a call to take over")
        };
        let number = call.other.clone();
        self.does("takes over", |ua, cx| ua.take_over(cx, &number, &call, false));
        self
    }

    /// What it was told of its last transfer, to the end.
    #[track_caller]
    pub fn is_told(&self, statuses: &[u16]) -> &Phone {
        let (index, statuses) = (self.index, statuses.to_vec());
        self.expects(&format!("is told {statuses:?} of its transfer"), move |world| {
            world.phones[index].passing.values().any(|passing| passing.told == statuses)
        })
    }

    /// Whom its display shows as the other party of the call in hand.
    #[track_caller]
    pub fn shows_party(&self, number: &str) -> &Phone {
        let (index, expected) = (self.index, number.to_owned());
        self.expects(&format!("shows {number} as the other party"), move |world| {
            world.phones[index].calls.values().any(|call| call.state == State::Talking && call.other == expected)
        })
    }
}
