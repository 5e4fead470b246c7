//! Why a request is not met, as data: a handler names it, and [`crate::words`] says it in the reader's language. English
//! stands here, since logs are in it too.

use std::sync::Arc;

use config::{BadRow, Fault, WeakPassword, WeakPin};
use media::upload;
use pbx::events::Cause;
use pbx::placed::Unplaced;
use pbx::tested::Untested;
use pbx::what_if::Unasked;
use pbx::words::Language;
use store::{BackupError, Reason, StoreError};
use thiserror::Error;

use crate::keys::Shut;
use crate::tls::Unfit;

/// Why a request is not met, or a field of it is refused.
#[derive(Clone, Debug, Error)]
pub(crate) enum Why {
    /// The request is not one that the page makes.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// It is not, or not yet, one of somebody who may.
    #[error(transparent)]
    Signing(#[from] Signing),
    /// The office stays as it is.
    #[error(transparent)]
    Unchanged(#[from] Unchanged),
    /// The daemon is not well.
    #[error(transparent)]
    Unwell(#[from] Unwell),
    /// A field that the office cannot have.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// A field that the office must not have.
    #[error(transparent)]
    Unsafe(#[from] Reason),
    /// A row of times of another system.
    #[error(transparent)]
    TimesRow(#[from] BadRow),
    /// A password that is too easy to guess.
    #[error(transparent)]
    WeakPassword(#[from] WeakPassword),
    /// A PIN that is too easy to guess.
    #[error(transparent)]
    WeakPin(#[from] WeakPin),
    /// A file that callers cannot hear.
    #[error(transparent)]
    Sound(#[from] upload::Unusable),
    /// A certificate that is not used.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// A table that is not taken.
    #[error(transparent)]
    Unread(#[from] Unread),
    /// A backup that is not made or taken.
    #[error(transparent)]
    Backup(Arc<BackupError>),
    /// The store failed.
    #[error(transparent)]
    Store(Arc<StoreError>),

    /// A fault of ours.
    #[error("the page made a mistake: the daemon's log says which")]
    Mistake,
    /// The kernel refuses.
    #[error("the system gives no random numbers")]
    NoRandomness,
    /// The system does not tell what the daemon takes of it.
    #[error("the system says nothing of itself: the daemon's log says why")]
    NoFigures,
    /// The engine did not answer in time.
    #[error("the box is busy with calls: try again")]
    EngineBusy,
    /// The store did not answer in time.
    #[error("the disk did not take it: try again")]
    StoreBusy,
    /// Pages that listen to the news.
    #[error("too many pages listen already: they go on without news")]
    TooManyPages,

    /// Whoever asks has no extension.
    #[error("you have no extension, and so no mailbox")]
    NoMailbox,
    /// No such call, or not theirs.
    #[error("there is no such call")]
    NoSuchCall,
    /// It is older, or of before the start.
    #[error(
        "the messages of this call are not kept: the box has those of its last {} calls since it was started",
        pbx::ladder::LADDERS_KEPT
    )]
    NoLadder,
    /// It cannot be ended.
    #[error("this call is over already")]
    CallOver,
    /// Nothing is known of an address that is to try passwords again.
    #[error("no wrong password came from this address")]
    NoAttempts,
    /// It was ended, or they were called back.
    #[error("nobody waits for that any more")]
    NoSuchWish,
    /// No such message, or not theirs.
    #[error("there is no such message")]
    NoSuchMessage,
    /// Somebody moved it on the phone.
    #[error("the message was moved at this moment: look at it again")]
    MessageMoved,
    /// A row without its file.
    #[error("the sound of this is not on the disk any more")]
    SoundGone,
    /// A part of a sound that it does not have.
    #[error("the sound is shorter than that")]
    PastTheSound,
    /// The voice did not answer in time.
    #[error("the box cannot speak at this moment: try again")]
    NoVoice,
    /// There is nothing to be heard by oneself.
    #[error("nothing of your own is recorded: callers hear the box")]
    NothingRecorded,
    /// What was heard before was emptied with the trash.
    #[error("this recording is not there any more: choose the file again")]
    RecordingGone,
    /// One upload at a time.
    #[error("another sound is being taken at this moment: try again")]
    SoundBusy,
    /// The browser went away.
    #[error("the file did not come to its end: try again")]
    CutOff,
    /// There is no certificate before this one.
    #[error("the box uses its own certificate, and there is none to go back to")]
    NoCertificateBefore,
    /// The folder of the certificates.
    #[error("the certificate was not kept: the daemon's log says why")]
    CertificateNotKept,
}

/// A request that no page of ours makes: said to whoever writes programs, and to whoever came by a wrong address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Malformed {
    /// Neither the page nor a figure is changed by that method.
    #[error("this page can only be read")]
    OnlyRead,
    /// No file has this path.
    #[error("there is no such page")]
    NoSuchPage,
    /// The interface has the address, not the method.
    #[error("this cannot be done with that address")]
    NotThatWay,
    /// The address has a number in it that names nothing.
    #[error("what is named by this address is not there")]
    NotThere,
    /// A phone's proof of who it is.
    #[error("this is no digest of this request: see RFC 7616")]
    BadDigest,
    /// What is behind the question mark.
    #[error("what stands behind the ? of the address is not understood")]
    BadQuery,
    /// The answer was not ready in time.
    #[error("the answer took too long")]
    TooSlow,
    /// None, or two.
    #[error("a request names one host")]
    OneHost,
    /// A name that another site may have led the browser here by.
    #[error(
        "the box is not known by this name: use its address, or its name ending in .local, or write this name into host_names in bellbox.toml"
    )]
    UnknownHost,
    /// Longer than this route takes, or of unknown length.
    #[error("a body has at most {most_kib} KiB here, and says its length")]
    TooLong {
        /// What it takes.
        most_kib: usize,
    },
    /// Another type.
    #[error("the body must be application/json")]
    NotJson,
    /// No JSON at all.
    #[error("the body is no JSON at column {column}")]
    BadJson {
        /// Where.
        column: usize,
    },
    /// JSON of another shape.
    #[error("the body does not fit: see {field:?}, column {column}")]
    BadShape {
        /// As serde names it; empty where it does not.
        field: String,
        /// Where.
        column: usize,
    },
    /// An upload of unknown length.
    #[error("an upload says in Content-Length how long it is")]
    NoLength,
    /// A change that does not say what it was made from.
    #[error("a change says in If-Match which version of the row it was made from")]
    NoIfMatch,
    /// A change by a program that does not know of our header.
    #[error("a change must carry the header X-Bellbox: 1")]
    NoOwnHeader,
    /// A change by a page of somebody else's.
    #[error("this comes from the page of another site")]
    OtherSite,
    /// Passwords do not cross the network in clear.
    #[error("use HTTPS for that")]
    UseHttps,
    /// The daemon was started without it.
    #[error("this box serves no HTTPS: start bellboxd with --https")]
    NoHttps,
}

/// Why somebody is not let in, or not that far.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Signing {
    /// Nobody is signed in.
    #[error("sign in first")]
    Needed,
    /// Signed in by PIN.
    #[error("sign in with your password for that: the PIN opens calls and voicemail only")]
    PasswordOnly,
    /// Signed in as somebody whose rights do not reach that far.
    #[error("your rights do not reach this: \"What may I do?\" shows how far they do")]
    NoRight,
    /// Rights would be given or taken that whoever asks does not have.
    #[error("{name} has, or would have, rights that you do not have: ask somebody who has them")]
    MoreRights {
        /// Whose.
        name: String,
    },
    /// Who may change names may not change the rest.
    #[error("of {name} you may change the name, the answering rules and the time groups only")]
    NameOnly {
        /// Whose.
        name: String,
    },
    /// Whether it is the name or the password is not told.
    #[error("the name or the password is wrong")]
    Wrong,
    /// The secret that stands for the one who changes another.
    #[error("it is wrong")]
    WrongCurrent,
    /// Too many wrong ones before this.
    #[error("too many wrong tries: try again in {}", wait(*seconds))]
    TooManyTries {
        /// How long to wait.
        seconds: u64,
    },
    /// Hashing a password takes its time.
    #[error("too many people sign in at this moment: try again")]
    TooManyAtOnce,
    /// No phone's user and secret, or wrong ones.
    #[error("the phonebook is for phones: enter the phone's user name and secret")]
    PhoneOnly,
    /// The setup's token.
    #[error("this token does not open the box: take the newest one from its console")]
    WrongToken,
    /// Somebody was quicker.
    #[error("the box was set up a moment ago: sign in")]
    SetUpAlready,
    /// The administrator who was just made is not there.
    #[error("the administrator is gone")]
    AdminGone,
    /// There are several administrators, and none is named.
    #[error("write the e-mail address of an administrator")]
    WhichAdmin,
    /// A link that gives a new password.
    #[error("{}; 'bellboxd reset-admin' makes a new one", link(*.0))]
    Link(Shut),
}

fn wait(seconds: u64) -> String {
    match seconds {
        ..120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

fn link(shut: Shut) -> &'static str {
    match shut {
        Shut::Unknown => "this link is not the newest one",
        Shut::Used => "this link was used already",
        Shut::Late => "this link has expired: it holds for an hour",
    }
}

pub(crate) fn not_tested(why: Untested) -> String {
    let text = match why {
        Untested::NoSuchTrunk => "there is no such trunk, or it is switched off",
        Untested::Running => "a test call by it is up: wait for what comes of it",
        Untested::NoNumber => "write a number to call",
        Untested::Emergency => "this number calls for help: write another one",
        Untested::NotPermitted(class) => {
            return format!("your extension may not make {} calls: write a nearer number", class.as_str());
        }
        Untested::TollGuard => "your extension may not call outside now, says the toll guard: try again later",
        Untested::NoAddress => "it is not known where the trunk is: see what its state says",
        Untested::Full => "all its channels are in use: try again later",
        Untested::Overload => "the box takes no more calls now: try again later",
    };
    text.to_owned()
}

pub(crate) fn not_placed(why: &Unplaced) -> String {
    let words = Language::English.words();
    let text = match why {
        Unplaced::NoNumber => "write a number to call, and not your own",
        Unplaced::Emergency => "this number calls for help: dial it on a phone",
        Unplaced::NoPhone => "your phone cannot be reached: see whether it is switched on",
        Unplaced::Refused { why: Some(why), .. } => return format!("the call would be refused: {}", words.reason(why)),
        Unplaced::Refused { cause, .. } => return format!("the call would be refused: {}", words.cause(*cause)),
        Unplaced::Barred { extension, why } => return words.barred(extension, *why),
        Unplaced::Running => "your phone rings for another call already",
        Unplaced::Overload => "the box takes no more calls now: try again later",
    };
    text.to_owned()
}

/// Why a table of people is not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Unread {
    /// No row.
    #[error(
        "there is nobody in this file: write a line with the names of the columns, and one for each person below it"
    )]
    Empty,
    /// Nobody can be told from anybody.
    #[error(
        "no column is called Name: write the names of the columns into the first line, such as Extension;Name;E-mail"
    )]
    NoNameColumn,
    /// More than an office has.
    #[error("the file has more than {most} rows: take them in several files, or leave some out")]
    TooManyRows {
        /// How many there may be.
        most: usize,
    },
    /// It is no text in rows.
    #[error("this is no table: save it as CSV, with commas or semicolons between the cells")]
    NoTable,
}

/// Why a row is not shown, or the office not changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Unchanged {
    /// No such row.
    #[error("there is no such person")]
    NoSuchPerson,
    /// No such row below this person.
    #[error("there is no such phone")]
    NoSuchPhone,
    /// Without an extension there is no mailbox and no PIN.
    #[error("there is no extension, and so no mailbox")]
    NoExtension,
    /// A person needs one.
    #[error("write a name")]
    NoName,
    /// A name that the time zones do not have.
    #[error("there is no such time zone: write one such as Europe/Berlin")]
    NoSuchTimeZone,
    /// Nobody may lock everybody out.
    #[error("somebody must be left who can sign in and change the office: make another person an administrator first")]
    LastOwner,
    /// The row was changed since it was read, by somebody whose name is not known any more.
    #[error("this was changed meanwhile: look at it again before you save")]
    ChangedMeanwhile,
    /// The same with who did it and when.
    #[error("{author} changed this {minutes} {} ago: look at it again before you save", if *minutes == 1 { "minute" } else { "minutes" })]
    ChangedBy {
        /// Who.
        author: String,
        /// How many minutes ago.
        minutes: i64,
    },
    /// No such row.
    #[error("there is no such trunk")]
    NoSuchTrunk,
    /// It is not asked how it is.
    #[error("it is switched off: switch it on first")]
    SwitchedOff,
    /// A test call that is not made.
    #[error("{}", not_tested(*.0))]
    NotTested(Untested),
    /// A call that the box does not place.
    #[error("{}", not_placed(.0))]
    NotPlaced(Box<Unplaced>),
    /// A call is not as the page showed it.
    #[error("the call is not so any more: look again")]
    NotNow,
    /// The number that a call was to go to.
    #[error("the call cannot go there: {}", Language::English.words().cause(*.0))]
    NotPassedOn(Cause),
    /// A question about a call that nobody makes, without an answer.
    #[error("{0}")]
    NotAsked(Unasked),
    /// Routes, the log and its secret know it by its name.
    #[error("a trunk keeps its name: add another and remove this one")]
    KeepsItsName,
    /// A trunk that is needed.
    #[error("calls go out by it: take it out of the route {route} first")]
    CallsGoOutByIt {
        /// The first such route.
        route: String,
    },
    /// Silence answers nobody.
    #[error("there is no message for the assistant: record one with *39, or bring one as a file")]
    NoAssistantMessage,
    /// Whoever owns the assistant would pay.
    #[error("the key {key} leads to a number that may not be called from this extension")]
    KeyNotAllowed {
        /// Which.
        key: u8,
    },
    /// A table that was changed since it was read.
    #[error("somebody has changed trunks, numbers or routes meanwhile: look at them again")]
    OutsideChanged,
    /// It holds when no other does.
    #[error("the default rule stays, and is always on: change what it does")]
    DefaultRuleStays,
    /// No such row.
    #[error("there is no such rule")]
    NoSuchRule,
    /// Nobody of the boss's row.
    #[error("that person answers for no such boss")]
    NoSecretary,
    /// Somebody is to be looked for, or to answer, and nobody said who.
    #[error("nobody is on the list that would ring: {name} needs one first")]
    NobodyListed {
        /// Whose list.
        name: String,
    },
    /// Nothing, or more than the office can have.
    #[error("name the extensions: 1 to {most}")]
    NotSoMany {
        /// How many at most.
        most: usize,
    },
    /// No such word.
    #[error("there is no such diversion")]
    NoSuchDiversion,
    /// Not each rule once.
    #[error("an order names each rule once: look at the rules again")]
    NoSuchOrder,
    /// No such row.
    #[error("there is no such time group")]
    NoSuchTimeGroup,
    /// No such row.
    #[error("there is no such night mode")]
    NoSuchNightMode,
    /// Rules would hold at no time any more.
    #[error("rules or night modes are by this time group: {by}; give them another one first")]
    TimeGroupInUse {
        /// Whose.
        by: String,
    },
    /// No such row.
    #[error("there is no such contact")]
    NoSuchContact,
    /// No such row.
    #[error("there is no such site")]
    NoSuchSite,
    /// No such row.
    #[error("there is no such authorization code")]
    NoSuchAuthorization,
    /// No such row.
    #[error("there is no such account")]
    NoSuchAccount,
    /// No such row.
    #[error("there is no such department")]
    NoSuchDepartment,
    /// A department with people.
    #[error("people are in it: {by}; say which department they go to")]
    DepartmentInUse {
        /// Who.
        by: String,
    },
    /// A site with people.
    #[error("people work there: {by}; give them another site first")]
    SiteInUse {
        /// Who.
        by: String,
    },
    /// Somebody leaves a site, and has rules or diversions by its time groups that would mean nothing any more.
    #[error("rules or diversions are by time groups of the site that is left: {groups}; give them others first")]
    SiteTimesInUse {
        /// The groups' names.
        groups: String,
    },
    /// No such row.
    #[error("there is no such profile")]
    NoSuchProfile,
    /// A profile that somebody has.
    #[error("people or groups have it: {by}; give them another one, or none, first")]
    ProfileInUse {
        /// Who.
        by: String,
    },
    /// No such row.
    #[error("there is no such group")]
    NoSuchGroup,
    /// A group that is a part of others.
    #[error("groups hold it: {by}; take it out of them first")]
    GroupInUse {
        /// Their names.
        by: String,
    },
    /// Somebody who is in a group, or looks after one.
    #[error("groups name {name}: {by}; take them out of these first")]
    PersonNamed {
        /// Who.
        name: String,
        /// The names of the groups.
        by: String,
    },
    /// An extension that may do something by name.
    #[error("authorization codes, night modes, sites or groups name {extension}: {by}; take it out of them first")]
    ExtensionNamed {
        /// Which.
        extension: String,
        /// Their names.
        by: String,
    },
    /// Only one's own and the office's can be changed.
    #[error("there is no such list of contacts: write own or office")]
    NoSuchBook,
    /// It is past, or the clock never shows it.
    #[error("write a date and a time to come")]
    NoSuchMoment,
    /// Too old.
    #[error("this revision is not kept any more")]
    NoSuchRevision,
    /// The first office of all.
    #[error("there was no office before this one")]
    NothingBefore,
    /// It was written by another version, or is damaged.
    #[error("the revision cannot be read: the daemon's log says why")]
    BadRevision,
    /// What is to be taken back is not as it was left.
    #[error("{0} was changed again since: take that back first, or change it by hand")]
    ChangedSince(Part),
}

/// A part of the office that is taken back as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Part {
    /// Its name, place and so on.
    #[error("the office")]
    Office,
    /// Which codes there are.
    #[error("the table of codes")]
    Codes,
    /// Which trunks there are.
    #[error("the table of trunks")]
    Trunks,
    /// Which numbers the office has.
    #[error("the table of numbers")]
    Numbers,
    /// By which trunks calls go out.
    #[error("the table of routes")]
    Routes,
    /// The times that everybody may use.
    #[error("the office's time groups")]
    TimeGroups,
    /// The time groups that are forced together.
    #[error("the table of night modes")]
    NightModes,
    /// A list of contacts.
    #[error("the list of contacts")]
    Contacts,
    /// Which sites there are.
    #[error("the table of sites")]
    Sites,
    /// Which departments there are.
    #[error("the table of departments")]
    Departments,
    /// Which rights are of the office's own making.
    #[error("the table of profiles")]
    Profiles,
    /// Who belongs together.
    #[error("the table of groups")]
    Groups,
    /// Which codes let calls out.
    #[error("the table of authorization codes")]
    Authorizations,
    /// Whom calls are charged to.
    #[error("the table of account codes")]
    Accounts,
    /// A person, by name.
    #[error("{0}")]
    Person(String),
}

/// Why the daemon is not well: somebody must act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unwell {
    /// The engine does not answer: no call is connected or ended.
    #[error("the engine has not answered for {seconds} s")]
    Stuck {
        /// For how long.
        seconds: u64,
    },
    /// The store cannot write: calls go on, and are not recorded.
    #[error("the store cannot write: see whether the disk is full")]
    StoreFails,
}

impl From<StoreError> for Why {
    fn from(error: StoreError) -> Why {
        Why::Store(Arc::new(error))
    }
}
