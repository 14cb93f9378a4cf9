//! How long it takes from the start of the process until one can type, and how much memory is taken then, against an empty
//! window of the same build.
//!
//! The two take turns. Both say “ready” when their text field has the focus and two frames were painted since.

use std::time::Duration;

use crate::driven::{Stage, built};
use crate::figures::{Runs, Table};

const ENTRIES: usize = 10_000;
const TURNS: usize = 9;
/// How long a window is left alone before its memory is counted.
const SETTLED: Duration = Duration::from_secs(4);

/// Measures start and memory.
pub async fn measure(stage: &Stage, table: &mut Table) {
    let profile = stage.make_profile(ENTRIES, 0);
    let none = profile.with_file_name("profile-of-nobody");
    let programs = [(built("vice-versa"), profile), (built("vv-empty-window"), none)];
    let mut start = [Runs::default(), Runs::default()];
    let mut memory = [Runs::default(), Runs::default()];
    let mut processes: [Vec<(String, f64)>; 2] = [Vec::new(), Vec::new()];
    for turn in 0..=TURNS {
        for (at, (program, profile)) in programs.iter().enumerate() {
            let window = stage.open(program, profile).await;
            let ready = window.wait_until_ready().await;
            // The first turn brings both programs into the system's memory.
            if turn > 0 {
                tokio::time::sleep(SETTLED).await;
                start[at].add_ms(ready);
                memory[at].add_ms(window.memory());
                processes[at] = window.memory_by_process();
            }
            window.close().await;
        }
    }
    let ratio = |[app, empty]: &[Runs; 2]| app.median() / empty.median();
    table.row(
        format!("start to typing, warm, {ENTRIES} entries, median of {TURNS}"),
        format!(
            "{:.0} ms = {:.2} × {:.0} ms (worst {:.0} and {:.0} ms)",
            start[0].median(),
            ratio(&start),
            start[1].median(),
            start[0].worst(),
            start[1].worst()
        ),
        "≤ 1.3 × an empty window",
        ratio(&start) <= 1.3,
    );
    table.row(
        format!("memory (PSS) after the start, {ENTRIES} entries, median of {TURNS}"),
        format!("{:.0} MiB = {:.2} × {:.0} MiB", memory[0].median(), ratio(&memory), memory[1].median()),
        "≤ 1.25 × an empty window",
        ratio(&memory) <= 1.25,
    );
    for (name, processes) in ["the app", "an empty window"].iter().zip(&processes) {
        let parts: Vec<String> = processes.iter().map(|(name, mib)| format!("{name} {mib:.0}")).collect();
        table.note(format!("memory of {name} by process, last turn"), format!("{} MiB", parts.join(", ")));
    }
}
