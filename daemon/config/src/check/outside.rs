//! The world outside: trunks, the office's numbers and routes, each judged by itself and against what it names.

use std::fmt::Display;
use std::net::IpAddr;
use std::ops::RangeInclusive;

use crate::feature_code::Feature;
use crate::number_plan::is_e164;
use crate::permission::{Class, Permission};
use crate::phone::is_phone_name;
use crate::problem::{Effect, Fault, OutsideFault, Table};
use crate::raw::{RawConfig, RawOffice, RawPerson};
use crate::raw_outside::{RawNumber, RawRoute, RawTrunk};
use crate::route::{MAX_PATTERNS, MAX_ROUTES, Pattern, Route};
use crate::toll::{DEFAULT_OUTSIDE_AT_ONCE, DEFAULT_OUTSIDE_PER_HOUR, OUTSIDE_CALLS, OwnLimits, TollGuard};
use crate::trunk::{
    CHANNELS, DEFAULT_CHANNELS, DEFAULT_OPTIONS_S, IdentityForm, MAX_AUTHORITY, MAX_NUMBERS, MAX_SOURCES, MAX_TRUNKS,
    NumberForm, OPTIONS_S, OwnNumber, Server, Trunk, TrunkCodec, TrunkTransport, TrunkWay,
};

use super::{At, Check, is_name, out_of_range, shown};

/// The longest area code, in digits.
const MAX_AREA: usize = 6;

/// The longest account name and digest user name, in characters.
const MAX_ACCOUNT: usize = 64;

/// How many characters may be taken off, or put in front of, a number.
const STRIP: RangeInclusive<u8> = 0..=16;

impl Check {
    /// All of the world outside; when everybody in the office is known, whom numbers lead to.
    pub(super) fn outside(&mut self, raw: &RawConfig) {
        for (index, row) in raw.trunks.iter().enumerate() {
            let at = At::row(Table::Trunk, index, row.name.as_deref());
            if index == MAX_TRUNKS {
                self.problem(&at, "", Fault::TooMany { most: MAX_TRUNKS }, Effect::RowOff);
                break;
            }
            let trunk = self.trunk(&at, row);
            self.config.trunks.extend(trunk);
        }
        for (index, row) in raw.numbers.iter().enumerate() {
            let at = At::row(Table::Number, index, row.number.as_deref());
            if index == MAX_NUMBERS {
                self.problem(&at, "", Fault::TooMany { most: MAX_NUMBERS }, Effect::RowOff);
                break;
            }
            if let Some(own) = self.own_number(&at, row) {
                self.config.numbers.insert(own.number.clone(), own);
            }
        }
        for (index, row) in raw.routes.iter().enumerate() {
            let at = At::row(Table::Route, index, row.name.as_deref());
            if index == MAX_ROUTES {
                self.problem(&at, "", Fault::TooMany { most: MAX_ROUTES }, Effect::RowOff);
                break;
            }
            let route = self.route(&at, row);
            self.config.routes.extend(route);
        }
    }

    /// What the office's own row says of the outside.
    pub(super) fn outside_of_office(&mut self, at: &At, raw: &RawOffice) {
        let area = raw.area.as_deref().filter(|area| {
            let is_area = (1..=MAX_AREA).contains(&area.len())
                && area.bytes().all(|b| b.is_ascii_digit())
                && !area.starts_with('0');
            if !is_area {
                self.problem(at, "area", OutsideFault::BadArea { area: shown(area) }, Effect::Ignored);
            }
            is_area
        });
        self.config.office.area = area.map(str::to_owned);
        let address = raw.public_address.as_deref().and_then(|text| {
            let address = text.parse::<IpAddr>().ok().filter(|ip| !ip.is_unspecified());
            if address.is_none() {
                self.problem(at, "public_address", OutsideFault::BadAddress { address: shown(text) }, Effect::Ignored);
            }
            address
        });
        self.config.office.public_address = address;
        let night = raw.outside_night.as_deref().and_then(|text| {
            let night = text.parse();
            if let Err(bad) = night {
                self.problem(at, "outside_night", OutsideFault::BadNight(bad), Effect::Ignored);
            }
            night.ok()
        });
        let at_once = self.limit(at, "outside_at_once", raw.outside_at_once).unwrap_or(DEFAULT_OUTSIDE_AT_ONCE);
        let per_hour = self.limit(at, "outside_per_hour", raw.outside_per_hour).unwrap_or(DEFAULT_OUTSIDE_PER_HOUR);
        self.config.office.toll = TollGuard { at_once, per_hour, night };
    }

    /// What an extension may instead of the office; a limit that is none counts as not written.
    pub(super) fn own_limits(&mut self, at: &At, raw: &RawPerson) -> OwnLimits {
        OwnLimits {
            at_once: self.limit(at, "outside_at_once", raw.outside_at_once),
            per_hour: self.limit(at, "outside_per_hour", raw.outside_per_hour),
            at_night: raw.outside_at_night.unwrap_or(false),
        }
    }

    fn limit(&mut self, at: &At, field: &str, raw: Option<u16>) -> Option<u16> {
        let limit = raw?;
        let is_limit = OUTSIDE_CALLS.contains(&limit);
        if !is_limit {
            self.problem(at, field, out_of_range(limit, &OUTSIDE_CALLS), Effect::Ignored);
        }
        is_limit.then_some(limit)
    }

    /// How far an extension may call; a word that is not known counts as not written, and its phones go on.
    pub(super) fn permission(&mut self, at: &At, raw: Option<&str>) -> Permission {
        let found = raw.map(|text| (text, Permission::named(text)));
        if let Some((text, None)) = found {
            let fault = OutsideFault::UnknownWord { word: shown(text), known: Permission::known() };
            self.problem(at, "permission", fault, Effect::Ignored);
        }
        found.and_then(|(_, permission)| permission).unwrap_or_default()
    }

    fn trunk(&mut self, at: &At, raw: &RawTrunk) -> Option<Trunk> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let name = self.needed(at, "name", raw.name.as_ref())?;
        if !is_phone_name(name) {
            self.off(at, "name", OutsideFault::BadTrunkName)?;
        }
        if self.config.trunk(name).is_some() {
            self.off(at, "name", OutsideFault::TrunkTaken { name: shown(name) })?;
        }
        let way = self.chosen(at, "way", raw.way.as_deref(), TrunkWay::named, &TrunkWay::Register)?;
        let server = self.needed(at, "server", raw.server.as_ref())?;
        let server = self.server(at, "server", server)?;
        let proxy = match &raw.proxy {
            Some(text) => Some(self.server(at, "proxy", text)?),
            None => None,
        };
        if way == TrunkWay::Register && raw.user.is_none() {
            self.off(at, "user", Fault::Missing)?;
        }
        let (user, auth_user) =
            (self.account(at, "user", raw.user.as_ref())?, self.account(at, "auth_user", raw.auth_user.as_ref())?);
        if raw.secret.is_some() {
            self.off(at, "secret", Fault::InClear)?;
        }
        let channels = raw.channels.unwrap_or(DEFAULT_CHANNELS);
        if !CHANNELS.contains(&channels) {
            self.off(at, "channels", out_of_range(channels, &CHANNELS))?;
        }
        let options_s = raw.options_s.unwrap_or(DEFAULT_OPTIONS_S);
        if options_s != 0 && !OPTIONS_S.contains(&options_s) {
            self.off(at, "options_s", out_of_range(options_s, &OPTIONS_S))?;
        }
        Some(Trunk {
            name: name.clone(),
            enabled: raw.enabled.unwrap_or(true),
            way,
            server,
            proxy,
            transport: self.chosen(
                at,
                "transport",
                raw.transport.as_deref(),
                TrunkTransport::named,
                &TrunkTransport::Udp,
            )?,
            authority: self.authority(at, raw.authority.as_deref())?,
            user,
            auth_user,
            secret: None,
            codecs: self.codecs(at, raw.codecs.as_deref())?,
            channels,
            numbers: self.chosen(at, "numbers", raw.numbers.as_deref(), NumberForm::named, &NumberForm::E164)?,
            caller_number: self.caller_number(at, raw.caller_number.as_deref())?,
            trusted: raw.trusted.unwrap_or(false),
            identity: self.chosen(at, "identity", raw.identity.as_deref(), IdentityForm::named, &IdentityForm::None)?,
            strip: self.strip(at, raw.strip)?,
            prepend: self.prepend(at, raw.prepend.as_deref())?,
            sources: self.sources(at, raw.sources.as_deref().unwrap_or_default())?,
            options_s,
        })
    }

    fn needed<'r>(&mut self, at: &At, field: &str, value: Option<&'r String>) -> Option<&'r String> {
        if value.is_none() {
            self.off(at, field, Fault::Missing)?;
        }
        value
    }

    pub(super) fn chosen<T: Copy + Named>(
        &mut self,
        at: &At,
        field: &str,
        raw: Option<&str>,
        named: fn(&str) -> Option<T>,
        default: &T,
    ) -> Option<T> {
        let Some(text) = raw else { return Some(*default) };
        let found = named(text);
        if found.is_none() {
            let fault = OutsideFault::UnknownWord { word: shown(text), known: T::known() };
            self.off(at, field, fault)?;
        }
        found
    }

    fn server(&mut self, at: &At, field: &str, text: &str) -> Option<Server> {
        match text.parse() {
            Ok(server) => Some(server),
            Err(bad) => {
                self.off(at, field, OutsideFault::BadServer(bad))?;
                None
            }
        }
    }

    /// What a row says may be nothing; what it says wrong puts the row off.
    fn account(&mut self, at: &At, field: &str, raw: Option<&String>) -> Option<Option<String>> {
        let Some(text) = raw else { return Some(None) };
        let is_good = !text.is_empty()
            && text.chars().count() <= MAX_ACCOUNT
            && text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '@' | '\\'));
        if !is_good {
            self.off(at, field, OutsideFault::BadAccount)?;
        }
        Some(Some(text.clone()))
    }

    fn codecs(&mut self, at: &At, raw: Option<&[String]>) -> Option<Vec<TrunkCodec>> {
        let Some(names) = raw.filter(|names| !names.is_empty()) else { return Some(TrunkCodec::ALL.to_vec()) };
        let mut codecs = Vec::new();
        for name in names {
            let codec = self.chosen(at, "codecs", Some(name), TrunkCodec::named, &TrunkCodec::Pcma)?;
            if !codecs.contains(&codec) {
                codecs.push(codec);
            }
        }
        Some(codecs)
    }

    fn caller_number(&mut self, at: &At, raw: Option<&str>) -> Option<Option<String>> {
        let Some(text) = raw else { return Some(None) };
        let number = self.config.office.in_full(text);
        if !is_e164(&number) {
            self.off(at, "caller_number", OutsideFault::BadNumber { number: shown(text) })?;
        }
        Some(Some(number))
    }

    fn strip(&mut self, at: &At, raw: Option<u8>) -> Option<u8> {
        let strip = raw.unwrap_or_default();
        if !STRIP.contains(&strip) {
            self.off(at, "strip", out_of_range(strip, &STRIP))?;
        }
        Some(strip)
    }

    fn prepend(&mut self, at: &At, raw: Option<&str>) -> Option<String> {
        let prepend = raw.unwrap_or_default();
        let is_good = prepend.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'*' | b'#'));
        if !is_good || prepend.len() > usize::from(*STRIP.end()) {
            self.off(at, "prepend", OutsideFault::BadPrepend)?;
        }
        Some(prepend.to_owned())
    }

    /// What it holds is for the shell to read; here it must look like certificates, and like nothing that is secret.
    fn authority(&mut self, at: &At, raw: Option<&str>) -> Option<Option<String>> {
        let Some(text) = raw.map(str::trim).filter(|text| !text.is_empty()) else { return Some(None) };
        let is_pem = text.starts_with("-----BEGIN CERTIFICATE-----") && text.ends_with("-----END CERTIFICATE-----");
        if text.len() > MAX_AUTHORITY || !is_pem || text.contains("PRIVATE KEY") {
            self.off(at, "authority", OutsideFault::BadAuthority)?;
        }
        Some(Some(format!("{text}\n")))
    }

    fn sources(&mut self, at: &At, raw: &[String]) -> Option<Vec<IpAddr>> {
        if raw.len() > MAX_SOURCES {
            self.off(at, "sources", Fault::TooMany { most: MAX_SOURCES })?;
        }
        let mut sources = Vec::new();
        for text in raw {
            match text.parse::<IpAddr>() {
                Ok(ip) => sources.push(ip.to_canonical()),
                Err(_) => self.off(at, "sources", OutsideFault::BadAddress { address: shown(text) })?,
            }
        }
        Some(sources)
    }

    fn own_number(&mut self, at: &At, raw: &RawNumber) -> Option<OwnNumber> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let text = self.needed(at, "number", raw.number.as_ref())?;
        let number = self.config.office.in_full(text);
        if !is_e164(&number) {
            self.off(at, "number", OutsideFault::BadNumber { number: shown(text) })?;
        }
        if self.config.numbers.contains_key(&number) {
            self.off(at, "number", OutsideFault::NumberTaken { number: number.clone() })?;
        }
        let to = self.needed(at, "to", raw.to.as_ref())?;
        let is_code = self.config.feature(to).is_some_and(|(feature, _)| is_for_callers(feature));
        if self.config.extension(to).is_none() && !is_code {
            self.off(at, "to", OutsideFault::NoSuchTarget { target: shown(to) })?;
        }
        Some(OwnNumber { number, to: to.clone() })
    }

    fn route(&mut self, at: &At, raw: &RawRoute) -> Option<Route> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let name = self.needed(at, "name", raw.name.as_ref())?;
        if !is_name(name) {
            self.off(at, "name", Fault::BadName)?;
        }
        if self.config.routes.iter().any(|route| route.name == *name) {
            self.off(at, "name", OutsideFault::RouteTaken { name: shown(name) })?;
        }
        let patterns = self.patterns(at, raw.patterns.as_deref().unwrap_or_default())?;
        let trunks = raw.trunks.clone().unwrap_or_default();
        if trunks.is_empty() {
            self.off(at, "trunks", Fault::Missing)?;
        }
        if let Some(unknown) = trunks.iter().find(|trunk| self.config.trunk(trunk).is_none()) {
            self.off(at, "trunks", OutsideFault::NoSuchTrunk { name: shown(unknown) })?;
        }
        let class = match raw.class.as_deref() {
            Some(text) => Some(self.chosen(at, "class", Some(text), Class::named, &Class::National)?),
            None => None,
        };
        let account = self.account_entry(at, raw.account.as_deref());
        Some(Route { name: name.clone(), patterns, trunks, class, account })
    }

    fn patterns(&mut self, at: &At, raw: &[String]) -> Option<Vec<Pattern>> {
        if raw.len() > MAX_PATTERNS {
            self.off(at, "patterns", Fault::TooMany { most: MAX_PATTERNS })?;
        }
        let mut patterns = Vec::new();
        for text in raw {
            match text.parse() {
                Ok(pattern) => patterns.push(pattern),
                Err(bad) => self.off(at, "patterns", OutsideFault::BadPattern(bad))?,
            }
        }
        if patterns.is_empty() {
            patterns.extend("*".parse::<Pattern>().ok());
        }
        Some(patterns)
    }
}

/// What has a few words in the office file.
pub(super) trait Named {
    /// All of them, as a sentence lists them.
    fn known() -> String;
}

macro_rules! known {
    ($($type:ty),+) => {
        $(impl Named for $type {
            fn known() -> String {
                list(<$type>::ALL.iter().map(|one| one.as_str()))
            }
        })+
    };
}

known!(TrunkWay, TrunkTransport, TrunkCodec, NumberForm, IdentityForm, Class, Permission);

fn list(words: impl Iterator<Item = impl Display>) -> String {
    words.map(|word| word.to_string()).collect::<Vec<_>>().join(", ")
}

/// Whether somebody outside can be led to it, who has no extension and no mailbox.
fn is_for_callers(feature: Feature) -> bool {
    let says = matches!(feature, Feature::EchoTest | Feature::Time | Feature::BoxStatus);
    says || matches!(feature, Feature::AnyVoicemail | Feature::LeaveMessage)
}
