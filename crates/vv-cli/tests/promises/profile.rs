//! A profile in a temporary folder, and `vv` run on it without a keyring, without a terminal and in a known time zone.

use std::{
    ffi::OsStr,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

pub const PASSPHRASE: &str = "correct horse battery staple";

/// Holds a profile, and everything else that `vv` could look at.
pub struct Profile {
    root: TempDir,
}

impl Profile {
    /// Makes an empty profile.
    pub fn empty() -> Self {
        let profile = Self { root: tempfile::tempdir().unwrap() };
        profile.write("passphrase", PASSPHRASE.as_bytes());
        profile
    }

    /// Makes a profile with a notebook behind [`PASSPHRASE`].
    pub fn with_notebook() -> Self {
        let profile = Self::empty();
        profile.succeed(["init", "--name", "Ada"]);
        profile
    }

    /// Names something in the temporary folder, beside the profile.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Names something in the folder of the notebook.
    pub fn notebook(&self, name: &str) -> PathBuf {
        self.path("home/notebook").join(name)
    }

    /// Writes a file beside the profile.
    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Prepares a run that gets its passphrase from a file.
    pub fn vv<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        let mut command = self.vv_without_passphrase(words);
        command.env("VV_PASSPHRASE_FILE", self.path("passphrase"));
        command
    }

    /// Prepares a run that has no passphrase from anywhere.
    pub fn vv_without_passphrase<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vv"));
        self.surround(&mut command);
        command.args(words);
        command
    }

    /// Gives a command the surroundings of this profile: its folder, no bus and so no keyring, and a known time zone.
    pub fn surround(&self, command: &mut Command) {
        command
            .current_dir(self.path("."))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("VV_HOME", self.path("home"))
            .env("HOME", self.path("person"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_RUNTIME_DIR", self.path("runtime"))
            .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", self.path("no-bus").display()))
            .env("TZ", "Europe/Zurich")
            .stdin(Stdio::null());
    }

    /// Runs, and gives stdout when it ended with 0.
    pub fn succeed<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> String {
        let output = self.vv(words).output().unwrap();
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output)
    }

    /// Runs with `--json`, and gives the lines of stdout when it ended with 0.
    pub fn json<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Vec<Value> {
        let words = words.into_iter().map(|word| word.as_ref().to_owned());
        lines(&self.succeed(std::iter::once("--json".into()).chain(words)))
    }

    /// Runs with `--json`, and gives the one line of stdout when it ended with 0.
    pub fn json_line<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Value {
        let mut lines = self.json(words);
        assert_eq!(lines.len(), 1);
        lines.remove(0)
    }

    /// Runs with `--json`, and gives exit code and error code when it failed.
    pub fn refused<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> (i32, String) {
        let words = words.into_iter().map(|word| word.as_ref().to_owned());
        refusal(&self.vv(std::iter::once("--json".into()).chain(words)).output().unwrap())
    }

    /// Adds an entry and gives its id.
    pub fn add(&self, words: &[&str]) -> String {
        let entry = self.json_line(["entry", "add"].iter().chain(words));
        entry["id"].as_str().unwrap().to_owned()
    }
}

/// Gives exit code and error code of a run with `--json` that failed. Nothing stands on stdout then.
pub fn refusal(output: &Output) -> (i32, String) {
    assert_eq!(stdout(output), "", "a failure writes nothing to stdout");
    let error: Value = serde_json::from_str(stderr(output).trim()).unwrap();
    let message = error["error"]["message"].as_str().unwrap();
    assert!(!message.is_empty());
    (code(output), error["error"]["code"].as_str().unwrap().to_owned())
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Reads one JSON value per line.
pub fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Runs a command that reads standard input.
pub fn feed(mut command: Command, input: &[u8]) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that refuses before reading closes the pipe; that is its right.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Reads every file under a folder, so that "nothing was touched" can be checked to the byte.
pub fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                found.push((path, bytes));
            }
        }
    }
    found.sort();
    found
}
