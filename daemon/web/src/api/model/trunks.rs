//! The world outside: trunks with their state, the office's numbers, the routes.

use config::Secret;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::AccountEntryName;

/// Everything about the outside, in one piece: the rows name each other.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Outside {
    /// The trunks, in the order of their rows.
    pub trunks: Vec<Trunk>,
    /// The numbers under which the office is called.
    pub numbers: Vec<NumberRow>,
    /// The routes, in the order of their rows.
    pub routes: Vec<RouteRow>,
    /// The revision in force.
    pub revision: u64,
    /// What a change sends in If-Match: the version of all rows.
    pub etag: String,
}

/// A trunk.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Trunk {
    /// How it is set up.
    #[serde(flatten)]
    pub row: TrunkRow,
    /// Whether its secret is known; the secret itself is never told.
    pub has_secret: bool,
    /// How it is.
    pub state: Option<TrunkState>,
}

/// How a trunk is set up.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct TrunkRow {
    /// Its name, which stays: it is what the secret is kept by.
    pub name: String,
    /// Whether it is used; absent: true.
    pub enabled: Option<bool>,
    /// `register` or `address`; absent: register.
    pub way: Option<String>,
    /// The carrier's server, with or without a port.
    pub server: String,
    /// The outbound proxy.
    pub proxy: Option<String>,
    /// `udp`, `tcp` or `tls`; absent: udp.
    pub transport: Option<String>,
    /// With TLS: whose certificates count, as PEM; absent: those of the system's authorities.
    pub authority: Option<String>,
    /// The account.
    pub user: Option<String>,
    /// The digest user name, where it is not the account.
    pub auth_user: Option<String>,
    /// `pcma`, `pcmu`, best first.
    pub codecs: Option<Vec<String>>,
    /// Calls at once.
    pub channels: Option<u16>,
    /// How numbers are written: `e164`, `digits` (in full without the +), `national`, `as_is`.
    pub numbers: Option<String>,
    /// The number that is shown for extensions without one of their own.
    pub caller_number: Option<String>,
    /// Whether what it asserts of its callers is believed; absent: false.
    pub trusted: Option<bool>,
    /// How it is told who calls: `none`, `asserted`, `preferred`, `remote_party`; absent: none.
    pub identity: Option<String>,
    /// Characters taken off the front of a called number.
    pub strip: Option<u8>,
    /// Put in front of it then.
    pub prepend: Option<String>,
    /// Addresses that calls may come from besides the server's.
    pub sources: Option<Vec<String>>,
    /// Seconds between two questions whether it lives; 0 never.
    pub options_s: Option<u16>,
}

/// A trunk to be added or changed.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TrunkWrite {
    /// How it is to be set up.
    #[serde(flatten)]
    pub row: TrunkRow,
    /// Its secret; absent: the known one stays, empty: it goes.
    #[schema(value_type = Option<String>)]
    pub secret: Option<Secret>,
}

/// How a trunk is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TrunkState {
    /// `up`, `degraded` or `down`.
    pub health: String,
    /// Since when.
    #[schema(value_type = Option<String>)]
    pub since: Option<Timestamp>,
    /// What is wrong, as a word for programs.
    pub trouble: Option<String>,
    /// The same as a sentence, with what to do.
    pub text: Option<String>,
    /// Until when the box is registered with it.
    #[schema(value_type = Option<String>)]
    pub registered_until: Option<Timestamp>,
    /// Where it is, first choice first.
    pub addresses: Vec<String>,
    /// The box's address as it sees it, where that is not its own.
    pub seen_as: Option<String>,
    /// The last round trip, in milliseconds.
    pub round_trip_ms: Option<u32>,
    /// Calls that it carries now.
    pub calls: u32,
    /// What went wrong last, newest first.
    pub failures: Vec<TrunkFailure>,
    /// The last REGISTER.
    pub register: Option<TrunkExchange>,
    /// The last OPTIONS.
    pub options: Option<TrunkExchange>,
    /// The last test call by it.
    pub test: Option<TrunkTest>,
    /// How its health changed, newest last.
    pub history: Vec<TrunkTurn>,
}

/// A test call that is wanted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct TestCall {
    /// Whom to call, as it would be dialled; absent: the number that the trunk shows, or another of the office's own.
    pub number: Option<String>,
}

/// A test call that was begun.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TestBegun {
    /// Its number among the calls: it has a story and a ladder as every call.
    pub call: u64,
}

/// A test call by a trunk, up or over.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TrunkTest {
    /// Its number among the calls.
    pub call: u64,
    /// Who was called, in full.
    pub number: String,
    /// When it began.
    #[schema(value_type = String)]
    pub at: Timestamp,
    /// Whether it is up.
    pub is_running: bool,
    /// Whether somebody answered and was heard.
    pub is_good: bool,
    /// What came of it, in a sentence; absent while it is up.
    pub text: Option<String>,
}

/// What a trunk is asked, and what came of it last.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TrunkExchange {
    /// Whether it is being asked now; what stands below is then of the time before.
    pub is_open: bool,
    /// When it answered last, or was found not to; absent where that was never.
    #[schema(value_type = Option<String>)]
    pub at: Option<Timestamp>,
    /// The status of the answer; absent where there was none.
    pub status: Option<u16>,
    /// What the trunk calls that.
    pub phrase: Option<String>,
}

/// A change of a trunk's health.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TrunkTurn {
    /// When.
    #[schema(value_type = String)]
    pub at: Timestamp,
    /// `up`, `degraded`, `down`, or `off`: switched off.
    pub health: String,
    /// What was wrong then, as a sentence.
    pub text: Option<String>,
}

/// Something that went wrong with a trunk.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TrunkFailure {
    /// When.
    #[schema(value_type = String)]
    pub at: Timestamp,
    /// What, as a sentence.
    pub text: String,
}

/// One of the office's numbers.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct NumberRow {
    /// In full, or as it is dialled in the office's country.
    pub number: String,
    /// The extension or feature code that it leads to.
    pub to: String,
}

/// All of the office's numbers.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NumbersWrite {
    /// They take the place of those before.
    pub numbers: Vec<NumberRow>,
}

/// A route.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct RouteRow {
    /// Its name.
    pub name: String,
    /// Patterns of numbers in full, as in `+49*`; none: every number.
    pub patterns: Vec<String>,
    /// The trunks, first choice first.
    pub trunks: Vec<String>,
    /// What its calls cost at worst; absent: what the number tells.
    pub class: Option<String>,
    /// Whether an account is keyed before its calls; absent: `none`.
    pub account: Option<AccountEntryName>,
}

/// All routes.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RoutesWrite {
    /// They take the place of those before.
    pub routes: Vec<RouteRow>,
}
