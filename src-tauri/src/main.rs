//! The desktop shell of Vice Versa: windows, menu, tray, keys, notices, and thin commands over `vv-api`.
//!
//! It decides nothing about journals; what it shows comes from `ui/`, what it knows from `vv-api`. Start at `run`, which puts
//! the parts together; `commands` is what the window may call, `windows` what there is to see.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program may speak where it was started")]

mod address;
mod commands;
mod environment;
mod events;
mod flushing;
mod hotkey;
mod leaving;
mod links;
mod locking;
mod menu;
mod notices;
mod pickers;
mod preferences;
mod remembered;
mod run;
mod scheme;
mod settling;
mod shell;
mod spelling;
mod start;
mod suspend;
mod tray;
mod windows;
mod words;
mod zoom;

use std::process::ExitCode;

use start::Text;

fn main() -> ExitCode {
    if let Err(failure) = environment::put_right() {
        eprintln!("vice-versa could not start again with a clean environment: {failure}");
        return ExitCode::FAILURE;
    }
    let start = match start::read(std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()))
    {
        Ok(start) => start,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::from(2);
        }
    };
    match start.text {
        Some(Text::Help) => print!("{}", start::HELP),
        Some(Text::Version) => println!("vice-versa {}", env!("CARGO_PKG_VERSION")),
        None => return run::run(start),
    }
    ExitCode::SUCCESS
}
