//! What the box says, as data: a sentence's name and its arguments. `media` renders and speaks it; the core knows no words.

use serde::{Deserialize, Serialize};

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
    /// The same without a name. Args: `extension` Digits.
    DefaultGreetingOf,
    /// What the caller is to do.
    RecordAfterTone,
    /// The recording is too short to keep.
    MessageTooShort,
    /// After a recording: 1 keep, 2 listen, 3 again, (0 operator).
    ReviewMenu,
    /// The message is kept.
    MessageSaved,
    /// The mailbox takes no more.
    MailboxFull,
    /// Which mailbox?
    EnterMailbox,
    /// The PIN?
    EnterPin,
    /// The PIN was wrong.
    WrongPin,
    /// Too many wrong PINs. Args: `wait` Duration.
    MailboxLocked,
    /// How many messages. Args: `new` Count, `saved` Count.
    YouHaveMessages,
    /// None at all.
    NoMessages,
    /// Before a message. Args: `number` Count, `at` Moment.
    MessageFromUnknown,
    /// Before a message. Args: `number` Count, `at` Moment, `caller` Digits.
    MessageFromNumber,
    /// Before a message. Args: `number` Count, `at` Moment, `name` Name.
    MessageFromName,
    /// Keys while and after listening: 1 again, 2 save, 3 delete ...
    MessageMenu,
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
    /// The caller's number is not known, so no call back.
    NoNumberToCall,
    /// Main menu: 1 messages, 2 saved, 3 greeting, 4 name, 5 PIN, * end.
    MainMenu,
    /// Greeting menu: 1 record, 2 listen, 3 back to the spoken one.
    GreetingMenu,
    /// Record your greeting after the tone, end with the pound key.
    RecordGreeting,
    /// Record your name after the tone, end with the pound key.
    RecordName,
    /// The new PIN?
    EnterNewPin,
    /// Once more?
    RepeatNewPin,
    /// The two differ.
    PinsDiffer,
    /// The new PIN is too easy.
    PinTooEasy,
    /// It is changed.
    PinChanged,
    /// That key means nothing here.
    InvalidKey,
    /// Something in the box failed; try again later.
    NotPossibleNow,
    /// Where an operator can be reached by 0, in a greeting or after [`PromptId::ReviewMenu`].
    PressZeroForOperator,
}

impl PromptId {
    /// All of them, in their order.
    pub const ALL: [PromptId; 43] = [
        PromptId::EmergencyUnreachable,
        PromptId::Goodbye,
        PromptId::EchoIntro,
        PromptId::TheTimeIs,
        PromptId::YourExtensionIs,
        PromptId::AddressIs,
        PromptId::VersionIs,
        PromptId::PhonesRegistered,
        PromptId::DefaultGreeting,
        PromptId::DefaultGreetingOf,
        PromptId::RecordAfterTone,
        PromptId::MessageTooShort,
        PromptId::ReviewMenu,
        PromptId::MessageSaved,
        PromptId::MailboxFull,
        PromptId::EnterMailbox,
        PromptId::EnterPin,
        PromptId::WrongPin,
        PromptId::MailboxLocked,
        PromptId::YouHaveMessages,
        PromptId::NoMessages,
        PromptId::MessageFromUnknown,
        PromptId::MessageFromNumber,
        PromptId::MessageFromName,
        PromptId::MessageMenu,
        PromptId::Saved,
        PromptId::Deleted,
        PromptId::Restored,
        PromptId::NoMoreMessages,
        PromptId::NoEarlierMessages,
        PromptId::NoNumberToCall,
        PromptId::MainMenu,
        PromptId::GreetingMenu,
        PromptId::RecordGreeting,
        PromptId::RecordName,
        PromptId::EnterNewPin,
        PromptId::RepeatNewPin,
        PromptId::PinsDiffer,
        PromptId::PinTooEasy,
        PromptId::PinChanged,
        PromptId::InvalidKey,
        PromptId::NotPossibleNow,
        PromptId::PressZeroForOperator,
    ];

    /// The name in the catalogue and in tests, as serde writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            PromptId::EmergencyUnreachable => "emergency-unreachable",
            PromptId::Goodbye => "goodbye",
            PromptId::EchoIntro => "echo-intro",
            PromptId::TheTimeIs => "the-time-is",
            PromptId::YourExtensionIs => "your-extension-is",
            PromptId::AddressIs => "address-is",
            PromptId::VersionIs => "version-is",
            PromptId::PhonesRegistered => "phones-registered",
            PromptId::DefaultGreeting => "default-greeting",
            PromptId::DefaultGreetingOf => "default-greeting-of",
            PromptId::RecordAfterTone => "record-after-tone",
            PromptId::MessageTooShort => "message-too-short",
            PromptId::ReviewMenu => "review-menu",
            PromptId::MessageSaved => "message-saved",
            PromptId::MailboxFull => "mailbox-full",
            PromptId::EnterMailbox => "enter-mailbox",
            PromptId::EnterPin => "enter-pin",
            PromptId::WrongPin => "wrong-pin",
            PromptId::MailboxLocked => "mailbox-locked",
            PromptId::YouHaveMessages => "you-have-messages",
            PromptId::NoMessages => "no-messages",
            PromptId::MessageFromUnknown => "message-from-unknown",
            PromptId::MessageFromNumber => "message-from-number",
            PromptId::MessageFromName => "message-from-name",
            PromptId::MessageMenu => "message-menu",
            PromptId::Saved => "saved",
            PromptId::Deleted => "deleted",
            PromptId::Restored => "restored",
            PromptId::NoMoreMessages => "no-more-messages",
            PromptId::NoEarlierMessages => "no-earlier-messages",
            PromptId::NoNumberToCall => "no-number-to-call",
            PromptId::MainMenu => "main-menu",
            PromptId::GreetingMenu => "greeting-menu",
            PromptId::RecordGreeting => "record-greeting",
            PromptId::RecordName => "record-name",
            PromptId::EnterNewPin => "enter-new-pin",
            PromptId::RepeatNewPin => "repeat-new-pin",
            PromptId::PinsDiffer => "pins-differ",
            PromptId::PinTooEasy => "pin-too-easy",
            PromptId::PinChanged => "pin-changed",
            PromptId::InvalidKey => "invalid-key",
            PromptId::NotPossibleNow => "not-possible-now",
            PromptId::PressZeroForOperator => "press-zero-for-operator",
        }
    }

    /// The arguments that every language's sentence may use.
    pub fn args(self) -> &'static [(&'static str, ArgKind)] {
        match self {
            PromptId::EmergencyUnreachable => &[("number", ArgKind::Digits)],
            PromptId::TheTimeIs => &[("time", ArgKind::TimeOfDay)],
            PromptId::YourExtensionIs | PromptId::DefaultGreetingOf => &[("extension", ArgKind::Digits)],
            PromptId::AddressIs => &[("address", ArgKind::Digits)],
            PromptId::VersionIs => &[("version", ArgKind::Digits)],
            PromptId::PhonesRegistered => &[("registered", ArgKind::Count), ("phones", ArgKind::Count)],
            PromptId::DefaultGreeting => &[("name", ArgKind::Name)],
            PromptId::MailboxLocked => &[("wait", ArgKind::Duration)],
            PromptId::YouHaveMessages => &[("new", ArgKind::Count), ("saved", ArgKind::Count)],
            PromptId::MessageFromUnknown => &[("number", ArgKind::Count), ("at", ArgKind::Moment)],
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
