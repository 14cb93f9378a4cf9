//! Figures: medians, percentiles and ratios, and the table they are printed in.

use std::time::Duration;

/// Holds the durations of many runs of one thing, in milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Runs(Vec<f64>);

impl Runs {
    /// Takes in one run.
    pub fn add(&mut self, took: Duration) {
        self.0.push(took.as_secs_f64() * 1_000.0);
    }

    /// Takes in one run measured in milliseconds.
    pub fn add_ms(&mut self, ms: f64) {
        self.0.push(ms);
    }

    /// Gives the value below which `share` (0 to 1) of the runs lie; 0 when there are none.
    pub fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        if sorted.is_empty() {
            return 0.0;
        }
        let place = (share * (sorted.len() - 1) as f64).round() as usize;
        sorted[place.min(sorted.len() - 1)]
    }

    /// Gives the median.
    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// Gives the 95th percentile.
    pub fn p95(&self) -> f64 {
        self.at(0.95)
    }

    /// Gives the longest run; 0 when there are none.
    pub fn worst(&self) -> f64 {
        self.at(1.0)
    }

    /// Gives how many runs there were.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// What the table says of a row that was not reached.
const MISSED: &str = "**no**";

/// Collects rows for one Markdown table; each is said at once too, so that a run that is cut short is not lost.
#[derive(Default)]
pub struct Table {
    rows: Vec<[String; 4]>,
}

impl Table {
    /// Adds a row: what was measured, what was seen, what must be reached, and whether it was.
    pub fn row(
        &mut self,
        what: impl Into<String>,
        seen: impl Into<String>,
        must: impl Into<String>,
        reached: bool,
    ) {
        self.take([what.into(), seen.into(), must.into(), if reached { "yes" } else { MISSED }.to_owned()]);
    }

    /// Adds a row of which nothing was asked.
    pub fn note(&mut self, what: impl Into<String>, seen: impl Into<String>) {
        self.take([what.into(), seen.into(), "–".to_owned(), "–".to_owned()]);
    }

    fn take(&mut self, row: [String; 4]) {
        eprintln!("  {}: {}", row[0], row[1]);
        self.rows.push(row);
    }

    /// Says whether every row reached what it must.
    pub fn is_reached(&self) -> bool {
        self.rows.iter().all(|row| row[3] != MISSED)
    }

    /// Gives the Markdown of the table.
    pub fn to_markdown(&self) -> String {
        let mut text = String::from("| What | Seen | Must reach | Reached |\n|---|---|---|---|\n");
        for [what, seen, must, reached] in &self.rows {
            text += &format!("| {what} | {seen} | {must} | {reached} |\n");
        }
        text
    }
}
