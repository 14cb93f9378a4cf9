//! `cargo xtask test`: everything that must hold, in the order in which it fails fastest; `soak`: the crash tests, long.
//!
//! Tests come last, so the last lines printed are the test runner's own; those through the real window are among them.

use std::process::Command;

use crate::process::{cargo, step};
use crate::{interface, setup};

/// Sets up and runs everything, or what can be had in a minute.
pub fn test(words: &[String]) -> Result<(), String> {
    match words {
        [] => everything(),
        [word] if word == "--fast" => fast(),
        [word, ..] => Err(format!("\"{word}\" is not known to `test`.")),
    }
}

fn everything() -> Result<(), String> {
    setup::for_tests()?;
    step("format", cargo().args(["fmt", "--all", "--", "--check"]))?;
    interface::check()?;
    interface::build()?;
    step("clippy", in_all("clippy").args(["--all-targets", "--", "-D", "warnings"]))?;
    step("programs", in_all("build").arg("--all-targets"))?;
    step("tests", in_all("test").arg("--no-fail-fast"))
}

fn fast() -> Result<(), String> {
    setup::for_building()?;
    step("format", cargo().args(["fmt", "--all", "--", "--check"]))?;
    interface::check()?;
    interface::build()?;
    step("tests", in_all("test").args(["--lib", "--bins", "--test", "house"]))
}

/// Gives a cargo command over the whole workspace: always the same packages and features, so that nothing is built twice.
fn in_all(command: &str) -> Command {
    let mut cargo = cargo();
    cargo.args([command, "--workspace", "--all-features"]);
    cargo
}

/// Kills the programs a thousand times at random moments, without a window and with one.
pub fn soak() -> Result<(), String> {
    setup::for_tests()?;
    interface::build()?;
    step("programs", in_all("build").arg("--all-targets"))?;
    let mut kills = in_all("test");
    kills.args(["--tests", "killed", "--", "--nocapture"]);
    step("a thousand kills", kills.env("VV_KILLS", "1000").env("VV_WINDOW_KILLS", "1000"))
}
