//! `cargo xtask bench`: speed and memory, each against the control named beside it.

use crate::process::{cargo, step};
use crate::{interface, setup};

/// Builds the release programs and measures; words choose which measures run.
pub fn bench(words: &[String]) -> Result<(), String> {
    setup::for_tests()?;
    interface::build()?;
    step(
        "release app",
        cargo().args([
            "build",
            "--release",
            "-p",
            "vice-versa",
            "-p",
            "vv-cli",
            "--features",
            "vice-versa/custom-protocol,vice-versa/automation",
        ]),
    )?;
    step("measures", cargo().args(["run", "--release", "--quiet", "-p", "vv-benches", "--"]).args(words))
}
