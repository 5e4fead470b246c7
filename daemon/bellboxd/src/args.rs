//! The command line, read into what is wanted.

use std::ffi::OsString;
use std::path::PathBuf;

use config::ExtensionNumber;
use jiff::civil::{Date, DateTime};
use lexopt::prelude::*;
use pbx::input::CallId;
use pbx::what_if::Question;
use thiserror::Error;

use crate::help;

/// What is wanted.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    Help(&'static str),
    Version,
    Serve(Flags),
    Import { data: PathBuf, file: PathBuf },
    Export { data: PathBuf, as_of: Option<DateTime> },
    History { data: PathBuf, json: bool, until: Option<DateTime> },
    Check { file: PathBuf },
    Status { data: PathBuf, json: bool },
    Calls { data: PathBuf, json: bool },
    Call { data: PathBuf, json: bool, id: CallId },
    Messages { data: PathBuf, json: bool, mailbox: Option<String> },
    Ladder { data: PathBuf, json: bool, id: CallId },
    TestTrunk { data: PathBuf, trunk: String, number: Option<String> },
    HangUp { data: PathBuf, id: CallId },
    WhatIf { data: PathBuf, json: bool, question: Question, as_of: Option<DateTime> },
    ResetAdmin { data: PathBuf },
}

/// The options of `serve`, as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    pub data: PathBuf,
    pub sip: Vec<String>,
    pub sip_tls: Vec<String>,
    pub dns: Vec<String>,
    pub http: Option<String>,
    pub https: Option<String>,
    pub ldap: Option<String>,
    pub rtp: Option<String>,
    pub log: Option<String>,
    pub demo: bool,
}

/// Why a command line was not understood.
#[derive(Debug, Error)]
pub enum ArgsError {
    #[error("there is no command '{0}'")]
    NoSuchCommand(String),
    #[error("{0}")]
    Option(#[from] lexopt::Error),
    #[error("{0} is missing")]
    Missing(&'static str),
    #[error("'{0}' is too much")]
    TooMany(String),
    #[error("'{0}' is no extension")]
    NoExtension(String),
    #[error("'{0}' is no date and time: write one as in 2026-12-24T17:30")]
    NoMoment(String),
    #[error("'{0}' is no number of a call: write one as 'bellboxd calls' shows it")]
    NoCall(String),
}

/// Reads a command line, the program's name included.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, ArgsError> {
    let mut parser = lexopt::Parser::from_iter(args);
    let command = match parser.next()? {
        None | Some(Short('h') | Long("help")) => return Ok(Command::Help(help::OVERVIEW)),
        Some(Short('V') | Long("version")) => return Ok(Command::Version),
        Some(Value(command)) => command.to_string_lossy().into_owned(),
        Some(other) => return Err(other.unexpected().into()),
    };
    let Some((help, options)) = options_of(&command) else { return Err(ArgsError::NoSuchCommand(command)) };
    let Some(read) = Words::read(&mut parser, options)? else { return Ok(Command::Help(help)) };
    read.into_command(&command)
}

/// A command's help, and the options it knows.
fn options_of(command: &str) -> Option<(&'static str, &'static [&'static str])> {
    Some(match command {
        "help" => (help::OVERVIEW, &[]),
        "serve" => (help::SERVE, &["data", "sip", "sip-tls", "dns", "http", "https", "ldap", "rtp", "log", "demo"]),
        "import" => (help::IMPORT, &["data"]),
        "export" => (help::EXPORT, &["data", "as-of"]),
        "history" => (help::HISTORY, &["data", "json", "as-of"]),
        "check" => (help::CHECK, &[]),
        "status" => (help::STATUS, &["data", "json"]),
        "calls" => (help::CALLS, &["data", "json"]),
        "ladder" => (help::LADDER, &["data", "json"]),
        "messages" => (help::MESSAGES, &["data", "json"]),
        "test-trunk" => (help::TEST_TRUNK, &["data"]),
        "hang-up" => (help::HANG_UP, &["data"]),
        "reset-admin" => (help::RESET_ADMIN, &["data"]),
        "what-if" => (help::WHAT_IF, &["data", "json", "as-of", "at", "trunk", "offline", "busy", "dnd", "down"]),
        _ => return None,
    })
}

/// The words after the command, sorted.
#[derive(Default)]
struct Words {
    data: Option<PathBuf>,
    json: bool,
    flags: Flags,
    question: Question,
    as_of: Option<DateTime>,
    rest: std::collections::VecDeque<OsString>,
}

impl Words {
    /// `None` where help is wanted.
    fn read(parser: &mut lexopt::Parser, known: &[&str]) -> Result<Option<Words>, ArgsError> {
        let mut words = Words::default();
        while let Some(arg) = parser.next()? {
            let option = match &arg {
                Long(name) => known.iter().copied().find(|known| known == name),
                _ => None,
            };
            match (arg, option) {
                (Short('h') | Long("help"), _) => return Ok(None),
                (Value(value), _) => words.rest.push_back(value),
                (_, Some(name)) => match name {
                    "data" => words.data = Some(parser.value()?.into()),
                    "json" => words.json = true,
                    "as-of" => words.as_of = Some(past(parser.value()?.string()?)?),
                    "demo" => words.flags.demo = true,
                    "sip" => words.flags.sip.push(parser.value()?.string()?),
                    "sip-tls" => words.flags.sip_tls.push(parser.value()?.string()?),
                    "dns" => words.flags.dns.push(parser.value()?.string()?),
                    "http" => words.flags.http = Some(parser.value()?.string()?),
                    "https" => words.flags.https = Some(parser.value()?.string()?),
                    "ldap" => words.flags.ldap = Some(parser.value()?.string()?),
                    "rtp" => words.flags.rtp = Some(parser.value()?.string()?),
                    "log" => words.flags.log = Some(parser.value()?.string()?),
                    assumed => words.assume(assumed, parser.value()?.string()?)?,
                },
                (other, None) => return Err(other.unexpected().into()),
            }
        }
        Ok(Some(words))
    }

    /// One of the options of a question; those that name several may be repeated.
    fn assume(&mut self, option: &str, value: String) -> Result<(), ArgsError> {
        let question = &mut self.question;
        match option {
            "at" => question.at = Some(value.parse().map_err(|_| ArgsError::NoMoment(value))?),
            "trunk" => question.trunk = Some(value),
            "offline" => question.offline.push(value),
            "busy" => question.busy.push(value),
            "dnd" => question.dnd.push(value),
            _ => question.down.push(value),
        }
        Ok(())
    }

    fn into_command(mut self, command: &str) -> Result<Command, ArgsError> {
        let json = self.json;
        let command = match command {
            "help" => Command::Help(help::OVERVIEW),
            "serve" => Command::Serve(Flags { data: self.data()?, ..std::mem::take(&mut self.flags) }),
            "import" => Command::Import { data: self.data()?, file: self.file()? },
            "export" => Command::Export { data: self.data()?, as_of: self.as_of },
            "history" => Command::History { data: self.data()?, json, until: self.as_of },
            "check" => Command::Check { file: self.file()? },
            "status" => Command::Status { data: self.data()?, json },
            "messages" => Command::Messages { data: self.data()?, json, mailbox: self.mailbox()? },
            "reset-admin" => Command::ResetAdmin { data: self.data()? },
            "ladder" => Command::Ladder { data: self.data()?, json, id: self.one_call()? },
            "test-trunk" => {
                let data = self.data()?;
                let trunk = self.word().ok_or(ArgsError::Missing("the trunk"))?;
                Command::TestTrunk { data, trunk, number: self.word() }
            }
            "what-if" => {
                let data = self.data()?;
                let from = self.word().ok_or(ArgsError::Missing("who calls"))?;
                let to = self.word().ok_or(ArgsError::Missing("what is dialled"))?;
                let question = Question { from, to, ..std::mem::take(&mut self.question) };
                Command::WhatIf { data, json, question, as_of: self.as_of }
            }
            "hang-up" => Command::HangUp { data: self.data()?, id: self.one_call()? },
            _ => {
                let data = self.data()?;
                match self.call()? {
                    Some(id) => Command::Call { data, json, id },
                    None => Command::Calls { data, json },
                }
            }
        };
        match self.rest.pop_front() {
            Some(word) => Err(ArgsError::TooMany(word.to_string_lossy().into_owned())),
            None => Ok(command),
        }
    }

    fn data(&mut self) -> Result<PathBuf, ArgsError> {
        let data = self.data.take().or_else(|| self.rest.pop_front().map(PathBuf::from));
        data.ok_or(ArgsError::Missing("the office's folder (--data DIR)"))
    }

    fn file(&mut self) -> Result<PathBuf, ArgsError> {
        self.rest.pop_front().map(PathBuf::from).ok_or(ArgsError::Missing("the office file"))
    }

    fn mailbox(&mut self) -> Result<Option<String>, ArgsError> {
        let Some(word) = self.rest.pop_front() else { return Ok(None) };
        let extension = word.to_str().filter(|word| word.parse::<ExtensionNumber>().is_ok());
        extension
            .map(|extension| Some(extension.to_owned()))
            .ok_or_else(|| ArgsError::NoExtension(word.to_string_lossy().into_owned()))
    }

    fn word(&mut self) -> Option<String> {
        self.rest.pop_front().map(|word| word.to_string_lossy().into_owned())
    }

    fn one_call(&mut self) -> Result<CallId, ArgsError> {
        self.call()?.ok_or(ArgsError::Missing("the call"))
    }

    fn call(&mut self) -> Result<Option<CallId>, ArgsError> {
        let Some(word) = self.rest.pop_front() else { return Ok(None) };
        let number = word.to_str().and_then(|word| word.parse().ok());
        number.map(|id| Some(CallId(id))).ok_or_else(|| ArgsError::NoCall(word.to_string_lossy().into_owned()))
    }
}

/// A moment of the past; a date alone is its last one.
fn past(text: String) -> Result<DateTime, ArgsError> {
    let date = text.parse::<Date>().ok().filter(|date| date.to_string() == text);
    let moment = date.map(|date| date.at(23, 59, 59, 999_999_999)).or_else(|| text.parse().ok());
    moment.ok_or(ArgsError::NoMoment(text))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        let args = std::iter::once("bellboxd").chain(line.split_whitespace()).map(OsString::from);
        parse(args).map_err(|e| e.to_string())
    }

    #[test]
    fn the_folder_may_stand_alone_or_behind_data() {
        let data = PathBuf::from("/o");
        for (line, expected) in [
            ("import /o f.toml", Command::Import { data: data.clone(), file: "f.toml".into() }),
            ("import --data /o f.toml", Command::Import { data: data.clone(), file: "f.toml".into() }),
            ("import f.toml --data=/o", Command::Import { data: data.clone(), file: "f.toml".into() }),
            ("export /o", Command::Export { data: data.clone(), as_of: None }),
            (
                "export /o --as-of 2026-12-24",
                Command::Export { data: data.clone(), as_of: Some(date(2026, 12, 24).at(23, 59, 59, 999_999_999)) },
            ),
            (
                "history /o --as-of 2026-12-24T17:30 --json",
                Command::History { data: data.clone(), json: true, until: Some(date(2026, 12, 24).at(17, 30, 0, 0)) },
            ),
            ("status --json /o", Command::Status { data: data.clone(), json: true }),
            ("calls /o", Command::Calls { data: data.clone(), json: false }),
            ("calls /o 17", Command::Call { data: data.clone(), json: false, id: CallId(17) }),
            ("ladder /o 17", Command::Ladder { data: data.clone(), json: false, id: CallId(17) }),
            ("messages /o", Command::Messages { data: data.clone(), json: false, mailbox: None }),
            ("messages /o 17", Command::Messages { data: data.clone(), json: false, mailbox: Some("17".into()) }),
            ("reset-admin /o", Command::ResetAdmin { data: data.clone() }),
            ("hang-up --data /o 17", Command::HangUp { data: data.clone(), id: CallId(17) }),
            (
                "test-trunk /o line 030123",
                Command::TestTrunk { data: data.clone(), trunk: "line".into(), number: Some("030123".into()) },
            ),
            (
                "what-if /o 101 102 --at 2026-12-24T17:30 --offline 102 --offline 103 --down line --json",
                Command::WhatIf {
                    data: data.clone(),
                    json: true,
                    question: Question {
                        from: "101".to_owned(),
                        to: "102".to_owned(),
                        at: Some(date(2026, 12, 24).at(17, 30, 0, 0)),
                        offline: vec!["102".to_owned(), "103".to_owned()],
                        down: vec!["line".to_owned()],
                        ..Question::default()
                    },
                    as_of: None,
                },
            ),
            ("check -", Command::Check { file: "-".into() }),
            ("serve -h", Command::Help(help::SERVE)),
            ("", Command::Help(help::OVERVIEW)),
        ] {
            assert_eq!(read(line), Ok(expected), "{line}");
        }
    }

    #[test]
    fn options_of_serve_are_kept_as_written() {
        let flags = Flags {
            data: "/o".into(),
            sip: vec!["1.2.3.4:5060".into(), "[::1]:5062".into()],
            sip_tls: vec!["1.2.3.4:5061".into()],
            dns: vec!["1.2.3.5:53".into()],
            http: Some("off".into()),
            https: Some("1.2.3.4:8443".into()),
            ldap: Some("1.2.3.4:389".into()),
            rtp: None,
            log: Some("debug".into()),
            demo: true,
        };
        let line = "serve --sip 1.2.3.4:5060 --sip=[::1]:5062 --sip-tls 1.2.3.4:5061 --dns 1.2.3.5:53 --http off --https 1.2.3.4:8443 --ldap 1.2.3.4:389 --log debug \
                    --demo --data /o";
        assert_eq!(read(line), Ok(Command::Serve(flags)));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, expected) in [
            ("sing", "there is no command 'sing'"),
            ("import /o", "the office file is missing"),
            ("export", "the office's folder (--data DIR) is missing"),
            ("export /o x", "'x' is too much"),
            ("calls /o x", "'x' is no number of a call: write one as 'bellboxd calls' shows it"),
            ("messages /o x", "'x' is no extension"),
            ("ladder /o", "the call is missing"),
            ("test-trunk /o", "the trunk is missing"),
            ("hang-up /o", "the call is missing"),
            ("what-if /o 101", "what is dialled is missing"),
            ("what-if /o 101 102 --at noon", "'noon' is no date and time: write one as in 2026-12-24T17:30"),
            ("export /o --as-of yesterday", "'yesterday' is no date and time: write one as in 2026-12-24T17:30"),
            ("export --json /o", "invalid option '--json'"),
            ("serve --data", "missing argument for option '--data'"),
        ] {
            assert_eq!(read(line), Err(expected.to_owned()), "{line}");
        }
    }
}
