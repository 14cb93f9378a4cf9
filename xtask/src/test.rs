//! `cargo xtask test`: everything that must hold, in the order in which it fails fastest; `soak`: the crash tests, long.
//!
//! The last thing to run is the tests through the real window, so the last lines printed are the test runner's own.

use crate::process::{cargo, step};
use crate::{interface, setup};

/// Names the tests that open the real window; they run last, two at a time.
const THROUGH_THE_WINDOW: &str = "window";

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
    step(
        "clippy",
        cargo().args(["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]),
    )?;
    step("app and vv", cargo().args(["build", "-p", "vice-versa", "-p", "vv-cli", "--all-features"]))?;
    step("tests", cargo().args(["test", "--workspace", "--all-features", "--exclude", "vv-tests"]))?;
    step("stories", cargo().args(["test", "-p", "vv-tests", "--all-features", "--test", "stories"]))?;
    step(
        "tests through the window",
        cargo().args([
            "test",
            "-p",
            "vv-tests",
            "--all-features",
            "--test",
            THROUGH_THE_WINDOW,
            "--",
            "--test-threads=2",
        ]),
    )
}

fn fast() -> Result<(), String> {
    setup::for_building()?;
    step("format", cargo().args(["fmt", "--all", "--", "--check"]))?;
    interface::check()?;
    step(
        "tests",
        cargo().args([
            "test",
            "-p",
            "vv-crypto",
            "-p",
            "vv-protocol",
            "-p",
            "vv-core",
            "-p",
            "vv-api",
            "-p",
            "xtask",
            "--lib",
            "--tests",
        ]),
    )
}

/// Kills the programs a thousand times at random moments, without a window and with one.
pub fn soak() -> Result<(), String> {
    setup::for_tests()?;
    interface::build()?;
    step("app and vv", cargo().args(["build", "-p", "vice-versa", "-p", "vv-cli", "--all-features"]))?;
    let mut kills = cargo();
    kills.args(["test", "-p", "vv-tests", "--all-features", "--", "killed", "--nocapture"]);
    step("a thousand kills", kills.env("VV_KILLS", "1000"))
}
