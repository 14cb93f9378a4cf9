//! How quickly a folder of 100,000 Markdown files becomes entries, signed and durable, and how quickly search follows.
//!
//! The import runs in a process of its own, so that the peak of memory is its own; the files are written before, by this one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use serde_json::{Value, json};
use vv_core::portability::{self, ImportFormat, ImportJournal, Watch};
use vv_core::search::{self, SearchEntries, SearchOrder};

use crate::corpus::Corpus;
use crate::figures::Table;
use crate::machine;
use crate::place::{self, Place, SEED};

const FILES: usize = 100_000;
/// Files of one folder, as a year has some.
const OF_A_FOLDER: usize = 1_000;

/// Measures an import of 100,000 files.
pub fn measure(table: &mut Table) {
    let place = Place::new();
    drop(place.make_notebook());
    let folder = place.path("notes");
    write_files(&folder);
    let seen = run_apart(place.root(), &folder);
    let number = |name: &str| seen[name].as_f64().unwrap_or_default();
    let (rate, filling) = (FILES as f64 / number("import"), FILES as f64 / number("fill"));
    table.row(
        format!("import of {FILES} Markdown files, signed and durable"),
        format!("{rate:.0}/s ({:.1} s)", number("import")),
        "≥ 5000/s",
        rate >= 5_000.0,
    );
    table.row(
        format!("import: search filled behind it, saying how many of {FILES} are missing"),
        format!("{filling:.0}/s ({:.1} s)", number("fill")),
        "≥ 2000/s",
        filling >= 2_000.0 && seen["says"] == json!(true),
    );
    table.row(
        "import: peak memory of the process",
        format!(
            "{:.0} MiB after the import, {:.0} MiB after the filling",
            number("peak_import"),
            number("peak_fill")
        ),
        "≤ 300 MB",
        number("peak_fill") * 1.048_576 <= 300.0,
    );
    table.note(
        "import: size of the notebook's file",
        format!("{:.0} MiB for {:.0} MiB of text", number("size"), number("text")),
    );
}

/// Does the import in this process; its arguments are the place and the folder of files.
pub fn import_here(arguments: &[String]) -> Value {
    let [root, folder] = arguments else { panic!("an import has a place and a folder") };
    let notebook = place::open_notebook(Path::new(root));
    let request =
        ImportJournal { format: Some(ImportFormat::Markdown), ..ImportJournal::of(PathBuf::from(folder)) };
    let mut progress = |_| ();
    machine::settle_disk();
    let begun = Instant::now();
    let report = portability::import(
        &notebook,
        &request,
        &mut Watch { progress: &mut progress, stop: &AtomicBool::new(false) },
    )
    .expect("the files can be imported");
    let import = begun.elapsed().as_secs_f64();
    let peak_import = machine::own_peak_mib();
    assert_eq!(report.added as usize, FILES, "every file becomes an entry");

    let begun = Instant::now();
    search::index_some(&notebook, 10_000).expect("the index can be filled");
    let words = SearchEntries { query: "word".to_owned(), order: SearchOrder::Newest, limit: 20 };
    let missing = search::search(&notebook, &words).expect("a search goes through").not_indexed;
    let says = missing as usize == FILES - 10_000;
    let fill = {
        let first = begun.elapsed();
        first + place::fill(&notebook).filled
    };
    let size = fs::metadata(notebook.folder().join("notebook.db")).map_or(0, |file| file.len());
    json!({
        "import": import,
        "fill": fill.as_secs_f64(),
        "says": says,
        "peak_import": peak_import,
        "peak_fill": machine::own_peak_mib(),
        "size": size as f64 / 1_048_576.0,
        "text": text_size(Path::new(folder)) as f64 / 1_048_576.0,
    })
}

fn run_apart(root: &Path, folder: &Path) -> Value {
    let this = std::env::current_exe().expect("a program knows where it lies");
    let done = Command::new(this)
        .arg(crate::APART)
        .arg("import")
        .arg(root)
        .arg(folder)
        .output()
        .expect("this program starts again");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "the import came to an end: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_str(said.trim()).expect("the other process says what it saw")
}

/// Writes the corpus as files with front matter, a thousand a folder.
pub fn write_files(folder: &Path) {
    let mut corpus = Corpus::new(SEED);
    for n in 0..FILES {
        let sample = corpus.sample(n);
        let inside = folder.join(format!("{:03}", n / OF_A_FOLDER));
        if n % OF_A_FOLDER == 0 {
            fs::create_dir_all(&inside).expect("there is room for a folder");
        }
        let tags = sample.tags.join(", ");
        let text = format!(
            "---\ntitle: {}\ndate: {}\ntags: [{tags}]\nmood: fine\n---\n\n{}\n",
            sample.title,
            sample.at.to_rfc3339(),
            sample.text
        );
        fs::write(inside.join(format!("note-{n:06}.md")), text).expect("there is room for a file");
    }
}

fn text_size(folder: &Path) -> u64 {
    let inside = |path: &Path| {
        fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect::<Vec<_>>()
    };
    inside(folder)
        .iter()
        .flat_map(|folder| inside(folder))
        .filter_map(|file| fs::metadata(file).ok())
        .map(|file| file.len())
        .sum()
}
