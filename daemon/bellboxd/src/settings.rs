//! Where the daemon listens: the options of `serve` over the file `bellbox.toml` over the defaults.

use std::fs;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use crate::args::Flags;

/// The settings' file in the data folder.
pub const FILE: &str = "bellbox.toml";

/// The longest settings' file; it holds some lines.
const FILE_MAX: u64 = 64 * 1024;

/// Every address of the machine on the port that RFC 3261 §19.1.2 gives SIP: what phones assume.
const DEFAULT_SIP: &str = "0.0.0.0:5060";

/// Only this machine, so that the network sees figures only where it is wanted.
const DEFAULT_HTTP: &str = "127.0.0.1:8080";

/// From the bottom of the range that phones and firewalls usually use for voice; 256 legs, 128 calls of two.
const DEFAULT_RTP: (u16, u16) = (16384, 16895);

/// Names that a box is given at most: each stands in its certificate beside the machine's addresses.
const MOST_HOST_NAMES: usize = 16;

/// Name servers that are asked at most: as many as resolv.conf(5) allows.
const MOST_NAME_SERVERS: usize = 3;

/// What turns the page off.
const OFF: &str = "off";

/// What the daemon runs with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub data: PathBuf,
    /// At least one.
    pub sip: Vec<SocketAddr>,
    pub sip_tls: Vec<SocketAddr>,
    /// `None`: those of the system.
    pub dns: Option<Vec<SocketAddr>>,
    pub http: Option<SocketAddr>,
    pub https: Option<SocketAddr>,
    /// Where phones look people up.
    pub ldap: Option<SocketAddr>,
    pub rtp: RtpPorts,
    pub log: Option<String>,
    /// Names that people call the box by besides those of the machine, in lower case.
    pub host_names: Vec<String>,
    pub demo: bool,
}

/// The ports for voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RtpPorts {
    /// `None`: the first SIP address. Unspecified: on every address, and named as who is called reaches the box.
    pub address: Option<IpAddr>,
    pub low: u16,
    pub high: u16,
}

/// Why there are no settings.
#[derive(Debug, Error)]
pub enum SettingsError {
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{} is wrong: {reason}", path.display())]
    BadFile { path: PathBuf, reason: String },
    #[error("'{0}' is no address and port for {1}: write one such as 192.168.1.10:5060 or [::]:5060")]
    BadAddress(String, &'static str),
    #[error(
        "'{0}' is no range of voice ports: write it as 192.168.1.10:16384-16895, ports from 1024, at least 4 of them"
    )]
    BadRange(String),
    #[error("'{0}' is no name for host_names: write one such as pbx.office.example, without a port")]
    BadName(String),
    #[error("host_names has more than {MOST_HOST_NAMES} names: leave those that people use")]
    TooManyNames,
    #[error("dns has more than {MOST_NAME_SERVERS} name servers: leave those that answer best")]
    TooManyNameServers,
    #[error("{0} is given twice for sip and sip_tls: write it once; TLS has a port of its own, usually 5061")]
    Twice(SocketAddr),
}

/// `bellbox.toml`. A key that is not known is refused by its name, since it is a setting that would not hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sip: Option<Vec<String>>,
    sip_tls: Option<Vec<String>>,
    dns: Option<Vec<String>>,
    http: Option<String>,
    https: Option<String>,
    ldap: Option<String>,
    rtp: Option<String>,
    log: Option<String>,
    host_names: Option<Vec<String>>,
}

/// The settings of these options and the file in their data folder.
pub fn read(flags: Flags) -> Result<Settings, SettingsError> {
    let path = flags.data.join(FILE);
    let text = match fs::metadata(&path) {
        Ok(found) if found.len() > FILE_MAX => {
            let reason = "it is longer than any settings".to_owned();
            return Err(SettingsError::BadFile { path, reason });
        }
        Ok(_) => {
            fs::read_to_string(&path).map_err(|source| SettingsError::Unreadable { path: path.clone(), source })?
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(SettingsError::Unreadable { path, source }),
    };
    merge(flags, &text, &path)
}

fn merge(flags: Flags, text: &str, path: &Path) -> Result<Settings, SettingsError> {
    let file: File = toml::from_str(text).map_err(|e| {
        let reason = e.to_string().trim().to_owned();
        SettingsError::BadFile { path: path.to_owned(), reason }
    })?;
    let written = if flags.sip.is_empty() { file.sip.unwrap_or_default() } else { flags.sip };
    let written = if written.is_empty() { vec![DEFAULT_SIP.to_owned()] } else { written };
    let sip = listeners(&written, "sip")?;
    let written = if flags.sip_tls.is_empty() { file.sip_tls.unwrap_or_default() } else { flags.sip_tls };
    let sip_tls = listeners(&written, "sip_tls")?;
    if let Some(both) = sip_tls.iter().find(|address| sip.contains(address) && address.port() != 0) {
        return Err(SettingsError::Twice(*both));
    }
    let dns = if flags.dns.is_empty() { file.dns.unwrap_or_default() } else { flags.dns };
    let dns = name_servers(&dns)?;
    let http = flags.http.or(file.http).unwrap_or_else(|| DEFAULT_HTTP.to_owned());
    let http = if http == OFF { None } else { Some(address(&http, "http")?) };
    let https = flags.https.or(file.https).filter(|written| written != OFF);
    let https = https.map(|written| address(&written, "https")).transpose()?;
    let ldap = flags.ldap.or(file.ldap).filter(|written| written != OFF);
    let ldap = ldap.map(|written| address(&written, "ldap")).transpose()?;
    let rtp = match flags.rtp.or(file.rtp) {
        Some(written) => range(&written)?,
        None => RtpPorts { address: None, low: DEFAULT_RTP.0, high: DEFAULT_RTP.1 },
    };
    let host_names = host_names(file.host_names.unwrap_or_default())?;
    let log = flags.log.or(file.log);
    Ok(Settings { data: flags.data, sip, sip_tls, dns, http, https, ldap, rtp, log, host_names, demo: flags.demo })
}

fn listeners(written: &[String], what: &'static str) -> Result<Vec<SocketAddr>, SettingsError> {
    let mut listeners: Vec<SocketAddr> = Vec::new();
    for one in written {
        let address = address(one, what)?;
        if listeners.contains(&address) && address.port() != 0 {
            return Err(SettingsError::Twice(address));
        }
        listeners.push(address);
    }
    Ok(listeners)
}

fn name_servers(written: &[String]) -> Result<Option<Vec<SocketAddr>>, SettingsError> {
    if written.len() > MOST_NAME_SERVERS {
        return Err(SettingsError::TooManyNameServers);
    }
    let servers: Vec<SocketAddr> = written.iter().map(|one| address(one, "dns")).collect::<Result<_, _>>()?;
    Ok(Some(servers).filter(|servers| !servers.is_empty()))
}

fn host_names(written: Vec<String>) -> Result<Vec<String>, SettingsError> {
    if written.len() > MOST_HOST_NAMES {
        return Err(SettingsError::TooManyNames);
    }
    let is_label = |label: &str| {
        let is_letter = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(is_letter)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // The last label of a name has a letter (RFC 3696 §2), or it would be an address: those the box knows by itself.
    let is_name = |name: &str| {
        let last = name.rsplit('.').next().unwrap_or_default();
        name.len() <= 253 && name.split('.').all(is_label) && last.bytes().any(|b| b.is_ascii_alphabetic())
    };
    let names = written.into_iter().map(|name| match name.to_ascii_lowercase() {
        lower if is_name(&lower) => Ok(lower),
        _ => Err(SettingsError::BadName(name)),
    });
    names.collect()
}

fn address(written: &str, what: &'static str) -> Result<SocketAddr, SettingsError> {
    written.parse().map_err(|_| SettingsError::BadAddress(written.to_owned(), what))
}

fn range(written: &str) -> Result<RtpPorts, SettingsError> {
    let parse = || {
        let (address, ports) = written.rsplit_once(':')?;
        let (low, high) = ports.split_once('-')?;
        let address: IpAddr = address.trim_start_matches('[').trim_end_matches(']').parse().ok()?;
        let (low, high): (u16, u16) = (low.parse().ok()?, high.parse().ok()?);
        (low >= 1024 && high >= low.checked_add(3)?).then_some(RtpPorts { address: Some(address), low, high })
    };
    parse().ok_or_else(|| SettingsError::BadRange(written.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(flags: Flags, text: &str) -> Result<Settings, String> {
        merge(flags, text, Path::new("bellbox.toml")).map_err(|e| e.to_string())
    }

    #[test]
    fn defaults_hold_where_nothing_is_said() {
        let settings = merged(Flags::default(), "").unwrap();
        assert_eq!(settings.sip, ["0.0.0.0:5060".parse().unwrap()]);
        assert_eq!(settings.http, Some("127.0.0.1:8080".parse().unwrap()));
        assert_eq!((settings.https, settings.ldap), (None, None));
        assert_eq!(settings.dns, None);
        assert_eq!(settings.rtp, RtpPorts { address: None, low: 16384, high: 16895 });
    }

    #[test]
    fn options_win_over_the_file() {
        let text = "sip = ['10.0.0.1:5070']\nhttp = 'off'\nrtp = '10.0.0.1:20000-20099'\nlog = 'warn'";
        let from_file = merged(Flags::default(), text).unwrap();
        assert_eq!((from_file.sip[0].port(), from_file.http), (5070, None));
        assert_eq!((from_file.rtp.low, from_file.log.as_deref()), (20000, Some("warn")));
        let flags = Flags { sip: vec!["[::1]:5080".into()], log: Some("debug".into()), ..Flags::default() };
        let both = merged(flags, text).unwrap();
        assert_eq!((both.sip, both.log.as_deref()), (vec!["[::1]:5080".parse().unwrap()], Some("debug")));
        assert_eq!(both.rtp.low, 20000);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, expected) in [
            ("sipp = ['1.2.3.4:5060']", "unknown field `sipp`"),
            ("sip = '1.2.3.4:5060'", "expected a sequence"),
            ("sip = ['1.2.3.4']", "'1.2.3.4' is no address and port for sip"),
            ("sip = ['1.2.3.4:5060', '1.2.3.4:5060']", "given twice"),
            ("sip_tls = ['0.0.0.0:5060']", "given twice"),
            ("sip_tls = ['5061']", "'5061' is no address and port for sip_tls"),
            ("dns = ['1.2.3.4']", "'1.2.3.4' is no address and port for dns"),
            ("dns = ['1.1.1.1:53', '1.1.1.2:53', '1.1.1.3:53', '1.1.1.4:53']", "more than 3 name servers"),
            ("http = 'on'", "'on' is no address and port for http"),
            ("https = '8443'", "'8443' is no address and port for https"),
            ("ldap = '389'", "'389' is no address and port for ldap"),
            ("rtp = '1.2.3.4:20000'", "no range of voice ports"),
            ("rtp = '1.2.3.4:20000-20001'", "no range of voice ports"),
            ("rtp = '1.2.3.4:65535-65534'", "no range of voice ports"),
            ("rtp = '1.2.3.4:80-90'", "no range of voice ports"),
            ("host_names = ['pbx.office.example:8443']", "'pbx.office.example:8443' is no name for host_names"),
            ("host_names = ['192.168.1.10']", "'192.168.1.10' is no name"),
            ("host_names = ['*.office.example']", "'*.office.example' is no name"),
            ("host_names = ['-pbx']", "'-pbx' is no name"),
            ("host_names = ['']", "'' is no name"),
        ] {
            let error = merged(Flags::default(), text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn the_box_may_have_names() {
        let settings = merged(Flags::default(), "host_names = ['PBX.Office.example', 'pbx']").unwrap();
        assert_eq!(settings.host_names, ["pbx.office.example", "pbx"]);
        let many = format!("host_names = {:?}", vec!["pbx"; 17]);
        assert!(merged(Flags::default(), &many).unwrap_err().contains("more than 16"));
    }

    #[test]
    fn a_range_may_be_of_either_family() {
        for (written, address) in [("1.2.3.4:1024-2047", "1.2.3.4"), ("[::1]:1024-2047", "::1")] {
            let ports = range(written).unwrap();
            assert_eq!(ports, RtpPorts { address: address.parse().ok(), low: 1024, high: 2047 });
        }
    }
}
