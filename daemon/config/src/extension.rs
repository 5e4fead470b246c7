//! An internal number with its settings.

use std::ops::RangeInclusive;

use crate::account::AccountEntry;
use crate::answering::Answering;
use crate::caller_id::CallerId;
use crate::ids::{ExtensionNumber, PersonId};
use crate::permission::Permission;
use crate::toll::OwnLimits;

/// How long an extension rings unless its row says otherwise, in seconds: four to five rings of 5 to 6 s, long enough
/// to cross a room, and short of the 30 s after which many carriers give up on their own.
pub const DEFAULT_RING_S: u16 = 25;

/// How long an extension may ring, in seconds: less than one ring cannot be answered, and after two minutes a caller
/// is long gone.
pub const RING_S: RangeInclusive<u16> = 5..=120;

/// In the place of a ring time: the phones ring until somebody answers, or the caller gives up (F29).
pub const RINGS_ON: u16 = 0;

/// Whether an extension may ring for so long.
pub(crate) fn is_ring_time(ring_s: u16) -> bool {
    ring_s == RINGS_ON || RING_S.contains(&ring_s)
}

/// How many devices one phone's credentials may register at once unless the row says otherwise: a desk phone, its
/// next registration from a new port after a change of address, and one to spare. A stolen secret gets no more.
pub const DEFAULT_MAX_CONTACTS: u8 = 3;

/// How many may be asked for: every contact rings at each call, so that this times the phones bounds a call's legs.
pub const MAX_CONTACTS: RangeInclusive<u8> = 1..=10;

/// How many calls an extension may have at once, where its row says it: one is what an extension without call waiting has; no phone shows
/// more than fifty.
pub const MAX_CALLS: RangeInclusive<u8> = 1..=50;

/// How many minutes of messages a mailbox takes unless its row says otherwise: some sixty messages, more than anybody
/// leaves unheard, and 58 MB of audio (8 kHz, 16 bits), so that the mailboxes of fifty people fit into 3 GB.
pub const DEFAULT_VOICEMAIL_MINUTES: u16 = 60;

/// What may be asked for: at least one message of the usual limit's third, and at most 960 MB for one mailbox.
pub const VOICEMAIL_MINUTES: RangeInclusive<u16> = 1..=1_000;

/// The longest name of a pickup group, in characters: it fits a table and a line of the story.
pub const MAX_PICKUP_GROUP: usize = 32;

/// An internal number, who has it and how it behaves.
#[derive(Clone, PartialEq, Eq)]
pub struct Extension {
    /// The digits to dial.
    pub number: ExtensionNumber,
    /// Whose it is.
    pub person: PersonId,
    /// How long its phones ring, in seconds, within [`RING_S`], or [`RINGS_ON`].
    pub ring_s: u16,
    /// Whether an unanswered caller may leave a message.
    pub voicemail: bool,
    /// How long its new and saved messages may be together, in minutes, within [`VOICEMAIL_MINUTES`]. The trash does not
    /// count.
    pub voicemail_minutes: u16,
    /// Whether its mailbox asks for the PIN also on its own phones; on all others it always does. True unless the row
    /// says otherwise: who passes an empty desk must not hear the messages.
    pub pin_on_own_phone: bool,
    /// Whether it is said before each message when that came. True unless the row says otherwise; a key says it too.
    pub say_time: bool,
    /// Whether it is said before each message who left it. True unless the row says otherwise; a key says it too.
    pub say_caller: bool,
    /// Whether its owner hears the newest message first by phone (F56). False unless the row says otherwise: who answers in order
    /// begins with whoever has waited longest.
    pub newest_first: bool,
    /// Who is reached by 0 in its mailbox, where that is not the office's operator; ask [`crate::Config::operator_of`].
    pub operator: Option<ExtensionNumber>,
    /// How many devices each of its phones may register at once, within [`MAX_CONTACTS`].
    pub max_contacts: u8,
    /// Who may take its ringing calls: those of the same group, which has a name of 1 to [`MAX_PICKUP_GROUP`] characters. Extensions
    /// without one are a group of their own, so that in an office that names none everybody may help everybody out.
    pub pickup_group: Option<String>,
    /// Whether only its own phones may show on a lamp what it does. False unless the row says otherwise.
    pub private_lamp: bool,
    /// What colleagues and people outside see of it.
    pub caller_id: CallerId,
    /// Whether whoever it calls outside does not see its number (RFC 3323), unless a code shows it for one call. False unless the row says
    /// otherwise. Calls for help show it all the same.
    pub hides_number: bool,
    /// Whether its phones answer calls that are said aloud. True unless the row says otherwise.
    pub intercom: bool,
    /// Whether both hear a beep before such a call (F28). True unless the row says otherwise: nobody is heard unawares.
    pub intercom_beep: bool,
    /// Whether its phones show who calls from outside; a phone that does not shows "Unknown", and logs and mailbox know it all the same (F28).
    /// True unless the row says otherwise.
    pub shows_callers: bool,
    /// Whether its phones ring while it is in a call. True unless the row says otherwise; without it a second caller finds it busy.
    pub call_waiting: bool,
    /// How many calls it may have at once, those that ring among them, within [`MAX_CALLS`]; who calls besides finds it busy (F36). `None` unless
    /// the row says otherwise: its phones know how many lines they have, and a switchboard or another system behind it has many.
    pub max_calls: Option<u8>,
    /// Whether whoever calls a colleague from it in vain is asked whether to be called back (F95). True unless the row says otherwise: few
    /// know the code for it.
    pub completion_offers: bool,
    /// How far it may call.
    pub permission: Permission,
    /// How often, where that is not as often as everybody; ask [`crate::Config::toll_of`].
    pub own_limits: OwnLimits,
    /// Whether an account is keyed before its calls to the outside; those of a route may ask for one besides.
    pub account: AccountEntry,
    /// The voicemail PIN as an Argon2id PHC string, where there is one.
    pub pin_hash: Option<String>,
    /// What it does with its calls.
    pub answering: Answering,
}

impl std::fmt::Debug for Extension {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Extension")
            .field("number", &self.number)
            .field("person", &self.person)
            .field("ring_s", &self.ring_s)
            .field("voicemail", &self.voicemail)
            .field("voicemail_minutes", &self.voicemail_minutes)
            .field("pin_on_own_phone", &self.pin_on_own_phone)
            .field("say_time", &self.say_time)
            .field("say_caller", &self.say_caller)
            .field("newest_first", &self.newest_first)
            .field("operator", &self.operator)
            .field("max_contacts", &self.max_contacts)
            .field("pickup_group", &self.pickup_group)
            .field("private_lamp", &self.private_lamp)
            .field("caller_id", &self.caller_id)
            .field("hides_number", &self.hides_number)
            .field("intercom", &self.intercom)
            .field("intercom_beep", &self.intercom_beep)
            .field("shows_callers", &self.shows_callers)
            .field("call_waiting", &self.call_waiting)
            .field("max_calls", &self.max_calls)
            .field("completion_offers", &self.completion_offers)
            .field("permission", &self.permission)
            .field("own_limits", &self.own_limits)
            .field("account", &self.account)
            .field("has_pin", &self.pin_hash.is_some())
            .field("answering", &self.answering)
            .finish()
    }
}
