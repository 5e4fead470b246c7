//! What can be dialled besides numbers: codes such as `*43`.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest code: nobody remembers more, and it bounds what is compared with each dialled string.
pub const MAX_CODE_LENGTH: usize = 6;

/// What a code does. The names in the office file are these in snake case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Plays back what is said, so that one can hear line and phone.
    EchoTest,
    /// Says what time it is in the office.
    Time,
    /// Says the extension of the calling phone.
    OwnExtension,
    /// Says the box's address and version, and how many phones are registered.
    BoxStatus,
    /// Says which numbers lead to the calling phone, which one is shown outside, and where it is for those who come to help.
    VerifyLine,
    /// Says what would become of a call from outside to the number that is dialled after the code.
    WhatIf,
    /// Opens the mailbox of the calling phone's extension.
    MyVoicemail,
    /// Opens any mailbox, with its PIN: the one that is dialled after the code, else the one that is asked for.
    AnyVoicemail,
    /// Leaves a message in the mailbox that is dialled after the code, without ringing its phones. Also where calls are
    /// transferred to.
    LeaveMessage,
    /// Takes a call that rings at somebody of the caller's pickup group.
    GroupPickup,
    /// Takes a call that rings at the extension that is dialled after the code. What the keys of many phones dial.
    DirectedPickup,
    /// Calls the extension that is dialled after the code, whose phones answer by themselves.
    Intercom,
    /// Calls the number that is dialled after the code, which does not see who calls. For one call.
    HideNumber,
    /// Calls the number that is dialled after the code, which sees who calls, whatever the phone wants. For one call.
    ShowNumber,
    /// Calls the number that is dialled after the code, and until it ends no second call rings (F28). For one call.
    NoCallWaiting,
    /// Nobody disturbs the caller's extension from now on.
    DndOn,
    /// Everybody may disturb it again.
    DndOff,
    /// One of the two, whichever is not so now.
    DndToggle,
    /// Every call goes to the number that is dialled after the code, else to one that is asked for.
    ForwardAlways,
    /// Calls go nowhere else any more.
    ForwardAlwaysOff,
    /// Calls go to a number when the extension is busy or refuses.
    ForwardBusy,
    /// They do not any more.
    ForwardBusyOff,
    /// Calls go to a number that nobody answers.
    ForwardUnanswered,
    /// They do not any more.
    ForwardUnansweredOff,
    /// Calls go to a number while no phone can be reached.
    ForwardOffline,
    /// They do not any more.
    ForwardOfflineOff,
    /// Others' phones and numbers ring after the caller's own phones, or do not any more: whichever is not so now.
    FollowMe,
    /// Others answer in the caller's place, or do not any more; with a boss's extension dialled after the code: whether the caller
    /// answers for that boss. Whichever is not so now.
    Secretary,
    /// Callers hear the caller's assistant before the mailbox, or do not any more: whichever is not so now.
    Assistant,
    /// Records what they hear.
    RecordAssistant,
    /// Nothing of that holds any more: neither do-not-disturb, nor a forward, nor Follow Me, nor secretaries.
    DiversionsOff,
    /// Calls of a number, dialled after the code or asked for, are not put through.
    BlockCaller,
    /// They are again.
    UnblockCaller,
    /// Callers without a number are not put through.
    RejectAnonymous,
    /// They are again.
    TakeAnonymous,
    /// Calls of the caller's last caller are not put through.
    BlockLastCaller,
    /// The caller's phones answer calls that are said aloud.
    IntercomOn,
    /// They do not.
    IntercomOff,
    /// The time group whose short number is dialled after the code is opened, closed, or follows its times again: the one after
    /// the other.
    ForceTimeGroup,
    /// The night mode whose short number is dialled after the code, or with 0 all of them, is switched on or off: whichever is not so now.
    NightMode,
    /// A second call rings during one, or does not any more: whichever is not so now.
    CallWaiting,
    /// A second call rings during one.
    CallWaitingOn,
    /// It does not.
    CallWaitingOff,
    /// Parks a call that is passed on to the code: it waits on a slot until somebody fetches it.
    Park,
    /// Fetches the call from the slot that is dialled after the code.
    FetchParked,
    /// Says who has called the caller's extension last, and calls them by one key.
    CallReturn,
    /// The caller is called back as soon as whom they called last in vain is free.
    CompleteCall,
    /// The caller is not called back any more.
    CancelCompletions,
    /// Whoever of the caller's extension calls a colleague in vain is asked whether to be called back, or is not any more: whichever is not
    /// so now.
    CompletionOffers,
    /// During a call: the other party waits while the caller keys a number and speaks with whoever answers. Once more, all three talk;
    /// who hangs up connects the other two.
    AttendedTransfer,
    /// During a call: the other party is passed on to the number that is keyed next, unasked.
    BlindTransfer,
    /// During a call: whoever was asked goes, and the party that waits is back; where nobody waits, the call ends.
    Drop,
}

/// What may be dialled after a feature's code, in one go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// An extension: without one the code is no number.
    Extension,
    /// A number, of the office or outside: without one the code is no number.
    Number,
    /// The short number of a time group or a night mode, or a park slot: without one the code is no number.
    Id,
    /// An extension or nothing.
    OptionalExtension,
    /// A number or nothing.
    OptionalNumber,
}

impl Argument {
    /// Whether the code is no number without it.
    fn is_needed(self) -> bool {
        matches!(self, Argument::Extension | Argument::Number | Argument::Id)
    }
}

/// Which codes an office has that changes none: those that fingers know from the system before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeProfile {
    /// Bellbox's own.
    #[default]
    Office,
    /// As FreePBX delivers them, where both have the feature.
    Freepbx,
    /// As North American carriers have them, where both have the feature.
    Nanpa,
}

impl CodeProfile {
    /// All of them.
    pub const ALL: [CodeProfile; 3] = [CodeProfile::Office, CodeProfile::Freepbx, CodeProfile::Nanpa];

    /// The name in the office file.
    pub fn as_str(self) -> &'static str {
        match self {
            CodeProfile::Office => "office",
            CodeProfile::Freepbx => "freepbx",
            CodeProfile::Nanpa => "nanpa",
        }
    }

    /// The profile of this name.
    pub fn named(name: &str) -> Option<CodeProfile> {
        CodeProfile::ALL.into_iter().find(|profile| profile.as_str() == name)
    }

    /// The whole table as this profile has it.
    pub fn codes(self) -> Vec<FeatureCode> {
        Feature::ALL.iter().map(|feature| self.code_of(*feature)).collect()
    }

    /// A feature's row as this profile has it. One that it has no code for is off, under a code of Bellbox's own that is free: whoever
    /// wants it switches it on.
    pub fn code_of(self, feature: Feature) -> FeatureCode {
        let own = Feature::row(feature).code;
        let (code, enabled) = match (self, feature) {
            // One toggle, or two codes.
            (CodeProfile::Freepbx, Feature::CallWaiting) => ("*712", false),
            (CodeProfile::Freepbx, Feature::CallWaitingOn) => ("*70", true),
            (CodeProfile::Freepbx, Feature::CallWaitingOff) => ("*71", true),
            (_, Feature::CallWaitingOn | Feature::CallWaitingOff) => (own, false),
            (CodeProfile::Freepbx, Feature::FollowMe) => ("*21", true),
            (CodeProfile::Nanpa, Feature::ForwardUnanswered) => ("*92", true),
            (CodeProfile::Nanpa, Feature::ForwardUnansweredOff) => ("*93", true),
            // Which leaves two others without theirs: they have those that it leaves.
            (CodeProfile::Nanpa, Feature::BlockCaller) => ("*60", true),
            (CodeProfile::Nanpa, Feature::UnblockCaller) => ("*80", true),
            (CodeProfile::Nanpa, Feature::Time) => ("*30", true),
            (CodeProfile::Nanpa, Feature::Intercom) => ("*31", true),
            _ => (own, true),
        };
        FeatureCode { code: code.to_owned(), feature, enabled }
    }
}

/// What is known of a feature.
struct Known {
    feature: Feature,
    name: &'static str,
    argument: Argument,
    /// Bellbox's own code.
    code: &'static str,
    /// Whether it is keyed during a call and never dialled.
    is_in_call: bool,
}

const fn known(feature: Feature, name: &'static str, argument: Argument, code: &'static str) -> Known {
    Known { feature, name, argument, code, is_in_call: false }
}

const fn in_call(feature: Feature, name: &'static str, code: &'static str) -> Known {
    Known { feature, name, argument: Argument::None, code, is_in_call: true }
}

/// Every feature, in the order of the table of codes.
const KNOWN: [Known; 52] = [
    known(Feature::EchoTest, "echo_test", Argument::None, "*43"),
    known(Feature::Time, "time", Argument::None, "*60"),
    known(Feature::OwnExtension, "own_extension", Argument::None, "*65"),
    known(Feature::BoxStatus, "box_status", Argument::None, "*612"),
    known(Feature::VerifyLine, "verify_line", Argument::None, "*613"),
    known(Feature::WhatIf, "what_if", Argument::Number, "*614"),
    known(Feature::MyVoicemail, "my_voicemail", Argument::None, "*97"),
    known(Feature::AnyVoicemail, "any_voicemail", Argument::OptionalExtension, "*98"),
    known(Feature::LeaveMessage, "leave_message", Argument::Extension, "*99"),
    known(Feature::GroupPickup, "group_pickup", Argument::None, "*8"),
    known(Feature::DirectedPickup, "directed_pickup", Argument::Extension, "**"),
    known(Feature::Intercom, "intercom", Argument::Extension, "*80"),
    known(Feature::HideNumber, "hide_number", Argument::Number, "*67"),
    known(Feature::ShowNumber, "show_number", Argument::Number, "*82"),
    known(Feature::NoCallWaiting, "no_call_waiting", Argument::Number, "*70"),
    known(Feature::DndOn, "dnd_on", Argument::None, "*78"),
    known(Feature::DndOff, "dnd_off", Argument::None, "*79"),
    known(Feature::DndToggle, "dnd_toggle", Argument::None, "*76"),
    known(Feature::ForwardAlways, "forward_always", Argument::OptionalNumber, "*72"),
    known(Feature::ForwardAlwaysOff, "forward_always_off", Argument::None, "*73"),
    known(Feature::ForwardBusy, "forward_busy", Argument::OptionalNumber, "*90"),
    known(Feature::ForwardBusyOff, "forward_busy_off", Argument::None, "*91"),
    known(Feature::ForwardUnanswered, "forward_unanswered", Argument::OptionalNumber, "*52"),
    known(Feature::ForwardUnansweredOff, "forward_unanswered_off", Argument::None, "*53"),
    known(Feature::ForwardOffline, "forward_offline", Argument::OptionalNumber, "*62"),
    known(Feature::ForwardOfflineOff, "forward_offline_off", Argument::None, "*63"),
    known(Feature::FollowMe, "follow_me", Argument::None, "*67"),
    known(Feature::Secretary, "secretary", Argument::OptionalExtension, "*37"),
    known(Feature::Assistant, "assistant", Argument::None, "*38"),
    known(Feature::RecordAssistant, "record_assistant", Argument::None, "*39"),
    known(Feature::DiversionsOff, "diversions_off", Argument::None, "*730"),
    known(Feature::BlockCaller, "block_caller", Argument::OptionalNumber, "*30"),
    known(Feature::UnblockCaller, "unblock_caller", Argument::OptionalNumber, "*31"),
    known(Feature::RejectAnonymous, "reject_anonymous", Argument::None, "*77"),
    known(Feature::TakeAnonymous, "take_anonymous", Argument::None, "*87"),
    known(Feature::BlockLastCaller, "block_last_caller", Argument::None, "*32"),
    known(Feature::IntercomOn, "intercom_on", Argument::None, "*54"),
    known(Feature::IntercomOff, "intercom_off", Argument::None, "*55"),
    known(Feature::ForceTimeGroup, "force_time_group", Argument::Id, "*27"),
    known(Feature::NightMode, "night_mode", Argument::Id, "*28"),
    known(Feature::CallWaiting, "call_waiting", Argument::None, "*70"),
    known(Feature::CallWaitingOn, "call_waiting_on", Argument::None, "*711"),
    known(Feature::CallWaitingOff, "call_waiting_off", Argument::None, "*710"),
    known(Feature::Park, "park", Argument::None, "*88"),
    known(Feature::FetchParked, "fetch_parked", Argument::Id, "*85"),
    known(Feature::CallReturn, "call_return", Argument::None, "*69"),
    known(Feature::CompleteCall, "complete_call", Argument::None, "*66"),
    known(Feature::CancelCompletions, "cancel_completions", Argument::None, "*86"),
    known(Feature::CompletionOffers, "completion_offers", Argument::None, "*84"),
    in_call(Feature::AttendedTransfer, "attended_transfer", "*2"),
    in_call(Feature::BlindTransfer, "blind_transfer", "##"),
    in_call(Feature::Drop, "drop", "*0#"),
];

impl Feature {
    /// All of them, in the order of the table of codes.
    pub const ALL: [Feature; KNOWN.len()] = {
        let mut all = [Feature::EchoTest; KNOWN.len()];
        let mut next = 0;
        while next < all.len() {
            all[next] = KNOWN[next].feature;
            next += 1;
        }
        all
    };

    fn row(self) -> &'static Known {
        KNOWN.iter().find(|row| row.feature == self).expect("a test finds every feature in the table")
    }

    /// The name in the office file.
    pub fn as_str(self) -> &'static str {
        self.row().name
    }

    /// What may follow its code.
    pub fn argument(self) -> Argument {
        self.row().argument
    }

    /// Whether its code is keyed during a call (F163): then it is nothing that is dialled, and clashes with nothing that is.
    pub fn is_in_call(self) -> bool {
        self.row().is_in_call
    }

    /// The feature of this name in the office file.
    pub fn from_name(name: &str) -> Option<Feature> {
        KNOWN.iter().find(|row| row.name == name).map(|row| row.feature)
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One row of the table of codes. A code that needs digits after it may be the same as one that takes none: `*67` alone is one
/// thing, `*67` and a number another, since a phone sends all that is dialled at once. Every feature has exactly one; a row of the
/// office file replaces it. A second code for the same would have to be kept free and told everywhere: an office whose fingers
/// know `*08` or `*92` writes that instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureCode {
    /// What is dialled: 2 to [`MAX_CODE_LENGTH`] of `0`-`9`, `*`, `#`. Nothing that it [claims](FeatureCode::claims) is an
    /// extension, an emergency number or another enabled row's.
    pub code: String,
    /// What it does.
    pub feature: Feature,
    /// A code that is off is dialled as if it did not exist.
    pub enabled: bool,
}

impl FeatureCode {
    /// Whether dialling this belongs to this code: it is the code, or the code and digits where it takes an argument. Also
    /// of a code that is off, and of one whose argument is missing.
    pub fn claims(&self, dialled: &str) -> bool {
        self.rest_of(dialled).is_some()
    }

    /// What was dialled after the code, perhaps nothing; `None` where this code was not dialled or is not complete.
    pub(crate) fn argument_in<'d>(&self, dialled: &'d str) -> Option<&'d str> {
        let rest = self.rest_of(dialled)?;
        (!rest.is_empty() || !self.feature.argument().is_needed()).then_some(rest)
    }

    /// Whether something that is dialled, or keyed during a call, would mean both.
    pub(crate) fn clashes_with(&self, other: &FeatureCode) -> bool {
        match (self.feature.is_in_call(), other.feature.is_in_call()) {
            (false, false) => {}
            (true, true) => return self.code.starts_with(&other.code) || other.code.starts_with(&self.code),
            // One is dialled, the other keyed.
            _ => return false,
        }
        if self.code == other.code {
            let (one, two) = (self.feature.argument(), other.feature.argument());
            return !(one == Argument::None && two.is_needed() || two == Argument::None && one.is_needed());
        }
        self.claims(&other.code) || other.claims(&self.code)
    }

    fn rest_of<'d>(&self, dialled: &'d str) -> Option<&'d str> {
        if self.feature.is_in_call() {
            return None;
        }
        let rest = dialled.strip_prefix(self.code.as_str())?;
        let takes_digits = self.feature.argument() != Argument::None;
        let fits = rest.is_empty() || takes_digits && rest.bytes().all(|b| b.is_ascii_digit());
        fits.then_some(rest)
    }
}

/// The table of codes, prepared for what is dialled: asked with every call, and seldom changed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Codes {
    rows: Vec<FeatureCode>,
    /// The places of the enabled rows that are dialled by their codes: one, or one that needs digits and one that takes none.
    enabled: BTreeMap<String, Vec<usize>>,
}

/// What keys that are pressed during a call come to, in the order in which they were pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InCall {
    /// They are no code, and no code begins with them.
    Nothing,
    /// A code begins with them.
    Begins,
    /// This feature's code.
    Is(Feature),
}

impl Codes {
    pub(crate) fn new(rows: Vec<FeatureCode>) -> Codes {
        let mut enabled: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let is_dialled = |row: &FeatureCode| row.enabled && !row.feature.is_in_call();
        for (place, row) in rows.iter().enumerate().filter(|(_, row)| is_dialled(row)) {
            enabled.entry(row.code.clone()).or_default().push(place);
        }
        Codes { rows, enabled }
    }

    pub(crate) fn rows(&self) -> &[FeatureCode] {
        &self.rows
    }

    /// See [`crate::Config::in_call`].
    pub(crate) fn in_call(&self, keys: &str) -> InCall {
        let mut rows = self.rows.iter().filter(|row| row.enabled && row.feature.is_in_call());
        let begun = rows.find(|row| row.code.starts_with(keys));
        // None of them begins with another.
        begun.map_or(InCall::Nothing, |row| if row.code == keys { InCall::Is(row.feature) } else { InCall::Begins })
    }

    /// See [`crate::Config::feature`].
    pub(crate) fn feature<'d>(&self, dialled: &'d str) -> Option<(Feature, &'d str)> {
        let rows_of = |length| Some(self.enabled.get(dialled.get(..length)?)?.iter().map(|place| &self.rows[*place]));
        let longest = MAX_CODE_LENGTH.min(dialled.len());
        let mut claimed =
            (2..=longest).rev().filter_map(rows_of).find(|rows| rows.clone().any(|row| row.claims(dialled)))?;
        claimed.find_map(|row| row.argument_in(dialled).map(|argument| (row.feature, argument)))
    }
}

/// Whether this may be a code.
pub(crate) fn is_code(text: &str) -> bool {
    (2..=MAX_CODE_LENGTH).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'*' || b == b'#')
}
