//! Speed and memory, measured: what a person waits for, each number against the control named beside it.
//!
//! `cargo xtask bench` builds everything and runs this; words choose measures (see [`MEASURES`]), none means all. What came of
//! it on one machine, and what it means, stands in `benches/RESULTS.md`.
//!
//! Start at `place.rs`, which makes the notebooks, and `corpus.rs`, which makes their text. `search.rs`, `list.rs`, `today.rs`,
//! `save.rs`, `import.rs`, `export.rs`, `voice.rs`, `server.rs` and `sync.rs` measure without a window; `start.rs`, `typing.rs` and `scroll.rs` drive the
//! real one, by `driven.rs`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this program says what it measured")]

mod bring;
mod corpus;
mod counted;
mod driven;
mod export;
mod figures;
mod import;
mod list;
mod machine;
mod place;
mod profile;
mod save;
mod scroll;
mod search;
mod server;
mod start;
mod sync;
mod today;
mod typing;
mod voice;

use corpus::Corpus;
use driven::Stage;
use figures::Table;
use place::{Place, SEED};

/// The measures by name, in the order in which they run.
const MEASURES: [&str; 14] = [
    "save", "search", "list", "today", "import", "bring", "export", "voice", "server", "sync", "start",
    "memory", "typing", "scroll",
];
/// The word with which this program starts itself again for work that must have a process of its own.
const APART: &str = "--apart";
/// Entries where many are asked for.
const MANY: usize = 100_000;

fn main() -> std::process::ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.first().is_some_and(|word| word == APART) {
        println!("{}", apart(&words[1..]));
        return std::process::ExitCode::SUCCESS;
    }
    if let Some(unknown) = words.iter().find(|word| !MEASURES.contains(&word.as_str())) {
        eprintln!("There is no measure “{unknown}”. There are: {}.", MEASURES.join(", "));
        return std::process::ExitCode::from(2);
    }
    let machine = machine::describe();
    let table = measure(|name| words.is_empty() || words.iter().any(|word| word == name));
    println!("{machine}\n\n{}", table.to_markdown());
    if !table.is_reached() {
        println!("Not everything was reached.");
    }
    std::process::ExitCode::SUCCESS
}

fn measure(wanted: impl Fn(&str) -> bool) -> Table {
    let mut table = Table::default();
    if wanted("save") {
        eprintln!("save …");
        save::measure(&mut table);
    }
    if wanted("search") || wanted("list") || wanted("today") {
        eprintln!("search, list, today …");
        let place = Place::new();
        let notebook = place.make_notebook();
        let mut corpus = Corpus::new(SEED);
        let took = place::write_entries(&notebook, &mut corpus, MANY);
        table.note(
            format!("making {MANY} entries, {} a transaction", 1_000),
            format!("{:.0}/s", MANY as f64 / took.as_secs_f64()),
        );
        let filling = place::fill(&notebook);
        if wanted("search") {
            search::measure(&notebook, &corpus, MANY, &filling, &mut table);
        }
        if wanted("list") {
            list::measure(&notebook, MANY, &mut table);
        }
        if wanted("today") {
            today::measure(&notebook, MANY, &mut table);
        }
    }
    if wanted("import") {
        eprintln!("import …");
        import::measure(&mut table);
    }
    if wanted("export") {
        eprintln!("export …");
        export::measure(&mut table);
    }
    if wanted("bring") {
        eprintln!("bring …");
        bring::measure(&mut table);
    }
    if wanted("voice") {
        eprintln!("voice …");
        voice::measure(&mut table);
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("the system gives threads");
    if wanted("server") {
        eprintln!("server …");
        runtime.block_on(server::measure(&mut table));
    }
    if wanted("sync") {
        eprintln!("sync …");
        sync::measure(&mut table);
    }
    if ["start", "memory", "typing", "scroll"].into_iter().any(&wanted) {
        runtime.block_on(measure_windows(&wanted, &mut table));
    }
    table
}

async fn measure_windows(wanted: &impl Fn(&str) -> bool, table: &mut Table) {
    let stage = Stage::new();
    if wanted("start") || wanted("memory") {
        eprintln!("start, memory …");
        start::measure(&stage, table).await;
    }
    if wanted("typing") {
        eprintln!("typing …");
        typing::measure(&stage, table).await;
    }
    if wanted("scroll") {
        eprintln!("scroll …");
        scroll::measure(&stage, MANY, table).await;
    }
}

/// Does what must be done in a process of its own, and says what it saw as JSON.
fn apart(words: &[String]) -> serde_json::Value {
    match words.split_first() {
        Some((word, arguments)) if word == "bring" => bring::bring_here(arguments),
        Some((word, arguments)) if word == "import" => import::import_here(arguments),
        Some((word, arguments)) if word == "export" => export::export_here(arguments),
        Some((word, _)) if word == "voice" => voice::record_here(),
        Some((word, arguments)) if word == "profile" => profile::make_here(arguments),
        _ => panic!("this program starts itself with a word it knows"),
    }
}
