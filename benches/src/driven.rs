//! A real window of a release build, on a desktop of its own, driven through WebKit's driver.
//!
//! It is the desktop of the end-to-end tests (display, session bus, open keyring); several programs and profiles take turns on
//! it. When a program was started is written down by the shell that becomes it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};
use vv_tests::processes::{self, Program, wait_until};
use vv_tests::{Desktop, Keyring};

use crate::machine;

/// How long a script may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Names a program of the same build.
pub fn built(name: &str) -> PathBuf {
    let this = std::env::current_exe().expect("a program knows where it lies");
    let path = this.with_file_name(name);
    assert!(path.exists(), "{name} is not built; `cargo xtask bench` builds it first");
    path
}

/// Holds the desktop on which windows are measured.
pub struct Stage {
    desktop: Desktop,
}

impl Stage {
    /// Sets a desktop up, with a keyring that is open.
    pub fn new() -> Self {
        Self { desktop: Desktop::new(Keyring::Open) }
    }

    /// Makes a profile with a notebook of `count` entries whose key lies in the desktop's keyring, its index full. The newest
    /// of its entries is one of `long` characters, unless that is 0.
    pub fn make_profile(&self, count: usize, long: usize) -> PathBuf {
        let profile = self.desktop.everything().join(format!("profile-{count}-{long}"));
        let this = std::env::current_exe().expect("a program knows where it lies");
        let mut make = self.desktop.command(this);
        make.arg(crate::APART)
            .arg("profile")
            .arg(count.to_string())
            .arg(long.to_string())
            .env("VV_HOME", &profile);
        let made = make.output().expect("this program starts again");
        assert!(made.status.success(), "a profile was made: {}", String::from_utf8_lossy(&made.stderr));
        profile
    }

    /// Opens a window of a program on a profile.
    pub async fn open(&self, program: &Path, profile: &Path) -> Driven {
        let starter = self.desktop.scratch().join("start");
        let started = self.desktop.scratch().join("started");
        let script = format!(
            "#!/bin/sh\necho $$ $(date +%s%N) > '{}'\nexec '{}' \"$@\"\n",
            started.display(),
            program.display()
        );
        fs::write(&starter, script).expect("the folder is ours");
        fs::set_permissions(&starter, fs::Permissions::from_mode(0o700)).expect("the folder is ours");

        let port = free_port();
        let mut driver = self.desktop.command("WebKitWebDriver");
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true").env("VV_HOME", profile).arg(format!("--port={port}"));
        let driver = Program::start(&mut driver).expect("WebKitWebDriver is installed");
        wait_until("the driver answers", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("webkitgtk:browserOptions".to_owned(), json!({ "binary": starter, "args": [] }));
        capabilities.insert("timeouts".to_owned(), json!({ "script": PATIENCE.as_millis() as u64 }));
        let client = ClientBuilder::native()
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the window lets itself be driven");
        let told = fs::read_to_string(&started).expect("the shell wrote down when it started");
        let mut told = told.split_whitespace();
        let id = told.next().and_then(|word| word.parse().ok()).expect("the shell wrote its number");
        let nanoseconds: f64 =
            told.next().and_then(|word| word.parse().ok()).expect("the shell wrote the time");
        Driven { client, id, started_ms: nanoseconds / 1e6, _driver: driver }
    }
}

/// Holds a window that is driven.
pub struct Driven {
    client: Client,
    id: u32,
    started_ms: f64,
    _driver: Program,
}

impl Driven {
    /// Waits for the mark of the page that one can type, and gives the milliseconds from the start of the process to it.
    pub async fn wait_until_ready(&self) -> f64 {
        let script = "const done = arguments[arguments.length - 1];
            const look = () => {
                const [mark] = performance.getEntriesByName('ready-to-type');
                if (mark) done(performance.timeOrigin + mark.startTime);
                else setTimeout(look, 20);
            };
            look();";
        let at = self.run(script, vec![]).await.as_f64().expect("the page says when one could type");
        at - self.started_ms
    }

    /// Goes from the page of today, where the program begins, to the journal, and waits for its timeline.
    pub async fn go_to_journal(&self) {
        let script = "const done = arguments[arguments.length - 1]; location.hash = '#/journal'; done(true);";
        self.run(script, vec![]).await;
        self.wait_for("document.querySelector('[role=listbox] [role=option]') !== null").await;
    }

    /// Gives the proportional share of memory of the program and all its processes, in MiB.
    pub fn memory(&self) -> f64 {
        machine::tree_pss_mib(self.id)
    }

    /// Gives the same for each of its processes.
    pub fn memory_by_process(&self) -> Vec<(String, f64)> {
        machine::tree_pss_by_name(self.id)
    }

    /// Runs a script that calls its last argument when it is done, and gives what it says.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client
            .execute_async(script, arguments)
            .await
            .unwrap_or_else(|failure| panic!("the page ran a script: {failure}"))
    }

    /// Waits until an expression is true in the page.
    pub async fn wait_for(&self, expression: &str) {
        let script = format!(
            "const done = arguments[arguments.length - 1]; const look = () => (({expression}) ? done(true) : setTimeout(look, 50)); look();"
        );
        self.run(&script, vec![]).await;
    }

    /// Presses one key and lets go of it.
    pub async fn press(&self, key: char) {
        let actions = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        self.client.perform_actions(actions).await.expect("the page takes keys");
    }

    /// Clicks on what a script gives.
    pub async fn click(&self, expression: &str) {
        let found = self
            .client
            .execute(&format!("return {expression}"), vec![])
            .await
            .expect("the page finds what to click");
        let id = found
            .as_object()
            .and_then(|object| object.values().next())
            .and_then(Value::as_str)
            .expect("there is something to click");
        let element =
            fantoccini::elements::Element::from_element_id(self.client.clone(), id.to_owned().into());
        element.click().await.expect("it can be clicked");
    }

    /// Closes the window and waits until its program has ended.
    pub async fn close(self) {
        // A driver that is gone before it answers has closed the window too.
        drop(self.client.clone().close().await);
        let begun = std::time::Instant::now();
        while machine::runs(self.id) {
            if begun.elapsed() > Duration::from_secs(8) {
                processes::kill(self.id);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Finds a port on which nobody listens.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    listener.local_addr().expect("it has an address").port()
}
