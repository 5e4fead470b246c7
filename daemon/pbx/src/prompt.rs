//! What the box says, as data: a sentence's name and its arguments. `media` renders and speaks it; the core knows no words.
//!
//! The sentences of voicemail, in the order in which they are heard:
//!
//! | Who listens | What |
//! |---|---|
//! | a caller | the greeting: `DefaultGreeting…`, then `RecordAfterTone`, `PressZeroForOperator`; or `MailboxFull`, `NoSuchMailbox` |
//! | after a recording | `MessageTooShort`, `LimitReached`, `ReviewMenu`, `KeepOrDrop`, `MessageSaved`, `MessageDropped`, `Connecting` |
//! | who opens a mailbox | `EnterMailbox`, `EnterPin`, `WrongPin`, `MailboxHasNoPin`, `MailboxLocked` |
//! | its owner | `YouHaveMessages`, `No…Messages`, `MailboxFullOwner`, `MailboxAlmostFull`, `MainMenu` |
//! | at a message | its envelope: `MessageFrom…`, `MessageOf…`, `MessageAt`, `MessageUndated…` or `MessageNumber`; `MessageIsCutOff`, `MessageMenu`, `MessageHelp` |
//! | after a key there | `Saved`, `Deleted`, `Restored`, `MessageIsGone`, `No…Messages`, `NoNumberToCall`, `Connecting` |
//! | in the other menus | `GreetingMenu`, `Record…`, `GreetingSaved`, `GreetingRestored`, `NameSaved`, `EnterNewPin` … `PinChanged` |
//! | who keys a code during a call | `TransferTo`; `NoSuchNumber`, `NumberNotAllowed`, `TooManyTries` |
//! | who changes rules | `EnterNumber`; `NoSuchNumber`, `NumberNotAllowed`, `NumberGoesRound`, `Caller…`; then `DndOn` … `CompletionOffersOff` |
//! | who needs a code to call so far | `EnterCode`; `WrongCode`, `CodesLocked`, `CallNotAllowed` |
//! | who says whom a call is charged to | `EnterAccount`, `EnterAccountOrPound`; `WrongAccount`, `AccountNeeded` |
//! | who asks about their line | `NumberLeadsHere`, `NoNumberLeadsHere`, `NumberShown`, `NumberIsHidden`, `NumberForHelp`, `NoWayOut`, `PlaceIs` |
//! | who asks what would become of a call | `EnterCaller`, `EnterMoment`, `NoSuchMoment`; `Foretold…` |
//! | who asks who called last | `NobodyCalled`, `LastCall…`, `PressOneToCallBack` |
//! | who parks and fetches | `ParkedOn`, `NoSlotFree`, `SlotEmpty` |
//! | who called in vain | `PressSixForCallBack`; `CompletionSet` … `NoCompletions` |
//! | a caller who is screened | `SayYourName`, `Connecting` |
//! | who answers and is asked | `CallFrom…`, then `PressOneToTake` or `TakeMailboxOrBlock` |
//! | anybody | `InvalidKey`, `TooManyTries`, `NotPossibleNow`, `Goodbye` |

mod names;

use serde::{Deserialize, Serialize};

use self::names::NAMES;

/// One sentence to be spoken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Which sentence of the catalogue.
    pub id: PromptId,
    /// What goes into it, by the names that the catalogue gives.
    pub args: Vec<(String, Arg)>,
    /// The listener's language, as in BCP 47 (`en`, `de`, `es`). A sentence that is missing in it is spoken in English (F19).
    pub language: String,
}

/// Something in a sentence that each language says in its own way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arg {
    /// A number of things; the sentence has a form for each plural of its language.
    Count(u32),
    /// Digits, spoken one by one with pauses between groups: a telephone number, an extension, a code.
    Digits(String),
    /// A person's name.
    Name(String),
    /// A moment, in the listener's zone, spoken as the time of day, and the day where it is not today.
    Moment {
        /// When.
        at: jiff::Timestamp,
        /// An IANA zone name.
        zone: String,
        /// What "today" is measured from.
        now: jiff::Timestamp,
    },
    /// The time of day alone.
    TimeOfDay {
        /// When.
        at: jiff::Timestamp,
        /// An IANA zone name.
        zone: String,
    },
    /// A length of time, in seconds.
    Duration(u32),
}

/// The kinds of [`Arg`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the variant of Arg with its name")]
pub enum ArgKind {
    Count,
    Digits,
    Name,
    Moment,
    TimeOfDay,
    Duration,
}

/// The sentences of the catalogue. Each exists in every language, or falls back to English; a test compares this list with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PromptId {
    /// An emergency call could not be placed. Args: `number` Digits.
    EmergencyUnreachable,
    /// The end of a call that the box ends.
    Goodbye,
    /// `*43`: you will hear yourself.
    EchoIntro,
    /// `*60`. Args: `time` TimeOfDay.
    TheTimeIs,
    /// `*65`. Args: `extension` Digits.
    YourExtensionIs,
    /// `*612`, the address. Args: `address` Digits (with `.` between).
    AddressIs,
    /// `*612`, the version. Args: `version` Digits.
    VersionIs,
    /// `*612`, phones. Args: `registered` Count, `phones` Count.
    PhonesRegistered,
    /// The greeting of a mailbox whose owner has none. Args: `name` Name.
    DefaultGreeting,
    /// The same without a name that can be shown. Args: `extension` Digits.
    DefaultGreetingOf,
    /// After the owner's name in their own voice, which it goes on from: "is not available."
    DefaultGreetingAfterName,
    /// What the caller is to do.
    RecordAfterTone,
    /// The recording is too short to keep.
    MessageTooShort,
    /// After a recording of any kind: 1 keep, 2 listen, 3 again; [`PromptId::PressZeroForOperator`] may follow.
    ReviewMenu,
    /// The message is kept.
    MessageSaved,
    /// Who pressed 0 while recording: 1 keep what was said, 2 drop it.
    KeepOrDrop,
    /// The message is not kept.
    MessageDropped,
    /// The recording is as long as it may be.
    LimitReached,
    /// The mailbox takes no more.
    MailboxFull,
    /// That extension has no mailbox.
    NoSuchMailbox,
    /// `*8`, `**`: nothing rings that the caller could take.
    NothingToPickUp,
    /// `*88`: where the call is parked, or will be.
    ParkedOn,
    /// `*88`: every slot holds a call.
    NoSlotFree,
    /// `*85`: the slot holds no call.
    SlotEmpty,
    /// Whoever called in vain is asked whether to be called back.
    PressSixForCallBack,
    /// `*66`: the caller is called back when this extension is free.
    CompletionSet,
    /// `*66`: there is no call that was in vain.
    NoCallToComplete,
    /// `*66`: the caller waits for as many as may be.
    TooManyCompletions,
    /// `*86`: the caller is not called back.
    CompletionsCancelled,
    /// `*86`: the caller waits for nobody.
    NoCompletions,
    /// Calls without a number are not taken here.
    NoAnonymousCalls,
    /// That a phone takes no calls that are said aloud, or none now.
    IntercomRefused,
    /// The caller is put through: to the operator, or to who left a message.
    Connecting,
    /// The operator did not answer.
    OperatorNotAvailable,
    /// Which mailbox?
    EnterMailbox,
    /// The PIN?
    EnterPin,
    /// The PIN was wrong.
    WrongPin,
    /// A mailbox without a PIN is opened by nobody; on its own phone [`PromptId::EnterNewPin`] follows.
    MailboxHasNoPin,
    /// Too many wrong PINs. Args: `wait` Duration.
    MailboxLocked,
    /// How many messages. Args: `new` Count, `saved` Count.
    YouHaveMessages,
    /// None at all.
    NoMessages,
    /// None that is new.
    NoNewMessages,
    /// None that is saved.
    NoSavedMessages,
    /// To the owner: callers can leave nothing.
    MailboxFullOwner,
    /// To the owner: soon it will be full.
    MailboxAlmostFull,
    /// Before a message whose envelope is not said. Args: `number` Count.
    MessageNumber,
    /// The message whose time alone is said. Args: `number` Count, `at` Moment.
    MessageAt,
    /// The message whose caller alone is said, who is not known. Args: `number` Count.
    MessageOfUnknown,
    /// The message whose caller alone is said. Args: `number` Count, `caller` Digits.
    MessageOfNumber,
    /// The message whose caller alone is said. Args: `number` Count, `name` Name.
    MessageOfName,
    /// Before a message. Args: `number` Count, `at` Moment.
    MessageFromUnknown,
    /// Before a message. Args: `number` Count, `at` Moment, `caller` Digits.
    MessageFromNumber,
    /// Before a message. Args: `number` Count, `at` Moment, `name` Name; a name that cannot be spoken is an unknown caller.
    MessageFromName,
    /// The same of a message that came when the clock was not set. Args: `number` Count.
    MessageUndatedFromUnknown,
    /// The same. Args: `number` Count, `caller` Digits.
    MessageUndatedFromNumber,
    /// The same. Args: `number` Count, `name` Name.
    MessageUndatedFromName,
    /// After a message whose end is missing, because the box stopped.
    MessageIsCutOff,
    /// Keys after a message: 1 again, 2 save, 3 delete, # next, 0 more.
    MessageMenu,
    /// The other keys, after [`PromptId::MessageMenu`]: 4 previous, 6 next, 5 envelope, 7 back, 9 forward, 8 call back, * main menu.
    MessageHelp,
    /// It went to the saved ones.
    Saved,
    /// It is deleted; the same key takes it back.
    Deleted,
    /// It is back.
    Restored,
    /// That was the last.
    NoMoreMessages,
    /// That was the first.
    NoEarlierMessages,
    /// It was deleted meanwhile, on the page or another phone.
    MessageIsGone,
    /// The caller's number is not known, so no call back.
    NoNumberToCall,
    /// Main menu: 1 new messages, 2 saved, 3 greeting, 4 name, 5 PIN, * end; 0 says it again.
    MainMenu,
    /// Greeting menu: 1 record, 2 listen, 3 back to the spoken one, * main menu.
    GreetingMenu,
    /// Record your greeting after the tone, end with the pound key.
    RecordGreeting,
    /// Callers hear the new greeting.
    GreetingSaved,
    /// Callers hear the spoken greeting again.
    GreetingRestored,
    /// Record your name after the tone, end with the pound key.
    RecordName,
    /// Callers hear the new name.
    NameSaved,
    /// The new PIN, and how long it may be?
    EnterNewPin,
    /// Once more?
    RepeatNewPin,
    /// The two differ.
    PinsDiffer,
    /// The new PIN is too short, too long or too easy.
    PinTooEasy,
    /// It is changed.
    PinChanged,
    /// That key means nothing here.
    InvalidKey,
    /// Nothing valid was keyed, again and again; the end of the call follows.
    TooManyTries,
    /// Something in the box failed; try again later.
    NotPossibleNow,
    /// Where an operator can be reached by 0, after a greeting or [`PromptId::ReviewMenu`].
    PressZeroForOperator,
    /// Nobody disturbs the listener's extension.
    DndOn,
    /// Everybody may.
    DndOff,
    /// Every call goes to another number. Args: `number` Digits.
    ForwardAlwaysOn,
    /// They do not.
    ForwardAlwaysOff,
    /// Calls go there when the extension is busy. Args: `number` Digits.
    ForwardBusyOn,
    /// They do not.
    ForwardBusyOff,
    /// Calls go there that nobody answers. Args: `number` Digits.
    ForwardUnansweredOn,
    /// They do not.
    ForwardUnansweredOff,
    /// Calls go there while no phone can be reached. Args: `number` Digits.
    ForwardOfflineOn,
    /// They do not.
    ForwardOfflineOff,
    /// Others' phones and numbers ring after the listener's own.
    FollowMeOn,
    /// They do not.
    FollowMeOff,
    /// They cannot: the list is empty.
    FollowMeEmpty,
    /// Secretaries answer in the listener's place.
    SecretariesOn,
    /// They do not.
    SecretariesOff,
    /// They cannot: there is none.
    SecretariesNone,
    /// The listener answers for a boss.
    SecretaryForOn,
    /// The listener does not.
    SecretaryForOff,
    /// The listener is no secretary of that boss's.
    NotASecretary,
    /// Callers hear the assistant before the mailbox.
    AssistantOn,
    /// They do not.
    AssistantOff,
    /// They cannot: no message was recorded.
    AssistantNone,
    /// What to do, before what callers of the assistant hear is recorded.
    RecordAssistant,
    /// That is saved.
    AssistantSaved,
    /// After one of those: a time group changes it then. Args: `at` Moment.
    HoldsUntil,
    /// It holds until somebody switches it off.
    HoldsUntilSwitched,
    /// None of them holds.
    DiversionsOff,
    /// Callers without a number are not put through to the listener.
    AnonymousRejected,
    /// They are.
    AnonymousTaken,
    /// A number is not put through. Args: `number` Digits.
    CallerBlocked,
    /// It is again. Args: `number` Digits.
    CallerUnblocked,
    /// It was all the time.
    CallerNotBlocked,
    /// No other number can be blocked.
    CallerListFull,
    /// A second call rings during one.
    CallWaitingOn,
    /// It does not.
    CallWaitingOff,
    /// Whoever calls in vain is asked whether to be called back.
    CompletionOffersOn,
    /// They are not.
    CompletionOffersOff,
    /// Which number?
    EnterNumber,
    /// Whom is the other party, who waits, to be connected with?
    TransferTo,
    /// The listener may not call it.
    NumberNotAllowed,
    /// Calls would come back to the listener from there.
    NumberGoesRound,
    /// Nothing has that number.
    NoSuchNumber,
    /// Which code lets the call out?
    EnterCode,
    /// It does not.
    WrongCode,
    /// Too many wrong codes. Args: `wait` Duration.
    CodesLocked,
    /// The listener may not make this call.
    CallNotAllowed,
    /// A number that leads to the listener. Args: `number` Digits.
    NumberLeadsHere,
    /// None does.
    NoNumberLeadsHere,
    /// What is shown outside of who calls. Args: `number` Digits.
    NumberShown,
    /// Nothing is.
    NumberIsHidden,
    /// What is shown to those who are called for help. Args: `number` Digits.
    NumberForHelp,
    /// There is no way out of the building.
    NoWayOut,
    /// Where the listener is. Args: `name` Name.
    PlaceIs,
    /// Which account is charged?
    EnterAccount,
    /// The same, where none is needed.
    EnterAccountOrPound,
    /// No account has that number.
    WrongAccount,
    /// The call does not go out without one.
    AccountNeeded,
    /// Nobody has called.
    NobodyCalled,
    /// Who called last. Args: `number` Digits, `at` Moment.
    LastCallFrom,
    /// The same, where the box did not know the time. Args: `number` Digits.
    LastCallUndatedFrom,
    /// Who called last showed no number. Args: `at` Moment.
    LastCallFromUnknown,
    /// The same, where the box did not know the time.
    LastCallUndatedFromUnknown,
    /// By which key that number is called.
    PressOneToCallBack,
    /// Nobody has called whose number is known.
    NoLastCaller,
    /// No time group has that short number, or the listener may not force it.
    NoSuchTimeGroup,
    /// The listener's phones answer calls that are said aloud.
    IntercomOn,
    /// They do not.
    IntercomOff,
    /// A time group follows its times. Args: `number` Digits; so have the next two.
    TimeGroupAuto,
    /// It is open, whatever they say.
    TimeGroupOpen,
    /// It is closed.
    TimeGroupClosed,
    /// A night mode is on. Args: `number` Digits; so has the next.
    NightModeOn,
    /// It is off.
    NightModeOff,
    /// All night modes that the listener may switch are on.
    NightModesOn,
    /// They are off.
    NightModesOff,
    /// No night mode has that short number.
    NoSuchNightMode,
    /// The listener may not switch it.
    NightModeNotAllowed,
    /// Who calls, to whoever answered and is asked. Args: `name` Name.
    CallFromName,
    /// The same. Args: `number` Digits.
    CallFromNumber,
    /// The same of a caller without a number.
    CallFromUnknown,
    /// The same of a caller whose own voice follows.
    CallFrom,
    /// Who asks what would become of a call: the number that calls; `#` alone: without one.
    EnterCaller,
    /// The moment of that call: two digits each of the month, the day, the hour, the minute; `#` alone: now.
    EnterMoment,
    /// No clock shows that.
    NoSuchMoment,
    /// Before what would become of it. Args: `number`, `to` Digits, `at` Moment.
    Foretold,
    /// The same of a caller without a number. Args: `to` Digits, `at` Moment.
    ForetoldAnonymous,
    /// Who asks may only ask about their own number.
    ForetoldNotYours,
    /// It goes on as somebody else wants. Args: `extension` Digits.
    ForetoldBeyond,
    /// Something rings. Args: `number` Digits.
    ForetoldRings,
    /// It goes out. Args: `number` Digits.
    ForetoldOutside,
    /// A mailbox takes a message. Args: `extension` Digits.
    ForetoldMailbox,
    /// An assistant answers. Args: `extension` Digits.
    ForetoldAssistant,
    /// The caller is refused.
    ForetoldRefused,
    /// The box itself answers.
    ForetoldBox,
    /// What follows where nobody answers.
    ForetoldUnanswered,
    /// No phone there can be reached; what follows then.
    ForetoldOffline,
    /// What follows where it ends otherwise.
    ForetoldThen,
    /// Whoever was called for help may be calling back.
    ForetoldHelp,
    /// No trunk is switched on that anybody could call by.
    ForetoldNoWayIn,
    /// Somebody is asked whether they take the call. Args: `extension` Digits.
    ForetoldScreened,
    /// The caller is asked for a name.
    ForetoldName,
    /// A night mode decides. Args: `name` Name.
    ForetoldNight,
    /// A rule holds. Args: `extension` Digits, `name` Name.
    ForetoldRule,
    /// Somebody does not want to be disturbed. Args: `extension` Digits.
    ForetoldDnd,
    /// Somebody forwards calls. Args: `extension` Digits.
    ForetoldForwards,
    /// Others answer for somebody. Args: `extension` Digits.
    ForetoldSecretaries,
    /// Somebody is followed. Args: `extension` Digits.
    ForetoldFollowMe,
    /// The forwards come back to somebody.
    ForetoldRound,
    /// The caller is blocked.
    ForetoldBlocked,
    /// The caller is on a list of those who pass.
    ForetoldAllowed,
    /// Calls without a number are not taken.
    ForetoldNoNumber,
    /// After it: 1 take the call, 2 refuse it.
    PressOneToTake,
    /// After it, where callers are screened: 1 take the call, 2 leave it to the mailbox, 3 refuse it and block the number.
    TakeMailboxOrBlock,
    /// A caller is asked for a name, before the tone.
    SayYourName,
}

impl PromptId {
    /// All of them, in their order.
    pub const ALL: [PromptId; NAMES.len()] = {
        let mut all = [PromptId::Goodbye; NAMES.len()];
        let mut next = 0;
        while next < all.len() {
            all[next] = NAMES[next].0;
            next += 1;
        }
        all
    };

    /// The name in the catalogue and in tests, as serde writes it.
    pub fn as_str(self) -> &'static str {
        NAMES.iter().find(|(id, _)| *id == self).map_or("", |(_, name)| name)
    }

    /// The arguments that every language's sentence may use.
    pub fn args(self) -> &'static [(&'static str, ArgKind)] {
        match self {
            PromptId::EmergencyUnreachable
            | PromptId::ForwardAlwaysOn
            | PromptId::ForwardBusyOn
            | PromptId::ForwardUnansweredOn
            | PromptId::ForwardOfflineOn
            | PromptId::CallerBlocked
            | PromptId::SecretaryForOn
            | PromptId::SecretaryForOff
            | PromptId::NotASecretary
            | PromptId::CallFromNumber
            | PromptId::TimeGroupAuto
            | PromptId::TimeGroupOpen
            | PromptId::TimeGroupClosed
            | PromptId::NightModeOn
            | PromptId::NightModeOff
            | PromptId::CallerUnblocked => &[("number", ArgKind::Digits)],
            PromptId::HoldsUntil => &[("at", ArgKind::Moment)],
            PromptId::TheTimeIs => &[("time", ArgKind::TimeOfDay)],
            PromptId::YourExtensionIs | PromptId::DefaultGreetingOf => &[("extension", ArgKind::Digits)],
            PromptId::AddressIs => &[("address", ArgKind::Digits)],
            PromptId::VersionIs => &[("version", ArgKind::Digits)],
            PromptId::PhonesRegistered => &[("registered", ArgKind::Count), ("phones", ArgKind::Count)],
            PromptId::DefaultGreeting | PromptId::CallFromName => &[("name", ArgKind::Name)],
            PromptId::CompletionSet => &[("extension", ArgKind::Digits)],
            PromptId::ParkedOn => &[("slot", ArgKind::Digits)],
            PromptId::NumberLeadsHere | PromptId::NumberShown | PromptId::NumberForHelp => {
                &[("number", ArgKind::Digits)]
            }
            PromptId::Foretold => &[("number", ArgKind::Digits), ("to", ArgKind::Digits), ("at", ArgKind::Moment)],
            PromptId::LastCallFrom => &[("number", ArgKind::Digits), ("at", ArgKind::Moment)],
            PromptId::LastCallUndatedFrom => &[("number", ArgKind::Digits)],
            PromptId::LastCallFromUnknown => &[("at", ArgKind::Moment)],
            PromptId::ForetoldAnonymous => &[("to", ArgKind::Digits), ("at", ArgKind::Moment)],
            PromptId::ForetoldNight => &[("name", ArgKind::Name)],
            PromptId::ForetoldScreened => &[("extension", ArgKind::Digits)],
            PromptId::ForetoldRule => &[("extension", ArgKind::Digits), ("name", ArgKind::Name)],
            PromptId::ForetoldRings | PromptId::ForetoldOutside => &[("number", ArgKind::Digits)],
            PromptId::ForetoldBeyond
            | PromptId::ForetoldMailbox
            | PromptId::ForetoldAssistant
            | PromptId::ForetoldDnd
            | PromptId::ForetoldForwards
            | PromptId::ForetoldSecretaries
            | PromptId::ForetoldFollowMe => &[("extension", ArgKind::Digits)],
            PromptId::PlaceIs => &[("name", ArgKind::Name)],
            PromptId::MailboxLocked | PromptId::CodesLocked => &[("wait", ArgKind::Duration)],
            PromptId::YouHaveMessages => &[("new", ArgKind::Count), ("saved", ArgKind::Count)],
            PromptId::MessageNumber | PromptId::MessageOfUnknown | PromptId::MessageUndatedFromUnknown => {
                &[("number", ArgKind::Count)]
            }
            PromptId::MessageOfNumber | PromptId::MessageUndatedFromNumber => {
                &[("number", ArgKind::Count), ("caller", ArgKind::Digits)]
            }
            PromptId::MessageOfName | PromptId::MessageUndatedFromName => {
                &[("number", ArgKind::Count), ("name", ArgKind::Name)]
            }
            PromptId::MessageAt | PromptId::MessageFromUnknown => {
                &[("number", ArgKind::Count), ("at", ArgKind::Moment)]
            }
            PromptId::MessageFromNumber => {
                &[("number", ArgKind::Count), ("at", ArgKind::Moment), ("caller", ArgKind::Digits)]
            }
            PromptId::MessageFromName => {
                &[("number", ArgKind::Count), ("at", ArgKind::Moment), ("name", ArgKind::Name)]
            }
            _ => &[],
        }
    }
}

impl Arg {
    /// Which kind it is.
    pub fn kind(&self) -> ArgKind {
        match self {
            Arg::Count(_) => ArgKind::Count,
            Arg::Digits(_) => ArgKind::Digits,
            Arg::Name(_) => ArgKind::Name,
            Arg::Moment { .. } => ArgKind::Moment,
            Arg::TimeOfDay { .. } => ArgKind::TimeOfDay,
            Arg::Duration(_) => ArgKind::Duration,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::IntoDeserializer;
    use serde::de::value::Error;

    use super::*;

    #[test]
    fn the_list_holds_every_sentence_under_the_name_that_serde_writes() {
        let unknown = PromptId::deserialize("?".into_deserializer()).map_err(|error: Error| error.to_string());
        let message = unknown.expect_err("no sentence is called ?");
        let known: Vec<&str> = message.split('`').skip(1).step_by(2).skip(1).collect();
        assert_eq!(known, PromptId::ALL.map(PromptId::as_str));
    }
}
