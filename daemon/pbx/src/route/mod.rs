//! Decides where a call goes: pure, as data, with the reasons. It never acquires anything.
//!
//! Order: what comes from a trunk is for one of the office's numbers; emergency numbers (in every configuration), feature
//! codes, extensions, the office's own numbers, the routes to trunks, and a no for the rest.

mod answering;
mod beside;
mod call_back;
mod callers;
mod case;
mod completion;
mod emergency;
mod explain;
mod inbound;
mod intercom;
mod internal;
mod mailbox;
mod nights;
mod outbound;
mod park;
mod pickup;
mod rule_change;
mod secretary;

pub use answering::MAX_HOPS;
pub use explain::{Layer, Out, Passes, Reason};
pub(crate) use inbound::from_carrier;
pub(crate) use rule_change::with_number;
pub use rule_change::{NumberFor, Unfit};

use config::{Class, Config, Feature, RuleChange};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use self::case::Case;
use crate::cause::Cause;
use crate::presence::Presence;
use crate::toll::Barred;
use crate::trunks::trunk_of;

/// Whom a caller from outside is taken for whose number is not known, or who does not want to be known.
pub const ANONYMOUS: &str = "anonymous";

/// Who dials, and what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialled {
    /// The SIP user of the calling phone, or the name that the calling trunk is kept under.
    pub user: String,
    /// The caller's extension, or number.
    pub extension: String,
    /// The number, normalised by [`normalise`].
    pub number: String,
    /// The extension whose phone sent the call on to this number, where one did.
    pub diverted_by: Option<String>,
}

impl Dialled {
    /// Whether the call came in by a trunk.
    pub fn is_from_outside(&self) -> bool {
        trunk_of(&self.user).is_some()
    }
}

/// When a call is routed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The date and time of people.
    pub wall: Timestamp,
}

/// What to do with a call: a small graph of steps, entered at the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The steps; edges name their places.
    pub steps: Vec<Step>,
}

/// One thing to do, where each outcome leads, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is done.
    pub act: Act,
    /// Where an outcome leads; one that is not listed ends the call.
    pub on: Vec<(Outcome, usize)>,
    /// Why this step is here.
    pub because: Vec<Reason>,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Rings phones.
    Ring(Ring),
    /// Rings phones that answer by themselves.
    Intercom(Ring),
    /// Answers and sends the caller's own voice back.
    EchoTest,
    /// Answers, says something and hangs up.
    Announce(Announcement),
    /// Answers and lets the caller say a name, for whoever answers to hear.
    AskName(AskName),
    /// Answers with the message of somebody's assistant, and lets the caller choose by a key.
    Assist(Assist),
    /// Answers and takes a message.
    Deposit(Deposit),
    /// Answers and opens a mailbox to whoever proves that it is theirs.
    Retrieve(Retrieve),
    /// Says what would become of a call from outside to this number.
    Foretell(String),
    /// Says who has called the caller's extension last, and calls them back by a key.
    CallReturn,
    /// Changes what becomes of the caller's calls, and says what holds then.
    Change(RuleChange),
    /// The same, with a number that is asked for.
    AskNumber(NumberFor),
    /// Takes a call that rings elsewhere.
    PickUp(PickUp),
    /// Parks the call of whoever passes it on; who dials it is told on which slot.
    Park,
    /// Fetches the call that is parked on this slot.
    Fetch(u8),
    /// Calls the caller back when whom they called is free, or does not.
    Complete(Completion),
    /// Answers and asks a caller who called in vain whether to be called back.
    Offer(Offer),
    /// Answers and asks for a code that lets the call out.
    Authorize(Authorize),
    /// Answers and asks whom the call is charged to.
    Charge(Charge),
    /// Calls a number outside by one trunk.
    Outside(OutsideCall),
    /// Says no.
    Reject(Cause),
}

impl Act {
    /// The call to the outside that it is, where it is one.
    pub(crate) fn outside(&self) -> Option<&OutsideCall> {
        match self {
            Act::Outside(call) => Some(call),
            _ => None,
        }
    }
}

/// What the box can say of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Announcement {
    /// What time it is in the office's zone.
    Time,
    /// The caller's own extension.
    OwnExtension,
    /// The box's address and version, and how many phones are registered.
    BoxStatus,
    /// Which numbers lead to the caller, which is shown outside, and where the caller is.
    Line,
    /// That there is no mailbox of this number.
    NoSuchMailbox,
    /// That nothing rings that the caller could take.
    NothingToPickUp,
    /// That every park slot holds a call.
    NoSlotFree,
    /// That a park slot holds no call.
    SlotEmpty,
    /// That the caller is called back.
    CompletionSet,
    /// That there is no call that was in vain.
    NoCallToComplete,
    /// That the caller waits for as many as may be.
    TooManyCompletions,
    /// That the caller is not called back any more.
    CompletionsCancelled,
    /// That the caller waits for nobody.
    NoCompletions,
    /// That calls without a number are not taken.
    NotTaken,
    /// That an extension takes no calls that are said aloud, or none now.
    IntercomRefused,
    /// That a number cannot be used as it was meant.
    Unfit(Unfit),
}

/// What a caller wants of call completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Completion {
    /// To be called back when whom they called last in vain is free.
    Want,
    /// Not to be called back, by nobody.
    Cancel,
}

/// A question to a caller who called in vain (F95).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The extension that was called.
    pub target: String,
    /// How it was in vain.
    pub after: Outcome,
}

/// Phones that ring together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// The extension that is called.
    pub extension: String,
    /// The SIP users of its phones.
    pub users: Vec<String>,
    /// For how long, in seconds; 0: until the caller gives up.
    pub limit_s: u32,
    /// What whoever answers is asked first; `None`: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks: Option<Asks>,
    /// What rings besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Strand>,
}

impl Ring {
    /// These phones alone.
    pub fn phones(extension: String, users: Vec<String>, limit_s: u32) -> Ring {
        Ring { extension, users, limit_s, asks: None, also: Vec::new() }
    }
}

/// What rings besides an extension's phones, from a start of its own to an end of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strand {
    /// What.
    pub rings: Rings,
    /// How long after the phones it begins, in seconds; where nothing else rings it begins at once.
    pub after_s: u16,
    /// How long it rings, in seconds; `None`: until the phones' time is over.
    pub for_s: Option<u16>,
    /// What whoever answers is asked first; `None`: nothing.
    pub asks: Option<Asks>,
    /// Whether it begins only when nothing else rings any more, in its place among those that wait so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_turn: bool,
    /// Whether whoever answers does so in the place of whom the call is for: is shown so, and rings on where that one refuses.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_deputy: bool,
}

/// What rings as one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rings {
    /// Phones of an extension.
    Phones {
        /// Whose.
        extension: String,
        /// Their SIP users.
        users: Vec<String>,
    },
    /// A number outside, by these trunks in their order; there is at least one.
    Number(Vec<OutsideCall>),
}

impl Strand {
    /// The extension or number, as people know it.
    pub fn name(&self) -> &str {
        match &self.rings {
            Rings::Phones { extension, .. } => extension,
            Rings::Number(calls) => calls.first().map(|call| call.number.as_str()).unwrap_or_default(),
        }
    }
}

/// What whoever answers is asked before the caller is put through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// Whether there is a person: 1 takes the call (F41).
    Taking,
    /// Whether they want the caller: 1 takes the call, 2 leaves it to the mailbox, 3 refuses it for good (F33).
    Wanting,
}

/// A call to the outside by one trunk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideCall {
    /// The trunk.
    pub trunk: String,
    /// The number in full, or as it was dialled where it is short.
    pub number: String,
    /// The extension that pays: the caller's, or whose phone has sent the call on.
    pub extension: String,
    /// Whether somebody calls for help: no limit holds, and no end but an answer is one.
    pub is_emergency: bool,
}

/// A call to the outside that its extension may not make by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorize {
    /// The extension that calls, and pays.
    pub extension: String,
    /// The number in full, or as it was dialled where it is short.
    pub number: String,
    /// What the call costs at worst: so far a code must reach.
    pub class: Class,
    /// What keeps the extension from it.
    pub why: Barred,
}

/// A call to the outside that somebody is charged for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// The extension that calls, and keys the account.
    pub extension: String,
    /// The number in full, or as it was dialled where it is short.
    pub number: String,
    /// Whether the call goes out with an account alone.
    pub is_required: bool,
}

/// A message for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposit {
    /// The extension whose mailbox it is.
    pub mailbox: String,
    /// Whether 0 leads to an operator: then [`Outcome::Operator`] has an edge.
    pub has_operator: bool,
    /// Whether the caller has been greeted, asked for the operator, and is back.
    pub is_again: bool,
}

/// A caller who is to say a name before phones ring (F33).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskName {
    /// Whose phones.
    pub extension: String,
}

/// Somebody's assistant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assist {
    /// The extension whose it is.
    pub mailbox: String,
    /// The keys that have an edge, [`Outcome::Key`]; [`Outcome::NoKey`] always has.
    pub keys: Vec<u8>,
}

/// A mailbox to be listened to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retrieve {
    /// The extension; `None`: the caller is asked for it.
    pub mailbox: Option<String>,
    /// Whether the PIN is asked for.
    pub asks_pin: bool,
    /// Whether it is opened to record what callers of the assistant hear, and for nothing else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub records: bool,
}

/// A call that rings elsewhere, to be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickUp {
    /// The extension at which it rings; `None`: any of the caller's pickup group.
    pub of: Option<String>,
}

/// How a step can end without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Every phone that could be reached is in a call and refused.
    Busy,
    /// Somebody refused.
    Declined,
    /// Nobody answered in time.
    Unanswered,
    /// No phone is registered or reachable.
    Offline,
    /// No phone shares a codec with the box.
    Incompatible,
    /// The trunk could not take the call, whoever it is for.
    NoWay,
    /// The caller would rather speak with the operator than to a mailbox.
    Operator,
    /// There is no call to be picked up.
    NothingRings,
    /// The caller of somebody's assistant pressed this key, 0 to 9.
    Key(u8),
    /// The caller of somebody's assistant chose nobody.
    NoKey,
    /// The caller was asked for a name.
    Named,
    /// Whoever answered leaves the caller to the mailbox.
    ToMailbox,
    /// Every park slot holds a call.
    NoSlot,
    /// The park slot holds no call.
    SlotEmpty,
    /// The caller does not want to be called back.
    NoWish,
    /// The caller has keyed a code that lets the call out.
    Authorized,
    /// The caller has keyed an account, or needs none.
    Charged,
}

impl Step {
    /// Whether it rings because whoever was called for help may be calling back.
    pub(crate) fn is_call_back(&self) -> bool {
        self.because.iter().any(|reason| matches!(reason, Reason::MayCallBack { .. }))
    }
}

impl Plan {
    /// What decided that this step is taken, rather than that the phones ring: what a call's sentence goes on with.
    pub fn why(&self, step: usize) -> Option<&Reason> {
        let because = &self.steps.get(step)?.because;
        let last = because.iter().rev().find(|reason| reason.decides())?;
        // What the rule says is told by the rule.
        let rule = because.iter().rev().find(|reason| matches!(reason, Reason::RuleMatched { .. }));
        rule.filter(|_| last.is_of_rule()).or(Some(last))
    }

    /// A plan of one step.
    pub fn just(act: Act, because: Vec<Reason>) -> Plan {
        Plan { steps: vec![Step { act, on: Vec::new(), because }] }
    }

    /// The step that an outcome of another leads to. Edges lead forward only, so that every walk through a plan ends.
    pub fn after(&self, step: usize, outcome: Outcome) -> Option<usize> {
        let edges = &self.steps.get(step)?.on;
        edges.iter().find(|(when, next)| *when == outcome && *next > step).map(|(_, next)| *next)
    }
}

/// Decides where a call goes.
pub fn route(config: &Config, moment: &Moment, presence: &Presence, dialled: &Dialled) -> Plan {
    let case = Case { config, moment, presence, dialled, is_call_back: false };
    // A call that a phone has sent on is routed as if that phone had dialled.
    if dialled.is_from_outside() && dialled.diverted_by.is_none() {
        return inbound::route(case).unwrap_or_else(|| inbound::no_such(dialled));
    }
    emergency::route(config, presence, dialled)
        .or_else(|| feature_code(case))
        .or_else(|| answering::extension(case, &dialled.number))
        .or_else(|| inbound::route(case))
        .or_else(|| outbound::by_phone(config, moment, presence, dialled))
        .unwrap_or_else(|| {
            Plan::just(Act::Reject(Cause::NoSuchNumber), vec![Reason::NoSuchNumber { number: dialled.number.clone() }])
        })
}

/// What was dialled, as a code: the feature, and the digits after its code.
type Code<'a> = (Feature, &'a str);

/// The plan for a feature code; `None` where it is none, or one that a call is made with.
fn feature_code(case: Case<'_>) -> Option<Plan> {
    let Case { config, dialled, .. } = case;
    let code = config.feature(&dialled.number)?;
    internal::feature_code(dialled, code)
        .or_else(|| internal::asking(dialled, code))
        .or_else(|| mailbox::feature_code(config, dialled, code))
        .or_else(|| pickup::feature_code(config, dialled, code))
        .or_else(|| completion::feature_code(dialled, code))
        .or_else(|| park::feature_code(dialled, code))
        .or_else(|| intercom::feature_code(case, code))
        .or_else(|| rule_change::feature_code(case, code))
}

/// Whom a call is for, and how it is made, as far as a code before the number says it.
pub(crate) struct CalledBy<'d> {
    /// What stands behind the code; without one, what was dialled.
    pub number: &'d str,
    /// Whether it hides the caller's number from whoever is called.
    pub hides: Option<bool>,
    /// Whether no second call rings at the caller's until it ends.
    pub is_alone: bool,
}

/// The same, of what is dialled.
pub(crate) fn called_by<'d>(config: &Config, dialled: &'d str) -> CalledBy<'d> {
    let of = |number, hides, is_alone| CalledBy { number, hides, is_alone };
    match config.feature(dialled) {
        Some((Feature::HideNumber, number)) => of(number, Some(true), false),
        Some((Feature::ShowNumber, number)) => of(number, Some(false), false),
        Some((Feature::NoCallWaiting, number)) => of(number, None, true),
        _ => of(dialled, None, false),
    }
}

/// The longest number that is looked at; a longer one is cut, and so matches nothing.
pub const NUMBER_LIMIT: usize = 64;

/// A dialled string as routing wants it: digits, letters, `*`, `#`, `+`; the punctuation people and address books put between them
/// is dropped (RFC 3966 §5.1.1 visual separators, and spaces).
pub fn normalise(dialled: &str) -> String {
    let kept = |c: &char| !matches!(c, ' ' | '-' | '(' | ')' | '/') && !c.is_control();
    let number: String = dialled.chars().filter(kept).take(NUMBER_LIMIT).collect();
    let is_number = number.chars().any(|c| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '#' | '+' | '.'));
    if is_number { number.replace('.', "") } else { number }
}
