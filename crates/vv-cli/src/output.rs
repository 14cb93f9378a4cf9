//! What `vv` writes: people's text, or one JSON object per line; progress apart, on stderr and only to a terminal.

use std::{
    io::{self, IsTerminal as _, Write as _},
    sync::{Arc, Mutex, PoisonError, mpsc::Receiver},
};

use serde::Serialize;
use vv_api::{Event, model::portability::Progress};

/// Writes the results of a command.
pub struct Output {
    json: bool,
    to: io::BufWriter<io::Stdout>,
}

impl Output {
    /// Begins to write, in JSON or for people.
    pub fn new(json: bool) -> Self {
        Self { json, to: io::BufWriter::new(io::stdout()) }
    }

    /// Says whether a script reads.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Writes one result: the JSON of it to a script, the text of it to people.
    pub fn result(&mut self, json: &impl Serialize, text: impl FnOnce() -> String) -> io::Result<()> {
        if self.json {
            serde_json::to_writer(&mut self.to, json)?;
            self.to.write_all(b"\n")?;
        } else {
            let text = text();
            self.to.write_all(text.as_bytes())?;
            if !text.ends_with('\n') {
                self.to.write_all(b"\n")?;
            }
        }
        // One line is one fact: whoever reads along has it at once.
        self.to.flush()
    }

    /// Writes one of many results, without passing it on at once.
    pub fn row(&mut self, json: &impl Serialize, text: impl FnOnce() -> String) -> io::Result<()> {
        if self.json {
            serde_json::to_writer(&mut self.to, json)?;
        } else {
            self.to.write_all(text().as_bytes())?;
        }
        self.to.write_all(b"\n")
    }

    /// Passes on what was written.
    pub fn finish(&mut self) -> io::Result<()> {
        self.to.flush()
    }

    /// Says something to people that is no result; a script does not hear it.
    pub fn note(&self, text: &str) {
        if !self.json {
            let _ = writeln!(io::stderr(), "{text}");
        }
    }
}

/// Says whether stdout is a terminal that shows bold letters.
pub fn is_bold_seen() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Shows on stderr how far long work is, as long as it is held; nowhere when no terminal is there to see it.
pub struct ProgressLine {
    ended: Arc<Mutex<bool>>,
    is_seen: bool,
}

impl ProgressLine {
    /// Begins to show what the surface tells.
    pub fn begin(events: Receiver<Event>, what: &'static str) -> Self {
        let ended = Arc::new(Mutex::new(false));
        let is_seen = io::stderr().is_terminal();
        if is_seen {
            let ended = Arc::clone(&ended);
            // Without a thread there is no progress to see; the work goes on all the same.
            let _ = std::thread::Builder::new()
                .name("progress".to_owned())
                .spawn(move || show(&events, what, &ended));
        }
        Self { ended, is_seen }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        *ended = true;
        if self.is_seen {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

fn show(events: &Receiver<Event>, what: &str, ended: &Mutex<bool>) {
    for event in events {
        if let Event::Progress(progress) = event {
            // Held while writing, so that nothing is written after the line was taken away.
            let ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
            if *ended {
                return;
            }
            let _ = write!(io::stderr(), "\r\x1b[K{what}: {}", sentence(&progress));
        }
    }
}

fn sentence(progress: &Progress) -> String {
    match (progress.total, progress.seconds_left) {
        (Some(total), Some(left)) if left > 0 => format!("{} of {total}, about {left} s left", progress.done),
        (Some(total), _) => format!("{} of {total}", progress.done),
        (None, _) => format!("{}", progress.done),
    }
}
