//! The server as a process of its own, to be killed and stopped.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Is a running server; it is killed when this is dropped.
pub struct Process {
    child: Child,
    address: String,
}

impl Process {
    /// Starts the program with some options, at a port that the system chooses, and waits until it listens.
    pub fn start(program: &Path, options: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(["--listen", "127.0.0.1:0", "--log", "warn"]).args(options);
        Self::spawn(command)
    }

    /// Starts the program as [`Process::start`] does, with some variables of the environment.
    pub fn start_with(program: &Path, options: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(program);
        command.args(["--listen", "127.0.0.1:0", "--log", "warn"]).args(options);
        command.envs(variables.iter().copied());
        Self::spawn(command)
    }

    /// Starts it anew at the address that it had.
    pub fn start_at(program: &Path, address: &str, options: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(["--listen", address, "--log", "warn"]).args(options);
        Self::spawn(command)
    }

    fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the server can be started");
        let out = child.stdout.take().expect("its output can be read");
        let line = BufReader::new(out).lines().next().and_then(Result::ok).unwrap_or_default();
        let Some(address) = line.strip_prefix("listening at ") else {
            let _ = child.kill();
            let status = child.wait();
            panic!("the server did not begin to listen: {status:?}");
        };
        Self { child, address: address.to_owned() }
    }

    /// Gives `host:port`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Gives the number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it at once, as a power cut would.
    pub fn kill(mut self) {
        self.end("KILL");
    }

    /// Asks it to end, and waits. Says whether it ended well.
    pub fn terminate(mut self) -> bool {
        self.signal("TERM");
        self.child.wait().is_ok_and(|status| status.success())
    }

    /// Sends it a signal by name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the process takes signals");
    }

    fn end(&mut self, name: &str) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal(name);
            let _ = self.child.wait();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end("KILL");
    }
}
