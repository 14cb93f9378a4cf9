//! How `vv` says that something did not work: what happened, what is safe, what to do; and the exit code scripts read.

use std::{io, io::Write as _, process::ExitCode};

use serde_json::json;
use vv_api::error::{ApiError, ErrorCode};

use crate::output::Output;

/// Says why a command ended without doing what was asked.
#[derive(Debug)]
pub enum Failure {
    /// The surface refused.
    Refused(ApiError),
    /// The words of the command contradict each other or say too little.
    Usage(String),
    /// Nobody reads what is written any more, such as `head` after its last line.
    NobodyReads,
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Refused(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::Refused(ApiError::new(
                ErrorCode::Internal,
                "The output could not be written. The notebook is whole.",
            )),
        }
    }
}

impl Failure {
    /// Tells the person or the script, and gives the exit code.
    pub fn tell(&self, output: &Output) -> ExitCode {
        match self {
            Self::Refused(error) => {
                say(output.is_json(), name_of(error.code), &error.message);
                ExitCode::from(exit_code(error.code))
            }
            Self::Usage(message) => {
                say(output.is_json(), "usage", message);
                ExitCode::from(2)
            }
            Self::NobodyReads => ExitCode::SUCCESS,
        }
    }
}

/// Tells what is wrong with the words of the command; help and version are no failure.
pub fn wrong_usage(error: &clap::Error) -> ExitCode {
    let wants_json = std::env::args_os().any(|word| word == "--json");
    if wants_json && error.use_stderr() {
        let text = error.render().to_string();
        let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        say(true, "usage", &first);
    } else {
        let _ = error.print();
    }
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

/// Gives the exit code that scripts know for an error.
fn exit_code(code: ErrorCode) -> u8 {
    match code {
        ErrorCode::Locked
        | ErrorCode::WrongKey
        | ErrorCode::KeyringNoEntry
        | ErrorCode::KeyringUnreachable
        | ErrorCode::KeyringLocked => 3,
        ErrorCode::Damaged => 5,
        ErrorCode::NoNotebook
        | ErrorCode::NotebookExists
        | ErrorCode::KitInvalid
        | ErrorCode::NewerVersion
        | ErrorCode::InUse
        | ErrorCode::DiskFull
        | ErrorCode::ReadOnly
        | ErrorCode::NotFound
        | ErrorCode::Invalid
        | ErrorCode::TooLarge
        | ErrorCode::UnreadableFile
        | ErrorCode::FileExists
        | ErrorCode::Cancelled
        | ErrorCode::Conflict
        | ErrorCode::NoMicrophone
        | ErrorCode::MicrophoneRefused
        | ErrorCode::MicrophoneGone
        | ErrorCode::Offline
        | ErrorCode::Expired
        | ErrorCode::NotAllowed
        | ErrorCode::Internal => 1,
    }
}

/// Gives the name of a code as it stands in JSON everywhere.
fn name_of(code: ErrorCode) -> String {
    serde_json::to_value(code).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn say(as_json: bool, code: impl Into<String>, message: &str) {
    let text = if as_json {
        json!({ "error": { "code": code.into(), "message": message } }).to_string()
    } else {
        format!("vv: {message}")
    };
    // When nobody reads stderr there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{text}");
}
