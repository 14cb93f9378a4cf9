//! How quickly a window of the timeline is read among many entries.

use std::time::Instant;

use vv_core::Notebook;
use vv_core::journal::{self, EntryFilter, JournalError};

use crate::figures::{Runs, Table};

/// Rows of one window, as the interface asks for them.
const ROWS: u32 = 101;
const TIMES: usize = 100;

/// Measures windows at the beginning, in the middle and at the end, without a filter and with a tag.
pub fn measure(notebook: &Notebook, count: usize, table: &mut Table) {
    let all = EntryFilter::default();
    let tagged = EntryFilter { tags: vec!["tag-7".to_owned()], ..EntryFilter::default() };
    for (filter, name) in [(&all, "all"), (&tagged, "one tag")] {
        let total = notebook
            .read(|reader| journal::count_entries(reader, filter))
            .map_err(|error: JournalError| error)
            .expect("entries can be counted");
        for (place, offset) in [("beginning", 0), ("middle", total / 2), ("end", total.saturating_sub(ROWS))]
        {
            let mut runs = Runs::default();
            for _ in 0..TIMES {
                let begun = Instant::now();
                let page = notebook
                    .read(|reader| journal::list_entries(reader, filter, offset, ROWS))
                    .map_err(|error: JournalError| error)
                    .expect("entries can be listed");
                runs.add(begun.elapsed());
                assert_eq!(page.total, total);
            }
            table.row(
                format!("timeline window of {ROWS} rows, {name} ({total}), {place}, {count} entries"),
                format!("p50 {:.2} ms, p95 {:.2} ms", runs.median(), runs.p95()),
                "p95 ≤ 10 ms",
                runs.p95() <= 10.0,
            );
        }
    }
}
