//! Signing in, and the first boot.

use config::Secret;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Right;

/// What the page needs before anybody has signed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Hello {
    /// Whether the box belongs to nobody yet: the page shows the setup, which asks for the token of the console.
    pub needs_setup: bool,
    /// The office's name.
    pub office: String,
    /// The office's language.
    pub language: String,
    /// The languages that the box speaks.
    pub languages: Vec<String>,
    /// The version of the software.
    pub version: String,
    /// The port of HTTPS, where it is served.
    pub https_port: Option<u16>,
    /// The shortest password, in characters.
    pub min_password: u16,
}

/// The first boot: claims the box.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Setup {
    /// The token that the console shows.
    #[schema(value_type = String)]
    pub token: Secret,
    /// The office.
    pub office: SetupOffice,
    /// Its first administrator.
    pub admin: SetupAdmin,
}

/// The office as the first boot sets it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetupOffice {
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-2, `DE`.
    pub country: String,
    /// One of the box's languages.
    pub language: String,
    /// An IANA name, `Europe/Berlin`.
    pub time_zone: String,
}

/// The first administrator.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetupAdmin {
    /// The name.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The password.
    #[schema(value_type = String)]
    pub password: Secret,
}

/// A new password for an administrator who has lost theirs, by a token of `bellboxd reset-admin`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reset {
    /// The token.
    #[schema(value_type = String)]
    pub token: Secret,
    /// The administrator's address; may be left out where there is only one.
    pub email: Option<String>,
    /// The new password.
    #[schema(value_type = String)]
    pub password: Secret,
}

/// Who wants in.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// An e-mail address or an extension.
    pub login: String,
    /// The password; with an extension also the voicemail PIN, which opens only what concerns the mailbox and the calls.
    #[schema(value_type = String)]
    pub secret: Secret,
}

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scope {
    /// Own calls and voicemail: signed in by PIN.
    Home,
    /// Everything of one's own.
    User,
    /// Something of the office: see the rights.
    Admin,
}

/// Who is signed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// The person's number.
    pub id: u32,
    /// The name.
    pub name: String,
    /// The address; not told to who signed in by PIN.
    pub email: Option<String>,
    /// What this login session may do.
    pub scope: Scope,
    /// What of the office is open to it, and how far.
    pub rights: Vec<Right>,
    /// The extension.
    pub extension: Option<String>,
    /// The office's name.
    pub office: String,
    /// The time zone that times are shown and said in: one's own, else the office's.
    pub time_zone: String,
    /// The office's time zone.
    pub office_time_zone: String,
    /// The language of the page and of what the box says: one's own, else the office's.
    pub language: String,
    /// How long the phones ring, in seconds.
    pub ring_s: Option<u16>,
    /// What the phones are called.
    pub label: Option<String>,
    /// The name that colleagues see when one calls; absent: one's own.
    pub caller_name: Option<String>,
    /// The number under which one calls outside, in full; absent: what the trunk says.
    pub shown_as: Option<String>,
    /// Whether that is hidden from whoever is called.
    pub hides_number: bool,
    /// Whether callers may leave messages.
    pub has_voicemail: bool,
    /// Whether the mailbox asks for the PIN also on one's own phones.
    pub pin_on_own_phone: bool,
    /// Whether the time is said before each message.
    pub say_time: bool,
    /// Whether the caller is said before each message.
    pub say_caller: bool,
    /// Whether the newest message comes first by phone.
    pub newest_first: bool,
    /// Whether there is a PIN.
    pub has_pin: bool,
    /// Whether there is a password.
    pub has_password: bool,
    /// For `If-Match`; also in the header `ETag`.
    pub etag: String,
}

/// What one may change about oneself. What is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MyChanges {
    /// One of the box's languages; empty: the office's.
    pub language: Option<String>,
    /// A time zone by its IANA name; empty: the office's.
    pub time_zone: Option<String>,
    /// 5 to 120 seconds; 0: until the caller gives up.
    pub ring_s: Option<u16>,
    /// The name that colleagues see when one calls; empty: one's own.
    pub caller_name: Option<String>,
    /// Whether callers may leave messages.
    pub voicemail: Option<bool>,
    /// Whether the mailbox asks for the PIN also on one's own phones.
    pub pin_on_own_phone: Option<bool>,
    /// Whether the time is said before each message.
    pub say_time: Option<bool>,
    /// Whether the caller is said before each message.
    pub say_caller: Option<bool>,
    /// Whether the newest message comes first by phone.
    pub newest_first: Option<bool>,
}

/// A new password of one's own.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MyPassword {
    /// The one before.
    #[schema(value_type = String)]
    pub current: Secret,
    /// The new one.
    #[schema(value_type = String)]
    pub new: Secret,
}

/// A new voicemail PIN of one's own.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MyPin {
    /// The password or the PIN before, so that an unlocked screen is not enough.
    #[schema(value_type = String)]
    pub current: Secret,
    /// The new one, 4 to 10 digits.
    #[schema(value_type = String)]
    pub new: Secret,
}

/// Where somebody has signed in last, since the box has started.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SignIns {
    /// Newest first, at most 8.
    pub sign_ins: Vec<SignInRow>,
}

/// One sign-in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SignInRow {
    /// When.
    pub at: Timestamp,
    /// The address that it came from.
    pub from: String,
    /// What the browser said of itself: its `User-Agent`.
    pub device: String,
    /// Whether it was by PIN, which opens own calls and messages only.
    pub is_by_pin: bool,
    /// Whether it is this login session.
    pub is_this: bool,
    /// Whether its session is not over.
    pub is_open: bool,
}
