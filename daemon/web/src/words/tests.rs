//! Nobody reads a sentence of the other language.

use std::collections::BTreeMap;
use std::sync::Arc;

use config::{
    BadEntry, Claimant, Class, CodeFault, ContactFault, Fault, Feature, OutsideFault, PersonFault, RightsFault,
    RuleFault, SiteFault, Wanted, WeakPassword, WeakPin, WeakSecret,
};
use jiff::Timestamp;
use media::upload::{Damage, Kind, Unusable, Written};
use pbx::placed::Unplaced;
use pbx::tested::Untested;
use pbx::what_if::Unasked;
use store::{BackupError, OpenError, Reason, StoreError, UnusableOffice};

use super::*;
use crate::keys::Shut;
use crate::tls::{NoServer, Unfit, WeakKey};
use crate::why::{Malformed, Part, Signing, Unchanged, Unread, Unwell};

#[test]
fn every_refusal_is_said_in_both_languages() {
    let all = [requests(), signing(), pages(), faults(), rows_of_times(), secrets(), files(), stores()].concat();
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for one in &all {
        let (english, german) = (why(Language::English, one), why(Language::German, one));
        assert_ne!(english, german);
        for sentence in [&english, &german] {
            assert!(!sentence.is_empty() && !sentence.ends_with('.'), "{sentence}");
        }
        assert!(!is_english(&german), "{german}");
        // Two refusals that sound alike in one language are alike in both.
        assert_eq!(*said.entry(english).or_insert_with(|| german.clone()), german);
    }
}

/// Whether words are in it that no German sentence has.
fn is_english(sentence: &str) -> bool {
    let words = ["the", "is", "write", "remove", "choose", "with", "not", "and", "again"];
    sentence.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word))
}

fn requests() -> Vec<Why> {
    let all = [
        Malformed::OnlyRead,
        Malformed::NoSuchPage,
        Malformed::NotThatWay,
        Malformed::NotThere,
        Malformed::BadDigest,
        Malformed::BadQuery,
        Malformed::TooSlow,
        Malformed::OneHost,
        Malformed::UnknownHost,
        Malformed::TooLong { most_kib: 64 },
        Malformed::NotJson,
        Malformed::BadJson { column: 3 },
        Malformed::BadShape { field: "role".to_owned(), column: 3 },
        Malformed::NoLength,
        Malformed::NoIfMatch,
        Malformed::NoOwnHeader,
        Malformed::OtherSite,
        Malformed::UseHttps,
        Malformed::NoHttps,
    ];
    all.into_iter().map(Why::from).collect()
}

fn signing() -> Vec<Why> {
    let text = || "x".to_owned();
    let all = [
        Signing::Needed,
        Signing::PasswordOnly,
        Signing::NoRight,
        Signing::MoreRights { name: text() },
        Signing::NameOnly { name: text() },
        Signing::Wrong,
        Signing::WrongCurrent,
        Signing::TooManyTries { seconds: 30 },
        Signing::TooManyTries { seconds: 300 },
        Signing::TooManyAtOnce,
        Signing::PhoneOnly,
        Signing::WrongToken,
        Signing::SetUpAlready,
        Signing::AdminGone,
        Signing::WhichAdmin,
        Signing::Link(Shut::Unknown),
        Signing::Link(Shut::Used),
        Signing::Link(Shut::Late),
    ];
    all.into_iter().map(Why::from).collect()
}

fn pages() -> Vec<Why> {
    let mut all = vec![
        Why::Mistake,
        Why::NoRandomness,
        Why::NoFigures,
        Why::EngineBusy,
        Why::StoreBusy,
        Why::TooManyPages,
        Why::NoMailbox,
        Why::NoSuchCall,
        Why::CallOver,
        Why::NoLadder,
        Why::NoAttempts,
        Why::NoSuchWish,
        Why::NoSuchMessage,
        Why::MessageMoved,
        Why::SoundGone,
        Why::PastTheSound,
        Why::NoVoice,
        Why::NothingRecorded,
        Why::RecordingGone,
        Why::SoundBusy,
        Why::CutOff,
        Why::NoCertificateBefore,
        Why::CertificateNotKept,
        Unwell::Stuck { seconds: 9 }.into(),
        Unwell::StoreFails.into(),
    ];
    let parts = [
        Part::Office,
        Part::Codes,
        Part::Trunks,
        Part::Numbers,
        Part::Routes,
        Part::TimeGroups,
        Part::NightModes,
        Part::Contacts,
        Part::Sites,
        Part::Departments,
        Part::Profiles,
        Part::Groups,
        Part::Authorizations,
        Part::Accounts,
        Part::Person("Workshop".to_owned()),
    ];
    all.extend(parts.into_iter().map(Unchanged::ChangedSince).map(Why::from));
    let tables = [Unread::Empty, Unread::NoNameColumn, Unread::TooManyRows { most: 500 }, Unread::NoTable];
    all.extend(tables.map(Why::from));
    all.extend(changes().into_iter().map(Why::from));
    all
}

fn changes() -> Vec<Unchanged> {
    let mut all = vec![
        Unchanged::NoSuchPerson,
        Unchanged::NoSuchPhone,
        Unchanged::NoExtension,
        Unchanged::NoName,
        Unchanged::NoSuchTimeZone,
        Unchanged::NoSuchContact,
        Unchanged::NoSuchSite,
        Unchanged::NoSuchAuthorization,
        Unchanged::NoSuchAccount,
        Unchanged::NoSuchProfile,
        Unchanged::NoSuchGroup,
        Unchanged::GroupInUse { by: "x".to_owned() },
        Unchanged::PersonNamed { name: "x".to_owned(), by: "x".to_owned() },
        Unchanged::ProfileInUse { by: "x".to_owned() },
        Unchanged::SiteInUse { by: "x".to_owned() },
        Unchanged::NoSuchDepartment,
        Unchanged::DepartmentInUse { by: "x".to_owned() },
        Unchanged::SiteTimesInUse { groups: "Open".to_owned() },
        Unchanged::ExtensionNamed { extension: "101".to_owned(), by: "Abroad".to_owned() },
        Unchanged::NoSuchBook,
        Unchanged::LastOwner,
        Unchanged::ChangedMeanwhile,
        Unchanged::ChangedBy { author: "Workshop".to_owned(), minutes: 3 },
        Unchanged::NoSuchTrunk,
        Unchanged::SwitchedOff,
        Unchanged::KeepsItsName,
        Unchanged::NotTested(Untested::NoSuchTrunk),
        Unchanged::NotTested(Untested::Running),
        Unchanged::NotTested(Untested::NoNumber),
        Unchanged::NotTested(Untested::Emergency),
        Unchanged::NotTested(Untested::NotPermitted(Class::Mobile)),
        Unchanged::NotTested(Untested::NotPermitted(Class::Premium)),
        Unchanged::NotTested(Untested::TollGuard),
        Unchanged::NotTested(Untested::NoAddress),
        Unchanged::NotTested(Untested::Full),
        Unchanged::NotTested(Untested::Overload),
        Unchanged::NotAsked(Unasked::NothingDialled),
        Unchanged::NotAsked(Unasked::NoSuchMoment),
        Unchanged::NotAsked(Unasked::NoSuchExtension { number: "199".to_owned() }),
        Unchanged::NotAsked(Unasked::NoSuchTrunk { name: "line".to_owned() }),
        Unchanged::NotAsked(Unasked::NoWayIn),
        Unchanged::NotAsked(Unasked::NotYours { own: "102".to_owned() }),
        Unchanged::NotAsked(Unasked::TooMany),
        Unchanged::DefaultRuleStays,
        Unchanged::NoSuchRule,
        Unchanged::NoSecretary,
        Unchanged::NobodyListed { name: "Ann Lee".to_owned() },
        Unchanged::NotSoMany { most: 500 },
        Unchanged::NoSuchDiversion,
        Unchanged::NoAssistantMessage,
        Unchanged::KeyNotAllowed { key: 2 },
        Unchanged::NoSuchOrder,
        Unchanged::NoSuchTimeGroup,
        Unchanged::NoSuchNightMode,
        Unchanged::TimeGroupInUse { by: "102".to_owned() },
        Unchanged::NoSuchMoment,
        Unchanged::NotNow,
        Unchanged::NotPassedOn(pbx::events::Cause::NoSuchNumber),
        Unchanged::CallsGoOutByIt { route: "all".to_owned() },
        Unchanged::OutsideChanged,
        Unchanged::NoSuchRevision,
        Unchanged::NothingBefore,
        Unchanged::BadRevision,
    ];
    all.extend(unplaced().into_iter().map(|why| Unchanged::NotPlaced(Box::new(why))));
    all
}

fn unplaced() -> Vec<Unplaced> {
    let cause = pbx::events::Cause::NotAllowed;
    vec![
        Unplaced::NoNumber,
        Unplaced::Emergency,
        Unplaced::NoPhone,
        Unplaced::Refused { cause, why: Some(pbx::route::Reason::FromOutside) },
        Unplaced::Refused { cause, why: None },
        Unplaced::Barred { extension: "101".to_owned(), why: pbx::toll::Barred::NotPermitted },
        Unplaced::Running,
        Unplaced::Overload,
    ]
}

fn faults() -> Vec<Why> {
    let text = || "x".to_owned();
    let clash = |this| Fault::TwoMeanings { dialled: text(), this, other: Feature::Time, code: text() };
    let wanted = [Wanted::Text, Wanted::Flag, Wanted::Number, Wanted::Texts, Wanted::Table, Wanted::Tables];
    let mut all = vec![
        Fault::UnknownKey,
        Fault::Missing,
        Fault::BadName,
        Fault::IsEmergency { number: text() },
        Fault::IsFeatureCode { number: text(), feature: Feature::EchoTest },
        clash(Claimant::Extension),
        clash(Claimant::Feature(Feature::EchoTest)),
        Fault::BeginsAlike { code: text(), other: Feature::Drop, other_code: text() },
        Fault::OutOfRange { value: 1, least: 2, most: 3 },
        Fault::BadRingTime { ring_s: 3 },
        Fault::IdTaken { id: 4 },
        Fault::InClear,
        Fault::UnknownTimeZone { name: text() },
        Fault::BadCountry { code: text() },
        Fault::UnknownCountry { code: text() },
        Fault::UnknownLanguage { code: text(), known: text() },
        Fault::BadEmergency { number: text() },
        Fault::UnknownFeature { name: text(), known: text() },
        Fault::FeatureTwice { feature: Feature::Time },
        Fault::BadCode,
        Fault::TooMany { most: 5 },
        Fault::More,
        Fault::Code(CodeFault::BadName),
        Fault::Code(CodeFault::NameTaken { name: text() }),
        Fault::Code(CodeFault::BadAccount),
        Fault::Code(CodeFault::AccountTaken { number: text() }),
        Fault::Code(CodeFault::BadAccountName),
        Fault::Rights(RightsFault::BadProfileName),
        Fault::Rights(RightsFault::ProfileTaken { name: text() }),
        Fault::Rights(RightsFault::BadRight { right: text() }),
        Fault::Rights(RightsFault::BadGroupName),
        Fault::Rights(RightsFault::GroupTaken { name: text() }),
        Fault::Rights(RightsFault::BadMember { member: text() }),
        Fault::Rights(RightsFault::NoSuchMember { member: text() }),
        Fault::Rights(RightsFault::NotInCharge { who: text() }),
        Fault::Rights(RightsFault::InItself { way: text() }),
        Fault::Site(SiteFault::BadName),
        Fault::Site(SiteFault::NameTaken { name: text() }),
        Fault::Site(SiteFault::NotOurs { number: text() }),
    ];
    all.extend(wanted.map(|expected| Fault::WrongType { expected }));
    all.extend(people().into_iter().map(Fault::from));
    all.extend(outside().into_iter().map(Fault::from));
    all.extend(rules().into_iter().map(Fault::from));
    let contacts = [
        ContactFault::BadNumber { number: text() },
        ContactFault::NoNumber,
        ContactFault::NameTaken { name: text() },
        ContactFault::BadCompany,
        ContactFault::BadTag,
    ];
    all.extend(contacts.map(Fault::from));
    all.into_iter().map(Why::from).collect()
}

fn people() -> Vec<PersonFault> {
    let text = || "x".to_owned();
    vec![
        PersonFault::BadExtension(config::BadExtension),
        PersonFault::ExtensionTaken { number: text(), owner: text() },
        PersonFault::NoSuchExtension { number: text() },
        PersonFault::PhoneWithoutExtension,
        PersonFault::BadPhoneName,
        PersonFault::PhoneNameTaken { name: text() },
        PersonFault::BadUser,
        PersonFault::UserTaken { user: text(), owner: text() },
        PersonFault::BadHa1(config::BadHa1),
        PersonFault::BadPickupGroup,
        PersonFault::BadLabel,
        PersonFault::NotOurs { number: text() },
        PersonFault::BadPinHash,
        PersonFault::BadPasswordHash,
        PersonFault::BadEmail,
        PersonFault::EmailTaken { owner: text() },
        PersonFault::BadDepartment,
        PersonFault::DepartmentTaken { name: text() },
        PersonFault::UnknownRole { name: text(), known: text() },
        PersonFault::NoSuchSite { name: text() },
        PersonFault::NoSuchProfile { name: text() },
    ]
}

fn outside() -> Vec<OutsideFault> {
    let text = || "x".to_owned();
    vec![
        OutsideFault::BadTrunkName,
        OutsideFault::BadAuthority,
        OutsideFault::TrunkTaken { name: text() },
        OutsideFault::NoSuchTrunk { name: text() },
        OutsideFault::UnknownWord { word: text(), known: text() },
        OutsideFault::BadServer(config::BadServer),
        OutsideFault::BadAccount,
        OutsideFault::BadNumber { number: text() },
        OutsideFault::NumberTaken { number: text() },
        OutsideFault::NoSuchTarget { target: text() },
        OutsideFault::RouteTaken { name: text() },
        OutsideFault::BadPattern(config::BadPattern),
        OutsideFault::BadPrepend,
        OutsideFault::BadAddress { address: text() },
        OutsideFault::BadArea { area: text() },
        OutsideFault::BadNight(config::BadNight),
    ]
}

fn rules() -> Vec<RuleFault> {
    let text = || "x".to_owned();
    let entries = [
        BadEntry::Empty,
        BadEntry::Times,
        BadEntry::Dates,
        BadEntry::Nth,
        BadEntry::Easter,
        BadEntry::Holidays,
        BadEntry::Word,
    ];
    let mut all =
        vec![RuleFault::BadGroupName, RuleFault::GroupTaken { name: text() }, RuleFault::BadForced(config::BadForced)];
    all.extend([
        RuleFault::GroupNumberTaken { number: 7, name: text() },
        RuleFault::NoSuchGroup { name: text() },
        RuleFault::NoSuchOfficeGroup { name: text() },
        RuleFault::BadNightName,
        RuleFault::NightTaken { name: text() },
        RuleFault::BadNightGroup { place: 2, row: text() },
        RuleFault::TwoDefaults,
        RuleFault::BadAlso { place: 2, row: text(), why: config::BadAlso },
        RuleFault::NeverRings { place: 2, after_s: 30, ring_s: 25 },
        RuleFault::NothingRings,
        RuleFault::BadFollowed { place: 2, row: text() },
        RuleFault::NobodyFollowed,
        RuleFault::BadSecretary { place: 2, row: text() },
        RuleFault::NobodyAnswers,
        RuleFault::BadKey { place: 2, row: text() },
        RuleFault::BadTarget(config::BadTarget),
        RuleFault::NoSuchTarget { number: text() },
        RuleFault::CallsForHelp { number: text() },
        RuleFault::DiversionTwice,
        RuleFault::BadMoment,
        RuleFault::BadNote,
    ]);
    all.extend(entries.map(|why| RuleFault::BadEntry { place: 2, entry: text(), why }));
    all
}

fn rows_of_times() -> Vec<Why> {
    let rows = [
        config::BadRow::Columns,
        config::BadRow::Times,
        config::BadRow::Weekdays,
        config::BadRow::MonthDays,
        config::BadRow::Months,
        config::BadRow::Zone,
        config::BadRow::Never,
    ];
    rows.map(Why::TimesRow).to_vec()
}

fn secrets() -> Vec<Why> {
    let passwords = [
        WeakPassword::TooShort,
        WeakPassword::TooLong,
        WeakPassword::ContainsOwner,
        WeakPassword::Repeat,
        WeakPassword::Sequence,
        WeakPassword::Common,
        WeakPassword::TooFewDistinct,
    ];
    let secrets = [
        WeakSecret::TooShort,
        WeakSecret::TooLong,
        WeakSecret::BadCharacter,
        WeakSecret::ContainsUser,
        WeakSecret::ContainsExtension,
        WeakSecret::ContainsName,
        WeakSecret::Repeat,
        WeakSecret::Sequence,
        WeakSecret::Common,
        WeakSecret::TooFewDistinct,
    ];
    let pins = [WeakPin::NotDigits, WeakPin::IsExtension, WeakPin::Repeat, WeakPin::Sequence];
    let (theirs, ours) = ("a".to_owned(), "b".to_owned());
    let reasons = [
        Reason::PinHash,
        Reason::CodeTaken,
        Reason::CodeShort { least: 6 },
        Reason::PasswordHash,
        Reason::OtherRealm { theirs, ours },
        Reason::TrunkSecret,
        Reason::BadRealm,
        Reason::TooMany { count: 9, most: 8 },
    ];
    let reasons = reasons.into_iter().chain(secrets.map(Reason::from)).chain(pins.map(Reason::from));
    let mut all: Vec<Why> = reasons.map(Why::from).collect();
    all.extend(passwords.map(Why::from));
    all.extend(pins.map(Why::from));
    all
}

fn files() -> Vec<Why> {
    let kinds = [
        Kind::Mp3,
        Kind::Mp4,
        Kind::Ogg,
        Kind::Flac,
        Kind::Aiff,
        Kind::Amr,
        Kind::Wma,
        Kind::WebM,
        Kind::Zip,
        Kind::RareWav,
        Kind::Unknown,
    ];
    let damages = [Damage::ShortHead, Damage::NoFormat, Damage::Contradiction, Damage::NoAudio];
    let encodings =
        [Written::Pcm(12), Written::Float(16), Written::Adpcm, Written::Gsm, Written::Mpeg, Written::Unknown];
    let mut sounds = vec![
        Unusable::Empty,
        Unusable::CutOff { has_s: 1, says_s: 2 },
        Unusable::Channels(5),
        Unusable::Rate(4_000),
        Unusable::TooShort { has_ms: 20, least_ms: 500 },
        Unusable::TooLong { has_s: 500, most_s: 120 },
        Unusable::Silent,
    ];
    sounds.extend(kinds.map(Unusable::Other));
    sounds.extend(damages.map(Unusable::Damaged));
    sounds.extend(encodings.map(Unusable::Encoding));
    let certificates = [
        Unfit::NoCertificate,
        Unfit::TooMany,
        Unfit::Damaged(2),
        Unfit::NoServer(NoServer::Authority),
        Unfit::NoServer(NoServer::OtherUse),
        Unfit::NoServer(NoServer::NoName),
        Unfit::Disordered(2),
        Unfit::Expired(Timestamp::UNIX_EPOCH),
        Unfit::Early(Timestamp::UNIX_EPOCH),
        Unfit::Weak(WeakKey::Rsa { bits: 1024 }),
        Unfit::Weak(WeakKey::OtherCurve),
        Unfit::Weak(WeakKey::OtherKind),
        Unfit::NoKey,
        Unfit::Locked,
        Unfit::OtherKey,
        Unfit::BadKey,
    ];
    sounds.into_iter().map(Why::from).chain(certificates.map(Why::from)).collect()
}

fn stores() -> Vec<Why> {
    let text = || "x".to_owned();
    let failed = || std::io::Error::other("x");
    let backups = [
        BackupError::NotABackup,
        BackupError::Newer { program: text() },
        BackupError::Truncated,
        BackupError::Damaged { file: text() },
        BackupError::Strange { name: text() },
        BackupError::NoRoom { room: 5_000_000 },
        BackupError::Busy,
        BackupError::Gone,
        BackupError::Disk(failed()),
        BackupError::Store(StoreError::Full),
    ];
    let errors = [
        StoreError::Full,
        StoreError::File(failed()),
        StoreError::Damaged,
        StoreError::Closed,
        StoreError::Overloaded,
        StoreError::Undone,
    ];
    let backups = backups.into_iter().chain(offices().map(BackupError::Unusable));
    backups.map(|error| Why::Backup(Arc::new(error))).chain(errors.map(Why::from)).collect()
}

fn offices() -> impl Iterator<Item = UnusableOffice> {
    let path = || "/x/office".into();
    let opened = [
        OpenError::File { path: path(), source: std::io::Error::other("x") },
        OpenError::InUse { path: path() },
        OpenError::Newer { found: 9, known: 3 },
        OpenError::Random,
        OpenError::Store(StoreError::Full),
    ];
    let fixed = [UnusableOffice::NoDatabase, UnusableOffice::DamagedDatabase, UnusableOffice::Certificates];
    fixed.into_iter().chain(opened.map(UnusableOffice::Closed))
}
