//! A desktop for one test: a display, a session bus, perhaps a keyring, and folders that nobody else knows.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
};

use chrono::{NaiveDate, NaiveTime, TimeDelta, Utc};
use tempfile::TempDir;

use crate::{
    Window,
    processes::{self, Program, wait_until},
};

/// The name of the program.
const PROGRAM: &str = "vice-versa";

/// The rules of the bus: everybody may speak, and no service begins by itself, so that a desktop has only what it was given.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=FOLDER</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// The day that is called 0 where a test says which day it is: a Monday, weeks away from any change of the clocks.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2027, 1, 11).expect("there was such a day");

/// The time of a day on which nothing happens by itself.
const NOON: NaiveTime = NaiveTime::from_hms_opt(12, 0, 0).expect("there is a noon");

/// Says what keyring the desktop has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// One that is open.
    Open,
    /// None.
    Missing,
}

/// Holds a desktop; everything on it ends when this is dropped.
pub struct Desktop {
    folder: TempDir,
    display: String,
    bus: String,
    more: Vec<(String, String)>,
    // In the order in which they end.
    _keyring: Option<Program>,
    _bus: Program,
    _display: Program,
}

impl Desktop {
    /// Begins a desktop with a screen of 1680 by 1200 pixels.
    pub fn new(keyring: Keyring) -> Self {
        let folder =
            tempfile::Builder::new().prefix("vv-desktop-").tempdir().expect("there is room for a folder");
        for name in ["home", "data", "config", "state", "cache", "run", "tmp", "profile"] {
            let path = folder.path().join(name);
            fs::create_dir(&path).expect("the folder is new");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("the folder is ours");
        }
        let (display_program, number) = Program::start_speaking(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1680x1200x24", "-nolisten", "tcp", "-noreset"])
                .stderr(Stdio::null()),
        )
        .expect("Xvfb is installed");
        let display = format!(":{number}");
        let rules = folder.path().join("run/bus.conf");
        fs::write(&rules, BUS.replace("FOLDER", &folder.path().join("run").to_string_lossy()))
            .expect("the folder is ours");
        let (bus_program, bus) = Program::start_speaking(
            Command::new("dbus-daemon")
                .args(["--nofork", "--nopidfile", "--print-address"])
                .arg(format!("--config-file={}", rules.display()))
                .stderr(Stdio::null()),
        )
        .expect("dbus-daemon is installed");
        let mut desktop = Self {
            folder,
            display,
            bus,
            more: Vec::new(),
            _keyring: None,
            _bus: bus_program,
            _display: display_program,
        };
        if keyring == Keyring::Open {
            desktop.open_keyring();
        }
        desktop
    }

    fn open_keyring(&mut self) {
        let password = self.folder.path().join("tmp/keyring-password");
        fs::write(&password, "only for this test\n").expect("the folder is ours");
        let mut daemon = self.command("sh");
        daemon
            .args(["-c", "exec gnome-keyring-daemon --foreground --unlock --components=secrets < \"$0\""])
            .arg(&password);
        daemon.stderr(Stdio::null());
        self._keyring = Some(Program::start(&mut daemon).expect("gnome-keyring-daemon is installed"));
        wait_until("the keyring answers", || {
            let mut look = self.command("dbus-send");
            look.args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.secrets",
                "/org/freedesktop/secrets/aliases/default",
                "org.freedesktop.DBus.Properties.Get",
                "string:org.freedesktop.Secret.Collection",
                "string:Locked",
            ]);
            look.output().is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("boolean false"))
        });
    }

    /// Sets a variable for everything that is started from now on.
    pub fn set(&mut self, name: &str, value: impl AsRef<Path>) {
        self.more.push((name.to_owned(), value.as_ref().to_string_lossy().into_owned()));
    }

    /// Makes the desktop dark, as its settings would.
    pub fn make_dark(&self) {
        let folder = self.folder.path().join("config/gtk-3.0");
        fs::create_dir_all(&folder).expect("the folder is ours");
        fs::write(folder.join("settings.ini"), "[Settings]\ngtk-application-prefer-dark-theme=1\n")
            .expect("the folder is ours");
    }

    /// Gives a command with the variables of this desktop and none of the person's who runs the test.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let folder = self.folder.path();
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("LANG", "C.UTF-8")
            .env("TZ", "Europe/Berlin")
            .env("DISPLAY", &self.display)
            .env("GDK_BACKEND", "x11")
            // There is no bus for screen readers here; names are read from the page.
            .env("NO_AT_BRIDGE", "1")
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            // The services of the system, where a test stands in for them, are on the same bus.
            .env("DBUS_SYSTEM_BUS_ADDRESS", &self.bus)
            .env("HOME", folder.join("home"))
            .env("TMPDIR", folder.join("tmp"))
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .env("XDG_STATE_HOME", folder.join("state"))
            .env("XDG_CACHE_HOME", folder.join("cache"))
            .env("XDG_RUNTIME_DIR", folder.join("run"))
            .env("VV_HOME", self.profile())
            .env("VV_PICKS", self.picks())
            .env("VV_OPENED", self.opened())
            .env("VV_CLOCK", self.clock())
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .envs(self.more.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Starts the program as its tests do, and waits until its page stands.
    ///
    /// The program begins on the page of today; a test begins in the journal, which is what most are about.
    pub async fn open(&self) -> Window {
        self.open_with(&[]).await
    }

    /// Starts the program and stays where it begins.
    pub async fn open_where_it_begins(&self) -> Window {
        self.start(&[]).await
    }

    /// Starts the program with words behind its name, and waits until its page stands.
    pub async fn open_with(&self, words: &[&str]) -> Window {
        let window = self.start(words).await;
        window.run("location.hash = '#/journal'", vec![]).await;
        window
    }

    async fn start(&self, words: &[&str]) -> Window {
        let port = free_port();
        let mut driver = self.command("WebKitWebDriver");
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true").arg(format!("--port={port}"));
        let driver = Program::start(&mut driver).expect("WebKitWebDriver is installed");
        wait_until("the driver answers", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        Window::connect(driver, port, &self.display, words).await
    }

    /// Starts the program a second time and waits until it has ended, as it must. Says with which code.
    pub fn start_again(&self, words: &[&str]) -> Option<i32> {
        let mut again = self.command(app());
        again.args(words).stdin(Stdio::null()).stdout(Stdio::null());
        let mut child = again.spawn().expect("the program is built");
        let mut code = None;
        wait_until("the second start has ended", || match child.try_wait() {
            Ok(Some(status)) => {
                code = Some(status.code());
                true
            }
            _ => false,
        });
        code.flatten()
    }

    /// Finds the programs of this desktop's profile that run now.
    pub fn running(&self) -> Vec<u32> {
        processes::find(&app(), &format!("VV_HOME={}", self.profile().display()))
    }

    /// Ends the program as a power cut would.
    pub fn kill(&self) {
        for id in self.running() {
            processes::kill(id);
        }
        wait_until("the killed program is gone", || self.running().is_empty());
    }

    /// Ends the program as the end of a session does, and waits until it has saved and ended. The driver's keys reach the page
    /// only, not the menu, so the menu's way out is not theirs.
    pub fn quit(&self) {
        for id in self.running() {
            processes::ask_to_end(id);
        }
        self.wait_for_end();
    }

    /// Waits until the program has ended by itself.
    pub fn wait_for_end(&self) {
        wait_until("the program has ended", || self.running().is_empty());
    }

    /// Gives the next dialog this answer: the files that are chosen, or none.
    pub fn will_pick(&self, paths: &[&Path]) {
        let line: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let before = fs::read_to_string(self.picks()).unwrap_or_default();
        fs::write(self.picks(), format!("{before}{}\n", line.join("\t"))).expect("the folder is ours");
    }

    /// Gives the folder of the profile.
    pub fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// Gives a folder for what a test makes itself.
    pub fn scratch(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Gives the folder of everything on this desktop.
    pub fn everything(&self) -> &Path {
        self.folder.path()
    }

    /// Gives the file that holds the addresses that were opened outside of the window.
    pub fn opened(&self) -> PathBuf {
        self.folder.path().join("run/opened")
    }

    /// Gives the address of the bus.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// Gives the name of the display.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Makes it noon of a day for the program and for `vv`, also for those that run. Day 0 is a Monday in January.
    pub fn make_it_day(&self, day: i64) {
        self.make_it(day, NOON);
    }

    /// Makes it this time of a day, where the desktop stands. A page that stands keeps the clock it began with, so what it shows of
    /// a new day is seen at the next start.
    pub fn make_it(&self, day: i64, time: NaiveTime) {
        // The hour is that of Berlin's winter.
        let there = (FIRST_DAY + TimeDelta::days(day)).and_time(time).and_utc() - TimeDelta::hours(1);
        let beside = self.folder.path().join("run/clock.part");
        fs::write(&beside, (there - Utc::now()).num_seconds().to_string()).expect("the folder is ours");
        fs::rename(beside, self.clock()).expect("the folder is ours");
    }

    fn clock(&self) -> PathBuf {
        self.folder.path().join("run/clock")
    }

    fn picks(&self) -> PathBuf {
        self.folder.path().join("run/picks")
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for id in self.running() {
            processes::kill(id);
        }
    }
}

/// Gives the built program: the one that `VV_APP` names, or that of the debug build.
pub fn app() -> PathBuf {
    built("VV_APP", PROGRAM)
}

/// Gives the built `vv`: the one that `VV_CLI` names, or that of the debug build.
pub fn vv() -> PathBuf {
    built("VV_CLI", "vv")
}

fn built(variable: &str, name: &str) -> PathBuf {
    if let Some(named) = std::env::var_os(variable) {
        return PathBuf::from(named);
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let path = target.join("debug").join(name);
    assert!(path.exists(), "{} is not built; `cargo xtask test` builds it first", path.display());
    path
}

/// Gives the top folder of the sources.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie below the top folder").to_path_buf()
}

/// Finds a port on which nobody listens; each test of one run gets another.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Below the ports that the system gives to whoever connects: a connection to one of those may answer itself.
    let begin = 10_000 + (std::process::id() % 400) as u16 * 50;
    loop {
        let port = begin + NEXT.fetch_add(1, Ordering::Relaxed) % 2_000;
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
