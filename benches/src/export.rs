//! How quickly 10,000 entries leave: as a folder of Markdown, as JSON, as one page.
//!
//! Each runs in a process of its own, so that the peak of memory is its own. The control beside each number is the same bytes,
//! written again plainly to files of the same sizes: what the disk alone takes for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use serde_json::{Value, json};
use vv_core::portability::{self, ExportChoice, ExportFormat, ExportJournal, Watch};

use crate::corpus::Corpus;
use crate::figures::Table;
use crate::machine;
use crate::place::{self, Place, SEED};

const ENTRIES: usize = 10_000;
const FORMATS: [(&str, ExportFormat); 3] =
    [("markdown", ExportFormat::Markdown), ("json", ExportFormat::Json), ("html", ExportFormat::Html)];

/// Measures an export of 10,000 entries in each form that has a number to reach.
pub fn measure(table: &mut Table) {
    let place = Place::new();
    {
        let notebook = place.make_notebook();
        place::write_entries(&notebook, &mut Corpus::new(SEED), ENTRIES);
    }
    for (name, _) in FORMATS {
        let to = place.path(&format!("taken-out-{name}"));
        let seen = run_apart(place.root(), &to, name);
        let number = |key: &str| seen[key].as_f64().unwrap_or_default();
        let rate = ENTRIES as f64 / number("export");
        table.row(
            format!("export of {ENTRIES} entries as {name}"),
            format!(
                "{rate:.0}/s ({:.2} s; the same bytes written plainly {:.2} s)",
                number("export"),
                number("plain")
            ),
            "≥ 5000/s",
            rate >= 5_000.0,
        );
        table.note(
            format!("export as {name}: peak memory of the process"),
            format!("{:.0} MiB for {:.0} MiB written", number("peak"), number("size")),
        );
    }
}

/// Does one export in this process; its arguments are the place, where to, and the form.
pub fn export_here(arguments: &[String]) -> Value {
    let [root, to, name] = arguments else { panic!("an export has a place, a goal and a form") };
    let notebook = place::open_notebook(Path::new(root));
    let format = FORMATS.iter().find(|(known, _)| known == name).expect("the form is one of the three").1;
    let request = ExportJournal {
        path: PathBuf::from(to),
        format,
        choice: ExportChoice::default(),
        replace: false,
        language: String::new(),
    };
    // What was written before must not be waited for here.
    machine::settle_disk();
    let begun = Instant::now();
    let report = portability::export(
        &notebook,
        &request,
        &mut Watch { progress: &mut |_| (), stop: &AtomicBool::new(false) },
    )
    .expect("the entries can be exported");
    let export = begun.elapsed();
    let peak = machine::own_peak_mib();
    assert_eq!(report.entries as usize, ENTRIES, "every entry leaves");
    let (plain, size) = write_again(Path::new(to));
    json!({ "export": export.as_secs_f64(), "plain": plain, "peak": peak, "size": size as f64 / 1_048_576.0 })
}

/// Writes what was written once more, and tells how long that takes and how much it is.
fn write_again(from: &Path) -> (f64, usize) {
    let files: Vec<PathBuf> = if from.is_dir() {
        fs::read_dir(from).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    } else {
        vec![from.to_owned()]
    };
    let bytes: Vec<Vec<u8>> = files.iter().filter_map(|file| fs::read(file).ok()).collect();
    let beside = from.with_extension("again");
    fs::create_dir(&beside).expect("there is room for a folder");
    machine::settle_disk();
    let begun = Instant::now();
    for (number, bytes) in bytes.iter().enumerate() {
        fs::write(beside.join(number.to_string()), bytes).expect("there is room for a file");
    }
    (begun.elapsed().as_secs_f64(), bytes.iter().map(Vec::len).sum())
}

fn run_apart(root: &Path, to: &Path, name: &str) -> Value {
    let this = std::env::current_exe().expect("a program knows where it lies");
    let done = Command::new(this)
        .arg(crate::APART)
        .arg("export")
        .arg(root)
        .arg(to)
        .arg(name)
        .output()
        .expect("this program starts again");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "the export came to an end: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_str(said.trim()).expect("the other process says what it saw")
}
