//! The commands that talk to an office, through its daemon where one runs, else through its store.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use nix::unistd::{Uid, User};
use pbx::input::CallId;
use pbx::tested::Wanted;
use pbx::what_if::Question;
use serde::Serialize;
use store::{OpenError, Store};
use thiserror::Error;
use web::client::Client;
use web::desk::{Desk, OFFICE_FILE_MAX, Refusal};

use crate::cause::with_cause;
use crate::offline::Offline;
use crate::settings::SettingsError;
use crate::start_error::StartError;
use crate::{qr, show, stored, what_if};

/// How many calls a list shows: some screens.
const CALLS_SHOWN: usize = 100;

/// The same for revisions.
const REVISIONS_SHOWN: usize = 100;

/// The same for messages.
const MESSAGES_SHOWN: usize = 100;

/// Why a command was not carried out.
#[derive(Debug, Error)]
pub enum Outcome {
    #[error("{0}")]
    Start(#[from] StartError),
    #[error("{0}")]
    Settings(#[from] SettingsError),
    #[error("{} is no office's folder: make one with 'bellboxd serve --data DIR' or an import", .0.display())]
    NoOffice(PathBuf),
    #[error("bellboxd does not run on {}: start it with 'bellboxd serve --data DIR'", .0.display())]
    NotRunning(PathBuf),
    #[error("the office file was not taken:\n  {}", .0.join("\n  "))]
    BadFile(Vec<String>),
    #[error("{} problem(s):\n  {}", .0.len(), .0.join("\n  "))]
    Problems(Vec<String>),
    #[error("{0}")]
    Refused(Refusal),
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{} is not an office file: it is longer than 4 MiB", .0.display())]
    TooLong(PathBuf),
    #[error("the daemon of {} does not let us in: run this as its user or as root", .0.display())]
    LockedOut(PathBuf),
    #[error("{}", with_cause(.0))]
    Store(#[from] OpenError),
    #[error("the answer could not be printed: {0}")]
    Print(io::Error),
}

impl Outcome {
    /// The exit code: 2 where a daemon did not start, 1 for all else.
    pub fn code(&self) -> u8 {
        match self {
            Outcome::Start(_) | Outcome::Settings(_) => 2,
            _ => 1,
        }
    }
}

pub fn import(data: &Path, file: &Path) -> Result<(), Outcome> {
    let text = read(file)?;
    let desk = desk(data, true)?;
    let imported = desk.import(&text, &author()).map_err(|refusal| explain(refusal, data))?;
    print(&show::imported(&imported))?;
    if !imported.problems.is_empty() {
        let _ = writeln!(io::stderr(), "bellboxd: but {} problem(s):", imported.problems.len());
        for problem in &imported.problems {
            let _ = writeln!(io::stderr(), "  {problem}");
        }
    }
    Ok(())
}

pub fn export(data: &Path, as_of: Option<DateTime>) -> Result<(), Outcome> {
    let desk = desk(data, false)?;
    let text = as_of
        .map_or_else(|| desk.export(), |local| desk.export_as_of(local))
        .map_err(|refusal| explain(refusal, data))?;
    print(&text)
}

pub fn history(data: &Path, json: bool, until: Option<DateTime>) -> Result<(), Outcome> {
    let lines = desk(data, false)?.history(until, REVISIONS_SHOWN).map_err(|refusal| explain(refusal, data))?;
    if json { print_json(&lines) } else { print(&show::history(&lines)) }
}

pub fn check(file: &Path) -> Result<(), Outcome> {
    let checked = stored::check(&read(file)?).map_err(|refusal| explain(refusal, file))?;
    if checked.problems.is_empty() {
        print("The office file is good.\n")
    } else {
        Err(Outcome::Problems(checked.problems))
    }
}

pub fn status(data: &Path, json: bool) -> Result<(), Outcome> {
    let status = desk(data, false)?.status().map_err(|refusal| explain(refusal, data))?;
    if json { print_json(&status) } else { print(&show::status(&status)) }
}

pub fn calls(data: &Path, json: bool) -> Result<(), Outcome> {
    let calls = desk(data, false)?.calls(CALLS_SHOWN).map_err(|refusal| explain(refusal, data))?;
    if json { print_json(&calls) } else { print(&show::calls(&calls)) }
}

pub fn call(data: &Path, json: bool, id: CallId) -> Result<(), Outcome> {
    let events = desk(data, false)?.call(id).map_err(|refusal| explain(refusal, data))?;
    if json { print_json(&events) } else { print(&show::story(id, &events)) }
}

pub fn ladder(data: &Path, json: bool, id: CallId) -> Result<(), Outcome> {
    let ladder = desk(data, false)?.ladder(id).map_err(|refusal| explain(refusal, data))?;
    if json { print_json(&*ladder) } else { print(&show::ladder(&ladder)) }
}

pub fn messages(data: &Path, json: bool, mailbox: Option<&str>) -> Result<(), Outcome> {
    let messages = desk(data, false)?.messages(mailbox, MESSAGES_SHOWN).map_err(|refusal| explain(refusal, data))?;
    if json { print_json(&messages) } else { print(&show::messages(&messages)) }
}

pub fn hang_up(data: &Path, id: CallId) -> Result<(), Outcome> {
    desk(data, false)?.hang_up(id).map_err(|refusal| explain(refusal, data))?;
    print(&format!("Call {} is ended.\n", id.0))
}

pub fn test_trunk(data: &Path, trunk: String, number: Option<String>) -> Result<(), Outcome> {
    let wanted = Wanted { trunk, number, extension: None, by: author() };
    let call = desk(data, false)?.test_trunk(wanted).map_err(|refusal| explain(refusal, data))?;
    let (data, call) = (data.display(), call.0);
    print(&format!("Call {call} is on its way. What came of it: bellboxd calls {data} {call}\n"))
}

pub fn what_if(data: &Path, json: bool, question: &Question, as_of: Option<DateTime>) -> Result<(), Outcome> {
    let desk = desk(data, false)?;
    let answer = match as_of {
        None => desk.what_if(question),
        Some(local) => {
            // Asked of an office of then, a call is one of then unless it is said when.
            let question = Question { at: question.at.or(Some(local)), ..question.clone() };
            let office = desk.export_as_of(local);
            office.and_then(|office| stored::what_if_by(&office, &question, Timestamp::now()))
        }
    };
    let answer = answer.map_err(|refusal| explain(refusal, data))?;
    if json { print_json(&answer) } else { print(&what_if::shown(question, &answer)) }
}

pub fn reset_admin(data: &Path) -> Result<(), Outcome> {
    let key = desk(data, false)?.reset_admin().map_err(|refusal| explain(refusal, data))?;
    let Some(address) = key.address else {
        let text = format!(
            "bellboxd does not run. From its next start on, for an hour, this works once, after the address of its page:\n\n  {}\n",
            key.page
        );
        return print(&text);
    };
    let link = format!("{address}{}", key.page);
    let below = qr::below(&link);
    print(&format!(
        "Open this address in a browser. It works once, within an hour and until bellboxd stops:\n\n  {link}\n{below}"
    ))
}

/// Writes an answer; a reader that closed the pipe has seen enough.
pub fn print(text: &str) -> Result<(), Outcome> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Outcome::Print(e)),
        _ => Ok(()),
    }
}

fn print_json<T: Serialize>(value: &T) -> Result<(), Outcome> {
    let mut text = serde_json::to_string_pretty(value).expect("answers are plain data");
    text.push('\n');
    print(&text)
}

/// The daemon of this folder, or its store. Only an import may make a new office.
fn desk(data: &Path, may_make: bool) -> Result<Box<dyn Desk>, Outcome> {
    match Client::find(data) {
        Ok(Some(client)) => return Ok(Box::new(client)),
        Ok(None) => {}
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => return Err(Outcome::LockedOut(data.to_owned())),
        Err(source) => return Err(Outcome::Unreadable { path: data.to_owned(), source }),
    }
    if !may_make && !data.join(DATABASE).exists() {
        return Err(Outcome::NoOffice(data.to_owned()));
    }
    Ok(Box::new(Offline(Store::open(data)?.store)))
}

/// By this file a folder is known as an office's.
const DATABASE: &str = "bellbox.db";

fn explain(refusal: Refusal, data: &Path) -> Outcome {
    match refusal {
        Refusal::BadFile { problems } => Outcome::BadFile(problems),
        Refusal::NotRunning => Outcome::NotRunning(data.to_owned()),
        other => Outcome::Refused(other),
    }
}

fn read(path: &Path) -> Result<String, Outcome> {
    let unreadable = |source| Outcome::Unreadable { path: path.to_owned(), source };
    let cap = u64::try_from(OFFICE_FILE_MAX).unwrap_or(u64::MAX) + 1;
    let mut text = String::new();
    let read = if path == Path::new("-") {
        io::stdin().take(cap).read_to_string(&mut text)
    } else {
        File::open(path).map_err(unreadable)?.take(cap).read_to_string(&mut text)
    };
    read.map_err(unreadable)?;
    if text.len() > OFFICE_FILE_MAX { Err(Outcome::TooLong(path.to_owned())) } else { Ok(text) }
}

/// Who is named in the revision.
fn author() -> String {
    let uid = Uid::current();
    match User::from_uid(uid) {
        Ok(Some(user)) => user.name,
        Ok(None) | Err(_) => format!("user {uid}"),
    }
}
