//! Calls and messages.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Account, FolderName, NameSource};

/// Which calls.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CallsQuery {
    /// Older than this call: `next` of the page before.
    pub before: Option<u64>,
    /// How many, 1 to 200; 50 unless given.
    pub limit: Option<u16>,
    /// Part of a number, a name or the story.
    pub q: Option<String>,
    /// Called by or dialling exactly this number.
    pub number: Option<String>,
    /// Charged to the account of this number.
    pub account: Option<String>,
}

/// Which calls are taken along.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CallsTableQuery {
    /// Charged to the account of this number; all unless given.
    pub account: Option<String>,
}

/// A page of calls, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Calls {
    /// The calls; fewer than asked for does not mean that there are no more.
    pub calls: Vec<Call>,
    /// What to ask for as `before` for older ones; absent at the end.
    pub next: Option<u64>,
}

/// How a call went, in one word for a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Went {
    /// It is up.
    Up,
    /// Somebody answered, or the box did.
    Answered,
    /// The caller came to a mailbox.
    Voicemail,
    /// Nobody answered.
    Missed,
    /// It could not be put through.
    Failed,
    /// It was for help, and could not be put through.
    Emergency,
}

/// One call.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Call {
    /// Its number.
    pub id: u64,
    /// When it began.
    pub at: Timestamp,
    /// Whether the box's clock was set then.
    pub is_synced: bool,
    /// The caller's extension.
    pub from: String,
    /// The caller's name; empty where it is not known.
    pub from_name: String,
    /// Where that was found.
    pub from_known_by: Option<NameSource>,
    /// What was dialled.
    pub to: String,
    /// The name of who was dialled; empty where it is not known.
    pub to_name: String,
    /// Where that was found.
    pub to_known_by: Option<NameSource>,
    /// How it went.
    pub went: Went,
    /// How long it was talked, in seconds; absent where nobody answered.
    pub talked_s: Option<u64>,
    /// Why it ended, as one word; absent while it is up.
    pub cause: Option<String>,
    /// Why it went as it did, in one sentence.
    pub story: String,
    /// The name of the authorization code that let it out; absent where none was needed.
    pub authorized_by: Option<String>,
    /// The account that it is charged to, as it was called then; absent where its caller keyed none.
    pub charged_to: Option<Account>,
    /// The revision of the office that decided it.
    pub revision: u64,
}

/// A call's whole story.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Story {
    /// The call in one line.
    pub call: Call,
    /// What happened, in order.
    pub lines: Vec<StoryLine>,
}

/// One thing that happened to a call.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct StoryLine {
    /// When.
    pub at: Timestamp,
    /// Milliseconds since the call began.
    pub since_start_ms: u64,
    /// What, as one word: `asked`, `decided`, `rang`, `answered`, ...
    pub kind: String,
    /// What, in a sentence.
    pub text: String,
    /// What was decided, where that is what happened.
    pub steps: Vec<StoryStep>,
}

/// A step of the plan.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct StoryStep {
    /// What is to be done.
    pub what: String,
    /// Why.
    pub because: Vec<String>,
}

/// Which messages.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MessagesQuery {
    /// In this folder; all three unless given.
    pub folder: Option<FolderName>,
    /// Older than this message: `next` of the page before.
    pub before: Option<u64>,
    /// How many, 1 to 200; 50 unless given.
    pub limit: Option<u16>,
}

/// A page of messages, newest first.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct Messages {
    /// The extension whose mailbox it is; absent for whoever has none.
    pub mailbox: Option<String>,
    /// Messages not heard yet, at most 500 counted.
    pub new: u32,
    /// Messages heard and kept, at most 500 counted.
    pub saved: u32,
    /// Messages in the trash, at most 500 counted.
    pub trash: u32,
    /// The messages.
    pub messages: Vec<Message>,
    /// What to ask for as `before` for older ones; absent at the end.
    pub next: Option<u64>,
}

/// One message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Message {
    /// Its number; its sound is `/api/voicemail/{id}/audio`.
    pub id: u64,
    /// Where it lies.
    pub folder: FolderName,
    /// The caller's number; empty where it is not known.
    pub from: String,
    /// The caller's name; empty where it is not known.
    pub from_name: String,
    /// When it came.
    pub at: Timestamp,
    /// Whether the box's clock was set then.
    pub is_synced: bool,
    /// How long it is, in milliseconds.
    pub length_ms: u32,
    /// Whether its end is missing, because the box stopped while it was recorded.
    pub is_cut_off: bool,
    /// The call that it was left in.
    pub call: u64,
}

/// Where a message is to lie.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoveTo {
    /// The folder.
    pub folder: FolderName,
}

/// Which of the sounds of one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WhichOwn {
    /// What callers hear in place of the box's sentence.
    Greeting,
    /// The name within the box's sentence.
    Name,
    /// What callers of one's assistant hear.
    Assistant,
}

/// What callers hear first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CallersHear {
    /// The box's sentence, with the name as it is written.
    Spoken,
    /// The box's sentence, with the name in its owner's voice.
    Name,
    /// The owner's greeting.
    Own,
}

/// What callers of a mailbox hear of its owner.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Greeting {
    /// What they hear first.
    pub callers_hear: CallersHear,
    /// The greeting, where there is one; its sound is `/api/greeting/greeting/audio`.
    pub greeting: Option<OwnRecording>,
    /// The name, where it was said; its sound is `/api/greeting/name/audio`.
    pub name: Option<OwnRecording>,
    /// What callers of the assistant hear, where it was recorded; its sound is `/api/greeting/assistant/audio`.
    pub assistant: Option<OwnRecording>,
    /// How long a greeting may be, in seconds.
    pub greeting_most_s: u64,
    /// How long a name may be, in seconds.
    pub name_most_s: u64,
}

/// A recording that callers hear.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct OwnRecording {
    /// Its number.
    pub id: u64,
    /// When it was made.
    pub at: Timestamp,
    /// How long it is, in milliseconds.
    pub length_ms: u32,
}

/// What callers are to hear.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UseOwn {
    /// The recording's number: the one in use, or the one before it. Absent: the box speaks.
    pub id: Option<u64>,
}
