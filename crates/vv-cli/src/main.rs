//! `vv`: the notebook in a terminal.
//!
//! It is the same surface as the window, for people who live in a terminal, for scripts and for tests. It knows words and
//! lines and nothing of keys or files: every command becomes calls of `vv-api`. Its forms are a promise that scripts depend on:
//! more may be added, nothing changes its meaning. Start at `arguments.rs`, which shows every form.

mod arguments;
mod backup;
#[cfg(feature = "demo")]
mod demo;
mod device;
mod entry;
mod failure;
mod guide;
mod helped;
mod init;
mod language;
mod loops;
mod output;
mod pairing;
mod person;
mod portability;
mod recovery;
mod search;
mod session;
mod space;
mod sync;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use failure::Failure;
use output::Output;
use session::Session;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return failure::wrong_usage(&error),
    };
    let mut output = Output::new(arguments.json);
    match run(arguments, &mut output) {
        Ok(done) => ExitCode::from(done as u8),
        Err(failure) => failure.tell(&output),
    }
}

/// Says how a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Done {
    /// Everything was done.
    Wholly = 0,
    /// A part was done; the report says which.
    Partly = 4,
    /// The notebook was looked at and is damaged.
    Damaged = 5,
}

fn run(arguments: Arguments, output: &mut Output) -> Result<Done, Failure> {
    let session = Session::begin(arguments.home.as_deref(), arguments.passphrase_file)?;
    match arguments.command {
        Command::Init { name, keyring } => init::run(&session, output, name, keyring),
        Command::Entry(command) => entry::run(&session, output, command),
        Command::Loop(command) => loops::run(&session, output, command),
        Command::Person(command) => person::run(&session, output, command),
        Command::Helped(command) => helped::run(&session, output, command),
        Command::Today => loops::today(&session, output),
        Command::Search { query, limit, best } => search::run(&session, output, query, limit, best),
        Command::Import { path, format, dry_run, journal_passphrase_file } => {
            let wanted =
                portability::Wanted { path, format, dry_run, passphrase_file: journal_passphrase_file };
            portability::import(&session, output, &wanted)
        }
        Command::Export(wanted) => portability::export(&session, output, wanted),
        Command::Backup { file } => backup::make(&session, output, &file),
        Command::Restore { file, join: false } => backup::restore(&session, output, &file),
        Command::Restore { file, join: true } => backup::join(&session, output, &file),
        Command::Verify => backup::verify(&session, output),
        Command::Guide(command) => guide::run(&session, output, command),
        Command::Recovery(command) => recovery::run(&session, output, command),
        Command::Device(command) => device::run(&session, output, command),
        Command::Space(command) => space::run(&session, output, command),
        Command::Pairing(command) => pairing::run(&session, output, command),
        Command::Session(command) => pairing::run_sessions(&session, output, command),
        Command::Promise(command) => pairing::run_promises(&session, output, command),
        Command::Invite { space, file } => space::invite(&session, output, space, file),
        Command::Join { what } => space::join(&session, output, &what),
        Command::Approve { request } => space::approve(&session, output, &request),
        Command::Sync(wanted) => sync::run(&session, output, wanted),
        Command::Doctor => backup::doctor(&session, output),
        #[cfg(feature = "demo")]
        Command::Demo => demo::run(&session, output),
    }
}
