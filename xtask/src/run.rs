//! `cargo xtask run`: from a fresh clone to the open app.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::display::{self, VirtualDisplay, private_session};
use crate::process::{cargo, quiet_step, root, step, target};
use crate::{interface, setup};

/// Holds what was asked for.
#[derive(Default)]
struct Wish {
    demo: bool,
    release: bool,
    headless: bool,
    arguments: Vec<String>,
}

/// Sets up, builds and opens the app.
pub fn run(words: &[String]) -> Result<(), String> {
    let wish = Wish::read(words)?;
    if wish.headless {
        setup::for_headless()?;
    } else if display::is_there() {
        setup::for_building()?;
    } else {
        return Err("there is no display here. `cargo xtask run --headless` opens the app under Xvfb and saves a screenshot.".to_owned());
    }
    interface::build()?;
    let built = build(&wish)?;
    if wish.headless { open_headless(&wish, &built) } else { open(&wish, &built) }
}

impl Wish {
    fn read(words: &[String]) -> Result<Self, String> {
        let mut wish = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--demo" => wish.demo = true,
                "--release" => wish.release = true,
                "--headless" => wish.headless = true,
                "--" => wish.arguments.extend(words.by_ref().cloned()),
                other => return Err(format!("\"{other}\" is not known to `run`.")),
            }
        }
        Ok(wish)
    }

    /// Gives the profile folder of the sample notebook, or none for the person's own.
    fn profile(&self) -> Option<PathBuf> {
        self.demo.then(|| target().join("demo"))
    }
}

/// Builds the app and `vv`, and gives the folder they lie in.
fn build(wish: &Wish) -> Result<PathBuf, String> {
    let mut command = cargo();
    command.arg("build");
    if wish.release {
        command.args([
            "--release",
            "-p",
            "vice-versa",
            "-p",
            "vv-cli",
            "--features",
            "vice-versa/custom-protocol",
        ]);
        if wish.demo {
            command.args(["--features", "vv-cli/demo"]);
        }
    } else {
        // The same packages and features as the tests, so that nothing is built twice.
        command.args(["--workspace", "--all-features", "--bin", "vice-versa", "--bin", "vv"]);
    }
    step("app", &mut command)?;
    Ok(target().join(if wish.release { "release" } else { "debug" }))
}

fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn open(wish: &Wish, built: &Path) -> Result<(), String> {
    let mut app = Command::new(program(built, "vice-versa"));
    // A build that shares its parts with the tests could be driven from outside; opened for a person it never is.
    app.args(&wish.arguments).current_dir(root()).env_remove("TAURI_WEBVIEW_AUTOMATION");
    if let Some(profile) = wish.profile() {
        if !profile.join("notebook").exists() {
            step(
                "sample notebook",
                Command::new(program(built, "vv")).arg("--home").arg(&profile).arg("demo"),
            )?;
        }
        app.env("VV_HOME", profile);
    }
    step("Vice Versa", &mut app)
}

fn open_headless(wish: &Wish, built: &Path) -> Result<(), String> {
    let folder = target().join("headless");
    let profile = wish
        .profile()
        .map_or_else(|| folder.join("profile"), |profile| profile.with_file_name("demo-headless"));
    let picture = target().join("screens").join("run.png");
    let id = folder.join("app-id");
    let display = VirtualDisplay::start(1440, 900)?;
    let make_demo = if wish.demo { "test -d \"$VV_HOME/notebook\" || \"$VV\" demo; " } else { "" };
    let mut session = private_session(
        &folder,
        display.name(),
        &format!("{make_demo}\"$APP\" & echo $! > \"$APP_ID\"; wait $!"),
    )?;
    session
        .env("VV_HOME", &profile)
        .env("VV", program(built, "vv"))
        .env("APP", program(built, "vice-versa"))
        .env("APP_ID", &id)
        .current_dir(root());
    println!("── Vice Versa under Xvfb");
    let mut app =
        session.spawn().map_err(|problem| format!("dbus-run-session could not be started ({problem})"))?;
    let seen = display.screenshot(&picture, Duration::from_secs(90));
    end(&mut app, &id);
    seen?;
    println!("Saved {}", picture.display());
    Ok(())
}

/// Ends the app; the session ends with it, and with the session its keyring and its bus.
fn end(session: &mut std::process::Child, id: &Path) {
    let app = std::fs::read_to_string(id).unwrap_or_default();
    let ended = match app.trim() {
        "" => Err(String::new()),
        app => quiet_step(Command::new("kill").arg(app)),
    };
    if ended.is_err() {
        let _asked = session.kill();
    }
    let _reaped = session.wait();
}
