//! The reasons of a plan.

use config::{Class, Feature, Permission, Switch, Target};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::cause::Cause;
use crate::trunks::Health;

/// Why a step is in a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The number is an emergency number here.
    EmergencyNumber {
        /// The number.
        number: String,
    },
    /// Help was called from here under this number not long ago: whoever was called may be calling back.
    MayCallBack {
        /// The extension.
        extension: String,
    },
    /// There is no way out of the building.
    NoTrunk,
    /// The number is a feature code.
    FeatureCode {
        /// The code.
        code: String,
        /// What it does.
        feature: Feature,
    },
    /// The number is somebody's extension.
    ExtensionOf {
        /// The extension.
        extension: String,
        /// Whose.
        person: String,
    },
    /// The call came from a phone of the same extension, which does not ring itself.
    CallerOwnPhone,
    /// How many of the phones are registered.
    PhonesRegistered {
        /// Registered.
        registered: usize,
        /// Of so many.
        phones: usize,
    },
    /// How many of the registered phones do not answer any more.
    PhonesSilent {
        /// So many.
        silent: usize,
        /// Of so many.
        registered: usize,
    },
    /// The extension is in calls already.
    InCalls {
        /// So many.
        calls: usize,
    },
    /// The caller's extension wants to be asked whether to be called back.
    OffersCompletion {
        /// The caller's extension.
        extension: String,
    },
    /// An extension does not want calls that are said aloud.
    NoIntercom {
        /// The extension.
        extension: String,
    },
    /// It wants no second call while it is in one.
    NoCallWaiting,
    /// It has as many calls as it may have at once.
    NoFreeLine {
        /// How many that are.
        calls: usize,
    },
    /// It is of another pickup group than the caller.
    OtherPickupGroup {
        /// The extension.
        extension: String,
    },
    /// Callers may leave messages for it.
    TakesMessages {
        /// The extension.
        extension: String,
    },
    /// The caller may ask for this operator.
    Operator {
        /// The operator's extension.
        extension: String,
    },
    /// A phone sent the call on to this number.
    SentOn {
        /// Its extension.
        extension: String,
    },
    /// The operator did not answer either.
    OperatorUnanswered,
    /// There is no mailbox of this number.
    NoMailbox {
        /// The number.
        number: String,
    },
    /// An earlier step ended so.
    After {
        /// How.
        outcome: Outcome,
    },
    /// The number goes out by this route.
    Route {
        /// Its name.
        name: String,
        /// The number in full.
        number: String,
    },
    /// Who pays may make such calls.
    Permitted {
        /// The extension that pays.
        extension: String,
        /// What the call costs at worst.
        class: Class,
    },
    /// Who pays may not.
    NotPermitted {
        /// The extension that would pay.
        extension: String,
        /// What the call costs at worst.
        class: Class,
        /// How far the extension may call.
        permission: Permission,
    },
    /// Such calls are not made at this hour.
    AtNight {
        /// By whom; empty in lines of before, which held for everybody.
        #[serde(default)]
        extension: String,
        /// What the call costs at worst.
        class: Class,
    },
    /// A caller from outside cannot go out again at the office's cost.
    FromOutside,
    /// An account is required for the call, and nobody is there to key one: it is charged to none.
    Uncharged {
        /// The extension that pays.
        extension: String,
    },
    /// How a trunk is.
    TrunkIs {
        /// Its name.
        trunk: String,
        /// Its state.
        health: Health,
    },
    /// Every trunk has been tried.
    NoTrunkLeft,
    /// The number is one of the office's own.
    OwnNumber {
        /// The number in full.
        number: String,
        /// What it leads to.
        to: String,
    },
    /// A carrier sends calls for this number, and the office has no such number.
    NoOwnNumber {
        /// The number.
        number: String,
    },
    /// The first rule of an extension that is enabled and whose time group is open.
    RuleMatched {
        /// The rule's name, its time group's.
        rule: String,
        /// The extension.
        extension: String,
        /// The day on the time group's calendar.
        date: Date,
    },
    /// A night mode holds a time group that would be otherwise now, and by which an extension decides.
    NightMode {
        /// Its name.
        mode: String,
        /// The time group's name.
        group: String,
        /// What it is therefore.
        is_open: bool,
    },
    /// An extension has rules, and none of them holds now: the default one does.
    NoRuleMatched {
        /// The extension.
        extension: String,
    },
    /// An extension wants no calls to ring.
    DoNotDisturb {
        /// The extension.
        extension: String,
        /// Who says so.
        layer: Layer,
    },
    /// An extension sends the call on.
    Forwards {
        /// The extension.
        extension: String,
        /// Who says so.
        layer: Layer,
        /// Where to.
        to: Target,
    },
    /// What was to ring besides cannot.
    NotRung {
        /// What.
        to: Target,
        /// Whose rule says so.
        extension: String,
        /// Why not.
        cause: Cause,
    },
    /// Where the phones do not answer, a list of others rings (F93).
    FollowsMe {
        /// The extension.
        extension: String,
        /// Who says so.
        layer: Layer,
    },
    /// Others answer in the place of whom the call is for (F91).
    Secretaries {
        /// The extension of whom it is for.
        extension: String,
        /// Who says so.
        layer: Layer,
    },
    /// One of them does not ring.
    SecretaryOut {
        /// Which.
        secretary: String,
        /// For whom.
        extension: String,
        /// Why not.
        why: Out,
    },
    /// None of them does, and the call comes to whom it is for.
    PassesSecretaries {
        /// The extension of whom it is for.
        extension: String,
        /// Why.
        why: Passes,
    },
    /// Callers hear the assistant before the mailbox (F97).
    Assists {
        /// Whose.
        extension: String,
        /// Who says so.
        layer: Layer,
    },
    /// Callers from outside are asked about before they are put through.
    Screened {
        /// Whose rule says so.
        extension: String,
    },
    /// The forwards come back to somebody, or go over too many people.
    GoesRound {
        /// Where they would go next.
        extension: String,
    },
    /// The caller is on the list of those that are not put through.
    BlockedCaller {
        /// The entry.
        pattern: String,
        /// Whose list; `None`: the office's.
        extension: Option<String>,
    },
    /// The caller is on the list of those that pass do-not-disturb.
    AllowedCaller {
        /// The entry.
        pattern: String,
        /// Whose list; `None`: the office's.
        extension: Option<String>,
    },
    /// The caller shows no number.
    NoNumber {
        /// Who does not take such calls; `None`: the office.
        extension: Option<String>,
    },
    /// Nothing has this number.
    NoSuchNumber {
        /// The number.
        number: String,
    },
}

/// Why a call comes to a boss whose secretaries are switched on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Passes {
    /// The boss calls, or has passed the call on.
    Boss,
    /// This secretary does.
    Secretary(String),
    /// The caller is on the list of those who pass, by this entry (F92).
    Listed(String),
    /// The caller is a contact of the phonebook with this tag (F92).
    Tagged(String),
    /// Such callers are not meant: those outside, or those inside.
    OtherCallers,
    /// No secretary rings.
    NobodyThere,
}

/// Why a secretary does not ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Out {
    /// She is not on for this boss.
    Off,
    /// No phone of hers can be reached.
    Offline,
    /// She takes no calls: she does not want to be disturbed, or sends them on.
    TakesNone,
    /// The call comes from her: she was asked already.
    Asked,
}

/// Who says that an extension does something with its calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// The answering rule that holds.
    Rule,
    /// It was switched on.
    Switch,
    /// The time group of this name, which it follows.
    Group(String),
    /// The caller, by this key of the assistant.
    Key(u8),
}

impl Layer {
    /// Who says what a switch says that is on.
    pub(super) fn of(switch: &Switch) -> Layer {
        match switch {
            Switch::Follows(group) => Layer::Group(group.name.clone()),
            Switch::Off | Switch::On => Layer::Switch,
        }
    }
}

impl Reason {
    /// Whether it is what the answering rule says that holds.
    pub(crate) fn is_of_rule(&self) -> bool {
        matches!(self, Reason::DoNotDisturb { layer: Layer::Rule, .. } | Reason::Forwards { layer: Layer::Rule, .. })
    }

    /// Whether it sent the call elsewhere than to the phones.
    pub(crate) fn decides(&self) -> bool {
        matches!(
            self,
            Reason::RuleMatched { .. }
                | Reason::DoNotDisturb { .. }
                | Reason::Forwards { .. }
                | Reason::Secretaries { .. }
                | Reason::GoesRound { .. }
                | Reason::BlockedCaller { .. }
                | Reason::NoNumber { .. }
        )
    }
}
