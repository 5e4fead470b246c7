//! The office: how it is, who is in it, how it changed.

use config::{Permission, Secret};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{AccountEntryName, PresetName, RoleName, Scope};

/// The office at a glance.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Overview {
    /// Whether all is well, in one sentence.
    pub verdict: Verdict,
    /// What is wrong, worst first.
    pub issues: Vec<Verdict>,
    /// How many phones are registered.
    pub phones_registered: u32,
    /// Every phone.
    pub phones: Vec<PhoneLine>,
    /// Calls that are up.
    pub calls_up: u32,
    /// Messages that nobody has heard yet, over all mailboxes.
    pub messages_new: u32,
    /// In how many mailboxes they lie.
    pub mailboxes_new: u32,
    /// The disk of the office's folder; absent where the system does not say.
    pub disk: Option<Disk>,
    /// The newest alerts, newest first.
    pub alerts: Vec<Alert>,
    /// Requests refused for wrong credentials since the start.
    pub refused: u64,
    /// Calls begun since the start.
    pub calls: u64,
    /// Calls answered since the start.
    pub calls_answered: u64,
    /// The version of the software.
    pub version: String,
    /// The revision in force.
    pub revision: u64,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Level {
    /// All is well.
    Ok,
    /// Somebody should look at it.
    Warn,
    /// Somebody must act.
    Bad,
}

/// One sentence about the box.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Verdict {
    /// How bad it is.
    pub level: Level,
    /// What is so.
    pub text: String,
    /// What to do; absent where nothing is to be done.
    pub fix: Option<String>,
    /// Where on the page that is done; absent where it is done elsewhere.
    pub at: Option<Screen>,
}

/// A screen of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Screen {
    /// Which.
    pub name: ScreenName,
    /// The row of it, by its id; absent where it is about several, or about none.
    pub row: Option<String>,
}

/// The screens that something may be done on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ScreenName {
    /// One's own messages.
    Voicemail,
    /// People, their extensions and phones.
    People,
    /// Phones, and whether they can be reached.
    Phones,
    /// Trunks, numbers and routes.
    Trunks,
    /// Health, certificate, backup, history.
    System,
}

/// What a phone is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PhoneState {
    /// Not registered.
    Offline,
    /// Registered, and its extension is in no call.
    Idle,
    /// Its extension is in a call that rings.
    Ringing,
    /// Its extension is in a call.
    Talking,
    /// Its extension is in a call that is held.
    Held,
}

/// A phone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PhoneLine {
    /// Its name.
    pub name: String,
    /// Its extension.
    pub extension: String,
    /// Whose it is.
    pub person: String,
    /// What it is doing.
    pub state: PhoneState,
    /// Where it is registered.
    pub places: Vec<Place>,
}

/// Where a phone is registered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Place {
    /// The address and port that it is reached at.
    pub address: String,
    /// `UDP` or `TCP`.
    pub transport: String,
    /// The phone's software, as it says.
    pub user_agent: String,
    /// When it ends unless it is renewed.
    pub expires_at: Timestamp,
}

/// Space for the office's data.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct Disk {
    /// Free for the daemon, in bytes.
    pub free_bytes: u64,
    /// All of it, in bytes.
    pub total_bytes: u64,
}

/// Something a human must know.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Alert {
    /// When.
    pub at: Timestamp,
    /// What happened and what to do.
    pub text: String,
}

/// Everyone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct People {
    /// In order of their numbers.
    pub people: Vec<Person>,
    /// The revision in force.
    pub revision: u64,
}

/// Someone, with the extension and its phones.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Person {
    /// The number, given by the box.
    pub id: u32,
    /// The name.
    pub name: String,
    /// The address to sign in with.
    pub email: Option<String>,
    /// The rights that they begin with.
    pub role: PresetName,
    /// What they are responsible for.
    pub roles: Vec<RoleName>,
    /// The profile whose rights they have besides.
    pub profile: Option<String>,
    /// The language of the page and of what the box says; absent: the office's.
    pub language: Option<String>,
    /// The time zone by its IANA name; absent: the office's.
    pub time_zone: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// The site where they work.
    pub site: Option<String>,
    /// Whether the directory names them.
    pub listed: bool,
    /// The extension.
    pub extension: Option<String>,
    /// How long it rings, in seconds.
    pub ring_s: u16,
    /// Whether callers may leave messages.
    pub voicemail: bool,
    /// How many minutes of messages the mailbox takes.
    pub voicemail_minutes: u16,
    /// Whether the mailbox asks for the PIN also on the extension's own phones.
    pub pin_on_own_phone: bool,
    /// Whether the time is said before each message.
    pub say_time: bool,
    /// Whether the caller is said before each message.
    pub say_caller: bool,
    /// Whether the newest message comes first by phone.
    pub newest_first: bool,
    /// The extension that is reached by 0 in the mailbox; absent: the office's.
    pub operator: Option<String>,
    /// How many devices each of the phones may register at once.
    pub max_contacts: u8,
    /// The pickup group; absent: that of all who name none.
    pub pickup_group: Option<String>,
    /// Whether only its own phones may show on a key what it does.
    pub private_lamp: bool,
    /// What the phones are called.
    pub label: Option<String>,
    /// The name that colleagues see when it calls; absent: the person's.
    pub caller_name: Option<String>,
    /// The office's number under which it calls outside, in full, where one is chosen.
    pub caller_number: Option<String>,
    /// Whether its number is hidden from whoever it calls outside.
    pub hides_number: bool,
    /// Whether it rings while it is in a call.
    pub call_waiting: bool,
    /// How many calls it may have at once, 1 to 50; who calls besides finds it busy. Absent: as many as the phones take.
    pub max_calls: Option<u8>,
    /// Whether the phones answer calls that are said aloud.
    pub intercom: bool,
    /// Whether a beep is heard before such a call.
    pub intercom_beep: bool,
    /// Whether the phones show who calls from outside.
    pub shows_callers: bool,
    /// How far the extension may call.
    pub permission: PermissionName,
    /// Whether an account is keyed before its calls to the outside.
    pub account: AccountEntryName,
    /// Whether there is a voicemail PIN.
    pub has_pin: bool,
    /// Whether there is a password.
    pub has_password: bool,
    /// The phones.
    pub phones: Vec<Phone>,
    /// For `If-Match`; also in the header `ETag` where one person is answered.
    pub etag: String,
}

/// How far an extension may call. Each permits what those before it do; calls for help are always permitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PermissionName {
    /// Within the office.
    Internal,
    /// The area.
    Local,
    /// The country, mobile phones included.
    National,
    /// Other countries.
    International,
    /// Everything.
    Premium,
}

impl From<Permission> for PermissionName {
    fn from(permission: Permission) -> PermissionName {
        match permission {
            Permission::Internal => PermissionName::Internal,
            Permission::Local => PermissionName::Local,
            Permission::National => PermissionName::National,
            Permission::International => PermissionName::International,
            Permission::Premium => PermissionName::Premium,
        }
    }
}

impl From<PermissionName> for Permission {
    fn from(name: PermissionName) -> Permission {
        match name {
            PermissionName::Internal => Permission::Internal,
            PermissionName::Local => Permission::Local,
            PermissionName::National => Permission::National,
            PermissionName::International => Permission::International,
            PermissionName::Premium => Permission::Premium,
        }
    }
}

/// One of a person's phones.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Phone {
    /// Its number, given by the box.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// The user name that it signs in with.
    pub user: String,
    /// Whether it is registered.
    pub is_registered: bool,
}

/// A person as they are to be. What is left out is as the box would have it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonWrite {
    /// The name.
    pub name: String,
    /// The address to sign in with.
    pub email: Option<String>,
    /// `user` unless given.
    pub role: Option<PresetName>,
    /// Stay as they are unless given.
    pub roles: Option<Vec<RoleName>>,
    /// The name of a profile, or nothing for none; stays as it is unless given.
    pub profile: Option<String>,
    /// The language of the page and of what the box says; the office's unless given.
    pub language: Option<String>,
    /// The time zone by its IANA name; the office's unless given.
    pub time_zone: Option<String>,
    /// The department, at most 40 characters; none unless given.
    pub department: Option<String>,
    /// The name of a site; none unless given.
    pub site: Option<String>,
    /// Whether the directory names them; true unless given.
    pub listed: Option<bool>,
    /// The extension, 2 to 10 digits.
    pub extension: Option<String>,
    /// 5 to 120 seconds, 0: until the caller gives up; 25 unless given.
    pub ring_s: Option<u16>,
    /// Whether callers may leave messages; false unless given.
    pub voicemail: Option<bool>,
    /// 1 to 1000; 60 unless given.
    pub voicemail_minutes: Option<u16>,
    /// True unless given.
    pub pin_on_own_phone: Option<bool>,
    /// True unless given.
    pub say_time: Option<bool>,
    /// True unless given.
    pub say_caller: Option<bool>,
    /// False unless given.
    pub newest_first: Option<bool>,
    /// The extension that is reached by 0 in the mailbox.
    pub operator: Option<String>,
    /// 1 to 10; 3 unless given.
    pub max_contacts: Option<u8>,
    /// 1 to 32 characters.
    pub pickup_group: Option<String>,
    /// False unless given.
    pub private_lamp: Option<bool>,
    /// 1 to 20 characters; none unless given.
    pub label: Option<String>,
    /// 1 to 64 characters; the person's name unless given.
    pub caller_name: Option<String>,
    /// One of the office's numbers; the first that leads to the extension unless given, then the site's.
    pub caller_number: Option<String>,
    /// False unless given.
    pub hides_number: Option<bool>,
    /// True unless given.
    pub call_waiting: Option<bool>,
    /// How many calls it may have at once, 1 to 50; absent: as many as the phones take.
    pub max_calls: Option<u8>,
    /// Whether the phones answer calls that are said aloud; absent: true.
    pub intercom: Option<bool>,
    /// Whether a beep is heard before such a call; absent: true.
    pub intercom_beep: Option<bool>,
    /// Whether the phones show who calls from outside; absent: true.
    pub shows_callers: Option<bool>,
    /// `national` unless given.
    pub permission: Option<PermissionName>,
    /// Whether an account is keyed before calls to the outside; `none` unless given.
    pub account: Option<AccountEntryName>,
    /// A new person with an extension gets a phone unless this is false. Means nothing for a person who exists.
    pub with_phone: Option<bool>,
}

/// What a change of a person came to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SavedPerson {
    /// The person as they are now.
    pub person: Person,
    /// The revision, for Undo; absent where nothing of the office has changed.
    pub revision: Option<u64>,
    /// What to enter in new phones: shown this once.
    pub credentials: Vec<Credentials>,
    /// A new PIN that the box made: shown this once.
    pub pin: Option<String>,
}

/// What to enter in a phone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Credentials {
    /// The phone's name.
    pub phone: String,
    /// The user name.
    pub user: String,
    /// The password.
    pub secret: String,
}

/// A PIN for somebody else.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PinWrite {
    /// 4 to 10 digits; the box makes one unless given.
    #[schema(value_type = Option<String>)]
    pub pin: Option<Secret>,
}

/// A password for somebody else.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordWrite {
    /// The password.
    #[schema(value_type = String)]
    pub password: Secret,
}

/// A saved change.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct Saved {
    /// The revision, for Undo; absent where nothing of the office has changed.
    pub revision: Option<u64>,
}

/// Which revisions.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RevisionsQuery {
    /// How many, 1 to 100; 50 unless given.
    pub limit: Option<u16>,
    /// Only those before this one: the `next` of the page before.
    pub before: Option<u64>,
    /// Only those that were saved at this moment or earlier: the first is the office as it was then.
    pub until: Option<Timestamp>,
}

/// The history of the office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Revisions {
    /// Newest first.
    pub revisions: Vec<Revision>,
    /// What the next page asks for in `before`; absent where there is none.
    pub next: Option<u64>,
}

/// A revision, beside the office in force.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PastRevision {
    /// What it changed.
    #[serde(flatten)]
    pub revision: Revision,
    /// What differs between the office then and now, at most 50 fields.
    pub since: Vec<Change>,
}

/// One saved change of the office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Revision {
    /// Its number.
    pub id: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub author: String,
    /// Whether it is in force.
    pub is_in_force: bool,
    /// What was changed, at most 50 fields.
    pub changes: Vec<Change>,
}

/// One field that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Change {
    /// The table, as the office file calls one row of it: `office`, `person`, `phone`, `rule`, `diversion`, `caller`,
    /// `feature_code`, `trunk`, `number`, `route`, `time_group`; `routes` and `rules` where their order was changed.
    pub table: String,
    /// The row's name; empty where there is only one, and for somebody's default rule.
    pub row: String,
    /// Whose row it is, for those that people have.
    pub of: Option<String>,
    /// The field, as the office file calls it; empty where the row as a whole came or went.
    pub field: String,
    /// What it was; absent where there was nothing, empty where nobody may see it.
    pub before: Option<String>,
    /// What it is since.
    pub after: Option<String>,
    /// Whether nobody may see what it was and is.
    pub is_secret: bool,
}

/// A line of the event stream: which part of the page is to be read again.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Event {
    /// What changed; also the name of the event.
    pub kind: EventKind,
    /// Whom the stream is for.
    pub scope: Scope,
}

/// What changed. `resync`: more than can be said, read everything again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EventKind {
    /// Phones, trunks that went up or down, alerts.
    Status,
    /// What trunks answered, carry, are.
    Trunks,
    /// Wrong passwords of phones.
    Attempts,
    /// Calls began, changed or ended.
    Calls,
    /// Calls sound better or worse.
    Sound,
    /// The own mailbox.
    Voicemail,
    /// The office was changed.
    Config,
    /// Events were missed.
    Resync,
}
