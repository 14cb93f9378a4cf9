//! `cargo xtask bench`: speed and memory, each against the control named beside it.

use std::process::Command;

use crate::process::{cargo, step, target};
use crate::{interface, setup};

/// The programs that are measured, and the one that measures. Built together, they share every crate built alike.
const PROGRAMS: [&str; 4] = ["vice-versa", "vv-empty-window", "vv-server", "vv-benches"];
const FEATURES: &str = "vice-versa/custom-protocol,vice-versa/automation,vv-empty-window/custom-protocol";

/// Builds the release programs and measures; words choose which measures run.
pub fn bench(words: &[String]) -> Result<(), String> {
    setup::for_tests()?;
    interface::build()?;
    let packages = PROGRAMS.iter().flat_map(|name| ["-p", name]);
    step(
        "release programs",
        cargo().args(["build", "--release"]).args(packages).args(["--features", FEATURES]),
    )?;
    let built = target().join("release");
    let mut measures = Command::new(built.join("vv-benches"));
    // The desktop of the tests knows the programs by these names.
    measures.env("VV_APP", built.join("vice-versa")).args(words);
    step("measures", &mut measures)
}
