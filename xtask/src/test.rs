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
    setup::reader()?;
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

/// How many times more histories the property tests are tried on.
const HISTORIES: &str = "50";

/// Tries the properties on many more histories, and kills the programs a thousand times at random moments: without a window and with one,
/// while they sync, and servers beside each other.
pub fn soak() -> Result<(), String> {
    setup::for_tests()?;
    interface::build()?;
    step("programs", in_all("build").arg("--all-targets"))?;
    let mut properties = in_all("test");
    properties.args(["--lib", "--"]).args(PROPERTIES);
    step("convergence and membership, fifty times over", properties.env("VV_SOAK", HISTORIES))?;
    let mut kills = in_all("test");
    kills.args(["--tests", "killed", "--", "--nocapture"]);
    kills.env("VV_KILLS", "1000").env("VV_WINDOW_KILLS", "1000");
    step("a thousand kills", kills.env("VV_SYNC_KILLS", "1000").env("VV_SERVER_KILLS", "200"))?;
    let mut replicas = in_all("test");
    replicas.args(["--test", "replicas", "--", "--nocapture"]);
    step("replicas of the server in misfortune", replicas.env("VV_REPLICA_ROUNDS", "50"))
}

/// The modules whose properties are tried on more histories.
const PROPERTIES: [&str; 5] = [
    "sync::tests::convergence",
    "store::tests::convergence",
    "identity::resolve",
    "spaces::membership",
    "spaces::epochs",
];

/// How many readers are fuzzed, one after the other on each core.
const READERS: u64 = 34;

/// Damages foreign journals and everything that comes from another device, a server or a folder in ways that no run before has, and
/// lets every reader read it. What fails names the seed and the round that make it again.
pub fn fuzz(rest: &[String]) -> Result<(), String> {
    let minutes: u64 = match rest {
        [] => 10,
        [minutes] => minutes.parse().map_err(|_| format!("\"{minutes}\" is no number of minutes."))?,
        [_, word, ..] => return Err(format!("\"{word}\" is not known to `fuzz`.")),
    };
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let seconds = (minutes * 60 * cores / READERS).max(1);
    let seed = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_err(|_| "the clock of this computer stands before 1970".to_owned())?
        .as_nanos() as u64;
    println!("seed {seed}");
    let mut tests = in_all("test");
    tests.args(["--lib", "--", "fuzz::"]);
    step("fuzz", tests.env("VV_FUZZ_SECONDS", seconds.to_string()).env("VV_FUZZ_SEED", seed.to_string()))
}
