//! Searches: asks the index, reads directly what waits, and shows where the words stand.

use std::collections::HashSet;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::SearchError;
use super::expression::{Words, expression};
use super::matcher::{Page, occurrences};
use super::model::{SearchEntries, SearchHit, SearchOrder, SearchResult};
use super::query::{Clause, Query, parse};
use super::rank;
use super::snippet::{mark, snippet};
use super::table::{self, SearchedEntry};
use crate::ids::EntryId;
use crate::journal::moment::{Moment, day_and_time, first_sort_id, first_sort_id_on};
use crate::notebook::Notebook;
use crate::store::{Reader, StoreError};

/// The most hits one search gives.
pub const MOST_HITS: u32 = 200;
/// Up to how many hits are counted.
const COUNTED: usize = 200;
/// Among how many of the newest hits the best are chosen.
const RANKED: usize = 600;
/// How many of the entries that wait are read directly.
const READ_DIRECTLY: usize = 24;

/// Finds entries outside the trash. Every input is a query: what says nothing is passed over and named.
pub fn search(notebook: &Notebook, request: &SearchEntries) -> Result<SearchResult, SearchError> {
    notebook.read(|reader| {
        let mut query = parse(&request.query, today(reader));
        query.name_people(|asked| table::person_terms(reader, asked))?;
        let limit = request.limit.min(MOST_HITS) as usize;
        let mut result = SearchResult {
            total: Some(0),
            not_indexed: table::waiting(reader.sql())?,
            ignored: query.ignored.clone(),
            ..SearchResult::default()
        };
        if query.is_empty() || limit == 0 {
            return Ok(result);
        }
        let mut search =
            Search { reader, query: &query, rows: rows(&query), direct: HashSet::new(), hits: Vec::new() };
        // The latest changes are read as they stand; whatever the index still says of those entries is old.
        if result.not_indexed > 0 {
            search.read_what_waits()?;
        }
        let counted = match request.order {
            SearchOrder::Best if query.has_words() => search.ask_for_best(notebook, limit)?,
            _ => search.ask_for_newest(notebook, limit)?,
        };
        result.total = (counted <= COUNTED).then_some(counted as u32);
        result.hits = search.shown(request.order, limit);
        Ok(result)
    })
}

pub(super) fn today(reader: &Reader<'_>) -> NaiveDate {
    let now = reader.now();
    Moment::at(now, reader.time_zone().as_deref()).map_or(now.date_naive(), |moment| moment.local_at().date())
}

/// Gives the first and last row of the index in which entries of the query's days can stand.
fn rows(query: &Query) -> (i64, i64) {
    let first = query.from.map_or(0, first_sort_id_on);
    let last = query.to.and_then(|to| to.succ_opt()).map_or(i64::MAX, |after| first_sort_id_on(after) - 1);
    (first, last)
}

/// Is an entry that fits, with its place in time and how well it fits.
struct Hit {
    order_key: i64,
    entry: SearchedEntry,
    /// How well the index says it fits; for one that was read directly, how often the words stand in it.
    weight: Weight,
}

#[derive(Clone, Copy)]
enum Weight {
    Ranked(f64),
    Occurrences(usize),
}

struct Search<'a> {
    reader: &'a Reader<'a>,
    query: &'a Query,
    rows: (i64, i64),
    /// The entries that were read directly, whether they fit or not.
    direct: HashSet<EntryId>,
    hits: Vec<Hit>,
}

impl Search<'_> {
    fn sql(&self) -> &Connection {
        self.reader.sql()
    }

    fn read_what_waits(&mut self) -> Result<(), StoreError> {
        for id in table::latest_waiting(self.sql(), READ_DIRECTLY)? {
            self.direct.insert(id);
            let Some(entry) = table::entry(self.reader, &id)? else { continue };
            let row = first_sort_id(entry.order_key);
            if row < self.rows.0 || row > self.rows.1 {
                continue;
            }
            let page =
                Page { title: &entry.title, text: &entry.text, tags: &entry.tags, people: &entry.people };
            if let Some(count) = occurrences(self.query, &page) {
                let weight = Weight::Occurrences(count);
                self.hits.push(Hit { order_key: entry.order_key, entry, weight });
            }
        }
        Ok(())
    }

    /// Asks the index for the newest hits and tells how many there are, counted up to one more than `COUNTED`.
    fn ask_for_newest(&mut self, notebook: &Notebook, limit: usize) -> Result<usize, StoreError> {
        let rows = self.ask(notebook, COUNTED + 1 + self.direct.len(), table::newest)?;
        let mut counted = self.hits.len();
        let mut taken = 0;
        for row in rows {
            if taken < limit {
                if let Some(entry) = self.entry_in_row(row)? {
                    self.hits.push(Hit { order_key: entry.order_key, entry, weight: Weight::Ranked(0.0) });
                    taken += 1;
                    counted += 1;
                }
            } else if self.direct.is_empty()
                || table::id_in_row(self.sql(), row)?.is_some_and(|id| !self.direct.contains(&id))
            {
                counted += 1;
            }
        }
        Ok(counted)
    }

    /// Asks the index for the best of the newest hits.
    fn ask_for_best(&mut self, notebook: &Notebook, limit: usize) -> Result<usize, StoreError> {
        let rows = self.ask(notebook, RANKED, table::newest_with_terms)?;
        let mut counted = self.hits.len() + rows.len();
        let mut taken = 0;
        for (row, score) in rank::ranked(self.query, rows) {
            if taken == limit && self.direct.is_empty() {
                break;
            }
            match self.entry_in_row(row)? {
                Some(entry) => {
                    if taken < limit {
                        self.hits.push(Hit {
                            order_key: entry.order_key,
                            entry,
                            weight: Weight::Ranked(score),
                        });
                        taken += 1;
                    }
                }
                None => counted -= 1,
            }
        }
        Ok(counted)
    }

    /// Reads the entry in a row of the index, unless it was read directly.
    fn entry_in_row(&self, row: i64) -> rusqlite::Result<Option<SearchedEntry>> {
        Ok(table::entry_in_row(self.sql(), row)?.filter(|entry| !self.direct.contains(&entry.id)))
    }

    /// Asks the index for rows. Parts of words are asked only when whole words and their beginnings give too few: they cost
    /// most, and are what somebody means least.
    fn ask<R>(
        &self,
        notebook: &Notebook,
        limit: usize,
        rows: impl Fn(&Connection, &str, (i64, i64), usize) -> rusqlite::Result<Vec<R>>,
    ) -> Result<Vec<R>, StoreError> {
        let long = |clause: &Clause| matches!(clause, Clause::Word(word) if word.len() >= 3);
        if !self.query.wanted.iter().any(long) {
            return Ok(rows(self.sql(), &expression(self.query, None), self.rows, limit)?);
        }
        if notebook.index.words().is_none() {
            // The list that was put away may be a little older than the index: enough for parts of words, and read at once.
            let read = match table::put_away_vocabulary(self.sql())? {
                Some(read) => read,
                None => table::read_vocabulary(self.sql())?,
            };
            notebook.index.words_mut().get_or_insert(read);
        }
        let list = notebook.index.words();
        let list = list.as_ref().expect("it was read above and is never taken away");
        let words = Words { list, complete: list.changes == table::changes(self.sql())?, parts: false };
        let narrow = expression(self.query, Some(words));
        let found = rows(self.sql(), &narrow, self.rows, limit)?;
        if found.len() > COUNTED {
            return Ok(found);
        }
        let wide = expression(self.query, Some(Words { parts: true, ..words }));
        if wide == narrow { Ok(found) } else { Ok(rows(self.sql(), &wide, self.rows, limit)?) }
    }

    /// Puts the hits in order and shows the first of them.
    fn shown(self, order: SearchOrder, limit: usize) -> Vec<SearchHit> {
        let best = self
            .hits
            .iter()
            .filter_map(|hit| if let Weight::Ranked(score) = hit.weight { Some(score) } else { None });
        let best = best.fold(1.0, f64::max);
        let score = |weight: Weight| match (order, weight) {
            (SearchOrder::Newest, _) => 0.0,
            (SearchOrder::Best, Weight::Ranked(score)) => score,
            // The index cannot rank what it does not know; more occurrences come nearer to the best of what it does.
            (SearchOrder::Best, Weight::Occurrences(count)) => best * count as f64 / (count as f64 + 1.2),
        };
        let mut hits: Vec<(f64, Hit)> = self.hits.into_iter().map(|hit| (score(hit.weight), hit)).collect();
        hits.sort_by(|(a_score, a), (b_score, b)| {
            b_score.total_cmp(a_score).then((b.order_key, b.entry.id).cmp(&(a.order_key, a.entry.id)))
        });
        hits.truncate(limit);
        let wanted = &self.query.wanted;
        hits.into_iter()
            .map(|(score, hit)| SearchHit {
                id: hit.entry.id,
                title: mark(&hit.entry.title, wanted),
                snippet: snippet(&hit.entry.text, wanted),
                on: day_and_time(hit.order_key).0,
                tags: hit.entry.tags,
                score,
            })
            .collect()
    }
}
