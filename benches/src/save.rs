//! How long a save of one edited entry takes until it is durable, against one bare durable commit of SQLite.
//!
//! The control stands on the same disk and takes turns with what is measured: a plain database with a log beside it, full
//! syncs, one row of 1 KB in each transaction.

use std::time::{Duration, Instant};

use rusqlite::Connection;
use vv_core::Notebook;
use vv_core::ids::EntryId;
use vv_core::journal::{self, EntryFilter, JournalError};

use crate::corpus::{Chance, Corpus};
use crate::figures::{Runs, Table};
use crate::place::{self, Place, SEED};

const ENTRIES: usize = 10_000;
const SAVES: usize = 600;

/// Measures saves among 10,000 entries.
pub fn measure(table: &mut Table) {
    let place = Place::new();
    let notebook = place.make_notebook();
    place::write_entries(&notebook, &mut Corpus::new(SEED), ENTRIES);
    place::fill(&notebook);
    let control = Control::new(&place);
    let entries = some_entries(&notebook);
    let mut chance = Chance::new(3);
    let (mut bare, mut opening, mut first, mut later, mut draft) =
        (Runs::default(), Runs::default(), Runs::default(), Runs::default(), Runs::default());
    for turn in 0..SAVES {
        bare.add(control.commit());
        let id = entries[chance.below(entries.len())];
        let begun = Instant::now();
        let editor = journal::open_editor(&notebook, id).expect("an editor opens");
        opening.add(begun.elapsed());
        let mut text = editor.entry.text.clone();
        let mut save = |runs: &mut Runs, close| {
            let middle = text.find(". ").map_or(0, |at| at + 2);
            text.insert_str(middle, "A sentence that came later, while thinking about it. ");
            let begun = Instant::now();
            journal::save_text(&notebook, editor.session, &text, &editor.entry.title, close)
                .expect("a text can be saved");
            runs.add(begun.elapsed());
        };
        save(&mut first, false);
        bare.add(control.commit());
        let begun = Instant::now();
        journal::keep_draft(
            &notebook,
            editor.session,
            &format!("{}.", editor.entry.text),
            &editor.entry.title,
        )
        .expect("a draft can be kept");
        draft.add(begun.elapsed());
        save(&mut later, true);
        if turn % 50 == 0 {
            place::fill(&notebook);
        }
    }
    for (what, runs) in
        [("first save of an editor", &first), ("a later save, with a draft behind it", &later)]
    {
        let ratio = runs.p95() / bare.p95();
        table.row(
            format!("save: {what}, {ENTRIES} entries"),
            format!(
                "p95 {:.2} ms = {ratio:.2} × {:.2} ms (medians {:.2} and {:.2} ms)",
                runs.p95(),
                bare.p95(),
                runs.median(),
                bare.median()
            ),
            "p95 ≤ 4 × one bare durable commit",
            ratio <= 4.0,
        );
    }
    table.note("save: keeping a draft", format!("p50 {:.2} ms, p95 {:.2} ms", draft.median(), draft.p95()));
    table.note(
        "save: opening an editor",
        format!("p50 {:.2} ms, p95 {:.2} ms", opening.median(), opening.p95()),
    );
}

fn some_entries(notebook: &Notebook) -> Vec<EntryId> {
    let list = |offset| {
        notebook
            .read(|reader| journal::list_entries(reader, &EntryFilter::default(), offset, 500))
            .map_err(|error: JournalError| error)
            .expect("entries can be listed")
    };
    (0..ENTRIES as u32).step_by(500).flat_map(|offset| list(offset).rows).map(|row| row.id).collect()
}

struct Control(Connection);

impl Control {
    fn new(place: &Place) -> Self {
        let sql = Connection::open(place.path("control.db")).expect("a database can be made");
        sql.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row (number INTEGER PRIMARY KEY, text TEXT);",
        )
        .expect("a table can be made");
        Self(sql)
    }

    fn commit(&self) -> Duration {
        let text = "a".repeat(1_024);
        let begun = Instant::now();
        self.0
            .prepare_cached("INSERT INTO row (text) VALUES (?1)")
            .and_then(|mut insert| insert.execute([text]))
            .expect("a row can be added");
        begun.elapsed()
    }
}
