//! What people do with their calls, and when.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Where a call is sent instead.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct TargetRow {
    /// `person` by their own rules, `phone` whatever their rules say, `voicemail`, `number`.
    pub kind: String,
    /// The extension, or the number as it is dialled.
    pub id: String,
}

/// An answering rule. Targets that are absent are the person's own mailbox, or nothing where calls would go there anyhow.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct RuleRow {
    /// The name of a time group; absent in the default rule alone.
    pub when: Option<String>,
    /// Whether it is asked; absent: true.
    pub enabled: Option<bool>,
    /// How long the phones ring, in seconds, 0: until the caller gives up; absent: as the person's settings say.
    pub ring_s: Option<u16>,
    /// No phone rings.
    pub dnd: Option<bool>,
    /// The person's own phones do not ring, those of `also` do.
    pub away: Option<bool>,
    /// What rings too, at most ten; absent: nothing.
    pub also: Option<Vec<AlsoRow>>,
    /// Whoever answers a call from outside is asked first whether it is wanted.
    pub screen: Option<bool>,
    /// Where every call goes.
    pub always: Option<TargetRow>,
    /// Where calls go while the person is in one.
    pub on_active: Option<TargetRow>,
    /// Where calls go when the person is busy.
    pub busy: Option<TargetRow>,
    /// Where calls go that nobody answers.
    pub unanswered: Option<TargetRow>,
    /// Where calls go while no phone can be reached.
    pub offline: Option<TargetRow>,
}

/// Somebody's phones, or a number, that ring too.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct AlsoRow {
    /// `phone` or `number`.
    pub kind: String,
    /// The extension, or the number as it is dialled.
    pub id: String,
    /// How long after the own phones it begins, in seconds, at most 60 and less than these ring; absent: with them.
    pub after_s: Option<u16>,
    /// A number outside has the call as soon as it answers, a mobile's mailbox too; absent: whoever answers there presses 1.
    pub at_once: Option<bool>,
}

/// What is switched on before all rules.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct DiversionRow {
    /// `secretary`, `dnd`, `always`, `busy`, `unanswered`, `offline`, `follow_me`, `assistant`.
    pub kind: String,
    /// Absent: true.
    pub enabled: Option<bool>,
    /// The name of a time group that it follows.
    pub when: Option<String>,
    /// What was said against that: `open` (on) or `closed` (off), and `until` a moment.
    pub forced: Option<String>,
    /// Where calls go; absent: the person's mailbox.
    pub to: Option<TargetRow>,
    /// Of `follow_me` and `secretary`: how long the own phones ring first, in seconds, 0 to 60, or 5 to 60; absent: 10.
    pub initial_s: Option<u16>,
    /// Of `follow_me` and `secretary`: how long the list rings, in seconds, 5 to 60: each in its turn, or all together; absent: 20.
    pub ring_s: Option<u16>,
    /// Of `follow_me`: one of the list rings after the other; absent: all together.
    pub in_turn: Option<bool>,
    /// Of `follow_me`: what rings after the own phones, each a `phone` or a `number`, at most ten; while it is on at least one.
    pub list: Option<Vec<TargetRow>>,
    /// Of `secretary`: who answers in the owner's place, in their order, at most ten; while it is on at least one.
    pub secretaries: Option<Vec<SecretaryRow>>,
    /// Of `secretary`: who rings when: `in_turn`, `boss_then_in_turn`, `boss_then_all`, `all`, `everyone`; absent: `in_turn`.
    pub strategy: Option<String>,
    /// Of `secretary`: whose calls: `all`, `internal`, `external`; absent: `all`.
    pub callers: Option<String>,
    /// Of `secretary`: whose calls come to the owner all the same: numbers, patterns such as `+4930*`, and
    /// contacts of the phonebook by their tag, `tag Customer`; at most 200.
    pub pass: Option<Vec<String>>,
    /// Of `assistant`: where keys lead, each of them once; on only with a message, which is `/api/greeting/assistant`.
    pub keys: Option<Vec<KeyRow>>,
}

/// Where a key leads.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct KeyRow {
    /// 0 to 9.
    pub key: u8,
    /// Where.
    pub to: TargetRow,
}

/// Who answers in somebody's place.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct SecretaryRow {
    /// The extension.
    pub extension: String,
    /// Whether its phones ring; absent: they do.
    pub on: Option<bool>,
}

/// Somebody for whom a person answers as a secretary.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct BossRow {
    /// The boss's extension.
    pub extension: String,
    /// The boss's name.
    pub name: String,
    /// Whether the person's phones ring for that boss, while the boss lets secretaries answer.
    pub on: bool,
}

/// Whether somebody answers for a boss.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct BossWrite {
    /// Whether they do.
    pub on: bool,
}

/// A caller who comes to a boss past the secretaries.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct PassWrite {
    /// The number, as it is shown or in full.
    pub number: String,
}

/// A caller whose calls are always or never taken.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct CallerRow {
    /// A number, or several as in `+4930*`.
    pub number: String,
    /// Whether their calls are always taken, else never.
    pub allow: bool,
    /// Until when; absent: for good.
    pub until: Option<Timestamp>,
    /// Why.
    pub note: Option<String>,
}

/// Callers from outside who are put through to nobody, unless somebody's own list allows them.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct OfficeCallersWrite {
    /// At most 200; one that is allowed is kept from a wider entry.
    pub callers: Vec<CallerRow>,
    /// `disconnected`, `busy`, `refused`, `announcement`; absent: disconnected.
    pub blocked_hear: Option<String>,
    /// The same for callers without a number; absent: each extension decides.
    pub anonymous_hear: Option<String>,
}

/// The same, as it is shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct OfficeCallers {
    /// As it is kept.
    #[serde(flatten)]
    pub rows: OfficeCallersWrite,
    /// The revision that it is of.
    pub revision: u64,
    /// What a change sends in If-Match.
    pub etag: String,
}

/// All of it, as it is sent: each list replaces the one before.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct AnsweringWrite {
    /// In their order, without the default one.
    pub rules: Vec<RuleRow>,
    /// The default rule.
    pub otherwise: RuleRow,
    /// One of a kind.
    pub diversions: Vec<DiversionRow>,
    /// Callers.
    pub callers: Vec<CallerRow>,
    /// `disconnected`, `busy`, `refused`, `announcement`; absent: disconnected.
    pub blocked_hear: Option<String>,
    /// The same for callers without a number; absent: they are put through.
    pub anonymous_hear: Option<String>,
    /// Whether whoever calls a colleague from it in vain is asked whether to be called back; absent: as it is.
    pub completion_offers: Option<bool>,
}

/// What a person does with calls, and what follows now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Answering {
    /// As it is kept.
    #[serde(flatten)]
    pub rows: AnsweringWrite,
    /// The person.
    pub name: String,
    /// Their extension.
    pub extension: String,
    /// For whom the person answers as a secretary.
    pub bosses: Vec<BossRow>,
    /// The place of the rule that holds now; absent: the default one.
    pub active: Option<usize>,
    /// Rules that a wider one before them takes calls from, one sentence each.
    pub warnings: Vec<RuleWarning>,
    /// What happens to a call now, in one sentence.
    pub effective: String,
    /// Why.
    pub because: Vec<String>,
    /// The names of time groups that rules may have.
    pub groups: Vec<String>,
    /// Those that diversions follow, as they are now.
    pub followed: Vec<FollowedGroup>,
    /// The same in plain words.
    pub said: AnsweringSaid,
    /// What a change sends in If-Match.
    pub etag: String,
}

/// A time group that a diversion follows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FollowedGroup {
    /// Its name.
    pub name: String,
    /// Whether it is open now: the diversion is on then, unless it is forced.
    pub is_open: bool,
    /// When that changes next, which is as long as a diversion is forced by a code too; absent: it does not.
    pub changes_at: Option<Timestamp>,
}

/// What a person does with calls, in plain words: each sentence, sent to be read, makes what it is of.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct AnsweringSaid {
    /// One a rule, in their order.
    pub rules: Vec<String>,
    /// The default rule.
    pub otherwise: String,
    /// One a diversion, in their order.
    pub diversions: Vec<String>,
}

/// A sentence to be read.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct PlainWrite {
    /// In English or German, at most 12 000 characters.
    pub text: String,
}

/// What a sentence says. Nothing is saved by it: whoever wants it so sends the row as any other.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PlainRead {
    /// `rule`, `default_rule`, `diversion`, `time_group`; absent: it is not understood, or not all of it.
    pub kind: Option<String>,
    /// The sentence as the box says it.
    pub sentence: Option<String>,
    /// The sentence of what it would take the place of; absent: it is new.
    pub before: Option<String>,
    /// The place of that in its list.
    pub place: Option<usize>,
    /// The answering rule.
    pub rule: Option<RuleRow>,
    /// The diversion.
    pub diversion: Option<DiversionRow>,
    /// The time group, of the person's own.
    pub group: Option<TimeGroupWrite>,
    /// Where it is not understood: what was, part by part.
    pub understood: Vec<String>,
    /// What was not, and what to write, one sentence each.
    pub unclear: Vec<String>,
    /// Sentences that are understood.
    pub examples: Vec<String>,
    /// The version of the rules and diversions that it was read beside.
    pub etag: String,
}

/// A rule that does not hold although its time group is open.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RuleWarning {
    /// Its place.
    pub rule: usize,
    /// The place of the one that is before it.
    pub by: usize,
    /// The next time it happens.
    pub at: Timestamp,
}

/// In which order the rules are to be asked.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct OrderWrite {
    /// The places that the rules have now, each once.
    pub order: Vec<usize>,
}

/// A time group, as it is sent.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct TimeGroupWrite {
    /// Its name; another one is taken over by the rules that have the one before.
    pub name: String,
    /// An IANA name; absent: where its owner's clock is.
    pub time_zone: Option<String>,
    /// Its times, such as `Mon-Fri 08:00-18:00`, `except holidays US`.
    pub times: Vec<String>,
    /// Its short number from 1 to 999, which the code that forces it is dialled with; absent: none.
    pub number: Option<u16>,
}

/// What becomes of those who are by a time group that is removed.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RemovedTimeGroup {
    /// The time group that they are by from now on, of the same owner or of one whose groups count there too. Without it one that is
    /// in use is not removed.
    pub to: Option<String>,
}

/// A time group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TimeGroup {
    /// As it is kept.
    #[serde(flatten)]
    pub row: TimeGroupWrite,
    /// Whether others may use it too: it is the office's, or a site's.
    pub is_shared: bool,
    /// The site that it is of.
    pub site: Option<String>,
    /// Whether the reader may change it here: in a list of somebody's whether it is theirs.
    pub is_own: bool,
    /// Whose address it is changed under: `office`, `site:` and a site's name, or a person's number.
    pub address: String,
    /// Whether it is open now.
    pub is_open: bool,
    /// Whether that is because somebody said so, against its times.
    pub is_forced: bool,
    /// Until when it is forced; absent: until somebody changes it.
    pub forced_until: Option<Timestamp>,
    /// The night mode that forces it; absent where somebody forced it alone, or it is not forced.
    pub night_mode: Option<String>,
    /// Its times in plain words.
    pub said: String,
    /// Its next changes.
    pub changes: Vec<TimeGroupChange>,
    /// When it is open in the seven days from today on, by its times.
    pub week: Vec<OpenSpan>,
    /// Who has rules by it, and the night modes that force it.
    pub used_by: Vec<String>,
}

/// A time group opens or closes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TimeGroupChange {
    /// When.
    pub at: Timestamp,
    /// Whether it opens.
    pub opens: bool,
    /// The same in words, by the clock of the group.
    pub text: String,
}

/// A time on a day, in minutes from midnight by the clock of the group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct OpenSpan {
    /// The day, `2026-12-24`.
    pub date: String,
    /// The first minute.
    pub from: u16,
    /// The minute after the last, at most 1440.
    pub to: u16,
}

/// The time groups that somebody may use.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TimeGroups {
    /// Their own, then their site's, then the office's.
    pub groups: Vec<TimeGroup>,
    /// Where the clock is of whom the address names, by its IANA name.
    pub time_zone: Option<String>,
    /// The sites whose time groups the reader may change.
    pub sites: Vec<String>,
    /// The countries whose holidays are known.
    pub countries: Vec<String>,
    /// What a change sends in If-Match: the version of all rows.
    pub etag: String,
}

/// What decides about an extension's calls by the clock.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TimeOfDay {
    /// The extension.
    pub extension: String,
    /// Whose it is.
    pub name: String,
    /// The time groups that its rules and diversions go by: its own, its site's, then the office's.
    pub groups: Vec<TimeGroup>,
}

/// How a time group is to be forced.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct ForceWrite {
    /// `auto`, `open`, `closed`.
    pub state: String,
    /// Until when; absent: until its times change next.
    pub until: Option<Timestamp>,
    /// Until somebody changes it.
    #[serde(default)]
    pub for_good: bool,
}

/// A call that nobody makes.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct WhatIf {
    /// Who calls: an extension, a number outside, or nothing for a caller outside who shows none.
    pub from: String,
    /// The trunk that a caller outside comes by; absent: the first.
    pub trunk: Option<String>,
    /// The number that is dialled; empty: the extension of whoever asks, where they are no administrator. A caller outside may name an extension in the place of the number that leads to it.
    pub to: String,
    /// When, by the office's clock: `2026-12-25T10:00`; absent: now.
    pub at: Option<String>,
    /// Extensions none of whose phones is there; all others are.
    #[serde(default)]
    pub offline: Vec<String>,
    /// Extensions that are in a call.
    #[serde(default)]
    pub busy: Vec<String>,
    /// Extensions that do not want to be disturbed.
    #[serde(default)]
    pub dnd: Vec<String>,
    /// Trunks that are down; all others are up.
    #[serde(default)]
    pub down: Vec<String>,
}

/// What would become of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct WhatIfPlan {
    /// The moment that was looked at.
    pub at: Timestamp,
    /// What comes of the call where nobody answers, in one sentence.
    pub sentence: String,
    /// The places of the steps that it comes by then.
    pub way: Vec<usize>,
    /// The steps; the first is entered first.
    pub steps: Vec<PlanStep>,
}

/// A step of a plan.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PlanStep {
    /// What is done.
    pub act: String,
    /// Why.
    pub because: Vec<String>,
    /// What rings, where something does.
    pub rings: Option<Rings>,
    /// Where it leads when it ends without an answer.
    pub on: Vec<PlanEdge>,
}

/// An extension that rings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Rings {
    /// Which.
    pub extension: String,
    /// Whose.
    pub name: String,
    /// For how long, in seconds.
    pub seconds: u32,
    /// Its phones.
    pub phones: Vec<RingingPhone>,
}

/// A phone that rings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RingingPhone {
    /// Its name.
    pub name: String,
    /// Whether it is assumed to be there.
    pub is_there: bool,
}

/// Where a step leads.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PlanEdge {
    /// How the step ended.
    pub outcome: String,
    /// The place of the next.
    pub next: usize,
}

/// What nobody can have wanted of the office in force.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Findings {
    /// One a flaw.
    pub findings: Vec<FindingRow>,
    /// Whether there was more than is told.
    pub is_cut: bool,
    /// How many days ahead were looked at.
    pub days: u16,
}

/// A flaw.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FindingRow {
    /// What is wrong, and what to do.
    pub text: String,
    /// The first moment at which a call meets it.
    pub at: Timestamp,
    /// Whether it shows only while everybody is in a call.
    pub needs_busy: bool,
}
