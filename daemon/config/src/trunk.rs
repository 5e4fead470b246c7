//! The ways out of the building, and the numbers under which it is called.

use std::fmt;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::secret::Secret;

/// How many trunks an office may have: a few carriers, and each of their sites by itself.
pub const MAX_TRUNKS: usize = 16;

/// How many numbers of its own an office may have: one for each of its people and some to spare.
pub const MAX_NUMBERS: usize = 1_000;

/// How many addresses of a carrier may be listed: two sites with some servers each.
pub const MAX_SOURCES: usize = 32;

/// How many calls a trunk carries at once unless its row says otherwise: what carriers give small offices.
pub const DEFAULT_CHANNELS: u16 = 10;

/// What may be asked for: no more than the box has audio ports for.
pub const CHANNELS: RangeInclusive<u16> = 1..=500;

/// How often a trunk is asked by OPTIONS whether it lives unless its row says otherwise, in seconds: with it the
/// state is known within half a minute, and a NAT on the way stays open.
pub const DEFAULT_OPTIONS_S: u16 = 30;

/// What may be asked for, in seconds; 0 turns it off.
pub const OPTIONS_S: RangeInclusive<u16> = 10..=600;

/// The longest authority of a trunk, in bytes: some certificates with room to spare.
pub const MAX_AUTHORITY: usize = 16 * 1024;

/// The longest host name (RFC 1035 §2.3.4).
pub const MAX_HOST: usize = 253;

/// How the box and the carrier know each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrunkWay {
    /// The box registers with user and secret (RFC 3261 §10).
    Register,
    /// Each side knows the other's address.
    Address,
}

/// What a trunk's messages travel over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrunkTransport {
    /// Datagrams.
    #[default]
    Udp,
    /// One connection.
    Tcp,
    /// One connection within TLS, on which the carrier proves itself by a certificate (RFC 5922).
    Tls,
}

/// What a trunk may speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrunkCodec {
    /// G.711 A-law, at home in Europe.
    Pcma,
    /// G.711 mu-law, at home in North America and Japan.
    Pcmu,
}

/// How a trunk wants numbers written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberForm {
    /// `+` and the number in full.
    #[default]
    E164,
    /// The number in full without the `+`.
    Digits,
    /// As it is dialled within the country.
    National,
    /// Whatever was dialled.
    AsIs,
}

/// How a trunk is told whose a call is, besides From, which the called see and a caller may want hidden. What it is told so, a
/// hidden number too, it keeps to itself only by agreement (RFC 3325 §5): so it is told nothing unless its row says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityForm {
    /// Not at all.
    #[default]
    None,
    /// P-Asserted-Identity (RFC 3325 §9.1).
    Asserted,
    /// P-Preferred-Identity (RFC 3325 §9.2): for carriers that assert themselves, and want to hear which of the customer's numbers.
    Preferred,
    /// Remote-Party-ID, which came before it and which older systems know alone (draft-ietf-sip-privacy-04).
    RemoteParty,
}

/// Gives each of these enums its name in the office file.
macro_rules! named {
    ($type:ty, $($variant:path => $name:literal),+) => {
        impl $type {
            /// All of them.
            pub const ALL: &[$type] = &[$($variant),+];

            /// The name in the office file.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($variant => $name),+
                }
            }

            /// The one of this name.
            pub fn named(name: &str) -> Option<$type> {
                <$type>::ALL.iter().copied().find(|one| one.as_str() == name)
            }
        }
    };
}

named!(TrunkWay, TrunkWay::Register => "register", TrunkWay::Address => "address");
named!(TrunkTransport, TrunkTransport::Udp => "udp", TrunkTransport::Tcp => "tcp", TrunkTransport::Tls => "tls");
named!(TrunkCodec, TrunkCodec::Pcma => "pcma", TrunkCodec::Pcmu => "pcmu");
named!(NumberForm, NumberForm::E164 => "e164", NumberForm::Digits => "digits", NumberForm::National => "national", NumberForm::AsIs => "as_is");
named!(
    IdentityForm,
    IdentityForm::None => "none",
    IdentityForm::Asserted => "asserted",
    IdentityForm::Preferred => "preferred",
    IdentityForm::RemoteParty => "remote_party"
);

/// Where a carrier's server is: a name or an address, with or without a port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Server {
    /// A host name in lower case, or an address without brackets.
    pub host: String,
    /// `None`: what the SRV records of the name say, else 5060, and 5061 with TLS (RFC 3263 §4.2).
    pub port: Option<u16>,
}

/// What is no server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a server is a host name or an address, as in sip.example.com, 203.0.113.5:5060 or [2001:db8::5]")]
pub struct BadServer;

impl Server {
    /// Its address, where it is none that must be asked for.
    pub fn ip(&self) -> Option<IpAddr> {
        self.host.parse().ok()
    }
}

impl FromStr for Server {
    type Err = BadServer;

    fn from_str(text: &str) -> Result<Server, BadServer> {
        if let Ok(ip) = text.parse::<IpAddr>() {
            return Ok(Server { host: ip.to_string(), port: None });
        }
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (host, rest) = rest.split_once(']').ok_or(BadServer)?;
                host.parse::<std::net::Ipv6Addr>().map_err(|_| BadServer)?;
                (host, if rest.is_empty() { None } else { Some(rest.strip_prefix(':').ok_or(BadServer)?) })
            }
            None => match text.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (text, None),
            },
        };
        let port = port.map(|port| port.parse::<u16>().ok().filter(|port| *port > 0).ok_or(BadServer)).transpose()?;
        let host = host.to_ascii_lowercase();
        let is_ip = host.parse::<IpAddr>().is_ok();
        if is_ip || is_host_name(&host) { Ok(Server { host, port }) } else { Err(BadServer) }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.host.contains(':'), self.port) {
            (true, None) => write!(f, "[{}]", self.host),
            (true, Some(port)) => write!(f, "[{}]:{port}", self.host),
            (false, None) => f.write_str(&self.host),
            (false, Some(port)) => write!(f, "{}:{port}", self.host),
        }
    }
}

/// Labels of letters, digits and hyphens, the last of them not a number (RFC 1123 §2.1).
fn is_host_name(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= MAX_HOST && host.split('.').all(is_label) && !last.bytes().all(|b| b.is_ascii_digit())
}

/// A way out of the building: a carrier, or another telephone system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trunk {
    /// What people call it, and what it is known by for good.
    pub name: String,
    /// A trunk that is off registers nowhere and carries no call.
    pub enabled: bool,
    /// How the two sides know each other.
    pub way: TrunkWay,
    /// The registrar, and the host in the addresses of its numbers.
    pub server: Server,
    /// Where messages go instead, the outbound proxy (RFC 3261 §8.1.2).
    pub proxy: Option<Server>,
    /// What they travel over.
    pub transport: TrunkTransport,
    /// Whose certificates of the server count, as PEM; `None`: those of the authorities that the system knows. Only with
    /// TLS.
    pub authority: Option<String>,
    /// The account: the user part of the address that is registered.
    pub user: Option<String>,
    /// The digest user name, where it is not the account.
    pub auth_user: Option<String>,
    /// The digest secret, in clear because it is what proves us to the carrier; kept in a file of its own and put in by
    /// [`crate::Config::with_trunk_secrets`]. [`Debug`] hides it.
    pub secret: Option<Secret>,
    /// What it may speak, best first; never empty.
    pub codecs: Vec<TrunkCodec>,
    /// How many calls it carries at once, within [`CHANNELS`].
    pub channels: u16,
    /// How it wants the numbers written that are called, and ours.
    pub numbers: NumberForm,
    /// The number, in full, that is shown for extensions without one of their own.
    pub caller_number: Option<String>,
    /// Whether what it asserts of a caller is believed before what the caller says in From (RFC 3325 §5). False unless the row
    /// says otherwise: anybody may write anything into a header.
    pub trusted: bool,
    /// How it is told whose number a call is from.
    pub identity: IdentityForm,
    /// How many characters are taken off the front of a number that is called, after it was written in its form.
    pub strip: u8,
    /// What is put in front of it then.
    pub prepend: String,
    /// Where its calls come from, besides the addresses that they are sent to.
    pub sources: Vec<IpAddr>,
    /// How often it is asked whether it lives, in seconds, within [`OPTIONS_S`]; 0 never.
    pub options_s: u16,
}

impl Trunk {
    /// Where its messages go first.
    pub fn next_hop(&self) -> &Server {
        self.proxy.as_ref().unwrap_or(&self.server)
    }

    /// The digest user name.
    pub fn digest_user(&self) -> Option<&str> {
        self.auth_user.as_deref().or(self.user.as_deref())
    }
}

/// A number of the office: who is called by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnNumber {
    /// The number in full.
    pub number: String,
    /// What is dialled in the office instead: an extension or a feature code.
    pub to: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_a_name_or_an_address() {
        for (text, expected) in [
            ("sip.Example.com", Some(("sip.example.com", None))),
            ("sip.example.com:5061", Some(("sip.example.com", Some(5061)))),
            ("203.0.113.5", Some(("203.0.113.5", None))),
            ("203.0.113.5:5080", Some(("203.0.113.5", Some(5080)))),
            ("2001:db8::5", Some(("2001:db8::5", None))),
            ("[2001:db8::5]:5080", Some(("2001:db8::5", Some(5080)))),
            ("localhost", Some(("localhost", None))),
            ("", None),
            ("a b", None),
            ("sip.example.com:0", None),
            ("sip.example.com:", None),
            ("sip..example.com", None),
            ("-x.example", None),
            ("300.1.1.1", None),
            ("sip:me@example.com", None),
            ("example.com;transport=tcp", None),
        ] {
            let read = text.parse::<Server>().ok();
            let read = read.as_ref().map(|server| (server.host.as_str(), server.port));
            assert_eq!(read, expected, "{text}");
        }
        let again: Server = "[2001:db8::5]:5080".parse().unwrap();
        assert_eq!(again.to_string().parse::<Server>(), Ok(again));
    }
}
