//! The telephone system of a small office: one daemon, and the commands that talk to it.
//!
//! It reads the command line and the settings, starts the threads and connects their queues. Nothing is decided here.

mod addresses;
mod args;
mod bindings;
mod cause;
mod clock;
mod commands;
mod daemon;
mod demo;
mod dns;
mod engine_thread;
mod help;
mod in_force;
mod inbox;
mod known_names;
mod live;
mod logging;
mod names;
mod nightly;
mod notify;
mod offline;
mod orders;
mod pins;
mod qr;
mod runtimes;
mod settings;
mod show;
mod site;
mod start_error;
mod stored;
mod vitals;
mod what_if;

use std::io::Write;
use std::process::ExitCode;

use args::Command;
use commands::Outcome;

/// The command line was not understood.
const USAGE: u8 = 64;

fn main() -> ExitCode {
    let command = match args::parse(std::env::args_os()) {
        Ok(command) => command,
        Err(e) => {
            complain(&format!("{e}\nTry 'bellboxd --help'."));
            return ExitCode::from(USAGE);
        }
    };
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(outcome) => {
            complain(&outcome.to_string());
            ExitCode::from(outcome.code())
        }
    }
}

fn run(command: Command) -> Result<(), Outcome> {
    match command {
        Command::Help(text) => commands::print(text),
        Command::Version => commands::print(concat!("bellboxd ", env!("CARGO_PKG_VERSION"), "\n")),
        Command::Serve(flags) => Ok(daemon::serve(&settings::read(flags)?)?),
        Command::Import { data, file } => commands::import(&data, &file),
        Command::Export { data, as_of } => commands::export(&data, as_of),
        Command::History { data, json, until } => commands::history(&data, json, until),
        Command::Check { file } => commands::check(&file),
        Command::Status { data, json } => commands::status(&data, json),
        Command::Calls { data, json } => commands::calls(&data, json),
        Command::Call { data, json, id } => commands::call(&data, json, id),
        Command::Messages { data, json, mailbox } => commands::messages(&data, json, mailbox.as_deref()),
        Command::ResetAdmin { data } => commands::reset_admin(&data),
        Command::Ladder { data, json, id } => commands::ladder(&data, json, id),
        Command::TestTrunk { data, trunk, number } => commands::test_trunk(&data, trunk, number),
        Command::WhatIf { data, json, question, as_of } => commands::what_if(&data, json, &question, as_of),
        Command::HangUp { data, id } => commands::hang_up(&data, id),
    }
}

/// Says why on the error output; there is nobody to tell when even that is closed.
fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "bellboxd: {text}");
}
