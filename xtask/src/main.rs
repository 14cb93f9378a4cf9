//! Every developer task, behind `cargo xtask`.
//!
//! `run` opens the app and `test` proves it; both do all the set-up they need and say what they do. The other tasks are pieces
//! of these two, or run by hand. Nothing here is part of the product. Start at `USAGE`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a developer's program talks to a terminal")]

mod bench;
mod display;
mod interface;
mod packages;
mod process;
mod run;
mod screens;
mod setup;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <task>

  run [--demo] [--release] [--headless] [-- ARGS]
             sets up what is missing, builds, and opens the app
             --demo      on a sample notebook under target/demo
             --release   the optimised build
             --headless  without a display: under Xvfb, saves a screenshot and ends
  test [--fast]
             sets up what is missing and runs everything; --fast leaves out the window and the slow properties
  screens    saves a screenshot of every screen to target/screens
  bench      measures speed and memory against their controls; see benches/RESULTS.md
  fuzz [MINUTES]
             damages foreign journals, records and messages in new ways and lets every reader read them; ten minutes when none
             are said
  soak       convergence and membership on many more histories, and the crash tests, a thousand kills long
  types      writes the TypeScript of the command surface anew
  setup      only the set-up of `test`
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (task, rest) = match arguments.split_first() {
        Some((task, rest)) => (task.as_str(), rest),
        None => ("", &[][..]),
    };
    let outcome = match task {
        "run" => run::run(rest),
        "test" => test::test(rest),
        "screens" => no_more(rest).and_then(|()| screens::screens()),
        "bench" => bench::bench(rest),
        "fuzz" => test::fuzz(rest),
        "soak" => no_more(rest).and_then(|()| test::soak()),
        "types" => no_more(rest).and_then(|()| interface::write_types()),
        "setup" => no_more(rest).and_then(|()| setup::for_tests()),
        "" | "help" | "--help" | "-h" => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        other => Err(format!("there is no task \"{other}\".\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Refuses words that a task does not know.
fn no_more(rest: &[String]) -> Result<(), String> {
    match rest.first() {
        None => Ok(()),
        Some(word) => Err(format!("\"{word}\" is not known here.\n\n{USAGE}")),
    }
}
