//! How quickly the page of today is gathered among many entries: loops, intentions, on this day, what returns.
//!
//! The notebook gets what somebody gathers who uses loops for years: three hundred of them, five hundred intentions, a thousand
//! starred entries of which most wait for their next return.

use std::time::Instant;

use vv_core::Notebook;
use vv_core::intentions::{self, NewIntention};
use vv_core::journal::{self, EntryChange, EntryFilter};
use vv_core::loops::{self, Filling, NewLoop, Part};
use vv_core::past::{self, PastError};
use vv_core::{day, ids::EntryId};

use crate::figures::{Runs, Table};

const LOOPS: usize = 300;
const INTENTIONS: usize = 500;
const STARRED: u32 = 1_000;
const TIMES: usize = 100;

/// Fills the notebook with what is learned in it, and measures the page of today and the look back at a week.
pub fn measure(notebook: &Notebook, count: usize, table: &mut Table) {
    fill(notebook).expect("loops can be made");
    let mut today = Runs::default();
    for _ in 0..TIMES {
        let begun = Instant::now();
        let page = notebook.read(past::read_today).expect("the page can be gathered");
        today.add(begun.elapsed());
        assert!(!page.loops.is_empty() && !page.intentions.is_empty() && page.keepsake.is_some());
    }
    table.row(
        format!("the page of today, {LOOPS} loops, {STARRED} starred, {count} entries"),
        format!("p50 {:.2} ms, p95 {:.2} ms", today.median(), today.p95()),
        "p95 ≤ 20 ms",
        today.p95() <= 20.0,
    );
    let mut remembered = Runs::default();
    let mut week = Runs::default();
    for back in 0..TIMES {
        let begun = Instant::now();
        notebook
            .read(|reader| past::on_this_day(reader, day::before(day::today(reader), back as u64)))
            .expect("days can be remembered");
        remembered.add(begun.elapsed());
        let begun = Instant::now();
        notebook
            .read(|reader| {
                let to = day::before(day::today(reader), 7 * back as u64);
                past::look_back(reader, day::before(to, 6), to)
            })
            .expect("weeks can be looked back at");
        week.add(begun.elapsed());
    }
    for (name, runs) in [("on this day", &remembered), ("the look back at a week", &week)] {
        table.row(
            format!("{name}, {count} entries"),
            format!("p50 {:.2} ms, p95 {:.2} ms", runs.median(), runs.p95()),
            "p95 ≤ 20 ms",
            runs.p95() <= 20.0,
        );
    }
}

fn fill(notebook: &Notebook) -> Result<(), PastError> {
    let entries = spread(notebook)?;
    notebook.write(|tx| {
        let today = day::today(tx);
        for (at, entry) in entries.iter().enumerate() {
            let star = EntryChange { starred: Some(true), ..EntryChange::default() };
            journal::change_entry(tx, *entry, &star)?;
            if at % 3 > 0 {
                past::keep(tx, *entry, true)?;
            }
        }
        for at in 0..LOOPS {
            let begun_on = Some(day::before(today, at as u64 * 3));
            let new = NewLoop { title: format!("loop {at}"), why: "so that".to_owned(), begun_on };
            let id = loops::make_loop_with(tx, new)?;
            for (part, entry) in Part::ALL.into_iter().zip(entries.iter().skip(at)).take(at % 4) {
                loops::fill(tx, id, part, Filling::Entry(*entry))?;
            }
        }
        for at in 0..INTENTIONS {
            let new = NewIntention {
                text: format!("intention {at}"),
                due_on: day::before(day::after(today, 100), at as u64),
                entry: entries.get(at).copied(),
                from_words: "words it came from".to_owned(),
                loop_id: None,
            };
            intentions::make(tx, new)?;
        }
        Ok(())
    })
}

/// Chooses entries from all years, the same distance apart.
fn spread(notebook: &Notebook) -> Result<Vec<EntryId>, PastError> {
    notebook.read(|reader| {
        let filter = EntryFilter::default();
        let apart = journal::count_entries(reader, &filter)? / STARRED;
        let mut found = Vec::new();
        for at in 0..STARRED {
            found.extend(
                journal::list_entries(reader, &filter, at * apart, 1)?.rows.first().map(|row| row.id),
            );
        }
        Ok(found)
    })
}
