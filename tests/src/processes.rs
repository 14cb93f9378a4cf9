//! Programs that a test starts: they end with it, whatever happens, and are found again by what they were started with.

use std::{
    fs,
    io::{self, BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// How long anything on this desktop may take before a test fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Holds a program that ends when this is dropped.
pub struct Program(Child);

impl Program {
    /// Starts a program that says nothing.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().map(Self)
    }

    /// Starts a program that says one line when it is ready, and gives the line.
    pub fn start_speaking(command: &mut Command) -> io::Result<(Self, String)> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let said = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let program = Self(child);
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line)?;
        Ok((program, line.trim().to_owned()))
    }

    /// Gives its number.
    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A program that is gone already needs no ending.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Finds the running programs of this file that were started with this variable.
pub fn find(program: &Path, variable: &str) -> Vec<u32> {
    let program = fs::canonicalize(program).unwrap_or_else(|_| program.to_path_buf());
    let Ok(all) = fs::read_dir("/proc") else { return Vec::new() };
    all.flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|id: &u32| is_running(*id, &program, variable))
        .collect()
}

fn is_running(id: u32, program: &Path, variable: &str) -> bool {
    let folder = Path::new("/proc").join(id.to_string());
    fs::read_link(folder.join("exe")).is_ok_and(|running| running == program)
        && fs::read(folder.join("environ"))
            .is_ok_and(|variables| variables.split(|byte| *byte == 0).any(|one| one == variable.as_bytes()))
}

/// Ends a program at once, without a word to it.
pub fn kill(id: u32) {
    signal(id, "-KILL");
}

/// Asks a program to end.
pub fn ask_to_end(id: u32) {
    signal(id, "-TERM");
}

fn signal(id: u32, which: &str) {
    let done = Command::new("kill").args([which, &id.to_string()]).stderr(Stdio::null()).status();
    assert!(done.is_ok(), "the system can send signals");
}

/// Waits until something is so, looking often; fails the test when it takes too long.
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "waited too long until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
