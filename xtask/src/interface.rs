//! The interface in `ui/`: its packages, its build, its checks, and the TypeScript generated for it.

use std::fs;

use crate::process::{cargo, npm, root, step, target};

/// Installs exactly the packages of the lock file, when they are not there yet or the lock file has changed.
pub fn install() -> Result<(), String> {
    let lock = fs::read(root().join("ui/package-lock.json"))
        .map_err(|problem| format!("ui/package-lock.json: {problem}"))?;
    let stamp = root().join("ui/node_modules/.installed-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("interface packages", npm().args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, lock).map_err(|problem| format!("{}: {problem}", stamp.display()))
}

/// Builds the screens into `ui/dist`.
pub fn build() -> Result<(), String> {
    step("interface", npm().args(["run", "--silent", "build"]))
}

/// Checks the types and runs the unit tests of the screens.
pub fn check() -> Result<(), String> {
    step("interface types", npm().args(["run", "--silent", "check"]))?;
    step("interface tests", npm().args(["run", "--silent", "test"]))
}

/// Writes `ui/src/ipc/generated` anew from the types of the command surface.
pub fn write_types() -> Result<(), String> {
    fs::create_dir_all(target()).map_err(|problem| problem.to_string())?;
    step(
        "TypeScript of the command surface",
        cargo().args(["run", "--quiet", "-p", "vv-api", "--bin", "generate-types"]),
    )
}
