//! A voice note of an hour: what it takes of memory from its first minute to its end, how large it is, how long its end takes.
//!
//! The hour is made up and heard as fast as the machine can, in a process of its own; its peak is the kernel's high-water mark.
//! The control is the same notebook after the first minute: what comes on top of that is what length costs. Halfway through, the
//! recording is given up as a crash would, and the first half is brought back.

use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};
use vv_core::journal::{NewEntry, create_entry};
use vv_core::voice::{RATE, Recording, recover};

use crate::figures::{Runs, Table};
use crate::machine;
use crate::place::{self, Place};

const MINUTES: usize = 60;
const SECOND: usize = RATE as usize;

/// Measures an hour of recording.
pub fn measure(table: &mut Table) {
    let this = std::env::current_exe().expect("a program knows where it lies");
    let done = Command::new(this).arg(crate::APART).arg("voice").output().expect("this program starts again");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "the hour came to an end: {}", String::from_utf8_lossy(&done.stderr));
    let seen: Value = serde_json::from_str(said.trim()).expect("the other process says what it saw");
    let number = |name: &str| seen[name].as_f64().unwrap_or_default();

    let grown = number("peak") - number("peak_first");
    table.row(
        "voice: memory of an hour, over that of its first minute",
        format!(
            "{:.0} MiB after a minute, {:.0} after half an hour, {:.0} after an hour, {:.0} once it is a file; of sound at most {:.1} KiB",
            number("peak_first"),
            number("peak_half"),
            number("peak_hour"),
            number("peak"),
            number("held")
        ),
        "≤ 8 MiB more, ≤ 64 KiB of sound",
        grown <= 8.0 && number("held") <= 64.0,
    );
    table.row(
        "voice: lost when it dies after minute 30",
        format!("{:.2} s", number("lost")),
        "≤ 1 s",
        number("lost") <= 1.0,
    );
    table.row(
        "voice: longest stop for a fifth of a second of sound, among an hour",
        format!("p50 {:.2}, p95 {:.2}, longest {:.1} ms", number("p50"), number("p95"), number("worst")),
        "longest ≤ 500 ms",
        number("worst") <= 500.0,
    );
    table.note("voice: size of an hour", format!("{:.1} MB", number("size")));
    table.note(
        "voice: ending an hour, and hearing it faster than it was said",
        format!("{:.2} s, {:.0} times", number("end"), number("times")),
    );
}

/// Records an hour in this process.
pub fn record_here() -> Value {
    let place = Place::new();
    let notebook = place.make_notebook();
    let entry = notebook.write(|tx| create_entry(tx, NewEntry::default())).expect("an entry can be made");
    // Not a whole piece, so that what waits for its piece is seen.
    let some: Vec<f32> = (0..SECOND / 5).map(voice_like).collect();
    let mut runs = Runs::default();
    let mut held = 0;
    let mut listen = |recording: &mut Recording, minutes: usize| {
        for _ in 0..minutes * 300 {
            let begun = Instant::now();
            recording.hear(&notebook, &some).expect("sound can be written");
            runs.add(begun.elapsed());
            held = held.max(recording.held_bytes());
        }
    };

    let begun = Instant::now();
    let mut recording = Recording::begin(&notebook, entry, "An hour").expect("a recording begins");
    listen(&mut recording, 1);
    let peak_first = machine::own_peak_mib();
    listen(&mut recording, MINUTES / 2 - 1);
    let peak_half = machine::own_peak_mib();
    listen(&mut recording, MINUTES / 2);
    let peak_hour = machine::own_peak_mib();
    let times = MINUTES as f64 * 60.0 / begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let file = recording.finish(&notebook, false).expect("it ends").expect("something was heard");
    let end = begun.elapsed().as_secs_f64();
    let peak = machine::own_peak_mib();

    let mut cut = Recording::begin(&notebook, entry, "Cut short").expect("a recording begins");
    listen(&mut cut, MINUTES / 2);
    drop(cut);
    drop(notebook);
    let again = place::open_notebook(place.root());
    let back = recover(&again).expect("what a crash left comes back");
    let kept: u64 =
        back.iter().filter_map(|one| one.attachment.voice.as_ref()).map(|voice| voice.duration_ms).sum();
    json!({
        "peak_first": peak_first,
        "peak_half": peak_half,
        "peak_hour": peak_hour,
        "peak": peak,
        "held": held as f64 / 1_024.0,
        "size": file.size as f64 / 1_000_000.0,
        "end": end,
        "times": times,
        "p50": runs.median(),
        "p95": runs.p95(),
        "worst": runs.worst(),
        "lost": (MINUTES as f64 * 30_000.0 - kept as f64) / 1_000.0,
    })
}

/// A tone that swells, with a hiss under it, so that it costs what a voice costs.
fn voice_like(at: usize) -> f32 {
    let time = at as f32 / RATE as f32;
    let hiss = ((at as u32).wrapping_mul(2_654_435_761) >> 16) as f32 / 65_536.0 - 0.5;
    let tone: f32 = (1..6).map(|n| (time * 140.0 * n as f32 * std::f32::consts::TAU).sin() / n as f32).sum();
    (tone * 0.2 + hiss * 0.1) * (time * 9.0).sin().abs()
}
