//! The set-up: finds what is missing on this machine and installs it, or says what to install.
//!
//! On Debian and Ubuntu it installs packages itself, asking before it uses sudo. Elsewhere it only looks and names.

use std::fs;
use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

use crate::process::{answer, has_program, root, step, target};
use crate::{interface, packages};

/// Sets up what building and opening the app needs.
pub fn for_building() -> Result<(), String> {
    system(&[packages::BUILD])?;
    node()?;
    interface::install()
}

/// Sets up what opening the app without a display needs.
pub fn for_headless() -> Result<(), String> {
    system(&[packages::BUILD, packages::HEADLESS])?;
    node()?;
    interface::install()
}

/// Sets up what every test needs.
pub fn for_tests() -> Result<(), String> {
    system(&[packages::BUILD, packages::HEADLESS, packages::DRIVE, packages::DATABASE])?;
    node()?;
    interface::install()?;
    reader()
}

/// Makes a Python with the packages of the reader of exported spaces, in the folder that cargo builds into.
pub fn reader() -> Result<(), String> {
    let wanted = root().join("docs/reader/requirements.txt");
    let text = fs::read_to_string(&wanted).map_err(|problem| problem.to_string())?;
    let folder = target().join("reader");
    let made = folder.join("made-from.txt");
    if fs::read_to_string(&made).is_ok_and(|made| made == text) {
        return Ok(());
    }
    let python = if cfg!(windows) { "python" } else { "python3" };
    if answer(Command::new(python).args(["-c", "import ensurepip, venv"])).is_none() {
        system(&[packages::READER])?;
    }
    step("a Python for the reader", Command::new(python).args(["-m", "venv", "--clear"]).arg(&folder))?;
    let own = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    step(
        "the packages of the reader",
        Command::new(own)
            .args(["-m", "pip", "install", "--quiet", "--no-input", "--requirement"])
            .arg(&wanted),
    )?;
    fs::write(made, text).map_err(|problem| problem.to_string())
}

/// Finds missing system packages and installs them where that is possible.
fn system(groups: &[&[&str]]) -> Result<(), String> {
    if !cfg!(target_os = "linux") || !has_program("apt-get") {
        return look_only();
    }
    let missing: Vec<&str> =
        groups.iter().flat_map(|group| group.iter().copied()).filter(|name| !is_installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("These system packages are missing: {}", missing.join(" "));
    let root = answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    if !root && !may_use_sudo(&missing)? {
        return Err(format!(
            "nothing was installed. By hand: sudo apt-get install --no-install-recommends {}",
            missing.join(" ")
        ));
    }
    step("package lists", apt(root).arg("update").arg("-qq"))?;
    step(
        "system packages",
        apt(root)
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(&missing)
            .stdout(Stdio::null()),
    )
}

/// Says whether dpkg knows a package as installed.
fn is_installed(package: &str) -> bool {
    answer(Command::new("dpkg-query").args(["-W", "-f", "${db:Status-Status}", package]))
        .is_some_and(|status| status == "installed")
}

/// Asks the person whether sudo may be used; without a terminal nobody can be asked.
fn may_use_sudo(missing: &[&str]) -> Result<bool, String> {
    if !has_program("sudo") || !std::io::stdin().is_terminal() {
        return Err(format!(
            "these packages need an administrator: apt-get install --no-install-recommends {}",
            missing.join(" ")
        ));
    }
    print!("Install them now with sudo apt-get? [y/N] ");
    std::io::stdout().flush().map_err(|problem| problem.to_string())?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|problem| problem.to_string())?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

/// Gives an apt-get that never asks questions.
fn apt(root: bool) -> Command {
    let mut command = if root {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Looks for what can be looked for on other systems, and names what to install.
fn look_only() -> Result<(), String> {
    let linux_parts_missing = cfg!(target_os = "linux")
        && answer(Command::new("pkg-config").args([
            "--exists",
            "--print-errors",
            "webkit2gtk-4.1",
            "gtk+-3.0",
            "openssl",
        ]))
        .is_none();
    let compiler_missing =
        cfg!(target_os = "macos") && answer(Command::new("xcode-select").arg("-p")).is_none();
    let perl_missing = cfg!(windows) && !has_program("perl.exe");
    if linux_parts_missing || compiler_missing || perl_missing {
        return Err(format!("something is missing on this machine. {}", packages::advice()));
    }
    Ok(())
}

/// Checks that Node is there and new enough.
fn node() -> Result<(), String> {
    let Some(version) = answer(Command::new("node").arg("--version")) else {
        return Err(format!("Node is not on the path. {}", packages::advice()));
    };
    let mut parts = version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let (major, minor) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if (major, minor) < (20, 19) {
        return Err(format!("Node {version} is too old: 20.19 or newer is needed."));
    }
    Ok(())
}
