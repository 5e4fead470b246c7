//! An office in a few lines of text: who has which extension and how many phones.
//!
//! ```text
//! 101 Alice   phone
//! 102 Bob     phones 2, ring 15 s, contacts 3
//! 103 Carol   no phone
//! 105 Erin    phone, voicemail, pin 739116, operator 100, quota 2 min
//! 104 Dave    phone, group sales, private lamp, no call waiting
//! 106 Frank   phone, voicemail, no pin on own phone, no envelope
//! operator 100
//! message limit 60 s
//! country DE
//! language de
//! emergency 0110
//! code echo_test *49
//! code echo_test off
//! ```

use config::{RawConfig, RawFeatureCode, RawHa1, RawPerson, RawPhone, Secret};
use md5::Digest as _;

use crate::phone::digest::hex;

/// The digest realm of the simulated office.
pub const REALM: &str = "office.example";

/// A phone of the text, with the secret that only it knows in clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneLine {
    /// Its owner's extension.
    pub extension: String,
    /// Its owner's name.
    pub owner: String,
    /// Its name and SIP user, e.g. `101a`.
    pub user: String,
    /// Its secret.
    pub secret: String,
}

/// Reads the text; panics at a line it does not understand.
#[track_caller]
pub fn read(text: &str, zone: &str) -> (RawConfig, Vec<PhoneLine>) {
    let mut raw = RawConfig::default();
    raw.office.time_zone = Some(zone.to_owned());
    let mut phones = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match word {
            "language" => raw.office.language = Some(rest.to_owned()),
            "country" => raw.office.country = Some(rest.to_owned()),
            "emergency" => raw.office.emergency = Some(rest.split_whitespace().map(str::to_owned).collect()),
            "operator" => raw.office.operator = Some(rest.to_owned()),
            "message" => raw.office.message_limit_s = Some(read_limit(rest)),
            "code" => raw.feature_codes.push(read_code(rest)),
            _ if word.bytes().all(|byte| byte.is_ascii_digit()) => {
                let (person, its) = read_person(word, rest);
                raw.people.push(person);
                phones.extend(its);
            }
            _ => panic!("the office's text has a line that means nothing: {line:?}"),
        }
    }
    (raw, phones)
}

/// Adds rows of an office file: the world outside, time groups, and what people do with their calls, who are known by their
/// extensions.
#[track_caller]
pub fn add(raw: &mut RawConfig, rows: &str) {
    let more: RawConfig = toml::from_str(rows).expect("the rows are TOML");
    raw.office.area = more.office.area.or(raw.office.area.take());
    raw.office.public_address = more.office.public_address;
    raw.office.outside_at_once = more.office.outside_at_once;
    raw.office.outside_per_hour = more.office.outside_per_hour;
    raw.office.outside_night = more.office.outside_night;
    raw.office.callers = more.office.callers;
    raw.office.blocked_hear = more.office.blocked_hear;
    raw.office.anonymous_hear = more.office.anonymous_hear;
    raw.trunks.extend(more.trunks);
    raw.numbers.extend(more.numbers);
    raw.routes.extend(more.routes);
    raw.authorizations.extend(more.authorizations);
    raw.accounts.extend(more.accounts);
    raw.time_groups.extend(more.time_groups);
    raw.night_modes.extend(more.night_modes);
    raw.contacts.extend(more.contacts);
    for row in more.people {
        let known = raw.people.iter_mut().find(|person| person.extension == row.extension);
        let person = known.unwrap_or_else(|| panic!("nobody has the extension {:?}", row.extension));
        person.rules.extend(row.rules);
        person.diversions.extend(row.diversions);
        person.callers.extend(row.callers);
        person.time_groups.extend(row.time_groups);
        person.contacts.extend(row.contacts);
        person.role = row.role.or(person.role.take());
        person.permission = row.permission.or(person.permission.take());
        person.outside_at_once = row.outside_at_once.or(person.outside_at_once);
        person.outside_per_hour = row.outside_per_hour.or(person.outside_per_hour);
        person.account = row.account.or(person.account.take());
        person.outside_at_night = row.outside_at_night.or(person.outside_at_night);
        person.blocked_hear = row.blocked_hear.or(person.blocked_hear.take());
        person.anonymous_hear = row.anonymous_hear.or(person.anonymous_hear.take());
    }
}

#[track_caller]
fn read_limit(rest: &str) -> u16 {
    match rest.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["limit", seconds, "s"] => seconds.parse().expect("the limit of messages is in seconds"),
        _ => panic!("the office's text says something else of messages than their limit: {rest:?}"),
    }
}

fn read_code(rest: &str) -> RawFeatureCode {
    let (feature, code) = rest.split_once(' ').unwrap_or((rest, "off"));
    let mut row = RawFeatureCode { feature: Some(feature.to_owned()), ..RawFeatureCode::default() };
    match code {
        "off" => row.enabled = Some(false),
        code => row.code = Some(code.to_owned()),
    }
    row
}

#[track_caller]
fn read_person(extension: &str, rest: &str) -> (RawPerson, Vec<PhoneLine>) {
    let (name, clauses) = rest.split_once(char::is_whitespace).unwrap_or((rest, "no phone"));
    let mut person =
        RawPerson { name: Some(name.to_owned()), extension: Some(extension.to_owned()), ..RawPerson::default() };
    // A scenario that is about something else does not wait for a key to be pressed.
    person.completion_offers = Some(false);
    let mut count = 0;
    for clause in clauses.split(',') {
        let words: Vec<&str> = clause.split_whitespace().collect();
        match words.as_slice() {
            ["phone"] => count = 1,
            ["no", "phone"] => count = 0,
            ["phones", number] => count = number.parse().expect("phones are followed by a number"),
            ["ring", seconds, "s"] => person.ring_s = Some(seconds.parse().expect("ring is followed by seconds")),
            ["no", "pin", "on", "own", "phone"] => person.pin_on_own_phone = Some(false),
            ["no", "envelope"] => (person.say_time, person.say_caller) = (Some(false), Some(false)),
            ["no", "time"] => person.say_time = Some(false),
            ["no", "caller"] => person.say_caller = Some(false),
            ["speaks", language] => person.language = Some((*language).to_owned()),
            ["lives", "in", zone] => person.time_zone = Some((*zone).to_owned()),
            ["newest", "first"] => person.newest_first = Some(true),
            ["operator", number] => person.operator = Some((*number).to_owned()),
            ["quota", minutes, "min"] => {
                person.voicemail_minutes = Some(minutes.parse().expect("quota is followed by minutes"));
            }
            ["group", name] => person.pickup_group = Some((*name).to_owned()),
            ["private", "lamp"] => person.private_lamp = Some(true),
            ["label", label] => person.label = Some((*label).to_owned()),
            ["calls", "as", name] => person.caller_name = Some((*name).to_owned()),
            ["hides", "number"] => person.hides_number = Some(true),
            ["offers"] => person.completion_offers = None,
            ["no", "intercom", "beep"] => person.intercom_beep = Some(false),
            ["no", "callers"] => person.shows_callers = Some(false),
            ["no", "call", "waiting"] => person.call_waiting = Some(false),
            ["at", "most", number, "calls"] => person.max_calls = Some(number.parse().expect("calls have a number")),
            ["voicemail"] => person.voicemail = Some(true),
            ["pin", pin] => person.pin_hash = Some(pin_hash(pin)),
            ["contacts", number] => person.max_contacts = Some(number.parse().expect("contacts have a number")),
            _ => panic!("the office's text has a clause that means nothing: {clause:?}"),
        }
    }
    let lines: Vec<PhoneLine> = (0..count).map(|index| phone_line(extension, name, index)).collect();
    person.phones = lines.iter().map(raw_phone).collect();
    (person, lines)
}

fn phone_line(extension: &str, owner: &str, index: u8) -> PhoneLine {
    let user = format!("{extension}{}", char::from(b'a' + index));
    let secret = format!("kV7.q_{}-zR2w", &hex(&md5::Md5::digest(&user))[..12]);
    PhoneLine { extension: extension.to_owned(), owner: owner.to_owned(), user, secret }
}

/// A PIN as the office file has it. It looks like Argon2id and is none: the real one takes its time on purpose, which no virtual
/// clock shows. The fake shell checks PINs against this.
pub fn pin_hash(pin: &str) -> Secret {
    Secret::new(format!("$argon2id$v=19$m=8,t=1,p=1$c2ltdWxhdGVk${}", hex(&md5::Md5::digest(pin))))
}

/// A phone as the office file has it, its HA1s made here (RFC 7616 §3.4.2).
pub fn raw_phone(line: &PhoneLine) -> RawPhone {
    let first = format!("{}:{REALM}:{}", line.user, line.secret);
    let ha1 = RawHa1 { md5: hex(&md5::Md5::digest(&first)), sha256: hex(&sha2::Sha256::digest(&first)) };
    RawPhone { name: Some(line.user.clone()), user: Some(line.user.clone()), ha1: Some(ha1), ..RawPhone::default() }
}
