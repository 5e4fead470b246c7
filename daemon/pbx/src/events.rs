//! A call as the events that made it: the one thing that is written, from which the call record, the legs and the
//! story are read. It holds data and no sentences: [`crate::words`] makes them when somebody reads.
//!
//! What was written must stay readable: fields and variants come, they are not renamed.

use config::RuleChange;
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
pub use sip::diversion::DiversionReason;

pub use crate::cause::Cause;
use crate::ids::{CallId, LegId, RecordingId};
use crate::input::{Quality, RecordEnd};
use crate::route::{Reason, Step};
use crate::seen_as::SeenAs;
use crate::tested::Tested;
use crate::toll::Barred;
use crate::trunks::Unusable;
use crate::what_if::Told;

/// Something that happened to a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallEvent {
    /// The call.
    pub call: CallId,
    /// Its place in the call's log, from 0 without gaps.
    pub seq: u32,
    /// When, in wall-clock time.
    pub at: Timestamp,
    /// Whether the clock was set then.
    pub synced: bool,
    /// Milliseconds since the call began, by the clock that never jumps.
    pub since_start_ms: u64,
    /// What.
    pub what: Happened,
}

/// What can happen to a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Happened {
    /// It began: who asked for what.
    Asked {
        /// The caller's extension.
        from: String,
        /// The caller's name as the carrier tells it; empty for our own, and where there is none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        name: String,
        /// The caller's phone.
        phone: String,
        /// What was dialled, without the punctuation.
        dialled: String,
        /// The address the request came from.
        source: String,
        /// The configuration revision that decides.
        revision: u64,
    },
    /// Routing decided: the steps in the order they are tried, each with its reasons.
    Decided {
        /// The whole plan.
        steps: Vec<Decision>,
    },
    /// A step began.
    Entered {
        /// Its place in `Decided`.
        step: usize,
    },
    /// A phone was asked to ring.
    Invited {
        /// The new leg.
        leg: LegId,
        /// The phone.
        phone: String,
        /// Where it is registered.
        contact: String,
    },
    /// A phone rings.
    Rang {
        /// Its leg.
        leg: LegId,
    },
    /// Whoever answered there hears who calls, and is asked whether they take the call.
    AskedToTake {
        /// The leg.
        leg: LegId,
    },
    /// A caller was asked for a name, for whoever answers to hear.
    NameAsked {
        /// The caller's leg.
        leg: LegId,
        /// What came of it.
        came_of: NameSaid,
    },
    /// They did not take it: by a key, by none, or because a machine answered.
    NotTaken {
        /// The leg.
        leg: LegId,
    },
    /// A phone refused.
    Refused {
        /// The leg.
        leg: LegId,
        /// The SIP status.
        status: u16,
    },
    /// A leg could not be set up.
    Failed {
        /// The leg.
        leg: LegId,
        /// Why.
        cause: Cause,
    },
    /// A registered phone could not be called at all.
    NotReached {
        /// The phone.
        phone: String,
        /// Why.
        cause: Cause,
    },
    /// A number outside was called by a trunk.
    CalledOut {
        /// The new leg.
        leg: LegId,
        /// The trunk.
        trunk: String,
        /// The number as it was sent.
        number: String,
        /// The address it was sent to.
        at: String,
    },
    /// Whoever was called for help may call back: for half an hour after this call.
    CallBackExpected {
        /// The extension that called for help.
        extension: String,
        /// The number in full under which it was seen.
        number: String,
    },
    /// A trunk was passed over.
    PassedOver {
        /// The trunk.
        trunk: String,
        /// Why.
        why: Unusable,
    },
    /// Whoever pays for a call to the outside has as many as it may.
    Barred {
        /// Its extension.
        extension: String,
        /// How many that is.
        why: Barred,
    },
    /// A phone sent the call on, and it is routed anew.
    Diverted {
        /// Where.
        to: String,
        /// Whose phone.
        #[serde(default)]
        by: String,
        /// Why.
        #[serde(default)]
        reason: DiversionReason,
    },
    /// The call had been sent on before it came in.
    CameDiverted {
        /// By which number, as it would be dialled here: the last one.
        by: String,
        /// Why.
        reason: DiversionReason,
        /// How often in all.
        times: u8,
    },
    /// An administrator wants to see whether a trunk works, and the box calls by it.
    Testing {
        /// The trunk.
        trunk: String,
        /// The administrator's name.
        by: String,
    },
    /// The caller's number is hidden from whoever is called outside; in logs that do not say why.
    NumberHidden,
    /// Under which number whoever is called outside sees the call.
    SeenAs {
        /// That, and why.
        seen_as: SeenAs,
    },
    /// A party passes the call on; it is routed anew, or the phones that the party is calling ring on.
    Transferring {
        /// The party's extension.
        by: String,
        /// The number it is passed on to.
        to: String,
    },
    /// A party wanted to pass the call on and may not; the call goes on.
    TransferRefused {
        /// The party's extension.
        by: String,
        /// The number.
        to: String,
        /// Why not.
        cause: Cause,
    },
    /// The call was passed on: the party is out of it.
    Transferred {
        /// The party's extension.
        by: String,
        /// Who has it now.
        to: String,
    },
    /// A party asks somebody else while the other party waits.
    Asks {
        /// The party's extension.
        by: String,
        /// The number that it keyed.
        to: String,
        /// Who waits.
        waits: String,
    },
    /// Whoever waited while the other party asked somebody has hung up.
    Waited {
        /// The extension of whoever waited.
        extension: String,
    },
    /// A party that asked somebody, or wanted to, goes on with whoever waited.
    BackWith {
        /// The party's extension.
        by: String,
        /// Who waited.
        with: String,
    },
    /// A party lets the one that waits and the one that it has asked talk with it, all three together.
    Conference {
        /// The party's extension.
        by: String,
        /// Who waited.
        with: String,
        /// Whom it has asked.
        and: String,
    },
    /// The number that the call was passed on to could not be had; the party has it again, or its phones ring.
    HandedBack {
        /// The party's extension.
        by: String,
        /// The number.
        to: String,
        /// Why it could not be had.
        cause: Cause,
    },
    /// Somebody of another call, which ended, is in this one now.
    Joined {
        /// The other call.
        call: CallId,
        /// The leg, which keeps its number.
        leg: LegId,
        /// Its extension.
        extension: String,
    },
    /// Another phone took the place of a leg.
    TakenOver {
        /// The new leg.
        leg: LegId,
        /// The old one.
        from: LegId,
        /// The phone.
        phone: String,
    },
    /// Who listened to a message calls its sender.
    CalledBack {
        /// The sender.
        number: String,
    },
    /// Somebody took the call while it rang elsewhere; `Answered` follows.
    PickedUp {
        /// Their leg, which came from a call of its own.
        leg: LegId,
        /// Their phone.
        phone: String,
        /// Their extension.
        by: String,
        /// The extension at which it rang.
        of: String,
    },
    /// A party parked the call: it waits on a slot.
    Parked {
        /// The party's extension.
        by: String,
        /// The slot.
        slot: u8,
    },
    /// Somebody fetched the call from its slot; `Answered` follows.
    Fetched {
        /// Their leg, which came from a call of its own.
        leg: LegId,
        /// Their phone.
        phone: String,
        /// Their extension.
        by: String,
        /// The slot.
        slot: u8,
    },
    /// Nobody fetched the call in time: it goes back to who parked it.
    Unparked {
        /// Their extension.
        to: String,
        /// The slot.
        slot: u8,
    },
    /// A caller wants to be called back when whom they called is free.
    CompletionWanted {
        /// The caller's extension.
        by: String,
        /// Whom they called.
        target: String,
    },
    /// A caller does not want to be called back any more.
    CompletionsCancelled {
        /// The caller's extension.
        by: String,
    },
    /// The box begins the call, for somebody who wanted to be called back.
    CallsBack {
        /// Their extension.
        caller: String,
        /// Whom they called, who is free now.
        target: String,
    },
    /// The box begins the call, for somebody who wants that from the page.
    Places {
        /// Their extension.
        caller: String,
        /// Whom they want.
        target: String,
    },
    /// A person has changed by phone what becomes of their calls.
    RuleChanged {
        /// The extension.
        extension: String,
        /// What they wanted.
        change: RuleChange,
    },
    /// The box or a phone answered.
    Answered {
        /// The leg that answered: a callee's, or the caller's own when the box itself answered.
        leg: LegId,
        /// The codec agreed with that leg; empty while it is still to be agreed.
        codec: String,
        /// Whether it is the caller's own: nobody talks to them yet but the box.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_caller: bool,
    },
    /// A party put the call on hold.
    Held {
        /// Whose leg.
        leg: LegId,
    },
    /// A party took the call back from hold.
    Resumed {
        /// Whose leg.
        leg: LegId,
    },
    /// The box's address changed, and a party has taken the new one.
    Moved {
        /// Whose leg.
        leg: LegId,
        /// The address that its sound is sent to now.
        to: String,
    },
    /// A party was silent and has been asked whether it still lives.
    Probed {
        /// Whose leg.
        leg: LegId,
        /// Its answer.
        is_alive: bool,
    },
    /// How a leg's media fared, at its end.
    Quality {
        /// The leg.
        leg: LegId,
        /// In figures.
        quality: Quality,
    },
    /// A leg ended.
    Left {
        /// The leg.
        leg: LegId,
    },
    /// What a party says is recorded.
    Recording {
        /// Whose leg.
        leg: LegId,
        /// The recording.
        recording: RecordingId,
        /// The extension whose mailbox it is for.
        mailbox: String,
    },
    /// A recording is over.
    Recorded {
        /// Which.
        recording: RecordingId,
        /// How long it is, in milliseconds.
        length_ms: u32,
        /// Why it is over.
        end: RecordEnd,
    },
    /// Somebody was let into a mailbox.
    MailboxOpened {
        /// The extension.
        mailbox: String,
    },
    /// A PIN was wrong.
    WrongPin {
        /// The extension whose mailbox it was to open; empty where the number is none.
        mailbox: String,
    },
    /// The caller was told what would become of a call that nobody makes.
    Foretold {
        /// The number that would call; empty: without one.
        from: String,
        /// What it would dial.
        to: String,
        /// When, by the office's clock.
        at: DateTime,
        /// What they were told.
        told: Vec<Told>,
    },
    /// The caller keyed a code that lets the call out.
    Authorized {
        /// The caller's extension.
        by: String,
        /// The code's name.
        code: String,
    },
    /// The caller keyed the account that the call is charged to.
    Charged {
        /// The caller's extension.
        by: String,
        /// The account's number.
        account: String,
        /// The account's name then.
        name: String,
    },
    /// The caller keyed none, where none is required.
    Uncharged {
        /// The caller's extension.
        by: String,
    },
    /// The caller keyed a number that is no account.
    WrongAccount {
        /// The caller's extension.
        by: String,
    },
    /// The caller keyed a code that does not.
    WrongCode {
        /// The caller's extension.
        by: String,
    },
    /// The call is over; nothing follows but `Quality` and `Recorded`.
    Ended {
        /// Why.
        cause: Cause,
        /// For whom, and what it came to.
        because: Ending,
    },
}

/// What came of asking a caller for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameSaid {
    /// One was said, of this length.
    Said {
        /// In milliseconds.
        length_ms: u32,
    },
    /// Nothing was said.
    Nothing,
    /// It could not be recorded: the disk takes no more, or store or recorder do not answer.
    NotRecorded,
}

/// What routing decided at one place of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Decision {
    /// The step.
    Step(Step),
    /// In the words of a version that wrote its decisions down in English.
    Told {
        /// What is done.
        what: String,
        /// Why.
        because: Vec<String>,
    },
}

/// What a call came to, besides its cause: what the sentence on top of it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The cause says it all, of these two.
    Between {
        /// The caller's extension.
        from: String,
        /// The number that was called last.
        to: String,
        /// Who ended it.
        by: By,
    },
    /// The caller came to a mailbox that takes messages.
    Deposit {
        /// The caller's extension.
        from: String,
        /// Whose mailbox.
        mailbox: String,
        /// Whether there is a message.
        has_left: bool,
        /// What sent them there rather than to the phones; `None` where nobody answered, and in lines of before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Reason>,
    },
    /// The caller wanted to hear messages.
    Retrieval {
        /// The caller's extension.
        from: String,
        /// The mailbox that was opened.
        opened: Option<String>,
        /// The one whose PIN was wrong last; empty for a number that is none.
        refused: Option<String>,
    },
    /// The caller took another call, which rang.
    PickUp {
        /// The caller's extension.
        by: String,
        /// The extension at which it rang.
        of: String,
    },
    /// The box called somebody back, who did not answer.
    CallBack {
        /// Their extension.
        extension: String,
        /// With which number they wanted to be connected.
        number: String,
    },
    /// The box rang somebody's phones for a call that they wanted from the page, and nobody answered them.
    Placed {
        /// Their extension.
        extension: String,
        /// With which number they wanted to be connected.
        number: String,
    },
    /// The call was in vain, and the caller was asked whether to be called back.
    Offered {
        /// The caller's extension.
        from: String,
        /// Whom they called.
        to: String,
        /// Whether they want to be.
        is_wanted: bool,
    },
    /// The caller came to somebody's assistant, and was led to nobody.
    Assisted {
        /// The caller's extension.
        from: String,
        /// Whose assistant.
        mailbox: String,
    },
    /// The caller keyed no account for a call to the outside, which did not go out (F162).
    Uncharged {
        /// The caller's extension.
        from: String,
        /// The number in full.
        to: String,
    },
    /// The caller fetched a parked call.
    Fetch {
        /// The caller's extension.
        by: String,
        /// The slot.
        slot: u8,
    },
    /// The caller parked another call on the slot that this one was given.
    Park {
        /// The caller's extension.
        by: String,
        /// The slot.
        slot: u8,
        /// The other call.
        call: CallId,
    },
    /// A party connected the others, who went on in another call.
    Connected {
        /// The party's extension.
        by: String,
        /// The other call.
        call: CallId,
    },
    /// The box called by a trunk to see whether it works.
    Tested {
        /// The trunk.
        trunk: String,
        /// Who was called, in full.
        number: String,
        /// What came of it.
        tested: Tested,
    },
    /// The box stopped while the call was up, then or later.
    PowerCut,
    /// In the words of a version that wrote its sentences down in English.
    #[serde(untagged)]
    Told(String),
}

/// Who ended a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The caller.
    Caller,
    /// The callee.
    Callee,
    /// Neither.
    Box,
}
