//! Fills the index behind the journal, in short transactions between which a person's saves find their place.

use super::error::SearchError;
use super::model::Filled;
use super::table;
use crate::notebook::Notebook;
use crate::store::{Topic, Tx};

/// How many entries one transaction takes into the index.
const A_BATCH: u32 = 250;
/// The same while very many wait: a save then waits for a part of a second, and the index is full much sooner.
const A_LARGE_BATCH: u32 = 1_000;
/// How many are very many.
const VERY_MANY: u32 = 5_000;
/// From how many entries on a change of the index is a large one.
const MANY: u32 = 100;
/// After how many new words the list of words is read again.
const MANY_FRESH: usize = 20_000;

/// Is what one transaction did.
struct Batch {
    taken_in: u32,
    waiting: u32,
    changes: i64,
    words: Vec<String>,
}

/// Takes up to `budget` waiting entries into the index, the latest change first. With nothing left to take in, a call does
/// one step of the work that makes searching faster after a large change, and reads the list of words if it is old.
///
/// The host calls this soon after the journal changed and whenever there is a moment, on a thread of its own; while
/// `settled` is false there is more to do.
pub fn index_some(notebook: &Notebook, budget: u32) -> Result<Filled, SearchError> {
    let (mut waiting, mut settled, old) = notebook.read(|reader| {
        let sql = reader.sql();
        Ok::<_, SearchError>((table::waiting(sql)?, table::is_settled(sql)?, table::is_old(sql)?))
    })?;
    if old {
        waiting = notebook.write(|tx| Ok::<_, SearchError>(table::begin_anew(tx.sql())?))?;
    }
    let mut taken_in = 0;
    while waiting > 0 && taken_in < budget {
        let most = if waiting > VERY_MANY { A_LARGE_BATCH } else { A_BATCH };
        let batch = notebook.write(|tx| take_in(tx, (budget - taken_in).min(most)))?;
        taken_in += batch.taken_in;
        waiting = batch.waiting;
        settled &= batch.taken_in < MANY;
        learn(notebook, &batch);
    }
    if waiting == 0 && taken_in == 0 && !settled {
        settled = notebook.write(|tx| Ok::<_, SearchError>(table::settle_some(tx.sql())?))?;
    }
    if waiting == 0 {
        refresh_words(notebook)?;
    }
    Ok(Filled { taken_in, waiting, settled: settled && waiting == 0 })
}

fn take_in(tx: &mut Tx<'_>, most: u32) -> Result<Batch, SearchError> {
    let waiting = table::next_to_take_in(tx.sql(), most as usize)?;
    let large = waiting.len() as u32 >= MANY;
    table::expect_many(tx.sql(), large)?;
    let mut words = Vec::new();
    let mut terms = Default::default();
    for entry in &waiting {
        table::take_in(tx, entry, &mut terms)?;
        if !large {
            words.extend(terms.iter().flat_map(|terms| terms.split(' ')).map(str::to_owned));
        }
    }
    let changes = table::count_change(tx.sql(), large)?;
    if !waiting.is_empty() {
        tx.publish(Topic::Search);
    }
    let taken_in = waiting.len() as u32;
    Ok(Batch { taken_in, waiting: table::waiting(tx.sql())?, changes, words })
}

/// Adds the words of a small change to the list in memory. After a large one, or one by another process, the list is old
/// and is read again when the index is full.
fn learn(notebook: &Notebook, batch: &Batch) {
    if let Some(known) = notebook.index.words_mut().as_mut()
        && known.changes + 1 == batch.changes
        && batch.taken_in < MANY
    {
        batch.words.iter().for_each(|word| known.learn(word));
        known.changes = batch.changes;
    }
}

fn refresh_words(notebook: &Notebook) -> Result<(), SearchError> {
    let known = notebook.index.words().as_ref().map(|words| (words.changes, words.fresh()));
    let read = notebook.read(|reader| {
        let sql = reader.sql();
        let changes = table::changes(sql)?;
        if known.is_some_and(|(known, fresh)| known == changes && fresh <= MANY_FRESH) {
            return Ok::<_, SearchError>(None);
        }
        let put_away = table::put_away_vocabulary(sql)?.filter(|words| words.changes == changes);
        Ok(Some(match put_away {
            Some(words) => (words, false),
            None => (table::read_vocabulary(sql)?, true),
        }))
    })?;
    if let Some((words, new)) = read {
        if new {
            notebook.write(|tx| Ok::<_, SearchError>(table::put_away(tx.sql(), &words)?))?;
        }
        *notebook.index.words_mut() = Some(words);
    }
    Ok(())
}
